//! Sorting what was said into the options of a value: "classify the reason", "decide which kind it is".

use taskwright_domain::{AttributeType, Meaning, Step, StepKind};

use super::reader::{Reader, Spoken};
use super::token::Token;
use super::verbs::{Deed, Verb};

impl<'t, 'a> Reader<'t, 'a, '_> {
    /// "classify the reason", "decide which kind it is", "sort it into …".
    pub(super) fn classify(
        &mut self,
        whole: &'t [Token<'a>],
        words: &'t [Token<'a>],
        verb: Verb,
        steps: &mut Vec<Step>,
    ) {
        let rest = &words[verb.length..];
        if let Some(at) = self.names.action_named(rest) {
            return self.run(whole, words, at, true, steps);
        }
        if verb.deed == Deed::Decide && rest.first().is_some_and(|t| t.any(&["if", "whether", "that"])) {
            return self.look_into(whole, &rest[1..], false, steps);
        }
        let choice = |at: &usize| !self.names.value(*at).options.is_empty();
        let at = self
            .wanted(rest)
            .values
            .first()
            .map(|(at, ..)| *at)
            .filter(|at| choice(at))
            .or_else(|| self.by_content(rest).filter(|at| choice(at)));
        if let Some(at) = at {
            return self.classify_into(whole, at, steps);
        }
        if verb.deed == Deed::Decide {
            if self.run_provider(whole, words, rest, steps) {
                return;
            }
            let wanted = self.wanted(rest);
            if !wanted.values.is_empty() && wanted.unknown.is_empty() {
                return self.ask_for(whole, rest, steps);
            }
        }
        self.unclear(whole, "Which attribute takes the result?", None, steps);
    }

    pub(super) fn classify_into(&mut self, whole: &[Token<'_>], at: usize, steps: &mut Vec<Step>) {
        let key = self.names.value(at).reference.clone();
        let from = self
            .said
            .asked
            .filter(|asked| *asked != at)
            .map(|asked| self.names.value(asked))
            .filter(|value| matches!(value.kind, AttributeType::Text))
            .map(|value| value.reference.clone());
        steps.push(self.step(
            whole,
            StepKind::Classify {
                attribute: key.clone(),
                from,
            },
        ));
        self.remember_ask(&key, at, whole);
        let label = self.label(&key);
        let options: Vec<_> = self.names.value(at).options.iter().map(|o| o.text.clone()).collect();
        let words = format!("Sorts {label} into {}", options.join(", "));
        let links = self.linked(whole, &key);
        self.note(
            whole,
            Spoken::new(Meaning::Classify { attribute: key }, words).links(links),
        );
    }
}
