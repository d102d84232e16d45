//! What the customer is to do: "have them restart the router", "let them pick one", "suggest they try another browser".

use taskwright_domain::{Meaning, Step, Template};

use super::{without_customer_only, without_to};
use crate::read::ask::without_customer;
use crate::read::reader::{Reader, Spoken, trimmed};
use crate::read::tell::{lower_first, to_customer};
use crate::read::token::{Kind, Token};
use crate::read::verbs::{Deed, Form, verb_at};

impl<'t, 'a> Reader<'t, 'a, '_> {
    /// "have them upload a photo", "get the customer to confirm it": what they are to give is asked for.
    pub(in crate::read) fn customer_does(
        &mut self,
        whole: &'t [Token<'a>],
        words: &'t [Token<'a>],
        steps: &mut Vec<Step>,
    ) -> bool {
        let after = without_to(without_customer_only(words));
        if after.len() == words.len() {
            return false;
        }
        let Some(first) = after.first() else { return false };
        let rest = without_customer(&after[1..]);
        // "have them choose between lost and late"
        if first.any(&["choose", "pick", "select", "decide"]) {
            let wanted = self.wanted(rest);
            let chosen = !wanted.values.is_empty() && wanted.unknown.is_empty();
            if chosen {
                self.ask_for(whole, rest, steps);
            }
            return chosen;
        }
        if first.any(&["confirm", "approve", "agree", "accept"]) {
            self.confirm(whole, after, steps);
            return true;
        }
        let gives = crate::read::ask::gives(first) && {
            let wanted = self.wanted(rest);
            !wanted.values.is_empty() && wanted.unknown.is_empty()
        };
        if gives {
            self.ask_for(whole, rest, steps);
        }
        gives
    }

    /// "have the plan cancelled", "have a look at the booking": done by us.
    pub(in crate::read) fn have_done(
        &mut self,
        whole: &'t [Token<'a>],
        words: &'t [Token<'a>],
        steps: &mut Vec<Step>,
    ) -> bool {
        let words = trimmed(words);
        let (deed, lemma, object) = match words {
            [a, look, at, object @ ..] if a.is("a") && look.is("look") && at.any(&["at", "into"]) => {
                (Deed::LookUp, "look", object)
            }
            [object @ .., _] if !object.is_empty() => {
                let Some(verb) = verb_at(words, object.len()).filter(|v| v.form == Form::Past && v.deed.acts()) else {
                    return false;
                };
                (verb.deed, verb.lemma, object)
            }
            _ => return false,
        };
        match self.match_action(deed, lemma, object) {
            crate::read::actions::Match::One { at, sure } => self.run(whole, words, at, sure, steps),
            _ => self.without_action(whole, words, &[], steps),
        }
        true
    }

    /// "let them pick one", "let them choose which booking".
    pub(super) fn let_them(&mut self, whole: &'t [Token<'a>], rest: &'t [Token<'a>], steps: &mut Vec<Step>) {
        if self.customer_does(whole, rest, steps) {
            return;
        }
        let rest = without_customer(rest);
        match verb_at(rest, 0) {
            _ if rest
                .first()
                .is_some_and(|t| t.any(&["pick", "choose", "select", "decide"])) =>
            {
                self.ask_for(whole, &rest[1..], steps)
            }
            _ => self.unclear(whole, "What should happen here?", None, steps),
        }
    }

    /// "have them restart the router", "guide them to the settings", "suggest they try another browser".
    pub(in crate::read) fn guide(&mut self, whole: &'t [Token<'a>], rest: &'t [Token<'a>], steps: &mut Vec<Step>) {
        let begins = crate::read::split::lead(whole).first();
        if self.customer_does(whole, rest, steps)
            || begins.is_some_and(|t| t.is("have")) && self.have_done(whole, rest, steps)
        {
            return;
        }
        // "Make sure you have the e-mail."
        if begins.is_some_and(|t| t.is("have")) && without_customer_only(rest).len() == rest.len() {
            let wanted = self.wanted(rest);
            if !wanted.values.is_empty() && wanted.unknown.is_empty() {
                return self.need(whole, rest, steps);
            }
        }
        // "Help the customer choose a plan": what for, not what to say.
        if begins.is_some_and(|t| t.is("help")) && !rest.iter().any(|t| t.kind == Kind::Quote) {
            if self.sentences.is_empty() {
                return self.note(whole, Spoken::new(Meaning::Goal, "What the task is for"));
            }
            return self.no_words(whole, rest, steps);
        }
        let rest = without_customer_only(rest);
        match rest {
            [first, ..] if first.kind == Kind::Quote => self.inform(whole, Template::new(first.low.clone()), steps),
            [first, body @ ..] if first.is("to") && verb_at(body, 0).is_some() => self.advise(whole, body, steps),
            [first, body @ ..] if first.is("that") && !body.is_empty() => self.suggest_that(whole, body, steps),
            [first, body @ ..] if first.is("to") && !body.is_empty() => {
                let words = Template::new(format!("Please go to {}", lower_first(&to_customer(trimmed(body)).0)));
                self.inform(whole, words, steps);
            }
            [first, ..] if first.any(&["they", "the"]) => self.suggest_that(whole, rest, steps),
            body if verb_at(body, 0).is_some_and(|v| v.form == Form::Ing) => {
                let words = Template::new(format!(
                    "Please try {}.",
                    lower_first(to_customer(trimmed(body)).0.trim_end_matches('.'))
                ));
                self.inform(whole, words, steps);
            }
            body if verb_at(body, 0).is_some_and(|v| v.form == Form::Base)
                || body.first().is_some_and(|t| {
                    t.kind == Kind::Word && body.len() > 1 && !t.any(&["through", "with", "in", "on"])
                }) && whole_starts_with_have(whole) =>
            {
                self.advise(whole, body, steps)
            }
            body => self.no_words(whole, body, steps),
        }
    }

    fn suggest_that(&mut self, whole: &'t [Token<'a>], body: &'t [Token<'a>], steps: &mut Vec<Step>) {
        let skip = body
            .iter()
            .take_while(|t| t.any(&["they", "the", "customer", "should", "could", "user"]))
            .count();
        if skip > 0 && skip < body.len() {
            return self.advise(whole, &body[skip..], steps);
        }
        self.inform(whole, to_customer(trimmed(body)), steps);
    }

    /// Something the customer is asked to do.
    pub(in crate::read) fn advise(&mut self, whole: &'t [Token<'a>], body: &'t [Token<'a>], steps: &mut Vec<Step>) {
        let said = to_customer(trimmed(body)).0;
        let fresh = self
            .said
            .trial
            .is_none_or(|trial| self.said.asks.iter().any(|(_, span)| span.start > trial.start));
        if fresh {
            self.said.trial = Some(self.said.sentence);
        }
        self.inform(whole, Template::new(format!("Please {}", lower_first(&said))), steps);
    }
}

fn whole_starts_with_have(words: &[Token<'_>]) -> bool {
    crate::read::split::lead(words)
        .first()
        .is_some_and(|t| t.any(&["have", "help"]))
}
