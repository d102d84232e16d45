//! The way out of the channel: tells a product what happened in its conversations, in the order in which it happened, again
//! and again until it has arrived.
//!
//! A conversation with something to tell has a lane, and lanes know nothing of each other: one that pauses or waits for an
//! answer holds up no other.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock, Weak};
use std::time::Duration;

use serde_json::{Value, json};
use taskwright_connect::secrets::Vault;
use taskwright_connect::{Client, scattered};
use taskwright_domain::ConversationId;
use taskwright_engine::Clock;
use taskwright_store::{Outgoing, Store, StoreError};
use tokio::sync::Semaphore;
use tokio::task::AbortHandle;

use super::desk::ChannelDesk;
use super::post::{Came, Post, delivery_id};
use super::settings::Paused;
use crate::app::{json_of, read};

/// Posts that are under way at the same time.
const AT_ONCE: usize = 256;
/// What a lane reads at once.
const PORTION: u32 = 32;

/// How patient the courier is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    /// The pause after the first failure; each further one is twice as long.
    pub first: Duration,
    /// No pause is longer.
    pub longest: Duration,
    /// What could not be told for so long is given up.
    pub life: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            first: Duration::from_secs(1),
            longest: Duration::from_secs(15 * 60),
            life: Duration::from_secs(24 * 60 * 60),
        }
    }
}

impl Patience {
    /// How long to wait after so many attempts; scattered, so that what failed together does not come back together.
    fn pause(self, delivery: &str, attempts: u32) -> Duration {
        let doubled = self.first.saturating_mul(1 << attempts.saturating_sub(1).min(20));
        scattered(doubled.min(self.longest), delivery, attempts)
    }
}

/// Tells products what happened.
pub(crate) struct Courier {
    store: Store,
    desk: Arc<ChannelDesk>,
    post: Post,
    clock: Arc<dyn Clock>,
    patience: RwLock<Patience>,
    at_once: Semaphore,
    lanes: Mutex<HashMap<ConversationId, Lane>>,
    /// What lanes hold instead of the courier, so that a workspace nobody uses any more can close.
    own: Weak<Courier>,
}

/// A lane that runs.
struct Lane {
    task: AbortHandle,
    /// There is more to tell than when it looked last.
    more: bool,
}

/// How a lane goes on.
enum Then {
    /// There may be more at once.
    Look,
    /// It waits so long first.
    Wait(Duration),
    /// Nothing can be told now; whoever changes that starts the lanes again.
    Rest,
}

impl Courier {
    pub(crate) fn new(
        store: Store,
        desk: Arc<ChannelDesk>,
        client: Client,
        vault: Arc<Vault>,
        clock: Arc<dyn Clock>,
    ) -> Arc<Self> {
        Arc::new_cyclic(|own| Self {
            post: Post::new(store.clone(), desk.clone(), client, vault, clock.clone()),
            store,
            desk,
            clock,
            patience: RwLock::default(),
            at_once: Semaphore::new(AT_ONCE),
            lanes: Mutex::default(),
            own: own.clone(),
        })
    }

    /// How patient it is from now on.
    pub(crate) fn set_patience(&self, patience: Patience) {
        *self.patience.write().unwrap_or_else(PoisonError::into_inner) = patience;
    }

    /// The one that posts, to try the address out.
    pub(crate) fn post(&self) -> &Post {
        &self.post
    }

    /// There is something to tell in a conversation.
    pub(crate) fn tell(&self, conversation: &ConversationId) {
        let Ok(runtime) = tokio::runtime::Handle::try_current() else {
            // The next start tells it.
            return;
        };
        let mut lanes = self.lanes();
        if let Some(lane) = lanes.get_mut(conversation) {
            lane.more = true;
            return;
        }
        let run = run(self.own.clone(), conversation.clone());
        let task = runtime.spawn(run).abort_handle();
        lanes.insert(conversation.clone(), Lane { task, more: false });
    }

    /// Tells all there is to tell, after something that was in the way is gone.
    ///
    /// # Errors
    /// When the queue cannot be read.
    pub(crate) fn tell_all(&self) -> Result<(), StoreError> {
        self.post.forget();
        let ready = self.desk.settings();
        if !ready.on || ready.callback_url.is_none() || ready.paused.is_some() {
            return Ok(());
        }
        // Lanes that pause begin anew, for what they waited for may have changed.
        self.stop();
        self.store
            .conversations_to_tell()?
            .iter()
            .for_each(|conversation| self.tell(conversation));
        Ok(())
    }

    /// Nothing is told any more.
    pub(crate) fn stop(&self) {
        self.lanes().drain().for_each(|(_, lane)| lane.task.abort());
    }

    fn lanes(&self) -> MutexGuard<'_, HashMap<ConversationId, Lane>> {
        self.lanes.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether a lane may end, because it has told all there is. It may not where there came more meanwhile.
    fn may_end(&self, conversation: &ConversationId) -> bool {
        let mut lanes = self.lanes();
        let more = lanes
            .get_mut(conversation)
            .is_some_and(|lane| std::mem::take(&mut lane.more));
        if !more {
            lanes.remove(conversation);
        }
        !more
    }

    /// Tells one portion.
    async fn portion(&self, conversation: &ConversationId) -> Result<Then, StoreError> {
        let settings = self.desk.settings();
        if !settings.on || settings.callback_url.is_none() || settings.paused.is_some() {
            return Ok(Then::Rest);
        }
        let all = self.store.to_tell(conversation, PORTION)?;
        if all.is_empty() {
            return Ok(Then::Rest);
        }
        let mut arrived = Vec::new();
        for row in all {
            match self.one(&row).await? {
                None => arrived.push(row),
                Some(then) => {
                    self.arrived(arrived).await?;
                    return Ok(then);
                }
            }
        }
        self.arrived(arrived).await?;
        Ok(Then::Look)
    }

    /// What has arrived is written down for several at once. Who is killed before tells them again under the same ids.
    async fn arrived(&self, arrived: Vec<Outgoing>) -> Result<(), StoreError> {
        if arrived.is_empty() {
            return Ok(());
        }
        self.store.set_told(arrived, self.clock.now()).await
    }

    /// Tells one thing; none where it has arrived.
    async fn one(&self, row: &Outgoing) -> Result<Option<Then>, StoreError> {
        let now = self.clock.now();
        if row.next_at > now {
            return Ok(Some(Then::Wait(millis(row.next_at - now))));
        }
        let patience = *read(&self.patience);
        let lived = millis(now - row.made_at);
        if lived > patience.life {
            let why = row.error.clone().unwrap_or_else(|| "It was never tried.".to_owned());
            self.store.set_not_told(row, &why, None, now).await?;
            return Ok(Some(Then::Look));
        }
        // It is only closed with the program.
        let Ok(_turn) = self.at_once.acquire().await else {
            return Ok(Some(Then::Rest));
        };
        let delivery = delivery_id(&row.id);
        let came = self
            .post
            .send(&row.told, &row.id.conversation, &row.external, &delivery)
            .await;
        let now = self.clock.now();
        match came {
            Came::Arrived => Ok(None),
            Came::Gone { why } => {
                self.store.set_not_told(row, &why, Some(now), now).await?;
                self.pause(&why).await?;
                Ok(Some(Then::Rest))
            }
            Came::Failed { why, again_after } => {
                let own = patience.pause(&delivery, row.attempts + 1);
                let pause = own.max(again_after.unwrap_or_default().min(patience.longest));
                let again_at = now + i64::try_from(pause.as_millis()).unwrap_or(i64::MAX / 2);
                self.store.set_not_told(row, &why, Some(again_at), now).await?;
                Ok(Some(Then::Wait(pause)))
            }
        }
    }

    /// Sends nothing more until somebody says so.
    async fn pause(&self, why: &str) -> Result<(), StoreError> {
        let mut settings = self.desk.settings();
        settings.paused = Some(Paused {
            at: self.clock.now(),
            why: why.to_owned(),
        });
        let json = json_of(&settings).unwrap_or(Value::Null);
        self.store.set_channel(&json, None).await?;
        self.desk.set(settings, None);
        Ok(())
    }
}

/// Runs a lane until there is nothing more to tell.
async fn run(courier: Weak<Courier>, conversation: ConversationId) {
    loop {
        let Some(present) = courier.upgrade() else { return };
        // What the store cannot do now is done after the next start, or when there is more to tell.
        let then = present.portion(&conversation).await.unwrap_or(Then::Rest);
        match then {
            Then::Look => {}
            Then::Rest if present.may_end(&conversation) => return,
            Then::Rest => {}
            Then::Wait(pause) => {
                drop(present);
                tokio::time::sleep(pause).await;
            }
        }
    }
}

fn millis(ms: i64) -> Duration {
    Duration::from_millis(u64::try_from(ms).unwrap_or(0))
}

/// What the product is told, as it is posted.
pub(crate) fn body_of(told: &Value, conversation: &ConversationId, external: &str) -> Value {
    let mut body = told.clone();
    if let Some(fields) = body.as_object_mut() {
        fields.insert("conversation_id".to_owned(), json!(conversation));
        fields.insert("external_conversation_id".to_owned(), json!(external));
    }
    body
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_up_to_a_quarter_of_an_hour_and_are_scattered() {
        let patience = Patience::default();
        let seconds = |attempts| patience.pause("delivery_1", attempts).as_secs_f64();
        assert!((0.75..=1.25).contains(&seconds(1)));
        assert!((6.0..=10.0).contains(&seconds(4)));
        assert!((675.0..=1125.0).contains(&seconds(30)), "never longer");
        assert!(patience.pause("delivery_1", 3) != patience.pause("delivery_2", 3) || seconds(3) != seconds(4));
    }
}
