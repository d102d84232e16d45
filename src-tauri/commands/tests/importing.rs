//! Actions are imported in one step, tried on a real service, and shaped by what comes back.

#![cfg(test)]

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value as Json, json};
use taskwright_commands::App;
use taskwright_engine::Clock;

struct Noon;

impl Clock for Noon {
    fn now(&self) -> i64 {
        1_763_719_200_000
    }
}

type Lines = Arc<Mutex<Vec<String>>>;

/// An open workspace and a service on this machine.
struct Desk {
    app: App,
    base: String,
    asked: Lines,
}

impl Desk {
    async fn open() -> Self {
        let asked = Lines::default();
        let router = Router::new().fallback(answer).with_state(asked.clone());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        let app = App::in_memory(Arc::new(Noon)).await.unwrap();
        Self { app, base, asked }
    }

    async fn call(&self, name: &str, args: Json) -> Json {
        self.app
            .call("test", name, args)
            .await
            .unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    async fn refused(&self, name: &str, args: Json) -> (String, Option<String>) {
        let error = self.app.call("test", name, args).await.expect_err("it is refused");
        (error.message, error.field)
    }

    async fn imported(&self, command: &str) -> Json {
        let made = self
            .call(
                "import_actions",
                json!({ "source": { "type": "curl", "text": command } }),
            )
            .await;
        let action = made["actions"][0].clone();
        let addresses = json!({ "test": self.base, "live": self.base });
        self.call(
            "save_connections",
            json!({ "actions": [action], "addresses": addresses, "inside": { "test": true, "live": true } }),
        )
        .await;
        action
    }

    /// Changes the whole action.
    async fn shape(&self, action: &Json, with: impl FnOnce(&mut Json)) {
        let view = self.call("read_action", json!({ "action": action })).await;
        let mut after = view["action"].clone();
        with(&mut after);
        let change = json!({ "document": action, "change": { "type": "set", "path": "", "before": view["action"], "after": after } });
        let edit = json!({ "label": "", "changes": [change] });
        self.call(
            "save_edit",
            json!({ "document": action, "edit": edit, "base_version": view["version"] }),
        )
        .await;
    }

    async fn tried(&self, action: &Json, inputs: Json) -> Json {
        self.call(
            "try_action",
            json!({ "action": action, "inputs": inputs, "calls": "test" }),
        )
        .await
    }

    fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

async fn answer(State(asked): State<Lines>, method: Method, uri: Uri, headers: HeaderMap) -> Response {
    asked.lock().unwrap().push(format!("{method} {uri}"));
    let json = [(header::CONTENT_TYPE, "application/json")];
    match uri.path() {
        "/orders/9999" => (StatusCode::NOT_FOUND, json, r#"{"error":"unknown"}"#).into_response(),
        "/broken" => (StatusCode::OK, "<html>").into_response(),
        _ => {
            let echo = headers
                .get("x-note")
                .and_then(|note| note.to_str().ok())
                .unwrap_or_default();
            let body = json!({ "status": "shipped", "card": "4111", "placed": "2026-11-02", "note": echo, "lines": [{ "sku": "a" }] });
            (StatusCode::OK, json, body.to_string()).into_response()
        }
    }
}

#[tokio::test]
async fn what_is_imported_is_one_step_and_can_be_taken_back() {
    let desk = Desk::open().await;
    let source = json!({ "type": "curl", "text": "curl -u sk_test_0123456789abcdef: https://api.example.com/v1/charges/ch_0123456789" });
    let shown = desk.call("preview_import", json!({ "source": source })).await;
    assert_eq!(shown[0]["base_url"], "https://api.example.com/v1");
    assert_eq!(shown[0]["samples"], json!({ "charge_id": "ch_0123456789" }));
    assert_eq!(
        shown[0]["secrets"][0]["value"], "sk_test_0123456789abcdef",
        "handed over once"
    );
    assert!(
        !shown[0]["action"].to_string().contains("sk_test"),
        "and not in the action"
    );
    let before = desk.call("list_actions", json!({})).await;
    let made = desk
        .call(
            "import_actions",
            json!({ "source": source, "names": { "0": "Look up a charge" } }),
        )
        .await;
    let rows = desk.call("list_actions", json!({})).await;
    assert_eq!(rows.as_array().unwrap().len(), before.as_array().unwrap().len() + 1);
    let view = desk.call("read_action", json!({ "action": made["actions"][0] })).await;
    assert_eq!(view["action"]["key"], "look_up_a_charge");
    // A second import of the same gets a key of its own.
    let again = desk
        .call(
            "import_actions",
            json!({ "source": source, "names": { "0": "Look up a charge" } }),
        )
        .await;
    let view = desk.call("read_action", json!({ "action": again["actions"][0] })).await;
    assert_eq!(view["action"]["key"], "look_up_a_charge_2");
    for import in [again["import"].clone(), made["import"].clone()] {
        desk.call("undo_import", json!({ "import": import })).await;
    }
    assert_eq!(desk.call("list_actions", json!({})).await, before, "as it was");
}

#[tokio::test]
async fn operations_of_a_document_become_actions() {
    let desk = Desk::open().await;
    let text = "openapi: 3.0.0\ninfo: { title: Desk }\npaths:\n  /a/{id}:\n    get: { summary: Get a, responses: {} }\n    delete: { summary: Delete a, responses: {} }\n";
    let file = desk.app.put_file(text.as_bytes().to_vec(), "desk.yaml").await.unwrap();
    let outline = desk.call("read_api", json!({ "file": file })).await;
    assert_eq!(outline["title"], "Desk");
    let ids: Vec<_> = outline["operations"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["id"].clone())
        .collect();
    assert_eq!(ids, ["GET /a/{id}", "DELETE /a/{id}"]);
    let source = |operations: Json| json!({ "source": { "type": "open_api", "file": file, "operations": operations } });
    let made = desk.call("import_actions", source(json!(ids))).await;
    assert_eq!(made["actions"].as_array().unwrap().len(), 2);
    let (told, field) = desk.refused("import_actions", source(json!([]))).await;
    assert!(told.contains("at least one"), "{told}");
    assert_eq!(field.as_deref(), Some("/source/operations"));
    let (told, _) = desk.refused("import_actions", source(json!(["GET /b"]))).await;
    assert!(told.contains("no operation \"GET /b\""), "{told}");
    let (told, _) = desk
        .refused(
            "preview_import",
            json!({ "source": { "type": "curl", "text": "hello" } }),
        )
        .await;
    assert!(told.contains("no curl command"), "{told}");
}

#[tokio::test]
async fn a_try_shows_what_is_sent_and_what_comes_back() {
    let desk = Desk::open().await;
    let action = desk
        .imported("curl https://shop.example.com/orders/4512 -H 'X-Note: {note}'")
        .await;
    let args = json!({ "action": action, "inputs": { "order_id": "4512", "note": "hi" }, "calls": "test" });
    let shown = desk.call("show_request", args).await;
    assert_eq!(shown["url"], format!("{}/orders/4512", desk.base));
    assert!(shown["headers"].to_string().contains("hi"), "{shown}");
    assert!(desk.asked().is_empty(), "nothing was sent");

    let tried = desk.tried(&action, json!({ "order_id": "4512", "note": "hi" })).await;
    let outcome = &tried["outcome"];
    assert_eq!(
        (&outcome["type"], &outcome["status"]),
        (&json!("answered"), &json!(200)),
        "{tried:#}"
    );
    assert_eq!(outcome["json"]["note"], "hi");
    assert_eq!(outcome["types"]["/placed"], json!({ "type": "date" }));
    assert_eq!(outcome["types"]["/lines"]["type"], "list");
    assert!(outcome["headers"].to_string().contains("application/json"));
    assert_eq!(desk.asked(), ["GET /orders/4512"]);

    let missing = desk.tried(&action, json!({ "order_id": "9999", "note": "x" })).await;
    assert_eq!(missing["outcome"]["status"], 404);
    assert_eq!(
        missing["outcome"]["json"]["error"], "unknown",
        "a bad answer is shown too"
    );
    assert_eq!(
        missing["stub"]["answer"],
        json!({ "type": "failure", "cause": { "type": "not_found" } })
    );

    let (told, field) = desk
        .refused("try_action", json!({ "action": action, "inputs": {}, "calls": "test" }))
        .await;
    assert!(told.contains("Order id needs a sample value"), "{told}");
    assert_eq!(field.as_deref(), Some("/inputs/order_id"));
}

#[tokio::test]
async fn what_is_redacted_is_masked_and_what_does_not_fit_is_told_by_its_path() {
    let desk = Desk::open().await;
    let action = desk.imported("curl https://shop.example.com/orders/4512").await;
    desk.shape(&action, |action| {
        action["outputs"] = json!([
            { "key": "status", "kind": { "type": "text" } },
            { "key": "card", "kind": { "type": "text" }, "redacted": true },
            { "key": "lines", "kind": { "type": "integer" } },
        ]);
    })
    .await;
    let tried = desk.tried(&action, json!({ "order_id": "4512" })).await;
    assert_eq!(tried["outcome"]["json"]["card"], "•••");
    assert!(!tried.to_string().contains("4111"), "nowhere: {tried:#}");
    let differences = &tried["outcome"]["differences"];
    assert_eq!(differences[0]["path"], "$.lines");
    assert_eq!(differences[0]["expected"], "a whole number");
    let body = &tried["stub"]["answer"]["body"];
    assert_eq!(
        (&body["status"], &body["card"]),
        (&json!("shipped"), &json!("•••")),
        "the sample fits all the same"
    );
}

#[tokio::test]
async fn an_answer_that_is_no_json_is_shown_as_text() {
    let desk = Desk::open().await;
    let action = desk.imported("curl https://shop.example.com/broken").await;
    let tried = desk.tried(&action, json!({})).await;
    assert_eq!(tried["outcome"]["json"], Json::Null);
    assert_eq!(tried["outcome"]["text"], "<html>");
}

#[tokio::test]
async fn a_change_in_the_live_system_is_sent_only_after_a_yes() {
    let desk = Desk::open().await;
    let action = desk
        .imported("curl -X DELETE https://shop.example.com/orders/4512")
        .await;
    let args = |calls: &str, really: bool| json!({ "action": action, "inputs": { "order_id": "1" }, "calls": calls, "really": really });
    let (told, field) = desk.refused("try_action", args("live", false)).await;
    assert!(told.contains("This will really change data"), "{told}");
    assert_eq!(field.as_deref(), Some("/really"));
    assert!(desk.asked().is_empty(), "nothing was sent");
    desk.call("try_action", args("live", true)).await;
    desk.call("try_action", args("test", false)).await;
    assert_eq!(desk.asked(), ["DELETE /orders/1", "DELETE /orders/1"]);
}

#[tokio::test]
async fn an_action_without_an_address_says_where_to_give_one() {
    let desk = Desk::open().await;
    let made = desk
        .call(
            "import_actions",
            json!({ "source": { "type": "curl", "text": "curl https://a.example/b" } }),
        )
        .await;
    let args = json!({ "action": made["actions"][0], "inputs": {}, "calls": "live" });
    let (told, field) = desk.refused("try_action", args).await;
    assert!(told.contains("Settings, Connections"), "{told}");
    assert_eq!(field.as_deref(), Some("/calls"));
}
