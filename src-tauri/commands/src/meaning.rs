//! The sentence encoder of this process: loaded once, by whoever needs it first, on their thread.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use serde::Serialize;
use taskwright_encoder::{Encoder, EncoderError, TOKEN_STEPS, VERSION, cache_folder, find};
use taskwright_language::rank::{Meanings, TextVectors};
use taskwright_store::VectorCache;
use ts_rs::TS;

/// Texts kept in memory before all are forgotten: some 50 MB.
const MOST: usize = 8_000;

static LOADED: OnceLock<Result<Arc<Vectors>, EncoderError>> = OnceLock::new();

/// How tasks are chosen on this machine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum EncoderState {
    /// By meaning.
    Ready {
        /// What makes the vectors.
        version: String,
    },
    /// Nobody has needed the encoder yet.
    NotLoaded,
    /// By words: the encoder was switched off.
    Off,
    /// By words: there is no encoder.
    Missing {
        /// Why, and how to mend it.
        why: String,
    },
}

/// How tasks are chosen now; loads nothing.
#[must_use]
pub fn encoder_state() -> EncoderState {
    match LOADED.get() {
        None => match find() {
            Ok(_) => EncoderState::NotLoaded,
            Err(error) => without(&error),
        },
        Some(Ok(_)) => EncoderState::Ready {
            version: VERSION.to_owned(),
        },
        Some(Err(error)) => without(error),
    }
}

fn without(error: &EncoderError) -> EncoderState {
    match error {
        EncoderError::Off => EncoderState::Off,
        other => EncoderState::Missing { why: other.to_string() },
    }
}

/// The encoder, loaded now if it was not; takes a fraction of a second the first time.
///
/// # Errors
/// When it was switched off, is not on this machine, or damaged.
pub fn meanings() -> Result<Arc<dyn Meanings>, &'static EncoderError> {
    match LOADED.get_or_init(load) {
        Ok(vectors) => Ok(vectors.clone()),
        Err(error) => Err(error),
    }
}

fn load() -> Result<Arc<Vectors>, EncoderError> {
    let encoder = Encoder::open(&find()?)?;
    let beside = cache_folder().and_then(|folder| Some(folder.parent()?.join("vectors.sqlite")));
    Ok(Arc::new(Vectors {
        encoder,
        known: Mutex::default(),
        // A home that cannot be written to costs time, nothing else.
        kept: beside.and_then(|path| VectorCache::open(&path).ok()),
    }))
}

/// Vectors by text: from memory, from the cache of this machine, or made.
struct Vectors {
    encoder: Encoder,
    known: Mutex<HashMap<String, Arc<TextVectors>>>,
    kept: Option<VectorCache>,
}

/// Both crates mean the same steps: neither knows the other.
const _: () = assert!(TOKEN_STEPS == TextVectors::STEPS);

impl Vectors {
    fn made(&self, text: &str) -> TextVectors {
        let encoded = self.encoder.encode_with_tokens(text);
        TextVectors {
            vector: encoded.vector,
            tokens: encoded.tokens,
        }
    }

    fn known(&self, text: &str, make: impl FnOnce() -> TextVectors) -> Arc<TextVectors> {
        let lock = || self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(vector) = lock().get(text) {
            return vector.clone();
        }
        // Made without the lock: others need not wait for it.
        let vector = Arc::new(make());
        let mut known = lock();
        if known.len() >= MOST {
            known.clear();
        }
        known.insert(text.to_owned(), vector.clone());
        vector
    }
}

impl Meanings for Vectors {
    fn version(&self) -> &str {
        VERSION
    }

    fn knows(&self, word: &str) -> bool {
        self.encoder.knows(word)
    }

    fn of_task(&self, text: &str) -> Arc<TextVectors> {
        self.known(text, || {
            if let Some(kept) = self.kept.as_ref().and_then(|kept| kept.get(VERSION, text)) {
                return TextVectors {
                    vector: kept.vector,
                    tokens: kept.tokens,
                };
            }
            let made = self.made(text);
            if let Some(kept) = &self.kept {
                kept.put(VERSION, text, &made.vector, &made.tokens);
            }
            made
        })
    }

    fn of_message(&self, text: &str) -> Arc<TextVectors> {
        // What customers write is not written to the machine's cache.
        self.known(text, || self.made(text))
    }

    fn of_passage(&self, text: &str) -> Vec<f32> {
        // There may be thousands: only the file keeps them, and of each only the whole.
        let whole = format!("{VERSION}, whole");
        if let Some(kept) = self.kept.as_ref().and_then(|kept| kept.get(&whole, text)) {
            return kept.vector;
        }
        let vector = self.encoder.encode(text);
        if let Some(kept) = &self.kept {
            kept.put(&whole, text, &vector, &[]);
        }
        vector
    }

    fn learned(&self, content: &str) -> Option<Vec<f32>> {
        self.kept.as_ref()?.learned(VERSION, content)
    }

    fn keep_learned(&self, content: &str, numbers: &[f32]) {
        if let Some(kept) = &self.kept {
            kept.keep_learned(VERSION, content, numbers);
        }
    }
}
