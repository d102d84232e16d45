//! The line protocol of `read` and `fill`: a JSON line in, a JSON line out, in order. A bad line answers with an error
//! and the next one goes on.

use std::io::{BufRead, BufWriter, Write};

use serde::de::DeserializeOwned;
use serde_json::{Value as Json, json};
use taskwright_domain::{Attribute, AttributeId, AttributeType, HowToAsk, Scope, key_for};

use crate::Failure;

/// Answers every line of standard input on standard output.
pub(crate) fn each<Line: DeserializeOwned>(answer: impl Fn(&Line) -> Json) -> Result<(), Failure> {
    let mut out = BufWriter::new(std::io::stdout().lock());
    for text in std::io::stdin().lock().lines() {
        let text = text.map_err(Failure::found)?;
        if text.trim().is_empty() {
            continue;
        }
        writeln!(out, "{}", one(&text, &answer)).map_err(Failure::found)?;
        out.flush().map_err(Failure::found)?;
    }
    Ok(())
}

/// Answers one line.
pub(crate) fn one<Line: DeserializeOwned>(text: &str, answer: impl Fn(&Line) -> Json) -> Json {
    match serde_json::from_str::<Line>(text) {
        Ok(line) => answer(&line),
        Err(error) => json!({ "id": id_of(text), "error": error.to_string() }),
    }
}

/// The id of a line that does not fit otherwise.
fn id_of(text: &str) -> Json {
    let json = serde_json::from_str::<Json>(text).ok();
    json.and_then(|json| json.get("id").cloned()).unwrap_or(Json::Null)
}

/// An attribute as the protocol describes it.
pub(crate) fn attribute(name: &str, description: Option<&str>, kind: AttributeType) -> Attribute {
    let key = key_for(name);
    Attribute {
        id: AttributeId::new(&key),
        key,
        name: name.to_owned(),
        description: description.unwrap_or_default().to_owned(),
        kind,
        scope: Scope::Temporary,
        sensitive: false,
        how_to_ask: HowToAsk::default(),
        customer_may_fill: true,
        picked_from: None,
        worked_out: None,
    }
}

/// The type by the name it has in the protocol; anything else is text.
pub(crate) fn kind(name: &str, options: &[String]) -> AttributeType {
    match name {
        "number" => AttributeType::Decimal,
        "integer" => AttributeType::Integer,
        "amount" => AttributeType::Amount,
        "date" => AttributeType::Date,
        "time" => AttributeType::Time,
        "datetime" => AttributeType::DateTime,
        "email" => AttributeType::Email,
        "phone" => AttributeType::Phone,
        "person_name" => AttributeType::PersonName,
        "identifier" => AttributeType::Identifier { pattern: None },
        "boolean" => AttributeType::Boolean,
        "choice" => AttributeType::Choice {
            options: options.to_vec(),
        },
        "address" => AttributeType::Address,
        "place" => AttributeType::Place,
        _ => AttributeType::Text,
    }
}
