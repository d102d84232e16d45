//! How far a clock is moved: "2 hours later", "next Monday", "tomorrow at 9", "17:30".

use jiff::{Timestamp, ToSpan, Zoned};
use taskwright_domain::{AttributeType, Period, PeriodUnit, Value};

use super::line::Line;
use super::periods::period_at;
use super::{ValueContext, find, parse};

/// Words around a length of time that all say the same.
const AROUND: [&str; 13] = [
    "in", "after", "by", "another", "forward", "later", "from", "now", "on", "ahead", "more", "wait", "passes",
];

/// The instant that a text names, after the present one: a length of time, an instant, a day (at this time of the day) or a
/// time of the day (today's, or tomorrow's where that has passed). `None` where it names none, or one that has passed.
#[must_use]
pub fn instant_ahead(text: &str, context: &ValueContext<'_>) -> Option<Timestamp> {
    let now = context.now.to_zoned(context.zone());
    let found = after_a_period(text, &now)
        .or_else(|| match parse(&AttributeType::DateTime, text, context)? {
            Value::DateTime(at) => Some(at),
            _ => None,
        })
        .or_else(|| match parse(&AttributeType::Date, text, context)? {
            Value::Date(day) => Some(
                day.to_zoned(now.time_zone().clone())
                    .ok()?
                    .with()
                    .time(now.time())
                    .build()
                    .ok()?,
            )
            .map(|at| at.timestamp()),
            _ => None,
        })
        .or_else(|| match time_of_day(text, context)? {
            Value::Time(time) => {
                let today = now.with().time(time).build().ok()?;
                let at = if today > now {
                    today
                } else {
                    today.checked_add(1.day()).ok()?
                };
                Some(at.timestamp())
            }
            _ => None,
        })?;
    (found > context.now).then_some(found)
}

/// A time that is one whatever was asked: "two" alone may be two of anything.
fn time_of_day(text: &str, context: &ValueContext<'_>) -> Option<Value> {
    let kind = AttributeType::Time;
    let sure = !find(&kind, text, context).is_empty();
    parse(&kind, text, context).filter(|_| sure)
}

/// The text is a length of time and nothing else but words such as "later".
fn after_a_period(text: &str, now: &Zoned) -> Option<Timestamp> {
    let line = Line::new(text);
    let aside = |at: &usize| line.is(*at, &AROUND) || line.is_break(*at) || line.is(*at, &[".", "!", "+", ","]);
    let from = (0..line.len()).take_while(aside).count();
    let (to, period) = period_at(&line, from)?;
    if !(to..line.len()).all(|at| aside(&at)) {
        return None;
    }
    add(now, period).map(|at| at.timestamp())
}

fn add(now: &Zoned, period: Period) -> Option<Zoned> {
    let count = i64::from(period.count);
    match period.unit {
        PeriodUnit::Minutes => now.checked_add(count.minutes()).ok(),
        PeriodUnit::Hours => now.checked_add(count.hours()).ok(),
        PeriodUnit::Days => now.checked_add(count.days()).ok(),
        PeriodUnit::Weeks => now.checked_add(count.weeks()).ok(),
        PeriodUnit::Months => now.checked_add(count.months()).ok(),
        PeriodUnit::Years => now.checked_add(count.years()).ok(),
        PeriodUnit::WorkingDays => {
            let mut at = now.clone();
            let mut left = count.min(3_660);
            while left > 0 {
                at = at.checked_add(1.day()).ok()?;
                left -= i64::from(at.weekday().to_monday_one_offset() < 6);
            }
            Some(at)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::trial::{now, settings};
    use super::{ValueContext, instant_ahead};

    #[test]
    fn a_clock_is_moved_by_what_people_write() {
        let settings = settings();
        let context = ValueContext {
            settings: &settings,
            now: now(),
        };
        // It is Wednesday, 18 November 2026, 11:00 in Berlin.
        for (text, wanted) in [
            ("2 hours later", "2026-11-18T12:00:00Z"),
            ("2 hours", "2026-11-18T12:00:00Z"),
            ("in 45 minutes", "2026-11-18T10:45:00Z"),
            ("half an hour later", "2026-11-18T10:30:00Z"),
            ("three days later", "2026-11-21T10:00:00Z"),
            ("3 working days later", "2026-11-23T10:00:00Z"),
            ("next Monday", "2026-11-23T10:00:00Z"),
            ("tomorrow", "2026-11-19T10:00:00Z"),
            ("tomorrow at 9am", "2026-11-19T08:00:00Z"),
            ("17:30", "2026-11-18T16:30:00Z"),
            ("9:00", "2026-11-19T08:00:00Z"),
            ("1 December 2026", "2026-12-01T10:00:00Z"),
            ("2 weeks", "2026-12-02T10:00:00Z"),
        ] {
            let found = instant_ahead(text, &context).map(|at| at.to_string());
            assert_eq!(found.as_deref(), Some(wanted), "{text:?}");
        }
    }

    #[test]
    fn what_names_no_moment_to_come_moves_nothing() {
        let settings = settings();
        let context = ValueContext {
            settings: &settings,
            now: now(),
        };
        for text in [
            "",
            "soon",
            "yesterday",
            "2 hours ago",
            "two",
            "1 May 2020",
            "2 hours and a coffee",
        ] {
            assert_eq!(instant_ahead(text, &context), None, "{text:?}");
        }
    }
}
