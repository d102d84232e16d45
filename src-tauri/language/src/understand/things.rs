//! Names and kinds of things in an answer: "I'd like to see The Silent Harbour", "something in the reggae genre".

use super::colours;
use super::cues::Topic;
use super::texts::text;
use crate::values::{Candidate, Line, Strength, is_everyday};

/// Whether the attribute wants the name of something rather than a story.
pub(super) fn is_wanted(topic: &Topic<'_>) -> bool {
    const HEADS: [&str; 25] = [
        "name",
        "title",
        "category",
        "type",
        "kind",
        "genre",
        "color",
        "colour",
        "brand",
        "model",
        "make",
        "manufacturer",
        "company",
        "subject",
        "artist",
        "director",
        "cuisine",
        "subcategory",
        "species",
        "size",
        "material",
        "animal",
        "actor",
        "actors",
        "album",
    ];
    let key = topic.attribute.key.to_lowercase();
    let name = topic.attribute.name.to_lowercase();
    let described = topic.attribute.description.to_lowercase();
    let named = ["name of", "title of", "model name"]
        .iter()
        .any(|words| described.contains(words));
    named
        || HEADS.iter().any(|h| {
            key.ends_with(h)
                || name.ends_with(h)
                || key.starts_with(&format!("{h}of"))
                || key.starts_with(&format!("{h}_of"))
                || name.starts_with(&format!("{h} of"))
        })
}

/// "Can you find …", "how about …": it asks nicely for what it names.
pub(super) fn requests(line: &Line) -> bool {
    const DO: [&str; 22] = [
        "find",
        "get",
        "book",
        "show",
        "play",
        "search",
        "look",
        "recommend",
        "try",
        "do",
        "add",
        "send",
        "put",
        "give",
        "make",
        "pick",
        "choose",
        "take",
        "have",
        "go",
        "check",
        "watch",
    ];
    (0..line.len()).any(|at| {
        line.is(at, &["how", "what"]) && line.word(at + 1) == "about"
            || line.is(at, &["can", "could", "would", "will", "may"])
                && line.is(at + 1, &["you", "i", "we"])
                && (at + 2..at + 4).any(|i| line.is(i, &DO))
    })
}

/// What the answer names, surest first.
pub(super) fn find(line: &Line, topic: &Topic<'_>, from: usize, to: usize) -> Vec<Candidate> {
    if let Some((from, to)) = colours::find(line).filter(|_| colours::is_wanted(topic)) {
        return vec![text(line, from, to, Strength::Strong)];
    }
    let named = named(line, topic, from, to);
    if !named.is_empty() {
        return named;
    }
    uncommon(line, from, to)
        .map(|(from, to)| text(line, from, to, Strength::Strong))
        .into_iter()
        .collect()
}

/// What the answer names by words that leave little doubt: "called …", a title in capitals, "drama movies".
pub(super) fn named(line: &Line, topic: &Topic<'_>, from: usize, to: usize) -> Vec<Candidate> {
    let of_a_kind = is_kind(topic).then(|| before_noun(line, topic, from, to)).flatten();
    let mut places: Vec<(usize, usize)> = called(line, from, to).into_iter().chain(of_a_kind).collect();
    for title in titles(line, from, to) {
        if !places.iter().any(|(from, to)| *from < title.1 && title.0 < *to) {
            places.push(title);
        }
    }
    let strength = |i: usize| if i == 0 { Strength::Strong } else { Strength::Weak };
    places
        .into_iter()
        .enumerate()
        .map(|(i, (from, to))| text(line, from, to, strength(i)))
        .collect()
}

/// "Directed by …" where the director is wanted.
pub(super) fn made_by(line: &Line, topic: &Topic<'_>) -> Option<(usize, usize)> {
    let kin = |i: usize| {
        let stem = line.stem(i);
        let same = |own: &String| own.starts_with(stem) || stem.starts_with(own.as_str()) && own.len() >= 5;
        stem.len() >= 5 && line.is_word(i) && topic.name.iter().any(same)
    };
    let by = (1..line.len()).find(|i| line.is(*i, &["by"]) && kin(i - 1))?;
    titles(line, by + 1, line.len())
        .into_iter()
        .find(|(from, _)| *from == by + 1)
}

/// Whether it wants a kind of thing, which is seldom written in capitals.
fn is_kind(topic: &Topic<'_>) -> bool {
    let words = Line::new(&format!(
        "{} {}",
        topic.attribute.name,
        topic.attribute.key.replace('_', " ")
    ));
    let kinds = [
        "genre",
        "category",
        "subcategory",
        "type",
        "kind",
        "cuisine",
        "style",
        "color",
        "colour",
        "size",
    ];
    (0..words.len()).any(|i| words.is(i, &kinds))
}

/// "It's called …", "name it …".
fn called(line: &Line, from: usize, to: usize) -> Option<(usize, usize)> {
    let start = (from..to).find_map(|at| {
        let named = line.is(at, &["called", "named", "titled", "entitled"]);
        let verb = line.is(at, &["call", "name", "title"]) && line.is(at + 1, &["it", "this", "that"]);
        named.then_some(at + 1).or(verb.then_some(at + 2))
    })?;
    let start = start + usize::from(line.is(start, &["\"", "“", "'", "as", ":"]));
    let title = titles(line, start, to).into_iter().find(|(at, _)| *at == start);
    let joint = |i: &usize| line.is_break(*i) || line.is(*i, &["and", "but", "please", "for", "with", "on", "in"]);
    let end = (start..to).find(joint).unwrap_or(to);
    let end = title.map_or(end, |(_, title)| title.max(end.min(title + 4)));
    (start < end).then_some((start, end))
}

/// Capitalised runs, small words and numbers between them allowed, everyday words where the run has others too.
fn titles(line: &Line, from: usize, to: usize) -> Vec<(usize, usize)> {
    const JOINTS: [&str; 9] = ["of", "the", "and", "&", "-", "'", "de", "la", "von"];
    let mut found = Vec::new();
    if !line.has_case() {
        return found;
    }
    let first = |i: usize| {
        proper(line, i) && (!is_everyday(line.word(i)) || !line.sentence_starts(i) && i > from && proper(line, i + 1))
            || line.is(i, &["the"]) && proper(line, i) && proper(line, i + 1) && !line.sentence_starts(i)
    };
    let mut at = from;
    while at < to {
        // The first word of a sentence is a capital one anyway.
        if !first(at) || line.sentence_starts(at) && !proper(line, at + 1) && to - from > 2 && at == from {
            at += 1;
            continue;
        }
        let mut end = at + 1;
        while end < to
            && (proper(line, end)
                || line.is(end, &JOINTS) && proper(line, end + 1)
                || line.glued(end) && line.before(end, 1) == "-" && line.is_word(end)
                || line.is(end, &["-"]) && line.glued(end) && line.glued(end + 1)
                || line.is(end, &["."]) && line.glued(end) && line.word(end - 1).len() <= 3 && proper(line, end + 1)
                || line.digits(end).is_some_and(|d| d.len() <= 2) && !line.is_word(end + 1))
        {
            end += 1;
        }
        if (at..end).any(|i| line.is_word(i) && !is_everyday(line.word(i))) || end - at >= 3 {
            found.push((at, end));
        }
        at = end;
    }
    found
}

fn proper(line: &Line, at: usize) -> bool {
    line.is_word(at)
        && line.capital(at)
        && !matches!(line.word(at), "i" | "i'm" | "i'd" | "i'll" | "i've")
        && crate::values::weekday(line.word(at)).is_none()
        && !crate::values::is_month(line.word(at))
}

/// "Drama movies", "the reggae genre": the words before a word of the attribute's own.
fn before_noun(line: &Line, topic: &Topic<'_>, from: usize, to: usize) -> Option<(usize, usize)> {
    let noun = |i: &usize| {
        line.is_word(*i)
            && (topic.says(line.stem(*i)) > 0.0
                || line.is(
                    *i,
                    &[
                        "food",
                        "cuisine",
                        "dishes",
                        "restaurant",
                        "restaurants",
                        "music",
                        "songs",
                    ],
                ))
    };
    (from + 1..to).filter(noun).find_map(|noun| {
        let start = (from..noun).rev().take_while(|i| says_a_kind(line, *i)).last()?;
        Some((start, noun))
    })
}

/// A word that can say which kind: no article, no verb of wishing, no praise.
fn says_a_kind(line: &Line, at: usize) -> bool {
    const EMPTY: [&str; 66] = [
        "a",
        "an",
        "the",
        "some",
        "any",
        "of",
        "in",
        "for",
        "with",
        "and",
        "or",
        "to",
        "at",
        "on",
        "by",
        "my",
        "your",
        "me",
        "us",
        "i",
        "you",
        "we",
        "it",
        "is",
        "be",
        "like",
        "want",
        "prefer",
        "love",
        "need",
        "find",
        "watch",
        "see",
        "eat",
        "have",
        "get",
        "serve",
        "serves",
        "serving",
        "good",
        "great",
        "nice",
        "best",
        "other",
        "this",
        "that",
        "these",
        "which",
        "what",
        "kind",
        "type",
        "sort",
        "about",
        "looking",
        "more",
        "new",
        "really",
        "very",
        "same",
        "no",
        "not",
        "all",
        "find",
        "enjoy",
        "are",
        "something",
    ];
    line.is_word(at) && !line.is(at, &EMPTY) || line.is(at, &["-"]) && line.glued(at) && line.glued(at + 1)
}

/// The first words that are no everyday ones.
fn uncommon(line: &Line, from: usize, to: usize) -> Option<(usize, usize)> {
    let mut start = from;
    while start < to && (is_everyday(line.word(start)) || line.is_break(start)) {
        start += 1;
    }
    let hyphen = |i: usize| line.is(i, &["-"]) && line.glued(i) && line.glued(i + 1) && i > start;
    let mut end = start;
    while end < to
        && (line.is_word(end) && (!is_everyday(line.word(end)) || hyphen(end.wrapping_sub(1))) || hyphen(end))
    {
        end += 1;
    }
    (end > start && end - start <= 4).then_some((start, end))
}
