//! The proxy as it is set under Settings: for one environment, from then on, in previews and where an action is tried.

use demo_service::{DemoService, Options};
use serde_json::{Value as Json, json};
use taskwright_tests::Opened;

use crate::between::Between;

const TASK: &str = "task_refund_or_cancel";

/// A chat that looks an order up, and the number of requests the shop has had by then.
async fn looked_up(opened: &Opened, calls: &str) -> Vec<Json> {
    let args = json!({"task": TASK, "from_the_start": false, "calls": calls});
    let conversation = opened.call("start_preview", args).await.unwrap()["conversation"].clone();
    for text in ["I want a refund for my order", "4512"] {
        let args = json!({"conversation": conversation, "text": text});
        opened.call("say", args).await.unwrap();
    }
    let log = opened.settled(conversation.as_str().unwrap()).await.unwrap();
    let succeeded = log.into_iter().filter(|event| event["kind"] == "action_succeeded");
    succeeded.collect()
}

#[tokio::test]
async fn an_environment_calls_through_the_proxy_that_is_set_for_it() {
    let shop = DemoService::start(Options::default()).await.unwrap();
    let proxy = Between::open(shop.addr).await;
    let folder = tempfile::tempdir().unwrap();
    let opened = Opened::at(folder.path()).await.unwrap();
    let rows = opened.call("list_connections", json!({})).await.unwrap();
    let actions: Vec<_> = rows.as_array().unwrap().iter().map(|row| &row["action"]).collect();
    let both = json!({"live": shop.base_url(), "test": shop.base_url()});
    let args = json!({"actions": actions, "addresses": both, "inside": {"live": true, "test": true}});
    opened.call("save_connections", args).await.unwrap();

    assert_eq!(looked_up(&opened, "live").await.len(), 1, "without a proxy");
    assert_eq!(proxy.asked(), Vec::<String>::new());

    let live = json!({"environment": "live", "proxy": proxy.url()});
    opened.call("save_environment", live).await.unwrap();
    assert_eq!(looked_up(&opened, "live").await.len(), 1);
    let order = format!("GET {}/orders/4512", shop.base_url());
    assert_eq!(proxy.asked(), [order.as_str()], "from then on");
    assert_eq!(looked_up(&opened, "test").await.len(), 1);
    assert_eq!(proxy.asked(), [order.as_str()], "the other environment has none");

    let tried = json!({"action": "action_get_order", "inputs": {"order_number": "4970"}, "calls": "live"});
    let tried = opened.call("try_action", tried).await.unwrap();
    assert_eq!(tried["outcome"]["status"], 200, "{tried:#}");
    assert_eq!(proxy.asked().len(), 2, "trying an action takes the same way");

    opened
        .call("save_environment", json!({"environment": "live", "proxy": null}))
        .await
        .unwrap();
    assert_eq!(looked_up(&opened, "live").await.len(), 1, "and out again");
    assert_eq!(proxy.asked().len(), 2);
    opened.0.close().await.unwrap();
}
