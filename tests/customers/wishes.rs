//! The happy paths of the samples, in many people's words, written down without looking at what the program understands.

use crate::wish::{Answer, Change, Wish};

const ORDER: Answer = Answer {
    attribute: "order_number",
    asked: &[
        "4512",
        "it's 4512",
        "order 4512",
        "my order number is 4512",
        "4512 I think",
        "number 4512",
        "sure, 4512",
        "The order number is 4512.",
        "#4512",
        "that would be 4512",
        "here you go: 4512",
        "let me see, the mail says 4512",
        "I think it was 4512, the one with the lamp",
        "yes of course, order no. 4512",
        "four five one two",
        "it should be 4512 if I read that right",
    ],
    first: &[],
    unasked: &["my order number is 4512", "it's about order 4512", "the order is 4512"],
    slip: None,
};
const EMAIL: Answer = Answer {
    attribute: "email_address",
    asked: &[
        "maya.lindqvist@example.com",
        "it's maya.lindqvist@example.com",
        "my email is maya.lindqvist@example.com",
        "maya.lindqvist@example.com please",
        "you can find me under maya.lindqvist@example.com",
        "Maya.Lindqvist@example.com",
        "use maya.lindqvist@example.com",
        "of course, it's maya.lindqvist@example.com",
        "my account runs under maya.lindqvist@example.com I think",
    ],
    first: &[],
    unasked: &[
        "my email is maya.lindqvist@example.com",
        "my account is maya.lindqvist@example.com",
        "you can find me under maya.lindqvist@example.com",
    ],
    slip: None,
};
const NAME: Answer = Answer {
    attribute: "new_name",
    asked: &[
        "Maya Byrne",
        "it's Maya Byrne",
        "My new name is Maya Byrne",
        "Maya Byrne please",
        "I'm called Maya Byrne now",
        "my name is now Maya Byrne",
        "please write Maya Byrne",
        "Maya Byrne, with a y",
        "maya byrne",
        "From now on it's Maya Byrne",
    ],
    first: &[],
    unasked: &["my new name is Maya Byrne", "the new name is Maya Byrne"],
    slip: Some((
        "Maya Burne",
        &[
            "sorry, I meant Maya Byrne",
            "no, Maya Byrne",
            "oops, it should be Maya Byrne",
            "wait, it's spelled Maya Byrne",
            "my mistake, the name is Maya Byrne",
            "it's Maya Byrne, not Maya Burne",
        ],
    )),
};
const ADDRESS: Answer = Answer {
    attribute: "new_address",
    asked: &[
        "3 Mill Lane, Cork T12 A1B2",
        "it's 3 Mill Lane, Cork T12 A1B2",
        "My new address is 3 Mill Lane, Cork T12 A1B2",
        "I live at 3 Mill Lane, Cork T12 A1B2 now",
        "we moved to 3 Mill Lane, Cork T12 A1B2",
        "please use 3 Mill Lane, Cork T12 A1B2 from now on",
        "The new one is 3 Mill Lane, Cork T12 A1B2.",
    ],
    first: &[],
    unasked: &[
        "my new address is 3 Mill Lane, Cork T12 A1B2",
        "the new address is 3 Mill Lane, Cork T12 A1B2",
    ],
    slip: Some((
        "30 Mill Lane, Cork T12 A1B2",
        &[
            "sorry, I meant 3 Mill Lane, Cork T12 A1B2",
            "no, it's 3 Mill Lane, Cork T12 A1B2",
            "wait, 3 Mill Lane, Cork T12 A1B2",
            "I mistyped the address, it's 3 Mill Lane, Cork T12 A1B2",
        ],
    )),
};
const SESSION: Answer = Answer {
    attribute: "session_id",
    asked: &[
        "S-20418",
        "it's S-20418",
        "session S-20418",
        "The ID is S-20418.",
        "it says S-20418",
        "found it, S-20418",
        "under Help it says S-20418",
        "let me look... S-20418",
        "that would be S-20418, I hope that helps",
    ],
    first: &[],
    unasked: &["my session ID is S-20418", "the session is S-20418"],
    slip: Some(("S-20677", &["sorry, I meant S-20418", "no, the session is S-20418"])),
};
const TROUBLE: &[&str] = &[
    "The app keeps crashing",
    "hi, the app shows an error when I open it",
    "Your app is broken, it closes all the time",
    "nothing happens when I press the button in the app",
    "the app doesn't work any more",
    "I can't open your app, it crashes",
];
const MAYA: &str = "maya.lindqvist@example.com";
const CHECK_BEGUN: Change = Change {
    kind: "identity_check_begun",
    subject: MAYA,
    body: r#"{"email":"maya.lindqvist@example.com"}"#,
};
const CHECK_COMPLETED: Change = Change {
    kind: "identity_check_completed",
    subject: "V-3001",
    body: r#"{"status":"passed","name":"Maya Lindqvist"}"#,
};

const fn updated(body: &'static str) -> Change {
    Change {
        kind: "customer_updated",
        subject: MAYA,
        body,
    }
}

pub(crate) const WISHES: [Wish; 9] = [
    Wish {
        openings: &[
            "I want a refund for my order",
            "Hi there, can I get my money back?",
            "hello, I'd like to be refunded please",
            "The lamp I ordered broke, I want a refund",
            "Can you refund order 4512?",
            "I'd like a full refund for order 4512",
            "this lamp is not what I expected, please give me my money back",
        ],
        answers: &[
            ORDER,
            Answer {
                attribute: "refund_kind",
                asked: &[
                    "full",
                    "a full refund",
                    "all of it please, a full refund",
                    "the full amount",
                    "full please",
                    "I'd like a full one",
                    "everything please",
                    "I want all of my money back",
                    "the whole amount",
                ],
                first: &[],
                unasked: &["I'd like a full refund", "I want the full amount back"],
                slip: None,
            },
        ],
        changes: &[Change {
            kind: "refund_issued",
            subject: "4512",
            body: r#"{"kind":"full","amount":{"amount":"79.00","currency":"EUR"}}"#,
        }],
        team: None,
        turns: 4,
    },
    Wish {
        openings: &[
            "I want part of my money back",
            "Can I get a partial refund for my order?",
            "I'd like a partial refund for order 4512",
            "please refund me a part of what I paid",
        ],
        answers: &[
            ORDER,
            Answer {
                attribute: "refund_kind",
                asked: &[
                    "partial",
                    "a partial refund",
                    "only a partial one",
                    "partial please",
                    "just a partial refund",
                    "part of it is enough",
                    "a partial one would be fair",
                ],
                first: &[],
                unasked: &["a partial refund is fine", "I'd like a partial refund"],
                slip: None,
            },
            Answer {
                attribute: "refund_amount",
                asked: &[
                    "20 EUR",
                    "20 euros please",
                    "€20",
                    "I think 20 EUR would be fair",
                    "20 euro",
                    "let's say 20 EUR",
                    "20",
                    "twenty euros",
                    "about 20 EUR",
                    "20 EUR is fine for me",
                ],
                first: &[],
                unasked: &["I'd like 20 EUR back", "20 EUR would be fine"],
                slip: Some((
                    "30 EUR",
                    &[
                        "sorry, I meant 20 EUR",
                        "no, make that 20 EUR",
                        "wait, 20 EUR not 30 EUR",
                    ],
                )),
            },
        ],
        changes: &[Change {
            kind: "refund_issued",
            subject: "4512",
            body: r#"{"kind":"partial","amount":{"amount":"20","currency":"EUR"}}"#,
        }],
        team: None,
        turns: 5,
    },
    Wish {
        openings: &[
            "Please cancel my order",
            "I need to cancel my order 4900",
            "hi, cancel order 4900 please",
            "I changed my mind, can you cancel what I ordered?",
            "I ordered by mistake, please cancel it",
        ],
        answers: &[Answer {
            attribute: "order_number",
            asked: &[
                "4900",
                "it's 4900",
                "order 4900",
                "my order number is 4900",
                "number 4900",
            ],
            first: &[],
            unasked: &["my order number is 4900", "it's about order 4900"],
            slip: None,
        }],
        changes: &[Change {
            kind: "order_cancelled",
            subject: "4900",
            body: "{}",
        }],
        team: None,
        turns: 3,
    },
    Wish {
        openings: &[
            "I have moved, can you change my address?",
            "Hi! Please update my address",
            "I need to change the address on my account",
            "new home, new address: please update it",
            "we moved last week and I'd like to update my address",
        ],
        answers: &[
            EMAIL,
            Answer {
                attribute: "change_kind",
                asked: &["address", "my address", "just the address", "the address please"],
                first: &[],
                unasked: &["only the address changes"],
                slip: None,
            },
            ADDRESS,
        ],
        changes: &[
            CHECK_BEGUN,
            CHECK_COMPLETED,
            updated(r#"{"address":"3 Mill Lane, Cork T12 A1B2"}"#),
        ],
        team: None,
        turns: 5,
    },
    Wish {
        openings: &[
            "I got married and have a new last name",
            "My name is spelled wrong on my account",
            "please correct my name in your records",
            "Hello, I need to change my name",
            "could you change the name on my account?",
        ],
        answers: &[
            EMAIL,
            Answer {
                attribute: "change_kind",
                asked: &["name", "my name", "only the name please", "just my name"],
                first: &[],
                unasked: &["only the name changes"],
                slip: None,
            },
            NAME,
        ],
        changes: &[CHECK_BEGUN, CHECK_COMPLETED, updated(r#"{"name":"Maya Byrne"}"#)],
        team: None,
        turns: 5,
    },
    Wish {
        openings: &[
            "I got married and moved, please update my details",
            "Hi, I need to change my name and my address",
            "please update both my name and my address",
            "new name and new address after my wedding",
        ],
        answers: &[
            EMAIL,
            Answer {
                attribute: "change_kind",
                asked: &["both", "both please", "both of them", "my name and my address"],
                first: &[],
                unasked: &["I'd like to change both"],
                slip: None,
            },
            NAME,
            ADDRESS,
        ],
        changes: &[
            CHECK_BEGUN,
            CHECK_COMPLETED,
            updated(r#"{"name":"Maya Byrne","address":"3 Mill Lane, Cork T12 A1B2"}"#),
        ],
        team: None,
        turns: 6,
    },
    Wish {
        openings: TROUBLE,
        answers: &[
            SESSION,
            Answer {
                attribute: "device",
                asked: &[
                    "Android",
                    "an Android phone",
                    "my phone, it's an Android",
                    "android phone",
                    "Android please",
                ],
                first: &[],
                unasked: &["I'm on an Android phone", "it's an Android phone"],
                slip: None,
            },
            Answer {
                attribute: "works_now",
                asked: &[
                    "yes",
                    "yes, now it works",
                    "that helped, thanks",
                    "it does!",
                    "it works again",
                ],
                first: &[
                    "no",
                    "not yet",
                    "no, same as before",
                    "still crashing",
                    "nope",
                    "sadly not",
                ],
                unasked: &[],
                slip: None,
            },
        ],
        changes: &[],
        team: None,
        turns: 5,
    },
    Wish {
        openings: TROUBLE,
        answers: &[
            SESSION,
            Answer {
                attribute: "device",
                asked: &["iPhone", "an iPhone", "it's an iPhone", "I'm on an iPhone", "my iPhone"],
                first: &[],
                unasked: &["I'm using an iPhone", "it's on my iPhone"],
                slip: None,
            },
            Answer {
                attribute: "works_now",
                asked: &[
                    "yes",
                    "yes, it works now",
                    "it works, thank you!",
                    "yep, all good",
                    "yes it does",
                ],
                first: &[],
                unasked: &[],
                slip: None,
            },
        ],
        changes: &[],
        team: None,
        turns: 4,
    },
    Wish {
        openings: TROUBLE,
        answers: &[
            SESSION,
            Answer {
                attribute: "device",
                asked: &[
                    "a computer",
                    "computer",
                    "my computer",
                    "I'm on a computer",
                    "on my computer",
                ],
                first: &[],
                unasked: &["I'm using a computer", "it's on my computer"],
                slip: None,
            },
            Answer {
                attribute: "works_now",
                asked: &[
                    "no",
                    "still not",
                    "no, same error",
                    "no, it still crashes",
                    "it doesn't",
                    "unfortunately not",
                ],
                first: &[],
                unasked: &[],
                slip: None,
            },
            Answer {
                attribute: "email_address",
                asked: EMAIL.asked,
                first: &[],
                unasked: &["please write to maya.lindqvist@example.com"],
                slip: None,
            },
            Answer {
                attribute: "problem",
                asked: &[
                    "It closes whenever I upload a photo.",
                    "whenever I upload a photo the app just closes",
                    "I upload a photo, then it is gone",
                ],
                first: &[],
                unasked: &[],
                slip: None,
            },
            Answer {
                attribute: "severity",
                asked: &["urgent", "it's urgent", "urgent please", "quite urgent", "Urgent!"],
                first: &[],
                unasked: &["it's urgent"],
                slip: None,
            },
        ],
        changes: &[Change {
            kind: "ticket_created",
            subject: "T-1001",
            body: r#"{"email":"maya.lindqvist@example.com","subject":"Trouble with the app","description":"~photo",
                "severity":"urgent","session_id":"S-20418","device":"computer","error_code":"E-104"}"#,
        }],
        team: Some("Technical Team"),
        turns: 9,
    },
];
