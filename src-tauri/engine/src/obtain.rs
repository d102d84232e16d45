//! Getting the values that an action or a condition needs.

use std::collections::BTreeMap;

use taskwright_domain::{
    Action, ActionInput, ActionState, EventKind, HandOffReason, InputFrom, Provider, Source, Speaker, Value,
};
use taskwright_language::wording;

use crate::machine::{Flow, Machine, Obtained};
use crate::program::{Compiled, Given, Op};
use crate::source::accepts;
use crate::words;

impl Machine<'_> {
    /// Gets a value that is missing: asks the customer for an attribute, calls the look-up that gives a field.
    pub(crate) fn obtain(&mut self, compiled: &Compiled, op: &Op, index: usize, reference: &str) -> Obtained {
        self.obtain_at_depth(compiled, op, index, reference, 0)
    }

    fn obtain_at_depth(&mut self, compiled: &Compiled, op: &Op, index: usize, reference: &str, depth: u8) -> Obtained {
        let owner = reference.split_once('.').map_or(reference, |(owner, _)| owner);
        if let Some(attribute) = compiled
            .program
            .attribute(reference)
            .or_else(|| compiled.program.attribute(owner))
            .cloned()
        {
            if self.known_of_customer(compiled, &attribute.key) {
                return Obtained::Settled;
            }
            if let Some(calculation) = compiled.program.worked_out.get(&attribute.key) {
                let of = calculation.of().to_owned();
                // Of a list that is there and does not add up nothing follows.
                if self.value(&of).is_some() {
                    return Obtained::Impossible;
                }
                return self.obtain_at_depth(compiled, op, index, &of, depth + 1);
            }
            let given_up = self.run().is_some_and(|run| run.given_up.contains(&attribute.key));
            if !attribute.customer_may_fill || given_up {
                return Obtained::Impossible;
            }
            return match self.ask_for(compiled, op, index, &attribute.key, None, None, None) {
                Flow::Wait => Obtained::Pending,
                _ => Obtained::Impossible,
            };
        }
        let provider = compiled
            .catalogue()
            .resolve(reference)
            .and_then(|referent| match referent.provider {
                Provider::Action(action) => Some(action.clone()),
                _ => None,
            });
        let Some(action) = provider.filter(|action| !action.changes_data && depth < 4) else {
            return Obtained::Impossible;
        };
        let standing = self.run().and_then(|run| run.actions.get(&action.id));
        if standing.is_some_and(|standing| standing.state != ActionState::NotFound) {
            // It was called and did not give the value.
            return Obtained::Impossible;
        }
        match self.inputs(compiled, op, index, &action, &BTreeMap::new(), depth) {
            Ok(inputs) => {
                if self.found_nothing_with(compiled, &action, &inputs) {
                    return Obtained::Impossible;
                }
                if self.guarded(compiled, op, index, &action, &inputs).is_some() {
                    return if self.run().is_some() {
                        Obtained::Pending
                    } else {
                        Obtained::Impossible
                    };
                }
                self.start_action(op, index, &action, inputs, false);
                Obtained::Pending
            }
            Err(Flow::Wait) => Obtained::Pending,
            Err(_) => Obtained::Impossible,
        }
    }

    /// It was called with these inputs and found nothing, and the task goes on from there by itself: nobody was asked
    /// for others, so calling it again would go on for ever.
    fn found_nothing_with(&self, compiled: &Compiled, action: &Action, inputs: &BTreeMap<String, Value>) -> bool {
        let standing = self.run().and_then(|run| run.actions.get(&action.id));
        let same = standing.is_some_and(|standing| standing.inputs == *inputs);
        let handled = &compiled.program.not_found_handled;
        same && (handled.contains(&action.id) || compiled.program.failures_handled.contains(&action.id))
    }

    /// The inputs of a call, typed; a missing one is asked for or looked up.
    pub(crate) fn inputs(
        &mut self,
        compiled: &Compiled,
        op: &Op,
        index: usize,
        action: &Action,
        given: &BTreeMap<String, Given>,
        depth: u8,
    ) -> Result<BTreeMap<String, Value>, Flow> {
        let mut inputs = BTreeMap::new();
        for input in &action.inputs {
            let value = match given.get(&input.key) {
                Some(given @ Given::Operand(operand)) => match self.operand(operand, compiled) {
                    Some(value) => Some((value, self.source_given(compiled, given))),
                    None if input.default.is_some() || input.optional => self.default_of(op, index, action, input)?,
                    None => {
                        let missing = operand
                            .references()
                            .into_iter()
                            .find(|reference| self.value(reference).is_none());
                        return Err(self.get_first(compiled, op, index, missing, action, input, depth));
                    }
                },
                Some(Given::Words(words)) => match self.render_value(compiled, op, index, words) {
                    Ok(value) => Some((value, self.source_of_words(compiled, words))),
                    Err(flow) => return Err(flow),
                },
                None => self.default_input(compiled, op, index, action, input, depth)?,
            };
            let Some((value, source)) = value else { continue };
            if !accepts(input, source.as_ref()) {
                return Err(self.refuse_source(op, index, action, input));
            }
            let value = self.as_type(&input.kind, &value).unwrap_or(value);
            if !self.is_allowed(input, &value) {
                let reference = self.said_as(compiled, given.get(&input.key), input);
                return Err(self.refuse_value(compiled, op, index, action, input, &value, reference));
            }
            inputs.insert(input.key.clone(), value);
        }
        Ok(inputs)
    }

    fn default_input(
        &mut self,
        compiled: &Compiled,
        op: &Op,
        index: usize,
        action: &Action,
        input: &ActionInput,
        depth: u8,
    ) -> Result<Option<(Value, Option<Source>)>, Flow> {
        if let InputFrom::Fixed { value } = &input.from {
            let words = value.clone();
            let value = self.render_value(compiled, op, index, &words)?;
            let source = self.source_of_words(compiled, &words).unwrap_or(Source::Author);
            return Ok(Some((value, Some(source))));
        }
        let Some(reference) = self.reference_for(compiled, input) else {
            if let Some((account, source)) = self.account(input) {
                return Ok(Some((account, Some(source))));
            }
            return if input.optional || input.default.is_some() {
                self.default_of(op, index, action, input)
            } else {
                Err(self.could_not_follow(
                    op,
                    index,
                    &format!("{} needs {}, and nothing gives it", action.name, input.label()),
                ))
            };
        };
        if let Some(value) = self.value(&reference) {
            return Ok(Some((value, self.source_of_value(compiled, &reference))));
        }
        if input.optional || input.default.is_some() {
            return self.default_of(op, index, action, input);
        }
        Err(self.get_first(compiled, op, index, Some(&reference), action, input, depth))
    }

    /// The reference that fills an input when the step says nothing.
    pub(crate) fn reference_for(&self, compiled: &Compiled, input: &ActionInput) -> Option<String> {
        let wanted = input.reference()?.to_owned();
        if compiled.program.attribute(&wanted).is_some()
            || compiled.catalogue().resolve(&wanted).is_some()
            || self.value(&wanted).is_some()
        {
            return Some(wanted);
        }
        let of_customer = format!("customer.{wanted}");
        compiled.catalogue().resolve(&of_customer).map(|_| of_customer)
    }

    #[expect(clippy::too_many_arguments, reason = "a missing input has that many sides")]
    fn get_first(
        &mut self,
        compiled: &Compiled,
        op: &Op,
        index: usize,
        reference: Option<&str>,
        action: &Action,
        input: &ActionInput,
        depth: u8,
    ) -> Flow {
        let Some(reference) = reference else {
            return self.could_not_follow(
                op,
                index,
                &format!("{} needs {}, which is not known", action.name, input.label()),
            );
        };
        match self.obtain_at_depth(compiled, op, index, reference, depth + 1) {
            Obtained::Pending => Flow::Wait,
            Obtained::Settled => Flow::Goto(index),
            Obtained::Impossible if self.run().is_none() => Flow::Over,
            Obtained::Impossible => self.could_not_follow(
                op,
                index,
                &format!("{} needs {}, which is not known", action.name, input.label()),
            ),
        }
    }

    fn refuse_source(&mut self, op: &Op, index: usize, action: &Action, input: &ActionInput) -> Flow {
        let at = self.here(op, index);
        let rule = format!(
            "{} never comes from the customer",
            wording::sentence_start(&input.label())
        );
        let (id, name) = (action.id.clone(), action.name.clone());
        self.emit(EventKind::ActionBlocked {
            place: at,
            action: id,
            name,
            rule: rule.clone(),
            because: Vec::new(),
        });
        self.say(words::NOT_ABLE, None, Speaker::Assistant);
        self.hand_off(None, None, None, HandOffReason::Blocked { rule });
        Flow::Over
    }
}
