//! Pictures and files that come with a message: sent along, or fetched from where they lie.

use std::time::Duration;

use taskwright_domain::{FailureCause, InputKind};

use super::answer::Refusal;
use super::body::{Attached, Content};
use crate::app::App;
use crate::content::named;
use crate::error::{CommandError, ErrorCode};

/// The largest file.
const LARGEST: usize = 10 << 20;
/// How long it may take to fetch one.
const FETCHING: Duration = Duration::from_secs(10);

impl App {
    /// What came with a message, stored, as inputs for its conversation.
    pub(super) async fn attached(&self, content: &mut Content) -> Result<Vec<InputKind>, Refusal> {
        let Content::Said { attached, .. } = content else {
            return Ok(Vec::new());
        };
        let mut files = Vec::new();
        // All are looked at before one is stored: a message is taken as a whole or not at all.
        for (at, attached) in std::mem::take(attached).into_iter().enumerate() {
            files.push(self.content(at, attached).await?);
        }
        let mut inputs = Vec::new();
        for (name, bytes) in files {
            let file = self.put_file(bytes, &name).await?;
            inputs.push(InputKind::FileAttached { file, name });
        }
        Ok(inputs)
    }

    /// The name and the bytes of an attachment that may be attached.
    async fn content(&self, at: usize, attached: Attached) -> Result<(String, Vec<u8>), Refusal> {
        let (field, name, bytes) = match attached {
            Attached::At { url } => {
                let field = format!("attachments.{at}.url");
                let fetched = self.inner.calls.client().fetch(&url, LARGEST, FETCHING).await;
                let bytes = fetched.map_err(|cause| Refusal::unfit(&field, not_fetched(&cause)))?;
                (field, name_in(&url), bytes)
            }
            Attached::Sent { name, bytes } => (format!("attachments.{at}.data"), name, bytes),
        };
        if bytes.len() > LARGEST {
            let message = format!("A file has {} MB at the most.", LARGEST >> 20);
            return Err(Refusal::unfit(&field, message));
        }
        match named(&bytes, &name) {
            Ok(name) => Ok((name, bytes)),
            Err(CommandError {
                code: ErrorCode::BadRequest,
                message,
                ..
            }) => Err(Refusal::unfit(&field, message)),
            Err(other) => Err(other.into()),
        }
    }
}

fn not_fetched(cause: &FailureCause) -> String {
    match cause {
        FailureCause::Timeout => "The file did not come within 10 seconds.".to_owned(),
        FailureCause::TooLarge => format!("The file has more than {} MB.", LARGEST >> 20),
        FailureCause::Status { status } => format!("Its address answers {status}."),
        FailureCause::Refused { reason } => format!("It is not fetched: {reason}. Send the file along instead."),
        _ => "It cannot be fetched from its address. Send the file along instead.".to_owned(),
    }
}

/// The last part of an address, without what was asked of it.
fn name_in(url: &str) -> String {
    let path = url.split(['?', '#']).next().unwrap_or_default();
    let last = path.rsplit('/').next().unwrap_or_default();
    let name: String = percent_encoding::percent_decode_str(last)
        .decode_utf8_lossy()
        .chars()
        .take(200)
        .collect();
    if name.trim().is_empty() {
        "file".to_owned()
    } else {
        name
    }
}

#[cfg(test)]
mod tests {
    use super::name_in;

    #[test]
    fn a_file_is_called_what_its_address_ends_in() {
        for (url, name) in [
            ("https://shop.example/p/broken%20cup.jpg?size=9#x", "broken cup.jpg"),
            ("https://shop.example/", "file"),
        ] {
            assert_eq!(name_in(url), name, "{url}");
        }
    }
}
