//! A conversation of a story: a heading and a `chat` block.

use std::path::{Path, PathBuf};

use taskwright_commands::{Rehearsal, Script, Stage, run_script};
use taskwright_domain::{ConversationId, Customer, EventKind, LogEvent};
use taskwright_engine::{State, fold};

/// Saturday 21 November 2026, 10:00 UTC.
pub(crate) const NOW: i64 = 1_795_255_200_000;

pub(crate) struct Story {
    pub(crate) title: String,
    chat: String,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("workflows/stories")
}

/// The names of all files of conversations.
pub(crate) fn files() -> Vec<String> {
    let names = std::fs::read_dir(folder()).unwrap();
    names
        .map(|file| file.unwrap().path().file_stem().unwrap().to_string_lossy().into_owned())
        .collect()
}

pub(crate) fn stories(file: &str) -> Vec<Story> {
    let markdown = std::fs::read_to_string(folder().join(format!("{file}.md"))).unwrap();
    let sections = markdown.split("\n## ").skip(1);
    sections
        .map(|section| {
            let (title, rest) = section.split_once('\n').unwrap();
            Story {
                title: title.to_owned(),
                chat: rest.to_owned(),
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
        let mut chat = Rehearsal::led(stage, Customer::default(), NOW)
            .await
            .map_err(|error| error.to_string())?;
        if let Err(why) = run_script(&script, &mut chat).await {
            return Err(format!("{why}\n{}", told(&chat.log())));
        }
        holds(&chat).map_err(|why| format!("{why}\n{}", told(&chat.log())))
    }
}

/// What holds for every conversation: decided again it is the same, it reads back, and the steps of a hand-off and the
/// states of resolution keep their order.
pub(crate) fn holds(chat: &Rehearsal) -> Result<(), String> {
    let log = chat.log();
    if chat.rerun() != log {
        return Err("decided again, it is another conversation".to_owned());
    }
    for event in &log {
        let json = serde_json::to_string(event).unwrap();
        let back: LogEvent = serde_json::from_str(&json).map_err(|error| format!("{json}: {error}"))?;
        if serde_json::to_string(&back).unwrap() != json {
            return Err(format!("it does not read back as it was written: {json}"));
        }
    }
    let mut state = State::new(ConversationId::new("again"));
    log.iter().for_each(|event| fold(&mut state, event));
    crate::order::hand_off(&log)?;
    crate::order::resolutions(&log)
}

/// The conversation as people read it.
pub(crate) fn told(log: &[LogEvent]) -> String {
    let line = |event: &LogEvent| match &event.kind {
        EventKind::CustomerSaid { text, .. } => format!("  > {text}"),
        EventKind::OptionSelected { text, .. } => format!("  > [{text}]"),
        EventKind::AttributeCollected { attribute, text, .. } => format!("  > {attribute} = {text}"),
        EventKind::Said { text, .. } => format!("  < {text}"),
        kind => {
            let json = serde_json::to_value(kind).unwrap();
            let shown = json.to_string();
            format!("    {}", shown.chars().take(160).collect::<String>())
        }
    };
    log.iter().map(line).collect::<Vec<_>>().join("\n")
}
