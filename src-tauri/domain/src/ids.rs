//! One newtype for each noun's id, so that ids of different nouns cannot be mixed up.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $prefix:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema, TS)]
        pub struct $name(pub String);

        impl $name {
            /// What every id of this noun starts with.
            pub const PREFIX: &'static str = $prefix;

            /// An id from the part after the prefix.
            #[must_use]
            pub fn new(rest: impl AsRef<str>) -> Self {
                Self(format!("{}_{}", $prefix, rest.as_ref()))
            }

            /// The id as text, prefix included.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

id!(/// A task, kept over all its revisions.
    TaskId, "task");
id!(/// A block, unique in the workspace.
    BlockId, "block");
id!(/// An arm of a branch or an option of a buttons block.
    OptionId, "option");
id!(/// An HTTP action.
    ActionId, "action");
id!(/// An attribute.
    AttributeId, "attribute");
id!(/// A team that people are handed off to.
    TeamId, "team");
id!(/// A piece of knowledge.
    ArticleId, "article");
id!(/// An entry flow.
    WorkflowId, "workflow");
id!(/// A frozen task: the hash of its content and of all it refers to.
    RevisionId, "revision");
id!(/// A conversation.
    ConversationId, "conversation");
id!(/// A customer.
    CustomerId, "customer");
id!(/// Stored bytes, by their SHA-256.
    FileId, "file");
id!(/// One input of a conversation, chosen by whoever sends it; a repeated id is ignored.
    InputId, "input");
id!(/// One effect of a conversation; derived, never random (see [`EffectId::derive`]).
    EffectId, "effect");
id!(/// A value that is stored apart because it is sensitive.
    SealedId, "sealed");
id!(/// A workspace.
    WorkspaceId, "workspace");
id!(/// A scripted conversation of a task.
    ScriptId, "script");
id!(/// A filter of conversations that somebody keeps under a name.
    ViewId, "view");
id!(/// An edit in the history of a task.
    EditId, "edit");

impl EffectId {
    /// The id of the `index`th effect that input number `cause` gave in this conversation. It goes out as
    /// idempotency key, so the same decision made twice asks the receiver for the same change.
    #[must_use]
    pub fn derive(conversation: &ConversationId, cause: u64, index: usize) -> Self {
        Self::new(format!(
            "{}_{cause}_{index}",
            conversation.0.trim_start_matches("conversation_")
        ))
    }
}
