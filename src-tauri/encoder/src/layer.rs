//! One layer of the transformer: every token looks at all others, then each is worked on by itself.
//! As in "BERT: Pre-training of Deep Bidirectional Transformers" (Devlin and others, 2019).

use crate::EncoderError;
use crate::matrix::Matrix;
use crate::model::WIDTH;
use crate::tensors::Tensors;

const HEADS: usize = 12;
const HEAD: usize = WIDTH / HEADS;
/// Numbers of a token between the two halves of the feed-forward part.
const INNER: usize = 1536;
/// Keeps a division from running into nothing.
const EPSILON: f32 = 1e-12;

/// The weights of a layer.
pub(crate) struct Layer {
    query: Matrix,
    key: Matrix,
    value: Matrix,
    attended: Matrix,
    after_attention: Norm,
    inner: Matrix,
    outer: Matrix,
    after_all: Norm,
}

impl Layer {
    pub(crate) fn load(tensors: &Tensors<'_>, index: usize) -> Result<Self, EncoderError> {
        let name = |part: &str| format!("encoder.layer.{index}.{part}");
        let square = |part: &str| Matrix::load(tensors, &name(part), WIDTH, WIDTH);
        Ok(Self {
            query: square("attention.self.query")?,
            key: square("attention.self.key")?,
            value: square("attention.self.value")?,
            attended: square("attention.output.dense")?,
            after_attention: Norm::load(tensors, &name("attention.output.LayerNorm"))?,
            inner: Matrix::load(tensors, &name("intermediate.dense"), INNER, WIDTH)?,
            outer: Matrix::load(tensors, &name("output.dense"), WIDTH, INNER)?,
            after_all: Norm::load(tensors, &name("output.LayerNorm"))?,
        })
    }

    /// The tokens, `WIDTH` numbers each, after this layer.
    pub(crate) fn apply(&self, tokens: &[f32]) -> Vec<f32> {
        let mixed = attend(
            &self.query.apply(tokens),
            &self.key.apply(tokens),
            &self.value.apply(tokens),
        );
        let mut seen = self.attended.apply(&mixed);
        add(&mut seen, tokens);
        self.after_attention.apply(&mut seen);
        let mut inner = self.inner.apply(&seen);
        inner.iter_mut().for_each(|number| *number = gelu(*number));
        let mut out = self.outer.apply(&inner);
        add(&mut out, &seen);
        self.after_all.apply(&mut out);
        out
    }
}

/// Scaled dot-product attention, head by head.
fn attend(query: &[f32], key: &[f32], value: &[f32]) -> Vec<f32> {
    let mut out = vec![0.0; query.len()];
    #[expect(clippy::cast_precision_loss, reason = "32")]
    let scale = 1.0 / (HEAD as f32).sqrt();
    let rows = query.chunks_exact(WIDTH).zip(out.chunks_exact_mut(WIDTH));
    for (query, out) in rows {
        for at in (0..WIDTH).step_by(HEAD) {
            let head = at..at + HEAD;
            let near = key
                .chunks_exact(WIDTH)
                .map(|key| dot(&query[head.clone()], &key[head.clone()]) * scale);
            let shares = softmax(near.collect());
            for (share, value) in shares.iter().zip(value.chunks_exact(WIDTH)) {
                let pairs = out[head.clone()].iter_mut().zip(&value[head.clone()]);
                pairs.for_each(|(out, value)| *out += share * value);
            }
        }
    }
    out
}

fn softmax(mut numbers: Vec<f32>) -> Vec<f32> {
    let largest = numbers.iter().copied().fold(f32::MIN, f32::max);
    numbers
        .iter_mut()
        .for_each(|number| *number = (*number - largest).exp());
    let sum: f32 = numbers.iter().sum();
    numbers.iter_mut().for_each(|number| *number /= sum);
    numbers
}

fn dot(a: &[f32], b: &[f32]) -> f32 {
    // Eight sums side by side: they go into one register.
    let mut sums = [0.0_f32; 8];
    for (a, b) in a.chunks_exact(8).zip(b.chunks_exact(8)) {
        for (sum, (a, b)) in sums.iter_mut().zip(a.iter().zip(b)) {
            *sum += a * b;
        }
    }
    sums.iter().sum()
}

fn add(to: &mut [f32], what: &[f32]) {
    to.iter_mut().zip(what).for_each(|(to, what)| *to += what);
}

/// Layer normalisation: each token gets mean 0 and variance 1, then is scaled and moved.
pub(crate) struct Norm {
    weight: Vec<f32>,
    bias: Vec<f32>,
}

impl Norm {
    pub(crate) fn load(tensors: &Tensors<'_>, name: &str) -> Result<Self, EncoderError> {
        Ok(Self {
            weight: tensors.floats(&format!("{name}.weight"), WIDTH)?,
            bias: tensors.floats(&format!("{name}.bias"), WIDTH)?,
        })
    }

    pub(crate) fn apply(&self, tokens: &mut [f32]) {
        #[expect(clippy::cast_precision_loss, reason = "384")]
        let count = WIDTH as f32;
        for token in tokens.chunks_exact_mut(WIDTH) {
            let mean = token.iter().sum::<f32>() / count;
            token.iter_mut().for_each(|number| *number -= mean);
            let spread = (dot(token, token) / count + EPSILON).sqrt();
            for (number, (weight, bias)) in token.iter_mut().zip(self.weight.iter().zip(&self.bias)) {
                *number = *number / spread * weight + bias;
            }
        }
    }
}

/// The Gaussian error linear unit, x/2 (1 + erf(x/sqrt 2)); erf as the quotient of two polynomials that Eigen and XLA use for
/// single precision (error below 1e-6).
fn gelu(x: f32) -> f32 {
    const ABOVE: [f32; 7] = [
        -2.726_142e-10,
        2.770_681_4e-8,
        -2.101_024e-6,
        -5.692_506_4e-5,
        -7.349_906_3e-4,
        -2.954_6e-3,
        -1.609_603_3e-2,
    ];
    const BELOW: [f32; 5] = [
        -1.456_607_2e-5,
        -2.133_740_6e-4,
        -1.682_827e-3,
        -7.373_329e-3,
        -1.426_473_9e-2,
    ];
    let z = (x * std::f32::consts::FRAC_1_SQRT_2).clamp(-4.0, 4.0);
    let square = z * z;
    let above = ABOVE.iter().fold(0.0, |sum, factor| sum * square + factor);
    let below = BELOW.iter().fold(0.0, |sum, factor| sum * square + factor);
    0.5 * x * (1.0 + z * above / below)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gelu_has_the_values_of_its_definition() {
        // erf from the tables of Abramowitz and Stegun, "Handbook of Mathematical Functions", 7.1.
        for (z, erf) in [
            (0.0, 0.0),
            (0.5, 0.520_499_9),
            (1.0, 0.842_700_8),
            (2.0, 0.995_322_3),
            (-1.0, -0.842_700_8),
        ] {
            let x: f32 = z * std::f32::consts::SQRT_2;
            let wanted = 0.5 * x * (1.0 + erf);
            assert!(
                (gelu(x) - wanted).abs() < 1e-6,
                "gelu({x}) is {}, not {wanted}",
                gelu(x)
            );
        }
    }
}
