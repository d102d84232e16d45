//! What actions can reach from this machine, as far as it is known without asking anybody.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use serde_json::Value as Json;
use taskwright_connect::origin_of;
use taskwright_connect::secrets::is_same;
use taskwright_domain::{Action, ActionId, Authentication, Body, Environment, SecretName, Template};

use crate::app::App;
use crate::connections::Kept;
use crate::error::CommandError;
use crate::secrets::Known;

/// What stands between an action and its live system on this machine.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Reach {
    /// Actions whose live address was not confirmed here: they answer with samples.
    pub unconfirmed: BTreeSet<ActionId>,
    /// Actions that are connected and lack secrets.
    pub lacking: BTreeMap<ActionId, Vec<LackedSecret>>,
}

/// A secret that an action needs and cannot have.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct LackedSecret {
    /// Its name, as the action writes it.
    pub name: SecretName,
    /// What keeps it away.
    pub why: Lack,
}

/// What keeps a secret away from an action.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Lack {
    /// It is not set.
    NotSet,
    /// It may not be sent to where the action calls.
    NotApproved {
        /// The origin.
        origin: String,
    },
}

impl Reach {
    /// One number that is another one once anything of it has changed.
    pub(crate) fn fingerprint(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        self.hash(&mut hasher);
        hasher.finish()
    }
}

impl App {
    /// What stands between the actions and their live systems.
    pub(crate) fn reach(&self) -> Result<Reach, CommandError> {
        let snapshot = self.snapshot();
        let known = self.known_secrets(Environment::Live)?;
        let mut reach = Reach::default();
        for action in &snapshot.content.actions {
            let kept = Kept::of(self.store(), &action.id);
            let Some(address) = kept.confirmed(Environment::Live) else {
                reach.unconfirmed.insert(action.id.clone());
                continue;
            };
            let mut lacking = Vec::new();
            for name in secrets_named(action) {
                let origin = origin_for(action, &name, address).unwrap_or_default();
                if let Some(why) = self.lack(&name, &origin, &known) {
                    lacking.push(LackedSecret { name, why });
                }
            }
            if !lacking.is_empty() {
                reach.lacking.insert(action.id.clone(), lacking);
            }
        }
        Ok(reach)
    }

    fn lack(&self, name: &SecretName, origin: &str, known: &BTreeMap<SecretName, Known>) -> Option<Lack> {
        let known = known_as(known, name);
        let in_variable = self.variable_of(Environment::Live, name).is_some();
        if known.kept.is_none() && !in_variable {
            Some(Lack::NotSet)
        } else if known.origins.contains(origin) {
            None
        } else {
            Some(Lack::NotApproved {
                origin: origin.to_owned(),
            })
        }
    }
}

/// What is known of a secret, in whatever capitals an action writes it.
pub(crate) fn known_as(known: &BTreeMap<SecretName, Known>, name: &SecretName) -> Known {
    let mut same = known.iter().filter(|(other, _)| is_same(other, name));
    same.next().map(|(_, known)| known.clone()).unwrap_or_default()
}

/// The secrets that an action's request names, wherever in it they stand.
pub(crate) fn secrets_named(action: &Action) -> BTreeSet<SecretName> {
    let Some(request) = &action.request else {
        return BTreeSet::new();
    };
    let mut names = BTreeSet::new();
    for template in request.templates() {
        collect(template, &mut names);
    }
    if let Some(Body::Json { json }) = &request.body {
        collect_in(json, &mut names);
    }
    names.extend(request.auth.secret().filter(|secret| !secret.is_empty()).cloned());
    names
}

/// Where a secret of an action goes: to its base URL, or to where tokens are given out for it.
pub(crate) fn origin_for(action: &Action, name: &SecretName, base_url: &str) -> Option<String> {
    let auth = action.request.as_ref().map(|request| &request.auth);
    match auth {
        Some(Authentication::OAuth2 {
            token_url,
            client_secret,
            ..
        }) if client_secret == name => origin_of(token_url).or_else(|| origin_of(base_url)),
        _ => origin_of(base_url),
    }
}

fn collect(template: &Template, names: &mut BTreeSet<SecretName>) {
    let secrets = template.references().filter_map(|name| name.strip_prefix("secret."));
    names.extend(secrets.filter_map(|name| SecretName::new(name).ok()));
}

fn collect_in(json: &Json, names: &mut BTreeSet<SecretName>) {
    match json {
        Json::String(text) => collect(&Template::new(text.clone()), names),
        Json::Array(items) => items.iter().for_each(|item| collect_in(item, names)),
        Json::Object(fields) => fields.values().for_each(|field| collect_in(field, names)),
        _ => {}
    }
}
