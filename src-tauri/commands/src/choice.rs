//! Choosing tasks: the tasks as they stand, weighed once and again when one of them changes.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use taskwright_domain::{RevisionId, Task};
use taskwright_language::rank::{Ranker, TaskCard};

use crate::meaning::meanings;
use crate::snapshot::Snapshot;

/// How long a message waits for tasks to be weighed by meaning before it is ranked by words.
const PATIENCE: Duration = Duration::from_secs(3);

/// The newest ranker.
#[derive(Clone, Default)]
pub(crate) struct Choice {
    newest: Arc<Mutex<Option<Weighed>>>,
}

/// A ranker, with what it was made of.
struct Weighed {
    cards: Vec<TaskCard>,
    ranker: Arc<Ranker>,
}

impl Choice {
    /// The ranker of the tasks as they stand. What takes too long goes on beside, for the next message.
    pub(crate) async fn ranker(&self, snapshot: &Snapshot) -> Arc<Ranker> {
        let cards = cards(snapshot);
        let made = tokio::task::spawn_blocking({
            let (this, cards) = (self.clone(), cards.clone());
            move || this.weigh(cards)
        });
        match tokio::time::timeout(PATIENCE, made).await {
            Ok(Ok(ranker)) => ranker,
            _ => Arc::new(Ranker::new(cards, None)),
        }
    }

    /// Weighs the tasks as they stand, on the caller's thread; at once where none has changed.
    pub(crate) fn prepare(&self, snapshot: &Snapshot) {
        self.weigh(cards(snapshot));
    }

    fn weigh(&self, cards: Vec<TaskCard>) -> Arc<Ranker> {
        // Held while they are weighed: whoever comes meanwhile finds them done.
        let mut newest = self.newest.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(weighed) = newest.as_ref().filter(|weighed| weighed.cards == cards) {
            return weighed.ranker.clone();
        }
        let ranker = Arc::new(Ranker::new(cards.clone(), meanings().ok()));
        *newest = Some(Weighed {
            cards,
            ranker: ranker.clone(),
        });
        ranker
    }
}

/// All tasks that a customer can start, as they stand.
pub(crate) fn cards(snapshot: &Snapshot) -> Vec<TaskCard> {
    let tasks = snapshot.content.tasks.iter();
    let mark = as_it_stands();
    tasks
        .filter(|task| !task.only_used_by_other_tasks)
        .map(|task| card(task, &mark))
        .collect()
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
