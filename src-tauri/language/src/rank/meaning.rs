//! Ranking by meaning.

use std::collections::BTreeMap;
use std::sync::Arc;

use taskwright_domain::{Candidate, RankDecision, Ranking, TaskId};

use super::Meanings;
use super::card::TaskCard;
use super::head::Head;
use super::similarity::{Profile, Text, texts_of};
use super::start::{Limits, limits};
use super::terms::Rarity;
use super::trial::{Rival, Trial, as_written};
use super::words::thoughts_of;

/// The version of what is done with the vectors.
const RANKER: &str = "meaning 2";
/// Examples of a task, on the average, from which on the head is trained.
const ENOUGH: usize = 3;
/// The version of how a head is trained.
const TRAINED: &str = "head 1";
/// Tasks times examples from which on training it takes too long; then tasks are told apart by likeness alone. 500 tasks of five
/// examples each have one.
const TRAINED_AT_MOST: usize = 1_500_000;
/// What likeness counts beside the logarithm of the head's share.
const LIKENESS: f32 = 11.0;
/// What it counts beside likeness that a message and a task are alike word for word.
const WORD_FOR_WORD: f32 = 1.0;
/// Tasks that are looked at word for word.
const FOREMOST: usize = 5;
/// What it counts that no other task comes near.
const LEAD: f32 = 0.3;
/// Two tasks closer than this, on the scale of the head, are asked about.
const TOO_CLOSE: f32 = 0.15;
/// What one thought of a message counts, against the whole of it.
const PART: f32 = 0.95;
/// Thoughts of a message that are looked at one by one.
const THOUGHTS: usize = 6;
/// Texts that are enough to set the limits by.
const SAMPLE: usize = 200;
/// A text is tried with a head that was trained without it: one head for each of so many parts of the examples.
const FOLDS: usize = 4;
/// Tasks times texts from which on that takes too long; then texts are tried by likeness alone.
const MOST_TRAINED: usize = 20_000;
/// Tasks from which on a text is tried on the nearest only.
const MANY: usize = 64;
/// How many these are.
const NEAREST: usize = 32;
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

/// A message that is looked at, with what was found out about it so far.
struct Look<'a> {
    whole: &'a Text,
    /// The head's, by place.
    shares: Option<Vec<f32>>,
    /// One text of one task, as if the task did not have it.
    left_out: Option<(usize, usize)>,
    /// By place: reckoned once, however often the tasks are put in order.
    word_for_word: BTreeMap<usize, f32>,
}

impl Look<'_> {
    fn out_of(&self, place: usize) -> Option<usize> {
        self.left_out.and_then(|(task, text)| (task == place).then_some(text))
    }
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
            head: kept_head(&cards, &profiles, &*meanings),
            limits: limits_of(&profiles),
            meanings,
            cards,
            profiles,
            rarity,
        }
    }

    /// Ranks those on offer for a message. What is wanted may stand in one thought of it, beside much that has nothing to do with it.
    #[must_use]
    pub fn rank_among(&self, message: &str, offered: &dyn Fn(&TaskId) -> bool) -> Ranking {
        let message = self.mended(message);
        let whole = self.text(&message);
        let places = self.cards.iter().enumerate();
        let all: Vec<_> = places
            .filter(|(_, card)| offered(&card.task))
            .map(|(place, _)| place)
            .collect();
        let (standings, (decision, reason)) = self.weigh(&message, &whole, &all, self.head.as_ref(), None);
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
            vectors: self.meanings.of_message(text),
            terms: self.rarity.terms(text),
        }
    }

    /// How tasks stand and what follows: by the whole message, and where that is not enough to start one, by its thoughts too.
    fn weigh(
        &self,
        message: &str,
        whole: &Text,
        places: &[usize],
        head: Option<&Head>,
        left_out: Option<(usize, usize)>,
    ) -> (Vec<Standing>, (RankDecision, String)) {
        let mut look = Look {
            whole,
            shares: head.map(|head| head.log_shares(&whole.vectors.vector)),
            left_out,
            word_for_word: BTreeMap::new(),
        };
        let mut alike: Vec<_> = places
            .iter()
            .map(|place| (*place, self.profiles[*place].likeness(whole, look.out_of(*place))))
            .collect();
        let standings = self.standings(&alike, &mut look);
        let decided = self.decide(&standings);
        if matches!(decided.0, RankDecision::Start { .. }) {
            return (standings, decided);
        }
        for thought in self.thoughts(message) {
            for (place, likeness) in &mut alike {
                let part = PART * self.profiles[*place].likeness(&thought, look.out_of(*place));
                *likeness = likeness.max(part);
            }
        }
        let standings = self.standings(&alike, &mut look);
        let decided = self.decide(&standings);
        (standings, decided)
    }

    /// Best first, of the tasks' places and how like the message they are.
    fn standings(&self, alike: &[(usize, f32)], look: &mut Look<'_>) -> Vec<Standing> {
        let standing = |(place, likeness): &(usize, f32)| {
            let share = look.shares.as_ref().and_then(|shares| shares.get(*place)).copied();
            Standing {
                place: *place,
                likeness: *likeness,
                rank: share.map_or(*likeness, |share| share / LIKENESS + likeness),
            }
        };
        let mut standings: Vec<_> = alike.iter().map(standing).collect();
        order(&mut standings);
        let foremost = standings.len().min(FOREMOST);
        self.look_closer(&mut standings[..foremost], look);
        standings
    }

    /// The foremost are told apart word for word as well.
    fn look_closer(&self, foremost: &mut [Standing], look: &mut Look<'_>) {
        for standing in foremost.iter_mut() {
            let place = standing.place;
            let (whole, out) = (look.whole, look.out_of(place));
            let closer = look
                .word_for_word
                .entry(place)
                .or_insert_with(|| self.profiles[place].word_for_word(whole, out));
            standing.rank += WORD_FOR_WORD * *closer;
        }
        order(foremost);
    }

    /// What would happen to each example if its task did not have it.
    #[must_use]
    pub fn trials(&self) -> Vec<Trial> {
        let texts: usize = self.profiles.iter().map(|profile| profile.texts.len()).sum();
        let trained = self.head.is_some() && texts * self.profiles.len() <= MOST_TRAINED;
        let heads = (0..FOLDS).map(|fold| trained.then(|| head(&self.profiles, |at| at % FOLDS != fold)).flatten());
        let heads: Vec<_> = heads.collect();
        let tried = |(place, profile): (usize, &Profile)| {
            let count = profile.texts.len();
            let texts = match profile.examples {
                0 => 0..count.min(1),
                examples => count - examples..count,
            };
            texts.map(move |at| (place, at))
        };
        let trial = |(place, at): (usize, usize)| {
            // No head was trained without a title.
            let head = heads[at % FOLDS].as_ref().filter(|_| self.profiles[place].examples > 0);
            self.trial(place, at, head)
        };
        self.profiles.iter().enumerate().flat_map(tried).map(trial).collect()
    }

    fn trial(&self, place: usize, at: usize, head: Option<&Head>) -> Trial {
        let whole = &self.profiles[place].texts[at];
        let text = self.words_of(place, at);
        let near = self.near(place, whole);
        let (standings, (decision, _)) = self.weigh(&text, whole, &near, head, Some((place, at)));
        let own = standings.iter().find(|standing| standing.place == place);
        let rival = standings.iter().find(|standing| standing.place != place);
        Trial {
            task: self.cards[place].task.clone(),
            example: self.profiles[place].examples > 0,
            decision,
            own: own.map_or(0, |own| thousandths(own.likeness)),
            rival: rival.map(|rival| Rival {
                task: self.cards[rival.place].task.clone(),
                score: thousandths(rival.likeness),
                example: self.profiles[rival.place]
                    .closest_example(whole)
                    .map(|at| self.words_of(rival.place, at)),
                words: as_written(&text, &self.profiles[rival.place].shared(whole)),
            }),
            text,
        }
    }

    /// The task itself, and all others or those that come nearest.
    fn near(&self, place: usize, text: &Text) -> Vec<usize> {
        let mut others: Vec<_> = (0..self.profiles.len()).filter(|other| *other != place).collect();
        if others.len() > MANY {
            let mut alike: Vec<_> = others
                .iter()
                .map(|other| (self.profiles[*other].meaning(text, None), *other))
                .collect();
            alike.sort_by(|a, b| b.0.total_cmp(&a.0));
            others = alike.into_iter().take(NEAREST).map(|(_, other)| other).collect();
        }
        others.push(place);
        others
    }

    fn words_of(&self, place: usize, at: usize) -> String {
        texts_of(&self.cards[place]).0.into_iter().nth(at).unwrap_or_default()
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

/// Best first.
fn order(standings: &mut [Standing]) {
    standings.sort_by(|a, b| b.rank.total_cmp(&a.rank).then_with(|| a.place.cmp(&b.place)));
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

/// The head, trained where it is not known from before.
fn kept_head(cards: &[TaskCard], profiles: &[Profile], meanings: &dyn Meanings) -> Option<Head> {
    if !worth_training(profiles) {
        return None;
    }
    let content = content_of(cards);
    let width = profiles
        .iter()
        .flat_map(|profile| &profile.texts)
        .next()?
        .vectors
        .vector
        .len();
    let known = meanings.learned(&content);
    if let Some(head) = known.and_then(|numbers| Head::of_numbers(numbers, width, profiles.len())) {
        return Some(head);
    }
    let head = head(profiles, |_| true)?;
    meanings.keep_learned(&content, &head.numbers());
    Some(head)
}

/// All that the head is made of: the way it is trained, and the tasks' texts in their order.
fn content_of(cards: &[TaskCard]) -> String {
    let mut content = TRAINED.to_owned();
    for card in cards {
        content.push('\u{1d}');
        for text in texts_of(card).0 {
            content.push('\u{1e}');
            content.push_str(&text);
        }
    }
    content
}

fn worth_training(profiles: &[Profile]) -> bool {
    let examples: usize = profiles.iter().map(|profile| profile.examples).sum();
    let few = profiles.len() < 2 || examples < ENOUGH * profiles.len();
    !few && examples * profiles.len() <= TRAINED_AT_MOST
}

/// The head, of the examples at these places among a task's texts and of what is no example.
fn head(profiles: &[Profile], kept: impl Fn(usize) -> bool) -> Option<Head> {
    if !worth_training(profiles) {
        return None;
    }
    let mut texts: Vec<(&[f32], usize)> = Vec::new();
    for (class, profile) in profiles.iter().enumerate() {
        let about = profile.texts.len() - profile.examples;
        let own = profile.texts.iter().enumerate();
        let own = own.filter(|(at, _)| *at < about || kept(*at));
        texts.extend(own.map(|(_, text)| (text.vectors.vector.as_slice(), class)));
    }
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
