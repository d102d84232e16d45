//! What happens, in words.

use std::collections::BTreeSet;

use taskwright_domain::{
    ActionId, AttributeType, BlockKind, Catalogue, Operand, Outcome, Step, StepKind, Task, TeamId, Template,
    TemplatePart,
};
use taskwright_language::read::describe_value;

use crate::check::Checked;

/// "a, b and c".
pub(crate) fn listed(words: &[String], joined_by: &str) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [rest @ .., last] => format!("{} {joined_by} {last}", rest.join(", ")),
    }
}

/// What people call a value: "the order's status", "the order number".
pub(super) fn the(reference: &str, catalogue: &Catalogue) -> String {
    let words = bare(reference, catalogue);
    let kind = catalogue.resolve(reference).map(|referent| referent.kind);
    match kind {
        // A yes or no is a statement: "it works now".
        Some(AttributeType::Boolean) => format!("\u{201c}{words}\u{201d}"),
        _ if matches!(reference, "today" | "now") => words,
        _ => format!("the {words}"),
    }
}

fn bare(reference: &str, catalogue: &Catalogue) -> String {
    let reference = reference.to_owned();
    let words = describe_value(&Operand::Reference { reference }, catalogue);
    words.strip_prefix("the ").map(str::to_owned).unwrap_or(words)
}

pub(super) fn all_the(references: &[String], catalogue: &Catalogue) -> String {
    let words: Vec<_> = references.iter().map(|reference| the(reference, catalogue)).collect();
    listed(&words, "and")
}

/// Words to say, with the places of values marked: "Your refund of ‹refund amount› is on its way."
pub(super) fn quoted(template: &Template, catalogue: &Catalogue) -> String {
    let parts = template.parts().into_iter().map(|part| match part {
        TemplatePart::Words(words) => words.to_owned(),
        TemplatePart::Reference(reference) => format!("\u{2039}{}\u{203a}", bare(reference, catalogue)),
    });
    format!("\u{201c}{}\u{201d}", parts.collect::<String>().trim())
}

pub(super) fn value(operand: &Operand, catalogue: &Catalogue) -> String {
    match operand {
        Operand::Reference { reference } => the(reference, catalogue),
        other => describe_value(other, catalogue),
    }
}

pub(super) fn action_name(action: &ActionId, catalogue: &Catalogue) -> String {
    let found = catalogue.action(action).map(|action| action.name.trim());
    found.filter(|name| !name.is_empty()).unwrap_or("an action").to_owned()
}

pub(super) fn team_name(team: Option<&TeamId>, catalogue: &Catalogue) -> String {
    let team = team.or(catalogue.settings.default_team.as_ref());
    let name = team.and_then(|id| catalogue.team(id)).map(|team| team.name.clone());
    name.unwrap_or_else(|| "a person".to_owned())
}

/// What a hand-off says and leaves.
pub(super) fn hand_off(
    team: Option<&TeamId>,
    said: Option<&Template>,
    note: Option<&Template>,
    catalogue: &Catalogue,
) -> String {
    let mut words = format!("Hands off to {}", team_name(team, catalogue));
    if let Some(said) = said {
        words.push_str(&format!(", saying {}", quoted(said, catalogue)));
    }
    if let Some(note) = note {
        words.push_str(&format!(", with the note {}", quoted(note, catalogue)));
    }
    words
}

pub(super) fn tags(add: &[String], remove: &[String]) -> String {
    match (add, remove) {
        ([], []) => "Tags the conversation".to_owned(),
        (add, []) => format!("Tags the conversation {}", listed(add, "and")),
        ([], remove) => format!("Takes off the tag {}", listed(remove, "and")),
        (add, remove) => format!(
            "Tags the conversation {} and takes off {}",
            listed(add, "and"),
            listed(remove, "and")
        ),
    }
}

pub(super) const fn outcome_words(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Done => "done",
        Outcome::NotPossible => "not possible",
        Outcome::Cancelled => "cancelled by the customer",
        Outcome::HandedOff => "passed to a person",
    }
}

/// A sentence's first letter as a sentence has it.
pub(crate) fn capital(words: &str) -> String {
    let mut chars = words.chars();
    chars
        .next()
        .map(|first| first.to_uppercase().collect::<String>() + chars.as_str())
        .unwrap_or_default()
}

/// The actions that a task's blocks and plans run or that its rules guard.
pub(super) fn actions_run(task: &Task, checked: &Checked) -> BTreeSet<ActionId> {
    let mut found = BTreeSet::new();
    for block in task.all_blocks() {
        if let BlockKind::RunAction {
            action: Some(action), ..
        } = &block.kind
        {
            found.insert(action.clone());
        }
        if let Some(reading) = checked.readings.get(&block.id) {
            collect(&reading.plan, &mut found);
            for listener in &reading.listeners {
                collect(&listener.steps, &mut found);
            }
        }
    }
    found
}

fn collect(steps: &[Step], found: &mut BTreeSet<ActionId>) {
    for step in steps {
        match &step.kind {
            StepKind::Run { action, .. } => drop(found.insert(action.clone())),
            StepKind::Check { arms, otherwise } => {
                arms.iter().for_each(|arm| collect(&arm.steps, found));
                collect(otherwise, found);
            }
            StepKind::Confirm { declined, .. } => collect(declined, found),
            StepKind::Repeat { steps, .. } => collect(steps, found),
            _ => {}
        }
    }
}
