//! Tasks: listing, making, reading, changing.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use taskwright_domain::{
    AttributeId, Block, BlockId, BlockKind, Catalogue, Change, DocumentChange, Edit, OptionId, Problem, Reading, Task,
    TaskId, TaskStatus, Workflow,
};
use taskwright_store::{DocumentKind, DocumentWrite};
use ts_rs::TS;

use crate::app::{App, json_of, new_id};
use crate::error::CommandError;
use crate::freeze::catalogue;
use crate::list::{Done, Nothing};
use crate::publishing::{status_in_list, status_of};

/// A task by id.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct OneTask {
    /// Which.
    pub task: TaskId,
}

/// A document by id: of a task or of an action.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct OneDocument {
    /// Which.
    pub document: String,
}

/// What a new task starts with.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct NewTask {
    /// Its title; may be empty.
    pub title: String,
    /// Messages that shall start it.
    #[serde(default)]
    #[ts(as = "Option<Vec<String>>", optional)]
    pub examples: Vec<String>,
}

/// The task that was made.
#[derive(Debug, Clone, Serialize, TS)]
pub struct MadeTask {
    /// Its id.
    pub id: TaskId,
}

/// A row of the list of tasks.
#[derive(Debug, Clone, Serialize, TS)]
pub struct TaskRow {
    /// Its id.
    pub id: TaskId,
    /// Its title.
    pub title: String,
    /// The beginning of its description.
    pub description: String,
    /// How it stands.
    pub status: TaskStatus,
    /// How many problems stand in the way of publishing it; none while that is being found out.
    pub problems: Option<u32>,
    /// When it was last changed: UTC milliseconds since 1970.
    pub updated_at: i64,
}

/// A task with all that its editor shows.
#[derive(Debug, Clone, Serialize, TS)]
pub struct TaskView {
    /// The task.
    pub task: Task,
    /// Its version, for `save_edit`.
    pub version: u64,
    /// How it stands.
    pub status: TaskStatus,
    /// All its problems.
    pub problems: Vec<Problem>,
    /// How each instructions block reads.
    pub readings: BTreeMap<BlockId, Reading>,
    /// Whether there is a step to undo.
    pub can_undo: bool,
    /// Whether there is a step to redo.
    pub can_redo: bool,
    /// Everything its instructions can name.
    pub catalogue: Catalogue,
}

/// A change of the document that `document` names, and of others with it.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SaveEdit {
    /// The document in whose history it stands.
    pub document: String,
    /// The change.
    pub edit: Edit,
    /// The version it was made on.
    pub base_version: u64,
}

/// What came of a change.
#[derive(Debug, Clone, Copy, Serialize, TS)]
pub struct SavedEdit {
    /// The document's version now.
    pub version: u64,
}

/// Characters of a description that the list shows at the most.
const DESCRIPTION_IN_LIST: usize = 160;

pub(crate) async fn list_tasks(app: &App, _origin: &str, _: Nothing) -> Result<Vec<TaskRow>, CommandError> {
    let snapshot = app.snapshot();
    let publications: BTreeMap<_, _> = app.store().publications()?.into_iter().collect();
    let shown = |task: &TaskId| publications.get(task).is_some_and(|publication| !publication.paused);
    let outlines = app.inner.problems.of_all(app, &snapshot, shown);
    let rows = snapshot.content.tasks.iter().map(|task| {
        let standing = snapshot.standing(task.id.as_str());
        let outline = outlines.get(&task.id);
        TaskRow {
            id: task.id.clone(),
            title: task.title.clone(),
            description: task.description.chars().take(DESCRIPTION_IN_LIST).collect(),
            status: status_in_list(outline, standing.updated_at, publications.get(&task.id)),
            problems: outline.map(|outline| outline.problems),
            updated_at: standing.updated_at,
        }
    });
    Ok(rows.collect())
}

pub(crate) async fn create_task(app: &App, origin: &str, args: NewTask) -> Result<MadeTask, CommandError> {
    let block = Block {
        id: BlockId::new(new_id()),
        name: String::new(),
        off: false,
        kind: BlockKind::Instructions { text: String::new() },
    };
    let task = Task {
        id: TaskId::new(new_id()),
        title: args.title.trim().to_owned(),
        description: String::new(),
        examples: args.examples,
        counter_examples: Vec::new(),
        audience: None,
        only_used_by_other_tasks: false,
        blocks: vec![block],
        attributes: Vec::new(),
    };
    write(app, origin, task).await
}

pub(crate) async fn duplicate_task(app: &App, origin: &str, args: OneTask) -> Result<MadeTask, CommandError> {
    only_task(&args.task)?;
    let mut task = app.snapshot().task(&args.task)?.clone();
    task.id = TaskId::new(new_id());
    task.title = format!("{} (copy)", task.title);
    renew(&mut task.blocks);
    for attribute in &mut task.attributes {
        attribute.id = AttributeId::new(new_id());
    }
    write(app, origin, task).await
}

/// A copy's blocks are blocks of their own.
fn renew(blocks: &mut [Block]) {
    for block in blocks {
        block.id = BlockId::new(new_id());
        match &mut block.kind {
            BlockKind::Buttons { options, .. } => {
                for option in options {
                    option.id = OptionId::new(new_id());
                }
            }
            BlockKind::Branch { arms, .. } => {
                for arm in arms {
                    arm.id = OptionId::new(new_id());
                }
            }
            _ => {}
        }
        for children in block.kind.children_mut() {
            renew(children);
        }
    }
}

async fn write(app: &App, origin: &str, task: Task) -> Result<MadeTask, CommandError> {
    let id = task.id.clone();
    let write = DocumentWrite {
        kind: DocumentKind::Task,
        id: id.to_string(),
        json: json_of(&task)?,
    };
    app.put(vec![write], origin).await?;
    Ok(MadeTask { id })
}

pub(crate) async fn delete_task(app: &App, origin: &str, args: OneTask) -> Result<Done, CommandError> {
    only_task(&args.task)?;
    app.snapshot().task(&args.task)?;
    app.set_deleted(args.task.as_str(), true, origin).await
}

/// A workflow is neither copied nor deleted: one leads every conversation on a channel.
fn only_task(id: &TaskId) -> Result<(), CommandError> {
    match id.workflow() {
        Some(_) => Err(CommandError::bad_request(
            "A workflow cannot be copied or deleted. Change its blocks instead.",
        )),
        None => Ok(()),
    }
}

pub(crate) async fn restore_task(app: &App, origin: &str, args: OneTask) -> Result<Done, CommandError> {
    app.set_deleted(args.task.as_str(), false, origin).await
}

pub(crate) async fn read_task(app: &App, _origin: &str, args: OneTask) -> Result<TaskView, CommandError> {
    let snapshot = app.snapshot();
    let task = snapshot.task(&args.task)?;
    let (can_undo, can_redo) = app.store().can_undo_redo(task.id.as_str())?;
    let publication = app.store().publication(&task.id)?;
    let checked = crate::check::check_task(&snapshot.content, task, &snapshot.settings, &app.reach()?);
    Ok(TaskView {
        version: snapshot.standing(task.id.as_str()).version,
        status: status_of(app, &snapshot, task, publication.as_ref()),
        problems: checked.problems,
        readings: checked.readings,
        can_undo,
        can_redo,
        catalogue: catalogue(&snapshot.content, task, &snapshot.settings),
        task: task.clone(),
    })
}

pub(crate) async fn save_edit(app: &App, origin: &str, args: SaveEdit) -> Result<SavedEdit, CommandError> {
    let touched: Vec<String> = args.edit.changes.iter().map(|change| change.document.clone()).collect();
    let saved = app
        .store()
        .save_edit(&args.document, args.edit, args.base_version, app.now(), origin)
        .await?;
    app.refresh(&touched)?;
    Ok(SavedEdit { version: saved.version })
}

/// A task, or a workflow kept as one, as it is stored.
fn document_of(task: &Task) -> Result<serde_json::Value, CommandError> {
    match Workflow::of_task(task) {
        Some(workflow) => json_of(&workflow),
        None => json_of(task),
    }
}

/// Replaces a whole document as one step of its history.
pub(crate) async fn replace(app: &App, origin: &str, task: &Task, label: &str) -> Result<(), CommandError> {
    let snapshot = app.snapshot();
    let id = task.id.to_string();
    let change = Change::Set {
        path: String::new(),
        before: document_of(snapshot.task(&task.id)?)?,
        after: document_of(task)?,
    };
    let edit = Edit {
        label: label.to_owned(),
        changes: vec![DocumentChange {
            document: id.clone(),
            change,
        }],
    };
    let base_version = snapshot.standing(&id).version;
    let args = SaveEdit {
        document: id,
        edit,
        base_version,
    };
    save_edit(app, origin, args).await.map(|_| ())
}

pub(crate) async fn undo(app: &App, origin: &str, args: OneDocument) -> Result<Done, CommandError> {
    let stepped = app.store().undo(&args.document, app.now(), origin).await?;
    app.refresh(&stepped.map(|stepped| stepped.documents).unwrap_or_default())
}

pub(crate) async fn redo(app: &App, origin: &str, args: OneDocument) -> Result<Done, CommandError> {
    let stepped = app.store().redo(&args.document, app.now(), origin).await?;
    app.refresh(&stepped.map(|stepped| stepped.documents).unwrap_or_default())
}
