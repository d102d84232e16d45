//! What a customer and other systems do in a conversation, one after the other.

use taskwright_bundle::ScriptedConversation;
use taskwright_domain::{ConversationId, EventKind, LogEvent, TaskId};

use crate::script::{Script, ScriptLine};

/// Walks that answer from samples: each takes another one of several answers where there are several.
const WALKS: usize = 4;

/// One thing that is done.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Line {
    /// The customer writes.
    Say(String),
    /// The customer presses a quick reply, or writes what it says where it is not offered.
    Press(String),
    /// The customer attaches a file.
    Attach(String),
    /// The task is started without a message.
    Start,
    /// Another system calls back: the key of the wait, and what it sends as JSON.
    CallBack(String, String),
    /// Minutes pass.
    Wait(i64),
}

/// A conversation's course.
#[derive(Debug, Clone)]
pub struct Path {
    /// What the table calls it.
    pub name: String,
    /// What is done; nothing for a walk, which answers what it is asked.
    pub lines: Vec<Line>,
    /// Which of several answers a walk takes; none for a conversation that is told.
    pub walk: Option<usize>,
}

impl Path {
    /// A scripted conversation, without what it expects.
    pub(crate) fn scripted(conversation: &ScriptedConversation) -> Option<Self> {
        let script = Script::parse(&conversation.markdown).ok()?;
        let lines = script.lines.into_iter().filter_map(|(_, line)| match line {
            ScriptLine::Customer(text) | ScriptLine::Field(_, text) => Some(Line::Say(text)),
            ScriptLine::Press(text) => Some(Line::Press(text)),
            ScriptLine::File(name) => Some(Line::Attach(name)),
            ScriptLine::Start(_) => Some(Line::Start),
            ScriptLine::Webhook(key, body) => Some(Line::CallBack(key, body.to_string())),
            ScriptLine::Wait(minutes) => Some(Line::Wait(minutes)),
            ScriptLine::Assistant(_)
            | ScriptLine::Never(_)
            | ScriptLine::Log(..)
            | ScriptLine::Not(..)
            | ScriptLine::Changes(_) => None,
        });
        Some(Self {
            name: taskwright_domain::key_in_words(&conversation.name).replace('-', " "),
            lines: lines.collect(),
            walk: None,
        })
    }

    /// What was done in a preview that came to the task; none for another one, and for one with something sensitive in it,
    /// which is known only by its mask.
    pub(crate) fn recorded(id: &ConversationId, task: &TaskId, log: &[LogEvent]) -> Option<Self> {
        let of_task = |event: &LogEvent| matches!(&event.kind, EventKind::TaskStarted { task: own, .. } if own == task);
        if !log.iter().any(of_task) {
            return None;
        }
        let mut lines = Vec::new();
        for event in log.iter().filter(|event| event.input.is_some()) {
            match &event.kind {
                EventKind::CustomerSaid { sealed: Some(_), .. } => return None,
                EventKind::CustomerSaid { text, .. } => lines.push(Line::Say(text.clone())),
                EventKind::OptionSelected { text, .. } => lines.push(Line::Press(text.clone())),
                EventKind::FileAttached { name, .. } => lines.push(Line::Attach(name.clone())),
                EventKind::TaskStarted { .. } => lines.push(Line::Start),
                EventKind::WebhookReceived { key, body, .. } => {
                    lines.push(Line::CallBack(key.clone(), body.to_string()));
                }
                EventKind::TimeMoved { by } => lines.push(Line::Wait(by / 60_000)),
                _ => {}
            }
        }
        let short: String = id
            .as_str()
            .chars()
            .rev()
            .take(6)
            .collect::<Vec<_>>()
            .into_iter()
            .rev()
            .collect();
        (!lines.is_empty()).then(|| Self {
            name: format!("preview {short}"),
            lines,
            walk: None,
        })
    }

    /// Conversations that answer whatever they are asked from the task's own samples.
    pub(crate) fn walks() -> impl Iterator<Item = Self> {
        (0..WALKS).map(|number| Self {
            name: format!("walk {}", number + 1),
            lines: Vec::new(),
            walk: Some(number),
        })
    }
}
