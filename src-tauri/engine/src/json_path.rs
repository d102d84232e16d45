//! Where a field stands in an answer: JSONPath (RFC 9535), in the one place that reads it.
//!
//! Paths come from bundles and answers from outside, so a path may not be written to take long: no filter in a filter,
//! none that reads the whole answer again, and one `..` at the most.

use serde_json::Value as Json;
use serde_json_path::JsonPath;
use taskwright_domain::Field;

/// Characters of a path at the most, and brackets in one another.
const LONGEST: usize = 500;
const DEEPEST: usize = 12;

/// A path that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PathError {
    /// It is no JSONPath.
    #[error("\"{path}\" is no JSONPath: {reason}")]
    Syntax {
        /// The path.
        path: String,
        /// What is wrong with it, and where.
        reason: String,
    },
    /// It would take long.
    #[error("\"{path}\" is too involved: {reason}")]
    TooInvolved {
        /// The path.
        path: String,
        /// What to leave out.
        reason: &'static str,
    },
}

/// The path of a field as it is shown: its own, or its key below the top.
pub(crate) fn shown_path(field: &Field) -> String {
    if !field.path.trim().is_empty() {
        field.path.clone()
    } else if taskwright_domain::is_reference(&field.key) && !field.key.contains('.') {
        format!("$.{}", field.key)
    } else {
        format!("$[{}]", Json::from(field.key.as_str()))
    }
}

/// Reads the path of a field, for whoever wants to know before there is an answer.
///
/// # Errors
/// When the path cannot be used.
pub fn check_path(field: &Field) -> Result<(), PathError> {
    FieldPath::of(field).map(|_| ())
}

/// A path that was read.
pub(crate) struct FieldPath {
    path: JsonPath,
    /// It may meet several values: it has a wildcard, a slice, a list of names, a filter or `..`.
    may_meet_many: bool,
}

/// What stands at a path.
pub(crate) enum Found<'a> {
    /// Nothing.
    Nothing,
    /// One value.
    One(&'a Json),
    /// What a path met that may meet several, none among them.
    Several(Vec<&'a Json>),
}

impl FieldPath {
    pub(crate) fn of(field: &Field) -> Result<Self, PathError> {
        let shown = shown_path(field);
        let written = shown.trim();
        // People leave the beginning out: `order.total`.
        let whole = match written.chars().next() {
            Some('$') => written.to_owned(),
            Some('[') => format!("${written}"),
            _ => format!("$.{written}"),
        };
        let shape = Shape::of(&whole);
        if let Some(reason) = shape.too_involved(&whole) {
            return Err(PathError::TooInvolved { path: shown, reason });
        }
        match JsonPath::parse(&whole) {
            Ok(path) => Ok(Self {
                path,
                may_meet_many: shape.may_meet_many,
            }),
            Err(error) => Err(PathError::Syntax {
                path: shown,
                reason: error.message().to_owned(),
            }),
        }
    }

    /// What stands there.
    pub(crate) fn find<'a>(&self, body: &'a Json) -> Found<'a> {
        let nodes = self.path.query(body).all();
        if self.may_meet_many {
            return Found::Several(nodes);
        }
        nodes.into_iter().next().map_or(Found::Nothing, Found::One)
    }

    /// Where it stands, as JSON pointers.
    pub(crate) fn pointers(&self, body: &Json) -> Vec<String> {
        let found = self.path.query_located(body);
        found.locations().map(|location| location.to_json_pointer()).collect()
    }
}

/// What a path is made of, outside quotes.
#[derive(Default)]
struct Shape {
    descendants: usize,
    filters_in_filters: bool,
    roots: usize,
    depth: usize,
    may_meet_many: bool,
}

impl Shape {
    fn of(path: &str) -> Self {
        let mut shape = Self::default();
        let mut quote = None;
        let mut escaped = false;
        let mut open: Vec<char> = Vec::new();
        let mut before = ' ';
        for letter in path.chars() {
            match (quote, letter) {
                (Some(_), _) if escaped => escaped = false,
                (Some(_), '\\') => escaped = true,
                (Some(mark), letter) if mark == letter => quote = None,
                (Some(_), _) => {}
                (None, '\'' | '"') => quote = Some(letter),
                (None, '[' | '(') => {
                    open.push(letter);
                    shape.depth = shape.depth.max(open.len());
                }
                (None, ']' | ')') => drop(open.pop()),
                (None, '?') => {
                    shape.filters_in_filters |= open.contains(&'?');
                    if let Some(last) = open.last_mut() {
                        *last = '?';
                    }
                    shape.may_meet_many = true;
                }
                (None, '$') => shape.roots += 1,
                (None, '.') if before == '.' => {
                    shape.descendants += 1;
                    shape.may_meet_many = true;
                }
                (None, '*' | ':' | ',') => shape.may_meet_many = true,
                (None, _) => {}
            }
            before = letter;
        }
        shape
    }

    fn too_involved(&self, path: &str) -> Option<&'static str> {
        match self {
            _ if path.chars().count() > LONGEST => Some("write a shorter one"),
            Self { depth, .. } if *depth > DEEPEST => Some("it has too many brackets in one another"),
            Self {
                filters_in_filters: true,
                ..
            } => Some("leave out the filter inside the filter"),
            Self { roots, .. } if *roots > 1 => Some("a filter may look at `@` only, not at `$`"),
            Self { descendants, .. } if *descendants > 1 => Some("one `..` is the most"),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use taskwright_domain::AttributeType;

    use super::*;

    fn field(path: &str) -> Field {
        Field {
            key: "total".into(),
            name: String::new(),
            kind: AttributeType::Text,
            path: path.into(),
            redacted: false,
            optional: false,
        }
    }

    fn found(path: &str) -> Json {
        let body = json!({
            "total": "79.00",
            "order": { "lines": [
                { "sku": "a", "price": 3, "tags": ["x", "y"] },
                { "sku": "b", "price": 5, "tags": [] },
            ] },
            "odd key": { "it's": true },
        });
        match FieldPath::of(&field(path)).unwrap().find(&body) {
            Found::Nothing => Json::Null,
            Found::One(json) => json.clone(),
            Found::Several(items) => Json::from(items.into_iter().cloned().collect::<Vec<_>>()),
        }
    }

    #[test]
    fn every_kind_of_path_finds_what_the_standard_says() {
        for (path, expected) in [
            ("", json!("79.00")),
            ("$.total", json!("79.00")),
            ("total", json!("79.00")),
            ("$['total']", json!("79.00")),
            ("order.lines[1].sku", json!("b")),
            ("$.order.lines[-1].sku", json!("b")),
            ("$['odd key']['it\\'s']", json!(true)),
            ("$.order.lines[*].sku", json!(["a", "b"])),
            ("$.order.lines[0:1].price", json!([3])),
            ("$.order.lines[?@.price > 4].sku", json!(["b"])),
            (
                "$.order.lines[?@.sku == 'a' && (@.price < 4 || @.price > 9)].price",
                json!([3]),
            ),
            ("$.order.lines[?match(@.sku, '[b-z]')].price", json!([5])),
            ("$..sku", json!(["a", "b"])),
            ("$.order.lines[*].nothing", json!([])),
            ("$.order.nothing", Json::Null),
            ("$.total.more", Json::Null),
        ] {
            assert_eq!(found(path), expected, "{path}");
        }
    }

    #[test]
    fn a_path_that_cannot_be_read_is_refused_with_a_reason() {
        for path in ["$.", "$[", "$.a[?", "a b", "$.a[?@.b = 1]", "$.a['b"] {
            let error = FieldPath::of(&field(path)).err().unwrap();
            assert!(matches!(error, PathError::Syntax { .. }), "{path}: {error}");
        }
    }

    #[test]
    fn a_path_that_would_take_long_is_refused() {
        let deep = format!("$[?{}@.a{}]", "(".repeat(40), ")".repeat(40));
        let long = format!("$.{}", "a".repeat(600));
        for path in [
            "$..a..b",
            "$.a[?@.b[?@.c]]",
            "$.a[?$.b[*] == @.c]",
            deep.as_str(),
            long.as_str(),
        ] {
            let error = FieldPath::of(&field(path)).err().unwrap();
            assert!(matches!(error, PathError::TooInvolved { .. }), "{path}: {error}");
        }
        assert!(
            FieldPath::of(&field("$['what? $..*']['..$..']")).is_ok(),
            "what stands in quotes is a name"
        );
    }
}
