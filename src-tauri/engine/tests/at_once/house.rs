//! A conversation with the real runner, and systems that answer when the test says so.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde_json::{Value as Json, json};
use taskwright_domain::{
    Action, ActionResult, Block, BlockId, BlockKind, CallMode, Catalogue, ConversationId, ConversationPlace,
    ConversationStart, Customer, EventKind, FailureCause, Input, InputId, InputKind, LogEvent, Offer, RankDecision,
    Ranking, Revision, RevisionId, Settings, Speaker, Task, TaskId,
};
use taskwright_engine::{
    ActionCall, Actions, BoxFuture, Clock, Compiled, Library, MemoryJournal, NoKnowledge, Outside, Ranker, Revisions,
    Runner, Timers, compile, rerun,
};
use taskwright_language::read::{READER_VERSION, read};
use tokio::sync::watch;

/// Saturday 21 November 2026, 10:00 UTC.
const NOW: i64 = 1_795_255_200_000;

/// What a system answers.
#[derive(Clone)]
pub(crate) enum Says {
    Gives(Json),
    Fails,
}

/// The systems behind the actions.
pub(crate) struct Systems {
    called: watch::Sender<Vec<String>>,
    answers: watch::Sender<BTreeMap<String, Says>>,
}

impl Systems {
    fn new() -> Arc<Self> {
        Arc::new(Self {
            called: watch::Sender::new(Vec::new()),
            answers: watch::Sender::new(BTreeMap::new()),
        })
    }

    /// Every call so far, by the names of the actions.
    pub(crate) fn called(&self) -> Vec<String> {
        self.called.borrow().clone()
    }

    /// Waits until these were called, whatever else was.
    pub(crate) async fn until_called(&self, names: &[&str]) {
        let all = |called: &Vec<String>| names.iter().all(|name| called.iter().any(|one| one == name));
        self.called.subscribe().wait_for(all).await.unwrap();
    }

    /// Lets an action answer, each call of it, from now on.
    pub(crate) fn answer(&self, name: &str, says: Says) {
        self.answers
            .send_modify(|answers| drop(answers.insert(name.to_owned(), says)));
    }
}

impl Actions for Systems {
    fn call(&self, call: ActionCall) -> BoxFuture<'_, ActionResult> {
        Box::pin(async move {
            let name = call.action.id.0;
            self.called.send_modify(|called| called.push(name.clone()));
            let mut answers = self.answers.subscribe();
            let answers = answers.wait_for(|answers| answers.contains_key(&name)).await.unwrap();
            match &answers[&name] {
                Says::Gives(fields) => ActionResult::Succeeded {
                    fields: serde_json::from_value(fields.clone()).unwrap(),
                    status: Some(200),
                    ms: 1,
                },
                Says::Fails => ActionResult::Failed {
                    cause: FailureCause::Status { status: 500 },
                    attempts: 1,
                    ms: 1,
                },
            }
        })
    }

    fn chosen_stub(&self, _: &ConversationId, _: &Action) -> Option<String> {
        None
    }
}

struct Fixed(Library);

impl Revisions for Fixed {
    fn revision<'a>(&'a self, id: &'a RevisionId) -> BoxFuture<'a, Option<Arc<Compiled>>> {
        Box::pin(std::future::ready(self.0.get(id).cloned()))
    }
}

impl Ranker for Fixed {
    fn rank<'a>(&'a self, _: &'a ConversationStart, _: &'a str) -> BoxFuture<'a, Ranking> {
        Box::pin(std::future::ready(Ranking {
            candidates: Vec::new(),
            decision: RankDecision::None,
            reason: "There is one task, and it is started by hand.".to_owned(),
            ranker: "none".to_owned(),
            threshold: 0,
        }))
    }
}

struct Still;

impl Clock for Still {
    fn now(&self) -> i64 {
        NOW
    }
}

impl Timers for Still {
    fn arm(&self, _: &ConversationId, _: u64, _: i64) {}
}

fn catalogue() -> Catalogue {
    let look_up = |key: &str, name: &str, input: Json, output: &str, result: &str| {
        json!({
            "id": key, "key": key, "name": name, "description": format!("Looks up {result}s"),
            "inputs": [input], "outputs": [{ "key": output, "kind": { "type": "text" }, "path": format!("$.{output}") }],
            "result_name": result
        })
    };
    let number = json!({ "key": "order_number", "kind": { "type": "identifier" } });
    let of_order = json!({
        "key": "courier", "kind": { "type": "text" }, "from": { "type": "reference", "reference": "order.courier" }
    });
    let cancel = json!({
        "id": "cancel_order", "key": "cancel_order", "name": "Cancel order", "changes_data": true,
        "inputs": [number], "outputs": [], "result_name": "cancellation"
    });
    Catalogue {
        actions: serde_json::from_value(json!([
            look_up("find_order", "Find order", number.clone(), "courier", "order"),
            look_up("find_parcel", "Find parcel", number.clone(), "place", "parcel"),
            look_up("find_invoice", "Find invoice", number.clone(), "total", "invoice"),
            look_up("find_depot", "Find depot", of_order, "hours", "depot"),
            cancel,
        ]))
        .unwrap(),
        attributes: serde_json::from_value(json!([{
            "id": "order_number", "key": "order_number", "name": "Order number", "kind": { "type": "identifier" },
            "customer_may_fill": true
        }]))
        .unwrap(),
        ..Catalogue::default()
    }
}

/// A running conversation, with a program that can be stopped and started again over its journal.
pub(crate) struct House {
    pub(crate) systems: Arc<Systems>,
    pub(crate) runner: Runner,
    journal: Arc<MemoryJournal>,
    library: Library,
    inputs: std::sync::atomic::AtomicU32,
}

impl House {
    /// The task has begun and asks for the order number.
    pub(crate) async fn with(text: &str) -> Self {
        let block = Block {
            id: BlockId::new("main"),
            name: String::new(),
            off: false,
            kind: BlockKind::Instructions { text: text.to_owned() },
        };
        let catalogue = catalogue();
        let reading = read(text, &catalogue);
        let task: Task = serde_json::from_value(json!({ "id": "task", "title": "Task" })).unwrap();
        let revision = Revision {
            id: RevisionId::new("one"),
            task: Task {
                blocks: vec![block],
                ..task
            },
            catalogue,
            readings: BTreeMap::from([(BlockId::new("main"), reading)]),
            parts: BTreeMap::new(),
            reader_version: READER_VERSION,
        };
        let library = BTreeMap::from([(revision.id.clone(), Arc::new(compile(revision)))]);
        let (systems, journal) = (Systems::new(), Arc::new(MemoryJournal::default()));
        let house = Self {
            runner: runner(&systems, &journal, &library),
            systems,
            journal,
            library,
            inputs: std::sync::atomic::AtomicU32::new(0),
        };
        let (task, revision) = (TaskId::new("task"), RevisionId::new("one"));
        let start = ConversationStart {
            place: ConversationPlace::Channel,
            customer: Customer::default(),
            settings: Settings::default(),
            offer: Offer::ThisTask {
                task: task.clone(),
                revision: revision.clone(),
            },
            calls: CallMode::Live,
            branched_from: None,
            callbacks: None,
            known: BTreeMap::new(),
        };
        house.take(InputKind::Start { start: Box::new(start) }).await;
        house.take(InputKind::StartTask { task, revision }).await;
        house
    }

    pub(crate) async fn take(&self, kind: InputKind) {
        let number = self.inputs.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let id = InputId::new(format!("input-{number}"));
        let input = Input { id, at: NOW, kind };
        self.runner.settle(&conversation(), input).await.unwrap();
    }

    pub(crate) async fn say(&self, text: &str) {
        self.take(InputKind::CustomerSaid { text: text.to_owned() }).await;
    }

    /// The program is stopped, as by a power cut, and started again: what was out is settled.
    pub(crate) fn restarted(&self) -> Self {
        let systems = Systems::new();
        Self {
            runner: runner(&systems, &self.journal, &self.library),
            systems,
            journal: self.journal.clone(),
            library: self.library.clone(),
            inputs: std::sync::atomic::AtomicU32::new(1_000),
        }
    }

    pub(crate) fn log(&self) -> Vec<LogEvent> {
        self.journal.log(&conversation())
    }

    /// What the assistant said, in order.
    pub(crate) fn said(&self) -> Vec<String> {
        let said = self.log().into_iter().filter_map(|event| match event.kind {
            EventKind::Said {
                text,
                by: Speaker::Assistant,
                ..
            } => Some(text),
            _ => None,
        });
        said.collect()
    }

    /// The calls that were begun ahead.
    pub(crate) fn ahead(&self) -> Vec<String> {
        let ahead = self.log().into_iter().filter_map(|event| match event.kind {
            EventKind::ActionStarted {
                action, ahead: true, ..
            } => Some(action.0),
            _ => None,
        });
        ahead.collect()
    }

    /// How often each action's call was begun.
    pub(crate) fn begun(&self, action: &str) -> usize {
        let log = self.log();
        let begun = log.iter().filter(
            |event| matches!(&event.kind, EventKind::ActionStarted { action: own, .. } if own.as_str() == action),
        );
        begun.count()
    }

    /// The recorded inputs give the same log again.
    pub(crate) fn same_again(&self) {
        let log = self.log();
        assert_eq!(
            rerun(&conversation(), &log, &self.library),
            log,
            "a re-run gives the same log"
        );
    }

    /// Ids that are out and awaited.
    pub(crate) fn out(&self) -> BTreeSet<String> {
        let standing = self.journal.standing(&conversation());
        standing
            .pending
            .iter()
            .map(|effect| effect.id.as_str().to_owned())
            .collect()
    }
}

pub(crate) fn conversation() -> ConversationId {
    ConversationId::new("talk")
}

fn runner(systems: &Arc<Systems>, journal: &Arc<MemoryJournal>, library: &Library) -> Runner {
    Runner::new(Outside {
        journal: journal.clone(),
        actions: systems.clone(),
        ranker: Arc::new(Fixed(Library::new())),
        knowledge: Arc::new(NoKnowledge),
        revisions: Arc::new(Fixed(library.clone())),
        clock: Arc::new(Still),
        timers: Arc::new(Still),
    })
}
