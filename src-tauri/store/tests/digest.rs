//! What lists say of conversations can be made again from their logs, and goes with them.
#![expect(clippy::unwrap_used, reason = "what the workspace cannot do fails the test")]

use std::path::Path;

use rusqlite::Connection;
use taskwright_domain::{
    Batch, CallMode, ConversationFilter, ConversationId, ConversationPlace, ConversationProblem, ConversationStart,
    ConversationState, Customer, CustomerId, Effect, EffectId, EffectKind, EventKind, FileId, HandOffKind,
    HandOffReason, LogEvent, Offer, Outcome, Resolution, Retention, RevisionId, Settings, Speaker, Standing, StartedBy,
    TaskId,
};
use taskwright_store::{Branch, Chosen, OpenOptions, Store, Stretch};

fn open(folder: &Path) -> Store {
    Store::open(folder, OpenOptions::default()).unwrap()
}

fn taken(from: &ConversationId, seq: u64) -> Branch {
    Branch {
        from: from.clone(),
        seq,
        addresses: Vec::new(),
        standing: Standing::default(),
    }
}

fn start(customer: &str) -> EventKind {
    EventKind::ConversationStarted {
        start: Box::new(ConversationStart {
            place: ConversationPlace::Channel,
            customer: Customer {
                id: CustomerId::new(customer),
                name: Some("Maya".to_owned()),
                ..Customer::default()
            },
            settings: Settings::default(),
            offer: Offer::FromTheStart,
            calls: CallMode::Live,
            branched_from: None,
            callbacks: None,
            known: std::collections::BTreeMap::new(),
        }),
    }
}

fn said(text: &str) -> EventKind {
    EventKind::CustomerSaid {
        text: text.to_owned(),
        sealed: None,
    }
}

/// A log of these facts, each an input of its own.
fn log(at: i64, kinds: impl IntoIterator<Item = EventKind>) -> Vec<LogEvent> {
    let events = kinds.into_iter().zip(1..);
    let event = |(kind, seq): (EventKind, u64)| LogEvent {
        seq,
        at: at + i64::try_from(seq).unwrap(),
        cause: seq,
        input: None,
        v: 1,
        kind,
    };
    events.map(event).collect()
}

/// A task ran, a person took over.
fn passed_on(at: i64) -> Vec<LogEvent> {
    let task = TaskId::new("refund");
    log(
        at,
        [
            start("maya"),
            said("I want my money back"),
            EventKind::TaskStarted {
                task: task.clone(),
                title: "Refund".to_owned(),
                revision: RevisionId::new("r"),
                how: StartedBy::Message,
                callback: None,
            },
            EventKind::Said {
                text: "One moment".to_owned(),
                place: None,
                by: Speaker::Assistant,
            },
            EventKind::FileAttached {
                file: FileId::new("photo"),
                name: "photo.jpg".to_owned(),
            },
            EventKind::NotUnderstood { times: 1 },
            EventKind::TaskFinished {
                task,
                title: "Refund".to_owned(),
                outcome: Outcome::HandedOff,
            },
            EventKind::ResolutionChanged {
                state: Resolution::RoutedToTeam,
            },
            EventKind::HandedOff {
                team: None,
                team_name: "Billing".to_owned(),
                reason: HandOffReason::NotUnderstood,
                note: String::new(),
            },
            EventKind::TagsUpdated {
                added: vec!["vip".to_owned(), "late".to_owned()],
                removed: Vec::new(),
            },
            EventKind::TagsUpdated {
                added: Vec::new(),
                removed: vec!["late".to_owned()],
            },
            EventKind::RatingGiven { rating: 2 },
        ],
    )
}

async fn write(store: &Store, id: &ConversationId, events: Vec<LogEvent>, standing: Standing) {
    let batch = Batch {
        events,
        standing,
        ..Batch::default()
    };
    store.commit(id, 0, batch).await.unwrap();
}

fn ended() -> Standing {
    Standing {
        ended: true,
        ..Standing::default()
    }
}

fn everybody() -> Chosen {
    Chosen::default()
}

/// The beginning of the list.
fn top(limit: u32) -> Stretch {
    Stretch {
        limit,
        ..Stretch::default()
    }
}

#[tokio::test]
async fn a_row_says_what_came_of_a_conversation() {
    let store = Store::in_memory().unwrap();
    let id = ConversationId::new("one");
    write(&store, &id, passed_on(100), ended()).await;
    let row = store.summary(&id).unwrap();
    assert_eq!((row.started_at, row.last_at, row.messages), (101, 112, 2));
    assert_eq!(row.opening.as_deref(), Some("I want my money back"));
    assert_eq!(row.state, ConversationState::RoutedToTeam);
    assert_eq!(row.tasks[0].title, "Refund");
    assert_eq!(row.tags, ["vip"], "what was taken away again is no tag");
    assert_eq!(row.problems, [ConversationProblem::NotUnderstood]);
    assert_eq!(row.rating, Some(2));
    let hand_off = row.hand_off.unwrap();
    assert_eq!(
        (hand_off.kind, hand_off.team.as_str()),
        (HandOffKind::NotUnderstood, "Billing")
    );
}

#[tokio::test]
async fn another_try_has_a_row_of_its_own_that_begins_with_what_is_shared() {
    let store = Store::in_memory().unwrap();
    let [a, b] = ["a", "b"].map(ConversationId::new);
    write(&store, &a, passed_on(100), ended()).await;
    store.branch(&b, taken(&a, 4), 0).await.unwrap();
    let row = store.summary(&b).unwrap();
    assert_eq!(
        row.state,
        ConversationState::NotAnswered,
        "what came later is not shared"
    );
    assert_eq!(row.tasks.len(), 1, "what came before is");
    store.delete_conversation(&a).await.unwrap();
    assert!(store.summary(&a).is_err());
    assert_eq!(store.summary(&b).unwrap(), row, "also when the other one is gone");
}

#[tokio::test]
async fn rows_are_made_again_from_logs_of_an_older_version() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    let [a, b] = ["a", "b"].map(ConversationId::new);
    write(&store, &a, passed_on(100), ended()).await;
    store.branch(&b, taken(&a, 4), 0).await.unwrap();
    let before = store.summaries(&everybody(), &top(10)).unwrap();
    assert_eq!(before.total, 2);
    store.close().await.unwrap();
    drop(store);
    let file = Connection::open(folder.path().join("workspace.sqlite")).unwrap();
    file.execute_batch(
        "UPDATE digest SET made_by = 0; DELETE FROM conversation_rows; DELETE FROM task_runs; DELETE FROM hand_offs;",
    )
    .unwrap();
    drop(file);
    assert_eq!(open(folder.path()).summaries(&everybody(), &top(10)).unwrap(), before);
}

#[tokio::test]
async fn what_is_old_goes_unless_it_waits_for_something() {
    let store = Store::in_memory().unwrap();
    let [old, waiting, new] = ["old", "waiting", "new"].map(ConversationId::new);
    write(&store, &old, passed_on(100), ended()).await;
    let call = Effect {
        id: EffectId::new("e"),
        kind: EffectKind::RankTasks { text: String::new() },
    };
    let waits = Standing {
        pending: vec![call],
        ..Standing::default()
    };
    write(&store, &waiting, passed_on(100), waits).await;
    write(&store, &new, passed_on(900), Standing::default()).await;
    let file = store.put_file(b"a photo".to_vec(), "photo.jpg").await.unwrap();
    assert_eq!(store.erase_older(500).await.unwrap(), 1);
    let left = store.summaries(&everybody(), &top(10)).unwrap().rows;
    let left: Vec<_> = left.iter().map(|row| row.id.as_str()).collect();
    assert_eq!(left, [new.as_str(), waiting.as_str()]);
    assert!(
        store.file(&file).unwrap().is_some(),
        "a file of nobody's conversation stays"
    );
    assert_eq!(
        store.retention().unwrap(),
        Retention::Always,
        "until somebody says otherwise"
    );
    store.keep_for(Retention::Days90).await.unwrap();
    assert_eq!(store.retention().unwrap(), Retention::Days90);
}

#[tokio::test]
async fn with_a_customer_go_the_files_that_nobody_else_sent() {
    let store = Store::in_memory().unwrap();
    let [own, shared] = [b"own".as_slice(), b"shared"].map(|bytes| store.put_file(bytes.to_vec(), "photo.jpg"));
    let (own, shared) = (own.await.unwrap(), shared.await.unwrap());
    let attached = |file: &FileId| EventKind::FileAttached {
        file: file.clone(),
        name: "photo.jpg".to_owned(),
    };
    let [a, b] = ["a", "b"].map(ConversationId::new);
    write(
        &store,
        &a,
        log(1, [start("maya"), attached(&own), attached(&shared)]),
        ended(),
    )
    .await;
    write(&store, &b, log(1, [start("bob"), attached(&shared)]), ended()).await;
    assert_eq!(store.erase_customer(&CustomerId::new("maya")).await.unwrap(), Some(1));
    assert!(store.file(&own).unwrap().is_none());
    assert!(store.file(&shared).unwrap().is_some());
    let left = Chosen {
        filter: ConversationFilter {
            customer: Some(CustomerId::new("bob")),
            ..ConversationFilter::default()
        },
        ..Chosen::default()
    };
    assert_eq!(store.count_chosen(&left).unwrap(), 1);
}
