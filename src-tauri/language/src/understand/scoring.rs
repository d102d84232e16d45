//! How well a value fits an attribute: by what was asked, by its type, and by the words around it.

use taskwright_domain::{AttributeType, Value};

use super::cues::{self, End, Topic};
use super::ends;
use super::fill::{View, same_type};
use super::whose::NamePart;
use crate::values::{Candidate, Strength};

/// What was done already: the day it was done is none that is still to come.
const HAPPENED: &[&str] = &[
    "visited",
    "called",
    "came",
    "went",
    "ate",
    "ordered",
    "bought",
    "purchased",
    "paid",
    "received",
    "arrived",
    "delivered",
    "shipped",
    "sent",
    "charged",
    "happened",
    "topped",
    "withdrew",
    "transferred",
    "returned",
    "lost",
];

impl View<'_> {
    /// How well a value fits an attribute, but for the end of a journey or stay it speaks of.
    pub(super) fn score(&self, topic: &Topic<'_>, candidate: &Candidate, asked: bool, torn: bool) -> f32 {
        let strong = candidate.strength == Strength::Strong;
        let pull = cues::pull(self.line, topic, candidate);
        let base = match (asked, strong) {
            (true, true) => 3.0,
            (true, false) => 2.0,
            (false, true) => 1.0,
            (false, false) => 0.0,
        };
        base + self.by_type(topic, candidate, asked, pull, torn) - self.claimed_by_others(topic, candidate, pull)
    }

    /// What the words around take away: they name another attribute of the type.
    fn claimed_by_others(&self, topic: &Topic<'_>, candidate: &Candidate, pull: f32) -> f32 {
        if matches!(
            topic.attribute.kind,
            AttributeType::Boolean
                | AttributeType::Text
                | AttributeType::Integer
                | AttributeType::Place
                | AttributeType::Choice { .. }
        ) {
            return 0.0;
        }
        let others = self
            .topics
            .iter()
            .filter(|o| o.attribute.key != topic.attribute.key && same_type(o, topic));
        let most = others
            .map(|o| cues::pull(self.line, o, candidate))
            .fold(0.0_f32, f32::max);
        match most > pull + 0.5 {
            true if self.is_asked(topic) && candidate.strength == Strength::Strong => 0.5,
            true => 2.0,
            false => 0.0,
        }
    }

    fn by_type(&self, topic: &Topic<'_>, candidate: &Candidate, asked: bool, pull: f32, torn: bool) -> f32 {
        use AttributeType as T;
        let alone = self.rivals(topic) == 0;
        let lone = if alone { 1.0 } else { 0.0 };
        let strong = candidate.strength == Strength::Strong;
        match &topic.attribute.kind {
            // "Yesterday it still worked" says nothing of a day to come.
            T::Date if strong && !asked && pull == 0.0 && self.is_past(candidate) && !topic.past => 0.0,
            // Nor does "are you open on Friday?" say when to come.
            T::Date | T::Time if !asked && pull == 0.0 && self.is_of_the_hours(candidate) => 0.0,
            // "On a Monday" is none in particular.
            T::Date
                if strong
                    && !asked
                    && self
                        .line
                        .is(candidate.from.wrapping_sub(1), &["a", "any", "some", "every"]) =>
            {
                0.0
            }
            T::Email | T::Phone | T::Address | T::Date | T::Time | T::DateTime if strong => lone + pull,
            T::PersonName if strong => self.person(topic, candidate, lone) + pull,
            T::Place if strong => lone + pull,
            T::Place | T::PersonName => pull * 0.5,
            T::Identifier { pattern: Some(_) } => lone + pull,
            T::Identifier { pattern: None } => self.code(topic, candidate, asked, pull),
            T::Integer | T::Decimal => self.number(topic, candidate, asked),
            T::Amount => pull.max(if strong && alone && topic.is_plain() { 1.0 } else { 0.0 }),
            T::Choice { .. } => self.choice(candidate, asked, lone, pull, torn),
            // Yes and no that nobody asked for are all of the attribute's own words.
            T::Boolean if !asked => 1.0,
            // So is what says itself what it is: a length of time, "directed by …".
            T::Text if !asked => 1.0,
            T::Boolean | T::Text => 0.0,
            _ => pull,
        }
    }

    fn is_past(&self, candidate: &Candidate) -> bool {
        let looks_back = (candidate.from..candidate.to).any(|i| {
            self.line
                .is(i, &["yesterday", "ago", "last", "back", "earlier", "past"])
        });
        let happened = (1..=6)
            .map_while(|back| candidate.from.checked_sub(back))
            .take_while(|i| !self.line.is(*i, &[".", "!", "?", ";", "but"]))
            .any(|i| self.line.is(i, HAPPENED));
        let past = matches!(candidate.value, Value::Date(date) if date < self.context.today());
        looks_back && past || happened
    }

    /// A question about when somebody is open.
    fn is_of_the_hours(&self, candidate: &Candidate) -> bool {
        let open = |i: &usize| {
            self.line
                .is(*i, &["open", "opened", "opens", "closed", "close", "closes"])
        };
        cues::in_question(self.line, candidate.from)
            && (1..=5)
                .map_while(|back| candidate.from.checked_sub(back))
                .any(|i| open(&i))
    }

    /// Other attributes of the type that the value could as well belong to.
    fn rivals(&self, topic: &Topic<'_>) -> usize {
        let alike = |other: &&Topic<'_>| {
            // First and last name share a name.
            let parts = NamePart::of(&other.attribute.key).is_some() && NamePart::of(&topic.attribute.key).is_some();
            !parts
                && other.attribute.key != topic.attribute.key
                && std::mem::discriminant(&other.attribute.kind) == std::mem::discriminant(&topic.attribute.kind)
                && (other.end == topic.end || topic.end.is_some())
                && !(is_city(topic) && other.end == topic.end && !is_city(other))
        };
        let choice = matches!(topic.attribute.kind, AttributeType::Choice { .. });
        self.topics
            .iter()
            .filter(alike)
            .filter(|o| !choice || o.attribute.kind == topic.attribute.kind)
            .count()
    }

    fn code(&self, topic: &Topic<'_>, candidate: &Candidate, asked: bool, pull: f32) -> f32 {
        let line = self.line;
        let strong = candidate.strength == Strength::Strong;
        if asked && !strong {
            // "I bought 3 boxes" names no code.
            let counted = line.is_word(candidate.to) && !is_function(line.word(candidate.to));
            let lone_digit = candidate.span.end - candidate.span.start == 1 && line.len() > 6;
            return if counted || lone_digit && pull == 0.0 {
                -3.0
            } else {
                pull
            };
        }
        let only = candidate.from == 0 && candidate.to + 1 >= line.len();
        // An attribute called just "code" has no words of its own to wait for.
        let plain = topic.name.is_empty() && self.rivals(topic) == 0;
        let labelled = strong && cues::labels(line, topic, candidate);
        let the_only_one = strong && self.rivals(topic) == 0;
        let thing = the_only_one && cues::names_the_thing(line, topic, candidate);
        let sure = only || plain && strong || labelled || thing;
        pull.max(if sure { 1.0 } else { 0.0 })
    }

    /// Whether the words before the value speak of the attribute's end of the journey, or of the other.
    pub(super) fn by_end(&self, topic: &Topic<'_>, candidate: &Candidate, asked: bool, all: &[Candidate]) -> f32 {
        use AttributeType as T;
        let kind = &topic.attribute.kind;
        if !matches!(
            kind,
            T::Place | T::Date | T::Time | T::DateTime | T::Address | T::Choice { .. }
        ) {
            return 0.0;
        }
        let said = ends::said(self.line, self.topics, topic, candidate, all);
        match (topic.end, said) {
            (Some(End::Start), Some(End::Start)) | (Some(End::Goal), Some(End::Goal)) => 1.5,
            (Some(_), Some(_)) => {
                if asked && self.rivals(topic) == 0 {
                    -0.5
                } else {
                    -2.5
                }
            }
            (Some(_), None) if !asked && ends::takes_unmarked(topic, self.topics, candidate) => 1.0,
            (Some(_), None) if !asked => {
                if self.rivals(topic) == 0 {
                    0.0
                } else {
                    -1.0
                }
            }
            (None, Some(_)) if self.topics.iter().any(|o| o.end == said && same_type(o, topic)) => -1.0,
            _ => 0.0,
        }
    }
}

/// Whether it wants a city, so that places beside it are stations, shops or streets.
fn is_city(topic: &Topic<'_>) -> bool {
    let city = |stem: &String| matches!(stem.as_str(), "citi" | "town");
    topic.attribute.kind == AttributeType::Place && topic.name.iter().any(city)
}

/// Words that go on after a value without counting anything.
fn is_function(word: &str) -> bool {
    matches!(
        word,
        "and"
            | "or"
            | "but"
            | "please"
            | "thanks"
            | "thank"
            | "is"
            | "was"
            | "i"
            | "for"
            | "to"
            | "on"
            | "at"
            | "in"
            | "it"
            | "if"
            | "that"
            | "the"
            | "my"
            | "so"
            | "sorry"
            | "not"
            | "as"
            | "from"
            | "with"
            | "should"
            | "would"
            | "which"
            | "because"
            | "its"
            | "it's"
            | "asap"
            | "under"
            | "will"
            | "you"
            | "we"
            | "there"
            | "again"
            | "actually"
            | "instead"
            | "thats"
            | "that's"
    )
}
