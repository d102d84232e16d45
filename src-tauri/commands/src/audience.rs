//! Who the tasks are for: a task that is not for a customer does not compete for their messages.

use std::collections::BTreeMap;

use taskwright_bundle::BundleContent;
use taskwright_domain::{ConversationStart, Ranking, Revision, Settings, Task, TaskId};
use taskwright_engine::{Compiled, compile, not_for};
use taskwright_language::rank::Ranker;
use taskwright_language::read::READER_VERSION;

use crate::choice::as_it_stands;
use crate::freeze::catalogue;

/// The tasks of a workspace that are for some customers only.
#[derive(Default)]
pub(crate) struct Audiences(Vec<(TaskId, Compiled)>);

impl Audiences {
    pub(crate) fn of(content: &BundleContent, settings: &Settings) -> Self {
        Self::of_tasks(&content.tasks, content, settings)
    }

    /// Of these tasks, as they stand here.
    pub(crate) fn of_tasks<'a>(
        tasks: impl IntoIterator<Item = &'a Task>,
        content: &BundleContent,
        settings: &Settings,
    ) -> Self {
        let some = tasks.into_iter().filter(|task| task.audience.is_some());
        let compiled = |task: &Task| {
            // Its steps say nothing about whom it is for, and reading them takes time.
            let task = Task {
                blocks: Vec::new(),
                ..task.clone()
            };
            let revision = Revision {
                id: as_it_stands(),
                catalogue: catalogue(content, &task, settings),
                task: task.clone(),
                readings: BTreeMap::new(),
                parts: BTreeMap::new(),
                reader_version: READER_VERSION,
            };
            (task.id, compile(revision))
        };
        Self(some.map(compiled).collect())
    }

    /// Ranks the tasks that are for this customer, at an instant; says so where another would have come closest.
    pub(crate) fn rank(&self, ranker: &Ranker, start: &ConversationStart, at: i64, text: &str) -> Ranking {
        let kept_out = self.0.iter().filter_map(|(task, compiled)| {
            let why = not_for(compiled, start, at)?;
            Some((task, (&compiled.revision.task.title, why)))
        });
        let kept_out: BTreeMap<_, _> = kept_out.collect();
        if kept_out.is_empty() {
            return ranker.rank(text);
        }
        let mut ranking = ranker.rank_among(text, &|task| !kept_out.contains_key(task));
        let all = ranker.rank(text).candidates;
        let closest = all.first().and_then(|closest| kept_out.get(&closest.task));
        if let Some((title, why)) = closest {
            ranking.reason = format!("{} \"{title}\" would come closest, but {why}.", ranking.reason);
        }
        ranking
    }
}
