//! Which paths a bundle may hold: only such as stay inside it and exist on every system.

use std::collections::BTreeMap;

use crate::limits::MAX_PATH_CHARS;
use crate::slug::is_reserved;
use crate::{BundleError, Files};

/// Refuses a path that leads out of the bundle or cannot exist on every system.
pub(crate) fn check_path(path: &str) -> Result<(), BundleError> {
    match fault(path) {
        None => Ok(()),
        Some(why) => Err(BundleError::UnsafePath {
            path: path.escape_debug().to_string(),
            why,
        }),
    }
}

fn fault(path: &str) -> Option<&'static str> {
    if path.is_empty() {
        return Some("it is empty");
    }
    if path.len() > MAX_PATH_CHARS {
        return Some("it is longer than 240 characters");
    }
    if path.starts_with('/') {
        return Some("it is absolute");
    }
    if path.contains('\\') {
        return Some("it has a backslash; folders are separated by /");
    }
    if path.contains(':') {
        return Some("it has a colon, as a drive letter has");
    }
    if path.chars().any(char::is_control) {
        return Some("it has a control character in it");
    }
    if path.chars().any(|c| !c.is_ascii() || "<>\"|?*".contains(c)) {
        return Some("only letters a to z, digits and - _ . work on every system");
    }
    path.split('/').find_map(part_fault)
}

fn part_fault(part: &str) -> Option<&'static str> {
    match part {
        "" => Some("a part of it is empty"),
        "." | ".." => Some("it leads out of its folder"),
        _ if part.ends_with(['.', ' ']) || part.starts_with(' ') => {
            Some("a part of it begins or ends with a space or ends with a dot")
        }
        // Such a file can change what other programs do in the folder: `.git/config`, `.npmrc`.
        _ if part.starts_with('.') => Some("a part of it begins with a dot, as hidden files do"),
        _ if is_reserved(part) => Some("Windows keeps a part of it for a device"),
        _ => None,
    }
}

/// Checks all paths, and that no two are one where case does not matter, or one a file and a folder at once.
pub(crate) fn check_paths(files: &Files) -> Result<(), BundleError> {
    let mut seen = Paths::default();
    files.keys().try_for_each(|path| seen.add(path))
}

/// The paths met so far.
#[derive(Default)]
pub(crate) struct Paths {
    files: BTreeMap<String, String>,
    folders: BTreeMap<String, String>,
}

impl Paths {
    /// Takes in a file's path, or says why it cannot stand beside the others.
    pub(crate) fn add(&mut self, path: &str) -> Result<(), BundleError> {
        check_path(path)?;
        let low = path.to_ascii_lowercase();
        let clash = |first: &String| BundleError::CollidingPaths {
            first: first.clone(),
            second: path.to_owned(),
        };
        if let Some(first) = self.files.get(&low).or_else(|| self.folders.get(&low)) {
            return Err(clash(first));
        }
        for (at, _) in path.match_indices('/') {
            if let Some(first) = self.files.get(&low[..at]) {
                return Err(clash(first));
            }
            let written = &path[..at];
            let known = self
                .folders
                .entry(low[..at].to_owned())
                .or_insert_with(|| path.to_owned());
            if known.get(..at) != Some(written) {
                return Err(clash(known));
            }
        }
        self.files.insert(low, path.to_owned());
        Ok(())
    }
}
