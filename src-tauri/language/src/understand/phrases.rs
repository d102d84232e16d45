//! Fixed ways of saying things, and where in a message they stand.

mod cancelling;
mod complaints;
mod courtesies;
mod imitation;
mod pauses;
mod people;
mod questions;
mod refusals;
mod second_thoughts;

use crate::values::{Line, phrase_end};

use cancelling::cancels;
use complaints::{COMPLAINT, shouts};
use courtesies::{only_greets, small_talk};
use pauses::{closes_with_a_pause, holds};
use people::{asks_for_someone, wants_nobody};
use questions::asks_why;
use refusals::{REFUSE, cannot_show};

pub(super) use courtesies::{CHAT, GOODBYE, GREETINGS, THANKS};
pub(super) use imitation::imitates_instructions;
pub(super) use pauses::in_pause;
pub(super) use questions::{is_question, question};
pub(super) use refusals::lacks;
pub(super) use second_thoughts::{gave_up, takes_back};

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

/// The first place where one of the phrases stands, word by word.
fn first(line: &Line, phrases: &[&str]) -> Option<usize> {
    (0..line.len()).find(|at| phrases.iter().any(|phrase| phrase_end(line, *at, phrase).is_some()))
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
