//! What holds for every call to an environment from this machine.

use serde::{Deserialize, Serialize};
use taskwright_connect::origin_of;
use taskwright_domain::Environment;
use taskwright_store::Store;
use ts_rs::TS;

use crate::app::{App, json_of};
use crate::connections::confirmed;
use crate::error::CommandError;
use crate::list::{Done, Nothing};

/// An environment.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct EnvironmentSettings {
    /// Which.
    pub environment: Environment,
    /// All its calls go through this proxy, e.g. `http://proxy.example.com:3128`; they go out by themselves where none.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub proxy: Option<String>,
}

/// What is stored of an environment.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Stored {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    proxy: Option<String>,
}

/// The proxy of an environment, if one was set.
pub(crate) fn proxy_of(store: &Store, environment: Environment) -> Result<Option<String>, CommandError> {
    let Some(json) = store.environment(environment)? else {
        return Ok(None);
    };
    let stored: Stored = serde_json::from_value(json).map_err(|error| {
        let word = environment.key();
        CommandError::new(
            crate::error::ErrorCode::Damaged,
            format!("What the workspace says of the {word} environment cannot be read: {error}."),
        )
    })?;
    Ok(stored.proxy)
}

pub(crate) async fn list_environments(
    app: &App,
    _origin: &str,
    _: Nothing,
) -> Result<Vec<EnvironmentSettings>, CommandError> {
    let all = [Environment::Live, Environment::Test].into_iter();
    let all = all.map(|environment| {
        Ok(EnvironmentSettings {
            environment,
            proxy: proxy_of(app.store(), environment)?,
        })
    });
    all.collect()
}

pub(crate) async fn save_environment(
    app: &App,
    _origin: &str,
    args: EnvironmentSettings,
) -> Result<Done, CommandError> {
    let proxy = confirmed(args.proxy, "/proxy")?;
    if proxy.as_deref().is_some_and(|proxy| origin_of(proxy).is_none()) {
        let message = "A proxy is written like http://proxy.example.com:3128.";
        return Err(CommandError::bad_request(message).at("/proxy"));
    }
    let stored = Stored {
        proxy: proxy.as_deref().and_then(origin_of),
    };
    app.store().set_environment(args.environment, json_of(&stored)?).await?;
    Ok(())
}
