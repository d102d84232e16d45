//! Secrets go to the receiver and nowhere else.

use serde_json::json;
use taskwright_connect::{Client, Connection, Secret};
use taskwright_domain::{Amount, Method, Sealed, SealedId, Value};
use taskwright_engine::ActionCall;

use crate::calls::{call, cause, failed, fields, reason, to};
use crate::server::{Reply, Server};

const SECRET: &str = "sk-0123456789-0123456789-0123456789-0123456789-0123456789-0123456789";

fn with_secret(base_url: &str) -> Connection {
    let mut connection = to(base_url);
    let secret = Secret::bound_to(SECRET, [base_url]);
    connection.secrets.insert("api_token".to_owned(), secret);
    connection
}

fn sealed(mask: &str, plain: Option<Value>) -> Value {
    Value::Sealed(Sealed {
        id: SealedId::new("1"),
        mask: mask.to_owned(),
        plain: plain.map(Box::new),
    })
}

fn call_with_secret() -> ActionCall {
    let action = json!({
        "request": {
            "method": "POST", "path": "/cards/{card}",
            "query": [{ "name": "token", "value": "{secret.api_token}" }],
            "headers": [{ "name": "Authorization", "value": "Bearer {secret.api_token}" }],
            "body": {
                "card": "{card}", "token": "{secret.api_token}", "note": "for {card}", "limit": "{limit.amount}",
            },
        },
        "changes_data": true,
        "outputs": [{ "key": "ok", "kind": { "type": "boolean" } }],
    });
    let card = Value::Text("8765 4321".to_owned());
    let limit = Value::Amount(Amount {
        amount: "900".parse().unwrap(),
        currency: "EUR".into(),
    });
    let inputs = [
        ("card", sealed("•••• 4321", Some(card))),
        ("limit", sealed("•••", Some(limit))),
    ];
    call(&action, &inputs)
}

#[tokio::test]
async fn the_receiver_gets_secrets_and_sensitive_values_as_they_are() {
    let server = Server::answering([Reply::json(&json!({ "ok": true }))]).await;
    let connection = with_secret(&server.base_url);
    fields(Client::new().unwrap().call(&call_with_secret(), &connection).await);
    let received = server.only();
    assert_eq!(
        received.target,
        format!("/cards/8765%204321?token={SECRET}"),
        "in the address"
    );
    assert_eq!(
        received.header("authorization"),
        Some(format!("Bearer {SECRET}").as_str()),
        "in the header"
    );
    assert_eq!(
        received.json(),
        json!({ "card": "8765 4321", "token": SECRET, "note": "for 8765 4321", "limit": "900" }),
        "in the body"
    );
}

#[test]
fn people_see_masks() {
    let connection = with_secret("https://api.example.com");
    let prepared = Client::new().unwrap().preview(&call_with_secret(), &connection);
    let prepared = prepared.unwrap();
    assert_eq!(prepared.method, Method::Post, "the method");
    assert_eq!(
        prepared.url, "https://api.example.com/cards/••••%204321?token=•••",
        "the address"
    );
    let header = |name: &str| {
        let found = prepared.headers.iter().find(|(given, _)| given == name);
        found.map(|(_, value)| value.as_str())
    };
    assert_eq!(header("authorization"), Some("Bearer •••"), "the header");
    assert_eq!(header("idempotency-key"), Some("effect_7_2_0"), "the key is no secret");
    assert_eq!(
        prepared.body,
        Some(json!({ "card": "•••• 4321", "token": "•••", "note": "for •••• 4321", "limit": "•••" }).to_string()),
        "the body, parts of sensitive values included"
    );
    let debug = format!("{connection:?}");
    assert!(
        debug.contains("api_token") && !debug.contains(SECRET),
        "a connection names its secrets only: {debug}"
    );
}

#[tokio::test]
async fn no_failure_repeats_a_secret() {
    let client = Client::new().unwrap();
    let echo = json!({ "ok": format!("you sent Bearer {SECRET}, which is wrong") });
    let html = format!("<p>{SECRET}</p>");
    let mut told = Vec::new();
    for reply in [
        Reply::json(&echo),
        Reply::json(&json!({ "ok": { SECRET: [SECRET] } })),
        Reply::text(200, "text/html", &html),
        Reply::text(500, "text/html", &html),
        Reply::header(302, "location", format!("https://evil.example/?t={SECRET}")),
    ] {
        let server = Server::answering([reply]).await;
        let connection = with_secret(&server.base_url);
        told.push(failed(client.call(&call_with_secret(), &connection).await));
    }
    let nobody = with_secret("http://127.0.0.1:1");
    told.push(failed(client.call(&call_with_secret(), &nobody).await));
    let told = format!("{told:#?}");
    assert!(told.contains("you sent Bearer •••"), "the rest is told: {told}");
    assert!(!told.contains("sk-0123"), "no piece of it is told: {told}");
}

#[tokio::test]
async fn a_secret_that_is_not_bound_is_named() {
    let client = Client::new().unwrap();
    let server = Server::answering([Reply::json(&json!({ "ok": true }))]).await;
    let unbound = client.call(&call_with_secret(), &to(&server.base_url)).await;
    assert_eq!(
        reason(cause(unbound)),
        "query token: the secret api_token is missing",
        "by its name"
    );
    let mut broken = with_secret(&server.base_url);
    let two_lines = format!("{SECRET}\r\nX-Admin: 1");
    let secret = Secret::bound_to(two_lines, [server.base_url.as_str()]);
    broken.secrets.insert("api_token".to_owned(), secret);
    let told = reason(cause(client.call(&call_with_secret(), &broken).await));
    assert!(
        told.starts_with("header Authorization: ") && !told.contains("sk-0123"),
        "a broken one is not repeated: {told}"
    );
    assert!(server.received().is_empty(), "nothing was sent");
}

#[tokio::test]
async fn a_sensitive_value_that_was_erased_is_a_failure_and_no_mask_goes_out() {
    let server = Server::answering([Reply::json(&json!({ "ok": true }))]).await;
    let mut call = call_with_secret();
    call.inputs.insert("card".to_owned(), sealed("•••• 4321", None));
    let connection = with_secret(&server.base_url);
    let result = Client::new().unwrap().call(&call, &connection).await;
    assert_eq!(reason(cause(result)), "path: card is not known any more", "it is said");
    assert!(server.received().is_empty(), "nothing was sent");
}
