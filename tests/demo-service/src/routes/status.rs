//! Whether the shop's own systems run.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use rusqlite::params;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::app::App;
use crate::change::{Asked, Done};
use crate::error::Refusal;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SetBody {
    status: Status,
    message: String,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Status {
    Ok,
    Outage,
}

impl Status {
    const fn word(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Outage => "outage",
        }
    }
}

/// `GET /status`
pub(crate) async fn show(State(app): State<App>) -> Result<Json<Value>, Refusal> {
    app.run(|connection| {
        let status = connection.query_row("SELECT status, message FROM service_status", [], |row| {
            Ok(json!({ "status": row.get::<_, String>(0)?, "message": row.get::<_, String>(1)? }))
        })?;
        Ok(Json(status))
    })
    .await
}

/// `PUT /status`
pub(crate) async fn set(State(app): State<App>, asked: Asked) -> Response {
    app.change(asked, |transaction, body: SetBody| {
        let status = body.status.word();
        transaction.execute(
            "UPDATE service_status SET status = ?1, message = ?2",
            params![status, body.message],
        )?;
        let answer = json!({ "status": status, "message": body.message });
        Ok(Done {
            kind: "status_set",
            subject: status.to_owned(),
            status: StatusCode::OK,
            answer,
        })
    })
    .await
}
