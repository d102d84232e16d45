//! An action's title as what is about to be done: "Refund order" is "refund the order".

use taskwright_language::wording::lower_start;

/// Belong to the verb before them: "sign up", "send back".
const PARTICLES: [&str; 7] = ["up", "out", "off", "back", "down", "away", "again"];

/// What a noun has already, or what makes an article wrong: determiners, pronouns, prepositions, adverbs.
const NO_ARTICLE_BEFORE: [&str; 50] = [
    "a",
    "an",
    "the",
    "this",
    "that",
    "these",
    "those",
    "my",
    "your",
    "our",
    "their",
    "his",
    "her",
    "its",
    "all",
    "any",
    "some",
    "each",
    "every",
    "another",
    "no",
    "one",
    "two",
    "both",
    "more",
    "me",
    "you",
    "them",
    "him",
    "it",
    "us",
    "everything",
    "something",
    "someone",
    "to",
    "for",
    "from",
    "with",
    "by",
    "at",
    "of",
    "as",
    "in",
    "into",
    "on",
    "onto",
    "over",
    "and",
    "or",
    "now",
];

/// First words of titles that name a thing instead of saying what is done: "Partial refund".
const QUALITIES: [&str; 14] = [
    "partial",
    "full",
    "new",
    "instant",
    "manual",
    "automatic",
    "final",
    "first",
    "second",
    "free",
    "early",
    "late",
    "express",
    "the",
];

/// What to say after "Shall I": "go ahead and refund the order", "go ahead with the partial refund".
pub(crate) fn go_ahead(title: &str) -> String {
    let title = lower_start(title.trim());
    let words: Vec<&str> = title.split_whitespace().collect();
    match words.as_slice() {
        [] => "go ahead".to_owned(),
        [first, ..] if names_a_thing(first) => {
            let article = if *first == "the" { "" } else { "the " };
            format!("go ahead with {article}{}", words.join(" "))
        }
        [verb, rest @ ..] => format!("go ahead and {}", done_to(verb, rest)),
    }
}

fn names_a_thing(first: &str) -> bool {
    QUALITIES.contains(&first) || (first.len() > 5 && first.ends_with("ing"))
}

/// The verb with what it is done to, which gets an article where it needs one.
fn done_to(verb: &str, rest: &[&str]) -> String {
    let after = rest.iter().take_while(|word| PARTICLES.contains(word)).count();
    let (particles, object) = rest.split_at(after);
    let article = object
        .first()
        .filter(|first| needs_article(first, object))
        .map(|_| "the");
    let mut words = vec![verb];
    words.extend(particles);
    words.extend(article);
    words.extend(object);
    words.join(" ")
}

/// Not before a number, a name of somebody, or what has a determiner.
fn needs_article(first: &str, object: &[&str]) -> bool {
    let plain = first.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let is_name = object.len() == 1 && first.chars().skip(1).any(char::is_uppercase);
    let is_number = first.chars().any(|c| c.is_ascii_digit());
    let is_own = first.ends_with("'s") || first.ends_with("’s");
    !NO_ARTICLE_BEFORE.contains(&plain.as_str()) && !is_name && !is_number && !is_own && !plain.is_empty()
}

#[cfg(test)]
mod tests {
    use super::go_ahead;

    #[test]
    fn what_is_done_gets_its_article() {
        for (title, said) in [
            ("Refund order", "go ahead and refund the order"),
            ("Cancel subscription", "go ahead and cancel the subscription"),
            ("Create ticket", "go ahead and create the ticket"),
            ("Update name and address", "go ahead and update the name and address"),
            (
                "Cancel PayPal subscription",
                "go ahead and cancel the PayPal subscription",
            ),
            ("Send back parcel", "go ahead and send back the parcel"),
            ("Sign up customer", "go ahead and sign up the customer"),
        ] {
            assert_eq!(go_ahead(title), said, "{title}");
        }
    }

    #[test]
    fn what_needs_no_article_gets_none() {
        for (title, said) in [
            ("Refund the order", "go ahead and refund the order"),
            ("Send an invoice", "go ahead and send an invoice"),
            ("Cancel all orders", "go ahead and cancel all orders"),
            ("Refund to card", "go ahead and refund to card"),
            ("Notify DHL", "go ahead and notify DHL"),
            ("Credit 10 EUR", "go ahead and credit 10 EUR"),
            ("Reset customer's password", "go ahead and reset customer's password"),
            ("Refund", "go ahead and refund"),
            ("Sign up", "go ahead and sign up"),
        ] {
            assert_eq!(go_ahead(title), said, "{title}");
        }
    }

    #[test]
    fn a_title_that_names_a_thing_is_gone_ahead_with() {
        for (title, said) in [
            ("Partial refund", "go ahead with the partial refund"),
            ("Booking change", "go ahead with the booking change"),
            ("The refund", "go ahead with the refund"),
            ("  ", "go ahead"),
        ] {
            assert_eq!(go_ahead(title), said, "{title:?}");
        }
    }
}
