//! From where on a task starts, and from where on it is asked about: set for each workspace from its own texts.

/// How much worse it is to start a task that was not asked for than to stay silent, in a workspace of ten tasks.
const COST: f32 = 1.7;
/// The count of tasks for which [`COST`] holds. The more tasks there are, the likelier it is that one of them is meant.
const TASKS: f32 = 10.0;
/// What asking about a task in vain costs, against starting it.
const ASKING: f32 = 0.5;
/// Where a task starts when nothing is known of the workspace: the encoder's likeness of a wish and a title that says the same.
const USUAL: f32 = 0.48;
/// How far below it a task is asked about.
const USUAL_BAND: f32 = 0.12;
/// How many texts of one's own outweigh what is usual.
const TEXTS: f32 = 2.0;
/// Spread that is added, for a handful of texts shows too little of it.
const SPREAD: f32 = 0.02;

/// The two limits, on the scale of likeness.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Limits {
    /// A task starts.
    pub(super) start: f32,
    /// A task is asked about.
    pub(super) ask: f32,
}

/// From how close each example comes to its own task without itself, and to the best other task.
pub(super) fn limits(own: &[f32], other: &[f32], tasks: usize) -> Limits {
    let usual = Limits {
        start: USUAL,
        ask: USUAL - USUAL_BAND,
    };
    if own.len() < 3 || other.is_empty() {
        return usual;
    }
    #[expect(clippy::cast_precision_loss, reason = "counts of tasks and texts")]
    let (tasks, texts) = (tasks as f32, own.len() as f32);
    let cost = COST * (TASKS / tasks).sqrt().min(1.0);
    let (own, other) = (Bell::of(own), Bell::of(other));
    let blend = |found: f32, usual: f32| (texts * found + TEXTS * usual) / (texts + TEXTS);
    Limits {
        start: blend(own.cheapest(other, cost), usual.start),
        ask: blend(own.cheapest(other, cost * ASKING), usual.ask),
    }
}

/// A normal distribution.
#[derive(Clone, Copy)]
struct Bell {
    mean: f32,
    spread: f32,
}

impl Bell {
    fn of(numbers: &[f32]) -> Self {
        #[expect(clippy::cast_precision_loss, reason = "counts of texts")]
        let count = numbers.len() as f32;
        let mean = numbers.iter().sum::<f32>() / count;
        let variance = numbers.iter().map(|number| (number - mean).powi(2)).sum::<f32>() / count;
        Self {
            mean,
            spread: variance.sqrt() + SPREAD,
        }
    }

    /// The share of it that lies below.
    fn below(self, limit: f32) -> f32 {
        let z = (limit - self.mean) / self.spread;
        // The logistic function comes within 0.01 of the normal one (Bowling and others, "A logistic approximation to the
        // cumulative normal distribution", 2009).
        1.0 / (1.0 + (-1.5976 * z - 0.07056 * z.powi(3)).exp())
    }

    /// The limit between another distribution and this one at which mistakes cost least.
    fn cheapest(self, other: Self, cost: f32) -> f32 {
        let (low, high) = (self.mean.min(other.mean), self.mean);
        let steps = (0_u8..=200).map(|step| low + (high - low) * f32::from(step) / 200.0);
        let price = |limit: f32| self.below(limit) + cost * (1.0 - other.below(limit));
        steps.min_by(|a, b| price(*a).total_cmp(&price(*b))).unwrap_or(high)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_workspace_whose_tasks_lie_apart_starts_them_earlier() {
        let apart = limits(&[0.6, 0.7, 0.65, 0.8], &[0.1, 0.2, 0.15, 0.1], 10);
        let alike = limits(&[0.6, 0.7, 0.65, 0.8], &[0.5, 0.55, 0.6, 0.45], 10);
        assert!(apart.start < alike.start, "{apart:?} {alike:?}");
        assert!(apart.ask <= apart.start && alike.ask <= alike.start);
    }

    #[test]
    fn without_examples_what_is_usual_holds() {
        assert_eq!(limits(&[], &[0.3], 4), limits(&[0.9], &[], 1));
    }
}
