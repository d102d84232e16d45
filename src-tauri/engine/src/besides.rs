//! What a message asks for besides the answer it gives: kept while the task runs, looked at once nothing runs any more,
//! and offered where it is a wish for another task.

use serde::{Deserialize, Serialize};
use taskwright_domain::{EventKind, LogEvent, Outcome, Question, RankDecision, Ranking, RevisionId, Speaker, TaskId};
use taskwright_language::understand::{Move, besides};

use crate::machine::Machine;
use crate::state::{State, Wish};
use crate::words;

/// Words that are kept at the most.
const KEPT_AT_MOST: usize = 4;
/// The part of the way from the threshold to certainty that a task must have come to be meant in the middle of another.
const STANDS_OUT: i32 = 7;

/// Words that a customer wrote beside an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Aside {
    /// They.
    pub text: String,
    /// The tasks that ran: who speaks of those asks for nothing else.
    pub during: Vec<TaskId>,
}

/// What stands open of what customers wrote beside their answers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Besides {
    /// What is to be looked at.
    pub heard: Vec<Aside>,
    /// What is looked at now: the tasks are ranked for it.
    pub looked_at: Option<Aside>,
    /// How the task ended behind which it is looked at.
    pub ended: Option<Outcome>,
}

/// What follows from an event. Comes after what follows from it for the last message.
pub(crate) fn follow(state: &mut State, event: &LogEvent) {
    match &event.kind {
        EventKind::HeardBesides { text } => hear(state, text),
        EventKind::TaskFinished { outcome, .. } => state.besides.ended = Some(*outcome),
        EventKind::TakenUp { text } => {
            let at = state.besides.heard.iter().position(|aside| aside.text == *text);
            state.besides.looked_at = at.map(|at| state.besides.heard.remove(at));
            state.ranked_from = event.cause;
            state.rankings.clear();
        }
        EventKind::TaskConsidered { ranking, .. } => {
            if let Some(aside) = state.besides.looked_at.take() {
                state.rankings.clear();
                wish(state, aside, ranking);
            }
        }
        // They go on writing: it is looked at another time.
        EventKind::CustomerSaid { .. } | EventKind::OptionSelected { .. } => {
            if let Some(aside) = state.besides.looked_at.take() {
                state.besides.heard.insert(0, aside);
            }
        }
        EventKind::HandedOff { .. } | EventKind::WorkflowFinished | EventKind::Stopped => {
            state.besides = Besides::default();
        }
        _ => {}
    }
}

fn hear(state: &mut State, text: &str) {
    let during = state.tasks().map(|run| run.task.clone()).collect();
    let heard = &mut state.besides.heard;
    if heard.len() < KEPT_AT_MOST && heard.iter().all(|aside| aside.text != text) {
        heard.push(Aside {
            text: text.to_owned(),
            during,
        });
    }
}

fn wish(state: &mut State, aside: Aside, ranking: &Ranking) {
    let Some((task, revision)) = plainly(ranking) else {
        return;
    };
    let known = state.wishes.iter().any(|wish| wish.task == task);
    if !known && !aside.during.contains(&task) {
        state.wishes.push(Wish {
            task,
            revision,
            message: aside.text,
        });
    }
}

/// The task that words in the middle of another one ask for, where it stands out: they are more likely about that one.
pub(crate) fn plainly(ranking: &Ranking) -> Option<(TaskId, RevisionId)> {
    let RankDecision::Start { task, revision } = &ranking.decision else {
        return None;
    };
    let candidate = ranking.candidates.iter().find(|candidate| candidate.task == *task)?;
    let stands_out = (candidate.score - ranking.threshold) * STANDS_OUT >= 1000 - ranking.threshold;
    stands_out.then(|| (task.clone(), revision.clone()))
}

impl Machine<'_> {
    /// Keeps what a message asks for besides the answer it gives to the task's question.
    pub(crate) fn keep_besides(&mut self, text: &str, moves: &[Move], question: &Question) {
        let asks = matches!(
            question,
            Question::Attribute { .. } | Question::Confirm { .. } | Question::Buttons
        );
        let ends = |mv: &Move| matches!(mv, Move::Cancel | Move::Person | Move::Goodbye);
        if !asks || self.running_task().is_none() || !moves.iter().any(answers) || moves.iter().any(ends) {
            return;
        }
        let spans: Vec<_> = moves.iter().filter_map(span_of).collect();
        for text in besides(text, &spans) {
            self.emit(EventKind::HeardBesides { text });
        }
    }

    /// Offers what the customer also asked for, or looks at what they wrote beside their answers. Whether there was
    /// anything.
    pub(crate) fn offer_next(&mut self) -> bool {
        let wished = self.state.wishes.first().cloned();
        let known = wished.and_then(|wish| Some((self.library(&wish.revision)?, wish)));
        if let Some((compiled, Wish { task, revision, .. })) = known {
            let title = &compiled.revision.task.title;
            self.say(
                format!("{} {title}. {}", words::ALSO_ASKED, words::GO_ON_WITH_THAT),
                None,
                Speaker::Assistant,
            );
            self.offer(&[words::YES_PLEASE, words::NO_THANKS], false);
            self.ask_outside(Question::WhichTask {
                between: vec![(task, revision)],
            });
            return true;
        }
        // The ranking must be the first effect of the input, see `ranking_of`.
        let Some(text) = self.state.besides.heard.first().map(|aside| aside.text.clone()) else {
            return false;
        };
        if !self.effects().is_empty() {
            return false;
        }
        self.emit(EventKind::TakenUp { text: text.clone() });
        self.rank(&text);
        true
    }

    /// The tasks were ranked for what the customer wrote beside an answer.
    pub(crate) fn looked_at(&mut self) {
        if self.offer_next() || !self.run().is_some_and(|run| run.listening) {
            return;
        }
        // There is nothing more: what the end of the task is followed by was put off.
        match self.state.besides.ended {
            Some(Outcome::Done) => self.follow_up_here(),
            Some(Outcome::NotPossible) => {
                self.say(words::ANYTHING_ELSE, None, Speaker::Assistant);
                self.offer(&[words::TALK_TO_A_PERSON], false);
            }
            _ => {}
        }
    }

    /// What the customer also wants, a line each, for the people who take over.
    pub(crate) fn also_asked(&self) -> Vec<String> {
        let wishes = self.state.wishes.iter().map(|wish| wish.message.as_str());
        let heard = self.state.besides.heard.iter().map(|aside| aside.text.as_str());
        let mut lines: Vec<String> = wishes
            .chain(heard)
            .map(|text| format!("Also asked: {}", crate::plain::one_line(text)))
            .collect();
        lines.dedup();
        lines
    }
}

/// Whether it answers a question.
fn answers(mv: &Move) -> bool {
    matches!(
        mv,
        Move::Fill { .. } | Move::Correct { .. } | Move::Pick { .. } | Move::Yes | Move::No | Move::Choose { .. }
    )
}

fn span_of(mv: &Move) -> Option<taskwright_domain::Span> {
    match mv {
        Move::Fill { span, .. } | Move::Correct { span, .. } | Move::Pick { span, .. } => Some(*span),
        _ => None,
    }
}
