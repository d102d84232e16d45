//! The program behind every front end: an open workspace and the conversations that run in it.

use std::path::PathBuf;
use std::sync::{Arc, PoisonError, RwLock};

use serde_json::Value;
use taskwright_connect::secrets::{Vault, VaultPlaces};
use taskwright_domain::{ConversationId, FileId, Input, InputId, InputKind, LogEvent};
use taskwright_engine::{Clock, Outside, Runner, Timers as _};
use taskwright_store::{DocumentWrite, OpenOptions, Store};
use uuid::Uuid;

use crate::channel::{ChannelDesk, Courier};
use crate::error::{CommandError, ErrorCode};
use crate::follow::{Following, SubscribeRequest};
use crate::home::{Calls, Home, StoreJournal, WallClock};
use crate::inbox;
use crate::list;
use crate::problems::ProblemCounts;
use crate::snapshot::Snapshot;
use crate::triggers::Lab;
use crate::webhooks::{KEY_LIFE, Turns, WebhookDesk};
use crate::{backup, gallery, workflows};

/// Why the server for webhooks is needed.
pub(crate) const WAITS: &str = "A conversation waits for a call.";

/// How often it is looked what is older than conversations are kept.
const FORGETTING: std::time::Duration = std::time::Duration::from_secs(3_600);

/// How a workspace is opened.
#[derive(Debug, Clone)]
pub struct Options {
    /// The folder of the workspace; made where it is missing.
    pub data_dir: PathBuf,
    /// What a second program is told has it, e.g. "the Taskwright window".
    pub program: String,
    /// A full disk after so many pages, for tests.
    pub max_pages: Option<u32>,
}

/// How a workspace is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct VitalSigns {
    /// Counts everything that was committed.
    pub position: u64,
    /// Conversations that are not over.
    pub open_conversations: u64,
    /// Those that wait for another system to call back.
    pub waiting_for_calls: u64,
    /// Events that the customer's product is still to be told.
    pub to_be_told: u64,
    /// Of these, what was tried before.
    pub failing: u64,
}

/// An open workspace. Clones are the same one.
#[derive(Clone)]
pub struct App {
    pub(crate) inner: Arc<Inner>,
}

pub(crate) struct Inner {
    pub(crate) store: Store,
    pub(crate) runner: Runner,
    pub(crate) home: Arc<Home>,
    pub(crate) calls: Arc<Calls>,
    pub(crate) webhooks: Arc<WebhookDesk>,
    pub(crate) channel: Arc<ChannelDesk>,
    pub(crate) courier: Arc<Courier>,
    pub(crate) turns: Turns,
    pub(crate) problems: ProblemCounts,
    pub(crate) lab: Lab,
    pub(crate) vault: Arc<Vault>,
    clock: Arc<dyn Clock>,
}

impl App {
    /// Opens a workspace: a new one gets the sample tasks, and what was under way when the program last stopped goes on.
    ///
    /// # Errors
    /// When another program has it, or when it is newer, damaged or out of reach.
    pub async fn open(options: Options) -> Result<Self, CommandError> {
        Self::open_with(options, VaultPlaces::of_this_computer()).await
    }

    /// Opens a workspace whose secrets are kept in these places.
    ///
    /// # Errors
    /// As [`App::open`].
    pub async fn open_with(options: Options, secrets: VaultPlaces) -> Result<Self, CommandError> {
        Self::open_by(options, secrets, Arc::new(WallClock)).await
    }

    /// The same, by a clock of one's own.
    ///
    /// # Errors
    /// As [`App::open`].
    pub async fn open_by(options: Options, secrets: VaultPlaces, clock: Arc<dyn Clock>) -> Result<Self, CommandError> {
        let store = Store::open(
            &options.data_dir,
            OpenOptions {
                program: options.program,
                max_pages: options.max_pages,
            },
        )?;
        Self::over(store, clock, secrets).await
    }

    /// A workspace in memory, with a clock of one's own.
    ///
    /// # Errors
    /// When the sample tasks cannot be put into it.
    pub async fn in_memory(clock: Arc<dyn Clock>) -> Result<Self, CommandError> {
        Self::over(Store::in_memory()?, clock, VaultPlaces::in_memory()).await
    }

    async fn over(store: Store, clock: Arc<dyn Clock>, secrets: VaultPlaces) -> Result<Self, CommandError> {
        gallery::fill(&store, clock.now()).await?;
        store.forget_callback_answers(clock.now() - KEY_LIFE).await?;
        let snapshot = Arc::new(RwLock::new(Arc::new(Snapshot::read(&store)?)));
        let home = Arc::new(Home::new(store.clone(), snapshot));
        let folder = Some(store.folder()).filter(|folder| !folder.as_os_str().is_empty());
        let vault = Arc::new(Vault::new(store.workspace_id().as_str(), folder, secrets));
        let calls = Arc::new(Calls::new(store.clone(), vault.clone(), clock.clone())?);
        let webhooks = Arc::new(WebhookDesk::new(&store)?);
        let channel = Arc::new(ChannelDesk::new(&store)?);
        let client = calls.client().clone();
        let courier = Courier::new(store.clone(), channel.clone(), client, vault.clone(), clock.clone());
        let outside = Outside {
            journal: Arc::new(StoreJournal {
                store: store.clone(),
                webhooks: webhooks.clone(),
                courier: courier.clone(),
            }),
            actions: calls.clone(),
            ranker: home.clone(),
            knowledge: home.clone(),
            revisions: home.clone(),
            clock: clock.clone(),
            timers: home.clone(),
        };
        let app = Self {
            inner: Arc::new(Inner {
                store,
                runner: Runner::new(outside),
                home,
                calls,
                webhooks,
                channel,
                courier,
                turns: Turns::default(),
                problems: ProblemCounts::default(),
                lab: Lab::default(),
                vault,
                clock,
            }),
        };
        app.inner.home.ring_into(&app);
        workflows::ensure(&app).await?;
        app.resume()?;
        app.resume_channel().await?;
        app.forget_in_time();
        app.inner.home.knowledge().shelf(&app.snapshot());
        Ok(app)
    }

    /// Takes out conversations that are older than they are kept, now and then every hour, until the program ends.
    fn forget_in_time(&self) {
        let inner = Arc::downgrade(&self.inner);
        tokio::spawn(async move {
            while let Some(inner) = inner.upgrade() {
                // What cannot be taken out now is in an hour.
                let _ = inbox::forget_old(&Self { inner }).await;
                tokio::time::sleep(FORGETTING).await;
            }
        });
    }

    /// Goes on with what was under way when the program last stopped, beside everything else.
    fn resume(&self) -> Result<(), CommandError> {
        let webhooks = &self.inner.webhooks;
        for (conversation, standing) in self.inner.store.open_conversations()? {
            if !standing.waits.is_empty() {
                webhooks.want(WAITS);
            }
            if standing.pending.is_empty() {
                // It waits for its timer or for a call, and that is all there is to know of it: of thousands that wait no
                // log is read.
                if let Some((generation, at)) = standing.timer {
                    self.inner.home.arm(&conversation, generation, at - standing.ahead);
                }
                continue;
            }
            if standing.calls_out() && self.store().name_of(&conversation)?.is_some() {
                self.inner.courier.calls_are_out(&conversation);
            }
            let app = self.clone();
            tokio::spawn(async move {
                // What cannot be resumed now stays open; the next start tries again.
                let _ = app.inner.runner.resume(&conversation).await;
            });
        }
        Ok(())
    }

    /// Does a command. `origin` names who asks, so that they can tell their own changes from others'.
    ///
    /// # Errors
    /// When it cannot be done; then nothing has changed.
    pub async fn call(&self, origin: &str, name: &str, args: Value) -> Result<Value, CommandError> {
        list::dispatch(self, origin, name, args).await
    }

    /// Follows what is committed from now on, or from a position on.
    #[must_use]
    pub fn subscribe(&self, request: SubscribeRequest) -> Following {
        if let Some(conversation) = &request.conversation {
            self.read_ahead(conversation.clone());
        }
        Following::new(&self.inner.store, request)
    }

    /// Whoever follows a conversation soon says something in it: a long log is folded while they still read, what it runs
    /// on is compiled, and all tasks are made ready to be chosen from. That takes a while, on a thread of its own: what is
    /// asked meanwhile must not wait behind it.
    fn read_ahead(&self, conversation: ConversationId) {
        let Ok(runtime) = tokio::runtime::Handle::try_current() else {
            return;
        };
        let app = self.clone();
        runtime.clone().spawn_blocking(move || {
            // What cannot be read now is read, and its failure told, when somebody says something.
            if let Ok(state) = runtime.block_on(app.inner.runner.state(&conversation)) {
                for revision in state.revisions() {
                    let _ = app.inner.home.compiled(revision);
                }
            }
            app.inner.home.ready_to_rank();
        });
    }

    /// Stores bytes; the name is kept for whoever fetches them.
    ///
    /// # Errors
    /// When they are more than 10 MB, or cannot be written.
    pub async fn put_file(&self, bytes: Vec<u8>, name: &str) -> Result<FileId, CommandError> {
        Ok(self.inner.store.put_file(bytes, name).await?)
    }

    /// A stored file's name and bytes; backups go by this door too.
    ///
    /// # Errors
    /// When there is none of this id.
    pub async fn get_file(&self, id: &str) -> Result<(String, Vec<u8>), CommandError> {
        if let Some(found) = backup::fetch(&self.inner.store, id)? {
            return Ok(found);
        }
        let found = self.inner.store.file(&FileId(id.to_owned()))?;
        found.ok_or_else(|| CommandError::not_found("This file"))
    }

    /// Closes the workspace; whatever is asked of it afterwards answers that it is closed.
    ///
    /// # Errors
    /// When the last writes cannot be brought to disk.
    pub async fn close(&self) -> Result<(), CommandError> {
        self.inner.home.silence();
        self.inner.courier.stop();
        Ok(self.inner.store.close().await?)
    }

    /// The workspace's folder.
    #[must_use]
    pub fn folder(&self) -> &std::path::Path {
        self.store().folder()
    }

    /// How the workspace is, for whoever watches a server.
    ///
    /// # Errors
    /// When it does not answer.
    pub fn vital_signs(&self) -> Result<VitalSigns, CommandError> {
        let (open_conversations, waiting_for_calls) = self.inner.store.count_open()?;
        let queue = self.inner.store.queue_counts()?;
        Ok(VitalSigns {
            to_be_told: queue.waiting,
            failing: queue.failing,
            position: self.inner.store.position(),
            open_conversations,
            waiting_for_calls,
        })
    }

    /// The server for webhooks, for whoever runs it.
    #[must_use]
    pub fn webhooks(&self) -> &WebhookDesk {
        &self.inner.webhooks
    }

    /// UTC milliseconds since 1970.
    pub(crate) fn now(&self) -> i64 {
        self.inner.clock.now()
    }

    pub(crate) fn store(&self) -> &Store {
        &self.inner.store
    }

    /// The documents as they stand.
    pub(crate) fn snapshot(&self) -> Arc<Snapshot> {
        self.inner.home.snapshot()
    }

    /// Writes documents as they are, without a step in a history.
    pub(crate) async fn put(&self, writes: Vec<DocumentWrite>, origin: &str) -> Result<(), CommandError> {
        let ids: Vec<String> = writes.iter().map(|write| write.id.clone()).collect();
        self.store().put_documents(writes, self.now(), origin).await?;
        self.refresh(&ids)
    }

    pub(crate) async fn set_deleted(&self, id: &str, deleted: bool, origin: &str) -> Result<(), CommandError> {
        self.store().set_deleted(id, deleted, self.now(), origin).await?;
        self.refresh(&[id.to_owned()])
    }

    /// Brings the documents in memory up to date with these.
    pub(crate) fn refresh(&self, ids: &[String]) -> Result<(), CommandError> {
        self.inner
            .home
            .change_snapshot(|snapshot, store| snapshot.refresh(store, ids))
    }

    /// Reads all documents again, after a change of many.
    pub(crate) fn reread(&self) -> Result<(), CommandError> {
        self.inner.home.change_snapshot(|snapshot, store| {
            let shelf = snapshot.shelf + 1;
            *snapshot = Snapshot::read(store)?;
            snapshot.shelf += shelf;
            Ok(())
        })
    }

    /// Hands an input to a conversation and performs what follows.
    pub(crate) async fn take(
        &self,
        conversation: &ConversationId,
        kind: InputKind,
    ) -> Result<Vec<LogEvent>, CommandError> {
        let input = Input {
            id: InputId::new(new_id()),
            at: self.inner.runner.now(conversation).await?,
            kind,
        };
        Ok(self.inner.runner.settle(conversation, input).await?)
    }
}

/// What makes an id unique, in the order of making.
pub(crate) fn new_id() -> String {
    Uuid::now_v7().simple().to_string()
}

/// A document as it is stored.
pub(crate) fn json_of(document: &impl serde::Serialize) -> Result<Value, CommandError> {
    serde_json::to_value(document).map_err(|error| CommandError::new(ErrorCode::Internal, error.to_string()))
}

/// A lock whose holder may have died; what it guards is replaced as a whole, so it is never half-written.
pub(crate) fn read<T>(lock: &RwLock<T>) -> std::sync::RwLockReadGuard<'_, T> {
    lock.read().unwrap_or_else(PoisonError::into_inner)
}
