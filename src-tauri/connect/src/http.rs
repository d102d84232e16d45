//! The HTTP clients underneath: one that reaches the public internet only, one that reaches everything, and one for each
//! proxy that somebody set.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use reqwest::{Proxy, Url};
use taskwright_domain::FailureCause;

use crate::Connection;
use crate::attempt::refused;
use crate::guard::{Reach, reach};
use crate::resolver::{Everything, Lookup, PublicOnly};

/// Ways out. Copies share their connections.
#[derive(Clone)]
pub(crate) struct Http {
    public: reqwest::Client,
    anywhere: reqwest::Client,
    /// By the address of the proxy.
    proxied: Arc<Mutex<HashMap<String, reqwest::Client>>>,
    lookup: Arc<dyn Lookup>,
}

impl fmt::Debug for Http {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Http").finish_non_exhaustive()
    }
}

impl Http {
    pub(crate) fn new(lookup: Arc<dyn Lookup>) -> Result<Self, reqwest::Error> {
        Ok(Self {
            public: plain().dns_resolver(Arc::new(PublicOnly(lookup.clone()))).build()?,
            anywhere: plain().dns_resolver(Arc::new(Everything(lookup.clone()))).build()?,
            proxied: Arc::default(),
            lookup,
        })
    }

    /// The client that may call this address, or why none may.
    pub(crate) async fn way_to(&self, url: &Url, connection: &Connection) -> Result<reqwest::Client, FailureCause> {
        let reach = reach(url, connection)?;
        match connection
            .proxy
            .as_deref()
            .map(str::trim)
            .filter(|proxy| !proxy.is_empty())
        {
            Some(proxy) => {
                if reach == Reach::Public {
                    self.check_behind_proxy(url).await?;
                }
                self.through(proxy)
            }
            None if reach == Reach::Anywhere => Ok(self.anywhere.clone()),
            None => Ok(self.public.clone()),
        }
    }

    /// A proxy looks names up itself. What this machine knows of a name is checked all the same; a name that only the
    /// proxy knows is its own affair.
    async fn check_behind_proxy(&self, url: &Url) -> Result<(), FailureCause> {
        let host = url.host_str().unwrap_or_default();
        let Ok(found) = self.lookup.addresses(host).await else {
            return Ok(());
        };
        PublicOnly::check(host, &found).map_err(|private| refused(&private.to_string()))
    }

    fn through(&self, proxy: &str) -> Result<reqwest::Client, FailureCause> {
        let mut proxied = self.proxied.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(client) = proxied.get(proxy) {
            return Ok(client.clone());
        }
        let bad = |_| FailureCause::BadRequest {
            reason: "the proxy is no address such as http://proxy.example.com:3128; change it under Settings"
                .to_owned(),
        };
        let client = plain().proxy(Proxy::all(proxy).map_err(bad)?).build().map_err(bad)?;
        proxied.insert(proxy.to_owned(), client.clone());
        Ok(client)
    }
}

/// No proxy that nobody set, which would call for us what we may not; no redirect that was not looked at; no attempt
/// that is not counted.
fn plain() -> reqwest::ClientBuilder {
    reqwest::Client::builder()
        .no_proxy()
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never())
        .referer(false)
}
