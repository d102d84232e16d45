//! Whether a customer's message mentions what an author listens for.

use taskwright_domain::{Mention, Span};

use super::stem::{kin, stem};
use super::token::{Kind, Token, scan};

/// What was heard in a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heard {
    /// Which of the mentions, by its place in their list.
    pub mention: usize,
    /// From the first to the last of its words, in code points of the message.
    pub span: Span,
}

/// Tokens that may stand between the words of a mention, all gaps together.
const LOOSE: usize = 3;

/// The first of the mentions that a message makes. Total, and linear in the message.
#[must_use]
pub fn heard(message: &str, mentions: &[Mention]) -> Option<Heard> {
    let plain = unmarked(message);
    let (tokens, lines) = scan(&plain);
    let sentences: Vec<_> = lines
        .iter()
        .flat_map(|line| tokens[line.tokens.0..line.tokens.1].split(ends_sentence))
        .collect();
    let find = |mention: &Mention| {
        let wanted = Wanted::of(mention);
        sentences.iter().find_map(|words| wanted.heard_in(words))
    };
    mentions
        .iter()
        .enumerate()
        .find_map(|(mention, said)| find(said).map(|span| Heard { mention, span }))
}

/// Customers write no pills, calls or quotations: marks that would make some are white space, one for one.
fn unmarked(message: &str) -> String {
    let chars: Vec<char> = message.chars().collect();
    let inner = |at: usize| {
        let letter = |at: Option<usize>| at.and_then(|at| chars.get(at)).is_some_and(|c| c.is_alphanumeric());
        letter(at.checked_sub(1)) && letter(Some(at + 1))
    };
    let plain = |(at, c): (usize, &char)| match c {
        '"' | '“' | '”' | '„' | '«' | '»' | '{' | '}' | '[' | ']' | '@' | '*' | '_' | '`' | '#' => ' ',
        '\'' | '’' | '‘' if !inner(at) => ' ',
        c => *c,
    };
    chars.iter().enumerate().map(plain).collect()
}

fn ends_sentence(token: &Token<'_>) -> bool {
    matches!(token.kind, Kind::Mark('.' | '!' | '?' | '…' | ';'))
}

/// A mention, ready to be compared with words.
enum Wanted {
    /// Near one another, in any order.
    Near(Vec<Word>),
    /// One after the other, as they are.
    Row(Vec<String>),
}

struct Word {
    text: String,
    stem: String,
    kin: u32,
}

impl Word {
    fn is(&self, token: &Token<'_>) -> bool {
        match token.kind {
            Kind::Word => token.stem == self.stem || self.kin & token.kin != 0 && !is_everyday(token),
            Kind::Number => token.low == self.text,
            _ => false,
        }
    }
}

/// Words with another use than the one that makes them stand for a word of their family: "in that case", "no".
fn is_everyday(token: &Token<'_>) -> bool {
    token.any(&["no", "case", "cases", "plan", "kind", "sort", "cause", "book"])
}

impl Wanted {
    fn of(mention: &Mention) -> Self {
        match mention {
            Mention::Words { words, .. } => {
                // A word by itself is taken at its word: only beside others does one of its family stand for it.
                let alone = words.len() == 1;
                let word = |text: &String| {
                    let stem = stem(text);
                    let kin = if alone { 0 } else { kin(&stem) };
                    let text = text.clone();
                    Word { text, stem, kin }
                };
                Self::Near(words.iter().map(word).collect())
            }
            Mention::Phrase { text } => {
                let plain = unmarked(text);
                let (tokens, _) = scan(&plain);
                Self::Row(tokens.into_iter().filter(|t| !t.is_mark()).map(|t| t.low).collect())
            }
        }
    }

    fn heard_in(&self, sentence: &[Token<'_>]) -> Option<Span> {
        match self {
            Self::Near(words) => near(words, sentence),
            Self::Row(words) => row(words, sentence),
        }
    }
}

fn near(wanted: &[Word], sentence: &[Token<'_>]) -> Option<Span> {
    let negative = wanted.iter().any(|word| word.text == "not");
    (0..sentence.len()).find_map(|first| {
        if !wanted.iter().any(|word| word.is(&sentence[first])) {
            return None;
        }
        let window = &sentence[first..sentence.len().min(first + wanted.len() + LOOSE)];
        let places: Option<Vec<_>> = wanted
            .iter()
            .map(|word| window.iter().position(|t| word.is(t)))
            .collect();
        let last = places?.into_iter().max()?;
        let heard = negative || !is_negated(&sentence[..first]);
        heard.then(|| Span::new(sentence[first].span.start, window[last].span.end))
    })
}

fn row(wanted: &[String], sentence: &[Token<'_>]) -> Option<Span> {
    let words: Vec<_> = sentence.iter().filter(|t| !t.is_mark()).collect();
    let found = words
        .windows(wanted.len().max(1))
        .find(|window| !wanted.is_empty() && window.iter().zip(wanted).all(|(token, word)| token.low == *word))?;
    Some(Span::new(found.first()?.span.start, found.last()?.span.end))
}

/// Whether a "no" reaches to what follows these words: "no fever or", "I do not have any". Where that is not plain,
/// nothing is negated: what an author listens for is sooner heard once too often than missed.
fn is_negated(before: &[Token<'_>]) -> bool {
    let Some(no) = before
        .iter()
        .rposition(|t| t.any(&["no", "not", "never", "without", "neither", "nor", "none"]))
    else {
        return false;
    };
    let between = &before[no + 1..];
    let listed = between.iter().any(|t| t.any(&["or", "nor"]));
    let mut parts = between.split(|t| t.any(&["or", "nor"]) || listed && t.mark(','));
    let last = parts.next_back().unwrap_or(&[]);
    let short = |part: &[Token<'_>]| {
        part.iter().filter(|t| !is_light(t)).count() <= 2 && part.iter().all(|t| t.kind == Kind::Word)
    };
    last.iter().all(is_light) && parts.all(short)
}

/// Words that carry a "no" on to what they are about.
fn is_light(token: &Token<'_>) -> bool {
    token.any(&[
        "a",
        "an",
        "any",
        "the",
        "my",
        "of",
        "for",
        "about",
        "to",
        "have",
        "had",
        "has",
        "having",
        "feel",
        "feeling",
        "want",
        "need",
        "ask",
        "asking",
        "talk",
        "talking",
        "mean",
        "mind",
        "really",
        "currently",
        "more",
        "kind",
        "sort",
        "such",
        "like",
        "actual",
        "is",
        "be",
        "been",
        "was",
        "been",
        "there",
        "it",
        "this",
        "that",
        "'s",
    ])
}

#[cfg(test)]
mod tests {
    use taskwright_domain::{Mention, Span};

    use super::{Heard, heard};

    fn words(words: &[&str]) -> Mention {
        Mention::Words {
            text: words.join(" "),
            words: words.iter().map(|word| (*word).to_owned()).collect(),
        }
    }

    fn is_heard(message: &str, mention: Mention) -> bool {
        heard(message, &[mention]).is_some()
    }

    #[test]
    fn all_words_of_a_mention_are_heard_in_any_form_and_order() {
        for message in [
            "I have chest pain",
            "there's a bad pain in my chest!!",
            "hello. CHEST PAINS since noon. what now?",
            "hi\n- chest pain\n- dizzy",
            "it says \"chest pain\" on the form",
            "I don't know what it is, chest pain maybe",
            "I'm not sure but it is chest pain",
        ] {
            assert!(is_heard(message, words(&["chest", "pain"])), "{message}");
        }
        for message in [
            "I want a refund",
            "have I been refunded?",
            "refunding it would be nice",
            "Refunds!",
        ] {
            assert!(is_heard(message, words(&["refund"])), "{message}");
        }
    }

    #[test]
    fn words_far_apart_or_in_two_sentences_are_no_mention() {
        for message in [
            "my chest is fine. the pain is in my leg",
            "there is a chest of drawers in the parcel, what a pain",
            "pain in the neck",
            "",
            "🙂",
        ] {
            assert!(!is_heard(message, words(&["chest", "pain"])), "{message}");
        }
    }

    #[test]
    fn what_is_negated_is_not_mentioned() {
        for message in [
            "no chest pain",
            "I don't have chest pain",
            "no fever or chest pain",
            "I have no fever, cough or chest pain",
            "never had any chest pain",
            "it came without chest pain",
            "neither fever nor chest pain",
        ] {
            assert!(!is_heard(message, words(&["chest", "pain"])), "{message}");
        }
        for message in [
            "I do not want a refund",
            "this is not about a refund",
            "never mind the refund",
        ] {
            assert!(!is_heard(message, words(&["refund"])), "{message}");
        }
    }

    #[test]
    fn a_no_to_something_else_negates_nothing() {
        for message in [
            "no, I have chest pain",
            "not only chest pain",
            "I can't stop the chest pain",
            "nothing helps against the chest pain",
            "no fever but chest pain",
        ] {
            assert!(is_heard(message, words(&["chest", "pain"])), "{message}");
        }
        assert!(
            is_heard("I can't breathe", words(&["not", "breathe"])),
            "the no is part of it"
        );
        assert!(
            !is_heard("I can breathe", words(&["not", "breathe"])),
            "and has to be there"
        );
        assert!(
            is_heard("no chest pain at first, now chest pain", words(&["chest", "pain"])),
            "the second one"
        );
    }

    #[test]
    fn a_family_stands_for_a_word_only_beside_others() {
        assert!(
            is_heard("please change my mail address", words(&["email", "change"])),
            "mail is e-mail here"
        );
        assert!(
            !is_heard("reimburse me", words(&["refund"])),
            "a word by itself is taken at its word"
        );
        assert!(
            !is_heard("no number is needed", words(&["account", "number"])),
            "\u{201c}no\u{201d} is no number"
        );
    }

    #[test]
    fn a_phrase_is_heard_as_it_is_written() {
        let phrase = Mention::Phrase {
            text: "cancel everything".to_owned(),
        };
        assert!(
            is_heard("Just CANCEL everything, now", phrase.clone()),
            "case does not matter"
        );
        assert!(!is_heard("cancelling everything", phrase.clone()), "other forms do");
        assert!(!is_heard("everything cancel", phrase), "and so does the order");
    }

    #[test]
    fn the_first_mention_is_told_with_the_place_of_its_words() {
        let found = heard(
            "Hi! It's a 'pain' in my chest, doctor",
            &[words(&["breath"]), words(&["chest", "pain"])],
        );
        let span = Span::new(12, 29);
        assert_eq!(
            found,
            Some(Heard { mention: 1, span }),
            "from the first word to the last"
        );
    }
}
