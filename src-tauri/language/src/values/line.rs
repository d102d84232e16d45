//! A text cut into words, numbers and marks, each with its place in code points.

use std::cell::OnceCell;

use taskwright_domain::Span;

use super::stems::{near, stem};

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TokenKind {
    /// Letters, with inner apostrophes ("o'clock").
    Word,
    /// ASCII digits.
    Digits,
    /// Any other visible character, on its own.
    Mark,
}

/// A word, a run of digits or a mark.
#[derive(Debug, Clone)]
pub(crate) struct Token {
    /// In lower case; typographic apostrophes made plain.
    pub(crate) word: String,
    /// What it is.
    pub(crate) kind: TokenKind,
    /// The first code point.
    pub(crate) start: u32,
    /// One past the last code point.
    pub(crate) end: u32,
    /// No white space stands before it.
    pub(crate) glued: bool,
    /// It begins with a capital letter.
    pub(crate) capital: bool,
    /// First token of the run without white space it stands in, outer punctuation left off.
    chunk_from: usize,
    /// One past the last token of that run.
    chunk_to: usize,
}

/// A text with its tokens.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    chars: Vec<char>,
    tokens: Vec<Token>,
    /// The stems of the tokens, made when first asked for: many questions are asked of one line.
    stems: OnceCell<Vec<String>>,
}

impl Line {
    /// Cuts a text.
    pub(crate) fn new(text: &str) -> Self {
        let chars: Vec<char> = text.chars().collect();
        let mut tokens = Vec::new();
        let mut at = 0;
        let mut spaced = true;
        while let Some(&c) = chars.get(at) {
            if c.is_whitespace() || is_invisible(c) {
                spaced = spaced || c.is_whitespace();
                at += 1;
                continue;
            }
            let end = token_end(&chars, at);
            tokens.push(token(&chars, at, end, !spaced));
            spaced = false;
            at = end;
        }
        let mut line = Self {
            chars,
            tokens,
            stems: OnceCell::new(),
        };
        line.mark_chunks();
        line
    }

    /// How many tokens there are.
    pub(crate) fn len(&self) -> usize {
        self.tokens.len()
    }

    /// The token at a place.
    pub(crate) fn get(&self, at: usize) -> Option<&Token> {
        self.tokens.get(at)
    }

    /// All tokens.
    pub(crate) fn tokens(&self) -> &[Token] {
        &self.tokens
    }

    /// The token's text in lower case; empty outside, so that looking past either end is harmless.
    pub(crate) fn word(&self, at: usize) -> &str {
        self.get(at).map_or("", |t| t.word.as_str())
    }

    /// The word `back` tokens before `at`; empty before the start.
    pub(crate) fn before(&self, at: usize, back: usize) -> &str {
        at.checked_sub(back).map_or("", |i| self.word(i))
    }

    /// The stem of the word at a place, other tokens as they are; empty outside.
    pub(crate) fn stem(&self, at: usize) -> &str {
        let made = || {
            self.tokens
                .iter()
                .map(|t| {
                    if t.kind == TokenKind::Word {
                        stem(&t.word)
                    } else {
                        t.word.clone()
                    }
                })
                .collect()
        };
        self.stems.get_or_init(made).get(at).map_or("", String::as_str)
    }

    /// Whether the token is one of these words.
    pub(crate) fn is(&self, at: usize, words: &[&str]) -> bool {
        self.get(at).is_some_and(|t| words.contains(&t.word.as_str()))
    }

    /// Whether these words stand here, one after the other.
    pub(crate) fn starts(&self, at: usize, words: &[&str]) -> bool {
        words.iter().enumerate().all(|(i, word)| self.word(at + i) == *word)
    }

    /// The digits at a place.
    pub(crate) fn digits(&self, at: usize) -> Option<&str> {
        self.get(at)
            .filter(|t| t.kind == TokenKind::Digits)
            .map(|t| t.word.as_str())
    }

    /// Whether a word (letters) stands there.
    pub(crate) fn is_word(&self, at: usize) -> bool {
        self.get(at).is_some_and(|t| t.kind == TokenKind::Word)
    }

    /// Whether a mark stands there, or the text ends.
    pub(crate) fn is_break(&self, at: usize) -> bool {
        self.get(at).is_none_or(|t| t.kind == TokenKind::Mark)
    }

    /// Whether the token follows the one before without white space.
    pub(crate) fn glued(&self, at: usize) -> bool {
        at > 0 && self.get(at).is_some_and(|t| t.glued)
    }

    /// Whether the token begins with a capital letter.
    pub(crate) fn capital(&self, at: usize) -> bool {
        self.get(at).is_some_and(|t| t.capital)
    }

    /// Whether a sentence ends between this token and the one before.
    pub(crate) fn sentence_starts(&self, at: usize) -> bool {
        at == 0 || self.is(at - 1, &[".", "!", "?", ";"]) && !self.glued(at)
    }

    /// The run without white space around a token, outer punctuation left off.
    pub(crate) fn chunk(&self, at: usize) -> (usize, usize) {
        self.get(at).map_or((at, at), |t| (t.chunk_from, t.chunk_to))
    }

    /// Whether tokens `from..to` are a whole run, but for these marks around them.
    pub(crate) fn stands_alone(&self, from: usize, to: usize, before: &[&str], after: &[&str]) -> bool {
        let (first, last) = self.chunk(from);
        let (_, end) = self.chunk(to.saturating_sub(1));
        let last = last.max(end);
        (first..from).all(|i| self.is(i, before)) && (to..last).all(|i| self.is(i, after))
    }

    /// Where tokens `from..to` stand.
    pub(crate) fn span(&self, from: usize, to: usize) -> Span {
        let start = self.get(from).map_or(0, |t| t.start);
        let end = to.checked_sub(1).and_then(|i| self.get(i)).map_or(start, |t| t.end);
        Span::new(start, end.max(start))
    }

    /// Tokens `from..to` as they were written.
    pub(crate) fn text(&self, from: usize, to: usize) -> String {
        self.cut(self.span(from, to))
    }

    /// A stretch as it was written.
    pub(crate) fn cut(&self, span: Span) -> String {
        self.chars
            .get(span.start as usize..span.end as usize)
            .map_or_else(String::new, |c| c.iter().collect())
    }

    /// The first token at or after a code point.
    pub(crate) fn token_at(&self, place: u32) -> usize {
        self.tokens.partition_point(|t| t.end <= place)
    }

    /// The code points of the text.
    pub(crate) fn chars(&self) -> &[char] {
        &self.chars
    }

    /// Whether any letter of the text is a capital one and any is not: only then capitals say something.
    pub(crate) fn has_case(&self) -> bool {
        self.chars.iter().any(|c| c.is_uppercase()) && self.chars.iter().any(|c| c.is_lowercase())
    }

    fn mark_chunks(&mut self) {
        let mut from = 0;
        while from < self.tokens.len() {
            let mut to = from + 1;
            while self.tokens.get(to).is_some_and(|t| t.glued) {
                to += 1;
            }
            let outer = |t: Option<&Token>, marks: &str| {
                t.is_some_and(|t| t.kind == TokenKind::Mark && t.word.chars().all(|c| marks.contains(c)))
            };
            let (mut first, mut last) = (from, to);
            while first + 1 < last && outer(self.tokens.get(first), "([{\"'“‘«<*_") {
                first += 1;
            }
            while first + 1 < last && outer(self.tokens.get(last - 1), ".,;:!?)]}\"'”’»>*_…") {
                last -= 1;
            }
            for token in self.tokens.iter_mut().take(to).skip(from) {
                token.chunk_from = first;
                token.chunk_to = last;
            }
            from = to;
        }
    }
}

/// Marks that steer direction or joining and say nothing themselves.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
        || c.is_control()
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ' | '`')
}

fn token_end(chars: &[char], at: usize) -> usize {
    let is = |i: usize, test: fn(char) -> bool| chars.get(i).is_some_and(|c| test(*c));
    let letter = |c: char| c.is_alphabetic();
    let digit = |c: char| c.is_ascii_digit();
    let mut end = at + 1;
    if is(at, digit) {
        while is(end, digit) {
            end += 1;
        }
    } else if is(at, letter) {
        while is(end, letter) || (is(end, is_apostrophe) && is(end + 1, letter)) || is(end, is_combining) {
            end += 1;
        }
    }
    end
}

fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

fn token(chars: &[char], start: usize, end: usize, glued: bool) -> Token {
    let written = chars.get(start..end).unwrap_or_default();
    let first = written.first().copied().unwrap_or(' ');
    let kind = match first {
        c if c.is_ascii_digit() => TokenKind::Digits,
        c if c.is_alphabetic() => TokenKind::Word,
        _ => TokenKind::Mark,
    };
    let plain = |c: &char| if is_apostrophe(*c) { '\'' } else { *c };
    let word: String = written.iter().map(plain).flat_map(char::to_lowercase).collect();
    let word = if is_please(&word) { "please".to_owned() } else { word };
    let place = |i: usize| u32::try_from(i).unwrap_or(u32::MAX);
    Token {
        word,
        kind,
        start: place(start),
        end: place(end),
        glued,
        capital: first.is_uppercase(),
        chunk_from: 0,
        chunk_to: 0,
    }
}

/// "Please" with a slip of the pen: the commonest of all, and never part of a value.
fn is_please(word: &str) -> bool {
    word.starts_with('p') && word != "pleased" && near(word, "please")
}

#[cfg(test)]
mod tests {
    use super::{Line, is_please};

    #[test]
    fn please_is_heard_with_a_slip() {
        let heard = ["plaese", "pelase", "please", "pleaes", "plese", "plesae"];
        assert!(
            heard.iter().all(|word| is_please(word)),
            "each is at most one slip away"
        );
        let others = ["pleased", "plays", "plan", "", "leases"];
        assert!(
            !others.iter().any(|word| is_please(word)),
            "none of these is a slip of it"
        );
    }

    #[test]
    fn a_text_is_cut_into_words_numbers_and_marks_with_their_places() {
        let line = Line::new("Don’t pay 12.50€, OK?");
        let words: Vec<&str> = line.tokens().iter().map(|t| t.word.as_str()).collect();
        assert_eq!(
            words,
            ["don't", "pay", "12", ".", "50", "€", ",", "ok", "?"],
            "the tokens"
        );
        assert_eq!(line.text(2, 6), "12.50€", "a stretch reads as it was written");
        assert_eq!(line.chunk(3), (2, 6), "the comma is outside the run");
    }

    #[test]
    fn looking_past_the_ends_is_harmless() {
        let line = Line::new("");
        assert_eq!(
            (line.word(3), line.before(0, 2), line.text(5, 9).as_str()),
            ("", "", ""),
            "nothing there"
        );
    }
}
