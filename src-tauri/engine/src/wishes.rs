//! Which task a message is for: ranking them, turning to another one and back, and what is wanted besides.

use taskwright_domain::{
    EffectId, EffectKind, EventKind, HandOffReason, Question, RankDecision, Ranking, RevisionId, Speaker, StartedBy,
    TaskId,
};
use taskwright_language::understand::{Move, is_foreign, wishes};

use crate::besides::plainly;
use crate::fold::is_open;
use crate::machine::{Machine, ranking_of};
use crate::program::Compiled;
use crate::state::State;
use crate::words;

/// Tasks that may wait for one another; who turns to yet another one is heard where they are.
const TASKS_AT_ONCE: usize = 3;
/// Words from which on somebody who asks to wait may say why.
const MORE_THAN_A_PAUSE: usize = 6;
/// Tasks that are named where the assistant says what it can do.
const NAMED_AT_MOST: usize = 5;

/// Whether a ranking of the last message still matters.
pub(crate) fn listens(state: &State) -> bool {
    !state.over && (state.unanswered || state.run().is_none_or(|run| is_open(&run.pending)))
}

impl Machine<'_> {
    pub(crate) fn rank(&mut self, text: &str) {
        // Its id must be the first of the input, see `ranking_of`.
        self.effect(EffectKind::RankTasks { text: text.to_owned() });
    }

    pub(crate) fn ranked(&mut self, effect: &EffectId, ranking: &Ranking) {
        if !listens(&self.state) || *effect != ranking_of(&self.state) {
            return;
        }
        let asked = self.in_the_middle();
        let aside = self.state.besides.looked_at.is_some();
        self.emit(EventKind::TaskConsidered {
            effect: effect.clone(),
            ranking: ranking.clone(),
        });
        if aside {
            return self.looked_at();
        }
        match asked {
            Some(compiled) => self.ranked_in_task(&compiled, ranking),
            None => match self.next_part() {
                Some(part) => self.rank(&part),
                None => self.act_on(ranking),
            },
        }
    }

    /// The running task, where its own question is open.
    fn in_the_middle(&self) -> Option<std::sync::Arc<Compiled>> {
        let open = matches!(self.state.asked(), Some(Question::Open));
        self.compiled().filter(|_| !open)
    }

    /// Each part of a message may ask for something of its own: it is ranked after the whole.
    fn next_part(&self) -> Option<String> {
        let message = self.state.messages.last()?;
        let done = self.state.rankings.len().checked_sub(1)?;
        wishes(message).into_iter().nth(done)
    }

    fn act_on(&mut self, ranking: &Ranking) {
        if let Some((task, revision)) = self.of_several_parts() {
            return self.begin(&task, &revision, StartedBy::Message);
        }
        match self.state.rankings.first().cloned().unwrap_or(RankDecision::None) {
            RankDecision::Start { task, revision } => self.begin(&task, &revision, StartedBy::Message),
            RankDecision::None if self.last_message_is_foreign() => self.answer_in_english(ranking),
            // Which task is meant need not be asked where an article answers.
            RankDecision::Clarify { between } if !self.last_message_asks() => self.ask_which(&between),
            RankDecision::Clarify { .. } | RankDecision::None => self.search(),
        }
    }

    /// Where the parts of a message ask for different things, it is no question which of them is meant: the first.
    fn of_several_parts(&self) -> Option<(TaskId, RevisionId)> {
        let mut parts = self.state.rankings.iter().skip(1).filter_map(started);
        let first = parts.next()?;
        parts.any(|(task, _)| task != first.0).then_some(first)
    }

    pub(crate) fn ask_which(&mut self, between: &[(TaskId, RevisionId)]) {
        let titles: Vec<_> = between
            .iter()
            .map(|(task, revision)| self.title(task, revision))
            .collect();
        if let [title] = titles.as_slice() {
            self.say(format!("{} {title}?", words::DO_YOU_MEAN), None, Speaker::Assistant);
            self.offer(&[words::YES_PLEASE, words::NO_THANKS], false);
        } else {
            self.say(words::WHICH, None, Speaker::Assistant);
            let titles = titles.iter().map(String::as_str);
            let options: Vec<&str> = titles.chain([words::SOMETHING_ELSE]).collect();
            self.offer(&options, false);
        }
        self.ask_outside(Question::WhichTask {
            between: between.to_vec(),
        });
    }

    fn title(&self, task: &TaskId, revision: &RevisionId) -> String {
        match self.library(revision) {
            Some(compiled) => compiled.revision.task.title.clone(),
            None => task.0.clone(),
        }
    }

    /// Neither a task nor an article takes the message.
    pub(crate) fn no_task(&mut self) {
        let times = self.state.misunderstood + 1;
        self.emit(EventKind::NotUnderstood { times });
        match times {
            1 | 2 if self.state.unhappy => self.offer_another_try(),
            1 if self.last_message_asks() => self.offer_person(words::NO_ANSWER),
            1 => self.say(words::CANNOT_HELP, None, Speaker::Assistant),
            2 => self.offer_person(words::CANNOT_HELP_AGAIN),
            _ => self.hand_off(None, None, None, HandOffReason::NotUnderstood),
        }
    }

    pub(crate) fn last_message_is_foreign(&self) -> bool {
        self.state.messages.last().is_some_and(|text| is_foreign(text))
    }

    /// Says which language it speaks and what it can do, and offers a person.
    pub(crate) fn answer_in_english(&mut self, ranking: &Ranking) {
        let times = self.state.misunderstood + 1;
        self.emit(EventKind::NotUnderstood { times });
        if times >= crate::hear::MISUNDERSTOOD_AT_MOST {
            return self.hand_off(None, None, None, HandOffReason::NotUnderstood);
        }
        let titles = ranking.candidates.iter().map(|candidate| candidate.title.clone());
        let titles: Vec<String> = titles.take(NAMED_AT_MOST).collect();
        let can = if titles.is_empty() {
            String::new()
        } else {
            format!(" {} {}.", words::CAN_HELP_WITH, titles.join(", "))
        };
        self.offer_person(&format!("{}{can} {}", words::ENGLISH_ONLY, words::PERSON));
    }

    // ---- another task in the middle of one

    /// What gives no answer may ask for another task. What surely asks for none is not ranked.
    pub(crate) fn may_be_a_wish(&self, text: &str, moves: &[Move]) -> bool {
        let open = moves.iter().any(|mv| {
            matches!(
                mv,
                Move::Unclear | Move::Question | Move::Misfit { .. } | Move::Complaint
            )
        });
        let settled = moves.iter().any(|mv| matches!(mv, Move::Why | Move::Refuse { .. }));
        let words = text.split_whitespace().count();
        // "One moment please" asks for nothing; "hold on, now the app crashes" does.
        let held = moves.contains(&Move::Hold);
        let enough = words >= if held { MORE_THAN_A_PAUSE } else { 2 };
        (open || held) && !settled && (enough || is_foreign(text))
    }

    /// Turns to the other task and comes back, or deals with the message where it stands.
    fn ranked_in_task(&mut self, compiled: &Compiled, ranking: &Ranking) {
        let state = &self.state;
        let other = plainly(ranking)
            .filter(|(task, _)| state.tasks().count() < TASKS_AT_ONCE && state.tasks().all(|run| run.task != *task));
        if let Some((task, revision)) = other {
            self.say(words::THAT_FIRST, None, Speaker::Assistant);
            return self.begin(&task, &revision, StartedBy::Message);
        }
        if self.last_message_is_foreign() {
            return self.answer_in_english(ranking);
        }
        let text = self.state.messages.last().cloned().unwrap_or_default();
        let moves = self.understand(compiled, &text);
        self.unmet(compiled, &text, &moves);
    }

    // ---- what is wanted besides

    /// Once nothing runs any more, what the customer also asked for is offered.
    pub(crate) fn offer_wish(&mut self) {
        let ended = |event: &taskwright_domain::LogEvent| matches!(event.kind, EventKind::TaskFinished { .. });
        let idle = self.run().map_or(self.state.question.is_none(), |run| {
            run.listening && is_open(&run.pending)
        });
        let free = idle && !self.state.over && !self.leaving;
        if !free || !self.events.iter().any(ended) {
            return;
        }
        self.offer_next();
    }

    /// The message that asks for this task: the last one, or the one it was wished for in.
    pub(crate) fn message_for(&self, task: &TaskId) -> Option<String> {
        let wished = self.state.offered.as_ref().filter(|wish| wish.task == *task);
        wished
            .map(|wish| wish.message.clone())
            .or_else(|| self.state.messages.last().cloned())
    }
}

fn started(decision: &RankDecision) -> Option<(TaskId, RevisionId)> {
    match decision {
        RankDecision::Start { task, revision } => Some((task.clone(), revision.clone())),
        RankDecision::Clarify { .. } | RankDecision::None => None,
    }
}
