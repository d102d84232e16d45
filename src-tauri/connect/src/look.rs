//! An answer as it came, for whoever tries an action.

use serde_json::Value as Json;

use crate::scrub::{text_without, without_secrets};

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
            body: body_without(self.body, hidden),
            ..self
        }
    }
}

/// A body of JSON is looked through as it is read: what stands in one of its texts may be written twice over.
fn body_without(body: Vec<u8>, hidden: &[String]) -> Vec<u8> {
    if let Ok(json) = serde_json::from_slice::<Json>(&body) {
        return without_secrets(&json, hidden).to_string().into_bytes();
    }
    match String::from_utf8(body) {
        Ok(text) => text_without(&text, hidden).into_bytes(),
        Err(bytes) => bytes.into_bytes(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value as Json, json};

    use super::Looked;

    #[test]
    fn a_secret_is_masked_however_deep_an_answer_quotes_it() {
        let secret = "sk-\"a1\\b2/plain";
        let mut quoted = secret.to_owned();
        let mut hidden = vec![quoted.clone()];
        for _ in 0..2 {
            quoted = Json::from(quoted).to_string();
            hidden.push(quoted[1..quoted.len() - 1].to_owned());
            let looked = Looked {
                body: json!({ "repeats": quoted }).to_string().into_bytes(),
                ..Looked::default()
            };
            let shown: Json = serde_json::from_slice(&looked.without(&hidden).body).unwrap();
            assert!(!shown.to_string().contains("a1"), "{shown}");
            quoted = hidden.last().unwrap().clone();
        }
        let page = Looked {
            body: format!("<p>{secret}</p>").into_bytes(),
            ..Looked::default()
        };
        assert_eq!(page.without(&hidden).body, "<p>•••</p>".as_bytes());
    }
}
