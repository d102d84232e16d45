//! Articles as documents: imported, changed, taken back, kept over a restart, and many of them.

use std::sync::Arc;
use std::time::{Duration, Instant};

use serde_json::{Value as Json, json};
use taskwright_commands::{App, Options};

use crate::place::Place;

fn titles(list: &Json) -> Vec<&str> {
    let articles = list["articles"].as_array().unwrap().iter();
    articles.map(|article| article["title"].as_str().unwrap()).collect()
}

async fn edit(place: &Place, article: &Json, text: &str) {
    let view = place.call("read_article", json!({ "article": article })).await;
    let change = json!({ "type": "set", "path": "/text", "before": view["article"]["text"], "after": text });
    let edit = json!({ "label": "", "changes": [{ "document": article, "change": change }] });
    let args = json!({ "document": article, "edit": edit, "base_version": view["version"] });
    place.call("save_edit", args).await;
}

#[tokio::test]
async fn an_import_is_one_step_and_the_same_title_is_brought_up_to_date() {
    let place = Place::empty("questions.md").await;
    let first = [
        place.file("a/returns.md", b"# Returns\n\nWithin ten days.").await,
        place
            .file("hours.html", b"<h1>Hours</h1><p>We open at <b>nine</b>.</p>")
            .await,
        place.file("price.pdf", b"%PDF").await,
    ];
    let done = place.call("import_articles", json!({ "files": first })).await;
    assert_eq!(done["made"].as_array().map(Vec::len), Some(2), "{done}");
    assert_eq!(
        done["left_out"],
        json!([{ "name": "price.pdf", "why": "It is none of .md, .txt and .html." }])
    );
    let again = [
        place.file("returns.txt", b"Within thirty days.").await,
        place
            .file("hours.html", b"<h1>Hours</h1><p>We open at <b>nine</b>.</p>")
            .await,
    ];
    let done = place.call("import_articles", json!({ "files": again })).await;
    assert_eq!((&done["same"], &done["made"]), (&json!(1), &json!([])), "{done}");
    let article = done["replaced"][0].clone();
    let text = |view: Json| view["article"]["text"].clone();
    let one = json!({ "article": article });
    assert_eq!(
        text(place.call("read_article", one.clone()).await),
        "Within thirty days."
    );
    place.call("undo_import", json!({ "import": done["import"] })).await;
    assert_eq!(text(place.call("read_article", one).await), "Within ten days.");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_asked_is_answered_from_the_articles_as_they_stand() {
    let place = Place::empty("questions.md").await;
    let nothing = place.ask("when do you open").await;
    assert_eq!(nothing["answer"], Json::Null);
    assert_eq!(nothing["reason"], "There are no articles yet.");
    let made = place.call("create_article", json!({ "title": "Opening hours" })).await;
    let article = made["id"].clone();
    edit(&place, &article, "## Winter\n\nThe shop opens at nine in the morning.").await;
    let found = place.ask("When does the shop open in the morning?").await;
    assert_eq!(found["answer"], "The shop opens at nine in the morning.", "{found}");
    assert_eq!(found["passages"][0]["heading"], "Winter");
    edit(&place, &article, "## Winter\n\nThe shop opens at ten in the morning.").await;
    let found = place.ask("When does the shop open in the morning?").await;
    assert_eq!(found["answer"], "The shop opens at ten in the morning.", "{found}");
    place.call("undo", json!({ "document": article })).await;
    let found = place.ask("When does the shop open in the morning?").await;
    assert_eq!(found["answer"], "The shop opens at nine in the morning.", "{found}");
    place.call("delete_article", json!({ "article": article })).await;
    assert_eq!(
        place.ask("When does the shop open in the morning?").await["answer"],
        Json::Null
    );
    place.call("restore_article", json!({ "article": article })).await;
    let found = place.ask("When does the shop open in the morning?").await;
    assert_eq!(found["answer"], "The shop opens at nine in the morning.", "{found}");
}

#[tokio::test]
async fn no_question_breaks_the_search() {
    let place = Place::open("club", "club.md").await;
    for question in ["\"", "a OR b NEAR(", "*", "NOT", "-", "{title}: x", "ß\u{202e}👍", "ok"] {
        place.ask(question).await;
    }
    place.ask(&"wort ".repeat(20_000)).await;
    let refused = place
        .app
        .call("test", "ask_knowledge", json!({ "question": "  " }))
        .await;
    assert_eq!(refused.unwrap_err().field.as_deref(), Some("/question"));
}

#[tokio::test(flavor = "multi_thread")]
async fn articles_are_there_after_a_restart_and_their_index_with_them() {
    let folder = tempfile::tempdir().unwrap();
    let open = || async {
        let options = Options {
            data_dir: folder.path().to_owned(),
            program: "a test".to_owned(),
            max_pages: None,
        };
        App::open(options).await.unwrap()
    };
    let app = open().await;
    let file = app
        .put_file(b"# Parking\n\nThe yard has ten parking spaces.".to_vec(), "p.md")
        .await
        .unwrap();
    let files = json!({ "files": [{ "file": file, "name": "p.md" }] });
    app.call("test", "import_articles", files).await.unwrap();
    let question = json!({ "question": "How many parking spaces has the yard?" });
    app.call("test", "ask_knowledge", question.clone()).await.unwrap();
    app.close().await.unwrap();
    drop(app);
    let app = open().await;
    let found = app.call("test", "ask_knowledge", question).await.unwrap();
    assert_eq!(found["answer"], "The yard has ten parking spaces.", "{found}");
    let list = app.call("test", "list_articles", json!({})).await.unwrap();
    assert_eq!(titles(&list), ["Parking"]);
    app.close().await.unwrap();
}

/// A thousand articles are cut and indexed at once and searched at once; what they mean is found out beside that.
#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_articles_are_listed_and_searched_at_once() {
    let place = Place::empty("questions.md").await;
    let place = Arc::new(place);
    let things = [
        "lamp", "kettle", "ladder", "basket", "drill", "tent", "saddle", "anchor", "violin", "kiln",
    ];
    let mut files = Vec::new();
    for number in 0..1_000 {
        let thing = things[number % things.len()];
        let text = format!(
            "# The {thing} number {number}\n\n## How to store it\n\nKeep the {thing} {number} dry and out of the sun.\n\n## What it weighs\n\nIt weighs {} grams with its box.\n",
            number + 100
        );
        files.push(place.file(&format!("{number}.md"), text.as_bytes()).await);
    }
    place.call("import_articles", json!({ "files": files })).await;
    let mut times = Vec::new();
    for question in [
        "How heavy is kettle number 731?",
        "where do I store ladder number 42",
        "What does tent number 555 weigh",
    ] {
        let begun = Instant::now();
        let found = place.ask(question).await;
        times.push(begun.elapsed());
        assert!(!found["passages"].as_array().unwrap().is_empty(), "{found}");
    }
    let begun = Instant::now();
    let list = place.call("list_articles", json!({})).await;
    println!(
        "questions on 1,000 articles took {times:?}, the list {:?}",
        begun.elapsed()
    );
    assert_eq!(list["passages"], json!(2_000), "{}", list["read"]);
    // The figures belong to the bench; here only that nobody waits for a thousand articles to be read.
    assert!(
        times[1..].iter().all(|time| *time < Duration::from_secs(8)),
        "{times:?}"
    );
}
