//! Backups: whole copies of the workspace file, made while the program runs.

use std::path::{Path, PathBuf};

use taskwright_store::Store;

use crate::bundles::NamedFile;
use crate::error::CommandError;

/// What a backup's id starts with, so that it goes by the same door as other files.
const PREFIX: &str = "backup_";

/// Makes one beside the workspace; the id fetches it.
pub(crate) fn make(store: &Store, now: i64) -> Result<NamedFile, CommandError> {
    let at = jiff::Timestamp::from_millisecond(now).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    let stamp = at.strftime("%Y-%m-%d-%H%M%S").to_string();
    let folder = folder(store);
    std::fs::create_dir_all(&folder)
        .map_err(|error| CommandError::host(format!("Could not make {}: {error}", folder.display())))?;
    store.backup(&path(&folder, &stamp))?;
    Ok(NamedFile {
        file: format!("{PREFIX}{stamp}"),
        name: format!("taskwright-{stamp}.sqlite"),
    })
}

/// The backup of this id: its name and bytes; none where the id is of another kind.
pub(crate) fn fetch(store: &Store, id: &str) -> Result<Option<(String, Vec<u8>)>, CommandError> {
    let Some(stamp) = id.strip_prefix(PREFIX) else {
        return Ok(None);
    };
    if !stamp.chars().all(|letter| letter.is_ascii_digit() || letter == '-') {
        return Err(CommandError::not_found("This backup"));
    }
    let path = path(&folder(store), stamp);
    let bytes = std::fs::read(&path)
        .map_err(|error| CommandError::host(format!("Could not read {}: {error}", path.display())))?;
    Ok(Some((format!("taskwright-{stamp}.sqlite"), bytes)))
}

fn folder(store: &Store) -> PathBuf {
    store.folder().join("backups")
}

fn path(folder: &Path, stamp: &str) -> PathBuf {
    folder.join(format!("{stamp}.sqlite"))
}
