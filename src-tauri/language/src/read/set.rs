//! Setting values: "set the priority to high", "the refund amount is {order.total}".

use taskwright_domain::{AttributeType, LinkTarget, Meaning, Operand, Step, StepKind, Value};

use super::conditions::{operand_for, refer};
use super::names::{Lookup, Origin, Prefer, position_of_run};
use super::reader::{LedBy, Reader, Spoken, trimmed};
use super::token::{Kind, Token};

impl<'t, 'a> Reader<'t, 'a, '_> {
    /// "set the priority to high", "save the reason as late".
    pub(super) fn set(&mut self, whole: &'t [Token<'a>], object: &'t [Token<'a>], steps: &mut Vec<Step>) -> bool {
        let Some(place) = object
            .iter()
            .position(|t| t.any(&["to", "as"]) || t.mark('='))
            .filter(|place| *place > 0)
        else {
            return false;
        };
        if object[..place].iter().all(|t| t.any(&["it", "this", "that", "them"])) && object[place].is("as") {
            let said: Vec<_> = object[place + 1..].iter().collect();
            let named = |value: &super::names::Named| {
                value
                    .options
                    .iter()
                    .filter(|o| position_of_run(&said, &o.stems).is_some())
                    .count()
            };
            let mut fits = self
                .names
                .values
                .iter()
                .enumerate()
                .filter(|(_, value)| value.askable() && named(value) >= 2);
            if let (Some((at, _)), None) = (fits.next(), fits.next()) {
                self.classify_into(whole, at, steps);
                return true;
            }
            return false;
        }
        let Lookup::One { at, .. } = self.names.lookup(
            trimmed(&object[..place]),
            Prefer {
                askable: true,
                owner: None,
            },
        ) else {
            return false;
        };
        let value = self.names.value(at);
        if !matches!(value.origin, Origin::Asked | Origin::Filled) || value.owner.is_some() {
            return false;
        }
        let key = value.reference.clone();
        let said = trimmed(&object[place + 1..]);
        let named = value
            .options
            .iter()
            .filter(|o| position_of_run(&said.iter().collect::<Vec<_>>(), &o.stems).is_some())
            .count();
        if named > 1 {
            self.classify_into(whole, at, steps);
            return true;
        }
        let Some(operand) = self.constant_of(at, said).filter(|operand| self.takes(at, operand)) else {
            return false;
        };
        self.sets(whole, &object[..place], key, operand, steps);
        true
    }

    /// "the refund amount is {order.total}": said of a value of this task, it sets it. To a fixed value only where a
    /// condition led here; elsewhere that may just tell how things are.
    pub(super) fn set_to(
        &mut self,
        whole: &'t [Token<'a>],
        named: &'t [Token<'a>],
        said: &'t [Token<'a>],
        steps: &mut Vec<Step>,
    ) -> bool {
        let (named, said) = (trimmed(named), trimmed(said));
        // "the standard amount is 40 EUR"
        let named = match named {
            [the, usual, rest @ ..] if the.is("the") && usual.any(&["standard", "default", "usual", "normal"]) => rest,
            named => named,
        };
        let prefer = Prefer {
            askable: true,
            owner: None,
        };
        let Lookup::One { at, sure: true } = self.names.lookup(named, prefer) else {
            return false;
        };
        let value = self.names.value(at);
        let own = matches!(value.origin, Origin::Asked | Origin::Filled) && value.owner.is_none();
        let key = value.reference.clone();
        let Some(operand) = self.constant_of(at, said).filter(|_| own) else {
            return false;
        };
        if self.led_by == LedBy::Nothing && self.under.is_empty() && !matches!(operand, Operand::Reference { .. }) {
            return false;
        }
        self.sets(whole, named, key, operand, steps);
        true
    }

    /// Whether a value can hold another: a number of a booking no date.
    fn takes(&self, at: usize, operand: &Operand) -> bool {
        let Operand::Reference { reference } = operand else {
            return true;
        };
        let kind = &self.names.value(at).kind;
        let other = self
            .names
            .reference(reference)
            .map(|other| &self.names.value(other).kind);
        matches!(kind, AttributeType::Text)
            || other.is_none_or(|other| std::mem::discriminant(other) == std::mem::discriminant(kind))
    }

    pub(super) fn sets(
        &mut self,
        whole: &[Token<'_>],
        named: &[Token<'_>],
        key: String,
        operand: Operand,
        steps: &mut Vec<Step>,
    ) {
        steps.push(self.step(
            whole,
            StepKind::Set {
                attribute: key.clone(),
                value: operand.clone(),
            },
        ));
        let label = self.label(&key);
        let words = format!(
            "Sets {label} to {}",
            super::describe::label_of(&operand, self.names.catalogue)
        );
        let links = super::conditions::link_over(trimmed(named), LinkTarget::Reference { reference: key.clone() });
        self.note(
            whole,
            Spoken::new(Meaning::Set { attribute: key }, words)
                .links(links)
                .sure(true),
        );
    }

    /// Words as a value of a named one's kind.
    pub(super) fn constant_of(&self, at: usize, words: &[Token<'_>]) -> Option<Operand> {
        let value = self.names.value(at);
        if let Some(option) = self.names.option_of(at, words) {
            return Some(Operand::Constant {
                value: Value::Choice(option.text.clone()),
            });
        }
        if let [one] = words {
            if let Some(other) = self.names.of_token(one) {
                return Some(refer(&self.names.value(other).reference));
            }
            if matches!(value.kind, AttributeType::Boolean) && one.any(&["yes", "true", "no", "false"]) {
                return Some(Operand::Constant {
                    value: Value::Boolean(one.any(&["yes", "true"])),
                });
            }
            if one.kind == Kind::Quote && matches!(value.kind, AttributeType::Text | AttributeType::Identifier { .. }) {
                return Some(Operand::Constant {
                    value: Value::Text(one.low.clone()),
                });
            }
        }
        if let Some(read) = operand_for(&value.kind, words, 0, &self.catalogue().settings.currency)
            .filter(|read| read.end == words.len())
        {
            return Some(read.value);
        }
        match self.names.lookup(
            words,
            Prefer {
                askable: false,
                owner: self.said.it.as_deref(),
            },
        ) {
            Lookup::One { at: other, .. } if other != at => Some(refer(&self.names.value(other).reference)),
            _ => None,
        }
    }
}
