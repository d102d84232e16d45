//! What a bundle holds, as types.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use taskwright_domain::{Action, Article, Attribute, Task, TaskId, Team, Workflow};

use crate::slug::{Names, file_name, slug};

/// Everything a bundle holds. What is machine-local (environments, hosts, secrets) has no place in it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct BundleContent {
    /// As people call the bundle.
    pub name: String,
    /// What it is for.
    #[serde(default)]
    pub description: String,
    /// The tasks.
    #[serde(default)]
    pub tasks: Vec<Task>,
    /// The actions they use.
    #[serde(default)]
    pub actions: Vec<Action>,
    /// The workspace's own attributes; temporary ones are in their task.
    #[serde(default)]
    pub attributes: Vec<Attribute>,
    /// The teams they hand off to.
    #[serde(default)]
    pub teams: Vec<Team>,
    /// What leads conversations on a channel.
    #[serde(default)]
    pub workflows: Vec<Workflow>,
    /// Knowledge.
    #[serde(default)]
    pub articles: Vec<Article>,
    /// Scripted conversations.
    #[serde(default)]
    pub conversations: Vec<ScriptedConversation>,
}

/// A conversation written down to try a task with.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ScriptedConversation {
    /// The task it tries; none for one about the whole bundle.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub task: Option<TaskId>,
    /// The name of its file, without `.md`: small letters, digits and dashes.
    pub name: String,
    /// Prose that says why, and a `chat` block.
    pub markdown: String,
}

impl BundleContent {
    /// The workflows as tasks under their own ids, so that what holds for tasks holds for them.
    #[must_use]
    pub(crate) fn folded(mut self) -> Self {
        let workflows = std::mem::take(&mut self.workflows);
        self.tasks.extend(workflows.iter().map(Workflow::as_task));
        self
    }

    /// The same back.
    #[must_use]
    pub(crate) fn unfolded(mut self) -> Self {
        let is_workflow = |task: &Task| task.id.workflow().is_some();
        self.workflows.extend(self.tasks.iter().filter_map(Workflow::of_task));
        self.tasks.retain(|task| !is_workflow(task));
        self
    }

    /// The same content in the order in which it is written, so that equal content gives equal bytes: tasks and
    /// articles by title, actions and attributes by key, teams by name, conversations by task and name. Names of
    /// conversations become names of files.
    #[must_use]
    pub fn in_order(mut self) -> Self {
        self.tasks
            .sort_by_cached_key(|task| (slug(&task.title, "task"), task.id.clone()));
        self.workflows
            .sort_by_cached_key(|workflow| (slug(&workflow.name, "workflow"), workflow.id.clone()));
        self.actions
            .sort_by_cached_key(|action| (action.key.clone(), action.id.clone()));
        self.attributes
            .sort_by_cached_key(|attribute| (attribute.key.clone(), attribute.id.clone()));
        self.teams
            .sort_by_cached_key(|team| (team.name.clone(), team.id.clone()));
        self.articles
            .sort_by_cached_key(|article| (slug(&article.title, "article"), article.id.clone()));
        self.name_conversations();
        self
    }

    fn name_conversations(&mut self) {
        let known: Vec<_> = self.tasks.iter().map(|task| task.id.clone()).collect();
        for conversation in &mut self.conversations {
            conversation.name = file_name(&conversation.name, "conversation");
            conversation.task = conversation.task.take().filter(|task| known.contains(task));
        }
        self.conversations.sort();
        let mut names = BTreeMap::<_, Names>::new();
        for conversation in &mut self.conversations {
            conversation.name = names
                .entry(conversation.task.clone())
                .or_default()
                .take(&conversation.name);
        }
        self.conversations.sort();
    }
}
