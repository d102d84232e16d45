//! The plan of a task as a tree to look at.

#![cfg(test)]

use std::sync::Arc;

use serde_json::{Value as Json, json};
use taskwright_commands::App;
use taskwright_engine::Clock;

struct Noon;

impl Clock for Noon {
    fn now(&self) -> i64 {
        1_763_719_200_000
    }
}

/// The plan of the sample with this text in its first block, as it would be on screen and not yet saved.
async fn plan_with(text: &str) -> Json {
    let app = App::in_memory(Arc::new(Noon)).await.unwrap();
    let tasks = app.call("test", "list_tasks", json!({})).await.unwrap();
    let rows = tasks.as_array().unwrap();
    let row = rows.iter().find(|row| row["title"] == "Refund or cancel an order");
    let id = &row.expect("the sample is there")["id"];
    let mut view = app.call("test", "read_task", json!({"task": id})).await.unwrap();
    view["task"]["blocks"][0]["text"] = json!(text);
    app.call("test", "read_plan", json!({"task": view["task"]}))
        .await
        .unwrap()
}

fn steps(plan: &Json) -> &Vec<Json> {
    plan["nodes"][0]["ways"][0]["steps"].as_array().unwrap()
}

#[tokio::test]
async fn a_check_leads_two_ways_and_each_step_names_its_words() {
    let plan = plan_with("Look up the order. If it is shipped, hand off to Billing. Otherwise apologise.").await;
    let [run, check] = &steps(&plan)[..] else {
        panic!("{plan:#}")
    };
    assert_eq!((&run["kind"], &run["words"]), (&json!("run"), &json!("Runs Get order")));
    assert_eq!(run["span"], json!({"start": 0, "end": 17}));
    let [yes, otherwise] = &check["ways"].as_array().unwrap()[..] else {
        panic!("{check:#}")
    };
    assert_eq!(yes["words"], "If the order's status is shipped");
    assert_eq!(yes["span"], json!({"start": 19, "end": 35}));
    assert_eq!(yes["steps"][0]["ends"], true, "a hand-off ends it");
    assert_eq!(
        (&otherwise["when"], &otherwise["words"]),
        (&json!("otherwise"), &json!("Otherwise"))
    );
    assert_eq!(check["ends"], false, "one way goes on");
}

#[tokio::test]
async fn an_action_knows_the_rules_of_every_block_and_that_it_changes_data() {
    let plan = plan_with("Look up the order. Ask the customer to confirm. Refund the order.").await;
    let refund = &steps(&plan)[2];
    assert_eq!(refund["changes_data"], true);
    let guards = refund["guards"].to_string();
    assert!(
        guards.contains("never runs if the order's ordered date is more than 40 days ago"),
        "{guards}"
    );
    let confirm = &steps(&plan)[1];
    assert_eq!(
        confirm["ways"][1]["steps"][0]["words"],
        "Ends the task: cancelled by the customer"
    );
    assert_eq!(confirm["ends"], false, "a yes goes on");
}

#[tokio::test]
async fn what_is_not_understood_says_what_keeps_a_run_from_it() {
    let plan = plan_with("Sort things out as appropriate.").await;
    let [step] = &steps(&plan)[..] else { panic!("{plan:#}") };
    assert_eq!(step["kind"], "unclear");
    assert!(step["missing"].as_str().unwrap().contains("not understood"), "{step}");
}

#[tokio::test]
async fn a_block_without_words_says_so() {
    let plan = plan_with("").await;
    assert_eq!(plan["nodes"][0]["missing"], "Nothing is written here yet.");
}

#[tokio::test]
async fn a_repetition_holds_its_steps_and_goes_on() {
    let plan = plan_with("Ask for the order number. Repeat up to 3 times until the order is found. Apologise.").await;
    let repeat = &steps(&plan)[0];
    assert_eq!(repeat["kind"], "repeat");
    assert!(
        repeat["words"]
            .as_str()
            .unwrap()
            .starts_with("Repeats at most 3 times, until"),
        "{repeat}"
    );
    assert_eq!(repeat["ways"][0]["steps"][0]["kind"], "ask");
    assert_eq!(repeat["ends"], false);
}

#[tokio::test]
async fn what_is_listened_for_stands_beside_the_steps_with_what_it_leads_to() {
    let text = "Look up the order. If they mention a lawyer or something else legal, hand off to Billing. If they ask about a \
                voucher, tell them \"Vouchers are valid for a year.\"";
    let plan = plan_with(text).await;
    assert_eq!(steps(&plan).len(), 1, "no step of the flow arises from it: {plan:#}");
    let [lawyer, voucher] = &plan["listeners"].as_array().unwrap()[..] else {
        panic!("{plan:#}")
    };
    assert_eq!(lawyer["kind"], "listen");
    assert_eq!(lawyer["words"], "At any time, if the customer mentions lawyer");
    assert_eq!(lawyer["span"], json!({"start": 19, "end": 43}));
    assert_eq!(lawyer["ways"][0]["steps"][0]["words"], "Hands off to Billing");
    assert_eq!(lawyer["ends"], true, "a hand-off ends the run");
    let missing = lawyer["missing"].as_str().expect("one of its ways names no words");
    assert!(missing.contains("nothing says which words to listen for"), "{missing}");
    assert_eq!(
        (&voucher["ends"], &voucher["missing"]),
        (&json!(false), &Json::Null),
        "the run goes on"
    );
}
