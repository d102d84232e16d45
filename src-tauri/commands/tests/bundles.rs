//! Bundles out of a workspace and into one.

#![cfg(test)]

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Value as Json, json};
use taskwright_bundle::{BundleContent, BundleNoun, Hashes, ImportChoice, ItemState, from_files, unpack};
use taskwright_commands::{App, left_out};
use taskwright_domain::{Article, ArticleId, Pair, TaskId, Template};
use taskwright_engine::Clock;

struct Noon;

impl Clock for Noon {
    fn now(&self) -> i64 {
        1_763_719_200_000
    }
}

/// A workspace with the samples.
async fn app() -> App {
    App::in_memory(Arc::new(Noon)).await.unwrap()
}

async fn call(app: &App, name: &str, args: Json) -> Json {
    app.call("test", name, args).await.unwrap()
}

/// The refund sample with all it uses.
async fn refund(app: &App) -> BundleContent {
    let tasks = call(app, "list_tasks", json!({})).await;
    let rows = tasks.as_array().unwrap();
    let row = rows.iter().find(|row| row["title"] == "Refund or cancel an order");
    let id = serde_json::from_value(row.expect("the sample is there")["id"].clone()).unwrap();
    app.bundle(&[id]).unwrap()
}

async fn import(app: &App, theirs: &BundleContent) -> Json {
    let imported = app.import(theirs, &BTreeMap::new(), "test").await.unwrap();
    serde_json::to_value(imported).unwrap()
}

fn is_same(app: &App, theirs: &BundleContent) -> bool {
    app.inspect(theirs)
        .items
        .iter()
        .all(|item| item.state == ItemState::Same)
}

#[tokio::test]
async fn what_stays_behind_is_told_and_stands_in_the_connection_sheet() {
    let app = app().await;
    let mut theirs = refund(&app).await;
    let request = theirs
        .actions
        .iter_mut()
        .find_map(|action| action.request.as_mut())
        .unwrap();
    request
        .headers
        .push(Pair::new("Authorization", "Bearer s3cret-in-header"));
    assert_eq!(left_out(&theirs).len(), 1, "one header is left out of {theirs:#?}");
    // A header that somebody typed into the editor, as the export finds it in the workspace.
    let document = theirs.actions.iter().find(|action| action.request.is_some()).unwrap();
    let view = call(&app, "read_action", json!({ "action": document.id })).await;
    let header = json!([{ "name": "Authorization", "value": "Bearer s3cret-in-header" }]);
    let change = json!({ "type": "set", "path": "/request/headers", "before": null, "after": header });
    let edit = json!({
        "document": document.id,
        "edit": { "label": "Typed a header", "changes": [{ "document": document.id, "change": change }] },
        "base_version": view["version"],
    });
    call(&app, "save_edit", edit).await;
    let task = theirs.tasks[0].id.clone();
    let exported = call(&app, "export_bundle", json!({ "tasks": [task] })).await;
    let told = format!(
        "the password or key in the header Authorization of the action “{}”",
        document.name
    );
    assert_eq!(exported["left_out"], json!([told]), "the author is told: {exported}");
    let (_, bytes) = app.get_file(exported["file"].as_str().unwrap()).await.unwrap();
    let files = unpack(&bytes).unwrap();
    let sheet = String::from_utf8_lossy(&files["connection-sheet.md"]);
    assert!(
        sheet.contains("Needs a secret in the header Authorization"),
        "and engineers are: {sheet}"
    );
    let read = from_files(&files, Hashes::Check).unwrap();
    assert!(is_same(&app, &read), "what stayed behind is no difference");
}

#[tokio::test]
async fn conversations_come_with_their_task_and_leave_with_the_import() {
    let app = app().await;
    let mut theirs = refund(&app).await;
    assert!(is_same(&app, &theirs), "an export imports again unchanged");
    theirs.conversations[0].markdown.push_str("\nMore.\n");
    assert!(
        !is_same(&app, &theirs),
        "a changed conversation is a change of its task"
    );
    let imported = import(&app, &theirs).await;
    assert_eq!(refund(&app).await.conversations, theirs.conversations, "it is taken");
    call(&app, "undo_import", json!({ "import": imported["import"] })).await;
    assert!(!is_same(&app, &theirs), "and taken back");
}

#[tokio::test]
async fn a_copy_of_a_task_brings_its_own_conversations() {
    let app = app().await;
    let mut theirs = refund(&app).await;
    theirs.tasks[0].description.push_str(" More.");
    let task = theirs.tasks[0].id.clone();
    let choices = BTreeMap::from([(task.to_string(), ImportChoice::KeepBoth)]);
    let imported = app.import(&theirs, &choices, "test").await.unwrap();
    let copy = app.bundle(&imported.tasks).unwrap();
    assert_ne!(imported.tasks, [task], "it is a task of its own");
    assert_eq!(
        copy.conversations.len(),
        theirs.conversations.len(),
        "with conversations of its own"
    );
}

#[tokio::test]
async fn an_imported_call_goes_nowhere_until_its_address_is_confirmed_again() {
    let app = app().await;
    let mut theirs = refund(&app).await;
    let action = theirs
        .actions
        .iter_mut()
        .find(|action| action.request.is_some())
        .unwrap();
    let id = action.id.clone();
    let addresses = json!({ "live": "https://shop.example.com" });
    call(
        &app,
        "save_connections",
        json!({ "actions": [id], "addresses": addresses }),
    )
    .await;
    assert_eq!(
        connection(&app, id.as_str()).await["doubtful"],
        false,
        "it was confirmed"
    );
    action.description.push_str(" More.");
    import(&app, &theirs).await;
    assert_eq!(
        connection(&app, id.as_str()).await["doubtful"],
        false,
        "other words change no call"
    );
    let action = theirs.actions.iter_mut().find(|action| action.id == id).unwrap();
    action.request.as_mut().unwrap().path = Template::new("/somewhere/else");
    import(&app, &theirs).await;
    let row = connection(&app, id.as_str()).await;
    assert_eq!(row["doubtful"], true, "nobody confirmed this call: {row}");
    assert_eq!(row["addresses"], addresses, "the address is kept as a suggestion");
    let actions = call(&app, "list_actions", json!({})).await;
    let listed = actions.as_array().unwrap().iter().find(|row| row["id"] == json!(id));
    assert_eq!(listed.unwrap()["connected"], false, "it answers with samples");
    call(
        &app,
        "save_connections",
        json!({ "actions": [id], "addresses": addresses }),
    )
    .await;
    assert_eq!(
        connection(&app, id.as_str()).await["doubtful"],
        false,
        "until it is confirmed"
    );
}

async fn connection(app: &App, action: &str) -> Json {
    let rows = call(app, "list_connections", json!({})).await;
    let mut rows = rows.as_array().unwrap().iter();
    rows.find(|row| row["action"] == action).unwrap().clone()
}

/// Everything of a workspace: its tasks, their actions, its workflow and its articles.
fn everything(app: &App, tasks: &Json) -> BundleContent {
    let rows = tasks.as_array().unwrap().iter();
    let mut ids: Vec<TaskId> = rows
        .map(|row| serde_json::from_value(row["id"].clone()).unwrap())
        .collect();
    ids.push(TaskId("workflow_default".to_owned()));
    app.bundle(&ids).unwrap()
}

fn article(id: &str, title: &str, text: &str) -> Article {
    Article {
        id: ArticleId::new(id),
        title: title.to_owned(),
        text: text.to_owned(),
    }
}

/// A workspace with knowledge in it, and a workflow of its own.
async fn workspace_with_articles() -> (App, BundleContent) {
    let app = app().await;
    let tasks = call(&app, "list_tasks", json!({})).await;
    let mut content = everything(&app, &tasks);
    content.workflows[0].name = "Every conversation of the shop".to_owned();
    content.workflows[0].blocks.reverse();
    content.articles = vec![
        article(
            "returns",
            "Returns",
            "# Returns\n\nSend it back within **30 days**.\n\n- unworn\n- with its label\n",
        ),
        article(
            "hours",
            "Opening hours",
            "We are there from 9 to 5.\r\n\r\n| Day | Until |\n|---|---|\n| Friday | 3 |\n",
        ),
        article("empty", "", ""),
        article(
            "twin",
            "Returns",
            "Another one of the same title. {not_a_pill} @nothing 😀",
        ),
    ];
    import(&app, &content).await;
    let whole = everything(&app, &tasks);
    assert_eq!(whole.articles.len(), 4, "{:#?}", whole.articles);
    (app, whole)
}

/// What a file of an export holds.
async fn exported(app: &App, content: &BundleContent) -> BundleContent {
    let workflow = content.workflows.iter().map(|workflow| json!(workflow.id));
    let ids: Vec<Json> = content
        .tasks
        .iter()
        .map(|task| json!(task.id))
        .chain(workflow)
        .collect();
    let exported = call(app, "export_bundle", json!({ "tasks": ids })).await;
    let (_, bytes) = app.get_file(exported["file"].as_str().unwrap()).await.unwrap();
    from_files(&unpack(&bytes).unwrap(), Hashes::Check).unwrap()
}

#[tokio::test]
async fn tasks_workflow_and_articles_travel_whole() {
    let (mine, whole) = workspace_with_articles().await;
    let file = exported(&mine, &whole).await;
    let names = |content: &BundleContent| -> Vec<_> { content.articles.iter().map(|one| one.id.clone()).collect() };
    assert_eq!(
        names(&file).len(),
        4,
        "every article goes along with the workflow that answers from them"
    );

    let there = app().await;
    let items = there.inspect(&file).items;
    let state = |noun: BundleNoun| -> Vec<_> {
        let of = items.iter().filter(|item| item.noun == noun);
        of.map(|item| item.state.clone()).collect()
    };
    assert_eq!(state(BundleNoun::Article), vec![ItemState::New; 4]);
    assert!(
        matches!(state(BundleNoun::Workflow)[..], [ItemState::Changed { .. }]),
        "its own workflow is another: {items:#?}"
    );
    let imported = import(&there, &file).await;
    let tasks = call(&there, "list_tasks", json!({})).await;
    let again = everything(&there, &tasks).in_order();
    assert_eq!(again, whole.clone().in_order(), "ids, order and content are the same");
    assert_eq!(
        again.workflows[0].blocks, whole.workflows[0].blocks,
        "blocks stay in their order"
    );
    assert!(is_same(&there, &file), "a second import would change nothing");
    let file_again = exported(&there, &again).await;
    assert_eq!(file_again, file, "and the file of the copy is the file");

    call(&there, "undo_import", json!({ "import": imported["import"] })).await;
    let tasks = call(&there, "list_tasks", json!({})).await;
    assert!(
        everything(&there, &tasks).articles.is_empty(),
        "taken back, all of it is gone"
    );
}

#[tokio::test]
async fn an_article_that_differs_is_shown_and_taken_kept_or_both() {
    let (mine, whole) = workspace_with_articles().await;
    let file = exported(&mine, &whole).await;
    for (choice, texts) in [
        (ImportChoice::TakeTheirs, &["# Returns"][..]),
        (ImportChoice::KeepMine, &["Ours."]),
        (ImportChoice::KeepBoth, &["Ours.", "# Returns"]),
    ] {
        let there = app().await;
        import(&there, &file).await;
        let mut ours = file.clone();
        let returns = ours
            .articles
            .iter_mut()
            .find(|one| one.id.as_str() == "article_returns");
        returns.unwrap().text = "Ours.".to_owned();
        import(&there, &ours).await;
        let items = there.inspect(&file).items;
        let differing: Vec<_> = items.iter().filter(|item| item.state != ItemState::Same).collect();
        let [item] = differing.as_slice() else {
            panic!("only the article differs: {differing:#?}");
        };
        assert!(
            matches!(&item.state, ItemState::Changed { what } if !what.is_empty()),
            "what differs is said: {item:?}"
        );
        assert!(item.choices.contains(&choice), "{item:?}");
        let choices = BTreeMap::from([(item.id.clone(), choice)]);
        there.import(&file, &choices, "test").await.unwrap();
        let tasks = call(&there, "list_tasks", json!({})).await;
        let now = everything(&there, &tasks).articles;
        for text in texts {
            let found = now.iter().any(|one| one.text.starts_with(text));
            assert!(found, "{choice:?}: {now:#?}");
        }
        assert_eq!(now.len(), file.articles.len() + texts.len() - 1, "{choice:?}");
    }
}
