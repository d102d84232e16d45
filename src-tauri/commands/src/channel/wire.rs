//! What is sent over the channel, field by field: the names and shapes of the Custom Channel Events API. The OpenAPI document
//! is made of these types.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What every event of a product holds.
#[derive(Debug, Clone, Deserialize, ToSchema)]
pub struct BaseEvent {
    /// Chosen by the product, one for each event. An event that is sent again with the same id is answered as before and
    /// does nothing.
    #[schema(min_length = 1, max_length = 255, example = "event_1")]
    pub event_id: String,
    /// The product's own id of the conversation.
    #[schema(min_length = 1, max_length = 255, example = "external_abc123")]
    pub external_conversation_id: String,
    /// Who talks.
    pub contact: Contact,
}

/// A person, as the product knows them.
#[derive(Debug, Clone, Deserialize, ToSchema)]
pub struct Contact {
    /// Whether the product has signed them in.
    #[serde(rename = "type")]
    pub kind: ContactKind,
    /// The product's own id of the person.
    #[schema(min_length = 1, max_length = 255, example = "user_42")]
    pub external_id: String,
    /// Their name.
    #[serde(default)]
    #[schema(max_length = 255, example = "Ada Lovelace")]
    pub name: Option<String>,
    /// Their e-mail address.
    #[serde(default)]
    #[schema(max_length = 255, example = "ada@example.com")]
    pub email: Option<String>,
}

/// Whether the product knows who it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ContactKind {
    /// Somebody who is signed in.
    User,
    /// A visitor.
    Lead,
}

/// What a message holds.
#[derive(Debug, Clone, Deserialize, ToSchema)]
pub struct Message {
    /// What the person wrote.
    #[schema(
        min_length = 1,
        max_length = 20000,
        pattern = r"\S",
        example = "How long do I have to return it?"
    )]
    pub body: String,
    /// Pictures and files that came with it.
    #[serde(default)]
    #[schema(max_items = 10)]
    pub attachments: Vec<Attachment>,
}

/// A picture or a file. This is an addition to the Custom Channel Events API.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Attachment {
    /// It lies at an address that everybody can reach.
    Url {
        /// Where.
        #[schema(min_length = 1, max_length = 2000)]
        url: String,
    },
    /// It is sent along.
    File {
        /// As the person named it.
        #[schema(min_length = 1, max_length = 255)]
        name: String,
        /// What it is said to be; it is looked into all the same.
        #[serde(default)]
        content_type: Option<String>,
        /// Its bytes in Base64.
        #[schema(
            min_length = 1,
            content_encoding = "base64",
            pattern = r"^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{4}|[A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{2}==)$"
        )]
        data: String,
    },
}

/// A quick reply that was pressed.
#[derive(Debug, Clone, Deserialize, ToSchema)]
pub struct Pressed {
    /// The id that the option was offered with.
    #[schema(min_length = 1, max_length = 255, example = "1")]
    pub quick_reply_option_id: String,
}

/// A field that was filled in.
#[derive(Debug, Clone, Deserialize, ToSchema)]
pub struct Collected {
    /// Which, and what with.
    pub attribute: CollectedAttribute,
}

/// A field with what was filled in.
#[derive(Debug, Clone, Deserialize, ToSchema)]
pub struct CollectedAttribute {
    /// The id that the field was asked for with.
    #[schema(min_length = 1, max_length = 255, example = "reason_for_return")]
    pub id: String,
    /// What the person gave.
    #[schema(max_length = 20000, example = "It does not fit")]
    pub value: String,
}

/// `notify_new_conversation`.
#[derive(Debug, Clone, ToSchema)]
#[schema(as = NotifyNewConversationRequest)]
pub struct NewConversation(#[expect(dead_code, reason = "it describes what is read in parts")] BaseEvent);

/// `notify_new_message`.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[schema(as = NotifyNewMessageRequest)]
pub struct NewMessage {
    /// What every event holds.
    #[serde(flatten)]
    pub base: BaseEvent,
    /// What was said.
    #[serde(flatten)]
    pub message: Message,
}

/// `notify_quick_reply_selected`.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[schema(as = NotifyQuickReplySelectedRequest)]
pub struct QuickReplySelected {
    /// What every event holds.
    #[serde(flatten)]
    pub base: BaseEvent,
    /// What was pressed.
    #[serde(flatten)]
    pub pressed: Pressed,
}

/// `notify_attribute_collected`.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[schema(as = NotifyAttributeCollectedRequest)]
pub struct AttributeCollected {
    /// What every event holds.
    #[serde(flatten)]
    pub base: BaseEvent,
    /// What was filled in.
    #[serde(flatten)]
    pub collected: Collected,
}

/// The answer to an event that was taken: whose it is, in the product's ids and in ours.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = CustomChannelNotificationResponse)]
pub struct Taken {
    /// The product's id of the conversation.
    pub external_conversation_id: String,
    /// Ours.
    pub conversation_id: String,
    /// The product's id of the person.
    pub external_contact_id: String,
    /// Ours.
    pub contact_id: String,
}

/// The answer to an event that was not taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ErrorList {
    /// Always `error.list`.
    #[serde(rename = "type")]
    #[schema(example = "error.list")]
    pub kind: String,
    /// The id of the request, as in the header `X-Request-Id`.
    pub request_id: String,
    /// What is wrong.
    pub errors: Vec<OneError>,
}

/// Something that is wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct OneError {
    /// What kind: `data_invalid`, `unauthorized`, `not_found`, `rate_limited`, `timeout`, `too_large`,
    /// `method_not_allowed`, `closed` or `internal`.
    #[schema(example = "data_invalid")]
    pub code: String,
    /// What is wrong, and how to mend it.
    pub message: String,
    /// The field it concerns, e.g. `contact.external_id`.
    pub field: Option<String>,
}

/// What the product is told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = CustomChannelOutboundEvent)]
pub struct OutboundEvent {
    /// What.
    #[serde(flatten)]
    pub told: Told,
    /// Our id of the conversation.
    pub conversation_id: String,
    /// The product's id of it.
    pub external_conversation_id: String,
}

/// What the product is told, by type. The set is closed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(tag = "event_type", rename_all = "snake_case")]
pub enum Told {
    /// The assistant or a block of the workflow spoke: show it.
    NewMessage {
        /// As plain text.
        text: String,
        /// As HTML that is safe to show.
        html: String,
    },
    /// The assistant is working out a reply.
    Typing,
    /// Buttons to choose from.
    QuickReplyOptions {
        /// In order.
        quick_reply_options: Vec<QuickReplyOption>,
    },
    /// What came of the conversation, so far.
    ResolutionStateUpdated {
        /// How it stands.
        state: ResolutionState,
    },
    /// The person has been silent for so long as the workflow says.
    UserBecameIdle,
    /// Fields to ask the person for.
    AttributeCollector {
        /// In order; each is answered by a `notify_attribute_collected` of its own.
        attributes: Vec<RequestedAttribute>,
    },
    /// A note for colleagues: never shown to the person.
    NewNote {
        /// The note.
        text: String,
    },
    /// The conversation's tags: never shown to the person.
    ConversationTagsUpdated {
        /// New ones.
        tags_added: Vec<String>,
        /// Ones that are gone.
        tags_removed: Vec<String>,
    },
    /// The workflow is over, or people took over.
    WorkflowFinished,
}

/// A button.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct QuickReplyOption {
    /// Its id, to be sent back.
    pub id: String,
    /// What it says.
    pub text: String,
}

/// A field to ask for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct RequestedAttribute {
    /// Its id, to be sent back.
    pub id: String,
    /// `string`, `integer`, `decimal`, `boolean`, `date`, `datetime` or `list`.
    #[serde(rename = "type")]
    #[schema(example = "string")]
    pub kind: String,
    /// As people call it.
    pub label: String,
    /// Of a `list`: what can be chosen.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    pub options: Vec<String>,
}

/// What came of a conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ResolutionState {
    /// Answered, not confirmed.
    SoftResolution,
    /// Confirmed by the person.
    HardResolution,
    /// People took over.
    RoutedToTeam,
    /// The person was unhappy and left.
    AbandonedNegativeFeedback,
}
