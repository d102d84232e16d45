//! Days of the workspace's time zone as instants, and instants as days.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use taskwright_domain::{ConversationFilter, DateRange, Every, Settings};
use taskwright_store::{Chosen, Days};

use crate::app::App;
use crate::error::CommandError;

/// Before this no conversation was had with this program: 2024-01-01, in UTC milliseconds since 1970.
const EARLIEST: i64 = 1_704_067_200_000;

/// A filter with the instants that its days begin and end at.
pub(crate) fn chosen(app: &App, filter: ConversationFilter) -> Result<Chosen, CommandError> {
    let zone = zone(&app.snapshot().settings);
    let (first, last) = match &filter.began {
        DateRange::Always => (None, None),
        DateRange::LastDays { days } => {
            let today = at(app.now()).to_zoned(zone.clone()).date();
            let before = i64::from((*days).max(1)) - 1;
            (Some(moved(today, -before)?), None)
        }
        DateRange::Between { from, until } if from > until => {
            let message = format!("{from} is later than {until}. Change one of the days.");
            return Err(CommandError::bad_request(message).at("/filter/began"));
        }
        DateRange::Between { from, until } => (Some(*from), Some(moved(*until, 1)?)),
    };
    Ok(Chosen {
        from: first.map(|day| begin(day, &zone)).transpose()?,
        until: last.map(|day| begin(day, &zone)).transpose()?,
        filter,
    })
}

/// How instants become days in this workspace, as far as there were any.
pub(crate) fn days(app: &App, every: Every, from: Option<i64>) -> Days {
    let settings = app.snapshot().settings.clone();
    let zone = zone(&settings);
    let (from, until) = (at(from.unwrap_or(EARLIEST)), at(app.now()));
    let offset = |seconds: i32| i64::from(seconds) * 1_000;
    let mut offsets = vec![(i64::MIN + 1, offset(zone.to_offset(from).seconds()))];
    let changes = zone.following(from).take_while(|change| change.timestamp() <= until);
    offsets.extend(changes.map(|change| (change.timestamp().as_millisecond(), offset(change.offset().seconds()))));
    Days {
        every,
        first: settings.first_day_of_week,
        offsets,
    }
}

fn zone(settings: &Settings) -> TimeZone {
    TimeZone::get(&settings.time_zone).unwrap_or(TimeZone::UTC)
}

fn at(instant: i64) -> Timestamp {
    Timestamp::from_millisecond(instant).unwrap_or(Timestamp::UNIX_EPOCH)
}

fn moved(day: Date, by: i64) -> Result<Date, CommandError> {
    day.checked_add(by.days()).map_err(no_day)
}

fn begin(day: Date, zone: &TimeZone) -> Result<i64, CommandError> {
    let begin = day.to_zoned(zone.clone()).map_err(no_day)?;
    Ok(begin.timestamp().as_millisecond())
}

fn no_day(error: jiff::Error) -> CommandError {
    CommandError::bad_request(format!("There is no such day: {error}. Choose another one.")).at("/filter/began")
}
