//! The inbox: looking through conversations, keeping filters under a name, and taking customers' conversations out.

use serde::{Deserialize, Serialize};
use taskwright_domain::{
    ConversationFilter, ConversationSummary, CustomerId, FilterChoices, ListPlace, Retention, SavedView, ViewId,
};
use taskwright_store::{DocumentKind, DocumentWrite, Stretch};
use ts_rs::TS;

use crate::app::{App, json_of, new_id};
use crate::days::chosen;
use crate::error::CommandError;
use crate::list::{Done, Nothing};
use crate::log::OneConversation;

/// A stretch of the conversations that fit.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ListConversations {
    /// Which fit.
    pub filter: ConversationFilter,
    /// It begins below this row; at the top where none.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub after: Option<ListPlace>,
    /// It ends with this row.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub until: Option<ListPlace>,
    /// How many at the most; 200 are the limit.
    pub limit: u32,
}

/// Conversations, where something happened last first.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ConversationList {
    /// This stretch of them.
    pub rows: Vec<ConversationSummary>,
    /// How many fit, on this stretch or not.
    pub total: u64,
    /// Where it goes on; none where the stretch is read to its end.
    pub next: Option<ListPlace>,
}

/// A filter under a name, with how many conversations it shows now.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ViewRow {
    /// The view.
    pub view: SavedView,
    /// Conversations.
    pub count: u64,
}

/// A filter to keep.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SaveView {
    /// The view it takes the place of; a new one where none.
    #[serde(default)]
    #[ts(optional)]
    pub view: Option<ViewId>,
    /// As people call it.
    pub name: String,
    /// What it shows.
    pub filter: ConversationFilter,
}

/// A view by id.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct OneView {
    /// Which.
    pub view: ViewId,
}

/// A customer by id.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct OneCustomer {
    /// Which.
    pub customer: CustomerId,
}

/// How many conversations were taken out for good.
#[derive(Debug, Clone, Copy, Serialize, TS)]
pub struct Erased {
    /// So many.
    pub conversations: u64,
}

/// For how long conversations are kept from now on.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SaveRetention {
    /// For so long.
    pub keep: Retention,
}

/// Rows of one answer at the most.
const LONGEST_LIST: u32 = 200;
/// Characters of a view's name at the most.
const LONGEST_NAME: usize = 80;
const DAY: i64 = 86_400_000;

pub(crate) async fn list_conversations(
    app: &App,
    _origin: &str,
    args: ListConversations,
) -> Result<ConversationList, CommandError> {
    let chosen = chosen(app, args.filter)?;
    let stretch = Stretch {
        after: args.after,
        until: args.until,
        limit: args.limit.min(LONGEST_LIST),
    };
    let found = app.store().summaries(&chosen, &stretch)?;
    Ok(ConversationList {
        rows: found.rows,
        total: found.total,
        next: found.next,
    })
}

pub(crate) async fn read_summary(
    app: &App,
    _origin: &str,
    args: OneConversation,
) -> Result<ConversationSummary, CommandError> {
    Ok(app.store().summary(&args.conversation)?)
}

pub(crate) async fn list_filter_choices(app: &App, _origin: &str, _: Nothing) -> Result<FilterChoices, CommandError> {
    Ok(app.store().filter_choices()?)
}

pub(crate) async fn list_views(app: &App, _origin: &str, _: Nothing) -> Result<Vec<ViewRow>, CommandError> {
    let views = app.snapshot().views.clone();
    let row = |view: SavedView| {
        let chosen = chosen(app, view.filter.clone())?;
        Ok(ViewRow {
            count: app.store().count_chosen(&chosen)?,
            view,
        })
    };
    views.into_iter().map(row).collect()
}

pub(crate) async fn save_view(app: &App, origin: &str, args: SaveView) -> Result<SavedView, CommandError> {
    let name = args.name.trim();
    if name.is_empty() || name.chars().count() > LONGEST_NAME {
        let message = format!("A view has a name of {LONGEST_NAME} characters at the most.");
        return Err(CommandError::bad_request(message).at("/name"));
    }
    chosen(app, args.filter.clone())?;
    let view = SavedView {
        id: args.view.unwrap_or_else(|| ViewId::new(new_id())),
        name: name.to_owned(),
        filter: args.filter,
    };
    let write = DocumentWrite {
        kind: DocumentKind::View,
        id: view.id.to_string(),
        json: json_of(&view)?,
    };
    app.put(vec![write], origin).await?;
    Ok(view)
}

pub(crate) async fn delete_view(app: &App, origin: &str, args: OneView) -> Result<Done, CommandError> {
    if !app.snapshot().views.iter().any(|view| view.id == args.view) {
        return Err(CommandError::not_found("This view"));
    }
    app.set_deleted(args.view.as_str(), true, origin).await
}

pub(crate) async fn restore_view(app: &App, origin: &str, args: OneView) -> Result<Done, CommandError> {
    app.set_deleted(args.view.as_str(), false, origin).await
}

pub(crate) async fn erase_customer(app: &App, _origin: &str, args: OneCustomer) -> Result<Erased, CommandError> {
    let erased = app.store().erase_customer(&args.customer).await?;
    let conversations = erased.ok_or_else(|| CommandError::not_found("A conversation of this customer"))?;
    Ok(Erased { conversations })
}

pub(crate) async fn read_retention(app: &App, _origin: &str, _: Nothing) -> Result<Retention, CommandError> {
    Ok(app.store().retention()?)
}

/// What is older goes at once.
pub(crate) async fn save_retention(app: &App, _origin: &str, args: SaveRetention) -> Result<Erased, CommandError> {
    app.store().keep_for(args.keep).await?;
    forget_old(app).await
}

/// Takes out what is older than conversations are kept.
pub(crate) async fn forget_old(app: &App) -> Result<Erased, CommandError> {
    let conversations = match app.store().retention()?.days() {
        Some(days) => app.store().erase_older(app.now() - days * DAY).await?,
        None => 0,
    };
    Ok(Erased { conversations })
}
