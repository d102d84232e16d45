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

#[cfg(test)]
mod tests {
    use serde_json::{Value as Json, json};

    use super::filling;
    use crate::lines;

    fn answer(line: &Json) -> Json {
        lines::one(&line.to_string(), filling)
    }

    #[test]
    fn values_come_in_their_normal_form_with_the_customers_words() {
        let attributes = json!([
            { "name": "Day", "type": "date" },
            { "name": "Hour", "type": "time" },
            { "name": "Price", "type": "amount" },
            { "name": "Guests", "type": "integer", "options": ["1", "2", "3"] },
            { "name": "Parking", "type": "boolean", "options": ["Yes", "No"] },
        ]);
        let cases = [
            (
                "Day",
                "on the 8th at half past 5 pm",
                json!({
                    "Day": { "value": "2019-03-08", "span": [7, 10] },
                    "Hour": { "value": "17:30", "span": [14, 28] },
                }),
            ),
            (
                "Price",
                "66.10 dollars",
                json!({ "Price": { "value": "66.1 USD", "span": [0, 13] } }),
            ),
            ("Price", "80", json!({ "Price": { "value": "80", "span": [0, 2] } })),
            ("Guests", "two", json!({ "Guests": { "value": "2", "span": [0, 3] } })),
            ("Guests", "twelve", json!({})),
            (
                "Parking",
                "nope",
                json!({ "Parking": { "value": "No", "span": [0, 4] } }),
            ),
            ("Day", "what for?", json!({})),
        ];
        for (asked, text, values) in cases {
            let line =
                json!({ "id": 7, "attributes": attributes, "asked": [asked], "text": text, "today": "2019-03-01" });
            assert_eq!(answer(&line), json!({ "id": 7, "values": values }), "{text}");
        }
    }

    #[test]
    fn a_bad_line_answers_with_its_id_and_an_error() {
        let answered = answer(&json!({ "id": "a", "today": "soon", "text": "hi" }));
        assert_eq!(answered.get("id"), Some(&json!("a")), "the id is kept");
        assert!(answered.get("error").is_some_and(Json::is_string), "{answered}");
    }

    #[test]
    fn names_that_differ_in_writing_only_are_kept_apart() {
        let line = json!({
            "id": 1,
            "attributes": [{ "name": "Code", "type": "identifier" }, { "name": "code", "type": "email" }],
            "asked": ["code"],
            "text": "kim@example.org",
            "today": "2019-03-01",
        });
        let values = json!({ "code": { "value": "kim@example.org", "span": [0, 15] } });
        assert_eq!(
            answer(&line),
            json!({ "id": 1, "values": values }),
            "the second of the two"
        );
    }
}
