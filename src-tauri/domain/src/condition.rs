//! Typed conditions, evaluated exactly and explained part by part.

use std::fmt;

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{ActionId, Value, Weekday};

/// Something that is true or false once the values in it are known.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Condition {
    /// All parts hold.
    All {
        /// The parts.
        parts: Vec<Condition>,
    },
    /// At least one part holds.
    Any {
        /// The parts.
        parts: Vec<Condition>,
    },
    /// The part does not hold.
    Not {
        /// The part.
        part: Box<Condition>,
    },
    /// A value compared.
    Test {
        /// The value.
        subject: Operand,
        /// The comparison.
        comparison: Comparison,
    },
    /// What became of an action in this run.
    Action {
        /// The action.
        action: ActionId,
        /// What must have become of it.
        state: ActionState,
    },
    /// What became of a wait for a webhook, by the block's key.
    Webhook {
        /// The key of the block.
        key: String,
        /// `true`: it came; `false`: the time ran out.
        received: bool,
    },
    /// At least one item of a list is so. Inside, [`Operand::Item`] is a field of the item that is looked at.
    AnyItem {
        /// The list, e.g. `order.items`.
        list: String,
        /// What one of them must be.
        part: Box<Condition>,
    },
    /// The customer said yes to the last question that asked for a confirmation.
    Confirmed,
    /// The workspace's or the default team's opening hours.
    WithinOpeningHours,
}

/// What became of an action in this run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum ActionState {
    /// Its last call succeeded.
    Succeeded,
    /// Its last call failed.
    Failed,
    /// Its last call found nothing.
    NotFound,
    /// It has not been called.
    NotCalled,
}

/// A side of a comparison.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Operand {
    /// An attribute or a field, e.g. `order.status`.
    Reference {
        /// Without braces.
        reference: String,
    },
    /// An input of the guarded action, in rules only.
    Input {
        /// The input's key.
        key: String,
    },
    /// A value written by the author.
    Constant {
        /// The value.
        value: Value,
    },
    /// The conversation's day.
    Today,
    /// The instant of the input.
    Now,
    /// How many items a list has.
    Count {
        /// The list.
        reference: String,
    },
    /// Another operand moved in time.
    Shifted {
        /// From here.
        base: Box<Operand>,
        /// By this much.
        by: Period,
        /// Into the past.
        #[serde(default)]
        back: bool,
    },
    /// A field of the item that [`Condition::AnyItem`] or [`Operand::Found`] looks at.
    Item {
        /// Its key.
        field: String,
    },
    /// The first item of a list that is so, or a field of it.
    Found {
        /// The list.
        list: String,
        /// What it must be.
        part: Box<Condition>,
        /// The field's key; the whole item where empty.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        field: String,
    },
    /// How far two numbers or amounts lie apart, never below zero.
    Difference {
        /// One.
        one: Box<Operand>,
        /// The other.
        other: Box<Operand>,
    },
    /// Some per cent of a number or amount.
    Share {
        /// How many per cent, e.g. `10`.
        #[schemars(with = "String")]
        #[ts(type = "string")]
        percent: Decimal,
        /// Of this.
        of: Box<Operand>,
    },
    /// The larger of two.
    Larger {
        /// One.
        one: Box<Operand>,
        /// The other.
        other: Box<Operand>,
    },
    /// The smaller of two.
    Smaller {
        /// One.
        one: Box<Operand>,
        /// The other.
        other: Box<Operand>,
    },
}

/// How a value is compared.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Comparison {
    /// Equal; text without regard to case, accents and outer space.
    Is {
        /// To this.
        to: Operand,
    },
    /// Not equal.
    IsNot {
        /// To this.
        to: Operand,
    },
    /// Equal to one of them.
    OneOf {
        /// These.
        of: Vec<Operand>,
    },
    /// The text or list contains it.
    Contains {
        /// This.
        what: Operand,
    },
    /// The text starts with it.
    StartsWith {
        /// This.
        what: Operand,
    },
    /// Greater.
    MoreThan {
        /// Than this.
        than: Operand,
    },
    /// Smaller.
    LessThan {
        /// Than this.
        than: Operand,
    },
    /// Greater or equal.
    AtLeast {
        /// This.
        than: Operand,
    },
    /// Smaller or equal.
    AtMost {
        /// This.
        than: Operand,
    },
    /// From low to high, both included.
    Between {
        /// The lower end.
        low: Operand,
        /// The upper end.
        high: Operand,
    },
    /// Earlier.
    Before {
        /// Than this.
        than: Operand,
    },
    /// Later.
    After {
        /// Than this.
        than: Operand,
    },
    /// More than this long ago.
    OlderThan {
        /// How long.
        period: Period,
    },
    /// Not more than this long ago, and not in the future.
    WithinLast {
        /// How long.
        period: Period,
    },
    /// Not more than this far ahead, and not in the past.
    WithinNext {
        /// How long.
        period: Period,
    },
    /// More than this far ahead.
    FurtherThan {
        /// How far.
        period: Period,
    },
    /// The day falls on one of these days of the week, in the workspace's time zone.
    OnWeekday {
        /// These, in the week's order.
        days: Vec<Weekday>,
    },
    /// No value. Asks nothing.
    Missing,
    /// Any value. Asks nothing.
    Present,
}

/// A length of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct Period {
    /// How many.
    pub count: u32,
    /// Of what.
    pub unit: PeriodUnit,
}

/// A unit of time. Days and longer compare calendar days, minutes and hours compare instants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum PeriodUnit {
    /// Minutes.
    Minutes,
    /// Hours.
    Hours,
    /// Calendar days.
    Days,
    /// Monday to Friday, without the workspace's holidays.
    WorkingDays,
    /// Seven days.
    Weeks,
    /// Calendar months.
    Months,
    /// Calendar years.
    Years,
}

/// As people say it: "30 days", "1 hour".
impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = match self.unit {
            PeriodUnit::Minutes => "minute",
            PeriodUnit::Hours => "hour",
            PeriodUnit::Days => "day",
            PeriodUnit::WorkingDays => "working day",
            PeriodUnit::Weeks => "week",
            PeriodUnit::Months => "month",
            PeriodUnit::Years => "year",
        };
        let plural = if self.count == 1 { "" } else { "s" };
        write!(f, "{} {unit}{plural}", self.count)
    }
}

impl Condition {
    /// Every reference in it, in order, repeats included.
    #[must_use]
    pub fn references(&self) -> Vec<&str> {
        let mut found = Vec::new();
        self.collect(&mut found);
        found
    }

    fn collect<'a>(&'a self, found: &mut Vec<&'a str>) {
        match self {
            Self::All { parts } | Self::Any { parts } => parts.iter().for_each(|part| part.collect(found)),
            Self::Not { part } => part.collect(found),
            Self::AnyItem { list, part } => {
                found.push(list);
                part.collect(found);
            }
            Self::Test { subject, comparison } => {
                subject.collect(found);
                comparison
                    .operands()
                    .into_iter()
                    .for_each(|operand| operand.collect(found));
            }
            Self::Action { .. } | Self::Webhook { .. } | Self::Confirmed | Self::WithinOpeningHours => {}
        }
    }
}

impl Operand {
    /// The first reference in it, if there is one.
    #[must_use]
    pub fn reference(&self) -> Option<&str> {
        self.references().first().copied()
    }

    /// Every reference in it, in order, repeats included.
    #[must_use]
    pub fn references(&self) -> Vec<&str> {
        let mut found = Vec::new();
        self.collect(&mut found);
        found
    }

    fn collect<'a>(&'a self, found: &mut Vec<&'a str>) {
        match self {
            Self::Reference { reference } | Self::Count { reference } => found.push(reference),
            Self::Found { list, part, .. } => {
                found.push(list);
                part.collect(found);
            }
            Self::Shifted { base: of, .. } | Self::Share { of, .. } => of.collect(found),
            Self::Difference { one, other } | Self::Larger { one, other } | Self::Smaller { one, other } => {
                one.collect(found);
                other.collect(found);
            }
            Self::Input { .. } | Self::Constant { .. } | Self::Today | Self::Now | Self::Item { .. } => {}
        }
    }
}

impl Comparison {
    /// The operands on the right, in order.
    #[must_use]
    pub fn operands(&self) -> Vec<&Operand> {
        match self {
            Self::Is { to } | Self::IsNot { to } => vec![to],
            Self::OneOf { of } => of.iter().collect(),
            Self::Contains { what } | Self::StartsWith { what } => vec![what],
            Self::MoreThan { than }
            | Self::LessThan { than }
            | Self::AtLeast { than }
            | Self::AtMost { than }
            | Self::Before { than }
            | Self::After { than } => vec![than],
            Self::Between { low, high } => vec![low, high],
            Self::OlderThan { .. }
            | Self::WithinLast { .. }
            | Self::WithinNext { .. }
            | Self::FurtherThan { .. }
            | Self::OnWeekday { .. }
            | Self::Missing
            | Self::Present => Vec::new(),
        }
    }
}
