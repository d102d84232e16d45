//! A yes that a change is built on: the customer's own, plain, and not taken back; and answers that are thought over.

use super::{cues, phrases};
use crate::values::{Answer, Line, Polarity, find_answers, phrase_end};

/// Marks that quote, or that belong to markup or code: what stands behind them is not said by the customer.
const QUOTES: [&str; 18] = [
    "\"", "“", "”", "„", "'", "‘", "’", "«", "»", "‹", "›", "`", ">", "<", "[", "{", "|", "=",
];
/// Words that tell what somebody else said.
const TELLS: [&str; 13] = [
    "said", "says", "say", "wrote", "writes", "told", "asked", "answered", "replied", "typed", "reads", "means",
    "quote",
];
/// Words that a yes in the middle of a message may go on with.
const GOES_ON: [&str; 10] = [
    "please", "and", "then", "with", "thanks", "thank", "now", "that", "it", "go",
];

/// Whether an answer is the customer's own: at the start of the message or of a sentence, not quoted, and not inside text
/// that plays the system.
pub(super) fn speaks_for_itself(line: &Line, answer: &Answer) -> bool {
    let before = answer.from;
    let plain = |i: usize| line.is_break(i) && !line.is(i, &QUOTES) || is_lead(line.word(i));
    if (0..before).all(plain) {
        return true;
    }
    if answer.polarity != Polarity::Yes {
        return true;
    }
    if phrases::imitates_instructions(line) || is_reported(line, before) || !ends_well(line, answer.to) {
        return false;
    }
    let after_sentence = line.is(before - 1, &[".", "!", "?", ";"]);
    let short_lead = line.is(before - 1, &[","]) && (0..before).filter(|i| line.is_word(*i)).count() <= 3;
    after_sentence || short_lead || is_lead(line.word(before - 1))
}

/// Whether words in the same sentence tell what somebody said, or quote it.
fn is_reported(line: &Line, before: usize) -> bool {
    let sentence = (0..before).rev().take_while(|i| !line.is(*i, &[".", "!", "?", ";"]));
    sentence
        .into_iter()
        .any(|i| line.is(i, &TELLS) || line.is(i, &QUOTES) || line.is(i, &[":"]))
}

/// Whether the clause of the answer ends with it: "Do it without asking" and "yes The lamp stood" are something else.
fn ends_well(line: &Line, to: usize) -> bool {
    line.is_break(to) || line.is(to, &GOES_ON)
}

/// "Yes, but only if …", "yes?", "yes no": no yes to build a change on.
pub(super) fn is_half(line: &Line, from: usize) -> bool {
    let asks = line.is(from, &["?"]);
    let other = line.is(from, &["no", "nope", "not", "never"]) && !line.is(from + 1, &["problem", "worries", "doubt"]);
    asks || other || has_condition(line, from)
}

fn is_lead(word: &str) -> bool {
    matches!(
        word,
        "oh" | "well"
            | "um"
            | "uh"
            | "hmm"
            | "hm"
            | "ah"
            | "so"
            | "and"
            | "but"
            | "then"
            | "ok"
            | "okay"
            | "hi"
            | "hello"
            | "hey"
            | "there"
            | "actually"
            | "honestly"
            | "sorry"
            | "please"
            | "thanks"
            | "thank"
            | "you"
            | "great"
            | "good"
            | "perfect"
            | "alright"
            | "cool"
            | "fine"
            | "right"
            | "i"
            | "think"
            | "guess"
            | "just"
            | "now"
            | "also"
            | "wow"
            | "yes"
            | "yeah"
            | "no"
    )
}

/// "Yes, but only if …": no yes to build a change on.
fn has_condition(line: &Line, from: usize) -> bool {
    let end = (from..line.len())
        .find(|i| line.is(*i, &[".", "!", "?"]))
        .unwrap_or(line.len());
    let hurry = |i: usize| (i..end).any(|j| line.is(j, &["hurry", "quick", "quickly", "fast", "asap", "soon"]));
    (from..end).any(|i| {
        line.is(i, &["if", "unless", "provided", "except", "wait", "stop"])
            || line.is(i, &["but"]) && !hurry(i)
            || line.starts(i, &["as", "long", "as"])
    })
}

/// "No wait, it works": where somebody thinks again, what they say then is the answer. `works`: the answer may tell how
/// something works.
pub(super) fn second_thought(line: &Line, works: bool) -> Option<(usize, bool)> {
    const AGAIN: [&str; 6] = [
        "wait",
        "actually",
        "oops",
        "scratch that",
        "hold on",
        "on second thought",
    ];
    let again = |at: usize| AGAIN.iter().find_map(|phrase| phrase_end(line, at, phrase));
    let from = (1..line.len()).filter_map(again).max()?;
    let rest = Line::new(&line.text(from, line.len()));
    let answers = find_answers(&rest);
    let sure = answers.iter().find(|answer| answer.polarity != Polarity::Unsure);
    let told = || cues::how_it_goes(&rest).filter(|_| works);
    sure.map(|answer| (answer.from, answer.polarity == Polarity::Yes))
        .or_else(told)
        .map(|(at, yes)| (from + at, yes))
}
