//! Wording: values and questions as people read them.

use jiff::tz::TimeZone;
use taskwright_domain::{Attribute, AttributeType, Field, Settings, Value};

/// A value as people read it: `79.00 EUR`, `21 November 2026`, `yes`. A sealed value is its mask.
#[must_use]
pub fn format(value: &Value, settings: &Settings) -> String {
    match value {
        Value::Text(text) | Value::Choice(text) => text.clone(),
        Value::Integer(number) => number.to_string(),
        Value::Decimal(number) => number.normalize().to_string(),
        Value::Amount(amount) => {
            let mut number = amount.amount;
            number.rescale(number.scale().max(2));
            format!("{number} {}", amount.currency)
        }
        Value::Boolean(yes) => if *yes { "yes" } else { "no" }.to_owned(),
        Value::Date(date) => date.strftime("%-d %B %Y").to_string(),
        Value::Time(time) => time.strftime("%H:%M").to_string(),
        Value::DateTime(instant) => {
            let zone = TimeZone::get(&settings.time_zone).unwrap_or(TimeZone::UTC);
            instant.to_zoned(zone).strftime("%-d %B %Y, %H:%M").to_string()
        }
        Value::List(items) => join(
            &items.iter().map(|item| format(item, settings)).collect::<Vec<_>>(),
            "and",
        ),
        Value::Object(fields) => {
            let words = fields.values().map(|value| format(value, settings));
            words.collect::<Vec<_>>().join(", ")
        }
        Value::File(file) if file.name.is_empty() => "a file".to_owned(),
        Value::File(file) => file.name.clone(),
        Value::Sealed(sealed) => sealed.mask.clone(),
    }
}

/// A phone number in groups: "+353 87 123 4567" as its country writes it, "087 123 4567" where that is not known.
#[must_use]
pub fn phone(number: &str) -> String {
    if let Ok(parsed) = phonenumber::parse(None, number) {
        return parsed.format().mode(phonenumber::Mode::International).to_string();
    }
    let plain = number.len() > 4 && number.chars().all(|c| c.is_ascii_digit());
    if !plain {
        return number.to_owned();
    }
    let (head, tail) = number.split_at(number.len() - 4);
    let first = head.len() % 3;
    let mut groups: Vec<&str> = (first..head.len()).step_by(3).map(|at| &head[at..at + 3]).collect();
    if first > 0 {
        groups.insert(0, &head[..first]);
    }
    format!("{} {tail}", groups.join(" "))
}

/// The items of a list as customers read them, told apart: "Mug, 40.00 EUR". Codes and yes-or-no fields are left out
/// where the rest tells the items apart.
#[must_use]
pub fn items(items: &[Value], fields: &[Field], settings: &Settings) -> Vec<String> {
    let code = |field: &Field| matches!(field.kind, AttributeType::Identifier { .. });
    let flag = |field: &Field| field.kind == AttributeType::Boolean;
    let told = |left_out: &dyn Fn(&Field) -> bool| -> Vec<String> {
        let shown: Vec<&Field> = fields.iter().filter(|field| !left_out(field)).collect();
        items.iter().map(|item| item_words(item, &shown, settings)).collect()
    };
    let apart = |labels: &[String]| {
        let different: std::collections::BTreeSet<&String> = labels.iter().collect();
        different.len() == labels.len() && labels.iter().all(|label| !label.is_empty())
    };
    let short = told(&|field| code(field) || flag(field));
    if apart(&short) {
        return short;
    }
    let with_codes = told(&flag);
    if apart(&with_codes) {
        with_codes
    } else {
        told(&|_| false)
    }
}

fn item_words(item: &Value, fields: &[&Field], settings: &Settings) -> String {
    let words = fields.iter().filter_map(|field| {
        let value = item
            .field(&field.key)
            .filter(|value| !field.redacted && !matches!(value, Value::File(_)))?;
        Some(match value.plain() {
            Value::Boolean(yes) => format!("{}: {}", field.label(), if *yes { "yes" } else { "no" }),
            // A bare "1" or "none" says nothing by itself.
            value @ (Value::Integer(_) | Value::Decimal(_) | Value::Choice(_)) => {
                format!("{}: {}", field.label(), format(value, settings))
            }
            value => format(value, settings),
        })
    });
    words.collect::<Vec<_>>().join(", ")
}

/// "a, b and c".
#[must_use]
pub fn join(items: &[String], word: &str) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} {word} {last}", first.join(", ")),
    }
}

/// The question for an attribute: the author's own words, or words made from name, type and description. `again` is
/// how often it was asked before.
#[must_use]
pub fn question(attribute: &Attribute, again: u32) -> String {
    let own = attribute.how_to_ask.question.trim();
    let re_ask = attribute.how_to_ask.re_ask.trim();
    let example = attribute.how_to_ask.example.trim();
    if again > 0 && !re_ask.is_empty() {
        return re_ask.to_owned();
    }
    let first = if own.is_empty() {
        made_question(attribute)
    } else {
        own.to_owned()
    };
    if again > 0 && !example.is_empty() {
        format!("{first} It looks like {example}.")
    } else {
        first
    }
}

fn made_question(attribute: &Attribute) -> String {
    let name = lower_start(attribute.name.trim());
    let name = if name.is_empty() {
        taskwright_domain::key_in_words(&attribute.key)
    } else {
        name
    };
    match &attribute.kind {
        AttributeType::Choice { options } => format!("Which {name} is it: {}?", join(options, "or")),
        AttributeType::Object { .. } => format!("Which {name}?"),
        AttributeType::List { fields } if fields.iter().any(|field| !field.key.is_empty()) => {
            format!("Which are the {name}?")
        }
        AttributeType::Boolean if name.ends_with('?') => sentence_start(&name),
        AttributeType::Boolean => format!("{}: yes or no?", sentence_start(&name)),
        AttributeType::Image => format!("Can you send me a picture: {name}?"),
        AttributeType::File => format!("Can you send me the file: {name}?"),
        AttributeType::Text => format!("Can you tell me {}?", with_possessive(&name)),
        _ => format!("What's {}?", with_possessive(&name)),
    }
}

fn with_possessive(name: &str) -> String {
    let determined = [
        "your ", "the ", "a ", "an ", "my ", "what ", "which ", "how ", "when ", "where ",
    ];
    if determined.iter().any(|word| name.starts_with(word)) {
        name.to_owned()
    } else {
        format!("your {name}")
    }
}

/// Words as a sentence: a capital at the start, a full stop at the end.
#[must_use]
pub fn sentence(words: &str) -> String {
    let words = sentence_start(words.trim());
    if words.is_empty() || words.ends_with(['.', '!', '?', ':', '…']) {
        words
    } else {
        format!("{words}.")
    }
}

/// The words with a capital at the start.
#[must_use]
pub fn sentence_start(words: &str) -> String {
    let mut letters = words.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}

/// The words with a small letter at the start, unless they start with an abbreviation.
#[must_use]
pub fn lower_start(words: &str) -> String {
    let mut letters = words.chars();
    let (first, second) = (letters.next(), letters.next());
    match (first, second) {
        (Some(_), Some(second)) if second.is_uppercase() => words.to_owned(),
        (Some(first), _) => first.to_lowercase().chain(words.chars().skip(1)).collect(),
        (None, _) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use taskwright_domain::{Amount, AttributeId, HowToAsk, Scope};

    use super::*;

    fn attribute(name: &str, kind: AttributeType) -> Attribute {
        Attribute {
            id: AttributeId::new("a"),
            key: "reason_for_return".into(),
            name: name.into(),
            description: String::new(),
            kind,
            scope: Scope::Temporary,
            sensitive: false,
            how_to_ask: HowToAsk::default(),
            customer_may_fill: true,
            picked_from: None,
            worked_out: None,
        }
    }

    #[test]
    fn questions_never_show_a_key() {
        let options = vec!["full".to_owned(), "partial".to_owned()];
        let cases = [
            (
                "Order number",
                AttributeType::Identifier { pattern: None },
                "What's your order number?",
            ),
            (
                "kind of refund",
                AttributeType::Choice { options },
                "Which kind of refund is it: full or partial?",
            ),
            ("", AttributeType::Text, "Can you tell me your reason for return?"),
        ];
        for (name, kind, expected) in cases {
            assert_eq!(
                question(&attribute(name, kind), 0),
                expected,
                "the question for {name:?}"
            );
        }
    }

    #[test]
    fn values_read_as_people_write_them() {
        let settings = Settings::default();
        let amount = Value::Amount(Amount {
            amount: "79".parse().unwrap(),
            currency: "EUR".into(),
        });
        assert_eq!(format(&amount, &settings), "79.00 EUR", "amounts have two decimals");
        let date = Value::Date(jiff::civil::date(2026, 11, 21));
        assert_eq!(format(&date, &settings), "21 November 2026", "dates are written out");
    }
}
