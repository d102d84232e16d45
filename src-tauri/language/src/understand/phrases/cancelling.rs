//! Stopping what the task does: "never mind", "cancel that".

use super::first;
use crate::values::Line;

/// Only stopping itself, or stopping "this": "cancel my booking" is about the booking.
pub(super) fn cancels(line: &Line) -> Option<usize> {
    const WHOLE: &[&str] = &[
        "cancel",
        "stop",
        "abort",
        "quit",
        "exit",
        "never mind",
        "nevermind",
        "forget it",
        "forget about it",
        "forget that",
        "leave it",
        "drop it",
        "skip it",
        "cancel it",
        "cancel that",
        "cancel this",
        "stop it",
        "stop this",
        "stop that",
        "start over",
        "i want to stop",
        "i want to cancel",
        "i'd like to cancel",
        "i'd like to stop",
        "don't bother",
        "scratch that",
        "let's stop",
        "let's stop here",
        "stop here",
        "i give up",
        "i'm out",
        "cancel everything",
    ];
    const INSIDE: &[&str] = &[
        "never mind",
        "nevermind",
        "forget it",
        "forget about it",
        "changed my mind",
        "cancel the request",
        "cancel this request",
        "cancel my request",
        "cancel everything",
        "don't want to continue",
        "do not want to continue",
        "don't want to do this anymore",
        "not interested anymore",
        "no longer interested",
        "no longer want to",
        "don't want this anymore",
        "stop this",
        "stop the process",
        "abort this",
        "cancel the process",
        "let's leave it",
        "i give up",
        "don't need this anymore",
        "don't need it anymore",
        "don't need help anymore",
        "i'll do it later",
        "i'll do this later",
    ];
    const SOFT: &[&str] = &[
        "please", "just", "ok", "okay", "oh", "well", "then", "no", "actually", "hm", "hmm", "now", "you", "can",
        "sorry", "thanks", "so", "and", "yes", "wait",
    ];
    let words: Vec<&str> = line
        .tokens()
        .iter()
        .map(|t| t.word.as_str())
        .filter(|w| w.chars().any(char::is_alphanumeric) && !SOFT.contains(w))
        .collect();
    let said = words.join(" ");
    if WHOLE.contains(&said.as_str()) {
        return Some(0);
    }
    first(line, INSIDE).or_else(|| {
        (0..line.len()).find(|at| {
            line.is(*at, &["cancel", "stop"])
                && line.is(at + 1, &["this", "that", "it"])
                && line.is_break(at + 2)
                && line.sentence_starts(*at)
        })
    })
}
