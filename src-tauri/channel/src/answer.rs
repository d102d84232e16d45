//! Results of commands as HTTP answers.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use taskwright_commands::{CommandError, ErrorCode};

/// The result, or the error with a fitting status. The page reads the error's code, not the status.
pub(crate) fn answer<T: Serialize>(result: Result<T, CommandError>) -> Response {
    match result {
        Ok(result) => Json(result).into_response(),
        Err(error) => (status(error.code), Json(error)).into_response(),
    }
}

fn status(code: ErrorCode) -> StatusCode {
    match code {
        ErrorCode::BadRequest | ErrorCode::BadBundle | ErrorCode::Misfit => StatusCode::BAD_REQUEST,
        ErrorCode::NotFound => StatusCode::NOT_FOUND,
        ErrorCode::Conflict | ErrorCode::Problems | ErrorCode::Held => StatusCode::CONFLICT,
        ErrorCode::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        ErrorCode::Closed => StatusCode::SERVICE_UNAVAILABLE,
        ErrorCode::Full => StatusCode::INSUFFICIENT_STORAGE,
        ErrorCode::Newer | ErrorCode::Damaged | ErrorCode::Host | ErrorCode::Internal => {
            StatusCode::INTERNAL_SERVER_ERROR
        }
    }
}
