//! A workspace in a folder, opened as the program opens it, and what a test asks of it.

use std::path::Path;

use serde_json::{Value as Json, json};
use taskwright_commands::{App, CommandError, Options, SubscribeRequest};

/// A workspace that is open.
#[derive(Clone)]
pub struct Opened(pub App);

impl Opened {
    /// Opens the workspace of a folder; a new one has the samples.
    ///
    /// # Errors
    /// When it cannot be opened.
    pub async fn at(folder: &Path) -> Result<Self, CommandError> {
        let options = Options {
            data_dir: folder.to_owned(),
            program: "the test".to_owned(),
            max_pages: None,
        };
        App::open(options).await.map(Self)
    }

    /// Asks for something that a front end can ask for.
    ///
    /// # Errors
    /// As the command.
    pub async fn call(&self, name: &str, args: Json) -> Result<Json, CommandError> {
        self.0.call("test", name, args).await
    }

    /// Confirms an address of this machine as the live system of every action.
    ///
    /// # Errors
    /// When it cannot be saved.
    pub async fn connect(&self, address: &str) -> Result<(), CommandError> {
        let rows = self.call("list_connections", json!({})).await?;
        let actions: Vec<_> = rows
            .as_array()
            .into_iter()
            .flatten()
            .map(|row| &row["action"])
            .collect();
        let args = json!({"actions": actions, "addresses": {"live": address}, "inside": {"live": true}});
        self.call("save_connections", args).await.map(|_| ())
    }

    /// Starts a preview of a task whose actions call the live system; its conversation.
    ///
    /// # Errors
    /// When it cannot be started.
    pub async fn start_live(&self, task: &str) -> Result<String, CommandError> {
        let args = json!({"task": task, "from_the_start": false, "calls": "live"});
        let started = self.call("start_preview", args).await?;
        Ok(started["conversation"].as_str().unwrap_or_default().to_owned())
    }

    /// The events of a conversation.
    ///
    /// # Errors
    /// When there is none.
    pub async fn log(&self, conversation: &str) -> Result<Vec<Json>, CommandError> {
        let args = json!({"conversation": conversation, "from": 1, "limit": 500});
        let mut page = self.call("read_log", args).await?;
        Ok(page["events"].as_array_mut().map(std::mem::take).unwrap_or_default())
    }

    /// The events of a conversation once every call that was begun has its receipt; those it has so far, where the
    /// workspace is closed meanwhile.
    ///
    /// # Errors
    /// When there is none.
    pub async fn settled(&self, conversation: &str) -> Result<Vec<Json>, CommandError> {
        let id = taskwright_domain::ConversationId(conversation.to_owned());
        let mut following = self.0.subscribe(SubscribeRequest {
            conversation: Some(id),
            ..SubscribeRequest::default()
        });
        loop {
            let log = self.log(conversation).await?;
            let begun = count(&log, &["action_started"]);
            let ended = count(&log, &["action_succeeded", "action_failed", "action_unresolved"]);
            if begun == ended || following.recv().await.is_none() {
                return Ok(log);
            }
        }
    }
}

/// How many events are of one of these kinds.
#[must_use]
pub fn count(log: &[Json], kinds: &[&str]) -> usize {
    log.iter()
        .filter(|event| kinds.contains(&event["kind"].as_str().unwrap_or_default()))
        .count()
}
