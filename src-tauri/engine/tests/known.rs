//! What is known of a customer from earlier conversations is used where a task needs it, and not asked again.

#![expect(clippy::unwrap_used, reason = "what the engine cannot do fails the test")]

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Value as Json, json};
use taskwright_domain::{
    Block, BlockId, BlockKind, CallMode, Catalogue, ConversationId, ConversationPlace, ConversationStart, Customer,
    EventKind, Input, InputId, InputKind, Known, LogEvent, OfCustomer, Offer, Question, Revision, RevisionId, Sealed,
    Settings, Source, Task, TaskId, Value,
};
use taskwright_engine::{Library, State, compile, decide, fold, hand_in, rerun};
use taskwright_language::read::{READER_VERSION, read};

const TEXT: &str = "Ask for the delivery address.\nAsk for the parcel number.\n\
                    Tell the customer \"It goes to {delivery_address}.\"";

struct Talk {
    library: Library,
    state: State,
    log: Vec<LogEvent>,
}

/// A task that asks for an address, which is kept so long, and for a number.
fn compiled(scope: &str, kind: Json, sensitive: bool) -> Library {
    let attributes = json!([
        {"id": "a", "key": "delivery_address", "name": "Delivery address", "kind": kind, "scope": scope,
         "sensitive": sensitive},
        {"id": "b", "key": "parcel_number", "name": "Parcel number", "kind": {"type": "identifier"}},
    ]);
    let catalogue = Catalogue {
        attributes: serde_json::from_value(attributes).unwrap(),
        ..Catalogue::default()
    };
    let block = Block {
        id: BlockId::new("main"),
        name: String::new(),
        off: false,
        kind: BlockKind::Instructions { text: TEXT.to_owned() },
    };
    let task: Task = serde_json::from_value(json!({"id": "task", "title": "Send a parcel"})).unwrap();
    let revision = Revision {
        id: RevisionId::new("one"),
        readings: BTreeMap::from([(block.id.clone(), read(TEXT, &catalogue))]),
        task: Task {
            blocks: vec![block],
            ..task
        },
        catalogue,
        parts: BTreeMap::new(),
        reader_version: READER_VERSION,
    };
    BTreeMap::from([(revision.id.clone(), Arc::new(compile(revision)))])
}

fn said_before(text: &str) -> BTreeMap<String, Known> {
    let value = Value::Text(text.to_owned());
    let source = Source::Customer;
    BTreeMap::from([("delivery_address".to_owned(), Known { value, source })])
}

impl Talk {
    fn begin(library: Library, known: BTreeMap<String, Known>, first: Option<&str>) -> Self {
        let mut talk = Self {
            library,
            state: State::new(ConversationId::new("talk")),
            log: Vec::new(),
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
            calls: CallMode::Sample,
            branched_from: None,
            callbacks: None,
            known,
        };
        talk.put(InputKind::Start { start: Box::new(start) });
        if let Some(first) = first {
            talk.say(first);
        }
        talk.put(InputKind::StartTask { task, revision });
        talk
    }

    fn put(&mut self, kind: InputKind) {
        let input = Input {
            id: InputId::new(format!("{}", self.log.len())),
            at: 1_795_255_200_000,
            kind,
        };
        let decision = decide(&self.library, &self.state, &input);
        decision.events.iter().for_each(|event| fold(&mut self.state, event));
        assert_eq!(
            decision.state.as_ref(),
            Some(&self.state),
            "live state is the fold of the log"
        );
        self.log.extend(decision.events);
    }

    fn say(&mut self, text: &str) {
        self.put(InputKind::CustomerSaid { text: text.to_owned() });
    }

    fn asked(&self) -> Option<&str> {
        match self.state.asked() {
            Some(Question::Attribute { attribute, .. }) => Some(attribute),
            _ => None,
        }
    }

    fn last_said(&self) -> &str {
        let mut said = self.log.iter().rev().filter_map(|event| match &event.kind {
            EventKind::Said { text, .. } => Some(text.as_str()),
            _ => None,
        });
        said.next().unwrap_or_default()
    }

    /// How the address was set, in order.
    fn set(&self) -> Vec<(Option<OfCustomer>, Option<Value>)> {
        let set = self.log.iter().filter_map(|event| match &event.kind {
            EventKind::AttributeSet {
                attribute,
                to,
                of_customer,
                ..
            } if attribute == "delivery_address" => Some((*of_customer, to.clone())),
            _ => None,
        });
        set.collect()
    }
}

fn address() -> Json {
    json!({"type": "address"})
}

#[test]
fn what_is_known_is_used_and_the_log_says_so() {
    let mut talk = Talk::begin(compiled("customer", address(), false), said_before("5 Mill Lane"), None);
    assert_eq!(
        talk.asked(),
        Some("parcel_number"),
        "the address is not asked for: {:#?}",
        talk.log
    );
    let known = Value::Text("5 Mill Lane".to_owned());
    assert_eq!(talk.set(), [(Some(OfCustomer::Known), Some(known))]);
    talk.say("it's A-77");
    assert_eq!(talk.last_said(), "It goes to 5 Mill Lane.");
    assert_eq!(
        rerun(&talk.state.conversation, &talk.log, &talk.library),
        talk.log,
        "bit for bit"
    );
}

#[test]
fn what_is_kept_less_long_is_asked_again() {
    for scope in ["temporary", "conversation"] {
        let talk = Talk::begin(compiled(scope, address(), false), said_before("5 Mill Lane"), None);
        assert_eq!(talk.asked(), Some("delivery_address"), "{scope}");
        assert!(talk.set().is_empty(), "{scope}");
    }
}

#[test]
fn what_no_longer_fits_its_type_is_asked_again() {
    for kind in [
        json!({"type": "date"}),
        json!({"type": "choice", "options": ["Home", "Work"]}),
    ] {
        let talk = Talk::begin(compiled("customer", kind, false), said_before("5 Mill Lane"), None);
        assert_eq!(talk.asked(), Some("delivery_address"));
    }
}

#[test]
fn what_the_customer_says_now_is_newer() {
    let first = "Please send it, my delivery address is 9 Oak Road";
    let talk = Talk::begin(
        compiled("customer", address(), false),
        said_before("5 Mill Lane"),
        Some(first),
    );
    let set = talk.set();
    assert!(
        matches!(set.as_slice(), [(Some(OfCustomer::Kept), Some(Value::Text(text)))] if text.contains("9 Oak Road")),
        "{set:?}"
    );
    assert_eq!(talk.asked(), Some("parcel_number"));

    let mut talk = Talk::begin(compiled("customer", address(), false), said_before("5 Mill Lane"), None);
    talk.say("no wait, my delivery address is 9 Oak Road now");
    assert!(
        matches!(talk.set().last(), Some((Some(OfCustomer::Kept), Some(Value::Text(text)))) if text.contains("9 Oak Road")),
        "it can be corrected like what they said in this conversation: {:?}",
        talk.set()
    );
    assert_eq!(
        rerun(&talk.state.conversation, &talk.log, &talk.library),
        talk.log,
        "bit for bit"
    );
}

#[test]
fn a_sensitive_one_stays_masked_and_is_sealed_for_this_conversation() {
    let talk = ConversationId::new("talk");
    let before = hand_in(
        &ConversationId::new("before"),
        said_before("5 Mill Lane"),
        |_| true,
        &Settings::default(),
    );
    let handed = hand_in(&talk, before.clone(), |_| true, &Settings::default());
    let id = |known: &BTreeMap<String, Known>| match &known["delivery_address"].value {
        Value::Sealed(Sealed { id, .. }) => id.clone(),
        other => panic!("{other:?} is not sealed"),
    };
    assert_ne!(id(&before), id(&handed), "each conversation has its own");
    let mut talk = Talk::begin(compiled("customer", address(), true), handed, None);
    let log = serde_json::to_string(&talk.log).unwrap();
    assert!(!log.contains("Mill Lane"), "{log}");
    talk.say("it's A-77");
    assert!(
        !talk.last_said().contains("Mill Lane"),
        "what is sensitive is said as its mask"
    );
}

#[test]
fn a_sealed_value_that_was_erased_is_asked_again() {
    let mut known = hand_in(
        &ConversationId::new("talk"),
        said_before("5 Mill Lane"),
        |_| true,
        &Settings::default(),
    );
    if let Some(Known {
        value: Value::Sealed(Sealed { plain, .. }),
        ..
    }) = known.get_mut("delivery_address")
    {
        *plain = None;
    }
    let talk = Talk::begin(compiled("customer", address(), true), known, None);
    assert_eq!(talk.asked(), Some("delivery_address"));
}

#[test]
fn an_older_log_that_holds_nothing_known_still_folds() {
    let talk = Talk::begin(compiled("customer", address(), false), BTreeMap::new(), None);
    let json = serde_json::to_value(&talk.log).unwrap();
    assert!(
        json[0]["start"].get("known").is_none(),
        "it is written as before: {}",
        json[0]
    );
    let older: Vec<LogEvent> = serde_json::from_value(json).unwrap();
    let mut state = State::new(talk.state.conversation.clone());
    older.iter().for_each(|event| fold(&mut state, event));
    assert_eq!(state, talk.state);
    assert_eq!(talk.asked(), Some("delivery_address"));
}
