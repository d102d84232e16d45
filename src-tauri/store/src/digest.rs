//! What lists and reports say of conversations, worked out of their logs event by event, in the transaction of the log.
//!
//! Everything here can be made again from the logs, and is when `MADE_BY` has grown.

use rusqlite::{CachedStatement, Connection, Params};
use serde::Serialize;
use taskwright_domain::{
    BlockId, ConversationProblem as Problem, ConversationStart, EffectId, EventKind, FailureCause, LogEvent,
    Resolution, Speaker, TaskId,
};

use crate::conversations::{every_id, whole_log};
use crate::error::StoreError;

/// Grows whenever the rows are worked out in another way.
const MADE_BY: u32 = 1;
/// Characters of a message that a row keeps.
const LONGEST_OPENING: usize = 500;

/// The tables, each with a column `conversation`.
const TABLES: [&str; 8] = [
    "conversation_rows",
    "conversation_tags",
    "conversation_problems",
    "conversation_files",
    "openings",
    "task_runs",
    "run_blocks",
    "action_calls",
];

type Done = Result<(), StoreError>;

/// Makes all rows again where this version works them out in another way than the one that wrote them.
pub(crate) fn renew(connection: &mut Connection) -> Done {
    let made_by: u32 = connection.query_row("SELECT made_by FROM digest", [], |row| row.get(0))?;
    if made_by == MADE_BY {
        return Ok(());
    }
    let all = connection.transaction()?;
    make_again(&all)?;
    all.execute("UPDATE digest SET made_by = ?1", [MADE_BY])?;
    all.commit()?;
    Ok(())
}

/// Works all rows out of the logs anew.
pub(crate) fn make_again(connection: &Connection) -> Done {
    for table in TABLES.iter().chain(&["hand_offs"]) {
        connection.execute(&format!("DELETE FROM {table}"), [])?;
    }
    for id in every_id(connection)? {
        // What cannot be read is told to whoever opens the conversation; it keeps nobody from the others.
        if let Ok(log) = whole_log(connection, &id) {
            take(connection, id.as_str(), &log)?;
        }
    }
    Ok(())
}

/// Takes the rows of a conversation out.
pub(crate) fn forget(connection: &Connection, conversation: &str) -> Done {
    for table in TABLES.iter().chain(&["hand_offs"]) {
        let sql = format!("DELETE FROM {table} WHERE conversation = ?1");
        connection.prepare_cached(&sql)?.execute([conversation])?;
    }
    Ok(())
}

/// Brings the rows of a conversation up to date with what was added to its log.
pub(crate) fn take(connection: &Connection, conversation: &str, events: &[LogEvent]) -> Done {
    let digest = Digest {
        connection,
        conversation,
    };
    for event in events {
        digest.event(event)?;
    }
    let Some(last) = events.last() else { return Ok(()) };
    digest.run(
        "UPDATE conversation_rows SET last_at = ?2 WHERE conversation = ?1",
        (conversation, last.at),
    )
}

struct Digest<'a> {
    connection: &'a Connection,
    conversation: &'a str,
}

impl Digest<'_> {
    fn event(&self, event: &LogEvent) -> Done {
        match &event.kind {
            EventKind::ConversationStarted { start } => self.started(event, start),
            EventKind::CustomerSaid { text, .. } => self.said(event, text),
            EventKind::OptionSelected { .. } | EventKind::AttributeCollected { .. } => self.wrote(event),
            EventKind::FileAttached { file, .. } => {
                let sql = "INSERT INTO conversation_files (conversation, file) VALUES (?1, ?2) ON CONFLICT DO NOTHING";
                self.run(sql, (self.conversation, file.as_str()))?;
                self.wrote(event)
            }
            EventKind::Said {
                by: Speaker::Assistant, ..
            } => self.involved(),
            EventKind::TaskConsidered { .. } => self.newest_opening("ranked"),
            EventKind::TaskStarted { task, title, .. } => self.task_started(event, task, title),
            EventKind::BlockEntered { place, task } => self.block_entered(task, &place.block),
            EventKind::TaskFinished { task, outcome, .. } => {
                let Some(run) = self.open_run(Some(task))? else {
                    return Ok(());
                };
                let sql = "UPDATE task_runs SET outcome = ?3, ended_by = ?4 WHERE conversation = ?1 AND seq = ?2";
                self.run(sql, (self.conversation, run, word(outcome), event.cause))
            }
            EventKind::Answered { .. } => self.newest_opening("taken"),
            EventKind::TagsUpdated { added, removed } => self.tagged(added, removed),
            EventKind::RatingGiven { rating } => {
                let sql = "UPDATE conversation_rows SET rating = ?2 WHERE conversation = ?1";
                self.run(sql, (self.conversation, rating))
            }
            EventKind::ResolutionChanged { state } => self.resolved(event, *state),
            EventKind::HandedOff { reason, team_name, .. } => {
                let sql = "INSERT INTO hand_offs (conversation, seq, cause, at, kind, detail, team) \
                           VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
                let (kind, detail) = (word(&reason.kind()), reason.detail());
                let values = (
                    self.conversation,
                    event.seq,
                    event.cause,
                    event.at,
                    kind,
                    detail,
                    team_name,
                );
                self.run(sql, values)
            }
            _ => {
                self.call(event)?;
                problem_of(&event.kind).map_or(Ok(()), |problem| self.problem(problem))
            }
        }
    }

    fn started(&self, event: &LogEvent, start: &ConversationStart) -> Done {
        let sql = "INSERT OR REPLACE INTO conversation_rows \
                   (conversation, place, started_at, last_at, customer, customer_name, customer_email) \
                   VALUES (?1, ?2, ?3, ?3, ?4, ?5, ?6)";
        let customer = &start.customer;
        let values = (
            self.conversation,
            word(&start.place),
            event.at,
            customer.id.as_str(),
            &customer.name,
            &customer.email,
        );
        self.run(sql, values)
    }

    fn said(&self, event: &LogEvent, text: &str) -> Done {
        let text: String = text.chars().take(LONGEST_OPENING).collect();
        let sql = "UPDATE conversation_rows SET opening = coalesce(opening, ?2) WHERE conversation = ?1";
        self.run(sql, (self.conversation, &text))?;
        self.wrote(event)?;
        if self.open_run(None)?.is_some() {
            return Ok(());
        }
        let sql = "INSERT INTO openings (conversation, seq, cause, at, text) VALUES (?1, ?2, ?3, ?4, ?5)";
        self.run(sql, (self.conversation, event.seq, event.cause, event.at, text))
    }

    fn wrote(&self, event: &LogEvent) -> Done {
        let sql = "UPDATE conversation_rows SET messages = messages + 1, said_at = coalesce(said_at, ?2) \
                   WHERE conversation = ?1";
        self.run(sql, (self.conversation, event.at))
    }

    /// What the assistant says before the customer wrote is a greeting.
    fn involved(&self) -> Done {
        let sql = "UPDATE conversation_rows SET involved = 1 WHERE conversation = ?1 AND involved = 0 AND messages > 0";
        self.run(sql, [self.conversation])
    }

    /// Marks what became of the newest message that began something.
    fn newest_opening(&self, column: &str) -> Done {
        let sql = format!(
            "UPDATE openings SET {column} = 1 WHERE conversation = ?1 \
             AND seq = (SELECT max(seq) FROM openings WHERE conversation = ?1)"
        );
        self.run(&sql, [self.conversation])
    }

    fn task_started(&self, event: &LogEvent, task: &TaskId, title: &str) -> Done {
        self.newest_opening("taken")?;
        let sql = "INSERT INTO task_runs (conversation, seq, task, title, started_at) VALUES (?1, ?2, ?3, ?4, ?5)";
        self.run(sql, (self.conversation, event.seq, task.as_str(), title, event.at))
    }

    /// A part that a task runs has no run of its own: its blocks belong to the run it is a part of. A workflow has none.
    fn block_entered(&self, task: &TaskId, block: &BlockId) -> Done {
        if task.workflow().is_some() {
            return Ok(());
        }
        let run = match self.open_run(Some(task))? {
            Some(run) => run,
            None => match self.open_run(None)? {
                Some(run) => run,
                None => return Ok(()),
            },
        };
        let sql = "INSERT INTO run_blocks (conversation, run, block) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING";
        self.run(sql, (self.conversation, run, block.as_str()))?;
        let sql = "UPDATE task_runs SET last_block = ?3 WHERE conversation = ?1 AND seq = ?2";
        self.run(sql, (self.conversation, run, block.as_str()))
    }

    /// The newest run that has not ended, of this task where one is named.
    fn open_run(&self, task: Option<&TaskId>) -> Result<Option<u64>, StoreError> {
        let sql = "SELECT max(seq) FROM task_runs WHERE conversation = ?1 AND outcome IS NULL \
                   AND (?2 IS NULL OR task = ?2)";
        let values = (self.conversation, task.map(TaskId::as_str));
        Ok(self.statement(sql)?.query_row(values, |row| row.get(0))?)
    }

    fn tagged(&self, added: &[String], removed: &[String]) -> Done {
        for tag in removed {
            let sql = "DELETE FROM conversation_tags WHERE conversation = ?1 AND tag = ?2";
            self.run(sql, (self.conversation, tag))?;
        }
        for tag in added {
            let sql = "INSERT INTO conversation_tags (conversation, tag) VALUES (?1, ?2) ON CONFLICT DO NOTHING";
            self.run(sql, (self.conversation, tag))?;
        }
        Ok(())
    }

    /// A solution counts from the answer that was the first of it, for as long as it is taken for solved.
    fn resolved(&self, event: &LogEvent, state: Resolution) -> Done {
        let solved = matches!(state, Resolution::SoftResolution | Resolution::HardResolution);
        let sql = "UPDATE conversation_rows SET state = ?2, \
                   solved_at = CASE WHEN ?3 THEN coalesce(solved_at, ?4) END WHERE conversation = ?1";
        self.run(sql, (self.conversation, word(&state), solved, event.at))
    }

    fn problem(&self, problem: Problem) -> Done {
        let sql = "INSERT INTO conversation_problems (conversation, problem) VALUES (?1, ?2) ON CONFLICT DO NOTHING";
        self.run(sql, (self.conversation, word(&problem)))
    }

    fn call(&self, event: &LogEvent) -> Done {
        match &event.kind {
            EventKind::ActionStarted {
                action, name, effect, ..
            } => {
                let sql = "INSERT INTO action_calls (conversation, call, run, action, name, at) \
                           VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO NOTHING";
                let run = self.open_run(None)?;
                let values = (self.conversation, effect.as_str(), run, action.as_str(), name, event.at);
                self.run(sql, values)
            }
            EventKind::ActionSucceeded { effect, ms, .. } => self.answered(effect, "succeeded", None, *ms),
            EventKind::ActionFailed {
                effect, failure, ms, ..
            } => {
                let outcome = match failure {
                    FailureCause::NotFound => "found_nothing",
                    _ => "failed",
                };
                self.answered(effect, outcome, Some(cause(failure)), *ms)
            }
            EventKind::ActionUnresolved {
                effect, failure, ms, ..
            } => self.answered(effect, "unresolved", failure.as_ref().map(cause), *ms),
            EventKind::ActionBlocked { action, name, rule, .. } => {
                let sql = "INSERT INTO action_calls (conversation, call, run, action, name, at, outcome, cause) \
                           VALUES (?1, ?2, ?3, ?4, ?5, ?6, 'held_back', ?7)";
                let (call, run) = (format!("held_{}", event.seq), self.open_run(None)?);
                let values = (self.conversation, call, run, action.as_str(), name, event.at, rule);
                self.run(sql, values)
            }
            _ => Ok(()),
        }
    }

    fn answered(&self, effect: &EffectId, outcome: &str, cause: Option<String>, ms: u64) -> Done {
        let sql = "UPDATE action_calls SET outcome = ?3, cause = ?4, ms = ?5 WHERE conversation = ?1 AND call = ?2";
        self.run(sql, (self.conversation, effect.as_str(), outcome, cause, ms))
    }

    fn run(&self, sql: &str, values: impl Params) -> Done {
        self.statement(sql)?.execute(values)?;
        Ok(())
    }

    fn statement(&self, sql: &str) -> Result<CachedStatement<'_>, StoreError> {
        Ok(self.connection.prepare_cached(sql)?)
    }
}

fn problem_of(kind: &EventKind) -> Option<Problem> {
    Some(match kind {
        EventKind::ActionFailed {
            failure: FailureCause::NotFound,
            ..
        } => return None,
        EventKind::ActionFailed { .. } => Problem::ActionFailed,
        EventKind::ActionUnresolved { .. } => Problem::ActionUnresolved,
        EventKind::ActionBlocked { .. } => Problem::Blocked,
        EventKind::CouldNotFollow { .. } => Problem::CouldNotFollow,
        EventKind::Faulted { .. } => Problem::Faulted,
        EventKind::NotUnderstood { .. } => Problem::NotUnderstood,
        EventKind::WaitExpired { .. } => Problem::WaitExpired,
        EventKind::WebhookRejected { .. } => Problem::CallRejected,
        _ => return None,
    })
}

/// The name of a cause, with the status where there is one; never what an answer held.
fn cause(failure: &FailureCause) -> String {
    match failure {
        FailureCause::Status { status } => format!("status {status}"),
        other => tag_of(other),
    }
}

/// The word a choice is written with.
pub(crate) fn word(choice: &impl Serialize) -> String {
    let json = serde_json::to_value(choice).unwrap_or_default();
    json.as_str().unwrap_or_default().to_owned()
}

fn tag_of(choice: &impl Serialize) -> String {
    let json = serde_json::to_value(choice).unwrap_or_default();
    json["type"].as_str().unwrap_or_default().to_owned()
}
