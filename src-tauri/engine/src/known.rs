//! What is known of a customer from earlier conversations: handed in when a conversation begins, used where a task needs
//! it, and given way to what they say anew.

use std::collections::BTreeMap;

use taskwright_domain::{
    Attribute, AttributeType, ConversationId, EventKind, Known, OfCustomer, Scope, Sealed, SealedId, SealedRow,
    Settings, Value,
};
use taskwright_language::wording;

use crate::machine::Machine;
use crate::program::Compiled;
use crate::state::State;

/// The values as a new conversation is handed them: each sensitive one sealed under an id of this conversation's own, so
/// that it outlives the conversation it was said in, and is erased with this one.
#[must_use]
pub fn hand_in(
    conversation: &ConversationId,
    known: BTreeMap<String, Known>,
    sensitive: impl Fn(&str) -> bool,
    settings: &Settings,
) -> BTreeMap<String, Known> {
    let handed = known.into_iter().map(|(key, Known { value, source })| {
        let mut ids = Ids {
            stem: format!("{}_known_{key}", conversation.0),
            given: 0,
        };
        let mut value = value;
        ids.renew(&mut value);
        if sensitive(&key) {
            value = crate::seal::seal(&value, ids.another(), &wording::format(&value, settings));
        }
        (key, Known { value, source })
    });
    handed.collect()
}

/// Ids of sealed values, one after another.
struct Ids {
    stem: String,
    given: usize,
}

impl Ids {
    fn another(&mut self) -> SealedId {
        self.given += 1;
        SealedId::new(format!("{}_{}", self.stem, self.given))
    }

    fn renew(&mut self, value: &mut Value) {
        match value {
            Value::Sealed(Sealed { id, .. }) => *id = self.another(),
            Value::List(items) => items.iter_mut().for_each(|item| self.renew(item)),
            Value::Object(fields) => fields.values_mut().for_each(|field| self.renew(field)),
            _ => {}
        }
    }
}

/// The rows that go into their own table with what a conversation begins with.
pub(crate) fn sealed_in(known: &BTreeMap<String, Known>) -> Vec<SealedRow> {
    let mut rows = Vec::new();
    for known in known.values() {
        crate::seal::collect(&known.value, &mut rows);
    }
    rows
}

/// What follows from an event for what is known from before: it is used once, and what was set since is newer.
pub(crate) fn follow(state: &mut State, event: &EventKind) {
    match event {
        EventKind::ConversationStarted { start } => state.remembered.clone_from(&start.known),
        EventKind::AttributeSet {
            attribute,
            of_customer,
            kept: true,
            ..
        } => {
            state.remembered.remove(attribute);
            match of_customer {
                Some(OfCustomer::Known) => state.recalled.insert(attribute.clone()),
                _ => state.recalled.remove(attribute),
            };
        }
        _ => {}
    }
}

impl Machine<'_> {
    /// Uses what is known of the customer from before, where the task works with it and nothing newer is known.
    pub(crate) fn recall(&mut self, compiled: &Compiled) {
        let kept = |attribute: &&Attribute| attribute.scope == Scope::Customer;
        for attribute in compiled.program.attributes.iter().filter(kept) {
            let Some(known) = self.state.remembered.get(&attribute.key).cloned() else {
                continue;
            };
            if self.state.value(&attribute.key).is_some() || !self.still_fits(&attribute.kind, known.value.plain()) {
                continue;
            }
            self.emit(EventKind::AttributeSet {
                attribute: attribute.key.clone(),
                label: attribute.name.clone(),
                from: None,
                to: Some(known.value),
                source: known.source,
                kept: true,
                of_customer: Some(OfCustomer::Known),
            });
            self.work_out_from(compiled, &attribute.key);
        }
    }

    /// Whether a value that was kept is still one of its attribute, whose type may have changed since.
    fn still_fits(&self, kind: &AttributeType, value: &Value) -> bool {
        match (kind, value) {
            (AttributeType::Text, Value::Text(_))
            | (AttributeType::Integer, Value::Integer(_))
            | (AttributeType::Decimal, Value::Decimal(_))
            | (AttributeType::Amount, Value::Amount(_))
            | (AttributeType::Boolean, Value::Boolean(_))
            | (AttributeType::Date, Value::Date(_))
            | (AttributeType::Time, Value::Time(_))
            | (AttributeType::DateTime, Value::DateTime(_))
            | (AttributeType::Address | AttributeType::Place | AttributeType::PersonName, Value::Text(_))
            | (AttributeType::Object { .. }, Value::Object(_))
            | (AttributeType::List { .. }, Value::List(_)) => true,
            (AttributeType::Choice { options }, Value::Choice(chosen)) => options.contains(chosen),
            (AttributeType::Email | AttributeType::Phone | AttributeType::Identifier { .. }, Value::Text(_)) => {
                self.as_type(kind, value).as_ref() == Some(value)
            }
            _ => false,
        }
    }
}
