//! Whatever a task says, it comes back exactly.

use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;
use serde_json::{Value as Json, json};
use taskwright_domain::{Block, BlockKind, Task};

use super::sample;
use crate::{BundleContent, Hashes, ScriptedConversation, for_export, from_files, pack, to_files, unpack, verify};

fn odd_text() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[ \r\n\ta-c{}@._😀\u{5d0}\u{301}\u{202e}\u{feff}\0-]{0,40}",
        Just("Line\r\nline\r".to_owned()),
        Just("---\nid: x\n---\n".to_owned()),
        Just("{half @get_booking {order.status}} \u{1F1E9}\u{1F1EA}".to_owned()),
        Just("a".repeat(300)),
    ]
}

fn odd_json() -> impl Strategy<Value = Json> {
    let leaf = prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::from),
        any::<i64>().prop_map(Json::from),
        any::<f64>()
            .prop_filter("finite", |number| number.is_finite())
            .prop_map(Json::from),
        odd_text().prop_map(Json::from)
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..3).prop_map(Json::from),
            btree_map("[a-z_ \"]{0,6}", inner, 0..3).prop_map(|fields| fields.into_iter().collect()),
        ]
    })
}

fn kind() -> impl Strategy<Value = Json> {
    let leaf = prop_oneof![
        odd_text().prop_map(|text| json!({"type": "instructions", "text": text})),
        odd_text().prop_map(|text| json!({"type": "message", "text": text})),
        (odd_text(), odd_json()).prop_map(|(key, example)| json!({
            "type": "wait_for_webhook", "key": key, "example": example, "fields": [], "limit": {"count": 1, "unit": "days"}
        })),
        (odd_text(), odd_text()).prop_map(|(attribute, value)| json!({"type": "set_attribute", "attribute": attribute, "value": value})),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        let block = (inner, odd_text()).prop_map(|(kind, name)| with(kind, "name", json!(name)));
        let blocks = vec(block, 0..3).prop_map(Json::from).boxed();
        prop_oneof![
            (odd_text(), blocks.clone()).prop_map(|(label, blocks)| json!({
                "type": "buttons", "text": "", "options": [{"id": "", "label": label, "blocks": blocks}]
            })),
            (blocks.clone(), blocks).prop_map(|(first, second)| json!({
                "type": "branch", "arms": [{"id": "", "condition": null, "blocks": first}], "otherwise": second
            })),
        ]
    })
}

fn with(mut kind: Json, field: &str, value: Json) -> Json {
    kind[field] = value;
    kind
}

/// Gives every block and option an id of its own.
fn number(blocks: &mut Json, next: &mut u32) {
    let Json::Array(blocks) = blocks else { return };
    for block in blocks {
        *next += 1;
        block["id"] = json!(format!("block_{next}"));
        for list in ["otherwise", "what_then"] {
            if let Some(blocks) = block.get_mut(list) {
                number(blocks, next);
            }
        }
        for groups in ["options", "arms"] {
            let Some(Json::Array(groups)) = block.get_mut(groups) else {
                continue;
            };
            for group in groups {
                *next += 1;
                group["id"] = json!(format!("option_{next}"));
                number(&mut group["blocks"], next);
            }
        }
    }
}

fn task() -> impl Strategy<Value = Json> {
    (odd_text(), odd_text(), vec(odd_text(), 0..3), vec(kind(), 0..4)).prop_map(|(title, description, examples, blocks)| {
        json!({"title": title, "description": description, "examples": examples, "blocks": blocks})
    })
}

fn content() -> impl Strategy<Value = BundleContent> {
    let conversation = (option::of(0_u32..4), odd_text(), odd_text());
    (
        odd_text(),
        vec(task(), 0..4),
        vec((odd_text(), odd_json()), 0..3),
        vec((odd_text(), odd_text()), 0..3),
        vec(conversation, 0..4),
    )
        .prop_map(|(name, tasks, actions, articles, conversations)| {
            // The sample has blocks of its own.
            let mut next = 1_000;
            let mut content = BundleContent {
                name,
                ..sample::content()
            };
            content
                .tasks
                .extend(tasks.into_iter().enumerate().map(|(at, mut task)| {
                    task["id"] = json!(format!("task_{at}"));
                    number(&mut task["blocks"], &mut next);
                    serde_json::from_value::<Task>(task).unwrap()
                }));
            content
                .actions
                .extend(actions.into_iter().enumerate().map(|(at, (key, body))| {
                    let mut action = sample::with_id(sample::get_booking(), &at.to_string());
                    action.key = key;
                    // JSON has one word for no body and for a body of null.
                    action.request.as_mut().unwrap().body = Some(body)
                        .filter(|body| !body.is_null())
                        .map(|json| taskwright_domain::Body::Json { json });
                    action
                }));
            content
                .articles
                .extend(articles.into_iter().enumerate().map(|(at, (title, text))| {
                    serde_json::from_value(json!({"id": format!("article_{at}"), "title": title, "text": text}))
                        .unwrap()
                }));
            content
                .conversations
                .extend(
                    conversations
                        .into_iter()
                        .map(|(task, name, markdown)| ScriptedConversation {
                            task: task.map(|task| serde_json::from_value(json!(format!("task_{task}"))).unwrap()),
                            name,
                            markdown,
                        }),
                );
            content
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn whatever_is_exported_imports_again_unchanged(content in content()) {
        let expected = for_export(&content).0.in_order();
        let files = to_files(&content).unwrap();
        prop_assert_eq!(&from_files(&files, Hashes::Check).unwrap(), &expected, "through the files");
        let refused: Vec<_> = verify(&files).into_iter().filter(|finding| finding.level == crate::FindingLevel::Refused).collect();
        prop_assert!(refused.is_empty(), "nothing is refused: {:?}", refused);
        let packed = pack(&files).unwrap();
        prop_assert_eq!(&unpack(&packed).unwrap(), &files, "through the zip");
        prop_assert_eq!(to_files(&expected).unwrap(), files, "and writing it again gives the same files");
    }
}

#[test]
fn the_webhook_example_that_looks_like_a_block_is_left_alone() {
    let files = to_files(&sample::content()).unwrap();
    let read = from_files(&files, Hashes::Check).unwrap();
    let example = read.tasks[0]
        .all_blocks()
        .into_iter()
        .find_map(|block: &Block| match &block.kind {
            BlockKind::WaitForWebhook { example, .. } => Some(example.clone()),
            _ => None,
        });
    assert_eq!(
        example.unwrap()["text"],
        json!({"file": "not-a-file.md"}),
        "an example is data"
    );
}

#[test]
fn an_enormous_instruction_travels() {
    let mut content = sample::content();
    content.tasks[0].blocks[0].kind = BlockKind::Instructions {
        text: "Ask. 😀\r\n".repeat(25_000),
    };
    let packed = pack(&to_files(&content).unwrap()).unwrap();
    assert_eq!(
        from_files(&unpack(&packed).unwrap(), Hashes::Check).unwrap(),
        content,
        "200,000 characters are no bomb"
    );
}
