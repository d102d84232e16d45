//! What stays after the service is gone, and starting it.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use demo_service::{DemoService, Ledger, Options, StartError};
use reqwest::Method;
use serde_json::json;

use crate::client::{Client, TODAY, started};

#[tokio::test]
async fn changes_and_keys_outlive_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let options = || Options {
        database: Some(folder.path().join("shop.db")),
        today: Some(TODAY.into()),
        ..Options::default()
    };
    let (service, client) = started(options()).await;
    let body = json!({ "kind": "full" });
    client
        .with_key(Method::POST, "/orders/4512/refunds", "k", body.clone())
        .await;
    service.stop().await;

    let (service, client) = started(options()).await;
    assert_eq!(
        client.get("/orders/4512").await.json()["refund_status"],
        "full",
        "the change is kept, the seed is not put over it"
    );
    assert!(
        client
            .with_key(Method::POST, "/orders/4512/refunds", "k", body)
            .await
            .replayed,
        "the key is known"
    );
    assert_eq!(service.ledger().count(None).unwrap(), 1, "one change was made");
}

#[tokio::test]
async fn a_killed_program_keeps_what_it_answered() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("shop.db");
    let mut program = Command::new(env!("CARGO_BIN_EXE_demo-service"))
        .args(["--port", "0", "--today", TODAY, "--database"])
        .arg(&file)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut address = String::new();
    BufReader::new(program.stdout.take().unwrap())
        .read_line(&mut address)
        .unwrap();
    let client = Client::of(address.trim().to_owned());
    let cancelled = client.post("/orders/4900/cancel", json!({})).await;
    assert_eq!(
        (cancelled.status, client.count("order_cancelled").await),
        (200, 1),
        "it was answered"
    );
    program.kill().unwrap();
    program.wait().unwrap();
    assert_eq!(
        Ledger::open(&file).unwrap().count(Some("order_cancelled")).unwrap(),
        1,
        "it is kept"
    );
}

#[tokio::test]
async fn a_start_that_cannot_work_says_why() {
    for today in ["tomorrow", "2026-02-31", "now"] {
        let options = Options {
            today: Some(today.into()),
            ..Options::default()
        };
        assert!(
            matches!(DemoService::start(options).await.err(), Some(StartError::BadToday(_))),
            "{today} is no day"
        );
    }
    let (service, _) = started(Options::default()).await;
    let taken = Options {
        addr: service.addr,
        ..Options::default()
    };
    assert!(
        matches!(DemoService::start(taken).await.err(), Some(StartError::Listen { .. })),
        "the port is taken"
    );
}
