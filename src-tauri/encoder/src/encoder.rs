//! Texts to vectors.

use std::path::Path;

use tokenizers::Tokenizer;
use tokenizers::utils::truncation::TruncationParams;

use crate::assets::{MODEL_FILE, TOKENIZER_FILE};
use crate::model::Model;
use crate::tensors::damaged;
use crate::{EncoderError, WIDTH};

/// What made a vector; vectors of two versions are never compared.
pub const VERSION: &str = "all-MiniLM-L6-v2 int16 1";
/// Tokens of a text that are looked at. The model was trained on 128; what a customer wants stands in the first of them.
const TOKENS: usize = 128;

/// The loaded model.
pub struct Encoder {
    tokenizer: Tokenizer,
    model: Model,
}

impl std::fmt::Debug for Encoder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(VERSION)
    }
}

impl Encoder {
    /// Loads the files of a folder: some 34 MB, in a fraction of a second.
    ///
    /// # Errors
    /// A file that cannot be read, or is not what it should be.
    pub fn open(folder: &Path) -> Result<Self, EncoderError> {
        let path = folder.join(TOKENIZER_FILE);
        let mut tokenizer = Tokenizer::from_file(&path).map_err(|error| damaged(&path, error))?;
        tokenizer.with_padding(None);
        let truncation = TruncationParams {
            max_length: TOKENS,
            ..TruncationParams::default()
        };
        tokenizer
            .with_truncation(Some(truncation))
            .map_err(|error| damaged(&path, error))?;
        let model = Model::load(&folder.join(MODEL_FILE))?;
        Ok(Self { tokenizer, model })
    }

    /// Whether a word, in small letters, is one of the model's, and not put together from pieces.
    #[must_use]
    pub fn knows(&self, word: &str) -> bool {
        self.tokenizer.token_to_id(word).is_some()
    }

    /// The vector of a text: [`WIDTH`] numbers, of length 1, so that the cosine of two is their product. Nothing in, zeros out.
    #[must_use]
    pub fn encode(&self, text: &str) -> Vec<f32> {
        // Cut before it is looked at: a pasted book would take seconds to be taken apart.
        let start: String = text.chars().take(TOKENS * LETTERS).collect();
        match self.tokenizer.encode(start.trim(), true) {
            Ok(tokens) if !start.trim().is_empty() => self.model.run(tokens.get_ids()),
            _ => vec![0.0; WIDTH],
        }
    }
}

/// Letters of a long word.
const LETTERS: usize = 16;
