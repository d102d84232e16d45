//! A service that writes down what arrives and answers what it is told to.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use taskwright_connect::{Client, Connection, Secret};
use taskwright_domain::{ActionResult, AttributeType, CallMode, EffectId, Settings, Value};
use taskwright_engine::{ActionCall, ValueContext};
use taskwright_import::Draft;

/// A request as it arrived.
#[derive(Debug, Clone, Default)]
pub(crate) struct Arrived {
    pub(crate) method: String,
    /// Path and query.
    pub(crate) target: String,
    pub(crate) headers: BTreeMap<String, String>,
    pub(crate) body: String,
}

#[derive(Clone, Default)]
struct Told {
    arrived: Arc<Mutex<Option<Arrived>>>,
    answer: Arc<Mutex<Option<(u16, String)>>>,
}

/// A service that runs until it is dropped.
pub(crate) struct Recorder {
    pub(crate) base: String,
    told: Told,
    client: Client,
}

pub(crate) fn now() -> jiff::Timestamp {
    "2026-11-21T10:00:00Z".parse().unwrap()
}

impl Arrived {
    /// The fields of a form, decoded and in order.
    pub(crate) fn form(&self) -> Vec<(String, String)> {
        form(&self.body)
    }
}

/// The fields of a form as it is written on the wire.
pub(crate) fn form(text: &str) -> Vec<(String, String)> {
    let decoded = |part: &str| {
        let part = part.replace('+', " ");
        percent_encoding::percent_decode_str(&part)
            .decode_utf8()
            .unwrap()
            .into_owned()
    };
    let pairs = text.split('&').filter_map(|pair| pair.split_once('='));
    pairs.map(|(name, value)| (decoded(name), decoded(value))).collect()
}

impl Recorder {
    pub(crate) async fn start() -> Self {
        let told = Told::default();
        let router = Router::new().fallback(answer).with_state(told.clone());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self {
            base,
            told,
            client: Client::new().unwrap(),
        }
    }

    /// What the next call is answered.
    pub(crate) fn answers(&self, status: u16, body: &str) {
        *self.told.answer.lock().unwrap() = Some((status, body.to_owned()));
    }

    /// Calls what was imported with these values; those of the example where none is given.
    pub(crate) async fn call(
        &self,
        draft: &Draft,
        values: &[(&str, &str)],
        secrets: &[(&str, &str)],
    ) -> (ActionResult, Arrived) {
        let settings = Settings::default();
        let mut inputs = BTreeMap::new();
        for input in &draft.action.inputs {
            let given = values
                .iter()
                .find(|(key, _)| *key == input.key)
                .map(|(_, value)| (*value).to_owned());
            let Some(text) = given.or_else(|| draft.samples.get(&input.key).cloned()) else {
                assert!(input.optional, "{} needs a value: {draft:#?}", input.key);
                continue;
            };
            inputs.insert(input.key.clone(), typed(&input.kind, &text, &settings));
        }
        // The path below the suggested base stays; only the host is this machine's.
        let path = draft
            .base_url
            .as_deref()
            .and_then(|base| base.splitn(4, '/').nth(3))
            .unwrap_or_default();
        let mut connection = Connection::confirmed(format!("{}/{path}", self.base).trim_end_matches('/'));
        for (name, value) in secrets {
            let secret = Secret::bound_to(*value, [self.base.as_str()]);
            connection.secrets.insert((*name).to_owned(), secret);
        }
        let call = ActionCall {
            action: draft.action.clone(),
            inputs,
            calls: CallMode::Test,
            key: EffectId::new("key"),
            settings,
            now: now(),
        };
        let result = self.client.call(&call, &connection).await;
        let arrived = self.told.arrived.lock().unwrap().take();
        (
            result.clone(),
            arrived.unwrap_or_else(|| panic!("nothing arrived: {result:?}")),
        )
    }
}

/// A sample as the value that the input takes.
fn typed(kind: &AttributeType, text: &str, settings: &Settings) -> Value {
    let context = ValueContext { settings, now: now() };
    if let AttributeType::List { .. } = kind {
        let field = taskwright_domain::Field {
            key: "value".into(),
            name: String::new(),
            kind: kind.clone(),
            path: "$".into(),
            redacted: false,
            optional: false,
        };
        let json = serde_json::from_str(text).unwrap();
        return taskwright_engine::difference(&[field], &json, &context)
            .unwrap()
            .remove("value")
            .unwrap();
    }
    match kind {
        AttributeType::Integer => Value::Integer(text.parse().unwrap()),
        AttributeType::Decimal => Value::Decimal(text.parse().unwrap()),
        AttributeType::Boolean => Value::Boolean(text == "true"),
        AttributeType::Date => Value::Date(text.parse().unwrap()),
        AttributeType::DateTime => Value::DateTime(text.parse().unwrap()),
        AttributeType::Choice { .. } => Value::Choice(text.to_owned()),
        _ => Value::Text(text.to_owned()),
    }
}

async fn answer(State(told): State<Told>, method: Method, uri: Uri, headers: HeaderMap, body: Bytes) -> Response {
    let headers = headers
        .iter()
        .map(|(name, value)| (name.to_string(), value.to_str().unwrap_or_default().to_owned()));
    *told.arrived.lock().unwrap() = Some(Arrived {
        method: method.to_string(),
        target: uri.path_and_query().map(ToString::to_string).unwrap_or_default(),
        headers: headers.collect(),
        body: String::from_utf8_lossy(&body).into_owned(),
    });
    let (status, body) = told.answer.lock().unwrap().take().unwrap_or((200, "{}".to_owned()));
    (
        StatusCode::from_u16(status).unwrap(),
        [(header::CONTENT_TYPE, "application/json")],
        body,
    )
        .into_response()
}
