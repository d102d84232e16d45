//! Publishing: freezing a task for customers, pausing it, going back.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use taskwright_domain::{RevisionId, Severity, Task, TaskId, TaskStatus};
use taskwright_store::Publication;
use ts_rs::TS;

use crate::app::App;
use crate::check::check_task;
use crate::error::{CommandError, ErrorCode};
use crate::list::Done;
use crate::problems::Outline;
use crate::snapshot::Snapshot;
use crate::tasks::{OneTask, replace};

/// A revision that was published.
#[derive(Debug, Clone, Serialize, TS)]
pub struct RevisionRow {
    /// Its id.
    pub id: RevisionId,
    /// When: UTC milliseconds since 1970.
    pub published_at: i64,
    /// Customers get this one.
    pub live: bool,
}

/// Which revision to go back to.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct RestoreRevision {
    /// The task.
    pub task: TaskId,
    /// The revision.
    pub revision: RevisionId,
}

/// How a task stands.
pub(crate) fn status_of(
    app: &App,
    snapshot: &Arc<Snapshot>,
    task: &Task,
    publication: Option<&Publication>,
) -> TaskStatus {
    status(publication, |publication| {
        app.inner.problems.revision_of(snapshot, task) == publication.revision
    })
}

/// How a task stands, as far as a list knows it: before its revision is worked out, the times of the last change and of
/// the last publishing tell.
pub(crate) fn status_in_list(
    outline: Option<&Outline>,
    updated_at: i64,
    publication: Option<&Publication>,
) -> TaskStatus {
    status(publication, |publication| {
        match outline.and_then(|outline| outline.revision.as_ref()) {
            Some(revision) => *revision == publication.revision,
            None => updated_at <= publication.published_at,
        }
    })
}

fn status(publication: Option<&Publication>, is_newest: impl FnOnce(&Publication) -> bool) -> TaskStatus {
    match publication {
        None => TaskStatus::Draft,
        Some(publication) if publication.paused => TaskStatus::Paused,
        Some(publication) if is_newest(publication) => TaskStatus::On,
        Some(_) => TaskStatus::OnWithChanges,
    }
}

pub(crate) async fn publish_task(app: &App, origin: &str, args: OneTask) -> Result<Done, CommandError> {
    let snapshot = app.snapshot();
    let task = snapshot.task(&args.task)?;
    let problems = check_task(&snapshot.content, task, &snapshot.settings, &app.reach()?).problems;
    let blocking: Vec<_> = problems
        .iter()
        .filter(|problem| problem.severity == Severity::Blocks)
        .collect();
    if let Some(first) = blocking.first() {
        let what = match args.task.workflow() {
            Some(_) => "workflow",
            None => "task",
        };
        let message = match blocking.len() {
            1 => format!("One problem keeps this {what} from being published: {}", first.message),
            more => format!(
                "{more} problems keep this {what} from being published. The first: {}",
                first.message
            ),
        };
        return Err(CommandError::new(ErrorCode::Problems, message));
    }
    let revision = app.inner.home.freeze(&args.task).await?;
    app.store().publish(&args.task, &revision, app.now(), origin).await?;
    Ok(())
}

pub(crate) async fn pause_task(app: &App, origin: &str, args: OneTask) -> Result<Done, CommandError> {
    Ok(app.store().set_paused(&args.task, true, app.now(), origin).await?)
}

pub(crate) async fn resume_task(app: &App, origin: &str, args: OneTask) -> Result<Done, CommandError> {
    Ok(app.store().set_paused(&args.task, false, app.now(), origin).await?)
}

pub(crate) async fn list_revisions(app: &App, _origin: &str, args: OneTask) -> Result<Vec<RevisionRow>, CommandError> {
    let rows = app.store().published_revisions(&args.task)?;
    let rows = rows.into_iter().map(|row| RevisionRow {
        id: row.id,
        published_at: row.published_at,
        live: row.live,
    });
    Ok(rows.collect())
}

/// The old revision becomes the draft; it can be undone like any other change.
pub(crate) async fn restore_revision(app: &App, origin: &str, args: RestoreRevision) -> Result<Done, CommandError> {
    let found = app.store().revision(&args.revision)?;
    let revision = found.ok_or_else(|| CommandError::not_found("This revision"))?;
    if revision.task.id != args.task {
        return Err(CommandError::bad_request("This revision belongs to another task."));
    }
    replace(app, origin, &revision.task, "Restored an earlier revision").await
}
