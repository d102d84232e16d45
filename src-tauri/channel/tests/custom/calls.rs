//! The four calls: what is answered, and what comes of it.

use serde_json::{Value, json};

use crate::house::House;

/// What the product was told in a conversation, by type.
fn types(told: &[Value]) -> Vec<&str> {
    told.iter().map(|body| body["event_type"].as_str().unwrap()).collect()
}

fn last<'a>(told: &'a [Value], kind: &str) -> &'a Value {
    let mut of_kind = told.iter().rev().filter(|body| body["event_type"] == kind);
    of_kind.next().unwrap()
}

#[tokio::test]
async fn a_conversation_goes_from_its_beginning_to_the_hand_off() {
    let house = House::open().await;
    let begun = house.begin("one").await;
    assert_eq!(begun.status, 200, "{:?}", begun.body);
    assert_eq!(begun.body["external_conversation_id"], "one");
    assert_eq!(begun.body["external_contact_id"], "user_1");
    let conversation = begun.body["conversation_id"].as_str().unwrap().to_owned();
    assert!(conversation.starts_with("conversation_"), "{conversation}");
    assert!(begun.body["contact_id"].as_str().unwrap().starts_with("customer_"));
    assert!(begun.request.starts_with("request_"));

    let said = house.say("e-1", "one", "I want to talk to a person").await;
    assert_eq!(said.status, 200);
    assert_eq!(said.body, begun.body, "the ids are the same in every answer");
    house
        .shop
        .until("a hand-off", |shop| {
            types(&shop.arrived_in("one")).contains(&"workflow_finished")
        })
        .await;
    let told = house.shop.arrived_in("one");
    let at = |kind: &str| types(&told).iter().rposition(|told| *told == kind).unwrap();
    let order = [
        at("typing"),
        at("new_message"),
        at("new_note"),
        at("resolution_state_updated"),
        at("workflow_finished"),
    ];
    assert!(order.is_sorted(), "{:?}", types(&told));
    assert!(told.iter().all(|body| body["conversation_id"] == conversation.as_str()));
    assert!(last(&told, "new_message")["html"].as_str().unwrap().starts_with("<p>"));

    let before = told.len();
    let after = house.say("e-2", "one", "Hello? Is anybody there?").await;
    assert_eq!(after.status, 200, "people took over; it is only logged");
    let option = json!({"quick_reply_option_id": "anything"});
    assert_eq!(
        house
            .send("notify_quick_reply_selected", "e-3", "one", option)
            .await
            .status,
        200
    );
    let field = json!({"attribute": {"id": "card", "value": "4111111111111111"}});
    assert_eq!(
        house
            .send("notify_attribute_collected", "e-4", "one", field)
            .await
            .status,
        200
    );
    let log = house.log(&conversation).await;
    let tail: Vec<_> = log
        .iter()
        .rev()
        .take(3)
        .rev()
        .map(|event| event["kind"].as_str().unwrap())
        .collect();
    assert_eq!(tail, ["customer_said", "option_selected", "attribute_collected"]);
    assert!(
        !log.last().unwrap()["text"].as_str().unwrap().contains("4111 1111"),
        "whatever it is, it is masked"
    );
    assert!(!json!(log).to_string().contains("4111111111111111"));
    house.say("e-5", "two", "nothing of this kind").await;
    assert_eq!(house.shop.arrived_in("one").len(), before, "the assistant is silent");
    house.close().await;
}

#[tokio::test]
async fn quick_replies_are_taken_while_they_are_offered() {
    let house = House::open().await;
    house.begin("one").await;
    let offered = |told: &[Value]| types(told).contains(&"quick_reply_options");
    let phrases = ["qwertz uiop asdf", "yxcvb nmlkj", "poiuz trewq", "wertz uiopl"];
    for (at, words) in phrases.into_iter().enumerate() {
        let before = house.shop.arrived_in("one").len();
        house.say(words, "one", words).await;
        // A second thing that nobody understands leads to the offer of a person, after what is said.
        let complete = |told: &[Value]| told.len() > before + 1 && (at == 0 || offered(told));
        house
            .shop
            .until("a reply", |shop| complete(&shop.arrived_in("one")))
            .await;
        if offered(&house.shop.arrived_in("one")) {
            break;
        }
    }
    let told = house.shop.arrived_in("one");
    let offered = last(&told, "quick_reply_options")["quick_reply_options"]
        .as_array()
        .unwrap()
        .clone();
    assert!(offered.iter().all(|option| option["text"].is_string()), "{offered:?}");
    let pressed = |id: &Value| json!({"quick_reply_option_id": id});
    let unknown = house
        .send(
            "notify_quick_reply_selected",
            "e-2",
            "one",
            pressed(&json!("option_none")),
        )
        .await;
    assert_eq!(
        (unknown.status, unknown.error()),
        (422, ("data_invalid", "quick_reply_option_id"))
    );
    let known = house
        .send("notify_quick_reply_selected", "e-3", "one", pressed(&offered[0]["id"]))
        .await;
    assert_eq!(known.status, 200, "{:?}", known.body);
    let field = json!({"attribute": {"id": "none", "value": "x"}});
    let unasked = house
        .send("notify_attribute_collected", "e-4", "two", field.clone())
        .await;
    assert_eq!(
        (unasked.status, unasked.error().0),
        (404, "not_found"),
        "another conversation is not there"
    );
    house.begin("two").await;
    let unasked = house.send("notify_attribute_collected", "e-5", "two", field).await;
    assert_eq!(
        (unasked.status, unasked.error()),
        (422, ("data_invalid", "attribute.id"))
    );
    house.close().await;
}

#[tokio::test]
async fn what_does_not_fit_is_told_with_its_place() {
    let house = House::open().await;
    house.begin("one").await;
    let contact = json!({"type": "user", "external_id": "user_1"});
    let whole = json!({"event_id": "e", "external_conversation_id": "one", "contact": contact, "body": "Hi"});
    let without = |path: &str| {
        let mut body = whole.clone();
        let (above, key) = path.rsplit_once('.').unwrap_or(("", path));
        let above = if above.is_empty() { &mut body } else { &mut body[above] };
        above.as_object_mut().unwrap().remove(key);
        body
    };
    let with = |pointer: &str, value: Value| {
        let mut body = whole.clone();
        *body.pointer_mut(pointer).unwrap() = value;
        body
    };
    let long = "x".repeat(300);
    for (body, status, field) in [
        (without("event_id"), 400, "event_id"),
        (without("external_conversation_id"), 400, "external_conversation_id"),
        (without("contact"), 400, "contact"),
        (without("contact.type"), 400, "contact.type"),
        (without("contact.external_id"), 400, "contact.external_id"),
        (without("body"), 400, "body"),
        (with("/body", json!("  ")), 400, "body"),
        (with("/body", json!(7)), 400, "body"),
        (with("/body", json!("x".repeat(20_001))), 400, "body"),
        (with("/contact/type", json!("admin")), 400, "contact.type"),
        (with("/event_id", json!("")), 400, "event_id"),
        (with("/event_id", json!(long)), 400, "event_id"),
        (
            with("/external_conversation_id", json!("nowhere")),
            404,
            "external_conversation_id",
        ),
        (
            with("/contact/external_id", json!("user_2")),
            422,
            "contact.external_id",
        ),
        (json!([1]), 400, ""),
        (with("/contact", json!(["user", "user_1"])), 400, "contact"),
        (json!("text"), 400, ""),
    ] {
        let answer = house
            .post("notify_new_message", Some(&house.key), body.to_string())
            .await;
        assert_eq!(
            (answer.status, answer.error().1),
            (status, field),
            "{body} gives {:?}",
            answer.body
        );
        assert_eq!(answer.body["type"], "error.list");
        assert_eq!(answer.body["request_id"], answer.request.as_str());
        let message = answer.body["errors"][0]["message"].as_str().unwrap();
        assert!(message.ends_with('.') && !message.contains('`'), "{message}");
    }
    let again = house.send("notify_new_conversation", "other", "one", json!({})).await;
    assert_eq!(
        (again.status, again.error()),
        (422, ("data_invalid", "external_conversation_id"))
    );
    house.close().await;
}

#[tokio::test]
async fn files_that_come_with_a_message_are_looked_into_and_kept() {
    let house = House::open().await;
    let begun = house.begin("one").await;
    let png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
    let file =
        |name: &str, data: &str| json!({"type": "file", "name": name, "content_type": "image/png", "data": data});
    let with = |attachment: Value| json!({"body": "Look", "attachments": [attachment]});
    let taken = house
        .send("notify_new_message", "e-1", "one", with(file("cup.png", png)))
        .await;
    assert_eq!(taken.status, 200, "{:?}", taken.body);
    let log = house.log(begun.body["conversation_id"].as_str().unwrap()).await;
    let kinds: Vec<_> = log.iter().map(|event| event["kind"].as_str().unwrap()).collect();
    let (attached, said) = (
        kinds.iter().position(|kind| *kind == "file_attached").unwrap(),
        kinds.iter().position(|kind| *kind == "customer_said").unwrap(),
    );
    assert!(attached < said, "{kinds:?}");
    assert_eq!(log[attached]["name"], "cup.png");
    let script = "PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==";
    for (number, (attachment, status, field)) in [
        (file("cup.png", "no base64!"), 400, "attachments.0.data"),
        (file("cup.png", script), 422, "attachments.0.data"),
        (
            json!({"type": "url", "url": "http://127.0.0.1:1/cup.png"}),
            422,
            "attachments.0.url",
        ),
        (
            json!({"type": "url", "url": "http://169.254.169.254/latest"}),
            422,
            "attachments.0.url",
        ),
        (
            json!({"type": "url", "url": "file:///etc/passwd"}),
            422,
            "attachments.0.url",
        ),
        (json!({"type": "sound"}), 400, "attachments[0].type"),
    ]
    .into_iter()
    .enumerate()
    {
        let answer = house
            .send(
                "notify_new_message",
                &format!("f-{number}"),
                "one",
                with(attachment.clone()),
            )
            .await;
        assert_eq!(
            (answer.status, answer.error().1),
            (status, field),
            "{attachment} {:?}",
            answer.body
        );
    }
    let after = house.log(begun.body["conversation_id"].as_str().unwrap()).await;
    let said = after.iter().filter(|event| event["kind"] == "customer_said").count();
    assert_eq!(said, 1, "a message is taken as a whole or not at all");
    house.close().await;
}
