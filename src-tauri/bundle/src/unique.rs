//! Ids that are used twice.

use std::collections::BTreeMap;

use taskwright_domain::{BlockKind, Task, Workflow};

use crate::{BundleContent, BundleError};

/// Every id that is used more than once: of documents, and of blocks, options and attributes inside tasks.
pub(crate) fn duplicate_ids(content: &BundleContent, places: &[(String, String)]) -> Vec<BundleError> {
    let mut seen = BTreeMap::<String, String>::new();
    let mut errors = Vec::new();
    for (id, place) in ids(content, places) {
        if let Some(first) = seen.get(&id) {
            errors.push(BundleError::DuplicateId {
                id,
                first: first.clone(),
                second: place,
            });
        } else {
            seen.insert(id, place);
        }
    }
    errors
}

fn ids(content: &BundleContent, places: &[(String, String)]) -> Vec<(String, String)> {
    let mut ids = places.to_vec();
    ids.extend(
        content
            .attributes
            .iter()
            .map(|attribute| (attribute.id.0.clone(), "attributes.json".to_owned())),
    );
    ids.extend(
        content
            .teams
            .iter()
            .map(|team| (team.id.0.clone(), "teams.json".to_owned())),
    );
    let workflows: Vec<Task> = content.workflows.iter().map(Workflow::as_task).collect();
    for task in content.tasks.iter().chain(&workflows) {
        let place = places
            .iter()
            .find(|(id, _)| *id == task.id.0)
            .map(|(_, place)| place.clone())
            .unwrap_or_default();
        ids.extend(inner_ids(task).into_iter().map(|id| (id, place.clone())));
    }
    ids
}

/// The ids of blocks, options and temporary attributes of a task.
pub(crate) fn inner_ids(task: &Task) -> Vec<String> {
    let mut ids: Vec<_> = task.attributes.iter().map(|attribute| attribute.id.0.clone()).collect();
    for block in task.all_blocks() {
        ids.push(block.id.0.clone());
        match &block.kind {
            BlockKind::Buttons { options, .. } => ids.extend(options.iter().map(|option| option.id.0.clone())),
            BlockKind::Branch { arms, .. } => ids.extend(arms.iter().map(|arm| arm.id.0.clone())),
            _ => {}
        }
    }
    ids
}
