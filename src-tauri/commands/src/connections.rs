//! Connections: where an action's real calls go. They belong to this machine and never travel in a bundle.

use serde::{Deserialize, Serialize};
use taskwright_connect::is_inside;
use taskwright_domain::{ActionId, Environment};
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

/// Which addresses are inside our own network, said by the person who confirmed them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Inside {
    /// The test system's.
    #[serde(default)]
    pub test: bool,
    /// The live system's.
    #[serde(default)]
    pub live: bool,
}

/// What is kept of an action's connection.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Kept {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    test: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    live: Option<String>,
    /// None where the addresses were confirmed before anybody was asked: they count as allowed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    inside: Option<Inside>,
    /// An import changed how the action is called since somebody confirmed the addresses: until they are confirmed
    /// again nothing is sent there.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    doubtful: bool,
}

impl Kept {
    /// What is kept of an action; nothing where that cannot be read.
    pub(crate) fn of(store: &Store, action: &ActionId) -> Self {
        let stored = store.connection(action).ok().flatten();
        stored
            .and_then(|json| serde_json::from_value(json).ok())
            .unwrap_or_default()
    }

    /// The address in an environment, while nothing has cast a doubt on it.
    pub(crate) fn confirmed(&self, environment: Environment) -> Option<&str> {
        let address = match environment {
            Environment::Test => &self.test,
            Environment::Live => &self.live,
        };
        address.as_deref().filter(|_| !self.doubtful)
    }

    /// Whether the address may be one of this machine or of a private network.
    pub(crate) fn may_be_inside(&self, environment: Environment) -> bool {
        self.inside.is_none_or(|inside| match environment {
            Environment::Test => inside.test,
            Environment::Live => inside.live,
        })
    }
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
    /// Which of them somebody said to be inside our own network.
    pub inside: Inside,
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
    /// Which of them may be inside our own network; an address that is and is not named here is refused at
    /// `/inside/test` or `/inside/live`.
    #[serde(default)]
    #[ts(as = "Option<Inside>", optional)]
    pub inside: Inside,
}

impl App {
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
            let kept = Kept::of(self.store(), &action);
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
        let Kept {
            test,
            live,
            inside,
            doubtful,
        } = Kept::of(app.store(), &action.id);
        ConnectionRow {
            action: action.id.clone(),
            name: action.name.clone(),
            request: action.request.as_ref().map(|request| {
                let method = format!("{:?}", request.method).to_uppercase();
                format!("{method} {}", request.path.0)
            }),
            addresses: Addresses { test, live },
            inside: inside.unwrap_or_default(),
            doubtful,
        }
    });
    Ok(rows.collect())
}

pub(crate) async fn save_connections(app: &App, _origin: &str, args: SaveConnections) -> Result<Done, CommandError> {
    let test = confirmed(args.addresses.test, "/addresses/test")?;
    let live = confirmed(args.addresses.live, "/addresses/live")?;
    ask_about(test.as_deref(), args.inside.test, "/inside/test").await?;
    ask_about(live.as_deref(), args.inside.live, "/inside/live").await?;
    let inside = Inside {
        test: args.inside.test && test.is_some(),
        live: args.inside.live && live.is_some(),
    };
    let kept = (test.is_some() || live.is_some()).then_some(Kept {
        test,
        live,
        inside: Some(inside),
        doubtful: false,
    });
    let json = kept.as_ref().map(json_of).transpose()?;
    for action in &args.actions {
        app.store().set_connection(action, json.clone()).await?;
    }
    Ok(())
}

/// An address inside our own network wants a yes of its own: whoever writes actions could reach with it what nobody
/// from outside can.
async fn ask_about(address: Option<&str>, said: bool, field: &str) -> Result<(), CommandError> {
    let Some(address) = address.filter(|_| !said) else {
        return Ok(());
    };
    if !is_inside(address).await {
        return Ok(());
    }
    let message =
        format!("{address} is on this computer or inside your own network. Say so below if actions may call there.");
    Err(CommandError::bad_request(message).at(field))
}

/// An address as it is kept: without a slash at the end, none where empty.
pub(crate) fn confirmed(address: Option<String>, field: &str) -> Result<Option<String>, CommandError> {
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
    // What stands before an @ is a name and a password; those are secrets, and nothing repeats them.
    if rest.is_some_and(|rest| rest.split(['/', '?', '#']).next().unwrap_or_default().contains('@')) {
        let message = "An address holds no name and no password. Keep them as secrets and name those in the action.";
        return Err(CommandError::bad_request(message).at(field));
    }
    Ok(Some(address))
}
