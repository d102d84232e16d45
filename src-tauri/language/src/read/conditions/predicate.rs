//! What is said about a subject.

mod booleans;
mod numbers;
mod options;
mod pieces;
mod presence;
mod texts;

use taskwright_domain::{AttributeType, Comparison, Condition};

use super::compare::{Relation, relation_at};
use super::subject::Subject;
use super::{Conditions, Got, Outcome, Trouble, negate, refer};
use crate::read::constants::period_at;
use crate::read::token::{Kind, Token};
use crate::read::weekdays::{is_weekday, time_at};

use pieces::{AUXILIARIES, without_auxiliaries, without_relative};

/// A predicate read: the condition, and the value it looks at.
type Said = (Condition, Option<usize>);

impl Conditions<'_, '_> {
    /// One comparison, state or answer.
    pub(super) fn atom(&self, words: &[Token<'_>], inherited: Option<&Subject>) -> Outcome<Got> {
        if let Some(got) = self.special(words) {
            return Ok(got);
        }
        let mut trouble = Trouble::NotClear;
        let mut attempt = |at: usize, open: bool| {
            let (before, after) = words.split_at(at);
            // "value < 30": the mark belongs to what is said of the value.
            if before
                .last()
                .is_some_and(|t| matches!(t.kind, Kind::Mark('<' | '>' | '≤' | '≥' | '≠')))
            {
                return None;
            }
            // "starts at or after six": the joint belongs to what is said.
            if before.last().is_some_and(|t| t.any(&["or", "and", "nor", "than"])) {
                return None;
            }
            let before = without_relative(before);
            let pronoun = !before.is_empty()
                && before
                    .iter()
                    .all(|t| t.any(&["it", "this", "that", "they", "he", "she"]));
            let subject = match inherited {
                Some(inherited) if open || pronoun => Ok(inherited.clone()),
                _ if open => Ok(Subject::Open),
                _ => self.subject(before),
            };
            let found = subject.and_then(|subject| match self.predicate(&subject, after) {
                Ok((condition, value)) => Ok(self.got(condition, value, &subject, before, after)),
                Err(why) if matches!(subject, Subject::Open | Subject::Customer) && why.weight() < 3 => {
                    let (condition, value) = self.predicate(&Subject::Any, after).map_err(|_| why)?;
                    Ok(self.got(condition, value, &Subject::Any, before, after))
                }
                // "the verification failed" while its result is waited for.
                Err(why) => match (&self.said.waiting, &subject) {
                    (Some(key), Subject::Thing(owner)) if owner != key => {
                        let subject = Subject::Thing(key.clone());
                        let (condition, value) = self.predicate(&subject, after).map_err(|_| why)?;
                        Ok(self.got(condition, value, &subject, before, after))
                    }
                    _ => Err(why),
                },
            });
            match found {
                Ok(got) => Some(got),
                Err(why) => {
                    trouble = std::mem::replace(&mut trouble, Trouble::NotClear).or(why);
                    None
                }
            }
        };
        for at in (1..words.len()).filter(|at| words[*at].any(&AUXILIARIES)).take(4) {
            if let Some(got) = attempt(at, false) {
                return Ok(got);
            }
        }
        if let Some(got) = attempt(0, true) {
            return Ok(got);
        }
        for at in (1..words.len().min(7)).rev() {
            if let Some(got) = attempt(at, false) {
                return Ok(got);
            }
        }
        if let Some(got) = self.described(words) {
            return Ok(got);
        }
        let weekday = words.iter().any(|t| is_weekday(t) || t.is("holiday"));
        if weekday {
            return Err(Trouble::NotClear);
        }
        Err(if is_yes_or_no(words) {
            trouble.or(Trouble::YesNo)
        } else {
            trouble
        })
    }

    fn got(
        &self,
        condition: Condition,
        value: Option<usize>,
        subject: &Subject,
        before: &[Token<'_>],
        after: &[Token<'_>],
    ) -> Got {
        let sure = matches!((subject, value), (Subject::Value(a, true), Some(b)) if *a == b)
            || after.iter().chain(before).any(|t| t.kind == Kind::Pill);
        let words = if before.is_empty() { after } else { before };
        let links = value.map(|at| self.link(words, at)).unwrap_or_default();
        let subject = match (subject, value) {
            (Subject::Open, Some(at))
                if self.names.value(at).owner.is_some() && self.names.value(at).owner == self.said.it =>
            {
                self.it()
            }
            (Subject::Any, Some(at)) => match self.names.value(at).owner.clone() {
                Some(owner) => Subject::Thing(owner),
                None => Subject::Value(at, false),
            },
            (Subject::Open | Subject::OneOf(_) | Subject::Customer, Some(at)) => Subject::Value(at, false),
            (other, _) => other.clone(),
        };
        Got {
            condition,
            sure,
            links,
            subject,
        }
    }

    /// "delivered orders", "final sale items": what is said stands before the thing.
    fn described(&self, words: &[Token<'_>]) -> Option<Got> {
        let cut = words.len().checked_sub(1).filter(|cut| *cut > 0)?;
        let owner = self.names.object(&words[cut..])?;
        let subject = Subject::Thing(owner);
        let said: Vec<_> = words[..cut]
            .iter()
            .filter(|t| !t.any(&["the", "a", "an", "any", "all"]))
            .cloned()
            .collect();
        let (condition, value) = self.predicate(&subject, &said).ok()?;
        Some(self.got(condition, value, &subject, &words[cut..], &said))
    }

    fn predicate(&self, subject: &Subject, words: &[Token<'_>]) -> Outcome<Said> {
        let (negated, rest) = without_auxiliaries(words);
        let rest = match rest {
            [any, tail @ ..] if any.any(&["anything", "something"]) && relation_at(tail, 0).is_some() => tail,
            rest => rest,
        };
        if rest.is_empty() {
            return Err(Trouble::NotClear);
        }
        // "has shipped", "not shipped yet": what comes before or after in the order of the options.
        let perfect = words
            .iter()
            .take(words.len() - rest.len())
            .any(|t| t.any(&["has", "have", "had"]));
        if (perfect || self.yet.get())
            && let Some(said) = self.progressed(subject, rest, negated)
        {
            return Ok(said);
        }
        let mut trouble = Trouble::NotClear;
        let mut take = |found: Outcome<Said>| match found {
            Ok(said) => Some(said),
            Err(why) => {
                trouble = std::mem::replace(&mut trouble, Trouble::NotClear).or(why);
                None
            }
        };
        let timed = rest.iter().enumerate().any(|(at, t)| {
            t.any(&[
                "ago",
                "today",
                "tomorrow",
                "yesterday",
                "now",
                "past",
                "future",
                "before",
                "after",
                "since",
                "expired",
                "passed",
            ]) || is_weekday(t)
                || period_at(rest, at).is_some()
                || time_at(rest, at).is_some()
        });
        let found = if timed {
            take(
                self.about_a_date(subject, rest)
                    .map(|(condition, at)| (condition, Some(at))),
            )
        } else {
            None
        };
        let found = found
            .or_else(|| take(self.chosen_with(subject, rest)))
            .or_else(|| take(self.chosen(subject, rest)))
            .or_else(|| take(self.measured(subject, rest)))
            .or_else(|| take(self.known(subject, rest)))
            .or_else(|| take(self.has(subject, words)))
            .or_else(|| take(self.yes_or_no(subject, rest)))
            .or_else(|| take(self.codes(subject, rest)))
            .or_else(|| {
                if rest.len() < words.len() {
                    take(self.equal(subject, rest))
                } else {
                    None
                }
            })
            .or_else(|| take(self.happened(subject, rest)));
        match found {
            Some((condition, at)) if negated => Ok((negate(condition), at)),
            Some(said) => Ok(said),
            None => Err(trouble.or(self.no_such(subject, rest))),
        }
    }

    /// What is said of a known value fits it in no way.
    fn no_such(&self, subject: &Subject, words: &[Token<'_>]) -> Trouble {
        let Subject::Value(at, true) = subject else {
            return Trouble::NotClear;
        };
        let value = self.names.value(*at);
        let said = words.iter().map(|t| t.low.as_str()).collect::<Vec<_>>().join(" ");
        match value.kind {
            AttributeType::Amount
            | AttributeType::Integer
            | AttributeType::Decimal
            | AttributeType::Date
            | AttributeType::DateTime => Trouble::Mismatch(format!(
                "\u{201c}{said}\u{201d} cannot be compared with {}.",
                value.label
            )),
            _ => Trouble::Half(said),
        }
    }

    fn test(&self, at: usize, comparison: Comparison) -> Said {
        (
            Condition::Test {
                subject: refer(&self.names.value(at).reference),
                comparison,
            },
            Some(at),
        )
    }
}

/// Whether the words read as a statement that could be true or false.
fn is_yes_or_no(words: &[Token<'_>]) -> bool {
    let compared = words.iter().enumerate().any(|(at, t)| {
        t.kind == Kind::Number
            || relation_at(words, at).is_some_and(|(r, _)| {
                !matches!(
                    r,
                    Relation::Before | Relation::After | Relation::Within | Relation::Contains
                )
            })
    });
    words.len() >= 2 && words.len() <= 24 && !compared
}
