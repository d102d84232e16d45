//! What a task does, as a tree to look at: its blocks, the steps its instructions were read into, and the ways they
//! branch, each in plain words and with the words it was read from.

mod blocks;
mod steps;
mod words;

use serde::{Deserialize, Serialize};
use taskwright_domain::{Action, ActionId, BlockId, Catalogue, Guard, Rule, Span, Task};
use taskwright_language::read::describe;
use ts_rs::TS;

use crate::app::App;
use crate::check::{Checked, check_task};
use crate::error::CommandError;
use crate::freeze::catalogue;

pub(crate) use words::{capital, listed};

/// A task as it is on screen, saved or not.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ReadPlan {
    /// The whole task.
    pub task: Task,
}

/// What a task does, and what holds whatever happens.
#[derive(Debug, Clone, Default, PartialEq, Serialize, TS)]
pub struct Plan {
    /// What happens, in order.
    pub nodes: Vec<PlanNode>,
    /// The rules, wherever they were written.
    pub rules: Vec<PlanRule>,
    /// What is listened for at any time, wherever it was written, each with what it leads to inside.
    pub listeners: Vec<PlanNode>,
}

/// Something that happens.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct PlanNode {
    /// The block it stands in.
    pub block: BlockId,
    /// The words it was read from; none for a block itself, and for what goes without saying.
    pub span: Option<Span>,
    /// What kind of thing.
    pub kind: PlanKind,
    /// The author's heading; empty for steps.
    pub name: String,
    /// What happens, in plain words.
    pub words: String,
    /// It changes something in another system.
    pub changes_data: bool,
    /// What must hold before it runs, in words.
    pub guards: Vec<String>,
    /// What keeps a run from following it.
    pub missing: Option<String>,
    /// Kept, not run.
    pub off: bool,
    /// Nothing comes after it.
    pub ends: bool,
    /// Where it leads; one after the other is tried, and the rest of the plan follows where a way goes on.
    pub ways: Vec<PlanWay>,
}

/// Where something leads.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct PlanWay {
    /// The words of its condition.
    pub span: Option<Span>,
    /// When it is taken.
    pub when: PlanWhen,
    /// The same in words, e.g. "If the order's status is shipped".
    pub words: String,
    /// What then happens.
    pub steps: Vec<PlanNode>,
}

/// When a way is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PlanWhen {
    /// Always: the steps of a block, and what was listened for.
    Always,
    /// A condition holds.
    Condition,
    /// No other way is taken.
    Otherwise,
    /// The customer answers so.
    Answer,
    /// Again and again, within bounds.
    Repeat,
}

/// What kind of thing happens. Steps of instructions and blocks that do the same are of the same kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PlanKind {
    /// A block of instructions, with its steps inside.
    Instructions,
    /// Values asked for where they are missing.
    Need,
    /// Asks the customer.
    Ask,
    /// Runs an action.
    Run,
    /// Runs another task and comes back.
    RunTask,
    /// Sets a value.
    Set,
    /// Sorts what the customer said.
    Classify,
    /// Goes one of several ways.
    Check,
    /// Listens for words at any time.
    Listen,
    /// Asks for a yes.
    Confirm,
    /// Offers buttons.
    Buttons,
    /// Tells the customer.
    Inform,
    /// Does something again.
    Repeat,
    /// Goes to another step.
    Jump,
    /// Hands the conversation to people.
    HandOff,
    /// Tags the conversation.
    Tag,
    /// Leaves an internal note.
    Note,
    /// Waits for a webhook.
    Wait,
    /// Asks for a rating.
    Rate,
    /// The assistant answers freely.
    Answer,
    /// Ends the task.
    Finish,
    /// Not understood.
    Unclear,
}

/// A rule in words.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct PlanRule {
    /// The block it was written in; none where it belongs to an action.
    pub block: Option<BlockId>,
    /// The words it was read from.
    pub span: Option<Span>,
    /// The actions it guards.
    pub actions: Vec<ActionId>,
    /// What it demands, e.g. "Refund order runs only if the order's status is shipped".
    pub words: String,
}

/// The plan of a task that was looked through.
pub(crate) fn plan_of(task: &Task, checked: &Checked, catalogue: &Catalogue) -> Plan {
    let rules = rules_of(task, checked, catalogue);
    let blocks = blocks::Blocks::new(checked, catalogue, &rules);
    let (nodes, listeners) = (blocks.nodes(&task.blocks), blocks.listeners(&task.blocks));
    Plan {
        nodes,
        rules,
        listeners,
    }
}

/// Rules guard an action wherever it is called from, so they are those of all blocks, and the actions' own.
fn rules_of(task: &Task, checked: &Checked, catalogue: &Catalogue) -> Vec<PlanRule> {
    let mut found = Vec::new();
    for block in task.all_blocks() {
        let rules = checked
            .readings
            .get(&block.id)
            .map_or(&[][..], |reading| &reading.rules);
        found.extend(rules.iter().map(|rule| PlanRule {
            block: Some(block.id.clone()),
            span: Some(rule.span),
            actions: rule.actions.clone(),
            words: rule_words(rule, catalogue),
        }));
    }
    let used = words::actions_run(task, checked);
    let own = catalogue.actions.iter().filter(|action| used.contains(&action.id));
    found.extend(own.filter_map(|action| {
        let condition = action.condition.as_ref()?;
        Some(PlanRule {
            block: None,
            span: None,
            actions: vec![action.id.clone()],
            words: format!("{} runs only if {}", action.name, describe(condition, catalogue)),
        })
    }));
    found
}

fn rule_words(rule: &Rule, catalogue: &Catalogue) -> String {
    let names = rule.actions.iter().filter_map(|id| catalogue.action(id));
    let names: Vec<_> = names.map(|action: &Action| action.name.clone()).collect();
    if names.is_empty() {
        return rule.text.clone();
    }
    let (names, runs) = (listed(&names, "and"), if names.len() == 1 { "runs" } else { "run" });
    match &rule.guard {
        Guard::OnlyIf { condition } => format!("{names} {runs} only if {}", describe(condition, catalogue)),
        Guard::NeverIf { condition } => format!("{names} never {runs} if {}", describe(condition, catalogue)),
        Guard::AtMost { times: 1 } => format!("{names} {runs} at most once in a conversation"),
        Guard::AtMost { times } => format!("{names} {runs} at most {times} times in a conversation"),
        Guard::Never => format!("{names} never {runs}"),
    }
}

pub(crate) async fn read_plan(app: &App, _origin: &str, args: ReadPlan) -> Result<Plan, CommandError> {
    let snapshot = app.snapshot();
    let catalogue = catalogue(&snapshot.content, &args.task, &snapshot.settings);
    let checked = check_task(&snapshot.content, &args.task, &snapshot.settings, &app.reach()?);
    Ok(plan_of(&args.task, &checked, &catalogue))
}
