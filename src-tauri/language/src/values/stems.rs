//! Word stems and near spellings.

use rust_stemmers::{Algorithm, Stemmer};

/// The stem of a word in lower case.
pub(crate) fn stem(word: &str) -> String {
    let plain = word.strip_suffix("'s").unwrap_or(word);
    Stemmer::create(Algorithm::English).stem(plain).into_owned()
}

/// Whether a word is a likely misspelling of a stem: one edit from five letters on, two from eight on.
pub(crate) fn near(word: &str, stem: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (word.chars().collect(), stem.chars().collect());
    let allowed = match b.len() {
        0..=4 => return false,
        5..=7 => 1,
        _ => 2,
    };
    a.first() == b.first() && a.len().abs_diff(b.len()) <= allowed && a.len() <= 40 && distance(&a, &b) <= allowed
}

fn distance(a: &[char], b: &[char]) -> usize {
    let at = |list: &[usize], k: usize| list.get(k).copied().unwrap_or(usize::MAX - 1);
    let mut row: Vec<usize> = (0..=b.len()).collect();
    let mut above: Vec<usize> = Vec::new();
    for (i, x) in a.iter().enumerate() {
        let mut next = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            let mut edits = (at(&row, j) + usize::from(x != y))
                .min(at(&row, j + 1) + 1)
                .min(at(&next, j) + 1);
            // Two letters that changed places are one slip.
            if i > 0 && j > 0 && Some(x) == b.get(j - 1) && a.get(i - 1) == Some(y) {
                edits = edits.min(at(&above, j - 1) + 1);
            }
            next.push(edits);
        }
        above = row;
        row = next;
    }
    row.last().copied().unwrap_or(0)
}
