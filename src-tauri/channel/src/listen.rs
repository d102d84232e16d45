//! Taking connections of callers that nobody knows: bounded in number, in what they may send before they have said what
//! they want, and in how long they take for it.

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use axum::Router;
use axum::extract::ConnectInfo;
use axum::serve::Listener;
use hyper::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::{Service as _, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::task::{AbortHandle, JoinSet};

/// The most that may come before a request's headers are whole, in bytes.
const LARGEST_HEAD: usize = 64 << 10;

/// How long callers are waited for, and how many of them at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    /// Until the headers of a request are whole. A connection on which nothing is asked ends then as well.
    pub headers: Duration,
    /// From then on until its body is whole.
    pub body: Duration,
    /// Connections at once; whoever comes then takes the place of one on which nothing is asked, or waits until one ends.
    pub connections: usize,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            headers: Duration::from_secs(10),
            body: Duration::from_secs(10),
            connections: 1_024,
        }
    }
}

/// Answers whoever connects, until it is stopped; calls under way are then answered first. Dropping it ends them at once.
pub(crate) async fn serve(
    mut listener: TcpListener,
    router: Router,
    patience: Patience,
    mut stopped: watch::Receiver<bool>,
) {
    let seats = Arc::new(Semaphore::new(patience.connections));
    let mut callers = JoinSet::new();
    let mut open = VecDeque::new();
    loop {
        tokio::select! {
            (stream, caller) = Listener::accept(&mut listener) => {
                if seats.available_permits() == 0 {
                    make_room(&mut open);
                }
                let seat = tokio::select! {
                    seat = seats.clone().acquire_owned() => seat,
                    () = until(&mut stopped) => break,
                };
                let said = Arc::new(Said::default());
                let attended = attend(stream, caller, said.clone(), router.clone(), patience, stopped.clone());
                let task = callers.spawn(async move {
                    attended.await;
                    drop(seat);
                });
                open.push_back(Caller { task, said });
            }
            // Those that are done are forgotten.
            Some(_) = callers.join_next() => {
                while open.front().is_some_and(|caller| caller.task.is_finished()) {
                    open.pop_front();
                }
            }
            () = until(&mut stopped) => break,
        }
    }
    drop(listener);
    while callers.join_next().await.is_some() {}
}

/// A connection.
struct Caller {
    task: AbortHandle,
    said: Arc<Said>,
}

/// What was heard on a connection.
#[derive(Default)]
struct Said {
    /// Something was asked on it, now or before.
    something: AtomicBool,
    /// It is being answered.
    busy: AtomicBool,
}

/// Those who connect and stay keep nobody out: whoever said nothing for longest makes room for whoever comes. A connection
/// that is kept for the next request is ended only where nobody is mute: its owner may be about to use it.
fn make_room(open: &mut VecDeque<Caller>) {
    open.retain(|caller| !caller.task.is_finished());
    let mute = open
        .iter()
        .position(|caller| !caller.said.something.load(Ordering::Relaxed));
    let idle = || open.iter().position(|caller| !caller.said.busy.load(Ordering::Relaxed));
    if let Some(caller) = mute.or_else(idle).and_then(|at| open.remove(at)) {
        caller.task.abort();
    }
}

/// One connection, from the first request to the last.
async fn attend(
    stream: TcpStream,
    caller: SocketAddr,
    said: Arc<Said>,
    router: Router,
    patience: Patience,
    mut stopped: watch::Receiver<bool>,
) {
    let router = TowerToHyperService::new(router);
    let known = service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(ConnectInfo(caller));
        said.something.store(true, Ordering::Relaxed);
        said.busy.store(true, Ordering::Relaxed);
        let (answer, said) = (router.call(request), said.clone());
        async move {
            let answer = answer.await;
            said.busy.store(false, Ordering::Relaxed);
            answer
        }
    });
    // An answer is written in parts, and none of them waits for the next. Where it cannot be set, answers are slower.
    let _ = stream.set_nodelay(true);
    let mut connection = pin!(
        http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(patience.headers)
            .max_buf_size(LARGEST_HEAD)
            .serve_connection(TokioIo::new(stream), known)
    );
    // Callers that go away or take too long are no fault of this program.
    tokio::select! {
        _ = connection.as_mut() => {}
        () = until(&mut stopped) => {
            connection.as_mut().graceful_shutdown();
            let _ = connection.await;
        }
    }
}

/// Returns when the server ends. A dropped sender ends it as well.
async fn until(stopped: &mut watch::Receiver<bool>) {
    let _ = stopped.wait_for(|stop| *stop).await;
}
