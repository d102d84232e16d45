//! Faults for the next requests. They live in memory only and are no change of the shop.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::json;

use crate::app::{App, locked};
use crate::error::Refusal;
use crate::fault::{Fault, WaitingFault};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct FaultBody {
    path_prefix: String,
    fault: String,
    #[serde(default = "once")]
    times: u32,
}

const fn once() -> u32 {
    1
}

/// `POST /faults`: the next `times` requests below `path_prefix` fail.
pub(crate) async fn add(State(app): State<App>, Json(body): Json<FaultBody>) -> Response {
    match Fault::named(&body.fault) {
        Ok(_) if body.times == 0 => Refusal::does_not_fit("no_times", "times must be at least 1").into_response(),
        Ok(fault) => {
            locked(&app.faults).push(WaitingFault {
                path_prefix: body.path_prefix,
                fault,
                times: body.times,
            });
            (
                StatusCode::CREATED,
                Json(json!({ "waiting": locked(&app.faults).len() })),
            )
                .into_response()
        }
        Err(refusal) => refusal.into_response(),
    }
}

/// `DELETE /faults`: no request fails any more.
pub(crate) async fn clear(State(app): State<App>) -> StatusCode {
    locked(&app.faults).clear();
    StatusCode::NO_CONTENT
}
