//! Money in hundredths, never in floating point.

use serde_json::{Value as Json, json};

/// Money.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Money {
    /// Hundredths of the currency.
    pub(crate) minor: i64,
    /// ISO 4217 code.
    pub(crate) currency: String,
}

impl Money {
    /// `{"amount":"79.00","currency":"EUR"}`
    pub(crate) fn to_json(&self) -> Json {
        json!({ "amount": decimal(self.minor), "currency": self.currency })
    }

    /// `79.00 EUR`
    pub(crate) fn in_words(&self) -> String {
        format!("{} {}", decimal(self.minor), self.currency)
    }
}

/// An amount as a caller may write it: `"79.00"`, `79`, `"79.00 EUR"` or `{"amount":"79.00","currency":"EUR"}`.
/// The currency is none where it is not said.
pub(crate) fn read(value: &Json) -> Option<(i64, Option<String>)> {
    match value {
        Json::Number(number) => Some((hundredths(&number.to_string())?, None)),
        Json::String(text) => match text.trim().split_once(' ') {
            Some((amount, currency)) => Some((hundredths(amount)?, Some(code(currency)?))),
            None => Some((hundredths(text.trim())?, None)),
        },
        Json::Object(fields) => {
            let (amount, _) = read(fields.get("amount")?)?;
            let currency = match fields.get("currency") {
                Some(currency) => Some(code(currency.as_str()?)?),
                None => None,
            };
            Some((amount, currency))
        }
        Json::Null | Json::Bool(_) | Json::Array(_) => None,
    }
}

/// A currency code in capitals.
pub(crate) fn code(text: &str) -> Option<String> {
    let code = text.trim().to_ascii_uppercase();
    (code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_uppercase())).then_some(code)
}

fn hundredths(text: &str) -> Option<i64> {
    let (negative, digits) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let numeric = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || part.len() > 2 || !numeric(whole) || !numeric(part) {
        return None;
    }
    let whole: i64 = whole.parse().ok()?;
    let part: i64 = format!("{part:0<2}").parse().ok()?;
    let minor = whole.checked_mul(100)?.checked_add(part)?;
    Some(if negative { -minor } else { minor })
}

fn decimal(minor: i64) -> String {
    format!(
        "{}{}.{:02}",
        if minor < 0 { "-" } else { "" },
        minor.abs() / 100,
        minor.abs() % 100
    )
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::read;

    #[test]
    fn an_amount_is_read_however_callers_write_it() {
        let eur = Some("EUR".to_owned());
        for (value, expected) in [
            (json!("79.00"), Some((7900, None))),
            (json!(79.5), Some((7950, None))),
            (json!("20 eur"), Some((2000, eur.clone()))),
            (json!({ "amount": "0.07", "currency": "EUR" }), Some((7, eur))),
            (json!("-1"), Some((-100, None))),
            (json!("1.005"), None),
            (json!("twenty"), None),
            (json!(true), None),
        ] {
            assert_eq!(read(&value), expected, "the amount in {value}");
        }
    }
}
