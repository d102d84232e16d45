//! Mistakes in a task: data, not errors.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{ActionId, AttributeType, BlockId, Span};

/// A mistake in a task, with its place, its reason in plain English and, where there is one, a mend.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Problem {
    /// What kind of mistake.
    pub code: ProblemCode,
    /// How much it matters.
    pub severity: Severity,
    /// Where.
    pub place: Place,
    /// What is wrong and why it matters, in plain English.
    pub message: String,
    /// Ways to mend it, best first.
    pub remedies: Vec<Remedy>,
}

/// How much a problem matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Publishing is not possible.
    Blocks,
    /// Could be better.
    Hint,
}

/// Where a problem is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Place {
    /// The block; none for the task itself.
    pub block: Option<BlockId>,
    /// The action, when the problem is there.
    pub action: Option<ActionId>,
    /// The field, as JSON pointer in its document, e.g. `/title`.
    pub field: Option<String>,
    /// The words, in the block's instructions.
    pub span: Option<Span>,
}

/// What kind of mistake a problem is. The UI and the tests switch on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ProblemCode {
    /// A sentence was not understood.
    UnclearSentence,
    /// A pill names nothing.
    UnknownReference,
    /// A named action does not exist.
    UnknownAction,
    /// A named team does not exist.
    UnknownTeam,
    /// Two names fit equally well.
    Ambiguous,
    /// Values of two types are compared, or one of the wrong type is filled in.
    TypeMismatch,
    /// A value is used that nothing provides.
    NothingProvides,
    /// A step can never be reached.
    Unreachable,
    /// A path has no end.
    NoEnd,
    /// A condition has no *Otherwise*.
    NoOtherwise,
    /// Data are changed without the customer's yes.
    NoConfirmation,
    /// Words judge, and nothing says where that begins.
    NoMeasure,
    /// A picture is to be judged, and nobody here looks at pictures.
    PictureJudged,
    /// Two sentences could each run where one was meant.
    BothRun,
    /// *Tell* without words.
    NoWords,
    /// A block is long.
    TooLong,
    /// The text is not English.
    NotEnglish,
    /// The task has no title, or one that says nothing.
    Title,
    /// The description is missing or thin.
    Description,
    /// The task does nothing.
    Empty,
    /// A block lacks something it needs.
    IncompleteBlock,
    /// An action is not connected to a system yet.
    NotConnected,
    /// An action needs a secret that this computer does not have, or may not send where the action calls.
    SecretMissing,
    /// An action lacks something it needs.
    IncompleteAction,
    /// An action has no sample answer.
    NoSampleAnswer,
    /// A key or name is used twice.
    Duplicate,
    /// A key is not well formed.
    BadKey,
    /// Something refers to what was deleted.
    Dangling,
}

/// A way to mend a problem.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Remedy {
    /// What the button says.
    pub label: String,
    /// What it does.
    pub fix: Fix,
}

/// What a remedy does.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Fix {
    /// Writes other words in the problem's block.
    Replace {
        /// Over these.
        span: Span,
        /// The new words.
        text: String,
    },
    /// Makes a temporary attribute.
    AddAttribute {
        /// Its name.
        name: String,
        /// Its key.
        key: String,
        /// What it holds.
        kind: AttributeType,
    },
    /// Makes an action with this name.
    AddAction {
        /// The name.
        name: String,
    },
    /// Makes a team with this name.
    AddTeam {
        /// The name.
        name: String,
    },
    /// Gives the answer of an action another name, wherever it is written.
    RenameAnswer {
        /// The action.
        action: ActionId,
        /// The name, snake_case.
        to: String,
    },
    /// Opens the place to look at.
    Open {
        /// It.
        place: Place,
    },
}
