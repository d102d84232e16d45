//! What is worked out from a task's text and kept until the text changes.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use taskwright_domain::{RevisionId, Task, TaskId};

use crate::app::App;
use crate::check::check_task;
use crate::freeze::freeze;
use crate::snapshot::Snapshot;

/// What a reading stands on: the task's version and the state of everything it can refer to.
type Stamp = (u64, u64);

/// Longest the list of tasks waits for numbers that are not known yet.
const PATIENCE: Duration = Duration::from_millis(60);

/// Counts of problems and hashes of drafts, by task.
#[derive(Default)]
pub(crate) struct ProblemCounts {
    counts: Mutex<HashMap<TaskId, (Stamp, u32)>>,
    revisions: Mutex<HashMap<TaskId, (Stamp, RevisionId)>>,
}

impl ProblemCounts {
    /// The counts that are known, or that can be found out quickly. The rest is found out behind the scenes and is there
    /// the next time.
    pub(crate) fn of_all(&self, app: &App, snapshot: &Arc<Snapshot>) -> BTreeMap<TaskId, u32> {
        let begun = Instant::now();
        let mut known = BTreeMap::new();
        let mut late = Vec::new();
        for task in &snapshot.content.tasks {
            let stamp = stamp(snapshot, task);
            let count = self.known(&task.id, stamp);
            let in_time = begun.elapsed() < PATIENCE;
            match count.or_else(|| in_time.then(|| self.count(app, snapshot, task))) {
                Some(count) => {
                    known.insert(task.id.clone(), count);
                }
                None => late.push(task.id.clone()),
            }
        }
        self.find_out(app, snapshot, late);
        known
    }

    fn find_out(&self, app: &App, snapshot: &Arc<Snapshot>, late: Vec<TaskId>) {
        if late.is_empty() {
            return;
        }
        let (app, snapshot) = (app.clone(), snapshot.clone());
        tokio::task::spawn_blocking(move || {
            for task in late {
                if let Ok(task) = snapshot.task(&task) {
                    app.inner.problems.count(&app, &snapshot, task);
                }
            }
        });
    }

    fn known(&self, task: &TaskId, stamp: Stamp) -> Option<u32> {
        let counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        counts.get(task).filter(|(of, _)| *of == stamp).map(|(_, count)| *count)
    }

    fn count(&self, app: &App, snapshot: &Snapshot, task: &Task) -> u32 {
        let unconfirmed = app.unconfirmed().unwrap_or_default();
        let problems = check_task(&snapshot.content, task, &snapshot.settings, &unconfirmed).problems;
        let count = u32::try_from(problems.len()).unwrap_or(u32::MAX);
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        counts.insert(task.id.clone(), (stamp(snapshot, task), count));
        count
    }

    /// The revision that publishing the task now would make.
    pub(crate) fn revision_of(&self, snapshot: &Snapshot, task: &Task) -> RevisionId {
        let stamp = stamp(snapshot, task);
        let mut revisions = self.revisions.lock().unwrap_or_else(PoisonError::into_inner);
        match revisions.get(&task.id) {
            Some((of, revision)) if *of == stamp => revision.clone(),
            _ => {
                let revision = freeze(&snapshot.content, task, &snapshot.settings).id;
                revisions.insert(task.id.clone(), (stamp, revision.clone()));
                revision
            }
        }
    }
}

fn stamp(snapshot: &Snapshot, task: &Task) -> Stamp {
    (snapshot.standing(task.id.as_str()).version, snapshot.shelf)
}
