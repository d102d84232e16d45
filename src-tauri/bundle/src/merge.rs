//! From a comparison and the choices made in it to documents that can be written as one edit.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as Json;
use taskwright_domain::{Action, ActionId, Article, Attribute, Task, TaskId, Team, TeamId, Workflow};

use crate::compare::{Document, compare, matches};
use crate::names::{free_key, free_title};
use crate::rewrite::{self, Rewrite};
use crate::unique::inner_ids;
use crate::{
    BundleContent, BundleNoun, ImportChoice, ItemState, KeyOf, ScriptedConversation, conversations, for_export,
    rename_key, webhooks,
};

/// The choices made, by the id a document has in the bundle. What is new or changed is taken unless chosen otherwise;
/// a conflict needs a choice.
pub type ImportChoices = BTreeMap<String, ImportChoice>;

/// A document as it must be written. Those of mine that only follow a renaming are among them.
#[derive(Debug, Clone, PartialEq)]
pub struct MergedDocument {
    /// Its id in the workspace.
    pub document: String,
    /// The id it has in the bundle; none for one of mine that only follows a renaming.
    pub from: Option<String>,
    /// What it is.
    pub noun: BundleNoun,
    /// The whole document.
    pub json: Json,
}

/// Everything that an import writes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Merged {
    /// The documents.
    pub documents: Vec<MergedDocument>,
    /// The scripted conversations, with the ids their tasks have in the workspace and, where one takes the place of
    /// one of mine, with its name.
    pub conversations: Vec<ScriptedConversation>,
}

impl Merged {
    /// Whether nothing is written.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.documents.is_empty() && self.conversations.is_empty()
    }
}

/// Why an import cannot be prepared.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[expect(missing_docs, reason = "the messages say what the fields are")]
pub enum MergeError {
    /// A conflict without a choice.
    #[error("“{key_or_title}” is in conflict with what you have. Choose to keep yours, take theirs or keep both")]
    Undecided { id: String, key_or_title: String },
    /// A choice that its document does not offer.
    #[error("“{key_or_title}” cannot be imported that way. Choose one of the ways it offers")]
    NotOffered { id: String, key_or_title: String },
    /// Two documents would be one, or have one name.
    #[error("after the import two documents would be called “{key_or_title}”. Choose to keep both for one of them")]
    Clash { key_or_title: String },
    /// A document cannot be written as JSON.
    #[error("“{key_or_title}” cannot be written: {reason}")]
    CannotWrite { key_or_title: String, reason: String },
}

/// What an import writes: all of it, as one edit, or nothing.
///
/// Whatever refers to a document that keeps my id or gets another key is rewritten, in the bundle's documents and in
/// mine. Nothing is written here.
///
/// # Errors
/// When a conflict has no choice, or a choice cannot be carried out.
pub fn merge(mine: &BundleContent, theirs: &BundleContent, choices: &ImportChoices) -> Result<Merged, MergeError> {
    let (mine, theirs) = (&mine.clone().folded(), &theirs.clone().folded());
    let plan = Plan::of(mine, theirs, choices)?;
    let mut theirs = for_export(theirs).0.folded();
    let mut own = mine.clone();
    rename(&mut theirs, &plan.renames_in_theirs);
    rename(&mut own, &plan.renames_in_mine);
    plan.ids.apply(&mut theirs);
    fresh_inner_ids(&own, &mut theirs, &plan);
    let replaced: BTreeSet<_> = plan.written.values().map(String::as_str).collect();
    webhooks::give_way(
        &own,
        &mut theirs,
        |id| plan.written.contains_key(id),
        |id| !replaced.contains(id),
    );
    let mut writing = Writing {
        mine,
        own: &own,
        theirs: &theirs,
        plan: &plan,
        documents: Vec::new(),
    };
    writing.add::<Task>()?;
    writing.add::<Action>()?;
    writing.add::<Attribute>()?;
    writing.add::<Team>()?;
    writing.add::<Article>()?;
    Ok(Merged {
        documents: writing.documents.into_iter().map(as_workflow).collect(),
        conversations: conversations::merged(mine, &own, &theirs, &plan.written),
    })
}

/// A workflow was carried as a task; it is written as what it is.
fn as_workflow(document: MergedDocument) -> MergedDocument {
    let task: Option<Task> = TaskId(document.document.clone())
        .workflow()
        .and_then(|_| serde_json::from_value(document.json.clone()).ok());
    let workflow = task.and_then(|task| Workflow::of_task(&task));
    match workflow.map(serde_json::to_value) {
        Some(Ok(json)) => MergedDocument {
            noun: BundleNoun::Workflow,
            json,
            ..document
        },
        _ => document,
    }
}

/// What becomes of each document of the bundle.
#[derive(Default)]
struct Plan {
    /// The id each document that is written gets, by its id in the bundle.
    written: BTreeMap<String, String>,
    ids: Ids,
    renames_in_theirs: Vec<Renaming>,
    renames_in_mine: Vec<Renaming>,
    /// Titles and names given to the bundle's documents, by their id in the bundle.
    titles: BTreeMap<String, String>,
}

struct Renaming {
    of: KeyOf,
    old: String,
    new: String,
}

impl Plan {
    fn of(mine: &BundleContent, theirs: &BundleContent, choices: &ImportChoices) -> Result<Self, MergeError> {
        let mut plan = Self::default();
        for item in compare(mine, theirs).items {
            if item.state == ItemState::Same {
                continue;
            }
            let default = item
                .choices
                .first()
                .copied()
                .filter(|_| !matches!(item.state, ItemState::Conflict { .. }));
            let named = || (item.id.clone(), item.key_or_title.clone());
            let choice = choices.get(&item.id).copied().or(default).ok_or_else(|| {
                let (id, key_or_title) = named();
                MergeError::Undecided { id, key_or_title }
            })?;
            if !item.choices.contains(&choice) {
                let (id, key_or_title) = named();
                return Err(MergeError::NotOffered { id, key_or_title });
            }
            match item.noun {
                BundleNoun::Task | BundleNoun::Workflow => plan.decide::<Task>(mine, theirs, &item.id, choice),
                BundleNoun::Action => plan.decide::<Action>(mine, theirs, &item.id, choice),
                BundleNoun::Attribute => plan.decide::<Attribute>(mine, theirs, &item.id, choice),
                BundleNoun::Team => plan.decide::<Team>(mine, theirs, &item.id, choice),
                BundleNoun::Article => plan.decide::<Article>(mine, theirs, &item.id, choice),
            }
        }
        Ok(plan)
    }

    fn decide<T: Document>(&mut self, mine: &BundleContent, theirs: &BundleContent, id: &str, choice: ImportChoice) {
        let Some(document) = T::list(theirs).iter().find(|document| document.id() == id) else {
            return;
        };
        let found = matches(T::list(mine), document);
        let met = found.same_id.or(found.same_handle);
        let handle_clashes = found.same_handle.is_some();
        let is_copy = choice == ImportChoice::KeepBoth && !(found.same_id.is_some() && handle_clashes);
        let target = match met {
            Some(own) if !is_copy => own.id().to_owned(),
            Some(_) => free_key(id, |candidate| self.id_is_taken::<T>(mine, theirs, id, candidate)),
            None => id.to_owned(),
        };
        let handle = match (choice, met) {
            (ImportChoice::KeepBoth, _) => self.free_handle(mine, theirs, document),
            (ImportChoice::KeepMine, Some(own)) => own.handle().to_owned(),
            _ => document.handle().to_owned(),
        };
        self.rename_theirs(document, &handle);
        if let Some(own) = met.filter(|_| choice != ImportChoice::KeepMine && !is_copy) {
            self.rename_mine::<T>(own.handle(), &handle);
        }
        if T::NOUN == BundleNoun::Action {
            self.result_names(mine, theirs, id, met.map(Document::id), choice, is_copy);
        }
        self.ids.set(T::NOUN, id, &target);
        if choice != ImportChoice::KeepMine {
            self.written.insert(id.to_owned(), target);
        }
    }

    fn id_is_taken<T: Document>(
        &self,
        mine: &BundleContent,
        theirs: &BundleContent,
        own: &str,
        candidate: &str,
    ) -> bool {
        let in_theirs = T::list(theirs)
            .iter()
            .any(|document| document.id() == candidate && candidate != own);
        let written = self.written.values().any(|id| id == candidate);
        in_theirs || written || T::list(mine).iter().any(|document| document.id() == candidate)
    }

    /// A handle that nothing has, neither here nor in the bundle.
    fn free_handle<T: Document>(&self, mine: &BundleContent, theirs: &BundleContent, document: &T) -> String {
        let given = self
            .titles
            .values()
            .chain(self.renames_in_theirs.iter().map(|renaming| &renaming.new));
        let mut taken: BTreeSet<_> = given.map(|name| name.to_lowercase()).collect();
        taken.extend(T::list(mine).iter().map(T::handle_to_match));
        let others = T::list(theirs).iter().filter(|other| other.id() != document.id());
        taken.extend(others.map(T::handle_to_match));
        if T::NOUN == BundleNoun::Attribute {
            taken.extend(
                mine.tasks
                    .iter()
                    .chain(&theirs.tasks)
                    .flat_map(|task| &task.attributes)
                    .map(|own| own.key.clone()),
            );
        }
        let is_taken = |name: &str| taken.contains(&name.trim().to_lowercase());
        if key_of::<T>().is_some() {
            free_key(document.handle(), is_taken)
        } else {
            free_title(document.handle(), is_taken)
        }
    }

    fn rename_theirs<T: Document>(&mut self, document: &T, new: &str) {
        if document.handle() == new {
            return;
        }
        match key_of::<T>() {
            Some(of) => self.renames_in_theirs.push(Renaming {
                of,
                old: document.handle().into(),
                new: new.into(),
            }),
            None => {
                self.titles.insert(document.id().to_owned(), new.to_owned());
            }
        }
    }

    fn rename_mine<T: Document>(&mut self, old: &str, new: &str) {
        if let Some(of) = key_of::<T>().filter(|_| old != new) {
            self.renames_in_mine.push(Renaming {
                of,
                old: old.into(),
                new: new.into(),
            });
        }
    }

    /// The names of answers follow: a copy's answer gets a name of its own, a replaced action's old name gives way.
    /// Names that several actions share stay as they are.
    fn result_names(
        &mut self,
        mine: &BundleContent,
        theirs: &BundleContent,
        id: &str,
        met: Option<&str>,
        choice: ImportChoice,
        is_copy: bool,
    ) {
        let in_list = |list: &[Action], id: &str| {
            list.iter()
                .find(|action| action.id.0 == id)
                .map(|action| action.result_name.clone())
        };
        let shared = |list: &[Action], name: &str| list.iter().filter(|action| action.result_name == name).count() > 1;
        let (Some(new), Some(old)) = (
            in_list(&theirs.actions, id),
            met.and_then(|met| in_list(&mine.actions, met)),
        ) else {
            return;
        };
        let result = |old: String, new: String| Renaming {
            of: KeyOf::ResultName,
            old,
            new,
        };
        if is_copy {
            let all = || mine.actions.iter().chain(&theirs.actions);
            let free = free_key(&new, |name| all().any(|action| action.result_name == name));
            if all().any(|action| action.id.0 != id && action.result_name == new) && !shared(&theirs.actions, &new) {
                self.renames_in_theirs.push(result(new, free));
            }
        } else if old == new {
        } else if choice == ImportChoice::KeepMine && !shared(&theirs.actions, &new) {
            self.renames_in_theirs.push(result(new, old));
        } else if choice != ImportChoice::KeepMine && !shared(&mine.actions, &old) {
            self.renames_in_mine.push(result(old, new));
        }
    }
}

fn key_of<T: Document>() -> Option<KeyOf> {
    match T::NOUN {
        BundleNoun::Action => Some(KeyOf::Action),
        BundleNoun::Attribute => Some(KeyOf::Attribute),
        BundleNoun::Task | BundleNoun::Workflow | BundleNoun::Team | BundleNoun::Article => None,
    }
}

/// All renamings at once: by way of keys nobody has, so that two may change places.
fn rename(content: &mut BundleContent, renamings: &[Renaming]) {
    for (at, renaming) in renamings.iter().enumerate() {
        rename_key(content, &renaming.of, &renaming.old, &passing_key(at));
    }
    for (at, renaming) in renamings.iter().enumerate() {
        rename_key(content, &renaming.of, &passing_key(at), &renaming.new);
    }
}

fn passing_key(at: usize) -> String {
    format!("taskwright_passing_key_{at}")
}

/// New ids for the bundle's, where they differ.
#[derive(Default)]
struct Ids {
    tasks: BTreeMap<TaskId, TaskId>,
    actions: BTreeMap<ActionId, ActionId>,
    teams: BTreeMap<TeamId, TeamId>,
}

impl Ids {
    fn set(&mut self, noun: BundleNoun, old: &str, new: &str) {
        let (old, new) = (old.to_owned(), new.to_owned());
        match noun {
            BundleNoun::Task => {
                self.tasks.insert(TaskId(old), TaskId(new));
            }
            BundleNoun::Action => {
                self.actions.insert(ActionId(old), ActionId(new));
            }
            BundleNoun::Team => {
                self.teams.insert(TeamId(old), TeamId(new));
            }
            BundleNoun::Attribute | BundleNoun::Workflow | BundleNoun::Article => {}
        }
    }

    fn apply(&self, content: &mut BundleContent) {
        content.tasks.iter_mut().for_each(|task| rewrite::task(task, self));
        content
            .actions
            .iter_mut()
            .for_each(|action| rewrite::action(action, self));
    }
}

impl Rewrite for Ids {
    fn action(&self, id: &ActionId) -> Option<ActionId> {
        self.actions.get(id).cloned()
    }

    fn team(&self, id: &TeamId) -> Option<TeamId> {
        self.teams.get(id).cloned()
    }

    fn task(&self, id: &TaskId) -> Option<TaskId> {
        self.tasks.get(id).cloned()
    }
}

/// Blocks, options and temporary attributes that another task here has already get ids of their own.
fn fresh_inner_ids(mine: &BundleContent, theirs: &mut BundleContent, plan: &Plan) {
    let mut taken = BTreeMap::<String, String>::new();
    for task in &mine.tasks {
        taken.extend(inner_ids(task).into_iter().map(|id| (id, task.id.0.clone())));
    }
    for task in &mut theirs.tasks {
        let Some(target) = plan.written.get(&task.id.0) else {
            continue;
        };
        for id in inner_ids_mut(task) {
            let others = |candidate: &str| taken.get(candidate).is_some_and(|owner| owner != target);
            *id = free_key(id, others);
            taken.insert(id.clone(), target.clone());
        }
    }
}

fn inner_ids_mut(task: &mut Task) -> Vec<&mut String> {
    fn walk<'a>(blocks: &'a mut [taskwright_domain::Block], found: &mut Vec<&'a mut String>) {
        use taskwright_domain::BlockKind::{Branch, Buttons, WaitForWebhook};
        for block in blocks {
            found.push(&mut block.id.0);
            match &mut block.kind {
                WaitForWebhook { what_then, .. } => walk(what_then, found),
                Buttons { options, .. } => {
                    for option in options {
                        found.push(&mut option.id.0);
                        walk(&mut option.blocks, found);
                    }
                }
                Branch { arms, otherwise } => {
                    for arm in arms {
                        found.push(&mut arm.id.0);
                        walk(&mut arm.blocks, found);
                    }
                    walk(otherwise, found);
                }
                _ => {}
            }
        }
    }
    let mut found: Vec<_> = task
        .attributes
        .iter_mut()
        .map(|attribute| &mut attribute.id.0)
        .collect();
    walk(&mut task.blocks, &mut found);
    found
}

struct Writing<'a> {
    mine: &'a BundleContent,
    own: &'a BundleContent,
    theirs: &'a BundleContent,
    plan: &'a Plan,
    documents: Vec<MergedDocument>,
}

impl Writing<'_> {
    fn add<T: Document>(&mut self) -> Result<(), MergeError> {
        let mut written = Vec::<T>::new();
        let mut from = Vec::new();
        for document in T::list(self.theirs) {
            let Some(target) = self.plan.written.get(document.id()) else {
                continue;
            };
            let mut document = document.clone();
            if let Some(title) = self.plan.titles.get(document.id()) {
                title.clone_into(document.handle_mut());
            }
            from.push(Some(document.id().to_owned()));
            target.clone_into(document.id_mut());
            written.push(document);
        }
        self.check(&written)?;
        let before = T::list(self.mine);
        let followed = T::list(self.own)
            .iter()
            .filter(|own| !written.iter().any(|new| new.id() == own.id()));
        let followed = followed.filter(|own| before.iter().any(|old| old.id() == own.id() && old != *own));
        let from = from.into_iter().chain(std::iter::repeat(None));
        for (document, from) in written.iter().chain(followed).zip(from) {
            let json = document.json().map_err(|error| MergeError::CannotWrite {
                key_or_title: document.handle().to_owned(),
                reason: error.to_string(),
            })?;
            self.documents.push(MergedDocument {
                document: document.id().to_owned(),
                from,
                noun: T::NOUN,
                json,
            });
        }
        Ok(())
    }

    /// Nothing that is written may take the id of anything else, nor a handle that it did not have before.
    fn check<T: Document>(&self, written: &[T]) -> Result<(), MergeError> {
        let kept: Vec<_> = T::list(self.own)
            .iter()
            .filter(|own| !written.iter().any(|new| new.id() == own.id()))
            .collect();
        for (at, document) in written.iter().enumerate() {
            let handle = document.handle_to_match();
            let had_it = T::list(self.mine)
                .iter()
                .any(|own| own.id() == document.id() && own.handle_to_match() == handle);
            let clashes = written[..at].iter().any(|other| other.id() == document.id())
                || (!had_it && !handle.is_empty() && kept.iter().any(|own| own.handle_to_match() == handle));
            if clashes {
                return Err(MergeError::Clash {
                    key_or_title: document.handle().to_owned(),
                });
            }
        }
        Ok(())
    }
}
