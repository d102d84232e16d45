//! The words a fixture is written in: a scanner over references, actions, quoted words and plain words.

use rust_decimal::Decimal;

/// A mark of the notation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Mark {
    /// `` `order.status` ``: an attribute or a result's field.
    Reference(String),
    /// `*Get order*`: an action, or a wait for a webhook.
    Name(String),
    /// `"not me"`: words as they are.
    Quoted(String),
    /// `{order.status}`: a pill in words.
    Pill(String),
    /// `(`, `)`, `,`, `=`.
    Sign(char),
    /// A plain word or number.
    Word(String),
}

/// The marks of a line, in order.
pub(crate) fn marks(line: &str) -> Vec<Mark> {
    let mut found = Vec::new();
    let mut rest = line.trim_start();
    while let Some(first) = rest.chars().next() {
        let after = &rest[first.len_utf8()..];
        let closed = |end: char| after.split_once(end).map(|(inner, rest)| (inner.to_owned(), rest));
        let (mark, next) = match first {
            '`' => closed('`').map(|(inner, rest)| (Mark::Reference(inner), rest)),
            '*' => closed('*').map(|(inner, rest)| (Mark::Name(inner), rest)),
            '"' => closed('"').map(|(inner, rest)| (Mark::Quoted(inner), rest)),
            '{' => closed('}').map(|(inner, rest)| (Mark::Pill(inner), rest)),
            '(' | ')' | ',' | '=' => Some((Mark::Sign(first), after)),
            _ => None,
        }
        .unwrap_or_else(|| {
            let end = rest[first.len_utf8()..]
                .find(|c: char| c.is_whitespace() || "(),=`*\"{".contains(c))
                .map_or(rest.len(), |at| at + first.len_utf8());
            (Mark::Word(rest[..end].to_owned()), &rest[end..])
        });
        found.push(mark);
        rest = next.trim_start();
    }
    found
}

/// The marks still to be read.
pub(crate) struct Cursor<'a> {
    marks: &'a [Mark],
}

impl<'a> Cursor<'a> {
    pub(crate) const fn new(marks: &'a [Mark]) -> Self {
        Self { marks }
    }

    pub(crate) const fn is_done(&self) -> bool {
        self.marks.is_empty()
    }

    pub(crate) fn next(&mut self) -> Option<&'a Mark> {
        let (first, rest) = self.marks.split_first()?;
        self.marks = rest;
        Some(first)
    }

    pub(crate) fn peek(&self) -> Option<&'a Mark> {
        self.marks.first()
    }

    /// Takes these words if they come next.
    pub(crate) fn take(&mut self, words: &str) -> bool {
        let wanted: Vec<_> = words.split(' ').collect();
        let comes = wanted.len() <= self.marks.len()
            && wanted
                .iter()
                .zip(self.marks)
                .all(|(word, mark)| matches!(mark, Mark::Word(found) if found == word));
        if comes {
            self.marks = &self.marks[wanted.len()..];
        }
        comes
    }

    /// Takes this sign if it comes next.
    pub(crate) fn sign(&mut self, sign: char) -> bool {
        let comes = self.peek() == Some(&Mark::Sign(sign));
        if comes {
            self.next();
        }
        comes
    }

    pub(crate) fn reference(&mut self) -> Option<String> {
        match self.peek()? {
            Mark::Reference(name) => {
                self.next();
                Some(name.clone())
            }
            _ => None,
        }
    }

    pub(crate) fn name(&mut self) -> Option<String> {
        match self.peek()? {
            Mark::Name(name) => {
                self.next();
                Some(name.clone())
            }
            _ => None,
        }
    }

    pub(crate) fn number(&mut self) -> Option<u32> {
        match self.peek()? {
            Mark::Word(word) => {
                let number = word.parse().ok()?;
                self.next();
                Some(number)
            }
            _ => None,
        }
    }

    /// `10 % of`, where that comes next.
    pub(crate) fn percent(&mut self) -> Option<Decimal> {
        let [Mark::Word(number), Mark::Word(sign), Mark::Word(of), rest @ ..] = self.marks else {
            return None;
        };
        let percent = number.parse().ok().filter(|_| sign == "%" && of == "of")?;
        self.marks = rest;
        Some(percent)
    }

    /// The plain words up to the next one of `until`, or to anything that is no word.
    pub(crate) fn words(&mut self, until: &[&str]) -> String {
        let mut found: Vec<&str> = Vec::new();
        while let Some(Mark::Word(word)) = self.peek() {
            if until.contains(&word.as_str()) {
                break;
            }
            found.push(word);
            self.next();
        }
        found.join(" ")
    }
}
