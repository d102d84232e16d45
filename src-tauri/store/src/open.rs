//! Opening a workspace.

use std::fs::{File, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};
use taskwright_domain::WorkspaceId;
use tokio::sync::broadcast;

use crate::announce::Announcement;
use crate::error::StoreError;
use crate::migrations::{NEWEST, format, migrate};
use crate::writer::Writer;

/// The file in the workspace's folder.
pub(crate) const FILE: &str = "workspace.sqlite";
/// The lock beside it; its content says who holds it.
const LOCK: &str = "workspace.lock";
/// How long a connection waits for another one.
const BUSY: Duration = Duration::from_secs(5);
/// Announcements that a slow follower may be behind.
const BEHIND: usize = 1024;
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
    readers: Mutex<Vec<Connection>>,
    pub(crate) position: Arc<AtomicU64>,
    pub(crate) announcements: broadcast::Sender<Announcement>,
    lock: Mutex<Option<File>>,
}

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
        check(&path)?;
        let mut connection = connect(&Target::File(path.clone()), Access::Write)?;
        migrate(&mut connection, &path)?;
        if let Some(pages) = options.max_pages {
            connection.pragma_update(None, "max_page_count", pages)?;
        }
        Self::over(folder, Target::File(path), Some(connection), Some(lock))
    }

    /// Opens the workspace of a folder beside whoever runs it, to read.
    ///
    /// # Errors
    /// When there is none, or it is newer or damaged.
    pub fn open_to_read(folder: &Path) -> Result<Self, StoreError> {
        let path = folder.join(FILE);
        if !path.is_file() {
            return Err(StoreError::NoWorkspace {
                folder: folder.to_owned(),
            });
        }
        check(&path)?;
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
            connection.execute(
                "INSERT INTO workspace (one, id, position) VALUES (1, 'workspace_' || lower(hex(randomblob(16))), 0) \
                 ON CONFLICT DO NOTHING",
                [],
            )?;
        }
        let (id, position): (String, u64) = reading.query_row("SELECT id, position FROM workspace", [], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })?;
        let position = Arc::new(AtomicU64::new(position));
        let (announcements, _) = broadcast::channel(BEHIND);
        let writer = writing.map(|connection| Writer::start(connection, announcements.clone(), position.clone()));
        Ok(Self {
            inner: Arc::new(Inner {
                folder: folder.to_owned(),
                target,
                id: WorkspaceId(id),
                writer,
                readers: Mutex::new(vec![reading]),
                position,
                announcements,
                lock: Mutex::new(lock),
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
        self.inner.position.load(Ordering::SeqCst)
    }

    /// Whatever is committed from now on.
    #[must_use]
    pub fn announcements(&self) -> broadcast::Receiver<Announcement> {
        self.inner.announcements.subscribe()
    }

    /// Closes it: waiting writes are done, the lock is freed. Writes that come later answer that it is closed.
    ///
    /// # Errors
    /// When the last writes fail.
    pub async fn close(&self) -> Result<(), StoreError> {
        if let Some(writer) = &self.inner.writer {
            writer.close().await;
        }
        self.inner
            .readers
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clear();
        let lock = self.inner.lock.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(lock) = lock {
            // An empty file tells nobody of a program that is gone.
            let _ = lock.set_len(0);
        }
        Ok(())
    }

    /// Reads with a connection of one's own.
    pub(crate) fn read<T>(&self, work: impl FnOnce(&Connection) -> Result<T, StoreError>) -> Result<T, StoreError> {
        let mut readers = self.inner.readers.lock().unwrap_or_else(PoisonError::into_inner);
        let connection = match readers.pop() {
            Some(connection) => connection,
            None => connect(&self.inner.target, Access::Read)?,
        };
        drop(readers);
        let found = work(&connection);
        let mut readers = self.inner.readers.lock().unwrap_or_else(PoisonError::into_inner);
        if readers.len() < IDLE_READERS {
            readers.push(connection);
        }
        found
    }
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
    if access == Access::Read {
        connection.pragma_update(None, "query_only", true)?;
        if matches!(target, Target::Memory(..)) {
            // Connections that share one cache would otherwise meet each other's table locks.
            connection.pragma_update(None, "read_uncommitted", true)?;
        }
    } else {
        connection.pragma_update(None, "journal_mode", "wal")?;
        connection.pragma_update(None, "synchronous", "full")?;
    }
    Ok(connection)
}

/// Looks at an existing file before anything is opened to write: a newer or damaged one stays as it is.
fn check(path: &Path) -> Result<(), StoreError> {
    if !path.exists() {
        return Ok(());
    }
    let damaged = |error: rusqlite::Error| match StoreError::from(error) {
        StoreError::Sqlite(why) => StoreError::Damaged {
            path: path.to_owned(),
            why,
        },
        other => other,
    };
    let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY).map_err(damaged)?;
    connection.busy_timeout(BUSY).map_err(damaged)?;
    let found = match format(&connection) {
        Err(StoreError::Sqlite(why)) => {
            return Err(StoreError::Damaged {
                path: path.to_owned(),
                why,
            });
        }
        other => other?,
    };
    if found > NEWEST {
        return Err(StoreError::Newer {
            path: path.to_owned(),
            found,
            known: NEWEST,
        });
    }
    let verdict: String = connection
        .pragma_query_value(None, "quick_check", |row| row.get(0))
        .map_err(damaged)?;
    if verdict == "ok" {
        return Ok(());
    }
    Err(StoreError::Damaged {
        path: path.to_owned(),
        why: verdict,
    })
}

/// Takes the lock and writes down who has it.
fn lock(path: &Path, program: &str) -> Result<File, StoreError> {
    let io = |error: std::io::Error| StoreError::io(path, &error);
    let mut file = File::options()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .open(path)
        .map_err(io)?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            let mut by = String::new();
            file.read_to_string(&mut by).map_err(io)?;
            let by = by.trim();
            let by = if by.is_empty() { "another program" } else { by };
            return Err(StoreError::Held { by: by.to_owned() });
        }
        Err(TryLockError::Error(error)) => return Err(io(error)),
    }
    file.set_len(0).map_err(io)?;
    file.rewind().map_err(io)?;
    let program = if program.is_empty() { "Taskwright" } else { program };
    writeln!(file, "{program} (process {})", std::process::id()).map_err(io)?;
    Ok(file)
}
