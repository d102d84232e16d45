//! Sentences of a paragraph, word for word.

use unicode_segmentation::UnicodeSegmentation;

/// What ends with a full stop in the middle of a sentence.
const SHORT: [&str; 26] = [
    "e.g.", "i.e.", "etc.", "approx.", "incl.", "excl.", "max.", "min.", "no.", "nos.", "mr.", "mrs.", "ms.", "dr.",
    "st.", "vs.", "ca.", "cf.", "art.", "fig.", "p.", "pp.", "tel.", "inc.", "ltd.", "co.",
];

/// The sentences of a paragraph, in order, without the space around them.
pub(super) fn sentences(paragraph: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for piece in paragraph.split_sentence_bounds() {
        match found.last_mut() {
            // "Choose Forgot it? on the page" is one sentence.
            Some(last) if goes_on(last) || piece.starts_with(char::is_lowercase) => last.push_str(piece),
            _ => found.push(piece.to_owned()),
        }
    }
    let trimmed = found.into_iter().map(|sentence| sentence.trim().to_owned());
    trimmed.filter(|sentence| !sentence.is_empty()).collect()
}

/// Whether what ends here is not the end of a sentence.
fn goes_on(sentence: &str) -> bool {
    let last = sentence.split_whitespace().next_back().unwrap_or_default();
    let last = last.trim_start_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let initial = last.len() == 2 && last.ends_with('.') && last.starts_with(char::is_alphabetic) && last != "i.";
    initial || SHORT.contains(&last.as_str())
}

#[cfg(test)]
mod tests {
    use super::sentences;

    #[test]
    fn a_sentence_ends_where_it_ends() {
        assert_eq!(
            sentences(
                "It costs 4.90. From 60.00 on it is free! See e.g. Mr. Smith's list, p. 4. Choose Forgot it? on top. Is that all?"
            ),
            [
                "It costs 4.90.",
                "From 60.00 on it is free!",
                "See e.g. Mr. Smith's list, p. 4.",
                "Choose Forgot it? on top.",
                "Is that all?"
            ]
        );
        assert!(sentences("  ").is_empty());
    }
}
