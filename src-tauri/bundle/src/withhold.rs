//! What never travels: hosts, passwords and keys that an author typed somewhere.

use std::fmt;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value as Json;
use taskwright_domain::{
    Action, Authentication, BlockKind, Body, HttpRequest, InputFrom, Pair, Part, Task, Template, TemplatePart,
};

use crate::BundleContent;
use crate::compare::Document;
use crate::credential::{is_credential_name, is_literal_credential, without_known_keys};
use crate::host::split_host;

/// Something that was left out of a document on its way into a bundle. Shown as text it says what, and never the
/// secret itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Withheld {
    /// The document's id; of a scripted conversation, its name.
    pub document: String,
    /// The document as people call it, e.g. "the action “Get order”".
    pub called: String,
    /// What was left out.
    pub what: WithheldPart,
}

/// What was left out of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WithheldPart {
    /// The host in front of the path. It is a suggestion for whoever connects the action, never more.
    Host {
        /// Scheme and host, without user and password.
        suggestion: String,
    },
    /// The host of the address where tokens are given out; a suggestion as well.
    TokenHost {
        /// Scheme and host, without user and password.
        suggestion: String,
    },
    /// A literal password or key. Only its place is told.
    Secret {
        /// The place, e.g. "the header Authorization".
        place: String,
    },
}

impl WithheldPart {
    fn secret(place: impl Into<String>) -> Self {
        Self::Secret { place: place.into() }
    }
}

impl fmt::Display for Withheld {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.what {
            WithheldPart::Host { suggestion } => write!(f, "the host {suggestion} of {}", self.called),
            WithheldPart::TokenHost { suggestion } => {
                write!(f, "the host {suggestion} that gives {} its tokens", self.called)
            }
            WithheldPart::Secret { place } => write!(f, "the password or key in {place} of {}", self.called),
        }
    }
}

/// The content as it may travel, and what was left out of it. Absolute addresses become paths; literal passwords and
/// keys become empty, those in running text a mark; values filled in by pills stay.
#[must_use]
pub fn for_export(content: &BundleContent) -> (BundleContent, Vec<Withheld>) {
    let mut content = content.clone().folded();
    let mut withheld = Vec::new();
    each(&mut content.tasks, &mut withheld, strip_steps);
    each(&mut content.actions, &mut withheld, strip_action);
    each(&mut content.attributes, &mut withheld, |_, _| {});
    each(&mut content.teams, &mut withheld, |_, _| {});
    each(&mut content.articles, &mut withheld, |_, _| {});
    for conversation in &mut content.conversations {
        if let Some(clean) = without_known_keys(&conversation.markdown) {
            conversation.markdown = clean;
            withheld.push(Withheld {
                document: conversation.name.clone(),
                called: format!("the scripted conversation “{}”", conversation.name),
                what: WithheldPart::secret("the text"),
            });
        }
    }
    for text in [&mut content.name, &mut content.description] {
        if let Some(clean) = without_known_keys(text) {
            *text = clean;
        }
    }
    (content.unfolded(), withheld)
}

fn each<T>(documents: &mut [T], withheld: &mut Vec<Withheld>, strip: fn(&mut T, &mut Vec<WithheldPart>))
where
    T: Document + DeserializeOwned,
{
    for document in documents {
        let mut parts = Vec::new();
        strip(document, &mut parts);
        if strip_texts(document) {
            parts.push(WithheldPart::secret("the text"));
        }
        withheld.extend(parts.into_iter().map(|what| Withheld {
            document: document.id().to_owned(),
            called: format!("the {} “{}”", T::WORD, document.name()),
            what,
        }));
    }
}

/// Takes well-known keys out of whatever an author can write. Whether there were any.
fn strip_texts<T: Serialize + DeserializeOwned>(document: &mut T) -> bool {
    let Ok(mut json) = serde_json::to_value(&*document) else {
        return false;
    };
    if !strip_strings(&mut json) {
        return false;
    }
    // Only words were replaced, and no fixed word of a format has the form of a key.
    serde_json::from_value(json).map(|clean| *document = clean).is_ok()
}

/// Every string, to the last: whether a key was found in one.
fn strip_strings(json: &mut Json) -> bool {
    match json {
        Json::String(text) => without_known_keys(text).map(|clean| *text = clean).is_some(),
        Json::Array(items) => items.iter_mut().map(strip_strings).filter(|found| *found).count() > 0,
        Json::Object(fields) => fields.values_mut().map(strip_strings).filter(|found| *found).count() > 0,
        _ => false,
    }
}

/// Literal values that a task gives to the inputs of actions.
fn strip_steps(task: &mut Task, parts: &mut Vec<WithheldPart>) {
    each_block(&mut task.blocks, &mut |kind| {
        if let BlockKind::RunAction { inputs, .. } = kind {
            for (key, value) in inputs.iter_mut().filter(|(key, value)| is_secret(key, value)) {
                *value = Template::default();
                parts.push(WithheldPart::secret(format!("the input {key} of a step")));
            }
        }
    });
}

fn each_block(blocks: &mut [taskwright_domain::Block], visit: &mut dyn FnMut(&mut BlockKind)) {
    for block in blocks {
        visit(&mut block.kind);
        for children in block.kind.children_mut() {
            each_block(children, visit);
        }
    }
}

fn strip_action(action: &mut Action, parts: &mut Vec<WithheldPart>) {
    for input in &mut action.inputs {
        if let InputFrom::Fixed { value } = &mut input.from
            && is_secret(&input.key, value)
        {
            *value = Template::default();
            parts.push(WithheldPart::secret(format!("the input {}", input.key)));
        }
    }
    let Some(request) = &mut action.request else {
        return;
    };
    strip_host(request, parts);
    strip_query(&mut request.path, parts);
    for pair in &mut request.query {
        strip_pair(pair, "the query value", parts);
    }
    for pair in &mut request.headers {
        strip_pair(pair, "the header", parts);
    }
    strip_authentication(&mut request.auth, parts);
    if let Some(body) = &mut request.body {
        strip_body(body, parts);
    }
}

/// Secrets are named there and nothing else; the user of a password may be typed with it.
fn strip_authentication(auth: &mut Authentication, parts: &mut Vec<WithheldPart>) {
    match auth {
        Authentication::OAuth2 { token_url, .. } => {
            if let Some(split) = split_host(token_url) {
                *token_url = split.path;
                parts.push(WithheldPart::TokenHost { suggestion: split.host });
                if split.had_user {
                    parts.push(WithheldPart::secret("the token address"));
                }
            }
            let mut path = Template::new(token_url.as_str());
            strip_query(&mut path, parts);
            *token_url = path.0;
        }
        Authentication::Basic { user, .. } if is_secret("", user) => {
            *user = Template::default();
            parts.push(WithheldPart::secret("the user of the authentication"));
        }
        _ => {}
    }
}

fn strip_body(body: &mut Body, parts: &mut Vec<WithheldPart>) {
    match body {
        Body::Json { json } => strip_json(json, "", parts),
        Body::Form { fields } => fields
            .iter_mut()
            .for_each(|field| strip_pair(field, "the form field", parts)),
        Body::Raw { text, .. } => strip_text(text, parts),
        Body::Multipart { parts: of_body } => {
            for part in of_body {
                if let Part::Text { name, value } = part
                    && is_secret(name, value)
                {
                    *value = Template::default();
                    parts.push(WithheldPart::secret(format!("the part {name} of the body")));
                }
            }
        }
    }
}

/// Text that is JSON or a form is looked through like one; of any other, well-known keys are taken out with all texts.
fn strip_text(text: &mut Template, parts: &mut Vec<WithheldPart>) {
    if let Ok(mut json) = serde_json::from_str::<Json>(&text.0) {
        let before = parts.len();
        strip_json(&mut json, "", parts);
        if parts.len() > before {
            text.0 = json.to_string();
        }
    } else if !text.0.contains(char::is_whitespace) && text.0.contains('=') {
        let kept: Vec<_> = text.0.split('&').map(|pair| strip_written_pair(pair, parts)).collect();
        text.0 = kept.join("&");
    }
}

fn strip_host(request: &mut HttpRequest, parts: &mut Vec<WithheldPart>) {
    if let Some(split) = split_host(&request.path.0) {
        request.path = Template::new(split.path);
        parts.push(WithheldPart::Host { suggestion: split.host });
        if split.had_user {
            parts.push(WithheldPart::secret("the address"));
        }
    }
}

/// `?api_key=abc` in the path itself.
fn strip_query(path: &mut Template, parts: &mut Vec<WithheldPart>) {
    let Some((before, query)) = path.0.split_once('?') else {
        return;
    };
    let kept: Vec<_> = query.split('&').map(|pair| strip_written_pair(pair, parts)).collect();
    path.0 = format!("{before}?{}", kept.join("&"));
}

fn strip_written_pair(pair: &str, parts: &mut Vec<WithheldPart>) -> String {
    match pair.split_once('=') {
        Some((name, value)) if is_secret(name, &Template::new(value)) => {
            parts.push(WithheldPart::secret(format!("the query value {name}")));
            format!("{name}=")
        }
        _ => pair.to_owned(),
    }
}

fn strip_pair(pair: &mut Pair, place: &str, parts: &mut Vec<WithheldPart>) {
    if is_secret(&pair.name, &pair.value) {
        pair.value = Template::default();
        parts.push(WithheldPart::secret(format!("{place} {}", pair.name)));
    }
}

/// `name` is that of the field the value stands in, also through lists.
fn strip_json(body: &mut Json, name: &str, parts: &mut Vec<WithheldPart>) {
    let place = || match name {
        "" => "the body".to_owned(),
        name => format!("the field {name} of the body"),
    };
    match body {
        Json::String(text) if is_secret(name, &Template::new(text.as_str())) => {
            text.clear();
            parts.push(WithheldPart::secret(place()));
        }
        // A number may be a password, but `max_tokens` counts.
        Json::Number(_) if is_credential_name(name) && !name.to_lowercase().ends_with("tokens") => {
            *body = Json::Null;
            parts.push(WithheldPart::secret(place()));
        }
        Json::Array(items) => items.iter_mut().for_each(|item| strip_json(item, name, parts)),
        Json::Object(fields) => fields
            .iter_mut()
            .for_each(|(name, value)| strip_json(value, name, parts)),
        _ => {}
    }
}

fn is_secret(name: &str, value: &Template) -> bool {
    let words: String = value
        .parts()
        .into_iter()
        .map(|part| match part {
            TemplatePart::Words(words) => words,
            TemplatePart::Reference(_) => " ",
        })
        .collect();
    let filled_in = value.references().next().is_some();
    is_literal_credential(&words, is_credential_name(name), filled_in)
}
