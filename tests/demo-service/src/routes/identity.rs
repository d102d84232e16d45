//! Identity checks: begun by a task, completed by the person who is checked, reported back to whoever waits.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use rusqlite::{OptionalExtension, params};
use serde::Deserialize;
use serde_json::json;

use crate::app::App;
use crate::change::{Asked, Done};
use crate::error::Refusal;
use crate::routes::customers;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BeginBody {
    email: String,
    #[serde(default)]
    callback_url: Option<String>,
    #[serde(default)]
    conversation_id: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CompleteBody {
    status: Status,
    name: String,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Status {
    Passed,
    Failed,
    /// The papers cannot be read, or somebody has to look at them.
    Inconclusive,
}

impl Status {
    const fn word(self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::Failed => "failed",
            Self::Inconclusive => "inconclusive",
        }
    }
}

/// `POST /identity_checks`
pub(crate) async fn begin(State(app): State<App>, asked: Asked) -> Response {
    app.change(asked, |transaction, body: BeginBody| {
        customers::exists(transaction, &body.email)?;
        transaction.execute(
            "INSERT INTO identity_checks (email, status, callback_url, conversation_id) VALUES (?1, 'pending', ?2, ?3)",
            params![body.email, body.callback_url, body.conversation_id],
        )?;
        let id = format!("V-{}", 3000 + transaction.last_insert_rowid());
        let link = format!("https://verify.example.com/{id}");
        let answer = json!({ "id": id, "status": "pending", "link": link });
        Ok(Done {
            kind: "identity_check_begun",
            subject: body.email,
            status: StatusCode::CREATED,
            answer,
        })
    })
    .await
}

/// `POST /identity_checks/{id}/complete`: answers with the webhook that the checking service would send.
pub(crate) async fn complete(State(app): State<App>, Path(id): Path<String>, asked: Asked) -> Response {
    app.change(asked, move |transaction, body: CompleteBody| {
        let unknown = || Refusal::not_found("check_not_found", format!("there is no identity check {id}"));
        let row = id
            .strip_prefix("V-")
            .and_then(|number| number.parse::<i64>().ok())
            .ok_or_else(unknown)?
            - 3000;
        let sql = "SELECT status, callback_url, conversation_id FROM identity_checks WHERE id = ?1";
        let found: Option<(String, Option<String>, Option<String>)> = transaction
            .query_row(sql, [row], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
            .optional()?;
        let (before, callback_url, conversation_id) = found.ok_or_else(unknown)?;
        if before != "pending" {
            return Err(Refusal::conflict(
                "already_completed",
                format!("identity check {id} has {before} already"),
            ));
        }
        let status = body.status.word();
        transaction.execute(
            "UPDATE identity_checks SET status = ?2, name = ?3 WHERE id = ?1",
            params![row, status, body.name],
        )?;
        let mut webhook = json!({ "data": { "check_id": id, "status": status, "name": body.name } });
        if let Some(conversation) = conversation_id {
            webhook["conversationId"] = conversation.into();
        }
        let answer = json!({ "callback_url": callback_url, "body": webhook });
        Ok(Done {
            kind: "identity_check_completed",
            subject: id,
            status: StatusCode::OK,
            answer,
        })
    })
    .await
}
