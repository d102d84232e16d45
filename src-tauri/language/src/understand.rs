//! Understanding a customer's message: words into typed moves.

mod phrases;
mod values_given;

use jiff::Timestamp;
use taskwright_domain::{Attribute, OptionId, QuickReply, Settings, Span, Value};

use crate::values::{Answer, Line, Polarity, find_answers};
use phrases::{Said, says};

/// What the conversation is listening for when a message arrives.
#[derive(Debug, Clone)]
pub struct Listening<'a> {
    /// What was just asked.
    pub asked: Option<AskedFor<'a>>,
    /// The words it was asked with.
    pub question: Option<&'a str>,
    /// Attributes the running task still needs and customers may fill, in the order it needs them.
    pub wanted: Vec<&'a Attribute>,
    /// Attributes customers have filled, for corrections.
    pub filled: Vec<(&'a Attribute, &'a Value)>,
    /// Quick replies on screen.
    pub options: &'a [QuickReply],
    /// Whether a task is running.
    pub task_running: bool,
    /// The workspace's settings.
    pub settings: &'a Settings,
    /// When the message arrived.
    pub now: Timestamp,
}

/// What was just asked.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum AskedFor<'a> {
    /// A value.
    Attribute(&'a Attribute),
    /// A yes or no.
    Confirmation,
    /// One of the quick replies.
    Option,
    /// A rating from 1 to 5.
    Rating,
    /// Whether the customer wants a person.
    Person,
}

/// One thing a message does. A message may do several.
#[derive(Debug, Clone, PartialEq)]
pub enum Move {
    /// Gives a value.
    Fill {
        /// The attribute's key.
        attribute: String,
        /// In normal form.
        value: Value,
        /// The words.
        span: Span,
    },
    /// Takes an earlier value back and gives another.
    Correct {
        /// The attribute's key.
        attribute: String,
        /// The new value; none when only taken back ("that's the wrong number").
        value: Option<Value>,
        /// The words.
        span: Span,
    },
    /// Answers the question for a value with something that does not fit.
    Misfit {
        /// The attribute's key.
        attribute: String,
        /// Why it does not fit, for the customer, e.g. "That date is in the future."
        why: String,
    },
    /// Cannot or will not give the asked value.
    Refuse {
        /// The attribute's key.
        attribute: String,
    },
    /// Yes.
    Yes,
    /// No.
    No,
    /// Not sure.
    Unsure,
    /// Chooses a quick reply.
    Choose {
        /// Which.
        option: OptionId,
    },
    /// Rates from 1 to 5.
    Rate {
        /// The rating.
        rating: u8,
    },
    /// Asks something else.
    Question,
    /// Asks what the asked value is needed for, or where to find it.
    Why,
    /// Wants to stop the task.
    Cancel,
    /// Wants a person.
    Person,
    /// Does not want a person.
    NoPerson,
    /// Thanks.
    Thanks,
    /// Says goodbye, or that it is settled.
    Goodbye,
    /// Complains or swears.
    Complaint,
    /// Greets or chats.
    SmallTalk,
    /// Asks to wait, or says they are looking for it.
    Hold,
    /// Nothing of the above.
    Unclear,
}

/// What a message does; never empty. Values come first, then answers, then what else it asks for.
#[must_use]
pub fn understand(text: &str, listening: &Listening<'_>) -> Vec<Move> {
    let line = Line::new(text);
    let answers = find_answers(&line);
    let mut moves = Vec::new();
    if says(&line, Said::NoPerson) {
        moves.push(Move::NoPerson);
    } else if says(&line, Said::Person) {
        moves.push(Move::Person);
    }
    if let Some(option) = choose(&line, listening, &answers) {
        moves.push(Move::Choose { option });
    }
    moves.extend(values_given::values(&line, listening, &answers));
    moves.extend(answer(&line, listening, &answers));
    moves.extend(rating(&line, listening));
    moves.extend(courtesies(&line, listening));
    let answered = moves.iter().any(|mv| {
        matches!(
            mv,
            Move::Fill { .. } | Move::Correct { .. } | Move::Choose { .. } | Move::Yes | Move::No | Move::Rate { .. }
        )
    });
    if !answered {
        moves.extend(ways_out(&line, listening, &moves));
    } else if says(&line, Said::Cancel)
        && !moves
            .iter()
            .any(|mv| matches!(mv, Move::Fill { .. } | Move::Correct { .. }))
    {
        moves.push(Move::Cancel);
    }
    if moves.is_empty() {
        moves.push(Move::Unclear);
    }
    moves
}

/// Yes, no or not sure, where that answers what was asked; a yes/no attribute takes them as its value.
fn answer(line: &Line, listening: &Listening<'_>, answers: &[Answer]) -> Option<Move> {
    let first = answers.first()?;
    let wanted = match listening.asked {
        Some(AskedFor::Confirmation | AskedFor::Person | AskedFor::Option | AskedFor::Rating) => true,
        Some(AskedFor::Attribute(_)) => false,
        None => !listening.task_running,
    };
    // "Yes, but no …" takes itself back.
    let mixed = answers
        .iter()
        .any(|other| other.polarity != first.polarity && other.polarity != Polarity::Unsure);
    // Text that imitates instructions to a program is nobody's yes.
    let imitates = (0..line.len()).any(|at| line.is(at, &["=", "{", "}", "<", ">"]));
    wanted.then_some(match first.polarity {
        _ if mixed || imitates => Move::Unsure,
        Polarity::Yes => Move::Yes,
        Polarity::No => Move::No,
        Polarity::Unsure => Move::Unsure,
    })
}

fn rating(line: &Line, listening: &Listening<'_>) -> Option<Move> {
    if listening.asked != Some(AskedFor::Rating) {
        return None;
    }
    const WORDS: [&str; 5] = ["one", "two", "three", "four", "five"];
    (0..line.len()).find_map(|at| {
        let digit = line.digits(at).and_then(|digits| digits.parse::<u8>().ok());
        let word = WORDS
            .iter()
            .position(|word| line.word(at) == *word)
            .and_then(|index| u8::try_from(index + 1).ok());
        digit
            .or(word)
            .filter(|rating| (1..=5).contains(rating))
            .map(|rating| Move::Rate { rating })
    })
}

/// A quick reply, by its words or its place.
fn choose(line: &Line, listening: &Listening<'_>, answers: &[Answer]) -> Option<OptionId> {
    if listening.options.is_empty() || matches!(listening.asked, Some(AskedFor::Attribute(_) | AskedFor::Rating)) {
        return None;
    }
    let said = plain(&line.text(0, line.len()));
    if let Some(same) = listening.options.iter().find(|option| plain(&option.text) == said) {
        return Some(same.id.clone());
    }
    if !matches!(listening.asked, Some(AskedFor::Option))
        || answers.iter().any(|answer| answer.polarity == Polarity::No)
    {
        return None;
    }
    const PLACES: [&str; 5] = ["first", "second", "third", "fourth", "fifth"];
    let by_place = PLACES
        .iter()
        .position(|place| (0..line.len()).any(|at| line.word(at) == *place));
    if let Some(option) = by_place.and_then(|place| listening.options.get(place)) {
        return Some(option.id.clone());
    }
    let labels: Vec<String> = listening.options.iter().map(|option| option.text.clone()).collect();
    let context = crate::values::ValueContext {
        settings: listening.settings,
        now: listening.now,
    };
    let kind = taskwright_domain::AttributeType::Choice { options: labels };
    let found = crate::values::candidates(&kind, line, &context, true);
    let mut fits = found
        .iter()
        .filter(|candidate| candidate.strength != crate::values::Strength::Unclear);
    match (fits.next(), fits.next()) {
        (Some(one), None) => {
            let chosen = one.value.as_text()?;
            listening
                .options
                .iter()
                .find(|option| option.text == chosen)
                .map(|option| option.id.clone())
        }
        _ => None,
    }
}

fn courtesies(line: &Line, listening: &Listening<'_>) -> Vec<Move> {
    let mut moves = Vec::new();
    if says(line, Said::Thanks) {
        moves.push(Move::Thanks);
    }
    if says(line, Said::Goodbye) && !matches!(listening.asked, Some(AskedFor::Confirmation)) {
        moves.push(Move::Goodbye);
    }
    if phrases::only_greets(line) {
        moves.push(Move::SmallTalk);
    }
    moves
}

/// What a message does that answers nothing.
fn ways_out(line: &Line, listening: &Listening<'_>, before: &[Move]) -> Vec<Move> {
    let mut moves = Vec::new();
    if says(line, Said::Cancel) {
        moves.push(Move::Cancel);
    }
    if says(line, Said::Complaint) {
        moves.push(Move::Complaint);
    }
    let asked = match listening.asked {
        Some(AskedFor::Attribute(attribute)) => Some(attribute),
        _ => None,
    };
    if says(line, Said::Hold) {
        moves.push(Move::Hold);
    } else if says(line, Said::Why) {
        moves.push(Move::Why);
    } else if let Some(attribute) = asked.filter(|_| says(line, Said::Refuse)) {
        moves.push(Move::Refuse {
            attribute: attribute.key.clone(),
        });
    } else if phrases::is_question(line) {
        moves.push(Move::Question);
    } else if let Some(attribute) = asked.filter(|_| before.is_empty() && moves.is_empty()) {
        moves.extend(values_given::misfit(line, attribute));
    }
    moves
}

fn plain(text: &str) -> String {
    text.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests;
