//! Tokens by OAuth 2.0 client credentials (RFC 6749, 4.4): fetched once, kept while they are good, fetched anew shortly
//! before they end or once their receiver refuses them. However many calls want one, one fetches it.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use reqwest::Url;
use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderValue};
use serde_json::Value as Json;
use taskwright_domain::{Authentication, CredentialsIn, FailureCause};
use tokio::time::Instant;

use crate::Connection;
use crate::attempt::attempt;
use crate::authentication::basic;
use crate::bound;
use crate::http::Http;
use crate::prepare::Ready;
use crate::target;
use crate::values::Eyes;

/// A token server says little.
const MOST_BYTES: u64 = 64 << 10;
/// A token is fetched anew so long before it ends, or earlier where it lives shortly.
const AHEAD: Duration = Duration::from_secs(30);
/// Everything but what stands for itself anywhere.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');
/// How long a token is good where its server does not say.
const USUAL_LIFE: Duration = Duration::from_secs(300);

/// A token that was given out.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Token {
    pub(crate) value: String,
    /// Counts the tokens of one grant, so that a refused one is replaced once.
    number: u64,
    good_until: Instant,
}

/// What a token is asked for with.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Grant {
    url: Url,
    client_id: String,
    secret_name: String,
    /// A new secret is a new grant.
    secret: Hidden,
    scope: String,
    audience: Option<String>,
    credentials_in: CredentialsIn,
}

/// Compared, never shown.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Hidden(String);

impl fmt::Debug for Hidden {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("•••")
    }
}

/// The tokens of all grants.
#[derive(Clone, Default)]
pub(crate) struct Tokens {
    grants: Arc<Mutex<HashMap<Grant, Arc<tokio::sync::Mutex<Slot>>>>>,
}

/// One grant's token, or why the last attempt to get one failed.
#[derive(Default)]
struct Slot {
    token: Option<Token>,
    given_out: u64,
    failed: Option<(Instant, FailureCause)>,
}

impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tokens").finish_non_exhaustive()
    }
}

impl Grant {
    /// The grant of an action; none where it needs no token. The secret goes to the origin of the token address only if
    /// it is approved for it.
    pub(crate) fn of(auth: &Authentication, connection: &Connection) -> Result<Option<Self>, FailureCause> {
        let Authentication::OAuth2 {
            token_url,
            client_id,
            client_secret,
            scope,
            credentials_in,
            audience,
        } = auth
        else {
            return Ok(None);
        };
        let url = target::token_url(&connection.base_url, token_url)?;
        let name = client_secret.as_str();
        bound::check_one(name, connection, &url)?;
        let secret = connection.secret(name).ok_or_else(|| FailureCause::BadRequest {
            reason: format!("authentication: the secret {name} is missing"),
        })?;
        Ok(Some(Self {
            url,
            client_id: client_id.trim().to_owned(),
            secret_name: name.to_owned(),
            secret: Hidden(secret.value.clone()),
            scope: scope.trim().to_owned(),
            audience: audience.clone().filter(|audience| !audience.trim().is_empty()),
            credentials_in: *credentials_in,
        }))
    }

    /// The request for a token.
    fn ready(&self) -> Option<Ready> {
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        headers.insert(
            CONTENT_TYPE,
            HeaderValue::from_static("application/x-www-form-urlencoded"),
        );
        let mut form = vec![("grant_type", "client_credentials")];
        if !self.scope.is_empty() {
            form.push(("scope", &self.scope));
        }
        form.extend(self.audience.as_deref().map(|audience| ("audience", audience)));
        match self.credentials_in {
            CredentialsIn::Header => {
                // Both are encoded before they are joined (RFC 6749, 2.3.1).
                let value = basic(&encoded(&self.client_id), &encoded(&self.secret.0), Eyes::Receiver);
                let mut value = HeaderValue::from_str(&value).ok()?;
                value.set_sensitive(true);
                headers.insert(AUTHORIZATION, value);
            }
            CredentialsIn::Body => {
                form.push(("client_id", &self.client_id));
                form.push(("client_secret", &self.secret.0));
            }
        }
        let pairs = form.iter().map(|(name, value)| format!("{name}={}", encoded(value)));
        Some(Ready {
            method: reqwest::Method::POST,
            url: self.url.clone(),
            headers,
            body: Some(pairs.collect::<Vec<_>>().join("&").into_bytes()),
        })
    }
}

impl Tokens {
    /// A token that is good now. `refused` is one that its receiver did not take: another is fetched, unless somebody has
    /// fetched it already.
    pub(crate) async fn token(
        &self,
        http: &Http,
        connection: &Connection,
        grant: &Grant,
        refused: Option<&Token>,
    ) -> Result<Token, FailureCause> {
        let asked_at = Instant::now();
        let slot = {
            let mut grants = self.grants.lock().unwrap_or_else(PoisonError::into_inner);
            grants.entry(grant.clone()).or_default().clone()
        };
        // Whoever comes first fetches it; the others wait here and take what was fetched.
        let mut slot = slot.lock().await;
        if let Some(token) = &slot.token
            && token.good_until > Instant::now()
            && refused.is_none_or(|refused| refused.number != token.number)
        {
            return Ok(token.clone());
        }
        if let Some((at, cause)) = &slot.failed
            && *at >= asked_at
        {
            return Err(cause.clone());
        }
        match fetch(http, connection, grant).await {
            Ok((value, life)) => {
                slot.given_out += 1;
                let token = Token {
                    value,
                    number: slot.given_out,
                    good_until: Instant::now() + life.saturating_sub(AHEAD.min(life / 10)),
                };
                slot.token = Some(token.clone());
                slot.failed = None;
                Ok(token)
            }
            Err(cause) => {
                slot.token = None;
                slot.failed = Some((Instant::now(), cause.clone()));
                Err(cause)
            }
        }
    }
}

async fn fetch(http: &Http, connection: &Connection, grant: &Grant) -> Result<(String, Duration), FailureCause> {
    let name = &grant.secret_name;
    let ready = grant.ready().ok_or_else(|| FailureCause::BadRequest {
        reason: format!("authentication: the secret {name} cannot stand in a header"),
    })?;
    let answer = attempt(http, connection, &ready, MOST_BYTES, None).await;
    let answer = answer.map_err(|failure| no_token(failure.cause))?;
    read(&answer.body).ok_or_else(|| FailureCause::NoToken {
        reason: "the token server's answer holds no access_token".to_owned(),
    })
}

/// Why there is no token. Nothing of the call itself has gone out, whatever became of this one.
fn no_token(cause: FailureCause) -> FailureCause {
    let reason = match cause {
        FailureCause::Refused { reason } => return FailureCause::Refused { reason },
        FailureCause::Timeout => "the token server did not answer in time".to_owned(),
        FailureCause::Unreachable => "the token server could not be reached".to_owned(),
        FailureCause::Cut => "the connection to the token server broke".to_owned(),
        FailureCause::NotFound => "the token server answered with 404; check the token address".to_owned(),
        FailureCause::Status {
            status: status @ (400 | 401 | 403),
        } => {
            format!("the token server answered with {status}; check the client, its secret and the scope")
        }
        FailureCause::Status { status } => format!("the token server answered with {status}"),
        FailureCause::TooLarge => "the token server's answer was too large".to_owned(),
        _ => "the token server could not be asked".to_owned(),
    };
    FailureCause::NoToken { reason }
}

fn read(body: &[u8]) -> Option<(String, Duration)> {
    let json: Json = serde_json::from_slice(body).ok()?;
    let token = json.get("access_token")?.as_str().filter(|token| !token.is_empty())?;
    let expires = json.get("expires_in");
    let seconds = expires.and_then(|life| life.as_u64().or_else(|| life.as_str()?.trim().parse().ok()));
    // A server may say anything; nothing is kept for more than a day.
    let life = seconds.map_or(USUAL_LIFE, |seconds| Duration::from_secs(seconds.min(86_400)));
    Some((token.to_owned(), life))
}

fn encoded(text: &str) -> String {
    utf8_percent_encode(text, ENCODED).to_string()
}
