//! Places and postal addresses.

mod addresses;

use taskwright_domain::Value;

use super::everyday::is_everyday;
use super::line::Line;
use super::names::FILLERS;
use super::numbers::ordinal_at;
use super::{Candidate, Strength, relative};

use addresses::{STREETS, rest_of_address, street_at};

pub(crate) use addresses::find_addresses;

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
    let named = (at + 1..end).any(|i| line.is_word(i) && (line.capital(i) || !is_everyday(line.word(i))));
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
            || numbered && !is_everyday(line.word(and + 1))
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
    if !proper(line, at) || is_everyday(line.word(at)) && !proper(line, at + 1) {
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
    code || !is_everyday(line.word(at)) && ends
}

/// Words in small letters up to an everyday one.
fn small_run(line: &Line, at: usize) -> Option<usize> {
    let mut to = at;
    while line.is_word(to)
        && !line.capital(to)
        && !is_everyday(line.word(to))
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
        !is_everyday(line.word(i))
            || line.capital(i) && line.has_case() && i > start
            || line.is(i, &["of", "the", "new", "city"])
    });
    if to > start && ended && plain && !(start..to).all(|i| is_everyday(line.word(i))) {
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
        match capitalised(line, at).filter(|_| !line.sentence_starts(at) && !is_everyday(line.word(at))) {
            Some(to) => {
                found.push(place(line, at, to, Strength::Weak));
                at = to;
            }
            None => at += 1,
        }
    }
    found
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
