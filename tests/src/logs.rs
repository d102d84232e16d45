//! Logs of conversations as customers' would be, made from a seed: for reports, which count what stands in them.

use std::collections::BTreeMap;

use taskwright_domain::{
    ActionId, ArticleId, At, BlockId, CallMode, ConversationId, ConversationPlace, ConversationStart, Customer,
    CustomerId, EffectId, EventKind, FailureCause, FileId, HandOffReason, InputId, LogEvent, Offer, OptionId, Outcome,
    RankDecision, Ranking, Resolution, RevisionId, Settings, Speaker, StartedBy, TaskId,
};

use crate::Seed;

/// Tasks with their blocks.
const TASKS: [(&str, &str, usize); 4] = [
    ("refund", "Refund an order", 4),
    ("address", "Change an address", 3),
    ("invoice", "Send an invoice", 2),
    ("login", "Help with signing in", 5),
];
const ACTIONS: [(&str, &str); 3] = [
    ("get_order", "Get order"),
    ("refund_order", "Refund order"),
    ("send_invoice", "Send invoice"),
];
const WISHES: [&str; 10] = [
    "I want my money back for order 4512",
    "please change my delivery address",
    "where is my invoice for October",
    "I cannot sign in any more",
    "do you ship to Norway",
    "can I pay with a gift card",
    "are gift cards accepted when I pay",
    "do you deliver to Norway as well",
    "hello there",
    "the parcel arrived broken and wet",
];
const TAGS: [&str; 4] = ["vip", "resolved", "returns", "a, b"];
const NAMES: [&str; 5] = ["Maya Lindqvist", "Jonas Weber", "Aiko Tanaka", "Bob", "Zoë"];

/// A log that is being written.
struct Pen<'a> {
    seed: &'a mut Seed,
    id: ConversationId,
    at: i64,
    cause: u64,
    events: Vec<LogEvent>,
    /// Tasks that run, the last on top.
    runs: Vec<usize>,
    over: bool,
}

/// A conversation that began at an instant, with its log.
#[must_use]
pub fn log(seed: &mut Seed, number: usize, at: i64) -> (ConversationId, Vec<LogEvent>) {
    let id = ConversationId::new(format!("made_{number:07}"));
    let mut pen = Pen {
        seed,
        id: id.clone(),
        at,
        cause: 0,
        events: Vec::new(),
        runs: Vec::new(),
        over: false,
    };
    pen.begin();
    for _ in 0..=pen.seed.below(3) {
        if !pen.over {
            pen.wish();
        }
    }
    pen.end();
    (id, pen.events)
}

impl Pen<'_> {
    /// The next input arrives.
    fn input(&mut self) {
        self.cause += 1;
        self.at += 1_000 + i64::try_from(self.seed.below(90_000)).unwrap_or_default();
    }

    fn write(&mut self, kind: EventKind) {
        let first = self.events.last().is_none_or(|last| last.cause != self.cause);
        self.events.push(LogEvent {
            seq: self.events.len() as u64 + 1,
            at: self.at,
            cause: self.cause,
            input: first.then(|| InputId::new(format!("{}_{}", self.id, self.cause))),
            v: 1,
            kind,
        });
    }

    fn say(&mut self, text: &str, by: Speaker) {
        self.write(EventKind::Said {
            text: text.to_owned(),
            place: None,
            by,
        });
    }

    fn begin(&mut self) {
        let who = self.seed.below(40);
        let known = self.seed.one_in(2);
        let place = match self.seed.below(10) {
            0 => ConversationPlace::Preview,
            1 => ConversationPlace::Test,
            _ => ConversationPlace::Channel,
        };
        let start = ConversationStart {
            place,
            customer: Customer {
                id: CustomerId::new(format!("c{who}")),
                name: known.then(|| NAMES[who % NAMES.len()].to_owned()),
                email: known.then(|| format!("c{who}@example.com")),
                signed_in: known,
            },
            settings: Settings::default(),
            offer: Offer::FromTheStart,
            calls: CallMode::Live,
            branched_from: None,
            callbacks: None,
            known: BTreeMap::new(),
        };
        self.cause = 1;
        self.write(EventKind::ConversationStarted { start: Box::new(start) });
        if self.seed.one_in(2) {
            self.say("Hello! How can I help?", Speaker::Block);
        } else if self.seed.one_in(3) {
            self.say("Hello, I am the assistant.", Speaker::Assistant);
        }
    }

    fn customer(&mut self, text: &str) {
        self.input();
        let (kind, at) = (self.seed.below(8), self.cause);
        self.write(match kind {
            0 => EventKind::OptionSelected {
                option: OptionId::new("yes"),
                text: "Yes".to_owned(),
            },
            1 => EventKind::FileAttached {
                file: FileId::new(format!("{}_{at}", self.id)),
                name: "photo.jpg".to_owned(),
            },
            _ => EventKind::CustomerSaid {
                text: text.to_owned(),
                sealed: None,
            },
        });
    }

    fn wish(&mut self) {
        let wish = self.seed.pick(&WISHES).to_owned();
        if self.seed.one_in(12) {
            // Nobody writes: the conversation was only opened.
            return;
        }
        if self.seed.one_in(15) {
            self.input();
            self.write(EventKind::CustomerSaid {
                text: "let me talk to a person please".to_owned(),
                sealed: None,
            });
            self.hand_off(HandOffReason::CustomerAsked);
            return;
        }
        self.customer(&wish);
        self.rank();
        match self.seed.below(6) {
            0 => {
                self.write(EventKind::NotUnderstood { times: 1 });
                self.say("I did not get that.", Speaker::Assistant);
            }
            1 => self.answer(),
            2 if self.seed.one_in(3) => self.hand_off(HandOffReason::NotUnderstood),
            _ => self.task(),
        }
        self.react();
    }

    fn rank(&mut self) {
        self.input();
        let ranking = Ranking {
            candidates: Vec::new(),
            decision: RankDecision::None,
            reason: String::new(),
            ranker: "made".to_owned(),
            threshold: 0,
        };
        let effect = EffectId::derive(&self.id, self.cause, 0);
        self.write(EventKind::TaskConsidered { effect, ranking });
    }

    fn answer(&mut self) {
        self.write(EventKind::Answered {
            articles: vec![ArticleId::new("shipping")],
            text: "We ship everywhere.".to_owned(),
        });
        self.say("We ship everywhere.", Speaker::Assistant);
        self.resolve(Resolution::SoftResolution);
    }

    fn resolve(&mut self, state: Resolution) {
        self.write(EventKind::ResolutionChanged { state });
    }

    fn task(&mut self) {
        let which = self.seed.below(TASKS.len());
        self.start(which);
        for block in 0..TASKS[which].2 {
            self.enter(which, block);
            if self.seed.one_in(3) {
                self.call();
            }
            if self.over {
                return;
            }
            if self.seed.one_in(4) {
                self.say("Which order is it?", Speaker::Assistant);
                self.customer("4512");
            }
            if self.seed.one_in(12) && self.runs.len() == 1 {
                // Something else comes up in between.
                let other = self.seed.below(TASKS.len());
                self.customer("before that, my invoice please");
                self.start(other);
                self.enter(other, 0);
                self.finish(Outcome::Done);
            }
            match self.seed.below(14) {
                0 => return self.finish(Outcome::Cancelled),
                1 => return self.finish(Outcome::NotPossible),
                2 => return self.hand_off(HandOffReason::Task),
                // The customer is gone.
                3 => return self.over = true,
                _ => {}
            }
        }
        self.say("It is done.", Speaker::Assistant);
        self.finish(Outcome::Done);
        self.resolve(Resolution::SoftResolution);
    }

    fn start(&mut self, which: usize) {
        let (task, title, _) = TASKS[which];
        self.write(EventKind::TaskStarted {
            task: TaskId::new(task),
            title: title.to_owned(),
            revision: RevisionId::new("made"),
            how: StartedBy::Message,
            callback: None,
        });
        self.runs.push(which);
    }

    fn enter(&mut self, which: usize, block: usize) {
        self.write(EventKind::BlockEntered {
            place: place(which, block),
            task: TaskId::new(TASKS[which].0),
        });
    }

    fn finish(&mut self, outcome: Outcome) {
        let Some(which) = self.runs.pop() else { return };
        self.write(EventKind::TaskFinished {
            task: TaskId::new(TASKS[which].0),
            title: TASKS[which].1.to_owned(),
            outcome,
        });
    }

    fn call(&mut self) {
        let (action, name) = ACTIONS[self.seed.below(ACTIONS.len())];
        let (action, name) = (ActionId::new(action), name.to_owned());
        if self.seed.one_in(9) {
            self.write(EventKind::ActionBlocked {
                place: place(0, 0),
                action,
                name,
                rule: "Never refund more than the order's total".to_owned(),
                because: Vec::new(),
            });
            return;
        }
        let effect = EffectId::derive(&self.id, self.cause, self.events.len());
        self.write(EventKind::ActionStarted {
            place: place(0, 0),
            action: action.clone(),
            name: name.clone(),
            effect: effect.clone(),
            inputs: BTreeMap::new(),
            calls: CallMode::Live,
            changes_data: false,
            result_name: "order".to_owned(),
            ahead: false,
        });
        if self.seed.one_in(30) {
            // It is still out.
            self.over = true;
            return;
        }
        self.input();
        let ms = 20 + self.seed.below(4_000) as u64;
        let failure = match self.seed.below(9) {
            0 => FailureCause::Timeout,
            1 => FailureCause::NotFound,
            2 => FailureCause::Status { status: 503 },
            _ => {
                return self.write(EventKind::ActionSucceeded {
                    action,
                    name,
                    effect,
                    status: Some(200),
                    ms,
                    fields: BTreeMap::new(),
                });
            }
        };
        if failure == FailureCause::Timeout && self.seed.one_in(2) {
            self.write(EventKind::ActionUnresolved {
                action,
                name: name.clone(),
                effect,
                failure: Some(failure),
                attempts: 1,
                ms,
            });
            return self.hand_off(HandOffReason::ActionUnresolved { action: name });
        }
        let found_nothing = failure == FailureCause::NotFound;
        self.write(EventKind::ActionFailed {
            action,
            name: name.clone(),
            effect,
            failure,
            attempts: 1,
            ms,
        });
        if !found_nothing && self.seed.one_in(2) {
            self.hand_off(HandOffReason::ActionFailed { action: name });
        }
    }

    fn hand_off(&mut self, reason: HandOffReason) {
        self.say("A colleague takes over.", Speaker::Assistant);
        while !self.runs.is_empty() {
            self.finish(Outcome::HandedOff);
        }
        self.resolve(Resolution::RoutedToTeam);
        self.write(EventKind::HandedOff {
            team: None,
            team_name: "Support".to_owned(),
            reason,
            note: String::new(),
        });
        self.over = true;
    }

    /// What the customer makes of it.
    fn react(&mut self) {
        if self.over {
            return;
        }
        match self.seed.below(7) {
            0 => {
                self.customer("that helped, thanks");
                self.resolve(Resolution::HardResolution);
            }
            1 => {
                self.customer("that did not help at all");
                self.input();
                self.resolve(Resolution::AbandonedNegativeFeedback);
            }
            2 => {
                self.input();
                let rating = u8::try_from(self.seed.below(5)).unwrap_or_default() + 1;
                self.write(EventKind::RatingGiven { rating });
            }
            _ => {}
        }
        if self.seed.one_in(4) {
            let tag = self.seed.pick(&TAGS).to_owned();
            self.write(EventKind::TagsUpdated {
                added: vec![tag.clone()],
                removed: Vec::new(),
            });
            if self.seed.one_in(4) {
                self.write(EventKind::TagsUpdated {
                    added: Vec::new(),
                    removed: vec![tag],
                });
            }
        }
    }

    fn end(&mut self) {
        if self.seed.one_in(3) {
            self.input();
            self.write(EventKind::CustomerIdle { generation: 1 });
        }
        if self.seed.one_in(4) {
            self.write(EventKind::Faulted {
                place: None,
                reason: "made".to_owned(),
            });
        }
        self.write(EventKind::WorkflowFinished);
    }
}

fn place(task: usize, block: usize) -> At {
    At {
        block: BlockId::new(format!("{}_{block}", TASKS[task].0)),
        span: None,
        op: 0,
    }
}
