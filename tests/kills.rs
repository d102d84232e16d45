//! Killed at any moment of live chats and edits, nothing that was shown is lost and nothing is done twice; and going back
//! in a conversation repeats no change.

#![cfg(test)]

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use demo_service::{DemoService, Ledger, Options as ServiceOptions};
use serde_json::{Value, json};
use taskwright_commands::{App, Options, SubscribeRequest};

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

/// The same numbers in each run, spread evenly.
fn spread(number: u64, below: u64) -> u64 {
    (number.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32) % below
}

async fn open(folder: &Path) -> App {
    let options = Options {
        data_dir: folder.to_owned(),
        program: "the test".to_owned(),
        max_pages: None,
    };
    App::open(options).await.unwrap()
}

async fn call(app: &App, name: &str, args: Value) -> Value {
    app.call("test", name, args).await.unwrap()
}

/// Confirms the service as the live system of every action.
async fn connect(app: &App, service: &str) {
    let rows = call(app, "list_connections", json!({})).await;
    let actions: Vec<_> = rows
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["action"].clone())
        .collect();
    let args = json!({"actions": actions, "addresses": {"live": service}, "inside": {"live": true}});
    call(app, "save_connections", args).await;
}

async fn start(app: &App) -> String {
    let args = json!({"task": TASK, "from_the_start": false, "calls": "live"});
    call(app, "start_preview", args).await["conversation"]
        .as_str()
        .unwrap()
        .to_owned()
}

async fn log(app: &App, conversation: &str) -> Vec<Value> {
    let args = json!({"conversation": conversation, "from": 1, "limit": 500});
    call(app, "read_log", args).await["events"].as_array().unwrap().clone()
}

fn count(log: &[Value], kinds: &[&str]) -> usize {
    log.iter()
        .filter(|event| kinds.contains(&event["kind"].as_str().unwrap_or_default()))
        .count()
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

/// Waits until every call that was begun has its receipt.
async fn settled(app: &App, conversation: &str) -> Vec<Value> {
    let request: SubscribeRequest = serde_json::from_value(json!({"conversation": conversation})).unwrap();
    let mut following = app.subscribe(request);
    loop {
        let log = log(app, conversation).await;
        let begun = count(&log, &["action_started"]);
        if begun == count(&log, &["action_succeeded", "action_failed", "action_unresolved"]) {
            return log;
        }
        following.recv().await.unwrap();
    }
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

        let app = open(folder.path()).await;
        let task = call(&app, "read_task", json!({"task": TASK})).await;
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
            let log = settled(&app, conversation).await;
            let there = log.len() as u64;
            assert!(
                there >= *seq,
                "kill {kill}: {seq} events of {conversation} were shown, {there} are there"
            );
            let again = log.iter().zip(1..).all(|(event, seq)| event["seq"] == json!(seq));
            assert!(again, "kill {kill}: the log of {conversation} is whole");
        }
        app.close().await.unwrap();
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
    let app = open(folder.as_ref()).await;
    connect(&app, &std::env::var(SERVICE).unwrap()).await;
    loop {
        let view = call(&app, "read_task", json!({"task": TASK})).await;
        let change = json!({"type": "splice", "path": "/title", "at": 0, "removed": "", "inserted": "x"});
        let edit = json!({"label": "", "changes": [{"document": TASK, "change": change}]});
        let args = json!({"document": TASK, "edit": edit, "base_version": view["version"]});
        let saved = call(&app, "save_edit", args).await;
        println!("\nshown edit {} .", saved["version"]);
        let conversation = start(&app).await;
        for text in CHAT {
            call(&app, "say", json!({"conversation": conversation, "text": text})).await;
            let seq = log(&app, &conversation).await.len();
            println!("\nshown log {conversation} {seq} .");
        }
    }
}

#[tokio::test]
async fn going_back_repeats_no_change_until_the_author_says_so() {
    let service = DemoService::start(ServiceOptions::default()).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let app = open(folder.path()).await;
    connect(&app, &service.base_url()).await;
    let conversation = start(&app).await;
    for text in CHAT {
        call(&app, "say", json!({"conversation": conversation, "text": text})).await;
    }
    let ledger = service.ledger();
    assert_eq!(ledger.count(None).unwrap(), 1, "the chat makes one ticket");
    let whole = log(&app, &conversation).await;
    let turns: Vec<_> = whole.iter().filter(|event| event["kind"] == "customer_said").collect();

    for rewind in 0..50_u64 {
        let turn = usize::try_from(spread(rewind, turns.len() as u64 - 1)).unwrap() + 1;
        let seq = turns[turn]["seq"].as_u64().unwrap() - 1;
        let args = json!({"conversation": conversation, "seq": seq});
        let branch = call(&app, "rewind", args).await["conversation"].clone();
        for text in &CHAT[turn..] {
            call(&app, "say", json!({"conversation": branch, "text": text})).await;
        }
        let again = log(&app, branch.as_str().unwrap()).await;
        assert_eq!(
            count(&again, &["handed_off"]),
            1,
            "rewind {rewind} to turn {turn} goes to the end again"
        );
    }
    assert_eq!(ledger.count(None).unwrap(), 1, "fifty other tries change nothing");

    let seq = turns[CHAT.len() - 1]["seq"].as_u64().unwrap() - 1;
    let branch = call(&app, "rewind", json!({"conversation": conversation, "seq": seq})).await["conversation"].clone();
    let args = json!({"conversation": branch, "action": "action_create_ticket", "calls": "live"});
    call(&app, "set_calls", args).await;
    call(&app, "say", json!({"conversation": branch, "text": "urgent"})).await;
    assert_eq!(ledger.count(None).unwrap(), 2, "a change that the author wants is made");
}
