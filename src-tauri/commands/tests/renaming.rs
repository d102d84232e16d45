//! An answer that would replace something is a problem, and one press gives it another name everywhere.

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

/// Sets a field of a task or an action.
async fn set(app: &App, read: &str, document: &Json, path: &str, after: Json) {
    let noun = read.trim_start_matches("read_");
    let view = call(app, read, json!({ noun: document })).await;
    let before = view[noun].pointer(path).cloned().unwrap_or(Json::Null);
    let change = json!({ "type": "set", "path": path, "before": before, "after": after });
    let edit = json!({ "label": "", "changes": [{ "document": document, "change": change }] });
    let args = json!({ "document": document, "base_version": view["version"], "edit": edit });
    call(app, "save_edit", args).await;
}

fn found(view: &Json) -> Vec<Json> {
    let problems = view["problems"].as_array().unwrap().iter();
    let of_name = problems.filter(|problem| problem["place"]["field"] == "/result_name");
    of_name.cloned().collect()
}

/// The id of a row of a list.
async fn id_of(app: &App, list: &str, field: &str, is: &str) -> Json {
    let rows = call(app, list, json!({})).await;
    let mut rows = rows.as_array().unwrap().iter();
    let row = rows.find(|row| row[field] == is);
    row.unwrap_or_else(|| panic!("{is} is there"))["id"].clone()
}

async fn refund(app: &App) -> Json {
    id_of(app, "list_tasks", "title", "Refund or cancel an order").await
}

async fn action(app: &App, key: &str) -> Json {
    id_of(app, "list_actions", "key", key).await
}

#[tokio::test]
async fn an_answer_called_like_an_attribute_is_a_problem_until_it_is_renamed() {
    let app = App::in_memory(Arc::new(Noon)).await.unwrap();
    let (task, action) = (refund(&app).await, action(&app, "get_order").await);
    let view = call(&app, "read_task", json!({ "task": task })).await;
    assert_eq!(found(&view), Vec::<Json>::new(), "as it comes nothing is wrong with it");
    let mut attributes = view["task"]["attributes"].clone();
    let order = json!({ "id": "attribute_order", "key": "order", "name": "Order", "kind": { "type": "text" } });
    attributes.as_array_mut().unwrap().push(order);
    set(&app, "read_task", &task, "/attributes", attributes).await;

    let view = call(&app, "read_task", json!({ "task": task })).await;
    let problems = found(&view);
    let [problem] = problems.as_slice() else {
        panic!("there is one: {problems:#?}");
    };
    assert_eq!(
        (&problem["severity"], &problem["place"]["action"]),
        (&json!("blocks"), &action),
        "{problem:#}"
    );
    let shown = call(&app, "read_action", json!({ "action": action })).await;
    assert_eq!(found(&shown), problems, "its own editor says the same");
    let message = problem["message"].as_str().unwrap();
    assert!(message.contains("both called \"order\""), "{message}");
    let refused = app.call("test", "publish_task", json!({ "task": task })).await;
    assert!(refused.is_err(), "what blocks keeps the task from being published");

    let fix = &problem["remedies"][0]["fix"];
    assert_eq!(fix["type"], "rename_answer", "{problem:#}");
    let mend = json!({ "document": task, "action": fix["action"], "to": fix["to"] });
    call(&app, "rename_answer", mend).await;
    let mended = call(&app, "read_task", json!({ "task": task })).await;
    assert_eq!(found(&mended), Vec::<Json>::new());
    let (before, after) = (view["task"].to_string(), mended["task"].to_string());
    assert!(before.contains("{order.") && !after.contains("{order."), "{after}");
    assert_eq!(
        before.matches("{order.").count(),
        after.matches("{order_answer.").count(),
        "it is written so wherever it was"
    );
    call(&app, "undo", json!({ "document": task })).await;
    let undone = call(&app, "read_task", json!({ "task": task })).await;
    assert_eq!(undone["task"], view["task"], "one step back, in the task");
    let action = call(&app, "read_action", json!({ "action": action })).await;
    assert_eq!(action["action"]["result_name"], "order", "and in the action");
}

#[tokio::test]
async fn a_name_that_is_taken_or_no_name_is_refused() {
    let app = App::in_memory(Arc::new(Noon)).await.unwrap();
    let (task, action) = (refund(&app).await, action(&app, "get_order").await);
    for (to, why) in [("refund", "called"), ("customer", "called"), ("Two words", "no name")] {
        let args = json!({ "document": task, "action": action, "to": to });
        let refused = app.call("test", "rename_answer", args).await.unwrap_err();
        assert!(refused.to_string().contains(why), "{to}: {refused}");
    }
}

#[tokio::test]
async fn answers_of_one_name_may_not_disagree_on_a_field() {
    let app = App::in_memory(Arc::new(Noon)).await.unwrap();
    let task = refund(&app).await;
    let (order, cancel) = (action(&app, "get_order").await, action(&app, "cancel_order").await);
    set(&app, "read_action", &cancel, "/result_name", json!("order")).await;
    let view = call(&app, "read_action", json!({ "action": order })).await;
    let mut field = view["action"]["outputs"][0].clone();
    set(&app, "read_action", &cancel, "/outputs", json!([field])).await;
    let view = call(&app, "read_task", json!({ "task": task })).await;
    assert_eq!(found(&view), Vec::<Json>::new(), "the same field in both is one value");
    field["kind"] = json!({ "type": "phone" });
    set(&app, "read_action", &cancel, "/outputs", json!([field])).await;
    let view = call(&app, "read_task", json!({ "task": task })).await;
    let problems = found(&view);
    assert_eq!(problems.len(), 1, "{problems:#?}");
    let message = problems[0]["message"].as_str().unwrap();
    assert!(message.contains("of another type in each"), "{message}");
    for one in [order, cancel] {
        let view = call(&app, "read_action", json!({ "action": one })).await;
        assert_eq!(found(&view).len(), 1, "{one} says so as well");
    }
}
