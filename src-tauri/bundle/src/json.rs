//! JSON as it stands in a bundle: pretty, in one fixed order of keys, and read with guards.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value as Json;

use crate::BundleError;
use crate::limits::{MAX_JSON_BYTES, MAX_JSON_DEPTH};

/// Keys that come first, in this order, because people read from the top; all others follow by the alphabet.
const FIRST: [&str; 28] = [
    "$schema",
    "format",
    "id",
    "key",
    "type",
    "name",
    "title",
    "label",
    "description",
    "kind",
    "scope",
    "result_name",
    "off",
    "method",
    "path",
    "query",
    "headers",
    "subject",
    "comparison",
    "condition",
    "examples",
    "counter_examples",
    "audience",
    "text",
    "attributes",
    "inputs",
    "outputs",
    "blocks",
];

/// A value as the text of a file.
pub(crate) fn to_file<T: Serialize>(path: &str, value: &T) -> Result<Vec<u8>, BundleError> {
    let cannot = |error: serde_json::Error| BundleError::CannotWrite {
        path: path.to_owned(),
        reason: error.to_string(),
    };
    let value = serde_json::to_value(value).map_err(cannot)?;
    let mut text = String::new();
    write(&value, 0, &mut text);
    text.push('\n');
    Ok(text.into_bytes())
}

/// A value as text that is equal for equal values, whatever order its keys were put in.
pub(crate) fn canonical(value: &Json) -> String {
    let mut text = String::new();
    write(value, 0, &mut text);
    text
}

fn write(value: &Json, depth: usize, out: &mut String) {
    match value {
        Json::Array(items) if !items.is_empty() => {
            let items: Vec<_> = items.iter().map(|item| (None, item)).collect();
            write_group(('[', ']'), &items, depth, out);
        }
        Json::Object(fields) if !fields.is_empty() => {
            let mut fields: Vec<_> = fields.iter().map(|(key, value)| (Some(key.as_str()), value)).collect();
            fields.sort_by_key(|(key, _)| key.map(rank));
            write_group(('{', '}'), &fields, depth, out);
        }
        other => out.push_str(&other.to_string()),
    }
}

fn write_group((open, close): (char, char), items: &[(Option<&str>, &Json)], depth: usize, out: &mut String) {
    out.push(open);
    for (at, (key, item)) in items.iter().enumerate() {
        out.push_str(if at == 0 { "\n" } else { ",\n" });
        out.push_str(&"  ".repeat(depth + 1));
        if let Some(key) = key {
            out.push_str(&Json::from(*key).to_string());
            out.push_str(": ");
        }
        write(item, depth + 1, out);
    }
    out.push('\n');
    out.push_str(&"  ".repeat(depth));
    out.push(close);
}

fn rank(key: &str) -> (usize, &str) {
    (FIRST.iter().position(|first| *first == key).unwrap_or(FIRST.len()), key)
}

/// A file's JSON, refused where it is enormous or endlessly nested.
pub(crate) fn parse(path: &str, bytes: &[u8]) -> Result<Json, BundleError> {
    from_file(path, bytes)
}

/// A file's JSON as a type.
pub(crate) fn from_file<T: DeserializeOwned>(path: &str, bytes: &[u8]) -> Result<T, BundleError> {
    let path = || path.to_owned();
    if bytes.len() > MAX_JSON_BYTES {
        return Err(BundleError::JsonTooLarge {
            path: path(),
            limit: MAX_JSON_BYTES,
        });
    }
    let text = std::str::from_utf8(bytes).map_err(|_| BundleError::NotText { path: path() })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if depth(text) > MAX_JSON_DEPTH {
        return Err(BundleError::JsonTooDeep {
            path: path(),
            limit: MAX_JSON_DEPTH,
        });
    }
    serde_json::from_str(text).map_err(|error| BundleError::BadJson {
        path: path(),
        reason: error.to_string(),
    })
}

/// A JSON value as a type.
pub(crate) fn from_value<T: DeserializeOwned>(path: &str, value: Json) -> Result<T, BundleError> {
    serde_json::from_value(value).map_err(|error| BundleError::BadJson {
        path: path.to_owned(),
        reason: error.to_string(),
    })
}

/// How deep brackets stand in brackets, strings left out. It needs no stack, so that nothing can overflow it.
fn depth(text: &str) -> usize {
    let (mut now, mut most) = (0_usize, 0);
    let (mut in_string, mut escaped) = (false, false);
    for byte in text.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            b'[' | b'{' if !in_string => {
                now += 1;
                most = most.max(now);
            }
            b']' | b'}' if !in_string => now = now.saturating_sub(1),
            _ => {}
        }
    }
    most
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{depth, parse, to_file};
    use crate::BundleCode;

    #[test]
    fn keys_stand_in_a_fixed_order_that_people_can_read() {
        let text = to_file(
            "x.json",
            &json!({"zebra": 1, "title": "T", "alpha": [], "id": "task_1", "list": [1, {"a": null}]}),
        )
        .unwrap();
        assert_eq!(
            String::from_utf8(text).unwrap(),
            "{\n  \"id\": \"task_1\",\n  \"title\": \"T\",\n  \"alpha\": [],\n  \"list\": [\n    1,\n    {\n      \"a\": null\n    }\n  ],\n  \"zebra\": 1\n}\n",
            "id and title first, the rest by the alphabet, a line break at the end"
        );
    }

    #[test]
    fn brackets_in_strings_are_no_depth() {
        assert_eq!(depth(r#"{"a": "[[[\"[[", "b": [1]}"#), 2, "only real brackets count");
    }

    #[test]
    fn enormous_and_endlessly_deep_json_is_refused_before_it_is_read() {
        let deep = "[".repeat(1_000_000);
        assert_eq!(
            parse("x.json", deep.as_bytes()).unwrap_err().code(),
            BundleCode::JsonTooDeep,
            "a million brackets"
        );
        let large = format!("\"{}\"", "a".repeat(5 << 20));
        assert_eq!(
            parse("x.json", large.as_bytes()).unwrap_err().code(),
            BundleCode::JsonTooLarge,
            "five megabytes"
        );
        let near = format!("{}{}", "[".repeat(120), "]".repeat(120));
        assert!(parse("x.json", near.as_bytes()).is_ok(), "the limit itself is readable");
    }

    #[test]
    fn a_number_comes_back_as_the_very_same_number() {
        for number in [1.0_f64, 0.1, 1e300, 2.718_281_828_459_045_2e-7, 123_456_789.123_456_79] {
            let bytes = to_file("x.json", &json!([number])).unwrap();
            assert_eq!(
                parse("x.json", &bytes).unwrap(),
                json!([number]),
                "{number} survives writing and reading"
            );
        }
    }
}
