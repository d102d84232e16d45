//! The systems that the customers' wishes are done at: sample answers, some of them slow, some of them failing. Time passes
//! there a few hundred times as fast as on the wall, so that a call takes its seconds and nobody sits through them.

use std::time::Duration;

use serde_json::{Value, json};
use taskwright_commands::App;
use taskwright_engine::{BoxFuture, Clock};

/// A clock that tells the time of the wall, on which a second of a system's slowness is over in so many microseconds.
pub(crate) struct Hurried;

const SECOND: u64 = 5_000;

impl Clock for Hurried {
    fn now(&self) -> i64 {
        jiff::Timestamp::now().as_millisecond()
    }

    fn pause(&self, ms: u64) -> BoxFuture<'_, ()> {
        Box::pin(tokio::time::sleep(Duration::from_micros(ms * SECOND / 1_000)))
    }
}

/// A system that is slow about an order, or fails.
struct Trouble {
    action: &'static str,
    order: &'static str,
    seconds: u64,
    /// None where it only takes its time, and then tells what it tells of any order.
    cause: Option<Value>,
}

/// What goes wrong, and for whom.
fn troubles() -> Vec<Trouble> {
    let trouble = |action, order, seconds, cause| Trouble {
        action,
        order,
        seconds,
        cause,
    };
    let failing = |status: u16| Some(json!({"type": "status", "status": status}));
    vec![
        trouble("action_get_order", "5100", 60, None),
        trouble("action_get_order", "5200", 2, failing(503)),
        trouble("action_get_order", "5300", 8, Some(json!({"type": "unreachable"}))),
        trouble("action_refund_order", "4970", 4, failing(500)),
        // It was sent and nobody knows what became of it: never again, and people are asked.
        trouble("action_refund_order", "4980", 9, Some(json!({"type": "cut"}))),
    ]
}

/// Those that people write of: the troubled ones, and those whose answers come, quickly and slowly.
pub(crate) const ORDERS: [&str; 9] = ["4512", "4900", "5100", "4970", "4530", "5200", "4980", "5300", "9999"];

/// Lets every system take its time, and some of them fail.
pub(crate) async fn make_slow_and_failing(app: &App) {
    for (action, seconds) in [
        ("action_get_order", 2),
        ("action_refund_order", 5),
        ("action_cancel_order", 12),
    ] {
        let view = call(app, "read_action", json!({"action": action})).await;
        let before = view["action"]["stubs"].clone();
        let mut usual = before.as_array().unwrap().clone();
        for stub in &mut usual {
            stub["delay_ms"] = json!(seconds * 1_000);
        }
        let of_this = troubles().into_iter().filter(|trouble| trouble.action == action);
        let mut stubs: Vec<_> = of_this.map(|trouble| trouble.stub(usual.last().unwrap())).collect();
        stubs.extend(usual);
        let change = json!({"type": "set", "path": "/stubs", "before": before, "after": stubs});
        let edit = json!({"label": "", "changes": [{"document": action, "change": change}]});
        let args = json!({"document": action, "edit": edit, "base_version": view["version"]});
        call(app, "save_edit", args).await;
    }
}

impl Trouble {
    fn stub(self, usual: &Value) -> Value {
        let answer = match self.cause {
            Some(cause) => json!({"type": "failure", "cause": cause}),
            None => usual["answer"].clone(),
        };
        json!({
            "name": format!("Trouble with {}", self.order), "when": {"order_number": self.order},
            "answer": answer, "delay_ms": self.seconds * 1_000,
        })
    }
}

async fn call(app: &App, name: &str, args: Value) -> Value {
    app.call("test", name, args).await.unwrap()
}
