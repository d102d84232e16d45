//! Runs of tasks that listen for words at any turn, and of waits with a limit of their own: the real reader, the real
//! engine, no world outside.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a conversation that cannot be set up fails the test"
)]

mod talk;
mod waits;

use serde_json::json;
use talk::{Talk, block, instructions};
use taskwright_domain::{EventKind, Outcome, Question};

const STOPS: &str = "If they mention chest pain or trouble breathing, tell them to call 112 and stop.";

fn outcome(talk: &Talk) -> Option<Outcome> {
    talk.log.iter().find_map(|event| match &event.kind {
        EventKind::TaskFinished { outcome, .. } => Some(*outcome),
        _ => None,
    })
}

#[test]
fn what_is_listened_for_is_heard_before_an_answer_and_stops_the_task() {
    let mut talk = Talk::of(&format!("Ask what happened. Then hand off to Claims. {STOPS}"));
    assert_eq!(talk.asked().as_deref(), Some("story"), "the run asks first");
    let said = talk.say("My chest hurts, I have bad chest pain");
    assert_eq!(said, ["Please call 112."], "the words of the sentence, and no question");
    assert_eq!(outcome(&talk), Some(Outcome::NotPossible), "it stopped");
    assert_eq!(
        talk.value("story"),
        None,
        "the message is no answer to the open question"
    );
    let heard = talk.heard();
    let sentence = STOPS.trim_end_matches('.');
    assert_eq!(
        heard,
        [(sentence.to_owned(), "chest pain".to_owned(), "chest pain".to_owned())],
        "the log names the sentence, what was listened for, and the words"
    );
    talk.same_again();
}

#[test]
fn the_run_goes_on_where_it_was_and_asks_again() {
    let text = "If the customer asks about a refund, tell them it takes 5 days. Ask for the booking number. Ask for the \
                new date. Tell them \"Noted: {booking_number}.\"";
    let mut talk = Talk::of(text);
    talk.say("B-4711");
    let said = talk.say("when do I get my refund?");
    assert_eq!(said[0], "It takes 5 days.", "it is told first");
    assert_eq!(said.len(), 2, "then the open question is put again: {said:?}");
    assert_eq!(talk.asked().as_deref(), Some("new_date"), "for the same value");
    let resumed = talk
        .log
        .iter()
        .filter(|event| matches!(event.kind, EventKind::Resumed { .. }));
    assert_eq!(resumed.count(), 1, "the log says that the task goes on");
    talk.say("1 December 2026");
    assert_eq!(outcome(&talk), Some(Outcome::Done), "and it comes to its end");
    talk.same_again();
}

#[test]
fn a_typed_value_in_the_same_message_is_used() {
    let text =
        "If the customer asks about a refund, tell them it takes 5 days. Ask for the new date. Ask what happened.";
    let mut talk = Talk::of(text);
    let said = talk.say("what about the refund, and 1 December 2026 would be fine");
    assert_eq!(said[0], "It takes 5 days.", "it is told");
    assert!(talk.value("new_date").is_some(), "the date is taken");
    assert_eq!(talk.asked().as_deref(), Some("story"), "and not asked for again");
    talk.same_again();
}

#[test]
fn a_free_text_that_speaks_of_it_again_gets_through() {
    let mut talk = Talk::of("If the customer asks about a refund, tell them it takes 5 days. Ask what happened.");
    talk.say("I want a refund");
    assert_eq!(talk.value("story"), None, "at first it is no answer");
    talk.say("the lamp broke, that is why I want a refund");
    assert!(
        talk.value("story").is_some(),
        "put once more, the question is answered with it"
    );
    assert_eq!(talk.heard().len(), 1, "it is heard once");
    talk.same_again();
}

#[test]
fn a_negated_mention_is_an_answer_like_any_other() {
    let mut talk = Talk::of(&format!("{STOPS} Ask what happened."));
    talk.say("I fell, but no chest pain");
    assert_eq!(talk.heard(), [], "nothing is heard");
    assert!(talk.value("story").is_some(), "it is the answer");
}

#[test]
fn the_message_that_starts_the_task_is_listened_to() {
    let talk = Talk::begun_with(&format!("Ask what happened. {STOPS}"), "I have trouble breathing");
    assert_eq!(talk.said(), ["Please call 112."], "nothing is asked any more");
    assert_eq!(outcome(&talk), Some(Outcome::NotPossible), "it stopped");
    talk.same_again();
}

#[test]
fn loops_and_questions_for_a_yes_are_listened_to_as_well() {
    let text = "If they mention a lawyer, hand off to Claims.\n\nRepeat up to three times:\n- Ask for the booking number.\n\
                - Look up the booking.\n\nAsk them to confirm before moving the booking, then move the booking.";
    let mut talk = Talk::of(text);
    talk.say("my lawyer will call you");
    assert!(
        talk.log
            .iter()
            .any(|event| matches!(&event.kind, EventKind::HandedOff { team_name, .. } if team_name == "Claims")),
        "{:?}",
        talk.kinds()
    );
    talk.same_again();
}

#[test]
fn several_things_heard_in_one_message_are_followed_one_after_the_other() {
    let text = "If they mention a refund, tell them it takes 5 days. If they mention a voucher, tell them it is valid for \
                a year. Ask for the booking number.";
    let mut talk = Talk::of(text);
    let said = talk.say("is it a voucher or a refund? a refund would be better");
    assert_eq!(
        said[..2],
        ["It takes 5 days.", "It is valid for a year."],
        "each once, in the order of the text"
    );
    assert_eq!(said.len(), 3, "and one question: {said:?}");
    assert_eq!(talk.heard().len(), 2, "each is heard once");
    talk.same_again();
}

#[test]
fn what_is_heard_while_a_listener_asks_is_followed_first() {
    let text = "If they mention a refund, ask what happened. If they mention a voucher, tell them it is valid for a year. \
                Ask for the booking number.";
    let mut talk = Talk::of(text);
    talk.say("I want a refund");
    assert_eq!(talk.asked().as_deref(), Some("story"), "the listener asks");
    let said = talk.say("and my voucher?");
    assert_eq!(said[0], "It is valid for a year.", "the inner one is told");
    assert_eq!(talk.asked().as_deref(), Some("story"), "then the outer one asks again");
    talk.say("my refund never came");
    assert_eq!(talk.heard().len(), 2, "what is being followed is not heard again");
    assert_eq!(talk.asked().as_deref(), Some("booking_number"), "and the run is back");
    talk.same_again();
}

#[test]
fn rules_hold_inside_as_everywhere() {
    let text = "If they mention a postponement, move the booking. Never move a booking that has been moved more than once. \
                Ask for the booking number. Ask for the new date. Ask what happened.";
    let mut talk = Talk::of(text);
    talk.say("B-4711");
    talk.say("1 December 2026");
    talk.say("a postponement, please");
    talk.answer("find_booking", json!({"times_moved": {"type": "integer", "value": 3}}));
    assert!(
        talk.log
            .iter()
            .any(|event| matches!(event.kind, EventKind::ActionBlocked { .. })),
        "the rule holds it back: {:?}",
        talk.kinds()
    );
    assert_eq!(talk.calls("move_booking"), 0, "nothing is moved");
    talk.same_again();
}

#[test]
fn a_call_is_never_left_behind() {
    let mut talk = Talk::of(&format!(
        "{STOPS} Ask for the booking number. Look up the booking. Ask what happened."
    ));
    talk.say("B-4711");
    let said = talk.say("I have chest pain");
    assert_eq!(said.len(), 1, "only that it is being worked on: {said:?}");
    assert_eq!(talk.heard().len(), 1, "it is heard at once");
    let said = talk.answer("find_booking", json!({"times_moved": {"type": "integer", "value": 0}}));
    assert_eq!(
        said,
        ["Please call 112."],
        "and followed as soon as the answer is there"
    );
    assert_eq!(outcome(&talk), Some(Outcome::NotPossible), "it stopped");
    talk.same_again();
}

#[test]
fn an_answered_call_is_not_made_again_when_the_run_goes_on() {
    let text = "If the customer asks about a refund, tell them it takes 5 days. Ask for the booking number. Look up the \
                booking. Ask what happened.";
    let mut talk = Talk::of(text);
    talk.say("B-4711");
    talk.say("what about my refund?");
    let said = talk.answer("find_booking", json!({"times_moved": {"type": "integer", "value": 0}}));
    assert_eq!(said[0], "It takes 5 days.", "followed when the answer is there");
    assert_eq!(
        talk.asked().as_deref(),
        Some("story"),
        "then the run goes on behind the call"
    );
    assert_eq!(talk.calls("find_booking"), 1, "which was made once");
    talk.same_again();
}

#[test]
fn who_asks_for_a_person_besides_gets_one() {
    let mut talk =
        Talk::of("If the customer asks about a refund, tell them it takes 5 days. Ask for the booking number.");
    let said = talk.say("what about my refund? I want to talk to a human");
    assert_eq!(said[0], "It takes 5 days.", "what was brought up comes first");
    assert!(
        talk.log
            .iter()
            .any(|event| matches!(event.kind, EventKind::HandedOff { .. })),
        "then a person takes over: {:?}",
        talk.kinds()
    );
    talk.same_again();
}

#[test]
fn a_yes_given_to_a_listener_confirms_nothing_else() {
    let text = "If they mention a discount, ask the customer to confirm that they are a member. Ask for the booking number. \
                Ask for the new date. Ask the customer to confirm. Move the booking.";
    let mut talk = Talk::of(text);
    talk.say("B-4711");
    talk.say("1 December 2026");
    assert!(
        matches!(talk.question(), Some(Question::Confirm { .. })),
        "a yes is asked for"
    );
    talk.say("is there a discount?");
    talk.say("yes");
    assert_eq!(talk.calls("move_booking"), 0, "that yes was for the other question");
    assert!(
        matches!(talk.question(), Some(Question::Confirm { .. })),
        "which is put again"
    );
    talk.say("yes");
    assert_eq!(talk.calls("move_booking"), 1, "now it is confirmed");
    talk.same_again();
}

#[test]
fn what_is_switched_off_listens_to_nothing() {
    let mut off = block("off", STOPS);
    off.off = true;
    let mut talk = Talk::of_blocks(vec![off, block("main", "Ask what happened.")]);
    talk.say("chest pain");
    assert_eq!(talk.heard(), [], "nothing is heard");
}

#[test]
fn a_plan_without_listeners_runs_as_ever() {
    let reading = instructions("Ask what happened.");
    let kept = serde_json::to_value(&reading).unwrap();
    assert_eq!(
        kept.get("listeners"),
        None,
        "and is kept as before, so that its hash stays"
    );
}
