//! Choosing tasks: the tasks as they stand, weighed once and again when one of them changes.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use taskwright_domain::{RevisionId, Task};
use taskwright_language::rank::{Ranker, TaskCard};

use crate::meaning::meanings;
use crate::snapshot::Snapshot;
use crate::stand_alone::answers;

/// How long a message waits for tasks to be weighed by meaning before it is ranked by words.
const PATIENCE: Duration = Duration::from_secs(3);
/// The same in a large workspace, where the first weighing may take a minute.
const LITTLE_PATIENCE: Duration = Duration::from_millis(100);
/// Tasks from which on a workspace is large.
const LARGE: usize = 100;

/// The newest rankers.
#[derive(Clone, Default)]
pub(crate) struct Choice {
    by_meaning: Newest,
    by_words: Newest,
}

impl Choice {
    /// The ranker of the tasks as they stand. What takes too long goes on beside, for the next message.
    pub(crate) async fn ranker(&self, cards: Vec<TaskCard>) -> Arc<Ranker> {
        let patience = if cards.len() < LARGE { PATIENCE } else { LITTLE_PATIENCE };
        let made = tokio::task::spawn_blocking({
            let (this, cards) = (self.clone(), cards.clone());
            move || this.weigh(cards)
        });
        match tokio::time::timeout(patience, made).await {
            Ok(Ok(ranker)) => ranker,
            _ => self.by_words.of(cards, |cards| Ranker::new(cards, None)),
        }
    }

    /// Weighs the tasks as they stand, on the caller's thread; at once where none has changed. A large workspace is weighed by
    /// words only: by meaning it takes long, and nobody has written yet.
    pub(crate) fn prepare(&self, snapshot: &Snapshot) {
        let cards = cards(snapshot);
        if cards.len() < LARGE {
            self.weigh(cards);
        } else {
            self.by_words.of(cards, |cards| Ranker::new(cards, None));
        }
    }

    fn weigh(&self, cards: Vec<TaskCard>) -> Arc<Ranker> {
        self.by_meaning.of(cards, |cards| Ranker::new(cards, meanings().ok()))
    }
}

/// The newest ranker of its kind.
#[derive(Clone, Default)]
struct Newest(Arc<Mutex<Option<Weighed>>>);

/// A ranker, with what it was made of.
struct Weighed {
    cards: Vec<TaskCard>,
    ranker: Arc<Ranker>,
}

impl Newest {
    /// The ranker of these tasks, made where it is another's.
    fn of(&self, cards: Vec<TaskCard>, make: impl FnOnce(Vec<TaskCard>) -> Ranker) -> Arc<Ranker> {
        // Held while they are weighed: whoever comes meanwhile finds them done.
        let mut newest = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(weighed) = newest.as_ref().filter(|weighed| weighed.cards == cards) {
            return weighed.ranker.clone();
        }
        let ranker = Arc::new(make(cards.clone()));
        *newest = Some(Weighed {
            cards,
            ranker: ranker.clone(),
        });
        ranker
    }
}

/// All tasks that a customer can start, as they stand, and the actions that answer on their own.
pub(crate) fn cards(snapshot: &Snapshot) -> Vec<TaskCard> {
    let tasks = snapshot.content.tasks.iter();
    let mark = as_it_stands();
    let tasks = tasks.filter(|task| !task.only_used_by_other_tasks);
    tasks.map(|task| card(task, &mark)).chain(answering(snapshot)).collect()
}

/// The actions that answer on their own: they have no revisions, and are on once they are said to.
pub(crate) fn answering(snapshot: &Snapshot) -> impl Iterator<Item = TaskCard> {
    let mark = as_it_stands();
    answers(snapshot).map(move |task| card(&task, &mark))
}

/// Which revision runs is decided once a task is chosen.
pub(crate) fn as_it_stands() -> RevisionId {
    RevisionId::new("as_it_stands")
}

/// A task as it is chosen by.
pub(crate) fn card(task: &Task, revision: &RevisionId) -> TaskCard {
    TaskCard {
        task: task.id.clone(),
        revision: revision.clone(),
        title: task.title.clone(),
        description: task.description.clone(),
        examples: task.examples.clone(),
        counter_examples: task.counter_examples.clone(),
    }
}
