//! Questions of the customer's own: "why do you need that?", "how long does it take?".

use super::first;
use crate::values::Line;

const WHY: &[&str] = &[
    "why do you need",
    "why do you want",
    "why do you ask",
    "why do i need",
    "why do i have to",
    "why are you asking",
    "why is that",
    "why is this",
    "what do you need it",
    "what do you need that",
    "what do you need this",
    "what is it for",
    "what is that for",
    "what's it for",
    "what's that for",
    "what for",
    "where do i find",
    "where can i find",
    "where would i find",
    "where do i see",
    "where do i get",
    "where is that",
    "where is it",
    "where's that",
    "where to find",
    "how do i find",
    "how can i find",
    "what is that",
    "what's that",
    "what is this",
    "what do you mean",
    "what does that mean",
    "which number",
    "which one do you mean",
    "what kind of number",
    "what does it look like",
    "what is a",
    "what's a",
    "how do i know",
    "how can i know",
    "is that necessary",
    "is this necessary",
    "do you really need",
    "do i have to",
];

/// "Why do you need that?", "where do I find it?"; not "that's why".
pub(super) fn asks_why(line: &Line) -> Option<usize> {
    let bare = (0..line.len()).find(|at| {
        let fresh = *at == 0
            || line.is_break(at - 1)
            || line.is(at - 1, &["but", "and", "ok", "okay", "hm", "hmm", "um", "oh", "well"]);
        fresh
            && line.is(*at, &["why"])
            && (line.is_break(at + 1) || line.is(at + 1, &["though", "that", "this", "do", "is", "would", "should"]))
    });
    bare.or_else(|| first(line, WHY).filter(|_| line.len() <= 25))
}

/// Where a question of the customer's own starts: a sentence with a question mark, or one that opens like a question.
pub(in crate::understand) fn question(line: &Line) -> Option<(usize, usize)> {
    let mut start = 0;
    for at in 0..line.len() {
        if line.is(at, &["?"]) {
            return Some((start, at + 1));
        }
        if line.is(at, &[".", "!", ";"]) && !line.glued(at + 1) {
            start = at + 1;
        }
    }
    sentence_starts(line)
        .into_iter()
        .find(|from| opens_question(line, *from))
        .map(|from| (from, line.len()))
}

fn sentence_starts(line: &Line) -> Vec<usize> {
    (0..line.len())
        .filter(|at| line.sentence_starts(*at) || at.checked_sub(1).is_some_and(|b| line.is(b, &[","])))
        .collect()
}

fn opens_question(line: &Line, from: usize) -> bool {
    const LEAD: [&str; 14] = [
        "and", "but", "so", "ok", "okay", "also", "hi", "hello", "hey", "well", "um", "just", "then", "wait",
    ];
    let mut at = from;
    while line.is(at, &LEAD) {
        at += 1;
    }
    let pronoun = |i: usize| {
        line.is(
            i,
            &[
                "i", "you", "it", "this", "that", "there", "they", "we", "my", "the", "your", "he", "she", "these",
                "someone", "a", "any",
            ],
        )
    };
    if line.is(
        at,
        &[
            "how", "what", "where", "when", "who", "which", "why", "what's", "where's", "how's", "who's", "whats",
        ],
    ) {
        let goes_on = line.is_word(at + 1) && line.is_word(at + 2) || line.word(at).contains('\'');
        return goes_on
            && !line.is(at + 1, &["a", "an"])
            && (pronoun(at + 2)
                || line.is(
                    at + 1,
                    &[
                        "is", "are", "do", "does", "can", "long", "much", "many", "to", "about", "if", "will",
                        "should", "would", "happens", "did", "was",
                    ],
                )
                || line.word(at).contains('\''));
    }
    line.is(
        at,
        &[
            "can", "could", "do", "does", "is", "are", "will", "would", "should", "did", "has", "am", "may",
        ],
    ) && pronoun(at + 1)
        && line.is_word(at + 2)
}

/// Whether the message is a question.
pub(in crate::understand) fn is_question(line: &Line) -> bool {
    question(line).is_some()
}
