//! A bundle as one zip file: the same content, the same bytes; nothing hostile gets in.

use std::collections::BTreeSet;
use std::io::{Cursor, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use crate::{BundleError, Files};

/// Files of a bundle at the most.
pub(crate) const MOST_FILES: usize = 5_000;
/// Bytes of one file at the most.
pub(crate) const LARGEST_FILE: u64 = 8 << 20;
/// Bytes of all files together at the most.
const LARGEST_BUNDLE: u64 = 64 << 20;

/// One zip file of these files.
///
/// # Errors
/// When a path is not allowed in a bundle.
pub fn pack(files: &Files) -> Result<Vec<u8>, BundleError> {
    let failed = |error: zip::result::ZipError| BundleError::NotABundle(error.to_string());
    let broken = |source| BundleError::Io {
        doing: "pack",
        path: "the bundle".into(),
        source,
    };
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    // A fixed time and fixed rights: the bytes depend on the content alone.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(6))
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    for (path, bytes) in files {
        check_path(path)?;
        writer.start_file(path.as_str(), options).map_err(failed)?;
        writer.write_all(bytes).map_err(broken)?;
    }
    Ok(writer.finish().map_err(failed)?.into_inner())
}

/// The files of a zip.
///
/// # Errors
/// When it is no zip, a path leads out of it, names collide, or it unpacks to more than a bundle may hold.
pub fn unpack(bytes: &[u8]) -> Result<Files, BundleError> {
    let broken = |error: zip::result::ZipError| BundleError::NotABundle(format!("the zip file is damaged ({error})"));
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(broken)?;
    if archive.len() > MOST_FILES {
        return Err(BundleError::TooLarge {
            what: "the number of files".into(),
            limit: MOST_FILES.to_string(),
        });
    }
    let (mut files, mut folded, mut total) = (Files::new(), BTreeSet::new(), 0_u64);
    for index in 0..archive.len() {
        let entry = archive.by_index(index).map_err(broken)?;
        let path = entry.name().map_err(broken)?.into_owned();
        if entry.is_dir() {
            continue;
        }
        check_path(&path)?;
        if entry.is_symlink() {
            return Err(BundleError::BadPath {
                path,
                reason: "it is a link",
            });
        }
        if !folded.insert(path.to_lowercase()) {
            return Err(BundleError::BadPath {
                path,
                reason: "it is there twice",
            });
        }
        // What the header says of the size is not believed: reading stops one byte past the limit.
        let mut content = Vec::new();
        let read = entry.take(LARGEST_FILE + 1).read_to_end(&mut content);
        read.map_err(|source| BundleError::Io {
            doing: "unpack",
            path: path.clone(),
            source,
        })?;
        total += content.len() as u64;
        if content.len() as u64 > LARGEST_FILE || total > LARGEST_BUNDLE {
            let limit = format!("{LARGEST_FILE} bytes a file, {LARGEST_BUNDLE} in all");
            return Err(BundleError::TooLarge { what: path, limit });
        }
        files.insert(path, content);
    }
    Ok(files)
}

/// Refuses a path that leads out of the bundle or means something else on another system.
pub(crate) fn check_path(path: &str) -> Result<(), BundleError> {
    let bad = |reason| {
        Err(BundleError::BadPath {
            path: path.to_owned(),
            reason,
        })
    };
    if path.is_empty() || path.len() > 240 {
        return bad("it is empty or too long");
    }
    if path.starts_with('/') || path.contains(['\\', ':', '\0']) {
        return bad("only relative paths with / are");
    }
    if path
        .split('/')
        .any(|part| part.is_empty() || part == "." || part == "..")
    {
        return bad("it leads elsewhere");
    }
    if path.chars().any(char::is_control) {
        return bad("it has control characters");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zip_of(path: &str, content: &[u8]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        writer.start_file(path, SimpleFileOptions::default()).unwrap();
        writer.write_all(content).unwrap();
        writer.finish().unwrap().into_inner()
    }

    #[test]
    fn packing_is_reproducible() {
        let files: Files = [
            ("a.json".to_owned(), b"1".to_vec()),
            ("tasks/b.md".to_owned(), "é".as_bytes().to_vec()),
        ]
        .into();
        let packed = pack(&files).unwrap();
        assert_eq!(packed, pack(&files).unwrap(), "twice the same bytes");
        assert_eq!(unpack(&packed).unwrap(), files, "and the same files again");
    }

    #[test]
    fn hostile_paths_are_refused() {
        for path in ["../out.json", "/etc/passwd", "a\\..\\b", "C:evil", "a//b", "a/./b"] {
            assert!(
                matches!(unpack(&zip_of(path, b"x")), Err(BundleError::BadPath { .. })),
                "{path}"
            );
        }
    }

    #[test]
    fn a_bomb_stops_at_the_limit() {
        let zip = zip_of("big.md", &vec![0; usize::try_from(LARGEST_FILE).unwrap() + 10]);
        assert!(zip.len() < 100_000, "it is small when packed");
        assert!(
            matches!(unpack(&zip), Err(BundleError::TooLarge { .. })),
            "and too large unpacked"
        );
    }

    #[test]
    fn damaged_bytes_never_panic() {
        let good = zip_of("a.json", b"{\"a\": [1, 2, 3]}");
        for at in 0..good.len() {
            let mut bad = good.clone();
            bad[at] ^= 0x55;
            let _ = unpack(&bad);
            let _ = unpack(&good[..at]);
        }
    }
}
