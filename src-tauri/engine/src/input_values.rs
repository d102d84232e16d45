//! Which values an input takes, and which it has where nothing gives one.

use taskwright_domain::{Action, ActionInput, AttributeType, EventKind, HandOffReason, Source, Speaker, Value};
use taskwright_language::wording;

use crate::machine::{Flow, Machine};
use crate::program::{Compiled, Given, Op};
use crate::words;

/// How often a value that is not allowed is asked for again before a person takes over.
const ASKED_AGAIN_AT_MOST: u32 = 3;

impl Machine<'_> {
    /// The input's own value, where nothing else gives one.
    pub(crate) fn default_of(
        &mut self,
        op: &Op,
        index: usize,
        action: &Action,
        input: &ActionInput,
    ) -> Result<Option<(Value, Option<Source>)>, Flow> {
        let Some(written) = &input.default else {
            return Ok(None);
        };
        match self.written_value(&input.kind, written) {
            Some(value) => Ok(Some((value, Some(Source::Author)))),
            None => {
                let reason = format!(
                    "{} of {} is “{written}” where nothing gives it, which does not fit its type",
                    wording::sentence_start(&input.label()),
                    action.name
                );
                Err(self.could_not_follow(op, index, &reason))
            }
        }
    }

    /// Whether an input takes this value: any, where the author allowed no values in particular.
    pub(crate) fn is_allowed(&self, input: &ActionInput, value: &Value) -> bool {
        if input.allowed.is_empty() {
            return true;
        }
        match value.plain() {
            Value::List(items) => items.iter().all(|item| self.is_allowed(input, item)),
            plain => input
                .allowed
                .iter()
                .any(|written| self.means(&input.kind, written, plain)),
        }
    }

    /// The attribute the customer gave the value of an input in; none where it came from elsewhere.
    pub(crate) fn said_as(&self, compiled: &Compiled, given: Option<&Given>, input: &ActionInput) -> Option<String> {
        let reference = match given {
            Some(Given::Operand(operand)) => (*operand.references().first()?).to_owned(),
            Some(Given::Words(words)) => words.references().next()?.to_owned(),
            None => self.reference_for(compiled, input)?,
        };
        let attribute = compiled.program.attribute(&reference)?;
        let theirs = attribute.customer_may_fill && self.source(&reference) == Some(Source::Customer);
        theirs.then_some(reference)
    }

    /// A value that is not allowed is never sent: the customer is asked again for theirs, any other ends with a person.
    #[expect(clippy::too_many_arguments, reason = "a refused value has that many sides")]
    pub(crate) fn refuse_value(
        &mut self,
        compiled: &Compiled,
        op: &Op,
        index: usize,
        action: &Action,
        input: &ActionInput,
        value: &Value,
        said_as: Option<String>,
    ) -> Flow {
        let label = wording::sentence_start(&input.label());
        let allowed = wording::join(&input.allowed, "or");
        let text = self.format(value);
        let Some(attribute) = said_as.filter(|attribute| self.may_ask_again(attribute)) else {
            let rule = format!("{label} can only be {allowed}, not “{text}”");
            let at = self.here(op, index);
            self.emit(EventKind::ActionBlocked {
                place: at,
                action: action.id.clone(),
                name: action.name.clone(),
                rule: rule.clone(),
                because: Vec::new(),
            });
            self.say(words::NOT_ABLE, None, Speaker::Assistant);
            self.hand_off(None, None, None, HandOffReason::Blocked { rule });
            return Flow::Over;
        };
        let why = format!("{label} can only be {allowed}.");
        self.emit(EventKind::AttributeRejected {
            label: self.label(compiled, &attribute),
            attribute: attribute.clone(),
            text,
            why: why.clone(),
            given_up: false,
        });
        self.set(compiled, &attribute, None, Source::Computed);
        self.ask_for(compiled, op, index, &attribute, None, Some(why), None)
    }

    fn may_ask_again(&self, attribute: &str) -> bool {
        let rejected = self.run().and_then(|run| run.rejected.get(attribute)).copied();
        rejected.unwrap_or(0) < ASKED_AGAIN_AT_MOST
    }

    fn means(&self, kind: &AttributeType, written: &str, value: &Value) -> bool {
        let as_read = self.format(value);
        as_read.trim().eq_ignore_ascii_case(written.trim())
            || self
                .written_value(kind, written)
                .is_some_and(|written| written == *value)
    }

    /// What an author wrote as a value of this type. Words are taken as they are; nothing is looked for inside.
    fn written_value(&self, kind: &AttributeType, written: &str) -> Option<Value> {
        match kind {
            AttributeType::Text
            | AttributeType::PersonName
            | AttributeType::Address
            | AttributeType::Place
            | AttributeType::Identifier { .. } => Some(Value::Text(written.trim().to_owned())),
            kind => self.as_type(kind, &Value::Text(written.to_owned())),
        }
    }
}
