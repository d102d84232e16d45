//! What somebody has or lacks: "there is no e-mail", "without a receipt".

use taskwright_domain::{AttributeType, Comparison, Condition, Operand, Value};

use crate::read::conditions::compare::Relation;
use crate::read::conditions::subject::Subject;
use crate::read::conditions::{Conditions, Got, refer};
use crate::read::names::{Lookup, Prefer};
use crate::read::token::Token;

impl Conditions<'_, '_> {
    /// "there is no e-mail", "they don't have an order number", "without a receipt".
    pub(super) fn missing(&self, words: &[Token<'_>]) -> Option<Got> {
        let (negated, rest) = possession(words)?;
        let prefer = Prefer {
            askable: false,
            owner: self.said.it.as_deref(),
        };
        let Lookup::One { at, .. } = self.names.lookup(rest, prefer) else {
            return None;
        };
        let value = self.names.value(at);
        // "they have started" is no possession.
        if value.is_date()
            && rest
                .last()
                .is_some_and(|t| t.low.ends_with("ed") || t.low.ends_with("en"))
        {
            return None;
        }
        let comparison = match value.kind {
            AttributeType::Boolean => Comparison::Is {
                to: Operand::Constant {
                    value: Value::Boolean(!negated),
                },
            },
            AttributeType::List { .. } => {
                let relation = if negated { Relation::Same } else { Relation::More };
                let condition = self.counted(at, relation, 0)?;
                return Some(Got {
                    condition,
                    sure: true,
                    links: self.link(rest, at),
                    subject: Subject::Value(at, true),
                });
            }
            _ if negated => Comparison::Missing,
            _ => Comparison::Present,
        };
        let condition = Condition::Test {
            subject: refer(&value.reference),
            comparison,
        };
        Some(Got {
            condition,
            sure: true,
            links: self.link(rest, at),
            subject: Subject::Value(at, true),
        })
    }
}

/// "there is no X", "they have no X", "they cannot find X", "without X": whether it is missing, and X.
fn possession<'t, 'a>(words: &'t [Token<'a>]) -> Option<(bool, &'t [Token<'a>])> {
    let mut at = words
        .iter()
        .take_while(|t| t.any(&["there", "they", "the", "customer", "he", "she", "we", "user", "you"]))
        .count();
    if words.first()?.is("without") {
        return Some((true, &words[1..]));
    }
    if words[0].is("no") && words.len() <= 6 {
        let tail = &words[1..];
        let end = tail
            .iter()
            .position(|t| t.any(&["is", "was", "has", "given", "provided"]))
            .unwrap_or(tail.len());
        let given = tail[end..]
            .iter()
            .all(|t| t.any(&["is", "was", "has", "been", "given", "provided", "known", "on", "file"]));
        return given.then_some((true, &tail[..end]));
    }
    if at == 0 || at == words.len() {
        return None;
    }
    let mut negated = false;
    let mut owns = false;
    while let Some(token) = words.get(at) {
        if token.any(&["not", "no", "never"]) {
            negated = true;
            owns |= token.is("no");
        } else if token.any(&[
            "have", "has", "had", "know", "knows", "give", "provide", "find", "remember", "'s", "got", "lacks", "lack",
            "gave", "provided", "gives", "provides", "share",
        ]) {
            owns = true;
            negated |= token.any(&["lacks", "lack"]);
        } else if !token.any(&[
            "do", "does", "did", "can", "could", "is", "are", "any", "a", "an", "the", "their", "us", "to", "will",
            "would", "able", "want", "wants",
        ]) {
            break;
        }
        at += 1;
    }
    (owns && at < words.len()).then(|| (negated, &words[at..]))
}
