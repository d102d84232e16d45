//! Conditions as a fixture states them, read into the program's own type.

use taskwright_domain::{
    ActionState, Amount, AttributeType, Catalogue, Comparison, Condition, Operand, Period, PeriodUnit, Value, Weekday,
};

use crate::notation::{Cursor, Mark};

/// A condition as stated.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Stated {
    /// In typed words.
    Typed(Condition),
    /// The other way of another part's condition.
    Else(String),
    /// In words that the program has no type for.
    Words,
}

/// Reads conditions against a catalogue.
#[derive(Clone, Copy)]
pub(crate) struct Conditions<'a> {
    pub(crate) catalogue: &'a Catalogue,
}

const UNITS: [(&str, PeriodUnit); 6] = [
    ("minutes", PeriodUnit::Minutes),
    ("hours", PeriodUnit::Hours),
    ("days", PeriodUnit::Days),
    ("day", PeriodUnit::Days),
    ("weeks", PeriodUnit::Weeks),
    ("years", PeriodUnit::Years),
];

fn test(subject: Operand, comparison: Comparison) -> Condition {
    Condition::Test { subject, comparison }
}

fn not(part: Condition) -> Condition {
    Condition::Not { part: Box::new(part) }
}

impl Conditions<'_> {
    /// `a and b or c`: *or* binds less than *and*.
    pub(crate) fn any(self, cursor: &mut Cursor<'_>) -> Condition {
        let mut parts = vec![self.all(cursor)];
        while cursor.take("or") {
            parts.push(self.all(cursor));
        }
        if parts.len() == 1 {
            parts.remove(0)
        } else {
            Condition::Any { parts }
        }
    }

    fn all(self, cursor: &mut Cursor<'_>) -> Condition {
        let mut parts = vec![self.one(cursor)];
        while cursor.take("and") {
            parts.push(self.one(cursor));
        }
        if parts.len() == 1 {
            parts.remove(0)
        } else {
            Condition::All { parts }
        }
    }

    fn one(self, cursor: &mut Cursor<'_>) -> Condition {
        if cursor.take("not") {
            return not(self.one(cursor));
        }
        if cursor.take("confirmed") {
            return Condition::Confirmed;
        }
        if cursor.sign('(') {
            let inner = self.any(cursor);
            assert!(cursor.sign(')'), "a bracket is closed");
            return inner;
        }
        if cursor.take("an item of") {
            let list = cursor.reference().unwrap_or_else(|| panic!("a list"));
            assert!(cursor.take("where"), "an item of … where …");
            let part = Box::new(self.one(cursor));
            return Condition::AnyItem { list, part };
        }
        if let Some(name) = cursor.name() {
            return self.became(&name, cursor);
        }
        let (subject, kind) = self.subject(cursor);
        self.compared(subject, &kind, cursor)
    }

    fn became(self, name: &str, cursor: &mut Cursor<'_>) -> Condition {
        if let Some(wait) = self.catalogue.webhooks.iter().find(|wait| wait.name == name) {
            let key = wait.key.clone();
            let received = !cursor.take("did not come");
            assert!(!received || cursor.take("came"), "what became of {name}");
            return Condition::Webhook { key, received };
        }
        let states = [
            ("succeeded", ActionState::Succeeded),
            ("failed", ActionState::Failed),
            ("found nothing", ActionState::NotFound),
            ("was not called", ActionState::NotCalled),
        ];
        let state = states.into_iter().find(|(words, _)| cursor.take(words));
        Condition::Action {
            action: self.action(name),
            state: state.unwrap_or_else(|| panic!("what became of {name}")).1,
        }
    }

    pub(crate) fn action(self, name: &str) -> taskwright_domain::ActionId {
        let action = self.catalogue.actions.iter().find(|action| action.name == name);
        action
            .unwrap_or_else(|| panic!("no action is called {name:?}"))
            .id
            .clone()
    }

    fn subject(self, cursor: &mut Cursor<'_>) -> (Operand, AttributeType) {
        if cursor.take("its") {
            let field = cursor.reference().unwrap_or_else(|| panic!("a field of an item"));
            let kind = self
                .catalogue
                .lists()
                .flat_map(|(_, fields)| fields)
                .find(|known| known.key == field);
            let kind = kind.unwrap_or_else(|| panic!("no item has a {field}")).kind.clone();
            return (Operand::Item { field }, kind);
        }
        if cursor.take("the difference of") {
            let (one, kind) = self.subject(cursor);
            assert!(cursor.take("and"), "the difference of … and …");
            let (one, other) = (Box::new(one), Box::new(self.subject(cursor).0));
            return (Operand::Difference { one, other }, kind);
        }
        if cursor.take("now") {
            return (Operand::Now, AttributeType::DateTime);
        }
        let reference = cursor
            .reference()
            .unwrap_or_else(|| panic!("a value, not {:?}", cursor.peek()));
        let referent = self.catalogue.resolve(&reference);
        let kind = referent.unwrap_or_else(|| panic!("nothing is called {reference}")).kind;
        (Operand::Reference { reference }, kind)
    }

    fn compared(self, subject: Operand, kind: &AttributeType, cursor: &mut Cursor<'_>) -> Condition {
        if cursor.take("includes") {
            let what = self.constant(&AttributeType::Text, cursor);
            return test(subject, Comparison::Contains { what });
        }
        if cursor.take("starts with") {
            let what = self.constant(&AttributeType::Text, cursor);
            return test(subject, Comparison::StartsWith { what });
        }
        if cursor.take("falls on") {
            let mut days = vec![weekday(cursor)];
            while cursor.sign(',') {
                days.push(weekday(cursor));
            }
            return test(subject, Comparison::OnWeekday { days });
        }
        assert!(cursor.take("is"), "a comparison, not {:?}", cursor.peek());
        if cursor.take("missing") {
            return test(subject, Comparison::Missing);
        }
        if cursor.take("known") {
            return test(subject, Comparison::Present);
        }
        if cursor.take("one of") {
            let mut of = vec![self.constant(kind, cursor)];
            while cursor.sign(',') {
                of.push(self.constant(kind, cursor));
            }
            return test(subject, Comparison::OneOf { of });
        }
        if cursor.take("between") {
            let low = self.operand(kind, cursor);
            assert!(cursor.take("and"), "between … and …");
            let high = self.operand(kind, cursor);
            return test(subject, Comparison::Between { low, high });
        }
        if cursor.take("within") {
            return self.within(subject, cursor);
        }
        self.ordered(subject, kind, cursor)
    }

    fn within(self, subject: Operand, cursor: &mut Cursor<'_>) -> Condition {
        let period = period(cursor);
        if cursor.take("before today") {
            return test(subject, Comparison::WithinLast { period });
        }
        if cursor.take("after today") {
            return test(subject, Comparison::WithinNext { period });
        }
        assert!(cursor.take("of"), "within … of …");
        let (base, _) = self.subject(cursor);
        let shifted = |back| Operand::Shifted {
            base: Box::new(base.clone()),
            by: period,
            back,
        };
        test(
            subject,
            Comparison::Between {
                low: shifted(true),
                high: shifted(false),
            },
        )
    }

    fn ordered(self, subject: Operand, kind: &AttributeType, cursor: &mut Cursor<'_>) -> Condition {
        let time = matches!(kind, AttributeType::Date | AttributeType::DateTime);
        let comparison = if cursor.take("more than") {
            if time {
                let period = period(cursor);
                assert!(cursor.take("before today"), "more than … before today");
                return test(subject, Comparison::OlderThan { period });
            }
            Comparison::MoreThan {
                than: self.operand(kind, cursor),
            }
        } else if cursor.take("less than") {
            Comparison::LessThan {
                than: self.operand(kind, cursor),
            }
        } else if cursor.take("at most") {
            Comparison::AtMost {
                than: self.operand(kind, cursor),
            }
        } else if cursor.take("before") {
            Comparison::Before {
                than: self.operand(kind, cursor),
            }
        } else if cursor.take("after") {
            Comparison::After {
                than: self.operand(kind, cursor),
            }
        } else if cursor.take("not") {
            Comparison::IsNot {
                to: self.operand(kind, cursor),
            }
        } else {
            Comparison::Is {
                to: self.operand(kind, cursor),
            }
        };
        test(subject, comparison)
    }

    /// A value on the right: a reference, a day or instant, or a constant.
    pub(crate) fn operand(self, kind: &AttributeType, cursor: &mut Cursor<'_>) -> Operand {
        if cursor.take("today") {
            return Operand::Today;
        }
        if cursor.take("now") {
            return Operand::Now;
        }
        if cursor.take("the larger of") {
            let one = Box::new(self.operand(kind, cursor));
            assert!(cursor.take("and"), "the larger of … and …");
            let other = Box::new(self.operand(kind, cursor));
            return Operand::Larger { one, other };
        }
        if let Some(percent) = cursor.percent() {
            let of = Box::new(self.subject(cursor).0);
            return Operand::Share { percent, of };
        }
        if matches!(cursor.peek(), Some(Mark::Reference(_))) {
            return self.subject(cursor).0;
        }
        if matches!(kind, AttributeType::Date | AttributeType::DateTime) {
            let by = period(cursor);
            assert!(cursor.take("after"), "… after today or now");
            let base = Box::new(if cursor.take("now") {
                Operand::Now
            } else {
                Operand::Today
            });
            assert!(*base == Operand::Now || cursor.take("today"), "after today or now");
            return Operand::Shifted { base, by, back: false };
        }
        self.constant(kind, cursor)
    }

    fn constant(self, kind: &AttributeType, cursor: &mut Cursor<'_>) -> Operand {
        let words = match cursor.peek() {
            Some(Mark::Quoted(words)) => {
                cursor.next();
                words.clone()
            }
            _ => cursor.words(&["and", "or", "when", "never", "closed"]),
        };
        let value = match kind {
            AttributeType::Boolean => Value::Boolean(words == "true"),
            AttributeType::Integer => Value::Integer(words.parse().unwrap_or_else(|_| panic!("a number: {words:?}"))),
            AttributeType::Amount => amount(&words),
            AttributeType::Choice { options } => {
                assert!(options.contains(&words), "{words:?} is an option");
                Value::Choice(words)
            }
            _ => Value::Text(words),
        };
        Operand::Constant { value }
    }
}

fn weekday(cursor: &mut Cursor<'_>) -> Weekday {
    let days = [("Saturday", Weekday::Saturday), ("Sunday", Weekday::Sunday)];
    let day = days.into_iter().find(|(word, _)| cursor.take(word));
    day.unwrap_or_else(|| panic!("a day of the week, not {:?}", cursor.peek()))
        .1
}

fn amount(words: &str) -> Value {
    let (amount, currency) = words.split_once(' ').unwrap_or_else(|| panic!("an amount: {words:?}"));
    Value::Amount(Amount {
        amount: amount.parse().unwrap_or_else(|_| panic!("an amount: {words:?}")),
        currency: currency.to_owned(),
    })
}

pub(crate) fn period(cursor: &mut Cursor<'_>) -> Period {
    let count = cursor
        .number()
        .unwrap_or_else(|| panic!("a number, not {:?}", cursor.peek()));
    let unit = UNITS.into_iter().find(|(word, _)| cursor.take(word));
    Period {
        count,
        unit: unit.unwrap_or_else(|| panic!("a unit, not {:?}", cursor.peek())).1,
    }
}
