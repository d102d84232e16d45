//! Why a bundle is refused.

/// Why a bundle is refused: what, where, and how to mend it.
#[derive(Debug, thiserror::Error)]
pub enum BundleError {
    /// A file could not be read or written.
    #[error("cannot {doing} {path}: {source}")]
    Io {
        /// What was being done.
        doing: &'static str,
        /// Where.
        path: String,
        /// Why.
        source: std::io::Error,
    },
    /// It is no bundle.
    #[error("this is no task bundle: {0}")]
    NotABundle(String),
    /// It was written by a newer program.
    #[error("this bundle has format {found}; this program reads up to {known}. Update Taskwright to open it")]
    Newer {
        /// Its format.
        found: u32,
        /// The newest one known here.
        known: u32,
    },
    /// A file is not what the manifest says.
    #[error(
        "{path} is not the file the manifest names: it was changed after packing. Pack the folder again to accept the change"
    )]
    WrongHash {
        /// Which.
        path: String,
    },
    /// A file is missing.
    #[error("{path} is missing, though {named_by} names it")]
    Missing {
        /// Which.
        path: String,
        /// By what.
        named_by: String,
    },
    /// A file is there that the manifest does not name.
    #[error("{path} is not named by the manifest. Remove it, or pack the folder again")]
    Unlisted {
        /// Which.
        path: String,
    },
    /// A file does not parse.
    #[error("{path} cannot be read: {reason}")]
    Unreadable {
        /// Which.
        path: String,
        /// Why.
        reason: String,
    },
    /// A path leads out of the bundle or is not portable.
    #[error("the path {path:?} is not allowed in a bundle: {reason}")]
    BadPath {
        /// Which.
        path: String,
        /// Why.
        reason: &'static str,
    },
    /// Something is larger than a bundle may be.
    #[error("{what} is larger than allowed ({limit})")]
    TooLarge {
        /// What.
        what: String,
        /// How much is allowed.
        limit: String,
    },
    /// An id or key is used twice.
    #[error("{what} is used twice: {first} and {second}. Give one of them another")]
    Duplicate {
        /// The id or key.
        what: String,
        /// One place.
        first: String,
        /// The other.
        second: String,
    },
    /// The folder holds something else.
    #[error("{0} is not empty and holds no bundle. Choose an empty folder")]
    NotEmpty(String),
}
