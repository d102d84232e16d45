//! What never travels: hosts and passwords that an author typed into an action.

use serde_json::Value as Json;
use taskwright_domain::{Action, ActionId, HttpRequest, Pair, Template, TemplatePart};

use crate::BundleContent;
use crate::credential::{is_credential_name, is_literal_credential};
use crate::host::split_host;

/// Something that was left out of an action on its way into a bundle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Withheld {
    /// The action.
    pub action: ActionId,
    /// What was left out.
    pub what: WithheldPart,
}

/// What was left out of an action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WithheldPart {
    /// The host in front of the path. It is a suggestion for whoever connects the action, never more.
    Host {
        /// Scheme and host, without user and password.
        suggestion: String,
    },
    /// A literal password or key. Only its place is told.
    Secret {
        /// The place, e.g. "the header Authorization".
        place: String,
    },
}

/// The content as it may travel, and what was left out of it. Absolute addresses become paths; literal passwords and
/// keys become empty; values filled in by pills stay.
#[must_use]
pub fn for_export(content: &BundleContent) -> (BundleContent, Vec<Withheld>) {
    let mut content = content.clone();
    let mut withheld = Vec::new();
    for action in &mut content.actions {
        let parts = withhold(action);
        withheld.extend(parts.into_iter().map(|what| Withheld {
            action: action.id.clone(),
            what,
        }));
    }
    (content, withheld)
}

fn withhold(action: &mut Action) -> Vec<WithheldPart> {
    let Some(request) = &mut action.request else {
        return Vec::new();
    };
    let mut parts = Vec::new();
    strip_host(request, &mut parts);
    strip_query(&mut request.path, &mut parts);
    for pair in &mut request.query {
        strip_pair(pair, "the query value", &mut parts);
    }
    for pair in &mut request.headers {
        strip_pair(pair, "the header", &mut parts);
    }
    if let Some(body) = &mut request.body {
        strip_body(body, &mut parts);
    }
    parts
}

fn strip_host(request: &mut HttpRequest, parts: &mut Vec<WithheldPart>) {
    if let Some((suggestion, path)) = split_host(&request.path.0) {
        request.path = Template::new(path);
        parts.push(WithheldPart::Host { suggestion });
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
            parts.push(WithheldPart::Secret {
                place: format!("the query value {name}"),
            });
            format!("{name}=")
        }
        _ => pair.to_owned(),
    }
}

fn strip_pair(pair: &mut Pair, place: &str, parts: &mut Vec<WithheldPart>) {
    if is_secret(&pair.name, &pair.value) {
        pair.value = Template::default();
        parts.push(WithheldPart::Secret {
            place: format!("{place} {}", pair.name),
        });
    }
}

fn strip_body(body: &mut Json, parts: &mut Vec<WithheldPart>) {
    match body {
        Json::Array(items) => items.iter_mut().for_each(|item| strip_body(item, parts)),
        Json::Object(fields) => {
            for (name, value) in fields {
                match value {
                    Json::String(text) if is_secret(name, &Template::new(text.as_str())) => {
                        text.clear();
                        parts.push(WithheldPart::Secret {
                            place: format!("the field {name} of the body"),
                        });
                    }
                    other => strip_body(other, parts),
                }
            }
        }
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
