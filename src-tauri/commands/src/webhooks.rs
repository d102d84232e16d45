//! Webhooks: where other systems call back, the server that listens there, and trying a call out.

pub(crate) mod address;
mod answer;
mod call;
mod desk;
mod trial;

use serde::{Deserialize, Serialize};
use taskwright_domain::{Block, BlockId, BlockKind, ConversationId};
use taskwright_engine::address_of;
use ts_rs::TS;

pub use answer::CallAnswer;
pub use call::IncomingCall;
pub(crate) use call::{KEY_LIFE, Turns};
pub use desk::{ServerState, ServerWanted, WebhookDesk, WebhookSettings};
pub use trial::{SendWebhook, SentAnswer, TrialCall};

use crate::app::{App, json_of};
use crate::error::CommandError;
use crate::list::{Done, Nothing};
use crate::snapshot::Snapshot;

pub(crate) use trial::{content as content_of_example, misshapen, send_webhook};

/// The server for webhooks, as Settings shows it.
#[derive(Debug, Clone, Serialize, TS)]
pub struct WebhookServerView {
    /// How it is set.
    pub settings: WebhookSettings,
    /// How it is.
    pub state: ServerState,
    /// Why it listens or shall listen; none while nothing needs it.
    pub because: Option<String>,
    /// What the addresses begin with; none while the port is not known yet.
    pub base_url: Option<String>,
    /// The addresses work only on this computer.
    pub local_only: bool,
}

/// The server for webhooks as it shall be.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SaveWebhookServer {
    /// So.
    pub settings: WebhookSettings,
}

/// A block that waits, on its own or in a conversation.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct OneWebhook {
    /// The block.
    pub block: BlockId,
    /// The conversation that the example calls back into.
    #[serde(default)]
    #[ts(optional)]
    pub conversation: Option<ConversationId>,
}

/// Where other systems call a block.
#[derive(Debug, Clone, Serialize, TS)]
pub struct WebhookAddress {
    /// The block's own address: the conversation stands in what is sent. None while the port is not known yet.
    pub url: Option<String>,
    /// The address of the run that waits, where a conversation was named and one runs.
    pub run_url: Option<String>,
    /// A call to try, for a terminal.
    pub curl: Option<String>,
    /// The server.
    pub server: WebhookServerView,
}

pub(crate) async fn read_webhook_server(
    app: &App,
    _origin: &str,
    _: Nothing,
) -> Result<WebhookServerView, CommandError> {
    Ok(app.webhooks().view())
}

pub(crate) async fn save_webhook_server(
    app: &App,
    _origin: &str,
    args: SaveWebhookServer,
) -> Result<Done, CommandError> {
    let settings = args.settings.checked()?;
    app.store().set_webhook_settings(&json_of(&settings)?).await?;
    app.webhooks().set(settings);
    Ok(())
}

pub(crate) async fn webhook_address(
    app: &App,
    _origin: &str,
    args: OneWebhook,
) -> Result<WebhookAddress, CommandError> {
    app.webhooks().want("A page shows an address for webhooks.");
    app.webhooks().settled().await;
    let server = app.webhooks().view();
    let base = server.base_url.as_deref();
    let url = base.map(|base| address::url(base, &address::block_token(app.webhooks().key(), &args.block)));
    let run_url = match &args.conversation {
        Some(conversation) => run_url(app, conversation, &args.block).await?,
        None => None,
    };
    let snapshot = app.snapshot();
    let example = block_of(&snapshot, &args.block).map(|block| trial::content(block.example).clone());
    let curl = url.as_deref().zip(example).map(|(url, example)| {
        let conversation = args.conversation.as_ref().map_or("CONVERSATION_ID", |id| id.as_str());
        trial::curl(url, conversation, &example)
    });
    Ok(WebhookAddress {
        url,
        run_url,
        curl,
        server,
    })
}

/// The address of the run that has the block.
async fn run_url(app: &App, conversation: &ConversationId, block: &BlockId) -> Result<Option<String>, CommandError> {
    let state = app.inner.runner.state(conversation).await?;
    for run in state.runs.iter().rev() {
        let compiled = app.inner.home.compiled(&run.revision)?;
        let tasks = std::iter::once(&compiled.revision.task).chain(compiled.revision.parts.values());
        if tasks.flat_map(|task| task.all_blocks()).any(|own| own.id == *block) {
            return Ok(address_of(&state, run));
        }
    }
    Ok(None)
}

/// What a wait says of itself.
pub(crate) struct WaitBlock<'a> {
    pub(crate) example: &'a serde_json::Value,
    pub(crate) fields: &'a [taskwright_domain::Field],
}

pub(crate) fn block_of<'a>(snapshot: &'a Snapshot, id: &BlockId) -> Option<WaitBlock<'a>> {
    let mut blocks = snapshot.content.tasks.iter().flat_map(|task| task.all_blocks());
    let block = blocks.find(|block| block.id == *id)?;
    wait(block)
}

pub(crate) fn wait(block: &Block) -> Option<WaitBlock<'_>> {
    match &block.kind {
        BlockKind::WaitForWebhook { example, fields, .. } => Some(WaitBlock { example, fields }),
        _ => None,
    }
}
