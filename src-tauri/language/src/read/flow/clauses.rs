//! The commands of a sentence.

use taskwright_domain::{Arm, Condition, Step, StepKind};

use super::Open;
use super::paragraph::in_that_case;
use crate::read::branches::{last_branch, put_branch, take_branch};
use crate::read::conditional::otherwise;
use crate::read::reader::{Reader, trimmed};
use crate::read::split::{coordinate, is_command, lead};
use crate::read::token::{Kind, Token};
use crate::read::verbs::{Deed, Form, Verb, verb_at};

impl<'t, 'a> Reader<'t, 'a, '_> {
    /// The commands of a sentence.
    pub(in crate::read) fn clauses(&mut self, words: &'t [Token<'a>], steps: &mut Vec<Step>) -> Open {
        let parts = coordinate(words);
        if self.hangs_on_fragment(&parts) {
            self.unclear(
                words,
                "What comes before the mark is no condition that can be decided.",
                None,
                steps,
            );
            return Open::Nothing;
        }
        if self.advises_on(&parts) {
            self.advise_each(&parts, steps);
            return Open::Nothing;
        }
        let mut rest_under: Option<Condition> = None;
        let mut later: Vec<Step> = Vec::new();
        let parts = self.with_typing(words, &parts);
        let many = parts.len();
        for (place, (part, typed)) in parts.iter().enumerate() {
            if let Some(action) = typed {
                self.run_typed(
                    part,
                    *action,
                    if rest_under.is_some() { &mut later } else { &mut *steps },
                );
                continue;
            }
            // "look up and cancel the order": the first verb takes the object of the next.
            if place > 0
                && let Some((lead_words, rest)) = otherwise(part)
            {
                if self.otherwise_of_wait(lead_words, rest, steps).is_some() {
                    continue;
                }
                let _ = self.otherwise(part, lead_words, rest, steps);
                continue;
            }
            let shared = self.shares_object(part, parts.get(place + 1).map(|(next, _)| *next));
            if let Some(before) = self.done_before(part) {
                let _ = self.clause(&part[..before], steps);
                self.orders_before(&part[before..], steps);
                continue;
            }
            if in_that_case(part) {
                let rest = &words[words.len() - parts[place..].iter().map(|(p, _)| p.len()).sum::<usize>()..];
                self.in_the_case_before(rest, steps);
                break;
            }
            let target = if rest_under.is_some() { &mut later } else { &mut *steps };
            let failing = match shared {
                Some((verb, object)) => {
                    self.shared_act(part, verb, object, target);
                    None
                }
                None if place > 0 && self.has_condition(part) => {
                    let _ = self.inner(part, target);
                    None
                }
                None => self.clause(part, target),
            };
            if let Some(condition) = failing
                && place + 1 < many
            {
                rest_under = Some(condition);
            }
        }
        if let (Some(condition), false) = (rest_under, later.is_empty()) {
            let span = later.first().map_or(self.span(words), |step| step.span);
            steps.push(Step {
                span,
                kind: StepKind::Check {
                    arms: vec![Arm {
                        span,
                        condition,
                        steps: later,
                    }],
                    otherwise: Vec::new(),
                },
            });
        }
        Open::Nothing
    }

    /// "in that case …" in the middle of a sentence: the rest of it belongs to the case before it.
    fn in_the_case_before(&mut self, rest: &'t [Token<'a>], steps: &mut Vec<Step>) {
        let which = last_branch(steps, self.otherwise_of);
        if which.is_none() {
            self.unclear(rest, "It depends on what stands before it.", None, steps);
        } else {
            let mut inner = take_branch(steps, which);
            let _ = self.clauses(lead(rest), &mut inner);
            put_branch(steps, which, inner);
        }
    }

    /// "in Mars mode -> refund it": the command depends on words that were not understood.
    fn hangs_on_fragment(&self, parts: &[&'t [Token<'a>]]) -> bool {
        let [first, second, ..] = parts else { return false };
        let first = lead(trimmed(first));
        let numbered = matches!(first, [label, number] if label.any(&["option", "step", "case", "part", "phase"])
            && (number.kind == Kind::Number || number.low.len() == 1));
        if numbered {
            return false;
        }
        let joint = second
            .first()
            .is_some_and(|t| t.mark('→') || t.mark(':') || t.mark('–') || t.mark('='));
        if !joint || first.is_empty() || is_command(first) || verb_at(first, 0).is_some() {
            return false;
        }
        let arrow = second.first().is_some_and(|t| t.mark('→') || t.mark('='));
        let changes = parts.iter().skip(1).any(|part| {
            verb_at(lead(part), 0).is_some_and(|v| {
                v.deed.changes()
                    || matches!(
                        v.deed,
                        Deed::HandOff | Deed::Finish | Deed::Make | Deed::Close | Deed::Stop
                    )
            })
        });
        let wanted = self.wanted(first);
        let listed = !wanted.values.is_empty() && wanted.unknown.is_empty();
        // "Refund: …" is a label, "E-5xx: …" and "failed: …" are cases.
        let label = first.len() <= 3
            && first[0].capital
            && first
                .iter()
                .all(|t| t.kind == Kind::Word && t.low.chars().all(char::is_alphabetic));
        !listed && (arrow || !label || changes && first.len() > 1)
    }

    fn shares_object(&self, part: &'t [Token<'a>], next: Option<&'t [Token<'a>]>) -> Option<(Verb, &'t [Token<'a>])> {
        let bare = trimmed(lead(part));
        let verb = verb_at(bare, 0).filter(|v| {
            v.form == Form::Base
                && v.length == bare.len()
                && v.deed.acts()
                && !matches!(v.deed, Deed::Stop | Deed::Close)
        })?;
        let next = trimmed(lead(next?));
        let other = verb_at(next, 0).filter(|v| v.deed.acts())?;
        let object = &next[other.length..];
        (!object.is_empty()).then_some((verb, object))
    }

    fn shared_act(&mut self, part: &'t [Token<'a>], verb: Verb, object: &'t [Token<'a>], steps: &mut Vec<Step>) {
        match self.match_action(verb.deed, verb.lemma, object) {
            crate::read::actions::Match::One { at, .. } => self.run(part, object, at, false, steps),
            _ => self.without_action(part, part, &[], steps),
        }
    }
}
