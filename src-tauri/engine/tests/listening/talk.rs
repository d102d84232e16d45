//! A conversation with a task made of instructions.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Value as Json, json};
use taskwright_domain::{
    ActionResult, Block, BlockId, BlockKind, CallMode, Catalogue, ConversationId, ConversationPlace, ConversationStart,
    Customer, Effect, EffectKind, EventKind, Input, InputId, InputKind, LogEvent, Offer, Question, Reading, Revision,
    RevisionId, Settings, Task, TaskId, Value, WebhookName,
};
use taskwright_engine::{Library, State, compile, decide, fold, rerun};
use taskwright_language::read::{READER_VERSION, read};

/// Saturday 21 November 2026, 10:00 UTC.
pub(crate) const NOW: i64 = 1_795_255_200_000;

pub(crate) struct Talk {
    library: Library,
    pub(crate) state: State,
    pub(crate) log: Vec<LogEvent>,
    pub(crate) effects: Vec<Effect>,
    pub(crate) now: i64,
    inputs: usize,
}

pub(crate) fn block(id: &str, text: &str) -> Block {
    Block {
        id: BlockId::new(id),
        name: String::new(),
        off: false,
        kind: BlockKind::Instructions { text: text.to_owned() },
    }
}

pub(crate) fn instructions(text: &str) -> Reading {
    read(text, &catalogue())
}

/// A webhook block that says 45 minutes by itself.
pub(crate) fn wait_block() -> Block {
    let kind = json!({
        "id": "block_check", "type": "wait_for_webhook", "key": "payment_check", "name": "Payment check",
        "fields": [{ "key": "ok", "kind": { "type": "boolean" }, "path": "$.ok" }],
        "limit": { "count": 45, "unit": "minutes" },
        "what_then": [], "example": { "ok": true }
    });
    serde_json::from_value(kind).unwrap()
}

fn catalogue() -> Catalogue {
    let attribute = |key: &str, name: &str, kind: Json| json!({ "id": key, "key": key, "name": name, "kind": kind, "customer_may_fill": true });
    let action = |key: &str,
                  name: &str,
                  description: &str,
                  changes: bool,
                  inputs: Json,
                  outputs: Json,
                  result: &str| {
        json!({
            "id": key, "key": key, "name": name, "description": description, "changes_data": changes, "inputs": inputs,
            "outputs": outputs, "result_name": result
        })
    };
    let number = json!({ "key": "booking_number", "kind": { "type": "identifier" } });
    let date = json!({ "key": "new_date", "kind": { "type": "date" } });
    let moved = json!({ "key": "times_moved", "kind": { "type": "integer" }, "path": "$.times_moved" });
    Catalogue {
        actions: serde_json::from_value(json!([
            action(
                "find_booking",
                "Find booking",
                "Looks up a booking by its number",
                false,
                json!([number]),
                json!([moved]),
                "booking"
            ),
            action(
                "move_booking",
                "Move booking",
                "Moves a booking to another day",
                true,
                json!([number, date]),
                json!([]),
                "move"
            ),
        ]))
        .unwrap(),
        attributes: serde_json::from_value(json!([
            attribute("booking_number", "Booking number", json!({ "type": "identifier" })),
            attribute("new_date", "New date", json!({ "type": "date" })),
            attribute("story", "What happened", json!({ "type": "text" })),
        ]))
        .unwrap(),
        teams: serde_json::from_value(json!([{ "id": "claims", "name": "Claims" }])).unwrap(),
        webhooks: vec![webhook()],
        ..Catalogue::default()
    }
}

fn webhook() -> WebhookName {
    let BlockKind::WaitForWebhook { key, fields, .. } = wait_block().kind else {
        unreachable!("it is a wait")
    };
    WebhookName {
        block: BlockId::new("check"),
        key,
        name: "Payment check".to_owned(),
        fields,
    }
}

impl Talk {
    /// A conversation in which the task has begun.
    pub(crate) fn of(text: &str) -> Self {
        Self::of_blocks(vec![block("main", text)])
    }

    pub(crate) fn of_blocks(blocks: Vec<Block>) -> Self {
        let mut talk = Self::before(blocks);
        talk.begin();
        talk
    }

    pub(crate) fn begun_with(text: &str, first: &str) -> Self {
        let mut talk = Self::before(vec![block("main", text)]);
        talk.say(first);
        talk.begin();
        talk
    }

    fn begin(&mut self) {
        let (task, revision) = (TaskId::new("task"), RevisionId::new("one"));
        self.put(InputKind::StartTask { task, revision });
    }

    fn before(blocks: Vec<Block>) -> Self {
        let catalogue = catalogue();
        let texts = blocks.iter().filter_map(|block| match &block.kind {
            BlockKind::Instructions { text } => Some((block.id.clone(), read(text, &catalogue))),
            _ => None,
        });
        let readings: BTreeMap<_, _> = texts.collect();
        let task: Task = serde_json::from_value(json!({ "id": "task", "title": "Task" })).unwrap();
        let revision = Revision {
            id: RevisionId::new("one"),
            task: Task { blocks, ..task },
            catalogue,
            readings,
            parts: BTreeMap::new(),
            reader_version: READER_VERSION,
        };
        let id = revision.id.clone();
        let mut talk = Self {
            library: BTreeMap::from([(id.clone(), Arc::new(compile(revision)))]),
            state: State::new(ConversationId::new("talk")),
            log: Vec::new(),
            effects: Vec::new(),
            now: NOW,
            inputs: 0,
        };
        let start = ConversationStart {
            place: ConversationPlace::Test,
            customer: Customer::default(),
            settings: Settings::default(),
            offer: Offer::ThisTask {
                task: TaskId::new("task"),
                revision: id,
            },
            calls: CallMode::Sample,
            branched_from: None,
            callbacks: None,
            known: BTreeMap::new(),
        };
        talk.put(InputKind::Start { start: Box::new(start) });
        talk
    }

    /// Takes an input; what the assistant says to it.
    pub(crate) fn put(&mut self, kind: InputKind) -> Vec<String> {
        self.inputs += 1;
        let input = Input {
            id: InputId::new(format!("input-{}", self.inputs)),
            at: self.now,
            kind,
        };
        let from = self.log.len();
        let decision = decide(&self.library, &self.state, &input);
        let mut folded = self.state.clone();
        decision.events.iter().for_each(|event| fold(&mut folded, event));
        if let Some(state) = decision.state {
            assert_eq!(state, folded, "live state is the fold of the log");
            self.state = state;
        }
        self.log.extend(decision.events);
        self.effects.extend(decision.effects);
        said(&self.log[from..])
    }

    pub(crate) fn say(&mut self, text: &str) -> Vec<String> {
        self.put(InputKind::CustomerSaid { text: text.to_owned() })
    }

    /// Answers the call that is out.
    pub(crate) fn answer(&mut self, action: &str, fields: Json) -> Vec<String> {
        let call = self.effects.iter().rev().find_map(|effect| match &effect.kind {
            EffectKind::CallAction { action: own, .. } if own.as_str() == action => Some(effect.id.clone()),
            _ => None,
        });
        let effect = call.unwrap_or_else(|| panic!("{action} was not called: {:?}", self.kinds()));
        let result = ActionResult::Succeeded {
            fields: serde_json::from_value(fields).unwrap(),
            status: Some(200),
            ms: 1,
        };
        self.put(InputKind::ActionAnswered { effect, result })
    }

    pub(crate) fn calls(&self, wanted: &str) -> usize {
        let started = self.log.iter().filter(
            |event| matches!(&event.kind, EventKind::ActionStarted { action, .. } if action.as_str() == wanted),
        );
        started.count()
    }

    pub(crate) fn said(&self) -> Vec<String> {
        said(&self.log)
    }

    pub(crate) fn question(&self) -> Option<&Question> {
        self.state.asked()
    }

    /// The attribute that is asked for.
    pub(crate) fn asked(&self) -> Option<String> {
        match self.question() {
            Some(Question::Attribute { attribute, .. }) => Some(attribute.clone()),
            _ => None,
        }
    }

    /// The value it was set to last.
    pub(crate) fn value(&self, key: &str) -> Option<Value> {
        self.log.iter().rev().find_map(|event| match &event.kind {
            EventKind::AttributeSet { attribute, to, .. } if attribute == key => to.clone(),
            _ => None,
        })
    }

    /// Each sentence that was heard, with what it listens for and the words.
    pub(crate) fn heard(&self) -> Vec<(String, String, String)> {
        let heard = self.log.iter().filter_map(|event| match &event.kind {
            EventKind::Heard {
                sentence,
                mention,
                words,
                ..
            } => Some((sentence.clone(), mention.clone(), words.clone())),
            _ => None,
        });
        heard.collect()
    }

    pub(crate) fn kinds(&self) -> Vec<&EventKind> {
        self.log.iter().map(|event| &event.kind).collect()
    }

    /// The recorded inputs give the same log again.
    pub(crate) fn same_again(&self) {
        let again = rerun(&self.state.conversation, &self.log, &self.library);
        assert_eq!(again, self.log, "a re-run gives the same log");
    }
}

fn said(log: &[LogEvent]) -> Vec<String> {
    let said = log.iter().filter_map(|event| match &event.kind {
        EventKind::Said { text, .. } => Some(text.clone()),
        _ => None,
    });
    said.collect()
}
