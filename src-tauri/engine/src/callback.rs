//! Other systems that call back: the address of a run, the wait a call is for, and what became of it.

use sha2::{Digest, Sha256};
use taskwright_domain::{BlockId, CallbackAddress, ConversationId, Difference, EventKind, Field, LogEvent, RunAddress};

use crate::program::{Compiled, Library, OpKind};
use crate::state::{Run, State};

/// What an address of a run begins with, after `/webhooks/`.
const RUN: &str = "run_";

/// The address of the run that begins with the next event; none where nothing listens.
pub(crate) fn next_address(state: &State) -> Option<String> {
    let start = state.start.as_ref()?;
    let begins = state.seq + 1;
    let own = start.branched_from.as_ref().is_some_and(|from| begins > from.seq);
    let another_try = own.then_some(&state.conversation);
    Some(address(start.callbacks.as_ref()?, another_try, begins))
}

/// Where other systems call back into a run. What a run that another try shares was told so far, it was told in the other
/// conversation, and calls there still arrive there; from where the two part, it has an address of its own.
#[must_use]
pub fn address_of(state: &State, run: &Run) -> Option<String> {
    let recorded = run.callback.as_ref()?;
    let start = state.start.as_ref()?;
    let from = start.branched_from.as_ref();
    let shared = from.is_some_and(|from| run.started <= from.seq && state.seq >= from.seq);
    match &start.callbacks {
        Some(callbacks) if shared => Some(address(callbacks, Some(&state.conversation), run.started)),
        _ => Some(recorded.clone()),
    }
}

/// The addresses that another try has for the runs it shares with a conversation, which stands where they part.
#[must_use]
pub fn addresses_in(another_try: &ConversationId, shared: &State) -> Vec<RunAddress> {
    let callbacks = shared.start.as_ref().and_then(|start| start.callbacks.as_ref());
    let runs = shared.runs.iter().filter(|run| run.callback.is_some());
    let addresses = callbacks.into_iter().flat_map(|callbacks| {
        runs.clone().map(|run| RunAddress {
            token: token_of(&address(callbacks, Some(another_try), run.started)).to_owned(),
            started: run.started,
        })
    });
    addresses.collect()
}

/// The address of the run that begins with event `started`: nobody guesses it who knows that of another run.
fn address(callbacks: &CallbackAddress, another_try: Option<&ConversationId>, started: u64) -> String {
    let digest = match another_try {
        Some(conversation) => Sha256::digest(format!("{}:{conversation}:{started}", callbacks.seed)),
        None => Sha256::digest(format!("{}:{started}", callbacks.seed)),
    };
    let token: String = digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    format!("{}/webhooks/{RUN}{token}", callbacks.base_url)
}

/// The last part of an address.
pub(crate) fn token_of(address: &str) -> &str {
    address.rsplit('/').next().unwrap_or(address)
}

/// Whom another system calls back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CallbackTo {
    /// A block that waits, in whichever run it stands.
    Block(BlockId),
    /// The run that began with this event: the wait it is in, or the next one it comes to.
    Run(u64),
}

/// What became of a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CallbackOutcome {
    /// It was waited for, and the conversation goes on.
    Received,
    /// It came early and is used when the wait is reached.
    Kept,
    /// It does not fit the block's example.
    Differs(Vec<Difference>),
    /// The wait has had its call already.
    Again,
    /// The wait ran out before.
    Late,
    /// Nothing waits for it: no such task runs here, or it is over.
    Unknown,
}

/// A wait in one of the running tasks.
pub(crate) struct Wait {
    /// The run, counted from the one at the bottom.
    pub(crate) run: usize,
    pub(crate) key: String,
    pub(crate) fields: Vec<Field>,
}

/// The wait of a block, in the uppermost run that has it.
pub(crate) fn wait_of(state: &State, library: &Library, block: &BlockId) -> Option<Wait> {
    let mut runs = state.runs.iter().enumerate().rev();
    runs.find_map(|(at, run)| {
        let compiled = library.get(&run.revision)?;
        let (key, _, fields) = waits_in(compiled).find(|(_, found, _)| *found == block)?;
        Some(Wait {
            run: at,
            key: key.to_owned(),
            fields: fields.to_vec(),
        })
    })
}

fn waits_in(compiled: &Compiled) -> impl Iterator<Item = (&str, &BlockId, &[Field])> {
    compiled.program.ops.iter().filter_map(|op| match &op.kind {
        OpKind::Wait { key, block, fields, .. } => Some((key.as_str(), block, fields.as_slice())),
        _ => None,
    })
}

/// The block a call is for; none where no running task has it.
pub(crate) fn block_for(state: &State, library: &Library, to: &CallbackTo) -> Option<BlockId> {
    match to {
        CallbackTo::Block(block) => wait_of(state, library, block).map(|_| block.clone()),
        CallbackTo::Run(started) => {
            let run = state.runs.iter().find(|run| run.started == *started)?;
            next_wait(library.get(&run.revision)?, run)
        }
    }
}

/// The wait a run is in, else the first that was not settled yet, else the last: it is told that it had its call.
fn next_wait(compiled: &Compiled, run: &Run) -> Option<BlockId> {
    let awaited = awaited_keys(run).next();
    let mut last = None;
    let mut open = None;
    for (key, block, _) in waits_in(compiled) {
        if awaited == Some(key) {
            return Some(block.clone());
        }
        if open.is_none() && !run.webhooks.contains_key(key) {
            open = Some(block);
        }
        last = Some(block);
    }
    open.or(last).cloned()
}

fn awaited_keys(run: &Run) -> impl Iterator<Item = &str> {
    run.waits().map(|(key, _, _)| key)
}

/// The blocks whose calls the conversation waits for at the moment, the innermost first.
#[must_use]
pub fn awaited_by(state: &State, library: &Library) -> Vec<BlockId> {
    let mut found = Vec::new();
    for run in state.runs.iter().rev() {
        let Some(compiled) = library.get(&run.revision) else {
            continue;
        };
        for wanted in awaited_keys(run) {
            let block = waits_in(compiled).find(|(key, _, _)| *key == wanted);
            found.extend(block.map(|(_, block, _)| block.clone()));
        }
    }
    found
}

/// What became of a call for a block, told by how the conversation stood before and by what was recorded.
pub(crate) fn outcome(before: &State, library: &Library, block: &BlockId, events: &[LogEvent]) -> CallbackOutcome {
    let Some(wait) = wait_of(before, library, block) else {
        return CallbackOutcome::Unknown;
    };
    let run = &before.runs[wait.run];
    match (run.webhooks.get(&wait.key), events.first().map(|event| &event.kind)) {
        (Some(true), _) => CallbackOutcome::Again,
        (Some(false), _) => CallbackOutcome::Late,
        (None, Some(EventKind::WebhookRejected { difference, .. })) => CallbackOutcome::Differs(difference.clone()),
        (None, Some(EventKind::WebhookReceived { .. })) => {
            if awaited_keys(run).any(|key| key == wait.key) {
                CallbackOutcome::Received
            } else {
                CallbackOutcome::Kept
            }
        }
        _ => CallbackOutcome::Unknown,
    }
}
