//! The keychain: asked on a thread of its own, and never waited for longer than a moment.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, mpsc};
use std::time::Duration;

use secrecy::SecretString;
use tokio::sync::oneshot;
use tokio::time::timeout;

/// Where an entry stands in a keychain: under the workspace's id, so that workspaces keep out of each other's way.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct KeychainEntry {
    /// The workspace's id.
    pub workspace: String,
    /// What it is within the workspace, e.g. `live/SHOP_TOKEN`.
    pub account: String,
}

/// Why a keychain did not do it, in words that hold nothing of what it keeps.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct KeychainFailure(pub String);

/// A place of the system that keeps secrets.
pub trait Keychain: Send + Sync + fmt::Debug {
    /// What an entry holds; none where there is no such entry.
    ///
    /// # Errors
    /// When it cannot be reached, or refuses.
    fn read(&self, entry: &KeychainEntry) -> Result<Option<SecretString>, KeychainFailure>;

    /// Makes an entry, or writes over it.
    ///
    /// # Errors
    /// When it cannot be reached, or refuses.
    fn write(&self, entry: &KeychainEntry, value: &SecretString) -> Result<(), KeychainFailure>;

    /// Takes an entry away; done as well where there is none.
    ///
    /// # Errors
    /// When it cannot be reached, or refuses.
    fn remove(&self, entry: &KeychainEntry) -> Result<(), KeychainFailure>;
}

/// A keychain that is gone with the program: of a workspace that is, too, and of tests.
#[derive(Default)]
pub struct MemoryKeychain(Mutex<HashMap<KeychainEntry, SecretString>>);

impl fmt::Debug for MemoryKeychain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MemoryKeychain")
    }
}

impl MemoryKeychain {
    fn entries(&self) -> MutexGuard<'_, HashMap<KeychainEntry, SecretString>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Keychain for MemoryKeychain {
    fn read(&self, entry: &KeychainEntry) -> Result<Option<SecretString>, KeychainFailure> {
        Ok(self.entries().get(entry).cloned())
    }

    fn write(&self, entry: &KeychainEntry, value: &SecretString) -> Result<(), KeychainFailure> {
        self.entries().insert(entry.clone(), value.clone());
        Ok(())
    }

    fn remove(&self, entry: &KeychainEntry) -> Result<(), KeychainFailure> {
        self.entries().remove(entry);
        Ok(())
    }
}

type Job = Box<dyn FnOnce(&dyn Keychain) + Send>;

/// A keychain behind its thread. A keychain may hang for as long as it likes, waiting for a window that nobody sees:
/// whoever asks waits for `limit` and goes on without it.
#[derive(Debug)]
pub(crate) struct Guarded {
    keychain: Arc<dyn Keychain>,
    limit: Duration,
    jobs: Mutex<Option<mpsc::Sender<Job>>>,
}

impl Guarded {
    pub(crate) fn new(keychain: Arc<dyn Keychain>, limit: Duration) -> Self {
        Self {
            keychain,
            limit,
            jobs: Mutex::default(),
        }
    }

    /// Has the keychain do something.
    pub(crate) async fn ask<T: Send + 'static>(
        &self,
        work: impl FnOnce(&dyn Keychain) -> Result<T, KeychainFailure> + Send + 'static,
    ) -> Result<T, KeychainFailure> {
        let (answer, answered) = oneshot::channel();
        self.send(Box::new(move |keychain| {
            // Nobody waits any more: what was asked for must not happen behind their back.
            if !answer.is_closed() {
                let _ = answer.send(work(keychain));
            }
        }))?;
        match timeout(self.limit, answered).await {
            Ok(Ok(done)) => done,
            // The thread is gone: the keychain's own code has failed.
            Ok(Err(_)) => {
                self.give_up();
                Err(KeychainFailure("it failed".to_owned()))
            }
            Err(_) => {
                self.give_up();
                Err(KeychainFailure(format!(
                    "it did not answer within {} seconds",
                    self.limit.as_secs_f32()
                )))
            }
        }
    }

    fn send(&self, job: Job) -> Result<(), KeychainFailure> {
        let mut jobs = self.jobs();
        let sender = match jobs.as_ref() {
            Some(sender) => sender,
            None => jobs.insert(self.start()?),
        };
        sender.send(job).map_err(|_| KeychainFailure("it failed".to_owned()))
    }

    fn start(&self) -> Result<mpsc::Sender<Job>, KeychainFailure> {
        let (sender, jobs) = mpsc::channel::<Job>();
        let keychain = self.keychain.clone();
        let thread = std::thread::Builder::new().name("keychain".to_owned());
        let started = thread.spawn(move || {
            for job in jobs {
                job(keychain.as_ref());
            }
        });
        started.map_err(|error| KeychainFailure(format!("no thread could be started for it: {error}")))?;
        Ok(sender)
    }

    /// The thread is left to itself and ends once the keychain lets go of it; the next question gets another one.
    fn give_up(&self) {
        self.jobs().take();
    }

    fn jobs(&self) -> MutexGuard<'_, Option<mpsc::Sender<Job>>> {
        self.jobs.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Condvar, Mutex};
    use std::time::Duration;

    use secrecy::{ExposeSecret, SecretString};

    use super::{Guarded, Keychain, KeychainEntry, KeychainFailure, MemoryKeychain};

    fn entry() -> KeychainEntry {
        KeychainEntry {
            workspace: "workspace_1".to_owned(),
            account: "live/SHOP_TOKEN".to_owned(),
        }
    }

    /// Answers once its gate is open.
    #[derive(Debug, Default)]
    struct Hanging {
        open: Mutex<bool>,
        opened: Condvar,
        inner: MemoryKeychain,
    }

    impl Hanging {
        fn wait(&self) {
            let open = self.open.lock().unwrap();
            drop(self.opened.wait_while(open, |open| !*open).unwrap());
        }
    }

    impl Keychain for Hanging {
        fn read(&self, entry: &KeychainEntry) -> Result<Option<SecretString>, KeychainFailure> {
            self.wait();
            self.inner.read(entry)
        }
        fn write(&self, entry: &KeychainEntry, value: &SecretString) -> Result<(), KeychainFailure> {
            self.wait();
            self.inner.write(entry, value)
        }
        fn remove(&self, entry: &KeychainEntry) -> Result<(), KeychainFailure> {
            self.wait();
            self.inner.remove(entry)
        }
    }

    #[tokio::test]
    async fn what_is_written_is_read() {
        let guarded = Guarded::new(Arc::new(MemoryKeychain::default()), Duration::from_secs(3));
        guarded
            .ask(|keychain| keychain.write(&entry(), &SecretString::from("sk-1")))
            .await
            .unwrap();
        let read = guarded.ask(|keychain| keychain.read(&entry())).await.unwrap();
        assert_eq!(read.unwrap().expose_secret(), "sk-1", "the same value");
        guarded.ask(|keychain| keychain.remove(&entry())).await.unwrap();
        let read = guarded.ask(|keychain| keychain.read(&entry())).await.unwrap();
        assert!(read.is_none(), "gone");
    }

    #[tokio::test]
    async fn a_keychain_that_hangs_is_not_waited_for_and_is_asked_again_afresh() {
        let hanging = Arc::new(Hanging::default());
        let guarded = Guarded::new(hanging.clone(), Duration::from_millis(50));
        let failure = guarded.ask(|keychain| keychain.read(&entry())).await.unwrap_err();
        assert_eq!(failure.0, "it did not answer within 0.05 seconds", "said plainly");
        *hanging.open.lock().unwrap() = true;
        hanging.opened.notify_all();
        let read = guarded.ask(|keychain| keychain.read(&entry())).await.unwrap();
        assert!(read.is_none(), "another thread answers");
    }
}
