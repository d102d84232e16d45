//! What to automate next: what customers wanted and no task took, or a person ended, told apart by what it means.

mod group;
mod title;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use taskwright_domain::{ConversationFilter, ConversationId};
use taskwright_store::Opening;
use ts_rs::TS;

use crate::app::App;
use crate::days::chosen;
use crate::error::CommandError;
use crate::wishes::group::{grouped, middle};
use crate::wishes::title::title_of;

/// Over which conversations.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ListWishes {
    /// Which.
    pub filter: ConversationFilter,
}

/// What customers wanted, the most frequent first.
#[derive(Debug, Clone, Serialize, TS)]
pub struct WishList {
    /// Wishes that more than one conversation has.
    pub groups: Vec<Wish>,
    /// Those that only one has.
    pub single: Vec<WishExample>,
    /// Messages that were looked at: the newest.
    pub looked_at: usize,
    /// Messages there are.
    pub all: usize,
    /// They were told apart by meaning; by their words otherwise.
    pub by_meaning: bool,
}

/// Something that customers want.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Wish {
    /// A title that a task for it could have.
    pub title: String,
    /// Conversations.
    pub conversations: usize,
    /// Those in which no task took it.
    pub untaken: usize,
    /// Messages that say it, the most typical first.
    pub examples: Vec<WishExample>,
}

/// A message.
#[derive(Debug, Clone, Serialize, TS)]
pub struct WishExample {
    /// What the customer wrote; masked where it is sensitive.
    pub text: String,
    /// In this conversation.
    pub conversation: ConversationId,
}

/// Messages that are looked at: each is encoded once.
const MOST: usize = 1_000;
/// Words that say a wish at the least: fewer greet, thank or answer.
const FEWEST_WORDS: usize = 3;
/// Examples of a wish.
const EXAMPLES: usize = 12;
/// Wishes that are shown.
const SHOWN: usize = 50;

pub(crate) async fn list_wishes(app: &App, _origin: &str, args: ListWishes) -> Result<WishList, CommandError> {
    let chosen = chosen(app, args.filter)?;
    let mut openings = app.store().openings(&chosen)?;
    openings.retain(|opening| opening.text.split_whitespace().count() >= FEWEST_WORDS);
    let all = openings.len();
    openings.truncate(MOST);
    let listed = tokio::task::spawn_blocking(move || list(&openings, all)).await;
    listed.map_err(|error| CommandError::host(error.to_string()))
}

fn list(openings: &[Opening], all: usize) -> WishList {
    let texts: Vec<&str> = openings.iter().map(|opening| opening.text.as_str()).collect();
    let sorted = grouped(&texts);
    let (mut groups, mut single) = (Vec::new(), Vec::new());
    for members in &sorted.groups {
        let conversations: BTreeSet<_> = members.iter().map(|at| &openings[*at].conversation).collect();
        let ordered = middle(&sorted.vectors, members);
        let examples = distinct(ordered.iter().map(|at| &openings[*at]));
        if conversations.len() < 2 {
            single.extend(examples.into_iter().take(1));
            continue;
        }
        let untaken: BTreeSet<_> = members
            .iter()
            .filter(|at| !openings[**at].taken)
            .map(|at| &openings[*at].conversation)
            .collect();
        groups.push(Wish {
            title: examples
                .first()
                .map(|example| title_of(&example.text))
                .unwrap_or_default(),
            conversations: conversations.len(),
            untaken: untaken.len(),
            examples,
        });
    }
    groups.sort_by_key(|wish| std::cmp::Reverse(wish.conversations));
    groups.truncate(SHOWN);
    single.truncate(SHOWN);
    WishList {
        groups,
        single,
        looked_at: openings.len(),
        all,
        by_meaning: sorted.by_meaning,
    }
}

/// The same words count once.
fn distinct<'a>(openings: impl Iterator<Item = &'a Opening>) -> Vec<WishExample> {
    let mut known = BTreeSet::new();
    openings
        .filter(|opening| known.insert(opening.text.trim().to_lowercase()))
        .take(EXAMPLES)
        .map(|opening| WishExample {
            text: opening.text.trim().to_owned(),
            conversation: opening.conversation.clone(),
        })
        .collect()
}
