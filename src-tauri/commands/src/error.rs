//! What a command answers when it could not be done.

use serde::Serialize;
use taskwright_bundle::BundleError;
use taskwright_engine::{JournalError, RunnerError};
use taskwright_store::StoreError;
use ts_rs::TS;

/// Why a command could not be done. Front ends switch on it; the message is for people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ErrorCode {
    /// There is no such command, or its arguments are not what it takes.
    BadRequest,
    /// What it names does not exist.
    NotFound,
    /// Someone else changed it first.
    Conflict,
    /// The change does not fit what is there.
    Misfit,
    /// Problems of the task stand in the way.
    Problems,
    /// Another program has the workspace.
    Held,
    /// The workspace was written by a newer version.
    Newer,
    /// The workspace file is damaged.
    Damaged,
    /// The disk is full.
    Full,
    /// It is larger than allowed.
    TooLarge,
    /// The bundle is refused.
    BadBundle,
    /// The workspace is closed.
    Closed,
    /// The machine could not do it.
    Host,
    /// A fault of the program.
    Internal,
}

/// A command that could not be done: nothing has changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS, thiserror::Error)]
#[error("{message}")]
pub struct CommandError {
    /// What kind of failure.
    pub code: ErrorCode,
    /// What, where and how to mend it, in plain English.
    pub message: String,
    /// The field it concerns, as JSON pointer, where there is one.
    pub field: Option<String>,
}

impl CommandError {
    /// An error of this kind.
    #[must_use]
    pub fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            field: None,
        }
    }

    /// The arguments are wrong.
    #[must_use]
    pub fn bad_request(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::BadRequest, message)
    }

    /// It does not exist.
    #[must_use]
    pub fn not_found(what: &str) -> Self {
        Self::new(
            ErrorCode::NotFound,
            format!("{what} is not there any more. It may have been deleted."),
        )
    }

    /// The workspace is closed.
    #[must_use]
    pub fn closed() -> Self {
        Self::new(ErrorCode::Closed, "The workspace is closed. Open Taskwright again.")
    }

    /// The machine could not do it.
    #[must_use]
    pub fn host(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::Host, message)
    }

    /// The same error at a field.
    #[must_use]
    pub fn at(mut self, field: &str) -> Self {
        self.field = Some(field.to_owned());
        self
    }
}

impl From<StoreError> for CommandError {
    fn from(error: StoreError) -> Self {
        let code = match &error {
            StoreError::Held { .. } => ErrorCode::Held,
            StoreError::Newer { .. } => ErrorCode::Newer,
            StoreError::Damaged { .. } | StoreError::BadRow { .. } => ErrorCode::Damaged,
            StoreError::Full => ErrorCode::Full,
            StoreError::Conflict { .. } | StoreError::SeqConflict { .. } => ErrorCode::Conflict,
            StoreError::Misfit { .. } => ErrorCode::Misfit,
            StoreError::Unknown { .. } | StoreError::NoWorkspace { .. } => ErrorCode::NotFound,
            StoreError::TooLarge { .. } => ErrorCode::TooLarge,
            StoreError::Closed => ErrorCode::Closed,
            StoreError::ReadOnly => ErrorCode::BadRequest,
            _ => ErrorCode::Host,
        };
        let field = match &error {
            StoreError::Misfit { path, .. } => Some(path.clone()),
            _ => None,
        };
        Self {
            code,
            message: error.to_string(),
            field,
        }
    }
}

impl From<RunnerError> for CommandError {
    fn from(error: RunnerError) -> Self {
        let code = match &error {
            RunnerError::Journal(JournalError::Conflict { .. }) => ErrorCode::Conflict,
            RunnerError::Journal(JournalError::Unknown(_)) | RunnerError::NoRevision(_) => ErrorCode::NotFound,
            RunnerError::Journal(JournalError::Failed(_)) => ErrorCode::Host,
        };
        Self::new(code, error.to_string())
    }
}

impl From<BundleError> for CommandError {
    fn from(error: BundleError) -> Self {
        Self::new(ErrorCode::BadBundle, sentence(&error.to_string()))
    }
}

/// What an error says, as people write it: a capital in front, a full stop behind, names in quotation marks.
pub(crate) fn sentence(said: &str) -> String {
    let said = said.trim_end_matches('.').replace('`', "\"");
    let mut chars = said.chars();
    let first = chars.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(chars).chain(['.']).collect()
}

#[cfg(test)]
mod tests {
    use super::sentence;

    #[test]
    fn errors_read_like_sentences() {
        let said = sentence("the zip archive is damaged. Export the file `a.json` again");
        assert_eq!(
            said, "The zip archive is damaged. Export the file \"a.json\" again.",
            "capital, full stop, quotes"
        );
        assert_eq!(sentence("Done."), "Done.", "nothing twice");
    }
}
