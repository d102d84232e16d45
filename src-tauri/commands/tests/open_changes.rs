//! A change that was sent and whose answer tells nothing is neither a failure nor made again: a person looks after it.

#![cfg(test)]

use serde_json::{Value as Json, json};
use taskwright_bundle::BundleContent;
use taskwright_commands::Rehearsal;
use taskwright_domain::{Customer, EventKind, LogEvent, Settings};

/// A task that runs one action and then says so.
fn content(changes_data: bool, answer: &Json) -> BundleContent {
    serde_json::from_value(json!({
        "name": "Payouts",
        "tasks": [{ "id": "task_pay", "title": "Pay out", "blocks": [
            { "id": "block_1", "type": "run_action", "action": "action_pay", "inputs": {} },
            { "id": "block_2", "type": "message", "text": "It is done." },
        ] }],
        "actions": [{
            "id": "action_pay", "key": "pay_out", "name": "Pay out balance", "result_name": "payout",
            "changes_data": changes_data, "outputs": [{ "key": "paid_on", "kind": { "type": "date" } }],
            "on_failure": { "say": "That did not work.", "team": "team_billing" },
            "stubs": [{ "name": "Any", "answer": answer }],
        }],
        "teams": [{ "id": "team_billing", "name": "Billing" }],
    }))
    .unwrap()
}

async fn log(changes_data: bool, answer: &Json) -> Vec<LogEvent> {
    let content = content(changes_data, answer);
    let started = Rehearsal::start(
        &content,
        None,
        Settings::default(),
        Customer::default(),
        1_763_719_200_000,
    )
    .await;
    let mut rehearsal = started.unwrap();
    rehearsal.start_task("Pay out").await.unwrap();
    let log = rehearsal.log();
    assert_eq!(rehearsal.rerun(), log, "the log runs again as it is: {answer}");
    log
}

fn said(log: &[LogEvent]) -> String {
    let said = log.iter().filter_map(|event| match &event.kind {
        EventKind::Said { text, .. } => Some(text.as_str()),
        _ => None,
    });
    said.collect::<Vec<_>>().join("\n")
}

fn failure(cause: &Json) -> Json {
    json!({ "type": "failure", "cause": cause })
}

#[tokio::test]
async fn a_change_whose_answer_tells_nothing_is_left_to_a_person() {
    for answer in [
        json!({ "type": "http", "status": 201, "body": { "paid": "maybe" } }),
        json!({ "type": "http", "status": 504, "body": null }),
        failure(&json!({ "type": "not_json" })),
        failure(&json!({ "type": "too_large" })),
        failure(&json!({ "type": "timeout" })),
        failure(&json!({ "type": "cut" })),
    ] {
        let log = log(true, &answer).await;
        let unresolved = log.iter().find_map(|event| match &event.kind {
            EventKind::ActionUnresolved { failure, .. } => Some(failure),
            EventKind::ActionFailed { .. } => panic!("nobody knows that it failed: {answer}"),
            _ => None,
        });
        assert!(
            unresolved.is_some_and(Option::is_some),
            "the log says what came instead of an answer: {answer}"
        );
        let handed_off = log.iter().find_map(|event| match &event.kind {
            EventKind::HandedOff { team_name, note, .. } => Some((team_name.as_str(), note)),
            _ => None,
        });
        let (team, note) = handed_off.expect("a person is asked");
        assert_eq!(team, "Billing", "the one the action names: {answer}");
        assert!(
            note.contains("nobody knows whether Pay out balance went through"),
            "and told what to look at: {note}"
        );
        let said = said(&log);
        assert!(
            said.contains("couldn't make sure") && !said.contains("did not work") && !said.contains("It is done"),
            "the customer hears neither yes nor no: {said}"
        );
    }
}

#[tokio::test]
async fn what_surely_was_not_done_has_failed() {
    for cause in [
        json!({ "type": "status", "status": 503 }),
        json!({ "type": "unreachable" }),
        json!({ "type": "not_found" }),
    ] {
        let log = log(true, &failure(&cause)).await;
        assert!(
            log.iter()
                .any(|event| matches!(event.kind, EventKind::ActionFailed { .. })),
            "{cause}"
        );
        assert!(said(&log).contains("That did not work."), "the author's words: {cause}");
    }
}

#[tokio::test]
async fn a_look_up_changes_nothing_so_it_may_fail() {
    let log = log(false, &failure(&json!({ "type": "timeout" }))).await;
    let failed = log
        .iter()
        .any(|event| matches!(event.kind, EventKind::ActionFailed { .. }));
    assert!(failed, "nothing is open after a look-up: {}", said(&log));
}

#[tokio::test]
async fn a_webhook_is_read_by_its_paths_and_keeps_nothing_that_is_redacted() {
    let content: BundleContent = serde_json::from_value(json!({
        "name": "Checks",
        "tasks": [{ "id": "task_check", "title": "Check", "blocks": [
            { "id": "block_1", "type": "wait_for_webhook", "key": "check", "limit": { "count": 1, "unit": "hours" },
              "example": {}, "what_then": [], "fields": [
                { "key": "days", "kind": { "type": "integer" }, "path": "$.lines[?@.sku == 'a'].days" },
                { "key": "card", "kind": { "type": "text" }, "path": "$.payment.card", "redacted": true },
            ] },
            { "id": "block_2", "type": "message", "text": "It takes {check.days} days." },
        ] }],
    }))
    .unwrap();
    let started = Rehearsal::start(&content, None, Settings::default(), Customer::default(), 0).await;
    let mut rehearsal = started.unwrap();
    rehearsal.start_task("Check").await.unwrap();
    let body = |days: Json| {
        json!({ "data": {
            "lines": [{ "sku": "b", "days": 9 }, { "sku": "a", "days": days }],
            "payment": { "card": "4111 1111" },
        } })
    };
    rehearsal.call_back("check", body(json!("soon"))).await.unwrap();
    rehearsal.call_back("check", body(json!(3))).await.unwrap();
    let log = rehearsal.log();
    let kinds = |wanted: fn(&EventKind) -> bool| log.iter().filter(|event| wanted(&event.kind)).count();
    assert_eq!(
        kinds(|kind| matches!(kind, EventKind::WebhookRejected { .. })),
        1,
        "\"soon\" is no number"
    );
    assert_eq!(
        kinds(|kind| matches!(kind, EventKind::WebhookReceived { .. })),
        1,
        "3 is"
    );
    assert!(said(&log).contains("It takes 3 days."), "{}", said(&log));
    let written = serde_json::to_string(&log).unwrap();
    assert!(!written.contains("4111"), "the card stands nowhere in the log");
    assert_eq!(rehearsal.rerun(), log, "and the log runs again as it is");
}
