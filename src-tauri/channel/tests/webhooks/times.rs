//! Calls that come early, late, or when everything is over; and time that is moved.

use serde_json::json;

use crate::house::{House, PAYMENT};

#[tokio::test]
async fn a_call_that_comes_early_is_kept_and_used() {
    let folder = tempfile::tempdir().unwrap();
    let house = House::open(folder.path()).await;
    let conversation = house.begun(&house.task().await).await;
    let answer = house.pay(&conversation, None).await;
    assert_eq!(
        (answer.status, answer.body["status"].as_str()),
        (200, Some("kept")),
        "{}",
        answer.body
    );
    assert_eq!(house.pay(&conversation, None).await.status, 409, "and is the one call");
    house
        .call("say", json!({"conversation": conversation, "text": "Ada"}))
        .await;
    house.hears(&conversation, "Paid 79.5").await;
    assert_eq!(house.events(&conversation, "webhook_received").await.len(), 1);
    house.close().await;
}

#[tokio::test]
async fn a_call_that_comes_late_is_told_so_and_the_other_way_was_taken() {
    let folder = tempfile::tempdir().unwrap();
    let house = House::open(folder.path()).await;
    let conversation = house.waiting(&house.task().await).await;
    let until = json!({"conversation": conversation, "to": {"type": "wait_end"}});
    let clock = house.call("move_time", until).await;
    house.hears(&conversation, "The payment did not come.").await;
    let expired = &house.events(&conversation, "wait_expired").await[0];
    let ahead = clock["ahead"].as_i64().unwrap();
    assert!((ahead - 30 * 60_000).abs() < 60_000, "by half an hour: {ahead}");
    assert!(expired["at"].as_i64().unwrap() <= clock["now"].as_i64().unwrap());
    let late = house.pay(&conversation, None).await;
    assert_eq!((late.status, late.code()), (404, "expired"));
    let logged = &house.events(&conversation, "webhook_rejected").await[0]["difference"][0]["found"];
    assert_eq!(logged, "one that came too late", "the log tells of it");
    house.close().await;
}

#[tokio::test]
async fn what_is_over_waits_for_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let house = House::open(folder.path()).await;
    let task = house.task().await;
    let stopped = house.waiting(&task).await;
    let run = house.run_url(&stopped).await;
    house.call("stop_preview", json!({"conversation": stopped})).await;
    assert_eq!(house.pay(&stopped, None).await.status, 404);
    assert_eq!(
        house.post(&run, None, &json!({})).await.status,
        404,
        "at the address of its run as well"
    );

    let done = house.waiting(&task).await;
    assert_eq!(house.pay(&done, None).await.status, 200);
    house.hears(&done, "Paid").await;
    house.call("stop_preview", json!({"conversation": done})).await;
    assert_eq!(
        house.pay(&done, None).await.status,
        409,
        "the wait has had its call, whatever came after"
    );
    house.close().await;
}

#[tokio::test]
async fn timers_that_fall_due_ring_in_order_and_dates_follow() {
    let folder = tempfile::tempdir().unwrap();
    let house = House::open(folder.path()).await;
    let wait = |key: &str, minutes: u32| {
        json!({
            "id": format!("block_{key}"), "type": "wait_for_webhook", "key": key, "name": key,
            "example": {"a": 1}, "fields": [{"key": "a", "kind": {"type": "integer"}}],
            "limit": {"count": minutes, "unit": "minutes"},
            "what_then": [{"id": format!("block_after_{key}"), "type": "message", "text": format!("No {key}. Today is {{today}}.")}],
        })
    };
    let blocks = json!([
        { "id": "block_hello", "type": "collect_attribute", "attributes": ["nickname"] },
        wait("one", 20), wait("two", 2880), wait("three", 90),
    ]);
    let task = house.task_of(blocks).await;
    let conversation = house.begun(&task).await;
    house
        .call("say", json!({"conversation": conversation, "text": "Ada"}))
        .await;
    house.later(&conversation, "3 days later").await;
    let said: Vec<_> = house
        .said(&conversation)
        .await
        .into_iter()
        .filter(|text| text.starts_with("No "))
        .collect();
    let [one, two, three] = &said[..] else {
        unreachable!("{said:?}")
    };
    assert!(one.starts_with("No one") && two.starts_with("No two") && three.starts_with("No three"));
    let day = |text: &str| text.split_once("Today is ").unwrap().1.to_owned();
    assert_ne!(day(one), day(two), "the customer's day follows the clock");
    let log = house.log(&conversation).await;
    let instants: Vec<_> = log.iter().map(|event| event["at"].as_i64().unwrap()).collect();
    assert!(instants.is_sorted(), "time only goes on: {instants:?}");
    let moved: i64 = log
        .iter()
        .filter_map(|event| event["by"].as_i64().filter(|_| event["kind"] == "time_moved"))
        .sum();
    let clock = house.call("read_clock", json!({"conversation": conversation})).await;
    assert_eq!(clock["ahead"].as_i64(), Some(moved));
    let refused = json!({"conversation": conversation, "to": {"type": "words", "text": "soon"}});
    let error = house.app.call("test", "move_time", refused).await.unwrap_err();
    assert_eq!(error.field.as_deref(), Some("/to/text"));
    house.close().await;
}

#[tokio::test]
async fn a_moved_clock_is_where_it_was_after_a_restart_and_a_wait_still_ends() {
    let folder = tempfile::tempdir().unwrap();
    let house = House::open(folder.path()).await;
    let conversation = house.waiting(&house.task().await).await;
    house.later(&conversation, "20 minutes later").await;
    let before = house.call("read_clock", json!({"conversation": conversation})).await;
    house.close().await;
    let house = House::open(folder.path()).await;
    let after = house.call("read_clock", json!({"conversation": conversation})).await;
    assert_eq!(after["ahead"], before["ahead"]);
    assert_eq!(
        after["wait_ends"], before["wait_ends"],
        "the wait ends when it would have"
    );
    let left = after["wait_ends"].as_i64().unwrap() - after["now"].as_i64().unwrap();
    assert!(left <= 10 * 60_000, "{left}");
    house.later(&conversation, "10 minutes later").await;
    house.hears(&conversation, "The payment did not come.").await;
    house.close().await;
}

#[tokio::test]
async fn the_preview_tries_a_wait_out_on_the_way_that_a_real_call_takes() {
    let folder = tempfile::tempdir().unwrap();
    let house = House::open(folder.path()).await;
    let task = house.task().await;
    let send = async |conversation: &str, how: &str| {
        let args = json!({"conversation": conversation, "block": PAYMENT, "body": crate::house::payment(), "how": how});
        let answers = house.call("send_webhook", args).await;
        let answers = answers.as_array().unwrap().iter();
        answers
            .map(|answer| {
                (
                    answer["status"].as_u64().unwrap(),
                    answer["replayed"].as_bool().unwrap(),
                )
            })
            .collect::<Vec<_>>()
    };
    let conversation = house.waiting(&task).await;
    assert_eq!(send(&conversation, "wrong_shape").await, [(422, false)]);
    assert_eq!(
        house.events(&conversation, "webhook_rejected").await[0]["difference"]
            .as_array()
            .unwrap()
            .len(),
        2
    );
    assert_eq!(send(&conversation, "twice").await, [(200, false), (200, true)]);
    house.hears(&conversation, "Paid 79.5").await;
    let conversation = house.waiting(&task).await;
    assert_eq!(send(&conversation, "late").await, [(404, false)]);
    house.hears(&conversation, "The payment did not come.").await;
    house.close().await;
}

#[tokio::test]
async fn a_call_reaches_the_task_below_the_one_that_runs() {
    let folder = tempfile::tempdir().unwrap();
    let house = House::open(folder.path()).await;
    let conversation = house.waiting(&house.task().await).await;
    let other = json!([
        { "id": "block_other", "type": "collect_attribute", "attributes": ["nickname"] },
        { "id": "block_bye", "type": "message", "text": "That was it, {nickname}." },
    ]);
    let other = house.task_of(other).await;
    house
        .call(
            "start_task_anyway",
            json!({"conversation": conversation, "task": other}),
        )
        .await;
    let answer = house.pay(&conversation, None).await;
    assert_eq!(
        (answer.status, answer.body["status"].as_str()),
        (200, Some("received")),
        "{}",
        answer.body
    );
    let paid = |said: &[String]| said.iter().any(|text| text.starts_with("Paid"));
    assert!(
        !paid(&house.said(&conversation).await),
        "the one on top goes on undisturbed"
    );
    house
        .call("say", json!({"conversation": conversation, "text": "Bo"}))
        .await;
    house.hears(&conversation, "That was it, Bo.").await;
    house.hears(&conversation, "Paid 79.5").await;
    house.close().await;
}
