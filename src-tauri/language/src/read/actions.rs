//! Which action a verb and its object mean.

use taskwright_domain::{Action, ActionId, key_in_words};

use super::names::{Names, Stem, content, content_stems, is_ornament, position_of_run, stems};
use super::token::{Kind, Token, scan};
use super::verbs::{Deed, deed_of_noun, verb_at};

/// An action as words.
#[derive(Debug, Clone)]
pub(super) struct Doing {
    pub(super) id: ActionId,
    pub(super) key: String,
    pub(super) name: String,
    name_stems: Vec<Stem>,
    /// The verb of its name.
    pub(super) deed: Option<Deed>,
    pub(super) lemma: Option<Stem>,
    /// What its name does something to.
    pub(super) object: Vec<Stem>,
    result: Vec<Stem>,
    pub(super) result_name: String,
    about: Vec<Stem>,
    about_deeds: Vec<Deed>,
    inputs: Vec<Stem>,
    pub(super) changes: bool,
    takes_amount: bool,
}

impl Doing {
    pub(super) fn new(action: &Action) -> Self {
        let (tokens, _) = scan(&action.name);
        let (deed, lemma, object) = parts_of_name(&tokens);
        // "Whitelist address": what changes data is called by a verb, known or not.
        let (deed, lemma, object) = match (deed, tokens.as_slice()) {
            (None, [first, _, ..]) if action.changes_data && first.kind == Kind::Word => {
                let object = object.into_iter().skip(1).collect();
                (Some(Deed::Other), Some(Stem::of(first)), object)
            }
            _ => (deed, lemma, object),
        };
        let (about_tokens, _) = scan(&action.description);
        let mut about_deeds: Vec<_> = (0..about_tokens.len())
            .filter_map(|at| {
                verb_at(&about_tokens, at)
                    .map(|verb| verb.deed)
                    .or_else(|| deed_of_noun(&about_tokens[at]))
            })
            .filter(|deed| deed.acts() && !matches!(deed, Deed::Make | Deed::Use))
            .collect();
        about_deeds.dedup();
        Self {
            id: action.id.clone(),
            key: action.key.clone(),
            name: action.name.clone(),
            name_stems: stems(&action.name),
            deed,
            lemma,
            object,
            result: stems(&key_in_words(&action.result_name)),
            result_name: action.result_name.clone(),
            about: content_stems(&action.description),
            about_deeds,
            inputs: action
                .inputs
                .iter()
                .flat_map(|input| content_stems(&input.label()))
                .collect(),
            changes: action.changes_data,
            takes_amount: action
                .inputs
                .iter()
                .any(|input| matches!(input.kind, taskwright_domain::AttributeType::Amount)),
        }
    }

    /// Whether the description ends in this noun: "Finds a courier's account".
    pub(super) fn about_ends(&self, noun: &Token<'_>) -> bool {
        self.about.last().is_some_and(|last| last.same(noun))
    }

    /// Whether a word belongs to what this action is about.
    pub(super) fn speaks_of(&self, token: &Token<'_>) -> bool {
        let all = self
            .name_stems
            .iter()
            .chain(&self.object)
            .chain(&self.result)
            .chain(&self.about)
            .chain(&self.inputs);
        all.into_iter().any(|s| s.akin(token))
    }
}

/// The deed, the verb and the object of an action's name; "Issue refund" is a refund of nothing in particular.
fn parts_of_name(tokens: &[Token<'_>]) -> (Option<Deed>, Option<Stem>, Vec<Stem>) {
    let rest = |from: usize| -> Vec<Stem> {
        content(&tokens[from.min(tokens.len())..])
            .into_iter()
            .map(Stem::of)
            .collect()
    };
    let Some(verb) = verb_at(tokens, 0) else {
        let noun = tokens
            .iter()
            .rev()
            .find_map(|t| deed_of_noun(t).map(|deed| (deed, Stem::of(t))));
        return match noun {
            Some((deed, stem)) => {
                let object = content(tokens)
                    .into_iter()
                    .map(Stem::of)
                    .filter(|s| *s != stem)
                    .collect();
                (Some(deed), Some(stem), object)
            }
            None => (None, None, rest(0)),
        };
    };
    let object = rest(verb.length);
    if matches!(
        verb.deed,
        Deed::Make | Deed::Create | Deed::Send | Deed::Use | Deed::Give
    ) && let Some((at, deed)) = tokens
        .iter()
        .enumerate()
        .skip(verb.length)
        .find_map(|(at, t)| deed_of_noun(t).map(|d| (at, d)))
        && !matches!(deed, Deed::Create | Deed::Ship)
    {
        let stem = Stem::of(&tokens[at]);
        return (
            Some(deed),
            Some(stem.clone()),
            object.into_iter().filter(|s| *s != stem).collect(),
        );
    }
    (Some(verb.deed), Some(Stem::new(verb.lemma)), object)
}

/// A deed that a text speaks of.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asked<'t, 'a> {
    pub(super) deed: Deed,
    /// The verb's or noun's lemma as said.
    pub(super) lemma: &'t Stem,
    /// The words after it, up to the end of the clause.
    pub(super) object: &'t [Token<'a>],
    /// The result name that "it" means.
    pub(super) it: Option<&'t str>,
    /// The object names an amount of money.
    pub(super) amount: bool,
}

/// Which action fits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Match {
    /// This one.
    One { at: usize, sure: bool },
    /// Several fit equally well.
    Several(Vec<usize>),
    /// None fits; the nearest names.
    Nothing(Vec<usize>),
}

impl Names<'_> {
    /// The action that is called by its key or its full name.
    pub(super) fn action_named(&self, words: &[Token<'_>]) -> Option<usize> {
        let called = words.iter().find(|t| t.kind == Kind::Call);
        if let Some(token) = called {
            return self.actions.iter().position(|doing| doing.key == token.low);
        }
        if let Some((at, _)) = self.action_written(words) {
            return Some(at);
        }
        let said: Vec<_> = words.iter().filter(|t| t.kind == Kind::Word).collect();
        // "apply the change" is called "Apply change".
        let article = |t: &Token<'_>| t.any(&["the", "a", "an", "their", "this", "that"]);
        let bare: Vec<_> = said.iter().copied().filter(|t| !article(t)).collect();
        let ordered = |doing: &Doing| {
            let begins = |t: &&&Token<'_>| doing.name.to_lowercase().split([' ', '_', '-']).next() == Some(&t.low);
            doing.name_stems.len() > 1
                && bare.first().filter(begins).is_some()
                && position_of_run(&bare, &doing.name_stems) == Some(0)
                // "get the order number" is no "Get order".
                && bare.get(doing.name_stems.len()).is_none_or(|t| {
                    t.any(&[
                        "with", "for", "using", "by", "to", "from", "and", "then", "first", "again", "now", "if",
                        "when", "in", "on", "before", "after", "right", "straight", "at", "once", "via", "as",
                    ])
                })
        };
        let fits = |doing: &&Doing| {
            // Another form of the name is enough only where nothing is changed: a tag "moved booking" moves none.
            let quoted = words.iter().any(|t| {
                t.kind == Kind::Quote
                    && (t.low.eq_ignore_ascii_case(&doing.name) || !doing.changes && stems(&t.low) == doing.name_stems)
            });
            let written = said.iter().any(|t| t.low == doing.key && t.low.contains('_'));
            quoted || written || (doing.name_stems.len() > 1 && is_called(doing, &said)) || ordered(doing)
        };
        let mut found: Vec<_> = self.actions.iter().filter(fits).collect();
        found.sort_by_key(|doing| std::cmp::Reverse(doing.name_stems.len()));
        let first = found.first()?;
        self.actions.iter().position(|doing| doing.id == first.id)
    }

    /// The action whose name stands there as a name: in brackets, of several words with their capitals, or of several
    /// words after "with" or "using". The first, and of two that begin together the longer one; with the words before it.
    pub(super) fn action_written<'t, 'a>(&self, words: &'t [Token<'a>]) -> Option<(usize, &'t [Token<'a>])> {
        let starts = |doing: &Doing, said: &[Token<'_>], led: bool| {
            let mut name = doing.name.split_whitespace();
            let count = name.clone().count();
            let bracketed = said.iter().take(count).all(|t| t.bracketed);
            let written = said.len() >= count
                && name.clone().zip(said).all(|(word, t)| {
                    if bracketed || led {
                        word.eq_ignore_ascii_case(t.text)
                    } else {
                        word == t.text
                    }
                });
            let stands_out = count > 1 && (led || name.all(|word| word.starts_with(char::is_uppercase)));
            (count > 0 && written && (bracketed || stands_out)).then_some(count)
        };
        (0..words.len()).find_map(|from| {
            let begun = self.actions.iter().enumerate();
            let led = from > 0 && words[from - 1].any(&["with", "using", "via"]);
            let begun = begun.filter_map(|(at, doing)| starts(doing, &words[from..], led).map(|count| (count, at)));
            begun
                .max_by_key(|(count, _)| *count)
                .map(|(_, at)| (at, &words[..from]))
        })
    }

    /// The action that does this to that.
    pub(super) fn action_for(&self, asked: &Asked<'_, '_>) -> Match {
        let object = head(asked.object);
        let mut scored: Vec<(u32, usize)> = Vec::new();
        for (at, doing) in self.actions.iter().enumerate() {
            if let Some(score) = doing.score(asked, &object) {
                scored.push((score, at));
            }
        }
        scored.sort_by_key(|(score, at)| (std::cmp::Reverse(*score), *at));
        match scored.as_slice() {
            [] => Match::Nothing(self.near(asked, &object)),
            [(score, at)] => Match::One {
                at: *at,
                sure: *score >= 90,
            },
            [(score, at), (second, _), ..] if score - second >= 8 => Match::One {
                at: *at,
                sure: *score >= 90,
            },
            [(score, _), ..] => {
                let level = scored
                    .iter()
                    .filter(|(s, _)| score - s < 8)
                    .map(|(_, at)| *at)
                    .collect();
                Match::Several(level)
            }
        }
    }

    /// Actions that do the same kind of thing, or something to the same object.
    fn near(&self, asked: &Asked<'_, '_>, object: &[&Token<'_>]) -> Vec<usize> {
        let fits = |doing: &Doing| {
            doing.deed.is_some_and(|deed| deed == asked.deed)
                || object
                    .iter()
                    .any(|t| doing.object.iter().chain(&doing.result).any(|s| s.akin(t)))
        };
        (0..self.actions.len())
            .filter(|at| fits(&self.actions[*at]))
            .take(3)
            .collect()
    }
}

/// Whether an action's name stands there; "cancelled subscriptions" are no "Cancel subscription".
fn is_called(doing: &Doing, said: &[&Token<'_>]) -> bool {
    position_of_run(said, &doing.name_stems).is_some_and(|from| {
        let first = &said[from].low;
        !first.ends_with("ed") || doing.name.to_lowercase().starts_with(first.as_str())
    })
}

/// The content words of the first noun phrase.
fn head<'t, 'a>(words: &'t [Token<'a>]) -> Vec<&'t Token<'a>> {
    let stops = [
        "with", "using", "for", "by", "from", "to", "via", "through", "in", "on", "and", "so", "as", "into", "within",
        "before", "after", "of", "about", "because", "who", "that", "which",
    ];
    let end = words
        .iter()
        .position(|t| t.is_mark() || t.any(&stops))
        .unwrap_or(words.len());
    let first = content(&words[..end]);
    // "the details of the transfer" are the transfer's.
    let generic = |t: &&Token<'_>| t.any(&["details", "detail", "information", "info", "data", "summary", "copy"]);
    if !first.is_empty()
        && first.iter().all(generic)
        && words.get(end).is_some_and(|t| t.any(&["of", "about", "on", "for"]))
    {
        return head(&words[end + 1..]);
    }
    if first.is_empty()
        && words[..end]
            .iter()
            .any(|t| t.any(&["it", "them", "this", "that", "these", "those", "one"]))
    {
        return Vec::new();
    }
    if first.is_empty() {
        content(words).into_iter().take(4).collect()
    } else {
        first
    }
}

/// How well a verb fits that only the description has.
const BY_DESCRIPTION: u32 = 32;

impl Doing {
    /// How well it fits, from 0 to 100; none when it does something else.
    fn score(&self, asked: &Asked<'_, '_>, object: &[&Token<'_>]) -> Option<u32> {
        let verb = self.verb_score(asked)?;
        let thing = self.object_score(asked, object)?;
        // Where only the description speaks of the deed, the name must speak of what it is done to.
        let own = |t: &&Token<'_>| self.name_stems.iter().chain(&self.result).any(|s| s.akin(t));
        if verb == BY_DESCRIPTION && !object.is_empty() && !object.iter().any(own) {
            return None;
        }
        Some(verb + thing)
    }

    fn verb_score(&self, asked: &Asked<'_, '_>) -> Option<u32> {
        let lookup = matches!(
            asked.deed,
            Deed::LookUp | Deed::Verify | Deed::Use | Deed::Compute | Deed::Quote
        );
        match self.deed {
            Some(deed)
                if self.lemma.as_ref().is_some_and(|lemma| lemma.text == asked.lemma.text) && deed == asked.deed =>
            {
                Some(50)
            }
            // Two verbs that are in no class have nothing in common.
            Some(deed) if deed == asked.deed && deed != Deed::Other => Some(45),
            Some(deed) if deed.akin(asked.deed) && deed != Deed::Other && !self.changes => Some(38),
            Some(deed) if deed.akin(asked.deed) && deed != Deed::Other => Some(30),
            _ if self.about_deeds.first() == Some(&asked.deed) && asked.deed.acts() => Some(BY_DESCRIPTION),
            None if lookup && !self.changes => Some(35),
            _ => None,
        }
    }

    fn object_score(&self, asked: &Asked<'_, '_>, object: &[&Token<'_>]) -> Option<u32> {
        if asked.amount && self.takes_amount {
            return Some(28);
        }
        let neutral = |t: &Token<'_>| {
            asked.deed == Deed::Refund
                && t.any(&[
                    "order",
                    "orders",
                    "payment",
                    "purchase",
                    "money",
                    "charge",
                    "transaction",
                    "item",
                    "items",
                    "fee",
                    "difference",
                    "amount",
                ])
        };
        let own = |t: &Token<'_>| self.object.iter().chain(&self.result).any(|s| s.akin(t));
        let currency = |t: &Token<'_>| {
            t.low.len() == 3 && t.text.bytes().all(|b| b.is_ascii_uppercase())
                || t.any(&["euros", "euro", "dollars", "pounds", "percent"])
        };
        let telling: Vec<_> = object
            .iter()
            .filter(|t| !is_ornament(&t.low) && t.stem != asked.lemma.text && !currency(t) && (own(t) || !neutral(t)))
            .collect();
        if telling.is_empty() {
            return self.pronoun_score(asked);
        }
        let last = telling.last()?;
        let same = |t: &Token<'_>| self.object.iter().chain(&self.result).any(|s| s.same(t));
        let akin = |t: &Token<'_>| self.object.iter().chain(&self.result).any(|s| s.akin(t));
        let covered = telling.iter().filter(|t| akin(t)).count();
        let said = self.object.iter().filter(|s| object.iter().any(|t| s.akin(t))).count();
        let by_name = self.lemma.as_ref().is_some_and(|lemma| lemma.text == asked.lemma.text);
        if covered > 0 && self.changes && !akin(last) && !by_name {
            // "store the parcel's value": another verb, done to something else.
            return None;
        }
        // "the reset link" is no "Download link".
        let strange = telling.iter().any(|t| !self.speaks_of(t));
        if strange && self.deed == Some(Deed::Send) && said < self.object.len() {
            return None;
        }
        if covered > 0 {
            let head = if same(last) {
                30
            } else if akin(last) {
                24
            } else {
                12
            };
            let share = 14 * u32::try_from(covered).unwrap_or(0) / u32::try_from(telling.len()).unwrap_or(1).max(1);
            let whole = if said == self.object.len() { 6 } else { 0 };
            let strange = telling.iter().any(|t| !self.speaks_of(t));
            let penalty = if strange && self.changes {
                12
            } else if strange {
                4
            } else {
                0
            };
            return Some((head + share + whole).saturating_sub(penalty));
        }
        let about = telling.iter().filter(|t| self.speaks_of(t)).count();
        // "refund the customer", "Issue refund": the object says nothing that could contradict.
        if self.object.is_empty() || self.object.iter().all(|s| Some(s) == self.lemma.as_ref()) {
            return Some(if about > 0 { 28 } else { 16 });
        }
        // "enter the amount" fills in a form, whichever actions take an amount.
        let fills = ["enter", "type", "fill", "input"].contains(&asked.lemma.text.as_str());
        (about == telling.len() && !self.changes && !fills).then_some(18)
    }

    /// "submit" alone says nothing of what is created: only a look-up may follow from its kind.
    fn changes_or_unnamed(&self, asked: &Asked<'_, '_>) -> bool {
        self.changes || !matches!(asked.deed, Deed::LookUp | Deed::Verify | Deed::Compute | Deed::Quote)
    }

    fn pronoun_score(&self, asked: &Asked<'_, '_>) -> Option<u32> {
        let by_name = self.lemma.as_ref().is_some_and(|lemma| lemma.text == asked.lemma.text);
        if asked.object.iter().all(Token::is_mark) && by_name {
            // "simply apply": nothing but the name's own verb.
            return Some(30);
        }
        if asked.object.iter().all(Token::is_mark) && self.changes_or_unnamed(asked) {
            return None;
        }
        let Some(it) = asked.it else {
            // Nothing says what "it" is: only the very verb of its name runs what changes data.
            let named = self.lemma.as_ref().is_some_and(|lemma| lemma.text == asked.lemma.text);
            let says_what = !content(asked.object).is_empty();
            return (named || says_what || !self.changes).then_some(20);
        };
        let it = stems(&key_in_words(it));
        let fits = self
            .object
            .iter()
            .chain(&self.result)
            .any(|s| it.iter().any(|i| i.near(s)));
        if fits {
            Some(36)
        } else if self.object.is_empty() {
            Some(26)
        } else {
            Some(12)
        }
    }
}
