//! The names of secrets and what is known of them, and what holds for an environment. No value of a secret is stored.

use rusqlite::OptionalExtension;
use serde_json::Value;
use taskwright_domain::{Environment, SecretName};

use crate::error::StoreError;
use crate::open::Store;
use crate::writer::Told;

impl Store {
    /// The secrets of an environment by name, with what is known of each.
    ///
    /// # Errors
    /// When a row cannot be read.
    pub fn secrets(&self, environment: Environment) -> Result<Vec<(SecretName, Value)>, StoreError> {
        self.read(|connection| {
            let mut query =
                connection.prepare_cached("SELECT name, json FROM secrets WHERE environment = ?1 ORDER BY name")?;
            let rows = query.query_map([environment.key()], |row| Ok((row.get(0)?, row.get(1)?)))?;
            let rows: Vec<(String, String)> = rows.collect::<Result<_, _>>()?;
            let rows = rows.into_iter().map(|(name, json)| {
                let json =
                    serde_json::from_str(&json).map_err(|error| StoreError::bad_row("secrets", &name, &error))?;
                let named = SecretName::new(name.clone());
                let named = named.map_err(|error| StoreError::bad_row("secrets", &name, &error))?;
                Ok((named, json))
            });
            rows.collect()
        })
    }

    /// What is known of one secret.
    ///
    /// # Errors
    /// When the row cannot be read.
    pub fn secret(&self, environment: Environment, name: &SecretName) -> Result<Option<Value>, StoreError> {
        self.read(|connection| {
            let mut query =
                connection.prepare_cached("SELECT json FROM secrets WHERE environment = ?1 AND name = ?2")?;
            let json = query.query_row([environment.key(), name.as_str()], |row| row.get(0));
            let json: Option<String> = json.optional()?;
            json.map(|json| serde_json::from_str(&json))
                .transpose()
                .map_err(|error| StoreError::bad_row("secrets", name, &error))
        })
    }

    /// Writes down what is known of a secret, or forgets its name.
    ///
    /// # Errors
    /// When it cannot be saved.
    pub async fn set_secret(
        &self,
        environment: Environment,
        name: &SecretName,
        json: Option<Value>,
    ) -> Result<(), StoreError> {
        let name = name.clone();
        self.write(move |connection| {
            match &json {
                Some(json) => connection.execute(
                    "INSERT INTO secrets (environment, name, json) VALUES (?1, ?2, ?3) \
                     ON CONFLICT DO UPDATE SET json = excluded.json",
                    [environment.key(), name.as_str(), &json.to_string()],
                )?,
                None => connection.execute(
                    "DELETE FROM secrets WHERE environment = ?1 AND name = ?2",
                    [environment.key(), name.as_str()],
                )?,
            };
            Ok(((), Told::default()))
        })
        .await
    }

    /// Notes when a secret that is known was used last.
    ///
    /// # Errors
    /// When it cannot be saved.
    pub async fn note_secret_used(
        &self,
        environment: Environment,
        name: &SecretName,
        at: i64,
    ) -> Result<(), StoreError> {
        let name = name.clone();
        self.write(move |connection| {
            connection.execute(
                "UPDATE secrets SET json = json_set(json, '$.used_at', ?3) WHERE environment = ?1 AND name = ?2",
                rusqlite::params![environment.key(), name.as_str(), at],
            )?;
            Ok(((), Told::default()))
        })
        .await
    }

    /// What holds for an environment; none where nothing was said.
    ///
    /// # Errors
    /// When the row cannot be read.
    pub fn environment(&self, environment: Environment) -> Result<Option<Value>, StoreError> {
        self.read(|connection| {
            let mut query = connection.prepare_cached("SELECT json FROM environments WHERE environment = ?1")?;
            let json: Option<String> = query.query_row([environment.key()], |row| row.get(0)).optional()?;
            json.map(|json| serde_json::from_str(&json))
                .transpose()
                .map_err(|error| StoreError::bad_row("environments", environment.key(), &error))
        })
    }

    /// Says what holds for an environment.
    ///
    /// # Errors
    /// When it cannot be saved.
    pub async fn set_environment(&self, environment: Environment, json: Value) -> Result<(), StoreError> {
        self.write(move |connection| {
            connection.execute(
                "INSERT INTO environments (environment, json) VALUES (?1, ?2) \
                 ON CONFLICT DO UPDATE SET json = excluded.json",
                [environment.key(), &json.to_string()],
            )?;
            Ok(((), Told::default()))
        })
        .await
    }
}
