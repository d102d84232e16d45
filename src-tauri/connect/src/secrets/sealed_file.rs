//! The encrypted file beside the workspace, for computers without a keychain.

use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use secrecy::{ExposeSecret, SecretString};
use zeroize::Zeroizing;

use super::sealing::{SealError, Sealed, SealingKey};

/// The file in the workspace's folder.
const FILE: &str = "secrets.sealed";
/// The largest file that is read.
const LIMIT: u64 = 4 << 20;

/// Why the file could not be used. Nothing of what it holds is told.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum FileError {
    /// It is not open.
    #[error("the file of secrets is locked")]
    Locked,
    /// The passphrase is another one.
    #[error("the passphrase does not open it")]
    Wrong,
    /// It cannot be read, written or understood.
    #[error("{}: {why}", path.display())]
    Unusable {
        /// The file.
        path: PathBuf,
        /// Why.
        why: String,
    },
}

/// What is in the file, once it is open, with the key to write it again.
struct Open {
    key: SealingKey,
    values: BTreeMap<String, SecretString>,
}

/// The file.
pub(crate) struct SealedFile {
    path: PathBuf,
    open: Mutex<Option<Open>>,
}

impl SealedFile {
    pub(crate) fn in_folder(folder: &Path) -> Self {
        Self {
            path: folder.join(FILE),
            open: Mutex::default(),
        }
    }

    pub(crate) fn is_made(&self) -> bool {
        self.path.exists()
    }

    pub(crate) fn is_open(&self) -> bool {
        self.lock().is_some()
    }

    /// Opens it; a new one is made, so that the passphrase is known from then on.
    pub(crate) fn unlock(&self, passphrase: &SecretString) -> Result<(), FileError> {
        let opened = match self.sealed()? {
            Some(sealed) => self.opened(&sealed, passphrase)?,
            None => {
                let key = SealingKey::new(passphrase).map_err(|error| self.told(error))?;
                let values = BTreeMap::new();
                self.write(&key, &values)?;
                Open { key, values }
            }
        };
        *self.lock() = Some(opened);
        Ok(())
    }

    fn opened(&self, sealed: &Sealed, passphrase: &SecretString) -> Result<Open, FileError> {
        let key = SealingKey::of(sealed, passphrase).map_err(|error| self.told(error))?;
        let plain = key.open(sealed).map_err(|error| self.told(error))?;
        let values: BTreeMap<String, Zeroizing<String>> =
            serde_json::from_slice(&plain).map_err(|_| self.unusable("what it holds is damaged"))?;
        let values = values.into_iter();
        let values = values.map(|(key, value)| (key, SecretString::from(value.as_str())));
        Ok(Open {
            key,
            values: values.collect(),
        })
    }

    /// What it holds under a key.
    pub(crate) fn get(&self, key: &str) -> Result<Option<SecretString>, FileError> {
        let open = self.lock();
        let open = open.as_ref().ok_or(FileError::Locked)?;
        Ok(open.values.get(key).cloned())
    }

    /// Puts a value in the place of what it held, or takes it away, and gives back what it held.
    pub(crate) fn set(&self, key: &str, value: Option<SecretString>) -> Result<Option<SecretString>, FileError> {
        let mut open = self.lock();
        let open = open.as_mut().ok_or(FileError::Locked)?;
        let mut values = open.values.clone();
        let before = match value {
            Some(value) => values.insert(key.to_owned(), value),
            None => match values.remove(key) {
                None => return Ok(None),
                before => before,
            },
        };
        self.write(&open.key, &values)?;
        open.values = values;
        Ok(before)
    }

    fn sealed(&self) -> Result<Option<Sealed>, FileError> {
        let found = match fs::metadata(&self.path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            found => found.map_err(|error| self.unusable(&error.to_string()))?,
        };
        if found.len() > LIMIT {
            return Err(self.unusable("it is too large to be a file of secrets"));
        }
        let bytes = fs::read(&self.path).map_err(|error| self.unusable(&error.to_string()))?;
        let sealed = serde_json::from_slice(&bytes).map_err(|_| self.told(SealError::Format))?;
        Ok(Some(sealed))
    }

    fn write(&self, key: &SealingKey, values: &BTreeMap<String, SecretString>) -> Result<(), FileError> {
        let plain: BTreeMap<_, _> = values.iter().map(|(key, value)| (key, value.expose_secret())).collect();
        let plain = Zeroizing::new(serde_json::to_vec(&plain).map_err(|_| self.told(SealError::Machine))?);
        let sealed = key.seal(&plain).map_err(|error| self.told(error))?;
        let bytes = serde_json::to_vec_pretty(&sealed).map_err(|_| self.told(SealError::Machine))?;
        write_whole(&self.path, &bytes).map_err(|error| self.unusable(&error.to_string()))
    }

    fn told(&self, error: SealError) -> FileError {
        match error {
            SealError::Wrong => FileError::Wrong,
            other => self.unusable(&other.to_string()),
        }
    }

    fn unusable(&self, why: &str) -> FileError {
        FileError::Unusable {
            path: self.path.clone(),
            why: why.to_owned(),
        }
    }

    fn lock(&self) -> MutexGuard<'_, Option<Open>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Writes a file that only its owner may read, whole or not at all.
fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let beside = path.with_extension("sealed.new");
    match fs::remove_file(&beside) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut file = for_its_owner(OpenOptions::new().write(true).create_new(true)).open(&beside)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    drop(file);
    fs::rename(&beside, path)?;
    match path.parent() {
        // On Windows a folder cannot be opened like that, and its file system needs no such care.
        Some(folder) if cfg!(unix) => File::open(folder)?.sync_all(),
        _ => Ok(()),
    }
}

#[cfg(unix)]
fn for_its_owner(options: &mut OpenOptions) -> &mut OpenOptions {
    std::os::unix::fs::OpenOptionsExt::mode(options, 0o600)
}

/// Elsewhere a file takes on the rights of its folder, which is the user's own.
#[cfg(not(unix))]
fn for_its_owner(options: &mut OpenOptions) -> &mut OpenOptions {
    options
}

#[cfg(test)]
mod tests {
    use secrecy::{ExposeSecret, SecretString};

    use super::{FILE, FileError, SealedFile};

    fn secret(text: &str) -> SecretString {
        SecretString::from(text)
    }

    #[test]
    fn what_was_put_in_is_there_after_the_file_is_opened_again() {
        let folder = tempfile::tempdir().unwrap();
        let file = SealedFile::in_folder(folder.path());
        assert_eq!(file.get("live/A").unwrap_err(), FileError::Locked, "closed at first");
        file.unlock(&secret("correct horse")).unwrap();
        file.set("live/A", Some(secret("sk-unmistakable-1"))).unwrap();
        file.set("live/B", Some(secret("sk-unmistakable-2"))).unwrap();
        let before = file.set("live/B", None).unwrap();
        assert_eq!(
            before.unwrap().expose_secret(),
            "sk-unmistakable-2",
            "what was taken away"
        );

        let bytes = std::fs::read(folder.path().join(FILE)).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        assert!(
            !text.contains("unmistakable") && !text.contains("live/"),
            "nothing can be read in it"
        );

        let again = SealedFile::in_folder(folder.path());
        assert_eq!(
            again.unlock(&secret("another")).unwrap_err(),
            FileError::Wrong,
            "another passphrase"
        );
        assert!(!again.is_open(), "still closed");
        again.unlock(&secret("correct horse")).unwrap();
        let value = again.get("live/A").unwrap().unwrap();
        assert_eq!(value.expose_secret(), "sk-unmistakable-1", "the same value");
        assert!(again.get("live/B").unwrap().is_none(), "gone");
    }

    #[cfg(unix)]
    #[test]
    fn only_its_owner_may_read_it() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let file = SealedFile::in_folder(folder.path());
        file.unlock(&secret("correct horse")).unwrap();
        file.set("live/A", Some(secret("x"))).unwrap();
        let names: Vec<_> = std::fs::read_dir(folder.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name())
            .collect();
        assert_eq!(names, [FILE], "nothing lies beside it");
        let mode = std::fs::metadata(folder.path().join(FILE))
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600, "its owner's only");
    }

    #[test]
    fn a_damaged_file_is_told_and_left_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(FILE), b"{}").unwrap();
        let file = SealedFile::in_folder(folder.path());
        let told = file.unlock(&secret("correct horse")).unwrap_err().to_string();
        assert!(told.contains("no file of secrets"), "{told}");
        let left = std::fs::read(folder.path().join(FILE)).unwrap();
        assert_eq!(left, b"{}", "as it was");
    }
}
