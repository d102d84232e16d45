//! Requests to wait: "one moment", "let me check".

use super::first;
use crate::values::Line;

const MOMENTS: &[&str] = &[
    "sec", "second", "secs", "seconds", "moment", "minute", "min", "mins", "minutes", "mo",
];

const HOLD: &[&str] = &[
    "hold on",
    "hang on",
    "let me check",
    "let me look",
    "let me see",
    "let me find",
    "let me get",
    "let me think",
    "let me grab",
    "let me search",
    "i'll check",
    "i'll look",
    "i'll have a look",
    "i will check",
    "i will look",
    "i need to look",
    "i have to look",
    "i need to check",
    "i have to check",
    "brb",
    "be right back",
    "looking for it",
    "searching for it",
    "bear with me",
    "checking now",
    "i'm looking",
    "i'm checking",
    "i'm searching",
    "wait please",
    "please wait",
    "need to find it",
    "have to find it",
];

/// "One moment", "give me a minute", "let me check".
pub(super) fn holds(line: &Line) -> Option<usize> {
    let pause = |at: usize| {
        let led = line.is(at, &["one", "a", "1", "two", "2", "5", "five", "few", "couple"]) && line.is(at + 1, MOMENTS);
        let asked = at == 0
            || line.is_break(at - 1)
            || line.is(
                at - 1,
                &[
                    "me", "just", "wait", "only", "please", "ok", "okay", "sure", "a", "hold", "on", "yes", "moment",
                ],
            );
        led && asked
            && (line.is_break(at + 2) || line.is(at + 2, &["please", "i", "let", "while", "thanks", "i'll", "i'm"]))
    };
    let whole = line.len() <= 2 && line.is(0, &["wait", "sec", "moment", "patience"]);
    first(line, HOLD)
        .or_else(|| (0..line.len()).find(|at| pause(*at)))
        .or(whole.then_some(0))
}

/// Whether a word belongs to a request to wait: "one second" names no second option.
pub(in crate::understand) fn in_pause(line: &Line, at: usize) -> bool {
    let led = line.is(at, MOMENTS) && line.is(at.wrapping_sub(1), &["one", "a", "1"]);
    let leads = line.is(at, &["one", "1"]) && line.is(at + 1, MOMENTS);
    (led || leads) && holds(line).is_some()
}

/// Whether a message closes by asking to wait: "I'm on the train, one second".
pub(super) fn closes_with_a_pause(line: &Line) -> bool {
    let held = holds(line).filter(|at| *at == 0 || line.is_break(at - 1));
    held.is_some_and(|at| line.len() - at <= 4 && (at..line.len()).all(|i| line.is_word(i) || i + 1 == line.len()))
}
