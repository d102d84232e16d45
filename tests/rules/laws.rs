//! The samples' rules once more, each written by hand from its sentence, over what was really done at the shop. Nothing
//! here knows how a sentence is read, or how an action is guarded.

use jiff::civil::Date;

use crate::facts::{Deed, Facts, Money, Order};

/// What people come for; each is a sample of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sample {
    Refund,
    Details,
    Trouble,
}

pub(crate) const SAMPLES: [Sample; 3] = [Sample::Refund, Sample::Details, Sample::Trouble];

/// How a sentence keeps its action back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// As a rule: the log names it where it does.
    Rule,
    /// As a step that asks for a yes.
    Step,
}

/// Whether what was done went against something: then how.
pub(crate) type Check = fn(&Facts, &[Deed]) -> Option<String>;

/// A sentence of a sample, and whether what was done went against it: then how.
pub(crate) struct Law {
    pub(crate) sample: Sample,
    pub(crate) form: Form,
    pub(crate) sentence: &'static str,
    pub(crate) broken: Check,
}

const fn rule(sample: Sample, sentence: &'static str, broken: Check) -> Law {
    Law {
        sample,
        form: Form::Rule,
        sentence,
        broken,
    }
}

const fn step(sample: Sample, sentence: &'static str, broken: Check) -> Law {
    Law {
        sample,
        form: Form::Step,
        sentence,
        broken,
    }
}

pub(crate) const LAWS: [Law; 12] = [
    rule(
        Sample::Refund,
        "Never refund an order that is older than 40 days",
        too_old,
    ),
    rule(
        Sample::Refund,
        "Never refund more than the order's total",
        more_than_its_total,
    ),
    rule(
        Sample::Refund,
        "Only refund an order after it has been delivered",
        not_delivered,
    ),
    rule(
        Sample::Refund,
        "Never refund an order whose refund status is full or partial",
        refunded_already,
    ),
    rule(Sample::Refund, "Refund only once in a conversation", refunded_twice),
    step(Sample::Refund, "Ask the customer to confirm", |_, deeds| {
        without_a_yes(deeds, "refund_issued")
    }),
    step(Sample::Refund, "ask the customer to confirm", |_, deeds| {
        without_a_yes(deeds, "order_cancelled")
    }),
    rule(
        Sample::Details,
        "Never update the customer unless the identity check's status is passed",
        not_passed,
    ),
    rule(
        Sample::Details,
        "Only update the customer if the identity check's name is the account's name",
        somebody_else,
    ),
    step(
        Sample::Details,
        "Ask the customer to confirm before updating their details",
        |_, deeds| without_a_yes(deeds, "customer_updated"),
    ),
    rule(
        Sample::Trouble,
        "Never create a ticket while there is an outage",
        ticket_in_an_outage,
    ),
    rule(
        Sample::Trouble,
        "Only create a ticket if the error code is E-104, E-207 or E-500",
        ticket_for_another_code,
    ),
];

/// What follows from the samples' other sentences.
pub(crate) const ALSO: [Check; 4] = [
    other_than_agreed,
    cancelled_after_it_left,
    ticket_for_what_works,
    ticket_with_an_invented_code,
];

/// The deeds of a kind, each with those before it.
fn each<'a>(deeds: &'a [Deed], kind: &'a str) -> impl Iterator<Item = (&'a Deed, &'a [Deed])> {
    let numbered = deeds.iter().enumerate();
    numbered
        .filter(move |(_, deed)| deed.kind == kind)
        .map(|(at, deed)| (deed, &deeds[..at]))
}

/// The refunds with their orders.
fn refunds<'a>(facts: &'a Facts, deeds: &'a [Deed]) -> impl Iterator<Item = (&'a Deed, &'a Order, &'a [Deed])> {
    each(deeds, "refund_issued").filter_map(|(deed, before)| Some((deed, facts.orders.get(&deed.subject)?, before)))
}

fn age(order: &Order, on: Date) -> i32 {
    (on - order.ordered_on).get_days()
}

fn too_old(facts: &Facts, deeds: &[Deed]) -> Option<String> {
    refunds(facts, deeds)
        .find(|(deed, order, _)| age(order, deed.on) > 40)
        .map(|(deed, order, _)| format!("order {} was {} days old", deed.subject, age(order, deed.on)))
}

fn more_than_its_total(facts: &Facts, deeds: &[Deed]) -> Option<String> {
    refunds(facts, deeds).find_map(|(deed, order, before)| {
        let earlier = each(before, "refund_issued").filter(|(other, _)| other.subject == deed.subject);
        let paid: Option<Vec<Money>> = earlier
            .map(|(other, _)| Money::of(&other.body["amount"]))
            .chain([Money::of(&deed.body["amount"])])
            .collect();
        let fits = paid.as_ref().is_some_and(|paid| {
            let sum: i64 = paid.iter().map(|paid| paid.minor).sum();
            paid.iter().all(|paid| paid.currency == order.total.currency)
                && order.refunded.minor + sum <= order.total.minor
        });
        (!fits).then(|| format!("{paid:?} for order {} of {:?}", deed.subject, order.total))
    })
}

fn not_delivered(facts: &Facts, deeds: &[Deed]) -> Option<String> {
    refunds(facts, deeds)
        .find(|(_, order, _)| order.status != "delivered")
        .map(|(deed, order, _)| format!("order {} was {}", deed.subject, order.status))
}

fn refunded_already(facts: &Facts, deeds: &[Deed]) -> Option<String> {
    refunds(facts, deeds)
        .find(|(deed, order, before)| {
            order.refunded.minor > 0
                || each(before, "refund_issued").any(|(earlier, _)| earlier.subject == deed.subject)
        })
        .map(|(deed, ..)| format!("order {} had been refunded before", deed.subject))
}

fn refunded_twice(_: &Facts, deeds: &[Deed]) -> Option<String> {
    let refunds = each(deeds, "refund_issued").count();
    (refunds > 1).then(|| format!("{refunds} refunds"))
}

fn without_a_yes(deeds: &[Deed], kind: &str) -> Option<String> {
    each(deeds, kind)
        .find(|(deed, _)| deed.agreed.is_none())
        .map(|(deed, _)| format!("{kind} {} without a yes", deed.subject))
}

/// What is done is what the customer said yes to: the same order, the same money, the same details.
fn other_than_agreed(_: &Facts, deeds: &[Deed]) -> Option<String> {
    deeds.iter().find_map(|deed| {
        let question = deed.agreed.as_ref()?.to_lowercase().replace(',', "");
        let details = ["name", "address"]
            .into_iter()
            .filter_map(|key| deed.body[key].as_str());
        let mut done: Vec<String> = details.chain([deed.subject.as_str()]).map(str::to_owned).collect();
        let paid = Money::of(&deed.body["amount"]);
        done.extend(paid.map(|paid| format!("{}.{:02} {}", paid.minor / 100, paid.minor % 100, paid.currency)));
        let missing = done
            .into_iter()
            .find(|done| !question.contains(&done.to_lowercase().replace(',', "")))?;
        Some(format!("{missing} was never agreed to, only {question:?}"))
    })
}

/// The last identity check of this person that came to an end: what came of it, and under which name.
fn last_check<'a>(email: &str, before: &'a [Deed]) -> Option<(&'a str, &'a str)> {
    // The service numbers its checks from 3001 on.
    let begun: Vec<_> = each(before, "identity_check_begun").map(|(deed, _)| deed).collect();
    let numbered = (3001..).zip(begun);
    let theirs: Vec<String> = numbered
        .filter(|(_, deed)| deed.subject.eq_ignore_ascii_case(email))
        .map(|(number, _)| format!("V-{number}"))
        .collect();
    let (ended, _) = each(before, "identity_check_completed")
        .filter(|(deed, _)| theirs.contains(&deed.subject))
        .last()?;
    Some((ended.body["status"].as_str()?, ended.body["name"].as_str()?))
}

fn not_passed(_: &Facts, deeds: &[Deed]) -> Option<String> {
    each(deeds, "customer_updated").find_map(|(deed, before)| {
        let ended = last_check(&deed.subject, before).map(|(status, _)| status);
        (ended != Some("passed")).then(|| format!("the check of {} was {ended:?}", deed.subject))
    })
}

fn somebody_else(facts: &Facts, deeds: &[Deed]) -> Option<String> {
    each(deeds, "customer_updated").find_map(|(deed, before)| {
        let email = deed.subject.to_lowercase();
        let renamed = each(before, "customer_updated")
            .filter(|(earlier, _)| earlier.subject.eq_ignore_ascii_case(&email))
            .filter_map(|(earlier, _)| earlier.body["name"].as_str())
            .last();
        let name = renamed.or(facts.names.get(&email).map(String::as_str));
        let checked = last_check(&email, before).map(|(_, name)| name);
        (checked != name || name.is_none()).then(|| format!("{checked:?} was checked for {name:?}"))
    })
}

fn ticket_in_an_outage(_: &Facts, deeds: &[Deed]) -> Option<String> {
    each(deeds, "ticket_created").find_map(|(deed, before)| {
        let (set, _) = each(before, "status_set").last()?;
        (set.subject == "outage").then(|| format!("{} was created in an outage", deed.subject))
    })
}

fn ticket_for_another_code(_: &Facts, deeds: &[Deed]) -> Option<String> {
    each(deeds, "ticket_created").find_map(|(deed, _)| {
        let code = deed.body["error_code"].as_str();
        let known = matches!(code, Some("E-104" | "E-207" | "E-500"));
        (!known).then(|| format!("{} was created for {code:?}", deed.subject))
    })
}

fn cancelled_after_it_left(facts: &Facts, deeds: &[Deed]) -> Option<String> {
    each(deeds, "order_cancelled").find_map(|(deed, _)| {
        let status = facts.orders.get(&deed.subject).map(|order| order.status.as_str());
        (status != Some("processing")).then(|| format!("order {} was {status:?}", deed.subject))
    })
}

fn ticket_for_what_works(_: &Facts, deeds: &[Deed]) -> Option<String> {
    each(deeds, "ticket_created")
        .find(|(deed, _)| deed.works == Some(true))
        .map(|(deed, _)| format!("{} was created although it works", deed.subject))
}

/// A ticket's error code is its session's own, or was told by the customer.
fn ticket_with_an_invented_code(facts: &Facts, deeds: &[Deed]) -> Option<String> {
    each(deeds, "ticket_created").find_map(|(deed, _)| {
        let code = deed.body["error_code"].as_str()?;
        let own = facts.codes.get(deed.body["session_id"].as_str()?);
        let known = own.is_some_and(|own| own == code) || deed.heard.contains(code);
        (!known).then(|| format!("{} has the code {code} out of nowhere", deed.subject))
    })
}
