//! Identity checks, sessions, tickets and the status.

use reqwest::Method;
use serde_json::json;

use crate::client::fresh;

#[tokio::test]
async fn an_identity_check_tells_what_to_post_back() {
    let (service, client) = fresh().await;
    let body = json!({ "email": "maya.lindqvist@example.com", "callback_url": "http://127.0.0.1:1/hook", "conversation_id": "conversation_7" });
    let begun = client.post("/identity_checks", body).await;
    assert_eq!(
        begun.json(),
        json!({ "id": "V-3001", "status": "pending", "link": "https://verify.example.com/V-3001" }),
        "the person gets a link"
    );
    let complete = || {
        client.post(
            "/identity_checks/V-3001/complete",
            json!({ "status": "passed", "name": "Maya Lindqvist" }),
        )
    };
    assert_eq!(
        complete().await.json(),
        json!({
            "callback_url": "http://127.0.0.1:1/hook",
            "body": { "conversationId": "conversation_7", "data": { "check_id": "V-3001", "status": "passed", "name": "Maya Lindqvist" } },
        }),
        "the webhook to send"
    );
    assert_eq!(
        complete().await.code(),
        "already_completed",
        "a check is completed once"
    );
    assert_eq!(
        client
            .post(
                "/identity_checks/V-1/complete",
                json!({ "status": "failed", "name": "x" })
            )
            .await
            .status,
        404,
        "no such check"
    );
    assert_eq!(
        client
            .post("/identity_checks", json!({ "email": "nobody@example.com" }))
            .await
            .code(),
        "customer_not_found",
        "a stranger"
    );
    assert_eq!(service.ledger().count(None).unwrap(), 2, "begun and completed");
}

#[tokio::test]
async fn an_identity_check_may_come_to_no_end() {
    let (_service, client) = fresh().await;
    client
        .post("/identity_checks", json!({ "email": "maya.lindqvist@example.com" }))
        .await;
    let ended = client
        .post(
            "/identity_checks/V-3001/complete",
            json!({ "status": "inconclusive", "name": "Maya Lindqvist" }),
        )
        .await;
    assert_eq!(
        ended.json()["body"]["data"]["status"],
        "inconclusive",
        "nobody can tell"
    );
}

#[tokio::test]
async fn a_session_is_told_with_the_last_error_if_there_was_one() {
    let (_service, client) = fresh().await;
    let session = client.get("/sessions/s-20418").await.json();
    assert_eq!(
        (session["device"].as_str(), session["last_error_code"].as_str()),
        (Some("iPhone 15"), Some("E-104")),
        "it failed"
    );
    assert!(
        client.get("/sessions/S-20677").await.json()["last_error_code"].is_null(),
        "it ran well"
    );
    assert_eq!(
        client.get("/sessions/S-1").await.code(),
        "session_not_found",
        "an unknown session"
    );
}

#[tokio::test]
async fn a_ticket_gets_the_next_number_and_is_listed_for_its_customer() {
    let (_service, client) = fresh().await;
    let body = json!({
        "email": "maya.lindqvist@example.com", "subject": "Sync fails", "description": "Since the update", "severity": "urgent",
        "session_id": "S-20418", "device": "iPhone 15", "error_code": null,
    });
    let created = client.post("/tickets", body).await;
    assert_eq!(
        (created.status, created.json()),
        (201, json!({ "number": "T-1001", "status": "open" })),
        "the first new ticket"
    );
    let tickets = client.get("/tickets?email=maya.lindqvist@example.com").await.json();
    assert_eq!(tickets["tickets"][0]["severity"], "urgent", "it is listed");
    assert_eq!(
        client.get("/tickets?email=grace.okafor@example.com").await.json(),
        json!({ "tickets": [] }),
        "nobody else's"
    );
    assert_eq!(client.get("/tickets").await.status, 400, "whose tickets?");
    let wrong = json!({ "email": "m", "subject": "a", "description": "b", "severity": "normal" });
    assert_eq!(
        client.post("/tickets", wrong).await.code(),
        "invalid_email",
        "no e-mail address"
    );
}

#[tokio::test]
async fn an_outage_can_be_set_and_is_told() {
    let (_service, client) = fresh().await;
    assert_eq!(client.get("/status").await.json()["status"], "ok", "at first");
    let outage = json!({ "status": "outage", "message": "Sync is down." });
    client
        .send(client.request(Method::PUT, "/status").body(outage.to_string()))
        .await;
    assert_eq!(client.get("/status").await.json(), outage, "from then on");
}
