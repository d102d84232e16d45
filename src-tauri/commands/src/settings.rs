//! The workspace as a whole.

use serde::{Deserialize, Serialize};
use taskwright_domain::{ConversationId, Settings, WorkspaceId};
use taskwright_store::{DocumentKind, DocumentWrite};
use ts_rs::TS;

use crate::app::{App, json_of};
use crate::backup;
use crate::bundles::NamedFile;
use crate::error::CommandError;
use crate::list::{Done, Nothing};

/// The workspace.
#[derive(Debug, Clone, Serialize, TS)]
pub struct WorkspaceView {
    /// Its id.
    pub id: WorkspaceId,
    /// The folder's name.
    pub name: String,
    /// The folder.
    pub path: String,
}

/// Settings as they shall be.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SaveSettings {
    /// They.
    pub settings: Settings,
}

/// The one row that settings are.
const SETTINGS: &str = "settings";

pub(crate) async fn read_workspace(app: &App, _origin: &str, _: Nothing) -> Result<WorkspaceView, CommandError> {
    let folder = app.store().folder();
    let name = folder.file_name().map(|name| name.to_string_lossy().into_owned());
    Ok(WorkspaceView {
        id: app.store().workspace_id(),
        name: name.unwrap_or_else(|| "Taskwright".to_owned()),
        path: folder.display().to_string(),
    })
}

pub(crate) async fn read_settings(app: &App, _origin: &str, _: Nothing) -> Result<Settings, CommandError> {
    Ok(app.snapshot().settings.clone())
}

pub(crate) async fn save_settings(app: &App, origin: &str, args: SaveSettings) -> Result<Done, CommandError> {
    check(&args.settings)?;
    let write = DocumentWrite {
        kind: DocumentKind::Settings,
        id: SETTINGS.to_owned(),
        json: json_of(&args.settings)?,
    };
    app.put(vec![write], origin).await
}

fn check(settings: &Settings) -> Result<(), CommandError> {
    if jiff::tz::TimeZone::get(&settings.time_zone).is_err() {
        let message = format!(
            "\"{}\" is no time zone. Use a name such as Europe/Berlin.",
            settings.time_zone
        );
        return Err(CommandError::bad_request(message).at("/time_zone"));
    }
    let currency = settings.currency.as_str();
    if currency.len() != 3 || !currency.chars().all(|letter| letter.is_ascii_uppercase()) {
        let message = format!("\"{currency}\" is no currency. Use three letters such as EUR.");
        return Err(CommandError::bad_request(message).at("/currency"));
    }
    Ok(())
}

pub(crate) async fn backup_workspace(app: &App, _origin: &str, _: Nothing) -> Result<NamedFile, CommandError> {
    backup::make(app.store(), app.now())
}

/// Conversations that wait for a webhook: they pause while the program is closed.
pub(crate) async fn list_waits(app: &App, _origin: &str, _: Nothing) -> Result<Vec<ConversationId>, CommandError> {
    let open = app.store().open_conversations()?;
    let waiting = open.into_iter().filter(|(_, standing)| !standing.waits.is_empty());
    Ok(waiting.map(|(conversation, _)| conversation).collect())
}
