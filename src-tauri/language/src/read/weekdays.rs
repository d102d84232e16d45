//! Days of the week and times of day, as authors write them.

use jiff::civil::Time;
use taskwright_domain::Weekday;

use super::constants::Read;
use super::token::{Kind, Token};

const DAYS: [(&str, Weekday); 7] = [
    ("monday", Weekday::Monday),
    ("tuesday", Weekday::Tuesday),
    ("wednesday", Weekday::Wednesday),
    ("thursday", Weekday::Thursday),
    ("friday", Weekday::Friday),
    ("saturday", Weekday::Saturday),
    ("sunday", Weekday::Sunday),
];

/// Whether a word is a day of the week, or stands for some of them.
pub(super) fn is_weekday(token: &Token<'_>) -> bool {
    place(token).is_some() || group(token).is_some()
}

fn place(token: &Token<'_>) -> Option<usize> {
    let low = token.low.strip_suffix('s').unwrap_or(&token.low);
    DAYS.iter()
        .position(|(name, _)| *name == low)
        .filter(|_| token.kind == Kind::Word)
}

fn group(token: &Token<'_>) -> Option<std::ops::Range<usize>> {
    match token.low.as_str() {
        "weekend" | "weekends" => Some(5..7),
        "weekday" | "weekdays" => Some(0..5),
        _ => None,
    }
}

/// "a Sunday", "Saturday or Sunday", "Monday to Friday", "weekends": all of the words must belong to it.
pub(super) fn weekdays(words: &[Token<'_>]) -> Option<Vec<Weekday>> {
    let words: Vec<_> = words
        .iter()
        .filter(|t| !t.any(&["a", "an", "the", "on", "any", "either"]))
        .collect();
    let mut found = [false; 7];
    let mut at = 0;
    while at < words.len() {
        if let Some(group) = group(words[at]) {
            found[group].fill(true);
        } else if let Some(from) = place(words[at]) {
            let to = words
                .get(at + 1)
                .filter(|t| t.any(&["to", "through", "till", "until"]) || t.mark('-') || t.mark('–'))
                .and_then(|_| place(words.get(at + 2)?));
            found[from] = true;
            if let Some(to) = to {
                let count = (to + 7 - from) % 7;
                (0..=count).for_each(|more| found[(from + more) % 7] = true);
                at += 2;
            }
        } else {
            return None;
        }
        at += 1;
        // What joins this day to the next one.
        while words
            .get(at)
            .is_some_and(|t| t.any(&["or", "and"]) || t.mark(',') || t.mark('/'))
        {
            at += 1;
            if at == words.len() {
                return None;
            }
        }
    }
    let days: Vec<_> = DAYS
        .iter()
        .zip(found)
        .filter(|(_, found)| *found)
        .map(|((_, day), _)| *day)
        .collect();
    (!days.is_empty()).then_some(days)
}

/// "5 pm", "17:30", "noon": a time of day at a token.
pub(super) fn time_at(words: &[Token<'_>], at: usize) -> Option<Read<Time>> {
    let first = words.get(at)?;
    if first.any(&["noon", "midday"]) {
        return Some(Read {
            value: Time::constant(12, 0, 0, 0),
            end: at + 1,
        });
    }
    if first.is("midnight") {
        return Some(Read {
            value: Time::midnight(),
            end: at + 1,
        });
    }
    let number = |at: usize| {
        words
            .get(at)
            .filter(|t| t.kind == Kind::Number)
            .and_then(|t| t.low.parse::<i8>().ok())
    };
    let hour = number(at)?;
    let parted = words
        .get(at + 1)
        .is_some_and(|t| matches!(t.kind, Kind::Mark(':' | '.')) && !t.spaced);
    let minute = number(at + 2).filter(|_| parted && !words[at + 2].spaced);
    let end = at + if minute.is_some() { 3 } else { 1 };
    let half = |names: &[&str]| words.get(end).is_some_and(|t| t.any(names));
    let (hour, end) = match hour {
        hour @ 1..=12 if half(&["pm", "p.m", "p.m."]) => (hour % 12 + 12, end + 1),
        hour @ 1..=12 if half(&["am", "a.m", "a.m."]) => (hour % 12, end + 1),
        hour if minute.is_some() => (hour, end),
        hour if half(&["o'clock"]) => (hour, end + 1),
        _ => return None,
    };
    let value = Time::new(hour, minute.unwrap_or(0), 0, 0).ok()?;
    Some(Read { value, end })
}

#[cfg(test)]
mod tests {
    use super::super::token::scan;
    use super::{time_at, weekdays};

    #[test]
    fn days_of_the_week_and_times_of_day_are_read_as_written() {
        let count = |text: &str| weekdays(&scan(text).0).map(|days| days.len());
        assert_eq!(count("a Sunday"), Some(1), "one day");
        assert_eq!(count("Saturdays, Sundays or Mondays"), Some(3), "several");
        assert_eq!(count("Friday to Monday"), Some(4), "over the week's end");
        assert_eq!(count("weekdays"), Some(5), "a group");
        assert_eq!(count("Sunday or a holiday"), None, "something else beside it");
        let time = |text: &str| time_at(&scan(text).0, 0).map(|read| read.value.strftime("%H:%M").to_string());
        assert_eq!(time("5 pm"), Some("17:00".into()), "after noon");
        assert_eq!(time("12:30am"), Some("00:30".into()), "after midnight");
        assert_eq!(time("17:05"), Some("17:05".into()), "24 hours");
        assert_eq!(time("5"), None, "a bare number");
    }
}
