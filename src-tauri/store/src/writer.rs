//! The one writer: a thread that owns the writing connection and commits what waits in groups.

use std::fs::File;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::thread::JoinHandle;

use rusqlite::Connection;
use tokio::sync::{broadcast, oneshot};

use crate::announce::{Announced, Announcement};
use crate::error::StoreError;
use crate::open::{Store, Turn, take_turn};

/// Writes that are committed together at the most.
const GROUP: usize = 128;

/// What a piece of work has to tell once it is committed.
#[derive(Debug, Default)]
pub(crate) struct Told {
    pub(crate) origin: String,
    pub(crate) what: Vec<(u64, Announced)>,
}

/// A piece of work: run, perhaps more than once, inside a transaction; answered after its commit.
trait Job: Send {
    fn run(&mut self, connection: &Connection) -> Result<Told, StoreError>;
    fn answer(self: Box<Self>, committed: Result<(), StoreError>);
}

struct Typed<T, W> {
    work: W,
    result: Option<T>,
    answer: oneshot::Sender<Result<T, StoreError>>,
}

impl<T, W> Job for Typed<T, W>
where
    T: Send,
    W: FnMut(&Connection) -> Result<(T, Told), StoreError> + Send,
{
    fn run(&mut self, connection: &Connection) -> Result<Told, StoreError> {
        let (result, told) = (self.work)(connection)?;
        self.result = Some(result);
        Ok(told)
    }

    fn answer(self: Box<Self>, committed: Result<(), StoreError>) {
        let Self { result, answer, .. } = *self;
        // Whoever asked may be gone; the write stands all the same.
        let _ = answer.send(committed.and_then(|()| result.ok_or(StoreError::Closed)));
    }
}

pub(crate) struct Writer {
    jobs: Mutex<Option<mpsc::Sender<Box<dyn Job>>>>,
    thread: tokio::sync::Mutex<Option<JoinHandle<()>>>,
}

impl Writer {
    pub(crate) fn start(writer: WriterThread) -> Self {
        let (jobs, waiting) = mpsc::channel();
        let thread = std::thread::spawn(move || writer.work(&waiting));
        Self {
            jobs: Mutex::new(Some(jobs)),
            thread: tokio::sync::Mutex::new(Some(thread)),
        }
    }

    fn end(&self) {
        drop(self.jobs.lock().unwrap_or_else(PoisonError::into_inner).take());
    }

    /// Ends the thread once what waits is done. Whoever closes at the same time waits as well.
    pub(crate) async fn close(&self) {
        self.end();
        let mut thread = self.thread.lock().await;
        if let Some(thread) = thread.take() {
            let (done, ended) = oneshot::channel();
            std::thread::spawn(move || {
                let _ = done.send(thread.join().is_ok());
            });
            let _ = ended.await;
        }
    }
}

/// A workspace that is dropped without being closed is free for the next program all the same, and not before its last
/// write is done.
impl Drop for Writer {
    fn drop(&mut self) {
        self.end();
        if let Some(thread) = self.thread.get_mut().take() {
            // A thread that died has nothing left to write.
            let _ = thread.join();
        }
    }
}

impl Store {
    /// Does work in a transaction and answers after its commit. The work may be run again when the group it was in
    /// could not be committed, so it changes nothing but the database.
    pub(crate) async fn write<T, W>(&self, work: W) -> Result<T, StoreError>
    where
        T: Send + 'static,
        W: FnMut(&Connection) -> Result<(T, Told), StoreError> + Send + 'static,
    {
        let writer = self.inner.writer.as_ref().ok_or(StoreError::ReadOnly)?;
        let (answer, answered) = oneshot::channel();
        let job = Box::new(Typed {
            work,
            result: None,
            answer,
        });
        let jobs = writer.jobs.lock().unwrap_or_else(PoisonError::into_inner).clone();
        jobs.ok_or(StoreError::Closed)?
            .send(job)
            .map_err(|_| StoreError::Closed)?;
        answered.await.map_err(|_| StoreError::Closed)?
    }
}

/// What the thread owns.
pub(crate) struct WriterThread {
    pub(crate) connection: Connection,
    pub(crate) announcements: broadcast::Sender<Announcement>,
    pub(crate) position: Arc<AtomicU64>,
    pub(crate) turn: Option<Turn>,
    /// Held until the last write is done.
    pub(crate) lock: Option<File>,
}

impl WriterThread {
    fn work(self, waiting: &mpsc::Receiver<Box<dyn Job>>) {
        while let Ok(first) = waiting.recv() {
            let mut group = vec![first];
            while group.len() < GROUP {
                let Ok(next) = waiting.try_recv() else { break };
                group.push(next);
            }
            self.group(group);
        }
        // The log of changes goes back into the one file that people copy.
        let _ = self.connection.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)");
        drop(self.connection);
        if let Some(lock) = self.lock {
            // An empty file tells nobody of a program that is gone.
            let _ = lock.set_len(0);
        }
    }

    /// All in one commit; where that fails, each on its own, so that one that does not fit harms no other.
    fn group(&self, mut group: Vec<Box<dyn Job>>) {
        let turn = self.turn.as_deref().map(take_turn);
        let committed = self.commit(&mut group);
        drop(turn);
        match committed {
            Ok(results) => self.answer(group.into_iter().zip(results).collect()),
            Err(error) if group.len() == 1 => group.into_iter().for_each(|job| job.answer(Err(error.clone()))),
            Err(_) => group.into_iter().for_each(|job| self.group(vec![job])),
        }
    }

    fn commit(&self, group: &mut [Box<dyn Job>]) -> Result<Vec<Result<Told, StoreError>>, StoreError> {
        self.connection.execute_batch("BEGIN IMMEDIATE")?;
        let done = self.run_all(group);
        let committed = match done {
            Ok(results) => self
                .connection
                .execute_batch("COMMIT")
                .map(|()| results)
                .map_err(StoreError::from),
            Err(error) => Err(error),
        };
        if committed.is_err() && !self.connection.is_autocommit() {
            // After a failed rollback the next BEGIN says so.
            let _ = self.connection.execute_batch("ROLLBACK");
        }
        committed
    }

    fn run_all(&self, group: &mut [Box<dyn Job>]) -> Result<Vec<Result<Told, StoreError>>, StoreError> {
        let mut results = Vec::new();
        for job in group {
            self.connection.execute_batch("SAVEPOINT job")?;
            let done = job.run(&self.connection);
            // A full disk may have ended the whole transaction.
            if self.connection.is_autocommit() {
                return Err(done.err().unwrap_or(StoreError::Full));
            }
            let end = match done {
                Ok(_) => "RELEASE job",
                Err(_) => "ROLLBACK TO job; RELEASE job",
            };
            self.connection.execute_batch(end)?;
            results.push(done);
        }
        Ok(results)
    }

    fn answer(&self, done: Vec<(Box<dyn Job>, Result<Told, StoreError>)>) {
        for (job, result) in done {
            match result {
                Err(error) => job.answer(Err(error)),
                Ok(told) => {
                    for (position, what) in told.what {
                        self.position.store(position, Ordering::SeqCst);
                        // Nobody may be following.
                        let _ = self.announcements.send(Announcement {
                            position,
                            origin: told.origin.clone(),
                            what,
                        });
                    }
                    job.answer(Ok(()));
                }
            }
        }
    }
}

/// Takes the next `count` positions; the last one of them.
pub(crate) fn next_position(connection: &Connection, count: usize) -> Result<u64, StoreError> {
    let sql = "UPDATE workspace SET position = position + ?1 RETURNING position";
    Ok(connection.prepare_cached(sql)?.query_row([count], |row| row.get(0))?)
}
