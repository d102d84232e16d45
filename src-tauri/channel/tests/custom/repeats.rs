//! Events that are sent again, in whatever order and however often.

use futures::future::join_all;
use serde_json::json;

use crate::house::{House, event_of};

#[tokio::test]
async fn an_event_that_is_sent_again_is_answered_as_before_and_does_nothing() {
    let house = House::open().await;
    let first = house.begin("one").await;
    let again = house.begin("one").await;
    assert_eq!((again.status, again.replayed), (200, true));
    assert_eq!(again.body, first.body);
    assert_ne!(again.request, first.request, "each request has an id of its own");
    let said = house.say("e-1", "one", "hello").await;
    let repeated = house.say("e-1", "one", "hello").await;
    assert_eq!((repeated.replayed, &repeated.body), (true, &said.body));
    let other = house.say("e-1", "one", "something else").await;
    assert_eq!(
        (other.status, other.error()),
        (422, ("data_invalid", "event_id")),
        "another body"
    );
    let call = house
        .send(
            "notify_quick_reply_selected",
            "e-1",
            "one",
            json!({"quick_reply_option_id": "a"}),
        )
        .await;
    assert_eq!((call.status, call.error().1), (422, "event_id"), "another call");
    // Written otherwise, it is the same event.
    let spaced = serde_json::to_string_pretty(&event_of("e-1", "one", json!({"body": "hello"}))).unwrap();
    assert!(
        house
            .post("notify_new_message", Some(&house.key), spaced)
            .await
            .replayed
    );
    let log = house.log(first.body["conversation_id"].as_str().unwrap()).await;
    assert_eq!(log.iter().filter(|event| event["kind"] == "customer_said").count(), 1);

    let house = house.again().await;
    let after = house.say("e-1", "one", "hello").await;
    assert_eq!((after.replayed, after.body), (true, said.body), "also after a restart");
    house.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn events_that_come_at_once_are_taken_once_each_and_in_one_order() {
    let house = House::open().await;
    let begun = join_all((0..8).map(|_| house.begin("one"))).await;
    assert!(begun.iter().all(|answer| answer.status == 200), "{begun:?}");
    assert_eq!(
        begun.iter().filter(|answer| !answer.replayed).count(),
        1,
        "one of them began it"
    );
    assert!(begun.iter().all(|answer| answer.body == begun[0].body));
    let names: Vec<_> = (0..30)
        .map(|number| (number % 10, format!("e-{}", number % 10)))
        .collect();
    let sent = names.iter().map(|(number, event)| {
        let text = format!("message {number}");
        let house = &house;
        async move { house.say(event, "one", &text).await }
    });
    let answers = join_all(sent).await;
    assert!(answers.iter().all(|answer| answer.status == 200), "{answers:?}");
    assert_eq!(answers.iter().filter(|answer| !answer.replayed).count(), 10);
    let log = house.log(begun[0].body["conversation_id"].as_str().unwrap()).await;
    let mut said: Vec<_> = log
        .iter()
        .filter(|event| event["kind"] == "customer_said")
        .map(|event| event["text"].as_str().unwrap().to_owned())
        .collect();
    said.sort();
    said.dedup();
    assert_eq!(said.len(), 10, "each of them once");
    assert!(log.iter().zip(1..).all(|(event, seq)| event["seq"] == seq), "one order");
    house.close().await;
}

#[tokio::test]
async fn an_event_that_was_refused_may_be_mended_and_sent_again() {
    let house = House::open().await;
    assert_eq!(house.say("e-1", "one", "hello").await.status, 404, "it has not begun");
    house.begin("one").await;
    assert_eq!(
        house.say("e-1", "one", "hello").await.status,
        200,
        "the same event, sent again"
    );
    house.close().await;
}
