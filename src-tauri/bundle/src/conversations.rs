//! The scripted conversations of a task, which come and go with it.

use std::collections::BTreeMap;

use taskwright_domain::TaskId;

use crate::slug::file_name;
use crate::words::line;
use crate::{BundleContent, ScriptedConversation};

/// What a conversation without a usable name is called.
const NAMELESS: &str = "conversation";

/// The conversations of a task by the name of their file.
pub(crate) fn of_task<'a>(content: &'a BundleContent, task: &str) -> BTreeMap<String, &'a ScriptedConversation> {
    let mut found = BTreeMap::new();
    for conversation in &content.conversations {
        if conversation.task.as_ref().is_some_and(|own| own.as_str() == task) {
            found.insert(file_name(&conversation.name, NAMELESS), conversation);
        }
    }
    found
}

/// What their conversations of a task bring to mine. One that only I have stays, so it is no difference.
pub(crate) fn differences(mine: (&BundleContent, &str), theirs: (&BundleContent, &str)) -> Vec<String> {
    let own = of_task(mine.0, mine.1);
    let brought = of_task(theirs.0, theirs.1).into_iter();
    let line_of = |(name, conversation): (String, &ScriptedConversation)| match own.get(&name) {
        None => Some(format!("The sample conversation “{}” is added", line(&name))),
        Some(own) if own.markdown != conversation.markdown => {
            Some(format!("The sample conversation “{}” differs", line(&name)))
        }
        Some(_) => None,
    };
    brought.filter_map(line_of).collect()
}

/// The conversations that an import writes: those of the tasks it writes, and those of mine that follow a renaming.
///
/// `own` and `theirs` are after the renaming; `written` gives the id in the workspace of each task that is written.
pub(crate) fn merged(
    mine: &BundleContent,
    own: &BundleContent,
    theirs: &BundleContent,
    written: &BTreeMap<String, String>,
) -> Vec<ScriptedConversation> {
    let mut merged = Vec::new();
    for task in &theirs.tasks {
        let Some(target) = written.get(task.id.as_str()) else {
            continue;
        };
        let there = of_task(own, target);
        for (name, conversation) in of_task(theirs, task.id.as_str()) {
            merged.push(ScriptedConversation {
                task: Some(TaskId(target.clone())),
                name: there.get(&name).map_or(name, |own| own.name.clone()),
                markdown: conversation.markdown.clone(),
            });
        }
    }
    let is_written = |own: &ScriptedConversation, merged: &[ScriptedConversation]| {
        merged.iter().any(|new| new.task == own.task && new.name == own.name)
    };
    let followed = mine.conversations.iter().zip(&own.conversations);
    let followed = followed
        .filter(|(before, after)| before != after)
        .map(|(_, after)| after);
    let followed: Vec<_> = followed.filter(|own| !is_written(own, &merged)).cloned().collect();
    merged.extend(followed);
    merged
}
