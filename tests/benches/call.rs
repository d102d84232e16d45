//! What calling an action costs beyond a bare request: the guard, the filled-in places, the typed answer.

use std::error::Error;
use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use serde_json::json;
use taskwright_connect::{Client, Connection};
use taskwright_domain::{Action, ActionResult, CallMode, EffectId, Settings, Value};
use taskwright_engine::ActionCall;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::Runtime;

const ANSWER: &str =
    r#"{"number":"4512","status":"delivered","ordered_on":"2026-11-10","total":{"amount":"79.00","currency":"EUR"}}"#;

/// A system that says the same to everybody, as fast as it can.
async fn answer(mut stream: TcpStream) -> std::io::Result<()> {
    let length = ANSWER.len();
    let answer =
        format!("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n{ANSWER}");
    let mut request = Vec::new();
    while stream.read_buf(&mut request).await? > 0 {
        if request.ends_with(b"\r\n\r\n") {
            request.clear();
            stream.write_all(answer.as_bytes()).await?;
        }
    }
    Ok(())
}

async fn open() -> std::io::Result<String> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let base_url = format!("http://{}", listener.local_addr()?);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let _ = stream.set_nodelay(true);
            // Whoever goes away in the middle is not missed.
            tokio::spawn(async move { answer(stream).await.ok() });
        }
    });
    Ok(base_url)
}

fn order_look_up() -> Result<ActionCall, Box<dyn Error>> {
    let action: Action = serde_json::from_value(json!({
        "id": "action_get_order", "key": "get_order", "name": "Get order", "result_name": "order",
        "inputs": [{ "key": "order_number", "kind": { "type": "text" } }],
        "request": { "path": "/orders/{order_number}" },
        "outputs": [
            { "key": "number", "kind": { "type": "text" } },
            { "key": "status", "kind": { "type": "text" } },
            { "key": "ordered_on", "kind": { "type": "date" } },
            { "key": "total", "kind": { "type": "amount" } },
        ],
    }))?;
    Ok(ActionCall {
        action,
        inputs: [("order_number".to_owned(), Value::Text("4512".to_owned()))].into(),
        calls: CallMode::Live,
        key: EffectId::new("bench"),
        settings: Settings::default(),
        now: "2026-11-21T10:00:00Z".parse()?,
    })
}

/// A system, a call to it, what makes it, and the threads it all runs on.
fn prepare() -> Result<(String, ActionCall, Client, Runtime), Box<dyn Error>> {
    let runtime = Runtime::new()?;
    let base_url = runtime.block_on(open())?;
    Ok((base_url, order_look_up()?, Client::new()?, runtime))
}

fn calls(criterion: &mut Criterion) {
    let (base_url, call, client, runtime) = match prepare() {
        Ok(prepared) => prepared,
        Err(error) => {
            eprintln!("the bench cannot begin: {error}");
            std::process::exit(1);
        }
    };
    let connection = Connection::confirmed(base_url.as_str());
    let mut group = criterion.benchmark_group("call");
    #[expect(
        clippy::disallowed_methods,
        reason = "the bare request is what a guarded one is measured against"
    )]
    let bare = reqwest::Client::new();
    let url = format!("{base_url}/orders/4512");
    group.bench_function("bare request", |bencher| {
        bencher.iter(|| {
            runtime.block_on(async {
                let answer = bare.get(&url).send().await.ok();
                match answer {
                    Some(answer) => black_box(answer.bytes().await.ok()),
                    None => None,
                }
            })
        });
    });
    group.bench_function("action", |bencher| {
        bencher.iter(|| {
            let result = runtime.block_on(client.call(&call, &connection));
            assert!(matches!(result, ActionResult::Succeeded { .. }), "{result:?}");
            black_box(result)
        });
    });
    group.finish();
}

criterion_group!(benches, calls);
criterion_main!(benches);
