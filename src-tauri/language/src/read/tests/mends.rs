//! Problems of a text, and what it means.

use taskwright_domain::{Problem, ProblemCode};

use super::fixture;
use crate::read::read;

/// The problems of one kind.
pub(crate) fn problems(text: &str, code: ProblemCode) -> Vec<Problem> {
    let reading = read(text, &fixture::catalogue());
    reading
        .problems
        .into_iter()
        .filter(|found| found.code == code)
        .collect()
}

/// The words that a problem is about.
pub(crate) fn about(text: &str, problem: &Problem) -> String {
    let span = problem.place.span.unwrap();
    let chars = text.chars().skip(span.start as usize);
    chars.take((span.end - span.start) as usize).collect()
}

/// What a text means, as in the corpus.
pub(crate) fn meaning(text: &str) -> String {
    let catalogue = fixture::catalogue();
    super::line_of(&read(text, &catalogue), &catalogue)
}
