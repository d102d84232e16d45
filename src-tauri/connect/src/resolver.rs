//! Turning host names into addresses, and refusing those that may not be called.
//!
//! The check is part of the resolving that a connection is made with, so what was checked is what is called: a name
//! that changes its address in between gains nothing.

use std::net::SocketAddr;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use crate::address::is_public;

/// Gives only names that stand for public addresses throughout.
pub(crate) struct PublicOnly;

/// A name or an address that leads into this machine or a private network.
#[derive(Debug, thiserror::Error)]
#[error("{host} is an address of this machine or of a private network")]
pub(crate) struct PrivateAddress {
    /// As the base URL names it.
    pub(crate) host: String,
}

impl Resolve for PublicOnly {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let host = name.as_str();
            // The port is put in by whoever connects.
            let found: Vec<SocketAddr> = tokio::net::lookup_host((host, 0)).await?.collect();
            if found.iter().all(|address| is_public(address.ip())) {
                let addresses: Addrs = Box::new(found.into_iter());
                Ok(addresses)
            } else {
                Err(PrivateAddress { host: host.to_owned() }.into())
            }
        })
    }
}

/// Refuses a host that is written as an address, which nobody resolves.
pub(crate) fn check_literal(host: &str) -> Result<(), PrivateAddress> {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    match bare.parse() {
        Ok(address) if !is_public(address) => Err(PrivateAddress { host: host.to_owned() }),
        _ => Ok(()),
    }
}
