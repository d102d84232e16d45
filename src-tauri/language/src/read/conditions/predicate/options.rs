//! Options of a choice: "is shipped or delivered", "in transit with DHL".

use taskwright_domain::{AttributeType, Comparison, Condition, Operand, Value};

use super::Said;
use super::pieces::{NEGATIONS, pieces, without_lead, without_wanting};
use crate::read::conditions::subject::Subject;
use crate::read::conditions::{Conditions, Outcome, Trouble};
use crate::read::names::{Choice, Stem, position_of_run};
use crate::read::token::{Kind, Token};

impl Conditions<'_, '_> {
    /// One or several options of a choice.
    pub(super) fn chosen(&self, subject: &Subject, words: &[Token<'_>]) -> Outcome<Said> {
        let words = without_wanting(subject, words);
        let pieces = pieces(words);
        if pieces.is_empty() || pieces.len() > 12 {
            return Err(Trouble::NotClear);
        }
        let candidates = self.candidates(subject, |_| true);
        let mut fits: Vec<(usize, Vec<&Choice>)> = Vec::new();
        for at in candidates
            .iter()
            .copied()
            .filter(|at| !self.names.value(*at).options.is_empty())
        {
            let found: Option<Vec<_>> = pieces
                .iter()
                .map(|piece| {
                    self.option_in(at, piece)
                        .or_else(|| self.option_in(at, without_lead(piece)))
                })
                .collect();
            if let Some(options) = found {
                fits.push((at, options));
            }
        }
        let (at, options) = match fits.len() {
            0 => return Err(self.no_option(subject, words)),
            1 => fits.swap_remove(0),
            _ => {
                let asked = fits.iter().position(|(at, _)| Some(*at) == self.said.asked);
                let about = fits
                    .iter()
                    .position(|(at, _)| self.said.about.as_deref() == Some(&self.names.value(*at).reference));
                let state = fits
                    .iter()
                    .position(|(at, _)| self.names.value(*at).reference.ends_with("status"));
                match asked.or(about).or(state) {
                    Some(place) => fits.swap_remove(place),
                    None => return Err(Trouble::Ambiguous(fits.iter().map(|(at, _)| *at).collect())),
                }
            }
        };
        Ok(self.one_of(at, &options))
    }

    /// "in transit with DHL or UPS": an option of one value, and one of another value of the same thing.
    pub(super) fn chosen_with(&self, subject: &Subject, words: &[Token<'_>]) -> Outcome<Said> {
        let with = words
            .iter()
            .position(|t| t.any(&["with", "by", "via", "through"]))
            .filter(|at| *at > 0 && at + 1 < words.len())
            .ok_or(Trouble::NotClear)?;
        let (left, value) = self.chosen(subject, &words[..with])?;
        let owner = value.and_then(|at| self.names.value(at).owner.clone());
        let thing = Subject::Thing(owner.ok_or(Trouble::NotClear)?);
        let (right, other) = self.chosen(&thing, &words[with + 1..])?;
        if other == value {
            return Err(Trouble::NotClear);
        }
        let parts = vec![left, right];
        Ok((Condition::All { parts }, value))
    }

    pub(super) fn one_of(&self, at: usize, options: &[&Choice]) -> Said {
        let list = matches!(self.names.value(at).kind, AttributeType::List { .. });
        let mut of: Vec<_> = options
            .iter()
            .map(|option| Operand::Constant {
                value: Value::Choice(option.text.clone()),
            })
            .collect();
        if list {
            let contains = |what: Operand| self.test(at, Comparison::Contains { what }).0;
            let mut parts: Vec<_> = of.into_iter().map(contains).collect();
            let condition = if parts.len() == 1 {
                parts.swap_remove(0)
            } else {
                Condition::Any { parts }
            };
            return (condition, Some(at));
        }
        let comparison = if of.len() == 1 {
            Comparison::Is { to: of.swap_remove(0) }
        } else {
            Comparison::OneOf { of }
        };
        self.test(at, comparison)
    }

    /// The option that a piece names; the other words must belong to the value.
    fn option_in(&self, at: usize, piece: &[Token<'_>]) -> Option<&Choice> {
        if let Some(option) = self.names.option_of(at, piece) {
            return Some(option);
        }
        let value = self.names.value(at);
        let said: Vec<_> = piece
            .iter()
            .filter(|t| matches!(t.kind, Kind::Word | Kind::Number | Kind::Quote))
            .collect();
        let fits = |option: &&Choice| {
            let manner = || said.iter().position(|t| is_manner(&option.text, &t.low));
            let Some(from) = position_of_run(&said, &option.stems).or_else(manner) else {
                return false;
            };
            let rest = said
                .iter()
                .enumerate()
                .filter(|(place, _)| *place < from || *place >= from + option.stems.len());
            // "is not passed" is no way to say "passed".
            rest.map(|(_, t)| *t)
                .filter(|t| t.any(&NEGATIONS) || !crate::read::names::is_filler(&t.low))
                .all(|t| !t.any(&NEGATIONS) && (value_speaks(value, t) || self.is_where(piece, t)))
        };
        let mut found = value.options.iter().filter(fits);
        let first = found.next()?;
        let longest = found
            .max_by_key(|option| option.stems.len())
            .filter(|other| other.stems.len() > first.stems.len());
        Some(longest.unwrap_or(first))
    }

    /// "in their region": where, by something that is known of the customer or given to an action.
    fn is_where(&self, piece: &[Token<'_>], token: &Token<'_>) -> bool {
        let at = piece.iter().position(|t| t.span == token.span);
        let led = at.is_some_and(|at| piece[..at].iter().rev().take(2).any(|t| t.any(&["in", "for", "at"])));
        let known = |value: &crate::read::names::Named| {
            value.owner.as_deref() == Some("customer") && value.field_stems.iter().any(|s| s.same(token))
        };
        let given = |action: &taskwright_domain::Action| {
            let stems = |input| crate::read::names::content_stems(&taskwright_domain::ActionInput::label(input));
            action
                .inputs
                .iter()
                .any(|input| stems(input).iter().any(|s| s.same(token)))
        };
        led && (self.names.values.iter().any(known) || self.names.catalogue.actions.iter().any(given))
    }

    fn no_option(&self, subject: &Subject, words: &[Token<'_>]) -> Trouble {
        let at = match subject {
            Subject::Value(at, _) => at,
            Subject::OneOf(several) if several.iter().all(|at| !self.names.value(*at).options.is_empty()) => {
                &several[0]
            }
            _ => return Trouble::NotClear,
        };
        let value = self.names.value(*at);
        let literal = words.len() <= 3
            && words
                .iter()
                .all(|t| matches!(t.kind, Kind::Word | Kind::Quote | Kind::Number));
        if value.options.is_empty() || !literal || words[0].any(&["missing", "empty", "unknown", "known", "given"]) {
            return Trouble::NotClear;
        }
        let options = value
            .options
            .iter()
            .map(|o| o.text.as_str())
            .collect::<Vec<_>>()
            .join(", ");
        let said = words.iter().map(|t| t.low.as_str()).collect::<Vec<_>>().join(" ");
        Trouble::Mismatch(format!(
            "\u{201c}{said}\u{201d} is none of the options of {}: {options}.",
            value.label
        ))
    }
}

/// Whether a word belongs to a value.
fn value_speaks(value: &crate::read::names::Named, token: &Token<'_>) -> bool {
    value.field_stems.iter().chain(&value.about).any(|s| s.akin(token))
        || value.owner.as_ref().is_some_and(|owner| Stem::new(owner).akin(token))
        || token.any(&[
            "status", "state", "option", "one", "only", "instead", "kind", "type", "order", "orders", "answer",
            "change", "changed", "update", "updated", "refund",
        ])
}

/// "fully" for "full", "partially" for "partial".
fn is_manner(option: &str, word: &str) -> bool {
    word.strip_suffix("ly").is_some_and(|bare| {
        let option = option.to_lowercase();
        option == bare || option.strip_suffix('l').is_some_and(|short| short == bare)
    })
}
