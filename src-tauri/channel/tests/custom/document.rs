//! The document of the channel: as it is served, as it is shipped, and as the code makes it.

use std::path::Path;

use serde_json::{Value, json};

use crate::house::House;

#[tokio::test]
async fn the_document_is_served_and_shipped_as_the_code_makes_it() {
    let house = House::open().await;
    let served = house
        .http
        .get(format!("{}/openapi.json", house.base))
        .send()
        .await
        .unwrap();
    let served: Value = serde_json::from_str(&served.text().await.unwrap()).unwrap();
    let made = serde_json::to_string_pretty(&taskwright_channel::document()).unwrap() + "\n";
    assert_eq!(served, serde_json::from_str::<Value>(&made).unwrap());
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("openapi.json");
    if std::env::var_os("TASKWRIGHT_ACCEPT").is_some() {
        std::fs::write(&shipped, &made).unwrap();
    }
    let there = std::fs::read_to_string(&shipped).unwrap_or_default();
    assert_eq!(there, made, "run this with TASKWRIGHT_ACCEPT=1 and review openapi.json");
    house.close().await;
}

#[test]
fn the_document_names_the_calls_their_answers_and_what_is_told() {
    let document = serde_json::to_value(taskwright_channel::document()).unwrap();
    assert!(
        document["openapi"].as_str().unwrap().starts_with("3.1."),
        "{}",
        document["openapi"]
    );
    let paths: Vec<_> = document["paths"].as_object().unwrap().keys().cloned().collect();
    assert_eq!(paths.len(), 4, "{paths:?}");
    for path in &paths {
        let call = &document["paths"][path]["post"];
        for status in ["200", "400", "401", "404", "413", "422", "429"] {
            assert!(call["responses"][status].is_object(), "{path} {status}");
        }
        assert_eq!(call["security"], json!([{"key": []}]));
    }
    let told = document["components"]["schemas"]["CustomChannelOutboundEvent"].to_string()
        + &document["components"]["schemas"]["Told"].to_string();
    for kind in [
        "new_message",
        "typing",
        "quick_reply_options",
        "resolution_state_updated",
        "user_became_idle",
        "attribute_collector",
        "new_note",
        "conversation_tags_updated",
        "workflow_finished",
    ] {
        assert!(told.contains(&format!("\"{kind}\"")), "{kind}");
    }
    assert!(document["webhooks"]["custom_channel_event"]["post"].is_object());
}
