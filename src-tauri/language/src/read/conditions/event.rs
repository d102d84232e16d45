//! Days and instants: "shipped more than 30 days ago", "the trial ends within 3 days", "before the deadline".

use taskwright_domain::{AttributeType, Comparison, Condition, Operand, PeriodUnit};

use super::super::constants::{date_at, period_at};
use super::super::names::{Lookup, Prefer};
use super::super::token::Token;
use super::super::weekdays::{time_at, weekdays};
use super::compare::{Direction, Relation, relation_at, timed};
use super::subject::Subject;
use super::{Conditions, Outcome, Trouble, refer};

/// Stems of what happens when something comes into being.
const BEGINNINGS: [&str; 12] = [
    "order", "plac", "purchas", "buy", "mak", "creat", "open", "book", "dat", "submit", "issu", "start",
];

impl Conditions<'_, '_> {
    /// A comparison of a date with the words; negation is the caller's.
    pub(super) fn about_a_date(&self, subject: &Subject, words: &[Token<'_>]) -> Outcome<(Condition, usize)> {
        let (event, rest) = self.event(subject, words);
        if rest.is_empty() {
            return Err(Trouble::NotClear);
        }
        // "the amount is more than 5 EUR" must not look for dates.
        let (relation, after) = match relation_at(rest, 0) {
            Some((relation, after)) => (Some(relation), after),
            None => (None, 0),
        };
        let tail = &rest[after..];
        if let Some((period, end)) = period_at(tail, 0).map(|read| (read.value, read.end)) {
            let at = match self.date_of(subject, event) {
                // "within 48 hours of the trial's end": that end is not meant to lie within hours of itself.
                Err(Trouble::Ambiguous(several)) => {
                    let base = self.named_in(&tail[end..]);
                    let others: Vec<_> = several.iter().copied().filter(|at| Some(*at) != base).collect();
                    let about = self.said.about.as_deref();
                    match others.as_slice() {
                        [at] if base.is_some() && about == Some(&self.names.value(*at).reference) => *at,
                        _ => return Err(Trouble::Ambiguous(several)),
                    }
                }
                other => other?,
            };
            let comparison = self.period_comparison(at, relation, period, &tail[end..])?;
            return Ok((self.dated(at, comparison), at));
        }
        let comparison = self.fixed(relation, tail)?;
        let at = self.date_of(subject, event)?;
        Ok((self.dated(at, comparison), at))
    }

    /// The value behind "of", "after" or "before".
    fn named_in(&self, tail: &[Token<'_>]) -> Option<usize> {
        let prefer = Prefer {
            askable: false,
            owner: self.said.it.as_deref(),
        };
        match self.names.lookup(tail.get(1..)?, prefer) {
            Lookup::One { at, .. } => Some(at),
            _ => None,
        }
    }

    fn dated(&self, at: usize, comparison: Comparison) -> Condition {
        Condition::Test {
            subject: refer(&self.names.value(at).reference),
            comparison,
        }
    }

    /// The word that says what happened, and the words after it.
    fn event<'t, 'a>(&self, subject: &Subject, words: &'t [Token<'a>]) -> (Option<&'t Token<'a>>, &'t [Token<'a>]) {
        let Some(first) = words.first() else {
            return (None, words);
        };
        if relation_at(words, 0).is_some() || period_at(words, 0).is_some() || date_at(words, 0).is_some() {
            return (None, words);
        }
        let happens = self
            .candidates(subject, |kind| {
                matches!(kind, AttributeType::Date | AttributeType::DateTime)
            })
            .iter()
            .any(|at| self.names.value(*at).field_stems.iter().any(|s| s.akin(first)));
        let begins = BEGINNINGS.contains(&first.stem.as_str());
        if happens || begins {
            (Some(first), &words[1..])
        } else {
            (None, words)
        }
    }

    /// The date that is meant.
    fn date_of(&self, subject: &Subject, event: Option<&Token<'_>>) -> Outcome<usize> {
        let dates = self.candidates(subject, |kind| {
            matches!(kind, AttributeType::Date | AttributeType::DateTime)
        });
        if let Subject::Value(at, _) = subject
            && dates.is_empty()
        {
            let label = &self.names.value(*at).label;
            return Err(Trouble::Mismatch(format!("\u{201c}{label}\u{201d} is no date.")));
        }
        let looked_up: Vec<_> = dates
            .iter()
            .copied()
            .filter(|at| !self.names.value(*at).of_change)
            .collect();
        let dates = if looked_up.is_empty() { dates } else { looked_up };
        let begins = |at: &usize| {
            self.names
                .value(*at)
                .field_stems
                .iter()
                .any(|s| BEGINNINGS.contains(&s.text.as_str()))
        };
        let fits: Vec<usize> = match event {
            Some(event) => {
                let named = |at: &usize| self.names.value(*at).field_stems.iter().any(|s| s.akin(event));
                let named: Vec<_> = dates.iter().copied().filter(named).collect();
                let beginning = BEGINNINGS.contains(&event.stem.as_str());
                if named.is_empty() && beginning {
                    dates.iter().copied().filter(begins).collect()
                } else {
                    named
                }
            }
            None => dates.clone(),
        };
        match fits.as_slice() {
            [at] => Ok(*at),
            [] => Err(Trouble::NotClear),
            several => {
                let begun: Vec<_> = several.iter().copied().filter(begins).collect();
                match begun.as_slice() {
                    [at] => Ok(*at),
                    _ => Err(Trouble::Ambiguous(several.to_vec())),
                }
            }
        }
    }

    /// "… 30 days ago", "… 3 days away", "… 30 days of delivery".
    fn period_comparison(
        &self,
        at: usize,
        relation: Option<Relation>,
        period: taskwright_domain::Period,
        tail: &[Token<'_>],
    ) -> Outcome<Comparison> {
        let tail = super::trim(tail);
        let said: Vec<_> = tail.iter().map(|t| t.low.as_str()).collect();
        let later = self.is_ahead(at);
        let back_to = |words: &[&str]| words == said.as_slice();
        if back_to(&["or", "less"]) || back_to(&["or", "fewer"]) || back_to(&["or", "newer"]) {
            return timed(Relation::AtMost, period, Direction::Unsaid, later).ok_or(Trouble::NotClear);
        }
        if back_to(&["ago", "or", "less"]) {
            return timed(Relation::AtMost, period, Direction::Ago, later).ok_or(Trouble::NotClear);
        }
        let direction = match said.as_slice() {
            [] => Direction::Unsaid,
            ["ago" | "old" | "back" | "earlier"] | ["in", "the", "past"] => Direction::Ago,
            ["away" | "ahead" | "out"] | ["from", "now" | "today"] | ["in", "the", "future"] => Direction::Ahead,
            ["or", "more" | "older" | "longer"] | ["ago", "or", "more"] => return self.at_least_ago(period),
            ["of" | "after" | "from" | "before", ..] => return self.around(relation, period, tail),
            _ => return Err(Trouble::NotClear),
        };
        let relation = match relation {
            None if direction == Direction::Ago => Relation::Same,
            None => return Err(Trouble::NotClear),
            Some(Relation::AtLeast) if direction != Direction::Ahead => return self.at_least_ago(period),
            Some(relation) => relation,
        };
        timed(relation, period, direction, later).ok_or(Trouble::NotClear)
    }

    /// Exactly so long ago counts as well.
    fn at_least_ago(&self, period: taskwright_domain::Period) -> Outcome<Comparison> {
        let base = if matches!(period.unit, PeriodUnit::Minutes | PeriodUnit::Hours) {
            Operand::Now
        } else {
            Operand::Today
        };
        Ok(Comparison::AtMost {
            than: Operand::Shifted {
                base: Box::new(base),
                by: period,
                back: true,
            },
        })
    }

    /// "within 48 hours of the trial's end", "within 30 days of delivery".
    fn around(
        &self,
        relation: Option<Relation>,
        period: taskwright_domain::Period,
        tail: &[Token<'_>],
    ) -> Outcome<Comparison> {
        let back = tail[0].is("before");
        let said = &tail[1..];
        let base = match said {
            [one] if one.is("today") => Operand::Today,
            [one] if one.is("now") => Operand::Now,
            _ => {
                let prefer = Prefer {
                    askable: false,
                    owner: self.said.it.as_deref(),
                };
                match self.names.lookup(said, prefer) {
                    Lookup::One { at, .. } if self.names.value(at).is_date() => refer(&self.names.value(at).reference),
                    _ => return Err(Trouble::NotClear),
                }
            }
        };
        let moved = |back: bool| Operand::Shifted {
            base: Box::new(base.clone()),
            by: period,
            back,
        };
        let shifted = moved(back);
        // "within 48 hours of the trial's end": before or after a day that is planned.
        let either = tail[0].is("of")
            && matches!(&base, Operand::Reference { reference }
                if self.names.reference(reference).is_some_and(|at| self.is_ahead(at)));
        match relation {
            Some(Relation::Within) if either => Ok(Comparison::Between {
                low: moved(true),
                high: shifted,
            }),
            Some(Relation::Within | Relation::AtMost | Relation::Less) if back => Ok(Comparison::Between {
                low: shifted,
                high: base,
            }),
            Some(Relation::Within | Relation::AtMost | Relation::Less) => Ok(Comparison::Between {
                low: base,
                high: shifted,
            }),
            Some(Relation::More) if back => Ok(Comparison::Before { than: shifted }),
            Some(Relation::More) => Ok(Comparison::After { than: shifted }),
            _ => Err(Trouble::NotClear),
        }
    }

    /// "before today", "after 31 January 2026", "in the past", "today", "tomorrow".
    fn fixed(&self, relation: Option<Relation>, words: &[Token<'_>]) -> Outcome<Comparison> {
        let said: Vec<_> = words.iter().map(|t| t.low.as_str()).collect();
        let day = |count: u32, back: bool| Operand::Shifted {
            base: Box::new(Operand::Today),
            by: taskwright_domain::Period {
                count,
                unit: PeriodUnit::Days,
            },
            back,
        };
        if relation.is_none()
            && let Some(days) = weekdays(words)
        {
            return Ok(Comparison::OnWeekday { days });
        }
        if let Some(comparison) = at_time(relation, words) {
            return Ok(comparison);
        }
        match (relation, said.as_slice()) {
            (None, ["in", "the", "past"] | ["past" | "over" | "passed"]) => {
                return Ok(Comparison::Before { than: Operand::Today });
            }
            (None, ["in", "the", "future"]) => return Ok(Comparison::After { than: Operand::Today }),
            (Some(Relation::InLast), []) => return Ok(Comparison::Before { than: Operand::Today }),
            _ => {}
        }
        let (operand, end) = match said.as_slice() {
            ["today", ..] => (Operand::Today, 1),
            ["now", ..] => (Operand::Now, 1),
            ["tomorrow", ..] => (day(1, false), 1),
            ["yesterday", ..] => (day(1, true), 1),
            _ => match date_at(words, 0) {
                Some(read) => (
                    Operand::Constant {
                        value: taskwright_domain::Value::Date(read.value),
                    },
                    read.end,
                ),
                None => (self.other_date(relation, words)?, words.len()),
            },
        };
        if end < words.len() {
            return match (relation, &said[end..]) {
                (None, ["or", "tomorrow"]) if operand == Operand::Today => Ok(Comparison::Between {
                    low: Operand::Today,
                    high: day(1, false),
                }),
                _ => Err(Trouble::NotClear),
            };
        }
        Ok(match relation {
            None | Some(Relation::Same) => Comparison::Is { to: operand },
            Some(Relation::Before | Relation::Less | Relation::Older) => Comparison::Before { than: operand },
            Some(Relation::After | Relation::More | Relation::Newer) => Comparison::After { than: operand },
            Some(Relation::Since | Relation::AtLeast) => Comparison::AtLeast { than: operand },
            _ => return Err(Trouble::NotClear),
        })
    }

    fn other_date(&self, relation: Option<Relation>, words: &[Token<'_>]) -> Outcome<Operand> {
        if relation.is_none() {
            return Err(Trouble::NotClear);
        }
        match self.names.lookup(
            words,
            Prefer {
                askable: false,
                owner: self.said.it.as_deref(),
            },
        ) {
            Lookup::One { at, .. } if self.names.value(at).is_date() => Ok(refer(&self.names.value(at).reference)),
            _ => Err(Trouble::NotClear),
        }
    }

    /// Whether a date usually lies ahead.
    fn is_ahead(&self, at: usize) -> bool {
        const AHEAD: [&str; 22] = [
            "renew",
            "renewal",
            "expir",
            "expiri",
            "du",
            "due",
            "check",
            "end",
            "start",
            "depart",
            "departur",
            "arriv",
            "arrival",
            "next",
            "deadlin",
            "appointment",
            "until",
            "estimat",
            "expect",
            "begin",
            "slot",
            "visit",
        ];
        let value = self.names.value(at);
        let field = value.reference.rsplit('.').next().unwrap_or(&value.reference);
        if field
            .split('_')
            .any(|part| part.ends_with("ed") || matches!(part, "sent" | "bought" | "paid"))
        {
            return false;
        }
        value.field_stems.iter().any(|s| AHEAD.contains(&s.text.as_str()))
            || value.reference.contains("until")
            || value.reference.contains("check_in")
            || value.reference.contains("_by")
    }
}

/// "before 5 pm", "at or after 18:00".
pub(super) fn at_time(relation: Option<Relation>, words: &[Token<'_>]) -> Option<Comparison> {
    let (relation, words) = match words {
        [at, or, rest @ ..] if relation.is_none() && at.is("at") && or.is("or") => {
            let (relation, after) = relation_at(rest, 0)?;
            let included = match relation {
                Relation::After => Relation::AtLeast,
                Relation::Before => Relation::AtMost,
                _ => return None,
            };
            (included, &rest[after..])
        }
        _ => (relation?, words),
    };
    let read = time_at(words, 0)?;
    let than = Operand::Constant {
        value: taskwright_domain::Value::Time(read.value),
    };
    let tail: Vec<_> = words[read.end..].iter().map(|t| t.low.as_str()).collect();
    Some(match (relation, tail.as_slice()) {
        (Relation::Before | Relation::Less, []) => Comparison::Before { than },
        (Relation::After | Relation::More, []) => Comparison::After { than },
        (Relation::AtLeast, []) => Comparison::AtLeast { than },
        (Relation::AtMost, []) => Comparison::AtMost { than },
        _ => return None,
    })
}
