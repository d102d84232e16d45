//! Environments: the systems that real calls go to.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::CallMode;

/// One of the two sets of systems a workspace may be connected to. Addresses, secrets and what may be called belong to
/// one of them; nothing of it travels in a bundle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Environment {
    /// The test system.
    Test,
    /// The live system: changes are real.
    Live,
}

impl Environment {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Test, Self::Live];

    /// As it is written down.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Test => "test",
            Self::Live => "live",
        }
    }

    /// As people read it: "SHOP_TOKEN is not set for Test".
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Test => "Test",
            Self::Live => "Live",
        }
    }
}

impl CallMode {
    /// The environment that calls go to; none where samples answer.
    #[must_use]
    pub const fn environment(self) -> Option<Environment> {
        match self {
            Self::Sample => None,
            Self::Test => Some(Environment::Test),
            Self::Live => Some(Environment::Live),
        }
    }
}
