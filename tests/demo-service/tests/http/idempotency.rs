//! Keys: the same change is made once.

use reqwest::Method;
use serde_json::json;

use crate::client::fresh;

#[tokio::test]
async fn the_same_key_with_the_same_body_repeats_the_answer_and_changes_nothing() {
    let (service, client) = fresh().await;
    let body = json!({ "kind": "partial", "amount": "10.00", "currency": "EUR" });
    let first = client
        .with_key(Method::POST, "/orders/4512/refunds", "effect_1", body.clone())
        .await;
    let second = client
        .with_key(Method::POST, "/orders/4512/refunds", "effect_1", body)
        .await;
    assert_eq!((first.status, first.replayed), (201, false), "the change");
    assert_eq!(
        (second.status, second.replayed, &second.text),
        (201, true, &first.text),
        "its answer again, to the letter"
    );
    let entries = service.ledger().entries().unwrap();
    assert_eq!(entries.len(), 1, "one change was made");
    assert_eq!(
        (
            entries[0].kind.as_str(),
            entries[0].subject.as_str(),
            entries[0].key.as_deref()
        ),
        ("refund_issued", "4512", Some("effect_1")),
        "as the ledger has it"
    );
    let requests = service.ledger().requests().unwrap();
    assert_eq!(
        requests
            .iter()
            .filter(|request| request.key.as_deref() == Some("effect_1"))
            .count(),
        2,
        "two requests arrived"
    );
}

#[tokio::test]
async fn the_same_key_with_another_body_is_refused() {
    let (service, client) = fresh().await;
    client
        .with_key(Method::POST, "/orders/4512/refunds", "k", json!({ "kind": "full" }))
        .await;
    for (path, body) in [
        ("/orders/4512/refunds", json!({ "kind": "full", "reason": "late" })),
        ("/orders/4980/refunds", json!({ "kind": "full" })),
    ] {
        let other = client.with_key(Method::POST, path, "k", body).await;
        assert_eq!(
            (other.status, other.code().as_str()),
            (422, "idempotency_key_reused"),
            "{path}"
        );
    }
    assert_eq!(
        service.ledger().count(None).unwrap(),
        1,
        "only the first change was made"
    );
}

#[tokio::test]
async fn a_refusal_stays_the_same_for_the_same_key() {
    let (_service, client) = fresh().await;
    let cancel = || client.with_key(Method::POST, "/orders/4512/cancel", "k", json!({}));
    assert_eq!(cancel().await.status, 409, "it was delivered");
    let again = cancel().await;
    assert_eq!((again.status, again.replayed), (409, true), "and stays so");
}

#[tokio::test]
async fn twenty_requests_at_once_with_one_key_make_one_change() {
    let (service, client) = fresh().await;
    let requests = (0..20).map(|_| {
        let request = client
            .request(Method::POST, "/orders/4980/refunds")
            .header("Idempotency-Key", "k");
        tokio::spawn(request.body(json!({ "kind": "full" }).to_string()).send())
    });
    for request in requests.collect::<Vec<_>>() {
        assert_eq!(
            request.await.unwrap().unwrap().status().as_u16(),
            201,
            "each gets the answer"
        );
    }
    assert_eq!(service.ledger().count(None).unwrap(), 1, "one change was made");
    assert_eq!(service.ledger().requests().unwrap().len(), 20, "all arrived");
}
