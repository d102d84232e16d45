//! The branches of the check that was read last.

use taskwright_domain::{Condition, Step, StepKind};

use super::conditions::negate;

/// The check that an "otherwise" belongs to.
pub(super) fn open_check(steps: &[Step]) -> Option<usize> {
    let at = steps.len().checked_sub(1)?;
    matches!(&steps[at].kind, StepKind::Check { otherwise, arms } if otherwise.is_empty() && !arms.is_empty())
        .then_some(at)
}

/// Checks about one value that follow one another are ways of one check once an "otherwise" ends them.
pub(super) fn merge_chain(steps: &mut Vec<Step>, last: usize) {
    let subject = |step: &Step| match &step.kind {
        StepKind::Check { arms, otherwise } if otherwise.is_empty() && !arms.is_empty() => {
            let references: Vec<String> = arms
                .iter()
                .flat_map(|arm| arm.condition.references())
                .map(str::to_owned)
                .collect();
            let first = references.first().cloned()?;
            references.iter().all(|r| *r == first).then_some(first)
        }
        _ => None,
    };
    let Some(about) = subject(&steps[last]) else { return };
    let mut from = last;
    // A way that surely leaves needs no merging.
    let leaves = |step: &Step| matches!(&step.kind, StepKind::Check { arms, .. } if arms.iter().all(|arm| super::finish::ends(&arm.steps)));
    while from > 0 && subject(&steps[from - 1]).as_ref() == Some(&about) && !leaves(&steps[from - 1]) {
        from -= 1;
    }
    if from == last {
        return;
    }
    let merged: Vec<Step> = steps.drain(from..=last).collect();
    let span = merged[0].span;
    let arms = merged
        .into_iter()
        .flat_map(|step| match step.kind {
            StepKind::Check { arms, .. } => arms,
            _ => Vec::new(),
        })
        .collect();
    steps.push(Step {
        span,
        kind: StepKind::Check {
            arms,
            otherwise: Vec::new(),
        },
    });
}

/// A branch of the last check.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Branch {
    Arm(usize),
    Otherwise,
}

/// The branch of the last check that was written last. `begun` is where the check stands whose "otherwise" was written
/// with nothing behind it yet.
pub(super) fn last_branch(steps: &[Step], begun: Option<u32>) -> Option<Branch> {
    let last = steps.last()?;
    match &last.kind {
        StepKind::Check { otherwise, .. } if otherwise.is_empty() && begun == Some(last.span.start) => {
            Some(Branch::Otherwise)
        }
        StepKind::Check { arms, otherwise } if otherwise.is_empty() => arms.len().checked_sub(1).map(Branch::Arm),
        StepKind::Check { .. } => Some(Branch::Otherwise),
        _ => None,
    }
}

pub(super) fn branch_mut(steps: &mut [Step], which: Option<Branch>) -> Option<&mut Vec<Step>> {
    let StepKind::Check { arms, otherwise } = &mut steps.last_mut()?.kind else {
        return None;
    };
    match which? {
        Branch::Arm(at) => arms.get_mut(at).map(|arm| &mut arm.steps),
        Branch::Otherwise => Some(otherwise),
    }
}

pub(super) fn take_branch(steps: &mut [Step], which: Option<Branch>) -> Vec<Step> {
    branch_mut(steps, which).map(std::mem::take).unwrap_or_default()
}

/// Puts a branch back; without a check the steps go on where they are.
pub(super) fn put_branch(steps: &mut Vec<Step>, which: Option<Branch>, inner: Vec<Step>) {
    match branch_mut(steps, which) {
        Some(branch) => *branch = inner,
        None => steps.extend(inner),
    }
}

pub(super) fn last_condition(steps: &[Step], begun: Option<u32>) -> Option<Condition> {
    let last = steps.last()?;
    match &last.kind {
        StepKind::Check { arms, .. } if begun == Some(last.span.start) => {
            arms.last().map(|arm| negate(arm.condition.clone()))
        }
        StepKind::Check { arms, otherwise } if otherwise.is_empty() => arms.last().map(|arm| arm.condition.clone()),
        StepKind::Check { arms, .. } => arms.last().map(|arm| negate(arm.condition.clone())),
        _ => None,
    }
}
