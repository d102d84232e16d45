//! Which addresses may be called.

use reqwest::Url;
use taskwright_domain::FailureCause;

use crate::Connection;
use crate::attempt::refused;
use crate::resolver::check_literal;

/// How far a call may reach.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reach {
    /// The public internet only, whatever its name stands for.
    Public,
    /// This machine and private networks too: its host is allowed by name.
    Anywhere,
}

/// Names that never leave a machine or a local network.
const LOCAL: [&str; 7] = [
    "localhost",
    "localdomain",
    "local",
    "internal",
    "intranet",
    "home.arpa",
    "lan",
];

/// How far a call to this address may reach, or why it may not be made. A name is looked up later, by the same step
/// that connects.
pub(crate) fn reach(url: &Url, connection: &Connection) -> Result<Reach, FailureCause> {
    if !matches!(url.scheme(), "http" | "https") {
        return Err(refused(&format!(
            "{}: is not called; only http and https are",
            url.scheme()
        )));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(refused("the address holds a name or a password"));
    }
    let Some(host) = url.host_str().filter(|host| !host.is_empty()) else {
        return Err(refused("the address names no host"));
    };
    if connection.allows(url) {
        return Ok(Reach::Anywhere);
    }
    let name = host.trim_end_matches('.');
    let private = check_literal(name).map_err(|private| refused(&private.to_string()));
    private?;
    let ends = |end: &str| name == end || name.strip_suffix(end).is_some_and(|rest| rest.ends_with('.'));
    if LOCAL.into_iter().any(ends) {
        return Err(refused(&format!(
            "{host} is an address of this machine or of a private network"
        )));
    }
    Ok(Reach::Public)
}
