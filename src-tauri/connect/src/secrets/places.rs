//! The places a vault is made of, how they stand, and what can go wrong with them.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use secrecy::SecretString;
use taskwright_domain::{Environment, SecretName};

use super::keychain::{Keychain, MemoryKeychain};
use super::sealed_file::FileError;
use super::system_keychain::SystemKeychain;
use super::variables::Variables;

/// How long the keychain may take.
const PATIENCE: Duration = Duration::from_secs(3);
/// Characters of a new passphrase at the least.
pub(crate) const SHORTEST_PASSPHRASE: usize = 8;

/// Which secret: a name has a value in each environment.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SecretKey {
    /// The environment.
    pub environment: Environment,
    /// The name.
    pub name: SecretName,
}

impl fmt::Display for SecretKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.environment.key(), self.name)
    }
}

/// Where the vault keeps a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// In the keychain.
    Keychain,
    /// In the encrypted file.
    File,
}

/// Where a value was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FoundIn {
    /// In this variable of the system's environment.
    Variable(String),
    /// In a place of the vault.
    Vault(Kept),
}

/// A value with the place it was found in.
#[derive(Debug, Clone)]
pub struct Found {
    /// The value.
    pub value: SecretString,
    /// The place.
    pub place: FoundIn,
}

/// Why there is no keychain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoKeychain {
    /// Whoever started the program switched it off.
    SwitchedOff,
    /// It did not do what it was asked for, in words.
    Failed(String),
}

/// How the encrypted file stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileStanding {
    /// There is none: a passphrase makes it.
    NotMade,
    /// It waits for its passphrase.
    Locked,
    /// It waits for its passphrase; the one in the variable is another one.
    LockedAgainstVariable,
    /// Its passphrase was entered.
    Open,
    /// Its passphrase came from the variable.
    OpenByVariable,
}

/// Where new secrets are kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// In the keychain of this computer.
    Keychain,
    /// In an encrypted file.
    File {
        /// Why not in the keychain.
        why: NoKeychain,
        /// How the file stands.
        file: FileStanding,
    },
}

/// Why a secret could not be read or kept. No value is ever told.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VaultError {
    /// A variable holds it; nothing else counts while it does.
    #[error("{0} is set for this program, and that is what is sent. Change it there, or start Taskwright without it")]
    Variable(String),
    /// The file is not open.
    #[error("the secrets on this computer are locked. Enter their passphrase in Settings, Secrets")]
    Locked,
    /// There is no file yet.
    #[error("choose a passphrase in Settings, Secrets first: it locks the file that keeps secrets on this computer")]
    NoPassphrase,
    /// The keychain has it and does not give it out.
    #[error("the keychain of this computer did not give it out: {0}. Unlock it and try again in Settings, Secrets")]
    Keychain(String),
    /// The passphrase is another one.
    #[error("this passphrase does not open the secrets on this computer. Try again")]
    WrongPassphrase,
    /// The passphrase is too short.
    #[error("a passphrase has {SHORTEST_PASSPHRASE} characters or more")]
    ShortPassphrase,
    /// There is nothing in it, or it cannot be sent.
    #[error("a secret is one line of text and not empty")]
    NoValue,
    /// Nothing can be brought back any more.
    #[error("it was taken away too long ago. Enter it again")]
    TooLate,
    /// The file cannot be read or written.
    #[error("the file of secrets cannot be used: {0}")]
    File(String),
}

impl From<FileError> for VaultError {
    fn from(error: FileError) -> Self {
        match error {
            FileError::Locked => Self::Locked,
            FileError::Wrong => Self::WrongPassphrase,
            FileError::Unusable { .. } => Self::File(error.to_string()),
        }
    }
}

/// What a vault is made of.
#[derive(Debug, Clone)]
pub struct VaultPlaces {
    /// Variables of the system's environment.
    pub variables: Variables,
    /// The keychain, and how long it may take.
    pub keychain: (Arc<dyn Keychain>, Duration),
}

impl VaultPlaces {
    /// Those of this computer.
    #[must_use]
    pub fn of_this_computer() -> Self {
        Self {
            variables: Variables::of_this_process(),
            keychain: (Arc::new(SystemKeychain::default()), PATIENCE),
        }
    }

    /// Nothing but memory, for a workspace that is in memory itself.
    #[must_use]
    pub fn in_memory() -> Self {
        Self {
            variables: Variables::given(BTreeMap::new()),
            keychain: (Arc::new(MemoryKeychain::default()), PATIENCE),
        }
    }
}
