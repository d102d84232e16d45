//! What keeps its order in every conversation.

use taskwright_domain::{EventKind, LogEvent, Resolution};

/// A hand-off says so, leaves a note, changes the state of resolution, hands over and ends the workflow, in this order and
/// as the last that the assistant does.
pub(crate) fn hand_off(log: &[LogEvent]) -> Result<(), String> {
    let Some(at) = log
        .iter()
        .position(|event| matches!(event.kind, EventKind::HandedOff { .. }))
    else {
        return Ok(());
    };
    let step = |event: &LogEvent| match &event.kind {
        EventKind::Said { .. } => Some("said"),
        EventKind::NoteAdded { .. } => Some("note"),
        EventKind::ResolutionChanged {
            state: Resolution::RoutedToTeam,
        } => Some("routed"),
        EventKind::HandedOff { .. } => Some("handed off"),
        EventKind::WorkflowFinished => Some("finished"),
        EventKind::CustomerSaid { .. } | EventKind::OptionSelected { .. } => Some("customer"),
        _ => None,
    };
    let before: Vec<_> = log[..=at].iter().filter_map(step).collect();
    if !before.ends_with(&["said", "note", "routed", "handed off"]) {
        return Err(format!("a hand-off in another order: {before:?}"));
    }
    let after: Vec<_> = log[at + 1..].iter().filter_map(step).collect();
    let silent = after.first() == Some(&"finished") && after[1..].iter().all(|step| *step == "customer");
    if silent {
        Ok(())
    } else {
        Err(format!("after a hand-off the assistant is silent, but: {after:?}"))
    }
}

/// A state is told on change only; only an answer is confirmed, and only somebody unhappy abandons.
pub(crate) fn resolutions(log: &[LogEvent]) -> Result<(), String> {
    let (mut state, mut unhappy) = (None, false);
    for event in log {
        match &event.kind {
            EventKind::FeedbackGiven { helped, .. } => unhappy = !helped,
            EventKind::RatingGiven { rating } => unhappy = *rating <= 2,
            EventKind::ResolutionChanged { state: new } => {
                if state == Some(*new) {
                    return Err(format!("{new:?} is told twice in a row"));
                }
                if *new == Resolution::HardResolution && state != Some(Resolution::SoftResolution) {
                    return Err("what was not answered is confirmed".to_owned());
                }
                if *new == Resolution::AbandonedNegativeFeedback && !unhappy {
                    return Err("nobody was unhappy".to_owned());
                }
                state = Some(*new);
            }
            _ => {}
        }
    }
    Ok(())
}
