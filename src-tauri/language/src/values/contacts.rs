//! E-mail addresses and phone numbers.

use taskwright_domain::{Span, Value};

use super::line::{Line, TokenKind};
use super::numbers::spoken_digits_at;
use super::{Candidate, Strength, days};

fn is_local(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '.' | '_' | '%' | '+' | '-' | '\'')
}

fn is_domain(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '.' | '-')
}

/// Longer than any real local part or domain; it keeps a text of only `@` linear.
const REACH: usize = 320;

/// E-mail addresses, in lower case.
pub(crate) fn find_emails(line: &Line) -> Vec<Candidate> {
    let chars = line.chars();
    let mut found: Vec<Candidate> = Vec::new();
    for (at, _) in chars.iter().enumerate().filter(|(_, c)| **c == '@') {
        let before = chars
            .get(..at)
            .unwrap_or_default()
            .iter()
            .rev()
            .take(REACH)
            .take_while(|c| is_local(**c))
            .count();
        let after = chars
            .get(at + 1..)
            .unwrap_or_default()
            .iter()
            .take(REACH)
            .take_while(|c| is_domain(**c))
            .count();
        let mut from = at - before;
        let mut to = at + 1 + after;
        while to > at && chars.get(to - 1).is_some_and(|c| !c.is_alphanumeric()) {
            to -= 1;
        }
        while from < at && chars.get(from).is_some_and(|c| !c.is_alphanumeric() && *c != '_') {
            from += 1;
        }
        let text: String = chars.get(from..to).unwrap_or_default().iter().collect();
        if found.last().is_none_or(|last| last.span.end as usize <= from) && is_email(&text) {
            found.push(placed(
                line,
                from,
                to,
                Value::Text(text.to_lowercase()),
                Strength::Strong,
            ));
        }
    }
    found.extend(spoken_emails(line));
    found.sort_by_key(|c| c.from);
    found
}

fn placed(line: &Line, from: usize, to: usize, value: Value, strength: Strength) -> Candidate {
    let place = |i: usize| u32::try_from(i).unwrap_or(u32::MAX);
    let span = Span::new(place(from), place(to));
    Candidate {
        from: line.token_at(span.start),
        to: line.token_at(span.end.saturating_sub(1)) + 1,
        span,
        value,
        strength,
    }
}

/// One part, an at, a domain of at least two parts of which the last is letters.
fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else {
        return false;
    };
    let parts: Vec<&str> = domain.split('.').collect();
    let Some((top, rest)) = parts.split_last() else {
        return false;
    };
    let fine = |p: &&str| !p.is_empty() && !p.starts_with('-') && !p.ends_with('-');
    !local.is_empty()
        && !local.contains("..")
        && !local.ends_with('.')
        && !rest.is_empty()
        && rest.iter().all(fine)
        && top.chars().count() >= 2
        && top.chars().all(char::is_alphabetic)
}

/// "anna dot berg at example dot com": only where both words stand with a known ending, which no other sentence has.
fn spoken_emails(line: &Line) -> Vec<Candidate> {
    const ENDINGS: [&str; 14] = [
        "com", "org", "net", "edu", "gov", "io", "co", "de", "uk", "eu", "fr", "es", "it", "nl",
    ];
    let mut found = Vec::new();
    for at in 1..line.len() {
        if !line.is(at, &["at"]) || !line.starts(at + 2, &["dot"]) || !line.is(at + 3, &ENDINGS) {
            continue;
        }
        let mut to = at + 4;
        if line.word(to) == "dot" && line.is(to + 1, &ENDINGS) {
            to += 2;
        }
        let mut from = at - 1;
        while from >= 2 && line.is(from - 1, &["dot", "underscore"]) {
            from -= 2;
        }
        if line.get(from).is_none_or(|t| t.kind == TokenKind::Mark) {
            continue;
        }
        let part = |i: usize| match line.word(i) {
            "dot" => ".".to_owned(),
            "at" => "@".to_owned(),
            "underscore" => "_".to_owned(),
            word => word.to_owned(),
        };
        let text: String = (from..to).map(part).collect();
        if is_email(&text) {
            found.push(Candidate::new(line, from, to, Value::Text(text), Strength::Strong));
        }
    }
    found
}

/// Words that announce a phone number.
const PHONE_WORDS: [&str; 12] = [
    "phone",
    "call",
    "cell",
    "mobile",
    "tel",
    "telephone",
    "contact",
    "reach",
    "text",
    "ring",
    "cellphone",
    "whatsapp",
];

/// Phone numbers: a leading + where written, and digits.
pub(crate) fn find_phones(line: &Line) -> Vec<Candidate> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < line.len() {
        match phone_at(line, at) {
            Some(candidate) => {
                at = candidate.to;
                found.push(candidate);
            }
            None => at += 1,
        }
    }
    found
}

fn phone_at(line: &Line, at: usize) -> Option<Candidate> {
    if line.glued(at) && line.before(at, 1) != ":" {
        return None;
    }
    if let Some((to, digits)) = spoken_digits_at(line, at).filter(|(_, d)| (7..=15).contains(&d.len())) {
        return Some(Candidate::new(
            line,
            at,
            to,
            Value::Text(digits),
            strength(line, at, false),
        ));
    }
    let plus = line.word(at) == "+";
    let mut to = at + usize::from(plus);
    let (mut digits, mut groups, mut end) = (String::new(), 0, at);
    while to < at + 24 {
        if let Some(more) = line.digits(to) {
            digits.push_str(more);
            groups += 1;
            end = to + 1;
        } else if !line.is(to, &["-", "(", ")", "/", "."]) || digits.is_empty() && line.word(to) != "(" {
            break;
        }
        to += 1;
    }
    if !(7..=15).contains(&digits.len()) || line.glued(end) && line.is_word(end) {
        return None;
    }
    let date_like = groups == 3 && line.digits(at).is_some_and(|d| d.len() == 4) && digits.len() == 8;
    if date_like && days_like(line, at) {
        return None;
    }
    let value = if plus { format!("+{digits}") } else { digits.clone() };
    let grouped = plus || groups > 1 && digits.len() >= 9 || digits.len() == 10 && groups > 1;
    Some(Candidate::new(
        line,
        at,
        end,
        Value::Text(value),
        strength(line, at, grouped || digits.len() == 11),
    ))
}

fn days_like(line: &Line, at: usize) -> bool {
    let settings = taskwright_domain::Settings::default();
    let context = super::ValueContext {
        settings: &settings,
        now: jiff::Timestamp::UNIX_EPOCH,
    };
    days::day_at(line, at, context.today(), &context).is_some()
}

/// A bare run of digits is a phone number only where the words say so.
fn strength(line: &Line, at: usize, shaped: bool) -> Strength {
    let said = (1..=5).any(|back| PHONE_WORDS.contains(&line.before(at, back)));
    if shaped || said {
        Strength::Strong
    } else {
        Strength::Weak
    }
}

#[cfg(test)]
mod tests {
    use taskwright_domain::AttributeType::{Email, Phone};

    use crate::values::trial::{hold, hold_whole};

    #[test]
    fn e_mail_addresses_are_found() {
        hold(
            &Email,
            &[
                (
                    "write to Anna.Berg@Example.com.",
                    "Anna.Berg@Example.com=anna.berg@example.com",
                ),
                (
                    "<a+b@mail.example.co.uk>",
                    "a+b@mail.example.co.uk=a+b@mail.example.co.uk",
                ),
                ("it's joe_1@x-y.org, thanks", "joe_1@x-y.org=joe_1@x-y.org"),
                (
                    "anna dot berg at example dot com",
                    "anna dot berg at example dot com=anna.berg@example.com",
                ),
                ("a@b.de and c@d.fr", "a@b.de=a@b.de | c@d.fr=c@d.fr"),
                ("josé@correo.es", "josé@correo.es=josé@correo.es"),
            ],
        );
    }

    #[test]
    fn what_is_no_e_mail_address_is_left_alone() {
        hold(
            &Email,
            &[
                ("anna@", ""),
                ("@anna", ""),
                ("anna@example", ""),
                ("meet me at the shop", ""),
                ("a..b@c.de", ""),
                ("anna@example.c", ""),
                ("look at example dot", ""),
            ],
        );
        hold_whole(
            &Email,
            &[
                ("anna@example.com", "anna@example.com"),
                ("it's anna@example.com.", "anna@example.com"),
                ("mail anna@example.com today", ""),
            ],
        );
    }

    #[test]
    fn phone_numbers_are_found_and_brought_to_digits() {
        hold(
            &Phone,
            &[
                ("call +49 30 1234567", "+49 30 1234567=+49301234567"),
                ("(555) 123-4567", "(555) 123-4567=5551234567"),
                ("555-123-4567", "555-123-4567=5551234567"),
                ("my phone is 5551234567", "5551234567=5551234567"),
                ("07700 900123", "07700 900123=07700900123"),
                ("order 12345678", ""),
                ("2026-11-21", ""),
                ("17:30", ""),
                ("+1 415.555.0134!", "+1 415.555.0134=+14155550134"),
            ],
        );
        hold_whole(
            &Phone,
            &[
                ("5551234567", "5551234567"),
                ("0301234567", "0301234567"),
                ("12", ""),
                ("five five five one two three four", "5551234"),
            ],
        );
    }
}
