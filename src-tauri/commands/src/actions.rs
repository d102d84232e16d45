//! Actions: listing, making, reading. They are changed by `save_edit` like tasks.

use serde::{Deserialize, Serialize};
use taskwright_domain::{Action, ActionId, Problem, Task, TaskName, Template, key_for};
use taskwright_store::{DocumentKind, DocumentWrite};
use ts_rs::TS;

use crate::app::{App, json_of, new_id};
use crate::check::{check_action, uses_action};
use crate::error::CommandError;
use crate::list::{Done, Nothing};
use crate::stand_alone::{answers_alone, reply_of};

/// An action by id.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct OneAction {
    /// Which.
    pub action: ActionId,
}

/// What a new action starts with.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct NewAction {
    /// Its name; may be empty.
    pub name: String,
}

/// The action that was made.
#[derive(Debug, Clone, Serialize, TS)]
pub struct MadeAction {
    /// Its id.
    pub id: ActionId,
}

/// A row of the list of actions.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ActionRow {
    /// Its id.
    pub id: ActionId,
    /// Its name.
    pub name: String,
    /// Its key.
    pub key: String,
    /// What it does.
    pub description: String,
    /// It has a request and a live address that was confirmed on this machine.
    pub connected: bool,
    /// It changes something out there.
    pub changes_data: bool,
    /// A message may start it outside any task.
    pub answers_alone: bool,
    /// The tasks that run it.
    pub used_by: Vec<TaskName>,
}

/// An action with all that its editor shows.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ActionView {
    /// The action.
    pub action: Action,
    /// Its version, for `save_edit`.
    pub version: u64,
    /// All its problems.
    pub problems: Vec<Problem>,
    /// Whether there is a step to undo.
    pub can_undo: bool,
    /// Whether there is a step to redo.
    pub can_redo: bool,
    /// The tasks that run it.
    pub used_by: Vec<TaskName>,
    /// What it says where it answers on its own and no reply is written.
    pub usual_reply: Template,
}

pub(crate) async fn list_actions(app: &App, _origin: &str, _: Nothing) -> Result<Vec<ActionRow>, CommandError> {
    let snapshot = app.snapshot();
    let reach = app.reach()?;
    let rows = snapshot.content.actions.iter().map(|action| ActionRow {
        id: action.id.clone(),
        name: action.name.clone(),
        key: action.key.clone(),
        description: action.description.clone(),
        connected: action.request.is_some() && !reach.unconfirmed.contains(&action.id),
        changes_data: action.changes_data,
        answers_alone: answers_alone(action),
        used_by: used_by(&snapshot.content.tasks, action),
    });
    Ok(rows.collect())
}

/// The tasks whose blocks or instructions run an action. Instructions name it by its pill or its name.
fn used_by(tasks: &[Task], action: &Action) -> Vec<TaskName> {
    let using = tasks.iter().filter(|task| uses_action(task, action));
    using
        .map(|task| TaskName {
            id: task.id.clone(),
            title: task.title.clone(),
        })
        .collect()
}

pub(crate) async fn read_action(app: &App, _origin: &str, args: OneAction) -> Result<ActionView, CommandError> {
    let snapshot = app.snapshot();
    let action = find(&snapshot.content.actions, &args.action)?;
    let (can_undo, can_redo) = app.store().can_undo_redo(action.id.as_str())?;
    Ok(ActionView {
        version: snapshot.standing(action.id.as_str()).version,
        problems: check_action(&snapshot.content, action, &app.reach()?),
        can_undo,
        can_redo,
        used_by: used_by(&snapshot.content.tasks, action),
        usual_reply: reply_of(&Action {
            reply: Template::default(),
            ..action.clone()
        }),
        action: action.clone(),
    })
}

fn find<'a>(actions: &'a [Action], id: &ActionId) -> Result<&'a Action, CommandError> {
    let found = actions.iter().find(|action| action.id == *id);
    found.ok_or_else(|| CommandError::not_found("This action"))
}

pub(crate) async fn create_action(app: &App, origin: &str, args: NewAction) -> Result<MadeAction, CommandError> {
    let snapshot = app.snapshot();
    let name = args.name.trim().to_owned();
    let key = free_key(
        &snapshot.content.actions,
        if name.is_empty() { "new action" } else { &name },
    );
    let object = key
        .split_once('_')
        .map_or(key.as_str(), |(_, object)| object)
        .to_owned();
    let action = Action {
        id: ActionId::new(new_id()),
        result_name: object,
        key,
        name,
        description: String::new(),
        inputs: Vec::new(),
        outputs: Vec::new(),
        changes_data: false,
        needs_confirmation: false,
        receiver_honours_key: false,
        answers_on_its_own: false,
        examples: Vec::new(),
        reply: Template::default(),
        condition: None,
        request: None,
        stubs: Vec::new(),
        on_failure: taskwright_domain::OnFailure::default(),
    };
    let id = action.id.clone();
    let write = DocumentWrite {
        kind: DocumentKind::Action,
        id: id.to_string(),
        json: json_of(&action)?,
    };
    app.put(vec![write], origin).await?;
    Ok(MadeAction { id })
}

/// The name as a key, with a number where it is taken.
pub(crate) fn free_key(actions: &[Action], name: &str) -> String {
    let key = key_for(name);
    let taken = |key: &str| actions.iter().any(|action| action.key == key);
    if !taken(&key) {
        return key;
    }
    (2..)
        .map(|number| format!("{key}_{number}"))
        .find(|key| !taken(key))
        .unwrap_or(key)
}

pub(crate) async fn delete_action(app: &App, origin: &str, args: OneAction) -> Result<Done, CommandError> {
    find(&app.snapshot().content.actions, &args.action)?;
    app.set_deleted(args.action.as_str(), true, origin).await
}

pub(crate) async fn restore_action(app: &App, origin: &str, args: OneAction) -> Result<Done, CommandError> {
    app.set_deleted(args.action.as_str(), false, origin).await
}
