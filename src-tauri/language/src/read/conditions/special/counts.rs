//! How many there are: "more than one booking", "there are several open tickets".

use taskwright_domain::{AttributeType, Condition, Operand, Value};

use crate::read::conditions::compare::{Relation, relation_at};
use crate::read::conditions::subject::Subject;
use crate::read::conditions::{Conditions, Got, refer};
use crate::read::constants::number_at;
use crate::read::names::{Lookup, Prefer};
use crate::read::token::Token;

impl Conditions<'_, '_> {
    /// "more than one booking", "there are several open tickets".
    pub(super) fn count(&self, words: &[Token<'_>]) -> Option<Got> {
        let skip = words
            .iter()
            .take_while(|t| {
                t.any(&[
                    "there", "is", "are", "has", "have", "had", "they", "the", "customer", "we", "find", "found",
                    "only", "'s",
                ])
            })
            .count();
        let only = words[..skip].iter().any(|t| t.is("only"));
        let rest = &words[skip..];
        let first = rest.first()?;
        let (relation, number, tail) = if let Some((relation, after)) = relation_at(rest, 0) {
            let read = number_at(rest, after)?;
            (relation, whole(read.value)?, &rest[read.end..])
        } else if first.any(&["several", "multiple", "many"]) {
            (Relation::More, 1, &rest[1..])
        } else if first.any(&["any", "some"]) {
            (Relation::More, 0, &rest[1..])
        } else if first.is("no") {
            (Relation::Same, 0, &rest[1..])
        } else if words[..skip].iter().any(|t| t.any(&["there", "has", "have"]))
            && number_at(rest, 0).is_none()
            && self.list(rest).is_some()
        {
            (Relation::More, 0, rest)
        } else {
            let read = number_at(rest, 0).filter(|_| only || skip > 1)?;
            (Relation::Same, whole(read.value)?, &rest[read.end..])
        };
        let end = tail
            .iter()
            .position(|t| {
                t.any(&["is", "are", "was", "were", "comes", "come", "found", "left", "open"]) && !t.is("open")
            })
            .unwrap_or(tail.len());
        let (noun, after) = tail.split_at(end);
        if noun.is_empty()
            || !after.iter().all(|t| {
                t.any(&[
                    "is", "are", "was", "were", "found", "comes", "come", "up", "left", "returned",
                ])
            })
        {
            return None;
        }
        let (condition, at) = match self.list(noun) {
            Some(at) => (self.counted(at, relation, number)?, at),
            // "more than 8 guests" where the guests are a number.
            None => {
                let Lookup::One { at, .. } = self.names.lookup(
                    noun,
                    Prefer {
                        askable: false,
                        owner: self.said.it.as_deref(),
                    },
                ) else {
                    return None;
                };
                let value = self.names.value(at);
                let than = Operand::Constant {
                    value: Value::Integer(number),
                };
                let fits = matches!(value.kind, AttributeType::Integer | AttributeType::Decimal);
                let comparison =
                    crate::read::conditions::compare::numeric_comparison(relation, than).filter(|_| fits)?;
                (
                    Condition::Test {
                        subject: refer(&value.reference),
                        comparison,
                    },
                    at,
                )
            }
        };
        Some(Got {
            condition,
            sure: true,
            links: self.link(noun, at),
            subject: Subject::Value(at, true),
        })
    }

    fn list(&self, words: &[Token<'_>]) -> Option<usize> {
        let list = |at: usize| matches!(self.names.value(at).kind, AttributeType::List { .. });
        match self.names.lookup(words, Prefer::default()) {
            Lookup::One { at, .. } if list(at) => Some(at),
            Lookup::Several(several) => several.into_iter().find(|at| list(*at)),
            _ => {
                let owner = self.names.object(words)?;
                let lists: Vec<_> = self.names.of_owner(&owner).filter(|at| list(*at)).collect();
                if let [at] = lists.as_slice() { Some(*at) } else { None }
            }
        }
    }
}

fn whole(number: rust_decimal::Decimal) -> Option<i64> {
    number
        .is_integer()
        .then(|| rust_decimal::prelude::ToPrimitive::to_i64(&number))
        .flatten()
}
