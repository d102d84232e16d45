//! While the call of an action is out, the product is told again and again that a reply is being worked out.

use std::collections::BTreeSet;
use std::time::Duration;

use axum::Router;
use axum::http::StatusCode;
use serde_json::json;
use taskwright_commands::channel::{Lamp, Patience};
use tokio::net::TcpListener;
use tokio::sync::watch;

use crate::house::House;
use crate::shop::{Heard, Shop};

/// A system that takes its time: it answers nobody before it is told to.
struct Slow {
    url: String,
    answers: watch::Sender<bool>,
}

impl Slow {
    async fn open() -> Self {
        let answers = watch::Sender::new(false);
        let told = answers.clone();
        let answer = move || {
            let mut told = told.subscribe();
            async move {
                told.wait_for(|told| *told).await.unwrap();
                StatusCode::NOT_FOUND
            }
        };
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, Router::new().fallback(answer)).await });
        Self { url, answers }
    }
}

/// A workspace whose customers ask for refunds at a slow system.
async fn refunds_at(system: &Slow) -> House {
    let house = House::open().await;
    let rows = house.call("list_connections", json!({})).await;
    let actions: Vec<_> = rows.as_array().unwrap().iter().map(|row| &row["action"]).collect();
    let addresses = json!({"actions": actions, "addresses": {"live": system.url}, "inside": {"live": true}});
    house.call("save_connections", addresses).await;
    house
        .call("publish_task", json!({"task": "task_refund_or_cancel"}))
        .await;
    let channel = json!({"on": true, "callback_url": house.shop.url, "calls": "live"});
    house.call("save_channel", channel).await;
    house.app.set_channel_patience(Patience {
        first: Duration::from_millis(10),
        lamp: Lamp {
            first: Duration::from_millis(1),
            again: Duration::from_millis(1),
        },
        ..Patience::default()
    });
    house
}

fn is_lamp(heard: &Heard) -> bool {
    heard.delivery.starts_with("typing_")
}

fn lamps(shop: &Shop) -> Vec<Heard> {
    shop.heard().into_iter().filter(is_lamp).collect()
}

#[tokio::test]
async fn typing_is_told_again_while_a_call_is_out_and_never_after_the_reply() {
    let system = Slow::open().await;
    let house = refunds_at(&system).await;
    house.begin("one").await;
    house.say("e-1", "one", "I want a refund for order 4512").await;
    house.shop.until("typing", |shop| lamps(shop).len() >= 3).await;
    for lamp in lamps(&house.shop) {
        assert_eq!(lamp.body["event_type"], "typing");
        assert_eq!(lamp.body["external_conversation_id"], "one");
        assert!(
            lamp.signature.starts_with("sha256="),
            "it is signed like everything else"
        );
    }

    let conversation = lamps(&house.shop)[0].body["conversation_id"]
        .as_str()
        .unwrap()
        .to_owned();
    let before = house.log(&conversation).await;
    let so_far = lamps(&house.shop).len();
    house.shop.will_answer([500, 503]);
    house
        .shop
        .until("more typing", |shop| lamps(shop).len() >= so_far + 4)
        .await;
    let ids: BTreeSet<_> = lamps(&house.shop).into_iter().map(|lamp| lamp.delivery).collect();
    assert_eq!(
        ids.len(),
        lamps(&house.shop).len(),
        "what does not arrive is not sent again"
    );
    assert_eq!(house.log(&conversation).await, before, "nothing of it is in the log");
    assert_eq!(house.call("read_queue", json!({})).await, json!([]), "nothing waits");

    let reply = |heard: &[Heard]| {
        let last = heard.iter().rposition(is_lamp).unwrap_or_default();
        let after = heard[last..]
            .iter()
            .position(|heard| heard.body["event_type"] == "new_message");
        after.map(|at| last + at)
    };
    system.answers.send_replace(true);
    house
        .shop
        .until("the reply", |shop| reply(&shop.heard()).is_some())
        .await;
    let at = reply(&house.shop.heard()).unwrap();
    house.say("e-2", "one", "I want to talk to a person").await;
    let over = |heard: &Heard| heard.body["event_type"] == "workflow_finished";
    house.shop.until("the end", |shop| shop.heard().iter().any(over)).await;
    let heard = house.shop.heard();
    assert_eq!(heard[at - 1].body["event_type"], "typing");
    assert!(
        !is_lamp(&heard[at - 1]),
        "the typing of the reply itself stands before it"
    );
    assert_eq!(reply(&heard), Some(at), "nobody types after the reply");
    house.close().await;
}

#[tokio::test]
async fn nobody_is_told_of_typing_while_the_channel_is_paused() {
    let system = Slow::open().await;
    let house = refunds_at(&system).await;
    house.begin("one").await;
    house.say("e-1", "one", "I want a refund for order 4512").await;
    house.shop.until("typing", |shop| !lamps(shop).is_empty()).await;
    house.shop.will_answer([410]);
    house
        .shop
        .until("a refusal", |shop| shop.heard().iter().any(|heard| heard.status == 410))
        .await;
    while !house.channel().await["paused"].is_object() {
        tokio::task::yield_now().await;
    }
    let so_far = house.shop.heard().len();
    system.answers.send_replace(true);
    while house.channel().await["waiting"] == 0 {
        tokio::task::yield_now().await;
    }
    assert_eq!(house.shop.heard().len(), so_far, "the reply waits, and nobody types");
    house.close().await;
}

#[tokio::test]
async fn a_call_that_is_made_again_after_a_restart_is_typed_for_as_well() {
    let system = Slow::open().await;
    let house = refunds_at(&system).await;
    house.begin("one").await;
    house.say("e-1", "one", "I want a refund for order 4512").await;
    house.shop.until("typing", |shop| !lamps(shop).is_empty()).await;
    let house = house.again().await;
    let so_far = lamps(&house.shop).len();
    house.shop.until("more typing", |shop| lamps(shop).len() > so_far).await;
    system.answers.send_replace(true);
    house
        .shop
        .until("the reply", |shop| {
            let heard = shop.heard();
            let last = heard.iter().rposition(is_lamp).unwrap_or_default();
            heard[last..]
                .iter()
                .any(|heard| heard.body["event_type"] == "new_message")
        })
        .await;
    house.close().await;
}
