//! Politeness: what people say around what they want, which asks for nothing itself.

use super::phrases;
use crate::values::{Line, phrase_end};

/// "I have heard you": no answer to a question for a value.
const HEARD: &[&str] = &[
    "ok",
    "okay",
    "okey",
    "okie",
    "okey dokey",
    "okie dokie",
    "k",
    "kk",
    "alright",
    "all right",
    "right",
    "sure",
    "sure thing",
    "of course",
    "got it",
    "gotcha",
    "i see",
    "i understand",
    "understood",
    "noted",
    "no problem",
    "no worries",
    "fair enough",
    "makes sense",
    "will do",
    "aha",
    "ah",
    "oh",
    "hm",
    "hmm",
    "um",
    "uh",
    "well",
    "yay",
    "wow",
    "phew",
];
const SORRY: &[&str] = &[
    "sorry",
    "i'm sorry",
    "im sorry",
    "so sorry",
    "apologies",
    "my apologies",
    "i apologize",
    "i apologise",
    "excuse me",
    "pardon me",
    "please forgive me",
    "forgive me",
];
/// What is well, which may be the answer where a text is asked for.
const PRAISE: &[&str] = &[
    "great",
    "good",
    "very good",
    "fine",
    "nice",
    "cool",
    "perfect",
    "awesome",
    "excellent",
    "wonderful",
    "lovely",
    "super",
    "brilliant",
    "amazing",
    "fantastic",
    "that's great",
    "that's good",
    "that's nice",
    "that's kind",
    "sounds good",
    "sounds great",
    "you're helpful",
    "you are helpful",
    "you're great",
    "you're the best",
];
/// Asking nicely, for nothing yet.
const NICELY: &[&str] = &[
    "please",
    "pls",
    "plz",
    "in advance",
    "so much",
    "very much",
    "a lot",
    "a bunch",
    "a million",
    "once again",
    "hope you are well",
    "hope you're well",
    "i hope you are well",
    "i hope you're well",
    "hope you are doing well",
    "i hope you are doing well",
    "i need help",
    "i need some help",
    "i need your help",
    "can you help me",
    "can you help",
    "could you help me",
    "could you help",
    "please help",
    "please help me",
    "help me",
    "help",
    "i have a question",
    "quick question",
    "i have a problem",
    "i have an issue",
    "i have a request",
];
/// Words that carry nothing alone.
const SMALL: &[&str] = &[
    "and", "but", "so", "then", "just", "really", "very", "too", "you", "u", "all", "again", "there", "now", "today",
    "sir", "madam", "dear", "my", "friend", "the", "to", "i", "for", "that",
];
/// What thanks and excuses are for takes this many words at the most.
const REASON: usize = 7;

/// Whether the message is polite and says nothing else. Praise counts too where it cannot be the answer.
pub(super) fn only_polite(line: &Line, praise: bool) -> bool {
    let (polite, more) = weigh(line, praise);
    polite && !more
}

/// Whether the message says more than politeness.
pub(super) fn says_more(line: &Line) -> bool {
    weigh(line, true).1
}

/// Whether it is polite, and whether it says more.
fn weigh(line: &Line, praise: bool) -> (bool, bool) {
    let (mut at, mut polite) = (0, false);
    while at < line.len() {
        if let Some(end) = polite_at(line, at, praise) {
            polite = true;
            at = reason(line, at, end).unwrap_or(end);
        } else if line.is_break(at) || line.is(at, SMALL) {
            at += 1;
        } else {
            return (polite, true);
        }
    }
    (polite, false)
}

/// The end of the longest polite phrase that starts here.
fn polite_at(line: &Line, at: usize, praise: bool) -> Option<usize> {
    let lists = [
        HEARD,
        SORRY,
        NICELY,
        phrases::THANKS,
        phrases::GOODBYE,
        phrases::GREETINGS,
        phrases::CHAT,
    ];
    let listed = lists
        .into_iter()
        .chain(praise.then_some(PRAISE))
        .flatten()
        .filter_map(|phrase| phrase_end(line, at, phrase));
    listed.max()
}

/// The end of what thanks or an excuse is for: "thanks for helping me", "sorry to bother you".
fn reason(line: &Line, at: usize, end: usize) -> Option<usize> {
    let lists = phrases::THANKS.iter().chain(SORRY);
    lists.filter_map(|phrase| phrase_end(line, at, phrase)).max()?;
    let from = end
        + (end..end + 2)
            .take_while(|i| line.is(*i, &["so", "very", "much", "a", "lot", "again"]))
            .count();
    line.is(from, &["for", "about", "to", "that", "if"]).then_some(())?;
    let to = (from..line.len()).find(|i| line.is_break(*i)).unwrap_or(line.len());
    let short = to - from <= REASON;
    // A number or a code in it is no politeness.
    let plain = (from..to).all(|i| line.is_word(i)) && !line.is(to, &["#", "@"]);
    (short && plain).then_some(to)
}
