//! Sample answers: what an action gives while nothing leaves the program.

use std::collections::BTreeMap;

use taskwright_domain::{
    Action, ActionResult, AttributeType, FailureCause, Field, Settings, Stub, StubAnswer, StubValue, Template,
    TemplatePart, Value,
};
use taskwright_language::values::{ValueContext, parse};
use taskwright_language::wording;

use crate::fields::difference;

/// The answer of the first sample that fits the inputs, or of the one named `chosen`.
#[must_use]
pub fn answer_from_stub(
    action: &Action,
    inputs: &BTreeMap<String, Value>,
    chosen: Option<&str>,
    settings: &Settings,
    now: jiff::Timestamp,
) -> ActionResult {
    let context = ValueContext { settings, now };
    let stub = match chosen {
        Some(name) => action.stubs.iter().find(|stub| stub.name == name),
        None => action.stubs.iter().find(|stub| fits(stub, inputs, settings)),
    };
    let Some(stub) = stub else {
        return ActionResult::Failed {
            cause: FailureCause::NoStub,
            attempts: 1,
            ms: 0,
        };
    };
    let waits = action.request.as_ref().map_or(15_000, |request| request.timeout_ms);
    let ms = stub.delay_ms.min(waits);
    let failed = |cause| ActionResult::Failed { cause, attempts: 1, ms };
    if stub.delay_ms > waits {
        return failed(FailureCause::Timeout);
    }
    match &stub.answer {
        StubAnswer::Failure { cause } => failed(cause.clone()),
        StubAnswer::Http { status: 404, .. } => failed(FailureCause::NotFound),
        StubAnswer::Http { status, body } if (200..300).contains(status) => {
            match difference(&action.outputs, body, &context) {
                Ok(fields) => ActionResult::Succeeded {
                    fields,
                    status: Some(*status),
                    ms,
                },
                Err(differences) => {
                    let words = differences
                        .iter()
                        .map(|d| format!("{}: expected {}, found {}", d.path, d.expected, d.found));
                    failed(FailureCause::WrongShape {
                        difference: words.collect::<Vec<_>>().join("; "),
                    })
                }
            }
        }
        StubAnswer::Http { status, .. } => failed(FailureCause::Status { status: *status }),
        StubAnswer::Fields { fields } => match typed_fields(&action.outputs, fields, inputs, &context) {
            Ok(fields) => ActionResult::Succeeded {
                fields,
                status: None,
                ms,
            },
            Err(difference) => failed(FailureCause::WrongShape { difference }),
        },
    }
}

fn fits(stub: &Stub, inputs: &BTreeMap<String, Value>, settings: &Settings) -> bool {
    stub.when.iter().all(|(key, wanted)| {
        let given = inputs.get(key).map(|value| wording::format(value.plain(), settings));
        given.is_some_and(|given| given.trim().eq_ignore_ascii_case(wanted.trim()))
    })
}

fn typed_fields(
    outputs: &[Field],
    fields: &BTreeMap<String, StubValue>,
    inputs: &BTreeMap<String, Value>,
    context: &ValueContext<'_>,
) -> Result<BTreeMap<String, Value>, String> {
    let mut typed = BTreeMap::new();
    for output in outputs.iter().filter(|output| !output.redacted) {
        let value = match fields.get(&output.key) {
            None if output.optional => continue,
            None => return Err(format!("the sample answer has no {}", output.label())),
            Some(StubValue::One(text)) if text.trim().is_empty() && output.optional => continue,
            Some(StubValue::One(text)) => one(&output.kind, text, inputs, context),
            Some(StubValue::Rows(rows)) => list(&output.kind, rows, inputs, context),
        };
        let value = value.ok_or_else(|| format!("the sample's {} does not fit its type", output.label()))?;
        typed.insert(output.key.clone(), value);
    }
    Ok(typed)
}

fn one(
    kind: &AttributeType,
    text: &str,
    inputs: &BTreeMap<String, Value>,
    context: &ValueContext<'_>,
) -> Option<Value> {
    let template = Template::new(text);
    let parts = template.parts();
    if let [TemplatePart::Reference(key)] = parts.as_slice()
        && let Some(value) = inputs.get(*key)
    {
        return Some(value.clone());
    }
    let filled: String = parts
        .into_iter()
        .map(|part| match part {
            TemplatePart::Words(words) => words.to_owned(),
            TemplatePart::Reference(key) => inputs
                .get(key)
                .map(|value| wording::format(value, context.settings))
                .unwrap_or_default(),
        })
        .collect();
    match kind {
        // What people read is what is meant here; nothing is looked for inside.
        AttributeType::Text
        | AttributeType::PersonName
        | AttributeType::Address
        | AttributeType::Place
        | AttributeType::Identifier { .. } => Some(Value::Text(filled.trim().to_owned())),
        kind => parse(kind, &filled, context),
    }
}

fn list(
    kind: &AttributeType,
    rows: &[BTreeMap<String, String>],
    inputs: &BTreeMap<String, Value>,
    context: &ValueContext<'_>,
) -> Option<Value> {
    let AttributeType::List { fields } = kind else {
        return None;
    };
    let row = |row: &BTreeMap<String, String>| {
        let cells = row.iter().map(|(key, text)| {
            let kind = fields
                .iter()
                .find(|field| field.key == *key)
                .map_or(&AttributeType::Text, |field| &field.kind);
            Some((key.clone(), one(kind, text, inputs, context)?))
        });
        cells.collect::<Option<BTreeMap<_, _>>>().map(Value::Object)
    };
    rows.iter().map(row).collect::<Option<Vec<_>>>().map(Value::List)
}
