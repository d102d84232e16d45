//! A server that keeps what it receives and answers as it was told.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode};
use tokio::net::TcpListener;
use tokio::sync::mpsc;

/// A request that arrived.
#[derive(Debug, Clone)]
pub(crate) struct Received {
    pub(crate) method: String,
    /// Path and query as they were on the wire.
    pub(crate) target: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Received {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap()
    }
}

/// How a request is answered.
#[derive(Debug, Clone)]
pub(crate) enum Reply {
    /// With this.
    With {
        status: u16,
        headers: Vec<(&'static str, String)>,
        body: Vec<u8>,
    },
    /// Never.
    Never,
}

impl Reply {
    pub(crate) fn json(body: &serde_json::Value) -> Self {
        Self::text(200, "application/json", &body.to_string())
    }

    pub(crate) fn text(status: u16, content_type: &str, body: &str) -> Self {
        Self::With {
            status,
            headers: vec![("content-type", content_type.to_owned())],
            body: body.as_bytes().to_vec(),
        }
    }

    /// A status and one header.
    pub(crate) fn header(status: u16, name: &'static str, value: impl Into<String>) -> Self {
        Self::With {
            status,
            headers: vec![(name, value.into())],
            body: Vec::new(),
        }
    }

    pub(crate) fn status(status: u16) -> Self {
        Self::With {
            status,
            headers: Vec::new(),
            body: Vec::new(),
        }
    }
}

#[derive(Clone)]
struct Desk {
    replies: Arc<Mutex<VecDeque<Reply>>>,
    received: Arc<Mutex<Vec<Received>>>,
    dropped: mpsc::UnboundedSender<()>,
    arrived: mpsc::UnboundedSender<()>,
}

/// The server.
pub(crate) struct Server {
    pub(crate) base_url: String,
    desk: Desk,
    /// Hears of every request that ended without an answer because its caller went away.
    pub(crate) dropped: mpsc::UnboundedReceiver<()>,
    /// Hears of every request.
    pub(crate) arrived: mpsc::UnboundedReceiver<()>,
}

impl Server {
    /// Gives these answers in turn; the last one again and again.
    pub(crate) async fn answering(replies: impl IntoIterator<Item = Reply>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base_url = format!("http://{}", listener.local_addr().unwrap());
        let (dropped, hears_dropped) = mpsc::unbounded_channel();
        let (arrived, hears_arrived) = mpsc::unbounded_channel();
        let desk = Desk {
            replies: Arc::new(Mutex::new(replies.into_iter().collect())),
            received: Arc::default(),
            dropped,
            arrived,
        };
        let router = Router::new().fallback(answer).with_state(desk.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self {
            base_url,
            desk,
            dropped: hears_dropped,
            arrived: hears_arrived,
        }
    }

    /// All requests so far.
    pub(crate) fn received(&self) -> Vec<Received> {
        self.desk.received.lock().unwrap().clone()
    }

    /// The one request there was.
    pub(crate) fn only(&self) -> Received {
        let received = self.received();
        assert_eq!(received.len(), 1, "one request arrived: {received:#?}");
        received[0].clone()
    }
}

struct TellsWhenDropped(mpsc::UnboundedSender<()>);

impl Drop for TellsWhenDropped {
    fn drop(&mut self) {
        // Nobody listens once the test is over.
        let _ = self.0.send(());
    }
}

async fn answer(State(desk): State<Desk>, request: Request) -> Response<Body> {
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap().to_vec();
    desk.received.lock().unwrap().push(Received {
        method: parts.method.to_string(),
        target: parts.uri.to_string(),
        headers: parts.headers,
        body,
    });
    let _ = desk.arrived.send(());
    let reply = {
        let mut replies = desk.replies.lock().unwrap();
        if replies.len() > 1 {
            replies.pop_front().unwrap()
        } else {
            replies.front().cloned().unwrap()
        }
    };
    match reply {
        Reply::Never => {
            let _tells = TellsWhenDropped(desk.dropped.clone());
            std::future::pending().await
        }
        Reply::With { status, headers, body } => {
            let mut response = Response::new(Body::from(body));
            *response.status_mut() = StatusCode::from_u16(status).unwrap();
            for (name, value) in headers {
                let value = HeaderValue::from_str(&value).unwrap();
                response.headers_mut().insert(HeaderName::from_static(name), value);
            }
            response
        }
    }
}
