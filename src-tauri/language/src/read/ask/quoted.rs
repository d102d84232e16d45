//! The customer asked in the author's own words: ask “Which room?”.

use taskwright_domain::{Arm, AttributeType, Comparison, Condition, Meaning, Operand, Step, StepKind, Template};

use crate::read::problems;
use crate::read::reader::{Reader, Spoken};
use crate::read::token::Token;

impl<'t, 'a> Reader<'t, 'a, '_> {
    /// "if it comes back different, ask "Did you mean {check.suggestion}?"": a yes takes the suggestion for what was given, a
    /// no asks anew.
    fn take_what_was_meant(&mut self, whole: &'t [Token<'a>], question: &str, steps: &mut Vec<Step>) {
        let Some(Condition::Test {
            subject: Operand::Reference { reference: told },
            comparison: Comparison::IsNot {
                to: Operand::Reference { reference: given },
            },
        }) = self.under.last()
        else {
            return;
        };
        let asked = Template::new(question);
        let means = question.to_lowercase().contains("mean") && asked.references().any(|said| said == told);
        let taken = self.names.reference(given).filter(|at| self.names.value(*at).askable());
        if !means || taken.is_none() {
            return;
        }
        let set = StepKind::Set {
            attribute: given.clone(),
            value: Operand::Reference {
                reference: told.clone(),
            },
        };
        let anew = StepKind::Ask {
            attribute: given.clone(),
            question: None,
            preface: None,
            again: true,
            among: None,
        };
        let arm = Arm {
            span: self.span(whole),
            condition: Condition::Confirmed,
            steps: vec![self.step(whole, set)],
        };
        let otherwise = vec![self.step(whole, anew)];
        steps.push(self.step(
            whole,
            StepKind::Check {
                arms: vec![arm],
                otherwise,
            },
        ));
    }

    /// "ask "Which room?"": the author's own words are the question.
    pub(super) fn ask_quoted(
        &mut self,
        whole: &'t [Token<'a>],
        rest: &'t [Token<'a>],
        place: usize,
        steps: &mut Vec<Step>,
    ) {
        let words = &rest[place];
        let asked = Template::new(words.low.clone());
        let around: Vec<_> = rest[..place].iter().chain(&rest[place + 1..]).cloned().collect();
        let wanted = self.wanted(&around);
        let (inside, _) = crate::read::token::scan(&words.low);
        let yes_no = inside.first().is_some_and(|t| {
            t.any(&[
                "is", "are", "do", "does", "did", "would", "will", "can", "could", "shall", "should", "has", "have",
                "ok", "okay",
            ])
        }) || inside
            .windows(2)
            .any(|pair| pair[0].any(&["ok", "right", "correct", "okay"]) && pair[1].mark('?'));
        // "Could you send us a picture?" asks for the picture.
        let request = inside.len() > 2 && inside[0].any(&["could", "can", "would", "will"]) && inside[1].is("you");
        let takes_answer =
            |at: &usize| !yes_no || request || matches!(self.names.value(*at).kind, AttributeType::Boolean);
        let at = wanted
            .values
            .first()
            .map(|(at, ..)| *at)
            .or_else(|| self.wanted_in_question(&inside).filter(takes_answer));
        let Some(at) = at else {
            if yes_no {
                steps.push(self.step(
                    whole,
                    StepKind::Confirm {
                        question: Some(asked),
                        action: None,
                        declined: Vec::new(),
                    },
                ));
                self.said.confirms();
                self.take_what_was_meant(whole, &words.low, steps);
                return self.note(
                    whole,
                    Spoken::new(Meaning::Confirm, "Asks for a yes in your words").sure(true),
                );
            }
            let found = problems::unknown_value(&self.names, words.span, &words.low, Some(AttributeType::Text));
            self.problems.push(found);
            return self.ask_nothing(whole, steps);
        };
        let key = self.names.value(at).reference.clone();
        let ask = StepKind::Ask {
            attribute: key.clone(),
            question: Some(asked),
            preface: None,
            again: false,
            among: None,
        };
        steps.push(self.step(whole, ask));
        self.remember_ask(&key, at, whole);
        let label = self.label(&key);
        let links = self.linked(whole, &key);
        self.note(
            whole,
            Spoken::new(
                Meaning::Ask { attributes: vec![key] },
                format!("Asks for {label} in your words"),
            )
            .sure(true)
            .links(links),
        );
    }

    fn wanted_in_question(&self, inside: &[Token<'_>]) -> Option<usize> {
        self.by_content(inside)
    }
}
