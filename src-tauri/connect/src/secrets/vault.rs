//! The vault: where a secret is found, and where a new one is kept.

use std::collections::HashMap;
use std::fmt;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};

use super::keychain::{Guarded, Keychain, KeychainEntry, KeychainFailure};
use super::places::{
    FileStanding, Found, FoundIn, Kept, NoKeychain, SHORTEST_PASSPHRASE, SecretKey, Standing, VaultError, VaultPlaces,
};
use super::sealed_file::{FileError, SealedFile};
use super::variables::{NO_KEYCHAIN, PASSPHRASE, Variables};

/// How long a secret that was taken away can be brought back.
const REGRET: Duration = Duration::from_secs(60);

/// What is known of the keychain.
enum Known {
    Nothing,
    Answers,
    Missing(NoKeychain),
}

/// The secrets of a workspace.
pub struct Vault {
    workspace: String,
    variables: Variables,
    keychain: Guarded,
    known: tokio::sync::Mutex<Known>,
    file: Option<Arc<SealedFile>>,
    /// Whether the passphrase in the variable was tried, and whether it fits.
    by_variable: tokio::sync::Mutex<Option<bool>>,
    /// What the keychain gave out: it is asked once for each.
    remembered: Mutex<HashMap<SecretKey, SecretString>>,
    removed: Arc<Mutex<HashMap<SecretKey, SecretString>>>,
}

impl fmt::Debug for Vault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Vault")
            .field("workspace", &self.workspace)
            .finish_non_exhaustive()
    }
}

impl Vault {
    /// The vault of a workspace. `folder` is where its encrypted file lies; none in memory.
    #[must_use]
    pub fn new(workspace: &str, folder: Option<&Path>, places: VaultPlaces) -> Self {
        let (keychain, patience) = places.keychain;
        let off = places.variables.is_on(NO_KEYCHAIN);
        Self {
            workspace: workspace.to_owned(),
            variables: places.variables,
            keychain: Guarded::new(keychain, patience),
            known: tokio::sync::Mutex::new(if off {
                Known::Missing(NoKeychain::SwitchedOff)
            } else {
                Known::Nothing
            }),
            file: folder.map(|folder| Arc::new(SealedFile::in_folder(folder))),
            by_variable: tokio::sync::Mutex::default(),
            remembered: Mutex::default(),
            removed: Arc::default(),
        }
    }

    /// Where new secrets are kept, and why there.
    pub async fn standing(&self) -> Standing {
        match self.missing_keychain().await {
            None => Standing::Keychain,
            Some(why) => Standing::File {
                why,
                file: self.file_standing().await,
            },
        }
    }

    /// The variable that holds a secret, if one does.
    #[must_use]
    pub fn variable(&self, key: &SecretKey) -> Option<String> {
        let found = self.variables.secret(key.environment, &key.name);
        found.map(|(variable, _)| variable)
    }

    /// A secret's value. `kept` is where it was put last: what lies elsewhere is older.
    ///
    /// # Errors
    /// When it may be there and cannot be got at.
    pub async fn read(&self, key: &SecretKey, kept: Option<Kept>) -> Result<Option<Found>, VaultError> {
        if let Some((variable, value)) = self.variables.secret(key.environment, &key.name) {
            let place = FoundIn::Variable(variable);
            return Ok(Some(Found { value, place }));
        }
        let found = |value: Option<SecretString>, kept| {
            let place = FoundIn::Vault(kept);
            value.map(|value| Found { value, place })
        };
        if kept == Some(Kept::File) {
            let value = self.in_file(key).await?;
            if value.is_some() {
                return Ok(found(value, Kept::File));
            }
        }
        match self.in_keychain(key).await {
            Ok(Some(value)) => return Ok(found(Some(value), Kept::Keychain)),
            Err(KeychainFailure(why)) if kept == Some(Kept::Keychain) => return Err(VaultError::Keychain(why)),
            _ => {}
        }
        Ok(found(self.in_file(key).await?, Kept::File))
    }

    /// Keeps a value in the place of the one there was, and says where.
    ///
    /// # Errors
    /// When a variable holds it, or no place takes it.
    pub async fn keep(&self, key: &SecretKey, value: SecretString) -> Result<Kept, VaultError> {
        let plain = value.expose_secret();
        if plain.trim().is_empty() || plain.chars().any(char::is_control) {
            return Err(VaultError::NoValue);
        }
        if let Some(variable) = self.variable(key) {
            return Err(VaultError::Variable(variable));
        }
        self.removed().remove(key);
        if self.missing_keychain().await.is_none() {
            let (entry, put) = (self.entry(key), value.clone());
            let written = self.ask(move |keychain| keychain.write(&entry, &put)).await;
            if written.is_ok() {
                self.remembered().insert(key.clone(), value);
                self.drop_in_file(key).await?;
                return Ok(Kept::Keychain);
            }
        }
        let file = self.usable_file(true).await?.ok_or(VaultError::NoPassphrase)?;
        let name = key.to_string();
        blocking(move || file.set(&name, Some(value))).await?;
        self.remembered().remove(key);
        Ok(Kept::File)
    }

    /// Takes a value away, wherever it is. For a while it can be brought back.
    ///
    /// # Errors
    /// When a variable holds it, or a place that may hold it cannot be got at.
    pub async fn remove(&self, key: &SecretKey) -> Result<(), VaultError> {
        if let Some(variable) = self.variable(key) {
            return Err(VaultError::Variable(variable));
        }
        let mut before = None;
        if self.missing_keychain().await.is_none() {
            let entry = self.entry(key);
            let taken = self.ask(move |keychain| {
                let before = keychain.read(&entry)?;
                keychain.remove(&entry)?;
                Ok(before)
            });
            before = taken.await.map_err(|KeychainFailure(why)| VaultError::Keychain(why))?;
        }
        self.remembered().remove(key);
        if let Some(file) = self.usable_file(false).await? {
            let name = key.to_string();
            before = blocking(move || file.set(&name, None)).await?.or(before);
        }
        if let Some(value) = before {
            self.remember_removed(key, value);
        }
        Ok(())
    }

    /// Brings back what was taken away.
    ///
    /// # Errors
    /// When that is too long ago, or no place takes it.
    pub async fn restore(&self, key: &SecretKey) -> Result<Kept, VaultError> {
        let value = self.removed().remove(key).ok_or(VaultError::TooLate)?;
        self.keep(key, value).await
    }

    /// Opens the encrypted file with its passphrase; a new passphrase makes it.
    ///
    /// # Errors
    /// When it is another passphrase, or too short for a new one.
    pub async fn unlock(&self, passphrase: SecretString) -> Result<(), VaultError> {
        let Some(file) = self.file.clone() else {
            return Err(VaultError::File("this workspace has no folder".to_owned()));
        };
        let short = passphrase.expose_secret().chars().count() < SHORTEST_PASSPHRASE;
        if short && !file.is_made() {
            return Err(VaultError::ShortPassphrase);
        }
        blocking(move || file.unlock(&passphrase)).await?;
        Ok(())
    }

    /// Asks a keychain that did not answer once more.
    pub async fn try_keychain_again(&self) {
        let mut known = self.known.lock().await;
        if !matches!(*known, Known::Missing(NoKeychain::SwitchedOff)) {
            *known = Known::Nothing;
            self.remembered().clear();
        }
    }

    /// Why the keychain takes no part; it is asked for an entry that nobody makes to find out.
    async fn missing_keychain(&self) -> Option<NoKeychain> {
        let mut known = self.known.lock().await;
        if let Known::Nothing = *known {
            let entry = KeychainEntry {
                workspace: self.workspace.clone(),
                account: "is anybody there".to_owned(),
            };
            *known = match self.keychain.ask(move |keychain| keychain.read(&entry)).await {
                Ok(_) => Known::Answers,
                Err(KeychainFailure(why)) => Known::Missing(NoKeychain::Failed(why)),
            };
        }
        match &*known {
            Known::Missing(why) => Some(why.clone()),
            _ => None,
        }
    }

    /// Asks the keychain; one that fails is left alone from then on.
    async fn ask<T: Send + 'static>(
        &self,
        work: impl FnOnce(&dyn Keychain) -> Result<T, KeychainFailure> + Send + 'static,
    ) -> Result<T, KeychainFailure> {
        let done = self.keychain.ask(work).await;
        if let Err(KeychainFailure(why)) = &done {
            *self.known.lock().await = Known::Missing(NoKeychain::Failed(why.clone()));
        }
        done
    }

    async fn in_keychain(&self, key: &SecretKey) -> Result<Option<SecretString>, KeychainFailure> {
        match self.missing_keychain().await {
            None => {}
            Some(NoKeychain::SwitchedOff) => return Err(KeychainFailure("it is switched off".to_owned())),
            Some(NoKeychain::Failed(why)) => return Err(KeychainFailure(why)),
        }
        if let Some(value) = self.remembered().get(key) {
            return Ok(Some(value.clone()));
        }
        let entry = self.entry(key);
        let value = self.ask(move |keychain| keychain.read(&entry)).await?;
        if let Some(value) = &value {
            self.remembered().insert(key.clone(), value.clone());
        }
        Ok(value)
    }

    async fn in_file(&self, key: &SecretKey) -> Result<Option<SecretString>, VaultError> {
        let Some(file) = self.usable_file(false).await? else {
            return Ok(None);
        };
        Ok(file.get(&key.to_string())?)
    }

    /// The new place has it; the old one must not be asked again.
    async fn drop_in_file(&self, key: &SecretKey) -> Result<(), VaultError> {
        match self.usable_file(false).await {
            Ok(Some(file)) => {
                let name = key.to_string();
                blocking(move || file.set(&name, None)).await?;
                Ok(())
            }
            // A locked one keeps an older value, which the place it was kept in last outdoes.
            _ => Ok(()),
        }
    }

    /// The file, open; none where there is no such file. With `make`, the passphrase in the variable makes it.
    async fn usable_file(&self, make: bool) -> Result<Option<Arc<SealedFile>>, VaultError> {
        let Some(file) = self.file.clone() else {
            return Ok(None);
        };
        if file.is_open() {
            return Ok(Some(file));
        }
        if make || file.is_made() {
            self.open_by_variable(&file).await?;
        }
        match (file.is_open(), file.is_made()) {
            (true, _) => Ok(Some(file)),
            (false, true) => Err(VaultError::Locked),
            (false, false) => Ok(None),
        }
    }

    async fn open_by_variable(&self, file: &Arc<SealedFile>) -> Result<(), VaultError> {
        let Some(passphrase) = self.variables.get(PASSPHRASE) else {
            return Ok(());
        };
        let mut tried = self.by_variable.lock().await;
        if tried.is_none() {
            let file = file.clone();
            *tried = match blocking(move || file.unlock(&passphrase)).await {
                Ok(()) => Some(true),
                Err(VaultError::WrongPassphrase) => Some(false),
                Err(error) => return Err(error),
            };
        }
        Ok(())
    }

    async fn file_standing(&self) -> FileStanding {
        // What keeps it from being used is told when it is.
        let _ = self.usable_file(false).await;
        let tried = *self.by_variable.lock().await;
        let given = self.variables.get(PASSPHRASE).is_some();
        let Some(file) = &self.file else {
            return FileStanding::NotMade;
        };
        match (file.is_open(), file.is_made()) {
            (true, _) if tried == Some(true) => FileStanding::OpenByVariable,
            (true, _) => FileStanding::Open,
            (false, true) if tried == Some(false) => FileStanding::LockedAgainstVariable,
            (false, true) => FileStanding::Locked,
            // It is made with the first secret.
            (false, false) if given => FileStanding::OpenByVariable,
            (false, false) => FileStanding::NotMade,
        }
    }

    fn entry(&self, key: &SecretKey) -> KeychainEntry {
        KeychainEntry {
            workspace: self.workspace.clone(),
            account: key.to_string(),
        }
    }

    fn remembered(&self) -> MutexGuard<'_, HashMap<SecretKey, SecretString>> {
        self.remembered.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn removed(&self) -> MutexGuard<'_, HashMap<SecretKey, SecretString>> {
        self.removed.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn remember_removed(&self, key: &SecretKey, value: SecretString) {
        self.removed().insert(key.clone(), value);
        let (removed, key) = (self.removed.clone(), key.clone());
        tokio::spawn(async move {
            tokio::time::sleep(REGRET).await;
            removed.lock().unwrap_or_else(PoisonError::into_inner).remove(&key);
        });
    }
}

/// Files and ciphers take their time, on a thread that may.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, FileError> + Send + 'static,
) -> Result<T, VaultError> {
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => Ok(done?),
        Err(_) => Err(VaultError::File("the program is stopping".to_owned())),
    }
}
