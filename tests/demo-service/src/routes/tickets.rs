//! Tickets for people who look into a trouble.

use axum::Json;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use rusqlite::{Row, params};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::app::App;
use crate::change::{Asked, Done};
use crate::database::NOW;
use crate::error::Refusal;

#[derive(Deserialize)]
pub(crate) struct ListQuery {
    email: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CreateBody {
    email: String,
    subject: String,
    description: String,
    severity: Severity,
    #[serde(default)]
    session_id: Option<String>,
    #[serde(default)]
    device: Option<String>,
    #[serde(default)]
    error_code: Option<String>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Severity {
    Normal,
    Urgent,
}

impl Severity {
    const fn word(self) -> &'static str {
        match self {
            Self::Normal => "normal",
            Self::Urgent => "urgent",
        }
    }
}

/// `GET /tickets?email=`
pub(crate) async fn list(State(app): State<App>, Query(query): Query<ListQuery>) -> Result<Json<Value>, Refusal> {
    let email = query
        .email
        .ok_or_else(|| Refusal::malformed("say whose tickets: ?email=…"))?;
    app.run(move |connection| {
        let mut rows = connection.prepare(
            "SELECT number, subject, description, severity, status, session_id, device, error_code, created_at
             FROM tickets WHERE email = ?1 ORDER BY number",
        )?;
        let tickets: Vec<Value> = rows.query_map([&email], ticket)?.collect::<rusqlite::Result<_>>()?;
        Ok(Json(json!({ "tickets": tickets })))
    })
    .await
}

/// `POST /tickets`
pub(crate) async fn create(State(app): State<App>, asked: Asked) -> Response {
    app.change(asked, |transaction, body: CreateBody| {
        if !body.email.contains('@') {
            return Err(Refusal::does_not_fit("invalid_email", format!("`{}` is no e-mail address", body.email)));
        }
        if body.subject.trim().is_empty() || body.description.trim().is_empty() {
            return Err(Refusal::does_not_fit("blank", "subject and description must not be blank"));
        }
        transaction.execute(
            &format!(
                "INSERT INTO tickets (email, subject, description, severity, status, session_id, device, error_code, created_at)
                 VALUES (?1, ?2, ?3, ?4, 'open', ?5, ?6, ?7, {NOW})"
            ),
            params![
                body.email, body.subject, body.description, body.severity.word(), body.session_id, body.device, body.error_code
            ],
        )?;
        let number = format!("T-{}", transaction.last_insert_rowid());
        let answer = json!({ "number": number, "status": "open" });
        Ok(Done { kind: "ticket_created", subject: number, status: StatusCode::CREATED, answer })
    })
    .await
}

fn ticket(row: &Row<'_>) -> rusqlite::Result<Value> {
    Ok(json!({
        "number": format!("T-{}", row.get::<_, i64>(0)?),
        "subject": row.get::<_, String>(1)?,
        "description": row.get::<_, String>(2)?,
        "severity": row.get::<_, String>(3)?,
        "status": row.get::<_, String>(4)?,
        "session_id": row.get::<_, Option<String>>(5)?,
        "device": row.get::<_, Option<String>>(6)?,
        "error_code": row.get::<_, Option<String>>(7)?,
        "created_at": row.get::<_, String>(8)?,
    }))
}
