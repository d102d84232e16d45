//! App sessions, as support sees them.

use axum::Json;
use axum::extract::{Path, State};
use rusqlite::OptionalExtension;
use serde_json::{Value, json};

use crate::app::App;
use crate::error::Refusal;

/// `GET /sessions/{session_id}`
pub(crate) async fn show(State(app): State<App>, Path(id): Path<String>) -> Result<Json<Value>, Refusal> {
    app.run(move |connection| {
        let sql =
            "SELECT session_id, device, app_version, last_error_code, started_at FROM sessions WHERE session_id = ?1";
        let session = connection
            .query_row(sql, [&id], |row| {
                Ok(json!({
                    "session_id": row.get::<_, String>(0)?,
                    "device": row.get::<_, String>(1)?,
                    "app_version": row.get::<_, String>(2)?,
                    "last_error_code": row.get::<_, Option<String>>(3)?,
                    "started_at": row.get::<_, String>(4)?,
                }))
            })
            .optional()?;
        session
            .map(Json)
            .ok_or_else(|| Refusal::not_found("session_not_found", format!("there is no session {id}")))
    })
    .await
}
