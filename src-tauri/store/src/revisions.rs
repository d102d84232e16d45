//! Frozen tasks, and which of them customers get.

use rusqlite::{Connection, OptionalExtension, Row};
use taskwright_domain::{Revision, RevisionId, TaskId};

use crate::announce::Announced;
use crate::error::StoreError;
use crate::open::Store;
use crate::writer::{Told, next_position};

/// The format of revisions that this version writes.
const FORMAT: u32 = 1;

/// What customers get of a task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Publication {
    /// The revision.
    pub revision: RevisionId,
    /// Nobody gets it for now.
    pub paused: bool,
    /// Since when: UTC milliseconds since 1970.
    pub published_at: i64,
}

/// A revision that was published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RevisionRow {
    /// Its id.
    pub id: RevisionId,
    /// When: UTC milliseconds since 1970.
    pub published_at: i64,
    /// It is the one that customers get.
    pub live: bool,
}

impl Store {
    /// Keeps a revision. Its id is the hash of its content, so keeping it twice is keeping it once.
    ///
    /// # Errors
    /// When it cannot be saved.
    pub async fn save_revision(&self, revision: &Revision, at: i64) -> Result<(), StoreError> {
        if self.has_revision(&revision.id)? {
            return Ok(());
        }
        let json =
            serde_json::to_string(revision).map_err(|error| StoreError::bad_row("revisions", &revision.id, &error))?;
        let (id, task) = (revision.id.to_string(), revision.task.id.to_string());
        self.write(move |connection| {
            connection
                .prepare_cached(
                    "INSERT INTO revisions (id, task, v, json, made_at) VALUES (?1, ?2, ?3, ?4, ?5) \
                     ON CONFLICT DO NOTHING",
                )?
                .execute(rusqlite::params![id, task, FORMAT, json, at])?;
            Ok(((), Told::default()))
        })
        .await
    }

    fn has_revision(&self, id: &RevisionId) -> Result<bool, StoreError> {
        self.read(|connection| {
            let mut query = connection.prepare_cached("SELECT EXISTS (SELECT 1 FROM revisions WHERE id = ?1)")?;
            Ok(query.query_row([id.as_str()], |row| row.get(0))?)
        })
    }

    /// A revision.
    ///
    /// # Errors
    /// When the row cannot be read.
    pub fn revision(&self, id: &RevisionId) -> Result<Option<Revision>, StoreError> {
        self.read(|connection| {
            let mut query = connection.prepare_cached("SELECT json FROM revisions WHERE id = ?1")?;
            let json: Option<String> = query.query_row([id.as_str()], |row| row.get(0)).optional()?;
            json.map(|json| serde_json::from_str(&json))
                .transpose()
                .map_err(|error| StoreError::bad_row("revisions", id, &error))
        })
    }

    /// Customers get this revision of the task from now on.
    ///
    /// # Errors
    /// `Unknown` when the revision was not kept before, or is another task's.
    pub async fn publish(&self, task: &TaskId, revision: &RevisionId, at: i64, origin: &str) -> Result<(), StoreError> {
        let (task, revision, origin) = (task.clone(), revision.clone(), origin.to_owned());
        self.write(move |connection| {
            if !is_kept(connection, &task, &revision)? {
                return Err(StoreError::unknown(format!("{revision} of {task}")));
            }
            connection
                .prepare_cached("INSERT INTO publishings (task, revision, at) VALUES (?1, ?2, ?3)")?
                .execute(rusqlite::params![task.as_str(), revision.as_str(), at])?;
            connection
                .prepare_cached(
                    "INSERT INTO publications (task, revision, paused, published_at) VALUES (?1, ?2, 0, ?3) \
                     ON CONFLICT DO UPDATE SET revision = excluded.revision, paused = 0, \
                     published_at = excluded.published_at",
                )?
                .execute(rusqlite::params![task.as_str(), revision.as_str(), at])?;
            told(connection, &task, &origin)
        })
        .await
    }

    /// Customers do not get the task for now, or get it again.
    ///
    /// # Errors
    /// `Unknown` when it was never published.
    pub async fn set_paused(&self, task: &TaskId, paused: bool, _at: i64, origin: &str) -> Result<(), StoreError> {
        let (task, origin) = (task.clone(), origin.to_owned());
        self.write(move |connection| {
            let changed = connection
                .prepare_cached("UPDATE publications SET paused = ?2 WHERE task = ?1")?
                .execute(rusqlite::params![task.as_str(), paused])?;
            if changed == 0 {
                return Err(StoreError::unknown("published revision of this task"));
            }
            told(connection, &task, &origin)
        })
        .await
    }

    /// What customers get of a task; none where it was never published.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn publication(&self, task: &TaskId) -> Result<Option<Publication>, StoreError> {
        self.read(|connection| {
            let mut query = connection.prepare_cached(&format!("{PUBLICATIONS} WHERE task = ?1"))?;
            Ok(query
                .query_row([task.as_str()], publication_in)
                .optional()?
                .map(|(_, publication)| publication))
        })
    }

    /// Tasks that were published, paused or taken up again after a position, with where that last was.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn publications_after(&self, position: u64) -> Result<Vec<(u64, TaskId)>, StoreError> {
        self.read(|connection| {
            let sql = "SELECT position, task FROM publications WHERE position > ?1 ORDER BY position";
            let mut query = connection.prepare_cached(sql)?;
            let rows = query.query_map([position], |row| Ok((row.get(0)?, TaskId(row.get(1)?))))?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// What customers get of every task that was ever published.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn publications(&self) -> Result<Vec<(TaskId, Publication)>, StoreError> {
        self.read(|connection| {
            let mut query = connection.prepare_cached(PUBLICATIONS)?;
            let rows = query.query_map([], publication_in)?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// Every time a task was published, newest first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn published_revisions(&self, task: &TaskId) -> Result<Vec<RevisionRow>, StoreError> {
        self.read(|connection| {
            let sql = "SELECT revision, at, \
                       number = (SELECT max(number) FROM publishings WHERE task = ?1) \
                       FROM publishings WHERE task = ?1 ORDER BY number DESC";
            let mut query = connection.prepare_cached(sql)?;
            let rows = query.query_map([task.as_str()], |row| {
                Ok(RevisionRow {
                    id: RevisionId(row.get(0)?),
                    published_at: row.get(1)?,
                    live: row.get(2)?,
                })
            })?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }
}

const PUBLICATIONS: &str = "SELECT task, revision, paused, published_at FROM publications";

fn publication_in(row: &Row<'_>) -> rusqlite::Result<(TaskId, Publication)> {
    let publication = Publication {
        revision: RevisionId(row.get(1)?),
        paused: row.get(2)?,
        published_at: row.get(3)?,
    };
    Ok((TaskId(row.get(0)?), publication))
}

/// Whether a revision is kept, and is one of this task.
fn is_kept(connection: &Connection, task: &TaskId, revision: &RevisionId) -> Result<bool, StoreError> {
    let sql = "SELECT EXISTS (SELECT 1 FROM revisions WHERE id = ?1 AND task = ?2)";
    let mut query = connection.prepare_cached(sql)?;
    Ok(query.query_row([revision.as_str(), task.as_str()], |row| row.get(0))?)
}

/// Notes the position of what was done to a task's publication, and tells it.
fn told(connection: &Connection, task: &TaskId, origin: &str) -> Result<((), Told), StoreError> {
    let position = next_position(connection, 1)?;
    connection
        .prepare_cached("UPDATE publications SET position = ?2 WHERE task = ?1")?
        .execute(rusqlite::params![task.as_str(), position])?;
    let told = Told {
        origin: origin.to_owned(),
        what: vec![(position, Announced::Publication(task.clone()))],
    };
    Ok(((), told))
}
