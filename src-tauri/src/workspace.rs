//! The open workspace, or the reason why there is none.

use std::{
    path::{Path, PathBuf},
    sync::{PoisonError, RwLock},
};

use directories::ProjectDirs;
use taskwright_channel::{Supervisor, supervise};
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
    state: RwLock<State>,
}

enum State {
    Closed,
    /// With what lets other systems call back.
    Open(App, Supervisor),
    Refused(CommandError),
}

impl Workspace {
    /// Not opened yet.
    pub(crate) fn at(folder: PathBuf) -> Self {
        Self {
            folder,
            state: RwLock::new(State::Closed),
        }
    }

    /// Opens it, or keeps the reason why it cannot be opened. Says whether it is open.
    pub(crate) fn open(&self) -> bool {
        let mut state = self.state.write().unwrap_or_else(PoisonError::into_inner);
        if !matches!(*state, State::Open(..)) {
            let opening = App::open(Options {
                data_dir: self.folder.clone(),
                program: "the Taskwright window".to_owned(),
                max_pages: None,
            });
            let opened = async { opening.await.map(|app| (app.clone(), supervise(app))) };
            *state = match tauri::async_runtime::block_on(opened) {
                Ok((app, webhooks)) => State::Open(app, webhooks),
                Err(error) => State::Refused(error),
            };
        }
        matches!(*state, State::Open(..))
    }

    /// The folder it lies in.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Why it is not open.
    pub(crate) fn refused(&self) -> Option<CommandError> {
        match &*self.state.read().unwrap_or_else(PoisonError::into_inner) {
            State::Refused(error) => Some(error.clone()),
            State::Closed | State::Open(..) => None,
        }
    }

    /// What answers commands.
    pub(crate) fn app(&self) -> Result<App, CommandError> {
        match &*self.state.read().unwrap_or_else(PoisonError::into_inner) {
            State::Open(app, _) => Ok(app.clone()),
            State::Refused(error) => Err(error.clone()),
            State::Closed => Err(CommandError::closed()),
        }
    }

    /// Ends what runs and gives the workspace free for others.
    pub(crate) fn close(&self) {
        let state = std::mem::replace(
            &mut *self.state.write().unwrap_or_else(PoisonError::into_inner),
            State::Closed,
        );
        let State::Open(app, webhooks) = state else { return };
        let closed = tauri::async_runtime::block_on(async {
            webhooks.stop().await;
            app.close().await
        });
        if let Err(error) = closed {
            eprintln!("taskwright-desktop: {error}");
        }
    }
}
