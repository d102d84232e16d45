//! What if a system fails? A task's conversations are run against each action and each wait failing in each way: in memory,
//! with samples for answers, on a clock of their own. The same task gives the same table, so a conversation that somebody
//! wants to look at is run again instead of being kept.

mod drive;
mod fault;
mod path;
mod system;
mod verdict;
mod walk;

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use taskwright_bundle::BundleContent;
use taskwright_domain::{ActionId, BlockId, Customer, LogEvent, Settings, Task, TaskId};
use ts_rs::TS;

pub use drive::{Course, Drive};
pub use fault::Fault;
pub use path::{Line, Path};
pub use system::{Deed, Systems};
pub use verdict::Verdict;

use crate::app::App;
use crate::error::{CommandError, ErrorCode};
use crate::rehearse::{RehearsalError, Stage};
use crate::webhooks::wait;

/// What fails.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum SweepTarget {
    /// The system an action calls.
    Action {
        /// The action.
        action: ActionId,
        /// Its name.
        name: String,
    },
    /// The system that calls back.
    Webhook {
        /// The block that waits.
        block: BlockId,
        /// Its name.
        name: String,
    },
}

impl SweepTarget {
    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Action { name, .. } | Self::Webhook { name, .. } => name,
        }
    }
}

/// What comes of one system failing in one way.
#[derive(Debug, Clone, Serialize, TS)]
pub struct SweepRow {
    /// The system.
    pub target: SweepTarget,
    /// How it fails.
    pub fault: Fault,
    /// What it comes to, at the worst.
    pub verdict: Verdict,
    /// In words, why.
    pub why: String,
    /// What the customer saw of it.
    pub said: Vec<String>,
    /// What was logged of it.
    pub logged: Vec<String>,
    /// What was really done, by the name of the action: in all, and how often more than without the fault.
    pub done: Vec<DoneCount>,
    /// The conversation that came to it; none where no conversation uses the system.
    pub path: Option<String>,
    /// How many conversations use the system.
    pub tried: u32,
}

/// How often an action did what it does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct DoneCount {
    /// The action's name.
    pub action: String,
    /// How often it changed something.
    pub times: u32,
}

/// The whole table.
#[derive(Debug, Clone, Serialize, TS)]
pub struct SweepTable {
    /// The task's title.
    pub task: String,
    /// A row for each system and fault.
    pub rows: Vec<SweepRow>,
    /// How many conversations were run.
    pub conversations: u32,
}

/// A task whose systems fail.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SweepTask {
    /// Which, as it stands now.
    pub task: TaskId,
}

/// One conversation of the table.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ReadSweep {
    /// The task, as it stands now.
    pub task: TaskId,
    /// The system.
    pub target: SweepTarget,
    /// How it fails.
    pub fault: Fault,
    /// The conversation.
    pub path: String,
}

/// Everything that a sweep of one task needs.
pub struct Sweep {
    content: BundleContent,
    task: Task,
    stage: Stage,
    paths: Vec<Path>,
}

impl Sweep {
    /// The sweep of a bundle's task, with its scripted conversations, those of `recorded`, and walks that answer from the
    /// task's samples.
    ///
    /// # Errors
    /// When the bundle has no task of this title or id.
    pub fn of(
        content: &BundleContent,
        task: &str,
        settings: Settings,
        recorded: Vec<Path>,
    ) -> Result<Self, RehearsalError> {
        let named = |own: &&Task| own.title.eq_ignore_ascii_case(task) || own.id.as_str() == task;
        let found = content.tasks.iter().find(named);
        let mut task = found.ok_or_else(|| RehearsalError::NoTask(task.to_owned()))?.clone();
        task.only_used_by_other_tasks = false;
        let mut content = content.clone();
        // The others only take time: nothing of them runs, but what this task runs itself.
        let used = runs(&content, &task);
        content
            .tasks
            .retain(|other| used.contains(&other.id) && other.id != task.id);
        for part in &mut content.tasks {
            part.only_used_by_other_tasks = true;
        }
        content.tasks.push(task.clone());
        let stage = Stage::of(&content, settings);
        let scripted = content
            .conversations
            .iter()
            .filter(|conversation| conversation.task.as_ref().is_none_or(|of| *of == task.id))
            .filter_map(Path::scripted);
        let paths = scripted.chain(recorded).chain(Path::walks()).collect();
        Ok(Self {
            content,
            task,
            stage,
            paths,
        })
    }

    /// Every system that can fail: those of the actions that the task runs or looks things up with, and those it waits for.
    #[must_use]
    pub fn targets(&self) -> Vec<SweepTarget> {
        let used = self.stage.actions_of(&self.task.id);
        let actions = self.content.actions.iter().filter(|action| used.contains(&action.id));
        let actions = actions.map(|action| SweepTarget::Action {
            action: action.id.clone(),
            name: action.name.clone(),
        });
        let blocks = self.content.tasks.iter().flat_map(|task| task.all_blocks());
        let waits = blocks
            .filter(|block| wait(block).is_some())
            .map(|block| SweepTarget::Webhook {
                block: block.id.clone(),
                name: block_name(block),
            });
        actions.chain(waits).collect()
    }

    /// Runs everything.
    ///
    /// # Errors
    /// When a conversation cannot be run.
    pub async fn table(&self) -> Result<SweepTable, RehearsalError> {
        let mut conversations = 0;
        let mut usual = Vec::new();
        for path in &self.paths {
            usual.push(self.course(path, None).await?);
            conversations += 1;
        }
        let mut rows = Vec::new();
        for target in self.targets() {
            let met: Vec<_> = self
                .paths
                .iter()
                .zip(&usual)
                .filter(|(_, usual)| usual.meets(&target))
                .collect();
            for fault in Fault::ALL {
                let mut worst: Option<SweepRow> = None;
                for (path, usual) in &met {
                    let course = self.course(path, Some((&target, fault))).await?;
                    conversations += 1;
                    let row = self.row(&target, fault, path, &course, usual);
                    if worst.as_ref().is_none_or(|worst| worst.verdict < row.verdict) {
                        worst = Some(row);
                    }
                }
                let mut row = worst.unwrap_or_else(|| verdict::unmet(&target, fault));
                row.tried = u32::try_from(met.len()).unwrap_or(u32::MAX);
                rows.push(row);
            }
        }
        Ok(SweepTable {
            task: self.task.title.clone(),
            rows,
            conversations,
        })
    }

    /// The row that a conversation with a failing system gives, beside how it usually goes.
    #[must_use]
    pub fn row(&self, target: &SweepTarget, fault: Fault, path: &Path, course: &Course, usual: &Course) -> SweepRow {
        verdict::row(&self.stage, target, fault, path, course, usual)
    }

    /// One conversation of the table, run again.
    ///
    /// # Errors
    /// When there is none of this name, or it cannot be run.
    pub async fn log(&self, target: &SweepTarget, fault: Fault, path: &str) -> Result<Vec<LogEvent>, RehearsalError> {
        let found = self.paths.iter().find(|own| own.name == path);
        let path = found.ok_or_else(|| RehearsalError::NoTask(path.to_owned()))?;
        Ok(self.course(path, Some((target, fault))).await?.log)
    }

    /// The conversations that it runs.
    #[must_use]
    pub fn paths(&self) -> &[Path] {
        &self.paths
    }

    /// Runs one conversation, with a system failing or without.
    ///
    /// # Errors
    /// When it cannot be run.
    pub async fn course(&self, path: &Path, failing: Option<(&SweepTarget, Fault)>) -> Result<Course, RehearsalError> {
        let systems = Arc::new(Systems::new(failing));
        self.course_with(path, failing, systems).await
    }

    /// As above, with systems of one's own in place of the samples.
    ///
    /// # Errors
    /// When it cannot be run.
    pub async fn course_with(
        &self,
        path: &Path,
        failing: Option<(&SweepTarget, Fault)>,
        systems: Arc<Systems>,
    ) -> Result<Course, RehearsalError> {
        let drive = Drive::begin(&self.stage, &self.content, &self.task, failing, systems, customer()).await?;
        drive.run(path).await
    }
}

fn customer() -> Customer {
    Customer {
        name: Some("Ada Sample".to_owned()),
        email: Some("ada@example.com".to_owned()),
        signed_in: true,
        ..Customer::default()
    }
}

/// A task and all that it runs.
fn runs(content: &BundleContent, task: &Task) -> Vec<TaskId> {
    let mut found = vec![task.id.clone()];
    let mut open = vec![task];
    while let Some(task) = open.pop() {
        for block in task.all_blocks() {
            let taskwright_domain::BlockKind::RunTask { task: Some(part), .. } = &block.kind else {
                continue;
            };
            if !found.contains(part) {
                found.push(part.clone());
                open.extend(content.tasks.iter().find(|own| own.id == *part));
            }
        }
    }
    found
}

fn block_name(block: &taskwright_domain::Block) -> String {
    let key = match &block.kind {
        taskwright_domain::BlockKind::WaitForWebhook { key, .. } => taskwright_domain::key_in_words(key),
        _ => String::new(),
    };
    if block.name.is_empty() { key } else { block.name.clone() }
}

pub(crate) async fn sweep_task(app: &App, _origin: &str, args: SweepTask) -> Result<SweepTable, CommandError> {
    of_workspace(app, &args.task)?.table().await.map_err(failed)
}

pub(crate) async fn read_sweep(app: &App, _origin: &str, args: ReadSweep) -> Result<Vec<LogEvent>, CommandError> {
    let sweep = of_workspace(app, &args.task)?;
    let log = sweep.log(&args.target, args.fault, &args.path).await;
    log.map_err(failed)
}

fn of_workspace(app: &App, task: &TaskId) -> Result<Sweep, CommandError> {
    let snapshot = app.snapshot();
    snapshot.task(task)?;
    let recorded = recorded(app, task)?;
    Sweep::of(&snapshot.whole(), task.as_str(), snapshot.settings.clone(), recorded).map_err(failed)
}

/// Previews that are looked through for ones of the task.
const LATEST: u32 = 60;
/// Previews of the task that are run again at the most.
const RECORDED: usize = 5;

/// What was said in the latest previews of the task.
fn recorded(app: &App, task: &TaskId) -> Result<Vec<Path>, CommandError> {
    let mut found = BTreeMap::new();
    for row in app.store().conversations(LATEST)? {
        if found.len() == RECORDED {
            break;
        }
        let log = app.store().log_page(&row.id, 1, 500)?.events;
        if let Some(path) = Path::recorded(&row.id, task, &log) {
            // The same words make the same conversation.
            found.entry(path.lines.clone()).or_insert(path);
        }
    }
    Ok(found.into_values().collect())
}

fn failed(error: RehearsalError) -> CommandError {
    CommandError::new(ErrorCode::Internal, error.to_string())
}
