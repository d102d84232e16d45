//! A desk that calls the demo service as a live conversation would.

use std::collections::BTreeMap;

use demo_service::{DemoService, Options, Running};
use jiff::Timestamp;
use taskwright_connect::{Client, Connection};
use taskwright_domain::{Action, ActionResult, AttributeType, CallMode, EffectId, Settings, Value};
use taskwright_engine::{ActionCall, ValueContext};
use taskwright_language::values::parse;

/// The day the demo service's orders are relative to, and an instant of it.
pub(crate) const TODAY: &str = "2026-11-21";
pub(crate) const NOW: &str = "2026-11-21T10:00:00Z";

/// The inputs of a call by key.
pub(crate) type Inputs = BTreeMap<String, Value>;

/// A desk that calls the demo service.
pub(crate) struct Desk {
    shop: Running,
    client: Client,
    pub(crate) settings: Settings,
    pub(crate) now: Timestamp,
    calls: u32,
}

impl Desk {
    pub(crate) async fn open() -> Self {
        let options = Options {
            today: Some(TODAY.to_owned()),
            ..Options::default()
        };
        Self {
            shop: DemoService::start(options).await.unwrap(),
            client: Client::new().unwrap(),
            settings: Settings::default(),
            now: NOW.parse().unwrap(),
            calls: 0,
        }
    }

    pub(crate) async fn call(&mut self, action: &Action, inputs: &Inputs) -> ActionResult {
        self.calls += 1;
        let call = ActionCall {
            action: action.clone(),
            inputs: inputs.clone(),
            calls: CallMode::Live,
            key: EffectId::new(format!("live_{}", self.calls)),
            settings: self.settings.clone(),
            now: self.now,
        };
        let connection = Connection::confirmed(self.shop.base_url());
        self.client.call(&call, &connection).await
    }

    pub(crate) fn changes(&self) -> u64 {
        self.shop.ledger().count(None).unwrap()
    }

    pub(crate) fn typed(&self, kind: &AttributeType, text: &str) -> Value {
        let context = ValueContext {
            settings: &self.settings,
            now: self.now,
        };
        parse(kind, text, &context).unwrap_or_else(|| Value::Text(text.to_owned()))
    }
}
