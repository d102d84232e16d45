//! Names of answers that stand in each other's way. An answer is kept under its name: what is there under the same name is
//! lost as soon as it comes, so nothing may be.

use std::collections::BTreeSet;

use taskwright_bundle::BundleContent;
use taskwright_domain::{
    Action, ActionId, Attribute, BUILT_IN, Fix, Place, Problem, ProblemCode, Remedy, Severity, Task, key_for,
    key_in_words,
};

use super::{problem, uses_action};

/// In one task: the answers of its actions against its attributes and those of the workspace, and against each other.
pub(super) fn in_task(content: &BundleContent, task: &Task, used: &BTreeSet<ActionId>) -> Vec<Problem> {
    let text = text_of(task);
    let gives = |action: &&Action| used.contains(&action.id) || names_answer(&text, action);
    let actions: Vec<&Action> = content.actions.iter().filter(gives).collect();
    let attributes = || task.attributes.iter().chain(&content.attributes);
    let mut problems = Vec::new();
    for (at, action) in actions.iter().enumerate() {
        if let Some(attribute) = attributes().find(|attribute| attribute.key == action.result_name) {
            problems.push(replaces(content, action, attribute));
        }
        problems.extend(actions[..at].iter().find_map(|other| disagree(other, action)));
    }
    problems
}

/// Of one action: its answer against the attributes of the workspace and of every task that runs it, and against the
/// answers that come under the same name there.
pub(super) fn of_action(content: &BundleContent, action: &Action) -> Vec<Problem> {
    let uses = |task: &Task, text: &str, action: &Action| uses_action(task, action) || names_answer(text, action);
    let all = content.tasks.iter().map(|task| (task, text_of(task)));
    let using: Vec<(&Task, String)> = all.filter(|(task, text)| uses(task, text, action)).collect();
    let own = using.iter().flat_map(|(task, _)| &task.attributes);
    let mut attributes = own.chain(&content.attributes);
    let replaced = attributes.find(|attribute| attribute.key == action.result_name);
    let beside = |other: &&Action| other.id != action.id && using.iter().any(|(task, text)| uses(task, text, other));
    let mut others = content.actions.iter().filter(beside);
    let replaces = replaced.map(|attribute| replaces(content, action, attribute));
    let disagrees = others.find_map(|other| disagree(other, action));
    replaces.into_iter().chain(disagrees).collect()
}

/// The blocks of a task as they are written.
fn text_of(task: &Task) -> String {
    serde_json::to_string(&task.blocks).unwrap_or_default()
}

/// Whether a value of the action's answer is named: it is looked up for that, without being told to.
fn names_answer(text: &str, action: &Action) -> bool {
    text.contains(&format!("{{{}.", action.result_name))
}

fn replaces(content: &BundleContent, action: &Action, attribute: &Attribute) -> Problem {
    let (name, result) = (&action.name, key_in_words(&action.result_name));
    let free = free_name(content, &action.result_name);
    let message = format!(
        "The answer of \"{name}\" and the attribute \"{}\" are both called \"{result}\": as soon as the answer comes, it \
         replaces the attribute's value. Give the answer another name.",
        attribute.name
    );
    let label = format!("Call the answer \"{}\"", key_in_words(&free));
    let fix = Fix::RenameAnswer {
        action: action.id.clone(),
        to: free,
    };
    Problem {
        remedies: vec![Remedy { label, fix }],
        ..problem(ProblemCode::Duplicate, Severity::Blocks, at(action), message)
    }
}

/// Two actions may fill one answer, as long as a field means the same in both.
fn disagree(one: &Action, other: &Action) -> Option<Problem> {
    if one.result_name != other.result_name {
        return None;
    }
    let differing = |field: &&taskwright_domain::Field| {
        other
            .outputs
            .iter()
            .any(|twin| twin.key == field.key && twin.kind != field.kind)
    };
    let field = one.outputs.iter().find(differing)?;
    let message = format!(
        "\"{}\" and \"{}\" both call their answer \"{}\", and \"{}\" is of another type in each: which of them counts \
         depends on who answers last. Give the field the same type in both, or another key in one of them.",
        one.name,
        other.name,
        key_in_words(&other.result_name),
        field.label(),
    );
    Some(problem(ProblemCode::Duplicate, Severity::Blocks, at(other), message))
}

fn at(action: &Action) -> Place {
    Place {
        action: Some(action.id.clone()),
        field: Some("/result_name".to_owned()),
        ..Place::default()
    }
}

/// A name like this one that nothing in the workspace has.
fn free_name(content: &BundleContent, taken: &str) -> String {
    let stem = format!("{}_answer", key_for(taken));
    let numbered = (2..).map(|number| format!("{stem}_{number}"));
    let mut names = std::iter::once(stem.clone()).chain(numbered);
    names.find(|name| is_free(content, name)).unwrap_or(stem)
}

/// Whether nothing in the workspace is called so.
pub(crate) fn is_free(content: &BundleContent, name: &str) -> bool {
    let built_in = BUILT_IN.iter().map(|(name, _)| name.split('.').next().unwrap_or(name));
    let of_tasks = content.tasks.iter().flat_map(|task| &task.attributes);
    let of_workflows = content.workflows.iter().flat_map(|workflow| &workflow.attributes);
    let attributes = of_tasks.chain(of_workflows).chain(&content.attributes);
    let answers = content.actions.iter().map(|action| action.result_name.as_str());
    let taken = attributes
        .map(|attribute| attribute.key.as_str())
        .chain(answers)
        .chain(built_in);
    !taken.into_iter().any(|taken| taken == name)
}
