//! "Otherwise, …": the other way of the last check or question.

use taskwright_domain::{Arm, Condition, Meaning, ProblemCode, Step, StepKind};

use crate::read::branches::{merge_chain, open_check};
use crate::read::conditions::negate;
use crate::read::flow::Open;
use crate::read::reader::{Reader, Spoken, trimmed_start};
use crate::read::token::Token;

impl<'t, 'a> Reader<'t, 'a, '_> {
    /// "Otherwise, …": attaches to the last check or question.
    pub(in crate::read) fn otherwise(
        &mut self,
        whole: &'t [Token<'a>],
        lead_words: &'t [Token<'a>],
        rest: &'t [Token<'a>],
        steps: &mut Vec<Step>,
    ) -> Open {
        self.open_demand(steps);
        let Some(place) = open_check(steps) else {
            let asked = self
                .said
                .asked
                .filter(|at| matches!(self.names.value(*at).kind, taskwright_domain::AttributeType::Boolean));
            if let Some(at) = asked {
                let to = taskwright_domain::Operand::Constant {
                    value: taskwright_domain::Value::Boolean(false),
                };
                let subject = crate::read::conditions::refer(&self.names.value(at).reference);
                let condition = Condition::Test {
                    subject,
                    comparison: taskwright_domain::Comparison::Is { to },
                };
                return self.arm(lead_words, condition, true, rest, &[], steps, Vec::new());
            }
            if let Some(condition) = self.checked.take() {
                return self.arm(lead_words, negate(condition), true, rest, &[], steps, Vec::new());
            }
            if self.said.confirming {
                return self.declined_path(whole, rest, steps);
            }
            self.unclear(
                whole,
                "There is no \u{201c}if\u{201d} before this \u{201c}otherwise\u{201d}.",
                None,
                steps,
            );
            return Open::Nothing;
        };
        merge_chain(steps, place);
        self.note(
            lead_words,
            Spoken::new(Meaning::Check { condition: None }, "Otherwise").sure(true),
        );
        let Some(at) = open_check(steps) else {
            return Open::Nothing;
        };
        let before = self.under.len();
        let none_held = match &steps[at].kind {
            StepKind::Check { arms, .. } => arms.iter().map(|arm| negate(arm.condition.clone())).collect(),
            _ => Vec::new(),
        };
        self.under.extend(none_held);
        let mut inner = Vec::new();
        if !rest.is_empty() {
            let rest = trimmed_start(rest);
            let _ = self.sentence(rest, false, false, &mut inner);
        }
        self.under.truncate(before);
        let begun = steps[at].span.start;
        if let StepKind::Check { otherwise, .. } = &mut steps[at].kind {
            self.otherwise_of = inner.is_empty().then_some(begun);
            *otherwise = inner;
        }
        // A check in front of other steps can take nested ones only when it is the last step.
        if at + 1 == steps.len() {
            Open::Arm
        } else {
            Open::Nothing
        }
    }

    /// "Make sure that …. Otherwise, …": what the author says takes the place of the stop for a person.
    fn open_demand(&mut self, steps: &mut [Step]) {
        let Some(Step {
            span,
            kind: StepKind::Check { otherwise, .. },
        }) = steps.last_mut()
        else {
            return;
        };
        let stop = matches!(otherwise.as_slice(), [Step { span: at, kind: StepKind::Unclear { .. } }] if at == span);
        if stop && self.checked.take().is_some() {
            otherwise.clear();
            let span = *span;
            self.problems
                .retain(|known| known.code != ProblemCode::NoOtherwise || known.place.span != Some(span));
        }
    }

    /// "Otherwise …" right after a question for a yes.
    fn declined_path(&mut self, whole: &'t [Token<'a>], rest: &'t [Token<'a>], steps: &mut Vec<Step>) -> Open {
        let condition = negate(Condition::Confirmed);
        self.note(
            &whole[..1],
            Spoken::new(
                Meaning::Check {
                    condition: Some(condition.clone()),
                },
                "If the customer does not confirm",
            ),
        );
        self.under.push(condition.clone());
        let mut inner = Vec::new();
        let _ = self.sentence(trimmed_start(rest), false, false, &mut inner);
        self.under.pop();
        let span = self.span(whole);
        steps.push(Step {
            span,
            kind: StepKind::Check {
                arms: vec![Arm {
                    span,
                    condition,
                    steps: inner,
                }],
                otherwise: Vec::new(),
            },
        });
        Open::Arm
    }

    /// The "otherwise" right before some words.
    pub(super) fn before_token(&self, words: &[Token<'_>]) -> Option<&'t [Token<'a>]> {
        let start = words.first()?.span.start;
        let at = self.tokens.partition_point(|t| t.span.start < start);
        let from = (0..at)
            .rev()
            .take(3)
            .find(|from| self.tokens[*from].any(&["otherwise", "else", "if"]))?;
        Some(&self.tokens[from..at])
    }
}
