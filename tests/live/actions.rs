//! Each action works at the demo service, and its sample answers tell what the service tells.

use std::collections::{BTreeMap, BTreeSet};

use taskwright_domain::{Action, ActionInput, ActionResult, FailureCause, Stub, Value};
use taskwright_engine::answer_from_stub;
use taskwright_tests::samples;

use crate::desk::{Desk, Inputs};
use crate::known::{Known, combinations};

/// Whether the service took the request for a good one and had a reason of its own to say no.
fn says_no(cause: &FailureCause) -> bool {
    match cause {
        FailureCause::NotFound => true,
        FailureCause::Status { status } => matches!(status, 409 | 422),
        _ => false,
    }
}

/// Calls an action until some of what is known fits; what it answered.
async fn call_with_what_fits(
    action: &Action,
    known: &Known,
    desk: &mut Desk,
    bundle: &str,
) -> Option<BTreeMap<String, Value>> {
    for inputs in combinations(action, known, desk) {
        let before = desk.changes();
        match desk.call(action, &inputs).await {
            ActionResult::Succeeded { fields, .. } => {
                let made = desk.changes() - before;
                assert_eq!(
                    made,
                    u64::from(action.changes_data),
                    "{bundle}/{}: what it changes is what it says",
                    action.key
                );
                return Some(fields);
            }
            ActionResult::Failed { cause, .. } => {
                assert!(
                    says_no(&cause),
                    "{bundle}/{} with {inputs:?} failed: {cause:?}",
                    action.key
                );
            }
        }
    }
    None
}

#[tokio::test]
async fn every_action_of_every_sample_works_at_the_demo_service() {
    for (bundle, content) in samples().unwrap() {
        let mut desk = Desk::open().await;
        let mut known = Known::of(&content, &desk);
        let mut left: Vec<_> = content.actions.iter().collect();
        assert!(!left.is_empty(), "{bundle} has actions");
        // Look-ups first: a change may need what they give, and may take away what they find.
        left.sort_by_key(|action| action.changes_data);
        loop {
            let before = left.len();
            let mut waiting = Vec::new();
            for action in left {
                match call_with_what_fits(action, &known, &mut desk, &bundle).await {
                    Some(fields) => known.answered(action, fields),
                    None => waiting.push(action),
                }
            }
            left = waiting;
            if left.is_empty() || left.len() == before {
                break;
            }
        }
        let left: BTreeSet<_> = left.iter().map(|action| action.key.as_str()).collect();
        assert!(left.is_empty(), "{bundle}: no value that is known fits {left:?}");
    }
}

/// The inputs of a sample answer, where it names them all; there are none to compare by where it names none.
fn named_by(stub: &Stub, action: &Action, desk: &Desk) -> Option<Inputs> {
    let typed = |input: &ActionInput| {
        let text = stub.when.get(&input.key)?;
        Some((input.key.clone(), desk.typed(&input.kind, text)))
    };
    let inputs: Inputs = action.inputs.iter().map(typed).collect::<Option<_>>()?;
    (!inputs.is_empty()).then_some(inputs)
}

/// What tells two answers apart; a trouble of the line is nothing the service has by itself.
fn told(answer: ActionResult) -> Option<Result<BTreeMap<String, Value>, FailureCause>> {
    match answer {
        ActionResult::Succeeded { fields, .. } => Some(Ok(fields)),
        ActionResult::Failed { cause, .. } => says_no(&cause).then_some(Err(cause)),
    }
}

#[tokio::test]
async fn a_sample_answer_tells_what_the_demo_service_tells() {
    for (bundle, content) in samples().unwrap() {
        let mut desk = Desk::open().await;
        for action in content.actions.iter().filter(|action| !action.changes_data) {
            for stub in &action.stubs {
                let Some(inputs) = named_by(stub, action, &desk) else {
                    continue;
                };
                let sample = answer_from_stub(action, &inputs, Some(&stub.name), &desk.settings, desk.now);
                let Some(sample) = told(sample) else { continue };
                let live = desk.call(action, &inputs).await;
                assert_eq!(
                    Some(&sample),
                    told(live.clone()).as_ref(),
                    "{bundle}/{}, sample answer {:?}; the service says {live:?}",
                    action.key,
                    stub.name
                );
            }
        }
    }
}
