//! Figures for Prometheus, counted while the program runs.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::{Histogram, exponential_buckets};
use prometheus_client::registry::{Registry, Unit};
use taskwright_commands::{App, SubscribeRequest, WorkspaceMessage};
use tokio::task::AbortHandle;

/// Labels of a request.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Request {
    route: String,
    status: u16,
}

/// Labels of an event.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Event {
    kind: String,
}

type Times = Family<Route, Histogram, fn() -> Histogram>;

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Route {
    route: String,
}

/// All figures. Clones are the same ones.
#[derive(Clone)]
pub struct Meters {
    inner: Arc<Inner>,
}

struct Inner {
    registry: Registry,
    requests: Family<Request, Counter>,
    times: Times,
    events: Family<Event, Counter>,
    position: Gauge,
    open: Gauge,
    waiting: Gauge,
    to_be_told: Gauge,
    failing: Gauge,
    stopping: AtomicBool,
}

impl Default for Meters {
    fn default() -> Self {
        Self::new()
    }
}

impl Meters {
    /// What `/metrics` answers, as Prometheus names it.
    pub(crate) const FORMAT: &'static str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

    /// Figures that have counted nothing yet.
    #[must_use]
    pub fn new() -> Self {
        let mut registry = Registry::with_prefix("taskwright");
        let requests = Family::default();
        registry.register("http_requests", "Requests that were answered", requests.clone());
        let times: Times = Family::new_with_constructor(|| Histogram::new(exponential_buckets(0.001, 2.0, 14)));
        registry.register_with_unit(
            "http_request_time",
            "How long answers took",
            Unit::Seconds,
            times.clone(),
        );
        let events = Family::default();
        registry.register("events", "Events written to the logs of conversations", events.clone());
        let position = Gauge::default();
        registry.register(
            "position",
            "Everything that was committed in the workspace",
            position.clone(),
        );
        let open = Gauge::default();
        registry.register("conversations_open", "Conversations that are not over", open.clone());
        let waiting = Gauge::default();
        registry.register(
            "conversations_waiting",
            "Conversations that wait for another system to call back",
            waiting.clone(),
        );
        let to_be_told = Gauge::default();
        registry.register(
            "outbox_waiting",
            "Events that your app is still to be told",
            to_be_told.clone(),
        );
        let failing = Gauge::default();
        registry.register("outbox_failing", "Of these, what was tried before", failing.clone());
        Self {
            inner: Arc::new(Inner {
                registry,
                requests,
                times,
                events,
                position,
                open,
                waiting,
                to_be_told,
                failing,
                stopping: AtomicBool::new(false),
            }),
        }
    }

    /// Counts what is written to logs from now on, until the handle is used or the workspace is closed.
    #[must_use]
    pub fn count_events(&self, app: &App) -> AbortHandle {
        let mut following = app.subscribe(SubscribeRequest::default());
        let meters = self.clone();
        let task = tokio::spawn(async move {
            while let Some(message) = following.recv().await {
                if let WorkspaceMessage::Events { events, .. } = message {
                    events.iter().for_each(|event| meters.event(&event.kind));
                }
            }
        });
        task.abort_handle()
    }

    fn event(&self, kind: &impl serde::Serialize) {
        let name = serde_json::to_value(kind).ok();
        let name = name
            .as_ref()
            .and_then(|json| json["kind"].as_str())
            .unwrap_or("unknown");
        let labels = Event { kind: name.to_owned() };
        self.inner.events.get_or_create(&labels).inc();
    }

    /// Counts an answered request.
    pub(crate) fn request(&self, route: &str, status: u16, took: Duration) {
        let labels = Request {
            route: route.to_owned(),
            status,
        };
        self.inner.requests.get_or_create(&labels).inc();
        let route = Route {
            route: route.to_owned(),
        };
        self.inner.times.get_or_create(&route).observe(took.as_secs_f64());
    }

    /// From now on the program is not well: whoever sends customers here sends them elsewhere.
    pub fn stopping(&self) {
        self.inner.stopping.store(true, Ordering::Relaxed);
    }

    pub(crate) fn is_stopping(&self) -> bool {
        self.inner.stopping.load(Ordering::Relaxed)
    }

    /// All figures as text.
    pub(crate) fn text(&self, app: &App) -> Result<String, String> {
        let signs = app.vital_signs().map_err(|error| error.message)?;
        let number = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
        self.inner.position.set(number(signs.position));
        self.inner.open.set(number(signs.open_conversations));
        self.inner.waiting.set(number(signs.waiting_for_calls));
        self.inner.to_be_told.set(number(signs.to_be_told));
        self.inner.failing.set(number(signs.failing));
        let mut text = String::new();
        encode(&mut text, &self.inner.registry).map_err(|error| error.to_string())?;
        Ok(text)
    }
}
