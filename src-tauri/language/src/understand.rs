//! Understanding a customer's message: words into typed moves.

mod answers;
mod asked;
mod booleans;
mod colours;
mod conditions;
mod consent;
mod corrections;
mod counting;
mod courtesy;
mod cues;
mod durations;
mod ends;
mod feedback;
mod fill;
mod fixed;
mod misfits;
mod options;
mod parts;
mod people;
mod phrases;
mod picks;
mod scoring;
mod shapes;
mod texts;
mod things;
mod tongues;
mod whose;

use jiff::Timestamp;
use taskwright_domain::{Attribute, AttributeType, OptionId, QuickReply, Settings, Span, Value};

use crate::values::{Answer, Line, Polarity, ValueContext, find_answers};
use corrections::Sign;
use phrases::Said;
use picks::Picked;

pub use feedback::{Feedback, feedback};
pub use fill::{Filled, fill};
pub use parts::{besides, wishes};
pub use picks::Choosable;
pub use tongues::is_foreign;

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
    /// Attributes that a step or a system has set: what the customer says of them changes nothing.
    pub fixed: Vec<&'a Attribute>,
    /// Items of a list that the customer picks from, or has picked from.
    pub choosable: Option<&'a Choosable>,
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
    /// Picks items of the list that was shown; other ones than before where some were picked already.
    Pick {
        /// The attribute's key.
        attribute: String,
        /// The items, by place, in the list's order; never empty.
        items: Vec<usize>,
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
    /// Says otherwise of a value that is not theirs to change.
    Fixed {
        /// The attribute's key.
        attribute: String,
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

/// What a message does, in the order of its words; never empty.
#[must_use]
pub fn understand(text: &str, listening: &Listening<'_>) -> Vec<Move> {
    let line = Line::new(text);
    let answers = find_answers(&line);
    let mut heard = Heard {
        line: &line,
        listening,
        moves: Vec::new(),
    };
    heard.people();
    heard.values(&answers);
    heard.picks(&answers);
    heard.answers(&answers);
    heard.ways_out();
    heard.courtesies();
    heard.rest();
    heard.moves.sort_by_key(|(at, _)| *at);
    heard.moves.into_iter().map(|(_, mv)| mv).collect()
}

/// Moves so far, each with the token it starts at.
struct Heard<'a> {
    line: &'a Line,
    listening: &'a Listening<'a>,
    moves: Vec<(usize, Move)>,
}

impl<'a> Heard<'a> {
    fn asked(&self) -> Option<&'a Attribute> {
        match self.listening.asked {
            Some(AskedFor::Attribute(attribute)) => Some(attribute),
            _ => None,
        }
    }

    fn any(&self, test: impl Fn(&Move) -> bool) -> bool {
        self.moves.iter().any(|(_, mv)| test(mv))
    }

    fn gives_a_value(&self) -> bool {
        self.any(|mv| matches!(mv, Move::Fill { .. } | Move::Correct { .. } | Move::Pick { .. }))
    }

    fn say(&mut self, said: Said, mv: Move) {
        if let Some(at) = phrases::place(self.line, said) {
            self.moves.push((at, mv));
        }
    }

    fn people(&mut self) {
        self.say(Said::NoPerson, Move::NoPerson);
        self.say(Said::Person, Move::Person);
    }

    /// Values for the asked attribute first, then for others, then for what is taken back.
    fn values(&mut self, answers: &[Answer]) {
        let context = ValueContext {
            settings: self.listening.settings,
            now: self.listening.now,
        };
        let asked = self.asked();
        let mut attributes: Vec<&Attribute> = asked.into_iter().collect();
        attributes.extend(
            self.listening
                .wanted
                .iter()
                .filter(|w| asked.is_none_or(|a| a.key != w.key)),
        );
        let keys: Vec<&str> = asked.iter().map(|a| a.key.as_str()).collect();
        // A question for something else asks for no value.
        let question = self.listening.question.filter(|_| asked.is_some());
        let mut fills = fill::assign(self.line, &attributes, &keys, question, &context);
        let sign = corrections::sign(self.line, self.listening, answers);
        let correction = (sign != Sign::None)
            .then(|| corrections::correct(self.line, self.listening, sign, &context, &fills))
            .flatten();
        let correction = correction.or_else(|| {
            if fills.is_empty() {
                corrections::taken_back(self.line, self.listening)
            } else {
                None
            }
        });
        let fixed = fixed::spoken_of(self.line, self.listening, &context);
        if let Some(attribute) = fixed.filter(|_| fills.is_empty()) {
            self.moves.push((
                0,
                Move::Fixed {
                    attribute: attribute.key.clone(),
                },
            ));
        }
        if let Some(correction) = correction.filter(|_| fixed.is_none())
            && let Move::Correct { span, .. } = &correction
        {
            let span = *span;
            fills.retain(|f| f.span.end <= span.start || span.end <= f.span.start);
            self.moves.push((self.line.token_at(span.start), correction));
        }
        let shaped = |filled: Filled| match attributes.iter().find(|attribute| attribute.key == filled.attribute) {
            Some(attribute) => shapes::like_the_example(self.line, attribute, filled),
            None => filled,
        };
        let fills: Vec<_> = fills.into_iter().map(shaped).collect();
        for Filled { attribute, value, span } in fills {
            self.moves
                .push((self.line.token_at(span.start), Move::Fill { attribute, value, span }));
        }
    }

    /// Items of a list: when asked for them, or where others are named than were picked before.
    fn picks(&mut self, answers: &[Answer]) {
        let Some(choosable) = self.listening.choosable else {
            return;
        };
        let attribute = choosable.attribute.clone();
        let asked = self.asked().is_some_and(|asked| asked.key == attribute);
        let another = corrections::sign(self.line, self.listening, answers) != Sign::None
            || answers.first().is_some_and(|answer| answer.polarity == Polarity::No);
        if !asked && !another {
            return;
        }
        match picks::pick(self.line, self.listening, choosable, answers) {
            Some(Picked::Items { which: items, span }) if asked || choosable.would_change(&items) => {
                self.moves.push((0, Move::Pick { attribute, items, span }));
            }
            Some(Picked::Nothing { at }) if asked => self.moves.push((at, Move::Refuse { attribute })),
            _ => {}
        }
    }

    fn answers(&mut self, answers: &[Answer]) {
        if self.any(|mv| matches!(mv, Move::Correct { .. } | Move::Pick { .. })) {
            return;
        }
        let chosen = answers::choose(self.line, self.listening, answers);
        let polar = !matches!(self.listening.asked, Some(AskedFor::Option)) || chosen.is_none();
        if let Some(option) = chosen {
            self.moves.push((0, Move::Choose { option }));
        }
        if let Some(rated) = answers::rating(self.line, self.listening) {
            self.moves.push(rated);
        } else if let Some(answer) = answers::answer(self.line, self.listening, answers).filter(|_| polar) {
            self.moves.push(answer);
        }
    }

    /// Stopping, refusing, waiting, asking back.
    fn ways_out(&mut self) {
        let answered = self.any(|mv| {
            matches!(
                mv,
                Move::Fill { .. } | Move::Correct { .. } | Move::Pick { .. } | Move::Choose { .. } | Move::Rate { .. }
            )
        });
        let decided = self.any(|mv| matches!(mv, Move::Yes | Move::No));
        if !answered && !(decided && self.listening.asked == Some(AskedFor::Confirmation)) {
            self.say(Said::Cancel, Move::Cancel);
        }
        if self.any(|mv| *mv == Move::Cancel) || answered {
            return;
        }
        self.say(Said::Hold, Move::Hold);
        if let Some(attribute) = self.asked().filter(|_| !self.any(|mv| *mv == Move::Hold)) {
            self.refusal(attribute);
        }
        if !self.any(|mv| matches!(mv, Move::Hold | Move::Refuse { .. } | Move::Person | Move::NoPerson))
            && self.listening.asked.is_some()
        {
            self.say(Said::Why, Move::Why);
        }
    }

    fn refusal(&mut self, attribute: &Attribute) {
        let choosing = matches!(attribute.kind, AttributeType::Boolean | AttributeType::Choice { .. });
        let first = find_answers(self.line).into_iter().next();
        let unsure = first.filter(|a| a.polarity == Polarity::Unsure && choosing);
        if let Some(answer) = unsure.filter(|_| !phrases::lacks(self.line)) {
            self.moves.push((answer.from, Move::Unsure));
        } else if let Some(at) = phrases::place(self.line, Said::Refuse).or_else(|| self.shows_nothing(attribute)) {
            self.moves.push((
                at,
                Move::Refuse {
                    attribute: attribute.key.clone(),
                },
            ));
        } else if let Some(answer) = first
            .filter(|a| a.polarity == Polarity::No && !phrases::is_question(self.line) && self.line.len() <= a.to + 4)
        {
            self.moves.push((
                answer.from,
                Move::Refuse {
                    attribute: attribute.key.clone(),
                },
            ));
        }
    }

    /// "I can't take photos", where a picture or file is asked for.
    fn shows_nothing(&self, attribute: &Attribute) -> Option<usize> {
        let shown = matches!(attribute.kind, AttributeType::Image | AttributeType::File);
        shown.then(|| phrases::place(self.line, Said::NoPicture)).flatten()
    }

    fn courtesies(&mut self) {
        let told = self.asked().is_some_and(|a| a.kind == AttributeType::Text) && self.gives_a_value();
        self.say(Said::Thanks, Move::Thanks);
        self.say(Said::SmallTalk, Move::SmallTalk);
        if !told {
            self.say(Said::Complaint, Move::Complaint);
        }
        if !matches!(
            self.listening.asked,
            Some(AskedFor::Confirmation | AskedFor::Attribute(_))
        ) || self.moves.is_empty()
        {
            self.say(Said::Goodbye, Move::Goodbye);
        }
        if self.moves.is_empty() && self.only_polite() {
            self.moves.push((0, Move::SmallTalk));
        }
    }

    /// "Ok" and "great" answer a yes or no, but not what a value is; "great" may well be what a text is.
    fn only_polite(&self) -> bool {
        match self.listening.asked {
            None => courtesy::only_polite(self.line, true),
            Some(AskedFor::Attribute(asked)) if asked.kind != AttributeType::Boolean => {
                courtesy::only_polite(self.line, asked.kind != AttributeType::Text)
            }
            Some(_) => false,
        }
    }

    /// A question of the customer's own, a misfit, or nothing understood.
    fn rest(&mut self) {
        let asks_back = |mv: &Move| {
            matches!(
                mv,
                Move::Why
                    | Move::Person
                    | Move::NoPerson
                    | Move::SmallTalk
                    | Move::Cancel
                    | Move::Hold
                    | Move::Fixed { .. }
                    | Move::Refuse { .. }
            )
        };
        if let Some((from, to)) = phrases::question(self.line).filter(|_| !self.any(asks_back)) {
            let span = self.line.span(from, to);
            let used = |mv: &Move| matches!(mv, Move::Fill { span: s, .. } | Move::Correct { span: s, .. } if s.start < span.end && span.start < s.end);
            let chosen = |mv: &Move| matches!(mv, Move::Choose { .. } | Move::Rate { .. } | Move::Pick { .. });
            if !self.any(used) && !self.any(chosen) {
                self.moves.push((from, Move::Question));
            }
        }
        let only_polite = self.moves.iter().all(|(_, mv)| matches!(mv, Move::Complaint));
        if let Some(attribute) = self.asked().filter(|_| only_polite && self.moves.is_empty()) {
            self.moves
                .extend(misfits::misfit(self.line, attribute).map(|mv| (0, mv)));
        }
        let polite = |mv: &Move| matches!(mv, Move::Thanks | Move::SmallTalk | Move::Goodbye);
        // "I've lost my key, thanks" is more than thanks.
        let more =
            !self.moves.is_empty() && self.moves.iter().all(|(_, mv)| polite(mv)) && courtesy::says_more(self.line);
        if self.moves.is_empty() || more {
            self.moves.push((self.line.len(), Move::Unclear));
        }
    }
}

#[cfg(test)]
mod tests;
