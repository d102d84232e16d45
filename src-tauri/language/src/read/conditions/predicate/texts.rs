//! Texts, codes and other values: "starts with E-5", "matches the one on the order".

use taskwright_domain::{AttributeType, Comparison, Condition, Operand, Value};

use super::Said;
use super::pieces::{pieces, without_lead};
use crate::read::conditions::compare::{Relation, relation_at, same_family};
use crate::read::conditions::subject::Subject;
use crate::read::conditions::{Conditions, Outcome, Trouble, negate, refer, trim};
use crate::read::names::{Lookup, Prefer};
use crate::read::token::{Kind, Token};

impl Conditions<'_, '_> {
    /// "starts with E-5", "contains water".
    pub(super) fn parts(&self, subject: &Subject, relation: Relation, words: &[Token<'_>]) -> Outcome<Said> {
        let Subject::Value(at, _) = subject else {
            return Err(Trouble::NotClear);
        };
        let value = self.names.value(*at);
        if relation == Relation::Contains && !value.options.is_empty() {
            return self.chosen(subject, words);
        }
        let textual = matches!(
            value.kind,
            AttributeType::Text
                | AttributeType::Identifier { .. }
                | AttributeType::Email
                | AttributeType::Address
                | AttributeType::Place
                | AttributeType::Phone
                | AttributeType::PersonName
                | AttributeType::List { .. }
        );
        if !textual {
            return Err(Trouble::Mismatch(format!(
                "\u{201c}{}\u{201d} is no text.",
                value.label
            )));
        }
        let pieces = pieces(words);
        let literal: Option<Vec<_>> = pieces.iter().map(|piece| literal(without_lead(piece))).collect();
        let literal = literal.filter(|l| !l.is_empty()).ok_or(Trouble::NotClear)?;
        let mut parts: Vec<_> = literal
            .into_iter()
            .map(|text| {
                let what = Operand::Constant {
                    value: Value::Text(text),
                };
                let comparison = if relation == Relation::Starts {
                    Comparison::StartsWith { what }
                } else {
                    Comparison::Contains { what }
                };
                self.test(*at, comparison).0
            })
            .collect();
        let condition = if parts.len() == 1 {
            parts.swap_remove(0)
        } else {
            Condition::Any { parts }
        };
        Ok((condition, Some(*at)))
    }

    /// "error E-401 or E-403", "E-5xx": codes say what they are compared with; the "x" stand for any figures.
    pub(super) fn codes(&self, subject: &Subject, words: &[Token<'_>]) -> Outcome<Said> {
        let about = || self.said.about.as_ref().and_then(|about| self.names.reference(about));
        let at = match subject {
            Subject::Value(at, _) => *at,
            // "E-5xx: …" after "error E-401: …"
            Subject::Open | Subject::Any => about().ok_or(Trouble::NotClear)?,
            _ => return Err(Trouble::NotClear),
        };
        let at = &at;
        let coded = matches!(
            self.names.value(*at).kind,
            AttributeType::Identifier { .. } | AttributeType::Text
        );
        let code = |t: &Token<'_>| {
            t.text.chars().any(|c| c.is_ascii_digit()) && t.text.chars().any(char::is_uppercase) && t.text.len() > 1
        };
        let said: Vec<_> = words.iter().filter(|t| !t.mark(',') && !t.is("or")).collect();
        if !coded || said.is_empty() || said.len() > 8 || !said.iter().all(|t| code(t)) {
            return Err(Trouble::NotClear);
        }
        let text = |text: &str| Operand::Constant {
            value: Value::Text(text.to_owned()),
        };
        let (open, exact): (Vec<_>, Vec<_>) = said
            .iter()
            .map(|t| (t.text.trim_end_matches(['x', 'X']), t.text))
            .partition(|(start, whole)| start.len() < whole.len());
        let mut parts: Vec<_> = open
            .into_iter()
            .map(|(start, _)| self.test(*at, Comparison::StartsWith { what: text(start) }).0)
            .collect();
        let mut exact: Vec<_> = exact.into_iter().map(|(_, whole)| text(whole)).collect();
        match exact.len() {
            0 => {}
            1 => parts.push(
                self.test(
                    *at,
                    Comparison::Is {
                        to: exact.swap_remove(0),
                    },
                )
                .0,
            ),
            _ => parts.push(self.test(*at, Comparison::OneOf { of: exact }).0),
        }
        let condition = match parts.len() {
            1 => parts.swap_remove(0),
            _ => Condition::Any { parts },
        };
        Ok((condition, Some(*at)))
    }

    /// Equal to a literal or to another value.
    pub(super) fn equal(&self, subject: &Subject, words: &[Token<'_>]) -> Outcome<Said> {
        self.equal_to(subject, Relation::Same, words)
    }

    pub(super) fn equal_to(&self, subject: &Subject, relation: Relation, words: &[Token<'_>]) -> Outcome<Said> {
        let Subject::Value(at, _) = subject else {
            return Err(Trouble::NotClear);
        };
        let value = self.names.value(*at);
        let compare = |to: Operand| {
            if relation == Relation::Differs {
                Comparison::IsNot { to }
            } else {
                Comparison::Is { to }
            }
        };
        if let Some(other) = self.other_value(*at, words) {
            if !same_family(&value.kind, &self.names.value(other).kind) {
                let other = &self.names.value(other).label;
                return Err(Trouble::Mismatch(format!(
                    "{} and {other} are of different types.",
                    value.label
                )));
            }
            return Ok(self.test(*at, compare(refer(&self.names.value(other).reference))));
        }
        if relation_at(words, 0).is_some_and(|(r, _)| !matches!(r, Relation::Same | Relation::Differs)) {
            return Err(Trouble::Mismatch(format!(
                "\u{201c}{}\u{201d} is compared like a number, but it is none.",
                value.label
            )));
        }
        if !value.options.is_empty() {
            return self.chosen(subject, words).map(|(condition, at)| {
                (
                    if relation == Relation::Differs {
                        negate(condition)
                    } else {
                        condition
                    },
                    at,
                )
            });
        }
        let textual = matches!(
            value.kind,
            AttributeType::Text | AttributeType::Identifier { .. } | AttributeType::Place
        );
        if !textual {
            return Err(Trouble::NotClear);
        }
        let pieces = pieces(words);
        let texts: Option<Vec<_>> = pieces.iter().map(|piece| literal(without_lead(piece))).collect();
        let mut of: Vec<_> = texts
            .filter(|texts| !texts.is_empty())
            .ok_or(Trouble::NotClear)?
            .into_iter()
            .map(|text| Operand::Constant {
                value: Value::Text(text),
            })
            .collect();
        let comparison = if of.len() == 1 {
            compare(of.swap_remove(0))
        } else if relation == Relation::Same {
            Comparison::OneOf { of }
        } else {
            return Err(Trouble::NotClear);
        };
        Ok(self.test(*at, comparison))
    }

    /// The value that words after "matches" name; "the one on the order" is the order's value of the same name.
    fn other_value(&self, at: usize, words: &[Token<'_>]) -> Option<usize> {
        let words = trim(words);
        if let Some(place) = words
            .iter()
            .position(|t| t.any(&["one", "that"]))
            .filter(|place| *place <= 1)
        {
            let of = words
                .get(place + 1..)
                .filter(|rest| rest.first().is_some_and(|t| t.any(&["on", "of", "from", "in"])))?;
            let known = of[1..]
                .iter()
                .all(|t| t.any(&["the", "their", "account", "profile", "file", "record", "system", "us"]));
            let owner = if known {
                "customer".to_owned()
            } else {
                self.names.object(&of[1..])?
            };
            let mine = &self.names.value(at).field_stems;
            return self.names.of_owner(&owner).find(|other| {
                let theirs = &self.names.value(*other).field_stems;
                *other != at && theirs.iter().all(|s| mine.iter().any(|m| m.near(s)))
            });
        }
        match self.names.lookup(words, Prefer::default()) {
            Lookup::One { at: other, sure: true } if other != at => Some(other),
            Lookup::One { at: other, .. } if other != at && words.iter().any(|t| t.any(&["the", "their", "'s"])) => {
                Some(other)
            }
            _ => None,
        }
    }
}

/// A text written out: quoted, or a code, or up to three words.
fn literal(piece: &[Token<'_>]) -> Option<String> {
    match piece {
        [one] if one.kind == Kind::Quote => Some(one.low.clone()),
        words if words.len() <= 3 => {
            let fits = words
                .iter()
                .any(|t| t.kind == Kind::Number || t.capital || t.low.bytes().any(|b| b.is_ascii_digit()));
            let written = words.iter().map(|t| t.text).collect::<Vec<_>>().join(" ");
            fits.then_some(written)
        }
        _ => None,
    }
}
