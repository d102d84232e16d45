//! The value that a question's words speak of without naming it: "how many people come".

use taskwright_domain::AttributeType;

use crate::read::names::{content, position_of_run};
use crate::read::reader::Reader;
use crate::read::split::starts;
use crate::read::token::{Kind, Token};

impl<'t, 'a> Reader<'t, 'a, '_> {
    /// The askable value whose name, description or options share most with the words.
    pub(in crate::read) fn by_content(&self, words: &[Token<'_>]) -> Option<usize> {
        let telling = content(words);
        let said: Vec<_> = words
            .iter()
            .filter(|t| matches!(t.kind, Kind::Word | Kind::Quote))
            .collect();
        let customers: Vec<u32> = words
            .windows(2)
            .filter(|two| two[0].is("the") && two[1].is_customer())
            .map(|two| two[1].span.start)
            .collect();
        let of = words.iter().position(|t| t.is("of")).filter(|at| *at > 0);
        let mut best: Vec<(usize, usize)> = Vec::new();
        let which_one = matches!(words, [which, one, ..] if which.any(&["which", "what"]) && one.any(&["one", "ones"]));
        let asks_for = |value: &crate::read::names::Named| {
            hints_at(words, value) && !(which_one && self.is_of_another_list(&value.reference))
        };
        for (place, value) in self
            .names
            .values
            .iter()
            .enumerate()
            .filter(|(_, value)| value.askable() && answers(words, value))
        {
            let named = value
                .field_stems
                .iter()
                .filter(|s| telling.iter().any(|t| s.akin(t)))
                .count();
            // "what suits the guest" does not ask for the number of guests.
            let only_customer =
                |s: &crate::read::names::Stem| telling.iter().all(|t| !s.akin(t) || customers.contains(&t.span.start));
            if named > 0 && value.field_stems.iter().all(only_customer) {
                continue;
            }
            // "date of birth" is no other date.
            let birth = of.filter(|_| value.field_stems.len() == 1 && named == 1);
            if birth.is_some_and(|at| {
                value.field_stems[0].same(&words[at - 1]) && self.of_something_else(place, &words[at..])
            }) {
                continue;
            }
            let options = value
                .options
                .iter()
                .filter(|o| position_of_run(&said, &o.stems).is_some())
                .count();
            let own = |t: &Token<'_>| value.field_stems.iter().any(|s| s.akin(t));
            let told = |t: &Token<'_>| !own(t) && value.about.iter().any(|s| s.same(t));
            let about = telling.iter().filter(|t| told(t)).count();
            let clause = words
                .first()
                .is_some_and(|t| t.any(&["what", "how", "why", "where", "which"]));
            let whole = usize::from(named == value.field_stems.len());
            let hinted = usize::from(asks_for(value));
            let score = named * 6 + whole * 4 + options * 5 + about * 2 + hinted * 9;
            let only = || {
                self.names
                    .values
                    .iter()
                    .filter(|other| other.askable() && asks_for(other))
                    .count()
                    == 1
            };
            let enough = hinted == 1 && (named + about > 0 || only())
                || whole == 1
                || options >= 2
                || (named * 2 >= value.field_stems.len() && named > 0 && about > 0)
                || (about >= 2 && about * 2 >= telling.len())
                || clause && about > 0 && about == telling.len();
            if enough {
                best.push((score, place));
            }
        }
        best.sort_by_key(|(score, at)| (std::cmp::Reverse(*score), *at));
        match best.as_slice() {
            [(_, at)] => Some(*at),
            [(score, at), (second, _), ..] if score > second => Some(*at),
            _ => None,
        }
    }
}

/// Whether a value can be the answer to a question's first word: a number answers no "when".
fn answers(words: &[Token<'_>], value: &crate::read::names::Named) -> bool {
    use AttributeType as Kind;
    let when = words.first().is_some_and(|t| t.is("when"))
        || words.windows(2).any(|two| two[0].is("since") && two[1].is("when"));
    let exact = matches!(
        value.kind,
        Kind::Identifier { .. }
            | Kind::Email
            | Kind::Phone
            | Kind::Amount
            | Kind::Image
            | Kind::Address
            | Kind::PersonName
    );
    !(when && exact)
}

/// Whether a question's own words call for a value of this kind: "when …", "how much …", "a photo of …".
fn hints_at(words: &[Token<'_>], value: &crate::read::names::Named) -> bool {
    let begins = |said: &[&str]| starts(words, said);
    let has = |said: &[&str]| words.iter().any(|t| t.any(said));
    let head = |t: &Token<'_>| value.field_stems.last().is_some_and(|stem| stem.same(t));
    match words {
        [how, much, ..] if how.is("how") && much.is("much") => matches!(value.kind, AttributeType::Amount),
        [how, many, ..] if how.is("how") && many.is("many") => matches!(value.kind, AttributeType::Integer),
        [when, ..] if when.is("when") => value.is_date() && !value.field_stems.iter().any(|s| s.text == "birth"),
        [which, one, ..] if which.any(&["which", "what"]) && one.any(&["one", "ones"]) => {
            matches!(value.kind, AttributeType::List { .. } | AttributeType::Object { .. })
        }
        [which, of, ..] if which.is("which") && of.is("of") => {
            let count = words
                .iter()
                .position(|t| t.any(&["the", "these"]))
                .and_then(|at| crate::read::constants::count_at(words, at + 1));
            count.is_some_and(|read| usize::try_from(read.value).is_ok_and(|count| count == value.options.len()))
        }
        [which, day, ..] if which.any(&["which", "what"]) && day.any(&["day", "date"]) => value.is_date() || head(day),
        [which, noun, _, ..] if which.any(&["which", "what"]) && noun.kind == Kind::Word && head(noun) => true,
        [place, ..] if place.is("where") => matches!(value.kind, AttributeType::Address | AttributeType::Place),
        [why, ..] if why.is("why") => value.field_stems.iter().any(|s| s.text == "reason" || s.text == "caus"),
        [who, ..] if who.is("who") => matches!(value.kind, AttributeType::PersonName),
        _ if begins(&["what", "happened"])
            || begins(&["what", "went", "wrong"])
            || has(&["words"]) && has(&["own"]) =>
        {
            matches!(value.kind, AttributeType::Text)
        }
        _ if has(&[
            "photo",
            "photos",
            "picture",
            "pictures",
            "image",
            "screenshot",
            "scan",
            "selfie",
        ]) =>
        {
            matches!(value.kind, AttributeType::Image)
        }
        _ => false,
    }
}
