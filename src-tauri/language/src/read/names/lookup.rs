//! The value that a noun phrase names.

use super::content::{content, is_ornament};
use super::{Named, Names, Origin};
use crate::read::token::{Kind, Token};

impl Named {
    /// "the deadline" of a date that says until when.
    fn is_limit(&self, token: &Token<'_>) -> bool {
        let until = |part: &str| matches!(part, "until" | "by" | "due" | "deadline" | "expires" | "ends");
        token.any(&["deadline", "cutoff", "cut-off"]) && self.is_date() && self.reference.split(['.', '_']).any(until)
    }
}

/// What some words name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::read) enum Lookup {
    /// One value; `sure` when its full name was used.
    One {
        at: usize,
        sure: bool,
    },
    /// Several fit equally well.
    Several(Vec<usize>),
    Nothing,
}

/// What is preferred where several values fit.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::read) struct Prefer<'s> {
    /// Values the customer can be asked for.
    pub(in crate::read) askable: bool,
    /// Fields of this result.
    pub(in crate::read) owner: Option<&'s str>,
}

impl<'c> Names<'c> {
    /// The value that a noun phrase names.
    pub(in crate::read) fn lookup(&self, words: &[Token<'_>], prefer: Prefer<'_>) -> Lookup {
        // "the {order_number}"
        let articles = words
            .iter()
            .take_while(|t| t.any(&["the", "a", "an", "their", "this", "your"]));
        let articles = articles.count();
        if let [pill] = &words[articles..]
            && let Some(at) = self.of_token(pill)
        {
            return Lookup::One { at, sure: true };
        }
        let content = content(words);
        let parted = words.iter().any(|t| {
            matches!(
                t.kind,
                Kind::Mark('&' | ',' | ';' | ':' | '→' | '=' | '<' | '>' | '$' | '€' | '£' | '%')
            )
        });
        if content.is_empty() || content.len() > 8 || parted {
            return Lookup::Nothing;
        }
        if let Some(at) = self.called(words) {
            return Lookup::One { at, sure: true };
        }
        // "the customer's name" is what is known of the customer.
        if let Some(cut) = words
            .windows(2)
            .position(|pair| pair[0].any(&["customer", "user"]) && pair[1].is("'s"))
            && let Some(at) = self.values.iter().position(|value| {
                value.origin == Origin::BuiltIn
                    && value.owner.as_deref() == Some("customer")
                    && self::content(&words[cut + 2..]).len() == value.field_stems.len()
                    && self::content(&words[cut + 2..])
                        .iter()
                        .all(|t| value.field_stems.iter().any(|s| s.same(t)))
            })
            && !prefer.askable
        {
            return Lookup::One { at, sure: true };
        }
        let mut best: Vec<(i32, usize, bool)> = Vec::new();
        for (at, value) in self.values.iter().enumerate() {
            if let Some((mut score, full)) = value.score(&content) {
                if prefer.askable {
                    score += if value.askable() { 12 } else { -12 };
                }
                if prefer.owner.is_some() && prefer.owner == value.owner.as_deref() {
                    // "the amount" right after a look-up is the amount it gave.
                    score += 14;
                } else if full && value.owner.is_none() && content.len() > 1 {
                    score += 14;
                }
                best.push((score, at, full));
            }
        }
        best.sort_by_key(|(score, at, _)| (-score, *at));
        match best.as_slice() {
            [] => Lookup::Nothing,
            [(_, at, full)] => Lookup::One { at: *at, sure: *full },
            [(score, at, full), (second, ..), ..] if score - second >= 4 => Lookup::One { at: *at, sure: *full },
            [(score, ..), ..] => {
                let level: Vec<_> = best
                    .iter()
                    .filter(|(s, ..)| score - s < 4)
                    .map(|(_, at, _)| *at)
                    .collect();
                Lookup::Several(level)
            }
        }
    }

    /// The value of the task itself whose name of several words stands there word for word.
    fn called(&self, words: &[Token<'_>]) -> Option<usize> {
        let skip = words.iter().take_while(|t| t.any(&["the", "a", "an", "their"])).count();
        let said = &words[skip..];
        self.values.iter().position(|value| {
            value.owner.is_none() && said.len() > 1 && value.label.split(' ').count() == said.len() && {
                let mut name = value.label.split(' ').zip(said);
                name.all(|(word, t)| word.eq_ignore_ascii_case(t.text))
            }
        })
    }
}

impl Named {
    /// How well words name it, and whether the full name was used.
    fn score(&self, content: &[&Token<'_>]) -> Option<(i32, bool)> {
        let mut score = 100;
        let mut matched = 0_u32;
        let mut in_owner = false;
        for token in content {
            if token.low.contains('-') && token.stem == self.joined {
                matched = (1 << self.field_stems.len().min(31)) - 1;
            } else if let Some(at) = self.field_stems.iter().position(|s| s.same(token)) {
                matched |= 1 << at.min(31);
            } else if self.owner_stems.iter().any(|s| s.same(token)) {
                in_owner = true;
            } else if let Some(at) = self.field_stems.iter().position(|s| s.akin(token)) {
                matched |= 1 << at.min(31);
                score -= 6;
            } else if self.owner_stems.iter().any(|s| s.akin(token)) {
                in_owner = true;
                score -= 6;
            } else if is_ornament(&token.low)
                || self.is_date() && token.any(&["date", "day", "time", "deadline", "cutoff"])
            {
                score -= 2;
            } else if self.about.iter().any(|s| s.same(token)) {
                score -= 12;
            } else {
                return None;
            }
        }
        if matched == 0 {
            return None;
        }
        let missing = self.field_stems.len() as u32 - matched.count_ones().min(self.field_stems.len() as u32);
        let head = content
            .last()
            .is_some_and(|t| self.field_stems.iter().any(|s| s.akin(t)) || self.is_limit(t));
        if missing > 0 {
            if !head && self.origin != Origin::Webhook {
                return None;
            }
            score -= 14 * i32::try_from(missing).unwrap_or(9);
        }
        if in_owner {
            score += 10;
        }
        // A bare field word ("the status") may mean the field of any result.
        if self.owner.is_some() && !in_owner {
            score -= 8;
        }
        (score >= 40).then_some((score, missing == 0))
    }
}
