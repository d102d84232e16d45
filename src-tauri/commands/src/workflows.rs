//! Workflows: what leads a conversation on a channel. One ships with every workspace; it is read, checked, published and
//! restored like a task, under its own id.

use serde::Serialize;
use taskwright_domain::{
    Block, BlockId, BlockKind, Outcome, Period, PeriodUnit, RevisionId, TaskStatus, Template, Workflow, WorkflowId,
};
use taskwright_store::{DocumentKind, DocumentWrite};
use ts_rs::TS;

use crate::app::{App, json_of};
use crate::error::CommandError;
use crate::list::Nothing;
use crate::publishing::status_of;

/// Who put the default workflow there.
const ORIGIN: &str = "samples";
/// Silence from which on a customer counts as gone.
const IDLE: Period = Period {
    count: 10,
    unit: PeriodUnit::Minutes,
};

/// A workflow in a list.
#[derive(Debug, Clone, Serialize, TS)]
pub struct WorkflowRow {
    /// Its id; the editor takes it for a task's.
    pub id: WorkflowId,
    /// Its name.
    pub name: String,
    /// How it stands.
    pub status: TaskStatus,
    /// When it was last changed: UTC milliseconds since 1970.
    pub updated_at: i64,
}

/// The workflow that every workspace begins with: it greets, lets the assistant answer, asks whether that helped, and
/// asks for a rating.
#[must_use]
pub fn default_workflow() -> Workflow {
    let block = |part: &str, name: &str, kind: BlockKind| Block {
        id: BlockId::new(format!("default_{part}")),
        name: name.to_owned(),
        off: false,
        kind,
    };
    Workflow {
        id: WorkflowId::new("default"),
        name: "Every new conversation".to_owned(),
        blocks: vec![
            block(
                "greeting",
                "Greeting",
                BlockKind::Message {
                    text: Template::new("Hi! How can I help you today?"),
                },
            ),
            block(
                "answer",
                "",
                BlockKind::LetAssistantAnswer {
                    idle: IDLE,
                    follow_up: Template::new("Did that help?"),
                },
            ),
            block(
                "rating",
                "Rating",
                BlockKind::AskForRating {
                    question: Template::new("How would you rate this conversation, from 1 to 5?"),
                },
            ),
            block(
                "thanks",
                "Goodbye",
                BlockKind::Message {
                    text: Template::new("Thank you! Just write again when you need anything else."),
                },
            ),
            block("end", "", BlockKind::End { outcome: Outcome::Done }),
        ],
        attributes: Vec::new(),
    }
}

/// Puts the default workflow into a workspace that has none, and publishes it: a new workspace, or one of an older
/// program.
pub(crate) async fn ensure(app: &App) -> Result<(), CommandError> {
    let workflow = default_workflow();
    if app.store().document(workflow.id.as_str())?.is_none() {
        let write = DocumentWrite {
            kind: DocumentKind::Workflow,
            id: workflow.id.to_string(),
            json: json_of(&workflow)?,
        };
        app.put(vec![write], ORIGIN).await?;
    }
    let task = workflow.id.as_task();
    if app.store().publication(&task)?.is_none() {
        let revision = app.inner.home.freeze(&task).await?;
        app.store().publish(&task, &revision, app.now(), ORIGIN).await?;
    }
    Ok(())
}

/// The workflow that a new conversation on a channel is led by, in the revision that is live now.
///
/// # Errors
/// When there is none, or it cannot be read.
pub async fn live(app: &App) -> Result<(WorkflowId, RevisionId), CommandError> {
    let snapshot = app.snapshot();
    let workflow = snapshot.content.workflows.first();
    let workflow = workflow
        .ok_or_else(|| CommandError::not_found("A workflow"))?
        .id
        .clone();
    let revision = app.inner.home.live_workflow(&workflow).await?;
    Ok((workflow, revision))
}

pub(crate) async fn list_workflows(app: &App, _origin: &str, _: Nothing) -> Result<Vec<WorkflowRow>, CommandError> {
    let snapshot = app.snapshot();
    let mut rows = Vec::new();
    for workflow in &snapshot.content.workflows {
        let task = snapshot.task(&workflow.id.as_task())?;
        let publication = app.store().publication(&task.id)?;
        rows.push(WorkflowRow {
            id: workflow.id.clone(),
            name: workflow.name.clone(),
            status: status_of(app, &snapshot, task, publication.as_ref()),
            updated_at: snapshot.standing(workflow.id.as_str()).updated_at,
        });
    }
    Ok(rows)
}

#[cfg(test)]
mod tests;
