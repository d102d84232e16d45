//! Yes, no and not sure, in the many ways people say them.

mod words;

use super::line::Line;

use words::{CLOSED, LEAD, NOT_NO, OPEN};

/// Which way an answer goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Polarity {
    /// Yes.
    Yes,
    /// No.
    No,
    /// Neither.
    Unsure,
}

/// An answer with its tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Answer {
    /// Which way.
    pub(crate) polarity: Polarity,
    /// Its first token.
    pub(crate) from: usize,
    /// One past its last token.
    pub(crate) to: usize,
}

/// Every answer of the text, in order: at most one in a clause.
pub(crate) fn find(line: &Line) -> Vec<Answer> {
    let mut found: Vec<Answer> = Vec::new();
    let mut at = 0;
    while at < line.len() {
        let fresh = at == 0 || line.is_break(at - 1) || line.is(at - 1, &LEAD) && lead_reaches(line, at);
        let free = found.last().is_none_or(|last| last.to <= at);
        match (fresh && free).then(|| answer_at(line, at)).flatten() {
            Some(answer) => {
                at = answer.to;
                found.push(answer);
            }
            None => at += 1,
        }
    }
    found
}

/// Whether only lead words stand between the clause's start and this token.
fn lead_reaches(line: &Line, at: usize) -> bool {
    (1..=3)
        .map(|back| at.checked_sub(back))
        .take_while(|i| i.is_some_and(|i| !line.is_break(i)))
        .all(|i| i.is_some_and(|i| line.is(i, &LEAD)))
}

/// Whether the clause ends at this token, politeness left aside.
fn ends(line: &Line, at: usize) -> bool {
    const SOFT: [&str; 20] = [
        "please", "thanks", "thank", "you", "then", "it", "that", "that's", "with", "for", "me", "i", "but", "though",
        "sir", "and", "yes", "by", "sure", "thx",
    ];
    line.is_break(at) || line.is(at, &SOFT)
}

/// The longest answer that starts at a token.
pub(crate) fn answer_at(line: &Line, at: usize) -> Option<Answer> {
    let mut best: Option<Answer> = None;
    let lists = OPEN.iter().map(|e| (e, false)).chain(CLOSED.iter().map(|e| (e, true)));
    for ((phrase, polarity), closed) in lists {
        let Some(to) = phrase_end(line, at, phrase) else {
            continue;
        };
        let blocked = *phrase == "no" && line.is(to, &NOT_NO)
            || *phrase == "never" && line.word(to) == "mind"
            || closed && !ends(line, to);
        if !blocked && best.is_none_or(|b| to > b.to) {
            best = Some(Answer {
                polarity: *polarity,
                from: at,
                to,
            });
        }
    }
    best
}

/// One past the last token of a phrase that starts here.
pub(crate) fn phrase_end(line: &Line, at: usize, phrase: &str) -> Option<usize> {
    // Most phrases fail at their first letter.
    if phrase.as_bytes().first() != line.word(at).as_bytes().first() {
        return None;
    }
    let mut rest = phrase;
    let mut to = at;
    loop {
        let word = line.word(to);
        rest = rest.strip_prefix(word).filter(|_| !word.is_empty())?;
        to += 1;
        if rest.is_empty() {
            return Some(to);
        }
        rest = rest.strip_prefix(' ')?;
    }
}

#[cfg(test)]
mod tests {
    use super::{Answer, Polarity, find};
    use crate::values::Line;

    fn first(line: &Line) -> Option<Answer> {
        find(line).into_iter().next()
    }

    #[test]
    fn yes_no_and_unsure_are_told_apart_in_many_wordings() {
        use Polarity::{No, Unsure, Yes};
        let cases: [(&str, Option<Polarity>); 70] = [
            ("yes", Some(Yes)),
            ("Yes please", Some(Yes)),
            ("yeah but be quick", Some(Yes)),
            ("yup", Some(Yes)),
            ("sure", Some(Yes)),
            ("ok", Some(Yes)),
            ("go ahead", Some(Yes)),
            ("please do", Some(Yes)),
            ("that's correct", Some(Yes)),
            ("sounds good to me", Some(Yes)),
            ("of course", Some(Yes)),
            ("i think so", Some(Yes)),
            ("do it", Some(Yes)),
            ("I did.", Some(Yes)),
            ("it is, thanks", Some(Yes)),
            ("well, yes", Some(Yes)),
            ("okay then", Some(Yes)),
            ("perfect", Some(Yes)),
            ("why not", Some(Yes)),
            ("👍", Some(Yes)),
            ("absolutely!", Some(Yes)),
            ("oh yeah", Some(Yes)),
            ("no", Some(No)),
            ("Nope.", Some(No)),
            ("no thanks", Some(No)),
            ("not really", Some(No)),
            ("I'd rather not", Some(No)),
            ("don't", Some(No)),
            ("please don't do that", Some(No)),
            ("absolutely not", Some(No)),
            ("of course not", Some(No)),
            ("i don't think so", Some(No)),
            ("that's wrong", Some(No)),
            ("no way", Some(No)),
            ("I haven't", Some(No)),
            ("not yet", Some(No)),
            ("nah", Some(No)),
            ("no, that is not mine", Some(No)),
            ("not sure", Some(Unsure)),
            ("I'm not sure", Some(Unsure)),
            ("no idea", Some(Unsure)),
            ("I don't know", Some(Unsure)),
            ("maybe", Some(Unsure)),
            ("idk", Some(Unsure)),
            ("it depends", Some(Unsure)),
            ("i have no idea", Some(Unsure)),
            ("I don't remember", Some(Unsure)),
            ("no problem", None),
            ("no more than five", None),
            ("right now it fails", None),
            ("my order is late", None),
            ("I have a question", None),
            ("the greatest show", None),
            ("never mind", None),
            ("good morning", None),
            ("great shoes", None),
            ("", None),
            ("nothing arrived", None),
            ("unfortunately not", Some(No)),
            ("sadly no", Some(No)),
            ("unfortunately it doesn't", Some(No)),
            ("no luck, same as before", Some(No)),
            ("that didn't help", Some(No)),
            ("luckily yes", Some(Yes)),
            ("that did the trick!", Some(Yes)),
            ("probably not", Some(No)),
            ("unfortunately my bag is late", None),
            ("sadly the shop was closed", None),
            ("yesterday", None),
            ("i am angry", None),
        ];
        for (text, wanted) in cases {
            assert_eq!(
                first(&Line::new(text)).map(|a| a.polarity),
                wanted,
                "what {text:?} says"
            );
        }
    }
}
