//! Stored bytes.

use rusqlite::OptionalExtension;
use sha2::{Digest, Sha256};
use taskwright_domain::FileId;

use crate::error::StoreError;
use crate::open::Store;
use crate::writer::Told;

/// The largest file.
const LIMIT: usize = 10 << 20;

impl Store {
    /// Stores bytes under their hash. The name of the last one who stored them is kept.
    ///
    /// # Errors
    /// `TooLarge` beyond 10 MB.
    pub async fn put_file(&self, bytes: Vec<u8>, name: &str) -> Result<FileId, StoreError> {
        if bytes.len() > LIMIT {
            return Err(StoreError::TooLarge {
                size: bytes.len(),
                limit: LIMIT,
            });
        }
        let hash: String = Sha256::digest(&bytes)
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        let (id, name) = (FileId::new(hash), name.to_owned());
        self.write(move |connection| {
            connection
                .prepare_cached(
                    "INSERT INTO files (id, name, bytes) VALUES (?1, ?2, ?3) \
                     ON CONFLICT DO UPDATE SET name = excluded.name",
                )?
                .execute(rusqlite::params![id.as_str(), name, bytes])?;
            Ok((id.clone(), Told::default()))
        })
        .await
    }

    /// A file's name and bytes.
    ///
    /// # Errors
    /// When the workspace cannot be read.
    pub fn file(&self, id: &FileId) -> Result<Option<(String, Vec<u8>)>, StoreError> {
        self.read(|connection| {
            let mut query = connection.prepare_cached("SELECT name, bytes FROM files WHERE id = ?1")?;
            let found = query.query_row([id.as_str()], |row| Ok((row.get(0)?, row.get(1)?)));
            Ok(found.optional()?)
        })
    }
}
