//! Understanding a customer's message: words into typed moves.

use jiff::Timestamp;
use taskwright_domain::{Attribute, OptionId, QuickReply, Settings, Span, Value};

/// What the conversation is listening for when a message arrives.
#[derive(Debug, Clone)]
pub struct Listening<'a> {
    /// What was just asked.
    pub asked: Option<AskedFor<'a>>,
    /// The words it was asked with.
    pub question: Option<&'a str>,
    /// Attributes the running task still needs and customers may fill, in the order it needs them.
    pub wanted: Vec<&'a Attribute>,
    /// Attributes customers have filled, for corrections.
    pub filled: Vec<(&'a Attribute, &'a Value)>,
    /// Quick replies on screen.
    pub options: &'a [QuickReply],
    /// Whether a task is running.
    pub task_running: bool,
    /// The workspace's settings.
    pub settings: &'a Settings,
    /// When the message arrived.
    pub now: Timestamp,
}

/// What was just asked.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum AskedFor<'a> {
    /// A value.
    Attribute(&'a Attribute),
    /// A yes or no.
    Confirmation,
    /// One of the quick replies.
    Option,
    /// A rating from 1 to 5.
    Rating,
    /// Whether the customer wants a person.
    Person,
}

/// One thing a message does. A message may do several.
#[derive(Debug, Clone, PartialEq)]
pub enum Move {
    /// Gives a value.
    Fill {
        /// The attribute's key.
        attribute: String,
        /// In normal form.
        value: Value,
        /// The words.
        span: Span,
    },
    /// Takes an earlier value back and gives another.
    Correct {
        /// The attribute's key.
        attribute: String,
        /// The new value; none when only taken back ("that's the wrong number").
        value: Option<Value>,
        /// The words.
        span: Span,
    },
    /// Answers the question for a value with something that does not fit.
    Misfit {
        /// The attribute's key.
        attribute: String,
        /// Why it does not fit, for the customer, e.g. "That date is in the future."
        why: String,
    },
    /// Cannot or will not give the asked value.
    Refuse {
        /// The attribute's key.
        attribute: String,
    },
    /// Yes.
    Yes,
    /// No.
    No,
    /// Not sure.
    Unsure,
    /// Chooses a quick reply.
    Choose {
        /// Which.
        option: OptionId,
    },
    /// Rates from 1 to 5.
    Rate {
        /// The rating.
        rating: u8,
    },
    /// Asks something else.
    Question,
    /// Asks what the asked value is needed for, or where to find it.
    Why,
    /// Wants to stop the task.
    Cancel,
    /// Wants a person.
    Person,
    /// Does not want a person.
    NoPerson,
    /// Thanks.
    Thanks,
    /// Says goodbye, or that it is settled.
    Goodbye,
    /// Complains or swears.
    Complaint,
    /// Greets or chats.
    SmallTalk,
    /// Asks to wait, or says they are looking for it.
    Hold,
    /// Nothing of the above.
    Unclear,
}

/// What a message does, in the order of its words; never empty.
#[must_use]
pub fn understand(_text: &str, _listening: &Listening<'_>) -> Vec<Move> {
    vec![Move::Unclear]
}
