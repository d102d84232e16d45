//! Giving the answer of an action another name, wherever it is written, as one step that can be undone.

use serde::{Deserialize, Serialize};
use taskwright_bundle::{BundleContent, KeyOf, rename_key};
use taskwright_domain::{ActionId, Change, DocumentChange, Edit, key_for, key_in_words};
use ts_rs::TS;

use crate::app::{App, json_of};
use crate::check::is_free;
use crate::error::CommandError;
use crate::list::Done;
use crate::snapshot::Snapshot;

/// Another name for an action's answer.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct RenameAnswer {
    /// In whose history the step stands: a task's, a workflow's or the action's.
    pub document: String,
    /// The action; others whose answer has the same name are renamed with it.
    pub action: ActionId,
    /// The name, snake_case.
    pub to: String,
}

pub(crate) async fn rename_answer(app: &App, origin: &str, args: RenameAnswer) -> Result<Done, CommandError> {
    let snapshot = app.snapshot();
    let action = snapshot.content.actions.iter().find(|action| action.id == args.action);
    let action = action.ok_or_else(|| CommandError::not_found("This action"))?;
    if args.to != key_for(&args.to) {
        let message = format!(
            "\"{}\" is no name for an answer. Use small letters, digits and _.",
            args.to
        );
        return Err(CommandError::bad_request(message).at("/to"));
    }
    if !is_free(&snapshot.content, &args.to) {
        let message = format!("Something else is called \"{}\" already. Choose another name.", args.to);
        return Err(CommandError::bad_request(message).at("/to"));
    }
    let before = snapshot.whole();
    let mut after = before.clone();
    rename_key(&mut after, &KeyOf::ResultName, &action.result_name, &args.to);
    let edit = Edit {
        label: format!("Called the answer of {} {}", action.name, key_in_words(&args.to)),
        changes: changes(&snapshot, &before, &after)?,
    };
    let base_version = snapshot.standing(&args.document).version;
    let touched: Vec<String> = edit.changes.iter().map(|change| change.document.clone()).collect();
    app.store()
        .save_edit(&args.document, edit, base_version, app.now(), origin)
        .await?;
    app.refresh(&touched)
}

/// What the documents say differently now.
fn changes(
    snapshot: &Snapshot,
    before: &BundleContent,
    after: &BundleContent,
) -> Result<Vec<DocumentChange>, CommandError> {
    let mut changes = Vec::new();
    compare(&mut changes, &before.actions, &after.actions, |action| {
        action.id.to_string()
    })?;
    compare(&mut changes, &before.tasks, &after.tasks, |task| task.id.to_string())?;
    compare(&mut changes, &before.workflows, &after.workflows, |workflow| {
        workflow.id.to_string()
    })?;
    compare(&mut changes, &before.attributes, &after.attributes, |attribute| {
        attribute.id.to_string()
    })?;
    let scripts = |content: &BundleContent| -> Vec<_> {
        let all = content.conversations.iter();
        all.filter_map(|conversation| snapshot.script_of(conversation))
            .collect()
    };
    compare(&mut changes, &scripts(before), &scripts(after), |script| {
        script.id.to_string()
    })?;
    Ok(changes)
}

fn compare<T: PartialEq + Serialize>(
    changes: &mut Vec<DocumentChange>,
    before: &[T],
    after: &[T],
    id: impl Fn(&T) -> String,
) -> Result<(), CommandError> {
    for (before, after) in before.iter().zip(after).filter(|(before, after)| before != after) {
        changes.push(DocumentChange {
            document: id(after),
            change: Change::Set {
                path: String::new(),
                before: json_of(before)?,
                after: json_of(after)?,
            },
        });
    }
    Ok(())
}
