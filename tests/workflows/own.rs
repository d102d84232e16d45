//! A workflow with the blocks that the default one has no use for.

use serde_json::json;
use taskwright_bundle::BundleContent;
use taskwright_domain::{Settings, Workflow};

/// The samples, led by a workflow of one's own.
pub(crate) fn workspace() -> BundleContent {
    let mut content = taskwright_tests::workspace().unwrap();
    let refund = content
        .tasks
        .iter()
        .find(|task| task.title.contains("Refund"))
        .unwrap()
        .id
        .clone();
    let billing = content
        .teams
        .iter()
        .find(|team| team.name == "Billing")
        .unwrap()
        .id
        .clone();
    let workflow = json!({
        "id": "workflow_own",
        "name": "Returns first",
        "attributes": [
            {
                "id": "attribute_reason", "key": "reason_for_return", "name": "reason for return",
                "kind": { "type": "text" }, "scope": "temporary", "customer_may_fill": true,
            },
            {
                "id": "attribute_order_number", "key": "order_number", "name": "order number",
                "kind": { "type": "identifier", "pattern": "[0-9]{4}" }, "scope": "temporary", "customer_may_fill": true,
            },
        ],
        "blocks": [
            {
                "id": "block_buttons", "type": "buttons", "text": "What is it about?",
                "options": [
                    { "id": "option_return", "label": "Return something", "blocks": [
                        { "id": "block_collect", "type": "collect_attribute", "attributes": ["reason_for_return", "order_number"] },
                        { "id": "block_note", "type": "note", "text": "Reason: {reason_for_return}" },
                        { "id": "block_tags", "type": "tags", "add": ["returns"] },
                        { "id": "block_run", "type": "run_task", "task": refund, "inputs": { "order_number": "{order_number}" } },
                        { "id": "block_hand_off", "type": "hand_off", "team": billing, "words": "Billing looks at the rest." },
                    ] },
                    { "id": "option_ask", "label": "Ask something", "blocks": [
                        { "id": "block_answer", "type": "let_assistant_answer", "idle": { "count": 5, "unit": "minutes" } },
                    ] },
                ],
            },
        ],
    });
    let workflow: Workflow = serde_json::from_value(workflow).unwrap();
    content.workflows = vec![workflow];
    content
}

pub(crate) fn settings() -> Settings {
    Settings::default()
}
