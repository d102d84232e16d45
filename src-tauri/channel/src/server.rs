//! The browser host as a whole.

use std::net::SocketAddr;
use std::path::{Path as FilePath, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use axum::extract::{DefaultBodyLimit, Path, State};
use axum::http::{Extensions, HeaderMap, HeaderName, HeaderValue, StatusCode, Version, header};
use axum::response::Response;
use axum::routing::{any, get, post};
use axum::serve::ListenerExt;
use axum::{Json, Router, middleware};
use serde_json::Value;
use taskwright_commands::App;
use tokio::net::TcpListener;
use tokio::sync::watch::{Receiver, Sender, channel};
use tokio::task::JoinHandle;
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;
use tower_http::services::{ServeDir, ServeFile};
use tower_http::set_header::SetResponseHeaderLayer;

use crate::answer::answer;
use crate::door::{Door, guard};
use crate::watch::{self, Meters};
use crate::{files, socket};

/// The largest call: a long task as one edit, with room to spare.
const LARGEST_CALL: usize = 16 << 20;

/// How long requests under way may take when the server ends.
const ENDING: Duration = Duration::from_secs(10);

/// What the page may load: its own files, nothing else.
const POLICY: &str = "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; \
                      connect-src 'self' ws: wss:; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";

/// How to serve.
#[derive(Debug, Clone)]
pub struct ServeOptions {
    /// Where to listen; port 0 takes a free one.
    pub addr: SocketAddr,
    /// The folder of the built UI; without one the page says how to build it.
    pub ui: Option<PathBuf>,
}

/// Why the server could not start.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The address is taken or not allowed.
    #[error("cannot listen on {addr}: {error}. Choose another port with --port, or stop the program that has it")]
    Listen {
        /// The address.
        addr: SocketAddr,
        /// Why.
        error: std::io::Error,
    },
}

/// A running server.
#[derive(Debug)]
pub struct Serving {
    /// The address of the page, with its token.
    pub url: String,
    /// Where it listens.
    pub addr: SocketAddr,
    stop: Sender<bool>,
    task: JoinHandle<std::io::Result<()>>,
}

/// What every request needs.
#[derive(Clone)]
pub(crate) struct Host {
    pub(crate) app: App,
    pub(crate) door: Arc<Door>,
    pub(crate) stopped: Receiver<bool>,
}

/// Starts to serve a workspace.
///
/// # Errors
/// When the address cannot be listened on.
pub async fn serve(app: App, options: ServeOptions) -> Result<Serving, ServeError> {
    serve_watched(app, options, Meters::new()).await
}

/// Starts to serve a workspace and counts requests.
///
/// # Errors
/// When the address cannot be listened on.
pub async fn serve_watched(app: App, options: ServeOptions, meters: Meters) -> Result<Serving, ServeError> {
    let listen = |error| ServeError::Listen {
        addr: options.addr,
        error,
    };
    let listener = TcpListener::bind(options.addr).await.map_err(listen)?;
    let addr = listener.local_addr().map_err(listen)?;
    let door = Arc::new(Door::new(addr));
    let url = door.url();
    let (stop, stopped) = channel(false);
    let host = Host {
        app,
        door,
        stopped: stopped.clone(),
    };
    let router = router(host, options.ui, &meters);
    // Nothing waits to be sent with more: an answer is written in parts, and each would be held back for up to 40 ms until
    // the browser has acknowledged the one before. Where it cannot be set, answers are slower, that is all.
    let listener = listener.tap_io(|stream| {
        let _ = stream.set_nodelay(true);
    });
    let task = tokio::spawn(async move {
        let mut stopped = stopped;
        let until = async move {
            // A dropped sender ends the server as well.
            let _ = stopped.wait_for(|stop| *stop).await;
        };
        axum::serve(listener, router).with_graceful_shutdown(until).await
    });
    Ok(Serving { url, addr, stop, task })
}

impl Serving {
    /// Stops it: open requests are answered, subscriptions end. Whoever does not come to an end keeps nobody from it.
    pub async fn stop(mut self) {
        let _ = self.stop.send(true);
        if tokio::time::timeout(ENDING, &mut self.task).await.is_err() {
            self.task.abort();
        }
    }
}

fn router(host: Host, ui: Option<PathBuf>, meters: &Meters) -> Router {
    let page = match ui {
        Some(folder) => built_page(&folder),
        None => Router::new().fallback(|| async { not_built() }),
    };
    let header = |name: HeaderName, value: &'static str| {
        SetResponseHeaderLayer::overriding(name, HeaderValue::from_static(value))
    };
    Router::new()
        .route("/call/{name}", post(call))
        .route("/subscribe", any(socket::subscribe))
        .route("/files", post(files::put))
        .route("/files/{id}", get(files::get))
        .merge(page)
        .layer(DefaultBodyLimit::max(LARGEST_CALL))
        .layer(middleware::from_fn_with_state(host.clone(), guard))
        .layer(
            CompressionLayer::new()
                .quality(CompressionLevel::Fastest)
                .compress_when(is_long_text),
        )
        .layer(header(header::CONTENT_SECURITY_POLICY, POLICY))
        .layer(header(header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .layer(header(header::REFERRER_POLICY, "no-referrer"))
        // Whoever watches the program has no token; they are told counts only.
        .merge(watch::routes(host.app.clone(), meters.clone()))
        .layer(middleware::from_fn_with_state(meters.clone(), watch::log_request))
        .with_state(host)
}

/// The page and what it is made of. A file in `assets` has the hash of what it holds in its name, so a browser that has it
/// never asks again; the page itself, which names them, is asked for each time.
fn built_page(folder: &FilePath) -> Router<Host> {
    let index = ServeFile::new(folder.join("index.html"));
    let assets = ServeDir::new(folder.join("assets")).precompressed_br();
    let kept = |value: &'static str| {
        SetResponseHeaderLayer::if_not_present(header::CACHE_CONTROL, move |response: &Response| {
            (!response.status().is_client_error()).then_some(HeaderValue::from_static(value))
        })
    };
    let assets = Router::new()
        .fallback_service(assets)
        .layer(kept("public, max-age=31536000, immutable"));
    Router::new()
        .nest("/assets", assets)
        .fallback_service(ServeDir::new(folder).fallback(index))
        .layer(kept("no-cache"))
}

async fn call(State(host): State<Host>, Path(name): Path<String>, Json(args): Json<Value>) -> Response {
    answer(host.app.call("browser", &name, args).await)
}

/// A thousand tasks are a long list, and scripts are long as well; fonts and bundles are packed already.
fn is_long_text(_: StatusCode, _: Version, headers: &HeaderMap, _: &Extensions) -> bool {
    let value = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let kind = value(header::CONTENT_TYPE).unwrap_or_default();
    let length = value(header::CONTENT_LENGTH).and_then(|length| length.parse::<usize>().ok());
    (kind.starts_with("text/") || kind.starts_with("application/json")) && length.is_none_or(|length| length > 4096)
}

fn not_built() -> Response {
    let page = "<!doctype html><title>Taskwright</title><p>The user interface is not built yet. In the project's folder \
                run <code>npm start</code>, which builds it.";
    let mut response = Response::new(page.into());
    response.headers_mut().insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("text/html; charset=utf-8"),
    );
    response
}
