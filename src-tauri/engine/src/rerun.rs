//! A re-run: the recorded inputs and the pinned revision give the same log, bit for bit.

use taskwright_domain::{ActionResult, ConversationId, EventKind, Input, InputKind, LogEvent, StartedBy};

use crate::decide::decide;
use crate::program::Library;
use crate::state::State;

/// The input that an event holds all of, if it is the one event of its input that does.
#[must_use]
pub fn input_of(event: &LogEvent) -> Option<Input> {
    let id = event.input.clone()?;
    let kind = match &event.kind {
        EventKind::ConversationStarted { start } => InputKind::Start { start: start.clone() },
        EventKind::CustomerSaid { text, sealed } => {
            let plain = sealed.as_ref().and_then(|sealed| sealed.plain.clone());
            InputKind::CustomerSaid {
                text: plain.unwrap_or_else(|| text.clone()),
            }
        }
        EventKind::OptionSelected { option, .. } => InputKind::OptionSelected { option: option.clone() },
        EventKind::AttributeCollected {
            attribute,
            text,
            sealed,
        } => {
            let plain = sealed.as_ref().and_then(|sealed| sealed.plain.clone());
            InputKind::AttributeCollected {
                attribute: attribute.clone(),
                text: plain.unwrap_or_else(|| text.clone()),
            }
        }
        EventKind::FileAttached { file, name } => InputKind::FileAttached {
            file: file.clone(),
            name: name.clone(),
        },
        EventKind::TaskStarted {
            task,
            revision,
            how: StartedBy::Author,
            ..
        } => InputKind::StartTask {
            task: task.clone(),
            revision: revision.clone(),
        },
        EventKind::WorkflowStarted { workflow, revision, .. } => InputKind::StartWorkflow {
            workflow: workflow.clone(),
            revision: revision.clone(),
        },
        EventKind::TaskConsidered { effect, ranking } => InputKind::TasksRanked {
            effect: effect.clone(),
            ranking: ranking.clone(),
        },
        EventKind::ArticlesConsidered { effect, findings } => InputKind::ArticlesSearched {
            effect: effect.clone(),
            findings: findings.clone(),
        },
        EventKind::TaskFound {
            effect,
            task,
            title,
            revision,
        } => InputKind::TaskFound {
            effect: effect.clone(),
            task: task.clone(),
            title: title.clone(),
            revision: revision.clone(),
        },
        EventKind::ActionSucceeded {
            effect,
            status,
            ms,
            fields,
            ..
        } => {
            let result = ActionResult::Succeeded {
                fields: fields.clone(),
                status: *status,
                ms: *ms,
            };
            InputKind::ActionAnswered {
                effect: effect.clone(),
                result,
            }
        }
        EventKind::ActionFailed {
            effect,
            failure: cause,
            attempts,
            ms,
            ..
        }
        | EventKind::ActionUnresolved {
            effect,
            failure: Some(cause),
            attempts,
            ms,
            ..
        } => {
            let result = ActionResult::Failed {
                cause: cause.clone(),
                attempts: *attempts,
                ms: *ms,
            };
            InputKind::ActionAnswered {
                effect: effect.clone(),
                result,
            }
        }
        EventKind::ActionUnresolved {
            effect, failure: None, ..
        } => InputKind::ActionUnresolved { effect: effect.clone() },
        EventKind::WebhookReceived { block, body, .. } | EventKind::WebhookRejected { block, body, .. } => {
            InputKind::WebhookReceived {
                block: block.clone(),
                body: body.clone(),
            }
        }
        EventKind::WaitExpired { generation, .. } | EventKind::CustomerIdle { generation } => InputKind::TimerRang {
            generation: *generation,
        },
        EventKind::CallsSet { action, calls } => InputKind::CallsSet {
            action: action.clone(),
            calls: *calls,
        },
        EventKind::TimeMoved { by } => InputKind::TimeMoved { by: *by },
        EventKind::Stopped => InputKind::Stopped,
        _ => return None,
    };
    Some(Input { id, at: event.at, kind })
}

/// Decides the recorded inputs again and returns the log they give.
#[must_use]
pub fn rerun(conversation: &ConversationId, log: &[LogEvent], library: &Library) -> Vec<LogEvent> {
    let mut state = State::new(conversation.clone());
    let mut again = Vec::new();
    for input in log.iter().filter_map(input_of) {
        let decision = decide(library, &state, &input);
        again.extend(decision.events);
        if let Some(next) = decision.state {
            state = next;
        }
    }
    again
}
