//! The custom channel: a customer's product sends events in, and is told what happens in its conversations.

mod answer;
mod attachments;
mod body;
mod courier;
mod desk;
#[cfg(test)]
mod golden;
mod html;
mod inbound;
mod post;
mod project;
mod settings;
mod traffic;
pub mod wire;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use taskwright_connect::origin_of;
use taskwright_domain::{CallMode, ConversationId, Environment};
use taskwright_store::{Outgoing, OutgoingId, OutgoingState};
use ts_rs::TS;

pub use answer::NoticeAnswer;
pub(crate) use courier::Courier;
pub use courier::{Lamp, Patience};
pub use desk::{ChannelDesk, ChannelDoor};
pub use inbound::{ChannelCall, Notice};
pub(crate) use project::project;
pub use settings::Paused;
pub use traffic::{TrafficEntry, Way};

use crate::app::{App, json_of, new_id};
use crate::error::{CommandError, ErrorCode};
use crate::list::{Done, Nothing};
use crate::secrets::{Hidden, keep_secret};
use crate::webhooks::WebhookServerView;
use courier::body_of;
use desk::NewKey;
use post::{Came, TOKEN, delivery_id};
use settings::{ChannelSettings, callback};
use wire::Told;

/// Why the server is needed.
const CHANNEL_IS_ON: &str = "The channel is on.";
/// Rows of the queue that a page shows at the most.
const SHOWN: u32 = 100;

/// The channel, as its page shows it.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ChannelView {
    /// Events are taken and sent.
    pub on: bool,
    /// The server that takes events: the one for webhooks.
    pub server: WebhookServerView,
    /// The key; none while there is none.
    pub key: Option<ChannelKey>,
    /// Where the product is told what happens.
    pub callback_url: Option<String>,
    /// That address works only on this computer or in its network.
    pub callback_local: bool,
    /// The token that is sent along; none where none is kept.
    pub token: Option<TokenView>,
    /// Where the actions of its conversations go.
    pub calls: CallMode,
    /// Why nothing is sent at present.
    pub paused: Option<Paused>,
    /// What is still to be sent.
    pub waiting: u64,
    /// Of those, what was tried before.
    pub failing: u64,
    /// What is not tried any more.
    pub given_up: u64,
}

/// What is known of the key. The key itself is known to whoever wrote it down.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ChannelKey {
    /// Its last letters.
    pub ends_in: String,
    /// When it was made: UTC milliseconds since 1970.
    pub made_at: i64,
}

/// What is known of the token that is sent along.
#[derive(Debug, Clone, Serialize, TS)]
pub struct TokenView {
    /// The secret it is kept as.
    pub secret: String,
    /// It may be sent to the address that is set.
    pub allowed: bool,
}

/// The channel as it shall be.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SaveChannel {
    /// Events are taken and sent.
    pub on: bool,
    /// Where the product is told what happens; nowhere where none.
    pub callback_url: Option<String>,
    /// Where the actions of its conversations go.
    pub calls: CallMode,
}

/// The token that is sent along.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SaveChannelToken {
    /// The token.
    pub token: Hidden,
}

/// A new key, which is shown this once.
#[derive(Debug, Clone, Serialize, TS)]
pub struct MadeChannelKey {
    /// The key.
    pub key: String,
}

/// What signatures are checked with.
#[derive(Debug, Clone, Serialize, TS)]
pub struct SigningSecret {
    /// The secret.
    pub secret: String,
}

/// What went over the channel after an entry.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ReadTraffic {
    /// The number of the last entry that is known; 0 for all.
    pub after: u64,
}

/// Something in the queue.
#[derive(Debug, Clone, Serialize, TS)]
pub struct QueueRow {
    /// The id it is told under, again and again.
    pub delivery: String,
    /// Our id of the conversation.
    pub conversation: ConversationId,
    /// The event of the log that it tells of.
    pub seq: u64,
    /// Which of those that tell of the same event.
    pub part: u32,
    /// The product's id of the conversation.
    pub external_conversation_id: String,
    /// The type of what is told.
    pub event_type: String,
    /// What is told.
    #[ts(type = "unknown")]
    pub body: Value,
    /// It is not tried any more.
    pub given_up: bool,
    /// How often it was tried.
    pub attempts: u32,
    /// When it came to be: UTC milliseconds since 1970.
    pub made_at: i64,
    /// When it is tried next.
    pub next_at: i64,
    /// What went wrong the last time.
    pub error: Option<String>,
}

/// Which of the queue.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ResendEvent {
    /// Its conversation.
    pub conversation: ConversationId,
    /// As in its row.
    pub seq: u64,
    /// As in its row.
    pub part: u32,
}

/// What came of a test event.
#[derive(Debug, Clone, Serialize, TS)]
pub struct TestEventResult {
    /// It arrived.
    pub arrived: bool,
    /// What went wrong.
    pub error: Option<String>,
}

impl App {
    /// The channel, for whoever takes events in.
    #[must_use]
    pub fn channel(&self) -> &ChannelDesk {
        &self.inner.channel
    }

    /// How patient the way out is from now on.
    pub fn set_channel_patience(&self, patience: Patience) {
        self.inner.courier.set_patience(patience);
    }

    /// The channel goes on where it stood when the program last stopped.
    pub(crate) async fn resume_channel(&self) -> Result<(), CommandError> {
        /// What has arrived is shown for so long.
        const SHOWN_FOR: i64 = 3 * 24 * 60 * 60 * 1_000;
        self.store().forget_told(self.now() - SHOWN_FOR).await?;
        if self.channel().settings().on {
            self.webhooks().want(CHANNEL_IS_ON);
        }
        Ok(self.inner.courier.tell_all()?)
    }

    async fn keep_channel(&self, settings: ChannelSettings, key_hash: Option<Vec<u8>>) -> Result<(), CommandError> {
        self.store().set_channel(&json_of(&settings)?, key_hash.clone()).await?;
        self.channel().set(settings, key_hash);
        self.resume_channel().await
    }
}

pub(crate) async fn read_channel(app: &App, _origin: &str, _: Nothing) -> Result<ChannelView, CommandError> {
    let settings = app.channel().settings();
    let counts = app.store().queue_counts()?;
    let key = app.channel().has_key().then(|| ChannelKey {
        ends_in: settings.key_ends_in.clone(),
        made_at: settings.key_made_at.unwrap_or_default(),
    });
    Ok(ChannelView {
        on: settings.on,
        server: app.webhooks().view(),
        key,
        token: token_view(app, settings.callback_url.as_deref())?,
        callback_local: settings.callback_inside,
        callback_url: settings.callback_url,
        calls: settings.calls,
        paused: settings.paused,
        waiting: counts.waiting,
        failing: counts.failing,
        given_up: counts.given_up,
    })
}

fn token_view(app: &App, callback_url: Option<&str>) -> Result<Option<TokenView>, CommandError> {
    let known = app.known_secrets(Environment::Live)?;
    let name = taskwright_domain::SecretName::new(TOKEN)
        .map_err(|error| CommandError::new(ErrorCode::Internal, error.to_string()))?;
    let known = crate::reach::known_as(&known, &name);
    if known.kept.is_none() && app.variable_of(Environment::Live, &name).is_none() {
        return Ok(None);
    }
    let origin = callback_url.and_then(origin_of);
    Ok(Some(TokenView {
        secret: TOKEN.to_owned(),
        allowed: origin.is_none_or(|origin| known.origins.contains(&origin)),
    }))
}

/// Turning it on makes the server listen; a key is made apart, so that it can be shown once.
pub(crate) async fn save_channel(app: &App, _origin: &str, args: SaveChannel) -> Result<Done, CommandError> {
    let before = app.channel().settings();
    let (callback_url, callback_inside) = if args.callback_url == before.callback_url {
        (before.callback_url.clone(), before.callback_inside)
    } else {
        callback(args.callback_url).await?
    };
    if args.on && !app.channel().has_key() {
        let message = "The channel needs a key before it is turned on. Make one.";
        return Err(CommandError::bad_request(message).at("/on"));
    }
    let paused = before.paused.clone().filter(|_| callback_url == before.callback_url);
    let settings = ChannelSettings {
        on: args.on,
        callback_url,
        callback_inside,
        calls: args.calls,
        paused,
        ..before
    };
    app.keep_channel(settings, None).await
}

pub(crate) async fn make_channel_key(app: &App, _origin: &str, _: Nothing) -> Result<MadeChannelKey, CommandError> {
    let new = NewKey::draw();
    let settings = ChannelSettings {
        key_made_at: Some(app.now()),
        key_ends_in: new.ends_in,
        ..app.channel().settings()
    };
    app.keep_channel(settings, Some(new.hash)).await?;
    Ok(MadeChannelKey { key: new.key })
}

pub(crate) async fn save_channel_token(app: &App, _origin: &str, args: SaveChannelToken) -> Result<Done, CommandError> {
    let url = app.channel().settings().callback_url;
    let origin = url.as_deref().and_then(origin_of).ok_or_else(|| {
        let message = "Set the address first: a token is kept for one address and sent nowhere else.";
        CommandError::bad_request(message).at("/token")
    })?;
    keep_secret(app, Environment::Live, TOKEN, &[origin], Some(args.token)).await?;
    Ok(app.inner.courier.tell_all()?)
}

pub(crate) async fn read_signing_secret(app: &App, _origin: &str, _: Nothing) -> Result<SigningSecret, CommandError> {
    Ok(SigningSecret {
        secret: app.channel().signing_secret(),
    })
}

pub(crate) async fn rotate_signing_secret(app: &App, origin: &str, _: Nothing) -> Result<SigningSecret, CommandError> {
    let before = app.channel().settings();
    let settings = ChannelSettings {
        signing: before.signing.wrapping_add(1),
        ..before
    };
    app.keep_channel(settings, None).await?;
    read_signing_secret(app, origin, Nothing {}).await
}

pub(crate) async fn resume_channel(app: &App, _origin: &str, _: Nothing) -> Result<Done, CommandError> {
    let settings = ChannelSettings {
        paused: None,
        ..app.channel().settings()
    };
    app.store().tell_now(app.now()).await?;
    app.keep_channel(settings, None).await
}

pub(crate) async fn read_traffic(
    app: &App,
    _origin: &str,
    args: ReadTraffic,
) -> Result<Vec<TrafficEntry>, CommandError> {
    Ok(app.channel().traffic.after(args.after))
}

pub(crate) async fn read_queue(app: &App, _origin: &str, _: Nothing) -> Result<Vec<QueueRow>, CommandError> {
    let mut rows = app.store().queue(OutgoingState::Waiting, SHOWN)?;
    rows.extend(app.store().queue(OutgoingState::GivenUp, SHOWN)?);
    Ok(rows.into_iter().map(queue_row).collect())
}

fn queue_row(row: Outgoing) -> QueueRow {
    QueueRow {
        delivery: delivery_id(&row.id),
        event_type: row.told["event_type"].as_str().unwrap_or_default().to_owned(),
        body: body_of(&row.told, &row.id.conversation, &row.external),
        conversation: row.id.conversation,
        seq: row.id.seq,
        part: row.id.part,
        external_conversation_id: row.external,
        given_up: row.state == OutgoingState::GivenUp,
        attempts: row.attempts,
        made_at: row.made_at,
        next_at: row.next_at,
        error: row.error,
    }
}

pub(crate) async fn resend_event(app: &App, _origin: &str, args: ResendEvent) -> Result<Done, CommandError> {
    let id = OutgoingId {
        conversation: args.conversation,
        seq: args.seq,
        part: args.part,
    };
    app.store().tell_again(&id, app.now()).await?;
    Ok(app.inner.courier.tell_all()?)
}

/// Tells the product something that is no part of any conversation, once.
pub(crate) async fn send_test_event(app: &App, _origin: &str, _: Nothing) -> Result<TestEventResult, CommandError> {
    let text = "This is a test event from Taskwright. Nobody wrote it.";
    let told = json_of(&Told::NewMessage {
        text: text.to_owned(),
        html: html::html_of(text),
    })?;
    let delivery = format!("test_{}", new_id());
    let conversation = ConversationId::new("test");
    let post = app.inner.courier.post();
    post.forget();
    let came = post.send(&told, &conversation, "test", &delivery).await;
    Ok(match came {
        Came::Arrived => TestEventResult {
            arrived: true,
            error: None,
        },
        Came::Failed { why, .. } | Came::Gone { why } => TestEventResult {
            arrived: false,
            error: Some(why),
        },
    })
}
