//! What became of an action: "no order is found", "the refund fails", "it comes back different".

use taskwright_domain::{ActionState, AttributeType, Comparison, Condition, LinkTarget};

use crate::read::conditions::subject::Subject;
use crate::read::conditions::{Conditions, Got, link_over, refer};
use crate::read::names::{Lookup, Prefer, Stem, content};
use crate::read::token::{Kind, Token};
use crate::read::verbs::{Deed, deed_of_noun, verb_at};

/// Words that name no action: what was done last is meant.
const NOTHING_NAMED: [&str; 12] = [
    "it",
    "that",
    "this",
    "nothing",
    "anything",
    "one",
    "match",
    "matches",
    "result",
    "results",
    "system",
    "everything",
];

/// Words by which a call went well.
const SUCCEEDS: [&str; 9] = [
    "succeeds",
    "succeeded",
    "succeed",
    "successful",
    "works",
    "worked",
    "work",
    "complete",
    "completes",
];

impl Conditions<'_, '_> {
    /// "it comes back different": a field of the look-up is not the value of that kind that it was given.
    pub(super) fn differs(&self, words: &[Token<'_>]) -> Option<Got> {
        let differs = words.last()?.any(&["different", "differently", "differs"]);
        let it = words.first()?.any(&["it", "that", "this"]) || self.names.object(&words[..words.len() - 1]).is_some();
        if !differs || !it || words.len() > 6 || words.iter().any(|t| t.any(&["not", "n't", "never"])) {
            return None;
        }
        let owner = self.said.it.as_deref()?;
        let action = self.names.catalogue.action(self.said.action.as_ref()?)?;
        if action.result_name != owner {
            return None;
        }
        let pairs: Vec<_> = action
            .inputs
            .iter()
            .filter_map(|input| {
                let given = self.names.reference(input.reference()?)?;
                let kind = &self.names.value(given).kind;
                let told = self
                    .names
                    .of_owner(owner)
                    .find(|at| self.names.value(*at).kind == *kind)?;
                Some((told, given))
            })
            .collect();
        let [(told, given)] = pairs.as_slice() else { return None };
        let comparison = Comparison::IsNot {
            to: refer(&self.names.value(*given).reference),
        };
        Some(Got {
            condition: Condition::Test {
                subject: refer(&self.names.value(*told).reference),
                comparison,
            },
            sure: false,
            links: self.link(words, *told),
            subject: Subject::Thing(owner.to_owned()),
        })
    }

    /// "no order is found", "the refund fails", "it worked".
    pub(super) fn outcome(&self, words: &[Token<'_>]) -> Option<Got> {
        if let Some(got) = self.undone(words) {
            return Some(got);
        }
        let (state, told) = state_of(words)?;
        let about: Vec<_> = told
            .iter()
            .filter(|t| {
                !t.any(&[
                    "the", "a", "an", "no", "any", "such", "there", "call", "request", "action", "again",
                ])
            })
            .cloned()
            .collect();
        if state != ActionState::NotFound && self.has_such_option(&about, words) {
            return None;
        }
        let found = words
            .iter()
            .any(|t| t.any(&["found", "find", "exist", "exists", "located"]));
        let at = self.acted(&about, state, found)?;
        Some(self.became(words, at, state))
    }

    /// "the claim can't be opened": the action failed.
    fn undone(&self, words: &[Token<'_>]) -> Option<Got> {
        let modal = words.iter().position(|t| t.any(&["can", "could"]))?;
        words.get(modal + 1).filter(|t| t.is("not"))?;
        let at = modal + 2 + usize::from(words.get(modal + 2).is_some_and(|t| t.is("be")));
        let verb = verb_at(words, at)
            .filter(|v| v.deed.acts() && at + v.length == words.len() && v.form == crate::read::verbs::Form::Past)?;
        if verb.lemma == "find" {
            return None;
        }
        let lemma = Stem::new(verb.lemma);
        let asked = crate::read::actions::Asked {
            deed: verb.deed,
            lemma: &lemma,
            object: &words[..modal],
            it: self.said.it.as_deref(),
            amount: false,
        };
        let crate::read::actions::Match::One { at, .. } = self.names.action_for(&asked) else {
            return None;
        };
        Some(self.became(words, at, ActionState::Failed))
    }

    /// What became of this action.
    fn became(&self, words: &[Token<'_>], at: usize, state: ActionState) -> Got {
        let doing = &self.names.actions[at];
        let target = LinkTarget::Action {
            action: doing.id.clone(),
        };
        Got {
            condition: Condition::Action {
                action: doing.id.clone(),
                state,
            },
            sure: true,
            links: link_over(words, target),
            subject: Subject::Thing(doing.result_name.clone()),
        }
    }

    /// Whether a status of what is spoken of says the same: it is meant first.
    fn has_such_option(&self, about: &[Token<'_>], words: &[Token<'_>]) -> bool {
        let owner = match self.names.object(about) {
            Some(owner) if self.said.waiting.is_none() => Some(owner),
            None if about.iter().all(|t| t.any(&["it", "that", "this"])) => self.said.it.clone(),
            _ if self.said.waiting.is_some() => self.said.waiting.clone(),
            _ => match self.names.lookup(about, Prefer::default()) {
                Lookup::One { at, .. } => self.names.value(at).owner.clone(),
                _ => None,
            },
        };
        let Some(owner) = owner else { return false };
        self.names.of_owner(&owner).any(|at| {
            let options = &self.names.value(at).options;
            options
                .iter()
                .any(|option| matches!(option.stems.as_slice(), [one] if words.iter().any(|t| one.same(t))))
        })
    }

    /// The action whose outcome is meant.
    fn acted(&self, about: &[Token<'_>], state: ActionState, words_found: bool) -> Option<usize> {
        if about.is_empty() || about.iter().all(|t| t.any(&NOTHING_NAMED)) {
            // "it helps" is the customer's answer where one was asked for.
            let boolean = self
                .said
                .asked
                .is_some_and(|at| matches!(self.names.value(at).kind, AttributeType::Boolean));
            if boolean && matches!(state, ActionState::Succeeded | ActionState::Failed) {
                return None;
            }
            return self.last_acted(state);
        }
        if let Some(at) = self.names.action_named(about) {
            return Some(at);
        }
        if about_found(state, words_found) {
            return self.looked_for(about, state);
        }
        let telling = content(about);
        let all = 0..self.names.actions.len();
        // "the test" is of the action that tests; a deed's own noun is of the action that does it.
        let does = |t: &Token<'_>| {
            let mut lemmas = self.names.actions.iter().filter_map(|doing| doing.lemma.as_ref());
            lemmas.any(|lemma| lemma.same(t))
        };
        let of_object = |at: &usize| {
            telling.iter().all(|t| {
                deed_of_noun(t).is_none() && !does(t) && self.names.actions[*at].object.iter().any(|s| s.same(t))
            })
        };
        let named: Vec<_> = all.clone().filter(of_object).collect();
        if let ([at], false) = (named.as_slice(), telling.is_empty()) {
            return Some(*at);
        }
        let noun = about.iter().position(|t| {
            deed_of_noun(t).is_some() || verb_at(std::slice::from_ref(t), 0).is_some_and(|v| v.deed.acts())
        });
        let deed = noun.and_then(|at| deed_of_noun(&about[at]).or_else(|| verb_at(&about[at..=at], 0).map(|v| v.deed)));
        if let (Some(deed), Some(noun)) = (deed, noun) {
            return self.acted_so(deed, &about[noun], &telling, state);
        }
        let fits: Vec<_> = all.filter(|at| self.is_of_thing(*at, &telling)).collect();
        if let [at] = fits.as_slice() { Some(*at) } else { None }
    }

    /// The action run last; where nothing was found, the look-up run last.
    fn last_acted(&self, state: ActionState) -> Option<usize> {
        let id = match state {
            ActionState::NotFound => self.said.looked_up.as_ref().map(|(id, _)| id)?,
            _ => self.said.action.as_ref()?,
        };
        self.names.actions.iter().position(|doing| doing.id == *id)
    }

    /// Whether an action is about the thing that these words name.
    fn is_of_thing(&self, at: usize, telling: &[&Token<'_>]) -> bool {
        let doing = &self.names.actions[at];
        let thing: Vec<Stem> = doing
            .object
            .iter()
            .cloned()
            .chain(crate::read::names::stems(&doing.result_name))
            .collect();
        !telling.is_empty()
            && telling
                .iter()
                .all(|t| thing.iter().any(|s| s.akin(t)) || self.said.it.is_some() && t.any(&["matching"]))
    }

    /// The look-up of what was or was not found.
    fn looked_for(&self, about: &[Token<'_>], state: ActionState) -> Option<usize> {
        let telling = content(about);
        let lookups = (0..self.names.actions.len()).filter(|at| !self.names.actions[*at].changes);
        let fits: Vec<_> = lookups.filter(|at| self.is_of_thing(*at, &telling)).collect();
        let last = || self.last_acted(state);
        let latest = last().filter(|at| fits.contains(at));
        latest
            .or(if let [at] = fits.as_slice() { Some(*at) } else { None })
            .or_else(|| {
                let generic = telling
                    .iter()
                    .all(|t| t.any(&["account", "record", "match", "matching", "customer", "entry", "result"]));
                last().filter(|_| generic)
            })
    }

    /// The action of this deed that the other words fit: the last one, or the only one.
    fn acted_so(&self, deed: Deed, noun: &Token<'_>, telling: &[&Token<'_>], state: ActionState) -> Option<usize> {
        let others_fit = |at: &usize| {
            let doing = &self.names.actions[*at];
            let rest = telling.iter().filter(|t| t.stem != noun.stem);
            rest.into_iter().all(|t| doing.speaks_of(t))
        };
        let fits: Vec<_> = (0..self.names.actions.len())
            .filter(|at| {
                self.names.actions[*at]
                    .deed
                    .is_some_and(|own| own == deed || own.akin(deed))
            })
            .filter(others_fit)
            .collect();
        let latest = self.last_acted(state).filter(|at| fits.contains(at));
        let own = |at: &usize| self.names.actions[*at].deed == Some(deed) || telling.len() > 1;
        latest.or(if let [at] = fits.as_slice() {
            Some(*at).filter(own)
        } else {
            None
        })
    }
}

/// Whether a look-up is meant: "found", "exists".
fn about_found(state: ActionState, said: bool) -> bool {
    state == ActionState::NotFound || said && state == ActionState::Succeeded
}

/// What became of a call, and the words that say which.
fn state_of<'a>(words: &[Token<'a>]) -> Option<(ActionState, Vec<Token<'a>>)> {
    let negated = words
        .iter()
        .any(|t| t.any(&["not", "no", "nothing", "never", "neither", "unable"]));
    let mut state = None;
    let mut told: Vec<Token<'_>> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let token = &words[at];
        let (found, skip) = state_at(words, at, negated);
        if found.is_some() {
            if state.is_some() {
                return None;
            }
            state = found;
        } else if !token.any(&[
            "is", "was", "can", "could", "be", "does", "do", "did", "not", "has", "have", "been", "'s", "out", "we",
            "you", "if", "are", "unable", "to", "with", "under", "by", "this", "that", "number", "nothing",
        ]) || matches!(token.kind, Kind::Quote)
        {
            told.push(token.clone());
        }
        at += skip;
    }
    if state.is_none() && words.len() <= 5 && words.first()?.is("there") && negated {
        let rest: Vec<_> = told.iter().filter(|t| !t.any(&["there"])).cloned().collect();
        return Some((ActionState::NotFound, rest)).filter(|(_, rest)| !rest.is_empty());
    }
    if state.is_none() && words.len() <= 3 && words.first()?.is("no") {
        return Some((ActionState::NotFound, told));
    }
    let state = state?;
    (told.len() <= 5).then_some((state, told))
}

/// What became of a call, by the words that begin here, and how many they are.
fn state_at(words: &[Token<'_>], at: usize, negated: bool) -> (Option<ActionState>, usize) {
    let token = &words[at];
    let next = |word: &[&str]| words.get(at + 1).is_some_and(|t| t.any(word));
    let found = if negated {
        ActionState::NotFound
    } else {
        ActionState::Succeeded
    };
    if token.any(&["found", "find", "exist", "exists", "locate", "located"]) {
        return (Some(found), 1);
    }
    if token.any(&["comes", "come", "turns", "shows"]) && next(&["up"]) {
        return (Some(found), 2);
    }
    let empty = token.any(&["comes", "come", "returns", "return"]) && next(&["empty", "nothing", "up"])
        || token.any(&["comes", "come"]) && next(&["back"]) && words.get(at + 2).is_some_and(|t| t.is("empty"));
    if empty {
        return (Some(ActionState::NotFound), 3);
    }
    let fails = token.any(&["fails", "failed", "fail", "errors", "error", "unsuccessful"])
        || token.any(&["goes", "went"]) && next(&["wrong"])
        || token.any(&["times", "timed"]) && next(&["out"]);
    if fails {
        let state = if negated && !token.is("unsuccessful") {
            ActionState::Succeeded
        } else {
            ActionState::Failed
        };
        return (Some(state), 1 + usize::from(next(&["out", "wrong"])));
    }
    let succeeds = token.any(&SUCCEEDS) || token.any(&["goes", "went", "go"]) && next(&["through"]);
    if succeeds {
        let state = if negated {
            ActionState::Failed
        } else {
            ActionState::Succeeded
        };
        return (Some(state), 1 + usize::from(next(&["through"])));
    }
    (None, 1)
}
