//! One request: its limits, and what it is answered.

use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Json, Router};
use taskwright_commands::App;
use taskwright_commands::webhooks::{CallAnswer, IncomingCall};
use uuid::Uuid;

use super::limits::Limits;
use crate::custom::{self, Quotas};

/// The largest call: what payment providers send is a tenth of it.
const LARGEST: usize = 256 << 10;

const KEY: HeaderName = HeaderName::from_static("idempotency-key");
const REQUEST: HeaderName = HeaderName::from_static("x-request-id");
const REPLAYED: HeaderName = HeaderName::from_static("idempotent-replayed");

/// What every request needs.
#[derive(Clone)]
struct Desk {
    app: App,
    limits: Arc<Limits>,
    /// How long a caller may take to send what it has to say.
    sending: Duration,
}

/// Everything that is served here.
pub(super) fn router(app: App, sending: Duration) -> Router {
    let events = custom::router(app.clone(), Quotas::default(), sending);
    let desk = Desk {
        app,
        limits: Arc::default(),
        sending,
    };
    Router::new()
        .route("/webhooks/{token}", post(called).fallback(not_posted))
        .with_state(desk)
        .merge(events)
        .fallback(nothing_here)
}

async fn called(State(desk): State<Desk>, Path(token): Path<String>, headers: HeaderMap, body: Body) -> Response {
    let request = request_id();
    match read(&desk, &token, &headers, body, &request).await {
        Ok(call) => respond(desk.app.call_back(call).await, &request),
        Err(refused) => refused,
    }
}

/// What was sent, or the refusal.
async fn read(
    desk: &Desk,
    token: &str,
    headers: &HeaderMap,
    body: Body,
    request: &str,
) -> Result<IncomingCall, Response> {
    let refuse = |status, code, message: &str| respond(CallAnswer::refused(status, code, message, request), request);
    let known = desk.app.is_webhook_address(token);
    if let Err(wait) = desk.limits.count(known.then_some(token)) {
        let seconds = wait.as_secs() + 1;
        let message = format!("Too many calls. Call again in {seconds} seconds.");
        let mut response = refuse(429, "rate_limited", &message);
        response
            .headers_mut()
            .insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        return Err(response);
    }
    if !known {
        return Err(refuse(
            404,
            "not_found",
            "There is no such address. It may belong to another workspace.",
        ));
    }
    let key = match headers.get(KEY).map(HeaderValue::to_str) {
        None => None,
        Some(Ok(key)) => Some(key.to_owned()),
        Some(Err(_)) => return Err(refuse(400, "data_invalid", "Idempotency-Key must be plain text.")),
    };
    let bytes = match tokio::time::timeout(desk.sending, to_bytes(body, LARGEST)).await {
        Ok(Ok(bytes)) => bytes,
        Ok(Err(_)) => {
            let message = format!("What was sent was cut off, or has more than {} KB.", LARGEST >> 10);
            return Err(refuse(413, "too_large", &message));
        }
        Err(_) => return Err(refuse(408, "timeout", "It took too long to send. Call again.")),
    };
    let body = serde_json::from_slice(&bytes).map_err(|error| {
        let message = format!("What was sent is no JSON: {error}.");
        refuse(400, "data_invalid", &message)
    })?;
    Ok(IncomingCall {
        token: token.to_owned(),
        key,
        body,
        request: request.to_owned(),
    })
}

fn respond(answer: CallAnswer, request: &str) -> Response {
    let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = (status, Json(answer.body)).into_response();
    let headers = response.headers_mut();
    if let Ok(request) = HeaderValue::from_str(request) {
        headers.insert(REQUEST, request);
    }
    if answer.replayed {
        headers.insert(REPLAYED, HeaderValue::from_static("true"));
    }
    response
}

async fn not_posted() -> Response {
    let request = request_id();
    let message = "Webhooks are sent here with POST and a JSON body.";
    respond(
        CallAnswer::refused(405, "method_not_allowed", message, &request),
        &request,
    )
}

async fn nothing_here() -> Response {
    let request = request_id();
    let message = "Nothing is here. Webhooks go to /webhooks/ and an address that Taskwright shows, events to /custom_channel_events/.";
    respond(CallAnswer::refused(404, "not_found", message, &request), &request)
}

fn request_id() -> String {
    format!("request_{}", Uuid::now_v7().simple())
}
