//! Problems of a text, and the text that a mend leaves.

use taskwright_domain::{Fix, Problem, ProblemCode};

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

/// The texts that its mends leave, those that write other words.
pub(crate) fn mended(text: &str, problem: &Problem) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    let remedies = problem.remedies.iter();
    let write = |fix: &Fix| match fix {
        Fix::Replace { span, text: new } => {
            let before = chars[..span.start as usize].iter();
            let after = chars[span.end as usize..].iter();
            let whole: String = before.copied().chain(new.chars()).chain(after.copied()).collect();
            Some(whole)
        }
        _ => None,
    };
    remedies.filter_map(|remedy| write(&remedy.fix)).collect()
}

/// What a text means, as in the corpus.
pub(crate) fn meaning(text: &str) -> String {
    let catalogue = fixture::catalogue();
    super::line_of(&read(text, &catalogue), &catalogue)
}
