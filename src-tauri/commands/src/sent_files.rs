//! The workspace's files, for calls that send them.

use taskwright_connect::{FileContent, FileSource};
use taskwright_domain::FileId;
use taskwright_store::Store;

use crate::content::content_of;

/// Files as they are stored.
pub(crate) struct SentFiles(pub(crate) Store);

impl FileSource for SentFiles {
    fn file(&self, id: &FileId) -> Option<FileContent> {
        let (name, bytes) = self.0.file(id).ok().flatten()?;
        Some(FileContent {
            content_type: content_of(&bytes).content_type(&name).to_owned(),
            name,
            bytes,
        })
    }
}
