//! Where calls go, and with which secrets.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use reqwest::Url;

/// A confirmed host with what is needed to call it. It belongs to a workspace and never travels with a task.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Connection {
    /// What every path is put behind, e.g. `https://api.example.com/v2`. Calls go to this origin first.
    pub base_url: String,
    /// By name, whatever the case; a template names one as `{secret.api_token}`. No input can take the place of one.
    pub secrets: BTreeMap<String, Secret>,
    /// Hosts that may be called although they lie on this machine or in a private network: `shop.internal`,
    /// `10.1.2.3`, or with a port `localhost:4010`.
    pub allowed_hosts: BTreeSet<String>,
    /// The proxy that calls go through, e.g. `http://proxy.example.com:3128`; none is ever found out by itself.
    pub proxy: Option<String>,
}

/// A secret and where it may go.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Secret {
    /// What is sent.
    pub value: String,
    /// The origins it may be sent to, e.g. `https://api.example.com`; nowhere where there are none.
    pub origins: BTreeSet<String>,
}

impl Connection {
    /// A connection to an address that a person typed for this machine: its own host and port may be called wherever
    /// they lie.
    #[must_use]
    pub fn confirmed(base_url: impl Into<String>) -> Self {
        let base_url = base_url.into();
        let own = Url::parse(base_url.trim()).ok().and_then(|url| with_port(&url));
        Self {
            base_url,
            allowed_hosts: own.into_iter().collect(),
            ..Self::default()
        }
    }

    /// The secret of this name.
    pub(crate) fn secret(&self, name: &str) -> Option<&Secret> {
        let any_case = || self.secrets.iter().find(|(given, _)| given.eq_ignore_ascii_case(name));
        let found = self.secrets.get(name).or_else(|| any_case().map(|(_, secret)| secret));
        found.filter(|secret| !secret.value.is_empty())
    }

    /// Whether the host of this address may be called wherever it lies.
    pub(crate) fn allows(&self, url: &Url) -> bool {
        let Some(host) = url.host_str() else { return false };
        let with_port = with_port(url).unwrap_or_default();
        self.allowed_hosts.iter().any(|allowed| {
            let allowed = plain_host(allowed);
            allowed == plain_host(host) || allowed == plain_host(&with_port)
        })
    }
}

/// The origin of an address as secrets are bound to it: `https://api.example.com`, with the port where it is not the
/// usual one.
#[must_use]
pub fn origin_of(address: &str) -> Option<String> {
    let url = Url::parse(address.trim()).ok()?;
    let origin = url.origin();
    origin.is_tuple().then(|| origin.ascii_serialization())
}

impl Secret {
    /// A secret that may go to the origins of these addresses.
    #[must_use]
    pub fn bound_to<'a>(value: impl Into<String>, addresses: impl IntoIterator<Item = &'a str>) -> Self {
        Self {
            value: value.into(),
            origins: addresses.into_iter().filter_map(origin_of).collect(),
        }
    }

    /// Whether it may be sent to this origin.
    pub(crate) fn may_go_to(&self, origin: &str) -> bool {
        self.origins
            .iter()
            .any(|approved| origin_of(approved).is_some_and(|approved| approved == origin))
    }
}

fn with_port(url: &Url) -> Option<String> {
    Some(format!("{}:{}", url.host_str()?, url.port_or_known_default()?))
}

/// A host as it is compared: small letters, no dot at its end.
fn plain_host(host: &str) -> String {
    host.trim()
        .trim_end_matches('.')
        .replace(".:", ":")
        .to_ascii_lowercase()
}

impl fmt::Debug for Connection {
    /// Names the secrets, never tells them. A proxy may hold a password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Connection")
            .field("base_url", &self.base_url)
            .field("secrets", &self.secrets)
            .field("allowed_hosts", &self.allowed_hosts)
            .field("proxy", &self.proxy.is_some())
            .finish()
    }
}

impl fmt::Debug for Secret {
    /// Says where it may go, never what it is.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Secret")
            .field("origins", &self.origins)
            .finish_non_exhaustive()
    }
}
