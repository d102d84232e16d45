//! Values that the customer is told: "the ticket number and the due date", "when it arrives".

use taskwright_domain::{Condition, Template, key_in_words};

use crate::read::names::{Lookup, Prefer};
use crate::read::reader::Reader;
use crate::read::tell::{lower_first, to_customer};
use crate::read::token::Token;
use crate::read::verbs::{Form, verb_at};

impl<'t, 'a> Reader<'t, 'a, '_> {
    /// "the ticket number and the due date", "what plan it is and when it renews": said as values, all or none.
    pub(super) fn values_said(&self, words: &[Token<'_>]) -> Option<Template> {
        if let Some(at) = self.date_and_time(words) {
            return Some(Template::new(value_sentence(self.names.value(at))));
        }
        let parts = crate::read::ask::noun_phrases(words);
        let said: Option<Vec<_>> = parts.into_iter().map(|part| self.part_told(part)).collect();
        let said = said?;
        (!said.is_empty()).then(|| Template::new(said.join(" ")))
    }

    /// "the new date and time": one value that holds both.
    fn date_and_time(&self, words: &[Token<'_>]) -> Option<usize> {
        let date = words
            .windows(3)
            .position(|three| three[0].any(&["date", "day"]) && three[1].is("and") && three[2].is("time"))?;
        if date + 3 != words.len() {
            return None;
        }
        let said = crate::read::names::content(&words[..date]);
        let done = self.said.action.as_ref().and_then(|id| self.catalogue().action(id));
        let owners = [done.map(|action| action.result_name.as_str()), self.said.it.as_deref()];
        owners.into_iter().flatten().find_map(|owner| {
            let mut fits = self.names.of_owner(owner).filter(|at| {
                let value = self.names.value(*at);
                let told = said.iter().all(|t| value.field_stems.iter().any(|s| s.same(t)));
                value.kind == taskwright_domain::AttributeType::DateTime && told
            });
            let first = fits.next()?;
            fits.next().is_none().then_some(first)
        })
    }

    /// One of several things to be told: a value, or "that" with a statement.
    fn part_told(&self, part: &[Token<'_>]) -> Option<String> {
        match part {
            [that, body @ ..] if that.is("that") && body.len() > 2 => Some(to_customer(body).0),
            part => self.value_told(part).map(|at| value_sentence(self.names.value(at))),
        }
    }

    pub(super) fn value_told(&self, part: &[Token<'_>]) -> Option<usize> {
        let day = |t: &Token<'_>| t.any(&["day", "date", "time"]);
        let it = |t: &Token<'_>| t.any(&["it", "they", "this"]);
        let pays = |t: &Token<'_>| t.any(&["pay", "pays", "paid", "owe", "owes", "cost", "costs"]);
        match part {
            [when, rest @ ..] if when.is("when") => return self.date_told(rest),
            [the, noun, rest @ ..] if the.is("the") && day(noun) && rest.first().is_some_and(it) => {
                return self.date_told(rest);
            }
            [what, rest @ ..] if what.is("what") && rest.first().is_some_and(it) && rest.iter().any(pays) => {
                return self.amount_told(rest);
            }
            [how, ..] if how.any(&["how", "why", "who", "whether", "if"]) => return None,
            _ => {}
        }
        let noun = match part {
            [which, rest @ ..] if which.any(&["what", "which", "where"]) => {
                let ends = rest
                    .iter()
                    .position(|t| t.any(&["is", "are", "was", "will", "has", "have"]) || it(t))
                    .unwrap_or(rest.len());
                // "where it is" names no value.
                &rest[..ends]
            }
            part => part,
        };
        // "the address" right after one was asked for, "the reference" of what was done last.
        let bare = crate::read::names::content(noun);
        if let [one] = bare.as_slice()
            && let Some(at) = self.said.asked_before(|key| {
                let asked = self.names.values.iter().position(|value| value.reference == key)?;
                let head = self.names.value(asked).field_stems.last()?;
                head.same(one).then_some(asked)
            })
        {
            return Some(at);
        }
        let done = self
            .said
            .action
            .as_ref()
            .and_then(|id| self.catalogue().action(id))
            .map(|action| action.result_name.clone());
        if let [one] = bare.as_slice() {
            // "the number" is of what was just done, "the amount" may be of what was looked up.
            let numbered = one.any(&["number", "reference", "id"]);
            let it = self.said.it.as_deref().filter(|_| !numbered);
            let owners = [done.as_deref(), it];
            if let Some(at) = owners
                .into_iter()
                .flatten()
                .find_map(|owner| self.only_of_kind(owner, one))
            {
                return Some(at);
            }
        }
        for owner in [done.as_deref(), self.said.it.as_deref()] {
            let prefer = Prefer { askable: false, owner };
            if let Lookup::One { at, .. } = self.names.lookup(noun, prefer) {
                return Some(at);
            }
        }
        None
    }

    /// "the amount", "the number" of a result that has one only, whatever it is called there.
    fn only_of_kind(&self, owner: &str, word: &Token<'_>) -> Option<usize> {
        use taskwright_domain::AttributeType;
        let fits = |at: &usize| {
            let kind = &self.names.value(*at).kind;
            match word.low.as_str() {
                "amount" | "sum" | "price" | "cost" => matches!(kind, AttributeType::Amount),
                "number" | "reference" | "id" => matches!(kind, AttributeType::Identifier { .. }),
                "date" | "day" => self.names.value(*at).is_date(),
                _ => false,
            }
        };
        let found: Vec<_> = self.names.of_owner(owner).filter(fits).collect();
        match found.as_slice() {
            [at] => Some(*at),
            several => self.of_this_state(several),
        }
    }

    /// Where the case is that it is paid, of several dates the one it was paid on.
    fn of_this_state(&self, several: &[usize]) -> Option<usize> {
        let states: Vec<String> = self.under.iter().filter_map(state_in).collect();
        let mut fits = several.iter().copied().filter(|at| {
            let named = &self.names.value(*at).field_stems;
            states.iter().any(|state| {
                crate::read::names::stems(state)
                    .iter()
                    .all(|s| named.iter().any(|n| n.near(s)))
            })
        });
        let first = fits.next()?;
        fits.next().is_none().then_some(first)
    }

    /// "they'll pay", "they paid": the amount of it, the one to come or the one that was.
    fn amount_told(&self, words: &[Token<'_>]) -> Option<usize> {
        let owner = self.said.it.as_deref()?;
        let amounts: Vec<_> = self
            .names
            .of_owner(owner)
            .filter(|at| matches!(self.names.value(*at).kind, taskwright_domain::AttributeType::Amount))
            .collect();
        if let [only] = amounts.as_slice() {
            return Some(*only);
        }
        let ahead = words.iter().any(|t| t.any(&["will", "'ll"]));
        let next = |at: &usize| {
            let mut stems = self.names.value(*at).field_stems.iter();
            stems.any(|s| matches!(s.text.as_str(), "next" | "due" | "upcom" | "new" | "outstand"))
        };
        let mut fits = amounts.iter().filter(|at| next(at) == ahead);
        let first = fits.next()?;
        fits.next().is_none().then_some(*first)
    }

    /// "it arrives": the date of that, of what was spoken of last where that has one.
    fn date_told(&self, words: &[Token<'_>]) -> Option<usize> {
        let fits = |at: &usize| {
            let value = self.names.value(*at);
            value.is_date() && value.field_stems.iter().any(|s| words.iter().any(|t| s.akin(t)))
        };
        let of_it: Vec<_> = self
            .said
            .it
            .iter()
            .flat_map(|owner| self.names.of_owner(owner))
            .filter(fits)
            .collect();
        let found = if of_it.is_empty() {
            (0..self.names.values.len()).filter(fits).collect()
        } else {
            of_it
        };
        match found.as_slice() {
            [at] => Some(*at),
            _ => None,
        }
    }
}

/// The option that a condition tests for.
fn state_in(condition: &Condition) -> Option<String> {
    use taskwright_domain::{Comparison, Operand, Value};
    match condition {
        Condition::Test {
            comparison:
                Comparison::Is {
                    to: Operand::Constant {
                        value: Value::Choice(option),
                    },
                },
            ..
        } => Some(option.clone()),
        _ => None,
    }
}

/// A value told: "Your claim number is {claim.number}.", "Your plan renews on {plan.renews_on}."
pub(super) fn value_sentence(value: &crate::read::names::Named) -> String {
    let reference = &value.reference;
    if let (Some(owner), Some((_, field)), true) = (value.owner.as_deref(), reference.split_once('.'), value.is_date())
        && let Some(event) = field.strip_suffix("_on").or_else(|| field.strip_suffix("_at"))
    {
        let owner = key_in_words(owner);
        if event.ends_with('s') && !event.contains('_') {
            return format!("Your {owner} {event} on {{{reference}}}.");
        }
        // "trial ends on" says it itself.
        let (tokens, _) = crate::read::token::scan(event.rsplit('_').next().unwrap_or(event));
        let states = verb_at(&tokens, 0).is_some_and(|v| v.form == Form::Third);
        if states && event.contains('_') {
            return format!("Your {} on {{{reference}}}.", key_in_words(event));
        }
        if event.ends_with("ed") || matches!(event, "sent" | "bought" | "paid" | "sold" | "made") {
            return format!("Your {owner} was {} on {{{reference}}}.", key_in_words(event));
        }
    }
    format!(
        "Your {} is {{{reference}}}.",
        spoken_label(value.owner.as_deref(), reference, &value.label)
    )
}

/// How a value is spoken of: "ticket number" for `ticket.number`, "refund amount" for an attribute of that name.
fn spoken_label(owner: Option<&str>, reference: &str, label: &str) -> String {
    match owner {
        Some(owner) if owner != "customer" => {
            let field = reference.split_once('.').map_or(reference, |(_, field)| field);
            let (owner, field) = (key_in_words(owner), key_in_words(field));
            let deed = crate::read::token::scan(&owner)
                .0
                .first()
                .is_some_and(|t| crate::read::verbs::deed_of_noun(t).is_some());
            if field.contains(&owner) || deed && field.contains(' ') {
                field
            } else {
                format!("{owner} {field}")
            }
        }
        _ => lower_first(label).trim_start_matches("the ").to_owned(),
    }
}
