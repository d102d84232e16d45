//! What the engine needs from outside, over an open workspace.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock, Weak};
use std::time::Duration;

use taskwright_connect::secrets::Vault;
use taskwright_connect::{Client, Connection};
use taskwright_domain::{
    Action, ActionResult, Batch, BranchedFrom, CallMode, ConversationId, ConversationPlace, ConversationStart,
    EventKind, FailureCause, Findings, LogEvent, Offer, RankDecision, Ranking, Revision, RevisionId, Standing, TaskId,
    WorkflowId,
};
use taskwright_engine::{
    ActionCall, Actions, BoxFuture, Clock, Compiled, Journal, JournalError, Knowledge, LiveTask, Ranker, Revisions,
    Timers, compile,
};
use taskwright_store::{Store, StoreError};
use tokio::task::AbortHandle;

use crate::app::{App, Inner, WAITS, read};
use crate::audience::Audiences;
use crate::calling::Machine;
use crate::channel::{Courier, project};
use crate::choice::{Choice, answering, as_it_stands, card, cards};
use crate::error::{CommandError, ErrorCode};
use crate::freeze::{freeze, with_teams};
use crate::knowledge::{KnowledgeDesk, findings, not_searched};
use crate::rehearse::keep_to;
use crate::sent_files::SentFiles;
use crate::snapshot::Snapshot;
use crate::stand_alone::answer;
use crate::webhooks::WebhookDesk;

/// The time of the machine.
pub(crate) struct WallClock;

impl Clock for WallClock {
    fn now(&self) -> i64 {
        jiff::Timestamp::now().as_millisecond()
    }

    fn pause(&self, ms: u64) -> BoxFuture<'_, ()> {
        Box::pin(tokio::time::sleep(Duration::from_millis(ms)))
    }
}

/// Logs in the workspace.
pub(crate) struct StoreJournal {
    pub(crate) store: Store,
    pub(crate) webhooks: Arc<WebhookDesk>,
    pub(crate) courier: Arc<Courier>,
}

impl Journal for StoreJournal {
    fn commit<'a>(
        &'a self,
        conversation: &'a ConversationId,
        expected_seq: u64,
        mut batch: Batch,
    ) -> BoxFuture<'a, Result<(), JournalError>> {
        Box::pin(async move {
            let to_product = batch.place == Some(ConversationPlace::Channel);
            let calls_out = to_product && batch.standing.calls_out();
            if to_product {
                batch.outbox = project(&batch.events);
            }
            let tells = !batch.outbox.is_empty();
            let waits = !batch.standing.waits.is_empty();
            if to_product && !calls_out {
                self.courier.calls_are_in(conversation);
            }
            let committed = self.store.commit(conversation, expected_seq, batch).await;
            if tells && committed.is_ok() {
                self.courier.tell(conversation);
            }
            if calls_out && committed.is_ok() {
                self.courier.calls_are_out(conversation);
            }
            if waits && committed.is_ok() {
                self.webhooks.want(WAITS);
            }
            committed.map_err(|error| journal_error(conversation, error))
        })
    }

    fn load<'a>(
        &'a self,
        conversation: &'a ConversationId,
    ) -> BoxFuture<'a, Result<(Vec<LogEvent>, Standing), JournalError>> {
        Box::pin(async move { load(&self.store, conversation) })
    }
}

fn load(store: &Store, conversation: &ConversationId) -> Result<(Vec<LogEvent>, Standing), JournalError> {
    match store.load(conversation) {
        Ok((mut log, standing)) => {
            let branch = store
                .branched_from(conversation)
                .map_err(|error| journal_error(conversation, error))?;
            if let (Some((from, seq)), Some(first)) = (branch, log.first_mut()) {
                mark_as_branch(first, from, seq);
            }
            Ok((log, standing))
        }
        // A conversation that is about to start has no log yet.
        Err(StoreError::Unknown { .. }) => Ok(Default::default()),
        Err(error) => Err(journal_error(conversation, error)),
    }
}

/// The first event is the other conversation's; that this is another try of it is known by its row.
fn mark_as_branch(first: &mut LogEvent, conversation: ConversationId, seq: u64) {
    if let EventKind::ConversationStarted { start } = &mut first.kind {
        start.branched_from = Some(BranchedFrom { conversation, seq });
    }
}

fn journal_error(conversation: &ConversationId, error: StoreError) -> JournalError {
    match error {
        StoreError::SeqConflict { expected, found } => JournalError::Conflict { expected, found },
        StoreError::Unknown { .. } => JournalError::Unknown(conversation.clone()),
        other => JournalError::Failed(other.to_string()),
    }
}

/// Documents, revisions, task choice and timers of the workspace.
pub(crate) struct Home {
    store: Store,
    snapshot: Arc<RwLock<Arc<Snapshot>>>,
    compiled: Mutex<HashMap<RevisionId, Arc<Compiled>>>,
    choice: Choice,
    /// The same for what customers get.
    live: Choice,
    knowledge: KnowledgeDesk,
    timers: Mutex<HashMap<ConversationId, AbortHandle>>,
    app: Mutex<Weak<Inner>>,
}

impl Home {
    pub(crate) fn new(store: Store, snapshot: Arc<RwLock<Arc<Snapshot>>>) -> Self {
        Self {
            knowledge: KnowledgeDesk::new(store.clone()),
            store,
            snapshot,
            compiled: Mutex::default(),
            choice: Choice::default(),
            live: Choice::default(),
            timers: Mutex::default(),
            app: Mutex::default(),
        }
    }

    /// Timers ring into this program.
    pub(crate) fn ring_into(&self, app: &App) {
        *lock(&self.app) = Arc::downgrade(&app.inner);
    }

    /// No timer rings any more.
    pub(crate) fn silence(&self) {
        for (_, timer) in lock(&self.timers).drain() {
            timer.abort();
        }
    }

    pub(crate) fn snapshot(&self) -> Arc<Snapshot> {
        read(&self.snapshot).clone()
    }

    pub(crate) fn change_snapshot(
        &self,
        change: impl FnOnce(&mut Snapshot, &Store) -> Result<(), CommandError>,
    ) -> Result<(), CommandError> {
        let mut current = self.snapshot.write().unwrap_or_else(PoisonError::into_inner);
        change(Arc::make_mut(&mut current), &self.store)
    }

    /// Freezes a task, or an action that answers on its own, as it stands now and keeps the revision.
    pub(crate) async fn freeze(&self, task: &TaskId) -> Result<RevisionId, CommandError> {
        let snapshot = self.snapshot();
        let revision = match answer(&snapshot, task) {
            Some(task) => freeze(&snapshot.content, &task, &snapshot.settings),
            None => freeze(&snapshot.content, snapshot.task(task)?, &snapshot.settings),
        };
        self.keep(revision).await
    }

    /// Freezes a workflow as it stands now, to run.
    pub(crate) async fn freeze_workflow(&self, workflow: &WorkflowId) -> Result<RevisionId, CommandError> {
        let snapshot = self.snapshot();
        let revision = freeze(
            &snapshot.content,
            snapshot.task(&workflow.as_task())?,
            &snapshot.settings,
        );
        self.keep(with_teams(&revision, &snapshot.content.teams)).await
    }

    /// The workflow as it was published last, with the teams of today.
    pub(crate) async fn live_workflow(&self, workflow: &WorkflowId) -> Result<RevisionId, CommandError> {
        let Some(publication) = self.store.publication(&workflow.as_task())? else {
            return Err(CommandError::not_found("A published revision of this workflow"));
        };
        let published = self.compiled(&publication.revision)?;
        let snapshot = self.snapshot();
        self.keep(with_teams(&published.revision, &snapshot.content.teams))
            .await
    }

    /// The tasks that customers get now, in the revisions they get.
    pub(crate) fn live_tasks(&self, snapshot: &Snapshot) -> Result<Vec<Arc<Compiled>>, CommandError> {
        let mut live = Vec::new();
        for (task, publication) in self.store.publications()? {
            let on = !publication.paused && task.workflow().is_none() && snapshot.task(&task).is_ok();
            if on {
                let compiled = self.compiled(&publication.revision)?;
                if !compiled.revision.task.only_used_by_other_tasks {
                    live.push(compiled);
                }
            }
        }
        Ok(live)
    }

    /// Ranks what customers get now.
    async fn rank_live(&self, start: &ConversationStart, text: &str) -> Result<Ranking, CommandError> {
        let snapshot = self.snapshot();
        let live = self.live_tasks(&snapshot)?;
        let own = live
            .iter()
            .map(|compiled| card(&compiled.revision.task, &compiled.revision.id));
        let ranker = self.live.ranker(own.chain(answering(&snapshot)).collect()).await;
        let tasks = live.iter().map(|compiled| &compiled.revision.task);
        let audiences = Audiences::of_tasks(tasks, &snapshot.content, &snapshot.settings);
        Ok(rank(ranker, audiences, start.clone(), text.to_owned()).await)
    }

    /// Ranks all tasks as they stand.
    async fn rank_drafts(&self, start: &ConversationStart, text: &str) -> Ranking {
        let snapshot = self.snapshot();
        let ranker = self.choice.ranker(cards(&snapshot)).await;
        let audiences = Audiences::of(&snapshot.content, &snapshot.settings);
        let mut ranking = rank(ranker, audiences, start.clone(), text.to_owned()).await;
        if let Offer::ThisTask { task, .. } = &start.offer {
            keep_to(task, &mut ranking);
        }
        ranking
    }

    async fn keep(&self, revision: Revision) -> Result<RevisionId, CommandError> {
        let id = revision.id.clone();
        self.store
            .save_revision(&revision, jiff::Timestamp::now().as_millisecond())
            .await?;
        lock(&self.compiled)
            .entry(id.clone())
            .or_insert_with(|| Arc::new(compile(revision)));
        Ok(id)
    }

    /// A revision, compiled.
    pub(crate) fn compiled(&self, id: &RevisionId) -> Result<Arc<Compiled>, CommandError> {
        if let Some(compiled) = lock(&self.compiled).get(id) {
            return Ok(compiled.clone());
        }
        let found = self.store.revision(id)?;
        let revision = found.ok_or_else(|| CommandError::not_found("This revision"))?;
        let compiled = Arc::new(compile(revision));
        lock(&self.compiled).insert(id.clone(), compiled.clone());
        Ok(compiled)
    }

    /// Searches the articles.
    pub(crate) fn knowledge(&self) -> &KnowledgeDesk {
        &self.knowledge
    }

    /// The next message finds all tasks weighed, and the articles are being read.
    pub(crate) fn ready_to_rank(&self) {
        let snapshot = self.snapshot();
        self.knowledge.shelf(&snapshot);
        self.choice.prepare(&snapshot);
    }

    /// Puts the revisions that really run in the place of the cards' marks.
    async fn pin(&self, start: &ConversationStart, ranking: &mut Ranking) -> Result<(), CommandError> {
        match &mut ranking.decision {
            RankDecision::Start { task, revision } => self.pin_one(start, task, revision).await?,
            RankDecision::Clarify { between } => {
                for (task, revision) in between {
                    self.pin_one(start, task, revision).await?;
                }
            }
            RankDecision::None => {}
        }
        Ok(())
    }

    async fn pin_one(
        &self,
        start: &ConversationStart,
        task: &TaskId,
        revision: &mut RevisionId,
    ) -> Result<(), CommandError> {
        if *revision == as_it_stands() {
            *revision = self.pinned(start, task).await?;
        }
        Ok(())
    }

    async fn pinned(&self, start: &ConversationStart, task: &TaskId) -> Result<RevisionId, CommandError> {
        match &start.offer {
            Offer::ThisTask { task: this, revision } if this == task => Ok(revision.clone()),
            _ => self.freeze(task).await,
        }
    }
}

impl Ranker for Home {
    fn rank<'a>(&'a self, start: &'a ConversationStart, text: &'a str) -> BoxFuture<'a, Ranking> {
        Box::pin(async move {
            let ranked = match start.place {
                ConversationPlace::Channel => self.rank_live(start, text).await,
                ConversationPlace::Preview | ConversationPlace::Test => Ok(self.rank_drafts(start, text).await),
            };
            let mut ranking = ranked.unwrap_or_else(|error| Ranking {
                candidates: Vec::new(),
                decision: RankDecision::None,
                reason: error.message,
                ranker: "none".to_owned(),
                threshold: 0,
            });
            if let Err(error) = self.pin(start, &mut ranking).await {
                ranking.decision = RankDecision::None;
                ranking.reason = error.message;
            }
            ranking
        })
    }
}

impl Knowledge for Home {
    fn search<'a>(&'a self, text: &'a str) -> BoxFuture<'a, Findings> {
        Box::pin(async move {
            match self.knowledge.find(&self.snapshot(), text).await {
                Ok((_, found)) => findings(&found),
                Err(error) => not_searched(&error),
            }
        })
    }
}

/// Ranks on a thread that may compute.
async fn rank(
    ranker: Arc<taskwright_language::rank::Ranker>,
    audiences: Audiences,
    start: ConversationStart,
    text: String,
) -> Ranking {
    let at = WallClock.now();
    let audiences = Arc::new(audiences);
    let rank = move || audiences.rank(&ranker, &start, at, &text);
    let ranked = tokio::task::spawn_blocking(rank.clone());
    // It fails only where the program is stopping.
    ranked.await.unwrap_or_else(|_| rank())
}

impl Revisions for Home {
    fn revision<'a>(&'a self, id: &'a RevisionId) -> BoxFuture<'a, Option<Arc<Compiled>>> {
        Box::pin(async move { self.compiled(id).ok() })
    }

    fn task_now<'a>(&'a self, start: &'a ConversationStart, task: &'a TaskId) -> BoxFuture<'a, Option<LiveTask>> {
        Box::pin(async move {
            let revision = match start.place {
                ConversationPlace::Channel => {
                    let publication = self.store.publication(task).ok()??;
                    let on = !publication.paused && self.snapshot().task(task).is_ok();
                    on.then_some(publication.revision)?
                }
                ConversationPlace::Preview | ConversationPlace::Test => self.freeze(task).await.ok()?,
            };
            let title = self.compiled(&revision).ok()?.revision.task.title.clone();
            Some(LiveTask { title, revision })
        })
    }

    fn workflow_now<'a>(
        &'a self,
        start: &'a ConversationStart,
        workflow: &'a WorkflowId,
    ) -> BoxFuture<'a, Option<RevisionId>> {
        Box::pin(async move {
            match start.place {
                ConversationPlace::Channel => self.live_workflow(workflow).await.ok(),
                ConversationPlace::Preview | ConversationPlace::Test => self.freeze_workflow(workflow).await.ok(),
            }
        })
    }
}

impl Timers for Home {
    fn arm(&self, conversation: &ConversationId, generation: u64, at: i64) {
        let app = lock(&self.app).clone();
        let Some(inner) = app.upgrade() else { return };
        let wait = u64::try_from(at - App { inner }.now()).unwrap_or(0);
        let of = conversation.clone();
        let task = tokio::spawn(async move {
            tokio::time::sleep(Duration::from_millis(wait)).await;
            if let Some(inner) = app.upgrade() {
                let kind = taskwright_domain::InputKind::TimerRang { generation };
                // A conversation that is gone needs no ring.
                let _ = App { inner }.take(&of, kind).await;
            }
        });
        if let Some(before) = lock(&self.timers).insert(conversation.clone(), task.abort_handle()) {
            before.abort();
        }
    }
}

/// Calls actions: sample answers by the author's choice, real ones through the guarded client.
pub(crate) struct Calls {
    store: Store,
    vault: Arc<Vault>,
    clock: Arc<dyn Clock>,
    client: Client,
    chosen: Mutex<HashMap<(ConversationId, taskwright_domain::ActionId), String>>,
}

impl Calls {
    pub(crate) fn new(store: Store, vault: Arc<Vault>, clock: Arc<dyn Clock>) -> Result<Self, CommandError> {
        let client = Client::new().map_err(|error| CommandError::new(ErrorCode::Host, error.to_string()))?;
        let client = client.with_files(Arc::new(SentFiles(store.clone())));
        Ok(Self {
            store,
            vault,
            clock,
            client,
            chosen: Mutex::default(),
        })
    }

    /// The client, to look at single calls.
    pub(crate) fn client(&self) -> &Client {
        &self.client
    }

    /// Where an action's real calls go; none where that was not confirmed.
    pub(crate) async fn connection(
        &self,
        action: &Action,
        calls: CallMode,
    ) -> Result<Option<Connection>, FailureCause> {
        let machine = Machine {
            store: &self.store,
            vault: &self.vault,
            now: self.clock.now(),
        };
        machine.connection(action, calls).await
    }

    /// Chooses an action's sample answer in a conversation; none lets the first that fits answer.
    pub(crate) fn choose(
        &self,
        conversation: ConversationId,
        action: taskwright_domain::ActionId,
        stub: Option<String>,
    ) {
        let mut chosen = lock(&self.chosen);
        match stub {
            Some(stub) => chosen.insert((conversation, action), stub),
            None => chosen.remove(&(conversation, action)),
        };
    }

    /// The choices of a conversation go on in another try of it.
    pub(crate) fn copy_choices(&self, from: &ConversationId, to: &ConversationId) {
        let mut chosen = lock(&self.chosen);
        let copied: Vec<_> = chosen
            .iter()
            .filter(|((of, _), _)| of == from)
            .map(|((_, action), stub)| ((to.clone(), action.clone()), stub.clone()))
            .collect();
        chosen.extend(copied);
    }
}

impl Actions for Calls {
    fn call(&self, call: ActionCall) -> BoxFuture<'_, ActionResult> {
        Box::pin(async move {
            let cause = match self.connection(&call.action, call.calls).await {
                Ok(Some(connection)) => return self.client.call(&call, &connection).await,
                Ok(None) => FailureCause::NotConnected,
                Err(cause) => cause,
            };
            ActionResult::Failed {
                cause,
                attempts: 0,
                ms: 0,
            }
        })
    }

    fn chosen_stub(&self, conversation: &ConversationId, action: &Action) -> Option<String> {
        lock(&self.chosen)
            .get(&(conversation.clone(), action.id.clone()))
            .cloned()
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
