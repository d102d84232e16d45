//! Typed values in free text: finding them, with their place, and reading a whole text as one.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::Timestamp;
use taskwright_domain::{AttributeType, Period, Settings, Span, Value};

mod amounts;
mod choices;
mod clock;
mod codes;
mod common;
mod contacts;
mod days;
mod line;
mod names;
mod numbers;
mod periods;
mod places;
mod polarity;
mod relative;
mod stems;

pub(crate) use choices::negated;
pub(crate) use codes::compiled as compiled_pattern;
pub(crate) use common::is_common;
pub(crate) use line::{Line, TokenKind};
pub(crate) use names::FILLERS;
pub(crate) use numbers::{number_at, ordinal_at};
pub(crate) use periods::unit as period_unit;
pub(crate) use polarity::{Answer, Polarity, find as find_answers, phrase_end};
pub(crate) use stems::stem;

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
        Self { from, to, span: line.span(from, to), value, strength }
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
        AttributeType::Image | AttributeType::File | AttributeType::Object { .. } | AttributeType::List { .. } => Vec::new(),
    }
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
    candidates(kind, &line, context, false).into_iter().filter(sure).map(|c| Found { span: c.span, value: c.value }).collect()
}

/// The whole text as a value of this type: nothing but the value may stand in it, outer marks and words such as "it's"
/// left aside.
#[must_use]
pub fn parse(kind: &AttributeType, text: &str, context: &ValueContext<'_>) -> Option<Value> {
    const LEAD: [&str; 14] = ["it's", "its", "it", "is", "the", "my", "on", "at", "a", "about", "around", ":", "#", "number"];
    let line = Line::new(text);
    let lead = (0..line.len()).take_while(|i| line.is(*i, &LEAD) || line.is_break(*i)).count();
    let tail = (0..line.len()).rev().take_while(|i| line.is(*i, &[".", "!", "\"", "'", ")", ",", "please", "”", "’"])).count();
    let end = line.len().saturating_sub(tail);
    if let AttributeType::Choice { options } = kind
        && let Some(same) = options.iter().find(|o| o.trim().eq_ignore_ascii_case(text.trim()))
    {
        return Some(Value::Choice(same.clone()));
    }
    let covers = |c: &Candidate| c.from <= lead && c.to >= end && c.strength != Strength::Unclear;
    let mut fits = candidates(kind, &line, context, true).into_iter().filter(covers).map(|c| c.value);
    let first = fits.next()?;
    fits.next().is_none().then_some(first)
}

/// Every length of time in the text ("40 days", "two weeks", "24h"), in order.
#[must_use]
pub fn find_periods(text: &str) -> Vec<(Span, Period)> {
    periods::find(&Line::new(text))
}
