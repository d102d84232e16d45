//! What an import would change, before anything is written.

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use taskwright_domain::{Action, Article, Attribute, Task, TaskId, Team};
use ts_rs::TS;

use crate::{BundleContent, conversations, differences, for_export, webhooks};

/// What an import would change.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BundleComparison {
    /// Every document of the bundle, by noun and in the bundle's order.
    pub items: Vec<ComparedItem>,
}

/// One document of the bundle beside what is there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ComparedItem {
    /// What it is.
    pub noun: BundleNoun,
    /// The id it has in the bundle; choices are made by it.
    pub id: String,
    /// Its key or, where it has none, its title or name.
    pub key_or_title: String,
    /// How it stands to what is there.
    pub state: ItemState,
    /// What can be done about it, the default first; a conflict has no default.
    pub choices: Vec<ImportChoice>,
    /// What else becomes of it when it is written, a line each.
    pub notes: Vec<String>,
}

/// What a compared document is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum BundleNoun {
    /// A task.
    Task,
    /// An action.
    Action,
    /// An attribute of the workspace.
    Attribute,
    /// A workflow.
    Workflow,
    /// A team.
    Team,
    /// An article.
    Article,
}

/// How a document of a bundle stands to what is there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ItemState {
    /// There is none like it.
    New,
    /// It is there already, just so.
    Same,
    /// It is there in another version.
    Changed {
        /// The differences, a line each.
        what: Vec<String>,
    },
    /// Something else has its key or name.
    Conflict {
        /// What stands against it.
        why: String,
        /// The differences, a line each.
        what: Vec<String>,
    },
}

/// What to do about a document of a bundle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ImportChoice {
    /// Leave what is there; what the bundle brings uses it.
    KeepMine,
    /// Put the bundle's in its place.
    TakeTheirs,
    /// Have both: the bundle's gets a free key or name.
    KeepBoth,
}

/// Sets what is there beside what a bundle brings. Documents are matched by id, then by key or name.
#[must_use]
pub fn compare(mine: &BundleContent, theirs: &BundleContent) -> BundleComparison {
    // Both as they travel: a host or password that stayed behind on export is no difference.
    let (mine, theirs) = (for_export(mine).0.folded(), for_export(theirs).0.folded());
    let mut items = Vec::new();
    compare_list::<Task>(&mine, &theirs, &mut items);
    compare_list::<Action>(&mine, &theirs, &mut items);
    compare_list::<Attribute>(&mine, &theirs, &mut items);
    compare_list::<Team>(&mine, &theirs, &mut items);
    compare_list::<Article>(&mine, &theirs, &mut items);
    items.iter_mut().for_each(name_workflow);
    BundleComparison { items }
}

/// A workflow is compared like a task. One leads all conversations, so there are not two of it.
fn name_workflow(item: &mut ComparedItem) {
    if TaskId(item.id.clone()).workflow().is_some() {
        item.noun = BundleNoun::Workflow;
        item.choices.retain(|choice| *choice != ImportChoice::KeepBoth);
    }
}

fn compare_list<T: Document>(mine: &BundleContent, theirs: &BundleContent, items: &mut Vec<ComparedItem>) {
    items.extend(T::list(theirs).iter().map(|document| {
        let found = matches(T::list(mine), document);
        let what = |own: &T| {
            let mut what = T::differences(own, document);
            if T::NOUN == BundleNoun::Task {
                what.extend(conversations::differences((mine, own.id()), (theirs, document.id())));
            }
            what
        };
        let (state, choices) = compare_one(&found, document, what);
        let met = found.same_id.or(found.same_handle).map(T::id);
        let task = theirs.tasks.iter().find(|task| task.id.as_str() == document.id());
        let task = task.filter(|_| T::NOUN == BundleNoun::Task && state != ItemState::Same);
        ComparedItem {
            noun: T::NOUN,
            id: document.id().to_owned(),
            key_or_title: document.handle().to_owned(),
            state,
            choices,
            notes: task.map_or_else(Vec::new, |task| webhooks::notes(&mine.tasks, met, task)),
        }
    }));
}

/// `what` tells the differences to one of mine.
fn compare_one<T: Document>(
    found: &Matches<'_, T>,
    document: &T,
    what: impl Fn(&T) -> Vec<String>,
) -> (ItemState, Vec<ImportChoice>) {
    use ImportChoice::{KeepBoth, KeepMine, TakeTheirs};
    match (found.same_id, found.same_handle) {
        (None, None) => (ItemState::New, vec![TakeTheirs, KeepMine]),
        (Some(own), None) => match what(own) {
            what if own == document && what.is_empty() => (ItemState::Same, Vec::new()),
            what => (ItemState::Changed { what }, vec![TakeTheirs, KeepMine, KeepBoth]),
        },
        (Some(own), Some(_)) => {
            let why = format!(
                "It is your {} “{}”, but the {} it has in the bundle, “{}”, belongs to another {} of yours.",
                T::WORD,
                own.handle(),
                T::HANDLE,
                document.handle(),
                T::WORD
            );
            (ItemState::Conflict { why, what: what(own) }, vec![KeepMine, KeepBoth])
        }
        (None, Some(other)) => {
            let what = what(other);
            let why = format!(
                "You already have another {} with the {} “{}”{}.",
                T::WORD,
                T::HANDLE,
                document.handle(),
                if what.is_empty() {
                    ", and it is just like this one"
                } else {
                    ""
                }
            );
            (ItemState::Conflict { why, what }, vec![KeepMine, TakeTheirs, KeepBoth])
        }
    }
}

/// Which of my documents a bundle's document meets.
pub(crate) struct Matches<'a, T> {
    /// The one with its id.
    pub(crate) same_id: Option<&'a T>,
    /// Another one that has its key or name.
    pub(crate) same_handle: Option<&'a T>,
}

pub(crate) fn matches<'a, T: Document>(mine: &'a [T], document: &T) -> Matches<'a, T> {
    let same_id = mine.iter().find(|own| own.id() == document.id());
    let handle = document.handle_to_match();
    let had_it = same_id.is_some_and(|own| own.handle_to_match() == handle);
    let other = mine
        .iter()
        .find(|own| own.id() != document.id() && own.handle_to_match() == handle);
    Matches {
        same_id,
        same_handle: other.filter(|_| !handle.is_empty() && !had_it),
    }
}

/// What bundles compare.
pub(crate) trait Document: Clone + PartialEq + Serialize {
    /// What it is.
    const NOUN: BundleNoun;
    /// What it is, in words.
    const WORD: &'static str;
    /// What people tell it apart by.
    const HANDLE: &'static str;
    /// Its id.
    fn id(&self) -> &str;
    /// Its id, to change.
    fn id_mut(&mut self) -> &mut String;
    /// Its key, title or name.
    fn handle(&self) -> &str;
    /// As people call it.
    fn name(&self) -> &str;
    /// Its key, title or name, to change.
    fn handle_mut(&mut self) -> &mut String;
    /// How it differs from mine.
    fn differences(mine: &Self, theirs: &Self) -> Vec<String>;
    /// The documents of this kind.
    fn list(content: &BundleContent) -> &[Self];

    /// The handle without what does not tell two apart.
    fn handle_to_match(&self) -> String {
        self.handle().trim().to_lowercase()
    }

    /// The document as it is stored.
    fn json(&self) -> Result<Json, serde_json::Error> {
        serde_json::to_value(self)
    }
}

macro_rules! document {
    ($type:ty, $noun:ident, $word:literal, $list:ident, $handle:ident, $handle_word:literal, $name:ident, $differences:path) => {
        impl Document for $type {
            const NOUN: BundleNoun = BundleNoun::$noun;
            const WORD: &'static str = $word;
            const HANDLE: &'static str = $handle_word;
            fn id(&self) -> &str {
                &self.id.0
            }
            fn id_mut(&mut self) -> &mut String {
                &mut self.id.0
            }
            fn handle(&self) -> &str {
                &self.$handle
            }
            fn name(&self) -> &str {
                &self.$name
            }
            fn handle_mut(&mut self) -> &mut String {
                &mut self.$handle
            }
            fn differences(mine: &Self, theirs: &Self) -> Vec<String> {
                $differences(mine, theirs)
            }
            fn list(content: &BundleContent) -> &[Self] {
                &content.$list
            }
        }
    };
}

document!(Task, Task, "task", tasks, title, "title", title, differences::task);
document!(Action, Action, "action", actions, key, "key", name, differences::action);
document!(
    Attribute,
    Attribute,
    "attribute",
    attributes,
    key,
    "key",
    name,
    differences::attribute
);
document!(Team, Team, "team", teams, name, "name", name, differences::team);
document!(
    Article,
    Article,
    "article",
    articles,
    title,
    "title",
    title,
    differences::article
);
