//! A sentence encoder: texts of like meaning become vectors that lie close together.
//!
//! The model is all-MiniLM-L6-v2 (Apache-2.0), a BERT of six layers made by the sentence-transformers project. It runs here in a
//! path of its own, for one text at a time on one core: weights are whole numbers of 8 and 16 bits, which takes a third of the memory
//! of floats and less time, and the vectors keep a cosine of 0.999 to those of the model as published (`tests/reference.rs`).
//! Nothing here uses the network. Where the files come from is said in `.scripts/assets.mjs`.

mod assets;
mod convert;
mod encoder;
mod layer;
mod matrix;
mod model;
mod tensors;

pub use assets::{FOLDER_VARIABLE, MODEL_FILE, OFF_VARIABLE, TOKENIZER_FILE, cache_folder, find};
pub use convert::convert;
pub use encoder::{Encoded, Encoder, TOKEN_STEPS, VERSION};
pub use model::WIDTH;

/// Why there is no encoder.
#[derive(Debug, thiserror::Error)]
pub enum EncoderError {
    /// It was switched off.
    #[error("the sentence encoder is switched off by {OFF_VARIABLE}")]
    Off,
    /// None of the folders that are looked into holds the files.
    #[error(
        "the sentence encoder's files are not on this machine; `npm run assets` fetches them (looked into: {looked_into})"
    )]
    Missing {
        /// The folders, for a person.
        looked_into: String,
    },
    /// A file cannot be read.
    #[error("{path}: {source}")]
    Unreadable {
        /// Which.
        path: String,
        /// Why.
        source: std::io::Error,
    },
    /// A file is not what it should be.
    #[error("{path} is damaged or of another version ({why}); `npm run assets` makes it anew")]
    Damaged {
        /// Which.
        path: String,
        /// What is wrong with it.
        why: String,
    },
}
