//! Whether a part is read as a careful person reads it.

mod allowed;
mod deeds;
mod effects;
mod lacks;
mod mistakes;
mod reached;
mod references;

use taskwright_domain::{ActionId, Catalogue, Meaning, Reading, Rule, Sentence, Severity, Span};

use crate::condition::Conditions;
use crate::fixture::{Fixture, Part};
use crate::reach::{Placed, Reach, Unclear};

/// What became of a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// Kind, references, condition and what it comes to are those of the careful person.
    Right,
    /// Said to be unclear or to lack something, or taken for background: nothing else is done in its place.
    Unread(String),
    /// Read as something else, and nothing that changes data hangs on it.
    Otherwise(String),
    /// A run that changes data is done otherwise than written: the one thing that must never be.
    Wrong(String),
}

impl Verdict {
    pub(crate) const fn word(&self) -> &'static str {
        match self {
            Self::Right => "right",
            Self::Unread(_) => "unread",
            Self::Otherwise(_) => "otherwise",
            Self::Wrong(_) => "wrong",
        }
    }

    pub(crate) fn why(&self) -> &str {
        match self {
            Self::Right => "",
            Self::Unread(why) | Self::Otherwise(why) | Self::Wrong(why) => why,
        }
    }
}

/// Words that share at least half of the shorter of both.
fn overlap(a: Span, b: Span) -> bool {
    let shared = a.end.min(b.end).saturating_sub(a.start.max(b.start));
    let shorter = (a.end - a.start).min(b.end - b.start);
    shared > 0 && 2 * shared >= shorter
}

/// Words that lie, at least by half, within those of a part.
fn within(inner: Span, part: Span) -> bool {
    let shared = inner.end.min(part.end).saturating_sub(inner.start.max(part.start));
    shared > 0 && 2 * shared >= inner.end - inner.start
}

/// The judge of one reading.
pub(crate) struct Judge<'a> {
    fixture: &'a Fixture,
    reading: &'a Reading,
    /// As if what is not understood were done, so that each part is judged by itself.
    reach: Reach<'a>,
    /// As it would be run: what is not understood stops a run.
    run: Reach<'a>,
}

impl<'a> Judge<'a> {
    pub(crate) fn new(fixture: &'a Fixture, reading: &'a Reading) -> Self {
        Self {
            fixture,
            reading,
            reach: Reach::of(&reading.plan, Unclear::IsPassed),
            run: Reach::of(&reading.plan, Unclear::EndsTheRun),
        }
    }

    pub(crate) fn verdict(&self, part: &Part) -> Verdict {
        let told: Vec<_> = self
            .sentences(part)
            .into_iter()
            .map(|it| format!("“{}”", it.words.replace('\n', " ")))
            .collect();
        let told = told.join(", ");
        if let Some(why) = self.wrong(part) {
            return Verdict::Wrong(format!("{why}; read: {told}"));
        }
        let lacks = self.lacks(part);
        if lacks.is_empty() {
            return Verdict::Right;
        }
        if part.kind == "unclear" {
            Verdict::Unread(lacks.join("; "))
        } else if self.is_left_open(part) {
            Verdict::Unread(self.left_open(part))
        } else {
            Verdict::Otherwise(format!("{}; read: {told}", lacks.join("; ")))
        }
    }

    fn judged(&self) -> &'a Catalogue {
        &self.fixture.judged
    }

    fn action(&self, name: &str) -> ActionId {
        Conditions {
            catalogue: self.judged(),
        }
        .action(name)
    }

    fn sentences(&self, part: &Part) -> Vec<&'a Sentence> {
        let all = self.reading.sentences.iter();
        all.filter(|sentence| overlap(sentence.span, part.span)).collect()
    }

    /// The steps read from its words, and from what follows them up to the next part.
    fn steps(&self, part: &Part) -> Vec<&Placed<'a>> {
        let steps = self.reach.steps.iter();
        steps
            .filter(|step| overlap(step.span, part.span) || within(step.span, part.ground))
            .collect()
    }

    fn rules(&self, part: &Part) -> Vec<&'a Rule> {
        self.reading
            .rules
            .iter()
            .filter(|rule| overlap(rule.span, part.span))
            .collect()
    }

    /// A blocking problem stands there, or it is not clear.
    fn is_blocked(&self, part: &Part) -> bool {
        let problems = self
            .reading
            .problems
            .iter()
            .filter(|problem| problem.severity == Severity::Blocks);
        let mut spans = problems.filter_map(|problem| problem.place.span);
        self.sentences(part).iter().any(|sentence| !sentence.is_followed())
            || spans.any(|span| overlap(span, part.span))
    }

    fn is_left_open(&self, part: &Part) -> bool {
        let background = |sentence: &&Sentence| matches!(sentence.meaning, Meaning::Context | Meaning::Goal);
        self.is_blocked(part) || self.sentences(part).iter().all(background)
    }

    /// What is left open there, in the program's own words.
    fn left_open(&self, part: &Part) -> String {
        let open = self.sentences(part).into_iter().filter(|it| !it.is_followed());
        let mut said: Vec<_> = open
            .map(|sentence| match &sentence.meaning {
                Meaning::Unclear { .. } => format!("“{}” is not understood", sentence.text),
                _ => format!("“{}” lacks something: {}", sentence.text, sentence.words),
            })
            .collect();
        let problems = self
            .reading
            .problems
            .iter()
            .filter(|it| it.severity == Severity::Blocks);
        if said.is_empty() {
            let there = problems.filter(|it| it.place.span.is_some_and(|span| overlap(span, part.span)));
            said.extend(there.map(|problem| problem.message.clone()));
        }
        if self.sentences(part).is_empty() {
            "no sentence holds these words".to_owned()
        } else if said.is_empty() {
            "taken for background".to_owned()
        } else {
            said.join("; ")
        }
    }
}

#[cfg(test)]
mod tests {
    use taskwright_language::read::read;

    use super::{Judge, Verdict};
    use crate::fixture::Fixture;

    const CATALOGUE: &str = "\
        | Get order | Looks up an order | `order_number` | `order.status` (choice: shipped, delivered, cancelled) |\n\
        | Refund order (changes data) | Pays money back | `order_number` | `refund.id` (identifier) |\n\n\
        - Attributes: `order_number` (identifier), `reason` (choice: broken, other)\n\
        - Teams: Returns\n";

    /// What becomes of the last of these parts of a text.
    fn verdict(text: &str, parts: &[&str]) -> Verdict {
        let rows: String = parts.iter().map(|part| format!("| {part} |\n")).collect();
        let markdown = format!(
            "# Title\n\n## Catalogue\n\n{CATALOGUE}\n## Instructions\n\n```text\n{text}\n```\n\n## Parts\n\n|#|\n|-|\n{rows}"
        );
        let fixture = Fixture::of("fixture.md".into(), markdown);
        let reading = read(&fixture.text, &fixture.catalogue);
        Judge::new(&fixture, &reading).verdict(fixture.parts.last().unwrap())
    }

    #[test]
    fn a_run_is_right_under_its_own_condition_only() {
        let text = "Get the order. If the order's status is delivered, refund the order.";
        let run = "2 | refund the order | run | *Refund order* | | 1 | runs *Refund order*";
        let check =
            |status| format!("1 | If the order's status is delivered | check | | `order.status` is {status} | |");
        assert_eq!(verdict(text, &[&check("delivered"), run]), Verdict::Right);
        assert_eq!(verdict(text, &[&check("shipped"), run]).word(), "wrong");
        assert_eq!(verdict(text, &[&check("delivered")]), Verdict::Right);
        assert_eq!(verdict(text, &[&check("not cancelled")]).word(), "otherwise");
    }

    #[test]
    fn an_early_end_is_as_good_as_an_otherwise() {
        let text = "Get the order. If the order's status is shipped, tell the customer \"It is on its way.\" and finish. \
                    Refund the order.";
        let check = "1 | If the order's status is shipped | check | `order.status` | `order.status` is shipped | |";
        let run = |under| format!("2 | Refund the order | run | *Refund order* | | {under} | runs *Refund order*");
        assert_eq!(verdict(text, &[check, &run("else 1")]), Verdict::Right);
        assert_eq!(verdict(text, &[check, &run("1")]).word(), "wrong");
    }

    #[test]
    fn a_run_that_nobody_asked_for_is_wrong() {
        let text = "Get the order. Refund the order.";
        assert_eq!(
            verdict(text, &["1 | Refund the order. | context | | | |"]).word(),
            "wrong"
        );
        let unconfirmed = "1 | Refund the order. | run | *Refund order* | | | runs *Refund order* when confirmed";
        assert_eq!(verdict(text, &[unconfirmed]).word(), "wrong");
        let never =
            "1 | Refund the order. | rule | *Refund order* | | | *Refund order* never if `order.status` is shipped";
        assert_eq!(verdict(text, &[never]).word(), "wrong");
    }

    #[test]
    fn a_rule_is_right_when_it_allows_exactly_as_much() {
        let text = "Never refund the order if the order's status is shipped.";
        let rule = |condition| format!("1 | {text} | rule | *Refund order* | | | *Refund order* {condition}");
        assert_eq!(
            verdict(text, &[&rule("never if `order.status` is shipped")]),
            Verdict::Right
        );
        let same = rule("only if `order.status` is one of delivered, cancelled");
        assert_eq!(verdict(text, &[&same]), Verdict::Right);
        let stricter = rule("only if `order.status` is delivered");
        assert_eq!(verdict(text, &[&stricter]).word(), "wrong");
        let looser = rule("never if `order.status` is shipped and `reason` is other");
        assert_eq!(verdict(text, &[&looser]).word(), "otherwise");
    }

    #[test]
    fn what_is_said_not_to_be_understood_is_unread() {
        let text = "Frobnicate the widget unless Karen minds.";
        let run = format!("1 | {text} | run | *Refund order* | | | runs *Refund order*");
        assert_eq!(verdict(text, &[&run]).word(), "unread");
        assert_eq!(
            verdict(text, &[&format!("1 | {text} | unclear | | | |")]),
            Verdict::Right
        );
    }
}
