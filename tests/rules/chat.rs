//! One adversarial customer's chat, from a seed: what was really done at the shop, and what the rules held back.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use taskwright_commands::{Rehearsal, Stage};
use taskwright_connect::Client;
use taskwright_domain::{ConditionPart, Customer, EventKind, LogEvent, Question, Value};
use taskwright_tests::{Seed, Shop};

use crate::facts::Deed;
use crate::laws::{SAMPLES, Sample};
use crate::wish::{Said, Wish};
use crate::words::{CLAIMS, ELSE, IMITATIONS, NO, REFUSALS, YES};

/// Saturday 21 November 2026, 10:00 UTC.
const NOW: i64 = 1_795_255_200_000;
const DAY_IN_MINUTES: i64 = 24 * 60;
/// Turns after which a customer gives up.
const PATIENCE: usize = 24;
/// Wishes that one customer has in one conversation.
const WISHES: usize = 3;

/// What all chats share.
pub(crate) struct World {
    pub(crate) client: Client,
    pub(crate) http: reqwest::Client,
}

/// A rule that held an action back, and what it looked at.
pub(crate) struct Block {
    pub(crate) rule: String,
    pub(crate) because: Vec<ConditionPart>,
}

/// What came of a chat.
pub(crate) struct Done {
    pub(crate) deeds: Vec<Deed>,
    pub(crate) blocks: Vec<Block>,
    log: Vec<LogEvent>,
}

/// What the assistant waits for.
enum Waits {
    /// A first message.
    Wish,
    Value(String),
    Yes,
    Check,
    Person,
    Other,
    /// People have taken over.
    Nothing,
}

pub(crate) async fn chat(world: &World, stage: &Stage, sample: Sample, seed: &mut Seed) -> Result<Done, String> {
    let shop = Shop::trusting(&world.http).await.map_err(|error| error.to_string())?;
    let line = shop.line(&world.client);
    let chat = Rehearsal::on(stage, None, Customer::default(), NOW, Some(line))
        .await
        .map_err(|error| error.to_string())?;
    let mut talk = Talk {
        wish: Wish::of(sample, seed),
        sample,
        wishes: 0,
        temper: 3 + seed.below(7),
        deeds: Vec::new(),
        agreed: None,
        works: None,
        heard: String::new(),
        now: NOW,
        chat,
        shop,
    };
    talk.run(seed).await?;
    let log = talk.chat.log();
    let blocks = log.iter().filter_map(|event| match &event.kind {
        EventKind::ActionBlocked { rule, because, .. } => Some(Block {
            rule: rule.clone(),
            because: because.clone(),
        }),
        _ => None,
    });
    Ok(Done {
        blocks: blocks.collect(),
        deeds: talk.deeds,
        log,
    })
}

struct Talk {
    chat: Rehearsal,
    shop: Shop,
    wish: Wish,
    sample: Sample,
    wishes: usize,
    /// Once in so many turns they try something.
    temper: usize,
    deeds: Vec<Deed>,
    /// The question they said yes to.
    agreed: Option<String>,
    works: Option<bool>,
    heard: String,
    now: i64,
}

impl Talk {
    async fn run(&mut self, seed: &mut Seed) -> Result<(), String> {
        let mut insisted = false;
        for turn in 0..PATIENCE {
            if self.wish.down_at == Some(turn) {
                self.shop.go_down().await?;
                self.note()?;
            }
            match waits_for(&self.chat.log()) {
                Waits::Nothing if insisted => return Ok(()),
                Waits::Nothing => {
                    insisted = true;
                    self.say(Said::plain(seed.pick(&CLAIMS))).await?;
                }
                Waits::Check if !seed.one_in(3) => self.end_check().await?,
                Waits::Yes if self.wish.sleeps => self.sleep().await?,
                waits => {
                    let Some(said) = self.reply(&waits, seed) else {
                        return Ok(());
                    };
                    match waits {
                        Waits::Yes => self.agreed = said.yes.then(|| question(&self.chat.log())),
                        Waits::Value(_) => self.works = said.works.or(self.works),
                        _ => {}
                    }
                    self.say(said).await?;
                }
            }
        }
        Ok(())
    }

    /// What they say now; none where they have nothing more to wish for.
    fn reply(&mut self, waits: &Waits, seed: &mut Seed) -> Option<Said> {
        if !matches!(waits, Waits::Wish) && seed.one_in(self.temper) {
            return Some(self.trick(seed));
        }
        let said = match waits {
            Waits::Wish => return self.next_wish(seed),
            Waits::Value(attribute) => self.wish.answer(attribute),
            Waits::Yes if seed.one_in(6) => Said::plain(seed.pick(&NO)),
            Waits::Yes => Said::yes(seed.pick(&YES)),
            Waits::Person => Said::plain("no thanks"),
            Waits::Check | Waits::Other | Waits::Nothing => self.trick(seed),
        };
        Some(said)
    }

    /// What they came for; when that is over, often more of it, and sometimes something else altogether.
    fn next_wish(&mut self, seed: &mut Seed) -> Option<Said> {
        if self.wishes == WISHES {
            return None;
        }
        if self.wishes > 0 {
            let sample = if seed.one_in(4) {
                SAMPLES[seed.below(SAMPLES.len())]
            } else {
                self.sample
            };
            self.wish = Wish::of(sample, seed);
        }
        self.wishes += 1;
        let openings: Vec<&str> = self.wish.openings.iter().map(String::as_str).collect();
        Some(Said::plain(seed.pick(&openings)))
    }

    fn trick(&mut self, seed: &mut Seed) -> Said {
        match seed.below(12) {
            0..4 => self.wish.turns[seed.below(self.wish.turns.len())].clone(),
            4..6 => Said::plain(seed.pick(&CLAIMS)),
            6..8 => Said::plain(seed.pick(&IMITATIONS)),
            8 => Said::plain(seed.pick(&REFUSALS)),
            9 => Said::yes(seed.pick(&YES)),
            10 => Said::plain(seed.pick(&NO)),
            _ => Said::plain(seed.pick(&ELSE)),
        }
    }

    async fn say(&mut self, said: Said) -> Result<(), String> {
        self.heard = format!("{}{}\n", self.heard, said.text);
        self.chat.say(&said.text).await.map_err(|error| error.to_string())?;
        self.note()
    }

    /// The customer follows the link, and whoever checks them calls back.
    async fn end_check(&mut self) -> Result<(), String> {
        let check = last_check(&self.chat.log()).ok_or("no check was begun")?;
        let (end, name) = self.wish.check;
        let name = if name.is_empty() { "Maya Lindqvist" } else { name };
        let body = self.shop.end_check(&check, end, name).await?;
        self.note()?;
        self.chat
            .call_back("identity_check", body)
            .await
            .map_err(|error| error.to_string())?;
        self.note()
    }

    async fn sleep(&mut self) -> Result<(), String> {
        self.wish.sleeps = false;
        self.now += DAY_IN_MINUTES * 60_000;
        self.chat
            .wait(DAY_IN_MINUTES)
            .await
            .map_err(|error| error.to_string())?;
        self.note()
    }

    /// Notes what is new in the shop's ledger.
    fn note(&mut self) -> Result<(), String> {
        let on = Timestamp::from_millisecond(self.now).map_err(|error| error.to_string())?;
        let on = on.to_zoned(TimeZone::UTC).date();
        let entries = self.shop.changes().map_err(|error| error.to_string())?;
        for entry in entries.into_iter().skip(self.deeds.len()) {
            let guarded = matches!(
                entry.kind.as_str(),
                "refund_issued" | "order_cancelled" | "customer_updated"
            );
            // A yes is good for one change.
            let agreed = if guarded { self.agreed.take() } else { None };
            self.deeds.push(Deed {
                kind: entry.kind,
                subject: entry.subject,
                body: entry.body,
                on,
                agreed,
                works: self.works,
                heard: self.heard.clone(),
            });
        }
        Ok(())
    }
}

fn waits_for(log: &[LogEvent]) -> Waits {
    log.iter()
        .rev()
        .find_map(|event| match &event.kind {
            EventKind::Asked { what, .. } => Some(match what {
                Question::Attribute { attribute, .. } => Waits::Value(attribute.clone()),
                Question::Confirm { .. } => Waits::Yes,
                Question::Person => Waits::Person,
                _ => Waits::Other,
            }),
            EventKind::WebhookAwaited { .. } => Some(Waits::Check),
            EventKind::HandedOff { .. } => Some(Waits::Nothing),
            EventKind::TaskFinished { .. } => Some(Waits::Wish),
            _ => None,
        })
        .unwrap_or(Waits::Wish)
}

/// The words with which a yes was last asked for.
fn question(log: &[LogEvent]) -> String {
    let since = |event: &&LogEvent| {
        let asked = matches!(
            &event.kind,
            EventKind::Asked {
                what: Question::Confirm { .. },
                ..
            }
        );
        !asked
    };
    let said = log.iter().rev().skip_while(since).find_map(|event| match &event.kind {
        EventKind::Said { text, .. } => Some(text.clone()),
        _ => None,
    });
    said.unwrap_or_default()
}

/// The identity check that was begun last.
fn last_check(log: &[LogEvent]) -> Option<String> {
    log.iter().rev().find_map(|event| match &event.kind {
        EventKind::ActionSucceeded { name, fields, .. } if name == "Start identity check" => match fields.get("id") {
            Some(Value::Text(id)) => Some(id.clone()),
            _ => None,
        },
        _ => None,
    })
}

impl Done {
    /// The chat as people read it.
    pub(crate) fn told(&self) -> String {
        let said = self.log.iter().filter_map(|event| match &event.kind {
            EventKind::CustomerSaid { text, .. } => Some(format!("  > {text}")),
            EventKind::Said { text, .. } => Some(format!("  < {text}")),
            EventKind::ActionStarted { name, inputs, .. } => {
                let inputs = serde_json::to_string(inputs).unwrap_or_default();
                Some(format!("  = {name} {inputs}"))
            }
            EventKind::ActionFailed { failure, .. } => Some(format!("  = failed: {failure:?}")),
            EventKind::ActionBlocked { rule, because, .. } => Some(format!("  = held back: {rule} {because:?}")),
            EventKind::AttributeSet { attribute, to, .. } => Some(format!("  = {attribute} is {to:?}")),
            EventKind::WebhookReceived { fields, .. } => Some(format!("  = called back: {fields:?}")),
            _ => None,
        });
        said.collect::<Vec<_>>().join("\n")
    }
}
