//! Imports: many documents written at once, which can be taken back as one.

use rusqlite::{Connection, OptionalExtension};
use serde_json::Value;
use taskwright_domain::{Change, DocumentChange, Edit};

use crate::documents::{DocumentRow, DocumentWrite, Writing, find};
use crate::error::StoreError;
use crate::history::{add_step, drop_step};
use crate::open::Store;

/// An import, to take it back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportId(pub String);

impl Store {
    /// Writes documents, all or none, and keeps what stood there before. For a document that was there it is a step of
    /// its history, so that whoever edits it can go back behind the import as well.
    ///
    /// # Errors
    /// When one does not fit its kind, or it cannot be saved.
    pub async fn import_documents(
        &self,
        label: &str,
        writes: Vec<DocumentWrite>,
        at: i64,
        origin: &str,
    ) -> Result<ImportId, StoreError> {
        let (label, origin) = (label.to_owned(), origin.to_owned());
        self.write(move |connection| {
            let import: String = connection.query_row(
                "INSERT INTO imports (id, label, at, undone) \
                 VALUES ('import_' || lower(hex(randomblob(16))), ?1, ?2, 0) RETURNING id",
                rusqlite::params![label, at],
                |row| row.get(0),
            )?;
            let mut writing = Writing::begin(connection, at);
            for write in &writes {
                let before = find(connection, &write.id)?;
                let version = writing.put(write)?;
                if let (Some(before), Some(after)) = (&before, find(connection, &write.id)?)
                    && let Some(edit) = step(&label, &before.json, &after)?
                {
                    add_step(connection, &write.id, &edit, at)?;
                }
                let deleted = before.as_ref().is_some_and(|row| row.deleted);
                let before = before.map(|row| row.json.to_string());
                connection
                    .prepare_cached(
                        "INSERT INTO imported_documents (import, document, version, before, before_deleted) \
                         VALUES (?1, ?2, ?3, ?4, ?5)",
                    )?
                    .execute(rusqlite::params![import, write.id, version, before, deleted])?;
            }
            let (_, told) = writing.finish(&origin)?;
            Ok((ImportId(import), told))
        })
        .await
    }

    /// Takes an import back: what stood there before stands there again, what it brought is deleted.
    ///
    /// # Errors
    /// `Conflict` when one of its documents was changed since; nothing is taken back then.
    pub async fn undo_import(&self, import: &str, at: i64, origin: &str) -> Result<(), StoreError> {
        let (import, origin) = (import.to_owned(), origin.to_owned());
        self.write(move |connection| {
            let found: Option<(String, bool)> = connection
                .query_row("SELECT label, undone FROM imports WHERE id = ?1", [&import], |row| {
                    Ok((row.get(0)?, row.get(1)?))
                })
                .optional()?;
            let Some((label, false)) = found else {
                return Err(StoreError::unknown("import to take back"));
            };
            let mut writing = Writing::begin(connection, at);
            for imported in documents_of(connection, &import)? {
                let id = imported.document;
                let row = find(connection, &id)?.ok_or_else(|| StoreError::unknown(&id))?;
                if row.version != imported.version {
                    return Err(StoreError::Conflict {
                        document: id,
                        expected: imported.version,
                        found: row.version,
                    });
                }
                match imported.before {
                    Some((json, deleted)) => {
                        if let Some(edit) = step(&label, &json, &row)? {
                            drop_step(connection, &id, &edit)?;
                        }
                        writing.replace(&row, json, deleted)?
                    }
                    None => writing.replace(&row, row.json.clone(), true)?,
                };
            }
            connection.execute("UPDATE imports SET undone = 1 WHERE id = ?1", [&import])?;
            let (_, told) = writing.finish(&origin)?;
            Ok(((), told))
        })
        .await
    }
}

/// What an import did to a document that was there, as a step of its history; none where it changed nothing.
fn step(label: &str, before: &Value, after: &DocumentRow) -> Result<Option<Edit>, StoreError> {
    let before = after.kind.normal(&after.id, before.clone())?;
    let change = Change::Set {
        path: String::new(),
        before: before.clone(),
        after: after.json.clone(),
    };
    let edit = Edit {
        label: label.to_owned(),
        changes: vec![DocumentChange {
            document: after.id.clone(),
            change,
        }],
    };
    Ok((before != after.json).then_some(edit))
}

/// A document that an import wrote.
struct Imported {
    document: String,
    version: u64,
    /// What stood there, and whether it was deleted.
    before: Option<(Value, bool)>,
}

fn documents_of(connection: &Connection, import: &str) -> Result<Vec<Imported>, StoreError> {
    let sql = "SELECT document, version, before, before_deleted FROM imported_documents WHERE import = ?1";
    let mut query = connection.prepare(sql)?;
    let rows = query.query_map([import], |row| {
        Ok((row.get(0)?, row.get(1)?, row.get::<_, Option<String>>(2)?, row.get(3)?))
    })?;
    rows.map(|row| {
        let (document, version, before, deleted): (String, u64, _, bool) = row?;
        let before = before.map(|json| serde_json::from_str(&json)).transpose();
        let before = before.map_err(|error| StoreError::bad_row("imported_documents", &document, &error))?;
        Ok(Imported {
            document,
            version,
            before: before.map(|json| (json, deleted)),
        })
    })
    .collect()
}
