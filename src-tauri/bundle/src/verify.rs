//! Everything that is wrong with a bundle, all at once.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use taskwright_domain::{Block, BlockKind, Condition, Task, Workflow};
use ts_rs::TS;

use crate::credential::well_known_key;
use crate::manifest::MANIFEST;
use crate::read::{FileKind, ReadBundle, kind_of, read_all};
use crate::{BundleCode, BundleContent, BundleError, Files, Hashes, json, task_file};

/// Something about a bundle that whoever sends or receives it should know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(rename = "BundleFinding")]
pub struct Finding {
    /// What kind of thing.
    pub code: BundleCode,
    /// How much it matters.
    pub level: FindingLevel,
    /// The file it is about.
    pub path: Option<String>,
    /// What is wrong, where, and how to mend it.
    pub message: String,
}

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum FindingLevel {
    /// The bundle is not imported.
    Refused,
    /// It is imported, and something is likely to be missing.
    Warning,
}

/// All findings, those that keep a bundle from being imported first. None: it is sound.
#[must_use]
pub fn verify(files: &Files) -> Vec<Finding> {
    let read = read_all(files, Hashes::Check);
    let mut findings: Vec<_> = read.errors.iter().map(refused).collect();
    findings.extend(duplicate_keys(&read.content));
    findings.extend(dangling(&read));
    findings.extend(unknown_fields(files));
    findings.extend(unused_files(files));
    findings.extend(secrets(files));
    findings
}

fn refused(error: &BundleError) -> Finding {
    Finding {
        code: error.code(),
        level: FindingLevel::Refused,
        path: error.path().map(str::to_owned),
        message: error.to_string(),
    }
}

fn warning(code: BundleCode, path: Option<String>, message: String) -> Finding {
    Finding {
        code,
        level: FindingLevel::Warning,
        path,
        message,
    }
}

fn duplicate_keys(content: &BundleContent) -> Vec<Finding> {
    let mut findings = twice("actions", content.actions.iter().map(|action| action.key.as_str()));
    findings.extend(twice(
        "attributes",
        content.attributes.iter().map(|attribute| attribute.key.as_str()),
    ));
    findings.extend(twice("teams", content.teams.iter().map(|team| team.name.as_str())));
    let blocks = || content.tasks.iter().flat_map(Task::all_blocks);
    findings.extend(twice(
        "webhooks",
        blocks().filter_map(|block| match &block.kind {
            BlockKind::WaitForWebhook { key, .. } => Some(key.as_str()),
            _ => None,
        }),
    ));
    for task in &content.tasks {
        let what = format!("temporary attributes of “{}”", task.title);
        findings.extend(twice(
            &what,
            task.attributes.iter().map(|attribute| attribute.key.as_str()),
        ));
    }
    findings
}

fn twice<'a>(what: &str, keys: impl Iterator<Item = &'a str>) -> Vec<Finding> {
    let mut seen = BTreeSet::new();
    keys.filter(|key| !key.is_empty())
        .filter(|key| !seen.insert(*key))
        .map(|key| {
            warning(
                BundleCode::DuplicateKey,
                None,
                format!("two {what} are called `{key}`. Rename one of them"),
            )
        })
        .collect()
}

fn dangling(read: &ReadBundle) -> Vec<Finding> {
    let mut findings = Vec::new();
    let workflows: Vec<Task> = read.content.workflows.iter().map(Workflow::as_task).collect();
    for task in read.content.tasks.iter().chain(&workflows) {
        let path = read
            .places
            .iter()
            .find(|(id, _)| *id == task.id.0)
            .map(|(_, path)| path.clone());
        for what in missing_in_task(task, &read.content) {
            let message = format!(
                "“{}” names {what}, which the bundle does not hold. Export it too, or take it out",
                task.title
            );
            findings.push(warning(BundleCode::Dangling, path.clone(), message));
        }
    }
    for action in &read.content.actions {
        let path = read
            .places
            .iter()
            .find(|(id, _)| *id == action.id.0)
            .map(|(_, path)| path.clone());
        let team = action.on_failure.team.as_ref();
        if let Some(team) = team.filter(|team| !read.content.teams.iter().any(|known| known.id == **team)) {
            let message = format!(
                "“{}” names the team `{team}`, which the bundle does not hold. Export it too, or take it out",
                action.name
            );
            findings.push(warning(BundleCode::Dangling, path, message));
        }
    }
    findings
}

fn missing_in_task(task: &Task, content: &BundleContent) -> Vec<String> {
    let mut names = Vec::new();
    let action_known = |id: &taskwright_domain::ActionId| content.actions.iter().any(|action| action.id == *id);
    for block in task.all_blocks() {
        match &block.kind {
            BlockKind::RunAction { action: Some(id), .. } if !action_known(id) => {
                names.push(format!("the action `{id}`"))
            }
            BlockKind::HandOff { team: Some(id), .. } if !content.teams.iter().any(|team| team.id == *id) => {
                names.push(format!("the team `{id}`"));
            }
            BlockKind::RunTask { task: Some(id), .. } if !content.tasks.iter().any(|task| task.id == *id) => {
                names.push(format!("the task `{id}`"));
            }
            _ => names.extend(missing_attributes(block, task, content)),
        }
        for condition in conditions(block) {
            actions_in(condition, &mut |id| {
                if !action_known(id) {
                    names.push(format!("the action `{id}`"));
                }
            });
        }
    }
    names
}

fn missing_attributes(block: &Block, task: &Task, content: &BundleContent) -> Vec<String> {
    let keys: Vec<_> = match &block.kind {
        BlockKind::CollectAttribute { attributes } => attributes.iter().collect(),
        BlockKind::SetAttribute { attribute, .. } => vec![attribute],
        _ => Vec::new(),
    };
    let known = |key: &str| {
        task.attributes
            .iter()
            .chain(&content.attributes)
            .any(|attribute| attribute.key == key)
    };
    keys.into_iter()
        .filter(|key| !key.is_empty() && !known(key))
        .map(|key| format!("the attribute `{key}`"))
        .collect()
}

fn conditions(block: &Block) -> Vec<&Condition> {
    match &block.kind {
        BlockKind::Branch { arms, .. } => arms.iter().filter_map(|arm| arm.condition.as_ref()).collect(),
        _ => Vec::new(),
    }
}

fn actions_in(condition: &Condition, found: &mut dyn FnMut(&taskwright_domain::ActionId)) {
    match condition {
        Condition::All { parts } | Condition::Any { parts } => parts.iter().for_each(|part| actions_in(part, found)),
        Condition::Not { part } => actions_in(part, found),
        Condition::Action { action, .. } => found(action),
        _ => {}
    }
}

/// Fields that would be dropped on import: usually a slip of the pen.
fn unknown_fields(files: &Files) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, bytes) in files {
        let known: fn(&str, &Json) -> Option<Json> = match kind_of(path) {
            FileKind::Task { .. } => known_task,
            FileKind::Action => known_action,
            FileKind::Attributes => again::<Vec<taskwright_domain::Attribute>>,
            FileKind::Teams => again::<Vec<taskwright_domain::Team>>,
            _ if path == MANIFEST => again::<crate::Manifest>,
            _ => continue,
        };
        let Ok(written) = json::parse(path, bytes) else {
            continue;
        };
        let Some(known) = known(path, &written) else { continue };
        let mut pointers = Vec::new();
        dropped(&written, &known, String::new(), &mut pointers);
        for pointer in pointers {
            let message = format!(
                "`{path}` has a field `{pointer}` that this program does not know and leaves out. Check its spelling"
            );
            findings.push(warning(BundleCode::UnknownField, Some(path.clone()), message));
        }
    }
    findings
}

/// The value as it is written after it was read.
fn again<T: Serialize + serde::de::DeserializeOwned>(path: &str, written: &Json) -> Option<Json> {
    serde_json::to_value(json::from_value::<T>(path, written.clone()).ok()?).ok()
}

/// An action's body may stand there as the JSON itself, as older programs wrote it: it is known all the same.
fn known_action(path: &str, written: &Json) -> Option<Json> {
    let mut known = again::<taskwright_domain::Action>(path, written)?;
    let older = written
        .pointer("/request/body")
        .filter(|body| !taskwright_domain::is_written_today(body));
    if let (Some(body), Some(place)) = (older, known.pointer_mut("/request/body")) {
        *place = body.clone();
    }
    Some(known)
}

fn known_task(path: &str, written: &Json) -> Option<Json> {
    let mut with_texts = written.clone();
    task_file::join(&mut with_texts, &|name| Ok(name.to_owned())).ok()?;
    again::<Task>(path, &with_texts)
}

fn dropped(written: &Json, known: &Json, pointer: String, found: &mut Vec<String>) {
    match (written, known) {
        (Json::Object(written), Json::Object(known)) => {
            for (key, value) in written {
                let place = format!("{pointer}/{key}");
                match known.get(key) {
                    Some(known) => dropped(value, known, place, found),
                    None if is_default(value) || key == "$schema" => {}
                    None => found.push(place),
                }
            }
        }
        (Json::Array(written), Json::Array(known)) => {
            for (at, (value, known)) in written.iter().zip(known).enumerate() {
                dropped(value, known, format!("{pointer}/{at}"), found);
            }
        }
        _ => {}
    }
}

/// Values that are left out when written, because they are what a missing field means.
fn is_default(value: &Json) -> bool {
    match value {
        Json::Null | Json::Bool(false) => true,
        Json::String(text) => text.is_empty(),
        Json::Array(items) => items.is_empty(),
        Json::Object(fields) => fields.is_empty(),
        Json::Bool(true) | Json::Number(_) => false,
    }
}

fn unused_files(files: &Files) -> Vec<Finding> {
    let mut used: BTreeSet<String> = ["README.md", "connection-sheet.md", MANIFEST].map(str::to_owned).into();
    for (path, bytes) in files {
        match kind_of(path) {
            FileKind::Other => continue,
            FileKind::Task { folder } => {
                let named = json::parse(path, bytes)
                    .map(|task| task_file::named_files(&task))
                    .unwrap_or_default();
                used.extend(named.into_iter().map(|name| format!("{folder}/{name}")));
            }
            _ => {}
        }
        used.insert(path.clone());
    }
    files
        .keys()
        .filter(|path| !used.contains(*path) && !is_schema(path))
        .map(|path| {
            warning(
                BundleCode::UnusedFile,
                Some(path.clone()),
                format!("nothing uses `{path}`; it is not imported. Remove it, or name it in a `task.json`"),
            )
        })
        .collect()
}

fn is_schema(path: &str) -> bool {
    path.starts_with("schemas/")
}

fn secrets(files: &Files) -> Vec<Finding> {
    files
        .iter()
        .filter(|(path, _)| !is_schema(path))
        .filter_map(|(path, bytes)| {
            let key = well_known_key(std::str::from_utf8(bytes).ok()?)?;
            let begin: String = key.chars().take(4).collect();
            let message = format!("`{path}` holds what looks like a password or key (`{begin}…`). Take it out and replace it where it is valid");
            Some(warning(BundleCode::LooksLikeSecret, Some(path.clone()), message))
        })
        .collect()
}
