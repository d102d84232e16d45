//! What is said about a subject.

use taskwright_domain::{AttributeType, Comparison, Condition, Operand, Value};

use super::super::constants::{amount_at, number_at, period_at};
use super::super::names::{Choice, Lookup, Prefer, Stem, content, position_of_run};
use super::super::token::{Kind, Token};
use super::super::weekdays::{is_weekday, time_at};
use super::compare::{Relation, is_numeric, numeric_comparison, relation_at, same_family};
use super::subject::{Subject, is_customer};
use super::{Conditions, Got, Outcome, Trouble, negate, refer, trim};

/// A predicate read: the condition, and the value it looks at.
type Said = (Condition, Option<usize>);

const AUXILIARIES: [&str; 24] = [
    "is", "are", "was", "were", "'s", "be", "been", "being", "has", "have", "had", "does", "do", "did", "will",
    "would", "can", "could", "am", "gets", "got", "seems", "turns", "shows",
];

const NEGATIONS: [&str; 5] = ["not", "never", "no", "neither", "nor"];

impl Conditions<'_, '_> {
    /// One comparison, state or answer.
    pub(super) fn atom(&self, words: &[Token<'_>], inherited: Option<&Subject>) -> Outcome<Got> {
        if let Some(got) = self.special(words) {
            return Ok(got);
        }
        let mut trouble = Trouble::NotClear;
        let mut attempt = |at: usize, open: bool| {
            let (before, after) = words.split_at(at);
            // "value < 30": the mark belongs to what is said of the value.
            if before
                .last()
                .is_some_and(|t| matches!(t.kind, Kind::Mark('<' | '>' | '≤' | '≥' | '≠')))
            {
                return None;
            }
            // "starts at or after six": the joint belongs to what is said.
            if before.last().is_some_and(|t| t.any(&["or", "and", "nor", "than"])) {
                return None;
            }
            let before = without_relative(before);
            let pronoun = !before.is_empty()
                && before
                    .iter()
                    .all(|t| t.any(&["it", "this", "that", "they", "he", "she"]));
            let subject = match inherited {
                Some(inherited) if open || pronoun => Ok(inherited.clone()),
                _ if open => Ok(Subject::Open),
                _ => self.subject(before),
            };
            let found = subject.and_then(|subject| match self.predicate(&subject, after) {
                Ok((condition, value)) => Ok(self.got(condition, value, &subject, before, after)),
                Err(why) if matches!(subject, Subject::Open | Subject::Customer) && why.weight() < 3 => {
                    let (condition, value) = self.predicate(&Subject::Any, after).map_err(|_| why)?;
                    Ok(self.got(condition, value, &Subject::Any, before, after))
                }
                // "the verification failed" while its result is waited for.
                Err(why) => match (&self.said.waiting, &subject) {
                    (Some(key), Subject::Thing(owner)) if owner != key => {
                        let subject = Subject::Thing(key.clone());
                        let (condition, value) = self.predicate(&subject, after).map_err(|_| why)?;
                        Ok(self.got(condition, value, &subject, before, after))
                    }
                    _ => Err(why),
                },
            });
            match found {
                Ok(got) => Some(got),
                Err(why) => {
                    trouble = std::mem::replace(&mut trouble, Trouble::NotClear).or(why);
                    None
                }
            }
        };
        for at in (1..words.len()).filter(|at| words[*at].any(&AUXILIARIES)).take(4) {
            if let Some(got) = attempt(at, false) {
                return Ok(got);
            }
        }
        if let Some(got) = attempt(0, true) {
            return Ok(got);
        }
        for at in (1..words.len().min(7)).rev() {
            if let Some(got) = attempt(at, false) {
                return Ok(got);
            }
        }
        if let Some(got) = self.described(words) {
            return Ok(got);
        }
        let weekday = words.iter().any(|t| is_weekday(t) || t.is("holiday"));
        if weekday {
            return Err(Trouble::NotClear);
        }
        Err(if is_yes_or_no(words) {
            trouble.or(Trouble::YesNo)
        } else {
            trouble
        })
    }

    fn got(
        &self,
        condition: Condition,
        value: Option<usize>,
        subject: &Subject,
        before: &[Token<'_>],
        after: &[Token<'_>],
    ) -> Got {
        let sure = matches!((subject, value), (Subject::Value(a, true), Some(b)) if *a == b)
            || after.iter().chain(before).any(|t| t.kind == Kind::Pill);
        let words = if before.is_empty() { after } else { before };
        let links = value.map(|at| self.link(words, at)).unwrap_or_default();
        let subject = match (subject, value) {
            (Subject::Open, Some(at))
                if self.names.value(at).owner.is_some() && self.names.value(at).owner == self.said.it =>
            {
                self.it()
            }
            (Subject::Any, Some(at)) => match self.names.value(at).owner.clone() {
                Some(owner) => Subject::Thing(owner),
                None => Subject::Value(at, false),
            },
            (Subject::Open | Subject::OneOf(_) | Subject::Customer, Some(at)) => Subject::Value(at, false),
            (other, _) => other.clone(),
        };
        Got {
            condition,
            sure,
            links,
            subject,
        }
    }

    /// "delivered orders", "final sale items": what is said stands before the thing.
    fn described(&self, words: &[Token<'_>]) -> Option<Got> {
        let cut = words.len().checked_sub(1).filter(|cut| *cut > 0)?;
        let owner = self.names.object(&words[cut..])?;
        let subject = Subject::Thing(owner);
        let said: Vec<_> = words[..cut]
            .iter()
            .filter(|t| !t.any(&["the", "a", "an", "any", "all"]))
            .cloned()
            .collect();
        let (condition, value) = self.predicate(&subject, &said).ok()?;
        Some(self.got(condition, value, &subject, &words[cut..], &said))
    }

    fn predicate(&self, subject: &Subject, words: &[Token<'_>]) -> Outcome<Said> {
        let (negated, rest) = without_auxiliaries(words);
        let rest = match rest {
            [any, tail @ ..] if any.any(&["anything", "something"]) && relation_at(tail, 0).is_some() => tail,
            rest => rest,
        };
        if rest.is_empty() {
            return Err(Trouble::NotClear);
        }
        // "has shipped", "not shipped yet": what comes before or after in the order of the options.
        let perfect = words
            .iter()
            .take(words.len() - rest.len())
            .any(|t| t.any(&["has", "have", "had"]));
        if (perfect || self.yet.get())
            && let Some(said) = self.progressed(subject, rest, negated)
        {
            return Ok(said);
        }
        let mut trouble = Trouble::NotClear;
        let mut take = |found: Outcome<Said>| match found {
            Ok(said) => Some(said),
            Err(why) => {
                trouble = std::mem::replace(&mut trouble, Trouble::NotClear).or(why);
                None
            }
        };
        let timed = rest.iter().enumerate().any(|(at, t)| {
            t.any(&[
                "ago",
                "today",
                "tomorrow",
                "yesterday",
                "now",
                "past",
                "future",
                "before",
                "after",
                "since",
                "expired",
                "passed",
            ]) || is_weekday(t)
                || period_at(rest, at).is_some()
                || time_at(rest, at).is_some()
        });
        let found = if timed {
            take(
                self.about_a_date(subject, rest)
                    .map(|(condition, at)| (condition, Some(at))),
            )
        } else {
            None
        };
        let found = found
            .or_else(|| take(self.chosen_with(subject, rest)))
            .or_else(|| take(self.chosen(subject, rest)))
            .or_else(|| take(self.measured(subject, rest)))
            .or_else(|| take(self.known(subject, rest)))
            .or_else(|| take(self.has(subject, words)))
            .or_else(|| take(self.yes_or_no(subject, rest)))
            .or_else(|| take(self.codes(subject, rest)))
            .or_else(|| {
                if rest.len() < words.len() {
                    take(self.equal(subject, rest))
                } else {
                    None
                }
            })
            .or_else(|| take(self.happened(subject, rest)));
        match found {
            Some((condition, at)) if negated => Ok((negate(condition), at)),
            Some(said) => Ok(said),
            None => Err(trouble.or(self.no_such(subject, rest))),
        }
    }

    /// What is said of a known value fits it in no way.
    fn no_such(&self, subject: &Subject, words: &[Token<'_>]) -> Trouble {
        let Subject::Value(at, true) = subject else {
            return Trouble::NotClear;
        };
        let value = self.names.value(*at);
        let said = words.iter().map(|t| t.low.as_str()).collect::<Vec<_>>().join(" ");
        match value.kind {
            AttributeType::Amount
            | AttributeType::Integer
            | AttributeType::Decimal
            | AttributeType::Date
            | AttributeType::DateTime => Trouble::Mismatch(format!(
                "\u{201c}{said}\u{201d} cannot be compared with {}.",
                value.label
            )),
            _ => Trouble::Half(said),
        }
    }

    /// "it has not shipped": the states before; "it has shipped" where the day is kept: that day is known.
    fn progressed(&self, subject: &Subject, words: &[Token<'_>], negated: bool) -> Option<Said> {
        let [event] = trim(words) else { return None };
        if let Ok((condition, at)) = self.happened(subject, words) {
            return Some((if negated { negate(condition) } else { condition }, at));
        }
        if !negated {
            return None;
        }
        let fits: Vec<_> = self
            .candidates(subject, |_| true)
            .into_iter()
            .filter_map(|at| {
                let options = &self.names.value(at).options;
                let place = options
                    .iter()
                    .position(|o| matches!(o.stems.as_slice(), [one] if one.same(event)))?;
                (place > 0 && self.names.value(at).reference.ends_with("status")).then_some((at, place))
            })
            .collect();
        let [(at, place)] = fits.as_slice() else { return None };
        let before: Vec<_> = self.names.value(*at).options[..*place].iter().collect();
        Some(self.one_of(*at, &before))
    }

    fn test(&self, at: usize, comparison: Comparison) -> Said {
        (
            Condition::Test {
                subject: refer(&self.names.value(at).reference),
                comparison,
            },
            Some(at),
        )
    }

    /// One or several options of a choice.
    fn chosen(&self, subject: &Subject, words: &[Token<'_>]) -> Outcome<Said> {
        let words = without_wanting(subject, words);
        let pieces = pieces(words);
        if pieces.is_empty() || pieces.len() > 12 {
            return Err(Trouble::NotClear);
        }
        let candidates = self.candidates(subject, |_| true);
        let mut fits: Vec<(usize, Vec<&Choice>)> = Vec::new();
        for at in candidates
            .iter()
            .copied()
            .filter(|at| !self.names.value(*at).options.is_empty())
        {
            let found: Option<Vec<_>> = pieces
                .iter()
                .map(|piece| {
                    self.option_in(at, piece)
                        .or_else(|| self.option_in(at, without_lead(piece)))
                })
                .collect();
            if let Some(options) = found {
                fits.push((at, options));
            }
        }
        let (at, options) = match fits.len() {
            0 => return Err(self.no_option(subject, words)),
            1 => fits.swap_remove(0),
            _ => {
                let asked = fits.iter().position(|(at, _)| Some(*at) == self.said.asked);
                let about = fits
                    .iter()
                    .position(|(at, _)| self.said.about.as_deref() == Some(&self.names.value(*at).reference));
                let state = fits
                    .iter()
                    .position(|(at, _)| self.names.value(*at).reference.ends_with("status"));
                match asked.or(about).or(state) {
                    Some(place) => fits.swap_remove(place),
                    None => return Err(Trouble::Ambiguous(fits.iter().map(|(at, _)| *at).collect())),
                }
            }
        };
        Ok(self.one_of(at, &options))
    }

    /// "in transit with DHL or UPS": an option of one value, and one of another value of the same thing.
    fn chosen_with(&self, subject: &Subject, words: &[Token<'_>]) -> Outcome<Said> {
        let with = words
            .iter()
            .position(|t| t.any(&["with", "by", "via", "through"]))
            .filter(|at| *at > 0 && at + 1 < words.len())
            .ok_or(Trouble::NotClear)?;
        let (left, value) = self.chosen(subject, &words[..with])?;
        let owner = value.and_then(|at| self.names.value(at).owner.clone());
        let thing = Subject::Thing(owner.ok_or(Trouble::NotClear)?);
        let (right, other) = self.chosen(&thing, &words[with + 1..])?;
        if other == value {
            return Err(Trouble::NotClear);
        }
        let parts = vec![left, right];
        Ok((Condition::All { parts }, value))
    }

    fn one_of(&self, at: usize, options: &[&Choice]) -> Said {
        let list = matches!(self.names.value(at).kind, AttributeType::List { .. });
        let mut of: Vec<_> = options
            .iter()
            .map(|option| Operand::Constant {
                value: Value::Choice(option.text.clone()),
            })
            .collect();
        if list {
            let contains = |what: Operand| self.test(at, Comparison::Contains { what }).0;
            let mut parts: Vec<_> = of.into_iter().map(contains).collect();
            let condition = if parts.len() == 1 {
                parts.swap_remove(0)
            } else {
                Condition::Any { parts }
            };
            return (condition, Some(at));
        }
        let comparison = if of.len() == 1 {
            Comparison::Is { to: of.swap_remove(0) }
        } else {
            Comparison::OneOf { of }
        };
        self.test(at, comparison)
    }

    /// The option that a piece names; the other words must belong to the value.
    fn option_in(&self, at: usize, piece: &[Token<'_>]) -> Option<&Choice> {
        if let Some(option) = self.names.option_of(at, piece) {
            return Some(option);
        }
        let value = self.names.value(at);
        let said: Vec<_> = piece
            .iter()
            .filter(|t| matches!(t.kind, Kind::Word | Kind::Number | Kind::Quote))
            .collect();
        let fits = |option: &&Choice| {
            let manner = || said.iter().position(|t| is_manner(&option.text, &t.low));
            let Some(from) = position_of_run(&said, &option.stems).or_else(manner) else {
                return false;
            };
            let rest = said
                .iter()
                .enumerate()
                .filter(|(place, _)| *place < from || *place >= from + option.stems.len());
            // "is not passed" is no way to say "passed".
            rest.map(|(_, t)| *t)
                .filter(|t| t.any(&NEGATIONS) || !super::super::names::is_filler(&t.low))
                .all(|t| !t.any(&NEGATIONS) && (value_speaks(value, t) || self.is_where(piece, t)))
        };
        let mut found = value.options.iter().filter(fits);
        let first = found.next()?;
        let longest = found
            .max_by_key(|option| option.stems.len())
            .filter(|other| other.stems.len() > first.stems.len());
        Some(longest.unwrap_or(first))
    }

    /// "in their region": where, by something that is known of the customer or given to an action.
    fn is_where(&self, piece: &[Token<'_>], token: &Token<'_>) -> bool {
        let at = piece.iter().position(|t| t.span == token.span);
        let led = at.is_some_and(|at| piece[..at].iter().rev().take(2).any(|t| t.any(&["in", "for", "at"])));
        let known = |value: &super::super::names::Named| {
            value.owner.as_deref() == Some("customer") && value.field_stems.iter().any(|s| s.same(token))
        };
        let given = |action: &taskwright_domain::Action| {
            let stems = |input| super::super::names::content_stems(&taskwright_domain::ActionInput::label(input));
            action
                .inputs
                .iter()
                .any(|input| stems(input).iter().any(|s| s.same(token)))
        };
        led && (self.names.values.iter().any(known) || self.names.catalogue.actions.iter().any(given))
    }

    fn no_option(&self, subject: &Subject, words: &[Token<'_>]) -> Trouble {
        let at = match subject {
            Subject::Value(at, _) => at,
            Subject::OneOf(several) if several.iter().all(|at| !self.names.value(*at).options.is_empty()) => {
                &several[0]
            }
            _ => return Trouble::NotClear,
        };
        let value = self.names.value(*at);
        let literal = words.len() <= 3
            && words
                .iter()
                .all(|t| matches!(t.kind, Kind::Word | Kind::Quote | Kind::Number));
        if value.options.is_empty() || !literal || words[0].any(&["missing", "empty", "unknown", "known", "given"]) {
            return Trouble::NotClear;
        }
        let options = value
            .options
            .iter()
            .map(|o| o.text.as_str())
            .collect::<Vec<_>>()
            .join(", ");
        let said = words.iter().map(|t| t.low.as_str()).collect::<Vec<_>>().join(" ");
        Trouble::Mismatch(format!(
            "\u{201c}{said}\u{201d} is none of the options of {}: {options}.",
            value.label
        ))
    }

    /// Numbers and amounts.
    fn measured(&self, subject: &Subject, words: &[Token<'_>]) -> Outcome<Said> {
        let words = match words {
            [first, rest @ ..]
                if first.any(&["for", "with", "of", "at", "worth", "costs"])
                    && !rest.is_empty()
                    && relation_at(words, 0).is_none() =>
            {
                rest
            }
            words => words,
        };
        if let Some(said) = self.times(subject, words) {
            return Ok(said);
        }
        let (relation, tail) = match relation_at(words, 0) {
            Some((relation, after)) => (relation, &words[after..]),
            None => self.trailing(words).ok_or(Trouble::NotClear)?,
        };
        if tail.is_empty() {
            return Err(Trouble::NotClear);
        }
        if matches!(relation, Relation::Contains | Relation::Starts) {
            return self.parts(subject, relation, tail);
        }
        let amount = amount_at(tail, 0).is_some();
        let plain = !amount && number_at(tail, 0).is_some();
        if matches!(relation, Relation::Same | Relation::Differs) && !amount && !plain {
            return self.equal_to(subject, relation, tail);
        }
        // "under 5 EUR either way": up or down.
        if let [tail @ .., either, way] = tail
            && either.is("either")
            && way.any(&["way", "direction"])
        {
            return self.either_way(subject, relation, tail);
        }
        let at = self.numeric_value(subject, amount, plain)?;
        let comparison = self.numeric(&self.names.value(at).kind, relation, tail)?;
        Ok(self.test(at, comparison))
    }

    /// "moved twice", "more than 8 guests": a number that its own word names.
    fn times(&self, subject: &Subject, words: &[Token<'_>]) -> Option<Said> {
        let counts = self.candidates(subject, |kind| {
            matches!(kind, AttributeType::Integer | AttributeType::Decimal)
        });
        let named = |token: &Token<'_>| {
            let fits: Vec<_> = counts
                .iter()
                .copied()
                .filter(|at| self.names.value(*at).field_stems.iter().any(|s| s.akin(token)))
                .collect();
            if let [at] = fits.as_slice() { Some(*at) } else { None }
        };
        let (at, rest) = match words {
            [first, rest @ ..] if first.kind == Kind::Word && relation_at(words, 0).is_none() => (named(first)?, rest),
            [rest @ .., last] if rest.len() > 1 => (named(last)?, rest),
            _ => return None,
        };
        // "has been moved": the count of it is no longer zero.
        if rest.is_empty() && self.counts_events(at) && words[0].low.ends_with("ed") {
            let than = Operand::Constant {
                value: Value::Integer(0),
            };
            return Some(self.test(at, Comparison::MoreThan { than }));
        }
        let (relation, after) = relation_at(rest, 0).unwrap_or((Relation::AtLeast, 0));
        let read = super::compare::operand_for(&AttributeType::Integer, rest, after, self.currency())?;
        let tail = rest.get(read.end..)?;
        let comparison = match tail {
            [] => numeric_comparison(relation, read.value)?,
            [or, more] if or.is("or") && more.any(&["more", "over"]) => Comparison::AtLeast { than: read.value },
            [or, less] if or.is("or") && less.any(&["less", "fewer"]) => Comparison::AtMost { than: read.value },
            _ => return None,
        };
        Some(self.test(at, comparison))
    }

    fn either_way(&self, subject: &Subject, relation: Relation, words: &[Token<'_>]) -> Outcome<Said> {
        let amount = amount_at(words, 0).is_some();
        let at = self.numeric_value(subject, amount, !amount)?;
        let read = super::compare::operand_for(&self.names.value(at).kind, words, 0, self.currency())
            .filter(|read| read.end == words.len())
            .ok_or(Trouble::NotClear)?;
        let below = match &read.value {
            Operand::Constant {
                value: Value::Amount(amount),
            } => Value::Amount(taskwright_domain::Amount {
                amount: -amount.amount,
                currency: amount.currency.clone(),
            }),
            Operand::Constant {
                value: Value::Integer(number),
            } => Value::Integer(-number),
            _ => return Err(Trouble::NotClear),
        };
        let below = Operand::Constant { value: below };
        let test = |comparison: Comparison| self.test(at, comparison).0;
        let condition = match relation {
            Relation::Less => Condition::All {
                parts: vec![
                    test(Comparison::MoreThan { than: below }),
                    test(Comparison::LessThan { than: read.value }),
                ],
            },
            Relation::More => Condition::Any {
                parts: vec![
                    test(Comparison::LessThan { than: below }),
                    test(Comparison::MoreThan { than: read.value }),
                ],
            },
            _ => return Err(Trouble::NotClear),
        };
        Ok((condition, Some(at)))
    }

    /// Whether a number says how often something happened: `times_moved`, `refund_count`.
    fn counts_events(&self, at: usize) -> bool {
        let field = self.names.value(at).reference.rsplit('.').next().unwrap_or_default();
        field.split('_').any(|part| matches!(part, "times" | "count"))
    }

    /// "100 EUR or more", "5", "exactly 3".
    fn trailing<'t, 'a>(&self, words: &'t [Token<'a>]) -> Option<(Relation, &'t [Token<'a>])> {
        let end = amount_at(words, 0)
            .map(|r| r.end)
            .or_else(|| number_at(words, 0).map(|r| r.end))?;
        let said: Vec<_> = words[end..].iter().map(|t| t.low.as_str()).collect();
        let relation = match said.as_slice() {
            [] => Relation::Same,
            ["or", "more" | "higher" | "above" | "over" | "greater" | "up"] | ["and", "above" | "over" | "up"] => {
                Relation::AtLeast
            }
            ["or", "less" | "lower" | "below" | "under" | "fewer"] | ["and", "below" | "under"] => Relation::AtMost,
            _ => return None,
        };
        Some((relation, &words[..end]))
    }

    fn numeric_value(&self, subject: &Subject, amount: bool, plain: bool) -> Outcome<usize> {
        let money = |kind: &AttributeType| matches!(kind, AttributeType::Amount);
        let count = |kind: &AttributeType| matches!(kind, AttributeType::Integer | AttributeType::Decimal);
        let mut fits = if amount {
            self.candidates(subject, money)
        } else {
            self.candidates(subject, is_numeric)
        };
        if plain && fits.len() > 1 {
            let counts = self.candidates(subject, count);
            if counts.len() == 1 {
                fits = counts;
            }
        }
        if fits.len() > 1 {
            let telling = ["total", "amount", "pric", "valu", "cost"];
            for stem in telling {
                let told: Vec<_> = fits
                    .iter()
                    .copied()
                    .filter(|at| self.names.value(*at).field_stems.iter().any(|s| s.text == stem))
                    .collect();
                if told.len() == 1 {
                    return Ok(told[0]);
                }
            }
            return Err(Trouble::Ambiguous(fits));
        }
        match (fits.first(), subject) {
            (Some(at), _) => Ok(*at),
            (None, Subject::Value(at, _)) => {
                let label = &self.names.value(*at).label;
                let other = if amount { "an amount of money" } else { "a number" };
                Err(Trouble::Mismatch(format!(
                    "\u{201c}{label}\u{201d} is compared like {other}, but it is none."
                )))
            }
            (None, _) => Err(Trouble::NotClear),
        }
    }

    /// "starts with E-5", "contains water".
    fn parts(&self, subject: &Subject, relation: Relation, words: &[Token<'_>]) -> Outcome<Said> {
        let Subject::Value(at, _) = subject else {
            return Err(Trouble::NotClear);
        };
        let value = self.names.value(*at);
        if relation == Relation::Contains && !value.options.is_empty() {
            return self.chosen(subject, words);
        }
        let textual = matches!(
            value.kind,
            AttributeType::Text
                | AttributeType::Identifier { .. }
                | AttributeType::Email
                | AttributeType::Address
                | AttributeType::Place
                | AttributeType::Phone
                | AttributeType::PersonName
                | AttributeType::List { .. }
        );
        if !textual {
            return Err(Trouble::Mismatch(format!(
                "\u{201c}{}\u{201d} is no text.",
                value.label
            )));
        }
        let pieces = pieces(words);
        let literal: Option<Vec<_>> = pieces.iter().map(|piece| literal(without_lead(piece))).collect();
        let literal = literal.filter(|l| !l.is_empty()).ok_or(Trouble::NotClear)?;
        let mut parts: Vec<_> = literal
            .into_iter()
            .map(|text| {
                let what = Operand::Constant {
                    value: Value::Text(text),
                };
                let comparison = if relation == Relation::Starts {
                    Comparison::StartsWith { what }
                } else {
                    Comparison::Contains { what }
                };
                self.test(*at, comparison).0
            })
            .collect();
        let condition = if parts.len() == 1 {
            parts.swap_remove(0)
        } else {
            Condition::Any { parts }
        };
        Ok((condition, Some(*at)))
    }

    /// "is missing", "is known", "was given".
    fn known(&self, subject: &Subject, words: &[Token<'_>]) -> Outcome<Said> {
        let Subject::Value(at, sure) = subject else {
            return Err(Trouble::NotClear);
        };
        let said: Vec<_> = words.iter().map(|t| t.low.as_str()).collect();
        // "the rooms are available" says nothing of the room type.
        if !sure && matches!(said.as_slice(), ["available" | "there" | "present" | "unavailable"]) {
            return Err(Trouble::NotClear);
        }
        let comparison = match said.as_slice() {
            ["missing" | "empty" | "blank" | "unknown" | "unset" | "absent" | "unavailable"] => Comparison::Missing,
            ["known" | "given" | "provided" | "present" | "set" | "available" | "there" | "entered" | "supplied"]
            | ["filled", "in"]
            | ["on", "file"] => Comparison::Present,
            ["sent" | "uploaded" | "attached" | "shared" | "received"] if self.names.value(*at).askable() => {
                Comparison::Present
            }
            _ => return Err(Trouble::NotClear),
        };
        Ok(self.test(*at, comparison))
    }

    /// "the session has a last error code": the value of that thing is known.
    fn has(&self, subject: &Subject, words: &[Token<'_>]) -> Outcome<Said> {
        let (Subject::Thing(owner), [has, said @ ..]) = (subject, words) else {
            return Err(Trouble::NotClear);
        };
        if !has.any(&["has", "have", "had"]) || said.is_empty() {
            return Err(Trouble::NotClear);
        }
        let (missing, said) = match said {
            [no, rest @ ..] if no.is("no") => (true, rest),
            [article, rest @ ..] if article.any(&["a", "an", "any"]) => (false, rest),
            said => (false, said),
        };
        let telling = content(said);
        let named = |at: &usize| {
            let value = self.names.value(*at);
            let whole = telling.len() == value.field_stems.len();
            let boolean = matches!(value.kind, AttributeType::Boolean);
            whole && !boolean && value.owner.as_ref() == Some(owner) && {
                let mut words = value.field_stems.iter().zip(&telling);
                words.all(|(stem, t)| stem.same(t))
            }
        };
        match self.candidates(subject, |_| true).iter().find(|at| named(at)) {
            Some(at) if missing => Ok(self.test(*at, Comparison::Missing)),
            Some(at) => Ok(self.test(*at, Comparison::Present)),
            None => Err(Trouble::NotClear),
        }
    }

    /// A yes-or-no value that the words speak of.
    fn yes_or_no(&self, subject: &Subject, words: &[Token<'_>]) -> Outcome<Said> {
        let said = trim(words);
        if let Subject::Value(at, _) = subject
            && matches!(self.names.value(*at).kind, AttributeType::Boolean)
        {
            let plain: Vec<_> = said.iter().map(|t| t.low.as_str()).collect();
            match plain.as_slice() {
                ["true" | "yes" | "set" | "on" | "the", ..] if plain.len() == 1 => return Ok(self.is(*at, true)),
                ["false" | "no" | "off"] => return Ok(self.is(*at, false)),
                _ => {}
            }
        }
        let rest = without_wanting(subject, words);
        let telling: Vec<_> = content(rest).into_iter().collect();
        if telling.is_empty() || telling.len() > 6 {
            return Err(Trouble::NotClear);
        }
        // "the problem is not solved", with a subject that only helps to find the value.
        let denied = rest.iter().filter(|t| t.any(&NEGATIONS)).count() % 2 == 1;
        let mut best: Vec<(i32, usize, bool)> = Vec::new();
        for (at, value) in self
            .names
            .values
            .iter()
            .enumerate()
            .filter(|(_, v)| matches!(v.kind, AttributeType::Boolean))
        {
            if let Some((score, yes)) = self.speaks_of_boolean(at, subject, &telling) {
                let asked = i32::from(self.said.asked == Some(at)) * 8;
                let it = matches!(subject, Subject::Open) && value.owner.is_some() && value.owner == self.said.it;
                let owned =
                    i32::from(it || matches!(subject, Subject::Thing(owner) if value.owner.as_deref() == Some(owner)))
                        * 6;
                best.push((score + asked + owned, at, yes));
            }
        }
        best.sort_by_key(|(score, at, _)| (-score, *at));
        match best.as_slice() {
            [] => Err(Trouble::NotClear),
            [(_, at, yes)] => Ok(self.is(*at, *yes != denied)),
            [(score, at, yes), (second, ..), ..] if score > second => Ok(self.is(*at, *yes != denied)),
            several => Err(Trouble::Ambiguous(
                several.iter().map(|(_, at, _)| *at).take(3).collect(),
            )),
        }
    }

    fn is(&self, at: usize, yes: bool) -> Said {
        self.test(
            at,
            Comparison::Is {
                to: Operand::Constant {
                    value: Value::Boolean(yes),
                },
            },
        )
    }

    /// How well a yes-or-no value fits the words: all of them, and half of its name.
    fn speaks_of_boolean(&self, at: usize, subject: &Subject, telling: &[&Token<'_>]) -> Option<(i32, bool)> {
        let value = self.names.value(at);
        match subject {
            Subject::Value(other, _) if *other != at => return None,
            Subject::OneOf(several) if !several.contains(&at) => return None,
            Subject::Thing(owner) if value.owner.as_deref().is_some_and(|own| own != owner) => return None,
            _ => {}
        }
        let names: Vec<&Stem> = value.field_stems.iter().filter(|s| !is_idle_stem(&s.text)).collect();
        let mut hit = 0_u32;
        let mut yes = true;
        let mut soft = 0;
        for token in telling {
            if let Some(place) = names.iter().position(|s| s.akin(token)) {
                hit |= 1 << place.min(31);
            } else if let Some(place) = token
                .low
                .strip_prefix("un")
                .map(Stem::new)
                .and_then(|bare| names.iter().position(|s| **s == bare))
            {
                hit |= 1 << place.min(31);
                yes = !yes;
            } else if value.about.iter().any(|s| s.same(token))
                || matches!(subject, Subject::Value(..)) && is_idle_stem(&token.stem)
                || token.any(&["details", "data", "information"])
            {
                soft += 1;
            } else if value.owner.as_ref().is_some_and(|owner| Stem::new(owner).akin(token)) {
                // The owner adds nothing.
            } else {
                return None;
            }
        }
        let whole = u32::try_from(names.len()).unwrap_or(9);
        let spoken_before = matches!(subject, Subject::Value(other, _) if *other == at);
        let enough = hit.count_ones() * 2 >= whole || spoken_before;
        (hit.count_ones() > 0 && enough).then(|| {
            (
                i32::try_from(hit.count_ones() * 10 / whole.max(1)).unwrap_or(0) - soft,
                yes,
            )
        })
    }

    /// "error E-401 or E-403", "E-5xx": codes say what they are compared with; the "x" stand for any figures.
    fn codes(&self, subject: &Subject, words: &[Token<'_>]) -> Outcome<Said> {
        let about = || self.said.about.as_ref().and_then(|about| self.names.reference(about));
        let at = match subject {
            Subject::Value(at, _) => *at,
            // "E-5xx: …" after "error E-401: …"
            Subject::Open | Subject::Any => about().ok_or(Trouble::NotClear)?,
            _ => return Err(Trouble::NotClear),
        };
        let at = &at;
        let coded = matches!(
            self.names.value(*at).kind,
            AttributeType::Identifier { .. } | AttributeType::Text
        );
        let code = |t: &Token<'_>| {
            t.text.chars().any(|c| c.is_ascii_digit()) && t.text.chars().any(char::is_uppercase) && t.text.len() > 1
        };
        let said: Vec<_> = words.iter().filter(|t| !t.mark(',') && !t.is("or")).collect();
        if !coded || said.is_empty() || said.len() > 8 || !said.iter().all(|t| code(t)) {
            return Err(Trouble::NotClear);
        }
        let text = |text: &str| Operand::Constant {
            value: Value::Text(text.to_owned()),
        };
        let (open, exact): (Vec<_>, Vec<_>) = said
            .iter()
            .map(|t| (t.text.trim_end_matches(['x', 'X']), t.text))
            .partition(|(start, whole)| start.len() < whole.len());
        let mut parts: Vec<_> = open
            .into_iter()
            .map(|(start, _)| self.test(*at, Comparison::StartsWith { what: text(start) }).0)
            .collect();
        let mut exact: Vec<_> = exact.into_iter().map(|(_, whole)| text(whole)).collect();
        match exact.len() {
            0 => {}
            1 => parts.push(
                self.test(
                    *at,
                    Comparison::Is {
                        to: exact.swap_remove(0),
                    },
                )
                .0,
            ),
            _ => parts.push(self.test(*at, Comparison::OneOf { of: exact }).0),
        }
        let condition = match parts.len() {
            1 => parts.swap_remove(0),
            _ => Condition::Any { parts },
        };
        Ok((condition, Some(*at)))
    }

    /// Equal to a literal or to another value.
    fn equal(&self, subject: &Subject, words: &[Token<'_>]) -> Outcome<Said> {
        self.equal_to(subject, Relation::Same, words)
    }

    fn equal_to(&self, subject: &Subject, relation: Relation, words: &[Token<'_>]) -> Outcome<Said> {
        let Subject::Value(at, _) = subject else {
            return Err(Trouble::NotClear);
        };
        let value = self.names.value(*at);
        let compare = |to: Operand| {
            if relation == Relation::Differs {
                Comparison::IsNot { to }
            } else {
                Comparison::Is { to }
            }
        };
        if let Some(other) = self.other_value(*at, words) {
            if !same_family(&value.kind, &self.names.value(other).kind) {
                let other = &self.names.value(other).label;
                return Err(Trouble::Mismatch(format!(
                    "{} and {other} are of different types.",
                    value.label
                )));
            }
            return Ok(self.test(*at, compare(refer(&self.names.value(other).reference))));
        }
        if relation_at(words, 0).is_some_and(|(r, _)| !matches!(r, Relation::Same | Relation::Differs)) {
            return Err(Trouble::Mismatch(format!(
                "\u{201c}{}\u{201d} is compared like a number, but it is none.",
                value.label
            )));
        }
        if !value.options.is_empty() {
            return self.chosen(subject, words).map(|(condition, at)| {
                (
                    if relation == Relation::Differs {
                        negate(condition)
                    } else {
                        condition
                    },
                    at,
                )
            });
        }
        let textual = matches!(
            value.kind,
            AttributeType::Text | AttributeType::Identifier { .. } | AttributeType::Place
        );
        if !textual {
            return Err(Trouble::NotClear);
        }
        let pieces = pieces(words);
        let texts: Option<Vec<_>> = pieces.iter().map(|piece| literal(without_lead(piece))).collect();
        let mut of: Vec<_> = texts
            .filter(|texts| !texts.is_empty())
            .ok_or(Trouble::NotClear)?
            .into_iter()
            .map(|text| Operand::Constant {
                value: Value::Text(text),
            })
            .collect();
        let comparison = if of.len() == 1 {
            compare(of.swap_remove(0))
        } else if relation == Relation::Same {
            Comparison::OneOf { of }
        } else {
            return Err(Trouble::NotClear);
        };
        Ok(self.test(*at, comparison))
    }

    /// The value that words after "matches" name; "the one on the order" is the order's value of the same name.
    fn other_value(&self, at: usize, words: &[Token<'_>]) -> Option<usize> {
        let words = trim(words);
        if let Some(place) = words
            .iter()
            .position(|t| t.any(&["one", "that"]))
            .filter(|place| *place <= 1)
        {
            let of = words
                .get(place + 1..)
                .filter(|rest| rest.first().is_some_and(|t| t.any(&["on", "of", "from", "in"])))?;
            let known = of[1..]
                .iter()
                .all(|t| t.any(&["the", "their", "account", "profile", "file", "record", "system", "us"]));
            let owner = if known {
                "customer".to_owned()
            } else {
                self.names.object(&of[1..])?
            };
            let mine = &self.names.value(at).field_stems;
            return self.names.of_owner(&owner).find(|other| {
                let theirs = &self.names.value(*other).field_stems;
                *other != at && theirs.iter().all(|s| mine.iter().any(|m| m.near(s)))
            });
        }
        match self.names.lookup(words, Prefer::default()) {
            Lookup::One { at: other, sure: true } if other != at => Some(other),
            Lookup::One { at: other, .. } if other != at && words.iter().any(|t| t.any(&["the", "their", "'s"])) => {
                Some(other)
            }
            _ => None,
        }
    }

    /// "was delivered" where only the day of it is kept: the day is known.
    fn happened(&self, subject: &Subject, words: &[Token<'_>]) -> Outcome<Said> {
        let [event] = trim(words) else {
            return Err(Trouble::NotClear);
        };
        if is_customer(std::slice::from_ref(event)) {
            return Err(Trouble::NotClear);
        }
        let dates = self.candidates(subject, |kind| {
            matches!(kind, AttributeType::Date | AttributeType::DateTime)
        });
        let fits: Vec<_> = dates
            .into_iter()
            .filter(|at| self.names.value(*at).field_stems.iter().any(|s| s.same(event)))
            .collect();
        match fits.as_slice() {
            // A day that is planned has come once it lies behind.
            [at] if self.is_planned(*at) => {
                let than = if matches!(self.names.value(*at).kind, AttributeType::DateTime) {
                    Operand::Now
                } else {
                    Operand::Today
                };
                Ok(self.test(*at, Comparison::Before { than }))
            }
            [at] if event.low.ends_with("ed") || event.low.ends_with('t') => Ok(self.test(*at, Comparison::Present)),
            _ => Err(Trouble::NotClear),
        }
    }

    /// `starts_at`, `expiry_date`: a plan, not a record like `shipped_on`.
    fn is_planned(&self, at: usize) -> bool {
        let reference = &self.names.value(at).reference;
        let field = reference.rsplit('.').next().unwrap_or(reference);
        let event = field.split('_').next().unwrap_or(field);
        !(event.ends_with("ed") || matches!(event, "sent" | "bought" | "paid" | "sold" | "made"))
    }

    /// Numbers of a list's items, for the caller that found the list.
    pub(super) fn counted(&self, at: usize, relation: Relation, number: i64) -> Option<Condition> {
        let subject = Operand::Count {
            reference: self.names.value(at).reference.clone(),
        };
        let than = Operand::Constant {
            value: Value::Integer(number),
        };
        Some(Condition::Test {
            subject,
            comparison: numeric_comparison(relation, than)?,
        })
    }
}

/// Whether a word belongs to a value.
fn value_speaks(value: &super::super::names::Named, token: &Token<'_>) -> bool {
    value.field_stems.iter().chain(&value.about).any(|s| s.akin(token))
        || value.owner.as_ref().is_some_and(|owner| Stem::new(owner).akin(token))
        || token.any(&[
            "status", "state", "option", "one", "only", "instead", "kind", "type", "order", "orders", "answer",
            "change", "changed", "update", "updated", "refund",
        ])
}

fn is_idle_stem(stem: &str) -> bool {
    matches!(
        stem,
        "already" | "is" | "has" | "was" | "be" | "been" | "still" | "do" | "can" | "want" | "wants" | "customer"
    )
}

/// "fully" for "full", "partially" for "partial".
fn is_manner(option: &str, word: &str) -> bool {
    word.strip_suffix("ly").is_some_and(|bare| {
        let option = option.to_lowercase();
        option == bare || option.strip_suffix('l').is_some_and(|short| short == bare)
    })
}

/// Drops `is`, `has been`, `does` and `not`; whether it was negated.
fn without_auxiliaries<'t, 'a>(mut words: &'t [Token<'a>]) -> (bool, &'t [Token<'a>]) {
    let mut negated = false;
    while let [first, rest @ ..] = words {
        if first.any(&["not", "never", "neither"]) {
            // "not more than" is a comparison of its own.
            if relation_at(words, 0).is_some() {
                break;
            }
            negated = !negated;
        } else if first.is("no") && rest.first().is_some_and(|t| t.is("longer")) {
            negated = !negated;
            words = &rest[1..];
            continue;
        } else if !first.any(&AUXILIARIES) && !first.any(&["that", "which", "who", "to"])
            || relation_at(words, 0).is_some()
        {
            break;
        }
        words = rest;
    }
    (negated, words)
}

fn without_relative<'t, 'a>(words: &'t [Token<'a>]) -> &'t [Token<'a>] {
    match words {
        [rest @ .., last] if last.any(&["that", "which", "who"]) && !rest.is_empty() => rest,
        words => words,
    }
}

/// After "wants", "chooses", "asked for", "says": what is wanted.
fn without_wanting<'t, 'a>(subject: &Subject, words: &'t [Token<'a>]) -> &'t [Token<'a>] {
    if !matches!(subject, Subject::Customer | Subject::Open) {
        return words;
    }
    let [first, rest @ ..] = words else { return words };
    let wants = first.any(&[
        "wants",
        "want",
        "wanted",
        "chooses",
        "choose",
        "chose",
        "chosen",
        "picks",
        "pick",
        "picked",
        "selects",
        "select",
        "selected",
        "prefers",
        "prefer",
        "says",
        "say",
        "said",
        "asks",
        "ask",
        "asked",
        "likes",
        "like",
        "needs",
        "need",
        "needed",
        "opts",
        "opted",
        "answers",
        "answered",
        "goes",
        "requests",
        "requested",
        "decides",
        "decided",
        "replies",
        "uses",
        "use",
        "using",
        "used",
        "owns",
    ]);
    if !wants {
        return words;
    }
    match rest {
        [next, more @ ..] if next.any(&["for", "to", "on", "with", "that", "a", "an", "the"]) => match more {
            [article, tail @ ..] if article.any(&["a", "an", "the"]) => tail,
            more => more,
        },
        rest => rest,
    }
}

/// Drops "one of", "set to", "a" and the like.
fn without_lead<'t, 'a>(mut words: &'t [Token<'a>]) -> &'t [Token<'a>] {
    while let [first, rest @ ..] = words {
        let lead = first.any(&[
            "in",
            "on",
            "a",
            "an",
            "the",
            "to",
            "as",
            "set",
            "marked",
            "equal",
            "listed",
            "either",
            "of",
            "for",
            "at",
            "shown",
            "one",
            "any",
            "these",
            "following",
        ]) || first.mark(':')
            || first.mark('=');
        if !lead || rest.is_empty() {
            break;
        }
        words = rest;
    }
    words
}

/// What stands between commas and "or".
fn pieces<'t, 'a>(words: &'t [Token<'a>]) -> Vec<&'t [Token<'a>]> {
    let parts = words.split(|t| t.any(&["or", "nor"]) || t.mark(',') || t.mark('/') || t.mark('&') || t.is("and"));
    parts.filter(|part| part.iter().any(|t| !t.is_mark())).collect()
}

/// A text written out: quoted, or a code, or up to three words.
fn literal(piece: &[Token<'_>]) -> Option<String> {
    match piece {
        [one] if one.kind == Kind::Quote => Some(one.low.clone()),
        words if words.len() <= 3 => {
            let fits = words
                .iter()
                .any(|t| t.kind == Kind::Number || t.capital || t.low.bytes().any(|b| b.is_ascii_digit()));
            let written = words.iter().map(|t| t.text).collect::<Vec<_>>().join(" ");
            fits.then_some(written)
        }
        _ => None,
    }
}

/// Whether the words read as a statement that could be true or false.
fn is_yes_or_no(words: &[Token<'_>]) -> bool {
    let compared = words.iter().enumerate().any(|(at, t)| {
        t.kind == Kind::Number
            || relation_at(words, at).is_some_and(|(r, _)| {
                !matches!(
                    r,
                    Relation::Before | Relation::After | Relation::Within | Relation::Contains
                )
            })
    });
    words.len() >= 2 && words.len() <= 24 && !compared
}
