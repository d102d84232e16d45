//! Customers and their personal details.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use rusqlite::{Connection, OptionalExtension, params};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::app::App;
use crate::change::{Asked, Done};
use crate::database::NOW;
use crate::error::Refusal;

struct Customer {
    id: String,
    name: String,
    email: String,
    address: String,
    phone: String,
    updated_at: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct UpdateBody {
    #[serde(default)]
    name: Option<String>,
    #[serde(default)]
    address: Option<String>,
    #[serde(default)]
    phone: Option<String>,
}

/// `GET /customers/{email}`
pub(crate) async fn show(State(app): State<App>, Path(email): Path<String>) -> Result<Json<Value>, Refusal> {
    app.run(move |connection| {
        let customer = find(connection, &email)?;
        Ok(Json(json!({
            "id": customer.id,
            "name": customer.name,
            "email": customer.email,
            "address": customer.address,
            "phone": customer.phone,
        })))
    })
    .await
}

/// `PATCH /customers/{email}`
pub(crate) async fn update(State(app): State<App>, Path(email): Path<String>, asked: Asked) -> Response {
    app.change(asked, move |transaction, body: UpdateBody| {
        let customer = find(transaction, &email)?;
        let values = [&body.name, &body.address, &body.phone];
        if values.iter().all(|value| value.is_none()) {
            return Err(Refusal::does_not_fit(
                "nothing_to_change",
                "send a name, an address or a phone number",
            ));
        }
        if values.into_iter().flatten().any(|value| value.trim().is_empty()) {
            return Err(Refusal::does_not_fit("blank", "a value must not be blank"));
        }
        transaction.execute(
            &format!(
                "UPDATE customers SET name = coalesce(?2, name), address = coalesce(?3, address),
                 phone = coalesce(?4, phone), updated_at = {NOW} WHERE id = ?1"
            ),
            params![customer.id, body.name, body.address, body.phone],
        )?;
        let changed = find(transaction, &email)?;
        let answer = json!({
            "id": changed.id,
            "name": changed.name,
            "address": changed.address,
            "phone": changed.phone,
            "updated_at": changed.updated_at,
        });
        Ok(Done {
            kind: "customer_updated",
            subject: changed.email,
            status: StatusCode::OK,
            answer,
        })
    })
    .await
}

fn find(connection: &Connection, email: &str) -> Result<Customer, Refusal> {
    let sql = "SELECT id, name, email, address, phone, updated_at FROM customers WHERE email = ?1";
    let customer = connection
        .query_row(sql, [email], |row| {
            Ok(Customer {
                id: row.get(0)?,
                name: row.get(1)?,
                email: row.get(2)?,
                address: row.get(3)?,
                phone: row.get(4)?,
                updated_at: row.get(5)?,
            })
        })
        .optional()?;
    customer.ok_or_else(|| Refusal::not_found("customer_not_found", format!("there is no customer {email}")))
}

/// Whether there is such a customer.
pub(crate) fn exists(connection: &Connection, email: &str) -> Result<(), Refusal> {
    find(connection, email).map(|_| ())
}
