//! What a message means where the conversation stands.

use taskwright_domain::{Attribute, Question, Source};
use taskwright_language::understand::{Listening, Move, understand};

use crate::machine::Machine;
use crate::program::Compiled;

impl Machine<'_> {
    /// What a message does here. Where a person is offered, an answer to what was asked before is taken as well.
    pub(crate) fn understand(&self, compiled: &Compiled, text: &str) -> Vec<Move> {
        let moves = self.understand_as_answer(compiled, text, self.state.asked());
        let before = self.run().and_then(|run| run.put_off.as_ref());
        if self.state.asked() != Some(&Question::Person) || !moves.iter().all(is_no_answer) {
            return moves;
        }
        let answer = before.map(|before| self.understand_as_answer(compiled, text, Some(before)));
        let gives = |mv: &Move| matches!(mv, Move::Fill { .. } | Move::Correct { .. });
        answer.filter(|answer| answer.iter().any(gives)).unwrap_or(moves)
    }

    fn understand_as_answer(&self, compiled: &Compiled, text: &str, question: Option<&Question>) -> Vec<Move> {
        let settings = self.settings();
        let asked = question.and_then(|question| crate::hear::asked_for(question, compiled));
        let wanted = self.wanted(compiled);
        let filled: Vec<_> = compiled
            .program
            .attributes
            .iter()
            .filter(|attribute| attribute.customer_may_fill)
            .filter_map(|attribute| {
                let known = self.state.value(&attribute.key)?;
                (known.source == Source::Customer).then(|| (attribute, known.value.plain()))
            })
            .collect();
        let given = |attribute: &&Attribute| {
            let source = self.state.value(&attribute.key).map(|known| &known.source);
            source.is_none_or(|source| matches!(source, Source::Customer | Source::Chosen { .. } | Source::Computed))
        };
        let attributes = compiled.program.attributes.iter();
        let fixed = attributes.filter(|attribute| !given(attribute)).collect();
        let choosable = self.choosing(compiled);
        let listening = Listening {
            asked,
            question: self.state.last_question.as_deref(),
            wanted,
            filled,
            fixed,
            choosable: choosable.as_ref(),
            options: &self.state.options,
            task_running: true,
            settings: &settings,
            now: self.now(),
        };
        let asked = match question {
            Some(Question::Attribute { attribute, .. }) => Some(attribute.as_str()),
            _ => None,
        };
        let moves = self.picked(choosable.as_ref(), understand(text, &listening));
        self.ruled_out(compiled, asked, moves)
    }

    /// What the task can still ask the customer for.
    pub(crate) fn wanted<'b>(&self, compiled: &'b Compiled) -> Vec<&'b Attribute> {
        let begins = self.run().is_some_and(|run| run.op.is_none());
        // The message that starts a task may say anew what was known from before.
        let open = |key: &str| self.state.value(key).is_none() || begins && self.state.recalled.contains(key);
        let missing = |attribute: &&Attribute| {
            attribute.customer_may_fill
                && compiled.program.asked.contains(&attribute.key)
                && !compiled.program.worked_out.contains_key(&attribute.key)
                && open(&attribute.key)
        };
        compiled.program.attributes.iter().filter(missing).collect()
    }
}

/// Whether it leaves open what is answered to an offer of a person.
fn is_no_answer(mv: &Move) -> bool {
    matches!(
        mv,
        Move::Unclear | Move::Question | Move::SmallTalk | Move::Thanks | Move::Complaint | Move::Hold
    )
}
