//! Calls as tests make them.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};
use taskwright_connect::{Client, Connection};
use taskwright_domain::{Action, ActionResult, Amount, CallMode, EffectId, FailureCause, Settings, Value};
use taskwright_engine::ActionCall;

use crate::server::Server;

/// Saturday 21 November 2026, 10:00 UTC.
pub(crate) const NOW: &str = "2026-11-21T10:00:00Z";

/// A call of an action with these parts. Every input is a text unless it is declared otherwise.
pub(crate) fn call(action: &Json, inputs: &[(&str, Value)]) -> ActionCall {
    let mut whole = json!({ "id": "action_a", "key": "a", "name": "A", "result_name": "a" });
    for (key, value) in action.as_object().unwrap() {
        whole[key] = value.clone();
    }
    if whole["inputs"].is_null() {
        let declared = inputs
            .iter()
            .map(|(key, _)| json!({ "key": key, "kind": { "type": "text" } }));
        whole["inputs"] = declared.collect();
    }
    let action: Action = serde_json::from_value(whole).unwrap();
    ActionCall {
        action,
        inputs: inputs
            .iter()
            .map(|(key, value)| ((*key).to_owned(), value.clone()))
            .collect(),
        calls: CallMode::Live,
        key: EffectId::new("7_2_0"),
        settings: Settings::default(),
        now: NOW.parse().unwrap(),
    }
}

/// A look-up at `/` that gives these outputs.
pub(crate) fn look_up(outputs: &Json) -> ActionCall {
    call(&json!({ "request": { "path": "/" }, "outputs": outputs }), &[])
}

pub(crate) fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

pub(crate) fn euros(amount: &str) -> Value {
    Value::Amount(Amount {
        amount: amount.parse().unwrap(),
        currency: "EUR".into(),
    })
}

/// A connection to a server of the test.
pub(crate) fn to(base_url: &str) -> Connection {
    Connection::confirmed(base_url)
}

/// Makes a call to a server of the test.
pub(crate) async fn made(call: &ActionCall, server: &Server) -> ActionResult {
    Client::new().unwrap().call(call, &to(&server.base_url)).await
}

/// Why a call failed, and after how many attempts.
pub(crate) fn failed(result: ActionResult) -> (FailureCause, u32) {
    match result {
        ActionResult::Failed { cause, attempts, .. } => (cause, attempts),
        ActionResult::Succeeded { fields, .. } => panic!("it should have failed, and gave {fields:?}"),
    }
}

/// Why a call failed.
pub(crate) fn cause(result: ActionResult) -> FailureCause {
    failed(result).0
}

/// The words for the author.
pub(crate) fn reason(cause: FailureCause) -> String {
    match cause {
        FailureCause::BadRequest { reason } | FailureCause::Refused { reason } => reason,
        FailureCause::WrongShape { difference } => difference,
        other => panic!("{other:?} says no reason"),
    }
}

/// The fields of an answer.
pub(crate) fn fields(result: ActionResult) -> BTreeMap<String, Value> {
    match result {
        ActionResult::Succeeded { fields, .. } => fields,
        ActionResult::Failed { cause, .. } => panic!("it failed: {cause:?}"),
    }
}
