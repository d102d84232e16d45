//! Shared by the tests that cross crates.

pub mod logs;
mod opened;
mod seed;
mod shop;

use std::path::{Path, PathBuf};

use taskwright_bundle::{BundleContent, Hashes, from_files, read_folder};

pub use opened::{Opened, count};
pub use seed::{Seed, spread};
pub use shop::{CheckEnd, Shop};

/// The top of the project.
#[must_use]
pub fn top() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Every sample bundle with the name of its folder.
///
/// # Errors
/// When a folder cannot be read as a bundle.
pub fn samples() -> Result<Vec<(String, BundleContent)>, String> {
    let folders = std::fs::read_dir(top().join("tasks")).map_err(|error| error.to_string())?;
    let mut found = Vec::new();
    for folder in folders {
        let folder = folder.map_err(|error| error.to_string())?;
        let files = read_folder(&folder.path()).map_err(|error| error.to_string())?;
        let content = from_files(&files, Hashes::Check).map_err(|error| error.to_string())?;
        found.push((folder.file_name().to_string_lossy().into_owned(), content));
    }
    found.sort_by(|(a, _), (b, _)| a.cmp(b));
    Ok(found)
}

/// All samples in one workspace: each message could start any of their tasks.
///
/// # Errors
/// When a folder cannot be read as a bundle.
pub fn workspace() -> Result<BundleContent, String> {
    let mut bundles = samples()?.into_iter().map(|(_, content)| content);
    let mut all = bundles.next().ok_or("there are no samples")?;
    for bundle in bundles {
        all.tasks.extend(bundle.tasks);
        all.actions.extend(bundle.actions);
        all.attributes.extend(bundle.attributes);
        all.teams.extend(bundle.teams);
        all.articles.extend(bundle.articles);
    }
    Ok(all)
}
