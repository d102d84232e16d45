//! Where calls go, and where they do not.

use serde_json::json;
use taskwright_connect::{Client, Connection};
use taskwright_domain::FailureCause;

use crate::calls::{call, cause, failed, fields, look_up, made, reason, text, to};
use crate::server::{Reply, Server};

#[tokio::test]
async fn addresses_of_private_networks_are_refused_however_they_are_written() {
    let server = Server::answering([Reply::json(&json!({}))]).await;
    let port = server.base_url.rsplit(':').next().unwrap().to_owned();
    let client = Client::new().unwrap();
    for host in [
        "127.0.0.1",
        "localhost",
        "LOCALHOST",
        "2130706433",
        "0x7f.1",
        "0.0.0.0",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "169.254.169.254",
        "192.168.0.1",
        "[fe80::1]",
        "[fd00::1]",
    ] {
        let connection = Connection {
            allowed_hosts: std::collections::BTreeSet::new(),
            ..to(&format!("http://{host}:{port}"))
        };
        let (cause, _) = failed(client.call(&look_up(&json!([])), &connection).await);
        let FailureCause::Refused { reason } = cause else {
            panic!("{host} should be refused: {cause:?}");
        };
        assert!(
            reason.ends_with("is an address of this machine or of a private network"),
            "{host}: {reason}"
        );
    }
    assert!(server.received().is_empty(), "nothing was sent");
    let allowed = to(&format!("http://localhost:{port}"));
    fields(client.call(&look_up(&json!([])), &allowed).await);
    assert_eq!(
        server.received().len(),
        1,
        "where it is allowed, the same host is called"
    );
}

#[tokio::test]
async fn a_path_cannot_lead_to_another_host() {
    let confirmed = Server::answering([Reply::json(&json!({}))]).await;
    let other = Server::answering([Reply::json(&json!({}))]).await;
    let port = confirmed.base_url.rsplit(':').next().unwrap();
    for path in [
        format!("{}/orders", other.base_url),
        "https://evil.example/".to_owned(),
        format!("http://localhost:{port}/"),
        format!("https://127.0.0.1:{port}/"),
        format!("http://me@127.0.0.1:{port}/"),
    ] {
        let call = call(&json!({ "request": { "path": path } }), &[]);
        let (cause, attempts) = failed(made(&call, &confirmed).await);
        assert!(matches!(cause, FailureCause::Refused { .. }), "{path}: {cause:?}");
        assert_eq!(attempts, 0, "{path}: nothing was tried");
    }
    let whole = format!("{}/orders", confirmed.base_url);
    for path in [
        "{v}",
        &whole,
        "//evil.example/x",
        "@evil.example/x",
        "\\\\evil.example/x",
    ] {
        let value = text(&other.base_url);
        let call = call(&json!({ "request": { "path": path } }), &[("v", value)]);
        fields(made(&call, &confirmed).await);
    }
    assert_eq!(
        confirmed.received().len(),
        5,
        "the whole address of the same host, and what only looks like another"
    );
    assert!(other.received().is_empty(), "the other host heard nothing");
}

#[tokio::test]
async fn a_redirect_is_followed_by_look_ups_where_it_may_be() {
    let outputs = json!([{ "key": "id", "kind": { "type": "text" } }]);
    let other = Server::answering([Reply::json(&json!({ "id": "elsewhere" }))]).await;
    let here = Server::answering([
        Reply::header(302, "location", "/new?a=b"),
        Reply::json(&json!({ "id": "found" })),
    ])
    .await;
    let found = fields(made(&look_up(&outputs), &here).await);
    assert_eq!(found["id"], text("found"), "followed");
    assert_eq!(here.received()[1].target, "/new?a=b", "to where it said");

    let away = Server::answering([Reply::header(307, "location", format!("{}/", other.base_url))]).await;
    assert_eq!(
        reason(cause(made(&look_up(&outputs), &away).await)),
        "the answer leads on: 127.0.0.1 is an address of this machine or of a private network",
        "another port of this machine is another host"
    );
    assert!(other.received().is_empty(), "it heard nothing");

    let circle = Server::answering([Reply::header(302, "location", "/")]).await;
    assert_eq!(
        reason(cause(made(&look_up(&outputs), &circle).await)),
        "the answer leads from one address to the next without end",
        "a circle ends"
    );
}

#[tokio::test]
async fn a_redirected_change_is_not_sent_a_second_time() {
    let change = call(
        &json!({ "changes_data": true, "request": { "method": "POST", "path": "/" } }),
        &[],
    );
    let moved = Server::answering([Reply::header(307, "location", "/new")]).await;
    assert_eq!(
        cause(made(&change, &moved).await),
        FailureCause::Status { status: 307 },
        "it is said"
    );
    assert_eq!(moved.received().len(), 1, "it was sent once");
}
