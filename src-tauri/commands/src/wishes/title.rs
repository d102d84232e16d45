//! From a customer's message to a title that a task for it could have.

/// What customers say before they say what they want.
const LEAD_INS: [&str; 33] = [
    "hi",
    "hello",
    "hey",
    "good morning",
    "good afternoon",
    "good evening",
    "there",
    "please",
    "sorry",
    "so",
    "well",
    "i want to",
    "i'd like to",
    "i would like to",
    "i need to",
    "i need",
    "i want",
    "i have to",
    "i am trying to",
    "i'm trying to",
    "can you",
    "could you",
    "can i",
    "could i",
    "how do i",
    "how can i",
    "is it possible to",
    "i was wondering if i could",
    "help me",
    "may i",
    "do you",
    "would you",
    "just",
];
/// Characters of a title at the most.
const LONGEST: usize = 60;

/// The first sentence of a message without its lead-in.
pub(super) fn title_of(message: &str) -> String {
    let sentence = message
        .split(['.', '?', '!', '\n'])
        .find(|part| part.split_whitespace().count() > 1);
    let mut rest = sentence.unwrap_or(message).trim().replace('’', "'");
    while let Some(shorter) = without_lead_in(&rest) {
        rest = shorter;
    }
    let cut = cut(&rest);
    let mut letters = cut.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}

fn without_lead_in(text: &str) -> Option<String> {
    let lower = text.to_lowercase();
    // A letter that changes its length in lower case would move the rest.
    let lower = Some(lower).filter(|lower| lower.len() == text.len())?;
    let lead_in = LEAD_INS
        .iter()
        .filter(|lead_in| lower.starts_with(**lead_in))
        .max_by_key(|lead_in| lead_in.len())?;
    let rest = &text[lead_in.len()..];
    if rest.starts_with(|next: char| next.is_alphanumeric() || next == '\'') {
        return None;
    }
    let rest = rest.trim_start_matches(|letter: char| !letter.is_alphanumeric());
    (rest.split_whitespace().count() > 1).then(|| rest.to_owned())
}

/// Whole words only.
fn cut(text: &str) -> String {
    let mut title = String::new();
    for word in text.split_whitespace() {
        if title.chars().count() + word.chars().count() >= LONGEST {
            break;
        }
        if !title.is_empty() {
            title.push(' ');
        }
        title.push_str(word);
    }
    title.trim_end_matches([',', ';', ':']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::title_of;

    #[test]
    fn a_title_is_what_is_wanted_without_the_politeness() {
        let cases = [
            (
                "Hi there, I'd like to change my delivery address. Thanks!",
                "Change my delivery address",
            ),
            (
                "Could you please send me the invoice again?",
                "Send me the invoice again",
            ),
            ("hello", "Hello"),
            ("İ want to change my plan", "İ want to change my plan"),
            ("historic order missing", "Historic order missing"),
            ("", ""),
        ];
        for (message, title) in cases {
            assert_eq!(title_of(message), title, "of {message:?}");
        }
        let long = "I want to ".to_owned() + &"know everything about it ".repeat(20);
        assert!(
            title_of(&long).chars().count() <= 60,
            "a title is short: {}",
            title_of(&long)
        );
    }
}
