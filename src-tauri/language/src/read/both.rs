//! Two sentences that could each run where one was meant: "Cancel it if it is lost. … Cancel it.", "If it is lost, refund
//! it. If it is lost, hand off."

use std::cmp::Ordering;

use rust_decimal::Decimal;
use taskwright_domain::{
    Action, ActionId, Amount, Arm, Catalogue, Comparison, Condition, Fix, Operand, Outcome, Problem, ProblemCode,
    Severity, Span, Step, StepKind, Value,
};

use super::finish::{changes_in, ends, gives};
use super::problems::{problem, remedy, shortened};
use super::tell::lower_first;

/// Every such pair of a plan.
pub(super) fn both_run(plan: &[Step], text: &str, catalogue: &Catalogue) -> Vec<Problem> {
    let pairs = Pairs { text, catalogue };
    let mut found = Vec::new();
    pairs.among(plan, &mut found);
    found
}

struct Pairs<'s> {
    text: &'s str,
    catalogue: &'s Catalogue,
}

/// How two cases lie to one another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Overlap {
    Same,
    /// The first lies within the second.
    FirstWithin,
    /// The second lies within the first.
    SecondWithin,
}

impl Pairs<'_> {
    fn among(&self, steps: &[Step], found: &mut Vec<Problem>) {
        for (at, step) in steps.iter().enumerate() {
            if let Some(arm) = only_arm(step) {
                found.extend(self.done_anyway(step, arm, &steps[at + 1..]));
                found.extend(self.other_outcome(step, arm, &steps[at + 1..]));
            }
            match &step.kind {
                StepKind::Check { arms, otherwise } => {
                    arms.iter().for_each(|arm| self.among(&arm.steps, found));
                    self.among(otherwise, found);
                }
                StepKind::Repeat { steps, .. } => self.among(steps, found),
                _ => {}
            }
        }
    }

    /// "Cancel it if it is lost. … Cancel it.": in that case it is done twice.
    fn done_anyway(&self, step: &Step, arm: &Arm, rest: &[Step]) -> Option<Problem> {
        // "If the refund failed, refund it again" looks at a run.
        if ends(&arm.steps) || matches!(arm.condition, Condition::Action { .. }) {
            return None;
        }
        let mut runs = arm.steps.iter().filter_map(run_of);
        runs.find_map(|(action, inputs)| {
            let action = self.catalogue.action(action).filter(|action| action.changes_data)?;
            let same = |later: &Step| run_of(later).is_some_and(|(id, with)| *id == action.id && with == inputs);
            let at = rest.iter().position(same)?;
            // New values make it another run.
            let anew = rest[..at]
                .iter()
                .any(|between| self.gives_input(between, action) || leaves(between));
            let (first, second) = (around(step), rest[at].span);
            if anew || second.start < first.end {
                return None;
            }
            let message = format!(
                "\u{201c}{}\u{201d} and \u{201c}{}\u{201d} could both run; then *{}* runs twice.",
                self.said(first),
                self.said(second),
                action.name
            );
            let mut problem = problem(ProblemCode::BothRun, Severity::Hint, second, message);
            if at == 0 {
                problem.remedies.push(self.otherwise(second));
            } else if matches!(arm.condition, Condition::Test { .. }) {
                problem.remedies.push(self.in_the_other_case(&arm.condition, second));
            }
            Some(problem)
        })
    }

    /// "If it is lost, refund it. If it is lost, hand off.": one of the two outcomes was meant.
    fn other_outcome(&self, step: &Step, arm: &Arm, rest: &[Step]) -> Option<Problem> {
        let about = arm.condition.references();
        if about.is_empty() {
            return None;
        }
        for (at, later) in rest.iter().enumerate() {
            let between = &rest[..at];
            let known_anew = |step: &Step| gives(step, &about, self.catalogue) || leaves(step);
            if known_anew(step) || between.iter().any(known_anew) {
                return None;
            }
            let Some(other) = only_arm(later) else { continue };
            let Some(overlap) = overlap(&arm.condition, &other.condition) else {
                continue;
            };
            let pair = ((step, arm), (later, other));
            return self
                .exclusive(arm, other, overlap)
                .then(|| self.told(pair, overlap, at == 0));
        }
        None
    }

    /// Whether one changes data and goes on, and the other leaves without a change.
    fn exclusive(&self, first: &Arm, second: &Arm, overlap: Overlap) -> bool {
        let changes = |arm: &Arm| !changes_in(&arm.steps, self.catalogue).is_empty();
        let last = |arm: &Arm| arm.steps.last().map(|step| step.kind.clone());
        let ahead = matches!(last(first), Some(StepKind::HandOff { .. } | StepKind::Finish { .. }));
        // Behind a wider case that leaves, the narrower one is never reached.
        let never = ahead && overlap != Overlap::FirstWithin;
        // "If it is lost, open a claim. If it is lost, tell them and end." goes on with the same case.
        let refuses = match last(second) {
            Some(StepKind::Finish { outcome }) => outcome != Outcome::Done,
            last => matches!(last, Some(StepKind::HandOff { .. })),
        };
        let both = !ends(&first.steps) && refuses;
        (never || both) && changes(first) != changes(second)
    }

    fn told(&self, pair: ((&Step, &Arm), (&Step, &Arm)), overlap: Overlap, adjacent: bool) -> Problem {
        // In the order of the text: a plan may look at one that leaves before the other.
        let (first, second, overlap) = if pair.0.0.span.start <= pair.1.0.span.start {
            (pair.0, pair.1, overlap)
        } else {
            (pair.1, pair.0, overlap.turned())
        };
        let (one, two) = (around(first.0), around(second.0));
        let message = format!(
            "\u{201c}{}\u{201d} and \u{201c}{}\u{201d} can hold at the same time, and they end differently. Which one is meant then?",
            self.said(one),
            self.said(two)
        );
        let mut found = problem(ProblemCode::BothRun, Severity::Hint, two, message);
        if adjacent && one.end <= two.start {
            found.remedies.push(match overlap {
                Overlap::Same => self.otherwise_only(two, second.1),
                Overlap::FirstWithin => self.otherwise(two),
                Overlap::SecondWithin => self.narrower_first(one, two),
            });
        }
        found
    }

    fn said(&self, span: Span) -> String {
        shortened(span.of(self.text))
    }

    /// "Otherwise, …" in front of a sentence.
    fn otherwise(&self, span: Span) -> taskwright_domain::Remedy {
        let text = format!("Otherwise, {}", lower_first(span.of(self.text)));
        remedy(
            format!("Write \u{201c}{}\u{201d}", shortened(&text)),
            Fix::Replace { span, text },
        )
    }

    /// "If the plan is not paused, …" where an "otherwise" would not stand behind its "if".
    fn in_the_other_case(&self, condition: &Condition, span: Span) -> taskwright_domain::Remedy {
        let other = super::describe::condition(&super::conditions::negate(condition.clone()), self.catalogue);
        let text = format!("If {other}, {}", lower_first(span.of(self.text)));
        remedy(
            format!("Write \u{201c}{}\u{201d}", shortened(&text)),
            Fix::Replace { span, text },
        )
    }

    /// The same without a condition that is the first one's: "Otherwise, hand off".
    fn otherwise_only(&self, span: Span, arm: &Arm) -> taskwright_domain::Remedy {
        let outcome = spans(&arm.steps).unwrap_or(span);
        let text = format!("Otherwise, {}", lower_first(outcome.of(self.text)));
        remedy(
            format!("Write \u{201c}{}\u{201d}", shortened(&text)),
            Fix::Replace { span, text },
        )
    }

    /// The wider case behind the narrower one.
    fn narrower_first(&self, one: Span, two: Span) -> taskwright_domain::Remedy {
        let between = Span::new(one.end, two.start).of(self.text);
        let (wide, narrow) = (one.of(self.text), two.of(self.text));
        let mut letters = narrow.chars();
        let first: String = letters.next().map(|c| c.to_uppercase().collect()).unwrap_or_default();
        let text = format!("{first}{}{between}Otherwise, {}", letters.as_str(), lower_first(wide));
        let span = Span::new(one.start, two.end);
        remedy("Put the narrower case first", Fix::Replace { span, text })
    }

    fn gives_input(&self, step: &Step, action: &Action) -> bool {
        let inputs: Vec<&str> = action
            .inputs
            .iter()
            .filter_map(taskwright_domain::ActionInput::reference)
            .collect();
        gives(step, &inputs, self.catalogue)
    }
}

impl Overlap {
    const fn turned(self) -> Self {
        match self {
            Self::Same => Self::Same,
            Self::FirstWithin => Self::SecondWithin,
            Self::SecondWithin => Self::FirstWithin,
        }
    }
}

/// The only way of a check without an "otherwise".
fn only_arm(step: &Step) -> Option<&Arm> {
    match &step.kind {
        StepKind::Check { arms, otherwise } if otherwise.is_empty() => match arms.as_slice() {
            [arm] if !arm.steps.is_empty() => Some(arm),
            _ => None,
        },
        _ => None,
    }
}

fn run_of(step: &Step) -> Option<(&ActionId, &std::collections::BTreeMap<String, Operand>)> {
    match &step.kind {
        StepKind::Run { action, inputs } => Some((action, inputs)),
        _ => None,
    }
}

/// What comes behind such a step is another matter.
fn leaves(step: &Step) -> bool {
    match &step.kind {
        StepKind::Finish { .. }
        | StepKind::HandOff { .. }
        | StepKind::Jump { .. }
        | StepKind::Unclear { .. }
        | StepKind::Repeat { .. }
        | StepKind::Wait { .. } => true,
        StepKind::Check { arms, otherwise } => {
            !otherwise.is_empty() && ends(otherwise) || arms.len() > 1 && ends(otherwise)
        }
        _ => false,
    }
}

/// The words of a step with those of its ways.
fn around(step: &Step) -> Span {
    let StepKind::Check { arms, otherwise } = &step.kind else {
        return step.span;
    };
    let inner = arms
        .iter()
        .map(|arm| spans(&arm.steps).map_or(arm.span, |span| joined(arm.span, span)));
    inner.chain(spans(otherwise)).fold(step.span, joined)
}

fn spans(steps: &[Step]) -> Option<Span> {
    steps.iter().map(around).reduce(joined)
}

fn joined(one: Span, two: Span) -> Span {
    Span::new(one.start.min(two.start), one.end.max(two.end))
}

fn overlap(first: &Condition, second: &Condition) -> Option<Overlap> {
    match (implies(first, second), implies(second, first)) {
        (true, true) => Some(Overlap::Same),
        (true, false) => Some(Overlap::FirstWithin),
        (false, true) => Some(Overlap::SecondWithin),
        (false, false) => None,
    }
}

/// Whether the second surely holds wherever the first does.
fn implies(first: &Condition, second: &Condition) -> bool {
    if first == second {
        return true;
    }
    match (first, second) {
        (_, Condition::All { parts }) => parts.iter().all(|part| implies(first, part)),
        (Condition::Any { parts }, _) => parts.iter().all(|part| implies(part, second)),
        (Condition::All { parts }, _) => parts.iter().any(|part| implies(part, second)),
        (_, Condition::Any { parts }) => parts.iter().any(|part| implies(first, part)),
        (
            Condition::Test {
                subject: one,
                comparison: a,
            },
            Condition::Test {
                subject: two,
                comparison: b,
            },
        ) => one == two && narrower(a, b),
        _ => false,
    }
}

/// Whether whatever passes the first comparison passes the second.
fn narrower(first: &Comparison, second: &Comparison) -> bool {
    use Comparison::{AtLeast, AtMost, Is, LessThan, MoreThan, OneOf};
    let order = |a: &Operand, b: &Operand| Some(size(a)?.cmp(&size(b)?));
    let at_least = |a, b| order(a, b).is_some_and(Ordering::is_ge);
    let at_most = |a, b| order(a, b).is_some_and(Ordering::is_le);
    match (first, second) {
        (Is { to }, OneOf { of }) => of.contains(to),
        (OneOf { of: few }, OneOf { of: many }) => few.iter().all(|one| many.contains(one)),
        (MoreThan { than: a }, MoreThan { than: b } | AtLeast { than: b })
        | (AtLeast { than: a }, AtLeast { than: b }) => at_least(a, b),
        (AtLeast { than: a }, MoreThan { than: b }) => order(a, b) == Some(Ordering::Greater),
        (LessThan { than: a }, LessThan { than: b } | AtMost { than: b })
        | (AtMost { than: a }, AtMost { than: b }) => at_most(a, b),
        (AtMost { than: a }, LessThan { than: b }) => order(a, b) == Some(Ordering::Less),
        _ => false,
    }
}

fn size(operand: &Operand) -> Option<Decimal> {
    match operand {
        Operand::Constant { value } => match value {
            Value::Integer(number) => Some(Decimal::from(*number)),
            Value::Decimal(number) => Some(*number),
            Value::Amount(Amount { amount, .. }) => Some(*amount),
            _ => None,
        },
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use taskwright_domain::ProblemCode;

    use crate::read::tests::mends::{about, meaning, mended, problems};

    /// The second sentence of the pair, and the text that the first mend leaves.
    fn pair(text: &str) -> (String, Option<String>) {
        let found = problems(text, ProblemCode::BothRun);
        let [problem] = found.as_slice() else {
            panic!("one pair in \u{201c}{text}\u{201d}, but there are {found:?}")
        };
        (about(text, problem), mended(text, problem).into_iter().next())
    }

    #[test]
    fn a_change_behind_the_same_change_in_a_case_is_told() {
        for (text, second, mended) in [
            (
                "If the parcel is in transit, redirect the parcel. Redirect the parcel.",
                "Redirect the parcel",
                "If the parcel is in transit, redirect the parcel. Otherwise, redirect the parcel.",
            ),
            (
                "1. Cancel the subscription if it is paused.\n2. Cancel the subscription.",
                "Cancel the subscription",
                "1. Cancel the subscription if it is paused.\n2. Otherwise, cancel the subscription.",
            ),
            (
                "Cancel the subscription if its status is paused. Tell them it is done. Cancel the subscription.",
                "Cancel the subscription",
                "Cancel the subscription if its status is paused. Tell them it is done. If the subscription's status is not paused, cancel the subscription.",
            ),
        ] {
            let (found, text) = pair(text);
            assert_eq!((found.as_str(), text.as_deref()), (second, Some(mended)));
            assert!(problems(mended, ProblemCode::BothRun).is_empty(), "{mended}");
            assert!(
                !meaning(mended).contains("unclear") && !meaning(mended).contains('?'),
                "{}",
                meaning(mended)
            );
        }
    }

    #[test]
    fn two_outcomes_of_one_case_are_told() {
        for (text, mended) in [
            (
                "If the parcel is lost, refund the payment. If the parcel is lost, hand off to Claims.",
                "If the parcel is lost, refund the payment. Otherwise, hand off to Claims.",
            ),
            (
                "If the parcel is lost, refund the payment. Hand off to Claims if the parcel is lost.",
                "If the parcel is lost, refund the payment. Otherwise, hand off to Claims.",
            ),
            (
                "If the parcel's value is over 500, refund the payment. If the parcel's value is over 100, hand off to Claims.",
                "If the parcel's value is over 500, refund the payment. Otherwise, if the parcel's value is over 100, hand off to Claims.",
            ),
            (
                "If the parcel's value is over 100, hand off to Claims. If the parcel's value is over 500, refund the payment.",
                "If the parcel's value is over 500, refund the payment. Otherwise, if the parcel's value is over 100, hand off to Claims.",
            ),
            (
                "If the parcel is lost or delivered, hand off to Claims. If the parcel is delivered, refund the payment.",
                "If the parcel is delivered, refund the payment. Otherwise, if the parcel is lost or delivered, hand off to Claims.",
            ),
        ] {
            assert_eq!(pair(text).1.as_deref(), Some(mended));
            assert!(problems(mended, ProblemCode::BothRun).is_empty(), "{mended}");
            assert!(
                !meaning(mended).contains("unclear") && !meaning(mended).contains('?'),
                "{}",
                meaning(mended)
            );
        }
    }

    #[test]
    fn both_sentences_are_named() {
        let text = "If the parcel is lost, refund the payment. If the parcel is lost, hand off to Claims.";
        let message = &problems(text, ProblemCode::BothRun)[0].message;
        for sentence in text.trim_end_matches('.').split(". ") {
            assert!(message.contains(sentence), "{message}");
        }
    }

    #[test]
    fn what_cannot_both_run_or_goes_on_is_no_problem() {
        for text in [
            "If the parcel is lost, refund the payment. Otherwise, hand off to Claims.",
            "If the parcel is lost, refund the payment. If the parcel is delivered, hand off to Claims.",
            "If the parcel is lost, refund the payment. If the parcel is insured, hand off to Claims.",
            // People come first: the wider case is left for what is up to 500.
            "If the parcel's value is over 100, refund the payment. If the parcel's value is over 500, hand off to Claims.",
            "If the parcel is lost, open a claim. If the parcel is lost, tell them \"We are on it.\" and end the task.",
            "If the parcel is lost, refund the payment and end the task. Refund the payment.",
            "If the parcel is lost, ask for the new address and redirect the parcel. Ask for the new address. Redirect the parcel.",
            "If the parcel is lost, refund the payment. Find the parcel. If the parcel is lost, hand off to Claims.",
            "If the parcel is lost, tell them we are sorry. If the parcel is lost, hand off to Claims.",
            "If the new address is missing, ask for it. If the new address is missing, hand off to Claims.",
        ] {
            let found = problems(text, ProblemCode::BothRun);
            assert!(found.is_empty(), "{text}\n  {found:?}");
        }
    }
}
