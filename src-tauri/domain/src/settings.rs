//! Settings of a workspace, copied into every conversation when it starts.

use jiff::civil;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::TeamId;

/// Settings of a workspace.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct Settings {
    /// IANA name, e.g. `Europe/Berlin`.
    pub time_zone: String,
    /// How `12/11/2026` is read.
    pub date_order: DateOrder,
    /// The day a week starts on.
    pub first_day_of_week: Weekday,
    /// ISO 4217 code used where a customer names none.
    pub currency: String,
    /// The language customers are answered in; English is the only one so far.
    pub language: String,
    /// When someone is there.
    pub opening_hours: OpeningHours,
    /// Days on which nobody is there.
    #[schemars(with = "Vec<String>")]
    #[ts(type = "string[]")]
    pub holidays: Vec<civil::Date>,
    /// Takes hand-offs that name no team.
    pub default_team: Option<TeamId>,
    /// What the assistant calls itself.
    pub assistant_name: String,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            time_zone: "UTC".into(),
            date_order: DateOrder::DayFirst,
            first_day_of_week: Weekday::Monday,
            currency: "EUR".into(),
            language: "en".into(),
            opening_hours: OpeningHours::default(),
            holidays: Vec::new(),
            default_team: None,
            assistant_name: "Assistant".into(),
        }
    }
}

/// How a date of three numbers is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum DateOrder {
    /// 21/11/2026
    DayFirst,
    /// 11/21/2026
    MonthFirst,
    /// 2026/11/21
    YearFirst,
}

/// A day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Weekday {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

/// When someone is there. No row for a day: nobody is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct OpeningHours {
    /// The rows; a day may have several.
    pub hours: Vec<DayHours>,
}

/// A stretch of one day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct DayHours {
    /// The day.
    pub day: Weekday,
    /// From, e.g. `09:00:00`.
    #[schemars(with = "String")]
    #[ts(type = "string")]
    pub from: civil::Time,
    /// Until, exclusive.
    #[schemars(with = "String")]
    #[ts(type = "string")]
    pub to: civil::Time,
}

impl Default for OpeningHours {
    fn default() -> Self {
        use Weekday::{Friday, Monday, Thursday, Tuesday, Wednesday};
        let hours = [Monday, Tuesday, Wednesday, Thursday, Friday]
            .into_iter()
            .map(|day| DayHours {
                day,
                from: civil::Time::constant(9, 0, 0, 0),
                to: civil::Time::constant(17, 0, 0, 0),
            })
            .collect();
        Self { hours }
    }
}
