//! Rules in the passive: "orders cannot be cancelled once shipped", "a claim is never opened twice".

use taskwright_domain::{ActionId, Condition, Guard};

use super::counts::often;
use super::put::Put;
use crate::read::conditions::{Conditions, Got, Outcome, Subject, negate};
use crate::read::reader::{Reader, trimmed};
use crate::read::token::Token;
use crate::read::verbs::{Form, verb_at};

impl<'t, 'a> Reader<'t, 'a, '_> {
    /// "orders cannot be cancelled once shipped", "a plan can only be paused if …", "must not be refunded".
    pub(super) fn passive_rule(&mut self, whole: &'t [Token<'a>], words: &'t [Token<'a>]) -> bool {
        if self.passive_fact(whole, words) {
            return true;
        }
        let Some(be) = words.iter().position(|t| t.is("be")).filter(|at| *at > 0 && *at < 14) else {
            return false;
        };
        let head = &words[..be];
        let modal = head.iter().rposition(|t| t.any(&["can", "must", "may", "should"]));
        let Some(modal) = modal else { return false };
        let between = &head[modal + 1..];
        let negated = between.iter().any(|t| t.any(&["not", "never"]));
        let Some(verb) = verb_at(words, be + 1).or_else(|| {
            words
                .get(be + 1)
                .filter(|t| t.is("only"))
                .and_then(|_| verb_at(words, be + 2))
        }) else {
            return false;
        };
        let only_inside = words.get(be + 1).is_some_and(|t| t.is("only"));
        let from = be + 1 + usize::from(only_inside) + verb.length;
        let tail = &words[from.min(words.len())..];
        let only = between.iter().any(|t| t.is("only")) || only_inside || tail.first().is_some_and(|t| t.is("only"));
        if !(negated || only) || !verb.deed.changes() {
            return false;
        }
        let tail = match tail {
            [first, rest @ ..] if first.is("only") => rest,
            tail => tail,
        };
        let subject = &words[..modal];
        let actions = self.guarded(verb.deed, verb.lemma, subject);
        if actions.is_empty() {
            return self.spoken_rule(whole, Put::Never, verb.deed, words);
        }
        let put = if negated { Put::Never } else { Put::Only };
        let found = self.passive_condition(put, &actions, subject, tail);
        match found {
            Ok(Some((guard, got))) => self.write_rule(whole, actions, guard, got.as_ref()),
            Ok(None) if put == Put::Never => self.write_rule(whole, actions, Guard::Never, None),
            Ok(None) => self.unread_rule(whole, actions, None),
            Err(trouble) => self.unread_rule(whole, actions, Some((words, trouble))),
        }
        true
    }

    /// "A claim is never opened twice", "bookings are not refunded once paid", "refunds are only issued if …".
    fn passive_fact(&mut self, whole: &'t [Token<'a>], words: &'t [Token<'a>]) -> bool {
        let Some(at) = words
            .windows(2)
            .position(|pair| {
                pair[0].any(&["is", "are"]) && pair[1].any(&["never", "only"]) || pair[0].is("are") && pair[1].is("not")
            })
            .filter(|at| *at > 0 && *at < 12)
        else {
            return false;
        };
        let Some(verb) = verb_at(words, at + 2).filter(|v| v.form == Form::Past && v.deed.changes()) else {
            return false;
        };
        let put = if words[at + 1].is("only") {
            Put::Only
        } else {
            Put::Never
        };
        let subject = &words[..at];
        let tail = trimmed(&words[at + 2 + verb.length..]);
        let tail = match tail {
            [by, who] if by.is("by") && who.any(&["us", "you"]) => &tail[..0],
            tail => tail,
        };
        let actions = self.guarded(verb.deed, verb.lemma, subject);
        if actions.is_empty() {
            return false;
        }
        if let Some(times) = often(tail).filter(|_| put == Put::Never) {
            self.write_rule(whole, actions, Guard::AtMost { times }, None);
            return true;
        }
        match self.passive_condition(put, &actions, subject, tail) {
            Ok(Some((guard, got))) => self.write_rule(whole, actions, guard, got.as_ref()),
            Ok(None) if put == Put::Never => self.write_rule(whole, actions, Guard::Never, None),
            Ok(None) => self.unread_rule(whole, actions, None),
            Err(trouble) => self.unread_rule(whole, actions, Some((words, trouble))),
        }
        true
    }

    fn passive_condition(
        &self,
        put: Put,
        actions: &[ActionId],
        subject: &[Token<'_>],
        tail: &[Token<'_>],
    ) -> Outcome<Option<(Guard, Option<Got>)>> {
        let mut said = self.said.clone();
        if let Some(owner) = self.names.object(subject) {
            said.it = Some(owner);
        }
        let first = if self.adds_nothing(actions, subject) {
            None
        } else {
            Some(self.read_rule_condition(subject)?)
        };
        let tail = trimmed(tail);
        let second = match tail {
            [] => None,
            [word, body @ ..] => {
                let flips = word.any(&["unless", "until", "except"]);
                let body = if word.any(&["unless", "until", "if", "when", "once", "after", "except", "where"]) {
                    body
                } else {
                    tail
                };
                let body = match body {
                    [first, rest @ ..] if first.any(&["if", "when"]) => rest,
                    body => body,
                };
                let inherited = said.it.clone().map(Subject::Thing);
                let got = Conditions::new(&self.names, &said).read_about(body, inherited.as_ref())?;
                Some(if flips {
                    Got {
                        condition: negate(got.condition.clone()),
                        ..got
                    }
                } else {
                    got
                })
            }
        };
        let (condition, got) = match (first, second) {
            (None, None) => return Ok(None),
            (Some(got), None) | (None, Some(got)) => (got.condition.clone(), got),
            (Some(a), Some(b)) if put == Put::Never => (
                Condition::All {
                    parts: vec![a.condition.clone(), b.condition],
                },
                a,
            ),
            // "Basic plans can only be cancelled if A": for basic plans, A must hold.
            (Some(a), Some(b)) => (
                Condition::Any {
                    parts: vec![negate(a.condition.clone()), b.condition],
                },
                a,
            ),
        };
        let guard = match put {
            Put::Never => Guard::NeverIf { condition },
            Put::Only => Guard::OnlyIf { condition },
        };
        Ok(Some((guard, Some(got))))
    }
}
