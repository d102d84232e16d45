//! Limits on what an action is given: "more than 100 EUR", "max refund: 60 EUR", "limited to the order total".

use taskwright_domain::{ActionId, ActionInput, AttributeType, Comparison, Condition, Guard, Operand, Step};

use super::guard::without_tail;
use crate::read::conditions::{Outcome, Relation, Trouble, operand_for, refer, relation_at};
use crate::read::names::{Lookup, Prefer};
use crate::read::reader::{Reader, trimmed};
use crate::read::token::{Kind, Token};

/// Words that come before a limit and say nothing of it.
const BEFORE_A_LIMIT: [&str; 18] = [
    "the",
    "a",
    "an",
    "any",
    "amounts",
    "amount",
    "of",
    "money",
    "anything",
    "refund",
    "refunds",
    "for",
    "customer",
    "them",
    "it",
    "customers",
    "sums",
    "out",
];

/// Words that may stand behind a limit: "100 EUR in total".
const BEHIND_A_LIMIT: [&str; 15] = [
    "in", "total", "at", "once", "per", "each", "order", "customer", "for", "one", "a", "of", "any", "case", "refund",
];

impl<'t, 'a> Reader<'t, 'a, '_> {
    /// "Max refund: 60 EUR", "The highest refund is 50 EUR."
    pub(super) fn highest(&mut self, whole: &'t [Token<'a>], words: &'t [Token<'a>]) -> bool {
        let skip = usize::from(words.first().is_some_and(|t| t.any(&["the", "our"])));
        if !words
            .get(skip)
            .is_some_and(|t| t.any(&["max", "maximum", "highest", "largest"]))
        {
            return false;
        }
        let Some(mark) = words
            .iter()
            .position(|t| t.mark(':') || t.mark('=') || t.is("is"))
            .filter(|at| *at > skip + 1 && *at < skip + 5)
        else {
            return false;
        };
        let noun = words[skip + 1..mark].iter().map(|t| self.actions_of_noun(t));
        let Some(actions) = noun.into_iter().find(|found| !found.is_empty()) else {
            return false;
        };
        match self.input_bound(&actions, &words[mark + 1..]) {
            Some(Ok(condition)) => self.write_rule(whole, actions, Guard::OnlyIf { condition }, None),
            _ => self.unread_rule(whole, actions, None),
        }
        true
    }

    /// "more than 100 EUR": the amount that the action is given.
    pub(super) fn input_limit(&self, actions: &[ActionId], object: &[Token<'_>]) -> Option<Outcome<Condition>> {
        let skip = object
            .iter()
            .take_while(|t| t.any(&BEFORE_A_LIMIT) || self.is_object_of(actions, t))
            .count();
        let body = &object[skip..];
        let (relation, after) = relation_at(body, 0)?;
        let tail = &body[after..];
        if crate::read::constants::period_at(tail, 0).is_some() {
            return None;
        }
        let input = self.only_number(actions)?;
        let test = |than: Operand| {
            let subject = Operand::Input { key: input.key.clone() };
            numeric(relation, than).map(|comparison| Condition::Test { subject, comparison })
        };
        let Some(read) = operand_for(&input.kind, tail, 0, &self.catalogue().settings.currency) else {
            let than = self.value_like(&input.kind, tail);
            return Some(than.and_then(test).ok_or(Trouble::NotClear));
        };
        let rest = &tail[read.end..];
        // "less than 15 EUR or more than 900 EUR"
        if let [or, more @ ..] = rest
            && or.is("or")
            && let Some(other) = self.input_limit(actions, more)
        {
            let first = test(read.value).ok_or(Trouble::NotClear);
            return Some(first.and_then(|first| {
                Ok(Condition::Any {
                    parts: vec![first, other?],
                })
            }));
        }
        let said_whole = rest.iter().all(|t| t.is_mark() || t.any(&BEHIND_A_LIMIT));
        let than = said_whole.then_some(read.value);
        Some(than.and_then(test).ok_or(Trouble::NotClear))
    }

    /// "more than they paid": the value of an input's kind that bounds it.
    fn value_like(&self, kind: &AttributeType, tail: &[Token<'_>]) -> Option<Operand> {
        let tail = without_tail(trimmed(tail));
        let tail = match tail {
            [rest @ .., last] if last.any(&["paid", "cost", "costs", "was"]) && rest.len() > 1 => rest,
            tail => tail,
        };
        let prefer = Prefer {
            askable: false,
            owner: self.said.it.as_deref(),
        };
        match self.names.lookup(tail, prefer) {
            Lookup::One { at, .. }
                if std::mem::discriminant(&self.names.value(at).kind) == std::mem::discriminant(kind) =>
            {
                Some(refer(&self.names.value(at).reference))
            }
            _ => None,
        }
    }

    /// The only input with a number or an amount, of the first of these actions.
    fn only_number(&self, actions: &[ActionId]) -> Option<&ActionInput> {
        let action = actions.iter().find_map(|id| self.catalogue().action(id))?;
        let mut numbers = action.inputs.iter().filter(|input| {
            matches!(
                input.kind,
                AttributeType::Amount | AttributeType::Integer | AttributeType::Decimal
            )
        });
        let input = numbers.next()?;
        numbers.next().is_none().then_some(input)
    }

    /// "refunds are limited to 100 EUR", "the refund must not exceed the order total", "refunds above 100 EUR need a
    /// person".
    pub(super) fn limited(&mut self, whole: &'t [Token<'a>], words: &'t [Token<'a>], steps: &mut Vec<Step>) -> bool {
        let skip = usize::from(
            words
                .first()
                .is_some_and(|t| t.any(&["the", "a", "any", "all", "every", "each"])),
        );
        let Some(noun) = words.get(skip).filter(|t| t.kind == Kind::Word) else {
            return false;
        };
        let amounts = words
            .get(skip + 1)
            .is_some_and(|t| t.any(&["amount", "amounts", "total", "value"]));
        let actions = self.actions_of_noun(noun);
        if actions.is_empty() {
            return false;
        }
        let rest = &words[skip + 1 + usize::from(amounts)..];
        let said: Vec<_> = rest.iter().map(|t| t.low.as_str()).collect();
        let bound = match said.as_slice() {
            ["is" | "are", "limited", "to", ..] => Some((3, false)),
            ["must" | "can" | "should" | "may", "not", "exceed", ..] => Some((3, false)),
            ["must" | "can" | "should" | "may", "never", "exceed", ..] => Some((3, false)),
            ["never", "exceed", ..] => Some((2, false)),
            ["must" | "can" | "should" | "may", "not" | "never", "be", ..] => Some((3, true)),
            ["must" | "can" | "should" | "may", "be", ..] => Some((2, true)),
            _ => None,
        };
        if let Some((from, compared)) = bound {
            let negative = said.contains(&"not") || said.contains(&"never");
            let tail = &rest[from..];
            let found = if compared {
                self.input_limit(&actions, tail)
            } else {
                self.input_bound(&actions, tail)
            };
            return match found {
                Some(Ok(condition)) => {
                    let guard = if compared && !negative {
                        Guard::OnlyIf { condition }
                    } else if compared {
                        Guard::NeverIf { condition }
                    } else {
                        Guard::OnlyIf { condition }
                    };
                    self.write_rule(whole, actions, guard, None);
                    true
                }
                _ if compared => false,
                _ => {
                    self.unread_rule(whole, actions, None);
                    true
                }
            };
        }
        self.need_a_person(whole, actions, rest, steps)
    }

    fn input_bound(&self, actions: &[ActionId], tail: &[Token<'_>]) -> Option<Outcome<Condition>> {
        let input = self.only_number(actions)?;
        let subject = Operand::Input { key: input.key.clone() };
        let than = match operand_for(&input.kind, tail, 0, &self.catalogue().settings.currency) {
            Some(read) => read.value,
            None => match self.names.lookup(
                trimmed(tail),
                Prefer {
                    askable: false,
                    owner: self.said.it.as_deref(),
                },
            ) {
                Lookup::One { at, .. } => refer(&self.names.value(at).reference),
                _ => return Some(Err(Trouble::NotClear)),
            },
        };
        Some(Ok(Condition::Test {
            subject,
            comparison: Comparison::AtMost { than },
        }))
    }
}

/// A comparison of sizes; no other comes with a limit.
fn numeric(relation: Relation, than: Operand) -> Option<Comparison> {
    Some(match relation {
        Relation::More => Comparison::MoreThan { than },
        Relation::Less => Comparison::LessThan { than },
        Relation::AtLeast => Comparison::AtLeast { than },
        Relation::AtMost => Comparison::AtMost { than },
        _ => return None,
    })
}
