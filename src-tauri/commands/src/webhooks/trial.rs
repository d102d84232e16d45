//! Trying a wait out in the preview: the example request, changed or not, late, twice, or of another shape. It takes the
//! way that a call over the network takes.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use taskwright_domain::{BlockId, ConversationId, Field};
use ts_rs::TS;

use super::address::block_token;
use super::call::IncomingCall;
use super::{CallAnswer, block_of};
use crate::app::{App, new_id};
use crate::error::CommandError;
use crate::preview::running;

/// How the other system calls.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum TrialCall {
    /// As it should.
    #[default]
    Once,
    /// Twice, as systems do that did not hear the first answer.
    Twice,
    /// When the wait is over: the conversation's clock is moved there first.
    Late,
    /// With a field missing and one of another type.
    WrongShape,
}

/// Another system calls back.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SendWebhook {
    /// Into this conversation.
    pub conversation: ConversationId,
    /// The block that waits for it.
    pub block: BlockId,
    /// What it sends; what stands under `data` where there is such a field.
    #[ts(type = "unknown")]
    pub body: Value,
    /// How.
    #[serde(default)]
    #[ts(optional, as = "Option<TrialCall>")]
    pub how: TrialCall,
}

/// What the other system was answered.
#[derive(Debug, Clone, Serialize, TS)]
pub struct SentAnswer {
    /// The HTTP status.
    pub status: u16,
    /// The answer.
    #[ts(type = "unknown")]
    pub body: Value,
    /// It was answered as before, and nothing was done.
    pub replayed: bool,
}

/// How long after the end of a wait a late call comes.
const LATE: i64 = 60_000;

pub(crate) async fn send_webhook(app: &App, _origin: &str, args: SendWebhook) -> Result<Vec<SentAnswer>, CommandError> {
    let state = running(app, &args.conversation).await?;
    let mut data = content(&args.body).clone();
    match args.how {
        TrialCall::Once | TrialCall::Twice => {}
        TrialCall::WrongShape => {
            let snapshot = app.snapshot();
            data = misshapen(
                &data,
                block_of(&snapshot, &args.block).map_or(&[], |block| block.fields),
            );
        }
        TrialCall::Late => {
            let timer = app.inner.runner.standing(&args.conversation).await?.timer;
            let (_, ends) = timer.filter(|_| !state.runs.is_empty()).ok_or_else(nothing_waits)?;
            app.inner.runner.move_time(&args.conversation, ends + LATE).await?;
        }
    }
    let call = IncomingCall {
        token: block_token(app.webhooks().key(), &args.block),
        key: Some(new_id()),
        body: json!({ "conversationId": args.conversation, "data": data }),
        request: new_id(),
    };
    let mut answers = vec![app.call_back(call.clone()).await];
    if args.how == TrialCall::Twice {
        answers.push(app.call_back(call).await);
    }
    Ok(answers.into_iter().map(SentAnswer::from).collect())
}

fn nothing_waits() -> CommandError {
    let message = "Nothing is waited for at the moment, so nothing can come too late.";
    CommandError::new(crate::error::ErrorCode::Conflict, message)
}

impl From<CallAnswer> for SentAnswer {
    fn from(answer: CallAnswer) -> Self {
        Self {
            status: answer.status,
            body: answer.body,
            replayed: answer.replayed,
        }
    }
}

/// What an example holds: what stands under `data`, where there is such a field.
pub(crate) fn content(example: &Value) -> &Value {
    example.get("data").unwrap_or(example)
}

/// The call of an example, for a terminal.
pub(crate) fn curl(url: &str, conversation: &str, data: &Value) -> String {
    let body = json!({ "conversationId": conversation, "data": data });
    let body = body.to_string().replace('\'', r"'\''");
    format!(
        "curl -X POST '{url}' \\\n  -H 'Content-Type: application/json' \\\n  -H 'Idempotency-Key: {}' \\\n  -d '{body}'",
        "example-1"
    )
}

/// What is sent with its first needed field missing and the next one of a type that fits nothing.
pub(crate) fn misshapen(data: &Value, fields: &[Field]) -> Value {
    let mut wrong = data.clone();
    let odd = || json!({ "unexpected": [1, 2, 3] });
    let mut needed = fields.iter().filter(|field| !field.optional);
    let removed = needed.next().is_some_and(|field| take_out(&mut wrong, field));
    let next = needed.next().or_else(|| fields.iter().find(|field| field.optional));
    let changed = next.is_some_and(|field| {
        let found = wrong.pointer_mut(&pointer(field));
        found.map(|found| *found = odd()).is_some()
    });
    if removed || changed { wrong } else { odd() }
}

fn take_out(data: &mut Value, field: &Field) -> bool {
    let pointer = pointer(field);
    let Some((above, key)) = pointer.rsplit_once('/') else {
        return false;
    };
    let group = data.pointer_mut(above).and_then(Value::as_object_mut);
    group
        .and_then(|group: &mut Map<String, Value>| group.remove(key))
        .is_some()
}

/// Where a field stands, for plain paths such as `$.card.number`; others lead nowhere.
fn pointer(field: &Field) -> String {
    let path = match field.path.as_str() {
        "" => field.key.as_str(),
        path => path.trim_start_matches("$."),
    };
    format!("/{}", path.replace('.', "/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_shape_lacks_a_field_and_has_one_of_another_type() {
        let fields: Vec<Field> = serde_json::from_value(json!([
            { "key": "status", "kind": { "type": "text" }, "path": "$.check.status" },
            { "key": "days", "kind": { "type": "integer" } },
            { "key": "note", "kind": { "type": "text" }, "optional": true },
        ]))
        .unwrap();
        let wrong = misshapen(&json!({ "check": { "status": "ok" }, "days": 3, "note": "" }), &fields);
        let expected = json!({ "check": {}, "days": { "unexpected": [1, 2, 3] }, "note": "" });
        assert_eq!(wrong, expected);
        assert_eq!(misshapen(&json!("text"), &[]), json!({ "unexpected": [1, 2, 3] }));
    }

    #[test]
    fn a_call_for_the_terminal_survives_what_stands_in_it() {
        let line = curl(
            "http://127.0.0.1:1/webhooks/x",
            "conversation_1",
            &json!({ "name": "O'Brien" }),
        );
        assert!(line.contains(r#""name":"O'\''Brien""#), "{line}");
    }
}
