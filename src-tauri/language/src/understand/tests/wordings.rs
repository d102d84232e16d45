//! Wordings of many kinds, written down before anybody looked at what is understood.

use taskwright_domain::{Amount, Value};

use super::{attribute, hold};

fn text(value: &str) -> Value {
    Value::Text(value.to_owned())
}

/// Every text fills the asked attribute with one value and nothing else of weight.
fn fills(asked: &str, value: &str, texts: &[&str]) {
    let expected = format!("fill {asked}={value}");
    let mut wrong = Vec::new();
    for text in texts {
        let got = super::heard(asked, &[], text);
        let extras = ["thanks", "smalltalk", "goodbye", "question"];
        let kept: Vec<_> = got.split(", ").filter(|mv| !extras.contains(mv)).collect();
        if kept.join(", ") != expected {
            wrong.push(format!("{text:?}: heard [{got}], wanted [{expected}]"));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {} wrong:\n{}",
        wrong.len(),
        texts.len(),
        wrong.join("\n")
    );
}

#[test]
fn a_number_in_the_middle_of_prose_is_found() {
    fills(
        "repair_number",
        "4512",
        &[
            "let me see... ah yes, it is 4512 according to the mail",
            "the slip here says 4512 at the top",
            "I have it written down as 4512 somewhere",
            "well on the receipt it says number 4512",
            "it should be 4512 if I read that right",
            "my wife tells me it's 4512",
            "according to your letter it would be 4512",
            "sure thing, the number I was given is 4512",
            "I believe that's 4512, the one from last week",
            "so I have here repair no. 4512",
            "you sent me a message saying 4512 was received",
            "okay so it's this one: 4512. Hope that helps",
            "The one you are looking for is 4512, I think.",
            "I only have 4512 on my paper",
            "hmm the sticker reads 4512",
            "it's the repair with the number 4512 please",
            "Found it in my inbox: 4512!",
            "it's repair #4512 for my old phone",
            "Sorry that took a while, 4512 it is",
            "here is what I found - 4512",
            "Number's 4512",
            "that's repair 4512 I brought in on a Monday",
            "I got the number 4512 from your colleague",
            "the number on the ticket I got is 4512 so that must be it",
            "OK. 4512. Is that enough?",
            "it says 4512 here, does that look right?",
            "repair number: 4512 (the phone)",
            "number (from the mail): 4512",
            "yes of course, it's number 4512",
            "4512, that's all I have",
        ],
    );
}

#[test]
fn spoken_corrections_put_a_value_right() {
    let filled = [
        ("repair_number", text("4512")),
        ("your_name", text("Ines Duart")),
        ("email", text("ana@example.org")),
        ("delivery_address", text("12 Harbour Road, Westport")),
        (
            "budget",
            Value::Amount(Amount {
                amount: 80.into(),
                currency: "EUR".to_owned(),
            }),
        ),
    ];
    hold(
        &filled,
        &[],
        &[
            ("confirm", "no wait, it's 4521", "correct repair_number=4521"),
            ("confirm", "wait, I typed it wrong, 4521", "correct repair_number=4521"),
            ("confirm", "oh no, the number is 4521", "correct repair_number=4521"),
            (
                "confirm",
                "hold on, the number should be 4521",
                "correct repair_number=4521",
            ),
            ("confirm", "ah sorry, 4521 not 4512", "correct repair_number=4521"),
            (
                "confirm",
                "almost, but the repair number is 4521",
                "correct repair_number=4521",
            ),
            (
                "confirm",
                "that's not right, my number is 4521",
                "correct repair_number=4521",
            ),
            ("confirm", "No. 4521.", "correct repair_number=4521"),
            (
                "confirm",
                "my mistake, it's actually 4521",
                "correct repair_number=4521",
            ),
            (
                "confirm",
                "can you change the number to 4521?",
                "correct repair_number=4521",
            ),
            (
                "confirm",
                "please correct the number, it's 4521",
                "correct repair_number=4521",
            ),
            (
                "fault",
                "sorry, I gave you the wrong number, it's 4521",
                "correct repair_number=4521",
            ),
            ("fault", "oops 4521 I mean", "correct repair_number=4521"),
            ("fault", "wait no the number was 4521", "correct repair_number=4521"),
            ("confirm", "no, Ines Duarte", "correct your_name=Ines Duarte"),
            (
                "confirm",
                "my name is spelled Ines Duarte",
                "correct your_name=Ines Duarte",
            ),
            (
                "confirm",
                "sorry, the name should be Ines Duarte",
                "correct your_name=Ines Duarte",
            ),
            (
                "confirm",
                "it's Ines Duarte, not Ines Duart",
                "correct your_name=Ines Duarte",
            ),
            ("confirm", "oops, typo: Ines Duarte", "correct your_name=Ines Duarte"),
            (
                "confirm",
                "wait, it's written Ines Duarte",
                "correct your_name=Ines Duarte",
            ),
            (
                "confirm",
                "no wait, my mail is anna@example.org",
                "correct email=anna@example.org",
            ),
            (
                "confirm",
                "sorry anna@example.org with two n",
                "correct email=anna@example.org",
            ),
            (
                "confirm",
                "I mistyped the email, anna@example.org",
                "correct email=anna@example.org",
            ),
            (
                "fault",
                "actually the email is anna@example.org",
                "correct email=anna@example.org",
            ),
            (
                "confirm",
                "no, 21 Harbour Road, Westport",
                "correct delivery_address=21 Harbour Road, Westport",
            ),
            (
                "confirm",
                "the address is 21 Harbour Road, Westport, sorry",
                "correct delivery_address=21 Harbour Road, Westport",
            ),
            (
                "confirm",
                "wait, it's 21 Harbour Road, Westport",
                "correct delivery_address=21 Harbour Road, Westport",
            ),
            ("confirm", "no make it 90 EUR", "correct budget=90 EUR"),
            ("confirm", "sorry, 90 euros", "correct budget=90 EUR"),
            (
                "fault",
                "wait, I said 80 EUR but I meant 90 EUR",
                "correct budget=90 EUR",
            ),
        ],
    );
}

#[test]
fn polite_forms_do_not_hide_a_value() {
    fills(
        "your_name",
        "Ines Duarte",
        &[
            "My name is Ines Duarte, nice to meet you",
            "Ines Duarte, if you please",
            "It would be Ines Duarte, thank you",
            "I'm Ines Duarte, thanks for asking",
            "Of course! Ines Duarte.",
            "Certainly, it's Ines Duarte",
            "Please put it under Ines Duarte",
            "That would be Ines Duarte, please",
            "Sure, my name's Ines Duarte",
            "The name is Ines Duarte, thank you so much",
        ],
    );
    fills(
        "email",
        "ana@example.org",
        &[
            "Of course, it's ana@example.org",
            "You may write to ana@example.org, thank you very much",
            "Could you use ana@example.org please?",
            "Certainly! ana@example.org",
            "ana@example.org would be great, thanks",
            "If it's no trouble, ana@example.org",
            "Gladly: ana@example.org",
            "Thank you, it is ana@example.org",
            "would you be so kind as to use ana@example.org",
            "Yes, with pleasure, ana@example.org",
        ],
    );
    fills(
        "fault",
        "battery",
        &[
            "It's the battery, I'm afraid",
            "I would say the battery, thank you",
            "The battery, please",
            "Thanks for asking, it's the battery",
            "I'd be grateful if you could look at the battery",
            "that'd be the battery",
            "Probably the battery, if I may say so",
            "Sorry to say, the battery",
            "Could you please fix the battery?",
            "The battery would be lovely, thanks",
        ],
    );
}

#[test]
fn misspelled_words_around_a_value_do_not_hide_it() {
    fills(
        "repair_number",
        "4512",
        &[
            "teh number is 4512",
            "my repiar number is 4512",
            "numbr 4512",
            "its nubmer 4512",
            "the numer is 4512 i thnk",
            "repair nr 4512",
            "it shuold be 4512",
            "shure, 4512",
            "i beleive 4512",
            "plese look at 4512",
        ],
    );
    fills(
        "fault",
        "battery",
        &[
            "batery",
            "the battrey",
            "its the batterie",
            "battery i thnik",
            "teh battery",
            "the batterry pls",
            "batttery",
            "i tink its the battery",
            "probaly the battery",
            "batery please",
        ],
    );
    fills(
        "express_service",
        "true",
        &[
            "yess",
            "yes plese",
            "yes pleas",
            "yeah shure",
            "yes thx",
            "yea pls",
            "yep thnks",
            "ok yes",
            "yes yes",
            "yup pls",
        ],
    );
}

#[test]
fn small_letters_say_the_same() {
    fills(
        "your_name",
        "Ines Duarte",
        &[
            "ines duarte",
            "my name is ines duarte",
            "it's ines duarte",
            "i'm ines duarte",
            "ines duarte please",
            "the name is ines duarte",
            "i am called ines duarte",
            "sure, ines duarte",
            "ines duarte thx",
            "name: ines duarte",
        ],
    );
    fills(
        "delivery_address",
        "12 harbour road, westport",
        &[
            "12 harbour road, westport",
            "it's 12 harbour road, westport",
            "my address is 12 harbour road, westport",
            "i live at 12 harbour road, westport",
            "please send it to 12 harbour road, westport",
            "12 harbour road, westport please",
            "12 harbour road, westport thanks",
            "the address is 12 harbour road, westport",
            "we moved to 12 harbour road, westport",
            "to 12 harbour road, westport",
        ],
    );
    fills(
        "visit_day",
        "2026-11-20",
        &[
            "friday",
            "on friday",
            "this friday please",
            "friday would be fine",
            "the 20th of november",
            "20 november",
            "november 20",
            "friday the 20th",
            "on nov 20",
            "this coming friday",
        ],
    );
}

#[test]
fn missing_marks_say_the_same() {
    fills(
        "repair_number",
        "4512",
        &[
            "hi its 4512 thanks",
            "yes its 4512",
            "ok 4512",
            "here you go 4512",
            "sure its 4512 thank you",
            "hello the number is 4512",
            "number 4512 please",
            "found it 4512",
            "sorry about that its 4512",
            "thats 4512",
        ],
    );
    fills(
        "email",
        "ana@example.org",
        &[
            "yes ana@example.org",
            "its ana@example.org thanks",
            "sure ana@example.org",
            "hi my mail is ana@example.org",
            "ana@example.org thats it",
            "use ana@example.org please",
            "email ana@example.org",
            "ok its ana@example.org",
            "my email ana@example.org",
            "you can use ana@example.org i think",
        ],
    );
    fills(
        "your_name",
        "Ines Duarte",
        &[
            "hi im Ines Duarte",
            "yes Ines Duarte",
            "its Ines Duarte thanks",
            "my names Ines Duarte",
            "Ines Duarte thats me",
            "sure Ines Duarte",
            "ok its Ines Duarte",
            "hello Ines Duarte here",
            "its me Ines Duarte",
            "im called Ines Duarte now",
        ],
    );
}

#[test]
fn numbers_may_be_words() {
    fills(
        "spare_parts",
        "3",
        &[
            "three",
            "three please",
            "I need three",
            "three of them",
            "just three",
            "make it three",
            "i think three",
            "Three spare parts",
            "three, thanks",
            "it would be three",
        ],
    );
    fills(
        "budget",
        "80 EUR",
        &[
            "eighty euros",
            "eighty",
            "about eighty euros",
            "no more than eighty euros",
            "eighty euro please",
            "i'd say eighty",
            "around eighty euros I guess",
            "up to eighty euros",
            "eighty EUR",
            "at most eighty euro",
        ],
    );
    fills(
        "repair_number",
        "4512",
        &[
            "four five one two",
            "it's four five one two",
            "forty-five twelve",
            "forty five twelve",
            "number four five one two",
            "four-five-one-two",
            "4 5 1 2",
            "45 12",
            "four, five, one, two",
            "the digits are four five one two",
        ],
    );
}

#[test]
fn what_people_say_in_between_is_neither_an_answer_nor_a_misunderstanding() {
    let polite = |mv: &str| ["smalltalk", "thanks", "goodbye", "hold"].contains(&mv);
    let mut wrong = Vec::new();
    for asked in [
        "repair_number",
        "email",
        "your_name",
        "delivery_address",
        "budget",
        "story",
        "fault",
    ] {
        for text in [
            "ok",
            "okay thanks",
            "sure",
            "alright",
            "hello again",
            "sorry for the trouble",
            "thanks for helping me",
            "thank you so much for your patience",
            "hi there",
            "got it, thanks",
            "no problem",
            "ok sure, thank you",
            "sorry about that",
            "sorry to bother you with this",
            "good morning!",
            "thx",
            "oh I see",
            "ok, one moment please",
            "I understand, thanks",
            "excuse me",
            "thanks a lot in advance",
            "hmm ok",
            "hope you're well",
            "sorry, I'm on the train, one second",
            "okey dokey, let me look",
        ] {
            let got = super::heard(asked, &[], text);
            if !got.split(", ").all(polite) {
                wrong.push(format!("asked {asked}, {text:?}: heard [{got}]"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn thanks_beside_a_wish_are_not_all_that_was_said() {
    for text in [
        "I'd like to book a visit, thanks",
        "my phone is broken, thank you",
        "Hi, the radio does not work. Thanks in advance!",
        "can I change something? thx",
        "please repair my phone, cheers",
    ] {
        let got = super::heard("-", &[], text);
        let more = got.split(", ").any(|mv| mv == "unclear" || mv == "question");
        assert!(more, "{text:?}: heard [{got}]");
    }
    for text in [
        "thanks!",
        "thanks for your help",
        "thank you so much, have a nice day",
        "hello there",
    ] {
        let got = super::heard("-", &[], text);
        assert!(!got.contains("unclear"), "{text:?}: heard [{got}]");
    }
}

#[test]
fn how_a_thing_goes_answers_whether_it_works() {
    let mut works = attribute("it_works_now", taskwright_domain::AttributeType::Boolean);
    works.name = "it works now".to_owned();
    for (text, expected) in [
        ("still crashing", false),
        ("unfortunately not", false),
        ("no it crashed again", false),
        ("same error as before", false),
        ("nope, still broken", false),
        ("it fails every time", false),
        ("it keeps freezing", false),
        ("I'm afraid it doesn't", false),
        ("that didn't help", false),
        ("sadly no change", false),
        ("it's still the same", false),
        ("it works!", true),
        ("yes, finally", true),
        ("no more crashes", true),
        ("the error is gone", true),
        ("it stopped crashing", true),
        ("that fixed it", true),
        ("works like a charm", true),
        ("all good now", true),
        ("it's working again, thank you", true),
        ("great, it doesn't crash anymore", true),
        ("everything works now", true),
    ] {
        let moves = super::hear(text, Some(super::AskedFor::Attribute(&works)), vec![&works], Vec::new());
        let told = moves.iter().find_map(|mv| match mv {
            super::Move::Fill {
                value: Value::Boolean(yes),
                ..
            } => Some(*yes),
            _ => None,
        });
        assert_eq!(told, Some(expected), "{text:?}: heard {moves:?}");
    }
}
