//! All passages of a workspace, and finding the one that answers.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use taskwright_domain::ArticleId;

use super::bound::{Bound, bound_of};
use super::extract::extract;
use super::passage::Shelved;
use super::score::{Asked, Scale, Standing};
use super::vocabulary::{Vocabulary, sought};
use crate::rank::Meanings;

/// What is done with vectors and words; told with every answer.
const SEARCHER: &str = "passages 1";
/// Passages that are looked at, from the index of words and by meaning each.
const GLANCED: usize = 30;
/// Passages that are looked at sentence by sentence.
const FOREMOST: usize = 10;

/// A passage that an index of words has found.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// The article.
    pub article: ArticleId,
    /// The passage's place in it.
    pub number: usize,
    /// How well it fits: more is better, the scale is the index's own.
    pub weight: f32,
}

/// Finds passages by their words.
pub trait WordIndex {
    /// Those with any of the words, best first.
    fn find(&self, words: &[String], most: usize) -> Vec<Hit>;
}

/// A passage that was considered for a question.
#[derive(Debug, Clone)]
pub struct Considered {
    /// It.
    pub shelved: Arc<Shelved>,
    /// How well it fits, by which passages are ordered; thousandths.
    pub score: i32,
    /// How far what it says speaks of the question; thousandths.
    pub says: i32,
    /// What its meaning says; thousandths.
    pub meaning: i32,
    /// What its words say; thousandths.
    pub words: i32,
    /// The sentences that answer, word for word.
    pub extract: String,
}

/// What was found for a question.
#[derive(Debug, Clone)]
pub struct Found {
    /// Passages of several articles, best first.
    pub passages: Vec<Considered>,
    /// The best one answers.
    pub enough: bool,
    /// From which score on a passage answers; thousandths.
    pub bound: i32,
    /// Why it does or does not, in plain words.
    pub reason: String,
    /// What searched.
    pub searcher: String,
}

/// The passages of all articles.
#[derive(Debug, Default)]
pub struct Shelf {
    passages: Vec<Arc<Shelved>>,
    places: HashMap<(ArticleId, usize), usize>,
    vocabulary: Vocabulary,
    bound: RwLock<Option<Bound>>,
}

impl Shelf {
    /// Puts passages on it. Until the bound is worked out, the one of a shelf much like it holds.
    #[must_use]
    pub fn new(passages: Vec<Arc<Shelved>>, bound: Option<Bound>) -> Self {
        let places = passages.iter().enumerate();
        Self {
            places: places
                .map(|(place, shelved)| ((shelved.article.clone(), shelved.number), place))
                .collect(),
            vocabulary: Vocabulary::of(&passages),
            passages,
            bound: RwLock::new(bound),
        }
    }

    /// All of them, by article.
    #[must_use]
    pub fn passages(&self) -> &[Arc<Shelved>] {
        &self.passages
    }

    /// Says from where on a passage answers.
    pub fn set_bound(&self, bound: Bound) {
        *self.bound.write().unwrap_or_else(PoisonError::into_inner) = Some(bound);
    }

    /// From where on a passage answers, where that is known.
    #[must_use]
    pub fn bound(&self) -> Option<Bound> {
        *self.bound.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// From where on a passage answers, worked out from the articles themselves. Takes seconds with hundreds of articles; until
    /// it is set, what is usual holds.
    #[must_use]
    pub fn work_out_bound(&self, index: &dyn WordIndex, meanings: Option<&dyn Meanings>) -> Bound {
        bound_of(self, index, meanings)
    }

    /// Finds what answers a question.
    #[must_use]
    pub fn find(&self, question: &str, index: &dyn WordIndex, meanings: Option<&dyn Meanings>) -> Found {
        let question = self
            .vocabulary
            .mended(question, |word| meanings.is_some_and(|meanings| meanings.knows(word)));
        let asked = Asked::new(&question, meanings);
        let standings = self.standings(&asked, index, meanings, None);
        let bound = self.bound().unwrap_or_else(|| Bound::usual(meanings.is_some()));
        let enough = standings.first().is_some_and(|best| best.says >= bound.answers);
        let passages = standings.iter().map(|standing| {
            let shelved = self.passages[standing.place].clone();
            Considered {
                score: thousandths(standing.fits),
                says: thousandths(standing.says),
                meaning: thousandths(standing.meaning),
                words: thousandths(standing.words),
                extract: extract(&shelved.passage.units, &standing.units),
                shelved,
            }
        });
        let passages: Vec<_> = passages.collect();
        Found {
            reason: self.reason(&passages, enough, meanings.is_some()),
            enough,
            bound: thousandths(bound.answers),
            searcher: match meanings {
                Some(meanings) => format!("{SEARCHER}, {}", meanings.version()),
                None => format!("{SEARCHER}, words"),
            },
            passages,
        }
    }

    fn reason(&self, found: &[Considered], enough: bool, by_meaning: bool) -> String {
        let by = if by_meaning { "in meaning and words" } else { "in words" };
        match found.first() {
            None if self.passages.is_empty() => "There are no articles yet.".to_owned(),
            None => "No article shares a word with the question.".to_owned(),
            Some(best) if enough => format!("\"{}\" comes closest {by}.", best.shelved.title),
            Some(best) => format!(
                "No passage comes close enough; \"{}\" comes closest {by}.",
                best.shelved.title
            ),
        }
    }

    /// How well one passage answers a question; thousandths. For finding out which of its words matter.
    #[must_use]
    pub fn score_of(&self, shelved: &Arc<Shelved>, question: &str, meanings: Option<&dyn Meanings>) -> i32 {
        let asked = Asked::new(question, meanings);
        let scale = self.scale(&asked, meanings);
        let place = self.places.get(&(shelved.article.clone(), shelved.number));
        thousandths(scale.look(place.copied().unwrap_or(0), shelved, 1.0).fits)
    }

    fn scale<'a>(&'a self, asked: &'a Asked, meanings: Option<&'a dyn Meanings>) -> Scale<'a> {
        Scale {
            vocabulary: &self.vocabulary,
            meanings,
            asked,
        }
    }

    /// The passages that come nearest, best first. One article may be left out.
    pub(super) fn standings(
        &self,
        asked: &Asked,
        index: &dyn WordIndex,
        meanings: Option<&dyn Meanings>,
        left_out: Option<&ArticleId>,
    ) -> Vec<Standing> {
        let scale = self.scale(asked, meanings);
        let kept = |place: &usize| left_out != Some(&self.passages[*place].article);
        let indexed = self.indexed(&asked.sought, index);
        let mut glanced: Vec<(usize, f32)> = self
            .near_in_meaning(asked)
            .into_iter()
            .chain(indexed.keys().copied())
            .filter(kept)
            .map(|place| {
                let weight = indexed.get(&place).copied().unwrap_or(0.0);
                (place, scale.glance(&self.passages[place], weight))
            })
            .collect();
        glanced.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        glanced.dedup_by_key(|(place, _)| *place);
        let mut standings: Vec<_> = glanced
            .into_iter()
            .take(FOREMOST)
            .map(|(place, _)| {
                let weight = indexed.get(&place).copied().unwrap_or(0.0);
                scale.look(place, &self.passages[place], weight)
            })
            .filter(|standing| standing.fits > 0.0)
            .collect();
        standings.sort_by(|a, b| b.fits.total_cmp(&a.fits).then(a.place.cmp(&b.place)));
        standings
    }

    /// Passages with words of the question, each with its weight beside the best one's.
    fn indexed(&self, question: &str, index: &dyn WordIndex) -> HashMap<usize, f32> {
        let hits = index.find(&sought(question), GLANCED);
        let most = hits.iter().map(|hit| hit.weight).fold(f32::MIN_POSITIVE, f32::max);
        let place = |hit: Hit| {
            let place = self.places.get(&(hit.article, hit.number))?;
            Some((*place, (hit.weight / most).clamp(0.0, 1.0)))
        };
        hits.into_iter().filter_map(place).collect()
    }

    fn near_in_meaning(&self, asked: &Asked) -> Vec<usize> {
        let places = self.passages.iter().enumerate();
        let mut near: Vec<_> = places
            .filter_map(|(place, shelved)| Some((asked.like(&shelved.meaning()?.whole), place)))
            .collect();
        let most = GLANCED.min(near.len());
        if most < near.len() {
            near.select_nth_unstable_by(most, |a, b| b.0.total_cmp(&a.0));
            near.truncate(most);
        }
        near.into_iter().map(|(_, place)| place).collect()
    }
}

#[expect(clippy::cast_possible_truncation, reason = "scores lie between 0 and 1")]
fn thousandths(score: f32) -> i32 {
    (score.clamp(0.0, 1.0) * 1000.0).round() as i32
}
