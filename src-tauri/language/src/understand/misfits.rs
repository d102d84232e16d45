//! Why an answer does not fit the question, in words for the customer.

use taskwright_domain::{Attribute, AttributeType};

use super::Move;
use crate::values::Line;
use crate::wording::join;

/// The reason, if the type can tell one.
pub(super) fn misfit(line: &Line, attribute: &Attribute) -> Option<Move> {
    if line.len() == 0 {
        return None;
    }
    Some(Move::Misfit {
        attribute: attribute.key.clone(),
        why: why(line, attribute)?,
    })
}

fn why(line: &Line, attribute: &Attribute) -> Option<String> {
    use AttributeType as T;
    let digits = line.chars().iter().filter(|c| c.is_ascii_digit()).count();
    let example = attribute.how_to_ask.example.trim();
    let said = match &attribute.kind {
        T::Email if line.chars().contains(&'@') => "That e-mail address looks incomplete.",
        T::Email => "That doesn't look like an e-mail address.",
        T::Identifier { .. } | T::Phone if is_part(line) => "I need all of it, not only a part.",
        T::Phone if (1..7).contains(&digits) => "That phone number looks too short.",
        T::Phone if digits > 15 => "That phone number looks too long.",
        T::Phone => "That doesn't look like a phone number.",
        T::Date if looks_like_a_date(line) => "That date doesn't exist in the calendar.",
        T::Date => "I couldn't find a date in that.",
        T::Time => "I couldn't find a time of day in that.",
        T::DateTime => "I need both a day and a time.",
        T::Amount => "I couldn't find an amount in that.",
        T::Integer if digits > 0 => "I need a whole number there.",
        T::Integer | T::Decimal => "I couldn't find a number in that.",
        T::Identifier { pattern: Some(_) } if digits > 0 && !example.is_empty() => {
            return Some(format!("That doesn't look right: it should look like {example}."));
        }
        T::Identifier { pattern: Some(_) } if digits > 0 => "That doesn't look quite right.",
        T::Identifier { .. } => "I couldn't find a number or code in that.",
        T::Choice { options } if options.is_empty() => return None,
        T::Choice { options } => return Some(format!("Please choose {}.", join(options, "or"))),
        T::Boolean => "Please answer yes or no.",
        T::Address => "I need a street and a number.",
        T::PersonName => "I couldn't find a name in that.",
        T::Place => "I couldn't find a place in that.",
        T::Text | T::Image | T::File | T::Object { .. } | T::List { .. } => return None,
    };
    Some(said.to_owned())
}

/// "It ends in 4512."
fn is_part(line: &Line) -> bool {
    (0..line.len()).any(|at| line.digits(at).is_some() && crate::values::part_at(line, at).is_some())
}

/// Three numbers with marks between, or a day beside a month, that gave no date.
fn looks_like_a_date(line: &Line) -> bool {
    (0..line.len()).any(|at| {
        let marked = line.digits(at).is_some()
            && line.is(at + 1, &["/", "-", "."])
            && line.glued(at + 1)
            && line.digits(at + 2).is_some();
        let named = crate::values::is_month(line.word(at))
            && ((1..=3).any(|b| at.checked_sub(b).is_some_and(|i| line.digits(i).is_some()))
                || line.digits(at + 1).is_some());
        marked || named
    })
}
