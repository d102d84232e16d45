//! Refusals: "no photo, no refund", "no refunds for delivered parcels", "it is forbidden to …".

use taskwright_domain::{Comparison, Condition, Guard, Step};

use super::put::Put;
use crate::read::conditions::negate;
use crate::read::reader::Reader;
use crate::read::token::Token;
use crate::read::verbs::{Form, verb_at};

impl<'t, 'a> Reader<'t, 'a, '_> {
    /// "It is forbidden to move bookings with more than 10 guests."
    pub(super) fn forbidden(&mut self, whole: &'t [Token<'a>], words: &'t [Token<'a>], steps: &mut Vec<Step>) -> bool {
        let Some(to) = words.iter().take(8).position(|t| t.is("to")) else {
            return false;
        };
        let (said, rest) = words.split_at(to);
        let no = said.iter().any(|t| t.any(&["not", "never"]));
        let forbids = said.iter().any(|t| t.any(&["forbidden", "prohibited"]))
            || no && said.iter().any(|t| t.any(&["allowed", "permitted"]));
        let idle = said.iter().all(|t| {
            t.any(&[
                "it",
                "is",
                "are",
                "forbidden",
                "prohibited",
                "strictly",
                "not",
                "never",
                "allowed",
                "permitted",
                "you",
                "we",
                "agents",
                "the",
                "agent",
                "be",
            ])
        });
        forbids && idle && rest.len() > 1 && self.commanded(whole, Put::Never, &rest[1..], steps)
    }

    /// "no photo, no refund".
    pub(super) fn no_one_no_other(&mut self, whole: &'t [Token<'a>], words: &'t [Token<'a>], steps: &[Step]) -> bool {
        if !words.first().is_some_and(|t| t.is("no")) {
            return false;
        }
        if let Some(at) = words
            .iter()
            .position(|t| t.any(&["without", "unless", "before", "if", "when", "until", "after", "for"]))
            .filter(|at| {
                let passive = |t: &Token<'_>| {
                    t.any(&["may", "can", "must", "should", "will", "be", "is", "are"])
                        || verb_at(std::slice::from_ref(t), 0).is_some_and(|v| v.form == Form::Past)
                };
                *at <= 3 || *at <= 6 && words[2..*at].iter().all(passive)
            })
        {
            return self.no_without(whole, words, at);
        }
        // "…, no ticket": not in this case.
        if let ([_, noun], Some(condition)) = (words, self.under_all()) {
            let actions = self.actions_of_noun(noun);
            if !actions.is_empty() {
                self.write_rule(whole, actions, Guard::NeverIf { condition }, None);
                return true;
            }
        }
        let Some(comma) = words.iter().position(|t| t.mark(',') || t.mark('→') || t.mark('=')) else {
            return false;
        };
        let (first, second) = (&words[1..comma], &words[comma + 1..]);
        let Some(no) = second.iter().position(|t| t.is("no")).filter(|at| *at <= 1) else {
            return false;
        };
        let Some(actions) = second[no + 1..]
            .iter()
            .map(|t| self.actions_of_noun(t))
            .find(|found| !found.is_empty())
        else {
            return false;
        };
        if actions.is_empty() {
            return false;
        }
        match self.deed_done(first) {
            Ok(got) => {
                let guard = match case_asked_in(steps, &got.condition) {
                    Some(case) => Guard::NeverIf {
                        condition: Condition::All {
                            parts: vec![case, negate(got.condition.clone())],
                        },
                    },
                    None => Guard::OnlyIf {
                        condition: got.condition.clone(),
                    },
                };
                self.write_rule(whole, actions, guard, Some(&got));
            }
            Err(_) => self.unread_rule(whole, actions, None),
        }
        true
    }

    /// "no refund without a receipt", "no refunds for delivered parcels".
    fn no_without(&mut self, whole: &'t [Token<'a>], words: &'t [Token<'a>], at: usize) -> bool {
        let Some(actions) = words[1..at]
            .iter()
            .map(|t| self.actions_of_noun(t))
            .find(|found| !found.is_empty())
        else {
            return false;
        };
        let body = &words[at + 1..];
        let only = words[at].any(&["without", "unless", "before", "until"]);
        let got = if words[at].any(&["without", "before"]) {
            self.deed_done(body)
        } else {
            self.read_for(&actions, body)
        };
        match got {
            Ok(got) if only => self.write_rule(
                whole,
                actions,
                Guard::OnlyIf {
                    condition: got.condition.clone(),
                },
                Some(&got),
            ),
            Ok(got) => self.write_rule(
                whole,
                actions,
                Guard::NeverIf {
                    condition: got.condition.clone(),
                },
                Some(&got),
            ),
            Err(trouble) => self.unread_rule(whole, actions, Some((body, trouble))),
        }
        true
    }
}

/// "If it is broken, get a photo; no photo, no refund": the case in which the value was just asked for.
fn case_asked_in(steps: &[Step], known: &Condition) -> Option<Condition> {
    let Condition::Test {
        comparison: Comparison::Present,
        ..
    } = known
    else {
        return None;
    };
    let key = *known.references().first()?;
    let taskwright_domain::StepKind::Check { arms, otherwise } = &steps.last()?.kind else {
        return None;
    };
    let ([arm], true) = (arms.as_slice(), otherwise.is_empty()) else {
        return None;
    };
    let asks = |step: &Step| match &step.kind {
        taskwright_domain::StepKind::Ask { attribute, .. } => attribute == key,
        taskwright_domain::StepKind::Need { attributes } => attributes.iter().any(|a| a == key),
        _ => false,
    };
    arm.steps.iter().any(asks).then(|| arm.condition.clone())
}
