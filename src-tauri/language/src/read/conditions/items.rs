//! Conditions on the items of a list, and on figures that are compared, as the canonical words say them.

use taskwright_domain::{Attribute, AttributeId, Comparison, Condition, Field, HowToAsk, Operand, Scope};

use super::super::names::{Lookup, Names, Prefer};
use super::super::said::Said;
use super::super::token::{Token, scan};
use super::{Conditions, Got, Subject, trim};

/// The key that stands for a field of the item while the words about it are read.
const KEY: &str = "item_";

impl Conditions<'_, '_> {
    /// "for one of the order's items, its price is more than 50 EUR".
    pub(super) fn for_one_of(&self, words: &[Token<'_>]) -> Option<Got> {
        let [for_, one, of, rest @ ..] = words else { return None };
        if !(for_.is("for") && one.is("one") && of.is("of")) {
            return None;
        }
        let comma = rest.iter().position(|t| t.mark(','))?;
        let said = in_words(&rest[..comma]);
        let catalogue = self.names.catalogue;
        let attributes = catalogue
            .attributes
            .iter()
            .filter(|attribute| matches!(attribute.kind, taskwright_domain::AttributeType::List { .. }));
        let lists = attributes
            .map(|attribute| attribute.key.clone())
            .chain(catalogue.lists().map(|(list, _)| list));
        let list = lists.into_iter().find(|list| {
            let named = super::super::describe::list_name(list, catalogue);
            plain(&named) == plain(said.trim_start_matches("the "))
        })?;
        let part = self.of_an_item(catalogue.item_fields(&list)?, &rest[comma + 1..])?;
        let condition = Condition::AnyItem {
            list,
            part: Box::new(part),
        };
        Some(sure(condition))
    }

    /// Words about an item: its fields are values of their own meanwhile.
    fn of_an_item(&self, fields: &[Field], words: &[Token<'_>]) -> Option<Condition> {
        let mut catalogue = self.names.catalogue.clone();
        catalogue.attributes.extend(fields.iter().map(stand_in));
        let text = in_words(words).replace("its ", "the item ");
        let (tokens, _) = scan(&text);
        let (names, said) = (Names::new(&catalogue), Said::default());
        let got = Conditions::new(&names, &said).read(&tokens).ok()?;
        let mut condition = got.condition;
        as_item(&mut condition);
        Some(condition)
    }

    /// "the difference between the total and the expected total is more than the larger of 10 EUR and 5 % of the total".
    pub(super) fn difference_said(&self, words: &[Token<'_>]) -> Option<Got> {
        let words = match words {
            [the, rest @ ..] if the.is("the") => rest,
            words => words,
        };
        let [difference, between, rest @ ..] = words else {
            return None;
        };
        if !(difference.is("difference") && between.is("between")) {
            return None;
        }
        let is = rest.iter().position(|t| t.is("is"))?;
        let and = rest[..is].iter().position(|t| t.is("and"))?;
        let (one, other) = (self.value_named(&rest[..and])?, self.value_named(&rest[and + 1..is])?);
        let (how, limit) = match &rest[is + 1..] {
            [at, least, limit @ ..] if at.is("at") && least.is("least") => ("at least", limit),
            [at, most, limit @ ..] if at.is("at") && most.is("most") => ("at most", limit),
            [more, than, limit @ ..] if more.is("more") && than.is("than") => ("more", limit),
            [less, than, limit @ ..] if less.is("less") && than.is("than") => ("less", limit),
            _ => return None,
        };
        let than = self.limit_said(limit, &other)?;
        let comparison = match how {
            "at least" => Comparison::AtLeast { than },
            "at most" => Comparison::AtMost { than },
            "more" => Comparison::MoreThan { than },
            _ => Comparison::LessThan { than },
        };
        let subject = Operand::Difference {
            one: Box::new(super::refer(&one)),
            other: Box::new(super::refer(&other)),
        };
        Some(sure(Condition::Test { subject, comparison }))
    }

    fn value_named(&self, words: &[Token<'_>]) -> Option<String> {
        match self.names.lookup(trim(words), Prefer::default()) {
            Lookup::One { at, .. } => Some(self.names.value(at).reference.clone()),
            _ => None,
        }
    }

    /// "10 EUR", "5 % of the total", "the larger of the two".
    fn limit_said(&self, words: &[Token<'_>], other: &str) -> Option<Operand> {
        let words = match words {
            [the, rest @ ..] if the.is("the") => rest,
            words => words,
        };
        if let [which, of, rest @ ..] = words
            && which.any(&["larger", "smaller"])
            && of.is("of")
        {
            let and = rest.iter().position(|t| t.is("and"))?;
            let one = Box::new(self.limit_said(&rest[..and], other)?);
            let other = Box::new(self.limit_said(&rest[and + 1..], other)?);
            return Some(if which.is("larger") {
                Operand::Larger { one, other }
            } else {
                Operand::Smaller { one, other }
            });
        }
        let (figure, used) = self.figure(words, other)?;
        match (figure, &words[used..]) {
            (Operand::Share { percent, .. }, [of, rest @ ..]) if of.is("of") => {
                let of = Box::new(super::refer(&self.value_named(rest)?));
                Some(Operand::Share { percent, of })
            }
            (figure, []) => Some(figure),
            _ => None,
        }
    }
}

fn sure(condition: Condition) -> Got {
    Got {
        condition,
        sure: true,
        links: Vec::new(),
        subject: Subject::Any,
    }
}

/// The words with one space between, marks set close.
fn in_words(words: &[Token<'_>]) -> String {
    let mut said = String::new();
    for token in words {
        if token.spaced && !said.is_empty() {
            said.push(' ');
        }
        said.push_str(token.text);
    }
    said
}

fn plain(words: &str) -> String {
    words
        .chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

fn stand_in(field: &Field) -> Attribute {
    Attribute {
        id: AttributeId::new(format!("{KEY}{}", field.key)),
        key: format!("{KEY}{}", field.key),
        name: format!("item {}", taskwright_domain::key_in_words(&field.key)),
        description: String::new(),
        kind: field.kind.clone(),
        scope: Scope::Temporary,
        sensitive: false,
        how_to_ask: HowToAsk::default(),
        customer_may_fill: true,
        picked_from: None,
        worked_out: None,
    }
}

/// The stand-ins are fields of the item.
fn as_item(condition: &mut Condition) {
    match condition {
        Condition::All { parts } | Condition::Any { parts } => parts.iter_mut().for_each(as_item),
        Condition::Not { part } | Condition::AnyItem { part, .. } => as_item(part),
        Condition::Test { subject, comparison } => {
            field_of(subject);
            match comparison {
                Comparison::Is { to } | Comparison::IsNot { to } => field_of(to),
                Comparison::MoreThan { than }
                | Comparison::LessThan { than }
                | Comparison::AtLeast { than }
                | Comparison::AtMost { than }
                | Comparison::Before { than }
                | Comparison::After { than } => field_of(than),
                _ => {}
            }
        }
        _ => {}
    }
}

fn field_of(operand: &mut Operand) {
    let field = match operand {
        Operand::Reference { reference } => reference.strip_prefix(KEY).map(str::to_owned),
        _ => None,
    };
    if let Some(field) = field {
        *operand = Operand::Item { field };
    }
}
