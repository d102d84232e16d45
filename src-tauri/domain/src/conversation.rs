//! Conversations: who talks, where, and on what terms.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{ConversationId, CustomerId, Known, RevisionId, Settings, TaskId, WorkflowId};

/// The facts a conversation starts with. They are copied into its first event, so nothing outside can change a re-run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct ConversationStart {
    /// Where it takes place.
    pub place: ConversationPlace,
    /// Who talks.
    pub customer: Customer,
    /// The workspace's settings at that time.
    pub settings: Settings,
    /// What may start.
    pub offer: Offer,
    /// Where actions go.
    pub calls: CallMode,
    /// The conversation this one is another try of.
    pub branched_from: Option<BranchedFrom>,
    /// Where other systems call back into its runs; none where nothing listens.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub callbacks: Option<CallbackAddress>,
    /// What is known of the customer from earlier conversations, by attribute key: it is used and not asked again.
    // Logs of older programs hold none.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[ts(as = "Option<BTreeMap<String, Known>>", optional)]
    pub known: BTreeMap<String, Known>,
}

/// What the addresses are made of at which other systems call back into the runs of a conversation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CallbackAddress {
    /// How the outside reaches this program, e.g. `http://127.0.0.1:4817`, without a slash at the end.
    pub base_url: String,
    /// Drawn at random once for the conversation: nobody guesses an address made of it.
    pub seed: String,
}

/// Where a conversation takes place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ConversationPlace {
    /// The author rehearses.
    Preview,
    /// A test runs.
    Test,
    /// A customer writes.
    Channel,
}

/// What may start in a conversation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Offer {
    /// One task in one revision; other tasks only compete for the message.
    ThisTask {
        /// The task.
        task: TaskId,
        /// The revision.
        revision: RevisionId,
    },
    /// Every task that is on, as customers meet it.
    FromTheStart,
    /// The same, led by a workflow that begins with the conversation.
    Workflow {
        /// The workflow.
        workflow: WorkflowId,
        /// The revision it begins in.
        revision: RevisionId,
    },
}

/// Where actions go.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum CallMode {
    /// Sample answers; nothing leaves the program.
    #[default]
    Sample,
    /// The test environment.
    Test,
    /// The live environment: changes are real.
    Live,
}

/// The prefix a conversation shares with another one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BranchedFrom {
    /// The other one.
    pub conversation: ConversationId,
    /// The last event they share.
    pub seq: u64,
}

/// Who talks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct Customer {
    /// Their id.
    pub id: CustomerId,
    /// Their name, where known.
    pub name: Option<String>,
    /// Their e-mail address, where known.
    pub email: Option<String>,
    /// Whether the product has signed them in.
    #[serde(default)]
    pub signed_in: bool,
}

impl Default for Customer {
    fn default() -> Self {
        Self {
            id: CustomerId::new("preview"),
            name: None,
            email: None,
            signed_in: false,
        }
    }
}
