//! Our own typing into a form: "enter the account e-mail into the box", "type this in and click [Send code]". Nobody is
//! asked: what is known goes in, and only what is missing will be asked for.

use taskwright_domain::{AttributeType, InputFrom, Operand, Step, StepKind, Value};

use super::reader::{Reader, trimmed};
use super::split::lead;
use super::token::{Kind, Token};
use super::verbs::{Form, Verb, verb_at};

impl<'t, 'a> Reader<'t, 'a, '_> {
    /// "enter the new date": the value is needed.
    pub(super) fn types_in(
        &mut self,
        whole: &'t [Token<'a>],
        words: &'t [Token<'a>],
        verb: Verb,
        steps: &mut Vec<Step>,
    ) -> bool {
        if !is_typing(verb) {
            return false;
        }
        let object = typed(&words[verb.length..]);
        if let Some(place) = object.iter().position(|t| t.is("as")).filter(|at| *at > 0) {
            return self.types_as(whole, &object[..place], &object[place + 1..], steps);
        }
        let wanted = self.wanted(object);
        let named = !wanted.values.is_empty() && wanted.unknown.is_empty();
        if named {
            self.need(whole, object, steps);
        }
        named
    }

    /// "enter 'late' as the claim reason"
    fn types_as(
        &mut self,
        whole: &'t [Token<'a>],
        said: &'t [Token<'a>],
        named: &'t [Token<'a>],
        steps: &mut Vec<Step>,
    ) -> bool {
        let prefer = super::names::Prefer {
            askable: true,
            owner: None,
        };
        let super::names::Lookup::One { at, .. } = self.names.lookup(trimmed(named), prefer) else {
            return false;
        };
        let value = self.names.value(at);
        let (key, own) = (value.reference.clone(), value.owner.is_none() && value.askable());
        let Some(operand) = self.constant_of(at, trimmed(said)).filter(|_| own) else {
            return false;
        };
        self.sets(whole, named, key, operand, steps);
        true
    }

    /// "Enter this and click [Open claim]", "type in 'late' and run Open claim": the typing is part of running it. The
    /// clauses, with such two as one, and the action that both run.
    pub(super) fn with_typing(
        &self,
        words: &'t [Token<'a>],
        parts: &[&'t [Token<'a>]],
    ) -> Vec<(&'t [Token<'a>], Option<usize>)> {
        let mut found: Vec<(&'t [Token<'a>], Option<usize>)> = Vec::new();
        let mut at = 0;
        while at < parts.len() {
            let joined = parts.get(at + 1).and_then(|next| {
                verb_at(trimmed(lead(trimmed(parts[at]))), 0).filter(|v| is_typing(*v))?;
                let action = self.names.action_named(lead(next))?;
                self.typed_for(parts[at], action)?;
                let start = words.iter().position(|t| t.span == parts[at][0].span)?;
                let end = words.iter().position(|t| Some(t.span) == next.last().map(|t| t.span))?;
                Some((&words[start..=end], Some(action)))
            });
            at += if joined.is_some() { 2 } else { 1 };
            found.push(joined.unwrap_or((parts[at - 1], None)));
        }
        found
    }

    /// Whether a clause only types in what this action takes anyway: what was just said, or a fixed value.
    fn typed_for(&self, part: &[Token<'_>], action: usize) -> Option<()> {
        let bare = trimmed(lead(trimmed(part)));
        let verb = verb_at(bare, 0).filter(|v| v.form == Form::Base && is_typing(*v))?;
        let object = typed(&bare[verb.length..]);
        let fits = match object {
            [quote] if quote.kind == Kind::Quote => self.input_for(action, &quote.low).is_some(),
            object => object.iter().all(is_known) && !object.is_empty(),
        };
        fits.then_some(())
    }

    /// Runs an action with what was typed in.
    pub(super) fn run_typed(&mut self, part: &'t [Token<'a>], action: usize, steps: &mut Vec<Step>) {
        self.run(part, part, action, true, steps);
        let quote = part.iter().find(|t| t.kind == Kind::Quote);
        let typed = quote.and_then(|quote| self.input_for(action, &quote.low));
        if let (
            Some((key, value)),
            Some(Step {
                kind: StepKind::Run { inputs, .. },
                ..
            }),
        ) = (typed, steps.last_mut())
        {
            inputs.entry(key).or_insert(Operand::Constant { value });
        }
    }

    /// The only input of an action that can hold these words: a choice that has them, or its only text.
    fn input_for(&self, action: usize, words: &str) -> Option<(String, Value)> {
        let action = self.catalogue().action(&self.names.actions[action].id)?;
        let open = || {
            action
                .inputs
                .iter()
                .filter(|input| !matches!(input.from, InputFrom::Fixed { .. }))
        };
        let choice = open().find_map(|input| match &input.kind {
            AttributeType::Choice { options } => {
                let option = options.iter().find(|option| option.eq_ignore_ascii_case(words))?;
                Some((input.key.clone(), Value::Choice(option.clone())))
            }
            _ => None,
        });
        let mut texts = open().filter(|input| matches!(input.kind, AttributeType::Text));
        choice.or_else(|| match (texts.next(), texts.next()) {
            (Some(input), None) => Some((input.key.clone(), Value::Text(words.to_owned()))),
            _ => None,
        })
    }
}

/// Verbs of typing.
pub(super) fn is_typing(verb: Verb) -> bool {
    verb.form == Form::Base && matches!(verb.lemma, "enter" | "input" | "fill" | "type" | "key")
}

/// What is typed, without where: "in the new date into the form".
fn typed<'t, 'a>(object: &'t [Token<'a>]) -> &'t [Token<'a>] {
    let object = match object {
        [first, rest @ ..] if first.any(&["in", "out"]) => rest,
        object => object,
    };
    let end = object.iter().enumerate().position(|(at, t)| {
        let place = || {
            object
                .get(at + 1)
                .is_some_and(|next| next.bracketed || next.any(&["the", "a", "our", "this"]))
        };
        t.any(&["into", "with", "using", "via", "which", "that"]) && at > 0
            || t.any(&["in", "on", "to"]) && at > 0 && place()
            || t.is("such")
            || t.mark(':')
            || t.mark('(')
    });
    trimmed(&object[..end.unwrap_or(object.len())])
}

/// Words for what was said before, and for the form.
fn is_known(token: &Token<'_>) -> bool {
    token.any(&[
        "this",
        "that",
        "it",
        "them",
        "these",
        "those",
        "the",
        "their",
        "information",
        "info",
        "value",
        "values",
        "details",
        "data",
        "answer",
        "answers",
        "form",
        "box",
        "field",
        "fields",
        "one",
        "of",
        "following",
        "above",
        "input",
        "new",
    ])
}
