//! A conversation of a situation: a heading, perhaps a line on which task stands alone, and a `chat` block.

use std::path::{Path, PathBuf};

use taskwright_commands::{Rehearsal, Script, Stage, run_script};
use taskwright_domain::{EventKind, LogEvent};

use crate::stage;

pub(crate) struct Story {
    pub(crate) title: String,
    chat: String,
    alone: Option<String>,
}

/// Text as people paste it, without a wish, a value or a question in it.
const PASTED: &str = "It was a grey morning and the rain came down on the roofs of the little town as it had done for days. \
    My neighbour walked by with the dog, we talked about the garden for a while and then about the old bridge. ";
/// So often it is thousands of letters.
const OFTEN: usize = 18;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("repair/situations")
}

/// The names of all files of conversations.
pub(crate) fn files() -> Vec<String> {
    let names = std::fs::read_dir(folder()).unwrap();
    names
        .map(|file| file.unwrap().path().file_stem().unwrap().to_string_lossy().into_owned())
        .collect()
}

pub(crate) fn stories(situation: &str) -> Vec<Story> {
    let path = folder().join(format!("{situation}.md"));
    let markdown = std::fs::read_to_string(path).unwrap();
    let sections = markdown.split("\n## ").skip(1);
    sections
        .map(|section| {
            let (title, rest) = section.split_once('\n').unwrap();
            Story {
                title: title.to_owned(),
                chat: rest.replace("(pasted text)", &PASTED.repeat(OFTEN)),
                alone: rest
                    .lines()
                    .find_map(|line| line.strip_prefix("Only the task: "))
                    .map(str::to_owned),
            }
        })
        .collect()
}

impl Story {
    pub(crate) async fn play(&self, stage: &Stage) -> Result<(), String> {
        let script = Script::parse(&self.chat).map_err(|error| error.to_string())?;
        if script.lines.is_empty() {
            return Err("nothing is said in it".to_owned());
        }
        let mut chat = stage::open(stage, self.alone.as_deref()).await?;
        if let Err(why) = run_script(&script, &mut chat).await {
            return Err(format!("{why}\n{}", told(&chat)));
        }
        if chat.rerun() == chat.log() {
            Ok(())
        } else {
            Err("decided again, it is another conversation".to_owned())
        }
    }
}

/// The conversation as people read it.
pub(crate) fn told(chat: &Rehearsal) -> String {
    let line = |event: &LogEvent| match &event.kind {
        EventKind::CustomerSaid { text, .. } => Some(format!("  > {}", text.chars().take(90).collect::<String>())),
        EventKind::OptionSelected { text, .. } => Some(format!("  > [{text}]")),
        EventKind::Said { text, .. } => Some(format!("  < {text}")),
        EventKind::ActionStarted { name, .. } => Some(format!("  = {name}")),
        EventKind::AttributeSet { attribute, to, .. } => Some(format!("  = {attribute} is {to:?}")),
        EventKind::TaskConsidered { ranking, .. } => Some(format!("  = ranked: {:?}", ranking.decision)),
        EventKind::HandedOff { reason, .. } => Some(format!("  = handed off: {reason:?}")),
        EventKind::TaskStarted { title, .. } => Some(format!("  = began {title}")),
        EventKind::TaskFinished { title, outcome, .. } => Some(format!("  = ended {title}: {outcome:?}")),
        _ => None,
    };
    chat.log().iter().filter_map(line).collect::<Vec<_>>().join("\n")
}
