//! How other systems call back: the key of their addresses, the addresses of runs, and what callers were answered.

use rusqlite::{Connection, OptionalExtension};
use serde_json::Value;
use taskwright_domain::{CallbackAnswer, ConversationId, RunAddress};

use crate::error::StoreError;
use crate::open::Store;
use crate::writer::Told;

/// What the addresses of blocks are derived with. Made once, with the workspace.
#[derive(Clone)]
pub struct WebhookKey(pub Vec<u8>);

impl std::fmt::Debug for WebhookKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("WebhookKey")
    }
}

impl Store {
    /// The key that the addresses of blocks are derived with.
    ///
    /// # Errors
    /// When the row cannot be read.
    pub fn webhook_key(&self) -> Result<WebhookKey, StoreError> {
        self.read(|connection| {
            let key = connection.query_row("SELECT key FROM webhook_server", [], |row| row.get(0))?;
            Ok(WebhookKey(key))
        })
    }

    /// Where this machine listens, as it was set.
    ///
    /// # Errors
    /// When the row cannot be read.
    pub fn webhook_settings(&self) -> Result<Value, StoreError> {
        self.read(|connection| {
            let json: String = connection.query_row("SELECT settings FROM webhook_server", [], |row| row.get(0))?;
            parse(&json, "webhook_server", "1")
        })
    }

    /// Sets where this machine listens.
    ///
    /// # Errors
    /// When it cannot be saved.
    pub async fn set_webhook_settings(&self, settings: &Value) -> Result<(), StoreError> {
        let json = settings.to_string();
        self.write(move |connection| {
            connection.execute("UPDATE webhook_server SET settings = ?1", [&json])?;
            Ok(((), Told::default()))
        })
        .await
    }

    /// The run of an address: its conversation and the event it began with.
    ///
    /// # Errors
    /// When the row cannot be read.
    pub fn run_at(&self, token: &str) -> Result<Option<(ConversationId, u64)>, StoreError> {
        self.read(|connection| {
            let sql = "SELECT conversation, started FROM webhook_addresses WHERE token = ?1";
            let mut query = connection.prepare_cached(sql)?;
            let found = query.query_row([token], |row| Ok((ConversationId(row.get(0)?), row.get(1)?)));
            Ok(found.optional()?)
        })
    }

    /// What a caller with this key was answered at an address; without a key, what was answered to the call that was taken.
    ///
    /// # Errors
    /// When the row cannot be read.
    pub fn callback_answer(
        &self,
        conversation: &ConversationId,
        address: &str,
        key: &str,
    ) -> Result<Option<CallbackAnswer>, StoreError> {
        self.read(|connection| {
            let sql = "SELECT body, status, answer, at FROM webhook_answers \
                       WHERE conversation = ?1 AND address = ?2 AND key = ?3";
            let mut query = connection.prepare_cached(sql)?;
            let row: Option<(String, u16, String, i64)> = query
                .query_row([conversation.as_str(), address, key], |row| {
                    Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
                })
                .optional()?;
            row.map(|(body, status, answer, at)| {
                Ok(CallbackAnswer {
                    conversation: conversation.clone(),
                    address: address.to_owned(),
                    key: key.to_owned(),
                    body,
                    status,
                    answer: parse(&answer, "webhook_answers", address)?,
                    at,
                })
            })
            .transpose()
        })
    }

    /// Forgets what calls were answered before an instant that led to nothing: their keys have expired.
    ///
    /// # Errors
    /// When it cannot be saved.
    pub async fn forget_callback_answers(&self, before: i64) -> Result<(), StoreError> {
        self.write(move |connection| {
            connection.execute("DELETE FROM webhook_answers WHERE status <> 200 AND at < ?1", [before])?;
            Ok(((), Told::default()))
        })
        .await
    }

    /// Whether a call at this address was ever taken in the conversation.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn was_called(&self, conversation: &ConversationId, address: &str) -> Result<bool, StoreError> {
        self.read(|connection| {
            let sql = "SELECT EXISTS (SELECT 1 FROM webhook_answers \
                       WHERE conversation = ?1 AND address = ?2 AND status = 200)";
            let mut query = connection.prepare_cached(sql)?;
            Ok(query.query_row([conversation.as_str(), address], |row| row.get(0))?)
        })
    }
}

/// Keeps the addresses of runs that begin.
pub(crate) fn keep_addresses(
    connection: &Connection,
    conversation: &ConversationId,
    addresses: &[RunAddress],
) -> Result<(), StoreError> {
    for address in addresses {
        connection
            .prepare_cached("INSERT INTO webhook_addresses (token, conversation, started) VALUES (?1, ?2, ?3)")?
            .execute(rusqlite::params![address.token, conversation.as_str(), address.started])?;
    }
    Ok(())
}

/// Keeps what a caller is answered. A key that had expired begins anew.
pub(crate) fn keep_answer(connection: &Connection, answer: &CallbackAnswer) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "INSERT OR REPLACE INTO webhook_answers (conversation, address, key, body, status, answer, at) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute(rusqlite::params![
            answer.conversation.as_str(),
            answer.address,
            answer.key,
            answer.body,
            answer.status,
            answer.answer.to_string(),
            answer.at
        ])?;
    Ok(())
}

/// Takes out what is known of callers of a conversation.
pub(crate) fn forget(connection: &Connection, conversation: &str) -> Result<(), StoreError> {
    connection.execute("DELETE FROM webhook_addresses WHERE conversation = ?1", [conversation])?;
    connection.execute("DELETE FROM webhook_answers WHERE conversation = ?1", [conversation])?;
    Ok(())
}

fn parse(json: &str, table: &'static str, row: &str) -> Result<Value, StoreError> {
    serde_json::from_str(json).map_err(|error| StoreError::bad_row(table, row, &error))
}
