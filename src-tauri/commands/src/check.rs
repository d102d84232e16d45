//! All problems at once: of a task, of an action, of a bundle.

mod answers;
mod blocks;
mod inputs;

use std::collections::{BTreeMap, BTreeSet};

use taskwright_bundle::BundleContent;
use taskwright_domain::{
    Action, ActionId, Attribute, AttributeType, BUILT_IN, BlockId, BlockKind, Condition, Field, LinkTarget, Place,
    Problem, ProblemCode, Reading, Settings, Severity, Task, key_for,
};
use taskwright_engine::check_path;
use taskwright_language::read::read;

use crate::freeze::catalogue;
use crate::reach::{Lack, LackedSecret, Reach};
use crate::stand_alone::answers_alone;

pub(crate) use answers::is_free;

/// A problem with the task it is in.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// The task's title.
    pub task: String,
    /// The problem.
    pub problem: Problem,
}

/// A task looked through.
#[derive(Debug, Clone, Default)]
pub struct Checked {
    /// All its problems, in reading order.
    pub problems: Vec<Problem>,
    /// How each instructions block reads.
    pub readings: BTreeMap<BlockId, Reading>,
}

/// Every problem of a bundle, task by task, in reading order.
#[must_use]
pub fn check(content: &BundleContent, settings: &Settings) -> Vec<Finding> {
    let findings = content.tasks.iter().flat_map(|task| {
        let problems = check_task(content, task, settings, &Reach::default()).problems;
        problems.into_iter().map(|problem| Finding {
            task: task.title.clone(),
            problem,
        })
    });
    findings.collect()
}

/// Looks a task through. `reach` is what its actions can reach from this machine.
#[must_use]
pub fn check_task(content: &BundleContent, task: &Task, settings: &Settings, reach: &Reach) -> Checked {
    let catalogue = catalogue(content, task, settings);
    let mut problems = about(task);
    problems.extend(attributes(&task.attributes));
    let mut readings = BTreeMap::new();
    let mut used = BTreeSet::new();
    for block in task.all_blocks() {
        match &block.kind {
            BlockKind::Instructions { text } => {
                let mut reading = read(text, &catalogue);
                for problem in &mut reading.problems {
                    problem.place.block = Some(block.id.clone());
                }
                problems.extend(reading.problems.iter().cloned());
                used.extend(named_actions(&reading));
                readings.insert(block.id.clone(), reading);
            }
            BlockKind::RunAction { action, .. } => used.extend(action.clone()),
            _ => {}
        }
        problems.extend(blocks::check(block, task, &catalogue));
    }
    problems.extend(answers::in_task(content, task, &used));
    let actions = content.actions.iter().filter(|action| used.contains(&action.id));
    problems.extend(actions.flat_map(|action| by_itself(content, action, reach)));
    Checked { problems, readings }
}

/// The actions that sentences name.
fn named_actions(reading: &Reading) -> impl Iterator<Item = ActionId> {
    let links = reading.sentences.iter().flat_map(|sentence| &sentence.links);
    links.filter_map(|link| match &link.target {
        LinkTarget::Action { action } => Some(action.clone()),
        _ => None,
    })
}

/// Whether a task's blocks run an action, or its instructions name it by its pill or by its name.
#[must_use]
pub fn uses_action(task: &Task, action: &Action) -> bool {
    let pill = format!("@{}", action.key);
    let name = action.name.to_lowercase();
    task.all_blocks().into_iter().any(|block| match &block.kind {
        BlockKind::RunAction { action: runs, .. } => runs.as_ref() == Some(&action.id),
        BlockKind::Instructions { text } => {
            text.contains(&pill) || !name.is_empty() && text.to_lowercase().contains(&name)
        }
        _ => false,
    })
}

/// Looks an action through, by itself and as the tasks use it.
#[must_use]
pub fn check_action(content: &BundleContent, action: &Action, reach: &Reach) -> Vec<Problem> {
    let mut problems = by_itself(content, action, reach);
    problems.extend(answers::of_action(content, action));
    problems
}

fn by_itself(content: &BundleContent, action: &Action, reach: &Reach) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut add = |code, severity, field: &str, message: String| {
        let place = Place {
            action: Some(action.id.clone()),
            field: Some(field.to_owned()),
            ..Place::default()
        };
        problems.push(problem(code, severity, place, message));
    };
    let name = action.name.trim();
    if name.is_empty() {
        let message = "An action has no name. Say what it does, e.g. \"Get order\".".to_owned();
        add(ProblemCode::IncompleteAction, Severity::Blocks, "/name", message);
    }
    if action.key != key_for(&action.key) {
        let message = format!("\"{}\" is no key. Use small letters, digits and _.", action.key);
        add(ProblemCode::BadKey, Severity::Blocks, "/key", message);
    }
    let twins = content.actions.iter().filter(|other| other.key == action.key).count();
    if twins > 1 {
        let message = format!("Two actions have the key \"{}\". Give one of them another.", action.key);
        add(ProblemCode::Duplicate, Severity::Blocks, "/key", message);
    }
    for (index, fault) in paths(&action.outputs) {
        add(
            ProblemCode::IncompleteAction,
            Severity::Blocks,
            &format!("/outputs/{index}/path"),
            fault,
        );
    }
    for (place, fault) in inputs::faults(&action.inputs) {
        add(ProblemCode::IncompleteAction, Severity::Blocks, &place, fault);
    }
    if action.stubs.is_empty() {
        let message = format!("\"{name}\" has no sample answer, so the preview cannot run it. Add one.");
        add(ProblemCode::NoSampleAnswer, Severity::Hint, "/stubs", message);
    }
    if action.answers_on_its_own && !answers_alone(action) {
        let message = format!(
            "\"{name}\" changes something, so it answers on its own only where the customer is asked for a yes first."
        );
        add(
            ProblemCode::IncompleteAction,
            Severity::Blocks,
            "/needs_confirmation",
            message,
        );
    }
    for reference in unknown_in_reply(action) {
        let message =
            format!("The reply names {{{reference}}}, which \"{name}\" does not give. Choose one of its fields.");
        add(ProblemCode::IncompleteAction, Severity::Blocks, "/reply", message);
    }
    if action.request.is_none() {
        let message = format!("\"{name}\" is not connected yet: it runs on sample answers only.");
        add(ProblemCode::NotConnected, Severity::Blocks, "/request", message);
    } else if reach.unconfirmed.contains(&action.id) {
        let message = format!("\"{name}\" has no live address on this computer yet: it runs on sample answers only.");
        add(ProblemCode::NotConnected, Severity::Hint, "/request", message);
    }
    for LackedSecret { name: secret, why } in reach.lacking.get(&action.id).into_iter().flatten() {
        let message = match why {
            Lack::NotSet => format!(
                "\"{name}\" needs the secret {secret}, which is not set for the live system on this computer: \
                 every call would fail."
            ),
            Lack::NotApproved { origin } => format!(
                "\"{name}\" calls {origin}, where its secret {secret} may not be sent yet: every call would fail."
            ),
        };
        add(ProblemCode::SecretMissing, Severity::Blocks, "/request", message);
    }
    problems
}

/// What the reply names and nothing gives: it may name the action's inputs and fields, and what is always known.
fn unknown_in_reply(action: &Action) -> Vec<String> {
    let known = |reference: &str| {
        let (owner, rest) = reference.split_once('.').unwrap_or((reference, ""));
        let field = rest.split('.').next().unwrap_or_default();
        let output = owner == action.result_name && action.outputs.iter().any(|output| output.key == field);
        output
            || action.inputs.iter().any(|input| input.key == owner)
            || taskwright_domain::BUILT_IN.iter().any(|(name, _)| *name == reference)
    };
    let unknown = action.reply.references().filter(|reference| !known(reference));
    unknown.map(str::to_owned).collect()
}

/// Fields whose path, or that of a part of them, cannot be used: which of them, and why.
pub(crate) fn paths(fields: &[Field]) -> Vec<(usize, String)> {
    let mut faults = Vec::new();
    for (index, field) in fields.iter().enumerate() {
        if let Err(fault) = check_path(field) {
            let label = field.label();
            faults.push((
                index,
                format!("The place of \"{label}\" in the answer cannot be used: {fault}."),
            ));
        }
        if let AttributeType::Object { fields } | AttributeType::List { fields } = &field.kind {
            faults.extend(paths(fields).into_iter().map(|(_, fault)| (index, fault)));
        }
    }
    faults
}

fn problem(code: ProblemCode, severity: Severity, place: Place, message: String) -> Problem {
    Problem {
        code,
        severity,
        place,
        message,
        remedies: Vec::new(),
    }
}

fn attributes(attributes: &[Attribute]) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (index, attribute) in attributes.iter().enumerate() {
        let place = || Place {
            field: Some(format!("/attributes/{index}")),
            ..Place::default()
        };
        if attribute.name.trim().is_empty() {
            let message = "A temporary attribute has no name.".to_owned();
            problems.push(problem(
                ProblemCode::IncompleteBlock,
                Severity::Blocks,
                place(),
                message,
            ));
        }
        if attribute.key != key_for(&attribute.key) {
            let message = format!("\"{}\" is no key. Use small letters, digits and _.", attribute.key);
            problems.push(problem(ProblemCode::BadKey, Severity::Blocks, place(), message));
        }
        if attributes[..index].iter().any(|other| other.key == attribute.key) {
            let message = format!("Two temporary attributes have the key \"{}\".", attribute.key);
            problems.push(problem(ProblemCode::Duplicate, Severity::Blocks, place(), message));
        }
    }
    problems
}

fn about(task: &Task) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut add = |code, field: &str, message: &str| {
        let place = Place {
            field: Some(field.to_owned()),
            ..Place::default()
        };
        problems.push(problem(code, Severity::Blocks, place, message.to_owned()));
    };
    if task.id.workflow().is_some() {
        if task.title.trim().is_empty() {
            add(ProblemCode::Title, "/name", "The workflow has no name.");
        }
        if task.blocks.iter().all(|block| block.off) {
            let message = "The workflow does nothing. Add a block, e.g. \"Let the assistant answer\".";
            add(ProblemCode::Empty, "/blocks", message);
        }
        return problems;
    }
    if task.title.trim().is_empty() {
        let message = "The task has no title. Name what customers want, e.g. \"Move a booking\".";
        add(ProblemCode::Title, "/title", message);
    }
    if task.description.trim().is_empty() && !task.only_used_by_other_tasks {
        let message = "Nothing says when to use this task. Write three to five sentences: when, and when not.";
        add(ProblemCode::Description, "/description", message);
    }
    let unknown = task.audience.iter().flat_map(Condition::references);
    for reference in unknown.filter(|reference| !is_built_in(reference)) {
        let message = format!(
            "\"Who it is for\" looks at {{{reference}}}, which nobody knows when a customer writes, so the task would never start. \
             Use what is known of a customer, such as whether they are signed in, or the day and time."
        );
        add(ProblemCode::NothingProvides, "/audience", &message);
    }
    if task.blocks.iter().all(|block| block.off || is_empty(&block.kind)) {
        let message = "The task does nothing yet. Write its instructions.";
        add(ProblemCode::Empty, "/blocks", message);
    }
    problems
}

fn is_built_in(reference: &str) -> bool {
    BUILT_IN.iter().any(|(name, _)| *name == reference)
}

fn is_empty(kind: &BlockKind) -> bool {
    matches!(kind, BlockKind::Instructions { text } if text.trim().is_empty())
}
