//! From content to the files of an unpacked bundle.

use std::collections::BTreeMap;

use serde::Serialize;
use taskwright_domain::{Action, Task, TaskId, Workflow};

use crate::manifest::{MANIFEST, Manifest};
use crate::slug::{Names, slug, stem_of_key};
use crate::{
    BundleContent, BundleError, Files, article_file, connection_sheet, for_export, json, readme, schema, task_file,
    text,
};

/// The files of an unpacked bundle, manifest and all. Equal content gives equal bytes, in whatever order it comes.
/// Hosts and literal passwords stay behind (see [`for_export`]).
///
/// # Errors
/// When something in the content cannot be written as JSON.
pub fn to_files(content: &BundleContent) -> Result<Files, BundleError> {
    let (content, withheld) = for_export(content);
    let content = content.in_order();
    let mut files = Files::new();
    write_tasks(&content, &mut files)?;
    write_workflows(&content.workflows, &mut files)?;
    write_actions(&content.actions, &mut files)?;
    write_list("attributes.json", &content.attributes, &mut files)?;
    write_list("teams.json", &content.teams, &mut files)?;
    write_articles(&content, &mut files);
    files.extend(schema::schema_files()?);
    if !content.workflows.is_empty() {
        files.extend(schema::workflow_schema_file()?);
    }
    files.insert("README.md".into(), readme::readme(&content).into_bytes());
    if let Some(sheet) = connection_sheet::connection_sheet(&content, &withheld) {
        files.insert("connection-sheet.md".into(), sheet.into_bytes());
    }
    let manifest = Manifest::of(&content.name, &content.description, &files);
    files.insert(MANIFEST.into(), json::to_file(MANIFEST, &manifest)?);
    Ok(files)
}

fn write_tasks(content: &BundleContent, files: &mut Files) -> Result<(), BundleError> {
    let mut names = Names::default();
    let mut folders = BTreeMap::new();
    for task in &content.tasks {
        let folder = format!("tasks/{}", names.take(&slug(&task.title, "task")));
        write_task(task, &folder, files)?;
        folders.insert(task.id.clone(), folder);
    }
    write_conversations(content, &folders, files);
    Ok(())
}

fn write_task(task: &Task, folder: &str, files: &mut Files) -> Result<(), BundleError> {
    let path = format!("{folder}/task.json");
    let split = task_file::split(&path, task)?;
    for (name, words) in &split.texts {
        files.insert(format!("{folder}/{name}"), text::to_file(words));
    }
    files.insert(path.clone(), json::to_file(&path, &split.json)?);
    Ok(())
}

fn write_workflows(workflows: &[Workflow], files: &mut Files) -> Result<(), BundleError> {
    let mut names = Names::default();
    for workflow in workflows {
        let folder = format!("workflows/{}", names.take(&slug(&workflow.name, "workflow")));
        let path = format!("{folder}/workflow.json");
        let split = task_file::split_workflow(&path, workflow)?;
        for (name, words) in &split.texts {
            files.insert(format!("{folder}/{name}"), text::to_file(words));
        }
        files.insert(path.clone(), json::to_file(&path, &split.json)?);
    }
    Ok(())
}

fn write_conversations(content: &BundleContent, folders: &BTreeMap<TaskId, String>, files: &mut Files) {
    for conversation in &content.conversations {
        let folder = conversation.task.as_ref().and_then(|task| folders.get(task));
        let folder = folder.map_or(String::new(), |folder| format!("{folder}/"));
        files.insert(
            format!("{folder}conversations/{}.md", conversation.name),
            text::to_file(&conversation.markdown),
        );
    }
}

fn write_actions(actions: &[Action], files: &mut Files) -> Result<(), BundleError> {
    let mut names = Names::default();
    for action in actions {
        let path = format!("actions/{}.json", names.take(&stem_of_key(&action.key, "action")));
        let bytes = json::to_file(&path, action)?;
        files.insert(path, bytes);
    }
    Ok(())
}

fn write_articles(content: &BundleContent, files: &mut Files) {
    let mut names = Names::default();
    for article in &content.articles {
        let name = names.take(&slug(&article.title, "article"));
        files.insert(format!("articles/{name}.md"), article_file::to_file(article));
    }
}

fn write_list<T: Serialize>(path: &str, items: &[T], files: &mut Files) -> Result<(), BundleError> {
    if !items.is_empty() {
        files.insert(path.to_owned(), json::to_file(path, &items)?);
    }
    Ok(())
}
