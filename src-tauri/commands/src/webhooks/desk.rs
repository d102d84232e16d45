//! The server for webhooks as this program sees it: how it is set, whether it is needed, and how it is. Who runs it listens
//! to what is wanted and reports back.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::{PoisonError, RwLock};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use taskwright_store::{Store, WebhookKey};
use tokio::sync::watch;
use ts_rs::TS;

use super::WebhookServerView;
use crate::app::read;
use crate::error::{CommandError, ErrorCode};

/// The port where nothing else was said.
const PORT: u16 = 4817;
/// How long a page waits for a server that is just being started.
const STARTING: Duration = Duration::from_millis(800);

/// How the server for webhooks is set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields, default)]
pub struct WebhookSettings {
    /// The port it listens on; a free one where 0.
    pub port: u16,
    /// Other computers of the network reach it; otherwise only this one.
    pub open_to_network: bool,
    /// How the outside reaches it, e.g. through a tunnel: `https://hooks.example.com`. None where it does not.
    pub public_url: Option<String>,
}

impl Default for WebhookSettings {
    fn default() -> Self {
        Self {
            port: PORT,
            open_to_network: false,
            public_url: None,
        }
    }
}

impl WebhookSettings {
    /// As they are kept: the public address without a slash at the end, none where empty.
    pub(crate) fn checked(mut self) -> Result<Self, CommandError> {
        let url = self.public_url.take().unwrap_or_default();
        let url = url.trim().trim_end_matches('/');
        if url.is_empty() {
            return Ok(self);
        }
        let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
        if rest.is_none_or(|rest| rest.is_empty() || rest.contains(|c: char| c.is_whitespace() || c == '?' || c == '#'))
        {
            let message = format!("\"{url}\" is no web address. Write it like https://hooks.example.com.");
            return Err(CommandError::bad_request(message).at("/settings/public_url"));
        }
        self.public_url = Some(url.to_owned());
        Ok(self)
    }
}

/// How the server for webhooks is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ServerState {
    /// Nothing needed it so far.
    #[default]
    Off,
    /// It is being started.
    Starting,
    /// It listens.
    Listening {
        /// There, e.g. `http://127.0.0.1:4817`.
        url: String,
    },
    /// It could not be started; it is tried again.
    Failed {
        /// Why, and how to mend it.
        why: String,
    },
}

/// That the server is needed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServerWanted {
    /// Where it shall listen.
    pub addr: SocketAddr,
    /// What needs it.
    pub why: String,
}

/// Where what is needed and what is meet.
pub struct WebhookDesk {
    key: WebhookKey,
    settings: RwLock<WebhookSettings>,
    /// The port of this start of the program, which counts more than the one that was set.
    port: RwLock<Option<u16>>,
    wanted: watch::Sender<Option<ServerWanted>>,
    state: watch::Sender<ServerState>,
}

impl WebhookDesk {
    pub(crate) fn new(store: &Store) -> Result<Self, CommandError> {
        let settings = serde_json::from_value(store.webhook_settings()?).map_err(|error| {
            let message =
                format!("The settings for webhooks cannot be read: {error}. Restore a backup of the workspace.");
            CommandError::new(ErrorCode::Damaged, message)
        })?;
        Ok(Self {
            key: store.webhook_key()?,
            settings: RwLock::new(settings),
            port: RwLock::default(),
            wanted: watch::Sender::default(),
            state: watch::Sender::default(),
        })
    }

    pub(crate) fn key(&self) -> &WebhookKey {
        &self.key
    }

    /// Listens on this port until the program ends, whatever was set; on a free one where 0.
    pub fn use_port(&self, port: u16) {
        *self.port.write().unwrap_or_else(PoisonError::into_inner) = Some(port);
        self.move_on();
    }

    pub(crate) fn set(&self, settings: WebhookSettings) {
        *self.settings.write().unwrap_or_else(PoisonError::into_inner) = settings;
        self.move_on();
    }

    /// The server is needed.
    pub(crate) fn want(&self, why: &str) {
        self.wanted.send_if_modified(|wanted| {
            let needed = wanted.is_none();
            if needed {
                let addr = self.addr();
                *wanted = Some(ServerWanted {
                    addr,
                    why: why.to_owned(),
                });
            }
            needed
        });
    }

    /// A server that is needed listens where it shall listen now.
    fn move_on(&self) {
        let addr = self.addr();
        self.wanted.send_if_modified(|wanted| match wanted {
            Some(wanted) if wanted.addr != addr => {
                wanted.addr = addr;
                true
            }
            _ => false,
        });
    }

    /// What is wanted, and whenever that changes.
    #[must_use]
    pub fn wanted(&self) -> watch::Receiver<Option<ServerWanted>> {
        self.wanted.subscribe()
    }

    /// How the server is now, told by whoever runs it.
    pub fn report(&self, state: ServerState) {
        self.state.send_replace(state);
    }

    /// Waits a moment for a server that is just being started.
    pub(crate) async fn settled(&self) {
        if self.wanted.receiver_count() == 0 {
            // Nobody starts any.
            return;
        }
        let mut state = self.state.subscribe();
        let there = state.wait_for(|state| matches!(state, ServerState::Listening { .. } | ServerState::Failed { .. }));
        // Who still starts then is told of by its state.
        let _ = tokio::time::timeout(STARTING, there).await;
    }

    /// What addresses begin with; none while the port is not known yet.
    pub(crate) fn base_url(&self) -> Option<String> {
        if let Some(url) = &read(&self.settings).public_url {
            return Some(url.clone());
        }
        if let ServerState::Listening { url } = &*self.state.borrow() {
            return Some(url.clone());
        }
        let port = self.addr().port();
        (port != 0).then(|| format!("http://{}:{port}", Ipv4Addr::LOCALHOST))
    }

    pub(crate) fn view(&self) -> WebhookServerView {
        let settings = read(&self.settings).clone();
        let base_url = self.base_url();
        let local_only = base_url.as_deref().is_none_or(is_local);
        WebhookServerView {
            settings,
            state: self.state.borrow().clone(),
            because: self.wanted.borrow().as_ref().map(|wanted| wanted.why.clone()),
            base_url,
            local_only,
        }
    }

    fn addr(&self) -> SocketAddr {
        let settings = read(&self.settings);
        let ip = if settings.open_to_network {
            Ipv4Addr::UNSPECIFIED
        } else {
            Ipv4Addr::LOCALHOST
        };
        let port = read(&self.port).unwrap_or(settings.port);
        SocketAddr::new(IpAddr::V4(ip), port)
    }
}

/// Whether only this computer reaches an address.
fn is_local(url: &str) -> bool {
    let host = url.split("://").nth(1).unwrap_or(url);
    let host = host.split(['/', ':']).next().unwrap_or(host);
    host == "localhost" || host.starts_with('[') || host.parse::<Ipv4Addr>().is_ok_and(|ip| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_server_is_wanted_from_the_first_need_on_and_moves_with_its_settings() {
        let desk = WebhookDesk::new(&Store::in_memory().unwrap()).unwrap();
        let wanted = desk.wanted();
        assert_eq!(*wanted.borrow(), None, "nothing listens before anything needs it");
        assert_eq!(desk.base_url().as_deref(), Some("http://127.0.0.1:4817"));
        desk.want("a wait");
        desk.want("another");
        let first = wanted.borrow().clone().unwrap();
        assert_eq!(
            (first.addr.to_string().as_str(), first.why.as_str()),
            ("127.0.0.1:4817", "a wait")
        );
        desk.set(WebhookSettings {
            port: 5000,
            open_to_network: true,
            public_url: None,
        });
        assert_eq!(wanted.borrow().clone().unwrap().addr.to_string(), "0.0.0.0:5000");
        desk.use_port(0);
        assert_eq!(desk.base_url(), None, "a free port is known once it listens");
        desk.report(ServerState::Listening {
            url: "http://127.0.0.1:6001".into(),
        });
        assert_eq!(desk.base_url().as_deref(), Some("http://127.0.0.1:6001"));
    }

    #[test]
    fn a_public_address_is_a_web_address() {
        let with = |url: &str| WebhookSettings {
            public_url: Some(url.to_owned()),
            ..WebhookSettings::default()
        };
        assert_eq!(
            with(" https://a.example/ ").checked().unwrap().public_url.unwrap(),
            "https://a.example"
        );
        assert_eq!(with("  ").checked().unwrap().public_url, None);
        assert_eq!(
            with("a.example").checked().unwrap_err().field.unwrap(),
            "/settings/public_url"
        );
    }

    #[test]
    fn people_are_told_what_only_their_computer_reaches() {
        for (url, local) in [
            ("http://127.0.0.1:4817", true),
            ("http://localhost:1", true),
            ("http://[::1]:1", true),
            ("https://hooks.example.com", false),
            ("http://192.168.1.5:4817", false),
        ] {
            assert_eq!(is_local(url), local, "{url}");
        }
    }
}
