//! Bundles out and in.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde::{Deserialize, Serialize};
use taskwright_bundle::{
    BundleContent, BundleNoun, ComparedItem, Files, Hashes, ImportChoice, MergeError, compare, for_export, from_files,
    merge, pack, to_files, unpack,
};
use taskwright_domain::{ActionId, BlockKind, FileId, LinkTarget, Task, TaskId, TeamId, Workflow};
use taskwright_store::{DocumentKind, DocumentWrite, Store};
use ts_rs::TS;

use crate::app::App;
use crate::check::check_task;
use crate::documents::{add, as_conversation};
use crate::error::{CommandError, ErrorCode};
use crate::list::Done;
use crate::reach::Reach;
use crate::snapshot::Snapshot;

/// A stored file with the name to save it under.
#[derive(Debug, Clone, Serialize, TS)]
pub struct NamedFile {
    /// Its id.
    pub file: String,
    /// A good name for it.
    pub name: String,
}

/// A bundle, ready to be saved.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ExportedBundle {
    /// The file's id.
    pub file: String,
    /// A good name for it.
    pub name: String,
    /// What stayed behind, a line each: hosts, passwords and keys that somebody typed into a document.
    pub left_out: Vec<String>,
}

/// Which tasks to export, with all they use.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ExportBundle {
    /// The tasks.
    pub tasks: Vec<TaskId>,
}

/// A stored file by id.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct OneFile {
    /// Which.
    pub file: FileId,
}

/// What an import would change.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ImportPreview {
    /// The bundle's name.
    pub name: String,
    /// What it is for.
    pub description: String,
    /// Every document of it beside what is there.
    pub items: Vec<ComparedItem>,
}

/// What to do about the documents of a bundle.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ImportBundle {
    /// The bundle.
    pub file: FileId,
    /// By the id a document has in the bundle, where the default is not wanted; a conflict has no default.
    pub choices: BTreeMap<String, ImportChoice>,
}

/// What came of an import.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Imported {
    /// Takes it back by `undo_import`; none where nothing was written.
    pub import: Option<String>,
    /// The tasks that were written.
    pub tasks: Vec<TaskId>,
}

/// An import to take back.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct UndoImport {
    /// Which.
    pub import: String,
}

impl From<MergeError> for CommandError {
    fn from(error: MergeError) -> Self {
        Self::new(ErrorCode::Conflict, error.to_string())
    }
}

impl App {
    /// The tasks with all they use, as a bundle. Writing it leaves out what must not travel (see [`left_out`]).
    ///
    /// # Errors
    /// When one of them does not exist.
    pub fn bundle(&self, tasks: &[TaskId]) -> Result<BundleContent, CommandError> {
        bundle_of(&self.snapshot(), tasks)
    }

    /// Sets a bundle beside what is there.
    #[must_use]
    pub fn inspect(&self, theirs: &BundleContent) -> ImportPreview {
        ImportPreview {
            name: theirs.name.clone(),
            description: theirs.description.clone(),
            items: compare(&self.snapshot().whole(), theirs).items,
        }
    }

    /// Writes a bundle's documents, all or none.
    ///
    /// # Errors
    /// When a conflict has no choice, or it cannot be written.
    pub async fn import(
        &self,
        theirs: &BundleContent,
        choices: &BTreeMap<String, ImportChoice>,
        origin: &str,
    ) -> Result<Imported, CommandError> {
        let snapshot = self.snapshot();
        let merged = merge(&snapshot.whole(), theirs, choices)?;
        if merged.is_empty() {
            return Ok(Imported {
                import: None,
                tasks: Vec::new(),
            });
        }
        let scripts: Vec<_> = merged
            .conversations
            .iter()
            .filter_map(|conversation| snapshot.script_of(conversation))
            .collect();
        let documents = merged.documents.into_iter();
        let mut writes: Vec<_> = documents
            .map(|document| DocumentWrite {
                kind: kind_of(document.noun),
                id: document.document,
                json: document.json,
            })
            .collect();
        let tasks = writes.iter().filter(|write| write.kind == DocumentKind::Task);
        let tasks = tasks.map(|write| TaskId(write.id.clone())).collect();
        self.doubt_connections(&snapshot, &writes).await?;
        add(&mut writes, DocumentKind::Script, &scripts, |script| {
            script.id.to_string()
        })?;
        let label = format!("Imported \"{}\"", theirs.name);
        let import = self
            .store()
            .import_documents(&label, writes, self.now(), origin)
            .await?;
        self.reread()?;
        Ok(Imported {
            import: Some(import.0),
            tasks,
        })
    }
}

/// Tasks with all they use, as a bundle.
fn bundle_of(snapshot: &Snapshot, tasks: &[TaskId]) -> Result<BundleContent, CommandError> {
    for task in tasks {
        snapshot.task(task)?;
    }
    let mut content = snapshot.content.clone();
    let used = Used::by(&content, tasks, &snapshot.settings);
    content.tasks.retain(|task| used.tasks.contains(&task.id));
    content
        .workflows
        .retain(|workflow| used.tasks.contains(&workflow.id.as_task()));
    content.actions.retain(|action| used.actions.contains(&action.id));
    content.teams.retain(|team| used.teams.contains(&team.id));
    content
        .attributes
        .retain(|attribute| used.references.contains(&attribute.key));
    let scripts = snapshot
        .scripts
        .iter()
        .filter(|script| used.tasks.contains(&script.task));
    content.conversations = scripts.map(as_conversation).collect();
    // Knowledge is what the assistant answers from; a task that never lets it answer needs none.
    let answers = |task: &Task| {
        let blocks = task.all_blocks().into_iter();
        blocks
            .map(|block| &block.kind)
            .any(|kind| matches!(kind, BlockKind::LetAssistantAnswer { .. }))
    };
    let led = content.workflows.iter().map(Workflow::as_task);
    if !content.tasks.iter().any(answers) && !led.into_iter().any(|workflow| answers(&workflow)) {
        content.articles.clear();
    }
    content.name = match &content.tasks[..] {
        [one] => one.title.clone(),
        [] => content
            .workflows
            .first()
            .map_or_else(String::new, |one| one.name.clone()),
        several => format!("{} tasks", several.len()),
    };
    content.description.clear();
    Ok(content)
}

/// What stays behind when this is exported, a line each.
#[must_use]
pub fn left_out(content: &BundleContent) -> Vec<String> {
    for_export(content).1.iter().map(ToString::to_string).collect()
}

/// The tasks of these titles, or all where none is named, with all they use. The workspace may be open elsewhere.
///
/// # Errors
/// When there is no workspace in the folder, or no task of such a title.
pub fn read_bundle(folder: &Path, titles: &[String]) -> Result<BundleContent, CommandError> {
    let snapshot = Snapshot::read(&Store::open_to_read(folder)?)?;
    let tasks = &snapshot.content.tasks;
    let mut chosen = Vec::new();
    for title in titles {
        let found = tasks.iter().find(|task| task.title.eq_ignore_ascii_case(title));
        let task = found.ok_or_else(|| CommandError::not_found(&format!("The task \"{title}\"")))?;
        chosen.push(task.id.clone());
    }
    if titles.is_empty() {
        chosen.extend(tasks.iter().map(|task| task.id.clone()));
        chosen.extend(snapshot.content.workflows.iter().map(|workflow| workflow.id.as_task()));
    }
    bundle_of(&snapshot, &chosen)
}

fn kind_of(noun: BundleNoun) -> DocumentKind {
    match noun {
        BundleNoun::Task => DocumentKind::Task,
        BundleNoun::Workflow => DocumentKind::Workflow,
        BundleNoun::Action => DocumentKind::Action,
        BundleNoun::Attribute => DocumentKind::Attribute,
        BundleNoun::Team => DocumentKind::Team,
        BundleNoun::Article => DocumentKind::Article,
    }
}

/// What some tasks use, directly or through the tasks they run.
#[derive(Default)]
struct Used {
    tasks: BTreeSet<TaskId>,
    actions: BTreeSet<ActionId>,
    teams: BTreeSet<TeamId>,
    references: BTreeSet<String>,
}

impl Used {
    fn by(content: &BundleContent, tasks: &[TaskId], settings: &taskwright_domain::Settings) -> Self {
        let mut used = Self::default();
        let mut open = tasks.to_vec();
        while let Some(id) = open.pop() {
            let workflow = content.workflows.iter().find(|workflow| workflow.id.as_task() == id);
            let workflow = workflow.map(Workflow::as_task);
            let own = content.tasks.iter().find(|task| task.id == id);
            let Some(task) = workflow.as_ref().or(own) else {
                continue;
            };
            if used.tasks.insert(id) {
                open.extend(used.take(content, task, settings));
            }
        }
        used.add_what_actions_use(content);
        used
    }

    /// Notes what a task uses; the tasks it runs are handed back.
    fn take(&mut self, content: &BundleContent, task: &Task, settings: &taskwright_domain::Settings) -> Vec<TaskId> {
        let mut parts = Vec::new();
        for block in task.all_blocks() {
            match &block.kind {
                BlockKind::RunAction { action, .. } => self.actions.extend(action.clone()),
                BlockKind::HandOff { team, .. } => self.teams.extend(team.clone()),
                BlockKind::RunTask { task: part, .. } => parts.extend(part.clone()),
                _ => {}
            }
        }
        for reading in check_task(content, task, settings, &Reach::default()).readings.values() {
            for link in reading.sentences.iter().flat_map(|sentence| &sentence.links) {
                match &link.target {
                    LinkTarget::Action { action } => drop(self.actions.insert(action.clone())),
                    LinkTarget::Team { team } => drop(self.teams.insert(team.clone())),
                    LinkTarget::Task { task } => parts.push(task.clone()),
                    LinkTarget::Reference { .. } | LinkTarget::Webhook { .. } => {}
                }
            }
        }
        // Whatever stands in the text as `{key}` or `"key"` is a reference; one too many does no harm.
        let text = serde_json::to_string(task).unwrap_or_default();
        let named = content
            .attributes
            .iter()
            .filter(|attribute| text.contains(&attribute.key));
        self.references.extend(named.map(|attribute| attribute.key.clone()));
        let by_result = content
            .actions
            .iter()
            .filter(|action| text.contains(&format!("{{{}.", action.result_name)));
        self.actions.extend(by_result.map(|action| action.id.clone()));
        parts
    }

    fn add_what_actions_use(&mut self, content: &BundleContent) {
        for action in content
            .actions
            .iter()
            .filter(|action| self.actions.contains(&action.id))
        {
            self.teams.extend(action.on_failure.team.clone());
            let text = serde_json::to_string(action).unwrap_or_default();
            let named = content
                .attributes
                .iter()
                .filter(|attribute| text.contains(&attribute.key));
            self.references.extend(named.map(|attribute| attribute.key.clone()));
        }
    }
}

pub(crate) async fn export_bundle(
    app: &App,
    _origin: &str,
    args: ExportBundle,
) -> Result<ExportedBundle, CommandError> {
    if args.tasks.is_empty() {
        return Err(CommandError::bad_request("Choose at least one task to export."));
    }
    let content = app.bundle(&args.tasks)?;
    let name = format!("{}.taskbundle", taskwright_bundle::slug(&content.name, "tasks"));
    let file = app.put_file(pack(&to_files(&content)?)?, &name).await?;
    Ok(ExportedBundle {
        file: file.to_string(),
        name,
        left_out: left_out(&content),
    })
}

pub(crate) async fn inspect_bundle(app: &App, _origin: &str, args: OneFile) -> Result<ImportPreview, CommandError> {
    Ok(app.inspect(&content_of(app, &args.file).await?))
}

pub(crate) async fn import_bundle(app: &App, origin: &str, args: ImportBundle) -> Result<Imported, CommandError> {
    let theirs = content_of(app, &args.file).await?;
    app.import(&theirs, &args.choices, origin).await
}

async fn content_of(app: &App, file: &FileId) -> Result<BundleContent, CommandError> {
    let (_, bytes) = app.get_file(file.as_str()).await?;
    let files: Files = unpack(&bytes)?;
    Ok(from_files(&files, Hashes::Check)?)
}

pub(crate) async fn undo_import(app: &App, origin: &str, args: UndoImport) -> Result<Done, CommandError> {
    app.store().undo_import(&args.import, app.now(), origin).await?;
    app.reread()
}
