//! Reading what a product sent, with the place of whatever does not fit.

use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{GeneralPurpose, GeneralPurposeConfig};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::answer::Refusal;
use super::inbound::ChannelCall;
use super::wire::{Attachment, BaseEvent, Collected, Message, Pressed};
use crate::preview::{LONGEST_MESSAGE, LONGEST_NAME};

/// Letters of an id at the most.
const LONGEST_ID: usize = 255;
/// Letters of an address at the most.
const LONGEST_URL: usize = 2_000;
/// What is sent along. Bits that nothing stands for are no reason to refuse it.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new().with_decode_allow_trailing_bits(true),
);
/// Attachments of one message at the most.
const MOST_ATTACHMENTS: usize = 10;

/// An event of a product.
pub(crate) struct Event {
    pub(crate) base: BaseEvent,
    pub(crate) content: Content,
}

/// What happened at the product's side.
pub(crate) enum Content {
    Begins,
    Said { text: String, attached: Vec<Attached> },
    Pressed { option: String },
    Collected { attribute: String, value: String },
}

/// What came with a message.
pub(crate) enum Attached {
    /// It lies at an address.
    At { url: String },
    /// It was sent along.
    Sent { name: String, bytes: Vec<u8> },
}

impl Content {
    /// Why the conversation does not want it now.
    pub(crate) fn not_wanted(&self) -> Refusal {
        match self {
            Self::Pressed { .. } => {
                let message = "This option is not offered now. Send the id of one of the latest quick_reply_options.";
                Refusal::unfit("quick_reply_option_id", message)
            }
            Self::Collected { .. } => {
                let message =
                    "This attribute is not asked for now. Send the id of one of the latest attribute_collector.";
                Refusal::unfit("attribute.id", message)
            }
            Self::Begins | Self::Said { .. } => Refusal::unfit(
                "external_conversation_id",
                "This conversation takes nothing of the kind now.",
            ),
        }
    }
}

/// The event that was sent, checked field by field.
pub(crate) fn read_event(call: ChannelCall, sent: &Value) -> Result<Event, Refusal> {
    groups(sent)?;
    let base: BaseEvent = read(sent)?;
    length("event_id", &base.event_id, 1, LONGEST_ID)?;
    length(
        "external_conversation_id",
        &base.external_conversation_id,
        1,
        LONGEST_ID,
    )?;
    length("contact.external_id", &base.contact.external_id, 1, LONGEST_ID)?;
    length(
        "contact.name",
        base.contact.name.as_deref().unwrap_or_default(),
        0,
        LONGEST_NAME,
    )?;
    length(
        "contact.email",
        base.contact.email.as_deref().unwrap_or_default(),
        0,
        LONGEST_NAME,
    )?;
    let content = match call {
        ChannelCall::NewConversation => Content::Begins,
        ChannelCall::NewMessage => said(read(sent)?)?,
        ChannelCall::QuickReplySelected => {
            let Pressed {
                quick_reply_option_id: option,
            } = read(sent)?;
            length("quick_reply_option_id", &option, 1, LONGEST_ID)?;
            Content::Pressed { option }
        }
        ChannelCall::AttributeCollected => {
            let Collected { attribute } = read(sent)?;
            length("attribute.id", &attribute.id, 1, LONGEST_ID)?;
            length("attribute.value", &attribute.value, 0, LONGEST_MESSAGE)?;
            Content::Collected {
                attribute: attribute.id,
                value: attribute.value,
            }
        }
    };
    Ok(Event { base, content })
}

/// What stands for a group of fields is one: a list of its values in order is not taken for it.
fn groups(sent: &Value) -> Result<(), Refusal> {
    let is_group = |place: &str, found: Option<&Value>| match found {
        Some(found) if found.is_array() => {
            let message = match place {
                "" => "What was sent is no group of fields: write it as {\"event_id\": …}.".to_owned(),
                place => format!("{place} is no group of fields."),
            };
            Err(Refusal::invalid(place, message))
        }
        _ => Ok(()),
    };
    is_group("", Some(sent))?;
    is_group("contact", sent.get("contact"))?;
    is_group("attribute", sent.get("attribute"))?;
    let attachments = sent.get("attachments").and_then(Value::as_array);
    for (at, attachment) in attachments.into_iter().flatten().enumerate() {
        is_group(&format!("attachments[{at}]"), Some(attachment))?;
    }
    Ok(())
}

fn said(message: Message) -> Result<Content, Refusal> {
    length("body", &message.body, 1, LONGEST_MESSAGE)?;
    if message.body.trim().is_empty() {
        return Err(Refusal::invalid(
            "body",
            "body is empty: there is nothing in it but spaces.",
        ));
    }
    if message.attachments.len() > MOST_ATTACHMENTS {
        let text =
            format!("A message has {MOST_ATTACHMENTS} attachments at the most. Send the others with another one.");
        return Err(Refusal::invalid("attachments", text));
    }
    let attached = message.attachments.into_iter().enumerate();
    Ok(Content::Said {
        text: message.body.trim().to_owned(),
        attached: attached
            .map(|(at, one)| attached_as(at, one))
            .collect::<Result<_, _>>()?,
    })
}

fn attached_as(at: usize, attachment: Attachment) -> Result<Attached, Refusal> {
    match attachment {
        Attachment::Url { url } => {
            length(&format!("attachments.{at}.url"), &url, 1, LONGEST_URL)?;
            Ok(Attached::At { url })
        }
        Attachment::File { name, data, .. } => {
            length(&format!("attachments.{at}.name"), &name, 1, LONGEST_NAME)?;
            let field = format!("attachments.{at}.data");
            if data.is_empty() {
                return Err(Refusal::invalid(&field, format!("{field} is empty.")));
            }
            let bytes = BASE64.decode(data);
            let bytes = bytes.map_err(|error| Refusal::invalid(&field, format!("{field} is no Base64: {error}.")))?;
            Ok(Attached::Sent {
                name: name.trim().to_owned(),
                bytes,
            })
        }
    }
}

fn length(field: &str, text: &str, least: usize, most: usize) -> Result<(), Refusal> {
    let letters = text.chars().count();
    if (least..=most).contains(&letters) {
        return Ok(());
    }
    let message = match letters {
        0 => format!("{field} is empty."),
        letters => format!("{field} has {letters} characters; {most} are the most."),
    };
    Err(Refusal::invalid(field, message))
}

fn read<T: DeserializeOwned>(sent: &Value) -> Result<T, Refusal> {
    serde_path_to_error::deserialize(sent).map_err(|error| {
        let place = error.path().to_string();
        let place = if place == "." { String::new() } else { place };
        let why = error.inner().to_string();
        let missing = why
            .strip_prefix("missing field `")
            .and_then(|rest| rest.split('`').next());
        match missing {
            Some(missing) => {
                let field = if place.is_empty() {
                    missing.to_owned()
                } else {
                    format!("{place}.{missing}")
                };
                Refusal::invalid(&field, format!("{field} is missing."))
            }
            None => {
                let why = why.replace('`', "\"");
                let message = match place.as_str() {
                    "" => format!("What was sent does not fit: {why}."),
                    place => format!("{place} does not fit: {why}."),
                };
                Refusal::invalid(&place, message)
            }
        }
    })
}
