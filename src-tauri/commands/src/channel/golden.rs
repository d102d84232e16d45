//! The example bodies of the product's documents, one for each type of event.

use serde_json::{Value, json};
use taskwright_domain::{
    At, AttributeType, BlockId, ConversationId, EventKind, LogEvent, OptionId, QuickReply, RequestedField, Resolution,
    Speaker,
};

use super::courier::body_of;
use super::project::project;

fn said(by: Speaker) -> EventKind {
    EventKind::Said {
        text: "You have up to 40 days.".to_owned(),
        place: None,
        by,
    }
}

fn reply(id: &str, text: &str) -> QuickReply {
    QuickReply {
        id: OptionId(id.to_owned()),
        text: text.to_owned(),
    }
}

fn requested() -> EventKind {
    EventKind::AttributesRequested {
        place: At {
            block: BlockId::new("collect"),
            span: None,
            op: 0,
        },
        fields: vec![RequestedField {
            key: "reason_for_return".to_owned(),
            label: "Reason for return".to_owned(),
            kind: AttributeType::Text,
        }],
    }
}

/// What the product is told of one event, as it is posted.
fn told(kind: EventKind) -> Vec<Value> {
    let event = LogEvent {
        seq: 7,
        at: 0,
        cause: 1,
        input: None,
        v: 1,
        kind,
    };
    let conversation = ConversationId("intercom_abc123".to_owned());
    let rows = project(&[event]);
    assert!(rows.iter().all(|row| row.seq == 7));
    rows.iter()
        .map(|row| body_of(&row.told, &conversation, "external_abc123"))
        .collect()
}

fn body(kind: &str, more: Value) -> Value {
    let mut body = json!({
        "event_type": kind,
        "conversation_id": "intercom_abc123",
        "external_conversation_id": "external_abc123"
    });
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    body
}

#[test]
fn the_nine_types_have_the_bodies_of_the_documents() {
    let message = body(
        "new_message",
        json!({ "text": "You have up to 40 days.", "html": "<p>You have up to 40 days.</p>" }),
    );
    assert_eq!(
        told(said(Speaker::Assistant)),
        [body("typing", json!({})), message.clone()],
        "typing goes before what the assistant works out"
    );
    assert_eq!(told(said(Speaker::Block)), [message]);
    let options = EventKind::OptionsOffered {
        options: vec![reply("1", "That helped"), reply("2", "Talk to a Person")],
        must_choose: false,
    };
    let offered = json!({ "quick_reply_options": [
        { "id": "1", "text": "That helped" },
        { "id": "2", "text": "Talk to a Person" }
    ] });
    assert_eq!(told(options), [body("quick_reply_options", offered)]);
    for (state, word) in [
        (Resolution::SoftResolution, "soft_resolution"),
        (Resolution::HardResolution, "hard_resolution"),
        (Resolution::RoutedToTeam, "routed_to_team"),
        (Resolution::AbandonedNegativeFeedback, "abandoned_negative_feedback"),
    ] {
        let changed = EventKind::ResolutionChanged { state };
        assert_eq!(
            told(changed),
            [body("resolution_state_updated", json!({ "state": word }))]
        );
    }
    assert_eq!(
        told(EventKind::CustomerIdle { generation: 1 }),
        [body("user_became_idle", json!({}))]
    );
    let field = json!({ "attributes": [
        { "id": "reason_for_return", "type": "string", "label": "Reason for return" }
    ] });
    assert_eq!(told(requested()), [body("attribute_collector", field)]);
    let note = EventKind::NoteAdded {
        text: "Logged internal note".to_owned(),
    };
    assert_eq!(
        told(note),
        [body("new_note", json!({ "text": "Logged internal note" }))]
    );
    let tags = EventKind::TagsUpdated {
        added: vec!["resolved".to_owned()],
        removed: Vec::new(),
    };
    let changed = json!({ "tags_added": ["resolved"], "tags_removed": [] });
    assert_eq!(told(tags), [body("conversation_tags_updated", changed)]);
    assert_eq!(
        told(EventKind::WorkflowFinished),
        [body("workflow_finished", json!({}))]
    );
}

#[test]
fn fields_have_the_types_of_the_channel() {
    let kinds = [
        (AttributeType::Integer, "integer"),
        (AttributeType::Decimal, "decimal"),
        (AttributeType::Boolean, "boolean"),
        (AttributeType::Date, "date"),
        (AttributeType::DateTime, "datetime"),
        (AttributeType::Email, "string"),
        (AttributeType::Amount, "string"),
        (AttributeType::Time, "string"),
        (AttributeType::Identifier { pattern: None }, "string"),
    ];
    for (kind, word) in kinds {
        let EventKind::AttributesRequested { place, mut fields } = requested() else {
            unreachable!()
        };
        fields[0].kind = kind;
        let told = told(EventKind::AttributesRequested { place, fields });
        assert_eq!(told[0]["attributes"][0]["type"], word);
        assert_eq!(
            told[0]["attributes"][0]["options"],
            Value::Null,
            "only a list has options"
        );
    }
    let EventKind::AttributesRequested { place, mut fields } = requested() else {
        unreachable!()
    };
    let options = vec!["Damaged".to_owned(), "Too late".to_owned()];
    fields[0].kind = AttributeType::Choice { options };
    let told = told(EventKind::AttributesRequested { place, fields });
    assert_eq!(told[0]["attributes"][0]["type"], "list");
    assert_eq!(told[0]["attributes"][0]["options"], json!(["Damaged", "Too late"]));
}

#[test]
fn what_is_no_affair_of_the_product_is_not_told() {
    for kind in [
        EventKind::CustomerSaid {
            text: "hi".to_owned(),
            sealed: None,
        },
        EventKind::Stopped,
        EventKind::NotUnderstood { times: 1 },
    ] {
        assert_eq!(told(kind), [] as [Value; 0]);
    }
}
