//! Sentences that command nothing: passives, facts, and what only looks like background.

mod bounds;

use taskwright_domain::{Arm, Meaning, Step, StepKind};

use super::background;
use super::commands::does_with;
use super::conditions::Conditions;
use super::reader::{LedBy, Reader, Spoken, trimmed};
use super::split::is_command;
use super::token::{Kind, Token};
use super::verbs::{Deed, Form, verb_at};

impl<'t, 'a> Reader<'t, 'a, '_> {
    /// A customer who asks for a person gets one anyway.
    pub(super) fn asks_for_person(&mut self, words: &'t [Token<'a>]) -> bool {
        let asks = words.first().is_some_and(|t| t.any(&["if", "when", "whenever"]))
            && words
                .iter()
                .take(6)
                .any(|t| t.any(&["asks", "ask", "wants", "want", "requests", "insists", "demands"]))
            && words
                .iter()
                .take(14)
                .any(|t| t.any(&["person", "human", "agent", "manager", "someone", "representative"]));
        let hands = words
            .iter()
            .enumerate()
            .any(|(at, _)| verb_at(words, at).is_some_and(|v| v.deed == Deed::HandOff));
        if asks && hands && self.names.team(words).is_none() {
            self.note(
                words,
                Spoken::new(
                    Meaning::Context,
                    "Holds by itself: a customer who asks for a person gets one",
                ),
            );
            return true;
        }
        false
    }

    /// "You're done when …", "The task is complete once …".
    pub(super) fn is_finish_statement(&self, words: &[Token<'_>]) -> bool {
        let said: Vec<_> = words.iter().take(8).map(|t| t.low.as_str()).collect();
        let done = said
            .iter()
            .any(|w| matches!(*w, "complete" | "completed" | "done" | "finished" | "over" | "resolved"));
        let about = matches!(
            said.first(),
            Some(&("the" | "this" | "you" | "your" | "we" | "done" | "complete" | "completed" | "finished" | "task"))
        );
        let when = said.iter().any(|w| matches!(*w, "when" | "once" | "as"));
        let subject = said.iter().take(3).any(|w| {
            matches!(
                *w,
                "task" | "you" | "we" | "done" | "complete" | "completed" | "finished" | "job" | "conversation"
            )
        });
        done && about && subject && (when || words.len() <= 5 && said.contains(&"task"))
    }

    /// "the order should be cancelled", "identity needs to be verified".
    pub(super) fn passive(&mut self, whole: &'t [Token<'a>], words: &'t [Token<'a>], steps: &mut Vec<Step>) -> bool {
        let Some(be) = words
            .iter()
            .position(|t| t.any(&["be", "is", "are"]))
            .filter(|at| *at > 0 && *at < 12)
        else {
            return false;
        };
        // "a transfer is needed"
        let needed = words[be + 1..]
            .iter()
            .all(|t| t.any(&["needed", "required", "necessary", "then"]));
        let people = words[..be]
            .iter()
            .any(|t| t.any(&["transfer", "escalation", "handoff", "hand-off", "handover"]));
        if needed && people && be + 1 < words.len() {
            self.hand_off(whole, words, steps);
            return true;
        }
        let order = |t: &Token<'_>| t.any(&["then", "now", "next", "also", "first", "afterwards", "finally"]);
        let done = be + 1 + words[be + 1..].iter().take_while(|t| order(t)).count();
        // "A check is then started" is a step, "refunds are issued within a day" tells of something.
        let due = if words[be].is("be") {
            words[..be]
                .iter()
                .any(|t| t.any(&["should", "must", "needs", "need", "has", "have"]))
        } else {
            // "If it is lost, a claim is opened."
            let ends = verb_at(words, done).is_some_and(|v| done + v.length == words.len());
            done > be + 1 || trimmed(whole).first().is_some_and(order) || ends && !self.under.is_empty()
        };
        let Some(verb) = verb_at(words, done).filter(|v| v.form == Form::Past) else {
            return false;
        };
        if !due
            || words[..be]
                .iter()
                .any(|t| t.any(&["not", "never", "only", "may", "can"]))
        {
            return false;
        }
        let subject_end = words
            .iter()
            .position(|t| t.any(&["should", "must", "needs", "need", "has", "have"]))
            .unwrap_or(be);
        let subject = &words[..subject_end];
        if matches!(verb.deed, Deed::HandOff) {
            self.hand_off(whole, words, steps);
            return true;
        }
        if matches!(verb.deed, Deed::Ask) {
            let from = if subject.iter().any(|t| t.any(&["customer", "they"])) {
                &words[done + verb.length..]
            } else {
                subject
            };
            self.ask_for(whole, super::ask::without_customer(from), steps);
            return true;
        }
        if matches!(verb.deed, Deed::Tell) && subject.iter().any(|t| t.any(&["customer", "they"])) {
            let tail = &words[done + verb.length..];
            match self.speech(tail) {
                Some(said) => self.inform(whole, said, steps),
                None => self.no_words(whole, tail, steps),
            }
            return true;
        }
        if !verb.deed.acts() {
            return false;
        }
        let tail = &words[done + verb.length..];
        // "claims must be opened within 30 days": until when, not that it is done now.
        let until = tail.iter().any(|t| t.any(&["within", "before", "until", "unless"])) && words[be].is("be");
        if until && self.under.is_empty() {
            self.rule_not_kept(whole);
            return true;
        }
        let joined: Vec<Token<'a>> = subject.iter().chain(tail).cloned().collect();
        match self.match_action(verb.deed, verb.lemma, &joined) {
            super::actions::Match::One { at, sure } => self.run(whole, words, at, sure, steps),
            _ => self.without_action(whole, words, &[], steps),
        }
        true
    }

    /// A sentence that commands nothing.
    pub(super) fn statement(&mut self, whole: &'t [Token<'a>], words: &'t [Token<'a>], steps: &mut Vec<Step>) {
        if self.needs_some(words, steps) || self.tells_duty(whole, words, steps) {
            return;
        }
        if let Some(from) = begins_by(words) {
            let _ = self.clause(&words[from..], steps);
            return;
        }
        let meant = self.permits_or_runs(whole, words, steps)
            || self.states_a_need(whole, words, steps)
            || self.states_a_value(whole, words, steps)
            || self.leads_to_people(whole, words, steps)
            || self.commands_unclearly(whole, words, steps);
        if !meant {
            self.states_a_fact(whole, words, steps);
        }
    }

    /// What somebody may do, and an action that is named.
    fn permits_or_runs(&mut self, whole: &'t [Token<'a>], words: &'t [Token<'a>], steps: &mut Vec<Step>) -> bool {
        let negated = words
            .iter()
            .any(|t| t.any(&["not", "no", "never", "nothing", "without"]));
        // "they can change plan": what customers may do runs nothing, and what we may do up to a limit is left open.
        let may = words
            .iter()
            .position(|t| t.any(&["can", "may", "could", "might"]))
            .filter(|at| *at > 0);
        let theirs = may.is_some_and(|at| words[at - 1].is_customer() || words[at - 1].any(&["they", "customers"]));
        let capped = may.is_some()
            && (words.windows(2).any(|pair| pair[0].is("up") && pair[1].is("to"))
                || words.iter().any(|t| t.any(&["maximum", "max"])));
        if capped && self.is_left_open(whole, words, steps) {
            return true;
        }
        let meant = || {
            let written = self.names.action_written(words);
            words.len() <= 6
                || words.iter().any(|t| t.kind == Kind::Call)
                || written.is_some_and(|(_, before)| before.is_empty() || does_with(before))
        };
        let changed = || {
            may.and_then(|at| verb_at(words, at + 1))
                .is_some_and(|v| v.deed.changes())
                && (self.led_by != LedBy::Nothing || !self.under.is_empty())
        };
        if theirs && (changed() || self.names.action_named(words).is_some() && meant()) {
            self.rule_not_kept(whole);
            return true;
        }
        if let Some(at) = self.names.action_named(words).filter(|_| !negated && meant()) {
            // "This is done with [Send code]", right after it: how, and not once more.
            let how = words[0].any(&["this", "that", "it"]) && words.get(1).is_some_and(|t| t.is("is"));
            let last = steps.last().is_some_and(
                |step| matches!(&step.kind, StepKind::Run { action, .. } if *action == self.names.actions[at].id),
            );
            if how && last {
                self.note(whole, Spoken::new(Meaning::Context, "Says how the step before is done"));
                return true;
            }
            self.run(whole, words, at, true, steps);
            return true;
        }
        false
    }

    /// What must be known or given.
    fn states_a_need(&mut self, whole: &'t [Token<'a>], words: &'t [Token<'a>], steps: &mut Vec<Step>) -> bool {
        // "they must provide their order number", "you need their e-mail", "the customer's name and phone number"
        if let Some(at) = words
            .iter()
            .position(|t| t.any(&["need", "needs", "provide", "require", "required"]))
            .filter(|at| *at < 6 || *at < 10 && words[0].is("to"))
            && !words[..at].iter().any(|t| t.any(&["not", "no"]))
        {
            let cut = words[at + 1..]
                .iter()
                .position(|t| t.any(&["so", "to", "because", "which", "before", "for"]))
                .map_or(words.len(), |more| at + 1 + more);
            let wanted = self.wanted(&words[at + 1..cut]);
            if !wanted.values.is_empty() && wanted.unknown.is_empty() {
                self.need(whole, &words[at + 1..cut], steps);
                return true;
            }
            let asked = words[..at].iter().any(|t| t.any(&["we", "you", "they", "customer"]))
                && !words[at + 1..].first().is_some_and(|t| t.any(&["to", "not"]));
            if asked && !wanted.values.is_empty() {
                self.need(whole, &words[at + 1..cut], steps);
                return true;
            }
            if asked && !wanted.unknown.is_empty() {
                self.ask_unknown(whole, &words[at + 1..cut], &wanted, steps);
                return true;
            }
        }
        false
    }

    /// A yes that is asked for, a value that is set, a list of what is needed.
    fn states_a_value(&mut self, whole: &'t [Token<'a>], words: &'t [Token<'a>], steps: &mut Vec<Step>) -> bool {
        if must_agree(words) {
            self.confirm(whole, words, steps);
            return true;
        }
        if let Some(is) = words.iter().position(|t| t.any(&["is", "becomes", "equals"]))
            && self.set_to(whole, &words[..is], &words[is + 1..], steps)
        {
            return true;
        }
        if self.is_noun_list(words) {
            self.need(whole, words, steps);
            return true;
        }
        // "name and date of birth to find the visit"
        if let Some(to) = words
            .iter()
            .position(|t| t.is("to"))
            .filter(|to| self.is_noun_list(&words[..*to]))
            && let Some(verb) = verb_at(words, to + 1).filter(|v| v.deed.acts())
        {
            self.need(&words[..to], &words[..to], steps);
            let cut = words.iter().position(|t| t.mark('(')).unwrap_or(words.len());
            self.act(&words[to + 1..cut], &words[to + 1..cut], verb, steps);
            return true;
        }
        false
    }

    /// A team that something goes to.
    fn leads_to_people(&mut self, whole: &'t [Token<'a>], words: &'t [Token<'a>], steps: &mut Vec<Step>) -> bool {
        // "… → Account Security": where it goes.
        if !self.under.is_empty() && self.is_team(words) {
            self.hand_off(whole, words, steps);
            return true;
        }
        let goes = words.iter().any(|t| t.any(&["goes", "go"])) && self.names.team(words).is_some();
        goes && self.goes_to(words, steps)
    }

    /// What reads like a command, a rule or a duty, and is none that can be followed.
    fn commands_unclearly(&mut self, whole: &'t [Token<'a>], words: &'t [Token<'a>], steps: &mut Vec<Step>) -> bool {
        if self.hides_something(words) {
            self.unclear(
                whole,
                "It is no instruction that can be followed. Start with a verb, or with \u{201c}if\u{201d}.",
                None,
                steps,
            );
            return true;
        }
        if self.is_unread_rule(words) {
            self.rule_not_kept(whole);
            return true;
        }
        if self.is_left_open(whole, words, steps) {
            return true;
        }
        let commands = verb_at(words, 0).is_some_and(|v| {
            v.form == Form::Base && v.deed.acts() && words.len() > 1 && words[1].any(&["or", "and", "either"])
        });
        let passive = words
            .windows(3)
            .any(|three| three[0].any(&["should", "must", "to"]) && three[1].is("be") && three[2].low.ends_with("ed"));
        if commands || passive {
            self.unclear(
                whole,
                "It is not clear what is to be done, and by which action.",
                None,
                steps,
            );
            return true;
        }
        let permits = words.iter().take(6).any(|t| t.any(&["may", "can", "could", "might"]));
        let obliges = words.iter().any(|t| t.any(&["must", "should", "shall"])) && !permits;
        let deed = self.deed_in(words).is_some_and(|(deed, _)| deed.changes());
        if self.names.team_written(words) || obliges && deed {
            self.unclear(
                whole,
                "Start with a verb, so that it is clear what is to be done.",
                None,
                steps,
            );
            return true;
        }
        if background::orders(words) {
            self.do_something(whole, words, steps);
            return true;
        }
        false
    }

    /// A permission, a fragment, an answer, or background.
    fn states_a_fact(&mut self, whole: &'t [Token<'a>], words: &'t [Token<'a>], steps: &mut Vec<Step>) {
        if self.is_bounded_permission(words) {
            return self.rule_not_kept(whole);
        }
        let permits_only = words.len() <= 4 && words.last().is_some_and(|t| t.any(&["ok", "okay", "fine", "allowed"]));
        if permits_only && !self.under.is_empty() {
            return self.context(whole);
        }
        let fragment = words.len() <= 3 && !words.iter().any(|t| t.any(&["is", "are", "be", "can", "may", "'s"]));
        let deed = || self.deed_in(words).is_some_and(|(deed, _)| deed.changes());
        if fragment && deed() {
            return self.unclear(whole, "It has no verb.", None, steps);
        }
        let verbs = || (0..words.len()).filter_map(|at| verb_at(words, at));
        let stated = || self.is_statement(words) || words.len() > 3;
        // "If they ask how: refunds go back to the card": the answer they get.
        if self.led_by == LedBy::Question && stated() && !words[0].is("you") {
            return self.inform(whole, super::tell::to_customer(trimmed(words)), steps);
        }
        let grants = words.iter().any(|t| t.kind == Kind::Number)
            && words.len() > 3
            && !super::lists::says_something(words)
            && verbs().all(|v| v.noun_too || v.form != Form::Base);
        if self.led_by != LedBy::Nothing && grants {
            // "two free bags per person": what a condition leads to is no background.
            return self.rule_not_kept(whole);
        }
        self.context(whole);
    }

    /// "Divert the parcel": a verb that nothing is known of. An action may be called by it.
    fn do_something(&mut self, whole: &'t [Token<'a>], words: &'t [Token<'a>], steps: &mut Vec<Step>) {
        let asked = super::actions::Asked {
            deed: Deed::Other,
            lemma: &super::names::Stem::of(&words[0]),
            object: &words[1..],
            it: None,
            amount: false,
        };
        match self.names.action_for(&asked) {
            super::actions::Match::One { at, sure } => self.run(whole, words, at, sure, steps),
            _ => self.without_action(whole, words, &[], steps),
        }
    }

    /// Whether words are a team's name and nothing else.
    fn is_team(&self, words: &[Token<'_>]) -> bool {
        let said: Vec<_> = words
            .iter()
            .filter(|t| !t.is_mark() && !t.any(&["the", "team", "same"]))
            .collect();
        let same = words.iter().any(|t| t.is("same")) && words.iter().any(|t| t.is("team")) && said.is_empty();
        let named = self.names.team(words).is_some_and(|at| {
            let name = &self.names.teams[at].2;
            said.iter().all(|t| name.iter().any(|s| s.same(t)))
        });
        named || same && self.said.team.is_some()
    }

    /// Brackets with a command, arrows, or a team: more than background.
    fn hides_something(&self, words: &'t [Token<'a>]) -> bool {
        let bracket = words
            .iter()
            .position(|t| t.mark('('))
            .is_some_and(|at| is_command(&words[at + 1..]));
        let arrow = words.iter().any(|t| t.mark('→') || t.mark('='));
        bracket || arrow && words.len() > 2
    }

    /// "anything over 100 EUR goes to Fraud": a condition with a hand-off.
    fn goes_to(&mut self, words: &'t [Token<'a>], steps: &mut Vec<Step>) -> bool {
        let Some(at) = words.iter().rposition(|t| t.any(&["goes", "go"])).filter(|at| *at > 0) else {
            return false;
        };
        let said: Vec<_> = words[..at]
            .iter()
            .filter(|t| !t.any(&["anything", "everything", "all", "those"]))
            .cloned()
            .collect();
        let Ok(got) = Conditions::new(&self.names, &self.said).read(&said) else {
            return false;
        };
        let plain = format!(
            "If {}",
            super::describe::condition(&got.condition, self.names.catalogue)
        );
        self.note(
            &words[..at],
            Spoken::new(
                Meaning::Check {
                    condition: Some(got.condition.clone()),
                },
                plain,
            )
            .links(got.links.clone()),
        );
        let mut inner = Vec::new();
        self.hand_off(&words[at..], &words[at..], &mut inner);
        let span = self.span(&words[..at]);
        steps.push(Step {
            span,
            kind: StepKind::Check {
                arms: vec![Arm {
                    span,
                    condition: got.condition,
                    steps: inner,
                }],
                otherwise: Vec::new(),
            },
        });
        true
    }
}

/// "the customer has to confirm first": a yes is asked for.
pub(super) fn must_agree(words: &[Token<'_>]) -> bool {
    let modal = words
        .iter()
        .take(4)
        .position(|t| t.any(&["must", "should", "has", "have", "needs", "need"]));
    let Some(modal) = modal.filter(|at| *at > 0) else {
        return false;
    };
    let customer = words[..modal]
        .iter()
        .all(|t| t.any(&["the", "customer", "customers", "they", "user", "first"]));
    let rest: Vec<_> = words[modal + 1..]
        .iter()
        .skip_while(|t| t.any(&["to", "first", "always"]))
        .collect();
    customer
        && rest
            .first()
            .is_some_and(|t| t.any(&["confirm", "agree", "approve", "consent", "accept", "say"]))
        && rest[1..].iter().all(|t| {
            t.any(&[
                "this", "that", "it", "first", "to", "the", "change", "before", "anything", "else", "yes",
            ])
        })
        && (!rest[0].is("say") || rest.iter().any(|t| t.is("yes")))
}

/// "all chats start by asking …": where what is done begins.
fn begins_by(words: &[Token<'_>]) -> Option<usize> {
    let at = words
        .windows(2)
        .position(|pair| pair[0].any(&["start", "starts", "begin", "begins"]) && pair[1].is("by"))?;
    let doing = verb_at(words, at + 2)?;
    (doing.form == Form::Ing && doing.deed != Deed::Be).then_some(at)
}
