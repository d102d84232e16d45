//! Teams that take over conversations.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{OpeningHours, TeamId};

/// People a conversation is handed off to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct Team {
    /// Its id.
    pub id: TeamId,
    /// As people call it.
    pub name: String,
    /// What it is for.
    #[serde(default)]
    pub description: String,
    /// When someone is there; the workspace's hours where none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opening_hours: Option<OpeningHours>,
    /// Said to the customer at a hand-off in opening hours; standard words where empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub words_open: String,
    /// Said to the customer at a hand-off out of hours; standard words where empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub words_closed: String,
}
