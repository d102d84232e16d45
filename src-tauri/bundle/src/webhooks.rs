//! Keys of waits for webhooks: unique in a workspace, so those of a bundle give way.

use std::collections::BTreeSet;

use taskwright_domain::{BlockKind, Task};

use crate::names::free_key;
use crate::words::line;
use crate::{BundleContent, KeyOf, rename_key};

/// The keys of a task's waits, each once.
pub(crate) fn keys(task: &Task) -> BTreeSet<&str> {
    let blocks = task.all_blocks().into_iter();
    let keys = blocks.filter_map(|block| match &block.kind {
        BlockKind::WaitForWebhook { key, .. } => Some(key.as_str()),
        _ => None,
    });
    keys.filter(|key| !key.is_empty()).collect()
}

/// Which waits of a bundle's task get another key, a line each. `met` is the task of mine that it may replace.
pub(crate) fn notes(mine: &[Task], met: Option<&str>, task: &Task) -> Vec<String> {
    let others = || mine.iter().filter(|own| Some(own.id.as_str()) != met);
    let note = |key: &str| {
        let owner = others().find(|own| keys(own).contains(key))?;
        Some(format!(
            "Its webhook “{}” gets another key, because your task “{}” waits for one of that key",
            line(key),
            line(&owner.title)
        ))
    };
    keys(task).into_iter().filter_map(note).collect()
}

/// Gives the waits of the bundle's tasks that are written keys which no task that stays has. `written` says of an id
/// in the bundle whether its task is written, `stays` of one of mine whether nothing takes its place.
pub(crate) fn give_way(
    mine: &BundleContent,
    theirs: &mut BundleContent,
    written: impl Fn(&str) -> bool,
    stays: impl Fn(&str) -> bool,
) {
    let owned = |tasks: &[Task], counts: &dyn Fn(&str) -> bool| -> BTreeSet<String> {
        let counted = tasks.iter().filter(|task| counts(task.id.as_str()));
        counted.flat_map(keys).map(str::to_owned).collect()
    };
    let kept = owned(&mine.tasks, &stays);
    let brought = owned(&theirs.tasks, &written);
    let mut taken: BTreeSet<_> = kept.union(&brought).cloned().collect();
    for key in brought.intersection(&kept) {
        let free = free_key(key, |candidate| taken.contains(candidate));
        rename_key(theirs, &KeyOf::Webhook, key, &free);
        taken.insert(free);
    }
}
