//! What is said, in direct speech: "that the parcel is late" becomes "The parcel is late."

use taskwright_domain::Template;

use super::told::value_sentence;
use crate::read::reader::{Reader, trimmed};
use crate::read::tell::to_customer;
use crate::read::token::{Kind, Token};
use crate::read::verbs::{Form, verb_at};

impl<'t, 'a> Reader<'t, 'a, '_> {
    /// What is said, in direct speech; none when the words do not say it.
    pub(in crate::read) fn speech(&self, rest: &[Token<'_>]) -> Option<Template> {
        let rest = trimmed(rest);
        if let Some(quote) = crate::read::paraphrase::quoted_about_so(rest) {
            return Some(Template::new(quote.low.clone()));
        }
        if let Some(quote) = rest.iter().find(|t| t.kind == Kind::Quote) {
            let pattern = rest
                .windows(2)
                .any(|pair| pair[0].any(&["e.g", "eg", "e.g."]) && pair[1].kind == Kind::Quote);
            let before_quote = rest
                .iter()
                .take_while(|t| t.kind != Kind::Quote)
                .filter(|t| t.kind == Kind::Word)
                .count();
            let led = rest
                .windows(2)
                .any(|pair| pair[0].mark(':') && pair[1].kind == Kind::Quote);
            if !pattern && (before_quote <= 3 || led) {
                return Some(Template::new(quote.low.clone()));
            }
        }
        let rest = without_pattern(rest);
        let (stated, body) = match rest {
            [first, body @ ..] if first.is("that") && !body.is_empty() => (true, body),
            body => (false, body),
        };
        // "a link to their account so they can look it up": what for, not what is said.
        let noun = body
            .first()
            .is_some_and(|t| t.any(&["a", "an", "the", "their", "this"]));
        let body = match body
            .windows(2)
            .position(|pair| pair[0].is("so") && pair[1].any(&["they", "that", "the"]))
        {
            Some(so) if noun && !stated && so > 0 && !self.is_statement(&body[..so]) => &body[..so],
            _ => body,
        };
        // "that to be safe, they should wait", "that if it rings they should wait"
        let begins = body.first().is_some_and(|t| t.any(&["to", "if", "when", "unless"]));
        if stated && begins && self.states_behind(body) {
            return Some(to_customer(body));
        }
        if body.is_empty()
            || body
                .first()?
                .any(&["why", "how", "when", "what", "where", "whether", "if", "which", "who"])
        {
            return self.values_said(body);
        }
        if body[0].is("to") {
            return None;
        }
        // "we're on it + ETA": words, and a value.
        if let Some(plus) = body
            .iter()
            .rposition(|t| t.mark('+'))
            .filter(|plus| self.is_statement(&body[..*plus]))
        {
            let value = self.value_told(trimmed(&body[plus + 1..]))?;
            let said = to_customer(&body[..plus]).0;
            return Some(Template::new(format!(
                "{said} {}",
                value_sentence(self.names.value(value))
            )));
        }
        if (stated || self.is_statement(body)) && !self.is_vague(body) {
            return Some(to_customer(body));
        }
        if body[0].any(&["sorry", "thanks", "thank", "no", "yes"]) {
            return Some(to_customer(body));
        }
        self.values_said(body)
    }

    /// Whether a statement follows what it is for or when it holds: "to be safe, they should wait".
    fn states_behind(&self, words: &[Token<'_>]) -> bool {
        let subject = |at: &usize| {
            let pause = words[at - 1].mark(',');
            words[*at].any(&["they", "we", "you", "it", "there"])
                || pause && words[*at].any(&["the", "their", "our", "this", "a"])
        };
        let mut places = (2..words.len()).filter(subject);
        places.any(|at| self.is_statement(&words[at..]))
    }

    /// "tell them the good news", "explain the situation": nothing to say.
    fn is_vague(&self, words: &[Token<'_>]) -> bool {
        words
            .iter()
            .any(|t| t.any(&["above", "below", "accordingly", "following"]))
            && words.len() < 5
    }

    /// Whether words are a sentence of their own: they have a finite verb.
    pub(in crate::read) fn is_statement(&self, words: &[Token<'_>]) -> bool {
        // "the day it ends, what they pay": things to be told, not the words.
        let relative = words
            .first()
            .is_some_and(|t| t.any(&["the", "a", "their", "how", "what", "its"]))
            && words
                .iter()
                .take(4)
                .skip(1)
                .any(|t| t.any(&["it", "they", "we", "you"]))
            || words.windows(3).any(|three| {
                three[0].is("the") && three[1].any(&["day", "date", "time"]) && three[2].any(&["it", "they"])
            })
            || words.windows(2).any(|pair| {
                (pair[0].mark(',') || pair[0].is("and"))
                    && pair[1].any(&["what", "how", "when", "which", "where", "why"])
            });
        if relative {
            return false;
        }
        let finite = [
            "is", "are", "was", "were", "'s", "will", "would", "can", "could", "should", "must", "may", "has", "have",
            "had", "does", "do", "did", "takes", "take", "need", "needs", "cannot", "goes", "expires", "arrives",
            "gets", "might", "am", "get", "receive",
        ];
        let auxiliary = words
            .iter()
            .enumerate()
            .skip(1)
            .take(9)
            .any(|(at, t)| t.any(&finite) && !(t.is("'s") && is_possessive(words, at)));
        auxiliary
            || (1..words.len().min(8))
                .any(|at| verb_at(words, at).is_some_and(|v| v.form == Form::Third && !v.noun_too))
            || words[0].any(&["we", "they", "it", "there", "you", "nothing", "everything"]) && words.len() > 2
    }
}

/// "the new time back to them in full, e.g. "Monday at nine"": what is said, without the form in which.
fn without_pattern<'t, 'a>(words: &'t [Token<'a>]) -> &'t [Token<'a>] {
    let form = words
        .windows(2)
        .position(|pair| pair[0].any(&["e.g", "eg", "e.g."]) && pair[1].kind == Kind::Quote);
    let mut words = trimmed(&words[..form.unwrap_or(words.len())]);
    for tail in [&["in", "full"][..], &["to", "them"], &["back"]] {
        let cut = words.len().saturating_sub(tail.len());
        if cut > 0 && crate::read::split::starts(&words[cut..], tail) {
            words = &words[..cut];
        }
    }
    words
}

fn is_possessive(words: &[Token<'_>], at: usize) -> bool {
    words.get(at + 1).is_some_and(|t| {
        t.kind == Kind::Word
            && !t.any(&["been", "a", "the", "not", "on", "in", "too", "already", "an", "going"])
            && !t.low.ends_with("ing")
            && !t.low.ends_with("ed")
    })
}
