//! What a customer lets be heard about the answer they were given: it helped, or it did not.
//!
//! Read only where an answer stands open; the same words in a first message speak of something else.

use super::{courtesy, phrases};
use crate::values::{Line, Polarity, find_answers, phrase_end};

/// What the words say of the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Feedback {
    /// It helped.
    pub helped: bool,
    /// The message asks or tells something besides.
    pub more: bool,
}

/// It helped, in words that say nothing else.
const HELPED: &[&str] = &[
    "that helped",
    "this helped",
    "it helped",
    "you helped",
    "helped a lot",
    "helped me",
    "that helps",
    "this helps",
    "it helps",
    "helps a lot",
    "very helpful",
    "really helpful",
    "so helpful",
    "super helpful",
    "was helpful",
    "is helpful",
    "works now",
    "works again",
    "works fine",
    "works perfectly",
    "it works",
    "that works",
    "this works",
    "it worked",
    "that worked",
    "this worked",
    "working now",
    "working again",
    "works great",
    "did the trick",
    "does the trick",
    "that's it",
    "thats it",
    "that was it",
    "what i needed",
    "what i wanted",
    "what i was looking for",
    "all i needed",
    "all i wanted to know",
    "answers my question",
    "answered my question",
    "good to know",
    "makes sense now",
    "clear now",
    "got my answer",
    "you're a star",
    "you are a star",
    "life saver",
    "lifesaver",
];
/// The same of a thing that was broken: only where nothing is wished for.
const MENDED: &[&str] = &["solved", "fixed", "resolved", "sorted", "helpful"];
/// Praise that confirms where a message says nothing else.
const PRAISE: &[&str] = &[
    "perfect",
    "great",
    "awesome",
    "excellent",
    "wonderful",
    "lovely",
    "brilliant",
    "amazing",
    "fantastic",
    "super",
];
/// Nods that answer nothing.
const NODS: [&str; 7] = ["ok", "okay", "k", "kk", "sure", "fine", "alright"];
/// It did not, in words that say nothing else.
const DID_NOT: &[&str] = &[
    "not helpful",
    "unhelpful",
    "no help",
    "not what i asked",
    "not what i meant",
    "not what i wanted",
    "not what i want",
    "not what i needed",
    "not what i need",
    "not what i was looking for",
    "not what i'm looking for",
    "not my question",
    "not the answer",
    "not an answer",
    "not an option for me",
    "wrong answer",
    "that's wrong",
    "thats wrong",
    "that is wrong",
    "that's not right",
    "that is not right",
    "that isn't right",
    "that's not true",
    "that's incorrect",
    "no luck",
    "to no avail",
    "in vain",
    "no difference",
    "nothing changed",
    "nothing has changed",
    "nothing happened",
    "nothing happens",
    "no change",
    "same problem",
    "same issue",
    "same error",
    "same thing",
    "same message",
    "same as before",
    "even worse",
    "thanks for nothing",
    "thank you for nothing",
    "tried that already",
    "tried that before",
    "tried this already",
    "already tried",
    "already did that",
    "did that already",
    "already know that",
    "knew that already",
    "knew that",
    "not really",
    "not at all",
    "you don't understand",
    "you didn't understand",
    "you misunderstood",
    "misunderstood me",
];
/// What the answer is spoken of with.
const IT: [&str; 9] = [
    "it", "that", "this", "which", "they", "answer", "thing", "doing", "trying",
];
/// What follows "it" and a no where it did not help.
const OF_USE: [&str; 18] = [
    "work", "works", "worked", "working", "help", "helped", "helping", "helpful", "solve", "solved", "fix", "fixed",
    "resolve", "resolved", "answer", "apply", "change", "sorted",
];
/// A trouble that "still" goes on with.
const TROUBLE: [&str; 34] = [
    "not",
    "no",
    "nothing",
    "broken",
    "same",
    "problem",
    "problems",
    "issue",
    "issues",
    "error",
    "errors",
    "wrong",
    "fail",
    "fails",
    "failing",
    "stuck",
    "can't",
    "cant",
    "cannot",
    "doesn't",
    "doesnt",
    "didn't",
    "won't",
    "isn't",
    "hasn't",
    "haven't",
    "don't",
    "down",
    "missing",
    "happening",
    "happens",
    "confused",
    "unclear",
    "waiting",
];
/// A no before a word.
const NOT: [&str; 14] = [
    "not", "never", "isn't", "isnt", "wasn't", "hasn't", "haven't", "didn't", "didnt", "doesn't", "doesnt", "won't",
    "don't", "nothing",
];
/// Words with which a wish of its own begins.
const WISH: [&str; 12] = [
    "also",
    "another",
    "now",
    "next",
    "additionally",
    "besides",
    "plus",
    "want",
    "need",
    "like",
    "wondering",
    "know",
];
/// Words from which on a part says something of its own.
const OWN: usize = 3;
/// Words from which on a complaint about an answer tells enough to try again.
const TELLS: usize = 7;

/// What a message says of the answer that was given last; none where it does not speak of it. `question` is what was asked
/// after the answer: a bare yes or no answers that.
#[must_use]
pub fn feedback(text: &str, question: Option<&str>) -> Option<Feedback> {
    let line = Line::new(text);
    if let Some(at) = did_not(&line) {
        return Some(Feedback {
            helped: false,
            more: asks(&line) || goes_on(&line, at) || words(&line, 0, line.len()) >= TELLS,
        });
    }
    if helped(&line) {
        return Some(Feedback {
            helped: true,
            more: asks(&line) || wishes(&line),
        });
    }
    bare(&line, question)
}

/// Whether a question put after an answer asks for further wishes, so that a no to it is no complaint.
fn asks_for_more(question: &str) -> bool {
    let line = Line::new(question);
    (0..line.len()).any(|at| line.is(at, &["else", "further", "another", "other", "more", "additional"]))
}

/// "Yes" and "no" after "Did that help?".
fn bare(line: &Line, question: Option<&str>) -> Option<Feedback> {
    question.filter(|question| !asks_for_more(question))?;
    let first = find_answers(line).into_iter().next()?;
    if first.from > 1 || line.is(first.from, &NODS) {
        return None;
    }
    let helped = match first.polarity {
        Polarity::Yes => true,
        Polarity::No => false,
        Polarity::Unsure => return None,
    };
    // "No, thanks" declines what was offered and says nothing of the answer.
    let declines = !helped && (first.to..line.len()).any(|at| line.is(at, &["thanks", "thank", "thx"]));
    let more = asks(line) || words(line, first.to, line.len()) >= OWN;
    (!declines).then_some(Feedback { helped, more })
}

fn helped(line: &Line) -> bool {
    let thanks = || phrases::says(line, phrases::Said::Thanks) && !declines(line);
    thanks() || found(line, HELPED).is_some_and(|at| !denied(line, at)) || mended(line) || praises(line)
}

/// "It's fixed", but not "I want it fixed".
fn mended(line: &Line) -> bool {
    let wished = || (0..line.len()).any(|at| line.is(at, &["want", "need", "would", "can", "could", "please", "get"]));
    found(line, MENDED).is_some_and(|at| !denied(line, at)) && !wished()
}

fn praises(line: &Line) -> bool {
    found(line, PRAISE).is_some() && courtesy::only_polite(line, true)
}

/// "No thanks", "no thank you".
fn declines(line: &Line) -> bool {
    (1..line.len()).any(|at| {
        line.is(at, &["thanks", "thank", "thx"])
            && (line.is(at - 1, &["no", "nope"]) || at > 1 && line.is_break(at - 1) && line.is(at - 2, &["no", "nope"]))
    })
}

/// Where it says that the answer did not help: one past those words.
fn did_not(line: &Line) -> Option<usize> {
    let listed = (0..line.len()).find_map(|at| DID_NOT.iter().filter_map(|phrase| phrase_end(line, at, phrase)).max());
    listed
        .or_else(|| still(line))
        .or_else(|| no_use(line))
        .or_else(|| {
            found(line, HELPED)
                .or_else(|| found(line, MENDED))
                .filter(|at| denied(line, *at))
                .map(|at| at + 1)
        })
        .or_else(|| phrases::place(line, phrases::Said::Complaint).map(|at| at + 1))
}

/// "Still broken", "I still can't log in", "still the same".
fn still(line: &Line) -> Option<usize> {
    (0..line.len()).find_map(|at| {
        let about = line.is(at, &["still"]) && !(0..at).any(|before| line.is(before, &["?"]));
        let reach = (at + 1..line.len().min(at + 5)).take_while(|after| !line.sentence_starts(*after));
        let before = at.checked_sub(1).filter(|before| line.is(*before, &TROUBLE));
        let trouble = reach
            .into_iter()
            .find(|after| line.is(*after, &TROUBLE))
            .or(before.map(|_| at))?;
        about.then_some(trouble + 1)
    })
}

/// "It doesn't work", "that did not solve it", "didn't help".
fn no_use(line: &Line) -> Option<usize> {
    (0..line.len()).find_map(|at| {
        let no = line.is(at, &NOT);
        let of_it = at == 0 || (1..=3).any(|back| at.checked_sub(back).is_some_and(|at| line.is(at, &IT)));
        let helps = (at + 1..line.len().min(at + 4)).find(|after| line.is(*after, &OF_USE))?;
        let plain = line.is(helps, &["help", "helped", "helping", "helpful", "solve", "answer"]);
        (no && (of_it || plain)).then_some(helps + 1)
    })
}

fn found(line: &Line, list: &[&str]) -> Option<usize> {
    (0..line.len()).find(|at| list.iter().any(|phrase| phrase_end(line, *at, phrase).is_some()))
}

/// Whether a no stands close before a word.
fn denied(line: &Line, at: usize) -> bool {
    (1..=3).any(|back| at.checked_sub(back).is_some_and(|before| line.is(before, &NOT)))
}

/// Whether it asks something of its own. "Did that help?" is ours to ask.
fn asks(line: &Line) -> bool {
    phrases::question(line).is_some()
}

/// Whether words of their own follow in another part of the message.
fn goes_on(line: &Line, from: usize) -> bool {
    let next = (from..line.len()).find(|at| line.is_break(*at) || line.is(*at, &["but", "and", "because"]));
    next.is_some_and(|next| words(line, next, line.len()) >= OWN)
}

/// Whether a part of a message that confirms asks for something of its own.
fn wishes(line: &Line) -> bool {
    let mut from = 0;
    for at in 0..=line.len() {
        let parts = at == line.len() || line.is_break(at) || line.is(at, &["and", "but"]);
        if !parts {
            continue;
        }
        let wish = (from..at).any(|word| line.is(word, &WISH)) && words(line, from, at) >= OWN;
        if wish && !speaks_of_the_answer(line, from, at) {
            return true;
        }
        from = at + 1;
    }
    false
}

/// Whether a part holds the very words that confirm, as "that's what I needed" does.
fn speaks_of_the_answer(line: &Line, from: usize, to: usize) -> bool {
    (from..to).any(|at| {
        HELPED
            .iter()
            .chain(MENDED)
            .chain(phrases::THANKS)
            .chain(phrases::GOODBYE)
            .any(|phrase| phrase_end(line, at, phrase).is_some_and(|end| end <= to))
    })
}

fn words(line: &Line, from: usize, to: usize) -> usize {
    (from..to).filter(|at| line.is_word(*at)).count()
}

#[cfg(test)]
mod tests {
    use super::{Feedback, asks_for_more, feedback};

    const ASKED: &str = "Did that help?";

    #[test]
    fn confirmations_are_heard() {
        let confirming = [
            "That helped",
            "thanks!",
            "Thank you so much, that solved it",
            "great, it works now",
            "perfect",
            "yes",
            "Yes it did, thanks",
            "That's exactly what I needed.",
            "ok that answers my question, thanks",
            "brilliant, all sorted",
            "it's working again, cheers",
            "that solved my problem with the login, thank you",
        ];
        for text in confirming {
            let heard = feedback(text, Some(ASKED));
            assert_eq!(
                heard,
                Some(Feedback {
                    helped: true,
                    more: false
                }),
                "{text}"
            );
        }
    }

    #[test]
    fn a_further_question_or_wish_confirms_nothing_yet() {
        let asking = [
            "thanks, and how do I change my address?",
            "Thanks. And how do I get an invoice",
            "great, that helped. Now I want to cancel my order",
            "Thank you, I also need a new card",
            "ok thanks but what about the shipping costs?",
        ];
        for text in asking {
            let heard = feedback(text, Some(ASKED));
            assert_eq!(
                heard,
                Some(Feedback {
                    helped: true,
                    more: true
                }),
                "{text}"
            );
        }
    }

    #[test]
    fn complaints_about_the_answer_are_heard() {
        let complaining = [
            "still broken",
            "That didn't help",
            "that did not help at all",
            "no",
            "Not really",
            "it doesn't work",
            "It's still not working",
            "I still can't log in",
            "same error",
            "that's not what I asked",
            "Thanks, but it's still broken",
            "this isn't helpful",
            "no luck",
            "I tried that already",
            "it hasn't been fixed",
            "thanks for nothing",
            "this is useless",
        ];
        for text in complaining {
            let heard = feedback(text, Some(ASKED));
            assert_eq!(heard.map(|heard| heard.helped), Some(false), "{text}");
        }
    }

    #[test]
    fn a_complaint_that_tells_more_is_worth_another_try() {
        let heard = feedback("That didn't help, the reset link has expired already", Some(ASKED));
        assert_eq!(
            heard,
            Some(Feedback {
                helped: false,
                more: true
            })
        );
        let heard = feedback("still broken", Some(ASKED));
        assert_eq!(
            heard,
            Some(Feedback {
                helped: false,
                more: false
            })
        );
    }

    #[test]
    fn what_speaks_of_something_else_is_no_feedback() {
        let others = [
            "I want to return my shoes",
            "What are your opening hours?",
            "my order 4512 has not arrived",
            "how do I fix my router?",
            "ok",
            "hello",
            "can I talk to a person",
            "I am not at home on Friday",
        ];
        for text in others {
            assert_eq!(feedback(text, None), None, "{text}");
        }
    }

    #[test]
    fn a_no_to_further_wishes_is_no_complaint() {
        let more = "Is there anything else I can help you with?";
        assert!(asks_for_more(more), "it asks for further wishes");
        assert!(!asks_for_more(ASKED), "it asks whether it helped");
        assert_eq!(feedback("no", Some(more)), None);
        assert_eq!(feedback("no thanks", Some(ASKED)), None);
        assert_eq!(feedback("no", None), None, "nothing was asked");
    }
}
