//! Who a customer is: what they told already, and how they write.

use std::collections::BTreeSet;

use taskwright_tests::Seed;

use crate::wish::{Answer, LEADS, TAILS, Wish};

/// Letters from which on somebody misspells a word.
const LONG: usize = 6;

/// One customer.
pub(crate) struct Person<'a> {
    wish: &'a Wish,
    told: BTreeSet<&'static str>,
    slips: bool,
    pub(crate) mend: Option<&'static str>,
    pub(crate) talkative: bool,
    tells_more: bool,
    polite: bool,
    hasty: bool,
    clumsy: bool,
}

impl<'a> Person<'a> {
    pub(crate) fn new(wish: &'a Wish, seed: &mut Seed) -> Self {
        Self {
            wish,
            told: BTreeSet::new(),
            slips: seed.one_in(4),
            mend: None,
            talkative: seed.one_in(4),
            tells_more: seed.one_in(2),
            polite: seed.one_in(3),
            hasty: seed.one_in(5),
            clumsy: seed.one_in(6),
        }
    }

    /// The first message.
    pub(crate) fn opening(&mut self, seed: &mut Seed) -> String {
        let words = seed.pick(self.wish.openings);
        let greets = ["hi", "hello"]
            .iter()
            .any(|word| words.to_lowercase().starts_with(word));
        let words = if self.polite && !greets && seed.one_in(2) {
            format!("{}{words}", seed.pick(&LEADS))
        } else {
            words.to_owned()
        };
        self.with_more(&words, seed)
    }

    /// What they say when they are asked for a value; none where they have nothing to say.
    pub(crate) fn answer(&mut self, attribute: &str, seed: &mut Seed) -> Option<String> {
        let answer = self.wish.answers.iter().find(|answer| answer.attribute == attribute)?;
        let first = self.told.insert(answer.attribute) && !answer.first.is_empty();
        match answer.slip {
            Some((slip, mends)) if std::mem::take(&mut self.slips) => {
                self.mend = Some(seed.pick(mends));
                Some(slip.to_owned())
            }
            _ => {
                let words = seed.pick(if first { answer.first } else { answer.asked });
                Some(self.with_more(words, seed))
            }
        }
    }

    /// As this customer writes: some close politely, some care for neither capitals nor marks.
    pub(crate) fn writes(&self, words: String, seed: &mut Seed) -> String {
        let open = !words.ends_with(['.', '?', '!', ',']) && !words.to_lowercase().contains("please");
        let words = if self.polite && open && seed.one_in(3) {
            format!("{words}{}", seed.pick(&TAILS))
        } else {
            words
        };
        let words = if self.hasty { hastily(&words) } else { words };
        if self.clumsy && seed.one_in(2) {
            misspelled(&words, seed)
        } else {
            words
        }
    }

    /// Some say more than they were asked, in whatever order it comes to mind.
    fn with_more(&mut self, words: &str, seed: &mut Seed) -> String {
        let wish = self.wish;
        // Nobody repeats what their message says already.
        let says = |answer: &Answer| answer.unasked.iter().any(|text| shares_a_value(text, words));
        let left: Vec<&Answer> = wish
            .answers
            .iter()
            .filter(|answer| !answer.unasked.is_empty() && !self.told.contains(answer.attribute) && !says(answer))
            .collect();
        if !self.tells_more || left.is_empty() || !seed.one_in(2) {
            return words.to_owned();
        }
        let more = left[seed.below(left.len())];
        self.told.insert(more.attribute);
        joined(words, seed.pick(more.unasked), seed)
    }
}

/// Two things in one message.
fn joined(words: &str, told: &str, seed: &mut Seed) -> String {
    let mut letters = told.chars();
    let capital = letters.next().map(|first| first.to_uppercase().to_string());
    let sentence = format!("{}{}", capital.unwrap_or_default(), letters.as_str());
    let ended = words.ends_with(['.', '?', '!']);
    match seed.below(3) {
        0 if !ended => format!("{words} and {told}"),
        1 if !ended => format!("{words}, {told}"),
        _ if ended => format!("{words} {sentence}"),
        _ => format!("{words}. {sentence}."),
    }
}

/// Without a capital at the start, and without a mark at the end.
fn hastily(words: &str) -> String {
    let words = words.trim_end_matches(['.', '!', '?']);
    let mut letters = words.chars();
    // Nobody writes half a name small, and codes are copied as they are.
    let kept = |word: &str| {
        word.chars()
            .skip(1)
            .any(|c| c.is_uppercase() || c.is_ascii_digit() || c == '-')
    };
    let mut first = words.split(' ');
    let name = first.next().is_none_or(kept) || first.next().is_some_and(|next| next.starts_with(char::is_uppercase));
    match letters.next() {
        Some(first) if !name => format!("{}{}", first.to_lowercase(), letters.as_str()),
        _ => words.to_owned(),
    }
}

/// Two letters of one long word changed places; numbers, names and codes are copied with care.
fn misspelled(words: &str, seed: &mut Seed) -> String {
    let plain = |word: &&str| word.len() >= LONG && word.chars().all(|c| c.is_ascii_lowercase());
    let long: Vec<&str> = words.split([' ', ',', '.', '!', '?']).filter(plain).collect();
    if long.is_empty() {
        return words.to_owned();
    }
    let word = seed.pick(&long);
    let at = 1 + seed.below(word.len() - 2);
    let mut letters: Vec<char> = word.chars().collect();
    letters.swap(at, at + 1);
    words.replacen(word, &letters.into_iter().collect::<String>(), 1)
}

/// Whether two texts hold the same number, address or code.
fn shares_a_value(one: &str, other: &str) -> bool {
    let codes = |text: &str| -> BTreeSet<String> {
        text.split_whitespace()
            .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase())
            .filter(|word| word.contains('@') || word.chars().any(|c| c.is_ascii_digit()))
            .collect()
    };
    !codes(one).is_disjoint(&codes(other))
}
