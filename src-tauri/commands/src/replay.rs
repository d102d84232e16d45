//! Replaying a conversation on the drafts: the recorded inputs are decided again by the tasks as they stand now, and the
//! first thing that comes out differently is the result. Nothing is performed.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;
use serde_json::Value as Json;
use taskwright_domain::{ConversationId, EventKind, InputKind, LogEvent, Offer, RankDecision, Revision, RevisionId};
use taskwright_engine::{Library, State, compile, decide, input_of};
use ts_rs::TS;

use crate::app::App;
use crate::error::CommandError;
use crate::freeze::{freeze, with_teams};
use crate::log::{OneConversation, library};
use crate::snapshot::Snapshot;
use crate::stand_alone::answer;

/// What came of a replay.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Replayed {
    /// Inputs that led to the same.
    pub same: u64,
    /// All inputs there are.
    pub inputs: u64,
    /// Where the drafts do something else; none where they do all the same.
    pub difference: Option<ReplayDifference>,
}

/// The first turn that comes out differently.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ReplayDifference {
    /// The first event of the turn in the log.
    pub seq: u64,
    /// What happened in it.
    pub recorded: Vec<LogEvent>,
    /// What the drafts would do. What the systems they would ask answer is not known, and so not what comes after it.
    pub draft: Vec<LogEvent>,
    /// The first of `recorded` that differs, by place; their number where something is missing in it.
    pub recorded_at: usize,
    /// The first of `draft` that differs, by place.
    pub draft_at: usize,
}

pub(crate) async fn replay_on_draft(app: &App, _origin: &str, args: OneConversation) -> Result<Replayed, CommandError> {
    let (log, _) = app.store().load(&args.conversation)?;
    let shelf = Drafts::of(app, &log)?;
    let done = tokio::task::spawn_blocking(move || replay(&args.conversation, &log, &shelf));
    done.await.map_err(|error| CommandError::host(error.to_string()))
}

/// What the conversation ran on, with the drafts in its place.
struct Drafts {
    library: Library,
    /// The draft's revision of each that was used.
    instead: BTreeMap<RevisionId, RevisionId>,
}

impl Drafts {
    fn of(app: &App, log: &[LogEvent]) -> Result<Self, CommandError> {
        let mut library = library(app, log)?;
        let snapshot = app.snapshot();
        let mut instead = BTreeMap::new();
        let used: Vec<_> = library.values().cloned().collect();
        for compiled in used {
            // What is deleted is replayed as it was.
            let Some(draft) = draft_of(&snapshot, &compiled.revision) else {
                continue;
            };
            instead.insert(compiled.revision.id.clone(), draft.id.clone());
            library
                .entry(draft.id.clone())
                .or_insert_with(|| Arc::new(compile(draft)));
        }
        Ok(Self { library, instead })
    }

    fn swap(&self, revision: &mut RevisionId) {
        if let Some(draft) = self.instead.get(revision) {
            *revision = draft.clone();
        }
    }

    /// An input that names the drafts.
    fn aim(&self, kind: &mut InputKind) {
        match kind {
            InputKind::Start { start } => match &mut start.offer {
                Offer::ThisTask { revision, .. } | Offer::Workflow { revision, .. } => self.swap(revision),
                Offer::FromTheStart => {}
            },
            InputKind::StartTask { revision, .. } | InputKind::StartWorkflow { revision, .. } => self.swap(revision),
            InputKind::TaskFound {
                revision: Some(revision),
                ..
            } => self.swap(revision),
            InputKind::TasksRanked { ranking, .. } => match &mut ranking.decision {
                RankDecision::Start { revision, .. } => self.swap(revision),
                RankDecision::Clarify { between } => {
                    between.iter_mut().for_each(|(_, revision)| self.swap(revision));
                }
                RankDecision::None => {}
            },
            _ => {}
        }
    }
}

/// What was frozen, as it stands now.
fn draft_of(snapshot: &Snapshot, revision: &Revision) -> Option<Revision> {
    let (content, settings) = (&snapshot.content, &snapshot.settings);
    if let Some(task) = answer(snapshot, &revision.task.id) {
        return Some(freeze(content, &task, settings));
    }
    let task = snapshot.task(&revision.task.id).ok()?;
    let draft = freeze(content, task, settings);
    // As it runs: with the teams of today.
    Some(match revision.workflow() {
        Some(_) => with_teams(&draft, &content.teams),
        None => draft,
    })
}

fn replay(conversation: &ConversationId, log: &[LogEvent], drafts: &Drafts) -> Replayed {
    let mut state = State::new(conversation.clone());
    let inputs: Vec<_> = log
        .iter()
        .filter_map(|event| Some((event.cause, input_of(event)?)))
        .collect();
    let mut turns: BTreeMap<u64, Vec<LogEvent>> = BTreeMap::new();
    for event in log {
        turns.entry(event.cause).or_default().push(event.clone());
    }
    for (place, (cause, input)) in inputs.iter().enumerate() {
        let mut input = input.clone();
        drafts.aim(&mut input.kind);
        let decision = decide(&drafts.library, &state, &input);
        let recorded = turns.remove(cause).unwrap_or_default();
        if let Some((recorded_at, draft_at)) = first_difference(&recorded, &decision.events) {
            return Replayed {
                same: place as u64,
                inputs: inputs.len() as u64,
                difference: Some(ReplayDifference {
                    seq: recorded.first().map_or(0, |event| event.seq),
                    recorded,
                    draft: decision.events,
                    recorded_at,
                    draft_at,
                }),
            };
        }
        if let Some(next) = decision.state {
            state = next;
        }
    }
    Replayed {
        same: inputs.len() as u64,
        inputs: inputs.len() as u64,
        difference: None,
    }
}

/// Where two turns first do different things. How the task is written, and the way to the same deed, are no difference.
fn first_difference(recorded: &[LogEvent], draft: &[LogEvent]) -> Option<(usize, usize)> {
    let deeds = |events: &[LogEvent]| {
        let deeds = events.iter().enumerate();
        deeds
            .filter_map(|(at, event)| Some((at, deed(&event.kind)?)))
            .collect::<Vec<_>>()
    };
    let (old, new) = (deeds(recorded), deeds(draft));
    let same = old
        .iter()
        .zip(&new)
        .take_while(|((_, old), (_, new))| old == new)
        .count();
    let at = |deeds: &[(usize, Json)], events: &[LogEvent]| deeds.get(same).map_or(events.len(), |(at, _)| *at);
    (same < old.len() || same < new.len()).then(|| (at(&old, recorded), at(&new, draft)))
}

/// What an event did, without where in a task it stands.
fn deed(kind: &EventKind) -> Option<Json> {
    match kind {
        EventKind::BlockEntered { .. }
        | EventKind::SentenceFollowed { .. }
        | EventKind::ConditionEvaluated { .. }
        | EventKind::TaskConsidered { .. }
        | EventKind::ArticlesConsidered { .. }
        | EventKind::TaskFound { .. }
        | EventKind::IdleLimitSet { .. }
        | EventKind::Moved { .. } => None,
        kind => {
            let mut json = serde_json::to_value(kind).ok()?;
            strip(&mut json);
            Some(json)
        }
    }
}

fn strip(json: &mut Json) {
    match json {
        Json::Object(fields) => {
            fields
                .retain(|name, _| !["place", "revision", "callback", "effect", "generation"].contains(&name.as_str()));
            fields.values_mut().for_each(strip);
        }
        Json::Array(items) => items.iter_mut().for_each(strip),
        _ => {}
    }
}
