//! What all handlers share: the database, the waiting faults, and the sign that the service stops.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::http::StatusCode;
use rusqlite::Connection;
use tokio::sync::watch;

use crate::error::Refusal;
use crate::fault::WaitingFault;

/// The one connection. SQLite writes one change at a time anyway.
pub(crate) type Database = Arc<Mutex<Connection>>;

/// What all handlers share.
#[derive(Clone)]
pub(crate) struct App {
    pub(crate) database: Database,
    pub(crate) faults: Arc<Mutex<Vec<WaitingFault>>>,
    pub(crate) stopping: watch::Receiver<bool>,
    /// Whether refunds are paid as they are told.
    pub(crate) trusting: bool,
}

impl App {
    /// Does work on the database, off the threads that serve requests.
    pub(crate) async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Connection) -> Result<T, Refusal> + Send + 'static,
    ) -> Result<T, Refusal> {
        let database = Arc::clone(&self.database);
        let done = tokio::task::spawn_blocking(move || work(&mut locked(&database))).await;
        done.unwrap_or_else(|error| {
            Err(Refusal::new(
                StatusCode::INTERNAL_SERVER_ERROR,
                "internal",
                error.to_string(),
            ))
        })
    }
}

/// The lock, whatever became of the thread that held it last: SQLite has rolled its transaction back.
pub(crate) fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
