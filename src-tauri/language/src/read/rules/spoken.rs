//! Rules that no action has to keep: what is said or asked, and what nothing here does anyway.

use taskwright_domain::{AttributeType, Link, LinkTarget, Meaning, ProblemCode, Severity};

use super::put::Put;
use crate::read::problems::{self, problem};
use crate::read::reader::{Reader, Spoken, trimmed};
use crate::read::token::{Kind, Token};
use crate::read::verbs::{Deed, deed_of_noun, verb_at};

impl<'t, 'a> Reader<'t, 'a, '_> {
    /// "Do not argue with the customer": nothing that is done here can break it.
    pub(super) fn kept_by_itself(&mut self, whole: &[Token<'_>], put: Put, rest: &[Token<'_>]) -> bool {
        let speaks_of_action = self.deed_in(rest).is_some_and(|(deed, _)| deed.changes())
            || self.names.action_named(rest).is_some()
            || rest.iter().any(|t| deed_of_noun(t).is_some_and(Deed::changes));
        if put != Put::Never || !rest.first().is_some_and(|t| t.kind == Kind::Word) {
            return false;
        }
        // "… those go to Underwriting" leads somewhere.
        if speaks_of_action || self.names.team(rest).is_some() {
            self.rule_not_kept(whole);
            return true;
        }
        self.note(
            whole,
            Spoken::new(Meaning::Rule, "Rule for colleagues: no step here does this"),
        );
        true
    }

    /// A rule about what is said or asked: the assistant says only what is written, so it holds by itself.
    pub(super) fn spoken_rule(&mut self, whole: &[Token<'_>], put: Put, deed: Deed, rest: &[Token<'_>]) -> bool {
        if deed.changes() && put == Put::Never || deed.changes() && put == Put::Only {
            let span = self.span(whole);
            let text = self.written(whole);
            let mut found = problem(
                ProblemCode::UnknownAction,
                Severity::Blocks,
                span,
                format!(
                    "The rule \u{201c}{text}\u{201d} speaks of an action that does not exist, so it cannot be kept."
                ),
            );
            found.remedies.extend(problems::ways_out(span, &text));
            self.problems.push(found);
            self.note(whole, Spoken::new(Meaning::Rule, "Rule: not understood").guessed());
            return true;
        }
        if put == Put::Only {
            return false;
        }
        let bounded = rest
            .iter()
            .any(|t| t.any(&["if", "when", "before", "until", "unless", "during", "without", "while"]));
        // "Never do that": of what, nothing here says.
        let nothing = trimmed(rest).iter().all(|t| t.any(&["do", "that", "this", "it", "so"]));
        if nothing {
            self.rule_not_kept(whole);
            return true;
        }
        // "Do not offer it unless they complain": nothing said is held back until then.
        let lifted = rest.iter().any(|t| t.any(&["unless", "until"]));
        if deed == Deed::HandOff && bounded || lifted && !self.asked_only_when_missing(deed, rest) {
            self.rule_not_kept(whole);
            return true;
        }
        let links = self.spoken_of(deed, rest);
        self.note(
            whole,
            Spoken::new(
                Meaning::Rule,
                "Rule for what is said: the assistant says only what is written here",
            )
            .links(links),
        );
        true
    }

    /// What a rule about words speaks of: "prices", "what they tell you it is", "never offer it".
    fn spoken_of(&self, deed: Deed, rest: &[Token<'_>]) -> Vec<Link> {
        let words = trimmed(rest);
        let words = &words[verb_at(words, 0).map_or(0, |v| v.length)..];
        let price = |t: &Token<'_>| t.any(&["price", "prices", "amount", "amounts", "cost", "costs", "fee", "fees"]);
        let values: Vec<usize> = if words.iter().any(price) {
            let told = self.names.values.iter().enumerate().filter(|(_, value)| {
                value.origin == crate::read::names::Origin::Field
                    && !value.of_change
                    && matches!(value.kind, AttributeType::Amount)
            });
            told.map(|(at, _)| at).collect()
        } else if words
            .windows(2)
            .any(|pair| pair[0].any(&["it", "they"]) && pair[1].any(&["is", "are"]))
            && let Some(owner) = &self.said.it
        {
            self.names.of_owner(owner).collect()
        } else {
            Vec::new()
        };
        if values.is_empty()
            && deed == Deed::Offer
            && words.first().is_some_and(|t| t.any(&["it", "this", "that"]))
            && let Some([action]) = self.rules.last().map(|rule| rule.actions.as_slice())
        {
            let action = action.clone();
            return crate::read::conditions::link_over(&words[..1], LinkTarget::Action { action });
        }
        let target = |at: &usize| LinkTarget::Reference {
            reference: self.names.value(*at).reference.clone(),
        };
        values
            .iter()
            .flat_map(|at| crate::read::conditions::link_over(words, target(at)))
            .collect()
    }

    /// "Do not ask for it unless it is missing": what is known is never asked for anyway.
    fn asked_only_when_missing(&self, deed: Deed, rest: &[Token<'_>]) -> bool {
        deed == Deed::Ask
            && rest
                .iter()
                .any(|t| t.any(&["missing", "known", "have", "found", "nothing", "needed", "necessary"]))
    }
}
