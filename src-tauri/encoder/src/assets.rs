//! Where the encoder's files are.

use std::path::{Path, PathBuf};

use directories::ProjectDirs;

use crate::EncoderError;

/// Names a folder that holds the files, before all others.
pub const FOLDER_VARIABLE: &str = "TASKWRIGHT_ASSETS";
/// Set to anything but nothing or 0, the program works without the encoder.
pub const OFF_VARIABLE: &str = "TASKWRIGHT_NO_ENCODER";
/// The weights.
pub const MODEL_FILE: &str = "encoder.safetensors";
/// The tokenizer.
pub const TOKENIZER_FILE: &str = "tokenizer.json";
/// The folder of the files. A new form of the weights gets a new name, so that programs of two versions share a machine.
const FOLDER: &str = "all-minilm-l6-v2-int16-1";

/// The folder in the user's cache that `npm run assets` fills; none where the system knows no home.
#[must_use]
pub fn cache_folder() -> Option<PathBuf> {
    Some(ProjectDirs::from("", "", "taskwright")?.cache_dir().join(FOLDER))
}

/// The folder that holds the files: the one `TASKWRIGHT_ASSETS` names, else beside the program, else in the cache.
///
/// # Errors
/// [`EncoderError::Off`] and [`EncoderError::Missing`].
pub fn find() -> Result<PathBuf, EncoderError> {
    if std::env::var(OFF_VARIABLE).is_ok_and(|value| !matches!(value.as_str(), "" | "0")) {
        return Err(EncoderError::Off);
    }
    let folders = folders();
    let found = folders.iter().find(|folder| is_there(folder)).cloned();
    found.ok_or_else(|| EncoderError::Missing {
        looked_into: shown(&folders),
    })
}

fn folders() -> Vec<PathBuf> {
    if let Some(named) = std::env::var_os(FOLDER_VARIABLE).filter(|named| !named.is_empty()) {
        return vec![named.into()];
    }
    let program = std::env::current_exe().ok();
    let beside = program.as_deref().and_then(Path::parent).into_iter();
    // A package puts the program into bin and what belongs to it into lib.
    let shipped = beside.flat_map(|folder| [folder.join(FOLDER), folder.join("../lib/taskwright").join(FOLDER)]);
    shipped.chain(cache_folder()).collect()
}

fn is_there(folder: &Path) -> bool {
    folder.join(MODEL_FILE).is_file() && folder.join(TOKENIZER_FILE).is_file()
}

fn shown(folders: &[PathBuf]) -> String {
    let names: Vec<_> = folders.iter().map(|folder| folder.display().to_string()).collect();
    names.join(", ")
}
