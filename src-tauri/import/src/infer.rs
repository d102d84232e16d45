//! What a value seen in an example most likely is. A guess only: people see it and can change it.

use serde_json::{Map, Value as Json};
use taskwright_domain::{AttributeType, Field};

use crate::naming::{free, key_of, sentence, words_of};

/// Items of a list that are looked at.
const LOOKED_AT: usize = 50;
/// Groups of fields in one another that are told apart.
const DEEPEST: usize = 6;
/// Fields of one group.
const MOST_FIELDS: usize = 80;

/// The type of a JSON value that goes by this name.
#[must_use]
pub fn type_of(name: &str, json: &Json) -> AttributeType {
    typed(name, json, DEEPEST)
}

/// The fields of a JSON object, or of the items of a list.
#[must_use]
pub fn fields_of(json: &Json) -> Vec<Field> {
    fields(&[json], DEEPEST)
}

fn typed(name: &str, json: &Json, depth: usize) -> AttributeType {
    match json {
        Json::Bool(_) => AttributeType::Boolean,
        Json::Number(number) if number.is_i64() || number.is_u64() => AttributeType::Integer,
        Json::Number(_) => AttributeType::Decimal,
        Json::String(text) => of_text(name, text),
        Json::Null => AttributeType::Text,
        Json::Object(object) if is_money(object) => AttributeType::Amount,
        Json::Object(_) if depth == 0 => AttributeType::Object { fields: Vec::new() },
        Json::Object(_) => AttributeType::Object {
            fields: fields(&[json], depth - 1),
        },
        Json::Array(items) => {
            let groups: Vec<&Json> = items.iter().take(LOOKED_AT).filter(|item| item.is_object()).collect();
            AttributeType::List {
                fields: if depth == 0 {
                    Vec::new()
                } else {
                    fields(&groups, depth - 1)
                },
            }
        }
    }
}

/// `{ "amount": "79.00", "currency": "EUR" }` and nothing else.
fn is_money(object: &Map<String, Json>) -> bool {
    let number = |json: &Json| match json {
        Json::Number(_) => true,
        Json::String(text) => is_decimal(text),
        _ => false,
    };
    let amount = object.get("amount").or_else(|| object.get("value"));
    let currency = object.get("currency").and_then(Json::as_str);
    object.len() == 2
        && amount.is_some_and(number)
        && currency.is_some_and(|code| code.len() == 3 && code.bytes().all(|letter| letter.is_ascii_alphabetic()))
}

/// The fields that objects have between them; one that some lack, or that is empty somewhere, is optional.
fn fields(objects: &[&Json], depth: usize) -> Vec<Field> {
    let maps: Vec<&Map<String, Json>> = objects.iter().filter_map(|json| json.as_object()).collect();
    let mut names: Vec<&String> = Vec::new();
    for map in &maps {
        names.extend(map.keys().filter(|name| !names.contains(name)).collect::<Vec<_>>());
    }
    let mut fields: Vec<Field> = Vec::new();
    for name in names.into_iter().take(MOST_FIELDS) {
        let seen: Vec<&Json> = maps.iter().filter_map(|map| map.get(name)).collect();
        let telling = seen.iter().find(|json| !json.is_null()).copied().unwrap_or(&Json::Null);
        let optional = seen.len() < maps.len() || seen.iter().any(|json| json.is_null());
        let key = free(&key_of(name), |key| fields.iter().any(|field| field.key == key));
        fields.push(Field {
            path: path_beside(&key, name),
            key,
            name: sentence(&words_of(name)),
            kind: typed(name, telling, depth),
            redacted: false,
            optional,
        });
    }
    fields
}

/// Where a property stands: nowhere special where its key is its name.
#[must_use]
pub(crate) fn path_beside(key: &str, name: &str) -> String {
    if key == name {
        String::new()
    } else {
        path_below("$", name)
    }
}

/// The path of a property below another.
#[must_use]
pub fn path_below(path: &str, name: &str) -> String {
    let plain = name.chars().next().is_some_and(|c| c.is_ascii_alphabetic() || c == '_')
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    if plain {
        format!("{path}.{name}")
    } else {
        format!("{path}[{}]", Json::from(name))
    }
}

/// The type of a text, by its form first and its name next.
#[must_use]
pub fn of_text(name: &str, text: &str) -> AttributeType {
    let text = text.trim();
    let words = words_of(name);
    let named = |word: &str| words.split(' ').any(|own| own == word);
    let digits = !text.is_empty() && text.chars().all(|c| c.is_ascii_digit());
    if is_date(text) {
        AttributeType::Date
    } else if is_instant(text) {
        AttributeType::DateTime
    } else if is_email(text) {
        AttributeType::Email
    } else if text.starts_with('+') && (8..=16).contains(&text.len()) && text[1..].chars().all(|c| c.is_ascii_digit()) {
        AttributeType::Phone
    } else if matches!(text, "true" | "false") {
        AttributeType::Boolean
    } else if is_code(text)
        || ["id", "sku", "code", "reference", "uuid", "gid"]
            .iter()
            .any(|word| named(word))
        || digits && ["number", "no", "zip", "postcode"].iter().any(|word| named(word))
    {
        AttributeType::Identifier { pattern: None }
    } else {
        AttributeType::Text
    }
}

/// A code: `ch_3MmlLrLkdIwHu7ix`, `450789469` is not one on its own, a UUID is.
fn is_code(text: &str) -> bool {
    let uuid = text.len() == 36 && text.split('-').map(str::len).eq([8, 4, 4, 4, 12]);
    let letters = text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-');
    let prefixed = text.len() >= 8 && letters && text.contains('_') && text.chars().any(|c| c.is_ascii_digit());
    uuid && letters || prefixed
}

pub(crate) fn is_decimal(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let mut parts = digits.splitn(2, '.');
    let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    parts.next().is_some_and(all_digits) && parts.next().is_none_or(all_digits)
}

fn shaped(text: &str, shape: &str) -> bool {
    text.len() == shape.len()
        && text.bytes().zip(shape.bytes()).all(|(byte, like)| match like {
            b'0' => byte.is_ascii_digit(),
            like => byte == like,
        })
}

fn is_date(text: &str) -> bool {
    shaped(text, "0000-00-00")
}

fn is_instant(text: &str) -> bool {
    let zoned = |rest: &str| rest == "Z" || rest.is_empty() || rest.starts_with(['+', '-', '.', ':']);
    let (Some(day), Some(time)) = (text.get(..10), text.get(11..16)) else {
        return false;
    };
    is_date(day) && text.as_bytes()[10] == b'T' && shaped(time, "00:00") && text.get(16..).is_some_and(zoned)
}

fn is_email(text: &str) -> bool {
    let Some((user, host)) = text.split_once('@') else {
        return false;
    };
    let plain = |part: &str| !part.is_empty() && !part.contains(char::is_whitespace) && !part.contains('@');
    plain(user) && plain(host) && host.contains('.') && !host.starts_with('.') && !host.ends_with('.')
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use taskwright_domain::AttributeType as T;

    use super::*;

    #[test]
    fn a_text_is_what_it_looks_like() {
        for (name, text, expected) in [
            ("created", "2026-11-21", T::Date),
            ("created", "2026-11-21T10:00:00Z", T::DateTime),
            ("created", "2026-11-21T10:00:00+01:00", T::DateTime),
            ("to", "ada@example.com", T::Email),
            ("to", "+436601234567", T::Phone),
            ("active", "true", T::Boolean),
            ("charge", "ch_3MmlLrLkdIwHu7ix", T::Identifier { pattern: None }),
            ("order_id", "4512", T::Identifier { pattern: None }),
            ("orderNumber", "4512", T::Identifier { pattern: None }),
            ("note", "4512", T::Text),
            ("note", "Please ring twice", T::Text),
            ("note", "ä", T::Text),
        ] {
            assert_eq!(of_text(name, text), expected, "{name}: {text}");
        }
    }

    #[test]
    fn the_fields_of_an_answer_are_seen_with_their_paths() {
        let body = json!({
            "id": "o_1", "createdAt": "2026-11-21", "total": { "amount": "79.00", "currency": "EUR" },
            "odd key": 1, "lines": [{ "sku": "a", "note": null }, { "sku": "b" }], "tags": ["x"],
        });
        let fields = fields_of(&body);
        let of = |key: &str| fields.iter().find(|field| field.key == key).unwrap();
        assert_eq!(of("created_at").path, "$.createdAt");
        assert_eq!(of("odd_key").path, "$[\"odd key\"]");
        assert_eq!(of("id").path, "", "its key says where it stands");
        assert_eq!(of("total").kind, T::Amount);
        assert_eq!(of("tags").kind, T::List { fields: Vec::new() });
        let T::List { fields: lines } = &of("lines").kind else {
            panic!("a list")
        };
        assert!(
            lines[0].key == "note" && lines[0].optional && !lines[1].optional,
            "not every line has a note: {lines:?}"
        );
    }
}
