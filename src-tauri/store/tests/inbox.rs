//! Going through a long list of conversations, stretch by stretch, while customers go on writing.
#![expect(clippy::unwrap_used, reason = "what the workspace cannot do fails the test")]

use std::collections::BTreeSet;
use std::path::Path;

use futures::future::try_join_all;
use taskwright_domain::{
    Batch, CallMode, ConversationFilter, ConversationId, ConversationPlace, ConversationStart, Customer, CustomerId,
    EventKind, ListPlace, LogEvent, Offer, Settings, Standing,
};
use taskwright_store::{Chosen, OpenOptions, Store, Stretch};

/// Conversations in the list; many of them have the instant in common at which something last happened.
const MANY: u64 = 3_000;
const AT_ONCE: u64 = 25;
const PAGE: u32 = 100;

fn id(number: u64) -> ConversationId {
    ConversationId::new(format!("c{number:05}"))
}

fn event(seq: u64, at: i64, kind: EventKind) -> LogEvent {
    LogEvent {
        seq,
        at,
        cause: seq,
        input: None,
        v: 1,
        kind,
    }
}

fn start() -> EventKind {
    EventKind::ConversationStarted {
        start: Box::new(ConversationStart {
            place: ConversationPlace::Channel,
            customer: Customer {
                id: CustomerId::new("maya"),
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

fn tagged(tag: &str) -> EventKind {
    EventKind::TagsUpdated {
        added: vec![tag.to_owned()],
        removed: Vec::new(),
    }
}

async fn write(
    store: &Store,
    number: u64,
    after: u64,
    events: Vec<LogEvent>,
) -> Result<(), taskwright_store::StoreError> {
    let batch = Batch {
        events,
        standing: Standing::default(),
        ..Batch::default()
    };
    store.commit(&id(number), after, batch).await
}

/// A workspace file with the long list in it. Every third conversation is tagged.
async fn filled(folder: &Path) -> Store {
    let store = Store::open(folder, OpenOptions::default()).unwrap();
    let begun = (0..MANY).map(|number| {
        let at = i64::try_from(number / AT_ONCE).unwrap() * 1_000;
        let tag = if number % 3 == 0 { "third" } else { "other" };
        write(
            &store,
            number,
            0,
            vec![event(1, at, start()), event(2, at, tagged(tag))],
        )
    });
    try_join_all(begun).await.unwrap();
    store
}

/// The list from the top to its end; `between` is done after every page.
async fn walk(store: &Store, chosen: &Chosen, mut between: impl AsyncFnMut(usize)) -> Vec<String> {
    let (mut seen, mut after) = (Vec::new(), None);
    loop {
        let stretch = Stretch {
            after,
            until: None,
            limit: PAGE,
        };
        let page = store.summaries(chosen, &stretch).unwrap();
        assert!(page.rows.len() <= PAGE as usize);
        assert!(
            page.rows
                .is_sorted_by(|one, next| (one.last_at, &one.id) > (next.last_at, &next.id))
        );
        seen.extend(page.rows.iter().map(|row| row.id.to_string()));
        after = page.next;
        if after.is_none() {
            return seen;
        }
        between(seen.len()).await;
    }
}

#[tokio::test]
async fn every_conversation_is_reached_once_and_counted_on_every_page() {
    let folder = tempfile::tempdir().unwrap();
    let store = filled(folder.path()).await;
    let all = walk(&store, &Chosen::default(), async |_| ()).await;
    assert_eq!(all.len() as u64, MANY);
    assert_eq!(all.iter().collect::<BTreeSet<_>>().len() as u64, MANY, "none twice");
    let third = Chosen {
        filter: ConversationFilter {
            tags: vec!["third".to_owned()],
            ..ConversationFilter::default()
        },
        ..Chosen::default()
    };
    let tagged = walk(&store, &third, async |_| ()).await;
    assert_eq!(tagged.len() as u64, MANY / 3);
    assert_eq!(store.count_chosen(&third).unwrap(), MANY / 3);
}

#[tokio::test]
async fn customers_who_write_meanwhile_hide_nobody_and_show_nobody_twice() {
    let folder = tempfile::tempdir().unwrap();
    let store = filled(folder.path()).await;
    let mut moved = BTreeSet::new();
    // After every page somebody further down writes and moves to the top, and somebody new comes.
    let seen = walk(&store, &Chosen::default(), async |shown| {
        let oldest = shown as u64 / u64::from(PAGE);
        let now = 10_000_000 + i64::try_from(shown).unwrap();
        write(&store, oldest, 2, vec![event(3, now, tagged("again"))])
            .await
            .unwrap();
        write(&store, MANY + oldest, 0, vec![event(1, now, start())])
            .await
            .unwrap();
        moved.insert(id(oldest).to_string());
    })
    .await;
    let once: BTreeSet<_> = seen.iter().cloned().collect();
    assert_eq!(once.len(), seen.len(), "nobody is shown twice");
    let missed: BTreeSet<String> = (0..MANY)
        .map(|number| id(number).to_string())
        .filter(|id| !once.contains(id))
        .collect();
    assert_eq!(missed, moved, "who is missing stands at the top now");
    let head = Stretch {
        limit: PAGE,
        ..Stretch::default()
    };
    let head = store.summaries(&Chosen::default(), &head).unwrap();
    let top: BTreeSet<String> = head.rows.iter().map(|row| row.id.to_string()).collect();
    assert!(moved.is_subset(&top));
    assert_eq!(head.total, MANY + moved.len() as u64);
}

#[tokio::test]
async fn a_stretch_between_two_rows_is_read_again_as_it_is_now() {
    let folder = tempfile::tempdir().unwrap();
    let store = filled(folder.path()).await;
    let place = |number: u64| {
        Some(ListPlace {
            last_at: i64::try_from(number / AT_ONCE).unwrap() * 1_000,
            conversation: id(number),
        })
    };
    let stretch = Stretch {
        after: place(2_000),
        until: place(1_950),
        limit: 200,
    };
    let rows = |stretch: &Stretch| store.summaries(&Chosen::default(), stretch).unwrap();
    let before = rows(&stretch);
    let ids: Vec<_> = before.rows.iter().map(|row| row.id.clone()).collect();
    assert_eq!(ids, (1_950..2_000).rev().map(id).collect::<Vec<_>>());
    assert_eq!(before.next, None, "it is read to its end, though the list goes on");
    write(&store, 1_970, 2, vec![event(3, 99_000_000, tagged("again"))])
        .await
        .unwrap();
    assert_eq!(rows(&stretch).rows.len(), 49, "who wrote has left it");
    let short = rows(&Stretch { limit: 10, ..stretch });
    assert_eq!(
        short.next,
        place(1_990),
        "and where it is too long, it says where it goes on"
    );
}
