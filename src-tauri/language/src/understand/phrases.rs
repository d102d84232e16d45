//! Fixed ways of saying things, and where in a message they stand.

use crate::values::{Line, phrase_end};

/// What a phrase says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Said {
    Person,
    NoPerson,
    Cancel,
    Refuse,
    /// Cannot take or send a picture or file.
    NoPicture,
    Hold,
    Why,
    Thanks,
    Goodbye,
    Complaint,
    SmallTalk,
}

/// Whether the message says it.
pub(super) fn says(line: &Line, what: Said) -> bool {
    place(line, what).is_some()
}

/// The token at which the message says it.
pub(super) fn place(line: &Line, what: Said) -> Option<usize> {
    match what {
        Said::Cancel => cancels(line),
        Said::Person => asks_for_someone(line),
        Said::NoPerson => wants_nobody(line),
        Said::Refuse => first(line, REFUSE),
        Said::NoPicture => cannot_show(line),
        Said::Hold => holds(line),
        Said::Why => asks_why(line),
        Said::Thanks => first(line, THANKS).filter(|at| !line.is(at.wrapping_sub(1), &["no"])),
        Said::Goodbye => first(line, GOODBYE),
        Said::Complaint => first(line, COMPLAINT).or_else(|| shouts(line)),
        Said::SmallTalk => small_talk(line),
    }
}

/// "I can't take photos", "no camera here".
fn cannot_show(line: &Line) -> Option<usize> {
    const PICTURE: [&str; 14] = [
        "photo", "photos", "picture", "pictures", "pic", "pics", "camera", "image", "images", "scan", "file", "files",
        "upload", "attach",
    ];
    let denies = |i: &usize| {
        line.is(
            *i,
            &[
                "can't", "cant", "cannot", "unable", "don't", "dont", "won't", "wont", "no", "not", "without",
            ],
        )
    };
    let at = (0..line.len()).find(denies)?;
    let shown = (at + 1..line.len().min(at + 7)).any(|i| line.is(i, &PICTURE));
    let gone = line.is(at, &["can't", "cant", "cannot", "unable"]) && line.len() <= at + 3;
    (shown || gone).then_some(at)
}

/// The first place where one of the phrases stands, word by word.
fn first(line: &Line, phrases: &[&str]) -> Option<usize> {
    (0..line.len()).find(|at| phrases.iter().any(|phrase| phrase_end(line, *at, phrase).is_some()))
}

const REFUSE: &[&str] = &[
    "don't have",
    "dont have",
    "do not have",
    "haven't got",
    "havent got",
    "have not got",
    "can't find",
    "cant find",
    "cannot find",
    "can not find",
    "couldn't find",
    "could not find",
    "unable to find",
    "lost it",
    "lost the",
    "lost my",
    "i don't know",
    "i dont know",
    "i do not know",
    "don't know",
    "dont know",
    "no idea",
    "no clue",
    "idk",
    "not sure what",
    "not sure where",
    "rather not say",
    "rather not",
    "prefer not to",
    "won't tell",
    "not going to tell",
    "not telling",
    "won't give",
    "not going to give",
    "not giving",
    "don't want to give",
    "don't want to tell",
    "don't want to share",
    "don't want to say",
    "dont want to",
    "do not want to give",
    "do not want to share",
    "don't remember",
    "dont remember",
    "do not remember",
    "can't remember",
    "cant remember",
    "cannot remember",
    "can't recall",
    "don't recall",
    "i forgot",
    "i've forgotten",
    "forgotten my",
    "none of your business",
    "i won't",
    "there is none",
    "there isn't one",
    "there isn't any",
    "don't see one",
    "don't see any",
    "i refuse",
    "why should i",
    "not available",
    "never got one",
    "never received one",
    "didn't get one",
    "didn't receive one",
    "do not have one",
    "isn't on",
    "can't see it",
    "can't access",
];
const MOMENTS: &[&str] = &[
    "sec", "second", "secs", "seconds", "moment", "minute", "min", "mins", "minutes", "mo",
];
const HOLD: &[&str] = &[
    "hold on",
    "hang on",
    "let me check",
    "let me look",
    "let me see",
    "let me find",
    "let me get",
    "let me think",
    "let me grab",
    "let me search",
    "i'll check",
    "i'll look",
    "i'll have a look",
    "i will check",
    "i will look",
    "i need to look",
    "i have to look",
    "i need to check",
    "i have to check",
    "brb",
    "be right back",
    "looking for it",
    "searching for it",
    "bear with me",
    "checking now",
    "i'm looking",
    "i'm checking",
    "i'm searching",
    "wait please",
    "please wait",
    "need to find it",
    "have to find it",
];
const WHY: &[&str] = &[
    "why do you need",
    "why do you want",
    "why do you ask",
    "why do i need",
    "why do i have to",
    "why are you asking",
    "why is that",
    "why is this",
    "what do you need it",
    "what do you need that",
    "what do you need this",
    "what is it for",
    "what is that for",
    "what's it for",
    "what's that for",
    "what for",
    "where do i find",
    "where can i find",
    "where would i find",
    "where do i see",
    "where do i get",
    "where is that",
    "where is it",
    "where's that",
    "where to find",
    "how do i find",
    "how can i find",
    "what is that",
    "what's that",
    "what is this",
    "what do you mean",
    "what does that mean",
    "which number",
    "which one do you mean",
    "what kind of number",
    "what does it look like",
    "what is a",
    "what's a",
    "how do i know",
    "how can i know",
    "is that necessary",
    "is this necessary",
    "do you really need",
    "do i have to",
];
pub(super) const THANKS: &[&str] = &[
    "thanks",
    "thank you",
    "thx",
    "thank u",
    "cheers",
    "much appreciated",
    "ty",
    "tysm",
    "i appreciate",
    "appreciate it",
    "many thanks",
    "thanx",
];
pub(super) const GOODBYE: &[&str] = &[
    "bye",
    "goodbye",
    "good bye",
    "see you",
    "see ya",
    "that's all",
    "thats all",
    "that is all",
    "that will be all",
    "that'll be all",
    "nothing else",
    "that was all",
    "that's everything",
    "that is everything",
    "have a nice day",
    "have a good day",
    "have a great day",
    "have a good one",
    "take care",
    "good night",
    "i'm all set",
    "all set",
    "i'm good now",
    "talk to you later",
    "problem solved",
    "all sorted",
];
const COMPLAINT: &[&str] = &[
    "ridiculous",
    "terrible",
    "awful",
    "horrible",
    "useless",
    "disgusting",
    "unacceptable",
    "worst",
    "pathetic",
    "annoying",
    "angry",
    "furious",
    "frustrated",
    "frustrating",
    "disappointed",
    "disappointing",
    "fed up",
    "sick of",
    "sick and tired",
    "bullshit",
    "damn",
    "dammit",
    "shit",
    "shitty",
    "crap",
    "fuck",
    "fucking",
    "fuckin",
    "fck",
    "wtf",
    "asshole",
    "bastard",
    "bastards",
    "idiot",
    "idiots",
    "stupid",
    "moron",
    "morons",
    "scam",
    "scammers",
    "what a joke",
    "is a joke",
    "hate this",
    "hate you",
    "you suck",
    "this sucks",
    "sucks",
    "waste of time",
    "wasting my time",
    "rip off",
    "ripoff",
    "outrageous",
    "incompetent",
    "this is taking forever",
    "not happy",
    "unhappy",
    "you people",
    "garbage",
    "rubbish",
    "a nightmare",
    "never again",
];
pub(super) const GREETINGS: &[&str] = &[
    "hi",
    "hello",
    "hey",
    "hiya",
    "heya",
    "hallo",
    "good morning",
    "good afternoon",
    "good evening",
    "good day",
    "morning",
    "evening",
    "how are you",
    "how are you doing",
    "how do you do",
    "how's it going",
    "there",
    "everyone",
    "team",
    "greetings",
    "howdy",
    "what's up",
    "whats up",
    "sup",
    "yo",
    "nice to meet you",
    "today",
    "lol",
    "haha",
    "hehe",
    "ha",
    "test",
    "testing",
    "again",
    "dear",
    "sir",
    "madam",
    "guys",
];
pub(super) const CHAT: &[&str] = &[
    "are you a bot",
    "are you a robot",
    "are you human",
    "are you a human",
    "are you real",
    "are you there",
    "is anyone there",
    "anyone there",
    "anybody there",
    "who are you",
    "what's your name",
    "what is your name",
    "tell me a joke",
    "how old are you",
    "you're funny",
    "you are funny",
    "i love you",
    "nice weather",
    "what a day",
    "am i talking to a bot",
    "am i talking to a robot",
    "is this a bot",
];

/// "One moment", "give me a minute", "let me check".
fn holds(line: &Line) -> Option<usize> {
    let pause = |at: usize| {
        let led = line.is(at, &["one", "a", "1", "two", "2", "5", "five", "few", "couple"]) && line.is(at + 1, MOMENTS);
        let asked = at == 0
            || line.is_break(at - 1)
            || line.is(
                at - 1,
                &[
                    "me", "just", "wait", "only", "please", "ok", "okay", "sure", "a", "hold", "on", "yes", "moment",
                ],
            );
        led && asked
            && (line.is_break(at + 2) || line.is(at + 2, &["please", "i", "let", "while", "thanks", "i'll", "i'm"]))
    };
    let whole = line.len() <= 2 && line.is(0, &["wait", "sec", "moment", "patience"]);
    first(line, HOLD)
        .or_else(|| (0..line.len()).find(|at| pause(*at)))
        .or(whole.then_some(0))
}

/// Whether a word belongs to a request to wait: "one second" names no second option.
pub(super) fn in_pause(line: &Line, at: usize) -> bool {
    let led = line.is(at, MOMENTS) && line.is(at.wrapping_sub(1), &["one", "a", "1"]);
    let leads = line.is(at, &["one", "1"]) && line.is(at + 1, MOMENTS);
    (led || leads) && holds(line).is_some()
}

/// Whether a message closes by asking to wait: "I'm on the train, one second".
fn closes_with_a_pause(line: &Line) -> bool {
    let held = holds(line).filter(|at| *at == 0 || line.is_break(at - 1));
    held.is_some_and(|at| line.len() - at <= 4 && (at..line.len()).all(|i| line.is_word(i) || i + 1 == line.len()))
}

/// "Why do you need that?", "where do I find it?"; not "that's why".
fn asks_why(line: &Line) -> Option<usize> {
    let bare = (0..line.len()).find(|at| {
        let fresh = *at == 0
            || line.is_break(at - 1)
            || line.is(at - 1, &["but", "and", "ok", "okay", "hm", "hmm", "um", "oh", "well"]);
        fresh
            && line.is(*at, &["why"])
            && (line.is_break(at + 1) || line.is(at + 1, &["though", "that", "this", "do", "is", "would", "should"]))
    });
    bare.or_else(|| first(line, WHY).filter(|_| line.len() <= 25))
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
    "colleagues",
    "agents",
    "representatives",
    "people",
    "staff",
    "humans",
    "advisor",
    "adviser",
    "assistant",
    "boss",
    "anyone",
    "anybody",
    "support",
    "employee",
    "being",
];
const NOBODY: &[&str] = &[
    "person",
    "human",
    "agent",
    "representative",
    "rep",
    "operator",
    "manager",
    "supervisor",
    "colleague",
    "humans",
    "people",
    "anyone",
    "anybody",
    "someone",
    "somebody",
];
const REACH: &[&str] = &[
    "talk", "speak", "chat", "transfer", "connect", "pass", "put", "get", "want", "need", "give", "call", "escalate",
    "reach", "contact", "speaking", "talking", "like", "prefer", "forward", "switch", "send", "let", "fetch",
];
const BETWEEN: &[&str] = &[
    "to",
    "one",
    "a",
    "an",
    "the",
    "with",
    "me",
    "some",
    "real",
    "actual",
    "live",
    "your",
    "through",
    "in",
    "touch",
    "please",
    "another",
    "different",
    "customer",
    "service",
    "support",
    "senior",
    "line",
    "on",
    "my",
    "over",
    "speak",
    "talk",
    "chat",
    "bloody",
    "damn",
    "damned",
    "fucking",
    "freaking",
    "goddamn",
    "goddamned",
    "now",
    "just",
    "someone",
    "human",
    "living",
    "have",
    "be",
    "connected",
    "transferred",
    "of",
    "kind",
    "us",
    "it",
    "actually",
    "hold",
    "want",
    "directly",
];
const AFTER_PERSON: &[&str] = &[
    "please",
    "now",
    "who",
    "to",
    "that",
    "about",
    "and",
    "because",
    "instead",
    "right",
    "from",
    "on",
    "for",
    "in",
    "at",
    "or",
    "asap",
    "immediately",
    "today",
    "thanks",
    "thank",
    "then",
    "if",
    "can",
    "with",
    "else",
    "already",
    "i",
    "this",
    "not",
    "real",
    "here",
    "again",
    "directly",
    "you",
    "there",
    "quickly",
    "first",
    "over",
    "as",
    "beings",
    "being",
];

/// "Get me a manager", "can I talk to someone", "agent please".
fn asks_for_someone(line: &Line) -> Option<usize> {
    if wants_nobody(line).is_some() {
        return None;
    }
    let ends = |at: usize| line.is_break(at) || line.is(at, AFTER_PERSON);
    let reached = (0..line.len()).filter(|at| line.is(*at, REACH)).find(|at| {
        let next = (at + 1..at + 9)
            .find(|i| !line.is(*i, BETWEEN) || line.is(*i, &["human", "someone", "support"]) && ends(i + 1));
        let plain = line.is(
            *at,
            &[
                "talk", "speak", "chat", "speaking", "talking", "connect", "transfer", "contact", "reach", "pass",
                "put",
            ],
        );
        let vague = |i: usize| {
            line.is(
                i,
                &[
                    "someone",
                    "somebody",
                    "anyone",
                    "anybody",
                    "people",
                    "support",
                    "assistant",
                    "colleague",
                    "staff",
                    "employee",
                    "boss",
                    "being",
                ],
            )
        };
        next.is_some_and(|i| line.is(i, PEOPLE) && ends(i + 1) && (plain || !vague(i)))
    });
    let noun = |i: usize| {
        line.is(
            i,
            &[
                "human",
                "agent",
                "person",
                "representative",
                "operator",
                "manager",
                "supervisor",
                "rep",
            ],
        )
    };
    let polite = |i: usize| {
        noun(i)
            || line.is_break(i)
            || line.is(
                i,
                &[
                    "please", "a", "an", "real", "live", "now", "the", "hello", "hi", "yes", "your", "manager", "just",
                    "actual", "customer", "service", "ok", "okay",
                ],
            )
    };
    let alone = line.len() <= 8 && (0..line.len()).any(noun) && (0..line.len()).all(polite);
    let fixed = first(
        line,
        &[
            "real person",
            "real human",
            "live agent",
            "human agent",
            "live person",
            "an actual person",
            "an actual human",
            "human being",
            "customer service rep",
            "hand me over",
        ],
    );
    reached.or(alone.then_some(0)).or(fixed)
}

/// "No, not a person", "I don't want to talk to a human".
fn wants_nobody(line: &Line) -> Option<usize> {
    let denial = |at: usize| line.is(at, &["not", "no", "without", "never", "dont"]) || line.word(at).ends_with("n't");
    (0..line.len())
        .filter(|at| denial(*at))
        .find(|at| {
            let next = (at + 1..at + 9).find(|i| {
                line.is(*i, NOBODY)
                    || !line.is(*i, BETWEEN)
                        && !line.is(
                            *i,
                            &["need", "any", "like", "speak", "want", "to", "transfer", "connect"],
                        )
            });
            next.is_some_and(|i| line.is(i, NOBODY)) && (*at + 1 == line.len() || !line.is_break(*at + 1))
        })
        .or_else(|| {
            first(
                line,
                &["don't transfer", "do not transfer", "don't connect me", "don't hand me"],
            )
        })
}

/// Only stopping itself, or stopping "this": "cancel my booking" is about the booking.
fn cancels(line: &Line) -> Option<usize> {
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
        "forget that",
        "leave it",
        "drop it",
        "skip it",
        "cancel it",
        "cancel that",
        "cancel this",
        "stop it",
        "stop this",
        "stop that",
        "start over",
        "i want to stop",
        "i want to cancel",
        "i'd like to cancel",
        "i'd like to stop",
        "don't bother",
        "scratch that",
        "let's stop",
        "let's stop here",
        "stop here",
        "i give up",
        "i'm out",
        "cancel everything",
    ];
    const INSIDE: &[&str] = &[
        "never mind",
        "nevermind",
        "forget it",
        "forget about it",
        "changed my mind",
        "cancel the request",
        "cancel this request",
        "cancel my request",
        "cancel everything",
        "don't want to continue",
        "do not want to continue",
        "don't want to do this anymore",
        "not interested anymore",
        "no longer interested",
        "no longer want to",
        "don't want this anymore",
        "stop this",
        "stop the process",
        "abort this",
        "cancel the process",
        "let's leave it",
        "i give up",
        "don't need this anymore",
        "don't need it anymore",
        "don't need help anymore",
        "i'll do it later",
        "i'll do this later",
    ];
    const SOFT: &[&str] = &[
        "please", "just", "ok", "okay", "oh", "well", "then", "no", "actually", "hm", "hmm", "now", "you", "can",
        "sorry", "thanks", "so", "and", "yes", "wait",
    ];
    let words: Vec<&str> = line
        .tokens()
        .iter()
        .map(|t| t.word.as_str())
        .filter(|w| w.chars().any(char::is_alphanumeric) && !SOFT.contains(w))
        .collect();
    let said = words.join(" ");
    if WHOLE.contains(&said.as_str()) {
        return Some(0);
    }
    first(line, INSIDE).or_else(|| {
        (0..line.len()).find(|at| {
            line.is(*at, &["cancel", "stop"])
                && line.is(at + 1, &["this", "that", "it"])
                && line.is_break(at + 2)
                && line.sentence_starts(*at)
        })
    })
}

/// A message in capitals with exclamation marks.
fn shouts(line: &Line) -> Option<usize> {
    let letters: Vec<&char> = line.chars().iter().filter(|c| c.is_alphabetic()).collect();
    let marks = line.chars().iter().filter(|c| **c == '!').count();
    (letters.len() >= 12 && letters.iter().all(|c| c.is_uppercase()) && marks >= 2).then_some(0)
}

/// A greeting and nothing else, or chat about the assistant.
fn small_talk(line: &Line) -> Option<usize> {
    if only_greets(line) {
        return Some(0);
    }
    first(line, CHAT).filter(|_| line.len() <= 12)
}

/// Whether it greets and does nothing else.
pub(super) fn only_greets(line: &Line) -> bool {
    let mut at = 0;
    let mut greeted = false;
    while at < line.len() {
        if line.is_break(at) {
            at += 1;
            continue;
        }
        let Some(end) = GREETINGS.iter().filter_map(|g| phrase_end(line, at, g)).max() else {
            return false;
        };
        greeted = greeted || !line.is(at, &["there", "today", "again", "team", "sir", "dear"]);
        at = end;
    }
    greeted
}

/// Where a question of the customer's own starts: a sentence with a question mark, or one that opens like a question.
pub(super) fn question(line: &Line) -> Option<(usize, usize)> {
    let mut start = 0;
    for at in 0..line.len() {
        if line.is(at, &["?"]) {
            return Some((start, at + 1));
        }
        if line.is(at, &[".", "!", ";"]) && !line.glued(at + 1) {
            start = at + 1;
        }
    }
    sentence_starts(line)
        .into_iter()
        .find(|from| opens_question(line, *from))
        .map(|from| (from, line.len()))
}

fn sentence_starts(line: &Line) -> Vec<usize> {
    (0..line.len())
        .filter(|at| line.sentence_starts(*at) || at.checked_sub(1).is_some_and(|b| line.is(b, &[","])))
        .collect()
}

fn opens_question(line: &Line, from: usize) -> bool {
    const LEAD: [&str; 14] = [
        "and", "but", "so", "ok", "okay", "also", "hi", "hello", "hey", "well", "um", "just", "then", "wait",
    ];
    let mut at = from;
    while line.is(at, &LEAD) {
        at += 1;
    }
    let pronoun = |i: usize| {
        line.is(
            i,
            &[
                "i", "you", "it", "this", "that", "there", "they", "we", "my", "the", "your", "he", "she", "these",
                "someone", "a", "any",
            ],
        )
    };
    if line.is(
        at,
        &[
            "how", "what", "where", "when", "who", "which", "why", "what's", "where's", "how's", "who's", "whats",
        ],
    ) {
        let goes_on = line.is_word(at + 1) && line.is_word(at + 2) || line.word(at).contains('\'');
        return goes_on
            && !line.is(at + 1, &["a", "an"])
            && (pronoun(at + 2)
                || line.is(
                    at + 1,
                    &[
                        "is", "are", "do", "does", "can", "long", "much", "many", "to", "about", "if", "will",
                        "should", "would", "happens", "did", "was",
                    ],
                )
                || line.word(at).contains('\''));
    }
    line.is(
        at,
        &[
            "can", "could", "do", "does", "is", "are", "will", "would", "should", "did", "has", "am", "may",
        ],
    ) && pronoun(at + 1)
        && line.is_word(at + 2)
}

/// Whether the message is a question.
pub(super) fn is_question(line: &Line) -> bool {
    question(line).is_some()
}

/// Whether words before a place take back what was said: "no, I meant".
pub(super) fn takes_back(line: &Line, at: usize) -> bool {
    const BACK: [&str; 12] = [
        "meant",
        "mean",
        "actually",
        "rather",
        "correction",
        "sorry",
        "instead",
        "let's",
        "lets",
        "make",
        "try",
        "change",
    ];
    (1..=4).filter_map(|b| at.checked_sub(b)).any(|i| line.is(i, &BACK))
        || (1..=2).filter_map(|b| at.checked_sub(b)).any(|i| line.is(i, &["no"])) && at > 2
}

/// Whether words before a place say that it was wanted once: "I originally wanted", "I was going to say".
pub(super) fn gave_up(line: &Line, at: usize) -> bool {
    const ONCE: [&str; 6] = ["originally", "initially", "previously", "formerly", "gonna", "planned"];
    (1..=5)
        .map_while(|back| at.checked_sub(back))
        .take_while(|i| !line.is(*i, &[".", "!", "?", ";", "but", "now"]))
        .any(|i| line.is(i, &ONCE) || line.starts(i, &["going", "to", "say"]))
}

/// Words that go on after a value without counting anything.
pub(super) fn is_function(word: &str) -> bool {
    matches!(
        word,
        "and"
            | "or"
            | "but"
            | "please"
            | "thanks"
            | "thank"
            | "is"
            | "was"
            | "i"
            | "for"
            | "to"
            | "on"
            | "at"
            | "in"
            | "it"
            | "if"
            | "that"
            | "the"
            | "my"
            | "so"
            | "sorry"
            | "not"
            | "as"
            | "from"
            | "with"
            | "should"
            | "would"
            | "which"
            | "because"
            | "its"
            | "it's"
            | "asap"
            | "under"
            | "will"
            | "you"
            | "we"
            | "there"
            | "again"
            | "actually"
            | "instead"
            | "thats"
            | "that's"
    )
}

/// Whether a message answers nothing whatever was asked: a greeting, a refusal, a request to wait, a question.
pub(super) fn answers_nothing(line: &Line) -> bool {
    let short = line.len() <= 14;
    let early = |said: Said| place(line, said).is_some_and(|at| at <= 3);
    let waits = early(Said::Hold) || closes_with_a_pause(line);
    let refuses = short && (early(Said::Refuse) || waits) && !tells_a_story(line);
    only_greets(line)
        || refuses
        || says(line, Said::Cancel) && short
        || short && (says(line, Said::Person) || says(line, Said::NoPerson))
        || line.len() <= 12 && (is_question(line) || says(line, Said::Why))
}

/// "I don't know" that goes on to say something after a "but" or a new sentence is an answer after all.
fn tells_a_story(line: &Line) -> bool {
    (0..line.len()).any(|i| (line.is(i, &["but", "because"]) || line.is(i, &["."])) && i + 4 < line.len())
}

/// Text that plays the system, a colleague or a rule book: it is only text, and no yes is taken from the middle of it.
pub(super) fn imitates_instructions(line: &Line) -> bool {
    const PHRASES: &[&str] = &[
        "system :",
        "assistant :",
        "developer :",
        "admin :",
        "system prompt",
        "new instructions",
        "new instruction",
        "you are now",
        "pretend to be",
        "pretend you",
        "act as",
        "from now on",
        "override",
        "jailbreak",
        "developer mode",
        "admin mode",
        "debug mode",
        "manager approved",
        "manager has approved",
        "supervisor approved",
        "has been approved",
        "is approved",
        "already approved",
        "pre approved",
        "i am the manager",
        "i am an admin",
        "i'm the admin",
        "i'm an admin",
        "i'm the manager",
        "as an admin",
        "confirmed =",
        "= true",
        "instructions :",
        "instruction :",
    ];
    const FORGETS: &[&str] = &["ignore", "disregard", "forget", "bypass", "skip", "override"];
    const RULES: &[&str] = &[
        "instructions",
        "instruction",
        "rules",
        "rule",
        "policy",
        "policies",
        "guidelines",
        "guards",
        "restrictions",
        "checks",
        "prompt",
        "steps",
    ];
    let forgets = (0..line.len())
        .filter(|i| line.is(*i, FORGETS))
        .any(|i| (i + 1..i + 6).any(|j| line.is(j, RULES)));
    let code = line
        .tokens()
        .iter()
        .any(|t| matches!(t.word.as_str(), "{" | "}" | "<" | "=" | "[" | "|"));
    forgets || code || first(line, PHRASES).is_some()
}

/// Whether the customer says that they have not got it, rather than that they cannot decide.
pub(super) fn lacks(line: &Line) -> bool {
    ["have", "find", "remember", "recall", "lost"]
        .iter()
        .any(|w| line.tokens().iter().any(|t| t.word == *w))
}
