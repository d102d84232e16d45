//! Looking whether something holds: "check whether it is paid", "make sure the plan is active".

use taskwright_domain::{Arm, AttributeType, Condition, Meaning, ProblemCode, Severity, Step, StepKind};

use super::conditions::{Conditions, Got};
use super::problems::{self, problem};
use super::reader::{Reader, Spoken, trimmed};
use super::token::{Kind, Token};
use super::verbs::Verb;

impl<'t, 'a> Reader<'t, 'a, '_> {
    /// "check whether it is paid", "make sure the plan is active": the run goes on when it holds, and stops for a
    /// person when that was demanded and it does not, until an "otherwise" says better.
    pub(super) fn look_into(
        &mut self,
        whole: &'t [Token<'a>],
        words: &'t [Token<'a>],
        demanded: bool,
        steps: &mut Vec<Step>,
    ) {
        let words = match words {
            [first, rest @ ..] if first.any(&["that", "if", "whether"]) => rest,
            words => words,
        };
        if wants_it(words) {
            return self.confirm(whole, words, steps);
        }
        if knows(words) {
            let reason = "What the customer knows cannot be looked up. Tell them, or ask for it.";
            return self.unclear(whole, reason, None, steps);
        }
        let got = Conditions::new(&self.names, &self.said).read(words);
        match got {
            // "make sure the customer agrees": nobody knows before they are asked.
            Ok(got) if got.condition == Condition::Confirmed && !self.said.confirming => {
                self.confirm(whole, words, steps)
            }
            Ok(got) => self.looks_whether(whole, got, demanded, steps),
            Err(_) => self.looks_at_nothing_known(whole, words, steps),
        }
    }

    /// What is looked into can be told.
    fn looks_whether(&mut self, whole: &'t [Token<'a>], got: Got, demanded: bool, steps: &mut Vec<Step>) {
        let said = super::describe::condition(&got.condition, self.names.catalogue);
        self.said.about = got.condition.references().first().map(|r| (*r).to_owned());
        self.checked = Some(got.condition.clone());
        if demanded {
            self.stops_unless(whole, &got, &said, steps);
        }
        let meaning = Meaning::Check {
            condition: Some(got.condition),
        };
        self.note(
            whole,
            Spoken::new(meaning, format!("Looks whether {said}"))
                .sure(got.sure)
                .links(got.links),
        );
    }

    /// The run goes on only when it holds; otherwise a person takes over.
    fn stops_unless(&mut self, whole: &'t [Token<'a>], got: &Got, said: &str, steps: &mut Vec<Step>) {
        let arm = Arm {
            span: self.span(whole),
            condition: got.condition.clone(),
            steps: Vec::new(),
        };
        let otherwise = vec![self.step(
            whole,
            StepKind::Unclear {
                text: self.written(whole),
            },
        )];
        steps.push(self.step(
            whole,
            StepKind::Check {
                arms: vec![arm],
                otherwise,
            },
        ));
        let span = self.span(whole);
        self.problems.push(problem(
            ProblemCode::NoOtherwise,
            Severity::Hint,
            span,
            format!("Say what happens when not: {said}. Until then a person takes over."),
        ));
    }

    /// No condition: an action that is named, a yes or no that the customer can give, or nothing that tells.
    fn looks_at_nothing_known(&mut self, whole: &'t [Token<'a>], words: &'t [Token<'a>], steps: &mut Vec<Step>) {
        if let Some(at) = words
            .iter()
            .position(|t| t.kind == Kind::Word)
            .and_then(|_| self.names.action_named(words))
        {
            return self.run(whole, words, at, true, steps);
        }
        if let Some(at) = self
            .by_content(words)
            .filter(|at| matches!(self.names.value(*at).kind, AttributeType::Boolean))
        {
            let key = self.names.value(at).reference.clone();
            let ask = StepKind::Ask {
                attribute: key.clone(),
                question: None,
                preface: None,
                again: false,
                among: None,
            };
            steps.push(self.step(whole, ask));
            self.remember_ask(&key, at, whole);
            let label = self.label(&key);
            return self.note(
                whole,
                Spoken::new(Meaning::Ask { attributes: vec![key] }, format!("Asks for {label}")),
            );
        }
        self.condition_trouble(whole, words, Conditions::new(&self.names, &self.said).read(words).err());
        let meaning = Meaning::Check { condition: None };
        self.lacking(whole, meaning, "Checks something that nothing tells", steps);
        self.said.asked = None;
    }

    /// Writes down why a condition was not read.
    pub(super) fn condition_trouble(
        &mut self,
        whole: &[Token<'_>],
        words: &[Token<'_>],
        trouble: Option<super::conditions::Trouble>,
    ) {
        use super::conditions::Trouble;
        // "if" with nothing behind it.
        let words = if trimmed(words).is_empty() { whole } else { words };
        let judged = self
            .picture_judged(whole, words)
            .or_else(|| self.no_measure(whole, words));
        if let Some(found) = judged {
            self.problems.push(found);
            return;
        }
        let span = self.span(words);
        let said = self.written(words);
        let found = match trouble {
            Some(Trouble::Mismatch(why)) => problem(ProblemCode::TypeMismatch, Severity::Blocks, span, why),
            Some(Trouble::Ambiguous(several)) => {
                let labels: Vec<_> = several
                    .iter()
                    .take(4)
                    .map(|at| self.names.value(*at).label.clone())
                    .collect();
                let mut found = problem(
                    ProblemCode::Ambiguous,
                    Severity::Blocks,
                    span,
                    format!("\u{201c}{said}\u{201d} could be about {}.", labels.join(" or ")),
                );
                for at in several.iter().take(3) {
                    let text = format!("{{{}}}", self.names.value(*at).reference);
                    found.remedies.push(problems::remedy(
                        format!("Use {text}"),
                        taskwright_domain::Fix::Replace {
                            span,
                            text: format!("{text} {said}"),
                        },
                    ));
                }
                found
            }
            Some(Trouble::Half(part)) => {
                let mut found = problem(
                    ProblemCode::NothingProvides,
                    Severity::Blocks,
                    span,
                    format!("Nothing tells whether \u{201c}{part}\u{201d} holds."),
                );
                found
                    .remedies
                    .extend(problems::ways_out(self.span(whole), &self.written(whole)));
                found
            }
            Some(Trouble::Unknown(_, _) | Trouble::YesNo) => {
                let mut found = problem(
                    ProblemCode::NothingProvides,
                    Severity::Blocks,
                    span,
                    format!("Nothing tells whether \u{201c}{said}\u{201d} holds."),
                );
                found.remedies.push(problems::yes_or_no(words));
                found
                    .remedies
                    .extend(problems::ways_out(self.span(whole), &self.written(whole)));
                found
            }
            _ => problems::unclear(span, &said, "It is no condition that can be decided.", None),
        };
        self.problems.push(found);
    }
}

/// Whether a run may go on only when what is looked into holds.
pub(super) fn demands(verb: Verb) -> bool {
    matches!(verb.lemma, "make" | "ensure" | "verify" | "validate" | "confirm")
}

/// "they really want to cancel", "the customer is happy with the new date": only the customer can say so.
fn wants_it(words: &[Token<'_>]) -> bool {
    let who = words
        .iter()
        .take_while(|t| t.any(&["the", "customer", "they", "user", "he", "she"]))
        .count();
    let said: Vec<_> = words[who..]
        .iter()
        .filter(|t| !t.any(&["really", "definitely", "still", "actually", "truly", "are", "is"]))
        .take(2)
        .collect();
    who > 0
        && match said.as_slice() {
            [first, second] if first.any(&["want", "wants", "wish", "wishes"]) => second.any(&["to", "it", "this"]),
            [first, ..] => first.any(&["happy", "ok", "okay", "sure", "agree", "agrees", "fine"]),
            [] => false,
        }
}

/// "they know their username", "the customer understands the terms".
fn knows(words: &[Token<'_>]) -> bool {
    let whose = words
        .first()
        .is_some_and(|t| t.any(&["they", "the", "your"]) || t.is_customer());
    let known = words.iter().take(4).any(|t| {
        t.any(&[
            "know",
            "knows",
            "understand",
            "understands",
            "aware",
            "understood",
            "remember",
            "remembers",
        ])
    });
    whose && known
}
