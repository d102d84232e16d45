//! Where actions' real calls go from this machine.

use rusqlite::OptionalExtension;
use serde_json::Value;
use taskwright_domain::ActionId;

use crate::error::StoreError;
use crate::open::Store;
use crate::writer::Told;

impl Store {
    /// The connection of an action.
    ///
    /// # Errors
    /// When the row cannot be read.
    pub fn connection(&self, action: &ActionId) -> Result<Option<Value>, StoreError> {
        self.read(|connection| {
            let mut query = connection.prepare_cached("SELECT json FROM connections WHERE action = ?1")?;
            let json: Option<String> = query.query_row([action.as_str()], |row| row.get(0)).optional()?;
            json.map(|json| serde_json::from_str(&json))
                .transpose()
                .map_err(|error| StoreError::bad_row("connections", action, &error))
        })
    }

    /// Sets the connection of an action, or takes it away.
    ///
    /// # Errors
    /// When it cannot be saved.
    pub async fn set_connection(&self, action: &ActionId, json: Option<Value>) -> Result<(), StoreError> {
        let action = action.clone();
        self.write(move |connection| {
            match &json {
                Some(json) => connection.execute(
                    "INSERT INTO connections (action, json) VALUES (?1, ?2) \
                     ON CONFLICT DO UPDATE SET json = excluded.json",
                    [action.as_str(), &json.to_string()],
                )?,
                None => connection.execute("DELETE FROM connections WHERE action = ?1", [action.as_str()])?,
            };
            Ok(((), Told::default()))
        })
        .await
    }
}
