//! Many calls at once, each made several times.

use std::collections::BTreeMap;

use futures::future::join_all;
use serde_json::json;

use crate::house::{House, PAYMENT, payment};

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_hundred_calls_for_two_hundred_waits_each_made_three_times_more_are_taken_once_each() {
    let waits = 200;
    let folder = tempfile::tempdir().unwrap();
    let house = House::open(folder.path()).await;
    let task = house.task().await;
    let mut conversations = Vec::new();
    for _ in 0..waits {
        conversations.push(house.waiting(&task).await);
    }
    let url = house.url(PAYMENT).await;
    // Half of them send a key, as good senders do; the others only send the same again.
    let calls = conversations.iter().enumerate().flat_map(|(at, conversation)| {
        let key = (at % 2 == 0).then(|| format!("key-{at}"));
        std::iter::repeat_n((conversation, key), 4)
    });
    let answers = join_all(calls.map(|(conversation, key)| {
        let (house, url) = (&house, &url);
        async move {
            let body = json!({"conversationId": conversation, "data": payment()});
            let answer = house.post(url, key.as_deref(), &body).await;
            (conversation, key.is_some(), answer)
        }
    }))
    .await;
    let mut by_conversation: BTreeMap<&str, Vec<(bool, u16, bool)>> = BTreeMap::new();
    for (conversation, keyed, answer) in &answers {
        let told = by_conversation.entry(conversation).or_default();
        told.push((*keyed, answer.status, answer.replayed));
    }
    for (conversation, mut told) in by_conversation {
        told.sort_unstable();
        let expected = if told[0].0 {
            vec![
                (true, 200, false),
                (true, 200, true),
                (true, 200, true),
                (true, 200, true),
            ]
        } else {
            vec![
                (false, 200, false),
                (false, 409, false),
                (false, 409, false),
                (false, 409, false),
            ]
        };
        assert_eq!(told, expected, "{conversation}");
    }
    for conversation in &conversations {
        house.hears(conversation, "Paid 79.5").await;
        assert_eq!(
            house.events(conversation, "webhook_received").await.len(),
            1,
            "{conversation}"
        );
        let thanks = house.said(conversation).await;
        let thanks = thanks.iter().filter(|text| text.starts_with("Paid"));
        assert_eq!(thanks.count(), 1, "{conversation}");
    }
    house.close().await;
}
