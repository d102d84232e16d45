//! What is written down of a rule: the rule itself, or that it was not understood and holds its actions back.

use taskwright_domain::{ActionId, Condition, Guard, LinkTarget, Meaning, ProblemCode, Rule, Severity, Step};

use crate::read::conditions::{Got, Trouble, negate};
use crate::read::problems::{self, problem};
use crate::read::reader::{Reader, Spoken, trimmed};
use crate::read::token::Token;

impl<'t, 'a> Reader<'t, 'a, '_> {
    /// "If it is urgent, only … if …": elsewhere the rule asks nothing.
    pub(super) fn in_this_case(&self, guard: Guard) -> Guard {
        match (guard, self.under_all()) {
            (Guard::OnlyIf { condition }, Some(under)) if condition != Condition::Confirmed && condition != under => {
                Guard::OnlyIf {
                    condition: Condition::Any {
                        parts: vec![negate(under), condition],
                    },
                }
            }
            (guard, _) => guard,
        }
    }

    pub(super) fn under_all(&self) -> Option<Condition> {
        match self.under.as_slice() {
            [] => None,
            [one] => Some(one.clone()),
            parts => Some(Condition::All { parts: parts.to_vec() }),
        }
    }

    /// "read it back and only save when they say yes": the yes was just asked for, so the action runs as well.
    pub(in crate::read) fn run_what_was_confirmed(&mut self, whole: &[Token<'_>], steps: &mut Vec<Step>) {
        let asked = matches!(
            steps.last(),
            Some(Step {
                kind: taskwright_domain::StepKind::Confirm { .. },
                ..
            })
        );
        let Some(rule) = self.rules.last().filter(|_| asked) else {
            return;
        };
        let (
            Guard::OnlyIf {
                condition: Condition::Confirmed,
            },
            [action],
        ) = (&rule.guard, rule.actions.as_slice())
        else {
            return;
        };
        let action = action.clone();
        self.said.action = Some(action.clone());
        let run = taskwright_domain::StepKind::Run {
            action,
            inputs: std::collections::BTreeMap::new(),
        };
        steps.push(self.step(whole, run));
    }

    /// These actions only after something was done, in the case that is being read.
    pub(in crate::read) fn must_come_first(&mut self, whole: &[Token<'_>], actions: Vec<ActionId>, done: Condition) {
        let guard = match self.under_all() {
            Some(under) => Guard::NeverIf {
                condition: Condition::All {
                    parts: vec![under, negate(done)],
                },
            },
            None => Guard::OnlyIf { condition: done },
        };
        self.write_rule(whole, actions, guard, None);
    }

    pub(in crate::read) fn write_rule(
        &mut self,
        whole: &[Token<'_>],
        actions: Vec<ActionId>,
        guard: Guard,
        got: Option<&Got>,
    ) {
        // The condition that leads here was not read: the rule would hold always.
        if self.led_by != crate::read::reader::LedBy::Nothing && self.under.is_empty() {
            return self.unread_rule(whole, actions, None);
        }
        let names: Vec<_> = actions
            .iter()
            .filter_map(|id| self.catalogue().action(id))
            .map(|action| format!("*{}*", action.name))
            .collect();
        let names = crate::read::ask::listed(&names);
        let words = |condition: &Condition| crate::read::describe::condition(condition, self.names.catalogue);
        let plain = match &guard {
            Guard::OnlyIf { condition } => format!("Rule: {names} only if {}", words(condition)),
            Guard::NeverIf { condition } => format!("Rule: {names} never if {}", words(condition)),
            Guard::AtMost { times: 1 } => format!("Rule: {names} at most once in a conversation"),
            Guard::AtMost { times } => format!("Rule: {names} at most {times} times in a conversation"),
            Guard::Never => format!("Rule: {names} never"),
        };
        let span = self.span(whole);
        let text = self.written(whole);
        let mut links = got.map(|got| got.links.clone()).unwrap_or_default();
        for action in &actions {
            links.extend(crate::read::conditions::link_over(
                trimmed(whole),
                LinkTarget::Action { action: action.clone() },
            ));
        }
        self.rules.push(Rule {
            span,
            text,
            actions,
            guard,
            told: None,
        });
        self.note(whole, Spoken::new(Meaning::Rule, plain).links(links));
    }

    /// Fails closed: the actions never run until the rule can be read.
    pub(super) fn unread_rule(
        &mut self,
        whole: &[Token<'_>],
        actions: Vec<ActionId>,
        trouble: Option<(&[Token<'_>], Trouble)>,
    ) {
        let span = self.span(whole);
        let text = self.written(whole);
        let judged = trouble.as_ref().and_then(|(words, _)| {
            let opens = words.iter().position(|t| t.any(&["if", "when", "unless", "where"]));
            let words = &words[opens.map_or(0, |at| at + 1)..];
            let said = words.iter().any(crate::read::vague::says_of);
            let measure = || self.no_measure(whole, words).filter(|_| said);
            self.picture_judged(whole, words).or_else(measure)
        });
        let why = match trouble {
            Some((_, Trouble::Mismatch(why))) => why,
            Some((words, _)) => format!("\u{201c}{}\u{201d} cannot be decided.", self.written(words)),
            None => "Its condition cannot be decided.".to_owned(),
        };
        let names: Vec<_> = actions
            .iter()
            .filter_map(|id| self.catalogue().action(id))
            .map(|a| a.name.clone())
            .collect();
        let held_back = format!("Until it is, {} does not run.", crate::read::ask::listed(&names));
        let found = match judged {
            Some(mut found) => {
                found.message = format!("{} {held_back}", found.message);
                found
            }
            None => {
                let message = format!("The rule \u{201c}{text}\u{201d} was not understood. {why} {held_back}");
                let mut found = problem(ProblemCode::UnclearSentence, Severity::Blocks, span, message);
                found.remedies.extend(problems::ways_out(span, &text));
                found
            }
        };
        self.problems.push(found);
        self.rules.push(Rule {
            span,
            text,
            actions,
            guard: Guard::Never,
            told: None,
        });
        self.note(
            whole,
            Spoken::new(Meaning::Rule, "Rule: not understood, so the action is held back").guessed(),
        );
    }
}
