//! What a conversation with a failing system came to: what the customer saw, what was logged, and whether anything was done
//! twice or against a rule. Rules are looked at anew, from the log alone.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use taskwright_domain::{ConversationId, EventKind, FailureCause, LogEvent, Outcome, Value};
use taskwright_engine::{State, fold, rule_against};
use ts_rs::TS;

use super::drive::Course;
use super::fault::Fault;
use super::path::Path;
use super::{DoneCount, SweepRow, SweepTarget};
use crate::rehearse::Stage;

/// What it comes to, the better first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// No conversation uses the system.
    NotMet,
    /// The conversation went on as without the fault.
    GoesOn,
    /// The customer was told, and the conversation went another way.
    Told,
    /// A person took over, and the customer was told.
    Person,
    /// The customer was told nothing.
    Silent,
    /// Something was done twice.
    Twice,
    /// Something was done against a rule.
    AgainstRule,
}

impl Verdict {
    /// Whether somebody should mend it.
    #[must_use]
    pub fn is_finding(self) -> bool {
        self >= Self::Silent
    }

    /// In a few words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::NotMet => "not met",
            Self::GoesOn => "goes on",
            Self::Told => "customer told",
            Self::Person => "person takes over",
            Self::Silent => "SAYS NOTHING",
            Self::Twice => "DONE TWICE",
            Self::AgainstRule => "AGAINST A RULE",
        }
    }
}

/// The row of a system that no conversation uses.
pub(super) fn unmet(target: &SweepTarget, fault: Fault) -> SweepRow {
    SweepRow {
        target: target.clone(),
        fault,
        verdict: Verdict::NotMet,
        why: "No conversation comes to it. Rehearse one that does, or add an example.".to_owned(),
        said: Vec::new(),
        logged: Vec::new(),
        done: Vec::new(),
        path: None,
        tried: 0,
    }
}

pub(super) fn row(
    stage: &Stage,
    target: &SweepTarget,
    fault: Fault,
    path: &Path,
    course: &Course,
    usual: &Course,
) -> SweepRow {
    let shown = shown(target, fault, &course.log);
    let (verdict, why) = judge(stage, course, usual, &shown);
    SweepRow {
        target: target.clone(),
        fault,
        verdict,
        why,
        said: shown.said,
        logged: shown.logged,
        done: done(course),
        path: Some(path.name.clone()),
        tried: 1,
    }
}

/// What a fault led to, until the customer's next turn.
struct Shown {
    said: Vec<String>,
    logged: Vec<String>,
    /// Something of the fault is in the log.
    felt: bool,
    /// A person took over.
    person: bool,
}

fn shown(target: &SweepTarget, fault: Fault, log: &[LogEvent]) -> Shown {
    let about = |event: &LogEvent| match (target, &event.kind) {
        (
            SweepTarget::Action { action, .. },
            EventKind::ActionFailed { action: own, .. } | EventKind::ActionUnresolved { action: own, .. },
        ) => own == action,
        (SweepTarget::Action { action, .. }, EventKind::ActionSucceeded { action: own, .. }) => {
            own == action && matches!(fault, Fault::Slow | Fault::Duplicate | Fault::Never)
        }
        (
            SweepTarget::Webhook { block, .. },
            EventKind::WebhookRejected { block: own, .. }
            | EventKind::WaitExpired { block: own, .. }
            | EventKind::WebhookReceived { block: own, .. },
        ) => own == block,
        _ => false,
    };
    let mut shown = Shown {
        said: Vec::new(),
        logged: Vec::new(),
        felt: false,
        person: false,
    };
    let Some(first) = log.iter().position(about) else {
        return shown;
    };
    for event in &log[first..] {
        if shown.felt && is_turn(event) && !about(event) {
            break;
        }
        shown.felt = true;
        match &event.kind {
            EventKind::Said { text, .. } => shown.said.push(text.clone()),
            EventKind::HandedOff { team_name, .. } => {
                shown.person = true;
                let team = if team_name.is_empty() { "a person" } else { team_name };
                shown.logged.push(format!("passed to {team}"));
            }
            kind => shown.logged.extend(logged(kind)),
        }
    }
    shown
}

fn is_turn(event: &LogEvent) -> bool {
    matches!(
        event.kind,
        EventKind::CustomerSaid { .. }
            | EventKind::OptionSelected { .. }
            | EventKind::FileAttached { .. }
            | EventKind::WebhookReceived { .. }
    )
}

fn logged(kind: &EventKind) -> Option<String> {
    match kind {
        EventKind::ActionFailed {
            name,
            failure,
            attempts,
            ..
        } => Some(format!("{name} failed: {}{}", cause(failure), tried(*attempts))),
        EventKind::ActionUnresolved { name, failure, .. } => {
            let because = failure
                .as_ref()
                .map(|failure| format!(" ({})", cause(failure)))
                .unwrap_or_default();
            Some(format!(
                "nobody knows whether {name} went through{because}; it is not repeated"
            ))
        }
        EventKind::ActionSucceeded { name, .. } => Some(format!("{name} worked")),
        EventKind::ActionBlocked { name, rule, .. } => Some(format!("{name} was held back: {rule}")),
        EventKind::WebhookReceived { .. } => Some("the call was taken".to_owned()),
        EventKind::WebhookRejected { difference, .. } => {
            let parts = difference.iter();
            let parts = parts.map(|part| format!("{} should be {}, not {}", part.path, part.expected, part.found));
            Some(format!("a call did not fit: {}", parts.collect::<Vec<_>>().join("; ")))
        }
        EventKind::WaitExpired { .. } => Some("nobody called back in time".to_owned()),
        EventKind::CouldNotFollow { reason, .. } => Some(format!("could not go on: {reason}")),
        EventKind::TaskFinished { outcome, .. } => ended(*outcome).map(str::to_owned),
        _ => None,
    }
}

/// How a task ended; that a person takes over is said by itself.
fn ended(outcome: Outcome) -> Option<&'static str> {
    match outcome {
        Outcome::Done => Some("the task is done"),
        Outcome::NotPossible => Some("the task ended: it was not possible"),
        Outcome::Cancelled => Some("the task was cancelled"),
        Outcome::HandedOff => None,
    }
}

fn tried(attempts: u32) -> String {
    match attempts {
        0 | 1 => String::new(),
        attempts => format!(" (tried {attempts} times)"),
    }
}

fn cause(cause: &FailureCause) -> String {
    match cause {
        FailureCause::Timeout => "no answer in time".to_owned(),
        FailureCause::Unreachable => "it cannot be reached".to_owned(),
        FailureCause::Cut => "the connection broke".to_owned(),
        FailureCause::NotFound => "not found (404)".to_owned(),
        FailureCause::Status { status } => format!("status {status}"),
        FailureCause::NotJson => "the answer is no JSON".to_owned(),
        FailureCause::WrongShape { difference } => format!("the answer does not fit: {difference}"),
        other => format!("{other:?}"),
    }
}

fn judge(stage: &Stage, course: &Course, usual: &Course, shown: &Shown) -> (Verdict, String) {
    if let Some(rule) = broken_rule(stage, &course.log) {
        return (Verdict::AgainstRule, rule);
    }
    if let Some(name) = done_twice(course) {
        let why = format!("{name} was done twice for one wish. Its receiver does not honour the key of a call.");
        return (Verdict::Twice, why);
    }
    if !shown.felt {
        return (Verdict::GoesOn, "Nothing of it reaches the conversation.".to_owned());
    }
    if end(&course.log) == end(&usual.log) {
        return (Verdict::GoesOn, "It ends as it does without the fault.".to_owned());
    }
    if shown.person {
        return match shown.said.is_empty() {
            true => (
                Verdict::Silent,
                "A person takes over, and the customer is not told.".to_owned(),
            ),
            false => (
                Verdict::Person,
                "The customer is told, and a person takes over.".to_owned(),
            ),
        };
    }
    match shown.said.is_empty() {
        true => (Verdict::Silent, "The customer is told nothing.".to_owned()),
        false => (
            Verdict::Told,
            "The customer is told, and the conversation goes another way.".to_owned(),
        ),
    }
}

/// How a conversation ended: what was said last, and how its tasks ended or why a person took over.
fn end(log: &[LogEvent]) -> (Option<&str>, Vec<String>) {
    let said = log.iter().rev().find_map(|event| match &event.kind {
        EventKind::Said { text, .. } => Some(text.as_str()),
        _ => None,
    });
    let outcomes = log.iter().filter_map(|event| match &event.kind {
        EventKind::TaskFinished { outcome, .. } => Some(format!("{outcome:?}")),
        EventKind::HandedOff { reason, .. } => Some(format!("{reason:?}")),
        _ => None,
    });
    (said, outcomes.collect())
}

/// The action that was done more often than it was asked for.
fn done_twice(course: &Course) -> Option<String> {
    let mut seen = BTreeMap::new();
    for deed in &course.deeds {
        *seen.entry(&deed.key).or_insert(0_u32) += 1;
    }
    let twice = course
        .deeds
        .iter()
        .find(|deed| seen.get(&deed.key).is_some_and(|times| *times > 1));
    twice.map(|deed| deed.name.clone()).or_else(|| asked_again(&course.log))
}

/// A change that was begun anew with the same inputs, though nobody knew whether it had been made.
fn asked_again(log: &[LogEvent]) -> Option<String> {
    let mut open: Vec<(&str, &BTreeMap<String, Value>)> = Vec::new();
    let mut begun: BTreeMap<_, (&str, &BTreeMap<String, Value>)> = BTreeMap::new();
    for event in log {
        match &event.kind {
            EventKind::ActionStarted {
                name,
                effect,
                inputs,
                changes_data: true,
                ..
            } => {
                if open.contains(&(name.as_str(), inputs)) {
                    return Some(name.clone());
                }
                begun.insert(effect, (name, inputs));
            }
            EventKind::ActionUnresolved { effect, .. } => open.extend(begun.get(effect)),
            _ => {}
        }
    }
    None
}

/// A change that was begun though a rule forbade it, or without the yes it needs.
fn broken_rule(stage: &Stage, log: &[LogEvent]) -> Option<String> {
    let mut state = State::new(ConversationId::new("sweep"));
    for event in log {
        if let EventKind::ActionStarted {
            action,
            name,
            inputs,
            changes_data: true,
            ..
        } = &event.kind
            && let Some(rule) = rule_against(stage.library(), &state, event.at, action, inputs)
        {
            return Some(format!("{name} was begun, though: {rule}"));
        }
        fold(&mut state, event);
    }
    None
}

fn done(course: &Course) -> Vec<DoneCount> {
    let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
    for deed in &course.deeds {
        *counts.entry(&deed.name).or_default() += 1;
    }
    counts
        .into_iter()
        .map(|(action, times)| DoneCount {
            action: action.to_owned(),
            times,
        })
        .collect()
}
