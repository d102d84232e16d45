//! What a list of things to ask for names.

use taskwright_domain::{AttributeType, Span};

use super::parts::noun_phrases;
use crate::read::names::{Lookup, Prefer, content, is_filler, position_of_run};
use crate::read::reader::Reader;
use crate::read::token::{Kind, Token};

/// What a list of things to ask for names.
#[derive(Debug, Default)]
pub(in crate::read) struct Wanted {
    /// Values, with the words that name them.
    pub(in crate::read) values: Vec<(usize, Span, bool)>,
    /// Words that name none.
    pub(in crate::read) unknown: Vec<(String, Span)>,
}

impl<'t, 'a> Reader<'t, 'a, '_> {
    /// The values that a list of noun phrases and question clauses names.
    pub(in crate::read) fn wanted(&self, words: &[Token<'_>]) -> Wanted {
        let mut found = Wanted::default();
        // "the following: account e-mail, refund amount"
        let words = match words.iter().take(7).position(|t| t.mark(':')) {
            Some(colon)
                if colon + 1 < words.len()
                    && words[..colon]
                        .iter()
                        .any(|t| t.any(&["following", "these", "details", "information", "info", "things"])) =>
            {
                &words[colon + 1..]
            }
            _ => words,
        };
        // "the booking number, which stands in the e-mail": where it stands is not asked for.
        let words = match words
            .windows(2)
            .position(|two| two[0].mark(',') && two[1].any(&["which", "where"]))
        {
            Some(comma) if comma > 0 && !words[comma..].iter().any(|t| t.is("and")) => &words[..comma],
            _ => words,
        };
        if let Some(at) = self.alternatives(words) {
            let span = self.span(words);
            found.values.push((at, span, false));
            return found;
        }
        for part in noun_phrases(words) {
            let span = self.span(part);
            match self.one_wanted(part) {
                Some((at, sure)) => {
                    if !found.values.iter().any(|(known, ..)| *known == at) {
                        found.values.push((at, span, sure));
                    }
                }
                // "a photo of the passport or licence": the second is of the same photo.
                None if self.follows_photo(words, part, &found) => {}
                None => {
                    let said = part
                        .iter()
                        .filter(|t| t.kind == Kind::Word && !is_filler(&t.low))
                        .map(|t| t.low.clone())
                        .collect::<Vec<_>>()
                        .join(" ");
                    if !said.is_empty() {
                        found.unknown.push((said, span));
                    }
                }
            }
        }
        found
    }

    /// "how much it was worth ({claim_amount})": the value that one question is for.
    pub(super) fn named_in_brackets(&self, words: &[Token<'_>]) -> Option<usize> {
        let mut pills = words.iter().enumerate().filter(|(_, t)| t.kind == Kind::Pill);
        let (place, pill) = pills.next().filter(|(place, _)| *place > 1)?;
        let bracketed = words[place - 1].mark('(') && words.get(place + 1).is_none_or(|t| t.mark(')'));
        let one = noun_phrases(&words[..place - 1]).len() == 1 && words.len() <= place + 2;
        (pills.next().is_none() && bracketed && one)
            .then(|| self.names.of_token(pill))
            .flatten()
    }

    /// "what they use (Windows, Mac …)": the only choice that has one of these.
    pub(super) fn options_in_brackets(&self, words: &[Token<'_>]) -> Option<usize> {
        let open = words.iter().position(|t| t.mark('('))?;
        let inside: Vec<_> = words[open..].iter().filter(|t| t.kind == Kind::Word).collect();
        let several = words[open..].iter().any(|t| t.mark(',') || t.mark('/'));
        let has = |value: &&crate::read::names::Named| {
            let named = |o: &crate::read::names::Choice| position_of_run(&inside, &o.stems).is_some();
            several && value.askable() && value.options.iter().any(named)
        };
        let mut fits = self.names.values.iter().enumerate().filter(|(_, value)| has(value));
        let (at, _) = fits.next()?;
        fits.next().is_none().then_some(at)
    }

    /// "whether they want red or blue": the parts are options of one choice.
    pub(in crate::read) fn alternatives(&self, words: &[Token<'_>]) -> Option<usize> {
        let or = words.iter().any(|t| t.any(&["or", "between"]));
        let says: Vec<_> = words
            .iter()
            .filter(|t| t.kind == Kind::Word || t.kind == Kind::Quote)
            .collect();
        let mut fits = self.names.values.iter().enumerate().filter(|(_, value)| {
            let named = value
                .options
                .iter()
                .filter(|o| position_of_run(&says, &o.stems).is_some())
                .count();
            value.askable() && or && named >= 2
        });
        let (at, _) = fits.next()?;
        fits.next().is_none().then_some(at)
    }

    fn one_wanted(&self, part: &[Token<'_>]) -> Option<(usize, bool)> {
        // "the patient's phone number" is no number of the patient.
        if let Some(owner) = part.iter().take(3).position(|t| t.is("'s"))
            && owner > 0
            && part[owner - 1].is_customer()
            && let Some(found) = self.one_wanted(&part[owner + 1..])
        {
            return Some(found);
        }
        // "the new value" is no value's name.
        let said = content(part);
        let says_nothing = |t: &&Token<'_>| {
            crate::read::names::is_ornament(&t.low)
                || t.any(&["value", "values", "information", "info", "details", "data"])
        };
        let pill = part.iter().any(|t| t.kind == Kind::Pill);
        let called = |t: &&&Token<'_>| {
            self.names
                .values
                .iter()
                .any(|v| v.askable() && matches!(v.field_stems.as_slice(), [one] if one.same(t)))
        };
        if !pill && !said.is_empty() && said.iter().all(says_nothing) && !said.iter().any(|t| called(&t)) {
            return None;
        }
        let prefer = Prefer {
            askable: true,
            owner: None,
        };
        match self.names.lookup(part, prefer) {
            Lookup::One { at, sure }
                if self.names.value(at).askable() || sure && part.iter().any(|t| t.kind == Kind::Pill) =>
            {
                return Some((at, sure));
            }
            Lookup::Several(several) => {
                let askable: Vec<_> = several
                    .iter()
                    .copied()
                    .filter(|at| self.names.value(*at).askable())
                    .collect();
                if let [at] = askable.as_slice() {
                    return Some((*at, false));
                }
                return None;
            }
            _ => {}
        }
        // "the number of the ticket that failed": the head may be enough.
        if let Some(cut) = part
            .iter()
            .position(|t| {
                t.any(&[
                    "of", "that", "which", "for", "so", "they", "on", "from", "in", "to", "as", "with", "we", "was",
                    "using",
                ])
            })
            .filter(|cut| *cut > 0)
            && let Lookup::One { at, .. } = self.names.lookup(&part[..cut], prefer)
            && self.names.value(at).askable()
            && !self.of_something_else(at, &part[cut..])
        {
            return Some((at, false));
        }
        self.by_content(part)
            .or_else(|| self.abbreviated(part))
            .map(|at| (at, false))
    }

    /// "new reg", "booking ref": a word that is the beginning of exactly one value's word.
    fn abbreviated(&self, part: &[Token<'_>]) -> Option<usize> {
        let telling: Vec<_> = content(part)
            .into_iter()
            .filter(|t| !crate::read::names::is_ornament(&t.low))
            .collect();
        let [.., short] = telling.as_slice() else { return None };
        let shortens = |value: &crate::read::names::Named| {
            let of = |t: &Token<'_>, s: &crate::read::names::Stem| s.text.starts_with(&t.low) && t.low.len() >= 3;
            value.askable()
                && value.field_stems.last().is_some_and(|s| of(short, s))
                && telling
                    .iter()
                    .all(|t| value.field_stems.iter().any(|s| of(t, s) || s.same(t)))
        };
        let mut fits = (0..self.names.values.len()).filter(|at| shortens(self.names.value(*at)));
        let at = fits.next()?;
        fits.next().is_none().then_some(at)
    }

    fn follows_photo(&self, words: &[Token<'_>], part: &[Token<'_>], found: &Wanted) -> bool {
        let last_is_photo = found
            .values
            .last()
            .is_some_and(|(at, ..)| matches!(self.names.value(*at).kind, AttributeType::Image));
        let joined_by_or = words
            .iter()
            .position(|t| part.first().is_some_and(|first| first.span == t.span))
            .is_some_and(|at| words[..at].iter().rev().take(2).any(|t| t.is("or")));
        last_is_photo && joined_by_or
    }

    /// "date of birth" is no other date, "the number of the ticket" is the ticket's.
    pub(super) fn of_something_else(&self, at: usize, tail: &[Token<'_>]) -> bool {
        let value = self.names.value(at);
        let own = |t: &&Token<'_>| {
            let stems = || value.field_stems.iter().chain(&value.about);
            stems().any(|s| s.akin(t))
                || t.any(&["customer", "user"])
                || self.names.object(std::slice::from_ref(t)).is_some()
        };
        let telling = content(&tail[1..]);
        tail[0].is("of") && !telling.is_empty() && !telling.iter().any(own)
    }
}

/// Whether a list wants one of its values only: "the e-mail or the phone number".
pub(in crate::read) fn is_either(words: &[Token<'_>], wanted: &Wanted) -> bool {
    if wants_some(words).is_some() {
        return true;
    }
    let ends: Vec<_> = wanted
        .values
        .iter()
        .map(|(_, span, _)| (span.start, span.end))
        .collect();
    ends.windows(2).any(|pair| {
        let between = |t: &&Token<'_>| t.span.start >= pair[0].1 && t.span.end <= pair[1].0;
        let mut between = words.iter().filter(between).filter(|t| !t.is_mark());
        between.next().is_some_and(|t| t.is("or")) && between.next().is_none_or(|t| t.any(&["the", "their", "a", "an"]))
    })
}

/// "two of the following", "3 out of 7 of these": where a count of several begins.
pub(in crate::read) fn wants_some(words: &[Token<'_>]) -> Option<usize> {
    (0..words.len()).find(|at| {
        let counts = crate::read::constants::count_at(words, *at).is_some() || words[*at].is("any");
        let rest = &words[at + 1..];
        let out = usize::from(rest.first().is_some_and(|t| t.is("out")));
        counts
            && rest.get(out).is_some_and(|t| t.is("of"))
            && rest.get(out + 1).is_some_and(|t| {
                t.kind == Kind::Number || t.any(&["the", "these", "those", "following", "their", "below"])
            })
            && !rest
                .get(out + 2)
                .is_some_and(|t| t.any(&["customer", "customers", "user"]))
    })
}
