//! Two conditions are the same when they hold in the same worlds.
//!
//! A judge of its own, so that neither the reader nor the engine decides what counts as equal: it puts values on, just
//! below and just above every border that the conditions name, and looks whether they ever differ.

use std::collections::BTreeMap;

use taskwright_domain::{
    ActionState, AttributeType, Catalogue, Comparison, Condition, Operand, Period, PeriodUnit, Value, Weekday,
};

const DAY: i64 = 24 * 60;
/// Midday, in minutes after the beginning of today.
const NOW: i64 = 12 * 60;
/// More worlds than this are sampled, evenly and always the same ones.
const ENOUGH: usize = 6000;

#[derive(Debug, Clone, PartialEq)]
enum Held {
    Missing,
    Yes(bool),
    Words(String),
    /// Ten-thousandths, with the currency where it is money.
    Number(i64, String),
    Day(i64),
    Minute(i64),
    List(Vec<String>),
}

type World = BTreeMap<String, Held>;

fn minutes(period: Period) -> i64 {
    let of = match period.unit {
        PeriodUnit::Minutes => 1,
        PeriodUnit::Hours => 60,
        PeriodUnit::Days | PeriodUnit::WorkingDays => DAY,
        PeriodUnit::Weeks => 7 * DAY,
        PeriodUnit::Months => 30 * DAY,
        PeriodUnit::Years => 365 * DAY,
    };
    i64::from(period.count) * of
}

const fn in_days(period: Period) -> bool {
    !matches!(period.unit, PeriodUnit::Minutes | PeriodUnit::Hours)
}

/// `base` moved by `by` minutes.
fn moved(base: &Held, by: i64) -> Held {
    match base {
        Held::Day(day) if by % DAY == 0 => Held::Day(day + by / DAY),
        Held::Day(day) => Held::Minute(day * DAY + by),
        Held::Minute(minute) => Held::Minute(minute + by),
        other => other.clone(),
    }
}

fn key_of(operand: &Operand) -> Option<String> {
    match operand {
        Operand::Reference { reference } => Some(reference.clone()),
        Operand::Input { key } => Some(key.clone()),
        Operand::Count { reference } => Some(format!("count {reference}")),
        Operand::Shifted { base, .. } => key_of(base),
        Operand::Constant { .. } | Operand::Today | Operand::Now => None,
        worked_out => Some(format!("worked out {worked_out:?}")),
    }
}

fn constant(value: &Value) -> Held {
    let scaled = |text: String, unit: &str| {
        let number: f64 = text.parse().unwrap_or_default();
        #[expect(clippy::cast_possible_truncation, reason = "amounts of a fixture are small")]
        Held::Number((number * 10_000.0).round() as i64, unit.to_owned())
    };
    match value.plain() {
        Value::Text(words) | Value::Choice(words) => Held::Words(words.to_lowercase()),
        Value::Integer(number) => Held::Number(number * 10_000, String::new()),
        Value::Decimal(number) => scaled(number.to_string(), ""),
        Value::Amount(money) => scaled(money.amount.to_string(), &money.currency),
        Value::Boolean(yes) => Held::Yes(*yes),
        other => Held::Words(format!("{other:?}")),
    }
}

fn value(operand: &Operand, world: &World) -> Held {
    match operand {
        Operand::Constant { value } => constant(value),
        Operand::Today => Held::Day(0),
        Operand::Now => Held::Minute(NOW),
        Operand::Shifted { base, by, back } => {
            let by = minutes(*by) * if *back { -1 } else { 1 };
            moved(&value(base, world), by)
        }
        other => {
            let key = key_of(other).unwrap_or_default();
            world.get(&key).cloned().unwrap_or(Held::Missing)
        }
    }
}

/// Which of two values is the greater; none where they cannot be compared.
fn order(a: &Held, b: &Held) -> Option<std::cmp::Ordering> {
    match (a, b) {
        (Held::Number(a, x), Held::Number(b, y)) if x == y => Some(a.cmp(b)),
        (Held::Minute(a), Held::Minute(b)) | (Held::Day(a), Held::Day(b)) => Some(a.cmp(b)),
        (Held::Minute(a), Held::Day(b)) => Some(a.div_euclid(DAY).cmp(b)),
        (Held::Day(a), Held::Minute(b)) => Some(a.cmp(&b.div_euclid(DAY))),
        _ => None,
    }
}

fn equal(a: &Held, b: &Held) -> bool {
    match order(a, b) {
        Some(order) => order.is_eq(),
        None => a == b,
    }
}

/// The day of the week; today is a Saturday.
fn weekday(held: &Held) -> Option<Weekday> {
    const FROM_TODAY: [Weekday; 7] = [
        Weekday::Saturday,
        Weekday::Sunday,
        Weekday::Monday,
        Weekday::Tuesday,
        Weekday::Wednesday,
        Weekday::Thursday,
        Weekday::Friday,
    ];
    let day = match held {
        Held::Day(day) => *day,
        Held::Minute(minute) => minute.div_euclid(DAY),
        _ => return None,
    };
    FROM_TODAY.get(usize::try_from(day.rem_euclid(7)).ok()?).copied()
}

/// Where a period before or after the present begins.
fn border(period: Period, sign: i64) -> Held {
    let base = if in_days(period) {
        Held::Day(0)
    } else {
        Held::Minute(NOW)
    };
    moved(&base, sign * minutes(period))
}

fn present(period: Period) -> Held {
    border(Period { count: 0, ..period }, 1)
}

fn compared(subject: &Held, comparison: &Comparison, world: &World) -> Option<bool> {
    match comparison {
        Comparison::Missing => return Some(*subject == Held::Missing),
        Comparison::Present => return Some(*subject != Held::Missing),
        _ => {}
    }
    let rights: Vec<_> = comparison
        .operands()
        .into_iter()
        .map(|right| value(right, world))
        .collect();
    if *subject == Held::Missing || rights.contains(&Held::Missing) {
        return None;
    }
    let to = |at: usize| order(subject, &rights[at]);
    let since = |held: Held| order(subject, &held);
    let text = |held: &Held| match held {
        Held::Words(words) => words.clone(),
        other => format!("{other:?}"),
    };
    Some(match comparison {
        Comparison::Is { .. } => equal(subject, &rights[0]),
        Comparison::IsNot { .. } => !equal(subject, &rights[0]),
        Comparison::OneOf { .. } => rights.iter().any(|right| equal(subject, right)),
        Comparison::Contains { .. } => match subject {
            Held::List(items) => items.contains(&text(&rights[0])),
            other => text(other).contains(&text(&rights[0])),
        },
        Comparison::StartsWith { .. } => text(subject).starts_with(&text(&rights[0])),
        Comparison::MoreThan { .. } | Comparison::After { .. } => to(0)?.is_gt(),
        Comparison::LessThan { .. } | Comparison::Before { .. } => to(0)?.is_lt(),
        Comparison::AtLeast { .. } => to(0)?.is_ge(),
        Comparison::AtMost { .. } => to(0)?.is_le(),
        Comparison::Between { .. } => to(0)?.is_ge() && to(1)?.is_le(),
        Comparison::OlderThan { period } => since(border(*period, -1))?.is_lt(),
        Comparison::WithinLast { period } => since(border(*period, -1))?.is_ge() && since(present(*period))?.is_le(),
        Comparison::WithinNext { period } => since(border(*period, 1))?.is_le() && since(present(*period))?.is_ge(),
        Comparison::FurtherThan { period } => since(border(*period, 1))?.is_gt(),
        Comparison::OnWeekday { days } => days.contains(&weekday(subject)?),
        Comparison::Missing | Comparison::Present => unreachable!("answered above"),
    })
}

/// Whether it holds; none where a value is missing that it needs.
fn holds(condition: &Condition, world: &World) -> Option<bool> {
    match condition {
        Condition::All { parts } => {
            let parts: Vec<_> = parts.iter().map(|part| holds(part, world)).collect();
            if parts.contains(&Some(false)) {
                Some(false)
            } else {
                parts.into_iter().collect::<Option<Vec<_>>>().map(|_| true)
            }
        }
        Condition::Any { parts } => {
            let parts: Vec<_> = parts.iter().map(|part| holds(part, world)).collect();
            if parts.contains(&Some(true)) {
                Some(true)
            } else {
                parts.into_iter().collect::<Option<Vec<_>>>().map(|_| false)
            }
        }
        Condition::Not { part } => holds(part, world).map(|yes| !yes),
        Condition::Test { subject, comparison } => compared(&value(subject, world), comparison, world),
        Condition::Action { action, state } => {
            Some(world.get(&format!("action {action}")) == Some(&Held::Words(state_word(*state).to_owned())))
        }
        Condition::Webhook { key, received } => {
            Some(world.get(&format!("webhook {key}")) == Some(&Held::Yes(*received)))
        }
        Condition::AnyItem { .. } => Some(world.get(&item_key(condition)) == Some(&Held::Yes(true))),
        Condition::Confirmed => Some(world.get("confirmed") == Some(&Held::Yes(true))),
        Condition::WithinOpeningHours => Some(world.get("open") == Some(&Held::Yes(true))),
    }
}

/// Whether an item is so is one thing, whatever the item: two such conditions are the same where they say the same.
fn item_key(condition: &Condition) -> String {
    format!("item {condition:?}")
}

const fn state_word(state: ActionState) -> &'static str {
    match state {
        ActionState::Succeeded => "succeeded",
        ActionState::Failed => "failed",
        ActionState::NotFound => "not found",
        ActionState::NotCalled => "not called",
    }
}

/// The values that every named thing can take.
#[derive(Default)]
struct Choices(BTreeMap<String, Vec<Held>>);

impl Choices {
    fn add(&mut self, key: &str, held: Held) {
        let known = self.0.entry(key.to_owned()).or_default();
        if !known.contains(&held) {
            known.push(held);
        }
    }

    /// A value with its neighbours.
    fn around(&mut self, key: &str, held: &Held) {
        match held {
            Held::Number(number, unit) => {
                for by in [-100, 0, 100] {
                    self.add(key, Held::Number(number + by, unit.clone()));
                }
            }
            Held::Day(day) => (day - 1..=day + 1).for_each(|day| self.add(key, Held::Day(day))),
            Held::Minute(minute) => (minute - 1..=minute + 1).for_each(|minute| self.add(key, Held::Minute(minute))),
            other => self.add(key, other.clone()),
        }
    }

    /// Words that begin with a value, and go on.
    fn longer(&mut self, key: &str, held: &Held) {
        if let Held::Words(words) = held {
            self.add(key, Held::Words(format!("{words} and more")));
        }
    }

    /// What a reference holds by its type.
    fn by_type(&mut self, key: &str, catalogue: &Catalogue) {
        let Some(referent) = catalogue.resolve(key) else {
            return;
        };
        let words = |choices: &mut Self| {
            choices.add(key, Held::Words("this".into()));
            choices.add(key, Held::Words("that".into()));
        };
        match referent.kind {
            AttributeType::Choice { options } => {
                options
                    .iter()
                    .for_each(|option| self.add(key, Held::Words(option.to_lowercase())));
            }
            AttributeType::Boolean => [true, false].into_iter().for_each(|yes| self.add(key, Held::Yes(yes))),
            AttributeType::Date => self.around(key, &Held::Day(0)),
            AttributeType::DateTime => {
                self.around(key, &Held::Minute(NOW));
                self.add(key, Held::Minute(NOW - 40 * DAY));
                self.add(key, Held::Minute(NOW + 40 * DAY));
            }
            AttributeType::Integer | AttributeType::Decimal => self.around(key, &Held::Number(0, String::new())),
            AttributeType::Amount => self.around(key, &Held::Number(0, catalogue.settings.currency.clone())),
            AttributeType::List { fields } => {
                self.add(key, Held::List(Vec::new()));
                if let [field] = fields.as_slice()
                    && let AttributeType::Choice { options } = &field.kind
                {
                    self.subsets(key, options);
                }
            }
            _ => words(self),
        }
    }

    fn subsets(&mut self, key: &str, options: &[String]) {
        for chosen in 0_usize..1 << options.len().min(5) {
            let items = options.iter().enumerate().filter(|(at, _)| chosen >> at & 1 == 1);
            self.add(
                key,
                Held::List(items.map(|(_, option)| option.to_lowercase()).collect()),
            );
        }
    }

    fn of(&mut self, condition: &Condition, catalogue: &Catalogue) {
        match condition {
            Condition::All { parts } | Condition::Any { parts } => {
                parts.iter().for_each(|part| self.of(part, catalogue));
            }
            Condition::Not { part } => self.of(part, catalogue),
            Condition::Test { subject, comparison } => self.of_test(subject, comparison, catalogue),
            Condition::Action { action, .. } => {
                for state in ["succeeded", "failed", "not found", "not called"] {
                    self.add(&format!("action {action}"), Held::Words(state.into()));
                }
            }
            Condition::Webhook { key, .. } => self.yes_or_no(&format!("webhook {key}")),
            Condition::AnyItem { .. } => self.yes_or_no(&item_key(condition)),
            Condition::Confirmed => self.yes_or_no("confirmed"),
            Condition::WithinOpeningHours => self.yes_or_no("open"),
        }
    }

    fn yes_or_no(&mut self, key: &str) {
        self.add(key, Held::Yes(true));
        self.add(key, Held::Yes(false));
    }

    fn of_test(&mut self, subject: &Operand, comparison: &Comparison, catalogue: &Catalogue) {
        let sides: Vec<_> = [subject].into_iter().chain(comparison.operands()).collect();
        for key in sides.iter().filter_map(|side| key_of(side)) {
            self.by_type(&key, catalogue);
            if key.starts_with("worked out ") {
                self.around(&key, &Held::Number(0, catalogue.settings.currency.clone()));
            }
            if key.starts_with("count ") {
                self.around(&key, &Held::Number(0, String::new()));
            }
            if matches!(comparison, Comparison::Missing) {
                self.add(&key, Held::Missing);
            }
        }
        let first: World = self
            .0
            .iter()
            .map(|(key, held)| (key.clone(), held[0].clone()))
            .collect();
        if let Some(key) = key_of(subject) {
            self.borders(&key, comparison, &first);
        }
        for key in comparison.operands().into_iter().filter_map(key_of) {
            let held = value(subject, &first);
            self.around(&key, &held);
        }
    }

    fn borders(&mut self, key: &str, comparison: &Comparison, first: &World) {
        let rights: Vec<_> = comparison
            .operands()
            .into_iter()
            .map(|right| value(right, first))
            .collect();
        for right in &rights {
            match comparison {
                Comparison::Contains { .. } => {
                    if let Held::Words(words) = right
                        && matches!(self.0.get(key).and_then(|held| held.first()), Some(Held::List(_)))
                    {
                        self.add(key, Held::List(vec![words.clone()]));
                    } else {
                        self.longer(key, right);
                    }
                }
                Comparison::StartsWith { .. } => self.longer(key, right),
                _ => self.around(key, right),
            }
        }
        match comparison {
            Comparison::OlderThan { period }
            | Comparison::WithinLast { period }
            | Comparison::WithinNext { period }
            | Comparison::FurtherThan { period } => {
                for sign in [-1, 0, 1] {
                    self.around(key, &border(*period, sign));
                }
            }
            Comparison::OnWeekday { .. } => (0..7).for_each(|day| self.add(key, Held::Day(day))),
            _ => {}
        }
    }

    fn worlds(&self) -> impl Iterator<Item = World> {
        let all: usize = self
            .0
            .values()
            .map(Vec::len)
            .try_fold(1_usize, usize::checked_mul)
            .unwrap_or(usize::MAX);
        let mut dice: usize = 88_172_645_463_325_252;
        (0..all.min(ENOUGH)).map(move |at| {
            let mut rest = at;
            let mut pick = |of: usize| {
                if all <= ENOUGH {
                    let one = rest % of;
                    rest /= of;
                    return one;
                }
                dice ^= dice << 13;
                dice ^= dice >> 7;
                dice ^= dice << 17;
                dice % of
            };
            self.0
                .iter()
                .map(|(key, held)| (key.clone(), held[pick(held.len())].clone()))
                .collect()
        })
    }
}

fn choices(conditions: &[&Condition], catalogue: &Catalogue) -> Choices {
    let mut choices = Choices::default();
    // Twice, so that what one condition adds is there when another is looked at.
    for _ in 0..2 {
        conditions.iter().for_each(|condition| choices.of(condition, catalogue));
    }
    choices
}

/// Whether `a` holds in no world in which `b` does not.
pub(crate) fn implies(a: &Condition, b: &Condition, catalogue: &Catalogue) -> bool {
    choices(&[a, b], catalogue)
        .worlds()
        .all(|world| !matches!((holds(a, &world), holds(b, &world)), (Some(true), Some(false))))
}

/// Whether both hold in the same worlds.
pub(crate) fn same(a: &Condition, b: &Condition, catalogue: &Catalogue) -> bool {
    choices(&[a, b], catalogue)
        .worlds()
        .all(|world| holds(a, &world) == holds(b, &world))
}

/// Whether there is a world in which it holds.
pub(crate) fn possible(condition: &Condition, catalogue: &Catalogue) -> bool {
    choices(&[condition], catalogue)
        .worlds()
        .any(|world| holds(condition, &world) == Some(true))
}

#[cfg(test)]
mod tests {
    use super::{implies, possible, same};
    use crate::catalogue::catalogue;
    use crate::condition::Conditions;
    use crate::notation::{Cursor, marks};

    /// Whether two conditions of the notation are the same, and whether the first implies the second.
    fn compared(a: &str, b: &str) -> (bool, bool) {
        let catalogue = catalogue(
            "- Attributes: `price` (amount), `day` (date), `at` (datetime), `end` (datetime), `kind` (choice: a, b, c), \
             `parts` (list of choice: x, y), `name` (person_name), `holder` (person_name)",
        );
        let read = |text: &str| Conditions { catalogue: &catalogue }.any(&mut Cursor::new(&marks(text)));
        let (a, b) = (read(a), read(b));
        assert!(possible(&a, &catalogue) && possible(&b, &catalogue));
        (same(&a, &b, &catalogue), implies(&a, &b, &catalogue))
    }

    #[test]
    fn a_border_is_on_one_side_only() {
        assert_eq!(
            compared("`price` is more than 10 EUR", "`price` is more than 10 EUR"),
            (true, true)
        );
        assert_eq!(
            compared("`price` is more than 10 EUR", "`price` is more than 10 USD"),
            (false, true)
        );
        assert_eq!(
            compared("not `price` is less than 10 EUR", "`price` is more than 10 EUR"),
            (false, false)
        );
        assert_eq!(
            compared("`at` is before 24 hours after now", "`at` is before now"),
            (false, false)
        );
        assert_eq!(
            compared(
                "`day` is within 14 days after today",
                "`day` is within 2 weeks after today"
            ),
            (true, true)
        );
        assert!(
            !compared(
                "`day` is more than 30 days before today",
                "`day` is within 30 days before today"
            )
            .1
        );
    }

    #[test]
    fn and_or_and_not_are_told_apart() {
        assert_eq!(compared("`kind` is a or `kind` is b", "`kind` is not c"), (true, true));
        assert_eq!(compared("`kind` is a", "`kind` is one of a, b"), (false, true));
        assert_eq!(
            compared("`kind` is a and `price` is more than 1 EUR", "`kind` is a"),
            (false, true)
        );
        assert_eq!(compared("`parts` includes x", "`parts` includes y"), (false, false));
        assert_eq!(compared("`name` is `holder`", "`holder` is `name`"), (true, true));
        assert_eq!(compared("`name` is `holder`", "`name` is not `holder`"), (false, false));
        assert_eq!(
            compared("`at` is within 48 hours of `end`", "`at` is within 2 days of `end`"),
            (true, true)
        );
        assert_eq!(
            compared("`at` is within 48 hours of `end`", "`at` is within 24 hours of `end`"),
            (false, false)
        );
    }
}
