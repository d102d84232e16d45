//! Runs the server where and as long as it is wanted, and tells how it is.

use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use axum::middleware;
use taskwright_commands::App;
use taskwright_commands::webhooks::ServerState;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use super::route::router;
use crate::listen::{Patience, serve};
use crate::watch::{Meters, log_request};

/// How long until a port that was taken is tried again.
const AGAIN: Duration = Duration::from_secs(5);

/// How long calls under way may take when the server ends.
const ENDING: Duration = Duration::from_secs(3);

/// What runs the server.
#[derive(Debug)]
pub struct Supervisor {
    stop: watch::Sender<bool>,
    task: JoinHandle<()>,
}

impl Supervisor {
    /// Ends it: calls under way are answered.
    pub async fn stop(self) {
        self.stop.send_replace(true);
        // It only ends early by a panic, and then there is nothing left to wait for.
        let _ = self.task.await;
    }
}

/// Runs the server for webhooks of a workspace from the first need on.
#[must_use]
pub fn supervise(app: App) -> Supervisor {
    begin(app, Meters::new(), Patience::default())
}

/// The same, with as much patience as is given.
#[must_use]
pub fn supervise_with(app: App, patience: Patience) -> Supervisor {
    begin(app, Meters::new(), patience)
}

/// Runs the server for webhooks as [`supervise`] does, and counts requests.
#[must_use]
pub fn supervise_watched(app: App, meters: Meters) -> Supervisor {
    begin(app, meters, Patience::default())
}

fn begin(app: App, meters: Meters, patience: Patience) -> Supervisor {
    let (stop, stopped) = watch::channel(false);
    // Whoever wants the server now is heard by it.
    let wanted = app.webhooks().wanted();
    let task = tokio::spawn(run(app, meters, patience, wanted, stopped));
    Supervisor { stop, task }
}

type Wanted = watch::Receiver<Option<taskwright_commands::webhooks::ServerWanted>>;

async fn run(app: App, meters: Meters, patience: Patience, mut wanted: Wanted, mut stopped: watch::Receiver<bool>) {
    loop {
        let addr = wanted.borrow_and_update().as_ref().map(|wanted| wanted.addr);
        let serving = match addr {
            Some(addr) => start(&app, &meters, patience, addr).await,
            None => None,
        };
        let retry = addr.is_some() && serving.is_none();
        let ended = loop {
            tokio::select! {
                changed = wanted.changed() => {
                    if changed.is_err() {
                        break true;
                    }
                    // That something else needs it, too, moves it nowhere.
                    if wanted.borrow_and_update().as_ref().map(|wanted| wanted.addr) != addr {
                        break false;
                    }
                }
                _ = stopped.wait_for(|stop| *stop) => break true,
                () = tokio::time::sleep(AGAIN), if retry => break false,
            }
        };
        if let Some(serving) = serving {
            serving.stop().await;
        }
        if ended {
            app.webhooks().report(ServerState::Off);
            return;
        }
    }
}

struct Serving {
    stop: watch::Sender<bool>,
    task: JoinHandle<()>,
}

impl Serving {
    /// Calls under way are answered; whoever does not come to an end keeps nobody from it.
    async fn stop(mut self) {
        self.stop.send_replace(true);
        if tokio::time::timeout(ENDING, &mut self.task).await.is_err() {
            self.task.abort();
        }
    }
}

async fn start(app: &App, meters: &Meters, patience: Patience, addr: SocketAddr) -> Option<Serving> {
    app.webhooks().report(ServerState::Starting);
    let listening = match TcpListener::bind(addr).await {
        Ok(listener) => listener.local_addr().map(|addr| (listener, addr)),
        Err(error) => Err(error),
    };
    let (listener, addr) = match listening {
        Ok(listening) => listening,
        Err(error) => {
            let why = why(addr, &error);
            tracing::error!(%addr, why, "webhooks cannot be taken");
            app.webhooks().report(ServerState::Failed { why });
            return None;
        }
    };
    let (stop, stopped) = watch::channel(false);
    let counted = middleware::from_fn_with_state(meters.clone(), log_request);
    let router = router(app.clone(), patience.body).layer(counted);
    tracing::info!(%addr, "webhooks are taken");
    let task = tokio::spawn(serve(listener, router, patience, stopped));
    let host = if addr.ip().is_unspecified() {
        Ipv4Addr::LOCALHOST.into()
    } else {
        addr.ip()
    };
    app.webhooks().report(ServerState::Listening {
        url: format!("http://{}", SocketAddr::new(host, addr.port())),
    });
    Some(Serving { stop, task })
}

fn why(addr: SocketAddr, error: &std::io::Error) -> String {
    use std::io::ErrorKind::{AddrInUse, PermissionDenied};
    let port = addr.port();
    match error.kind() {
        AddrInUse => format!("Port {port} is taken by another program. Choose another port in Settings, Webhooks."),
        PermissionDenied => format!("This account may not listen on port {port}. Choose a port above 1024."),
        _ => format!("It cannot listen on {addr}: {error}. Choose another port in Settings, Webhooks."),
    }
}
