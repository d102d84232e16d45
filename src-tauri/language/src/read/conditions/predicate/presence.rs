//! What is known and what has happened: "is missing", "has a tracking code", "was delivered".

use taskwright_domain::{AttributeType, Comparison, Operand};

use super::Said;
use crate::read::conditions::subject::{Subject, is_customer};
use crate::read::conditions::{Conditions, Outcome, Trouble, negate, trim};
use crate::read::names::content;
use crate::read::token::Token;

impl Conditions<'_, '_> {
    /// "it has not shipped": the states before; "it has shipped" where the day is kept: that day is known.
    pub(super) fn progressed(&self, subject: &Subject, words: &[Token<'_>], negated: bool) -> Option<Said> {
        let [event] = trim(words) else { return None };
        if let Ok((condition, at)) = self.happened(subject, words) {
            return Some((if negated { negate(condition) } else { condition }, at));
        }
        if !negated {
            return None;
        }
        let fits: Vec<_> = self
            .candidates(subject, |_| true)
            .into_iter()
            .filter_map(|at| {
                let options = &self.names.value(at).options;
                let place = options
                    .iter()
                    .position(|o| matches!(o.stems.as_slice(), [one] if one.same(event)))?;
                (place > 0 && self.names.value(at).reference.ends_with("status")).then_some((at, place))
            })
            .collect();
        let [(at, place)] = fits.as_slice() else { return None };
        let before: Vec<_> = self.names.value(*at).options[..*place].iter().collect();
        Some(self.one_of(*at, &before))
    }

    /// "is missing", "is known", "was given".
    pub(super) fn known(&self, subject: &Subject, words: &[Token<'_>]) -> Outcome<Said> {
        let Subject::Value(at, sure) = subject else {
            return Err(Trouble::NotClear);
        };
        let said: Vec<_> = words.iter().map(|t| t.low.as_str()).collect();
        // "the rooms are available" says nothing of the room type.
        if !sure && matches!(said.as_slice(), ["available" | "there" | "present" | "unavailable"]) {
            return Err(Trouble::NotClear);
        }
        let comparison = match said.as_slice() {
            ["missing" | "empty" | "blank" | "unknown" | "unset" | "absent" | "unavailable"] => Comparison::Missing,
            ["known" | "given" | "provided" | "present" | "set" | "available" | "there" | "entered" | "supplied"]
            | ["filled", "in"]
            | ["on", "file"] => Comparison::Present,
            ["sent" | "uploaded" | "attached" | "shared" | "received"] if self.names.value(*at).askable() => {
                Comparison::Present
            }
            _ => return Err(Trouble::NotClear),
        };
        Ok(self.test(*at, comparison))
    }

    /// "the session has a last error code": the value of that thing is known.
    pub(super) fn has(&self, subject: &Subject, words: &[Token<'_>]) -> Outcome<Said> {
        let (Subject::Thing(owner), [has, said @ ..]) = (subject, words) else {
            return Err(Trouble::NotClear);
        };
        if !has.any(&["has", "have", "had"]) || said.is_empty() {
            return Err(Trouble::NotClear);
        }
        let (missing, said) = match said {
            [no, rest @ ..] if no.is("no") => (true, rest),
            [article, rest @ ..] if article.any(&["a", "an", "any"]) => (false, rest),
            said => (false, said),
        };
        let telling = content(said);
        let named = |at: &usize| {
            let value = self.names.value(*at);
            let whole = telling.len() == value.field_stems.len();
            let boolean = matches!(value.kind, AttributeType::Boolean);
            whole && !boolean && value.owner.as_ref() == Some(owner) && {
                let mut words = value.field_stems.iter().zip(&telling);
                words.all(|(stem, t)| stem.same(t))
            }
        };
        match self.candidates(subject, |_| true).iter().find(|at| named(at)) {
            Some(at) if missing => Ok(self.test(*at, Comparison::Missing)),
            Some(at) => Ok(self.test(*at, Comparison::Present)),
            None => Err(Trouble::NotClear),
        }
    }

    /// "was delivered" where only the day of it is kept: the day is known.
    pub(super) fn happened(&self, subject: &Subject, words: &[Token<'_>]) -> Outcome<Said> {
        let [event] = trim(words) else {
            return Err(Trouble::NotClear);
        };
        if is_customer(std::slice::from_ref(event)) {
            return Err(Trouble::NotClear);
        }
        let dates = self.candidates(subject, |kind| {
            matches!(kind, AttributeType::Date | AttributeType::DateTime)
        });
        let fits: Vec<_> = dates
            .into_iter()
            .filter(|at| self.names.value(*at).field_stems.iter().any(|s| s.same(event)))
            .collect();
        match fits.as_slice() {
            // A day that is planned has come once it lies behind.
            [at] if self.is_planned(*at) => {
                let than = if matches!(self.names.value(*at).kind, AttributeType::DateTime) {
                    Operand::Now
                } else {
                    Operand::Today
                };
                Ok(self.test(*at, Comparison::Before { than }))
            }
            [at] if event.low.ends_with("ed") || event.low.ends_with('t') => Ok(self.test(*at, Comparison::Present)),
            _ => Err(Trouble::NotClear),
        }
    }

    /// `starts_at`, `expiry_date`: a plan, not a record like `shipped_on`.
    fn is_planned(&self, at: usize) -> bool {
        let reference = &self.names.value(at).reference;
        let field = reference.rsplit('.').next().unwrap_or(reference);
        let event = field.split('_').next().unwrap_or(field);
        !(event.ends_with("ed") || matches!(event, "sent" | "bought" | "paid" | "sold" | "made"))
    }
}
