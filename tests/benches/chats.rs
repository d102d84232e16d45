//! A thousand scripted chats of ten turns, in memory and with the journal on disk.

use std::error::Error;
use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use taskwright_commands::{App, Options, Rehearsal};
use taskwright_domain::{Customer, Settings};

const NOW: i64 = 1_795_255_200_000;
const CHATS: u32 = 1_000;
const TASK: &str = "task_troubleshooting";
const TURNS: [&str; 10] = [
    "The app keeps crashing",
    "S-20418",
    "what do you need it for?",
    "an iPhone",
    "no",
    "no",
    "no",
    "maya.lindqvist@example.com",
    "It closes whenever I upload a photo.",
    "urgent",
];

fn main() -> Result<(), Box<dyn Error>> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    tell("in memory", runtime.block_on(in_memory())?);
    let folder = tempfile::tempdir()?;
    tell(
        "with the journal on disk",
        runtime.block_on(with_journal(folder.path()))?,
    );
    Ok(())
}

fn tell(how: &str, took: Duration) {
    let turn = took.as_secs_f64() * 1_000.0 / f64::from(CHATS) / f64::from(u32::try_from(TURNS.len()).unwrap_or(1));
    println!(
        "{CHATS} chats of {} turns {how}: {:.2} s, {turn:.3} ms a turn",
        TURNS.len(),
        took.as_secs_f64()
    );
}

async fn in_memory() -> Result<Duration, Box<dyn Error>> {
    let all = taskwright_tests::samples()?;
    let (_, content) = all
        .into_iter()
        .find(|(name, _)| name.starts_with("technical"))
        .ok_or("the sample is missing")?;
    let begun = Instant::now();
    for _ in 0..CHATS {
        let mut chat = Rehearsal::start(&content, None, Settings::default(), Customer::default(), NOW).await?;
        for text in TURNS {
            chat.say(text).await?;
        }
    }
    Ok(begun.elapsed())
}

async fn with_journal(folder: &Path) -> Result<Duration, Box<dyn Error>> {
    let options = Options {
        data_dir: folder.to_owned(),
        program: "the bench".to_owned(),
        max_pages: None,
    };
    let app = App::open(options).await?;
    let begun = Instant::now();
    for _ in 0..CHATS {
        let args = json!({"task": TASK, "from_the_start": false, "calls": "sample"});
        let started: Value = app.call("bench", "start_preview", args).await?;
        for text in TURNS {
            let args = json!({"conversation": started["conversation"], "text": text});
            app.call("bench", "say", args).await?;
        }
    }
    Ok(begun.elapsed())
}
