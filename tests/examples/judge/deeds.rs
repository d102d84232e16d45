//! Whether a step does what is asked for.

use taskwright_domain::{Operand, StepKind};

use super::Judge;
use crate::fixture::Does;

impl<'a> Judge<'a> {
    /// Whether a step does what is asked for.
    pub(super) fn does(&self, kind: &StepKind, does: &Does) -> bool {
        match (does, kind) {
            (Does::Runs(name, bound), StepKind::Run { action, inputs }) => {
                *action == self.action(name)
                    && bound
                        .iter()
                        .all(|(key, to)| inputs.get(key).is_some_and(|found| is(found, to)))
            }
            (Does::TriesAgain(name, times), StepKind::Repeat { steps, at_most, .. }) => {
                at_most == times
                    && steps
                        .iter()
                        .any(|step| matches!(&step.kind, StepKind::Run { action, .. } if *action == self.action(name)))
            }
            (Does::TriesAgain(name, 1), StepKind::Run { action, .. }) => *action == self.action(name),
            (Does::Says(fragments), _) => {
                let said = said(kind);
                let mut from = 0;
                fragments.iter().all(|fragment| {
                    let at = said[from..].find(&plain(fragment));
                    from += at.unwrap_or_default();
                    at.is_some()
                })
            }
            (
                Does::Offers(key, first, part),
                StepKind::Ask {
                    attribute,
                    among: Some(among),
                    ..
                },
            ) => attribute == key && among.at_most == Some(*first) && among.part.as_ref() == Some(part),
            (
                Does::ForEach(key),
                StepKind::Ask {
                    attribute,
                    among: Some(among),
                    ..
                },
            ) => attribute == key && among.each,
            (Does::HandsOff(None), StepKind::HandOff { .. }) => true,
            (Does::HandsOff(Some(name)), StepKind::HandOff { team: Some(team), .. }) => {
                self.judged().team(team).is_some_and(|team| team.name == *name)
            }
            (Does::Finishes, StepKind::Finish { .. }) => true,
            (Does::ConfirmsAction(name), StepKind::Confirm { action, .. }) => {
                action.as_ref() == Some(&self.action(name))
            }
            (Does::ConfirmsIn(words), StepKind::Confirm { question, .. }) => {
                question.as_ref().is_some_and(|it| it.0 == *words)
            }
            (Does::Sets(key, to), StepKind::Set { attribute, value }) => {
                attribute == key && to.as_ref().is_none_or(|to| is(value, to))
            }
            (Does::Classifies(key, of), StepKind::Classify { attribute, from }) => {
                attribute == key && (of.is_none() || from == of)
            }
            (Does::Tags(tag), StepKind::Tag { add, .. }) => add.contains(tag),
            (Does::Notes(of), StepKind::Note { text } | StepKind::HandOff { note: Some(text), .. }) => {
                of.iter().all(|wanted| text.references().any(|found| found == wanted))
            }
            (Does::Waits(wanted, until), StepKind::Wait { key, limit }) => {
                wanted == key && until.is_none_or(|until| *limit == Some(until))
            }
            (Does::Repeats(times), StepKind::Repeat { at_most, .. } | StepKind::Jump { at_most, .. }) => {
                times == at_most
            }
            (Does::GoesTo(id), StepKind::Jump { to, .. }) => {
                let span = self.fixture.part(id).span;
                (span.start.saturating_sub(3)..span.end).contains(to)
            }
            _ => false,
        }
    }
}

/// The values that a step asks for.
pub(super) fn asked_in(kind: &StepKind) -> Vec<&str> {
    match kind {
        StepKind::Need { attributes } => attributes.iter().map(String::as_str).collect(),
        StepKind::Ask { attribute, .. } => vec![attribute],
        _ => Vec::new(),
    }
}

fn is(operand: &Operand, said: &str) -> bool {
    match operand {
        Operand::Constant { value } => match value.plain() {
            taskwright_domain::Value::Integer(number) => number.to_string() == said,
            other => other.as_text() == Some(said),
        },
        other => other.reference() == Some(said),
    }
}

/// Everything that a step says to the customer.
pub(super) fn said(kind: &StepKind) -> String {
    let words: Vec<&str> = match kind {
        StepKind::Inform { words } => vec![&words.0],
        StepKind::Ask { question, preface, .. } => {
            preface.iter().chain(question).map(|words| words.0.as_str()).collect()
        }
        StepKind::HandOff { words, .. } | StepKind::Confirm { question: words, .. } => {
            words.iter().map(|words| words.0.as_str()).collect()
        }
        _ => Vec::new(),
    };
    plain(&words.join(" "))
}

/// Words without what says nothing: case and the shape of apostrophes.
pub(super) fn plain(words: &str) -> String {
    words.to_lowercase().replace('’', "'").replace("cannot", "can't")
}

pub(super) fn name_of(does: &Does) -> String {
    match does {
        Does::Says(fragments) => format!("says {}", fragments.join(" … ")),
        Does::Runs(action, bound) if bound.is_empty() => format!("runs {action}"),
        Does::HandsOff(team) => format!("hands off to {}", team.as_deref().unwrap_or("a person")),
        Does::Asks(attributes) => format!("asks {}", attributes.join(", ")),
        Does::Offers(attribute, first, _) => format!("offers the first {first} for {attribute}"),
        Does::ForEach(attribute) => format!("goes on for each {attribute}"),
        Does::Runs(action, bound) => {
            let bound: Vec<_> = bound.iter().map(|(key, to)| format!("{key} = {to}")).collect();
            format!("runs {action} with {}", bound.join(", "))
        }
        Does::TriesAgain(action, _) => format!("tries {action} again"),
        Does::Finishes => "finishes".to_owned(),
        Does::ConfirmsAction(action) => format!("asks for a yes to {action}"),
        Does::ConfirmsIn(words) => format!("asks for a yes: {words}"),
        Does::Sets(attribute, to) => format!("sets {attribute} to {}", to.as_deref().unwrap_or("it")),
        Does::Classifies(attribute, _) => format!("sorts into {attribute}"),
        Does::Tags(tag) => format!("tags {tag}"),
        Does::Notes(of) => format!("notes {}", of.join(", ")),
        Does::Waits(key, _) => format!("waits for {key}"),
        Does::Repeats(times) => format!("repeats {times} times"),
        Does::GoesTo(id) => format!("goes to {id}"),
        other => format!("{other:?}"),
    }
}
