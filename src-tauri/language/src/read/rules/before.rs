//! What must come before an action: "always verify identity before changing details".

use taskwright_domain::{Condition, Guard};

use crate::read::reader::Reader;
use crate::read::token::Token;
use crate::read::verbs::{Deed, verb_at};

impl<'t, 'a> Reader<'t, 'a, '_> {
    /// "always verify identity before changing details", "verify it before any refund".
    pub(super) fn before_rule(&mut self, whole: &'t [Token<'a>], words: &'t [Token<'a>], listed: bool) -> bool {
        let always = words.first().is_some_and(|t| t.any(&["always", "identity"]))
            || listed
            || words.iter().any(|t| t.is("must"));
        if !always {
            return false;
        }
        let Some(at) = words.iter().position(|t| t.is("before")) else {
            return false;
        };
        let (first, second) = (&words[..at], &words[at + 1..]);
        let Some((deed, place)) = self.deed_in(second) else {
            return false;
        };
        let verb = verb_at(second, place);
        let lemma = verb.map_or_else(|| second[place].low.clone(), |v| v.lemma.to_owned());
        let object = &second[place + verb.map_or(1, |v| v.length)..];
        let any_change = deed == Deed::Update && place > 0 && second[0].any(&["any", "every", "each"]);
        let anything = any_change || object.first().is_some_and(|t| t.any(&["anything", "any", "data"]));
        let actions = if anything {
            self.all_changing(deed)
        } else {
            self.guarded(deed, &lemma, object)
        };
        if actions.is_empty() {
            return false;
        }
        let first: Vec<_> = first
            .iter()
            .filter(|t| {
                !t.any(&[
                    "always", "you", "must", "we", "be", "should", "the", "has", "to", "have", "need", "needs",
                ])
            })
            .cloned()
            .collect();
        let owned = self.deed_done(&first);
        match owned {
            Ok(got) => self.write_rule(
                whole,
                actions,
                Guard::OnlyIf {
                    condition: got.condition.clone(),
                },
                Some(&got),
            ),
            Err(_) => self.unread_rule(whole, actions, None),
        }
        true
    }

    /// "Before any change, get their explicit consent": whatever changes data waits for a yes.
    pub(super) fn yes_before_anything(&mut self, whole: &'t [Token<'a>], words: &'t [Token<'a>]) -> bool {
        let [before, scope @ ..] = words else { return false };
        let Some(comma) = scope.iter().rposition(|t| t.mark(',')).filter(|_| before.is("before")) else {
            return false;
        };
        let any = scope[..comma]
            .iter()
            .take(4)
            .any(|t| t.any(&["any", "anything", "every", "each"]));
        let change = scope[..comma].iter().any(|t| {
            t.any(&[
                "anything", "change", "changes", "action", "actions", "update", "updates", "step",
            ])
        });
        let agreed = scope[comma..].iter().any(|t| {
            t.any(&[
                "confirmation",
                "consent",
                "approval",
                "permission",
                "confirm",
                "agree",
                "approve",
                "go-ahead",
            ])
        });
        if !(any && change && agreed) {
            return false;
        }
        let actions = self.all_changing(Deed::Update);
        if actions.is_empty() {
            self.rule_not_kept(whole);
            return true;
        }
        let guard = Guard::OnlyIf {
            condition: Condition::Confirmed,
        };
        self.write_rule(whole, actions, guard, None);
        true
    }
}
