//! Opening a workspace.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, OptionalExtension};
use taskwright_domain::WorkspaceId;
use tokio::sync::broadcast;

use crate::announce::Announcement;
use crate::error::StoreError;
use crate::inspect::{NOT_BEGUN, inspect};
use crate::lock::lock;
use crate::migrations::{NEWEST, migrate};
use crate::writer::{Writer, WriterThread};

/// The file in the workspace's folder.
pub(crate) const FILE: &str = "workspace.sqlite";
/// The lock beside it; its content says who holds it.
const LOCK: &str = "workspace.lock";
/// How long a connection waits for another one.
pub(crate) const BUSY: Duration = Duration::from_secs(5);
/// Announcements that a slow follower may be behind.
const BEHIND: usize = 1024;
/// Statements that a connection keeps prepared: a commit runs some thirty.
const STATEMENTS: usize = 128;
/// Reading connections that are kept for the next reader.
const IDLE_READERS: usize = 4;

/// How a workspace is opened.
#[derive(Debug, Clone, Default)]
pub struct OpenOptions {
    /// What a second program is told has it, e.g. "the Taskwright window".
    pub program: String,
    /// The file may have so many pages at the most, to try a full disk.
    pub max_pages: Option<u32>,
}

/// An open workspace. Clones are the same one.
#[derive(Clone)]
pub struct Store {
    pub(crate) inner: Arc<Inner>,
}

pub(crate) struct Inner {
    folder: PathBuf,
    /// What readers open: a path, or the name of a database in memory.
    target: Target,
    id: WorkspaceId,
    pub(crate) writer: Option<Writer>,
    /// Idle ones; none once the workspace is closed.
    readers: Mutex<Option<Vec<Connection>>>,
    /// In memory, readers and the writer take turns: their connections share one cache, and would see in it what is
    /// not committed.
    turn: Option<Turn>,
    pub(crate) position: Arc<AtomicU64>,
    /// The writer announces; nobody does once it has ended.
    announcements: broadcast::WeakSender<Announcement>,
}

/// Whose turn it is.
pub(crate) type Turn = Arc<Mutex<()>>;

enum Target {
    File(PathBuf),
    /// The name of a database in memory that connections of this process share, and the connection that keeps it.
    Memory(
        String,
        #[expect(dead_code, reason = "the database lives as long as one connection does")] Mutex<Connection>,
    ),
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Store").field("folder", &self.inner.folder).finish()
    }
}

impl Store {
    /// Opens the workspace of a folder to run it; folder and file are made where they are missing.
    ///
    /// # Errors
    /// When another program has it, or it is newer, damaged or out of reach.
    pub fn open(folder: &Path, options: OpenOptions) -> Result<Self, StoreError> {
        std::fs::create_dir_all(folder).map_err(|error| StoreError::io(folder, &error))?;
        let lock = lock(&folder.join(LOCK), &options.program)?;
        let path = folder.join(FILE);
        inspect(&path)?;
        let mut connection = connect(&Target::File(path.clone()), Access::Write)?;
        migrate(&mut connection, &path)?;
        if let Some(pages) = options.max_pages {
            connection.pragma_update(None, "max_page_count", pages)?;
        }
        Self::over(folder, Target::File(path), Some(connection), Some(lock))
    }

    /// Opens the workspace of a folder beside whoever runs it, to read. One of an older format is brought up to date
    /// first.
    ///
    /// # Errors
    /// When there is none, or it is newer or damaged, or another program runs it in an older format.
    pub fn open_to_read(folder: &Path) -> Result<Self, StoreError> {
        let path = folder.join(FILE);
        match inspect(&path)? {
            NOT_BEGUN => {
                return Err(StoreError::NoWorkspace {
                    folder: folder.to_owned(),
                });
            }
            NEWEST => {}
            _ => drop(Self::open(folder, OpenOptions::default())?),
        }
        Self::over(folder, Target::File(path), None, None)
    }

    /// A workspace in memory that is gone with its last clone.
    ///
    /// # Errors
    /// When there is no memory for it.
    pub fn in_memory() -> Result<Self, StoreError> {
        static NUMBER: AtomicU64 = AtomicU64::new(1);
        let name = format!(
            "file:taskwright-{}?mode=memory&cache=shared",
            NUMBER.fetch_add(1, Ordering::Relaxed)
        );
        let keeper = Connection::open_with_flags(&name, flags(Access::Write))?;
        let target = Target::Memory(name, Mutex::new(keeper));
        let mut connection = connect(&target, Access::Write)?;
        migrate(&mut connection, Path::new("memory"))?;
        Self::over(Path::new(""), target, Some(connection), None)
    }

    fn over(
        folder: &Path,
        target: Target,
        writing: Option<Connection>,
        lock: Option<File>,
    ) -> Result<Self, StoreError> {
        let reading = connect(&target, Access::Read)?;
        if let Some(connection) = &writing {
            // The id is made once.
            connection.execute(
                "INSERT INTO workspace (one, id, position) VALUES (1, 'workspace_' || lower(hex(randomblob(16))), 0) \
                 ON CONFLICT DO NOTHING",
                [],
            )?;
        }
        let row = reading.query_row("SELECT id, position FROM workspace", [], |row| {
            Ok((row.get(0)?, row.get(1)?))
        });
        let (id, position): (String, u64) = row.optional()?.ok_or_else(|| StoreError::NoWorkspace {
            folder: folder.to_owned(),
        })?;
        let position = Arc::new(AtomicU64::new(position));
        let (announcements, _) = broadcast::channel(BEHIND);
        let heard = announcements.downgrade();
        let turn = matches!(target, Target::Memory(..)).then(Turn::default);
        let writer = writing.map(|connection| {
            let thread = WriterThread {
                connection,
                announcements,
                position: position.clone(),
                turn: turn.clone(),
                lock,
            };
            Writer::start(thread)
        });
        Ok(Self {
            inner: Arc::new(Inner {
                folder: folder.to_owned(),
                target,
                id: WorkspaceId(id),
                writer,
                readers: Mutex::new(Some(vec![reading])),
                turn,
                position,
                announcements: heard,
            }),
        })
    }

    /// The workspace's folder; empty for one in memory.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.inner.folder
    }

    /// The workspace's id, made once.
    #[must_use]
    pub fn workspace_id(&self) -> WorkspaceId {
        self.inner.id.clone()
    }

    /// How much has been committed: a number that only grows.
    #[must_use]
    pub fn position(&self) -> u64 {
        if self.inner.writer.is_none()
            && let Ok(position) = self.read(position)
        {
            // Someone else writes.
            self.inner.position.fetch_max(position, Ordering::SeqCst);
        }
        self.inner.position.load(Ordering::SeqCst)
    }

    /// Whatever is committed from now on, until the workspace is closed. Who opened it to read hears nothing.
    #[must_use]
    pub fn announcements(&self) -> broadcast::Receiver<Announcement> {
        match self.inner.announcements.upgrade() {
            Some(announcements) => announcements.subscribe(),
            None => broadcast::channel(1).1,
        }
    }

    /// Closes it: waiting writes are done, the lock is freed. Whatever is asked of it later answers that it is closed.
    ///
    /// # Errors
    /// When the last writes fail.
    pub async fn close(&self) -> Result<(), StoreError> {
        self.inner.readers.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(writer) = &self.inner.writer {
            writer.close().await;
        }
        Ok(())
    }

    /// Brings the log of changes into the one file and empties it: what was erased is then in neither. Where somebody
    /// reads meanwhile it is done later.
    pub(crate) fn checkpoint(&self) -> Result<(), StoreError> {
        if let Target::File(_) = self.inner.target {
            let connection = connect(&self.inner.target, Access::Write)?;
            connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
        }
        Ok(())
    }

    /// Reads with a connection of one's own. All that is read is of one moment.
    pub(crate) fn read<T>(&self, work: impl FnOnce(&Connection) -> Result<T, StoreError>) -> Result<T, StoreError> {
        let connection = self.inner.reader()?;
        let turn = self.inner.turn.as_deref().map(take_turn);
        let moment = connection.unchecked_transaction()?;
        let found = work(&connection);
        moment.finish()?;
        drop(turn);
        self.inner.put_back(connection);
        found
    }
}

impl Inner {
    fn reader(&self) -> Result<Connection, StoreError> {
        let mut readers = self.readers.lock().unwrap_or_else(PoisonError::into_inner);
        match readers.as_mut().ok_or(StoreError::Closed)?.pop() {
            Some(connection) => Ok(connection),
            None => connect(&self.target, Access::Read),
        }
    }

    fn put_back(&self, connection: Connection) {
        let mut readers = self.readers.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(readers) = readers.as_mut().filter(|readers| readers.len() < IDLE_READERS) {
            readers.push(connection);
        }
    }
}

/// Waits for one's turn, which lasts as long as the guard.
pub(crate) fn take_turn(turn: &Mutex<()>) -> MutexGuard<'_, ()> {
    turn.lock().unwrap_or_else(PoisonError::into_inner)
}

fn position(connection: &Connection) -> Result<u64, StoreError> {
    Ok(connection.query_row("SELECT position FROM workspace", [], |row| row.get(0))?)
}

#[derive(Clone, Copy, PartialEq)]
enum Access {
    Read,
    Write,
}

fn flags(access: Access) -> OpenFlags {
    let common = OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI;
    match access {
        Access::Read => common | OpenFlags::SQLITE_OPEN_READ_WRITE,
        Access::Write => common | OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE,
    }
}

fn connect(target: &Target, access: Access) -> Result<Connection, StoreError> {
    let connection = match target {
        Target::File(path) => Connection::open_with_flags(path, flags(access))?,
        Target::Memory(name, _) => Connection::open_with_flags(name, flags(access))?,
    };
    connection.busy_timeout(BUSY)?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    if access == Access::Read {
        connection.pragma_update(None, "query_only", true)?;
        connection.pragma_update(None, "temp_store", "memory")?;
    } else {
        // What is erased is overwritten where it stood.
        connection.pragma_update(None, "secure_delete", true)?;
        connection.pragma_update(None, "journal_mode", "wal")?;
        connection.pragma_update(None, "synchronous", "full")?;
    }
    Ok(connection)
}
