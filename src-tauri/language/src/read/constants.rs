//! Values that authors write: numbers, amounts, lengths of time, days. An author's text has no "today": a date is
//! absolute, or told from today by the condition around it.

use jiff::civil;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use taskwright_domain::{Amount, Period, PeriodUnit};

use super::token::{Kind, Token};

/// A constant with the token after it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Read<T> {
    pub(super) value: T,
    pub(super) end: usize,
}

/// The number at a token, in digits or words.
pub(super) fn number_at(tokens: &[Token<'_>], at: usize) -> Option<Read<Decimal>> {
    let token = tokens.get(at)?;
    match token.kind {
        Kind::Mark('-' | '−') if tokens.get(at + 1).is_some_and(|t| t.kind == Kind::Number && !t.spaced) => {
            let read = number_at(tokens, at + 1)?;
            Some(Read {
                value: -read.value,
                end: read.end,
            })
        }
        Kind::Number => {
            let value: Decimal = token.low.parse().ok()?;
            let thousand = tokens.get(at + 1).is_some_and(|t| !t.spaced && t.is("k"));
            if thousand {
                return Some(Read {
                    value: value.checked_mul(Decimal::ONE_THOUSAND)?,
                    end: at + 2,
                });
            }
            Some(Read { value, end: at + 1 })
        }
        Kind::Word => spoken(tokens, at),
        _ => None,
    }
}

fn spoken(tokens: &[Token<'_>], at: usize) -> Option<Read<Decimal>> {
    let low = tokens[at].low.as_str();
    if let Some((tens, ones)) = low.split_once('-')
        && let (Some(tens), Some(ones)) = (small(tens), small(ones))
    {
        return Some(Read {
            value: Decimal::from(tens + ones),
            end: at + 1,
        });
    }
    let mut value = small(low)?;
    let mut end = at + 1;
    if value >= 20
        && let Some(ones) = tokens.get(end).and_then(|t| small(&t.low)).filter(|ones| *ones < 10)
    {
        value += ones;
        end += 1;
    }
    for (word, times) in [("hundred", 100), ("thousand", 1000)] {
        if tokens.get(end).is_some_and(|t| t.is(word)) {
            value *= times;
            end += 1;
        }
    }
    Some(Read {
        value: Decimal::from(value),
        end,
    })
}

fn small(low: &str) -> Option<u32> {
    const WORDS: [&str; 21] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
        "twenty",
    ];
    const TENS: [&str; 7] = ["thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    let found = WORDS
        .iter()
        .position(|w| *w == low)
        .or_else(|| TENS.iter().position(|w| *w == low).map(|at| at * 10 + 30));
    match low {
        "once" => Some(1),
        "twice" => Some(2),
        "thrice" => Some(3),
        _ => u32::try_from(found?).ok(),
    }
}

/// A whole count at a token.
pub(super) fn count_at(tokens: &[Token<'_>], at: usize) -> Option<Read<u32>> {
    let read = number_at(tokens, at)?;
    Some(Read {
        value: read.value.is_integer().then(|| read.value.to_u32()).flatten()?,
        end: read.end,
    })
}

/// An amount at a token: `€100`, `100 EUR`, `20 dollars`.
pub(super) fn amount_at(tokens: &[Token<'_>], at: usize) -> Option<Read<Amount>> {
    let token = tokens.get(at)?;
    if let Kind::Mark(mark) = token.kind
        && let Some(currency) = currency_of_mark(mark)
    {
        let number = number_at(tokens, at + 1)?;
        return Some(Read {
            value: Amount {
                amount: number.value,
                currency: currency.into(),
            },
            end: number.end,
        });
    }
    if let Some(currency) = code(token).filter(|_| tokens.get(at + 1).is_some_and(|t| t.kind == Kind::Number)) {
        let number = number_at(tokens, at + 1)?;
        return Some(Read {
            value: Amount {
                amount: number.value,
                currency,
            },
            end: number.end,
        });
    }
    let number = number_at(tokens, at)?;
    let next = tokens.get(number.end)?;
    let currency = match next.kind {
        Kind::Mark(mark) => currency_of_mark(mark)?.to_owned(),
        Kind::Word => code(next).or_else(|| currency_of_word(&next.low).map(str::to_owned))?,
        _ => return None,
    };
    Some(Read {
        value: Amount {
            amount: number.value,
            currency,
        },
        end: number.end + 1,
    })
}

/// The currency a word names.
pub(super) fn currency(token: &Token<'_>) -> Option<String> {
    code(token).or_else(|| currency_of_word(&token.low).map(str::to_owned))
}

fn currency_of_mark(mark: char) -> Option<&'static str> {
    Some(match mark {
        '€' => "EUR",
        '$' => "USD",
        '£' => "GBP",
        '¥' => "JPY",
        _ => return None,
    })
}

fn currency_of_word(low: &str) -> Option<&'static str> {
    Some(match low {
        "euro" | "euros" => "EUR",
        "dollar" | "dollars" | "bucks" => "USD",
        "pound" | "pounds" | "quid" => "GBP",
        "yen" => "JPY",
        "francs" | "franc" => "CHF",
        _ => return None,
    })
}

fn code(token: &Token<'_>) -> Option<String> {
    const CODES: [&str; 20] = [
        "EUR", "USD", "GBP", "CHF", "SEK", "NOK", "DKK", "PLN", "CZK", "HUF", "JPY", "CNY", "INR", "AUD", "CAD", "NZD",
        "BRL", "MXN", "ZAR", "TRY",
    ];
    if token.kind != Kind::Word || token.low.len() != 3 {
        return None;
    }
    let upper = token.text.to_uppercase();
    let sure = token.text == upper || !matches!(upper.as_str(), "TRY" | "CAD");
    CODES.contains(&upper.as_str()).then_some(upper).filter(|_| sure)
}

/// A length of time at a token: `40 days`, `two weeks`, `24h`, `a month`.
pub(super) fn period_at(tokens: &[Token<'_>], at: usize) -> Option<Read<Period>> {
    let (count, mut end) = match number_at(tokens, at) {
        Some(number) => (number.value, number.end),
        None if tokens.get(at)?.any(&["a", "an"]) => (Decimal::ONE, at + 1),
        None if tokens.get(at)?.is("half") => return half(tokens, at),
        None => return None,
    };
    let word = |at: usize| {
        tokens
            .get(at)
            .filter(|t| t.kind == Kind::Word)
            .map_or("", |t| t.low.as_str())
    };
    if tokens.get(end).is_some_and(|t| t.mark('-')) {
        end += 1;
    }
    if matches!(word(end), "full" | "whole" | "calendar") {
        end += 1;
    }
    let working = matches!(word(end), "working" | "business" | "work");
    if working {
        end += 1;
    }
    let unit = match word(end) {
        "minute" | "minutes" | "min" | "mins" => PeriodUnit::Minutes,
        "hour" | "hours" | "hr" | "hrs" | "h" => PeriodUnit::Hours,
        "day" | "days" | "d" if working => PeriodUnit::WorkingDays,
        "day" | "days" | "d" => PeriodUnit::Days,
        "week" | "weeks" | "wk" | "wks" => PeriodUnit::Weeks,
        "month" | "months" => PeriodUnit::Months,
        "year" | "years" | "yr" | "yrs" => PeriodUnit::Years,
        "fortnight" => {
            return Some(Read {
                value: Period {
                    count: 2,
                    unit: PeriodUnit::Weeks,
                },
                end: end + 1,
            });
        }
        _ => return None,
    };
    let (count, unit) = whole(count, unit)?;
    let end = end + 1;
    let end = if tokens.get(end).is_some_and(|t| t.mark('\'') && !t.spaced) {
        end + 1
    } else {
        end
    };
    Some(Read {
        value: Period { count, unit },
        end,
    })
}

fn half(tokens: &[Token<'_>], at: usize) -> Option<Read<Period>> {
    let fits = tokens.get(at + 1)?.any(&["a", "an"]) && tokens.get(at + 2)?.is("hour");
    fits.then_some(Read {
        value: Period {
            count: 30,
            unit: PeriodUnit::Minutes,
        },
        end: at + 3,
    })
}

fn whole(count: Decimal, unit: PeriodUnit) -> Option<(u32, PeriodUnit)> {
    if count.is_integer() {
        return Some((count.to_u32()?, unit));
    }
    let (times, smaller) = match unit {
        PeriodUnit::Hours => (60, PeriodUnit::Minutes),
        PeriodUnit::Days => (24, PeriodUnit::Hours),
        PeriodUnit::Weeks => (7, PeriodUnit::Days),
        PeriodUnit::Years => (12, PeriodUnit::Months),
        _ => return None,
    };
    let smaller_count = count.checked_mul(Decimal::from(times))?;
    smaller_count
        .is_integer()
        .then(|| smaller_count.to_u32())
        .flatten()
        .map(|count| (count, smaller))
}

/// A calendar day at a token: `2026-01-31` or `31 January 2026` or `January 31, 2026`.
pub(super) fn date_at(tokens: &[Token<'_>], at: usize) -> Option<Read<civil::Date>> {
    let number = |at: usize| {
        tokens
            .get(at)
            .filter(|t| t.kind == Kind::Number)
            .and_then(|t| t.low.parse::<i16>().ok())
    };
    let dash = |at: usize| tokens.get(at).is_some_and(|t| t.mark('-') && !t.spaced);
    if let (Some(year), Some(month), Some(day)) = (number(at), number(at + 2), number(at + 4))
        && dash(at + 1)
        && dash(at + 3)
        && year > 1000
    {
        let value = civil::Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
        return Some(Read { value, end: at + 5 });
    }
    let slash = |at: usize| {
        tokens
            .get(at)
            .is_some_and(|t| matches!(t.kind, Kind::Mark('/')) && !t.spaced)
    };
    if let (Some(first), Some(second), Some(year)) = (number(at), number(at + 2), number(at + 4))
        && slash(at + 1)
        && slash(at + 3)
        && year > 1000
    {
        // Only where one of the two can be no month is it clear which is the day.
        let (day, month) = match (first, second) {
            (13.., 1..=12) => (first, second),
            (1..=12, 13..) => (second, first),
            _ if first == second => (first, second),
            _ => return None,
        };
        let value = civil::Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
        return Some(Read { value, end: at + 5 });
    }
    let month = |at: usize| tokens.get(at).and_then(|t| month_of(&t.low));
    let ordinal = |at: usize| {
        usize::from(
            tokens
                .get(at)
                .is_some_and(|t| !t.spaced && t.any(&["st", "nd", "rd", "th"])),
        )
    };
    if let Some(day) = number(at) {
        let mut next = at + 1 + ordinal(at + 1);
        next += usize::from(tokens.get(next).is_some_and(|t| t.is("of")));
        let value = civil::Date::new(number(next + 1)?, month(next)?, i8::try_from(day).ok()?).ok()?;
        return Some(Read { value, end: next + 2 });
    }
    let month = month(at)?;
    let day = number(at + 1)?;
    let mut next = at + 2 + ordinal(at + 2);
    next += usize::from(tokens.get(next).is_some_and(|t| t.mark(',')));
    let value = civil::Date::new(number(next)?, month, i8::try_from(day).ok()?).ok()?;
    Some(Read { value, end: next + 1 })
}

fn month_of(low: &str) -> Option<i8> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let at = MONTHS
        .iter()
        .position(|m| *m == low || (low.len() == 3 && m.starts_with(low)))?;
    i8::try_from(at + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::super::token::scan;
    use super::{amount_at, date_at, number_at, period_at};

    #[test]
    fn amounts_periods_and_days_are_read_as_written() {
        let amount =
            |text: &str| amount_at(&scan(text).0, 0).map(|r| format!("{} {}", r.value.amount, r.value.currency));
        assert_eq!(amount("€1,000.50"), Some("1000.50 EUR".into()), "a sign before");
        assert_eq!(amount("75k dollars"), Some("75000 USD".into()), "thousands");
        assert_eq!(amount("100 EUR"), Some("100 EUR".into()), "a code after");
        assert_eq!(amount("100 days"), None, "no money");
        let period = |text: &str| period_at(&scan(text).0, 0).map(|r| format!("{} {:?}", r.value.count, r.value.unit));
        assert_eq!(period("two weeks"), Some("2 Weeks".into()), "words");
        assert_eq!(period("24h"), Some("24 Hours".into()), "no space");
        assert_eq!(period("5 business days"), Some("5 WorkingDays".into()), "working days");
        assert_eq!(period("1.5 hours"), Some("90 Minutes".into()), "a fraction");
        assert_eq!(
            date_at(&scan("2026-01-31").0, 0).map(|r| r.value.to_string()),
            Some("2026-01-31".into()),
            "ISO"
        );
        assert_eq!(
            date_at(&scan("January 5th, 2027").0, 0).map(|r| r.value.to_string()),
            Some("2027-01-05".into()),
            "US"
        );
        assert_eq!(
            number_at(&scan("twenty five").0, 0).map(|r| r.value.to_string()),
            Some("25".into()),
            "spoken"
        );
    }
}
