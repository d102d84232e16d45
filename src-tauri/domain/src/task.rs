//! Tasks and their blocks.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{ActionId, Attribute, BlockId, Condition, Field, OptionId, Period, TaskId, TeamId, Template};

/// What an admin designs: when it applies, and what then happens.
///
/// A half-finished task is a good task: it always loads and saves, and shows its problems.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
pub struct Task {
    /// Its id.
    pub id: TaskId,
    /// Short name.
    pub title: String,
    /// "When to use this task": three to five sentences.
    #[serde(default)]
    pub description: String,
    /// Messages that should start it.
    #[serde(default)]
    pub examples: Vec<String>,
    /// Messages that look alike and should not start it.
    #[serde(default)]
    pub counter_examples: Vec<String>,
    /// Who it is for; everyone where none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub audience: Option<Condition>,
    /// Only run by other tasks, never by a message.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub only_used_by_other_tasks: bool,
    /// What happens, in order.
    #[serde(default)]
    pub blocks: Vec<Block>,
    /// Temporary attributes of this task.
    #[serde(default)]
    pub attributes: Vec<Attribute>,
}

/// One step of a task.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
pub struct Block {
    /// Its id.
    pub id: BlockId,
    /// The author's heading.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// Switched off: kept, not run.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub off: bool,
    /// What it does.
    #[serde(flatten)]
    pub kind: BlockKind,
}

/// What a block does. The set is closed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum BlockKind {
    /// Plain language, read into a plan.
    Instructions {
        /// Markdown-like text with pills.
        text: String,
    },
    /// Calls an action.
    RunAction {
        /// The action; none while nothing is chosen.
        #[serde(default)]
        action: Option<ActionId>,
        /// Inputs that differ from the action's own defaults, by input key.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        inputs: BTreeMap<String, Template>,
    },
    /// Pauses until another system calls back.
    WaitForWebhook {
        /// snake_case, unique in the workspace; the received fields are `{key.field}`.
        key: String,
        /// An example of what comes; the received body must match its shape.
        #[ts(type = "unknown")]
        example: serde_json::Value,
        /// The fields that become attributes.
        fields: Vec<Field>,
        /// How long it waits.
        limit: Period,
        /// What then happens; a hand-off where empty.
        #[serde(default)]
        what_then: Vec<Block>,
    },
    /// Says fixed words.
    Message {
        /// The words.
        text: Template,
    },
    /// Offers options, each with its own path.
    Buttons {
        /// Said above the options.
        text: Template,
        /// The options.
        options: Vec<ButtonOption>,
    },
    /// Asks for attributes.
    CollectAttribute {
        /// By key, in order.
        attributes: Vec<String>,
    },
    /// Sets an attribute.
    SetAttribute {
        /// By key.
        attribute: String,
        /// To this.
        value: Template,
    },
    /// Goes one of several ways; the first condition that holds wins.
    Branch {
        /// The ways.
        arms: Vec<BranchArm>,
        /// The way when none holds.
        #[serde(default)]
        otherwise: Vec<Block>,
    },
    /// Leaves an internal note.
    Note {
        /// The words.
        text: Template,
    },
    /// Tags the conversation.
    Tags {
        /// Tags to add.
        #[serde(default)]
        add: Vec<String>,
        /// Tags to remove.
        #[serde(default)]
        remove: Vec<String>,
    },
    /// Hands the conversation to people.
    HandOff {
        /// The team; the default team where none.
        #[serde(default)]
        team: Option<TeamId>,
        /// Said to the customer; the team's words where empty.
        #[serde(default)]
        words: Template,
        /// Left for the team, before the values that are added by themselves.
        #[serde(default)]
        note: Template,
    },
    /// Asks for a rating from 1 to 5.
    AskForRating {
        /// The question.
        question: Template,
    },
    /// The assistant answers freely: tasks, stand-alone actions, articles.
    LetAssistantAnswer {
        /// How long a silence ends it.
        idle: Period,
        /// Asked after an answer.
        #[serde(default)]
        follow_up: Template,
    },
    /// Runs another task and comes back.
    RunTask {
        /// The task; none while nothing is chosen.
        #[serde(default)]
        task: Option<TaskId>,
        /// Values handed in: their attribute key to our reference.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        inputs: BTreeMap<String, Template>,
        /// Values handed back: our attribute key to their reference.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        outputs: BTreeMap<String, String>,
    },
    /// Ends the task.
    End {
        /// How it ended.
        #[serde(default)]
        outcome: Outcome,
    },
}

/// An option of a buttons block.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
pub struct ButtonOption {
    /// Its id.
    pub id: OptionId,
    /// What the button says.
    pub label: String,
    /// What then happens.
    #[serde(default)]
    pub blocks: Vec<Block>,
}

/// A way of a branch.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
pub struct BranchArm {
    /// Its id.
    pub id: OptionId,
    /// The author's name for it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// When it is taken; never while none.
    #[serde(default)]
    pub condition: Option<Condition>,
    /// What then happens.
    #[serde(default)]
    pub blocks: Vec<Block>,
}

/// How a task ended.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// What the customer wanted was done or answered.
    #[default]
    Done,
    /// It was not possible, and the customer was told why.
    NotPossible,
    /// The customer stopped it.
    Cancelled,
    /// A person took over.
    HandedOff,
}

impl BlockKind {
    /// The lists of blocks inside, in order.
    #[must_use]
    pub fn children(&self) -> Vec<&Vec<Block>> {
        match self {
            Self::WaitForWebhook { what_then, .. } => vec![what_then],
            Self::Buttons { options, .. } => options.iter().map(|option| &option.blocks).collect(),
            Self::Branch { arms, otherwise } => arms.iter().map(|arm| &arm.blocks).chain([otherwise]).collect(),
            _ => Vec::new(),
        }
    }

    /// The lists of blocks inside, to change.
    #[must_use]
    pub fn children_mut(&mut self) -> Vec<&mut Vec<Block>> {
        match self {
            Self::WaitForWebhook { what_then, .. } => vec![what_then],
            Self::Buttons { options, .. } => options.iter_mut().map(|option| &mut option.blocks).collect(),
            Self::Branch { arms, otherwise } => arms.iter_mut().map(|arm| &mut arm.blocks).chain([otherwise]).collect(),
            _ => Vec::new(),
        }
    }
}

impl Task {
    /// Every block, containers before what they hold, in reading order.
    #[must_use]
    pub fn all_blocks(&self) -> Vec<&Block> {
        fn walk<'a>(blocks: &'a [Block], found: &mut Vec<&'a Block>) {
            for block in blocks {
                found.push(block);
                for children in block.kind.children() {
                    walk(children, found);
                }
            }
        }
        let mut found = Vec::new();
        walk(&self.blocks, &mut found);
        found
    }
}
