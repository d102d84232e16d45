//! Places and postal addresses.

use taskwright_domain::Value;

use super::common::is_common;
use super::line::Line;
use super::names::{CLOSERS, FILLERS};
use super::numbers::ordinal_at;
use super::{Candidate, Strength, relative};

/// Words a place follows.
const BEFORE: [&str; 28] = [
    "go",
    "close",
    "in",
    "to",
    "from",
    "at",
    "near",
    "around",
    "towards",
    "toward",
    "is",
    "be",
    "visit",
    "visiting",
    "leaving",
    "departing",
    "reach",
    "via",
    "of",
    "into",
    "for",
    "outside",
    "by",
    "reaching",
    "leave",
    "depart",
    "exploring",
    "destination",
];

/// Places that need no name.
const KINDS: [&str; 26] = [
    "airport",
    "hospital",
    "station",
    "mall",
    "downtown",
    "hotel",
    "center",
    "centre",
    "office",
    "beach",
    "library",
    "school",
    "university",
    "park",
    "museum",
    "bank",
    "stadium",
    "harbour",
    "harbor",
    "port",
    "campus",
    "store",
    "shop",
    "restaurant",
    "gym",
    "theater",
];

const STREETS: [&str; 44] = [
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

fn place(line: &Line, from: usize, to: usize, strength: Strength) -> Candidate {
    Candidate::new(line, from, to, Value::Text(line.text(from, to)), strength)
}

/// Places of the text. Where one is asked for, small letters count too.
pub(crate) fn find(line: &Line, asked: bool) -> Vec<Candidate> {
    let mut found: Vec<Candidate> = first_leg(line).filter(|_| asked).into_iter().collect();
    let mut at = found.first().map_or(0, |leg| leg.to);
    while at < line.len() {
        let numbered = || {
            let to = street_at(line, at).filter(|_| line.digits(at).is_some())?;
            Some(place(line, at, rest_of_address(line, to), Strength::Strong))
        };
        let led = || line.is(at, &BEFORE).then(|| after_cue(line, at + 1, asked)).flatten();
        // "To 12 Mill Lane": the number belongs to it.
        let hit = numbered().or_else(|| led().filter(|_| street_at(line, at + 1).is_none()));
        match hit {
            Some(candidate) => {
                at = candidate.to;
                found.push(candidate);
            }
            None => at += 1,
        }
    }
    if asked && !found.iter().any(|c| c.strength == Strength::Strong) {
        let overlaps = |list: &[Candidate], c: &Candidate| list.iter().any(|f| f.from < c.to && c.from < f.to);
        let more: Vec<Candidate> = answer(line).into_iter().chain(capital_runs(line)).collect();
        for candidate in more {
            if !overlaps(&found, &candidate) {
                found.push(candidate);
            }
        }
        found.sort_by_key(|c| c.from);
    }
    found
}

/// "Oslo to Bergen": an answer that opens with one place and goes on to the other.
fn first_leg(line: &Line) -> Option<Candidate> {
    let to = capitalised(line, 0).or_else(|| small_run(line, 0))?;
    let next = capitalised(line, to + 1).or_else(|| small_run(line, to + 1));
    (line.word(to) == "to" && next.is_some()).then(|| place(line, 0, to, Strength::Strong))
}

/// 'Mill Lane and High Street' in quotation marks is one place.
fn in_quotes(line: &Line, at: usize) -> Option<Candidate> {
    const MARKS: [&str; 6] = ["'", "\"", "“", "‘", "”", "’"];
    line.is(at, &MARKS).then_some(())?;
    let end = (at + 2..line.len().min(at + 9)).find(|i| line.is(*i, &MARKS))?;
    let named = (at + 1..end).any(|i| line.is_word(i) && (line.capital(i) || !is_common(line.word(i))));
    named.then(|| place(line, at + 1, end, Strength::Strong))
}

fn after_cue(line: &Line, at: usize, asked: bool) -> Option<Candidate> {
    if let Some(quoted) = in_quotes(line, at) {
        return Some(quoted);
    }
    let quoted = usize::from(line.is(at, &["'", "\"", "“", "‘"]));
    let article = usize::from(line.is(at + quoted, &["the", "a", "an"]));
    let start = at + quoted + article;
    if let Some(to) = crossing(line, start) {
        return Some(place(line, start, to, Strength::Strong));
    }
    let cue = line.before(at, 1);
    if let Some(to) = leg(line, start, cue) {
        return Some(place(line, start, to, Strength::Strong));
    }
    if let Some(to) =
        capitalised(line, start).or_else(|| (line.capital(start) && line.is(start, &KINDS)).then_some(start + 1))
    {
        let weak = matches!(cue, "for" | "is" | "be" | "of" | "by") || !line.has_case();
        return Some(place(
            line,
            start,
            to,
            if weak { Strength::Weak } else { Strength::Strong },
        ));
    }
    if article == 1
        && line.is(start, &KINDS)
        && line.is_break(start + 1) | line.is(start + 1, &["to", "from", "and", "at", "please"])
    {
        return Some(place(
            line,
            start,
            start + 1,
            if asked { Strength::Strong } else { Strength::Weak },
        ));
    }
    let to = small_run(line, start)?;
    let ends = line.is_break(to) || line.is(to, &["and", "please", "on", "at", "for"]);
    (asked && cue != "for" && (cue != "be" || ends)).then(|| place(line, start, to, Strength::Weak))
}

/// One leg of "from … to …": both say a place, in small letters too.
fn leg(line: &Line, start: usize, cue: &str) -> Option<usize> {
    let end = |at: usize| {
        capitalised(line, at)
            .or_else(|| line.is(at, &KINDS).then_some(at + 1))
            .or_else(|| small_run(line, at))
    };
    let skip = |at: usize| at + usize::from(line.is(at, &["'", "\""])) + usize::from(line.is(at, &["the"]));
    match cue {
        "from" => {
            let to = end(start)?;
            let next = to + usize::from(line.is(to, &["'", "\""]));
            (line.word(next) == "to" && end(skip(next + 1)).is_some()).then_some(to)
        }
        "to" => {
            let led = (3..=8)
                .filter_map(|back| start.checked_sub(back))
                .find(|i| line.word(*i) == "from");
            led.and_then(|from| leg(line, skip(from + 1), "from"))
                .and_then(|to| (to + 3 >= start && to < start).then(|| end(start)))
                .flatten()
        }
        _ => None,
    }
}

/// "5th and Main", "Broadway and Main".
fn crossing(line: &Line, at: usize) -> Option<usize> {
    let first = ordinal_at(line, at)
        .map(|(to, _)| to)
        .or_else(|| line.capital(at).then_some(at + 1))?;
    let street = usize::from(line.is(first, &STREETS));
    let and = first + street;
    let numbered = ordinal_at(line, at).is_some();
    let second = line.is_word(and + 1)
        && (line.capital(and + 1)
            || numbered && !is_common(line.word(and + 1))
            || line.is(and + 1, &["main", "center"]));
    (second && (line.is(and, &["and"]) && numbered || line.is(and, &["&"])))
        .then(|| and + 2 + usize::from(line.is(and + 2, &STREETS)))
}

fn proper(line: &Line, at: usize) -> bool {
    let word = line.word(at);
    line.is_word(at)
        && line.capital(at)
        && relative::weekday(word).is_none()
        && !super::days::is_month(word)
        && !matches!(word, "i" | "i'm" | "i'd" | "i'll" | "i've")
}

/// A run of capitalised words, "of" and "the" between them allowed, and ", CA" after it.
fn capitalised(line: &Line, at: usize) -> Option<usize> {
    if !proper(line, at) || is_common(line.word(at)) && !proper(line, at + 1) {
        return None;
    }
    let mut to = at + 1;
    while to < at + 8 {
        let joins = line.is(to, &["of", "de", "del", "la", "on", "and", "upon", "&", "'s"])
            && proper(line, to + 1)
            && (line.word(to) != "and" || single_street(line, at, to));
        let dot = line.word(to) == "." && line.glued(to) && line.word(to - 1).len() <= 2 && proper(line, to + 1)
            || line.word(to) == "-" && line.glued(to) && line.glued(to + 1);
        if joins || dot {
            to += 2;
        } else if proper(line, to) && !line.is_break(to) {
            to += 1;
        } else if line.word(to) == "," && proper(line, to + 1) && state_or_country(line, to + 1) {
            to += 2;
        } else {
            break;
        }
    }
    Some(to)
}

/// "Broadway and Main" is one place where "from" or "to" led to it.
fn single_street(line: &Line, at: usize, and: usize) -> bool {
    and == at + 1 && line.is(at.wrapping_sub(1), &["from", "to", "at", "the", "near", "around", "by"])
}

/// What follows a comma after a city and belongs to it: a short code in capitals, or a name the sentence ends with.
fn state_or_country(line: &Line, at: usize) -> bool {
    let text = line.text(at, at + 1);
    let code = (2..=3).contains(&text.chars().count()) && text.chars().all(char::is_uppercase);
    let ends = line.is_break(at + 1) || line.is(at + 1, &["for", "on", "at", "please", "with", "from"]);
    code || !is_common(line.word(at)) && ends
}

/// Words in small letters up to an everyday one.
fn small_run(line: &Line, at: usize) -> Option<usize> {
    let mut to = at;
    while line.is_word(to)
        && !line.capital(to)
        && !is_common(line.word(to))
        && relative::weekday(line.word(to)).is_none()
        && to < at + 4
    {
        to += 1;
        // "Chi-town" is one word.
        let hyphen = line.word(to) == "-" && line.glued(to) && line.glued(to + 1) && line.is_word(to + 1);
        to += 2 * usize::from(hyphen);
    }
    let adverb =
        to == at + 1 && line.word(at).len() > 5 && (line.word(at).ends_with("ly") || line.word(at).ends_with("ing"));
    (to > at && !adverb).then_some(to)
}

/// The whole answer, if it can be nothing but a place.
fn answer(line: &Line) -> Option<Candidate> {
    let mut start = 0;
    while line.is(start, &FILLERS)
        || line.is(start, &["from", "to", "in", "at", "near"])
        || start > 0 && line.is(start, &[",", ".", "!", ":"])
    {
        start += 1;
    }
    let mut to = start;
    while line.is_word(to) && to < start + 6 {
        to += 1;
    }
    let ended = line.is_break(to) && line.word(to) != "?";
    let plain = (start..to).all(|i| {
        !is_common(line.word(i))
            || line.capital(i) && line.has_case() && i > start
            || line.is(i, &["of", "the", "new", "city"])
    });
    if to > start && ended && plain && !(start..to).all(|i| is_common(line.word(i))) {
        return Some(place(line, start, to, Strength::Strong));
    }
    let to = capitalised(line, start)
        .or_else(|| small_run(line, start).filter(|to| line.is(*to, &["is", "please", "would", "for", "sounds"])))?;
    Some(place(line, start, to, Strength::Weak))
}

/// Capitalised runs inside sentences.
fn capital_runs(line: &Line) -> Vec<Candidate> {
    if !line.has_case() {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut at = 1;
    while at < line.len() {
        match capitalised(line, at).filter(|_| !line.sentence_starts(at) && !is_common(line.word(at))) {
            Some(to) => {
                found.push(place(line, at, to, Strength::Weak));
                at = to;
            }
            None => at += 1,
        }
    }
    found
}

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
fn street_at(line: &Line, at: usize) -> Option<usize> {
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
    is_common(line.word(at))
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
    let begins = !is_common(line.word(start)) || line.is(start, &UNITS);
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
fn rest_of_address(line: &Line, to: usize) -> usize {
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
        let place = line.capital(next) && (!is_common(line.word(next)) || line.is(next, &["new", "old"]))
            || line.is(next, &["of"]) && line.capital(next + 1);
        let small = line.before(next, 1) == "," && line.is_word(next) && !is_common(line.word(next));
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
    let named = (start..end).any(|i| line.is_word(i) && !is_common(line.word(i)));
    let question = line.is(line.len().saturating_sub(1), &["?"]);
    (words >= 1 && numbered && named && !question && words <= 16).then(|| place(line, start, end, Strength::Strong))
}

#[cfg(test)]
mod tests {
    use taskwright_domain::AttributeType::{Address, Place};

    use crate::values::trial::{hold, hold_whole};

    #[test]
    fn places_are_found_after_words_of_place() {
        hold(
            &Place,
            &[
                ("I live in Porto", "Porto=Porto"),
                ("from Lyon to New York", "Lyon=Lyon | New York=New York"),
                ("somewhere near San Rafael, CA please", "San Rafael, CA=San Rafael, CA"),
                ("I am in a hurry", ""),
                ("to the point", ""),
                ("in May", ""),
                ("at home", ""),
                (
                    "a ride from 'Mill and High' to 'Harbour'",
                    "Mill and High=Mill and High | Harbour=Harbour",
                ),
                (
                    "take me to 1100 Long Lane #150",
                    "1100 Long Lane #150=1100 Long Lane #150",
                ),
                ("on Friday in Oslo.", "Oslo=Oslo"),
            ],
        );
        hold_whole(
            &Place,
            &[
                ("Porto", "Porto"),
                ("porto", "porto"),
                ("in Porto", "Porto"),
                ("why", ""),
                ("I don't know", ""),
            ],
        );
    }

    #[test]
    fn a_post_code_of_letters_and_digits_belongs_to_the_address() {
        for text in [
            "3 Mill Lane, Cork T12 A1B2",
            "3 mill lane, cork t12 a1b2",
            "44 Canal Walk, Leeds LS1 4AP",
        ] {
            let line = super::Line::new(text);
            let found = super::find_addresses(&line, true);
            let ends: Vec<_> = found.iter().map(|candidate| candidate.to).collect();
            assert_eq!(ends, [line.len()], "all of {text:?}");
        }
    }

    #[test]
    fn addresses_are_found_by_number_and_street() {
        hold(
            &Address,
            &[
                (
                    "I moved to 12 Maple Street, Springfield.",
                    "12 Maple Street, Springfield=12 Maple Street, Springfield",
                ),
                ("221b Baker Street", "221b Baker Street=221b Baker Street"),
                ("ship it to 5 High Road please", "5 High Road=5 High Road"),
                (
                    "Lange Straße 12, 10115 Berlin",
                    "Lange Straße 12, 10115 Berlin=Lange Straße 12, 10115 Berlin",
                ),
                (
                    "Hauptstraße 12, 10115 Berlin",
                    "Hauptstraße 12, 10115 Berlin=Hauptstraße 12, 10115 Berlin",
                ),
                ("PO Box 77", "PO Box 77=PO Box 77"),
                (
                    "I live at 5 Elm Road, Leeds LS1 4AP now",
                    "5 Elm Road, Leeds LS1 4AP=5 Elm Road, Leeds LS1 4AP",
                ),
                (
                    "my address is Flat 2, 12 Long Street, Hull and I'd like a receipt",
                    "Flat 2, 12 Long Street, Hull=Flat 2, 12 Long Street, Hull",
                ),
                ("order 4512 is late", ""),
                ("3 days on the road", ""),
            ],
        );
        hold_whole(
            &Address,
            &[
                (
                    "7 Rosewood Lane, Apt 4, Denver, CO 80202",
                    "7 Rosewood Lane, Apt 4, Denver, CO 80202",
                ),
                ("I don't know", ""),
            ],
        );
    }
}
