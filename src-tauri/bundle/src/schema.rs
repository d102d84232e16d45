//! JSON Schemas of every kind of file, made from the types.

use schemars::{Schema, schema_for};
use serde_json::{Value as Json, json};
use taskwright_domain::{Action, Attribute, Task, Team, Workflow};

use crate::{BundleError, Files, Manifest, json as json_file};

/// The schemas as files of a bundle.
///
/// # Errors
/// Never in practice: when a schema cannot be written as JSON.
pub fn schema_files() -> Result<Files, BundleError> {
    let schemas = [
        ("manifest", schema_for!(Manifest)),
        ("task", task_schema()),
        ("action", schema_for!(Action)),
        ("attributes", schema_for!(Vec<Attribute>)),
        ("teams", schema_for!(Vec<Team>)),
    ];
    schemas
        .into_iter()
        .map(|(name, schema)| {
            let path = format!("schemas/{name}.schema.json");
            let bytes = json_file::to_file(&path, &schema)?;
            Ok((path, bytes))
        })
        .collect()
}

/// The schema of workflows, which few bundles hold.
///
/// # Errors
/// As [`schema_files`].
pub(crate) fn workflow_schema_file() -> Result<Files, BundleError> {
    let path = "schemas/workflow.schema.json".to_owned();
    let bytes = json_file::to_file(&path, &with_text_files(schema_for!(Workflow)))?;
    Ok(Files::from([(path, bytes)]))
}

fn task_schema() -> Schema {
    with_text_files(schema_for!(Task))
}

/// In a bundle the text of an instructions block stands in a file of its own.
fn with_text_files(mut schema: Schema) -> Schema {
    if let Some(root) = schema.as_object_mut() {
        for value in root.values_mut() {
            allow_text_files(value);
        }
    }
    schema
}

fn allow_text_files(schema: &mut Json) {
    match schema {
        Json::Array(items) => items.iter_mut().for_each(allow_text_files),
        Json::Object(fields) => {
            if fields
                .get("properties")
                .and_then(|p| p.pointer("/type/const"))
                .and_then(Json::as_str)
                == Some("instructions")
                && let Some(text) = fields
                    .get_mut("properties")
                    .and_then(|properties| properties.get_mut("text"))
            {
                *text = text_or_file();
            }
            fields.values_mut().for_each(allow_text_files);
        }
        _ => {}
    }
}

fn text_or_file() -> Json {
    json!({
        "description": "The instructions: the name of a Markdown file beside task.json, or the text itself.",
        "anyOf": [
            { "type": "object", "properties": { "file": { "type": "string" } }, "required": ["file"], "additionalProperties": false },
            { "type": "string" }
        ]
    })
}
