//! One history of edits per document, kept over a restart. Undone entries wait behind the others to be redone.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension};
use taskwright_domain::{Change, DocumentChange, Edit};

use crate::documents::{DocumentRow, Saved, Writing, find};
use crate::error::StoreError;
use crate::open::Store;
use crate::writer::Told;

/// Entries that are kept per document.
const LONGEST: u64 = 1_000;
/// Typing that goes on within this many milliseconds is one entry.
const SAME_TYPING: i64 = 1_500;

impl Store {
    /// Applies an edit and puts it into the history of the document `history`; an edit may touch others with it.
    /// Whatever was undone before can no longer be redone.
    ///
    /// # Errors
    /// `Conflict` when `history` was changed after `base_version`; `Misfit` when a change does not fit. Nothing is
    /// written then.
    pub async fn save_edit(
        &self,
        history: &str,
        edit: Edit,
        base_version: u64,
        at: i64,
        origin: &str,
    ) -> Result<Saved, StoreError> {
        let (history, origin) = (history.to_owned(), origin.to_owned());
        self.write(move |connection| {
            let row = find(connection, &history)?.ok_or_else(|| StoreError::unknown(&history))?;
            if row.version != base_version {
                return Err(StoreError::Conflict {
                    document: history.clone(),
                    expected: base_version,
                    found: row.version,
                });
            }
            let done = apply(connection, &history, &edit, at, &origin)?;
            connection
                .prepare_cached("DELETE FROM edits WHERE history = ?1 AND undone = 1")?
                .execute([&history])?;
            remember(connection, &history, &edit, at)?;
            Ok(done)
        })
        .await
    }

    /// Takes back the last step; none where there is none.
    ///
    /// # Errors
    /// `Misfit` when the document was replaced since by something outside its history.
    pub async fn undo(&self, history: &str, at: i64, origin: &str) -> Result<Option<Saved>, StoreError> {
        self.step(history, at, origin, Step::Undo).await
    }

    /// Does again what was taken back last; none where nothing was.
    ///
    /// # Errors
    /// As [`Store::undo`].
    pub async fn redo(&self, history: &str, at: i64, origin: &str) -> Result<Option<Saved>, StoreError> {
        self.step(history, at, origin, Step::Redo).await
    }

    async fn step(&self, history: &str, at: i64, origin: &str, step: Step) -> Result<Option<Saved>, StoreError> {
        let (history, origin) = (history.to_owned(), origin.to_owned());
        self.write(move |connection| {
            let Some((number, edit)) = entry(connection, &history, step)? else {
                return Ok((None, Told::default()));
            };
            let edit = match step {
                Step::Undo => edit.inverse(),
                Step::Redo => edit,
            };
            let (saved, told) = apply(connection, &history, &edit, at, &origin)?;
            connection
                .prepare_cached("UPDATE edits SET undone = ?3 WHERE history = ?1 AND number = ?2")?
                .execute(rusqlite::params![history, number, step == Step::Undo])?;
            Ok((Some(saved), told))
        })
        .await
    }

    /// Whether there is a step to undo, and one to redo.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn can_undo_redo(&self, history: &str) -> Result<(bool, bool), StoreError> {
        self.read(|connection| {
            let sql = "SELECT EXISTS (SELECT 1 FROM edits WHERE history = ?1 AND undone = 0), \
                       EXISTS (SELECT 1 FROM edits WHERE history = ?1 AND undone = 1)";
            let mut query = connection.prepare_cached(sql)?;
            Ok(query.query_row([history], |row| Ok((row.get(0)?, row.get(1)?)))?)
        })
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Undo,
    Redo,
}

/// The entry that a step takes: the last one that stands, or the first one that is undone.
fn entry(connection: &Connection, history: &str, step: Step) -> Result<Option<(u64, Edit)>, StoreError> {
    let sql = match step {
        Step::Undo => "SELECT number, json FROM edits WHERE history = ?1 AND undone = 0 ORDER BY number DESC LIMIT 1",
        Step::Redo => "SELECT number, json FROM edits WHERE history = ?1 AND undone = 1 ORDER BY number LIMIT 1",
    };
    let mut query = connection.prepare_cached(sql)?;
    let found: Option<(u64, String)> = query
        .query_row([history], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    found
        .map(|(number, json)| {
            let edit = serde_json::from_str(&json)
                .map_err(|error| StoreError::bad_row("edits", format!("{history} {number}"), &error))?;
            Ok((number, edit))
        })
        .transpose()
}

/// Changes all documents of an edit, or none.
fn apply(
    connection: &Connection,
    history: &str,
    edit: &Edit,
    at: i64,
    origin: &str,
) -> Result<(Saved, Told), StoreError> {
    let mut changed: BTreeMap<&str, DocumentRow> = BTreeMap::new();
    for DocumentChange { document, change } in &edit.changes {
        if !changed.contains_key(document.as_str()) {
            let row = find(connection, document)?.ok_or_else(|| StoreError::unknown(document))?;
            changed.insert(document, row);
        }
        if let Some(row) = changed.get_mut(document.as_str()) {
            change.apply(&mut row.json).map_err(|misfit| StoreError::Misfit {
                document: document.clone(),
                path: misfit.path,
                reason: format!("it does not hold {} any more. Read it again", misfit.expected),
            })?;
        }
    }
    let mut writing = Writing::begin(connection, at);
    let mut version = None;
    for (id, row) in changed {
        let now = writing.replace(&row, row.json.clone(), row.deleted)?;
        version = version.or((id == history).then_some(now));
    }
    let (saved, told) = writing.finish(origin)?;
    let version = match version {
        Some(version) => version,
        None => find(connection, history)?.map_or(0, |row| row.version),
    };
    Ok((Saved { version, ..saved }, told))
}

/// Writes an edit into the history, or joins it to the typing before it.
fn remember(connection: &Connection, history: &str, edit: &Edit, at: i64) -> Result<(), StoreError> {
    let last: Option<i64> = connection
        .prepare_cached("SELECT at FROM edits WHERE history = ?1 ORDER BY number DESC LIMIT 1")?
        .query_row([history], |row| row.get(0))
        .optional()?;
    let before = entry(connection, history, Step::Undo)?;
    let number = before.as_ref().map_or(1, |(number, _)| number + 1);
    let recent = last.is_some_and(|last| at.abs_diff(last) < SAME_TYPING.unsigned_abs());
    let joined = before
        .filter(|_| recent)
        .and_then(|(number, last)| Some((number, join(&last, edit)?)));
    let (number, edit) = match &joined {
        Some((number, edit)) => (*number, edit),
        None => (number, edit),
    };
    let json = serde_json::to_string(edit).map_err(|error| StoreError::bad_row("edits", history, &error))?;
    connection
        .prepare_cached(
            "INSERT INTO edits (history, number, json, undone, at) VALUES (?1, ?2, ?3, 0, ?4) \
             ON CONFLICT DO UPDATE SET json = excluded.json, at = excluded.at",
        )?
        .execute(rusqlite::params![history, number, json, at])?;
    connection
        .prepare_cached("DELETE FROM edits WHERE history = ?1 AND number <= ?2")?
        .execute(rusqlite::params![history, number.saturating_sub(LONGEST)])?;
    Ok(())
}

/// Two stretches of typing, or of deleting, as one where the second goes on where the first ended.
fn join(first: &Edit, second: &Edit) -> Option<Edit> {
    let (document, path, a, b) = match (&first.changes[..], &second.changes[..]) {
        ([one], [two]) if one.document == two.document && first.label.is_empty() && second.label.is_empty() => {
            let (path, a) = splice(&one.change)?;
            let (same, b) = splice(&two.change)?;
            (path == same).then_some((&one.document, path, a, b))?
        }
        _ => return None,
    };
    let length = |text: &str| u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
    let typed = a.removed.is_empty() && b.removed.is_empty() && b.at == a.at + length(a.inserted);
    let deleted = a.inserted.is_empty() && b.inserted.is_empty();
    let change = if typed {
        (a.at, String::new(), format!("{}{}", a.inserted, b.inserted))
    } else if deleted && b.at + length(b.removed) == a.at {
        (b.at, format!("{}{}", b.removed, a.removed), String::new())
    } else if deleted && b.at == a.at {
        (a.at, format!("{}{}", a.removed, b.removed), String::new())
    } else {
        return None;
    };
    let (at, removed, inserted) = change;
    let change = Change::Splice {
        path: path.to_owned(),
        at,
        removed,
        inserted,
    };
    Some(Edit {
        label: String::new(),
        changes: vec![DocumentChange {
            document: document.clone(),
            change,
        }],
    })
}

struct Spliced<'a> {
    at: u32,
    removed: &'a str,
    inserted: &'a str,
}

fn splice(change: &Change) -> Option<(&str, Spliced<'_>)> {
    match change {
        Change::Splice {
            path,
            at,
            removed,
            inserted,
        } => Some((
            path,
            Spliced {
                at: *at,
                removed,
                inserted,
            },
        )),
        _ => None,
    }
}
