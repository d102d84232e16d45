//! Conversations as people look through them: which ones, and what a row says of each.

use jiff::civil;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{ConversationId, ConversationPlace, CustomerId, HandOffReason, Resolution, TaskId, ViewId};

/// Which conversations are meant. Within one field any of the values will do; all fields must fit. An empty field leaves
/// nothing out, but for `places`: without one, customers' conversations are meant.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ConversationFilter {
    /// One of these tasks was used.
    #[serde(default)]
    #[ts(as = "Option<Vec<TaskId>>", optional)]
    pub tasks: Vec<TaskId>,
    /// Or no task was.
    #[serde(default)]
    #[ts(as = "Option<bool>", optional)]
    pub no_task: bool,
    /// What came of it.
    #[serde(default)]
    #[ts(as = "Option<Vec<ConversationState>>", optional)]
    pub states: Vec<ConversationState>,
    /// Where it took place.
    #[serde(default)]
    #[ts(as = "Option<Vec<ConversationPlace>>", optional)]
    pub places: Vec<ConversationPlace>,
    /// When it began, by the workspace's time zone.
    #[serde(default)]
    #[ts(as = "Option<DateRange>", optional)]
    pub began: DateRange,
    /// It has one of these tags.
    #[serde(default)]
    #[ts(as = "Option<Vec<String>>", optional)]
    pub tags: Vec<String>,
    /// One of these went wrong.
    #[serde(default)]
    #[ts(as = "Option<Vec<ConversationProblem>>", optional)]
    pub problems: Vec<ConversationProblem>,
    /// It was passed to a person for one of these reasons.
    #[serde(default)]
    #[ts(as = "Option<Vec<HandOffKind>>", optional)]
    pub hand_offs: Vec<HandOffKind>,
    /// This customer's.
    #[serde(default)]
    #[ts(optional)]
    pub customer: Option<CustomerId>,
    /// The first message, or the customer's name or e-mail address, has this in it.
    #[serde(default)]
    #[ts(optional)]
    pub words: Option<String>,
}

/// A stretch of days.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum DateRange {
    /// All there are.
    #[default]
    Always,
    /// Today and the days before it, so many together.
    LastDays {
        /// How many.
        days: u16,
    },
    /// From one day to another, both included.
    Between {
        /// The first.
        #[ts(type = "string")]
        from: civil::Date,
        /// The last.
        #[ts(type = "string")]
        until: civil::Date,
    },
}

/// What came of a conversation, as far as its log says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ConversationState {
    /// Nothing was answered.
    NotAnswered,
    /// Answered, and not confirmed.
    SoftResolution,
    /// Confirmed by the customer's own words, button or rating.
    HardResolution,
    /// People took over.
    RoutedToTeam,
    /// The customer was unhappy and left.
    AbandonedNegativeFeedback,
}

impl From<Option<Resolution>> for ConversationState {
    fn from(resolution: Option<Resolution>) -> Self {
        match resolution {
            None => Self::NotAnswered,
            Some(Resolution::SoftResolution) => Self::SoftResolution,
            Some(Resolution::HardResolution) => Self::HardResolution,
            Some(Resolution::RoutedToTeam) => Self::RoutedToTeam,
            Some(Resolution::AbandonedNegativeFeedback) => Self::AbandonedNegativeFeedback,
        }
    }
}

/// What can go wrong in a conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ConversationProblem {
    /// A call failed. That nothing was found is an answer, and no failure.
    ActionFailed,
    /// Nobody knows whether a change was made.
    ActionUnresolved,
    /// A rule held an action back.
    Blocked,
    /// A sentence could not be carried out.
    CouldNotFollow,
    /// Something failed in the program.
    Faulted,
    /// A message was not understood.
    NotUnderstood,
    /// Nobody called back in time.
    WaitExpired,
    /// What was called back did not fit.
    CallRejected,
}

/// A kind of reason why people took over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "documented at the reasons")]
pub enum HandOffKind {
    Task,
    CustomerAsked,
    Blocked,
    ActionFailed,
    ActionUnresolved,
    NotUnderstood,
    CouldNotFollow,
    WaitExpired,
    Fault,
}

impl HandOffReason {
    /// Its kind.
    #[must_use]
    pub const fn kind(&self) -> HandOffKind {
        match self {
            Self::Task => HandOffKind::Task,
            Self::CustomerAsked => HandOffKind::CustomerAsked,
            Self::Blocked { .. } => HandOffKind::Blocked,
            Self::ActionFailed { .. } => HandOffKind::ActionFailed,
            Self::ActionUnresolved { .. } => HandOffKind::ActionUnresolved,
            Self::NotUnderstood => HandOffKind::NotUnderstood,
            Self::CouldNotFollow { .. } => HandOffKind::CouldNotFollow,
            Self::WaitExpired => HandOffKind::WaitExpired,
            Self::Fault => HandOffKind::Fault,
        }
    }

    /// The rule, action or sentence it names.
    #[must_use]
    pub fn detail(&self) -> &str {
        match self {
            Self::Blocked { rule } => rule,
            Self::ActionFailed { action } | Self::ActionUnresolved { action } => action,
            Self::CouldNotFollow { sentence } => sentence,
            Self::Task | Self::CustomerAsked | Self::NotUnderstood | Self::WaitExpired | Self::Fault => "",
        }
    }
}

/// A task that ran in a conversation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TaskUsed {
    /// Which.
    pub task: TaskId,
    /// As it was called then.
    pub title: String,
}

/// Why people took over, and who.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct HandOffSummary {
    /// Why.
    pub kind: HandOffKind,
    /// The rule, action or sentence in question; may be empty.
    pub detail: String,
    /// The team.
    pub team: String,
}

/// What a list says of a conversation. No value of an attribute is part of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ConversationSummary {
    /// Which.
    pub id: ConversationId,
    /// Where it takes place.
    pub place: ConversationPlace,
    /// When it began: UTC milliseconds since 1970.
    pub started_at: i64,
    /// When something last happened in it.
    pub last_at: i64,
    /// Whose it is.
    pub customer: CustomerId,
    /// Their name, where known.
    pub customer_name: Option<String>,
    /// Their e-mail address, where known.
    pub customer_email: Option<String>,
    /// The customer's first message, or its beginning; masked where it is sensitive.
    pub opening: Option<String>,
    /// How often the customer wrote, pressed or filled in something.
    pub messages: u32,
    /// What came of it.
    pub state: ConversationState,
    /// The tasks that were used, in order.
    pub tasks: Vec<TaskUsed>,
    /// Its tags.
    pub tags: Vec<String>,
    /// What went wrong.
    pub problems: Vec<ConversationProblem>,
    /// The customer's rating.
    pub rating: Option<u8>,
    /// Who took over, and why.
    pub hand_off: Option<HandOffSummary>,
}

/// Where a row stands in the list of conversations: the newest first, and among those of one instant by id. It stays good
/// whatever happens above and below it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ListPlace {
    /// When something last happened in it: UTC milliseconds since 1970.
    pub last_at: i64,
    /// Which conversation.
    pub conversation: ConversationId,
}

/// A filter that somebody keeps under a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SavedView {
    /// Its id.
    pub id: ViewId,
    /// As people call it.
    pub name: String,
    /// What it shows.
    pub filter: ConversationFilter,
}

/// For how long conversations are kept.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Retention {
    /// Until somebody erases them.
    #[default]
    Always,
    /// For a month after the last thing that happened.
    Days30,
    /// For three months.
    Days90,
    /// For a year.
    Days365,
}

impl Retention {
    /// In days; none where for ever.
    #[must_use]
    pub const fn days(self) -> Option<i64> {
        match self {
            Self::Always => None,
            Self::Days30 => Some(30),
            Self::Days90 => Some(90),
            Self::Days365 => Some(365),
        }
    }
}

/// How often each value of the filters occurs, so that only those are offered that lead somewhere.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, TS)]
pub struct FilterChoices {
    /// Tasks, the most used first.
    pub tasks: Vec<TaskUsed>,
    /// Tags, by name.
    pub tags: Vec<String>,
}
