//! Advice to the customer: what they are to try, one thing after the other, and whether it helped.

use taskwright_domain::{
    AttributeType, Comparison, Condition, Meaning, Operand, Outcome, Step, StepKind, Template, Value,
};

use super::conditions::refer;
use super::reader::{Reader, Spoken, trimmed};
use super::split::{lead, starts};
use super::tell::{sentence, written};
use super::token::{Kind, Token};
use super::verbs::{Deed, Form, verb_at};

impl<'t, 'a> Reader<'t, 'a, '_> {
    /// "have them sign in again; in the other case: clear the cache, restart, try again": where one case was advice to the
    /// customer, a list of deeds that no action does is advice too.
    pub(super) fn advises_on(&self, parts: &[&'t [Token<'a>]]) -> bool {
        let theirs = |part: &&'t [Token<'a>]| {
            let bare = trimmed(lead(trimmed(part)));
            verb_at(bare, 0).is_some_and(|verb| {
                let ours = matches!(
                    verb.deed,
                    Deed::Tell
                        | Deed::Ask
                        | Deed::HandOff
                        | Deed::Finish
                        | Deed::Note
                        | Deed::Tag
                        | Deed::Wait
                        | Deed::Jump
                );
                let known = || {
                    matches!(
                        self.match_action(verb.deed, verb.lemma, &bare[verb.length..]),
                        super::actions::Match::One { .. }
                    )
                };
                verb.form == Form::Base && !ours && self.names.action_named(bare).is_none() && !known()
            })
        };
        parts.len() > 1 && !self.under.is_empty() && self.said.trial.is_some() && parts.iter().all(theirs)
    }

    /// Each of them as a piece of advice.
    pub(super) fn advise_each(&mut self, parts: &[&'t [Token<'a>]], steps: &mut Vec<Step>) {
        for part in parts {
            let bare = trimmed(lead(trimmed(part)));
            self.advise(part, bare, steps);
        }
    }

    /// "After each step ask if it's fixed, stop as soon as it is": behind every piece of advice that was just given.
    pub(super) fn after_each_advice(&mut self, words: &'t [Token<'a>], steps: &mut [Step]) -> bool {
        let [after, each, thing, rest @ ..] = words else {
            return false;
        };
        let advice = thing.any(&["step", "tip", "suggestion", "try", "attempt", "one", "fix"]);
        if !(after.is("after") && each.any(&["each", "every"]) && advice) {
            return false;
        }
        let ask = lead(trimmed(rest));
        let asks = verb_at(ask, 0).is_some_and(|v| v.deed == Deed::Ask);
        let end = ask.iter().position(|t| t.mark(',') || t.is("and")).unwrap_or(ask.len());
        let Some(at) = self.success().filter(|_| asks && self.asks_for_success(&ask[..end])) else {
            return false;
        };
        let span = self.span(&words[..words.len() - rest.len() + (rest.len() - ask.len()) + end]);
        let fixed = self.succeeded(at, true);
        let key = self.names.value(at).reference.clone();
        let stops = starts(trimmed(&ask[end..]), &["stop"]) || starts(trimmed(&ask[end..]), &["end"]);
        let behind = |steps: &mut Vec<Step>| {
            let ask = StepKind::Ask {
                attribute: key.clone(),
                question: None,
                preface: None,
                again: true,
                among: None,
            };
            steps.push(Step { span, kind: ask });
            let finish = StepKind::Finish { outcome: Outcome::Done };
            let stop = || Step::when(span, fixed.clone(), vec![Step { span, kind: finish }]);
            steps.extend(stops.then(stop));
        };
        if !behind_advice(steps, &behind) {
            return false;
        }
        let most = trimmed(&ask[end..]);
        let most = most
            .iter()
            .position(|t| t.mark(','))
            .map_or(&most[..0], |comma| &most[comma + 1..]);
        let limit = self.times_in(most).filter(|_| most.len() <= 4);
        if let Some(limit) = limit {
            no_more_advice(steps, limit);
        }
        let tail = trimmed(&ask[end..]);
        let comma = tail.iter().position(|t| t.mark(',')).unwrap_or(tail.len());
        let (stop, more) = tail.split_at(if stops { comma } else { 0 });
        let asked = &words[..words.len() - ask[end..].len()];
        let label = self.label(&key);
        let meaning = Meaning::Ask {
            attributes: vec![key.clone()],
        };
        self.note(
            asked,
            Spoken::new(meaning, format!("Asks whether {label}, after each piece of advice")),
        );
        if !stop.is_empty() {
            let meaning = Meaning::Finish { outcome: Outcome::Done };
            self.note(stop, Spoken::new(meaning, "Ends the task as soon as it is"));
        }
        self.remember_ask(&key, at, words);
        match (trimmed(more), limit) {
            ([], _) => {}
            (more, Some(at_most)) => {
                let plain = format!("At most {at_most} pieces of advice");
                self.note(more, Spoken::new(Meaning::Repeat { at_most: Some(at_most) }, plain));
            }
            (more, None) => self.unclear_limit(more),
        }
        true
    }

    /// What stands behind it and is no limit.
    fn unclear_limit(&mut self, words: &'t [Token<'a>]) {
        let (span, text) = (self.span(words), self.written(words));
        let reason = "What happens after each piece of advice is to be said with it.";
        self.problems.push(super::problems::unclear(span, &text, reason, None));
        let meaning = Meaning::Unclear {
            reason: reason.to_owned(),
        };
        self.note(words, Spoken::incomplete(meaning, "Not understood").guessed());
    }

    /// "No luck?", "Still not working?": it did not help.
    pub(super) fn no_luck(&self, words: &[Token<'_>]) -> Option<Condition> {
        const SAID: [&[&str]; 9] = [
            &["no", "luck"],
            &["no", "joy"],
            &["no", "success"],
            &["still", "no", "luck"],
            &["still", "not", "working"],
            &["still", "broken"],
            &["did", "not", "help"],
            &["did", "not", "work"],
            &["no", "improvement"],
        ];
        let bare = trimmed(words);
        let said = SAID.iter().any(|said| said.len() == bare.len() && starts(bare, said));
        said.then(|| self.success())
            .flatten()
            .map(|at| self.succeeded(at, false))
    }

    /// The yes-or-no that tells whether it helped: the one asked before, else the only one of its kind.
    fn success(&self) -> Option<usize> {
        const SUCCESS: [&str; 6] = ["fix", "help", "work", "solv", "resolv", "succeed"];
        let tells = |at: &usize| {
            let value = self.names.value(*at);
            let named = value.field_stems.iter().any(|s| SUCCESS.contains(&s.text.as_str()));
            value.kind == AttributeType::Boolean && value.askable() && named
        };
        let asked = self.said.asked_before(|key| self.names.reference(key).filter(tells));
        asked.or_else(|| {
            let mut all = (0..self.names.values.len()).filter(tells);
            let first = all.next()?;
            all.next().is_none().then_some(first)
        })
    }

    fn asks_for_success(&self, words: &[Token<'_>]) -> bool {
        let wanted = self.wanted(words);
        let at = self.success();
        words.iter().any(|t| t.any(&["if", "whether"]))
            && (wanted.values.iter().any(|(found, ..)| Some(*found) == at)
                || at.is_some_and(|at| {
                    words
                        .iter()
                        .any(|t| self.names.value(at).field_stems.iter().any(|s| s.akin(t)))
                }))
    }

    fn succeeded(&self, at: usize, yes: bool) -> Condition {
        Condition::Test {
            subject: refer(&self.names.value(at).reference),
            comparison: Comparison::Is {
                to: Operand::Constant {
                    value: Value::Boolean(yes),
                },
            },
        }
    }

    /// "Options include 'by post' or 'in store'" where no attribute has these options: nothing keeps to them.
    pub(super) fn options_of_nothing(&mut self, words: &[Token<'_>], whole: &'t [Token<'a>]) -> bool {
        let said: Vec<_> = words
            .iter()
            .filter(|t| t.kind == Kind::Quote)
            .map(|t| t.low.as_str())
            .collect();
        let others = words.iter().filter(|t| t.kind == Kind::Word);
        let joins = |t: &Token<'_>| {
            t.any(&[
                "or", "and", "options", "values", "choices", "include", "are", "possible", "the",
            ])
        };
        if said.len() < 2 || !others.clone().all(joins) {
            return false;
        }
        let known = self.names.values.iter().any(|value| {
            let has = |said: &&str| {
                value
                    .options
                    .iter()
                    .any(|option| option.text.eq_ignore_ascii_case(said))
            };
            said.iter().all(has)
        });
        if known {
            return false;
        }
        let (span, text) = (self.span(whole), self.written(whole));
        let reason = "No attribute has these options, so nothing keeps to them. Make it a choice.";
        self.problems.push(super::problems::unclear(span, &text, reason, None));
        let plain = "Options that no attribute has";
        self.note(whole, Spoken::incomplete(Meaning::Context, plain).guessed());
        true
    }

    /// "(Settings › Help › Copy ID)": where something is found.
    pub(super) fn way_there(&self, words: &'t [Token<'a>]) -> Option<Template> {
        let open = words.iter().position(|t| t.mark('('))?;
        let close = words.iter().rposition(|t| t.mark(')')).unwrap_or(words.len());
        let inner = words.get(open + 1..close)?;
        let text = written(self.text, inner);
        let leads = text.contains(" › ") || text.contains(" > ") || text.contains(" » ");
        leads.then(|| Template::new(sentence(&format!("You find it under {text}"))))
    }
}

/// "three tries max": what comes after so many pieces of advice in a case is not given.
fn no_more_advice(steps: &mut [Step], limit: u32) {
    for step in steps.iter_mut().rev() {
        let StepKind::Check { arms, .. } = &mut step.kind else {
            break;
        };
        for arm in arms {
            let mut given = 0;
            let keeps = arm.steps.iter().take_while(|step| {
                given += u32::from(matches!(step.kind, StepKind::Inform { .. }));
                given <= limit
            });
            let keep = keeps.count();
            arm.steps.truncate(keep);
        }
    }
}

/// Puts steps behind every piece of advice of the cases at the end; false where there is none.
fn behind_advice(steps: &mut [Step], behind: &impl Fn(&mut Vec<Step>)) -> bool {
    let mut found = false;
    for step in steps.iter_mut().rev() {
        let StepKind::Check { arms, .. } = &mut step.kind else {
            break;
        };
        for arm in arms {
            let advice =
                |step: &Step| matches!(&step.kind, StepKind::Inform { words } if words.0.starts_with("Please "));
            if !arm.steps.iter().all(advice) {
                continue;
            }
            found |= !arm.steps.is_empty();
            arm.steps = std::mem::take(&mut arm.steps)
                .into_iter()
                .flat_map(|step| {
                    let mut with = vec![step];
                    behind(&mut with);
                    with
                })
                .collect();
        }
    }
    found
}
