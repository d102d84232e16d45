//! Questions that want a yes: "offer to cancel it instead", "read the details back".

use taskwright_domain::{Condition, Meaning, Step, StepKind, Template};

use super::without_customer_only;
use crate::read::notes::labelled;
use crate::read::reader::{Reader, Spoken, trimmed};
use crate::read::tell::{lower_first, question, to_customer};
use crate::read::token::{Kind, Token};
use crate::read::verbs::verb_at;

impl<'t, 'a> Reader<'t, 'a, '_> {
    /// "offer to cancel it instead", "offer them a voucher": a question that wants a yes; a no goes on.
    pub(in crate::read) fn offer(&mut self, whole: &'t [Token<'a>], rest: &'t [Token<'a>], steps: &mut Vec<Step>) {
        let rest = trimmed(without_customer_only(rest));
        if self.offer_once_more(whole, rest, steps) || self.offer_items(whole, rest, steps) {
            return;
        }
        let (asked, action) = match rest {
            [] => return self.no_words(whole, rest, steps),
            [first, more @ ..] if first.kind == Kind::Quote && !more.iter().any(|t| t.kind == Kind::Quote) => {
                (first.low.clone(), None)
            }
            [first, body @ ..] if first.is("to") && !body.is_empty() => {
                let said = to_customer(body).0;
                (
                    format!("Would you like us to {}?", lower_first(said.trim_end_matches('.'))),
                    self.deed_action(body),
                )
            }
            body => {
                let wanted = self.wanted(body);
                if let [(at, ..)] = wanted.values.as_slice()
                    && wanted.unknown.is_empty()
                    && !self.names.value(*at).options.is_empty()
                {
                    return self.ask_for(whole, body, steps);
                }
                (
                    format!(
                        "Would you like {}?",
                        lower_first(to_customer(body).0.trim_end_matches('.'))
                    ),
                    self.deed_action(body),
                )
            }
        };
        // A no goes on with what comes next.
        let declined = vec![self.step(
            whole,
            StepKind::Check {
                arms: Vec::new(),
                otherwise: Vec::new(),
            },
        )];
        let asked = Template::new(asked);
        steps.push(self.step(
            whole,
            StepKind::Confirm {
                question: Some(asked.clone()),
                action,
                declined,
            },
        ));
        self.said.confirms();
        self.note(whole, Spoken::new(Meaning::Confirm, format!("Offers: {}", asked.0)));
    }

    /// "confirm with the customer before cancelling", "get their OK", "read the details back".
    pub(in crate::read) fn confirm(&mut self, whole: &'t [Token<'a>], words: &'t [Token<'a>], steps: &mut Vec<Step>) {
        let quote = words
            .iter()
            .find(|t| t.kind == Kind::Quote)
            .map(|t| Template::new(t.low.clone()));
        let action = self.deed_action(words);
        let about = words
            .iter()
            .position(|t| t.any(&["that", "whether", "if"]))
            .map(|at| &words[at + 1..])
            .unwrap_or(&[]);
        let asked = quote.or_else(|| {
            let customers = about.first().is_some_and(|t| t.any(&["they", "the"])) && about.len() > 2;
            customers.then(|| question(trimmed(before_before(about))))
        });
        let asked = asked.or_else(|| self.read_back(words, action.is_some()));
        let plain = match (&asked, &action) {
            (Some(asked), _) => format!("Asks for a yes: {}", asked.0),
            (None, Some(id)) => {
                let name = self.catalogue().action(id).map_or("", |action| action.name.as_str());
                format!("Asks for a yes before *{name}*")
            }
            (None, None) => "Asks for a yes".to_owned(),
        };
        steps.push(self.step(
            whole,
            StepKind::Confirm {
                question: asked,
                action,
                declined: Vec::new(),
            },
        ));
        self.said.confirms();
        self.note(whole, Spoken::new(Meaning::Confirm, plain).sure(true));
    }

    /// "read back the new address": "The new address is {new_address}. Is that right?"
    fn read_back(&self, words: &[Token<'_>], acts: bool) -> Option<Template> {
        if acts {
            return None;
        }
        let told = words
            .iter()
            .take_while(|t| !t.any(&["before", "with", "to", "and"]))
            .cloned()
            .collect::<Vec<_>>();
        let told = match verb_at(&told, 0) {
            Some(verb) => told[verb.length..].to_vec(),
            None => told,
        };
        // "the details" are whatever was given: the question is made when it is known.
        if told
            .iter()
            .any(|t| t.any(&["details", "everything", "information", "changes", "this", "it", "that"]))
        {
            return None;
        }
        let wanted = self.wanted(&told);
        if wanted.values.is_empty() || !wanted.unknown.is_empty() {
            return None;
        }
        let parts: Vec<_> = wanted
            .values
            .iter()
            .map(|(at, ..)| labelled(self.names.value(*at)))
            .collect();
        Some(Template::new(format!("{}. Is that right?", parts.join(", "))))
    }

    /// Whether the arm that is being read holds only without the customer's yes.
    pub(in crate::read) fn declined(&self) -> bool {
        self.under
            .last()
            .is_some_and(|condition| matches!(condition, Condition::Not { part } if **part == Condition::Confirmed))
    }
}

/// "before cancelling" at the end of a question is not part of it.
fn before_before<'t, 'a>(words: &'t [Token<'a>]) -> &'t [Token<'a>] {
    let cut = words.iter().position(|t| t.is("before")).filter(|at| *at > 2);
    cut.map_or(words, |at| &words[..at])
}
