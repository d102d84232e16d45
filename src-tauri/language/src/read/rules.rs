//! Rules: what must hold whenever an action runs. A rule that cannot be read closes its actions and blocks publishing.

mod before;
mod condition;
mod counts;
mod guard;
mod guarded;
mod limits;
mod passive;
mod person;
mod practice;
mod put;
mod refusals;
mod reserved;
mod spoken;
mod stated;
mod written;

use taskwright_domain::{Guard, Step};

use super::reader::{Reader, trimmed};
use super::split::lead;
use super::token::Token;
use super::verbs::{Deed, Form, Verb, verb_at};

use guard::opens_condition;
use put::{Put, imperative_rule, lead_never, rule_lead};

impl<'t, 'a> Reader<'t, 'a, '_> {
    /// Reads a sentence as a rule, if it is one. `listed`: it stands under a heading for rules.
    pub(super) fn rule(&mut self, whole: &'t [Token<'a>], listed: bool, steps: &mut Vec<Step>) -> bool {
        let words = trimmed(whole);
        let words = rule_lead(words);
        if words.first().is_some_and(|t| t.is("for")) && self.what_we_do(whole, words) {
            return true;
        }
        let conditional = words.first().is_some_and(|t| {
            t.any(&[
                "if", "when", "whenever", "once", "unless", "should", "as", "in", "for", "after",
            ])
        });
        // "tell them it can't be moved": what is said rules nothing.
        let speaks = verb_at(lead(words), 0).is_some_and(|v| v.form == Form::Base && v.deed == Deed::Tell);
        // "too late, say sorry and that it can't be moved"
        let says = imperative_rule(words).is_none()
            && (1..words.len()).any(|at| {
                let told = verb_at(words, at).is_some_and(|v| v.form == Form::Base && v.deed == Deed::Tell);
                told && words[at - 1].is_mark() && words[at..].iter().any(|t| t.is("that"))
            });
        if words.len() > 60 || conditional || speaks || says {
            return false;
        }
        if self.yes_before_anything(whole, words)
            || self.no_one_no_other(whole, words, steps)
            || self.stated_rule(whole, words)
            || self.what_we_do(whole, words)
            || self.highest(whole, words)
            || self.forbidden(whole, words, steps)
            || self.counted_rule(whole, words)
            || self.at_most(whole, words)
            || self.bounded_command(whole, words)
            || self.limited(whole, words, steps)
            || self.days_allowed(whole, words)
            || self.post_office_boxes(whole, words)
            || self.days_not_offered(whole, words)
            || self.items_excluded(whole, words)
            || self.not_done_here(whole, words, steps)
            || self.before_rule(whole, words, listed)
        {
            return true;
        }
        if words.first().is_some_and(|t| t.is("we"))
            && (!self.under.is_empty()
                || self.led_by != super::reader::LedBy::Nothing
                || words.iter().any(|t| t.mark(':')))
        {
            // In an arm "we can't …" explains; it rules nothing.
            return false;
        }
        if let Some((put, rest)) = imperative_rule(words) {
            return self.commanded(whole, put, rest, steps);
        }
        if self.passive_rule(whole, words) {
            return true;
        }
        if listed {
            return self.listed_rule(whole, words);
        }
        false
    }

    /// "Never refund …", "Only cancel …".
    fn commanded(&mut self, whole: &'t [Token<'a>], put: Put, rest: &'t [Token<'a>], _steps: &mut Vec<Step>) -> bool {
        let rest = lead_never(rest);
        let verb = verb_at(rest, 0);
        let Some(verb) = verb.filter(|v| matches!(v.form, Form::Base | Form::Ing)) else {
            return self.only_someone(whole, put, rest) || self.kept_by_itself(whole, put, rest);
        };
        let (verbs, object) = several(rest, verb);
        let anything = object
            .iter()
            .take(3)
            .any(|t| t.any(&["anything", "data", "changes", "change"]))
            || object.first().is_some_and(|t| t.is("any"));
        if put == Put::Only
            && let Some(got) = self.those_picked(object)
        {
            let actions = self.guarded(verb.deed, verb.lemma, &[]);
            if !actions.is_empty() {
                let condition = got.condition.clone();
                self.write_rule(whole, actions, Guard::OnlyIf { condition }, Some(&got));
                return true;
            }
        }
        let mut actions = Vec::new();
        for verb in &verbs {
            let found = if anything && (verb.deed.changes() || verb.deed == Deed::Make) {
                self.all_changing(verb.deed)
            } else {
                self.guarded(verb.deed, verb.lemma, object)
            };
            if found.is_empty() && verbs.len() > 1 {
                self.rule_not_kept(whole);
                return true;
            }
            actions.extend(found.into_iter().filter(|id| !actions.contains(id)).collect::<Vec<_>>());
        }
        // "Never write a ticket …": the thing says which action makes it.
        if actions.is_empty() && matches!(verb.deed, Deed::Other | Deed::Make | Deed::Create | Deed::Update) {
            let things = object.iter().take_while(|t| !opens_condition(t));
            actions = things
                .map(|t| self.actions_of_noun(t))
                .find(|found| !found.is_empty())
                .unwrap_or_default();
        }
        if actions.is_empty()
            && let Some(at) = self.names.action_named(rest)
        {
            actions.push(self.names.actions[at].id.clone());
        }
        if actions.is_empty() {
            return self.spoken_rule(whole, put, verb.deed, rest);
        }
        self.guard(whole, put, actions, verb.deed, object)
    }

    /// Under a heading for rules: "Refunds within 30 days only", "Refund only if …".
    fn listed_rule(&mut self, whole: &'t [Token<'a>], words: &'t [Token<'a>]) -> bool {
        let Some(verb) = verb_at(words, 0).filter(|v| v.form == Form::Base && v.deed.changes()) else {
            return false;
        };
        let object = &words[verb.length..];
        let Some(only) = object.iter().position(|t| t.is("only")) else {
            return false;
        };
        let actions = self.guarded(verb.deed, verb.lemma, &object[..only]);
        if actions.is_empty() {
            return false;
        }
        self.guard(whole, Put::Only, actions, verb.deed, &object[only + 1..])
    }
}

/// "cancel, pause or refund anything": the verbs, and the object they share.
fn several<'t, 'a>(words: &'t [Token<'a>], first: Verb) -> (Vec<Verb>, &'t [Token<'a>]) {
    let mut verbs = vec![first];
    let mut object = &words[first.length..];
    while let [joint, rest @ ..] = object
        && (joint.mark(',') || joint.any(&["or", "and", "nor"]))
        && let Some(verb) = verb_at(rest, 0).filter(|v| matches!(v.form, Form::Base | Form::Ing) && v.deed.acts())
    {
        verbs.push(verb);
        object = &rest[verb.length..];
    }
    (verbs, object)
}
