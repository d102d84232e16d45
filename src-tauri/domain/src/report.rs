//! Figures over conversations. What each counts is said here once, and on screen in the same words.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{ActionId, BlockId, HandOffKind, TaskId};

/// The figures of a group of conversations. A conversation counts where it began, with all that came of it until now.
#[derive(Debug, Clone, Default, PartialEq, Serialize, TS)]
pub struct Figures {
    /// Conversations.
    pub conversations: u64,
    /// Those in which the assistant replied to the customer in words it worked out itself.
    pub involved: u64,
    /// How the involved ones stand now.
    pub states: StateCounts,
    /// Those that people took over.
    pub handed_off: u64,
    /// Ratings, one for each conversation: the customer's last.
    pub ratings: RatingCounts,
    /// From the customer's first message to the answer that counts as the solution, where it still does.
    pub time_to_resolution: Durations,
    /// Runs of tasks.
    pub runs: OutcomeCounts,
    /// Calls of actions.
    pub calls: CallCounts,
}

/// Involved conversations by what came of them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, TS)]
pub struct StateCounts {
    /// The customer confirmed it: by words, a button or a rating of 4 or 5.
    pub confirmed: u64,
    /// Answered; the customer left without a word. Never counted as confirmed.
    pub assumed: u64,
    /// A person took over or was asked for.
    pub passed: u64,
    /// The customer was unhappy and left.
    pub unhappy: u64,
    /// None of these: nothing was answered.
    pub not_answered: u64,
}

/// How often each rating was given.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, TS)]
pub struct RatingCounts {
    /// From 1 to 5.
    pub given: [u64; 5],
}

impl RatingCounts {
    /// How many there are.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.given.iter().sum()
    }
}

/// Durations in milliseconds, by nearest rank.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, TS)]
pub struct Durations {
    /// How many.
    pub count: u64,
    /// Half of them took no longer than this.
    pub median_ms: Option<u64>,
    /// Nine out of ten took no longer than this.
    pub p90_ms: Option<u64>,
}

/// Runs of tasks by how they ended.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, TS)]
pub struct OutcomeCounts {
    /// All of them.
    pub started: u64,
    /// Ended as done.
    pub done: u64,
    /// Ended as not possible.
    pub not_possible: u64,
    /// The customer stopped them.
    pub cancelled: u64,
    /// A person took over.
    pub handed_off: u64,
    /// Not ended: under way, or the customer left.
    pub unfinished: u64,
}

/// Calls of actions by what came back.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, TS)]
pub struct CallCounts {
    /// All that were made.
    pub made: u64,
    /// Answered as they should.
    pub succeeded: u64,
    /// Answered that there is no such thing: no failure.
    pub found_nothing: u64,
    /// Failed.
    pub failed: u64,
    /// Nobody knows whether the change was made.
    pub unresolved: u64,
    /// Still out.
    pub pending: u64,
    /// Held back by a rule, and so not made.
    pub held_back: u64,
}

/// What a report is broken down by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum BreakDown {
    /// The tasks used. A conversation that used two counts for each.
    Task,
    /// Tags. A conversation with two counts for each.
    Tag,
    /// What came of it.
    State,
}

/// The stretches that figures over time are counted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Every {
    /// Days.
    Day,
    /// Weeks, from the workspace's first day on.
    Week,
    /// Calendar months.
    Month,
}

/// The figures of one part of all.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Group {
    /// Which part: a task's id, a tag, a state, or the first day of a stretch; none for what has no task or tag.
    pub key: Option<String>,
    /// As people call it; empty where the key says it.
    pub name: String,
    /// Its figures.
    pub figures: Figures,
}

/// Why people took over, how often.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct HandOffCount {
    /// Why.
    pub kind: HandOffKind,
    /// The rule, action or sentence in question; may be empty.
    pub detail: String,
    /// Conversations.
    pub conversations: u64,
}

/// The runs of one task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct TaskFigures {
    /// Which.
    pub task: TaskId,
    /// As it was last called.
    pub title: String,
    /// Conversations that used it.
    pub conversations: u64,
    /// How its runs ended.
    pub outcomes: OutcomeCounts,
    /// How far they came, in the order of the blocks.
    pub blocks: Vec<BlockFigures>,
}

/// A block of a task, and the runs that came to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct BlockFigures {
    /// Which.
    pub block: BlockId,
    /// As people call it; empty where the task does not have it any more.
    pub name: String,
    /// Runs that came to it.
    pub reached: u64,
    /// Runs for which it was the last one, by how they ended; those that were done are no loss.
    pub last: OutcomeCounts,
}

/// The calls of one action.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ActionFigures {
    /// Which.
    pub action: ActionId,
    /// As it was last called.
    pub name: String,
    /// What came back.
    pub calls: CallCounts,
    /// How long answered calls took, in milliseconds.
    pub took: Durations,
    /// Why calls failed, how often; the most frequent first.
    pub failures: Vec<FailureCount>,
}

/// A kind of failure, how often.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct FailureCount {
    /// As the causes are called, e.g. `timeout`; with the status where there was one, e.g. `status 503`.
    pub cause: String,
    /// Calls.
    pub calls: u64,
}

/// A report over a choice of conversations.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct Report {
    /// All of them together.
    pub total: Figures,
    /// By when they began; stretches without a conversation are left out.
    pub over_time: Vec<Group>,
    /// By what was asked for.
    pub groups: Vec<Group>,
    /// Why people took over, the most frequent first.
    pub hand_offs: Vec<HandOffCount>,
    /// Each task, the most used first.
    pub tasks: Vec<TaskFigures>,
    /// Each action, the most called first.
    pub actions: Vec<ActionFigures>,
}
