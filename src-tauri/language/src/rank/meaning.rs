//! Ranking by meaning.

use std::sync::Arc;

use taskwright_domain::{Candidate, RankDecision, Ranking};

use super::Meanings;
use super::card::TaskCard;
use super::head::Head;
use super::similarity::{Profile, Text, texts_of};
use super::start::{Limits, limits};
use super::terms::Rarity;
use super::words::thoughts_of;

/// The version of what is done with the vectors.
const RANKER: &str = "meaning 1";
/// Examples of a task, on the average, from which on the head is trained.
const ENOUGH: usize = 3;
/// What likeness counts beside the logarithm of the head's share.
const LIKENESS: f32 = 8.0;
/// What it counts that no other task comes near.
const LEAD: f32 = 0.3;
/// Two tasks closer than this, on the scale of the head, are asked about.
const TOO_CLOSE: f32 = 0.15;
/// What one thought of a message counts, against the whole of it.
const PART: f32 = 0.95;
/// Thoughts of a message that are looked at one by one.
const THOUGHTS: usize = 6;
/// Texts that are enough to set the limits by.
const SAMPLE: usize = 400;
/// How far behind the best a task may lie to be named in a question.
const IN_QUESTION: f32 = 0.12;

/// Ranks tasks by the meaning of their texts, and a little by their words.
#[derive(Clone)]
pub struct MeaningRanker {
    meanings: Arc<dyn Meanings>,
    cards: Vec<TaskCard>,
    profiles: Vec<Profile>,
    rarity: Rarity,
    head: Option<Head>,
    limits: Limits,
}

/// A task's standing for a message.
#[derive(Clone, Copy)]
struct Standing {
    place: usize,
    likeness: f32,
    /// By which it is ordered.
    rank: f32,
}

impl MeaningRanker {
    /// Weighs the tasks, trains the head and sets the limits.
    #[must_use]
    pub fn new(cards: Vec<TaskCard>, meanings: Arc<dyn Meanings>) -> Self {
        let texts: Vec<_> = cards.iter().flat_map(|card| texts_of(card).0).collect();
        let rarity = Rarity::of(texts.iter().map(String::as_str));
        let profile = |card| Profile::new(card, &*meanings, &rarity);
        let profiles: Vec<_> = cards.iter().map(profile).collect();
        Self {
            head: head(&profiles),
            limits: limits_of(&profiles),
            meanings,
            cards,
            profiles,
            rarity,
        }
    }

    /// Ranks them for a message. What is wanted may stand in one thought of it, beside much that has nothing to do with it.
    #[must_use]
    pub fn rank(&self, message: &str) -> Ranking {
        let message = self.mended(message);
        let whole = self.text(&message);
        let mut standings = self.standings(&whole, &[]);
        let mut decided = self.decide(&standings);
        if !matches!(decided.0, RankDecision::Start { .. }) {
            standings = self.standings(&whole, &self.thoughts(&message));
            decided = self.decide(&standings);
        }
        let (decision, reason) = decided;
        Ranking {
            candidates: self.candidates(&standings, &whole),
            decision,
            reason,
            ranker: format!("{RANKER}, {}", self.meanings.version()),
            threshold: thousandths(self.limits.start),
        }
    }

    /// The message with words that nobody knows taken for words of the tasks that they may be misspelled from.
    fn mended(&self, message: &str) -> String {
        let mend = |word: &str| {
            let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
            let odd = !bare.is_empty() && !self.meanings.knows(&bare.to_lowercase());
            match odd.then(|| self.rarity.meant(bare)).flatten() {
                Some(meant) => word.replace(bare, meant),
                None => word.to_owned(),
            }
        };
        message.split_inclusive(' ').map(mend).collect()
    }

    /// The thoughts that speak most of what the tasks are about.
    fn thoughts(&self, message: &str) -> Vec<Text> {
        let weighed = thoughts_of(message)
            .into_iter()
            .map(|thought| (self.rarity.weight(&thought), thought));
        let mut said: Vec<_> = weighed.filter(|(weight, _)| *weight > 0.0).collect();
        said.sort_by(|(a, _), (b, _)| b.total_cmp(a));
        said.iter()
            .take(THOUGHTS)
            .map(|(_, thought)| self.text(thought))
            .collect()
    }

    fn text(&self, text: &str) -> Text {
        Text {
            vector: self.meanings.of_message(text),
            terms: self.rarity.terms(text),
        }
    }

    /// How all tasks stand, best first.
    fn standings(&self, whole: &Text, parts: &[Text]) -> Vec<Standing> {
        let shares = self.head.as_ref().map(|head| head.log_shares(&whole.vector));
        let standing = |(place, profile): (usize, &Profile)| {
            let parts = parts.iter().map(|part| PART * profile.likeness(part, None));
            let likeness = parts.fold(profile.likeness(whole, None), f32::max);
            let share = shares.as_ref().and_then(|shares| shares.get(place)).copied();
            Standing {
                place,
                likeness,
                rank: share.map_or(likeness, |share| share / LIKENESS + likeness),
            }
        };
        let mut standings: Vec<_> = self.profiles.iter().enumerate().map(standing).collect();
        standings.sort_by(|a, b| b.rank.total_cmp(&a.rank).then_with(|| a.place.cmp(&b.place)));
        standings
    }

    fn candidates(&self, standings: &[Standing], message: &Text) -> Vec<Candidate> {
        let mut least = i32::MAX;
        let candidate = |(index, standing): (usize, &Standing)| {
            let score = if index == 0 { lead(standings) } else { standing.likeness };
            // Best first: nobody behind has the higher score.
            least = least.min(thousandths(score));
            Candidate {
                task: self.cards[standing.place].task.clone(),
                title: self.cards[standing.place].title.clone(),
                score: least,
                words: self.profiles[standing.place].shared(message),
            }
        };
        standings
            .iter()
            .take(10)
            .enumerate()
            .map(candidate)
            .filter(|found| found.score > 0)
            .collect()
    }

    fn decide(&self, standings: &[Standing]) -> (RankDecision, String) {
        let Some(best) = standings.first() else {
            return (RankDecision::None, "There is no task to start.".to_owned());
        };
        let score = lead(standings);
        let title = |standing: &Standing| &self.cards[standing.place].title;
        if score < self.limits.ask {
            let reason = format!("No task comes close enough; \"{}\" comes closest.", title(best));
            return (RankDecision::None, reason);
        }
        let rival = standings
            .get(1)
            .filter(|second| (best.rank - second.rank) * LIKENESS < TOO_CLOSE);
        if score >= self.limits.start && rival.is_none() {
            let TaskCard {
                task, revision, title, ..
            } = self.cards[best.place].clone();
            return (
                RankDecision::Start { task, revision },
                format!("\"{title}\" comes closest in meaning."),
            );
        }
        let reason = match rival {
            Some(rival) => format!("\"{}\" and \"{}\" come too close to tell.", title(best), title(rival)),
            None => format!(
                "\"{}\" comes close, but not close enough to start unasked.",
                title(best)
            ),
        };
        let near = standings
            .iter()
            .take_while(|standing| best.likeness - standing.likeness < IN_QUESTION);
        let pair = |standing: &Standing| {
            let card = &self.cards[standing.place];
            (card.task.clone(), card.revision.clone())
        };
        let between = near.take(3).map(pair).collect();
        (RankDecision::Clarify { between }, reason)
    }
}

/// The likeness of the best, and something more the farther behind all others are.
fn lead(standings: &[Standing]) -> f32 {
    let Some(best) = standings.first() else { return 0.0 };
    let others = standings.iter().skip(1).map(|standing| standing.likeness);
    best.likeness + LEAD * (best.likeness - others.fold(0.0, f32::max))
}

#[expect(clippy::cast_possible_truncation, reason = "scores lie between 0 and 1")]
fn thousandths(score: f32) -> i32 {
    (score.clamp(0.0, 1.0) * 1000.0).round() as i32
}

fn head(profiles: &[Profile]) -> Option<Head> {
    let examples: usize = profiles.iter().map(|profile| profile.examples).sum();
    if profiles.len() < 2 || examples < ENOUGH * profiles.len() {
        return None;
    }
    let of_class = |(class, profile): (usize, &'_ Profile)| {
        let texts = profile.texts.iter().map(|text| text.vector.clone());
        texts.map(move |vector| (vector, class)).collect::<Vec<_>>()
    };
    let texts: Vec<_> = profiles.iter().enumerate().flat_map(of_class).collect();
    let texts: Vec<_> = texts.iter().map(|(vector, class)| (&**vector, *class)).collect();
    Some(Head::train(&texts, profiles.len()))
}

/// Each example in turn is taken for a message: of its task, which does not have it then, and of none, with its task away.
fn limits_of(profiles: &[Profile]) -> Limits {
    let all: usize = profiles.iter().map(|profile| profile.texts.len()).sum();
    let every = all.div_ceil(SAMPLE).max(1);
    let (mut own, mut other) = (Vec::new(), Vec::new());
    let examples = profiles.iter().enumerate().flat_map(|(place, profile)| {
        let about = profile.texts.len() - profile.examples;
        (about..profile.texts.len()).map(move |at| (place, at))
    });
    for (place, at) in examples.step_by(every) {
        let text = &profiles[place].texts[at];
        let others: Vec<f32> = likenesses(profiles, place, text).collect();
        let mine = profiles[place].likeness(text, Some(at));
        own.push(led(mine, others.iter().copied()));
        other.push(led_best(&others));
    }
    // What a task is not for is a message of none.
    for (place, profile) in profiles.iter().enumerate() {
        for text in &profile.against {
            let others: Vec<f32> = likenesses(profiles, place, text)
                .chain([profile.likeness(text, None)])
                .collect();
            other.push(led_best(&others));
        }
    }
    limits(&own, &other, profiles.len())
}

fn likenesses<'a>(profiles: &'a [Profile], but: usize, text: &'a Text) -> impl Iterator<Item = f32> + 'a {
    let others = profiles.iter().enumerate().filter(move |(place, _)| *place != but);
    others.map(|(_, profile)| profile.likeness(text, None))
}

fn led(mine: f32, others: impl Iterator<Item = f32>) -> f32 {
    mine + LEAD * (mine - others.fold(0.0, f32::max))
}

fn led_best(likenesses: &[f32]) -> f32 {
    let best = likenesses
        .iter()
        .copied()
        .enumerate()
        .max_by(|a, b| a.1.total_cmp(&b.1));
    let Some((at, best)) = best else { return 0.0 };
    led(
        best,
        likenesses
            .iter()
            .enumerate()
            .filter(|(place, _)| *place != at)
            .map(|(_, likeness)| *likeness),
    )
}
