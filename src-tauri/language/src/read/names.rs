//! The catalogue as words: which words name which value, team, task or webhook.

mod content;
mod from_catalogue;
mod lookup;
mod stems;
mod teams;

use std::cell::OnceCell;

use taskwright_domain::{AttributeType, Catalogue, InputFrom, TeamId};

use super::token::{Kind, Token};

use content::contains_run;
use from_catalogue::{named, of_input, picked_items, webhook_stems};

pub(super) use content::{content, is_filler, is_ornament, position_of_run};
pub(super) use lookup::{Lookup, Prefer};
pub(super) use stems::{Stem, content_stems, noun_of, stems};

/// Where a value comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Origin {
    /// An attribute that customers may fill.
    Asked,
    /// An attribute that only systems fill.
    Filled,
    /// A field of an action's answer.
    Field,
    /// A field of a webhook.
    Webhook,
    /// A value every conversation has.
    BuiltIn,
    /// An action's input that nothing else provides; the engine asks for it.
    Input,
}

/// A value that words can name.
#[derive(Debug, Clone)]
pub(super) struct Named {
    pub(super) reference: String,
    pub(super) label: String,
    /// The result name it belongs to.
    pub(super) owner: Option<String>,
    owner_stems: Vec<Stem>,
    pub(super) field_stems: Vec<Stem>,
    /// The words of the field run together: "check-in" for `check_in`.
    joined: String,
    /// Words of its description.
    pub(super) about: Vec<Stem>,
    pub(super) kind: AttributeType,
    pub(super) origin: Origin,
    pub(super) options: Vec<Choice>,
    /// It comes from a change: it says what became of it, not what is.
    pub(super) of_change: bool,
}

/// An option of a choice, as words.
#[derive(Debug, Clone)]
pub(super) struct Choice {
    pub(super) text: String,
    pub(super) stems: Vec<Stem>,
}

impl Named {
    /// Whether a customer can be asked for it.
    pub(super) fn askable(&self) -> bool {
        matches!(self.origin, Origin::Asked | Origin::Input)
    }

    pub(super) fn is_date(&self) -> bool {
        matches!(self.kind, AttributeType::Date | AttributeType::DateTime)
    }
}

/// Everything nameable, ready to be compared with words.
pub(super) struct Names<'c> {
    pub(super) catalogue: &'c Catalogue,
    pub(super) values: Vec<Named>,
    pub(super) actions: Vec<super::actions::Doing>,
    pub(super) teams: Vec<(TeamId, String, Vec<Stem>)>,
    /// The stems of the tasks' titles, made once a sentence speaks of a task: there may be a thousand of them.
    tasks: OnceCell<Vec<Vec<Stem>>>,
    pub(super) webhooks: Vec<(String, Vec<Stem>)>,
    /// The lists that systems give, with what each holds: "ticket" of `tickets.list`.
    pub(super) lists: Vec<(String, Stem)>,
    /// What the lists that something is picked from call their items: "line" of `invoice.lines`.
    pub(super) picked_items: Vec<Stem>,
}

impl<'c> Names<'c> {
    pub(super) fn new(catalogue: &'c Catalogue) -> Self {
        let mut values: Vec<Named> = catalogue
            .references()
            .into_iter()
            .filter_map(|r| named(catalogue, r))
            .collect();
        let inputs = catalogue.actions.iter().flat_map(|action| &action.inputs);
        for input in inputs.filter(|input| input.from == InputFrom::SameName) {
            if catalogue.resolve(&input.key).is_none() && !values.iter().any(|known| known.reference == input.key) {
                values.push(of_input(input));
            }
        }
        // A field that two actions give under one name is one value; the look-up's word goes first.
        values.sort_by_key(|value| value.of_change);
        let mut seen = std::collections::HashSet::new();
        values.retain(|value| seen.insert(value.reference.clone()));
        Self {
            catalogue,
            values,
            actions: catalogue.actions.iter().map(super::actions::Doing::new).collect(),
            teams: catalogue
                .teams
                .iter()
                .map(|t| (t.id.clone(), t.name.clone(), stems(&t.name)))
                .collect(),
            tasks: OnceCell::new(),
            webhooks: catalogue
                .webhooks
                .iter()
                .map(|w| (w.key.clone(), webhook_stems(&w.key, &w.name)))
                .collect(),
            lists: catalogue
                .lists()
                .filter_map(|(list, _)| Some((list.clone(), noun_of(&list)?)))
                .collect(),
            picked_items: picked_items(catalogue),
        }
    }

    /// The value with this reference, or with this key or name in a pill.
    pub(super) fn reference(&self, pill: &str) -> Option<usize> {
        let exact = self.values.iter().position(|value| value.reference == pill);
        exact.or_else(|| {
            let key = taskwright_domain::key_for(pill);
            self.values
                .iter()
                .position(|value| value.reference == key || value.label.eq_ignore_ascii_case(pill))
        })
    }

    pub(super) fn value(&self, at: usize) -> &Named {
        &self.values[at]
    }

    /// The value a pill or a key typed as a word names.
    pub(super) fn of_token(&self, token: &Token<'_>) -> Option<usize> {
        match token.kind {
            Kind::Pill => self.reference(&token.low),
            Kind::Word if token.low.contains(['_', '.']) => self.reference(&token.low),
            _ => None,
        }
    }

    /// The result names of which these words are the object: "the order" for `order`.
    pub(super) fn object(&self, words: &[Token<'_>]) -> Option<String> {
        let content = content(words);
        if content.is_empty() || content.len() > 4 {
            return None;
        }
        let mut owners: Vec<&str> = self.values.iter().filter_map(|value| value.owner.as_deref()).collect();
        owners.dedup();
        let fits = |exact: bool| {
            owners.iter().find(|owner| {
                let owner = stems(owner);
                let same = |s: &Stem, t: &Token<'_>| if exact { s.same(t) } else { s.akin(t) };
                content
                    .last()
                    .is_some_and(|head| owner.last().is_some_and(|stem| same(stem, head)))
                    && content
                        .iter()
                        .all(|token| owner.iter().any(|s| same(s, token)) || is_ornament(&token.low))
            })
        };
        fits(true).or_else(|| fits(false)).map(|owner| (*owner).to_owned())
    }

    /// "the account", where one look-up alone says of itself that it "finds a courier's account".
    pub(super) fn described_object(&self, words: &[Token<'_>]) -> Option<String> {
        let content = content(words);
        let [noun] = content.as_slice() else { return None };
        let mut fits = self
            .actions
            .iter()
            .filter(|doing| !doing.changes && doing.about_ends(noun))
            .map(|doing| &doing.result_name);
        let owner = fits.next()?;
        fits.all(|other| other == owner).then(|| owner.clone())
    }

    /// The values of one result.
    pub(super) fn of_owner<'s>(&'s self, owner: &'s str) -> impl Iterator<Item = usize> + 's {
        self.values
            .iter()
            .enumerate()
            .filter(move |(_, value)| value.owner.as_deref() == Some(owner))
            .map(|(at, _)| at)
    }

    /// The task these words name.
    pub(super) fn task(&self, words: &[Token<'_>]) -> Option<usize> {
        let said: Vec<_> = words.iter().filter(|t| t.kind == Kind::Word).collect();
        let quoted = words.iter().filter(|t| t.kind == Kind::Quote).find_map(|t| {
            self.catalogue
                .tasks
                .iter()
                .position(|task| task.title.eq_ignore_ascii_case(&t.low))
        });
        if quoted.is_some() {
            return quoted;
        }
        let titles = self.catalogue.tasks.iter().map(|task| content_stems(&task.title));
        self.tasks
            .get_or_init(|| titles.collect())
            .iter()
            .position(|title| title.len() > 1 && title.iter().all(|s| said.iter().any(|t| s.same(t))))
    }

    /// The webhook these words name; the only one when they speak of a wait in general.
    pub(super) fn webhook(&self, words: &[Token<'_>]) -> Option<usize> {
        let named = self
            .webhooks
            .iter()
            .position(|(key, _)| words.iter().any(|t| t.low == *key));
        named.or_else(|| {
            let mut best: Option<(usize, usize)> = None;
            let mut tie = false;
            for (at, (_, name)) in self.webhooks.iter().enumerate() {
                let hits = name.iter().filter(|s| words.iter().any(|t| s.akin(t))).count();
                if hits == 0 {
                    continue;
                }
                tie = best.is_some_and(|(most, _)| most == hits) || (tie && best.is_some_and(|(most, _)| most > hits));
                if best.is_none_or(|(most, _)| hits > most) {
                    best = Some((hits, at));
                    tie = false;
                }
            }
            best.filter(|_| !tie).map(|(_, at)| at)
        })
    }

    /// The option, of any choice value that passes, which the words name.
    pub(super) fn option_of(&self, at: usize, words: &[Token<'_>]) -> Option<&Choice> {
        let said: Vec<_> = words.iter().filter(|t| t.kind != Kind::Mark(',')).collect();
        self.value(at).options.iter().find(|option| {
            let exact =
                words.len() == 1 && words[0].kind == Kind::Quote && words[0].low.eq_ignore_ascii_case(&option.text);
            exact
                || (!option.stems.is_empty() && said.len() == option.stems.len() && contains_run(&said, &option.stems))
        })
    }
}
