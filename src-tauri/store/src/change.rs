//! What an edit does to the documents it touches, before any of it is written.

use std::collections::BTreeMap;

use rusqlite::Connection;
use serde_json::{Value, json};
use taskwright_domain::{Change as Single, DocumentChange, Edit, is_written_today};

use crate::documents::{DocumentKind, DocumentRow, Saved, Writing, find, misfit};
use crate::error::StoreError;
use crate::writer::Told;

/// An edit, and the documents it touches before and after it, each as its type writes it.
pub(crate) struct Change<'a> {
    edit: &'a Edit,
    before: BTreeMap<&'a str, DocumentRow>,
    after: BTreeMap<&'a str, Value>,
}

impl<'a> Change<'a> {
    /// Works out what an edit does; nothing where one of its changes does not fit.
    pub(crate) fn of(connection: &Connection, edit: &'a Edit) -> Result<Self, StoreError> {
        let mut before = BTreeMap::new();
        for DocumentChange { document: id, .. } in &edit.changes {
            if !before.contains_key(id.as_str()) {
                let mut row = find(connection, id)?.ok_or_else(|| StoreError::unknown(id))?;
                row.json = row.kind.normal(id, row.json)?;
                before.insert(id.as_str(), row);
            }
        }
        let json = before.iter().map(|(id, row)| (*id, row.json.clone())).collect();
        let after = apply(edit, &before, json)?;
        Ok(Self { edit, before, after })
    }

    /// Whether everything stays as it is.
    pub(crate) fn is_nothing(&self) -> bool {
        leads_to(&self.after, &self.before)
    }

    /// When one of the documents was last written.
    pub(crate) fn last_written(&self) -> Option<i64> {
        self.before.values().map(|row| row.updated_at).max()
    }

    /// The edit as the history keeps it. A document is stored as its type writes it, with what was left out filled in;
    /// where the edit's inverse would not lead back from that, the history keeps the documents whole.
    pub(crate) fn reversible(&self) -> Edit {
        let back = apply(&self.edit.inverse(), &self.before, self.after.clone());
        if back.is_ok_and(|back| leads_to(&back, &self.before)) {
            return self.edit.clone();
        }
        let whole = self
            .before
            .iter()
            .zip(self.after.values())
            .map(|((id, row), after)| DocumentChange {
                document: (*id).to_owned(),
                change: Single::Set {
                    path: String::new(),
                    before: row.json.clone(),
                    after: after.clone(),
                },
            });
        Edit {
            label: self.edit.label.clone(),
            changes: whole.collect(),
        }
    }

    /// Writes the documents. The version is that of `history`.
    pub(crate) fn write(
        self,
        connection: &Connection,
        history: &str,
        at: i64,
        origin: &str,
    ) -> Result<(Saved, Told), StoreError> {
        let mut writing = Writing::begin(connection, at);
        for (row, after) in self.before.values().zip(self.after.into_values()) {
            writing.replace(row, after, row.deleted)?;
        }
        let (saved, told) = writing.finish(origin)?;
        let version = find(connection, history)?.map_or(0, |row| row.version);
        Ok((Saved { version, ..saved }, told))
    }
}

fn leads_to(documents: &BTreeMap<&str, Value>, rows: &BTreeMap<&str, DocumentRow>) -> bool {
    rows.iter().all(|(id, row)| documents.get(id) == Some(&row.json))
}

/// The documents after an edit, each as its type writes it.
fn apply<'a>(
    edit: &Edit,
    rows: &BTreeMap<&'a str, DocumentRow>,
    mut documents: BTreeMap<&'a str, Value>,
) -> Result<BTreeMap<&'a str, Value>, StoreError> {
    for DocumentChange { document: id, change } in &edit.changes {
        if let (Some(row), Some(json)) = (rows.get(id.as_str()), documents.get_mut(id.as_str())) {
            let today = as_written(change, row)?;
            let applied = match before_bodies_had_kinds(&today, row.kind) {
                Some(older) if names_no_part(&today) => older.apply(json),
                Some(older) => today.apply(json).or_else(|_| older.apply(json)),
                None => today.apply(json),
            };
            applied.map_err(|fault| {
                let reason = format!("it does not hold {} any more. Read it again", fault.expected);
                misfit(id, &fault.path, reason)
            })?;
        }
    }
    for (row, json) in rows.values().zip(documents.values_mut()) {
        *json = row.kind.normal(&row.id, json.take())?;
    }
    Ok(documents)
}

/// A change of a whole document, with the document as its type writes it today: its type may have learnt new fields since
/// the change was made.
fn as_written(change: &Single, row: &DocumentRow) -> Result<Single, StoreError> {
    match change {
        Single::Set { path, before, after } if path.is_empty() => Ok(Single::Set {
            path: path.clone(),
            before: row.kind.normal(&row.id, before.clone())?,
            after: row.kind.normal(&row.id, after.clone())?,
        }),
        other => Ok(other.clone()),
    }
}

/// Where the body of a request stands in an action.
const BODY: &str = "/request/body";

/// Whether a change is one inside a body, at a place that no kind of body has today.
fn names_no_part(change: &Single) -> bool {
    const PARTS: [&str; 6] = ["type", "json", "fields", "content_type", "text", "parts"];
    let (Single::Set { path, .. }
    | Single::Insert { path, .. }
    | Single::Remove { path, .. }
    | Single::Splice { path, .. }) = change;
    let inside = path.strip_prefix(BODY).and_then(|rest| rest.strip_prefix('/'));
    let first = inside.and_then(|inside| inside.split('/').next());
    first.is_some_and(|first| !PARTS.contains(&first))
}

/// A change of an action from the time when the body of a request was its JSON and nothing else, as it is written today.
/// So a history goes back behind that day.
fn before_bodies_had_kinds(change: &Single, kind: DocumentKind) -> Option<Single> {
    const REQUEST: &str = "/request";
    if kind != DocumentKind::Action {
        return None;
    }
    let mut older = change.clone();
    let (path, values) = match &mut older {
        Single::Set { path, before, after } => (path, vec![before, after]),
        Single::Insert { path, value } | Single::Remove { path, value } => (path, vec![value]),
        Single::Splice { path, .. } => (path, Vec::new()),
    };
    if let Some(inside) = path.strip_prefix(BODY).filter(|rest| rest.starts_with('/')) {
        *path = format!("{BODY}/json{inside}");
        return Some(older);
    }
    let bodies = values.into_iter().filter_map(|value| match path.as_str() {
        REQUEST => value.get_mut("body"),
        BODY => Some(value),
        _ => None,
    });
    for body in bodies.filter(|body| !body.is_null() && !is_written_today(body)) {
        *body = json!({ "type": "json", "json": body.take() });
    }
    (older != *change).then_some(older)
}
