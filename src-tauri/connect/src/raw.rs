//! Text bodies. A value can never become structure of the text it stands in.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value as Json;
use taskwright_domain::{Template, TemplatePart};

use crate::values::{Eyes, MASK, Unfilled, Values};

/// What values have to be written as, by the kind of text they stand in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Json,
    Xml,
    Form,
    Plain,
}

impl Kind {
    fn of(content_type: &str) -> Self {
        let essence = content_type
            .split(';')
            .next()
            .unwrap_or_default()
            .trim()
            .to_ascii_lowercase();
        match essence.as_str() {
            "application/x-www-form-urlencoded" => Self::Form,
            "text/html" => Self::Xml,
            essence if essence.ends_with("/json") || essence.ends_with("+json") => Self::Json,
            essence if essence.ends_with("/xml") || essence.ends_with("+xml") => Self::Xml,
            _ => Self::Plain,
        }
    }
}

/// The text with its places filled.
pub(crate) fn written(content_type: &str, template: &Template, values: &Values<'_>) -> Result<String, Unfilled> {
    let kind = Kind::of(content_type);
    let mut text = String::new();
    let mut quoted = Quoted::default();
    for part in template.parts() {
        match part {
            TemplatePart::Words(words) => {
                quoted.read(words);
                text.push_str(words);
            }
            TemplatePart::Reference(reference) => text.push_str(&match kind {
                Kind::Json => as_json(reference, values, quoted.inside)?,
                Kind::Xml => as_xml(&needed_or_nothing(reference, values)?),
                Kind::Form => encoded(&needed_or_nothing(reference, values)?, values.eyes),
                Kind::Plain => needed_or_nothing(reference, values)?,
            }),
        }
    }
    let sent = values.eyes == Eyes::Receiver;
    if kind == Kind::Json && sent && serde_json::from_str::<serde::de::IgnoredAny>(&text).is_err() {
        return Err("it is no JSON once its values stand in it".to_owned());
    }
    Ok(text)
}

/// Whether the text so far ends inside a JSON string.
#[derive(Debug, Default)]
struct Quoted {
    inside: bool,
    escaped: bool,
}

impl Quoted {
    fn read(&mut self, words: &str) {
        for character in words.chars() {
            match character {
                _ if self.escaped => self.escaped = false,
                '\\' if self.inside => self.escaped = true,
                '"' => self.inside = !self.inside,
                _ => {}
            }
        }
    }
}

/// The text of a value; nothing where it is an optional input that was not given.
fn needed_or_nothing(reference: &str, values: &Values<'_>) -> Result<String, Unfilled> {
    match values.value(reference)? {
        Some(_) => values.needed_text(reference),
        None => Ok(String::new()),
    }
}

/// Inside a string the text without its own quotes; elsewhere a whole value, its type kept.
fn as_json(reference: &str, values: &Values<'_>, inside: bool) -> Result<String, Unfilled> {
    if inside {
        let quoted = Json::String(needed_or_nothing(reference, values)?).to_string();
        return Ok(quoted[1..quoted.len() - 1].to_owned());
    }
    match values.value(reference)? {
        Some(value) => Ok(values.json(reference, &value)?.to_string()),
        None => Ok("null".to_owned()),
    }
}

fn as_xml(text: &str) -> String {
    let mut xml = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => xml.push_str("&amp;"),
            '<' => xml.push_str("&lt;"),
            '>' => xml.push_str("&gt;"),
            '"' => xml.push_str("&quot;"),
            '\'' => xml.push_str("&apos;"),
            // Nowhere allowed in XML, escaped neither.
            character if character.is_control() && !matches!(character, '\n' | '\r' | '\t') => {}
            character => xml.push(character),
        }
    }
    xml
}

/// A value of a form. People read masks as they are.
pub(crate) fn encoded(text: &str, eyes: Eyes) -> String {
    let encoded = utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
    match eyes {
        Eyes::Receiver => encoded,
        Eyes::People => encoded.replace(&utf8_percent_encode(MASK, NON_ALPHANUMERIC).to_string(), MASK),
    }
}
