//! Logs of conversations: append-only, with branches that share what came before.

use std::collections::HashSet;

use rusqlite::{Connection, OptionalExtension};
use taskwright_domain::{Batch, ConversationId, LogEvent, RunAddress, Standing};

use crate::announce::Announced;
use crate::channel::{forget_channel, keep_taken};
use crate::customers;
use crate::digest;
use crate::error::StoreError;
use crate::open::Store;
use crate::outbox::keep_outbox;
use crate::seal::{SealedValues, join, join_standing, mask, mentioned};
use crate::webhooks::{forget, keep_addresses, keep_answer};
use crate::writer::{Told, next_position};

/// A page of a log; sensitive values are masks.
#[derive(Debug, Clone, PartialEq)]
pub struct LogPage {
    /// The events, in order.
    pub events: Vec<LogEvent>,
    /// How many the log has.
    pub total: u64,
}

/// A conversation in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConversationRow {
    /// Its id.
    pub id: ConversationId,
    /// When it began: UTC milliseconds since 1970.
    pub started_at: i64,
    /// The number of its last event.
    pub seq: u64,
    /// The conversation it is another try of, and the last event they share.
    pub branched_from: Option<(ConversationId, u64)>,
}

/// Where a conversation begins that is another try of one.
#[derive(Debug, Clone, PartialEq)]
pub struct Branch {
    /// The other one.
    pub from: ConversationId,
    /// The last event they share.
    pub seq: u64,
    /// Where other systems call back into the runs they share.
    pub addresses: Vec<RunAddress>,
    /// How it stands.
    pub standing: Standing,
}

/// A stretch of a log, as one conversation's own rows hold it.
struct Stretch {
    conversation: String,
    after: u64,
    until: u64,
}

impl Store {
    /// Appends a batch after event `expected_seq`: events, sealed values and standing in one transaction. The first
    /// batch makes the conversation.
    ///
    /// # Errors
    /// `SeqConflict` when the log does not end at `expected_seq`.
    pub async fn commit(
        &self,
        conversation: &ConversationId,
        expected_seq: u64,
        batch: Batch,
    ) -> Result<(), StoreError> {
        let conversation = conversation.clone();
        let rows = rows_of(&batch.events)?;
        self.write(move |connection| {
            advance(connection, &conversation, expected_seq, &batch)?;
            let last = next_position(connection, rows.len())?;
            let first = last + 1 - rows.len() as u64;
            let mut insert = connection.prepare_cached(
                "INSERT INTO events (conversation, seq, position, v, json) VALUES (?1, ?2, ?3, ?4, ?5)",
            )?;
            for (position, (seq, v, json)) in (first..).zip(&rows) {
                insert.execute(rusqlite::params![conversation.as_str(), seq, position, v, json])?;
            }
            digest::take(connection, conversation.as_str(), &batch.events)?;
            let mut seal = connection.prepare_cached(
                "INSERT INTO sealed_values (id, conversation, json) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
            )?;
            for sealed in &batch.sealed {
                let values = rusqlite::params![sealed.id.as_str(), conversation.as_str(), sealed.json.to_string()];
                seal.execute(values)?;
            }
            customers::keep(connection, &conversation, &batch)?;
            keep_addresses(connection, &conversation, &batch.addresses)?;
            if let Some(answer) = &batch.answer {
                keep_answer(connection, answer)?;
            }
            if let Some(taken) = &batch.taken {
                keep_taken(connection, &conversation, taken)?;
            }
            keep_outbox(connection, &conversation, &batch)?;
            stand(connection, &conversation, &batch.standing)?;
            let events = Announced::Events {
                conversation: conversation.clone(),
                events: batch.events.iter().cloned().map(mask).collect(),
            };
            let told = Told {
                origin: String::new(),
                what: vec![(last, events)],
            };
            Ok(((), told))
        })
        .await
    }

    /// The whole log with sealed values joined in, and how the conversation stands.
    ///
    /// # Errors
    /// `Unknown` when there is no such conversation.
    pub fn load(&self, conversation: &ConversationId) -> Result<(Vec<LogEvent>, Standing), StoreError> {
        self.read(|connection| {
            last_seq(connection, conversation)?.ok_or_else(|| StoreError::unknown(conversation))?;
            let mut events = Vec::new();
            // A branch goes on with values that were sealed before it.
            let mut values = SealedValues::new();
            for stretch in stretches(connection, conversation)? {
                events.extend(events_in(connection, &stretch, 0, u32::MAX)?);
                sealed_values(connection, &stretch.conversation, &mut values)?;
            }
            let mut standing = standing(connection, conversation)?;
            events.iter_mut().for_each(|event| join(event, &values));
            join_standing(&mut standing, &values);
            Ok((events, standing))
        })
    }

    /// Begins a conversation that shares the first events of another one, without copying them.
    ///
    /// # Errors
    /// `Unknown` when there is no such conversation, or it has not so many events.
    pub async fn branch(&self, to: &ConversationId, branch: Branch, at: i64) -> Result<(), StoreError> {
        let to = to.clone();
        self.write(move |connection| {
            let Branch { from, seq, .. } = &branch;
            let end = last_seq(connection, from)?.ok_or_else(|| StoreError::unknown(from))?;
            if *seq == 0 || *seq > end {
                return Err(StoreError::unknown(format!("event {seq} of {from}")));
            }
            connection.execute(
                "INSERT INTO conversations (id, started_at, seq, parent, parent_seq) VALUES (?1, ?2, ?3, ?4, ?3)",
                rusqlite::params![to.as_str(), at, seq, from.as_str()],
            )?;
            keep_addresses(connection, &to, &branch.addresses)?;
            stand(connection, &to, &branch.standing)?;
            digest::take(connection, to.as_str(), &whole_log(connection, &to)?)?;
            Ok(((), Told::default()))
        })
        .await
    }

    /// Which conversation this one is another try of, and the last event they share.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn branched_from(&self, conversation: &ConversationId) -> Result<Option<(ConversationId, u64)>, StoreError> {
        self.read(|connection| {
            let sql = "SELECT parent, parent_seq FROM conversations WHERE id = ?1 AND parent IS NOT NULL";
            let mut query = connection.prepare_cached(sql)?;
            let found = query.query_row([conversation.as_str()], |row| {
                Ok((ConversationId(row.get(0)?), row.get(1)?))
            });
            Ok(found.optional()?)
        })
    }

    /// A page of a log from event `from` on. Sensitive values are masks.
    ///
    /// # Errors
    /// `Unknown` when there is no such conversation.
    pub fn log_page(&self, conversation: &ConversationId, from: u64, limit: u32) -> Result<LogPage, StoreError> {
        self.read(|connection| page(connection, conversation, limit, |_| from))
    }

    /// The last events of a log. Sensitive values are masks.
    ///
    /// # Errors
    /// `Unknown` when there is no such conversation.
    pub fn log_end(&self, conversation: &ConversationId, limit: u32) -> Result<LogPage, StoreError> {
        self.read(|connection| {
            page(connection, conversation, limit, |total| {
                total.saturating_sub(limit.into()) + 1
            })
        })
    }

    /// Conversations that wait for something other than their customer, and how they stand.
    ///
    /// # Errors
    /// When a row cannot be read.
    pub fn open_conversations(&self) -> Result<Vec<(ConversationId, Standing)>, StoreError> {
        self.read(|connection| {
            let mut query = connection.prepare_cached("SELECT conversation, standing FROM open_conversations")?;
            let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
            let all = rows.map(|row| {
                let (id, json): (String, String) = row?;
                let standing = parse_standing(&id, &json)?;
                Ok((ConversationId(id), standing))
            });
            all.filter(|found| found.as_ref().map_or(true, |(_, standing)| waits(standing)))
                .collect()
        })
    }

    /// How many conversations are not over, and how many of them wait for a webhook.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn count_open(&self) -> Result<(u64, u64), StoreError> {
        self.read(|connection| {
            let sql = "SELECT count(*), count(*) FILTER (WHERE json_array_length(standing, '$.waits') > 0) \
                       FROM open_conversations";
            let mut query = connection.prepare_cached(sql)?;
            Ok(query.query_row([], |row| Ok((row.get(0)?, row.get(1)?)))?)
        })
    }

    /// The latest conversations, newest first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn conversations(&self, limit: u32) -> Result<Vec<ConversationRow>, StoreError> {
        self.read(|connection| {
            let sql = "SELECT id, started_at, seq, parent, parent_seq FROM conversations WHERE deleted = 0 \
                       ORDER BY started_at DESC, id DESC LIMIT ?1";
            let mut query = connection.prepare_cached(sql)?;
            let rows = query.query_map([limit], |row| {
                let parent: Option<String> = row.get(3)?;
                let parent_seq: Option<u64> = row.get(4)?;
                Ok(ConversationRow {
                    id: ConversationId(row.get(0)?),
                    started_at: row.get(1)?,
                    seq: row.get(2)?,
                    branched_from: parent.map(ConversationId).zip(parent_seq),
                })
            })?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// Events that were committed after a position, oldest first.
    ///
    /// # Errors
    /// When a row cannot be read.
    pub fn events_after(
        &self,
        position: u64,
        only: Option<&ConversationId>,
        limit: u32,
    ) -> Result<Vec<(u64, ConversationId, LogEvent)>, StoreError> {
        self.read(|connection| {
            let sql = "SELECT position, conversation, json FROM events \
                       WHERE position > ?1 AND (?2 IS NULL OR conversation = ?2) ORDER BY position LIMIT ?3";
            let mut query = connection.prepare_cached(sql)?;
            let only = only.map(ConversationId::as_str);
            let rows = query.query_map(rusqlite::params![position, only, limit], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?))
            })?;
            rows.map(|row| {
                let (position, conversation, json): (u64, String, String) = row?;
                let event = parse_event(&conversation, &json)?;
                Ok((position, ConversationId(conversation), event))
            })
            .collect()
        })
    }

    /// Deletes a conversation with its sealed values. What another try shares stays until that is deleted too.
    ///
    /// # Errors
    /// When it cannot be saved.
    pub async fn delete_conversation(&self, conversation: &ConversationId) -> Result<(), StoreError> {
        let conversation = conversation.clone();
        self.write(move |connection| {
            delete(connection, conversation.as_str())?;
            Ok(((), Told::default()))
        })
        .await
    }
}

/// Takes a conversation out, with all that is known of it but what another try shares.
pub(crate) fn delete(connection: &Connection, id: &str) -> Result<(), StoreError> {
    connection.execute("DELETE FROM open_conversations WHERE conversation = ?1", [id])?;
    connection.execute("UPDATE conversations SET deleted = 1 WHERE id = ?1", [id])?;
    forget(connection, id)?;
    forget_channel(connection, id)?;
    digest::forget(connection, id)?;
    trim(connection, id)?;
    sweep(connection)
}

/// Every conversation that is not deleted.
pub(crate) fn every_id(connection: &Connection) -> Result<Vec<ConversationId>, StoreError> {
    let mut query = connection.prepare("SELECT id FROM conversations WHERE deleted = 0")?;
    let ids = query.query_map([], |row| row.get(0).map(ConversationId))?;
    Ok(ids.collect::<Result<_, _>>()?)
}

/// All events of a conversation, those it shares with another one included. Sensitive values are masks.
pub(crate) fn whole_log(connection: &Connection, conversation: &ConversationId) -> Result<Vec<LogEvent>, StoreError> {
    let mut events = Vec::new();
    for stretch in stretches(connection, conversation)? {
        events.extend(events_in(connection, &stretch, 0, u32::MAX)?);
    }
    Ok(events)
}

/// A page whose first event follows from how many there are.
fn page(
    connection: &Connection,
    conversation: &ConversationId,
    limit: u32,
    from: impl FnOnce(u64) -> u64,
) -> Result<LogPage, StoreError> {
    let total = last_seq(connection, conversation)?.ok_or_else(|| StoreError::unknown(conversation))?;
    let from = from(total);
    let mut events = Vec::new();
    for stretch in stretches(connection, conversation)? {
        let left = limit - u32::try_from(events.len()).unwrap_or(limit);
        if left > 0 && stretch.until >= from {
            events.extend(events_in(connection, &stretch, from.saturating_sub(1), left)?);
        }
    }
    Ok(LogPage { events, total })
}

type EventRow = (u64, u16, String);

fn rows_of(events: &[LogEvent]) -> Result<Vec<EventRow>, StoreError> {
    let row = |event: &LogEvent| {
        let json = serde_json::to_string(event).map_err(|error| StoreError::bad_row("events", event.seq, &error))?;
        Ok((event.seq, event.v, json))
    };
    events.iter().map(row).collect()
}

/// Moves the end of the log on, if it is where the writer thinks it is.
fn advance(
    connection: &Connection,
    conversation: &ConversationId,
    expected: u64,
    batch: &Batch,
) -> Result<(), StoreError> {
    let found = last_seq(connection, conversation)?.unwrap_or(0);
    if found == 0 && is_deleted(connection, conversation)? {
        return Err(StoreError::unknown(conversation));
    }
    let follows = batch
        .events
        .iter()
        .zip(expected + 1..)
        .all(|(event, seq)| event.seq == seq);
    if found != expected || !follows {
        return Err(StoreError::SeqConflict { expected, found });
    }
    let last = expected + batch.events.len() as u64;
    let at = batch.events.first().map_or(0, |event| event.at);
    connection
        .prepare_cached(
            "INSERT INTO conversations (id, started_at, seq) VALUES (?1, ?2, ?3) \
             ON CONFLICT DO UPDATE SET seq = excluded.seq",
        )?
        .execute(rusqlite::params![conversation.as_str(), at, last])?;
    Ok(())
}

fn stand(connection: &Connection, conversation: &ConversationId, standing: &Standing) -> Result<(), StoreError> {
    let id = conversation.as_str();
    if standing.ended {
        connection
            .prepare_cached("DELETE FROM open_conversations WHERE conversation = ?1")?
            .execute([id])?;
        return Ok(());
    }
    let json =
        serde_json::to_string(standing).map_err(|error| StoreError::bad_row("open_conversations", id, &error))?;
    connection
        .prepare_cached(
            "INSERT INTO open_conversations (conversation, standing) VALUES (?1, ?2) \
             ON CONFLICT DO UPDATE SET standing = excluded.standing",
        )?
        .execute([id, &json])?;
    Ok(())
}

fn standing(connection: &Connection, conversation: &ConversationId) -> Result<Standing, StoreError> {
    let mut query = connection.prepare_cached("SELECT standing FROM open_conversations WHERE conversation = ?1")?;
    let json: Option<String> = query.query_row([conversation.as_str()], |row| row.get(0)).optional()?;
    match json {
        Some(json) => parse_standing(conversation.as_str(), &json),
        None => Ok(Standing {
            ended: true,
            ..Standing::default()
        }),
    }
}

fn parse_standing(id: &str, json: &str) -> Result<Standing, StoreError> {
    serde_json::from_str(json).map_err(|error| StoreError::bad_row("open_conversations", id, &error))
}

fn last_seq(connection: &Connection, conversation: &ConversationId) -> Result<Option<u64>, StoreError> {
    let mut query = connection.prepare_cached("SELECT seq FROM conversations WHERE id = ?1 AND deleted = 0")?;
    Ok(query.query_row([conversation.as_str()], |row| row.get(0)).optional()?)
}

/// The stretches a log consists of, oldest first: its parents' up to where it branched off, then its own.
fn stretches(connection: &Connection, conversation: &ConversationId) -> Result<Vec<Stretch>, StoreError> {
    let mut query = connection.prepare_cached("SELECT seq, parent, parent_seq FROM conversations WHERE id = ?1")?;
    let mut found = Vec::new();
    let mut next = Some((conversation.to_string(), u64::MAX));
    while let Some((id, until)) = next {
        let row: Option<(u64, Option<String>, Option<u64>)> = query
            .query_row([&id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
            .optional()?;
        let (seq, parent, parent_seq) = row.ok_or_else(|| StoreError::unknown(&id))?;
        let (after, until) = (parent_seq.unwrap_or(0), until.min(seq));
        next = parent.map(|parent| (parent, after.min(until)));
        if until > after {
            found.push(Stretch {
                conversation: id,
                after,
                until,
            });
        }
    }
    found.reverse();
    Ok(found)
}

fn events_in(connection: &Connection, stretch: &Stretch, after: u64, limit: u32) -> Result<Vec<LogEvent>, StoreError> {
    let sql = "SELECT json FROM events WHERE conversation = ?1 AND seq > ?2 AND seq <= ?3 ORDER BY seq LIMIT ?4";
    let mut query = connection.prepare_cached(sql)?;
    let until = i64::try_from(stretch.until).unwrap_or(i64::MAX);
    let values = rusqlite::params![stretch.conversation, after.max(stretch.after), until, limit];
    let rows = query.query_map(values, |row| row.get::<_, String>(0))?;
    rows.map(|json| parse_event(&stretch.conversation, &json?)).collect()
}

fn parse_event(conversation: &str, json: &str) -> Result<LogEvent, StoreError> {
    serde_json::from_str(json).map_err(|error| StoreError::bad_row("events", conversation, &error))
}

fn sealed_values(connection: &Connection, conversation: &str, values: &mut SealedValues) -> Result<(), StoreError> {
    let mut query = connection.prepare_cached("SELECT id, json FROM sealed_values WHERE conversation = ?1")?;
    let rows = query.query_map([conversation], |row| Ok((row.get(0)?, row.get(1)?)))?;
    for row in rows {
        let (id, json): (String, String) = row?;
        let value = serde_json::from_str(&json).map_err(|error| StoreError::bad_row("sealed_values", &id, &error))?;
        values.insert(id, value);
    }
    Ok(())
}

/// Whether there is anything to do for it at a start-up.
fn waits(standing: &Standing) -> bool {
    !standing.pending.is_empty() || standing.timer.is_some() || !standing.waits.is_empty()
}

/// Whether only what its branches share is left of a conversation.
fn is_deleted(connection: &Connection, conversation: &ConversationId) -> Result<bool, StoreError> {
    let sql = "SELECT EXISTS (SELECT 1 FROM conversations WHERE id = ?1 AND deleted = 1)";
    Ok(connection
        .prepare_cached(sql)?
        .query_row([conversation.as_str()], |row| row.get(0))?)
}

/// Takes out what no branch shares of a deleted conversation: later events, and values that only those mention.
fn trim(connection: &Connection, id: &str) -> Result<(), StoreError> {
    let sql = "DELETE FROM events WHERE conversation = ?1 \
               AND seq > (SELECT coalesce(max(parent_seq), 0) FROM conversations WHERE parent = ?1)";
    connection.execute(sql, [id])?;
    let mut kept = HashSet::new();
    let mut query = connection.prepare("SELECT json FROM events WHERE conversation = ?1")?;
    for json in query.query_map([id], |row| row.get::<_, String>(0))? {
        kept.extend(mentioned(&json?));
    }
    let mut values = SealedValues::new();
    sealed_values(connection, id, &mut values)?;
    for value in values.keys().filter(|value| !kept.contains(*value)) {
        connection.execute("DELETE FROM sealed_values WHERE id = ?1", [value])?;
    }
    Ok(())
}

/// Takes out deleted conversations that no other one shares events of.
fn sweep(connection: &Connection) -> Result<(), StoreError> {
    loop {
        let sql = "SELECT id FROM conversations AS c WHERE deleted = 1 \
                   AND NOT EXISTS (SELECT 1 FROM conversations WHERE parent = c.id) LIMIT 1";
        let Some(id) = connection
            .query_row(sql, [], |row| row.get::<_, String>(0))
            .optional()?
        else {
            return Ok(());
        };
        connection.execute("DELETE FROM sealed_values WHERE conversation = ?1", [&id])?;
        connection.execute("DELETE FROM events WHERE conversation = ?1", [&id])?;
        connection.execute("DELETE FROM conversations WHERE id = ?1", [&id])?;
    }
}
