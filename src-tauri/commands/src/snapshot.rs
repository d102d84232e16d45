//! The workspace's documents in memory: typed, and kept up with every write. One program has the workspace, so nobody
//! else writes.

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;
use taskwright_bundle::{BundleContent, ScriptedConversation};
use taskwright_domain::{Action, Article, Attribute, SavedView, Script, Settings, Task, TaskId, Team, Workflow};
use taskwright_store::{DocumentKind, DocumentRow, Store};

use crate::documents::{as_conversation, script};
use crate::error::{CommandError, ErrorCode};

/// How a document stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Standing {
    pub(crate) version: u64,
    pub(crate) updated_at: i64,
}

/// All documents that are not deleted.
#[derive(Debug, Clone, Default)]
pub(crate) struct Snapshot {
    pub(crate) content: BundleContent,
    pub(crate) settings: Settings,
    pub(crate) scripts: Vec<Script>,
    pub(crate) views: Vec<SavedView>,
    /// The workflows as what is read and frozen.
    workflows: Vec<Task>,
    standings: BTreeMap<String, Standing>,
    /// Counts every change but those of a single task's own text; what a reading depends on beside the text.
    pub(crate) shelf: u64,
}

impl Snapshot {
    /// Reads everything.
    pub(crate) fn read(store: &Store) -> Result<Self, CommandError> {
        let mut snapshot = Self::default();
        for kind in DocumentKind::ALL {
            for row in store.documents(kind)? {
                snapshot.take(row)?;
            }
        }
        Ok(snapshot)
    }

    /// What a bundle holds, which nobody changes.
    pub(crate) fn of(content: BundleContent) -> Self {
        Self {
            content,
            ..Self::default()
        }
    }

    /// Brings these documents up to date.
    pub(crate) fn refresh(&mut self, store: &Store, ids: &[String]) -> Result<(), CommandError> {
        for id in ids {
            if let Some(row) = store.document(id)? {
                self.take(row)?;
            }
        }
        Ok(())
    }

    fn take(&mut self, row: DocumentRow) -> Result<(), CommandError> {
        let standing = Standing {
            version: row.version,
            updated_at: row.updated_at,
        };
        if row.deleted {
            self.standings.remove(&row.id);
        } else {
            self.standings.insert(row.id.clone(), standing);
        }
        let content = &mut self.content;
        match row.kind {
            DocumentKind::Task => {
                let titles = |tasks: &[Task]| tasks.iter().map(|task| task.title.clone()).collect::<Vec<_>>();
                let before = titles(&content.tasks);
                put(&mut content.tasks, &row, |task: &Task| task.id.as_str())?;
                if titles(&content.tasks) == before {
                    return Ok(());
                }
            }
            DocumentKind::Action => put(&mut content.actions, &row, |action: &Action| action.id.as_str())?,
            DocumentKind::Attribute => {
                put(&mut content.attributes, &row, |attribute: &Attribute| {
                    attribute.id.as_str()
                })?;
            }
            DocumentKind::Team => put(&mut content.teams, &row, |team: &Team| team.id.as_str())?,
            DocumentKind::Article => put(&mut content.articles, &row, |article: &Article| article.id.as_str())?,
            DocumentKind::Workflow => {
                put(&mut content.workflows, &row, |workflow: &Workflow| workflow.id.as_str())?;
                self.workflows = content.workflows.iter().map(Workflow::as_task).collect();
                return Ok(());
            }
            DocumentKind::Script => put(&mut self.scripts, &row, |script: &Script| script.id.as_str())?,
            DocumentKind::Settings => self.settings = parse(&row)?,
            // No task depends on it.
            DocumentKind::View => return put(&mut self.views, &row, |view: &SavedView| view.id.as_str()),
        }
        self.shelf += 1;
        Ok(())
    }

    /// A task, or a workflow as one.
    pub(crate) fn task(&self, id: &TaskId) -> Result<&Task, CommandError> {
        let (known, what) = match id.workflow() {
            Some(_) => (&self.workflows, "This workflow"),
            None => (&self.content.tasks, "This task"),
        };
        let found = known.iter().find(|task| task.id == *id);
        found.ok_or_else(|| CommandError::not_found(what))
    }

    /// Everything, the scripted conversations among it, as a bundle would hold it.
    pub(crate) fn whole(&self) -> BundleContent {
        BundleContent {
            conversations: self.scripts.iter().map(as_conversation).collect(),
            ..self.content.clone()
        }
    }

    /// The document of a scripted conversation: the one that is there, or a new one.
    pub(crate) fn script_of(&self, conversation: &ScriptedConversation) -> Option<Script> {
        let new = script(conversation)?;
        let mut own = self.scripts.iter();
        let own = own.find(|own| own.task == new.task && own.name == new.name);
        Some(Script {
            id: own.map_or(new.id, |own| own.id.clone()),
            ..new
        })
    }

    /// How a document stands.
    pub(crate) fn standing(&self, id: &str) -> Standing {
        self.standings.get(id).copied().unwrap_or(Standing {
            version: 0,
            updated_at: 0,
        })
    }
}

/// Puts a document at its place in the list, or takes it out where it is deleted.
fn put<T: DeserializeOwned>(list: &mut Vec<T>, row: &DocumentRow, id: impl Fn(&T) -> &str) -> Result<(), CommandError> {
    let at = list.iter().position(|item| id(item) == row.id);
    match (row.deleted, at) {
        (true, Some(at)) => {
            list.remove(at);
        }
        (true, None) => {}
        (false, Some(at)) => list[at] = parse(row)?,
        (false, None) => list.push(parse(row)?),
    }
    Ok(())
}

fn parse<T: DeserializeOwned>(row: &DocumentRow) -> Result<T, CommandError> {
    serde_json::from_value(row.json.clone()).map_err(|error| {
        let message = format!(
            "The stored document {} cannot be read: {error}. Restore a backup of the workspace.",
            row.id
        );
        CommandError::new(ErrorCode::Damaged, message)
    })
}
