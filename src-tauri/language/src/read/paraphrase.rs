//! Leave to say something in other words: "or words to that effect". It is meant for whoever speaks and is never said.

use super::reader::trimmed;
use super::split::starts;
use super::token::{Kind, Token};

/// Words that can only speak of wording.
const OF_WORDING: [&[&str]; 12] = [
    &["words", "to", "that", "effect"],
    &["something", "to", "that", "effect"],
    &["words", "like", "that"],
    &["words", "like", "those"],
    &["something", "along", "those", "lines"],
    &["something", "along", "these", "lines"],
    &["something", "in", "that", "vein"],
    &["similar", "words"],
    &["similar", "wording"],
    &["similar", "phrasing"],
    &["a", "similar", "phrase"],
    &["a", "similar", "sentence"],
];

/// Words that may also speak of a thing ("an identity card or something similar"): they count behind a pause only.
const OF_ANYTHING: [&[&str]; 7] = [
    &["similar"],
    &["something", "similar"],
    &["anything", "similar"],
    &["something", "like", "that"],
    &["something", "like", "this"],
    &["anything", "like", "that"],
    &["the", "like"],
];

/// Words in front of a quotation that only say how closely it is to be followed.
const ABOUT_SO: [&[&str]; 6] = [
    &["something", "like"],
    &["something", "along", "the", "lines", "of"],
    &["something", "to", "the", "effect", "of"],
    &["words", "to", "the", "effect", "of"],
    &["words", "such", "as"],
    &["words", "like"],
];

/// What is to be said, without the leave to say it otherwise.
pub(super) fn without_paraphrase<'t, 'a>(words: &'t [Token<'a>]) -> &'t [Token<'a>] {
    let Some(or) = words.iter().rposition(|t| t.is("or")).filter(|or| *or > 0) else {
        return words;
    };
    let tail = trimmed(&words[or + 1..]);
    let tail = match tail {
        // "or something very similar"
        [first, middle, rest @ ..] if middle.any(&["very", "quite", "roughly"]) && !rest.is_empty() => {
            return if first.is("something") && matches!(rest, [one] if one.is("similar")) && pauses(words, or) {
                before(words, or)
            } else {
                words
            };
        }
        tail => tail,
    };
    let is = |said: &&[&str]| said.len() == tail.len() && starts(tail, said);
    let wording = OF_WORDING.iter().any(is);
    let anything = OF_ANYTHING.iter().any(is) && pauses(words, or);
    if wording || anything { before(words, or) } else { words }
}

/// Behind "say": the quotation that "something along the lines of" leads to.
pub(super) fn quoted_about_so<'t, 'a>(words: &'t [Token<'a>]) -> Option<&'t Token<'a>> {
    let quote = words.iter().position(|t| t.kind == Kind::Quote)?;
    let led = trimmed(&words[..quote]);
    ABOUT_SO
        .iter()
        .any(|said| said.len() == led.len() && starts(led, said))
        .then(|| &words[quote])
}

/// Whether the "or" comes after a pause: a comma, a dash, a bracket or the end of a quotation.
fn pauses(words: &[Token<'_>], or: usize) -> bool {
    let last = &words[or - 1];
    last.kind == Kind::Quote || matches!(last.kind, Kind::Mark(',' | '–' | '(' | '.' | '!' | '…'))
}

/// The words in front of the "or", without the mark that leads to it.
fn before<'t, 'a>(words: &'t [Token<'a>], or: usize) -> &'t [Token<'a>] {
    let bare = &words[..or];
    match bare {
        [rest @ .., last] if last.is_mark() && !last.mark(')') => rest,
        bare => bare,
    }
}

#[cfg(test)]
mod tests {
    use super::super::token::scan;
    use super::without_paraphrase;

    fn kept(text: &str) -> String {
        let (tokens, _) = scan(text);
        super::super::tell::written(text, without_paraphrase(&tokens))
    }

    #[test]
    fn leave_to_say_it_otherwise_is_not_said() {
        for (text, said) in [
            ("say that it is late, or something similar", "say that it is late"),
            ("say that it is late (or words to that effect)", "say that it is late"),
            ("say that it is late or words to that effect", "say that it is late"),
            ("say \u{201c}Sorry\u{201d} or similar", "say \u{201c}Sorry\u{201d}"),
            (
                "tell them to restart it – or something like that",
                "tell them to restart it",
            ),
        ] {
            assert_eq!(kept(text), said);
        }
    }

    #[test]
    fn another_thing_stays() {
        for text in [
            "tell them to send a passport or something similar",
            "ask whether it is red or blue",
            "say that similar wording is fine",
        ] {
            assert_eq!(kept(text), text);
        }
    }
}
