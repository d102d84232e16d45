//! A condition as words and as a form: what is written into a text reads back as exactly the condition it was.

#![cfg(test)]

use std::sync::Arc;

use serde_json::{Value as Json, json};
use taskwright_commands::App;
use taskwright_engine::Clock;

struct Noon;

impl Clock for Noon {
    fn now(&self) -> i64 {
        1_763_719_200_000
    }
}

struct Desk {
    app: App,
    task: Json,
    block: Json,
}

impl Desk {
    async fn refunds() -> Self {
        let app = App::in_memory(Arc::new(Noon)).await.unwrap();
        let tasks = app.call("test", "list_tasks", json!({})).await.unwrap();
        let rows = tasks.as_array().unwrap();
        let row = rows.iter().find(|row| row["title"] == "Refund or cancel an order");
        let task = row.expect("the sample is there")["id"].clone();
        let view = app.call("test", "read_task", json!({"task": task})).await.unwrap();
        let block = view["task"]["blocks"][0]["id"].clone();
        Self { app, task, block }
    }

    async fn call(&self, name: &str, mut args: Json) -> Json {
        args["task"] = self.task.clone();
        self.app.call("test", name, args).await.unwrap()
    }

    async fn reading(&self, text: &str) -> Json {
        self.call("read_instructions", json!({"block": self.block, "text": text}))
            .await
    }

    /// Gives the sentence that begins with these words another condition.
    async fn rewritten(&self, text: &str, sentence: &str, condition: &Json) -> Json {
        let reading = self.reading(text).await;
        let sentences = reading["sentences"].as_array().unwrap();
        let found = sentences
            .iter()
            .find(|one| one["text"].as_str().unwrap().starts_with(sentence));
        let span = found.expect("the sentence is read")["span"].clone();
        let args = json!({"block": self.block, "text": text, "span": span, "condition": condition});
        self.call("rewrite_condition", args).await
    }
}

fn shipped() -> Json {
    test(
        "order.status",
        json!({"type": "is", "to": {"type": "constant", "value": {"type": "choice", "value": "shipped"}}}),
    )
}

fn older_than(days: u32) -> Json {
    test(
        "order.ordered_on",
        json!({"type": "older_than", "period": {"count": days, "unit": "days"}}),
    )
}

fn test(reference: &str, comparison: Json) -> Json {
    json!({"type": "test", "subject": {"type": "reference", "reference": reference}, "comparison": comparison})
}

fn neither(options: &[&str]) -> Json {
    let of: Vec<_> = options
        .iter()
        .map(|option| json!({"type": "constant", "value": {"type": "choice", "value": option}}))
        .collect();
    json!({"type": "not", "part": test("order.status", json!({"type": "one_of", "of": of}))})
}

fn all(parts: &[Json]) -> Json {
    json!({"type": "all", "parts": parts})
}

fn any(parts: &[Json]) -> Json {
    json!({"type": "any", "parts": parts})
}

/// The conditions of all arms, in order.
fn conditions(reading: &Json) -> Vec<Json> {
    fn walk(steps: &Json, found: &mut Vec<Json>) {
        for step in steps.as_array().into_iter().flatten() {
            for arm in step["arms"].as_array().into_iter().flatten() {
                found.push(arm["condition"].clone());
                walk(&arm["steps"], found);
            }
            walk(&step["otherwise"], found);
        }
    }
    let mut found = Vec::new();
    walk(&reading["plan"], &mut found);
    found
}

#[tokio::test]
async fn a_condition_from_the_form_is_written_into_its_sentence_and_the_rest_stays() {
    let desk = Desk::refunds().await;
    let text = "📦 is our sign. Look up the order. If the order is older than 40 days, hand off to Billing. \
                Otherwise tell the customer \"ok\".";
    for condition in [
        shipped(),
        older_than(5),
        all(&[older_than(5), shipped()]),
        any(&[older_than(5), shipped()]),
        any(&[older_than(5), all(&[shipped(), older_than(2)])]),
        all(&[older_than(5), any(&[shipped(), older_than(2)])]),
    ] {
        let done = desk.rewritten(text, "If the order", &condition).await;
        assert_eq!(done["type"], "written", "{condition}: {done}");
        let new = done["text"].as_str().unwrap();
        assert!(new.starts_with("📦 is our sign. Look up the order. If "), "{new}");
        assert!(
            new.ends_with(", hand off to Billing. Otherwise tell the customer \"ok\"."),
            "{new}"
        );
        assert_eq!(conditions(&desk.reading(new).await), [condition], "{new}");
    }
}

#[tokio::test]
async fn an_unless_becomes_an_if_where_the_condition_is_said_straight() {
    let desk = Desk::refunds().await;
    let text = "Look up the order. Hand off to Billing unless the order's status is processing.";
    let done = desk.rewritten(text, "unless", &shipped()).await;
    assert_eq!(
        done["text"],
        "Look up the order. Hand off to Billing if the order's status is shipped."
    );
}

#[tokio::test]
async fn a_rule_keeps_what_it_guards() {
    let desk = Desk::refunds().await;
    for text in [
        "Never refund an order that is older than 40 days.",
        "Never refund the order unless the order's status is processing.",
    ] {
        let before = desk.reading(text).await["rules"][0].clone();
        let done = desk.rewritten(text, "Never", &older_than(7)).await;
        assert_eq!(done["type"], "written", "{text}: {done}");
        let after = desk.reading(done["text"].as_str().unwrap()).await["rules"][0].clone();
        assert_eq!(after["actions"], before["actions"], "{text}");
        assert_eq!(after["guard"]["type"], before["guard"]["type"], "{text}");
        assert_eq!(after["guard"]["condition"], older_than(7), "{text}");
    }
}

#[tokio::test]
async fn what_does_not_read_back_is_refused_and_says_why() {
    let desk = Desk::refunds().await;
    let text = "If the order is older than 40 days, hand off to Billing.";
    // No words of the reader deny a group as a whole.
    let nested = json!({"type": "not", "part": all(&[older_than(5), shipped()])});
    let done = desk.rewritten(text, "If", &nested).await;
    assert_eq!(done["type"], "refused");
    let reason = done["reason"].as_str().unwrap();
    assert!(
        reason.contains("nothing was changed") && reason.contains("shipped"),
        "{reason}"
    );

    let elsewhere = json!({"block": desk.block, "text": text, "span": {"start": 3, "end": 9}, "condition": shipped()});
    let done = desk.call("rewrite_condition", elsewhere).await;
    assert_eq!(done["type"], "refused", "a place that is no sentence");
}

#[tokio::test]
async fn a_sentence_that_points_back_at_another_value_is_not_changed_behind_the_authors_back() {
    let desk = Desk::refunds().await;
    let text = "If the order's total is more than 100 EUR, tag the conversation as expensive. \
                If it is less than 10 EUR, tag it as cheap.";
    let before = conditions(&desk.reading(text).await);
    let done = desk.rewritten(text, "If the order's total", &shipped()).await;
    match done["type"].as_str().unwrap() {
        "written" => {
            let after = conditions(&desk.reading(done["text"].as_str().unwrap()).await);
            assert_eq!(after[1..], before[1..], "\"it\" still means what it meant");
        }
        other => assert_eq!(other, "refused"),
    }
}

#[tokio::test]
async fn words_are_one_condition_or_none() {
    let desk = Desk::refunds().await;
    for words in [
        "the order's status is shipped",
        "If the order is shipped.",
        "  the order's\nstatus is shipped ",
    ] {
        let read = desk.call("read_condition", json!({"words": words})).await;
        assert_eq!(read["condition"], shipped(), "{words}: {read}");
        assert_eq!(read["words"], "the order's status is shipped");
    }
    for words in [
        "",
        "if",
        "the moon is full",
        "the order is shipped, hand off to Billing",
        "the order is shipped. Never refund the order",
        "the order is shipped, end the task. If the order's status is processing",
    ] {
        let read = desk.call("read_condition", json!({"words": words})).await;
        assert_eq!(read["type"], "unread", "{words:?}: {read}");
        assert!(!read["reason"].as_str().unwrap().is_empty());
    }
}

#[tokio::test]
async fn canonical_words_are_read_as_what_they_say() {
    let desk = Desk::refunds().await;
    for condition in [
        shipped(),
        older_than(40),
        all(&[shipped(), older_than(3)]),
        all(&[any(&[shipped(), older_than(3)]), older_than(2)]),
        any(&[shipped(), all(&[older_than(9), older_than(2)])]),
        neither(&["shipped", "delivered"]),
        json!({"type": "confirmed"}),
        json!({"type": "not", "part": {"type": "confirmed"}}),
    ] {
        let words = desk.call("describe_condition", json!({"condition": condition})).await;
        let read = desk.call("read_condition", json!({"words": words})).await;
        assert_eq!(read["condition"], condition, "{words}");
    }
}
