//! Reported speech into direct speech: "tell the customer their refund takes 5 days" says "Your refund takes 5 days."

use taskwright_domain::Template;

use super::token::{Kind, Token};
use super::verbs::{Form, verb_at};

/// Words as they stand in the text, from the first token to the last.
pub(super) fn written(text: &str, words: &[Token<'_>]) -> String {
    let (Some(first), Some(last)) = (words.first(), words.last()) else {
        return String::new();
    };
    text.get(first.bytes.0..last.bytes.1).unwrap_or("").to_owned()
}

/// A statement about the customer, said to the customer.
pub(super) fn to_customer(words: &[Token<'_>]) -> Template {
    let plural_before = |at: usize| {
        // "it happens": a verb, not several of something.
        let states = |place: usize| {
            place > 0
                && words[place - 1].any(&[
                    "it",
                    "nothing",
                    "something",
                    "anything",
                    "everything",
                    "he",
                    "she",
                    "who",
                ])
        };
        words[..at].iter().enumerate().any(|(place, t)| {
            t.kind == Kind::Word
                && !states(place)
                && t.low.len() > 3
                && t.low.ends_with('s')
                && !t.low.ends_with("ss")
                && !t.any(&[
                    "takes",
                    "this",
                    "always",
                    "does",
                    "customers",
                    "days",
                    "gives",
                    "has",
                    "was",
                    "hours",
                    "weeks",
                ])
        })
    };
    // "the web team knows, so they can mend it": they are not the customer.
    let others_before = |at: usize| {
        words[at].is("they")
            && words[..at]
                .iter()
                .any(|t| t.any(&["team", "department", "staff", "colleagues", "engineers", "technicians"]))
    };
    let mut said = String::new();
    let mut at = 0;
    let mut to_base = false;
    while at < words.len() {
        let (mut word, used) = shifted(words, at, plural_before(at) || others_before(at));
        if std::mem::take(&mut to_base) {
            word = agreed(&word);
        }
        if word == "you" && used > 0 && (words[at + used - 1].is_customer() || words[at + used - 1].any(&["he", "she"]))
        {
            to_base = !object_place(words, at);
        }
        // "… that it is paid and that it ships today": one "and".
        if words[at].is("that") && at > 0 && words[at - 1].any(&["and", "but"]) {
            at += 1;
            continue;
        }
        let glue = at > 0 && words[at].spaced;
        if glue && !said.is_empty() && !word.is_empty() {
            said.push(' ');
        }
        said.push_str(&word);
        at += used.max(1);
    }
    Template::new(sentence(&said))
}

/// The words for the customer that stand at a token, and how many tokens they replace.
fn shifted(words: &[Token<'_>], at: usize, plural_before: bool) -> (String, usize) {
    let token = &words[at];
    let next = |more: usize| words.get(at + more);
    let is = |more: usize, said: &[&str]| next(more).is_some_and(|t| t.any(said));
    let customer = |token: &Token<'_>| token.is_customer() || token.is("customers");
    if token.kind != Kind::Word {
        return (token.text.to_owned(), 1);
    }
    // "the guest list" is no guest.
    let alone = || {
        next(2).is_none_or(|t| {
            t.is_mark()
                || t.any(&[
                    "is", "has", "can", "will", "must", "should", "needs", "need", "may", "does", "was", "would", "to",
                    "and", "or", "in", "with", "for", "at", "on", "by", "if", "when", "that", "who", "wants", "gets",
                    "'s", "has", "had", "could", "might", "not", "directly",
                ])
        })
    };
    if token.any(&["the", "this", "a"])
        && next(1).is_some_and(|t| {
            let plain = t.any(&["customer", "customers", "user", "client", "caller"]);
            let compound =
                !alone() && next(3).is_some_and(|t| t.any(&["is", "are", "was", "has", "have", "will", "can"]));
            plain && !compound || customer(t) && alone()
        })
    {
        return if is(2, &["'s"]) {
            ("your".to_owned(), 3)
        } else {
            ("you".to_owned(), 2)
        };
    }
    if token.any(&["customer", "customers", "user", "client", "caller"]) && at == 0 {
        return if is(1, &["'s"]) {
            ("your".to_owned(), 2)
        } else {
            ("you".to_owned(), 1)
        };
    }
    if token.any(&["he", "she"]) && is(1, &["or"]) && is(2, &["he", "she"]) {
        return ("you".to_owned(), 3);
    }
    let low = token.low.as_str();
    let word = match low {
        "their" if at > 0 && words[at - 1].is("on") && is(1, &["way"]) => return (token.text.to_owned(), 1),
        "their" | "his" => "your",
        "theirs" => "yours",
        "they" if !plural_before => "you",
        "he" | "she" => "you",
        "them" | "him" if !plural_before => "you",
        "her" if next(1).is_some_and(|t| t.kind == Kind::Word && verb_at(words, at + 1).is_none_or(|v| v.noun_too)) => {
            "your"
        }
        "her" => "you",
        "themselves" | "himself" | "herself" => "yourself",
        "you" if at > 0 && object_place(words, at) => "us",
        "you" => "we",
        "your" => "our",
        "yourself" => "us",
        "agent" | "assistant" | "bot" if at > 0 && words[at - 1].is("the") => return (token.text.to_owned(), 1),
        _ => {
            // Contractions keep their letters: "can" + "'t".
            return (token.text.to_owned(), 1);
        }
    };
    (word.to_owned(), 1)
}

/// Whether a pronoun stands after a verb or preposition.
fn object_place(words: &[Token<'_>], at: usize) -> bool {
    let Some(before) = at.checked_sub(1).and_then(|at| words.get(at)) else {
        return false;
    };
    before.any(&["to", "for", "with", "from", "by", "of", "about", "at", "on"])
        || (verb_at(words, at - 1).is_some_and(|v| v.form == Form::Base) && !before.any(&["that", "if", "when"]))
}

/// "wants" after "you" is "want".
fn agreed(word: &str) -> String {
    match word {
        "is" => "are".to_owned(),
        "has" => "have".to_owned(),
        "was" => "were".to_owned(),
        "does" => "do".to_owned(),
        "'s" | "\u{2019}s" => "'re".to_owned(),
        _ => match word.strip_suffix('s') {
            Some(base) if base.len() > 2 && !base.ends_with('s') && !base.ends_with('u') => base.to_owned(),
            _ => word.to_owned(),
        },
    }
}

/// With a capital letter and a full stop.
pub(super) fn sentence(words: &str) -> String {
    let words = words.trim().trim_end_matches([',', ';', ':', '\u{2013}']).trim();
    let mut chars = words.chars();
    let Some(first) = chars.next() else {
        return String::new();
    };
    let mut said: String = first.to_uppercase().collect();
    said.push_str(chars.as_str());
    if !said.ends_with(['.', '!', '?', '…']) {
        said.push('.');
    }
    said
}

/// A question from words such as "they would like to cancel": "Would you like to cancel?"
pub(super) fn question(words: &[Token<'_>]) -> Template {
    let said = to_customer(words).0;
    let said = said.trim_end_matches('.');
    let lower = lower_first(said);
    let inverted = [
        "you would ",
        "you'd ",
        "you are ",
        "you have ",
        "you can ",
        "you will ",
        "you could ",
        "you were ",
    ];
    for lead in inverted {
        if let Some(rest) = lower.strip_prefix(lead) {
            let verb = match lead.trim() {
                "you'd" => "Would".to_owned(),
                lead => sentence(lead.trim_start_matches("you "))
                    .trim_end_matches('.')
                    .to_owned(),
            };
            return Template::new(format!("{verb} you {rest}?"));
        }
    }
    if let Some(rest) = lower.strip_prefix("you ") {
        return Template::new(format!("Do you {rest}?"));
    }
    for aux in [" is ", " are ", " was ", " has ", " have ", " can ", " will "] {
        if let Some(at) = lower.find(aux).filter(|at| lower[..*at].split(' ').count() <= 5) {
            let (subject, rest) = (&lower[..at], &lower[at + aux.len()..]);
            return Template::new(format!(
                "{} {subject} {rest}?",
                sentence(aux.trim()).trim_end_matches('.')
            ));
        }
    }
    let mut parts = lower.splitn(2, ' ');
    if let (Some(subject @ ("it" | "this" | "that")), Some(rest)) = (parts.next(), parts.next()) {
        let (verb, tail) = rest.split_once(' ').unwrap_or((rest, ""));
        let (aux, base) = if let Some(base) = verb.strip_suffix("ed").filter(|b| b.len() > 2) {
            ("Did", base.to_owned())
        } else {
            ("Does", agreed(verb))
        };
        let tail = if tail.is_empty() {
            String::new()
        } else {
            format!(" {tail}")
        };
        return Template::new(format!("{aux} {subject} {base}{tail}?"));
    }
    Template::new(format!("{}?", sentence(said).trim_end_matches('.')))
}

pub(super) fn lower_first(words: &str) -> String {
    let mut chars = words.chars();
    match chars.next() {
        Some('I') if chars.as_str().starts_with([' ', '\'']) => words.to_owned(),
        Some(first) if !chars.clone().next().is_some_and(char::is_uppercase) => {
            first.to_lowercase().collect::<String>() + chars.as_str()
        }
        _ => words.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::token::scan;
    use super::{question, to_customer};

    #[test]
    fn reported_speech_turns_direct() {
        for (reported, direct) in [
            (
                "their parcel arrives within 3 days",
                "Your parcel arrives within 3 days.",
            ),
            (
                "we can't move visits that are less than a day away",
                "We can't move visits that are less than a day away.",
            ),
            (
                "the customer's plan ends on {plan.ends_on}",
                "Your plan ends on {plan.ends_on}.",
            ),
            ("the customer has two days left", "You have two days left."),
            ("you will send them a code", "We will send you a code."),
            (
                "they need to call the hotel themselves",
                "You need to call the hotel yourself.",
            ),
            ("it can take an hour to show", "It can take an hour to show."),
        ] {
            assert_eq!(to_customer(&scan(reported).0).0, direct, "{reported}");
        }
    }

    #[test]
    fn reported_questions_turn_direct() {
        for (reported, direct) in [
            ("they would like to keep the plan", "Would you like to keep the plan?"),
            ("it helped", "Did it help?"),
            ("the light is green", "Is the light green?"),
            ("they want to go ahead", "Do you want to go ahead?"),
        ] {
            assert_eq!(question(&scan(reported).0).0, direct, "{reported}");
        }
    }
}
