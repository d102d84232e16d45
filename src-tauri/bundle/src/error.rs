//! Why a bundle is refused: what is wrong, where, and how to mend it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Why a bundle could not be read, written or packed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[expect(missing_docs, reason = "the messages say what the fields are")]
pub enum BundleError {
    /// The bytes are no zip.
    #[error(
        "this is not a .taskbundle file: it is no zip archive. Export the bundle again, or pack its folder with `taskwright pack`"
    )]
    NotAZip,
    /// The zip is cut off or changed.
    #[error("the zip archive is damaged ({reason}). Fetch or export the file again")]
    DamagedZip { reason: String },
    /// One entry of the zip is changed.
    #[error("`{path}` in the zip archive is damaged ({reason}). Fetch or export the file again")]
    DamagedEntry { path: String, reason: String },
    /// An entry needs a password.
    #[error("`{path}` is encrypted. Bundles are never encrypted: zip the folder again without a password")]
    Encrypted { path: String },
    /// An entry is a link or a device.
    #[error("`{path}` is a link or a special file. Put the file itself in its place")]
    NotAFile { path: String },
    /// A path leads out of the bundle or cannot exist everywhere.
    #[error("the path `{path}` cannot be used: {why}. Rename the file")]
    UnsafePath { path: String, why: &'static str },
    /// Two paths are one on some systems.
    #[error("`{first}` and `{second}` cannot both exist on every system. Rename one of them")]
    CollidingPaths { first: String, second: String },
    /// Too many files.
    #[error("the bundle holds {count} files; {limit} is the most. Split it into several bundles")]
    TooManyFiles { count: usize, limit: usize },
    /// A file is too large.
    #[error("`{path}` is larger than {limit} bytes. Shorten it or leave it out")]
    FileTooLarge { path: String, limit: u64 },
    /// All files together are too large.
    #[error("the bundle is larger than {limit} bytes. Split it into several bundles")]
    BundleTooLarge { limit: u64 },
    /// A file is compressed beyond anything people write.
    #[error(
        "`{path}` grows to more than {limit} times its packed size, as in a zip bomb. Leave it out, or send the folder unpacked"
    )]
    SuspiciousRatio { path: String, limit: u64 },
    /// A declared size is not the real one.
    #[error(
        "`{path}` declares {declared} bytes and holds {found}. The archive was tampered with or damaged: export it again"
    )]
    SizeLies { path: String, declared: u64, found: u64 },
    /// There is no manifest.
    #[error(
        "`manifest.json` is missing{hint}. Write one, at least {{\"format\": 1, \"name\": \"…\"}}, and seal the folder with `taskwright pack`"
    )]
    NoManifest { hint: String },
    /// A newer program wrote it.
    #[error(
        "`manifest.json` names format {found}; this program knows format {known}. Update Taskwright, or export again in the older format"
    )]
    UnknownFormat { found: u64, known: u32 },
    /// A file was changed after the manifest was written.
    #[error(
        "`{path}` is not what `manifest.json` promises: its SHA-256 differs. If you changed it on purpose, seal the folder with `taskwright pack`; otherwise fetch the bundle again"
    )]
    WrongHash { path: String },
    /// A file that the manifest does not know.
    #[error(
        "`{path}` is not listed in `manifest.json`. Remove it, or seal the folder with `taskwright pack` if it belongs there"
    )]
    NotInManifest { path: String },
    /// A file that should be there is not.
    #[error("`{path}` is missing; `{wanted_by}` names it. Put it back, or take its name out of `{wanted_by}`")]
    MissingFile { path: String, wanted_by: String },
    /// A file that must be text is not.
    #[error("`{path}` is not UTF-8 text. Save it as UTF-8")]
    NotText { path: String },
    /// A JSON file is enormous.
    #[error("`{path}` is larger than {limit} bytes of JSON. Long texts belong in files of their own")]
    JsonTooLarge { path: String, limit: usize },
    /// A JSON file is nested without end.
    #[error("`{path}` is nested deeper than {limit} levels. Make the structure flatter")]
    JsonTooDeep { path: String, limit: usize },
    /// A JSON file cannot be read as what it should be.
    #[error("`{path}` cannot be read: {reason}. Its shape is described in `schemas/`")]
    BadJson { path: String, reason: String },
    /// The front matter of an article cannot be read.
    #[error("`{path}` does not begin with `---`, a line `id: \"…\"`, a line `title: \"…\"` and `---`. Add them")]
    BadFrontMatter { path: String },
    /// An id is used twice.
    #[error("the id `{id}` is used in `{first}` and again in `{second}`. Give one of them a new id")]
    DuplicateId { id: String, first: String, second: String },
    /// A folder cannot be read or written.
    #[error("could not {doing} `{path}`: {reason}")]
    Folder {
        doing: &'static str,
        path: String,
        reason: String,
    },
    /// The target folder holds something else.
    #[error("`{path}` is not empty and {why}, so nothing was written there. Choose another folder, or empty this one")]
    FolderInUse { path: String, why: &'static str },
    /// A document cannot be written as JSON or zip.
    #[error("could not write `{path}`: {reason}")]
    CannotWrite { path: String, reason: String },
}

/// What kind of reason a [`BundleError`] or a [`Finding`](crate::Finding) is. Programs switch on it, never on the message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "named after the errors and findings")]
pub enum BundleCode {
    NotAZip,
    DamagedZip,
    DamagedEntry,
    Encrypted,
    NotAFile,
    UnsafePath,
    CollidingPaths,
    TooManyFiles,
    FileTooLarge,
    BundleTooLarge,
    SuspiciousRatio,
    SizeLies,
    NoManifest,
    UnknownFormat,
    WrongHash,
    NotInManifest,
    MissingFile,
    NotText,
    JsonTooLarge,
    JsonTooDeep,
    BadJson,
    BadFrontMatter,
    DuplicateId,
    Folder,
    FolderInUse,
    CannotWrite,
    /// Findings only: two documents share a key or a name.
    DuplicateKey,
    /// Findings only: something is named that the bundle does not hold.
    Dangling,
    /// Findings only: a field that this program does not know.
    UnknownField,
    /// Findings only: a file that nothing uses.
    UnusedFile,
    /// Findings only: words that look like a password or a key.
    LooksLikeSecret,
}

impl BundleError {
    /// What kind of reason it is.
    #[must_use]
    pub fn code(&self) -> BundleCode {
        match self {
            Self::NotAZip => BundleCode::NotAZip,
            Self::DamagedZip { .. } => BundleCode::DamagedZip,
            Self::DamagedEntry { .. } => BundleCode::DamagedEntry,
            Self::Encrypted { .. } => BundleCode::Encrypted,
            Self::NotAFile { .. } => BundleCode::NotAFile,
            Self::UnsafePath { .. } => BundleCode::UnsafePath,
            Self::CollidingPaths { .. } => BundleCode::CollidingPaths,
            Self::TooManyFiles { .. } => BundleCode::TooManyFiles,
            Self::FileTooLarge { .. } => BundleCode::FileTooLarge,
            Self::BundleTooLarge { .. } => BundleCode::BundleTooLarge,
            Self::SuspiciousRatio { .. } => BundleCode::SuspiciousRatio,
            Self::SizeLies { .. } => BundleCode::SizeLies,
            Self::NoManifest { .. } => BundleCode::NoManifest,
            Self::UnknownFormat { .. } => BundleCode::UnknownFormat,
            Self::WrongHash { .. } => BundleCode::WrongHash,
            Self::NotInManifest { .. } => BundleCode::NotInManifest,
            Self::MissingFile { .. } => BundleCode::MissingFile,
            Self::NotText { .. } => BundleCode::NotText,
            Self::JsonTooLarge { .. } => BundleCode::JsonTooLarge,
            Self::JsonTooDeep { .. } => BundleCode::JsonTooDeep,
            Self::BadJson { .. } => BundleCode::BadJson,
            Self::BadFrontMatter { .. } => BundleCode::BadFrontMatter,
            Self::DuplicateId { .. } => BundleCode::DuplicateId,
            Self::Folder { .. } => BundleCode::Folder,
            Self::FolderInUse { .. } => BundleCode::FolderInUse,
            Self::CannotWrite { .. } => BundleCode::CannotWrite,
        }
    }

    /// The file it is about, where it is about one.
    #[must_use]
    pub fn path(&self) -> Option<&str> {
        match self {
            Self::NotAZip | Self::DamagedZip { .. } | Self::TooManyFiles { .. } | Self::BundleTooLarge { .. } => None,
            Self::NoManifest { .. } | Self::UnknownFormat { .. } => Some(crate::manifest::MANIFEST),
            Self::CollidingPaths { second, .. } | Self::DuplicateId { second, .. } => Some(second),
            Self::DamagedEntry { path, .. }
            | Self::Encrypted { path }
            | Self::NotAFile { path }
            | Self::UnsafePath { path, .. }
            | Self::FileTooLarge { path, .. }
            | Self::SuspiciousRatio { path, .. }
            | Self::SizeLies { path, .. }
            | Self::WrongHash { path }
            | Self::NotInManifest { path }
            | Self::MissingFile { path, .. }
            | Self::NotText { path }
            | Self::JsonTooLarge { path, .. }
            | Self::JsonTooDeep { path, .. }
            | Self::BadJson { path, .. }
            | Self::BadFrontMatter { path }
            | Self::Folder { path, .. }
            | Self::FolderInUse { path, .. }
            | Self::CannotWrite { path, .. } => Some(path),
        }
    }
}
