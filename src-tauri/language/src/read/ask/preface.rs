//! Words said with a question: "get the code (you find it on the back)".

use taskwright_domain::{Meaning, Template};

use crate::read::reader::{Reader, Spoken, trimmed};
use crate::read::tell::{sentence, to_customer, written};
use crate::read::token::Token;

impl<'t, 'a> Reader<'t, 'a, '_> {
    /// "– most people can't find it, so tell them where": said with the question.
    pub(super) fn told_with_it(
        &mut self,
        whole: &'t [Token<'a>],
        words: &'t [Token<'a>],
        preface: Option<&Template>,
    ) -> bool {
        let Some(said) = preface else { return false };
        let tells = words
            .windows(3)
            .any(|three| three[0].any(&["tell", "show"]) && three[1].is("them") && three[2].any(&["where", "how"]));
        // The words must be the end of what the question is read from.
        let ends = words.last().map(|t| t.span) == trimmed(whole).last().map(|t| t.span);
        if tells && ends {
            let meaning = Meaning::Inform { words: said.clone() };
            self.note(
                words,
                Spoken::new(meaning, format!("Tells with the question: {}", said.0)),
            );
        }
        tells && ends
    }

    /// Words said with a question: "get the code (you find it on the back)".
    pub(super) fn preface(&self, words: &'t [Token<'a>]) -> Option<Template> {
        if let Some(way) = self.way_there(words) {
            return Some(way);
        }
        let open = words.iter().position(|t| t.mark('('))?;
        let close = words.iter().rposition(|t| t.mark(')')).unwrap_or(words.len());
        let inner = words.get(open + 1..close)?;
        if inner.len() < 3
            || !inner
                .iter()
                .any(|t| t.any(&["it", "is", "find", "under", "on", "in", "at", "shown", "printed"]))
        {
            return None;
        }
        let says = inner
            .first()
            .is_some_and(|t| t.any(&["it", "you", "they", "this", "the"]));
        let place = inner
            .first()
            .is_some_and(|t| t.any(&["on", "in", "under", "at", "shown", "printed"]));
        if place {
            return Some(Template::new(sentence(&format!(
                "You find it {}",
                written(self.text, inner)
            ))));
        }
        says.then(|| to_customer(inner))
    }
}
