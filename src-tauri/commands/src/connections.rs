//! Connections: where an action's real calls go. They belong to this machine and never travel in a bundle.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use taskwright_connect::Connection;
use taskwright_domain::{ActionId, CallMode};
use taskwright_store::{DocumentKind, DocumentWrite, Store};
use ts_rs::TS;

use crate::app::{App, json_of};
use crate::error::CommandError;
use crate::list::{Done, Nothing};
use crate::snapshot::Snapshot;

/// The addresses of one action, by environment.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Addresses {
    /// The test system's base URL, e.g. `https://test.example.com/api`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub test: Option<String>,
    /// The live system's base URL. Calls there are real.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub live: Option<String>,
}

/// What is kept of an action's connection.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Kept {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    test: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    live: Option<String>,
    /// An import changed how the action is called since somebody confirmed the addresses: until they are confirmed
    /// again nothing is sent there.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    doubtful: bool,
}

/// An action and where its calls go.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ConnectionRow {
    /// The action.
    pub action: ActionId,
    /// Its name.
    pub name: String,
    /// Method and path, e.g. `GET /orders/{order_number}`; none while it has no request.
    pub request: Option<String>,
    /// Where its calls go.
    pub addresses: Addresses,
    /// An import changed its call: it answers with samples until its addresses are confirmed again.
    pub doubtful: bool,
}

/// Addresses confirmed for several actions at once.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SaveConnections {
    /// The actions.
    pub actions: Vec<ActionId>,
    /// Where their calls go; an empty address takes the connection away.
    pub addresses: Addresses,
}

/// Where an action's real calls go, if that was confirmed.
pub(crate) fn connection_of(store: &Store, action: &ActionId, calls: CallMode) -> Option<Connection> {
    let kept = kept(store, action);
    let base_url = match calls {
        _ if kept.doubtful => None,
        CallMode::Sample => None,
        CallMode::Test => kept.test,
        CallMode::Live => kept.live,
    };
    // The person typed this address into this machine's settings: its own host may be called.
    base_url.map(Connection::confirmed)
}

fn kept(store: &Store, action: &ActionId) -> Kept {
    let stored = store.connection(action).ok().flatten();
    stored
        .and_then(|json| serde_json::from_value(json).ok())
        .unwrap_or_default()
}

impl App {
    /// Actions whose live address was not confirmed on this machine: they answer with samples.
    pub(crate) fn unconfirmed(&self) -> Result<BTreeSet<ActionId>, CommandError> {
        let snapshot = self.snapshot();
        let ids = snapshot.content.actions.iter().map(|action| &action.id);
        let unconfirmed = ids.filter(|id| {
            let kept = kept(self.store(), id);
            kept.doubtful || kept.live.is_none()
        });
        Ok(unconfirmed.cloned().collect())
    }

    /// An import is about to change how these actions are called: whoever confirmed their addresses did so for other
    /// calls, so they are to be confirmed again. Done before the import, so that no call can slip in between.
    pub(crate) async fn doubt_connections(
        &self,
        snapshot: &Snapshot,
        writes: &[DocumentWrite],
    ) -> Result<(), CommandError> {
        for write in writes.iter().filter(|write| write.kind == DocumentKind::Action) {
            let action = ActionId(write.id.clone());
            let own = snapshot.content.actions.iter().find(|own| own.id == action);
            let request = own.and_then(|own| own.request.as_ref()).map(json_of).transpose()?;
            let same_call = write.json.get("request") == request.as_ref();
            let kept = kept(self.store(), &action);
            if same_call || kept == Kept::default() {
                continue;
            }
            let doubtful = Kept { doubtful: true, ..kept };
            self.store().set_connection(&action, Some(json_of(&doubtful)?)).await?;
        }
        Ok(())
    }
}

pub(crate) async fn list_connections(app: &App, _origin: &str, _: Nothing) -> Result<Vec<ConnectionRow>, CommandError> {
    let snapshot = app.snapshot();
    let rows = snapshot.content.actions.iter().map(|action| {
        let Kept { test, live, doubtful } = kept(app.store(), &action.id);
        ConnectionRow {
            action: action.id.clone(),
            name: action.name.clone(),
            request: action.request.as_ref().map(|request| {
                let method = format!("{:?}", request.method).to_uppercase();
                format!("{method} {}", request.path.0)
            }),
            addresses: Addresses { test, live },
            doubtful,
        }
    });
    Ok(rows.collect())
}

pub(crate) async fn save_connections(app: &App, _origin: &str, args: SaveConnections) -> Result<Done, CommandError> {
    let addresses = Addresses {
        test: confirmed(args.addresses.test, "/addresses/test")?,
        live: confirmed(args.addresses.live, "/addresses/live")?,
    };
    let json = (addresses != Addresses::default())
        .then(|| json_of(&addresses))
        .transpose()?;
    for action in &args.actions {
        app.store().set_connection(action, json.clone()).await?;
    }
    Ok(())
}

/// An address as it is kept: without a slash at the end, none where empty.
fn confirmed(address: Option<String>, field: &str) -> Result<Option<String>, CommandError> {
    let Some(address) = address.map(|address| address.trim().trim_end_matches('/').to_owned()) else {
        return Ok(None);
    };
    if address.is_empty() {
        return Ok(None);
    }
    let rest = address
        .strip_prefix("https://")
        .or_else(|| address.strip_prefix("http://"));
    if rest.is_none_or(|rest| rest.is_empty() || rest.contains(char::is_whitespace)) {
        let message = format!("\"{address}\" is no web address. Write it like https://shop.example.com/api.");
        return Err(CommandError::bad_request(message).at(field));
    }
    Ok(Some(address))
}
