//! Where calls go, and with which secrets.

use std::collections::BTreeMap;
use std::fmt;

/// A confirmed live host with what is needed to call it. It belongs to a workspace and never travels with a task.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Connection {
    /// What every path is put behind, e.g. `https://api.example.com/v2`. Calls go to this origin only.
    pub base_url: String,
    /// By name; a template names one as `{secret.api_token}`. No input can take the place of one.
    pub secrets: BTreeMap<String, String>,
    /// Addresses of this machine and of private networks may be called.
    pub allow_private: bool,
}

impl fmt::Debug for Connection {
    /// Names the secrets, never tells them.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Connection")
            .field("base_url", &self.base_url)
            .field("secrets", &self.secrets.keys().collect::<Vec<_>>())
            .field("allow_private", &self.allow_private)
            .finish()
    }
}
