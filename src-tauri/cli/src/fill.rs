//! `taskwright fill`: customers' messages in, the values they give out, one JSON line each.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use serde::Deserialize;
use serde_json::{Map, Value as Json, json};
use taskwright_domain::{Attribute, Settings, Value};
use taskwright_language::understand::fill;
use taskwright_language::values::ValueContext;

use crate::{Failure, lines};

/// ISO 4217 for "no currency": an amount says one only where the customer did.
const NO_CURRENCY: &str = "XXX";

#[derive(Deserialize)]
struct Line {
    #[serde(default)]
    id: Json,
    #[serde(default)]
    attributes: Vec<Wanted>,
    /// Names of the attributes that were just asked for.
    #[serde(default)]
    asked: Vec<String>,
    /// The words they were asked with.
    #[serde(default)]
    question: Option<String>,
    text: String,
    /// The conversation's day; the day it is otherwise.
    #[serde(default)]
    today: Option<Date>,
}

#[derive(Deserialize)]
struct Wanted {
    name: String,
    #[serde(default)]
    description: Option<String>,
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    options: Option<Vec<String>>,
}

pub(crate) fn fill_lines() -> Result<(), Failure> {
    lines::each(filling)
}

fn filling(line: &Line) -> Json {
    let settings = Settings {
        currency: NO_CURRENCY.to_owned(),
        ..Settings::default()
    };
    let context = ValueContext {
        settings: &settings,
        now: noon(line.today),
    };
    let attributes = attributes(&line.attributes);
    let wanted: Vec<&Attribute> = attributes.iter().collect();
    let key = |name: &String| {
        let at = line.attributes.iter().position(|wanted| wanted.name == *name)?;
        attributes.get(at).map(|attribute| attribute.key.as_str())
    };
    let asked: Vec<&str> = line.asked.iter().filter_map(key).collect();
    let filled = fill(&wanted, &asked, line.question.as_deref(), &line.text, &context);
    let mut values = Map::new();
    for given in filled {
        let at = attributes.iter().position(|attribute| attribute.key == given.attribute);
        let Some(wanted) = at.and_then(|at| line.attributes.get(at)) else {
            continue;
        };
        if let Some(value) = shown(&given.value, wanted) {
            let span = [given.span.start, given.span.end];
            values.insert(wanted.name.clone(), json!({ "value": value, "span": span }));
        }
    }
    json!({ "id": line.id, "values": values })
}

/// Noon of the conversation's day, so that "in two hours" stays in it.
fn noon(today: Option<Date>) -> Timestamp {
    let noon = today.and_then(|day| day.at(12, 0, 0, 0).to_zoned(TimeZone::UTC).ok());
    noon.as_ref().map_or_else(Timestamp::now, Zoned::timestamp)
}

/// The attributes, each with a key of its own.
fn attributes(wanted: &[Wanted]) -> Vec<Attribute> {
    let mut made: Vec<Attribute> = Vec::new();
    for wanted in wanted {
        let options = wanted.options.as_deref().unwrap_or_default();
        let kind = lines::kind(&wanted.kind, options);
        let mut attribute = lines::attribute(&wanted.name, wanted.description.as_deref(), kind);
        if made.iter().any(|other| other.key == attribute.key) {
            attribute.key = format!("{}_{}", attribute.key, made.len());
        }
        made.push(attribute);
    }
    made
}

/// The value in its normal form; none where the attribute has options and this is not among them.
fn shown(value: &Value, wanted: &Wanted) -> Option<String> {
    let options = wanted.options.as_deref().unwrap_or_default();
    let said = match value.plain() {
        Value::Text(text) | Value::Choice(text) => text.clone(),
        Value::Integer(number) => number.to_string(),
        Value::Decimal(number) => number.normalize().to_string(),
        Value::Amount(amount) if amount.currency == NO_CURRENCY => amount.amount.normalize().to_string(),
        Value::Amount(amount) => format!("{} {}", amount.amount.normalize(), amount.currency),
        Value::Boolean(yes) => return Some(polar(*yes, options)),
        Value::Date(day) => day.to_string(),
        Value::Time(time) => time.strftime("%H:%M").to_string(),
        Value::DateTime(instant) => instant.to_zoned(TimeZone::UTC).strftime("%Y-%m-%dT%H:%M").to_string(),
        Value::List(_) | Value::Object(_) | Value::File(_) | Value::Sealed(_) => return None,
    };
    let counted = wanted.kind == "integer" && !options.is_empty();
    (!counted || options.contains(&said)).then_some(said)
}

/// Yes or no, as the options write it.
fn polar(yes: bool, options: &[String]) -> String {
    let words = if yes { ["true", "yes"] } else { ["false", "no"] };
    let written = options
        .iter()
        .find(|option| words.contains(&option.to_lowercase().as_str()));
    written
        .cloned()
        .unwrap_or_else(|| if yes { "True" } else { "False" }.to_owned())
}
