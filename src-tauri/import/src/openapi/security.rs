//! Who calls: security schemes as authentication, with names for the secrets.

use serde_json::Value as Json;
use taskwright_domain::{Authentication, CredentialsIn, Pair, Template};

use super::document::{Document, Found};
use crate::naming::key_of;
use crate::wants::Wants;

/// What proves who calls: one way, and keys beside it.
#[derive(Default)]
pub(super) struct Proof {
    pub(super) auth: Authentication,
    pub(super) headers: Vec<Pair>,
    pub(super) query: Vec<Pair>,
}

/// The first way to prove oneself that an action knows.
pub(super) fn proof(document: &Document, found: &Found<'_>, wants: &mut Wants) -> Proof {
    let own = found
        .operation
        .get("security")
        .or_else(|| document.root().get("security"));
    let ways = own.and_then(Json::as_array).map_or(&[][..], Vec::as_slice);
    let empty = ways
        .iter()
        .any(|way| way.as_object().is_some_and(serde_json::Map::is_empty));
    for way in ways.iter().filter_map(Json::as_object).filter(|way| !way.is_empty()) {
        let mut schemes: Vec<_> = way
            .iter()
            .map(|(name, scopes)| (name, scheme(document, name), scopes))
            .collect();
        // Keys can stand beside something else; nothing else can.
        schemes.sort_by_key(|(_, scheme, _)| text(scheme, "type") == "apiKey");
        if schemes.iter().all(|(_, scheme, _)| is_known(scheme)) {
            let mut proof = Proof::default();
            for (name, scheme, scopes) in schemes {
                take(document, name, scheme, scopes, &mut proof, wants);
            }
            return proof;
        }
    }
    if !ways.is_empty() && !empty {
        wants.note(
            "The document asks for a way to prove who calls that actions do not have. Choose one under Authentication.",
        );
    }
    Proof::default()
}

fn scheme<'a>(document: &'a Document, name: &str) -> &'a Json {
    let schemes = document.root().pointer("/components/securitySchemes");
    schemes
        .and_then(|schemes| schemes.get(name))
        .map_or(&Json::Null, |scheme| document.follow(scheme))
}

fn text<'a>(json: &'a Json, key: &str) -> &'a str {
    json.get(key).and_then(Json::as_str).unwrap_or_default()
}

fn is_known(scheme: &Json) -> bool {
    match text(scheme, "type") {
        "http" => matches!(text(scheme, "scheme").to_lowercase().as_str(), "bearer" | "basic"),
        "apiKey" => matches!(text(scheme, "in"), "header" | "query" | "cookie"),
        "oauth2" | "openIdConnect" => true,
        _ => false,
    }
}

fn take(document: &Document, name: &str, scheme: &Json, scopes: &Json, proof: &mut Proof, wants: &mut Wants) {
    let service = service(document);
    let named = |kind: &str| format!("{service}_{}", key_of(kind));
    match text(scheme, "type") {
        "http" if text(scheme, "scheme").eq_ignore_ascii_case("basic") => {
            let user = wants.secret(&named("user"), "User", None);
            let secret = wants.secret(&named("password"), "Password", None);
            proof.auth = Authentication::Basic {
                user: Template::new(format!("{{secret.{user}}}")),
                secret,
            };
        }
        "apiKey" => key(scheme, &named(name), proof, wants),
        "oauth2" if scheme.pointer("/flows/clientCredentials").is_some() => {
            proof.auth = client_credentials(scheme, scopes, &named("client_secret"), wants);
        }
        "http" => {
            let secret = wants.secret(&named("token"), "Bearer token", None);
            proof.auth = Authentication::Bearer { secret };
        }
        _ => {
            wants.note(
                "People sign in to this service themselves; an action sends a token that you enter. It may run out.",
            );
            let secret = wants.secret(&named("token"), "Bearer token", None);
            proof.auth = Authentication::Bearer { secret };
        }
    }
}

fn key(scheme: &Json, secret: &str, proof: &mut Proof, wants: &mut Wants) {
    let name = text(scheme, "name").to_owned();
    let place = text(scheme, "in");
    let secret = wants.secret(secret, &format!("Key in the {place}, {name}"), None);
    let value = format!("{{secret.{secret}}}");
    match (place, proof.auth.is_none()) {
        ("cookie", _) => proof.headers.push(Pair::new("Cookie", format!("{name}={value}"))),
        ("query", true) => proof.auth = Authentication::ApiKeyQuery { name, secret },
        ("query", false) => proof.query.push(Pair::new(&name, &value)),
        (_, true) => proof.auth = Authentication::ApiKeyHeader { name, secret },
        (_, false) => proof.headers.push(Pair::new(&name, &value)),
    }
}

fn client_credentials(scheme: &Json, scopes: &Json, secret: &str, wants: &mut Wants) -> Authentication {
    let flow = scheme.pointer("/flows/clientCredentials").unwrap_or(&Json::Null);
    wants.note("Enter the client id under Authentication; the client secret is entered once, under Settings.");
    let scopes: Vec<&str> = scopes
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Json::as_str)
        .collect();
    Authentication::OAuth2 {
        token_url: text(flow, "tokenUrl").to_owned(),
        client_id: String::new(),
        client_secret: wants.secret(secret, "Client secret", None),
        scope: scopes.join(" "),
        credentials_in: CredentialsIn::Header,
        audience: None,
    }
}

/// What the service is called, for the names of its secrets.
fn service(document: &Document) -> String {
    let title = document.title();
    let telling = title.split_whitespace().find(|word| {
        let word = word.to_lowercase();
        !matches!(
            word.as_str(),
            "the" | "api" | "rest" | "open" | "public" | "admin" | "v1" | "v2"
        )
    });
    key_of(telling.unwrap_or("api"))
}
