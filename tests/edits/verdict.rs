//! Whether a reading holds what an edit means.

use taskwright_domain::{Guard, Meaning, Reading, Sentence, Severity, Span};
use taskwright_language::read::describe;

use crate::edit::{Edit, Expected};

pub(crate) enum Verdict {
    Right,
    /// The author is told that it was not understood.
    Unclear(String),
    /// Something else was read, and nobody is told.
    Wrong(String),
}

pub(crate) fn judge(edit: &Edit, reading: &Reading) -> Verdict {
    let read: Vec<_> = reading
        .sentences
        .iter()
        .filter(|sentence| is_new(edit, sentence.span))
        .collect();
    let unclear = unclear(edit, reading, &read);
    let shown: Vec<_> = read.iter().map(|sentence| Shown::of(edit, reading, sentence)).collect();
    let amiss = amiss(edit, &shown);
    match (unclear, amiss) {
        (Some(why), _) => Verdict::Unclear(why),
        (None, Some(why)) => Verdict::Wrong(format!("{why}; read as {shown:#?}")),
        (None, None) => Verdict::Right,
    }
}

/// What the author is told about the new words.
fn unclear(edit: &Edit, reading: &Reading, read: &[&Sentence]) -> Option<String> {
    let sentence = read.iter().find_map(|sentence| match &sentence.meaning {
        Meaning::Unclear { reason } => Some(reason.clone()),
        _ => None,
    });
    let blocking = || {
        let mut problems = reading.problems.iter();
        problems.find_map(|problem| {
            let here = problem.place.span.is_some_and(|span| is_new(edit, span));
            (here && problem.severity == Severity::Blocks).then(|| problem.message.clone())
        })
    };
    sentence.or_else(blocking)
}

/// What is missing or too much.
fn amiss(edit: &Edit, shown: &[Shown]) -> Option<String> {
    let mut left: Vec<_> = shown.iter().collect();
    for expected in &edit.expect {
        let Some(at) = left.iter().position(|shown| shown.holds(expected)) else {
            return Some(format!("there is no {expected:?}"));
        };
        if edit.in_order {
            left.drain(..at);
            left.remove(0);
        } else {
            left.remove(at);
        }
    }
    // What is left over: a step is one too many, background and "otherwise" are none.
    let steps = if edit.in_order {
        shown.len() - edit.expect.len()
    } else {
        left.len()
    };
    let quiet = shown.iter().filter(|shown| shown.is_quiet()).count();
    (steps > quiet).then(|| format!("{} steps too many", steps - quiet))
}

fn is_new(edit: &Edit, span: Span) -> bool {
    (span.start as usize) < edit.new.end && (span.end as usize) > edit.new.start
}

/// A meaning as the author is shown it.
#[derive(Debug)]
struct Shown {
    kind: &'static str,
    words: String,
    condition: String,
}

impl Shown {
    fn of(edit: &Edit, reading: &Reading, sentence: &Sentence) -> Self {
        let condition = match &sentence.meaning {
            Meaning::Check {
                condition: Some(condition),
            } => describe(condition, &edit.catalogue),
            Meaning::Rule => {
                let rules = reading.rules.iter().filter(|rule| rule.span == sentence.span);
                rules
                    .map(|rule| guard(edit, &rule.guard))
                    .collect::<Vec<_>>()
                    .join("; ")
            }
            _ => String::new(),
        };
        Self {
            kind: sentence.meaning.kind(),
            words: sentence.words.to_lowercase(),
            condition: condition.to_lowercase(),
        }
    }

    fn is_quiet(&self) -> bool {
        matches!(self.kind, "context" | "goal") || self.kind == "check" && self.words == "otherwise"
    }

    fn holds(&self, expected: &Expected) -> bool {
        let says = |text: &str, words: &str| words.split('|').any(|way| text.contains(&way.to_lowercase()));
        expected.meaning.split('|').any(|kind| kind == self.kind)
            && expected.words_contain.iter().all(|words| says(&self.words, words))
            && expected
                .condition_contains
                .iter()
                .all(|words| says(&self.condition, words))
    }
}

fn guard(edit: &Edit, guard: &Guard) -> String {
    match guard {
        Guard::OnlyIf { condition } => format!("only if {}", describe(condition, &edit.catalogue)),
        Guard::NeverIf { condition } => format!("never if {}", describe(condition, &edit.catalogue)),
        Guard::AtMost { times } => format!("at most {times} times"),
        Guard::Never => "never".to_owned(),
    }
}
