//! The ledger over HTTP, for tests that run the service as a program.

use axum::Json;
use axum::extract::{Query, State};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::app::App;
use crate::error::Refusal;
use crate::ledger;

#[derive(Deserialize)]
pub(crate) struct CountQuery {
    kind: Option<String>,
}

/// `GET /ledger`
pub(crate) async fn list(State(app): State<App>) -> Result<Json<Value>, Refusal> {
    app.run(|connection| Ok(Json(json!({ "entries": ledger::entries(connection)? }))))
        .await
}

/// `GET /ledger/count?kind=`
pub(crate) async fn count(State(app): State<App>, Query(query): Query<CountQuery>) -> Result<Json<Value>, Refusal> {
    app.run(move |connection| {
        Ok(Json(
            json!({ "count": ledger::count(connection, query.kind.as_deref())? }),
        ))
    })
    .await
}
