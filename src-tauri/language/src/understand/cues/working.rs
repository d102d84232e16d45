//! Words about something that works or does not.

use super::{Topic, in_question};
use crate::values::Line;

/// Whether a yes or no is about something going well: "it works now", "problem solved".
pub(in crate::understand) fn is_about_working(topic: &Topic<'_>) -> bool {
    topic.name.iter().any(|s| GOES_WELL.contains(&s.as_str()))
}

const GOES_WELL: &[&str] = &[
    "work", "solv", "fix", "help", "function", "run", "load", "resolv", "start", "ok",
];

const GOES_WRONG: &[&str] = &[
    "crash", "crashing", "fail", "failur", "broken", "error", "freez", "frozen", "stuck", "hang", "hung", "fault",
    "faulti", "dead", "down", "wrong",
];

/// What a message tells of things that work or do not, and where: "still crashing", "no more errors".
pub(in crate::understand) fn how_it_goes(line: &Line) -> Option<(usize, bool)> {
    let told = |at: usize| {
        let stem = line.stem(at);
        let good = GOES_WELL.contains(&stem);
        let bad = GOES_WRONG.contains(&stem);
        (line.is_word(at) && (good || bad)).then(|| (at, good != denied(line, at)))
    };
    (0..line.len()).filter(|at| !in_question(line, *at)).find_map(told)
}

/// "No longer crashes", "stopped crashing", "without an error", "the error is gone".
fn denied(line: &Line, at: usize) -> bool {
    let stopped = (1..=3).any(|back| matches!(line.before(at, back), "stopped" | "no"));
    let gone = (1..=3).any(|ahead| line.is(at + ahead, &["gone", "disappeared", "vanished"]));
    crate::values::negated(line, at) || stopped || gone
}
