//! Words that command nothing, and the words by which they are told from an order.

use super::split::{lead, starts};
use super::token::{Kind, Token};
use super::verbs::verb_at;

/// "since the customer prints a label, …": why something is done, and where what is done begins.
pub(super) fn reason_before(words: &[Token<'_>]) -> Option<usize> {
    let given = starts(words, &["given", "that"]);
    if !given && !words.first()?.any(&["since", "because"]) {
        return None;
    }
    let comma = words.iter().position(|t| t.mark(','))?;
    (comma > 2 && comma + 2 < words.len()).then_some(comma)
}

/// "Your goal is to …", "The aim here is that …".
pub(super) fn is_goal(words: &[Token<'_>]) -> bool {
    // "To decide whether it is valid:" stands above the steps that do so.
    let heads = words.first().is_some_and(|t| t.is("to"))
        && words.last().is_some_and(|t| t.mark(':'))
        && verb_at(words, 1).is_some_and(|v| v.form == super::verbs::Form::Base)
        && words.len() <= 16;
    if heads {
        return true;
    }
    let skip = usize::from(words.first().is_some_and(|t| t.any(&["the", "your", "our"])));
    let is = words.iter().take(5).position(|t| t.any(&["is", "'s"]));
    skip > 0
        && words
            .get(skip)
            .is_some_and(|t| t.any(&["goal", "aim", "purpose", "objective", "mission"]))
        && is.is_some_and(|is| words.get(is + 1).is_some_and(|t| t.any(&["to", "that"])))
}

/// "Background: …", "Note to colleagues: …", "Keep in mind …".
pub(super) fn is_background(words: &[Token<'_>]) -> bool {
    let lead: Vec<_> = words.iter().take(4).map(|t| t.low.as_str()).collect();
    matches!(
        lead.as_slice(),
        ["background" | "fyi" | "context" | "tone" | "example" | "examples", ..]
    ) && words.get(1).is_some_and(|t| t.mark(':'))
        || matches!(
            lead.as_slice(),
            ["note", "to", "colleagues" | "agents" | "self", ..]
                | ["note", "for", "colleagues" | "agents", ..]
                | ["for", "colleagues", ..]
                | ["keep", "in", "mind", ..]
                | ["for", "example", ..]
        )
}

/// "As a hotel agent, you can help guests book, move or cancel a room": what the work is.
pub(super) fn is_part(words: &[Token<'_>]) -> bool {
    let words = match words.iter().position(|t| t.mark(',')) {
        Some(comma) if words[0].is("as") && words.get(1).is_some_and(|t| t.any(&["a", "an", "the", "our"])) => {
            &words[comma + 1..]
        }
        _ => words,
    };
    let you = words.first().is_some_and(|t| t.any(&["you", "we"]));
    let help = words.iter().take(3).position(|t| t.any(&["help", "assist", "support"]));
    let kinds = [
        "customers",
        "users",
        "guests",
        "clients",
        "people",
        "members",
        "passengers",
        "patients",
        "subscribers",
    ];
    you && help.is_some_and(|at| words.get(at + 1).is_some_and(|t| t.any(&kinds)))
}

/// "Optional step", "Option 2": what follows is done sometimes, and nothing says when.
pub(super) fn is_optional(words: &[Token<'_>]) -> bool {
    if let [option, number] = words
        && option.any(&["option", "alternative"])
    {
        return number.kind == Kind::Number || number.low.len() == 1;
    }
    words.len() < 6
        && words.iter().any(|t| t.is("optional"))
        && words.iter().all(|t| {
            t.is_mark()
                || t.kind == Kind::Number
                || t.any(&[
                    "optional",
                    "step",
                    "steps",
                    "part",
                    "this",
                    "is",
                    "are",
                    "these",
                    "the",
                    "next",
                    "following",
                ])
        })
}

/// "we cannot help", "the agent can't assist here": why something else is done.
pub(super) fn is_beyond_us(words: &[Token<'_>]) -> bool {
    let words = lead(words);
    let the = usize::from(words.first().is_some_and(|t| t.is("the")));
    let us = words
        .get(the)
        .is_some_and(|t| t.any(&["we", "you", "agent", "agents", "assistant"]));
    let rest = words.get(the + 1..).unwrap_or_default();
    let cannot = starts(rest, &["can", "not"]) || starts(rest, &["cannot"]);
    let alone = rest.len() < 8 && !rest.iter().any(|t| t.any(&["and", "but", "or"]));
    us && cannot && alone && rest.iter().any(|t| t.any(&["help", "assist"]))
}

/// "try to get this decision right", "take care here": how it is done.
pub(super) fn is_care(words: &[Token<'_>]) -> bool {
    let words = lead(words);
    let get = words.first().is_some_and(|t| t.is("get"))
        && words
            .last()
            .is_some_and(|t| t.any(&["right", "correct", "correctly", "properly"]))
        && words.get(1).is_some_and(|t| t.any(&["this", "it", "that", "the"]));
    let care = starts(words, &["take", "care"]) && !words.get(2).is_some_and(|t| t.is("of"))
        || starts(words, &["pay", "attention"])
        || starts(words, &["be", "careful"]);
    (get || care) && words.len() <= 6
}

/// "Options include 'sent' and 'paid'", "Possible values are …": what may stand somewhere.
pub(super) fn lists_options(words: &[Token<'_>]) -> bool {
    let head = words
        .iter()
        .take(3)
        .position(|t| t.any(&["options", "values", "choices", "possibilities"]));
    head.is_some_and(|at| {
        words
            .get(at + 1)
            .is_some_and(|t| t.any(&["include", "are", "is", "can"]) || t.mark(':'))
    })
}

/// "Use a friendly tone", "Write in British English": how it is said, which the author's own words decide.
pub(super) fn is_tone(words: &[Token<'_>]) -> bool {
    const MANNERS: [&str; 17] = [
        "tone",
        "voice",
        "jargon",
        "slang",
        "english",
        "language",
        "wording",
        "style",
        "emojis",
        "emoji",
        "empathy",
        "politely",
        "friendly",
        "polite",
        "professional",
        "warm",
        "concise",
    ];
    let words = lead(words);
    let speaks = words.first().is_some_and(|t| {
        t.any(&[
            "use", "write", "speak", "answer", "reply", "respond", "sound", "be", "stay", "remain", "keep", "avoid",
            "maintain", "show", "no", "adopt", "simple",
        ])
    });
    speaks
        && words.len() <= 14
        && words
            .iter()
            .any(|t| t.any(&MANNERS) || t.is("words") && words.iter().any(|t| t.any(&["simple", "plain"])))
        && !words
            .iter()
            .any(|t| matches!(t.kind, Kind::Pill | Kind::Call | Kind::Quote))
}

/// "Use this when someone wants to cancel": when the task is meant to run. Its description decides that.
pub(super) fn is_purpose(words: &[Token<'_>]) -> bool {
    let words = lead(words);
    let this = words.get(1).is_some_and(|t| t.any(&["this", "it"])) || starts(words, &["use", "the", "following"]);
    let when = words.iter().take(6).any(|t| t.any(&["when", "whenever", "if", "for"]));
    words.first().is_some_and(|t| t.any(&["use", "follow", "run", "start"])) && this && when
        || starts(words, &["this", "is", "about"])
        || starts(words, &["this", "task", "is", "for"])
        || starts(words, &["this", "is", "for"])
}

/// "TBD", "TODO: ask Jenny", "???": text that is still to be written.
pub(super) fn is_unwritten(words: &[Token<'_>]) -> bool {
    const LEFT: [&str; 9] = ["tbd", "tbc", "todo", "fixme", "xxx", "xx", "wip", "lorem", "ipsum"];
    words.iter().any(|t| t.any(&LEFT)) || !words.is_empty() && words.iter().all(Token::is_mark)
}

/// Whether a sentence orders something with a verb that nothing is known of: in English a word in front of "the" or
/// "their" at the start of a sentence is a verb, unless it is one of few others.
pub(super) fn orders(words: &[Token<'_>]) -> bool {
    const NO_VERBS: [&str; 112] = [
        "about",
        "above",
        "across",
        "after",
        "against",
        "along",
        "among",
        "around",
        "as",
        "at",
        "before",
        "behind",
        "below",
        "beneath",
        "beside",
        "besides",
        "between",
        "beyond",
        "by",
        "despite",
        "down",
        "during",
        "except",
        "for",
        "from",
        "given",
        "in",
        "inside",
        "into",
        "like",
        "near",
        "of",
        "off",
        "on",
        "onto",
        "out",
        "outside",
        "over",
        "past",
        "per",
        "since",
        "than",
        "through",
        "throughout",
        "till",
        "to",
        "toward",
        "towards",
        "under",
        "until",
        "unto",
        "up",
        "upon",
        "via",
        "with",
        "within",
        "without",
        "and",
        "or",
        "but",
        "nor",
        "so",
        "yet",
        "because",
        "although",
        "though",
        "while",
        "whereas",
        "that",
        "lest",
        "all",
        "any",
        "both",
        "each",
        "every",
        "few",
        "many",
        "much",
        "none",
        "no",
        "some",
        "such",
        "what",
        "which",
        "whatever",
        "whichever",
        "who",
        "whose",
        "how",
        "why",
        "am",
        "is",
        "are",
        "was",
        "were",
        "be",
        "do",
        "does",
        "did",
        "has",
        "had",
        "can",
        "could",
        "may",
        "might",
        "shall",
        "should",
        "would",
        "not",
        "only",
        "even",
        "half",
    ];
    const OTHERS: [&str; 30] = [
        "often",
        "sometimes",
        "maybe",
        "perhaps",
        "here",
        "there",
        "today",
        "tomorrow",
        "yesterday",
        "however",
        "otherwise",
        "meanwhile",
        "once",
        "twice",
        "the",
        "a",
        "an",
        "this",
        "these",
        "those",
        "it",
        "they",
        "we",
        "you",
        "i",
        "he",
        "she",
        "quite",
        "rather",
        "thus",
    ];
    const MARKS_OF_OBJECT: [&str; 20] = [
        "the", "a", "an", "their", "our", "his", "her", "its", "these", "those", "them", "it", "him", "any", "all",
        "every", "each", "this", "some", "your",
    ];
    let words = lead(words);
    let [verb, rest @ ..] = words else { return false };
    // "Shuffle up the order"
    let rest = match rest {
        [particle, rest @ ..] if particle.any(&["up", "out", "down", "off", "back", "over"]) && !rest.is_empty() => {
            rest
        }
        rest => rest,
    };
    let Some(next) = rest.first() else { return false };
    let ending = |end: &str| verb.low.ends_with(end) && verb.low.len() > end.len() + 2;
    let adverb = ending("ly") && !verb.any(&["apply", "reply", "supply", "rely", "comply", "multiply"]);
    verb.kind == Kind::Word
        && next.any(&MARKS_OF_OBJECT)
        && verb.low.chars().all(char::is_alphabetic)
        && !verb.any(&NO_VERBS)
        && !verb.any(&OTHERS)
        && !(adverb || ending("ing") || ending("ed"))
        && verb_at(words, 0).is_none()
}
