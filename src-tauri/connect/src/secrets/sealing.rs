//! Sealing bytes with a passphrase: Argon2id makes the key, XChaCha20-Poly1305 seals.

use argon2::{Algorithm, Argon2, Params, Version};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chacha20poly1305::XChaCha20Poly1305;
use chacha20poly1305::aead::{Aead, Generate, Key, KeyInit, Nonce, Payload};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

const FORMAT: &str = "taskwright-secrets";
const VERSION: u32 = 1;
/// What a new file's key costs to make: RFC 9106's choice for machines without much memory, on one lane.
const MEMORY_KIB: u32 = 64 << 10;
const PASSES: u32 = 3;
/// What a file may ask for; more would be a way to keep this program busy.
const MOST_MEMORY_KIB: u32 = 1 << 20;
const MOST_PASSES: u32 = 16;

/// Why something could not be sealed or opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum SealError {
    /// The passphrase does not open it, or it was changed by somebody.
    #[error("the passphrase does not open it")]
    Wrong,
    /// It is not in the format of this program.
    #[error("it is no file of secrets that this version can read")]
    Format,
    /// The system gave no random numbers, or no memory.
    #[error("this computer could not do it")]
    Machine,
}

/// How a key is made of a passphrase.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Making {
    name: String,
    memory_kib: u32,
    passes: u32,
    lanes: u32,
    salt: String,
}

/// Sealed bytes as they are written down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Sealed {
    format: String,
    v: u32,
    key: Making,
    nonce: String,
    sealed: String,
}

/// A key that was made of a passphrase. The passphrase itself is not kept.
pub(crate) struct SealingKey {
    making: Making,
    key: Zeroizing<[u8; 32]>,
}

impl SealingKey {
    /// A key for a new file.
    pub(crate) fn new(passphrase: &SecretString) -> Result<Self, SealError> {
        let salt = <[u8; 16]>::try_generate().map_err(|_| SealError::Machine)?;
        Self::make(
            passphrase,
            Making {
                name: "argon2id".to_owned(),
                memory_kib: MEMORY_KIB,
                passes: PASSES,
                lanes: 1,
                salt: STANDARD.encode(salt),
            },
        )
    }

    /// The key that these bytes were sealed with, if the passphrase is the same.
    pub(crate) fn of(sealed: &Sealed, passphrase: &SecretString) -> Result<Self, SealError> {
        sealed.check()?;
        Self::make(passphrase, sealed.key.clone())
    }

    fn make(passphrase: &SecretString, making: Making) -> Result<Self, SealError> {
        let salt = STANDARD.decode(&making.salt).map_err(|_| SealError::Format)?;
        let params = Params::new(making.memory_kib, making.passes, making.lanes, Some(32));
        let params = params.map_err(|_| SealError::Format)?;
        let mut key = Zeroizing::new([0; 32]);
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into(passphrase.expose_secret().as_bytes(), &salt, key.as_mut())
            .map_err(|_| SealError::Machine)?;
        Ok(Self { making, key })
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        let mut key = Key::<XChaCha20Poly1305>::default();
        key.copy_from_slice(self.key.as_ref());
        XChaCha20Poly1305::new(&key)
    }

    /// Seals with a nonce of its own.
    pub(crate) fn seal(&self, plain: &[u8]) -> Result<Sealed, SealError> {
        let nonce = Nonce::<XChaCha20Poly1305>::try_generate().map_err(|_| SealError::Machine)?;
        let mut sealed = Sealed {
            format: FORMAT.to_owned(),
            v: VERSION,
            key: self.making.clone(),
            nonce: STANDARD.encode(nonce),
            sealed: String::new(),
        };
        let aad = sealed.head();
        let payload = Payload {
            msg: plain,
            aad: aad.as_bytes(),
        };
        let bytes = self.cipher().encrypt(&nonce, payload).map_err(|_| SealError::Machine)?;
        sealed.sealed = STANDARD.encode(bytes);
        Ok(sealed)
    }

    /// What was sealed with this key.
    pub(crate) fn open(&self, sealed: &Sealed) -> Result<Zeroizing<Vec<u8>>, SealError> {
        sealed.check()?;
        let decoded = |text: &str| STANDARD.decode(text).map_err(|_| SealError::Format);
        let nonce = decoded(&sealed.nonce)?;
        let nonce = Nonce::<XChaCha20Poly1305>::try_from(nonce.as_slice()).map_err(|_| SealError::Format)?;
        let (bytes, aad) = (decoded(&sealed.sealed)?, sealed.head());
        let payload = Payload {
            msg: &bytes,
            aad: aad.as_bytes(),
        };
        let plain = self.cipher().decrypt(&nonce, payload);
        plain.map(Zeroizing::new).map_err(|_| SealError::Wrong)
    }
}

impl Sealed {
    /// Everything but what is sealed: it is authenticated with it.
    fn head(&self) -> String {
        let Making {
            name,
            memory_kib,
            passes,
            lanes,
            salt,
        } = &self.key;
        format!("{} {} {name} {memory_kib} {passes} {lanes} {salt}", self.format, self.v)
    }

    fn check(&self) -> Result<(), SealError> {
        let key = &self.key;
        let known = self.format == FORMAT && self.v == VERSION && key.name == "argon2id";
        let bounded = key.memory_kib <= MOST_MEMORY_KIB && key.passes <= MOST_PASSES && key.lanes <= 16;
        if known && bounded {
            Ok(())
        } else {
            Err(SealError::Format)
        }
    }
}

#[cfg(test)]
mod tests {
    use secrecy::SecretString;

    use super::{SealError, Sealed, SealingKey};

    fn passphrase(words: &str) -> SecretString {
        SecretString::from(words)
    }

    #[test]
    fn only_the_passphrase_opens_what_it_sealed() {
        let key = SealingKey::new(&passphrase("correct horse battery")).unwrap();
        let sealed = key.seal(b"sk-1234").unwrap();
        let again = SealingKey::of(&sealed, &passphrase("correct horse battery")).unwrap();
        assert_eq!(again.open(&sealed).unwrap().as_slice(), b"sk-1234", "the right one");
        let other = SealingKey::of(&sealed, &passphrase("correct horse batterie")).unwrap();
        assert_eq!(other.open(&sealed).unwrap_err(), SealError::Wrong, "another one");
        assert_ne!(sealed, key.seal(b"sk-1234").unwrap(), "no two times alike");
    }

    #[test]
    fn a_file_that_somebody_changed_is_not_opened() {
        let key = SealingKey::new(&passphrase("correct horse battery")).unwrap();
        let sealed = key.seal(b"sk-1234").unwrap();
        let changed = |change: fn(&mut Sealed)| {
            let mut other = sealed.clone();
            change(&mut other);
            key.open(&other).unwrap_err()
        };
        assert_eq!(changed(|it| it.key.passes = 1), SealError::Wrong, "its head");
        assert_eq!(
            changed(|it| it.sealed.replace_range(0..4, "AAAA")),
            SealError::Wrong,
            "its body"
        );
        assert_eq!(
            changed(|it| it.key.memory_kib = u32::MAX),
            SealError::Format,
            "beyond all bounds"
        );
        assert_eq!(changed(|it| it.v = 2), SealError::Format, "of a later version");
        assert_eq!(changed(|it| it.nonce.clear()), SealError::Format, "without a nonce");
    }
}
