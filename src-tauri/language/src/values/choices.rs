//! One of some options, by its words, its place in the list, or what it is worth.

use taskwright_domain::Value;

use super::everyday::is_everyday;
use super::line::{Line, TokenKind};
use super::numbers::{number_at, ordinal_at};
use super::stems::{near, stem};
use super::{Candidate, Strength, ValueContext, clock, days};

/// An option cut into words.
struct Option_<'a> {
    written: &'a str,
    stems: Vec<String>,
    /// The words the stems are of.
    words: Vec<String>,
}

impl Option_<'_> {
    /// Whether a word is a likely misspelling of the option's word with this stem.
    fn misspelled(&self, word: &str, stem: &str) -> bool {
        let own = self.stems.iter().zip(&self.words).find(|(s, _)| *s == stem);
        own.is_some_and(|(_, own)| near(word, own))
    }
}

/// Options named in the text. Where one is asked for, parts, near spellings and places in the list count too.
pub(crate) fn find(line: &Line, options: &[String], asked: bool, context: &ValueContext<'_>) -> Vec<Candidate> {
    let cut: Vec<Option_<'_>> = options
        .iter()
        .map(|o| {
            let (stems, words) = content(&Line::new(o));
            Option_ {
                written: o,
                stems,
                words,
            }
        })
        .collect();
    let mut hits: Vec<(usize, Candidate)> = Vec::new();
    for (i, option) in cut.iter().enumerate() {
        let alone = |stem: &str| {
            cut.iter()
                .enumerate()
                .all(|(j, o)| j == i || !o.stems.iter().any(|s| s == stem))
        };
        hits.extend(phrase_hits(line, option));
        hits.extend(word_hits(line, option, &alone, asked));
        hits.extend(initials(line, option));
    }
    hits.extend(worth_hits(line, options, context));
    if asked {
        hits.extend(place_hits(line, options));
        hits.extend(kin_hits(line, &cut));
    }
    hits.retain(|(_, c)| !negated(line, c.from));
    // Where one option is named in full, a stray word of another is not meant.
    let whole = hits.iter().map(|(w, _)| *w).max().filter(|w| *w >= 80).unwrap_or(0);
    hits.retain(|(w, _)| *w + 21 >= whole);
    match all_of_them(line, options, &hits) {
        Some(both) => vec![both],
        None => best(hits),
    }
}

/// "My name and my address" where the options are name, address and both.
fn all_of_them(line: &Line, options: &[String], hits: &[(usize, Candidate)]) -> Option<Candidate> {
    let both = options.iter().find(|option| {
        let words = Line::new(option);
        words.is(0, &["both", "all", "everything"])
    })?;
    let named = |option: &String| hits.iter().find(|(_, c)| c.value == Value::Choice(option.clone()));
    let others = || options.iter().filter(|option| *option != both);
    let found: Vec<&Candidate> = others().filter_map(named).map(|(_, c)| c).collect();
    let first = found.iter().map(|c| c.from).min()?;
    let last = found.iter().map(|c| c.to).max()?;
    let joined = (first..last).any(|at| line.is(at, &["and", "&", "plus"]))
        && !(first..last).any(|at| line.is(at, &["or", "not"]));
    (found.len() >= 2 && found.len() == others().count() && joined)
        .then(|| hit(line, both, first, last, 100, Strength::Strong).1)
}

/// Stems and words of an option, numbers among them, marks left out.
fn content(line: &Line) -> (Vec<String>, Vec<String>) {
    (0..line.len())
        .filter(|i| line.get(*i).is_some_and(|t| t.kind != TokenKind::Mark))
        .map(|i| (line.stem(i).to_owned(), line.word(i).to_owned()))
        .unzip()
}

fn hit(line: &Line, option: &str, from: usize, to: usize, weight: usize, strength: Strength) -> (usize, Candidate) {
    (
        weight,
        Candidate::new(line, from, to, Value::Choice(option.to_owned()), strength),
    )
}

/// The option's words in a row, marks between them passed over.
fn phrase_hits(line: &Line, option: &Option_<'_>) -> Vec<(usize, Candidate)> {
    let mut found = Vec::new();
    for at in 0..line.len() {
        let mut to = at;
        let mut matched = 0;
        while let Some(wanted) = option.stems.get(matched) {
            if matched > 0 && to < at + 12 && line.get(to).is_some_and(|t| t.kind == TokenKind::Mark && t.word != "?") {
                to += 1;
                continue;
            }
            if line.stem(to) != wanted {
                break;
            }
            to += 1;
            matched += 1;
        }
        if matched == option.stems.len() && matched > 0 {
            let number = line.digits(at).is_some() && !line.stands_alone(at, to, &["#", "("], &[")"]);
            if !number {
                let exact = (at..to)
                    .filter(|i| line.get(*i).is_some_and(|t| t.kind != TokenKind::Mark))
                    .zip(&option.words)
                    .all(|(i, word)| line.word(i) == word);
                found.push(hit(
                    line,
                    option.written,
                    at,
                    to,
                    if exact { 120 } else { 90 } + matched.min(9),
                    Strength::Strong,
                ));
            }
        }
    }
    found
}

/// A word that only this option has.
fn word_hits(line: &Line, option: &Option_<'_>, alone: &dyn Fn(&str) -> bool, asked: bool) -> Vec<(usize, Candidate)> {
    if option.stems.len() < 2 && !asked {
        return Vec::new();
    }
    let mut found = Vec::new();
    for at in (0..line.len()).filter(|i| line.is_word(*i)) {
        let word = line.word(at);
        let own = |s: &&String| alone(s) && s.chars().count() >= 3 && !is_function_word(s);
        let Some(matched) = option.stems.iter().filter(own).find(|s| {
            line.stem(at) == s.as_str() || asked && (near(line.stem(at), s) || option.misspelled(line.word(at), s))
        }) else {
            continue;
        };
        let exact = line.stem(at) == matched.as_str();
        let strong = exact
            && (asked
                || !is_everyday(word) && word.chars().count() >= 4 && (line.capital(at) || word.chars().count() >= 6));
        let weight = if exact { 50 } else { 20 };
        found.push(hit(
            line,
            option.written,
            at,
            at + 1,
            weight,
            if strong { Strength::Strong } else { Strength::Weak },
        ));
    }
    found
}

fn is_function_word(stem: &str) -> bool {
    matches!(
        stem,
        "the"
            | "of"
            | "and"
            | "or"
            | "for"
            | "with"
            | "not"
            | "to"
            | "in"
            | "on"
            | "at"
            | "my"
            | "it"
            | "is"
            | "no"
            | "a"
            | "an"
            | "other"
            | "one"
            | "i"
            | "was"
            | "has"
    )
}

/// "NYC", in capitals.
fn initials(line: &Line, option: &Option_<'_>) -> Vec<(usize, Candidate)> {
    let wanted: String = Line::new(option.written)
        .tokens()
        .iter()
        .filter(|t| t.capital)
        .filter_map(|t| t.word.chars().next())
        .collect();
    let long = wanted.chars().count() >= 2;
    (0..line.len())
        .filter(|i| long && line.word(*i) == wanted && line.text(*i, i + 1).chars().all(char::is_uppercase))
        .map(|i| hit(line, option.written, i, i + 1, 60, Strength::Strong))
        .collect()
}

/// Options that are times, days of a month or numbers, compared by what they are worth.
fn worth_hits(line: &Line, options: &[String], context: &ValueContext<'_>) -> Vec<(usize, Candidate)> {
    let mut found = Vec::new();
    let times = clock::find(line, context);
    let mut dates: Option<Vec<Candidate>> = None;
    for option in options {
        let cut = Line::new(option);
        if let Some(time) = clock::find(&cut, context)
            .into_iter()
            .find(|c| c.from == 0 && c.to == cut.len() && c.strength == Strength::Strong)
        {
            for said in times.iter().filter(|t| t.value == time.value) {
                found.push(hit(line, option, said.from, said.to, 80, said.strength));
            }
        } else if let Some((_, day)) = ordinal_at(&cut, 0).filter(|(to, n)| *to == cut.len() && *n <= 31) {
            let dates = dates.get_or_insert_with(|| days::find(line, context));
            for said in dates
                .iter()
                .filter(|d| matches!(&d.value, Value::Date(date) if u32::from(date.day().unsigned_abs()) == day))
            {
                found.push(hit(line, option, said.from, said.to, 80, Strength::Strong));
            }
        } else if let Some(number) = number_at(&cut, 0).filter(|n| n.to == cut.len()) {
            let same = |at: usize| number_at(line, at).filter(|n| n.value == number.value && n.spoken);
            found
                .extend((0..line.len()).filter_map(|at| Some(hit(line, option, at, same(at)?.to, 70, Strength::Weak))));
        }
    }
    found
}

/// "the first one", "option 2", "the last", "the latter".
fn place_hits(line: &Line, options: &[String]) -> Vec<(usize, Candidate)> {
    let numbers = options.iter().any(|o| o.chars().any(|c| c.is_ascii_digit()));
    let mut found = Vec::new();
    for at in 0..line.len() {
        let counted = ordinal_at(line, at)
            .filter(|(to, _)| !line.is(to.saturating_sub(0), &["time", "day", "week"]))
            .map(|(to, n)| (to, n as usize));
        let named = line.is(at, &["option", "number", "choice", "no", "#"]).then(|| {
            let next = at + 1 + usize::from(line.is(at + 1, &["#", "."]));
            number_at(line, next).and_then(|n| Some((n.to, n.value.to_string().parse::<usize>().ok()?)))
        });
        let last = match line.word(at) {
            "last" | "latter" if !line.is(at + 1, &["week", "month", "year", "night", "time"]) => {
                Some((at + 1, options.len()))
            }
            "former" => Some((at + 1, 1)),
            _ => None,
        };
        let alone = (line.len() == 1 && !numbers)
            .then(|| number_at(line, at))
            .flatten()
            .and_then(|n| Some((n.to, n.value.to_string().parse::<usize>().ok()?)));
        let Some((to, n)) = counted.or(named.flatten()).or(last).or(alone) else {
            continue;
        };
        if let Some(option) = n.checked_sub(1).and_then(|i| options.get(i)) {
            let end = to + usize::from(line.is(to, &["one", "option"]));
            found.push(hit(
                line,
                option,
                at,
                end,
                40,
                if numbers { Strength::Weak } else { Strength::Strong },
            ));
        }
    }
    found
}

/// Words of the same sense, in general customer English.
const KIN: &[&[&str]] = &[
    &["cheap", "inexpensive", "affordable", "budget", "low", "economical"],
    &["expensive", "pricey", "costly", "luxury", "fancy", "upscale", "high"],
    &["moderate", "average", "medium", "mid", "reasonable"],
    &["big", "large", "huge", "xl"],
    &["small", "little", "tiny"],
    &[
        "broken",
        "damaged",
        "defective",
        "faulty",
        "cracked",
        "smashed",
        "ripped",
        "torn",
        "crushed",
        "dented",
        "scratched",
    ],
    &["late", "delayed", "overdue", "slow"],
    &["missing", "lost", "never"],
    &["wrong", "incorrect", "different", "mistaken"],
    &["partial", "part", "partly", "some", "half", "portion"],
    &[
        "full",
        "entire",
        "whole",
        "all",
        "complete",
        "total",
        "everything",
        "completely",
    ],
    &["car", "driving", "drive", "automobile", "vehicle"],
    &["walk", "walking", "foot"],
    &["transit", "bus", "train", "metro", "subway", "tram"],
    &["mail", "email", "e-mail"],
    &["phone", "call", "telephone", "mobile", "smartphone", "cell"],
    &["computer", "laptop", "pc", "desktop", "notebook"],
    &["refund", "money", "reimbursement"],
    &["exchange", "replacement", "swap", "replace"],
    &["music", "concert", "gig", "band"],
    &["sport", "game", "match", "tournament"],
    &["rain", "raining", "rainy", "wet"],
    &["snow", "snowing", "snowy"],
    &["female", "woman", "f"],
    &["male", "man", "m"],
];

fn kin_hits(line: &Line, options: &[Option_<'_>]) -> Vec<(usize, Candidate)> {
    let mut found = Vec::new();
    for group in KIN {
        let stems: Vec<String> = group.iter().map(|w| stem(w)).collect();
        let meant: Vec<&Option_<'_>> = options
            .iter()
            .filter(|o| o.stems.iter().any(|s| stems.contains(s)))
            .collect();
        let [option] = meant.as_slice() else { continue };
        for at in (0..line.len()).filter(|i| line.is_word(*i) && stems.iter().any(|s| s == line.stem(*i))) {
            found.push(hit(line, option.written, at, at + 1, 30, Strength::Weak));
        }
    }
    found
}

/// "not damaged", "isn't late", "without a meal", "instead of the full one".
pub(crate) fn negated(line: &Line, at: usize) -> bool {
    for back in 1..=3 {
        let word = line.before(at, back);
        if word.is_empty()
            || line.is_break(at - back)
            || matches!(word, "but" | "just" | "only" | "rather") && back < 3 && line.before(at, back + 1) != "instead"
        {
            return false;
        }
        let joined = word == "of" && line.before(at, back + 1) == "instead"
            || word == "than" && line.before(at, back + 1) == "rather";
        if matches!(
            word,
            "not" | "never" | "without" | "neither" | "nor" | "cannot" | "except"
        ) || word.ends_with("n't")
            || joined
            || word == "no" && back == 1
        {
            return true;
        }
    }
    false
}

/// The best hits that do not overlap, in the order of the text.
fn best(mut hits: Vec<(usize, Candidate)>) -> Vec<Candidate> {
    hits.sort_by(|(a, x), (b, y)| {
        b.cmp(a)
            .then((y.to - y.from).cmp(&(x.to - x.from)))
            .then(x.from.cmp(&y.from))
    });
    let mut kept: Vec<(usize, Candidate)> = Vec::new();
    for (weight, candidate) in hits {
        let same_place = |c: &Candidate| c.from < candidate.to && candidate.from < c.to;
        match kept.iter_mut().find(|(_, c)| same_place(c)) {
            // Two options fit the same words equally well: neither is meant for sure.
            Some((w, c))
                if *w == weight && c.value != candidate.value && c.from == candidate.from && c.to == candidate.to =>
            {
                c.strength = Strength::Unclear
            }
            Some(_) => {}
            None => kept.push((weight, candidate)),
        }
    }
    let mut found: Vec<Candidate> = kept
        .into_iter()
        .map(|(_, c)| c)
        .filter(|c| c.strength != Strength::Unclear)
        .collect();
    found.sort_by_key(|c| c.from);
    found
}

#[cfg(test)]
mod tests {
    use taskwright_domain::AttributeType;

    use crate::values::trial::{hold, hold_whole};

    fn of(options: &[&str]) -> AttributeType {
        AttributeType::Choice {
            options: options.iter().map(|o| (*o).to_owned()).collect(),
        }
    }

    #[test]
    fn options_are_found_by_their_words() {
        let plan = of(&["Full refund", "Partial refund"]);
        hold(
            &plan,
            &[
                ("a full refund please", "full refund=Full refund"),
                ("partial refunds are fine", "partial refunds=Partial refund"),
                ("a refund", ""),
                ("I'd rather pay", ""),
            ],
        );
        hold(
            &of(&["Economy", "Premium Economy"]),
            &[
                ("premium economy", "premium economy=Premium Economy"),
                ("economy", "economy=Economy"),
            ],
        );
        hold(
            &of(&["Bank of Ulm", "Nordkasse"]),
            &[
                ("with nordkasse", "nordkasse=Nordkasse"),
                ("the Bank of Ulm", "Bank of Ulm=Bank of Ulm"),
            ],
        );
        hold(
            &of(&["11 am", "12 pm", "1 pm"]),
            &[
                ("at 11am", "11am=11 am"),
                ("noon works", "noon=12 pm"),
                ("13:00", "13:00=1 pm"),
            ],
        );
        hold(&of(&["11th", "12th"]), &[("on May 12th", "12th=12th")]);
    }

    #[test]
    fn an_option_that_is_denied_is_not_meant() {
        let state = of(&["damaged", "late", "other"]);
        hold(
            &state,
            &[
                ("it is damaged", "damaged=damaged"),
                ("it is not damaged", ""),
                ("it isn't damaged but late", "late=late"),
                ("not damaged", ""),
            ],
        );
        hold_whole(&state, &[("damaged", "damaged"), ("not damaged", "")]);
    }

    #[test]
    fn an_asked_option_may_be_named_by_part_place_or_kin() {
        hold_whole(
            &of(&["Full refund", "Partial refund"]),
            &[
                ("full", "Full refund"),
                ("the first one", "Full refund"),
                ("second", "Partial refund"),
                ("option 2", "Partial refund"),
                ("partail", "Partial refund"),
                ("2", "Partial refund"),
                ("the last one", "Partial refund"),
                ("third", ""),
            ],
        );
        hold_whole(
            &of(&["cheap", "expensive"]),
            &[("inexpensive", "cheap"), ("pricey", "expensive")],
        );
    }
}
