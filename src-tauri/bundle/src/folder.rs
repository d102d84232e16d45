//! Reading and writing an unpacked bundle: the only file IO of this crate.

use std::path::Path;

use crate::zipped::{LARGEST_FILE, MOST_FILES, check_path};
use crate::{BundleError, Files};

fn io(doing: &'static str, path: &Path) -> impl FnOnce(std::io::Error) -> BundleError {
    let path = path.display().to_string();
    move |source| BundleError::Io { doing, path, source }
}

/// The files of a folder, links and dot-files left out.
///
/// # Errors
/// When a file cannot be read or is too large.
pub fn read_folder(folder: &Path) -> Result<Files, BundleError> {
    let mut files = Files::new();
    walk(folder, "", &mut files)?;
    Ok(files)
}

fn walk(folder: &Path, prefix: &str, files: &mut Files) -> Result<(), BundleError> {
    for entry in std::fs::read_dir(folder).map_err(io("read", folder))? {
        let entry = entry.map_err(io("read", folder))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let kind = entry.file_type().map_err(io("read", &entry.path()))?;
        if name.starts_with('.') || kind.is_symlink() {
            continue;
        }
        let path = if prefix.is_empty() {
            name
        } else {
            format!("{prefix}/{name}")
        };
        if kind.is_dir() {
            walk(&entry.path(), &path, files)?;
        } else {
            let size = entry.metadata().map_err(io("read", &entry.path()))?.len();
            if size > LARGEST_FILE || files.len() >= MOST_FILES {
                return Err(BundleError::TooLarge {
                    what: path,
                    limit: format!("{LARGEST_FILE} bytes, {MOST_FILES} files"),
                });
            }
            files.insert(path, std::fs::read(entry.path()).map_err(io("read", &entry.path()))?);
        }
    }
    Ok(())
}

/// Writes a bundle as a folder: into a new one, or over an older bundle.
///
/// # Errors
/// When the folder holds something else, or a file cannot be written.
pub fn write_folder(folder: &Path, files: &Files) -> Result<(), BundleError> {
    let there = folder.is_dir() && std::fs::read_dir(folder).map_err(io("read", folder))?.next().is_some();
    if there && !folder.join("manifest.json").is_file() {
        return Err(BundleError::NotEmpty(folder.display().to_string()));
    }
    for (path, bytes) in files {
        check_path(path)?;
        let to = folder.join(path);
        if let Some(parent) = to.parent() {
            std::fs::create_dir_all(parent).map_err(io("make", parent))?;
        }
        std::fs::write(&to, bytes).map_err(io("write", &to))?;
    }
    Ok(())
}
