//! When each step of a plan is reached.

use taskwright_domain::{ActionState, Arm, Comparison, Condition, Operand, Span, Step, StepKind};

/// A step with the condition under which a run comes to it.
pub(crate) struct Placed<'a> {
    pub(crate) span: Span,
    pub(crate) kind: &'a StepKind,
    /// Holds when a run comes here.
    pub(crate) reach: Condition,
    /// Holds when no earlier step ended the run.
    pub(crate) open: Condition,
    /// Holds since it was asked for before.
    pub(crate) known: Condition,
    /// Holds since it was run before, as long as nothing is done about its failure.
    pub(crate) succeeded: Condition,
}

/// What a sentence that is not understood does to a run.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Unclear {
    #[default]
    IsPassed,
    EndsTheRun,
}

/// A plan laid out.
#[derive(Default)]
pub(crate) struct Reach<'a> {
    pub(crate) steps: Vec<Placed<'a>>,
    pub(crate) arms: Vec<&'a Arm>,
    /// When the run ended before, one condition for each ending.
    ended: Vec<Condition>,
    /// What is known by now, since it was asked for.
    known: Vec<Condition>,
    /// What was run by now.
    succeeded: Vec<Condition>,
    unclear: Unclear,
}

pub(crate) fn all(parts: Vec<Condition>) -> Condition {
    Condition::All { parts }
}

pub(crate) fn not(part: Condition) -> Condition {
    Condition::Not { part: Box::new(part) }
}

pub(crate) fn present(reference: &str) -> Condition {
    Condition::Test {
        subject: Operand::Reference {
            reference: reference.to_owned(),
        },
        comparison: Comparison::Present,
    }
}

const fn never() -> Condition {
    Condition::Any { parts: Vec::new() }
}

impl<'a> Reach<'a> {
    pub(crate) fn of(plan: &'a [Step], unclear: Unclear) -> Self {
        let mut reach = Self {
            unclear,
            ..Self::default()
        };
        reach.walk(plan, all(Vec::new()));
        reach
    }

    fn open(&self) -> Condition {
        all(self.ended.iter().cloned().map(not).collect())
    }

    /// Lays the steps out; gives the condition under which a run comes out at their end.
    fn walk(&mut self, steps: &'a [Step], from: Condition) -> Condition {
        steps.iter().fold(from, |reach, step| {
            self.steps.push(Placed {
                span: step.span,
                kind: &step.kind,
                reach: reach.clone(),
                open: self.open(),
                known: all(self.known.clone()),
                succeeded: all(self.succeeded.clone()),
            });
            self.after(step, reach)
        })
    }

    fn after(&mut self, step: &'a Step, reach: Condition) -> Condition {
        match &step.kind {
            StepKind::Finish { .. } | StepKind::HandOff { .. } | StepKind::Jump { .. } => {
                self.ended.push(reach);
                never()
            }
            StepKind::Unclear { .. } if self.unclear == Unclear::EndsTheRun => {
                self.ended.push(reach);
                never()
            }
            StepKind::Run { action, .. } => {
                self.succeeded.push(Condition::Action {
                    action: action.clone(),
                    state: ActionState::Succeeded,
                });
                reach
            }
            StepKind::Check { arms, otherwise } => self.ways(arms, otherwise, reach),
            StepKind::Confirm { declined, .. } => {
                let no = all(vec![reach.clone(), not(Condition::Confirmed)]);
                let yes = all(vec![reach, Condition::Confirmed]);
                if declined.is_empty() {
                    self.ended.push(no);
                    return yes;
                }
                let back = self.walk(declined, no);
                Condition::Any { parts: vec![yes, back] }
            }
            StepKind::Repeat { steps, .. } => self.walk(steps, reach),
            StepKind::Ask { attribute, .. } => {
                self.learn(attribute);
                reach
            }
            StepKind::Need { attributes } => {
                attributes.iter().for_each(|attribute| self.learn(attribute));
                reach
            }
            _ => reach,
        }
    }

    /// What one way learns, another does not know.
    fn forget(&mut self, known: usize, succeeded: usize) {
        self.known.truncate(known);
        self.succeeded.truncate(succeeded);
    }

    fn learn(&mut self, attribute: &str) {
        self.known.push(present(attribute));
    }

    fn ways(&mut self, arms: &'a [Arm], otherwise: &'a [Step], reach: Condition) -> Condition {
        let (known, succeeded) = (self.known.len(), self.succeeded.len());
        let mut before = vec![reach];
        let mut out = Vec::new();
        for arm in arms {
            self.arms.push(arm);
            let mut taken = before.clone();
            taken.push(arm.condition.clone());
            out.push(self.walk(&arm.steps, all(taken)));
            self.forget(known, succeeded);
            before.push(not(arm.condition.clone()));
        }
        out.push(self.walk(otherwise, all(before)));
        self.forget(known, succeeded);
        Condition::Any { parts: out }
    }
}
