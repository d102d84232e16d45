//! Reckoning with numbers and amounts; amounts of two currencies are never mixed.

use rust_decimal::Decimal;
use taskwright_domain::{Amount, Value};

/// Two of them added up.
pub(crate) fn sum(one: &Value, other: &Value) -> Option<Value> {
    joined(one, other, Decimal::checked_add)
}

/// How far they lie apart.
pub(crate) fn difference(one: &Value, other: &Value) -> Option<Value> {
    joined(one, other, |a, b| a.checked_sub(b).map(|apart| apart.abs()))
}

/// Some per cent of it.
pub(crate) fn share(percent: Decimal, of: &Value) -> Option<Value> {
    let share = |number: Decimal| number.checked_mul(percent)?.checked_div(Decimal::ONE_HUNDRED);
    match of.plain() {
        Value::Amount(amount) => Some(Value::Amount(Amount {
            amount: share(amount.amount)?,
            currency: amount.currency.clone(),
        })),
        value => share(number(value)?).map(Value::Decimal),
    }
}

fn joined(one: &Value, other: &Value, join: impl Fn(Decimal, Decimal) -> Option<Decimal>) -> Option<Value> {
    match (one.plain(), other.plain()) {
        (Value::Amount(a), Value::Amount(b)) if a.currency == b.currency => Some(Value::Amount(Amount {
            amount: join(a.amount, b.amount)?,
            currency: a.currency.clone(),
        })),
        (a, b) => join(number(a)?, number(b)?).map(Value::Decimal),
    }
}

fn number(value: &Value) -> Option<Decimal> {
    match value {
        Value::Integer(number) => Some(Decimal::from(*number)),
        Value::Decimal(number) => Some(*number),
        _ => None,
    }
}
