//! Opening and closing a workspace: what is refused, and what stays as it is.
#![expect(clippy::unwrap_used, reason = "what the workspace cannot do fails the test")]

use std::path::Path;

use rusqlite::Connection;
use serde_json::{Value, json};
use taskwright_store::{DocumentKind, DocumentWrite, OpenOptions, Store, StoreError};
use tokio::sync::broadcast::error::RecvError;

fn open(folder: &Path) -> Result<Store, StoreError> {
    Store::open(folder, OpenOptions::default())
}

fn task(id: &str, title: &str) -> DocumentWrite {
    DocumentWrite {
        kind: DocumentKind::Task,
        id: id.to_owned(),
        json: json!({"id": id, "title": title}),
    }
}

fn title(store: &Store, id: &str) -> String {
    let row = store.document(id).unwrap().unwrap();
    row.json["title"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_closed_workspace_answers_nothing_but_that_it_is_closed() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path()).unwrap();
    store.put_documents(vec![task("task_a", "A")], 1, "").await.unwrap();
    let mut heard = store.announcements();
    tokio::join!(store.close(), store.close()).0.unwrap();
    store.close().await.unwrap();
    assert_eq!(store.document("task_a").unwrap_err(), StoreError::Closed, "reads");
    let refused = store.put_documents(vec![task("task_a", "B")], 2, "").await;
    assert_eq!(refused.unwrap_err(), StoreError::Closed, "writes");
    assert_eq!(
        heard.recv().await,
        Err(RecvError::Closed),
        "whoever followed is told so"
    );
    assert_eq!(
        store.announcements().recv().await,
        Err(RecvError::Closed),
        "whoever comes later as well"
    );
    let beside = folder.path().join("workspace.sqlite-wal");
    assert!(!beside.exists(), "everything is in the one file");
    assert_eq!(
        title(&open(folder.path()).unwrap(), "task_a"),
        "A",
        "which the next one opens"
    );
}

#[tokio::test]
async fn a_workspace_that_is_dropped_is_free_at_once_with_all_that_was_asked_of_it() {
    let folder = tempfile::tempdir().unwrap();
    for round in 0..20 {
        let store = open(folder.path()).unwrap();
        let waiting: Vec<_> = (0..20)
            .map(|number| {
                let store = store.clone();
                let id = format!("task_{round}_{number}");
                tokio::spawn(async move { store.put_documents(vec![task(&id, "A")], 1, "").await })
            })
            .collect();
        for saved in waiting {
            saved.await.unwrap().unwrap();
        }
    }
    let store = open(folder.path()).unwrap();
    assert_eq!(
        store.documents(DocumentKind::Task).unwrap().len(),
        400,
        "nothing is lost"
    );
}

#[tokio::test]
async fn a_reader_sees_how_far_the_writer_is() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path()).unwrap();
    let reader = Store::open_to_read(folder.path()).unwrap();
    store.put_documents(vec![task("task_a", "A")], 1, "").await.unwrap();
    assert_eq!(reader.position(), store.position(), "it is told by the file");
}

#[tokio::test]
async fn an_older_workspace_is_brought_up_to_date_with_all_that_is_in_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("workspace.sqlite");
    let old = Connection::open(&path).unwrap();
    old.execute_batch(include_str!("../migrations/01-workspace.sql"))
        .unwrap();
    old.execute_batch(
        "PRAGMA user_version = 1;
         INSERT INTO workspace VALUES (1, 'workspace_old', 5);
         INSERT INTO documents VALUES (1, 'task_a', 'task', 3, 1, '{\"id\":\"task_a\",\"title\":\"Old\"}', 0, 9, 5);
         INSERT INTO imports VALUES ('import_1', 'a bundle', 9, 0);
         INSERT INTO imported_documents VALUES
            ('import_1', 'task_a', 3, '{\"id\":\"task_a\",\"title\":\"Older\"}');",
    )
    .unwrap();
    drop(old);
    let reader = Store::open_to_read(folder.path()).unwrap();
    assert_eq!(title(&reader, "task_a"), "Old", "for whoever only reads");
    drop(reader);
    let store = open(folder.path()).unwrap();
    assert_eq!(
        (store.workspace_id().as_str(), store.position()),
        ("workspace_old", 5),
        "it is the same workspace"
    );
    store.undo_import("import_1", 10, "").await.unwrap();
    assert_eq!(title(&store, "task_a"), "Older", "and what was begun can be taken back");
}

#[tokio::test]
async fn a_history_goes_back_to_when_the_body_of_a_request_was_json_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let request = |path: &str, body: Value| {
        let mut request = json!({"method": "POST", "path": path, "timeout_ms": 15_000, "max_bytes": 1_048_576});
        if !body.is_null() {
            request["body"] = body;
        }
        request
    };
    let whole = json!({"amount": "{total}", "kind": "partial"});
    let action = json!({
        "id": "action_a", "key": "a", "name": "A", "result_name": "a", "request": request("/b", whole.clone()),
    });
    let changes = [
        json!({"type": "set", "path": "/request/body", "before": null, "after": {"amount": "{a}"}}),
        json!({"type": "splice", "path": "/request/body/amount", "at": 1, "removed": "a", "inserted": "total"}),
        json!({"type": "set", "path": "/request/body/kind", "before": null, "after": "partial"}),
        json!({"type": "set", "path": "/request", "before": request("/a", whole.clone()), "after": request("/b", whole)}),
    ];
    let store = open(folder.path()).unwrap();
    let write = DocumentWrite {
        kind: DocumentKind::Action,
        id: "action_a".to_owned(),
        json: action.clone(),
    };
    store.put_documents(vec![write], 1, "").await.unwrap();
    store.close().await.unwrap();
    let older = Connection::open(folder.path().join("workspace.sqlite")).unwrap();
    let text = action.to_string();
    older
        .execute("UPDATE documents SET json = ?1 WHERE id = 'action_a'", [&text])
        .unwrap();
    for (number, change) in (1..).zip(&changes) {
        let edit = json!({"label": "", "changes": [{"document": "action_a", "change": change}]});
        older
            .execute(
                "INSERT INTO edits (history, number, json, undone, at) VALUES ('action_a', ?1, ?2, 0, 1)",
                rusqlite::params![number, edit.to_string()],
            )
            .unwrap();
    }
    drop(older);

    let store = open(folder.path()).unwrap();
    let stands = || {
        let row = store.document("action_a").unwrap().unwrap();
        let request = &row.json["request"];
        (request["path"].as_str().unwrap().to_owned(), request["body"].clone())
    };
    let json_body = |json: Value| json!({"type": "json", "json": json});
    let steps = [
        ("/a", Value::Null),
        ("/a", json_body(json!({"amount": "{a}"}))),
        ("/a", json_body(json!({"amount": "{total}"}))),
        ("/a", json_body(json!({"amount": "{total}", "kind": "partial"}))),
        ("/b", json_body(json!({"amount": "{total}", "kind": "partial"}))),
    ];
    let is = |(path, body): &(&str, Value)| ((*path).to_owned(), body.clone());
    for (undone, step) in steps.iter().rev().skip(1).enumerate() {
        assert!(store.undo("action_a", 2, "").await.unwrap().is_some());
        assert_eq!(stands(), is(step), "{} steps back", undone + 1);
    }
    for step in &steps[1..] {
        assert!(store.redo("action_a", 3, "").await.unwrap().is_some());
        assert_eq!(stands(), is(step), "and forward again");
    }
}

#[test]
fn what_is_no_workspace_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("workspace.sqlite");
    let other = Connection::open(&path).unwrap();
    other.execute_batch("CREATE TABLE theirs (a)").unwrap();
    drop(other);
    let before = std::fs::read(&path).unwrap();
    let refused = open(folder.path()).unwrap_err();
    assert!(
        refused.to_string().contains("another program"),
        "it says whose it is: {refused}"
    );
    assert_eq!(std::fs::read(&path).unwrap(), before, "and it stays as it is");

    std::fs::write(&path, b"").unwrap();
    let nothing = Store::open_to_read(folder.path()).unwrap_err();
    assert!(
        matches!(nothing, StoreError::NoWorkspace { .. }),
        "an empty file is none: {nothing}"
    );
    let beside = folder.path().join("workspace.sqlite-wal");
    std::fs::write(&beside, b"changes").unwrap();
    let refused = open(folder.path()).unwrap_err();
    assert!(
        matches!(refused, StoreError::Damaged { .. }),
        "unless changes wait beside it: {refused}"
    );
    assert_eq!(std::fs::read(&beside).unwrap(), b"changes", "which are kept");

    std::fs::remove_file(&path).unwrap();
    std::fs::create_dir(&path).unwrap();
    let refused = open(folder.path()).unwrap_err();
    assert!(
        matches!(refused, StoreError::Io { .. }),
        "out of reach is not damaged: {refused}"
    );
}

#[tokio::test]
async fn a_crash_before_the_last_changes_were_gathered_leaves_a_newer_file_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let crashed = tempfile::tempdir().unwrap();
    let store = open(folder.path()).unwrap();
    store.put_documents(vec![task("task_a", "A")], 1, "").await.unwrap();
    let newer = Connection::open(folder.path().join("workspace.sqlite")).unwrap();
    newer.pragma_update(None, "user_version", 99).unwrap();
    let names = ["workspace.sqlite", "workspace.sqlite-wal"];
    let before = names.map(|name| {
        let to = crashed.path().join(name);
        std::fs::copy(folder.path().join(name), &to).unwrap();
        std::fs::read(&to).unwrap()
    });
    let refused = open(crashed.path()).unwrap_err();
    assert!(matches!(refused, StoreError::Newer { found: 99, .. }), "{refused}");
    let after = names.map(|name| std::fs::read(crashed.path().join(name)).unwrap());
    assert!(before == after, "the file and the changes beside it are untouched");
}

#[tokio::test]
async fn a_backup_is_whole_or_not_there() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path()).unwrap();
    store.put_documents(vec![task("task_a", "A")], 1, "").await.unwrap();
    let to = folder.path().join("copy.sqlite");
    std::fs::write(&to, b"an older copy").unwrap();
    store.backup(&to).unwrap();
    let copy = Connection::open(&to).unwrap();
    let rows: u32 = copy
        .query_row("SELECT count(*) FROM documents", [], |row| row.get(0))
        .unwrap();
    assert_eq!(rows, 1, "the copy takes the place of an older one");
    let nowhere = folder.path().join("nowhere").join("copy.sqlite");
    assert!(
        store.backup(&nowhere).is_err(),
        "where there is no folder there is no backup"
    );
    let left: Vec<_> = std::fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .filter(|name| name.to_string_lossy().ends_with(".part"))
        .collect();
    assert!(left.is_empty(), "no half copies lie about: {left:?}");
}

#[tokio::test]
async fn a_row_that_cannot_be_read_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path()).unwrap();
    store.put_documents(vec![task("task_a", "A")], 1, "").await.unwrap();
    store.close().await.unwrap();
    let connection = Connection::open(folder.path().join("workspace.sqlite")).unwrap();
    connection.execute("UPDATE documents SET json = '{'", []).unwrap();
    drop(connection);
    let refused = open(folder.path()).unwrap().document("task_a").unwrap_err();
    assert!(
        matches!(&refused, StoreError::BadRow { table: "documents", row, .. } if row == "task_a"),
        "{refused}"
    );
}

#[tokio::test]
async fn an_import_over_a_deleted_document_is_taken_back_as_it_was() {
    let store = Store::in_memory().unwrap();
    store.put_documents(vec![task("task_a", "Mine")], 0, "").await.unwrap();
    store.set_deleted("task_a", true, 1, "").await.unwrap();
    let import = store
        .import_documents("a bundle", vec![task("task_a", "Theirs")], 2, "")
        .await
        .unwrap();
    assert_eq!(title(&store, "task_a"), "Theirs", "it is brought back");
    store.undo_import(&import.0, 3, "").await.unwrap();
    assert!(store.document("task_a").unwrap().unwrap().deleted, "and deleted again");
    store.set_deleted("task_a", false, 4, "").await.unwrap();
    assert_eq!(title(&store, "task_a"), "Mine", "with my words in it");
}

#[tokio::test]
async fn a_document_stays_of_its_kind() {
    let store = Store::in_memory().unwrap();
    store.put_documents(vec![task("task_a", "A")], 0, "").await.unwrap();
    let write = DocumentWrite {
        kind: DocumentKind::Team,
        id: "task_a".to_owned(),
        json: json!({"id": "task_a", "name": "A", "title": "A"}),
    };
    let refused = store.put_documents(vec![write], 1, "").await.unwrap_err();
    assert!(matches!(refused, StoreError::Misfit { .. }), "{refused}");
}
