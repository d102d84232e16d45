//! An answer as it came, for whoever tries an action.

use crate::scrub::text_without;

/// An answer as it came, good or bad, without the secrets that it may repeat.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Looked {
    /// The status.
    pub status: u16,
    /// Name and value, in order.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

impl Looked {
    /// The answer for people.
    pub(crate) fn without(self, hidden: &[String]) -> Self {
        let headers = self.headers.into_iter();
        Self {
            headers: headers
                .map(|(name, value)| (name, text_without(&value, hidden)))
                .collect(),
            body: match String::from_utf8(self.body) {
                Ok(text) => text_without(&text, hidden).into_bytes(),
                Err(bytes) => bytes.into_bytes(),
            },
            ..self
        }
    }
}
