//! Money: symbols, codes and words, before or after the number.

use rust_decimal::Decimal;
use taskwright_domain::{Amount, Value};

use super::line::{Line, TokenKind};
use super::numbers::{Number, find_numbers, is_free, number_at};
use super::{Candidate, Strength, ValueContext, periods};

/// Codes that are read as such. All of ISO 4217 would make words such as "all" and "top" money.
const CODES: [&str; 44] = [
    "EUR", "USD", "GBP", "CHF", "JPY", "CAD", "AUD", "NZD", "SEK", "NOK", "DKK", "PLN", "CZK", "HUF", "RON", "BGN",
    "ISK", "TRY", "UAH", "RUB", "INR", "CNY", "HKD", "SGD", "TWD", "KRW", "THB", "IDR", "MYR", "PHP", "VND", "AED",
    "SAR", "ILS", "EGP", "ZAR", "NGN", "KES", "BRL", "MXN", "ARS", "CLP", "COP", "PEN",
];

/// Currencies whose people say "dollar".
const DOLLARS: [&str; 7] = ["USD", "CAD", "AUD", "NZD", "SGD", "HKD", "TWD"];

fn dollar(home: &str) -> String {
    if DOLLARS.contains(&home) {
        home.to_owned()
    } else {
        "USD".to_owned()
    }
}

/// The currency a token names, and how many tokens it took.
fn currency_at(line: &Line, at: usize, home: &str) -> Option<(usize, String)> {
    let word = line.word(at);
    if line.is(at, &["us", "ca", "au", "nz", "a", "c"]) && line.glued(at + 1) && line.word(at + 1) == "$" {
        let code = match word {
            "us" => "USD",
            "ca" | "c" => "CAD",
            "nz" => "NZD",
            _ => "AUD",
        };
        return Some((2, code.to_owned()));
    }
    let code = match word {
        "€" | "euro" | "euros" => "EUR".to_owned(),
        "$" | "dollar" | "dollars" | "buck" | "bucks" => dollar(home),
        "£" | "pound" | "pounds" | "quid" => "GBP".to_owned(),
        "¥" | "yen" => "JPY".to_owned(),
        "₹" | "rupee" | "rupees" => "INR".to_owned(),
        "₩" => "KRW".to_owned(),
        "₪" => "ILS".to_owned(),
        "zloty" | "zlotys" | "zł" => "PLN".to_owned(),
        "franc" | "francs" => "CHF".to_owned(),
        "krona" | "kronor" | "kronas" => "SEK".to_owned(),
        _ => {
            let upper = word.to_uppercase();
            // "try" and "sar" are words; a code that is one must be written in capitals.
            let written = line.text(at, at + 1);
            let ok = CODES.contains(&upper.as_str())
                && (written == upper || !matches!(upper.as_str(), "TRY" | "COP" | "PEN" | "ALL"));
            return ok.then_some((1, upper));
        }
    };
    Some((1, code))
}

/// `1.234` as money is a thousand.
fn worth(number: &Number) -> Decimal {
    if number.three_places {
        number
            .value
            .checked_mul(Decimal::from(1000))
            .map_or(number.value, |v| v.normalize())
    } else {
        number.value
    }
}

fn amount(value: Decimal, currency: String) -> Value {
    Value::Amount(Amount {
        amount: value,
        currency,
    })
}

fn amount_at(line: &Line, at: usize, home: &str) -> Option<(usize, Value)> {
    if let Some((taken, currency)) = currency_at(line, at, home) {
        let number = number_at(line, at + taken).filter(|n| !n.spoken)?;
        let symbol =
            taken == 2 || line.get(at).is_some_and(|t| t.kind == TokenKind::Mark) || line.text(at, at + 1) == currency;
        return symbol.then(|| (number.to, amount(worth(&number), currency)));
    }
    let number = number_at(line, at)?;
    if line.is(number.to, &["cent", "cents", "pence", "p", "¢"]) {
        let pence = line.is(number.to, &["pence", "p"]);
        if line.word(number.to) == "p" && !line.glued(number.to) {
            return None;
        }
        let currency = if pence { "GBP".to_owned() } else { home.to_owned() };
        return Some((
            number.to + 1,
            amount(number.value.checked_mul(Decimal::new(1, 2))?, currency),
        ));
    }
    let (taken, currency) = currency_at(line, number.to, home)?;
    let mut to = number.to + taken;
    let mut value = worth(&number);
    // "twenty euros and fifty cents", "5 pounds 20".
    let joined = to + usize::from(line.word(to) == "and");
    if let Some(cents) = number_at(line, joined).filter(|n| line.is(n.to, &["cent", "cents", "pence"])) {
        value += cents.value.checked_mul(Decimal::new(1, 2))?;
        to = cents.to + 1;
    } else if value.is_integer()
        && let Some(cents) = line
            .digits(to)
            .filter(|digits| digits.len() == 2 && line.is_break(to + 1))
    {
        value += Decimal::new(cents.parse().ok()?, 2);
        to += 1;
    }
    Some((to, amount(value, currency)))
}

/// Money with a currency, and, weakly, bare numbers in the workspace's currency.
pub(crate) fn find(line: &Line, context: &ValueContext<'_>) -> Vec<Candidate> {
    let home = context.settings.currency.as_str();
    let mut found = Vec::new();
    let mut at = 0;
    while at < line.len() {
        match amount_at(line, at, home).filter(|_| starts_clean(line, at)) {
            Some((to, value)) => {
                found.push(Candidate::new(line, at, to, value, Strength::Strong));
                at = to;
            }
            None => at += 1,
        }
    }
    let strong = found.len();
    for (from, number) in find_numbers(line) {
        let inside = found.iter().take(strong).any(|c| c.from <= from && from < c.to);
        let counted = periods::unit(line.word(number.to)).is_some() || line.is(number.to, &["%", "percent"]);
        if !inside && !counted && is_free(line, from, &number) {
            found.push(Candidate::new(
                line,
                from,
                number.to,
                amount(worth(&number), home.to_owned()),
                Strength::Weak,
            ));
        }
    }
    found.sort_by_key(|c| c.from);
    found
}

/// Not in the middle of a code ("AB12€").
fn starts_clean(line: &Line, at: usize) -> bool {
    !line.glued(at) || line.is(at - 1, &["(", "-", "~", "/", "\"", "'", "=", ":", ">", "<", "+"])
}

#[cfg(test)]
mod tests {
    use taskwright_domain::{AttributeType::Amount, Settings};

    use crate::values::trial::{finds, hold, hold_whole, settings};

    #[test]
    fn money_is_found_by_symbol_code_and_word() {
        hold(
            &Amount,
            &[
                ("it cost €79.00", "€79.00=79.00 EUR"),
                ("79,00 €", "79,00 €=79.00 EUR"),
                ("1.234,50 EUR", "1.234,50 EUR=1234.50 EUR"),
                ("$1,234.50", "$1,234.50=1234.50 USD"),
                ("20 quid", "20 quid=20 GBP"),
                ("twenty bucks", "twenty bucks=20 USD"),
                ("£5", "£5=5 GBP"),
                ("USD 40", "USD 40=40 USD"),
                ("100 usd", "100 usd=100 USD"),
                ("50 dollars and 20 cents", "50 dollars and 20 cents=50.20 USD"),
                ("19 dollars 90.", "19 dollars 90=19.90 USD"),
                ("99 cents", "99 cents=0.99 EUR"),
                ("80p", "80p=0.80 GBP"),
                ("€1.234", "€1.234=1234 EUR"),
                ("US$30", "US$30=30 USD"),
                ("between 10 EUR and 20 EUR", "10 EUR=10 EUR | 20 EUR=20 EUR"),
                ("CHF 12.50", "CHF 12.50=12.50 CHF"),
                ("5k euros", "5k euros=5000 EUR"),
                ("(€20)", "€20=20 EUR"),
                ("a hundred euros", "a hundred euros=100 EUR"),
                ("2 million yen", "2 million yen=2000000 JPY"),
            ],
        );
    }

    #[test]
    fn a_number_without_currency_is_money_only_where_money_is_asked_for() {
        hold(
            &Amount,
            &[
                ("give me 20", ""),
                ("30 days", ""),
                ("order 4512", ""),
                ("I will try 5 times", ""),
            ],
        );
        hold_whole(
            &Amount,
            &[
                ("79", "79 EUR"),
                ("79.00", "79.00 EUR"),
                ("about 20", "20 EUR"),
                ("1.500", "1500 EUR"),
                ("30 days", ""),
                ("$5", "5 USD"),
                ("20 euros", "20 EUR"),
            ],
        );
    }

    #[test]
    fn a_dollar_is_the_workspaces_own_dollar() {
        let canada = Settings {
            currency: "CAD".into(),
            ..settings()
        };
        assert_eq!(
            finds(&Amount, "$20 and 5 bucks", &canada),
            "$20=20 CAD | 5 bucks=5 CAD",
            "Canadians mean Canadian dollars"
        );
    }
}
