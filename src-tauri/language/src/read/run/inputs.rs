//! Inputs said in the sentence that runs an action: "refund 20 EUR", "with the reason late".

use std::collections::BTreeMap;

use taskwright_domain::{AttributeType, LinkTarget, Meaning, Operand, Step, StepKind, Value};

use crate::read::conditions::{operand_for, refer};
use crate::read::names::{Lookup, Origin, Prefer, Stem, position_of_run};
use crate::read::reader::{Reader, Spoken};
use crate::read::token::{Kind, Token};

impl<'t, 'a> Reader<'t, 'a, '_> {
    /// "(order number or, if they don't have it, the e-mail)": the second is asked for where the first cannot be given.
    pub(super) fn ask_one_or_other(&mut self, whole: &'t [Token<'a>], steps: &mut Vec<Step>) {
        let Some(open) = whole.iter().position(|t| t.mark('(')) else {
            return;
        };
        let close = whole.iter().position(|t| t.mark(')')).unwrap_or(whole.len());
        let Some(inner) = whole.get(open + 1..close) else {
            return;
        };
        let Some(or) = inner.windows(2).position(|pair| pair[0].is("or") && pair[1].mark(',')) else {
            return;
        };
        let Some(comma) = inner[or + 2..].iter().position(|t| t.mark(',')).map(|at| or + 2 + at) else {
            return;
        };
        let without = inner[or + 2..comma]
            .first()
            .is_some_and(|t| t.any(&["if", "failing", "without"]))
            && inner[or + 2..comma]
                .iter()
                .any(|t| t.any(&["not", "that", "no", "without"]));
        let (first, second) = (self.wanted(&inner[..or]), self.wanted(&inner[comma + 1..]));
        let (true, [(one, ..)], [(other, ..)]) = (without, first.values.as_slice(), second.values.as_slice()) else {
            return;
        };
        let (one, other) = (*one, *other);
        let keys = [one, other].map(|at| self.names.value(at).reference.clone());
        let asks = |reader: &Self, key: &str| {
            reader.step(
                inner,
                StepKind::Ask {
                    attribute: key.to_owned(),
                    question: None,
                    preface: None,
                    again: false,
                    among: None,
                },
            )
        };
        let arm = taskwright_domain::Arm {
            span: self.span(inner),
            condition: taskwright_domain::Condition::Test {
                subject: refer(&keys[0]),
                comparison: taskwright_domain::Comparison::Missing,
            },
            steps: vec![asks(self, &keys[1])],
        };
        let check = StepKind::Check {
            arms: vec![arm],
            otherwise: Vec::new(),
        };
        steps.extend([asks(self, &keys[0]), self.step(inner, check)]);
        let labels = [self.label(&keys[0]), self.label(&keys[1])];
        self.remember_ask(&keys[0], one, inner);
        self.remember_ask(&keys[1], other, inner);
        let plain = format!("Asks for {}; where it cannot be given, for {}", labels[0], labels[1]);
        let links = keys
            .iter()
            .flat_map(|key| crate::read::conditions::link_over(inner, LinkTarget::Reference { reference: key.clone() }))
            .collect();
        let meaning = Meaning::Need {
            attributes: keys.to_vec(),
        };
        self.note(inner, Spoken::new(meaning, plain).links(links));
    }

    pub(super) fn inputs_in_words(&self, inputs: &BTreeMap<String, Operand>) -> String {
        if inputs.is_empty() {
            return String::new();
        }
        let said: Vec<_> = inputs
            .iter()
            .map(|(key, operand)| {
                let value = crate::read::describe::label_of(operand, self.names.catalogue);
                format!("{} {value}", taskwright_domain::key_in_words(key))
            })
            .collect();
        format!(" with {}", crate::read::ask::listed(&said))
    }

    /// Inputs said in the sentence.
    pub(super) fn inputs_in(&self, at: usize, words: &[Token<'_>]) -> BTreeMap<String, Operand> {
        let mut found = BTreeMap::new();
        let Some(action) = self.catalogue().action(&self.names.actions[at].id) else {
            return found;
        };
        let said: Vec<_> = words
            .iter()
            .filter(|t| matches!(t.kind, Kind::Word | Kind::Number))
            .collect();
        for input in &action.inputs {
            let label: Vec<Stem> = crate::read::names::content_stems(&input.label());
            let named = words.iter().position(|t| label.last().is_some_and(|s| s.same(t)));
            if let AttributeType::Choice { options } = &input.kind {
                let option = options.iter().find(|option| {
                    let stems = crate::read::names::stems(option);
                    position_of_run(&said, &stems).is_some_and(|place| {
                        let before = said[..place].iter().rev().find(|t| !t.any(&["a", "an", "the"]));
                        named.is_some() || before.is_some_and(|t| t.any(&["as", "with", "to", "for"]))
                    })
                });
                if let Some(option) = option {
                    found.insert(
                        input.key.clone(),
                        Operand::Constant {
                            value: Value::Choice(option.clone()),
                        },
                    );
                    continue;
                }
            }
            if let Some(place) = named
                && let Some(quote) = words
                    .get(place + 1..)
                    .and_then(|rest| rest.iter().take(3).find(|t| t.kind == Kind::Quote))
                && matches!(input.kind, AttributeType::Text | AttributeType::Identifier { .. })
            {
                found.insert(
                    input.key.clone(),
                    Operand::Constant {
                        value: Value::Text(quote.low.clone()),
                    },
                );
                continue;
            }
            if matches!(input.kind, AttributeType::Amount)
                && let Some(operand) = self.amount_in(&input.key, words)
            {
                found.insert(input.key.clone(), operand);
                continue;
            }
            if let Some(reference) = self.pill_for(input, action, words) {
                found.insert(input.key.clone(), refer(&reference));
                continue;
            }
            if matches!(input.kind, AttributeType::Date | AttributeType::DateTime)
                && let Some(day) = (0..words.len()).find_map(|at| crate::read::constants::date_at(words, at))
            {
                let value = Value::Date(day.value);
                found.insert(input.key.clone(), Operand::Constant { value });
                continue;
            }
            let _ = self
                .number_in(input, named, words)
                .map(|operand| found.insert(input.key.clone(), operand));
        }
        found
    }

    fn number_in(
        &self,
        input: &taskwright_domain::ActionInput,
        named: Option<usize>,
        words: &[Token<'_>],
    ) -> Option<Operand> {
        if !matches!(input.kind, AttributeType::Integer | AttributeType::Decimal) {
            return None;
        }
        let around = |at: usize| named.is_some_and(|place| at + 1 == place || at == place + 1 || at == place + 2);
        // "the last 4 payouts", where the look-up asks how many.
        let label = input.label().to_lowercase();
        let counts = ["how many", "count", "limit", "max", "number of"]
            .iter()
            .any(|word| label.contains(word));
        let newest = |at: usize| {
            counts && at > 0 && words[at - 1].any(&["last", "latest", "first", "next", "newest", "recent", "top"])
        };
        let at = (0..words.len()).find(|at| words[*at].kind == Kind::Number && (around(*at) || newest(*at)))?;
        crate::read::constants::number_at(words, at).and_then(|read| {
            let whole = rust_decimal::prelude::ToPrimitive::to_i64(&read.value).filter(|_| read.value.is_integer())?;
            Some(Operand::Constant {
                value: Value::Integer(whole),
            })
        })
    }

    /// "refund 20 EUR", "refund the order total", "in full".
    fn amount_in(&self, key: &str, words: &[Token<'_>]) -> Option<Operand> {
        let currency = &self.catalogue().settings.currency;
        for at in 0..words.len() {
            let literal = words[at].kind == Kind::Number || matches!(words[at].kind, Kind::Mark('€' | '$' | '£'));
            if literal && crate::read::constants::amount_at(words, at).is_some() {
                return operand_for(&AttributeType::Amount, words, at, currency).map(|read| read.value);
            }
        }
        let pill = words
            .iter()
            .filter(|t| t.kind == Kind::Pill)
            .find_map(|t| self.names.reference(&t.low))
            .filter(|at| matches!(self.names.value(*at).kind, AttributeType::Amount));
        if let Some(at) = pill {
            let reference = &self.names.value(at).reference;
            return (reference != key).then(|| refer(reference));
        }
        let is_amount = |at: &usize| {
            let value = self.names.value(*at);
            matches!(value.kind, AttributeType::Amount)
                && matches!(
                    value.origin,
                    Origin::Field | Origin::Asked | Origin::Filled | Origin::Webhook
                )
        };
        for from in 0..words.len() {
            for to in (from + 1..=words.len().min(from + 5)).rev() {
                if let Lookup::One { at, sure } = self.names.lookup(
                    &words[from..to],
                    Prefer {
                        askable: false,
                        owner: self.said.it.as_deref(),
                    },
                ) && is_amount(&at)
                    && sure
                {
                    let reference = &self.names.value(at).reference;
                    return (reference != key).then(|| refer(reference));
                }
            }
        }
        let full = words
            .iter()
            .any(|t| t.any(&["full", "fully", "whole", "entire", "total"]));
        let owner = self.said.it.as_deref().filter(|_| full)?;
        let amounts: Vec<_> = self
            .names
            .of_owner(owner)
            .filter(|at| matches!(self.names.value(*at).kind, AttributeType::Amount))
            .collect();
        let total = |at: &&usize| {
            self.names
                .value(**at)
                .field_stems
                .iter()
                .any(|s| matches!(s.text.as_str(), "total" | "amount" | "pric"))
        };
        let at = if let [at] = amounts.as_slice() {
            *at
        } else {
            *amounts.iter().find(total)?
        };
        Some(refer(&self.names.value(at).reference))
    }

    fn pill_for(
        &self,
        input: &taskwright_domain::ActionInput,
        action: &taskwright_domain::Action,
        words: &[Token<'_>],
    ) -> Option<String> {
        words.iter().filter(|t| t.kind == Kind::Pill).find_map(|token| {
            let value = self.names.value(self.names.reference(&token.low)?);
            if value.reference == input.key {
                return None;
            }
            let tail = value.reference.rsplit('.').next().unwrap_or(&value.reference);
            let same_kind = |other: &taskwright_domain::ActionInput| {
                std::mem::discriminant(&other.kind) == std::mem::discriminant(&value.kind)
            };
            let only = same_kind(input)
                && action.inputs.iter().filter(|other| same_kind(other)).count() == 1
                && !action.inputs.iter().any(|other| other.key == value.reference);
            (tail == input.key || only).then(|| value.reference.clone())
        })
    }
}
