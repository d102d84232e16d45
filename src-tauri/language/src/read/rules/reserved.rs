//! Who or what alone an action is for: "only the policy holder may change it", "only refund those".

use taskwright_domain::{AttributeType, Comparison, Condition, Guard};

use super::put::Put;
use crate::read::conditions::{Conditions, Got, Subject, refer};
use crate::read::names::{Lookup, Prefer};
use crate::read::reader::{Reader, trimmed};
use crate::read::token::Token;

impl<'t, 'a> Reader<'t, 'a, '_> {
    /// "only refund those", of what the customer just picked.
    pub(super) fn those_picked(&self, object: &[Token<'_>]) -> Option<Got> {
        let [those] = trimmed(object) else { return None };
        let at = self.said.asked.filter(|_| those.any(&["those", "these", "them"]))?;
        let value = self.names.value(at);
        matches!(value.kind, AttributeType::List { .. }).then(|| Got {
            condition: Condition::Test {
                subject: refer(&value.reference),
                comparison: Comparison::Present,
            },
            sure: true,
            links: Vec::new(),
            subject: Subject::Value(at, true),
        })
    }

    /// "only the policy holder may change it".
    pub(super) fn only_someone(&mut self, whole: &'t [Token<'a>], put: Put, rest: &'t [Token<'a>]) -> bool {
        if put != Put::Only {
            return false;
        }
        let modal = rest.iter().position(|t| t.any(&["may", "can"]));
        // "Only for active policies": every action that changes data.
        if rest.first().is_some_and(|t| t.any(&["for", "if", "when"])) {
            let actions: Vec<_> = self
                .names
                .actions
                .iter()
                .filter(|d| d.changes)
                .map(|d| d.id.clone())
                .collect();
            let got = Conditions::new(&self.names, &self.said).read(&rest[1..]);
            let Ok(got) = got else { return false };
            self.write_rule(
                whole,
                actions,
                Guard::OnlyIf {
                    condition: got.condition.clone(),
                },
                Some(&got),
            );
            return true;
        }
        let Some(modal) = modal else { return false };
        let Some((deed, at)) = self.deed_in(&rest[modal + 1..]) else {
            return false;
        };
        let lemma = rest[modal + 1 + at].low.clone();
        let actions = self.guarded(deed, &lemma, &rest[modal + 2 + at..]);
        if actions.is_empty() {
            return false;
        }
        match self.who_it_is(&rest[..modal]) {
            Some(condition) => self.write_rule(whole, actions, Guard::OnlyIf { condition }, None),
            None => self.unread_rule(whole, actions, None),
        }
        true
    }

    /// "the policy holder": the customer, where a system tells that person's name or e-mail.
    fn who_it_is(&self, words: &[Token<'_>]) -> Option<Condition> {
        let Lookup::One { at, sure: true } = self.names.lookup(words, Prefer::default()) else {
            return None;
        };
        let value = self.names.value(at);
        let own = match value.kind {
            AttributeType::PersonName => "customer.name",
            AttributeType::Email => "customer.email",
            _ => return None,
        };
        value.owner.as_deref().filter(|owner| *owner != "customer")?;
        Some(Condition::Test {
            subject: refer(own),
            comparison: Comparison::Is {
                to: refer(&value.reference),
            },
        })
    }
}
