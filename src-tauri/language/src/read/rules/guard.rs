//! The guard that the words after a rule's verb put on known actions.

use taskwright_domain::{ActionId, Condition, Guard, Meaning};

use super::counts::{often, often_only};
use super::put::Put;
use crate::read::conditions::{Got, Outcome, negate};
use crate::read::names::{Lookup, Prefer};
use crate::read::reader::{Reader, Spoken, trimmed};
use crate::read::split::starts;
use crate::read::token::Token;
use crate::read::verbs::Deed;

impl<'t, 'a> Reader<'t, 'a, '_> {
    /// A guard on known actions from the words after the verb.
    pub(super) fn guard(
        &mut self,
        whole: &'t [Token<'a>],
        put: Put,
        actions: Vec<ActionId>,
        deed: Deed,
        object: &'t [Token<'a>],
    ) -> bool {
        if let Some(times) = often(object)
            && put == Put::Never
        {
            self.at_most_times(whole, actions, deed, times, object);
            return true;
        }
        if let Some(times) = often_only(object)
            && put == Put::Only
        {
            self.write_rule(whole, actions, Guard::AtMost { times }, None);
            return true;
        }
        if put == Put::Never && self.never_touched(&actions, object) {
            self.note(
                whole,
                Spoken::new(Meaning::Rule, "Rule: holds, no action here takes this value"),
            );
            return true;
        }
        match self.guard_condition(put, &actions, object) {
            Ok(Some((guard, got))) => {
                let guard = self.in_this_case(guard);
                self.write_rule(whole, actions, guard, got.as_ref());
            }
            Ok(None) if put == Put::Never => {
                let guard = match self.under_all() {
                    Some(condition) => Guard::NeverIf { condition },
                    None => Guard::Never,
                };
                self.write_rule(whole, actions, guard, None);
            }
            Ok(None) => self.unread_rule(whole, actions, None),
            Err(trouble) => self.unread_rule(whole, actions, Some((object, trouble))),
        }
        true
    }

    /// "never change the e-mail" where no guarded action takes an e-mail.
    fn never_touched(&self, actions: &[ActionId], object: &[Token<'_>]) -> bool {
        let Lookup::One { at, sure: true } = self.names.lookup(
            trimmed(object),
            Prefer {
                askable: true,
                owner: None,
            },
        ) else {
            return false;
        };
        let value = self.names.value(at);
        if !value.askable() {
            return false;
        }
        let takes = |action: &taskwright_domain::Action| {
            action.inputs.iter().any(|input| {
                let from = match &input.from {
                    taskwright_domain::InputFrom::Reference { reference } => reference.as_str(),
                    _ => input.key.as_str(),
                };
                from == value.reference
                    || crate::read::names::content_stems(&input.label())
                        .iter()
                        .any(|s| value.field_stems.contains(s))
            })
        };
        !actions.iter().filter_map(|id| self.catalogue().action(id)).any(takes)
    }

    /// The guard that the words after the verb put; none where they add nothing.
    fn guard_condition(
        &self,
        put: Put,
        actions: &[ActionId],
        object: &[Token<'_>],
    ) -> Outcome<Option<(Guard, Option<Got>)>> {
        let make = |condition: Condition| {
            if put == Put::Never {
                Guard::NeverIf { condition }
            } else {
                Guard::OnlyIf { condition }
            }
        };
        if let Some(at) = object.iter().position(opens_condition) {
            let word = &object[at];
            let (skip, flips) = match word.low.as_str() {
                "unless" | "until" | "without" | "except" => (1, true),
                "before" => (1, true),
                "as" if starts(&object[at..], &["as", "long", "as"]) => (3, false),
                "provided" if starts(&object[at..], &["provided", "that"]) => (2, false),
                _ => (1, false),
            };
            let skip =
                skip + usize::from(word.is("except") && object.get(at + 1).is_some_and(|t| t.any(&["if", "when"])));
            let body = &object[at + skip..];
            let before = &object[..at];
            let got = if matches!(word.low.as_str(), "without" | "before" | "after") {
                self.deed_done(body)?
            } else {
                self.read_for(actions, body)?
            };
            let condition = if flips {
                negate(got.condition.clone())
            } else {
                got.condition.clone()
            };
            // "never refund orders over 100 EUR unless …": both parts.
            let first = self.object_condition(actions, before)?;
            let condition = match first {
                Some((first, _)) if put == Put::Never => Condition::All {
                    parts: vec![first, condition],
                },
                Some((first, _)) => Condition::All {
                    parts: vec![first, condition],
                },
                None => condition,
            };
            let condition = match self.under_all() {
                Some(under) if put == Put::Never => Condition::All {
                    parts: vec![under, condition],
                },
                _ => condition,
            };
            let guard = match (put, flips, &condition) {
                // "never X unless A" is "X only if A".
                (Put::Never, true, _) if self.under.is_empty() => match condition {
                    Condition::All { .. } => Guard::NeverIf { condition },
                    other => Guard::OnlyIf {
                        condition: negate(other),
                    },
                },
                (Put::Only, true, _) if word.is("before") => Guard::NeverIf {
                    condition: negate(got.condition.clone()),
                },
                _ => make(condition),
            };
            return Ok(Some((guard, Some(got))));
        }
        match self.object_condition(actions, object)? {
            Some((condition, got)) => Ok(Some((make(condition), got))),
            None => Ok(None),
        }
    }

    /// "more than 100 EUR", "orders older than 40 days", "delivered orders", "orders that are processing".
    fn object_condition(
        &self,
        actions: &[ActionId],
        object: &[Token<'_>],
    ) -> Outcome<Option<(Condition, Option<Got>)>> {
        let object = trimmed(object);
        let object = without_tail(object);
        if let Some(found) = self.input_limit(actions, object) {
            return found.map(|condition| Some((condition, None)));
        }
        if self.adds_nothing(actions, object) {
            return Ok(None);
        }
        let whole = self.read_for(actions, object);
        let Err(trouble) = whole else {
            return whole.map(|got| Some((got.condition.clone(), Some(got))));
        };
        // "open a claim for parcels that …": what the action acts on stands after the preposition.
        for at in (1..object.len()).filter(|at| object[*at].any(&["for", "of", "on", "to", "in"])) {
            if self.adds_nothing(actions, &object[..at])
                && let Ok(got) = self.read_for(actions, &object[at + 1..])
            {
                return Ok(Some((got.condition.clone(), Some(got))));
            }
        }
        Err(trouble)
    }
}

pub(super) fn opens_condition(token: &Token<'_>) -> bool {
    token.any(&[
        "if", "when", "unless", "until", "once", "where", "without", "before", "after", "while", "as", "except",
        "provided", "during",
    ])
}

/// "per order", "in total", "yourself" at the end of a rule add nothing.
pub(super) fn without_tail<'t, 'a>(mut words: &'t [Token<'a>]) -> &'t [Token<'a>] {
    while let [rest @ .., last] = words {
        let idle = last.is_mark() || last.any(&["yourself", "automatically", "ever", "again", "please", "instead"]);
        if !idle {
            break;
        }
        words = rest;
    }
    words
}
