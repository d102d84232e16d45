//! A call written out, for its receiver or for people.

use reqwest::Url;
use reqwest::header::{AUTHORIZATION, HeaderMap, HeaderValue};
use taskwright_domain::{FailureCause, HttpRequest, Method};
use taskwright_engine::ActionCall;

use crate::oauth::{Grant, Token};
use crate::values::{Eyes, Values};
use crate::{Connection, FileSource, body, bound, headers, target};

/// A request as it would go out, with secrets and sensitive values masked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreparedRequest {
    /// The method.
    pub method: Method,
    /// The whole address.
    pub url: String,
    /// Name and value, in order; names in small letters.
    pub headers: Vec<(String, String)>,
    /// The body; files are named in place of their bytes.
    pub body: Option<String>,
}

/// A request that may go out.
pub(crate) struct Ready {
    pub(crate) method: reqwest::Method,
    pub(crate) url: Url,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Option<Vec<u8>>,
}

/// A request written out, for whoever's eyes.
struct Written {
    method: Method,
    url: String,
    headers: Vec<(String, String)>,
    body: Option<Vec<u8>>,
}

impl Ready {
    /// The request with a token that was given out.
    pub(crate) fn with(mut self, token: &Token) -> Result<Self, FailureCause> {
        let value = HeaderValue::from_str(&format!("Bearer {}", token.value));
        let mut value = value.map_err(|_| FailureCause::NoToken {
            reason: "the token cannot stand in a header".to_owned(),
        })?;
        value.set_sensitive(true);
        self.headers.insert(AUTHORIZATION, value);
        Ok(self)
    }
}

/// The request for its receiver, everything checked.
pub(crate) fn ready(call: &ActionCall, connection: &Connection, files: &dyn FileSource) -> Result<Ready, FailureCause> {
    let base = target::base(&connection.base_url)?;
    bound::check(request(call)?, connection, &base)?;
    let written = written(call, connection, files, &base, Eyes::Receiver)?;
    let sent = |(name, value): &(String, String)| headers::sent(name, value);
    let headers = written.headers.iter().map(sent).collect::<Option<_>>();
    Ok(Ready {
        method: method(written.method),
        url: target::checked(&base, &written.url)?,
        headers: headers.ok_or_else(|| bad("a header cannot be sent".to_owned()))?,
        body: written.body,
    })
}

/// The request for people. What keeps it from going out is told here as well.
pub(crate) fn shown(
    call: &ActionCall,
    connection: &Connection,
    files: &dyn FileSource,
) -> Result<PreparedRequest, FailureCause> {
    ready(call, connection, files)?;
    Grant::of(&request(call)?.auth, connection)?;
    let base = target::base(&connection.base_url)?;
    let shown = written(call, connection, files, &base, Eyes::People)?;
    Ok(PreparedRequest {
        method: shown.method,
        // A mask reads badly when it is encoded.
        url: shown.url.replace("%E2%80%A2", "•"),
        headers: shown.headers,
        body: shown.body.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()),
    })
}

fn written(
    call: &ActionCall,
    connection: &Connection,
    files: &dyn FileSource,
    base: &Url,
    eyes: Eyes,
) -> Result<Written, FailureCause> {
    let request = request(call)?;
    let values = Values {
        action: &call.action,
        inputs: &call.inputs,
        connection,
        files,
        eyes,
    };
    let key = call.action.changes_data.then(|| call.key.as_str());
    // The first of several faults is told in the order people read a request in.
    let url = target::written(base, request, &values).map_err(bad)?;
    let body = request.body.as_ref();
    let body = body.map(|body| body::written(body, &values, call.key.as_str()));
    let body = body.transpose().map_err(bad)?.flatten();
    Ok(Written {
        method: request.method,
        url,
        headers: headers::written(request, &values, key, body.as_ref()).map_err(bad)?,
        body: body.map(|body| body.bytes),
    })
}

/// How the action is called, where it is connected.
pub(crate) fn request(call: &ActionCall) -> Result<&HttpRequest, FailureCause> {
    call.action.request.as_ref().ok_or(FailureCause::NotConnected)
}

fn bad(reason: String) -> FailureCause {
    FailureCause::BadRequest { reason }
}

fn method(method: Method) -> reqwest::Method {
    match method {
        Method::Get => reqwest::Method::GET,
        Method::Post => reqwest::Method::POST,
        Method::Put => reqwest::Method::PUT,
        Method::Patch => reqwest::Method::PATCH,
        Method::Delete => reqwest::Method::DELETE,
    }
}
