//! Conditions: evaluated exactly, part by part, never silently false.

use std::cmp::Ordering;

use jiff::{Timestamp, ToSpan, Zoned, civil, tz::TimeZone};
use taskwright_domain::{
    ActionState, AttributeType, Comparison, Condition, ConditionPart, OpeningHours, Operand, Period, PeriodUnit,
    Provider, Value, Weekday,
};
use taskwright_language::read::describe;

use crate::figures;
use crate::machine::{Flow, Machine, Obtained};
use crate::program::{Compiled, Op};

/// What looking at a condition gave.
pub(crate) enum Verdict {
    /// It holds or not.
    Known {
        result: bool,
        parts: Vec<ConditionPart>,
        would_flip: Option<String>,
    },
    /// A value must be got first.
    Missing { reference: String },
    /// It cannot be decided.
    Fault { reason: String },
}

/// One part: three-valued, because a part that is not known may not matter.
enum Part {
    Is(bool),
    Missing(String),
    Fault(String),
}

impl Machine<'_> {
    pub(crate) fn evaluate(&self, compiled: &Compiled, condition: &Condition) -> Verdict {
        self.evaluate_with(compiled, condition, &|_| None)
    }

    /// Evaluates with the inputs of the guarded action at hand.
    pub(crate) fn evaluate_with(
        &self,
        compiled: &Compiled,
        condition: &Condition,
        input: &dyn Fn(&str) -> Option<Value>,
    ) -> Verdict {
        let look = Look {
            machine: self,
            compiled,
            input,
            item: None,
            supposing: None,
        };
        let mut parts = Vec::new();
        match look.at(condition, &mut parts) {
            Part::Is(result) => Verdict::Known {
                result,
                would_flip: look.would_flip(condition, result),
                parts,
            },
            Part::Missing(reference) => Verdict::Missing { reference },
            Part::Fault(reason) => Verdict::Fault { reason },
        }
    }

    /// Whether an item of a list is so; what is not known is not so.
    pub(crate) fn is_so(&self, compiled: &Compiled, part: &Condition, item: &Value) -> bool {
        let look = Look {
            machine: self,
            compiled,
            input: &|_| None,
            item: Some(item),
            supposing: None,
        };
        matches!(look.at(part, &mut Vec::new()), Part::Is(true))
    }

    pub(crate) fn within_opening_hours(&self, own: Option<&OpeningHours>) -> bool {
        let settings = self.settings();
        let zone = TimeZone::get(&settings.time_zone).unwrap_or(TimeZone::UTC);
        let here = self.now().to_zoned(zone);
        if settings.holidays.contains(&here.date()) {
            return false;
        }
        let day = weekday(here.date());
        let hours = own.unwrap_or(&settings.opening_hours);
        hours
            .hours
            .iter()
            .any(|row| row.day == day && row.from <= here.time() && here.time() < row.to)
    }

    /// Whether it holds once this attribute has this value; `None` where that cannot be told yet.
    pub(crate) fn would_hold(
        &self,
        compiled: &Compiled,
        condition: &Condition,
        supposing: (&str, &Value),
    ) -> Option<bool> {
        let look = Look {
            machine: self,
            compiled,
            input: &|_| None,
            item: None,
            supposing: Some(supposing),
        };
        match look.at(condition, &mut Vec::new()) {
            Part::Is(holds) => Some(holds),
            Part::Missing(_) | Part::Fault(_) => None,
        }
    }

    /// The value of an operand; `None` where it is not known.
    pub(crate) fn operand(&self, operand: &Operand, compiled: &Compiled) -> Option<Value> {
        let look = Look {
            machine: self,
            compiled,
            input: &|_| None,
            item: None,
            supposing: None,
        };
        look.operand(operand)
    }

    /// An operand's value, or the flow that gets it first.
    pub(crate) fn operand_or_obtain(
        &mut self,
        compiled: &Compiled,
        op: &Op,
        index: usize,
        operand: &Operand,
    ) -> Result<Value, Flow> {
        if let Some(value) = self.operand(operand, compiled) {
            return Ok(value);
        }
        let missing = operand
            .references()
            .into_iter()
            .find(|reference| self.value(reference).is_none());
        let Some(reference) = missing else {
            return Err(self.could_not_follow(op, index, "a value that is not known"));
        };
        match self.obtain(compiled, op, index, reference) {
            Obtained::Pending => Err(Flow::Wait),
            Obtained::Settled => Err(Flow::Goto(index)),
            Obtained::Impossible => {
                let label = self.label(compiled, reference);
                Err(self.could_not_follow(op, index, &format!("{label} is not known")))
            }
        }
    }

    fn shifted(&self, base: &Value, by: Period, back: bool) -> Option<Value> {
        match base {
            Value::Date(date) => shift_date(*date, by, back, &self.settings().holidays).map(Value::Date),
            Value::DateTime(instant) => self.shift_instant(*instant, by, back).map(Value::DateTime),
            _ => None,
        }
    }

    fn shift_instant(&self, instant: Timestamp, by: Period, back: bool) -> Option<Timestamp> {
        let sign = if back { -1 } else { 1 };
        match by.unit {
            PeriodUnit::Minutes | PeriodUnit::Hours => {
                let millis = crate::machine::millis(by) * sign;
                Timestamp::from_millisecond(instant.as_millisecond().checked_add(millis)?).ok()
            }
            _ => {
                let zoned = self.zoned(instant);
                let date = shift_date(zoned.date(), by, back, &self.settings().holidays)?;
                date.to_datetime(zoned.time())
                    .to_zoned(zoned.time_zone().clone())
                    .ok()
                    .map(|zoned| zoned.timestamp())
            }
        }
    }

    fn zoned(&self, instant: Timestamp) -> Zoned {
        instant.to_zoned(TimeZone::get(&self.settings().time_zone).unwrap_or(TimeZone::UTC))
    }
}

fn weekday(date: civil::Date) -> Weekday {
    match date.weekday() {
        civil::Weekday::Monday => Weekday::Monday,
        civil::Weekday::Tuesday => Weekday::Tuesday,
        civil::Weekday::Wednesday => Weekday::Wednesday,
        civil::Weekday::Thursday => Weekday::Thursday,
        civil::Weekday::Friday => Weekday::Friday,
        civil::Weekday::Saturday => Weekday::Saturday,
        civil::Weekday::Sunday => Weekday::Sunday,
    }
}

/// A day moved by a period of days or longer; shorter periods round to whole days.
fn shift_date(date: civil::Date, by: Period, back: bool, holidays: &[civil::Date]) -> Option<civil::Date> {
    let count = i64::from(by.count);
    let count = if back { -count } else { count };
    let moved = match by.unit {
        PeriodUnit::Minutes => date.checked_add((count / 1440).days()),
        PeriodUnit::Hours => date.checked_add((count / 24).days()),
        PeriodUnit::Days => date.checked_add(i32::try_from(count).ok()?.days()),
        PeriodUnit::Weeks => date.checked_add(i32::try_from(count.checked_mul(7)?).ok()?.days()),
        PeriodUnit::Months => date.checked_add(
            i32::try_from(count)
                .ok()
                .filter(|count| count.abs() < 100_000)?
                .months(),
        ),
        PeriodUnit::Years => date.checked_add(i16::try_from(count).ok()?.years()),
        PeriodUnit::WorkingDays => return shift_working_days(date, by.count, back, holidays),
    };
    moved.ok()
}

fn shift_working_days(mut date: civil::Date, count: u32, back: bool, holidays: &[civil::Date]) -> Option<civil::Date> {
    let step = if back { -1 } else { 1 };
    let mut left = count.min(10_000);
    while left > 0 {
        date = date.checked_add(step.days()).ok()?;
        let weekend = matches!(date.weekday(), civil::Weekday::Saturday | civil::Weekday::Sunday);
        if !weekend && !holidays.contains(&date) {
            left -= 1;
        }
    }
    Some(date)
}

struct Look<'a> {
    machine: &'a Machine<'a>,
    compiled: &'a Compiled,
    input: &'a dyn Fn(&str) -> Option<Value>,
    /// The item of a list that is looked at.
    item: Option<&'a Value>,
    /// A value that is not set yet, by its key.
    supposing: Option<(&'a str, &'a Value)>,
}

impl Look<'_> {
    /// The value of an operand; `None` where it is not known.
    fn operand(&self, operand: &Operand) -> Option<Value> {
        let machine = self.machine;
        match operand {
            Operand::Reference { reference } => match self.supposing {
                Some((key, value)) if key == reference => Some(value.plain().clone()),
                _ => machine.value(reference).map(|value| value.plain().clone()),
            },
            Operand::Input { key } => (self.input)(key).map(|value| value.plain().clone()),
            Operand::Constant { value } => Some(value.clone()),
            Operand::Today => Some(Value::Date(machine.today())),
            Operand::Now => Some(Value::DateTime(machine.now())),
            Operand::Count { reference } => i64::try_from(self.items(reference)?.len()).ok().map(Value::Integer),
            Operand::Shifted { base, by, back } => machine.shifted(&self.operand(base)?, *by, *back),
            Operand::Item { field } => self.item?.field(field).map(|value| value.plain().clone()),
            Operand::Found { list, part, field } => {
                let item = self
                    .items(list)?
                    .into_iter()
                    .find(|item| machine.is_so(self.compiled, part, item))?;
                if field.is_empty() {
                    Some(item)
                } else {
                    item.field(field).cloned()
                }
            }
            Operand::Difference { one, other } => figures::difference(&self.operand(one)?, &self.operand(other)?),
            Operand::Share { percent, of } => figures::share(*percent, &self.operand(of)?),
            Operand::Larger { one, other } => self.of_two(one, other, Ordering::Greater),
            Operand::Smaller { one, other } => self.of_two(one, other, Ordering::Less),
        }
    }

    /// The one of two that compares so with the other.
    fn of_two(&self, one: &Operand, other: &Operand, wanted: Ordering) -> Option<Value> {
        let (one, other) = (self.operand(one)?, self.operand(other)?);
        let order = self.order(&one, &other).ok()?;
        Some(if order == wanted { one } else { other })
    }

    fn items(&self, list: &str) -> Option<Vec<Value>> {
        match self.machine.value(list)?.plain() {
            Value::List(items) => Some(items.clone()),
            _ => None,
        }
    }

    /// Whether one of the items is so: true as soon as one is, open while what they are compared with is not known.
    fn any_item(&self, list: &str, part: &Condition) -> Part {
        let Some(items) = self.items(list) else {
            return self.absent(&Operand::Reference {
                reference: list.to_owned(),
            });
        };
        let mut open = None;
        for item in &items {
            let look = Look {
                item: Some(item),
                ..*self
            };
            match look.at(part, &mut Vec::new()) {
                Part::Is(true) => return Part::Is(true),
                Part::Is(false) => {}
                other => open = open.or(Some(other)),
            }
        }
        open.unwrap_or(Part::Is(false))
    }

    fn at(&self, condition: &Condition, parts: &mut Vec<ConditionPart>) -> Part {
        match condition {
            Condition::All { parts: inner } => self.each(inner, parts, false),
            Condition::Any { parts: inner } => self.each(inner, parts, true),
            Condition::Not { part } => match self.at(part, parts) {
                Part::Is(holds) => Part::Is(!holds),
                other => other,
            },
            leaf => {
                let (part, value) = self.leaf(leaf);
                let holds = match &part {
                    Part::Is(holds) => Some(*holds),
                    _ => None,
                };
                parts.push(ConditionPart {
                    words: describe(leaf, self.compiled.catalogue()),
                    value,
                    holds,
                });
                part
            }
        }
    }

    /// Looks at every part; one that decides makes those that are not known irrelevant.
    fn each(&self, inner: &[Condition], parts: &mut Vec<ConditionPart>, decides: bool) -> Part {
        let mut open = None;
        let mut decided = false;
        for condition in inner {
            match self.at(condition, parts) {
                Part::Is(holds) => decided |= holds == decides,
                other => open = open.or(Some(other)),
            }
        }
        match (decided, open) {
            (true, _) => Part::Is(decides),
            (false, Some(open)) => open,
            (false, None) => Part::Is(!decides),
        }
    }

    fn leaf(&self, leaf: &Condition) -> (Part, Option<String>) {
        let run = self.machine.run();
        match leaf {
            Condition::Test { subject, comparison } => self.test(subject, comparison),
            Condition::Action { action, state } => {
                let now = run
                    .and_then(|run| run.actions.get(action))
                    .map_or(ActionState::NotCalled, |standing| standing.state);
                let holds = now == *state || (*state == ActionState::Failed && now == ActionState::NotFound);
                (Part::Is(holds), Some(state_in_words(now).to_owned()))
            }
            Condition::Webhook { key, received } => {
                let now = run.and_then(|run| run.webhooks.get(key)).copied();
                let words = match now {
                    Some(true) => "came",
                    Some(false) => "did not come in time",
                    None => "not waited for",
                };
                (Part::Is(now == Some(*received)), Some(words.to_owned()))
            }
            Condition::Confirmed => {
                let yes = run.and_then(|run| run.confirmed);
                let words = match yes {
                    Some(true) => "yes",
                    Some(false) => "no",
                    None => "not asked",
                };
                (Part::Is(yes == Some(true)), Some(words.to_owned()))
            }
            Condition::WithinOpeningHours => {
                let open = self.machine.within_opening_hours(None);
                (Part::Is(open), Some(if open { "open" } else { "closed" }.to_owned()))
            }
            Condition::AnyItem { list, part } => {
                let shown = self.items(list).map(|items| format!("{} items", items.len()));
                (self.any_item(list, part), shown)
            }
            Condition::All { .. } | Condition::Any { .. } | Condition::Not { .. } => (Part::Is(false), None),
        }
    }

    fn test(&self, subject: &Operand, comparison: &Comparison) -> (Part, Option<String>) {
        let value = self.operand(subject);
        let shown = value.as_ref().map(|value| self.machine.format(value));
        match comparison {
            Comparison::Missing => return (Part::Is(value.is_none()), shown),
            Comparison::Present => return (Part::Is(value.is_some()), shown),
            _ => {}
        }
        let Some(value) = value else {
            return (self.absent(subject), None);
        };
        for operand in comparison.operands() {
            if self.operand(operand).is_none() {
                return (self.absent(operand), shown);
            }
        }
        let person = self.names_a_person(subject);
        let value = if person { in_order(&value) } else { value };
        (self.compare(&value, comparison, person), shown)
    }

    /// Names of people compare whatever the order of their parts.
    fn names_a_person(&self, operand: &Operand) -> bool {
        let kind = operand.reference().and_then(|reference| {
            let own = self
                .compiled
                .program
                .attribute(reference)
                .map(|attribute| attribute.kind.clone());
            own.or_else(|| {
                self.compiled
                    .catalogue()
                    .resolve(reference)
                    .map(|referent| referent.kind)
            })
        });
        kind == Some(AttributeType::PersonName)
    }

    /// A value that is not there: to be got, or known to be absent because its system answered without it.
    fn absent(&self, operand: &Operand) -> Part {
        if matches!(operand, Operand::Item { .. }) {
            // The item came without it.
            return Part::Is(false);
        }
        let references = operand.references();
        let missing = references
            .iter()
            .find(|reference| self.machine.value(reference).is_none());
        let Some(reference) = missing.copied() else {
            return match operand {
                // No item of the list is so.
                Operand::Found { .. } => Part::Is(false),
                _ => Part::Fault("A value is not known".to_owned()),
            };
        };
        let answered_without =
            self.compiled
                .catalogue()
                .resolve(reference)
                .is_some_and(|referent| match referent.provider {
                    Provider::Action(action) => self
                        .machine
                        .run()
                        .and_then(|run| run.actions.get(&action.id))
                        .is_some_and(|standing| standing.state == ActionState::Succeeded),
                    _ => false,
                });
        if answered_without {
            Part::Is(false)
        } else {
            Part::Missing(reference.to_owned())
        }
    }

    fn compare(&self, value: &Value, comparison: &Comparison, person: bool) -> Part {
        let side = |operand: &Operand| {
            let side = self.operand(operand)?;
            Some(if person { in_order(&side) } else { side })
        };
        let ordered = |than: &Operand, wanted: &dyn Fn(Ordering) -> bool| match side(than) {
            Some(than) => self
                .order(value, &than)
                .map_or_else(Part::Fault, |order| Part::Is(wanted(order))),
            None => Part::Fault("A value is not known".to_owned()),
        };
        match comparison {
            Comparison::Is { to } => self.same(value, side(to)),
            Comparison::IsNot { to } => match self.same(value, side(to)) {
                Part::Is(same) => Part::Is(!same),
                other => other,
            },
            Comparison::OneOf { of } => {
                let found = of
                    .iter()
                    .any(|operand| matches!(self.same(value, side(operand)), Part::Is(true)));
                Part::Is(found)
            }
            Comparison::Contains { what } => Part::Is(side(what).is_some_and(|what| contains(value, &what))),
            Comparison::StartsWith { what } => {
                let starts =
                    side(what).is_some_and(|what| folded(&self.text(value)).starts_with(&folded(&self.text(&what))));
                Part::Is(starts)
            }
            Comparison::MoreThan { than } => ordered(than, &|order| order == Ordering::Greater),
            Comparison::LessThan { than } => ordered(than, &|order| order == Ordering::Less),
            Comparison::AtLeast { than } => ordered(than, &|order| order != Ordering::Less),
            Comparison::AtMost { than } => ordered(than, &|order| order != Ordering::Greater),
            Comparison::Before { than } => ordered(than, &|order| order == Ordering::Less),
            Comparison::After { than } => ordered(than, &|order| order == Ordering::Greater),
            Comparison::Between { low, high } => match (
                ordered(low, &|order| order != Ordering::Less),
                ordered(high, &|order| order != Ordering::Greater),
            ) {
                (Part::Is(above), Part::Is(below)) => Part::Is(above && below),
                (Part::Is(_), other) | (other, _) => other,
            },
            Comparison::OlderThan { period } => {
                self.in_time(value, *period, true, &|order| order == Ordering::Less, None)
            }
            Comparison::WithinLast { period } => self.in_time(
                value,
                *period,
                true,
                &|order| order != Ordering::Less,
                Some(Ordering::Less),
            ),
            Comparison::WithinNext { period } => self.in_time(
                value,
                *period,
                false,
                &|order| order != Ordering::Greater,
                Some(Ordering::Greater),
            ),
            Comparison::FurtherThan { period } => {
                self.in_time(value, *period, false, &|order| order == Ordering::Greater, None)
            }
            Comparison::OnWeekday { days } => match self.day(value) {
                Some(day) => Part::Is(days.contains(&weekday(day))),
                None => Part::Fault("This is no date".to_owned()),
            },
            Comparison::Missing | Comparison::Present => Part::Is(false),
        }
    }

    /// Compares with now moved by the period: days and longer by calendar day, hours and minutes by instant. With
    /// `side`, the value must also lie on that side of now, or at it.
    fn in_time(
        &self,
        value: &Value,
        period: Period,
        back: bool,
        wanted: &dyn Fn(Ordering) -> bool,
        side: Option<Ordering>,
    ) -> Part {
        let by_instant =
            matches!(period.unit, PeriodUnit::Minutes | PeriodUnit::Hours) && matches!(value, Value::DateTime(_));
        let (base, value) = if by_instant {
            (Value::DateTime(self.machine.now()), value.clone())
        } else {
            let Some(day) = self.day(value) else {
                return Part::Fault("This is no date".to_owned());
            };
            (Value::Date(self.machine.today()), Value::Date(day))
        };
        let Some(border) = self.machine.shifted(&base, period, back) else {
            return Part::Fault("The length of time is out of range".to_owned());
        };
        match (self.order(&value, &border), self.order(&value, &base)) {
            (Ok(to_border), Ok(to_now)) => {
                let on_side = side.is_none_or(|side| to_now == side || to_now == Ordering::Equal);
                Part::Is(wanted(to_border) && on_side)
            }
            (Err(reason), _) | (_, Err(reason)) => Part::Fault(reason),
        }
    }

    fn day(&self, value: &Value) -> Option<civil::Date> {
        match value.plain() {
            Value::Date(date) => Some(*date),
            Value::DateTime(instant) => Some(self.machine.zoned(*instant).date()),
            _ => None,
        }
    }

    fn same(&self, value: &Value, other: Option<Value>) -> Part {
        let Some(other) = other else {
            return Part::Fault("A value is not known".to_owned());
        };
        match (value.plain(), other.plain()) {
            (Value::Amount(_), Value::Amount(_))
            | (Value::Date(_) | Value::DateTime(_), Value::Date(_) | Value::DateTime(_))
            | (Value::Integer(_) | Value::Decimal(_), Value::Integer(_) | Value::Decimal(_) | Value::Amount(_)) => self
                .order(value, &other)
                .map_or_else(Part::Fault, |order| Part::Is(order == Ordering::Equal)),
            (Value::List(items), other) => Part::Is(
                items
                    .iter()
                    .any(|item| matches!(self.same(item, Some(other.clone())), Part::Is(true))),
            ),
            (value, other) if value == other => Part::Is(true),
            (value, other) => Part::Is(folded(&self.text(value)) == folded(&self.text(other))),
        }
    }

    fn text(&self, value: &Value) -> String {
        value
            .as_text()
            .map_or_else(|| self.machine.format(value), str::to_owned)
    }

    fn order(&self, left: &Value, right: &Value) -> Result<Ordering, String> {
        use Value::{Amount, Date, DateTime, Decimal, Integer, Time};
        match (left.plain(), right.plain()) {
            (Integer(a), Integer(b)) => Ok(a.cmp(b)),
            (Integer(a), Decimal(b)) => Ok(rust_decimal::Decimal::from(*a).cmp(b)),
            (Decimal(a), Integer(b)) => Ok(a.cmp(&rust_decimal::Decimal::from(*b))),
            (Decimal(a), Decimal(b)) => Ok(a.cmp(b)),
            (Amount(a), Amount(b)) if a.currency == b.currency => Ok(a.amount.cmp(&b.amount)),
            (Amount(a), Amount(b)) => Err(format!("{} and {} cannot be compared", a.currency, b.currency)),
            (Amount(a), Decimal(b)) => Ok(a.amount.cmp(b)),
            (Amount(a), Integer(b)) => Ok(a.amount.cmp(&rust_decimal::Decimal::from(*b))),
            (Decimal(a), Amount(b)) => Ok(a.cmp(&b.amount)),
            (Integer(a), Amount(b)) => Ok(rust_decimal::Decimal::from(*a).cmp(&b.amount)),
            (Date(a), Date(b)) => Ok(a.cmp(b)),
            (DateTime(a), DateTime(b)) => Ok(a.cmp(b)),
            (Date(a), DateTime(b)) => Ok(a.cmp(&self.machine.zoned(*b).date())),
            (DateTime(a), Date(b)) => Ok(self.machine.zoned(*a).date().cmp(b)),
            (Time(a), Time(b)) => Ok(a.cmp(b)),
            (DateTime(a), Time(b)) => Ok(self.machine.zoned(*a).time().cmp(b)),
            (a, b) => Err(format!(
                "\"{}\" and \"{}\" cannot be compared",
                self.machine.format(a),
                self.machine.format(b)
            )),
        }
    }

    /// "shipped were after 21 October": what a single test would need to come out the other way.
    fn would_flip(&self, condition: &Condition, result: bool) -> Option<String> {
        let Condition::Test { subject, comparison } = condition else {
            return None;
        };
        let reference = subject.reference()?;
        let label = self.machine.label(self.compiled, reference);
        let needed = match comparison {
            Comparison::OlderThan { period } | Comparison::WithinLast { period } => {
                let day = shift_date(self.machine.today(), *period, true, &self.machine.settings().holidays)?;
                let older = matches!(comparison, Comparison::OlderThan { .. });
                let side = if older == result { "on or after" } else { "before" };
                format!("{side} {}", self.machine.format(&Value::Date(day)))
            }
            Comparison::Is { to } if !result => self.machine.format(&self.operand(to)?),
            Comparison::MoreThan { than } if !result => {
                format!("more than {}", self.machine.format(&self.operand(than)?))
            }
            Comparison::LessThan { than } if !result => {
                format!("less than {}", self.machine.format(&self.operand(than)?))
            }
            Comparison::AtLeast { than } if !result => {
                format!("at least {}", self.machine.format(&self.operand(than)?))
            }
            Comparison::AtMost { than } if !result => format!("at most {}", self.machine.format(&self.operand(than)?)),
            _ => return None,
        };
        Some(format!(
            "Would be {} if {label} were {needed}.",
            if result { "false" } else { "true" }
        ))
    }
}

fn state_in_words(state: ActionState) -> &'static str {
    match state {
        ActionState::Succeeded => "succeeded",
        ActionState::Failed => "failed",
        ActionState::NotFound => "found nothing",
        ActionState::NotCalled => "not called",
    }
}

/// The parts of a name in one order.
fn in_order(name: &Value) -> Value {
    let Some(text) = name.as_text() else {
        return name.clone();
    };
    let folded = folded(text);
    let mut parts: Vec<&str> = folded.split([' ', ',']).filter(|part| !part.is_empty()).collect();
    parts.sort_unstable();
    Value::Text(parts.join(" "))
}

fn contains(value: &Value, what: &Value) -> bool {
    match value.plain() {
        Value::List(items) => items.iter().any(|item| match (item.as_text(), what.as_text()) {
            (Some(item), Some(what)) => folded(item) == folded(what),
            _ => item == what,
        }),
        value => match (value.as_text(), what.as_text()) {
            (Some(value), Some(what)) => folded(value).contains(&folded(what)),
            _ => false,
        },
    }
}

/// Text as it is compared: without case, outer space and the common accents.
fn folded(text: &str) -> String {
    let plain = |c: char| match c {
        'á' | 'à' | 'â' | 'ä' | 'ã' | 'å' => 'a',
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'í' | 'ì' | 'î' | 'ï' => 'i',
        'ó' | 'ò' | 'ô' | 'ö' | 'õ' => 'o',
        'ú' | 'ù' | 'û' | 'ü' => 'u',
        'ñ' => 'n',
        'ç' => 'c',
        '_' | '-' => ' ',
        other => other,
    };
    text.trim().to_lowercase().chars().map(plain).collect()
}
