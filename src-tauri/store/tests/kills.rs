//! Killed at any moment, a workspace opens and holds everything that was shown as saved.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use serde_json::json;
use taskwright_domain::{Batch, Change, ConversationId, DocumentChange, Edit, EventKind, LogEvent, Standing};
use taskwright_store::{DocumentKind, DocumentWrite, OpenOptions, Store};

const FOLDER: &str = "TASKWRIGHT_KILLED_FOLDER";

fn kills() -> u64 {
    match std::env::var("TASKWRIGHT_SIZE").as_deref() {
        Ok("soak") => 200,
        _ => 10,
    }
}

/// How many lines are read before the kill: the same ones in each run, spread over early and late moments.
fn moment(kill: u64) -> usize {
    (kill.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 58) as usize + 1
}

#[test]
fn nothing_that_was_shown_as_saved_is_lost_when_the_program_is_killed() {
    let folder = tempfile::tempdir().unwrap();
    for kill in 0..kills() {
        // This very program, as a process of its own that runs the writer below and nothing else.
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "writes_until_it_is_killed", "--ignored", "--nocapture"])
            .env(FOLDER, folder.path())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut shown = (0, 0);
        for line in lines
            .by_ref()
            .map(Result::unwrap)
            .filter(|line| is_saved(line))
            .take(moment(kill))
        {
            take(&line, &mut shown);
        }
        child.kill().unwrap();
        child.wait().unwrap();
        lines.map_while(Result::ok).for_each(|line| take(&line, &mut shown));
        assert!(shown.0 > 0, "kill {kill}: the writer wrote before it was killed");

        let store = Store::open(folder.path(), OpenOptions::default()).unwrap();
        let row = store.document("task_killed").unwrap().unwrap();
        assert!(
            row.version >= shown.0,
            "kill {kill}: edit {} was shown, {} is there",
            shown.0,
            row.version
        );
        let letters = row.json["title"].as_str().unwrap().chars().count() as u64;
        assert_eq!(letters + 1, row.version, "kill {kill}: each edit was made once");
        let events = store
            .load(&ConversationId::new("killed"))
            .map_or(0, |(log, _)| log.len() as u64);
        assert!(
            events >= shown.1,
            "kill {kill}: event {} was shown, {events} are there",
            shown.1
        );
    }
}

fn is_saved(line: &str) -> bool {
    line.starts_with("edit ") || line.starts_with("event ")
}

/// A line that was printed whole says what was saved.
fn take(line: &str, shown: &mut (u64, u64)) {
    match line.split_once(' ') {
        Some(("edit", number)) => shown.0 = number.parse().unwrap_or(shown.0),
        Some(("event", number)) => shown.1 = number.parse().unwrap_or(shown.1),
        _ => {}
    }
}

/// Writes for ever and prints each number once it is saved.
#[tokio::test]
#[ignore = "run by the test above, to be killed"]
async fn writes_until_it_is_killed() {
    let folder = std::env::var_os(FOLDER).unwrap();
    let store = Store::open(folder.as_ref(), OpenOptions::default()).unwrap();
    let id = "task_killed";
    if store.document(id).unwrap().is_none() {
        let task = DocumentWrite {
            kind: DocumentKind::Task,
            id: id.to_owned(),
            json: json!({"id": id, "title": ""}),
        };
        store.put_documents(vec![task], 0, "").await.unwrap();
    }
    let conversation = ConversationId::new("killed");
    let mut seq = store.load(&conversation).map_or(0, |(log, _)| log.len() as u64);
    loop {
        seq += 1;
        let row = store.document(id).unwrap().unwrap();
        let saved = store
            .save_edit(id, one_more_letter(id), row.version, 0, "")
            .await
            .unwrap();
        println!("\nedit {}", saved.version);
        let event = LogEvent {
            seq,
            at: 0,
            cause: seq,
            input: None,
            v: 1,
            kind: EventKind::NoteAdded { text: seq.to_string() },
        };
        let batch = Batch {
            events: vec![event],
            standing: Standing::default(),
            ..Batch::default()
        };
        store.commit(&conversation, seq - 1, batch).await.unwrap();
        println!("\nevent {seq}");
    }
}

fn one_more_letter(document: &str) -> Edit {
    let change = Change::Splice {
        path: "/title".to_owned(),
        at: 0,
        removed: String::new(),
        inserted: "x".to_owned(),
    };
    Edit {
        label: String::new(),
        changes: vec![DocumentChange {
            document: document.to_owned(),
            change,
        }],
    }
}
