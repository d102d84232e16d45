//! A call written out, for its receiver or for people.

use reqwest::Url;
use serde_json::Value as Json;
use taskwright_domain::{FailureCause, HttpRequest, Method};
use taskwright_engine::ActionCall;

use crate::values::{Eyes, Values};
use crate::{Connection, body, bound, headers, target};

/// A request as it would go out, with secrets and sensitive values masked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreparedRequest {
    /// The method.
    pub method: Method,
    /// The whole address.
    pub url: String,
    /// Name and value, in order; names in small letters.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Option<Json>,
}

/// A request that may go out.
pub(crate) struct Ready {
    pub(crate) method: reqwest::Method,
    pub(crate) url: Url,
    pub(crate) headers: reqwest::header::HeaderMap,
    pub(crate) body: Option<Vec<u8>>,
}

/// The request for its receiver, everything checked.
pub(crate) fn ready(call: &ActionCall, connection: &Connection) -> Result<Ready, FailureCause> {
    let base = target::base(&connection.base_url)?;
    bound::check(request(call)?, connection, &base)?;
    let written = written(call, connection, &base, Eyes::Receiver)?;
    let sent = |(name, value): &(String, String)| headers::sent(name, value);
    let headers = written.headers.iter().map(sent).collect::<Option<_>>();
    Ok(Ready {
        method: method(written.method),
        url: target::checked(&base, &written.url)?,
        headers: headers.ok_or_else(|| bad("a header cannot be sent".to_owned()))?,
        body: written.body.map(|body| body.to_string().into_bytes()),
    })
}

/// The request for people. What keeps it from going out is told here as well.
pub(crate) fn shown(call: &ActionCall, connection: &Connection) -> Result<PreparedRequest, FailureCause> {
    ready(call, connection)?;
    let base = target::base(&connection.base_url)?;
    let mut shown = written(call, connection, &base, Eyes::People)?;
    // A mask reads badly when it is encoded.
    shown.url = shown.url.replace("%E2%80%A2", "•");
    Ok(shown)
}

fn written(
    call: &ActionCall,
    connection: &Connection,
    base: &Url,
    eyes: Eyes,
) -> Result<PreparedRequest, FailureCause> {
    let request = request(call)?;
    let values = Values {
        action: &call.action,
        inputs: &call.inputs,
        connection,
        eyes,
    };
    let key = call.action.changes_data.then(|| call.key.as_str());
    let body = request.body.as_ref().map(|body| body::written(body, &values));
    Ok(PreparedRequest {
        method: request.method,
        url: target::written(base, request, &values).map_err(bad)?,
        headers: headers::written(request, &values, key).map_err(bad)?,
        body: body.transpose().map_err(bad)?.flatten(),
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
