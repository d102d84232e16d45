//! Waiting, trying again, and giving up.

use std::time::{Duration, Instant};

use serde_json::json;
use taskwright_connect::Client;
use taskwright_domain::FailureCause;
use taskwright_engine::ActionCall;

use crate::calls::{call, failed, fields, look_up, made, to};
use crate::server::{Reply, Server};

fn within(ms: u64, more: &serde_json::Value) -> ActionCall {
    let mut action = more.clone();
    action["request"] = json!({ "path": "/", "timeout_ms": ms });
    call(&action, &[])
}

#[tokio::test]
async fn a_call_is_given_up_when_its_time_is_over() {
    let server = Server::answering([Reply::Never]).await;
    let began = Instant::now();
    let result = failed(made(&within(100, &json!({})), &server).await);
    assert_eq!(result, (FailureCause::Timeout, 1), "it says so");
    assert!(
        began.elapsed() < Duration::from_secs(10),
        "long before the default of 15 seconds"
    );
}

#[tokio::test]
async fn attempts_together_take_no_longer_than_the_time_there_is() {
    let server = Server::answering([Reply::status(503), Reply::Never]).await;
    let began = Instant::now();
    let result = failed(made(&within(2_000, &json!({})), &server).await);
    assert_eq!(result, (FailureCause::Timeout, 2), "the second one hung");
    assert!(began.elapsed() < Duration::from_secs(10), "the time is for both");
    let server = Server::answering([Reply::header(503, "retry-after", "2")]).await;
    assert_eq!(
        failed(made(&within(1_500, &json!({})), &server).await),
        (FailureCause::Status { status: 503 }, 1),
        "no other attempt where there is no time for one"
    );
}

#[tokio::test]
async fn a_look_up_that_may_pass_is_tried_three_times() {
    let server = Server::answering([Reply::status(503), Reply::status(500), Reply::json(&json!({}))]).await;
    fields(made(&look_up(&json!([])), &server).await);
    assert_eq!(server.received().len(), 3, "the third attempt worked");
    let server = Server::answering([Reply::status(502)]).await;
    let result = failed(made(&look_up(&json!([])), &server).await);
    assert_eq!(result, (FailureCause::Status { status: 502 }, 3), "then it is given up");
    let nobody = to("http://127.0.0.1:1");
    let result = Client::new().unwrap().call(&look_up(&json!([])), &nobody).await;
    assert_eq!(
        failed(result),
        (FailureCause::Unreachable, 3),
        "a connection may come back as well"
    );
}

#[tokio::test]
async fn what_an_earlier_attempt_left_open_stays_open() {
    let replies = || [Reply::status(504), Reply::status(503), Reply::status(503)];
    let change = within(5_000, &json!({ "changes_data": true, "receiver_honours_key": true }));
    let result = failed(made(&change, &Server::answering(replies()).await).await);
    assert_eq!(
        result,
        (FailureCause::Status { status: 504 }, 3),
        "the first attempt may have made the change, whatever the last one says"
    );
    let look_up = within(5_000, &json!({}));
    let result = failed(made(&look_up, &Server::answering(replies()).await).await);
    assert_eq!(
        result,
        (FailureCause::Status { status: 503 }, 3),
        "a look-up leaves nothing open"
    );
}

#[tokio::test]
async fn a_change_is_tried_again_only_where_its_receiver_honours_the_key() {
    let server = Server::answering([Reply::status(503)]).await;
    let change = within(5_000, &json!({ "changes_data": true }));
    let result = failed(made(&change, &server).await);
    assert_eq!(result, (FailureCause::Status { status: 503 }, 1), "once");
    let server = Server::answering([Reply::status(503), Reply::json(&json!({}))]).await;
    let change = within(5_000, &json!({ "changes_data": true, "receiver_honours_key": true }));
    fields(made(&change, &server).await);
    let received = server.received();
    let keys = received.iter().map(|received| received.header("idempotency-key"));
    assert_eq!(
        keys.collect::<Vec<_>>(),
        vec![Some("effect_7_2_0"); 2],
        "the same key both times"
    );
}

#[tokio::test]
async fn the_receiver_says_when_to_try_again() {
    let later = |after: &str| Reply::header(429, "retry-after", after);
    let server = Server::answering([later("1"), Reply::json(&json!({}))]).await;
    let began = Instant::now();
    fields(made(&look_up(&json!([])), &server).await);
    assert!(began.elapsed() >= Duration::from_secs(1), "not before it said");
    for after in ["3600", "Sat, 21 Nov 2026 11:00:00 GMT"] {
        let server = Server::answering([later(after)]).await;
        let result = failed(made(&look_up(&json!([])), &server).await);
        assert_eq!(
            result,
            (FailureCause::Status { status: 429 }, 1),
            "{after} is too long to wait for"
        );
    }
}

#[tokio::test]
async fn dropping_a_call_ends_it() {
    let mut server = Server::answering([Reply::Never]).await;
    let call = look_up(&json!([]));
    let connection = to(&server.base_url);
    let client = Client::new().unwrap();
    let under_way = tokio::spawn(async move { client.call(&call, &connection).await });
    server.arrived.recv().await.unwrap();
    under_way.abort();
    let ended = tokio::time::timeout(Duration::from_secs(10), server.dropped.recv()).await;
    assert!(ended.is_ok_and(|told| told.is_some()), "the server sees its caller go");
}
