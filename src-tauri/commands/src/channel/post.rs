//! One attempt to tell a product something: where it goes, what it is signed with, and what came of it.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};
use taskwright_connect::secrets::{SecretKey, Vault};
use taskwright_connect::{Client, Connection, Parcel, Receipt, origin_of};
use taskwright_domain::{ConversationId, Environment, FailureCause, SecretName};
use taskwright_engine::Clock;
use taskwright_store::{OutgoingId, Store};

use super::courier::body_of;
use super::desk::ChannelDesk;
use super::traffic::{TrafficEntry, Way};
use crate::codes::hmac;
use crate::environments::proxy_of;
use crate::reach::known_as;
use crate::secrets::known_secrets;

/// How long a product may take to answer.
const LIMIT: Duration = Duration::from_secs(5);
/// How long it is taken for granted where everything goes: asking a keychain takes its time, and a token may change.
const REMEMBERED: Duration = Duration::from_secs(10);
/// The secret that the token for the product's address is kept as.
pub(crate) const TOKEN: &str = "CHANNEL_CALLBACK_TOKEN";
/// Letters of an answer that are told to people.
const TOLD: usize = 200;

/// What came of an attempt.
#[derive(Debug)]
pub(crate) enum Came {
    /// It arrived.
    Arrived,
    /// It did not.
    Failed {
        /// Why.
        why: String,
        /// How long the product wants to be left alone.
        again_after: Option<Duration>,
    },
    /// The product wants nothing more.
    Gone {
        /// What it said.
        why: String,
    },
}

/// Posts.
pub(crate) struct Post {
    store: Store,
    desk: Arc<ChannelDesk>,
    client: Client,
    vault: Arc<Vault>,
    clock: Arc<dyn Clock>,
    /// Where everything goes, and when that was looked up.
    route: Mutex<Option<(Instant, Arc<Route>)>>,
}

/// Where everything goes, and with what.
struct Route {
    connection: Connection,
    token: Option<SecretString>,
}

impl Post {
    pub(crate) fn new(
        store: Store,
        desk: Arc<ChannelDesk>,
        client: Client,
        vault: Arc<Vault>,
        clock: Arc<dyn Clock>,
    ) -> Self {
        Self {
            store,
            desk,
            client,
            vault,
            clock,
            route: Mutex::default(),
        }
    }

    /// Where everything goes is looked up again: it was changed.
    pub(crate) fn forget(&self) {
        self.known_route().take();
    }

    /// Tells the product something once.
    pub(crate) async fn send(
        &self,
        told: &Value,
        conversation: &ConversationId,
        external: &str,
        delivery: &str,
    ) -> Came {
        let body = body_of(told, conversation, external);
        let handed = match self.route().await {
            Ok(route) => self
                .hand_over(&route, &body, delivery)
                .await
                .map_err(|cause| words(&cause)),
            Err(why) => Err(why),
        };
        let came = match &handed {
            Ok(receipt) => judged(receipt),
            Err(why) => Came::Failed {
                why: why.clone(),
                again_after: None,
            },
        };
        self.note(body, external, &handed, &came);
        came
    }

    async fn hand_over(&self, route: &Route, body: &Value, delivery: &str) -> Result<Receipt, FailureCause> {
        let body = body.to_string().into_bytes();
        let signature = hmac(self.desk.signing_secret().as_bytes(), &[&body]);
        let mut headers = vec![
            ("x-delivery-id".to_owned(), delivery.to_owned()),
            ("x-signature-256".to_owned(), format!("sha256={signature}")),
        ];
        if let Some(token) = &route.token {
            headers.push(("authorization".to_owned(), format!("Bearer {}", token.expose_secret())));
        }
        let parcel = Parcel { headers, body };
        let now = Timestamp::from_millisecond(self.clock.now()).unwrap_or(Timestamp::UNIX_EPOCH);
        self.client.hand_over(&parcel, &route.connection, LIMIT, now).await
    }

    fn known_route(&self) -> MutexGuard<'_, Option<(Instant, Arc<Route>)>> {
        self.route.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn route(&self) -> Result<Arc<Route>, String> {
        let known = self.known_route().clone();
        if let Some((_, route)) = known.filter(|(at, _)| at.elapsed() < REMEMBERED) {
            return Ok(route);
        }
        let settings = self.desk.settings();
        let url = settings.callback_url.ok_or("No address was set to send to.")?;
        let token = self.token(&url).await?;
        let own = Connection::confirmed(&url);
        let connection = Connection {
            allowed_hosts: if settings.callback_inside {
                own.allowed_hosts
            } else {
                BTreeSet::new()
            },
            proxy: proxy_of(&self.store, Environment::Live).map_err(|error| error.message)?,
            ..own
        };
        let route = Arc::new(Route { connection, token });
        *self.known_route() = Some((Instant::now(), route.clone()));
        Ok(route)
    }

    /// The token for the product's address, where one is kept. It goes nowhere that was not approved for it.
    async fn token(&self, url: &str) -> Result<Option<SecretString>, String> {
        let name = SecretName::new(TOKEN).map_err(|error| error.to_string())?;
        let all = known_secrets(&self.store, Environment::Live).map_err(|error| error.message)?;
        let known = known_as(&all, &name);
        let key = SecretKey {
            environment: Environment::Live,
            name,
        };
        let found = self.vault.read(&key, known.kept.map(Into::into)).await;
        let found = found.map_err(|why| format!("The secret {TOKEN} cannot be read: {why}."))?;
        let Some(found) = found else { return Ok(None) };
        let origin = origin_of(url).unwrap_or_default();
        if known.origins.contains(&origin) {
            return Ok(Some(found.value));
        }
        Err(format!(
            "The secret {TOKEN} may not be sent to {origin}. Allow it under Settings, Secrets, or set the token again."
        ))
    }

    fn note(&self, sent: Value, external: &str, handed: &Result<Receipt, String>, came: &Came) {
        let what = sent["event_type"].as_str().unwrap_or_default().to_owned();
        let receipt = handed.as_ref().ok();
        self.desk.traffic.note(TrafficEntry {
            number: 0,
            at: self.clock.now(),
            way: Way::Out,
            what,
            external_conversation_id: Some(external.to_owned()),
            status: receipt.map(|receipt| receipt.status),
            ms: receipt.map_or(0, |receipt| receipt.ms),
            sent,
            answer: receipt.map_or(Value::Null, |receipt| answer_of(&receipt.answer)),
            error: match came {
                Came::Arrived => None,
                Came::Failed { why, .. } | Came::Gone { why } => Some(why.clone()),
            },
        });
    }
}

/// The id that the product knows a thing again by, however often it is told.
pub(crate) fn delivery_id(id: &OutgoingId) -> String {
    let conversation = id.conversation.as_str().trim_start_matches("conversation_");
    format!("delivery_{conversation}_{}_{}", id.seq, id.part)
}

fn judged(receipt: &Receipt) -> Came {
    let Receipt {
        status,
        answer,
        again_after,
        ..
    } = receipt;
    let said: String = answer.trim().chars().take(TOLD).collect();
    let why = match said.is_empty() {
        true => format!("The receiver answered {status}."),
        false => format!("The receiver answered {status}: {said}"),
    };
    match status {
        200..=299 => Came::Arrived,
        410 => Came::Gone { why },
        _ => Came::Failed {
            why,
            again_after: *again_after,
        },
    }
}

/// The answer as it is shown: as JSON where it is some.
fn answer_of(answer: &str) -> Value {
    serde_json::from_str(answer).unwrap_or_else(|_| json!(answer))
}

fn words(cause: &FailureCause) -> String {
    match cause {
        FailureCause::Timeout => format!("The receiver did not answer within {} seconds.", LIMIT.as_secs()),
        FailureCause::Unreachable => "The receiver cannot be reached: nothing listens at its address.".to_owned(),
        FailureCause::Cut => "The connection to the receiver broke.".to_owned(),
        FailureCause::Refused { reason } => {
            format!("It was not sent: {reason}. Set the address again to allow it.")
        }
        FailureCause::BadRequest { reason } => format!("It could not be sent: {reason}."),
        other => format!("It could not be sent: {other:?}."),
    }
}
