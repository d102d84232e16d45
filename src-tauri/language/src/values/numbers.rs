//! Numbers: digits with separators in English and European forms, and spoken numbers.

use std::str::FromStr;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use taskwright_domain::Value;

use super::line::Line;
use super::{Candidate, Strength};

/// A number that starts at a token.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Number {
    /// One past its last token.
    pub(crate) to: usize,
    /// What it is worth.
    pub(crate) value: Decimal,
    /// Written in words.
    pub(crate) spoken: bool,
    /// `1.234`: a decimal number in English, a thousand in most of Europe. As money it is the latter.
    pub(crate) three_places: bool,
}

/// Separators a number in digits may hold: enough for any real one, and it keeps endless lists linear.
const GROUPS: usize = 8;

const UNITS: [&str; 20] = [
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
];
const TENS: [&str; 8] = [
    "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
];
const ORDINALS: [&str; 20] = [
    "zeroth",
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
];

fn place(list: &[&str], word: &str) -> Option<u32> {
    list.iter().position(|w| *w == word).and_then(|i| u32::try_from(i).ok())
}

/// A word below twenty.
pub(crate) fn unit_word(word: &str) -> Option<u32> {
    place(&UNITS, word)
}

fn tens_word(word: &str) -> Option<u32> {
    place(&TENS, word).map(|i| (i + 2) * 10)
}

/// The number that starts at a token, in digits or words.
pub(crate) fn number_at(line: &Line, at: usize) -> Option<Number> {
    let number = if line.digits(at).is_some() {
        written_at(line, at)?
    } else {
        spoken_at(line, at)?
    };
    Some(with_half(line, number))
}

/// "and a half" after a number.
fn with_half(line: &Line, mut number: Number) -> Number {
    if line.starts(number.to, &["and", "a", "half"]) {
        number.value += Decimal::new(5, 1);
        number.to += 3;
    }
    number
}

fn written_at(line: &Line, at: usize) -> Option<Number> {
    let mut groups = vec![line.digits(at)?];
    let mut marks: Vec<&str> = Vec::new();
    let mut to = at + 1;
    while groups.len() < GROUPS && line.is(to, &[",", ".", "'"]) && line.glued(to) && line.glued(to + 1) {
        let Some(next) = line.digits(to + 1) else { break };
        marks.push(line.word(to));
        groups.push(next);
        to += 2;
    }
    let (text, used, three_places) = plain_digits(&groups, &marks)?;
    let to = at + 2 * used - 1;
    let mut value = Decimal::from_str(&text).ok()?;
    if line.glued(to) && line.word(to) == "k" {
        value = value.checked_mul(Decimal::from(1000))?;
        return Some(Number {
            to: to + 1,
            value,
            spoken: false,
            three_places: false,
        });
    }
    let (to, value) = multiplied(line, to, value);
    Some(Number {
        to,
        value,
        spoken: false,
        three_places,
    })
}

/// "2 million", "5 thousand", "3 dozen" after digits.
fn multiplied(line: &Line, to: usize, value: Decimal) -> (usize, Decimal) {
    let by = match line.word(to) {
        "hundred" => 100,
        "thousand" => 1000,
        "million" => 1_000_000,
        "dozen" => 12,
        _ => return (to, value),
    };
    value
        .checked_mul(Decimal::from(by))
        .map_or((to, value), |v| (to + 1, v))
}

/// Groups of digits and the marks between them as a plain decimal text, how many groups it took, and whether it is one
/// mark and three places.
fn plain_digits(groups: &[&str], marks: &[&str]) -> Option<(String, usize, bool)> {
    let (first, last) = (groups.first()?, groups.last()?);
    let threes = |list: &[&str]| list.iter().all(|g| g.len() == 3);
    let grouped = |list: &[&str]| first.len() <= 3 && threes(list.get(1..).unwrap_or_default());
    let n = groups.len();
    let Some((mark, before)) = marks.split_last() else {
        return Some(((*first).to_owned(), 1, false));
    };
    if n == 2 {
        let thousands = last.len() == 3 && first.len() <= 3 && *first != "0";
        return match *mark {
            "," | "'" if thousands => Some((groups.concat(), 2, false)),
            "." => Some((format!("{first}.{last}"), 2, thousands)),
            "," if last.len() <= 2 => Some((format!("{first}.{last}"), 2, false)),
            _ => Some(((*first).to_owned(), 1, false)),
        };
    }
    let whole = groups.get(..n - 1)?;
    if before.iter().all(|m| m == mark) {
        return match *mark {
            _ if grouped(groups) => Some((groups.concat(), n, false)),
            // A list without spaces, "2,3,4".
            "," => Some(((*first).to_owned(), 1, false)),
            // A version or a date.
            _ => None,
        };
    }
    let alike = before.windows(2).all(|w| w.first() == w.last());
    (alike && grouped(whole) && *mark != "'").then(|| (format!("{}.{last}", whole.concat()), n, false))
}

fn spoken_at(line: &Line, at: usize) -> Option<Number> {
    let done = |to: usize, value: Decimal| {
        Some(Number {
            to,
            value,
            spoken: true,
            three_places: false,
        })
    };
    let article = usize::from(line.is(at, &["a"]));
    match line.word(at + article) {
        "couple" if article == 1 => return done(at + 2 + usize::from(line.word(at + 2) == "of"), Decimal::TWO),
        "pair" if article == 1 && line.word(at + 2) == "of" => return done(at + 3, Decimal::TWO),
        "dozen" => return done(at + 1 + article, Decimal::from(12)),
        "half" if line.starts(at + article, &["half", "a", "dozen"]) => {
            return done(at + article + 3, Decimal::from(6));
        }
        _ => {}
    }
    let (to, value) = cardinal_at(line, at)?;
    let mut value = Decimal::from(value);
    if line.word(to) == "point" {
        let mut end = to + 1;
        let mut places = String::new();
        while let Some(digit) = unit_word(line.word(end)).filter(|d| *d < 10 && places.len() < 9) {
            places.push_str(&digit.to_string());
            end += 1;
        }
        if let Ok(part) = Decimal::from_str(&format!("0.{places}")) {
            value += part;
            return done(end, value);
        }
    }
    done(to, value)
}

/// "two hundred and five", "a thousand", "twenty-five".
fn cardinal_at(line: &Line, at: usize) -> Option<(usize, u64)> {
    let article = line.is(at, &["a", "one"]) && line.is(at + 1, &["hundred", "thousand", "million"]);
    let (mut to, mut current) = if article { (at + 1, 1) } else { small_at(line, at)? };
    let mut total: u64 = 0;
    loop {
        let scale = match line.word(to) {
            "hundred" if current < 100 => 100,
            "thousand" if current < 1000 => 1000,
            "million" if current < 1000 => 1_000_000,
            _ => break,
        };
        to += 1;
        current *= scale;
        if scale >= 1000 {
            total += current;
            current = 0;
        }
        let skip = usize::from(line.word(to) == "and");
        if let Some((end, more)) = small_at(line, to + skip) {
            current += more;
            to = end;
        }
    }
    Some((to, total + current))
}

/// Below a hundred: "seven", "twenty", "twenty-five", "twenty five".
fn small_at(line: &Line, at: usize) -> Option<(usize, u64)> {
    let word = line.word(at);
    if let Some(unit) = unit_word(word) {
        return Some((at + 1, u64::from(unit)));
    }
    let tens = tens_word(word)?;
    let hyphen = usize::from(line.word(at + 1) == "-" && line.glued(at + 1));
    match unit_word(line.word(at + 1 + hyphen)).filter(|u| (1..10).contains(u)) {
        Some(unit) => Some((at + 2 + hyphen, u64::from(tens + unit))),
        None => Some((at + 1, u64::from(tens))),
    }
}

/// "3rd", "third", "twenty-first": one past its last token, and its place.
pub(crate) fn ordinal_at(line: &Line, at: usize) -> Option<(usize, u32)> {
    if let Some(digits) = line.digits(at) {
        let n = digits.parse().ok()?;
        return (line.glued(at + 1) && line.is(at + 1, &["st", "nd", "rd", "th"])).then_some((at + 2, n));
    }
    let word = line.word(at);
    if let Some(n) = place(&ORDINALS, word).filter(|n| *n > 0) {
        return Some((at + 1, n));
    }
    if let Some(n) = TENS
        .iter()
        .position(|t| word.strip_suffix("ieth") == t.strip_suffix('y'))
    {
        return Some((at + 1, u32::try_from(n).ok()? * 10 + 20));
    }
    let tens = tens_word(word)?;
    let hyphen = usize::from(line.word(at + 1) == "-");
    let unit = place(&ORDINALS, line.word(at + 1 + hyphen)).filter(|u| (1..10).contains(u))?;
    Some((at + 2 + hyphen, tens + unit))
}

/// Spoken digits in a row, "four five one two" or "double five one": at least three. In pairs, "forty-five twelve": at
/// least four.
pub(crate) fn spoken_digits_at(line: &Line, at: usize) -> Option<(usize, String)> {
    let (mut to, mut digits, mut pairs) = (at, String::new(), false);
    while digits.len() < 30 {
        let times = match line.word(to) {
            "double" => 2,
            "triple" => 3,
            _ => 1,
        };
        let word = line.word(to + usize::from(times > 1));
        if let Some((end, pair)) = spoken_pair(line, to).filter(|_| times == 1) {
            digits.push_str(&pair.to_string());
            (to, pairs) = (end, true);
        } else {
            let digit = if word == "oh" || word == "o" {
                Some(0)
            } else {
                unit_word(word).filter(|d| *d < 10)
            };
            let Some(digit) = digit else { break };
            digits.push_str(&digit.to_string().repeat(times));
            to += 1 + usize::from(times > 1);
        }
        if line.is(to, &[",", "-"])
            && (unit_word(line.word(to + 1)).is_some() || tens_word(line.word(to + 1)).is_some())
        {
            to += 1;
        }
    }
    let amount = line.is(to, &["hundred", "thousand", "million", "point"]);
    (digits.len() >= if pairs { 4 } else { 3 } && !(pairs && amount)).then_some((to, digits))
}

/// "Twelve" or "forty-five", said for two digits.
fn spoken_pair(line: &Line, at: usize) -> Option<(usize, u32)> {
    if let Some(teen) = unit_word(line.word(at)).filter(|n| (10..20).contains(n)) {
        return Some((at + 1, teen));
    }
    let tens = tens_word(line.word(at))?;
    let next = at + 1 + usize::from(line.is(at + 1, &["-"]));
    let unit = unit_word(line.word(next)).filter(|n| (1..10).contains(n));
    Some(unit.map_or((at + 1, tens), |unit| (next + 1, tens + unit)))
}

/// Words before "one" that make it a pronoun: "the one", "this one".
const PRONOUN_BEFORE: [&str; 24] = [
    "the", "this", "that", "which", "no", "any", "each", "every", "some", "another", "other", "first", "second",
    "third", "last", "next", "new", "old", "same", "right", "wrong", "either", "only", "good",
];

/// Words after "one" that make it no count: "one of them", "one moment".
const PRONOUN_AFTER: [&str; 10] = [
    "of", "sec", "second", "moment", "that", "which", "who", "i", "thing", "more",
];

fn is_pronoun(line: &Line, at: usize, to: usize) -> bool {
    line.word(at) == "one"
        && to == at + 1
        && (PRONOUN_BEFORE.contains(&line.before(at, 1)) || PRONOUN_AFTER.contains(&line.word(to)))
}

/// Whether a number in digits is no part of a date, time, code or word.
pub(crate) fn is_free(line: &Line, from: usize, number: &Number) -> bool {
    number.spoken
        || line.stands_alone(
            from,
            number.to,
            &["-", "+", "~", "€", "$", "£", "¥", "₹", "(", "=", "*", "x"],
            &[
                "%", "x", "€", "$", "£", "¥", "₹", "ish", "-", "+", ")", "/", "pcs", "times",
            ],
        )
}

/// Every number of the text that stands free.
pub(crate) fn find_numbers(line: &Line) -> Vec<(usize, Number)> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < line.len() {
        match number_at(line, at).filter(|n| is_free(line, at, n) && !is_pronoun(line, at, n.to)) {
            Some(number) => {
                let next = number.to.max(at + 1);
                found.push((at, number));
                at = next;
            }
            None => at += 1,
        }
    }
    found
}

/// Whole numbers.
pub(crate) fn find_integers(line: &Line) -> Vec<Candidate> {
    signed(line, |value| {
        if value.is_integer() {
            value.to_i64().map(Value::Integer)
        } else {
            None
        }
    })
}

/// Numbers of any kind.
pub(crate) fn find_decimals(line: &Line) -> Vec<Candidate> {
    signed(line, |value| Some(Value::Decimal(value)))
}

fn signed(line: &Line, value: impl Fn(Decimal) -> Option<Value>) -> Vec<Candidate> {
    let minus = |at: usize| at > 0 && line.glued(at) && line.word(at - 1) == "-" && !line.glued(at - 1);
    let made = |(at, number): (usize, Number)| {
        let negative = minus(at);
        let from = if negative || line.before(at, 1) == "minus" {
            at - 1
        } else {
            at
        };
        let worth = if from < at { -number.value } else { number.value };
        Some(Candidate::new(line, from, number.to, value(worth)?, Strength::Strong))
    };
    find_numbers(line).into_iter().filter_map(made).collect()
}

#[cfg(test)]
mod tests {
    use taskwright_domain::AttributeType::{Decimal, Integer};

    use crate::values::trial::{hold, hold_whole};

    #[test]
    fn whole_numbers_are_found_in_digits_and_words() {
        hold(
            &Integer,
            &[
                ("I have 3 boxes", "3=3"),
                ("twenty-five people", "twenty-five=25"),
                ("twenty five", "twenty five=25"),
                ("1,234 units", "1,234=1234"),
                ("a couple of bags", "a couple of=2"),
                ("a dozen eggs", "a dozen=12"),
                ("half a dozen", "half a dozen=6"),
                ("two hundred and five", "two hundred and five=205"),
                ("a thousand", "a thousand=1000"),
                ("three thousand two hundred", "three thousand two hundred=3200"),
                ("2 or 3", "2=2 | 3=3"),
                ("-5 degrees", "-5=-5"),
                ("5k followers", "5k=5000"),
                ("2 million", "2 million=2000000"),
                ("party of 4.", "4=4"),
                ("(7)", "7=7"),
                ("80%", "80=80"),
                ("2x please", "2=2"),
                ("zero", "zero=0"),
                ("I want one", "one=1"),
                ("1.000.000", "1.000.000=1000000"),
                ("minus three", "minus three=-3"),
            ],
        );
    }

    #[test]
    fn what_only_looks_like_a_whole_number_is_left_alone() {
        hold(
            &Integer,
            &[
                ("the first one", ""),
                ("this one", ""),
                ("one of them", ""),
                ("one moment", ""),
                ("AB12", ""),
                ("the 2nd", ""),
                ("5pm", ""),
                ("at 17:30", ""),
                ("12/11/2026", ""),
                ("3.5", ""),
                ("no numbers here", ""),
                ("v1.2.3", ""),
                ("someone", ""),
                ("4512-33", ""),
            ],
        );
    }

    #[test]
    fn decimal_numbers_are_found_in_english_and_european_forms() {
        hold(
            &Decimal,
            &[
                ("3.5 kg", "3.5=3.5"),
                ("3,5 kg", "3,5=3.5"),
                ("1,234.50", "1,234.50=1234.50"),
                ("1.234,50", "1.234,50=1234.50"),
                ("two point five", "two point five=2.5"),
                ("three and a half", "three and a half=3.5"),
                ("-0.25", "-0.25=-0.25"),
                ("12", "12=12"),
                ("1'234.5", "1'234.5=1234.5"),
            ],
        );
    }

    #[test]
    fn a_whole_text_is_a_number_only_when_nothing_else_stands_in_it() {
        hold_whole(
            &Integer,
            &[
                ("42", "42"),
                (" 42. ", "42"),
                ("it's five", "5"),
                ("about 20", "20"),
                ("42 apples", ""),
                ("3.7", ""),
                ("two or three", ""),
                ("", ""),
            ],
        );
    }
}
