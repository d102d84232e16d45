//! Refunds: never more than what is left of an order's total, unless the service trusts its callers.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use rusqlite::params;
use serde::Deserialize;
use serde_json::{Value as Json, json};

use crate::app::App;
use crate::change::{Asked, Done};
use crate::error::Refusal;
use crate::money::{self, Money};
use crate::routes::orders::{self, Order};

/// Working days until the money is back.
const DAYS: u32 = 5;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RefundBody {
    kind: Kind,
    #[serde(default)]
    amount: Option<Json>,
    #[serde(default)]
    currency: Option<String>,
    #[serde(default)]
    reason: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    Full,
    Partial,
}

/// `POST /orders/{number}/refunds`
pub(crate) async fn issue(State(app): State<App>, Path(number): Path<String>, asked: Asked) -> Response {
    let trusting = app.trusting;
    app.change(asked, move |transaction, body: RefundBody| {
        let order = orders::find(transaction, &number)?;
        let amount = if trusting {
            told(&body, &order)?
        } else {
            amount(&body, &order)?
        };
        let minor = amount.minor;
        // The books hold no more than the total, whatever was paid.
        transaction.execute(
            "UPDATE orders SET refunded = min(total, refunded + ?2) WHERE number = ?1",
            params![number, minor],
        )?;
        let kind = if body.kind == Kind::Full { "full" } else { "partial" };
        transaction.execute(
            "INSERT INTO refunds (order_number, kind, amount, reason) VALUES (?1, ?2, ?3, ?4)",
            params![number, kind, minor, body.reason],
        )?;
        let id = format!("R-{}", 5000 + transaction.last_insert_rowid());
        let answer = json!({ "refund_id": id, "amount": amount.to_json(), "status": "issued", "days": DAYS });
        Ok(Done {
            kind: "refund_issued",
            subject: number,
            status: StatusCode::CREATED,
            answer,
        })
    })
    .await
}

/// What a caller who is trusted says; the order's total where they say nothing.
fn told(body: &RefundBody, order: &Order) -> Result<Money, Refusal> {
    let Some(amount) = body.amount.as_ref().filter(|amount| !amount.is_null()) else {
        return Ok(order.total.clone());
    };
    let (minor, currency) = money::read(amount)
        .filter(|(minor, _)| *minor > 0)
        .ok_or_else(|| Refusal::does_not_fit("invalid_amount", format!("{amount} is no amount")))?;
    let currency = currency.or_else(|| body.currency.as_deref().and_then(money::code));
    Ok(Money {
        minor,
        currency: currency.unwrap_or_else(|| order.total.currency.clone()),
    })
}

/// What is refunded: what is left for a full refund, the given amount for a partial one.
fn amount(body: &RefundBody, order: &Order) -> Result<Money, Refusal> {
    if order.status == "cancelled" {
        return Err(Refusal::conflict(
            "order_cancelled",
            "the order was cancelled; nothing was charged",
        ));
    }
    let left = Money {
        minor: order.total.minor - order.refunded.minor,
        currency: order.total.currency.clone(),
    };
    let asked = match (body.kind, &body.amount) {
        (Kind::Full, None | Some(Json::Null)) => left.clone(),
        (_, Some(amount)) if !amount.is_null() => given(amount, body.currency.as_deref(), &left)?,
        _ => {
            return Err(Refusal::does_not_fit(
                "amount_missing",
                "a partial refund needs an amount",
            ));
        }
    };
    if asked.minor > left.minor || left.minor == 0 {
        let message = format!("{} of {} are left to refund", left.in_words(), order.total.in_words());
        return Err(Refusal::conflict("over_refund", message));
    }
    if body.kind == Kind::Full && asked != left {
        let message = format!(
            "a full refund is {}; leave the amount out or send a partial one",
            left.in_words()
        );
        return Err(Refusal::does_not_fit("not_the_full_amount", message));
    }
    Ok(asked)
}

fn given(amount: &Json, currency: Option<&str>, left: &Money) -> Result<Money, Refusal> {
    let (minor, inner) = money::read(amount).ok_or_else(|| {
        Refusal::does_not_fit(
            "invalid_amount",
            format!("{amount} is no amount, write it as \"20.00\""),
        )
    })?;
    if minor <= 0 {
        return Err(Refusal::does_not_fit(
            "invalid_amount",
            "the amount must be more than zero",
        ));
    }
    let outer = currency
        .map(|text| {
            money::code(text)
                .ok_or_else(|| Refusal::does_not_fit("invalid_currency", format!("`{text}` is no currency")))
        })
        .transpose()?;
    if let Some(wrong) = [&inner, &outer]
        .into_iter()
        .flatten()
        .find(|code| **code != left.currency)
    {
        let message = format!("the order was paid in {}, not in {wrong}", left.currency);
        return Err(Refusal::does_not_fit("currency_mismatch", message));
    }
    Ok(Money {
        minor,
        currency: left.currency.clone(),
    })
}
