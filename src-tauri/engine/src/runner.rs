//! Performs what was decided: commit first, then act, then feed the answers back in.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use taskwright_domain::{
    ActionResult, Batch, CallMode, ConversationId, ConversationStart, Effect, EffectKind, FailureCause, Input, InputId,
    InputKind, LogEvent, RankDecision, RevisionId, Standing,
};
use tokio::sync::{Mutex, OnceCell, watch};

use crate::decide::decide;
use crate::outside::{ActionCall, JournalError, Outside};
use crate::program::Library;
use crate::seal::sealed_rows;
use crate::state::{State, fold};
use crate::stub::answer_from_stub;

/// Why an input could not be taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RunnerError {
    /// The journal could not load or commit.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// The conversation needs a revision that is gone.
    #[error("the revision {0} is not there any more")]
    NoRevision(RevisionId),
}

/// What an input led to.
#[derive(Debug, Clone, PartialEq)]
pub struct Submitted {
    /// The events it gave; none when it was ignored.
    pub events: Vec<LogEvent>,
    /// Effects to perform now.
    pub effects: Vec<Effect>,
}

struct Live {
    state: State,
    /// Tells the calls that are out when somebody stops the conversation.
    stopped: watch::Sender<bool>,
    standing: Standing,
    library: Library,
}

/// A conversation in memory, or under way there: who asks for it while its log is read waits for that one reading.
type Loaded = Arc<OnceCell<Arc<Mutex<Live>>>>;

/// Runs conversations: one writer each, different ones side by side.
#[derive(Clone)]
pub struct Runner {
    outside: Outside,
    live: Arc<Mutex<BTreeMap<ConversationId, Loaded>>>,
}

impl Runner {
    /// A runner over this outside.
    #[must_use]
    pub fn new(outside: Outside) -> Self {
        Self {
            outside,
            live: Arc::default(),
        }
    }

    /// Takes an input: decides and commits. The effects are the caller's to perform, see [`Runner::perform`].
    ///
    /// # Errors
    /// When the log cannot be loaded or the commit fails; then nothing has happened.
    pub async fn submit(&self, conversation: &ConversationId, input: Input) -> Result<Submitted, RunnerError> {
        let live = self.live(conversation).await?;
        let mut live = live.lock().await;
        self.fetch_revisions(&mut live, &input).await?;
        let decision = decide(&live.library, &live.state, &input);
        let Some(state) = decision.state.clone() else {
            return Ok(Submitted {
                events: Vec::new(),
                effects: Vec::new(),
            });
        };
        let standing = decision.standing(&live.standing);
        let sealed = sealed_rows(&decision.events);
        let batch = Batch {
            events: decision.events.clone(),
            sealed,
            standing: standing.clone(),
        };
        let committed = self.outside.journal.commit(conversation, live.state.seq, batch).await;
        if let Err(error) = committed {
            // Whatever is in memory may be behind the log now; the next input reads it anew.
            drop(live);
            self.live.lock().await.remove(conversation);
            return Err(error.into());
        }
        live.state = state;
        live.standing = standing;
        if matches!(input.kind, InputKind::Stopped) {
            live.stopped.send_replace(true);
        }
        Ok(Submitted {
            events: decision.events,
            effects: decision.effects,
        })
    }

    /// Takes an input and performs what follows, until the conversation waits for the customer, a webhook or a timer.
    ///
    /// # Errors
    /// As [`Runner::submit`].
    pub async fn settle(&self, conversation: &ConversationId, input: Input) -> Result<Vec<LogEvent>, RunnerError> {
        let mut all = Vec::new();
        let mut submitted = self.submit(conversation, input).await?;
        loop {
            all.append(&mut submitted.events);
            let Some(answer) = self.perform_first(conversation, &submitted.effects).await? else {
                return Ok(all);
            };
            submitted = self.submit(conversation, answer).await?;
        }
    }

    async fn perform_first(
        &self,
        conversation: &ConversationId,
        effects: &[Effect],
    ) -> Result<Option<Input>, RunnerError> {
        let mut answer = None;
        for effect in effects {
            let given = self.perform(conversation, effect).await?;
            answer = answer.or(given);
        }
        Ok(answer)
    }

    /// Performs one effect; the input that answers it, if it is answered at once.
    ///
    /// # Errors
    /// When the conversation cannot be loaded.
    pub async fn perform(&self, conversation: &ConversationId, effect: &Effect) -> Result<Option<Input>, RunnerError> {
        let answer = InputId::new(effect.id.as_str());
        let kind = match &effect.kind {
            EffectKind::RankTasks { text } => {
                let Some(start) = self.start_of(conversation).await? else {
                    return Ok(None);
                };
                let ranking = self.outside.ranker.rank(&start, text).await;
                InputKind::TasksRanked {
                    effect: effect.id.clone(),
                    ranking,
                }
            }
            EffectKind::CallAction { .. } => {
                let stopped = self.live(conversation).await?.lock().await.stopped.subscribe();
                let result = tokio::select! {
                    result = self.call(conversation, effect) => result?,
                    // Nobody waits for the answer any more: the call ends at once, wherever it stands.
                    () = until_stopped(stopped) => return Ok(None),
                };
                InputKind::ActionAnswered {
                    effect: effect.id.clone(),
                    result,
                }
            }
            EffectKind::ArmTimer { generation, at } => {
                self.outside.timers.arm(conversation, *generation, *at);
                return Ok(None);
            }
            EffectKind::AwaitWebhook { .. } => return Ok(None),
        };
        Ok(Some(Input {
            id: answer,
            at: self.outside.clock.now(),
            kind,
        }))
    }

    async fn call(&self, conversation: &ConversationId, effect: &Effect) -> Result<ActionResult, RunnerError> {
        let EffectKind::CallAction {
            action,
            revision,
            inputs,
            calls,
            ..
        } = &effect.kind
        else {
            return Ok(ActionResult::Failed {
                cause: FailureCause::NotConnected,
                attempts: 0,
                ms: 0,
            });
        };
        let compiled = self
            .outside
            .revisions
            .revision(revision)
            .await
            .ok_or_else(|| RunnerError::NoRevision(revision.clone()))?;
        let Some(action) = compiled.revision.catalogue.action(action).cloned() else {
            return Ok(ActionResult::Failed {
                cause: FailureCause::NotConnected,
                attempts: 0,
                ms: 0,
            });
        };
        let settings = self
            .start_of(conversation)
            .await?
            .map(|start| start.settings)
            .unwrap_or_default();
        let now = Timestamp::from_millisecond(self.outside.clock.now()).unwrap_or(Timestamp::UNIX_EPOCH);
        if *calls == CallMode::Sample {
            let chosen = self.outside.actions.chosen_stub(conversation, &action);
            let result = answer_from_stub(&action, inputs, chosen.as_deref(), &settings, now);
            let (ActionResult::Succeeded { ms, .. } | ActionResult::Failed { ms, .. }) = &result;
            self.outside.clock.pause(*ms).await;
            return Ok(result);
        }
        let call = ActionCall {
            action,
            inputs: inputs.clone(),
            calls: *calls,
            key: effect.id.clone(),
            settings,
            now,
        };
        Ok(self.outside.actions.call(call).await)
    }

    /// Where a conversation stands now.
    ///
    /// # Errors
    /// When its log cannot be loaded.
    pub async fn state(&self, conversation: &ConversationId) -> Result<State, RunnerError> {
        let live = self.live(conversation).await?;
        let live = live.lock().await;
        Ok(live.state.clone())
    }

    /// What is still out: effects, timer, waits.
    ///
    /// # Errors
    /// When its log cannot be loaded.
    pub async fn standing(&self, conversation: &ConversationId) -> Result<Standing, RunnerError> {
        let live = self.live(conversation).await?;
        let live = live.lock().await;
        Ok(live.standing.clone())
    }

    /// The inputs that settle what was out when the program stopped: look-ups and rankings are made again, a change is
    /// sent again with its key where the receiver honours it, and handed to a person where not.
    ///
    /// # Errors
    /// When the conversation cannot be loaded.
    pub async fn resume(&self, conversation: &ConversationId) -> Result<Vec<LogEvent>, RunnerError> {
        let standing = self.standing(conversation).await?;
        let mut all = Vec::new();
        for effect in &standing.pending {
            let input = if self.may_repeat(effect).await {
                self.perform(conversation, effect).await?
            } else {
                let kind = InputKind::ActionUnresolved {
                    effect: effect.id.clone(),
                };
                Some(Input {
                    id: InputId::new(effect.id.as_str()),
                    at: self.outside.clock.now(),
                    kind,
                })
            };
            if let Some(input) = input {
                all.extend(self.settle(conversation, input).await?);
            }
        }
        if let Some((generation, at)) = standing.timer {
            self.outside.timers.arm(conversation, generation, at);
        }
        Ok(all)
    }

    async fn may_repeat(&self, effect: &Effect) -> bool {
        let EffectKind::CallAction {
            action,
            revision,
            changes_data: true,
            calls,
            ..
        } = &effect.kind
        else {
            return true;
        };
        if *calls == CallMode::Sample {
            return true;
        }
        let compiled = self.outside.revisions.revision(revision).await;
        let action = compiled
            .as_ref()
            .and_then(|compiled| compiled.revision.catalogue.action(action));
        action.is_some_and(|action| action.receiver_honours_key)
    }

    async fn start_of(&self, conversation: &ConversationId) -> Result<Option<ConversationStart>, RunnerError> {
        Ok(self.state(conversation).await?.start)
    }

    async fn live(&self, conversation: &ConversationId) -> Result<Arc<Mutex<Live>>, RunnerError> {
        let loaded = self.live.lock().await.entry(conversation.clone()).or_default().clone();
        let live = loaded.get_or_try_init(|| self.load(conversation)).await?;
        Ok(live.clone())
    }

    async fn load(&self, conversation: &ConversationId) -> Result<Arc<Mutex<Live>>, RunnerError> {
        let (log, standing) = self.outside.journal.load(conversation).await?;
        let mut state = State::new(conversation.clone());
        log.iter().for_each(|event| fold(&mut state, event));
        Ok(Arc::new(Mutex::new(Live {
            state,
            stopped: watch::Sender::new(false),
            standing,
            library: Library::new(),
        })))
    }

    async fn fetch_revisions(&self, live: &mut Live, input: &Input) -> Result<(), RunnerError> {
        let mut wanted: Vec<RevisionId> = live.state.revisions().cloned().collect();
        match &input.kind {
            InputKind::StartTask { revision, .. } => wanted.push(revision.clone()),
            InputKind::TasksRanked { ranking, .. } => match &ranking.decision {
                RankDecision::Start { revision, .. } => wanted.push(revision.clone()),
                RankDecision::Clarify { between } => {
                    wanted.extend(between.iter().map(|(_, revision)| revision.clone()));
                }
                RankDecision::None => {}
            },
            _ => {}
        }
        if let Some(taskwright_domain::Question::WhichTask { between }) = live.state.asked() {
            wanted.extend(between.iter().map(|(_, revision)| revision.clone()));
        }
        for id in wanted {
            if let std::collections::btree_map::Entry::Vacant(place) = live.library.entry(id.clone()) {
                let compiled = self.outside.revisions.revision(&id).await;
                place.insert(compiled.ok_or(RunnerError::NoRevision(id))?);
            }
        }
        Ok(())
    }
}

async fn until_stopped(mut stopped: watch::Receiver<bool>) {
    if stopped.wait_for(|stopped| *stopped).await.is_err() {
        // The conversation was put away; nobody can stop it from here.
        std::future::pending::<()>().await;
    }
}
