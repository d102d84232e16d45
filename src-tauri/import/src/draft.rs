//! What an import gives.

use std::collections::BTreeMap;
use std::fmt;

use taskwright_domain::Action;

/// An action as it was read, with what does not belong into it.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// The action. Its id is a mark only: whoever keeps it gives it one of its own, and a key that is free.
    pub action: Action,
    /// What its path is put behind, e.g. `https://api.example.com/v2`; a person has to confirm it.
    pub base_url: Option<String>,
    /// The secrets it names.
    pub secrets: Vec<Secret>,
    /// By input key, the values of the example, to try it with.
    pub samples: BTreeMap<String, String>,
    /// What was not taken over and why, a sentence each.
    pub notes: Vec<String>,
}

/// A secret that a draft names.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret {
    /// As the action names it: `{secret.name}`.
    pub name: String,
    /// What it is for, e.g. "Bearer token".
    pub purpose: String,
    /// The value that was pasted, where there was one. It stands nowhere else.
    pub value: Option<String>,
}

impl fmt::Debug for Secret {
    /// Tells that there is a value, never which.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Secret")
            .field("name", &self.name)
            .field("purpose", &self.purpose)
            .field("value", &self.value.as_ref().map(|_| "•••"))
            .finish()
    }
}
