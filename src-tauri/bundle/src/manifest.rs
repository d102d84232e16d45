//! The manifest: what a bundle is called, in which format it is written, and the hash of every file.

use std::collections::BTreeMap;
use std::fmt::Write;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::path::check_paths;
use crate::{BundleError, Files, json};

/// Where the manifest stands.
pub(crate) const MANIFEST: &str = "manifest.json";

/// The format this program writes, and the newest it reads.
pub const FORMAT: u32 = 1;

/// `manifest.json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Manifest {
    /// The format of the bundle; a program refuses one it does not know.
    pub format: u32,
    /// As people call the bundle.
    #[serde(default)]
    pub name: String,
    /// What it is for.
    #[serde(default)]
    pub description: String,
    /// The program that wrote it.
    #[serde(default)]
    pub made_with: String,
    /// The SHA-256 (hexadecimal) of every file but this one.
    #[serde(default)]
    pub files: BTreeMap<String, String>,
}

impl Manifest {
    /// A manifest of these files.
    pub(crate) fn of(name: &str, description: &str, files: &Files) -> Self {
        let hashes = files
            .iter()
            .filter(|(path, _)| *path != MANIFEST)
            .map(|(path, bytes)| (path.clone(), hash(bytes)));
        Self {
            format: FORMAT,
            name: name.to_owned(),
            description: description.to_owned(),
            made_with: concat!("Taskwright ", env!("CARGO_PKG_VERSION")).to_owned(),
            files: hashes.collect(),
        }
    }

    /// The manifest among these files. Its format is looked at first: a newer one may have another shape.
    pub(crate) fn read(files: &Files) -> Result<Self, BundleError> {
        let bytes = files.get(MANIFEST).ok_or_else(|| BundleError::NoManifest {
            hint: inner_folder(files),
        })?;
        let value = json::parse(MANIFEST, bytes)?;
        if let Some(found) = value.get("format").and_then(serde_json::Value::as_u64)
            && (found == 0 || found > u64::from(FORMAT))
        {
            return Err(BundleError::UnknownFormat { found, known: FORMAT });
        }
        json::from_value(MANIFEST, value)
    }

    /// Where the files are not what the manifest promises.
    pub(crate) fn differences(&self, files: &Files) -> Vec<BundleError> {
        let missing =
            self.files
                .keys()
                .filter(|path| !files.contains_key(*path))
                .map(|path| BundleError::MissingFile {
                    path: path.clone(),
                    wanted_by: MANIFEST.to_owned(),
                });
        let changed = files
            .iter()
            .filter(|(path, _)| *path != MANIFEST)
            .filter_map(|(path, bytes)| match self.files.get(path) {
                None => Some(BundleError::NotInManifest { path: path.clone() }),
                Some(promised) if promised.eq_ignore_ascii_case(&hash(bytes)) => None,
                Some(_) => Some(BundleError::WrongHash { path: path.clone() }),
            });
        missing.chain(changed).collect()
    }
}

/// The files with a manifest that fits them: for a folder that a person edited. Name and description stay; nothing
/// but `manifest.json` changes.
///
/// # Errors
/// When a path cannot be used, or `manifest.json` is missing, unreadable or of an unknown format.
pub fn seal(files: &Files) -> Result<Files, BundleError> {
    check_paths(files)?;
    let old = Manifest::read(files)?;
    let mut sealed = files.clone();
    let manifest = Manifest::of(&old.name, &old.description, files);
    sealed.insert(MANIFEST.to_owned(), json::to_file(MANIFEST, &manifest)?);
    Ok(sealed)
}

fn hash(bytes: &[u8]) -> String {
    let mut hex = String::with_capacity(64);
    for byte in Sha256::digest(bytes) {
        // Writing into a String cannot fail.
        let _ = write!(hex, "{byte:02x}");
    }
    hex
}

/// A zip of a folder instead of its content is the usual mistake, so the message names it.
fn inner_folder(files: &Files) -> String {
    files
        .keys()
        .find_map(|path| path.strip_suffix("/manifest.json"))
        .map(|folder| format!(" at the top, but there is one in `{folder}`: use the content of that folder"))
        .unwrap_or_default()
}
