//! What a call sends.

use schemars::JsonSchema;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value as Json;
use ts_rs::TS;

use crate::{Pair, Template};

/// The body of a request.
///
/// Older documents hold the JSON itself; they are read as [`Body::Json`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Body {
    /// JSON. `"{amount}"` alone in a string becomes the typed value, an image or a file its bytes in base64; elsewhere a
    /// value is put into the string.
    Json {
        /// The JSON with its places.
        #[serde(default)]
        #[ts(type = "unknown")]
        json: Json,
    },
    /// A form, as browsers send it (`application/x-www-form-urlencoded`).
    Form {
        /// Its fields.
        #[serde(default)]
        fields: Vec<Pair>,
    },
    /// Text of any kind. Values are put in as they are; in a kind of JSON they are written so that it stays JSON.
    Raw {
        /// The content type, e.g. `application/xml`.
        #[serde(default)]
        content_type: String,
        /// The text with its places.
        #[serde(default)]
        text: Template,
    },
    /// Parts, files among them (`multipart/form-data`).
    Multipart {
        /// The parts.
        #[serde(default)]
        parts: Vec<Part>,
    },
}

/// A part of a body of parts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Part {
    /// Words.
    Text {
        /// The name of the part.
        name: String,
        /// The words.
        value: Template,
    },
    /// The bytes of a file.
    File {
        /// The name of the part.
        name: String,
        /// The key of the input that holds the image or the file.
        input: String,
    },
}

impl Body {
    /// The templates that stand in it on their own; those inside JSON are its strings.
    pub fn templates(&self) -> Vec<&Template> {
        match self {
            Self::Json { .. } => Vec::new(),
            Self::Form { fields } => fields.iter().map(|field| &field.value).collect(),
            Self::Raw { text, .. } => vec![text],
            Self::Multipart { parts } => {
                let words = parts.iter().filter_map(|part| match part {
                    Part::Text { value, .. } => Some(value),
                    Part::File { .. } => None,
                });
                words.collect()
            }
        }
    }
}

/// How a body is written today.
#[derive(Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Written {
    Json {
        #[serde(default)]
        json: Json,
    },
    Form {
        #[serde(default)]
        fields: Vec<Pair>,
    },
    Raw {
        #[serde(default)]
        content_type: String,
        #[serde(default)]
        text: Template,
    },
    Multipart {
        #[serde(default)]
        parts: Vec<Part>,
    },
}

impl<'de> Deserialize<'de> for Body {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let json = Json::deserialize(deserializer)?;
        if !is_written_today(&json) {
            return Ok(Self::Json { json });
        }
        let written = serde_json::from_value(json).map_err(D::Error::custom)?;
        Ok(match written {
            Written::Json { json } => Self::Json { json },
            Written::Form { fields } => Self::Form { fields },
            Written::Raw { content_type, text } => Self::Raw { content_type, text },
            Written::Multipart { parts } => Self::Multipart { parts },
        })
    }
}

/// Whether this is a body with its kind, and not the JSON that older documents have in its place: those have other fields
/// beside a `type` of their own.
#[must_use]
pub fn is_written_today(body: &Json) -> bool {
    let Json::Object(fields) = body else { return false };
    let own: &[&str] = match fields.get("type").and_then(Json::as_str) {
        Some("json") => &["json"],
        Some("form") => &["fields"],
        Some("raw") => &["content_type", "text"],
        Some("multipart") => &["parts"],
        _ => return false,
    };
    fields.keys().all(|key| key == "type" || own.contains(&key.as_str()))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value as Json, json};

    use super::Body;

    #[test]
    fn json_of_an_older_document_is_a_json_body() {
        for json in [
            json!({ "amount": "{amount}" }),
            json!({ "type": "refund", "amount": "{amount}" }),
            json!({ "type": "json", "version": 2 }),
            json!(["{a}", 1]),
            json!("{note}"),
            json!(7),
        ] {
            let body: Body = serde_json::from_value(json.clone()).unwrap();
            assert_eq!(body, Body::Json { json: json.clone() }, "{json}");
            let again: Body = serde_json::from_value(serde_json::to_value(&body).unwrap()).unwrap();
            assert_eq!(again, body, "and stays the same when it is written and read again");
        }
    }

    #[test]
    fn every_kind_of_body_comes_back_as_it_was() {
        for written in [
            json!({ "type": "json", "json": { "type": "json", "json": 1 } }),
            json!({ "type": "form", "fields": [{ "name": "a", "value": "{b}" }] }),
            json!({ "type": "raw", "content_type": "application/xml", "text": "<a>{b}</a>" }),
            json!({ "type": "multipart", "parts": [
                { "type": "text", "name": "note", "value": "{note}" },
                { "type": "file", "name": "photo", "input": "photo" },
            ] }),
        ] {
            let body: Body = serde_json::from_value(written.clone()).unwrap();
            assert_eq!(serde_json::to_value(&body).unwrap(), written);
        }
        let empty: Body = serde_json::from_value(json!({ "type": "json" })).unwrap();
        assert_eq!(
            empty,
            Body::Json { json: Json::Null },
            "a field left out for being empty"
        );
    }

    #[test]
    fn a_slip_in_a_body_is_told_and_not_sent_as_json() {
        let slip = json!({ "type": "form", "fields": "a=b" });
        assert!(serde_json::from_value::<Body>(slip).is_err(), "fields are a list");
    }
}
