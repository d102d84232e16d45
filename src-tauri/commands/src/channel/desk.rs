//! The channel as this program holds it: how it is set, who has its key, and what went over it last.

use std::sync::{PoisonError, RwLock};

use sha2::{Digest, Sha256};
use taskwright_store::{Store, WebhookKey};
use uuid::Uuid;

use super::settings::ChannelSettings;
use super::traffic::Traffic;
use crate::app::read;
use crate::codes::{code, hmac};
use crate::error::{CommandError, ErrorCode};
use crate::webhooks::Turns;

/// What every key begins with, so that people and scanners of secrets know one when they see it.
const KEY_MARK: &str = "twk_";
/// Hashed where no key is brought: as long as a key, and none.
const NO_KEY: &str = "none-0000000000000000000000000000000000000000000000000000000000000000";
/// Letters of a key that are shown once it is kept.
const SHOWN: usize = 4;

/// Whether whoever calls may come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChannelDoor {
    /// There is no channel: it is off, or has no key.
    NotSetUp,
    /// The key is missing or another one.
    Shut,
    /// The key is the right one.
    Open,
}

/// The channel.
pub struct ChannelDesk {
    settings: RwLock<ChannelSettings>,
    key_hash: RwLock<Option<Vec<u8>>>,
    workspace_key: WebhookKey,
    pub(crate) traffic: Traffic,
    /// Of two events with the same id at once, the second one finds what the first one was answered.
    pub(crate) by_event: Turns,
    /// Events of one conversation are taken in the order they come in.
    pub(crate) by_conversation: Turns,
}

impl ChannelDesk {
    pub(crate) fn new(store: &Store) -> Result<Self, CommandError> {
        let row = store.channel()?;
        let settings = serde_json::from_value(row.settings).map_err(|error| {
            let message =
                format!("The settings of the channel cannot be read: {error}. Restore a backup of the workspace.");
            CommandError::new(ErrorCode::Damaged, message)
        })?;
        Ok(Self {
            settings: RwLock::new(settings),
            key_hash: RwLock::new(row.key_hash),
            workspace_key: store.webhook_key()?,
            traffic: Traffic::default(),
            by_event: Turns::default(),
            by_conversation: Turns::default(),
        })
    }

    /// Whether whoever brings this key may come in. It takes as long for a key that is missing or wrong as for the right
    /// one: always one hash, and a comparison that looks at all of it.
    #[must_use]
    pub fn door(&self, brought: Option<&str>) -> ChannelDoor {
        let on = read(&self.settings).on;
        let kept = read(&self.key_hash).clone();
        let brought_hash = hash(brought.unwrap_or(NO_KEY));
        let right = kept.as_deref().is_some_and(|kept| is_same(kept, &brought_hash));
        match (on && kept.is_some(), right && brought.is_some()) {
            (false, _) => ChannelDoor::NotSetUp,
            (true, false) => ChannelDoor::Shut,
            (true, true) => ChannelDoor::Open,
        }
    }

    pub(crate) fn settings(&self) -> ChannelSettings {
        read(&self.settings).clone()
    }

    pub(crate) fn has_key(&self) -> bool {
        read(&self.key_hash).is_some()
    }

    pub(crate) fn set(&self, settings: ChannelSettings, key_hash: Option<Vec<u8>>) {
        *self.settings.write().unwrap_or_else(PoisonError::into_inner) = settings;
        if let Some(hash) = key_hash {
            *self.key_hash.write().unwrap_or_else(PoisonError::into_inner) = Some(hash);
        }
    }

    /// What the product checks signatures with: derived, so that it need not be stored.
    pub(crate) fn signing_secret(&self) -> String {
        let number = read(&self.settings).signing;
        let secret = hmac(&self.workspace_key.0, &[b"signature", &[0], &number.to_be_bytes()]);
        format!("tws_{secret}")
    }

    /// Our id of a person of the product: the same for ever here, another one in every other workspace.
    pub(crate) fn contact(&self, external: &str) -> String {
        code(&self.workspace_key, "contact", external)
    }

    /// What codes of this workspace are derived from.
    pub(crate) fn key(&self) -> &WebhookKey {
        &self.workspace_key
    }
}

/// A new key, with what is kept of it.
pub(crate) struct NewKey {
    /// The key, to be shown once.
    pub(crate) key: String,
    pub(crate) hash: Vec<u8>,
    pub(crate) ends_in: String,
}

impl NewKey {
    pub(crate) fn draw() -> Self {
        // Two random UUIDs: 244 random bits, which nobody finds by trying, so a plain hash keeps them well.
        let key = format!("{KEY_MARK}{}{}", Uuid::new_v4().simple(), Uuid::new_v4().simple());
        Self {
            hash: hash(&key),
            ends_in: key[key.len() - SHOWN..].to_owned(),
            key,
        }
    }
}

fn hash(key: &str) -> Vec<u8> {
    Sha256::digest(key.as_bytes()).to_vec()
}

/// Whether two hashes are the same, looking at every byte whatever was found before.
fn is_same(one: &[u8], other: &[u8]) -> bool {
    let differing = one
        .iter()
        .zip(other)
        .fold(0, |found, (one, other)| found | (one ^ other));
    one.len() == other.len() && std::hint::black_box(differing) == 0
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::*;

    fn desk(on: bool) -> (ChannelDesk, String) {
        let desk = ChannelDesk::new(&Store::in_memory().unwrap()).unwrap();
        let new = NewKey::draw();
        let settings = ChannelSettings {
            on,
            ..ChannelSettings::default()
        };
        desk.set(settings, Some(new.hash));
        (desk, new.key)
    }

    #[test]
    fn only_the_key_opens_the_door_and_only_while_the_channel_is_on() {
        let (off, key) = desk(false);
        assert_eq!(off.door(Some(&key)), ChannelDoor::NotSetUp);
        let (on, key) = desk(true);
        assert_eq!(on.door(Some(&key)), ChannelDoor::Open);
        for wrong in [
            None,
            Some(""),
            Some("twk_"),
            Some(&key[1..]),
            Some(&key[..key.len() - 1]),
        ] {
            assert_eq!(on.door(wrong), ChannelDoor::Shut, "{wrong:?}");
        }
        let bare = ChannelDesk::new(&Store::in_memory().unwrap()).unwrap();
        assert_eq!(bare.door(None), ChannelDoor::NotSetUp, "without a key nothing opens it");
    }

    /// The quickest of many tries is free of whatever else the machine did meanwhile. Were a
    /// missing key not hashed, it would take a small part of the time; half leaves room for a busy machine.
    #[test]
    fn a_wrong_key_takes_as_long_as_a_missing_one_and_as_the_right_one() {
        let (desk, key) = desk(true);
        let wrong_at_once = format!("x{}", &key[1..]);
        let wrong_at_last = format!("{}x", &key[..key.len() - 1]);
        let tries = [Some(key.as_str()), Some(&wrong_at_once), Some(&wrong_at_last), None];
        let mut quickest = [Duration::MAX; 4];
        for _ in 0..200 {
            for (brought, quickest) in tries.iter().zip(&mut quickest) {
                let began = Instant::now();
                for _ in 0..50 {
                    std::hint::black_box(desk.door(std::hint::black_box(*brought)));
                }
                *quickest = (*quickest).min(began.elapsed());
            }
        }
        let [right, others @ ..] = quickest.map(|time| time.as_secs_f64());
        for other in others {
            assert!((other / right - 1.0).abs() < 0.5, "{quickest:?}");
        }
    }

    #[test]
    fn what_is_derived_belongs_to_one_workspace() {
        let ((one, _), (other, _)) = (desk(true), desk(true));
        assert_eq!(one.contact("user_1"), one.contact("user_1"));
        assert_ne!(one.contact("user_1"), other.contact("user_1"));
        assert_ne!(one.signing_secret(), other.signing_secret());
        let before = one.signing_secret();
        let settings = ChannelSettings {
            signing: 2,
            ..one.settings()
        };
        one.set(settings, None);
        assert_ne!(one.signing_secret(), before, "a rotated secret is another one");
    }
}
