//! From one address to the next: what a redirect may lead to, and what goes along.

use reqwest::header::{ACCEPT, HeaderMap, LOCATION, USER_AGENT};
use reqwest::{Method, Response, Url};
use taskwright_domain::FailureCause;

use crate::attempt::refused;
use crate::prepare::Ready;

/// What is sent to one of the addresses that a call leads over.
pub(crate) struct Hop {
    pub(crate) method: Method,
    pub(crate) url: Url,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Option<Vec<u8>>,
    /// It was led to, not asked for.
    led: bool,
}

impl Hop {
    /// What the author asked for.
    pub(crate) fn first(ready: &Ready) -> Self {
        Self {
            method: ready.method.clone(),
            url: ready.url.clone(),
            headers: ready.headers.clone(),
            body: ready.body.clone(),
            led: false,
        }
    }

    /// Where to ask instead, if the answer says so. Only plain look-ups are asked again. At another origin nothing of the
    /// author's goes along: no credentials, no cookies, no headers, no body.
    pub(crate) fn next(&self, response: &Response) -> Result<Option<Self>, FailureCause> {
        let moved = matches!(response.status().as_u16(), 301 | 302 | 303 | 307 | 308);
        if !moved || self.method != Method::GET {
            return Ok(None);
        }
        let location = response.headers().get(LOCATION).and_then(|to| to.to_str().ok());
        let Some(location) = location else {
            return Ok(None);
        };
        let url = self
            .url
            .join(location)
            .map_err(|_| refused("the answer leads to what is no address"))?;
        if self.url.scheme() == "https" && url.scheme() == "http" {
            return Err(refused(
                "the answer leads from https to http, where others can read along",
            ));
        }
        let same = url.origin() == self.url.origin() && url.origin().is_tuple();
        Ok(Some(Self {
            method: Method::GET,
            headers: if same {
                self.headers.clone()
            } else {
                bare(&self.headers)
            },
            body: self.body.clone().filter(|_| same),
            url,
            led: true,
        }))
    }

    /// Why this address was not called, with the way it was come by.
    pub(crate) fn told(&self, cause: FailureCause) -> FailureCause {
        match cause {
            FailureCause::Refused { reason } if self.led => refused(&format!("the answer leads on: {reason}")),
            cause => cause,
        }
    }
}

/// What any browser would say of itself.
fn bare(headers: &HeaderMap) -> HeaderMap {
    let kept = [ACCEPT, USER_AGENT].into_iter();
    let kept = kept.filter_map(|name| Some((name.clone(), headers.get(&name)?.clone())));
    let mut bare: HeaderMap = kept.collect();
    // The author's own may be a secret; the program's is none.
    if bare.get(ACCEPT).is_some_and(|value| value != "application/json") {
        bare.remove(ACCEPT);
    }
    if bare
        .get(USER_AGENT)
        .is_some_and(|value| value != crate::headers::USER_AGENT)
    {
        bare.remove(USER_AGENT);
    }
    bare
}
