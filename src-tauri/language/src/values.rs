//! Typed values in free text: finding them, with their place, and reading a whole text as one.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use taskwright_domain::{AttributeType, Period, Settings, Span, Value};

mod ahead;
mod amounts;
mod choices;
mod clock;
mod codes;
mod contacts;
mod days;
mod everyday;
mod given;
mod line;
mod names;
mod numbers;
mod partial;
mod periods;
mod places;
mod polarity;
mod relative;
mod stems;
pub(crate) mod weeks;

pub use ahead::instant_ahead;
pub(crate) use choices::negated;
pub(crate) use days::is_month;
pub(crate) use everyday::is_everyday;
pub(crate) use line::{Line, TokenKind};
pub(crate) use numbers::{number_at, ordinal_at};
pub(crate) use partial::part_at;
pub(crate) use periods::period_at;
pub(crate) use polarity::{Answer, Polarity, find as find_answers, phrase_end};
pub(crate) use relative::weekday;
pub(crate) use stems::{near, stem};

/// What values are read against.
#[derive(Debug, Clone, Copy)]
pub struct ValueContext<'a> {
    /// The workspace's settings (zone, date order, currency).
    pub settings: &'a Settings,
    /// The instant "today" and "now" mean.
    pub now: Timestamp,
}

impl ValueContext<'_> {
    /// The conversation's zone; UTC where the settings name none that exists.
    pub(crate) fn zone(&self) -> TimeZone {
        TimeZone::get(&self.settings.time_zone).unwrap_or(TimeZone::UTC)
    }

    /// The conversation's day.
    pub(crate) fn today(&self) -> Date {
        self.now.to_zoned(self.zone()).date()
    }
}

/// A value found in a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// The words, in code points.
    pub span: Span,
    /// The value in its normal form.
    pub value: Value,
}

/// How sure it is that words are a value of a type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Strength {
    /// They fit two values equally well.
    Unclear,
    /// Only where one is asked for.
    Weak,
    /// They are one whatever was asked.
    Strong,
}

/// A possible value, with its tokens.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Candidate {
    /// Its first token.
    pub(crate) from: usize,
    /// One past its last token.
    pub(crate) to: usize,
    /// The words, in code points.
    pub(crate) span: Span,
    /// In normal form.
    pub(crate) value: Value,
    /// How sure.
    pub(crate) strength: Strength,
}

impl Candidate {
    pub(crate) fn new(line: &Line, from: usize, to: usize, value: Value, strength: Strength) -> Self {
        Self {
            from,
            to,
            span: line.span(from, to),
            value,
            strength,
        }
    }
}

/// Every possible value of this type. `asked`: one was just asked for, so that plainer words count too.
pub(crate) fn candidates(kind: &AttributeType, line: &Line, context: &ValueContext<'_>, asked: bool) -> Vec<Candidate> {
    match kind {
        AttributeType::Integer => numbers::find_integers(line),
        AttributeType::Decimal => numbers::find_decimals(line),
        AttributeType::Amount => amounts::find(line, context),
        AttributeType::Date => days::find(line, context),
        AttributeType::Time => clock::find(line, context),
        AttributeType::DateTime => clock::find_moments(line, context),
        AttributeType::Email => contacts::find_emails(line),
        AttributeType::Phone => contacts::find_phones(line),
        AttributeType::PersonName => names::find(line, asked),
        AttributeType::Identifier { pattern } => codes::find(line, pattern.as_deref(), asked, context),
        AttributeType::Choice { options } => choices::find(line, options, asked, context),
        AttributeType::Boolean => booleans(line),
        AttributeType::Address => places::find_addresses(line, asked),
        AttributeType::Place => places::find(line, asked),
        AttributeType::Text => whole(line).into_iter().collect(),
        AttributeType::List { fields } => match fields.as_slice() {
            [only] if asked => several(&only.kind, line, context),
            _ => Vec::new(),
        },
        AttributeType::Image | AttributeType::File | AttributeType::Object { .. } => Vec::new(),
    }
}

/// A list of options, all that were named: "my name and my phone", "both".
fn several(kind: &AttributeType, line: &Line, context: &ValueContext<'_>) -> Vec<Candidate> {
    let AttributeType::Choice { options } = kind else {
        return Vec::new();
    };
    let text = line.text(0, line.len()).to_lowercase();
    let words: Vec<&str> = text
        .split(|c: char| !c.is_alphanumeric() && c != '\'')
        .filter(|word| !word.is_empty())
        .collect();
    let all = words.iter().any(|word| matches!(*word, "all" | "everything"));
    let every = all || options.len() == 2 && words.contains(&"both");
    let mut named: Vec<Value> = Vec::new();
    for part in text.split([',', '&', '+', ';']).flat_map(|part| part.split(" and ")) {
        let found = choices::find(&Line::new(part), options, true, context);
        // Of two options that fit one part equally well, neither is meant for sure.
        if let [one] = found.as_slice()
            && one.strength != Strength::Unclear
            && !named.contains(&one.value)
        {
            named.push(one.value.clone());
        }
    }
    if named.is_empty() && every {
        named = options.iter().map(|option| Value::Choice(option.clone())).collect();
    }
    if named.is_empty() {
        return Vec::new();
    }
    vec![Candidate::new(line, 0, line.len(), Value::List(named), Strength::Weak)]
}

fn booleans(line: &Line) -> Vec<Candidate> {
    let value = |answer: Answer| match answer.polarity {
        Polarity::Yes => Some((answer, true)),
        Polarity::No => Some((answer, false)),
        Polarity::Unsure => None,
    };
    let made = |(a, yes): (Answer, bool)| Candidate::new(line, a.from, a.to, Value::Boolean(yes), Strength::Strong);
    find_answers(line).into_iter().filter_map(value).map(made).collect()
}

/// The whole text as words.
pub(crate) fn whole(line: &Line) -> Option<Candidate> {
    let text = line.text(0, line.len());
    (!text.is_empty()).then(|| Candidate::new(line, 0, line.len(), Value::Text(text), Strength::Weak))
}

/// Every value of this type in the text, in order, not overlapping. Only what is one whatever was asked: "5" is a number
/// but no time, "100" is no amount unless it names a currency (`parse` takes both).
#[must_use]
pub fn find(kind: &AttributeType, text: &str, context: &ValueContext<'_>) -> Vec<Found> {
    let line = Line::new(text);
    let sure = |c: &Candidate| c.strength == Strength::Strong || *kind == AttributeType::Text;
    candidates(kind, &line, context, false)
        .into_iter()
        .filter(sure)
        .map(|c| Found {
            span: c.span,
            value: c.value,
        })
        .collect()
}

/// The whole text as a value of this type: nothing but the value may stand in it, outer marks and words such as "it's"
/// left aside.
#[must_use]
pub fn parse(kind: &AttributeType, text: &str, context: &ValueContext<'_>) -> Option<Value> {
    const LEAD: [&str; 17] = [
        "it's", "its", "it", "is", "the", "my", "on", "at", "a", "about", "around", ":", "#", "number", "in", "to",
        "from",
    ];
    let line = Line::new(text);
    let lead = (0..line.len())
        .take_while(|i| line.is(*i, &LEAD) || line.is_break(*i))
        .count();
    let tail = (0..line.len())
        .rev()
        .take_while(|i| line.is(*i, &[".", "!", "\"", "'", ")", ",", "please", "”", "’"]))
        .count();
    let end = line.len().saturating_sub(tail);
    if let AttributeType::Choice { options } = kind
        && let Some(same) = options.iter().find(|o| o.trim().eq_ignore_ascii_case(text.trim()))
    {
        return Some(Value::Choice(same.clone()));
    }
    let covers = |c: &Candidate| c.from <= lead && c.to >= end && c.strength != Strength::Unclear;
    let mut fits = candidates(kind, &line, context, true)
        .into_iter()
        .filter(covers)
        .map(|c| c.value);
    let first = fits.next()?;
    fits.next().is_none().then_some(first)
}

/// Every length of time in the text ("40 days", "two weeks", "24h"), in order.
#[must_use]
pub fn find_periods(text: &str) -> Vec<(Span, Period)> {
    periods::find(&Line::new(text))
}

#[cfg(test)]
pub(crate) mod trial {
    //! What the tests of all types share: a Wednesday morning in Berlin, and values as short text.

    use jiff::Timestamp;
    use taskwright_domain::{AttributeType, DateOrder, Settings, Value};

    use super::{ValueContext, find, parse};

    /// 18 November 2026, a Wednesday, 11:00 in Berlin.
    pub(crate) fn now() -> Timestamp {
        "2026-11-18T10:00:00Z".parse().unwrap()
    }

    pub(crate) fn settings() -> Settings {
        Settings {
            time_zone: "Europe/Berlin".into(),
            ..Settings::default()
        }
    }

    pub(crate) fn shown(value: &Value) -> String {
        match value {
            Value::Text(t) | Value::Choice(t) => t.clone(),
            Value::Integer(i) => i.to_string(),
            Value::Decimal(d) => d.to_string(),
            Value::Amount(a) => format!("{} {}", a.amount, a.currency),
            Value::Boolean(b) => b.to_string(),
            Value::Date(d) => d.to_string(),
            Value::Time(t) => t.strftime("%H:%M").to_string(),
            Value::DateTime(t) => t.to_string(),
            other => format!("{other:?}"),
        }
    }

    /// "words=value" of each find, joined by " | ".
    pub(crate) fn finds(kind: &AttributeType, text: &str, settings: &Settings) -> String {
        let context = ValueContext { settings, now: now() };
        let found = find(kind, text, &context);
        found
            .iter()
            .map(|f| format!("{}={}", f.span.of(text), shown(&f.value)))
            .collect::<Vec<_>>()
            .join(" | ")
    }

    /// Holds a table of texts and what is found in them.
    pub(crate) fn hold(kind: &AttributeType, cases: &[(&str, &str)]) {
        let mut wrong = Vec::new();
        for (text, wanted) in cases {
            let got = finds(kind, text, &settings());
            if got != *wanted {
                wrong.push(format!("{text:?}: found {got:?}, wanted {wanted:?}"));
            }
        }
        assert!(wrong.is_empty(), "{kind:?} in a text:\n{}", wrong.join("\n"));
    }

    /// Holds a table of whole texts and the value each is; empty for none.
    pub(crate) fn hold_whole(kind: &AttributeType, cases: &[(&str, &str)]) {
        let settings = settings();
        let mut wrong = Vec::new();
        for (text, wanted) in cases {
            let got = parse(
                kind,
                text,
                &ValueContext {
                    settings: &settings,
                    now: now(),
                },
            )
            .map_or_else(String::new, |v| shown(&v));
            if got != *wanted {
                wrong.push(format!("{text:?}: read as {got:?}, wanted {wanted:?}"));
            }
        }
        assert!(wrong.is_empty(), "whole texts as {kind:?}:\n{}", wrong.join("\n"));
    }

    pub(crate) fn month_first() -> Settings {
        Settings {
            date_order: DateOrder::MonthFirst,
            ..settings()
        }
    }
}

#[cfg(test)]
mod tests {
    use taskwright_domain::{AttributeType, PeriodUnit};

    use super::trial::{now, settings};
    use super::{ValueContext, find, find_periods, parse};

    fn all_types() -> Vec<AttributeType> {
        use AttributeType as T;
        let options = vec!["Red".to_owned(), "Dark blue".to_owned()];
        vec![
            T::Text,
            T::Integer,
            T::Decimal,
            T::Amount,
            T::Boolean,
            T::Date,
            T::Time,
            T::DateTime,
            T::Email,
            T::Phone,
            T::PersonName,
            T::Identifier { pattern: None },
            T::Identifier {
                pattern: Some("[A-Z]{2}[0-9]+".into()),
            },
            T::Identifier {
                pattern: Some("((".into()),
            },
            T::Choice { options },
            T::Choice { options: Vec::new() },
            T::Address,
            T::Place,
            T::Image,
            T::File,
            T::Object { fields: vec![] },
            T::List { fields: vec![] },
        ]
    }

    #[test]
    fn no_text_makes_any_type_panic_and_spans_stay_inside() {
        let settings = settings();
        let context = ValueContext {
            settings: &settings,
            now: now(),
        };
        let odd = [
            "",
            " ",
            "\u{202e}abc\u{0}",
            "🎉🎉 5pm 🎉",
            "ааа 12 ж",
            "مرحبا ٣٤",
            "9999999999999999999999999999999999999999",
            "1,1,1,1,1,1,1,1,1,1,1,1",
            "31/31/31/31",
            "@@@@@.com",
            "a@b@c.de",
            "half past",
            "in 4294967295 years",
            "99999999999 days ago",
            "the 99th",
            "quarter to",
            "$",
            "€€€",
            "next next next next",
            "double double double",
            "twenty twenty twenty",
            "- - - -",
            "....",
            "five hundred thousand million billion",
            "29 Feb",
            "0000-00-00",
            "24:61",
            "((((((",
            "name is",
            "i'm",
            "rue",
            "12",
            "address is",
            "p.o.box",
            "to to to in in",
            "not not not",
            "1e309",
            "in 999999999 weeks",
            "December 31 9999",
            "a couple",
            "half a",
            "12:",
            "12h",
            ":30",
        ];
        let long = [
            "a ".repeat(3000),
            "1.".repeat(3000),
            "@".repeat(3000),
            "to ".repeat(3000),
            "Aa ".repeat(3000),
            "5 ".repeat(3000),
        ];
        for text in odd.iter().map(|s| (*s).to_owned()).chain(long) {
            let length = text.chars().count() as u32;
            for kind in all_types() {
                let _ = parse(&kind, &text, &context);
                let mut last = 0;
                for found in find(&kind, &text, &context) {
                    assert!(
                        found.span.start < found.span.end && found.span.end <= length,
                        "a span of {kind:?} lies in {text:.40?}"
                    );
                    assert!(
                        found.span.start >= last,
                        "finds of {kind:?} are in order and apart in {text:.40?}"
                    );
                    last = found.span.end;
                }
            }
            let _ = find_periods(&text);
        }
    }

    #[test]
    fn a_list_of_options_takes_all_that_are_named() {
        let options = ["Name", "Address", "Phone"].map(str::to_owned).to_vec();
        let field = taskwright_domain::Field {
            key: "part".into(),
            name: String::new(),
            kind: AttributeType::Choice { options },
            path: String::new(),
            redacted: false,
            optional: false,
        };
        let kind = AttributeType::List { fields: vec![field] };
        let settings = settings();
        let context = ValueContext {
            now: now(),
            settings: &settings,
        };
        let cases = [
            ("my name and my phone", vec!["Name", "Phone"]),
            ("the address", vec!["Address"]),
            ("address, phone & name please", vec!["Address", "Phone", "Name"]),
            ("all of them", vec!["Name", "Address", "Phone"]),
            ("not my name, my phone", vec!["Phone"]),
            ("hello there", vec![]),
        ];
        for (text, named) in cases {
            let expected = (!named.is_empty()).then(|| {
                let options = named
                    .iter()
                    .map(|option| taskwright_domain::Value::Choice((*option).to_owned()));
                taskwright_domain::Value::List(options.collect())
            });
            assert_eq!(parse(&kind, text, &context), expected, "{text}");
        }
    }

    #[test]
    fn lengths_of_time_are_found_with_their_unit() {
        use PeriodUnit::{Days, Hours, Minutes, Months, Weeks, WorkingDays, Years};
        let cases = [
            ("more than 40 days ago", 40, Days),
            ("for two weeks", 2, Weeks),
            ("within 24h", 24, Hours),
            ("half an hour", 30, Minutes),
            ("a 30-day window", 30, Days),
            ("5 business days", 5, WorkingDays),
            ("ten working days", 10, WorkingDays),
            ("a month", 1, Months),
            ("an hour", 1, Hours),
            ("one and a half hours", 90, Minutes),
            ("a couple of weeks", 2, Weeks),
            ("a fortnight", 2, Weeks),
            ("2 years", 2, Years),
            ("15 mins", 15, Minutes),
            ("1.5 hours", 90, Minutes),
            ("twenty-four hours", 24, Hours),
            ("a few minutes after 3 months", 3, Months),
        ];
        for (text, count, unit) in cases {
            let found = find_periods(text);
            assert_eq!(
                found.first().map(|(_, p)| (p.count, p.unit)),
                Some((count, unit)),
                "the length in {text:?}"
            );
        }
        for text in ["the 3rd", "days", "every day of it all", "5 euros", "in May"] {
            assert!(find_periods(text).is_empty(), "no length in {text:?}");
        }
        let two = find_periods("between 3 and 5 days, or 2 weeks");
        assert_eq!(
            two.iter()
                .map(|(s, _)| s.of("between 3 and 5 days, or 2 weeks"))
                .collect::<Vec<_>>(),
            ["5 days", "2 weeks"],
            "all of them, with their words"
        );
    }
}
