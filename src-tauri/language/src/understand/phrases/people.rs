//! Asking for a person, and wanting none.

use super::first;
use crate::values::Line;

const PEOPLE: &[&str] = &[
    "person",
    "human",
    "agent",
    "someone",
    "somebody",
    "representative",
    "rep",
    "operator",
    "manager",
    "supervisor",
    "colleague",
    "colleagues",
    "agents",
    "representatives",
    "people",
    "staff",
    "humans",
    "advisor",
    "adviser",
    "assistant",
    "boss",
    "anyone",
    "anybody",
    "support",
    "employee",
    "being",
];

const NOBODY: &[&str] = &[
    "person",
    "human",
    "agent",
    "representative",
    "rep",
    "operator",
    "manager",
    "supervisor",
    "colleague",
    "humans",
    "people",
    "anyone",
    "anybody",
    "someone",
    "somebody",
];

const REACH: &[&str] = &[
    "talk", "speak", "chat", "transfer", "connect", "pass", "put", "get", "want", "need", "give", "call", "escalate",
    "reach", "contact", "speaking", "talking", "like", "prefer", "forward", "switch", "send", "let", "fetch",
];

const BETWEEN: &[&str] = &[
    "to",
    "one",
    "a",
    "an",
    "the",
    "with",
    "me",
    "some",
    "real",
    "actual",
    "live",
    "your",
    "through",
    "in",
    "touch",
    "please",
    "another",
    "different",
    "customer",
    "service",
    "support",
    "senior",
    "line",
    "on",
    "my",
    "over",
    "speak",
    "talk",
    "chat",
    "bloody",
    "damn",
    "damned",
    "fucking",
    "freaking",
    "goddamn",
    "goddamned",
    "now",
    "just",
    "someone",
    "human",
    "living",
    "have",
    "be",
    "connected",
    "transferred",
    "of",
    "kind",
    "us",
    "it",
    "actually",
    "hold",
    "want",
    "directly",
];

const AFTER_PERSON: &[&str] = &[
    "please",
    "now",
    "who",
    "to",
    "that",
    "about",
    "and",
    "because",
    "instead",
    "right",
    "from",
    "on",
    "for",
    "in",
    "at",
    "or",
    "asap",
    "immediately",
    "today",
    "thanks",
    "thank",
    "then",
    "if",
    "can",
    "with",
    "else",
    "already",
    "i",
    "this",
    "not",
    "real",
    "here",
    "again",
    "directly",
    "you",
    "there",
    "quickly",
    "first",
    "over",
    "as",
    "beings",
    "being",
];

/// Verbs of talking to somebody.
const TALK: &[&str] = &[
    "talk", "speak", "chat", "speaking", "talking", "connect", "transfer", "contact", "reach", "pass", "put",
];
/// People only after a verb of talking: "I want support" asks for help.
const VAGUE: &[&str] = &[
    "someone",
    "somebody",
    "anyone",
    "anybody",
    "people",
    "support",
    "assistant",
    "colleague",
    "staff",
    "employee",
    "boss",
    "being",
];
/// Nouns that ask for a person by themselves.
const CALLED: &[&str] = &[
    "human",
    "agent",
    "person",
    "representative",
    "operator",
    "manager",
    "supervisor",
    "rep",
];
/// Words around such a noun that ask for nothing else.
const AROUND: &[&str] = &[
    "please", "a", "an", "real", "live", "now", "the", "hello", "hi", "yes", "your", "manager", "just", "actual",
    "customer", "service", "ok", "okay",
];
/// Phrases that name a person wherever they stand.
const PERSON: &[&str] = &[
    "real person",
    "real human",
    "live agent",
    "human agent",
    "live person",
    "an actual person",
    "an actual human",
    "human being",
    "customer service rep",
    "hand me over",
];

/// "Get me a manager", "can I talk to someone", "agent please".
pub(super) fn asks_for_someone(line: &Line) -> Option<usize> {
    if wants_nobody(line).is_some() {
        return None;
    }
    let ends = |at: usize| line.is_break(at) || line.is(at, AFTER_PERSON);
    let reached = (0..line.len()).filter(|at| line.is(*at, REACH)).find(|at| {
        let next = (at + 1..at + 9)
            .find(|i| !line.is(*i, BETWEEN) || line.is(*i, &["human", "someone", "support"]) && ends(i + 1));
        let plain = line.is(*at, TALK);
        let vague = |i: usize| line.is(i, VAGUE);
        next.is_some_and(|i| line.is(i, PEOPLE) && ends(i + 1) && (plain || !vague(i)))
    });
    let noun = |i: usize| line.is(i, CALLED);
    let polite = |i: usize| noun(i) || line.is_break(i) || line.is(i, AROUND);
    let alone = line.len() <= 8 && (0..line.len()).any(noun) && (0..line.len()).all(polite);
    let fixed = first(line, PERSON);
    reached.or(alone.then_some(0)).or(fixed)
}

/// "No, not a person", "I don't want to talk to a human".
pub(super) fn wants_nobody(line: &Line) -> Option<usize> {
    let denial = |at: usize| line.is(at, &["not", "no", "without", "never", "dont"]) || line.word(at).ends_with("n't");
    (0..line.len())
        .filter(|at| denial(*at))
        .find(|at| {
            let next = (at + 1..at + 9).find(|i| {
                line.is(*i, NOBODY)
                    || !line.is(*i, BETWEEN)
                        && !line.is(
                            *i,
                            &["need", "any", "like", "speak", "want", "to", "transfer", "connect"],
                        )
            });
            next.is_some_and(|i| line.is(i, NOBODY)) && (*at + 1 == line.len() || !line.is_break(*at + 1))
        })
        .or_else(|| {
            first(
                line,
                &["don't transfer", "do not transfer", "don't connect me", "don't hand me"],
            )
        })
}
