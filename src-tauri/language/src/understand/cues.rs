//! What an attribute is about, and what the words around a value say about whose it is.

mod ends;
mod people;
mod working;

use taskwright_domain::{Attribute, AttributeType};

use crate::values::weeks::WeekDay;
use crate::values::{Candidate, Line, TokenKind, is_everyday, stem};

use ends::{end_of, end_of_description};
use people::counts_people;

pub(super) use ends::{End, end_at};
pub(super) use people::{introduces, is_customer, is_people, linked_names};
pub(super) use working::{how_it_goes, is_about_working};

/// Words of names and descriptions that tell no attribute from another.
const GENERIC: &[&str] = &[
    "number",
    "name",
    "date",
    "time",
    "day",
    "id",
    "code",
    "value",
    "customer",
    "user",
    "type",
    "kind",
    "which",
    "what",
    "the",
    "of",
    "for",
    "a",
    "an",
    "is",
    "to",
    "in",
    "on",
    "or",
    "and",
    "with",
    "by",
    "at",
    "their",
    "your",
    "whether",
    "if",
    "be",
    "mention",
    "sentence",
    "some",
    "this",
    "specific",
    "has",
    "have",
    "it",
    "they",
    "them",
    "as",
    "that",
    "local",
    "booking",
    "book",
    "find",
    "contact",
    "set",
    "request",
    "attribute",
    "text",
    "amount",
    "address",
    "phone",
    "place",
    "given",
    "said",
    "give",
    "says",
    "who",
    "how",
    "many",
    "much",
    "are",
    "was",
    "does",
    "do",
    "need",
    "needs",
    "allow",
    "take",
    "boolean",
    "start",
    "end",
    "from",
];

/// Words of attributes whose day lies behind.
const PAST_WORDS: &[&str] = &[
    "purchase",
    "purchased",
    "bought",
    "order",
    "ordered",
    "birth",
    "birthday",
    "born",
    "incident",
    "delivered",
    "received",
    "paid",
    "payment",
    "transaction",
    "accident",
    "loss",
    "lost",
    "happened",
    "since",
    "issue",
    "invoice",
    "signed",
    "opened",
    "arrived",
    "shipped",
    "last",
    "previous",
    "original",
    "charge",
    "charged",
    "mentioned",
    "any",
];

/// An attribute with the stems that tell what it is about.
#[derive(Debug, Clone)]
pub(super) struct Topic<'a> {
    /// The attribute.
    pub(super) attribute: &'a Attribute,
    /// Stems of its name.
    pub(super) name: Vec<String>,
    /// Stems of its description that are not in its name.
    pub(super) about: Vec<String>,
    /// Stems of the thing that it tells from others of its kind: "which order is meant".
    pub(super) tells_apart: Vec<String>,
    /// The end it belongs to.
    pub(super) end: Option<End>,
    /// It counts people.
    pub(super) people: bool,
    /// It speaks of something that has happened.
    pub(super) past: bool,
}

impl<'a> Topic<'a> {
    /// Whether it is a week, told by one of its days.
    pub(super) fn is_week(&self) -> bool {
        self.name.iter().any(|stem| stem == "week")
    }

    /// The day that tells its week: the last one, unless its words speak of the first.
    pub(super) fn week_day(&self) -> WeekDay {
        let first = self.name.iter().chain(&self.about).any(|stem| {
            matches!(
                stem.as_str(),
                "start" | "begin" | "first" | "monday" | "of" | "commenc" | "from"
            )
        });
        if first { WeekDay::First } else { WeekDay::Last }
    }

    /// What an attribute is about.
    pub(super) fn new(attribute: &'a Attribute) -> Self {
        let words = words_of(&attribute.name).into_iter().chain(words_of(&attribute.key));
        let all: Vec<String> = words.collect();
        let described = words_of(&attribute.description);
        let counted = matches!(attribute.kind, AttributeType::Integer | AttributeType::Decimal);
        let mut name = stems(&all, counted);
        let mut about = stems(&described, counted);
        about.retain(|s| !name.contains(s));
        name.dedup();
        let end = end_of(&all).or_else(|| end_of_description(&described));
        let people = counted && all.iter().chain(&described).any(|w| is_people(w));
        let past = all.iter().chain(&described).any(|w| PAST_WORDS.contains(&w.as_str()));
        Self {
            attribute,
            tells_apart: told_apart(&described),
            name,
            about,
            end,
            people,
            past,
        }
    }

    /// Whether it is called just after its type, so that it has no words of its own to wait for.
    pub(super) fn is_plain(&self) -> bool {
        let money = self.attribute.kind == AttributeType::Amount;
        self.name
            .iter()
            .all(|stem| money && matches!(stem.as_str(), "money" | "sum" | "total"))
    }

    /// How strongly a stem names this attribute.
    pub(super) fn says(&self, stem: &str) -> f32 {
        self.pull(stem)
    }

    /// How strongly a stem points to this attribute.
    fn pull(&self, stem: &str) -> f32 {
        if self.name.iter().any(|s| s == stem) {
            1.0
        } else if self.about.iter().any(|s| s == stem) {
            0.5
        } else {
            0.0
        }
    }
}

/// Words of a name: split at marks and at capitals ("RoomNumber").
fn words_of(text: &str) -> Vec<String> {
    let mut spaced = String::new();
    let mut last_small = false;
    for c in text.chars() {
        if last_small && c.is_uppercase() || c == '_' {
            spaced.push(' ');
        }
        if c != '_' {
            spaced.push(c);
        }
        last_small = c.is_lowercase();
    }
    Line::new(&spaced)
        .tokens()
        .iter()
        .filter(|t| t.kind == TokenKind::Word)
        .map(|t| t.word.clone())
        .collect()
}

/// Whether all words of the attribute's name stand right before a value: "my user id is …".
pub(super) fn labels(line: &Line, topic: &Topic<'_>, candidate: &Candidate) -> bool {
    let words = words_of(&topic.attribute.name);
    let reach = words.len() + 3;
    let stands = |word: &String| {
        (1..=reach)
            .map_while(|back| candidate.from.checked_sub(back))
            .take_while(|i| !line.is(*i, &[".", "!", "?", ";", ",", "and"]))
            .any(|i| line.word(i) == word)
    };
    !words.is_empty() && words.iter().all(stands)
}

/// The thing of "which order is meant".
fn told_apart(described: &[String]) -> Vec<String> {
    let after = described.iter().position(|word| word == "which").map(|at| at + 1);
    let words = after.and_then(|at| described.get(at..)).unwrap_or_default();
    match words.windows(2).position(|two| two == ["is", "meant"]) {
        Some(end) => stems(&words[..end], false),
        None => Vec::new(),
    }
}

/// Whether the thing that the attribute tells apart stands right before a value: "purchase 4512", "parcel number 88213".
pub(super) fn names_the_thing(line: &Line, topic: &Topic<'_>, candidate: &Candidate) -> bool {
    let between = |at: &usize| line.is(*at, &["number", "nr", "#", ":"]);
    let mut before = (0..candidate.from).rev().skip_while(between);
    before
        .next()
        .is_some_and(|at| topic.tells_apart.iter().any(|stem| stem == line.stem(at)))
}

fn stems(words: &[String], counted: bool) -> Vec<String> {
    let generic = |s: &str| GENERIC.contains(&s) && !(counted && s == "day");
    words
        .iter()
        .filter(|w| w.chars().count() > 1)
        .map(|w| stem(w))
        .filter(|s| !generic(s))
        .collect()
}

/// How strongly the words around a value point to an attribute: its own words before or after, nearest first.
pub(super) fn pull(line: &Line, topic: &Topic<'_>, candidate: &Candidate) -> f32 {
    let mut total = 0.0_f32;
    for back in 1..=7 {
        let Some(at) = candidate.from.checked_sub(back) else {
            break;
        };
        if line.is(at, &[".", "!", "?", ";"]) && !line.glued(at + 1) {
            break;
        }
        total += weight(line, topic, at, back);
    }
    for ahead in 0..4 {
        let at = candidate.to + ahead;
        if line.is(at, &[".", "!", "?", ";", ","])
            || line.get(at).is_none()
            || line.is(at, &["and", "but", "for", "from", "at"])
        {
            break;
        }
        total += weight(line, topic, at, ahead + 1);
    }
    total.min(2.0)
}

fn weight(line: &Line, topic: &Topic<'_>, at: usize, distance: usize) -> f32 {
    if !line.is_word(at) {
        return 0.0;
    }
    let near = if distance <= 3 { 1.0 } else { 0.6 };
    topic.pull(line.stem(at)) * near
}

/// Whether a count stands beside a word of the attribute: "3 bags", "bags: 3", "question 3".
pub(super) fn counts(line: &Line, topic: &Topic<'_>, candidate: &Candidate) -> bool {
    let named = |at: usize| line.is_word(at) && topic.pull(line.stem(at)) > 0.0;
    let after = (candidate.to..candidate.to + 3)
        .take_while(|i| line.is_word(*i) || line.is(*i, &["-"]))
        .any(named);
    // "the room for 3 days" counts days, not rooms.
    let other_noun = line.is_word(candidate.to) && !is_joint(line.word(candidate.to));
    let before = !other_noun
        && (1..=3)
            .filter_map(|b| candidate.from.checked_sub(b))
            .take_while(|i| !line.is(*i, &[".", ",", "?", "!"]))
            .any(named);
    after || before || topic.people && counts_people(line, candidate)
}

/// Words a phrase may go on with after a bare count.
fn is_joint(word: &str) -> bool {
    matches!(
        word,
        "at" | "on"
            | "and"
            | "please"
            | "tomorrow"
            | "today"
            | "tonight"
            | "next"
            | "this"
            | "in"
            | "by"
            | "instead"
            | "under"
            | "if"
            | "around"
            | "with"
            | "is"
            | "from"
            | "now"
            | "thanks"
            | "but"
            | "would"
            | "to"
            | "would've"
            | "or"
    )
}

/// Whether the sentence around a token asks something.
pub(super) fn in_question(line: &Line, at: usize) -> bool {
    (at..line.len())
        .find(|i| line.is(*i, &[".", "!", "?"]) && !line.glued(*i + 1))
        .is_some_and(|i| line.is(i, &["?"]))
}

/// Whether a lone everyday word was taken for an option.
pub(super) fn is_plain_word(line: &Line, candidate: &Candidate) -> bool {
    candidate.to == candidate.from + 1 && is_everyday(line.word(candidate.from)) && !line.is(candidate.from, WEEKDAYS)
}

const WEEKDAYS: &[&str] = &[
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

/// Words people use for any value of a type: "wrong number", "wrong address".
pub(super) fn generic_names(kind: &AttributeType) -> &'static [&'static str] {
    match kind {
        AttributeType::Identifier { .. } => &["number", "code", "id", "reference", "digits"],
        AttributeType::Phone => &["number", "phone"],
        AttributeType::Email => &["email", "mail", "address"],
        AttributeType::Address => &["address", "street"],
        AttributeType::PersonName => &["name"],
        AttributeType::Date | AttributeType::DateTime => &["date", "day"],
        AttributeType::Time => &["time"],
        AttributeType::Amount => &["amount", "sum"],
        AttributeType::Place => &["place", "city", "town"],
        _ => &[],
    }
}
