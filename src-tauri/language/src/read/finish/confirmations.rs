//! Questions for a yes: what a no leads to goes into them, and what a yes is for is run.

use taskwright_domain::{ActionId, Catalogue, Condition, Outcome, Step, StepKind};

use super::{changes_in, ends, for_each_list, lists};

/// Puts what a no leads to into the question it answers, and names the action that is confirmed.
pub(in crate::read) fn fold_confirmations(steps: &mut Vec<Step>, catalogue: &Catalogue) {
    for step in steps.iter_mut() {
        for list in lists(step) {
            fold_confirmations(list, catalogue);
        }
    }
    one_question(steps);
    for at in 0..steps.len() {
        if at >= steps.len() {
            break;
        }
        if !matches!(steps[at].kind, StepKind::Confirm { .. }) {
            continue;
        }
        let action = next_change(&steps[at + 1..], catalogue);
        let no = steps.get(at + 1).and_then(declined_in);
        let runs_later = next_change(&steps[at + 1 + usize::from(no.is_some())..], catalogue).is_some();
        let span = steps[at].span;
        if let StepKind::Confirm {
            action: named,
            declined,
            ..
        } = &mut steps[at].kind
        {
            if named.is_none() {
                *named = action;
            }
            if let Some(mut no) = no {
                if runs_later && !ends(&no) {
                    no.push(Step {
                        span,
                        kind: StepKind::Finish {
                            outcome: Outcome::Cancelled,
                        },
                    });
                }
                *declined = no;
            }
        }
        if let Some(next) = steps.get_mut(at + 1) {
            without_declined(next);
            // Its only way was the customer's no.
            if matches!(&next.kind, StepKind::Check { arms, otherwise } if arms.is_empty() && otherwise.is_empty()) {
                steps.remove(at + 1);
            }
        }
    }
}

/// "Read it back and ask them to confirm" is one question.
fn one_question(steps: &mut Vec<Step>) {
    let mut at = 0;
    while at + 1 < steps.len() {
        let second = match &steps[at + 1].kind {
            StepKind::Confirm {
                question,
                action,
                declined,
            } if matches!(steps[at].kind, StepKind::Confirm { .. }) => {
                Some((question.clone(), action.clone(), declined.clone()))
            }
            _ => None,
        };
        if let (
            Some((question, action, declined)),
            StepKind::Confirm {
                question: first,
                action: named,
                declined: no,
            },
        ) = (second, &mut steps[at].kind)
        {
            if first.is_none() {
                *first = question;
            }
            if named.is_none() {
                *named = action;
            }
            if no.is_empty() {
                *no = declined;
            }
            steps.remove(at + 1);
        } else {
            at += 1;
        }
    }
}

/// "If it is little, simply apply it; else tell them and wait for a yes": the yes is to the same action, which then runs.
pub(in crate::read) fn yes_of_the_other_way(steps: &mut [Step], catalogue: &Catalogue) {
    for step in steps.iter_mut() {
        for list in lists(step) {
            yes_of_the_other_way(list, catalogue);
        }
        let StepKind::Check { arms, otherwise } = &mut step.kind else {
            continue;
        };
        let [arm] = arms.as_slice() else { continue };
        let changing = |step: &&Step| matches!(&step.kind, StepKind::Run { action, .. } if catalogue.action(action).is_some_and(|a| a.changes_data));
        let mut runs = arm.steps.iter().filter(changing);
        let (Some(run), None) = (runs.next().cloned(), runs.next()) else {
            continue;
        };
        let open = matches!(
            otherwise.last().map(|step| &step.kind),
            Some(StepKind::Confirm {
                action: None,
                question: None,
                ..
            })
        );
        if !open || !changes_in(otherwise, catalogue).is_empty() {
            continue;
        }
        if let (Some(last), StepKind::Run { action: wanted, .. }) = (otherwise.last_mut(), &run.kind)
            && let StepKind::Confirm { action, .. } = &mut last.kind
        {
            *action = Some(wanted.clone());
            let span = last.span;
            otherwise.push(Step { span, kind: run.kind });
        }
    }
}

/// "Before the deadline: cancel. … Confirm, cancel, then …": the case is carried out by the step behind the question,
/// not once without and once with a yes.
pub(in crate::read) fn once_behind_its_question(steps: &mut [Step]) {
    for at in 0..steps.len() {
        let StepKind::Confirm {
            action: Some(action), ..
        } = &steps[at].kind
        else {
            continue;
        };
        let action = action.clone();
        let runs = |step: &Step| matches!(&step.kind, StepKind::Run { action: other, .. } if *other == action);
        if !steps[at + 1..].iter().any(runs) {
            continue;
        }
        for step in &mut steps[..at] {
            if let StepKind::Check { arms, .. } = &mut step.kind {
                arms.iter_mut()
                    .for_each(|arm| without_unconfirmed(&mut arm.steps, &runs));
            }
        }
    }
}

fn without_unconfirmed(steps: &mut Vec<Step>, runs: &impl Fn(&Step) -> bool) {
    let confirmed = steps.iter().any(|step| matches!(step.kind, StepKind::Confirm { .. }));
    if !confirmed {
        steps.retain(|step| !runs(step));
    }
}

/// "Check with them before you send the money", where nothing else sends it: a yes leads to it.
pub(in crate::read) fn run_what_a_yes_is_for(plan: &mut Vec<Step>, text: &str, catalogue: &Catalogue) {
    let changed = changes_in(plan, catalogue);
    for_each_list(plan, &mut |steps| {
        let mut at = 0;
        while at < steps.len() {
            let step = &steps[at];
            let wanted = match &step.kind {
                StepKind::Confirm {
                    action: Some(action), ..
                } if says_before(step.span, text) => Some(action.clone()),
                _ => None,
            };
            if let Some(action) = wanted.filter(|action| !changed.contains(action)) {
                let kind = StepKind::Run {
                    action,
                    inputs: std::collections::BTreeMap::new(),
                };
                let span = step.span;
                steps.insert(at + 1, Step { span, kind });
                at += 1;
            }
            at += 1;
        }
    });
}

fn says_before(span: taskwright_domain::Span, text: &str) -> bool {
    let length = (span.end - span.start) as usize;
    let said: String = text.chars().skip(span.start as usize).take(length).collect();
    said.split_whitespace().any(|word| word.eq_ignore_ascii_case("before"))
}

/// The steps of a check that run without a yes.
fn declined_in(step: &Step) -> Option<Vec<Step>> {
    let StepKind::Check { arms, otherwise } = &step.kind else {
        return None;
    };
    let no = arms
        .iter()
        .find(|arm| matches!(&arm.condition, Condition::Not { part } if **part == Condition::Confirmed));
    if let Some(no) = no {
        return Some(no.steps.clone()).filter(|steps| !steps.is_empty());
    }
    let only_yes = arms.iter().all(|arm| arm.condition == Condition::Confirmed);
    (only_yes && !arms.is_empty() && !otherwise.is_empty()).then(|| otherwise.clone())
}

/// Takes out what was moved into the question.
fn without_declined(step: &mut Step) {
    let StepKind::Check { arms, otherwise } = &mut step.kind else {
        return;
    };
    let had_no = arms
        .iter()
        .any(|arm| matches!(&arm.condition, Condition::Not { part } if **part == Condition::Confirmed));
    if had_no {
        arms.retain(|arm| !matches!(&arm.condition, Condition::Not { part } if **part == Condition::Confirmed));
        if arms.is_empty() && !otherwise.is_empty() {
            // "If they decline, A. Otherwise B": B is what a yes leads to.
            let span = step.span;
            let steps = std::mem::take(otherwise);
            arms.push(taskwright_domain::Arm {
                span,
                condition: Condition::Confirmed,
                steps,
            });
        }
        return;
    }
    let only_yes = !arms.is_empty() && arms.iter().all(|arm| arm.condition == Condition::Confirmed);
    if only_yes {
        otherwise.clear();
    }
}

/// The first action that changes data in these steps, whichever way they go.
fn next_change(steps: &[Step], catalogue: &Catalogue) -> Option<ActionId> {
    steps.iter().find_map(|step| match &step.kind {
        StepKind::Run { action, .. } => catalogue
            .action(action)
            .filter(|known| known.changes_data)
            .map(|known| known.id.clone()),
        StepKind::Check { arms, otherwise } => arms
            .iter()
            .find_map(|arm| next_change(&arm.steps, catalogue))
            .or_else(|| next_change(otherwise, catalogue)),
        StepKind::Repeat { steps, .. } => next_change(steps, catalogue),
        _ => None,
    })
}
