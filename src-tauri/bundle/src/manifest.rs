//! The manifest: format, name, and a hash of every file.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::{BundleError, Files};

/// The format this program writes.
pub const FORMAT: u32 = 1;
/// Where the manifest stands.
pub(crate) const MANIFEST: &str = "manifest.json";

/// What a bundle says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The format, see [`FORMAT`].
    pub format: u32,
    /// The bundle's name.
    pub name: String,
    /// What it is for.
    #[serde(default)]
    pub description: String,
    /// SHA-256 of every other file, in hex, by path.
    #[serde(default)]
    pub files: BTreeMap<String, String>,
}

impl Manifest {
    pub(crate) fn over(name: &str, description: &str, files: &Files) -> Self {
        let hashes = files
            .iter()
            .filter(|(path, _)| *path != MANIFEST)
            .map(|(path, bytes)| (path.clone(), hash(bytes)));
        Self {
            format: FORMAT,
            name: name.to_owned(),
            description: description.to_owned(),
            files: hashes.collect(),
        }
    }

    pub(crate) fn read(files: &Files) -> Result<Self, BundleError> {
        let bytes = files
            .get(MANIFEST)
            .ok_or_else(|| BundleError::NotABundle("it has no manifest.json".into()))?;
        let unreadable = |error: serde_json::Error| BundleError::Unreadable {
            path: MANIFEST.into(),
            reason: error.to_string(),
        };
        let format: serde_json::Value = serde_json::from_slice(bytes).map_err(unreadable)?;
        let found = format.get("format").and_then(serde_json::Value::as_u64).unwrap_or(0);
        let found = u32::try_from(found).unwrap_or(u32::MAX);
        if found > FORMAT {
            return Err(BundleError::Newer { found, known: FORMAT });
        }
        serde_json::from_value(format).map_err(unreadable)
    }
}

/// Checks that every file is the one the manifest names, and that none is missing or added.
///
/// # Errors
/// The first file that differs.
pub fn verify(files: &Files) -> Result<Manifest, BundleError> {
    let manifest = Manifest::read(files)?;
    for (path, expected) in &manifest.files {
        let missing = || BundleError::Missing {
            path: path.clone(),
            named_by: MANIFEST.into(),
        };
        if hash(files.get(path).ok_or_else(missing)?) != *expected {
            return Err(BundleError::WrongHash { path: path.clone() });
        }
    }
    match files
        .keys()
        .find(|path| *path != MANIFEST && !manifest.files.contains_key(*path))
    {
        Some(path) => Err(BundleError::Unlisted { path: path.clone() }),
        None => Ok(manifest),
    }
}

fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
