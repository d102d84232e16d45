//! Asking the customer for a value.

use taskwright_domain::{ActionId, Attribute, AttributeType, EventKind, Question, Source, Speaker, Template};
use taskwright_language::understand::{Choosable, Move};
use taskwright_language::wording;

use crate::machine::{Flow, Machine, Obtained};
use crate::program::{Compiled, Op, OpKind};
use crate::words;

impl Machine<'_> {
    #[expect(clippy::too_many_arguments, reason = "they are the fields of one operation")]
    pub(crate) fn ask(
        &mut self,
        compiled: &Compiled,
        op: &Op,
        index: usize,
        attribute: &str,
        question: Option<&Template>,
        preface: Option<&Template>,
        again: bool,
    ) -> Flow {
        let given_up = self
            .run()
            .is_some_and(|run| run.answered && run.given_up.contains(attribute));
        if !again && self.value(attribute).is_some() || given_up {
            return Flow::Next;
        }
        if compiled.program.worked_out.contains_key(attribute) {
            return self.settle(compiled, op, index, attribute);
        }
        if self.known_of_customer(compiled, attribute) {
            return Flow::Next;
        }
        let question = match question
            .map(|question| self.render(compiled, op, index, question))
            .transpose()
        {
            Ok(question) => question,
            Err(flow) => return flow,
        };
        let preface = match preface
            .map(|preface| self.render(compiled, op, index, preface))
            .transpose()
        {
            Ok(preface) => preface,
            Err(flow) => return flow,
        };
        self.ask_for(compiled, op, index, attribute, question, preface, None)
    }

    /// A known value of the customer is used, not asked again.
    pub(crate) fn known_of_customer(&mut self, compiled: &Compiled, attribute: &str) -> bool {
        let Some(found) = compiled.program.attribute(attribute) else {
            return false;
        };
        let known = match found.kind {
            taskwright_domain::AttributeType::Email if attribute == "email" || attribute == "customer_email" => {
                self.value("customer.email")
            }
            _ => None,
        };
        match known {
            Some(value) => {
                self.set(compiled, attribute, Some(value), Source::Known);
                true
            }
            None => false,
        }
    }

    /// Gets a value that is needed before the operation can go on.
    fn settle(&mut self, compiled: &Compiled, op: &Op, index: usize, reference: &str) -> Flow {
        match self.obtain(compiled, op, index, reference) {
            Obtained::Pending => Flow::Wait,
            Obtained::Settled => Flow::Goto(index),
            Obtained::Impossible if self.run().is_none() => Flow::Over,
            Obtained::Impossible => {
                let label = self.label(compiled, reference);
                self.could_not_follow(op, index, &format!("{label} is not known"))
            }
        }
    }

    #[expect(clippy::too_many_arguments, reason = "a question has that many sides")]
    pub(crate) fn ask_for(
        &mut self,
        compiled: &Compiled,
        op: &Op,
        index: usize,
        attribute: &str,
        question: Option<String>,
        preface: Option<String>,
        for_action: Option<ActionId>,
    ) -> Flow {
        let Some(found) = compiled.program.attribute(attribute).cloned() else {
            return self.could_not_follow(op, index, &format!("{attribute} is not defined"));
        };
        if !found.customer_may_fill {
            return self.could_not_follow(
                op,
                index,
                &format!("{} is not known, and customers may not fill it", found.name),
            );
        }
        if let Some(flow) = self.fetch_choices(compiled, op, index, attribute) {
            return flow;
        }
        let again = self
            .run()
            .and_then(|run| run.asked.get(attribute))
            .copied()
            .unwrap_or(0);
        let choosable = self.choosable_at(compiled, index, attribute);
        let own = question.filter(|_| again == 0);
        let mut text = own.unwrap_or_else(|| wording::question(&found, again));
        if let Some(preface) = preface.filter(|_| again == 0) {
            text = format!("{} {text}", wording::sentence(&preface));
        }
        if let Some(choosable) = &choosable {
            text = crate::choose::with_choices(&text, choosable);
        }
        let at = self.here(op, index);
        let form = match &op.kind {
            OpKind::Ask { form, .. } => form.as_slice(),
            _ => &[],
        };
        if self.asks_aloud(form) {
            self.say(text, Some(at.clone()), Speaker::Assistant);
            self.offer_answers(&found, choosable.as_ref(), !form.is_empty());
        }
        self.request(compiled, &at, form);
        self.emit(EventKind::Asked {
            place: at,
            what: Question::Attribute {
                attribute: attribute.to_owned(),
                again,
                for_action,
            },
        });
        Flow::Wait
    }

    /// Quick replies for the answer. A form has fields of its own for what is no item of a list.
    fn offer_answers(&mut self, asked: &Attribute, choosable: Option<&Choosable>, in_a_form: bool) {
        if let Some(choosable) = choosable {
            self.offer_choices(choosable);
        }
        if in_a_form {
            return;
        }
        if let AttributeType::Choice { options } = &asked.kind {
            let options: Vec<&str> = options.iter().map(String::as_str).collect();
            self.offer(&options, false);
        }
        if asked.kind == AttributeType::Boolean {
            self.offer(&[words::YES, words::NO], false);
        }
    }

    /// Sorts what the customer said into an option; asks when nothing said so.
    pub(crate) fn classify(
        &mut self,
        compiled: &Compiled,
        op: &Op,
        index: usize,
        attribute: &str,
        from: Option<&str>,
    ) -> Flow {
        if self.value(attribute).is_some() {
            return Flow::Next;
        }
        let texts = match from.and_then(|reference| self.value(reference)) {
            Some(value) => vec![self.format(&value)],
            None => self.state.messages.clone(),
        };
        for text in texts.iter().rev() {
            let fits = self.understand(compiled, text).into_iter().find_map(|mv| match mv {
                Move::Fill {
                    attribute: key, value, ..
                } if key == attribute => Some(value),
                _ => None,
            });
            if let Some(value) = fits {
                self.set(compiled, attribute, Some(value), Source::Computed);
                return Flow::Next;
            }
        }
        self.ask_for(compiled, op, index, attribute, None, None, None)
    }
}
