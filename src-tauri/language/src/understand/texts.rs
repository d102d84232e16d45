//! Values of free text: the whole answer, or the part that names the thing asked for.

use taskwright_domain::Value;

use super::conditions::Condition;
use super::cues::Topic;
use super::durations::{self, Length};
use super::{courtesy, phrases, things};
use crate::values::{Candidate, Line, Strength};

/// A text for an attribute: only where it was asked for, but for lengths of time.
pub(super) fn find(line: &Line, topic: &Topic<'_>, asked: bool, question: Option<&Line>) -> Vec<Candidate> {
    if let Some(length) = Length::of(topic) {
        let found = durations::find(line, length);
        if !found.is_empty() || !asked {
            return found;
        }
    }
    if let Some(condition) = Condition::of(topic) {
        let found = condition.find(line);
        if !found.is_empty() {
            return found;
        }
    }
    if let Some((from, to)) = things::made_by(line, topic) {
        return vec![text(line, from, to, Strength::Strong)];
    }
    if !asked || line.len() == 0 || courtesy::only_polite(line, false) {
        return Vec::new();
    }
    let names_a_thing = things::is_wanted(topic);
    let (from, to) = trimmed(line);
    if let Some((from, to)) = question.and_then(|question| echoed(line, question)) {
        return vec![text(line, from, to, Strength::Strong)];
    }
    if phrases::answers_nothing(line) {
        // "Can you find something that serves Greek?" asks nicely and answers.
        let asks_nicely = names_a_thing && things::requests(line);
        return if asks_nicely {
            things::named(line, topic, from, to)
        } else {
            Vec::new()
        };
    }
    let named = if names_a_thing {
        things::find(line, topic, from, to)
    } else {
        Vec::new()
    };
    if named.is_empty() && from < to {
        return vec![text(line, from, to, Strength::Strong)];
    }
    named
}

/// A stretch of the message as a text.
pub(super) fn text(line: &Line, from: usize, to: usize, strength: Strength) -> Candidate {
    Candidate::new(line, from, to, Value::Text(line.text(from, to)), strength)
}

/// "My mother's maiden name was Holm", where that was the question: what stands after its words.
fn echoed(line: &Line, question: &Line) -> Option<(usize, usize)> {
    const LONGEST: usize = 5;
    let is = (1..line.len()).find(|i| line.is(*i, &["is", "was", ":", "are", "were"]))?;
    let asked = |i: usize| {
        line.is_word(i)
            && line.word(i).len() > 3
            && (0..question.len()).any(|j| question.is_word(j) && question.stem(j) == line.stem(i))
    };
    let general = |i: usize| {
        line.is(
            i,
            &[
                "name", "number", "date", "time", "what", "would", "have", "your", "please",
            ],
        )
    };
    let own = |i: usize| asked(i) && !general(i);
    let named = (1..=3)
        .map_while(|back| is.checked_sub(back))
        .take_while(|i| asked(*i) || general(*i))
        .any(own);
    let joint = |i: &usize| line.is(*i, &[".", "!", "?", ";", ",", "and", "but"]);
    let end = (is + 1..line.len()).find(joint).unwrap_or(line.len());
    let short = (1..=LONGEST).contains(&(end - is - 1));
    (named && short && is <= 8 && !line.is(is + 1, &["not", "unknown", "what", "that"])).then_some((is + 1, end))
}

/// Without greeting, politeness and outer marks.
fn trimmed(line: &Line) -> (usize, usize) {
    const LEAD: [&str; 14] = [
        "well", "um", "uh", "oh", "ok", "okay", "hi", "hello", "hey", "so", "sure", "yes", "yeah", ",",
    ];
    let mut from = 0;
    while line.is(from, &LEAD) && from + 1 < line.len() {
        from += 1;
    }
    let from = if line.is(from, &["it's", "its", "it"]) && line.len() - from <= 4 {
        from + 1 + usize::from(line.is(from + 1, &["is", "was"]))
    } else {
        from
    };
    (from, line.len())
}
