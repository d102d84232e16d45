//! One customer's chat, from a seed, and whether it brought what they came for.

use serde_json::{Value as Json, json};
use taskwright_bundle::BundleContent;
use taskwright_commands::{Rehearsal, Stage};
use taskwright_connect::Client;
use taskwright_domain::{AttributeType, Customer, EventKind, LogEvent, Question, Value};
use taskwright_tests::{CheckEnd, Seed, Shop};

use crate::person::Person;
use crate::wish::{SMALL_TALK, Wish, YES};

/// Saturday 21 November 2026, 10:00 UTC.
pub(crate) const NOW: i64 = 1_795_255_200_000;
/// Whose name the customers of the identity checks go by.
const MAYA: &str = "Maya Lindqvist";
/// Turns more than the script's that a customer may need.
const SPARE_TURNS: usize = 2;

/// What all chats share.
pub(crate) struct World {
    pub(crate) content: BundleContent,
    pub(crate) stage: Stage,
    pub(crate) client: Client,
    pub(crate) http: reqwest::Client,
}

/// Why a chat failed, with what was said.
pub(crate) async fn chat(world: &World, wish: &Wish, seed: &mut Seed) -> Result<(), String> {
    let shop = Shop::open(&world.http).await.map_err(|error| error.to_string())?;
    let line = shop.line(&world.client);
    let mut chat = Rehearsal::on(&world.stage, None, Customer::default(), NOW, Some(line))
        .await
        .map_err(|error| error.to_string())?;
    talk(&mut chat, &shop, world, wish, seed).await?;
    let made: Vec<_> = shop
        .changes()
        .map_err(|error| error.to_string())?
        .into_iter()
        .map(|entry| (entry.kind, entry.subject, entry.body))
        .collect();
    match missing(&made, wish) {
        None => Ok(()),
        Some(why) => Err(told(&chat.log(), &format!("{why}\n  the shop says {made:?}"))),
    }
}

/// Says what this customer says until the conversation is over.
async fn talk(chat: &mut Rehearsal, shop: &Shop, world: &World, wish: &Wish, seed: &mut Seed) -> Result<(), String> {
    let mut person = Person::new(wish, seed);
    let mut text = person.opening(seed);
    for _ in 0..wish.turns + SPARE_TURNS {
        let written = person.writes(text, seed);
        chat.say(&written).await.map_err(|error| error.to_string())?;
        if let Some(check) = awaited_check(&chat.log()) {
            let body = shop.end_check(&check, CheckEnd::Passed, MAYA).await?;
            chat.call_back("identity_check", body)
                .await
                .map_err(|error| error.to_string())?;
        }
        let log = chat.log();
        text = match waits_for(&log) {
            Some(EventKind::TaskFinished { .. }) if wish.team.is_none() => return Ok(()),
            Some(EventKind::HandedOff { team_name, .. }) if wish.team == Some(team_name) => return Ok(()),
            Some(EventKind::Asked { what, .. }) => match reply(&mut person, &world.content, what, seed) {
                Some(text) => text,
                None => return Err(told(&log, "it asks for what this customer does not know")),
            },
            None => return Err(told(&log, "no task started")),
            Some(_) => return Err(told(&log, "it ended otherwise")),
        };
    }
    Err(told(&chat.log(), "it takes too many turns"))
}

/// What this customer says to a question.
fn reply(person: &mut Person<'_>, content: &BundleContent, asked: &Question, seed: &mut Seed) -> Option<String> {
    if let Some(mend) = person.mend.take() {
        return Some(mend.to_owned());
    }
    if person.talkative && !yes_or_no(content, asked) && seed.one_in(3) {
        person.talkative = false;
        return Some(seed.pick(&SMALL_TALK).to_owned());
    }
    match asked {
        Question::Attribute { attribute, .. } => person.answer(attribute, seed),
        // Somebody who gets along does not want to be passed on.
        Question::Person => Some("no thanks".to_owned()),
        _ => Some(seed.pick(&YES).to_owned()),
    }
}

/// What the assistant waits for, from what it did last.
fn waits_for(log: &[LogEvent]) -> Option<&EventKind> {
    log.iter().rev().map(|event| &event.kind).find(|kind| {
        matches!(
            kind,
            EventKind::Asked { .. }
                | EventKind::WebhookAwaited { .. }
                | EventKind::TaskFinished { .. }
                | EventKind::HandedOff { .. }
        )
    })
}

/// The identity check whose end is waited for.
fn awaited_check(log: &[LogEvent]) -> Option<String> {
    matches!(waits_for(log), Some(EventKind::WebhookAwaited { .. })).then_some(())?;
    log.iter().rev().find_map(|event| match &event.kind {
        EventKind::ActionSucceeded { fields, .. } => match fields.get("id") {
            Some(Value::Text(id)) => Some(id.clone()),
            _ => None,
        },
        _ => None,
    })
}

/// Whether a yes or no is asked for: there, small talk such as "ok" is an answer.
fn yes_or_no(content: &BundleContent, what: &Question) -> bool {
    match what {
        Question::Attribute { attribute, .. } => content
            .tasks
            .iter()
            .flat_map(|task| &task.attributes)
            .any(|known| known.key == *attribute && known.kind == AttributeType::Boolean),
        Question::Confirm { .. } | Question::Person => true,
        _ => false,
    }
}

/// What is wrong with the changes: all that were wanted, in order, each once, and nothing else.
fn missing(made: &[(String, String, Json)], wish: &Wish) -> Option<&'static str> {
    if made.len() != wish.changes.len() {
        return Some("it changed more or less than was wanted");
    }
    let mut pairs = made.iter().zip(wish.changes);
    let right = pairs.all(|((kind, subject, body), wanted)| {
        kind == wanted.kind
            && subject.eq_ignore_ascii_case(wanted.subject)
            && fits(body, &serde_json::from_str(wanted.body).unwrap_or(json!("no JSON")))
    });
    (!right).then_some("it changed something else")
}

/// Whether a body is the wanted one; `~photo` stands for text of the customer's own that speaks of a photo.
fn fits(found: &Json, wanted: &Json) -> bool {
    match (found, wanted) {
        (Json::Object(found), Json::Object(wanted)) => {
            found.len() == wanted.len()
                && wanted
                    .iter()
                    .all(|(key, wanted)| found.get(key).is_some_and(|found| fits(found, wanted)))
        }
        (Json::String(found), Json::String(wanted)) => match wanted.strip_prefix('~') {
            Some(word) => found.contains(word),
            None => found == wanted,
        },
        _ => found == wanted,
    }
}

fn told(log: &[LogEvent], why: &str) -> String {
    let said = log.iter().filter_map(|event| match &event.kind {
        EventKind::CustomerSaid { text, .. } => Some(format!("  > {text}")),
        EventKind::Said { text, .. } => Some(format!("  < {text}")),
        EventKind::ActionStarted { name, inputs, .. } => {
            let inputs = serde_json::to_string(inputs).unwrap_or_default();
            Some(format!("  = {name} {inputs}"))
        }
        EventKind::ActionFailed { failure, .. } => Some(format!("  = failed: {failure:?}")),
        _ => None,
    });
    format!("{why}:\n{}", said.collect::<Vec<_>>().join("\n"))
}
