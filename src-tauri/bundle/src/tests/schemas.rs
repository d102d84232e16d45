use serde_json::{Value as Json, json};

use super::sample::content;
use crate::to_files;

fn schema_for(path: &str) -> Option<&'static str> {
    match path.split('/').collect::<Vec<_>>().as_slice() {
        ["manifest.json"] => Some("schemas/manifest.schema.json"),
        ["tasks", _, "task.json"] => Some("schemas/task.schema.json"),
        ["actions", _] => Some("schemas/action.schema.json"),
        ["attributes.json"] => Some("schemas/attributes.schema.json"),
        ["teams.json"] => Some("schemas/teams.schema.json"),
        _ => None,
    }
}

#[test]
fn every_json_file_that_is_written_fits_the_schema_beside_it() {
    let files = to_files(&content()).unwrap();
    let mut checked = 0;
    for (path, bytes) in files
        .iter()
        .filter(|(path, _)| path.ends_with(".json") && !path.starts_with("schemas/"))
    {
        let schema: Json =
            serde_json::from_slice(&files[schema_for(path).expect("every JSON file has a schema")]).unwrap();
        let document: Json = serde_json::from_slice(bytes).unwrap();
        let validator = jsonschema::validator_for(&schema).unwrap();
        let errors: Vec<_> = validator
            .iter_errors(&document)
            .map(|error| format!("{error} at {}", error.instance_path()))
            .collect();
        assert!(errors.is_empty(), "{path}: {errors:#?}");
        checked += 1;
    }
    assert_eq!(checked, 6, "manifest, task, two actions, attributes, teams");
}

#[test]
fn the_task_schema_wants_a_text_or_the_name_of_its_file() {
    let files = to_files(&content()).unwrap();
    let schema: Json = serde_json::from_slice(&files["schemas/task.schema.json"]).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let with = |text: Json| json!({"id": "task_1", "title": "", "blocks": [{"id": "block_1", "type": "instructions", "text": text}]});
    assert!(validator.is_valid(&with(json!({"file": "01-a.md"}))), "a file");
    assert!(validator.is_valid(&with(json!("Ask."))), "the words themselves");
    assert!(!validator.is_valid(&with(json!(7))), "no number");
    assert!(
        !validator.is_valid(&json!({"id": "task_1", "title": "", "blocks": [{"id": "b", "type": "dance"}]})),
        "no unknown block"
    );
}
