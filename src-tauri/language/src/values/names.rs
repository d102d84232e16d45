//! Names of people: after words that announce one, after a title, or as the answer to a question.

use taskwright_domain::Value;

use super::everyday::is_everyday;
use super::given::is_given;
use super::line::{Line, TokenKind};
use super::{Candidate, Strength, relative};

/// How freely words are taken as a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Trust {
    /// The words say a name follows: small letters will do.
    Announced,
    /// Only capitalised words.
    Capitals,
    /// Capitalised words, or small ones if the answer then ends.
    Answer,
}

const PARTICLES: [&str; 22] = [
    "de", "van", "von", "der", "den", "la", "le", "di", "da", "dos", "del", "bin", "ibn", "al", "el", "ter", "ten",
    "zu", "af", "du", "san", "st",
];
const TITLES: [&str; 9] = ["dr", "mr", "mrs", "ms", "miss", "prof", "professor", "doctor", "sir"];

/// Names of the text. Where one is asked for, plainer words count too.
pub(crate) fn find(line: &Line, asked: bool) -> Vec<Candidate> {
    let mut found: Vec<Candidate> = Vec::new();
    let mut at = 0;
    while at < line.len() {
        match name_at(line, at, asked) {
            Some(candidate) => {
                at = candidate.to;
                found.push(candidate);
            }
            None => at += 1,
        }
    }
    if asked && let Some(first) = opening(line).filter(|first| found.iter().all(|c| c.from >= first.to)) {
        found.insert(0, first);
    }
    if asked && found.iter().all(|c| c.strength == Strength::Weak) {
        if let Some(answer) = whole_answer(line) {
            found.retain(|c| c.from >= answer.to || c.to <= answer.from);
            found.push(answer);
        }
        found.sort_by_key(|c| c.from);
    }
    found
}

fn name_at(line: &Line, at: usize, asked: bool) -> Option<Candidate> {
    let (start, trust) = announced(line, at, asked)?;
    let to = run(line, start, trust)?;
    let small = !(start..to).any(|i| line.capital(i));
    let known = is_given(line.word(start));
    let strength = if trust == Trust::Answer && !asked && small && !known {
        Strength::Weak
    } else {
        Strength::Strong
    };
    Some(made(line, start, to, strength))
}

fn made(line: &Line, from: usize, to: usize, strength: Strength) -> Candidate {
    Candidate::new(line, from, to, Value::Text(normal(line, from, to)), strength)
}

/// As written; in capitals where it was written in small letters throughout.
fn normal(line: &Line, from: usize, to: usize) -> String {
    let text = line.text(from, to);
    if (from..to).any(|i| line.capital(i)) {
        return text;
    }
    let raise = |word: &str| {
        let mut chars = word.chars();
        chars
            .next()
            .map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
    };
    text.split(' ')
        .map(|w| if PARTICLES.contains(&w) { w.to_owned() } else { raise(w) })
        .collect::<Vec<_>>()
        .join(" ")
}

/// Where a name starts if the words at `at` announce one.
fn announced(line: &Line, at: usize, asked: bool) -> Option<(usize, Trust)> {
    let word = line.word(at);
    match word {
        "name" | "surname" | "forename" if whose(line, at) => {
            // "Change my name to …" may go on with anything.
            if line.word(at + 1) == "to" {
                return Some((at + 2, Trust::Capitals));
            }
            let next = at + 1 + usize::from(line.is(at + 1, &["is", ":", "was", "will", "should", "of", "-"]));
            let next = next + usize::from(line.is(next, &["is", "be", "now", "-"]));
            let next = next + usize::from(line.is(next, &["\"", "'", "“", "‘", "my"]));
            (next > at + 1 || line.capital(next)).then_some((next, Trust::Announced))
        }
        "name's" | "names"
            if line.is(at.wrapping_sub(1), &["my", "the", "first", "last", "full"])
                || line.sentence_starts(at) && line.capital(at + 1) =>
        {
            Some((at + 1, Trust::Announced))
        }
        "named" => Some((at + 1, Trust::Capitals)),
        // "I'm called …", "I am now called …"; not "I called …".
        "called" if (1..=2).any(|back| is_being(line.before(at, back))) => Some((at + 1, Trust::Announced)),
        "call" if line.word(at + 1) == "me" => Some((at + 2, Trust::Capitals)),
        "me" if line.is(at.wrapping_sub(1), &["it's", "its", "is"]) && line.capital(at + 1) => {
            Some((at + 1, Trust::Answer))
        }
        "i'm" | "im" | "iam" | "it's" | "its"
            if word.starts_with("im") || word.starts_with("i'm") || word == "iam" || asked =>
        {
            Some((at + 1, Trust::Answer))
        }
        "i" if line.word(at + 1) == "am" => Some((at + 2, Trust::Answer)),
        "it" | "that" if asked && line.is(at + 1, &["is", "would"]) => {
            Some((at + 2 + usize::from(line.word(at + 2) == "be"), Trust::Answer))
        }
        "this" if line.word(at + 1) == "is" => Some((at + 2, Trust::Answer)),
        "by" if line.is(at.wrapping_sub(1), &["go", "goes", "going"]) => Some((at + 1, Trust::Capitals)),
        "under" | "for" | "with" | "to" | "is" | "from" | "of" | "by" => {
            Some((at + 1, Trust::Capitals)).filter(|_| titled_or_two(line, at, asked))
        }
        _ if line.capital(at) && (0..at).all(|i| line.is(i, &GREETING)) && opens_with_name(line, at) => {
            Some((at, Trust::Capitals))
        }
        _ if TITLES.contains(&word) && line.capital(at) && line.get(at).is_some_and(|t| !t.glued || at == 0) => {
            Some((at, Trust::Capitals))
        }
        _ => None,
    }
}

/// A form of "be" or "get", as before "called".
fn is_being(word: &str) -> bool {
    matches!(
        word,
        "i'm" | "im" | "am" | "is" | "be" | "are" | "it's" | "she's" | "he's" | "was" | "been" | "get"
    )
}

/// What may stand before the name a message opens with.
const GREETING: [&str; 9] = ["hi", "hello", "hey", "there", ",", ".", "!", "good", "morning"];

/// "Greta Olsen, …" and "Greta here": a name at the very start.
fn opens_with_name(line: &Line, at: usize) -> bool {
    let proper = |i: usize| {
        line.capital(i) && line.is_word(i) && !is_everyday(line.word(i)) && relative::weekday(line.word(i)).is_none()
    };
    let words = (at..at + 4).take_while(|i| proper(*i)).count();
    let end = at + words;
    let two = words == 2 && (line.word(end) == "," || line.digits(end).is_some());
    line.has_case() && (two && line.len() > 3 || (1..=2).contains(&words) && line.word(end) == "here")
}

/// "Mark, my old doctor …": an answer that opens with a given name in capitals.
fn opening(line: &Line) -> Option<Candidate> {
    let to = run(line, 0, Trust::Capitals)?;
    let ends = line.is_break(to) || line.is(to, &["and", "but"]);
    (line.has_case() && is_given(line.word(0)) && ends && to < line.len()).then(|| made(line, 0, to, Strength::Strong))
}

/// "my name", "the last name", "name:" but not "hotel name".
fn whose(line: &Line, at: usize) -> bool {
    const OWNERS: [&str; 18] = [
        "on", "in", "my", "the", "full", "first", "last", "family", "given", "her", "his", "their", "customer", "user",
        "new", "sur", "legal", "your",
    ];
    at == 0 || line.is_break(at - 1) || OWNERS.contains(&line.before(at, 1)) || line.before(at, 1) == "and"
}

/// After "for", "under" and their like a name must be of two words, or stand after "under".
fn titled_or_two(line: &Line, at: usize, asked: bool) -> bool {
    let titled = |i: usize| TITLES.contains(&line.word(i));
    let proper = |i: usize| line.capital(i) && !is_everyday(line.word(i)) && relative::weekday(line.word(i)).is_none();
    match line.word(at) {
        "under" => proper(at + 1),
        "by" | "with" | "to" | "from" | "of" if given_name(line, at + 1) => true,
        "for" if asked && is_given(line.word(at + 1)) => line.capital(at + 1),
        "for" => proper(at + 1) && proper(at + 2) && !line.is_break(at + 2),
        "is" => asked && proper(at + 1),
        "to" | "of" | "with" | "by" if asked => proper(at + 1) && line.has_case(),
        _ => titled(at + 1) && line.capital(at + 1),
    }
}

/// A given name and, in capitals too, a family name.
fn given_name(line: &Line, at: usize) -> bool {
    let family = line.capital(at + 1) && line.is_word(at + 1) && !is_everyday(line.word(at + 1));
    line.capital(at) && is_given(line.word(at)) && family
}

/// The end of the name that starts at a token.
fn run(line: &Line, start: usize, trust: Trust) -> Option<usize> {
    let cased = line.has_case();
    let mut to = start;
    let mut words = 0;
    if TITLES.contains(&line.word(to)) {
        to += 1 + usize::from(line.word(to + 1) == ".");
        if !line.is_word(to) || is_everyday(line.word(to)) && !line.capital(to) {
            return None;
        }
        words = 1;
        to += 1;
    }
    while words < 4 && line.is_word(to) {
        let word = line.word(to);
        let capital = line.capital(to);
        let particle =
            PARTICLES.contains(&word) && line.is_word(to + 1) && !is_everyday(line.word(to + 1)) && words + 1 < 4;
        let proper = capital
            && (!is_everyday(word)
                || cased && words > 0
                || cased && trust == Trust::Announced && !line.sentence_starts(to));
        let plain = !capital
            && trust != Trust::Capitals
            && !is_everyday(word)
            && !inflected(word)
            && !(cased && words > 0 && line.capital(start));
        if !(proper || plain || particle)
            || word.contains("'m")
            || matches!(word, "i" | "i'm" | "i'd" | "i'll" | "i've")
        {
            break;
        }
        // "J. Berg"
        let initial = word.chars().count() == 1 && line.word(to + 1) == "." && line.is_word(to + 2);
        to += 1 + usize::from(initial);
        words += 1;
        if line.word(to) == "-" && line.glued(to) && line.glued(to + 1) && line.is_word(to + 1) {
            to += 1;
            words -= 1;
        }
    }
    let small = words > 0 && !(start..to).any(|i| line.capital(i));
    let ends = line.is_break(to)
        || line.is(
            to,
            &["and", "here", "from", "i", "i'm", "my", "with", "but", "since", "as"],
        )
        || line.is(to, &CLOSERS);
    (words > 0
        && (!small || ends)
        && (trust != Trust::Answer || ends)
        && (!small || trust != Trust::Answer || words <= 3))
        .then_some(to)
}

/// "frustrated", "looking", "really": what people say after "I'm".
fn inflected(word: &str) -> bool {
    word.len() > 4
        && ["ing", "ed", "ly", "ful", "ious", "less", "able"]
            .iter()
            .any(|end| word.ends_with(end))
}

/// Words before an answer that say nothing.
pub(crate) const FILLERS: [&str; 35] = [
    "sure", "yes", "yeah", "yep", "ok", "okay", "oh", "um", "uh", "er", "well", "hi", "hello", "hey", "of", "course",
    "right", "so", "it's", "its", "it", "is", "the", "that's", "that", "would", "be", "ah", "my", "name", "here",
    "alright", "yea", "please", "just",
];

/// Words that close an answer and are no part of it.
pub(crate) const CLOSERS: [&str; 17] = [
    "now", "please", "pls", "plz", "thanks", "thx", "thank", "you", "ty", "instead", "then", "again", "actually",
    "sorry", "cheers", "haha", "lol",
];

/// The answer's first words, if they can be nothing but a name.
fn whole_answer(line: &Line) -> Option<Candidate> {
    let mut start = 0;
    while line.is(start, &FILLERS) || start > 0 && line.is(start, &[",", ".", "!", "-", ":"]) {
        start += 1;
    }
    let mut to = start;
    while line.is_word(to)
        || line.word(to) == "-" && line.glued(to)
        || line.word(to) == "." && to == start + 1 && line.word(start).len() <= 3
    {
        to += 1;
    }
    let ended = line.get(to).is_none_or(|t| t.kind != TokenKind::Word);
    while to > start + 1 && line.is(to - 1, &CLOSERS) && !line.capital(to - 1) {
        to -= 1;
    }
    let words = (start..to).filter(|i| line.is_word(*i)).count();
    if !(1..=4).contains(&words) {
        return run(line, start, Trust::Capitals)
            .filter(|_| line.has_case())
            .map(|to| made(line, start, to, Strength::Weak));
    }
    let odd = |i: usize| {
        let word = line.word(i);
        is_everyday(word) && !(line.capital(i) && line.has_case() && i > start) || inflected(word) && !line.capital(i)
    };
    if (start..to).any(odd) {
        // "Mark and my number is …": the capitalised words at the front.
        return run(line, start, Trust::Capitals)
            .filter(|_| line.has_case())
            .map(|to| made(line, start, to, Strength::Strong));
    }
    let question = line.is(line.len().saturating_sub(1), &["?"]) && words == 1 && !line.capital(start);
    (ended && !question).then(|| made(line, start, to, Strength::Strong))
}

#[cfg(test)]
mod tests {
    use taskwright_domain::AttributeType::PersonName;

    use crate::values::trial::{hold, hold_whole};

    #[test]
    fn names_are_found_after_words_that_announce_them() {
        hold(
            &PersonName,
            &[
                ("My name is Greta Olsen.", "Greta Olsen=Greta Olsen"),
                ("my name is greta olsen and I need help", "greta olsen=Greta Olsen"),
                ("This is Omar", "Omar=Omar"),
                ("call me Lena", "Lena=Lena"),
                ("It's under Iris van der Meer", "Iris van der Meer=Iris van der Meer"),
                ("a table for Noor Haddad at 8", "Noor Haddad=Noor Haddad"),
                ("Name: Jean-Luc Petit", "Jean-Luc Petit=Jean-Luc Petit"),
                ("with Dr. Okafor tomorrow", "Dr. Okafor=Dr. Okafor"),
                ("my last name is O'Neil", "O'Neil=O'Neil"),
                ("my name is Will", "Will=Will"),
                ("hi, i am john .", "john=John"),
                ("under the name \"Noor Haddad\".", "Noor Haddad=Noor Haddad"),
                ("I'm with Anna Haddad, a party of 10", "Anna Haddad=Anna Haddad"),
                ("the Dr.was late", ""),
            ],
        );
    }

    #[test]
    fn what_follows_i_am_is_mostly_no_name() {
        hold(
            &PersonName,
            &[
                ("I'm looking for help", ""),
                ("i am frustrated", ""),
                ("I'm not sure", ""),
                ("This is ridiculous", ""),
                ("the hotel name is Seaside", ""),
                ("for Friday", ""),
                ("hello there", ""),
            ],
        );
    }

    #[test]
    fn a_short_answer_is_a_name() {
        hold_whole(
            &PersonName,
            &[
                ("Greta", "Greta"),
                ("greta olsen", "Greta Olsen"),
                ("It's Greta.", "Greta"),
                ("why", ""),
                ("no", ""),
                ("I don't know", ""),
                ("4512", ""),
                ("later please", ""),
            ],
        );
    }
}
