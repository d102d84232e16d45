//! What a bundle holds, to and from files.

use std::collections::BTreeMap;

use serde::{Serialize, de::DeserializeOwned};
use taskwright_domain::{Action, Attribute, Block, BlockKind, Task, Team, key_for};

use crate::manifest::{MANIFEST, Manifest, verify};
use crate::{BundleError, Files, readme};

/// Nesting of JSON that is read at the most.
const DEEPEST_JSON: usize = 64;

/// What a bundle holds.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct BundleContent {
    /// Its name.
    pub name: String,
    /// What it is for.
    pub description: String,
    /// Tasks.
    pub tasks: Vec<Task>,
    /// Actions.
    pub actions: Vec<Action>,
    /// Attributes of the workspace.
    pub attributes: Vec<Attribute>,
    /// Teams.
    pub teams: Vec<Team>,
    /// Scripted conversations.
    pub conversations: Vec<ScriptedConversation>,
}

/// A scripted conversation of a task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScriptedConversation {
    /// The folder of its task.
    pub task: String,
    /// Its file name without ending.
    pub name: String,
    /// Prose with a `chat` block.
    pub markdown: String,
}

/// Whether the manifest's hashes count: not while a person edits a folder by hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hashes {
    /// A differing file is refused.
    Check,
    /// The folder is being edited.
    Ignore,
}

/// The files of a bundle. The same content gives the same bytes.
///
/// # Errors
/// When something cannot be written as JSON.
pub fn to_files(content: &BundleContent) -> Result<Files, BundleError> {
    let mut files = Files::new();
    let mut slugs = BTreeMap::new();
    for task in &content.tasks {
        let slug = free_slug(&slug(&task.title), &slugs);
        slugs.insert(slug.clone(), task.id.clone());
        let mut written = task.clone();
        let mut texts = Texts {
            folder: format!("tasks/{slug}"),
            count: 0,
            files: &mut files,
        };
        texts.take_out(&mut written.blocks);
        files.insert(format!("tasks/{slug}/task.json"), json(&written, "task.json")?);
    }
    for action in &content.actions {
        files.insert(format!("actions/{}.json", action.key), json(action, &action.key)?);
    }
    files.insert("attributes.json".into(), json(&content.attributes, "attributes.json")?);
    files.insert("teams.json".into(), json(&content.teams, "teams.json")?);
    for script in &content.conversations {
        let path = format!("tasks/{}/conversations/{}.md", script.task, script.name);
        files.insert(path, script.markdown.clone().into_bytes());
    }
    files.insert("README.md".into(), readme::of(content).into_bytes());
    let manifest = Manifest::over(&content.name, &content.description, &files);
    files.insert(MANIFEST.into(), json(&manifest, MANIFEST)?);
    Ok(files)
}

/// What the files of a bundle hold.
///
/// # Errors
/// When a file differs from its hash, is missing, does not parse, or an id or key is used twice.
pub fn from_files(files: &Files, hashes: Hashes) -> Result<BundleContent, BundleError> {
    let manifest = match hashes {
        Hashes::Check => verify(files)?,
        Hashes::Ignore => Manifest::read(files)?,
    };
    let mut content = BundleContent {
        name: manifest.name,
        description: manifest.description,
        ..BundleContent::default()
    };
    for (path, bytes) in files {
        let parts: Vec<&str> = path.split('/').collect();
        match parts.as_slice() {
            ["tasks", folder, "task.json"] => {
                let mut task: Task = parse(path, bytes)?;
                put_in(&mut task.blocks, &format!("tasks/{folder}"), path, files)?;
                content.tasks.push(task);
            }
            ["tasks", task, "conversations", name] if name.ends_with(".md") => {
                content.conversations.push(ScriptedConversation {
                    task: (*task).to_owned(),
                    name: name.trim_end_matches(".md").to_owned(),
                    markdown: text(path, bytes)?,
                })
            }
            ["actions", name] if name.ends_with(".json") => content.actions.push(parse(path, bytes)?),
            ["attributes.json"] => content.attributes = parse(path, bytes)?,
            ["teams.json"] => content.teams = parse(path, bytes)?,
            _ => {}
        }
    }
    unique(&content)?;
    Ok(content)
}

struct Texts<'a> {
    folder: String,
    count: usize,
    files: &'a mut Files,
}

impl Texts<'_> {
    /// Moves instruction texts into files of their own; the text then names its file.
    fn take_out(&mut self, blocks: &mut [Block]) {
        for block in blocks {
            if let BlockKind::Instructions { text } = &mut block.kind {
                self.count += 1;
                let name = format!(
                    "{:02}-{}.md",
                    self.count,
                    slug(if block.name.is_empty() {
                        "instructions"
                    } else {
                        &block.name
                    })
                );
                self.files
                    .insert(format!("{}/{name}", self.folder), std::mem::take(text).into_bytes());
                *text = format!("file:{name}");
            }
            for children in block.kind.children_mut() {
                self.take_out(children);
            }
        }
    }
}

fn put_in(blocks: &mut [Block], folder: &str, named_by: &str, files: &Files) -> Result<(), BundleError> {
    for block in blocks {
        if let BlockKind::Instructions { text: words } = &mut block.kind
            && let Some(name) = words.strip_prefix("file:")
        {
            let path = format!("{folder}/{name}");
            let missing = || BundleError::Missing {
                path: path.clone(),
                named_by: named_by.to_owned(),
            };
            *words = text(&path, files.get(&path).ok_or_else(missing)?)?;
        }
        for children in block.kind.children_mut() {
            put_in(children, folder, named_by, files)?;
        }
    }
    Ok(())
}

fn unique(content: &BundleContent) -> Result<(), BundleError> {
    let mut seen: BTreeMap<String, String> = BTreeMap::new();
    let mut once = |what: String, place: String| match seen.insert(what.clone(), place.clone()) {
        Some(first) => Err(BundleError::Duplicate {
            what,
            first,
            second: place,
        }),
        None => Ok(()),
    };
    for task in &content.tasks {
        once(task.id.0.clone(), format!("the task \"{}\"", task.title))?;
        for block in task.all_blocks() {
            once(block.id.0.clone(), format!("a block of \"{}\"", task.title))?;
        }
        for attribute in &task.attributes {
            once(attribute.id.0.clone(), format!("the attribute \"{}\"", attribute.name))?;
        }
    }
    for action in &content.actions {
        once(action.id.0.clone(), format!("the action \"{}\"", action.name))?;
        once(format!("@{}", action.key), format!("the action \"{}\"", action.name))?;
    }
    for attribute in &content.attributes {
        once(attribute.id.0.clone(), format!("the attribute \"{}\"", attribute.name))?;
    }
    for team in &content.teams {
        once(team.id.0.clone(), format!("the team \"{}\"", team.name))?;
    }
    Ok(())
}

/// A folder name for a title.
fn slug(title: &str) -> String {
    key_for(title).replace('_', "-").chars().take(60).collect()
}

fn free_slug<T>(wanted: &str, taken: &BTreeMap<String, T>) -> String {
    let numbered = (2..).map(|number| format!("{wanted}-{number}"));
    let mut all = std::iter::once(wanted.to_owned()).chain(numbered);
    all.find(|slug| !taken.contains_key(slug))
        .unwrap_or_else(|| wanted.to_owned())
}

fn json<T: Serialize>(value: &T, path: &str) -> Result<Vec<u8>, BundleError> {
    let unreadable = |error: serde_json::Error| BundleError::Unreadable {
        path: path.to_owned(),
        reason: error.to_string(),
    };
    let mut bytes = serde_json::to_vec_pretty(value).map_err(unreadable)?;
    bytes.push(b'\n');
    Ok(bytes)
}

fn parse<T: DeserializeOwned>(path: &str, bytes: &[u8]) -> Result<T, BundleError> {
    let depth = bytes.iter().scan(0_usize, |depth, byte| {
        match byte {
            b'{' | b'[' => *depth += 1,
            b'}' | b']' => *depth = depth.saturating_sub(1),
            _ => {}
        }
        Some(*depth)
    });
    if depth.max().unwrap_or(0) > DEEPEST_JSON {
        let what = format!("the nesting of {path}");
        return Err(BundleError::TooLarge {
            what,
            limit: format!("{DEEPEST_JSON} levels"),
        });
    }
    serde_json::from_slice(bytes).map_err(|error| BundleError::Unreadable {
        path: path.to_owned(),
        reason: error.to_string(),
    })
}

fn text(path: &str, bytes: &[u8]) -> Result<String, BundleError> {
    let unreadable = |_| BundleError::Unreadable {
        path: path.to_owned(),
        reason: "it is not UTF-8 text".into(),
    };
    String::from_utf8(bytes.to_vec()).map_err(unreadable)
}

#[cfg(test)]
mod tests {
    use taskwright_domain::{BlockId, TaskId};

    use super::*;

    fn content(text: &str) -> BundleContent {
        let block = Block {
            id: BlockId::new("1"),
            name: "Look up".into(),
            off: false,
            kind: BlockKind::Instructions { text: text.into() },
        };
        let task = Task {
            id: TaskId::new("1"),
            title: "Move a booking".into(),
            description: "Use this task when a booking is moved.".into(),
            examples: vec!["move it 😀".into()],
            counter_examples: Vec::new(),
            audience: None,
            only_used_by_other_tasks: false,
            blocks: vec![block],
            attributes: Vec::new(),
        };
        BundleContent {
            name: "Bookings".into(),
            tasks: vec![task],
            ..BundleContent::default()
        }
    }

    #[test]
    fn odd_texts_come_back_letter_for_letter() {
        for text in ["", "Line\r\nline\n", "😀 עברית {half", "file:"] {
            let before = content(text);
            let files = to_files(&before).unwrap();
            assert_eq!(
                from_files(&files, Hashes::Check).unwrap(),
                before,
                "{text:?} round trips"
            );
        }
    }

    #[test]
    fn a_changed_file_is_named() {
        let mut files = to_files(&content("Ask.")).unwrap();
        files.insert("teams.json".into(), b"[ ]".to_vec());
        let error = from_files(&files, Hashes::Check).unwrap_err().to_string();
        assert!(error.contains("teams.json"), "{error}");
        assert!(
            from_files(&files, Hashes::Ignore).is_ok(),
            "while a person edits the folder it may differ"
        );
    }

    #[test]
    fn what_is_there_twice_is_refused() {
        let mut twice = content("Ask.");
        twice.tasks.push(twice.tasks[0].clone());
        let files = to_files(&twice).unwrap();
        assert!(
            matches!(from_files(&files, Hashes::Check), Err(BundleError::Duplicate { .. })),
            "the id is used twice"
        );
    }

    #[test]
    fn a_newer_format_is_refused_by_number() {
        let mut files = to_files(&content("Ask.")).unwrap();
        files.insert("manifest.json".into(), br#"{"format": 9, "name": "x"}"#.to_vec());
        assert!(
            matches!(
                from_files(&files, Hashes::Ignore),
                Err(BundleError::Newer { found: 9, .. })
            ),
            "format 9 is newer"
        );
    }
}
