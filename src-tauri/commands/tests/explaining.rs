//! A task explained to a colleague: what the page must say, and that nothing an author writes breaks out of it.

#![cfg(test)]

use std::sync::Arc;

use serde_json::{Value as Json, json};
use taskwright_commands::explain::{TaskPage, explain, html, markdown};
use taskwright_commands::{App, ErrorCode};
use taskwright_domain::{Block, BlockId, BlockKind, Settings, Task, TaskId, Template};
use taskwright_engine::Clock;

struct Noon;

impl Clock for Noon {
    fn now(&self) -> i64 {
        1_763_719_200_000
    }
}

async fn sample(title: &str) -> (App, Json) {
    let app = App::in_memory(Arc::new(Noon)).await.unwrap();
    let tasks = app.call("test", "list_tasks", json!({})).await.unwrap();
    let row = tasks
        .as_array()
        .unwrap()
        .iter()
        .find(|row| row["title"] == title)
        .cloned();
    (app, row.expect("the sample is there")["id"].clone())
}

/// The lines under a heading of the page.
fn under<'a>(page: &'a str, heading: &str) -> Vec<&'a str> {
    let from = page.lines().skip_while(|line| *line != format!("## {heading}")).skip(1);
    from.take_while(|line| !line.starts_with("## ")).collect()
}

#[tokio::test]
async fn a_colleague_finds_when_it_starts_what_it_does_and_what_it_must_not_do() {
    let (app, task) = sample("Refund or cancel an order").await;
    let explained = app.call("test", "explain_task", json!({"task": task})).await.unwrap();
    let page = explained["markdown"].as_str().unwrap();
    assert!(
        page.starts_with("# Refund or cancel an order\n"),
        "the title comes first"
    );

    let start = under(page, "When it starts").join("\n");
    assert!(start.contains("wants their money back"), "the description: {start}");
    assert!(start.contains("Can I get my money back?"), "an example: {start}");
    assert!(
        start.contains("Where is my order?"),
        "a message that does not start it: {start}"
    );
    assert!(start.contains("every customer"), "who it is for: {start}");

    assert!(
        under(page, "What it needs to know")
            .iter()
            .any(|line| line.contains("order number"))
    );

    let happens = under(page, "What happens");
    let place = |words: &str| {
        let found = happens.iter().position(|line| line.contains(words));
        found.unwrap_or_else(|| panic!("{words:?} is missing in {happens:#?}"))
    };
    let depth = |words: &str| happens[place(words)].len() - happens[place(words)].trim_start().len();
    assert!(place("1. **Look up the order**") < place("2. **Cancel what has not left**"));
    let condition = "If the order's ordered date is more than 40 days ago:";
    assert!(place(condition) < place("We refund orders for 40 days only."));
    assert!(
        depth("We refund orders for 40 days only.") > depth(condition),
        "what a condition leads to stands below it"
    );
    assert!(happens[place("Runs Refund order")].contains("changes data"));

    let rules = under(page, "Rules that always hold").join("\n");
    assert!(rules.contains("Refund order never runs if the order's ordered date is more than 40 days ago"));
    let actions = under(page, "Actions it uses").join("\n");
    assert!(actions.contains("**Refund order** Pays money back to the customer. *(changes data"));
    assert!(actions.contains("**Get order** Looks up an order by its number. *(only looks something up"));
    assert!(
        under(page, "Teams it hands off to")
            .iter()
            .any(|line| line.contains("Billing"))
    );
}

#[tokio::test]
async fn what_cannot_run_is_said_where_it_stands_and_under_problems() {
    let text = "Sort things out as appropriate.";
    let page = markdown(&page_of(task("Sort it out", text)));
    let happens = under(&page, "What happens").join("\n");
    assert!(
        happens.contains("Not understood: \u{201c}Sort things out as appropriate"),
        "{happens}"
    );
    let problems = under(&page, "Problems").join("\n");
    assert!(problems.contains("stops publishing"), "{problems}");
}

#[test]
fn what_is_listened_for_is_explained_apart_from_what_happens() {
    let text = "Ask for the order number. If they mention a lawyer, tell them \"Please write to us.\" If they bring up the \
                press, tell them \"No comment.\" and stop.";
    let page = markdown(&page_of(task("Listen", text)));
    let heard = under(&page, "At any time").join("\n");
    assert!(heard.contains("If the customer mentions lawyer:"), "{heard}");
    assert!(heard.contains("Please write to us."), "what it leads to: {heard}");
    assert!(heard.contains("then it goes on where it was"), "{heard}");
    assert!(heard.contains("Ends the task"), "the other one ends it: {heard}");
    assert_eq!(heard.matches("then it goes on").count(), 1, "{heard}");
    let happens = under(&page, "What happens").join("\n");
    assert!(!happens.contains("lawyer"), "{happens}");
    let web = html(&[page_of(task("Listen", text))]);
    assert!(web.contains("At any time"), "the page for the web says it, too");
}

#[test]
fn a_task_without_anything_is_explained_all_the_same() {
    let mut empty = task("", "");
    empty.blocks.clear();
    let page = markdown(&page_of(empty));
    assert!(page.starts_with("# Untitled task\n"));
    assert!(under(&page, "What happens").join("\n").contains("Nothing yet"));
}

#[test]
fn a_block_with_ways_shows_each_of_them_with_what_it_leads_to() {
    let mut asking = task("Ask", "");
    let option = json!({"id": "option_1", "label": "Yes, please", "blocks": [
        {"id": "block_2", "type": "end", "outcome": "done"}
    ]});
    let block = json!({"id": "block_1", "type": "buttons", "text": "Shall I?", "options": [option]});
    asking.blocks = vec![serde_json::from_value(block).unwrap()];
    let page = markdown(&page_of(asking));
    let happens = under(&page, "What happens");
    assert_eq!(
        happens
            .iter()
            .filter(|line| !line.is_empty())
            .copied()
            .collect::<Vec<_>>(),
        [
            "1. Asks \u{201c}Shall I?\u{201d} with buttons",
            "   - **If the customer chooses \u{201c}Yes, please\u{201d}:**",
            "     - Ends the task: done",
        ]
    );
}

const HOSTILE: &str = "</title><script>alert(1)</script> & \"x\" 'y' [a](javascript:b) *z* `c` <img src=x onerror=d>";

#[test]
fn hostile_words_stay_words_in_html() {
    let page = html(&[page_of(hostile())]);
    assert!(
        !page.contains("<script>") && !page.contains("<img"),
        "nothing becomes an element"
    );
    assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
    assert_eq!(
        page.matches("</title>").count(),
        1,
        "the title ends where the page says so"
    );
    let opened: Vec<_> = page
        .split('<')
        .skip(1)
        .filter_map(|tag| tag.split(['>', ' ', '\n']).next())
        .collect();
    let ours = [
        "!doctype", "html", "head", "meta", "title", "style", "body", "article", "section", "h1", "h2", "p", "ul",
        "ol", "li", "strong", "small",
    ];
    for tag in opened {
        assert!(ours.contains(&tag.trim_start_matches('/')), "<{tag}> is none of ours");
    }
}

#[test]
fn hostile_words_stay_words_in_markdown() {
    let page = markdown(&page_of(hostile()));
    assert!(page.contains("\\<script\\>alert(1)\\</script\\>"));
    assert!(page.contains("\\[a\\](javascript:b) \\*z\\* \\`c\\`"));
    let headings: Vec<_> = page.lines().filter(|line| line.trim_start().starts_with('#')).collect();
    assert!(
        headings
            .iter()
            .all(|line| line.starts_with("# ") || line.starts_with("## "))
            && headings.len() < 9,
        "no line of an author is a heading: {headings:?}"
    );
    assert!(page.contains("\n\\# Not a heading\n"), "its own heading is words");
}

fn task(title: &str, text: &str) -> Task {
    let block = Block {
        id: BlockId::new("block_1"),
        name: String::new(),
        off: false,
        kind: BlockKind::Instructions { text: text.to_owned() },
    };
    Task {
        id: TaskId::new("task_1"),
        title: title.to_owned(),
        description: String::new(),
        examples: Vec::new(),
        counter_examples: Vec::new(),
        audience: None,
        only_used_by_other_tasks: false,
        blocks: vec![block],
        attributes: Vec::new(),
    }
}

fn hostile() -> Task {
    let mut hostile = task(HOSTILE, &format!("Tell the customer \"{HOSTILE}\""));
    hostile.description = format!("# Not a heading\n- not a list {HOSTILE}");
    hostile.examples = vec![HOSTILE.to_owned()];
    hostile.blocks[0].name = HOSTILE.to_owned();
    hostile.blocks.push(Block {
        id: BlockId::new("block_2"),
        name: String::new(),
        off: false,
        kind: BlockKind::Message {
            text: Template::new(HOSTILE),
        },
    });
    hostile
}

fn page_of(task: Task) -> TaskPage {
    let content = taskwright_bundle::BundleContent {
        tasks: vec![task],
        ..Default::default()
    };
    explain(&content, &content.tasks[0], &Settings::default())
}

#[tokio::test]
async fn the_page_is_saved_as_a_file_of_the_kind_that_was_asked_for() {
    let (app, task) = sample("Refund or cancel an order").await;
    let save = json!({"task": task, "format": "html"});
    let saved = app.call("test", "save_task_page", save).await.unwrap();
    assert_eq!(saved["name"], "refund-or-cancel-an-order.html");
    let (_, bytes) = app.get_file(saved["file"].as_str().unwrap()).await.unwrap();
    assert!(String::from_utf8(bytes).unwrap().starts_with("<!doctype html>"));

    let gone = json!({"task": "task_nowhere", "format": "markdown"});
    let refused = app.call("test", "save_task_page", gone).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::NotFound);
}
