//! What a call needs from this machine: its confirmed address, and the secrets that may be sent there.

use std::collections::BTreeMap;

use secrecy::ExposeSecret;
use taskwright_connect::secrets::{SecretKey, Vault, is_same};
use taskwright_connect::{Connection, Secret};
use taskwright_domain::{Action, CallMode, Environment, FailureCause};
use taskwright_store::Store;

use crate::connections::Kept;
use crate::environments::proxy_of;
use crate::reach::{known_as, secrets_named};
use crate::secrets::{Known, known_secrets};

/// How exactly the last use of a secret is known: a use within the hour is not written down again.
const USED_MS: i64 = 60 * 60 * 1000;

/// What belongs to this machine, for whoever calls.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Machine<'a> {
    pub(crate) store: &'a Store,
    pub(crate) vault: &'a Vault,
    /// UTC milliseconds since 1970.
    pub(crate) now: i64,
}

impl Machine<'_> {
    /// Where the calls of an action go and with which secrets; none where that was not confirmed.
    pub(crate) async fn connection(self, action: &Action, calls: CallMode) -> Result<Option<Connection>, FailureCause> {
        let Some(environment) = calls.environment() else {
            return Ok(None);
        };
        let kept = Kept::of(self.store, &action.id);
        let Some(base_url) = kept.confirmed(environment) else {
            return Ok(None);
        };
        let inside = kept.may_be_inside(environment);
        let own = Connection::confirmed(base_url);
        Ok(Some(Connection {
            secrets: self.secrets(action, environment).await?,
            allowed_hosts: own.allowed_hosts.into_iter().filter(|_| inside).collect(),
            proxy: proxy_of(self.store, environment).map_err(|why| missing(&why.message))?,
            base_url: own.base_url,
        }))
    }

    /// Those the action names, each with where it may go. One without a value is named by the request that lacks it.
    async fn secrets(
        self,
        action: &Action,
        environment: Environment,
    ) -> Result<BTreeMap<String, Secret>, FailureCause> {
        let named = secrets_named(action);
        if named.is_empty() {
            return Ok(BTreeMap::new());
        }
        let all = known_secrets(self.store, environment).map_err(|why| missing(&why.message))?;
        let mut secrets = BTreeMap::new();
        for name in named {
            let known = known_as(&all, &name);
            let name = all.keys().find(|other| is_same(other, &name)).cloned().unwrap_or(name);
            let key = SecretKey { environment, name };
            let found = self.vault.read(&key, known.kept.map(Into::into)).await;
            let found = found.map_err(|why| missing(&format!("the secret {} cannot be read: {why}", key.name)))?;
            let Some(found) = found else { continue };
            self.note_use(&key, &known);
            let secret = Secret {
                value: found.value.expose_secret().to_owned(),
                origins: known.origins,
            };
            secrets.insert(key.name.to_string(), secret);
        }
        Ok(secrets)
    }

    /// A hint for people, so nobody waits for it and nothing fails with it.
    fn note_use(self, key: &SecretKey, known: &Known) {
        let noted = known.used_at.is_some_and(|at| self.now - at < USED_MS);
        if noted {
            return;
        }
        let (store, key, now) = (self.store.clone(), key.clone(), self.now);
        tokio::spawn(async move {
            let _ = store.note_secret_used(key.environment, &key.name, now).await;
        });
    }
}

fn missing(reason: &str) -> FailureCause {
    FailureCause::BadRequest {
        reason: reason.to_owned(),
    }
}
