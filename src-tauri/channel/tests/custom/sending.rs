//! What a product is told: signed, in order, again until it has arrived.

use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::Sha256;

use crate::house::House;
use crate::shop::Shop;

fn signature(secret: &str, body: &[u8]) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
    mac.update(body);
    let code = mac.finalize().into_bytes();
    let code: String = code.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("sha256={code}")
}

/// Whether so many replies have arrived that the assistant worked out itself, each behind its typing.
fn replies(shop: &Shop, count: usize) -> bool {
    let told = shop.arrived();
    let replies = told
        .windows(2)
        .filter(|pair| pair[0]["event_type"] == "typing" && pair[1]["event_type"] == "new_message");
    replies.count() >= count
}

fn answered(shop: &Shop) -> bool {
    replies(shop, 1)
}

#[tokio::test]
async fn everything_is_signed_and_carries_the_token_that_is_kept_for_its_address() {
    let house = House::open().await;
    let secret = house.call("read_signing_secret", json!({})).await["secret"]
        .as_str()
        .unwrap()
        .to_owned();
    house.begin("one").await;
    house.say("e-1", "one", "hello").await;
    house.shop.until("an answer", answered).await;
    for heard in house.shop.heard() {
        assert_eq!(heard.signature, signature(&secret, &heard.raw));
        assert!(heard.delivery.starts_with("delivery_"), "{}", heard.delivery);
        assert_eq!(heard.authorization, None, "no token was set");
    }
    let rotated = house.call("rotate_signing_secret", json!({})).await["secret"]
        .as_str()
        .unwrap()
        .to_owned();
    assert_ne!(rotated, secret);
    let tested = house.call("send_test_event", json!({})).await;
    assert_eq!(tested["arrived"], true, "{tested}");
    let last = house.shop.heard().pop().unwrap();
    assert_eq!(last.signature, signature(&rotated, &last.raw));
    assert!(last.body["text"].as_str().unwrap().contains("test event"));
    house.close().await;
}

#[tokio::test]
async fn what_does_not_arrive_is_sent_again_under_the_same_id_and_in_order() {
    let house = House::open().await;
    house.shop.will_answer([500, 503, 200, 429, 302, 404]);
    house.begin("one").await;
    house.say("e-1", "one", "hello").await;
    house.shop.until("an answer", answered).await;
    let heard = house.shop.heard();
    assert_eq!(heard[0].delivery, heard[1].delivery);
    assert_eq!(heard[0].raw, heard[2].raw, "the same body, letter by letter");
    let kinds: Vec<_> = house
        .shop
        .arrived()
        .iter()
        .map(|body| body["event_type"].clone())
        .collect();
    assert_eq!(
        kinds,
        ["new_message", "typing", "new_message"],
        "nothing overtakes what failed"
    );
    house.close().await;
}

#[tokio::test]
async fn a_conversation_whose_events_fail_holds_up_no_other() {
    let house = House::open().await;
    let refusing = Shop::open().await;
    house.set_up(true, Some(&refusing.url)).await;
    refusing.will_answer(std::iter::repeat_n(500, 4));
    house.begin("one").await;
    house.say("e-1", "one", "hello").await;
    refusing.until("a failure", |shop| !shop.heard().is_empty()).await;
    house.begin("two").await;
    house.say("e-2", "two", "hello").await;
    refusing
        .until("both answers", |shop| {
            ["one", "two"].iter().all(|name| {
                shop.arrived_in(name)
                    .iter()
                    .any(|body| body["event_type"] == "new_message")
            })
        })
        .await;
    house.close().await;
}

#[tokio::test]
async fn gone_pauses_the_channel_until_somebody_resumes_it() {
    let house = House::open().await;
    house.shop.will_answer([410]);
    house.begin("one").await;
    house.say("e-1", "one", "hello").await;
    house.shop.until("a refusal", |shop| !shop.heard().is_empty()).await;
    let paused = loop {
        let channel = house.channel().await;
        if channel["paused"].is_object() {
            break channel;
        }
        tokio::task::yield_now().await;
    };
    assert!(paused["paused"]["why"].as_str().unwrap().contains("410"), "{paused}");
    assert_eq!(paused["waiting"], 3, "what is to be told waits: {paused}");
    assert_eq!(
        house.say("e-2", "one", "hello again").await.status,
        200,
        "events are taken all the same"
    );
    let house = house.again().await;
    assert_eq!(house.shop.heard().len(), 1, "a restart does not resume it");
    house.call("resume_channel", json!({})).await;
    house.shop.until("both answers", |shop| replies(shop, 2)).await;
    assert!(house.channel().await["paused"].is_null());
    house.close().await;
}

#[tokio::test]
async fn what_was_to_be_told_when_the_program_stopped_is_told_after_the_next_start() {
    let house = House::open().await;
    house.set_up(true, Some("http://127.0.0.1:9/nobody")).await;
    house.begin("one").await;
    house.say("e-1", "one", "hello").await;
    let failing = loop {
        let rows = house.call("read_queue", json!({})).await;
        if rows[0]["error"].is_string() {
            break rows;
        }
        tokio::task::yield_now().await;
    };
    assert!(
        failing[0]["error"].as_str().unwrap().contains("cannot be reached"),
        "{failing}"
    );
    assert_eq!(failing[0]["event_type"], "new_message", "the greeting");
    let house = house.again().await;
    let url = house.shop.url.clone();
    house.set_up(true, Some(&url)).await;
    house.shop.until("an answer", answered).await;
    let counts = loop {
        let channel = house.channel().await;
        if channel["waiting"] == 0 {
            break channel;
        }
        tokio::task::yield_now().await;
    };
    assert_eq!((&counts["failing"], &counts["given_up"]), (&json!(0), &json!(0)));
    house.close().await;
}

#[tokio::test]
async fn something_in_the_queue_can_be_sent_again_at_once() {
    let house = House::open().await;
    house.begin("one").await;
    house.say("e-1", "one", "hello").await;
    house.shop.until("an answer", answered).await;
    let traffic = loop {
        // What is sent is written down once it was answered.
        let traffic = house.call("read_traffic", json!({"after": 0})).await;
        if traffic
            .as_array()
            .unwrap()
            .iter()
            .any(|entry| entry["what"] == "new_message")
        {
            break traffic;
        }
        tokio::task::yield_now().await;
    };
    let entries = traffic.as_array().unwrap();
    let ways: Vec<_> = entries
        .iter()
        .map(|entry| (entry["way"].as_str().unwrap(), entry["what"].as_str().unwrap()))
        .collect();
    for way in [
        ("in", "notify_new_conversation"),
        ("in", "notify_new_message"),
        ("out", "typing"),
        ("out", "new_message"),
    ] {
        assert!(ways.contains(&way), "{ways:?}");
    }
    let said = entries
        .iter()
        .find(|entry| entry["what"] == "notify_new_message")
        .unwrap();
    assert_eq!(said["sent"]["body"], "hello");
    let sent = house.shop.heard();
    let row: Value = serde_json::from_value(json!(sent[1].delivery)).unwrap();
    let parts: Vec<_> = row.as_str().unwrap().split('_').map(str::to_owned).collect();
    let args = json!({
        "conversation": format!("conversation_{}", parts[1]),
        "seq": parts[2].parse::<u64>().unwrap(), "part": parts[3].parse::<u64>().unwrap(),
    });
    house.call("resend_event", args).await;
    house
        .shop
        .until("the same again", |shop| {
            shop.heard()
                .iter()
                .filter(|heard| heard.delivery == sent[1].delivery)
                .count()
                == 2
        })
        .await;
    house.close().await;
}
