//! The program as a process of its own, to be killed.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use serde_json::json;
use taskwright_channel::supervise;
use taskwright_commands::channel::{Lamp, Patience};
use taskwright_commands::{App, Options};
use taskwright_connect::secrets::VaultPlaces;

use crate::rest;
use crate::systems::{Hurried, make_slow_and_failing};

const FOLDER: &str = "TASKWRIGHT_ORDER_FOLDER";
const PORT: &str = "TASKWRIGHT_ORDER_PORT";
const PRODUCT: &str = "TASKWRIGHT_ORDER_PRODUCT";

/// A program that runs.
pub(crate) struct House {
    child: Child,
    /// Kept open: whoever says that a test takes long must not end for want of a listener.
    _said: ChildStdout,
    pub(crate) base: String,
    pub(crate) key: String,
    /// Where a conversation is said to be at rest.
    pub(crate) rest: String,
}

impl House {
    /// Starts it on a workspace; the first start makes a key, later ones listen where the first did.
    pub(crate) fn start(folder: &Path, product: &str, before: Option<&House>) -> Self {
        let port = before.map_or("0", |before| before.base.rsplit(':').next().unwrap());
        // This very program, as a process of its own that runs the host below and nothing else.
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args([
                "--exact",
                "house::serves_until_it_is_killed",
                "--ignored",
                "--nocapture",
            ])
            .env(FOLDER, folder)
            .env(PORT, port)
            .env(PRODUCT, product)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut said = child.stdout.take().unwrap();
        let mut lines = BufReader::new(&mut said).lines().map_while(Result::ok);
        let ready = lines.find(|line| line.starts_with("ready ")).unwrap();
        let words: Vec<_> = ready.split(' ').collect();
        let key = match words[2] {
            "-" => before.unwrap().key.clone(),
            key => key.to_owned(),
        };
        Self {
            child,
            _said: said,
            base: words[1].to_owned(),
            key,
            rest: words[3].to_owned(),
        }
    }

    /// As the system does it: at once, whatever is under way.
    pub(crate) fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for House {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
#[ignore = "run by the test, to be killed"]
async fn serves_until_it_is_killed() {
    let options = Options {
        data_dir: std::env::var_os(FOLDER).unwrap().into(),
        program: "the test".to_owned(),
        max_pages: None,
    };
    let app = App::open_by(options, VaultPlaces::in_memory(), Arc::new(Hurried))
        .await
        .unwrap();
    app.set_channel_patience(Patience {
        first: Duration::from_millis(10),
        longest: Duration::from_millis(500),
        // So that it is shown again and again while a call is out.
        lamp: Lamp {
            first: Duration::from_millis(5),
            again: Duration::from_millis(15),
        },
        ..Patience::default()
    });
    app.webhooks().use_port(std::env::var(PORT).unwrap().parse().unwrap());
    let _server = supervise(app.clone());
    let channel = app.call("test", "read_channel", json!({})).await.unwrap();
    let key = if channel["key"].is_null() {
        make_slow_and_failing(&app).await;
        let made = app.call("test", "make_channel_key", json!({})).await.unwrap();
        made["key"].as_str().unwrap().to_owned()
    } else {
        "-".to_owned()
    };
    for task in app
        .call("test", "list_tasks", json!({}))
        .await
        .unwrap()
        .as_array()
        .unwrap()
    {
        // Those with problems stay off, in every run alike.
        let _ = app.call("test", "publish_task", json!({"task": task["id"]})).await;
    }
    let rest = rest::open(app.clone()).await;
    let product = std::env::var(PRODUCT).unwrap();
    let args = json!({"on": true, "callback_url": product, "calls": "sample"});
    app.call("test", "save_channel", args).await.unwrap();
    // What failed between opening and now was put off for as long as a patient program puts it off.
    app.call("test", "resume_channel", json!({})).await.unwrap();
    loop {
        let asked = app
            .call("test", "webhook_address", json!({"block": "block_none"}))
            .await;
        if let Some(base) = asked.unwrap()["server"]["base_url"].as_str()
            && tokio::net::TcpStream::connect(base.trim_start_matches("http://"))
                .await
                .is_ok()
        {
            println!("\nready {base} {key} {rest}");
            break;
        }
        tokio::task::yield_now().await;
    }
    std::future::pending::<()>().await;
}
