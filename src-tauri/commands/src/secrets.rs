//! Secrets: their names, where each may be sent and where it is kept. A value comes in here and never goes out again but
//! with a call to an address that was approved for it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Deserializer, Serialize};
use taskwright_connect::origin_of;
use taskwright_connect::secrets::{
    FileStanding, FoundIn, Kept as KeptIn, NoKeychain, SecretKey, Standing, VaultError, is_same, is_taken, names_of,
};
use taskwright_domain::{ActionId, Environment, SecretName};
use taskwright_store::Store;
use ts_rs::TS;

use crate::app::{App, json_of};
use crate::connections::Kept;
use crate::error::{CommandError, ErrorCode, sentence};
use crate::list::{Done, Nothing};
use crate::reach::{origin_for, secrets_named};

/// Text that is shown to nobody and repeated by no error.
#[derive(Clone, TS)]
#[ts(type = "string")]
pub struct Hidden(SecretString);

impl fmt::Debug for Hidden {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Hidden")
    }
}

impl<'de> Deserialize<'de> for Hidden {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // An error of serde would quote what it did not expect.
        match serde_json::Value::deserialize(deserializer) {
            Ok(serde_json::Value::String(text)) => Ok(Self(SecretString::from(text))),
            _ => Err(serde::de::Error::custom("it wants a text here")),
        }
    }
}

/// Where secrets are kept on this computer.
#[derive(Debug, Clone, Serialize, TS)]
pub struct SecretPlace {
    /// How it stands.
    pub state: PlaceState,
    /// Which it is and why, in plain words.
    pub words: String,
    /// A keychain that did not answer may be asked again.
    pub keychain_can_be_tried: bool,
}

/// How the place of secrets stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PlaceState {
    /// The keychain of this computer keeps them.
    Keychain,
    /// An encrypted file keeps them once a passphrase is chosen for it.
    NeedsPassphrase,
    /// The encrypted file waits for its passphrase.
    Locked,
    /// The encrypted file is open.
    Open,
}

/// How a secret stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum SecretState {
    /// A variable of the system's environment holds it; it is changed there.
    Variable {
        /// Which.
        name: String,
    },
    /// The keychain of this computer holds it.
    Keychain,
    /// The encrypted file holds it.
    File,
    /// It has no value.
    NotSet,
    /// It cannot be got at.
    OutOfReach {
        /// Why, and what to do.
        why: String,
    },
}

/// A secret in one environment.
#[derive(Debug, Clone, Serialize, TS)]
pub struct SecretRow {
    /// The environment.
    pub environment: Environment,
    /// Its name.
    pub name: String,
    /// How it stands.
    pub state: SecretState,
    /// Where it may be sent: scheme, host and port.
    pub origins: Vec<String>,
    /// Where actions that need it call, and it may not be sent yet.
    pub asked_for: Vec<String>,
    /// The actions that need it.
    pub needed_by: Vec<SecretUser>,
    /// The variables that would hold it, the more particular one first.
    pub variables: Vec<String>,
    /// When it was set here: UTC milliseconds since 1970.
    pub set_at: Option<i64>,
    /// When it was sent last, within the hour.
    pub used_at: Option<i64>,
}

/// An action that needs a secret.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, TS)]
pub struct SecretUser {
    /// Its name.
    pub name: String,
    /// The action.
    pub action: ActionId,
}

/// All there is to know of secrets but what they are.
#[derive(Debug, Clone, Serialize, TS)]
pub struct SecretsView {
    /// Where new ones are kept.
    pub place: SecretPlace,
    /// Live ones first, by name.
    pub rows: Vec<SecretRow>,
}

/// Which secret.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct OneSecret {
    /// Of which environment.
    pub environment: Environment,
    /// Its name.
    pub name: String,
}

/// A secret to keep.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SaveSecret {
    /// Of which environment.
    pub environment: Environment,
    /// Its name.
    pub name: String,
    /// What it is from now on; as it was where none.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub value: Option<Hidden>,
    /// Where it may be sent, all of them: web addresses, of which scheme, host and port count.
    pub origins: Vec<String>,
}

/// What opens the encrypted file.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct UnlockSecrets {
    /// Its passphrase; the first one makes it.
    pub passphrase: Hidden,
}

/// What is written down of a secret.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Known {
    /// Where it may be sent.
    #[serde(default)]
    pub(crate) origins: BTreeSet<String>,
    /// Where its value was put last; none where it has none but perhaps in a variable.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) kept: Option<Place>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    set_at: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) used_at: Option<i64>,
}

/// A place of the vault, as it is written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Place {
    Keychain,
    File,
}

impl From<Place> for KeptIn {
    fn from(place: Place) -> Self {
        match place {
            Place::Keychain => Self::Keychain,
            Place::File => Self::File,
        }
    }
}

impl From<KeptIn> for Place {
    fn from(kept: KeptIn) -> Self {
        match kept {
            KeptIn::Keychain => Self::Keychain,
            KeptIn::File => Self::File,
        }
    }
}

impl From<VaultError> for CommandError {
    fn from(error: VaultError) -> Self {
        let (code, field) = match &error {
            VaultError::Locked
            | VaultError::NoPassphrase
            | VaultError::WrongPassphrase
            | VaultError::ShortPassphrase => (ErrorCode::BadRequest, Some("/passphrase")),
            VaultError::NoValue | VaultError::TooLate => (ErrorCode::BadRequest, Some("/value")),
            VaultError::Variable(_) => (ErrorCode::Conflict, Some("/value")),
            VaultError::Keychain(_) | VaultError::File(_) => (ErrorCode::Host, None),
        };
        let told = Self::new(code, sentence(&error.to_string()));
        match field {
            Some(field) => told.at(field),
            None => told,
        }
    }
}

impl App {
    /// What is written down of the secrets of an environment.
    pub(crate) fn known_secrets(&self, environment: Environment) -> Result<BTreeMap<SecretName, Known>, CommandError> {
        known_secrets(self.store(), environment)
    }

    /// The variable that holds a secret, if one does.
    pub(crate) fn variable_of(&self, environment: Environment, name: &SecretName) -> Option<String> {
        self.inner.vault.variable(&SecretKey {
            environment,
            name: name.clone(),
        })
    }
}

/// What a workspace says of the secrets of an environment.
pub(crate) fn known_secrets(
    store: &Store,
    environment: Environment,
) -> Result<BTreeMap<SecretName, Known>, CommandError> {
    let rows = store.secrets(environment)?.into_iter().map(|(name, json)| {
        let known = serde_json::from_value(json).map_err(|error| {
            let message = format!("What the workspace says of the secret {name} cannot be read: {error}.");
            CommandError::new(ErrorCode::Damaged, message)
        })?;
        Ok((name, known))
    });
    rows.collect()
}

pub(crate) async fn list_secrets(app: &App, _origin: &str, _: Nothing) -> Result<SecretsView, CommandError> {
    let mut rows = Vec::new();
    for environment in [Environment::Live, Environment::Test] {
        let known = app.known_secrets(environment)?;
        let needs = needs(app, environment);
        let mut names: BTreeSet<&SecretName> = known.keys().collect();
        for name in needs.keys() {
            if !names.iter().any(|other| is_same(other, name)) {
                names.insert(name);
            }
        }
        for name in names {
            let known = known.get(name).cloned().unwrap_or_default();
            let mut need = Need::default();
            for (_, one) in needs.iter().filter(|(other, _)| is_same(other, name)) {
                need.users.extend(one.users.iter().cloned());
                need.origins.extend(one.origins.iter().cloned());
            }
            rows.push(row(app, environment, name, known, need).await);
        }
    }
    let place = place(&app.inner.vault.standing().await);
    Ok(SecretsView { place, rows })
}

/// Who needs a secret, and where they call.
#[derive(Debug, Clone, Default)]
struct Need {
    users: BTreeSet<SecretUser>,
    origins: BTreeSet<String>,
}

/// The secrets that actions need in an environment. An action without any address is counted to the live one: that is
/// where it is missed.
fn needs(app: &App, environment: Environment) -> BTreeMap<SecretName, Need> {
    let mut needs: BTreeMap<SecretName, Need> = BTreeMap::new();
    for action in &app.snapshot().content.actions {
        let names = secrets_named(action);
        if names.is_empty() {
            continue;
        }
        let kept = Kept::of(app.store(), &action.id);
        let address = kept.confirmed(environment);
        let nowhere = Environment::ALL.iter().all(|one| kept.confirmed(*one).is_none());
        if address.is_none() && !(nowhere && environment == Environment::Live) {
            continue;
        }
        for name in names {
            let origin = address.and_then(|address| origin_for(action, &name, address));
            let need = needs.entry(name).or_default();
            need.users.insert(SecretUser {
                name: action.name.clone(),
                action: action.id.clone(),
            });
            need.origins.extend(origin);
        }
    }
    needs
}

async fn row(app: &App, environment: Environment, name: &SecretName, known: Known, need: Need) -> SecretRow {
    let key = SecretKey {
        environment,
        name: name.clone(),
    };
    let state = match app.inner.vault.read(&key, known.kept.map(Into::into)).await {
        Ok(None) => SecretState::NotSet,
        Ok(Some(found)) => match found.place {
            FoundIn::Variable(name) => SecretState::Variable { name },
            FoundIn::Vault(KeptIn::Keychain) => SecretState::Keychain,
            FoundIn::Vault(KeptIn::File) => SecretState::File,
        },
        // Nobody has put it there, so nothing is hidden behind the lock.
        Err(_) if known.kept.is_none() => SecretState::NotSet,
        Err(error) => SecretState::OutOfReach {
            why: sentence(&error.to_string()),
        },
    };
    SecretRow {
        environment,
        name: name.to_string(),
        state,
        asked_for: need.origins.difference(&known.origins).cloned().collect(),
        origins: known.origins.into_iter().collect(),
        needed_by: need.users.into_iter().collect(),
        variables: names_of(environment, name).to_vec(),
        set_at: known.set_at,
        used_at: known.used_at,
    }
}

fn place(standing: &Standing) -> SecretPlace {
    let Standing::File { why, file } = standing else {
        return SecretPlace {
            state: PlaceState::Keychain,
            words: "Secrets are kept in the keychain of this computer.".to_owned(),
            keychain_can_be_tried: false,
        };
    };
    let why_file = match why {
        NoKeychain::SwitchedOff => {
            "TASKWRIGHT_NO_KEYCHAIN is set for this program, so secrets are kept in an encrypted file.".to_owned()
        }
        NoKeychain::Failed(why) => {
            format!("The keychain of this computer did not answer ({why}), so secrets are kept in an encrypted file.")
        }
    };
    let (state, more) = match file {
        FileStanding::NotMade => (PlaceState::NeedsPassphrase, "Choose a passphrase for it."),
        FileStanding::Locked => (PlaceState::Locked, "It is locked until you enter its passphrase."),
        FileStanding::LockedAgainstVariable => (
            PlaceState::Locked,
            "It is locked: the passphrase in TASKWRIGHT_PASSPHRASE is another one.",
        ),
        FileStanding::Open => (PlaceState::Open, "It is open until Taskwright is closed."),
        FileStanding::OpenByVariable => (PlaceState::Open, "It is opened by TASKWRIGHT_PASSPHRASE."),
    };
    SecretPlace {
        state,
        words: format!("{why_file} {more}"),
        keychain_can_be_tried: matches!(why, NoKeychain::Failed(_)),
    }
}

pub(crate) async fn save_secret(app: &App, _origin: &str, args: SaveSecret) -> Result<Done, CommandError> {
    keep_secret(app, args.environment, &args.name, &args.origins, args.value).await
}

/// Keeps a secret and where it may be sent; where no value is given, the one that is kept stays.
pub(crate) async fn keep_secret(
    app: &App,
    environment: Environment,
    name: &str,
    origins_named: &[String],
    value: Option<Hidden>,
) -> Result<Done, CommandError> {
    let key = key(environment, name)?;
    let origins = origins(origins_named)?;
    let known = app.known_secrets(key.environment)?;
    if let Some(other) = known
        .keys()
        .find(|other| **other != key.name && is_same(other, &key.name))
    {
        let message = format!("There is {other} already, and small and capital letters count as one. Use that name.");
        return Err(CommandError::new(ErrorCode::Conflict, message).at("/name"));
    }
    let mut known = known.get(&key.name).cloned().unwrap_or_default();
    if let Some(Hidden(value)) = value {
        known.kept = Some(app.inner.vault.keep(&key, one_line(&value)).await?.into());
        known.set_at = Some(app.now());
    }
    known.origins = origins;
    app.store()
        .set_secret(key.environment, &key.name, Some(json_of(&known)?))
        .await?;
    Ok(())
}

/// What was pasted often ends in a line break that nobody meant.
fn one_line(value: &SecretString) -> SecretString {
    SecretString::from(value.expose_secret().trim())
}

fn origins(addresses: &[String]) -> Result<BTreeSet<String>, CommandError> {
    let origins = addresses.iter().map(|address| {
        origin_of(address).ok_or_else(|| {
            let message = "A secret is sent to a web address such as https://shop.example.com.";
            CommandError::bad_request(message).at("/origins")
        })
    });
    origins.collect()
}

fn key(environment: Environment, name: &str) -> Result<SecretKey, CommandError> {
    let refused = |why: String| CommandError::bad_request(sentence(&why)).at("/name");
    let name = SecretName::new(name.trim()).map_err(|why| refused(why.to_string()))?;
    if name.is_empty() {
        return Err(refused("give the secret a name, e.g. SHOP_TOKEN".to_owned()));
    }
    if is_taken(&name) {
        let why = "a secret's name does not begin with TEST_ or LIVE_: one name is used in both environments";
        return Err(refused(why.to_owned()));
    }
    Ok(SecretKey { environment, name })
}

/// Takes a secret away with all that was known of it. For a while [`restore_secret`] brings it back.
pub(crate) async fn remove_secret(app: &App, _origin: &str, args: OneSecret) -> Result<Done, CommandError> {
    let key = key(args.environment, &args.name)?;
    app.inner.vault.remove(&key).await?;
    app.store().set_secret(key.environment, &key.name, None).await?;
    Ok(())
}

/// Takes a removal back, for as long as its value is remembered.
pub(crate) async fn restore_secret(app: &App, _origin: &str, args: SaveSecret) -> Result<Done, CommandError> {
    let key = key(args.environment, &args.name)?;
    let known = Known {
        origins: origins(&args.origins)?,
        kept: Some(app.inner.vault.restore(&key).await?.into()),
        set_at: Some(app.now()),
        used_at: None,
    };
    app.store()
        .set_secret(key.environment, &key.name, Some(json_of(&known)?))
        .await?;
    Ok(())
}

pub(crate) async fn unlock_secrets(app: &App, _origin: &str, args: UnlockSecrets) -> Result<Done, CommandError> {
    let Hidden(passphrase) = args.passphrase;
    Ok(app.inner.vault.unlock(passphrase).await?)
}

pub(crate) async fn try_keychain_again(app: &App, _origin: &str, _: Nothing) -> Result<Done, CommandError> {
    app.inner.vault.try_keychain_again().await;
    Ok(())
}
