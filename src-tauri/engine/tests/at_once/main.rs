//! Look-ups that need nothing of each other are called at once, and a conversation goes as if each had waited its turn.
#![expect(clippy::unwrap_used, reason = "a conversation that cannot be set up fails the test")]

mod house;

use house::{House, Says, conversation};
use serde_json::json;

const THREE: &str = "Ask for the order number. Run Find order. Run Find parcel. Run Find invoice. \
                     Tell them \"{order.courier}, {parcel.place}, {invoice.total}.\"";

/// What it calls at once.
const ALL_THREE: [&str; 3] = ["find_order", "find_parcel", "find_invoice"];

fn gives(field: &str, value: &str) -> Says {
    Says::Gives(json!({ field: { "type": "text", "value": value } }))
}

/// Lets the systems answer in this order, each once the answer before it is in the log.
async fn answer_in_order(house: &House, order: &[&str]) {
    house.systems.until_called(order).await;
    for name in order {
        let before = house.log().len();
        let says = match *name {
            "find_order" => gives("courier", "Swift"),
            "find_parcel" => gives("place", "Depot 4"),
            _ => gives("total", "12.00 EUR"),
        };
        house.systems.answer(name, says);
        while house.log().len() == before {
            tokio::task::yield_now().await;
        }
    }
}

#[tokio::test]
async fn look_ups_behind_each_other_are_out_together_and_any_order_of_answers_says_the_same() {
    for order in [
        ["find_order", "find_parcel", "find_invoice"],
        ["find_invoice", "find_parcel", "find_order"],
        ["find_parcel", "find_order", "find_invoice"],
    ] {
        let house = House::with(THREE).await;
        // Only once all three were called does the first answer come: called one by one they would wait for ever.
        tokio::join!(house.say("A-1001"), answer_in_order(&house, &order));
        assert_eq!(house.ahead(), ["find_parcel", "find_invoice"], "{order:?}");
        assert_eq!(house.said().last().unwrap(), "Swift, Depot 4, 12.00 EUR.", "{order:?}");
        assert_eq!(house.systems.called().len(), 3, "each was called once");
        assert_eq!(house.out(), Default::default(), "nothing is out any more");
        house.same_again();
    }
}

#[tokio::test]
async fn a_look_up_that_needs_another_waits_for_it_and_one_behind_it_does_not() {
    let text = "Ask for the order number. Run Find order. Run Find depot. Run Find invoice. \
                Tell them \"{depot.hours}, {invoice.total}.\"";
    let house = House::with(text).await;
    let systems = async {
        house.systems.until_called(&["find_order", "find_invoice"]).await;
        assert_eq!(
            house.systems.called().len(),
            2,
            "the depot is not known before the order"
        );
        house.systems.answer("find_invoice", gives("total", "12.00 EUR"));
        house.systems.answer("find_order", gives("courier", "Swift"));
        house.systems.answer("find_depot", gives("hours", "9 to 5"));
    };
    tokio::join!(house.say("A-1001"), systems);
    assert_eq!(house.said().last().unwrap(), "9 to 5, 12.00 EUR.");
    house.same_again();
}

#[tokio::test]
async fn nothing_is_called_past_a_change_a_question_or_a_condition() {
    for (text, first) in [
        (
            "Ask for the order number. Run Cancel order. Run Find parcel. Tell them \"{parcel.place}.\"",
            "cancel_order",
        ),
        (
            "Ask for the order number. Run Find order. If order.courier is \"Swift\", run Find parcel. Tell them \"Done.\"",
            "find_order",
        ),
        (
            "Ask for the order number. Run Find order. Never run Find parcel if the courier is \"Slow\". Run Find parcel. \
             Tell them \"Done.\"",
            "find_order",
        ),
    ] {
        let house = House::with(text).await;
        let systems = async {
            house.systems.until_called(&[first]).await;
            house.systems.answer("cancel_order", Says::Gives(json!({})));
            house.systems.answer("find_order", gives("courier", "Swift"));
            house.systems.answer("find_parcel", gives("place", "Depot 4"));
        };
        tokio::join!(house.say("A-1001"), systems);
        assert_eq!(house.ahead(), [""; 0], "{text}");
        assert_eq!(house.begun("find_parcel"), 1, "it was called in its turn: {text}");
    }
}

#[tokio::test]
async fn a_failure_ahead_is_met_in_its_turn() {
    let house = House::with(THREE).await;
    let systems = async {
        house.systems.until_called(&ALL_THREE).await;
        house.systems.answer("find_parcel", Says::Fails);
        house.systems.answer("find_invoice", gives("total", "12.00 EUR"));
        house.systems.answer("find_order", gives("courier", "Swift"));
    };
    tokio::join!(house.say("A-1001"), systems);
    let log = format!("{:?}", house.log());
    assert!(
        log.contains("HandedOff"),
        "a look-up that fails ends with a person: {log}"
    );
    assert!(
        log.contains("action: \"Find parcel\""),
        "and the reason names it: {log}"
    );
    house.same_again();
}

#[tokio::test]
async fn nobody_waits_for_a_call_ahead_that_is_not_needed_any_more() {
    let house = House::with(THREE).await;
    let systems = async {
        house.systems.until_called(&ALL_THREE).await;
        house.systems.answer("find_order", Says::Fails);
    };
    // The parcel and the invoice never answer; the conversation is with a person, and the call returns.
    tokio::join!(house.say("A-1001"), systems);
    assert_eq!(house.out(), Default::default(), "nothing is out any more");
    house.same_again();
}

#[tokio::test]
async fn what_was_out_together_is_settled_after_a_restart() {
    let house = House::with(THREE).await;
    let cut = async {
        house.systems.until_called(&ALL_THREE).await;
        let before = house.log().len();
        house.systems.answer("find_invoice", gives("total", "12.00 EUR"));
        while house.log().len() == before {
            tokio::task::yield_now().await;
        }
    };
    tokio::select! {
        () = house.say("A-1001") => unreachable!("two systems have not answered"),
        () = cut => {}
    }
    assert_eq!(
        house.out().len(),
        2,
        "the order and the parcel are out, the invoice has come"
    );
    let again = house.restarted();
    again.systems.answer("find_order", gives("courier", "Swift"));
    again.systems.answer("find_parcel", gives("place", "Depot 4"));
    again.runner.resume(&conversation()).await.unwrap();
    assert_eq!(
        again.systems.called(),
        ["find_order", "find_parcel"],
        "the invoice is not fetched again"
    );
    assert_eq!(again.said().last().unwrap(), "Swift, Depot 4, 12.00 EUR.");
    again.same_again();
}

#[tokio::test]
async fn what_is_given_meanwhile_is_looked_up_anew() {
    let house = House::with(THREE).await;
    let systems = async {
        house.systems.until_called(&ALL_THREE).await;
        house.systems.answer("find_parcel", gives("place", "Depot 4"));
        house.systems.answer("find_invoice", gives("total", "12.00 EUR"));
        house.say("Sorry, I meant A-2002").await;
        house.systems.answer("find_order", gives("courier", "Swift"));
    };
    tokio::join!(house.say("A-1001"), systems);
    let numbers: Vec<_> = house
        .log()
        .into_iter()
        .filter_map(|event| match event.kind {
            taskwright_domain::EventKind::ActionStarted { action, inputs, .. } => Some((action.0, inputs)),
            _ => None,
        })
        .collect();
    let given = house.runner.state(&conversation()).await.unwrap().last.unwrap().values["order_number"]
        .value
        .clone();
    for name in ["find_parcel", "find_invoice"] {
        let last = numbers.iter().rev().find(|(action, _)| action == name).unwrap();
        assert_eq!(last.1["order_number"], given, "{name} goes by what was given last");
    }
    house.same_again();
}
