//! Every figure of a report equals a fold of the logs that knows nothing of SQL, over thousands of seeded conversations,
//! for every filter and every way to break figures down; and lists show exactly the conversations that fit.

#![cfg(test)]

mod fold;

use std::collections::BTreeSet;
use std::path::Path;

use fold::{Story, report, state, story};
use futures::future::join_all;
use jiff::tz::TimeZone;
use serde_json::{Value as Json, json};
use taskwright_commands::{App, Options};
use taskwright_domain::{Batch, BreakDown, ConversationPlace, Every, LogEvent, Report, Standing};
use taskwright_store::{OpenOptions, Store};
use taskwright_tests::{Seed, logs};

/// 2026-10-01T00:00Z; clocks in Berlin go back on the 25th.
const BEGIN: i64 = 1_790_812_800_000;
const DAY: i64 = 86_400_000;
/// Over so many days conversations begin.
const DAYS: usize = 60;

fn size() -> usize {
    match std::env::var("TASKWRIGHT_SIZE").as_deref() {
        Ok("soak") => 2_000,
        _ => 250,
    }
}

/// Conversations with their logs, committed input by input as a runner does.
async fn fill(folder: &Path, count: usize) -> Vec<(String, Vec<LogEvent>)> {
    let store = Store::open(folder, OpenOptions::default()).unwrap();
    let mut seed = Seed(20_261_122);
    let made: Vec<_> = (0..count)
        .map(|number| {
            let day = i64::try_from(seed.below(DAYS)).unwrap();
            let at = BEGIN + day * DAY + i64::try_from(seed.below(86_400_000)).unwrap();
            logs::log(&mut seed, number, at)
        })
        .collect();
    for some in made.chunks(100) {
        join_all(some.iter().map(|(id, log)| {
            let store = &store;
            async move {
                let mut written = 0;
                for turn in log.chunk_by(|one, next| one.cause == next.cause) {
                    let batch = Batch {
                        events: turn.to_vec(),
                        standing: Standing {
                            ended: true,
                            ..Standing::default()
                        },
                        ..Batch::default()
                    };
                    store.commit(id, written, batch).await.unwrap();
                    written += turn.len() as u64;
                }
            }
        }))
        .await;
    }
    store.close().await.unwrap();
    made.into_iter().map(|(id, log)| (id.to_string(), log)).collect()
}

async fn open(folder: &Path) -> App {
    let options = Options {
        data_dir: folder.to_owned(),
        program: "the test".to_owned(),
        max_pages: None,
    };
    App::open(options).await.unwrap()
}

async fn call(app: &App, name: &str, args: Json) -> Json {
    app.call("test", name, args).await.unwrap()
}

/// A filter, and what it means.
type Case = (&'static str, Json, fn(&Story) -> bool);

fn cases() -> Vec<Case> {
    vec![
        ("customers' conversations", json!({}), is_customers),
        ("all places", json!({"places": ["preview", "test", "channel"]}), |_| {
            true
        }),
        ("a task", json!({"tasks": ["task_refund"]}), |story| {
            is_customers(story) && uses(story, "task_refund")
        }),
        (
            "a task, or none",
            json!({"tasks": ["task_login"], "no_task": true}),
            |story| is_customers(story) && (uses(story, "task_login") || story.runs.is_empty()),
        ),
        ("no task", json!({"no_task": true}), |story| {
            is_customers(story) && story.runs.is_empty()
        }),
        (
            "states",
            json!({"states": ["hard_resolution", "not_answered"]}),
            |story| is_customers(story) && ["hard_resolution", "not_answered"].contains(&state(story)),
        ),
        ("tags", json!({"tags": ["vip", "a, b"]}), |story| {
            is_customers(story) && (story.tags.contains("vip") || story.tags.contains("a, b"))
        }),
        ("problems", json!({"problems": ["action_failed", "blocked"]}), |story| {
            is_customers(story) && (story.problems.contains("action_failed") || story.problems.contains("blocked"))
        }),
        ("reasons", json!({"hand_offs": ["customer_asked", "task"]}), |story| {
            let kind = story
                .hand_off
                .as_ref()
                .map(|(kind, _)| serde_json::to_value(kind).unwrap());
            is_customers(story) && kind.is_some_and(|kind| kind == "customer_asked" || kind == "task")
        }),
        (
            "days around the end of summer time",
            json!({"began": {"type": "between", "from": "2026-10-24", "until": "2026-10-25"}}),
            |story| {
                // 2026-10-23T22:00Z until 2026-10-25T23:00Z: the second day has 25 hours.
                is_customers(story) && (1_792_792_800_000..1_792_969_200_000).contains(&story.began)
            },
        ),
        ("one customer", json!({"customer": "customer_c7"}), |story| {
            is_customers(story) && story.customer == "customer_c7"
        }),
        ("words", json!({"words": "Money BACK"}), |story| {
            is_customers(story) && story.searched.contains("money back")
        }),
        (
            "everything at once",
            json!({"tasks": ["task_refund", "task_invoice"], "states": ["routed_to_team"], "problems": ["action_failed"]}),
            |story| {
                is_customers(story)
                    && (uses(story, "task_refund") || uses(story, "task_invoice"))
                    && state(story) == "routed_to_team"
                    && story.problems.contains("action_failed")
            },
        ),
        ("nothing", json!({"tags": ["no such tag"]}), |_| false),
    ]
}

fn is_customers(story: &Story) -> bool {
    story.place == ConversationPlace::Channel
}

fn uses(story: &Story, task: &str) -> bool {
    story.runs.iter().any(|run| run.task == task)
}

/// Where several have the same count, their order says nothing.
fn in_order(mut report: Json) -> Json {
    for list in ["over_time", "groups", "hand_offs", "tasks", "actions"] {
        sort(&mut report[list]);
    }
    for task in report["tasks"].as_array_mut().unwrap() {
        sort(&mut task["blocks"]);
    }
    for action in report["actions"].as_array_mut().unwrap() {
        sort(&mut action["failures"]);
    }
    report
}

fn sort(list: &mut Json) {
    list.as_array_mut().unwrap().sort_by_key(|item| {
        ["key", "task", "action", "block", "cause"]
            .iter()
            .find_map(|name| item.get(name))
            .map_or_else(|| item.to_string(), Json::to_string)
    });
}

fn json_of(report: &Report) -> Json {
    in_order(serde_json::to_value(report).unwrap())
}

const ALL: [(Every, BreakDown, &str, &str); 3] = [
    (Every::Day, BreakDown::Task, "day", "task"),
    (Every::Week, BreakDown::Tag, "week", "tag"),
    (Every::Month, BreakDown::State, "month", "state"),
];

#[tokio::test(flavor = "multi_thread")]
async fn every_figure_is_that_of_a_fold_of_the_logs() {
    let folder = tempfile::tempdir().unwrap();
    let made = fill(folder.path(), size()).await;
    let stories: Vec<Story> = made.iter().map(|(id, log)| story(id, log)).collect();
    let app = open(folder.path()).await;
    let mut settings = call(&app, "read_settings", json!({})).await;
    settings["time_zone"] = json!("Europe/Berlin");
    call(&app, "save_settings", json!({"settings": settings})).await;
    let zone = TimeZone::get("Europe/Berlin").unwrap();

    let mut counted = 0;
    for (what, filter, fits) in cases() {
        let chosen: Vec<&Story> = stories.iter().filter(|story| fits(story)).collect();
        for (every, by, every_word, by_word) in ALL {
            let args = json!({"filter": filter, "every": every_word, "by": by_word});
            let found = in_order(call(&app, "read_report", args).await);
            let expected = json_of(&report(&chosen, every, by, &zone));
            assert_eq!(found, expected, "{what}, by {every_word} and by {by_word}");
        }
        let shown = listed(&app, &filter, chosen.len()).await;
        let ids: BTreeSet<_> = chosen.iter().map(|story| story.id.to_string()).collect();
        assert_eq!(shown.len(), ids.len(), "{what}: the list shows each once");
        assert_eq!(
            shown.into_iter().collect::<BTreeSet<_>>(),
            ids,
            "{what}: and all of them"
        );
        counted += chosen.len();
    }
    assert!(counted > size(), "the filters find something: {counted}");
    app.close().await.unwrap();
}

/// All conversations of the inbox that fit, page by page, as one scrolls; every page counts the same.
async fn listed(app: &App, filter: &Json, total: usize) -> Vec<String> {
    let (mut shown, mut after) = (Vec::new(), Json::Null);
    loop {
        let page = json!({"filter": filter, "after": after, "limit": 100});
        let page = call(app, "list_conversations", page).await;
        assert_eq!(page["total"], total, "the list counts the same");
        let ids = page["rows"].as_array().unwrap().iter();
        shown.extend(ids.map(|row| row["id"].as_str().unwrap().to_owned()));
        after = page["next"].clone();
        if after.is_null() {
            return shown;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_table_for_a_spreadsheet_has_the_numbers_of_the_screen() {
    let folder = tempfile::tempdir().unwrap();
    fill(folder.path(), 60).await;
    let app = open(folder.path()).await;
    let report = json!({"filter": {}, "every": "week", "by": "task"});
    let shown = call(&app, "read_report", report.clone()).await;
    let mut tables = Vec::new();
    for table in ["over_time", "break_down", "hand_offs", "tasks", "blocks", "actions"] {
        let saved = call(&app, "save_report_table", json!({"report": report, "table": table})).await;
        let (_, bytes) = app.get_file(saved["file"].as_str().unwrap()).await.unwrap();
        let text = String::from_utf8(bytes).unwrap();
        let widths: BTreeSet<_> = text
            .lines()
            .filter(|line| !line.contains('"'))
            .map(|line| line.matches(',').count())
            .collect();
        assert_eq!(widths.len(), 1, "{table}: every row has as many cells:\n{text}");
        assert!(
            !text.contains("example.com") && !text.contains("4512"),
            "{table}: nothing of customers:\n{text}"
        );
        tables.push(text);
    }
    let total = &shown["total"];
    let all = format!(
        "All,{},{},{}",
        total["conversations"], total["involved"], total["states"]["confirmed"]
    );
    assert!(tables[0].contains(&all), "{all} stands in\n{}", tables[0]);
    assert!(tables[1].starts_with("Task used,"), "{}", tables[1]);
    app.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_erases_a_customer_finds_no_trace_of_them() {
    let folder = tempfile::tempdir().unwrap();
    let made = fill(folder.path(), 200).await;
    let stories: Vec<Story> = made.iter().map(|(id, log)| story(id, log)).collect();
    let of = |customer: &str| {
        stories
            .iter()
            .filter(|story| story.customer == customer)
            .collect::<Vec<_>>()
    };
    let customer = stories
        .iter()
        .map(|story| &story.customer)
        .max_by_key(|customer| of(customer).len())
        .unwrap();
    let own = of(customer);
    assert!(own.len() > 2, "somebody with several conversations");
    let app = open(folder.path()).await;
    let erased = call(&app, "erase_customer", json!({"customer": customer})).await;
    assert_eq!(erased["conversations"], own.len());
    let again = app.call("test", "erase_customer", json!({"customer": customer})).await;
    assert!(again.is_err(), "there is nobody of this name any more");
    let all = json!({"filter": {"places": ["preview", "test", "channel"]}, "every": "week", "by": "task"});
    let report = call(&app, "read_report", all).await;
    assert_eq!(
        report["total"]["conversations"],
        stories.len() - own.len(),
        "nor in reports"
    );
    for story in &own {
        let log = json!({"conversation": story.id, "limit": 5});
        assert!(app.call("test", "read_log", log).await.is_err(), "the log is gone");
    }
    app.close().await.unwrap();
    let (quoted, email) = (
        format!("\"{customer}\""),
        format!("{}@example.com", customer.trim_start_matches("customer_")),
    );
    for entry in std::fs::read_dir(folder.path()).unwrap() {
        let path = entry.unwrap().path();
        let Ok(bytes) = std::fs::read(&path) else { continue };
        for needle in own
            .iter()
            .map(|story| story.id.as_str())
            .chain([quoted.as_str(), email.as_str()])
        {
            let found = bytes.windows(needle.len()).any(|window| window == needle.as_bytes());
            assert!(!found, "{needle} stands in {} still", path.display());
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_no_task_took_is_told_apart_and_becomes_a_task() {
    let folder = tempfile::tempdir().unwrap();
    let made = fill(folder.path(), 250).await;
    let app = open(folder.path()).await;
    let wishes = call(&app, "list_wishes", json!({"filter": {}})).await;
    let groups = wishes["groups"].as_array().unwrap();
    assert!(!groups.is_empty(), "{wishes}");
    let counts: Vec<_> = groups
        .iter()
        .map(|group| group["conversations"].as_u64().unwrap())
        .collect();
    assert!(
        counts.is_sorted_by(|a, b| a >= b),
        "the most frequent first: {counts:?}"
    );
    for group in groups {
        assert!(group["untaken"].as_u64() <= group["conversations"].as_u64(), "{group}");
        for example in group["examples"].as_array().unwrap() {
            let text = example["text"].as_str().unwrap();
            let id = example["conversation"].as_str().unwrap();
            let (_, log) = made.iter().find(|(made, _)| made == id).unwrap();
            let log = serde_json::to_string(log).unwrap();
            assert!(log.contains(text), "{text} was written there");
            assert_ne!(text, "let me talk to a person please", "that says nothing of a wish");
        }
    }
    let examples: Vec<_> = groups[0]["examples"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| &one["text"])
        .collect();
    let made = call(
        &app,
        "create_task",
        json!({"title": groups[0]["title"], "examples": examples}),
    )
    .await;
    let task = call(&app, "read_task", json!({"task": made["id"]})).await;
    assert_eq!(task["task"]["title"], groups[0]["title"]);
    assert_eq!(task["task"]["examples"], json!(examples));
    app.close().await.unwrap();
}

/// A task of these blocks.
async fn task(app: &App, title: &str, blocks: Json) -> String {
    let made = call(app, "create_task", json!({"title": title})).await;
    let id = made["id"].as_str().unwrap().to_owned();
    let view = call(app, "read_task", json!({"task": id})).await;
    let change = json!({"type": "set", "path": "/blocks", "before": view["task"]["blocks"], "after": blocks});
    let edit = json!({"label": "", "changes": [{"document": id, "change": change}]});
    let args = json!({"document": id, "edit": edit, "base_version": view["version"]});
    call(app, "save_edit", args).await;
    id
}

async fn said(app: &App, conversation: &Json) -> Vec<String> {
    let args = json!({"conversation": conversation, "from": 1, "limit": 500});
    let log = call(app, "read_log", args).await;
    let events = log["events"].as_array().unwrap().iter();
    events
        .filter(|event| event["kind"] == "said")
        .map(|event| event["text"].as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_task_used_is_known_to_conditions_for_the_rest_of_the_conversation() {
    let folder = tempfile::tempdir().unwrap();
    let app = open(folder.path()).await;
    let cards = json!([{"id": "block_cards", "type": "message", "text": "Cards are at the till."}]);
    let cards = task(&app, "Gift cards", cards).await;
    let contains = json!({
        "type": "test",
        "subject": {"type": "reference", "reference": "conversation.task_used"},
        "comparison": {"type": "contains", "what": {"type": "constant", "value": {"type": "text", "value": "gift cards"}}},
    });
    let branch = json!([{
        "id": "block_branch",
        "type": "branch",
        "arms": [{
            "id": "option_again",
            "condition": contains,
            "blocks": [{"id": "block_again", "type": "message", "text": "Besides the cards: goodbye."}],
        }],
        "otherwise": [{"id": "block_first", "type": "message", "text": "Goodbye."}],
    }]);
    let goodbye = task(&app, "Goodbye", branch).await;
    let args = json!({"task": goodbye, "from_the_start": true, "calls": "sample"});
    let started = call(&app, "start_preview", args).await;
    let conversation = &started["conversation"];
    for task in [&goodbye, &cards, &goodbye] {
        let args = json!({"conversation": conversation, "task": task});
        call(&app, "start_task_anyway", args).await;
    }
    let said = said(&app, conversation).await;
    let last: Vec<_> = said
        .iter()
        .filter(|text| text.contains("oodbye") || text.contains("till"))
        .collect();
    assert_eq!(
        last,
        ["Goodbye.", "Cards are at the till.", "Besides the cards: goodbye."]
    );
    app.close().await.unwrap();
}
