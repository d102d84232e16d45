//! Picking among the items of a list: "the second one", "both", "the mug", "the one on Friday", "the cheaper one".

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil;
use rust_decimal::Decimal;
use taskwright_domain::{AttributeType, Span, Value};

use super::Listening;
use crate::values::{Answer, Candidate, Line, Polarity, ValueContext, candidates, number_at, ordinal_at};

/// What the customer can pick from.
#[derive(Debug, Clone)]
pub struct Choosable {
    /// The key of the attribute that holds what is picked.
    pub attribute: String,
    /// The items, groups of fields, in the order they were shown.
    pub items: Vec<Value>,
    /// How each was shown.
    pub labels: Vec<String>,
    /// Whether more than one may be picked.
    pub several: bool,
    /// What stands picked already; a message may change it.
    pub picked: Option<Value>,
}

impl Choosable {
    /// The value of these items: one group of fields, or a list of them.
    #[must_use]
    pub fn value(&self, which: &[usize]) -> Option<Value> {
        let items: Vec<Value> = which.iter().filter_map(|at| self.items.get(*at).cloned()).collect();
        if self.several {
            return (!items.is_empty()).then_some(Value::List(items));
        }
        items.into_iter().next()
    }

    /// Whether these are others than stand picked.
    pub(super) fn would_change(&self, which: &[usize]) -> bool {
        self.value(which)
            .is_some_and(|value| self.picked.as_ref() != Some(&value))
    }
}

/// What a message picks.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Picked {
    /// These items, by place.
    Items { which: Vec<usize>, span: Span },
    /// None of them.
    Nothing { at: usize },
}

/// What the message picks, where it leaves no doubt.
pub(super) fn pick(
    line: &Line,
    listening: &Listening<'_>,
    choosable: &Choosable,
    answers: &[Answer],
) -> Option<Picked> {
    let pick = Pick {
        line,
        choosable,
        context: ValueContext {
            settings: listening.settings,
            now: listening.now,
        },
        labelled: labelled(&choosable.labels),
    };
    if choosable.items.is_empty() {
        return None;
    }
    if let Some(at) = pick.declines() {
        return Some(Picked::Nothing { at });
    }
    let which = pick.which(answers)?;
    let span = line.span(0, line.len());
    (!which.is_empty()).then_some(Picked::Items { which, span })
}

struct Pick<'a> {
    line: &'a Line,
    choosable: &'a Choosable,
    context: ValueContext<'a>,
    /// Which items each word of the labels stands in, by stem.
    labelled: BTreeMap<String, BTreeSet<usize>>,
}

/// The words of the labels, by stem, with the items they stand in.
fn labelled(labels: &[String]) -> BTreeMap<String, BTreeSet<usize>> {
    let mut found: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    for (at, label) in labels.iter().enumerate() {
        let line = Line::new(label);
        for i in (0..line.len()).filter(|i| says_something(&line, *i)) {
            found.entry(line.stem(i).to_owned()).or_default().insert(at);
        }
    }
    found
}

/// A word or a number that can tell items apart.
fn says_something(line: &Line, at: usize) -> bool {
    const EMPTY: [&str; 24] = [
        "the", "a", "an", "of", "and", "or", "in", "on", "at", "to", "for", "one", "ones", "my", "i", "it", "is",
        "that", "this", "with", "please", "no", "yes", "not",
    ];
    line.digits(at).is_some() || line.is_word(at) && !line.is(at, &EMPTY)
}

impl Pick<'_> {
    fn count(&self) -> usize {
        self.choosable.items.len()
    }

    /// "None of them", "neither".
    fn declines(&self) -> Option<usize> {
        let none = |i: &usize| {
            self.line.is(*i, &["none", "neither", "nothing"])
                || self.line.starts(*i, &["not", "any"])
                || self.line.starts(*i, &["no", "one"])
                || self.line.starts(*i, &["nothing", "suits"])
                || self.line.starts(*i, &["don't", "work"])
        };
        (0..self.line.len()).find(none)
    }

    fn which(&self, answers: &[Answer]) -> Option<Vec<usize>> {
        if let Some(but) = self.all_but() {
            return Some(but);
        }
        if self.says_all() {
            return self.choosable.several.then(|| (0..self.count()).collect());
        }
        let parts = self.parts();
        let mut picked = BTreeSet::new();
        for (from, to) in &parts {
            picked.extend(self.in_part(*from, *to)?);
        }
        if picked.is_empty() {
            picked.extend(self.the_only_one(answers));
        }
        let one_too_many = picked.len() > 1 && !self.choosable.several;
        (!one_too_many).then(|| picked.into_iter().collect())
    }

    /// "Yes", "that one", of one item.
    fn the_only_one(&self, answers: &[Answer]) -> Option<usize> {
        let yes = answers.first().is_some_and(|answer| answer.polarity == Polarity::Yes);
        let points = (0..self.line.len())
            .any(|i| self.line.starts(i, &["that", "one"]) || self.line.starts(i, &["this", "one"]));
        (self.count() == 1 && (yes || points)).then_some(0)
    }

    fn says_all(&self) -> bool {
        let all = |i: usize| self.line.is(i, &["all", "everything", "both", "every", "each"]);
        let of_some = (0..self.line.len()).any(|i| all(i) && self.after_all_comes_a_kind(i));
        !of_some && (0..self.line.len()).any(|i| all(i) && !crate::values::negated(self.line, i))
    }

    /// "both shirts", "all the lamps" are all of a kind, where that does not name every item.
    fn after_all_comes_a_kind(&self, at: usize) -> bool {
        let skip = (at + 1..self.line.len())
            .find(|i| !self.line.is(*i, &["the", "of", "my", "those", "these", "two", "three"]));
        skip.is_some_and(|i| self.tells(self.line.stem(i)).is_some())
    }

    /// "All but the lamp", "everything except the second".
    fn all_but(&self) -> Option<Vec<usize>> {
        let except = (0..self.line.len()).find(|i| {
            self.line.is(*i, &["except", "without"])
                || self.line.starts(*i, &["all", "but"])
                || self.line.starts(*i, &["everything", "but"])
        })?;
        // On its own, or its words would count as denied.
        let tail = Line::new(&self.line.text(except + 1, self.line.len()));
        let of_tail = Pick {
            line: &tail,
            choosable: self.choosable,
            context: self.context,
            labelled: self.labelled.clone(),
        };
        let left_out = of_tail.in_part(0, tail.len())?;
        let all = (0..except + 1).any(|i| self.line.is(i, &["all", "everything", "both"]));
        (all && self.choosable.several && !left_out.is_empty())
            .then(|| (0..self.count()).filter(|at| !left_out.contains(at)).collect())
    }

    /// The stretches of the message that may each name an item: "Rome and Oslo", "1, 3".
    fn parts(&self) -> Vec<(usize, usize)> {
        let mut parts = Vec::new();
        let mut from = 0;
        for at in 0..=self.line.len() {
            let ends = at == self.line.len() || self.line.is(at, &["and", ",", ";", "&", "+", "plus", "."]);
            if ends {
                if from < at {
                    parts.push((from, at));
                }
                from = at + 1;
            }
        }
        parts
    }

    /// The items that a stretch names; empty where it names none, none where it leaves it open which.
    fn in_part(&self, from: usize, to: usize) -> Option<BTreeSet<usize>> {
        let spoken: Vec<usize> = (from..to).filter(|i| says_something(self.line, *i)).collect();
        if let Some(found) = self.by_words(&spoken) {
            return found;
        }
        let by = self
            .by_value(from, to)
            .or_else(|| self.by_rank(from, to))
            .or_else(|| self.by_place(from, to));
        Some(by.unwrap_or_default())
    }

    /// The items a word stands in, where it tells them from the others; of a lone item every word does.
    fn tells(&self, stem: &str) -> Option<&BTreeSet<usize>> {
        let items = self.labelled.get(stem)?;
        (self.count() == 1 || items.len() < self.count()).then_some(items)
    }

    /// By words that some of the items have and others lack.
    fn by_words(&self, spoken: &[usize]) -> Option<Option<BTreeSet<usize>>> {
        let mut hits: BTreeMap<usize, usize> = BTreeMap::new();
        for i in spoken.iter().copied().filter(|i| self.speaks_of_a_label(*i)) {
            for item in self.tells(self.line.stem(i)).into_iter().flatten() {
                *hits.entry(*item).or_default() += 1;
            }
        }
        let best = hits.values().copied().max()?;
        let named: BTreeSet<usize> = hits
            .into_iter()
            .filter(|(_, hits)| *hits == best)
            .map(|(item, _)| item)
            .collect();
        let of_a_kind = named.len() > 1 && self.choosable.several && spoken.iter().any(|i| self.means_several(*i));
        Some((named.len() == 1 || of_a_kind).then_some(named))
    }

    /// A word that is not denied. A number alone is a place in the list or a day; after a word of a label it is its own:
    /// "room 2".
    fn speaks_of_a_label(&self, at: usize) -> bool {
        let ranks = is_ranking(self.line.word(at)) || crate::values::negated(self.line, at);
        let named = || at > 0 && self.line.is_word(at - 1) && self.labelled.contains_key(self.line.stem(at - 1));
        !ranks && (self.line.is_word(at) && !crate::values::is_month(self.line.word(at)) || named())
    }

    /// "both shirts", "the shirts".
    fn means_several(&self, at: usize) -> bool {
        let word = self.line.word(at);
        matches!(word, "both" | "all" | "each" | "every")
            || word.len() > 3 && word.ends_with('s') && self.tells(self.line.stem(at)).is_some()
    }

    /// By a day, a time or an amount that one item has.
    fn by_value(&self, from: usize, to: usize) -> Option<BTreeSet<usize>> {
        let within = |candidate: &Candidate| from <= candidate.from && candidate.to <= to;
        let found = |kind: AttributeType| {
            let all = candidates(&kind, self.line, &self.context, true);
            all.into_iter()
                .filter(within)
                .map(|candidate| candidate.value)
                .collect::<Vec<_>>()
        };
        // "The one on Thursday" is on some Thursday, the next or a past one.
        let weekdays: Vec<_> = (from..to)
            .filter_map(|i| crate::values::weekday(self.line.word(i)))
            .collect();
        let mut fits: BTreeSet<usize> = (0..self.count()).collect();
        let mut told = false;
        for (kind, has) in [
            (
                AttributeType::Date,
                has_day as fn(&Value, &Value, &ValueContext<'_>) -> bool,
            ),
            (AttributeType::Time, has_time),
            (AttributeType::Amount, has_amount),
        ] {
            let kind_is_day = kind == AttributeType::Date;
            let values = found(kind);
            let matching = |at: &usize| {
                let item = &self.choosable.items[*at];
                let on_weekday = kind_is_day && weekdays.iter().any(|day| is_on(item, *day, &self.context));
                on_weekday || values.iter().any(|value| has(item, value, &self.context))
            };
            let left: BTreeSet<usize> = fits.iter().copied().filter(matching).collect();
            if !left.is_empty() {
                told = true;
                fits = left;
            }
        }
        (told && fits.len() == 1).then_some(fits)
    }

    /// "The cheaper one", "the earliest".
    fn by_rank(&self, from: usize, to: usize) -> Option<BTreeSet<usize>> {
        let ranking = (from..to).find_map(|i| {
            let more = self.line.is(i.wrapping_sub(1), &["more", "most"]);
            let less = self.line.is(i.wrapping_sub(1), &["less", "least"]);
            ranking(self.line.word(i), more, less)
        })?;
        let measures: Option<Vec<Decimal>> = self.choosable.items.iter().map(|item| ranking.measure(item)).collect();
        let measures = measures?;
        let wanted = if ranking.highest {
            measures.iter().max()
        } else {
            measures.iter().min()
        }?;
        let best: BTreeSet<usize> = (0..self.count()).filter(|at| measures[*at] == *wanted).collect();
        (best.len() == 1).then_some(best)
    }

    /// "The second", "number 2", "the last one", "the first two".
    fn by_place(&self, from: usize, to: usize) -> Option<BTreeSet<usize>> {
        let count = self.count();
        for at in from..to {
            if self.line.is(at, &["last", "latter"]) {
                return Some(BTreeSet::from([count - 1]));
            }
            if self.line.is(at, &["former"]) {
                return Some(BTreeSet::from([0]));
            }
            if let Some((next, place)) = ordinal_at(self.line, at) {
                let many = number_at(self.line, next).filter(|number| place == 1 && number.value.is_integer());
                let many = many
                    .and_then(|number| usize::try_from(number.value.mantissa()).ok())
                    .unwrap_or(1);
                let first = usize::try_from(place).ok()?.checked_sub(1)?;
                return (first + many <= count).then(|| (first..first + many).collect());
            }
        }
        self.by_number(from, to)
    }

    /// A bare "2", or "number 2": nothing else of meaning may stand there.
    fn by_number(&self, from: usize, to: usize) -> Option<BTreeSet<usize>> {
        let lead = [
            "number", "no", "#", "option", "the", "one", "item", "please", "i'd", "like", "take", "i'll", "nr",
        ];
        let at = (from..to).find(|i| {
            self.line.digits(*i).is_some() || number_at(self.line, *i).is_some() && !self.line.is(*i, &["one", "a"])
        })?;
        let plain = (from..to).all(|i| i == at || self.line.is_break(i) || self.line.is(i, &lead));
        let number = number_at(self.line, at).filter(|number| plain && number.value.is_integer())?;
        let place = usize::try_from(number.value.mantissa()).ok()?.checked_sub(1)?;
        (place < self.count()).then(|| BTreeSet::from([place]))
    }
}

/// An order of items, and the end of it that is meant.
struct Ranking {
    by_date: bool,
    highest: bool,
}

fn is_ranking(word: &str) -> bool {
    ranking(word, false, false).is_some() || matches!(word, "expensive" | "more" | "most" | "less" | "least")
}

fn ranking(word: &str, more: bool, less: bool) -> Option<Ranking> {
    let (by_date, highest) = match word {
        "cheaper" | "cheapest" | "smaller" | "smallest" | "lower" | "lowest" => (false, false),
        "dearer" | "dearest" | "pricier" | "priciest" | "bigger" | "biggest" | "higher" | "highest" | "larger"
        | "largest" => (false, true),
        "expensive" if more => (false, true),
        "expensive" if less => (false, false),
        "earlier" | "earliest" | "sooner" | "soonest" | "next" | "oldest" | "older" => (true, false),
        "later" | "latest" | "newest" | "newer" | "recent" => (true, true),
        _ => return None,
    };
    Some(Ranking { by_date, highest })
}

impl Ranking {
    /// What an item has of the measure; none where it has none, or more than one.
    fn measure(&self, item: &Value) -> Option<Decimal> {
        let Value::Object(fields) = item.plain() else {
            return None;
        };
        let mut found = fields.values().filter_map(|value| match value.plain() {
            Value::Amount(amount) if !self.by_date => Some(amount.amount),
            Value::Date(date) if self.by_date => Some(Decimal::from(
                date.at(0, 0, 0, 0)
                    .to_zoned(jiff::tz::TimeZone::UTC)
                    .ok()?
                    .timestamp()
                    .as_second(),
            )),
            Value::DateTime(instant) if self.by_date => Some(Decimal::from(instant.as_second())),
            _ => None,
        });
        let first = found.next()?;
        found.next().is_none().then_some(first)
    }
}

fn fields(item: &Value) -> impl Iterator<Item = &Value> {
    let fields = match item.plain() {
        Value::Object(fields) => Some(fields.values()),
        _ => None,
    };
    fields.into_iter().flatten().map(Value::plain)
}

fn day_of(value: &Value, context: &ValueContext<'_>) -> Option<civil::Date> {
    match value {
        Value::Date(date) => Some(*date),
        Value::DateTime(instant) => Some(instant.to_zoned(context.zone()).date()),
        _ => None,
    }
}

fn is_on(item: &Value, weekday: civil::Weekday, context: &ValueContext<'_>) -> bool {
    fields(item).any(|value| day_of(value, context).is_some_and(|day| day.weekday() == weekday))
}

fn has_day(item: &Value, day: &Value, context: &ValueContext<'_>) -> bool {
    let Value::Date(day) = day else { return false };
    fields(item).any(|value| day_of(value, context) == Some(*day))
}

fn has_time(item: &Value, time: &Value, context: &ValueContext<'_>) -> bool {
    let Value::Time(time) = time else { return false };
    let own = |value: &Value| -> Option<civil::Time> {
        match value {
            Value::Time(time) => Some(*time),
            Value::DateTime(instant) => Some(instant.to_zoned(context.zone()).time()),
            _ => None,
        }
    };
    fields(item).filter_map(own).any(|own| own == *time)
}

fn has_amount(item: &Value, amount: &Value, _: &ValueContext<'_>) -> bool {
    let Value::Amount(amount) = amount else { return false };
    fields(item).any(|value| matches!(value, Value::Amount(own) if own == amount))
}

#[cfg(test)]
mod tests {
    use taskwright_domain::{AttributeType, Field, Settings};

    use super::*;
    use crate::values::find_answers;
    use crate::values::trial::now;

    fn item(name: &str, day: &str, price: &str) -> Value {
        let amount = taskwright_domain::Amount {
            amount: price.parse().unwrap(),
            currency: "EUR".to_owned(),
        };
        let fields = [
            ("name", Value::Text(name.to_owned())),
            ("day", Value::Date(day.parse().unwrap())),
            ("price", Value::Amount(amount)),
        ];
        Value::Object(fields.map(|(key, value)| (key.to_owned(), value)).into())
    }

    fn field(key: &str, kind: AttributeType) -> Field {
        Field {
            key: key.to_owned(),
            name: String::new(),
            kind,
            path: String::new(),
            redacted: false,
            optional: false,
        }
    }

    /// The places of what a message picks; `[]` for none of them, nothing where it leaves it open.
    fn picked(text: &str, several: bool, items: Vec<Value>) -> Option<Vec<usize>> {
        let settings = Settings::default();
        let fields = [
            field("name", AttributeType::Text),
            field("day", AttributeType::Date),
            field("price", AttributeType::Amount),
        ];
        let choosable = Choosable {
            attribute: "item".to_owned(),
            labels: crate::wording::items(&items, &fields, &settings),
            items,
            several,
            picked: None,
        };
        let line = Line::new(text);
        let listening = Listening {
            asked: None,
            question: None,
            wanted: Vec::new(),
            filled: Vec::new(),
            fixed: Vec::new(),
            choosable: None,
            options: &[],
            task_running: true,
            settings: &settings,
            now: now(),
        };
        match pick(&line, &listening, &choosable, &find_answers(&line))? {
            Picked::Items { which, .. } => Some(which),
            Picked::Nothing { .. } => Some(Vec::new()),
        }
    }

    fn shop() -> Vec<Value> {
        vec![
            item("Blue shirt", "2026-11-25", "30.00"),
            item("Red shirt", "2026-11-26", "45.00"),
            item("Desk lamp", "2026-12-04", "80.00"),
        ]
    }

    #[test]
    fn one_item_is_picked_by_name_place_day_price_or_rank() {
        for (text, expected) in [
            ("the lamp", Some(vec![2])),
            ("the RED one please", Some(vec![1])),
            ("the second one", Some(vec![1])),
            ("3", Some(vec![2])),
            ("number 1", Some(vec![0])),
            ("the last one", Some(vec![2])),
            ("the one on Thursday", Some(vec![1])),
            ("the 80 euro one", Some(vec![2])),
            ("the cheapest", Some(vec![0])),
            ("the most expensive one", Some(vec![2])),
            ("the earliest", Some(vec![0])),
            ("not the red shirt, the lamp", Some(vec![2])),
            ("none of them", Some(vec![])),
            // Two have it, or two are named: it is left open which.
            ("the shirt", None),
            ("the lamp and the red shirt", None),
            ("all of them", None),
            ("the seventh", None),
            ("what is the weather like", None),
        ] {
            assert_eq!(picked(text, false, shop()), expected, "{text}");
        }
    }

    #[test]
    fn several_items_are_picked_where_several_may_be() {
        for (text, expected) in [
            ("the lamp and the red shirt", Some(vec![1, 2])),
            ("both shirts", Some(vec![0, 1])),
            ("1 and 3", Some(vec![0, 2])),
            ("the first two", Some(vec![0, 1])),
            ("all of them", Some(vec![0, 1, 2])),
            ("everything except the lamp", Some(vec![0, 1])),
            ("just the lamp", Some(vec![2])),
            ("the shirt", None),
        ] {
            assert_eq!(picked(text, true, shop()), expected, "{text}");
        }
    }

    #[test]
    fn a_yes_picks_the_only_one() {
        let lone = || vec![item("Desk lamp", "2026-12-04", "80.00")];
        assert_eq!(picked("yes", false, lone()), Some(vec![0]));
        assert_eq!(picked("yes, that one", false, lone()), Some(vec![0]));
        assert_eq!(picked("the lamp", false, lone()), Some(vec![0]));
        assert_eq!(picked("yes", false, shop()), None, "a yes to three says nothing");
    }
}
