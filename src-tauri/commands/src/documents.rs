//! From what a bundle holds to documents of the workspace.

use serde::Serialize;
use taskwright_bundle::{BundleContent, ScriptedConversation};
use taskwright_domain::{Script, ScriptId};
use taskwright_store::{DocumentKind, DocumentWrite};

use crate::app::json_of;
use crate::error::CommandError;

/// Everything in a bundle, as documents to write.
pub(crate) fn writes(content: &BundleContent) -> Result<Vec<DocumentWrite>, CommandError> {
    let mut writes = Vec::new();
    add(&mut writes, DocumentKind::Task, &content.tasks, |task| {
        task.id.to_string()
    })?;
    add(&mut writes, DocumentKind::Action, &content.actions, |action| {
        action.id.to_string()
    })?;
    add(&mut writes, DocumentKind::Attribute, &content.attributes, |attribute| {
        attribute.id.to_string()
    })?;
    add(&mut writes, DocumentKind::Team, &content.teams, |team| {
        team.id.to_string()
    })?;
    add(&mut writes, DocumentKind::Article, &content.articles, |article| {
        article.id.to_string()
    })?;
    add(&mut writes, DocumentKind::Workflow, &content.workflows, |workflow| {
        workflow.id.to_string()
    })?;
    add(&mut writes, DocumentKind::Script, &scripts(content), |script| {
        script.id.to_string()
    })?;
    Ok(writes)
}

/// The scripted conversations of a bundle's tasks.
fn scripts(content: &BundleContent) -> Vec<Script> {
    content.conversations.iter().filter_map(script).collect()
}

/// A task's scripted conversation as a document of the workspace.
pub(crate) fn script(conversation: &ScriptedConversation) -> Option<Script> {
    let task = conversation.task.clone()?;
    let own = task.as_str().trim_start_matches("task_");
    Some(Script {
        id: ScriptId::new(format!("{own}_{}", conversation.name)),
        name: conversation.name.clone(),
        markdown: conversation.markdown.clone(),
        task,
    })
}

/// A scripted conversation as a bundle holds it.
pub(crate) fn as_conversation(script: &Script) -> ScriptedConversation {
    ScriptedConversation {
        task: Some(script.task.clone()),
        name: script.name.clone(),
        markdown: script.markdown.clone(),
    }
}

pub(crate) fn add<T: Serialize>(
    writes: &mut Vec<DocumentWrite>,
    kind: DocumentKind,
    documents: &[T],
    id: impl Fn(&T) -> String,
) -> Result<(), CommandError> {
    for document in documents {
        writes.push(DocumentWrite {
            kind,
            id: id(document),
            json: json_of(document)?,
        });
    }
    Ok(())
}
