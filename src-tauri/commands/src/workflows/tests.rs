//! Workflows in a workspace: there from the beginning, published, pinned, brought back.

use std::sync::Arc;

use serde_json::{Value as Json, json};
use taskwright_domain::{
    CallMode, ConversationId, ConversationPlace, ConversationStart, Customer, EventKind, InputKind, LogEvent, Offer,
};
use taskwright_engine::Clock;
use taskwright_store::{DocumentKind, OpenOptions, Store};

use crate::app::{App, Options};

struct Noon;

impl Clock for Noon {
    fn now(&self) -> i64 {
        1_763_719_200_000
    }
}

const WORKFLOW: &str = "workflow_default";

async fn app() -> App {
    App::in_memory(Arc::new(Noon)).await.unwrap()
}

async fn call(app: &App, name: &str, args: Json) -> Json {
    app.call("test", name, args).await.unwrap()
}

/// A conversation on a channel, as it begins now.
async fn begin(app: &App, name: &str) -> ConversationId {
    let (workflow, revision) = super::live(app).await.unwrap();
    let conversation = ConversationId::new(name);
    let start = ConversationStart {
        place: ConversationPlace::Channel,
        customer: Customer::default(),
        settings: app.snapshot().settings.clone(),
        offer: Offer::Workflow { workflow, revision },
        calls: CallMode::Sample,
        branched_from: None,
        callbacks: None,
        known: std::collections::BTreeMap::new(),
    };
    let start = InputKind::Start { start: Box::new(start) };
    app.take(&conversation, start).await.unwrap();
    conversation
}

async fn say(app: &App, conversation: &ConversationId, text: &str) -> Vec<LogEvent> {
    let said = InputKind::CustomerSaid { text: text.to_owned() };
    app.take(conversation, said).await.unwrap()
}

fn said(events: &[LogEvent], words: &str) -> bool {
    events
        .iter()
        .any(|event| matches!(&event.kind, EventKind::Said { text, .. } if text.contains(words)))
}

fn kinds(events: &[LogEvent]) -> Vec<String> {
    let kind = |event: &LogEvent| {
        serde_json::to_value(&event.kind).unwrap()["kind"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    events.iter().map(kind).collect()
}

fn log(app: &App, conversation: &ConversationId) -> Vec<LogEvent> {
    app.store().load(conversation).unwrap().0
}

/// Gives the block at a place other words.
async fn reword(app: &App, block: usize, field: &str, words: &str) {
    let view = call(app, "read_task", json!({ "task": WORKFLOW })).await;
    let path = format!("/blocks/{block}/{field}");
    let before = view["task"].pointer(&path).cloned().unwrap();
    let change = json!({ "type": "set", "path": path, "before": before, "after": words });
    let edit = json!({ "label": "Reworded", "changes": [{ "document": WORKFLOW, "change": change }] });
    let args = json!({ "document": WORKFLOW, "base_version": view["version"], "edit": edit });
    call(app, "save_edit", args).await;
}

async fn publish(app: &App, task: &Json) {
    call(app, "publish_task", json!({ "task": task })).await;
}

async fn task_called(app: &App, title: &str) -> Json {
    let tasks = call(app, "list_tasks", json!({})).await;
    let row = tasks.as_array().unwrap().iter().find(|row| row["title"] == title);
    row.expect("the sample is there")["id"].clone()
}

#[tokio::test]
async fn every_workspace_has_a_published_workflow() {
    let rows = call(&app().await, "list_workflows", json!({})).await;
    assert_eq!(rows[0]["id"], WORKFLOW);
    assert_eq!(rows[0]["status"], "on", "it is published from the beginning");
    assert_eq!(rows.as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_workspace_of_an_older_program_gets_one() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path(), OpenOptions::default()).unwrap();
    let task = json!({ "id": "task_old", "title": "Old", "blocks": [] });
    let write = taskwright_store::DocumentWrite {
        kind: DocumentKind::Task,
        id: "task_old".to_owned(),
        json: task,
    };
    store.put_documents(vec![write], 1, "test").await.unwrap();
    store.close().await.unwrap();
    drop(store);

    let options = Options {
        data_dir: folder.path().to_owned(),
        program: "test".to_owned(),
        max_pages: None,
    };
    for _ in 0..2 {
        let app = App::open_with(options.clone(), taskwright_connect::secrets::VaultPlaces::in_memory())
            .await
            .unwrap();
        let rows = call(&app, "list_workflows", json!({})).await;
        assert_eq!(
            rows.as_array().unwrap().len(),
            1,
            "one, and not another at the next start"
        );
        assert_eq!(rows[0]["status"], "on");
        let versions = call(&app, "list_revisions", json!({ "task": WORKFLOW })).await;
        assert_eq!(versions.as_array().unwrap().len(), 1, "it was published once");
        app.close().await.unwrap();
    }
}

#[tokio::test]
async fn publishing_disturbs_no_running_conversation() {
    let app = app().await;
    let before = begin(&app, "before").await;
    assert!(said(&log(&app, &before), "How can I help you today?"), "it was greeted");

    reword(&app, 0, "text", "Good day!").await;
    reword(&app, 2, "question", "How many stars?").await;
    let rows = call(&app, "list_workflows", json!({})).await;
    assert_eq!(rows[0]["status"], "on_with_changes", "a draft is no publication");
    assert!(said(
        &log(&app, &begin(&app, "draft").await),
        "How can I help you today?"
    ));

    publish(&app, &json!(WORKFLOW)).await;
    let after = begin(&app, "after").await;
    assert!(said(&log(&app, &after), "Good day!"), "who begins now gets the new one");
    let parted = say(&app, &before, "bye").await;
    assert!(
        said(&parted, "How would you rate this conversation"),
        "who began before goes on as they began: {parted:#?}"
    );
    let ended = say(&app, &before, "no thanks").await;
    assert!(kinds(&ended).contains(&"workflow_finished".to_owned()));
    let again = say(&app, &before, "hello").await;
    assert!(
        said(&again, "Good day!"),
        "and begins again with the new one: {again:#?}"
    );
}

#[tokio::test]
async fn a_channel_offers_published_tasks_only_and_what_runs_goes_on() {
    let app = app().await;
    let refund = task_called(&app, "Refund or cancel an order").await;
    let wish = "I want a refund for order 4512";
    let early = begin(&app, "early").await;
    let events = say(&app, &early, wish).await;
    assert!(
        !kinds(&events).contains(&"task_started".to_owned()),
        "a draft is nobody's"
    );

    publish(&app, &refund).await;
    let running = begin(&app, "running").await;
    let events = say(&app, &running, wish).await;
    assert!(
        kinds(&events).contains(&"task_started".to_owned()),
        "it is on now: {events:#?}"
    );

    call(&app, "pause_task", json!({ "task": refund })).await;
    let late = begin(&app, "late").await;
    let events = say(&app, &late, wish).await;
    assert!(!kinds(&events).contains(&"task_started".to_owned()), "it is paused");

    let view = call(&app, "read_task", json!({ "task": refund })).await;
    let change = json!({ "type": "set", "path": "/blocks", "before": view["task"]["blocks"], "after": [] });
    let edit = json!({ "label": "", "changes": [{ "document": refund, "change": change }] });
    let args = json!({ "document": refund, "base_version": view["version"], "edit": edit });
    call(&app, "save_edit", args).await;
    say(&app, &running, "a full refund").await;
    let events = say(&app, &running, "yes").await;
    assert!(
        kinds(&events).contains(&"task_finished".to_owned()) && said(&events, "Did that help?"),
        "who runs it ends on what they began with: {events:#?}"
    );
}

#[tokio::test]
async fn an_import_disturbs_no_running_conversation() {
    let app = app().await;
    let running = begin(&app, "running").await;
    let mut bundle = app.bundle(&[taskwright_domain::TaskId(WORKFLOW.to_owned())]).unwrap();
    assert_eq!(bundle.workflows.len(), 1, "it travels");
    bundle.workflows[0].name = "Imported".to_owned();
    bundle.workflows[0].blocks.truncate(2);
    let imported = app
        .import(&bundle, &std::collections::BTreeMap::new(), "test")
        .await
        .unwrap();
    let rows = call(&app, "list_workflows", json!({})).await;
    assert_eq!(
        (&rows[0]["name"], &rows[0]["status"]),
        (&json!("Imported"), &json!("on_with_changes"))
    );
    let parted = say(&app, &running, "bye").await;
    assert!(said(&parted, "How would you rate"), "it goes on as it began");
    let fresh = begin(&app, "fresh").await;
    assert!(
        said(&say(&app, &fresh, "bye").await, "How would you rate"),
        "what was imported is a draft"
    );
    let import = imported.import.unwrap();
    call(&app, "undo_import", json!({ "import": import })).await;
    let rows = call(&app, "list_workflows", json!({})).await;
    assert_eq!(rows[0]["status"], "on", "taken back, it is as published");
}

#[tokio::test]
async fn a_workflow_is_undone_and_brought_back_like_a_task() {
    let app = app().await;
    reword(&app, 0, "text", "Good day!").await;
    publish(&app, &json!(WORKFLOW)).await;
    let versions = call(&app, "list_revisions", json!({ "task": WORKFLOW })).await;
    assert_eq!(versions.as_array().unwrap().len(), 2);
    let first = versions[1]["id"].clone();
    call(&app, "restore_revision", json!({ "task": WORKFLOW, "revision": first })).await;
    let greeting = |view: &Json| view["task"]["blocks"][0]["text"].clone();
    let view = call(&app, "read_task", json!({ "task": WORKFLOW })).await;
    assert_eq!(greeting(&view), "Hi! How can I help you today?");
    for words in ["Good day!", "Hi! How can I help you today?"] {
        call(&app, "undo", json!({ "document": WORKFLOW })).await;
        let view = call(&app, "read_task", json!({ "task": WORKFLOW })).await;
        assert_eq!(greeting(&view), words, "one step back");
    }
    for refused in ["delete_task", "duplicate_task"] {
        let error = app
            .call("test", refused, json!({ "task": WORKFLOW }))
            .await
            .unwrap_err();
        assert!(error.message.contains("workflow"), "{error:?}");
    }
}

#[tokio::test]
async fn a_hand_off_finds_a_team_that_was_made_later() {
    let app = app().await;
    let team = call(&app, "create_team", json!({ "name": "Front desk" })).await;
    let mut settings = app.snapshot().settings.clone();
    settings.default_team = team["id"].as_str().map(|id| taskwright_domain::TeamId(id.to_owned()));
    call(&app, "save_settings", json!({ "settings": settings })).await;
    let conversation = begin(&app, "handed").await;
    let events = say(&app, &conversation, "I want to talk to a human").await;
    let to = events.iter().find_map(|event| match &event.kind {
        EventKind::HandedOff { team_name, .. } => Some(team_name.clone()),
        _ => None,
    });
    assert_eq!(to.as_deref(), Some("Front desk"));
}

#[tokio::test]
async fn what_happened_survives_a_restart_bit_for_bit() {
    let folder = tempfile::tempdir().unwrap();
    let options = Options {
        data_dir: folder.path().to_owned(),
        program: "test".to_owned(),
        max_pages: None,
    };
    let places = taskwright_connect::secrets::VaultPlaces::in_memory;
    let app = App::open_with(options.clone(), places()).await.unwrap();
    let conversation = begin(&app, "lasting").await;
    say(&app, &conversation, "bye").await;
    let (state, standing) = (
        app.inner.runner.state(&conversation).await.unwrap(),
        app.inner.runner.standing(&conversation).await.unwrap(),
    );
    app.close().await.unwrap();
    drop(app);

    let app = App::open_with(options, places()).await.unwrap();
    assert_eq!(
        app.inner.runner.state(&conversation).await.unwrap(),
        state,
        "it stands where it stood"
    );
    assert_eq!(
        app.inner.runner.standing(&conversation).await.unwrap(),
        standing,
        "its timer too"
    );
    assert!(standing.timer.is_some(), "the silence is watched");
    let again = crate::log::shared_until(&app, &conversation, state.seq).unwrap();
    assert_eq!(
        (again.seq, &again.standing, &again.state),
        (state.seq, &standing, &state),
        "decided again, it is the same"
    );
    let rated = say(&app, &conversation, "5").await;
    assert!(
        kinds(&rated).contains(&"rating_given".to_owned()),
        "and goes on: {rated:#?}"
    );
}

#[tokio::test]
async fn a_preview_of_the_workflow_is_rewound() {
    let app = app().await;
    let start = json!({ "task": WORKFLOW, "from_the_start": false, "calls": "sample" });
    let preview = call(&app, "start_preview", start).await;
    let conversation = ConversationId(preview["conversation"].as_str().unwrap().to_owned());
    let greeted = preview["last_seq"].as_u64().unwrap();
    assert!(said(&log(&app, &conversation), "How can I help you today?"));
    say(&app, &conversation, "bye").await;
    let branch = call(&app, "rewind", json!({ "conversation": conversation, "seq": greeted })).await;
    let branch = ConversationId(branch["conversation"].as_str().unwrap().to_owned());
    let events = say(&app, &branch, "I want a refund for order 4512").await;
    assert!(
        kinds(&events).contains(&"task_started".to_owned()),
        "another try: {events:#?}"
    );
}
