//! Performs what was decided: commit first, then act, then feed the answers back in.

use std::collections::BTreeMap;
use std::sync::Arc;

use futures::future::{AbortHandle, Abortable, Aborted};
use futures::stream::{FuturesUnordered, StreamExt};
use jiff::Timestamp;
use taskwright_domain::{
    ActionResult, Batch, CallMode, CallbackAnswer, ConversationId, ConversationStart, Effect, EffectId, EffectKind,
    EventKind, FailureCause, Input, InputId, InputKind, LogEvent, Offer, RankDecision, RevisionId, RunAddress,
    Standing, TakenEvent,
};
use tokio::sync::{Mutex, MutexGuard, OnceCell, watch};

use crate::callback::{CallbackOutcome, CallbackTo, block_for, outcome, token_of};
use crate::decide::{Decision, decide};
use crate::fold::fold;
use crate::outside::{ActionCall, JournalError, Outside};
use crate::program::Library;
use crate::seal::sealed_rows;
use crate::state::State;
use crate::stub::answer_from_stub;

/// Timers that ring while the clock is moved once: a task that waits again and again would go on for ever.
const MOST_RINGS: usize = 1_000;

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
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Submitted {
    /// The events it gave; none when it was ignored.
    pub events: Vec<LogEvent>,
    /// Effects to perform now.
    pub effects: Vec<Effect>,
}

/// Who is answered with what is committed.
enum Answered {
    Nobody,
    /// Another system that called back, where its call is remembered.
    System(Option<CallbackAnswer>),
    /// A customer's product.
    Product(TakenEvent),
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
        self.keep(conversation, live, decision, Answered::Nobody).await
    }

    /// Takes an event of a customer's product, and commits it together with what the product is answered. An event that
    /// the conversation ignores gives nothing, and its answer is not kept. What follows is the caller's to perform, see
    /// [`Runner::carry_on`]: the product need not wait for it.
    ///
    /// # Errors
    /// As [`Runner::submit`].
    pub async fn take_event(
        &self,
        conversation: &ConversationId,
        id: InputId,
        kind: InputKind,
        taken: Option<TakenEvent>,
    ) -> Result<Submitted, RunnerError> {
        let live = self.live(conversation).await?;
        let mut live = live.lock().await;
        let at = self.outside.clock.now() + live.state.ahead;
        let input = Input { id, at, kind };
        self.fetch_revisions(&mut live, &input).await?;
        let decision = decide(&live.library, &live.state, &input);
        let answered = taken.map_or(Answered::Nobody, Answered::Product);
        self.keep(conversation, live, decision, answered).await
    }

    /// Commits a decision, and what whoever caused it is answered, as one.
    async fn keep(
        &self,
        conversation: &ConversationId,
        mut live: MutexGuard<'_, Live>,
        decision: Decision,
        answered: Answered,
    ) -> Result<Submitted, RunnerError> {
        let Some(state) = decision.state.clone() else {
            return Ok(Submitted::default());
        };
        let standing = decision.standing(&live.standing);
        let (answer, taken) = match answered {
            Answered::Nobody => (None, None),
            Answered::System(answer) => (answer, None),
            Answered::Product(taken) => (None, Some(taken)),
        };
        let batch = Batch {
            events: decision.events.clone(),
            sealed: sealed_rows(&decision.events),
            addresses: addresses(&decision.events),
            answer,
            taken,
            // What is told, and how, is the journal's affair.
            outbox: Vec::new(),
            place: state.start.as_ref().map(|start| start.place),
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
        if decision.events.iter().any(|event| event.kind == EventKind::Stopped) {
            live.stopped.send_replace(true);
        }
        Ok(Submitted {
            events: decision.events,
            effects: decision.effects,
        })
    }

    /// Takes what another system sent, and commits it together with the answer it gets. What follows is the caller's to
    /// perform, see [`Runner::carry_on`]: the other system need not wait for it.
    ///
    /// # Errors
    /// As [`Runner::submit`].
    pub async fn call_back(
        &self,
        conversation: &ConversationId,
        id: InputId,
        to: &CallbackTo,
        body: serde_json::Value,
        answer: impl FnOnce(&CallbackOutcome, i64) -> Option<CallbackAnswer> + Send,
    ) -> Result<(CallbackOutcome, Submitted), RunnerError> {
        let live = self.live(conversation).await?;
        let mut live = live.lock().await;
        let revisions = live.state.revisions().cloned().collect();
        self.fetch(&mut live, revisions).await?;
        let Some(block) = block_for(&live.state, &live.library, to) else {
            return Ok((CallbackOutcome::Unknown, Submitted::default()));
        };
        let at = self.outside.clock.now() + live.state.ahead;
        let input = Input {
            id,
            at,
            kind: InputKind::WebhookReceived {
                block: block.clone(),
                body,
            },
        };
        let decision = decide(&live.library, &live.state, &input);
        let outcome = outcome(&live.state, &live.library, &block, &decision.events);
        let answer = answer(&outcome, at);
        let submitted = self
            .keep(conversation, live, decision, Answered::System(answer))
            .await?;
        Ok((outcome, submitted))
    }

    /// Takes an input and performs what follows, until the conversation waits for the customer, a webhook or a timer.
    ///
    /// # Errors
    /// As [`Runner::submit`].
    pub async fn settle(&self, conversation: &ConversationId, input: Input) -> Result<Vec<LogEvent>, RunnerError> {
        let submitted = self.submit(conversation, input).await?;
        self.carry_on(conversation, submitted).await
    }

    /// Performs what follows from what was submitted, until the conversation waits for the customer, a webhook or a timer.
    /// Calls that are out together are answered in the order in which their answers come.
    ///
    /// # Errors
    /// As [`Runner::submit`].
    pub async fn carry_on(
        &self,
        conversation: &ConversationId,
        mut submitted: Submitted,
    ) -> Result<Vec<LogEvent>, RunnerError> {
        let mut all = Vec::new();
        let (mut out, mut handles) = (FuturesUnordered::new(), BTreeMap::new());
        loop {
            all.append(&mut submitted.events);
            for effect in std::mem::take(&mut submitted.effects) {
                let (handle, registration) = AbortHandle::new_pair();
                if matches!(effect.kind, EffectKind::CallAction { .. }) {
                    handles.insert(effect.id.clone(), handle);
                }
                let performed = async move { self.perform(conversation, &effect).await };
                out.push(Abortable::new(performed, registration));
            }
            let answer = match out.next().await {
                None => return Ok(all),
                Some(Err(Aborted)) => None,
                Some(Ok(answer)) => answer?,
            };
            if let Some(answer) = answer {
                submitted = self.submit(conversation, answer).await?;
                self.give_up(conversation, &mut handles).await?;
            }
        }
    }

    /// Ends the calls whose answers do not matter any more, so that nobody waits for them.
    async fn give_up(
        &self,
        conversation: &ConversationId,
        handles: &mut BTreeMap<EffectId, AbortHandle>,
    ) -> Result<(), RunnerError> {
        let standing = self.standing(conversation).await?;
        handles.retain(|id, handle| {
            let awaited = standing.pending.iter().any(|effect| effect.id == *id);
            if !awaited {
                handle.abort();
            }
            awaited
        });
        Ok(())
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
            EffectKind::SearchArticles { text } => InputKind::ArticlesSearched {
                effect: effect.id.clone(),
                findings: self.outside.knowledge.search(text).await,
            },
            EffectKind::FindTask { task } => {
                let Some(start) = self.start_of(conversation).await? else {
                    return Ok(None);
                };
                let found = self.outside.revisions.task_now(&start, task).await;
                InputKind::TaskFound {
                    effect: effect.id.clone(),
                    task: task.clone(),
                    title: found.as_ref().map(|found| found.title.clone()).unwrap_or_default(),
                    revision: found.map(|found| found.revision),
                }
            }
            EffectKind::FindWorkflow { workflow } => {
                let Some(start) = self.start_of(conversation).await? else {
                    return Ok(None);
                };
                let found = self.outside.revisions.workflow_now(&start, workflow).await;
                // One that is gone goes on as this conversation began.
                let began = match start.offer {
                    Offer::Workflow { revision, .. } => Some(revision),
                    _ => None,
                };
                let Some(revision) = found.or(began) else {
                    return Ok(None);
                };
                InputKind::StartWorkflow {
                    workflow: workflow.clone(),
                    revision,
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
                let at = at - self.ahead(conversation).await?;
                self.outside.timers.arm(conversation, *generation, at);
                return Ok(None);
            }
            EffectKind::AwaitWebhook { .. } => return Ok(None),
        };
        Ok(Some(Input {
            id: answer,
            at: self.now(conversation).await?,
            kind,
        }))
    }

    /// The instant on the conversation's own clock.
    ///
    /// # Errors
    /// When its log cannot be loaded.
    pub async fn now(&self, conversation: &ConversationId) -> Result<i64, RunnerError> {
        Ok(self.outside.clock.now() + self.ahead(conversation).await?)
    }

    async fn ahead(&self, conversation: &ConversationId) -> Result<i64, RunnerError> {
        let live = self.live(conversation).await?;
        let live = live.lock().await;
        Ok(live.state.ahead)
    }

    /// Moves the conversation's clock forward to an instant. Timers that fall due on the way ring in order, each at its
    /// own instant. An instant that has passed moves nothing.
    ///
    /// # Errors
    /// As [`Runner::submit`].
    pub async fn move_time(&self, conversation: &ConversationId, to: i64) -> Result<Vec<LogEvent>, RunnerError> {
        let mut all = Vec::new();
        for _ in 0..MOST_RINGS {
            let timer = self.standing(conversation).await?.timer;
            let Some((generation, at)) = timer.filter(|(_, at)| *at <= to) else {
                break;
            };
            all.extend(self.move_clock(conversation, at).await?);
            let rang = self
                .take_next(conversation, "rang", InputKind::TimerRang { generation })
                .await?;
            if rang.is_empty() {
                // Nobody waits for it any more.
                break;
            }
            all.extend(rang);
        }
        all.extend(self.move_clock(conversation, to).await?);
        self.arm(conversation).await?;
        Ok(all)
    }

    /// Arms the timer that the conversation waits for, by the clock of the machine.
    async fn arm(&self, conversation: &ConversationId) -> Result<(), RunnerError> {
        let standing = self.standing(conversation).await?;
        if let Some((generation, at)) = standing.timer {
            self.outside.timers.arm(conversation, generation, at - standing.ahead);
        }
        Ok(())
    }

    async fn move_clock(&self, conversation: &ConversationId, to: i64) -> Result<Vec<LogEvent>, RunnerError> {
        let by = to - self.now(conversation).await?;
        if by <= 0 {
            return Ok(Vec::new());
        }
        let live = self.live(conversation).await?;
        let id = InputId::new(format!("moved_{}", live.lock().await.state.inputs + 1));
        let kind = InputKind::TimeMoved { by };
        self.settle(conversation, Input { id, at: to, kind }).await
    }

    async fn take_next(
        &self,
        conversation: &ConversationId,
        what: &str,
        kind: InputKind,
    ) -> Result<Vec<LogEvent>, RunnerError> {
        let inputs = self.state(conversation).await?.inputs;
        let id = InputId::new(format!("{what}_{}", inputs + 1));
        let at = self.now(conversation).await?;
        self.settle(conversation, Input { id, at, kind }).await
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
        let now = self.now(conversation).await?;
        let now = Timestamp::from_millisecond(now).unwrap_or(Timestamp::UNIX_EPOCH);
        let call = ActionCall {
            action,
            inputs: inputs.clone(),
            calls: *calls,
            key: effect.id.clone(),
            settings,
            now,
        };
        if *calls != CallMode::Sample {
            return Ok(self.outside.actions.call(call).await);
        }
        if let Some(result) = self.outside.actions.instead_of_sample(&call).await {
            return Ok(result);
        }
        let chosen = self.outside.actions.chosen_stub(conversation, &call.action);
        let result = answer_from_stub(&call.action, inputs, chosen.as_deref(), &call.settings, now);
        let (ActionResult::Succeeded { ms, .. } | ActionResult::Failed { ms, .. }) = &result;
        self.outside.clock.pause(*ms).await;
        Ok(result)
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
                match self.perform(conversation, effect).await? {
                    Some(answer) if leaves_first_open(effect, &answer) => self.unresolved(conversation, effect).await?,
                    answer => answer,
                }
            } else {
                self.unresolved(conversation, effect).await?
            };
            if let Some(input) = input {
                all.extend(self.settle(conversation, input).await?);
            }
        }
        // A call that was settled may have led to another timer.
        self.arm(conversation).await?;
        Ok(all)
    }

    /// Nobody knows what became of a change.
    async fn unresolved(&self, conversation: &ConversationId, effect: &Effect) -> Result<Option<Input>, RunnerError> {
        let kind = InputKind::ActionUnresolved {
            effect: effect.id.clone(),
        };
        Ok(Some(Input {
            id: InputId::new(effect.id.as_str()),
            at: self.now(conversation).await?,
            kind,
        }))
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
        if *calls == CallMode::Sample && !self.outside.actions.stands_for_systems() {
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
            InputKind::Start { start } => {
                if let Offer::Workflow { revision, .. } = &start.offer {
                    wanted.push(revision.clone());
                }
            }
            InputKind::StartTask { revision, .. }
            | InputKind::StartWorkflow { revision, .. }
            | InputKind::TaskFound {
                revision: Some(revision),
                ..
            } => wanted.push(revision.clone()),
            InputKind::TasksRanked { ranking, .. } => match &ranking.decision {
                RankDecision::Start { revision, .. } => wanted.push(revision.clone()),
                RankDecision::Clarify { between } => {
                    wanted.extend(between.iter().map(|(_, revision)| revision.clone()));
                }
                RankDecision::None => {}
            },
            _ => {}
        }
        self.fetch(live, wanted).await
    }

    async fn fetch(&self, live: &mut Live, mut wanted: Vec<RevisionId>) -> Result<(), RunnerError> {
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

/// The addresses of the runs that begin with these events.
fn addresses(events: &[LogEvent]) -> Vec<RunAddress> {
    let begun = events.iter().filter_map(|event| match &event.kind {
        EventKind::TaskStarted {
            callback: Some(address),
            ..
        } => Some(RunAddress {
            token: token_of(address).to_owned(),
            started: event.seq,
        }),
        _ => None,
    });
    begun.collect()
}

/// Whether the answer to a change that was sent again says nothing of the first time: its system was not asked, or gave no
/// answer of its own. Only what a system says itself, success or refusal, settles both.
fn leaves_first_open(effect: &Effect, answer: &Input) -> bool {
    let changed = matches!(
        effect.kind,
        EffectKind::CallAction {
            changes_data: true,
            calls: CallMode::Test | CallMode::Live,
            ..
        }
    );
    let InputKind::ActionAnswered {
        result: ActionResult::Failed { cause, .. },
        ..
    } = &answer.kind
    else {
        return false;
    };
    let settled = match cause {
        FailureCause::NotFound => true,
        FailureCause::Status { status } => {
            (400..500).contains(status) && !matches!(status, 401 | 403 | 408 | 425 | 429)
        }
        _ => false,
    };
    changed && !settled
}
