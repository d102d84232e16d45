//! From the files of an unpacked bundle to content.

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;
use taskwright_domain::{Task, TaskId, Workflow};

use crate::manifest::Manifest;
use crate::path::{check_path, check_paths};
use crate::unique::duplicate_ids;
use crate::{BundleContent, BundleError, Files, ScriptedConversation, article_file, json, task_file, text};

/// Whether the hashes in the manifest must fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hashes {
    /// They must: for a bundle that somebody sent.
    Check,
    /// They need not: for a folder that a person is editing.
    Ignore,
}

/// The content of a bundle's files, in order (see [`BundleContent::in_order`]).
///
/// # Errors
/// With the first thing that makes the bundle unfit to import. [`verify`](crate::verify) finds all of them.
pub fn from_files(files: &Files, hashes: Hashes) -> Result<BundleContent, BundleError> {
    let read = read_all(files, hashes);
    match read.errors.into_iter().next() {
        Some(error) => Err(error),
        None => Ok(read.content),
    }
}

/// What could be read, and everything that could not.
#[derive(Default)]
pub(crate) struct ReadBundle {
    pub(crate) content: BundleContent,
    pub(crate) errors: Vec<BundleError>,
    /// Which document stands in which file, by id.
    pub(crate) places: Vec<(String, String)>,
}

impl ReadBundle {
    fn keep<T>(&mut self, result: Result<T, BundleError>) -> Option<T> {
        result.map_err(|error| self.errors.push(error)).ok()
    }

    fn place(&mut self, id: &str, path: &str) {
        self.places.push((id.to_owned(), path.to_owned()));
    }
}

/// Reads as much as there is.
pub(crate) fn read_all(files: &Files, hashes: Hashes) -> ReadBundle {
    let mut read = ReadBundle::default();
    if read.keep(check_paths(files)).is_none() {
        return read;
    }
    let Some(manifest) = read.keep(Manifest::read(files)) else {
        return read;
    };
    if hashes == Hashes::Check {
        read.errors.extend(manifest.differences(files));
    }
    read.content.name = manifest.name;
    read.content.description = manifest.description;
    read_documents(files, &mut read);
    read.errors.extend(duplicate_ids(&read.content, &read.places));
    read.content = read.content.in_order();
    read
}

fn read_documents(files: &Files, read: &mut ReadBundle) {
    let mut tasks = BTreeMap::new();
    for (path, bytes) in files {
        match kind_of(path) {
            FileKind::Task { folder } => {
                if let Some(task) = read.keep(read_with_texts::<Task>(files, path, folder, bytes)) {
                    read.place(task.id.as_str(), path);
                    tasks.insert(folder.to_owned(), task.id.clone());
                    read.content.tasks.push(task);
                }
            }
            FileKind::Workflow { folder } => {
                if let Some(workflow) = read.keep(read_with_texts::<Workflow>(files, path, folder, bytes)) {
                    read.place(workflow.id.as_str(), path);
                    read.content.workflows.push(workflow);
                }
            }
            FileKind::Action => {
                if let Some(action) = read.keep(json::from_file::<taskwright_domain::Action>(path, bytes)) {
                    read.place(action.id.as_str(), path);
                    read.content.actions.push(action);
                }
            }
            FileKind::Article => {
                if let Some(article) = read.keep(article_file::from_file(path, bytes)) {
                    read.place(article.id.as_str(), path);
                    read.content.articles.push(article);
                }
            }
            FileKind::Attributes => read.content.attributes = read_list(path, bytes, read),
            FileKind::Teams => read.content.teams = read_list(path, bytes, read),
            FileKind::Conversation { .. } | FileKind::Other => {}
        }
    }
    read_conversations(files, &tasks, read);
}

fn read_list<T: DeserializeOwned>(path: &str, bytes: &[u8], read: &mut ReadBundle) -> Vec<T> {
    read.keep(json::from_file(path, bytes)).unwrap_or_default()
}

fn read_with_texts<T: DeserializeOwned>(
    files: &Files,
    path: &str,
    folder: &str,
    bytes: &[u8],
) -> Result<T, BundleError> {
    let mut value = json::parse(path, bytes)?;
    task_file::join(&mut value, &|name| {
        let text_path = format!("{folder}/{name}");
        check_path(&text_path)?;
        let missing = || BundleError::MissingFile {
            path: text_path.clone(),
            wanted_by: path.to_owned(),
        };
        text::from_file(&text_path, files.get(&text_path).ok_or_else(missing)?)
    })?;
    json::from_value(path, value)
}

fn read_conversations(files: &Files, tasks: &BTreeMap<String, TaskId>, read: &mut ReadBundle) {
    for (path, bytes) in files {
        let FileKind::Conversation { folder, name } = kind_of(path) else {
            continue;
        };
        if let Some(markdown) = read.keep(text::from_file(path, bytes)) {
            let task = folder.and_then(|folder| tasks.get(folder)).cloned();
            read.content.conversations.push(ScriptedConversation {
                task,
                name: name.to_owned(),
                markdown,
            });
        }
    }
}

/// What a file of a bundle is, by its path.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum FileKind<'a> {
    /// `tasks/<slug>/task.json`
    Task { folder: &'a str },
    /// `tasks/<slug>/conversations/<name>.md`, or without a task
    Conversation { folder: Option<&'a str>, name: &'a str },
    /// `workflows/<slug>/workflow.json`
    Workflow { folder: &'a str },
    /// `actions/<key>.json`
    Action,
    /// `articles/<slug>.md`
    Article,
    /// `attributes.json`
    Attributes,
    /// `teams.json`
    Teams,
    /// Anything else.
    Other,
}

pub(crate) fn kind_of(path: &str) -> FileKind<'_> {
    let parts: Vec<_> = path.split('/').collect();
    match parts.as_slice() {
        ["tasks", slug, "task.json"] => FileKind::Task {
            folder: &path[..slug.len() + 6],
        },
        ["workflows", slug, "workflow.json"] => FileKind::Workflow {
            folder: &path[..slug.len() + 10],
        },
        ["tasks", slug, "conversations", file] => match file.strip_suffix(".md") {
            Some(name) => FileKind::Conversation {
                folder: Some(&path[..slug.len() + 6]),
                name,
            },
            None => FileKind::Other,
        },
        ["conversations", file] => match file.strip_suffix(".md") {
            Some(name) => FileKind::Conversation { folder: None, name },
            None => FileKind::Other,
        },
        ["actions", file] if file.ends_with(".json") => FileKind::Action,
        ["articles", file] if file.ends_with(".md") => FileKind::Article,
        ["attributes.json"] => FileKind::Attributes,
        ["teams.json"] => FileKind::Teams,
        _ => FileKind::Other,
    }
}
