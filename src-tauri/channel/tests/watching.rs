//! What whoever runs a server is told of it: whether it is well, and counts; nothing that opens it, nothing that was written.

use std::error::Error;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;

use reqwest::StatusCode;
use reqwest::header::CONTENT_TYPE;
use serde_json::{Value, json};
use taskwright_channel::{Meters, ServeOptions, Serving, StatusServer, serve_watched};
use taskwright_commands::{App, Options};

type Outcome<T = ()> = Result<T, Box<dyn Error>>;

struct Watched {
    app: App,
    serving: Serving,
    meters: Meters,
}

async fn begin(folder: &Path) -> Outcome<Watched> {
    let app = App::open(Options {
        data_dir: folder.to_owned(),
        program: "a test".to_owned(),
        max_pages: None,
    })
    .await?;
    let meters = Meters::new();
    let options = ServeOptions {
        addr: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
        ui: None,
    };
    let serving = serve_watched(app.clone(), options, meters.clone()).await?;
    Ok(Watched { app, serving, meters })
}

/// The value of a figure, by its name and labels.
fn figure(text: &str, name: &str) -> Option<f64> {
    let line = text.lines().find(|line| line.starts_with(name))?;
    line.rsplit(' ').next()?.parse().ok()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_tells_without_a_token_that_it_is_well_until_it_stops() -> Outcome {
    let folder = tempfile::tempdir()?;
    let Watched { app, serving, meters } = begin(folder.path()).await?;
    let http = reqwest::Client::builder().build()?;
    let health = format!("http://{}/health", serving.addr);
    let answer = http.get(&health).send().await?;
    assert_eq!(answer.status(), StatusCode::OK);
    let told: Value = serde_json::from_str(&answer.text().await?)?;
    assert_eq!(
        (&told["status"], &told["open_conversations"]),
        (&json!("ok"), &json!(0))
    );

    meters.stopping();
    let answer = http.get(&health).send().await?;
    assert_eq!(
        answer.status(),
        StatusCode::SERVICE_UNAVAILABLE,
        "whoever sends customers here goes elsewhere"
    );
    app.close().await?;
    let answer = http.get(&health).send().await?;
    assert_eq!(
        answer.status(),
        StatusCode::SERVICE_UNAVAILABLE,
        "a closed workspace is not well"
    );
    serving.stop().await;
    assert!(http.get(&health).send().await.is_err(), "then nobody listens any more");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn figures_count_requests_and_events_and_hold_nothing_of_them() -> Outcome {
    let folder = tempfile::tempdir()?;
    let Watched { app, serving, meters } = begin(folder.path()).await?;
    let counting = meters.count_events(&app);
    let outside = StatusServer::start(app.clone(), meters.clone(), SocketAddr::from((Ipv4Addr::LOCALHOST, 0))).await?;

    let tasks = app.call("test", "list_tasks", json!({})).await?;
    let mut args = json!({"from_the_start": true, "calls": "sample"});
    args["task"] = tasks[0]["id"].clone();
    let preview = app.call("test", "start_preview", args).await?;
    let words = "my secret wish";
    let say = json!({"conversation": preview["conversation"], "text": words});
    app.call("test", "say", say).await?;

    let http = reqwest::Client::builder().build()?;
    http.post(format!("http://{}/call/read_task", serving.addr))
        .body("{}")
        .send()
        .await?;
    let metrics = format!("http://{}/metrics", outside.addr);
    let mut text = String::new();
    // Events are counted as soon as they are told, which may be a moment after they are written.
    for _ in 0..200 {
        let answer = http.get(&metrics).send().await?;
        let kind = answer
            .headers()
            .get(CONTENT_TYPE)
            .and_then(|kind| kind.to_str().ok())
            .unwrap_or_default();
        assert!(kind.starts_with("application/openmetrics-text"), "{kind}");
        text = answer.text().await?;
        if figure(&text, "taskwright_events_total{kind=\"customer_said\"}") == Some(1.0) {
            break;
        }
        tokio::task::yield_now().await;
    }
    assert_eq!(
        figure(&text, "taskwright_events_total{kind=\"customer_said\"}"),
        Some(1.0),
        "{text}"
    );
    assert_eq!(figure(&text, "taskwright_conversations_open "), Some(1.0), "{text}");
    let refused = "taskwright_http_requests_total{route=\"/call/{name}\",status=\"401\"}";
    assert_eq!(figure(&text, refused), Some(1.0), "{text}");
    assert!(
        figure(&text, "taskwright_http_request_time_seconds_count").is_some(),
        "{text}"
    );
    assert!(text.ends_with("# EOF\n"), "whole: {text}");
    let token = serving.url.rsplit('=').next().unwrap_or_default();
    for hidden in [words, token, preview["conversation"].as_str().unwrap_or_default()] {
        assert!(!text.contains(hidden), "{hidden} stands in {text}");
    }
    let page = http.get(format!("http://{}/", outside.addr)).send().await?;
    assert_eq!(
        page.status(),
        StatusCode::NOT_FOUND,
        "the other address tells nothing else"
    );
    counting.abort();
    outside.stop().await;
    serving.stop().await;
    app.close().await?;
    Ok(())
}
