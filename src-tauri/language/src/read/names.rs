//! The catalogue as words: which words name which value, team, task or webhook.

use std::cell::OnceCell;

use taskwright_domain::{ActionInput, AttributeType, Catalogue, InputFrom, Provider, TeamId, key_in_words};

use super::stem::{kin, stem};
use super::token::{Kind, Token};

/// A word's stem with its families.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Stem {
    pub(super) text: String,
    kin: u32,
}

impl Stem {
    pub(super) fn new(word: &str) -> Self {
        let text = stem(&word.to_lowercase());
        Self { kin: kin(&text), text }
    }

    pub(super) fn of(token: &Token<'_>) -> Self {
        Self {
            text: token.stem.clone(),
            kin: token.kin,
        }
    }

    pub(super) fn same(&self, token: &Token<'_>) -> bool {
        self.text == token.stem
    }

    pub(super) fn akin(&self, token: &Token<'_>) -> bool {
        self.text == token.stem || self.kin & token.kin != 0
    }

    pub(super) fn near(&self, other: &Self) -> bool {
        self.text == other.text || self.kin & other.kin != 0
    }
}

/// The stems of a name's words.
pub(super) fn stems(name: &str) -> Vec<Stem> {
    let words = name
        .split(|c: char| !(c.is_alphanumeric() || c == '\'' || c == '-'))
        .filter(|w| !w.is_empty());
    words.map(Stem::new).collect()
}

/// Stems that tell something apart, articles and the like left out.
pub(super) fn content_stems(name: &str) -> Vec<Stem> {
    let words = name
        .split(|c: char| !(c.is_alphanumeric() || c == '\'' || c == '-'))
        .filter(|w| !w.is_empty());
    words.filter(|w| !is_filler(&w.to_lowercase())).map(Stem::new).collect()
}

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

    /// "the deadline" of a date that says until when.
    fn is_limit(&self, token: &Token<'_>) -> bool {
        let until = |part: &str| matches!(part, "until" | "by" | "due" | "deadline" | "expires" | "ends");
        token.any(&["deadline", "cutoff", "cut-off"]) && self.is_date() && self.reference.split(['.', '_']).any(until)
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

/// What some words name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Lookup {
    /// One value; `sure` when its full name was used.
    One {
        at: usize,
        sure: bool,
    },
    /// Several fit equally well.
    Several(Vec<usize>),
    Nothing,
}

/// What is preferred where several values fit.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Prefer<'s> {
    /// Values the customer can be asked for.
    pub(super) askable: bool,
    /// Fields of this result.
    pub(super) owner: Option<&'s str>,
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

    /// The value that a noun phrase names.
    pub(super) fn lookup(&self, words: &[Token<'_>], prefer: Prefer<'_>) -> Lookup {
        // "the {order_number}"
        let articles = words
            .iter()
            .take_while(|t| t.any(&["the", "a", "an", "their", "this", "your"]));
        let articles = articles.count();
        if let [pill] = &words[articles..]
            && let Some(at) = self.of_token(pill)
        {
            return Lookup::One { at, sure: true };
        }
        let content = content(words);
        let parted = words.iter().any(|t| {
            matches!(
                t.kind,
                Kind::Mark('&' | ',' | ';' | ':' | '→' | '=' | '<' | '>' | '$' | '€' | '£' | '%')
            )
        });
        if content.is_empty() || content.len() > 8 || parted {
            return Lookup::Nothing;
        }
        if let Some(at) = self.called(words) {
            return Lookup::One { at, sure: true };
        }
        // "the customer's name" is what is known of the customer.
        if let Some(cut) = words
            .windows(2)
            .position(|pair| pair[0].any(&["customer", "user"]) && pair[1].is("'s"))
            && let Some(at) = self.values.iter().position(|value| {
                value.origin == Origin::BuiltIn
                    && value.owner.as_deref() == Some("customer")
                    && self::content(&words[cut + 2..]).len() == value.field_stems.len()
                    && self::content(&words[cut + 2..])
                        .iter()
                        .all(|t| value.field_stems.iter().any(|s| s.same(t)))
            })
            && !prefer.askable
        {
            return Lookup::One { at, sure: true };
        }
        let mut best: Vec<(i32, usize, bool)> = Vec::new();
        for (at, value) in self.values.iter().enumerate() {
            if let Some((mut score, full)) = value.score(&content) {
                if prefer.askable {
                    score += if value.askable() { 12 } else { -12 };
                }
                if prefer.owner.is_some() && prefer.owner == value.owner.as_deref() {
                    // "the amount" right after a look-up is the amount it gave.
                    score += 14;
                } else if full && value.owner.is_none() && content.len() > 1 {
                    score += 14;
                }
                best.push((score, at, full));
            }
        }
        best.sort_by_key(|(score, at, _)| (-score, *at));
        match best.as_slice() {
            [] => Lookup::Nothing,
            [(_, at, full)] => Lookup::One { at: *at, sure: *full },
            [(score, at, full), (second, ..), ..] if score - second >= 4 => Lookup::One { at: *at, sure: *full },
            [(score, ..), ..] => {
                let level: Vec<_> = best
                    .iter()
                    .filter(|(s, ..)| score - s < 4)
                    .map(|(_, at, _)| *at)
                    .collect();
                Lookup::Several(level)
            }
        }
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

    /// The team these words name.
    pub(super) fn team(&self, words: &[Token<'_>]) -> Option<usize> {
        let said: Vec<_> = words
            .iter()
            .filter(|t| matches!(t.kind, Kind::Word | Kind::Number))
            .collect();
        let mut best: Option<(usize, usize)> = None;
        for (at, (_, _, name)) in self.teams.iter().enumerate() {
            if !name.is_empty() && contains_run(&said, name) && best.is_none_or(|(length, _)| name.len() > length) {
                best = Some((name.len(), at));
            }
        }
        let generic = |s: &Stem| {
            matches!(
                s.text.as_str(),
                "team" | "support" | "department" | "desk" | "the" | "servic"
            )
        };
        best.map(|(_, at)| at).or_else(|| {
            let mut fits = self.teams.iter().enumerate().filter(|(_, (_, _, name))| {
                let telling: Vec<_> = name.iter().filter(|s| !generic(s)).collect();
                !telling.is_empty() && telling.iter().all(|s| said.iter().any(|t| s.same(t)))
            });
            let first = fits.next();
            if fits.next().is_some() {
                None
            } else {
                first.map(|(at, _)| at)
            }
        })
    }

    /// Whether a team's full name stands there: "the Returns team", not "they can return it".
    pub(super) fn team_written(&self, words: &[Token<'_>]) -> bool {
        self.teams.iter().any(|(_, name, _)| {
            let count = name.split(' ').count();
            words.windows(count).any(|said| {
                name.split(' ').zip(said).all(|(word, t)| {
                    if count > 1 {
                        word.eq_ignore_ascii_case(t.text)
                    } else {
                        word == t.text
                    }
                })
            })
        })
    }

    /// The team that these words begin with: "our Claims team", not "the claim number".
    pub(super) fn team_at(&self, words: &[Token<'_>]) -> Option<usize> {
        let skip = words
            .iter()
            .take_while(|t| {
                t.any(&[
                    "the",
                    "our",
                    "a",
                    "team",
                    "people",
                    "colleagues",
                    "in",
                    "at",
                    "department",
                ])
            })
            .count();
        let first = words.get(skip)?;
        let at = self.team(&words[skip..])?;
        let named = self.catalogue.teams[at]
            .name
            .split(' ')
            .any(|word| word.eq_ignore_ascii_case(first.text));
        named.then_some(at)
    }

    /// The value of the task itself whose name of several words stands there word for word.
    fn called(&self, words: &[Token<'_>]) -> Option<usize> {
        let skip = words.iter().take_while(|t| t.any(&["the", "a", "an", "their"])).count();
        let said = &words[skip..];
        self.values.iter().position(|value| {
            value.owner.is_none() && said.len() > 1 && value.label.split(' ').count() == said.len() && {
                let mut name = value.label.split(' ').zip(said);
                name.all(|(word, t)| word.eq_ignore_ascii_case(t.text))
            }
        })
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

/// The stem of what a list holds: "ticket" for `tickets.list`.
pub(super) fn noun_of(list: &str) -> Option<Stem> {
    let owner = list.split('.').next()?;
    stems(&key_in_words(owner)).pop()
}

fn picked_items(catalogue: &Catalogue) -> Vec<Stem> {
    let several = catalogue
        .attributes
        .iter()
        .filter(|attribute| matches!(attribute.kind, AttributeType::List { .. }));
    several
        .filter_map(|attribute| catalogue.picked_from(attribute)?.rsplit('.').next().map(Stem::new))
        .collect()
}

/// Whether `name` stands in `said`, word for word.
pub(super) fn contains_run(said: &[&Token<'_>], name: &[Stem]) -> bool {
    position_of_run(said, name).is_some()
}

pub(super) fn position_of_run(said: &[&Token<'_>], name: &[Stem]) -> Option<usize> {
    if name.is_empty() || said.len() < name.len() {
        return None;
    }
    (0..=said.len() - name.len()).find(|from| {
        name.iter()
            .zip(&said[*from..])
            .all(|(s, t)| s.same(t) || (t.kind == Kind::Number && s.text == t.low))
    })
}

impl Named {
    /// How well words name it, and whether the full name was used.
    fn score(&self, content: &[&Token<'_>]) -> Option<(i32, bool)> {
        let mut score = 100;
        let mut matched = 0_u32;
        let mut in_owner = false;
        for token in content {
            if token.low.contains('-') && token.stem == self.joined {
                matched = (1 << self.field_stems.len().min(31)) - 1;
            } else if let Some(at) = self.field_stems.iter().position(|s| s.same(token)) {
                matched |= 1 << at.min(31);
            } else if self.owner_stems.iter().any(|s| s.same(token)) {
                in_owner = true;
            } else if let Some(at) = self.field_stems.iter().position(|s| s.akin(token)) {
                matched |= 1 << at.min(31);
                score -= 6;
            } else if self.owner_stems.iter().any(|s| s.akin(token)) {
                in_owner = true;
                score -= 6;
            } else if is_ornament(&token.low)
                || self.is_date() && token.any(&["date", "day", "time", "deadline", "cutoff"])
            {
                score -= 2;
            } else if self.about.iter().any(|s| s.same(token)) {
                score -= 12;
            } else {
                return None;
            }
        }
        if matched == 0 {
            return None;
        }
        let missing = self.field_stems.len() as u32 - matched.count_ones().min(self.field_stems.len() as u32);
        let head = content
            .last()
            .is_some_and(|t| self.field_stems.iter().any(|s| s.akin(t)) || self.is_limit(t));
        if missing > 0 {
            if !head && self.origin != Origin::Webhook {
                return None;
            }
            score -= 14 * i32::try_from(missing).unwrap_or(9);
        }
        if in_owner {
            score += 10;
        }
        // A bare field word ("the status") may mean the field of any result.
        if self.owner.is_some() && !in_owner {
            score -= 8;
        }
        (score >= 40).then_some((score, missing == 0))
    }
}

/// The words of a noun phrase that carry its meaning.
pub(super) fn content<'t, 'a>(words: &'t [Token<'a>]) -> Vec<&'t Token<'a>> {
    let mail = |at: usize| at > 0 && words[at].is("address") && words[at - 1].stem == "email";
    let tells = |(at, t): &(usize, &Token<'_>)| matches!(t.kind, Kind::Word) && !is_filler(&t.low) && !mail(*at);
    words.iter().enumerate().filter(tells).map(|(_, t)| t).collect()
}

/// Words that name nothing.
pub(super) fn is_filler(low: &str) -> bool {
    matches!(
        low,
        "the"
            | "a"
            | "an"
            | "this"
            | "that"
            | "these"
            | "those"
            | "their"
            | "his"
            | "her"
            | "its"
            | "your"
            | "our"
            | "my"
            | "of"
            | "for"
            | "on"
            | "in"
            | "at"
            | "to"
            | "from"
            | "with"
            | "by"
            | "as"
            | "'s"
            | "customer"
            | "customers"
            | "user"
            | "them"
            | "they"
            | "it"
            | "please"
            | "any"
            | "some"
            | "all"
            | "which"
            | "what"
            | "whose"
            | "is"
            | "are"
            | "was"
            | "were"
            | "be"
            | "you"
            | "we"
            | "us"
            | "i"
            | "he"
            | "she"
            | "him"
            | "me"
            | "just"
            | "also"
            | "then"
            | "and"
            | "or"
            | "both"
            | "either"
            | "have"
            | "has"
            | "do"
            | "does"
            | "did"
            | "there"
            | "so"
            | "would"
            | "will"
            | "should"
            | "must"
            | "can"
            | "may"
            | "want"
            | "wants"
            | "like"
            | "if"
            | "whether"
            | "who"
            | "how"
            | "when"
            | "where"
            | "instead"
            | "again"
            | "straight"
            | "away"
            | "now"
            | "immediately"
            | "first"
            | "too"
            | "well"
            | "why"
            | "not"
            | "no"
            | "yes"
            | "only"
            | "ever"
            | "about"
            | "into"
    )
}

/// Adjectives that a noun phrase may have or lack.
pub(super) fn is_ornament(low: &str) -> bool {
    matches!(
        low,
        "new"
            | "full"
            | "current"
            | "desired"
            | "correct"
            | "valid"
            | "own"
            | "exact"
            | "actual"
            | "whole"
            | "entire"
            | "existing"
            | "given"
            | "same"
            | "latest"
            | "last"
            | "preferred"
            | "complete"
            | "right"
            | "original"
            | "real"
            | "registered"
            | "personal"
            | "original's"
            | "digits"
            | "digit"
            | "characters"
            | "letters"
    )
}

fn named(catalogue: &Catalogue, reference: String) -> Option<Named> {
    let referent = catalogue.resolve(&reference)?;
    let (owner, field) = match reference.split_once('.') {
        Some((owner, field)) => (Some(owner.to_owned()), field.to_owned()),
        None => (None, reference.clone()),
    };
    let (origin, about, field_words) = match referent.provider {
        Provider::Attribute(attribute) => {
            let origin = if owner.is_some() {
                // "{booking.check_in}" comes with the booking that is picked.
                Origin::Field
            } else if attribute.customer_may_fill {
                Origin::Asked
            } else {
                Origin::Filled
            };
            let words = if owner.is_some() {
                key_in_words(&field)
            } else {
                attribute.name.clone()
            };
            (origin, attribute.description.clone(), words)
        }
        Provider::Action(action) => {
            let field_of = action.outputs.iter().find(|output| output.key == field);
            (
                Origin::Field,
                String::new(),
                field_of.map_or_else(|| key_in_words(&field), taskwright_domain::Field::label),
            )
        }
        Provider::Webhook(webhook) => {
            let field_of = webhook.fields.iter().find(|output| output.key == field);
            (
                Origin::Webhook,
                String::new(),
                field_of.map_or_else(|| key_in_words(&field), taskwright_domain::Field::label),
            )
        }
        Provider::BuiltIn => (Origin::BuiltIn, String::new(), key_in_words(&field)),
    };
    let mut field_stems = content_stems(&without_digits(&field_words));
    if field_stems.is_empty() {
        field_stems = stems(&field_words);
    }
    Some(Named {
        of_change: matches!(referent.provider, Provider::Action(action) if action.changes_data),
        label: referent.label,
        owner_stems: match referent.provider {
            Provider::Webhook(webhook) => webhook_stems(&webhook.key, &webhook.name),
            // "the cancellation deadline" is of what "Get cancellation policy" gives.
            Provider::Action(action) if !action.changes_data => {
                let verb = usize::from(action.name.contains(' '));
                let named = action.name.split_whitespace().skip(verb).collect::<Vec<_>>().join(" ");
                let own = owner.as_deref().map(stems).unwrap_or_default();
                own.into_iter().chain(content_stems(&named)).collect()
            }
            _ => owner.as_deref().map(stems).unwrap_or_default(),
        },
        owner: owner.filter(|_| matches!(origin, Origin::Field | Origin::Webhook | Origin::BuiltIn)),
        about: content_stems(&about),
        joined: joined(&field_words),
        options: options(&referent.kind),
        kind: referent.kind,
        origin,
        field_stems,
        reference,
    })
}

fn joined(words: &str) -> String {
    words.to_lowercase().split([' ', '-']).collect()
}

/// "card last4" is spoken of as "the last 4 digits of the card": figures tell nothing apart.
fn without_digits(words: &str) -> String {
    let plain: String = words
        .chars()
        .map(|c| if c.is_ascii_digit() { ' ' } else { c })
        .collect();
    if plain.trim().is_empty() {
        words.to_owned()
    } else {
        plain
    }
}

fn of_input(input: &ActionInput) -> Named {
    Named {
        of_change: false,
        reference: input.key.clone(),
        label: input.label(),
        owner: None,
        owner_stems: Vec::new(),
        field_stems: content_stems(&input.label()),
        joined: joined(&input.label()),
        about: content_stems(&input.description),
        options: options(&input.kind),
        kind: input.kind.clone(),
        origin: Origin::Input,
    }
}

fn options(kind: &AttributeType) -> Vec<Choice> {
    let of = |options: &[String]| {
        options
            .iter()
            .map(|text| Choice {
                text: text.clone(),
                stems: stems(text),
            })
            .collect()
    };
    match kind {
        AttributeType::Choice { options } => of(options),
        AttributeType::List { fields } => match fields.as_slice() {
            [
                taskwright_domain::Field {
                    kind: AttributeType::Choice { options },
                    ..
                },
            ] => of(options),
            _ => Vec::new(),
        },
        _ => Vec::new(),
    }
}

fn webhook_stems(key: &str, name: &str) -> Vec<Stem> {
    let mut all = content_stems(name);
    all.extend(content_stems(&key_in_words(key)));
    all.dedup();
    all
}
