//! Vectors of texts, kept beside all workspaces: what took ten milliseconds to make is read in a few microseconds.
//! A cache and nothing more: it holds no text, only hashes of texts, and what is lost from it is made again.

use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use rusqlite::{Connection, OptionalExtension, params};
use sha2::{Digest, Sha256};

/// Vectors that are kept; more than that, and all are forgotten at the next opening.
const MOST: i64 = 50_000;

/// The file of vectors.
pub struct VectorCache(Mutex<Connection>);

impl VectorCache {
    /// Opens the file, and makes it where there is none.
    ///
    /// # Errors
    /// When it can be neither opened nor made.
    pub fn open(path: &Path) -> Result<Self, rusqlite::Error> {
        if let Some(folder) = path.parent() {
            // Where this fails, opening says why.
            let _ = std::fs::create_dir_all(folder);
        }
        let connection = Connection::open(path)?;
        connection.busy_timeout(Duration::from_secs(1))?;
        // A crash may cost the file: then it is made again.
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "OFF")?;
        connection.execute_batch(
            "CREATE TABLE IF NOT EXISTS vectors (text BLOB PRIMARY KEY, vector BLOB NOT NULL) STRICT, WITHOUT ROWID",
        )?;
        let count: i64 = connection.query_row("SELECT count(*) FROM vectors", [], |row| row.get(0))?;
        if count > MOST {
            connection.execute("DELETE FROM vectors", [])?;
        }
        Ok(Self(Mutex::new(connection)))
    }

    /// The vector that a version of an encoder gave this text, if it is here and whole.
    #[must_use]
    pub fn get(&self, version: &str, text: &str) -> Option<Vec<f32>> {
        let found = self.with(|connection| {
            let mut query = connection.prepare_cached("SELECT vector FROM vectors WHERE text = ?1")?;
            query
                .query_row([key(version, text)], |row| row.get::<_, Vec<u8>>(0))
                .optional()
        });
        let bytes = found.ok().flatten()?;
        let float = |four: &[u8]| f32::from_le_bytes([four[0], four[1], four[2], four[3]]);
        Some(bytes.chunks_exact(4).map(float).collect())
    }

    /// Keeps a vector. That it could not be kept harms nobody.
    pub fn put(&self, version: &str, text: &str, vector: &[f32]) {
        let bytes: Vec<u8> = vector.iter().flat_map(|number| number.to_le_bytes()).collect();
        let _ = self.with(|connection| {
            let mut insert = connection.prepare_cached("INSERT OR REPLACE INTO vectors VALUES (?1, ?2)")?;
            insert.execute(params![key(version, text), bytes])
        });
    }

    fn with<T>(&self, work: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> rusqlite::Result<T> {
        work(&self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

fn key(version: &str, text: &str) -> Vec<u8> {
    let mut hash = Sha256::new();
    hash.update(version);
    hash.update([0]);
    hash.update(text);
    hash.finalize().to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_vector_comes_back_for_its_version_and_text_only() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("new/vectors.sqlite");
        VectorCache::open(&path)
            .unwrap()
            .put("a 1", "move my booking", &[0.5, -0.25]);
        let cache = VectorCache::open(&path).unwrap();
        assert_eq!(cache.get("a 1", "move my booking"), Some(vec![0.5, -0.25]));
        assert_eq!(cache.get("a 2", "move my booking"), None);
        assert_eq!(cache.get("a 1", "move my bookings"), None);
    }
}
