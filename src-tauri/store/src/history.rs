//! One history of edits per document, kept over a restart. Undone entries wait behind the others to be redone.

use rusqlite::{Connection, OptionalExtension};
use taskwright_domain::Edit;

use crate::change::Change;
use crate::documents::{Saved, find};
use crate::error::StoreError;
use crate::open::Store;
use crate::typing::join;
use crate::writer::Told;

/// Entries that are kept per document.
const LONGEST: u64 = 1_000;
/// Typing that goes on within this many milliseconds is one entry.
const SAME_TYPING: i64 = 1_500;

/// What came of a step back or forth.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stepped {
    /// The version and position now.
    pub saved: Saved,
    /// The documents that were written.
    pub documents: Vec<String>,
}

impl Store {
    /// Applies an edit and puts it into the history of the document `history`; an edit may touch others with it.
    /// Whatever was undone before can no longer be redone. An edit that changes nothing is no step and no version.
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
            let change = Change::of(connection, &edit)?;
            if change.is_nothing() {
                let (version, position) = (row.version, row.position);
                return Ok((Saved { version, position }, Told::default()));
            }
            remember(connection, &history, &change, at)?;
            change.write(connection, &history, at, &origin)
        })
        .await
    }

    /// Takes back the last step; none where there is none.
    ///
    /// # Errors
    /// `Misfit` when the document was replaced since by something outside its history.
    pub async fn undo(&self, history: &str, at: i64, origin: &str) -> Result<Option<Stepped>, StoreError> {
        self.step(history, at, origin, Step::Undo).await
    }

    /// Does again what was taken back last; none where nothing was.
    ///
    /// # Errors
    /// As [`Store::undo`].
    pub async fn redo(&self, history: &str, at: i64, origin: &str) -> Result<Option<Stepped>, StoreError> {
        self.step(history, at, origin, Step::Redo).await
    }

    async fn step(&self, history: &str, at: i64, origin: &str, step: Step) -> Result<Option<Stepped>, StoreError> {
        let (history, origin) = (history.to_owned(), origin.to_owned());
        self.write(move |connection| {
            let Some(Entry { number, edit, .. }) = entry(connection, &history, step)? else {
                return Ok((None, Told::default()));
            };
            let edit = match step {
                Step::Undo => edit.inverse(),
                Step::Redo => edit,
            };
            let change = Change::of(connection, &edit).map_err(|error| replaced_since(error, &edit, step))?;
            let (saved, told) = change.write(connection, &history, at, &origin)?;
            connection
                .prepare_cached("UPDATE edits SET undone = ?3 WHERE history = ?1 AND number = ?2")?
                .execute(rusqlite::params![history, number, step == Step::Undo])?;
            let documents = edit.changes.into_iter().map(|change| change.document).collect();
            Ok((Some(Stepped { saved, documents }), told))
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

/// A step that no longer fits: somebody wrote a document of it past this history.
fn replaced_since(error: StoreError, edit: &Edit, step: Step) -> StoreError {
    let StoreError::Misfit { document, path, .. } = error else {
        return error;
    };
    let what = match step {
        Step::Undo => "undone",
        Step::Redo => "done again",
    };
    let reason = format!(
        "\"{}\" cannot be {what}, because {document} was replaced since outside this history, perhaps by an import or \
         a step of another task. Take that back first, or change it by hand",
        edit.label
    );
    StoreError::Misfit { document, path, reason }
}

/// An entry of a history.
struct Entry {
    number: u64,
    edit: Edit,
    /// When it was last added to.
    at: i64,
}

/// The entry that a step takes: the last one that stands, or the first one that is undone.
fn entry(connection: &Connection, history: &str, step: Step) -> Result<Option<Entry>, StoreError> {
    let sql = match step {
        Step::Undo => {
            "SELECT number, json, at FROM edits WHERE history = ?1 AND undone = 0 ORDER BY number DESC LIMIT 1"
        }
        Step::Redo => "SELECT number, json, at FROM edits WHERE history = ?1 AND undone = 1 ORDER BY number LIMIT 1",
    };
    let mut query = connection.prepare_cached(sql)?;
    let found: Option<(u64, String, i64)> = query
        .query_row([history], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    found
        .map(|(number, json, at)| {
            let edit = serde_json::from_str(&json)
                .map_err(|error| StoreError::bad_row("edits", format!("{history} {number}"), &error))?;
            Ok(Entry { number, edit, at })
        })
        .transpose()
}

/// Writes a change into the history in the place of all that was undone, or joins it to the typing before it.
fn remember(connection: &Connection, history: &str, change: &Change, at: i64) -> Result<(), StoreError> {
    let undone = forget_undone(connection, history)?;
    let edit = change.reversible();
    let last = entry(connection, history, Step::Undo)?;
    let number = last.as_ref().map_or(1, |last| last.number + 1);
    let joined = last
        .filter(|last| undone == 0 && goes_on(last, change, at))
        .and_then(|last| Some((last.number, join(&last.edit, &edit)?)));
    let (number, edit) = joined.unwrap_or((number, edit));
    put(connection, history, number, &edit, at)
}

/// A document was replaced as a whole by an import: a step of its own history like any other.
pub(crate) fn add_step(connection: &Connection, history: &str, edit: &Edit, at: i64) -> Result<(), StoreError> {
    forget_undone(connection, history)?;
    let last = entry(connection, history, Step::Undo)?;
    put(connection, history, last.map_or(1, |last| last.number + 1), edit, at)
}

/// Takes the last step out of a history, if it is this one.
pub(crate) fn drop_step(connection: &Connection, history: &str, edit: &Edit) -> Result<(), StoreError> {
    if let Some(last) = entry(connection, history, Step::Undo)?.filter(|last| last.edit == *edit) {
        connection
            .prepare_cached("DELETE FROM edits WHERE history = ?1 AND number = ?2")?
            .execute(rusqlite::params![history, last.number])?;
    }
    Ok(())
}

fn forget_undone(connection: &Connection, history: &str) -> Result<usize, StoreError> {
    Ok(connection
        .prepare_cached("DELETE FROM edits WHERE history = ?1 AND undone = 1")?
        .execute([history])?)
}

/// Writes an entry, and forgets the oldest beyond the longest history.
fn put(connection: &Connection, history: &str, number: u64, edit: &Edit, at: i64) -> Result<(), StoreError> {
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

/// Whether a change follows at once on the last entry, with nothing else written in between.
fn goes_on(last: &Entry, change: &Change, at: i64) -> bool {
    at.abs_diff(last.at) < SAME_TYPING.unsigned_abs() && change.last_written() == Some(last.at)
}
