//! Vectors of texts, kept beside all workspaces: what took ten milliseconds to make is read in a few microseconds.
//! A cache and nothing more: it holds no text, only hashes of texts, and what is lost from it is made again.

use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use rusqlite::{Connection, OptionalExtension, params};
use sha2::{Digest, Sha256};

/// Vectors that are kept; more than that, and all are forgotten at the next opening.
const MOST: i64 = 20_000;

/// Sets of learned numbers that are kept: each edit of a task makes new ones.
const MOST_LEARNED: i64 = 20;

/// A text as vectors.
#[derive(Debug, Clone, PartialEq)]
pub struct Vectors {
    /// Of the whole text.
    pub vector: Vec<f32>,
    /// Of its tokens, one after the other.
    pub tokens: Vec<i8>,
}

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
            // Files of earlier programs hold vectors of whole texts only.
            "DROP TABLE IF EXISTS vectors;
             CREATE TABLE IF NOT EXISTS encoded (
                 text BLOB PRIMARY KEY, vector BLOB NOT NULL, tokens BLOB NOT NULL
             ) STRICT;
             CREATE TABLE IF NOT EXISTS learned (
                 number INTEGER PRIMARY KEY, content BLOB NOT NULL UNIQUE, numbers BLOB NOT NULL
             ) STRICT",
        )?;
        let count: i64 = connection.query_row("SELECT count(*) FROM encoded", [], |row| row.get(0))?;
        if count > MOST {
            connection.execute("DELETE FROM encoded", [])?;
        }
        Ok(Self(Mutex::new(connection)))
    }

    /// What a version of an encoder made of this text, if it is here.
    #[must_use]
    pub fn get(&self, version: &str, text: &str) -> Option<Vectors> {
        let found = self.with(|connection| {
            let mut query = connection.prepare_cached("SELECT vector, tokens FROM encoded WHERE text = ?1")?;
            query
                .query_row([key(version, text)], |row| Ok((row.get(0)?, row.get(1)?)))
                .optional()
        });
        let (vector, tokens): (Vec<u8>, Vec<u8>) = found.ok().flatten()?;
        Some(Vectors {
            vector: floats(&vector),
            tokens: tokens.into_iter().map(u8::cast_signed).collect(),
        })
    }

    /// Keeps it. That it could not be kept harms nobody.
    pub fn put(&self, version: &str, text: &str, vector: &[f32], tokens: &[i8]) {
        let vector = bytes(vector);
        let tokens: Vec<u8> = tokens.iter().map(|number| number.cast_unsigned()).collect();
        let _ = self.with(|connection| {
            let mut insert = connection.prepare_cached("INSERT OR REPLACE INTO encoded VALUES (?1, ?2, ?3)")?;
            insert.execute(params![key(version, text), vector, tokens])
        });
    }

    /// The numbers that were learned from this content with a version of an encoder, if they are here.
    #[must_use]
    pub fn learned(&self, version: &str, content: &str) -> Option<Vec<f32>> {
        let found = self.with(|connection| {
            let mut query = connection.prepare_cached("SELECT numbers FROM learned WHERE content = ?1")?;
            query
                .query_row([key(version, content)], |row| row.get::<_, Vec<u8>>(0))
                .optional()
        });
        Some(floats(&found.ok().flatten()?))
    }

    /// Keeps what was learned, and forgets what was learned long before.
    pub fn keep_learned(&self, version: &str, content: &str, numbers: &[f32]) {
        let _ = self.with(|connection| {
            connection.execute(
                "INSERT OR REPLACE INTO learned (content, numbers) VALUES (?1, ?2)",
                params![key(version, content), bytes(numbers)],
            )?;
            connection.execute(
                "DELETE FROM learned WHERE number <= (SELECT max(number) FROM learned) - ?1",
                [MOST_LEARNED],
            )
        });
    }

    fn with<T>(&self, work: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> rusqlite::Result<T> {
        work(&self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

fn bytes(numbers: &[f32]) -> Vec<u8> {
    numbers.iter().flat_map(|number| number.to_le_bytes()).collect()
}

fn floats(bytes: &[u8]) -> Vec<f32> {
    let float = |four: &[u8]| f32::from_le_bytes([four[0], four[1], four[2], four[3]]);
    bytes.chunks_exact(4).map(float).collect()
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
            .put("a 1", "move my booking", &[0.5, -0.25], &[1, -2]);
        let cache = VectorCache::open(&path).unwrap();
        let kept = Vectors {
            vector: vec![0.5, -0.25],
            tokens: vec![1, -2],
        };
        assert_eq!(cache.get("a 1", "move my booking"), Some(kept));
        assert_eq!(cache.get("a 2", "move my booking"), None);
        assert_eq!(cache.get("a 1", "move my bookings"), None);
    }

    #[test]
    fn the_latest_that_was_learned_is_kept() {
        let folder = tempfile::tempdir().unwrap();
        let cache = VectorCache::open(&folder.path().join("vectors.sqlite")).unwrap();
        for content in 0..=MOST_LEARNED {
            cache.keep_learned("a 1", &content.to_string(), &[1.5]);
        }
        assert_eq!(cache.learned("a 1", &MOST_LEARNED.to_string()), Some(vec![1.5]));
        assert_eq!(cache.learned("a 2", &MOST_LEARNED.to_string()), None);
        assert_eq!(cache.learned("a 1", "0"), None, "the oldest makes room");
    }
}
