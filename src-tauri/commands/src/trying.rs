//! Trying an action: its request as it would go out, and what really comes back.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use taskwright_connect::{Connection, Looked};
use taskwright_domain::{
    Action, ActionId, ActionInput, AttributeType, CallMode, Difference, EffectId, FailureCause, Field, FileId, Method,
    StoredFile, Stub, StubAnswer, Value,
};
use taskwright_engine::{ActionCall, ValueContext, cover, difference};
use taskwright_language::values::parse;
use ts_rs::TS;

use crate::app::{App, new_id};
use crate::error::{CommandError, ErrorCode};

/// Stands for what is never shown.
const UNSEEN: &str = "•••";
/// Values of an answer whose types are offered.
const MOST_OFFERED: usize = 3_000;
/// Characters of an answer that is no JSON.
const LONGEST_TEXT: usize = 20_000;

/// An action to be tried.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct TryAction {
    /// Which.
    pub action: ActionId,
    /// Sample values by input key, as people write them; lists and groups as JSON.
    pub inputs: BTreeMap<String, String>,
    /// Where it goes: the test or the live system.
    pub calls: CallMode,
    /// Somebody has read that this really changes data.
    #[serde(default)]
    pub really: bool,
}

/// A request as it would go out; secrets are masked.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ShownRequest {
    /// The method.
    pub method: Method,
    /// The whole address.
    pub url: String,
    /// The headers, in order.
    pub headers: Vec<ShownHeader>,
    /// The body, if there is one.
    pub body: Option<String>,
}

/// A header.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ShownHeader {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: String,
}

/// What came of trying an action.
#[derive(Debug, Clone, Serialize, TS)]
pub struct TriedAction {
    /// What was sent.
    pub request: ShownRequest,
    /// How long it took.
    pub ms: u64,
    /// What came back.
    pub outcome: TriedOutcome,
    /// The same as a sample answer, if it can be one.
    pub stub: Option<Stub>,
}

/// What came back.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum TriedOutcome {
    /// An answer, good or bad.
    Answered {
        /// Its status.
        status: u16,
        /// Its headers.
        headers: Vec<ShownHeader>,
        /// Its body as JSON; what is redacted is masked.
        #[ts(type = "unknown")]
        json: Option<Json>,
        /// Its body, where it is no JSON.
        text: Option<String>,
        /// Where it differs from what the action gives.
        differences: Vec<Difference>,
        /// What each value of the JSON most likely is, by JSON pointer.
        types: BTreeMap<String, AttributeType>,
    },
    /// No answer.
    Failed {
        /// Why.
        cause: FailureCause,
    },
}

pub(crate) async fn show_request(app: &App, _origin: &str, args: TryAction) -> Result<ShownRequest, CommandError> {
    let (call, connection) = prepared(app, &args).await?;
    shown(app, &call, &connection)
}

fn shown(app: &App, call: &ActionCall, connection: &Connection) -> Result<ShownRequest, CommandError> {
    let request = app.inner.calls.client().preview(call, connection).map_err(told)?;
    Ok(ShownRequest {
        method: request.method,
        url: request.url,
        headers: headers(request.headers),
        body: request.body,
    })
}

fn headers(headers: Vec<(String, String)>) -> Vec<ShownHeader> {
    let headers = headers.into_iter();
    headers.map(|(name, value)| ShownHeader { name, value }).collect()
}

pub(crate) async fn try_action(app: &App, _origin: &str, args: TryAction) -> Result<TriedAction, CommandError> {
    let (call, connection) = prepared(app, &args).await?;
    if call.action.changes_data && args.calls == CallMode::Live && !args.really {
        let message = "This will really change data in the live system. Confirm that before it is sent.";
        return Err(CommandError::new(ErrorCode::Conflict, message).at("/really"));
    }
    let request = shown(app, &call, &connection)?;
    let began = std::time::Instant::now();
    let looked = app.inner.calls.client().look(&call, &connection).await;
    let ms = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
    let (outcome, stub) = match looked {
        Ok(looked) => answered(looked, &call),
        Err(cause) => {
            let stub = sample(&cause);
            (TriedOutcome::Failed { cause }, stub)
        }
    };
    Ok(TriedAction {
        request,
        ms,
        outcome,
        stub,
    })
}

async fn prepared(app: &App, args: &TryAction) -> Result<(ActionCall, Connection), CommandError> {
    let snapshot = app.snapshot();
    let action = snapshot.content.actions.iter().find(|action| action.id == args.action);
    let action = action.ok_or_else(|| CommandError::not_found("This action"))?;
    let connection = app.inner.calls.connection(action, args.calls).await.map_err(told)?;
    let connection = connection.ok_or_else(|| no_address(args.calls))?;
    let now = jiff::Timestamp::from_millisecond(app.now()).map_err(|error| CommandError::host(error.to_string()))?;
    let context = ValueContext {
        settings: &snapshot.settings,
        now,
    };
    let call = ActionCall {
        inputs: inputs(action, &args.inputs, &context)?,
        action: action.clone(),
        calls: args.calls,
        // Every try is a call of its own.
        key: EffectId::new(format!("try_{}", new_id())),
        settings: snapshot.settings.clone(),
        now,
    };
    Ok((call, connection))
}

fn no_address(calls: CallMode) -> CommandError {
    let system = if calls == CallMode::Live { "live" } else { "test" };
    let message = format!(
        "There is no address of the {system} system for this action yet. Confirm one under Settings, Connections."
    );
    CommandError::new(ErrorCode::NotFound, message).at("/calls")
}

fn inputs(
    action: &Action,
    given: &BTreeMap<String, String>,
    context: &ValueContext<'_>,
) -> Result<BTreeMap<String, Value>, CommandError> {
    let mut values = BTreeMap::new();
    for input in &action.inputs {
        let field = format!("/inputs/{}", input.key);
        let text = given
            .get(&input.key)
            .map(|text| text.trim())
            .filter(|text| !text.is_empty());
        let Some(text) = text.or(input.default.as_deref()) else {
            if input.optional {
                continue;
            }
            return Err(CommandError::bad_request(format!("{} needs a sample value.", input.label())).at(&field));
        };
        let allowed = input.allowed.is_empty() || input.allowed.iter().any(|one| one.eq_ignore_ascii_case(text));
        let value = typed(input, text, context).filter(|_| allowed);
        let value = value.ok_or_else(|| {
            let message = format!("\"{text}\" does not fit {}: {}.", input.label(), expected(input));
            CommandError::bad_request(message).at(&field)
        })?;
        values.insert(input.key.clone(), value);
    }
    Ok(values)
}

/// A sample as the value it stands for.
fn typed(input: &ActionInput, text: &str, context: &ValueContext<'_>) -> Option<Value> {
    match &input.kind {
        AttributeType::Text
        | AttributeType::PersonName
        | AttributeType::Address
        | AttributeType::Place
        | AttributeType::Identifier { .. } => Some(Value::Text(text.to_owned())),
        AttributeType::Image | AttributeType::File => Some(Value::File(StoredFile {
            file: FileId(text.to_owned()),
            name: String::new(),
        })),
        AttributeType::Object { .. } => of_json(&input.kind, &serde_json::from_str(text).ok()?, context),
        AttributeType::List { .. } => {
            let json = serde_json::from_str(text).unwrap_or_else(|_| listed(text));
            of_json(&input.kind, &json, context)
        }
        kind => parse(kind, text, context),
    }
}

/// "a, b" as people write a list.
fn listed(text: &str) -> Json {
    text.split([',', '\n'])
        .map(str::trim)
        .filter(|item| !item.is_empty())
        .collect()
}

fn of_json(kind: &AttributeType, json: &Json, context: &ValueContext<'_>) -> Option<Value> {
    let whole = Field {
        key: "value".to_owned(),
        name: String::new(),
        kind: kind.clone(),
        path: "$".to_owned(),
        redacted: false,
        optional: false,
    };
    difference(&[whole], json, context).ok()?.remove("value")
}

fn expected(input: &ActionInput) -> String {
    if !input.allowed.is_empty() {
        return format!("write one of {}", input.allowed.join(", "));
    }
    match &input.kind {
        AttributeType::Choice { options } => format!("write one of {}", options.join(", ")),
        AttributeType::Integer => "write a whole number, e.g. 3".to_owned(),
        AttributeType::Decimal => "write a number, e.g. 2.5".to_owned(),
        AttributeType::Amount => "write an amount, e.g. 79.00 EUR".to_owned(),
        AttributeType::Boolean => "write yes or no".to_owned(),
        AttributeType::Date => "write a date, e.g. 2026-12-24".to_owned(),
        AttributeType::Time => "write a time, e.g. 17:30".to_owned(),
        AttributeType::DateTime => "write a day and a time, e.g. 2026-12-24 17:30".to_owned(),
        AttributeType::Email => "write an e-mail address".to_owned(),
        AttributeType::Phone => "write a phone number, e.g. +43 660 1234567".to_owned(),
        AttributeType::Object { .. } => "write a group of fields as JSON".to_owned(),
        AttributeType::List { .. } => "write its items with commas between them, or as JSON".to_owned(),
        _ => "write it as a customer would".to_owned(),
    }
}

/// An answer as it may be seen, set beside what the action promises.
fn answered(looked: Looked, call: &ActionCall) -> (TriedOutcome, Option<Stub>) {
    let outputs = &call.action.outputs;
    let body = looked.body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&looked.body);
    let json: Option<Json> = if body.trim_ascii().is_empty() {
        None
    } else {
        serde_json::from_slice(body).ok()
    };
    let text = json.is_none().then(|| {
        String::from_utf8_lossy(body)
            .chars()
            .take(LONGEST_TEXT)
            .collect::<String>()
    });
    let context = ValueContext {
        settings: &call.settings,
        now: call.now,
    };
    let good = (200..300).contains(&looked.status);
    let read = json.clone().unwrap_or(Json::Null);
    let differences = if good && !outputs.is_empty() {
        difference(outputs, &read, &context).err().unwrap_or_default()
    } else {
        Vec::new()
    };
    let covered = json.clone().map(|mut json| {
        cover(&mut json, outputs, &|_| Json::from(UNSEEN));
        json
    });
    let stub = stub_of(looked.status, json, outputs);
    let types = covered.as_ref().map(types_of).unwrap_or_default();
    let outcome = TriedOutcome::Answered {
        status: looked.status,
        headers: headers(looked.headers),
        json: covered,
        text: text.filter(|text| !text.trim().is_empty()),
        differences,
        types,
    };
    (outcome, stub)
}

/// A real answer as a sample: what is redacted is replaced by something of its type.
fn stub_of(status: u16, json: Option<Json>, outputs: &[Field]) -> Option<Stub> {
    let answer = match status {
        404 => StubAnswer::Failure {
            cause: FailureCause::NotFound,
        },
        200..=299 => {
            let mut body = json.unwrap_or(Json::Null);
            cover(&mut body, outputs, &stand_in);
            StubAnswer::Http { status, body }
        }
        status => StubAnswer::Failure {
            cause: FailureCause::Status { status },
        },
    };
    Some(Stub {
        name: format!("Real answer ({status})"),
        when: BTreeMap::new(),
        answer,
        delay_ms: 0,
    })
}

/// Something that fits a field and tells nothing.
fn stand_in(field: &Field) -> Json {
    match &field.kind {
        AttributeType::Integer => Json::from(0),
        AttributeType::Decimal => Json::from(0.5),
        AttributeType::Amount => serde_json::json!({ "amount": "0.00", "currency": "EUR" }),
        AttributeType::Boolean => Json::from(false),
        AttributeType::Date => Json::from("2000-01-01"),
        AttributeType::Time => Json::from("00:00"),
        AttributeType::DateTime => Json::from("2000-01-01T00:00:00Z"),
        AttributeType::Email => Json::from("nobody@example.com"),
        AttributeType::Choice { options } => Json::from(options.first().cloned().unwrap_or_default()),
        AttributeType::Object { fields } => {
            let fields = fields.iter().map(|field| (field.key.clone(), stand_in(field)));
            Json::Object(fields.collect())
        }
        AttributeType::List { .. } => Json::Array(Vec::new()),
        _ => Json::from(UNSEEN),
    }
}

/// A call that gave nothing, as a sample of just that.
fn sample(cause: &FailureCause) -> Option<Stub> {
    let name = match cause {
        FailureCause::Timeout => "Does not answer in time",
        FailureCause::Unreachable => "Cannot be reached",
        FailureCause::Cut => "Breaks off",
        FailureCause::TooLarge => "Answers too much",
        _ => return None,
    };
    Some(Stub {
        name: name.to_owned(),
        when: BTreeMap::new(),
        answer: StubAnswer::Failure { cause: cause.clone() },
        delay_ms: 0,
    })
}

/// What each value most likely is, groups before their parts.
fn types_of(json: &Json) -> BTreeMap<String, AttributeType> {
    let mut types = BTreeMap::new();
    let mut open = std::collections::VecDeque::from([(String::new(), String::new(), json)]);
    while let Some((pointer, name, json)) = open.pop_front() {
        if types.len() >= MOST_OFFERED {
            break;
        }
        types.insert(pointer.clone(), taskwright_import::infer::type_of(&name, json));
        match json {
            Json::Object(fields) => open.extend(fields.iter().map(|(key, value)| {
                let step = key.replace('~', "~0").replace('/', "~1");
                (format!("{pointer}/{step}"), key.clone(), value)
            })),
            Json::Array(items) => {
                let items = items.iter().enumerate();
                open.extend(items.map(|(at, value)| (format!("{pointer}/{at}"), name.clone(), value)));
            }
            _ => {}
        }
    }
    types
}

/// What keeps a request from going out, for its author.
fn told(cause: FailureCause) -> CommandError {
    let message = match cause {
        FailureCause::BadRequest { reason } => format!("The request cannot be built: {reason}."),
        FailureCause::Refused { reason } => format!("The request is not sent: {reason}."),
        FailureCause::NotConnected => "This action is not connected yet: it has no request.".to_owned(),
        other => format!("The request cannot be shown: {other:?}."),
    };
    CommandError::bad_request(message)
}
