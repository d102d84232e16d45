//! Secrets and environments as screens see them: named, bound, missing, never told.

#![cfg(test)]

use std::sync::Arc;

use serde_json::{Value as Json, json};
use taskwright_commands::{App, CommandError};
use taskwright_engine::Clock;

const SECRET: &str = "sk-unmistakable-0123456789";
const SHOP: &str = "https://93.184.216.34";

struct Noon;

impl Clock for Noon {
    fn now(&self) -> i64 {
        1_763_719_200_000
    }
}

/// A workspace with the samples, one of whose actions sends a secret.
async fn app() -> App {
    let app = App::in_memory(Arc::new(Noon)).await.unwrap();
    let view = call(&app, "read_action", json!({"action": "action_get_order"})).await;
    let header = json!([{"name": "Authorization", "value": "Bearer {secret.SHOP_TOKEN}"}]);
    let mut request = view["action"]["request"].clone();
    request["headers"] = header;
    let change = json!({"type": "set", "path": "/request", "before": view["action"]["request"], "after": request});
    let edit = json!({"label": "", "changes": [{"document": "action_get_order", "change": change}]});
    let args = json!({"document": "action_get_order", "base_version": view["version"], "edit": edit});
    call(&app, "save_edit", args).await;
    app
}

async fn call(app: &App, name: &str, args: Json) -> Json {
    app.call("test", name, args).await.unwrap()
}

async fn refused(app: &App, name: &str, args: Json) -> CommandError {
    app.call("test", name, args).await.unwrap_err()
}

async fn connect(app: &App, addresses: Json) {
    let args = json!({"actions": ["action_get_order"], "addresses": addresses});
    call(app, "save_connections", args).await;
}

async fn rows(app: &App) -> Vec<Json> {
    let view = call(app, "list_secrets", json!({})).await;
    view["rows"].as_array().unwrap().clone()
}

async fn problems(app: &App) -> Vec<String> {
    let view = call(app, "read_action", json!({"action": "action_get_order"})).await;
    let problems = view["problems"].as_array().unwrap().iter();
    let missing = problems.filter(|problem| problem["code"] == "secret_missing");
    missing
        .map(|problem| problem["message"].as_str().unwrap().to_owned())
        .collect()
}

async fn save(app: &App, environment: &str, value: Option<&str>, origins: Json) {
    let args = json!({"environment": environment, "name": "SHOP_TOKEN", "value": value, "origins": origins});
    call(app, "save_secret", args).await;
}

#[tokio::test]
async fn a_secret_is_missed_until_it_is_set_and_allowed_where_the_action_calls() {
    let app = app().await;
    assert_eq!(
        problems(&app).await,
        Vec::<String>::new(),
        "not before the action is connected"
    );
    connect(&app, json!({"live": format!("{SHOP}/api")})).await;
    let missing = problems(&app).await;
    assert_eq!(missing.len(), 1, "{missing:?}");
    assert!(
        missing[0].contains("\"Get order\" needs the secret SHOP_TOKEN, which is not set"),
        "{missing:?}"
    );
    let task = "task_refund_or_cancel_an_order";
    let tasks = call(&app, "list_tasks", json!({})).await;
    let tasks = tasks.as_array().unwrap();
    let task = tasks
        .iter()
        .find(|row| row["title"] == "Refund or cancel an order")
        .map_or(json!(task), |row| row["id"].clone());
    let told = refused(&app, "publish_task", json!({"task": task})).await;
    assert!(told.message.contains("SHOP_TOKEN"), "publishing names it: {told}");

    save(&app, "live", Some(SECRET), json!(["https://elsewhere.example.com/x"])).await;
    let missing = problems(&app).await;
    assert!(
        missing[0].contains(&format!("calls {SHOP}, where its secret SHOP_TOKEN may not be sent")),
        "{missing:?}"
    );
    save(&app, "live", None, json!([format!("{SHOP}/anything")])).await;
    assert_eq!(problems(&app).await, Vec::<String>::new(), "nothing is missing");
    call(&app, "publish_task", json!({"task": task})).await;

    call(
        &app,
        "remove_secret",
        json!({"environment": "live", "name": "SHOP_TOKEN"}),
    )
    .await;
    assert_eq!(problems(&app).await.len(), 1, "it is missed again");
    let back = json!({"environment": "live", "name": "SHOP_TOKEN", "origins": [SHOP]});
    call(&app, "restore_secret", back).await;
    assert_eq!(problems(&app).await, Vec::<String>::new(), "and was brought back");
}

#[tokio::test]
async fn the_list_says_everything_but_the_value() {
    let app = app().await;
    connect(&app, json!({"live": SHOP, "test": format!("{SHOP}:8443")})).await;
    save(&app, "live", Some(&format!("{SECRET}\n")), json!([SHOP])).await;
    let rows = rows(&app).await;
    let of = |environment: &str| rows.iter().find(|row| row["environment"] == environment).unwrap();
    assert_eq!(of("live")["state"], json!({"type": "keychain"}), "it is set");
    assert_eq!(of("live")["origins"], json!([SHOP]), "where it may go");
    assert_eq!(of("live")["asked_for"], json!([]), "nothing else is asked for");
    assert_eq!(of("live")["set_at"], json!(Noon.now()), "since when");
    assert_eq!(
        of("test")["state"],
        json!({"type": "not_set"}),
        "each environment has its own"
    );
    assert_eq!(
        of("test")["asked_for"],
        json!([format!("{SHOP}:8443")]),
        "another port is another place"
    );
    assert_eq!(
        of("test")["variables"],
        json!(["TASKWRIGHT_SECRET_TEST_SHOP_TOKEN", "TASKWRIGHT_SECRET_SHOP_TOKEN"]),
        "how else it could be given"
    );
    assert_eq!(
        of("test")["needed_by"],
        json!([{"name": "Get order", "action": "action_get_order"}]),
        "who needs it"
    );
    assert!(!format!("{rows:?}").contains("unmistakable"), "its value is not told");
}

#[tokio::test]
async fn what_is_wrong_is_said_at_its_field_and_no_value_is_repeated() {
    let app = app().await;
    for (args, field) in [
        (
            json!({"environment": "live", "name": "shop token", "value": SECRET, "origins": []}),
            "/name",
        ),
        (
            json!({"environment": "live", "name": SECRET, "value": SECRET, "origins": []}),
            "/name",
        ),
        (
            json!({"environment": "live", "name": "", "value": SECRET, "origins": []}),
            "/name",
        ),
        (
            json!({"environment": "live", "name": "test_key", "value": SECRET, "origins": []}),
            "/name",
        ),
        (
            json!({"environment": "live", "name": "KEY", "value": "  ", "origins": []}),
            "/value",
        ),
        (
            json!({"environment": "live", "name": "KEY", "value": SECRET, "origins": ["elsewhere"]}),
            "/origins",
        ),
    ] {
        let told = refused(&app, "save_secret", args.clone()).await;
        assert_eq!(told.field.as_deref(), Some(field), "{args}: {told}");
        assert!(!format!("{told:?}").contains("unmistakable"), "{told:?}");
    }
    let number = json!({"environment": "live", "name": "KEY", "value": 987_654_321, "origins": []});
    let told = refused(&app, "save_secret", number).await;
    assert!(!told.message.contains("987654321"), "not even in another shape: {told}");
    let told = refused(&app, "unlock_secrets", json!({"passphrase": [SECRET]})).await;
    assert!(!told.message.contains("unmistakable"), "nor a passphrase: {told}");
    save(&app, "live", Some(SECRET), json!([])).await;
    let twin = json!({"environment": "live", "name": "shop_token", "value": "other", "origins": []});
    let told = refused(&app, "save_secret", twin).await;
    assert!(
        told.message.contains("SHOP_TOKEN"),
        "capitals do not make two of it: {told}"
    );
}

#[tokio::test]
async fn an_address_inside_our_own_network_wants_a_yes_of_its_own() {
    let app = app().await;
    let args = |inside: Json| {
        json!({
            "actions": ["action_get_order"],
            "addresses": {"live": SHOP, "test": "http://127.0.0.1:4010"},
            "inside": inside,
        })
    };
    for unsaid in [json!({}), json!({"live": true})] {
        let told = refused(&app, "save_connections", args(unsaid)).await;
        assert_eq!(told.field.as_deref(), Some("/inside/test"), "{told}");
    }
    call(&app, "save_connections", args(json!({"test": true}))).await;
    let connections = call(&app, "list_connections", json!({})).await;
    let mut connections = connections.as_array().unwrap().iter();
    let row = connections.find(|row| row["action"] == "action_get_order").unwrap();
    assert_eq!(row["inside"], json!({"test": true, "live": false}), "it is kept: {row}");
    let login =
        json!({"actions": ["action_get_order"], "addresses": {"live": format!("https://me:{SECRET}@example.com")}});
    let told = refused(&app, "save_connections", login).await;
    assert!(
        told.field.as_deref() == Some("/addresses/live") && !told.message.contains("unmistakable"),
        "a password in an address is refused and not repeated: {told:?}"
    );
}

#[tokio::test]
async fn an_environment_may_have_a_proxy() {
    let app = app().await;
    let proxy = json!({"environment": "live", "proxy": "http://proxy.example.com:3128/"});
    call(&app, "save_environment", proxy).await;
    let all = call(&app, "list_environments", json!({})).await;
    assert_eq!(
        all,
        json!([
            {"environment": "live", "proxy": "http://proxy.example.com:3128"},
            {"environment": "test", "proxy": null},
        ]),
        "of that environment only"
    );
    let told = refused(
        &app,
        "save_environment",
        json!({"environment": "live", "proxy": "http://a:b@proxy"}),
    )
    .await;
    assert_eq!(told.field.as_deref(), Some("/proxy"), "{told}");
    call(&app, "save_environment", json!({"environment": "live", "proxy": ""})).await;
    let all = call(&app, "list_environments", json!({})).await;
    assert_eq!(all[0]["proxy"], json!(null), "and none again");
}
