//! The model as published, floats of 32 bits, into the form that is run here.

use std::path::Path;

use safetensors::tensor::TensorView;
use safetensors::{Dtype, serialize_to_file};

use crate::EncoderError;
use crate::matrix::{matrix_to_file, table_to_file};
use crate::model::{LAYERS, PLACES, WIDTH, WORDS};
use crate::tensors::{Tensors, bytes, damaged};

/// Reads the published `model.safetensors` and writes the file that [`crate::Encoder::open`] reads.
///
/// # Errors
/// A file that cannot be read or written, or is another model.
pub fn convert(published: &Path, to: &Path) -> Result<(), EncoderError> {
    let source = bytes(published)?;
    let tensors = Tensors::open(published, &source)?;
    let mut out = Converted::default();
    let words = tensors.floats("embeddings.word_embeddings.weight", WORDS * WIDTH)?;
    out.table("embeddings.word_embeddings.weight", &words);
    // All texts here are the first of a pair, so what marks them as such belongs to every place.
    let kinds = tensors.floats("embeddings.token_type_embeddings.weight", 2 * WIDTH)?;
    let mut places = tensors.floats("embeddings.position_embeddings.weight", PLACES * WIDTH)?;
    for place in places.chunks_exact_mut(WIDTH) {
        place.iter_mut().zip(&kinds).for_each(|(number, kind)| *number += kind);
    }
    out.table("embeddings.position_embeddings.weight", &places);
    out.norm(&tensors, "embeddings.LayerNorm")?;
    for layer in 0..LAYERS {
        let name = |part: &str| format!("encoder.layer.{layer}.{part}");
        for part in ["self.query", "self.key", "self.value", "output.dense"] {
            out.matrix(&tensors, &name(&format!("attention.{part}")), WIDTH, WIDTH)?;
        }
        out.matrix(&tensors, &name("intermediate.dense"), 4 * WIDTH, WIDTH)?;
        out.matrix(&tensors, &name("output.dense"), WIDTH, 4 * WIDTH)?;
        out.norm(&tensors, &name("attention.output.LayerNorm"))?;
        out.norm(&tensors, &name("output.LayerNorm"))?;
    }
    out.write(to)
}

/// Tensors by name, ready to be written.
#[derive(Default)]
struct Converted(Vec<(String, Dtype, Vec<u8>)>);

impl Converted {
    fn matrix(&mut self, from: &Tensors<'_>, name: &str, outputs: usize, width: usize) -> Result<(), EncoderError> {
        let (name, bias) = (format!("{name}.weight"), format!("{name}.bias"));
        let (numbers, steps) = matrix_to_file(&from.floats(&name, outputs * width)?, width);
        self.0.push((name.clone(), Dtype::I16, numbers));
        self.floats(&format!("{name}.step"), &steps);
        self.floats(&bias, &from.floats(&bias, outputs)?);
        Ok(())
    }

    fn table(&mut self, name: &str, floats: &[f32]) {
        let (bytes, steps) = table_to_file(floats, WIDTH);
        self.0.push((name.to_owned(), Dtype::I8, bytes));
        self.floats(&format!("{name}.step"), &steps);
    }

    fn norm(&mut self, from: &Tensors<'_>, name: &str) -> Result<(), EncoderError> {
        for part in ["weight", "bias"] {
            let name = format!("{name}.{part}");
            self.floats(&name, &from.floats(&name, WIDTH)?);
        }
        Ok(())
    }

    fn floats(&mut self, name: &str, floats: &[f32]) {
        let bytes = floats.iter().flat_map(|float| float.to_le_bytes()).collect();
        self.0.push((name.to_owned(), Dtype::F32, bytes));
    }

    fn write(&self, to: &Path) -> Result<(), EncoderError> {
        let views = self.0.iter().map(|(name, dtype, bytes)| {
            let view = TensorView::new(*dtype, vec![bytes.len() * 8 / dtype.bitsize()], bytes);
            view.map(|view| (name, view))
        });
        let views: Vec<_> = views.collect::<Result<_, _>>().map_err(|error| damaged(to, error))?;
        serialize_to_file(views, None, to).map_err(|error| damaged(to, error))
    }
}
