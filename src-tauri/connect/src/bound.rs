//! Secrets go to the origins they are approved for, and nowhere else.

use reqwest::Url;
use serde_json::Value as Json;
use taskwright_domain::{Authentication, Body, FailureCause, HttpRequest, Template};

use crate::Connection;
use crate::attempt::refused;

/// Refuses a request that would take a secret to an origin nobody approved for it. One that is missing is told where it
/// is put in.
pub(crate) fn check(request: &HttpRequest, connection: &Connection, to: &Url) -> Result<(), FailureCause> {
    let mut names: Vec<String> = Vec::new();
    for template in request.templates() {
        named_in(template, &mut names);
    }
    if let Some(Body::Json { json }) = &request.body {
        named_in_json(json, &mut names);
    }
    // The secret of a client goes where tokens are given out; that is checked there.
    if !matches!(request.auth, Authentication::OAuth2 { .. }) {
        names.extend(request.auth.secret().map(|secret| secret.as_str().to_owned()));
    }
    names.iter().try_for_each(|name| check_one(name, connection, to))
}

/// Refuses to take a secret to an origin nobody approved for it.
pub(crate) fn check_one(name: &str, connection: &Connection, to: &Url) -> Result<(), FailureCause> {
    let origin = to.origin().ascii_serialization();
    match connection.secret(name) {
        Some(secret) if !secret.may_go_to(&origin) => Err(refused(&format!(
            "the secret {name} is not approved for {origin}; approve that address for it under Settings"
        ))),
        _ => Ok(()),
    }
}

fn named_in(template: &Template, names: &mut Vec<String>) {
    let secrets = template
        .references()
        .filter_map(|reference| reference.strip_prefix("secret."));
    names.extend(secrets.map(str::to_owned));
}

fn named_in_json(json: &Json, names: &mut Vec<String>) {
    match json {
        Json::String(text) => named_in(&Template::new(text.as_str()), names),
        Json::Array(items) => items.iter().for_each(|item| named_in_json(item, names)),
        Json::Object(fields) => fields.values().for_each(|value| named_in_json(value, names)),
        _ => {}
    }
}
