//! Courtesies: "apologise for the delay", "thank them", "greet the customer".

use taskwright_domain::{Step, Template};

use super::without_customer_only;
use crate::read::reader::{Reader, trimmed};
use crate::read::tell::{lower_first, to_customer, written};
use crate::read::token::{Kind, Token};
use crate::read::verbs::Verb;

impl<'t, 'a> Reader<'t, 'a, '_> {
    /// "apologise for the delay and …".
    pub(in crate::read) fn apologise(&mut self, whole: &[Token<'_>], rest: &[Token<'_>], steps: &mut Vec<Step>) {
        let rest = trimmed(without_customer_only(rest));
        if let Some(quote) = rest.iter().find(|t| t.kind == Kind::Quote) {
            return self.inform(whole, Template::new(quote.low.clone()), steps);
        }
        let words = match rest {
            [] => "I'm sorry about that.".to_owned(),
            [first, ..] if first.is("for") && rest.len() > 1 => {
                format!("I'm sorry {}.", lower_first(to_customer(rest).0.trim_end_matches('.')))
            }
            [first, body @ ..] if first.is("that") && !body.is_empty() => format!(
                "I'm sorry that {}.",
                lower_first(to_customer(body).0.trim_end_matches('.'))
            ),
            [first, body @ ..] if first.any(&["and", "but"]) && !body.is_empty() => {
                let said = self
                    .speech(without_that(body))
                    .map_or_else(String::new, |said| format!(" {}", said.0));
                format!("I'm sorry about that.{said}")
            }
            body if self.is_statement(body) => {
                format!("I'm sorry, {}.", lower_first(to_customer(body).0.trim_end_matches('.')))
            }
            _ => "I'm sorry about that.".to_owned(),
        };
        self.inform(whole, Template::new(words), steps);
    }

    pub(in crate::read) fn thank(&mut self, whole: &[Token<'_>], rest: &[Token<'_>], steps: &mut Vec<Step>) {
        let rest = trimmed(without_customer_only(rest));
        let words = match rest {
            [first, ..] if first.is("for") => {
                format!("Thank you {}.", lower_first(to_customer(rest).0.trim_end_matches('.')))
            }
            _ => "Thank you.".to_owned(),
        };
        self.inform(whole, Template::new(words), steps);
    }

    pub(in crate::read) fn greet(
        &mut self,
        whole: &[Token<'_>],
        verb: Verb,
        rest: &[Token<'_>],
        steps: &mut Vec<Step>,
    ) {
        let rest = trimmed(without_customer_only(rest));
        if let Some(quote) = rest.iter().find(|t| t.kind == Kind::Quote) {
            return self.inform(whole, Template::new(quote.low.clone()), steps);
        }
        let words = match verb.lemma {
            "wish" if !rest.is_empty() => format!("Have {}.", written(self.text, rest)),
            _ if rest.iter().any(|t| t.is("name")) => "Hello {customer.name}!".to_owned(),
            _ => "Hello!".to_owned(),
        };
        self.inform(whole, Template::new(words), steps);
    }
}

fn without_that<'t, 'a>(words: &'t [Token<'a>]) -> &'t [Token<'a>] {
    match words {
        [first, rest @ ..] if first.any(&["that", "say"]) => without_that(rest),
        words => words,
    }
}
