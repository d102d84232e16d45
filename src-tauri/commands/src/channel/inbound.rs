//! Taking an event of a product: reading it, whether it was taken before, whose it is, and what becomes of it. Events of one
//! conversation are taken one at a time, in the order they come in; those of different ones side by side.

use std::time::Instant;

use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use taskwright_domain::{
    ConversationId, ConversationPlace, ConversationStart, Customer, CustomerId, EventKind, ExternalConversation,
    InputId, InputKind, LogEvent, Offer, OptionId, TakenEvent,
};
use taskwright_engine::Submitted;

use super::answer::{NoticeAnswer, Refusal};
use super::body::{Content, Event, read_event};
use super::traffic::{TrafficEntry, Way};
use super::wire::{BaseEvent, ContactKind, Taken};
use crate::app::{App, json_of, new_id};
use crate::codes::fingerprint;
use crate::customers::known_of;
use crate::error::CommandError;
use crate::preview::callbacks;
use crate::workflows::live;

/// The four calls of the channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChannelCall {
    /// A conversation begins.
    NewConversation,
    /// The person wrote.
    NewMessage,
    /// The person pressed a quick reply.
    QuickReplySelected,
    /// The person filled in a field.
    AttributeCollected,
}

impl ChannelCall {
    /// All of them.
    pub const ALL: [Self; 4] = [
        Self::NewConversation,
        Self::NewMessage,
        Self::QuickReplySelected,
        Self::AttributeCollected,
    ];

    /// The last part of its address.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::NewConversation => "notify_new_conversation",
            Self::NewMessage => "notify_new_message",
            Self::QuickReplySelected => "notify_quick_reply_selected",
            Self::AttributeCollected => "notify_attribute_collected",
        }
    }
}

/// An event of a product, as it came in.
#[derive(Debug, Clone)]
pub struct Notice {
    /// The call.
    pub call: ChannelCall,
    /// What was sent.
    pub body: Vec<u8>,
    /// The id of the request, for the answer.
    pub request: String,
}

/// What the log knows of an event, for whoever watches the channel.
struct Recorded {
    answer: NoticeAnswer,
    events: Vec<LogEvent>,
}

impl App {
    /// Takes an event of a product whose key was checked. It is answered once all it led to at once is committed.
    pub async fn notify(&self, notice: Notice) -> NoticeAnswer {
        let began = Instant::now();
        let sent: Result<Value, _> = serde_json::from_slice(&notice.body);
        let recorded = match &sent {
            Ok(sent) => self.event_taken(notice.call, sent).await,
            Err(error) => Err(Refusal::invalid("", format!("What was sent is no JSON: {error}."))),
        };
        let recorded = recorded.unwrap_or_else(|refusal| Recorded {
            answer: refusal.answer(&notice.request),
            events: Vec::new(),
        });
        let sent = shown(sent.unwrap_or(Value::Null), &recorded);
        let error = recorded.answer.body["errors"][0]["message"].as_str().map(str::to_owned);
        self.channel().traffic.note(TrafficEntry {
            number: 0,
            at: self.now(),
            way: Way::In,
            what: notice.call.name().to_owned(),
            external_conversation_id: sent["external_conversation_id"].as_str().map(str::to_owned),
            status: Some(recorded.answer.status),
            ms: u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX),
            sent,
            answer: recorded.answer.body.clone(),
            error,
        });
        recorded.answer
    }

    async fn event_taken(&self, call: ChannelCall, sent: &Value) -> Result<Recorded, Refusal> {
        let event = read_event(call, sent)?;
        let base = &event.base;
        let fingerprint = fingerprint(self.channel().key(), "event", format!("{} {sent}", call.name()));
        // In this order everywhere, so that nobody waits for somebody who waits for them.
        let _event = self.channel().by_event.of(&base.event_id).await;
        let _conversation = self.channel().by_conversation.of(&base.external_conversation_id).await;
        if let Some(answer) = self.event_answered_before(base, &fingerprint)? {
            return Ok(Recorded {
                answer,
                events: Vec::new(),
            });
        }
        let known = self
            .store()
            .conversation_named(&base.external_conversation_id)
            .map_err(CommandError::from)?;
        let conversation = match (known, call) {
            (None, ChannelCall::NewConversation) => ConversationId::new(new_id()),
            (None, _) => return Err(Refusal::unknown_conversation()),
            (Some(_), ChannelCall::NewConversation) => {
                let message =
                    "This conversation has begun already. Send what the person writes with notify_new_message.";
                return Err(Refusal::unfit("external_conversation_id", message));
            }
            (Some(known), _) if known.contact != base.contact.external_id => {
                let message = "This conversation is another person's. Begin a new one for this person.";
                return Err(Refusal::unfit("contact.external_id", message));
            }
            (Some(known), _) => known.conversation,
        };
        self.follow(event, conversation, fingerprint).await
    }

    /// What the same event was answered before.
    fn event_answered_before(&self, base: &BaseEvent, fingerprint: &str) -> Result<Option<NoticeAnswer>, Refusal> {
        let stored = self.store().taken_event(&base.event_id).map_err(CommandError::from)?;
        match stored {
            None => Ok(None),
            Some(stored) if stored.body == fingerprint => Ok(Some(NoticeAnswer {
                status: 200,
                body: stored.answer,
                replayed: true,
            })),
            Some(_) => {
                let message =
                    "This event_id was used for another event. Nothing was done. Give each event an id of its own.";
                Err(Refusal::unfit("event_id", message))
            }
        }
    }

    /// Hands the event to its conversation, and commits the answer with what follows.
    async fn follow(
        &self,
        mut event: Event,
        conversation: ConversationId,
        fingerprint: String,
    ) -> Result<Recorded, Refusal> {
        let answer = json_of(&Taken {
            external_conversation_id: event.base.external_conversation_id.clone(),
            conversation_id: conversation.to_string(),
            external_contact_id: event.base.contact.external_id.clone(),
            contact_id: self.customer_id(&event.base).to_string(),
        })?;
        let taken = TakenEvent {
            event: event.base.event_id.clone(),
            body: fingerprint,
            answer: answer.clone(),
            at: self.now(),
            opens: matches!(event.content, Content::Begins).then(|| ExternalConversation {
                id: event.base.external_conversation_id.clone(),
                contact: event.base.contact.external_id.clone(),
            }),
        };
        let mut submitted = Vec::new();
        let files = self.attached(&mut event.content).await?;
        for (number, kind) in files.into_iter().enumerate() {
            let id = input_id(&event.base.event_id, number + 1);
            let runner = &self.inner.runner;
            let attached = runner.take_event(&conversation, id, kind, None).await;
            submitted.push(attached.map_err(CommandError::from)?);
        }
        let kind = self.kind_of(&event, &conversation).await?;
        let id = input_id(&event.base.event_id, 0);
        let last = self.inner.runner.take_event(&conversation, id, kind, Some(taken)).await;
        let last = last.map_err(CommandError::from)?;
        let events = last.events.clone();
        submitted.push(last);
        if events.is_empty() {
            return Err(event.content.not_wanted());
        }
        self.carry_on(conversation, submitted);
        Ok(Recorded {
            answer: NoticeAnswer {
                status: 200,
                body: answer,
                replayed: false,
            },
            events,
        })
    }

    /// Performs what follows, beside everything else: the product need not wait for it.
    fn carry_on(&self, conversation: ConversationId, submitted: Vec<Submitted>) {
        let app = self.clone();
        tokio::spawn(async move {
            for submitted in submitted {
                // What cannot be performed now stays open; the next start tries again.
                let _ = app.inner.runner.carry_on(&conversation, submitted).await;
            }
        });
    }

    async fn kind_of(&self, event: &Event, conversation: &ConversationId) -> Result<InputKind, Refusal> {
        Ok(match &event.content {
            Content::Begins => InputKind::Start {
                start: Box::new(self.start_of(&event.base, conversation).await?),
            },
            Content::Said { text, .. } => InputKind::CustomerSaid { text: text.clone() },
            Content::Pressed { option } => InputKind::OptionSelected {
                option: OptionId(option.clone()),
            },
            Content::Collected { attribute, value } => InputKind::AttributeCollected {
                attribute: attribute.clone(),
                text: value.clone(),
            },
        })
    }

    /// The terms of a conversation: it is led by the workflow as it is live now.
    async fn start_of(&self, base: &BaseEvent, conversation: &ConversationId) -> Result<ConversationStart, Refusal> {
        let (workflow, revision) = live(self).await?;
        let offer = Offer::Workflow { workflow, revision };
        let callbacks = callbacks(self, &offer).await;
        let contact = &base.contact;
        let id = self.customer_id(base);
        let known = known_of(self, conversation, &id)?;
        Ok(ConversationStart {
            place: ConversationPlace::Channel,
            customer: Customer {
                id,
                name: contact.name.clone().filter(|name| !name.trim().is_empty()),
                email: contact.email.clone().filter(|email| !email.trim().is_empty()),
                signed_in: contact.kind == ContactKind::User,
            },
            settings: self.snapshot().settings.clone(),
            offer,
            calls: self.channel().settings().calls,
            branched_from: None,
            callbacks,
            known,
        })
    }

    fn customer_id(&self, base: &BaseEvent) -> CustomerId {
        CustomerId::new(self.channel().contact(&base.contact.external_id))
    }
}

/// The id of an input, so that an event that is sent again gives no second one.
fn input_id(event: &str, number: usize) -> InputId {
    let digest = Sha256::digest(event.as_bytes());
    let short: String = digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    InputId::new(match number {
        0 => short,
        number => format!("{short}_{number}"),
    })
}

/// What was sent, as people may see it: what the log masks is masked, and what nobody took may be anything.
fn shown(mut sent: Value, recorded: &Recorded) -> Value {
    let masked = recorded.events.iter().find_map(|event| match &event.kind {
        EventKind::CustomerSaid { text, sealed: Some(_) } => Some(("/body", text)),
        EventKind::AttributeCollected { text, .. } => Some(("/attribute/value", text)),
        _ => None,
    });
    if let Some((place, text)) = masked {
        replace(&mut sent, place, text);
    } else {
        replace(&mut sent, "/attribute/value", "••••");
    }
    let attachments = sent.get_mut("attachments").and_then(Value::as_array_mut);
    for attachment in attachments.into_iter().flatten() {
        if let Some(data) = attachment.get_mut("data") {
            let letters = data.as_str().map_or(0, str::len);
            *data = json!(format!("({letters} letters of Base64)"));
        }
    }
    sent
}

fn replace(sent: &mut Value, place: &str, text: &str) {
    if let Some(found) = sent.pointer_mut(place) {
        *found = json!(text);
    }
}
