//! The client.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use taskwright_domain::{ActionResult, FailureCause, Value};
use taskwright_engine::ActionCall;
use tokio::time::{Instant, sleep, timeout_at};

use crate::attempt::{Answer, Failure, attempt};
use crate::breaker::Breakers;
use crate::files::NoFiles;
use crate::http::Http;
use crate::look::Looked;
use crate::oauth::{Grant, Token, Tokens};
use crate::prepare::{self, PreparedRequest, Ready};
use crate::resolver::SystemLookup;
use crate::{Connection, FileSource, Lookup, answer, retry, scrub};

/// However long an action says it may take.
const MOST_MS: u64 = 120_000;
/// However much an action says may be read.
const MOST_BYTES: u64 = 16 << 20;

/// The client cannot be made.
#[derive(Debug, thiserror::Error)]
#[error("the HTTP client cannot be made: {0}")]
pub struct ConnectError(#[from] reqwest::Error);

/// Calls actions over HTTP. Copies share their connections, their tokens and what they know of hosts.
#[derive(Clone)]
pub struct Client {
    http: Http,
    tokens: Tokens,
    breakers: Breakers,
    files: Arc<dyn FileSource>,
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").finish_non_exhaustive()
    }
}

impl Client {
    /// A client that asks the system for the addresses of names, and has no files to send.
    ///
    /// # Errors
    /// When there are no certificates to trust.
    pub fn new() -> Result<Self, ConnectError> {
        Self::with_lookup(Arc::new(SystemLookup))
    }

    /// A client that gets the addresses of names from somewhere else.
    ///
    /// # Errors
    /// As [`Client::new`].
    pub fn with_lookup(lookup: Arc<dyn Lookup>) -> Result<Self, ConnectError> {
        Ok(Self {
            http: Http::new(lookup)?,
            tokens: Tokens::default(),
            breakers: Breakers::default(),
            files: Arc::new(NoFiles),
        })
    }

    pub(crate) fn http(&self) -> &Http {
        &self.http
    }

    /// The client with files that calls may send.
    #[must_use]
    pub fn with_files(self, files: Arc<dyn FileSource>) -> Self {
        Self { files, ..self }
    }

    /// Calls an action; failure is a result. Dropping the future ends the call.
    pub async fn call(&self, call: &ActionCall, connection: &Connection) -> ActionResult {
        let began = Instant::now();
        let mut under_way = UnderWay::new(self, call, connection, began);
        let outcome = under_way.made(began).await;
        let ms = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
        match outcome {
            Ok((fields, status)) => ActionResult::Succeeded {
                fields,
                status: Some(status),
                ms,
            },
            Err(cause) => ActionResult::Failed {
                cause,
                attempts: under_way.attempts,
                ms,
            },
        }
    }

    /// Calls an action once and shows what came back, good or bad. What is in the way of an answer is an error; an answer
    /// that does not fit the action is none.
    ///
    /// # Errors
    /// When nothing came back.
    pub async fn look(&self, call: &ActionCall, connection: &Connection) -> Result<Looked, FailureCause> {
        let began = Instant::now();
        let mut under_way = UnderWay::new(self, call, connection, began);
        under_way.looking = true;
        let outcome = under_way.made(began).await;
        match (under_way.seen.take(), outcome) {
            (Some(seen), _) => {
                let request = prepare::request(call)?;
                Ok(seen.without(&scrub::hidden(connection, request, under_way.token.as_ref())))
            }
            (None, Err(cause)) => Err(cause),
            (None, Ok(_)) => Err(FailureCause::Cut),
        }
    }

    /// The request as it would go out, with secrets and sensitive values masked.
    ///
    /// # Errors
    /// What keeps it from going out.
    pub fn preview(&self, call: &ActionCall, connection: &Connection) -> Result<PreparedRequest, FailureCause> {
        prepare::shown(call, connection, self.files.as_ref())
    }
}

/// A call that is being made.
struct UnderWay<'a> {
    client: &'a Client,
    call: &'a ActionCall,
    connection: &'a Connection,
    deadline: Instant,
    attempts: u32,
    /// What an earlier attempt left open.
    open: Option<FailureCause>,
    /// Somebody looks: one attempt, and the answer is kept as it came.
    looking: bool,
    seen: Option<Looked>,
    /// The newest token.
    token: Option<Token>,
}

impl<'a> UnderWay<'a> {
    fn new(client: &'a Client, call: &'a ActionCall, connection: &'a Connection, began: Instant) -> Self {
        Self {
            client,
            call,
            connection,
            deadline: began,
            attempts: 0,
            open: None,
            looking: false,
            seen: None,
            token: None,
        }
    }

    /// The whole call: nothing is sent before everything is checked.
    async fn made(&mut self, began: Instant) -> Result<(BTreeMap<String, Value>, u16), FailureCause> {
        let request = prepare::request(self.call)?;
        self.deadline = began + Duration::from_millis(request.timeout_ms.min(MOST_MS));
        let ready = self.ready()?;
        let grant = Grant::of(&request.auth, self.connection)?;
        let host = host_of(&ready);
        let permit = self.client.breakers.permit(&host, began)?;
        let token = match &grant {
            Some(grant) => Some(self.token(grant, None).await?),
            None => None,
        };
        self.token.clone_from(&token);
        let outcome = self.answered(ready, grant.as_ref(), token.as_ref()).await;
        permit.ended(outcome.as_ref().map(|_| ()), Instant::now());
        let (answer, token) = outcome?;
        let hidden = scrub::hidden(self.connection, request, token.as_ref());
        let fields = answer::fields(self.call, &answer.body, &hidden)?;
        Ok((fields, answer.status))
    }

    fn ready(&self) -> Result<Ready, FailureCause> {
        prepare::ready(self.call, self.connection, self.client.files.as_ref())
    }

    /// A token that is not `refused`. Nothing has gone out to the system itself when there is none in time.
    async fn token(&self, grant: &Grant, refused: Option<&Token>) -> Result<Token, FailureCause> {
        let Client { tokens, http, .. } = self.client;
        let token = tokens.token(http, self.connection, grant, refused);
        let in_time = timeout_at(self.deadline, token).await;
        in_time.unwrap_or_else(|_| {
            Err(FailureCause::NoToken {
                reason: "the token server did not answer in time".to_owned(),
            })
        })
    }

    /// The answer, and the token it was given for. A token that is refused is replaced once.
    async fn answered(
        &mut self,
        ready: Ready,
        grant: Option<&Grant>,
        token: Option<&Token>,
    ) -> Result<(Answer, Option<Token>), FailureCause> {
        let ready = match token {
            Some(token) => ready.with(token)?,
            None => ready,
        };
        let first = self.tried(&ready).await;
        let (Err(FailureCause::Status { status: 401 }), Some(grant)) = (&first, grant) else {
            return first.map(|answer| (answer, token.cloned()));
        };
        // Refused for its token, the call was not carried out.
        let fresh = self
            .token(grant, token)
            .await
            .map_err(|cause| self.final_cause(cause))?;
        self.token = Some(fresh.clone());
        let ready = self.ready()?.with(&fresh)?;
        let answer = self.tried(&ready).await?;
        Ok((answer, Some(fresh)))
    }

    /// Tries until there is an answer, no other attempt is due, or the time is up.
    async fn tried(&mut self, ready: &Ready) -> Result<Answer, FailureCause> {
        let limit = prepare::request(self.call)?.max_bytes.min(MOST_BYTES);
        let mut tries = 0;
        loop {
            self.attempts += 1;
            tries += 1;
            let seen = self.looking.then_some(&mut self.seen);
            let attempted = attempt(&self.client.http, self.connection, ready, limit, seen);
            let attempted = timeout_at(self.deadline, attempted).await;
            let failure = match attempted {
                Ok(Ok(answer)) => return Ok(answer),
                Ok(Err(failure)) => failure,
                Err(_) => Failure::from(FailureCause::Timeout),
            };
            if failure.cause.leaves_open() {
                self.open = Some(failure.cause.clone());
            }
            match retry::pause(self.call, tries, &failure) {
                Some(pause) if !self.looking && Instant::now() + pause < self.deadline => sleep(pause).await,
                _ => return Err(self.final_cause(failure.cause)),
            }
        }
    }

    /// A change that an earlier attempt may have made is not undone by the failure of a later one.
    fn final_cause(&self, cause: FailureCause) -> FailureCause {
        match &self.open {
            Some(open) if self.call.action.changes_data => open.clone(),
            _ => cause,
        }
    }
}

/// The host that a call goes to, with its port where it is not the usual one.
fn host_of(ready: &Ready) -> String {
    let host = ready.url.host_str().unwrap_or_default();
    match ready.url.port() {
        Some(port) => format!("{host}:{port}"),
        None => host.to_owned(),
    }
}
