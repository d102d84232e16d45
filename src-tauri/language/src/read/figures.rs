//! Figures that are compared: "the amount is off by more than 10 EUR (or 10 %, whichever is bigger)".

use rust_decimal::Decimal;
use taskwright_domain::{
    Amount, AttributeType, Comparison, Condition, Field, Link, Meaning, Operand, Step, StepKind, Template, Value,
};

use super::conditions::{Conditions, Got, Subject, refer};
use super::constants::{amount_at, number_at};
use super::names::{Lookup, Prefer, content_stems};
use super::reader::{Reader, Spoken, trimmed};
use super::split::{lead, starts};
use super::token::Token;

impl Conditions<'_, '_> {
    /// "X is off by more than 10 EUR", "X differs by more than 5 %": how far what was found lies from what was given.
    pub(super) fn off_by(&self, words: &[Token<'_>]) -> Option<Got> {
        let by = words.iter().position(|t| t.is("by"))?;
        let (head, tail) = (&words[..by], &words[by + 1..]);
        let off = head.last()?;
        let apart = off.any(&[
            "off",
            "out",
            "wrong",
            "differs",
            "differ",
            "deviates",
            "deviate",
            "different",
        ]);
        let end = head.iter().rposition(|t| {
            !t.any(&[
                "is",
                "are",
                "was",
                "off",
                "out",
                "wrong",
                "differs",
                "differ",
                "deviates",
                "deviate",
                "different",
            ])
        })?;
        let (one, other) = self.figures(&head[..=end]).filter(|_| apart)?;
        let [more, than, limit @ ..] = tail else { return None };
        if !(more.is("more") && than.is("than")) {
            return None;
        }
        let than = self.limit(limit, &other)?;
        let subject = Operand::Difference {
            one: Box::new(refer(&one)),
            other: Box::new(refer(&other)),
        };
        let links: Vec<Link> = [&one, &other]
            .into_iter()
            .flat_map(|reference| {
                let target = taskwright_domain::LinkTarget::Reference {
                    reference: reference.clone(),
                };
                super::conditions::link_over(&head[..=end], target)
            })
            .collect();
        Some(Got {
            condition: Condition::Test {
                subject,
                comparison: Comparison::MoreThan { than },
            },
            sure: false,
            links,
            subject: Subject::Any,
        })
    }

    /// The figure that was found and the one that was given, both of the name that the words have.
    fn figures(&self, words: &[Token<'_>]) -> Option<(String, String)> {
        let named =
            |at: usize| self.names.value(at).kind == AttributeType::Amount || is_number(&self.names.value(at).kind);
        let found: Vec<usize> = match self.names.lookup(words, Prefer::default()) {
            Lookup::One { at, .. } => {
                let stems = &self.names.value(at).field_stems;
                let kin = |value: &super::names::Named| value.field_stems.iter().any(|stem| stems.contains(stem));
                (0..self.names.values.len())
                    .filter(|at| kin(self.names.value(*at)))
                    .collect()
            }
            Lookup::Several(several) => several,
            Lookup::Nothing => return None,
        };
        let asked = |key: &str| self.said.asks.iter().any(|(asked, _)| asked == key);
        let mut given = found
            .iter()
            .filter(|at| named(**at) && asked(&self.names.value(**at).reference));
        let given = self.names.value(*given.next()?);
        let of_a_system = |at: &&usize| {
            let value = self.names.value(**at);
            named(**at) && value.owner.is_some() && !value.of_change && value.kind == given.kind
        };
        let mut others = found.iter().filter(of_a_system);
        let one = self.names.value(*others.next()?);
        others
            .next()
            .is_none()
            .then(|| (one.reference.clone(), given.reference.clone()))
    }

    /// "10 EUR", "5 %", "10 EUR (or 10 %, whichever is bigger)"; per cent are of what was given.
    fn limit(&self, words: &[Token<'_>], of: &str) -> Option<Operand> {
        let (first, used) = self.figure(words, of)?;
        let rest: Vec<&Token<'_>> = words[used..]
            .iter()
            .filter(|t| !t.mark('(') && !t.mark(')') && !t.mark(','))
            .collect();
        let [or, rest @ ..] = rest.as_slice() else {
            return Some(first);
        };
        let start = words
            .iter()
            .position(|t| std::ptr::eq(t, *or))
            .filter(|_| or.is("or"))?;
        let (second, _) = self.figure(&words[start + 1..], of)?;
        let whichever = rest.iter().position(|t| t.is("whichever"))?;
        let which = rest.get(whichever + 1..)?;
        let says = |any: &[&str]| which.iter().any(|t| t.any(any));
        let (one, other) = (Box::new(first), Box::new(second));
        if says(&["bigger", "larger", "higher", "greater", "more"]) {
            Some(Operand::Larger { one, other })
        } else if says(&["smaller", "lower", "less"]) {
            Some(Operand::Smaller { one, other })
        } else {
            None
        }
    }

    /// A figure and how many words it takes.
    pub(super) fn figure(&self, words: &[Token<'_>], of: &str) -> Option<(Operand, usize)> {
        if let Some(read) = amount_at(words, 0) {
            let value = Value::Amount(read.value);
            return Some((Operand::Constant { value }, read.end));
        }
        let read = number_at(words, 0)?;
        let share = words
            .get(read.end)
            .is_some_and(|t| t.mark('%') || t.any(&["percent", "%"]));
        if share {
            let of = Box::new(refer(of));
            return Some((
                Operand::Share {
                    percent: read.value,
                    of,
                },
                read.end + 1,
            ));
        }
        let value = Value::Decimal(read.value);
        Some((Operand::Constant { value }, read.end))
    }
}

fn is_number(kind: &AttributeType) -> bool {
    matches!(kind, AttributeType::Integer | AttributeType::Decimal)
}

impl<'t, 'a> Reader<'t, 'a, '_> {
    /// "get the last 4 payouts, and compare": the one of the list that has the day or number the customer gave.
    pub(super) fn compare_items(&mut self, whole: &'t [Token<'a>], words: &[Token<'_>], steps: &mut Vec<Step>) -> bool {
        let [compare, rest @ ..] = words else { return false };
        let compares = compare.any(&["compare", "match"]);
        let plain = rest.iter().all(|t| {
            t.any(&[
                "them", "it", "these", "those", "with", "what", "they", "gave", "said", "told",
            ])
        });
        if !(compares && plain) {
            return false;
        }
        let Some((list, key)) = self.list_and_item() else {
            return false;
        };
        let Some(part) = self.given_field(&list) else {
            return false;
        };
        let value = Operand::Found {
            list,
            part: Box::new(part),
            field: String::new(),
        };
        let plain = format!(
            "Sets {} to {}",
            self.label(&key),
            super::describe::label_of(&value, self.names.catalogue)
        );
        let attribute = key.clone();
        steps.push(self.step(whole, StepKind::Set { attribute: key, value }));
        self.note(whole, Spoken::new(Meaning::Set { attribute }, plain).guessed());
        true
    }

    /// The list that was looked up last, and the one attribute that holds an item of it.
    fn list_and_item(&self) -> Option<(String, String)> {
        let (action, _) = self.said.looked_up.as_ref()?;
        let owner = &self.catalogue().action(action)?.result_name;
        let mut fits = self.catalogue().attributes.iter().filter_map(|attribute| {
            let list = self.catalogue().picked_from(attribute)?;
            let single = matches!(attribute.kind, AttributeType::Object { .. });
            (single && list.split('.').next() == Some(owner)).then(|| (list, attribute.key.clone()))
        });
        let first = fits.next()?;
        fits.next().is_none().then_some(first)
    }

    /// The fields of an item that tell it, by what the customer was asked for: of one type, with a word in common.
    fn given_field(&self, list: &str) -> Option<Condition> {
        let fields = self.names.catalogue.item_fields(list)?;
        let tells = |field: &&Field| {
            matches!(
                field.kind,
                AttributeType::Date | AttributeType::DateTime | AttributeType::Identifier { .. }
            )
        };
        let tests: Vec<Condition> = fields
            .iter()
            .filter(tells)
            .filter_map(|field| {
                let stems = content_stems(&field.label());
                let (asked, _) = self.said.asks.iter().find(|(key, _)| {
                    self.names
                        .reference(key)
                        .map(|at| self.names.value(at))
                        .is_some_and(|value| {
                            value.kind == field.kind && value.field_stems.iter().any(|stem| stems.contains(stem))
                        })
                })?;
                Some(Condition::Test {
                    subject: Operand::Item {
                        field: field.key.clone(),
                    },
                    comparison: Comparison::Is { to: refer(asked) },
                })
            })
            .collect();
        match tests.as_slice() {
            [] => None,
            [one] => Some(one.clone()),
            _ => Some(Condition::All { parts: tests }),
        }
    }

    /// "smaller than that is tips arriving late, tell them that": what is said of a smaller difference.
    pub(super) fn less_than_that(
        &mut self,
        whole: &'t [Token<'a>],
        words: &'t [Token<'a>],
        steps: &mut Vec<Step>,
    ) -> bool {
        let [less, than, that, is, said @ ..] = lead(words) else {
            return false;
        };
        let opens = less.any(&["smaller", "less", "lower", "below"]) && than.is("than") && that.any(&["that", "this"]);
        let Some(comma) = said.iter().position(|t| t.mark(',')) else {
            return false;
        };
        let tell = trimmed(&said[comma + 1..]);
        let told = starts(tell, &["tell", "them", "that"])
            || starts(tell, &["tell", "the", "customer", "that"])
            || starts(tell, &["say", "so"]);
        let Some((difference, than)) = steps
            .last()
            .and_then(difference_of)
            .filter(|_| opens && is.any(&["is", "are", "means"]) && told && comma > 0)
        else {
            return false;
        };
        let test = |comparison| Condition::Test {
            subject: difference.clone(),
            comparison,
        };
        let nothing = Operand::Constant { value: zero_of(&than) };
        let condition = Condition::All {
            parts: vec![
                test(Comparison::MoreThan { than: nothing }),
                test(Comparison::AtMost { than }),
            ],
        };
        let end = words.len() - said.len() - 1;
        let plain = format!("If {}", super::describe::condition(&condition, self.names.catalogue));
        let meaning = Meaning::Check {
            condition: Some(condition.clone()),
        };
        self.note(&words[..end], Spoken::new(meaning, plain));
        let told = Template::new(format!(
            "That is {}.",
            super::tell::to_customer(&said[..comma]).0.trim_end_matches('.')
        ));
        let told = Template::new(lower_after(&told.0, "That is "));
        let mut inner = Vec::new();
        self.inform(&words[end..], told, &mut inner);
        let span = self.span(whole);
        steps.push(Step::when(span, condition, inner));
        true
    }

    /// "both figures": those that the case is about.
    pub(super) fn both_figures(&self, words: &[Token<'_>]) -> Option<Template> {
        let both = words.windows(2).any(|pair| {
            pair[0].is("both") && pair[1].any(&["figures", "amounts", "numbers", "values", "dates", "sums"])
        });
        let references = self.under.last().filter(|_| both)?.references();
        let mut told: Vec<&str> = Vec::new();
        for reference in references {
            if !told.contains(&reference) {
                told.push(reference);
            }
        }
        let [one, other] = told.as_slice() else { return None };
        let line = |reference: &str| {
            let label = self.label(reference);
            let label = crate::wording::sentence_start(label.trim_start_matches("the "));
            format!("{label}: {{{reference}}}.")
        };
        Some(Template::new(format!("{} {}", line(one), line(other))))
    }
}

/// The difference and the limit of the last check.
fn difference_of(step: &Step) -> Option<(Operand, Operand)> {
    let StepKind::Check { arms, .. } = &step.kind else {
        return None;
    };
    match &arms.last()?.condition {
        Condition::Test {
            subject: subject @ Operand::Difference { .. },
            comparison: Comparison::MoreThan { than },
        } => Some((subject.clone(), than.clone())),
        _ => None,
    }
}

/// The words after the lead begin small.
fn lower_after(text: &str, lead: &str) -> String {
    text.strip_prefix(lead).map_or_else(
        || text.to_owned(),
        |rest| format!("{lead}{}", super::tell::lower_first(rest)),
    )
}

/// Nothing, in the currency of a limit.
fn zero_of(limit: &Operand) -> Value {
    let amount = Decimal::ZERO;
    match limit {
        Operand::Constant {
            value: Value::Amount(limit),
        } => Value::Amount(Amount {
            amount,
            currency: limit.currency.clone(),
        }),
        Operand::Larger { one, other } | Operand::Smaller { one, other } => match zero_of(one) {
            Value::Decimal(_) => zero_of(other),
            zero => zero,
        },
        _ => Value::Decimal(amount),
    }
}
