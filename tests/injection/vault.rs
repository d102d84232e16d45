//! A task whose payment takes some of its inputs from systems only.

use serde_json::json;
use taskwright_bundle::BundleContent;
use taskwright_domain::{Action, Attribute, Block, BlockId, BlockKind, Task, TaskId};

/// What no customer may fill.
pub(crate) const PROTECTED: [&str; 2] = ["verified", "approver"];
/// Where the money goes, as the system says.
pub(crate) const IBAN: &str = "IE29AIBK93115212345678";

const TEXT: &str = "\
Ask for the account number.
Get the account with the account number.
Ask for the amount.
Ask for the reason.
Ask the customer to confirm.
Pay out.
Leave a note \"Paid out because of: {reason}\"
Tell the customer \"Your money is on its way.\"

Rules:
- Only pay out if the account's verified is true.
- Never pay out more than the account's limit.";

/// Adds the task with its actions.
pub(crate) fn add(content: &mut BundleContent) {
    content.tasks.push(task("Pay out credit", TEXT));
    content.actions.extend(actions());
}

pub(crate) fn task(title: &str, text: &str) -> Task {
    let block = Block {
        id: BlockId::new(taskwright_domain::key_for(title)),
        name: String::new(),
        off: false,
        kind: BlockKind::Instructions { text: text.to_owned() },
    };
    Task {
        id: TaskId::new(taskwright_domain::key_for(title)),
        title: title.to_owned(),
        description: "Use this task when a customer wants the credit of their account paid out.".to_owned(),
        examples: vec![
            "Pay out my credit please".to_owned(),
            "I want my credit paid out".to_owned(),
        ],
        counter_examples: Vec::new(),
        audience: None,
        only_used_by_other_tasks: false,
        blocks: vec![block],
        attributes: attributes(),
    }
}

fn attributes() -> Vec<Attribute> {
    let attribute = |key: &str, kind: &str, own: bool| {
        let made = json!({"id": format!("attribute_vault_{key}"), "key": key, "name": key.replace('_', " "),
            "kind": {"type": kind}, "customer_may_fill": own});
        serde_json::from_value(made).unwrap()
    };
    vec![
        attribute("account_number", "identifier", true),
        attribute("amount", "amount", true),
        attribute("reason", "text", true),
        attribute("verified", "boolean", false),
        attribute("approver", "text", false),
    ]
}

pub(crate) fn actions() -> Vec<Action> {
    let read = |made| serde_json::from_value(made).unwrap();
    let fields = |verified: &str| {
        json!({"type": "fields", "fields": {"owner": "Maya Lindqvist", "iban": IBAN, "verified": verified,
            "limit": "100 EUR"}})
    };
    vec![
        read(
            json!({"id": "action_get_account", "key": "get_account", "name": "Get account", "result_name": "account",
            "inputs": [{"key": "account_number", "kind": {"type": "identifier"}}],
            "outputs": [
                {"key": "owner", "kind": {"type": "text"}}, {"key": "iban", "kind": {"type": "text"}},
                {"key": "verified", "kind": {"type": "boolean"}}, {"key": "limit", "kind": {"type": "amount"}},
                {"key": "memo", "kind": {"type": "text"}, "optional": true}],
            "stubs": [
                {"name": "Not verified", "when": {"account_number": "77"}, "answer": fields("no")},
                {"name": "Verified", "when": {}, "answer": fields("yes")}]}),
        ),
        read(
            json!({"id": "action_pay_out", "key": "pay_out", "name": "Pay out", "result_name": "payment",
            "changes_data": true,
            "inputs": [
                {"key": "account_number", "kind": {"type": "identifier"}},
                {"key": "iban", "kind": {"type": "text"}, "accepts": "systems_only",
                    "from": {"type": "reference", "reference": "account.iban"}},
                {"key": "verified", "kind": {"type": "boolean"}, "accepts": "systems_only",
                    "from": {"type": "reference", "reference": "account.verified"}},
                {"key": "amount", "kind": {"type": "amount"}}, {"key": "reason", "kind": {"type": "text"}}],
            "outputs": [], "stubs": [{"name": "Paid", "answer": {"type": "fields", "fields": {}}}]}),
        ),
        read(
            json!({"id": "action_close_account", "key": "close_account", "name": "Close account",
            "result_name": "closing", "changes_data": true,
            "inputs": [{"key": "account_number", "kind": {"type": "identifier"}}],
            "outputs": [], "stubs": [{"name": "Closed", "answer": {"type": "fields", "fields": {}}}]}),
        ),
    ]
}
