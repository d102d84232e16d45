//! Telling messages apart: by what they mean where there is an encoder, by their words where there is none.

use std::collections::{BTreeMap, BTreeSet};

use crate::meaning::meanings;

/// How alike two messages are that say the same wish, of 1: by meaning.
const ALIKE: f32 = 0.52;
/// The same, by words.
const ALIKE_IN_WORDS: f32 = 0.34;
/// How often every message is put to the group it is most like: groups move while they are made.
const ROUNDS: usize = 3;

/// Messages in groups.
pub(super) struct Sorted {
    /// Each group's messages, by place.
    pub(super) groups: Vec<Vec<usize>>,
    /// The vector of each message, of length 1.
    pub(super) vectors: Vec<Vec<f32>>,
    /// They are told apart by meaning.
    pub(super) by_meaning: bool,
}

/// Groups messages that say the same.
pub(super) fn grouped(texts: &[&str]) -> Sorted {
    let (vectors, alike, by_meaning) = match meanings() {
        Ok(meanings) => {
            let vectors = texts.iter().map(|text| unit(meanings.of_message(text).vector.clone()));
            (vectors.collect(), ALIKE, true)
        }
        Err(_) => (word_vectors(texts), ALIKE_IN_WORDS, false),
    };
    Sorted {
        groups: clusters(&vectors, alike),
        vectors,
        by_meaning,
    }
}

/// The messages of a group, the most typical first.
pub(super) fn middle(vectors: &[Vec<f32>], members: &[usize]) -> Vec<usize> {
    let center = center(vectors, members);
    let mut ordered = members.to_vec();
    ordered.sort_by(|a, b| dot(&vectors[*b], &center).total_cmp(&dot(&vectors[*a], &center)));
    ordered
}

/// Each message joins the group whose middle it is most like, or begins one.
fn clusters(vectors: &[Vec<f32>], alike: f32) -> Vec<Vec<usize>> {
    let mut centers: Vec<Vec<f32>> = Vec::new();
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for _ in 0..ROUNDS {
        groups = vec![Vec::new(); centers.len()];
        for (at, vector) in vectors.iter().enumerate() {
            match nearest(vector, &centers).filter(|(_, likeness)| *likeness >= alike) {
                Some((group, _)) => groups[group].push(at),
                None => {
                    centers.push(vector.clone());
                    groups.push(vec![at]);
                }
            }
        }
        groups.retain(|group| !group.is_empty());
        centers = groups.iter().map(|group| center(vectors, group)).collect();
    }
    groups
}

fn nearest(vector: &[f32], centers: &[Vec<f32>]) -> Option<(usize, f32)> {
    let likeness = centers.iter().map(|center| dot(vector, center)).enumerate();
    likeness.max_by(|(_, a), (_, b)| a.total_cmp(b))
}

fn center(vectors: &[Vec<f32>], members: &[usize]) -> Vec<f32> {
    let mut sum = vec![0.0; members.first().map_or(0, |at| vectors[*at].len())];
    for member in members {
        for (sum, part) in sum.iter_mut().zip(&vectors[*member]) {
            *sum += part;
        }
    }
    unit(sum)
}

fn dot(a: &[f32], b: &[f32]) -> f32 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn unit(mut vector: Vec<f32>) -> Vec<f32> {
    let length = dot(&vector, &vector).sqrt();
    if length > 0.0 {
        vector.iter_mut().for_each(|part| *part /= length);
    }
    vector
}

/// Words that stand in every message, whatever is wanted.
const COMMON: &str = " a about am an and any are at be been but by can could d did do does for from get give got had has \
                      have hello help hey hi how i if in into is it its just know like ll m me my need of on or our \
                      please re s so some t tell than thank thanks that the their them then there they this to ve want \
                      was we were what when where which who why will with would you your ";

/// Each message by the words in it; the rarer a word, the more it says.
fn word_vectors(texts: &[&str]) -> Vec<Vec<f32>> {
    let words: Vec<BTreeSet<String>> = texts.iter().map(|text| telling_words(text)).collect();
    let mut often: BTreeMap<&str, usize> = BTreeMap::new();
    for word in words.iter().flatten() {
        *often.entry(word).or_default() += 1;
    }
    #[expect(clippy::cast_precision_loss, reason = "thousands of messages at the most")]
    let weight = |count: usize| (1.0 + texts.len() as f32 / count as f32).ln();
    let places: BTreeMap<&str, (usize, f32)> = often
        .iter()
        .enumerate()
        .map(|(place, (word, count))| (*word, (place, weight(*count))))
        .collect();
    let vector = |words: &BTreeSet<String>| {
        let mut vector = vec![0.0; places.len()];
        for (place, weight) in words.iter().filter_map(|word| places.get(word.as_str())) {
            vector[*place] = *weight;
        }
        unit(vector)
    };
    words.iter().map(vector).collect()
}

fn telling_words(text: &str) -> BTreeSet<String> {
    let lower = text.to_lowercase();
    let words = lower.split(|letter: char| !letter.is_alphanumeric());
    let words = words.filter(|word| word.chars().count() > 1 && !COMMON.contains(&format!(" {word} ")));
    let words = words.filter(|word| !word.chars().any(|letter| letter.is_ascii_digit()));
    words
        .map(|word| {
            word.strip_suffix('s')
                .filter(|rest| rest.len() > 2)
                .unwrap_or(word)
                .to_owned()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_that_share_what_they_are_about_come_together_by_words_alone() {
        let texts = [
            "I want to change my delivery address",
            "my invoice is missing, please send it",
            "can you change the address of the delivery?",
            "where is the missing invoice",
            "do you sell gift cards",
        ];
        let vectors = word_vectors(&texts);
        let mut groups = clusters(&vectors, ALIKE_IN_WORDS);
        groups.sort();
        assert_eq!(groups, vec![vec![0, 2], vec![1, 3], vec![4]]);
    }

    #[test]
    fn the_most_typical_message_comes_first() {
        let vectors = vec![unit(vec![1.0, 0.0]), unit(vec![1.0, 1.0]), unit(vec![0.0, 1.0])];
        assert_eq!(middle(&vectors, &[0, 1, 2])[0], 1, "the one between the others");
    }

    #[test]
    fn nothing_comes_of_nothing() {
        assert!(clusters(&[], ALIKE).is_empty());
        assert_eq!(word_vectors(&["???"]), vec![Vec::<f32>::new()], "nor does it fail");
    }
}
