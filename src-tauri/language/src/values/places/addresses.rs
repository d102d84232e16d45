//! Postal addresses: a number and a street, and what follows of the city.

use super::place;
use crate::values::everyday::is_everyday;
use crate::values::line::Line;
use crate::values::names::{CLOSERS, FILLERS};
use crate::values::numbers::ordinal_at;
use crate::values::{Candidate, Strength};

pub(super) const STREETS: [&str; 44] = [
    "street",
    "st",
    "avenue",
    "ave",
    "road",
    "rd",
    "lane",
    "ln",
    "drive",
    "dr",
    "boulevard",
    "blvd",
    "way",
    "court",
    "ct",
    "place",
    "pl",
    "square",
    "sq",
    "terrace",
    "parkway",
    "pkwy",
    "highway",
    "hwy",
    "circle",
    "cir",
    "close",
    "crescent",
    "row",
    "alley",
    "broadway",
    "real",
    "trail",
    "walk",
    "gardens",
    "grove",
    "mews",
    "quay",
    "expressway",
    "esplanade",
    "plaza",
    "hill",
    "loop",
    "path",
];

/// Postal addresses: a number and a street, and what follows of the city. Where one is asked for, any answer with a number.
pub(crate) fn find_addresses(line: &Line, asked: bool) -> Vec<Candidate> {
    let mut found: Vec<Candidate> = Vec::new();
    let mut at = 0;
    while at < line.len() {
        let street = street_at(line, at).map(|to| (at, to, Strength::Strong));
        match street.or_else(|| announced(line, at)) {
            Some((from, to, strength)) => {
                let (from, to) = (unit_before(line, from), rest_of_address(line, to));
                found.push(place(line, from, to, strength));
                at = to;
            }
            None => at += 1,
        }
    }
    if asked && found.is_empty() {
        found.extend(whole_address(line));
    }
    found
}

/// "12b Long Street", "1850 El Camino Real", "Lange Straße 12", "PO Box 7".
pub(super) fn street_at(line: &Line, at: usize) -> Option<usize> {
    if let Some(digits) = line.digits(at).filter(|d| d.len() <= 6 && !line.glued(at)) {
        let mut to = at + 1;
        if line.glued(to)
            && (line.word(to).chars().count() == 1 && line.is_word(to) || line.is(to, &["st", "nd", "rd", "th"]))
        {
            to += 1;
        }
        if line.is(to, &["-", "/"]) && line.glued(to) && line.digits(to + 1).is_some() {
            to += 2;
        }
        let ordinal = usize::from(ordinal_at(line, to).is_some()) * 2;
        let mut end = to + ordinal;
        while end < to + 6 && line.is_word(end) && !stops_street(line, end) {
            end += 1;
            let last = line.is(end - 1, &STREETS)
                && (end > to + 1 || ordinal > 0)
                && !(line.is(end, &STREETS) && line.is_word(end));
            if last {
                return Some(end);
            }
        }
        return (digits.len() >= 2 && line.starts(to, &["rue"]) && line.is_word(to + 1)).then_some(to + 2);
    }
    let word = line.word(at);
    let german = ["straße", "strasse", "weg", "platz", "gasse", "allee", "ufer", "damm"]
        .iter()
        .any(|end| word.ends_with(end) && line.capital(at));
    if german && line.digits(at + 1).is_some() {
        return Some(at + 2 + usize::from(line.glued(at + 2) && line.word(at + 2).chars().count() == 1));
    }
    let apart = line.capital(at) && line.is(at + 1, &["straße", "strasse", "str", "weg", "platz", "allee"]);
    if apart && line.capital(at + 1) && line.digits(at + 2).is_some() {
        return Some(at + 3);
    }
    let boxed = usize::from(line.starts(at, &["p", ".", "o", "."])) * 4 + usize::from(line.word(at) == "po");
    (boxed > 0 && line.word(at + boxed) == "box" && line.digits(at + boxed + 1).is_some()).then_some(at + boxed + 2)
}

fn stops_street(line: &Line, at: usize) -> bool {
    is_everyday(line.word(at))
        && !line.capital(at)
        && !line.is(at, &STREETS)
        && !line.is(at, &["new", "old", "high", "park", "church"])
}

/// "My address is …", "I moved to 12 …": the rest of the sentence if it holds a number.
fn announced(line: &Line, at: usize) -> Option<(usize, usize, Strength)> {
    let start = match (line.word(at), line.word(at + 1)) {
        ("address", "is" | ":" | "to") => at + 2,
        ("live" | "lives" | "stay", "at" | "on") | ("moved" | "move" | "relocated", "to") => at + 2,
        _ => return None,
    };
    let start = start + usize::from(line.is(start, &["now", "at", ":"]));
    let end = (start..line.len().min(start + 20))
        .find(|i| line.is(*i, &["!", "?", "\n"]) || line.sentence_starts(*i) && *i > start);
    let end = close(line, start, end.unwrap_or(line.len().min(start + 20)));
    let numbered = (start..end).any(|i| line.digits(i).is_some());
    let mail = (start..end).any(|i| line.is(i, &["@"]));
    let begins = !is_everyday(line.word(start)) || line.is(start, &UNITS);
    (numbered && !mail && end > start + 1 && begins).then_some((start, end, Strength::Strong))
}

/// Parts of a house.
const UNITS: [&str; 7] = ["apt", "apartment", "suite", "unit", "floor", "flat", "no"];

/// "Flat 2, 12 Long Street": the part of the house may come first.
fn unit_before(line: &Line, at: usize) -> usize {
    let number = at - at.min(1 + usize::from(line.before(at, 1) == ","));
    let unit = number.wrapping_sub(1);
    if number < at && line.digits(number).is_some() && line.is(unit, &UNITS) {
        unit
    } else {
        at
    }
}

/// Where an address ends that begins at a token: before the next thought, and before polite words and marks.
fn close(line: &Line, start: usize, end: usize) -> usize {
    const THOUGHT: [&str; 27] = [
        "i", "i'm", "i'd", "i'll", "i've", "im", "id", "my", "we", "we're", "we'll", "please", "can", "could", "it's",
        "its", "it", "that's", "thats", "this", "only", "just", "but", "because", "thanks", "thank", "sorry",
    ];
    let joint =
        |i: usize| line.is(i, &[",", "and", "-", "(", "so"]) && (line.is(i + 1, &THOUGHT) || line.is(i + 1, &CLOSERS));
    let mut end = (start + 1..end).find(|i| joint(*i)).unwrap_or(end);
    while end > start && (line.is(end - 1, &[".", "!", "?", ",", "from", "on"]) || line.is(end - 1, &CLOSERS)) {
        end -= 1;
    }
    end
}

/// City, state and post code after the street.
pub(super) fn rest_of_address(line: &Line, to: usize) -> usize {
    let mut end = to;
    let mut next = to;
    while next < to + 16 {
        let comma = line.is(next, &[",", "#"]);
        let dot = line.word(next) == "."
            && line.glued(next)
            && !line.glued(next + 1)
            && end == next
            && line.is(next - 1, &STREETS)
            && !line.sentence_starts(next + 1);
        let unit = line.is(next, &UNITS) && line.get(next + 1).is_some();
        let number = line.digits(next).is_some();
        let place = line.capital(next) && (!is_everyday(line.word(next)) || line.is(next, &["new", "old"]))
            || line.is(next, &["of"]) && line.capital(next + 1);
        let small = line.before(next, 1) == "," && line.is_word(next) && !is_everyday(line.word(next));
        // Post codes mix both: "A1B2", "4AP".
        let coded = line.capital(next) || line.is_word(next) && line.word(next).len() <= 2;
        let code = coded && line.glued(next + 1) && line.digits(next + 1).is_some()
            || next > to && line.glued(next) && line.is_word(next) && line.digits(next - 1).is_some();
        if unit || number || place || small || code {
            end = next + 1;
        } else if !(comma || dot) {
            break;
        }
        next += 1;
    }
    end
}

fn whole_address(line: &Line) -> Option<Candidate> {
    let mut start = 0;
    while line.is(start, &FILLERS)
        || line.is(start, &["address", "new", "at", "i", "live", "to"])
        || start > 0 && line.is(start, &[",", ":", "."])
    {
        start += 1;
    }
    let end = close(line, start, line.len());
    let words = (start..end).filter(|i| line.is_word(*i)).count();
    let numbered = (start..end).any(|i| line.digits(i).is_some());
    let named = (start..end).any(|i| line.is_word(i) && !is_everyday(line.word(i)));
    let question = line.is(line.len().saturating_sub(1), &["?"]);
    (words >= 1 && numbered && named && !question && words <= 16).then(|| place(line, start, end, Strength::Strong))
}
