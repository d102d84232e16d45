//! The way out of the channel: tells a product what happened in its conversations, in the order in which it happened, again
//! and again until it has arrived.
//!
//! A conversation with something to tell has a lane, and lanes know nothing of each other: one that pauses or waits for an
//! answer holds up no other. While a call of an action is out, its lane stays and tells again and again that a reply is being
//! worked out. That is neither logged nor queued nor told twice where it does not arrive; and as one lane tells everything of a
//! conversation, it never comes after the reply.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock, Weak};
use std::time::Duration;

use serde_json::{Value, json};
use taskwright_connect::secrets::Vault;
use taskwright_connect::{Client, scattered};
use taskwright_domain::ConversationId;
use taskwright_engine::Clock;
use taskwright_store::{Outgoing, Store, StoreError};
use tokio::sync::{Notify, Semaphore};
use tokio::task::AbortHandle;
use tokio::time::{Instant, timeout_at};

use super::desk::ChannelDesk;
use super::post::{Came, Post, delivery_id};
use super::settings::Paused;
use super::wire::Told;
use crate::app::{json_of, new_id, read};

/// Posts that are under way at the same time.
const AT_ONCE: usize = 256;
/// What a lane reads at once.
const PORTION: u32 = 32;
/// A call is given up after two minutes. One that is out for longer lost its answer to an accident, and nobody types any more.
const CALLS_LAST: Duration = Duration::from_secs(150);

/// How patient the courier is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    /// The pause after the first failure; each further one is twice as long.
    pub first: Duration,
    /// No pause is longer.
    pub longest: Duration,
    /// What could not be told for so long is given up.
    pub life: Duration,
    /// What it says while calls are out.
    pub lamp: Lamp,
}

/// When the customer is shown that a reply is being worked out, while it waits for the call of an action.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lamp {
    /// So long after the last thing that was told. Most calls are answered by then, and need no lamp.
    pub first: Duration,
    /// So long after each time. Chats put such a lamp out by themselves, the quickest of those in wide use after five
    /// seconds; one that is lit every four stays on.
    pub again: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            first: Duration::from_secs(1),
            longest: Duration::from_secs(15 * 60),
            life: Duration::from_secs(24 * 60 * 60),
            lamp: Lamp {
                first: Duration::from_secs(1),
                again: Duration::from_secs(4),
            },
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
    /// Since when calls of actions are out; none where none are.
    calls_out: Option<Instant>,
    /// Wakes it where it waits for calls.
    news: Arc<Notify>,
}

/// What a lane does that has told all there is.
#[derive(PartialEq, Eq)]
enum Idle {
    /// There came more meanwhile.
    Look,
    /// It shows that a reply is being worked out.
    Type,
    /// It ends.
    End,
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
        self.on_lane(conversation, |lane, began| lane.more |= !began);
    }

    /// Calls of actions are out in a conversation: somebody waits for what they bring.
    pub(crate) fn calls_are_out(&self, conversation: &ConversationId) {
        self.on_lane(conversation, |lane, _| lane.calls_out = Some(Instant::now()));
    }

    /// No call is out any more. Said before there is a reply to tell, so that nobody types after it.
    pub(crate) fn calls_are_in(&self, conversation: &ConversationId) {
        if let Some(lane) = self.lanes().get_mut(conversation) {
            lane.calls_out = None;
            lane.news.notify_one();
        }
    }

    /// Changes the lane of a conversation. Where there is none, one begins, which looks for itself what there is to tell.
    fn on_lane(&self, conversation: &ConversationId, change: impl FnOnce(&mut Lane, bool)) {
        let Ok(runtime) = tokio::runtime::Handle::try_current() else {
            // The next start tells it.
            return;
        };
        let mut lanes = self.lanes();
        let mut began = false;
        let lane = lanes.entry(conversation.clone()).or_insert_with(|| {
            began = true;
            let news = Arc::new(Notify::new());
            let run = run(self.own.clone(), conversation.clone(), news.clone());
            Lane {
                task: runtime.spawn(run).abort_handle(),
                more: false,
                calls_out: None,
                news,
            }
        });
        change(lane, began);
        lane.news.notify_one();
    }

    /// Tells all there is to tell, after something that was in the way is gone.
    ///
    /// # Errors
    /// When the queue cannot be read.
    pub(crate) fn tell_all(&self) -> Result<(), StoreError> {
        self.post.forget();
        if !self.may_tell() {
            return Ok(());
        }
        let calls_out: Vec<_> = self
            .lanes()
            .iter()
            .filter(|(_, lane)| lane.calls_out.is_some())
            .map(|(conversation, _)| conversation.clone())
            .collect();
        // Lanes that pause begin anew, for what they waited for may have changed.
        self.stop();
        self.store
            .conversations_to_tell()?
            .iter()
            .for_each(|conversation| self.tell(conversation));
        calls_out
            .iter()
            .for_each(|conversation| self.calls_are_out(conversation));
        Ok(())
    }

    /// Whether anything may be told at present, and where is known.
    fn may_tell(&self) -> bool {
        let settings = self.desk.settings();
        settings.on && settings.callback_url.is_some() && settings.paused.is_none()
    }

    /// Nothing is told any more.
    pub(crate) fn stop(&self) {
        self.lanes().drain().for_each(|(_, lane)| lane.task.abort());
    }

    fn lanes(&self) -> MutexGuard<'_, HashMap<ConversationId, Lane>> {
        self.lanes.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What a lane does that has told all there is. The lane of before, where another took its place, ends.
    fn idle(&self, conversation: &ConversationId, news: &Arc<Notify>) -> Idle {
        let mut lanes = self.lanes();
        let Some(lane) = lanes.get_mut(conversation).filter(|lane| Arc::ptr_eq(&lane.news, news)) else {
            return Idle::End;
        };
        if std::mem::take(&mut lane.more) {
            return Idle::Look;
        }
        if lane.calls_out.is_some_and(|since| since.elapsed() < CALLS_LAST) {
            return Idle::Type;
        }
        lanes.remove(conversation);
        Idle::End
    }

    /// Tells once that a reply is being worked out; how long nothing more of the kind is told.
    async fn type_once(&self, conversation: &ConversationId) -> Result<Duration, StoreError> {
        let Patience { lamp, longest, .. } = *read(&self.patience);
        let name = self.store.name_of(conversation)?;
        // Where so much else is told at once, that goes first.
        let (Some(name), Ok(_turn), true) = (name, self.at_once.try_acquire(), self.may_tell()) else {
            return Ok(lamp.again);
        };
        let told = json_of(&Told::Typing).unwrap_or(Value::Null);
        let delivery = format!("typing_{}", new_id());
        match self.post.send(&told, conversation, &name.external, &delivery).await {
            Came::Arrived => Ok(lamp.again),
            Came::Failed { again_after, .. } => Ok(lamp.again.max(again_after.unwrap_or_default().min(longest))),
            Came::Gone { why } => {
                self.pause(&why).await?;
                Ok(lamp.again)
            }
        }
    }

    /// Tells one portion.
    async fn portion(&self, conversation: &ConversationId) -> Result<Then, StoreError> {
        if !self.may_tell() {
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
async fn run(courier: Weak<Courier>, conversation: ConversationId, news: Arc<Notify>) {
    // When it is shown next that a reply is being worked out. What is told puts the lamp out, and the wait begins anew.
    let mut lit_at = None;
    loop {
        let Some(present) = courier.upgrade() else { return };
        // What the store cannot do now is done after the next start, or when there is more to tell.
        match present.portion(&conversation).await.unwrap_or(Then::Rest) {
            Then::Look => lit_at = None,
            Then::Wait(pause) => {
                drop(present);
                tokio::time::sleep(pause).await;
            }
            Then::Rest => match present.idle(&conversation, &news) {
                Idle::Look => {}
                Idle::End => return,
                Idle::Type => {
                    let first = read(&present.patience).lamp.first;
                    drop(present);
                    let at = *lit_at.get_or_insert_with(|| Instant::now() + first);
                    if timeout_at(at, news.notified()).await.is_err() {
                        lit_at = lit(&courier, &conversation, &news).await;
                    }
                }
            },
        }
    }
}

/// Shows that a reply is being worked out, if it still is; when it is shown next.
async fn lit(courier: &Weak<Courier>, conversation: &ConversationId, news: &Arc<Notify>) -> Option<Instant> {
    let courier = courier.upgrade()?;
    let still = courier
        .lanes()
        .get(conversation)
        .is_some_and(|lane| Arc::ptr_eq(&lane.news, news) && lane.calls_out.is_some() && !lane.more);
    if !still {
        return None;
    }
    let pause = courier.type_once(conversation).await.ok()?;
    Some(Instant::now() + pause)
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
