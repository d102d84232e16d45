//! What only the whole plan shows: where a no leads, and what the author should know.

mod confirmations;
mod order;
mod remarks;

use taskwright_domain::{ActionId, Catalogue, Condition, Step, StepKind};

pub(super) use confirmations::{
    fold_confirmations, once_behind_its_question, run_what_a_yes_is_for, yes_of_the_other_way,
};
pub(super) use order::{gives, people_before_changes};
pub(super) use remarks::remarks;

/// Every action of a plan that changes data, each once.
pub(super) fn changes_in(steps: &[Step], catalogue: &Catalogue) -> Vec<ActionId> {
    let mut found = Vec::new();
    let mut seen = |step: &Step| {
        if let StepKind::Run { action, .. } = &step.kind
            && catalogue.action(action).is_some_and(|a| a.changes_data)
            && !found.contains(action)
        {
            found.push(action.clone());
        }
    };
    each(steps, &mut seen);
    found
}

fn each(steps: &[Step], seen: &mut impl FnMut(&Step)) {
    for step in steps {
        seen(step);
        match &step.kind {
            StepKind::Check { arms, otherwise } => {
                arms.iter().for_each(|arm| each(&arm.steps, seen));
                each(otherwise, seen);
            }
            StepKind::Confirm { declined, .. } => each(declined, seen),
            StepKind::Repeat { steps, .. } => each(steps, seen),
            _ => {}
        }
    }
}

/// Every list of steps, the innermost first.
fn for_each_list(steps: &mut Vec<Step>, change: &mut dyn FnMut(&mut Vec<Step>)) {
    for step in steps.iter_mut() {
        for list in lists(step) {
            for_each_list(list, change);
        }
    }
    change(steps);
}

/// "Stop and hand off": the hand-off is the end, so nothing ends before it.
pub(super) fn hand_off_ends(steps: &mut Vec<Step>) {
    for step in steps.iter_mut() {
        for list in lists(step) {
            hand_off_ends(list);
        }
    }
    // "Hand off and tell them …": nothing is said once people have taken over, so it is said before.
    for at in 1..steps.len() {
        let hands = matches!(steps[at - 1].kind, StepKind::HandOff { .. });
        let before = matches!(
            steps[at].kind,
            StepKind::Inform { .. } | StepKind::Note { .. } | StepKind::Tag { .. }
        );
        if hands && before {
            steps.swap(at - 1, at);
        }
    }
    let mut at = 0;
    while at + 1 < steps.len() {
        let stops = matches!(steps[at].kind, StepKind::Finish { .. });
        if stops && matches!(steps[at + 1].kind, StepKind::HandOff { .. }) {
            steps.remove(at);
        } else {
            at += 1;
        }
    }
}

/// "If it did not help, try again twice" is a repeat of the steps it goes back to.
pub(super) fn fold_repeats(steps: &mut Vec<Step>) {
    for step in steps.iter_mut() {
        for list in lists(step) {
            fold_repeats(list);
        }
    }
    let mut at = 0;
    while at < steps.len() {
        if let Some((to, at_most, condition)) = goes_back(&steps[at])
            && let Some(from) = steps[..at].iter().position(|step| step.span.start >= to)
            && steps[from..at]
                .iter()
                .any(|step| matches!(step.kind, StepKind::Ask { .. }))
        {
            let span = steps[from].span;
            let inner: Vec<Step> = steps.drain(from..=at).take(at - from).collect();
            let until = Some(super::conditions::negate(condition));
            steps.insert(
                from,
                Step {
                    span,
                    kind: StepKind::Repeat {
                        steps: inner,
                        at_most: at_most.saturating_add(1),
                        until,
                    },
                },
            );
            at = from;
        }
        at += 1;
    }
}

fn goes_back(step: &Step) -> Option<(u32, u32, Condition)> {
    let StepKind::Check { arms, otherwise } = &step.kind else {
        return None;
    };
    let ([arm], true) = (arms.as_slice(), otherwise.is_empty()) else {
        return None;
    };
    let [
        Step {
            kind: StepKind::Jump { to, at_most },
            ..
        },
    ] = arm.steps.as_slice()
    else {
        return None;
    };
    (*to < step.span.start).then(|| (*to, *at_most, arm.condition.clone()))
}

/// Whether a path surely leaves what comes after it.
pub(super) fn ends(steps: &[Step]) -> bool {
    steps.iter().any(|step| match &step.kind {
        StepKind::Finish { .. } | StepKind::HandOff { .. } | StepKind::Jump { .. } | StepKind::Unclear { .. } => true,
        StepKind::Check { arms, otherwise } => {
            !otherwise.is_empty() && ends(otherwise) && arms.iter().all(|arm| ends(&arm.steps))
        }
        _ => false,
    })
}

/// The lists of steps inside a step.
pub(super) fn lists(step: &mut Step) -> Vec<&mut Vec<Step>> {
    match &mut step.kind {
        StepKind::Check { arms, otherwise } => arms.iter_mut().map(|arm| &mut arm.steps).chain([otherwise]).collect(),
        StepKind::Repeat { steps, .. } => vec![steps],
        StepKind::Confirm { declined, .. } => vec![declined],
        _ => Vec::new(),
    }
}
