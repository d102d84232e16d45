//! What is kept with a customer: used in their next conversation, kept over a restart, nobody else's, and erased with them.

use serde_json::{Value, json};

use crate::dialogue::{WORKFLOW, publish};
use crate::house::{Answer, House};

/// A workflow that asks for a number and a pin, both kept with the customer.
async fn set_up(house: &House) {
    let blocks = json!([
        {"id": "block_ask", "type": "collect_attribute", "attributes": ["club_number", "pin"]},
        {"id": "block_thanks", "type": "message", "text": "Thank you, {club_number}."},
        {"id": "block_end", "type": "end", "outcome": "done"},
    ]);
    let attribute = |key: &str, name: &str, sensitive: bool| {
        json!({
            "id": format!("attribute_{key}"), "key": key, "name": name, "kind": {"type": "identifier"},
            "scope": "customer", "sensitive": sensitive,
        })
    };
    let attributes = json!([
        attribute("club_number", "club number", false),
        attribute("pin", "pin", true)
    ]);
    publish(house, WORKFLOW, json!({"blocks": blocks, "attributes": attributes})).await;
}

/// A conversation of a person begins: how that was answered, and its log.
async fn begin(house: &House, conversation: &str, person: &str) -> (Answer, Vec<Value>) {
    let event = format!("{conversation}-begins");
    let contact = json!({"contact": {"type": "user", "external_id": person}});
    let begun = house
        .send("notify_new_conversation", &event, conversation, contact)
        .await;
    assert_eq!(begun.status, 200, "{:?}", begun.body);
    let log = house.log(begun.body["conversation_id"].as_str().unwrap()).await;
    (begun, log)
}

async fn fill_in(house: &House, conversation: &str, person: &str, values: &[(&str, &str)]) {
    for (key, value) in values {
        let sent = json!({
            "contact": {"type": "user", "external_id": person}, "attribute": {"id": key, "value": value},
        });
        let event = format!("{conversation}-{key}-{value}");
        let taken = house
            .send("notify_attribute_collected", &event, conversation, sent)
            .await;
        assert_eq!(taken.status, 200, "{:?}", taken.body);
    }
}

fn is_asked(log: &[Value]) -> bool {
    log.iter().any(|event| event["kind"] == "attributes_requested")
}

/// The customer is known by these words, and is not asked.
fn is_known(log: &[Value], words: &str) -> bool {
    let thanked = log
        .iter()
        .any(|event| event["kind"] == "said" && event["text"] == words);
    thanked && !is_asked(log)
}

#[tokio::test]
async fn a_customer_is_asked_once_and_known_from_then_on() {
    let house = House::open().await;
    set_up(&house).await;
    let (_, log) = begin(&house, "first", "ada").await;
    assert!(is_asked(&log), "nothing is known yet: {log:#?}");
    fill_in(
        &house,
        "first",
        "ada",
        &[("club_number", "C4711"), ("pin", "998877665")],
    )
    .await;

    let (_, log) = begin(&house, "second", "ada").await;
    assert!(is_known(&log, "Thank you, C4711."), "{log:#?}");
    let masked = serde_json::to_string(&log).unwrap();
    assert!(
        !masked.contains("998877665"),
        "what is sensitive stays masked: {masked}"
    );

    let (_, log) = begin(&house, "other", "bob").await;
    assert!(is_asked(&log), "what is Ada's is not Bob's: {log:#?}");
    fill_in(
        &house,
        "other",
        "bob",
        &[("club_number", "C1234"), ("pin", "112233445")],
    )
    .await;

    let house = house.again().await;
    for (conversation, person, words) in [
        ("third", "ada", "Thank you, C4711."),
        ("fourth", "bob", "Thank you, C1234."),
    ] {
        let (_, log) = begin(&house, conversation, person).await;
        assert!(is_known(&log, words), "after a restart: {log:#?}");
    }
    house.close().await;
}

#[tokio::test]
async fn what_is_said_anew_is_what_is_kept() {
    let house = House::open().await;
    set_up(&house).await;
    begin(&house, "first", "ada").await;
    let values = [("club_number", "C1234"), ("club_number", "C2345"), ("pin", "998877665")];
    fill_in(&house, "first", "ada", &values).await;
    let (_, log) = begin(&house, "second", "ada").await;
    assert!(is_known(&log, "Thank you, C2345."), "{log:#?}");
    house.close().await;
}

#[tokio::test]
async fn erasing_a_customer_erases_what_is_known_of_them() {
    let house = House::open().await;
    set_up(&house).await;
    let (begun, _) = begin(&house, "first", "ada").await;
    fill_in(
        &house,
        "first",
        "ada",
        &[("club_number", "C4711"), ("pin", "998877665")],
    )
    .await;
    let customer = begun.body["contact_id"].clone();
    let erased = house.call("erase_customer", json!({"customer": customer})).await;
    assert_eq!(erased["conversations"], 1);
    let (begun, log) = begin(&house, "second", "ada").await;
    assert_eq!(begun.body["contact_id"], customer, "it is the same customer");
    assert!(is_asked(&log), "of whom nothing is known any more: {log:#?}");
    let folder = house.close().await;
    for entry in std::fs::read_dir(folder.path()).unwrap() {
        let path = entry.unwrap().path();
        let bytes = std::fs::read(&path).unwrap_or_default();
        for gone in ["C4711", "998877665"] {
            let found = bytes.windows(gone.len()).any(|window| window == gone.as_bytes());
            assert!(!found, "{gone} still stands in {}", path.display());
        }
    }
}

#[tokio::test]
async fn a_rehearsal_may_know_something_and_keeps_nothing() {
    let house = House::open().await;
    set_up(&house).await;
    let rehearse = async |known: Value| {
        let start = json!({"task": WORKFLOW, "from_the_start": true, "calls": "sample", "known": known});
        let preview = house.call("start_preview", start).await;
        house.log(preview["conversation"].as_str().unwrap()).await
    };
    let log = rehearse(json!({"club_number": "C4711", "pin": "998877665"})).await;
    assert!(is_known(&log, "Thank you, C4711."), "{log:#?}");
    let masked = serde_json::to_string(&log).unwrap();
    assert!(!masked.contains("998877665"), "{masked}");
    let log = rehearse(json!({})).await;
    assert!(is_asked(&log), "another rehearsal knows nothing of it: {log:#?}");
    let (_, log) = begin(&house, "real", "ada").await;
    assert!(is_asked(&log), "nor does anybody's conversation: {log:#?}");

    let misfit = json!({"task": WORKFLOW, "from_the_start": true, "calls": "sample", "known": {"club_number": "? ?"}});
    let refused = house.app.call("test", "start_preview", misfit).await.unwrap_err();
    assert!(refused.to_string().contains("club number"), "{refused}");
    house.close().await;
}
