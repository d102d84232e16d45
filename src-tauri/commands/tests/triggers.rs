//! Which task starts: messages and examples are tried with the task as it is on screen, whichever way tasks are chosen.

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
}

impl Desk {
    async fn refunds() -> Self {
        let app = App::in_memory(Arc::new(Noon)).await.unwrap();
        let tasks = app.call("test", "list_tasks", json!({})).await.unwrap();
        let rows = tasks.as_array().unwrap();
        let row = rows.iter().find(|row| row["title"] == "Refund or cancel an order");
        let id = row.expect("the sample is there")["id"].clone();
        let view = app.call("test", "read_task", json!({"task": id})).await.unwrap();
        let task = view["task"].clone();
        Self { app, task }
    }

    async fn tried(&self, task: &Json, messages: &[&str]) -> Json {
        let args = json!({"task": task, "before": self.task, "messages": messages});
        self.app.call("test", "try_messages", args).await.unwrap()["messages"].clone()
    }

    async fn study(&self, task: &Json) -> Json {
        let args = json!({"task": task, "before": self.task});
        self.app.call("test", "study_triggers", args).await.unwrap()
    }

    /// The task on screen, with one more text in a list.
    fn with(&self, list: &str, text: &str) -> Json {
        let mut task = self.task.clone();
        task[list].as_array_mut().unwrap().push(json!(text));
        task
    }
}

#[tokio::test]
async fn a_message_is_tried_and_its_words_are_weighed_where_it_is_the_only_one() {
    let desk = Desk::refunds().await;
    let example = desk.task["examples"][0].as_str().unwrap();
    let one = desk.tried(&desk.task, &[example]).await;
    assert_eq!(
        one[0]["outcome"],
        json!({"type": "starts", "task": desk.task["id"]}),
        "{one:#}"
    );
    assert_eq!(one[0]["before"], Json::Null);
    assert_eq!(one[0]["ranking"]["candidates"][0]["task"], desk.task["id"]);
    let words = one[0]["words"].as_array().unwrap();
    assert!(!words.is_empty() && words.iter().all(|word| word["weight"].as_i64().unwrap() > 0));
    let many = desk.tried(&desk.task, &[example, "what a lovely day"]).await;
    assert_eq!(many[1]["outcome"], json!({"type": "nothing"}), "{many:#}");
    assert_eq!(many[0]["words"], json!([]));
}

#[tokio::test]
async fn what_an_edit_changes_is_known_before_it_is_saved() {
    let desk = Desk::refunds().await;
    let odd = "the flamingo on my umbrella squeaks";
    let edited = desk.with("examples", odd);
    let tried = desk.tried(&edited, &[odd]).await;
    assert_eq!(
        tried[0]["outcome"],
        json!({"type": "starts", "task": desk.task["id"]}),
        "{tried:#}"
    );
    assert_eq!(tried[0]["before"], json!({"type": "nothing"}));
    let saved = desk.tried(&desk.task, &[odd]).await;
    assert_eq!(saved[0]["outcome"], json!({"type": "nothing"}), "nothing was saved");
}

#[tokio::test]
async fn every_example_of_every_task_is_tried_without_itself() {
    let desk = Desk::refunds().await;
    let lone = "the flamingo on my umbrella squeaks";
    let study = desk.study(&desk.with("examples", lone)).await;
    let examples = study["examples"].as_array().unwrap();
    let own = |id: &Json| examples.iter().filter(|one| one["task"] == *id).count();
    assert_eq!(
        own(&desk.task["id"]),
        desk.task["examples"].as_array().unwrap().len() + 1
    );
    let tasks = study["tasks"].as_array().unwrap();
    assert!(
        examples
            .iter()
            .all(|one| tasks.iter().any(|task| task["id"] == one["task"]))
    );
    let lone = examples.iter().find(|one| one["text"] == lone).unwrap();
    assert_eq!(
        lone["outcome"],
        json!({"type": "nothing"}),
        "no other example is like it"
    );
    let right = examples
        .iter()
        .filter(|one| one["outcome"] == json!({"type": "starts", "task": one["task"]}));
    assert!(
        right.count() * 2 > examples.len(),
        "the samples are told apart: {study:#}"
    );
}

#[tokio::test]
async fn a_task_that_customers_never_start_is_tried_by_nobody() {
    let desk = Desk::refunds().await;
    let mut hidden = desk.task.clone();
    hidden["only_used_by_other_tasks"] = json!(true);
    let study = desk.study(&hidden).await;
    let tasks = study["tasks"].as_array().unwrap();
    assert!(tasks.iter().all(|task| task["id"] != desk.task["id"]));
}

#[tokio::test]
async fn how_tasks_are_chosen_is_told() {
    let desk = Desk::refunds().await;
    desk.study(&desk.task).await;
    let state = desk.app.call("test", "encoder_state", json!({})).await.unwrap();
    let state = state["state"].as_str().unwrap().to_owned();
    assert!(
        ["ready", "off", "missing"].contains(&state.as_str()),
        "{state} after it was needed"
    );
}
