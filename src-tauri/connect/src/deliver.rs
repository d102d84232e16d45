//! Handing things over to an address that a person gave: one attempt, no redirects; when to try again is the sender's to
//! decide.

use std::time::Duration;

use jiff::Timestamp;
use reqwest::Url;
use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, RETRY_AFTER, USER_AGENT};
use taskwright_domain::FailureCause;
use tokio::time::{Instant, timeout};

use crate::attempt::cause_of;
use crate::retry::asked_for;
use crate::{Client, Connection, headers};

/// Of an answer, so much is read: it is shown to people and means nothing to the program.
const READ: usize = 4 << 10;

/// What is handed over.
#[derive(Debug, Clone, Default)]
pub struct Parcel {
    /// Headers beside those of every request; they may hold secrets.
    pub headers: Vec<(String, String)>,
    /// The JSON.
    pub body: Vec<u8>,
}

/// What the receiver said to it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Receipt {
    /// The HTTP status.
    pub status: u16,
    /// How long it took, in milliseconds.
    pub ms: u64,
    /// How long the receiver wants to be left alone.
    pub again_after: Option<Duration>,
    /// The beginning of the answer.
    pub answer: String,
}

impl Client {
    /// Posts JSON to the base URL of a connection and waits no longer than `limit` for the whole of it.
    ///
    /// # Errors
    /// When nothing came back.
    pub async fn hand_over(
        &self,
        parcel: &Parcel,
        connection: &Connection,
        limit: Duration,
        now: Timestamp,
    ) -> Result<Receipt, FailureCause> {
        let began = Instant::now();
        let handed = timeout(limit, self.handed(parcel, connection, now)).await;
        let mut receipt = handed.unwrap_or(Err(FailureCause::Timeout))?;
        receipt.ms = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
        Ok(receipt)
    }

    async fn handed(&self, parcel: &Parcel, connection: &Connection, now: Timestamp) -> Result<Receipt, FailureCause> {
        let url = Url::parse(connection.base_url.trim()).map_err(|_| bad("the address is no URL"))?;
        let way = self.http().way_to(&url, connection).await?;
        let request = way
            .post(url)
            .headers(headers_of(parcel)?)
            .body(parcel.body.clone())
            .send();
        let mut response = request.await.map_err(|error| cause_of(&error))?;
        let after = response
            .headers()
            .get(RETRY_AFTER)
            .and_then(|after| after.to_str().ok());
        let again_after = after.and_then(|after| asked_for(after, now));
        let mut answer = Vec::new();
        while answer.len() < READ {
            // The status has come, and it is what counts: an answer that breaks off changes nothing about it.
            let Ok(Some(chunk)) = response.chunk().await else { break };
            answer.extend_from_slice(&chunk[..chunk.len().min(READ - answer.len())]);
        }
        Ok(Receipt {
            status: response.status().as_u16(),
            ms: 0,
            again_after,
            answer: String::from_utf8_lossy(&answer).into_owned(),
        })
    }
}

fn headers_of(parcel: &Parcel) -> Result<HeaderMap, FailureCause> {
    let mut all = HeaderMap::new();
    all.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    all.insert(USER_AGENT, HeaderValue::from_static(headers::USER_AGENT));
    for (name, value) in &parcel.headers {
        let name: HeaderName = name
            .parse()
            .map_err(|_| bad("a header has a name that cannot be sent"))?;
        let mut value: HeaderValue = value
            .parse()
            .map_err(|_| bad("the token holds letters that cannot be sent in a header"))?;
        value.set_sensitive(true);
        all.insert(name, value);
    }
    Ok(all)
}

fn bad(reason: &str) -> FailureCause {
    FailureCause::BadRequest {
        reason: reason.to_owned(),
    }
}
