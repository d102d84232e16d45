//! `task.json`: a task whose instruction texts stand in files of their own.

use serde::Serialize;
use serde_json::{Map, Value as Json, json};
use taskwright_domain::{BlockKind, Task, Workflow};

use crate::BundleError;
use crate::slug::slug;

/// A task apart from its texts.
pub(crate) struct SplitTask {
    /// The task, each instruction text replaced by `{"file": …}`.
    pub(crate) json: Json,
    /// The texts by file name, in reading order.
    pub(crate) texts: Vec<(String, String)>,
}

/// Takes the instruction texts out of a task.
pub(crate) fn split(path: &str, task: &Task) -> Result<SplitTask, BundleError> {
    split_texts(path, task, text_names(task))
}

/// The same of a workflow.
pub(crate) fn split_workflow(path: &str, workflow: &Workflow) -> Result<SplitTask, BundleError> {
    split_texts(path, workflow, text_names(&workflow.as_task()))
}

fn split_texts(path: &str, document: &impl Serialize, names: Vec<String>) -> Result<SplitTask, BundleError> {
    let mut json = serde_json::to_value(document).map_err(|error| BundleError::CannotWrite {
        path: path.to_owned(),
        reason: error.to_string(),
    })?;
    let mut names = names.into_iter();
    let mut texts = Vec::new();
    each_instructions(&mut json["blocks"], &mut |block| {
        if let (Some(name), Some(Json::String(text))) = (names.next(), block.get("text")) {
            texts.push((name.clone(), text.clone()));
            block.insert("text".into(), json!({ "file": name }));
        }
        Ok(())
    })?;
    Ok(SplitTask { json, texts })
}

/// Puts the instruction texts back. A text that a person wrote into `task.json` itself stays as it is.
pub(crate) fn join(json: &mut Json, text_of: &dyn Fn(&str) -> Result<String, BundleError>) -> Result<(), BundleError> {
    let Some(blocks) = json.get_mut("blocks") else {
        return Ok(());
    };
    each_instructions(blocks, &mut |block| {
        if let Some(file) = named_file(block) {
            block.insert("text".into(), Json::String(text_of(&file)?));
        }
        Ok(())
    })
}

/// The files that a `task.json` names for its texts.
pub(crate) fn named_files(json: &Json) -> Vec<String> {
    let mut found = Vec::new();
    let mut blocks = json.get("blocks").cloned().unwrap_or_default();
    let visited = each_instructions(&mut blocks, &mut |block| {
        found.extend(named_file(block));
        Ok(())
    });
    visited.map_or_else(|_| Vec::new(), |()| found)
}

/// The file of a block's text: `{"file": "01-a.md"}`, or `"file:01-a.md"` as people may write it by hand. Texts that
/// the program writes are never in `task.json`, so no text can be taken for a file.
fn named_file(block: &Map<String, Json>) -> Option<String> {
    let text = block.get("text")?;
    if let Some(file) = text.get("file").and_then(Json::as_str) {
        return Some(file.to_owned());
    }
    let file = text.as_str()?.strip_prefix("file:")?;
    let plain = file.ends_with(".md") && !file.contains(char::is_whitespace);
    plain.then(|| file.to_owned())
}

fn text_names(task: &Task) -> Vec<String> {
    let instructions = task
        .all_blocks()
        .into_iter()
        .filter(|block| matches!(block.kind, BlockKind::Instructions { .. }));
    instructions
        .enumerate()
        .map(|(at, block)| format!("{:02}-{}.md", at + 1, slug(&block.name, "instructions")))
        .collect()
}

type Visit<'a> = &'a mut dyn FnMut(&mut Map<String, Json>) -> Result<(), BundleError>;

/// Visits every instructions block in reading order. Only lists of blocks are entered: an example request of a webhook
/// may look like a block and is none.
fn each_instructions(blocks: &mut Json, visit: Visit<'_>) -> Result<(), BundleError> {
    let Json::Array(blocks) = blocks else { return Ok(()) };
    for block in blocks {
        let Json::Object(block) = block else { continue };
        match block.get("type").and_then(Json::as_str) {
            Some("instructions") => visit(block)?,
            Some("wait_for_webhook") => each_in(block.get_mut("what_then"), visit)?,
            Some("buttons") => each_in_groups(block.get_mut("options"), visit)?,
            Some("branch") => {
                each_in_groups(block.get_mut("arms"), visit)?;
                each_in(block.get_mut("otherwise"), visit)?;
            }
            _ => {}
        }
    }
    Ok(())
}

fn each_in(blocks: Option<&mut Json>, visit: Visit<'_>) -> Result<(), BundleError> {
    blocks.map_or(Ok(()), |blocks| each_instructions(blocks, visit))
}

fn each_in_groups(groups: Option<&mut Json>, visit: Visit<'_>) -> Result<(), BundleError> {
    let Some(Json::Array(groups)) = groups else {
        return Ok(());
    };
    groups
        .iter_mut()
        .try_for_each(|group| each_in(group.get_mut("blocks"), visit))
}
