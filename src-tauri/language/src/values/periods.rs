//! Lengths of time: "40 days", "two weeks", "24h", "half an hour".

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use taskwright_domain::{Period, PeriodUnit, Span};

use super::line::Line;
use super::numbers::number_at;

/// The unit a word names.
pub(crate) fn unit(word: &str) -> Option<PeriodUnit> {
    Some(match word {
        "minute" | "minutes" | "min" | "mins" => PeriodUnit::Minutes,
        "hour" | "hours" | "hr" | "hrs" | "h" => PeriodUnit::Hours,
        "day" | "days" | "night" | "nights" => PeriodUnit::Days,
        "week" | "weeks" | "wk" | "wks" => PeriodUnit::Weeks,
        "month" | "months" => PeriodUnit::Months,
        "year" | "years" | "yr" | "yrs" => PeriodUnit::Years,
        _ => return None,
    })
}

/// A length of time that starts at a token: one past its last token, and how long.
pub(crate) fn period_at(line: &Line, at: usize) -> Option<(usize, Period)> {
    if line.is(at, &["half"]) && line.is(at + 1, &["an", "a"]) && line.is(at + 2, &["hour", "day"]) {
        let period = if line.word(at + 2) == "hour" {
            (30, PeriodUnit::Minutes)
        } else {
            (12, PeriodUnit::Hours)
        };
        return Some((
            at + 3,
            Period {
                count: period.0,
                unit: period.1,
            },
        ));
    }
    if line.is(at, &["fortnight"]) {
        return Some((
            at + 1,
            Period {
                count: 2,
                unit: PeriodUnit::Weeks,
            },
        ));
    }
    let (mut to, count) = match number_at(line, at) {
        Some(number) => (number.to, number.value),
        None if line.is(at, &["a", "an"]) => (at + 1, Decimal::ONE),
        None => return None,
    };
    if line.is(to, &["-"]) && line.glued(to) {
        to += 1;
    }
    if line.is(to, &["full", "whole", "calendar", "more"]) {
        to += 1;
    }
    if line.is(to, &["working", "business", "work"]) && line.is(to + 1, &["day", "days"]) {
        return Some((
            to + 2,
            Period {
                count: count.to_u32()?,
                unit: PeriodUnit::WorkingDays,
            },
        ));
    }
    if line.is(to, &["fortnight", "fortnights"]) {
        return Some((
            to + 1,
            Period {
                count: count.to_u32()?.checked_mul(2)?,
                unit: PeriodUnit::Weeks,
            },
        ));
    }
    whole(count, unit(line.word(to))?).map(|period| (to + 1, period))
}

/// A period of a whole count: "one and a half hours" are 90 minutes.
fn whole(count: Decimal, unit: PeriodUnit) -> Option<Period> {
    let (times, smaller) = match unit {
        _ if count.is_integer() => (1, unit),
        PeriodUnit::Hours => (60, PeriodUnit::Minutes),
        PeriodUnit::Days => (24, PeriodUnit::Hours),
        PeriodUnit::Weeks => (7, PeriodUnit::Days),
        PeriodUnit::Years => (12, PeriodUnit::Months),
        _ => return None,
    };
    let count = count.checked_mul(Decimal::from(times))?;
    Some(Period {
        count: count.round().to_u32()?,
        unit: smaller,
    })
}

/// Every length of time in the text.
pub(crate) fn find(line: &Line) -> Vec<(Span, Period)> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < line.len() {
        match period_at(line, at) {
            Some((to, period)) => {
                found.push((line.span(at, to), period));
                at = to;
            }
            None => at += 1,
        }
    }
    found
}
