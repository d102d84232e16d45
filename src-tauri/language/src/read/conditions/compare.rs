//! Comparisons: "more than 100 EUR", "at least three", "within the last 30 days".

use taskwright_domain::{AttributeType, Comparison, Operand, Period, PeriodUnit, Value};

use super::super::constants::{Read, amount_at, date_at, number_at, period_at};
use super::super::names::{Lookup, Prefer};
use super::super::token::{Kind, Token};
use super::{Conditions, Outcome, Trouble, refer};

/// How two values are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::read) enum Relation {
    More,
    Less,
    AtLeast,
    AtMost,
    Same,
    Differs,
    Between,
    Older,
    Newer,
    Within,
    InLast,
    InNext,
    Before,
    After,
    Since,
    Contains,
    Starts,
}

/// Longest first.
const RELATIONS: &[(&[&str], Relation)] = &[
    (&["not", "the", "same", "as"], Relation::Differs),
    (&["is", "not", "the", "same", "as"], Relation::Differs),
    (&["the", "same", "as"], Relation::Same),
    (&["same", "as"], Relation::Same),
    (&["no", "more", "than"], Relation::AtMost),
    (&["not", "more", "than"], Relation::AtMost),
    (&["no", "less", "than"], Relation::AtLeast),
    (&["not", "less", "than"], Relation::AtLeast),
    (&["no", "fewer", "than"], Relation::AtLeast),
    (&["no", "higher", "than"], Relation::AtMost),
    (&["no", "older", "than"], Relation::Newer),
    (&["not", "older", "than"], Relation::Newer),
    (&["a", "minimum", "of"], Relation::AtLeast),
    (&["a", "maximum", "of"], Relation::AtMost),
    (&["minimum", "of"], Relation::AtLeast),
    (&["maximum", "of"], Relation::AtMost),
    (&["worth", "more", "than"], Relation::More),
    (&["worth", "less", "than"], Relation::Less),
    (&["worth", "over"], Relation::More),
    (&["worth", "at", "least"], Relation::AtLeast),
    (&["worth", "at", "most"], Relation::AtMost),
    (&["worth", "under"], Relation::Less),
    (&["in", "excess", "of"], Relation::More),
    (&["more", "than"], Relation::More),
    (&["greater", "than", "or", "equal", "to"], Relation::AtLeast),
    (&["less", "than", "or", "equal", "to"], Relation::AtMost),
    (&["greater", "than"], Relation::More),
    (&["higher", "than"], Relation::More),
    (&["larger", "than"], Relation::More),
    (&["bigger", "than"], Relation::More),
    (&["longer", "than"], Relation::More),
    (&["less", "than"], Relation::Less),
    (&["lower", "than"], Relation::Less),
    (&["smaller", "than"], Relation::Less),
    (&["fewer", "than"], Relation::Less),
    (&["shorter", "than"], Relation::Less),
    (&["cheaper", "than"], Relation::Less),
    (&["at", "least"], Relation::AtLeast),
    (&["at", "most"], Relation::AtMost),
    (&["up", "to"], Relation::AtMost),
    (&["equal", "to"], Relation::Same),
    (&["identical", "to"], Relation::Same),
    (&["different", "from"], Relation::Differs),
    (&["different", "to"], Relation::Differs),
    (&["different", "than"], Relation::Differs),
    (&["other", "than"], Relation::Differs),
    (&["older", "than"], Relation::Older),
    (&["newer", "than"], Relation::Newer),
    (&["younger", "than"], Relation::Newer),
    (&["earlier", "than"], Relation::Before),
    (&["later", "than"], Relation::After),
    (&["prior", "to"], Relation::Before),
    (&["within", "the", "last"], Relation::InLast),
    (&["within", "the", "past"], Relation::InLast),
    (&["in", "the", "last"], Relation::InLast),
    (&["in", "the", "past"], Relation::InLast),
    (&["during", "the", "last"], Relation::InLast),
    (&["during", "the", "past"], Relation::InLast),
    (&["in", "the", "previous"], Relation::InLast),
    (&["within", "the", "next"], Relation::InNext),
    (&["in", "the", "next"], Relation::InNext),
    (&["in", "less", "than"], Relation::InNext),
    (&["within"], Relation::Within),
    (&["over"], Relation::More),
    (&["above"], Relation::More),
    (&["exceeds"], Relation::More),
    (&["exceed"], Relation::More),
    (&["exceeding"], Relation::More),
    (&["beyond"], Relation::More),
    (&["under"], Relation::Less),
    (&["below"], Relation::Less),
    (&["max"], Relation::AtMost),
    (&["exactly"], Relation::Same),
    (&["equals"], Relation::Same),
    (&["equal"], Relation::Same),
    (&["matches"], Relation::Same),
    (&["match"], Relation::Same),
    (&["matching"], Relation::Same),
    (&["differs", "from"], Relation::Differs),
    (&["differ", "from"], Relation::Differs),
    (&["between"], Relation::Between),
    (&["before"], Relation::Before),
    (&["after"], Relation::After),
    (&["since"], Relation::Since),
    (&["contains"], Relation::Contains),
    (&["contain"], Relation::Contains),
    (&["mentions"], Relation::Contains),
    (&["mention"], Relation::Contains),
    (&["includes"], Relation::Contains),
    (&["include"], Relation::Contains),
    (&["starts", "with"], Relation::Starts),
    (&["start", "with"], Relation::Starts),
    (&["begins", "with"], Relation::Starts),
    (&["begin", "with"], Relation::Starts),
    (&["starting", "with"], Relation::Starts),
];

/// The relation that starts at a token, and the token after it.
pub(in crate::read) fn relation_at(words: &[Token<'_>], at: usize) -> Option<(Relation, usize)> {
    let first = words.get(at)?;
    if let Kind::Mark(mark) = first.kind {
        let relation = match mark {
            '>' => Relation::More,
            '<' => Relation::Less,
            '≥' => Relation::AtLeast,
            '≤' => Relation::AtMost,
            '=' => Relation::Same,
            '≠' => Relation::Differs,
            _ => return None,
        };
        return Some((relation, at + 1));
    }
    let fits = |said: &[&str]| {
        said.iter()
            .enumerate()
            .all(|(more, word)| words.get(at + more).is_some_and(|t| t.is(word)))
    };
    RELATIONS
        .iter()
        .find(|(said, _)| fits(said))
        .map(|(said, relation)| (*relation, at + said.len()))
}

/// Whether values of a kind have an order of their own.
pub(super) const fn is_numeric(kind: &AttributeType) -> bool {
    matches!(
        kind,
        AttributeType::Integer | AttributeType::Decimal | AttributeType::Amount
    )
}

/// The constant of a kind at a token.
pub(in crate::read) fn operand_for(
    kind: &AttributeType,
    words: &[Token<'_>],
    at: usize,
    currency: &str,
) -> Option<Read<Operand>> {
    let constant = |value: Value, end: usize| {
        Some(Read {
            value: Operand::Constant { value },
            end,
        })
    };
    match kind {
        AttributeType::Amount => {
            if let Some(read) = amount_at(words, at) {
                return constant(Value::Amount(read.value), read.end);
            }
            let number = number_at(words, at)?;
            if words.get(number.end).is_some_and(|t| {
                t.mark('%') || t.any(&["percent", "days", "day", "weeks", "times", "hours", "months", "years"])
            }) {
                return None;
            }
            let amount = taskwright_domain::Amount {
                amount: number.value,
                currency: currency.to_owned(),
            };
            constant(Value::Amount(amount), number.end)
        }
        AttributeType::Integer | AttributeType::Decimal => {
            if amount_at(words, at).is_some() || period_at(words, at).is_some() {
                return None;
            }
            let number = number_at(words, at)?;
            let end = number.end + usize::from(words.get(number.end).is_some_and(|t| t.any(&["times", "time"])));
            let whole = if matches!(kind, AttributeType::Integer) && number.value.is_integer() {
                rust_decimal::prelude::ToPrimitive::to_i64(&number.value).map(Value::Integer)
            } else {
                Some(Value::Decimal(number.value))
            };
            constant(whole?, end)
        }
        AttributeType::Date | AttributeType::DateTime => {
            let read = date_at(words, at)?;
            constant(Value::Date(read.value), read.end)
        }
        _ => None,
    }
}

impl Conditions<'_, '_> {
    pub(super) fn currency(&self) -> &str {
        &self.names.catalogue.settings.currency
    }

    /// A comparison of numbers or amounts that fills all the words.
    pub(super) fn numeric(&self, kind: &AttributeType, relation: Relation, words: &[Token<'_>]) -> Outcome<Comparison> {
        if relation == Relation::Between {
            let low = self.operand(kind, words)?;
            let join = words
                .get(low.end)
                .filter(|t| t.any(&["and", "to"]) || t.mark('–') || t.mark('-'));
            let high = self.operand(kind, words.get(low.end + usize::from(join.is_some())..).unwrap_or(&[]))?;
            let low = same_currency(low.value, &high.value);
            return Ok(Comparison::Between { low, high: high.value });
        }
        let read = self.operand(kind, words)?;
        if read.end < words.len()
            && !words[read.end..]
                .iter()
                .all(|t| t.any(&["in", "total", "or", "altogether", "each", "all"]) || t.is_mark())
        {
            return Err(Trouble::NotClear);
        }
        numeric_comparison(relation, read.value).ok_or(Trouble::NotClear)
    }

    /// A constant or another value of a kind that goes with it.
    pub(super) fn operand(&self, kind: &AttributeType, words: &[Token<'_>]) -> Outcome<Read<Operand>> {
        if let Some(read) = operand_for(kind, words, 0, self.currency()) {
            return Ok(read);
        }
        if let Some(amount) = amount_at(words, 0).filter(|_| !matches!(kind, AttributeType::Amount)) {
            let said = format!("{} {}", amount.value.amount, amount.value.currency);
            return Err(Trouble::Mismatch(format!(
                "It is compared with {said}, but it is no amount of money."
            )));
        }
        if period_at(words, 0).is_some() {
            return Err(Trouble::Mismatch(
                "It is compared with a length of time, but it is no date.".to_owned(),
            ));
        }
        match self.names.lookup(
            words,
            Prefer {
                askable: false,
                owner: self.said.it.as_deref(),
            },
        ) {
            Lookup::One { at, .. } => {
                let value = self.names.value(at);
                if is_numeric(&value.kind) == is_numeric(kind) && same_family(&value.kind, kind) {
                    return Ok(Read {
                        value: refer(&value.reference),
                        end: words.len(),
                    });
                }
                Err(Trouble::Mismatch(format!(
                    "{} is of another type and cannot be compared with it.",
                    value.label
                )))
            }
            Lookup::Several(several) => {
                let fits: Vec<_> = several
                    .iter()
                    .filter(|at| same_family(&self.names.value(**at).kind, kind))
                    .collect();
                match fits.as_slice() {
                    [at] => Ok(Read {
                        value: refer(&self.names.value(**at).reference),
                        end: words.len(),
                    }),
                    _ => Err(Trouble::Ambiguous(several)),
                }
            }
            Lookup::Nothing => Err(Trouble::NotClear),
        }
    }
}

/// "between 5 and 10 EUR": the first number takes the currency of the second.
fn same_currency(low: Operand, high: &Operand) -> Operand {
    match (low, high) {
        (
            Operand::Constant {
                value: Value::Amount(mut low),
            },
            Operand::Constant {
                value: Value::Amount(high),
            },
        ) => {
            low.currency.clone_from(&high.currency);
            Operand::Constant {
                value: Value::Amount(low),
            }
        }
        (low, _) => low,
    }
}

pub(in crate::read) fn numeric_comparison(relation: Relation, than: Operand) -> Option<Comparison> {
    Some(match relation {
        Relation::More | Relation::Older => Comparison::MoreThan { than },
        Relation::Less | Relation::Newer => Comparison::LessThan { than },
        Relation::AtLeast => Comparison::AtLeast { than },
        Relation::AtMost | Relation::Within => Comparison::AtMost { than },
        Relation::Same => Comparison::Is { to: than },
        Relation::Differs => Comparison::IsNot { to: than },
        _ => return None,
    })
}

/// Whether two kinds can be compared.
pub(super) fn same_family(a: &AttributeType, b: &AttributeType) -> bool {
    use AttributeType::{Amount, Choice, Date, DateTime, Decimal, Integer, List, Object, Time};
    match (a, b) {
        (Amount, Amount)
        | (Integer | Decimal, Integer | Decimal)
        | (Date | DateTime, Date | DateTime)
        | (Time, Time) => true,
        (Amount | Integer | Decimal | Date | DateTime | Time, _)
        | (_, Amount | Integer | Decimal | Date | DateTime | Time) => false,
        (AttributeType::Boolean, AttributeType::Boolean) => true,
        (AttributeType::Boolean, _) | (_, AttributeType::Boolean) => false,
        (List { .. } | Object { .. } | Choice { .. }, _) | (_, List { .. } | Object { .. }) => a == b,
        _ => true,
    }
}

/// What a length of time is told from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    Ago,
    Ahead,
    Unsaid,
}

/// A comparison of a day or instant with a length of time.
pub(super) fn timed(relation: Relation, period: Period, direction: Direction, later: bool) -> Option<Comparison> {
    let base = if matches!(period.unit, PeriodUnit::Minutes | PeriodUnit::Hours) {
        Operand::Now
    } else {
        Operand::Today
    };
    let shifted = |back: bool| Operand::Shifted {
        base: Box::new(base.clone()),
        by: period,
        back,
    };
    let ahead = direction == Direction::Ahead || (direction == Direction::Unsaid && later);
    Some(match (relation, ahead) {
        (Relation::More | Relation::Older | Relation::Since, false) => Comparison::OlderThan { period },
        (Relation::Older, true) => return None,
        (Relation::More, true) => Comparison::FurtherThan { period },
        (Relation::Less, false) => Comparison::After { than: shifted(true) },
        (Relation::Less, true) => Comparison::Before { than: shifted(false) },
        (Relation::AtMost | Relation::Newer, false) => Comparison::WithinLast { period },
        (Relation::Within, false) | (Relation::InLast, _) => Comparison::WithinLast { period },
        (Relation::AtMost | Relation::Within, true) | (Relation::InNext, _) => Comparison::WithinNext { period },
        (Relation::AtLeast, false) => return None,
        (Relation::AtLeast, true) => Comparison::AtLeast { than: shifted(false) },
        (Relation::Same, ahead) => Comparison::Is { to: shifted(!ahead) },
        _ => return None,
    })
}
