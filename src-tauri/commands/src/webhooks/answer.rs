//! What other systems are answered when they call back.

use serde_json::{Value, json};
use taskwright_domain::{ConversationId, Difference};
use taskwright_engine::{CallbackOutcome, RunnerError};
use taskwright_store::StoreError;

/// The answer to a call.
#[derive(Debug, Clone, PartialEq)]
pub struct CallAnswer {
    /// The HTTP status.
    pub status: u16,
    /// The JSON.
    pub body: Value,
    /// The same call was made before: this is what it was answered then.
    pub replayed: bool,
}

impl CallAnswer {
    pub(crate) fn ok(status: &str, conversation: &ConversationId, message: &str) -> Self {
        let body = json!({ "status": status, "conversationId": conversation, "message": message });
        Self {
            status: 200,
            body,
            replayed: false,
        }
    }

    /// A refusal for one reason.
    #[must_use]
    pub fn refused(status: u16, code: &str, message: &str, request: &str) -> Self {
        Self::errors(status, request, vec![json!({ "code": code, "message": message })])
    }

    pub(crate) fn errors(status: u16, request: &str, errors: Vec<Value>) -> Self {
        Self {
            status,
            body: json!({ "type": "error.list", "request_id": request, "errors": errors }),
            replayed: false,
        }
    }

    pub(crate) fn differs(request: &str, differences: &[Difference]) -> Self {
        let errors = differences.iter().map(|difference| {
            let Difference { path, expected, found } = difference;
            json!({
                "code": "data_invalid", "field": path, "expected": expected, "found": found,
                "message": format!("{path} should be {expected}, not {found}"),
            })
        });
        Self::errors(422, request, errors.collect())
    }

    pub(crate) fn unknown(request: &str) -> Self {
        let message = "Nothing waits at this address: it is not known, or what waited there is over.";
        Self::refused(404, "not_found", message, request)
    }

    pub(crate) fn again(request: &str) -> Self {
        let message = "This wait has had its call already. Nothing was done. To repeat a call, send the Idempotency-Key \
                       it had.";
        Self::refused(409, "conflict", message, request)
    }

    /// The answer to what became of a call.
    pub(crate) fn to(outcome: &CallbackOutcome, conversation: &ConversationId, request: &str) -> Self {
        match outcome {
            CallbackOutcome::Received => Self::ok("received", conversation, "The conversation goes on with it."),
            CallbackOutcome::Kept => Self::ok(
                "kept",
                conversation,
                "The conversation has not come to its wait yet. The call is kept, and used when it does.",
            ),
            CallbackOutcome::Differs(differences) => Self::differs(request, differences),
            CallbackOutcome::Again => Self::again(request),
            CallbackOutcome::Late => {
                let message = "The wait for this call ended before it came. The conversation has gone on without it.";
                Self::refused(404, "expired", message, request)
            }
            CallbackOutcome::Unknown => Self::unknown(request),
        }
    }

    /// The program could not take the call; nothing was done, and it may be made again.
    pub(crate) fn failed(error: &StoreError, request: &str) -> Self {
        match error {
            StoreError::Unknown { .. } => Self::unknown(request),
            StoreError::Closed => Self::refused(503, "closed", "Taskwright is closing. Call again later.", request),
            other => {
                let message = format!("The call could not be saved, so nothing was done: {other}");
                Self::refused(500, "internal", &message, request)
            }
        }
    }

    pub(crate) fn not_run(error: &RunnerError, request: &str) -> Self {
        let message = format!("The call could not be taken, so nothing was done: {error}");
        Self::refused(500, "internal", &message, request)
    }
}
