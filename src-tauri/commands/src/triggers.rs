//! Which task starts: messages tried, every task's examples tried, and what an edit changes before it is saved.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use serde::{Deserialize, Serialize};
use taskwright_domain::{RankDecision, Ranking, Task, TaskId, TaskName};
use taskwright_language::rank::{Ranker, TaskCard, Trial, words_that_matter};
use ts_rs::TS;

use crate::app::App;
use crate::choice::{as_it_stands, card, cards};
use crate::error::{CommandError, ErrorCode};
use crate::list::Nothing;
use crate::meaning::{EncoderState, encoder_state, meanings};
use crate::snapshot::Snapshot;

/// Messages that are tried at once, at the most.
const MOST_MESSAGES: usize = 500;
/// States of the workspace that are remembered: before an edit, after it, and after the one before.
const REMEMBERED: usize = 3;
/// A text that comes so much closer to its own task than to any other is told apart well; thousandths.
const APART: i32 = 100;
/// Overlaps that are told.
const MOST_OVERLAPS: usize = 60;

/// Messages to try on the tasks as they stand, with one as it is on screen.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct TryMessages {
    /// The task on screen, saved or not.
    pub task: Task,
    /// The same task as it was before the edit that is looked at.
    pub before: Task,
    /// The messages.
    pub messages: Vec<String>,
}

/// What came of trying messages.
#[derive(Debug, Clone, Serialize, TS)]
pub struct TriedMessages {
    /// Each message, in the order given; the first 500.
    pub messages: Vec<TriedMessage>,
    /// How tasks are chosen on this machine.
    pub encoder: EncoderState,
}

/// A message that was tried.
#[derive(Debug, Clone, Serialize, TS)]
pub struct TriedMessage {
    /// The message.
    pub message: String,
    /// How the tasks rank for it.
    pub ranking: Ranking,
    /// What would happen.
    pub outcome: TriggerOutcome,
    /// What would have happened before the edit, where that is something else.
    pub before: Option<TriggerOutcome>,
    /// The words without which the best task would score lower, where one message was tried.
    pub words: Vec<CountedWord>,
}

/// A word of a message that counted.
#[derive(Debug, Clone, Serialize, TS)]
pub struct CountedWord {
    /// As it was written.
    pub word: String,
    /// By how much the score falls where it is left out; thousandths.
    pub weight: i32,
}

/// What would happen to a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum TriggerOutcome {
    /// A task starts.
    Starts {
        /// Which.
        task: TaskId,
    },
    /// The customer is asked which of these is meant.
    Asks {
        /// The tasks in question.
        between: Vec<TaskId>,
    },
    /// No task starts.
    Nothing,
}

/// All examples of all tasks to be tried, with one task as it is on screen.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct StudyTriggers {
    /// The task on screen, saved or not.
    pub task: Task,
    /// The same task as it was before the edit that is looked at.
    pub before: Task,
}

/// How well the tasks are told apart.
#[derive(Debug, Clone, Serialize, TS)]
pub struct TriggerStudy {
    /// All tasks that customers can start.
    pub tasks: Vec<TaskName>,
    /// Every example of every task, tried as if its task did not have it.
    pub examples: Vec<TriedExample>,
    /// Pairs of tasks that come close to each other, closest first; those of the task on screen before all others.
    pub overlaps: Vec<TriggerOverlap>,
    /// How tasks are chosen on this machine.
    pub encoder: EncoderState,
}

/// An example that was tried.
#[derive(Debug, Clone, Serialize, TS)]
pub struct TriedExample {
    /// The task it belongs to.
    pub task: TaskId,
    /// The example.
    pub text: String,
    /// What would happen.
    pub outcome: TriggerOutcome,
    /// What would have happened before the edit, where that is something else.
    pub before: Option<TriggerOutcome>,
}

/// Two tasks that come close to each other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct TriggerOverlap {
    /// The task whose text comes close to the other.
    pub task: TaskId,
    /// The text.
    pub text: String,
    /// How close it comes to its own task without itself; thousandths.
    pub own: i32,
    /// The other task.
    pub other: TaskId,
    /// How close it comes to that; thousandths.
    pub score: i32,
    /// The other task's example that is most like it, if there is one.
    pub closest: Option<String>,
    /// The words of the text that the other task has too.
    pub words: Vec<String>,
}

/// The newest states of the workspace that were looked at, so that typing does not weigh all tasks again and again.
#[derive(Clone, Default)]
pub(crate) struct Lab {
    newest: Arc<Mutex<Vec<Arc<State>>>>,
}

/// The tasks at one moment, weighed when that is asked for.
struct State {
    cards: Vec<TaskCard>,
    ranker: OnceLock<Ranker>,
    trials: OnceLock<Vec<Trial>>,
}

impl Lab {
    /// The tasks as they stand, with one of them as given.
    fn state(&self, snapshot: &Snapshot, task: &Task) -> Arc<State> {
        let cards = with(cards(snapshot), task);
        let mut newest = self.newest.lock().unwrap_or_else(PoisonError::into_inner);
        let known = newest.iter().position(|state| state.cards == cards);
        let state = match known {
            Some(at) => newest.remove(at),
            None => Arc::new(State {
                cards,
                ranker: OnceLock::new(),
                trials: OnceLock::new(),
            }),
        };
        newest.push(state.clone());
        if newest.len() > REMEMBERED {
            newest.remove(0);
        }
        state
    }
}

impl State {
    fn rank(&self, message: &str) -> Ranking {
        let ranker = self
            .ranker
            .get_or_init(|| Ranker::new(self.cards.clone(), meanings().ok()));
        ranker.rank(message)
    }

    fn trials(&self) -> &[Trial] {
        let ranker = self
            .ranker
            .get_or_init(|| Ranker::new(self.cards.clone(), meanings().ok()));
        self.trials.get_or_init(|| ranker.trials())
    }
}

/// The tasks with one as it is on screen.
fn with(mut cards: Vec<TaskCard>, task: &Task) -> Vec<TaskCard> {
    let at = cards.iter().position(|card| card.task == task.id);
    let card = (!task.only_used_by_other_tasks).then(|| card(task, &as_it_stands()));
    match (at, card) {
        (Some(at), Some(card)) => cards[at] = card,
        (Some(at), None) => {
            cards.remove(at);
        }
        (None, Some(card)) => cards.push(card),
        (None, None) => {}
    }
    cards
}

pub(crate) async fn read_encoder_state(_: &App, _origin: &str, _: Nothing) -> Result<EncoderState, CommandError> {
    Ok(encoder_state())
}

pub(crate) async fn try_messages(app: &App, _origin: &str, args: TryMessages) -> Result<TriedMessages, CommandError> {
    let (now, before) = states(app, &args.task, &args.before);
    apart(move || {
        let alone = args.messages.len() == 1;
        let messages = args.messages.into_iter().take(MOST_MESSAGES);
        let messages = messages.map(|message| tried(&now, &before, message, alone)).collect();
        TriedMessages {
            messages,
            encoder: encoder_state(),
        }
    })
    .await
}

pub(crate) async fn study_triggers(
    app: &App,
    _origin: &str,
    args: StudyTriggers,
) -> Result<TriggerStudy, CommandError> {
    let (now, before) = states(app, &args.task, &args.before);
    apart(move || TriggerStudy {
        tasks: now.cards.iter().map(name).collect(),
        examples: examples(&now, &before),
        overlaps: overlaps(now.trials(), &args.task.id),
        encoder: encoder_state(),
    })
    .await
}

fn states(app: &App, task: &Task, before: &Task) -> (Arc<State>, Arc<State>) {
    let snapshot = app.snapshot();
    let before = app.inner.lab.state(&snapshot, before);
    (app.inner.lab.state(&snapshot, task), before)
}

/// Does it on a thread of its own: weighing tasks takes a while, and other commands must not wait for it.
async fn apart<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, CommandError> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|error| CommandError::new(ErrorCode::Internal, error.to_string()))
}

fn name(card: &TaskCard) -> TaskName {
    TaskName {
        id: card.task.clone(),
        title: card.title.clone(),
    }
}

fn tried(now: &State, before: &State, message: String, alone: bool) -> TriedMessage {
    let ranking = now.rank(&message);
    let outcome = outcome(&ranking.decision);
    let best = ranking.candidates.first().filter(|_| alone);
    let words = best.map(|best| counted(now, &message, &best.task)).unwrap_or_default();
    TriedMessage {
        before: changed(&outcome, &before.rank(&message).decision),
        message,
        ranking,
        outcome,
        words,
    }
}

fn counted(state: &State, message: &str, task: &TaskId) -> Vec<CountedWord> {
    let score = |message: &str| {
        let candidates = state.rank(message).candidates;
        let same = candidates.into_iter().find(|candidate| candidate.task == *task);
        same.map_or(0, |candidate| candidate.score)
    };
    let words = words_that_matter(message, score).into_iter();
    words
        .map(|word| CountedWord {
            word: word.word,
            weight: word.weight,
        })
        .collect()
}

fn outcome(decision: &RankDecision) -> TriggerOutcome {
    match decision {
        RankDecision::Start { task, .. } => TriggerOutcome::Starts { task: task.clone() },
        RankDecision::Clarify { between } => TriggerOutcome::Asks {
            between: between.iter().map(|(task, _)| task.clone()).collect(),
        },
        RankDecision::None => TriggerOutcome::Nothing,
    }
}

/// What happened before, where it was something else.
fn changed(now: &TriggerOutcome, before: &RankDecision) -> Option<TriggerOutcome> {
    Some(outcome(before)).filter(|before| before != now)
}

fn examples(now: &State, before: &State) -> Vec<TriedExample> {
    let earlier: HashMap<_, _> = before
        .trials()
        .iter()
        .map(|trial| ((&trial.task, &trial.text), &trial.decision))
        .collect();
    let example = |trial: &Trial| {
        let outcome = outcome(&trial.decision);
        let before = match earlier.get(&(&trial.task, &trial.text)) {
            Some(decision) => changed(&outcome, decision),
            // A new example was a message like any other.
            None => changed(&outcome, &before.rank(&trial.text).decision),
        };
        TriedExample {
            task: trial.task.clone(),
            text: trial.text.clone(),
            outcome,
            before,
        }
    };
    now.trials().iter().filter(|trial| trial.example).map(example).collect()
}

/// For each pair of tasks the text that is hardest to tell apart.
fn overlaps(trials: &[Trial], on_screen: &TaskId) -> Vec<TriggerOverlap> {
    let mut hardest: BTreeMap<[TaskId; 2], TriggerOverlap> = BTreeMap::new();
    for overlap in trials.iter().filter_map(overlap) {
        let mut pair = [overlap.task.clone(), overlap.other.clone()];
        pair.sort();
        if hardest.get(&pair).is_none_or(|known| margin(&overlap) < margin(known)) {
            hardest.insert(pair, overlap);
        }
    }
    let mut found: Vec<_> = hardest.into_values().collect();
    let elsewhere = |overlap: &TriggerOverlap| overlap.task != *on_screen && overlap.other != *on_screen;
    found.sort_by_key(|overlap| (elsewhere(overlap), margin(overlap)));
    found.truncate(MOST_OVERLAPS);
    found
}

fn margin(overlap: &TriggerOverlap) -> i32 {
    overlap.own - overlap.score
}

fn overlap(trial: &Trial) -> Option<TriggerOverlap> {
    let rival = trial.rival.as_ref()?;
    // Far from every task, a text is told apart by nobody, and starts nothing either.
    let close = trial.own - rival.score < APART && trial.decision != RankDecision::None;
    close.then(|| TriggerOverlap {
        task: trial.task.clone(),
        text: trial.text.clone(),
        own: trial.own,
        other: rival.task.clone(),
        score: rival.score,
        closest: rival.example.clone(),
        words: rival.words.clone(),
    })
}

#[cfg(test)]
mod tests {
    use taskwright_domain::RevisionId;
    use taskwright_language::rank::Rival;

    use super::*;

    fn trial(task: &str, text: &str, own: i32, rival: &str, score: i32) -> Trial {
        Trial {
            task: TaskId::new(task),
            text: text.to_owned(),
            example: true,
            decision: RankDecision::Start {
                task: TaskId::new(task),
                revision: RevisionId::new("r"),
            },
            own,
            rival: Some(Rival {
                task: TaskId::new(rival),
                score,
                example: None,
                words: Vec::new(),
            }),
        }
    }

    #[test]
    fn each_pair_is_told_once_by_its_hardest_text_and_the_task_on_screen_first() {
        let trials = [
            trial("a", "easy", 700, "b", 300),
            trial("a", "hard", 500, "b", 480),
            trial("b", "harder", 500, "a", 520),
            trial("c", "near", 500, "d", 499),
            trial("d", "nearer", 500, "c", 600),
        ];
        let found = overlaps(&trials, &TaskId::new("a"));
        let texts: Vec<_> = found.iter().map(|overlap| overlap.text.as_str()).collect();
        assert_eq!(texts, ["harder", "nearer"]);
    }

    #[test]
    fn a_text_that_starts_nothing_overlaps_with_nothing() {
        let mut lonely = trial("a", "blue", 100, "b", 90);
        lonely.decision = RankDecision::None;
        assert!(overlaps(&[lonely], &TaskId::new("a")).is_empty());
    }
}
