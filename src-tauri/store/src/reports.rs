//! Figures over conversations, counted by SQL over what their logs say. All of a report is of one moment.

use std::collections::BTreeMap;

use rusqlite::{CachedStatement, Connection, Row};
use taskwright_domain::{
    ActionFigures, ActionId, BlockFigures, BlockId, BreakDown, CallCounts, Durations, Every, FailureCount, Figures,
    Group, HandOffCount, OutcomeCounts, RatingCounts, Report, StateCounts, TaskFigures, TaskId, Weekday,
};

use crate::error::StoreError;
use crate::inbox::{Chosen, FITS, Values, chosen_word};
use crate::open::Store;

/// What a report is asked for.
#[derive(Debug, Clone)]
pub struct ReportQuery {
    /// Over these conversations.
    pub chosen: Chosen,
    /// What figures over time are counted by.
    pub days: Days,
    /// What else they are broken down by.
    pub by: BreakDown,
}

/// How instants become days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Days {
    /// In such stretches.
    pub every: Every,
    /// The day a week starts on.
    pub first: Weekday,
    /// From which instant on the clock is how far ahead of UTC; both in milliseconds, the earliest first.
    pub offsets: Vec<(i64, i64)>,
}

impl Store {
    /// A report. Blocks have no names and no order yet.
    ///
    /// # Errors
    /// When a row cannot be read.
    pub fn report(&self, query: &ReportQuery) -> Result<Report, StoreError> {
        let values = Values::of(&query.chosen);
        self.read(|connection| {
            let chosen = Scratch::open(connection)?;
            let over = |parts: Parts| chosen.fill(&parts, &values);
            let all = over(Parts::All)?;
            let total = all.figures()?.into_values().next().unwrap_or_default();
            let titles = all.titles()?;
            let (hand_offs, tasks, actions) = (all.hand_offs()?, all.tasks()?, all.actions()?);
            let named = |(key, figures): (Option<String>, Figures)| {
                let name = key
                    .as_ref()
                    .and_then(|key| titles.get(key))
                    .cloned()
                    .unwrap_or_default();
                Group { key, name, figures }
            };
            let over_time = over(Parts::Time(&query.days))?
                .figures()?
                .into_iter()
                .map(named)
                .collect();
            let by = over(Parts::By(query.by))?.figures()?.into_iter().map(named).collect();
            Ok(Report {
                total,
                over_time,
                groups: groups(by),
                hand_offs,
                tasks,
                actions,
            })
        })
    }
}

/// What conversations are counted by.
enum Parts<'a> {
    All,
    Time(&'a Days),
    By(BreakDown),
}

/// The largest first; what has no task or tag last.
fn groups(mut groups: Vec<Group>) -> Vec<Group> {
    groups.sort_by_key(|group| (group.key.is_none(), std::cmp::Reverse(group.figures.conversations)));
    groups
}

/// A table of the reader's own for the conversations that are chosen: they are found once, and counted many times. It is
/// gone with what is read.
struct Scratch<'a>(&'a Connection);

impl<'a> Scratch<'a> {
    fn open(connection: &'a Connection) -> Result<Self, StoreError> {
        // Readers write nothing, but to what is theirs alone.
        connection.pragma_update(None, "query_only", false)?;
        let scratch = Self(connection);
        connection.execute_batch("CREATE TEMP TABLE chosen (conversation TEXT NOT NULL, part TEXT) STRICT")?;
        Ok(scratch)
    }

    /// Puts the chosen conversations there, each with the part it belongs to.
    fn fill(&self, parts: &Parts<'_>, values: &Values) -> Result<Over<'a>, StoreError> {
        self.0.execute("DELETE FROM temp.chosen", [])?;
        let sql = format!("INSERT INTO temp.chosen (conversation, part) {}", chosen(parts));
        self.0.prepare(&sql)?.execute(&values.named()[..])?;
        Ok(Over {
            connection: self.0,
            own_runs: matches!(parts, Parts::By(BreakDown::Task)),
        })
    }
}

impl Drop for Scratch<'_> {
    fn drop(&mut self) {
        // The table goes with the transaction. A reader that may still write is no worse than its handle.
        let _ = self.0.pragma_update(None, "query_only", true);
    }
}

/// The chosen conversations, each with the part it belongs to.
fn chosen(parts: &Parts<'_>) -> String {
    let rows = |part: &str, with: &str| {
        format!("SELECT DISTINCT r.conversation, {part} AS part FROM conversation_rows AS r {with} WHERE {FITS}")
    };
    match parts {
        Parts::All => rows("''", ""),
        Parts::Time(days) => rows(&day(days), ""),
        Parts::By(BreakDown::Task) => rows("t.task", "LEFT JOIN task_runs AS t USING (conversation)"),
        Parts::By(BreakDown::Tag) => rows("t.tag", "LEFT JOIN conversation_tags AS t USING (conversation)"),
        Parts::By(BreakDown::State) => rows("coalesce(r.state, 'not_answered')", ""),
    }
}

/// The first day of the stretch in which a conversation began, e.g. `2026-11-22`.
fn day(days: &Days) -> String {
    // Numbers of our own; the latest one that has begun counts.
    let offset = days
        .offsets
        .iter()
        .rev()
        .map(|(from, offset)| format!("WHEN r.started_at >= {from} THEN {offset} "))
        .collect::<String>();
    let offset = if offset.is_empty() {
        "0".to_owned()
    } else {
        format!("CASE {offset} ELSE 0 END")
    };
    let seconds = format!("(r.started_at + {offset}) / 1000, 'unixepoch'");
    match days.every {
        Every::Day => format!("date({seconds})"),
        Every::Week => {
            // SQLite counts weekdays from Sunday on.
            let first = (days.first as u8 + 1) % 7;
            format!("date({seconds}, printf('-%d days', (strftime('%w', {seconds}) - {first} + 7) % 7))")
        }
        Every::Month => format!("strftime('%Y-%m-01', {seconds})"),
    }
}

/// What is counted over the conversations that were chosen last.
struct Over<'a> {
    connection: &'a Connection,
    /// A part is a task, and its runs are those of that task.
    own_runs: bool,
}

/// How runs `t` ended, for `outcomes`.
const OUTCOMES: &str = "count(*), sum(t.outcome IS 'done'), sum(t.outcome IS 'not_possible'), \
                        sum(t.outcome IS 'cancelled'), sum(t.outcome IS 'handed_off'), sum(t.outcome IS NULL)";
/// What came of calls `a`, for `calls`.
const CALLS: &str = "sum(a.outcome IS NOT 'held_back'), sum(a.outcome IS 'succeeded'), \
                     sum(a.outcome IS 'found_nothing'), sum(a.outcome IS 'failed'), sum(a.outcome IS 'unresolved'), \
                     sum(a.outcome IS NULL), sum(a.outcome IS 'held_back')";

type Part = Option<String>;

impl Over<'_> {
    fn figures(&self) -> Result<BTreeMap<Part, Figures>, StoreError> {
        let mut all = self.conversations()?;
        let own = if self.own_runs { "AND t.task = c.part" } else { "" };
        let runs = format!(
            "SELECT c.part, {OUTCOMES} FROM temp.chosen AS c JOIN task_runs AS t ON t.conversation = c.conversation {own} \
             GROUP BY c.part"
        );
        self.each(&runs, |row| {
            all.entry(row.get(0)?).or_default().runs = outcomes(row, 1)?;
            Ok(())
        })?;
        let of_run = if self.own_runs {
            "JOIN task_runs AS t ON t.conversation = a.conversation AND t.seq = a.run AND t.task = c.part"
        } else {
            ""
        };
        let made = format!(
            "SELECT c.part, {CALLS} FROM temp.chosen AS c JOIN action_calls AS a ON a.conversation = c.conversation {of_run} \
             GROUP BY c.part"
        );
        self.each(&made, |row| {
            all.entry(row.get(0)?).or_default().calls = calls(row, 1)?;
            Ok(())
        })?;
        for (part, durations) in self.durations(
            "SELECT c.part AS part, max(r.solved_at - r.said_at, 0) AS ms FROM temp.chosen AS c \
             JOIN conversation_rows AS r ON r.conversation = c.conversation \
             WHERE r.involved AND r.solved_at IS NOT NULL AND r.said_at IS NOT NULL",
        )? {
            all.entry(part).or_default().time_to_resolution = durations;
        }
        Ok(all)
    }

    fn conversations(&self) -> Result<BTreeMap<Part, Figures>, StoreError> {
        let sql = "SELECT c.part, count(*), sum(r.involved), \
                   sum(r.involved AND r.state IS 'hard_resolution'), sum(r.involved AND r.state IS 'soft_resolution'), \
                   sum(r.involved AND r.state IS 'routed_to_team'), \
                   sum(r.involved AND r.state IS 'abandoned_negative_feedback'), sum(r.involved AND r.state IS NULL), \
                   sum(EXISTS (SELECT 1 FROM hand_offs AS h WHERE h.conversation = r.conversation)), \
                   sum(r.rating IS 1), sum(r.rating IS 2), sum(r.rating IS 3), sum(r.rating IS 4), sum(r.rating IS 5) \
                   FROM temp.chosen AS c JOIN conversation_rows AS r ON r.conversation = c.conversation GROUP BY c.part";
        let mut all = BTreeMap::new();
        self.each(sql, |row| {
            let figures = Figures {
                conversations: row.get(1)?,
                involved: row.get(2)?,
                states: StateCounts {
                    confirmed: row.get(3)?,
                    assumed: row.get(4)?,
                    passed: row.get(5)?,
                    unhappy: row.get(6)?,
                    not_answered: row.get(7)?,
                },
                handed_off: row.get(8)?,
                ratings: RatingCounts {
                    given: [row.get(9)?, row.get(10)?, row.get(11)?, row.get(12)?, row.get(13)?],
                },
                ..Figures::default()
            };
            all.insert(row.get(0)?, figures);
            Ok(())
        })?;
        Ok(all)
    }

    /// Median and ninth decile, by nearest rank, of rows of `part` and `ms`.
    fn durations(&self, rows: &str) -> Result<Vec<(Part, Durations)>, StoreError> {
        let sql = format!(
            "SELECT part, count(*), min(CASE WHEN place * 2 >= total THEN ms END), \
             min(CASE WHEN place * 10 >= total * 9 THEN ms END) \
             FROM (SELECT part, ms, row_number() OVER (PARTITION BY part ORDER BY ms) AS place, \
                   count(*) OVER (PARTITION BY part) AS total FROM ({rows})) GROUP BY part"
        );
        let mut all = Vec::new();
        self.each(&sql, |row| {
            let durations = Durations {
                count: row.get(1)?,
                median_ms: row.get(2)?,
                p90_ms: row.get(3)?,
            };
            all.push((row.get(0)?, durations));
            Ok(())
        })?;
        Ok(all)
    }

    fn titles(&self) -> Result<BTreeMap<String, String>, StoreError> {
        let sql = "SELECT t.task, max(t.started_at), t.title FROM temp.chosen AS c \
                   JOIN task_runs AS t ON t.conversation = c.conversation GROUP BY t.task";
        let mut titles = BTreeMap::new();
        self.each(sql, |row| {
            titles.insert(row.get(0)?, row.get(2)?);
            Ok(())
        })?;
        Ok(titles)
    }

    fn hand_offs(&self) -> Result<Vec<HandOffCount>, StoreError> {
        let sql = "SELECT h.kind, h.detail, count(DISTINCT h.conversation) AS often FROM temp.chosen AS c \
                   JOIN hand_offs AS h ON h.conversation = c.conversation GROUP BY h.kind, h.detail \
                   ORDER BY often DESC, h.kind, h.detail";
        let mut found = Vec::new();
        self.each(sql, |row| {
            found.push((row.get::<_, String>(0)?, row.get(1)?, row.get(2)?));
            Ok(())
        })?;
        let count = |(kind, detail, conversations): (String, String, u64)| {
            Ok(HandOffCount {
                kind: chosen_word("a hand-off", &kind)?,
                detail,
                conversations,
            })
        };
        found.into_iter().map(count).collect()
    }

    fn tasks(&self) -> Result<Vec<TaskFigures>, StoreError> {
        let sql = format!(
            "SELECT t.task, max(t.started_at), t.title, count(DISTINCT t.conversation), {OUTCOMES} FROM temp.chosen AS c \
             JOIN task_runs AS t ON t.conversation = c.conversation GROUP BY t.task ORDER BY count(*) DESC, t.task"
        );
        let mut blocks = self.blocks()?;
        let mut tasks = Vec::new();
        self.each(&sql, |row| {
            let task: String = row.get(0)?;
            tasks.push(TaskFigures {
                blocks: blocks.remove(&task).unwrap_or_default(),
                task: TaskId(task),
                title: row.get(2)?,
                conversations: row.get(3)?,
                outcomes: outcomes(row, 4)?,
            });
            Ok(())
        })?;
        Ok(tasks)
    }

    fn blocks(&self) -> Result<BTreeMap<String, Vec<BlockFigures>>, StoreError> {
        let reached = "SELECT t.task, b.block, count(*) FROM temp.chosen AS c \
                       JOIN run_blocks AS b ON b.conversation = c.conversation \
                       JOIN task_runs AS t ON t.conversation = b.conversation AND t.seq = b.run GROUP BY t.task, b.block";
        let mut tasks: BTreeMap<String, Vec<BlockFigures>> = BTreeMap::new();
        self.each(reached, |row| {
            tasks.entry(row.get(0)?).or_default().push(BlockFigures {
                block: BlockId(row.get(1)?),
                name: String::new(),
                reached: row.get(2)?,
                last: OutcomeCounts::default(),
            });
            Ok(())
        })?;
        let last = format!(
            "SELECT t.task, t.last_block, {OUTCOMES} FROM temp.chosen AS c \
             JOIN task_runs AS t ON t.conversation = c.conversation WHERE t.last_block IS NOT NULL \
             GROUP BY t.task, t.last_block"
        );
        self.each(&last, |row| {
            let (task, block): (String, String) = (row.get(0)?, row.get(1)?);
            let mut blocks = tasks.get_mut(&task).into_iter().flatten();
            if let Some(found) = blocks.find(|found| found.block.as_str() == block) {
                found.last = outcomes(row, 2)?;
            }
            Ok(())
        })?;
        Ok(tasks)
    }

    fn actions(&self) -> Result<Vec<ActionFigures>, StoreError> {
        let sql = format!(
            "SELECT a.action, max(a.at), a.name, {CALLS} FROM temp.chosen AS c \
             JOIN action_calls AS a ON a.conversation = c.conversation GROUP BY a.action \
             ORDER BY count(*) DESC, a.action"
        );
        let mut failures = self.failures()?;
        let took = self.durations(
            "SELECT a.action AS part, a.ms AS ms FROM temp.chosen AS c \
             JOIN action_calls AS a ON a.conversation = c.conversation \
             WHERE a.outcome IN ('succeeded', 'found_nothing')",
        )?;
        let took: BTreeMap<Part, Durations> = took.into_iter().collect();
        let mut actions = Vec::new();
        self.each(&sql, |row| {
            let action: String = row.get(0)?;
            actions.push(ActionFigures {
                name: row.get(2)?,
                calls: calls(row, 3)?,
                failures: failures.remove(&action).unwrap_or_default(),
                took: took.get(&Some(action.clone())).copied().unwrap_or_default(),
                action: ActionId(action),
            });
            Ok(())
        })?;
        Ok(actions)
    }

    fn failures(&self) -> Result<BTreeMap<String, Vec<FailureCount>>, StoreError> {
        let sql = "SELECT a.action, coalesce(a.cause, ''), count(*) AS often FROM temp.chosen AS c \
                   JOIN action_calls AS a ON a.conversation = c.conversation \
                   WHERE a.outcome IN ('failed', 'unresolved') GROUP BY a.action, a.cause ORDER BY often DESC, a.cause";
        let mut all: BTreeMap<String, Vec<FailureCount>> = BTreeMap::new();
        self.each(sql, |row| {
            all.entry(row.get(0)?).or_default().push(FailureCount {
                cause: row.get(1)?,
                calls: row.get(2)?,
            });
            Ok(())
        })?;
        Ok(all)
    }

    /// Does something with each row of a query over the chosen conversations.
    fn each(&self, sql: &str, mut with: impl FnMut(&Row<'_>) -> rusqlite::Result<()>) -> Result<(), StoreError> {
        let mut query: CachedStatement<'_> = self.connection.prepare_cached(sql)?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            with(row)?;
        }
        Ok(())
    }
}

fn outcomes(row: &Row<'_>, from: usize) -> rusqlite::Result<OutcomeCounts> {
    Ok(OutcomeCounts {
        started: row.get(from)?,
        done: row.get(from + 1)?,
        not_possible: row.get(from + 2)?,
        cancelled: row.get(from + 3)?,
        handed_off: row.get(from + 4)?,
        unfinished: row.get(from + 5)?,
    })
}

fn calls(row: &Row<'_>, from: usize) -> rusqlite::Result<CallCounts> {
    Ok(CallCounts {
        made: row.get(from)?,
        succeeded: row.get(from + 1)?,
        found_nothing: row.get(from + 2)?,
        failed: row.get(from + 3)?,
        unresolved: row.get(from + 4)?,
        pending: row.get(from + 5)?,
        held_back: row.get(from + 6)?,
    })
}
