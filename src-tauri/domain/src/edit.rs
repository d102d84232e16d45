//! Edits: reversible changes of documents, and how they are applied.

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use ts_rs::TS;

/// One step of the edit history: it is done, undone and redone as a whole.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Edit {
    /// What people read in the history, e.g. "Renamed order number".
    #[serde(default)]
    pub label: String,
    /// The changes, in order.
    pub changes: Vec<DocumentChange>,
}

/// A change of one document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct DocumentChange {
    /// The document's id: of a task, an action, a team …
    pub document: String,
    /// The change.
    pub change: Change,
}

/// A reversible change at a JSON pointer (RFC 6901). The empty path is the whole document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Change {
    /// Replaces a value. A missing field is `null`.
    Set {
        /// Where.
        path: String,
        /// What stood there.
        #[ts(type = "unknown")]
        before: Json,
        /// What stands there now.
        #[ts(type = "unknown")]
        after: Json,
    },
    /// Puts an item into a list, before the index the path ends with.
    Insert {
        /// Where.
        path: String,
        /// The item.
        #[ts(type = "unknown")]
        value: Json,
    },
    /// Takes an item out of a list.
    Remove {
        /// Where.
        path: String,
        /// The item.
        #[ts(type = "unknown")]
        value: Json,
    },
    /// Changes a text.
    Splice {
        /// Where.
        path: String,
        /// Code points from its start.
        at: u32,
        /// The words taken out.
        removed: String,
        /// The words put in.
        inserted: String,
    },
}

/// Why a change does not fit its document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misfit {
    /// Where.
    pub path: String,
    /// What was expected there.
    pub expected: &'static str,
}

impl Edit {
    /// The edit that undoes this one.
    #[must_use]
    pub fn inverse(&self) -> Self {
        let changes = self
            .changes
            .iter()
            .rev()
            .map(|change| DocumentChange {
                document: change.document.clone(),
                change: change.change.inverse(),
            })
            .collect();
        Self {
            label: self.label.clone(),
            changes,
        }
    }
}

impl Change {
    /// The change that undoes this one.
    #[must_use]
    pub fn inverse(&self) -> Self {
        match self.clone() {
            Self::Set { path, before, after } => Self::Set {
                path,
                before: after,
                after: before,
            },
            Self::Insert { path, value } => Self::Remove { path, value },
            Self::Remove { path, value } => Self::Insert { path, value },
            Self::Splice {
                path,
                at,
                removed,
                inserted,
            } => Self::Splice {
                path,
                at,
                removed: inserted,
                inserted: removed,
            },
        }
    }

    /// Changes `document`, or says why the change does not fit and leaves it as it was.
    ///
    /// # Errors
    /// When the document does not hold at the path what the change says was there.
    pub fn apply(&self, document: &mut Json) -> Result<(), Misfit> {
        match self {
            Self::Set { path, before, after } => set(document, path, before, after),
            Self::Insert { path, value } => insert(document, path, value),
            Self::Remove { path, value } => remove(document, path, value),
            Self::Splice {
                path,
                at,
                removed,
                inserted,
            } => splice(document, path, *at, removed, inserted),
        }
    }
}

fn misfit(path: &str, expected: &'static str) -> Misfit {
    Misfit {
        path: path.to_owned(),
        expected,
    }
}

/// The parent's pointer and the last token, unescaped.
fn parent(path: &str) -> Option<(&str, String)> {
    let at = path.rfind('/')?;
    Some((&path[..at], path[at + 1..].replace("~1", "/").replace("~0", "~")))
}

fn set(document: &mut Json, path: &str, before: &Json, after: &Json) -> Result<(), Misfit> {
    let Some((parent, key)) = parent(path) else {
        if document != before {
            return Err(misfit(path, "the document as it was read"));
        }
        *document = after.clone();
        return Ok(());
    };
    match document.pointer_mut(parent) {
        Some(Json::Object(fields)) => {
            if !same(fields.get(&key).unwrap_or(&Json::Null), before) {
                return Err(misfit(path, "the value that was read"));
            }
            if after.is_null() {
                fields.remove(&key);
            } else {
                fields.insert(key, after.clone());
            }
            Ok(())
        }
        Some(Json::Array(items)) => match key.parse().ok().and_then(|at: usize| items.get_mut(at)) {
            Some(item) if same(item, before) => {
                *item = after.clone();
                Ok(())
            }
            _ => Err(misfit(path, "the item that was read")),
        },
        _ => Err(misfit(path, "a group of fields or a list")),
    }
}

/// Whether two values mean the same. Absent, null and empty are one thing: a document leaves empty fields out when it is
/// stored, and a change that was made before that must still fit.
fn same(a: &Json, b: &Json) -> bool {
    match (a, b) {
        (Json::Object(a), Json::Object(b)) => {
            let absent = &Json::Null;
            a.keys()
                .chain(b.keys())
                .all(|key| same(a.get(key).unwrap_or(absent), b.get(key).unwrap_or(absent)))
        }
        (Json::Array(a), Json::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b)),
        _ => a == b || is_nothing(a) && is_nothing(b),
    }
}

fn is_nothing(value: &Json) -> bool {
    match value {
        Json::Null => true,
        Json::Bool(value) => !value,
        Json::Number(_) => false,
        Json::String(text) => text.is_empty(),
        Json::Array(items) => items.is_empty(),
        Json::Object(fields) => fields.is_empty(),
    }
}

/// What stands at a path; an absent field of a group becomes `empty`.
fn or_empty<'a>(document: &'a mut Json, path: &str, empty: Json) -> Option<&'a mut Json> {
    if document.pointer(path).is_none_or(Json::is_null) {
        let (parent, key) = parent(path)?;
        document.pointer_mut(parent)?.as_object_mut()?.insert(key, empty);
    }
    document.pointer_mut(path)
}

fn list<'a>(document: &'a mut Json, path: &str) -> Result<(&'a mut Vec<Json>, usize), Misfit> {
    let wrong = || misfit(path, "a place in a list");
    let (parent, key) = parent(path).ok_or_else(wrong)?;
    let at = key.parse().map_err(|_| wrong())?;
    match or_empty(document, parent, Json::Array(Vec::new())) {
        Some(Json::Array(items)) => Ok((items, at)),
        _ => Err(wrong()),
    }
}

fn insert(document: &mut Json, path: &str, value: &Json) -> Result<(), Misfit> {
    let (items, at) = list(document, path)?;
    if at > items.len() {
        return Err(misfit(path, "a place in the list"));
    }
    items.insert(at, value.clone());
    Ok(())
}

fn remove(document: &mut Json, path: &str, value: &Json) -> Result<(), Misfit> {
    let (items, at) = list(document, path)?;
    if !items.get(at).is_some_and(|item| same(item, value)) {
        return Err(misfit(path, "the item that was read"));
    }
    items.remove(at);
    Ok(())
}

fn splice(document: &mut Json, path: &str, at: u32, removed: &str, inserted: &str) -> Result<(), Misfit> {
    let nothing_there = document.pointer(path).is_none_or(Json::is_null);
    if nothing_there && (at > 0 || !removed.is_empty()) {
        return Err(misfit(path, "the words that were read"));
    }
    let Some(Json::String(text)) = or_empty(document, path, Json::String(String::new())) else {
        return Err(misfit(path, "a text"));
    };
    let from = text
        .char_indices()
        .map(|(at, _)| at)
        .chain([text.len()])
        .nth(at as usize);
    match from {
        Some(from) if text[from..].starts_with(removed) => {
            text.replace_range(from..from + removed.len(), inserted);
            Ok(())
        }
        _ => Err(misfit(path, "the words that were read")),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Change;

    #[test]
    fn every_change_undoes_itself() {
        let before = json!({"title": "A 😀 b", "blocks": [1, 2, 3], "x/y": 1});
        let changes = [
            Change::Splice {
                path: "/title".into(),
                at: 3,
                removed: " b".into(),
                inserted: "!".into(),
            },
            Change::Set {
                path: "/x~1y".into(),
                before: json!(1),
                after: json!(null),
            },
            Change::Insert {
                path: "/blocks/3".into(),
                value: json!(4),
            },
            Change::Remove {
                path: "/blocks/0".into(),
                value: json!(1),
            },
        ];
        let mut document = before.clone();
        for change in &changes {
            change.apply(&mut document).unwrap();
        }
        assert_eq!(
            document,
            json!({"title": "A 😀!", "blocks": [2, 3, 4]}),
            "all four are applied"
        );
        for change in changes.iter().rev() {
            change.inverse().apply(&mut document).unwrap();
        }
        assert_eq!(document, before, "the inverses in reverse order restore it");
    }

    #[test]
    fn a_field_that_was_left_out_because_it_is_empty_takes_words_and_items() {
        let mut document = json!({"blocks": []});
        let changes = [
            Change::Splice {
                path: "/name".into(),
                at: 0,
                removed: String::new(),
                inserted: "New".into(),
            },
            Change::Insert {
                path: "/examples/0".into(),
                value: json!("a"),
            },
            Change::Set {
                path: "/off".into(),
                before: json!(false),
                after: json!(true),
            },
        ];
        for change in &changes {
            change.apply(&mut document).unwrap();
        }
        let expected = json!({"blocks": [], "name": "New", "examples": ["a"], "off": true});
        assert_eq!(document, expected, "absent and empty are one thing");
    }

    #[test]
    fn a_change_that_does_not_fit_changes_nothing() {
        let mut document = json!({"title": "Other words"});
        let change = Change::Splice {
            path: "/title".into(),
            at: 0,
            removed: "My".into(),
            inserted: "Your".into(),
        };
        assert!(change.apply(&mut document).is_err(), "the words are not there");
        assert_eq!(document, json!({"title": "Other words"}), "and nothing was touched");
    }
}
