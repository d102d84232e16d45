//! Days relative to today: "tomorrow", "two weeks ago", "next Friday", "the 3rd".

use jiff::civil::{self, Date};
use jiff::{Span, ToSpan};
use taskwright_domain::{Period, PeriodUnit, Weekday};

use super::days::DayAt;
use super::line::Line;
use super::numbers::ordinal_at;
use super::periods::period_at;
use super::{Strength, ValueContext};

/// What the words before a date say about when it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tense {
    /// "bought on".
    Past,
    /// "until".
    Future,
    /// Nothing.
    Unsaid,
}

const PAST: [&str; 30] = [
    "bought",
    "ordered",
    "purchased",
    "paid",
    "received",
    "arrived",
    "came",
    "was",
    "were",
    "did",
    "since",
    "happened",
    "shipped",
    "delivered",
    "returned",
    "sent",
    "charged",
    "last",
    "past",
    "previous",
    "started",
    "stayed",
    "left",
    "noticed",
    "born",
    "got",
    "broke",
    "stopped",
    "tried",
    "signed",
];
const FUTURE: [&str; 26] = [
    "will",
    "want",
    "need",
    "book",
    "booking",
    "reserve",
    "reservation",
    "appointment",
    "until",
    "till",
    "by",
    "next",
    "coming",
    "upcoming",
    "for",
    "can",
    "could",
    "would",
    "going",
    "leave",
    "leaving",
    "arrive",
    "return",
    "plan",
    "i'll",
    "we'll",
];

/// The tense the nearest telling word before a token gives, within its sentence.
pub(crate) fn tense(line: &Line, at: usize) -> Tense {
    for back in 1..=8 {
        let Some(i) = at.checked_sub(back) else { break };
        if line.is(i, &[".", "!", "?", ";"]) {
            break;
        }
        // "Half past 3" speaks of no past.
        let clock = line.is(i, &["past"])
            && (line.is(i.wrapping_sub(1), &["half", "quarter"]) || super::number_at(line, i + 1).is_some());
        if line.is(i, &PAST) && !clock {
            return Tense::Past;
        }
        if line.is(i, &FUTURE) {
            return Tense::Future;
        }
    }
    Tense::Unsaid
}

/// The weekday a word names.
pub(crate) fn weekday(word: &str) -> Option<civil::Weekday> {
    Some(match word {
        "monday" | "mon" => civil::Weekday::Monday,
        "tuesday" | "tue" | "tues" => civil::Weekday::Tuesday,
        "wednesday" | "wed" | "weds" => civil::Weekday::Wednesday,
        "thursday" | "thu" | "thur" | "thurs" => civil::Weekday::Thursday,
        "friday" | "fri" => civil::Weekday::Friday,
        "saturday" | "sat" => civil::Weekday::Saturday,
        "sunday" | "sun" => civil::Weekday::Sunday,
        _ => return None,
    })
}

pub(super) fn week_start(today: Date, context: &ValueContext<'_>) -> Option<Date> {
    let first = match context.settings.first_day_of_week {
        Weekday::Monday => civil::Weekday::Monday,
        Weekday::Tuesday => civil::Weekday::Tuesday,
        Weekday::Wednesday => civil::Weekday::Wednesday,
        Weekday::Thursday => civil::Weekday::Thursday,
        Weekday::Friday => civil::Weekday::Friday,
        Weekday::Saturday => civil::Weekday::Saturday,
        Weekday::Sunday => civil::Weekday::Sunday,
    };
    add_days(today, -i64::from(today.weekday().since(first)))
}

pub(super) fn add_days(day: Date, days: i64) -> Option<Date> {
    day.checked_add(Span::new().try_days(days).ok()?).ok()
}

/// The day a period before or after another; working days skip weekends and holidays.
pub(crate) fn moved(day: Date, period: Period, back: bool, context: &ValueContext<'_>) -> Option<Date> {
    let count = if back {
        -i64::from(period.count)
    } else {
        i64::from(period.count)
    };
    let span = match period.unit {
        PeriodUnit::Minutes | PeriodUnit::Hours => return None,
        PeriodUnit::WorkingDays => return working_days(day, period.count, back, context),
        PeriodUnit::Days => Span::new().try_days(count),
        PeriodUnit::Weeks => Span::new().try_weeks(count),
        PeriodUnit::Months => Span::new().try_months(count),
        PeriodUnit::Years => Span::new().try_years(count),
    };
    day.checked_add(span.ok()?).ok()
}

fn working_days(day: Date, count: u32, back: bool, context: &ValueContext<'_>) -> Option<Date> {
    let mut day = day;
    let mut left = count.min(1000);
    while left > 0 {
        day = add_days(day, if back { -1 } else { 1 })?;
        let weekend = matches!(day.weekday(), civil::Weekday::Saturday | civil::Weekday::Sunday);
        if !weekend && !context.settings.holidays.contains(&day) {
            left -= 1;
        }
    }
    Some(day)
}

/// The day relative to today that starts at a token.
pub(crate) fn day_at(line: &Line, at: usize, today: Date, context: &ValueContext<'_>) -> Option<DayAt> {
    named(line, at, today)
        .or_else(|| counted(line, at, today, context))
        .or_else(|| nth_weekday(line, at, today))
        .or_else(|| on_weekday(line, at, today, context))
        .or_else(|| in_month(line, at, today))
        .or_else(|| day_of_month(line, at, today))
        .or_else(|| feast(line, at, today))
}

fn named(line: &Line, at: usize, today: Date) -> Option<DayAt> {
    let (to, days) = match line.word(at) {
        "the" | "day" if line.starts(at + usize::from(line.word(at) == "the"), &["day"]) => {
            let day = at + usize::from(line.word(at) == "the");
            match (line.word(day + 1), line.word(day + 2)) {
                ("after", "tomorrow") => (day + 3, 2),
                ("before", "yesterday") => (day + 3, -2),
                _ => return None,
            }
        }
        "today" | "tonight" | "tonite" => (at + 1, 0),
        "tomorrow" | "tomorow" | "tommorow" | "tommorrow" | "tmrw" | "tmr" => (at + 1, 1),
        "yesterday" => (at + 1, -1),
        "this" if line.is(at + 1, &["morning", "afternoon", "evening"]) => (at + 2, 0),
        "later" if line.word(at + 1) == "today" => (at + 2, 0),
        "last" if line.word(at + 1) == "night" => (at + 2, -1),
        "same" if line.word(at + 1) == "day" => (at + 2, 0),
        _ => return None,
    };
    let strength = if line.word(at) == "same" {
        Strength::Weak
    } else {
        Strength::Strong
    };
    Some((to, add_days(today, days)?, strength))
}

/// "in 3 days", "two weeks ago", "a week from today".
fn counted(line: &Line, at: usize, today: Date, context: &ValueContext<'_>) -> Option<DayAt> {
    let ahead = usize::from(line.is(at, &["in", "within"]));
    let (to, period) = period_at(line, at + ahead)?;
    let late =
        |to: usize| line.is(to, &["ago", "back", "earlier", "before"]) && !line.is(to + 1, &["the", "my", "i", "to"]);
    if late(to) {
        return Some((to + 1, moved(today, period, true, context)?, Strength::Strong));
    }
    if line.word(to) == "from" && line.is(to + 1, &["now", "today", "tomorrow"]) {
        let start = add_days(today, i64::from(line.word(to + 1) == "tomorrow"))?;
        return Some((to + 2, moved(start, period, false, context)?, Strength::Strong));
    }
    if line.word(at) != "in" || line.is(to, &["a", "of"]) {
        return None;
    }
    let date = moved(today, period, false, context)?;
    // "In two weeks and three days."
    let more = (line.word(to) == "and").then(|| period_at(line, to + 1)).flatten();
    match more.and_then(|(end, rest)| Some((end, moved(date, rest, false, context)?))) {
        Some((end, date)) => Some((end, date, Strength::Strong)),
        None => Some((to, date, Strength::Strong)),
    }
}

/// "Friday", "next Monday", "last Tuesday", "Thursday next week", "this Saturday".
fn on_weekday(line: &Line, at: usize, today: Date, context: &ValueContext<'_>) -> Option<DayAt> {
    const WHICH: [&str; 6] = ["next", "last", "this", "coming", "past", "upcoming"];
    let lead = (0..3).take_while(|i| line.is(at + i, &WHICH)).count();
    let named = line.word(at + lead);
    let day = weekday(named)?;
    let to = at + lead + 1;
    // "sun", "sat" and "wed" are words too.
    if named.len() == 3 && lead == 0 && !line.capital(at) && !line.is(at.wrapping_sub(1), &["on", "for", "until", "by"])
    {
        return None;
    }
    let week = week_start(today, context)?;
    let in_week = |weeks: i64| add_days(week, weeks * 7 + i64::from(day.since(week.weekday())));
    if line.is(to, &["next", "last", "this"]) && line.word(to + 1) == "week" {
        let weeks = match line.word(to) {
            "next" => 1,
            "last" => -1,
            _ => 0,
        };
        return Some((to + 2, in_week(weeks)?, Strength::Strong));
    }
    let ahead = i64::from(day.since(today.weekday()));
    let back = -i64::from(today.weekday().since(day));
    let leads: Vec<&str> = (0..lead).map(|i| line.word(at + i)).collect();
    let date = if leads.contains(&"next") {
        in_week(1)?
    } else if leads.contains(&"last") || leads.contains(&"past") {
        add_days(today, if back == 0 { -7 } else { back })?
    } else if leads.is_empty() && tense(line, at) == Tense::Past {
        add_days(today, back)?
    } else {
        add_days(today, ahead)?
    };
    Some((to, date, Strength::Strong))
}

/// "The first Monday in April", "last Friday of next month".
fn nth_weekday(line: &Line, at: usize, today: Date) -> Option<DayAt> {
    let (next, nth) = match line.word(at) {
        "last" => (at + 1, -1),
        _ => ordinal_at(line, at).and_then(|(to, n)| Some((to, i8::try_from(n).ok()?)))?,
    };
    let day = weekday(line.word(next))?;
    let of = next + 1 + usize::from(line.is(next + 1, &["in", "of"]));
    if of == next + 1 {
        return None;
    }
    let (to, month) = if let Some(month) = super::days::month(line.word(of)) {
        let near = |years: i64| {
            Date::new(today.year(), month, 1)
                .ok()?
                .checked_add(Span::new().try_years(years).ok()?)
                .ok()
        };
        let this = near(0).filter(|first| first.last_of_month() >= today);
        (of + 1, this.or_else(|| near(1))?)
    } else {
        let ahead = match (line.word(of), line.word(of + 1)) {
            ("this" | "the", "month") => 0,
            ("next", "month") => 1,
            _ => return None,
        };
        (
            of + 2,
            today
                .first_of_month()
                .checked_add(Span::new().try_months(ahead).ok()?)
                .ok()?,
        )
    };
    Some((to, month.nth_weekday_of_month(nth, day).ok()?, Strength::Strong))
}

/// "the 3rd of next month", "12th of this month".
fn in_month(line: &Line, at: usize, today: Date) -> Option<DayAt> {
    let (to, day) = ordinal_at(line, at)?;
    let of = to + usize::from(line.word(to) == "of");
    if line.word(of + 1) != "month" {
        return None;
    }
    let months = match line.word(of) {
        "this" | "the" => 0,
        "next" => 1,
        "last" => -1,
        _ => return None,
    };
    let month = today
        .first_of_month()
        .checked_add(Span::new().try_months(months).ok()?)
        .ok()?;
    let date = Date::new(month.year(), month.month(), i8::try_from(day).ok()?).ok()?;
    Some((of + 2, date, Strength::Strong))
}

/// "the 3rd": of this month, or of the nearest one that fits the tense.
pub(crate) fn day_of_month(line: &Line, at: usize, today: Date) -> Option<DayAt> {
    let (to, day) = ordinal_at(line, at)?;
    let day = i8::try_from(day).ok().filter(|d| (1..=31).contains(d))?;
    let written = line.digits(at).is_some();
    let led = line.is(
        at.wrapping_sub(1),
        &["the", "on", "until", "till", "til", "from", "to", "by", "through"],
    );
    let followed = line.is_break(to) || line.is(to, &FOLLOWS);
    let strength = if written && led && followed {
        Strength::Strong
    } else {
        Strength::Weak
    };
    let past = tense(line, at) == Tense::Past;
    let fits = |d: &Date| if past { *d <= today } else { *d >= today };
    let month = |i: i64| today.first_of_month().checked_add(Span::new().try_months(i).ok()?).ok();
    let date = (0..12)
        .filter_map(|i| month(if past { -i } else { i }))
        .filter_map(|m| Date::new(m.year(), m.month(), day).ok())
        .find(fits)?;
    Some((to, date, strength))
}

/// Words that may follow "the 3rd" when it is a day ("the 3rd floor" is none).
const FOLLOWS: [&str; 42] = [
    "at", "to", "until", "till", "for", "from", "please", "and", "in", "is", "or", "through", "around", "then",
    "instead", "would", "will", "works", "if", "i", "we", "about", "by", "with", "after", "before", "thanks", "thank",
    "sounds", "should", "as", "but", "so", "this", "was", "when", "can", "would", "on", "because", "between", "that",
];

/// Days everybody knows by name.
fn feast(line: &Line, at: usize, today: Date) -> Option<DayAt> {
    let (to, month, day) = match (line.word(at), line.word(at + 1)) {
        ("christmas", "eve") => (at + 2, 12, 24),
        ("christmas", "day") => (at + 2, 12, 25),
        ("boxing", "day") => (at + 2, 12, 26),
        ("christmas", _) => (at + 1, 12, 25),
        ("new", "year's" | "years") if line.is(at + 2, &["eve", "day"]) => {
            let eve = line.word(at + 2) == "eve";
            (at + 3, if eve { 12 } else { 1 }, if eve { 31 } else { 1 })
        }
        ("valentine's" | "valentines", "day") => (at + 2, 2, 14),
        ("halloween", _) => (at + 1, 10, 31),
        _ => return None,
    };
    let this_year = Date::new(today.year(), month, day).ok()?;
    let date = match tense(line, at) {
        Tense::Past if this_year > today => this_year.checked_sub(1.year()).ok()?,
        Tense::Past => this_year,
        _ if this_year < today => this_year.checked_add(1.year()).ok()?,
        _ => this_year,
    };
    Some((to, date, Strength::Strong))
}

#[cfg(test)]
mod tests {
    use taskwright_domain::{AttributeType::Date, Settings, Weekday};

    use crate::values::trial::{finds, hold, settings};

    // All against Wednesday, 18 November 2026.
    #[test]
    fn days_are_read_relative_to_today() {
        hold(
            &Date,
            &[
                ("today", "today=2026-11-18"),
                ("tomorrow night", "tomorrow=2026-11-19"),
                ("yesterday", "yesterday=2026-11-17"),
                ("tonight", "tonight=2026-11-18"),
                ("the day after tomorrow", "the day after tomorrow=2026-11-20"),
                ("the day before yesterday", "the day before yesterday=2026-11-16"),
                ("two weeks ago", "two weeks ago=2026-11-04"),
                ("in 3 days", "in 3 days=2026-11-21"),
                ("a week from today", "a week from today=2026-11-25"),
                ("3 months ago", "3 months ago=2026-08-18"),
                ("in a year", "in a year=2027-11-18"),
                ("in 2 weeks and 3 days", "in 2 weeks and 3 days=2026-12-05"),
                ("a couple of days ago", "a couple of days ago=2026-11-16"),
                ("in 3 working days", "in 3 working days=2026-11-23"),
                ("last night", "last night=2026-11-17"),
                ("this morning", "this morning=2026-11-18"),
            ],
        );
    }

    #[test]
    fn weekdays_are_read_relative_to_today_and_the_week() {
        hold(
            &Date,
            &[
                ("on Friday", "Friday=2026-11-20"),
                ("next Friday", "next Friday=2026-11-27"),
                ("this Friday", "this Friday=2026-11-20"),
                ("last Monday", "last Monday=2026-11-16"),
                ("last Wednesday", "last Wednesday=2026-11-11"),
                ("Wednesday", "Wednesday=2026-11-18"),
                ("Thursday next week", "Thursday next week=2026-11-26"),
                ("Saturday this week", "Saturday this week=2026-11-21"),
                ("I bought it on Monday", "Monday=2026-11-16"),
                ("I want it on Monday", "Monday=2026-11-23"),
                ("on fri", "fri=2026-11-20"),
                ("Tuesday last week", "Tuesday last week=2026-11-10"),
            ],
        );
        let sunday_first = Settings {
            first_day_of_week: Weekday::Sunday,
            ..settings()
        };
        assert_eq!(
            finds(&Date, "next Sunday", &sunday_first),
            "next Sunday=2026-11-22",
            "the week of the settings counts"
        );
    }

    #[test]
    fn a_day_of_the_month_is_the_next_one_or_the_last_one() {
        hold(
            &Date,
            &[
                ("on the 3rd", "3rd=2026-12-03"),
                ("the 20th please", "20th=2026-11-20"),
                ("it arrived on the 3rd", "3rd=2026-11-03"),
                ("12th of this month", "12th of this month=2026-11-12"),
                ("the first Monday in December", "first Monday in December=2026-12-07"),
                ("the last Friday of next month", "last Friday of next month=2026-12-25"),
                ("the 3rd of next month", "3rd of next month=2026-12-03"),
                ("the 2nd option", ""),
                ("3rd floor", ""),
                ("Christmas Eve", "Christmas Eve=2026-12-24"),
                ("in a hurry", ""),
                ("next week", ""),
            ],
        );
    }
}
