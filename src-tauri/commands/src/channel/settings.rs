//! How the channel is set.

use serde::{Deserialize, Serialize};
use taskwright_connect::is_inside;
use taskwright_domain::CallMode;
use ts_rs::TS;

use crate::connections::confirmed;
use crate::error::CommandError;

/// How the channel is set, as it is stored. Of the key only a hash is kept, beside this.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct ChannelSettings {
    /// Events are taken and sent.
    pub(crate) on: bool,
    /// Where the product is told what happens.
    pub(crate) callback_url: Option<String>,
    /// That address lies on this computer or in a private network, and whoever set it saw so.
    pub(crate) callback_inside: bool,
    /// Where the actions of its conversations go.
    pub(crate) calls: CallMode,
    /// When the key was made: UTC milliseconds since 1970.
    pub(crate) key_made_at: Option<i64>,
    /// The last letters of the key, to tell one from another.
    pub(crate) key_ends_in: String,
    /// Which signing secret is used: another number, another secret.
    pub(crate) signing: u32,
    /// Why nothing is sent at present.
    pub(crate) paused: Option<Paused>,
}

/// Why nothing is sent at present, until somebody says so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Paused {
    /// Since when: UTC milliseconds since 1970.
    pub at: i64,
    /// Why.
    pub why: String,
}

impl Default for ChannelSettings {
    fn default() -> Self {
        Self {
            on: false,
            callback_url: None,
            callback_inside: false,
            calls: CallMode::Live,
            key_made_at: None,
            key_ends_in: String::new(),
            signing: 1,
            paused: None,
        }
    }
}

/// The address as it is kept, and whether it lies inside our own network.
pub(crate) async fn callback(url: Option<String>) -> Result<(Option<String>, bool), CommandError> {
    let url = confirmed(url, "/callback_url")?;
    let inside = match &url {
        Some(url) => is_inside(url).await,
        None => false,
    };
    Ok((url, inside))
}
