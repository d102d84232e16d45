//! The demo service: a look-up, refunds counted once, and every fault it can produce.

use demo_service::{DemoService, Options, Running};
use serde_json::{Value as Json, json};
use taskwright_connect::Client;
use taskwright_domain::{ActionResult, EffectId, FailureCause, Value};
use taskwright_engine::ActionCall;

use crate::calls::{call, euros, failed, fields, reason, text, to};

async fn shop() -> Running {
    let options = Options {
        today: Some("2026-11-21".to_owned()),
        ..Options::default()
    };
    DemoService::start(options).await.unwrap()
}

fn get_order(number: &str) -> ActionCall {
    let action = json!({
        "request": { "path": "/orders/{order_number}" },
        "outputs": [
            { "key": "total", "kind": { "type": "amount" } },
            { "key": "ordered_on", "kind": { "type": "date" } },
            { "key": "first_item", "kind": { "type": "text" }, "path": "$.items[0].name" },
        ],
    });
    call(&action, &[("order_number", text(number))])
}

fn refund(honours_key: bool, fault: Option<&str>) -> ActionCall {
    // Long where an answer comes, so that a busy machine does not turn it into a timeout.
    let held = fault.is_some_and(|fault| fault.starts_with("timeout") || fault == "slow:60000");
    let timeout_ms = if held { 1_000 } else { 10_000 };
    let header = fault.map(|fault| json!({ "name": "X-Demo-Fault", "value": fault }));
    let action = json!({
        "request": {
            "method": "POST", "path": "/orders/{order_number}/refunds", "timeout_ms": timeout_ms,
            "headers": header.into_iter().collect::<Json>(),
            "body": { "kind": "partial", "amount": "{amount}" },
        },
        "outputs": [{ "key": "id", "kind": { "type": "identifier" }, "path": "$.refund_id" }],
        "changes_data": true,
        "receiver_honours_key": honours_key,
    });
    call(&action, &[("order_number", text("4512")), ("amount", euros("10.00"))])
}

async fn made(call: &ActionCall, shop: &Running) -> ActionResult {
    Client::new().unwrap().call(call, &to(&shop.base_url())).await
}

#[tokio::test]
async fn an_order_is_looked_up() {
    let shop = shop().await;
    let order = fields(made(&get_order("4512"), &shop).await);
    assert_eq!(order["total"], euros("79.00"), "money");
    let day = "2026-11-09".parse().unwrap();
    assert_eq!(order["ordered_on"], Value::Date(day), "a day");
    assert_eq!(order["first_item"], text("Reading lamp"), "an item");
    let unknown = failed(made(&get_order("9999"), &shop).await);
    assert_eq!(unknown, (FailureCause::NotFound, 1), "an unknown order");
}

#[tokio::test]
async fn the_same_refund_sent_again_with_its_key_is_made_once() {
    let shop = shop().await;
    let refunds = || shop.ledger().count(Some("refund_issued")).unwrap();
    let first = fields(made(&refund(true, None), &shop).await);
    let again = fields(made(&refund(true, None), &shop).await);
    assert_eq!(first, again, "the same answer");
    assert_eq!(refunds(), 1, "one refund was made");
    let mut other = refund(true, None);
    other.key = EffectId::new("7_3_0");
    fields(made(&other, &shop).await);
    assert_eq!(refunds(), 2, "another key is another refund");
}

#[tokio::test]
async fn every_fault_of_the_service_is_told_as_what_it_is() {
    let wrong_shape = FailureCause::WrongShape {
        difference: "$.refund_id: expected a number or code, found nothing".to_owned(),
    };
    for (fault, expected, changes) in [
        ("timeout", FailureCause::Timeout, 0),
        ("timeout_after", FailureCause::Timeout, 1),
        ("500", FailureCause::Status { status: 500 }, 0),
        ("500_after", FailureCause::Status { status: 500 }, 1),
        ("429", FailureCause::Status { status: 429 }, 0),
        ("bad_json", FailureCause::NotJson, 1),
        ("wrong_shape", wrong_shape, 1),
        ("slow:60000", FailureCause::Timeout, 0),
    ] {
        let shop = shop().await;
        let result = failed(made(&refund(false, Some(fault)), &shop).await);
        assert_eq!(result, (expected, 1), "{fault}");
        let really = shop.ledger().count(None).unwrap();
        assert_eq!(really, changes, "{fault}: what was really changed");
    }
    let shop = shop().await;
    fields(made(&refund(false, Some("slow:20")), &shop).await);
}

#[tokio::test]
async fn a_change_whose_first_attempt_failed_is_made_once_and_its_answer_told() {
    for fault in ["500", "500_after", "429"] {
        let shop = shop().await;
        let body = json!({ "path_prefix": "/orders", "fault": fault, "times": 1 });
        let request = json!({ "method": "POST", "path": "/faults", "body": body });
        fields(made(&call(&json!({ "request": request }), &[]), &shop).await);
        let answer = fields(made(&refund(true, None), &shop).await);
        assert!(answer.contains_key("id"), "{fault}: the answer is told");
        let ledger = shop.ledger();
        assert_eq!(ledger.count(None).unwrap(), 1, "{fault}: one refund was made");
        let keys: Vec<_> = ledger
            .requests()
            .unwrap()
            .into_iter()
            .map(|request| request.key)
            .collect();
        assert_eq!(
            keys,
            vec![Some("effect_7_2_0".to_owned()); 2],
            "{fault}: by two requests with one key"
        );
    }
}

#[tokio::test]
async fn a_refusal_of_the_shop_is_told_by_its_status() {
    let shop = shop().await;
    let mut too_much = refund(true, None);
    too_much.inputs.insert("amount".to_owned(), euros("500.00"));
    let result = failed(made(&too_much, &shop).await);
    assert_eq!(
        result,
        (FailureCause::Status { status: 409 }, 1),
        "more than is left to refund"
    );
    let odd = reason(failed(made(&get_order(".."), &shop).await).0);
    assert_eq!(odd, "path: . and .. cannot be a part of it", "it is not even sent");
    assert_eq!(shop.ledger().count(None).unwrap(), 0, "nothing was changed");
}
