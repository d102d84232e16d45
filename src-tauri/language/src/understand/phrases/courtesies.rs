//! Thanks, goodbyes, greetings and small talk.

use super::first;
use crate::values::{Line, phrase_end};

pub(in crate::understand) const THANKS: &[&str] = &[
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

pub(in crate::understand) const GOODBYE: &[&str] = &[
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

pub(in crate::understand) const GREETINGS: &[&str] = &[
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

pub(in crate::understand) const CHAT: &[&str] = &[
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

/// A greeting and nothing else, or chat about the assistant.
pub(super) fn small_talk(line: &Line) -> Option<usize> {
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
