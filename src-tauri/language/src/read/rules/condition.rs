//! A rule's condition: what must hold, and what must have been done before.

use taskwright_domain::{ActionId, ActionState, AttributeType, Comparison, Condition, Operand};

use crate::read::conditions::{Conditions, Got, Outcome, Subject, Trouble, refer};
use crate::read::names::{Lookup, Prefer, Stem};
use crate::read::reader::{Reader, trimmed};
use crate::read::token::{Kind, Token};
use crate::read::verbs::{Form, verb_at};

impl<'t, 'a> Reader<'t, 'a, '_> {
    pub(super) fn read_rule_condition(&self, words: &[Token<'_>]) -> Outcome<Got> {
        self.read_for(&[], words)
    }

    /// Reads a rule's condition; "it" is what the actions act on.
    pub(super) fn read_for(&self, actions: &[ActionId], words: &[Token<'_>]) -> Outcome<Got> {
        let mut said = self.said.clone();
        said.confirming = true;
        said.asked = None;
        // "a customer whose name is …"
        if let Some(at) = words.iter().take(5).position(|t| t.is("whose")).filter(|at| *at > 0) {
            let customer = words[at - 1].any(&["customer", "customers", "user", "users"]);
            said.it = if customer {
                Some("customer".to_owned())
            } else {
                self.names.object(&words[..at])
            };
            return Conditions::new(&self.names, &said).read(&words[at + 1..]);
        }
        let acted = self
            .names
            .actions
            .iter()
            .filter(|d| actions.contains(&d.id))
            .find_map(|d| {
                let owned = |value: &crate::read::names::Named| {
                    value
                        .owner
                        .as_ref()
                        .is_some_and(|owner| d.object.iter().any(|s| s.near(&Stem::new(owner))))
                };
                self.names
                    .values
                    .iter()
                    .find(|value| owned(value))
                    .and_then(|value| value.owner.clone())
            });
        if acted.is_some() {
            said.it = acted;
        }
        Conditions::new(&self.names, &said).read(words)
    }

    /// "without a confirmation", "before verifying identity": what was done.
    pub(super) fn deed_done(&self, words: &[Token<'_>]) -> Outcome<Got> {
        let plain = |condition: Condition| Got {
            condition,
            sure: true,
            links: Vec::new(),
            subject: Subject::Open,
        };
        // "without asking the customer for the date first"
        if words.first().is_some_and(|t| t.is("asking")) && words.iter().any(|t| t.is("for")) {
            let wanted = self.wanted(crate::read::ask::without_customer(&words[1..]));
            if let ([(at, ..)], true) = (wanted.values.as_slice(), wanted.unknown.is_empty()) {
                return Ok(plain(Condition::Test {
                    subject: refer(&self.names.value(*at).reference),
                    comparison: Comparison::Present,
                }));
            }
        }
        let confirms = words.iter().any(|t| {
            t.any(&[
                "confirmation",
                "confirming",
                "consent",
                "approval",
                "permission",
                "ok",
                "asking",
                "yes",
                "confirm",
                "confirmed",
                "agreement",
            ])
        });
        if confirms {
            return Ok(plain(Condition::Confirmed));
        }
        if let Some(at) = self
            .names
            .webhook(words)
            .filter(|_| !words.iter().any(|t| t.kind == Kind::Call))
        {
            let (key, _) = &self.names.webhooks[at];
            if self.names.action_named(words).is_none() {
                return Ok(plain(Condition::Webhook {
                    key: key.clone(),
                    received: true,
                }));
            }
        }
        if let Some(condition) = self.action_done(words) {
            return Ok(plain(condition));
        }
        if let Ok(got) = self.read_rule_condition(words) {
            return Ok(got);
        }
        self.value_known(words).map(plain).ok_or(Trouble::NotClear)
    }

    /// "before cancelling it": the action that was to be done succeeded.
    fn action_done(&self, words: &[Token<'_>]) -> Option<Condition> {
        let (deed, at) = self.deed_in(words)?;
        let lemma = verb_at(words, at).map_or_else(|| words[at].low.clone(), |v| v.lemma.to_owned());
        let length = verb_at(words, at).map_or(1, |v| v.length);
        let around: Vec<_> = words[..at].iter().chain(&words[at + length..]).cloned().collect();
        let found = self.action_of(deed, &lemma, &around)?;
        Some(Condition::Action {
            action: self.names.actions[found].id.clone(),
            state: ActionState::Succeeded,
        })
    }

    /// "without a receipt", "before verifying identity": a value that is there, or a yes or no that is yes.
    fn value_known(&self, words: &[Token<'_>]) -> Option<Condition> {
        let words = match verb_at(words, 0) {
            Some(verb) if verb.form == Form::Ing => &words[verb.length..],
            _ => words,
        };
        let Lookup::One { at, .. } = self.names.lookup(trimmed(words), Prefer::default()) else {
            return None;
        };
        let value = self.names.value(at);
        let comparison = match value.kind {
            AttributeType::Boolean => Comparison::Is {
                to: Operand::Constant {
                    value: taskwright_domain::Value::Boolean(true),
                },
            },
            _ => Comparison::Present,
        };
        Some(Condition::Test {
            subject: refer(&value.reference),
            comparison,
        })
    }
}
