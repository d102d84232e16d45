//! Running actions.

mod inputs;
mod instead;
mod missing;
mod which_action;

use std::collections::BTreeMap;

use taskwright_domain::{ActionState, Condition, LinkTarget, Meaning, Step, StepKind};

use super::actions::Match;
use super::look_into::demands;
use super::names::content;
use super::reader::{Reader, Spoken, trimmed};
use super::token::{Kind, Token};
use super::verbs::{Deed, Verb, verb_at};

use missing::unfinished;

impl<'t, 'a> Reader<'t, 'a, '_> {
    /// A command whose deed an action may do.
    pub(super) fn act(&mut self, whole: &'t [Token<'a>], words: &'t [Token<'a>], verb: Verb, steps: &mut Vec<Step>) {
        let object = &words[verb.length..];
        if let Some(at) = self.names.action_named(words) {
            return self.run(whole, words, at, true, steps);
        }
        if self.person_instead(whole, words, verb, object, steps) {
            return;
        }
        if (verb.deed == Deed::Update || matches!(verb.lemma, "file" | "log")) && self.set(whole, object, steps) {
            return;
        }
        if self.nobody_can(whole, object, steps) {
            return;
        }
        if let Some((at, sure)) = self.done_by(verb, object) {
            return self.run(whole, words, at, sure, steps);
        }
        if let Some(reason) = unfinished(object) {
            return self.unclear(whole, reason, None, steps);
        }
        if let Some(at) = self.put_through(object) {
            return self.run(whole, words, at, false, steps);
        }
        if self.keeps_a_value(whole, words, verb, object, steps) || self.makes_sure(whole, verb, object, steps) {
            return;
        }
        if matches!(verb.lemma, "get" | "obtain" | "seek") && self.get_from_customer(whole, object, steps) {
            return;
        }
        if verb.lemma == "get" && (self.customer_does(whole, object, steps) || self.have_done(whole, object, steps)) {
            return;
        }
        match self.match_action(verb.deed, verb.lemma, object) {
            Match::One { at, sure } => self.run(whole, words, at, sure && !object.is_empty(), steps),
            Match::Several(several) => self.ambiguous_action(whole, &several, steps),
            Match::Nothing(near) => self.no_action(whole, words, verb, &near, steps),
        }
    }

    /// With a value that is unknown, or by somebody's judgement: said to lack something, or to be unclear.
    fn nobody_can(&mut self, whole: &'t [Token<'a>], object: &'t [Token<'a>], steps: &mut Vec<Step>) -> bool {
        let unknown = |t: &Token<'_>| t.kind == Kind::Pill && self.names.reference(&t.low).is_none();
        if object.iter().any(unknown) {
            // The pill's own problem says what is missing.
            let meaning = Meaning::Run { action: None };
            self.lacking(whole, meaning, "Does something with an unknown value", steps);
            return true;
        }
        let judged = object.iter().any(|t| t.any(&["judgement", "judgment", "discretion"]));
        if judged {
            let reason =
                "Nobody can follow a judgement. Say what decides, e.g. \u{201c}if the amount is over 100 EUR\u{201d}.";
            self.unclear(whole, reason, None, steps);
        }
        judged
    }

    /// "perform the action by updating the order": what is done stands behind "by".
    fn done_by(&self, verb: Verb, object: &[Token<'_>]) -> Option<(usize, bool)> {
        let by = object
            .iter()
            .position(|t| t.is("by"))
            .filter(|_| verb.deed == Deed::Make)?;
        let doing = verb_at(object, by + 1).filter(|v| v.form == super::verbs::Form::Ing && v.deed.acts())?;
        let Match::One { at, sure } = self.match_action(doing.deed, doing.lemma, &object[by + 1 + doing.length..])
        else {
            return None;
        };
        let general = object[..by]
            .iter()
            .any(|t| t.any(&["this", "that", "it", "action", "change", "request"]));
        general.then_some((at, sure))
    }

    /// "save the reason as late", "mark it as urgent", "use the e-mail of the chat": something is kept, nothing is run.
    fn keeps_a_value(
        &mut self,
        whole: &'t [Token<'a>],
        words: &'t [Token<'a>],
        verb: Verb,
        object: &'t [Token<'a>],
        steps: &mut Vec<Step>,
    ) -> bool {
        if matches!(verb.lemma, "save" | "store" | "record" | "keep" | "log" | "note")
            && let Some(place) = object.iter().position(|t| t.any(&["as", "in", "into", "under"]))
            && self.set_to(whole, &object[place + 1..], &object[..place], steps)
        {
            return true;
        }
        if self.marks_as(whole, words, verb, steps) {
            return true;
        }
        if verb.deed != Deed::Use {
            return false;
        }
        self.use_what_is_known(whole, object, steps)
            || object
                .iter()
                .position(|t| t.is("as"))
                .is_some_and(|place| self.set_to(whole, &object[place + 1..], &object[..place], steps))
    }

    /// "check whether it is paid", "make sure that the plan is active".
    fn makes_sure(
        &mut self,
        whole: &'t [Token<'a>],
        verb: Verb,
        object: &'t [Token<'a>],
        steps: &mut Vec<Step>,
    ) -> bool {
        if !matches!(verb.deed, Deed::LookUp | Deed::Verify) {
            return false;
        }
        let makes = matches!(verb.lemma, "make" | "ensure");
        let asks = makes || matches!(verb.lemma, "check" | "see" | "verify" | "validate" | "confirm" | "look");
        let place = object.iter().take(4).position(|t| t.any(&["if", "whether", "that"]));
        let looks_at = match place {
            Some(place) if asks && (makes || content(&object[..place]).is_empty()) => &object[place + 1..],
            _ if makes => object,
            _ => return false,
        };
        self.look_into(whole, looks_at, demands(verb), steps);
        true
    }

    fn run_task(&mut self, whole: &[Token<'_>], at: usize, steps: &mut Vec<Step>) {
        let known = &self.names.catalogue.tasks[at];
        let (task, title) = (known.id.clone(), known.title.clone());
        steps.push(self.step(whole, StepKind::RunTask { task: task.clone() }));
        let links = super::conditions::link_over(trimmed(whole), LinkTarget::Task { task: task.clone() });
        self.note(
            whole,
            Spoken::new(Meaning::RunTask { task }, format!("Runs the task *{title}*")).links(links),
        );
    }

    /// Runs an action.
    pub(super) fn run(
        &mut self,
        whole: &'t [Token<'a>],
        words: &[Token<'_>],
        at: usize,
        sure: bool,
        steps: &mut Vec<Step>,
    ) {
        let doing = &self.names.actions[at];
        let (id, name, changes, result) = (
            doing.id.clone(),
            doing.name.clone(),
            doing.changes,
            doing.result_name.clone(),
        );
        self.ask_one_or_other(whole, steps);
        let inputs = self.inputs_in(at, words);
        let step = self.step(
            whole,
            StepKind::Run {
                action: id.clone(),
                inputs: inputs.clone(),
            },
        );
        steps.push(step);
        let gives = self
            .catalogue()
            .action(&id)
            .is_some_and(|action| !action.outputs.is_empty());
        if gives && (!changes || self.said.it.is_none()) {
            self.said.it = Some(result);
        }
        self.said.action = Some(id.clone());
        self.said.waiting = None;
        if !changes && always_first(whole) {
            self.first_of_all.push((whole, id.clone()));
        }
        if !changes {
            self.said.looked_up = Some((id.clone(), self.span(whole)));
        }
        let links = super::conditions::link_over(trimmed(words), LinkTarget::Action { action: id.clone() });
        let with = self.inputs_in_words(&inputs);
        self.note(
            whole,
            Spoken::new(Meaning::Run { action: Some(id) }, format!("Runs *{name}*{with}"))
                .sure(sure)
                .links(links),
        );
    }

    /// "try once more, then …": runs the failed action again; what comes after holds only if it fails again.
    pub(super) fn retry_action(
        &mut self,
        whole: &[Token<'_>],
        at_most: u32,
        steps: &mut Vec<Step>,
    ) -> Option<Condition> {
        let failed = self.under.iter().rev().find_map(|condition| match condition {
            Condition::Action {
                action,
                state: ActionState::Failed | ActionState::NotFound,
            } => Some(action.clone()),
            _ => None,
        })?;
        let run = self.step(
            whole,
            StepKind::Run {
                action: failed.clone(),
                inputs: BTreeMap::new(),
            },
        );
        let until = Condition::Action {
            action: failed.clone(),
            state: ActionState::Succeeded,
        };
        steps.push(self.step(
            whole,
            StepKind::Repeat {
                steps: vec![run],
                at_most,
                until: Some(until.clone()),
            },
        ));
        let name = self
            .catalogue()
            .action(&failed)
            .map_or("", |action| action.name.as_str());
        self.note(
            whole,
            Spoken::new(
                Meaning::Repeat { at_most: Some(at_most) },
                format!("Runs *{name}* again, at most {at_most} times"),
            ),
        );
        Some(super::conditions::negate(until))
    }
}

/// "Always look up the policy first": before anything is changed, not only here.
fn always_first(words: &[Token<'_>]) -> bool {
    let words = trimmed(words);
    words.first().is_some_and(|t| t.is("always")) && words.last().is_some_and(|t| t.is("first"))
}
