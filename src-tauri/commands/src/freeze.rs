//! From a bundle's documents to a revision that runs.

use std::collections::{BTreeMap, BTreeSet};

use sha2::{Digest, Sha256};
use taskwright_bundle::BundleContent;
use taskwright_domain::{
    BlockId, BlockKind, Catalogue, LinkTarget, Reading, Revision, RevisionId, Settings, Task, TaskId, TaskName, Team,
    WebhookName,
};
use taskwright_language::read::{READER_VERSION, read};

/// Everything the task's instructions can name.
#[must_use]
pub fn catalogue(content: &BundleContent, task: &Task, settings: &Settings) -> Catalogue {
    let others = content.tasks.iter().filter(|other| other.id != task.id);
    Catalogue {
        actions: content.actions.clone(),
        attributes: task.attributes.iter().chain(&content.attributes).cloned().collect(),
        teams: content.teams.clone(),
        tasks: others
            .map(|other| TaskName {
                id: other.id.clone(),
                title: other.title.clone(),
            })
            .collect(),
        webhooks: webhooks(task),
        settings: settings.clone(),
    }
}

fn webhooks(task: &Task) -> Vec<WebhookName> {
    let blocks = task.all_blocks();
    let named = blocks.into_iter().filter_map(|block| match &block.kind {
        BlockKind::WaitForWebhook { key, fields, .. } => Some(WebhookName {
            block: block.id.clone(),
            key: key.clone(),
            name: block.name.clone(),
            fields: fields.clone(),
        }),
        _ => None,
    });
    named.collect()
}

/// Freezes a task: its text, all it refers to, and the plans read from it. The id is the hash of all of that.
#[must_use]
pub fn freeze(content: &BundleContent, task: &Task, settings: &Settings) -> Revision {
    let mut catalogue = catalogue(content, task, settings);
    let parts = parts(content, task);
    let mut readings = BTreeMap::new();
    for task in std::iter::once(task).chain(parts.values()) {
        for block in task.all_blocks() {
            if let BlockKind::Instructions { text } = &block.kind {
                readings.insert(block.id.clone(), read(text, &catalogue));
            }
        }
    }
    // Of all tasks only those it names: the title of another one is no change of this one.
    let named = named_tasks(&readings);
    let started = match task.id.workflow() {
        Some(_) => runs(task),
        None => BTreeSet::new(),
    };
    let kept = |id: &TaskId| named.contains(id) || parts.contains_key(id) || started.contains(id);
    catalogue.tasks.retain(|other| kept(&other.id));
    if task.id.workflow().is_some() {
        keep_what_is_used(task, &mut catalogue);
    }
    let revision = Revision {
        id: RevisionId::new("unnamed"),
        task: task.clone(),
        catalogue,
        readings,
        parts,
        reader_version: READER_VERSION,
    };
    identify(revision)
}

/// The revision under the hash of what it holds.
fn identify(mut revision: Revision) -> Revision {
    revision.id = RevisionId::new("unnamed");
    let bytes = serde_json::to_vec(&revision).unwrap_or_default();
    let hash: String = Sha256::digest(bytes)
        .iter()
        .take(16)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    revision.id = RevisionId::new(hash);
    revision
}

/// A workflow with the teams as they are now: whom a customer is handed to is no part of its text.
pub(crate) fn with_teams(revision: &Revision, teams: &[Team]) -> Revision {
    let mut revision = revision.clone();
    revision.catalogue.teams = teams.to_vec();
    identify(revision)
}

/// Of teams and actions a workflow keeps those it names, so that it stands as published while others change.
fn keep_what_is_used(workflow: &Task, catalogue: &mut Catalogue) {
    let blocks = workflow.all_blocks();
    let text = serde_json::to_string(&blocks).unwrap_or_default();
    let open = blocks.iter().any(|block| {
        matches!(
            block.kind,
            BlockKind::Instructions { .. } | BlockKind::RunAction { .. } | BlockKind::Branch { .. }
        )
    });
    catalogue
        .actions
        .retain(|action| open || text.contains(&format!("{{{}.", action.result_name)));
    catalogue
        .teams
        .retain(|team| open || text.contains(&format!("\"{}\"", team.id)));
}

/// The tasks that sentences name.
fn named_tasks(readings: &BTreeMap<BlockId, Reading>) -> BTreeSet<TaskId> {
    let sentences = readings.values().flat_map(|reading| &reading.sentences);
    let links = sentences.flat_map(|sentence| &sentence.links);
    let tasks = links.filter_map(|link| match &link.target {
        LinkTarget::Task { task } => Some(task.clone()),
        _ => None,
    });
    tasks.collect()
}

/// The tasks that a task runs, and those that they run.
fn parts(content: &BundleContent, task: &Task) -> BTreeMap<TaskId, Task> {
    let mut found = BTreeMap::new();
    // A workflow begins tasks as customers get them then; it holds no copies.
    if task.id.workflow().is_some() {
        return found;
    }
    let mut open: Vec<TaskId> = runs(task).into_iter().collect();
    while let Some(id) = open.pop() {
        let Some(part) = content.tasks.iter().find(|part| part.id == id) else {
            continue;
        };
        if found.insert(id, part.clone()).is_none() {
            open.extend(runs(part));
        }
    }
    found.remove(&task.id);
    found
}

fn runs(task: &Task) -> BTreeSet<TaskId> {
    let run = task.all_blocks().into_iter().filter_map(|block| match &block.kind {
        BlockKind::RunTask { task: Some(part), .. } => Some(part.clone()),
        _ => None,
    });
    run.collect()
}
