//! What is known of a channel's customers over their conversations. It is written with the events that set it, given to
//! the next conversation of the same customer, and erased with them.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension};
use taskwright_domain::{
    Batch, ConversationId, ConversationPlace, CustomerId, EventKind, Known, LogEvent, OfCustomer, Source, Value,
};

use crate::error::StoreError;
use crate::open::Store;
use crate::seal::{SealedValues, fill, mentioned};

impl Store {
    /// What is known of a customer from the conversations so far, by attribute key, sensitive values joined in.
    ///
    /// # Errors
    /// When a row cannot be read.
    pub fn known_of(&self, customer: &CustomerId) -> Result<BTreeMap<String, Known>, StoreError> {
        self.read(|connection| {
            let sealed = sealed_of(connection, customer)?;
            let mut query =
                connection.prepare_cached("SELECT attribute, known FROM customer_values WHERE customer = ?1")?;
            let rows = query.query_map([customer.as_str()], |row| Ok((row.get(0)?, row.get(1)?)))?;
            rows.map(|row| {
                let (attribute, json): (String, String) = row?;
                let mut known: Known = serde_json::from_str(&json)
                    .map_err(|error| StoreError::bad_row("customer_values", &attribute, &error))?;
                fill(&mut known.value, &sealed);
                Ok((attribute, known))
            })
            .collect()
        })
    }
}

fn sealed_of(connection: &Connection, customer: &CustomerId) -> Result<SealedValues, StoreError> {
    let mut query = connection.prepare_cached("SELECT id, json FROM customer_sealed_values WHERE customer = ?1")?;
    let rows = query.query_map([customer.as_str()], |row| Ok((row.get(0)?, row.get(1)?)))?;
    rows.map(|row| {
        let (id, json): (String, String) = row?;
        let value =
            serde_json::from_str(&json).map_err(|error| StoreError::bad_row("customer_sealed_values", &id, &error))?;
        Ok((id, value))
    })
    .collect()
}

/// Keeps what these events set of the customer. A rehearsal, and another try of a conversation, write of nobody.
pub(crate) fn keep(connection: &Connection, conversation: &ConversationId, batch: &Batch) -> Result<(), StoreError> {
    if batch.place != Some(ConversationPlace::Channel) || !batch.events.iter().any(sets_of_customer) {
        return Ok(());
    }
    let sql = "SELECT r.customer FROM conversation_rows AS r JOIN conversations AS c ON c.id = r.conversation \
               WHERE r.conversation = ?1 AND c.parent IS NULL";
    let customer: Option<String> = connection
        .prepare_cached(sql)?
        .query_row([conversation.as_str()], |row| row.get(0))
        .optional()?;
    let Some(customer) = customer else { return Ok(()) };
    for event in &batch.events {
        let EventKind::AttributeSet {
            attribute,
            to,
            source,
            of_customer: Some(OfCustomer::Kept),
            ..
        } = &event.kind
        else {
            continue;
        };
        forget_value(connection, &customer, attribute)?;
        if let Some(value) = to.as_ref().filter(|value| !holds_a_file(value)) {
            keep_value(connection, &customer, attribute, (value, source), event.at)?;
        }
    }
    Ok(())
}

fn sets_of_customer(event: &LogEvent) -> bool {
    matches!(
        event.kind,
        EventKind::AttributeSet {
            of_customer: Some(OfCustomer::Kept),
            ..
        }
    )
}

/// A file belongs to the conversation it was sent in, and goes with it.
fn holds_a_file(value: &Value) -> bool {
    match value.plain() {
        Value::File(_) => true,
        Value::List(items) => items.iter().any(holds_a_file),
        Value::Object(fields) => fields.values().any(holds_a_file),
        _ => false,
    }
}

fn keep_value(
    connection: &Connection,
    customer: &str,
    attribute: &str,
    (value, source): (&Value, &Source),
    at: i64,
) -> Result<(), StoreError> {
    let known = Known {
        value: value.clone(),
        source: source.clone(),
    };
    let json =
        serde_json::to_string(&known).map_err(|error| StoreError::bad_row("customer_values", attribute, &error))?;
    connection
        .prepare_cached("INSERT INTO customer_values (customer, attribute, known, at) VALUES (?1, ?2, ?3, ?4)")?
        .execute(rusqlite::params![customer, attribute, json, at])?;
    // What was sealed now or before: the customer's own copy outlives the conversation.
    let sql = "INSERT OR REPLACE INTO customer_sealed_values (customer, attribute, id, json) \
               SELECT ?1, ?2, id, json FROM sealed_values WHERE id = ?3";
    let mut copy = connection.prepare_cached(sql)?;
    for id in mentioned(&json) {
        copy.execute([customer, attribute, id.as_str()])?;
    }
    Ok(())
}

fn forget_value(connection: &Connection, customer: &str, attribute: &str) -> Result<(), StoreError> {
    for table in ["customer_values", "customer_sealed_values"] {
        let sql = format!("DELETE FROM {table} WHERE customer = ?1 AND attribute = ?2");
        connection.prepare_cached(&sql)?.execute([customer, attribute])?;
    }
    Ok(())
}

/// Erases what is known of a customer. Whether there was anything.
pub(crate) fn forget_customer(connection: &Connection, customer: &str) -> Result<bool, StoreError> {
    let known = connection.execute("DELETE FROM customer_values WHERE customer = ?1", [customer])?;
    connection.execute("DELETE FROM customer_sealed_values WHERE customer = ?1", [customer])?;
    Ok(known > 0)
}

/// Erases what is known of customers whose last conversation is gone: nobody could find it any more.
pub(crate) fn forget_strangers(connection: &Connection) -> Result<bool, StoreError> {
    let gone = "customer NOT IN (SELECT customer FROM conversation_rows WHERE place = 'channel')";
    let known = connection.execute(&format!("DELETE FROM customer_values WHERE {gone}"), [])?;
    connection.execute(&format!("DELETE FROM customer_sealed_values WHERE {gone}"), [])?;
    Ok(known > 0)
}
