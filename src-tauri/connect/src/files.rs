//! The files that a call may send.

use taskwright_domain::FileId;

/// A file as it is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileContent {
    /// What it is called.
    pub name: String,
    /// What it is, e.g. `image/png`.
    pub content_type: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Knows the bytes of files.
pub trait FileSource: Send + Sync {
    /// A file; none where it is not here any more.
    fn file(&self, id: &FileId) -> Option<FileContent>;
}

/// Knows no files.
pub(crate) struct NoFiles;

impl FileSource for NoFiles {
    fn file(&self, _id: &FileId) -> Option<FileContent> {
        None
    }
}

impl FileContent {
    /// What people see in place of the bytes.
    pub(crate) fn described(&self) -> String {
        format!("‹{}, {} bytes›", self.name, self.bytes.len())
    }
}
