//! How a caller proves who it is, and that the proof stays where it belongs.

use serde_json::{Value as Json, json};
use taskwright_connect::{Client, Connection, Secret};
use taskwright_domain::FailureCause;

use crate::calls::{call, cause, fields, look_up, made, reason, to};
use crate::server::{Reply, Server};

const SECRET: &str = "k3y with & and =";

fn with_key(server: &Server) -> Connection {
    let mut connection = to(&server.base_url);
    let secret = Secret::bound_to(SECRET, [server.base_url.as_str()]);
    connection.secrets.insert("SHOP_KEY".to_owned(), secret);
    connection
}

fn proved_by(auth: &Json) -> taskwright_engine::ActionCall {
    call(&json!({ "request": { "path": "/orders", "auth": auth } }), &[])
}

#[tokio::test]
async fn every_kind_of_proof_is_sent_and_masked_for_people() {
    let client = Client::new().unwrap();
    for (auth, header, query, shown) in [
        (
            json!({ "type": "bearer", "secret": "shop_key" }),
            Some(("authorization", format!("Bearer {SECRET}"))),
            "",
            "Bearer •••",
        ),
        (
            json!({ "type": "basic", "user": "shop", "secret": "SHOP_KEY" }),
            Some(("authorization", "Basic c2hvcDprM3kgd2l0aCAmIGFuZCA9".to_owned())),
            "",
            "Basic •••",
        ),
        (
            json!({ "type": "api_key_header", "name": "X-Api-Key", "secret": "SHOP_KEY" }),
            Some(("x-api-key", SECRET.to_owned())),
            "",
            "•••",
        ),
        (
            json!({ "type": "api_key_query", "name": "api_key", "secret": "SHOP_KEY" }),
            None,
            "?api_key=k3y%20with%20%26%20and%20%3D",
            "",
        ),
    ] {
        let server = Server::answering([Reply::json(&json!({}))]).await;
        let connection = with_key(&server);
        fields(client.call(&proved_by(&auth), &connection).await);
        let received = server.only();
        assert_eq!(received.target, format!("/orders{query}"), "{auth}");
        if let Some((name, value)) = &header {
            assert_eq!(received.header(name), Some(value.as_str()), "{auth}");
        }
        let prepared = client.preview(&proved_by(&auth), &connection).unwrap();
        let told = format!("{prepared:?}");
        assert!(!told.contains("k3y"), "people see a mask: {told}");
        assert!(told.contains(shown), "{told}");
    }
}

#[tokio::test]
async fn a_secret_goes_to_the_origins_it_is_approved_for_only() {
    let client = Client::new().unwrap();
    let server = Server::answering([Reply::json(&json!({}))]).await;
    let elsewhere = Secret::bound_to(SECRET, ["https://api.example.com", "http://127.0.0.1"]);
    for request in [
        json!({ "path": "/", "auth": { "type": "bearer", "secret": "SHOP_KEY" } }),
        json!({ "path": "/", "auth": { "type": "api_key_query", "name": "k", "secret": "SHOP_KEY" } }),
        json!({ "path": "/{secret.shop_key}" }),
        json!({ "path": "/", "query": [{ "name": "k", "value": "a{secret.shop_key}" }] }),
        json!({ "path": "/", "headers": [{ "name": "k", "value": "{secret.shop_key}" }] }),
        json!({ "path": "/", "body": { "type": "json", "json": { "deep": ["{secret.shop_key}"] } } }),
        json!({ "path": "/", "body": { "type": "form", "fields": [{ "name": "k", "value": "{secret.shop_key}" }] } }),
        json!({ "path": "/", "body": { "type": "raw", "content_type": "text/plain", "text": "{secret.shop_key}" } }),
        json!({ "path": "/", "body": { "type": "multipart", "parts": [{ "type": "text", "name": "k", "value": "{secret.shop_key}" }] } }),
    ] {
        let mut connection = to(&server.base_url);
        connection.secrets.insert("SHOP_KEY".to_owned(), elsewhere.clone());
        let told = reason(cause(
            client
                .call(&call(&json!({ "request": request }), &[]), &connection)
                .await,
        ));
        assert!(
            told.to_lowercase()
                .starts_with("the secret shop_key is not approved for http://127.0.0.1:"),
            "{request}: {told}"
        );
    }
    assert!(server.received().is_empty(), "nothing was sent");
}

#[tokio::test]
async fn nothing_of_the_author_goes_along_to_another_origin() {
    let client = Client::new().unwrap();
    let other = Server::answering([Reply::json(&json!({}))]).await;
    let here = Server::answering([Reply::header(302, "location", format!("{}/moved", other.base_url))]).await;
    let request = json!({
        "path": "/orders",
        "auth": { "type": "bearer", "secret": "SHOP_KEY" },
        "headers": [
            { "name": "Cookie", "value": "session={secret.shop_key}" },
            { "name": "X-Customer", "value": "maya" },
            { "name": "User-Agent", "value": "{secret.shop_key}" },
        ],
    });
    let mut connection = with_key(&here);
    let port = other.base_url.rsplit(':').next().unwrap();
    connection.allowed_hosts.insert(format!("127.0.0.1:{port}"));
    fields(
        client
            .call(&call(&json!({ "request": request }), &[]), &connection)
            .await,
    );
    assert!(
        here.only().header("cookie").is_some(),
        "the system itself gets all of it"
    );
    let received = other.only();
    assert_eq!(received.target, "/moved", "the answer is followed");
    for name in ["authorization", "cookie", "x-customer"] {
        assert_eq!(received.header(name), None, "{name} stays behind");
    }
    assert!(
        !format!("{received:?}").contains("k3y"),
        "no secret goes along: {received:?}"
    );
}

#[tokio::test]
async fn what_proves_it_twice_or_not_at_all_is_not_sent() {
    let server = Server::answering([Reply::json(&json!({}))]).await;
    let client = Client::new().unwrap();
    let twice = json!({
        "path": "/", "auth": { "type": "bearer", "secret": "SHOP_KEY" },
        "headers": [{ "name": "Authorization", "value": "mine" }],
    });
    for (request, says) in [
        (
            twice,
            "authentication: the header authorization is given twice; take it out of the headers",
        ),
        (
            json!({ "path": "/", "auth": { "type": "bearer", "secret": "" } }),
            "authentication: no secret is chosen",
        ),
        (
            json!({ "path": "/", "auth": { "type": "bearer", "secret": "OTHER" } }),
            "authentication: the secret OTHER is missing",
        ),
        (
            json!({ "path": "/", "auth": { "type": "api_key_header", "name": "Host", "secret": "SHOP_KEY" } }),
            "authentication: the header host is set by the program",
        ),
        (
            json!({ "path": "/", "auth": { "type": "api_key_query", "name": " ", "secret": "SHOP_KEY" } }),
            "authentication: the query value has no name",
        ),
    ] {
        let call = call(&json!({ "request": request }), &[]);
        assert_eq!(reason(cause(client.call(&call, &with_key(&server)).await)), says);
    }
    assert!(server.received().is_empty(), "nothing was sent");
}

#[tokio::test]
async fn a_host_that_fails_five_times_is_not_called_a_sixth_time() {
    let server = Server::answering([Reply::status(500)]).await;
    let client = Client::new().unwrap();
    let change = call(
        &json!({ "changes_data": true, "request": { "method": "POST", "path": "/" } }),
        &[],
    );
    for _ in 0..5 {
        let failed = cause(client.call(&change, &to(&server.base_url)).await);
        assert_eq!(failed, FailureCause::Status { status: 500 });
    }
    let FailureCause::CircuitOpen { reason } = cause(client.call(&change, &to(&server.base_url)).await) else {
        panic!("the sixth is not tried")
    };
    let host = server.base_url.strip_prefix("http://").unwrap();
    assert!(
        reason.starts_with(&format!("the last 5 calls to {host} failed; it is tried again in ")),
        "{reason}"
    );
    assert_eq!(server.received().len(), 5, "the sixth was not sent");
    let other = Server::answering([Reply::json(&json!({}))]).await;
    fields(client.call(&look_up(&json!([])), &to(&other.base_url)).await);
    let fresh = made(&change, &server).await;
    assert_eq!(
        cause(fresh),
        FailureCause::Status { status: 500 },
        "another program knows nothing of it"
    );
}
