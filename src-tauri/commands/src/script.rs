//! Scripted conversations: Markdown whose `chat` blocks say who writes what.
//!
//! `customer:` and `press:` are inputs, `start:` starts a task, `webhook: key {json}` is a callback, `wait: 31` lets
//! minutes pass, `file: name` attaches a picture or document, `field: key value` fills in a field of a form. `assistant:` expects words that were said since the last
//! input, `log:` an event of that kind. Three lines look at the whole conversation so far: `never:` words that were not
//! said, `not:` an event that was not recorded, `changes:` the actions that changed data, all of them and in order.

use taskwright_domain::{EventKind, LogEvent};

use crate::rehearse::{Rehearsal, RehearsalError};

/// A script.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Script {
    /// Its lines with their line numbers.
    pub lines: Vec<(usize, ScriptLine)>,
}

/// A line of a script.
#[derive(Debug, Clone, PartialEq)]
pub enum ScriptLine {
    /// The customer writes.
    Customer(String),
    /// The customer presses a quick reply.
    Press(String),
    /// A task starts without a message.
    Start(String),
    /// A webhook comes.
    Webhook(String, serde_json::Value),
    /// Minutes pass.
    Wait(i64),
    /// The customer attaches a file of this name.
    File(String),
    /// The customer fills in a field of a form.
    Field(String, String),
    /// The assistant must have said words that hold this.
    Assistant(String),
    /// The assistant must not have said this, in the whole conversation so far.
    Never(String),
    /// An event of this kind must have been recorded, with these words in it.
    Log(String, String),
    /// No event of this kind with these words must have been recorded, in the whole conversation so far.
    Not(String, String),
    /// These actions, and no others that change data, must have been called, in this order.
    Changes(Vec<String>),
}

/// Why a script fails: which line, what was expected, what came.
#[derive(Debug, thiserror::Error)]
pub enum ScriptError {
    /// A line is not understood.
    #[error("line {line}: {reason}")]
    BadLine {
        /// Which.
        line: usize,
        /// Why.
        reason: String,
    },
    /// An expectation does not hold.
    #[error("line {line}: expected {expected}; since the last input there was:\n{found}")]
    Unexpected {
        /// Which.
        line: usize,
        /// What was expected.
        expected: String,
        /// What came.
        found: String,
    },
    /// The rehearsal failed.
    #[error("line {line}: {error}")]
    Failed {
        /// Which.
        line: usize,
        /// Why.
        error: RehearsalError,
    },
}

impl Script {
    /// Reads a script.
    ///
    /// # Errors
    /// When a line of a `chat` block is none of the known ones.
    pub fn parse(markdown: &str) -> Result<Self, ScriptError> {
        let mut lines = Vec::new();
        let mut inside = false;
        for (index, line) in markdown.lines().enumerate() {
            let line = line.trim();
            if line.starts_with("```") {
                inside = line == "```chat";
            } else if inside && !line.is_empty() && !line.starts_with('#') {
                let read = Self::line(line).map_err(|reason| ScriptError::BadLine {
                    line: index + 1,
                    reason,
                })?;
                lines.push((index + 1, read));
            }
        }
        Ok(Self { lines })
    }

    fn line(line: &str) -> Result<ScriptLine, String> {
        let (who, what) = line
            .split_once(':')
            .ok_or("a line starts with \"customer:\", \"assistant:\" or the like")?;
        let what = what.trim().to_owned();
        match who.trim() {
            "customer" => Ok(ScriptLine::Customer(what)),
            "press" => Ok(ScriptLine::Press(what)),
            "start" => Ok(ScriptLine::Start(what)),
            "assistant" => Ok(ScriptLine::Assistant(what)),
            "never" => Ok(ScriptLine::Never(what)),
            "wait" => what
                .parse()
                .map(ScriptLine::Wait)
                .map_err(|_| "\"wait:\" takes a number of minutes".to_owned()),
            "webhook" => {
                let (key, json) = what.split_once(' ').ok_or("\"webhook:\" takes a key and a JSON body")?;
                let body = serde_json::from_str(json).map_err(|error| error.to_string())?;
                Ok(ScriptLine::Webhook(key.to_owned(), body))
            }
            "file" => Ok(ScriptLine::File(what)),
            "field" => {
                let (key, text) = what.split_once(' ').ok_or("\"field:\" takes a key and a value")?;
                Ok(ScriptLine::Field(key.to_owned(), text.trim().to_owned()))
            }
            "log" => {
                let (kind, words) = what.split_once(' ').unwrap_or((&what, ""));
                Ok(ScriptLine::Log(kind.to_owned(), words.to_owned()))
            }
            "not" => {
                let (kind, words) = what.split_once(' ').unwrap_or((&what, ""));
                Ok(ScriptLine::Not(kind.to_owned(), words.to_owned()))
            }
            "changes" if what == "none" => Ok(ScriptLine::Changes(Vec::new())),
            "changes" => Ok(ScriptLine::Changes(
                what.split(',').map(|name| name.trim().to_owned()).collect(),
            )),
            other => Err(format!("\"{other}:\" is not known")),
        }
    }
}

/// Runs a script against a fresh rehearsal and checks every expectation.
///
/// # Errors
/// The first line that does not hold.
pub async fn run_script(script: &Script, rehearsal: &mut Rehearsal) -> Result<(), ScriptError> {
    let mut last: Vec<LogEvent> = Vec::new();
    for (line, what) in &script.lines {
        let line = *line;
        let failed = |error| ScriptError::Failed { line, error };
        match what {
            ScriptLine::Customer(text) => last = rehearsal.say(text).await.map_err(failed)?,
            ScriptLine::Press(text) => last = rehearsal.press(text).await.map_err(failed)?,
            ScriptLine::Start(title) => last = rehearsal.start_task(title).await.map_err(failed)?,
            ScriptLine::Webhook(key, body) => last = rehearsal.call_back(key, body.clone()).await.map_err(failed)?,
            ScriptLine::File(name) => last = rehearsal.attach(name).await.map_err(failed)?,
            ScriptLine::Field(key, text) => last = rehearsal.fill_in(key, text).await.map_err(failed)?,
            ScriptLine::Wait(minutes) => last = rehearsal.wait(*minutes).await.map_err(failed)?,
            ScriptLine::Assistant(words) => {
                expect(line, &last, &format!("the assistant to say \"{words}\""), |event| {
                    says(event, words)
                })?
            }
            ScriptLine::Never(words) => {
                if let Some(event) = rehearsal.log().iter().find(|event| says(event, words)) {
                    let expected = format!("the assistant never to say \"{words}\"");
                    return Err(ScriptError::Unexpected {
                        line,
                        expected,
                        found: shown(event),
                    });
                }
            }
            ScriptLine::Log(kind, words) => expect(line, &last, &format!("the event {kind} {words}"), |event| {
                records(event, kind, words)
            })?,
            ScriptLine::Not(kind, words) => {
                if let Some(event) = rehearsal.log().iter().find(|event| records(event, kind, words)) {
                    let expected = format!("no event {kind} {words}");
                    return Err(ScriptError::Unexpected {
                        line,
                        expected,
                        found: shown(event),
                    });
                }
            }
            ScriptLine::Changes(names) => changes(line, names, &rehearsal.log())?,
        }
    }
    Ok(())
}

/// The actions that changed data are these, all of them and in this order.
fn changes(line: usize, names: &[String], log: &[LogEvent]) -> Result<(), ScriptError> {
    let called: Vec<_> = log
        .iter()
        .filter_map(|event| match &event.kind {
            EventKind::ActionStarted {
                name,
                changes_data: true,
                ..
            } => Some(name.as_str()),
            _ => None,
        })
        .collect();
    if called == names {
        return Ok(());
    }
    let list = |names: &[&str]| {
        if names.is_empty() {
            "none".to_owned()
        } else {
            names.join(", ")
        }
    };
    let wanted: Vec<_> = names.iter().map(String::as_str).collect();
    Err(ScriptError::Unexpected {
        line,
        expected: format!("the changes {}", list(&wanted)),
        found: list(&called),
    })
}

fn expect(
    line: usize,
    last: &[LogEvent],
    expected: &str,
    holds: impl Fn(&LogEvent) -> bool,
) -> Result<(), ScriptError> {
    if last.iter().any(holds) {
        return Ok(());
    }
    let found = last.iter().map(shown).collect::<Vec<_>>().join("\n");
    Err(ScriptError::Unexpected {
        line,
        expected: expected.to_owned(),
        found,
    })
}

fn says(event: &LogEvent, words: &str) -> bool {
    matches!(&event.kind, EventKind::Said { text, .. } if text.to_lowercase().contains(&words.to_lowercase()))
}

fn records(event: &LogEvent, kind: &str, words: &str) -> bool {
    let json = serde_json::to_value(&event.kind).unwrap_or_default();
    let same = json.get("kind").and_then(serde_json::Value::as_str) == Some(kind);
    let text = json.to_string().to_lowercase();
    same && words.split_whitespace().all(|word| text.contains(&word.to_lowercase()))
}

fn shown(event: &LogEvent) -> String {
    serde_json::to_string(&event.kind).unwrap_or_default()
}
