//! The sample tasks that a new workspace begins with.

use include_dir::{Dir, File, include_dir};
use taskwright_bundle::{BundleContent, Files, Hashes, from_files};
use taskwright_store::{DocumentKind, Store};

use crate::documents::writes;
use crate::error::CommandError;

/// The unpacked bundles of the samples, as they stand in the source.
static SAMPLES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../tasks");

/// Who put them there.
const ORIGIN: &str = "samples";

/// Puts the samples into a workspace that was never used.
pub(crate) async fn fill(store: &Store, now: i64) -> Result<(), CommandError> {
    if store.position() > 0 || !store.documents(DocumentKind::Task)?.is_empty() {
        return Ok(());
    }
    for sample in SAMPLES.dirs() {
        store.put_documents(writes(&content(sample)?)?, now, ORIGIN).await?;
    }
    Ok(())
}

fn content(sample: &Dir<'_>) -> Result<BundleContent, CommandError> {
    let mut files = Files::new();
    collect(sample, sample, &mut files);
    Ok(from_files(&files, Hashes::Check)?)
}

fn collect(top: &Dir<'_>, folder: &Dir<'_>, files: &mut Files) {
    for file in folder.files() {
        files.insert(path(top, file), file.contents().to_vec());
    }
    for inner in folder.dirs() {
        collect(top, inner, files);
    }
}

/// The file's path inside its bundle.
fn path(top: &Dir<'_>, file: &File<'_>) -> String {
    let inside = file.path().strip_prefix(top.path()).unwrap_or_else(|_| file.path());
    inside.to_string_lossy().replace('\\', "/")
}
