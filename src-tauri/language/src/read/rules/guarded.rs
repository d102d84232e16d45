//! Which actions a rule speaks of: by its verb and object, by a noun, by its subject.

use taskwright_domain::ActionId;

use crate::read::conditions::relation_at;
use crate::read::constants::count_at;
use crate::read::names::{Stem, content};
use crate::read::reader::Reader;
use crate::read::token::{Kind, Token};
use crate::read::verbs::{Deed, Form, deed_of_noun, verb_at};

impl<'t, 'a> Reader<'t, 'a, '_> {
    /// The actions that a rule's subject stands for and names nothing beside: "claims", "cancelling", "subscription
    /// cancellations", "Refund payment".
    pub(super) fn actions_of_subject(&self, words: &[Token<'_>]) -> Vec<ActionId> {
        let words: Vec<_> = words
            .iter()
            .filter(|t| !t.any(&["a", "an", "the", "all", "any", "every", "our", "each"]))
            .cloned()
            .collect();
        let found = match words.as_slice() {
            [] => return Vec::new(),
            [one] => self.actions_of_noun(one),
            _ => Vec::new(),
        };
        let found = match self.names.action_named(&words) {
            Some(at) if found.is_empty() => vec![self.names.actions[at].id.clone()],
            _ => found,
        };
        let found = match verb_at(&words, 0).filter(|v| v.deed.changes() && (v.form == Form::Ing || v.noun_too)) {
            Some(verb) if found.is_empty() => self.guarded(verb.deed, verb.lemma, &words[verb.length..]),
            _ => found,
        };
        let found = match words
            .split_last()
            .and_then(|(noun, rest)| Some((deed_of_noun(noun)?, noun, rest)))
        {
            Some((deed, noun, rest)) if found.is_empty() => self.guarded(deed, &noun.low, rest),
            _ => found,
        };
        let plain = self.adds_nothing(&found, &words);
        if plain { found } else { Vec::new() }
    }

    /// The actions that a noun stands for: "refunds", "claims".
    pub(super) fn actions_of_noun(&self, noun: &Token<'_>) -> Vec<ActionId> {
        if noun.any(&["change", "changes"]) {
            return self.all_changing(Deed::Make);
        }
        if let Some(deed) = deed_of_noun(noun) {
            return self.guarded(deed, &noun.low.clone(), &[]);
        }
        let stem = Stem::of(noun).text;
        let made = noun.low.trim_end_matches('s').ends_with("ion");
        let own = |d: &&crate::read::actions::Doing| {
            (d.changes && matches!(d.deed, Some(Deed::Create | Deed::Make)) || d.deed == Some(Deed::Send))
                && d.object.iter().any(|s| s.same(noun))
                || d.changes && made && d.lemma.as_ref().is_some_and(|lemma| stem.starts_with(&lemma.text))
        };
        self.names.actions.iter().filter(own).map(|d| d.id.clone()).collect()
    }

    /// Whether the object is only the thing itself: "the order", "it", "anything".
    pub(super) fn adds_nothing(&self, actions: &[ActionId], object: &[Token<'_>]) -> bool {
        let telling = content(object);
        let doing: Vec<_> = self.names.actions.iter().filter(|d| actions.contains(&d.id)).collect();
        telling.iter().all(|t| {
            t.any(&["anything", "money", "yourself", "customers", "more", "data", "details"])
                || doing.iter().any(|d| {
                    d.object.iter().chain(d.lemma.iter()).any(|s| s.akin(t)) || Stem::new(&d.result_name).akin(t)
                })
        }) && !object.iter().any(|t| {
            t.kind == Kind::Number || t.any(&["that", "which", "older", "than", "over", "under", "who", "whose"])
        })
    }

    pub(super) fn is_object_of(&self, actions: &[ActionId], token: &Token<'_>) -> bool {
        let doing = self.names.actions.iter().filter(|d| actions.contains(&d.id));
        token.kind == Kind::Word && doing.into_iter().any(|d| d.object.iter().any(|s| s.same(token)))
    }

    /// The actions a rule's verb and object speak of; all of one deed when the object names none of them.
    pub(in crate::read) fn guarded(&self, deed: Deed, lemma: &str, object: &[Token<'_>]) -> Vec<ActionId> {
        let end = object
            .iter()
            .position(|t| {
                t.any(&[
                    "if", "when", "unless", "until", "that", "which", "older", "more", "over", "above", "without",
                    "before", "after", "once", "than", "worth", "below", "under", "who",
                ]) || t.kind == Kind::Number
            })
            .unwrap_or(object.len());
        // "more than three codes": the thing stands behind the number.
        let counted = (end == 0)
            .then(|| relation_at(object, 0).and_then(|(_, after)| count_at(object, after)))
            .flatten()
            .map(|read| &object[read.end..])
            .filter(|rest| !rest.is_empty());
        if let Some(rest) = counted {
            return self.guarded(deed, lemma, rest);
        }
        if let Some(at) = self.names.action_named(object) {
            return vec![self.names.actions[at].id.clone()];
        }
        let noun = object[..end].iter().find_map(|t| {
            deed_of_noun(t).filter(|_| {
                matches!(
                    deed,
                    Deed::Make | Deed::Create | Deed::Send | Deed::Use | Deed::Offer | Deed::Give | Deed::Other
                )
            })
        });
        let deed = noun.unwrap_or(deed);
        if !deed.acts() {
            return Vec::new();
        }
        if let crate::read::actions::Match::One { at, .. } = self.match_action(deed, lemma, &object[..end])
            && (self.names.actions[at].changes || deed.changes() || deed == Deed::Send)
        {
            return vec![self.names.actions[at].id.clone()];
        }
        // "change the booking" where an action moves bookings, and another changes something else.
        let named: Vec<_> = content(&object[..end]).into_iter().collect();
        let about = |d: &crate::read::actions::Doing| named.iter().any(|t| d.object.iter().any(|s| s.akin(t)));
        let general = matches!(deed, Deed::Update | Deed::Make | Deed::Other);
        let on_it: Vec<_> = self.names.actions.iter().filter(|d| d.changes && about(d)).collect();
        let of_deed = |d: &&crate::read::actions::Doing| d.deed == Some(deed) && (d.changes || deed.changes());
        let found: Vec<_> = if general && !on_it.is_empty() {
            on_it
        } else {
            self.names.actions.iter().filter(of_deed).collect()
        };
        found.into_iter().map(|d| d.id.clone()).collect()
    }

    pub(super) fn all_changing(&self, deed: Deed) -> Vec<ActionId> {
        let same: Vec<_> = self
            .names
            .actions
            .iter()
            .filter(|d| d.changes && d.deed == Some(deed))
            .map(|d| d.id.clone())
            .collect();
        // "Before any change" means whatever changes something.
        if same.is_empty() || deed == Deed::Update {
            self.names
                .actions
                .iter()
                .filter(|d| d.changes)
                .map(|d| d.id.clone())
                .collect()
        } else {
            same
        }
    }
}
