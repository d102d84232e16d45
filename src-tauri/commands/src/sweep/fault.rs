//! The ways in which a system fails.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A way in which a system fails. For one that calls back, what fails is its call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// It does nothing, and answers nothing until the call is given up. A call back is made again, because its sender did
    /// not hear the answer.
    Timeout,
    /// It cannot be reached.
    ConnectionRefused,
    /// It does not take our name and password (401).
    Unauthorized,
    /// It knows nothing of what was asked for (404).
    NotFound,
    /// It is in no state for it (409). A call back is followed by another one with other content.
    Conflict,
    /// It was asked too often (429).
    TooMany,
    /// It breaks (500).
    ServerError,
    /// It does the work, and what it answers is no JSON.
    BadJson,
    /// It does the work, and its answer lacks what was promised.
    WrongShape,
    /// It does the work, and takes nearly as long as it may.
    Slow,
    /// It does the work, and its answer comes after the call was given up. A call back comes when the wait is over.
    Late,
    /// What it is sent, and what it answers, comes twice.
    Duplicate,
    /// It does the work and never answers, and Taskwright is stopped meanwhile and starts again. A call back never comes.
    Never,
}

impl Fault {
    /// All of them, as the table lists them.
    pub const ALL: [Self; 13] = [
        Self::Timeout,
        Self::ConnectionRefused,
        Self::Unauthorized,
        Self::NotFound,
        Self::Conflict,
        Self::TooMany,
        Self::ServerError,
        Self::BadJson,
        Self::WrongShape,
        Self::Slow,
        Self::Late,
        Self::Duplicate,
        Self::Never,
    ];

    /// In a few words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Timeout => "no answer in time",
            Self::ConnectionRefused => "cannot be reached",
            Self::Unauthorized => "not let in (401)",
            Self::NotFound => "not found (404)",
            Self::Conflict => "in conflict (409)",
            Self::TooMany => "asked too often (429)",
            Self::ServerError => "breaks (500)",
            Self::BadJson => "answers no JSON",
            Self::WrongShape => "answers with other fields",
            Self::Slow => "slow",
            Self::Late => "too late",
            Self::Duplicate => "everything twice",
            Self::Never => "never, and a restart",
        }
    }

    /// Whether a system that fails so has done what it was asked for.
    #[must_use]
    pub fn does_the_work(self) -> bool {
        matches!(
            self,
            Self::BadJson | Self::WrongShape | Self::Slow | Self::Late | Self::Duplicate | Self::Never
        )
    }
}
