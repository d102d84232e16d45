//! Words about people: how many come, and who somebody is.

use super::{Topic, is_joint, words_of};
use crate::values::{Candidate, Line, is_everyday};

/// Nouns of people.
pub(in crate::understand) fn is_people(word: &str) -> bool {
    matches!(
        word,
        "people"
            | "persons"
            | "person"
            | "guests"
            | "guest"
            | "adults"
            | "adult"
            | "kids"
            | "kid"
            | "children"
            | "child"
            | "passengers"
            | "passenger"
            | "travelers"
            | "traveler"
            | "travellers"
            | "traveller"
            | "riders"
            | "rider"
            | "seats"
            | "seat"
            | "tickets"
            | "ticket"
            | "attendees"
            | "pax"
            | "party"
            | "friends"
            | "friend"
            | "couples"
            | "folks"
            | "individuals"
            | "members"
            | "diners"
            | "men"
            | "women"
            | "ladies"
            | "grandparents"
            | "students"
            | "colleagues"
            | "babies"
            | "toddlers"
            | "peoples"
    )
}

/// "4 people", "table for 4", "party of 6", "6 of us".
pub(super) fn counts_people(line: &Line, candidate: &Candidate) -> bool {
    let (from, to) = (candidate.from, candidate.to);
    let noun = |i: usize| is_people(line.word(i));
    if noun(to) || noun(to + 1) && line.is_word(to) && !is_joint(line.word(to)) || line.starts(to, &["of", "us"]) {
        return true;
    }
    let ends = line.is_break(to) || is_joint(line.word(to));
    let before = line.before(from, 1);
    if before == "of" && line.is(from.wrapping_sub(2), &["party", "part", "group", "total", "band"]) {
        return true;
    }
    let there = line.is(from.wrapping_sub(1), &["there's", "theres"])
        || matches!(before, "are" | "is" | "be") && (2..=3).any(|b| line.before(from, b) == "there");
    let led = before == "for" || before == "of" && line.before(from, 2) == "table" || there;
    led && ends || matches!(before, "book" | "reserve" | "seat" | "seats") && line.is(to, &["for", "at", "on"])
}

/// Whether an attribute holds the customer's own name.
pub(in crate::understand) fn is_customer(topic: &Topic<'_>) -> bool {
    const OWN: [&str; 12] = [
        "customer", "user", "your", "full", "patient", "renter", "guest", "caller", "client", "account", "holder",
        "member",
    ];
    let words = words_of(&topic.attribute.name);
    words.iter().any(|w| OWN.contains(&w.as_str()))
        || words
            .iter()
            .all(|w| matches!(w.as_str(), "name" | "person" | "first" | "last" | "my" | "the"))
}

/// Whether the words before a name introduce the customer.
pub(in crate::understand) fn introduces(line: &Line, at: usize) -> bool {
    let (one, two) = (line.before(at, 1), line.before(at, 2));
    matches!(one, "i'm" | "im" | "iam" | "me" | "name's")
        || matches!(
            (two, one),
            ("i", "am") | ("this", "is") | ("call", "me") | ("names", "is")
        )
        || (matches!(one, "is" | ":") && two == "name" || one == "name")
            && (3..=5).any(|b| matches!(line.before(at, b), "my"))
        || one == "name" && two == "my"
}

/// Capitalised words tied to the attribute's own noun: "the host is Lena", "hosted by Lena", "Lena is my host".
pub(in crate::understand) fn linked_names(line: &Line, topic: &Topic<'_>) -> Vec<Candidate> {
    let own = |i: usize| line.is_word(i) && topic.name.iter().any(|s| line.stem(i) == s);
    let tie = |i: usize| {
        line.is(
            i,
            &[
                "is", "my", "the", "our", "name", "by", "will", "be", ":", "name's", "named", "called", "s", "was",
                "'s",
            ],
        )
    };
    let proper = |i: usize| line.is_word(i) && line.capital(i) && !is_everyday(line.word(i));
    let mut found = Vec::new();
    let mut at = 0;
    while at < line.len() {
        let end = (at..at + 3)
            .take_while(|i| proper(*i) && line.has_case())
            .last()
            .map(|i| i + 1);
        let Some(end) = end else {
            at += 1;
            continue;
        };
        let before = (1..=4)
            .filter_map(|b| at.checked_sub(b))
            .find(|i| !tie(*i))
            .is_some_and(own);
        let after = (end..end + 4).find(|i| !tie(*i)).is_some_and(own) && end < line.len();
        if before || after {
            let text = line.text(at, end);
            let text = text.strip_suffix("'s").unwrap_or(&text).to_owned();
            found.push(Candidate::new(
                line,
                at,
                end,
                taskwright_domain::Value::Text(text),
                crate::values::Strength::Strong,
            ));
        }
        at = end;
    }
    found
}
