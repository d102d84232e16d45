//! Running actions and getting the values they and their conditions need.

use std::collections::BTreeMap;

use taskwright_domain::{
    Action, ActionId, ActionInput, ActionResult, ActionState, Attribute, AttributeType, BranchedFrom, CallMode,
    ConversationPlace, EffectId, EffectKind, EventKind, HandOffReason, InputFrom, Provider, Question, Source, Speaker,
    Template, Value,
};
use taskwright_language::understand::{Choosable, Move};
use taskwright_language::wording;

use crate::deed::go_ahead;
use crate::machine::{Flow, Machine, Obtained};
use crate::program::{Compiled, Given, Op, OpKind};
use crate::source::accepts;
use crate::state::{Call, Pending};
use crate::words;

impl Machine<'_> {
    // ---- asking

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
    fn known_of_customer(&mut self, compiled: &Compiled, attribute: &str) -> bool {
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

    // ---- getting values

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

    // ---- running

    pub(crate) fn run_action(
        &mut self,
        compiled: &Compiled,
        op: &Op,
        index: usize,
        id: &ActionId,
        given: &BTreeMap<String, Given>,
    ) -> Flow {
        let Some(action) = compiled.catalogue().action(id).cloned() else {
            return self.could_not_follow(op, index, "an action that is not there any more");
        };
        let inputs = match self.inputs(compiled, op, index, &action, given, 0) {
            Ok(inputs) => inputs,
            Err(flow) => return flow,
        };
        if self.is_done_already(&action, &inputs, index) {
            return Flow::Next;
        }
        if let Some(flow) = self.guarded(compiled, op, index, &action, &inputs) {
            return flow;
        }
        if action.needs_confirmation {
            match self.run().and_then(|run| run.confirmed) {
                Some(true) => {}
                Some(false) => return self.declined(None),
                None => return self.ask_to_confirm(compiled, op, index, &action),
            }
        }
        if self.use_prefetch(op, index, &action, &inputs) {
            if self.run().is_some_and(|run| run.pending == Pending::Nothing) {
                return Flow::Here;
            }
        } else {
            self.start_action(op, index, &action, inputs, false);
        }
        if !action.changes_data {
            self.call_ahead(compiled, index);
        }
        Flow::Wait
    }

    /// After going back for a correction, a change that was made with the same inputs is not made again.
    fn is_done_already(&self, action: &Action, inputs: &BTreeMap<String, Value>, index: usize) -> bool {
        let Some(run) = self.run() else { return false };
        let going_over = run.again_until.is_some_and(|until| index < until as usize);
        let standing = run.actions.get(&action.id);
        going_over
            && standing.is_some_and(|standing| standing.state == ActionState::Succeeded && standing.inputs == *inputs)
    }

    fn ask_to_confirm(&mut self, compiled: &Compiled, op: &Op, index: usize, action: &Action) -> Flow {
        let text = self.confirmation_words(compiled, index, Some(&action.id));
        let at = self.here(op, index);
        self.say(text, Some(at.clone()), Speaker::Assistant);
        self.offer(&[words::YES, words::NO], false);
        self.emit(EventKind::Asked {
            place: at,
            what: Question::Confirm {
                action: Some(action.id.clone()),
            },
        });
        Flow::Wait
    }

    /// "Shall I go ahead and refund the order? Amount: 79.00 EUR." – from the action that is asked for, or the next one
    /// that changes something.
    pub(crate) fn confirmation_words(&self, compiled: &Compiled, index: usize, action: Option<&ActionId>) -> String {
        let ends = |op: &&Op| matches!(op.kind, OpKind::End | OpKind::Return { .. });
        let ahead = compiled.program.ops.iter().skip(index).take_while(|op| !ends(op));
        let next = ahead.into_iter().find_map(|op| match &op.kind {
            OpKind::Run { action: id, .. } => compiled.catalogue().action(id).filter(|action| action.changes_data),
            _ => None,
        });
        let Some(action) = action.and_then(|id| compiled.catalogue().action(id)).or(next) else {
            return words::CONFIRM.to_owned();
        };
        let known = action.inputs.iter().filter_map(|input| {
            let reference = default_reference(input)?;
            let value = self.value(&reference)?;
            Some(format!(
                "{}: {}",
                wording::sentence_start(&input.label()),
                self.format_as(compiled, &reference, &value)
            ))
        });
        let known: Vec<_> = known.collect();
        let question = format!("Shall I {}?", go_ahead(&action.name));
        if known.is_empty() {
            question
        } else {
            format!("{question}\n{}", known.join("\n"))
        }
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
        let wanted = default_reference(input)?;
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

    /// Writes the intent down and asks for the call.
    pub(crate) fn start_action(
        &mut self,
        op: &Op,
        index: usize,
        action: &Action,
        inputs: BTreeMap<String, Value>,
        ahead: bool,
    ) {
        let at = self.here(op, index);
        let calls = self.calls_for(action);
        let revision = self.run().map(|run| run.revision.clone());
        let Some(revision) = revision else { return };
        let effect = self.next_effect();
        self.emit(EventKind::ActionStarted {
            place: at,
            action: action.id.clone(),
            name: action.name.clone(),
            effect,
            inputs: inputs.clone(),
            calls,
            changes_data: action.changes_data,
            result_name: action.result_name.clone(),
            ahead,
        });
        let kind = EffectKind::CallAction {
            action: action.id.clone(),
            revision,
            inputs,
            calls,
            changes_data: action.changes_data,
        };
        self.effect(kind);
    }

    /// Another try of a real preview repeats no change: what changes data is sampled there, until the author says
    /// otherwise.
    fn calls_for(&self, action: &Action) -> CallMode {
        if let Some(calls) = self.state.calls.get(&action.id) {
            return *calls;
        }
        let Some(start) = self.start() else {
            return CallMode::Sample;
        };
        let another_try = matches!(start.branched_from, Some(BranchedFrom { .. }));
        if another_try && start.place == ConversationPlace::Preview && action.changes_data {
            CallMode::Sample
        } else {
            start.calls
        }
    }

    // ---- answers

    pub(crate) fn action_answered(&mut self, effect: &EffectId, result: &ActionResult) {
        let Some((action, name, changes_data)) = self.awaited_action(effect) else {
            return;
        };
        let effect = effect.clone();
        // The run goes on once it is answered what it waits for.
        let ahead = self.run().is_some_and(|run| run.waits_for_another_call(&effect));
        match result {
            ActionResult::Failed { cause, attempts, ms } if changes_data && cause.leaves_open() => {
                let (failure, attempts, ms) = (Some(cause.clone()), *attempts, *ms);
                let unresolved = EventKind::ActionUnresolved {
                    action: action.clone(),
                    name,
                    effect,
                    failure,
                    attempts,
                    ms,
                };
                return self.leave_open(&action, unresolved);
            }
            ActionResult::Succeeded { fields, status, ms } => {
                let (status, ms, fields) = (*status, *ms, self.promised(&action, fields));
                self.emit(EventKind::ActionSucceeded {
                    action,
                    name,
                    effect,
                    status,
                    ms,
                    fields,
                });
            }
            ActionResult::Failed { cause, attempts, ms } => {
                let (cause, attempts, ms) = (cause.clone(), *attempts, *ms);
                self.emit(EventKind::ActionFailed {
                    action: action.clone(),
                    name,
                    effect,
                    failure: cause,
                    attempts,
                    ms,
                });
                if !ahead && self.fetch_failed(&action) {
                    return;
                }
            }
        }
        if !ahead {
            self.advance();
        }
    }

    /// What an action promises to give; anything else in an answer is left out.
    fn promised(&self, action: &ActionId, fields: &BTreeMap<String, Value>) -> BTreeMap<String, Value> {
        let compiled = self.compiled();
        let outputs = compiled
            .as_ref()
            .and_then(|compiled| compiled.catalogue().action(action))
            .map_or(&[][..], |action| action.outputs.as_slice());
        let promised = |key: &str| outputs.iter().any(|output| output.key == key && !output.redacted);
        let fields = fields.iter().filter(|(key, _)| promised(key));
        fields.map(|(key, value)| (key.clone(), value.clone())).collect()
    }

    /// After a restart nobody knows what became of a call.
    pub(crate) fn action_unresolved(&mut self, effect: &EffectId) {
        let Some((action, name, _)) = self.awaited_action(effect) else {
            return;
        };
        let unresolved = EventKind::ActionUnresolved {
            action: action.clone(),
            name,
            effect: effect.clone(),
            failure: None,
            attempts: 0,
            ms: 0,
        };
        self.leave_open(&action, unresolved);
    }

    /// A change that may have been made is not made again, and no path of the author's takes it for a failure: a person
    /// looks after it.
    fn leave_open(&mut self, action: &ActionId, unresolved: EventKind) {
        self.emit(unresolved);
        self.say(words::UNRESOLVED, None, Speaker::Assistant);
        let compiled = self.compiled();
        let catalogue = compiled.as_ref().map(|compiled| compiled.catalogue());
        let found = catalogue.and_then(|catalogue| catalogue.action(action));
        let team = found.and_then(|found| found.on_failure.team.clone());
        let reason = HandOffReason::ActionUnresolved {
            action: found.map_or_else(|| action.0.clone(), |found| found.name.clone()),
        };
        self.hand_off(team.as_ref(), None, None, reason);
    }

    /// The action whose answer is awaited, its name, and whether it changes data.
    fn awaited_action(&self, wanted: &EffectId) -> Option<(ActionId, String, bool)> {
        let call = self.run()?.calls_out().find(|call| call.effect == *wanted)?;
        let Call {
            action, changes_data, ..
        } = call;
        let compiled = self.compiled();
        let found = compiled
            .as_ref()
            .and_then(|compiled| compiled.catalogue().action(action));
        let name = found.map_or_else(|| action.0.clone(), |found| found.name.clone());
        Some((action.clone(), name, *changes_data))
    }

    /// A look-up that a condition or an input needed has failed: the same ways out as for a step of its own.
    fn fetch_failed(&mut self, action: &ActionId) -> bool {
        let Some(compiled) = self.compiled() else { return false };
        let Some(index) = self.run().and_then(|run| run.op).map(|op| op as usize) else {
            return false;
        };
        let Some(op) = compiled.program.ops.get(index).cloned() else {
            return false;
        };
        if matches!(&op.kind, OpKind::Run { action: own, .. } if own == action) {
            return false;
        }
        match self.failed(&compiled, &op, index, action) {
            Flow::Goto(_) => {
                self.advance();
                true
            }
            Flow::Next => false,
            Flow::Here | Flow::Wait | Flow::Over => true,
        }
    }

    /// After the call that this operation is about.
    pub(crate) fn after_action(&mut self, compiled: &Compiled, op: &Op, index: usize, action: &ActionId) -> Flow {
        let state = self
            .run()
            .and_then(|run| run.actions.get(action))
            .map(|standing| standing.state);
        if state == Some(ActionState::Succeeded) {
            Flow::Next
        } else {
            self.failed(compiled, op, index, action)
        }
    }

    fn failed(&mut self, compiled: &Compiled, op: &Op, index: usize, id: &ActionId) -> Flow {
        let Some(action) = compiled.catalogue().action(id).cloned() else {
            return Flow::Next;
        };
        let state = self
            .run()
            .and_then(|run| run.actions.get(id))
            .map(|standing| standing.state);
        let not_found = state == Some(ActionState::NotFound) && !action.changes_data;
        let handled = compiled.program.failures_handled.contains(id)
            || (not_found && compiled.program.not_found_handled.contains(id));
        if handled {
            return Flow::Next;
        }
        if not_found && let Some(flow) = self.ask_again(compiled, op, index, &action) {
            return flow;
        }
        let own = action.on_failure.say.trim();
        self.say(
            if own.is_empty() { words::FAILED } else { own },
            None,
            Speaker::Assistant,
        );
        let reason = HandOffReason::ActionFailed {
            action: action.name.clone(),
        };
        self.hand_off(action.on_failure.team.as_ref(), None, None, reason);
        Flow::Over
    }

    /// Nothing was found for what the customer gave: they may give it again.
    fn ask_again(&mut self, compiled: &Compiled, op: &Op, index: usize, action: &Action) -> Option<Flow> {
        let tried = self
            .run()
            .and_then(|run| run.retries.get(&action.id))
            .copied()
            .unwrap_or(0);
        if tried > action.on_failure.retries_when_not_found {
            return None;
        }
        let given: Vec<String> = action
            .inputs
            .iter()
            .filter_map(|input| self.reference_for(compiled, input))
            .filter(|reference| self.source(reference) == Some(Source::Customer))
            .collect();
        let (first, _) = given.split_first()?;
        for reference in &given {
            self.set(compiled, reference, None, Source::Computed);
        }
        let label = self.label(compiled, first);
        self.say(
            format!("{} Please check the {label}.", words::NOT_FOUND),
            None,
            Speaker::Assistant,
        );
        // Called anew from the same operation once the value is there.
        let at = self.here(op, index);
        let pass = self.run().and_then(|run| run.passes.get(&at.op)).copied().unwrap_or(0);
        self.emit(EventKind::Moved { place: at, pass });
        self.forget_standing(action);
        Some(Flow::Goto(index))
    }

    fn forget_standing(&mut self, action: &Action) {
        if self.state.value(&action.result_name).is_some()
            && let Some(compiled) = self.compiled()
        {
            self.set(&compiled, &action.result_name, None, Source::Computed);
        }
    }
}

/// The reference of the same name, or the one the author chose.
fn default_reference(input: &ActionInput) -> Option<String> {
    input.reference().map(str::to_owned)
}
