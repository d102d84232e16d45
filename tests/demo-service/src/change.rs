//! Changes: made once for each `Idempotency-Key`, and written into the ledger together with what they change.

use axum::body::{Bytes, to_bytes};
use axum::extract::{FromRequest, Request};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};
use serde::de::DeserializeOwned;
use serde_json::Value as Json;

use crate::app::App;
use crate::database::NOW;
use crate::error::Refusal;

/// The header a caller puts its key into.
pub(crate) const KEY: &str = "idempotency-key";
const REPLAYED: HeaderName = HeaderName::from_static("idempotent-replayed");
const MOST_BYTES: usize = 64 * 1024;

/// What a caller asks to change.
pub(crate) struct Asked {
    key: Option<String>,
    what: String,
    body: Json,
}

/// What was changed: the row for the ledger and the answer.
pub(crate) struct Done {
    pub(crate) kind: &'static str,
    pub(crate) subject: String,
    pub(crate) status: StatusCode,
    pub(crate) answer: Json,
}

struct Answer {
    status: StatusCode,
    body: String,
    replayed: bool,
}

impl<S: Send + Sync> FromRequest<S> for Asked {
    type Rejection = Refusal;

    async fn from_request(request: Request, _: &S) -> Result<Self, Refusal> {
        let (parts, body) = request.into_parts();
        let key = match parts.headers.get(KEY).map(|key| key.to_str()) {
            None => None,
            Some(Ok(key)) if (1..=255).contains(&key.len()) => Some(key.to_owned()),
            Some(_) => {
                return Err(Refusal::malformed(
                    "Idempotency-Key must have 1 to 255 plain characters",
                ));
            }
        };
        let bytes = to_bytes(body, MOST_BYTES)
            .await
            .map_err(|_| Refusal::malformed("the body is larger than 64 KB"))?;
        Ok(Self {
            key,
            what: format!("{} {}", parts.method, parts.uri.path()),
            body: parse(&bytes)?,
        })
    }
}

fn parse(bytes: &Bytes) -> Result<Json, Refusal> {
    if bytes.is_empty() {
        return Ok(Json::Object(serde_json::Map::new()));
    }
    serde_json::from_slice(bytes).map_err(|error| Refusal::malformed(format!("the body is no JSON: {error}")))
}

impl App {
    /// Makes a change, or repeats the answer it had when the same key asked for it before.
    pub(crate) async fn change<B: DeserializeOwned + 'static>(
        &self,
        asked: Asked,
        work: impl FnOnce(&Transaction<'_>, B) -> Result<Done, Refusal> + Send + 'static,
    ) -> Response {
        match self.run(move |connection| make(connection, &asked, work)).await {
            Ok(answer) => answer.into_response(),
            Err(refusal) => refusal.into_response(),
        }
    }
}

fn make<B: DeserializeOwned>(
    connection: &mut Connection,
    asked: &Asked,
    work: impl FnOnce(&Transaction<'_>, B) -> Result<Done, Refusal>,
) -> Result<Answer, Refusal> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    if let Some(answer) = answered_before(&transaction, asked)? {
        return Ok(answer);
    }
    let body = serde_json::from_value(asked.body.clone())
        .map_err(|error| Refusal::does_not_fit("invalid_body", error.to_string()))?;
    let answer = match work(&transaction, body) {
        Ok(done) => {
            record(&transaction, asked, &done)?;
            Answer {
                status: done.status,
                body: done.answer.to_string(),
                replayed: false,
            }
        }
        // A refusal is an answer too, and stays the same for the same key; a failure of the service is none.
        Err(refusal) if refusal.status.is_client_error() => Answer {
            status: refusal.status,
            body: refusal.body().to_string(),
            replayed: false,
        },
        Err(failure) => return Err(failure),
    };
    remember(&transaction, asked, &answer)?;
    transaction.commit()?;
    Ok(answer)
}

fn answered_before(transaction: &Transaction<'_>, asked: &Asked) -> Result<Option<Answer>, Refusal> {
    let row: Option<(String, u16, String)> = transaction
        .query_row(
            "SELECT fingerprint, status, body FROM answers WHERE key = ?1",
            [&asked.key],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
        )
        .optional()?;
    let Some((fingerprint, status, body)) = row else {
        return Ok(None);
    };
    if fingerprint != asked.fingerprint() {
        let message = "this Idempotency-Key was used for another request; use a new key";
        return Err(Refusal::does_not_fit("idempotency_key_reused", message));
    }
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    Ok(Some(Answer {
        status,
        body,
        replayed: true,
    }))
}

fn record(transaction: &Transaction<'_>, asked: &Asked, done: &Done) -> rusqlite::Result<()> {
    transaction.execute(
        &format!("INSERT INTO ledger (at, kind, subject, key, body) VALUES ({NOW}, ?1, ?2, ?3, ?4)"),
        params![done.kind, done.subject, asked.key, asked.body.to_string()],
    )?;
    Ok(())
}

fn remember(transaction: &Transaction<'_>, asked: &Asked, answer: &Answer) -> rusqlite::Result<()> {
    if let Some(key) = &asked.key {
        transaction.execute(
            "INSERT INTO answers (key, fingerprint, status, body) VALUES (?1, ?2, ?3, ?4)",
            params![key, asked.fingerprint(), answer.status.as_u16(), answer.body],
        )?;
    }
    Ok(())
}

impl Asked {
    /// Equal for equal requests, whatever the order and spacing of the JSON.
    fn fingerprint(&self) -> String {
        format!("{} {}", self.what, self.body)
    }
}

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        let mut response = (self.status, [(CONTENT_TYPE, "application/json")], self.body).into_response();
        if self.replayed {
            response
                .headers_mut()
                .insert(REPLAYED, HeaderValue::from_static("true"));
        }
        response
    }
}
