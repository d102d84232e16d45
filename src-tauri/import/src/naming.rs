//! Names for actions and inputs that people would give them.

use taskwright_domain::{Method, key_for};

/// An action's name from what it calls: `POST /orders/{order_id}/refunds` is "Create refund".
pub(crate) fn action_name(method: Method, path: &str) -> String {
    let path = path.split('?').next().unwrap_or_default();
    let segments: Vec<&str> = path
        .split('/')
        .map(stem)
        .filter(|segment| !segment.is_empty())
        .collect();
    let of_one = segments.last().is_some_and(|last| last.contains('{'));
    let nouns: Vec<&&str> = segments.iter().filter(|segment| !segment.contains('{')).collect();
    let Some(last) = nouns.last() else {
        return verb(method, of_one).to_owned();
    };
    let words = words_of(last);
    // `/orders/{id}/cancel`: the last word says what is done to the one before.
    let inside_one = segments.len() >= 2 && !of_one && segments[segments.len() - 2].contains('{');
    if inside_one && method != Method::Get && !words.ends_with('s') {
        let owner = nouns.len().checked_sub(2).and_then(|at| nouns.get(at));
        let owner = owner.map(|owner| singular(&words_of(owner))).unwrap_or_default();
        return sentence(format!("{words} {owner}").trim());
    }
    let noun = if of_one || matches!(method, Method::Post | Method::Put | Method::Patch | Method::Delete) {
        singular(&words)
    } else {
        words
    };
    sentence(&format!("{} {noun}", verb(method, of_one || noun_is_single(&noun))))
}

fn noun_is_single(noun: &str) -> bool {
    !noun.ends_with('s') || noun.ends_with("ss") || noun.ends_with("us")
}

fn verb(method: Method, of_one: bool) -> &'static str {
    match method {
        Method::Get if of_one => "Get",
        Method::Get => "List",
        Method::Post => "Create",
        Method::Put | Method::Patch => "Update",
        Method::Delete => "Delete",
    }
}

/// A name with a capital in front.
pub(crate) fn sentence(words: &str) -> String {
    let mut chars = words.chars();
    let first = chars.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(chars).collect()
}

/// `orderItems`, `order_items` and `order-items` as words.
pub(crate) fn words_of(name: &str) -> String {
    let mut words = String::new();
    let mut lower_before = false;
    for letter in name.chars() {
        if letter.is_alphanumeric() {
            if letter.is_uppercase() && lower_before {
                words.push(' ');
            }
            words.extend(letter.to_lowercase());
            lower_before = letter.is_lowercase() || letter.is_ascii_digit();
        } else {
            if !words.is_empty() && !words.ends_with(' ') {
                words.push(' ');
            }
            lower_before = false;
        }
    }
    words.trim().to_owned()
}

/// `lineItems[id]` as a key: `line_items_id`.
pub(crate) fn key_of(name: &str) -> String {
    key_for(&words_of(name))
}

/// One of several: "orders" is "order", "deliveries" is "delivery".
pub(crate) fn singular(noun: &str) -> String {
    let ends = |ending: &str| noun.len() > ending.len() + 1 && noun.ends_with(ending);
    if ends("ies") {
        format!("{}y", &noun[..noun.len() - 3])
    } else if ["sses", "xes", "ches", "shes"].iter().any(|ending| ends(ending)) {
        noun[..noun.len() - 2].to_owned()
    } else if ends("s") && !ends("ss") && !ends("us") && !ends("is") {
        noun[..noun.len() - 1].to_owned()
    } else {
        noun.to_owned()
    }
}

/// A part of a path without the ending of a format: `tickets.json` is `tickets`.
fn stem(segment: &str) -> &str {
    [".json", ".xml"]
        .iter()
        .find_map(|ending| segment.strip_suffix(ending))
        .unwrap_or(segment)
}

/// What a service is called by its host: `api.stripe.com` is "stripe", `acme.zendesk.com` "zendesk".
pub(crate) fn service_of(host: &str) -> String {
    let host = host.split(':').next().unwrap_or_default();
    if host == "localhost" || host.parse::<std::net::IpAddr>().is_ok() {
        return "local".to_owned();
    }
    let labels: Vec<&str> = host.split('.').filter(|label| !label.is_empty()).collect();
    let second_level = ["co", "com", "org", "net", "gov", "ac"];
    let ending = match labels.as_slice() {
        [.., second, country] if country.len() == 2 && second_level.contains(second) => 2,
        _ => 1,
    };
    let name = labels.len().checked_sub(ending + 1).and_then(|at| labels.get(at));
    key_of(name.or(labels.first()).copied().unwrap_or("service"))
}

/// The first of `key`, `key_2`, … that is not taken.
pub(crate) fn free(key: &str, taken: impl Fn(&str) -> bool) -> String {
    if !taken(key) {
        return key.to_owned();
    }
    (2..)
        .map(|number| format!("{key}_{number}"))
        .find(|key| !taken(key))
        .unwrap_or_else(|| key.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn actions_are_called_by_what_they_do() {
        for (method, path, name) in [
            (Method::Get, "/orders/{order_id}", "Get order"),
            (Method::Get, "/orders/{order_id}.json", "Get order"),
            (Method::Get, "/orders", "List orders"),
            (Method::Post, "/orders/{order_id}/refunds", "Create refund"),
            (Method::Post, "/orders/{order_id}/cancel", "Cancel order"),
            (Method::Patch, "/deliveries/{id}", "Update delivery"),
            (Method::Delete, "/lineItems/{id}", "Delete line item"),
            (Method::Get, "/account/balance", "Get balance"),
            (Method::Get, "/", "List"),
        ] {
            assert_eq!(action_name(method, path), name, "{method:?} {path}");
        }
    }

    #[test]
    fn a_service_is_called_by_its_host() {
        for (host, name) in [
            ("api.stripe.com", "stripe"),
            ("acme.zendesk.com", "zendesk"),
            ("shop.example.co.uk", "example"),
            ("localhost:4010", "local"),
            ("127.0.0.1:80", "local"),
            ("", "service"),
        ] {
            assert_eq!(service_of(host), name, "{host}");
        }
    }
}
