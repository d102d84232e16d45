//! Whole weeks: "last week", "the week of 9 November". A week is told by the day it ends or begins.

use jiff::civil::Date;
use taskwright_domain::Value;

use super::relative::{add_days, week_start};
use super::{Candidate, Line, Strength, ValueContext, days, number_at};

/// Which day tells a week.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum WeekDay {
    /// Its first one.
    First,
    /// Its last one.
    Last,
}

/// Every week of the text; a day stands for the week it is in.
pub(crate) fn find(line: &Line, told_by: WeekDay, context: &ValueContext<'_>) -> Vec<Candidate> {
    let today = context.today();
    let day_in = |weeks: i64| add_days(today, weeks * 7);
    let mut found = Vec::new();
    for at in 0..line.len() {
        let Some((to, weeks)) = week_at(line, at) else { continue };
        if let Some(value) = day_in(weeks).and_then(|day| told(day, told_by, context)) {
            found.push(Candidate::new(line, at, to, value, Strength::Strong));
        }
    }
    let apart = |day: &Candidate| found.iter().all(|week| week.to <= day.from || day.to <= week.from);
    let of_days: Vec<Candidate> = days::find(line, context)
        .into_iter()
        .filter(apart)
        .filter_map(|day| {
            let Value::Date(date) = day.value else { return None };
            Some(Candidate {
                value: told(date, told_by, context)?,
                ..day
            })
        })
        .collect();
    found.extend(of_days);
    found
}

/// The day that tells the week a day is in.
fn told(day: Date, told_by: WeekDay, context: &ValueContext<'_>) -> Option<Value> {
    let first = week_start(day, context)?;
    let day = match told_by {
        WeekDay::First => first,
        WeekDay::Last => add_days(first, 6)?,
    };
    Some(Value::Date(day))
}

/// "last week", "two weeks ago", "the week before last": one past its last token, and how many weeks from this one.
fn week_at(line: &Line, at: usize) -> Option<(usize, i64)> {
    if line.starts(at, &["week", "before", "last"]) {
        return Some((at + 3, -2));
    }
    if line.is(at + 1, &["week", "week's"]) {
        let weeks = match line.word(at) {
            "last" | "past" | "previous" | "prior" if line.before(at, 1) != "before" => -1,
            "this" | "current" => 0,
            "next" | "coming" | "following" => 1,
            _ => return None,
        };
        return Some((at + 2, weeks));
    }
    let number = number_at(line, at).filter(|number| number.value.is_integer())?;
    let ago = line.is(number.to, &["week", "weeks"]) && line.is(number.to + 1, &["ago", "back"]);
    let weeks = i64::try_from(number.value.mantissa())
        .ok()
        .filter(|weeks| *weeks < 200)?;
    ago.then_some((number.to + 2, -weeks))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::values::trial::{now, settings, shown};

    #[test]
    fn a_week_is_told_by_the_day_it_ends() {
        let settings = settings();
        let context = ValueContext {
            settings: &settings,
            now: now(),
        };
        // Today is Saturday, 21 November 2026.
        for (text, ends) in [
            ("LAST WEEK", "2026-11-15"),
            ("this week's", "2026-11-22"),
            ("two weeks ago", "2026-11-08"),
            ("the week before last", "2026-11-08"),
            ("the week of 4 November", "2026-11-08"),
            ("15 November", "2026-11-15"),
        ] {
            let found = find(&Line::new(text), WeekDay::Last, &context);
            let days: Vec<_> = found.iter().map(|week| shown(&week.value)).collect();
            assert_eq!(days, [ends], "{text}");
        }
    }
}
