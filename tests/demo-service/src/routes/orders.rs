//! Orders: looking one up, and cancelling one.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use rusqlite::{Connection, OptionalExtension, Row};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::app::App;
use crate::change::{Asked, Done};
use crate::error::Refusal;
use crate::money::Money;

/// An order without its items.
pub(crate) struct Order {
    number: String,
    customer_email: String,
    pub(crate) status: String,
    ordered_on: String,
    shipped_on: Option<String>,
    pub(crate) total: Money,
    pub(crate) refunded: Money,
}

/// The body of a cancellation: a reason is welcome, but not kept.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CancelBody {
    #[serde(default, rename = "reason")]
    _reason: Option<String>,
}

/// `GET /orders/{number}`
pub(crate) async fn show(State(app): State<App>, Path(number): Path<String>) -> Result<Json<Value>, Refusal> {
    app.run(move |connection| {
        let order = find(connection, &number)?;
        let items = items(connection, &order)?;
        Ok(Json(order.to_json(items)))
    })
    .await
}

/// `POST /orders/{number}/cancel`
pub(crate) async fn cancel(State(app): State<App>, Path(number): Path<String>, asked: Asked) -> Response {
    app.change(asked, move |transaction, _: CancelBody| {
        let order = find(transaction, &number)?;
        if order.status != "processing" {
            let message = format!("order {number} is {} and can no longer be cancelled", order.status);
            return Err(Refusal::conflict("not_processing", message));
        }
        transaction.execute("UPDATE orders SET status = 'cancelled' WHERE number = ?1", [&number])?;
        transaction.execute("INSERT INTO cancellations (order_number) VALUES (?1)", [&number])?;
        let id = format!("X-{}", 7000 + transaction.last_insert_rowid());
        let answer = json!({ "number": number, "status": "cancelled", "cancellation_id": id });
        Ok(Done {
            kind: "order_cancelled",
            subject: number,
            status: StatusCode::OK,
            answer,
        })
    })
    .await
}

/// The order with this number.
pub(crate) fn find(connection: &Connection, number: &str) -> Result<Order, Refusal> {
    let sql = "SELECT number, customer_email, status, ordered_on, shipped_on, currency, total, refunded
               FROM orders WHERE number = ?1";
    let order = connection.query_row(sql, [number], order).optional()?;
    order.ok_or_else(|| Refusal::not_found("order_not_found", format!("there is no order {number}")))
}

fn order(row: &Row<'_>) -> rusqlite::Result<Order> {
    let currency: String = row.get(5)?;
    Ok(Order {
        number: row.get(0)?,
        customer_email: row.get(1)?,
        status: row.get(2)?,
        ordered_on: row.get(3)?,
        shipped_on: row.get(4)?,
        total: Money {
            minor: row.get(6)?,
            currency: currency.clone(),
        },
        refunded: Money {
            minor: row.get(7)?,
            currency,
        },
    })
}

fn items(connection: &Connection, order: &Order) -> rusqlite::Result<Vec<Value>> {
    let mut rows = connection
        .prepare("SELECT sku, name, price, quantity FROM order_items WHERE order_number = ?1 ORDER BY position")?;
    let items = rows.query_map([&order.number], |row| {
        let price = Money {
            minor: row.get(2)?,
            currency: order.total.currency.clone(),
        };
        let (sku, name, quantity): (String, String, i64) = (row.get(0)?, row.get(1)?, row.get(3)?);
        Ok(json!({ "sku": sku, "name": name, "price": price.to_json(), "quantity": quantity }))
    })?;
    items.collect()
}

impl Order {
    fn to_json(&self, items: Vec<Value>) -> Value {
        json!({
            "number": self.number,
            "customer_email": self.customer_email,
            "status": self.status,
            "ordered_on": self.ordered_on,
            "shipped_on": self.shipped_on,
            "total": self.total.to_json(),
            "refunded": self.refunded.to_json(),
            "refund_status": self.refund_status(),
            "items": items,
        })
    }

    fn refund_status(&self) -> &'static str {
        match self.refunded.minor {
            0 => "none",
            refunded if refunded < self.total.minor => "partial",
            _ => "full",
        }
    }
}
