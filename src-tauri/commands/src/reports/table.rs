//! The tables of a report as CSV (RFC 4180). Only figures stand in them: no customer, no message, no value of an attribute.

use taskwright_domain::{BreakDown, CallCounts, Durations, Figures, Group, OutcomeCounts, Report};

use super::ReportTable;

/// A table with a good name for its file.
pub(super) fn csv(report: &Report, by: BreakDown, table: ReportTable) -> (String, String) {
    let (name, rows) = match table {
        ReportTable::OverTime => ("over-time", groups("From", &report.over_time, Some(&report.total))),
        ReportTable::BreakDown => match by {
            BreakDown::Task => ("by-task", groups("Task used", &report.groups, None)),
            BreakDown::Tag => ("by-tag", groups("Tag", &report.groups, None)),
            BreakDown::State => ("by-state", groups("State", &report.groups, None)),
        },
        ReportTable::HandOffs => ("passed-to-a-person", hand_offs(report)),
        ReportTable::Tasks => ("tasks", tasks(report)),
        ReportTable::Blocks => ("blocks", blocks(report)),
        ReportTable::Actions => ("actions", actions(report)),
    };
    let text = rows.iter().map(|row| line(row)).collect();
    (format!("taskwright-{name}.csv"), text)
}

type Rows = Vec<Vec<String>>;

fn line(row: &[String]) -> String {
    let cells: Vec<_> = row.iter().map(|cell| escaped(cell)).collect();
    format!("{}\r\n", cells.join(","))
}

/// A spreadsheet would calculate what begins like a formula.
fn escaped(cell: &str) -> String {
    let number = cell.parse::<f64>().is_ok();
    let guarded = if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && !number {
        format!("'{cell}")
    } else {
        cell.to_owned()
    };
    if guarded.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", guarded.replace('"', "\"\""))
    } else {
        guarded
    }
}

fn row(first: &str, rest: impl IntoIterator<Item = String>) -> Vec<String> {
    std::iter::once(first.to_owned()).chain(rest).collect()
}

fn titles(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

fn groups(what: &str, groups: &[Group], total: Option<&Figures>) -> Rows {
    let mut rows = vec![row(what, titles(&FIGURES))];
    rows.extend(total.map(|total| row("All", figures(total))));
    rows.extend(
        groups
            .iter()
            .map(|group| row(group_name(group), figures(&group.figures))),
    );
    rows
}

fn group_name(group: &Group) -> &str {
    match group.key.as_deref() {
        None => "None",
        Some(key) if group.name.is_empty() => key,
        Some(_) => &group.name,
    }
}

/// The names of what `figures` gives.
const FIGURES: [&str; 31] = [
    "Conversations",
    "Assistant involved",
    "Confirmed solved",
    "Assumed solved",
    "Passed to a person (state)",
    "Left unhappy",
    "Not answered",
    "Taken over by people",
    "Rated 1",
    "Rated 2",
    "Rated 3",
    "Rated 4",
    "Rated 5",
    "Solved with a time",
    "Median time to resolution (s)",
    "90% solved within (s)",
    "Task runs",
    "Runs done",
    "Runs not possible",
    "Runs cancelled",
    "Runs passed to a person",
    "Runs unfinished",
    "Calls made",
    "Calls answered",
    "Calls that found nothing",
    "Calls failed",
    "Calls unresolved",
    "Calls under way",
    "Calls held back by a rule",
    "Resolution rate (%)",
    "Confirmed resolution rate (%)",
];

fn figures(figures: &Figures) -> Vec<String> {
    let states = figures.states;
    let mut cells = numbers([
        figures.conversations,
        figures.involved,
        states.confirmed,
        states.assumed,
        states.passed,
        states.unhappy,
        states.not_answered,
        figures.handed_off,
    ]);
    cells.extend(numbers(figures.ratings.given));
    cells.extend(durations(figures.time_to_resolution, 1_000));
    cells.extend(outcomes(figures.runs));
    cells.extend(calls(figures.calls));
    cells.push(rate(states.confirmed + states.assumed, figures.involved));
    cells.push(rate(states.confirmed, figures.involved));
    cells
}

/// In hundredths, with one digit; empty where there is nothing to divide by.
fn rate(part: u64, all: u64) -> String {
    if all == 0 {
        return String::new();
    }
    let tenths = (part * 2_000 + all) / (all * 2);
    format!("{}.{}", tenths / 10, tenths % 10)
}

fn numbers<const N: usize>(numbers: [u64; N]) -> Vec<String> {
    numbers.iter().map(ToString::to_string).collect()
}

/// How many, the median and the ninth decile, in a unit of so many milliseconds.
fn durations(durations: Durations, unit: u64) -> Vec<String> {
    let time = |ms: Option<u64>| ms.map(|ms| (ms / unit).to_string()).unwrap_or_default();
    vec![
        durations.count.to_string(),
        time(durations.median_ms),
        time(durations.p90_ms),
    ]
}

fn outcomes(counts: OutcomeCounts) -> Vec<String> {
    numbers([
        counts.started,
        counts.done,
        counts.not_possible,
        counts.cancelled,
        counts.handed_off,
        counts.unfinished,
    ])
}

fn calls(counts: CallCounts) -> Vec<String> {
    numbers([
        counts.made,
        counts.succeeded,
        counts.found_nothing,
        counts.failed,
        counts.unresolved,
        counts.pending,
        counts.held_back,
    ])
}

fn hand_offs(report: &Report) -> Rows {
    let mut rows = vec![titles(&["Reason", "Which", "Conversations"])];
    for count in &report.hand_offs {
        let kind = serde_json::to_value(count.kind).unwrap_or_default();
        let kind = kind.as_str().unwrap_or_default().replace('_', " ");
        rows.push(vec![kind, count.detail.clone(), count.conversations.to_string()]);
    }
    rows
}

const OUTCOMES: [&str; 6] = [
    "Runs",
    "Done",
    "Not possible",
    "Cancelled",
    "Passed to a person",
    "Unfinished",
];

fn tasks(report: &Report) -> Rows {
    let mut rows = vec![row(
        "Task",
        titles(&["Conversations"]).into_iter().chain(titles(&OUTCOMES)),
    )];
    for task in &report.tasks {
        let cells = std::iter::once(task.conversations.to_string()).chain(outcomes(task.outcomes));
        rows.push(row(&task.title, cells));
    }
    rows
}

fn blocks(report: &Report) -> Rows {
    let last = [
        "Last block of runs",
        "Of these done",
        "Not possible",
        "Cancelled",
        "Passed to a person",
        "Unfinished",
    ];
    let mut rows = vec![row(
        "Task",
        titles(&["Block", "Runs that came to it"])
            .into_iter()
            .chain(titles(&last)),
    )];
    for task in &report.tasks {
        for block in &task.blocks {
            let name = if block.name.is_empty() {
                "A block that is gone"
            } else {
                &block.name
            };
            let cells = [name.to_owned(), block.reached.to_string()]
                .into_iter()
                .chain(outcomes(block.last));
            rows.push(row(&task.title, cells));
        }
    }
    rows
}

fn actions(report: &Report) -> Rows {
    let names = [
        "Calls made",
        "Answered",
        "Found nothing",
        "Failed",
        "Unresolved",
        "Under way",
        "Held back by a rule",
        "Answered with a time",
        "Median time (ms)",
        "90% answered within (ms)",
        "Failures",
    ];
    let mut rows = vec![row("Action", titles(&names))];
    for action in &report.actions {
        let failures: Vec<_> = action
            .failures
            .iter()
            .map(|failure| format!("{} {}", failure.calls, failure.cause.replace('_', " ")))
            .collect();
        let cells = calls(action.calls).into_iter().chain(durations(action.took, 1));
        rows.push(row(&action.name, cells.chain([failures.join("; ")])));
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_figures_has_a_cell_for_every_name() {
        assert_eq!(figures(&Figures::default()).len(), FIGURES.len());
    }

    #[test]
    fn a_title_becomes_neither_a_formula_nor_two_cells() {
        let cells = [
            "=HYPERLINK(\"http://x\")".to_owned(),
            "a, b".to_owned(),
            "-3".to_owned(),
        ];
        assert_eq!(line(&cells), "\"'=HYPERLINK(\"\"http://x\"\")\",\"a, b\",-3\r\n");
    }

    #[test]
    fn rates_are_rounded_and_nothing_is_divided_by_nothing() {
        assert_eq!(
            [rate(1, 3), rate(2, 3), rate(3, 3), rate(0, 0)],
            ["33.3", "66.7", "100.0", ""]
        );
    }
}
