//! What customers have to do themselves, and what is left open: "they must wait until …", "you can refund it".

use taskwright_domain::{Meaning, Step};

use super::reader::{Reader, trimmed};
use super::split::{lead, starts};
use super::tell::to_customer;
use super::token::Token;
use super::verbs::{Deed, Form, Verb, verb_at};

/// What a sentence lets us do.
struct Allowed<'t, 'a> {
    /// The command, from its verb on.
    command: &'t [Token<'a>],
    verb: Verb,
}

impl<'t, 'a> Reader<'t, 'a, '_> {
    /// "they have to call the depot": nobody but the customer can, so they are told.
    pub(super) fn tells_duty(&mut self, whole: &'t [Token<'a>], words: &'t [Token<'a>], steps: &mut Vec<Step>) -> bool {
        if !is_duty(words) {
            return false;
        }
        if self.is_unread_rule(words) || has_bound(words) {
            self.rule_not_kept(whole);
        } else {
            self.inform(whole, to_customer(trimmed(words)), steps);
        }
        true
    }

    /// "you can end the chat", "feel free to refund it": ending and saying are done. Whether something is changed is
    /// left open, and nothing that is left open is done by guess.
    pub(super) fn is_left_open(
        &mut self,
        whole: &'t [Token<'a>],
        words: &'t [Token<'a>],
        steps: &mut Vec<Step>,
    ) -> bool {
        let Some(Allowed { command, verb }) = allowed(words) else {
            return false;
        };
        // "not packed yet = we can still change it": that nothing is in the way, so what is written comes next.
        if words.iter().take(4).any(|t| t.is("still")) {
            return false;
        }
        let ends = matches!(verb.deed, Deed::Finish | Deed::Stop | Deed::Close);
        let conversation = || {
            command
                .iter()
                .any(|t| t.any(&["conversation", "chat", "call", "task", "here"]))
        };
        let free = starts(words, &["feel", "free"]);
        let says = matches!(verb.deed, Deed::Tell | Deed::Apologise | Deed::Give);
        if says || ends && !free && (command.len() == verb.length || conversation()) {
            let _ = self.command(whole, command, verb, steps);
            return true;
        }
        let named = self.names.action_named(command).is_some();
        let matched = || {
            let found = self.match_action(verb.deed, verb.lemma, &command[verb.length..]);
            !matches!(found, super::actions::Match::Nothing(_))
        };
        let open = named
            || verb.deed.changes()
            || matches!(verb.deed, Deed::Offer | Deed::HandOff | Deed::Make)
            || free && !matches!(verb.deed, Deed::Be | Deed::Keep)
            || verb.deed == Deed::Send && matched();
        if open {
            let reason =
                "Whether this is done is left open. Write it as a command, with an \u{201c}if\u{201d} before it.";
            let (span, text) = (self.span(whole), self.written(whole));
            self.problems.push(super::problems::unclear(span, &text, reason, None));
            self.lacking(
                whole,
                Meaning::Run { action: None },
                "Whether this is done is left open",
                steps,
            );
        }
        open
    }
}

/// What "you can …", "the agent may …" and "feel free to …" allow.
fn allowed<'t, 'a>(words: &'t [Token<'a>]) -> Option<Allowed<'t, 'a>> {
    let after = if starts(words, &["feel", "free", "to"]) {
        &words[3..]
    } else {
        let the = usize::from(words.first()?.any(&["the", "our"]));
        let who = words.get(the)?.any(&["you", "we", "agent", "agents", "assistant"]);
        let may = words.get(the + 1)?.any(&["can", "may", "could", "might"]);
        let rest = words.get(the + 2..).filter(|_| who && may)?;
        let skip = rest
            .iter()
            .take_while(|t| t.any(&["also", "then", "now", "always", "still", "just", "simply"]));
        &rest[skip.count()..]
    };
    let command = lead(after);
    let verb = verb_at(command, 0).filter(|v| v.form == Form::Base)?;
    Some(Allowed { command, verb })
}

/// "they must wait until it arrives", "the customer has to visit a branch".
pub(super) fn is_duty(words: &[Token<'_>]) -> bool {
    let words = lead(words);
    let the = usize::from(words.first().is_some_and(|t| t.is("the")));
    let customer = words
        .get(the)
        .is_some_and(|t| t.is_customer() || t.any(&["they", "customers", "users"]));
    let rest = words.get(the + 1..).unwrap_or_default();
    let modal = [
        &["must"][..],
        &["should"],
        &["have", "to"],
        &["has", "to"],
        &["need", "to"],
        &["needs", "to"],
        &["will", "have", "to"],
        &["will", "need", "to"],
    ];
    let Some(modal) = modal.iter().find(|modal| starts(rest, modal)).filter(|_| customer) else {
        return false;
    };
    let idle = |t: &&Token<'_>| t.any(&["first", "also", "then", "instead", "please", "just"]);
    let doing = &rest[modal.len()..];
    is_own_doing(&doing[doing.iter().take_while(idle).count()..])
}

/// "wait until …", "call the depot": what nobody but the customer does.
pub(super) fn is_own_doing(words: &[Token<'_>]) -> bool {
    const OWN: [&str; 24] = [
        "wait", "call", "phone", "contact", "visit", "come", "go", "reach", "log", "sign", "try", "reapply", "reorder",
        "restart", "speak", "drop", "bring", "check", "return", "talk", "write", "turn", "book", "start",
    ];
    let sends_back =
        words.first().is_some_and(|t| t.any(&["send", "bring", "give"])) && words.iter().any(|t| t.is("back"));
    sends_back || words.first().is_some_and(|t| t.any(&OWN))
}

/// A limit in it is a rule to keep, not only words to say.
fn has_bound(words: &[Token<'_>]) -> bool {
    words
        .iter()
        .any(|t| t.any(&["within", "before", "limit", "maximum", "minimum"]))
}
