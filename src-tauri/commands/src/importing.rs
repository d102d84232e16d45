//! Actions made from a curl command or an OpenAPI document: looked at first, then made in one step that can be taken back.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use taskwright_domain::{Action, ActionId, FileId};
use taskwright_import::openapi::Document;
use taskwright_import::{Draft, ImportError, curl};
use taskwright_store::{DocumentKind, DocumentWrite};
use ts_rs::TS;

use crate::actions::free_key;
use crate::app::{App, json_of, new_id};
use crate::error::CommandError;

/// Operations that are taken at once.
const MOST: usize = 200;

/// What actions are made from.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ImportSource {
    /// A curl command.
    Curl {
        /// The command.
        text: String,
        /// Keys of values that stay as the example has them.
        #[serde(default)]
        fixed: Vec<String>,
    },
    /// Operations of an OpenAPI 3 document.
    OpenApi {
        /// The document.
        file: FileId,
        /// The operations, each like `GET /orders/{id}`.
        operations: Vec<String>,
    },
}

/// A document to look into.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct OneDocumentFile {
    /// The stored file.
    pub file: FileId,
}

/// What an OpenAPI document offers.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ApiOutline {
    /// What it is called.
    pub title: String,
    /// Its operations, in its own order.
    pub operations: Vec<ApiOperation>,
}

/// An operation that can become an action.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ApiOperation {
    /// What it is chosen by: `GET /orders/{id}`.
    pub id: String,
    /// What it does.
    pub summary: String,
    /// What it belongs to; may be empty.
    pub group: String,
    /// The document advises against it.
    pub deprecated: bool,
}

/// Something to look at before actions are made.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PreviewImport {
    /// What they would be made from.
    pub source: ImportSource,
}

/// An action as it would be made.
#[derive(Clone, Serialize, TS)]
pub struct DraftAction {
    /// The action. Its id is none yet.
    pub action: Action,
    /// What its path is put behind, where the source says so.
    pub base_url: Option<String>,
    /// The secrets it names.
    pub secrets: Vec<DraftSecret>,
    /// The values of the example, by input key.
    pub samples: BTreeMap<String, String>,
    /// What was not taken over.
    pub notes: Vec<String>,
}

/// A secret that an action names.
#[derive(Clone, Serialize, TS)]
pub struct DraftSecret {
    /// Its name.
    pub name: String,
    /// What it is for.
    pub purpose: String,
    /// What was pasted. It is given out here only, to be offered to the store of secrets, and stands in no document.
    pub value: Option<String>,
}

/// Actions to be made.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ImportActions {
    /// What they are made from.
    pub source: ImportSource,
    /// Names that were changed, by the place of the action in the preview.
    #[serde(default)]
    pub names: BTreeMap<u32, String>,
}

/// The actions that were made.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ImportedActions {
    /// Takes them all back by `undo_import`.
    pub import: String,
    /// Their ids, in order.
    pub actions: Vec<ActionId>,
}

impl From<ImportError> for CommandError {
    fn from(error: ImportError) -> Self {
        Self::bad_request(error.to_string())
    }
}

pub(crate) async fn read_api(app: &App, _origin: &str, args: OneDocumentFile) -> Result<ApiOutline, CommandError> {
    let document = document(app, &args.file).await?;
    let operations = document.operations().into_iter();
    Ok(ApiOutline {
        title: document.title(),
        operations: operations
            .map(|operation| ApiOperation {
                id: operation.id,
                summary: operation.summary,
                group: operation.group,
                deprecated: operation.deprecated,
            })
            .collect(),
    })
}

async fn document(app: &App, file: &FileId) -> Result<Document, CommandError> {
    let (_, bytes) = app.get_file(file.as_str()).await?;
    let text = String::from_utf8(bytes)
        .map_err(|_| CommandError::bad_request("This file is no text. An OpenAPI document is JSON or YAML."))?;
    // A large document takes a moment; other commands must not wait for it.
    let read = tokio::task::spawn_blocking(move || Document::read(&text)).await;
    Ok(read.map_err(|error| CommandError::host(error.to_string()))??)
}

pub(crate) async fn preview_import(
    app: &App,
    _origin: &str,
    args: PreviewImport,
) -> Result<Vec<DraftAction>, CommandError> {
    let drafts = drafts(app, &args.source).await?.into_iter();
    let shown = drafts.map(|draft| DraftAction {
        action: draft.action,
        base_url: draft.base_url,
        secrets: draft
            .secrets
            .into_iter()
            .map(|secret| DraftSecret {
                name: secret.name,
                purpose: secret.purpose,
                value: secret.value,
            })
            .collect(),
        samples: draft.samples,
        notes: draft.notes,
    });
    Ok(shown.collect())
}

async fn drafts(app: &App, source: &ImportSource) -> Result<Vec<Draft>, CommandError> {
    match source {
        ImportSource::Curl { text, fixed } => {
            let fixed: BTreeSet<String> = fixed.iter().cloned().collect();
            Ok(vec![curl::read(text, &fixed)?])
        }
        ImportSource::OpenApi { file, operations } => {
            if operations.is_empty() {
                return Err(CommandError::bad_request("Choose at least one operation.").at("/source/operations"));
            }
            let document = document(app, file).await?;
            let drafts = operations.iter().take(MOST).map(|operation| document.draft(operation));
            Ok(drafts.collect::<Result<_, _>>()?)
        }
    }
}

/// Makes them all or none, as one step.
pub(crate) async fn import_actions(
    app: &App,
    origin: &str,
    args: ImportActions,
) -> Result<ImportedActions, CommandError> {
    let mut known = app.snapshot().content.actions.clone();
    let mut made = Vec::new();
    for (at, draft) in drafts(app, &args.source).await?.into_iter().enumerate() {
        let mut action = draft.action;
        let name = u32::try_from(at)
            .ok()
            .and_then(|at| args.names.get(&at))
            .map(|name| name.trim());
        if let Some(name) = name.filter(|name| !name.is_empty() && *name != action.name) {
            rename(&mut action, name);
        }
        action.id = ActionId::new(new_id());
        action.key = free_key(&known, &action.key);
        known.push(action.clone());
        made.push(action);
    }
    let mut writes = Vec::new();
    for action in &made {
        writes.push(DocumentWrite {
            kind: DocumentKind::Action,
            id: action.id.to_string(),
            json: json_of(action)?,
        });
    }
    let label = match made.as_slice() {
        [one] => format!("Imported \"{}\"", one.name),
        several => format!("Imported {} actions", several.len()),
    };
    let import = app.store().import_documents(&label, writes, app.now(), origin).await?;
    app.reread()?;
    Ok(ImportedActions {
        import: import.0,
        actions: made.into_iter().map(|action| action.id).collect(),
    })
}

fn rename(action: &mut Action, name: &str) {
    name.clone_into(&mut action.name);
    action.key = taskwright_domain::key_for(name);
    let object = action
        .key
        .split_once('_')
        .map_or(action.key.as_str(), |(_, object)| object);
    action.result_name = object.to_owned();
}
