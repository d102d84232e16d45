//! Pills that were begun and never closed, e.g. `{ord`: kept as typed, and told with the nearest name.

use taskwright_domain::{Fix, Problem, ProblemCode, Severity, Span};

use super::names::Names;
use super::problems::{nearest, problem, remedy};
use super::token::pill;

/// Longest list of names that is offered.
const MOST: usize = 2;

/// A problem for every `{` that begins no pill, wherever it stands.
pub(super) fn half_typed(text: &str, names: &Names<'_>) -> Vec<Problem> {
    let mut found = Vec::new();
    let mut passed = 0;
    for (point, (at, mark)) in (0_u32..).zip(text.char_indices()) {
        if mark != '{' || at < passed {
            continue;
        }
        let line = text[at..].lines().next().unwrap_or_default();
        match pill(line) {
            Some(length) => passed = at + length,
            None => found.push(unfinished(point, &line[1..], names)),
        }
    }
    found
}

fn unfinished(at: u32, rest: &str, names: &Names<'_>) -> Problem {
    let named = |c: char| c.is_alphanumeric() || c == '_' || c == '.';
    let said: String = rest.chars().take_while(|c| named(*c)).collect();
    let length = u32::try_from(said.chars().count()).unwrap_or(0) + 1;
    let span = Span::new(at, at.saturating_add(length));
    let near = likely(&said, names);
    let mut message = format!("\u{201c}{{{said}\u{201d} is not finished, so no value would stand there.");
    if let Some(first) = near.first() {
        message.push_str(&format!(" Nearest: {{{first}}}."));
    }
    let mut found = problem(ProblemCode::UnknownReference, Severity::Blocks, span, message);
    found.remedies.extend(near.iter().map(|reference| {
        let text = format!("{{{reference}}}");
        remedy(format!("Use {text}"), Fix::Replace { span, text })
    }));
    let text = said.replace('_', " ");
    found
        .remedies
        .push(remedy("Write it without the bracket", Fix::Replace { span, text }));
    found
}

/// Names that begin so; where none does, those that are written nearly so.
fn likely<'n>(said: &str, names: &'n Names<'_>) -> Vec<&'n str> {
    let low = said.to_lowercase();
    let all = || names.values.iter().map(|value| value.reference.as_str());
    if low.is_empty() {
        return Vec::new();
    }
    let begun: Vec<_> = all().filter(|name| name.starts_with(&low)).take(MOST).collect();
    if !begun.is_empty() {
        return begun;
    }
    // A slip of the keyboard seldom hits the first letters.
    let first: String = low.chars().take(2).collect();
    nearest(&low, all().filter(|name| name.starts_with(&first)), MOST)
}

#[cfg(test)]
mod tests {
    use taskwright_domain::{Fix, ProblemCode, Severity};

    use crate::read::{read, tests::fixture};

    /// What is said about a text, the stretch it is about, and the texts of the mends.
    fn said(text: &str) -> Vec<(String, String, Vec<String>)> {
        let reading = read(text, &fixture::catalogue());
        let about = |problem: &taskwright_domain::Problem| {
            let span = problem.place.span.unwrap();
            let words = text
                .chars()
                .skip(span.start as usize)
                .take((span.end - span.start) as usize);
            let mends = problem.remedies.iter().filter_map(|remedy| match &remedy.fix {
                Fix::Replace { text, .. } => Some(text.clone()),
                _ => None,
            });
            (problem.message.clone(), words.collect(), mends.collect())
        };
        let unfinished = |problem: &&taskwright_domain::Problem| {
            problem.code == ProblemCode::UnknownReference && problem.severity == Severity::Blocks
        };
        reading.problems.iter().filter(unfinished).map(about).collect()
    }

    #[test]
    fn a_half_typed_pill_is_told_with_the_name_that_begins_so() {
        let told = said("Tell the customer 😀 that we look for {parcel.st");
        let [(message, words, mends)] = told.as_slice() else {
            panic!("one problem, but there are {told:?}")
        };
        assert!(
            message.contains("{parcel.status}"),
            "the nearest name is given: {message}"
        );
        assert_eq!(words, "{parcel.st", "the problem stands at what was typed");
        assert_eq!(
            mends.first().unwrap(),
            "{parcel.status}",
            "the first mend finishes the pill"
        );
    }

    #[test]
    fn a_half_typed_pill_inside_quotation_marks_is_told_too() {
        let told = said("Tell the customer \"Your parcel is {parcl.status at the moment.\"");
        assert_eq!(told.len(), 1, "one problem: {told:?}");
        assert_eq!(
            told[0].2.first().unwrap(),
            "{parcel.status}",
            "the nearest name is offered"
        );
    }

    #[test]
    fn finished_pills_and_lone_brackets_on_other_lines_do_not_disturb_each_other() {
        assert!(
            said("Tell the customer that the parcel is {parcel.status}.").is_empty(),
            "a whole pill is fine"
        );
        let told = said("Tell the customer {\nand then {parcel.status}.");
        assert_eq!(told.len(), 1, "only the bracket that begins nothing: {told:?}");
        assert_eq!(told[0].1, "{", "it stands at the bracket alone");
    }
}
