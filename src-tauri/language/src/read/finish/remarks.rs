//! What the author should know of the whole plan.

use taskwright_domain::{Catalogue, Condition, Meaning, Problem, ProblemCode, Sentence, Severity, Step, StepKind};

use crate::read::problems::problem;

/// Quiet remarks on the plan.
pub(in crate::read) fn remarks(
    plan: &[Step],
    sentences: &[Sentence],
    text: &str,
    catalogue: &Catalogue,
) -> Vec<Problem> {
    let mut found = Vec::new();
    unconfirmed(plan, false, sentences, text, catalogue, &mut found);
    unreachable(plan, &mut found);
    without_otherwise(plan, &mut found);
    found.extend(crate::read::both::both_run(plan, text, catalogue));
    let steps = plan.len();
    if steps > 10
        && let (Some(first), Some(last)) = (plan.first(), plan.last())
    {
        let span = taskwright_domain::Span::new(first.span.start, last.span.end.max(first.span.end));
        found.push(problem(
            ProblemCode::TooLong,
            Severity::Hint,
            span,
            format!("This block has {steps} steps. Blocks of up to ten are easier to keep right; split it."),
        ));
    }
    let ended = sentences
        .iter()
        .any(|s| matches!(s.meaning, Meaning::Finish { .. } | Meaning::HandOff { .. }));
    if !ended
        && steps > 2
        && let Some(last) = plan.last()
    {
        found.push(problem(
            ProblemCode::NoEnd,
            Severity::Hint,
            last.span,
            "Nothing says when the task is complete. It ends after the last step.",
        ));
    }
    found
}

/// Actions that change data without a question before them.
fn unconfirmed(
    steps: &[Step],
    asked: bool,
    sentences: &[Sentence],
    text: &str,
    catalogue: &Catalogue,
    found: &mut Vec<Problem>,
) -> bool {
    let mut asked = asked;
    for step in steps {
        match &step.kind {
            StepKind::Confirm { declined, .. } => {
                unconfirmed(declined, asked, sentences, text, catalogue, found);
                asked = true;
            }
            StepKind::Run { action, .. } => {
                let Some(action) = catalogue.action(action).filter(|action| action.changes_data) else {
                    continue;
                };
                if !asked && !waived(step, sentences, text) {
                    let message = format!(
                        "*{}* changes data, and nothing asks the customer for a yes before it.",
                        action.name
                    );
                    let mut remark = problem(ProblemCode::NoConfirmation, Severity::Hint, step.span, message);
                    let words = step.span.of(text);
                    remark.remedies.push(crate::read::problems::remedy(
                        "Ask for a yes first",
                        taskwright_domain::Fix::Replace {
                            span: step.span,
                            text: format!(
                                "ask the customer to confirm, then {}",
                                crate::read::tell::lower_first(words)
                            ),
                        },
                    ));
                    found.push(remark);
                }
            }
            StepKind::Check { arms, otherwise } => {
                for arm in arms {
                    let yes = asked || arm.condition == Condition::Confirmed || answered(&arm.condition);
                    unconfirmed(&arm.steps, yes, sentences, text, catalogue, found);
                }
                unconfirmed(otherwise, asked, sentences, text, catalogue, found);
            }
            StepKind::Repeat { steps, .. } => {
                asked = unconfirmed(steps, asked, sentences, text, catalogue, found);
            }
            _ => {}
        }
    }
    asked
}

/// A yes to a yes-or-no question counts.
fn answered(condition: &Condition) -> bool {
    matches!(condition, Condition::Test { comparison: taskwright_domain::Comparison::Is { to: taskwright_domain::Operand::Constant { value: taskwright_domain::Value::Boolean(true) } }, subject } if subject.reference().is_some_and(|r| !r.contains('.')))
}

/// "no questions asked", "without asking": the author does without.
fn waived(step: &Step, sentences: &[Sentence], text: &str) -> bool {
    let from = sentences
        .iter()
        .filter(|s| s.span.start <= step.span.start)
        .map(|s| s.span.start)
        .next_back()
        .unwrap_or(0);
    let around = taskwright_domain::Span::new(from, step.span.end.saturating_add(60))
        .of(text)
        .to_lowercase();
    [
        "no questions asked",
        "without asking",
        "no need to confirm",
        "without confirmation",
        "straight away",
        "don't ask",
        "simply",
        "automatically",
    ]
    .iter()
    .any(|waiver| around.contains(waiver))
}

/// Steps after an end.
fn unreachable(steps: &[Step], found: &mut Vec<Problem>) {
    for (at, step) in steps.iter().enumerate() {
        let leaves = matches!(step.kind, StepKind::Finish { .. } | StepKind::HandOff { .. });
        if leaves
            && let Some(next) = steps
                .get(at + 1)
                .filter(|next| !matches!(next.kind, StepKind::Tag { .. } | StepKind::Note { .. }))
        {
            let message = "This is never reached: the conversation has ended or been handed off before.";
            found.push(problem(ProblemCode::Unreachable, Severity::Hint, next.span, message));
        }
        match &step.kind {
            StepKind::Check { arms, otherwise } => {
                arms.iter().for_each(|arm| unreachable(&arm.steps, found));
                unreachable(otherwise, found);
            }
            StepKind::Repeat { steps, .. } => unreachable(steps, found),
            _ => {}
        }
    }
}

/// Several ways, and none for the rest.
fn without_otherwise(steps: &[Step], found: &mut Vec<Problem>) {
    for step in steps {
        if let StepKind::Check { arms, otherwise } = &step.kind {
            if otherwise.is_empty() && arms.len() > 1 {
                found.push(problem(
                    ProblemCode::NoOtherwise,
                    Severity::Hint,
                    step.span,
                    "Nothing is said for all other cases. It then goes on with the next step.",
                ));
            }
            arms.iter().for_each(|arm| without_otherwise(&arm.steps, found));
            without_otherwise(otherwise, found);
        }
    }
}
