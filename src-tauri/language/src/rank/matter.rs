//! Which words of a message made the difference.

/// Messages of more words are not taken apart.
const MOST: usize = 24;
/// Words that are named.
const NAMED: usize = 5;
/// A word that counts less than this share of the weightiest is not named.
const SHARE: i32 = 5;

/// A word of a message, and what would be lost without it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WordWeight {
    /// As it was written.
    pub word: String,
    /// By how much the score falls where it is left out; thousandths.
    pub weight: i32,
}

/// The words without which a message would score lower, weightiest first; none of a message of more than 24 words.
pub fn words_that_matter(message: &str, score: impl Fn(&str) -> i32) -> Vec<WordWeight> {
    let words: Vec<_> = message.split_whitespace().collect();
    if words.len() > MOST {
        return Vec::new();
    }
    let whole = score(message);
    let mut found: Vec<WordWeight> = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
        let weight = whole - score(&[&words[..at], &words[at + 1..]].concat().join(" "));
        let new = !word.is_empty() && found.iter().all(|one| one.word != word);
        if weight > 0 && new {
            found.push(WordWeight { word, weight });
        }
    }
    found.sort_by(|a, b| b.weight.cmp(&a.weight).then_with(|| a.word.cmp(&b.word)));
    let most = found.first().map_or(0, |first| first.weight);
    found.retain(|one| one.weight * SHARE >= most);
    found.truncate(NAMED);
    found
}

#[cfg(test)]
mod tests {
    use super::words_that_matter;

    fn score(message: &str) -> i32 {
        let points = |word: &str, points: i32| if message.contains(word) { points } else { 0 };
        points("cancel", 300) + points("order", 100)
    }

    #[test]
    fn a_word_matters_as_much_as_its_absence_costs() {
        let words = words_that_matter("Please cancel my order!", score);
        let words: Vec<_> = words.iter().map(|one| (one.word.as_str(), one.weight)).collect();
        assert_eq!(words, [("cancel", 300), ("order", 100)]);
    }

    #[test]
    fn nothing_and_very_much_have_no_words_that_matter() {
        assert!(words_that_matter("", score).is_empty());
        assert!(words_that_matter(&"cancel ".repeat(30), score).is_empty());
    }
}
