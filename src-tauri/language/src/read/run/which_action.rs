//! Which action a deed and its object mean.

use taskwright_domain::{ActionId, AttributeType, Step};

use crate::read::actions::{Asked, Match};
use crate::read::names::{Lookup, Origin, Prefer, Stem, content};
use crate::read::reader::{Reader, trimmed};
use crate::read::token::{Kind, Token};
use crate::read::verbs::{Deed, Verb, deed_of_noun, verb_at};

impl<'t, 'a> Reader<'t, 'a, '_> {
    /// The action that does this to that, when exactly one does.
    pub(in crate::read) fn action_of(&self, deed: Deed, lemma: &str, object: &[Token<'_>]) -> Option<usize> {
        if let Some(at) = self.names.action_named(object) {
            return Some(at);
        }
        match self.match_action(deed, lemma, object) {
            Match::One { at, .. } => Some(at),
            _ => None,
        }
    }

    pub(in crate::read) fn match_action(&self, deed: Deed, lemma: &str, object: &[Token<'_>]) -> Match {
        if let Some(at) = self.look_up_of_asked(deed, object) {
            return Match::One { at, sure: false };
        }
        if let Some(at) = self.locates(deed, object) {
            return Match::One { at, sure: false };
        }
        // "send the money" pays it back.
        let money = object.iter().take(3).any(|t| t.any(&["money", "funds"]));
        let deed = match deed {
            Deed::Send | Deed::HandOff | Deed::Charge | Deed::Give if money => Deed::Refund,
            deed => deed,
        };
        let light = matches!(
            deed,
            Deed::Make | Deed::Create | Deed::Send | Deed::Use | Deed::Give | Deed::Other | Deed::Update
        );
        if light && let Some(found) = self.match_noun(deed, object) {
            return found;
        }
        let lemma = Stem::new(lemma);
        let amount = self.is_amount(object);
        self.names.action_for(&Asked {
            deed,
            lemma: &lemma,
            object,
            it: self.said.it.as_deref(),
            amount,
        })
    }

    /// "see where it is": the only look-up that tells where something is.
    fn locates(&self, deed: Deed, object: &[Token<'_>]) -> Option<usize> {
        let [where_, .., is] = trimmed(object) else { return None };
        if deed != Deed::LookUp || !where_.is("where") || !is.any(&["is", "are"]) {
            return None;
        }
        let tells = |id: &ActionId| {
            self.catalogue().action(id).is_some_and(|action| {
                let text = format!("{} {}", action.name, action.description).to_lowercase();
                let mut words = text.split(|c: char| !c.is_alphanumeric());
                !action.changes_data
                    && words.any(|word| {
                        matches!(
                            word,
                            "where" | "whereabouts" | "location" | "locate" | "track" | "tracks"
                        )
                    })
            })
        };
        let mut fits = self
            .names
            .actions
            .iter()
            .enumerate()
            .filter(|(_, doing)| tells(&doing.id));
        let (at, _) = fits.next()?;
        fits.next().is_none().then_some(at)
    }

    /// "ask for the session ID, then look it up": the only look-up that takes what was just asked for.
    fn look_up_of_asked(&self, deed: Deed, object: &[Token<'_>]) -> Option<usize> {
        let pronoun = matches!(object, [one] if one.any(&["it", "them", "this", "that"]));
        let last = || self.said.asks.last().filter(|_| self.said.it.is_none());
        let asked = self.said.asked.map(|at| self.names.value(at).reference.as_str());
        let key = asked
            .or_else(|| last().map(|(key, _)| key.as_str()))
            .filter(|_| deed == Deed::LookUp && pronoun)?;
        let takes = |id: &ActionId| {
            self.catalogue()
                .action(id)
                .is_some_and(|action| action.inputs.iter().any(|input| input.reference() == Some(key)))
        };
        let mut fits = self
            .names
            .actions
            .iter()
            .enumerate()
            .filter(|(_, doing)| !doing.changes && takes(&doing.id));
        let (at, _) = fits.next()?;
        fits.next().is_none().then_some(at)
    }

    /// Whether words name money: "the order total", "20 EUR".
    fn is_amount(&self, words: &[Token<'_>]) -> bool {
        let end = words
            .iter()
            .position(|t| {
                t.is_mark() && !matches!(t.kind, Kind::Mark('€' | '$' | '£')) || t.any(&["to", "for", "with", "and"])
            })
            .unwrap_or(words.len());
        let words = &words[..end];
        let skip = words
            .iter()
            .take_while(|t| t.any(&["the", "a", "an", "of", "customer", "them"]))
            .count();
        if crate::read::constants::amount_at(words, skip).is_some() {
            return true;
        }
        let value = self.names.lookup(
            words,
            Prefer {
                askable: false,
                owner: self.said.it.as_deref(),
            },
        );
        matches!(value, Lookup::One { at, .. } if matches!(self.names.value(at).kind, AttributeType::Amount))
    }

    /// "issue the refund", "process the cancellation": the noun says the deed.
    fn match_noun(&self, verb: Deed, object: &[Token<'_>]) -> Option<Match> {
        let end = object
            .iter()
            .position(|t| t.any(&["with", "for", "to", "of", "using", "about", "on"]))
            .unwrap_or(object.len());
        let (at, deed) = object[..end]
            .iter()
            .enumerate()
            .rev()
            .find_map(|(at, t)| deed_of_noun(t).map(|deed| (at, deed)))?;
        let mut rest: Vec<_> = object.to_vec();
        let noun = rest.remove(at);
        if verb == Deed::Update && !matches!(deed, Deed::Update) {
            return None;
        }
        let rest: Vec<_> = rest.into_iter().filter(|t| !t.any(&["of", "for", "to"])).collect();
        let lemma = Stem::of(&noun);
        let amount = self.is_amount(&rest);
        let found = self.names.action_for(&Asked {
            deed,
            lemma: &lemma,
            object: &rest,
            it: self.said.it.as_deref(),
            amount,
        });
        matches!(found, Match::One { .. } | Match::Several(_)).then_some(found)
    }

    /// "run it through the address check": the action whose result has this name.
    pub(super) fn put_through(&self, object: &[Token<'_>]) -> Option<usize> {
        let [it, through, rest @ ..] = object else { return None };
        if !it.any(&["it", "them", "this", "that", "these", "those"]) || !through.any(&["through", "via"]) {
            return None;
        }
        let owner = self.names.object(trimmed(rest))?;
        self.names.actions.iter().position(|doing| doing.result_name == owner)
    }

    pub(super) fn acts_on(&self, verb: Verb, object: &[Token<'_>]) -> bool {
        match self.match_action(verb.deed, verb.lemma, object) {
            Match::One { at, .. } => {
                let doing = &self.names.actions[at];
                let telling = content(object);
                telling.iter().any(|t| doing.object.iter().any(|s| s.same(t)))
            }
            _ => false,
        }
    }

    /// "check the order status": the look-up that gives it.
    pub(in crate::read) fn run_provider(
        &mut self,
        whole: &'t [Token<'a>],
        words: &[Token<'_>],
        object: &[Token<'_>],
        steps: &mut Vec<Step>,
    ) -> bool {
        let end = object
            .iter()
            .position(|t| t.any(&["with", "using", "by", "for", "from", "to"]))
            .unwrap_or(object.len());
        let Lookup::One { at, sure } = self.names.lookup(&object[..end], Prefer::default()) else {
            return false;
        };
        let value = self.names.value(at);
        if value.origin != Origin::Field {
            return false;
        }
        let mut fits = self
            .names
            .actions
            .iter()
            .enumerate()
            .filter(|(_, doing)| !doing.changes && value.owner.as_deref() == Some(&doing.result_name));
        let (Some((action, _)), None) = (fits.next(), fits.next()) else {
            return false;
        };
        self.run(whole, words, action, sure, steps);
        true
    }

    /// The deed of words such as "cancelling it" or "the refund".
    pub(in crate::read) fn deed_in(&self, words: &[Token<'_>]) -> Option<(Deed, usize)> {
        (0..words.len().min(6)).find_map(|at| {
            let deed = verb_at(words, at)
                .filter(|v| v.deed.acts())
                .map(|v| v.deed)
                .or_else(|| deed_of_noun(&words[at]))?;
            Some((deed, at))
        })
    }
}
