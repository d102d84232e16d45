//! How often an action may run: "at most one refund per order", "moved twice at most", "never more than once".

use taskwright_domain::{ActionId, AttributeType, Comparison, Condition, Guard, Operand};

use super::put::Put;
use crate::read::conditions::{refer, relation_at};
use crate::read::constants::count_at;
use crate::read::names::Stem;
use crate::read::reader::Reader;
use crate::read::token::{Kind, Token};
use crate::read::verbs::{Deed, Form, deed_of_noun, verb_at};

/// Words after a number of times; the first two begin them.
const PER: [&str; 19] = [
    "per",
    "each",
    "a",
    "an",
    "every",
    "conversation",
    "order",
    "customer",
    "booking",
    "subscription",
    "case",
    "chat",
    "parcel",
    "account",
    "is",
    "allowed",
    "the",
    "for",
    "run",
];

impl<'t, 'a> Reader<'t, 'a, '_> {
    /// "at most one refund per conversation", "refunds: no more than two per order", "maximum 100 EUR per refund".
    pub(super) fn at_most(&mut self, whole: &'t [Token<'a>], words: &'t [Token<'a>]) -> bool {
        let bound = relation_at(words, 0).filter(|(r, _)| matches!(r, crate::read::conditions::Relation::AtMost));
        let one = words.first().is_some_and(|t| t.any(&["one", "only"]));
        let (after, plain) = match bound {
            Some((_, after)) => (after, false),
            None if one => (usize::from(words[0].is("only")), true),
            None => return false,
        };
        let Some(read) = count_at(words, after) else {
            return false;
        };
        let rest = &words[read.end..];
        if plain && !rest.iter().any(|t| t.any(&["per", "each", "a", "every"])) {
            return false;
        }
        let Some(noun) = rest.first().filter(|t| t.kind == Kind::Word) else {
            return false;
        };
        let actions = self.actions_of_noun(noun);
        if actions.is_empty() {
            return false;
        }
        if !rest[1..].iter().all(|t| t.any(&PER)) {
            self.unread_rule(whole, actions, None);
            return true;
        }
        self.write_rule(whole, actions, Guard::AtMost { times: read.value }, None);
        true
    }

    /// "create at most one ticket per conversation", "refund an order no more than twice".
    pub(super) fn bounded_command(&mut self, whole: &'t [Token<'a>], words: &'t [Token<'a>]) -> bool {
        let Some(verb) = verb_at(words, 0).filter(|v| v.form == Form::Base && v.deed.changes()) else {
            return false;
        };
        let bound = (verb.length..words.len()).find_map(|at| match relation_at(words, at) {
            Some((crate::read::conditions::Relation::AtMost, after)) => Some((at, after)),
            _ => None,
        });
        let Some((at, after)) = bound else { return false };
        if crate::read::constants::amount_at(words, after).is_some() {
            // "refund at most 100 EUR" is "only refund at most 100 EUR".
            let object = &words[verb.length..];
            let actions = self.guarded(verb.deed, verb.lemma, object);
            return !actions.is_empty() && self.guard(whole, Put::Only, actions, verb.deed, object);
        }
        let counted = match words.get(after) {
            Some(t) if t.any(&["once", "twice"]) => Some((if t.is("once") { 1 } else { 2 }, after + 1)),
            _ => count_at(words, after).map(|read| (read.value, read.end)),
        };
        let Some((times, end)) = counted else { return false };
        let thing = words[end..].iter().take_while(|t| !t.any(&PER[..2]));
        let object: Vec<_> = words[verb.length..at].iter().chain(thing).cloned().collect();
        let actions = self.guarded(verb.deed, verb.lemma, &object);
        if actions.is_empty() {
            return false;
        }
        let rest = words[end..].iter().skip_while(|t| !t.any(&PER[..2]));
        if rest.clone().all(|t| t.is_mark() || t.any(&PER)) {
            self.write_rule(whole, actions, Guard::AtMost { times }, None);
        } else {
            self.unread_rule(whole, actions, None);
        }
        true
    }

    /// "a booking can be moved twice at most", "customers may move a visit only once".
    pub(super) fn counted_rule(&mut self, whole: &'t [Token<'a>], words: &'t [Token<'a>]) -> bool {
        let Some(modal) = words
            .iter()
            .position(|t| t.any(&["can", "may"]))
            .filter(|at| *at > 0 && *at < 8)
        else {
            return false;
        };
        let bound = words.windows(2).any(|pair| {
            pair[0].is("at") && pair[1].is("most")
                || pair[0].is("up") && pair[1].is("to")
                || pair[0].is("more") && pair[1].is("than")
        }) || words
            .iter()
            .any(|t| t.any(&["only", "max", "maximum", "most", "once", "twice"]));
        let Some(times) = self.times_in(&words[modal..]).filter(|_| bound) else {
            return false;
        };
        let times = times.max(1);
        let from = modal + 1 + usize::from(words.get(modal + 1).is_some_and(|t| t.any(&["be", "only"])));
        let from = from + usize::from(words.get(from).is_some_and(|t| t.is("be")));
        let Some(verb) = verb_at(words, from).filter(|v| v.deed.changes()) else {
            return false;
        };
        let subject: Vec<Token<'a>> = words[..modal]
            .iter()
            .chain(&words[from + verb.length..])
            .filter(|t| {
                !t.any(&[
                    "customer",
                    "customers",
                    "a",
                    "same",
                    "at",
                    "most",
                    "only",
                    "once",
                    "twice",
                    "times",
                    "up",
                    "per",
                ])
            })
            .cloned()
            .collect();
        let actions = self.guarded(verb.deed, verb.lemma, &subject);
        if actions.is_empty() {
            return false;
        }
        self.at_most_times(whole, actions.clone(), verb.deed, times, &words[from + verb.length..]);
        self.listen_for_the_wish(whole, &words[from..], &actions);
        true
    }

    /// At most so often: by a count or a yes-or-no that is kept where there is one, since it says more than this
    /// conversation does. "once by 7 days" bounds what is given as well.
    pub(super) fn at_most_times(
        &mut self,
        whole: &'t [Token<'a>],
        actions: Vec<ActionId>,
        deed: Deed,
        times: u32,
        tail: &[Token<'_>],
    ) {
        let given = self.given_numbers(&actions, tail);
        let kept = self.kept_count(&actions, deed, times);
        let parts: Vec<_> = kept.iter().cloned().chain(given).collect();
        let guard = match (kept.is_some(), parts.as_slice()) {
            (true, [one]) => Guard::OnlyIf { condition: one.clone() },
            (true, _) => Guard::OnlyIf {
                condition: Condition::All { parts },
            },
            (false, []) => Guard::AtMost { times },
            (false, _) => {
                self.write_rule(whole, actions.clone(), Guard::AtMost { times }, None);
                let condition = match parts.as_slice() {
                    [one] => one.clone(),
                    _ => Condition::All { parts },
                };
                Guard::OnlyIf { condition }
            }
        };
        self.write_rule(whole, actions, guard, None);
    }

    /// "times moved is less than 2", "extended is no".
    fn kept_count(&self, actions: &[ActionId], deed: Deed, times: u32) -> Option<Condition> {
        let same_deed = |word: &str| {
            let (tokens, _) = crate::read::token::scan(word);
            let noun = tokens.first().and_then(deed_of_noun);
            deed != Deed::Other && (noun == Some(deed) || verb_at(&tokens, 0).is_some_and(|v| v.deed == deed))
        };
        let acted: Vec<_> = self.names.actions.iter().filter(|d| actions.contains(&d.id)).collect();
        let of_thing = |owner: &str| {
            let stem = Stem::new(owner);
            acted
                .iter()
                .any(|d| d.result_name == owner || d.object.iter().any(|s| s.near(&stem)))
        };
        self.names.values.iter().find_map(|value| {
            let owner = value
                .owner
                .as_deref()
                .filter(|owner| of_thing(owner) && !value.of_change)?;
            let field = value.reference.strip_prefix(owner)?.trim_start_matches('.');
            let parts: Vec<_> = field.split('_').collect();
            let counts = parts.iter().any(|part| matches!(*part, "times" | "count"));
            let subject = refer(&value.reference);
            let constant = |value: taskwright_domain::Value| Operand::Constant { value };
            let comparison = match value.kind {
                AttributeType::Integer if counts && parts.iter().any(|part| same_deed(part)) => Comparison::LessThan {
                    than: constant(taskwright_domain::Value::Integer(i64::from(times))),
                },
                AttributeType::Boolean if times == 1 && parts.len() == 1 && same_deed(parts[0]) => Comparison::Is {
                    to: constant(taskwright_domain::Value::Boolean(false)),
                },
                _ => return None,
            };
            Some(Condition::Test { subject, comparison })
        })
    }

    /// "by 7 days": the number that the action is given.
    fn given_numbers(&self, actions: &[ActionId], words: &[Token<'_>]) -> Vec<Condition> {
        let Some(action) = actions.iter().find_map(|id| self.catalogue().action(id)) else {
            return Vec::new();
        };
        let given = |input: &taskwright_domain::ActionInput| {
            let named = crate::read::names::content_stems(&input.label());
            let at = (0..words.len().saturating_sub(1))
                .find(|at| words[*at].kind == Kind::Number && named.iter().any(|s| s.same(&words[at + 1])))?;
            let number = count_at(words, at).filter(|_| matches!(input.kind, AttributeType::Integer))?;
            let to = Operand::Constant {
                value: taskwright_domain::Value::Integer(i64::from(number.value)),
            };
            Some(Condition::Test {
                subject: Operand::Input { key: input.key.clone() },
                comparison: Comparison::Is { to },
            })
        };
        action.inputs.iter().filter_map(given).collect()
    }
}

/// "more than once", "twice", "more than two times per order".
pub(super) fn often(words: &[Token<'_>]) -> Option<u32> {
    let at = words
        .iter()
        .position(|t| t.is("more"))
        .filter(|at| words.get(at + 1).is_some_and(|t| t.is("than")));
    if let Some(at) = at {
        let read = count_at(words, at + 2)?;
        let times = words[at + 2].any(&["once", "twice"])
            || words
                .get(read.end)
                .is_some_and(|t| t.any(&["times", "time"]) || at == 0 && counts_thing(&words[read.end..]));
        return times.then_some(read.value);
    }
    words.last().filter(|t| t.is("twice")).map(|_| 1)
}

/// "more than three codes": a number of things, no length of time or sum.
fn counts_thing(words: &[Token<'_>]) -> bool {
    const UNITS: [&str; 13] = [
        "day", "days", "hour", "hours", "minute", "minutes", "week", "weeks", "month", "months", "year", "years",
        "percent",
    ];
    matches!(words, [thing, rest @ ..] if thing.kind == Kind::Word && !thing.any(&UNITS)
        && rest.iter().all(|t| t.is_mark() || t.any(&PER)))
        && crate::read::constants::currency(&words[0]).is_none()
}

pub(super) fn often_only(words: &[Token<'_>]) -> Option<u32> {
    let at = words.iter().position(|t| t.any(&["once", "twice"]))?;
    let rest = &words[at + 1..];
    let per = rest.iter().all(|t| {
        t.any(&[
            "per",
            "each",
            "a",
            "an",
            "every",
            "conversation",
            "order",
            "customer",
            "booking",
            "case",
            "in",
            "the",
            "same",
        ])
    });
    per.then(|| if words[at].is("once") { 1 } else { 2 })
}
