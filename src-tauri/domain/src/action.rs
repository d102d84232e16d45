//! Actions: one HTTP call each.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{ActionId, AttributeType, Condition, Field, HttpRequest, TeamId, Template};

/// One HTTP call that looks something up or changes something.
///
/// An action needs only a name, inputs, outputs and one stub; without a [`HttpRequest`] it is *Not connected yet*:
/// the preview works, publishing names it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
pub struct Action {
    /// Its id.
    pub id: ActionId,
    /// snake_case, unique in the workspace.
    pub key: String,
    /// As people call it, e.g. "Get order".
    pub name: String,
    /// What it does and when to use it.
    #[serde(default)]
    pub description: String,
    /// The name its answer goes by in text: `order` for `{order.status}`.
    pub result_name: String,
    /// What it needs.
    #[serde(default)]
    pub inputs: Vec<ActionInput>,
    /// What it gives.
    #[serde(default)]
    pub outputs: Vec<Field>,
    /// It changes something out there; intent and receipt are then written down, and it never fills a condition.
    #[serde(default)]
    pub changes_data: bool,
    /// The customer must say yes before it runs.
    #[serde(default)]
    pub needs_confirmation: bool,
    /// A repeat with the same `Idempotency-Key` changes nothing twice, so it may be sent again after a crash.
    #[serde(default)]
    pub receiver_honours_key: bool,
    /// The assistant may run it for a one-turn question, outside any task.
    #[serde(default)]
    pub answers_on_its_own: bool,
    /// Messages that it answers on its own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub examples: Vec<String>,
    /// What it then says, with its fields as pills; made from its fields where empty.
    #[serde(default, skip_serializing_if = "Template::is_empty")]
    pub reply: Template,
    /// Must hold wherever the action is called from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub condition: Option<Condition>,
    /// The call; none while the action is not connected yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request: Option<HttpRequest>,
    /// Sample answers, failures among them. The first that fits the inputs is used.
    #[serde(default)]
    pub stubs: Vec<Stub>,
    /// What happens when it fails; failure is never silent.
    #[serde(default)]
    pub on_failure: OnFailure,
}

/// One value an action needs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
pub struct ActionInput {
    /// snake_case, unique among the inputs.
    pub key: String,
    /// As people call it; the key in words where empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// What it holds.
    pub kind: AttributeType,
    /// What it means.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// The action runs without it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub optional: bool,
    /// Where it comes from by default.
    #[serde(default)]
    pub from: InputFrom,
    /// What may fill it; customer text is kept out unless this says so.
    #[serde(default)]
    pub accepts: Accepts,
    /// Taken where nothing else gives a value, as a person writes it: `79.00 EUR`, `yes`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default: Option<String>,
    /// The only values it takes, each as a person writes it; any where empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub allowed: Vec<String>,
}

impl ActionInput {
    /// The name people see.
    #[must_use]
    pub fn label(&self) -> String {
        if self.name.is_empty() {
            crate::key_in_words(&self.key)
        } else {
            self.name.clone()
        }
    }

    /// The attribute or response field it is filled from where a step says nothing else; none where its words are fixed.
    #[must_use]
    pub fn reference(&self) -> Option<&str> {
        match &self.from {
            InputFrom::SameName => Some(&self.key),
            InputFrom::Reference { reference } => Some(reference),
            InputFrom::Fixed { .. } => None,
        }
    }
}

/// Where an input's value comes from when a step says nothing else.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum InputFrom {
    /// The attribute or response field of the same key.
    #[default]
    SameName,
    /// Another attribute or response field, e.g. `order.number`.
    Reference {
        /// The reference, without braces.
        reference: String,
    },
    /// Words that are the same in every call, pills allowed.
    Fixed {
        /// The words.
        value: Template,
    },
}

/// Which sources may fill an input.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum Accepts {
    /// Any source.
    #[default]
    Anyone,
    /// Anything but what the customer wrote.
    NotCustomer,
    /// Answers of actions and webhooks only.
    SystemsOnly,
}

/// A sample answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
pub struct Stub {
    /// What the author calls it, unique in the action, e.g. "Older than 40 days".
    pub name: String,
    /// Used when every named input has this value (compared as people read it); always where empty.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub when: BTreeMap<String, String>,
    /// What comes back.
    pub answer: StubAnswer,
    /// Milliseconds until it comes; one that takes longer than the action waits is a timeout.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub delay_ms: u64,
}

/// What a stub gives back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum StubAnswer {
    /// The output fields, each as a person writes it: `79.00 EUR`, `12 days ago`, `yes`. `{input}` repeats an input.
    Fields {
        /// By output key.
        fields: BTreeMap<String, StubValue>,
    },
    /// An HTTP answer, read by the fields' paths as a real one would be.
    Http {
        /// The status code.
        status: u16,
        /// The body.
        #[ts(type = "unknown")]
        body: serde_json::Value,
    },
    /// The call fails.
    Failure {
        /// How.
        cause: FailureCause,
    },
}

/// A field of a sample answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(untagged)]
pub enum StubValue {
    /// One value, as a person writes it.
    One(String),
    /// The rows of a list.
    Rows(Vec<BTreeMap<String, String>>),
}

/// Why a call gave nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum FailureCause {
    /// Nothing answered in time.
    Timeout,
    /// The connection could not be made.
    Unreachable,
    /// The connection broke after the request had gone out.
    Cut,
    /// Nothing was found (404).
    NotFound,
    /// Another status outside 2xx.
    Status {
        /// The status code.
        status: u16,
    },
    /// The answer is no JSON.
    NotJson,
    /// The answer lacks a field, or a field has another type.
    WrongShape {
        /// Which field, and what was expected.
        difference: String,
    },
    /// The answer is larger than allowed.
    TooLarge,
    /// The action is not connected, or its host is not confirmed.
    NotConnected,
    /// No sample answer fits.
    NoStub,
    /// The request could not be built.
    BadRequest {
        /// Why.
        reason: String,
    },
    /// The host may not be called from here.
    Refused {
        /// Why.
        reason: String,
    },
    /// It was not tried, because calls to its host have failed again and again just now.
    CircuitOpen {
        /// Which host, and what happened.
        reason: String,
    },
    /// The receiver wants a token, and none was given out.
    NoToken {
        /// Why.
        reason: String,
    },
}

impl FailureCause {
    /// Whether what was asked for may have been done all the same: it was sent, and no answer came back that says
    /// otherwise.
    #[must_use]
    pub fn leaves_open(&self) -> bool {
        match self {
            Self::Timeout | Self::Cut | Self::NotJson | Self::WrongShape { .. } | Self::TooLarge => true,
            // A gateway says of the system behind it what a timeout or a bad answer says.
            Self::Status { status } => matches!(status, 502 | 504),
            Self::Unreachable
            | Self::NotFound
            | Self::NotConnected
            | Self::NoStub
            | Self::BadRequest { .. }
            | Self::Refused { .. }
            | Self::CircuitOpen { .. }
            | Self::NoToken { .. } => false,
        }
    }
}

/// What happens when an action fails.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct OnFailure {
    /// Said to the customer; standard words where empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub say: String,
    /// The team that takes over; the default team where none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub team: Option<TeamId>,
    /// How often the customer may correct an input after *not found* before a person takes over.
    #[serde(default = "two")]
    pub retries_when_not_found: u8,
}

fn two() -> u8 {
    2
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_zero(number: &u64) -> bool {
    *number == 0
}
