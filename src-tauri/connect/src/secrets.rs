//! Secrets: found by name, kept where this computer keeps such things, told to nobody but their receiver.
//!
//! A value is looked for in three places and nowhere else: a variable of the system's environment, the keychain of
//! this computer, and a file beside the workspace that a passphrase opens. Which of the last two takes new values is
//! decided by whether the keychain answers. No value is ever put into the workspace, an error or a log.

mod keychain;
mod places;
mod sealed_file;
mod sealing;
mod system_keychain;
mod variables;
mod vault;

pub use keychain::{Keychain, KeychainEntry, KeychainFailure, MemoryKeychain};
pub use places::{FileStanding, Found, FoundIn, Kept, NoKeychain, SecretKey, Standing, VaultError, VaultPlaces};
pub use variables::{PASSPHRASE, Variables, is_same, is_taken, names_of};
pub use vault::Vault;

#[cfg(test)]
mod vault_tests;
