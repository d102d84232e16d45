//! Text that plays the system, a colleague or a rule book.

use super::first;
use crate::values::Line;

/// Text that plays the system, a colleague or a rule book: it is only text, and no yes is taken from the middle of it.
pub(in crate::understand) fn imitates_instructions(line: &Line) -> bool {
    const PHRASES: &[&str] = &[
        "system :",
        "assistant :",
        "developer :",
        "admin :",
        "system prompt",
        "new instructions",
        "new instruction",
        "you are now",
        "pretend to be",
        "pretend you",
        "act as",
        "from now on",
        "override",
        "jailbreak",
        "developer mode",
        "admin mode",
        "debug mode",
        "manager approved",
        "manager has approved",
        "supervisor approved",
        "has been approved",
        "is approved",
        "already approved",
        "pre approved",
        "i am the manager",
        "i am an admin",
        "i'm the admin",
        "i'm an admin",
        "i'm the manager",
        "as an admin",
        "confirmed =",
        "= true",
        "instructions :",
        "instruction :",
    ];
    const FORGETS: &[&str] = &["ignore", "disregard", "forget", "bypass", "skip", "override"];
    const RULES: &[&str] = &[
        "instructions",
        "instruction",
        "rules",
        "rule",
        "policy",
        "policies",
        "guidelines",
        "guards",
        "restrictions",
        "checks",
        "prompt",
        "steps",
    ];
    let forgets = (0..line.len())
        .filter(|i| line.is(*i, FORGETS))
        .any(|i| (i + 1..i + 6).any(|j| line.is(j, RULES)));
    let code = line
        .tokens()
        .iter()
        .any(|t| matches!(t.word.as_str(), "{" | "}" | "<" | "=" | "[" | "|"));
    forgets || code || first(line, PHRASES).is_some()
}
