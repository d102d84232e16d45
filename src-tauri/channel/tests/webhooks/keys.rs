//! The same call made again is answered the same and does nothing; a key lives for a day.

use serde_json::json;

use crate::house::{House, PAYMENT};

#[tokio::test]
async fn a_key_repeats_the_answer_for_a_day_of_the_conversations_clock() {
    let folder = tempfile::tempdir().unwrap();
    let house = House::open(folder.path()).await;
    let conversation = house.waiting(&house.task().await).await;
    let first = house.pay(&conversation, Some("k-1")).await;
    assert_eq!((first.status, first.replayed), (200, false));
    house.hears(&conversation, "Paid").await;
    let again = house.pay(&conversation, Some("k-1")).await;
    assert_eq!((again.status, again.replayed), (200, true));
    assert_eq!(again.body, first.body, "the answer it had");
    assert_ne!(again.request, first.request, "each request has an id of its own");
    let other = json!({"conversationId": conversation, "data": {"amount": 1, "paid": false, "card": ""}});
    let url = house.url(PAYMENT).await;
    assert_eq!(
        house.post(&url, Some("k-1"), &other).await.status,
        409,
        "another body under the same key"
    );
    assert_eq!(
        house.pay(&conversation, None).await.status,
        409,
        "a second call without a key"
    );
    assert_eq!(
        house.pay(&conversation, Some("k-2")).await.status,
        409,
        "a second call with another key"
    );

    house.later(&conversation, "23 hours later").await;
    assert!(
        house.pay(&conversation, Some("k-1")).await.replayed,
        "it is remembered for a day"
    );
    house.later(&conversation, "61 minutes later").await;
    let after = house.pay(&conversation, Some("k-1")).await;
    assert_eq!(
        (after.status, after.replayed),
        (409, false),
        "then it is a call like any other: a second one"
    );
    assert_eq!(
        house.events(&conversation, "webhook_received").await.len(),
        1,
        "exactly once, all in all"
    );
    house.close().await;
}

#[tokio::test]
async fn a_call_that_did_not_fit_is_logged_once_for_its_key() {
    let folder = tempfile::tempdir().unwrap();
    let house = House::open(folder.path()).await;
    let conversation = house.waiting(&house.task().await).await;
    let url = house.url(PAYMENT).await;
    let wrong = json!({"conversationId": conversation, "data": {}});
    let first = house.post(&url, Some("k"), &wrong).await;
    let again = house.post(&url, Some("k"), &wrong).await;
    assert_eq!((first.status, again.status, again.replayed), (422, 422, true));
    assert_eq!(house.events(&conversation, "webhook_rejected").await.len(), 1);
    house.close().await;
}
