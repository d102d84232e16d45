//! A task as the engine runs it: a flat list of operations.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use taskwright_domain::{
    ActionId, Among, Attribute, BlockId, Calculation, Catalogue, Condition, Field, Mention, Operand, OptionId, Outcome,
    Period, Provider, Revision, RevisionId, Rule, Span, Speaker, TaskId, TeamId, Template,
};

/// A revision with its program.
#[derive(Debug, Clone)]
pub struct Compiled {
    /// The revision.
    pub revision: Revision,
    /// What runs.
    pub program: Program,
}

/// The revisions a conversation can need, by id.
pub type Library = BTreeMap<RevisionId, Arc<Compiled>>;

/// The operations of a task, its shared parts written out in place.
#[derive(Debug, Clone, Default)]
pub struct Program {
    /// In order; running past the end finishes the task. Behind [`OpKind::End`] stand the steps of the listeners.
    pub(crate) ops: Vec<Op>,
    /// What every message of the customer is listened to for.
    pub(crate) listeners: Vec<Listens>,
    /// The rules of all its instructions.
    pub(crate) rules: Vec<Rule>,
    /// Every attribute it can ask for, with those made for inputs that nothing else provides.
    pub(crate) attributes: Vec<Attribute>,
    /// What each attribute is picked from that is picked from a list, by its key.
    pub(crate) picks: BTreeMap<String, Pick>,
    /// How attributes that nobody is asked for are worked out of others, by their keys.
    pub(crate) worked_out: BTreeMap<String, Calculation>,
    /// Keys of attributes for which some condition looks at *missing*: the task goes on without them by itself.
    pub(crate) missing_handled: BTreeSet<String>,
    /// Keys that some operation asks the customer for.
    pub(crate) asked: BTreeSet<String>,
    /// Actions whose failure some condition looks at.
    pub(crate) failures_handled: BTreeSet<ActionId>,
    /// Actions that some condition on *not found* looks at.
    pub(crate) not_found_handled: BTreeSet<ActionId>,
    /// Webhook keys whose expiry some condition looks at.
    pub(crate) expiry_handled: BTreeSet<String>,
}

/// A list that a customer picks from.
#[derive(Debug, Clone)]
pub(crate) struct Pick {
    /// The list, e.g. `order.items`.
    pub(crate) list: String,
    /// Several items may be picked.
    pub(crate) several: bool,
    /// What an item holds.
    pub(crate) fields: Vec<Field>,
}

/// Something a customer may bring up at any turn.
#[derive(Debug, Clone)]
pub(crate) struct Listens {
    /// The operation its steps begin with, an [`OpKind::Interrupt`].
    pub(crate) begins: usize,
    /// The sentence, as the author wrote it.
    pub(crate) text: String,
    pub(crate) mentions: Vec<Mention>,
}

/// One operation and where it came from.
#[derive(Debug, Clone)]
pub(crate) struct Op {
    pub(crate) block: BlockId,
    pub(crate) span: Option<Span>,
    /// The kind of meaning, for the log.
    pub(crate) meaning: &'static str,
    /// What it does, in plain words, for the log; empty where the event says it all.
    pub(crate) words: String,
    pub(crate) kind: OpKind,
}

#[derive(Debug, Clone)]
pub(crate) enum OpKind {
    EnterBlock {
        task: TaskId,
    },
    /// Asks where the value is missing, or always when `again`. Of a Collect block, `form` are all its fields.
    Ask {
        attribute: String,
        form: Vec<String>,
        question: Option<Template>,
        preface: Option<Template>,
        again: bool,
        among: Option<Among>,
    },
    Run {
        action: ActionId,
        inputs: BTreeMap<String, Given>,
    },
    Set {
        attribute: String,
        value: Given,
    },
    Classify {
        attribute: String,
        from: Option<String>,
    },
    /// Goes on when the condition holds, else to `otherwise`.
    Branch {
        condition: Condition,
        words: String,
        otherwise: usize,
    },
    Goto {
        to: usize,
    },
    /// Begins a pass, or leaves for `exit` after `at_most` of them. `forget` is asked anew in each pass.
    Pass {
        at_most: u32,
        exit: usize,
        forget: Vec<String>,
    },
    /// A bounded way back.
    Jump {
        to: usize,
        at_most: u32,
    },
    Confirm {
        question: Option<Template>,
        action: Option<ActionId>,
        declined: Option<usize>,
    },
    Say {
        words: Template,
        by: Speaker,
    },
    Buttons {
        text: Template,
        options: Vec<(OptionId, String, usize)>,
    },
    Tag {
        add: Vec<String>,
        remove: Vec<String>,
    },
    Note {
        text: Template,
    },
    HandOff {
        team: Option<TeamId>,
        words: Option<Template>,
        note: Option<Template>,
    },
    Wait {
        key: String,
        name: String,
        block: BlockId,
        fields: Vec<Field>,
        limit: Period,
        expired: Option<usize>,
    },
    Rate {
        question: Template,
    },
    Listen {
        idle: Period,
        follow_up: Template,
    },
    /// Begins a task of its own, in the revision that customers get then.
    StartTask {
        task: TaskId,
        name: String,
        inputs: BTreeMap<String, Template>,
        outputs: BTreeMap<String, String>,
    },
    Finish {
        outcome: Outcome,
    },
    /// The end of the blocks: finishes the task.
    End,
    /// Begins what a listener leads to.
    Interrupt,
    /// Goes back to where the listener that begins there was heard.
    Return {
        begins: usize,
    },
    Unclear {
        text: String,
    },
}

/// Where a step takes a value from.
#[derive(Debug, Clone)]
pub(crate) enum Given {
    Operand(Operand),
    Words(Template),
}

impl Compiled {
    /// The actions it runs, and the look-ups that give what it speaks of.
    #[must_use]
    pub fn actions(&self) -> BTreeSet<ActionId> {
        let run = self.program.ops.iter().filter_map(|op| match &op.kind {
            OpKind::Run { action, .. } => Some(action.clone()),
            _ => None,
        });
        let spoken_of = self.program.ops.iter().filter_map(|op| match &op.kind {
            OpKind::Branch { condition, .. } => Some(condition.references()),
            _ => None,
        });
        let giving = spoken_of.flatten().filter_map(|reference| {
            let referent = self.catalogue().resolve(reference)?;
            match referent.provider {
                Provider::Action(action) if !action.changes_data => Some(action.id.clone()),
                _ => None,
            }
        });
        run.chain(giving).collect()
    }

    pub(crate) fn catalogue(&self) -> &Catalogue {
        &self.revision.catalogue
    }
}

impl Program {
    pub(crate) fn attribute(&self, key: &str) -> Option<&Attribute> {
        self.attributes.iter().find(|attribute| attribute.key == key)
    }

    /// How many operations it has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ops.len()
    }

    /// Whether it does nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ops.is_empty()
    }
}
