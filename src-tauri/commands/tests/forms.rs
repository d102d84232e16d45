//! The form of a Collect block, filled in where a task is previewed: every control of the screen writes what the engine
//! reads, and what is given goes the way of a product's answer to a collector.

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

async fn call(app: &App, name: &str, args: Json) -> Json {
    app.call("test", name, args).await.unwrap()
}

async fn log(app: &App, conversation: &Json) -> Vec<Json> {
    let args = json!({"conversation": conversation, "from": 1, "limit": 500});
    call(app, "read_log", args).await["events"].as_array().unwrap().clone()
}

async fn set(app: &App, task: &str, field: &str, after: Json) {
    let view = call(app, "read_task", json!({"task": task})).await;
    let change = json!({"type": "set", "path": format!("/{field}"), "before": view["task"][field], "after": after});
    let edit = json!({"label": "", "changes": [{"document": task, "change": change}]});
    let args = json!({"document": task, "base_version": view["version"], "edit": edit});
    call(app, "save_edit", args).await;
}

/// A preview of a task that asks for these attributes in one form, begun.
async fn asked(app: &App, attributes: &[(&str, Json)]) -> Json {
    asked_of(app, attributes, Json::Null).await
}

async fn asked_of(app: &App, attributes: &[(&str, Json)], customer: Json) -> Json {
    let task = call(app, "create_task", json!({"title": "Return something"})).await["id"].clone();
    let id = task.as_str().unwrap();
    let listed = attributes.iter().map(|(key, kind)| {
        json!({"id": format!("attribute_{key}"), "key": key, "name": key.replace('_', " "), "kind": kind})
    });
    set(app, id, "attributes", listed.collect()).await;
    let keys: Vec<&str> = attributes.iter().map(|(key, _)| *key).collect();
    let form = json!([{"id": "block_form", "name": "", "type": "collect_attribute", "attributes": keys}]);
    set(app, id, "blocks", form).await;
    let preview = json!({"task": task, "from_the_start": false, "calls": "sample", "customer": customer});
    let conversation = call(app, "start_preview", preview).await["conversation"].clone();
    let begin = json!({"conversation": conversation, "task": task});
    call(app, "start_task_anyway", begin).await;
    conversation
}

async fn fill(app: &App, conversation: &Json, attribute: &str, text: &str) {
    let args = json!({"conversation": conversation, "attribute": attribute, "text": text});
    call(app, "fill_field", args).await;
}

fn of_kind<'a>(events: &'a [Json], kind: &str) -> Vec<&'a Json> {
    events.iter().filter(|event| event["kind"] == kind).collect()
}

async fn app() -> App {
    App::in_memory(Arc::new(Noon)).await.unwrap()
}

#[tokio::test]
async fn every_control_of_the_form_writes_what_is_read() {
    let app = app().await;
    let choice = json!({"type": "choice", "options": ["Too small", "It broke"]});
    let kinds = [
        ("reason", choice, "It broke", json!("It broke")),
        ("pieces", json!({"type": "integer"}), "3", json!(3)),
        ("weight", json!({"type": "decimal"}), "1.5", json!("1.5")),
        ("unopened", json!({"type": "boolean"}), "Yes", json!(true)),
        ("bought", json!({"type": "date"}), "2025-11-09", json!("2025-11-09")),
        ("pick_up", json!({"type": "date_time"}), "2025-11-24T17:30", Json::Null),
        ("call_at", json!({"type": "time"}), "14:30", Json::Null),
        (
            "email",
            json!({"type": "email"}),
            "ada@example.com",
            json!("ada@example.com"),
        ),
        ("phone", json!({"type": "phone"}), "+44 20 7946 0123", Json::Null),
        ("paid", json!({"type": "amount"}), "79.90", Json::Null),
        ("order_code", json!({"type": "identifier"}), "AB-4512", json!("AB-4512")),
        (
            "name",
            json!({"type": "person_name"}),
            "Ada Lovelace",
            json!("Ada Lovelace"),
        ),
        (
            "address",
            json!({"type": "address"}),
            "12 Mill Lane, Leeds LS1 4AB",
            Json::Null,
        ),
        (
            "words",
            json!({"type": "text"}),
            "It came without the lid",
            json!("It came without the lid"),
        ),
    ];
    let attributes: Vec<(&str, Json)> = kinds.iter().map(|(key, kind, ..)| (*key, kind.clone())).collect();
    let conversation = asked(&app, &attributes).await;
    let events = log(&app, &conversation).await;
    let requested = of_kind(&events, "attributes_requested");
    assert_eq!(requested.len(), 1, "one form");
    assert_eq!(requested[0]["fields"].as_array().unwrap().len(), kinds.len());
    for (key, _, typed, value) in &kinds {
        fill(&app, &conversation, key, typed).await;
        let events = log(&app, &conversation).await;
        let rejected = of_kind(&events, "attribute_rejected");
        assert!(rejected.is_empty(), "{key}: {rejected:?}");
        let set = of_kind(&events, "attribute_set");
        let set = set.iter().find(|event| event["attribute"] == *key).unwrap();
        assert_eq!(set["source"]["type"], "customer");
        if !value.is_null() {
            assert_eq!(set["to"]["value"], *value, "{key}");
        }
    }
    let events = log(&app, &conversation).await;
    assert_eq!(of_kind(&events, "attribute_collected").len(), kinds.len());
    assert_eq!(of_kind(&events, "task_finished").len(), 1, "nothing is left to ask for");
}

#[tokio::test]
async fn what_does_not_fit_is_asked_for_again_and_what_is_not_asked_for_is_refused() {
    let app = app().await;
    let attributes = [
        ("email", json!({"type": "email"})),
        ("name", json!({"type": "person_name"})),
    ];
    let conversation = asked(&app, &attributes).await;
    fill(&app, &conversation, "email", "nobody at all").await;
    let events = log(&app, &conversation).await;
    assert_eq!(of_kind(&events, "attribute_rejected")[0]["attribute"], "email");
    let requested = of_kind(&events, "attributes_requested");
    let fields = requested.last().unwrap()["fields"].as_array().unwrap();
    assert_eq!(fields.len(), 1, "only what did not fit: {fields:?}");

    for (attribute, text, code, at) in [
        ("shoe_size", "42", "conflict", "/attribute"),
        ("name", "  ", "bad_request", "/text"),
    ] {
        let args = json!({"conversation": conversation, "attribute": attribute, "text": text});
        let refused = app.call("test", "fill_field", args).await.unwrap_err();
        let refused = serde_json::to_value(refused).unwrap();
        assert_eq!(
            (refused["code"].as_str(), refused["field"].as_str()),
            (Some(code), Some(at)),
            "{refused}"
        );
    }
}

#[tokio::test]
async fn what_is_known_of_the_customer_is_no_field_of_the_form() {
    let app = app().await;
    let attributes = [
        ("name", json!({"type": "person_name"})),
        ("email", json!({"type": "email"})),
    ];
    let customer = json!({"id": "ada", "name": null, "email": "ada@example.com", "signed_in": true});
    let conversation = asked_of(&app, &attributes, customer).await;
    let events = log(&app, &conversation).await;
    let fields = of_kind(&events, "attributes_requested")[0]["fields"].clone();
    assert_eq!(fields.as_array().unwrap().len(), 1, "{fields}");
    assert_eq!(fields[0]["key"], "name");
    fill(&app, &conversation, "name", "Ada Lovelace").await;
    let events = log(&app, &conversation).await;
    let set = of_kind(&events, "attribute_set");
    let email = set.iter().find(|event| event["attribute"] == "email").unwrap();
    assert_eq!(email["source"]["type"], "known");
    assert_eq!(of_kind(&events, "task_finished").len(), 1, "nothing is left to ask for");
}
