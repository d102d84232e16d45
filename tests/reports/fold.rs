//! The figures of a report, worked out by reading logs from the beginning to the end: no SQL, and nothing of the program's
//! own way to count.

use std::collections::{BTreeMap, BTreeSet};

use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use taskwright_domain::{
    ActionFigures, ActionId, BlockFigures, BlockId, BreakDown, CallCounts, ConversationPlace, Durations, EventKind,
    Every, FailureCause, FailureCount, Figures, Group, HandOffCount, HandOffKind, LogEvent, Outcome, OutcomeCounts,
    RatingCounts, Report, Resolution, Speaker, StateCounts, TaskFigures, TaskId,
};

/// What one log comes to.
pub(crate) struct Story {
    pub(crate) id: String,
    pub(crate) place: ConversationPlace,
    pub(crate) customer: String,
    pub(crate) searched: String,
    pub(crate) began: i64,
    pub(crate) state: Option<Resolution>,
    pub(crate) tags: BTreeSet<String>,
    pub(crate) hand_off: Option<(HandOffKind, String)>,
    pub(crate) problems: BTreeSet<&'static str>,
    pub(crate) runs: Vec<Run>,
    involved: bool,
    first_words: Option<i64>,
    solved: Option<i64>,
    rating: Option<u8>,
    calls: Vec<Call>,
}

pub(crate) struct Run {
    pub(crate) task: String,
    title: String,
    outcome: Option<Outcome>,
    blocks: Vec<String>,
}

struct Call {
    effect: String,
    run: Option<usize>,
    action: String,
    name: String,
    end: End,
}

enum End {
    Out,
    Worked(u64),
    Nothing(u64),
    Failed(String),
    Unresolved(String),
    Held,
}

/// Reads a log.
pub(crate) fn story(id: &str, log: &[LogEvent]) -> Story {
    let EventKind::ConversationStarted { start } = &log[0].kind else {
        panic!("a log begins with its beginning");
    };
    let customer = &start.customer;
    let known = [&customer.name, &customer.email];
    let mut story = Story {
        id: id.to_owned(),
        place: start.place,
        customer: customer.id.to_string(),
        searched: known
            .into_iter()
            .flatten()
            .map(|known| known.to_lowercase())
            .collect::<Vec<_>>()
            .join(" "),
        began: log[0].at,
        state: None,
        tags: BTreeSet::new(),
        hand_off: None,
        problems: BTreeSet::new(),
        runs: Vec::new(),
        involved: false,
        first_words: None,
        solved: None,
        rating: None,
        calls: Vec::new(),
    };
    let first = log.iter().find_map(|event| match &event.kind {
        EventKind::CustomerSaid { text, .. } => Some(text.to_lowercase()),
        _ => None,
    });
    story.searched = format!("{} {}", first.unwrap_or_default(), story.searched);
    let mut open: Vec<usize> = Vec::new();
    for event in log {
        read(&mut story, &mut open, event);
    }
    story
}

fn read(story: &mut Story, open: &mut Vec<usize>, event: &LogEvent) {
    match &event.kind {
        EventKind::CustomerSaid { .. }
        | EventKind::OptionSelected { .. }
        | EventKind::AttributeCollected { .. }
        | EventKind::FileAttached { .. } => {
            story.first_words.get_or_insert(event.at);
        }
        EventKind::Said { by, .. } => story.involved |= *by == Speaker::Assistant && story.first_words.is_some(),
        EventKind::TaskStarted { task, title, .. } => {
            open.push(story.runs.len());
            story.runs.push(Run {
                task: task.to_string(),
                title: title.clone(),
                outcome: None,
                blocks: Vec::new(),
            });
        }
        EventKind::BlockEntered { place, task } => {
            let named = open.iter().rev().find(|run| story.runs[**run].task == task.as_str());
            if let Some(run) = named.or(open.last()) {
                story.runs[*run].blocks.push(place.block.to_string());
            }
        }
        EventKind::TaskFinished { task, outcome, .. } => {
            if let Some(at) = open.iter().rposition(|run| story.runs[*run].task == task.as_str()) {
                story.runs[open.remove(at)].outcome = Some(*outcome);
            }
        }
        EventKind::TagsUpdated { added, removed } => {
            story.tags.retain(|tag| !removed.contains(tag));
            story.tags.extend(added.iter().cloned());
        }
        EventKind::RatingGiven { rating } => story.rating = Some(*rating),
        EventKind::ResolutionChanged { state } => {
            let solved = [Resolution::SoftResolution, Resolution::HardResolution];
            story.solved = match (solved.contains(state), story.solved) {
                (true, Some(since)) => Some(since),
                (true, None) => Some(event.at),
                (false, _) => None,
            };
            story.state = Some(*state);
        }
        EventKind::HandedOff { reason, .. } => story.hand_off = Some((reason.kind(), reason.detail().to_owned())),
        kind => called(story, open.last().copied(), kind),
    }
    story.problems.extend(problem(&event.kind));
}

fn called(story: &mut Story, run: Option<usize>, kind: &EventKind) {
    let call = |effect: &str, action: &ActionId, name: &str, end| Call {
        effect: effect.to_owned(),
        run,
        action: action.to_string(),
        name: name.to_owned(),
        end,
    };
    let (effect, end) = match kind {
        EventKind::ActionStarted {
            effect, action, name, ..
        } => return story.calls.push(call(effect.as_str(), action, name, End::Out)),
        EventKind::ActionBlocked { action, name, .. } => return story.calls.push(call("", action, name, End::Held)),
        EventKind::ActionSucceeded { effect, ms, .. } => (effect, End::Worked(*ms)),
        EventKind::ActionFailed {
            effect,
            failure: FailureCause::NotFound,
            ms,
            ..
        } => (effect, End::Nothing(*ms)),
        EventKind::ActionFailed { effect, failure, .. } => (effect, End::Failed(cause(Some(failure)))),
        EventKind::ActionUnresolved { effect, failure, .. } => (effect, End::Unresolved(cause(failure.as_ref()))),
        _ => return,
    };
    if let Some(call) = story.calls.iter_mut().find(|call| call.effect == effect.as_str()) {
        call.end = end;
    }
}

fn cause(failure: Option<&FailureCause>) -> String {
    match failure {
        Some(FailureCause::Timeout) => "timeout".to_owned(),
        Some(FailureCause::Status { status }) => format!("status {status}"),
        other => panic!("no such failure is made: {other:?}"),
    }
}

fn problem(kind: &EventKind) -> Option<&'static str> {
    match kind {
        EventKind::ActionFailed { failure, .. } if *failure != FailureCause::NotFound => Some("action_failed"),
        EventKind::ActionUnresolved { .. } => Some("action_unresolved"),
        EventKind::ActionBlocked { .. } => Some("blocked"),
        EventKind::Faulted { .. } => Some("faulted"),
        EventKind::NotUnderstood { .. } => Some("not_understood"),
        _ => None,
    }
}

/// The report over these stories.
pub(crate) fn report(stories: &[&Story], every: Every, by: BreakDown, zone: &TimeZone) -> Report {
    Report {
        total: figures(stories, None),
        over_time: parts(stories, |story| vec![Some(stretch(story.began, every, zone))], false),
        groups: parts(stories, |story| keys(story, by), by == BreakDown::Task),
        hand_offs: hand_offs(stories),
        tasks: tasks(stories),
        actions: actions(stories),
    }
}

fn stretch(began: i64, every: Every, zone: &TimeZone) -> String {
    let day = Timestamp::from_millisecond(began)
        .unwrap()
        .to_zoned(zone.clone())
        .date();
    let first = match every {
        Every::Day => day,
        Every::Week => day - i64::from(day.weekday().to_monday_zero_offset()).days(),
        Every::Month => day.first_of_month(),
    };
    first.to_string()
}

fn keys(story: &Story, by: BreakDown) -> Vec<Option<String>> {
    let keys: BTreeSet<String> = match by {
        BreakDown::Task => story.runs.iter().map(|run| run.task.clone()).collect(),
        BreakDown::Tag => story.tags.clone(),
        BreakDown::State => BTreeSet::from([state(story).to_owned()]),
    };
    if keys.is_empty() {
        return vec![None];
    }
    keys.into_iter().map(Some).collect()
}

pub(crate) fn state(story: &Story) -> &'static str {
    match story.state {
        None => "not_answered",
        Some(Resolution::SoftResolution) => "soft_resolution",
        Some(Resolution::HardResolution) => "hard_resolution",
        Some(Resolution::RoutedToTeam) => "routed_to_team",
        Some(Resolution::AbandonedNegativeFeedback) => "abandoned_negative_feedback",
    }
}

fn parts(stories: &[&Story], keys: impl Fn(&Story) -> Vec<Option<String>>, own: bool) -> Vec<Group> {
    let mut parts: BTreeMap<Option<String>, Vec<&Story>> = BTreeMap::new();
    for story in stories {
        for key in keys(story) {
            parts.entry(key).or_default().push(story);
        }
    }
    let title = |key: &Option<String>| {
        let key = key.as_ref()?;
        let mut runs = stories.iter().flat_map(|story| &story.runs);
        Some(runs.find(|run| run.task == *key)?.title.clone())
    };
    let group = |(key, members): (Option<String>, Vec<&Story>)| Group {
        name: title(&key).unwrap_or_default(),
        figures: figures(
            &members,
            key.as_deref().filter(|_| own).or(own.then_some("no task at all")),
        ),
        key,
    };
    parts.into_iter().map(group).collect()
}

/// The figures of some stories; of their runs and calls only those of one task where it is named.
fn figures(stories: &[&Story], task: Option<&str>) -> Figures {
    let own = |run: &Run| task.is_none_or(|task| run.task == task);
    let with = |state: Option<Resolution>| {
        let found = stories.iter().filter(|story| story.involved && story.state == state);
        found.count() as u64
    };
    let mut ratings = RatingCounts::default();
    for rating in stories.iter().filter_map(|story| story.rating) {
        ratings.given[usize::from(rating) - 1] += 1;
    }
    let times = stories.iter().filter(|story| story.involved);
    let times = times.filter_map(|story| Some(u64::try_from((story.solved? - story.first_words?).max(0)).unwrap()));
    let runs = stories.iter().flat_map(|story| &story.runs).filter(|run| own(run));
    let calls = stories.iter().flat_map(|story| {
        let of_task = |call: &&Call| task.is_none() || call.run.is_some_and(|run| own(&story.runs[run]));
        story.calls.iter().filter(of_task).collect::<Vec<_>>()
    });
    Figures {
        conversations: stories.len() as u64,
        involved: stories.iter().filter(|story| story.involved).count() as u64,
        states: StateCounts {
            confirmed: with(Some(Resolution::HardResolution)),
            assumed: with(Some(Resolution::SoftResolution)),
            passed: with(Some(Resolution::RoutedToTeam)),
            unhappy: with(Some(Resolution::AbandonedNegativeFeedback)),
            not_answered: with(None),
        },
        handed_off: stories.iter().filter(|story| story.hand_off.is_some()).count() as u64,
        ratings,
        time_to_resolution: durations(times.collect()),
        runs: outcomes(runs.map(|run| run.outcome)),
        calls: ends(calls.map(|call| &call.end)),
    }
}

fn durations(mut times: Vec<u64>) -> Durations {
    times.sort_unstable();
    let rank = |of_ten: usize| times.get((times.len() * of_ten).div_ceil(10).max(1) - 1).copied();
    Durations {
        count: times.len() as u64,
        median_ms: rank(5),
        p90_ms: rank(9),
    }
}

fn outcomes(ended: impl Iterator<Item = Option<Outcome>>) -> OutcomeCounts {
    let mut counts = OutcomeCounts::default();
    for outcome in ended {
        counts.started += 1;
        *match outcome {
            Some(Outcome::Done) => &mut counts.done,
            Some(Outcome::NotPossible) => &mut counts.not_possible,
            Some(Outcome::Cancelled) => &mut counts.cancelled,
            Some(Outcome::HandedOff) => &mut counts.handed_off,
            None => &mut counts.unfinished,
        } += 1;
    }
    counts
}

fn ends<'a>(ended: impl Iterator<Item = &'a End>) -> CallCounts {
    let mut counts = CallCounts::default();
    for end in ended {
        *match end {
            End::Out => &mut counts.pending,
            End::Worked(_) => &mut counts.succeeded,
            End::Nothing(_) => &mut counts.found_nothing,
            End::Failed(_) => &mut counts.failed,
            End::Unresolved(_) => &mut counts.unresolved,
            End::Held => &mut counts.held_back,
        } += 1;
        counts.made += u64::from(!matches!(end, End::Held));
    }
    counts
}

fn hand_offs(stories: &[&Story]) -> Vec<HandOffCount> {
    let mut counts: BTreeMap<(HandOffKind, String), u64> = BTreeMap::new();
    for reason in stories.iter().filter_map(|story| story.hand_off.clone()) {
        *counts.entry(reason).or_default() += 1;
    }
    let count = |((kind, detail), conversations)| HandOffCount {
        kind,
        detail,
        conversations,
    };
    counts.into_iter().map(count).collect()
}

fn tasks(stories: &[&Story]) -> Vec<TaskFigures> {
    let mut tasks: BTreeMap<&str, Vec<(&str, &Run)>> = BTreeMap::new();
    for story in stories {
        for run in &story.runs {
            tasks.entry(&run.task).or_default().push((&story.id, run));
        }
    }
    let figures = |(task, runs): (&str, Vec<(&str, &Run)>)| {
        let conversations: BTreeSet<_> = runs.iter().map(|(id, _)| id).collect();
        TaskFigures {
            task: TaskId(task.to_owned()),
            title: runs[0].1.title.clone(),
            conversations: conversations.len() as u64,
            outcomes: outcomes(runs.iter().map(|(_, run)| run.outcome)),
            blocks: blocks(&runs.iter().map(|(_, run)| *run).collect::<Vec<_>>()),
        }
    };
    tasks.into_iter().map(figures).collect()
}

fn blocks(runs: &[&Run]) -> Vec<BlockFigures> {
    let names: BTreeSet<&String> = runs.iter().flat_map(|run| &run.blocks).collect();
    let figures = |block: &String| BlockFigures {
        block: BlockId(block.clone()),
        name: String::new(),
        reached: runs.iter().filter(|run| run.blocks.contains(block)).count() as u64,
        last: outcomes(
            runs.iter()
                .filter(|run| run.blocks.last() == Some(block))
                .map(|run| run.outcome),
        ),
    };
    names.into_iter().map(figures).collect()
}

fn actions(stories: &[&Story]) -> Vec<ActionFigures> {
    let mut actions: BTreeMap<&str, Vec<&Call>> = BTreeMap::new();
    for call in stories.iter().flat_map(|story| &story.calls) {
        actions.entry(&call.action).or_default().push(call);
    }
    let figures = |(action, calls): (&str, Vec<&Call>)| {
        let times = calls.iter().filter_map(|call| match call.end {
            End::Worked(ms) | End::Nothing(ms) => Some(ms),
            _ => None,
        });
        let mut failures: BTreeMap<String, u64> = BTreeMap::new();
        for call in &calls {
            if let End::Failed(cause) | End::Unresolved(cause) = &call.end {
                *failures.entry(cause.clone()).or_default() += 1;
            }
        }
        let failures = failures.into_iter();
        ActionFigures {
            action: ActionId(action.to_owned()),
            name: calls[0].name.clone(),
            took: durations(times.collect()),
            failures: failures.map(|(cause, calls)| FailureCount { cause, calls }).collect(),
            calls: ends(calls.iter().map(|call| &call.end)),
        }
    };
    actions.into_iter().map(figures).collect()
}
