//! Which task a message asks for, by the words it shares with them.

use std::collections::{BTreeMap, BTreeSet};

use taskwright_domain::{Candidate, RankDecision, Ranking, TaskId};

use super::card::TaskCard;
use super::trial::{Rival, Trial, as_written};
use super::words::{Part, parts, words};
use crate::values::near;

/// The version written with every ranking.
const RANKER: &str = "words 2";
/// A task starts from here on, in thousandths.
const STARTS_AT: i32 = 220;
/// Two tasks closer than this are asked about.
const TOO_CLOSE: i32 = 50;
/// What a part of a message counts, against the whole of it.
const PART: f64 = 0.9;
/// What speaking of something that a task is not for takes away.
const AGAINST: f64 = 0.12;
/// Letters from which on a word may be misspelled.
const LONG: usize = 5;

/// Ranks tasks by TF-IDF over title, description and examples.
#[derive(Debug, Clone)]
pub struct LexicalRanker {
    cards: Vec<Prepared>,
    rarity: BTreeMap<String, f64>,
    unseen: f64,
}

#[derive(Debug, Clone)]
struct Prepared {
    card: TaskCard,
    about: BTreeSet<String>,
    examples: Vec<BTreeSet<String>>,
    against: Vec<BTreeSet<String>>,
}

impl LexicalRanker {
    /// Prepares the tasks.
    #[must_use]
    pub fn new(cards: Vec<TaskCard>) -> Self {
        let cards: Vec<_> = cards.into_iter().map(prepare).collect();
        let mut seen: BTreeMap<String, f64> = BTreeMap::new();
        let mut texts = 1.0;
        for prepared in &cards {
            for words in prepared.examples.iter().chain([&prepared.about]) {
                texts += 1.0;
                for word in words {
                    *seen.entry(word.clone()).or_default() += 1.0;
                }
            }
        }
        let rarity = seen
            .into_iter()
            .map(|(word, count)| (word, (1.0 + texts / count).ln()))
            .collect();
        Self {
            cards,
            rarity,
            unseen: (1.0_f64 + texts).ln(),
        }
    }

    /// Ranks those on offer for a message. What is wanted may stand in one part of it, beside much that has nothing to do with it.
    #[must_use]
    pub fn rank_among(&self, message: &str, offered: &dyn Fn(&TaskId) -> bool) -> Ranking {
        let mut candidates = self.candidates(message, None);
        candidates.retain(|(candidate, _)| offered(&candidate.task));
        let (decision, reason) = decide(&near_enough(&candidates));
        Ranking {
            candidates: candidates
                .iter()
                .take(10)
                .map(|(candidate, _)| candidate.clone())
                // Where nothing comes close, they still say what there is.
                .filter(|candidate| candidate.score > 0 || candidates.iter().all(|(other, _)| other.score == 0))
                .collect(),
            decision,
            reason,
            ranker: RANKER.to_owned(),
            threshold: STARTS_AT,
        }
    }

    /// What would happen to each example if its task did not have it.
    #[must_use]
    pub fn trials(&self) -> Vec<Trial> {
        let places = self.cards.iter().enumerate();
        places
            .flat_map(|(place, prepared)| self.trials_of(place, &prepared.card))
            .collect()
    }

    fn trials_of(&self, place: usize, card: &TaskCard) -> Vec<Trial> {
        let said = |text: &str| !text.trim().is_empty();
        if !card.examples.iter().any(|text| said(text)) {
            let untitled = TaskCard {
                title: String::new(),
                ..card.clone()
            };
            let title = Some(&card.title).filter(|title| said(title));
            return title
                .map(|title| self.trial(place, title, false, untitled))
                .into_iter()
                .collect();
        }
        let examples = card.examples.iter().enumerate().filter(|(_, text)| said(text));
        let without = |at: usize| {
            let mut card = card.clone();
            card.examples.remove(at);
            card
        };
        examples
            .map(|(at, text)| self.trial(place, text, true, without(at)))
            .collect()
    }

    fn trial(&self, place: usize, text: &str, example: bool, without: TaskCard) -> Trial {
        let prepared = prepare(without);
        let candidates = self.candidates(text, Some((place, &prepared)));
        let (decision, _) = decide(&near_enough(&candidates));
        let task = &self.cards[place].card.task;
        let (own, others): (Vec<_>, Vec<_>) = candidates.iter().partition(|(candidate, _)| candidate.task == *task);
        let rival = others.first().filter(|(candidate, _)| candidate.score > 0);
        Trial {
            task: task.clone(),
            text: text.to_owned(),
            example,
            decision,
            own: own.first().map_or(0, |(candidate, _)| candidate.score),
            rival: rival.map(|(candidate, rival)| Rival {
                task: candidate.task.clone(),
                score: candidate.score,
                example: self.closest_example(&rival.card, text),
                words: as_written(text, &candidate.words),
            }),
        }
    }

    fn closest_example(&self, card: &TaskCard, text: &str) -> Option<String> {
        let text = words(text);
        let alike = |example: &&String| self.alike(&text, &words(example));
        card.examples
            .iter()
            .max_by(|a, b| alike(a).total_cmp(&alike(b)))
            .cloned()
    }

    /// All tasks with their scores, best first; one of them may be taken for another.
    fn candidates<'a>(
        &'a self,
        message: &str,
        instead: Option<(usize, &'a Prepared)>,
    ) -> Vec<(Candidate, &'a Prepared)> {
        let whole = self.known(&words(message));
        let parts: Vec<_> = parts(message)
            .into_iter()
            .map(|part| Part {
                words: self.known(&part.words),
                ..part
            })
            .filter(|part| !part.words.is_empty() && part.words != whole)
            .collect();
        let standing = |(place, prepared): (usize, &'a Prepared)| match instead {
            Some((other, instead)) if other == place => instead,
            _ => prepared,
        };
        let all = self.cards.iter().enumerate().map(standing);
        let mut candidates: Vec<_> = all
            .map(|prepared| (self.candidate(prepared, &whole, &parts), prepared))
            .collect();
        candidates.sort_by(|(a, _), (b, _)| b.score.cmp(&a.score).then_with(|| a.task.cmp(&b.task)));
        candidates
    }

    fn candidate(&self, prepared: &Prepared, whole: &BTreeSet<String>, parts: &[Part]) -> Candidate {
        let every = || prepared.examples.iter().chain([&prepared.about]);
        // A word in common is enough only where something is asked for: "the colour is wrong" is about no wrong name.
        let speaks = |part: &&Part| {
            let shared = part
                .words
                .iter()
                .filter(|word| every().any(|known| known.contains(*word)));
            shared.count() >= if part.wishes { 1 } else { 2 }
        };
        let against = parts
            .iter()
            .map(|part| &part.words)
            .chain([whole])
            .flat_map(|part| prepared.against.iter().map(|counter| self.alike(part, counter)))
            .fold(0.0, f64::max);
        let best = parts
            .iter()
            .filter(speaks)
            .map(|part| PART * self.score(prepared, &part.words))
            .fold(self.score(prepared, whole), f64::max);
        let mut shared: Vec<_> = every().flat_map(|known| known.intersection(whole)).cloned().collect();
        shared.sort_by(|a, b| self.weight(b).total_cmp(&self.weight(a)).then_with(|| a.cmp(b)));
        shared.dedup();
        shared.truncate(5);
        #[expect(clippy::cast_possible_truncation, reason = "scores lie between 0 and 1")]
        let score = ((best - AGAINST * against).clamp(0.0, 1.0) * 1000.0).round() as i32;
        Candidate {
            task: prepared.card.task.clone(),
            title: prepared.card.title.clone(),
            score,
            words: shared,
        }
    }

    /// How well a task fits a message or a part of one, from 0 to 1.
    fn score(&self, prepared: &Prepared, words: &BTreeSet<String>) -> f64 {
        let about = self.shared(words, &prepared.about);
        let mut likes: Vec<f64> = prepared
            .examples
            .iter()
            .map(|example| self.alike(words, example))
            .collect();
        likes.sort_by(|a, b| b.total_cmp(a));
        // The best three, averaged: one odd example does not decide alone.
        let best = likes.iter().take(3);
        let count = best.len().max(1);
        let examples = best.sum::<f64>() / f64::from(u32::try_from(count).unwrap_or(1));
        let closest = likes.first().copied().unwrap_or(0.0);
        let raw = if likes.is_empty() {
            about
        } else {
            0.45 * about + 0.55 * examples.max(0.8 * closest)
        };
        let against = prepared.against.iter().map(|counter| self.alike(words, counter));
        if against.fold(0.0, f64::max) > closest {
            raw * 0.4
        } else {
            raw
        }
    }

    /// The words, with those that no task knows taken for a known word they may be misspelled from.
    fn known(&self, words: &BTreeSet<String>) -> BTreeSet<String> {
        let mended = |word: &String| {
            let odd = !self.rarity.contains_key(word) && word.chars().count() >= LONG;
            // Nobody misses the first letter; most words of the tasks are out at once.
            let alike = |known: &&String| known.as_bytes().first() == word.as_bytes().first() && near(word, known);
            let meant = odd.then(|| self.rarity.keys().find(alike));
            meant.flatten().unwrap_or(word).clone()
        };
        words.iter().map(mended).collect()
    }

    fn weight(&self, word: &str) -> f64 {
        self.rarity.get(word).copied().unwrap_or(self.unseen)
    }

    fn mass(&self, words: &BTreeSet<String>) -> f64 {
        words.iter().map(|word| self.weight(word)).sum()
    }

    /// The share of the message's weight that the task's own words cover.
    fn shared(&self, words: &BTreeSet<String>, known: &BTreeSet<String>) -> f64 {
        let both: f64 = words.intersection(known).map(|word| self.weight(word)).sum();
        let all = self.mass(words);
        // A word or two in common is no task: short messages are measured as if they were a little longer.
        if all == 0.0 { 0.0 } else { both / (all + 0.5) }
    }

    /// How alike two texts are, from 0 to 1.
    fn alike(&self, a: &BTreeSet<String>, b: &BTreeSet<String>) -> f64 {
        let both: f64 = a.intersection(b).map(|word| self.weight(word)).sum();
        let all = (self.mass(a) * self.mass(b)).sqrt();
        if all == 0.0 { 0.0 } else { both / all }
    }
}

fn near_enough<'a, 'b>(candidates: &'a [(Candidate, &'b Prepared)]) -> Vec<&'a (Candidate, &'b Prepared)> {
    let near = candidates.iter().filter(|(candidate, _)| candidate.score >= STARTS_AT);
    near.collect()
}

fn decide(near: &[&(Candidate, &Prepared)]) -> (RankDecision, String) {
    let pair = |(_, prepared): &(Candidate, &Prepared)| (prepared.card.task.clone(), prepared.card.revision.clone());
    match near {
        [] => (
            RankDecision::None,
            "No task shares enough words with the message.".to_owned(),
        ),
        [(best, _), (second, _), ..] if best.score - second.score < TOO_CLOSE => {
            let close = near
                .iter()
                .take_while(|(candidate, _)| best.score - candidate.score < TOO_CLOSE)
                .take(3);
            let reason = format!("\"{}\" and \"{}\" come too close to tell.", best.title, second.title);
            (
                RankDecision::Clarify {
                    between: close.map(|found| pair(found)).collect(),
                },
                reason,
            )
        }
        [found, ..] => {
            let (task, revision) = pair(found);
            let reason = format!(
                "\"{}\" shares these words: {}.",
                found.0.title,
                found.0.words.join(", ")
            );
            (RankDecision::Start { task, revision }, reason)
        }
    }
}

fn prepare(card: TaskCard) -> Prepared {
    let description = card.parted();
    let mut about = words(&card.title);
    about.extend(words(&description.about));
    let mut against: Vec<_> = description.against.iter().map(|text| words(text)).collect();
    against.extend(card.counter_examples.iter().map(|text| words(text)));
    let examples = card
        .examples
        .iter()
        .map(|text| words(text))
        .filter(|words| !words.is_empty())
        .collect();
    Prepared {
        about,
        examples,
        against,
        card,
    }
}

#[cfg(test)]
mod tests {
    use taskwright_domain::RevisionId;

    use super::*;

    fn card(id: &str, title: &str, examples: &[&str], counter: &[&str]) -> TaskCard {
        TaskCard {
            task: TaskId::new(id),
            revision: RevisionId::new(id),
            title: title.into(),
            description: format!("Use this task when a customer asks to {}.", title.to_lowercase()),
            examples: examples.iter().map(|text| (*text).to_owned()).collect(),
            counter_examples: counter.iter().map(|text| (*text).to_owned()).collect(),
        }
    }

    fn ranker() -> LexicalRanker {
        LexicalRanker::new(vec![
            card(
                "move",
                "Move a booking",
                &[
                    "can you move my booking to Friday",
                    "I need to reschedule my reservation",
                ],
                &["how do bookings work"],
            ),
            card(
                "luggage",
                "Add luggage",
                &["I want to bring another suitcase", "add a bag to my trip"],
                &[],
            ),
        ])
    }

    fn rank(message: &str) -> Ranking {
        ranker().rank_among(message, &|_| true)
    }

    #[test]
    fn a_task_that_is_not_on_offer_does_not_compete() {
        let ranking = ranker().rank_among("please reschedule my booking", &|task| *task != TaskId::new("move"));
        assert!(
            ranking.candidates.iter().all(|one| one.task != TaskId::new("move")),
            "{ranking:?}"
        );
    }

    #[test]
    fn a_message_starts_the_task_it_shares_words_with() {
        let ranking = rank("please reschedule my booking");
        assert!(
            matches!(&ranking.decision, RankDecision::Start { task, .. } if *task == TaskId::new("move")),
            "{ranking:?}"
        );
    }

    #[test]
    fn what_is_wanted_may_stand_in_one_part_of_a_long_message_and_be_misspelled() {
        for text in [
            "Hi, I need some advice. My plans have changed completely. Please reschedule my booking, number 77.",
            "my mother is ill and I want to move my booking, the doctor says it takes weeks",
            "Thanks for the lovely brochure, but I need to reshedule",
            "move my bokoing pls",
        ] {
            let ranking = rank(text);
            assert!(
                matches!(&ranking.decision, RankDecision::Start { task, .. } if *task == TaskId::new("move")),
                "{text:?} gave {ranking:?}"
            );
        }
        let ranking = rank("Lovely weather today, my garden is in bloom, and the trip was long");
        assert_eq!(ranking.decision, RankDecision::None, "a word in passing: {ranking:?}");
    }

    #[test]
    fn small_talk_and_counter_examples_start_nothing() {
        for text in ["hello there", "how do bookings work", "what a lovely day", ""] {
            let ranking = rank(text);
            assert_eq!(ranking.decision, RankDecision::None, "{text:?} gave {ranking:?}");
        }
    }
}
