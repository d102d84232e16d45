//! Bundles out of a workspace and into one.

#![cfg(test)]

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Value as Json, json};
use taskwright_bundle::{BundleContent, Hashes, ImportChoice, ItemState, from_files, unpack};
use taskwright_commands::{App, left_out};
use taskwright_domain::{Pair, Template};
use taskwright_engine::Clock;

struct Noon;

impl Clock for Noon {
    fn now(&self) -> i64 {
        1_763_719_200_000
    }
}

/// A workspace with the samples.
async fn app() -> App {
    App::in_memory(Arc::new(Noon)).await.unwrap()
}

async fn call(app: &App, name: &str, args: Json) -> Json {
    app.call("test", name, args).await.unwrap()
}

/// The refund sample with all it uses.
async fn refund(app: &App) -> BundleContent {
    let tasks = call(app, "list_tasks", json!({})).await;
    let rows = tasks.as_array().unwrap();
    let row = rows.iter().find(|row| row["title"] == "Refund or cancel an order");
    let id = serde_json::from_value(row.expect("the sample is there")["id"].clone()).unwrap();
    app.bundle(&[id]).unwrap()
}

async fn import(app: &App, theirs: &BundleContent) -> Json {
    let imported = app.import(theirs, &BTreeMap::new(), "test").await.unwrap();
    serde_json::to_value(imported).unwrap()
}

fn is_same(app: &App, theirs: &BundleContent) -> bool {
    app.inspect(theirs)
        .items
        .iter()
        .all(|item| item.state == ItemState::Same)
}

#[tokio::test]
async fn what_stays_behind_is_told_and_stands_in_the_connection_sheet() {
    let app = app().await;
    let mut theirs = refund(&app).await;
    let request = theirs
        .actions
        .iter_mut()
        .find_map(|action| action.request.as_mut())
        .unwrap();
    request
        .headers
        .push(Pair::new("Authorization", "Bearer s3cret-in-header"));
    assert_eq!(left_out(&theirs).len(), 1, "one header is left out of {theirs:#?}");
    // A header that somebody typed into the editor, as the export finds it in the workspace.
    let document = theirs.actions.iter().find(|action| action.request.is_some()).unwrap();
    let view = call(&app, "read_action", json!({ "action": document.id })).await;
    let header = json!([{ "name": "Authorization", "value": "Bearer s3cret-in-header" }]);
    let change = json!({ "type": "set", "path": "/request/headers", "before": null, "after": header });
    let edit = json!({
        "document": document.id,
        "edit": { "label": "Typed a header", "changes": [{ "document": document.id, "change": change }] },
        "base_version": view["version"],
    });
    call(&app, "save_edit", edit).await;
    let task = theirs.tasks[0].id.clone();
    let exported = call(&app, "export_bundle", json!({ "tasks": [task] })).await;
    let told = format!(
        "the password or key in the header Authorization of the action “{}”",
        document.name
    );
    assert_eq!(exported["left_out"], json!([told]), "the author is told: {exported}");
    let (_, bytes) = app.get_file(exported["file"].as_str().unwrap()).await.unwrap();
    let files = unpack(&bytes).unwrap();
    let sheet = String::from_utf8_lossy(&files["connection-sheet.md"]);
    assert!(
        sheet.contains("Needs a secret in the header Authorization"),
        "and engineers are: {sheet}"
    );
    let read = from_files(&files, Hashes::Check).unwrap();
    assert!(is_same(&app, &read), "what stayed behind is no difference");
}

#[tokio::test]
async fn conversations_come_with_their_task_and_leave_with_the_import() {
    let app = app().await;
    let mut theirs = refund(&app).await;
    assert!(is_same(&app, &theirs), "an export imports again unchanged");
    theirs.conversations[0].markdown.push_str("\nMore.\n");
    assert!(
        !is_same(&app, &theirs),
        "a changed conversation is a change of its task"
    );
    let imported = import(&app, &theirs).await;
    assert_eq!(refund(&app).await.conversations, theirs.conversations, "it is taken");
    call(&app, "undo_import", json!({ "import": imported["import"] })).await;
    assert!(!is_same(&app, &theirs), "and taken back");
}

#[tokio::test]
async fn a_copy_of_a_task_brings_its_own_conversations() {
    let app = app().await;
    let mut theirs = refund(&app).await;
    theirs.tasks[0].description.push_str(" More.");
    let task = theirs.tasks[0].id.clone();
    let choices = BTreeMap::from([(task.to_string(), ImportChoice::KeepBoth)]);
    let imported = app.import(&theirs, &choices, "test").await.unwrap();
    let copy = app.bundle(&imported.tasks).unwrap();
    assert_ne!(imported.tasks, [task], "it is a task of its own");
    assert_eq!(
        copy.conversations.len(),
        theirs.conversations.len(),
        "with conversations of its own"
    );
}

#[tokio::test]
async fn an_imported_call_goes_nowhere_until_its_address_is_confirmed_again() {
    let app = app().await;
    let mut theirs = refund(&app).await;
    let action = theirs
        .actions
        .iter_mut()
        .find(|action| action.request.is_some())
        .unwrap();
    let id = action.id.clone();
    let addresses = json!({ "live": "https://shop.example.com" });
    call(
        &app,
        "save_connections",
        json!({ "actions": [id], "addresses": addresses }),
    )
    .await;
    assert_eq!(
        connection(&app, id.as_str()).await["doubtful"],
        false,
        "it was confirmed"
    );
    action.description.push_str(" More.");
    import(&app, &theirs).await;
    assert_eq!(
        connection(&app, id.as_str()).await["doubtful"],
        false,
        "other words change no call"
    );
    let action = theirs.actions.iter_mut().find(|action| action.id == id).unwrap();
    action.request.as_mut().unwrap().path = Template::new("/somewhere/else");
    import(&app, &theirs).await;
    let row = connection(&app, id.as_str()).await;
    assert_eq!(row["doubtful"], true, "nobody confirmed this call: {row}");
    assert_eq!(row["addresses"], addresses, "the address is kept as a suggestion");
    let actions = call(&app, "list_actions", json!({})).await;
    let listed = actions.as_array().unwrap().iter().find(|row| row["id"] == json!(id));
    assert_eq!(listed.unwrap()["connected"], false, "it answers with samples");
    call(
        &app,
        "save_connections",
        json!({ "actions": [id], "addresses": addresses }),
    )
    .await;
    assert_eq!(
        connection(&app, id.as_str()).await["doubtful"],
        false,
        "until it is confirmed"
    );
}

async fn connection(app: &App, action: &str) -> Json {
    let rows = call(app, "list_connections", json!({})).await;
    let mut rows = rows.as_array().unwrap().iter();
    rows.find(|row| row["action"] == action).unwrap().clone()
}
