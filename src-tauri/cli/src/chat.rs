//! A preview in the terminal, or scripted.

use std::io::{BufRead, Write};
use std::path::Path;

use taskwright_commands::{Rehearsal, Script, run_script};
use taskwright_domain::{Customer, EventKind, LogEvent, Settings};

use crate::{Failure, content_of};

pub(crate) fn chat(bundle: &Path, task: Option<&str>, script: Option<&Path>, json: bool) -> Result<(), Failure> {
    let content = content_of(bundle)?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .map_err(Failure::found)?;
    runtime.block_on(async {
        let settings = Settings::default();
        let started = Rehearsal::start(&content, task, settings, Customer::default(), now()).await;
        let mut rehearsal = started.map_err(Failure::found)?;
        let done = match script {
            Some(script) => scripted(script, &mut rehearsal).await,
            None => typed(&mut rehearsal, json).await,
        };
        if json {
            for event in rehearsal.log() {
                println!("{}", serde_json::to_string(&event).map_err(Failure::found)?);
            }
        }
        done
    })
}

async fn scripted(script: &Path, rehearsal: &mut Rehearsal) -> Result<(), Failure> {
    let markdown = std::fs::read_to_string(script)
        .map_err(|error| Failure::found(format!("cannot read {}: {error}", script.display())))?;
    let script = Script::parse(&markdown).map_err(Failure::found)?;
    run_script(&script, rehearsal).await.map_err(Failure::found)
}

async fn typed(rehearsal: &mut Rehearsal, json: bool) -> Result<(), Failure> {
    eprintln!("Write as a customer would. An empty line ends it.");
    for line in std::io::stdin().lock().lines() {
        let line = line.map_err(Failure::found)?;
        if line.trim().is_empty() {
            break;
        }
        let events = rehearsal.say(&line).await.map_err(Failure::found)?;
        if !json {
            events.iter().filter_map(shown).for_each(|line| println!("{line}"));
            std::io::stdout().flush().map_err(Failure::found)?;
        }
    }
    Ok(())
}

/// What the customer sees, and in brackets what happened behind it.
fn shown(event: &LogEvent) -> Option<String> {
    match &event.kind {
        EventKind::Said { text, .. } => Some(format!("  {text}")),
        EventKind::OptionsOffered { options, .. } => {
            let texts: Vec<_> = options.iter().map(|option| option.text.as_str()).collect();
            Some(format!("  [{}]", texts.join("] [")))
        }
        EventKind::TaskStarted { title, .. } => Some(format!("    (started \"{title}\")")),
        EventKind::AttributeSet { label, to: Some(_), .. } => Some(format!("    (set {label})")),
        EventKind::ActionSucceeded { name, .. } => Some(format!("    ({name}: sample answer)")),
        EventKind::ActionFailed { name, failure, .. } => Some(format!("    ({name} failed: {failure:?})")),
        EventKind::ActionBlocked { name, rule, .. } => Some(format!("    ({name} held back by \"{rule}\")")),
        EventKind::ConditionEvaluated { words, result, .. } => {
            Some(format!("    ({words}: {})", if *result { "yes" } else { "no" }))
        }
        EventKind::HandedOff { team_name, .. } => Some(format!("    (handed off to {team_name})")),
        EventKind::TaskFinished { title, outcome, .. } => Some(format!("    (\"{title}\" ended: {outcome:?})")),
        EventKind::CouldNotFollow { reason, .. } => Some(format!("    (could not follow: {reason})")),
        _ => None,
    }
}

#[expect(clippy::disallowed_methods, reason = "the edge of the program, where time comes in")]
fn now() -> i64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    since
        .ok()
        .and_then(|since| i64::try_from(since.as_millis()).ok())
        .unwrap_or_default()
}
