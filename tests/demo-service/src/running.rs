//! Starting and stopping the service.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::app::{App, Database};
use crate::{Ledger, StartError, database, routes, seed};

/// The service.
pub struct DemoService;

/// How the service starts.
#[derive(Debug, Clone)]
pub struct Options {
    /// The database file; in memory where none.
    pub database: Option<PathBuf>,
    /// The day the seed is relative to, e.g. `2026-11-21`; the machine's day where none.
    pub today: Option<String>,
    /// Where it listens; port 0 takes a free one.
    pub addr: SocketAddr,
    /// Pays every refund it is told to, whatever the order: nothing but the caller's own rules is in the way.
    pub trusting: bool,
}

impl Default for Options {
    /// In memory, today, on a free port of this machine only.
    fn default() -> Self {
        Self {
            database: None,
            today: None,
            addr: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            trusting: false,
        }
    }
}

/// A service that answers.
pub struct Running {
    /// Where it listens.
    pub addr: SocketAddr,
    database: Database,
    stop: watch::Sender<bool>,
    task: JoinHandle<()>,
}

impl DemoService {
    /// Opens and seeds the database, and begins to answer.
    ///
    /// # Errors
    /// When the database cannot be used, `today` is no day, or the address is taken.
    pub async fn start(options: Options) -> Result<Running, StartError> {
        let mut connection = database::open(options.database.as_deref())?;
        if !seed::fill(&mut connection, options.today.as_deref())? {
            return Err(StartError::BadToday(options.today.unwrap_or_default()));
        }
        let listen = |source| StartError::Listen {
            addr: options.addr,
            source,
        };
        let listener = TcpListener::bind(options.addr).await.map_err(listen)?;
        let addr = listener.local_addr().map_err(listen)?;
        let database = Arc::new(Mutex::new(connection));
        let (stop, stopping) = watch::channel(false);
        let app = App {
            database: Arc::clone(&database),
            faults: Arc::default(),
            stopping: stopping.clone(),
            trusting: options.trusting,
        };
        Ok(Running {
            addr,
            database,
            stop,
            task: tokio::spawn(serve(listener, app, stopping)),
        })
    }
}

async fn serve(listener: TcpListener, app: App, mut stopping: watch::Receiver<bool>) {
    let stopped = async move {
        // An error means that `Running` was dropped, which stops the service as well.
        let _ = stopping.wait_for(|stopping| *stopping).await;
    };
    if let Err(error) = axum::serve(listener, routes::router(app))
        .with_graceful_shutdown(stopped)
        .await
    {
        eprintln!("the demo service stopped: {error}");
    }
}

impl Running {
    /// What really happened, to look at beside the HTTP interface.
    #[must_use]
    pub fn ledger(&self) -> Ledger {
        Ledger::of(&self.database)
    }

    /// `http://127.0.0.1:PORT`
    #[must_use]
    pub fn base_url(&self) -> String {
        format!("http://{}", self.addr)
    }

    /// Takes no more requests, and returns when those under way are answered.
    pub async fn stop(self) {
        self.stop.send_replace(true);
        // The task only ends early by a panic, and then there is nothing left to wait for.
        let _ = self.task.await;
    }
}
