//! The fold: where a conversation stands after one more event.

use std::collections::{BTreeMap, BTreeSet};

use taskwright_domain::{
    ActionId, ActionState, At, EffectId, EventKind, FailureCause, Known, LogEvent, Question, RankDecision, RevisionId,
    Source, TaskId, Value,
};

use crate::besides;
use crate::known;
use crate::led;
use crate::prefetch::{Prefetch, is_turn};
use crate::state::{ActionStanding, Call, Interruption, Outcome, Pending, Run, State, Wish};

/// Input ids that are remembered, to ignore repeats.
const REMEMBERED_INPUTS: usize = 64;
/// Customer messages that are remembered, to sort what was said.
const REMEMBERED_MESSAGES: usize = 12;

/// The state after the event. Works for ever on old logs; knows nothing of tasks.
pub fn fold(state: &mut State, event: &LogEvent) {
    state.seq = event.seq;
    state.inputs = state.inputs.max(event.cause);
    if let Some(input) = &event.input {
        state.seen.push(input.clone());
        if state.seen.len() > REMEMBERED_INPUTS {
            state.seen.remove(0);
        }
    }
    follow_message(state, event);
    count_rounds(state, &event.kind);
    led::follow(state, event);
    known::follow(state, &event.kind);
    besides::follow(state, event);
    match &event.kind {
        EventKind::ConversationStarted { start } => state.start = Some((**start).clone()),
        EventKind::CustomerSaid { text, sealed } => {
            let plain = sealed
                .as_ref()
                .and_then(|sealed| sealed.plain.as_deref())
                .unwrap_or(text);
            hear(state, plain);
            state.listen_again();
        }
        EventKind::OptionSelected { text, .. } => {
            hear(state, text);
            state.listen_again();
        }
        EventKind::WorkflowStarted {
            workflow,
            name,
            revision,
        } => led::start_workflow(state, workflow, name, revision, event.seq),
        EventKind::WorkflowFinished => led::finish_workflow(state),
        EventKind::TaskStarted {
            task,
            title,
            revision,
            callback,
            ..
        } => {
            start_run(state, task, title, revision);
            if !state.used.contains(title) {
                state.used.push(title.clone());
            }
            if let Some(run) = state.runs.last_mut() {
                run.started = event.seq;
                run.callback.clone_from(callback);
            }
        }
        EventKind::TimeMoved { by } => state.ahead += by,
        EventKind::Said { .. } => state.options.clear(),
        EventKind::OptionsOffered { options, .. } => state.options = options.clone(),
        EventKind::TagsUpdated { added, removed } => {
            state.tags.extend(added.iter().cloned());
            removed.iter().for_each(|tag| {
                state.tags.remove(tag);
            });
        }
        EventKind::NotUnderstood { times } => state.misunderstood = *times,
        EventKind::Heard { place, .. } => {
            state.misunderstood = 0;
            if let Some(run) = state.runs.last_mut() {
                run.due.push(place.op);
            }
        }
        EventKind::ResolutionChanged { state: resolution } => state.resolution = Some(*resolution),
        EventKind::CallsSet { action, calls } => {
            state.calls.insert(action.clone(), *calls);
        }
        EventKind::HandedOff { .. } | EventKind::Stopped => {
            state.over = true;
            state.runs.clear();
            state.last = None;
            state.question = None;
        }
        EventKind::TaskFinished { .. } => finish_run(state),
        EventKind::Resumed { task } if takes_up(state, task) => {
            state.question = None;
            state.runs.extend(state.last.take().map(|run| *run));
        }
        EventKind::AttributeSet {
            attribute,
            to,
            source,
            kept,
            ..
        } => set_value(state, attribute, to.as_ref(), source, *kept),
        EventKind::Asked { what, .. } => {
            offer_wish(state, what);
            if state.runs.is_empty() {
                state.question = Some(what.clone());
            }
            fold_run(state, event);
        }
        // Silence ends a task's listening; it closes nothing where a workflow leads.
        EventKind::CustomerIdle { .. } if state.workflow().is_some() => {}
        EventKind::TaskFound {
            task,
            revision: Some(_),
            ..
        } => {
            if let Some(run) = state.runs.last_mut() {
                run.pending = Pending::Task { task: task.clone() };
            }
        }
        EventKind::ActionSucceeded { action, .. } => {
            *state.successes.entry(action.clone()).or_default() += 1;
            fold_run(state, event);
        }
        EventKind::WebhookAwaited { generation, .. } | EventKind::IdleLimitSet { generation, .. } => {
            state.generation = *generation;
            fold_run(state, event);
        }
        EventKind::WebhookReceived { task: Some(task), .. } => {
            // Another task may have begun on top of the one that waits.
            if let Some(at) = state.runs.iter().rposition(|run| run.task == *task) {
                let above = state.runs.split_off(at + 1);
                fold_run(state, event);
                state.runs.extend(above);
            }
        }
        _ => fold_run(state, event),
    }
}

/// Whether the task that ended last is taken up again: nothing else began since.
fn takes_up(state: &State, task: &TaskId) -> bool {
    let ended = state.last.as_ref().is_some_and(|last| last.task == *task);
    ended && state.runs.iter().all(|run| run.task != *task)
}

/// Keeps what was found out about the last message until something is done about it.
fn follow_message(state: &mut State, event: &LogEvent) {
    match &event.kind {
        EventKind::CustomerSaid { .. } | EventKind::OptionSelected { .. } => {
            state.ranked_from = event.cause;
            state.rankings.clear();
            state.unanswered = matches!(event.kind, EventKind::CustomerSaid { .. });
        }
        EventKind::TaskConsidered { ranking, .. } => {
            state.ranked_from = event.cause;
            state.rankings.push(ranking.decision.clone());
        }
        // The clock goes on by itself, too, and answers nothing.
        EventKind::TimeMoved { .. } => {}
        _ => state.unanswered = false,
    }
}

/// Counts the messages since the last one that brought something new. Offering a person begins anew.
fn count_rounds(state: &mut State, event: &EventKind) {
    match event {
        EventKind::CustomerSaid { .. } => state.rounds += 1,
        EventKind::AttributeSet { to: Some(_), .. }
        | EventKind::Confirmed { .. }
        | EventKind::OptionSelected { .. }
        | EventKind::FileAttached { .. }
        | EventKind::AttributeRejected { given_up: true, .. }
        | EventKind::TaskStarted { .. }
        | EventKind::TaskFinished { .. }
        | EventKind::Heard { .. }
        | EventKind::RatingGiven { .. }
        | EventKind::Answered { .. }
        | EventKind::Asked {
            what: Question::Person, ..
        } => state.rounds = 0,
        _ => {}
    }
}

/// What the parts of the message ask for besides the task that starts is dealt with after it.
fn keep_wishes(state: &mut State, started: &TaskId) {
    let message = state.messages.last().cloned().unwrap_or_default();
    for decision in std::mem::take(&mut state.rankings).into_iter().skip(1) {
        let RankDecision::Start { task, revision } = decision else {
            continue;
        };
        let known = state.wishes.iter().any(|wish| wish.task == task) || state.runs.iter().any(|run| run.task == task);
        if !known {
            let message = message.clone();
            state.wishes.push(Wish {
                task,
                revision,
                message,
            });
        }
    }
    state.wishes.retain(|wish| wish.task != *started);
    state.offered = None;
}

/// A wish is offered once.
fn offer_wish(state: &mut State, what: &Question) {
    let Question::WhichTask { between } = what else { return };
    let offered = |wish: &Wish| between.len() == 1 && between.iter().any(|(task, _)| *task == wish.task);
    if let Some(at) = state.wishes.iter().position(offered) {
        state.offered = Some(state.wishes.remove(at));
    }
}

fn hear(state: &mut State, text: &str) {
    // What was asked outside any task waits for one message only: a later "yes" is about something else.
    state.question = None;
    state.options.clear();
    state.messages.push(text.to_owned());
    if state.messages.len() > REMEMBERED_MESSAGES {
        state.messages.remove(0);
    }
}

fn start_run(state: &mut State, task: &TaskId, title: &str, revision: &RevisionId) {
    keep_wishes(state, task);
    state.question = None;
    state.last = None;
    state.misunderstood = 0;
    state.runs.push(Run::new(task.clone(), title, revision.clone(), 0));
}

fn finish_run(state: &mut State) {
    let ended = state.runs.pop();
    state.misunderstood = 0;
    let alone = state.tasks().next().is_none();
    state.last = ended.filter(|_| alone).map(|run| {
        Box::new(Run {
            // Behind all operations: once what was heard is done, it ends again.
            op: Some(u32::MAX),
            pending: Pending::Nothing,
            prefetched: Vec::new(),
            interruptions: Vec::new(),
            due: Vec::new(),
            confirmed: None,
            ..run
        })
    });
    // The run below goes on at its own operation, which the finished one answered.
    if let Some(run) = state.runs.last_mut() {
        let ran = std::mem::take(&mut run.pending);
        run.answered |= matches!(ran, Pending::Task { .. });
    }
}

fn set_value(state: &mut State, attribute: &str, to: Option<&Value>, source: &Source, kept: bool) {
    state.misunderstood = 0;
    if kept || state.runs.is_empty() {
        set(&mut state.values, attribute, to, source);
    }
    let Some(run) = state.runs.last_mut() else { return };
    if !kept {
        set(&mut run.values, attribute, to, source);
    }
    run.asked.remove(attribute);
    run.given_up.remove(attribute);
    if to.is_none() {
        // A look-up whose result is forgotten may be made again.
        run.actions
            .retain(|_, standing| standing.changes_data || standing.result_name != attribute);
    }
    if matches!(source, Source::Customer | Source::Chosen { .. }) {
        run.confirmed = None;
    }
    let answers = matches!(&run.pending, Pending::Answer { question: Question::Attribute { attribute: asked, .. } } if asked == attribute);
    if answers && to.is_some() {
        run.pending = Pending::Nothing;
        run.answered = true;
        run.let_through.clear();
    }
}

fn set(values: &mut BTreeMap<String, Known>, attribute: &str, to: Option<&Value>, source: &Source) {
    match to {
        Some(value) => values.insert(
            attribute.to_owned(),
            Known {
                value: value.clone(),
                source: source.clone(),
            },
        ),
        None => values.remove(attribute),
    };
}

fn enter(run: &mut Run, at: &At) {
    if run.op != Some(at.op) {
        run.let_through.clear();
        run.step_to(at.op);
    }
    if run.again_until.is_some_and(|until| at.op >= until) {
        run.again_until = None;
    }
}

fn fold_run(state: &mut State, event: &LogEvent) {
    let Some(run) = state.runs.last_mut() else { return };
    if is_turn(&event.kind) {
        run.prefetched.clear();
    }
    match &event.kind {
        EventKind::BlockEntered { place: at, .. } | EventKind::ConditionEvaluated { place: at, .. } => enter(run, at),
        EventKind::SentenceFollowed { place: at, .. } | EventKind::CouldNotFollow { place: at, .. } => {
            // Followed anew, as in the next pass of a loop, it is not answered yet.
            run.answered = false;
            run.done = None;
            enter(run, at);
        }
        EventKind::Moved { place: at, .. } if run.due.contains(&at.op) => interrupt(run, at.op),
        EventKind::Moved { place: at, pass: 0 } if run.interruptions.last().is_some_and(|it| it.begins == at.op) => {
            come_back(run);
        }
        EventKind::Moved { place: at, pass } => {
            // Back among the blocks: what was listened for is over.
            if run.interruptions.iter().all(|paused| at.op < paused.begins) {
                run.interruptions.clear();
            }
            enter(run, at);
            run.answered = false;
            run.done = None;
            if *pass == 0 {
                run.passes.remove(&at.op);
            } else {
                run.passes.insert(at.op, *pass);
            }
        }
        EventKind::Asked { place: at, what } => {
            enter(run, at);
            if let Question::Attribute { attribute, .. } = what {
                *run.asked.entry(attribute.clone()).or_default() += 1;
            }
            put_off(run, what);
            run.listening |= run.workflow.is_some() && *what == Question::Open;
            run.pending = Pending::Answer { question: what.clone() };
        }
        EventKind::Confirmed { yes, .. } => {
            run.confirmed = Some(*yes);
            run.pending = Pending::Nothing;
            run.answered = true;
            state.misunderstood = 0;
        }
        EventKind::RatingGiven { .. } => {
            run.pending = Pending::Nothing;
            run.answered = true;
        }
        EventKind::CustomerIdle { .. } if is_open(&run.pending) => {
            run.pending = Pending::Nothing;
            run.answered = true;
        }
        EventKind::AttributeRejected {
            attribute,
            given_up: true,
            ..
        } => {
            run.given_up.insert(attribute.clone());
            run.pending = Pending::Nothing;
            run.answered = true;
            state.misunderstood = 0;
        }
        EventKind::AttributeRejected { attribute, .. } => {
            *run.rejected.entry(attribute.clone()).or_default() += 1;
        }
        EventKind::Corrected { .. } => {
            let stood = run.interruptions.first().map_or(run.op, |paused| paused.op);
            run.again_until = stood.max(run.again_until);
            run.confirmed = None;
            run.pending = Pending::Nothing;
            state.misunderstood = 0;
        }
        EventKind::ActionStarted {
            place: at,
            action,
            effect,
            inputs,
            result_name,
            changes_data,
            ahead,
            ..
        } => {
            let call = Call {
                effect: effect.clone(),
                action: action.clone(),
                result_name: result_name.clone(),
                inputs: inputs.clone(),
                changes_data: *changes_data,
            };
            if *ahead {
                run.keep_prefetch(at.op, call);
            } else {
                run.forget_prefetch(at.op, action);
                enter(run, at);
                run.pending = Pending::Action { call };
            }
        }
        EventKind::PrefetchUsed { place: at, effect, .. } => {
            enter(run, at);
            match run.take_prefetch(effect) {
                Some(Prefetch {
                    call,
                    outcome: Some(outcome),
                    ..
                }) => settle_call(run, call, outcome),
                Some(Prefetch { call, .. }) => run.pending = Pending::Action { call },
                None => {}
            }
        }
        EventKind::ActionSucceeded { effect, fields, .. } => answer_call(run, effect, Outcome::Gave(fields.clone())),
        EventKind::ActionFailed {
            effect, failure: cause, ..
        } => {
            let state = match cause {
                FailureCause::NotFound => ActionState::NotFound,
                _ => ActionState::Failed,
            };
            answer_call(run, effect, Outcome::Failed(state));
        }
        EventKind::ActionUnresolved { effect, .. } => answer_call(run, effect, Outcome::Failed(ActionState::Failed)),
        EventKind::WebhookAwaited {
            place: at,
            key,
            generation,
            deadline,
            ..
        } => {
            enter(run, at);
            run.pending = Pending::Webhook {
                key: key.clone(),
                generation: *generation,
                deadline: *deadline,
            };
        }
        EventKind::WebhookReceived { key, fields, block, .. } => {
            let source = Source::Webhook { block: block.clone() };
            run.values.insert(
                key.clone(),
                Known {
                    value: Value::Object(fields.clone()),
                    source,
                },
            );
            run.webhooks.insert(key.clone(), true);
            settle_wait(run, key);
        }
        EventKind::WaitExpired { key, .. } => {
            run.webhooks.insert(key.clone(), false);
            settle_wait(run, key);
        }
        EventKind::IdleLimitSet { place: at, .. } => enter(run, at),
        EventKind::Resumed { .. } => run.pending = Pending::Nothing,
        _ => {}
    }
}

/// The assistant listens to anything.
pub(crate) fn is_open(pending: &Pending) -> bool {
    matches!(
        pending,
        Pending::Answer {
            question: Question::Open
        }
    )
}

/// Keeps the question that an offer of a person takes the place of.
fn put_off(run: &mut Run, what: &Question) {
    if !offers_person(what) {
        run.put_off = None;
    } else if let Pending::Answer { question } = &run.pending
        && !offers_person(question)
    {
        run.put_off = Some(question.clone());
    }
}

fn offers_person(what: &Question) -> bool {
    matches!(what, Question::Person | Question::AnotherTry)
}

fn settle_wait(run: &mut Run, key: &str) {
    if matches!(&run.pending, Pending::Webhook { key: waited, .. } if waited == key) {
        run.pending = Pending::Nothing;
        run.answered = true;
    }
    for paused in &mut run.interruptions {
        if matches!(&paused.pending, Pending::Webhook { key: waited, .. } if waited == key) {
            paused.pending = Pending::Nothing;
            paused.answered = true;
        }
    }
}

/// Begins what a listener leads to; where the run stands is kept.
fn interrupt(run: &mut Run, begins: u32) {
    run.due.retain(|due| *due != begins);
    run.interruptions.push(Interruption {
        begins,
        op: run.op.replace(begins),
        answered: std::mem::take(&mut run.answered),
        done: run.done.take(),
        pending: std::mem::take(&mut run.pending),
        confirmed: run.confirmed.take(),
        again_until: run.again_until.take(),
    });
}

/// Goes back to where the run stood.
fn come_back(run: &mut Run) {
    let Some(paused) = run.interruptions.pop() else { return };
    if matches!(paused.pending, Pending::Answer { .. }) {
        run.let_through.insert(paused.begins);
    }
    run.op = paused.op;
    run.answered = paused.answered;
    run.done = paused.done;
    run.pending = paused.pending;
    run.confirmed = paused.confirmed;
    run.again_until = paused.again_until;
}

/// What came of a call: of the one that is waited for it is taken in at once, of one that was made ahead it is kept.
fn answer_call(run: &mut Run, effect: &EffectId, outcome: Outcome) {
    match std::mem::take(&mut run.pending) {
        Pending::Action { call } if call.effect == *effect => settle_call(run, call, outcome),
        pending => {
            run.pending = pending;
            let ahead = run
                .prefetched
                .iter_mut()
                .find(|prefetch| prefetch.call.effect == *effect);
            if let Some(prefetch) = ahead {
                prefetch.outcome = Some(outcome);
            }
        }
    }
}

fn settle_call(run: &mut Run, call: Call, outcome: Outcome) {
    let action = call.action;
    let state = match &outcome {
        Outcome::Gave(_) => ActionState::Succeeded,
        Outcome::Failed(state) => *state,
    };
    let gave = match outcome {
        Outcome::Gave(fields) => take_in(run, &action, &call.result_name, fields),
        Outcome::Failed(_) => BTreeSet::new(),
    };
    match state {
        ActionState::Succeeded => drop(run.retries.remove(&action)),
        ActionState::NotFound => *run.retries.entry(action.clone()).or_default() += 1,
        _ => {}
    }
    run.done = Some(action.clone());
    let standing = ActionStanding {
        state,
        inputs: call.inputs,
        result_name: call.result_name,
        gave,
        changes_data: call.changes_data,
    };
    run.actions.insert(action, standing);
}

/// Puts the fields under the result's name; the keys they have.
fn take_in(run: &mut Run, action: &ActionId, result_name: &str, fields: BTreeMap<String, Value>) -> BTreeSet<String> {
    let mut group = match run.values.get(result_name).map(|known| &known.value) {
        Some(Value::Object(group)) => group.clone(),
        _ => BTreeMap::new(),
    };
    // A second call replaces what the first gave; what another action gave under the same name stays.
    if let Some(before) = run.actions.get(action) {
        group.retain(|key, _| !before.gave.contains(key));
    }
    let gave = fields.keys().cloned().collect();
    group.extend(fields);
    let source = Source::Action { action: action.clone() };
    let value = Value::Object(group);
    run.values.insert(result_name.to_owned(), Known { value, source });
    gave
}
