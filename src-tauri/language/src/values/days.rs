//! Calendar days: written dates. Days relative to today are in `relative`.

use jiff::civil::{self, Date};
use taskwright_domain::{DateOrder, Value};

use super::line::Line;
use super::numbers::ordinal_at;
use super::{Candidate, Strength, ValueContext, relative};

/// A day that starts at a token: one past its last token, the day, and how sure it is.
pub(crate) type DayAt = (usize, Date, Strength);

/// Every day of the text.
pub(crate) fn find(line: &Line, context: &ValueContext<'_>) -> Vec<Candidate> {
    let today = context.today();
    let mut found: Vec<Candidate> = Vec::new();
    let mut at = 0;
    while at < line.len() {
        let day = range_end(line, at, found.last()).or_else(|| day_at(line, at, today, context));
        match day {
            Some((to, date, strength)) => {
                found.push(Candidate::new(line, at, to, Value::Date(date), strength));
                at = to.max(at + 1);
            }
            None => at += 1,
        }
    }
    found
}

/// The day that starts at a token.
pub(crate) fn day_at(line: &Line, at: usize, today: Date, context: &ValueContext<'_>) -> Option<DayAt> {
    written(line, at, today, context)
        .or_else(|| after_weekday(line, at, today, context))
        .or_else(|| relative::day_at(line, at, today, context))
}

/// "Tuesday, 21 November": the weekday belongs to the date.
fn after_weekday(line: &Line, at: usize, today: Date, context: &ValueContext<'_>) -> Option<DayAt> {
    relative::weekday(line.word(at))?;
    let mut next = at + 1;
    while next < at + 4 && line.is(next, &[",", ".", "the", "on"]) {
        next += 1;
    }
    written(line, next, today, context).or_else(|| {
        let (to, date, _) = relative::day_of_month(line, next, today)?;
        Some((to, date, Strength::Strong))
    })
}

fn written(line: &Line, at: usize, today: Date, context: &ValueContext<'_>) -> Option<DayAt> {
    numeric(line, at, today, context)
        .or_else(|| day_month(line, at, today))
        .or_else(|| month_day(line, at, today))
}

/// `2026-11-21`, `21/11/2026`, `21.11.26`, `21/11`.
fn numeric(line: &Line, at: usize, today: Date, context: &ValueContext<'_>) -> Option<DayAt> {
    let (first, _) = line.chunk(at);
    if first != at {
        return None;
    }
    let mark = line.word(at + 1);
    let glued = (1..3).all(|i| line.glued(at + i));
    if !glued || !matches!(mark, "/" | "-" | ".") {
        return None;
    }
    let (a, b) = (line.digits(at)?, line.digits(at + 2)?);
    let third = (line.word(at + 3) == mark && line.glued(at + 3) && line.glued(at + 4))
        .then(|| line.digits(at + 4))
        .flatten();
    let Some(c) = third else {
        return without_year(line, at, (a, b), today, context);
    };
    let after = at + 5;
    if line.glued(after) && (line.digits(after).is_some() || line.is_word(after) && line.word(after) != "t") {
        return None;
    }
    let (year, month, day) = in_order(a, b, c, context.settings.date_order)?;
    Some((after, valid(year, month, day)?, Strength::Strong))
}

/// Day and month only, with a slash, or in the German form with a dot after the month.
fn without_year(
    line: &Line,
    at: usize,
    (a, b): (&str, &str),
    today: Date,
    context: &ValueContext<'_>,
) -> Option<DayAt> {
    let (_, last) = line.chunk(at);
    let dotted = line.word(at + 1) == "." && line.word(at + 3) == "." && line.glued(at + 3) && b.len() == 2;
    let slashed = line.word(at + 1) == "/" && last == at + 3;
    if !(slashed || dotted && line.glued(at + 3)) || a.len() > 2 || b.len() > 2 {
        return None;
    }
    let (a, b) = (a.parse().ok()?, b.parse().ok()?);
    let (month, day) = match context.settings.date_order {
        DateOrder::DayFirst if !dotted && b > 12 => (a, b),
        DateOrder::DayFirst => (b, a),
        _ if dotted || a > 12 => (b, a),
        _ => (a, b),
    };
    let date = nearest_year(month, day, today, relative::tense(line, at))?;
    // "1/2" and "24/7" are more often no dates.
    Some((at + 3, date, Strength::Weak))
}

fn in_order(a: &str, b: &str, c: &str, order: DateOrder) -> Option<(i16, i8, i8)> {
    if a.len() == 4 {
        return Some((a.parse().ok()?, b.parse().ok()?, c.parse().ok()?));
    }
    if a.len() > 2 || b.len() > 2 || c.len() == 3 || c.len() > 4 {
        return None;
    }
    let small = |text: &str| text.parse::<i8>().ok();
    if order == DateOrder::YearFirst && c.len() <= 2 {
        return Some((year(a)?, small(b)?, small(c)?));
    }
    let (first, second) = (small(a)?, small(b)?);
    let day_first = match order {
        DateOrder::MonthFirst => first > 12,
        _ => second <= 12,
    };
    let (month, day) = if day_first { (second, first) } else { (first, second) };
    Some((year(c)?, month, day))
}

/// A year of two or four digits.
fn year(text: &str) -> Option<i16> {
    let n: i16 = text.parse().ok()?;
    match text.len() {
        4 => Some(n),
        2 if n < 70 => Some(2000 + n),
        2 => Some(1900 + n),
        _ => None,
    }
}

fn valid(year: i16, month: i8, day: i8) -> Option<Date> {
    Date::new(year, month, day)
        .ok()
        .filter(|d| (1800..=2200).contains(&d.year()))
}

/// The month a word names.
pub(super) fn month(word: &str) -> Option<i8> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let known =
        |m: &&str| **m == *word || word.len() == 3 && m.starts_with(word) || word == "sept" && m.starts_with("sept");
    MONTHS.iter().position(known).and_then(|i| i8::try_from(i + 1).ok())
}

/// Whether a word names a month.
pub(crate) fn is_month(word: &str) -> bool {
    month(word).is_some()
}

/// A day of the month: "21", "21st", "twenty-first".
fn day_number(line: &Line, at: usize) -> Option<(usize, i8)> {
    if let Some((to, n)) = ordinal_at(line, at) {
        return i8::try_from(n).ok().filter(|n| (1..=31).contains(n)).map(|n| (to, n));
    }
    let digits = line.digits(at).filter(|d| d.len() <= 2)?;
    digits
        .parse()
        .ok()
        .filter(|n| (1..=31).contains(n))
        .map(|n| (at + 1, n))
}

/// "21 November 2026", "the 21st of Nov", "21-Nov-26".
fn day_month(line: &Line, at: usize, today: Date) -> Option<DayAt> {
    let (mut to, day) = day_number(line, at)?;
    if line.is(to, &["-", "/", "."]) && (line.glued(to) || line.glued(to + 1)) {
        to += 1;
    }
    while line.is(to, &["of", "day"]) && to < at + 6 {
        to += 1;
    }
    let month = month(line.word(to))?;
    finish(line, at, to + 1, month, day, today)
}

/// "Nov 21st, 2026", "March the 3rd".
fn month_day(line: &Line, at: usize, today: Date) -> Option<DayAt> {
    let month = month(line.word(at))?;
    let mut next = at + 1;
    if line.is(next, &[".", "-"]) && line.glued(next) {
        next += 1;
    }
    next += usize::from(line.word(next) == "the");
    let (to, day) = day_number(line, next)?;
    // "may 5 people" and "march 9:30": not a day.
    if line.glued(to) && line.is(to, &[":", "%"]) {
        return None;
    }
    finish(line, at, to, month, day, today)
}

/// Adds the year, said or nearest.
fn finish(line: &Line, from: usize, to: usize, month: i8, day: i8, today: Date) -> Option<DayAt> {
    let mut next = to;
    if line.is(next, &[",", "-", "/", ".", "of", "'"]) {
        next += 1;
    }
    let said = line
        .digits(next)
        .filter(|_| !(line.glued(next + 1) && line.is_word(next + 1)))
        .filter(|d| d.len() == 4 || d.len() == 2 && line.is(next.saturating_sub(1), &["-", "/", "'"]));
    if let Some(year) = said.and_then(year).filter(|y| (1900..2200).contains(y)) {
        return Some((next + 1, valid(year, month, day)?, Strength::Strong));
    }
    Some((
        to,
        nearest_year(month, day, today, relative::tense(line, from))?,
        Strength::Strong,
    ))
}

/// The day of a year near today: the last one where the words speak of the past, the next one where they speak of the
/// future, else the nearest. "Near" looks eight years around, for the 29th of February.
fn nearest_year(month: i8, day: i8, today: Date, tense: relative::Tense) -> Option<Date> {
    let near = (-8..=8).filter_map(|i| valid(today.year().checked_add(i)?, month, day));
    let away = |d: &Date| d.since(today).map_or(i32::MAX, |s| s.get_days().abs());
    match tense {
        relative::Tense::Past => near.filter(|d| *d <= today).max(),
        relative::Tense::Future => near.filter(|d| *d >= today).min(),
        relative::Tense::Unsaid => near.min_by_key(away),
    }
}

/// "from May 11th to the 26th": the end of a range takes its month from the start.
fn range_end(line: &Line, at: usize, last: Option<&Candidate>) -> Option<DayAt> {
    let last = last?;
    let Value::Date(start) = last.value else { return None };
    let linked = (last.to..at).all(|i| {
        line.is(
            i,
            &[
                "to", "until", "till", "til", "through", "thru", "-", "–", "and", "the", "or",
            ],
        )
    });
    if !linked || at <= last.to || at > last.to + 3 {
        return None;
    }
    let (to, day) = day_number(line, at)?;
    let ordinal = ordinal_at(line, at).is_some() || line.is(at - 1, &["-", "–"]);
    let own_month = is_month(line.word(to)) || line.word(to) == "of" || line.glued(to) && line.is(to, &["/", ".", "-"]);
    if !ordinal || own_month {
        return None;
    }
    let month = start.first_of_month();
    let date = if day >= start.day() {
        month
    } else {
        month.checked_add(jiff::Span::new().months(1)).ok()?
    };
    Some((
        to,
        civil::Date::new(date.year(), date.month(), day).ok()?,
        Strength::Strong,
    ))
}

#[cfg(test)]
mod tests {
    use taskwright_domain::AttributeType::Date;

    use crate::values::trial::{finds, hold, hold_whole, month_first};

    #[test]
    fn written_dates_are_found() {
        hold(
            &Date,
            &[
                ("on 2026-11-21", "2026-11-21=2026-11-21"),
                ("21/11/2026", "21/11/2026=2026-11-21"),
                ("21.11.2026", "21.11.2026=2026-11-21"),
                ("5-3-27", "5-3-27=2027-03-05"),
                ("2018/05/17.", "2018/05/17=2018-05-17"),
                ("21 Nov", "21 Nov=2026-11-21"),
                ("Nov 21st 2026", "Nov 21st 2026=2026-11-21"),
                ("November 21, 2025", "November 21, 2025=2025-11-21"),
                ("the 21st of November", "21st of November=2026-11-21"),
                ("21-Nov-26", "21-Nov-26=2026-11-21"),
                ("March the 3rd", "March the 3rd=2027-03-03"),
                ("Tuesday, August 28th, 2018", "Tuesday, August 28th, 2018=2018-08-28"),
                ("Tue 18 Dec 2018", "Tue 18 Dec 2018=2018-12-18"),
                ("twenty-first of December", "twenty-first of December=2026-12-21"),
                ("from May 11th to the 26th", "May 11th=2027-05-11 | 26th=2027-05-26"),
                ("May 12th-24th", "May 12th=2027-05-12 | 24th=2027-05-24"),
                ("11/21/2026", "11/21/2026=2026-11-21"),
                (
                    "it was 2026-11-01 and 2026-11-02",
                    "2026-11-01=2026-11-01 | 2026-11-02=2026-11-02",
                ),
                ("Sept. 4", "Sept. 4=2026-09-04"),
                ("29 Feb", "29 Feb=2028-02-29"),
            ],
        );
    }

    #[test]
    fn impossible_dates_and_what_is_no_date_are_left_alone() {
        hold(
            &Date,
            &[
                ("31/02/2026", ""),
                ("2026-13-01", ""),
                ("32 Nov", ""),
                ("30 February 2026", ""),
                ("24/7 support", ""),
                ("1/2 of it", ""),
                ("may I ask", ""),
                ("version 1.2.3", ""),
                ("order 4512", ""),
                ("I saw the sun", ""),
                ("the first one", ""),
                ("5th avenue", ""),
                ("call 030-12-3456789", ""),
            ],
        );
    }

    #[test]
    fn a_date_without_year_follows_the_tense_and_else_is_the_nearest() {
        hold(
            &Date,
            &[
                ("I bought it on 21 December", "21 December=2025-12-21"),
                ("I want it by 3 January", "3 January=2027-01-03"),
                ("10 November", "10 November=2026-11-10"),
                ("it was delivered on March 3rd", "March 3rd=2026-03-03"),
            ],
        );
    }

    #[test]
    fn the_order_of_numbers_follows_the_settings() {
        assert_eq!(
            finds(&Date, "11/12/2026", &month_first()),
            "11/12/2026=2026-11-12",
            "month first"
        );
        assert_eq!(
            finds(&Date, "21/12/2026", &month_first()),
            "21/12/2026=2026-12-21",
            "no 21st month: the other order is the only one"
        );
        hold(&Date, &[("11/12/2026", "11/12/2026=2026-12-11")]);
    }

    #[test]
    fn a_whole_text_is_a_date() {
        hold_whole(
            &Date,
            &[
                ("21/11", "2026-11-21"),
                ("on the 21st", "2026-11-21"),
                ("tomorrow", "2026-11-19"),
                ("it's 3 May 2027.", "2027-05-03"),
                ("soon", ""),
                ("the 3rd floor", ""),
            ],
        );
    }
}
