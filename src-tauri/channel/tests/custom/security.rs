//! Who gets in: whoever has the key of this workspace, and nobody else.

use serde_json::json;

use crate::house::{House, event_of};

fn hello() -> String {
    event_of("e", "one", json!({})).to_string()
}

#[tokio::test]
async fn without_the_key_nobody_gets_in_and_nothing_is_done() {
    let house = House::open().await;
    let cut = &house.key[..house.key.len() - 1];
    for key in [None, Some(""), Some("wrong"), Some(cut)] {
        let refused = house.post("notify_new_conversation", key, hello()).await;
        assert_eq!((refused.status, refused.error().0), (401, "unauthorized"), "{key:?}");
    }
    let url = format!("{}/custom_channel_events/notify_new_conversation", house.base);
    for scheme in ["Basic", "Token"] {
        let sent = house
            .http
            .post(&url)
            .header("authorization", format!("{scheme} {}", house.key))
            .body(hello());
        assert_eq!(sent.send().await.unwrap().status(), 401, "{scheme}");
    }
    let refused = house
        .http
        .post(&url)
        .body("no json at all, and no key")
        .send()
        .await
        .unwrap();
    assert_eq!(
        refused.status(),
        401,
        "who has no key is not told what is wrong with the body"
    );
    assert_eq!(refused.headers()["www-authenticate"], "Bearer");
    assert_eq!(house.begin("one").await.status, 200, "none of them began it");
    house.close().await;
}

#[tokio::test]
async fn a_key_that_was_replaced_opens_nothing_any_more() {
    let house = House::open().await;
    let before = house.key.clone();
    let after = house.make_key().await;
    assert_ne!(before, after);
    assert_eq!(
        house
            .post("notify_new_conversation", Some(&before), hello())
            .await
            .status,
        401
    );
    assert_eq!(
        house
            .post("notify_new_conversation", Some(&after), hello())
            .await
            .status,
        200
    );
    let shown = house.channel().await["key"].clone();
    assert!(after.ends_with(shown["ends_in"].as_str().unwrap()));
    house.close().await;
}

#[tokio::test]
async fn a_channel_that_is_off_or_has_no_key_is_not_there() {
    let house = House::open().await;
    house.set_up(false, None).await;
    for key in [None, Some(house.key.as_str())] {
        let answer = house.post("notify_new_conversation", key, hello()).await;
        assert_eq!((answer.status, answer.error().0), (404, "data_invalid"), "{key:?}");
    }
    house.close().await;
}

#[tokio::test]
async fn of_the_key_only_a_hash_is_kept() {
    let house = House::open().await;
    house.begin("one").await;
    let (folder, key) = (house.folder().to_owned(), house.key.clone());
    let found = |when: &str| {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            let bytes = std::fs::read(&path).unwrap();
            let there = bytes.windows(key.len()).any(|window| window == key.as_bytes());
            assert!(!there, "{when}, the key stands in {}", path.display());
        }
    };
    found("while it runs");
    let traffic = house.call("read_traffic", json!({"after": 0})).await.to_string();
    assert!(!traffic.contains(&key), "what is watched does not tell it");
    let _stays = house.close().await;
    found("after it has ended");
}

#[tokio::test]
async fn ids_of_one_workspace_are_of_no_use_in_another() {
    let (one, other) = (House::open().await, House::open().await);
    let begun = one.begin("shared").await;
    let body = event_of("e", "shared", json!({"body": "hi"})).to_string();
    let answer = other.post("notify_new_message", Some(&one.key), body.clone()).await;
    assert_eq!(answer.status, 401, "its key opens nothing there");
    let answer = other.post("notify_new_message", Some(&other.key), body).await;
    assert_eq!(
        (answer.status, answer.error().0),
        (404, "not_found"),
        "its conversation is not there"
    );
    let ours = begun.body["conversation_id"].as_str().unwrap();
    let named = event_of("e", ours, json!({"body": "hi"})).to_string();
    assert_eq!(
        other
            .post("notify_new_message", Some(&other.key), named.clone())
            .await
            .status,
        404
    );
    assert_eq!(
        one.post("notify_new_message", Some(&one.key), named).await.status,
        404,
        "nor is our id the product's"
    );
    let there = other.begin("shared").await;
    assert_ne!(
        there.body["contact_id"], begun.body["contact_id"],
        "the same person, known by another id"
    );
    one.close().await;
    other.close().await;
}

#[tokio::test]
async fn pages_of_other_origins_are_kept_out() {
    let house = House::open().await;
    let url = format!("{}/custom_channel_events/notify_new_conversation", house.base);
    let asked = house
        .http
        .request(reqwest::Method::OPTIONS, &url)
        .header("origin", "https://evil.example")
        .header("access-control-request-method", "POST")
        .header("access-control-request-headers", "authorization,content-type");
    let asked = asked.send().await.unwrap();
    assert_eq!(asked.status(), 405);
    let sent = house
        .http
        .post(&url)
        .header("origin", "https://evil.example")
        .bearer_auth(&house.key)
        .body(hello());
    let sent = sent.send().await.unwrap();
    for answer in [&asked, &sent] {
        let allowed = answer
            .headers()
            .keys()
            .filter(|name| name.as_str().starts_with("access-control-"));
        assert_eq!(allowed.count(), 0, "no page may read an answer: {:?}", answer.headers());
        assert!(
            !answer.headers().contains_key("set-cookie"),
            "and nothing is remembered in a browser"
        );
    }
    house.close().await;
}

#[tokio::test]
async fn whoever_tries_keys_out_is_asked_to_wait() {
    let house = House::open().await;
    let mut statuses = Vec::new();
    for number in 0..80 {
        let key = format!("twk_{number}");
        let answer = house.post("notify_new_conversation", Some(&key), hello()).await;
        statuses.push(answer.status);
        if answer.status == 429 {
            assert_eq!(answer.error().0, "rate_limited");
        }
    }
    assert_eq!(statuses[0], 401);
    assert!(statuses.contains(&429), "{statuses:?}");
    let url = format!("{}/custom_channel_events/notify_new_conversation", house.base);
    let last = house
        .http
        .post(&url)
        .bearer_auth("twk_x")
        .body(hello())
        .send()
        .await
        .unwrap();
    let after: u64 = last.headers()["retry-after"].to_str().unwrap().parse().unwrap();
    assert!((1..=60).contains(&after), "{after}");
    assert_eq!(house.begin("one").await.status, 200, "whoever has the key goes on");
    let elsewhere = reqwest::Client::builder()
        .local_address(std::net::IpAddr::from([127, 0, 0, 2]))
        .build()
        .unwrap();
    let other = elsewhere
        .post(&url)
        .bearer_auth("twk_x")
        .body(hello())
        .send()
        .await
        .unwrap();
    assert_eq!(other.status(), 401, "another address is counted apart");
    house.close().await;
}
