//! What comes back: typed fields, or what differed.

use serde_json::json;
use taskwright_connect::Client;
use taskwright_domain::{ActionResult, FailureCause, Value};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::calls::{call, cause, euros, failed, fields, look_up, made, reason, text, to};
use crate::server::{Reply, Server};

#[tokio::test]
async fn fields_are_found_by_their_paths_and_typed() {
    let outputs = json!([
        { "key": "number", "kind": { "type": "identifier" }, "path": "$.order.number" },
        { "key": "total", "kind": { "type": "amount" }, "path": "$.order.total" },
        { "key": "ordered_on", "kind": { "type": "date" }, "path": "$.order.dates[0]" },
        { "key": "status", "kind": { "type": "choice", "options": ["On its way", "Delivered"] } },
        { "key": "note", "kind": { "type": "text" }, "optional": true },
        { "key": "card", "kind": { "type": "text" }, "redacted": true },
    ]);
    let body = json!({
        "order": { "number": 4512, "total": { "amount": "79.00", "currency": "eur" }, "dates": ["2026-11-09"] },
        "status": "on_its_way", "note": null, "card": "4111",
    });
    let server = Server::answering([Reply::json(&body)]).await;
    let ActionResult::Succeeded { fields, status, .. } = made(&look_up(&outputs), &server).await else {
        panic!("the answer fits");
    };
    assert_eq!(status, Some(200), "the status is kept");
    let expected = [
        ("number", text("4512")),
        ("total", euros("79.00")),
        ("ordered_on", Value::Date("2026-11-09".parse().unwrap())),
        ("status", Value::Choice("On its way".into())),
    ];
    assert_eq!(
        fields,
        expected.map(|(key, value)| (key.to_owned(), value)).into(),
        "typed, without what is missing and may be, and without what is never kept"
    );
}

#[tokio::test]
async fn json_is_read_whatever_it_is_called() {
    let outputs = json!([{ "key": "id", "kind": { "type": "text" } }]);
    for (content_type, body) in [
        ("text/html", "{\"id\":\"a\"}"),
        ("application/vnd.api+json; charset=utf-8", "{\"id\":\"a\"}"),
        ("text/plain", "\u{feff} {\"id\":\"a\"}\n"),
    ] {
        let server = Server::answering([Reply::text(201, content_type, body)]).await;
        let fields = fields(made(&look_up(&outputs), &server).await);
        assert_eq!(fields["id"], text("a"), "{content_type}");
    }
}

#[tokio::test]
async fn an_action_that_promises_nothing_takes_any_answer() {
    for reply in [Reply::status(204), Reply::text(200, "text/plain", "OK")] {
        let server = Server::answering([reply.clone()]).await;
        let fields = fields(made(&look_up(&json!([])), &server).await);
        assert!(fields.is_empty(), "{reply:?}");
    }
    let server = Server::answering([Reply::status(204)]).await;
    let optional = json!([{ "key": "id", "kind": { "type": "text" }, "optional": true }]);
    let fields = fields(made(&look_up(&optional), &server).await);
    assert!(fields.is_empty(), "an empty answer has no fields");
}

#[tokio::test]
async fn an_answer_that_does_not_fit_names_each_place_that_differed() {
    let outputs = json!([
        { "key": "total", "kind": { "type": "amount" }, "path": "$.order.total" },
        { "key": "days", "kind": { "type": "integer" } },
        { "key": "id", "kind": { "type": "text" } },
        { "key": "card", "kind": { "type": "boolean" }, "redacted": true },
    ]);
    let body = json!({ "order": {}, "days": "soon", "id": "a", "card": "4111 1111" });
    let server = Server::answering([Reply::json(&body)]).await;
    let difference = "$.order.total: expected an amount, found nothing; \
                      $.days: expected a whole number, found \"soon\"; \
                      $.card: expected yes or no, found something else";
    assert_eq!(
        cause(made(&look_up(&outputs), &server).await),
        FailureCause::WrongShape {
            difference: difference.to_owned()
        },
        "path, expected and found; what is redacted is not quoted"
    );
    let empty = Server::answering([Reply::status(204)]).await;
    let reason = reason(cause(made(&look_up(&outputs), &empty).await));
    assert!(
        reason.contains("$.order.total: expected an amount, found nothing"),
        "an empty answer lacks the fields: {reason}"
    );
}

#[tokio::test]
async fn each_way_to_fail_is_told_apart() {
    let outputs = json!([{ "key": "id", "kind": { "type": "text" } }]);
    for (reply, expected) in [
        (Reply::status(404), FailureCause::NotFound),
        (Reply::status(401), FailureCause::Status { status: 401 }),
        (Reply::status(422), FailureCause::Status { status: 422 }),
        (Reply::status(304), FailureCause::Status { status: 304 }),
        (Reply::text(200, "application/json", "{\"id\":"), FailureCause::NotJson),
        (Reply::text(200, "text/html", "<p>Hi</p>"), FailureCause::NotJson),
    ] {
        let server = Server::answering([reply.clone()]).await;
        let result = failed(made(&look_up(&outputs), &server).await);
        assert_eq!(result, (expected, 1), "{reply:?}, tried once");
    }
}

/// A server that reads one request and then does as it is told; its address.
async fn raw<F, D>(then: F) -> String
where
    F: FnOnce(TcpStream) -> D + Send + 'static,
    D: Future<Output = ()> + Send,
{
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base_url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut seen = [0; 1024];
        assert!(stream.read(&mut seen).await.unwrap() > 0, "a request came");
        then(stream).await;
    });
    base_url
}

#[tokio::test]
async fn no_more_is_read_than_the_action_allows() {
    let outputs = json!([{ "key": "id", "kind": { "type": "text" } }]);
    let request = json!({ "path": "/", "max_bytes": 100 });
    let call = call(&json!({ "request": request, "outputs": outputs }), &[]);
    let of_length = |length: usize| {
        let body = format!("{{\"id\":\"{}\"}}", "x".repeat(length - 9));
        Reply::text(200, "application/json", &body)
    };
    let server = Server::answering([of_length(100)]).await;
    fields(made(&call, &server).await);
    let server = Server::answering([of_length(101)]).await;
    assert_eq!(
        failed(made(&call, &server).await),
        (FailureCause::TooLarge, 1),
        "one byte too many, announced"
    );
    let endless = raw(|mut stream| async move {
        let head = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";
        stream.write_all(head).await.unwrap();
        // Goes on until nobody reads any more.
        while stream.write_all(b"a\r\n0123456789\r\n").await.is_ok() {}
    });
    let result = Client::new().unwrap().call(&call, &to(&endless.await)).await;
    assert_eq!(
        failed(result),
        (FailureCause::TooLarge, 1),
        "a stream without end is cut off"
    );
}

#[tokio::test]
async fn a_connection_that_is_refused_and_one_that_is_cut_are_told_apart() {
    let change = call(&json!({ "changes_data": true, "request": { "path": "/" } }), &[]);
    let client = Client::new().unwrap();
    let nobody = client.call(&change, &to("http://127.0.0.1:1")).await;
    assert_eq!(failed(nobody), (FailureCause::Unreachable, 1), "nobody listens");
    let hangs_up = raw(|stream| async move { drop(stream) }).await;
    let result = client.call(&change, &to(&hangs_up)).await;
    assert_eq!(failed(result), (FailureCause::Cut, 1), "cut before the answer");
    let breaks_off = raw(|mut stream| async move {
        let half = b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{\"id\"";
        stream.write_all(half).await.unwrap();
    });
    let result = client.call(&change, &to(&breaks_off.await)).await;
    assert_eq!(failed(result), (FailureCause::Cut, 1), "cut in the answer");
}
