//! What only the whole plan shows: where a no leads, and what the author should know.

use taskwright_domain::{
    ActionId, Catalogue, Condition, Meaning, Outcome, Problem, ProblemCode, Rule, Sentence, Severity, Step, StepKind,
};

use super::problems::problem;

/// Puts what a no leads to into the question it answers, and names the action that is confirmed.
pub(super) fn fold_confirmations(steps: &mut Vec<Step>, catalogue: &Catalogue) {
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

/// "If it is little, simply apply it; else tell them and wait for a yes": the yes is to the same action, which then runs.
pub(super) fn yes_of_the_other_way(steps: &mut [Step], catalogue: &Catalogue) {
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
pub(super) fn once_behind_its_question(steps: &mut [Step]) {
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
pub(super) fn run_what_a_yes_is_for(plan: &mut Vec<Step>, text: &str, catalogue: &Catalogue) {
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

/// Every list of steps, the innermost first.
fn for_each_list(steps: &mut Vec<Step>, change: &mut dyn FnMut(&mut Vec<Step>)) {
    for step in steps.iter_mut() {
        for list in lists(step) {
            for_each_list(list, change);
        }
    }
    change(steps);
}

/// Of cases in a row, one that leaves for a person is looked at before one that changes data; so is, before any change, a
/// case of which nobody knows what is to be done.
pub(super) fn people_before_changes(steps: &mut [Step], rules: &[Rule], catalogue: &Catalogue) {
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
pub(super) fn gives(step: &Step, wanted: &[&str], catalogue: &Catalogue) -> bool {
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

/// The lists of steps inside a step.
pub(super) fn lists(step: &mut Step) -> Vec<&mut Vec<Step>> {
    match &mut step.kind {
        StepKind::Check { arms, otherwise } => arms.iter_mut().map(|arm| &mut arm.steps).chain([otherwise]).collect(),
        StepKind::Repeat { steps, .. } => vec![steps],
        StepKind::Confirm { declined, .. } => vec![declined],
        _ => Vec::new(),
    }
}

/// Quiet remarks on the plan.
pub(super) fn remarks(plan: &[Step], sentences: &[Sentence], text: &str, catalogue: &Catalogue) -> Vec<Problem> {
    let mut found = Vec::new();
    unconfirmed(plan, false, sentences, text, catalogue, &mut found);
    unreachable(plan, &mut found);
    without_otherwise(plan, &mut found);
    found.extend(super::both::both_run(plan, text, catalogue));
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
                    remark.remedies.push(super::problems::remedy(
                        "Ask for a yes first",
                        taskwright_domain::Fix::Replace {
                            span: step.span,
                            text: format!("ask the customer to confirm, then {}", super::tell::lower_first(words)),
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
