//! A curl command, as people copy it from a documentation or a browser, as a draft.

mod address;
mod arguments;
mod body;
mod credentials;
mod words;

use std::collections::BTreeSet;

use taskwright_domain::{Action, ActionId, HttpRequest, Method, OnFailure, Pair, Template};

use self::address::{Address, path_template, query_template};
use self::arguments::Call;
use self::credentials::{Credentials, is_secret_header, is_secret_query, looks_secret};
use crate::naming::{action_name, key_of, service_of};
use crate::placeholder::has_place;
use crate::wants::Wants;
use crate::{Draft, ImportError};

/// Bytes of a command that are read.
const LONGEST: usize = 256 * 1024;
/// Headers that the program or the connection sets, or that only a browser needs.
const NOT_NEEDED: [&str; 23] = [
    "authority",
    "accept-encoding",
    "accept-language",
    "cache-control",
    "connection",
    "content-length",
    "dnt",
    "expect",
    "host",
    "if-none-match",
    "keep-alive",
    "origin",
    "pragma",
    "priority",
    "proxy-connection",
    "referer",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "upgrade-insecure-requests",
    "x-requested-with",
    "sec-gpc",
];

/// Reads a command. `fixed` are inputs that shall not be asked for but stay as the example has them.
///
/// # Errors
/// When there is no curl command in the text, or none that an action can stand for.
pub fn read(text: &str, fixed: &BTreeSet<String>) -> Result<Draft, ImportError> {
    if text.len() > LONGEST {
        return Err(ImportError::TooLarge {
            what: "a command",
            most: "256 KB",
        });
    }
    let line = words::split(text.trim())?;
    let begins = line
        .words
        .iter()
        .position(|word| is_curl(word))
        .ok_or(ImportError::NoCurl)?;
    let call = Call::of(&line.words[begins + 1..]);
    let mut wants = Wants::keeping(fixed.clone());
    if line.cut_off {
        wants.note("What stands behind the command was left out.");
    }
    draft(&call, wants)
}

fn is_curl(word: &str) -> bool {
    let name = word.rsplit(['/', '\\']).next().unwrap_or_default();
    matches!(name.to_lowercase().as_str(), "curl" | "curl.exe")
}

fn draft(call: &Call, mut wants: Wants) -> Result<Draft, ImportError> {
    let url = call.url.as_deref().filter(|url| !url.trim().is_empty());
    let address = Address::of(url.ok_or(ImportError::NoAddress)?);
    if address.host.is_empty() {
        return Err(ImportError::NoAddress);
    }
    if !matches!(address.scheme.as_str(), "http" | "https") {
        return Err(ImportError::NoAddress);
    }
    call.notes.iter().for_each(|note| wants.note(note.clone()));
    let method = method(call, &mut wants)?;
    let mut credentials = Credentials::new(service_of(&address.host));
    let mut headers = proofs(call, &address, &mut wants, &mut credentials);
    let (base, path) = address.parted();
    let path = path_template(&path, &mut wants, &credentials);
    let query = query(call, &address, &mut wants, &mut credentials);
    let mut honours_key = false;
    headers.extend(plain_headers(call, &mut wants, &mut honours_key));
    let body = body_of(call, &mut wants, &mut credentials);
    let (body, method) = fitting(body, method, &mut wants);
    if path.contains("token")
        && matches!(&body, Some(taskwright_domain::Body::Form { fields }) if fields.iter().any(|field| field.name == "grant_type"))
    {
        wants.note("This call fetches a token. For that no action is needed: choose OAuth 2 as the authentication of the actions that use the token.");
    }
    let request = HttpRequest {
        method,
        path: Template::new(&path),
        auth: credentials.auth,
        query,
        headers,
        body,
        timeout_ms: milliseconds(call.seconds),
        max_bytes: 1 << 20,
    };
    let base_url = base_url(&base, &mut wants);
    Ok(finish(&path, request, base_url, honours_key, wants))
}

fn finish(path: &str, request: HttpRequest, base_url: Option<String>, honours_key: bool, wants: Wants) -> Draft {
    let name = action_name(request.method, path);
    let key = key_of(&name);
    let changes_data = request.method != Method::Get;
    Draft {
        action: Action {
            id: ActionId::new("draft"),
            result_name: key
                .split_once('_')
                .map_or(key.as_str(), |(_, object)| object)
                .to_owned(),
            key,
            name,
            description: String::new(),
            inputs: wants.inputs,
            outputs: Vec::new(),
            changes_data,
            needs_confirmation: changes_data,
            receiver_honours_key: honours_key,
            answers_on_its_own: false,
            examples: Vec::new(),
            reply: Template::default(),
            condition: None,
            request: Some(request),
            stubs: Vec::new(),
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

fn method(call: &Call, wants: &mut Wants) -> Result<Method, ImportError> {
    let has_body = !call.data.is_empty() && !call.data_in_query || !call.parts.is_empty();
    let implied = match () {
        () if call.upload.is_some() => "PUT",
        () if call.head => "HEAD",
        () if has_body => "POST",
        () => "GET",
    };
    Ok(match call.method.as_deref().unwrap_or(implied) {
        "GET" => Method::Get,
        "POST" => Method::Post,
        "PUT" => Method::Put,
        "PATCH" => Method::Patch,
        "DELETE" => Method::Delete,
        "HEAD" => {
            wants.note("HEAD asks for no answer; the action uses GET.");
            Method::Get
        }
        other => {
            return Err(ImportError::Method {
                method: other.chars().take(20).collect(),
            });
        }
    })
}

/// Who calls; secrets in headers that cannot be told as authentication stay headers.
fn proofs(call: &Call, address: &Address, wants: &mut Wants, credentials: &mut Credentials) -> Vec<Pair> {
    if let Some(login) = call.user.as_ref().or(address.login.as_ref()) {
        credentials.login(login, wants);
    } else if let Some(token) = &call.bearer {
        credentials.bearer(token, wants);
    }
    let cookie = call.cookie.iter().map(|value| ("Cookie", value));
    let own = call.headers.iter().map(|(name, value)| (name.as_str(), value));
    let mut headers = Vec::new();
    // The standing way to prove oneself comes first, whatever the order of the headers.
    let mut proofs: Vec<_> = own
        .chain(cookie)
        .filter(|(name, value)| is_proof(name, value))
        .collect();
    proofs.sort_by_key(|(name, _)| !name.eq_ignore_ascii_case("authorization"));
    for (name, value) in proofs {
        if name.eq_ignore_ascii_case("authorization") && !credentials.auth.is_none() {
            wants.note("The command proves who calls in two ways; the header Authorization was left out.");
            continue;
        }
        if let Some(value) = credentials.header(name, value, wants) {
            headers.push(Pair::new(name, value.0));
        }
    }
    headers
}

fn is_proof(name: &str, value: &str) -> bool {
    is_secret_header(name) || looks_secret(value)
}

/// The other headers that say something to the service.
fn plain_headers(call: &Call, wants: &mut Wants, honours_key: &mut bool) -> Vec<Pair> {
    let mut headers = Vec::new();
    for (name, value) in &call.headers {
        let lower = name.to_lowercase();
        let browser = lower.starts_with("sec-") || lower == "user-agent" && value.starts_with("Mozilla");
        match lower.as_str() {
            _ if is_proof(name, value) => {}
            "idempotency-key" | "x-idempotency-key" => {
                *honours_key = true;
                wants.note("The idempotency key was left out: every call that changes something gets one of its own.");
            }
            "content-type" if value.to_lowercase().starts_with("multipart/") => {}
            "content-type" => {
                let plain = value.split(';').next().unwrap_or_default().trim().to_lowercase();
                if !matches!(plain.as_str(), "application/json" | "application/x-www-form-urlencoded")
                    && plain.contains("json")
                {
                    headers.push(Pair::new(name, value));
                }
            }
            "accept" if matches!(value.trim(), "application/json" | "*/*") => {}
            "user-agent" if browser => wants.note("Headers that only a browser sends were left out."),
            _ if browser || NOT_NEEDED.contains(&lower.as_str()) => {
                if matches!(lower.as_str(), "origin" | "referer" | "x-requested-with") || browser {
                    wants.note("Headers that only a browser sends were left out.");
                }
            }
            _ if has_place(value) => {
                let value = address::open_template(value, wants);
                headers.push(Pair::new(name, &value));
            }
            _ => headers.push(Pair::new(name, value)),
        }
    }
    headers
}

fn query(call: &Call, address: &Address, wants: &mut Wants, credentials: &mut Credentials) -> Vec<Pair> {
    let mut pairs = address.query.clone();
    if call.data_in_query {
        pairs.extend(body::form_fields(&call.data));
    }
    let mut query = Vec::new();
    for (name, value) in pairs {
        let secret = is_secret_query(&name, &value) || looks_secret(&value);
        let value = if secret && !value.is_empty() {
            credentials.query(&name, &value, wants)
        } else {
            Some(Template::new(query_template(&name, &value, wants)))
        };
        query.extend(value.map(|value| Pair::new(&name, value.0)));
    }
    query
}

fn body_of(call: &Call, wants: &mut Wants, credentials: &mut Credentials) -> Option<taskwright_domain::Body> {
    if let Some(file) = &call.upload {
        wants.note(format!(
            "The body stands in the file {file}, which was not pasted. Write it into the body."
        ));
    }
    if !call.parts.is_empty() {
        return Some(body::of_parts(&call.parts, wants, credentials));
    }
    if call.data_in_query {
        return None;
    }
    let own = call
        .headers
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case("content-type"));
    let content_type = own
        .map(|(_, value)| value.as_str())
        .or(call.json.then_some("application/json"));
    body::of_data(&call.data, content_type, wants, credentials)
}

/// A look-up sends no body.
fn fitting(
    body: Option<taskwright_domain::Body>,
    method: Method,
    wants: &mut Wants,
) -> (Option<taskwright_domain::Body>, Method) {
    if body.is_some() && method == Method::Get {
        wants.note("A GET call sends no body; it was left out.");
        return (None, method);
    }
    (body, method)
}

fn milliseconds(seconds: Option<f64>) -> u64 {
    let seconds = seconds
        .filter(|seconds| seconds.is_finite() && *seconds > 0.0)
        .unwrap_or(15.0);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "between 100 and 120,000"
    )]
    let milliseconds = (seconds * 1000.0).clamp(100.0, 120_000.0) as u64;
    milliseconds
}

fn base_url(base: &str, wants: &mut Wants) -> Option<String> {
    if has_place(base) {
        wants.note(format!(
            "The address {base} has a place to fill in. Write the whole address under Settings, Connections."
        ));
        return None;
    }
    Some(base.to_owned())
}
