//! Codes that belong to one workspace: derived from its key, so that they need not be stored, and told by nobody else.

use std::fmt::Display;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use taskwright_store::WebhookKey;

/// Bytes of a code.
const CODE: usize = 16;

/// A code of this workspace: nobody works it out who does not have its key, and no other workspace has the same.
pub(crate) fn code(key: &WebhookKey, what: &str, text: &str) -> String {
    let code = hmac(&key.0, &[what.as_bytes(), &[0], text.as_bytes()]);
    code.chars().take(CODE * 2).collect()
}

/// A code for what somebody sent, to know it again. Who reads it learns nothing of what was sent.
pub(crate) fn fingerprint(key: &WebhookKey, what: &str, sent: impl Display) -> String {
    code(key, what, &sent.to_string())
}

/// HMAC-SHA256 of these parts one behind the other, in hexadecimal digits.
pub(crate) fn hmac(key: &[u8], parts: &[&[u8]]) -> String {
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else {
        // A key of any length is taken.
        return String::new();
    };
    parts.iter().for_each(|part| mac.update(part));
    let code = mac.finalize().into_bytes();
    code.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fingerprint_belongs_to_what_was_sent_where_and_to_the_workspace() {
        let (one, other) = (WebhookKey(vec![1; 32]), WebhookKey(vec![2; 32]));
        let sent = serde_json::json!({"paid": true});
        let known = fingerprint(&one, "body", &sent);
        assert_eq!(fingerprint(&one, "body", &sent), known, "the same is known again");
        assert_ne!(fingerprint(&one, "event", &sent), known);
        assert_ne!(fingerprint(&other, "body", &sent), known);
        assert_ne!(fingerprint(&one, "body", serde_json::json!({"paid": false})), known);
    }

    #[test]
    fn the_code_is_the_one_of_rfc_4231() {
        let code = hmac(&[0x0b; 20], &[b"Hi ", b"There"]);
        assert_eq!(code, "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    }
}
