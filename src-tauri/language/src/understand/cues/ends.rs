//! Which end of a journey, stay or stretch of time words speak of.

use crate::values::{Candidate, Line};

/// Which end of a journey, stay or stretch of time something belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::understand) enum End {
    /// Where it starts.
    Start,
    /// Where it ends.
    Goal,
}

const START_WORDS: &[&str] = &[
    "origin",
    "from",
    "departure",
    "depart",
    "departing",
    "departs",
    "leave",
    "leaves",
    "leaving",
    "pickup",
    "start",
    "starts",
    "starting",
    "begin",
    "beginning",
    "begins",
    "outbound",
    "checkin",
    "open",
    "opens",
    "source",
    "since",
    "pick",
    "picked",
    "picking",
];

const GOAL_WORDS: &[&str] = &[
    "destination",
    "to",
    "arrival",
    "arrive",
    "arrives",
    "arriving",
    "dropoff",
    "drop",
    "dropping",
    "end",
    "ends",
    "ending",
    "return",
    "returning",
    "returns",
    "checkout",
    "inbound",
    "close",
    "closes",
    "until",
    "till",
    "til",
    "through",
    "thru",
    "back",
    "going",
    "headed",
    "heading",
    "goal",
    "reach",
    "recipient",
];

/// Prepositions count only right before the value.
const START_PREPOSITIONS: &[&str] = &["from", "since", "starting", "beginning", "leaving", "departing"];

const GOAL_PREPOSITIONS: &[&str] = &[
    "to", "until", "till", "til", "through", "thru", "towards", "toward", "into", "ending", "-", "–",
];

pub(super) fn end_of(words: &[String]) -> Option<End> {
    words.iter().enumerate().find_map(|(i, word)| match word.as_str() {
        "check" => match words.get(i + 1).map(String::as_str) {
            Some("in") => Some(End::Start),
            Some("out") => Some(End::Goal),
            _ => None,
        },
        "outbound" => Some(End::Start),
        "inbound" => Some(End::Goal),
        w if START_WORDS.contains(&w) => Some(End::Start),
        w if GOAL_WORDS.contains(&w) => Some(End::Goal),
        _ => None,
    })
}

/// In a description only the plainest words tell the end: "start date", "return".
pub(super) fn end_of_description(words: &[String]) -> Option<End> {
    words.iter().find_map(|w| match w.as_str() {
        "origin" | "departure" | "departing" | "leaving" | "pickup" => Some(End::Start),
        "destination" | "return" | "arrival" | "dropoff" => Some(End::Goal),
        _ => None,
    })
}

/// The end the words before a value speak of.
pub(in crate::understand) fn end_at(line: &Line, candidate: &Candidate, place: bool) -> Option<End> {
    let near = if place { 2 } else { 3 };
    for back in 1..=7 {
        let at = candidate.from.checked_sub(back)?;
        if line.is(at, &[".", "!", "?", ";"]) {
            return None;
        }
        let word = line.word(at);
        let direct = back <= near
            && (1..back).all(|b| {
                line.is(
                    candidate.from - b,
                    &[
                        "the", "on", "around", "about", "at", "a", ",", "my", "her", "his", "their", "our",
                    ],
                )
            });
        if direct && START_PREPOSITIONS.contains(&word) {
            return Some(End::Start);
        }
        if direct && GOAL_PREPOSITIONS.contains(&word) {
            return Some(End::Goal);
        }
        if direct
            && word == "for"
            && line.is(
                at.wrapping_sub(1),
                &["leaving", "leave", "leaves", "heading", "headed", "bound", "departing"],
            )
        {
            return Some(End::Goal);
        }
        if let Some(end) = verb_end(line, at) {
            return Some(end);
        }
    }
    None
}

fn verb_end(line: &Line, at: usize) -> Option<End> {
    match line.word(at) {
        "check" | "checking" if line.word(at + 1) == "in" => Some(End::Start),
        "check" | "checking" if line.word(at + 1) == "out" => Some(End::Goal),
        "leave" | "leaving" | "depart" | "departing" | "departure" | "start" | "starting" | "starts" | "pickup"
        | "picking" | "begin" | "begins" | "origin" | "outbound" | "checkin" => Some(End::Start),
        "pick" if line.is(at + 1, &["up", "it", "the", "my", "me", "a", "that"]) => Some(End::Start),
        "return" | "returning" | "back" | "arrive" | "arriving" | "arrival" | "destination" | "dropoff" | "drop"
        | "dropping" | "end" | "ending" | "ends" | "inbound" | "checkout" | "reach" | "headed" | "heading" => {
            Some(End::Goal)
        }
        _ => None,
    }
}
