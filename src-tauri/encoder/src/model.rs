//! The whole network: words in, one vector out.

use std::path::Path;

use crate::EncoderError;
use crate::layer::{Layer, Norm};
use crate::matrix::Table;
use crate::tensors::{Tensors, bytes};

/// Numbers of a vector.
pub const WIDTH: usize = 384;
/// Words and pieces of words that the model knows.
pub(crate) const WORDS: usize = 30_522;
/// Places in a text that the model knows.
pub(crate) const PLACES: usize = 512;
pub(crate) const LAYERS: usize = 6;

/// The weights.
pub(crate) struct Model {
    words: Table,
    places: Table,
    norm: Norm,
    layers: Vec<Layer>,
}

impl Model {
    pub(crate) fn load(path: &Path) -> Result<Self, EncoderError> {
        let bytes = bytes(path)?;
        let tensors = Tensors::open(path, &bytes)?;
        Ok(Self {
            words: Table::load(&tensors, "embeddings.word_embeddings.weight", WORDS, WIDTH)?,
            places: Table::load(&tensors, "embeddings.position_embeddings.weight", PLACES, WIDTH)?,
            norm: Norm::load(&tensors, "embeddings.LayerNorm")?,
            layers: (0..LAYERS)
                .map(|index| Layer::load(&tensors, index))
                .collect::<Result<_, _>>()?,
        })
    }

    /// The last layer: [`WIDTH`] numbers for each token.
    pub(crate) fn run(&self, tokens: &[u32]) -> Vec<f32> {
        let mut numbers = Vec::with_capacity(tokens.len() * WIDTH);
        for (place, token) in tokens.iter().enumerate() {
            let word = self.words.row(*token as usize);
            numbers.extend(word.zip(self.places.row(place)).map(|(word, place)| word + place));
        }
        self.norm.apply(&mut numbers);
        for layer in &self.layers {
            numbers = layer.apply(&numbers);
        }
        numbers
    }
}

/// The mean over all tokens, of length 1.
pub(crate) fn mean(tokens: &[f32]) -> Vec<f32> {
    let mut sum = vec![0.0; WIDTH];
    for token in tokens.chunks_exact(WIDTH) {
        sum.iter_mut().zip(token).for_each(|(sum, number)| *sum += number);
    }
    to_length_one(&mut sum);
    sum
}

/// Made as long as 1; nothing stays nothing.
pub(crate) fn to_length_one(numbers: &mut [f32]) {
    let length = numbers.iter().map(|number| number * number).sum::<f32>().sqrt();
    if length > 0.0 {
        numbers.iter_mut().for_each(|number| *number /= length);
    }
}
