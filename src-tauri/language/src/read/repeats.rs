//! Repeats: "repeat up to two times until it works", "try once more".

use taskwright_domain::{Condition, Meaning, Step, StepKind};

use super::conditions::Conditions;
use super::constants::count_at;
use super::reader::{Reader, Spoken};
use super::token::Token;
use super::verbs::{Deed, verb_at};

impl<'t, 'a> Reader<'t, 'a, '_> {
    /// How many times: "up to three times", "two more attempts", "once more".
    pub(super) fn times_in(&self, words: &[Token<'_>]) -> Option<u32> {
        for at in 0..words.len() {
            // "once you have it" is no number of times.
            let clause = words[at].is("once")
                && words.get(at + 1).is_some_and(|t| {
                    t.any(&[
                        "you", "they", "we", "it", "the", "this", "that", "he", "she", "there", "their",
                    ])
                });
            if words[at].any(&["once", "twice"]) && !clause && !(at == 0 && words.len() > 3) {
                return Some(if words[at].is("once") { 1 } else { 2 });
            }
            if words[at].is("one") && words.get(at + 1).is_some_and(|t| t.is("more")) {
                return Some(1);
            }
            let Some(read) = count_at(words, at) else { continue };
            let unit = |t: &Token<'_>| {
                t.any(&[
                    "times", "time", "tries", "attempts", "attempt", "retries", "rounds", "round", "retry", "repeats",
                    "go", "goes", "x", "max", "maximum",
                ])
            };
            let next = words.get(read.end..).unwrap_or(&[]);
            if next.iter().take(2).any(unit) {
                return Some(read.value.clamp(1, 20));
            }
        }
        None
    }

    /// "repeat up to two times until it works": the steps before are done again.
    pub(super) fn repeat(
        &mut self,
        whole: &'t [Token<'a>],
        words: &'t [Token<'a>],
        steps: &mut Vec<Step>,
    ) -> Option<Condition> {
        let verb = verb_at(words, 0);
        let times = self.times_in(words);
        if self.run_what_retries(whole, words, times, steps) {
            return None;
        }
        let spoken =
            words.iter().any(|t| t.any(&["back", "customer", "them"])) && words.iter().any(|t| t.any(&["to", "back"]));
        if verb.is_some_and(|v| v.lemma == "repeat") && spoken && times.is_none() {
            self.give(whole, &words[1..], steps);
            return None;
        }
        let plain = words.iter().skip(1).all(|t| {
            t.is_mark()
                || t.any(&[
                    "this", "that", "it", "again", "the", "step", "steps", "these", "above", "previous", "process",
                    "same", "until", "if", "needed", "try", "before",
                ])
        });
        if times.is_none()
            && !plain
            && !words.iter().any(|t| t.is("until"))
            && self.steps_named(words).is_none()
            && !words.iter().any(|t| t.is("again"))
        {
            self.unclear(whole, "What should be repeated, and how often?", None, steps);
            return None;
        }
        let until = words.iter().position(|t| t.is("until")).map(|at| &words[at + 1..]);
        let until = until
            .and_then(|words| Conditions::new(&self.names, &self.said).read(words).ok())
            .map(|got| got.condition);
        let of_action = self.under.iter().any(|c| matches!(c, Condition::Action { .. }));
        let again = words.iter().any(|t| t.any(&["again", "more", "retry"]));
        if of_action && (again || verb.is_some_and(|v| v.lemma == "retry")) {
            return self.retry_action(whole, times.unwrap_or(1), steps);
        }
        if let Some(range) = self.steps_named(words)
            && self.repeat_range(whole, range, times.unwrap_or(2), until.clone(), steps)
        {
            return None;
        }
        if steps.is_empty() {
            self.ask_last_again(whole, times.unwrap_or(2), steps);
            return None;
        }
        let more = u32::from(again && !words.iter().any(|t| t.any(&["total"])));
        self.repeat_before(whole, times.map_or(3, |times| times + more), until, steps);
        None
    }

    /// An action that is called "Retry …".
    fn run_what_retries(
        &mut self,
        whole: &'t [Token<'a>],
        words: &'t [Token<'a>],
        times: Option<u32>,
        steps: &mut Vec<Step>,
    ) -> bool {
        let Some(verb) = verb_at(words, 0).filter(|v| matches!(v.lemma, "retry" | "repeat")) else {
            return false;
        };
        let super::actions::Match::One { at, .. } =
            self.match_action(Deed::Repeat, verb.lemma, without_times(&words[verb.length..]))
        else {
            return false;
        };
        if self.names.actions[at].deed != Some(Deed::Repeat) {
            return false;
        }
        self.run(whole, words, at, false, steps);
        if let Some(times) = times {
            let action = self.names.actions[at].id.clone();
            self.write_rule(whole, vec![action], taskwright_domain::Guard::AtMost { times }, None);
        }
        true
    }

    /// Back to the last question, within bounds.
    fn ask_last_again(&mut self, whole: &'t [Token<'a>], at_most: u32, steps: &mut Vec<Step>) {
        let Some((key, asked)) = self.said.asks.last().cloned() else {
            return self.unclear(whole, "What should be repeated?", None, steps);
        };
        let span = self
            .said
            .trial
            .filter(|trial| trial.start < asked.start)
            .unwrap_or(asked);
        steps.push(self.step(
            whole,
            StepKind::Jump {
                to: span.start,
                at_most,
            },
        ));
        let label = self.label(&key);
        self.note(
            whole,
            Spoken::new(
                Meaning::Repeat { at_most: Some(at_most) },
                format!("Goes back, at most {at_most} times, and asks for {label} again"),
            ),
        );
    }

    /// What was said and asked last, or the action run last, is done again.
    fn repeat_before(&mut self, whole: &'t [Token<'a>], at_most: u32, until: Option<Condition>, steps: &mut Vec<Step>) {
        let from = group_start(steps);
        let inner = steps.split_off(from);
        let until = until.or_else(|| self.works(&inner));
        let start = inner.first().map_or(self.span(whole), |step| step.span);
        let plain = match &until {
            Some(until) => format!(
                "Does the steps before at most {at_most} times, until {}",
                super::describe::condition(until, self.names.catalogue)
            ),
            None => format!("Does the steps before at most {at_most} times"),
        };
        steps.push(Step {
            span: start,
            kind: StepKind::Repeat {
                steps: inner,
                at_most,
                until,
            },
        });
        self.note(whole, Spoken::new(Meaning::Repeat { at_most: Some(at_most) }, plain));
    }

    /// The answer that ends a repeat: the yes-or-no asked last in it, when it is about success.
    pub(super) fn works(&self, steps: &[Step]) -> Option<Condition> {
        let key = steps.iter().rev().find_map(|step| match &step.kind {
            StepKind::Ask { attribute, .. } => Some(attribute),
            _ => None,
        })?;
        let value = self.names.values.iter().find(|value| value.reference == *key)?;
        let success = ["fix", "help", "work", "solv", "resolv", "succeed"];
        let about = matches!(value.kind, taskwright_domain::AttributeType::Boolean)
            && value.field_stems.iter().any(|s| success.contains(&s.text.as_str()));
        about.then(|| Condition::Test {
            subject: super::conditions::refer(key),
            comparison: taskwright_domain::Comparison::Is {
                to: taskwright_domain::Operand::Constant {
                    value: taskwright_domain::Value::Boolean(true),
                },
            },
        })
    }

    /// "steps 2 and 3", "step 2".
    pub(super) fn steps_named(&self, words: &[Token<'_>]) -> Option<(u32, u32)> {
        let at = words.iter().position(|t| t.any(&["step", "steps"]))?;
        let first = count_at(words, at + 1)?;
        let last = words
            .get(first.end)
            .filter(|t| t.any(&["and", "to", "through"]) || t.mark('-') || t.mark('–'))
            .and_then(|_| count_at(words, first.end + 1));
        Some((first.value, last.map_or(first.value, |read| read.value)))
    }

    fn repeat_range(
        &mut self,
        whole: &[Token<'_>],
        (first, last): (u32, u32),
        at_most: u32,
        until: Option<Condition>,
        steps: &mut Vec<Step>,
    ) -> bool {
        let place = |number: u32| self.outline.numbered.get(&number).map(|at| self.tokens[*at].span.start);
        let (Some(from), Some(_)) = (place(first), place(last)) else {
            return false;
        };
        let end = place(last + 1).unwrap_or(u32::MAX);
        let Some(start) = steps
            .iter()
            .position(|step| step.span.start >= from && step.span.start < end)
        else {
            // The steps stand elsewhere: go back to the first of them.
            steps.push(self.step(whole, StepKind::Jump { to: from, at_most }));
            self.note(
                whole,
                Spoken::new(
                    Meaning::Repeat { at_most: Some(at_most) },
                    format!("Goes back to step {first}, at most {at_most} times"),
                ),
            );
            return true;
        };
        let stop = steps
            .iter()
            .rposition(|step| step.span.start < end)
            .map_or(start, |at| at + 1);
        let inner: Vec<_> = steps.drain(start..stop).collect();
        let until = until.or_else(|| self.works(&inner));
        let span = inner.first().map_or(self.span(whole), |step| step.span);
        steps.insert(
            start,
            Step {
                span,
                kind: StepKind::Repeat {
                    steps: inner,
                    at_most,
                    until,
                },
            },
        );
        self.note(
            whole,
            Spoken::new(
                Meaning::Repeat { at_most: Some(at_most) },
                format!("Does steps {first} to {last} at most {at_most} times"),
            ),
        );
        true
    }
}

/// "it once": without how often.
fn without_times<'t, 'a>(words: &'t [Token<'a>]) -> &'t [Token<'a>] {
    let end = words
        .iter()
        .position(|t| t.any(&["once", "twice"]) || count_at(std::slice::from_ref(t), 0).is_some())
        .unwrap_or(words.len());
    &words[..end]
}

/// The first of the steps that are done again: what was said and asked last, or the action run last.
fn group_start(steps: &[Step]) -> usize {
    let talks = |step: &Step| matches!(step.kind, StepKind::Ask { .. } | StepKind::Inform { .. });
    let from = steps.iter().rposition(|step| !talks(step)).map_or(0, |at| at + 1);
    if from < steps.len() {
        from
    } else {
        steps.len().saturating_sub(1)
    }
}
