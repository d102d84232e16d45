//! What a question asks for, where nobody said which attributes it is about.

use taskwright_domain::AttributeType;

use super::cues::{self, Topic};
use crate::values::{Line, is_everyday};

/// The attributes a question asks for, in the order of its words.
pub(super) fn by_question<'a>(topics: &[Topic<'a>], question: &str) -> Vec<&'a str> {
    let line = Line::new(question);
    if !asks(&line) {
        return Vec::new();
    }
    let mut found: Vec<(usize, &Topic<'a>)> = Vec::new();
    for topic in topics {
        let at = named(&line, topic).or_else(|| by_type(&line, topic, topics));
        found.extend(at.map(|at| (at, topic)));
    }
    found.sort_by_key(|(at, _)| *at);
    // A story is heard only where nothing else is asked for: it would take the words of the others.
    let alone = found.len() == 1 && !(0..line.len()).any(|i| line.is(i, &["and", ",", "also"]));
    found
        .into_iter()
        .filter(|(_, topic)| alone || topic.attribute.kind != AttributeType::Text)
        .map(|(_, topic)| topic.attribute.key.as_str())
        .collect()
}

fn asks(line: &Line) -> bool {
    const WANTS: [&str; 10] = [
        "?", "need", "please", "provide", "tell", "give", "enter", "specify", "share", "confirm",
    ];
    line.len() <= 4 || (0..line.len()).any(|i| line.is(i, &WANTS))
}

/// Where the question says the attribute's own words, most of them.
fn named(line: &Line, topic: &Topic<'_>) -> Option<usize> {
    // A key such as "numberguests" repeats the name's words in one.
    let own =
        |stem: &&String| topic.name.len() == 1 || !topic.attribute.key.starts_with(stem.as_str()) || stem.len() < 9;
    let stems: Vec<&String> = if topic.name.is_empty() {
        topic.about.iter().collect()
    } else {
        topic.name.iter().filter(own).collect()
    };
    let places: Vec<usize> = stems
        .iter()
        .filter_map(|stem| (0..line.len()).find(|i| line.is_word(*i) && line.stem(*i) == stem.as_str()))
        .collect();
    (!places.is_empty() && places.len() * 2 >= stems.len()).then(|| places.into_iter().min())?
}

/// Where the question says the word of a type that only this attribute has: "when", "how much", "your name".
fn by_type(line: &Line, topic: &Topic<'_>, topics: &[Topic<'_>]) -> Option<usize> {
    use AttributeType as T;
    let kind = &topic.attribute.kind;
    let alike = |other: &&Topic<'_>| std::mem::discriminant(&other.attribute.kind) == std::mem::discriminant(kind);
    let lone = topics.iter().filter(alike).count() == 1;
    let words: &[&str] = match kind {
        T::PersonName if lone || cues::is_customer(topic) => return your_name(line),
        _ if !lone => return None,
        T::Date => &["date", "day", "when"],
        T::Time => &["time", "when", "hour"],
        T::DateTime => &["time", "when", "date", "day"],
        T::Email => &["email", "mail"],
        T::Phone => &["phone", "number", "telephone"],
        T::Address => &["address"],
        T::Place => &["where", "city", "location", "place"],
        T::Amount => &["amount", "much"],
        T::Integer => &["many"],
        T::Identifier { .. } => &["id", "code"],
        _ => return None,
    };
    (0..line.len()).find(|i| line.is(*i, words))
}

/// "Your name", "your full name", "the name" and not "the name of your doctor".
fn your_name(line: &Line) -> Option<usize> {
    (0..line.len()).find(|i| {
        let own = (1..=2).any(|back| matches!(line.before(*i, back), "your" | "full" | "customer"));
        let bare = *i == 0 || line.is_break(*i - 1) || !is_everyday(line.before(*i, 1));
        line.is(*i, &["name"]) && (own || bare) && !line.is(i + 1, &["of"])
    })
}
