//! Failing on demand.

use std::time::{Duration, Instant};

use reqwest::Method;
use serde_json::json;

use crate::client::{Answer, Client, fresh};

async fn failing(client: &Client, fault: &str) -> Answer {
    let request = client
        .request(Method::POST, "/orders/4512/refunds")
        .header("X-Demo-Fault", fault);
    client
        .send(request.body(json!({ "kind": "partial", "amount": "1.00" }).to_string()))
        .await
}

#[tokio::test]
async fn each_fault_looks_as_its_name_says_and_changes_what_it_says() {
    let (service, client) = fresh().await;
    let mut made = 0;
    for (fault, status, changes) in [
        ("500", 500, 0),
        ("429", 429, 0),
        ("401", 401, 0),
        ("404", 404, 0),
        ("409", 409, 0),
        ("500_after", 500, 1),
        ("bad_json", 201, 1),
        ("wrong_shape", 201, 1),
        ("slow:30", 201, 1),
    ] {
        let answer = failing(&client, fault).await;
        made += changes;
        assert_eq!(answer.status, status, "{fault}");
        assert_eq!(
            service.ledger().count(None).unwrap(),
            made,
            "{fault}: what was really changed"
        );
        let readable = serde_json::from_str::<serde_json::Value>(&answer.text).is_ok();
        assert_eq!(readable, fault != "bad_json", "{fault}: {}", answer.text);
    }
    assert_eq!(
        failing(&client, "flood").await.code(),
        "unknown_fault",
        "a fault that does not exist"
    );
}

#[tokio::test]
async fn a_timeout_gives_no_answer_and_does_not_keep_the_service_from_stopping() {
    let (service, client) = fresh().await;
    for (fault, made) in [("timeout", 0), ("timeout_after", 1)] {
        let request = client
            .request(Method::POST, "/orders/4512/refunds")
            .header("X-Demo-Fault", fault);
        let request = request
            .timeout(Duration::from_millis(300))
            .body(json!({ "kind": "partial", "amount": "1.00" }).to_string());
        assert!(
            request.send().await.is_err_and(|error| error.is_timeout()),
            "{fault}: nothing comes back"
        );
        assert_eq!(
            service.ledger().count(None).unwrap(),
            made,
            "{fault}: what was really changed"
        );
    }
    let held = tokio::spawn(
        client
            .request(Method::GET, "/status")
            .header("X-Demo-Fault", "timeout")
            .send(),
    );
    let asked = || {
        let requests = service.ledger().requests().unwrap();
        requests.iter().any(|request| request.path == "/status")
    };
    while !asked() {
        tokio::task::yield_now().await;
    }
    let begun = Instant::now();
    service.stop().await;
    assert!(begun.elapsed() < Duration::from_secs(3), "a held request is let go");
    held.abort();
}

#[tokio::test]
async fn a_planned_fault_meets_the_next_requests_below_its_path_only() {
    let (service, client) = fresh().await;
    let planned = client
        .request(Method::POST, "/faults")
        .header("Content-Type", "application/json");
    let planned = client
        .send(planned.body(json!({ "path_prefix": "/orders", "fault": "500", "times": 2 }).to_string()))
        .await;
    assert_eq!(planned.status, 201, "it waits");
    assert_eq!(client.get("/status").await.status, 200, "another path is spared");
    let mut statuses = Vec::new();
    for _ in 0..3 {
        statuses.push(client.get("/orders/4512").await.status);
    }
    assert_eq!(statuses, [500, 500, 200], "twice, then no more");
    let faults: Vec<_> = service
        .ledger()
        .requests()
        .unwrap()
        .into_iter()
        .filter_map(|request| request.fault)
        .collect();
    assert_eq!(faults.len(), 2, "the request log says which requests met it");
}
