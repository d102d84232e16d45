//! What instructions were read as.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{ActionId, Condition, Operand, Outcome, Period, Problem, Span, TaskId, TeamId, Template};

/// The whole reading of one instructions text: sentences, a plan of steps, rules, problems.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
pub struct Reading {
    /// Every sentence, list item and clause that means something of its own, in order of their spans.
    pub sentences: Vec<Sentence>,
    /// What runs, in order.
    pub plan: Vec<Step>,
    /// What must hold whenever an action runs, wherever it is called from.
    pub rules: Vec<Rule>,
    /// What every message of the customer is listened to for while the task runs, wherever it was written.
    // Revisions kept by older programs have none, and keep their hash.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub listeners: Vec<Listener>,
    /// What is wrong, with spans in the text.
    pub problems: Vec<Problem>,
}

/// A sentence and its meaning.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Sentence {
    /// Where it stands in the stored text.
    pub span: Span,
    /// Its words.
    pub text: String,
    /// What it means.
    pub meaning: Meaning,
    /// How sure that is.
    pub certainty: Certainty,
    /// The words that name something, and what they name.
    pub links: Vec<Link>,
    /// The meaning in plain words, e.g. "Runs *Get order*" or "If the order's status is shipped".
    pub words: String,
    /// What it is for is clear, but something is missing before a run can follow it; a problem says what.
    // Revisions kept by older programs do not say.
    #[serde(default)]
    pub incomplete: bool,
}

impl Sentence {
    /// Whether a run can follow it.
    #[must_use]
    pub const fn is_followed(&self) -> bool {
        !self.incomplete && !matches!(self.meaning, Meaning::Unclear { .. })
    }
}

/// How sure a meaning is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Certainty {
    /// Could be read otherwise.
    Guess,
    /// Found by words that are close.
    Likely,
    /// Said so by pills or in so many words.
    Certain,
}

/// Words that name something.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Link {
    /// The words.
    pub span: Span,
    /// What they name.
    pub target: LinkTarget,
}

/// What words name.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum LinkTarget {
    /// An action.
    Action {
        /// Which.
        action: ActionId,
    },
    /// An attribute or a field.
    Reference {
        /// Which, without braces.
        reference: String,
    },
    /// A team.
    Team {
        /// Which.
        team: TeamId,
    },
    /// A task.
    Task {
        /// Which.
        task: TaskId,
    },
    /// A wait for a webhook.
    Webhook {
        /// The block's key.
        key: String,
    },
}

/// What a sentence means. The kinds are those of `taskwright read`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Meaning {
    /// What the task is for. Shown; no step.
    Goal,
    /// Background or tone. Kept for colleagues; no step.
    Context,
    /// Values asked for when missing, in this order.
    Need {
        /// By key.
        attributes: Vec<String>,
    },
    /// Asks the customer.
    Ask {
        /// By key, in order.
        attributes: Vec<String>,
    },
    /// Runs an action.
    Run {
        /// Which; none where no action does it yet.
        action: Option<ActionId>,
    },
    /// Runs another task and comes back.
    RunTask {
        /// Which.
        task: TaskId,
    },
    /// Sets a value.
    Set {
        /// By key.
        attribute: String,
    },
    /// Sorts what the customer said into an option.
    Classify {
        /// By key.
        attribute: String,
    },
    /// A condition, and what it leads to.
    Check {
        /// The condition; none for *Otherwise*.
        condition: Option<Condition>,
    },
    /// Listens for words in every message of the customer; what they lead to follows.
    Listen {
        /// Any of these is enough; none where nothing says what to listen for.
        mentions: Vec<Mention>,
    },
    /// Asks for a yes.
    Confirm,
    /// Tells the customer.
    Inform {
        /// In direct speech.
        words: Template,
    },
    /// A rule that guards actions.
    Rule,
    /// Does something again.
    Repeat {
        /// At the most so often.
        at_most: Option<u32>,
    },
    /// Goes to another step.
    Jump,
    /// Hands the conversation to people.
    HandOff {
        /// The team; the default team where none.
        team: Option<TeamId>,
    },
    /// Tags the conversation.
    Tag,
    /// Leaves an internal note.
    Note,
    /// Waits for a webhook.
    Wait {
        /// The block's key.
        key: String,
    },
    /// Ends the task.
    Finish {
        /// How.
        outcome: Outcome,
    },
    /// Not understood.
    Unclear {
        /// Why, in plain English.
        reason: String,
    },
}

/// A step of the plan.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Step {
    /// The words it was read from.
    pub span: Span,
    /// What runs.
    #[serde(flatten)]
    pub kind: StepKind,
}

impl Step {
    /// A check of one case, with nothing otherwise.
    #[must_use]
    pub fn when(span: Span, condition: Condition, steps: Vec<Self>) -> Self {
        let arms = vec![Arm { span, condition, steps }];
        let otherwise = Vec::new();
        Self {
            span,
            kind: StepKind::Check { arms, otherwise },
        }
    }
}

/// What a step does.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum StepKind {
    /// Asks for these where they are missing.
    Need {
        /// By key, in order.
        attributes: Vec<String>,
    },
    /// Asks for one value.
    Ask {
        /// By key.
        attribute: String,
        /// The author's own question; the attribute's where none.
        question: Option<Template>,
        /// Said before the question.
        preface: Option<Template>,
        /// Asks even where the value is known, e.g. "ask again".
        again: bool,
        /// What may be picked of the list that it is picked from; all of it where none.
        // Plans kept by older programs have none, and keep their hash.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        among: Option<Among>,
    },
    /// Runs an action.
    Run {
        /// Which.
        action: ActionId,
        /// Inputs said in the sentence, by input key; the others by the action's own defaults.
        inputs: BTreeMap<String, Operand>,
    },
    /// Runs another task and comes back.
    RunTask {
        /// Which.
        task: TaskId,
    },
    /// Sets a value.
    Set {
        /// By key.
        attribute: String,
        /// To this.
        value: Operand,
    },
    /// Sorts what the customer said into an option; asks when it does not say.
    Classify {
        /// By key.
        attribute: String,
        /// A text to sort instead of the messages so far.
        from: Option<String>,
    },
    /// Goes one of several ways; the first condition that holds wins.
    Check {
        /// The ways.
        arms: Vec<Arm>,
        /// The way when none holds.
        otherwise: Vec<Step>,
    },
    /// Asks for a yes. A no runs `declined`, or ends the task as cancelled where that is empty.
    Confirm {
        /// The author's own question; made from what follows where none.
        question: Option<Template>,
        /// The action it is asked for.
        action: Option<ActionId>,
        /// What a no leads to.
        declined: Vec<Step>,
    },
    /// Tells the customer.
    Inform {
        /// In direct speech.
        words: Template,
    },
    /// Does the steps up to `at_most` times, until the condition holds.
    Repeat {
        /// What is done.
        steps: Vec<Step>,
        /// How often at the most; always bounded.
        at_most: u32,
        /// Stops as soon as this holds.
        until: Option<Condition>,
    },
    /// Goes to the step that begins at this place of the same text.
    Jump {
        /// The start of the target step's span.
        to: u32,
        /// How often at the most in one run.
        at_most: u32,
    },
    /// Hands the conversation to people.
    HandOff {
        /// The team; the default team where none.
        team: Option<TeamId>,
        /// Said to the customer first.
        words: Option<Template>,
        /// Left for the team.
        note: Option<Template>,
    },
    /// Tags the conversation.
    Tag {
        /// Tags to add.
        add: Vec<String>,
        /// Tags to remove.
        remove: Vec<String>,
    },
    /// Leaves an internal note.
    Note {
        /// The words.
        text: Template,
    },
    /// Waits for a webhook block of this task.
    Wait {
        /// The block's key.
        key: String,
        /// How long at the most; as long as the block says where none.
        // Plans kept by older programs have none, and keep their hash.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        limit: Option<Period>,
    },
    /// Ends the task.
    Finish {
        /// How.
        outcome: Outcome,
    },
    /// A sentence that was not understood: a run that reaches it offers a person.
    Unclear {
        /// Its words.
        text: String,
    },
}

/// What of a list may be picked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Among {
    /// What an item must be; [`Operand::Item`] is a field of it.
    pub part: Option<Condition>,
    /// The first so many of those.
    pub at_most: Option<u32>,
    /// One after the other, the steps that follow for each: "could be several, do them one by one".
    pub each: bool,
}

/// A way of a check.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Arm {
    /// The words of the condition.
    pub span: Span,
    /// The condition.
    pub condition: Condition,
    /// What then happens.
    pub steps: Vec<Step>,
}

/// Something the customer may bring up at any turn, and what it leads to. Afterwards the run goes on where it was, unless
/// the steps end it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Listener {
    /// The words of the sentence's condition.
    pub span: Span,
    /// The same as the author wrote them.
    pub text: String,
    /// Any of these is enough; never empty.
    pub mentions: Vec<Mention>,
    /// What then happens.
    pub steps: Vec<Step>,
}

/// Something that can be heard in a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Mention {
    /// All of some words, in any form and order, near one another in one sentence and not negated.
    Words {
        /// As the author wrote it, e.g. "trouble with breathing".
        text: String,
        /// The words that count, in lower case, e.g. "trouble" and "breathing"; never empty.
        words: Vec<String>,
    },
    /// Just these words, one after the other.
    Phrase {
        /// As the author wrote it between quotation marks.
        text: String,
    },
}

impl Mention {
    /// As the author wrote it; a phrase in quotation marks.
    #[must_use]
    pub fn named(&self) -> String {
        match self {
            Self::Words { text, .. } => text.clone(),
            Self::Phrase { text } => format!("\u{201c}{text}\u{201d}"),
        }
    }
}

/// Something that must hold whenever an action runs. A rule that cannot be evaluated holds the action back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Rule {
    /// The words.
    pub span: Span,
    /// The rule as the author wrote it.
    pub text: String,
    /// The actions it guards.
    pub actions: Vec<ActionId>,
    /// What must hold.
    pub guard: Guard,
    /// Why, in words for the customer whom it holds back; nothing where that is not for customers to know.
    // Rules kept by older programs have none, and keep their hash.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub told: Option<String>,
}

/// What a rule demands before an action runs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Guard {
    /// The condition must hold.
    OnlyIf {
        /// It.
        condition: Condition,
    },
    /// The condition must not hold.
    NeverIf {
        /// It.
        condition: Condition,
    },
    /// At most so often in one conversation.
    AtMost {
        /// How often.
        times: u32,
    },
    /// Never.
    Never,
}

impl Meaning {
    /// The name of the kind, as `taskwright read` prints it.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Goal => "goal",
            Self::Context => "context",
            Self::Need { .. } => "need",
            Self::Ask { .. } => "ask",
            Self::Run { .. } | Self::RunTask { .. } => "run",
            Self::Set { .. } => "set",
            Self::Classify { .. } => "classify",
            Self::Check { .. } => "check",
            Self::Listen { .. } => "listen",
            Self::Confirm => "confirm",
            Self::Inform { .. } => "inform",
            Self::Rule => "rule",
            Self::Repeat { .. } => "repeat",
            Self::Jump => "jump",
            Self::HandOff { .. } => "hand_off",
            Self::Tag => "tag",
            Self::Note => "note",
            Self::Wait { .. } => "wait",
            Self::Finish { .. } => "finish",
            Self::Unclear { .. } => "unclear",
        }
    }
}

/// Length of a wait that an author did not bound.
pub const DEFAULT_WAIT: Period = Period {
    count: 30,
    unit: crate::PeriodUnit::Minutes,
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reading_that_an_older_program_kept_is_read() {
        let kept = r#"{
            "sentences": [{
                "span": { "start": 0, "end": 8 }, "text": "Find it.", "meaning": { "kind": "run", "action": "action_find" },
                "certainty": "likely", "links": [], "words": "Runs *Find*"
            }],
            "plan": [], "rules": [], "problems": []
        }"#;
        let reading: Reading = serde_json::from_str(kept).unwrap();
        assert!(reading.sentences[0].is_followed());
        assert!(reading.listeners.is_empty(), "older programs listened for nothing");
        let wait = r#"{ "span": { "start": 0, "end": 4 }, "type": "wait", "key": "payment" }"#;
        let step: Step = serde_json::from_str(wait).unwrap();
        let kept = StepKind::Wait {
            key: "payment".into(),
            limit: None,
        };
        assert_eq!(step.kind, kept, "a wait without a limit of its own");
        assert_eq!(
            serde_json::to_value(&step).unwrap().get("limit"),
            None,
            "and it is written as before"
        );
        let action = Some(ActionId::new("find"));
        assert_eq!(reading.sentences[0].meaning, Meaning::Run { action });
    }
}
