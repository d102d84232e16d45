//! Random edits, undone and done again, beside a model that keeps every document whole after every step.
#![expect(
    clippy::unwrap_used,
    reason = "what the model and its workspace cannot do fails the test"
)]

use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed};
use serde_json::{Value, json};
use taskwright_domain::{Action, Change, DocumentChange, Edit, Task};
use taskwright_store::{DocumentKind, DocumentWrite, OpenOptions, Store, StoreError};

const TASK: &str = "task_a";
const ACTION: &str = "action_a";
/// Typing that goes on within this time is one step.
const PAUSE: i64 = 1_500;

/// What a person does next. Places are parts of what is there at that time.
#[derive(Debug, Clone)]
enum Deed {
    /// Puts words in after the last ones, or at a place.
    Types { words: String, on: bool, at: u32 },
    /// Takes letters out before the last change, or at a place.
    Deletes { letters: u32, on: bool, at: u32 },
    /// Takes a whole list or field, or gives it.
    Sets { field: usize, value: usize },
    /// Puts a block or an input in, some fields left out.
    Inserts { at: u32, shape: usize },
    /// Takes a block or an input out.
    Removes { at: u32, action: bool },
    /// Renames in both documents at once.
    Renames { name: String },
    /// Replaces the whole task, empty fields left out.
    Replaces { title: String },
    /// Edits a version that is not there any more.
    IsLate,
    /// Edits words that are not there.
    IsWrong,
    /// Takes back.
    Undoes,
    /// Does again.
    Redoes,
    /// Closes the workspace and opens it again.
    ComesBack,
}

fn words() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => "[a-z ]{1,4}",
        1 => Just("😀é".to_owned()),
        1 => Just("שלום".to_owned()),
        1 => Just(String::new()),
    ]
}

fn deed() -> impl Strategy<Value = Deed> {
    prop_oneof![
        6 => (words(), prop::bool::weighted(0.7), any::<u32>()).prop_map(|(words, on, at)| Deed::Types { words, on, at }),
        4 => (1..4_u32, prop::bool::weighted(0.7), any::<u32>())
            .prop_map(|(letters, on, at)| Deed::Deletes { letters, on, at }),
        2 => (any::<usize>(), any::<usize>()).prop_map(|(field, value)| Deed::Sets { field, value }),
        2 => (any::<u32>(), any::<usize>()).prop_map(|(at, shape)| Deed::Inserts { at, shape }),
        2 => (any::<u32>(), any::<bool>()).prop_map(|(at, action)| Deed::Removes { at, action }),
        1 => words().prop_map(|name| Deed::Renames { name }),
        1 => words().prop_map(|title| Deed::Replaces { title }),
        1 => Just(Deed::IsLate),
        1 => Just(Deed::IsWrong),
        6 => Just(Deed::Undoes),
        4 => Just(Deed::Redoes),
        1 => Just(Deed::ComesBack),
    ]
}

/// Both documents, as their types write them.
#[derive(Debug, Clone, PartialEq)]
struct Documents {
    task: Value,
    action: Value,
}

impl Documents {
    fn after(&self, edit: &Edit) -> Self {
        let mut next = self.clone();
        for DocumentChange { document, change } in &edit.changes {
            let json = if document == TASK {
                &mut next.task
            } else {
                &mut next.action
            };
            change.apply(json).unwrap();
        }
        let task: Task = serde_json::from_value(next.task).unwrap();
        let action: Action = serde_json::from_value(next.action).unwrap();
        Self {
            task: serde_json::to_value(task).unwrap(),
            action: serde_json::to_value(action).unwrap(),
        }
    }

    fn title(&self) -> Vec<char> {
        self.task["title"].as_str().unwrap().chars().collect()
    }
}

/// Typing that could go on: where the next letter would be put, or where the next one to be deleted may end or begin.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Typing {
    Typed { next: u32, time: i64 },
    Deleted { at: u32, time: i64 },
}

struct Model {
    /// What stood there after each step, the beginning first.
    steps: Vec<Documents>,
    /// The one that stands there now.
    now: usize,
    typing: Option<Typing>,
}

impl Model {
    fn documents(&self) -> &Documents {
        &self.steps[self.now]
    }

    /// One step more, or the last one longer where the typing goes on. An edit that changes nothing is none.
    fn take(&mut self, edit: &Edit, time: i64) {
        let next = self.documents().after(edit);
        if next == *self.documents() {
            return;
        }
        self.steps.truncate(self.now + 1);
        let (goes_on, typing) = self.typing_after(edit, time);
        if goes_on {
            self.steps[self.now] = next;
        } else {
            self.steps.push(next);
            self.now += 1;
        }
        self.typing = typing;
    }

    fn typing_after(&self, edit: &Edit, time: i64) -> (bool, Option<Typing>) {
        let [DocumentChange { change, .. }] = &edit.changes[..] else {
            return (false, None);
        };
        let Change::Splice {
            at, removed, inserted, ..
        } = change
        else {
            return (false, None);
        };
        let length = |text: &str| u32::try_from(text.chars().count()).unwrap();
        match (removed.is_empty(), inserted.is_empty(), self.typing) {
            (true, false, before) => {
                let typed = Typing::Typed {
                    next: at + length(inserted),
                    time,
                };
                let goes_on =
                    matches!(before, Some(Typing::Typed { next, time: last }) if next == *at && time - last < PAUSE);
                (goes_on, Some(typed))
            }
            (false, true, before) => {
                let deleted = Typing::Deleted { at: *at, time };
                let goes_on = matches!(before, Some(Typing::Deleted { at: last_at, time: last })
                    if (at + length(removed) == last_at || *at == last_at) && time - last < PAUSE);
                (goes_on, Some(deleted))
            }
            _ => (false, None),
        }
    }
}

fn one(document: &str, change: Change) -> Edit {
    Edit {
        label: String::new(),
        changes: vec![DocumentChange {
            document: document.to_owned(),
            change,
        }],
    }
}

fn splice(at: usize, removed: &[char], inserted: &str) -> Edit {
    let change = Change::Splice {
        path: "/title".to_owned(),
        at: u32::try_from(at).unwrap(),
        removed: removed.iter().collect(),
        inserted: inserted.to_owned(),
    };
    one(TASK, change)
}

/// The edit a deed means, where it is one and there is anything to do it to.
fn edit_of(deed: &Deed, model: &Model) -> Option<Edit> {
    let documents = model.documents();
    let title = documents.title();
    let place = |at: u32| at as usize % (title.len() + 1);
    match deed {
        Deed::Types { words, on, at } => {
            let at = match model.typing {
                Some(Typing::Typed { next, .. }) if *on => next as usize,
                _ => place(*at),
            };
            Some(splice(at.min(title.len()), &[], words))
        }
        Deed::Deletes { letters, on, at } => {
            let to = match model.typing {
                Some(Typing::Deleted { at, .. }) if *on => at as usize,
                _ => place(*at),
            };
            let to = to.min(title.len());
            let from = to.saturating_sub(*letters as usize);
            Some(splice(from, &title[from..to], ""))
        }
        Deed::Sets { field, value } => {
            let choices = [
                (TASK, "/only_used_by_other_tasks", [json!(true), json!(false)]),
                (TASK, "/examples", [json!(["a", "b"]), json!(null)]),
                (TASK, "/description", [json!("When"), json!("")]),
                (ACTION, "/changes_data", [json!(true), json!(null)]),
                (ACTION, "/request", [json!({"path": "/orders"}), json!(null)]),
                (ACTION, "/on_failure", [json!({"say": "Sorry"}), json!({})]),
            ];
            let (document, path, values) = &choices[field % choices.len()];
            let json = if *document == TASK {
                &documents.task
            } else {
                &documents.action
            };
            let change = Change::Set {
                path: (*path).to_owned(),
                before: json.pointer(path).cloned().unwrap_or(Value::Null),
                after: values[value % 2].clone(),
            };
            Some(one(document, change))
        }
        Deed::Inserts { at, shape } => {
            let shapes = [
                (TASK, "blocks", json!({"id": "block_1", "type": "hand_off"})),
                (TASK, "blocks", json!({"id": "block_2", "type": "end", "off": false})),
                (ACTION, "inputs", json!({"key": "number", "kind": {"type": "text"}})),
            ];
            let (document, list, value) = &shapes[shape % shapes.len()];
            let json = if *document == TASK {
                &documents.task
            } else {
                &documents.action
            };
            let at = *at as usize % (json[list].as_array().map_or(0, Vec::len) + 1);
            let path = format!("/{list}/{at}");
            let value = value.clone();
            Some(one(document, Change::Insert { path, value }))
        }
        Deed::Removes { at, action } => {
            let (document, list, json) = match action {
                true => (ACTION, "inputs", &documents.action),
                false => (TASK, "blocks", &documents.task),
            };
            let items = json[list].as_array().filter(|items| !items.is_empty())?;
            let at = *at as usize % items.len();
            let path = format!("/{list}/{at}");
            let value = items[at].clone();
            Some(one(document, Change::Remove { path, value }))
        }
        Deed::Renames { name } => {
            let rename = |document: &str, path: &str, before: &Value| DocumentChange {
                document: document.to_owned(),
                change: Change::Set {
                    path: path.to_owned(),
                    before: before.clone(),
                    after: json!(format!("{name}!")),
                },
            };
            Some(Edit {
                label: "Renamed".to_owned(),
                changes: vec![
                    rename(TASK, "/title", &documents.task["title"]),
                    rename(ACTION, "/name", &documents.action["name"]),
                ],
            })
        }
        Deed::Replaces { title } => {
            let change = Change::Set {
                path: String::new(),
                before: documents.task.clone(),
                after: json!({"id": TASK, "title": title}),
            };
            Some(one(TASK, change))
        }
        Deed::IsLate | Deed::IsWrong | Deed::Undoes | Deed::Redoes | Deed::ComesBack => None,
    }
}

async fn begin(store: &Store) -> Documents {
    let task = json!({"id": TASK, "title": "Refund"});
    let action = json!({"id": ACTION, "key": "look_up", "name": "Look up", "result_name": "order"});
    let writes = [(DocumentKind::Task, TASK, task), (DocumentKind::Action, ACTION, action)];
    let writes = writes.map(|(kind, id, json)| DocumentWrite {
        kind,
        id: id.to_owned(),
        json,
    });
    store.put_documents(writes.to_vec(), 0, "").await.unwrap();
    standing(store)
}

fn standing(store: &Store) -> Documents {
    let json = |id| store.document(id).unwrap().unwrap().json;
    Documents {
        task: json(TASK),
        action: json(ACTION),
    }
}

fn version(store: &Store) -> u64 {
    store.document(TASK).unwrap().unwrap().version
}

async fn live_through(deeds: Vec<(Deed, i64)>) {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::open(folder.path(), OpenOptions::default()).unwrap();
    let mut model = Model {
        steps: vec![begin(&store).await],
        now: 0,
        typing: None,
    };
    let mut time = 0;
    for (deed, pause) in deeds {
        time += pause;
        let base = version(&store);
        let before = model.documents().clone();
        match &deed {
            Deed::Undoes => {
                let done = store.undo(TASK, time, "").await.unwrap();
                assert_eq!(
                    done.is_some(),
                    model.now > 0,
                    "there is a step to undo or there is none"
                );
                model.now = model.now.saturating_sub(1);
                model.typing = None;
            }
            Deed::Redoes => {
                let done = store.redo(TASK, time, "").await.unwrap();
                assert_eq!(
                    done.is_some(),
                    model.now + 1 < model.steps.len(),
                    "there is a step to redo or there is none"
                );
                if done.is_some() {
                    model.now += 1;
                    model.typing = None;
                }
            }
            Deed::IsLate => {
                let late = store.save_edit(TASK, splice(0, &[], "late"), base + 1, time, "").await;
                assert!(matches!(late, Err(StoreError::Conflict { .. })), "it is told: {late:?}");
            }
            Deed::IsWrong => {
                let wrong = store.save_edit(TASK, splice(0, &['~'], ""), base, time, "").await;
                assert!(matches!(wrong, Err(StoreError::Misfit { .. })), "it is told: {wrong:?}");
            }
            Deed::ComesBack => {
                drop(store);
                store = Store::open(folder.path(), OpenOptions::default()).unwrap();
            }
            _ => {
                if let Some(edit) = edit_of(&deed, &model) {
                    store.save_edit(TASK, edit.clone(), base, time, "").await.unwrap();
                    model.take(&edit, time);
                }
            }
        }
        assert_eq!(&standing(&store), model.documents(), "the documents after {deed:?}");
        let (undo, redo) = (model.now > 0, model.now + 1 < model.steps.len());
        assert_eq!(
            store.can_undo_redo(TASK).unwrap(),
            (undo, redo),
            "what can be undone and redone after {deed:?}"
        );
        assert!(version(&store) >= base, "versions never go back: {deed:?}");
        if before.task != model.documents().task {
            assert_eq!(version(&store), base + 1, "each change is one version more: {deed:?}");
        }
    }
}

fn lives() -> u32 {
    match std::env::var("TASKWRIGHT_SIZE").as_deref() {
        Ok("large") => 1_000,
        _ => 64,
    }
}

proptest! {
    #![proptest_config(Config {
        cases: lives(),
        rng_seed: RngSeed::Fixed(2_026),
        failure_persistence: None,
        ..Config::default()
    })]

    #[test]
    fn whatever_is_edited_can_be_undone_and_redone_step_by_step(
        deeds in prop::collection::vec((deed(), prop_oneof![3 => 1..900_i64, 1 => 1_400..2_000_i64]), 1..60)
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(live_through(deeds));
    }
}

async fn save(store: &Store, edit: Edit, time: i64) {
    store.save_edit(TASK, edit, version(store), time, "").await.unwrap();
}

#[tokio::test]
async fn typing_does_not_go_on_over_something_else_that_was_written() {
    let store = Store::in_memory().unwrap();
    begin(&store).await;
    save(&store, splice(0, &[], "My "), 100).await;
    let other = DocumentWrite {
        kind: DocumentKind::Task,
        id: TASK.to_owned(),
        json: json!({"id": TASK, "title": "Their words"}),
    };
    store.put_documents(vec![other], 200, "").await.unwrap();
    save(&store, splice(3, &[], "!"), 300).await;
    store.undo(TASK, 400, "").await.unwrap();
    assert_eq!(
        standing(&store).task["title"],
        "Their words",
        "only what came after it is taken back"
    );
}

#[tokio::test]
async fn an_edit_of_several_documents_is_all_or_nothing() {
    let store = Store::in_memory().unwrap();
    let before = begin(&store).await;
    let mut edit = splice(0, &[], "New ");
    edit.changes.push(DocumentChange {
        document: ACTION.to_owned(),
        change: Change::Set {
            path: "/name".to_owned(),
            before: json!("Something else"),
            after: json!("New"),
        },
    });
    let refused = store.save_edit(TASK, edit, 1, 1, "").await;
    assert!(
        matches!(&refused, Err(StoreError::Misfit { document, path, .. }) if document == ACTION && path == "/name"),
        "it says which and where: {refused:?}"
    );
    assert_eq!(standing(&store), before, "nothing was written");
    assert_eq!(
        store.can_undo_redo(TASK).unwrap(),
        (false, false),
        "and nothing remembered"
    );
}

#[tokio::test]
async fn a_document_keeps_its_id() {
    let store = Store::in_memory().unwrap();
    begin(&store).await;
    let change = Change::Set {
        path: "/id".to_owned(),
        before: json!(TASK),
        after: json!("task_b"),
    };
    let refused = store.save_edit(TASK, one(TASK, change), 1, 1, "").await;
    assert!(
        matches!(&refused, Err(StoreError::Misfit { path, .. }) if path == "/id"),
        "{refused:?}"
    );
}

#[tokio::test]
async fn the_oldest_steps_are_forgotten_after_a_thousand() {
    let store = Store::in_memory().unwrap();
    begin(&store).await;
    for step in 0..1_003 {
        save(&store, splice(0, &[], "x"), step * 10_000).await;
    }
    let mut undone = 0;
    while store.undo(TASK, 0, "").await.unwrap().is_some() {
        undone += 1;
    }
    assert_eq!(undone, 1_000, "a thousand steps can be undone");
    assert_eq!(standing(&store).task["title"], "xxxRefund", "the first three stand");
}
