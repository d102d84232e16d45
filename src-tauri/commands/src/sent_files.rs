//! The workspace's files, for calls that send them.

use taskwright_connect::{FileContent, FileSource};
use taskwright_domain::FileId;
use taskwright_store::Store;

/// Files as they are stored.
pub(crate) struct SentFiles(pub(crate) Store);

impl FileSource for SentFiles {
    fn file(&self, id: &FileId) -> Option<FileContent> {
        let (name, bytes) = self.0.file(id).ok().flatten()?;
        Some(FileContent {
            content_type: content_type(&bytes).to_owned(),
            name,
            bytes,
        })
    }
}

/// What bytes are, by how they begin; a name may say anything.
fn content_type(bytes: &[u8]) -> &'static str {
    match bytes {
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => "image/png",
        [0xff, 0xd8, 0xff, ..] => "image/jpeg",
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => "image/gif",
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => "image/webp",
        [b'%', b'P', b'D', b'F', b'-', ..] => "application/pdf",
        _ => "application/octet-stream",
    }
}
