//! Numbers and amounts: "more than 100 EUR", "moved twice", "under 5 EUR either way".

use taskwright_domain::{AttributeType, Comparison, Condition, Operand, Value};

use super::Said;
use crate::read::conditions::compare::{Relation, is_numeric, numeric_comparison, relation_at};
use crate::read::conditions::subject::Subject;
use crate::read::conditions::{Conditions, Outcome, Trouble};
use crate::read::constants::{amount_at, number_at};
use crate::read::token::{Kind, Token};

impl Conditions<'_, '_> {
    /// Numbers and amounts.
    pub(super) fn measured(&self, subject: &Subject, words: &[Token<'_>]) -> Outcome<Said> {
        let words = match words {
            [first, rest @ ..]
                if first.any(&["for", "with", "of", "at", "worth", "costs"])
                    && !rest.is_empty()
                    && relation_at(words, 0).is_none() =>
            {
                rest
            }
            words => words,
        };
        if let Some(said) = self.times(subject, words) {
            return Ok(said);
        }
        let (relation, tail) = match relation_at(words, 0) {
            Some((relation, after)) => (relation, &words[after..]),
            None => self.trailing(words).ok_or(Trouble::NotClear)?,
        };
        if tail.is_empty() {
            return Err(Trouble::NotClear);
        }
        if matches!(relation, Relation::Contains | Relation::Starts) {
            return self.parts(subject, relation, tail);
        }
        let amount = amount_at(tail, 0).is_some();
        let plain = !amount && number_at(tail, 0).is_some();
        if matches!(relation, Relation::Same | Relation::Differs) && !amount && !plain {
            return self.equal_to(subject, relation, tail);
        }
        // "under 5 EUR either way": up or down.
        if let [tail @ .., either, way] = tail
            && either.is("either")
            && way.any(&["way", "direction"])
        {
            return self.either_way(subject, relation, tail);
        }
        let at = self.numeric_value(subject, amount, plain)?;
        let comparison = self.numeric(&self.names.value(at).kind, relation, tail)?;
        Ok(self.test(at, comparison))
    }

    /// "moved twice", "more than 8 guests": a number that its own word names.
    fn times(&self, subject: &Subject, words: &[Token<'_>]) -> Option<Said> {
        let counts = self.candidates(subject, |kind| {
            matches!(kind, AttributeType::Integer | AttributeType::Decimal)
        });
        let named = |token: &Token<'_>| {
            let fits: Vec<_> = counts
                .iter()
                .copied()
                .filter(|at| self.names.value(*at).field_stems.iter().any(|s| s.akin(token)))
                .collect();
            if let [at] = fits.as_slice() { Some(*at) } else { None }
        };
        let (at, rest) = match words {
            [first, rest @ ..] if first.kind == Kind::Word && relation_at(words, 0).is_none() => (named(first)?, rest),
            [rest @ .., last] if rest.len() > 1 => (named(last)?, rest),
            _ => return None,
        };
        // "has been moved": the count of it is no longer zero.
        if rest.is_empty() && self.counts_events(at) && words[0].low.ends_with("ed") {
            let than = Operand::Constant {
                value: Value::Integer(0),
            };
            return Some(self.test(at, Comparison::MoreThan { than }));
        }
        let (relation, after) = relation_at(rest, 0).unwrap_or((Relation::AtLeast, 0));
        let read =
            crate::read::conditions::compare::operand_for(&AttributeType::Integer, rest, after, self.currency())?;
        let tail = rest.get(read.end..)?;
        let comparison = match tail {
            [] => numeric_comparison(relation, read.value)?,
            [or, more] if or.is("or") && more.any(&["more", "over"]) => Comparison::AtLeast { than: read.value },
            [or, less] if or.is("or") && less.any(&["less", "fewer"]) => Comparison::AtMost { than: read.value },
            _ => return None,
        };
        Some(self.test(at, comparison))
    }

    fn either_way(&self, subject: &Subject, relation: Relation, words: &[Token<'_>]) -> Outcome<Said> {
        let amount = amount_at(words, 0).is_some();
        let at = self.numeric_value(subject, amount, !amount)?;
        let read = crate::read::conditions::compare::operand_for(&self.names.value(at).kind, words, 0, self.currency())
            .filter(|read| read.end == words.len())
            .ok_or(Trouble::NotClear)?;
        let below = match &read.value {
            Operand::Constant {
                value: Value::Amount(amount),
            } => Value::Amount(taskwright_domain::Amount {
                amount: -amount.amount,
                currency: amount.currency.clone(),
            }),
            Operand::Constant {
                value: Value::Integer(number),
            } => Value::Integer(-number),
            _ => return Err(Trouble::NotClear),
        };
        let below = Operand::Constant { value: below };
        let test = |comparison: Comparison| self.test(at, comparison).0;
        let condition = match relation {
            Relation::Less => Condition::All {
                parts: vec![
                    test(Comparison::MoreThan { than: below }),
                    test(Comparison::LessThan { than: read.value }),
                ],
            },
            Relation::More => Condition::Any {
                parts: vec![
                    test(Comparison::LessThan { than: below }),
                    test(Comparison::MoreThan { than: read.value }),
                ],
            },
            _ => return Err(Trouble::NotClear),
        };
        Ok((condition, Some(at)))
    }

    /// Whether a number says how often something happened: `times_moved`, `refund_count`.
    fn counts_events(&self, at: usize) -> bool {
        let field = self.names.value(at).reference.rsplit('.').next().unwrap_or_default();
        field.split('_').any(|part| matches!(part, "times" | "count"))
    }

    /// "100 EUR or more", "5", "exactly 3".
    fn trailing<'t, 'a>(&self, words: &'t [Token<'a>]) -> Option<(Relation, &'t [Token<'a>])> {
        let end = amount_at(words, 0)
            .map(|r| r.end)
            .or_else(|| number_at(words, 0).map(|r| r.end))?;
        let said: Vec<_> = words[end..].iter().map(|t| t.low.as_str()).collect();
        let relation = match said.as_slice() {
            [] => Relation::Same,
            ["or", "more" | "higher" | "above" | "over" | "greater" | "up"] | ["and", "above" | "over" | "up"] => {
                Relation::AtLeast
            }
            ["or", "less" | "lower" | "below" | "under" | "fewer"] | ["and", "below" | "under"] => Relation::AtMost,
            _ => return None,
        };
        Some((relation, &words[..end]))
    }

    fn numeric_value(&self, subject: &Subject, amount: bool, plain: bool) -> Outcome<usize> {
        let money = |kind: &AttributeType| matches!(kind, AttributeType::Amount);
        let count = |kind: &AttributeType| matches!(kind, AttributeType::Integer | AttributeType::Decimal);
        let mut fits = if amount {
            self.candidates(subject, money)
        } else {
            self.candidates(subject, is_numeric)
        };
        if plain && fits.len() > 1 {
            let counts = self.candidates(subject, count);
            if counts.len() == 1 {
                fits = counts;
            }
        }
        if fits.len() > 1 {
            let telling = ["total", "amount", "pric", "valu", "cost"];
            for stem in telling {
                let told: Vec<_> = fits
                    .iter()
                    .copied()
                    .filter(|at| self.names.value(*at).field_stems.iter().any(|s| s.text == stem))
                    .collect();
                if told.len() == 1 {
                    return Ok(told[0]);
                }
            }
            return Err(Trouble::Ambiguous(fits));
        }
        match (fits.first(), subject) {
            (Some(at), _) => Ok(*at),
            (None, Subject::Value(at, _)) => {
                let label = &self.names.value(*at).label;
                let other = if amount { "an amount of money" } else { "a number" };
                Err(Trouble::Mismatch(format!(
                    "\u{201c}{label}\u{201d} is compared like {other}, but it is none."
                )))
            }
            (None, _) => Err(Trouble::NotClear),
        }
    }

    /// Numbers of a list's items, for the caller that found the list.
    pub(in crate::read::conditions) fn counted(&self, at: usize, relation: Relation, number: i64) -> Option<Condition> {
        let subject = Operand::Count {
            reference: self.names.value(at).reference.clone(),
        };
        let than = Operand::Constant {
            value: Value::Integer(number),
        };
        Some(Condition::Test {
            subject,
            comparison: numeric_comparison(relation, than)?,
        })
    }
}
