//! A logistic head: which task a vector belongs to, learned from the tasks' own texts.

/// Rounds over all texts.
const ROUNDS: usize = 24;
/// How far the first step goes.
const STEP: f32 = 8.0;
/// How strongly weights are drawn to zero, for one text among all.
const DECAY: f32 = 1.0 / 30.0;
/// A share so small teaches nothing.
const NOTHING: f32 = 1e-4;

/// Multinomial logistic regression with a quadratic penalty, trained by stochastic gradient descent in a fixed order, so that the
/// same tasks give the same head.
#[derive(Debug, Clone)]
pub(super) struct Head {
    width: usize,
    weights: Vec<f32>,
    bias: Vec<f32>,
}

impl Head {
    /// Trains it on vectors and the classes they belong to, from 0 to `classes - 1`.
    pub(super) fn train(texts: &[(&[f32], usize)], classes: usize) -> Self {
        let width = texts.first().map_or(0, |(vector, _)| vector.len());
        let mut head = Self {
            width,
            weights: vec![0.0; classes * width],
            bias: vec![0.0; classes],
        };
        for round in 0..ROUNDS {
            #[expect(clippy::cast_precision_loss, reason = "at most ROUNDS")]
            let step = STEP / (1.0 + round as f32 * 0.5);
            for place in 0..texts.len() {
                // Texts of a task stand together: a stride brings one of each in turn.
                let (vector, class) = texts[(place * stride(texts.len())) % texts.len()];
                head.learn(vector, class, step);
            }
            head.shrink(1.0 / (1.0 + step * DECAY));
        }
        head
    }

    /// All its numbers; [`Head::of_numbers`] makes it anew from them.
    pub(super) fn numbers(&self) -> Vec<f32> {
        [self.weights.as_slice(), &self.bias].concat()
    }

    /// The head with these numbers; none where they are not as many as it has.
    pub(super) fn of_numbers(mut numbers: Vec<f32>, width: usize, classes: usize) -> Option<Self> {
        if numbers.len() != classes * (width + 1) {
            return None;
        }
        let bias = numbers.split_off(classes * width);
        Some(Self {
            width,
            weights: numbers,
            bias,
        })
    }

    fn learn(&mut self, vector: &[f32], class: usize, step: f32) {
        for (index, share) in self.log_shares(vector).into_iter().map(f32::exp).enumerate() {
            let error = share - if index == class { 1.0 } else { 0.0 };
            if error.abs() > NOTHING {
                let weights = &mut self.weights[index * self.width..(index + 1) * self.width];
                for (weight, number) in weights.iter_mut().zip(vector) {
                    *weight -= step * error * number;
                }
                self.bias[index] -= step * error * 0.1;
            }
        }
    }

    fn shrink(&mut self, by: f32) {
        self.weights.iter_mut().for_each(|weight| *weight *= by);
    }

    /// The logarithm of each task's share in what the vector may mean.
    pub(super) fn log_shares(&self, vector: &[f32]) -> Vec<f32> {
        let rows = self.weights.chunks_exact(self.width.max(1));
        let scores: Vec<f32> = rows
            .zip(&self.bias)
            .map(|(row, bias)| dot(row, vector) + bias)
            .collect();
        let most = scores.iter().copied().fold(f32::MIN, f32::max);
        let all = scores.iter().map(|score| (score - most).exp()).sum::<f32>().ln() + most;
        scores.into_iter().map(|score| score - all).collect()
    }
}

/// A number that shares no factor with the count, near its golden section.
fn stride(count: usize) -> usize {
    let near = count * 618 / 1000 + 1;
    (near..).find(|stride| divisor(*stride, count) == 1).unwrap_or(1)
}

fn divisor(a: usize, b: usize) -> usize {
    if b == 0 { a } else { divisor(b, a % b) }
}

/// The product of two vectors.
pub(super) fn dot(a: &[f32], b: &[f32]) -> f32 {
    // Eight sums side by side go into one register.
    let mut sums = [0.0_f32; 8];
    for (a, b) in a.chunks_exact(8).zip(b.chunks_exact(8)) {
        for (sum, (a, b)) in sums.iter_mut().zip(a.iter().zip(b)) {
            *sum += a * b;
        }
    }
    sums.iter().sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_comes_back_from_its_numbers_and_not_from_others() {
        let (one, other) = (
            [1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0],
            [0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0],
        );
        let head = Head::train(&[(&one, 0), (&other, 1)], 2);
        let again = Head::of_numbers(head.numbers(), one.len(), 2).unwrap();
        let shares = head.log_shares(&one);
        assert_eq!(shares, again.log_shares(&one));
        assert!(shares[0] > shares[1], "{shares:?}");
        assert!(Head::of_numbers(vec![0.0; 5], one.len(), 2).is_none());
    }
}
