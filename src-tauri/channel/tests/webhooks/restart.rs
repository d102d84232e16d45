//! The program ends and starts again: waits, addresses, answers and early calls are there.

use serde_json::json;

use crate::house::{House, payment};

#[tokio::test]
async fn a_restart_loses_no_wait_no_answer_and_no_early_call() {
    let folder = tempfile::tempdir().unwrap();
    let house = House::open(folder.path()).await;
    let task = house.task().await;
    let (waiting, answered, early) = (
        house.waiting(&task).await,
        house.waiting(&task).await,
        house.begun(&task).await,
    );
    let run = house.run_url(&waiting).await;
    let first = house.pay(&answered, Some("k")).await;
    assert_eq!(house.pay(&early, None).await.body["status"], "kept");
    house.close().await;

    let house = House::open(folder.path()).await;
    // The port is another one, as it was drawn at random; what follows it stays.
    let run = format!("{}/webhooks/{}", house.base, run.rsplit_once('/').unwrap().1);
    assert_eq!(
        house.post(&run, None, &payment()).await.status,
        200,
        "the address of the run is known"
    );
    house.hears(&waiting, "Paid 79.5").await;
    let again = house.pay(&answered, Some("k")).await;
    assert!(again.replayed, "the answer is remembered");
    assert_eq!(again.body, first.body);
    house.call("say", json!({"conversation": early, "text": "Ada"})).await;
    house.hears(&early, "Paid 79.5").await;
    house.close().await;
}

#[tokio::test]
async fn a_wait_brings_the_server_up_at_the_start() {
    let folder = tempfile::tempdir().unwrap();
    let house = House::open(folder.path()).await;
    house.waiting(&house.task().await).await;
    house.close().await;
    let options = taskwright_commands::Options {
        data_dir: folder.path().to_owned(),
        program: "a test".to_owned(),
        max_pages: None,
    };
    let app = taskwright_commands::App::open(options).await.unwrap();
    let wanted = app.webhooks().wanted().borrow().clone();
    assert_eq!(
        wanted.map(|wanted| wanted.why).as_deref(),
        Some("A conversation waits for a call.")
    );
    app.close().await.unwrap();
}
