//! Turning host names into addresses, and refusing those that may not be called.
//!
//! The check is part of the resolving that a connection is made with, so what was checked is what is called: a name
//! that changes its address in between gains nothing.

use std::future::Future;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;
use std::sync::Arc;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use crate::address::is_public;

/// The addresses of a name.
pub type Addresses<'a> = Pin<Box<dyn Future<Output = io::Result<Vec<IpAddr>>> + Send + 'a>>;

/// Knows the addresses of names.
pub trait Lookup: Send + Sync {
    /// All addresses of a name.
    fn addresses<'a>(&'a self, host: &'a str) -> Addresses<'a>;
}

/// Asks the system.
pub(crate) struct SystemLookup;

impl Lookup for SystemLookup {
    fn addresses<'a>(&'a self, host: &'a str) -> Addresses<'a> {
        Box::pin(async move {
            let found = tokio::net::lookup_host((host, 0)).await?;
            Ok(found.map(|address| address.ip()).collect())
        })
    }
}

/// Gives only names that stand for public addresses throughout.
pub(crate) struct PublicOnly(pub(crate) Arc<dyn Lookup>);

/// Gives every name.
pub(crate) struct Everything(pub(crate) Arc<dyn Lookup>);

/// A name or an address that leads into this machine or a private network.
#[derive(Debug, thiserror::Error)]
#[error("{host} is an address of this machine or of a private network")]
pub(crate) struct PrivateAddress {
    /// As the address names it.
    pub(crate) host: String,
}

impl PublicOnly {
    /// Refuses a name that stands for a private address.
    pub(crate) fn check(host: &str, found: &[IpAddr]) -> Result<(), PrivateAddress> {
        if found.iter().all(|address| is_public(*address)) {
            Ok(())
        } else {
            Err(PrivateAddress { host: host.to_owned() })
        }
    }
}

impl Resolve for PublicOnly {
    fn resolve(&self, name: Name) -> Resolving {
        let lookup = self.0.clone();
        Box::pin(async move {
            let found = lookup.addresses(name.as_str()).await?;
            Self::check(name.as_str(), &found)?;
            Ok(to_connect(found))
        })
    }
}

impl Resolve for Everything {
    fn resolve(&self, name: Name) -> Resolving {
        let lookup = self.0.clone();
        Box::pin(async move { Ok(to_connect(lookup.addresses(name.as_str()).await?)) })
    }
}

/// The port is put in by whoever connects.
fn to_connect(found: Vec<IpAddr>) -> Addrs {
    Box::new(found.into_iter().map(|address| SocketAddr::new(address, 0)))
}

/// Refuses a host that is written as an address, which nobody resolves.
pub(crate) fn check_literal(host: &str) -> Result<(), PrivateAddress> {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    match bare.parse() {
        Ok(address) if !is_public(address) => Err(PrivateAddress { host: host.to_owned() }),
        _ => Ok(()),
    }
}
