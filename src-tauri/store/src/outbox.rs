//! What a customer's product is told: written with the events it projects, sent in order, kept until it has arrived.

use rusqlite::{Connection, OptionalExtension, Row};
use serde_json::Value;
use taskwright_domain::{Batch, ConversationId};

use crate::error::StoreError;
use crate::open::Store;
use crate::writer::Told;

/// Which of the things that are told.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OutgoingId {
    /// The conversation.
    pub conversation: ConversationId,
    /// The event it projects.
    pub seq: u64,
    /// Which of those that project the same event.
    pub part: u32,
}

/// How it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OutgoingState {
    /// It is still to be sent, or to be sent again.
    Waiting,
    /// It has arrived.
    Sent,
    /// It is not tried any more.
    GivenUp,
}

/// Something that is told.
#[derive(Debug, Clone, PartialEq)]
pub struct Outgoing {
    /// Which.
    pub id: OutgoingId,
    /// The product's id of the conversation.
    pub external: String,
    /// The type of what is told, with the fields that belong to that type.
    pub told: Value,
    /// When it came to be: UTC milliseconds since 1970, on the conversation's clock.
    pub made_at: i64,
    /// How it stands.
    pub state: OutgoingState,
    /// How often it was tried.
    pub attempts: u32,
    /// When it is tried next: UTC milliseconds since 1970.
    pub next_at: i64,
    /// When it came to stand so.
    pub changed_at: i64,
    /// What went wrong the last time.
    pub error: Option<String>,
}

/// How many are in the queue.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct QueueCounts {
    /// Still to be sent.
    pub waiting: u64,
    /// Of those, tried before.
    pub failing: u64,
    /// Not tried any more.
    pub given_up: u64,
}

/// A row joined with the name that the product has for the conversation.
const COLUMNS: &str = "SELECT o.conversation, o.seq, o.part, c.external, o.told, o.made_at, o.state, o.attempts, \
                       o.next_at, o.changed_at, o.error \
                       FROM outbox AS o JOIN channel_conversations AS c ON c.conversation = o.conversation";

impl Store {
    /// Conversations in which something is still to be told.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn conversations_to_tell(&self) -> Result<Vec<ConversationId>, StoreError> {
        self.read(|connection| {
            let sql = "SELECT DISTINCT conversation FROM outbox WHERE state = 'waiting'";
            let mut query = connection.prepare_cached(sql)?;
            let rows = query.query_map([], |row| Ok(ConversationId(row.get(0)?)))?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// What is to be told next in a conversation, in order.
    ///
    /// # Errors
    /// When a row cannot be read.
    pub fn to_tell(&self, conversation: &ConversationId, limit: u32) -> Result<Vec<Outgoing>, StoreError> {
        self.read(|connection| {
            let sql =
                format!("{COLUMNS} WHERE o.conversation = ?1 AND o.state = 'waiting' ORDER BY o.seq, o.part LIMIT ?2");
            let mut query = connection.prepare_cached(&sql)?;
            let rows = query.query_map(rusqlite::params![conversation.as_str(), limit], raw)?;
            rows.map(|row| row.map_err(StoreError::from).and_then(read)).collect()
        })
    }

    /// One of the things that are told.
    ///
    /// # Errors
    /// When the row cannot be read.
    pub fn outgoing(&self, id: &OutgoingId) -> Result<Option<Outgoing>, StoreError> {
        self.read(|connection| {
            let sql = format!("{COLUMNS} WHERE o.conversation = ?1 AND o.seq = ?2 AND o.part = ?3");
            let mut query = connection.prepare_cached(&sql)?;
            let found = query.query_row(rusqlite::params![id.conversation.as_str(), id.seq, id.part], raw);
            found.optional()?.map(read).transpose()
        })
    }

    /// The queue as people look at it: what is in one state, what changed last first.
    ///
    /// # Errors
    /// When a row cannot be read.
    pub fn queue(&self, state: OutgoingState, limit: u32) -> Result<Vec<Outgoing>, StoreError> {
        self.read(|connection| {
            let sql = format!("{COLUMNS} WHERE o.state = ?1 ORDER BY o.changed_at DESC, o.seq, o.part LIMIT ?2");
            let mut query = connection.prepare_cached(&sql)?;
            let rows = query.query_map(rusqlite::params![word(state), limit], raw)?;
            rows.map(|row| row.map_err(StoreError::from).and_then(read)).collect()
        })
    }

    /// How many are in the queue.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn queue_counts(&self) -> Result<QueueCounts, StoreError> {
        self.read(|connection| {
            let sql = "SELECT count(*) FILTER (WHERE state = 'waiting'), \
                       count(*) FILTER (WHERE state = 'waiting' AND attempts > 0), \
                       count(*) FILTER (WHERE state = 'given_up') FROM outbox WHERE state IN ('waiting', 'given_up')";
            let counts = connection.prepare_cached(sql)?.query_row([], |row| {
                Ok(QueueCounts {
                    waiting: row.get(0)?,
                    failing: row.get(1)?,
                    given_up: row.get(2)?,
                })
            });
            Ok(counts?)
        })
    }

    /// These have arrived. One that somebody asked for again meanwhile is still to be sent.
    ///
    /// # Errors
    /// When it cannot be saved.
    pub async fn set_told(&self, told: Vec<Outgoing>, at: i64) -> Result<(), StoreError> {
        self.write(move |connection| {
            let sql = "UPDATE outbox SET state = 'sent', attempts = attempts + 1, changed_at = ?5, error = NULL \
                       WHERE conversation = ?1 AND seq = ?2 AND part = ?3 AND made_at = ?4";
            let mut update = connection.prepare_cached(sql)?;
            for Outgoing { id, made_at, .. } in &told {
                update.execute(rusqlite::params![
                    id.conversation.as_str(),
                    id.seq,
                    id.part,
                    made_at,
                    at
                ])?;
            }
            Ok(((), Told::default()))
        })
        .await
    }

    /// This has not arrived: it is tried again, or given up; but for one that somebody asked for again meanwhile.
    ///
    /// # Errors
    /// When it cannot be saved.
    pub async fn set_not_told(
        &self,
        outgoing: &Outgoing,
        error: &str,
        again_at: Option<i64>,
        at: i64,
    ) -> Result<(), StoreError> {
        let (id, made_at, error) = (outgoing.id.clone(), outgoing.made_at, error.to_owned());
        self.write(move |connection| {
            let state = again_at.map_or(OutgoingState::GivenUp, |_| OutgoingState::Waiting);
            let sql = "UPDATE outbox SET state = ?4, attempts = attempts + 1, next_at = ?5, changed_at = ?6, error = ?7 \
                       WHERE conversation = ?1 AND seq = ?2 AND part = ?3 AND made_at = ?8";
            connection.prepare_cached(sql)?.execute(rusqlite::params![
                id.conversation.as_str(),
                id.seq,
                id.part,
                word(state),
                again_at.unwrap_or(at),
                at,
                error,
                made_at
            ])?;
            Ok(((), Told::default()))
        })
        .await
    }

    /// This is sent now, whatever became of it: its time to be tried begins anew, at an instant of its own, so that what
    /// comes of an earlier try is not taken for this one's.
    ///
    /// # Errors
    /// When it cannot be saved.
    pub async fn tell_again(&self, id: &OutgoingId, at: i64) -> Result<(), StoreError> {
        let id = id.clone();
        self.write(move |connection| {
            let sql = "UPDATE outbox SET state = 'waiting', next_at = ?4, made_at = max(?4, made_at + 1), \
                       changed_at = ?4 \
                       WHERE conversation = ?1 AND seq = ?2 AND part = ?3";
            let found = connection.prepare_cached(sql)?.execute(rusqlite::params![
                id.conversation.as_str(),
                id.seq,
                id.part,
                at
            ])?;
            if found == 0 {
                return Err(StoreError::unknown("such message in the queue"));
            }
            Ok(((), Told::default()))
        })
        .await
    }

    /// All that waits is tried at once, and not when its pause is over.
    ///
    /// # Errors
    /// When it cannot be saved.
    pub async fn tell_now(&self, at: i64) -> Result<(), StoreError> {
        self.write(move |connection| {
            connection.execute(
                "UPDATE outbox SET next_at = ?1 WHERE state = 'waiting' AND next_at > ?1",
                [at],
            )?;
            Ok(((), Told::default()))
        })
        .await
    }

    /// Forgets what arrived, or was given up, before an instant.
    ///
    /// # Errors
    /// When it cannot be saved.
    pub async fn forget_told(&self, before: i64) -> Result<(), StoreError> {
        self.write(move |connection| {
            let sql = "DELETE FROM outbox WHERE state <> 'waiting' AND changed_at < ?1";
            connection.prepare_cached(sql)?.execute([before])?;
            Ok(((), Told::default()))
        })
        .await
    }
}

/// Keeps what is told of a batch, where somebody is told: of previews and tests nobody is.
pub(crate) fn keep_outbox(
    connection: &Connection,
    conversation: &ConversationId,
    batch: &Batch,
) -> Result<(), StoreError> {
    if batch.outbox.is_empty() {
        return Ok(());
    }
    let sql = "INSERT INTO outbox (conversation, seq, part, told, made_at, state, attempts, next_at, changed_at) \
               SELECT conversation, ?2, ?3, ?4, ?5, 'waiting', 0, 0, ?5 FROM channel_conversations WHERE conversation = ?1";
    let mut insert = connection.prepare_cached(sql)?;
    for row in &batch.outbox {
        let at = batch.events.first().map_or(0, |event| event.at);
        let told = row.told.to_string();
        insert.execute(rusqlite::params![conversation.as_str(), row.seq, row.part, told, at])?;
    }
    Ok(())
}

/// A row before its JSON and its state are read.
struct Raw {
    row: Outgoing,
    told: String,
    state: String,
}

fn raw(row: &Row<'_>) -> rusqlite::Result<Raw> {
    let id = OutgoingId {
        conversation: ConversationId(row.get(0)?),
        seq: row.get(1)?,
        part: row.get(2)?,
    };
    Ok(Raw {
        row: Outgoing {
            id,
            external: row.get(3)?,
            told: Value::Null,
            made_at: row.get(5)?,
            state: OutgoingState::Waiting,
            attempts: row.get(7)?,
            next_at: row.get(8)?,
            changed_at: row.get(9)?,
            error: row.get(10)?,
        },
        told: row.get(4)?,
        state: row.get(6)?,
    })
}

fn read(raw: Raw) -> Result<Outgoing, StoreError> {
    let Raw { mut row, told, state } = raw;
    let key = format!("{} {} {}", row.id.conversation, row.id.seq, row.id.part);
    row.told = serde_json::from_str(&told).map_err(|error| StoreError::bad_row("outbox", &key, &error))?;
    row.state = match state.as_str() {
        "waiting" => OutgoingState::Waiting,
        "sent" => OutgoingState::Sent,
        "given_up" => OutgoingState::GivenUp,
        other => return Err(StoreError::bad_row("outbox", &key, &format!("\"{other}\" is no state"))),
    };
    Ok(row)
}

fn word(state: OutgoingState) -> &'static str {
    match state {
        OutgoingState::Waiting => "waiting",
        OutgoingState::Sent => "sent",
        OutgoingState::GivenUp => "given_up",
    }
}
