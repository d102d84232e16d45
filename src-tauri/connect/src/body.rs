//! What a call sends.

use serde_json::Value as Json;
use taskwright_domain::{Body, Pair, Template, TemplatePart, Value};

use crate::values::{Eyes, Unfilled, Values};
use crate::{multipart, raw};

/// How the body as a whole is called where something in it cannot be filled.
const WHOLE: &str = "body";

/// A body that is ready to be sent, or to be looked at.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Filled {
    /// What it is.
    pub(crate) content_type: String,
    /// Whether nothing else may be said of it in a header.
    pub(crate) fixed: bool,
    pub(crate) bytes: Vec<u8>,
}

impl Filled {
    fn new(content_type: &str, text: String) -> Self {
        Self {
            content_type: content_type.to_owned(),
            fixed: false,
            bytes: text.into_bytes(),
        }
    }
}

/// The body with its places filled. `key` is the call's own: the same call is written the same way every time. None where
/// all of it is an optional input that was not given.
pub(crate) fn written(body: &Body, values: &Values<'_>, key: &str) -> Result<Option<Filled>, Unfilled> {
    match body {
        Body::Json { json } => {
            let json = filled(json, values, WHOLE)?;
            Ok(json.map(|json| Filled::new("application/json", json.to_string())))
        }
        Body::Form { fields } => {
            let form = form(fields, values)?;
            Ok(Some(Filled::new("application/x-www-form-urlencoded", form)))
        }
        Body::Raw { content_type, text } => {
            let content_type = match content_type.trim() {
                "" => "text/plain; charset=utf-8",
                content_type => content_type,
            };
            let text = raw::written(content_type, text, values).map_err(|why| format!("body: {why}"))?;
            Ok(Some(Filled::new(content_type, text)))
        }
        Body::Multipart { parts } => multipart::written(parts, values, key).map(Some),
    }
}

/// JSON with its places filled. A reference alone in a string becomes the typed value, a file its bytes in base64; where it
/// is an optional input that was not given, its field or item is left out. Elsewhere values are put into the string.
fn filled(json: &Json, values: &Values<'_>, place: &str) -> Result<Option<Json>, Unfilled> {
    match json {
        Json::String(text) => string(text, values).map_err(|why| format!("{place}: {why}")),
        Json::Array(items) => {
            let items = items.iter().enumerate();
            let items = items.filter_map(|(at, item)| filled(item, values, &format!("{place}[{at}]")).transpose());
            items.collect::<Result<_, _>>().map(|items| Some(Json::Array(items)))
        }
        Json::Object(template) => {
            let fields = template.iter().filter_map(|(key, value)| {
                let value = filled(value, values, &format!("{place}.{key}")).transpose()?;
                Some(value.map(|value| (key.clone(), value)))
            });
            let fields: serde_json::Map<String, Json> = fields.collect::<Result<_, _>>()?;
            // A group whose every value was left out is left out itself; the body as a whole never is.
            let left_out = fields.is_empty() && !template.is_empty() && place != WHOLE;
            Ok((!left_out).then_some(Json::Object(fields)))
        }
        other => Ok(Some(other.clone())),
    }
}

fn string(text: &str, values: &Values<'_>) -> Result<Option<Json>, Unfilled> {
    let template = Template::new(text);
    match template.parts().as_slice() {
        [TemplatePart::Reference(reference)] => {
            let Some(value) = values.value(reference)? else {
                return Ok(None);
            };
            match (value.plain(), values.eyes) {
                (Value::File(file), _) => values.base64(&file.file).map(|text| Some(Json::String(text))),
                _ => values.json(reference, &value).map(Some),
            }
        }
        _ => Ok(values.fill(&template)?.map(Json::String)),
    }
}

fn form(fields: &[Pair], values: &Values<'_>) -> Result<String, Unfilled> {
    let pairs = fields.iter().filter_map(|field| {
        let value = values.fill(&field.value).transpose()?;
        let name = raw::encoded(&field.name, Eyes::Receiver);
        Some(
            value
                .map(|value| format!("{name}={}", raw::encoded(&value, values.eyes)))
                .map_err(|why| format!("form field {}: {why}", field.name)),
        )
    });
    Ok(pairs.collect::<Result<Vec<_>, _>>()?.join("&"))
}
