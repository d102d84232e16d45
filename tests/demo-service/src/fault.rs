//! Failing on demand: by a header on one request, or for the next requests below a path.

use std::time::Duration;

use axum::Json;
use axum::body::to_bytes;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::http::header::RETRY_AFTER;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde_json::json;

use crate::app::{App, locked};
use crate::change::KEY;
use crate::error::Refusal;
use crate::request_log;

const HEADER: &str = "x-demo-fault";
const HELD: Duration = Duration::from_secs(120);

/// A way to fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// Nothing is done and nothing comes back for two minutes.
    Timeout,
    /// The work is done, but nothing comes back for two minutes.
    TimeoutAfter,
    /// Nothing is done; the answer is 500.
    Broken,
    /// The work is done; the answer is 500.
    BrokenAfter,
    /// Nothing is done; the answer is 401, 403, 404 or 409.
    Refused(StatusCode),
    /// Nothing is done; the answer is 429.
    TooMany,
    /// The work is done; the answer is cut off.
    BadJson,
    /// The work is done; the answer has none of the promised fields.
    WrongShape,
    /// The work is done after a while.
    Slow(Duration),
}

/// A fault that waits for requests below a path.
#[derive(Debug)]
pub(crate) struct WaitingFault {
    pub(crate) path_prefix: String,
    pub(crate) fault: Fault,
    pub(crate) times: u32,
}

impl Fault {
    /// The fault with this name.
    pub(crate) fn named(name: &str) -> Result<Self, Refusal> {
        match name {
            "timeout" => Ok(Self::Timeout),
            "timeout_after" => Ok(Self::TimeoutAfter),
            "500" => Ok(Self::Broken),
            "500_after" => Ok(Self::BrokenAfter),
            "401" => Ok(Self::Refused(StatusCode::UNAUTHORIZED)),
            "403" => Ok(Self::Refused(StatusCode::FORBIDDEN)),
            "404" => Ok(Self::Refused(StatusCode::NOT_FOUND)),
            "409" => Ok(Self::Refused(StatusCode::CONFLICT)),
            "429" => Ok(Self::TooMany),
            "bad_json" => Ok(Self::BadJson),
            "wrong_shape" => Ok(Self::WrongShape),
            _ => name
                .strip_prefix("slow:")
                .and_then(|ms| ms.parse().ok())
                .map(|ms| Self::Slow(Duration::from_millis(ms)))
                .ok_or_else(|| Refusal::does_not_fit("unknown_fault", format!("there is no fault `{name}`"))),
        }
    }
}

/// Counts a request, and fails it where that was asked for.
pub(crate) async fn count_and_fail(State(app): State<App>, request: Request, next: Next) -> Response {
    let fault = match chosen(&app, &request) {
        Ok(fault) => fault,
        Err(refusal) => return refusal.into_response(),
    };
    let key = request
        .headers()
        .get(KEY)
        .and_then(|key| key.to_str().ok())
        .map(str::to_owned);
    let received = request_log::Received {
        method: request.method().to_string(),
        path: request.uri().path().to_owned(),
        key,
        fault: fault.map(|fault| format!("{fault:?}")),
    };
    if let Err(refusal) = app
        .run(move |connection| Ok(request_log::write(connection, &received)?))
        .await
    {
        return refusal.into_response();
    }
    match fault {
        None => next.run(request).await,
        Some(fault) => fail(&app, fault, request, next).await,
    }
}

fn chosen(app: &App, request: &Request) -> Result<Option<Fault>, Refusal> {
    if let Some(header) = request.headers().get(HEADER) {
        return Fault::named(header.to_str().unwrap_or_default()).map(Some);
    }
    let path = request.uri().path();
    let mut waiting = locked(&app.faults);
    let found = waiting.iter_mut().find(|fault| path.starts_with(&fault.path_prefix));
    let fault = found.map(|fault| {
        fault.times -= 1;
        fault.fault
    });
    waiting.retain(|fault| fault.times > 0);
    Ok(fault)
}

async fn fail(app: &App, fault: Fault, request: Request, next: Next) -> Response {
    match fault {
        Fault::Timeout => hold(app).await,
        Fault::TimeoutAfter => {
            next.run(request).await;
            hold(app).await
        }
        Fault::Broken => broken(),
        Fault::BrokenAfter => {
            next.run(request).await;
            broken()
        }
        Fault::Refused(status) => Refusal::new(status, "refused", "not now").into_response(),
        Fault::TooMany => {
            let refusal = Refusal::new(StatusCode::TOO_MANY_REQUESTS, "too_many_requests", "slow down");
            ([(RETRY_AFTER, "1")], refusal).into_response()
        }
        Fault::BadJson => cut_off(next.run(request).await).await,
        Fault::WrongShape => {
            let status = next.run(request).await.status();
            (status, Json(json!({ "unexpected": [1, 2, 3] }))).into_response()
        }
        Fault::Slow(time) => {
            pause(app, time).await;
            next.run(request).await
        }
    }
}

async fn hold(app: &App) -> Response {
    pause(app, HELD).await;
    Refusal::new(StatusCode::GATEWAY_TIMEOUT, "timeout", "no answer in time").into_response()
}

/// Waits, but never longer than the service runs.
async fn pause(app: &App, time: Duration) {
    let mut stopping = app.stopping.clone();
    tokio::select! {
        () = tokio::time::sleep(time) => {}
        // An error means that the service is gone, which ends the wait as well.
        _ = stopping.wait_for(|stopping| *stopping) => {}
    }
}

fn broken() -> Response {
    Refusal::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", "something broke").into_response()
}

async fn cut_off(response: Response) -> Response {
    let (mut parts, body) = response.into_parts();
    let whole = to_bytes(body, usize::MAX).await.unwrap_or_default();
    parts.headers.remove(axum::http::header::CONTENT_LENGTH);
    Response::from_parts(parts, whole.slice(..whole.len() / 2).into())
}
