//! Opening a `.taskbundle` that somebody sent, trusting nothing it says about itself.

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::read::ZipFile;
use zip::result::ZipError;

use crate::limits::{MAX_ENTRIES, MAX_ENTRY_BYTES, MAX_RATIO, MAX_TOTAL_BYTES, RATIO_FREE_BYTES};
use crate::path::Paths;
use crate::{BundleError, Files};

type Archive<'a> = ZipArchive<Cursor<&'a [u8]>>;

/// The files in a zip. Sizes are counted while reading, whatever the archive declares.
///
/// # Errors
/// When the bytes are no sound zip, or hold what no bundle holds.
pub fn unpack(bytes: &[u8]) -> Result<Files, BundleError> {
    check_outside(bytes)?;
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    if archive.has_duplicate_names() {
        return Err(damaged_zip("two entries have the same name"));
    }
    check_entries(&mut archive)?;
    archive.validate_header_consistency().map_err(damaged)?;
    let mut files = Files::new();
    let mut room = MAX_TOTAL_BYTES;
    for at in 0..archive.len() {
        if let Some((path, content)) = read_entry(&mut archive, at, &mut room)? {
            files.insert(path, content);
        }
    }
    Ok(files)
}

/// What can be seen without opening the archive.
fn check_outside(bytes: &[u8]) -> Result<(), BundleError> {
    if bytes.len() as u64 > MAX_TOTAL_BYTES {
        return Err(BundleError::BundleTooLarge { limit: MAX_TOTAL_BYTES });
    }
    if !bytes.starts_with(b"PK\x03\x04") {
        return Err(BundleError::NotAZip);
    }
    // Every entry needs a header of its own, so this bounds what the zip reader has to hold.
    let count = bytes.windows(4).filter(|window| window == b"PK\x01\x02").count();
    if count > MAX_ENTRIES {
        return Err(BundleError::TooManyFiles {
            count,
            limit: MAX_ENTRIES,
        });
    }
    Ok(())
}

/// What can be seen in the table of contents, without opening an entry.
fn check_entries(archive: &mut Archive<'_>) -> Result<(), BundleError> {
    let mut paths = Paths::default();
    for at in 0..archive.len() {
        let entry = archive.by_index_data(at).map_err(damaged)?;
        let path = path_of(entry.name_raw())?;
        if entry.encrypted() {
            return Err(BundleError::Encrypted { path });
        }
        if !is_plain(entry.unix_mode()) {
            return Err(BundleError::NotAFile { path });
        }
        match path.strip_suffix('/') {
            Some(folder) => crate::path::check_path(folder)?,
            None => paths.add(&path)?,
        }
        if entry.size() > MAX_ENTRY_BYTES {
            return Err(BundleError::FileTooLarge {
                path,
                limit: MAX_ENTRY_BYTES,
            });
        }
    }
    Ok(())
}

fn path_of(raw: &[u8]) -> Result<String, BundleError> {
    let why = "it is not written in UTF-8";
    let unsafe_path = || BundleError::UnsafePath {
        path: String::from_utf8_lossy(raw).escape_debug().to_string(),
        why,
    };
    std::str::from_utf8(raw).map(str::to_owned).map_err(|_| unsafe_path())
}

/// Whether the mode says file or folder, or nothing.
fn is_plain(mode: Option<u32>) -> bool {
    matches!(mode.unwrap_or(0) & 0o170_000, 0 | 0o100_000 | 0o040_000)
}

/// One entry's path and content; nothing for a folder.
fn read_entry(archive: &mut Archive<'_>, at: usize, room: &mut u64) -> Result<Option<(String, Vec<u8>)>, BundleError> {
    let path = path_of(archive.by_index_data(at).map_err(damaged)?.name_raw())?;
    let damaged_entry = |reason: String| BundleError::DamagedEntry {
        path: path.clone(),
        reason,
    };
    let mut entry = archive.by_index(at).map_err(|error| damaged_entry(error.to_string()))?;
    let declared = entry.size();
    let (content, found) = read_counted(&mut entry, &path, room)?;
    if declared != found {
        return Err(BundleError::SizeLies { path, declared, found });
    }
    let is_folder = path.ends_with('/');
    if is_folder && found > 0 {
        return Err(damaged_entry("a folder has content".to_owned()));
    }
    Ok((!is_folder).then_some((path, content)))
}

/// Reads piece by piece, so that nothing large is ever held before it is refused.
fn read_counted(
    entry: &mut ZipFile<'_, Cursor<&[u8]>>,
    path: &str,
    room: &mut u64,
) -> Result<(Vec<u8>, u64), BundleError> {
    let packed = entry.compressed_size().max(1);
    let declared = entry.size();
    let mut content = Vec::new();
    let mut piece = [0_u8; 16 << 10];
    loop {
        let got = entry
            .read(&mut piece)
            .map_err(|error| read_error(path, declared, content.len() as u64, &error))?;
        if got == 0 {
            let found = content.len() as u64;
            return Ok((content, found));
        }
        content.extend_from_slice(&piece[..got]);
        let size = content.len() as u64;
        *room = room
            .checked_sub(got as u64)
            .ok_or(BundleError::BundleTooLarge { limit: MAX_TOTAL_BYTES })?;
        if size > MAX_ENTRY_BYTES {
            return Err(BundleError::FileTooLarge {
                path: path.to_owned(),
                limit: MAX_ENTRY_BYTES,
            });
        }
        if size > RATIO_FREE_BYTES && size / packed > MAX_RATIO {
            return Err(BundleError::SuspiciousRatio {
                path: path.to_owned(),
                limit: MAX_RATIO,
            });
        }
        if size > declared {
            return Err(BundleError::SizeLies {
                path: path.to_owned(),
                declared,
                found: size,
            });
        }
    }
}

/// The zip reader itself may notice that an entry ends too early or too late.
fn read_error(path: &str, declared: u64, found: u64, error: &std::io::Error) -> BundleError {
    let reason = error.to_string();
    if reason.contains("size") {
        return BundleError::SizeLies {
            path: path.to_owned(),
            declared,
            found,
        };
    }
    BundleError::DamagedEntry {
        path: path.to_owned(),
        reason,
    }
}

fn damaged(error: ZipError) -> BundleError {
    damaged_zip(&error.to_string())
}

fn damaged_zip(reason: &str) -> BundleError {
    BundleError::DamagedZip {
        reason: reason.to_owned(),
    }
}
