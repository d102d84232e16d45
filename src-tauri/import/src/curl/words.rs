//! A pasted command line as the words that curl would be given, whichever shell it was written for.

use crate::ImportError;

/// The shell a command was written for; each quotes in its own way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shell {
    /// bash, zsh and their kin.
    Posix,
    /// The Windows command prompt.
    Prompt,
    /// PowerShell.
    Power,
}

/// The words of the command, and what stood behind it.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) words: Vec<String>,
    /// Something stood behind `|`, `>`, `;` or `&&`.
    pub(super) cut_off: bool,
}

/// The shell, by what only one of them understands.
pub(super) fn shell_of(text: &str) -> Shell {
    let ends = |mark: char| text.lines().any(|line| line.trim_end().ends_with(mark));
    if ends('^') || text.contains("^\"") || text.contains("^{") {
        Shell::Prompt
    } else if ends('`') || text.contains("`\"") || text.contains("$env:") {
        Shell::Power
    } else {
        Shell::Posix
    }
}

/// Splits a command.
pub(super) fn split(text: &str) -> Result<Line, ImportError> {
    match shell_of(text) {
        Shell::Posix => Splitter::new(text, '\\').posix(),
        Shell::Power => Splitter::new(text, '`').power_shell(),
        Shell::Prompt => Splitter::new(&without_carets(text), '\\').cmd(),
    }
}

struct Splitter {
    letters: Vec<char>,
    at: usize,
    /// What takes the meaning from the next character.
    escape: char,
    line: Line,
    word: Option<String>,
}

impl Splitter {
    fn new(text: &str, escape: char) -> Self {
        Self {
            letters: text.replace("\r\n", "\n").chars().collect(),
            at: 0,
            escape,
            line: Line::default(),
            word: None,
        }
    }

    fn next(&mut self) -> Option<char> {
        let letter = self.letters.get(self.at).copied();
        self.at += 1;
        letter
    }

    fn peek(&self) -> Option<char> {
        self.letters.get(self.at).copied()
    }

    fn push(&mut self, letter: char) {
        self.word.get_or_insert_default().push(letter);
    }

    fn end_word(&mut self) {
        self.line.words.extend(self.word.take());
    }

    /// What opens here and never closes, by its first characters.
    fn open(&self, from: usize) -> ImportError {
        let begin = self.letters.iter().skip(from).take(20).collect();
        ImportError::OpenQuote { begin }
    }

    /// An unquoted character that ends the command. A `&` inside a word is taken for part of an address that nobody quoted.
    fn ends_command(&self, letter: char) -> bool {
        match letter {
            '|' | ';' | '>' => !self.line.words.is_empty() && self.word.is_none(),
            '&' => self.word.is_none() || self.peek().is_none_or(|next| next == '&' || next.is_whitespace()),
            _ => false,
        }
    }

    /// An unquoted character, the same in every shell. `false`: the command ends here.
    fn bare(&mut self, letter: char) -> bool {
        match letter {
            '\n' if !self.line.words.is_empty() && self.begins_another() => {
                self.end_word();
                self.line.cut_off = true;
                return false;
            }
            letter if letter.is_whitespace() => self.end_word(),
            letter if self.ends_command(letter) => {
                self.end_word();
                self.line.cut_off = true;
                return false;
            }
            letter => self.push(letter),
        }
        true
    }

    /// Whether the next line is another curl command. A line that goes on with an option was broken by whoever pasted it.
    fn begins_another(&self) -> bool {
        let rest: String = self.letters.iter().skip(self.at).take(6).collect();
        rest.trim_start_matches("$ ").starts_with("curl")
    }

    fn finish(mut self) -> Line {
        self.end_word();
        self.line
    }

    // ---- bash

    fn posix(mut self) -> Result<Line, ImportError> {
        while let Some(letter) = self.next() {
            match letter {
                '\\' => self.posix_escape(),
                '\'' => self.literal()?,
                '"' => self.posix_double()?,
                '$' if self.peek() == Some('\'') => {
                    self.at += 1;
                    self.ansi()?;
                }
                '#' if self.word.is_none() => self.skip_comment(),
                letter => {
                    if !self.bare(letter) {
                        break;
                    }
                }
            }
        }
        Ok(self.finish())
    }

    fn skip_comment(&mut self) {
        while self.peek().is_some_and(|letter| letter != '\n') {
            self.at += 1;
        }
    }

    fn posix_escape(&mut self) {
        match self.next() {
            Some('\n') | None => {}
            // A line break that lost its place: `\ ` at the end of a line.
            Some(letter) if letter.is_whitespace() && self.only_space_until_line_end() => self.end_word(),
            Some(letter) => self.push(letter),
        }
    }

    fn only_space_until_line_end(&self) -> bool {
        let rest = self.letters.iter().skip(self.at).take_while(|letter| **letter != '\n');
        let mut rest = rest.peekable();
        rest.all(|letter| letter.is_whitespace()) && self.letters.iter().skip(self.at).any(|letter| *letter == '\n')
    }

    /// `'…'`: nothing has a meaning inside.
    fn literal(&mut self) -> Result<(), ImportError> {
        let from = self.at;
        self.word.get_or_insert_default();
        loop {
            match self.next() {
                Some('\'') => return Ok(()),
                Some(letter) => self.push(letter),
                None => return Err(self.open(from)),
            }
        }
    }

    fn posix_double(&mut self) -> Result<(), ImportError> {
        let from = self.at;
        self.word.get_or_insert_default();
        loop {
            match self.next() {
                Some('"') => return Ok(()),
                Some('\\') => match self.next() {
                    Some('\n') => {}
                    Some(letter @ ('"' | '\\' | '$' | '`')) => self.push(letter),
                    Some(letter) => {
                        self.push('\\');
                        self.push(letter);
                    }
                    None => return Err(self.open(from)),
                },
                Some(letter) => self.push(letter),
                None => return Err(self.open(from)),
            }
        }
    }

    /// `$'…'` with the escapes of C.
    fn ansi(&mut self) -> Result<(), ImportError> {
        let from = self.at;
        self.word.get_or_insert_default();
        loop {
            match self.next() {
                Some('\'') => return Ok(()),
                Some('\\') => {
                    let Some(letter) = self.next() else {
                        return Err(self.open(from));
                    };
                    let meant = self.c_escape(letter);
                    meant.into_iter().for_each(|letter| self.push(letter));
                }
                Some(letter) => self.push(letter),
                None => return Err(self.open(from)),
            }
        }
    }

    fn c_escape(&mut self, letter: char) -> Option<char> {
        Some(match letter {
            'n' => '\n',
            't' => '\t',
            'r' => '\r',
            'a' => '\u{7}',
            'b' => '\u{8}',
            'e' | 'E' => '\u{1b}',
            'f' => '\u{c}',
            'v' => '\u{b}',
            'x' => return self.digits(16, 2),
            'u' => return self.digits(16, 4),
            'U' => return self.digits(16, 8),
            '0'..='7' => {
                self.at -= 1;
                return self.digits(8, 3);
            }
            other => other,
        })
    }

    fn digits(&mut self, radix: u32, most: usize) -> Option<char> {
        let mut number = 0_u32;
        for _ in 0..most {
            let Some(digit) = self.peek().and_then(|letter| letter.to_digit(radix)) else {
                break;
            };
            number = number.checked_mul(radix)?.checked_add(digit)?;
            self.at += 1;
        }
        char::from_u32(number)
    }

    // ---- PowerShell

    fn power_shell(mut self) -> Result<Line, ImportError> {
        while let Some(letter) = self.next() {
            match letter {
                '`' => match self.next() {
                    Some('\n') | None => {}
                    Some(letter) => self.push(letter),
                },
                quote @ ('\'' | '"') => self.power_shell_quoted(quote)?,
                '#' if self.word.is_none() => self.skip_comment(),
                letter => {
                    if !self.bare(letter) {
                        break;
                    }
                }
            }
        }
        Ok(self.finish())
    }

    /// A quotation mark inside is doubled; in `"…"` a backtick escapes, and for old programs a backslash does so too.
    fn power_shell_quoted(&mut self, quote: char) -> Result<(), ImportError> {
        let from = self.at;
        self.word.get_or_insert_default();
        loop {
            match self.next() {
                Some(letter) if letter == quote && self.peek() == Some(quote) => {
                    self.at += 1;
                    self.push(quote);
                }
                Some(letter) if letter == quote => return Ok(()),
                Some('\\') if self.peek() == Some('"') => {
                    self.at += 1;
                    self.push('"');
                }
                Some(letter) if letter == self.escape && quote == '"' => {
                    let Some(letter) = self.next() else {
                        return Err(self.open(from));
                    };
                    self.push(match letter {
                        'n' => '\n',
                        't' => '\t',
                        'r' => '\r',
                        other => other,
                    });
                }
                Some(letter) => self.push(letter),
                None => return Err(self.open(from)),
            }
        }
    }

    // ---- the command prompt

    /// What is left once the carets are gone: `"…"` with `\"` or `""` for a quotation mark inside.
    fn cmd(mut self) -> Result<Line, ImportError> {
        while let Some(letter) = self.next() {
            match letter {
                '"' => self.cmd_quoted()?,
                '\\' if self.peek() == Some('"') => {
                    self.at += 1;
                    self.push('"');
                }
                letter => {
                    if !self.bare(letter) {
                        break;
                    }
                }
            }
        }
        Ok(self.finish())
    }

    fn cmd_quoted(&mut self) -> Result<(), ImportError> {
        let from = self.at;
        self.word.get_or_insert_default();
        loop {
            match self.next() {
                Some('"') if self.peek() == Some('"') => {
                    self.at += 1;
                    self.push('"');
                }
                Some('"') => return Ok(()),
                Some('\\') if self.peek() == Some('"') => {
                    self.at += 1;
                    self.push('"');
                }
                Some('\\') if self.peek() == Some('\\') => {
                    self.at += 1;
                    self.push('\\');
                }
                Some(letter) => self.push(letter),
                None => return Err(self.open(from)),
            }
        }
    }
}

/// A command for the prompt as the program behind it sees it: a caret outside quotation marks takes the meaning from what
/// follows, a line break above all.
fn without_carets(text: &str) -> String {
    let mut seen = String::new();
    let mut quoted = false;
    let text = text.replace("\r\n", "\n");
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '^' if !quoted => match letters.next() {
                Some('\n') | None => {}
                Some(letter) => seen.push(letter),
            },
            '"' => {
                quoted = !quoted;
                seen.push('"');
            }
            letter => seen.push(letter),
        }
    }
    seen
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        split(text).unwrap().words
    }

    #[test]
    fn bash_quotes_are_understood() {
        assert_eq!(
            words("curl -H 'A: b' -d \"{\\\"a\\\": \\\"\\$5\\\"}\" \\\n  $'it\\'s\\n\\u00e4\\x41' a\\ b 'x'\"y\"z"),
            ["curl", "-H", "A: b", "-d", "{\"a\": \"$5\"}", "it's\näA", "a b", "xyz"]
        );
    }

    #[test]
    fn a_command_ends_where_the_shell_says_so_and_an_address_nobody_quoted_does_not() {
        let line = split("curl https://a.example/x?a=1&b=2 | jq .").unwrap();
        assert_eq!(line.words, ["curl", "https://a.example/x?a=1&b=2"]);
        assert!(line.cut_off, "told");
        assert_eq!(words("curl a && curl b"), ["curl", "a"]);
        assert_eq!(words("curl a\n -H b\ncurl c"), ["curl", "a", "-H", "b"]);
        assert_eq!(words("# ask\ncurl a # behind"), ["curl", "a"]);
        assert_eq!(
            words("curl a \\ \n -X POST"),
            ["curl", "a", "-X", "POST"],
            "a space behind the backslash"
        );
    }

    #[test]
    fn the_command_prompt_is_understood() {
        assert_eq!(
            words(
                "curl ^\"https://a.example/x^?a=1^&b=2^\" ^\n  -H ^\"A: b^\" ^\n  --data-raw ^\"^{^\\^\"a^\\^\": 1^}^\""
            ),
            [
                "curl",
                "https://a.example/x?a=1&b=2",
                "-H",
                "A: b",
                "--data-raw",
                "{\"a\": 1}"
            ]
        );
        assert_eq!(
            words("curl -d \"{\"\"a\"\": 1}\" ^\nb"),
            ["curl", "-d", "{\"a\": 1}", "b"]
        );
    }

    #[test]
    fn power_shell_is_understood() {
        assert_eq!(
            words("curl.exe -d \"{`\"a`\": 1}\" `\n  -H 'it''s' \"x\"\"y\" '{\\\"b\\\": 2}'"),
            ["curl.exe", "-d", "{\"a\": 1}", "-H", "it's", "x\"y", "{\"b\": 2}"]
        );
    }

    #[test]
    fn a_quotation_mark_that_stays_open_is_told() {
        let error = split("curl -d 'abc").unwrap_err();
        assert_eq!(error, ImportError::OpenQuote { begin: "abc".into() });
    }
}
