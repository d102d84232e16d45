//! What is known of a customer when a conversation begins: from earlier conversations, or made up for a rehearsal.

use std::collections::BTreeMap;

use jiff::Timestamp;
use taskwright_domain::{Attribute, ConversationId, CustomerId, Known, Scope, Source, TaskId};
use taskwright_engine::{ValueContext, hand_in};
use taskwright_language::values::parse;

use crate::app::App;
use crate::error::CommandError;
use crate::snapshot::Snapshot;

/// What a new conversation of a channel's customer is handed.
pub(crate) fn known_of(
    app: &App,
    conversation: &ConversationId,
    customer: &CustomerId,
) -> Result<BTreeMap<String, Known>, CommandError> {
    let known = app.store().known_of(customer)?;
    Ok(handed(&app.snapshot(), conversation, known))
}

/// What a rehearsal is handed: the author's words for each attribute that is kept with customers. Nothing of it is
/// written to anybody.
pub(crate) fn made_up(
    app: &App,
    conversation: &ConversationId,
    task: &TaskId,
    words: &BTreeMap<String, String>,
) -> Result<BTreeMap<String, Known>, CommandError> {
    let snapshot = app.snapshot();
    let context = ValueContext {
        settings: &snapshot.settings,
        now: Timestamp::from_millisecond(app.now()).unwrap_or(Timestamp::UNIX_EPOCH),
    };
    let mut known = BTreeMap::new();
    for (key, text) in words.iter().filter(|(_, text)| !text.trim().is_empty()) {
        // One that is no longer kept with customers is of no use to any task.
        let Some(attribute) = kept(&snapshot, task).find(|attribute| attribute.key == *key) else {
            continue;
        };
        let value = parse(&attribute.kind, text.trim(), &context).ok_or_else(|| {
            let message = format!(
                "\"{}\" does not fit {}. Write it as a customer would.",
                text.trim(),
                attribute.name
            );
            CommandError::bad_request(message).at(&format!("/known/{key}"))
        })?;
        let source = Source::Customer;
        known.insert(key.clone(), Known { value, source });
    }
    Ok(handed(&snapshot, conversation, known))
}

fn handed(
    snapshot: &Snapshot,
    conversation: &ConversationId,
    known: BTreeMap<String, Known>,
) -> BTreeMap<String, Known> {
    let sensitive = |key: &str| all_kept(snapshot).any(|attribute| attribute.key == key && attribute.sensitive);
    hand_in(conversation, known, sensitive, &snapshot.settings)
}

/// Every attribute that is kept with customers, those of one task first.
fn kept<'a>(snapshot: &'a Snapshot, task: &TaskId) -> impl Iterator<Item = &'a Attribute> {
    let own = snapshot.task(task).ok().into_iter().flat_map(|task| &task.attributes);
    own.filter(is_kept).chain(all_kept(snapshot))
}

fn all_kept(snapshot: &Snapshot) -> impl Iterator<Item = &Attribute> {
    let tasks = snapshot.content.tasks.iter().flat_map(|task| &task.attributes);
    let workflows = snapshot
        .content
        .workflows
        .iter()
        .flat_map(|workflow| &workflow.attributes);
    let all = tasks.chain(workflows).chain(&snapshot.content.attributes);
    all.filter(is_kept)
}

fn is_kept(attribute: &&Attribute) -> bool {
    attribute.scope == Scope::Customer
}
