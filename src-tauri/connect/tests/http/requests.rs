//! What goes out: every value arrives as it was, and nothing else with it.

use std::sync::LazyLock;

use percent_encoding::percent_decode_str;
use proptest::prelude::*;
use serde_json::json;
use taskwright_connect::Client;
use taskwright_domain::{FailureCause, Value};

use crate::calls::{call, cause, euros, fields, made, reason, text, to};
use crate::server::{Reply, Server};

const HARD: &str = "a/b?c=d&e#f %2e \"q\" \\ ü 😀\n\u{0}";

#[tokio::test]
async fn a_value_arrives_unchanged_wherever_it_stands() {
    let server = Server::answering([Reply::json(&json!({}))]).await;
    let call = call(
        &json!({ "request": {
            "method": "POST",
            "path": "/notes/{note}/lines?first={note}",
            "query": [{ "name": "q&1", "value": "so: {note}" }],
            "body": { "whole": "{note}", "part": "say \"{note}\"", "list": ["{note}", 1], "{note}": null },
        } }),
        &[("note", text(HARD))],
    );
    fields(made(&call, &server).await);
    let received = server.only();
    let (path, query) = received.target.split_once('?').unwrap();
    let segments: Vec<_> = path.split('/').collect();
    assert_eq!(segments.len(), 4, "the value stayed one segment: {path}");
    let decoded = |text: &str| percent_decode_str(text).decode_utf8().unwrap().into_owned();
    assert_eq!(decoded(segments[2]), HARD, "in the path");
    let pairs: Vec<_> = query
        .split('&')
        .map(|pair| pair.split_once('=').unwrap())
        .map(|(name, value)| (decoded(name), decoded(value)))
        .collect();
    let expected = [("first", HARD.to_owned()), ("q&1", format!("so: {HARD}"))];
    assert_eq!(
        pairs,
        expected.map(|(name, value)| (name.to_owned(), value)),
        "in the query"
    );
    assert_eq!(
        received.json(),
        json!({ "whole": HARD, "part": format!("say \"{HARD}\""), "list": [HARD, 1], "{note}": null }),
        "in the body"
    );
    assert_eq!(
        received.header("content-type"),
        Some("application/json"),
        "it is said to be JSON"
    );
}

#[tokio::test]
async fn a_reference_alone_keeps_its_type_and_inside_words_it_is_written_as_systems_write_it() {
    let server = Server::answering([Reply::json(&json!({}))]).await;
    let inputs = [
        ("count", Value::Integer(3)),
        ("share", Value::Decimal("0.10".parse().unwrap())),
        ("urgent", Value::Boolean(true)),
        ("day", Value::Date("2026-11-21".parse().unwrap())),
        ("at", Value::Time("17:30:00".parse().unwrap())),
        ("when", Value::DateTime("2026-11-21T10:00:00Z".parse().unwrap())),
        ("amount", euros("79.00")),
        ("kind", Value::Choice("full".into())),
        ("lines", Value::List(vec![Value::Integer(1), text("b")])),
        ("order", Value::Object([("number".to_owned(), text("4512"))].into())),
    ];
    let alone: serde_json::Map<_, _> = inputs
        .iter()
        .map(|(key, _)| ((*key).to_owned(), json!(format!("{{{key}}}"))))
        .collect();
    let words = "{count} {share} {urgent} {day} {at} {when} {amount} {kind} {lines} {order.number} {amount.currency}";
    let body = json!({ "alone": alone, "words": words, "amount": "{amount.amount}", "number": "{order.number}" });
    let call = call(
        &json!({ "request": { "method": "PUT", "path": "/", "body": body } }),
        &inputs,
    );
    fields(made(&call, &server).await);
    assert_eq!(
        server.only().json(),
        json!({
            "alone": {
                "count": 3, "share": 0.1, "urgent": true, "day": "2026-11-21", "at": "17:30:00",
                "when": "2026-11-21T10:00:00Z", "amount": { "amount": "79.00", "currency": "EUR" }, "kind": "full",
                "lines": [1, "b"], "order": { "number": "4512" },
            },
            "words": "3 0.10 true 2026-11-21 17:30:00 2026-11-21T10:00:00Z 79.00 EUR full 1,b 4512 EUR",
            "amount": "79.00",
            "number": "4512",
        }),
        "types are kept where a value stands alone"
    );
}

#[tokio::test]
async fn a_value_that_cannot_be_written_truly_is_not_sent() {
    let server = Server::answering([Reply::json(&json!({}))]).await;
    let long = Value::Decimal("0.1234567890123456789012345".parse().unwrap());
    let group = Value::Object([("number".to_owned(), text("4512"))].into());
    for (body, says) in [
        (
            json!("{share}"),
            "body: {share} has more digits than a JSON number keeps; put it into a text",
        ),
        (
            json!("{order}!"),
            "body: {order} is a group of fields; name one of them",
        ),
        (json!("{order.colour}"), "body: order has no colour"),
    ] {
        let request = json!({ "method": "POST", "path": "/", "body": body });
        let inputs = [("share", long.clone()), ("order", group.clone())];
        let call = call(&json!({ "request": request }), &inputs);
        assert_eq!(reason(cause(made(&call, &server).await)), says, "{request}");
    }
    assert!(server.received().is_empty(), "nothing was sent");
}

#[tokio::test]
async fn a_missing_value_fails_visibly_by_its_name_and_nothing_is_sent() {
    let server = Server::answering([Reply::json(&json!({}))]).await;
    let inputs = json!([{ "key": "order_number", "name": "order number", "kind": { "type": "text" } }]);
    for (request, says) in [
        (
            json!({ "path": "/orders/{order_number}" }),
            "path: order number is missing",
        ),
        (
            json!({ "path": "/", "query": [{ "name": "n", "value": "{order_number}" }] }),
            "query n: order number is missing",
        ),
        (
            json!({ "path": "/", "headers": [{ "name": "X-N", "value": "{order_number}" }] }),
            "header X-N: order number is missing",
        ),
        (
            json!({ "path": "/", "method": "POST", "body": { "a": [{ "n": "no. {order_number}" }] } }),
            "body.a[0].n: order number is missing",
        ),
        (json!({ "path": "/{colour}" }), "path: {colour} is missing"),
    ] {
        let call = call(&json!({ "inputs": inputs, "request": request }), &[]);
        let FailureCause::BadRequest { reason } = cause(made(&call, &server).await) else {
            panic!("{request} should be a request that cannot be built");
        };
        assert_eq!(reason, says, "{request}");
    }
    let empty = call(
        &json!({ "inputs": inputs, "request": { "path": "/orders/{order_number}" } }),
        &[("order_number", text(" "))],
    );
    let reason = reason(cause(made(&empty, &server).await));
    assert_eq!(reason, "path: order number is empty", "never a blank");
    assert!(server.received().is_empty(), "nothing was sent");
}

#[tokio::test]
async fn an_optional_value_that_is_not_given_takes_its_place_away_and_leaves_no_blank() {
    let server = Server::answering([Reply::json(&json!({}))]).await;
    let inputs = json!([{ "key": "reason", "kind": { "type": "text" }, "optional": true }]);
    let request = json!({
        "method": "POST", "path": "/", "query": [{ "name": "reason", "value": "{reason}" }],
        "headers": [{ "name": "X-Reason", "value": "{reason}" }],
        "body": { "reason": "{reason}", "list": ["{reason}", 1], "kind": "full" },
    });
    let without = call(&json!({ "inputs": inputs, "request": request }), &[]);
    fields(made(&without, &server).await);
    let received = server.only();
    assert_eq!(received.target, "/", "no query pair");
    assert_eq!(received.header("x-reason"), None, "no header");
    assert_eq!(received.json(), json!({ "list": [1], "kind": "full" }), "no field");
    let inside = call(&json!({ "inputs": inputs, "request": { "path": "/{reason}" } }), &[]);
    assert_eq!(
        reason(cause(made(&inside, &server).await)),
        "path: reason is missing",
        "a path has no gaps"
    );
}

#[tokio::test]
async fn a_header_carries_no_line_break_and_none_of_the_programs_own() {
    let server = Server::answering([Reply::json(&json!({}))]).await;
    let control = "its value has a line break or another control character";
    for (name, value, says) in [
        ("X-Note", "a\r\nX-Admin: yes", control),
        ("X-Note", "a\u{0}", control),
        ("X-Note", "é", "its value has a character that headers cannot carry"),
        ("X Note", "a", "this is no name for a header"),
        ("Host", "evil.example", "it is set by the program"),
        ("Idempotency-Key", "mine", "it is set by the program"),
        ("transfer-encoding", "chunked", "it is set by the program"),
    ] {
        let request = json!({ "path": "/", "headers": [{ "name": name, "value": "{note}" }] });
        let call = call(&json!({ "request": request }), &[("note", text(value))]);
        assert_eq!(
            reason(cause(made(&call, &server).await)),
            format!("header {name}: {says}"),
            "{value:?}"
        );
    }
    assert!(server.received().is_empty(), "nothing was sent");
}

#[tokio::test]
async fn a_value_cannot_climb_out_of_its_path() {
    let server = Server::answering([Reply::json(&json!({}))]).await;
    for (path, value) in [
        ("/orders/{n}/refunds", ".."),
        ("/orders/{n}", "."),
        ("/orders/.{n}", "."),
        ("/orders/%2e{n}", "."),
        ("/orders/..\\{n}", "4512"),
    ] {
        let call = call(&json!({ "request": { "path": path } }), &[("n", text(value))]);
        assert_eq!(
            reason(cause(made(&call, &server).await)),
            "path: . and .. cannot be a part of it",
            "{path} with {value}"
        );
    }
    let harmless = call(
        &json!({ "request": { "path": "/orders/{n}" } }),
        &[("n", text("../../admin"))],
    );
    fields(made(&harmless, &server).await);
    assert_eq!(
        server.only().target,
        "/orders/..%2F..%2Fadmin",
        "slashes of a value make no segments"
    );
}

#[tokio::test]
async fn the_path_goes_behind_the_path_of_the_base_url() {
    let server = Server::answering([Reply::json(&json!({}))]).await;
    let client = Client::new().unwrap();
    for (base, path, target) in [
        ("/v2/", "/orders/1", "/v2/orders/1"),
        ("/v2", "orders/1", "/v2/orders/1"),
        ("", "orders/1?a=b", "/orders/1?a=b"),
        ("/", "", "/"),
    ] {
        let call = call(&json!({ "request": { "path": path } }), &[]);
        let base_url = format!("{}{base}", server.base_url);
        fields(client.call(&call, &to(&base_url)).await);
        let last = server.received().pop().unwrap();
        assert_eq!(
            (last.method.as_str(), last.target.as_str()),
            ("GET", target),
            "{base} and {path}"
        );
    }
}

#[tokio::test]
async fn only_changes_carry_the_key_and_every_call_says_what_it_takes() {
    let server = Server::answering([Reply::json(&json!({}))]).await;
    let request = json!({ "method": "POST", "path": "/" });
    let change = call(&json!({ "request": request, "changes_data": true }), &[]);
    fields(made(&change, &server).await);
    fields(made(&call(&json!({ "request": request }), &[]), &server).await);
    let [change, look_up] = server.received().try_into().unwrap();
    assert_eq!(
        change.header("idempotency-key"),
        Some("effect_7_2_0"),
        "the id of the effect"
    );
    assert_eq!(look_up.header("idempotency-key"), None, "a look-up needs none");
    assert_eq!(look_up.header("accept"), Some("application/json"), "JSON is asked for");
    assert_eq!(look_up.header("content-type"), None, "there is no body");
}

#[tokio::test]
async fn an_action_that_is_not_connected_says_so() {
    let client = Client::new().unwrap();
    let without = client
        .call(&call(&json!({}), &[]), &to("https://api.example.com"))
        .await;
    assert_eq!(cause(without), FailureCause::NotConnected, "no request");
    let whole = call(&json!({ "request": { "path": "/" } }), &[]);
    let nowhere = client.call(&whole, &to(" ")).await;
    assert_eq!(cause(nowhere), FailureCause::NotConnected, "no host");
    for base in [
        "api.example.com",
        "ftp://example.com",
        "https://me:pw@example.com",
        "https://example.com/?a=b",
    ] {
        let reason = reason(cause(client.call(&whole, &to(base)).await));
        assert!(reason.starts_with("the base URL "), "{base}: {reason}");
        assert!(!reason.contains("pw"), "what is in it is not repeated: {reason}");
    }
}

static CLIENT: LazyLock<Client> = LazyLock::new(|| Client::new().unwrap());

proptest! {
    #[test]
    fn whatever_a_customer_writes_stays_one_value(value in "\\PC{1,40}|[\\x00-\\x7f]{1,40}") {
        let request = json!({
            "method": "POST", "path": "/a/{v}/z", "query": [{ "name": "q", "value": "{v}" }], "body": { "b": "-{v}-" },
        });
        let call = call(&json!({ "request": request }), &[("v", text(&value))]);
        match CLIENT.preview(&call, &to("https://api.example.com/v2")) {
            Ok(prepared) => {
                let rest = prepared.url.strip_prefix("https://api.example.com/v2/a/").unwrap();
                let (path, query) = rest.split_once("/z?q=").unwrap();
                for part in [path, query] {
                    let part = part.replace('•', "%E2%80%A2");
                    let plain = part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~%".contains(&byte));
                    prop_assert!(plain, "{} has nothing with a meaning of its own", part);
                    let decoded = percent_decode_str(&part).decode_utf8().unwrap();
                    prop_assert_eq!(decoded, value.as_str(), "and is the value");
                }
                let body = json!({ "b": format!("-{value}-") });
                prop_assert_eq!(prepared.body.unwrap(), body.to_string(), "in the body as well");
            }
            Err(cause) => {
                let refused = value.trim().is_empty() || matches!(value.as_str(), "." | "..");
                prop_assert!(refused, "{:?} was refused: {:?}", value, cause);
            }
        }
    }
}
