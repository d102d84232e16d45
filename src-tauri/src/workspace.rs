//! The open workspace, or the reason why there is none.

use std::{
    path::PathBuf,
    sync::{PoisonError, RwLock},
};

use directories::ProjectDirs;
use taskwright_commands::{App, CommandError, Options};

/// Where this person's workspace lives: `TASKWRIGHT_DATA`, else the platform's data folder.
pub(crate) fn folder() -> Result<PathBuf, String> {
    if let Some(folder) = std::env::var_os("TASKWRIGHT_DATA").filter(|folder| !folder.is_empty()) {
        return Ok(folder.into());
    }
    ProjectDirs::from("", "", "Taskwright")
        .map(|own| own.data_dir().to_path_buf())
        .ok_or_else(|| "this account has no home folder; set TASKWRIGHT_DATA to the folder of the workspace".to_owned())
}

/// A name on the session bus that is the same for the same workspace only.
#[cfg(target_os = "linux")]
pub(crate) fn bus_name() -> String {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let mut hasher = DefaultHasher::new();
    folder().unwrap_or_default().hash(&mut hasher);
    format!("app.taskwright.desktop.w{:016x}", hasher.finish())
}

/// The workspace of this window.
pub(crate) struct Workspace {
    folder: PathBuf,
    state: RwLock<Result<App, CommandError>>,
}
