//! Killed at any moment of live chats and edits, nothing that was shown is lost and nothing is done twice; and going back
//! in a conversation repeats no change.

#![cfg(test)]

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use demo_service::{DemoService, Ledger, Options as ServiceOptions};
use serde_json::json;
use taskwright_tests::{Opened, count, spread};

const FOLDER: &str = "TASKWRIGHT_KILLED_FOLDER";
const SERVICE: &str = "TASKWRIGHT_KILLED_SERVICE";
const TASK: &str = "task_troubleshooting";

/// A customer whom the usual steps do not help: one ticket at the end.
const CHAT: [&str; 9] = [
    "The app keeps crashing",
    "S-20418",
    "an iPhone",
    "no",
    "no",
    "no",
    "maya.lindqvist@example.com",
    "It closes whenever I upload a photo.",
    "urgent",
];

fn size(small: u64, soak: u64) -> u64 {
    match std::env::var("TASKWRIGHT_SIZE").as_deref() {
        Ok("soak") => soak,
        _ => small,
    }
}

/// The tickets that were really made, by the conversation whose effect asked for them.
fn tickets(ledger: &Ledger) -> BTreeMap<String, u64> {
    let mut found = BTreeMap::new();
    for entry in ledger
        .entries()
        .unwrap()
        .into_iter()
        .filter(|entry| entry.kind == "ticket_created")
    {
        let key = entry.key.unwrap();
        let conversation = key.trim_start_matches("effect_").split('_').next().unwrap().to_owned();
        *found.entry(format!("conversation_{conversation}")).or_default() += 1;
    }
    found
}

#[tokio::test]
async fn nothing_that_was_shown_is_lost_and_nothing_is_done_twice_when_the_program_is_killed() {
    let service = DemoService::start(ServiceOptions::default()).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let mut shown = Shown::default();
    let kills = size(10, 200);
    for kill in 0..kills {
        let path = folder.path().to_owned();
        let url = service.base_url();
        let before = shown.clone();
        let so_far = shown.clone();
        shown = tokio::task::spawn_blocking(move || run_and_kill(&path, &url, kill, so_far))
            .await
            .unwrap();

        let opened = Opened::at(folder.path()).await.unwrap();
        let task = opened.call("read_task", json!({"task": TASK})).await.unwrap();
        let version = task["version"].as_u64().unwrap();
        assert!(
            version >= shown.edit,
            "kill {kill}: edit {} was shown, {version} is there",
            shown.edit
        );
        let last = kill + 1 == kills;
        let looked_at = shown
            .logs
            .iter()
            .filter(|(id, seq)| last || before.logs.get(*id) != Some(*seq));
        for (conversation, seq) in looked_at {
            let log = opened.settled(conversation).await.unwrap();
            let there = log.len() as u64;
            assert!(
                there >= *seq,
                "kill {kill}: {seq} events of {conversation} were shown, {there} are there"
            );
            let again = log.iter().zip(1..).all(|(event, seq)| event["seq"] == json!(seq));
            assert!(again, "kill {kill}: the log of {conversation} is whole");
        }
        opened.0.close().await.unwrap();
    }
    let made = tickets(&service.ledger());
    assert!(
        made.values().all(|count| *count == 1),
        "no ticket was made twice: {made:?}"
    );
    let chats = shown.logs.len();
    eprintln!(
        "{kills} kills, {chats} chats, {} tickets, no event and no edit lost",
        made.len()
    );
}

/// What the killed program has shown as saved.
#[derive(Debug, Clone, Default)]
struct Shown {
    edit: u64,
    logs: BTreeMap<String, u64>,
}

fn run_and_kill(folder: &Path, service: &str, kill: u64, mut shown: Shown) -> Shown {
    // This very program, as a process of its own that runs the host below and nothing else.
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args([
            "--exact",
            "chats_and_edits_until_it_is_killed",
            "--ignored",
            "--nocapture",
        ])
        .env(FOLDER, folder)
        .env(SERVICE, service)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let news = 1 + usize::try_from(spread(kill, 24)).unwrap();
    let told = lines
        .by_ref()
        .map_while(Result::ok)
        .filter(|line| line.starts_with("shown "));
    for line in told.take(news).collect::<Vec<_>>() {
        shown.take(&line);
    }
    // In the middle of whatever comes next.
    std::thread::sleep(Duration::from_micros(spread(kill + 7, 12_000)));
    child.kill().unwrap();
    child.wait().unwrap();
    lines.map_while(Result::ok).for_each(|line| shown.take(&line));
    shown
}

impl Shown {
    /// A line that was printed whole; others are not counted.
    fn take(&mut self, line: &str) {
        let words: Vec<_> = line.split(' ').collect();
        match words[..] {
            ["shown", "edit", version, "."] => self.edit = version.parse().unwrap(),
            ["shown", "log", conversation, seq, "."] => {
                self.logs.insert(conversation.to_owned(), seq.parse().unwrap());
            }
            _ => {}
        }
    }
}

/// Edits and chats for ever, and prints what a person would see as saved.
#[tokio::test]
#[ignore = "run by the test above, to be killed"]
async fn chats_and_edits_until_it_is_killed() {
    let folder = std::env::var_os(FOLDER).unwrap();
    let opened = Opened::at(folder.as_ref()).await.unwrap();
    opened.connect(&std::env::var(SERVICE).unwrap()).await.unwrap();
    loop {
        let view = opened.call("read_task", json!({"task": TASK})).await.unwrap();
        let change = json!({"type": "splice", "path": "/title", "at": 0, "removed": "", "inserted": "x"});
        let edit = json!({"label": "", "changes": [{"document": TASK, "change": change}]});
        let args = json!({"document": TASK, "edit": edit, "base_version": view["version"]});
        let saved = opened.call("save_edit", args).await.unwrap();
        println!("\nshown edit {} .", saved["version"]);
        let conversation = opened.start_live(TASK).await.unwrap();
        for text in CHAT {
            opened
                .call("say", json!({"conversation": conversation, "text": text}))
                .await
                .unwrap();
            let seq = opened.log(&conversation).await.unwrap().len();
            println!("\nshown log {conversation} {seq} .");
        }
    }
}

#[tokio::test]
async fn going_back_repeats_no_change_until_the_author_says_so() {
    let service = DemoService::start(ServiceOptions::default()).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let opened = Opened::at(folder.path()).await.unwrap();
    opened.connect(&service.base_url()).await.unwrap();
    let conversation = opened.start_live(TASK).await.unwrap();
    for text in CHAT {
        opened
            .call("say", json!({"conversation": conversation, "text": text}))
            .await
            .unwrap();
    }
    let ledger = service.ledger();
    assert_eq!(ledger.count(None).unwrap(), 1, "the chat makes one ticket");
    let whole = opened.log(&conversation).await.unwrap();
    let turns: Vec<_> = whole.iter().filter(|event| event["kind"] == "customer_said").collect();

    for rewind in 0..50_u64 {
        let turn = usize::try_from(spread(rewind, turns.len() as u64 - 1)).unwrap() + 1;
        let seq = turns[turn]["seq"].as_u64().unwrap() - 1;
        let args = json!({"conversation": conversation, "seq": seq});
        let branch = opened.call("rewind", args).await.unwrap()["conversation"].clone();
        for text in &CHAT[turn..] {
            opened
                .call("say", json!({"conversation": branch, "text": text}))
                .await
                .unwrap();
        }
        let again = opened.log(branch.as_str().unwrap()).await.unwrap();
        assert_eq!(
            count(&again, &["handed_off"]),
            1,
            "rewind {rewind} to turn {turn} goes to the end again"
        );
    }
    assert_eq!(ledger.count(None).unwrap(), 1, "fifty other tries change nothing");

    let seq = turns[CHAT.len() - 1]["seq"].as_u64().unwrap() - 1;
    let branch = opened
        .call("rewind", json!({"conversation": conversation, "seq": seq}))
        .await
        .unwrap()["conversation"]
        .clone();
    let args = json!({"conversation": branch, "action": "action_create_ticket", "calls": "live"});
    opened.call("set_calls", args).await.unwrap();
    opened
        .call("say", json!({"conversation": branch, "text": "urgent"}))
        .await
        .unwrap();
    assert_eq!(ledger.count(None).unwrap(), 2, "a change that the author wants is made");
}
