//! Which end of a journey, stay or stretch of time the words around a value speak of, beyond the words right before it.

use taskwright_domain::{AttributeType, Value};

use super::cues::{self, End, Topic};
use crate::values::{Candidate, Line, Strength, is_month, ordinal_at, weekday};

/// Words between the two ends of a range.
const RANGE: [&str; 8] = ["to", "until", "till", "til", "through", "thru", "-", "–"];

/// Whether values of the attribute are days or times, written as such or as options ("1st", "Monday", "8 pm").
pub(super) fn is_calendar(kind: &AttributeType) -> bool {
    match kind {
        AttributeType::Date | AttributeType::Time | AttributeType::DateTime => true,
        AttributeType::Choice { options } => {
            let one = |option: &String| {
                let line = Line::new(option);
                ordinal_at(&line, 0).is_some_and(|(to, _)| to == line.len())
                    || weekday(line.word(0)).is_some()
                    || line.digits(0).is_some() && line.is(line.len() - 1, &["am", "pm"])
            };
            !options.is_empty() && options.iter().all(one)
        }
        _ => false,
    }
}

/// The end a value of this topic speaks of. `all` are the values the message may hold for it.
pub(super) fn said(
    line: &Line,
    topics: &[Topic<'_>],
    topic: &Topic<'_>,
    candidate: &Candidate,
    all: &[Candidate],
) -> Option<End> {
    let place = topic.attribute.kind == AttributeType::Place;
    let moved = past_month(line, candidate);
    if not_until(line, moved.from) || opens_range(line, candidate, all) {
        return Some(End::Start);
    }
    if place && is_where_they_are(line, moved.from) {
        return Some(End::Start);
    }
    if closes_between(line, moved.from) {
        return Some(End::Goal);
    }
    if !place && is_moved_to(line, moved.from) {
        return None;
    }
    let end = cues::end_at(line, &moved, place)?;
    // Who arrives at a hotel begins a stay and ends it by leaving; on a journey it is the other way round.
    let verb = !place && (arrives(line, moved.from) || leaves(line, moved.from));
    if verb
        && topics
            .iter()
            .any(|other| other.end.is_none() && other.attribute.kind == topic.attribute.kind)
    {
        return None;
    }
    if !place && arrives(line, moved.from) && !speaks_of(topic, &["arriv"]) {
        return (!topics.iter().any(|other| speaks_of(other, JOURNEY))).then_some(End::Start);
    }
    if !place && leaves(line, moved.from) && !topics.iter().any(|other| speaks_of(other, JOURNEY)) {
        return Some(End::Goal);
    }
    Some(end)
}

/// The value with the month or quotation mark before it: "from May 5th" speaks of the 5th.
fn past_month(line: &Line, candidate: &Candidate) -> Candidate {
    let mut moved = candidate.clone();
    if moved.from > 0 && is_month(line.word(moved.from - 1)) {
        moved.from -= 1;
    }
    if line.is(moved.from.wrapping_sub(1), &["'", "\"", "“", "‘"]) {
        moved.from -= 1;
    }
    moved
}

/// "I won't need it until Friday" begins on Friday.
pub(super) fn not_until(line: &Line, at: usize) -> bool {
    let until = (1..=2).find(|back| matches!(line.before(at, *back), "until" | "till" | "til"));
    until.is_some_and(|back| {
        (back + 1..=back + 7)
            .filter_map(|back| at.checked_sub(back))
            .take_while(|i| !line.is(*i, &[".", "!", "?", ";", ","]))
            .any(|i| line.is(i, &["not", "never", "no"]) || line.word(i).ends_with("n't"))
    })
}

/// "The 5th to the 9th", "May 12th-24th": the first of two.
fn opens_range(line: &Line, candidate: &Candidate, all: &[Candidate]) -> bool {
    let between = (1..=2).any(|back| line.before(candidate.from, back) == "between");
    let to = candidate.to + usize::from(line.is(candidate.to, &["'", "\"", "”", "’"]));
    if between && line.is(to, &["and", "&"]) {
        return true;
    }
    if !line.is(to, &RANGE) {
        return false;
    }
    let next = (to + 1..to + 4).find(|i| !line.is(*i, &["the", "'", "\""]) && !is_month(line.word(*i)));
    next.is_some_and(|next| all.iter().any(|other| other.from == next || other.from + 1 == next))
}

/// "I'm at the airport right now": the journey starts there.
fn is_where_they_are(line: &Line, at: usize) -> bool {
    let at = at - usize::from(line.is(at.wrapping_sub(1), &["the", "a", "an"]));
    let there = line.is(at.wrapping_sub(1), &["at", "in", "near"]);
    let me = matches!(line.before(at, 2), "i'm" | "im" | "currently" | "we're" | "located")
        || matches!((line.before(at, 3), line.before(at, 2)), ("i", "am") | ("we", "are"));
    there && me
}

/// "Move it to Friday" names a new day, no end.
fn is_moved_to(line: &Line, at: usize) -> bool {
    const MOVE: [&str; 11] = [
        "move",
        "change",
        "postpone",
        "push",
        "reschedule",
        "switch",
        "bring",
        "shift",
        "moved",
        "changed",
        "delay",
    ];
    line.before(at, 1) == "to"
        && before(line, at).any(|i| line.is(i, &MOVE))
        && !before(line, at).any(|i| line.is(i, &["from"]))
}

/// Stems of attributes that speak of a journey rather than of a stay.
const JOURNEY: &[&str] = &["leav", "depart", "outbound", "journey", "flight", "origin"];

fn arrives(line: &Line, at: usize) -> bool {
    before(line, at).any(|i| line.word(i).starts_with("arriv"))
}

fn leaves(line: &Line, at: usize) -> bool {
    before(line, at).any(|i| line.is(i, &["leave", "leaving", "leaves", "depart", "departing"]))
}

fn before(line: &Line, at: usize) -> impl Iterator<Item = usize> {
    (1..=5)
        .map_while(move |back| at.checked_sub(back))
        .take_while(|i| !line.is(*i, &[".", "!", "?", ";"]))
}

fn speaks_of(topic: &Topic<'_>, stems: &[&str]) -> bool {
    let mut own = topic.name.iter().chain(&topic.about);
    own.any(|stem| stems.iter().any(|start| stem.starts_with(start)))
}

/// "Between Monday and Friday": the second of the two.
fn closes_between(line: &Line, at: usize) -> bool {
    let at = at - usize::from(line.is(at.wrapping_sub(1), &["the"]));
    line.is(at.wrapping_sub(1), &["and", "&"]) && (2..=6).any(|back| line.before(at, back) == "between")
}

/// Whether an unmarked day or time belongs to this topic: it is the only beginning, and nothing else takes it.
pub(super) fn takes_unmarked(topic: &Topic<'_>, topics: &[Topic<'_>], candidate: &Candidate) -> bool {
    let same = |other: &&Topic<'_>| {
        other.attribute.key != topic.attribute.key
            && std::mem::discriminant(&other.attribute.kind) == std::mem::discriminant(&topic.attribute.kind)
            && (!matches!(topic.attribute.kind, AttributeType::Choice { .. })
                || other.attribute.kind == topic.attribute.kind)
    };
    topic.end == Some(End::Start)
        && candidate.strength == Strength::Strong
        && matches!(
            candidate.value,
            Value::Date(_) | Value::Time(_) | Value::DateTime(_) | Value::Choice(_)
        )
        && is_calendar(&topic.attribute.kind)
        && topics.iter().filter(same).all(|other| other.end == Some(End::Goal))
}
