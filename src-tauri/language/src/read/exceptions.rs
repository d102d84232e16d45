//! What holds once a limit has passed, and who is excepted: "After it they pay the fee (say how much!) unless the hotel
//! cancelled on them, in which case get proof and pass to Care."

use taskwright_domain::{Arm, AttributeType, Comparison, Condition, Meaning, Operand, Step, StepKind, Template, Value};

use super::conditions::{Conditions, refer};
use super::reader::{Reader, Spoken, trimmed};
use super::split::starts;
use super::tell::to_customer;
use super::token::Token;

/// The parts of such a sentence.
struct Parts<'t, 'a> {
    lead: &'t [Token<'a>],
    said: &'t [Token<'a>],
    unless: &'t [Token<'a>],
    case: &'t [Token<'a>],
    then: &'t [Token<'a>],
}

impl<'t, 'a> Reader<'t, 'a, '_> {
    /// Reads such a sentence; what was before the limit must stand in the check before.
    pub(super) fn once_it_has_passed(&mut self, words: &'t [Token<'a>], steps: &mut Vec<Step>) -> bool {
        let Some(parts) = parts_of(words) else { return false };
        let Some(passed) = steps.last().and_then(passed) else {
            return false;
        };
        let Some(told) = self.told_with_amount(parts.said) else {
            return false;
        };
        let excepted = if parts.case.is_empty() {
            None
        } else {
            let Some(excepted) = self.exception(parts.case) else {
                return false;
            };
            Some(excepted)
        };
        self.note_passed(&parts, &passed, &told, excepted.as_ref());
        let mut arms = Vec::new();
        if let Some(excepted) = excepted {
            let condition = Condition::All {
                parts: vec![passed.clone(), excepted],
            };
            self.under.push(condition.clone());
            let mut inner = Vec::new();
            if !parts.then.is_empty() {
                let _ = self.clauses(parts.then, &mut inner);
            }
            self.under.pop();
            arms.push(Arm {
                span: self.span(parts.unless),
                condition,
                steps: inner,
            });
        }
        let inform = self.step(parts.said, StepKind::Inform { words: told });
        arms.push(Arm {
            span: self.span(parts.lead),
            condition: passed,
            steps: vec![inform],
        });
        let otherwise = Vec::new();
        steps.push(self.step(words, StepKind::Check { arms, otherwise }));
        true
    }

    fn note_passed(
        &mut self,
        parts: &Parts<'t, 'a>,
        passed: &Condition,
        told: &Template,
        excepted: Option<&Condition>,
    ) {
        let catalogue = self.names.catalogue;
        let plain = format!("If {}", super::describe::condition(passed, catalogue));
        let meaning = Meaning::Check {
            condition: Some(passed.clone()),
        };
        self.note(parts.lead, Spoken::new(meaning, plain));
        let plain = format!("Tells: {}", told.0);
        self.note(parts.said, Spoken::new(Meaning::Inform { words: told.clone() }, plain));
        if let Some(excepted) = excepted {
            let plain = format!("Unless {}", super::describe::condition(excepted, catalogue));
            let meaning = Meaning::Check {
                condition: Some(excepted.clone()),
            };
            self.note(parts.unless, Spoken::new(meaning, plain).guessed());
        }
    }

    /// "they pay the fee (say how much!)": with the one amount that the words name.
    fn told_with_amount(&self, words: &[Token<'_>]) -> Option<Template> {
        let open = words.iter().position(|t| t.mark('('))?;
        let aside = &words[open + 1..];
        let how_much = aside.windows(2).any(|pair| pair[0].is("how") && pair[1].is("much"))
            || aside.iter().any(|t| t.any(&["amount", "exact", "exactly"]));
        let names_amount = |at: usize| {
            let found = self.names.lookup(&words[at..=at], super::names::Prefer::default());
            let one = match found {
                super::names::Lookup::One { at, .. } => Some(at),
                _ => None,
            };
            one.filter(|at| self.names.value(*at).kind == AttributeType::Amount)
        };
        let mut amounts = (0..open).filter_map(names_amount);
        let amount = amounts.next().filter(|_| how_much)?;
        if amounts.next().is_some() {
            return None;
        }
        let said = to_customer(trimmed(&words[..open])).0;
        let reference = &self.names.value(amount).reference;
        Some(Template::new(format!(
            "{}: {{{reference}}}.",
            said.trim_end_matches('.')
        )))
    }

    /// "the hotel cancelled on them or someone died": read as a condition, else as the options of one choice that the
    /// words name.
    fn exception(&self, words: &[Token<'_>]) -> Option<Condition> {
        let read = Conditions::new(&self.names, &self.said).read(words);
        if let Ok(got) = read {
            return Some(got.condition);
        }
        let clauses: Vec<&[Token<'_>]> = words.split(|t| t.any(&["or"])).map(trimmed).collect();
        self.names
            .values
            .iter()
            .filter(|value| value.askable() && !value.options.is_empty())
            .find_map(|value| {
                let mut chosen: Vec<&str> = Vec::new();
                for clause in &clauses {
                    let fits = |option: &&super::names::Choice| {
                        option
                            .stems
                            .iter()
                            .any(|stem| stem.text.len() > 3 && clause.iter().any(|t| stem.same(t)))
                    };
                    let mut options = value.options.iter().filter(fits);
                    let option = options.next()?;
                    if options.next().is_some() {
                        return None;
                    }
                    if !chosen.contains(&option.text.as_str()) {
                        chosen.push(&option.text);
                    }
                }
                let of = chosen.into_iter().map(|option| Operand::Constant {
                    value: Value::Choice(option.to_owned()),
                });
                Some(Condition::Test {
                    subject: refer(&value.reference),
                    comparison: Comparison::OneOf { of: of.collect() },
                })
            })
    }
}

/// "After it", what then holds, "unless …", "in which case …".
fn parts_of<'t, 'a>(words: &'t [Token<'a>]) -> Option<Parts<'t, 'a>> {
    let [after, it, rest @ ..] = words else { return None };
    let leads = after.is("after") && it.any(&["it", "that", "this", "then"]);
    let rest = match rest {
        [comma, rest @ ..] if comma.mark(',') => rest,
        rest => rest,
    };
    if !leads || rest.is_empty() {
        return None;
    }
    let start = words.len() - rest.len();
    let unless = rest.iter().position(|t| t.is("unless")).unwrap_or(rest.len());
    let tail = &rest[unless..];
    let which = (0..tail.len()).find(|at| starts(&tail[*at..], &["in", "which", "case"]));
    let end = which.map_or(tail.len(), |at| at);
    let trim_comma = |words: &'t [Token<'a>]| match words {
        [rest @ .., comma] if comma.mark(',') => rest,
        words => words,
    };
    let exception = trim_comma(&tail[..end]);
    Some(Parts {
        lead: &words[..start],
        said: trim_comma(&rest[..unless]),
        unless: exception,
        case: exception.get(1..).unwrap_or_default(),
        then: which.map_or(&tail[..0], |at| &tail[at + 3..]),
    })
}

/// The time after the one that the last check looks at.
fn passed(step: &Step) -> Option<Condition> {
    let StepKind::Check { arms, .. } = &step.kind else {
        return None;
    };
    let Condition::Test { subject, comparison } = &arms.last()?.condition else {
        return None;
    };
    let Comparison::Before { than } = comparison else {
        return None;
    };
    matches!(subject, Operand::Now | Operand::Today).then(|| Condition::Test {
        subject: subject.clone(),
        comparison: Comparison::After { than: than.clone() },
    })
}
