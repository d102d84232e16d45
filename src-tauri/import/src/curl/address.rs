//! The address of a call: what belongs to the service, what to the call, and which parts of it are values.

use percent_encoding::percent_decode_str;
use taskwright_domain::AttributeType;

use super::credentials::Credentials;
use crate::naming::{key_of, singular, words_of};
use crate::placeholder::{Piece, has_place, pieces, pieces_of_markup};
use crate::wants::{Want, Wants};

/// An address taken apart, every part as it was written.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Address {
    pub(super) scheme: String,
    pub(super) login: Option<String>,
    pub(super) host: String,
    pub(super) path: String,
    pub(super) query: Vec<(String, String)>,
}

/// Parts of the query that say how much or in which form: no customer gives them.
const STEADY: [&str; 26] = [
    "limit",
    "page",
    "per_page",
    "page_size",
    "pagesize",
    "size",
    "offset",
    "count",
    "expand",
    "expand[]",
    "fields",
    "include",
    "sort",
    "sort_by",
    "order",
    "order_by",
    "format",
    "version",
    "api-version",
    "api_version",
    "v",
    "lang",
    "locale",
    "language",
    "units",
    "view",
];

impl Address {
    pub(super) fn of(text: &str) -> Self {
        let text = text.trim();
        let text = text.split('#').next().unwrap_or_default();
        let (scheme, rest) = match text.split_once("://") {
            Some((scheme, rest)) => (Some(scheme.to_lowercase()), rest),
            None => (None, text),
        };
        let end = rest.find(['/', '?']).unwrap_or(rest.len());
        let (authority, rest) = rest.split_at(end);
        let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
        let (login, host) = match authority.rsplit_once('@') {
            Some((login, host)) => (Some(decoded(login)), host),
            None => (None, authority),
        };
        let scheme = scheme.unwrap_or_else(|| if is_local(host) { "http" } else { "https" }.to_owned());
        Self {
            scheme,
            login,
            host: host.to_owned(),
            path: path.to_owned(),
            query: pairs(query),
        }
    }

    /// What stays the same for every call of the service, as a base URL, and the path below it.
    pub(super) fn parted(&self) -> (String, String) {
        let segments: Vec<&str> = self.path.split('/').filter(|segment| !segment.is_empty()).collect();
        let fixed = segments.iter().take(4).take_while(|segment| !has_place(segment));
        let api = |segment: &str| matches!(segment, "api" | "rest" | "admin" | "services") || is_version(segment);
        let last = fixed
            .enumerate()
            .filter(|(_, segment)| api(segment))
            .map(|(at, _)| at + 1)
            .last();
        // A service's name is part of the base where the path begins with it: `/services/data/v59.0`.
        let own = last.unwrap_or(0).min(segments.len().saturating_sub(1));
        let (base, rest) = segments.split_at(own);
        let below = |segments: &[&str]| segments.iter().map(|segment| format!("/{segment}")).collect::<String>();
        let ending = if self.path.ends_with('/') && !rest.is_empty() {
            "/"
        } else {
            ""
        };
        let path = format!("{}{ending}", below(rest));
        (
            format!("{}://{}{}", self.scheme, self.host, below(base)),
            if path.is_empty() { "/".to_owned() } else { path },
        )
    }
}

fn is_local(host: &str) -> bool {
    let name = host.split(':').next().unwrap_or_default();
    name == "localhost" || name.parse::<std::net::Ipv4Addr>().is_ok()
}

/// `v1`, `v59.0`, `2024-01`, `2010-04-01`.
fn is_version(segment: &str) -> bool {
    let numbers = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_digit() || c == '.' || c == '-');
    match segment.strip_prefix(['v', 'V']) {
        Some(rest) => numbers(rest.trim_end_matches("beta").trim_end_matches("alpha")),
        None => numbers(segment) && segment.contains('-') && segment.len() >= 7,
    }
}

/// Pairs of a query or a form, decoded.
pub(super) fn pairs(text: &str) -> Vec<(String, String)> {
    let pairs = text.split('&').filter(|pair| !pair.is_empty());
    pairs
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (decoded(name), decoded(value))
        })
        .collect()
}

pub(super) fn decoded(text: &str) -> String {
    let text = text.replace('+', " ");
    percent_decode_str(&text).decode_utf8_lossy().into_owned()
}

/// The path with places for the values in it.
pub(super) fn path_template(path: &str, wants: &mut Wants, credentials: &Credentials) -> String {
    let mut written = Vec::new();
    let mut before = String::new();
    for segment in path.split('/') {
        written.push(segment_template(segment, &before, wants, credentials));
        if !segment.is_empty() {
            segment.clone_into(&mut before);
        }
    }
    written.join("/")
}

fn segment_template(segment: &str, before: &str, wants: &mut Wants, credentials: &Credentials) -> String {
    let owner = singular(&words_of(before));
    let of_owner = |name: &str| match name {
        "id" | "value" | "number" if !owner.is_empty() => key_of(&format!("{owner} {name}")),
        name => name.to_owned(),
    };
    if let Some(name) = segment
        .strip_prefix(':')
        .filter(|name| name.chars().all(|c| c.is_alphanumeric() || c == '_'))
    {
        return wants.open_place(&of_owner(&key_of(name)), identifier());
    }
    if has_place(segment) {
        let parts = pieces(segment).into_iter().map(|piece| match piece {
            Piece::Words(words) => words,
            Piece::Place(name) => match credentials.known_place(&name) {
                Some(secret) => format!("{{secret.{secret}}}"),
                None => wants.open_place(&of_owner(&name), identifier()),
            },
        });
        return parts.collect();
    }
    let (value, ending) = match segment.rsplit_once('.') {
        Some((value, ending @ ("json" | "xml"))) => (value, format!(".{ending}")),
        _ => (segment, String::new()),
    };
    let plain = decoded(value);
    if !is_value(&plain) || credentials.user.as_deref() == Some(plain.as_str()) {
        return segment.to_owned();
    }
    let key = if owner.is_empty() {
        "id".to_owned()
    } else {
        key_of(&format!("{owner} id"))
    };
    let kind = match crate::infer::of_text(&key, &plain) {
        AttributeType::Text => identifier(),
        kind => kind,
    };
    match wants.place(Want::new(key, kind).sample(&plain)) {
        Some(place) => format!("{place}{ending}"),
        None => segment.to_owned(),
    }
}

fn identifier() -> AttributeType {
    AttributeType::Identifier { pattern: None }
}

/// Whether a part of a path is the value of an example rather than a word of the service.
fn is_value(segment: &str) -> bool {
    let digits = segment.chars().filter(char::is_ascii_digit).count();
    let all = segment.chars().count();
    if digits == 0 || is_version(segment) {
        return segment.contains('@') && segment.contains('.');
    }
    let upper = segment.chars().any(char::is_uppercase);
    let mixed = upper && segment.chars().any(char::is_lowercase) && all >= 8;
    let marked = segment.split_once('_').is_some_and(|(_, rest)| rest.len() >= 6) && (mixed || digits >= 2);
    digits == all || marked || mixed && digits >= 2 || all >= 6 && digits * 4 >= all || segment.contains('@')
}

/// The query with places for the values in it.
pub(super) fn query_template(name: &str, value: &str, wants: &mut Wants) -> String {
    let lower = name.to_lowercase();
    if has_place(value) {
        return open_template(value, wants);
    }
    if value.is_empty() || STEADY.contains(&lower.as_str()) || matches!(value, "true" | "false") {
        return value.to_owned();
    }
    let kind = crate::infer::of_text(name, value);
    let want = Want::new(key_of(name), kind).sample(value);
    wants.place(want).unwrap_or_else(|| value.to_owned())
}

/// Words with places that the example leaves open.
pub(super) fn open_template(text: &str, wants: &mut Wants) -> String {
    written(pieces(text), wants)
}

/// The same in a language where `<name>` is a word of its own.
pub(super) fn open_markup(text: &str, wants: &mut Wants) -> String {
    written(pieces_of_markup(text), wants)
}

fn written(pieces: Vec<Piece>, wants: &mut Wants) -> String {
    let parts = pieces.into_iter().map(|piece| match piece {
        Piece::Words(words) => words,
        Piece::Place(name) => wants.open_place(&name, AttributeType::Text),
    });
    parts.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_every_call_shares_is_the_base() {
        for (url, base, path) in [
            (
                "https://api.stripe.com/v1/refunds",
                "https://api.stripe.com/v1",
                "/refunds",
            ),
            (
                "https://a.myshopify.com/admin/api/2024-01/orders/450.json",
                "https://a.myshopify.com/admin/api/2024-01",
                "/orders/450.json",
            ),
            (
                "api.github.com/repos/o/r/issues/42",
                "https://api.github.com",
                "/repos/o/r/issues/42",
            ),
            ("localhost:4010/orders/", "http://localhost:4010", "/orders/"),
            ("https://a.example", "https://a.example", "/"),
            ("https://a.example/graphql?x=1#y", "https://a.example", "/graphql"),
            ("https://a.example/api/v2", "https://a.example/api", "/v2"),
        ] {
            assert_eq!(Address::of(url).parted(), (base.to_owned(), path.to_owned()), "{url}");
        }
    }

    #[test]
    fn values_in_a_path_are_told_from_its_words() {
        for (segment, expected) in [
            ("4512", true),
            ("ch_3MmlLrLkdIwHu7ix", true),
            ("ada@example.com", true),
            ("3f2504e0-4f89-11d3-9a0c-0305e82c3301", true),
            ("orders", false),
            ("v2", false),
            ("2024-01", false),
            ("oauth2", false),
            ("s3", false),
        ] {
            assert_eq!(is_value(segment), expected, "{segment}");
        }
    }
}
