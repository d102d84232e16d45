//! The keychain of this computer: Keychain on macOS, Credential Manager on Windows, Secret Service elsewhere.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use keyring_core::{CredentialStore, Entry, Error};
use secrecy::{ExposeSecret, SecretString};

use super::keychain::{Keychain, KeychainEntry, KeychainFailure};

/// Reached with the first question, and again after it could not be reached.
#[derive(Default)]
pub(crate) struct SystemKeychain(Mutex<Option<Arc<CredentialStore>>>);

impl fmt::Debug for SystemKeychain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SystemKeychain")
    }
}

impl SystemKeychain {
    fn entry(&self, entry: &KeychainEntry) -> Result<Entry, KeychainFailure> {
        let service = format!("taskwright {}", entry.workspace);
        let built = self.store()?.build(&service, &entry.account, None);
        built.map_err(|error| told(&error))
    }

    fn store(&self) -> Result<Arc<CredentialStore>, KeychainFailure> {
        let mut store = self.lock();
        match store.as_ref() {
            Some(store) => Ok(store.clone()),
            None => {
                let reached = reach().map_err(|error| told(&error))?;
                *store = Some(reached.clone());
                Ok(reached)
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, Option<Arc<CredentialStore>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What came of it; where the keychain itself failed, it is reached anew the next time.
    fn done<T>(&self, result: Result<T, Error>) -> Result<Option<T>, KeychainFailure> {
        match result {
            Ok(value) => Ok(Some(value)),
            Err(Error::NoEntry) => Ok(None),
            Err(error) => {
                self.lock().take();
                Err(told(&error))
            }
        }
    }
}

#[cfg(target_os = "macos")]
fn reach() -> Result<Arc<CredentialStore>, Error> {
    Ok(apple_native_keyring_store::keychain::Store::new()?)
}

#[cfg(windows)]
fn reach() -> Result<Arc<CredentialStore>, Error> {
    Ok(windows_native_keyring_store::Store::new()?)
}

#[cfg(all(unix, not(target_os = "macos")))]
fn reach() -> Result<Arc<CredentialStore>, Error> {
    Ok(zbus_secret_service_keyring_store::Store::new()?)
}

/// An error in words of our own: the keychain's hold at times what it keeps.
fn told(error: &Error) -> KeychainFailure {
    let words = match error {
        Error::NoStorageAccess(_) => "it is locked, or this program may not use it",
        Error::PlatformFailure(_) | Error::NoDefaultStore => "it cannot be reached",
        Error::BadEncoding(_) | Error::BadDataFormat(..) | Error::BadStoreFormat(_) => "what it holds cannot be read",
        Error::TooLong(..) => "the secret is longer than it can keep",
        Error::Ambiguous(_) => "it holds two entries of this name",
        _ => "it refused",
    };
    KeychainFailure(words.to_owned())
}

impl Keychain for SystemKeychain {
    fn read(&self, entry: &KeychainEntry) -> Result<Option<SecretString>, KeychainFailure> {
        let password = self.entry(entry)?.get_password();
        Ok(self.done(password)?.map(SecretString::from))
    }

    fn write(&self, entry: &KeychainEntry, value: &SecretString) -> Result<(), KeychainFailure> {
        let written = self.entry(entry)?.set_password(value.expose_secret());
        self.done(written).map(|_| ())
    }

    fn remove(&self, entry: &KeychainEntry) -> Result<(), KeychainFailure> {
        let removed = self.entry(entry)?.delete_credential();
        self.done(removed).map(|_| ())
    }
}
