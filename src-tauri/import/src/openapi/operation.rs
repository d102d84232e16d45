//! One operation as a draft.

use serde_json::Value as Json;
use taskwright_domain::{Action, ActionId, HttpRequest, Method, OnFailure, Template};

use super::document::{Document, Found};
use super::parameters::parameters;
use super::{body, outputs, samples, security};
use crate::Draft;
use crate::naming::{action_name, key_of, sentence, words_of};
use crate::wants::Wants;

/// Characters of a name and of a description.
const LONGEST_NAME: usize = 60;
const LONGEST_DESCRIPTION: usize = 600;

pub(super) fn draft(document: &Document, found: &Found<'_>) -> Draft {
    let mut wants = Wants::default();
    let asked = parameters(document, found, &mut wants);
    let proof = security::proof(document, found, &mut wants);
    let body = match found.method {
        Method::Get => None,
        _ => body::body(document, found, &mut wants),
    };
    let responses = outputs::responses(document, found);
    let success = outputs::success(&responses);
    let fields = success
        .map(|(_, media)| outputs::outputs(document, found.path, media, &mut wants))
        .unwrap_or_default();
    let request = HttpRequest {
        method: found.method,
        path: Template::new(&asked.path),
        auth: proof.auth,
        query: asked.query.into_iter().chain(proof.query).collect(),
        headers: asked.headers.into_iter().chain(proof.headers).collect(),
        body,
        timeout_ms: 15_000,
        max_bytes: 1 << 20,
    };
    let base_url = base_url(document, found, &mut wants);
    let name = name_of(found);
    let key = key_of(&name);
    let changes_data = found.method != Method::Get;
    Draft {
        action: Action {
            id: ActionId::new("draft"),
            result_name: result_name(&key),
            key,
            name,
            description: description(found),
            inputs: wants.inputs,
            outputs: fields,
            changes_data,
            needs_confirmation: changes_data,
            receiver_honours_key: asked.honours_key,
            answers_on_its_own: false,
            examples: Vec::new(),
            reply: Template::default(),
            condition: None,
            request: Some(request),
            stubs: samples::stubs(document, &responses, success),
            on_failure: OnFailure {
                retries_when_not_found: 2,
                ..OnFailure::default()
            },
        },
        base_url,
        secrets: wants.secrets,
        samples: wants.samples,
        notes: wants.notes,
    }
}

/// "Get an order" gives an order.
fn result_name(key: &str) -> String {
    let mut words = key
        .split('_')
        .skip(1)
        .filter(|word| !matches!(*word, "a" | "an" | "the" | "all" | "by" | "id"));
    let first = words.next().unwrap_or(key);
    match words.next() {
        Some(second) if !matches!(second, "for" | "of" | "in" | "to" | "from") => format!("{first}_{second}"),
        _ => first.to_owned(),
    }
}

/// What people would call it.
pub(super) fn name_of(found: &Found<'_>) -> String {
    let text = |key: &str| {
        found
            .operation
            .get(key)
            .and_then(Json::as_str)
            .unwrap_or_default()
            .trim()
    };
    let summary = text("summary").trim_end_matches('.');
    if !summary.is_empty() && summary.chars().count() <= LONGEST_NAME {
        return sentence(&summary.split_whitespace().collect::<Vec<_>>().join(" "));
    }
    let id = words_of(text("operationId"));
    if id.contains(' ') && id.chars().count() <= LONGEST_NAME {
        return sentence(&id);
    }
    action_name(found.method, found.path)
}

fn description(found: &Found<'_>) -> String {
    let text = |key: &str| {
        found
            .operation
            .get(key)
            .and_then(Json::as_str)
            .unwrap_or_default()
            .trim()
    };
    let told = if text("description").is_empty() {
        text("summary")
    } else {
        text("description")
    };
    let paragraph = told.split("\n\n").next().unwrap_or_default();
    let words = paragraph.replace(['`', '*', '#'], "");
    words
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .chars()
        .take(LONGEST_DESCRIPTION)
        .collect()
}

/// The first server, with the defaults of its variables.
fn base_url(document: &Document, found: &Found<'_>, wants: &mut Wants) -> Option<String> {
    let places = [
        found.operation.get("servers"),
        found.item.get("servers"),
        document.root().get("servers"),
    ];
    let servers = places
        .into_iter()
        .flatten()
        .filter_map(Json::as_array)
        .find(|servers| !servers.is_empty())?;
    let server = servers.first()?;
    let mut url = server.get("url")?.as_str()?.trim().trim_end_matches('/').to_owned();
    for (name, variable) in server.get("variables").and_then(Json::as_object).into_iter().flatten() {
        if let Some(default) = variable.get("default").and_then(Json::as_str) {
            url = url.replace(&format!("{{{name}}}"), default);
        }
    }
    if servers.len() > 1 {
        wants.note(format!(
            "The document names {} addresses; the first is suggested.",
            servers.len()
        ));
    }
    let whole = url.starts_with("https://") || url.starts_with("http://");
    if !whole || url.contains(['{', '}']) {
        wants.note("The document does not name a whole address. Write it under Settings, Connections.");
        return None;
    }
    Some(url)
}
