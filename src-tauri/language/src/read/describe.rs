//! Conditions and values in plain canonical words.

use taskwright_domain::{ActionState, Catalogue, Comparison, Condition, Operand, Value, Weekday, key_in_words};

/// A condition in plain words.
pub(super) fn condition(condition: &Condition, catalogue: &Catalogue) -> String {
    match condition {
        Condition::All { parts } => joined(parts, " and ", catalogue),
        Condition::Any { parts } => joined(parts, " or ", catalogue),
        Condition::Not { part } => not(part, catalogue),
        Condition::Test { subject, comparison } => test(subject, comparison, catalogue),
        Condition::Action { action, state } => {
            let name = catalogue
                .action(action)
                .map_or("the action", |action| action.name.as_str());
            let state = match state {
                ActionState::Succeeded => "succeeded",
                ActionState::Failed => "failed",
                ActionState::NotFound => "found nothing",
                ActionState::NotCalled => "was not called",
            };
            format!("{name} {state}")
        }
        Condition::Webhook { key, received } => {
            let name = catalogue.webhooks.iter().find(|webhook| webhook.key == *key);
            let name = name
                .map(|webhook| webhook.name.clone())
                .filter(|name| !name.is_empty())
                .unwrap_or_else(|| key_in_words(key));
            if *received {
                format!("\u{201c}{name}\u{201d} has come")
            } else {
                format!("\u{201c}{name}\u{201d} did not come in time")
            }
        }
        Condition::AnyItem { list, part } => {
            let items = list_name(list, catalogue);
            format!("for one of the {items}, {}", self::condition(part, catalogue))
        }
        Condition::Confirmed => "the customer confirms".to_owned(),
        Condition::WithinOpeningHours => "it is within opening hours".to_owned(),
    }
}

fn joined(parts: &[Condition], word: &str, catalogue: &Catalogue) -> String {
    let part = |part: &Condition| match part {
        Condition::All { .. } | Condition::Any { .. } | Condition::AnyItem { .. } => {
            format!("({})", condition(part, catalogue))
        }
        // "a or b and c" could be taken either way.
        Condition::Test {
            comparison: Comparison::OneOf { .. },
            ..
        } if word == " and " => format!("({})", condition(part, catalogue)),
        other => condition(other, catalogue),
    };
    parts.iter().map(part).collect::<Vec<_>>().join(word)
}

fn not(part: &Condition, catalogue: &Catalogue) -> String {
    match part {
        Condition::Confirmed => "the customer does not confirm".to_owned(),
        Condition::WithinOpeningHours => "it is outside opening hours".to_owned(),
        Condition::Test { subject, comparison } => {
            let label = label(subject, catalogue);
            match comparison {
                Comparison::OneOf { of } => format!("{label} is none of {}", list(of, catalogue)),
                Comparison::Contains { what } => format!("{label} does not contain {}", label_of(what, catalogue)),
                Comparison::StartsWith { what } => format!("{label} does not start with {}", label_of(what, catalogue)),
                Comparison::OlderThan { period } => format!("{label} is not more than {period} ago"),
                Comparison::WithinLast { period } => format!("{label} is not within the last {period}"),
                Comparison::WithinNext { period } => format!("{label} is not within the next {period}"),
                Comparison::OnWeekday { days } if *subject == Operand::Today => format!("it is not {}", weekdays(days)),
                Comparison::OnWeekday { days } => format!("{label} is not on a {}", weekdays(days)),
                _ => format!("not: {}", test(subject, comparison, catalogue)),
            }
        }
        Condition::Action {
            state: ActionState::Succeeded,
            action,
        } => {
            let name = catalogue
                .action(action)
                .map_or("the action", |action| action.name.as_str());
            format!("{name} did not succeed")
        }
        other => format!("not ({})", condition(other, catalogue)),
    }
}

fn test(subject: &Operand, comparison: &Comparison, catalogue: &Catalogue) -> String {
    let label = label(subject, catalogue);
    let other = |operand: &Operand| label_of(operand, catalogue);
    match comparison {
        Comparison::Is {
            to: Operand::Constant {
                value: Value::Boolean(yes),
            },
        } => {
            format!("{label} is {}", if *yes { "yes" } else { "no" })
        }
        Comparison::Is { to } => format!("{label} is {}", other(to)),
        Comparison::IsNot { to } => format!("{label} is not {}", other(to)),
        Comparison::OneOf { of } => format!("{label} is {}", list(of, catalogue)),
        Comparison::Contains { what } => format!("{label} contains {}", other(what)),
        Comparison::StartsWith { what } => format!("{label} starts with {}", other(what)),
        Comparison::MoreThan { than } => format!("{label} is more than {}", other(than)),
        Comparison::LessThan { than } => format!("{label} is less than {}", other(than)),
        Comparison::AtLeast { than } => format!("{label} is at least {}", other(than)),
        Comparison::AtMost { than } => match than {
            Operand::Shifted { base, by, back: true } if matches!(**base, Operand::Today | Operand::Now) => {
                format!("{label} is at least {} ago", by)
            }
            than => format!("{label} is at most {}", other(than)),
        },
        Comparison::Between { low, high } => format!("{label} is between {} and {}", other(low), other(high)),
        Comparison::Before { than } => match than {
            Operand::Shifted { base, by, back: false } if matches!(**base, Operand::Today | Operand::Now) => {
                format!("{label} is less than {} away", by)
            }
            than => format!("{label} is before {}", other(than)),
        },
        Comparison::After { than } => match than {
            Operand::Shifted { base, by, back: true } if matches!(**base, Operand::Today | Operand::Now) => {
                format!("{label} is less than {} ago", by)
            }
            than => format!("{label} is after {}", other(than)),
        },
        Comparison::OlderThan { period } => format!("{label} is more than {period} ago"),
        Comparison::WithinLast { period } => format!("{label} is within the last {period}"),
        Comparison::WithinNext { period } => format!("{label} is within the next {period}"),
        Comparison::FurtherThan { period } => format!("{label} is more than {period} away"),
        Comparison::OnWeekday { days } if *subject == Operand::Today => format!("it is {}", weekdays(days)),
        Comparison::OnWeekday { days } => format!("{label} is on a {}", weekdays(days)),
        Comparison::Missing => format!("{label} is missing"),
        Comparison::Present => format!("{label} is known"),
    }
}

fn weekdays(days: &[Weekday]) -> String {
    let words: Vec<_> = days.iter().map(|day| format!("{day:?}")).collect();
    match words.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [rest @ .., last] => format!("{} or {last}", rest.join(", ")),
    }
}

fn list(of: &[Operand], catalogue: &Catalogue) -> String {
    let words: Vec<_> = of.iter().map(|operand| label_of(operand, catalogue)).collect();
    match words.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [rest @ .., last] => format!("{} or {last}", rest.join(", ")),
    }
}

/// The subject of a sentence: "the order's status", "the refund amount".
fn label(operand: &Operand, catalogue: &Catalogue) -> String {
    if *operand == Operand::Now {
        return "the time".to_owned();
    }
    let words = label_of(operand, catalogue);
    let boolean = operand
        .reference()
        .and_then(|r| catalogue.resolve(r))
        .is_none_or(|r| matches!(r.kind, taskwright_domain::AttributeType::Boolean));
    let bare = matches!(operand, Operand::Reference { .. }) && !boolean && !words.starts_with("the ");
    if bare { format!("the {words}") } else { words }
}

/// A value in plain words.
pub(super) fn label_of(operand: &Operand, catalogue: &Catalogue) -> String {
    match operand {
        Operand::Reference { reference } => name_of(reference, catalogue),
        Operand::Input { key } => {
            let mut inputs = catalogue.actions.iter().flat_map(|action| &action.inputs);
            let label = inputs
                .find(|input| input.key == *key)
                .map_or_else(|| key_in_words(key), taskwright_domain::ActionInput::label);
            format!("the {label}")
        }
        Operand::Constant { value } => constant(value),
        Operand::Today => "today".to_owned(),
        Operand::Now => "now".to_owned(),
        Operand::Count { reference } => format!("the number of {}", list_name(reference, catalogue)),
        Operand::Shifted { base, by, back } => {
            format!(
                "{} {} {}",
                by,
                if *back { "before" } else { "after" },
                label_of(base, catalogue)
            )
        }
        Operand::Item { field } => format!("its {}", key_in_words(field)),
        Operand::Found { list, part, field } => {
            let items = list_name(list, catalogue);
            let first = format!("the first of the {items} for which {}", condition(part, catalogue));
            if field.is_empty() {
                first
            } else {
                format!("the {} of {first}", key_in_words(field))
            }
        }
        Operand::Difference { one, other } => {
            format!(
                "the difference between {} and {}",
                label(one, catalogue),
                label(other, catalogue)
            )
        }
        Operand::Share { percent, of } => format!("{} % of {}", percent.normalize(), label(of, catalogue)),
        Operand::Larger { one, other } => {
            format!(
                "the larger of {} and {}",
                label(one, catalogue),
                label(other, catalogue)
            )
        }
        Operand::Smaller { one, other } => {
            format!(
                "the smaller of {} and {}",
                label(one, catalogue),
                label(other, catalogue)
            )
        }
    }
}

/// What people call a list: `tickets.list` is "tickets".
pub(super) fn list_name(list: &str, catalogue: &Catalogue) -> String {
    if let Some((owner, "list" | "all" | "results" | "entries" | "rows" | "data")) = list.split_once('.') {
        return key_in_words(owner);
    }
    name_of(list, catalogue).trim_start_matches("the ").to_owned()
}

/// What people call a reference.
pub(super) fn name_of(reference: &str, catalogue: &Catalogue) -> String {
    catalogue.resolve(reference).map_or_else(
        || key_in_words(reference),
        |referent| day_of(lower_first(&referent.label)),
    )
}

/// "shipped on" is "shipped date".
fn day_of(label: String) -> String {
    match label.strip_suffix(" on").or_else(|| label.strip_suffix(" at")) {
        Some(event) if event.ends_with("ed") || event.ends_with("sent") || event.ends_with("bought") => {
            format!("{event} date")
        }
        Some(event) if event.ends_with("ends") || event.ends_with("starts") || event.ends_with("expires") => {
            format!("{} date", event.trim_end_matches('s'))
        }
        Some(event) if event.ends_with("renews") => format!("{}al date", event.trim_end_matches('s')),
        _ => label,
    }
}

fn lower_first(label: &str) -> String {
    let mut chars = label.chars();
    match (chars.next(), chars.clone().next()) {
        (Some(first), second) if !second.is_some_and(char::is_uppercase) => {
            first.to_lowercase().collect::<String>() + chars.as_str()
        }
        _ => label.to_owned(),
    }
}

fn constant(value: &Value) -> String {
    match value.plain() {
        Value::Text(text) => format!("\u{201c}{text}\u{201d}"),
        Value::Choice(text) => text.clone(),
        Value::Integer(number) => number.to_string(),
        Value::Decimal(number) => number.normalize().to_string(),
        Value::Amount(amount) => format!("{} {}", amount.amount, amount.currency),
        Value::Boolean(yes) => if *yes { "yes" } else { "no" }.to_owned(),
        Value::Date(date) => date.strftime("%-d %B %Y").to_string(),
        Value::Time(time) => time.strftime("%H:%M").to_string(),
        Value::DateTime(instant) => instant.to_string(),
        Value::List(values) => values.iter().map(constant).collect::<Vec<_>>().join(", "),
        Value::Object(_) | Value::File(_) | Value::Sealed(_) => "a value".to_owned(),
    }
}
