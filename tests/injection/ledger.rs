//! What was really called, with what: the samples' answers, written down.

use std::sync::{Arc, Mutex};

use serde_json::Value as Json;
use taskwright_domain::{Action, ActionResult, ConversationId, Stub, StubAnswer};
use taskwright_engine::{ActionCall, Actions, BoxFuture, answer_from_stub};

/// A call that went out.
#[derive(Debug, Clone)]
pub(crate) struct Called {
    pub(crate) name: String,
    pub(crate) inputs: Json,
    pub(crate) changes_data: bool,
}

/// Answers from samples and keeps every call.
#[derive(Debug, Default)]
pub(crate) struct Ledger {
    calls: Mutex<Vec<Called>>,
}

impl Ledger {
    pub(crate) fn open() -> Arc<Self> {
        Arc::default()
    }

    pub(crate) fn calls(&self) -> Vec<Called> {
        self.calls.lock().unwrap().clone()
    }
}

impl Actions for Ledger {
    fn call(&self, call: ActionCall) -> BoxFuture<'_, ActionResult> {
        self.calls.lock().unwrap().push(Called {
            name: call.action.name.clone(),
            inputs: serde_json::to_value(&call.inputs).unwrap(),
            changes_data: call.action.changes_data,
        });
        let result = answer_from_stub(&call.action, &call.inputs, None, &call.settings, call.now);
        Box::pin(async move { result })
    }

    fn chosen_stub(&self, _: &ConversationId, _: &Action) -> Option<String> {
        None
    }
}

/// The action with one answer: its usual one as JSON, with these fields put in.
pub(crate) fn answering(action: &mut Action, fields: &Json) {
    let mut body = usual(&action.key);
    let entries = fields.as_object().unwrap().clone();
    body.as_object_mut().unwrap().extend(entries);
    action.stubs = vec![Stub {
        answer: StubAnswer::Http { status: 200, body },
        ..action.stubs[0].clone()
    }];
    action.stubs[0].when.clear();
}

/// What the systems behind the samples answer.
fn usual(action: &str) -> Json {
    let text = match action {
        "get_order" => {
            r#"{"number":"4512","status":"delivered","ordered_on":"2026-11-10",
                "total":{"amount":"79.00","currency":"EUR"},"refund_status":"none"}"#
        }
        "get_session" => r#"{"device":"Windows PC","app_version":"5.1.4","last_error_code":"E-104"}"#,
        "get_service_status" => r#"{"status":"ok","message":"All systems are running."}"#,
        "get_customer" => {
            r#"{"name":"Maya Lindqvist","email":"maya.lindqvist@example.com",
                "address":"12 Harbour Street, Cork T12 X2P7, Ireland"}"#
        }
        "get_account" => {
            r#"{"owner":"Maya Lindqvist","iban":"IE29AIBK93115212345678","verified":true,
                "limit":{"amount":"100.00","currency":"EUR"}}"#
        }
        other => panic!("{other} has no usual answer"),
    };
    serde_json::from_str(text).unwrap()
}
