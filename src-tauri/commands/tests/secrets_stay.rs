//! Secrets stay where they are kept: after a whole session, with receivers that repeat them in every way, they stand in
//! no file of the workspace, no bundle, no log and no answer of the program.

#![cfg(test)]

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use secrecy::SecretString;
use serde_json::{Value as Json, json};
use taskwright_bundle::unpack;
use taskwright_commands::{App, Options};
use taskwright_connect::secrets::{Keychain, KeychainEntry, KeychainFailure, MemoryKeychain, Variables, VaultPlaces};

/// Where each is kept, its name, and what it is: with what JSON, URLs and base64 write in another way.
const PLANTED: [(&str, &str); 3] = [
    ("FROM_ENV", r#"sk-"a1\b2/unmistakable-one+1?"#),
    ("IN_KEYCHAIN", r#"sk-"c3\d4/unmistakable-two+22?"#),
    ("IN_FILE", r#"sk-"e5\f6/unmistakable-three+333?"#),
];
const PASSPHRASE: &str = "planted as the passphrase";

/// A keychain that can be out of reach.
#[derive(Debug, Default)]
struct Fickle(MemoryKeychain, AtomicBool);

impl Fickle {
    fn reached(&self) -> Result<&MemoryKeychain, KeychainFailure> {
        match self.1.load(Ordering::SeqCst) {
            true => Err(KeychainFailure("it cannot be reached".to_owned())),
            false => Ok(&self.0),
        }
    }
}

impl Keychain for Fickle {
    fn read(&self, entry: &KeychainEntry) -> Result<Option<SecretString>, KeychainFailure> {
        self.reached()?.read(entry)
    }
    fn write(&self, entry: &KeychainEntry, value: &SecretString) -> Result<(), KeychainFailure> {
        self.reached()?.write(entry, value)
    }
    fn remove(&self, entry: &KeychainEntry) -> Result<(), KeychainFailure> {
        self.reached()?.remove(entry)
    }
}

/// Every way a value may be written.
fn spellings(value: &str) -> Vec<String> {
    let percent = utf8_percent_encode(value, NON_ALPHANUMERIC).to_string();
    let quoted = json!(value).to_string();
    let mut ways = vec![
        value.to_owned(),
        quoted.trim_matches('"').to_owned(),
        json!(quoted).to_string().trim_matches('"').to_owned(),
        percent.to_lowercase(),
        percent,
        value.replace('+', "%2B").replace(' ', "+"),
        // What no way of writing changes: whoever cuts a secret in two keeps one of these.
        value
            .split(['"', '\\', '/', '+'])
            .max_by_key(|part| part.len())
            .unwrap()
            .to_owned(),
    ];
    // Wherever it begins within a longer text, two of three letters of its base64 come out alike.
    for shift in 0..3 {
        let shifted = [&b"xx"[..shift], value.as_bytes()].concat();
        for text in [STANDARD.encode(&shifted), URL_SAFE_NO_PAD.encode(&shifted)] {
            let inner = text.trim_end_matches('=');
            ways.push(inner[4..inner.len() - 4].to_owned());
        }
    }
    ways
}

/// Fails with the place where a planted secret stands.
fn search(place: &str, bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let all = PLANTED.iter().map(|(_, value)| *value).chain([PASSPHRASE]);
    for value in all {
        for way in spellings(value) {
            if let Some(at) = text.find(&way) {
                let before: String = text[..at].chars().rev().take(120).collect();
                let before: String = before.chars().rev().collect();
                panic!("{place} holds a secret as {way}, behind: {before}");
            }
        }
    }
}

fn search_folder(folder: &Path) -> usize {
    let mut files = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files += search_folder(&path);
        } else {
            search(&path.display().to_string(), &std::fs::read(&path).unwrap());
            files += 1;
        }
    }
    files
}

/// Repeats everything that it was sent, in as many ways as it can.
async fn echo(uri: Uri, headers: HeaderMap, body: Bytes) -> Response {
    let sent = headers
        .get(header::AUTHORIZATION)
        .map(|value| value.to_str().unwrap().to_owned());
    let body = String::from_utf8_lossy(&body).into_owned();
    let told = format!("you sent {} and {uri} and {body}", sent.clone().unwrap_or_default());
    let based = STANDARD.encode(sent.clone().unwrap_or_default().trim_start_matches("Bearer "));
    let fields = json!({ "note": told, "again": sent.clone(), "based": based, "body": body, "count": 3 });
    match uri.path() {
        "/fine" => {
            let header = [("x-echo", sent.unwrap_or_default())];
            (header, axum::Json(fields)).into_response()
        }
        "/wrong" => axum::Json(json!({ "note": told, "again": sent, "based": based, "body": body, "count": told }))
            .into_response(),
        "/refused" => (StatusCode::UNPROCESSABLE_ENTITY, axum::Json(fields)).into_response(),
        "/broken" => (StatusCode::INTERNAL_SERVER_ERROR, told).into_response(),
        "/moved" => {
            let to = format!("http://127.0.0.2:9/?{}", uri.query().unwrap_or_default());
            (StatusCode::FOUND, [(header::LOCATION, to)]).into_response()
        }
        _ => (StatusCode::OK, format!("<p>{told}</p>")).into_response(),
    }
}

async fn echoing() -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, Router::new().fallback(echo)).await });
    address
}

struct Session {
    app: App,
    /// All that the program answered.
    said: String,
    /// How the last call ended.
    last: Json,
}

impl Session {
    async fn call(&mut self, name: &str, args: Json) -> Json {
        let answer = self.app.call("test", name, args).await;
        self.said.push_str(&format!("{answer:?}\n"));
        let answer = answer.unwrap();
        self.said.push_str(&answer.to_string());
        answer
    }

    async fn fails(&mut self, name: &str, args: Json) {
        let error = self.app.call("test", name, args).await.unwrap_err();
        self.said.push_str(&format!("{error:?} {error}\n"));
    }

    async fn set(&mut self, document: &Json, version: &Json, path: &str, before: &Json, after: Json) {
        let change = json!({"type": "set", "path": path, "before": before, "after": after});
        let edit = json!({"label": "", "changes": [{"document": document, "change": change}]});
        let args = json!({"document": document, "base_version": version, "edit": edit});
        self.call("save_edit", args).await;
    }

    /// Calls the action at a path, live, and gives back how it ended.
    async fn run(&mut self, action: &Json, task: &Json, path: &str, method: &str) -> String {
        let view = self.call("read_action", json!({"action": action})).await;
        let all = "{secret.FROM_ENV} {secret.IN_KEYCHAIN} {secret.IN_FILE}";
        let body = json!({"type": "json", "json": {"a": "{secret.FROM_ENV}", "b": all}});
        let mut request = json!({
            "method": method,
            "path": path,
            "query": [{"name": "q", "value": "{secret.IN_FILE}"}],
            "headers": [{"name": "Authorization", "value": "Bearer {secret.IN_KEYCHAIN}"}],
            "timeout_ms": 5000,
            "max_bytes": 1_048_576,
        });
        if method == "POST" {
            request["body"] = body;
        }
        let before = view["action"].get("request").cloned().unwrap_or(Json::Null);
        self.set(action, &view["version"], "/request", &before, request).await;
        let start = json!({"task": task, "from_the_start": false, "calls": "live"});
        let conversation = self.call("start_preview", start).await["conversation"].clone();
        self.call("start_task_anyway", json!({"conversation": conversation, "task": task}))
            .await;
        let args = json!({"conversation": conversation, "from": 1, "limit": 500});
        let log = self.call("read_log", args).await;
        self.call("read_values", json!({"conversation": conversation})).await;
        let events = log["events"].as_array().unwrap();
        let mut ended = events
            .iter()
            .filter(|event| event["kind"] == "action_succeeded" || event["kind"] == "action_failed");
        let ended = ended.next_back().unwrap_or_else(|| panic!("{path}: {events:#?}"));
        self.last = ended.clone();
        ended["failure"]["type"].as_str().unwrap_or("succeeded").to_owned()
    }
}

impl Session {
    /// Tries the action in its editor, live: what is shown of the request, and of what comes back.
    async fn try_it(&mut self, action: &Json) -> Json {
        let args = json!({"action": action, "inputs": {}, "calls": "live", "really": true});
        let shown = self.call("show_request", args.clone()).await;
        let tried = self.call("try_action", args).await;
        assert_eq!(shown, tried["request"], "what is shown is what is sent");
        tried
    }
}

async fn open(folder: &Path, keychain: &Arc<Fickle>) -> Session {
    let variables = [
        ("TASKWRIGHT_SECRET_LIVE_FROM_ENV", PLANTED[0].1),
        ("TASKWRIGHT_PASSPHRASE", PASSPHRASE),
    ];
    let places = VaultPlaces {
        variables: Variables::given(
            variables
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .into(),
        ),
        keychain: (keychain.clone(), Duration::from_secs(3)),
    };
    let options = Options {
        data_dir: folder.to_owned(),
        program: "the test".to_owned(),
        max_pages: None,
    };
    let app = App::open_with(options, places).await.unwrap();
    let (said, last) = (String::new(), Json::Null);
    Session { app, said, last }
}

/// An action that gives back what its receiver repeats, and a task that runs it.
async fn echoing_task(session: &mut Session, address: &str) -> (Json, Json) {
    let action = session.call("create_action", json!({"name": "Get echo"})).await["id"].clone();
    let text = |key: &str| json!({"key": key, "name": "", "kind": {"type": "text"}});
    let count = json!({"key": "count", "name": "", "kind": {"type": "integer"}});
    let outputs = json!([text("note"), text("again"), text("based"), text("body"), count]);
    let view = session.call("read_action", json!({"action": action})).await;
    let before = view["action"]["outputs"].clone();
    session
        .set(&action, &view["version"], "/outputs", &before, outputs)
        .await;
    let args = json!({"actions": [action], "addresses": {"live": address}, "inside": {"live": true}});
    session.call("save_connections", args).await;

    let task = session.call("create_task", json!({"title": "Echo"})).await["id"].clone();
    let view = session.call("read_task", json!({"task": task})).await;
    let run = json!({"id": "block_run", "name": "", "type": "run_action", "action": action});
    let tell =
        json!({"id": "block_tell", "name": "", "type": "message", "text": "It says {echo.note} and {echo.again}."});
    let before = view["task"]["blocks"].clone();
    session
        .set(&task, &view["version"], "/blocks", &before, json!([run, tell]))
        .await;
    (action, task)
}

#[tokio::test]
async fn after_a_whole_session_no_secret_stands_anywhere() {
    let folder = tempfile::tempdir().unwrap();
    let keychain = Arc::new(Fickle::default());
    let address = echoing().await;
    let mut session = open(folder.path(), &keychain).await;
    let (action, task) = echoing_task(&mut session, &address).await;
    for (name, value) in PLANTED {
        keychain.1.store(name == "IN_FILE", Ordering::SeqCst);
        session.call("try_keychain_again", json!({})).await;
        let mut args = json!({"environment": "live", "name": name, "origins": [address]});
        if name == "FROM_ENV" {
            let mut other = args.clone();
            other["value"] = json!(value);
            session.fails("save_secret", other).await;
        } else {
            args["value"] = json!(value);
        }
        session.call("save_secret", args).await;
    }
    keychain.1.store(false, Ordering::SeqCst);
    session.call("try_keychain_again", json!({})).await;
    session
        .fails("unlock_secrets", json!({"passphrase": format!("{PASSPHRASE} no more")}))
        .await;
    let view = session.call("list_secrets", json!({})).await;
    let states: Vec<_> = view["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["state"]["type"].clone())
        .collect();
    assert_eq!(
        states,
        ["variable", "file", "keychain"],
        "each is kept where it was planted: {view}"
    );

    for (path, method, end) in [
        ("/fine", "GET", "succeeded"),
        ("/fine", "POST", "succeeded"),
        ("/wrong", "GET", "wrong_shape"),
        ("/refused", "POST", "status"),
        ("/moved", "GET", "refused"),
        ("/page", "GET", "not_json"),
        ("/broken", "GET", "status"),
    ] {
        let ended = session.run(&action, &task, path, method).await;
        assert_eq!(ended, end, "{method} {path}: {}", session.last);
        let tried = session.try_it(&action).await;
        let header = &tried["request"]["headers"].to_string();
        assert!(header.contains("Bearer •••"), "the header is there, masked: {header}");
        let repeats = tried["outcome"]["text"].as_str().map(str::to_owned);
        let repeats = repeats.unwrap_or_else(|| tried["outcome"]["json"].to_string());
        let heard = path == "/moved" || repeats.contains("you sent Bearer •••");
        assert!(
            heard,
            "the receiver repeats what it was sent, and that is masked: {tried:#}"
        );
    }
    let nobody = json!({"actions": [action], "addresses": {"live": "http://127.0.0.1:9"}, "inside": {"live": true}});
    session.call("save_connections", nobody).await;
    let ended = session.run(&action, &task, "/fine", "GET").await;
    assert_eq!(
        ended, "refused",
        "nothing is sent to another address than was allowed: {}",
        session.last
    );
    session
        .call("remove_secret", json!({"environment": "live", "name": "IN_FILE"}))
        .await;

    let exported = session.call("export_bundle", json!({"tasks": [task]})).await;
    let (_, bundle) = session.app.get_file(exported["file"].as_str().unwrap()).await.unwrap();
    search("the bundle", &bundle);
    for (path, bytes) in unpack(&bundle).unwrap() {
        search(&format!("{path} of the bundle"), &bytes);
    }
    session.call("backup_workspace", json!({})).await;
    search("what the program answered", session.said.as_bytes());
    assert!(
        session.said.contains("It says you sent"),
        "the receiver did repeat what it was sent"
    );
    let files = search_folder(folder.path());
    assert!(
        files >= 5,
        "workspace, WAL, its index, the sealed file and a backup were searched: {files}"
    );
    assert!(
        folder.path().join("secrets.sealed").exists(),
        "the sealed file among them"
    );
    session.app.close().await.unwrap();
    search_folder(folder.path());
}

#[test]
fn the_search_finds_what_it_is_to_find() {
    for (_, value) in PLANTED {
        let told = json!({"note": format!("you sent {value}")}).to_string();
        let based = STANDARD.encode(format!("x{value}"));
        for hidden in [
            value.to_owned(),
            told,
            based,
            utf8_percent_encode(value, NON_ALPHANUMERIC).to_string(),
        ] {
            let found = std::panic::catch_unwind(|| search("here", hidden.as_bytes()));
            assert!(found.is_err(), "{hidden}");
        }
    }
}
