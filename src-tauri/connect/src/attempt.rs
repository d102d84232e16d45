//! One attempt: the request goes out, a redirect within its origin is followed, the answer is read up to its limit.

use std::error::Error;

use reqwest::header::{LOCATION, RETRY_AFTER};
use reqwest::{Client, Method, Response, StatusCode, Url};
use taskwright_domain::FailureCause;

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

/// Sends the request and reads at most `limit` bytes of its answer.
pub(crate) async fn attempt(http: &Client, ready: &Ready, limit: u64) -> Result<Answer, Failure> {
    let mut url = ready.url.clone();
    for _ in 0..=MOST_REDIRECTS {
        let response = send(http, ready, &url).await?;
        match redirect(ready, &url, &response)? {
            Some(next) => url = next,
            None => return read(response, limit).await,
        }
    }
    Err(refused("the answer leads from one address to the next without end").into())
}

async fn send(http: &Client, ready: &Ready, url: &Url) -> Result<Response, FailureCause> {
    let mut request = http.request(ready.method.clone(), url.clone());
    request = request.headers(ready.headers.clone());
    if let Some(body) = &ready.body {
        request = request.body(body.clone());
    }
    request.send().await.map_err(|error| cause_of(&error))
}

/// Where to ask instead. Only plain look-ups are asked again, and only at the same origin.
fn redirect(ready: &Ready, from: &Url, response: &Response) -> Result<Option<Url>, FailureCause> {
    let moved = matches!(response.status().as_u16(), 301 | 302 | 303 | 307 | 308);
    if !moved || ready.method != Method::GET {
        return Ok(None);
    }
    let location = response.headers().get(LOCATION).and_then(|to| to.to_str().ok());
    let Some(to) = location.and_then(|to| from.join(to).ok()) else {
        return Ok(None);
    };
    if to.origin() == from.origin() {
        Ok(Some(to))
    } else {
        Err(refused("the answer leads to another host"))
    }
}

async fn read(mut response: Response, limit: u64) -> Result<Answer, Failure> {
    let status = response.status();
    if !status.is_success() {
        let retry_after = response.headers().get(RETRY_AFTER);
        return Err(Failure {
            cause: cause_of_status(status),
            retry_after: retry_after.and_then(|after| after.to_str().ok()).map(str::to_owned),
        });
    }
    if response.content_length().is_some_and(|length| length > limit) {
        return Err(FailureCause::TooLarge.into());
    }
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| cause_of(&error))? {
        body.extend_from_slice(&chunk);
        if body.len() as u64 > limit {
            return Err(FailureCause::TooLarge.into());
        }
    }
    Ok(Answer {
        status: status.as_u16(),
        body,
    })
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
fn cause_of(error: &reqwest::Error) -> FailureCause {
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
