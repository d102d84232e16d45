//! Fetching a file from an address that somebody outside gave: only from the public internet, and only so much of it.

use std::collections::BTreeSet;
use std::time::Duration;

use reqwest::Url;
use taskwright_domain::FailureCause;
use tokio::time::timeout;

use crate::attempt::{cause_of, refused};
use crate::{Client, Connection};

impl Client {
    /// What lies at an address. Nothing that is allowed for actions is allowed here, and no redirect is followed.
    ///
    /// # Errors
    /// When it cannot be had, or is larger than `most` bytes.
    pub async fn fetch(&self, url: &str, most: usize, limit: Duration) -> Result<Vec<u8>, FailureCause> {
        let nowhere_else = Connection {
            base_url: url.to_owned(),
            allowed_hosts: BTreeSet::new(),
            ..Connection::default()
        };
        let fetched = timeout(limit, self.fetched(url, most, &nowhere_else)).await;
        fetched.unwrap_or(Err(FailureCause::Timeout))
    }

    async fn fetched(&self, url: &str, most: usize, connection: &Connection) -> Result<Vec<u8>, FailureCause> {
        let url = Url::parse(url.trim()).map_err(|_| refused("it is no address"))?;
        let way = self.http().way_to(&url, connection).await?;
        let mut response = way.get(url).send().await.map_err(|error| cause_of(&error))?;
        if !response.status().is_success() {
            return Err(FailureCause::Status {
                status: response.status().as_u16(),
            });
        }
        let mut bytes = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|error| cause_of(&error))? {
            if bytes.len() + chunk.len() > most {
                return Err(FailureCause::TooLarge);
            }
            bytes.extend_from_slice(&chunk);
        }
        Ok(bytes)
    }
}
