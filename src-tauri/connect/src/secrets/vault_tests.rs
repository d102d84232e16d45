//! Where secrets are found and kept, as the places they are kept in come and go.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};
use taskwright_domain::{Environment, SecretName};

use super::{
    FileStanding, FoundIn, Kept, Keychain, KeychainEntry, KeychainFailure, MemoryKeychain, NoKeychain, SecretKey,
    Standing, Variables, Vault, VaultError, VaultPlaces,
};

const WORKSPACE: &str = "workspace_1";

/// A keychain that can be taken away, and counts what it is asked.
#[derive(Debug, Default)]
struct Fickle {
    inner: MemoryKeychain,
    gone: AtomicBool,
    asked: AtomicUsize,
}

impl Fickle {
    fn asked(&self) -> Result<&MemoryKeychain, KeychainFailure> {
        self.asked.fetch_add(1, Ordering::SeqCst);
        if self.gone.load(Ordering::SeqCst) {
            return Err(KeychainFailure("it cannot be reached".to_owned()));
        }
        Ok(&self.inner)
    }
}

impl Keychain for Fickle {
    fn read(&self, entry: &KeychainEntry) -> Result<Option<SecretString>, KeychainFailure> {
        self.asked()?.read(entry)
    }
    fn write(&self, entry: &KeychainEntry, value: &SecretString) -> Result<(), KeychainFailure> {
        self.asked()?.write(entry, value)
    }
    fn remove(&self, entry: &KeychainEntry) -> Result<(), KeychainFailure> {
        self.asked()?.remove(entry)
    }
}

fn vault(folder: &Path, keychain: &Arc<Fickle>, variables: &[(&str, &str)]) -> Vault {
    let variables = variables.iter();
    let variables = variables.map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    let places = VaultPlaces {
        variables: Variables::given(variables.collect()),
        keychain: (keychain.clone(), Duration::from_secs(3)),
    };
    Vault::new(WORKSPACE, Some(folder), places)
}

fn gone() -> Arc<Fickle> {
    let keychain = Arc::new(Fickle::default());
    keychain.gone.store(true, Ordering::SeqCst);
    keychain
}

fn key(name: &str) -> SecretKey {
    SecretKey {
        environment: Environment::Live,
        name: SecretName::new(name).unwrap(),
    }
}

fn secret(text: &str) -> SecretString {
    SecretString::from(text)
}

async fn read(vault: &Vault, name: &str, kept: Option<Kept>) -> Option<(String, FoundIn)> {
    let found = vault.read(&key(name), kept).await.unwrap();
    found.map(|found| (found.value.expose_secret().to_owned(), found.place))
}

fn says(value: &str, place: FoundIn) -> Option<(String, FoundIn)> {
    Some((value.to_owned(), place))
}

#[tokio::test]
async fn a_keychain_that_answers_keeps_them_under_the_id_of_the_workspace() {
    let folder = tempfile::tempdir().unwrap();
    let keychain = Arc::new(Fickle::default());
    let vault = vault(folder.path(), &keychain, &[]);
    assert_eq!(vault.standing().await, Standing::Keychain, "it answers");
    assert_eq!(
        vault.keep(&key("A"), secret("sk-1")).await,
        Ok(Kept::Keychain),
        "kept there"
    );
    let entry = KeychainEntry {
        workspace: WORKSPACE.to_owned(),
        account: "live/A".to_owned(),
    };
    let entry = keychain.inner.read(&entry).unwrap();
    assert_eq!(entry.unwrap().expose_secret(), "sk-1", "under its own name");
    assert_eq!(
        read(&vault, "A", None).await,
        says("sk-1", FoundIn::Vault(Kept::Keychain)),
        "and found"
    );
    assert!(!folder.path().join("secrets.sealed").exists(), "no file was made");
    let asked = keychain.asked.load(Ordering::SeqCst);
    read(&vault, "A", None).await;
    assert_eq!(keychain.asked.load(Ordering::SeqCst), asked, "it is not asked twice");
}

#[tokio::test]
async fn without_a_keychain_a_file_with_a_passphrase_keeps_them_and_nothing_else_does() {
    let folder = tempfile::tempdir().unwrap();
    let one = vault(folder.path(), &gone(), &[]);
    let standing = |file| Standing::File {
        why: NoKeychain::Failed("it cannot be reached".to_owned()),
        file,
    };
    assert_eq!(one.standing().await, standing(FileStanding::NotMade), "said plainly");
    assert_eq!(
        one.keep(&key("A"), secret("sk-1")).await,
        Err(VaultError::NoPassphrase),
        "nothing is kept in the clear"
    );
    assert_eq!(
        one.unlock(secret("short")).await,
        Err(VaultError::ShortPassphrase),
        "a passphrase is long"
    );
    one.unlock(secret("correct horse")).await.unwrap();
    assert_eq!(one.standing().await, standing(FileStanding::Open), "open");
    assert_eq!(one.keep(&key("A"), secret("sk-1")).await, Ok(Kept::File), "kept in it");

    let next = vault(folder.path(), &gone(), &[]);
    assert_eq!(
        next.standing().await,
        standing(FileStanding::Locked),
        "locked after a restart"
    );
    let refused = next.read(&key("A"), Some(Kept::File)).await.unwrap_err();
    assert_eq!(refused, VaultError::Locked, "it is said that it is there");
    assert_eq!(
        next.unlock(secret("correct mouse")).await,
        Err(VaultError::WrongPassphrase),
        "another one"
    );
    next.unlock(secret("correct horse")).await.unwrap();
    assert_eq!(
        read(&next, "A", Some(Kept::File)).await,
        says("sk-1", FoundIn::Vault(Kept::File)),
        "the right one"
    );
}

#[tokio::test]
async fn a_variable_opens_the_file_where_nobody_can_be_asked() {
    let folder = tempfile::tempdir().unwrap();
    let opened = [
        ("TASKWRIGHT_PASSPHRASE", "correct horse"),
        ("TASKWRIGHT_NO_KEYCHAIN", "1"),
    ];
    let one = vault(folder.path(), &Arc::default(), &opened);
    let standing = |file| Standing::File {
        why: NoKeychain::SwitchedOff,
        file,
    };
    assert_eq!(
        one.standing().await,
        standing(FileStanding::OpenByVariable),
        "before there is a file"
    );
    one.keep(&key("A"), secret("sk-1")).await.unwrap();
    let next = vault(folder.path(), &Arc::default(), &opened);
    assert_eq!(
        read(&next, "A", None).await,
        says("sk-1", FoundIn::Vault(Kept::File)),
        "after a restart"
    );
    assert_eq!(
        next.standing().await,
        standing(FileStanding::OpenByVariable),
        "and said so"
    );

    let wrong = [
        ("TASKWRIGHT_PASSPHRASE", "wrong horse"),
        ("TASKWRIGHT_NO_KEYCHAIN", "1"),
    ];
    let other = vault(folder.path(), &Arc::default(), &wrong);
    assert_eq!(
        other.standing().await,
        standing(FileStanding::LockedAgainstVariable),
        "another passphrase is told"
    );
    other.unlock(secret("correct horse")).await.unwrap();
    assert_eq!(
        other.standing().await,
        standing(FileStanding::Open),
        "and mended by hand"
    );
}

#[tokio::test]
async fn a_variable_comes_before_everything_else_and_cannot_be_replaced_here() {
    let folder = tempfile::tempdir().unwrap();
    let keychain = Arc::new(Fickle::default());
    vault(folder.path(), &keychain, &[])
        .keep(&key("A"), secret("old"))
        .await
        .unwrap();
    let vault = vault(folder.path(), &keychain, &[("TASKWRIGHT_SECRET_A", "new")]);
    let variable = "TASKWRIGHT_SECRET_A".to_owned();
    assert_eq!(
        read(&vault, "A", Some(Kept::Keychain)).await,
        says("new", FoundIn::Variable(variable.clone())),
        "the variable counts"
    );
    let refused = vault.keep(&key("A"), secret("newer")).await.unwrap_err();
    assert_eq!(
        refused,
        VaultError::Variable(variable.clone()),
        "it is changed where it is"
    );
    assert_eq!(
        vault.remove(&key("A")).await,
        Err(VaultError::Variable(variable)),
        "taken away there, too"
    );
}

#[tokio::test]
async fn what_was_kept_in_the_file_meanwhile_is_newer_than_what_the_keychain_has() {
    let folder = tempfile::tempdir().unwrap();
    let keychain = Arc::new(Fickle::default());
    let vault = vault(folder.path(), &keychain, &[]);
    vault.keep(&key("A"), secret("old")).await.unwrap();
    keychain.gone.store(true, Ordering::SeqCst);
    vault.try_keychain_again().await;
    let refused = vault.read(&key("A"), Some(Kept::Keychain)).await.unwrap_err();
    assert!(
        matches!(refused, VaultError::Keychain(_)),
        "it is there and out of reach: {refused}"
    );
    vault.unlock(secret("correct horse")).await.unwrap();
    assert_eq!(
        vault.keep(&key("A"), secret("new")).await,
        Ok(Kept::File),
        "kept where it can be"
    );
    keychain.gone.store(false, Ordering::SeqCst);
    vault.try_keychain_again().await;
    assert_eq!(
        read(&vault, "A", Some(Kept::File)).await,
        says("new", FoundIn::Vault(Kept::File)),
        "the newer one"
    );
    assert_eq!(
        vault.keep(&key("A"), secret("newest")).await,
        Ok(Kept::Keychain),
        "back where it belongs"
    );
    assert_eq!(
        read(&vault, "A", Some(Kept::Keychain)).await,
        says("newest", FoundIn::Vault(Kept::Keychain)),
        "and the file has none any more"
    );
}

#[tokio::test]
async fn what_was_taken_away_can_be_brought_back_for_a_while() {
    let folder = tempfile::tempdir().unwrap();
    let vault = vault(folder.path(), &Arc::default(), &[]);
    vault.keep(&key("A"), secret("sk-1")).await.unwrap();
    vault.remove(&key("A")).await.unwrap();
    assert_eq!(read(&vault, "A", None).await, None, "gone");
    vault.restore(&key("A")).await.unwrap();
    assert_eq!(
        read(&vault, "A", None).await,
        says("sk-1", FoundIn::Vault(Kept::Keychain)),
        "back"
    );
    assert_eq!(vault.restore(&key("A")).await, Err(VaultError::TooLate), "once");
}

#[tokio::test]
async fn what_cannot_be_sent_is_not_kept() {
    let folder = tempfile::tempdir().unwrap();
    let vault = vault(folder.path(), &Arc::default(), &[]);
    for value in ["", "  ", "a\r\nX-Admin: 1", "a\0"] {
        let refused = vault.keep(&key("A"), secret(value)).await.unwrap_err();
        assert_eq!(refused, VaultError::NoValue, "{value:?}");
    }
}

#[tokio::test]
async fn no_debug_and_no_error_tells_a_value() {
    let folder = tempfile::tempdir().unwrap();
    let variables = [("TASKWRIGHT_SECRET_B", "sk-in-a-variable")];
    let vault = vault(folder.path(), &Arc::default(), &variables);
    vault.keep(&key("A"), secret("sk-in-the-keychain")).await.unwrap();
    let mut told = format!("{vault:?}");
    for name in ["A", "B"] {
        let found = vault.read(&key(name), None).await.unwrap();
        told.push_str(&format!("{found:?}"));
    }
    let refused = vault.keep(&key("B"), secret("sk-another")).await.unwrap_err();
    told.push_str(&format!("{refused:?} {refused}"));
    assert!(!told.contains("sk-"), "{told}");
}
