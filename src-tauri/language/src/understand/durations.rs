//! Lengths of time where a text is wanted: "4 nights", "90 minutes", "last month".

use taskwright_domain::{PeriodUnit, Value};

use super::cues::Topic;
use crate::values::{Candidate, Line, Strength, period_at};

/// The stretches of time an attribute may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Length {
    /// Of any length.
    Any,
    /// Days and longer.
    Days,
    /// Hours and shorter.
    Hours,
}

impl Length {
    /// What the attribute's words say it holds, if they speak of a length of time at all.
    pub(super) fn of(topic: &Topic<'_>) -> Option<Self> {
        const SPEAKS: [&str; 6] = ["period", "durat", "length", "wait", "long", "timespan"];
        let mut stems = topic.name.iter().chain(&topic.about);
        if !stems.any(|stem| SPEAKS.contains(&stem.as_str())) {
            return None;
        }
        let described = Line::new(&format!("{} {}", topic.attribute.name, topic.attribute.description));
        let says = |words: &[&str]| (0..described.len()).any(|i| described.is(i, words));
        let days = says(&["days", "weeks", "months", "years", "nights"]);
        let hours = says(&["hours", "minutes"]);
        Some(match (days, hours) {
            (true, false) => Self::Days,
            (false, true) => Self::Hours,
            _ => Self::Any,
        })
    }

    fn fits(self, unit: PeriodUnit) -> bool {
        let short = matches!(unit, PeriodUnit::Minutes | PeriodUnit::Hours);
        match self {
            Self::Any => true,
            Self::Days => !short,
            Self::Hours => short,
        }
    }
}

/// The lengths of time in a text; "in two days" and "two days ago" are points in time instead.
pub(super) fn find(line: &Line, length: Length) -> Vec<Candidate> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < line.len() {
        match length_at(line, at, length) {
            Some(to) => {
                let text = Value::Text(line.text(at, to));
                found.push(Candidate::new(line, at, to, text, Strength::Strong));
                at = to;
            }
            None => at += 1,
        }
    }
    found
}

fn length_at(line: &Line, at: usize, length: Length) -> Option<usize> {
    let relative = line.is(at, &["last", "past", "this", "next", "previous", "coming"]);
    let whole = line.is(at + 1, &["week", "weekend", "month", "year", "quarter"]);
    if relative && whole && length == Length::Days {
        return Some(at + 2);
    }
    let (to, period) = period_at(line, at)?;
    let from_now = line.is(to, &["from"]) && line.is(to + 1, &["now", "today", "tomorrow"]);
    let point = from_now || line.is(to, &["ago", "later", "before", "after"]) || line.is(at.wrapping_sub(1), &["in"]);
    (length.fits(period.unit) && !point).then_some(to)
}
