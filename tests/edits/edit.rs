//! An edit of a sample's instructions, and what its reading must hold.

use std::ops::Range;

use serde::Deserialize;
use taskwright_bundle::BundleContent;
use taskwright_commands::catalogue;
use taskwright_domain::{Action, BlockKind, Catalogue, Reading, Settings};
use taskwright_language::read::read;
use taskwright_tests::{samples, top};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    id: String,
    /// The sample, by its folder.
    bundle: String,
    /// The instructions, by their file.
    file: String,
    /// The words that go; none where a line is added at the end.
    find: String,
    replace: String,
    /// What the new words mean.
    expect: Vec<Expected>,
    #[serde(default)]
    in_order: bool,
    /// An action the edit brings with it.
    new_action: Option<Action>,
}

/// A meaning that must be found. Ways to say the same are parted by `|`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Expected {
    pub(crate) meaning: String,
    pub(crate) words_contain: Vec<String>,
    #[serde(default)]
    pub(crate) condition_contains: Vec<String>,
}

pub(crate) struct Edit {
    pub(crate) id: String,
    pub(crate) expect: Vec<Expected>,
    pub(crate) in_order: bool,
    pub(crate) catalogue: Catalogue,
    /// The whole text after the edit.
    pub(crate) text: String,
    /// What of it is new, in characters.
    pub(crate) new: Range<usize>,
}

impl Edit {
    pub(crate) fn reading(&self) -> Reading {
        read(&self.text, &self.catalogue)
    }
}

/// All edits, done to the samples as they are now.
pub(crate) fn edits() -> Result<Vec<Edit>, String> {
    let file = top().join("tests/edits/edits.json");
    let json = std::fs::read_to_string(file).map_err(|error| error.to_string())?;
    let lines: Vec<Line> = serde_json::from_str(&json).map_err(|error| error.to_string())?;
    let samples = samples()?;
    lines.into_iter().map(|line| done(line, &samples)).collect()
}

fn done(line: Line, samples: &[(String, BundleContent)]) -> Result<Edit, String> {
    let missing = |what: &str| format!("{}: there is no {what}", line.id);
    let (_, content) = samples
        .iter()
        .find(|(name, _)| *name == line.bundle)
        .ok_or_else(|| missing("such sample"))?;
    let mut content = content.clone();
    content.actions.extend(line.new_action);
    let task = content.tasks.first().ok_or_else(|| missing("task"))?;
    let old = std::fs::read_to_string(
        top()
            .join("tasks")
            .join(&line.bundle)
            .join("tasks")
            .join(&line.bundle)
            .join(&line.file),
    )
    .map_err(|error| error.to_string())?;
    task.all_blocks()
        .into_iter()
        .find(|block| matches!(&block.kind, BlockKind::Instructions { text } if text.trim() == old.trim()))
        .ok_or_else(|| missing("such block"))?;
    let (before, after) = if line.find.is_empty() {
        (format!("{}\n", old.trim_end()), String::new())
    } else {
        let (before, after) = old.split_once(&line.find).ok_or_else(|| missing("such words"))?;
        (before.to_owned(), after.to_owned())
    };
    let start = before.chars().count();
    Ok(Edit {
        new: start..start + line.replace.chars().count(),
        text: format!("{before}{}{after}", line.replace),
        catalogue: catalogue(&content, task, &Settings::default()),
        expect: line.expect,
        in_order: line.in_order,
        id: line.id,
    })
}
