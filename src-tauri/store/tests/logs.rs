//! Logs of conversations: what is sealed, shared, deleted, and read while it is written.

use std::collections::BTreeMap;

use serde_json::json;
use taskwright_domain::{
    ActionId, Batch, CallMode, ConversationId, Effect, EffectId, EffectKind, EventKind, LogEvent, RevisionId, Sealed,
    SealedId, SealedRow, Source, Standing, Value,
};
use taskwright_store::{Announced, Branch, OpenOptions, Store, StoreError};

fn event(seq: u64, kind: EventKind) -> LogEvent {
    LogEvent {
        seq,
        at: 7,
        cause: seq,
        input: None,
        v: 1,
        kind,
    }
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
    let text = format!("note {seq}");
    event(seq, EventKind::NoteAdded { text })
}

/// A value that is joined in, and its row.
fn secret(id: &str) -> (Value, SealedRow) {
    let id = SealedId::new(id);
    let value = Value::Sealed(Sealed {
        id: id.clone(),
        mask: "••••".to_owned(),
        plain: Some(Box::new(Value::Text("secret".to_owned()))),
    });
    let json = json!({"type": "text", "value": "secret"});
    (value, SealedRow { id, json })
}

fn set(seq: u64, to: &Value) -> LogEvent {
    let kind = EventKind::AttributeSet {
        attribute: "code".to_owned(),
        label: "code".to_owned(),
        from: None,
        to: Some(to.clone()),
        source: Source::Customer,
        kept: false,
        of_customer: None,
    };
    event(seq, kind)
}

/// A call that is still out.
fn calling(value: &Value) -> Standing {
    let kind = EffectKind::CallAction {
        action: ActionId::new("a"),
        revision: RevisionId::new("r"),
        inputs: BTreeMap::from([("code".to_owned(), value.clone())]),
        calls: CallMode::Live,
        changes_data: true,
    };
    let effect = Effect {
        id: EffectId::new("e"),
        kind,
    };
    Standing {
        pending: vec![effect],
        ..Standing::default()
    }
}

fn batch(events: Vec<LogEvent>, sealed: Vec<SealedRow>, standing: Standing) -> Batch {
    Batch {
        events,
        sealed,
        standing,
        ..Batch::default()
    }
}

fn notes(seqs: std::ops::RangeInclusive<u64>) -> Batch {
    batch(seqs.map(note).collect(), Vec::new(), Standing::default())
}

#[tokio::test]
async fn a_call_that_was_out_is_sent_again_with_its_sealed_inputs() {
    let store = Store::in_memory().unwrap();
    let one = ConversationId::new("one");
    let (value, row) = secret("x");
    let first = batch(vec![set(1, &value)], vec![row], calling(&value));
    store.commit(&one, 0, first).await.unwrap();
    assert_eq!(
        store.load(&one).unwrap().1,
        calling(&value),
        "the value is joined into what is pending"
    );
    let open = serde_json::to_string(&store.open_conversations().unwrap()[0].1).unwrap();
    assert!(!open.contains("secret"), "what is stored of it is the mask: {open}");
}

#[tokio::test]
async fn a_branch_goes_on_with_values_that_were_sealed_before_it() {
    let store = Store::in_memory().unwrap();
    let [a, b] = ["a", "b"].map(ConversationId::new);
    let (value, row) = secret("a_1");
    let first = batch(vec![set(1, &value), note(2)], vec![row], Standing::default());
    store.commit(&a, 0, first).await.unwrap();
    store.branch(&b, taken(&a, 1), 0).await.unwrap();
    let next = batch(vec![set(2, &value)], Vec::new(), calling(&value));
    store.commit(&b, 1, next).await.unwrap();
    let (log, standing) = store.load(&b).unwrap();
    assert_eq!(
        log,
        vec![set(1, &value), set(2, &value)],
        "in the shared event and in its own"
    );
    assert_eq!(standing, calling(&value), "and in what is pending");
    store.delete_conversation(&a).await.unwrap();
    assert_eq!(store.load(&b).unwrap().0, log, "also when the parent is gone");
}

#[tokio::test]
async fn of_a_deleted_conversation_only_what_a_branch_shares_is_left() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path(), OpenOptions::default()).unwrap();
    let [a, b] = ["a", "b"].map(ConversationId::new);
    let (shared, shared_row) = secret("a_1");
    let (late, late_row) = secret("a_10");
    let events = vec![set(1, &shared), note(2), set(3, &late)];
    let all = batch(events, vec![shared_row, late_row], Standing::default());
    store.commit(&a, 0, all).await.unwrap();
    store.branch(&b, taken(&a, 2), 0).await.unwrap();
    store.delete_conversation(&a).await.unwrap();

    let gone = store.load(&a).unwrap_err();
    assert!(
        matches!(gone, StoreError::Unknown { .. }),
        "it is not loaded any more: {gone}"
    );
    for expected in [0, 3] {
        let refused = store.commit(&a, expected, notes(expected + 1..=expected + 1)).await;
        assert!(
            matches!(refused, Err(StoreError::Unknown { .. })),
            "nor does it grow: {refused:?}"
        );
    }
    assert_eq!(
        store.load(&b).unwrap().0,
        vec![set(1, &shared), note(2)],
        "the branch is whole"
    );
    store.close().await.unwrap();
    let connection = rusqlite::Connection::open(folder.path().join("workspace.sqlite")).unwrap();
    let mut query = connection.prepare("SELECT id FROM sealed_values").unwrap();
    let left: Vec<String> = query
        .query_map([], |row| row.get(0))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    assert_eq!(left, ["sealed_a_1"], "a value that nothing mentions any more is erased");
}

#[tokio::test]
async fn a_start_up_hears_only_of_conversations_that_wait_for_something() {
    let store = Store::in_memory().unwrap();
    let (value, row) = secret("x");
    let [idle, waiting, over] = ["idle", "waiting", "over"].map(ConversationId::new);
    store.commit(&idle, 0, notes(1..=1)).await.unwrap();
    store
        .commit(&waiting, 0, batch(vec![note(1)], vec![row], calling(&value)))
        .await
        .unwrap();
    let ended = Standing {
        ended: true,
        ..Standing::default()
    };
    store
        .commit(&over, 0, batch(vec![note(1)], Vec::new(), ended.clone()))
        .await
        .unwrap();
    let open: Vec<_> = store
        .open_conversations()
        .unwrap()
        .into_iter()
        .map(|(id, _)| id)
        .collect();
    assert_eq!(open, [waiting], "an idle one has nothing to go on with");
    assert_eq!(store.load(&idle).unwrap().1, Standing::default(), "but it is not over");
    assert_eq!(store.load(&over).unwrap().1, ended, "as this one is");
}

#[tokio::test]
async fn followers_get_masks() {
    let store = Store::in_memory().unwrap();
    let mut heard = store.announcements();
    let (value, row) = secret("x");
    let first = batch(vec![set(1, &value)], vec![row], Standing::default());
    store.commit(&ConversationId::new("one"), 0, first).await.unwrap();
    let Announced::Events { events, .. } = heard.recv().await.unwrap().what else {
        unreachable!("only events were committed");
    };
    assert!(
        !format!("{events:?}").contains("secret"),
        "not even in memory: {events:?}"
    );
}

#[tokio::test]
async fn a_log_that_is_read_while_it_grows_is_of_one_moment() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path(), OpenOptions::default()).unwrap();
    let one = ConversationId::new("one");
    let timed = |seq: u64| Standing {
        timer: Some((seq, 0)),
        ..Standing::default()
    };
    store
        .commit(&one, 0, batch(vec![note(1)], Vec::new(), timed(1)))
        .await
        .unwrap();
    let reader = std::thread::spawn({
        let (store, one) = (store.clone(), one.clone());
        move || {
            let mut seen = 0;
            while seen < 200 {
                let (log, standing) = store.load(&one).unwrap();
                seen = log.len() as u64;
                assert_eq!(standing.timer, Some((seen, 0)), "log and standing belong together");
                let page = store.log_page(&one, 1, 1_000).unwrap();
                assert_eq!(page.events.len() as u64, page.total, "a page and its total as well");
            }
        }
    });
    for seq in 2..=200 {
        let next = batch(vec![note(seq)], Vec::new(), timed(seq));
        store.commit(&one, seq - 1, next).await.unwrap();
    }
    reader.join().unwrap();
}

#[tokio::test]
async fn the_end_of_a_long_log_is_read_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path(), OpenOptions::default()).unwrap();
    let long = ConversationId::new("long");
    store.commit(&long, 0, notes(1..=100_000)).await.unwrap();
    let page = store.log_page(&long, 99_951, 50).unwrap();
    assert_eq!((page.events.len(), page.total), (50, 100_000), "fifty of all");
    assert_eq!(store.log_end(&long, 50).unwrap(), page, "the last fifty");
    drop(store);
    let connection = rusqlite::Connection::open(folder.path().join("workspace.sqlite")).unwrap();
    let sql =
        "EXPLAIN QUERY PLAN SELECT json FROM events WHERE conversation = ?1 AND seq > ?2 AND seq <= ?3 ORDER BY seq";
    let plan: String = connection.query_row(sql, ["", "0", "0"], |row| row.get(3)).unwrap();
    assert!(
        plan.starts_with("SEARCH events USING PRIMARY KEY"),
        "found by its number: {plan}"
    );
}
