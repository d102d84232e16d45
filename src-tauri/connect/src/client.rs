//! The client.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use taskwright_domain::{ActionResult, FailureCause, Value};
use taskwright_engine::ActionCall;
use tokio::time::{Instant, sleep, timeout_at};

use crate::attempt::{Answer, attempt, refused};
use crate::prepare::{self, PreparedRequest, Ready};
use crate::resolver::{PublicOnly, check_literal};
use crate::{Connection, answer, retry};

/// However long an action says it may take.
const MOST_MS: u64 = 120_000;
/// However much an action says may be read.
const MOST_BYTES: u64 = 16 << 20;

/// The client cannot be made.
#[derive(Debug, thiserror::Error)]
#[error("the HTTP client cannot be made: {0}")]
pub struct ConnectError(#[from] reqwest::Error);

/// Calls actions over HTTP. Copies share their connections.
#[derive(Debug, Clone)]
pub struct Client {
    /// Reaches the public internet only.
    public: reqwest::Client,
    /// Reaches private networks as well.
    anywhere: reqwest::Client,
}

impl Client {
    /// A client.
    ///
    /// # Errors
    /// When there are no certificates to trust.
    pub fn new() -> Result<Self, ConnectError> {
        Ok(Self {
            public: plain().dns_resolver(Arc::new(PublicOnly)).build()?,
            anywhere: plain().build()?,
        })
    }

    /// Calls an action; failure is a result. Dropping the future ends the call.
    pub async fn call(&self, call: &ActionCall, connection: &Connection) -> ActionResult {
        let began = Instant::now();
        let mut attempts = 0;
        let outcome = self.fields(call, connection, began, &mut attempts).await;
        let ms = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
        match outcome {
            Ok((fields, status)) => ActionResult::Succeeded {
                fields,
                status: Some(status),
                ms,
            },
            Err(cause) => ActionResult::Failed { cause, attempts, ms },
        }
    }

    /// The request as it would go out, with secrets and sensitive values masked.
    ///
    /// # Errors
    /// What keeps it from going out.
    pub fn preview(&self, call: &ActionCall, connection: &Connection) -> Result<PreparedRequest, FailureCause> {
        prepare::shown(call, connection)
    }

    async fn fields(
        &self,
        call: &ActionCall,
        connection: &Connection,
        began: Instant,
        attempts: &mut u32,
    ) -> Result<(BTreeMap<String, Value>, u16), FailureCause> {
        let ready = prepare::ready(call, connection)?;
        if !connection.allows(&ready.url) {
            let host = ready.url.host_str().unwrap_or_default();
            check_literal(host).map_err(|private| refused(&private.to_string()))?;
        }
        let answer = self.answer(call, connection, &ready, began, attempts).await?;
        let fields = answer::fields(call, &answer.body, &connection.hidden())?;
        Ok((fields, answer.status))
    }

    /// Tries until there is an answer, no other attempt is due, or the time is up.
    async fn answer(
        &self,
        call: &ActionCall,
        connection: &Connection,
        ready: &Ready,
        began: Instant,
        attempts: &mut u32,
    ) -> Result<Answer, FailureCause> {
        let request = prepare::request(call)?;
        let deadline = began + Duration::from_millis(request.timeout_ms.min(MOST_MS));
        let limit = request.max_bytes.min(MOST_BYTES);
        let http = if connection.allows(&ready.url) {
            &self.anywhere
        } else {
            &self.public
        };
        let mut open = None;
        loop {
            *attempts += 1;
            let attempted = timeout_at(deadline, attempt(http, ready, limit)).await;
            let failure = match attempted.map_err(|_| FailureCause::Timeout)? {
                Ok(answer) => return Ok(answer),
                Err(failure) => failure,
            };
            if failure.cause.leaves_open() {
                open = Some(failure.cause.clone());
            }
            match retry::pause(&call.action, *attempts, &failure, call.now) {
                Some(pause) if Instant::now() + pause < deadline => sleep(pause).await,
                // A change that an earlier attempt may have made is not undone by the failure of a later one.
                _ if call.action.changes_data => return Err(open.unwrap_or(failure.cause)),
                _ => return Err(failure.cause),
            }
        }
    }
}

/// No proxy, which would call for us what we may not; no redirect that was not looked at; no attempt that is not
/// counted.
fn plain() -> reqwest::ClientBuilder {
    reqwest::Client::builder()
        .no_proxy()
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never())
        .referer(false)
}
