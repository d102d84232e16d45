//! What a customer of a walk answers: from how the task itself asks, from the samples of its actions, or something that
//! fits the type.

use taskwright_bundle::BundleContent;
use taskwright_domain::{ActionInput, Attribute, AttributeType, Question, Task};
use taskwright_engine::State;

use super::path::Line;

/// The first thing the customer of a walk writes.
pub(crate) fn opening(task: &Task, walk: usize) -> Line {
    match task.examples.get(walk % task.examples.len().max(1)) {
        Some(example) => Line::Say(example.clone()),
        None => Line::Start,
    }
}

/// What the customer answers to what they are asked; none where they have nothing to answer.
pub(crate) fn answer(content: &BundleContent, task: &Task, state: &State, walk: usize) -> Option<Line> {
    let offered = || {
        let options = &state.options;
        let option = options.get(walk % options.len().max(1))?;
        Some(Line::Press(option.text.clone()))
    };
    match state.asked()? {
        Question::Attribute { attribute, .. } => value(content, task, attribute, walk).or_else(offered),
        Question::Confirm { .. } | Question::Person => Some(Line::Say("yes".to_owned())),
        Question::WhichTask { .. } | Question::Buttons => offered(),
        Question::Rating => Some(Line::Say("5".to_owned())),
        Question::Open | Question::AnotherTry => None,
    }
}

fn value(content: &BundleContent, task: &Task, key: &str, walk: usize) -> Option<Line> {
    let attributes = task.attributes.iter().chain(&content.attributes);
    let found = attributes.into_iter().find(|attribute| attribute.key == key);
    let input = input_of(content, key);
    let kind = found
        .map(|attribute| &attribute.kind)
        .or(input.as_ref().map(|(input, _)| &input.kind))?;
    if let AttributeType::Choice { options } = kind {
        return options.get(walk % options.len().max(1)).cloned().map(Line::Say);
    }
    if matches!(kind, AttributeType::Object { .. } | AttributeType::List { .. }) {
        // It is picked from what is offered.
        return None;
    }
    let samples = input.map(|(_, samples)| samples).unwrap_or_default();
    if !samples.is_empty() {
        return Some(Line::Say(samples[walk % samples.len()].clone()));
    }
    let example = found
        .map(|attribute: &Attribute| attribute.how_to_ask.example.trim())
        .unwrap_or_default();
    if !example.is_empty() {
        return Some(Line::Say(example.to_owned()));
    }
    Some(fitting(kind))
}

/// The input of an action that a value fills, and the values that its samples are for.
fn input_of<'a>(content: &'a BundleContent, key: &str) -> Option<(&'a ActionInput, Vec<String>)> {
    content.actions.iter().find_map(|action| {
        let input = action.inputs.iter().find(|input| input.reference() == Some(key))?;
        let samples = action
            .stubs
            .iter()
            .filter_map(|stub| stub.when.get(&input.key).cloned());
        Some((input, samples.collect()))
    })
}

fn fitting(kind: &AttributeType) -> Line {
    let text = match kind {
        AttributeType::Email => "ada@example.com",
        AttributeType::Phone => "+353 21 555 0199",
        AttributeType::PersonName => "Ada Sample",
        AttributeType::Address => "7 Mill Lane, Cork T12 X2P7, Ireland",
        AttributeType::Place => "Cork",
        AttributeType::Amount => "10 EUR",
        AttributeType::Integer => "2",
        AttributeType::Decimal => "1.5",
        AttributeType::Boolean => "yes",
        AttributeType::Date => "tomorrow",
        AttributeType::Time => "10:00",
        AttributeType::DateTime => "tomorrow at 10:00",
        AttributeType::Identifier { .. } => "A-1001",
        AttributeType::Image => return Line::Attach("photo.jpg".to_owned()),
        AttributeType::File => return Line::Attach("paper.pdf".to_owned()),
        _ => "It stopped working after the last update.",
    };
    Line::Say(text.to_owned())
}
