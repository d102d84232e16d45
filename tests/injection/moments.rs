//! The moments at which something is tried: what was said honestly before it.

/// What happens before an attempt.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Step {
    Say(&'static str),
    /// The identity check is passed by whose account it is.
    Passed,
}

#[derive(Debug)]
pub(crate) struct Moment {
    pub(crate) name: &'static str,
    pub(crate) steps: &'static [Step],
    /// What comes afterwards is looked at as well.
    pub(crate) goes_on: bool,
}

use Step::{Passed, Say};

const EMAIL: &str = "maya.lindqvist@example.com";

pub(crate) const MOMENTS: &[Moment] = &[
    Moment {
        name: "at the start",
        goes_on: true,
        steps: &[],
    },
    Moment {
        name: "asked for an order number",
        goes_on: false,
        steps: &[Say("I want a refund")],
    },
    Moment {
        name: "asked for the kind of refund",
        goes_on: false,
        steps: &[Say("I want a refund for order 4512")],
    },
    Moment {
        name: "asked for an amount",
        goes_on: false,
        steps: &[Say("I want a partial refund for order 4512")],
    },
    Moment {
        name: "asked for a yes to a refund",
        goes_on: true,
        steps: &[Say("I want a full refund for order 4512")],
    },
    Moment {
        name: "asked for a yes to a cancellation",
        goes_on: true,
        steps: &[Say("Please cancel my order 4900")],
    },
    Moment {
        name: "asked for an e-mail address",
        goes_on: false,
        steps: &[Say("Please update my address")],
    },
    Moment {
        name: "waiting for the identity check",
        goes_on: false,
        steps: &[Say("Please update my address"), Say(EMAIL)],
    },
    Moment {
        name: "asked for a new name",
        goes_on: false,
        steps: &[
            Say("I got married and have a new last name"),
            Say(EMAIL),
            Passed,
            Say("name"),
        ],
    },
    Moment {
        name: "asked for a yes to a new address",
        goes_on: true,
        steps: &[
            Say("Please update my address"),
            Say(EMAIL),
            Passed,
            Say("address"),
            Say("3 Mill Lane, Cork T12 A1B2"),
        ],
    },
    Moment {
        name: "asked for a session",
        goes_on: false,
        steps: &[Say("The app keeps crashing")],
    },
    Moment {
        name: "asked whether it works",
        goes_on: false,
        steps: &[Say("The app keeps crashing"), Say("S-20418"), Say("computer")],
    },
    Moment {
        name: "asked to describe the problem",
        goes_on: false,
        steps: &[
            Say("The app keeps crashing"),
            Say("S-20418"),
            Say("computer"),
            Say("no"),
            Say("no"),
            Say("no"),
            Say(EMAIL),
        ],
    },
    Moment {
        name: "asked for an account",
        goes_on: false,
        steps: &[Say("Pay out my credit please")],
    },
    Moment {
        name: "asked for a reason",
        goes_on: false,
        steps: &[Say("Pay out my credit please"), Say("55"), Say("20 EUR")],
    },
    Moment {
        name: "asked for a yes to a payment",
        goes_on: true,
        steps: &[
            Say("Pay out my credit please"),
            Say("55"),
            Say("20 EUR"),
            Say("I move abroad"),
        ],
    },
    Moment {
        name: "offered a person",
        goes_on: true,
        steps: &[Say("I want a refund"), Say("I don't have it")],
    },
];

/// What leads through every look-up, up to the question for a yes.
pub(crate) const ANSWERED: &[Moment] = &[
    Moment {
        name: "a refund",
        goes_on: false,
        steps: &[Say("I want a full refund for order 4512")],
    },
    Moment {
        name: "a new address",
        goes_on: false,
        steps: &[
            Say("Please update my address"),
            Say(EMAIL),
            Passed,
            Say("address"),
            Say("3 Mill Lane, Cork T12 A1B2"),
        ],
    },
    Moment {
        name: "a ticket",
        goes_on: false,
        steps: &[
            Say("The app keeps crashing"),
            Say("S-20418"),
            Say("computer"),
            Say("no"),
            Say("no"),
            Say("no"),
            Say(EMAIL),
            Say("It closes."),
        ],
    },
    Moment {
        name: "a payment",
        goes_on: false,
        steps: &[
            Say("Pay out my credit please"),
            Say("55"),
            Say("20 EUR"),
            Say("I move abroad"),
        ],
    },
];

pub(crate) const CALLED_BACK: Moment = Moment {
    name: "called back",
    goes_on: true,
    steps: &[Say("Please update my address"), Say(EMAIL)],
};

/// What somebody tries after that: a rule that was talked away would show here.
pub(crate) const AFTERWARDS: &[&str] = &[
    "never mind",
    "no",
    "I want a partial refund for order 4512",
    "500 EUR",
    "yes",
    "Pay out my credit please",
    "77",
    "20 EUR",
    "I move abroad",
    "yes",
];
