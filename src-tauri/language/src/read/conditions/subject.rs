//! What a condition is about.

use taskwright_domain::AttributeType;

use super::super::names::{Lookup, Prefer};
use super::super::token::{Kind, Token};
use super::{Conditions, Outcome, Trouble};

/// What a condition is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::read) enum Subject {
    /// Nothing was said.
    Open,
    /// A value, and whether it was named in full.
    Value(usize, bool),
    /// One of several values; the comparison decides.
    OneOf(Vec<usize>),
    /// A result, e.g. the order.
    Thing(String),
    /// The customer.
    Customer,
    /// Nothing was said, and nothing before fits: any value that does.
    Any,
}

impl Conditions<'_, '_> {
    /// What a noun phrase is about.
    pub(super) fn subject(&self, words: &[Token<'_>]) -> Outcome<Subject> {
        let words = super::trim(words);
        if words.is_empty() {
            return Ok(Subject::Open);
        }
        if words
            .iter()
            .all(|t| t.any(&["it", "this", "that", "one", "these", "those", "the", "there"]))
        {
            return Ok(Subject::Open);
        }
        if let [one] = words
            && one.any(&["something", "anything", "everything", "things", "stuff"])
        {
            return Ok(Subject::Any);
        }
        if is_customer(words) {
            return Ok(Subject::Customer);
        }
        let prefer = Prefer {
            askable: false,
            owner: self.said.it.as_deref(),
        };
        match self.names.lookup(words, prefer) {
            Lookup::One { at, sure } => {
                // "the order" is the thing, not its field "ordered on".
                let attribute = self.names.value(at).owner.is_none();
                match self.names.object(words) {
                    Some(owner) if !sure || !attribute => Ok(Subject::Thing(owner)),
                    _ => Ok(Subject::Value(at, sure)),
                }
            }
            Lookup::Several(several) => match self.names.object(words) {
                Some(owner) => Ok(Subject::Thing(owner)),
                None => Ok(Subject::OneOf(several)),
            },
            Lookup::Nothing => match self
                .names
                .object(words)
                .or_else(|| self.awaited(words))
                .or_else(|| self.names.described_object(words))
            {
                Some(owner) => Ok(Subject::Thing(owner)),
                None => Err(unknown(words)),
            },
        }
    }

    /// "the identity check": the webhook that tells.
    fn awaited(&self, words: &[Token<'_>]) -> Option<String> {
        let telling = super::super::names::content(words);
        let (key, stems) = &self.names.webhooks[self.names.webhook(words)?];
        let generic = [
            "check", "verif", "verifi", "result", "answer", "confirm", "outcom", "identiti",
        ];
        let fits = telling
            .iter()
            .all(|t| stems.iter().any(|s| s.akin(t)) || generic.contains(&t.stem.as_str()));
        fits.then(|| key.clone())
    }

    /// What "it" means: the result spoken of last.
    pub(super) fn it(&self) -> Subject {
        match &self.said.it {
            Some(owner) => Subject::Thing(owner.clone()),
            None => Subject::Open,
        }
    }

    /// The values a subject may mean, those of the wanted kind only.
    pub(super) fn candidates(&self, subject: &Subject, fits: impl Fn(&AttributeType) -> bool) -> Vec<usize> {
        let of_kind = |at: &usize| fits(&self.names.value(*at).kind);
        match subject {
            Subject::Value(at, _) => [*at].into_iter().filter(of_kind).collect(),
            Subject::OneOf(several) => several.iter().copied().filter(of_kind).collect(),
            Subject::Thing(owner) => self.names.of_owner(owner).filter(of_kind).collect(),
            Subject::Open => {
                let asked = self.said.asked.into_iter();
                let owned = match self.it() {
                    Subject::Thing(owner) => self.names.of_owner(&owner).collect(),
                    _ => Vec::new(),
                };
                asked.chain(owned).filter(of_kind).collect()
            }
            Subject::Any => (0..self.names.values.len())
                .filter(of_kind)
                .filter(|at| !self.names.value(*at).of_change)
                .collect(),
            Subject::Customer => {
                let all = self.names.values.iter().enumerate();
                all.filter(|(_, value)| value.askable() || value.owner.as_deref() == Some("customer"))
                    .map(|(at, _)| at)
                    .filter(of_kind)
                    .collect()
            }
        }
    }
}

/// Words for the customer.
pub(in crate::read) fn is_customer(words: &[Token<'_>]) -> bool {
    let rest: Vec<_> = words.iter().filter(|t| !t.any(&["the", "a", "this", "our"])).collect();
    match rest.as_slice() {
        [one] => one.any(&[
            "customer",
            "customers",
            "they",
            "he",
            "she",
            "user",
            "users",
            "client",
            "caller",
            "you",
            "someone",
            "person",
            "buyer",
            "shopper",
            "guest",
        ]),
        _ => false,
    }
}

pub(super) fn unknown(words: &[Token<'_>]) -> Trouble {
    let (Some(first), Some(last)) = (words.first(), words.last()) else {
        return Trouble::NotClear;
    };
    let said = words
        .iter()
        .filter(|t| t.kind == Kind::Word)
        .map(|t| t.text.to_lowercase())
        .collect();
    Trouble::Unknown(said, taskwright_domain::Span::new(first.span.start, last.span.end))
}
