//! One attempt: the request goes out, redirects of look-ups are followed as far as they are allowed, the answer is read
//! up to its limit.

use std::error::Error;

use reqwest::header::RETRY_AFTER;
use reqwest::{Response, StatusCode};
use taskwright_domain::FailureCause;

use crate::Connection;
use crate::hop::Hop;
use crate::http::Http;
use crate::look::Looked;
use crate::prepare::Ready;
use crate::resolver::PrivateAddress;

const MOST_REDIRECTS: usize = 5;

/// What came back with a status of success.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: Vec<u8>,
}

/// What went wrong, with the receiver's own word on when to try again.
pub(crate) struct Failure {
    pub(crate) cause: FailureCause,
    pub(crate) retry_after: Option<String>,
}

impl From<FailureCause> for Failure {
    fn from(cause: FailureCause) -> Self {
        Self {
            cause,
            retry_after: None,
        }
    }
}

/// Sends the request and reads at most `limit` bytes of its answer, counted as they are when unpacked.
pub(crate) async fn attempt(
    http: &Http,
    connection: &Connection,
    ready: &Ready,
    limit: u64,
    seen: Option<&mut Option<Looked>>,
) -> Result<Answer, Failure> {
    let mut hop = Hop::first(ready);
    for _ in 0..=MOST_REDIRECTS {
        let way = http
            .way_to(&hop.url, connection)
            .await
            .map_err(|cause| hop.told(cause))?;
        let response = send(&way, &hop).await.map_err(|cause| hop.told(cause))?;
        match hop.next(&response)? {
            Some(next) => hop = next,
            None => {
                return match seen {
                    Some(seen) => watched(response, limit, seen).await,
                    None => read(response, limit).await,
                };
            }
        }
    }
    Err(refused("the answer leads from one address to the next without end").into())
}

async fn send(way: &reqwest::Client, hop: &Hop) -> Result<Response, FailureCause> {
    let mut request = way.request(hop.method.clone(), hop.url.clone());
    request = request.headers(hop.headers.clone());
    if let Some(body) = &hop.body {
        request = request.body(body.clone());
    }
    request.send().await.map_err(|error| cause_of(&error))
}

async fn read(response: Response, limit: u64) -> Result<Answer, Failure> {
    let status = response.status();
    if !status.is_success() {
        return Err(failure(&response));
    }
    Ok(Answer {
        status: status.as_u16(),
        body: body_of(response, limit).await?,
    })
}

/// Reads the answer whatever its status, and keeps it as it came.
async fn watched(response: Response, limit: u64, seen: &mut Option<Looked>) -> Result<Answer, Failure> {
    let status = response.status();
    let failure = (!status.is_success()).then(|| failure(&response));
    let headers = response.headers().iter().map(|(name, value)| {
        let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
        (name.to_string(), value)
    });
    let headers = headers.collect();
    let body = body_of(response, limit).await?;
    *seen = Some(Looked {
        status: status.as_u16(),
        headers,
        body: body.clone(),
    });
    match failure {
        Some(failure) => Err(failure),
        None => Ok(Answer {
            status: status.as_u16(),
            body,
        }),
    }
}

fn failure(response: &Response) -> Failure {
    let retry_after = response.headers().get(RETRY_AFTER);
    Failure {
        cause: cause_of_status(response.status()),
        retry_after: retry_after.and_then(|after| after.to_str().ok()).map(str::to_owned),
    }
}

async fn body_of(mut response: Response, limit: u64) -> Result<Vec<u8>, Failure> {
    if response.content_length().is_some_and(|length| length > limit) {
        return Err(FailureCause::TooLarge.into());
    }
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| cause_of(&error))? {
        if (body.len() + chunk.len()) as u64 > limit {
            return Err(FailureCause::TooLarge.into());
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

fn cause_of_status(status: StatusCode) -> FailureCause {
    match status {
        StatusCode::NOT_FOUND => FailureCause::NotFound,
        status => FailureCause::Status {
            status: status.as_u16(),
        },
    }
}

/// Nothing of the error's own text is kept: it names the address, and the address may hold a secret.
pub(crate) fn cause_of(error: &reqwest::Error) -> FailureCause {
    let mut source: Option<&(dyn Error + 'static)> = error.source();
    while let Some(inner) = source {
        if let Some(private) = inner.downcast_ref::<PrivateAddress>() {
            return refused(&private.to_string());
        }
        source = inner.source();
    }
    if error.is_timeout() {
        FailureCause::Timeout
    } else if error.is_connect() {
        FailureCause::Unreachable
    } else {
        // Something had gone out, so nobody knows what became of it.
        FailureCause::Cut
    }
}

pub(crate) fn refused(reason: &str) -> FailureCause {
    FailureCause::Refused {
        reason: reason.to_owned(),
    }
}
