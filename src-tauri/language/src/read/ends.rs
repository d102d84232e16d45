//! Ends: "end the task", "stop here".

use taskwright_domain::{Meaning, Outcome, Step, StepKind};

use super::reader::{Reader, Spoken};
use super::token::Token;

impl<'t, 'a> Reader<'t, 'a, '_> {
    /// "end the task", "stop here".
    pub(super) fn finish(&mut self, whole: &[Token<'_>], steps: &mut Vec<Step>) {
        let outcome = self.outcome_here(steps);
        steps.push(self.step(whole, StepKind::Finish { outcome }));
        let plain = match outcome {
            Outcome::Done => "Ends the task",
            Outcome::NotPossible => "Ends the task as not possible",
            Outcome::Cancelled => "Ends the task as stopped by the customer",
            Outcome::HandedOff => "Ends the task as handed off",
        };
        self.note(whole, Spoken::new(Meaning::Finish { outcome }, plain).sure(true));
    }

    fn outcome_here(&self, steps: &[Step]) -> Outcome {
        if self.declined() {
            return Outcome::Cancelled;
        }
        let refuses = |step: &Step| match &step.kind {
            StepKind::Inform { words } => {
                let low = words.0.to_lowercase();
                [
                    "can't",
                    "cannot",
                    "can\u{2019}t",
                    "unable",
                    "not possible",
                    "unfortunately",
                    "sorry",
                    "no longer",
                ]
                .iter()
                .any(|word| low.contains(word))
            }
            _ => false,
        };
        if !self.under.is_empty() && steps.iter().any(refuses) {
            Outcome::NotPossible
        } else {
            Outcome::Done
        }
    }
}
