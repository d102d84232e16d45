//! Rules stated of a subject: "claims require a photo", "a pause is only possible on team plans".

use taskwright_domain::{ActionId, Guard};

use super::put::Put;
use crate::read::conditions::negate;
use crate::read::reader::{Reader, trimmed};
use crate::read::token::Token;

impl<'t, 'a> Reader<'t, 'a, '_> {
    /// "Claims require a photo", "a pause is only possible on team plans", "cancelling is not allowed in a trial",
    /// "refunds: only for paid bookings".
    pub(super) fn stated_rule(&mut self, whole: &'t [Token<'a>], words: &'t [Token<'a>]) -> bool {
        let Some(at) = words
            .iter()
            .take(8)
            .position(|t| t.any(&["requires", "require", "needs", "need", "is", "are"]) || t.mark(':'))
            .filter(|at| *at > 0)
        else {
            return false;
        };
        let actions = self.actions_of_subject(&words[..at]);
        if actions.is_empty() {
            return false;
        }
        let rest = &words[at + 1..];
        if words[at].any(&["requires", "require", "needs", "need"]) {
            return self.requires(whole, actions, rest);
        }
        let named = words[at].mark(':');
        let Some(stated) = stated(rest, named) else {
            return false;
        };
        if named && let Some(found) = self.input_limit(&actions, stated.body) {
            return match found {
                Ok(condition) => {
                    self.write_rule(whole, actions, Guard::OnlyIf { condition }, None);
                    true
                }
                Err(_) => {
                    self.unread_rule(whole, actions, None);
                    true
                }
            };
        }
        let Some(put) = stated.put else { return false };
        if stated.body.is_empty() {
            match put {
                Put::Never => self.write_rule(whole, actions, Guard::Never, None),
                Put::Only => self.unread_rule(whole, actions, None),
            }
            return true;
        }
        let got = if stated.done {
            self.deed_done(stated.body)
        } else {
            self.read_for(&actions, stated.body)
        };
        match got {
            Ok(got) => {
                let condition = if stated.flips {
                    negate(got.condition.clone())
                } else {
                    got.condition.clone()
                };
                let guard = match (put, stated.flips) {
                    (Put::Never, true) => Guard::OnlyIf {
                        condition: got.condition.clone(),
                    },
                    (Put::Never, false) => Guard::NeverIf { condition },
                    (Put::Only, _) => Guard::OnlyIf { condition },
                };
                self.write_rule(whole, actions, guard, Some(&got));
            }
            Err(trouble) => self.unread_rule(whole, actions, Some((stated.body, trouble))),
        }
        true
    }

    /// "… require a photo", "… requires that it is paid", "… always need a code".
    fn requires(&mut self, whole: &'t [Token<'a>], actions: Vec<ActionId>, rest: &'t [Token<'a>]) -> bool {
        let rest = match rest {
            [always, rest @ ..] if always.any(&["always", "also"]) => rest,
            rest => rest,
        };
        let person = rest
            .iter()
            .any(|t| t.any(&["person", "human", "manager", "supervisor", "colleague", "team", "agent"]))
            || self.names.team(rest).is_some();
        let Some(first) = rest.first().filter(|t| !person && !t.is("to")) else {
            return false;
        };
        let got = if first.is("that") {
            self.read_for(&actions, &rest[1..])
        } else {
            self.deed_done(rest)
        };
        let Ok(got) = got else { return false };
        let guard = Guard::OnlyIf {
            condition: got.condition.clone(),
        };
        self.write_rule(whole, actions, guard, Some(&got));
        true
    }
}

/// What a rule states of its subject.
struct Stated<'t, 'a> {
    put: Option<Put>,
    /// The body says when the rule does not hold: "unless", "without".
    flips: bool,
    /// The body names something that must have been done or given: "without a receipt".
    done: bool,
    body: &'t [Token<'a>],
}

/// "only possible if …", "not allowed without …"; `named`: it stands after the subject's name and a colon.
fn stated<'t, 'a>(rest: &'t [Token<'a>], named: bool) -> Option<Stated<'t, 'a>> {
    let lead = rest
        .iter()
        .take_while(|t| {
            t.any(&[
                "not",
                "never",
                "only",
                "possible",
                "allowed",
                "permitted",
                "available",
                "granted",
                "offered",
                "strictly",
                "ever",
            ])
        })
        .count();
    let (said, body) = rest.split_at(lead);
    let has = |word: &[&str]| said.iter().any(|t| t.any(word));
    let allows = has(&["possible", "allowed", "permitted", "available", "granted", "offered"]);
    let (body, ones) = match trimmed(body) {
        [body @ .., only] if only.is("only") && named => match body {
            [body @ .., ones] if ones.any(&["ones", "one"]) => (body, true),
            body => (body, true),
        },
        body => (body, false),
    };
    let put = if has(&["not", "never"]) && (allows || named) {
        Some(Put::Never)
    } else if has(&["only"]) && (allows || named || body.first().is_some_and(|t| t.any(&["if", "when"]))) || ones {
        Some(Put::Only)
    } else if allows && body.first().is_some_and(|t| t.is("only")) {
        return stated(rest.get(lead..)?, true);
    } else {
        None
    };
    if put.is_none() && !named {
        return None;
    }
    let (flips, done, body) = match body {
        [word, body @ ..] if word.any(&["unless", "until"]) => (true, false, body),
        [word, body @ ..] if word.any(&["without", "before"]) => (true, true, body),
        [word, body @ ..] if word.any(&["after"]) => (false, true, body),
        [word, body @ ..] if word.any(&["if", "when", "once", "for", "on", "with", "while", "to"]) => {
            (false, false, body)
        }
        body => (false, false, body),
    };
    Some(Stated { put, flips, done, body })
}
