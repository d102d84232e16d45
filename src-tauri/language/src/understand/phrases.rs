//! Fixed ways of saying things.

use crate::values::Line;

/// What a phrase says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Said {
    Person,
    NoPerson,
    Cancel,
    Refuse,
    Hold,
    Why,
    Thanks,
    Goodbye,
    Complaint,
}

/// Whether the text says it. A phrase counts where its words stand next to each other.
pub(super) fn says(line: &Line, what: Said) -> bool {
    match what {
        Said::Cancel => cancels(line),
        Said::Person => PERSON.iter().any(|phrase| contains(line, phrase)) || asks_for_someone(line),
        Said::NoPerson => NO_PERSON.iter().any(|phrase| contains(line, phrase)),
        Said::Refuse => REFUSE.iter().any(|phrase| contains(line, phrase)),
        Said::Hold => HOLD.iter().any(|phrase| contains(line, phrase)),
        Said::Why => WHY.iter().any(|phrase| contains(line, phrase)),
        Said::Thanks => THANKS.iter().any(|phrase| contains(line, phrase)),
        Said::Goodbye => GOODBYE.iter().any(|phrase| contains(line, phrase)),
        Said::Complaint => COMPLAINT.iter().any(|phrase| contains(line, phrase)),
    }
}

const PEOPLE: &[&str] = &[
    "person",
    "human",
    "agent",
    "someone",
    "somebody",
    "representative",
    "rep",
    "operator",
    "manager",
    "supervisor",
    "colleague",
    "people",
    "staff",
];
const REACH: &[&str] = &[
    "talk", "speak", "chat", "transfer", "connect", "pass", "put", "get", "want", "need", "give", "call", "escalate",
    "reach",
];

const PERSON: &[&str] = &[
    "real person",
    "real human",
    "live agent",
    "human please",
    "agent please",
    "person please",
    "human agent",
    "live person",
    "customer service rep",
    "your manager",
    "yes a person please",
    "an actual person",
    "an actual human",
];
const NO_PERSON: &[&str] = &[
    "no person",
    "not a person",
    "no human",
    "not a human",
    "no agent",
    "not an agent",
    "don't want a person",
    "don't want to talk",
    "don't need a person",
    "don't want a human",
    "don't need a human",
    "no go on",
];
const REFUSE: &[&str] = &[
    "don't have",
    "dont have",
    "do not have",
    "haven't got",
    "can't find",
    "cant find",
    "cannot find",
    "couldn't find",
    "lost it",
    "lost the",
    "i don't know",
    "i dont know",
    "don't know",
    "dont know",
    "no idea",
    "not sure what",
    "rather not say",
    "rather not",
    "won't tell",
    "not going to tell",
    "don't want to give",
    "don't want to tell",
    "don't remember",
    "dont remember",
    "can't remember",
    "forgot",
    "none of your business",
    "i won't",
    "there is none",
    "there isn't one",
    "don't see one",
    "i refuse",
];
const HOLD: &[&str] = &[
    "one sec",
    "one second",
    "one moment",
    "one minute",
    "just a sec",
    "just a second",
    "just a moment",
    "just a minute",
    "a moment",
    "hold on",
    "hang on",
    "let me check",
    "let me look",
    "let me see",
    "let me find",
    "i'll check",
    "i'll look",
    "give me a",
    "wait a",
    "brb",
    "looking for it",
];
const WHY: &[&str] = &[
    "why do you need",
    "why do you want",
    "why do you ask",
    "why is that",
    "what do you need",
    "what for",
    "why",
    "where do i find",
    "where can i find",
    "where is that",
    "where is it",
    "how do i find",
    "what is that",
    "what's that",
    "what do you mean",
    "what does that mean",
    "which number",
];
const THANKS: &[&str] = &[
    "thanks",
    "thank you",
    "thx",
    "thank u",
    "cheers",
    "much appreciated",
    "ty",
];
const GOODBYE: &[&str] = &[
    "bye",
    "goodbye",
    "good bye",
    "see you",
    "that's all",
    "thats all",
    "that is all",
    "nothing else",
    "that was all",
    "have a nice day",
    "have a good day",
];
const COMPLAINT: &[&str] = &[
    "ridiculous",
    "terrible",
    "awful",
    "useless",
    "disgusting",
    "unacceptable",
    "worst",
    "pathetic",
    "annoying",
    "angry",
    "furious",
    "frustrated",
    "fed up",
    "bullshit",
    "damn",
    "shit",
    "fuck",
    "fucking",
    "idiot",
    "idiots",
    "stupid",
    "scam",
    "joke",
    "hate this",
];
const GREETINGS: &[&str] = &[
    "hi",
    "hello",
    "hey",
    "hiya",
    "good morning",
    "good afternoon",
    "good evening",
    "how are you",
    "there",
    "everyone",
    "team",
    "greetings",
    "howdy",
];

/// "Get me a manager": a word for reaching, and a person soon after.
fn asks_for_someone(line: &Line) -> bool {
    let reach = (0..line.len()).filter(|at| line.is(*at, REACH));
    let found = reach.into_iter().any(|at| {
        (at + 1..(at + 6).min(line.len()))
            .any(|next| line.is(next, PEOPLE) && !line.is(next, &["someone", "somebody", "people"]))
            || (line.is(at, &["talk", "speak", "chat"])
                && (at + 1..(at + 4).min(line.len())).any(|next| line.is(next, &["someone", "somebody", "people"])))
    });
    let alone = line.len() <= 2
        && (0..line.len()).any(|at| {
            line.is(
                at,
                &["human", "agent", "person", "representative", "operator", "manager"],
            )
        });
    found || alone
}

/// Only stopping itself, or stopping "this": "cancel my booking" is about the booking.
fn cancels(line: &Line) -> bool {
    const WHOLE: &[&str] = &[
        "cancel",
        "stop",
        "abort",
        "quit",
        "exit",
        "never mind",
        "nevermind",
        "forget it",
        "forget about it",
        "leave it",
        "drop it",
        "skip it",
    ];
    const INSIDE: &[&str] = &[
        "never mind",
        "nevermind",
        "forget it",
        "forget about it",
        "changed my mind",
        "cancel this",
        "stop this",
        "cancel that",
        "cancel the request",
        "cancel this request",
        "cancel everything",
        "stop it",
        "don't want to continue",
        "do not want to continue",
        "not interested anymore",
    ];
    let words: Vec<&str> = (0..line.len())
        .filter(|at| line.is_word(*at))
        .map(|at| line.word(at))
        .filter(|word| !["please", "just", "ok", "okay", "oh", "well", "then", "no", "actually"].contains(word))
        .collect();
    let said = words.join(" ");
    WHOLE.contains(&said.as_str()) || INSIDE.iter().any(|phrase| contains(line, phrase))
}

/// Whether it greets and does nothing else.
pub(super) fn only_greets(line: &Line) -> bool {
    let words: Vec<&str> = (0..line.len())
        .filter(|at| line.is_word(*at))
        .map(|at| line.word(at))
        .collect();
    let mut rest = format!(" {} ", words.join(" "));
    for greeting in GREETINGS {
        rest = rest.replace(&format!(" {greeting} "), " ");
    }
    !words.is_empty() && rest.trim().is_empty()
}

/// A question of the customer's own.
pub(super) fn is_question(line: &Line) -> bool {
    const OPENERS: &[&str] = &[
        "what", "when", "where", "who", "how", "why", "which", "can", "could", "do", "does", "is", "are", "will",
        "would", "should",
    ];
    let marked = (0..line.len()).any(|at| line.is(at, &["?"]));
    marked || (line.is(0, OPENERS) && line.len() > 3)
}

fn contains(line: &Line, phrase: &str) -> bool {
    (0..line.len()).any(|at| crate::values::phrase_end(line, at, phrase).is_some())
}
