//! A text cut into words, numbers, pills, quotes and marks, each with its place in code points.

use taskwright_domain::{Span, is_reference};

use super::stem::{kin, stem};

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A word, or the part of a contraction: `don't` is `do` and `not`.
    Word,
    /// Digits, e.g. `1,000` or `2.5`.
    Number,
    /// `{order.status}`; the token's `low` is what stands inside.
    Pill,
    /// `@get_order`; the token's `low` is the key.
    Call,
    /// Words in quotation marks; the token's `low` is what stands inside, as written.
    Quote,
    /// Punctuation.
    Mark(char),
}

/// One token.
#[derive(Debug, Clone)]
pub(super) struct Token<'a> {
    pub(super) kind: Kind,
    /// As written.
    pub(super) text: &'a str,
    /// In lower case, contractions written out; the inside of a pill or quote.
    pub(super) low: String,
    /// The word's stem; empty for what is no word.
    pub(super) stem: String,
    /// The families of words it belongs to, see [`kin`].
    pub(super) kin: u32,
    /// Place in the text, in code points.
    pub(super) span: Span,
    /// Place in the text, in bytes.
    pub(super) bytes: (usize, usize),
    /// White space stands before it.
    pub(super) spaced: bool,
    /// Starts with a capital letter.
    pub(super) capital: bool,
    /// Stands in square brackets, as names of actions do in many teams' guidelines.
    pub(super) bracketed: bool,
}

impl Token<'_> {
    pub(super) fn is(&self, word: &str) -> bool {
        self.kind == Kind::Word && self.low == word
    }

    pub(super) fn any(&self, words: &[&str]) -> bool {
        self.kind == Kind::Word && words.contains(&self.low.as_str())
    }

    /// A word for the one who is helped, whatever the trade calls them.
    pub(super) fn is_customer(&self) -> bool {
        self.any(&[
            "customer",
            "user",
            "client",
            "caller",
            "guest",
            "patient",
            "member",
            "passenger",
            "subscriber",
            "shopper",
            "visitor",
            "traveller",
            "traveler",
            "cardholder",
            "policyholder",
        ])
    }

    /// The same of several.
    pub(super) fn are_customers(&self) -> bool {
        let one = self.low.strip_suffix('s').map(|low| Token {
            low: low.to_owned(),
            ..self.clone()
        });
        one.is_some_and(|one| one.is_customer())
    }

    pub(super) fn mark(&self, mark: char) -> bool {
        self.kind == Kind::Mark(mark)
    }

    pub(super) fn is_mark(&self) -> bool {
        matches!(self.kind, Kind::Mark(_))
    }
}

/// A line of the text.
#[derive(Debug, Clone)]
pub(super) struct Line {
    /// Columns of white space before it.
    pub(super) indent: usize,
    /// What it starts with.
    pub(super) marker: Marker,
    /// Its tokens, marker not included.
    pub(super) tokens: (usize, usize),
    /// The whole line is bold.
    pub(super) bold: bool,
    /// An empty line stands before it.
    pub(super) after_blank: bool,
}

/// What a line starts with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Marker {
    /// Nothing special.
    None,
    /// `#`.
    Heading,
    /// `-`, `*`, `•`.
    Bullet,
    /// `3.` or `3)`.
    Number(u32),
    /// `b.` or `b)`.
    Letter(char),
}

/// Longest quote that is taken as one token, in bytes.
const LONGEST_QUOTE: usize = 600;
/// Longest pill, in bytes.
const LONGEST_PILL: usize = 80;

/// Cuts a text into tokens and lines.
pub(super) fn scan(text: &str) -> (Vec<Token<'_>>, Vec<Line>) {
    let mut scanner = Scanner {
        text,
        at: 0,
        point: 0,
        spaced: true,
        bracketed: false,
        tokens: Vec::new(),
    };
    let mut lines = Vec::new();
    let mut after_blank = false;
    while scanner.at < text.len() {
        let end = text[scanner.at..]
            .find('\n')
            .map_or(text.len(), |more| scanner.at + more);
        match scanner.line(end) {
            Some(line) => lines.push(Line {
                after_blank: std::mem::take(&mut after_blank),
                ..line
            }),
            None => after_blank = true,
        }
        scanner.skip_to(end);
        if end < text.len() {
            scanner.skip_to(end + 1);
        }
    }
    (scanner.tokens, lines)
}

struct Scanner<'a> {
    text: &'a str,
    at: usize,
    point: u32,
    spaced: bool,
    bracketed: bool,
    tokens: Vec<Token<'a>>,
}

impl<'a> Scanner<'a> {
    fn rest(&self, end: usize) -> &'a str {
        self.text.get(self.at..end).unwrap_or("")
    }

    fn skip_to(&mut self, to: usize) {
        let passed = self.text.get(self.at..to).unwrap_or("");
        self.point += u32::try_from(passed.chars().count()).unwrap_or(u32::MAX);
        self.at = to;
    }

    fn line(&mut self, end: usize) -> Option<Line> {
        let line = self.rest(end);
        let indent = line
            .chars()
            .take_while(|c| c.is_whitespace())
            .map(|c| if c == '\t' { 4 } else { 1 })
            .sum();
        let bare = line.trim_start();
        if bare.trim_end().is_empty() {
            return None;
        }
        self.skip_to(end - bare.len());
        let (marker, length) = marker(bare);
        self.skip_to(self.at + length);
        let from = self.tokens.len();
        self.spaced = true;
        self.bracketed = false;
        let trimmed = bare[length..].trim();
        let inner = trimmed.trim_end_matches(':');
        let bold = inner.len() > 4 && inner.starts_with("**") && inner.trim_end_matches(':').ends_with("**");
        while self.at < end {
            self.token(end);
        }
        Some(Line {
            indent,
            marker,
            tokens: (from, self.tokens.len()),
            bold,
            after_blank: false,
        })
    }

    fn token(&mut self, end: usize) {
        let rest = self.rest(end);
        let Some(first) = rest.chars().next() else { return };
        if first.is_whitespace() || is_ink(first) {
            self.spaced |= first.is_whitespace();
            self.bracketed = first == '[' || self.bracketed && first != ']';
            self.skip_to(self.at + first.len_utf8());
            return;
        }
        if first == '*' || (first == '_' && (rest.starts_with("__") || self.spaced)) {
            self.skip_to(self.at + 1);
            return;
        }
        if let Some(length) = pill(rest) {
            let low = rest[1..length - 1].trim().to_owned();
            return self.push(Kind::Pill, length, low);
        }
        if let Some(length) = self.call(rest) {
            return self.push(Kind::Call, length, rest[1..length].to_lowercase());
        }
        if let Some((length, inner)) = self.quote(rest) {
            return self.push(Kind::Quote, length, inner.to_owned());
        }
        if first.is_ascii_digit() {
            let length = number(rest);
            return self.push(Kind::Number, length, rest[..length].replace(',', ""));
        }
        if first.is_alphanumeric() {
            return self.word(rest);
        }
        let (mark, length) = mark(rest, first, self.spaced);
        self.push(Kind::Mark(mark), length, String::new());
    }

    fn push(&mut self, kind: Kind, length: usize, low: String) {
        let start = (self.at, self.point);
        let text = &self.text[self.at..self.at + length];
        self.skip_to(self.at + length);
        let stem = if kind == Kind::Word { stem(&low) } else { String::new() };
        self.tokens.push(Token {
            kind,
            text,
            low,
            kin: kin(&stem),
            stem,
            span: Span::new(start.1, self.point),
            bytes: (start.0, self.at),
            spaced: std::mem::take(&mut self.spaced),
            capital: text.chars().next().is_some_and(char::is_uppercase),
            bracketed: self.bracketed,
        });
    }

    /// `@key`, not the middle of an e-mail address.
    fn call(&self, rest: &str) -> Option<usize> {
        let key = rest.strip_prefix('@')?;
        if !self.spaced && self.text[..self.at].ends_with(|c: char| c.is_alphanumeric() || c == '.') {
            return None;
        }
        let length = key
            .bytes()
            .take_while(|b| b.is_ascii_alphanumeric() || *b == b'_')
            .count();
        (length > 0).then_some(length + 1)
    }

    fn quote(&self, rest: &'a str) -> Option<(usize, &'a str)> {
        let open = rest.chars().next()?;
        let close = match open {
            '"' => '"',
            '“' | '„' => '”',
            '«' => '»',
            '‘' | '\'' if self.spaced || self.tokens.last().is_some_and(Token::is_mark) => '\'',
            _ => return None,
        };
        let body = &rest[open.len_utf8()..];
        let mut length = 0;
        for (at, c) in body.char_indices() {
            if at > LONGEST_QUOTE {
                return None;
            }
            let next = body[at + c.len_utf8()..].chars().next();
            let closes = match close {
                '\'' => matches!(c, '\'' | '’') && !next.is_some_and(char::is_alphanumeric),
                '”' => matches!(c, '”' | '“' | '"'),
                close => c == close,
            };
            if closes {
                length = at;
                break;
            }
        }
        if length == 0 {
            return None;
        }
        let closing = body[length..].chars().next().map_or(0, char::len_utf8);
        Some((open.len_utf8() + length + closing, body[..length].trim()))
    }

    fn word(&mut self, rest: &str) {
        let length = word_length(rest);
        let word = rest[..length].replace(['’', 'ʼ'], "'");
        let low = match word.to_lowercase() {
            low if low == "e-mail" || low == "e-mails" => low.replace('-', ""),
            low => low,
        };
        if let Some((head, written_out)) = contraction(&low) {
            let cut = rest.char_indices().nth(head).map_or(length, |(at, _)| at).min(length);
            let first = match low.as_str() {
                "can't" => "can".to_owned(),
                "won't" => "will".to_owned(),
                "shan't" => "shall".to_owned(),
                _ => low.chars().take(head).collect(),
            };
            self.push(Kind::Word, cut, first);
            self.push(Kind::Word, length - cut, written_out.to_owned());
            return;
        }
        let after = &rest[length..];
        if after.starts_with('.') && self.is_short(&low, after) {
            let low = if low == "no" { "number".to_owned() } else { low };
            return self.push(Kind::Word, length + 1, low);
        }
        self.push(Kind::Word, length, low);
    }

    /// Whether the full stop after a word belongs to the word.
    fn is_short(&self, low: &str, after: &str) -> bool {
        const SHORT: [&str; 22] = [
            "e.g", "eg", "i.e", "ie", "approx", "incl", "excl", "max", "min", "vs", "mr", "mrs", "ms", "dr", "st",
            "nr", "ref", "tel", "acc", "resp", "inc", "etc",
        ];
        let next = after[1..].trim_start().chars().next();
        match low {
            "etc" | "inc" | "min" | "max" | "ref" => !next.is_none_or(char::is_uppercase),
            "no" => {
                let numbered = [
                    "order", "account", "invoice", "phone", "tracking", "serial", "booking", "customer", "case",
                ];
                self.tokens.last().is_some_and(|last| last.any(&numbered)) && !next.is_none_or(char::is_uppercase)
            }
            _ => SHORT.contains(&low),
        }
    }
}

/// Marks that carry no meaning: bold, code, brackets, invisible characters.
fn is_ink(c: char) -> bool {
    matches!(c, '`' | '[' | ']' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{feff}') || c.is_control()
}

/// The length of the pill that begins here, in bytes.
pub(super) fn pill(rest: &str) -> Option<usize> {
    let body = rest.strip_prefix('{')?;
    let close = body.bytes().take(LONGEST_PILL).position(|b| b == b'}')?;
    let inner = body.get(..close)?.trim();
    let named = is_reference(inner)
        || (!inner.is_empty()
            && inner
                .chars()
                .all(|c| c.is_alphanumeric() || matches!(c, ' ' | '_' | '.' | '-' | '\'')));
    named.then_some(close + 2)
}

fn number(rest: &str) -> usize {
    let bytes = rest.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut at = 0;
    while digit(at) || (at > 0 && matches!(bytes.get(at), Some(b'.' | b',')) && digit(at - 1) && digit(at + 1)) {
        at += 1;
    }
    at
}

/// The length of the word in bytes: letters and digits, with `'`, `-`, `_`, `.` inside where they join two of them.
fn word_length(rest: &str) -> usize {
    let mut length = 0;
    let mut chars = rest.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|(_, c)| *c);
        let after = rest[at..].chars().nth(1);
        let joins = match c {
            '\'' | '’' | 'ʼ' | '-' | '_' => after.is_some_and(char::is_alphanumeric),
            '.' => joins_at_dot(rest, at, next),
            _ => c.is_alphanumeric(),
        };
        if !joins {
            break;
        }
        length = at + c.len_utf8();
    }
    length
}

/// `order.status` and `e.g` are one word; `done.Then` is not.
fn joins_at_dot(rest: &str, at: usize, next: Option<char>) -> bool {
    let before = &rest[..at];
    let lower = before
        .chars()
        .all(|c| c.is_lowercase() || c.is_ascii_digit() || c == '_' || c == '.');
    lower && next.is_some_and(char::is_lowercase)
}

/// Where a contraction is cut (in characters), and what its end stands for.
fn contraction(low: &str) -> Option<(usize, &'static str)> {
    let count = low.chars().count();
    let cut = |tail: usize| count.checked_sub(tail).filter(|head| *head > 0);
    let (tail, whole) = match low {
        "cannot" => return Some((3, "not")),
        "can't" => return Some((2, "not")),
        "let's" => return Some((3, "us")),
        _ if low.ends_with("n't") => (3, "not"),
        _ if low.ends_with("'s") => (2, "'s"),
        _ if low.ends_with("'re") => (3, "are"),
        _ if low.ends_with("'ve") => (3, "have"),
        _ if low.ends_with("'ll") => (3, "will"),
        _ if low.ends_with("'d") => (2, "would"),
        _ if low.ends_with("'m") => (2, "am"),
        _ => return None,
    };
    cut(tail).map(|head| (head, whole))
}

fn mark(rest: &str, first: char, spaced: bool) -> (char, usize) {
    for (written, mark) in [
        ("-->", '→'),
        ("->", '→'),
        ("=>", '→'),
        (">=", '≥'),
        ("<=", '≤'),
        ("!=", '≠'),
        ("...", '…'),
        ("--", '–'),
    ] {
        if rest.starts_with(written) {
            return (mark, written.len());
        }
    }
    let mark = match first {
        '⇒' | '➔' | '➜' | '➡' | '⟶' => '→',
        '—' | '–' | '―' => '–',
        '-' if spaced && rest[1..].starts_with(' ') => '–',
        '’' | 'ʼ' => '\'',
        other => other,
    };
    (mark, first.len_utf8())
}

/// The marker at the start of a line without its indentation, and its length with the white space after it.
fn marker(line: &str) -> (Marker, usize) {
    let spaces = |from: usize| line[from..].len() - line[from..].trim_start().len();
    let hashes = line.bytes().take_while(|b| *b == b'#').count();
    if (1..=6).contains(&hashes) && (line.len() == hashes || spaces(hashes) > 0) {
        return (Marker::Heading, hashes + spaces(hashes));
    }
    let mut chars = line.chars();
    let first = chars.next().unwrap_or(' ');
    if matches!(first, '-' | '*' | '•' | '+' | '–' | '◦' | '‣' | '>') && spaces(first.len_utf8()) > 0 {
        let mut length = first.len_utf8() + spaces(first.len_utf8());
        for checkbox in ["[ ] ", "[x] ", "[X] "] {
            if line[length..].starts_with(checkbox) {
                length += checkbox.len();
            }
        }
        return (Marker::Bullet, length);
    }
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    if (1..=3).contains(&digits) && line[digits..].starts_with(['.', ')']) && spaces(digits + 1) > 0 {
        let number = line[..digits].parse().unwrap_or(0);
        return (Marker::Number(number), digits + 1 + spaces(digits + 1));
    }
    let second = chars.next().unwrap_or(' ');
    if first.is_ascii_alphabetic() && matches!(second, '.' | ')') && spaces(2) > 0 {
        return (Marker::Letter(first.to_ascii_lowercase()), 2 + spaces(2));
    }
    (Marker::None, 0)
}

#[cfg(test)]
mod tests {
    use super::{Kind, Marker, scan};

    #[test]
    fn words_are_cut_where_people_cut_them() {
        let (tokens, _) =
            scan("Don't ask: it's {visit.day}, e.g. @find_visit or order no. 7, \"Yes, please.\" -> 1,000.50€");
        let low: Vec<_> = tokens
            .iter()
            .map(|t| if t.low.is_empty() { t.text } else { &t.low })
            .collect();
        assert_eq!(
            low,
            [
                "do",
                "not",
                "ask",
                ":",
                "it",
                "'s",
                "visit.day",
                ",",
                "e.g",
                "find_visit",
                "or",
                "order",
                "number",
                "7",
                ",",
                "Yes, please.",
                "->",
                "1000.50",
                "€"
            ],
            "contractions, pills, abbreviations, quotes and numbers"
        );
        assert_eq!(
            tokens.last().map(|t| t.kind),
            Some(Kind::Mark('€')),
            "a currency sign is a mark"
        );
    }

    #[test]
    fn list_markers_are_no_words() {
        let (_, lines) = scan("# Steps\n1. One\n   - two\n\t* three\na) four\n\nplain");
        let markers: Vec<_> = lines.iter().map(|l| (l.indent, l.marker)).collect();
        assert_eq!(
            markers,
            [
                (0, Marker::Heading),
                (0, Marker::Number(1)),
                (3, Marker::Bullet),
                (4, Marker::Bullet),
                (0, Marker::Letter('a')),
                (0, Marker::None)
            ],
            "blank lines are left out"
        );
    }

    #[test]
    fn spans_mark_the_words_in_code_points() {
        let text = "Größe “ü” 😀 can't";
        for token in scan(text).0 {
            assert_eq!(token.span.of(text), token.text, "the span of {:?}", token.text);
        }
    }
}
