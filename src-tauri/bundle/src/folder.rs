//! A bundle as a folder on disk. This is the only file of the crate that touches one.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::limits::{MAX_ENTRIES, MAX_ENTRY_BYTES, MAX_TOTAL_BYTES};
use crate::manifest::MANIFEST;
use crate::path::check_paths;
use crate::{BundleError, Files};

/// The files of an unpacked bundle. Names that begin with a dot are left out; links are refused.
///
/// # Errors
/// When the folder cannot be read, or holds what no bundle holds.
pub fn read_folder(folder: &Path) -> Result<Files, BundleError> {
    let mut files = Files::new();
    let mut room = MAX_TOTAL_BYTES;
    let mut open = vec![(folder.to_path_buf(), String::new())];
    while let Some((place, prefix)) = open.pop() {
        for entry in fs::read_dir(&place).map_err(|error| failed("read", &place, &error))? {
            let entry = entry.map_err(|error| failed("read", &place, &error))?;
            let Some(path) = inner_path(&entry, &prefix)? else {
                continue;
            };
            let kind = entry
                .file_type()
                .map_err(|error| failed("read", &entry.path(), &error))?;
            if kind.is_dir() {
                open.push((entry.path(), format!("{path}/")));
            } else if kind.is_file() {
                let bytes = read_file(&entry.path(), &path, &mut room)?;
                files.insert(path, bytes);
            } else {
                return Err(BundleError::NotAFile { path });
            }
            if files.len() + open.len() > MAX_ENTRIES {
                return Err(BundleError::TooManyFiles {
                    count: files.len() + open.len(),
                    limit: MAX_ENTRIES,
                });
            }
        }
    }
    check_paths(&files)?;
    Ok(files)
}

/// Writes an unpacked bundle: into a new folder beside the target first, which then takes its place as a whole.
/// A bundle that is there already is replaced; any other folder with content is left alone.
///
/// # Errors
/// When a path is not fit for a bundle, the target holds something else, or the disk refuses.
pub fn write_folder(folder: &Path, files: &Files) -> Result<(), BundleError> {
    check_paths(files)?;
    check_target(folder)?;
    let fresh = sibling(folder, "new")?;
    let written = write_all(&fresh, files).and_then(|()| swap(folder, &fresh));
    if written.is_err() {
        // What is half written is of no use; the first error is the one to tell.
        let _ = fs::remove_dir_all(&fresh);
    }
    written
}

fn inner_path(entry: &fs::DirEntry, prefix: &str) -> Result<Option<String>, BundleError> {
    let name = entry.file_name();
    let Some(name) = name.to_str() else {
        let path = format!("{prefix}{}", name.to_string_lossy());
        return Err(BundleError::UnsafePath {
            path,
            why: "it is not written in UTF-8",
        });
    };
    Ok((!name.starts_with('.')).then(|| format!("{prefix}{name}")))
}

fn read_file(place: &Path, path: &str, room: &mut u64) -> Result<Vec<u8>, BundleError> {
    let mut bytes = Vec::new();
    let file = fs::File::open(place).map_err(|error| failed("read", place, &error))?;
    file.take(MAX_ENTRY_BYTES + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| failed("read", place, &error))?;
    let size = bytes.len() as u64;
    if size > MAX_ENTRY_BYTES {
        return Err(BundleError::FileTooLarge {
            path: path.to_owned(),
            limit: MAX_ENTRY_BYTES,
        });
    }
    *room = room
        .checked_sub(size)
        .ok_or(BundleError::BundleTooLarge { limit: MAX_TOTAL_BYTES })?;
    Ok(bytes)
}

fn check_target(folder: &Path) -> Result<(), BundleError> {
    let in_use = |why| BundleError::FolderInUse {
        path: folder.display().to_string(),
        why,
    };
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(failed("read", folder, &error)),
    };
    let names: Vec<_> = entries.flatten().map(|entry| entry.file_name()).collect();
    if !names.is_empty() && !names.iter().any(|name| name == MANIFEST) {
        return Err(in_use("holds no bundle"));
    }
    if names.iter().any(|name| name.to_string_lossy().starts_with('.')) {
        return Err(in_use("holds hidden files that would be lost"));
    }
    Ok(())
}

/// A name beside the folder, on the same disk, so that renaming is one step.
fn sibling(folder: &Path, what: &str) -> Result<PathBuf, BundleError> {
    let name = folder.file_name().ok_or_else(|| BundleError::Folder {
        doing: "write",
        path: folder.display().to_string(),
        reason: "it has no name".to_owned(),
    })?;
    Ok(folder.with_file_name(format!(".{}.{what}-{}", name.to_string_lossy(), std::process::id())))
}

fn write_all(folder: &Path, files: &Files) -> Result<(), BundleError> {
    fs::create_dir_all(folder).map_err(|error| failed("create", folder, &error))?;
    for (path, bytes) in files {
        let place = folder.join(path);
        if let Some(parent) = place.parent() {
            fs::create_dir_all(parent).map_err(|error| failed("create", parent, &error))?;
        }
        fs::write(&place, bytes).map_err(|error| failed("write", &place, &error))?;
    }
    Ok(())
}

/// Puts the fresh folder in the place of the old one; the old one comes back if that fails.
fn swap(folder: &Path, fresh: &Path) -> Result<(), BundleError> {
    let old = sibling(folder, "old")?;
    let had_one = folder.exists();
    if had_one {
        fs::rename(folder, &old).map_err(|error| failed("replace", folder, &error))?;
    }
    if let Err(error) = fs::rename(fresh, folder) {
        if had_one {
            let _ = fs::rename(&old, folder);
        }
        return Err(failed("write", folder, &error));
    }
    if had_one {
        fs::remove_dir_all(&old).map_err(|error| failed("remove the old content of", &old, &error))?;
    }
    Ok(())
}

fn failed(doing: &'static str, place: &Path, error: &io::Error) -> BundleError {
    BundleError::Folder {
        doing,
        path: place.display().to_string(),
        reason: error.to_string(),
    }
}
