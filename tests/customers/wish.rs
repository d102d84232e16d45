//! What a customer comes for, and how people say such things.

/// A wish, what the customer will answer, and what must come of it.
pub(crate) struct Wish {
    pub(crate) openings: &'static [&'static str],
    pub(crate) answers: &'static [Answer],
    /// All that must be changed at the service, in this order, and nothing else.
    pub(crate) changes: &'static [Change],
    /// The team the way leads to when all goes well; none where the assistant ends it alone.
    pub(crate) team: Option<&'static str>,
    /// Turns of the straight way.
    pub(crate) turns: usize,
}

/// A change as the service writes it down.
pub(crate) struct Change {
    pub(crate) kind: &'static str,
    pub(crate) subject: &'static str,
    /// The JSON it was asked for with.
    pub(crate) body: &'static str,
}

/// How one value may be told.
pub(crate) struct Answer {
    pub(crate) attribute: &'static str,
    /// When it is asked for.
    pub(crate) asked: &'static [&'static str],
    /// When it is asked for the first time, where that answer is another one; empty where it is the same.
    pub(crate) first: &'static [&'static str],
    /// Of the customer's own accord, beside something else; empty where nobody would.
    pub(crate) unasked: &'static [&'static str],
    /// A slip of the pen, and ways to put it right with the next message.
    pub(crate) slip: Option<(&'static str, &'static [&'static str])>,
}

/// Ways to say yes to a change.
pub(crate) const YES: [&str; 12] = [
    "yes",
    "yes please",
    "sure, go ahead",
    "ok, do it",
    "yep",
    "please do",
    "that's right",
    "go ahead",
    "Yes, that's fine.",
    "yes, correct",
    "Sounds good",
    "absolutely",
];

/// What people say without meaning anything by it.
pub(crate) const SMALL_TALK: [&str; 7] = [
    "thanks for helping me",
    "how are you today?",
    "one moment please",
    "ok",
    "hello again",
    "sorry for the trouble",
    "hmm let me look",
];

/// How polite people begin.
pub(crate) const LEADS: [&str; 10] = [
    "Hi, ",
    "Hello! ",
    "hey there, ",
    "Good morning, ",
    "Good afternoon. ",
    "Hi team, ",
    "Sorry to bother you, ",
    "Hi, I need help. ",
    "Hello, quick question: ",
    "Hope you are well. ",
];

/// How polite people end.
pub(crate) const TAILS: [&str; 5] = [" please", ", thanks", ", thank you", " thx", ". Thanks in advance!"];
