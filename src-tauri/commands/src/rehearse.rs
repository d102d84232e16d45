//! Rehearsing a bundle's tasks in memory: with sample answers, where nothing leaves the program, or against live systems.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use taskwright_bundle::BundleContent;
use taskwright_domain::{
    Action, ActionId, ActionResult, BlockId, CallMode, CallbackAddress, ConversationId, ConversationPlace,
    ConversationStart, Customer, FailureCause, FileId, Input, InputId, InputKind, LogEvent, Offer, OptionId,
    RankDecision, Ranking, RevisionId, Settings, TaskId, WorkflowId,
};
use taskwright_engine::{
    ActionCall, Actions, BoxFuture, Clock, Compiled, Knowledge, Library, LiveTask, MemoryJournal, Outside, Ranker,
    Revisions, Runner, RunnerError, State, Timers, awaited_by, compile, rerun,
};
use taskwright_language::rank::Ranker as TaskRanker;

use crate::audience::Audiences;
use crate::choice::card;
use crate::freeze::{freeze, with_teams};
use crate::knowledge::knowledge_of;
use crate::meaning::meanings;
use crate::stand_alone::{action_of, answers_alone, task_of};
use crate::workflows::default_workflow;

/// Timers that ring in one go at the most.
const MOST_RINGS: usize = 1_000;

/// Why a rehearsal cannot go on.
#[derive(Debug, thiserror::Error)]
pub enum RehearsalError {
    /// The bundle has no such task.
    #[error("the bundle has no task called \"{0}\"")]
    NoTask(String),
    /// The runner failed.
    #[error(transparent)]
    Runner(#[from] RunnerError),
    /// No quick reply says this.
    #[error("no quick reply says \"{0}\"")]
    NoOption(String),
    /// Nothing waits for this webhook.
    #[error("nothing waits for the webhook \"{0}\"")]
    NoWait(String),
}

/// One conversation with a bundle's tasks.
pub struct Rehearsal {
    runner: Runner,
    journal: Arc<MemoryJournal>,
    clock: Arc<SetClock>,
    conversation: ConversationId,
    library: Library,
    tasks: Vec<(TaskId, RevisionId, String)>,
    inputs: u64,
}

/// A bundle's tasks, read and compiled once for any number of conversations.
pub struct Stage {
    library: Library,
    tasks: Vec<(TaskId, RevisionId, String)>,
    ranker: Arc<TaskRanker>,
    audiences: Arc<Audiences>,
    knowledge: Arc<dyn Knowledge>,
    /// What leads conversations: the bundle's workflow, or the one that ships.
    workflow: (WorkflowId, RevisionId),
    settings: Settings,
}

impl Stage {
    /// All tasks of a bundle that customers can start, and its actions that answer on their own.
    #[must_use]
    pub fn of(content: &BundleContent, settings: Settings) -> Self {
        let mut library = Library::new();
        let (mut tasks, mut cards) = (Vec::new(), Vec::new());
        let alone = content.actions.iter().filter(|action| answers_alone(action));
        let answers: Vec<_> = alone.map(|action| task_of(action, &content.attributes)).collect();
        let own = content.tasks.iter().filter(|task| !task.only_used_by_other_tasks);
        for task in own.chain(&answers) {
            let revision = freeze(content, task, &settings);
            tasks.push((task.id.clone(), revision.id.clone(), task.title.clone()));
            cards.push(card(task, &revision.id));
            library.insert(revision.id.clone(), Arc::new(compile(revision)));
        }
        let workflow = content.workflows.first().cloned().unwrap_or_else(default_workflow);
        let revision = freeze(content, &workflow.as_task(), &settings);
        let revision = with_teams(&revision, &content.teams);
        let led = (workflow.id, revision.id.clone());
        library.insert(revision.id.clone(), Arc::new(compile(revision)));
        Self {
            library,
            tasks,
            ranker: Arc::new(TaskRanker::new(cards, meanings().ok())),
            audiences: Arc::new(Audiences::of(content, &settings)),
            knowledge: knowledge_of(content),
            workflow: led,
            settings,
        }
    }

    /// The same, where questions are answered from what this knows.
    #[must_use]
    pub fn knowing(self, knowledge: Arc<dyn Knowledge>) -> Self {
        Self { knowledge, ..self }
    }
}

impl Stage {
    /// What its tasks are compiled to.
    pub(crate) fn library(&self) -> &Library {
        &self.library
    }

    /// The actions that a task runs or looks things up with.
    pub(crate) fn actions_of(&self, task: &TaskId) -> BTreeSet<ActionId> {
        let own = self.tasks.iter().find(|(own, ..)| own == task);
        let compiled = own.and_then(|(_, revision, _)| self.library.get(revision));
        compiled.map(|compiled| compiled.actions()).unwrap_or_default()
    }
}

/// A clock that stands until it is moved.
struct SetClock(AtomicI64);

impl Clock for SetClock {
    fn now(&self) -> i64 {
        self.0.load(Ordering::Relaxed)
    }
}

struct Shelf {
    library: Library,
    tasks: Vec<(TaskId, RevisionId, String)>,
}

impl Revisions for Shelf {
    fn revision<'a>(&'a self, id: &'a RevisionId) -> BoxFuture<'a, Option<Arc<Compiled>>> {
        Box::pin(async move { self.library.get(id).cloned() })
    }

    fn task_now<'a>(&'a self, _start: &'a ConversationStart, task: &'a TaskId) -> BoxFuture<'a, Option<LiveTask>> {
        let found = self.tasks.iter().find(|(own, ..)| own == task);
        let live = found.map(|(_, revision, title)| LiveTask {
            title: title.clone(),
            revision: revision.clone(),
        });
        Box::pin(std::future::ready(live))
    }
}

/// Ranks for the offer of the conversation: with one task on offer, the others only compete.
struct OfferRanker {
    ranker: Arc<TaskRanker>,
    audiences: Arc<Audiences>,
    clock: Arc<SetClock>,
}

impl Ranker for OfferRanker {
    fn rank<'a>(&'a self, start: &'a ConversationStart, text: &'a str) -> BoxFuture<'a, Ranking> {
        Box::pin(async move {
            let mut ranking = self.audiences.rank(&self.ranker, start, self.clock.now(), text);
            if let Offer::ThisTask { task, .. } = &start.offer {
                keep_to(task, &mut ranking);
            }
            ranking
        })
    }
}

pub(crate) fn keep_to(task: &TaskId, ranking: &mut Ranking) {
    let other = match &ranking.decision {
        // An action that answers on its own answers wherever a question comes up.
        RankDecision::Start { task: chosen, .. } if chosen != task && action_of(chosen).is_none() => {
            Some(chosen.clone())
        }
        _ => None,
    };
    if let Some(other) = other {
        let title = ranking
            .candidates
            .iter()
            .find(|candidate| candidate.task == other)
            .map(|found| found.title.clone());
        ranking.reason = format!("This message would start \"{}\".", title.unwrap_or_default());
        ranking.decision = RankDecision::None;
    }
}

struct NoCalls;

impl Actions for NoCalls {
    fn call(&self, _call: ActionCall) -> BoxFuture<'_, ActionResult> {
        Box::pin(async {
            ActionResult::Failed {
                cause: FailureCause::NotConnected,
                attempts: 0,
                ms: 0,
            }
        })
    }

    fn chosen_stub(&self, _conversation: &ConversationId, _action: &Action) -> Option<String> {
        None
    }
}

impl Timers for NoCalls {
    fn arm(&self, _conversation: &ConversationId, _generation: u64, _at: i64) {}
}

impl Rehearsal {
    /// Starts a conversation with the task of this title, or with all of the bundle's tasks, at an instant (UTC
    /// milliseconds since 1970). Actions answer from their samples.
    ///
    /// # Errors
    /// When the bundle has no such task.
    pub async fn start(
        content: &BundleContent,
        task: Option<&str>,
        settings: Settings,
        customer: Customer,
        now: i64,
    ) -> Result<Self, RehearsalError> {
        let stage = Stage::of(content, settings);
        Self::on(&stage, task, customer, now, None).await
    }

    /// Starts a conversation on a stage that is set already. Actions are really called where somebody calls them.
    ///
    /// # Errors
    /// When the stage has no task of that title.
    pub async fn on(
        stage: &Stage,
        task: Option<&str>,
        customer: Customer,
        now: i64,
        live: Option<Arc<dyn Actions>>,
    ) -> Result<Self, RehearsalError> {
        let calls = if live.is_some() {
            CallMode::Live
        } else {
            CallMode::Sample
        };
        let actions = live.unwrap_or_else(|| Arc::new(NoCalls));
        Self::with(stage, task, customer, now, calls, actions).await
    }

    /// Starts a conversation as a channel does: led by the workflow, from its greeting on. Actions answer from their
    /// samples.
    ///
    /// # Errors
    /// When the runner fails.
    pub async fn led(stage: &Stage, customer: Customer, now: i64) -> Result<Self, RehearsalError> {
        let (workflow, revision) = stage.workflow.clone();
        let offer = Offer::Workflow { workflow, revision };
        Self::begin(stage, offer, customer, now, CallMode::Sample, Arc::new(NoCalls)).await
    }

    /// As above, with what calls actions and where the calls are said to go.
    pub(crate) async fn with(
        stage: &Stage,
        task: Option<&str>,
        customer: Customer,
        now: i64,
        calls: CallMode,
        actions: Arc<dyn Actions>,
    ) -> Result<Self, RehearsalError> {
        let offer = match task {
            None => Offer::FromTheStart,
            Some(title) => {
                let found = stage
                    .tasks
                    .iter()
                    .find(|(_, _, known)| known.eq_ignore_ascii_case(title));
                let (task, revision, _) = found.ok_or_else(|| RehearsalError::NoTask(title.to_owned()))?;
                Offer::ThisTask {
                    task: task.clone(),
                    revision: revision.clone(),
                }
            }
        };
        Self::begin(stage, offer, customer, now, calls, actions).await
    }

    async fn begin(
        stage: &Stage,
        offer: Offer,
        customer: Customer,
        now: i64,
        calls: CallMode,
        actions: Arc<dyn Actions>,
    ) -> Result<Self, RehearsalError> {
        let (journal, clock) = (
            Arc::new(MemoryJournal::default()),
            Arc::new(SetClock(AtomicI64::new(now))),
        );
        let outside = Outside {
            journal: journal.clone(),
            actions,
            ranker: Arc::new(OfferRanker {
                ranker: stage.ranker.clone(),
                audiences: stage.audiences.clone(),
                clock: clock.clone(),
            }),
            knowledge: stage.knowledge.clone(),
            revisions: Arc::new(Shelf {
                library: stage.library.clone(),
                tasks: stage.tasks.clone(),
            }),
            clock: clock.clone(),
            timers: Arc::new(NoCalls),
        };
        let conversation = ConversationId::new("rehearsal");
        let mut rehearsal = Self {
            runner: Runner::new(outside),
            journal,
            clock,
            conversation,
            library: stage.library.clone(),
            tasks: stage.tasks.clone(),
            inputs: 0,
        };
        let start = ConversationStart {
            place: ConversationPlace::Preview,
            customer,
            settings: stage.settings.clone(),
            offer,
            calls,
            branched_from: None,
            callbacks: Some(CallbackAddress {
                base_url: "http://127.0.0.1:4817".to_owned(),
                seed: "rehearsal".to_owned(),
            }),
            known: BTreeMap::new(),
        };
        rehearsal.take(InputKind::Start { start: Box::new(start) }).await?;
        Ok(rehearsal)
    }

    /// Takes an input of any kind.
    ///
    /// # Errors
    /// When the runner fails.
    pub async fn take(&mut self, kind: InputKind) -> Result<Vec<LogEvent>, RehearsalError> {
        self.inputs += 1;
        let input = Input {
            id: InputId::new(format!("script_{}", self.inputs)),
            at: self.clock.now(),
            kind,
        };
        Ok(self.runner.settle(&self.conversation, input).await?)
    }

    /// The customer writes.
    ///
    /// # Errors
    /// When the runner fails.
    pub async fn say(&mut self, text: &str) -> Result<Vec<LogEvent>, RehearsalError> {
        self.take(InputKind::CustomerSaid { text: text.to_owned() }).await
    }

    /// The customer presses the quick reply of this text.
    ///
    /// # Errors
    /// When no such reply is on screen.
    pub async fn press(&mut self, text: &str) -> Result<Vec<LogEvent>, RehearsalError> {
        let state = self.runner.state(&self.conversation).await?;
        let option = state
            .options
            .iter()
            .find(|option| option.text.eq_ignore_ascii_case(text));
        let option: OptionId = option
            .map(|option| option.id.clone())
            .ok_or_else(|| RehearsalError::NoOption(text.to_owned()))?;
        self.take(InputKind::OptionSelected { option }).await
    }

    /// The customer fills in a field of a form.
    ///
    /// # Errors
    /// When the runner fails.
    pub async fn fill_in(&mut self, key: &str, text: &str) -> Result<Vec<LogEvent>, RehearsalError> {
        let kind = InputKind::AttributeCollected {
            attribute: key.to_owned(),
            text: text.to_owned(),
        };
        self.take(kind).await
    }

    /// The customer attaches a file of this name.
    ///
    /// # Errors
    /// When the runner fails.
    pub async fn attach(&mut self, name: &str) -> Result<Vec<LogEvent>, RehearsalError> {
        self.take(Self::attached(name)).await
    }

    /// A file of this name, attached.
    pub(crate) fn attached(name: &str) -> InputKind {
        InputKind::FileAttached {
            file: FileId(name.to_owned()),
            name: name.to_owned(),
        }
    }

    /// The task of this title starts without a message.
    ///
    /// # Errors
    /// When there is no such task.
    pub async fn start_task(&mut self, title: &str) -> Result<Vec<LogEvent>, RehearsalError> {
        let kind = self.starting(title)?;
        self.take(kind).await
    }

    /// The task of this title, started without a message.
    pub(crate) fn starting(&self, title: &str) -> Result<InputKind, RehearsalError> {
        let found = self
            .tasks
            .iter()
            .find(|(_, _, known)| known.eq_ignore_ascii_case(title))
            .cloned();
        let (task, revision, _) = found.ok_or_else(|| RehearsalError::NoTask(title.to_owned()))?;
        Ok(InputKind::StartTask { task, revision })
    }

    /// Where the conversation stands.
    pub(crate) async fn state(&self) -> Result<State, RehearsalError> {
        Ok(self.runner.state(&self.conversation).await?)
    }

    /// The blocks whose calls are waited for.
    pub(crate) async fn awaited(&self) -> Result<Vec<BlockId>, RehearsalError> {
        Ok(awaited_by(&self.state().await?, &self.library))
    }

    /// The timer that runs: its generation and when it rings.
    pub(crate) async fn timer(&self) -> Result<Option<(u64, i64)>, RehearsalError> {
        Ok(self.runner.standing(&self.conversation).await?.timer)
    }

    /// What the clock shows.
    pub(crate) fn now(&self) -> i64 {
        self.clock.now()
    }

    /// The clock goes on by itself, while a system takes its time.
    pub(crate) fn pass(&self, ms: i64) {
        self.clock.0.fetch_add(ms, Ordering::Relaxed);
    }

    /// The program was stopped in the middle of a call and starts again: what was out is settled as after any restart.
    pub(crate) async fn restart(&self) -> Result<Vec<LogEvent>, RehearsalError> {
        Ok(self.runner.resume(&self.conversation).await?)
    }

    /// Another system calls back.
    ///
    /// # Errors
    /// When no block of that key exists.
    pub async fn call_back(&mut self, key: &str, body: serde_json::Value) -> Result<Vec<LogEvent>, RehearsalError> {
        let block = self
            .block_of(key)
            .ok_or_else(|| RehearsalError::NoWait(key.to_owned()))?;
        self.take(InputKind::WebhookReceived { block, body }).await
    }

    fn block_of(&self, key: &str) -> Option<BlockId> {
        let mut webhooks = self
            .library
            .values()
            .flat_map(|compiled| &compiled.revision.catalogue.webhooks);
        webhooks
            .find(|webhook| webhook.key == key)
            .map(|webhook| webhook.block.clone())
    }

    /// Time goes on by this many minutes; a timer that falls due rings.
    ///
    /// # Errors
    /// When the runner fails.
    pub async fn wait(&mut self, minutes: i64) -> Result<Vec<LogEvent>, RehearsalError> {
        self.wait_until(self.clock.now() + minutes * 60_000).await
    }

    /// Time goes on until an instant; timers that fall due ring in order, each at its own instant.
    ///
    /// # Errors
    /// When the runner fails.
    pub async fn wait_until(&mut self, end: i64) -> Result<Vec<LogEvent>, RehearsalError> {
        let mut all = Vec::new();
        for _ in 0..MOST_RINGS {
            let timer = self.runner.standing(&self.conversation).await?.timer;
            let Some((generation, at)) = timer.filter(|(_, at)| *at <= end) else {
                break;
            };
            self.clock.0.fetch_max(at, Ordering::Relaxed);
            let rang = self.take(InputKind::TimerRang { generation }).await?;
            if rang.is_empty() {
                break;
            }
            all.extend(rang);
        }
        self.clock.0.fetch_max(end, Ordering::Relaxed);
        Ok(all)
    }

    /// The whole log so far.
    #[must_use]
    pub fn log(&self) -> Vec<LogEvent> {
        self.journal.log(&self.conversation)
    }

    /// The log that the recorded inputs give when they are decided again.
    #[must_use]
    pub fn rerun(&self) -> Vec<LogEvent> {
        rerun(&self.conversation, &self.log(), &self.library)
    }

    /// The titles of the tasks on offer.
    #[must_use]
    pub fn titles(&self) -> BTreeMap<TaskId, String> {
        self.tasks
            .iter()
            .map(|(task, _, title)| (task.clone(), title.clone()))
            .collect()
    }
}
