//! Another try of a conversation has addresses of its own: whoever calls reaches the try whose address they were given.

use serde_json::{Value, json};

use crate::house::{DELIVERY, House, PAYMENT, payment};

impl House {
    /// Another try that shares the conversation up to this event.
    async fn another_try(&self, conversation: &str, seq: u64) -> String {
        let args = json!({"conversation": conversation, "seq": seq});
        let view = self.call("rewind", args).await;
        view["conversation"].as_str().unwrap().to_owned()
    }

    async fn last_seq(&self, conversation: &str) -> u64 {
        self.log(conversation).await.last().unwrap()["seq"].as_u64().unwrap()
    }

    /// The event before the customer's first message.
    async fn before_first_message(&self, conversation: &str) -> u64 {
        self.events(conversation, "customer_said").await[0]["seq"]
            .as_u64()
            .unwrap()
            - 1
    }
}

fn wait() -> Value {
    json!({
        "id": PAYMENT, "type": "wait_for_webhook", "key": "payment", "name": "the payment",
        "example": { "amount": "79.00" }, "fields": [{ "key": "amount", "kind": { "type": "decimal" } }],
        "limit": { "count": 30, "unit": "minutes" },
        "what_then": [{ "id": "block_late", "type": "message", "text": "The payment did not come." }],
    })
}

#[tokio::test]
async fn a_call_reaches_the_try_whose_address_it_has() {
    let folder = tempfile::tempdir().unwrap();
    let house = House::open(folder.path()).await;
    let first = house.waiting(&house.task().await).await;
    let second = house.another_try(&first, house.last_seq(&first).await).await;
    let (of_first, of_second) = (house.run_url(&first).await, house.run_url(&second).await);
    assert_ne!(of_first, of_second, "each has its own");

    assert_eq!(house.post(&of_second, None, &payment()).await.status, 200);
    house.hears(&second, "Paid 79.5").await;
    assert!(
        house.events(&first, "webhook_received").await.is_empty(),
        "the first one still waits"
    );
    let other = json!({"amount": 12, "paid": true, "card": "4111"});
    assert_eq!(house.post(&of_first, None, &other).await.status, 200);
    house.hears(&first, "Paid 12").await;
    let of_second = house.events(&second, "webhook_received").await;
    assert_eq!(of_second.len(), 1, "the second one had its own call only");
    house.close().await;
}

#[tokio::test]
async fn a_task_that_begins_anew_in_another_try_has_another_address() {
    let folder = tempfile::tempdir().unwrap();
    let house = House::open(folder.path()).await;
    let task = house.task().await;
    let first = house.waiting(&task).await;
    let second = house.another_try(&first, 1).await;
    let args = json!({"conversation": second, "task": task});
    house.call("start_task_anyway", args).await;
    house.call("say", json!({"conversation": second, "text": "Bo"})).await;
    let (of_first, of_second) = (house.run_url(&first).await, house.run_url(&second).await);
    assert_ne!(of_first, of_second);
    assert_eq!(house.post(&of_second, None, &payment()).await.status, 200);
    house.hears(&second, "Paid 79.5").await;
    let delivery = json!({"carrier": "Post"});
    assert_eq!(
        house.post(&of_second, None, &delivery).await.status,
        200,
        "the next wait, {DELIVERY}, is reached there as well"
    );
    house.hears(&second, "Sent by Post").await;
    assert!(house.events(&first, "webhook_received").await.is_empty());
    house.close().await;
}

#[tokio::test]
async fn what_another_try_says_of_its_address_is_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let house = House::open(folder.path()).await;
    let blocks = json!([
        { "id": "block_hello", "type": "collect_attribute", "attributes": ["nickname"] },
        { "id": "block_tell", "type": "message", "text": "Give them {task.webhook_address} please." },
        wait(),
    ]);
    let first = house.waiting(&house.task_of(blocks).await).await;
    let second = house
        .another_try(&first, house.before_first_message(&first).await)
        .await;
    house.call("say", json!({"conversation": second, "text": "Bo"})).await;
    for conversation in [&first, &second] {
        let url = house.run_url(conversation).await;
        house.hears(conversation, &format!("Give them {url} please.")).await;
    }
    assert_ne!(house.run_url(&first).await, house.run_url(&second).await);
    house.close().await;
}

#[tokio::test]
async fn a_try_of_a_try_waits_like_the_others_and_is_there_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let house = House::open(folder.path()).await;
    let blocks = json!([
        { "id": "block_hello", "type": "collect_attribute", "attributes": ["nickname"] },
        { "id": "block_status", "type": "run_action", "action": "action_get_service_status" },
        wait(),
        { "id": "block_thanks", "type": "message", "text": "Paid {payment.amount}." },
    ]);
    let first = house.waiting(&house.task_of(blocks).await).await;
    let mut tries = vec![first];
    for _ in 0..3 {
        let newest = tries.last().unwrap();
        let next = house.another_try(newest, house.last_seq(newest).await).await;
        tries.push(next);
    }
    let mut tokens = Vec::new();
    for conversation in &tries {
        let url = house.run_url(conversation).await;
        tokens.push(url.rsplit_once('/').unwrap().1.to_owned());
    }
    house.close().await;

    let house = House::open(folder.path()).await;
    let end = json!({"conversation": tries[3], "to": {"type": "wait_end"}});
    house.call("move_time", end).await;
    house.hears(&tries[3], "The payment did not come.").await;
    for (conversation, token) in tries.iter().zip(&tokens).take(3) {
        let url = format!("{}/webhooks/{token}", house.base);
        assert_eq!(house.post(&url, None, &json!({"amount": 5})).await.status, 200);
        house.hears(conversation, "Paid 5").await;
    }
    tokens.sort();
    tokens.dedup();
    assert_eq!(tokens.len(), 4, "each has its own");
    house.close().await;
}
