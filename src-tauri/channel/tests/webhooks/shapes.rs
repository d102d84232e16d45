//! What is sent must have the shape of the example: each field that differs is told, in the answer and in the log.

use serde_json::{Value, json};

use crate::house::{DELIVERY, House, PAYMENT, payment};

#[tokio::test]
async fn both_addresses_take_what_fits_and_the_conversation_goes_on_with_it() {
    let folder = tempfile::tempdir().unwrap();
    let house = House::open(folder.path()).await;
    let task = house.task().await;
    let first = house.waiting(&task).await;
    let answer = house.pay(&first, None).await;
    assert_eq!(
        (answer.status, answer.body["status"].as_str()),
        (200, Some("received")),
        "{}",
        answer.body
    );
    assert!(answer.request.starts_with("request_"), "each answer has an id");
    house.hears(&first, "Paid 79.5").await;
    let body = &house.events(&first, "webhook_received").await[0]["body"];
    assert_eq!(
        body["data"]["card"],
        Value::Null,
        "what is never kept is not in the log"
    );

    let second = house.waiting(&task).await;
    let run = house.run_url(&second).await;
    assert_ne!(
        run,
        house.run_url(&house.waiting(&task).await).await,
        "each run has its own address"
    );
    let answer = house.post(&run, None, &payment()).await;
    assert_eq!(
        answer.status, 200,
        "the address of the run takes the fields as they are: {}",
        answer.body
    );
    house.hears(&second, "Paid 79.5").await;
    let answer = house.post(&run, None, &json!({"data": {"carrier": "Post"}})).await;
    assert_eq!(
        answer.status, 200,
        "and what stands under data, for the next wait: {}",
        answer.body
    );
    house.hears(&second, "Sent by Post").await;
    house.close().await;
}

#[tokio::test]
async fn what_differs_is_told_field_by_field_in_the_answer_and_in_the_log() {
    let folder = tempfile::tempdir().unwrap();
    let house = House::open(folder.path()).await;
    let conversation = house.waiting(&house.task().await).await;
    let wrong = json!({"conversationId": conversation, "data": {"amount": {"eur": 79}, "note": 7, "card": "4111"}});
    let answer = house.post(&house.url(PAYMENT).await, None, &wrong).await;
    assert_eq!(answer.status, 422);
    let told: Vec<_> = answer.body["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|error| {
            let text = |key: &str| error[key].as_str().unwrap_or_default().to_owned();
            assert_eq!(text("code"), "data_invalid");
            (text("field"), text("expected"), text("found"))
        })
        .collect();
    let [amount, paid] = &told[..] else {
        unreachable!("{told:?}")
    };
    assert_eq!(*amount, ("$.amount".into(), "a number".into(), "{\"eur\":79}".into()));
    assert_eq!(*paid, ("$.paid".into(), "yes or no".into(), "nothing".into()));
    let logged = &house.events(&conversation, "webhook_rejected").await[0]["difference"];
    let logged: Vec<_> = logged
        .as_array()
        .unwrap()
        .iter()
        .map(|difference| {
            let text = |key: &str| difference[key].as_str().unwrap().to_owned();
            (text("path"), text("expected"), text("found"))
        })
        .collect();
    assert_eq!(logged, told, "the log says the same");
    assert_eq!(house.pay(&conversation, None).await.status, 200, "and the wait goes on");
    house.close().await;
}

#[tokio::test]
async fn what_is_no_call_at_all_is_refused_with_its_reason() {
    let folder = tempfile::tempdir().unwrap();
    let house = House::open(folder.path()).await;
    let conversation = house.waiting(&house.task().await).await;
    let url = house.url(PAYMENT).await;
    let answer = house.post_text(&url, None, "{oops".into()).await;
    assert_eq!((answer.status, answer.code()), (400, "data_invalid"));
    let answer = house.post(&url, None, &payment()).await;
    assert_eq!(
        (answer.status, answer.body["errors"][0]["field"].as_str()),
        (422, Some("$.conversationId"))
    );
    let answer = house
        .post(
            &url,
            None,
            &json!({"conversationId": "conversation_x", "data": payment()}),
        )
        .await;
    assert_eq!((answer.status, answer.code()), (404, "not_found"));
    let answer = house.post(&format!("{url}0"), None, &payment()).await;
    assert_eq!(
        (answer.status, answer.code()),
        (404, "not_found"),
        "an address of nobody"
    );
    let huge = json!({"conversationId": conversation, "data": "x".repeat(300 << 10)});
    assert_eq!(house.post(&url, None, &huge).await.status, 413);
    let got = house.http.get(&url).send().await.unwrap();
    assert_eq!(got.status().as_u16(), 405);
    let elsewhere = house
        .http
        .post(format!("{}/call/read_settings", house.base))
        .send()
        .await
        .unwrap();
    assert_eq!(elsewhere.status().as_u16(), 404, "the screens are not served here");
    assert!(house.events(&conversation, "webhook_rejected").await.is_empty());
    assert_eq!(house.url(DELIVERY).await, house.url(DELIVERY).await, "an address stays");
    house.close().await;
}
