//! The channel of a customer's product: its settings, its names for conversations, and the events of it that were taken.

use rusqlite::{Connection, ErrorCode, OptionalExtension};
use serde_json::Value;
use taskwright_domain::{ConversationId, TakenEvent};

use crate::error::StoreError;
use crate::open::Store;
use crate::writer::Told;

/// How the channel is set.
#[derive(Debug, Clone, PartialEq)]
pub struct ChannelRow {
    /// The settings, as they were set.
    pub settings: Value,
    /// The hash of the key; none where there is no key.
    pub key_hash: Option<Vec<u8>>,
}

/// A conversation that a product knows by a name of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownConversation {
    /// Ours.
    pub conversation: ConversationId,
    /// The product's.
    pub external: String,
    /// The product's id of the person who talks in it.
    pub contact: String,
}

/// An event that was taken, as it is remembered.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredEvent {
    /// The hash of what was sent.
    pub body: String,
    /// What it was answered.
    pub answer: Value,
}

impl Store {
    /// How the channel is set.
    ///
    /// # Errors
    /// When the row cannot be read.
    pub fn channel(&self) -> Result<ChannelRow, StoreError> {
        self.read(|connection| {
            let row: (String, Option<Vec<u8>>) =
                connection.query_row("SELECT settings, key_hash FROM channel", [], |row| {
                    Ok((row.get(0)?, row.get(1)?))
                })?;
            Ok(ChannelRow {
                settings: parse(&row.0, "channel", "1")?,
                key_hash: row.1,
            })
        })
    }

    /// Sets the channel; where `key_hash` is none, the key stays.
    ///
    /// # Errors
    /// When it cannot be saved.
    pub async fn set_channel(&self, settings: &Value, key_hash: Option<Vec<u8>>) -> Result<(), StoreError> {
        let json = settings.to_string();
        self.write(move |connection| {
            connection.execute(
                "UPDATE channel SET settings = ?1, key_hash = coalesce(?2, key_hash)",
                rusqlite::params![json, key_hash],
            )?;
            Ok(((), Told::default()))
        })
        .await
    }

    /// The conversation of a product's name for it.
    ///
    /// # Errors
    /// When the row cannot be read.
    pub fn conversation_named(&self, external: &str) -> Result<Option<KnownConversation>, StoreError> {
        self.read(|connection| {
            let sql = "SELECT conversation, external, contact FROM channel_conversations WHERE external = ?1";
            known(connection, sql, external)
        })
    }

    /// What a product calls a conversation; none where it is no conversation of the channel.
    ///
    /// # Errors
    /// When the row cannot be read.
    pub fn name_of(&self, conversation: &ConversationId) -> Result<Option<KnownConversation>, StoreError> {
        self.read(|connection| {
            let sql = "SELECT conversation, external, contact FROM channel_conversations WHERE conversation = ?1";
            known(connection, sql, conversation.as_str())
        })
    }

    /// The event of this id, if one was taken.
    ///
    /// # Errors
    /// When the row cannot be read.
    pub fn taken_event(&self, event: &str) -> Result<Option<StoredEvent>, StoreError> {
        self.read(|connection| {
            let mut query = connection.prepare_cached("SELECT body, answer FROM channel_events WHERE event = ?1")?;
            let row = query.query_row([event], |row| Ok((row.get(0)?, row.get(1)?)));
            let row: Option<(String, String)> = row.optional()?;
            row.map(|(body, answer)| {
                Ok(StoredEvent {
                    body,
                    answer: parse(&answer, "channel_events", event)?,
                })
            })
            .transpose()
        })
    }

    /// Remembers an event that led to nothing more.
    ///
    /// # Errors
    /// When it cannot be saved.
    pub async fn remember_event(&self, conversation: &ConversationId, taken: TakenEvent) -> Result<(), StoreError> {
        let conversation = conversation.clone();
        self.write(move |connection| {
            keep_taken(connection, &conversation, &taken)?;
            Ok(((), Told::default()))
        })
        .await
    }
}

fn known(connection: &Connection, sql: &str, id: &str) -> Result<Option<KnownConversation>, StoreError> {
    let mut query = connection.prepare_cached(sql)?;
    let found = query.query_row([id], |row| {
        Ok(KnownConversation {
            conversation: ConversationId(row.get(0)?),
            external: row.get(1)?,
            contact: row.get(2)?,
        })
    });
    Ok(found.optional()?)
}

/// Keeps an event that is taken, and the name of the conversation that begins with it.
pub(crate) fn keep_taken(
    connection: &Connection,
    conversation: &ConversationId,
    taken: &TakenEvent,
) -> Result<(), StoreError> {
    if let Some(opens) = &taken.opens {
        let sql = "INSERT INTO channel_conversations (conversation, external, contact) VALUES (?1, ?2, ?3)";
        let done =
            connection
                .prepare_cached(sql)?
                .execute(rusqlite::params![conversation.as_str(), opens.id, opens.contact]);
        once(done, "This conversation")?;
    }
    let sql = "INSERT INTO channel_events (event, conversation, body, answer, at) VALUES (?1, ?2, ?3, ?4, ?5)";
    let done = connection.prepare_cached(sql)?.execute(rusqlite::params![
        taken.event,
        conversation.as_str(),
        taken.body,
        taken.answer.to_string(),
        taken.at
    ]);
    once(done, "This event")
}

/// Whoever comes second is told so; nothing of theirs is written.
fn once(done: rusqlite::Result<usize>, what: &str) -> Result<(), StoreError> {
    match done {
        Ok(_) => Ok(()),
        Err(error) if error.sqlite_error_code() == Some(ErrorCode::ConstraintViolation) => {
            Err(StoreError::Taken { what: what.to_owned() })
        }
        Err(error) => Err(error.into()),
    }
}

/// Takes out what a product knows of a conversation, and what it was still to be told.
pub(crate) fn forget_channel(connection: &Connection, conversation: &str) -> Result<(), StoreError> {
    for table in ["outbox", "channel_events", "channel_conversations"] {
        connection.execute(&format!("DELETE FROM {table} WHERE conversation = ?1"), [conversation])?;
    }
    Ok(())
}

fn parse(json: &str, table: &'static str, row: &str) -> Result<Value, StoreError> {
    serde_json::from_str(json).map_err(|error| StoreError::bad_row(table, row, &error))
}
