//! One hostile system, called by a chat: what the log says of it, and how long it took.

use std::collections::BTreeMap;
use std::future::Future;
use std::io;
use std::net::IpAddr;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use taskwright_bundle::BundleContent;
use taskwright_commands::{Rehearsal, Stage};
use taskwright_connect::{Client, Connection, Lookup};
use taskwright_domain::{
    Action, ActionResult, BlockKind, ConversationId, Customer, EventKind, FailureCause, Settings, Template,
};
use taskwright_engine::{ActionCall, Actions, BoxFuture};
use taskwright_tests::samples;

use crate::names::ADDRESSES;
use crate::wire::Wire;

/// Saturday 21 November 2026, 10:00 UTC.
const NOW: i64 = 1_795_255_200_000;
/// What the call may take, and what it may read.
pub(crate) const TIMEOUT_MS: u64 = 1_500;
pub(crate) const MOST_BYTES: u64 = 64 << 10;
/// What else may take time: a busy machine, and the chat around the call.
const GRACE: Duration = Duration::from_secs(8);

/// How the log has to say it.
#[derive(Debug, Clone)]
pub(crate) enum Says {
    /// The host may not be called, for exactly this reason.
    Refused(String),
    /// The request cannot be built, for exactly this reason.
    BadRequest(&'static str),
    /// One of these.
    OneOf(Vec<FailureCause>),
}

/// A hostile system and what has to come of it.
pub(crate) struct Case {
    pub(crate) name: String,
    pub(crate) connection: Connection,
    pub(crate) path: &'static str,
    pub(crate) says: Says,
    /// Servers that are to hear nothing.
    pub(crate) traps: Vec<Wire>,
    /// Servers that are called.
    pub(crate) servers: Vec<Wire>,
}

impl Case {
    /// A call of this base URL, none allowed by name.
    pub(crate) fn at(base_url: impl Into<String>, says: Says) -> Self {
        let base_url = base_url.into();
        Self {
            name: base_url.clone(),
            connection: Connection {
                base_url,
                ..Connection::default()
            },
            path: "/orders/{order_number}",
            says,
            traps: Vec::new(),
            servers: Vec::new(),
        }
    }

    pub(crate) fn says_private(base_url: &str, host: &str) -> Self {
        Self::at(base_url, Says::private(host))
    }

    /// Has a chat call it, and looks at what the log says.
    pub(crate) async fn tried(self, ground: Arc<Ground>) -> Result<(), String> {
        let began = Instant::now();
        let failure = ground
            .failure(&self)
            .await
            .map_err(|why| format!("{}: {why}", self.name))?;
        let took = began.elapsed();
        if took > Duration::from_millis(TIMEOUT_MS) + GRACE {
            return Err(format!("{}: it took {took:?}", self.name));
        }
        if !self.says.fits(&failure) {
            return Err(format!(
                "{}: expected {:?}, the log says {failure:?}",
                self.name, self.says
            ));
        }
        for trap in &self.traps {
            if trap.heard() > 0 {
                return Err(format!("{}: a system that may not be called was called", self.name));
            }
        }
        for server in &self.servers {
            // Three attempts, each with what lies in the buffers of two sockets on top.
            let most = 3 * (16 << 20);
            if server.written() > most {
                return Err(format!("{}: {} bytes were taken from it", self.name, server.written()));
            }
        }
        Ok(())
    }
}

impl Says {
    pub(crate) fn private(host: &str) -> Self {
        Self::Refused(format!("{host} is an address of this machine or of a private network"))
    }

    fn fits(&self, failure: &FailureCause) -> bool {
        match (self, failure) {
            (Self::Refused(wanted), FailureCause::Refused { reason }) => wanted == reason,
            (Self::BadRequest(wanted), FailureCause::BadRequest { reason }) => wanted == reason,
            (Self::OneOf(wanted), failure) => wanted.contains(failure),
            _ => false,
        }
    }
}

/// What all trials share: one client, the names it knows, and a task that looks an order up.
pub(crate) struct Ground {
    client: Client,
    content: BundleContent,
}

impl Ground {
    pub(crate) fn new() -> Self {
        let (_, mut content) = samples()
            .unwrap()
            .into_iter()
            .find(|(name, _)| name == "refund-or-cancel-an-order")
            .unwrap();
        let text = "Ask for the order number. Get the order. Tell the customer \"Found.\"";
        let mut block = content.tasks[0].blocks[0].clone();
        block.kind = BlockKind::Instructions { text: text.to_owned() };
        content.tasks[0].blocks = vec![block];
        Self {
            client: Client::with_lookup(Arc::new(Names::default())).unwrap(),
            content,
        }
    }

    async fn failure(&self, case: &Case) -> Result<FailureCause, String> {
        let mut content = self.content.clone();
        for action in &mut content.actions {
            if let Some(request) = &mut action.request {
                request.timeout_ms = TIMEOUT_MS;
                request.max_bytes = MOST_BYTES;
                request.path = Template::new(case.path);
            }
        }
        let line = Arc::new(Line {
            client: self.client.clone(),
            connection: case.connection.clone(),
        });
        let stage = Stage::of(&content, Settings::default());
        let said = |error: &dyn std::fmt::Display| error.to_string();
        let mut chat = Rehearsal::on(&stage, None, Customer::default(), NOW, Some(line))
            .await
            .map_err(|error| said(&error))?;
        chat.start_task(&content.tasks[0].title)
            .await
            .map_err(|error| said(&error))?;
        chat.say("4512").await.map_err(|error| said(&error))?;
        let log = chat.log();
        let taken_over = log
            .iter()
            .any(|event| matches!(event.kind, EventKind::HandedOff { .. }));
        let failure = log.iter().find_map(|event| match &event.kind {
            EventKind::ActionFailed { failure, .. } => Some(failure.clone()),
            _ => None,
        });
        match failure {
            Some(failure) if taken_over || failure == FailureCause::NotFound => Ok(failure),
            Some(failure) => Err(format!("nobody took over after {failure:?}")),
            None => Err("the log tells of no failure".to_owned()),
        }
    }
}

/// Calls every action at one connection.
struct Line {
    client: Client,
    connection: Connection,
}

impl Actions for Line {
    fn call(&self, call: ActionCall) -> BoxFuture<'_, ActionResult> {
        Box::pin(async move { self.client.call(&call, &self.connection).await })
    }

    fn chosen_stub(&self, _: &ConversationId, _: &Action) -> Option<String> {
        None
    }
}

/// The names of the table; a name may change its address from one question to the next.
#[derive(Default)]
struct Names {
    asked: Mutex<BTreeMap<String, usize>>,
}

impl Lookup for Names {
    fn addresses<'a>(&'a self, host: &'a str) -> Pin<Box<dyn Future<Output = io::Result<Vec<IpAddr>>> + Send + 'a>> {
        Box::pin(async move {
            let known = ADDRESSES.iter().find(|(name, _)| *name == host);
            let (_, answers) = known.ok_or_else(|| io::Error::other("no such name"))?;
            let mut asked = self.asked.lock().unwrap();
            let times = asked.entry(host.to_owned()).or_default();
            let answer = answers[(*times).min(answers.len() - 1)];
            *times += 1;
            Ok(answer.iter().map(|address| address.parse().unwrap()).collect())
        })
    }
}
