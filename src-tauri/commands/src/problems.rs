//! What is worked out from a task's text and kept until the text changes.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use taskwright_domain::{RevisionId, Severity, Task, TaskId};

use crate::app::App;
use crate::check::check_task;
use crate::freeze::freeze;
use crate::reach::Reach;
use crate::snapshot::Snapshot;

/// What a reading stands on: the task's version and the state of everything it can refer to.
type Stamp = (u64, u64);

/// What a count of problems stands on besides: what actions can reach.
type Counted = (Stamp, u64);

/// Longest the list of tasks waits for what is not known yet.
const PATIENCE: Duration = Duration::from_millis(40);

/// What is worth knowing of a task in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Outline {
    /// How many problems stand in the way of publishing it.
    pub(crate) problems: u32,
    /// The revision that publishing it now would make; looked for only where it was published before.
    pub(crate) revision: Option<RevisionId>,
}

/// Counts of the problems that stand in the way of publishing, and hashes of drafts, by task.
#[derive(Default)]
pub(crate) struct ProblemCounts {
    counts: Mutex<HashMap<TaskId, (Counted, u32)>>,
    revisions: Mutex<HashMap<TaskId, (Stamp, RevisionId)>>,
    /// Held by the one pass behind the scenes.
    pass: Mutex<()>,
}

impl ProblemCounts {
    /// The outlines that are known, or that can be found out quickly; `published` says whose revisions are wanted. The
    /// rest is found out behind the scenes and is there the next time.
    pub(crate) fn of_all(
        &self,
        app: &App,
        snapshot: &Arc<Snapshot>,
        published: impl Fn(&TaskId) -> bool,
    ) -> BTreeMap<TaskId, Outline> {
        let begun = Instant::now();
        let reach = app.reach().unwrap_or_default();
        let mut found = BTreeMap::new();
        let mut late = Vec::new();
        for task in &snapshot.content.tasks {
            let published = published(&task.id);
            let known = self.known(snapshot, task, published, &reach);
            let in_time = begun.elapsed() < PATIENCE;
            match known.or_else(|| in_time.then(|| self.outline(snapshot, task, published, &reach))) {
                Some(outline) => {
                    found.insert(task.id.clone(), outline);
                }
                None => late.push((task.id.clone(), published)),
            }
        }
        find_out(app, snapshot, late, reach);
        found
    }

    fn known(&self, snapshot: &Snapshot, task: &Task, published: bool, reach: &Reach) -> Option<Outline> {
        let stamp = stamp(snapshot, task);
        let problems = of_stamp(&self.counts, task, (stamp, reach.fingerprint()))?;
        let revision = match published {
            true => Some(of_stamp(&self.revisions, task, stamp)?),
            false => None,
        };
        Some(Outline { problems, revision })
    }

    fn outline(&self, snapshot: &Snapshot, task: &Task, published: bool, reach: &Reach) -> Outline {
        Outline {
            problems: self.count(snapshot, task, reach),
            revision: published.then(|| self.revision_of(snapshot, task)),
        }
    }

    fn count(&self, snapshot: &Snapshot, task: &Task, reach: &Reach) -> u32 {
        let stamp = (stamp(snapshot, task), reach.fingerprint());
        of_stamp(&self.counts, task, stamp).unwrap_or_else(|| {
            let problems = check_task(&snapshot.content, task, &snapshot.settings, reach).problems;
            let blocking = problems.iter().filter(|problem| problem.severity == Severity::Blocks);
            let count = u32::try_from(blocking.count()).unwrap_or(u32::MAX);
            keep(&self.counts, task, stamp, count)
        })
    }

    /// The revision that publishing the task now would make.
    pub(crate) fn revision_of(&self, snapshot: &Snapshot, task: &Task) -> RevisionId {
        let stamp = stamp(snapshot, task);
        of_stamp(&self.revisions, task, stamp).unwrap_or_else(|| {
            let revision = freeze(&snapshot.content, task, &snapshot.settings).id;
            keep(&self.revisions, task, stamp, revision)
        })
    }
}

/// One pass at a time; it ends early where the documents have changed meanwhile, and the next list begins another one.
fn find_out(app: &App, snapshot: &Arc<Snapshot>, late: Vec<(TaskId, bool)>, reach: Reach) {
    if late.is_empty() {
        return;
    }
    let (app, snapshot) = (app.clone(), snapshot.clone());
    tokio::task::spawn_blocking(move || {
        let known = &app.inner.problems;
        let Ok(_pass) = known.pass.try_lock() else { return };
        for (id, published) in late {
            if app.snapshot().shelf != snapshot.shelf {
                return;
            }
            if let Ok(task) = snapshot.task(&id) {
                known.outline(&snapshot, task, published, &reach);
            }
        }
    });
}

fn stamp(snapshot: &Snapshot, task: &Task) -> Stamp {
    (snapshot.standing(task.id.as_str()).version, snapshot.shelf)
}

/// What was worked out, where it is of this state. A lock whose holder died guards whole values all the same.
fn of_stamp<S: PartialEq, T: Clone>(known: &Mutex<HashMap<TaskId, (S, T)>>, task: &Task, stamp: S) -> Option<T> {
    let known = known.lock().unwrap_or_else(PoisonError::into_inner);
    let found = known.get(&task.id).filter(|(of, _)| *of == stamp);
    found.map(|(_, value)| value.clone())
}

fn keep<S, T: Clone>(known: &Mutex<HashMap<TaskId, (S, T)>>, task: &Task, stamp: S, value: T) -> T {
    let mut known = known.lock().unwrap_or_else(PoisonError::into_inner);
    known.insert(task.id.clone(), (stamp, value.clone()));
    value
}
