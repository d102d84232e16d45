//! The JSON body of a call.

use serde_json::Value as Json;
use taskwright_domain::{Body, Template, TemplatePart};

use crate::values::{Unfilled, Values};

/// The body with its places filled. A reference alone in a string becomes the typed value, or takes its field or item
/// away where it is an optional input that was not given; elsewhere values are put into the string.
pub(crate) fn written(body: &Body, values: &Values<'_>) -> Result<Option<Json>, Unfilled> {
    match body {
        Body::Json { json } => filled(json, values, "body"),
        _ => Err("body: only JSON can be sent".to_owned()),
    }
}

fn filled(json: &Json, values: &Values<'_>, place: &str) -> Result<Option<Json>, Unfilled> {
    match json {
        Json::String(text) => string(text, values).map_err(|why| format!("{place}: {why}")),
        Json::Array(items) => {
            let items = items.iter().enumerate();
            let items = items.filter_map(|(at, item)| filled(item, values, &format!("{place}[{at}]")).transpose());
            items.collect::<Result<_, _>>().map(|items| Some(Json::Array(items)))
        }
        Json::Object(fields) => {
            let fields = fields.iter().filter_map(|(key, value)| {
                let value = filled(value, values, &format!("{place}.{key}")).transpose()?;
                Some(value.map(|value| (key.clone(), value)))
            });
            fields
                .collect::<Result<_, _>>()
                .map(|fields| Some(Json::Object(fields)))
        }
        other => Ok(Some(other.clone())),
    }
}

fn string(text: &str, values: &Values<'_>) -> Result<Option<Json>, Unfilled> {
    let template = Template::new(text);
    match template.parts().as_slice() {
        [TemplatePart::Reference(reference)] => {
            let value = values.value(reference)?;
            value.map(|value| values.json(reference, &value)).transpose()
        }
        _ => Ok(values.fill(&template)?.map(Json::String)),
    }
}
