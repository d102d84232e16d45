//! Forms: a Collect block asks for all its fields at once where a channel has forms; free text answers as well.

use taskwright_domain::{At, EventKind, RequestedField, SealedId, SealedText, Value};
use taskwright_language::wording;

use crate::choose::takes_answers;
use crate::machine::Machine;
use crate::program::Compiled;

/// What the input that is taken does to the form on screen.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) enum FormTurn {
    /// Nothing: the customer talks.
    #[default]
    Talk,
    /// Fills in a field; the others stay before the customer.
    Filled,
    /// Fills in a field with what does not fit.
    Rejected(String),
}

impl Machine<'_> {
    /// Whether the question is put in words: not while the customer fills in the form.
    pub(crate) fn asks_aloud(&self, form: &[String]) -> bool {
        form.is_empty() || self.form == FormTurn::Talk
    }

    /// Asks for the fields of the form that are still missing, or for the one that did not fit.
    /// What is known of the customer is no field of it.
    pub(crate) fn request(&mut self, compiled: &Compiled, place: &At, form: &[String]) {
        for key in form.iter().filter(|key| takes_answers(compiled, key)) {
            if self.value(key).is_none() {
                self.known_of_customer(compiled, key);
            }
        }
        let keys: Vec<&str> = match &self.form {
            _ if form.is_empty() => return,
            FormTurn::Filled => return,
            FormTurn::Rejected(key) => vec![key.as_str()],
            FormTurn::Talk => form.iter().map(String::as_str).collect(),
        };
        let given_up = |key: &str| self.run().is_some_and(|run| run.given_up.contains(key));
        let missing = |key: &&str| takes_answers(compiled, key) && self.value(key).is_none() && !given_up(key);
        let attributes = keys.into_iter().filter(missing);
        let fields: Vec<RequestedField> = attributes
            .filter_map(|key| compiled.program.attribute(key))
            .map(|attribute| RequestedField {
                key: attribute.key.clone(),
                label: wording::sentence_start(&attribute.name),
                kind: attribute.kind.clone(),
            })
            .collect();
        if !fields.is_empty() {
            let place = place.clone();
            self.emit(EventKind::AttributesRequested { place, fields });
        }
    }

    pub(crate) fn collected(&mut self, attribute: &str, text: &str) {
        let Some(compiled) = self.compiled() else { return };
        let Some(found) = compiled.program.attribute(attribute).cloned() else {
            return;
        };
        if !takes_answers(&compiled, attribute) {
            return;
        }
        let sealed = found.sensitive.then(|| self.sealed_text(text));
        let shown = if found.sensitive {
            crate::seal::mask(text)
        } else {
            text.to_owned()
        };
        self.emit(EventKind::AttributeCollected {
            attribute: attribute.to_owned(),
            text: shown,
            sealed,
        });
        match self.as_type(&found.kind, &Value::Text(text.trim().to_owned())) {
            Some(value) => {
                self.form = FormTurn::Filled;
                self.fill(&compiled, attribute, value);
                self.advance();
            }
            None => {
                self.form = FormTurn::Rejected(attribute.to_owned());
                let why = format!("{} {}", crate::words::DOES_NOT_FIT, wording::question(&found, 1));
                self.misfit(&compiled, attribute, text, &why);
            }
        }
    }

    pub(crate) fn sealed_text(&self, text: &str) -> SealedText {
        let id = SealedId::new(format!("{}_{}", self.state.conversation.0, self.state.seq + 1));
        SealedText {
            id,
            plain: Some(text.to_owned()),
        }
    }
}
