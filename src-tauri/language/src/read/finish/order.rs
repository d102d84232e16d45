//! The order of cases: one that leaves for a person is looked at before one that changes data.

use taskwright_domain::{ActionId, Catalogue, Rule, Step, StepKind};

use super::{changes_in, each, lists};

/// Of cases in a row, one that leaves for a person is looked at before one that changes data; so is, before any change, a
/// case of which nobody knows what is to be done.
pub(in crate::read) fn people_before_changes(steps: &mut [Step], rules: &[Rule], catalogue: &Catalogue) {
    for step in steps.iter_mut() {
        for list in lists(step) {
            people_before_changes(list, rules, catalogue);
        }
    }
    for at in 1..steps.len() {
        let mut place = at;
        while place > 0 && goes_before(&steps[place], &steps[place - 1], rules, catalogue) {
            steps.swap(place, place - 1);
            place -= 1;
        }
    }
}

fn goes_before(later: &Step, earlier: &Step, rules: &[Rule], catalogue: &Catalogue) -> bool {
    let StepKind::Check { arms, otherwise } = &later.kind else {
        return false;
    };
    let case = matches!(&earlier.kind, StepKind::Check { otherwise, .. } if otherwise.is_empty());
    let changes = !changes_in(std::slice::from_ref(earlier), catalogue).is_empty();
    let all = |fits: fn(&StepKind) -> bool| {
        arms.iter()
            .all(|arm| arm.steps.last().is_some_and(|step| fits(&step.kind)))
    };
    // What a rule gives to people is not asked a yes for first, and never done.
    let ruled = |action: &ActionId| {
        rules
            .iter()
            .any(|rule| rule.span == later.span && rule.actions.contains(action))
    };
    let given_away = match &earlier.kind {
        StepKind::Confirm {
            action: Some(action), ..
        }
        | StepKind::Run { action, .. } => ruled(action),
        _ => false,
    };
    let hands_off = (case && changes || given_away) && all(|kind| matches!(kind, StepKind::HandOff { .. }));
    let unknown = arms.iter().all(|arm| {
        !arm.steps.is_empty()
            && arm
                .steps
                .iter()
                .all(|step| matches!(step.kind, StepKind::Unclear { .. }))
    });
    let told = matches!(earlier.kind, StepKind::Inform { .. });
    otherwise.is_empty()
        && !arms.is_empty()
        && (hands_off || unknown && (changes || told))
        && !gives_to(earlier, arms, catalogue)
}

/// Whether a step provides what the arms look at.
fn gives_to(step: &Step, arms: &[taskwright_domain::Arm], catalogue: &Catalogue) -> bool {
    let wanted: Vec<&str> = arms.iter().flat_map(|arm| arm.condition.references()).collect();
    let decides = arms.iter().any(|arm| !arm.condition.references().is_empty());
    gives(step, &wanted, catalogue) || !decides
}

/// Whether a step provides one of these values.
pub(in crate::read) fn gives(step: &Step, wanted: &[&str], catalogue: &Catalogue) -> bool {
    let mut gives = false;
    each(std::slice::from_ref(step), &mut |step| {
        gives |= match &step.kind {
            StepKind::Run { action, .. } => catalogue.action(action).is_some_and(|action| {
                wanted
                    .iter()
                    .any(|key| key.split('.').next() == Some(action.result_name.as_str()))
            }),
            StepKind::Ask { attribute, .. }
            | StepKind::Set { attribute, .. }
            | StepKind::Classify { attribute, .. } => wanted.contains(&attribute.as_str()),
            StepKind::Need { attributes } => attributes.iter().any(|key| wanted.contains(&key.as_str())),
            _ => false,
        };
    });
    gives
}
