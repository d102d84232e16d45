//! Documents: the nouns that people edit, each one row of JSON.

use rusqlite::{Connection, OptionalExtension, Row};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use taskwright_domain::{Action, Article, Attribute, SavedView, Script, Settings, Task, Team, Workflow};

use crate::announce::Announced;
use crate::error::StoreError;
use crate::open::Store;
use crate::writer::{Told, next_position};

/// The format of documents that this version writes.
const FORMAT: u32 = 1;

/// What a document is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DocumentKind {
    /// A task.
    Task,
    /// An action.
    Action,
    /// An attribute of the workspace.
    Attribute,
    /// A team.
    Team,
    /// An article.
    Article,
    /// What leads a conversation on a channel.
    Workflow,
    /// A scripted conversation.
    Script,
    /// The workspace's settings: one row, `settings`.
    Settings,
    /// A filter of conversations that somebody keeps.
    View,
}

/// A stored document.
#[derive(Debug, Clone, PartialEq)]
pub struct DocumentRow {
    /// What it is.
    pub kind: DocumentKind,
    /// Its id.
    pub id: String,
    /// Counts its changes, from 1.
    pub version: u64,
    /// The document.
    pub json: Value,
    /// It is deleted, and can be restored.
    pub deleted: bool,
    /// When it was last changed: UTC milliseconds since 1970.
    pub updated_at: i64,
    /// The position of that change.
    pub position: u64,
}

/// A document to write.
#[derive(Debug, Clone, PartialEq)]
pub struct DocumentWrite {
    /// What it is.
    pub kind: DocumentKind,
    /// Its id.
    pub id: String,
    /// The document.
    pub json: Value,
}

/// What came of a write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Saved {
    /// The document's version now; of the first one where several were written.
    pub version: u64,
    /// The position of the write.
    pub position: u64,
}

impl DocumentKind {
    /// All of them, what others refer to first.
    pub const ALL: [Self; 9] = [
        Self::Settings,
        Self::Team,
        Self::Attribute,
        Self::Action,
        Self::Article,
        Self::Task,
        Self::Workflow,
        Self::Script,
        Self::View,
    ];

    fn name(self) -> &'static str {
        match self {
            Self::Task => "task",
            Self::Action => "action",
            Self::Attribute => "attribute",
            Self::Team => "team",
            Self::Article => "article",
            Self::Workflow => "workflow",
            Self::Script => "script",
            Self::Settings => "settings",
            Self::View => "view",
        }
    }

    fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// The document as its type writes it, so that two documents that mean the same are the same.
    pub(crate) fn normal(self, id: &str, json: Value) -> Result<Value, StoreError> {
        let json = match self {
            Self::Task => through::<Task>(id, json),
            Self::Action => through::<Action>(id, json),
            Self::Attribute => through::<Attribute>(id, json),
            Self::Team => through::<Team>(id, json),
            Self::Article => through::<Article>(id, json),
            Self::Workflow => through::<Workflow>(id, json),
            Self::Script => through::<Script>(id, json),
            Self::Settings => through::<Settings>(id, json),
            Self::View => through::<SavedView>(id, json),
        }?;
        match json.get("id") {
            Some(own) if own != id => Err(misfit(
                id,
                "/id",
                format!("a document keeps its id, and this says {own}"),
            )),
            _ => Ok(json),
        }
    }
}

/// A change that does not fit.
pub(crate) fn misfit(document: &str, path: &str, reason: String) -> StoreError {
    StoreError::Misfit {
        document: document.to_owned(),
        path: path.to_owned(),
        reason,
    }
}

fn through<T: DeserializeOwned + Serialize>(id: &str, json: Value) -> Result<Value, StoreError> {
    let typed: Result<T, _> = serde_json::from_value(json);
    typed
        .and_then(serde_json::to_value)
        .map_err(|error| misfit(id, "", error.to_string()))
}

impl Store {
    /// A document, deleted or not.
    ///
    /// # Errors
    /// When the row cannot be read.
    pub fn document(&self, id: &str) -> Result<Option<DocumentRow>, StoreError> {
        self.read(|connection| find(connection, id))
    }

    /// All documents of a kind that are not deleted, in the order they were made.
    ///
    /// # Errors
    /// When a row cannot be read.
    pub fn documents(&self, kind: DocumentKind) -> Result<Vec<DocumentRow>, StoreError> {
        self.read(|connection| {
            let mut query =
                connection.prepare_cached(&format!("{SELECT} WHERE kind = ?1 AND deleted = 0 ORDER BY made"))?;
            let rows = query.query_map([kind.name()], RawDocument::of)?;
            rows.map(|row| row?.typed()).collect()
        })
    }

    /// Documents that were written after a position.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn documents_after(&self, position: u64) -> Result<Vec<(u64, DocumentKind, String)>, StoreError> {
        self.read(|connection| {
            let sql = "SELECT position, kind, id FROM documents WHERE position > ?1 ORDER BY position";
            let mut query = connection.prepare_cached(sql)?;
            let rows = query.query_map([position], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
            rows.map(|row| {
                let (position, kind, id): (u64, String, String) = row?;
                Ok((position, kind_of(&kind, &id)?, id))
            })
            .collect()
        })
    }

    /// Writes documents as they are, all or none: makes, replaces or restores them. No step of a history.
    ///
    /// # Errors
    /// When one does not fit its kind, or it cannot be saved.
    pub async fn put_documents(&self, writes: Vec<DocumentWrite>, at: i64, origin: &str) -> Result<Saved, StoreError> {
        let origin = origin.to_owned();
        self.write(move |connection| {
            let mut change = Writing::begin(connection, at);
            for write in &writes {
                change.put(write)?;
            }
            change.finish(&origin)
        })
        .await
    }

    /// Deletes a document, or restores it.
    ///
    /// # Errors
    /// When there is none, or it cannot be saved.
    pub async fn set_deleted(&self, id: &str, deleted: bool, at: i64, origin: &str) -> Result<Saved, StoreError> {
        let (id, origin) = (id.to_owned(), origin.to_owned());
        self.write(move |connection| {
            let row = find(connection, &id)?.ok_or_else(|| StoreError::unknown(&id))?;
            let mut change = Writing::begin(connection, at);
            change.replace(&row, row.json.clone(), deleted)?;
            change.finish(&origin)
        })
        .await
    }
}

const SELECT: &str = "SELECT id, kind, version, json, deleted, updated_at, position FROM documents";

struct RawDocument {
    id: String,
    kind: String,
    version: u64,
    json: String,
    deleted: bool,
    updated_at: i64,
    position: u64,
}

impl RawDocument {
    fn of(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get(0)?,
            kind: row.get(1)?,
            version: row.get(2)?,
            json: row.get(3)?,
            deleted: row.get(4)?,
            updated_at: row.get(5)?,
            position: row.get(6)?,
        })
    }

    fn typed(self) -> Result<DocumentRow, StoreError> {
        let json =
            serde_json::from_str(&self.json).map_err(|error| StoreError::bad_row("documents", &self.id, &error))?;
        Ok(DocumentRow {
            kind: kind_of(&self.kind, &self.id)?,
            id: self.id,
            version: self.version,
            json,
            deleted: self.deleted,
            updated_at: self.updated_at,
            position: self.position,
        })
    }
}

fn kind_of(name: &str, id: &str) -> Result<DocumentKind, StoreError> {
    DocumentKind::named(name).ok_or_else(|| StoreError::BadRow {
        table: "documents",
        row: id.to_owned(),
        why: format!("\"{name}\" is no kind of document"),
    })
}

/// A document by id.
pub(crate) fn find(connection: &Connection, id: &str) -> Result<Option<DocumentRow>, StoreError> {
    let mut query = connection.prepare_cached(&format!("{SELECT} WHERE id = ?1"))?;
    let row = query.query_row([id], RawDocument::of).optional()?;
    row.map(RawDocument::typed).transpose()
}

/// A write of some documents inside a transaction.
pub(crate) struct Writing<'a> {
    connection: &'a Connection,
    at: i64,
    done: Vec<(DocumentKind, String)>,
    first: Option<u64>,
}

impl<'a> Writing<'a> {
    pub(crate) fn begin(connection: &'a Connection, at: i64) -> Self {
        Self {
            connection,
            at,
            done: Vec::new(),
            first: None,
        }
    }

    /// Makes a document, or puts it in the place of the one that has its id. Its version now.
    pub(crate) fn put(&mut self, write: &DocumentWrite) -> Result<u64, StoreError> {
        if let Some(row) = find(self.connection, &write.id)? {
            if row.kind != write.kind {
                let reason = format!("it is of kind {}, not {}", row.kind.name(), write.kind.name());
                return Err(misfit(&write.id, "", reason));
            }
            return self.replace(&row, write.json.clone(), false);
        }
        let json = write.kind.normal(&write.id, write.json.clone())?;
        let position = next_position(self.connection, 1)?;
        let sql = "INSERT INTO documents (id, kind, version, v, json, deleted, updated_at, position) \
                   VALUES (?1, ?2, 1, ?3, ?4, 0, ?5, ?6)";
        let values = rusqlite::params![write.id, write.kind.name(), FORMAT, json.to_string(), self.at, position];
        self.connection.prepare_cached(sql)?.execute(values)?;
        self.note(write.kind, &write.id, 1);
        Ok(1)
    }

    /// Replaces a document. Its version now.
    pub(crate) fn replace(&mut self, row: &DocumentRow, json: Value, deleted: bool) -> Result<u64, StoreError> {
        let json = row.kind.normal(&row.id, json)?;
        let position = next_position(self.connection, 1)?;
        let version = row.version + 1;
        let sql = "UPDATE documents SET version = ?2, v = ?3, json = ?4, deleted = ?5, updated_at = ?6, position = ?7 \
                   WHERE id = ?1";
        let values = rusqlite::params![row.id, version, FORMAT, json.to_string(), deleted, self.at, position];
        self.connection.prepare_cached(sql)?.execute(values)?;
        self.note(row.kind, &row.id, version);
        Ok(version)
    }

    fn note(&mut self, kind: DocumentKind, id: &str, version: u64) {
        self.done.push((kind, id.to_owned()));
        self.first.get_or_insert(version);
    }

    /// What was saved, and what is to be told of it.
    pub(crate) fn finish(self, origin: &str) -> Result<(Saved, Told), StoreError> {
        let position = next_position(self.connection, 0)?;
        let mut told = Told {
            origin: origin.to_owned(),
            what: Vec::new(),
        };
        if !self.done.is_empty() {
            told.what.push((position, Announced::Documents(self.done)));
        }
        let saved = Saved {
            version: self.first.unwrap_or(0),
            position,
        };
        Ok((saved, told))
    }
}
