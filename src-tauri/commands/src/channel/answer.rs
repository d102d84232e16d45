//! What a product is answered.

use serde_json::Value;

use super::wire::{ErrorList, OneError};
use crate::app::json_of;
use crate::error::{CommandError, ErrorCode};

/// The answer to an event.
#[derive(Debug, Clone, PartialEq)]
pub struct NoticeAnswer {
    /// The HTTP status.
    pub status: u16,
    /// The JSON.
    pub body: Value,
    /// The same event was taken before: this is what it was answered then.
    pub replayed: bool,
}

/// Why an event is not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refusal {
    status: u16,
    code: &'static str,
    message: String,
    field: Option<String>,
}

impl NoticeAnswer {
    /// A refusal for one reason.
    #[must_use]
    pub fn refused(status: u16, code: &str, message: &str, request: &str) -> Self {
        Self::errors(status, code, message.to_owned(), None, request)
    }

    fn errors(status: u16, code: &str, message: String, field: Option<String>, request: &str) -> Self {
        let list = ErrorList {
            kind: "error.list".to_owned(),
            request_id: request.to_owned(),
            errors: vec![OneError {
                code: code.to_owned(),
                message,
                field,
            }],
        };
        Self {
            status,
            body: json_of(&list).unwrap_or(Value::Null),
            replayed: false,
        }
    }
}

impl Refusal {
    pub(crate) fn answer(self, request: &str) -> NoticeAnswer {
        NoticeAnswer::errors(self.status, self.code, self.message, self.field, request)
    }

    fn new(status: u16, code: &'static str, message: impl Into<String>) -> Self {
        Self {
            status,
            code,
            message: message.into(),
            field: None,
        }
    }

    /// What was sent cannot be read.
    pub(crate) fn invalid(field: &str, message: impl Into<String>) -> Self {
        Self {
            field: Some(field.to_owned()).filter(|field| !field.is_empty()),
            ..Self::new(400, "data_invalid", message)
        }
    }

    /// What was sent can be read, and does not fit what is there.
    pub(crate) fn unfit(field: &str, message: impl Into<String>) -> Self {
        Self {
            field: Some(field.to_owned()),
            ..Self::new(422, "data_invalid", message)
        }
    }

    pub(crate) fn unknown_conversation() -> Self {
        let message = "There is no conversation of this id here. Begin it with notify_new_conversation.";
        Self {
            field: Some("external_conversation_id".to_owned()),
            ..Self::new(404, "not_found", message)
        }
    }
}

impl From<CommandError> for Refusal {
    /// The program could not take it; nothing was done, and it may be sent again.
    fn from(error: CommandError) -> Self {
        match error.code {
            ErrorCode::Closed => Self::new(503, "closed", "Taskwright is closing. Send the event again later."),
            _ => Self::new(
                500,
                "internal",
                format!("The event could not be taken, so nothing was done: {}", error.message),
            ),
        }
    }
}
