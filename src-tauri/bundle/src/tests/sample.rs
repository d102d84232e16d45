//! A small bundle with a bit of everything.

use serde_json::json;
use taskwright_domain::{Action, ActionId, Article, ArticleId, Attribute, Task, TaskId, Team};

use crate::{BundleContent, ScriptedConversation};

/// A task that uses every kind of reference.
pub(super) fn task() -> Task {
    serde_json::from_value(json!({
        "id": "task_move",
        "title": "Move a booking",
        "description": "Use this task when a customer wants another date.",
        "examples": ["Can I come on Friday instead?"],
        "attributes": [{"id": "attribute_booking_number", "key": "booking_number", "name": "booking number", "kind": {"type": "identifier"}}],
        "blocks": [
            {"id": "block_1", "name": "Look it up", "type": "instructions",
             "text": "Ask for the {booking_number}.\r\nRun @get_booking. Tell them {booking.date} 😀 שלום\r\n"},
            {"id": "block_2", "type": "branch",
             "arms": [{"id": "option_1", "name": "Too late",
                       "condition": {"type": "test", "subject": {"type": "reference", "reference": "booking.date"},
                                     "comparison": {"type": "older_than", "period": {"count": 2, "unit": "days"}}},
                       "blocks": [{"id": "block_3", "type": "hand_off", "team": "team_front_desk", "words": "{loyalty_level}", "note": ""}]}],
             "otherwise": [{"id": "block_4", "type": "instructions", "text": "Move it with @move_booking."}]},
            {"id": "block_5", "type": "collect_attribute", "attributes": ["booking_number", "loyalty_level"]},
            {"id": "block_6", "type": "run_action", "action": "action_get_booking", "inputs": {"booking_number": "{booking_number}"}},
            {"id": "block_7", "type": "wait_for_webhook", "key": "payment", "limit": {"count": 10, "unit": "minutes"},
             "example": {"type": "instructions", "text": {"file": "not-a-file.md"}, "amount": 1.5},
             "fields": [{"key": "amount", "kind": {"type": "decimal"}}],
             "what_then": [{"id": "block_8", "type": "message", "text": "No {payment.amount} yet."}]}
        ]
    }))
    .unwrap()
}

/// A connected look-up.
pub(super) fn get_booking() -> Action {
    serde_json::from_value(json!({
        "id": "action_get_booking", "key": "get_booking", "name": "Get booking", "result_name": "booking",
        "inputs": [{"key": "booking_number", "kind": {"type": "identifier"}}],
        "outputs": [{"key": "date", "kind": {"type": "date"}, "path": "$.data.date"}],
        "request": {"path": "/bookings/{booking_number}", "headers": [{"name": "Accept", "value": "application/json"}]},
        "stubs": [{"name": "Found", "answer": {"type": "fields", "fields": {"date": "in 3 days"}}},
                  {"name": "Down", "answer": {"type": "failure", "cause": {"type": "status", "status": 503}}}]
    }))
    .unwrap()
}

/// An action that is not connected yet.
pub(super) fn move_booking() -> Action {
    serde_json::from_value(json!({
        "id": "action_move_booking", "key": "move_booking", "name": "Move booking", "result_name": "moved",
        "changes_data": true, "needs_confirmation": true,
        "inputs": [{"key": "date", "kind": {"type": "date"}, "from": {"type": "reference", "reference": "booking.date"}}],
        "outputs": [{"key": "new_date", "kind": {"type": "date"}}],
        "on_failure": {"team": "team_front_desk", "say": "I could not move {booking_number}."},
        "stubs": [{"name": "Moved", "when": {"date": "tomorrow"}, "answer": {"type": "http", "status": 200, "body": {"new_date": "2026-11-22"}}}]
    }))
    .unwrap()
}

/// An attribute of the workspace.
pub(super) fn loyalty_level() -> Attribute {
    serde_json::from_value(json!({
        "id": "attribute_loyalty_level", "key": "loyalty_level", "name": "loyalty level", "scope": "customer",
        "kind": {"type": "choice", "options": ["gold", "silver"]}
    }))
    .unwrap()
}

/// A team.
pub(super) fn front_desk() -> Team {
    serde_json::from_value(
        json!({"id": "team_front_desk", "name": "Front desk", "description": "Everything about stays."}),
    )
    .unwrap()
}

/// All of it.
pub(super) fn content() -> BundleContent {
    BundleContent {
        name: "Bookings".into(),
        description: "Moving bookings about.".into(),
        tasks: vec![task()],
        actions: vec![get_booking(), move_booking()],
        attributes: vec![loyalty_level()],
        teams: vec![front_desk()],
        workflows: Vec::new(),
        articles: vec![Article {
            id: ArticleId::new("parking"),
            title: "Parking".into(),
            text: "Behind the house.\n".into(),
        }],
        conversations: vec![ScriptedConversation {
            task: Some(TaskId::new("move")),
            name: "happy-path".into(),
            markdown: "It works.\n\n```chat\ncustomer: hello\n```\n".into(),
        }],
    }
}

/// The same action under another id.
pub(super) fn with_id(mut action: Action, id: &str) -> Action {
    action.id = ActionId::new(id);
    action
}
