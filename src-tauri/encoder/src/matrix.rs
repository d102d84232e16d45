//! Multiplying by a matrix whose weights are small whole numbers.

use pulp::{Arch, Simd, WithSimd};

use crate::EncoderError;
use crate::tensors::Tensors;

/// The largest number a weight becomes.
const LARGEST_WEIGHT: f32 = 1023.0;
/// The largest number an input becomes. Its product with a weight, summed over the widest row here (1,536), stays below 2^31.
const LARGEST_INPUT: f32 = 1365.0;

/// A layer of weights: for each output a row of whole numbers, what one step of them is worth, and what is added.
pub(crate) struct Matrix {
    width: usize,
    weights: Vec<i16>,
    steps: Vec<f32>,
    bias: Vec<f32>,
}

impl Matrix {
    /// The matrix of that name.
    pub(crate) fn load(tensors: &Tensors<'_>, name: &str, outputs: usize, width: usize) -> Result<Self, EncoderError> {
        Ok(Self {
            width,
            weights: tensors.shorts(&format!("{name}.weight"), outputs * width)?,
            steps: tensors.floats(&format!("{name}.weight.step"), outputs)?,
            bias: tensors.floats(&format!("{name}.bias"), outputs)?,
        })
    }

    /// The outputs for each row of inputs, one row after the other.
    pub(crate) fn apply(&self, inputs: &[f32]) -> Vec<f32> {
        let mut outputs = vec![0.0; inputs.len() / self.width * self.bias.len()];
        // Compiled once for each kind of processor; the best one that is here runs.
        Arch::new().dispatch(Product {
            matrix: self,
            inputs,
            outputs: &mut outputs,
        });
        outputs
    }
}

/// One multiplication. A type of its own, for a closure would not be compiled into each kind of processor's code.
struct Product<'a> {
    matrix: &'a Matrix,
    inputs: &'a [f32],
    outputs: &'a mut [f32],
}

impl WithSimd for Product<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        let Matrix {
            width,
            weights,
            steps,
            bias,
        } = self.matrix;
        let (numbers, input_steps) = whole(self.inputs, *width, LARGEST_INPUT);
        // Weight by weight: each is read from memory once for all rows.
        for (output, weights) in weights.chunks_exact(*width).enumerate() {
            for (row, numbers) in numbers.chunks_exact(*width).enumerate() {
                #[expect(clippy::cast_precision_loss, reason = "24 bits of the sum are plenty")]
                let sum = dot(weights, numbers) as f32;
                self.outputs[row * bias.len() + output] = sum * steps[output] * input_steps[row] + bias[output];
            }
        }
    }
}

#[inline(always)]
fn dot(a: &[i16], b: &[i16]) -> i32 {
    // Cannot overflow, see LARGEST_INPUT; saying so keeps the checks of a debug build out of the innermost loop.
    let products = a.iter().zip(b).map(|(a, b)| i32::from(*a).wrapping_mul(i32::from(*b)));
    products.fold(0, i32::wrapping_add)
}

/// Rows of floats as whole numbers of at most `largest`, and what a step of each row is worth.
#[inline(always)]
fn whole(floats: &[f32], width: usize, largest: f32) -> (Vec<i16>, Vec<f32>) {
    let mut numbers = Vec::with_capacity(floats.len());
    let mut steps = Vec::with_capacity(floats.len() / width.max(1));
    for row in floats.chunks_exact(width) {
        let most = row.iter().fold(0.0_f32, |most, number| most.max(number.abs()));
        let step = if most > 0.0 { most / largest } else { 1.0 };
        steps.push(step);
        #[expect(clippy::cast_possible_truncation, reason = "at most 1,365")]
        numbers.extend(row.iter().map(|number| (number / step).round_ties_even() as i16));
    }
    (numbers, steps)
}

/// Rows of bytes that are looked up, not multiplied by: the words.
pub(crate) struct Table {
    width: usize,
    rows: Vec<i8>,
    steps: Vec<f32>,
}

impl Table {
    /// The table of that name.
    pub(crate) fn load(tensors: &Tensors<'_>, name: &str, count: usize, width: usize) -> Result<Self, EncoderError> {
        Ok(Self {
            width,
            rows: tensors.signed(name, count * width)?,
            steps: tensors.floats(&format!("{name}.step"), count)?,
        })
    }

    /// One row; nothing where there is no such row.
    pub(crate) fn row(&self, index: usize) -> impl Iterator<Item = f32> {
        let row = self.rows.chunks_exact(self.width).nth(index).unwrap_or_default();
        let step = self.steps.get(index).copied().unwrap_or_default();
        row.iter().map(move |number| f32::from(*number) * step)
    }
}

/// A matrix of floats, `width` in a row, as its file holds it: little-endian shorts, and what a step of each row is worth.
pub(crate) fn matrix_to_file(floats: &[f32], width: usize) -> (Vec<u8>, Vec<f32>) {
    let (numbers, steps) = whole(floats, width, LARGEST_WEIGHT);
    (numbers.into_iter().flat_map(i16::to_le_bytes).collect(), steps)
}

/// A table of floats, `width` in a row, as its file holds it: signed bytes, and what a step of each row is worth.
pub(crate) fn table_to_file(floats: &[f32], width: usize) -> (Vec<u8>, Vec<f32>) {
    let (numbers, steps) = whole(floats, width, 127.0);
    #[expect(clippy::cast_possible_truncation, reason = "at most 127")]
    let bytes = numbers.into_iter().map(|number| (number as i8).cast_unsigned());
    (bytes.collect(), steps)
}
