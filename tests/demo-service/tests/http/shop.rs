//! Orders, refunds, cancellations and customers.

use demo_service::Options;
use reqwest::Method;
use serde_json::json;

use crate::client::{TODAY, fresh, started};

#[tokio::test]
async fn an_order_is_told_with_its_money_its_days_and_its_items() {
    let (_service, client) = fresh().await;
    let order = client.get("/orders/4512").await;
    assert_eq!(order.status, 200, "the order exists");
    assert_eq!(
        order.json(),
        json!({
            "number": "4512", "customer_email": "maya.lindqvist@example.com", "status": "delivered",
            "ordered_on": "2026-11-09", "shipped_on": "2026-11-10",
            "total": { "amount": "79.00", "currency": "EUR" }, "refunded": { "amount": "0.00", "currency": "EUR" },
            "refund_status": "none",
            "items": [
                { "sku": "LAMP-02", "name": "Reading lamp", "price": { "amount": "49.00", "currency": "EUR" }, "quantity": 1 },
                { "sku": "BULB-11", "name": "Warm light bulb", "price": { "amount": "15.00", "currency": "EUR" }, "quantity": 2 },
            ],
        }),
        "everything a task may ask for"
    );
    for (number, status, refund_status) in [
        ("4801", "delivered", "full"),
        ("4802", "delivered", "partial"),
        ("4900", "processing", "none"),
        ("4960", "cancelled", "none"),
    ] {
        let order = client.get(&format!("/orders/{number}")).await.json();
        assert_eq!(
            (order["status"].as_str(), order["refund_status"].as_str()),
            (Some(status), Some(refund_status)),
            "{number}"
        );
    }
    let missing = client.get("/orders/9999").await;
    assert_eq!(
        (missing.status, missing.code().as_str()),
        (404, "order_not_found"),
        "an unknown order is told as such"
    );
}

#[tokio::test]
async fn a_refund_never_goes_beyond_what_is_left_of_the_total() {
    let (service, client) = fresh().await;
    let part = client
        .post(
            "/orders/4512/refunds",
            json!({ "kind": "partial", "amount": "20.00", "currency": "EUR", "reason": "late" }),
        )
        .await;
    assert_eq!(part.status, 201, "a part of the total");
    assert_eq!(
        part.json(),
        json!({ "refund_id": "R-5001", "amount": { "amount": "20.00", "currency": "EUR" }, "status": "issued", "days": 5 }),
        "the receipt"
    );
    let too_much = client
        .post(
            "/orders/4512/refunds",
            json!({ "kind": "partial", "amount": "59.01 EUR" }),
        )
        .await;
    assert_eq!(
        (too_much.status, too_much.code().as_str()),
        (409, "over_refund"),
        "one cent too much"
    );
    let rest = client
        .post("/orders/4512/refunds", json!({ "kind": "full", "amount": null }))
        .await;
    assert_eq!(rest.json()["amount"]["amount"], "59.00", "a full refund is the rest");
    let again = client.post("/orders/4512/refunds", json!({ "kind": "full" })).await;
    assert_eq!(again.status, 409, "nothing is left");
    assert_eq!(
        client.get("/orders/4512").await.json()["refund_status"],
        "full",
        "the order shows it"
    );
    assert_eq!(
        service.ledger().count(Some("refund_issued")).unwrap(),
        2,
        "two refunds were really made"
    );
    service.stop().await;
}

#[tokio::test]
async fn a_refund_that_does_not_fit_is_refused_with_the_reason() {
    let (service, client) = fresh().await;
    for (number, body, status, code) in [
        ("4512", json!({ "kind": "partial" }), 422, "amount_missing"),
        (
            "4512",
            json!({ "kind": "partial", "amount": "0" }),
            422,
            "invalid_amount",
        ),
        (
            "4512",
            json!({ "kind": "partial", "amount": "lots" }),
            422,
            "invalid_amount",
        ),
        ("4512", json!({ "kind": "all" }), 422, "invalid_body"),
        ("4512", json!({ "kind": "full", "colour": "red" }), 422, "invalid_body"),
        (
            "4512",
            json!({ "kind": "full", "amount": "20.00" }),
            422,
            "not_the_full_amount",
        ),
        (
            "4950",
            json!({ "kind": "partial", "amount": "20.00", "currency": "EUR" }),
            422,
            "currency_mismatch",
        ),
        ("4960", json!({ "kind": "full" }), 409, "order_cancelled"),
        ("4801", json!({ "kind": "full" }), 409, "over_refund"),
        ("9999", json!({ "kind": "full" }), 404, "order_not_found"),
    ] {
        let answer = client.post(&format!("/orders/{number}/refunds"), body.clone()).await;
        assert_eq!(
            (answer.status, answer.code().as_str()),
            (status, code),
            "{number} {body}"
        );
    }
    let broken = client
        .send(client.request(Method::POST, "/orders/4512/refunds").body("{\"kind\":"))
        .await;
    assert_eq!(
        (broken.status, broken.code().as_str()),
        (400, "bad_request"),
        "half a body"
    );
    assert_eq!(service.ledger().count(None).unwrap(), 0, "nothing was changed");
}

#[tokio::test]
async fn only_an_order_that_is_processing_can_be_cancelled() {
    let (service, client) = fresh().await;
    let cancelled = client.post("/orders/4900/cancel", json!({})).await;
    assert_eq!(cancelled.json()["status"], "cancelled", "it was processing");
    assert!(
        cancelled.json()["cancellation_id"]
            .as_str()
            .is_some_and(|id| id.starts_with("X-")),
        "it has a reference"
    );
    for number in ["4900", "4512", "4950"] {
        let refused = client.post(&format!("/orders/{number}/cancel"), json!({})).await;
        assert_eq!(
            (refused.status, refused.code().as_str()),
            (409, "not_processing"),
            "{number}"
        );
    }
    assert_eq!(
        service.ledger().count(Some("order_cancelled")).unwrap(),
        1,
        "one order was cancelled"
    );
}

#[tokio::test]
async fn a_customer_is_told_and_changed() {
    let (service, client) = fresh().await;
    let path = "/customers/maya.lindqvist%40example.com";
    assert_eq!(client.get(path).await.json()["name"], "Maya Lindqvist", "as seeded");
    let patch = |body: serde_json::Value| client.send(client.request(Method::PATCH, path).body(body.to_string()));
    let changed = patch(json!({ "name": "Maya Berg", "address": null })).await;
    assert_eq!(
        (changed.status, changed.json()["name"].as_str()),
        (200, Some("Maya Berg")),
        "the new name"
    );
    assert_eq!(
        changed.json()["address"],
        "12 Harbour Street, Cork T12 X2P7, Ireland",
        "what is not sent stays"
    );
    assert_eq!(patch(json!({})).await.code(), "nothing_to_change", "an empty change");
    assert_eq!(patch(json!({ "name": " " })).await.code(), "blank", "a blank name");
    assert_eq!(
        client.get("/customers/nobody@example.com").await.status,
        404,
        "an unknown customer"
    );
    assert_eq!(
        client.get("/customers/MAYA.LINDQVIST@example.com").await.status,
        200,
        "case does not matter"
    );
    assert_eq!(service.ledger().count(None).unwrap(), 1, "one change was made");
}

#[tokio::test]
async fn a_wrong_path_or_method_is_answered_in_json_too() {
    let (_service, client) = fresh().await;
    let nowhere = client.get("/nowhere").await;
    assert_eq!(
        (nowhere.status, nowhere.code().as_str()),
        (404, "no_such_path"),
        "an unknown path"
    );
    let wrong = client.post("/orders/4512", json!({})).await;
    assert_eq!(
        (wrong.status, wrong.code().as_str()),
        (405, "wrong_method"),
        "a method it does not take"
    );
}

#[tokio::test]
async fn a_service_that_trusts_its_callers_pays_what_it_is_told() {
    let (service, client) = started(Options {
        today: Some(TODAY.into()),
        trusting: true,
        ..Options::default()
    })
    .await;
    for (number, body, amount) in [
        ("4512", json!({ "kind": "partial", "amount": "500.00 EUR" }), "500.00"),
        ("4512", json!({ "kind": "partial", "amount": "500.00 EUR" }), "500.00"),
        ("4801", json!({ "kind": "full" }), "45.50"),
        ("4950", json!({ "kind": "full" }), "99.00"),
    ] {
        let paid = client.post(&format!("/orders/{number}/refunds"), body).await;
        assert_eq!(paid.status, 201, "{number} is paid");
        assert_eq!(paid.json()["amount"]["amount"], amount, "{number}: as it was told");
    }
    let nothing = client
        .post("/orders/4512/refunds", json!({ "kind": "partial", "amount": "0" }))
        .await;
    assert_eq!(nothing.code(), "invalid_amount", "what is no amount cannot be paid");
    assert_eq!(
        service.ledger().count(Some("refund_issued")).unwrap(),
        4,
        "every payment is in the ledger"
    );
    service.stop().await;
}
