//! Whether an answer helped: read from buttons, ratings and the next message, and what follows from it.

use taskwright_domain::{EventKind, HandOffReason, Question, Resolution, Speaker};
use taskwright_language::understand::{Feedback, Move, feedback};

use crate::led::{BAD_RATING, GOOD_RATING};
use crate::machine::{Flow, Machine};
use crate::program::{Compiled, Op, OpKind};
use crate::words;

impl Machine<'_> {
    /// What a message says of the answer that stands open.
    pub(crate) fn feedback_in(&self, text: &str) -> Option<Feedback> {
        if !self.state.answer_open {
            return None;
        }
        feedback(text, self.follow_up_words().as_deref())
    }

    /// Acts on it; `false` where the message is about something else first.
    pub(crate) fn heard_feedback(&mut self, text: &str, moves: &[Move], feedback: Feedback) -> bool {
        match feedback {
            Feedback { helped: true, more } => {
                // A further question comes first: nothing is confirmed yet.
                if !more {
                    self.helped(text, moves);
                }
                !more
            }
            Feedback { helped: false, more } => {
                self.did_not_help(text);
                if more {
                    self.rank(text);
                } else {
                    self.offer_another_try();
                }
                true
            }
        }
    }

    /// The customer confirmed.
    pub(crate) fn helped(&mut self, words: &str, moves: &[Move]) {
        self.emit(EventKind::FeedbackGiven {
            helped: true,
            words: words.to_owned(),
        });
        self.confirm_answer();
        let text = if moves.contains(&Move::Goodbye) {
            words::GOODBYE
        } else if moves.contains(&Move::Thanks) {
            words::WELCOME
        } else {
            words::GLAD
        };
        self.say(text, None, Speaker::Assistant);
        self.leave_listening();
    }

    pub(crate) fn did_not_help(&mut self, words: &str) {
        self.emit(EventKind::FeedbackGiven {
            helped: false,
            words: words.to_owned(),
        });
    }

    /// Only an answer can be confirmed.
    fn confirm_answer(&mut self) {
        if self.state.resolution == Some(Resolution::SoftResolution) {
            self.emit(EventKind::ResolutionChanged {
                state: Resolution::HardResolution,
            });
        }
    }

    /// It did not help: a person, or another try.
    pub(crate) fn offer_another_try(&mut self) {
        self.say(words::DID_NOT_HELP, None, Speaker::Assistant);
        let options: &[&str] = match self.listens_at() {
            Some(_) => &[words::TALK_TO_A_PERSON, words::TRY_AGAIN, words::NO_THANKS],
            None => &[words::TALK_TO_A_PERSON, words::NO_THANKS],
        };
        self.offer(options, false);
        self.ask_outside(Question::AnotherTry);
    }

    /// What was chosen where the assistant listens; `false` where it is none of its own quick replies.
    pub(crate) fn choose_listening(&mut self, text: &str, question: Option<&Question>) -> bool {
        let again = question == Some(&Question::AnotherTry);
        match text {
            words::THAT_HELPED => self.helped(text, &[]),
            words::TALK_TO_A_PERSON => self.hand_off(None, None, None, HandOffReason::CustomerAsked),
            words::TRY_AGAIN if again => self.say(words::TELL_ME_MORE, None, Speaker::Assistant),
            words::NO_THANKS if again => {
                self.say(words::ALL_RIGHT, None, Speaker::Assistant);
                self.leave_listening();
            }
            _ => return false,
        }
        true
    }

    /// What was chosen at a block that the customer is held at, such as the rating.
    pub(crate) fn choose_another_try(&mut self, text: &str) {
        match text {
            words::TALK_TO_A_PERSON => self.hand_off(None, None, None, HandOffReason::CustomerAsked),
            words::TRY_AGAIN => self.listen_again(None),
            _ => self.resume(),
        }
    }

    /// The same in the customer's own words.
    pub(crate) fn answer_another_try(&mut self, compiled: &Compiled, text: &str, moves: &[Move]) {
        let declined = |mv: &Move| {
            matches!(
                mv,
                Move::No
                    | Move::NoPerson
                    | Move::Unsure
                    | Move::Thanks
                    | Move::SmallTalk
                    | Move::Goodbye
                    | Move::Cancel
                    | Move::Refuse { .. }
            )
        };
        let chosen = moves.iter().find_map(|mv| match mv {
            Move::Choose { option } => crate::hear::place_of(option),
            _ => None,
        });
        match chosen {
            Some(0) => self.hand_off(None, None, None, HandOffReason::CustomerAsked),
            Some(1) if self.listens_at().is_some() => self.listen_again(None),
            Some(_) => self.resume(),
            None if moves.contains(&Move::Yes) => self.hand_off(None, None, None, HandOffReason::CustomerAsked),
            None if moves.iter().all(declined) => self.resume(),
            None if self.listens_at().is_some() => self.listen_again(Some(text)),
            None => self.unmet(compiled, text, moves),
        }
    }

    // ---- ratings

    pub(crate) fn rate(&mut self, compiled: &Compiled, op: &Op, index: usize) -> Flow {
        let OpKind::Rate { question } = &op.kind else {
            return Flow::Next;
        };
        let text = match question.0.trim() {
            "" => words::RATING.to_owned(),
            _ => match self.render(compiled, op, index, question) {
                Ok(text) => text,
                Err(flow) => return flow,
            },
        };
        let at = self.here(op, index);
        self.say(text, Some(at.clone()), Speaker::Block);
        self.offer(&["1", "2", "3", "4", "5"], false);
        self.emit(EventKind::Asked {
            place: at,
            what: Question::Rating,
        });
        Flow::Wait
    }

    /// What follows from the rating that was just given.
    pub(crate) fn rated(&mut self) -> Flow {
        let rating = self.events.iter().rev().find_map(|event| match event.kind {
            EventKind::RatingGiven { rating } => Some(rating),
            _ => None,
        });
        match rating {
            Some(rating) if rating <= BAD_RATING => {
                self.offer_another_try();
                return Flow::Wait;
            }
            Some(rating) if rating >= GOOD_RATING => self.confirm_answer(),
            _ => {}
        }
        Flow::Next
    }

    pub(crate) fn answer_rating(&mut self, compiled: &Compiled, text: &str, moves: &[Move]) {
        let rating = moves.iter().find_map(|mv| match mv {
            Move::Rate { rating } => Some(*rating),
            Move::Choose { option } => crate::hear::place_of(option).and_then(|index| u8::try_from(index + 1).ok()),
            _ => None,
        });
        if let Some(rating) = rating {
            self.emit(EventKind::RatingGiven { rating });
            return self.advance();
        }
        let polite = |mv: &Move| {
            matches!(
                mv,
                Move::No
                    | Move::NoPerson
                    | Move::Yes
                    | Move::Unsure
                    | Move::Thanks
                    | Move::SmallTalk
                    | Move::Goodbye
                    | Move::Cancel
                    | Move::Hold
                    | Move::Refuse { .. }
            )
        };
        if moves.iter().all(polite) {
            let parts = moves.contains(&Move::Goodbye);
            self.say(
                if parts { words::GOODBYE } else { words::ALL_RIGHT },
                None,
                Speaker::Assistant,
            );
            self.skip_question();
        } else if feedback(text, None).is_some_and(|feedback| !feedback.helped && !feedback.more) {
            self.did_not_help(text);
            self.offer_another_try();
        } else {
            self.otherwise(compiled, text, moves, false);
        }
    }

    /// Nobody has to rate: on with the next block.
    pub(crate) fn skip_question(&mut self) {
        let Some(compiled) = self.compiled() else { return };
        let Some((task, op)) = self.run().and_then(|run| Some((run.task.clone(), run.op?))) else {
            return;
        };
        self.emit(EventKind::Resumed { task });
        if self.enter(&compiled, op as usize + 1) {
            self.advance();
        }
    }
}
