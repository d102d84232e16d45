//! Conditions joined by "and" and "or", and what they share.

use taskwright_domain::Condition;

use super::asides::trim;
use super::opposite::negate;
use super::subject::Subject;
use super::{Conditions, Got, Outcome, Trouble, refer};
use crate::read::names::{Lookup, Prefer};
use crate::read::token::{Kind, Token};

impl<'n, 'c> Conditions<'n, 'c> {
    pub(super) fn compound(&self, words: &[Token<'_>], subject: Option<&Subject>) -> Outcome<Got> {
        let words = trim(words);
        if words.is_empty() || self.budget.get() == 0 {
            return Err(Trouble::NotClear);
        }
        self.budget.set(self.budget.get() - 1);
        let (words, negated) = match words {
            [first, rest @ ..] if first.is("neither") => (rest, true),
            [first, rest @ ..] if first.any(&["either", "both"]) && !rest.first().is_some_and(|t| t.is("of")) => {
                (rest, false)
            }
            words => (words, false),
        };
        let mut trouble = Trouble::NotClear;
        let joints = Joints::of(words);
        if !negated && !joints.two_clauses {
            match self.atom(words, subject) {
                Ok(got) => return Ok(got),
                Err(why) => trouble = trouble.or(why),
            }
        }
        let has_or = words.iter().any(|t| t.any(&["or", "nor"]));
        // "A or B, and C": the comma parts what "or" joins from what comes after it.
        if has_or
            && !negated
            && let Some(comma) = words
                .windows(2)
                .rposition(|pair| pair[0].mark(',') && pair[1].any(&["and", "but"]))
            && let Ok(left) = self.compound(&words[..comma], subject)
        {
            let about = left.subject.clone();
            for subject in [subject, Some(&about)] {
                if let Ok(right) = self.compound(&words[comma + 2..], subject) {
                    return Ok(together(left, right, false));
                }
            }
        }
        // "is A or B and the other is C": that "or" only lists what one thing may be.
        let found = if has_or && joints.and_of_clauses && !joints.or_of_clauses {
            self.joined(words, subject, false)
                .or_else(|_| self.joined(words, subject, true))
        } else if has_or {
            self.joined(words, subject, true)
        } else {
            Err(Trouble::NotClear)
        };
        let found = found.or_else(|why| self.joined(words, subject, false).map_err(|other| why.or(other)));
        match found {
            Ok(got) if negated => Ok(Got {
                condition: negate(got.condition),
                ..got
            }),
            Ok(got) => Ok(got),
            Err(why) => Err(trouble.or(why)),
        }
    }

    fn joined(&self, words: &[Token<'_>], subject: Option<&Subject>, any: bool) -> Outcome<Got> {
        let clauses = Joints::of(words);
        let joins = |t: &Token<'_>| match t.kind {
            Kind::Word if any => t.any(&["or", "nor"]),
            Kind::Word => t.any(&["and", "but"]),
            Kind::Mark(',') => true,
            Kind::Mark('&' | '+') => !any,
            Kind::Mark('/') => any,
            _ => false,
        };
        let mut trouble = Trouble::NotClear;
        let mut places_tried = 0;
        let places = (1..words.len().saturating_sub(1))
            .filter(|at| joins(&words[*at]))
            // Where clauses are joined, the joints between them part the whole.
            .filter(|at| {
                let parts = if any {
                    clauses.or_of_clauses && clauses.and_of_clauses
                } else {
                    clauses.and_of_clauses
                };
                !parts || begins_clause(&words[at + 1..])
            })
            .take(8);
        for at in places {
            let left = match self.compound(&words[..at], subject) {
                Ok(left) => left,
                Err(why) => {
                    if let Some(both) = self.both_subjects(&words[..at], &words[at + 1..], subject, any) {
                        return Ok(both);
                    }
                    trouble = trouble.or(why);
                    // One half is clear: the whole is no yes-or-no of its own.
                    if places_tried == 0 && self.compound(&words[at + 1..], subject).is_ok() {
                        let rest = words[..at].iter().map(|t| t.text).collect::<Vec<_>>().join(" ");
                        trouble = trouble.or(Trouble::Half(rest));
                    }
                    places_tried += 1;
                    continue;
                }
            };
            let owner = match &left.subject {
                Subject::Value(at, _) => self.names.value(*at).owner.clone().map(Subject::Thing),
                _ => None,
            };
            let related = self.related_amount(&left.condition);
            for subject in [Some(left.subject.clone()), related, owner].into_iter().flatten() {
                match self.compound(&words[at + 1..], Some(&subject)) {
                    Ok(right) => return Ok(together(left, right, any)),
                    Err(why) => {
                        let rest = words[at + 1..].iter().map(|t| t.text).collect::<Vec<_>>().join(" ");
                        trouble = trouble.or(why).or(Trouble::Half(rest));
                    }
                }
            }
        }
        Err(trouble)
    }

    /// "it was charged in May and under 200 USD": the amount that goes with the day, by a word of their names.
    fn related_amount(&self, left: &Condition) -> Option<Subject> {
        let day = self.names.reference(left.references().first()?)?;
        let day = self.names.value(day);
        if !day.is_date() {
            return None;
        }
        let related: Vec<_> = self
            .names
            .of_owner(day.owner.as_deref()?)
            .filter(|at| {
                let value = self.names.value(*at);
                let shared = value.field_stems.iter().any(|s| day.field_stems.contains(s));
                shared && matches!(value.kind, taskwright_domain::AttributeType::Amount)
            })
            .collect();
        // "charged_at" goes with "charged" before "next_charge".
        let event = day.reference.trim_end_matches("_at").trim_end_matches("_on");
        let same = related.iter().find(|at| self.names.value(**at).reference == event);
        match (same, related.as_slice()) {
            (Some(at), _) | (None, [at]) => Some(Subject::Value(*at, false)),
            _ => None,
        }
    }

    /// "the name or the address is missing": what is said of the second is said of the first.
    fn both_subjects(
        &self,
        first: &[Token<'_>],
        rest: &[Token<'_>],
        subject: Option<&Subject>,
        any: bool,
    ) -> Option<Got> {
        let prefer = Prefer {
            askable: false,
            owner: self.said.it.as_deref(),
        };
        let Lookup::One { at, sure: true } = self.names.lookup(first, prefer) else {
            return None;
        };
        let right = self.compound(rest, subject).ok()?;
        let Condition::Test {
            comparison: comparison @ (taskwright_domain::Comparison::Missing | taskwright_domain::Comparison::Present),
            ..
        } = &right.condition
        else {
            return None;
        };
        let condition = Condition::Test {
            subject: refer(&self.names.value(at).reference),
            comparison: comparison.clone(),
        };
        let left = Got {
            condition,
            sure: true,
            links: self.link(first, at),
            subject: Subject::Value(at, true),
        };
        Some(together(left, right, any))
    }
}

/// What "and" and "or" join in a condition.
#[derive(Debug, Clone, Copy, Default)]
struct Joints {
    /// A clause stands on either side of one of them: no single test says all.
    two_clauses: bool,
    /// An "and" is followed by a clause of its own.
    and_of_clauses: bool,
    /// An "or" is.
    or_of_clauses: bool,
}

impl Joints {
    fn of(words: &[Token<'_>]) -> Self {
        let mut found = Self::default();
        for (at, token) in words.iter().enumerate() {
            if !token.any(&["and", "but", "or", "nor"]) || !words[..at].iter().any(says) {
                continue;
            }
            if begins_clause(&words[at + 1..]) {
                found.two_clauses = true;
                found.and_of_clauses |= token.any(&["and", "but"]);
                found.or_of_clauses |= token.any(&["or", "nor"]);
            }
        }
        found
    }
}

/// Whether a finite verb stands in the words up to the next joint.
fn begins_clause(words: &[Token<'_>]) -> bool {
    let end = words
        .iter()
        .position(|t| t.any(&["and", "but", "or", "nor"]))
        .unwrap_or(words.len());
    words[..end].iter().any(says)
}

/// Verbs that make a clause a clause.
fn says(token: &Token<'_>) -> bool {
    token.any(&[
        "is", "are", "was", "were", "has", "have", "had", "does", "do", "did", "will", "can",
    ])
}

fn together(left: Got, right: Got, any: bool) -> Got {
    let mut parts = Vec::new();
    for condition in [left.condition, right.condition] {
        match condition {
            Condition::Any { parts: inner } if any => parts.extend(inner),
            Condition::All { parts: inner } if !any => parts.extend(inner),
            other => parts.push(other),
        }
    }
    let condition = if any {
        Condition::Any { parts }
    } else {
        Condition::All { parts }
    };
    let links = left.links.into_iter().chain(right.links).collect();
    Got {
        condition,
        sure: left.sure && right.sure,
        links,
        subject: left.subject,
    }
}
