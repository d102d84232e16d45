//! Texts to vectors.

use std::path::Path;

use tokenizers::Tokenizer;
use tokenizers::utils::truncation::TruncationParams;

use crate::assets::{MODEL_FILE, TOKENIZER_FILE};
use crate::model::{Model, mean, to_length_one};
use crate::tensors::damaged;
use crate::{EncoderError, WIDTH};

/// What made a vector; vectors of two versions are never compared.
pub const VERSION: &str = "all-MiniLM-L6-v2 int16 1";
/// Tokens of a text that are looked at. The model was trained on 128; what a customer wants stands in the first of them.
const TOKENS: usize = 128;

/// Steps of a token's numbers that make 1.
pub const TOKEN_STEPS: f32 = 254.0;
/// Tokens of a text that are given one by one.
const TOKENS_KEPT: usize = 64;

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
        self.encode_with_tokens(text).vector
    }

    /// The same, with a vector for each of its tokens in their order.
    #[must_use]
    pub fn encode_with_tokens(&self, text: &str) -> Encoded {
        // Cut before it is looked at: a pasted book would take seconds to be taken apart.
        let start: String = text.chars().take(TOKENS * LETTERS).collect();
        match self.tokenizer.encode(start.trim(), true) {
            Ok(tokens) if !start.trim().is_empty() => self.run(tokens.get_ids()),
            _ => Encoded {
                vector: vec![0.0; WIDTH],
                tokens: Vec::new(),
            },
        }
    }

    fn run(&self, tokens: &[u32]) -> Encoded {
        let mut numbers = self.model.run(tokens);
        let vector = mean(&numbers);
        numbers.chunks_exact_mut(WIDTH).for_each(to_length_one);
        // The first and the last stand for the beginning and the end of a text.
        let inner = WIDTH..numbers.len().saturating_sub(WIDTH).max(WIDTH);
        #[expect(clippy::cast_possible_truncation, reason = "a float becomes the nearest byte")]
        let byte = |number: &f32| (number * TOKEN_STEPS).round() as i8;
        Encoded {
            vector,
            tokens: numbers[inner].iter().take(TOKENS_KEPT * WIDTH).map(byte).collect(),
        }
    }
}

/// A text as vectors.
#[derive(Debug, Clone, PartialEq)]
pub struct Encoded {
    /// Of the text: [`WIDTH`] numbers, of length 1.
    pub vector: Vec<f32>,
    /// Of its first tokens, in the text's order: [`WIDTH`] numbers each, of length 1, in steps of which [`TOKEN_STEPS`] make 1.
    /// Numbers of half a unit and more, which are rare, are cut off.
    pub tokens: Vec<i8>,
}

/// Letters of a long word.
const LETTERS: usize = 16;
