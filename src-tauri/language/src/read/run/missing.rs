//! Commands that no action does, or several might.

use taskwright_domain::{Meaning, ProblemCode, Severity, Step};

use crate::read::names::content;
use crate::read::problems::{self, problem, unknown_action};
use crate::read::reader::{Reader, Spoken, trimmed};
use crate::read::token::Token;
use crate::read::verbs::{Deed, Verb, verb_at};

impl<'t, 'a> Reader<'t, 'a, '_> {
    pub(super) fn ambiguous_action(&mut self, whole: &[Token<'_>], several: &[usize], steps: &mut Vec<Step>) {
        let span = self.span(whole);
        let names: Vec<_> = several
            .iter()
            .take(4)
            .map(|at| self.names.actions[*at].name.clone())
            .collect();
        let message = format!(
            "\u{201c}{}\u{201d} could mean {}.",
            self.written(whole),
            names.join(" or ")
        );
        let mut found = problem(ProblemCode::Ambiguous, Severity::Blocks, span, message);
        for at in several.iter().take(3) {
            let doing = &self.names.actions[*at];
            let text = format!("Run @{}", doing.key);
            found.remedies.push(problems::remedy(
                format!("Use {}", doing.name),
                taskwright_domain::Fix::Replace { span, text },
            ));
        }
        self.problems.push(found);
        self.not_followed(whole, "Several actions fit.", steps);
    }

    /// No action fits: perhaps a value is meant, or the action is missing.
    pub(super) fn no_action(
        &mut self,
        whole: &'t [Token<'a>],
        words: &'t [Token<'a>],
        verb: Verb,
        near: &[usize],
        steps: &mut Vec<Step>,
    ) {
        let object = &words[verb.length..];
        if matches!(verb.deed, Deed::LookUp | Deed::Verify | Deed::Use | Deed::Compute)
            && self.run_provider(whole, words, object, steps)
        {
            return;
        }
        if matches!(verb.lemma, "get" | "obtain" | "select" | "choose") {
            let wanted = self.wanted(object);
            if !wanted.values.is_empty() && wanted.unknown.is_empty() {
                return self.ask_for(whole, object, steps);
            }
        }
        if verb.deed == Deed::Update {
            let wanted = self.wanted(object);
            if let ([(at, ..)], true) = (wanted.values.as_slice(), wanted.unknown.is_empty())
                && matches!(verb.lemma, "save" | "record" | "store" | "log")
            {
                let key = self.names.value(*at).reference.clone();
                let label = self.label(&key);
                return self.note(
                    whole,
                    Spoken::new(Meaning::Set { attribute: key }, format!("Keeps {label}")),
                );
            }
        }
        // "Stop right away" ends; "stop the parcel" is something that no action does.
        let thing = object.iter().any(|t| t.any(&["the", "their", "a", "an"])) && !content(object).is_empty();
        if matches!(verb.deed, Deed::Stop | Deed::Close) && !thing {
            return self.finish(whole, steps);
        }
        self.without_action(whole, words, near, steps);
    }

    /// Something is to be done, and no action does it.
    pub(in crate::read) fn without_action(
        &mut self,
        whole: &[Token<'_>],
        words: &[Token<'_>],
        near: &[usize],
        steps: &mut Vec<Step>,
    ) {
        let found = self.picture_inspected(whole, words).unwrap_or_else(|| {
            let near: Vec<_> = near.iter().map(|at| self.names.actions[*at].name.as_str()).collect();
            unknown_action(self.span(whole), &self.written(words), &near)
        });
        self.problems.push(found);
        self.lacking(
            whole,
            Meaning::Run { action: None },
            "Runs something that no action does yet",
            steps,
        );
    }
}

/// Why a command cannot be followed as it stands: it breaks off, or leaves open which of two is meant.
pub(super) fn unfinished(object: &[Token<'_>]) -> Option<&'static str> {
    let breaks_off = trimmed(object)
        .last()
        .is_some_and(|t| t.any(&["the", "a", "an", "their", "our", "and", "or"]));
    if breaks_off {
        return Some("The sentence breaks off.");
    }
    let either = object.first().is_some_and(|t| t.is("or")) && verb_at(object, 1).is_some_and(|v| v.deed.acts());
    either.then_some("It names two things to do. Write which one, or put an \u{201c}if\u{201d} before each.")
}
