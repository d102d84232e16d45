//! Times of day, and instants (a day with a time).

use jiff::civil::Time;
use jiff::{SignedDuration, Timestamp};
use taskwright_domain::{Period, PeriodUnit, Value};

use super::line::Line;
use super::numbers::{number_at, unit_word};
use super::periods::period_at;
use super::{Candidate, Strength, ValueContext, days};

/// A time that starts at a token.
type TimeAt = (usize, Time, Strength);

/// Half of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Half {
    Morning,
    Afternoon,
}

/// Every time of day.
pub(crate) fn find(line: &Line, context: &ValueContext<'_>) -> Vec<Candidate> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < line.len() {
        match time_at(line, at).or_else(|| from_now(line, at, context)) {
            Some((to, time, strength)) => {
                found.push(Candidate::new(line, at, to, Value::Time(time), strength));
                at = to.max(at + 1);
            }
            None => at += 1,
        }
    }
    found
}

/// "in an hour", on the conversation's clock.
fn from_now(line: &Line, at: usize, context: &ValueContext<'_>) -> Option<TimeAt> {
    let (to, instant) = instant_from_now(line, at, context)?;
    let time = instant.to_zoned(context.zone()).time();
    Some((to, Time::new(time.hour(), time.minute(), 0, 0).ok()?, Strength::Strong))
}

fn instant_from_now(line: &Line, at: usize, context: &ValueContext<'_>) -> Option<(usize, Timestamp)> {
    let ahead = line.word(at) == "in";
    let (to, period) = period_at(line, at + usize::from(ahead))?;
    let length = short(period)?;
    if ahead {
        return Some((to, context.now.checked_add(length).ok()?));
    }
    if line.is(to, &["ago", "back", "earlier"]) {
        return Some((to + 1, context.now.checked_sub(length).ok()?));
    }
    (line.word(to) == "from" && line.word(to + 1) == "now")
        .then(|| Some((to + 2, context.now.checked_add(length).ok()?)))
        .flatten()
}

fn short(period: Period) -> Option<SignedDuration> {
    let count = i64::from(period.count);
    match period.unit {
        PeriodUnit::Minutes => Some(SignedDuration::from_mins(count)),
        PeriodUnit::Hours => Some(SignedDuration::from_hours(count)),
        _ => None,
    }
}

fn time_at(line: &Line, at: usize) -> Option<TimeAt> {
    let clean = !line.glued(at) || line.is(at.wrapping_sub(1), &["(", "-", "–", "@", "~", "\"", "'", "t"]);
    if !clean {
        return None;
    }
    on_the_clock(line, at)
        .or_else(|| to_or_past(line, at))
        .or_else(|| named(line, at))
        .or_else(|| spoken(line, at))
        .or_else(|| after_day_part(line, at))
        .or_else(|| bare(line, at))
}

fn named(line: &Line, at: usize) -> Option<TimeAt> {
    let hour = match line.word(at) {
        "noon" | "midday" => 12,
        "midnight" => 0,
        "lunchtime" => return Some((at + 1, time(12, 0)?, Strength::Weak)),
        _ => return None,
    };
    // "12 noon" is taken whole by the hour before it.
    Some((at + 1, time(hour, 0)?, Strength::Strong))
}

fn time(hour: u32, minute: u32) -> Option<Time> {
    Time::new(i8::try_from(hour).ok()?, i8::try_from(minute).ok()?, 0, 0).ok()
}

/// An hour in the half of the day that was said.
fn in_half(hour: u32, minute: u32, half: Option<Half>) -> Option<Time> {
    let hour = match half {
        Some(Half::Afternoon) if hour < 12 => hour + 12,
        Some(Half::Morning) if hour == 12 => 0,
        _ => hour,
    };
    time(hour, minute)
}

/// "am", "p.m.", "in the afternoon": one past its last token.
fn half_at(line: &Line, at: usize) -> Option<(usize, Half)> {
    let half = |word: &str| match word {
        "am" | "a" | "morning" => Some(Half::Morning),
        "pm" | "p" | "afternoon" | "evening" | "night" | "tonight" => Some(Half::Afternoon),
        _ => None,
    };
    match line.word(at) {
        // The day itself stays for the date; only its part is read here.
        "tonight" => Some((at, Half::Afternoon)),
        word @ ("am" | "pm") => {
            let dot = usize::from(line.word(at + 1) == "." && line.glued(at + 1) && line.glued(at));
            let more = half_at(line, at + 1).map(|(to, _)| to).filter(|to| *to > at + 1);
            Some((
                more.unwrap_or(at + 1 + dot.min(usize::from(!line.sentence_starts(at + 2)))),
                half(word)?,
            ))
        }
        word @ ("a" | "p") if line.word(at + 1) == "." && line.word(at + 2) == "m" => Some((
            at + 3 + usize::from(line.word(at + 3) == "." && line.glued(at + 3)),
            half(word)?,
        )),
        word @ ("a" | "p") if line.word(at + 1) == "m" && line.glued(at) => Some((at + 2, half(word)?)),
        "in" => {
            let article = usize::from(line.is(at + 1, &["the"]));
            let part = line.word(at + 1 + article);
            matches!(part, "morning" | "afternoon" | "evening")
                .then(|| half(part))
                .flatten()
                .map(|h| (at + 2 + article, h))
        }
        "at" if line.word(at + 1) == "night" => Some((at + 2, Half::Afternoon)),
        "this" | "tomorrow" => {
            let part = line.word(at + 1);
            let known = matches!(part, "morning" | "afternoon" | "evening" | "night");
            known.then(|| half(part)).flatten().map(|h| (at, h))
        }
        _ => None,
    }
}

/// The half of the day after a time, and where the time then ends.
fn with_half(line: &Line, to: usize) -> (usize, Option<Half>) {
    half_at(line, to).map_or((to, None), |(end, half)| (end, Some(half)))
}

/// `17:30`, `5:30 pm`, `7.30pm`, `17h30`, `5pm`, `730pm`, `5 o'clock`.
fn on_the_clock(line: &Line, at: usize) -> Option<TimeAt> {
    let digits = line.digits(at)?;
    let hour: u32 = digits.parse().ok().filter(|_| digits.len() <= 4)?;
    let minutes = (line.is(at + 1, &[":", ".", "h"]) && line.glued(at + 1) && line.glued(at + 2))
        .then(|| line.digits(at + 2).filter(|m| m.len() == 2))
        .flatten();
    if let (Some(minute), true) = (minutes, digits.len() <= 2) {
        return with_minutes(line, at, hour, minute.parse().ok()?);
    }
    if line.glued(at + 1) && line.is(at + 1, &[":", "/"]) {
        return None;
    }
    if let Some(end) = oclock(line, at + 1) {
        let (to, half) = with_half(line, end);
        return Some((to, in_half(hour, 0, half)?, Strength::Strong));
    }
    if line.is(at + 1, &["noon", "midnight"]) && hour == 12 {
        return Some((
            at + 2,
            time(if line.word(at + 1) == "noon" { 12 } else { 0 }, 0)?,
            Strength::Strong,
        ));
    }
    let (to, half) = with_half(line, at + 1);
    let half = half?;
    let (hour, minute) = if digits.len() >= 3 {
        (hour / 100, hour % 100)
    } else {
        (hour, 0)
    };
    (hour <= 12 || digits.len() == 2 && hour < 24).then_some(())?;
    Some((to, in_half(hour, minute, Some(half))?, Strength::Strong))
}

/// "o'clock", "oclock", "o clock", `o"clock`: one past its last token.
fn oclock(line: &Line, at: usize) -> Option<usize> {
    if line.is(at, &["o'clock", "oclock"]) {
        return Some(at + 1);
    }
    let mark = at + 1 + usize::from(line.is(at + 1, &["\"", "'", "´", "“", "”"]));
    (line.word(at) == "o" && line.word(mark) == "clock").then_some(mark + 1)
}

fn with_minutes(line: &Line, at: usize, hour: u32, minute: u32) -> Option<TimeAt> {
    let mark = line.word(at + 1);
    let mut end = at + 3;
    if mark == ":" && line.word(end) == ":" && line.digits(end + 1).is_some_and(|s| s.len() == 2) {
        end += 2;
    }
    let (to, half) = with_half(line, end);
    // "7.30" alone may be a price, "2.1.2026" is a date, "1:30:22.5" something else.
    let more = line.glued(end) && line.glued(end + 1) && line.is(end, &[".", ":", "/", ",", "%", "€", "$", "£"]);
    if half.is_none() && (more || line.is(end, &["€", "$", "£", "%"])) {
        return None;
    }
    let strength = if mark == "." && half.is_none() {
        Strength::Weak
    } else {
        Strength::Strong
    };
    Some((to, in_half(hour, minute, half)?, strength))
}

/// "half past five", "quarter to 8 pm", "ten past six".
fn to_or_past(line: &Line, at: usize) -> Option<TimeAt> {
    let article = usize::from(line.word(at) == "a" && line.word(at + 1) == "quarter");
    let start = at + article;
    let (mut next, minutes) = match line.word(start) {
        "half" => (start + 1, 30),
        "quarter" => (start + 1, 15),
        _ => {
            let number = number_at(line, start)?;
            let n: u32 = number.value.to_string().parse().ok()?;
            (number.to, n)
        }
    };
    let said = line.is(next, &["minutes", "mins", "min"]);
    next += usize::from(said);
    // "Half seven" is half past seven.
    if line.word(start) == "half" && number_at(line, next).is_some() {
        let (end, hour) = clock_hour(line, next).filter(|(_, hour)| *hour <= 12)?;
        let (end, half) = with_half(line, end);
        let strength = if half.is_some() {
            Strength::Strong
        } else {
            Strength::Weak
        };
        return Some((end, in_half(hour, 30, half)?, strength));
    }
    let past = line.is(next, &["past", "after"]);
    let to = line.is(next, &["to", "before", "till", "til", "of"]);
    if !(past || to) || minutes == 0 || minutes > 30 {
        return None;
    }
    let (end, hour) = clock_hour(line, next + 1)?;
    let (end, half) = with_half(line, end);
    // "7 to 9" is a range, "10 to 8 pm" is a time.
    let certain = past || said || matches!(line.word(start), "half" | "quarter") || half.is_some() && minutes % 5 == 0;
    if !certain || line.word(next) == "of" && line.word(start) != "quarter" {
        return None;
    }
    // "Quarter to 12 in the morning" is before noon.
    let noon = to && hour == 12 && half == Some(Half::Morning);
    let whole = in_half(hour, 0, half.filter(|_| !noon))?;
    let shift = if past { i64::from(minutes) } else { -i64::from(minutes) };
    Some((
        end,
        whole.wrapping_add(SignedDuration::from_mins(shift)),
        Strength::Strong,
    ))
}

/// The hour after "past": a number up to 24, or noon.
fn clock_hour(line: &Line, at: usize) -> Option<(usize, u32)> {
    match line.word(at) {
        "noon" | "midday" => return Some((at + 1, 12)),
        "midnight" => return Some((at + 1, 0)),
        _ => {}
    }
    let number = number_at(line, at)?;
    let hour: u32 = number.value.to_string().parse().ok().filter(|h| *h < 24)?;
    Some((oclock(line, number.to).unwrap_or(number.to), hour))
}

/// "five o'clock", "seven thirty pm", "three pm".
fn spoken(line: &Line, at: usize) -> Option<TimeAt> {
    let hour = unit_word(line.word(at)).filter(|h| (1..=12).contains(h))?;
    if let Some(end) = oclock(line, at + 1) {
        let (to, half) = with_half(line, end);
        return Some((to, in_half(hour, 0, half)?, Strength::Strong));
    }
    if let Some((to, half)) = half_at(line, at + 1) {
        return Some((to, in_half(hour, 0, Some(half))?, Strength::Strong));
    }
    let number = number_at(line, at + 1).filter(|n| n.spoken)?;
    let minute: u32 = number.value.to_string().parse().ok().filter(|m| (10..60).contains(m))?;
    let (to, half) = with_half(line, number.to);
    let strength = if half.is_some() {
        Strength::Strong
    } else {
        Strength::Weak
    };
    Some((to, in_half(hour, minute, half)?, strength))
}

/// "this morning at 8", "evening 6": the part of the day comes first.
fn after_day_part(line: &Line, at: usize) -> Option<TimeAt> {
    let half = match line.word(at) {
        "morning" => Half::Morning,
        "afternoon" | "evening" | "night" => Half::Afternoon,
        _ => return None,
    };
    let next = at + 1 + usize::from(line.is(at + 1, &["at", "around", "by"]));
    if let Some((to, time, strength)) = on_the_clock(line, next).filter(|t| t.1.hour() < 12 && t.2 == Strength::Strong)
    {
        let hour = u32::try_from(time.hour()).ok()?;
        return Some((
            to,
            in_half(hour, u32::try_from(time.minute()).ok()?, Some(half))?,
            strength,
        ));
    }
    let digits = line.digits(next).filter(|d| d.len() <= 2)?;
    let hour: u32 = digits.parse().ok().filter(|h| (1..=12).contains(h))?;
    let free = line.stands_alone(next, next + 1, &[], &[]);
    let counted = line.is_word(next + 1)
        && !line.is(
            next + 1,
            &["please", "and", "or", "if", "for", "on", "would", "is", "in", "then"],
        );
    (free && !counted)
        .then(|| Some((next + 1, in_half(hour, 0, Some(half))?, Strength::Strong)))
        .flatten()
}

/// Words that may follow a bare hour.
fn goes_on(word: &str) -> bool {
    matches!(
        word,
        "and"
            | "or"
            | "please"
            | "is"
            | "on"
            | "for"
            | "in"
            | "to"
            | "if"
            | "works"
            | "would"
            | "sounds"
            | "then"
            | "thanks"
            | "tomorrow"
            | "today"
            | "tonight"
            | "sharp"
            | "instead"
            | "should"
            | "with"
            | "next"
            | "this"
            | "but"
            | "so"
            | "will"
            | "i"
            | "at"
            | "as"
            | "maybe"
            | "it"
            | "that"
    )
}

/// "at 5": a time only where one is asked for.
fn bare(line: &Line, at: usize) -> Option<TimeAt> {
    let number = number_at(line, at)?;
    if !number.spoken && !line.stands_alone(at, number.to, &["~", "@"], &["ish", "-"]) {
        return None;
    }
    let to =
        number.to + usize::from(line.word(number.to) == "ish") + 2 * usize::from(line.starts(number.to, &["-", "ish"]));
    // "6 people" is no time, whatever was asked.
    if line.is_word(to) && !goes_on(line.word(to)) {
        return None;
    }
    let value: u32 = number.value.to_string().parse().ok()?;
    let military = line.digits(at).is_some_and(|d| d.len() == 4) && number.to == at + 1;
    let (hour, minute) = if military {
        (value / 100, value % 100)
    } else {
        (value, 0)
    };
    (hour < 24)
        .then(|| Some((to, time(hour, minute)?, Strength::Weak)))
        .flatten()
}

/// Words that join a day and its time.
const LINKS: [&str; 12] = [
    "at",
    "on",
    "around",
    "about",
    ",",
    "by",
    "from",
    "the",
    "t",
    "@",
    "approximately",
    "in",
];

/// Instants: "tomorrow at 5pm", "2026-11-21T17:30Z", "in 2 hours", "now".
pub(crate) fn find_moments(line: &Line, context: &ValueContext<'_>) -> Vec<Candidate> {
    let mut found = Vec::new();
    let days = days::find(line, context);
    let times = find(line, context);
    let linked = |from: usize, to: usize| from <= to && to - from <= 3 && (from..to).all(|i| line.is(i, &LINKS));
    for day in &days {
        let Value::Date(date) = day.value else { continue };
        let fits = |t: &&Candidate| linked(day.to, t.from) || linked(t.to, day.from);
        let Some(time) = times.iter().find(fits).or_else(|| iso_time(&times, day)) else {
            continue;
        };
        let Value::Time(clock) = time.value else { continue };
        let (from, mut to) = (day.from.min(time.from), day.to.max(time.to));
        let utc = line.word(to) == "z" && line.glued(to);
        to += usize::from(utc);
        let zone = if utc { jiff::tz::TimeZone::UTC } else { context.zone() };
        let Ok(zoned) = date.to_datetime(clock).to_zoned(zone) else {
            continue;
        };
        found.push(Candidate::new(
            line,
            from,
            to,
            Value::DateTime(zoned.timestamp()),
            Strength::Strong,
        ));
    }
    for at in 0..line.len() {
        let near = match line.word(at) {
            "now" if !line.is(at.wrapping_sub(1), &["until", "from"]) => Some((at + 1, context.now)),
            _ => instant_from_now(line, at, context),
        };
        if let Some((to, instant)) = near
            && !found.iter().any(|c: &Candidate| c.from < to && at < c.to)
        {
            found.push(Candidate::new(line, at, to, Value::DateTime(instant), Strength::Strong));
        }
    }
    found.sort_by_key(|c| c.from);
    found
}

/// The time glued on with a T, which no word boundary sets apart.
fn iso_time<'a>(times: &'a [Candidate], day: &Candidate) -> Option<&'a Candidate> {
    times.iter().find(|t| t.from == day.to + 1)
}

#[cfg(test)]
mod tests {
    use taskwright_domain::AttributeType::{DateTime, Time};

    use crate::values::trial::{hold, hold_whole};

    #[test]
    fn times_of_day_are_found() {
        hold(
            &Time,
            &[
                ("at 17:30", "17:30=17:30"),
                ("5pm", "5pm=17:00"),
                ("5 p.m. please", "5 p.m.=17:00"),
                ("7.30pm", "7.30pm=19:30"),
                ("half past five", "half past five=05:30"),
                ("noon", "noon=12:00"),
                ("quarter to 8 pm", "quarter to 8 pm=19:45"),
                ("a quarter past seven", "a quarter past seven=07:15"),
                ("ten past six", "ten past six=06:10"),
                ("twenty to nine", ""),
                ("half 7 in the evening", "half 7 in the evening=19:30"),
                ("half 7 boxes", ""),
                ("quarter to 12 in the morning", "quarter to 12 in the morning=11:45"),
                ("9 o\"clock in the morning", "9 o\"clock in the morning=09:00"),
                ("5 o'clock", "5 o'clock=05:00"),
                ("five o'clock in the afternoon", "five o'clock in the afternoon=17:00"),
                ("11:15 in the morning", "11:15 in the morning=11:15"),
                ("12 am", "12 am=00:00"),
                ("12:30 pm", "12:30 pm=12:30"),
                ("730pm", "730pm=19:30"),
                ("17h30", "17h30=17:30"),
                ("midnight", "midnight=00:00"),
                ("8 in the evening", "8 in the evening=20:00"),
                ("seven thirty pm", "seven thirty pm=19:30"),
                ("half past 3 in the afternoon", "half past 3 in the afternoon=15:30"),
                ("12 noon", "12 noon=12:00"),
                ("this morning at 8", "morning at 8=08:00"),
                ("09:05", "09:05=09:05"),
                ("in 2 hours", "in 2 hours=13:00"),
                ("from 5pm to 7pm", "5pm=17:00 | 7pm=19:00"),
            ],
        );
    }

    #[test]
    fn what_is_no_time_is_left_alone() {
        hold(
            &Time,
            &[
                ("25:10", ""),
                ("17:61", ""),
                ("7 to 9 people", ""),
                ("at 5", ""),
                ("7.30", ""),
                ("order 1730", ""),
                ("I am here", ""),
                ("3:2 lead", ""),
                ("21.11.2026", ""),
            ],
        );
        hold_whole(
            &Time,
            &[
                ("5", "05:00"),
                ("at 5", "05:00"),
                ("7.30", "07:30"),
                ("17:30", "17:30"),
                ("seven thirty", "07:30"),
                ("late", ""),
            ],
        );
    }

    #[test]
    fn a_day_and_a_time_make_an_instant_in_the_conversations_zone() {
        hold(
            &DateTime,
            &[
                ("tomorrow at 5pm", "tomorrow at 5pm=2026-11-19T16:00:00Z"),
                ("5pm on Friday", "5pm on Friday=2026-11-20T16:00:00Z"),
                ("2026-11-21T17:30", "2026-11-21T17:30=2026-11-21T16:30:00Z"),
                ("2026-11-21T17:30Z", "2026-11-21T17:30Z=2026-11-21T17:30:00Z"),
                ("21/11/2026 17:30", "21/11/2026 17:30=2026-11-21T16:30:00Z"),
                ("in 2 hours", "in 2 hours=2026-11-18T12:00:00Z"),
                ("30 minutes ago", "30 minutes ago=2026-11-18T09:30:00Z"),
                ("tomorrow", ""),
                ("at 5pm", ""),
                ("1 July 2027 at noon", "1 July 2027 at noon=2027-07-01T10:00:00Z"),
            ],
        );
    }
}
