//! Answers in a conversation: first thing, in the middle of a task that then goes on, and where no article answers.

use serde_json::{Value as Json, json};

use crate::place::Place;

struct Talk {
    place: Place,
    conversation: Json,
}

impl Talk {
    /// A preview from the start, in a workspace with the samples and one article.
    async fn begin() -> Self {
        let place = Place::empty("questions.md").await;
        let text = "# Opening hours\n\nOur shop in Mill Lane is open from nine to six, Monday to Saturday.\n";
        let files = json!({ "files": [place.file("hours.md", text.as_bytes()).await] });
        place.call("import_articles", files).await;
        place.read().await;
        let tasks = place.call("list_tasks", json!({})).await;
        let rows = tasks.as_array().unwrap().iter();
        let refunds = rows
            .clone()
            .find(|row| row["title"] == "Refund or cancel an order")
            .unwrap();
        let start = json!({ "task": refunds["id"], "from_the_start": true, "calls": "sample" });
        let conversation = place.call("start_preview", start).await["conversation"].clone();
        Self { place, conversation }
    }

    /// What comes of a message: the events from it on.
    async fn say(&self, text: &str) -> Vec<Json> {
        let before = self.log().await.len();
        let said = json!({ "conversation": self.conversation, "text": text });
        self.place.call("say", said).await;
        self.log().await.split_off(before)
    }

    async fn log(&self) -> Vec<Json> {
        let args = json!({ "conversation": self.conversation, "limit": 1_000 });
        let page = self.place.call("read_log", args).await;
        page["events"].as_array().unwrap().clone()
    }
}

fn kinds(events: &[Json]) -> Vec<&str> {
    events.iter().map(|event| event["kind"].as_str().unwrap()).collect()
}

fn words(events: &[Json]) -> String {
    let said = events.iter().filter(|event| event["kind"] == "said");
    said.map(|event| event["text"].as_str().unwrap())
        .collect::<Vec<_>>()
        .join("\n")
}

const HOURS: &str = "Our shop in Mill Lane is open from nine to six, Monday to Saturday.";

#[tokio::test(flavor = "multi_thread")]
async fn a_question_is_answered_with_the_words_of_an_article_and_its_source() {
    let talk = Talk::begin().await;
    let events = talk.say("When is your shop in Mill Lane open?").await;
    let said = words(&events);
    assert!(said.contains(HOURS) && said.contains("Opening hours"), "{events:#?}");
    let considered = events
        .iter()
        .find(|event| event["kind"] == "articles_considered")
        .unwrap();
    assert_eq!(considered["findings"]["enough"], json!(true), "{considered}");
    let answered = events.iter().find(|event| event["kind"] == "answered").unwrap();
    assert_eq!(answered["text"], HOURS);
    assert_eq!(
        answered["articles"][0],
        considered["findings"]["passages"][0]["article"]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_in_the_middle_of_a_task_is_answered_and_the_task_goes_on() {
    let talk = Talk::begin().await;
    let events = talk.say("I want to cancel my order").await;
    assert!(kinds(&events).contains(&"asked"), "{events:#?}");
    let events = talk.say("When is your shop in Mill Lane open?").await;
    let told = kinds(&events);
    let at = |kind: &str| told.iter().position(|one| *one == kind);
    assert!(words(&events).contains(HOURS), "{events:#?}");
    assert!(
        at("digressed") < at("answered") && at("answered") < at("asked"),
        "{told:?}"
    );
    let events = talk.say("It is 4512").await;
    assert!(
        kinds(&events).contains(&"attribute_set"),
        "the task goes on: {events:#?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_no_article_answers_is_said_to_be_unknown_and_a_person_is_offered() {
    let talk = Talk::begin().await;
    let events = talk.say("What is the capital of Portugal?").await;
    let told = kinds(&events);
    assert!(!told.contains(&"answered"), "{events:#?}");
    assert!(words(&events).to_lowercase().contains("person"), "{events:#?}");
}
