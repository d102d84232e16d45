//! Deeds that mean something else with some words: "send to Billing", "close the chat", "mark it as urgent", "get their ok".

use taskwright_domain::{Step, Template};

use crate::read::actions::Match;
use crate::read::conditions::{Conditions, refer};
use crate::read::names::content;
use crate::read::reader::{Reader, trimmed};
use crate::read::token::{Kind, Token};
use crate::read::verbs::{Deed, Verb};

impl<'t, 'a> Reader<'t, 'a, '_> {
    /// "mark the conversation as urgent" is a tag; "mark the parcel as lost" is done by an action that speaks of it, not by
    /// any that changes a parcel.
    pub(super) fn marks_as(
        &mut self,
        whole: &'t [Token<'a>],
        words: &'t [Token<'a>],
        verb: Verb,
        steps: &mut Vec<Step>,
    ) -> bool {
        const OUTCOMES: [&str; 12] = [
            "resolved",
            "unresolved",
            "solved",
            "done",
            "closed",
            "complete",
            "completed",
            "finished",
            "successful",
            "unsuccessful",
            "failed",
            "read",
        ];
        if !matches!(verb.lemma, "mark" | "save") {
            return false;
        }
        let object = &words[verb.length..];
        let Some(place) = object.iter().position(|t| t.is("as")).filter(|place| *place > 0) else {
            return false;
        };
        let state = trimmed(&object[place + 1..]);
        let conversation = object[..place].iter().any(|t| t.any(&["conversation", "chat"]));
        if verb.lemma == "mark" && conversation && !state.iter().any(|t| t.any(&OUTCOMES)) {
            self.tag(whole, words, verb, steps);
            return true;
        }
        let Match::One { at, .. } = self.match_action(verb.deed, verb.lemma, object) else {
            return false;
        };
        let speaks = self
            .catalogue()
            .action(&self.names.actions[at].id)
            .is_some_and(|action| {
                let said = format!("{} {}", action.name, action.description).to_lowercase();
                said.contains(verb.lemma)
                    || content(state)
                        .iter()
                        .any(|t| !t.stem.is_empty() && said.contains(&t.stem))
            });
        if !speaks {
            self.without_action(whole, words, &[at], steps);
        }
        !speaks
    }

    /// "use the e-mail of the chat": what is known of the customer fills the value of that kind.
    pub(super) fn use_what_is_known(
        &mut self,
        whole: &'t [Token<'a>],
        object: &'t [Token<'a>],
        steps: &mut Vec<Step>,
    ) -> bool {
        let Some(of) = object.iter().position(|t| t.any(&["of", "from", "in", "on"])) else {
            return false;
        };
        let known = object[of + 1..]
            .iter()
            .all(|t| t.is_mark() || t.any(&["the", "this", "their", "chat", "conversation", "account", "profile"]));
        let (named, last) = (trimmed(&object[..of]), object.len() - of);
        let owned = |value: &crate::read::names::Named| {
            value.owner.as_deref() == Some("customer")
                && value
                    .field_stems
                    .iter()
                    .any(|s| content(named).iter().any(|t| s.same(t)))
        };
        let Some(source) = self
            .names
            .values
            .iter()
            .find(|value| owned(value))
            .filter(|_| known && last > 1)
        else {
            return false;
        };
        let (kind, reference) = (source.kind.clone(), source.reference.clone());
        let fits = |value: &crate::read::names::Named| value.askable() && value.kind == kind;
        let mut fits = self.names.values.iter().filter(|value| fits(value));
        let (Some(target), None) = (fits.next(), fits.next()) else {
            return false;
        };
        let key = target.reference.clone();
        self.sets(whole, named, key, refer(&reference), steps);
        true
    }

    /// "get the order number": asked for, when the words name what customers give.
    pub(super) fn get_from_customer(
        &mut self,
        whole: &'t [Token<'a>],
        object: &'t [Token<'a>],
        steps: &mut Vec<Step>,
    ) -> bool {
        let cut = object.iter().position(|t| t.mark('(')).unwrap_or(object.len());
        let wanted = self.wanted(&object[..cut]);
        let sure = wanted.values.iter().any(|(.., sure)| *sure) && wanted.unknown.is_empty();
        let thing = self.names.object(trimmed(&object[..cut])).is_some();
        let from = object.iter().any(|t| t.is("from")) && object.iter().any(|t| t.any(&["customer", "them", "user"]));
        if (sure || from && !wanted.values.is_empty()) && !thing {
            self.ask_for(whole, object, steps);
            return true;
        }
        false
    }

    /// Deeds that mean something else with these words: "send to Billing", "close the chat", "add the tag".
    pub(super) fn person_instead(
        &mut self,
        whole: &'t [Token<'a>],
        words: &'t [Token<'a>],
        verb: Verb,
        object: &'t [Token<'a>],
        steps: &mut Vec<Step>,
    ) -> bool {
        self.for_colleagues(whole, words, verb, object, steps)
            || self.ends_instead(whole, verb, object, steps)
            || self.brings_a_person(whole, words, verb, object, steps)
            || self.gets_a_yes(whole, words, verb, object, steps)
            || self.looks_for_a_callback(whole, verb, object, steps)
            || self.starts_a_task(whole, words, verb, object, steps)
            || self.chooses(whole, verb, object, steps)
            || self.sends_words(whole, verb, object, steps)
    }

    /// "send to Billing", "add the tag", "send them a summary", "create a note".
    fn for_colleagues(
        &mut self,
        whole: &'t [Token<'a>],
        words: &'t [Token<'a>],
        verb: Verb,
        object: &'t [Token<'a>],
        steps: &mut Vec<Step>,
    ) -> bool {
        if matches!(verb.deed, Deed::Send | Deed::Move | Deed::Update | Deed::Create) && self.names_team(object) {
            self.hand_off(whole, object, steps);
            return true;
        }
        if matches!(verb.deed, Deed::Create | Deed::Update | Deed::Delete | Deed::Make)
            && has(object, &["tag", "tags", "label"])
            && !self.acts_on(verb, object)
        {
            self.tag(whole, words, verb, steps);
            return true;
        }
        let to_customer = verb.deed == Deed::Send
            && (object.first().is_some_and(|t| t.any(&["them", "him", "her"]))
                || object.iter().any(Token::is_customer));
        if to_customer && has(object, &["summary", "comment", "note"]) && !self.acts_on(verb, object) {
            self.give(whole, object, steps);
            return true;
        }
        if matches!(verb.deed, Deed::Create | Deed::Update | Deed::Make | Deed::Send)
            && has(object, &["note", "comment", "summary", "notes"])
            && !self.acts_on(verb, object)
        {
            self.leave_note(whole, object, steps);
            return true;
        }
        false
    }

    /// "close the chat", "complete the task".
    fn ends_instead(
        &mut self,
        whole: &'t [Token<'a>],
        verb: Verb,
        object: &'t [Token<'a>],
        steps: &mut Vec<Step>,
    ) -> bool {
        let conversation = has(object, &["conversation", "chat", "task", "here", "there", "case"])
            || object.iter().all(|t| t.is_mark());
        let closes = matches!(verb.deed, Deed::Close | Deed::Stop) && conversation && !self.acts_on(verb, object)
            || verb.lemma == "complete" && has(object, &["task", "conversation"]);
        if closes {
            self.finish(whole, steps);
        }
        closes
    }

    /// "get a colleague".
    fn brings_a_person(
        &mut self,
        whole: &'t [Token<'a>],
        words: &'t [Token<'a>],
        verb: Verb,
        object: &'t [Token<'a>],
        steps: &mut Vec<Step>,
    ) -> bool {
        let people = [
            "colleague",
            "human",
            "person",
            "someone",
            "teammate",
            "agent",
            "supervisor",
            "manager",
        ];
        let brings = matches!(verb.lemma, "get" | "find" | "bring" | "call")
            && has(object, &people)
            && !self.acts_on(verb, object)
            && !has(object, &["number", "name", "email"]);
        if brings {
            self.hand_off(whole, words, steps);
        }
        brings
    }

    /// "get their ok", "check with the customer".
    fn gets_a_yes(
        &mut self,
        whole: &'t [Token<'a>],
        words: &'t [Token<'a>],
        verb: Verb,
        object: &'t [Token<'a>],
        steps: &mut Vec<Step>,
    ) -> bool {
        if matches!(verb.lemma, "get" | "obtain" | "seek")
            && has(
                object,
                &[
                    "ok",
                    "okay",
                    "consent",
                    "approval",
                    "confirmation",
                    "permission",
                    "go-ahead",
                    "agreement",
                    "yes",
                ],
            )
        {
            self.confirm(whole, object, steps);
            return true;
        }
        if matches!(verb.deed, Deed::Verify)
            && has(object, &["customer", "them"])
            && words.iter().any(|t| t.is("with"))
            && words[1].is("with")
        {
            self.confirm(whole, words, steps);
            return true;
        }
        false
    }

    /// "check for the identity result": it is waited for.
    fn looks_for_a_callback(
        &mut self,
        whole: &'t [Token<'a>],
        verb: Verb,
        object: &'t [Token<'a>],
        steps: &mut Vec<Step>,
    ) -> bool {
        let waits = matches!(verb.deed, Deed::Verify)
            && self.waits_for(object)
            && !self.acts_on(verb, object)
            && Conditions::new(&self.names, &self.said).read(object).is_err();
        if waits {
            self.wait(whole, object, steps);
        }
        waits
    }

    /// "use the refund task", "start the return procedure".
    fn starts_a_task(
        &mut self,
        whole: &'t [Token<'a>],
        words: &'t [Token<'a>],
        verb: Verb,
        object: &'t [Token<'a>],
        steps: &mut Vec<Step>,
    ) -> bool {
        if verb.deed == Deed::Use
            && has(object, &["task"])
            && let Some(at) = self.names.task(object)
        {
            self.run_task(whole, at, steps);
            return true;
        }
        let starts = matches!(verb.lemma, "run" | "start" | "carry" | "launch" | "begin")
            && has(object, &["task", "procedure"])
            || verb.lemma == "run";
        if starts
            && let Some(at) = self.names.task(object)
            && self.names.action_named(words).is_none()
        {
            self.run_task(whole, at, steps);
            return true;
        }
        false
    }

    /// "choose the category that fits best": ours to judge; "select a date": asked for.
    fn chooses(&mut self, whole: &'t [Token<'a>], verb: Verb, object: &'t [Token<'a>], steps: &mut Vec<Step>) -> bool {
        if !matches!(verb.lemma, "select" | "choose") {
            return false;
        }
        let judged = !has(object, &["customer", "them", "they", "want", "wants", "would"])
            && has(
                object,
                &[
                    "fits",
                    "best",
                    "applies",
                    "suits",
                    "matches",
                    "appropriate",
                    "suitable",
                    "describes",
                ],
            );
        if !judged {
            return self.get_from_customer(whole, object, steps);
        }
        let wanted = self.wanted(object);
        let at = wanted.values.first().map(|(at, ..)| *at);
        match at.filter(|at| !self.names.value(*at).options.is_empty()) {
            Some(at) => self.classify_into(whole, at, steps),
            None => self.unclear(whole, "What decides which one it is?", None, steps),
        }
        true
    }

    /// "send them to the help page", "share the link", "send \"Thank you\"": told in words.
    fn sends_words(
        &mut self,
        whole: &'t [Token<'a>],
        verb: Verb,
        object: &'t [Token<'a>],
        steps: &mut Vec<Step>,
    ) -> bool {
        if !matches!(verb.lemma, "send" | "share") || self.acts_on(verb, object) {
            return false;
        }
        if verb.lemma == "send"
            && let Some(place) = where_sent(object)
        {
            // "send them to the help page": they are told where to go.
            let place = crate::read::tell::lower_first(&crate::read::tell::to_customer(trimmed(place)).0);
            self.inform(whole, Template::new(format!("Please go to {place}")), steps);
            return true;
        }
        let said = verb.lemma == "share" || object.iter().any(|t| t.kind == Kind::Quote);
        if said {
            self.give(whole, object, steps);
        }
        said
    }
}

/// Whether one of these words stands there.
fn has(object: &[Token<'_>], said: &[&str]) -> bool {
    object.iter().any(|t| t.any(said))
}

/// Where a customer is sent: "them to the help page".
fn where_sent<'t, 'a>(object: &'t [Token<'a>]) -> Option<&'t [Token<'a>]> {
    let to = object.iter().position(|t| t.is("to"))?;
    let who = &object[..to];
    let customer = who.iter().all(|t| {
        t.any(&[
            "them",
            "him",
            "her",
            "the",
            "customer",
            "customers",
            "user",
            "users",
            "people",
        ])
    });
    let end = object.len() - usize::from(object.last().is_some_and(|t| t.any(&["instead", "then"])));
    (customer && !who.is_empty() && to + 1 < end).then(|| &object[to + 1..end])
}
