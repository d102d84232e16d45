//! A bundle as one `.taskbundle` file: a zip whose bytes depend on nothing but its files.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, System, ZipWriter};

use crate::path::check_paths;
use crate::{BundleError, Files};

/// Compression level of every file. Changing it changes the bytes of every bundle.
const LEVEL: i64 = 6;

/// The files as one zip: paths in order, every file dated 1 January 1980 with the same permissions, one compression
/// level. The same files always give the same bytes.
///
/// # Errors
/// When the files would be refused by [`unpack`](crate::unpack) later: a bad path, too many or too large files.
pub fn pack(files: &Files) -> Result<Vec<u8>, BundleError> {
    check_paths(files)?;
    let bytes = write(files).map_err(|error| BundleError::CannotWrite {
        path: "the zip archive".to_owned(),
        reason: error.to_string(),
    })?;
    // Whoever receives it must be able to open it: better told now than there.
    crate::unpack(&bytes)?;
    Ok(bytes)
}

fn write(files: &Files) -> zip::result::ZipResult<Vec<u8>> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(LEVEL))
        .last_modified_time(DateTime::default())
        .system(System::Unix)
        .unix_permissions(0o644);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, bytes) in files {
        zip.start_file(path.as_str(), options)?;
        zip.write_all(bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}
