//! What a condition would be that nothing in the catalogue tells yet: shown to the author, never run.

use taskwright_domain::{Comparison, Condition, Operand, Value, key_for};

use super::ask::yes_no_name;
use super::conditions::{negate, refer};
use super::reader::trimmed;
use super::token::{Kind, Token};

/// The condition with values of the author's words: "item is Order Received or In Transit", "subscription active is no".
pub(super) fn imagined(words: &[Token<'_>]) -> Option<Condition> {
    // What stands in brackets explains; its "no" denies nothing.
    let aside = words.iter().position(|t| t.mark('(')).filter(|at| *at > 0);
    let words = trimmed(&words[..aside.unwrap_or(words.len())]);
    let is = words
        .iter()
        .position(|t| t.any(&["is", "are", "was", "were"]))
        .filter(|at| *at > 0);
    let Some(is) = is else {
        return yes_or_no(&[words]);
    };
    let (subject, said) = (&words[..is], &words[is + 1..]);
    let quotes: Vec<Operand> = said
        .iter()
        .filter(|t| t.kind == Kind::Quote)
        .map(|t| Operand::Constant {
            value: Value::Text(t.low.clone()),
        })
        .collect();
    if !quotes.is_empty() {
        return one_of(subject, quotes, denies(said));
    }
    if !said.is_empty() && said.iter().all(|t| t.kind == Kind::Word && t.capital) {
        // "Order Received": a state written as a name.
        let name = said.iter().map(|t| t.text).collect::<Vec<_>>().join(" ");
        let value = Value::Text(name);
        return one_of(subject, vec![Operand::Constant { value }], false);
    }
    let any = said.iter().any(|t| t.is("or"));
    let parts: Vec<_> = said
        .split(|t| t.any(&["or", "and"]) || t.mark(','))
        .filter(|part| !part.is_empty())
        .collect();
    let short = parts.iter().all(|part| part.len() <= 4);
    if parts.len() < 2 || !short {
        return yes_or_no(&[subject, said]);
    }
    let parts: Option<Vec<_>> = parts.iter().map(|part| yes_or_no(&[subject, part])).collect();
    let parts = parts?;
    Some(if any {
        Condition::Any { parts }
    } else {
        Condition::All { parts }
    })
}

fn one_of(subject: &[Token<'_>], mut values: Vec<Operand>, denied: bool) -> Option<Condition> {
    let key = key_for(&yes_no_name(subject));
    let comparison = if values.len() == 1 {
        Comparison::Is { to: values.pop()? }
    } else {
        Comparison::OneOf { of: values }
    };
    let condition = Condition::Test {
        subject: refer(&key),
        comparison,
    };
    Some(if denied { negate(condition) } else { condition })
}

/// A yes-or-no value named by the words, or its opposite.
fn yes_or_no(words: &[&[Token<'_>]]) -> Option<Condition> {
    let words: Vec<Token<'_>> = words.concat();
    let telling: Vec<_> = words.iter().filter(|t| !is_denial(t)).cloned().collect();
    let name = yes_no_name(&telling);
    let to = Operand::Constant {
        value: Value::Boolean(!denies(&words)),
    };
    (!name.is_empty()).then(|| Condition::Test {
        subject: refer(&key_for(&name)),
        comparison: Comparison::Is { to },
    })
}

fn denies(words: &[Token<'_>]) -> bool {
    words.iter().filter(|t| is_denial(t)).count() % 2 == 1
}

fn is_denial(token: &Token<'_>) -> bool {
    token.any(&["not", "never", "no", "cannot", "without"])
}
