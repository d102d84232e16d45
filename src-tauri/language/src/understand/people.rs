//! Counting people that are listed rather than counted: "2 adults and 3 kids", "my wife and I".

use taskwright_domain::Value;

use super::cues::is_people;
use crate::values::{Candidate, Line, Strength, number_at};

/// Adds the sum of each list of people, and takes its parts away.
pub(super) fn add(line: &Line, found: &mut Vec<Candidate>, asked: bool) {
    let mut at = 0;
    while at < line.len() {
        match list_at(line, at) {
            Some((to, sum, groups)) if groups > 1 || asked && sum == 1 && is_alone(line, at) => {
                found.retain(|c| c.to <= at || to <= c.from);
                found.push(Candidate::new(line, at, to, Value::Integer(sum), Strength::Strong));
                at = to;
            }
            Some((to, ..)) => at = to,
            None => at += 1,
        }
    }
    found.sort_by_key(|c| c.from);
}

/// "just me", "alone": one person.
fn is_alone(line: &Line, at: usize) -> bool {
    line.is(at, &["me", "myself", "alone"])
}

/// Whether a value is a list of people rather than a number.
pub(super) fn is_list(line: &Line, candidate: &Candidate) -> bool {
    (candidate.from..candidate.to).any(|i| {
        line.is(i, &["me", "myself", "alone", "i"])
            || is_people(line.word(i))
            || is_relative(line.word(i).trim_end_matches('s'))
    })
}

/// Groups of people joined by "and", commas or "plus": where the list ends, its sum, and how many groups it has.
fn list_at(line: &Line, at: usize) -> Option<(usize, i64, usize)> {
    let (mut to, mut sum) = group_at(line, at)?;
    let mut groups = 1;
    loop {
        let mut next = to;
        while next < to + 2 && line.is(next, &[",", "and", "&", "plus", "+"]) {
            next += 1;
        }
        let joined = next > to || line.get(next).is_some();
        let Some((end, more)) = joined.then(|| group_at(line, next)).flatten() else {
            break;
        };
        // Side by side only counts go on: "2 adults 2 children".
        if next == to && number_at(line, next).is_none() {
            break;
        }
        sum += more;
        groups += 1;
        to = end;
    }
    Some((to, sum, groups))
}

fn group_at(line: &Line, at: usize) -> Option<(usize, i64)> {
    if line.is(at, &["me", "myself", "i"])
        && (at == 0
            || line.is(
                at - 1,
                &[
                    "and", ",", "for", "just", "only", "plus", "by", "with", "&", "be", "it's", "its", "is",
                ],
            ))
    {
        let goes_on = line.word(at) == "i"
            && line.is_word(at + 1)
            && !line.is(at + 1, &["and", "at", "on", "for", "are", "will", "in", "please"]);
        return (!goes_on).then_some((at + 1, 1));
    }
    if line.is(at, &["alone"]) {
        return Some((at + 1, 1));
    }
    let owner = usize::from(line.is(at, &["my", "the", "our", "their", "his", "her", "a", "one", "another"]));
    let described = line.is(at + owner, &["lady", "good", "best", "old", "young", "little", "new"])
        && is_relative(line.word(at + owner + 1));
    let kin = at + owner + usize::from(described);
    if owner == 1 && is_relative(line.word(kin)) {
        return Some((kin + 1, 1));
    }
    if owner == 1 && line.is(kin, &["parents", "grandparents", "folks"]) {
        return Some((kin + 1, 2));
    }
    let number = number_at(line, at + usize::from(line.is(at, &["my", "the", "our"])))?;
    let count: i64 = number
        .value
        .to_string()
        .parse()
        .ok()
        .filter(|n| (0..1000).contains(n))?;
    let mine = if line.starts(number.to, &["of", "my"]) || line.starts(number.to, &["of", "our"]) {
        2
    } else {
        0
    };
    let noun = number.to + mine + usize::from(line.is(number.to, &["other", "more", "small", "young", "little"]));
    let counted = is_people(line.word(noun))
        || is_relative(line.word(noun).trim_end_matches('s'))
        || matches!(line.word(noun), "others" | "other" | "more");
    counted.then(|| (noun + 1, if line.word(noun) == "couples" { count * 2 } else { count }))
}

fn is_relative(word: &str) -> bool {
    matches!(
        word,
        "wife"
            | "husband"
            | "son"
            | "daughter"
            | "mother"
            | "father"
            | "mom"
            | "mum"
            | "dad"
            | "brother"
            | "sister"
            | "friend"
            | "partner"
            | "girlfriend"
            | "boyfriend"
            | "colleague"
            | "boss"
            | "child"
            | "kid"
            | "baby"
            | "grandmother"
            | "grandfather"
            | "uncle"
            | "aunt"
            | "cousin"
            | "guest"
            | "spouse"
            | "woman"
            | "lady"
            | "nephew"
            | "niece"
            | "grandson"
            | "granddaughter"
            | "grandma"
            | "grandpa"
            | "fiance"
            | "fiancee"
            | "mate"
            | "buddy"
            | "coworker"
    )
}
