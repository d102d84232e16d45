//! Yes, no and not sure, in the many ways people say them.

use super::line::Line;

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

/// Words that answer wherever a clause begins, whatever follows.
const OPEN: &[(&str, Polarity)] = &[
    ("yes", Polarity::Yes),
    ("yeah", Polarity::Yes),
    ("yep", Polarity::Yes),
    ("yup", Polarity::Yes),
    ("yea", Polarity::Yes),
    ("yess", Polarity::Yes),
    ("yah", Polarity::Yes),
    ("sure thing", Polarity::Yes),
    ("of course", Polarity::Yes),
    ("absolutely", Polarity::Yes),
    ("definitely", Polarity::Yes),
    ("certainly", Polarity::Yes),
    ("affirmative", Polarity::Yes),
    ("go ahead", Polarity::Yes),
    ("go for it", Polarity::Yes),
    ("please do", Polarity::Yes),
    ("sounds good", Polarity::Yes),
    ("sounds great", Polarity::Yes),
    ("sounds fine", Polarity::Yes),
    ("sounds right", Polarity::Yes),
    ("sounds perfect", Polarity::Yes),
    ("that's right", Polarity::Yes),
    ("thats right", Polarity::Yes),
    ("that is right", Polarity::Yes),
    ("that's correct", Polarity::Yes),
    ("thats correct", Polarity::Yes),
    ("that is correct", Polarity::Yes),
    ("that's fine", Polarity::Yes),
    ("thats fine", Polarity::Yes),
    ("that is fine", Polarity::Yes),
    ("that's okay", Polarity::Yes),
    ("that's ok", Polarity::Yes),
    ("that works", Polarity::Yes),
    ("works for me", Polarity::Yes),
    ("fine by me", Polarity::Yes),
    ("fine with me", Polarity::Yes),
    ("ok with me", Polarity::Yes),
    ("i agree", Polarity::Yes),
    ("i confirm", Polarity::Yes),
    ("i accept", Polarity::Yes),
    ("confirmed", Polarity::Yes),
    ("do it", Polarity::Yes),
    ("by all means", Polarity::Yes),
    ("that would be ok", Polarity::Yes),
    ("that'd be ok", Polarity::Yes),
    ("it would be ok", Polarity::Yes),
    ("i would be ok", Polarity::Yes),
    ("that would be okay", Polarity::Yes),
    ("that'd be okay", Polarity::Yes),
    ("it would be okay", Polarity::Yes),
    ("i would be okay", Polarity::Yes),
    ("that would be fine", Polarity::Yes),
    ("that'd be fine", Polarity::Yes),
    ("it would be fine", Polarity::Yes),
    ("i would be fine", Polarity::Yes),
    ("that would be great", Polarity::Yes),
    ("that'd be great", Polarity::Yes),
    ("it would be great", Polarity::Yes),
    ("that would be good", Polarity::Yes),
    ("that'd be good", Polarity::Yes),
    ("it would be good", Polarity::Yes),
    ("that would be nice", Polarity::Yes),
    ("that'd be nice", Polarity::Yes),
    ("it would be nice", Polarity::Yes),
    ("that would be perfect", Polarity::Yes),
    ("that'd be perfect", Polarity::Yes),
    ("it would be perfect", Polarity::Yes),
    ("that would be lovely", Polarity::Yes),
    ("that'd be lovely", Polarity::Yes),
    ("it would be lovely", Polarity::Yes),
    ("that would be wonderful", Polarity::Yes),
    ("that'd be wonderful", Polarity::Yes),
    ("it would be wonderful", Polarity::Yes),
    ("that would be helpful", Polarity::Yes),
    ("that'd be helpful", Polarity::Yes),
    ("it would be helpful", Polarity::Yes),
    ("let's do it", Polarity::Yes),
    ("let's go", Polarity::Yes),
    ("let's do that", Polarity::Yes),
    ("you bet", Polarity::Yes),
    ("looks good", Polarity::Yes),
    ("looks right", Polarity::Yes),
    ("looks correct", Polarity::Yes),
    ("it looks good", Polarity::Yes),
    ("all good", Polarity::Yes),
    ("all correct", Polarity::Yes),
    ("that would be great", Polarity::Yes),
    ("that would be good", Polarity::Yes),
    ("that would be perfect", Polarity::Yes),
    ("i think so", Polarity::Yes),
    ("i guess so", Polarity::Yes),
    ("i suppose so", Polarity::Yes),
    ("i believe so", Polarity::Yes),
    ("i hope so", Polarity::Yes),
    ("please proceed", Polarity::Yes),
    ("you can proceed", Polarity::Yes),
    ("why not", Polarity::Yes),
    ("no problem go", Polarity::Yes),
    ("uh huh", Polarity::Yes),
    ("i'm happy with that", Polarity::Yes),
    ("👍", Polarity::Yes),
    ("exactly", Polarity::Yes),
    ("that helped", Polarity::Yes),
    ("that worked", Polarity::Yes),
    ("it worked", Polarity::Yes),
    ("that did it", Polarity::Yes),
    ("that did the trick", Polarity::Yes),
    ("that fixed it", Polarity::Yes),
    ("it works now", Polarity::Yes),
    ("it works again", Polarity::Yes),
    ("it works fine", Polarity::Yes),
    ("it works perfectly", Polarity::Yes),
    ("it's working now", Polarity::Yes),
    ("it's working again", Polarity::Yes),
    ("it is working now", Polarity::Yes),
    ("it is working again", Polarity::Yes),
    ("problem solved", Polarity::Yes),
    ("it's fixed", Polarity::Yes),
    ("it is fixed", Polarity::Yes),
    ("it's fine now", Polarity::Yes),
    ("it's ok now", Polarity::Yes),
    ("it's okay now", Polarity::Yes),
    ("indeed", Polarity::Yes),
    ("for sure", Polarity::Yes),
    ("100%", Polarity::Yes),
    ("no", Polarity::No),
    ("nope", Polarity::No),
    ("nah", Polarity::No),
    ("naw", Polarity::No),
    ("noo", Polarity::No),
    ("negative", Polarity::No),
    ("no way", Polarity::No),
    ("not really", Polarity::No),
    ("not yet", Polarity::No),
    ("still not", Polarity::No),
    ("still doesn't", Polarity::No),
    ("still does not", Polarity::No),
    ("still isn't", Polarity::No),
    ("still no", Polarity::No),
    ("still nothing", Polarity::No),
    ("still the same", Polarity::No),
    ("it's still the same", Polarity::No),
    ("it is still the same", Polarity::No),
    ("it's the same", Polarity::No),
    ("no luck", Polarity::No),
    ("no difference", Polarity::No),
    ("no success", Polarity::No),
    ("same issue", Polarity::No),
    ("same thing", Polarity::No),
    ("same as before", Polarity::No),
    ("nothing changed", Polarity::No),
    ("nothing has changed", Polarity::No),
    ("didn't help", Polarity::No),
    ("did not help", Polarity::No),
    ("that didn't help", Polarity::No),
    ("that did not help", Polarity::No),
    ("it didn't help", Polarity::No),
    ("didn't work", Polarity::No),
    ("did not work", Polarity::No),
    ("that didn't work", Polarity::No),
    ("it didn't work", Polarity::No),
    ("i'm afraid it doesn't", Polarity::No),
    ("i'm afraid it does not", Polarity::No),
    ("i am afraid not", Polarity::No),
    ("no change", Polarity::No),
    ("same problem", Polarity::No),
    ("same error", Polarity::No),
    ("not at all", Polarity::No),
    ("not now", Polarity::No),
    ("not today", Polarity::No),
    ("not this time", Polarity::No),
    ("not necessary", Polarity::No),
    ("not needed", Polarity::No),
    ("not anymore", Polarity::No),
    ("not correct", Polarity::No),
    ("not right", Polarity::No),
    ("not that one", Polarity::No),
    ("i'd rather not", Polarity::No),
    ("i would rather not", Polarity::No),
    ("i'd prefer not", Polarity::No),
    ("i would prefer not", Polarity::No),
    ("rather not", Polarity::No),
    ("better not", Polarity::No),
    ("probably not", Polarity::No),
    ("please don't", Polarity::No),
    ("please do not", Polarity::No),
    ("absolutely not", Polarity::No),
    ("definitely not", Polarity::No),
    ("certainly not", Polarity::No),
    ("of course not", Polarity::No),
    ("i'm afraid not", Polarity::No),
    ("i don't think so", Polarity::No),
    ("i dont think so", Polarity::No),
    ("i do not think so", Polarity::No),
    ("don't do it", Polarity::No),
    ("don't do that", Polarity::No),
    ("do not do", Polarity::No),
    ("that's wrong", Polarity::No),
    ("thats wrong", Polarity::No),
    ("that is wrong", Polarity::No),
    ("that's not right", Polarity::No),
    ("that is not right", Polarity::No),
    ("that isn't right", Polarity::No),
    ("that's not correct", Polarity::No),
    ("that is not correct", Polarity::No),
    ("that isn't correct", Polarity::No),
    ("that's incorrect", Polarity::No),
    ("that's not it", Polarity::No),
    ("that's not mine", Polarity::No),
    ("incorrect", Polarity::No),
    ("👎", Polarity::No),
    ("i don't agree", Polarity::No),
    ("i don't want to", Polarity::No),
    ("i don't want that", Polarity::No),
    ("i do not want", Polarity::No),
    ("i changed my mind", Polarity::No),
    ("never", Polarity::No),
    ("none of them", Polarity::No),
    ("neither", Polarity::No),
    ("not sure", Polarity::Unsure),
    ("i'm not sure", Polarity::Unsure),
    ("im not sure", Polarity::Unsure),
    ("i am not sure", Polarity::Unsure),
    ("not really sure", Polarity::Unsure),
    ("i'm not really sure", Polarity::Unsure),
    ("i'm not certain", Polarity::Unsure),
    ("not certain", Polarity::Unsure),
    ("unsure", Polarity::Unsure),
    ("i'm unsure", Polarity::Unsure),
    ("i don't know", Polarity::Unsure),
    ("i dont know", Polarity::Unsure),
    ("i do not know", Polarity::Unsure),
    ("don't know", Polarity::Unsure),
    ("dont know", Polarity::Unsure),
    ("i really don't know", Polarity::Unsure),
    ("no idea", Polarity::Unsure),
    ("no clue", Polarity::Unsure),
    ("i have no idea", Polarity::Unsure),
    ("i've no idea", Polarity::Unsure),
    ("idk", Polarity::Unsure),
    ("dunno", Polarity::Unsure),
    ("i dunno", Polarity::Unsure),
    ("maybe", Polarity::Unsure),
    ("perhaps", Polarity::Unsure),
    ("probably", Polarity::Unsure),
    ("possibly", Polarity::Unsure),
    ("hard to say", Polarity::Unsure),
    ("i can't decide", Polarity::Unsure),
    ("it depends", Polarity::Unsure),
    ("depends", Polarity::Unsure),
    ("could be", Polarity::Unsure),
];

/// Words that answer only where nothing of weight follows in their clause.
const CLOSED: &[(&str, Polarity)] = &[
    ("sure", Polarity::Yes),
    ("ok", Polarity::Yes),
    ("okay", Polarity::Yes),
    ("okey", Polarity::Yes),
    ("k", Polarity::Yes),
    ("kk", Polarity::Yes),
    ("correct", Polarity::Yes),
    ("right", Polarity::Yes),
    ("fine", Polarity::Yes),
    ("perfect", Polarity::Yes),
    ("great", Polarity::Yes),
    ("good", Polarity::Yes),
    ("alright", Polarity::Yes),
    ("all right", Polarity::Yes),
    ("true", Polarity::Yes),
    ("y", Polarity::Yes),
    ("confirm", Polarity::Yes),
    ("proceed", Polarity::Yes),
    ("continue", Polarity::Yes),
    ("please", Polarity::Yes),
    ("agreed", Polarity::Yes),
    ("totally", Polarity::Yes),
    ("please go on", Polarity::Yes),
    ("go on", Polarity::Yes),
    ("that's it", Polarity::Yes),
    ("that's the one", Polarity::Yes),
    ("that's me", Polarity::Yes),
    ("i do", Polarity::Yes),
    ("i did", Polarity::Yes),
    ("i have", Polarity::Yes),
    ("i am", Polarity::Yes),
    ("i would", Polarity::Yes),
    ("i will", Polarity::Yes),
    ("i can", Polarity::Yes),
    ("it is", Polarity::Yes),
    ("it does", Polarity::Yes),
    ("it works", Polarity::Yes),
    ("it's working", Polarity::Yes),
    ("it is working", Polarity::Yes),
    ("works now", Polarity::Yes),
    ("works again", Polarity::Yes),
    ("working now", Polarity::Yes),
    ("working again", Polarity::Yes),
    ("doesn't work", Polarity::No),
    ("does not work", Polarity::No),
    ("not working", Polarity::No),
    ("isn't working", Polarity::No),
    ("it did", Polarity::Yes),
    ("it has", Polarity::Yes),
    ("it was", Polarity::Yes),
    ("they are", Polarity::Yes),
    ("they do", Polarity::Yes),
    ("we do", Polarity::Yes),
    ("we did", Polarity::Yes),
    ("i'd like that", Polarity::Yes),
    ("i would like that", Polarity::Yes),
    ("i'd love to", Polarity::Yes),
    ("i want that", Polarity::Yes),
    ("i'm sure", Polarity::Yes),
    ("i already did", Polarity::Yes),
    ("i already have", Polarity::Yes),
    ("done", Polarity::Yes),
    ("very well", Polarity::Yes),
    ("that is", Polarity::Yes),
    ("ja", Polarity::Yes),
    ("n", Polarity::No),
    ("false", Polarity::No),
    ("wrong", Polarity::No),
    ("i don't", Polarity::No),
    ("i dont", Polarity::No),
    ("i do not", Polarity::No),
    ("i didn't", Polarity::No),
    ("i didnt", Polarity::No),
    ("i did not", Polarity::No),
    ("i haven't", Polarity::No),
    ("i have not", Polarity::No),
    ("i'm not", Polarity::No),
    ("i am not", Polarity::No),
    ("i can't", Polarity::No),
    ("i cannot", Polarity::No),
    ("i won't", Polarity::No),
    ("it isn't", Polarity::No),
    ("it's not", Polarity::No),
    ("it is not", Polarity::No),
    ("it doesn't", Polarity::No),
    ("it does not", Polarity::No),
    ("it didn't", Polarity::No),
    ("it did not", Polarity::No),
    ("it hasn't", Polarity::No),
    ("it wasn't", Polarity::No),
    ("they aren't", Polarity::No),
    ("we don't", Polarity::No),
    ("we didn't", Polarity::No),
    ("don't", Polarity::No),
    ("not", Polarity::No),
    ("none", Polarity::No),
    ("i still haven't", Polarity::No),
    ("that's not me", Polarity::No),
    ("no one", Polarity::No),
    ("hmm", Polarity::Unsure),
    ("i can't remember", Polarity::Unsure),
    ("i don't remember", Polarity::Unsure),
    ("can't remember", Polarity::Unsure),
];

/// Words after "no" that make it something else: "no problem", "no more than five".
const NOT_NO: [&str; 14] = [
    "problem", "problems", "worries", "worry", "rush", "hurry", "matter", "doubt", "more", "less", "later", "earlier",
    "one", "need",
];

/// Words before an answer that say nothing.
const LEAD: [&str; 35] = [
    "oh",
    "well",
    "um",
    "uh",
    "hmm",
    "ah",
    "so",
    "and",
    "but",
    "then",
    "ok",
    "okay",
    "hi",
    "hello",
    "hey",
    "actually",
    "honestly",
    "hm",
    "er",
    "sorry",
    "ehm",
    "please",
    "thanks",
    "uhm",
    "mmm",
    "also",
    "unfortunately",
    "sadly",
    "alas",
    "regrettably",
    "apparently",
    "fortunately",
    "luckily",
    "thankfully",
    "hurray",
];

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
