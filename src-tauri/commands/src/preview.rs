//! Previews: rehearsing a task as a customer.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use taskwright_domain::{
    ActionId, CallMode, CallbackAddress, ConversationId, ConversationPlace, ConversationStart, Customer, FileId,
    InputKind, Offer, OptionId, TaskId,
};
use taskwright_engine::addresses_in;
use taskwright_store::Branch;
use ts_rs::TS;
use uuid::Uuid;

use crate::app::{App, new_id};
use crate::content::named;
use crate::customers::made_up;
use crate::error::{CommandError, ErrorCode};
use crate::list::Done;
use crate::log::{OneConversation, shared_until};
use crate::webhooks::wait;

/// The terms of a preview.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct StartPreview {
    /// The task to rehearse, as it stands now.
    pub task: TaskId,
    /// All tasks are on offer, as customers meet them; otherwise the others only compete for the message.
    pub from_the_start: bool,
    /// Where actions go, unless one is told otherwise by `set_calls`.
    pub calls: CallMode,
    /// Who talks; somebody unknown where none.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub customer: Option<Customer>,
    /// What is known of them from before, in words, by the key of an attribute that is kept with the customer.
    #[serde(default)]
    #[ts(as = "Option<BTreeMap<String, String>>", optional)]
    pub known: BTreeMap<String, String>,
}

/// A preview that runs.
#[derive(Debug, Clone, Serialize, TS)]
pub struct PreviewView {
    /// Its conversation.
    pub conversation: ConversationId,
    /// The number of its last event.
    pub last_seq: u64,
}

/// The customer writes.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Say {
    /// In this conversation.
    pub conversation: ConversationId,
    /// This.
    pub text: String,
}

/// The customer presses a quick reply.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SelectOption {
    /// In this conversation.
    pub conversation: ConversationId,
    /// Which.
    pub option: OptionId,
}

/// The customer fills in a field of a form.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct FillField {
    /// In this conversation.
    pub conversation: ConversationId,
    /// Which attribute, by key: one of those that were asked for.
    pub attribute: String,
    /// What they wrote.
    pub text: String,
}

/// The customer attaches a picture or file.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct AttachFile {
    /// In this conversation.
    pub conversation: ConversationId,
    /// Which. It is looked into: what is not what it is called, or could run, is refused.
    pub file: FileId,
    /// As the customer named it, e.g. `damage.jpg`.
    pub name: String,
}

/// The author starts a task that the message did not.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct StartTaskAnyway {
    /// In this conversation.
    pub conversation: ConversationId,
    /// Which.
    pub task: TaskId,
}

/// Another try from an earlier point.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Rewind {
    /// Of this conversation.
    pub conversation: ConversationId,
    /// The last event both share: the last one before the turn to answer differently.
    pub seq: u64,
}

/// The sample answer of an action.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SetStub {
    /// In this conversation.
    pub conversation: ConversationId,
    /// Which action.
    pub action: ActionId,
    /// The name of the sample answer; the first that fits where none.
    pub stub: Option<String>,
}

/// Where the calls of an action go from now on.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SetCalls {
    /// In this conversation.
    pub conversation: ConversationId,
    /// Which action.
    pub action: ActionId,
    /// Where.
    pub calls: CallMode,
}

/// Characters of a file's name that are taken at the most.
pub(crate) const LONGEST_NAME: usize = 255;
/// Characters of a message that are taken at the most.
pub(crate) const LONGEST_MESSAGE: usize = 20_000;

pub(crate) async fn start_preview(app: &App, _origin: &str, args: StartPreview) -> Result<PreviewView, CommandError> {
    let task = args.task.clone();
    let offer = if let Some(workflow) = args.task.workflow() {
        Offer::Workflow {
            revision: app.inner.home.freeze_workflow(&workflow).await?,
            workflow,
        }
    } else if args.from_the_start {
        app.snapshot().task(&args.task)?;
        Offer::FromTheStart
    } else {
        Offer::ThisTask {
            revision: app.inner.home.freeze(&args.task).await?,
            task: args.task,
        }
    };
    let callbacks = callbacks(app, &offer).await;
    let conversation = ConversationId::new(new_id());
    let known = made_up(app, &conversation, &task, &args.known)?;
    let start = ConversationStart {
        place: ConversationPlace::Preview,
        customer: args.customer.unwrap_or_default(),
        settings: app.snapshot().settings.clone(),
        offer,
        calls: args.calls,
        branched_from: None,
        callbacks,
        known,
    };
    app.take(&conversation, InputKind::Start { start: Box::new(start) })
        .await?;
    view(app, conversation).await
}

/// Where other systems call back into the runs of a new conversation. Where what may start waits for calls, the server is
/// needed from now on.
pub(crate) async fn callbacks(app: &App, offer: &Offer) -> Option<CallbackAddress> {
    let snapshot = app.snapshot();
    let mut tasks = snapshot.content.tasks.iter();
    let waits = |task: &taskwright_domain::Task| task.all_blocks().into_iter().any(|block| wait(block).is_some());
    let needed = match offer {
        Offer::FromTheStart | Offer::Workflow { .. } => tasks.any(waits),
        Offer::ThisTask { revision, .. } => {
            let compiled = app.inner.home.compiled(revision).ok()?;
            waits(&compiled.revision.task) || compiled.revision.parts.values().any(waits)
        }
    };
    if needed {
        app.webhooks().want("A task waits for calls of other systems.");
        app.webhooks().settled().await;
    }
    Some(CallbackAddress {
        base_url: app.webhooks().base_url()?,
        seed: format!("{}{}", Uuid::new_v4().simple(), Uuid::new_v4().simple()),
    })
}

async fn view(app: &App, conversation: ConversationId) -> Result<PreviewView, CommandError> {
    let last_seq = app.inner.runner.state(&conversation).await?.seq;
    Ok(PreviewView { conversation, last_seq })
}

pub(crate) async fn say(app: &App, _origin: &str, args: Say) -> Result<Done, CommandError> {
    let text = written(&args.text, "message")?;
    take(app, &args.conversation, InputKind::CustomerSaid { text }).await
}

/// What the customer wrote, where it can be taken.
fn written(text: &str, what: &str) -> Result<String, CommandError> {
    let text = text.trim();
    if text.is_empty() {
        return Err(CommandError::bad_request(format!("The {what} is empty.")).at("/text"));
    }
    if text.chars().count() > LONGEST_MESSAGE {
        let message = format!("A {what} has {LONGEST_MESSAGE} characters at the most. Send it in parts.");
        return Err(CommandError::new(ErrorCode::TooLarge, message).at("/text"));
    }
    Ok(text.to_owned())
}

/// The same input as the answer to a collector over the channel.
pub(crate) async fn fill_field(app: &App, _origin: &str, args: FillField) -> Result<Done, CommandError> {
    let kind = InputKind::AttributeCollected {
        attribute: args.attribute,
        text: written(&args.text, "field")?,
    };
    running(app, &args.conversation).await?;
    if app.take(&args.conversation, kind).await?.is_empty() {
        let message = "This field is not asked for any more. Write a message instead.";
        return Err(CommandError::new(ErrorCode::Conflict, message).at("/attribute"));
    }
    Ok(())
}

pub(crate) async fn select_option(app: &App, _origin: &str, args: SelectOption) -> Result<Done, CommandError> {
    take(
        app,
        &args.conversation,
        InputKind::OptionSelected { option: args.option },
    )
    .await
}

pub(crate) async fn attach_file(app: &App, _origin: &str, args: AttachFile) -> Result<Done, CommandError> {
    let name = args.name.trim();
    if name.is_empty() || name.chars().count() > LONGEST_NAME {
        let message = format!("A file has a name of {LONGEST_NAME} characters at the most.");
        return Err(CommandError::bad_request(message).at("/name"));
    }
    let stored = app.store().file(&args.file)?;
    let (_, bytes) = stored.ok_or_else(|| CommandError::not_found("This file"))?;
    let kind = InputKind::FileAttached {
        file: args.file,
        name: named(&bytes, name)?,
    };
    take(app, &args.conversation, kind).await
}

pub(crate) async fn start_task_anyway(app: &App, _origin: &str, args: StartTaskAnyway) -> Result<Done, CommandError> {
    let state = running(app, &args.conversation).await?;
    let pinned = state.start.and_then(|start| match start.offer {
        Offer::ThisTask { task, revision } if task == args.task => Some(revision),
        _ => None,
    });
    let revision = match pinned {
        Some(revision) => revision,
        None => app.inner.home.freeze(&args.task).await?,
    };
    let kind = InputKind::StartTask {
        task: args.task,
        revision,
    };
    take(app, &args.conversation, kind).await
}

/// Nothing is said into a conversation that is over, and the person is told so.
async fn take(app: &App, conversation: &ConversationId, kind: InputKind) -> Result<Done, CommandError> {
    running(app, conversation).await?;
    app.take(conversation, kind).await?;
    Ok(())
}

pub(crate) async fn running(
    app: &App,
    conversation: &ConversationId,
) -> Result<taskwright_engine::State, CommandError> {
    let state = app.inner.runner.state(conversation).await?;
    if state.start.is_none() {
        return Err(CommandError::not_found("This conversation"));
    }
    if state.over {
        let message = "This conversation is over: a person has taken over, or it was stopped. Rewind it or start anew.";
        return Err(CommandError::new(ErrorCode::Conflict, message));
    }
    Ok(state)
}

/// Another try shares what happened so far; nothing of that is done again.
pub(crate) async fn rewind(app: &App, _origin: &str, args: Rewind) -> Result<PreviewView, CommandError> {
    let shared = shared_until(app, &args.conversation, args.seq)?;
    let branch = ConversationId::new(new_id());
    let begun = Branch {
        from: args.conversation.clone(),
        seq: shared.seq,
        addresses: addresses_in(&branch, &shared.state),
        standing: shared.standing,
    };
    app.store().branch(&branch, begun, app.now()).await?;
    app.inner.calls.copy_choices(&args.conversation, &branch);
    view(app, branch).await
}

pub(crate) async fn set_stub(app: &App, _origin: &str, args: SetStub) -> Result<Done, CommandError> {
    app.inner.calls.choose(args.conversation, args.action, args.stub);
    Ok(())
}

pub(crate) async fn set_calls(app: &App, _origin: &str, args: SetCalls) -> Result<Done, CommandError> {
    let kind = InputKind::CallsSet {
        action: args.action,
        calls: args.calls,
    };
    take(app, &args.conversation, kind).await
}

pub(crate) async fn stop_preview(app: &App, _origin: &str, args: OneConversation) -> Result<Done, CommandError> {
    running(app, &args.conversation).await?;
    app.take(&args.conversation, InputKind::Stopped).await?;
    Ok(())
}
