//! Places that a document leaves to its reader: `{id}`, `{{token}}`, `<your-key>`, `$TOKEN`, `YOUR_API_KEY`.

use crate::naming::key_of;

/// A part of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Piece {
    /// Words as they are.
    Words(String),
    /// A place, by its name as a key.
    Place(String),
}

/// The parts of a text, in order.
pub(crate) fn pieces(text: &str) -> Vec<Piece> {
    if let Some(name) = whole(text) {
        return vec![Piece::Place(name)];
    }
    parts(text, true)
}

/// The parts of a text in a language where `<name>` is a word of its own.
pub(crate) fn pieces_of_markup(text: &str) -> Vec<Piece> {
    parts(text, false)
}

fn parts(text: &str, angles: bool) -> Vec<Piece> {
    let letters: Vec<char> = text.chars().collect();
    let mut pieces = Vec::new();
    let mut words = String::new();
    let mut at = 0;
    while at < letters.len() {
        match place_at(&letters, at).filter(|_| angles || letters[at] != '<') {
            Some((name, length)) => {
                if !words.is_empty() {
                    pieces.push(Piece::Words(std::mem::take(&mut words)));
                }
                pieces.push(Piece::Place(name));
                at += length;
            }
            None => {
                words.push(letters[at]);
                at += 1;
            }
        }
    }
    if !words.is_empty() {
        pieces.push(Piece::Words(words));
    }
    pieces
}

/// Whether there is a place in it.
pub(crate) fn has_place(text: &str) -> bool {
    pieces(text).iter().any(|piece| matches!(piece, Piece::Place(_)))
}

/// `YOUR_API_KEY`, `your-token`, `xxxx`: nobody's value.
fn whole(text: &str) -> Option<String> {
    let lower = text.trim().to_lowercase();
    let named = ["your_", "your-", "my_", "insert_", "insert-", "replace_"];
    let plain = lower.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-');
    let rest = named.iter().find_map(|start| lower.strip_prefix(start));
    match rest {
        Some(rest) if plain && rest.len() > 1 => Some(key_of(rest.trim_end_matches("_here").trim_end_matches("-here"))),
        _ if lower.len() > 3 && lower.chars().all(|c| c == 'x' || c == '*' || c == '.') => Some("value".to_owned()),
        _ => None,
    }
}

/// A place that begins here, with its length.
fn place_at(letters: &[char], at: usize) -> Option<(String, usize)> {
    let rest = &letters[at..];
    let between = |open: &str, close: &str| {
        let (open, close): (Vec<char>, Vec<char>) = (open.chars().collect(), close.chars().collect());
        let inner = rest.strip_prefix(open.as_slice())?;
        let end = inner.windows(close.len()).take(80).position(|found| found == close)?;
        let name: String = inner[..end].iter().collect();
        is_name(&name).then(|| (key_of(&name), open.len() + end + close.len()))
    };
    match rest.first()? {
        '{' => between("{{", "}}").or_else(|| between("{", "}")),
        '<' => between("<", ">"),
        '$' => between("${", "}").or_else(|| variable(rest)),
        '%' => between("%%", "%%").or_else(|| between("%", "%").filter(|_| all_capitals(&rest[1..]))),
        _ => None,
    }
}

/// `$TOKEN`: capitals only, for `$10` and `$filter` mean themselves.
fn variable(rest: &[char]) -> Option<(String, usize)> {
    let name = rest.strip_prefix(&['$'])?;
    let name = name.strip_prefix(&['e', 'n', 'v', ':']).unwrap_or(name);
    let skipped = rest.len() - name.len();
    let length = name
        .iter()
        .take_while(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || **c == '_')
        .count();
    let first = name.first()?;
    (length > 1 && first.is_ascii_uppercase())
        .then(|| (key_of(&name[..length].iter().collect::<String>()), skipped + length))
}

fn all_capitals(rest: &[char]) -> bool {
    let name: Vec<&char> = rest.iter().take_while(|c| **c != '%').collect();
    name.len() > 2 && name.iter().all(|c| c.is_ascii_uppercase() || **c == '_')
}

fn is_name(name: &str) -> bool {
    let trimmed = name.trim();
    trimmed.chars().next().is_some_and(char::is_alphabetic)
        && trimmed.len() <= 60
        && trimmed
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | ' ' | '.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(text: &str) -> Vec<String> {
        let found = pieces(text).into_iter().filter_map(|piece| match piece {
            Piece::Place(name) => Some(name),
            Piece::Words(_) => None,
        });
        found.collect()
    }

    #[test]
    fn every_way_to_write_a_place_is_seen_and_nothing_else() {
        for (text, expected) in [
            ("/orders/{orderId}/items", vec!["order_id"]),
            ("Bearer {{access_token}}", vec!["access_token"]),
            ("Bearer <YOUR-TOKEN>", vec!["your_token"]),
            ("Bearer $GITHUB_TOKEN", vec!["github_token"]),
            ("token=${TOKEN}", vec!["token"]),
            ("$env:API_KEY", vec!["api_key"]),
            ("%API_KEY%", vec!["api_key"]),
            ("YOUR_API_KEY", vec!["api_key"]),
            ("xxxxxxxx", vec!["value"]),
            ("$10 off", vec![]),
            ("$filter", vec![]),
            ("{\"a\": 1}", vec![]),
            ("50%25%", vec![]),
            ("a < b > c", vec!["b"]),
        ] {
            assert_eq!(places(text), expected, "{text}");
        }
    }
}
