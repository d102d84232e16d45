//! What is written down of a question: the values it is for, what stays unclear of it, what was asked.

use taskwright_domain::{Link, LinkTarget, Meaning, Span, Step, StepKind};

use super::parts::listed;
use super::wanted::Wanted;
use crate::read::problems;
use crate::read::reader::{Reader, Spoken, trimmed};
use crate::read::token::Token;

impl<'t, 'a> Reader<'t, 'a, '_> {
    /// "the e-mail or the booking number": one is enough, and nothing says which one is asked for.
    pub(in crate::read) fn either(
        &mut self,
        whole: &[Token<'_>],
        wanted: &Wanted,
        meaning: Meaning,
        does: &str,
        steps: &mut Vec<Step>,
    ) {
        let labels: Vec<_> = wanted
            .values
            .iter()
            .map(|(at, ..)| self.label(&self.names.value(*at).reference))
            .collect();
        let (span, text) = (self.span(whole), self.written(whole));
        let reason = "One of these is enough, and nothing says which one is asked for. Write one, or put an \u{201c}if\u{201d} before each.";
        self.problems.push(problems::unclear(span, &text, reason, None));
        let plain = format!("{does} {}: which one is asked for is not said", labels.join(" or "));
        self.note(whole, Spoken::incomplete(meaning, plain).links(self.links_of(wanted)));
        steps.push(self.step(whole, StepKind::Unclear { text }));
    }

    pub(in crate::read) fn links_of(&self, wanted: &Wanted) -> Vec<Link> {
        let link = |(at, span, _): &(usize, Span, bool)| Link {
            span: *span,
            target: LinkTarget::Reference {
                reference: self.names.value(*at).reference.clone(),
            },
        };
        wanted.values.iter().map(link).collect()
    }

    /// The unclear half of a half-clear list.
    pub(in crate::read) fn missing_half(&mut self, whole: &'t [Token<'a>], wanted: &Wanted, steps: &mut Vec<Step>) {
        for (said, span) in &wanted.unknown {
            let found = problems::unknown_value(&self.names, *span, said, None);
            self.problems.push(found);
            steps.push(self.step(whole, StepKind::Unclear { text: said.clone() }));
        }
    }

    pub(in crate::read) fn note_asked(
        &mut self,
        whole: &[Token<'_>],
        wanted: &Wanted,
        keys: Vec<String>,
        does: &str,
        meaning: impl Fn(Vec<String>) -> Meaning,
    ) {
        let labels: Vec<_> = keys.iter().map(|key| self.label(key)).collect();
        let links = self.links_of(wanted);
        let sure = wanted.values.iter().all(|(.., sure)| *sure);
        let words = format!("{does} {}", listed(&labels));
        // The other half of a list is a problem of its own.
        let said = if wanted.unknown.is_empty() {
            Spoken::new(meaning(keys), words)
        } else {
            Spoken::incomplete(meaning(keys), words)
        };
        self.note(whole, said.sure(sure).links(links));
    }

    /// A question whose answer nothing takes yet.
    pub(super) fn ask_nothing(&mut self, whole: &[Token<'_>], steps: &mut Vec<Step>) {
        let meaning = Meaning::Ask { attributes: Vec::new() };
        self.lacking(whole, meaning, "Asks, but no attribute takes the answer yet", steps);
    }

    pub(in crate::read) fn remember_ask(&mut self, key: &str, at: usize, whole: &[Token<'_>]) {
        self.said.asks_for(at);
        let span = self.span(whole);
        self.said.asks.push((key.to_owned(), span));
    }

    pub(in crate::read) fn label(&self, reference: &str) -> String {
        let label = self
            .names
            .values
            .iter()
            .find(|value| value.reference == reference)
            .map(|value| value.label.as_str());
        let label = label.map_or_else(
            || taskwright_domain::key_in_words(reference),
            crate::read::tell::lower_first,
        );
        if label.starts_with("the ") {
            label
        } else {
            format!("the {label}")
        }
    }

    pub(in crate::read) fn linked(&self, words: &[Token<'_>], reference: &str) -> Vec<Link> {
        crate::read::conditions::link_over(
            trimmed(words),
            LinkTarget::Reference {
                reference: reference.to_owned(),
            },
        )
    }
}
