//! What whoever runs a server watches: whether it is well, figures for Prometheus, and a line for every request.
//!
//! Figures are counts: nothing that anybody wrote, and no part of an address that opens anything, stands in them or in the
//! log.

mod access;
mod metrics;

use std::net::SocketAddr;

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use serde_json::json;
use taskwright_commands::App;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

pub(crate) use access::log_request;
pub use metrics::Meters;

/// Whether the program is well, and its figures.
#[derive(Clone)]
struct Watched {
    app: App,
    meters: Meters,
}

/// `/health` and `/metrics`.
pub(crate) fn routes<S: Clone + Send + Sync + 'static>(app: App, meters: Meters) -> Router<S> {
    let watched = Watched { app, meters };
    Router::new()
        .route("/health", get(health))
        .route("/metrics", get(metrics))
        .with_state(watched)
}

/// Well means that the workspace answers.
async fn health(State(watched): State<Watched>) -> Response {
    let stopping = watched.meters.is_stopping();
    match watched.app.vital_signs() {
        Ok(signs) if !stopping => Json(json!({
            "status": "ok",
            "version": env!("CARGO_PKG_VERSION"),
            "open_conversations": signs.open_conversations,
        }))
        .into_response(),
        Ok(_) => (StatusCode::SERVICE_UNAVAILABLE, Json(json!({"status": "stopping"}))).into_response(),
        Err(error) => {
            tracing::error!(error = %error.message, "the workspace does not answer");
            let answer = json!({"status": "failed", "why": error.message});
            (StatusCode::SERVICE_UNAVAILABLE, Json(answer)).into_response()
        }
    }
}

async fn metrics(State(watched): State<Watched>) -> Response {
    match watched.meters.text(&watched.app) {
        Ok(text) => ([(header::CONTENT_TYPE, Meters::FORMAT)], text).into_response(),
        Err(why) => (StatusCode::INTERNAL_SERVER_ERROR, why).into_response(),
    }
}

/// A server for `/health` and `/metrics` alone, where others than this machine may ask.
#[derive(Debug)]
pub struct StatusServer {
    /// Where it listens.
    pub addr: SocketAddr,
    stop: watch::Sender<bool>,
    task: JoinHandle<std::io::Result<()>>,
}

impl StatusServer {
    /// Starts it.
    ///
    /// # Errors
    /// When the address cannot be listened on.
    pub async fn start(app: App, meters: Meters, addr: SocketAddr) -> std::io::Result<Self> {
        let listener = TcpListener::bind(addr).await?;
        let addr = listener.local_addr()?;
        let (stop, mut stopped) = watch::channel(false);
        let router: Router = routes(app, meters);
        let until = async move {
            // A dropped sender ends the server as well.
            let _ = stopped.wait_for(|stop| *stop).await;
        };
        let task = tokio::spawn(async move { axum::serve(listener, router).with_graceful_shutdown(until).await });
        Ok(Self { addr, stop, task })
    }

    /// Ends it; who asks now is answered.
    pub async fn stop(self) {
        self.stop.send_replace(true);
        // It ends early by a panic only, and then there is nothing left to wait for.
        let _ = self.task.await;
    }
}
