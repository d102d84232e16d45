//! The workspace file as its users meet it.

use std::path::Path;

use serde_json::{Value, json};
use taskwright_domain::{
    ActionId, Batch, Change, ConversationId, DocumentChange, Edit, Environment, EventKind, LogEvent, Sealed, SealedId,
    SealedRow, SecretName, Source, Standing, TaskId, Value as Typed,
};
use taskwright_store::{Announced, Branch, DocumentKind, DocumentWrite, OpenOptions, Store, StoreError};

fn open(folder: &Path) -> Result<Store, StoreError> {
    let options = OpenOptions {
        program: "the test".to_owned(),
        max_pages: None,
    };
    Store::open(folder, options)
}

fn task(id: &str, title: &str) -> DocumentWrite {
    DocumentWrite {
        kind: DocumentKind::Task,
        id: id.to_owned(),
        json: json!({"id": id, "title": title}),
    }
}

fn insertion(document: &str, at: u32, inserted: &str) -> Edit {
    let change = Change::Splice {
        path: "/title".to_owned(),
        at,
        removed: String::new(),
        inserted: inserted.to_owned(),
    };
    Edit {
        label: String::new(),
        changes: vec![DocumentChange {
            document: document.to_owned(),
            change,
        }],
    }
}

fn title(store: &Store, id: &str) -> String {
    let row = store.document(id).ok().flatten();
    row.and_then(|row| Some(row.json["title"].as_str()?.to_owned()))
        .unwrap_or_default()
}

fn version(store: &Store, id: &str) -> u64 {
    store.document(id).ok().flatten().map_or(0, |row| row.version)
}

fn taken(from: &ConversationId, seq: u64) -> Branch {
    Branch {
        from: from.clone(),
        seq,
        addresses: Vec::new(),
        standing: Standing::default(),
    }
}

fn note(seq: u64) -> LogEvent {
    LogEvent {
        seq,
        at: 7,
        cause: seq,
        input: None,
        v: 1,
        kind: EventKind::NoteAdded {
            text: format!("note {seq}"),
        },
    }
}

fn batch(events: Vec<LogEvent>) -> Batch {
    Batch {
        events,
        ..Batch::default()
    }
}

#[test]
fn the_schema_is_reviewed_when_it_changes() {
    let folder = tempfile::tempdir().unwrap();
    drop(open(folder.path()).unwrap());
    let connection = rusqlite::Connection::open(folder.path().join("workspace.sqlite")).unwrap();
    let mut query = connection
        .prepare("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type DESC, name")
        .unwrap();
    let rows: Vec<String> = query
        .query_map([], |row| row.get(0))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    let schema = format!("{};\n", rows.join(";\n\n"));
    let reviewed = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/schema.sql");
    if std::env::var_os("TASKWRIGHT_ACCEPT").is_some() {
        std::fs::write(&reviewed, &schema).unwrap();
    }
    let reviewed = std::fs::read_to_string(reviewed).unwrap_or_default();
    assert_eq!(
        schema, reviewed,
        "run this with TASKWRIGHT_ACCEPT=1 and review tests/schema.sql"
    );
}

#[tokio::test]
async fn what_was_saved_is_there_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path()).unwrap();
    store.put_documents(vec![task("task_a", "A")], 1, "me").await.unwrap();
    store
        .save_edit("task_a", insertion("task_a", 1, "bc"), 1, 2, "me")
        .await
        .unwrap();
    let id = store.workspace_id();
    store.close().await.unwrap();
    drop(store);
    let store = open(folder.path()).unwrap();
    assert_eq!(title(&store, "task_a"), "Abc", "the edit is there");
    assert_eq!(store.workspace_id(), id, "it is the same workspace");
    store.undo("task_a", 3, "me").await.unwrap();
    assert_eq!(title(&store, "task_a"), "A", "and can still be undone");
    store.redo("task_a", 4, "me").await.unwrap();
    assert_eq!(title(&store, "task_a"), "Abc", "and done again");
    assert_eq!(version(&store, "task_a"), 4, "versions only count up");
}

#[tokio::test]
async fn a_second_program_is_told_who_has_the_workspace() {
    let folder = tempfile::tempdir().unwrap();
    let first = open(folder.path()).unwrap();
    let refused = open(folder.path()).unwrap_err();
    let by = format!("the test (process {})", std::process::id());
    assert_eq!(refused, StoreError::Held { by }, "it is told who");
    let reader = Store::open_to_read(folder.path()).unwrap();
    first.put_documents(vec![task("task_a", "A")], 1, "").await.unwrap();
    assert_eq!(title(&reader, "task_a"), "A", "a reader may look in beside it");
    let refused = reader
        .put_documents(vec![task("task_b", "B")], 1, "")
        .await
        .unwrap_err();
    assert_eq!(refused, StoreError::ReadOnly, "and changes nothing");
    first.close().await.unwrap();
    let refused = first.put_documents(vec![task("task_b", "B")], 1, "").await.unwrap_err();
    assert_eq!(refused, StoreError::Closed, "a closed one takes no writes");
    open(folder.path()).unwrap();
}

#[test]
fn there_is_nothing_to_read_in_an_empty_folder() {
    let folder = tempfile::tempdir().unwrap();
    let refused = Store::open_to_read(folder.path()).unwrap_err();
    assert!(matches!(refused, StoreError::NoWorkspace { .. }), "{refused}");
}

#[tokio::test]
async fn a_newer_or_damaged_file_is_refused_and_stays_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("workspace.sqlite");
    open(folder.path()).unwrap().close().await.unwrap();
    let mut damaged = std::fs::read(&path).unwrap();
    damaged.truncate(20_000);
    let connection = rusqlite::Connection::open(&path).unwrap();
    connection.pragma_update(None, "user_version", 99).unwrap();
    drop(connection);
    let newer = std::fs::read(&path).unwrap();
    let refused = open(folder.path()).unwrap_err();
    assert!(matches!(refused, StoreError::Newer { found: 99, .. }), "{refused}");
    assert_eq!(std::fs::read(&path).unwrap(), newer, "a newer file is untouched");

    for content in [damaged, b"not a database, but long enough to look like one".repeat(9)] {
        std::fs::write(&path, &content).unwrap();
        let refused = open(folder.path()).unwrap_err();
        assert!(matches!(refused, StoreError::Damaged { .. }), "{refused}");
        assert_eq!(std::fs::read(&path).unwrap(), content, "a damaged file is untouched");
    }
}

#[tokio::test]
async fn a_full_disk_is_said_and_loses_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let options = OpenOptions {
        program: String::new(),
        max_pages: Some(60),
    };
    let store = Store::open(folder.path(), options).unwrap();
    store.put_documents(vec![task("task_a", "A")], 1, "").await.unwrap();
    let large = task("task_b", &"long ".repeat(100_000));
    assert_eq!(
        store.put_documents(vec![large], 2, "").await.unwrap_err(),
        StoreError::Full,
        "too much is refused"
    );
    assert_eq!(title(&store, "task_a"), "A", "what was there is there");
    store
        .save_edit("task_a", insertion("task_a", 1, "!"), 1, 3, "")
        .await
        .unwrap();
    assert_eq!(title(&store, "task_a"), "A!", "and what fits is still taken");
}

#[tokio::test]
async fn an_edit_on_an_old_version_is_a_conflict_and_one_that_does_not_fit_changes_nothing() {
    let store = Store::in_memory().unwrap();
    store.put_documents(vec![task("task_a", "A")], 1, "").await.unwrap();
    store
        .save_edit("task_a", insertion("task_a", 1, "b"), 1, 2, "")
        .await
        .unwrap();
    let stale = store
        .save_edit("task_a", insertion("task_a", 1, "c"), 1, 3, "")
        .await
        .unwrap_err();
    assert!(
        matches!(
            stale,
            StoreError::Conflict {
                expected: 1,
                found: 2,
                ..
            }
        ),
        "{stale}"
    );
    let set = |after: Value| Edit {
        label: String::new(),
        changes: vec![DocumentChange {
            document: "task_a".to_owned(),
            change: Change::Set {
                path: "/title".to_owned(),
                before: json!("Ab"),
                after,
            },
        }],
    };
    let refused = store.save_edit("task_a", set(json!(7)), 2, 3, "").await.unwrap_err();
    assert!(
        matches!(refused, StoreError::Misfit { .. }),
        "a number is no title: {refused}"
    );
    assert_eq!(title(&store, "task_a"), "Ab", "nothing was written");
    store.save_edit("task_a", set(json!("New")), 2, 3, "").await.unwrap();
    assert_eq!(title(&store, "task_a"), "New", "what fits is");
}

#[tokio::test]
async fn typing_on_is_one_step_and_a_pause_begins_another() {
    let store = Store::in_memory().unwrap();
    store.put_documents(vec![task("task_a", "")], 0, "").await.unwrap();
    for (at, time, text) in [(0, 100, "Ref"), (3, 900, "und"), (6, 5_000, " it")] {
        let base = version(&store, "task_a");
        store
            .save_edit("task_a", insertion("task_a", at, text), base, time, "")
            .await
            .unwrap();
    }
    store.undo("task_a", 6_000, "").await.unwrap();
    assert_eq!(title(&store, "task_a"), "Refund", "the last words go first");
    store.undo("task_a", 6_000, "").await.unwrap();
    assert_eq!(title(&store, "task_a"), "", "then all that was typed in one go");
    assert_eq!(
        store.can_undo_redo("task_a").unwrap(),
        (false, true),
        "nothing more to undo"
    );
    let base = version(&store, "task_a");
    store
        .save_edit("task_a", insertion("task_a", 0, "X"), base, 9_000, "")
        .await
        .unwrap();
    assert_eq!(
        store.can_undo_redo("task_a").unwrap(),
        (true, false),
        "a new step ends redoing"
    );
}

#[tokio::test]
async fn a_field_that_was_left_out_can_be_set_and_unset_and_undone() {
    let store = Store::in_memory().unwrap();
    store.put_documents(vec![task("task_a", "A")], 0, "").await.unwrap();
    for (before, after) in [
        (json!(null), json!(true)),
        (json!(true), json!(false)),
        (json!(null), json!(true)),
    ] {
        let change = Change::Set {
            path: "/only_used_by_other_tasks".to_owned(),
            before,
            after,
        };
        let edit = Edit {
            label: "switched".to_owned(),
            changes: vec![DocumentChange {
                document: "task_a".to_owned(),
                change,
            }],
        };
        let base = version(&store, "task_a");
        store.save_edit("task_a", edit, base, 1, "").await.unwrap();
    }
    for expected in [json!(null), json!(true), json!(null)] {
        store.undo("task_a", 2, "").await.unwrap();
        let row = store.document("task_a").unwrap().unwrap();
        assert_eq!(row.json["only_used_by_other_tasks"], expected, "each step goes back");
    }
}

/// A task that was edited once, and then replaced by an import.
#[expect(clippy::unwrap_used, reason = "what the workspace cannot do fails the test")]
async fn edited_then_imported(store: &Store) -> taskwright_store::ImportId {
    store.put_documents(vec![task("task_a", "Mine")], 0, "").await.unwrap();
    let base = version(store, "task_a");
    store
        .save_edit("task_a", insertion("task_a", 0, "All "), base, 1, "")
        .await
        .unwrap();
    let theirs = vec![task("task_a", "Theirs"), task("task_b", "New")];
    store.import_documents("a bundle", theirs, 2, "").await.unwrap()
}

#[tokio::test]
async fn undo_goes_back_behind_an_import_and_redo_over_it_again() {
    let store = Store::in_memory().unwrap();
    edited_then_imported(&store).await;
    for (step, expected) in ["All Mine", "Mine"].into_iter().enumerate() {
        let done = store.undo("task_a", 3, "").await.unwrap().unwrap();
        assert_eq!(title(&store, "task_a"), expected, "step {step} back");
        assert_eq!(done.documents, ["task_a"], "and it says what it wrote");
    }
    for expected in ["All Mine", "Theirs"] {
        store.redo("task_a", 4, "").await.unwrap();
        assert_eq!(title(&store, "task_a"), expected, "and forth again");
    }
    assert!(
        !store.can_undo_redo("task_b").unwrap().0,
        "what it brought anew has no step"
    );
}

#[tokio::test]
async fn an_import_that_is_taken_back_leaves_the_history_as_it_was() {
    let store = Store::in_memory().unwrap();
    let import = edited_then_imported(&store).await;
    store.undo_import(&import.0, 3, "").await.unwrap();
    assert_eq!(title(&store, "task_a"), "All Mine", "mine is back");
    store.undo("task_a", 4, "").await.unwrap();
    assert_eq!(title(&store, "task_a"), "Mine", "and the step before it can be undone");
}

#[tokio::test]
async fn a_step_that_does_not_fit_any_more_says_why() {
    let store = Store::in_memory().unwrap();
    edited_then_imported(&store).await;
    store.put_documents(vec![task("task_a", "Else")], 3, "").await.unwrap();
    let refused = store.undo("task_a", 4, "").await.unwrap_err();
    assert!(
        refused
            .to_string()
            .contains("\"a bundle\" cannot be undone, because task_a was replaced since"),
        "{refused}"
    );
    assert_eq!(title(&store, "task_a"), "Else", "and nothing is written");
}

#[tokio::test]
async fn an_import_is_taken_back_as_one_unless_something_was_changed_since() {
    let store = Store::in_memory().unwrap();
    store.put_documents(vec![task("task_a", "Mine")], 0, "").await.unwrap();
    let theirs = vec![task("task_a", "Theirs"), task("task_b", "New")];
    let import = store.import_documents("a bundle", theirs.clone(), 1, "").await.unwrap();
    assert_eq!(store.documents(DocumentKind::Task).unwrap().len(), 2, "both are there");
    store.undo_import(&import.0, 2, "").await.unwrap();
    assert_eq!(title(&store, "task_a"), "Mine", "mine is back");
    assert!(store.document("task_b").unwrap().unwrap().deleted, "theirs is gone");
    let again = store.undo_import(&import.0, 3, "").await.unwrap_err();
    assert!(matches!(again, StoreError::Unknown { .. }), "{again}");

    let import = store.import_documents("a bundle", theirs, 4, "").await.unwrap();
    let base = version(&store, "task_b");
    store
        .save_edit("task_b", insertion("task_b", 0, "My "), base, 5, "")
        .await
        .unwrap();
    let refused = store.undo_import(&import.0, 6, "").await.unwrap_err();
    assert!(
        matches!(refused, StoreError::Conflict { .. }),
        "my change is not lost: {refused}"
    );
    assert_eq!(
        title(&store, "task_a"),
        "Theirs",
        "and nothing was taken back by halves"
    );
}

#[tokio::test]
async fn a_log_grows_in_order_and_conflicts_are_seen() {
    let store = Store::in_memory().unwrap();
    let one = ConversationId::new("one");
    let missing = store.load(&one).unwrap_err();
    assert!(matches!(missing, StoreError::Unknown { .. }), "{missing}");
    store.commit(&one, 0, batch(vec![note(1), note(2)])).await.unwrap();
    store.commit(&one, 2, batch(vec![note(3)])).await.unwrap();
    let refused = store.commit(&one, 2, batch(vec![note(3)])).await.unwrap_err();
    assert_eq!(
        refused,
        StoreError::SeqConflict { expected: 2, found: 3 },
        "someone was quicker"
    );
    let page = store.log_page(&one, 2, 1).unwrap();
    assert_eq!((page.events, page.total), (vec![note(2)], 3), "a page is what it says");
    let after = store.events_after(0, Some(&one), 10).unwrap();
    assert_eq!(after.len(), 3, "everything since the beginning");
    assert!(after.windows(2).all(|pair| pair[0].0 < pair[1].0), "positions grow");
}

#[tokio::test]
async fn branches_share_what_came_before_and_outlive_their_parent() {
    let store = Store::in_memory().unwrap();
    let [a, b, c] = ["a", "b", "c"].map(ConversationId::new);
    store.commit(&a, 0, batch((1..=5).map(note).collect())).await.unwrap();
    store.branch(&b, taken(&a, 3), 0).await.unwrap();
    store.commit(&b, 3, batch(vec![note(4)])).await.unwrap();
    store.branch(&c, taken(&b, 2), 0).await.unwrap();
    assert_eq!(store.load(&b).unwrap().0.len(), 4, "three shared, one of its own");
    assert_eq!(
        store.load(&c).unwrap().0,
        vec![note(1), note(2)],
        "a branch of a branch, cut earlier"
    );
    assert_eq!(
        store.log_page(&b, 3, 9).unwrap().events,
        vec![note(3), note(4)],
        "pages cross the cut"
    );
    assert_eq!(
        store.branched_from(&b).unwrap(),
        Some((a.clone(), 3)),
        "it knows where from"
    );
    store.delete_conversation(&a).await.unwrap();
    assert!(store.log_page(&a, 1, 9).is_err(), "the parent is gone");
    assert_eq!(store.load(&b).unwrap().0.len(), 4, "the branch is whole");
    store.delete_conversation(&b).await.unwrap();
    store.delete_conversation(&c).await.unwrap();
    assert!(
        store.events_after(0, None, 9).unwrap().is_empty(),
        "with the last branch everything goes"
    );
}

#[tokio::test]
async fn sensitive_values_are_apart_and_joined_in_for_the_engine_only() {
    let store = Store::in_memory().unwrap();
    let one = ConversationId::new("one");
    let id = SealedId::new("x");
    let sealed = Sealed {
        id: id.clone(),
        mask: "••••".to_owned(),
        plain: Some(Box::new(Typed::Text("secret".to_owned()))),
    };
    let event = LogEvent {
        kind: EventKind::AttributeSet {
            attribute: "code".to_owned(),
            label: "code".to_owned(),
            from: None,
            to: Some(Typed::Sealed(sealed)),
            source: Source::Customer,
            kept: false,
            of_customer: None,
        },
        ..note(1)
    };
    let batch = Batch {
        events: vec![event.clone()],
        sealed: vec![SealedRow {
            id,
            json: json!({"type": "text", "value": "secret"}),
        }],
        ..Batch::default()
    };
    store.commit(&one, 0, batch).await.unwrap();
    assert_eq!(store.load(&one).unwrap().0, vec![event], "the engine sees the value");
    let page = serde_json::to_string(&store.log_page(&one, 1, 9).unwrap().events).unwrap();
    assert!(
        !page.contains("secret") && page.contains("••••"),
        "a page shows the mask: {page}"
    );
}

#[tokio::test]
async fn followers_hear_of_what_is_committed_and_of_nothing_else() {
    let store = Store::in_memory().unwrap();
    let mut heard = store.announcements();
    store.put_documents(vec![task("task_a", "A")], 1, "me").await.unwrap();
    let refused = DocumentWrite {
        json: json!({"title": 7}),
        ..task("task_b", "")
    };
    assert!(
        store.put_documents(vec![refused], 1, "me").await.is_err(),
        "it does not fit"
    );
    store
        .commit(&ConversationId::new("one"), 0, batch(vec![note(1)]))
        .await
        .unwrap();
    let first = heard.recv().await.unwrap();
    let documents = vec![(DocumentKind::Task, "task_a".to_owned())];
    assert_eq!(
        (first.origin.as_str(), first.what),
        ("me", Announced::Documents(documents)),
        "the write"
    );
    let second = heard.recv().await.unwrap();
    assert!(matches!(second.what, Announced::Events { .. }), "then the event");
    assert!(second.position > first.position, "in the order of commits");
    assert_eq!(store.position(), second.position, "and nothing is ahead of it");
}

#[tokio::test]
async fn writes_that_wait_together_are_done_in_order_and_one_that_fails_harms_no_other() {
    let store = Store::in_memory().unwrap();
    let mut waiting = Vec::new();
    for number in 0..200_u32 {
        let store = store.clone();
        waiting.push(tokio::spawn(async move {
            let id = format!("task_{number}");
            let write = if number % 7 == 0 {
                DocumentWrite {
                    json: json!({"id": 1}),
                    ..task(&id, "")
                }
            } else {
                task(&id, "fine")
            };
            (number, store.put_documents(vec![write], 1, "").await.is_ok())
        }));
    }
    for done in waiting {
        let (number, saved) = done.await.unwrap();
        assert_eq!(saved, number % 7 != 0, "only the broken ones are refused: {number}");
    }
    assert_eq!(
        store.documents(DocumentKind::Task).unwrap().len(),
        171,
        "the others are all there"
    );
}

#[tokio::test]
async fn files_and_connections_and_backups() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path()).unwrap();
    let file = store.put_file(b"bytes".to_vec(), "a.txt").await.unwrap();
    assert_eq!(
        store.put_file(b"bytes".to_vec(), "b.txt").await.unwrap(),
        file,
        "by their content"
    );
    assert_eq!(
        store.file(&file).unwrap(),
        Some(("b.txt".to_owned(), b"bytes".to_vec())),
        "name and bytes"
    );
    let large = store.put_file(vec![0; (10 << 20) + 1], "large").await.unwrap_err();
    assert!(matches!(large, StoreError::TooLarge { .. }), "{large}");

    let action = ActionId::new("a");
    store
        .set_connection(&action, Some(json!({"live": "https://example.com"})))
        .await
        .unwrap();
    assert!(store.connection(&action).unwrap().is_some(), "kept");
    store.set_connection(&action, None).await.unwrap();
    assert_eq!(store.connection(&action).unwrap(), None, "and taken away");

    store.put_documents(vec![task("task_a", "A")], 1, "").await.unwrap();
    let copy = folder.path().join("copy");
    std::fs::create_dir(&copy).unwrap();
    store.backup(&copy.join("workspace.sqlite")).unwrap();
    assert_eq!(title(&open(&copy).unwrap(), "task_a"), "A", "a backup is a workspace");
}

#[tokio::test]
async fn of_a_secret_only_its_name_and_what_is_known_of_it_are_kept() {
    let store = Store::in_memory().unwrap();
    let name = SecretName::new("SHOP_TOKEN").unwrap();
    let known = json!({"origins": ["https://shop.example.com"]});
    store
        .set_secret(Environment::Live, &name, Some(known.clone()))
        .await
        .unwrap();
    store.note_secret_used(Environment::Live, &name, 7).await.unwrap();
    store.note_secret_used(Environment::Test, &name, 7).await.unwrap();
    let used = json!({"origins": ["https://shop.example.com"], "used_at": 7});
    assert_eq!(
        store.secrets(Environment::Live).unwrap(),
        [(name.clone(), used.clone())],
        "its last use is noted"
    );
    assert_eq!(store.secret(Environment::Live, &name).unwrap(), Some(used), "one alone");
    assert_eq!(store.secrets(Environment::Test).unwrap(), [], "in its environment only");
    store.set_secret(Environment::Live, &name, None).await.unwrap();
    assert_eq!(store.secret(Environment::Live, &name).unwrap(), None, "forgotten");

    assert_eq!(store.environment(Environment::Test).unwrap(), None, "nothing was said");
    let proxy = json!({"proxy": "http://proxy.example.com:3128"});
    store.set_environment(Environment::Test, proxy.clone()).await.unwrap();
    assert_eq!(
        store.environment(Environment::Test).unwrap(),
        Some(proxy),
        "what was said"
    );
}

#[tokio::test]
async fn a_published_task_keeps_its_revisions() {
    let store = Store::in_memory().unwrap();
    let task = TaskId::new("a");
    let unknown = taskwright_domain::RevisionId::new("none");
    assert!(
        store.publish(&task, &unknown, 1, "").await.is_err(),
        "what was not kept cannot be published"
    );
    assert!(store.set_paused(&task, true, 1, "").await.is_err(), "nor paused");
}
