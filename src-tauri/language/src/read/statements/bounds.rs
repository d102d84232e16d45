//! Limits and duties that are stated and no pattern of a rule knows.

use taskwright_domain::{Meaning, ProblemCode, Severity, Step, StepKind};

use crate::read::problems::problem;
use crate::read::reader::{Reader, Spoken};
use crate::read::token::{Kind, Token};
use crate::read::verbs::{Deed, Form, verb_at};

impl<'t, 'a> Reader<'t, 'a, '_> {
    /// "they must provide 2 of the items below, which go into [Find booking]": how many are enough, not which.
    pub(super) fn needs_some(&mut self, words: &'t [Token<'a>], steps: &mut Vec<Step>) -> bool {
        let verb = words
            .iter()
            .position(|t| t.any(&["need", "needs", "provide", "give", "answer", "know", "name"]));
        let Some(at) = verb.filter(|at| *at < 8) else {
            return false;
        };
        if crate::read::ask::wants_some(&words[at + 1..]).is_none_or(|more| more > 3) {
            return false;
        }
        let action = self.names.action_written(words);
        let goes_on = |(_, before): &(usize, &'t [Token<'a>])| {
            before
                .iter()
                .rposition(|t| t.any(&["which", "that", "and", "with", "using"]))
                .filter(|cut| *cut > at)
        };
        let cut = action.as_ref().and_then(goes_on);
        let end = cut.unwrap_or(words.len());
        let (span, text) = (self.span(&words[..end]), self.written(&words[..end]));
        let reason = "How many of them are enough is said, and not which ones are asked for.";
        self.problems
            .push(crate::read::problems::unclear(span, &text, reason, None));
        let links = self.links_of(&self.wanted(&words[at + 1..end]));
        let meaning = Meaning::Need { attributes: Vec::new() };
        self.note(
            &words[..end],
            Spoken::incomplete(meaning, "Needs some of several values: which ones is not said").links(links),
        );
        steps.push(self.step(&words[..end], StepKind::Unclear { text }));
        if let (Some((action, _)), Some(cut)) = (action, cut) {
            self.run(&words[cut..], &words[cut..], action, true, steps);
        }
        true
    }

    /// "Bookings can be cancelled within a day, or if …", "cabin changes require the user to pay": a bound on what is
    /// done that no pattern knows.
    pub(super) fn is_bounded_permission(&self, words: &[Token<'_>]) -> bool {
        let bound = words
            .iter()
            .any(|t| t.any(&["within", "if", "without", "unless", "only", "when", "except", "once"]));
        let bound = bound
            || words.iter().any(|t| t.kind == Kind::Number)
                && words
                    .iter()
                    .any(|t| t.any(&["over", "above", "under", "below", "least", "most"]));
        let done = words.windows(3).enumerate().any(|(at, three)| {
            three[0].any(&["can", "may"])
                && three[1].is("be")
                && (verb_at(words, at + 2).is_some_and(|v| v.form == Form::Past && v.deed.acts())
                    || three[2].low.ends_with("ed") && verb_at(words, at + 2).is_none())
        });
        let required = words
            .iter()
            .position(|t| t.any(&["require", "requires"]))
            .is_some_and(|at| {
                words[..at]
                    .iter()
                    .any(|t| crate::read::verbs::deed_of_noun(t).is_some_and(Deed::changes))
            });
        let same = words.windows(3).any(|three| {
            three[0].is("must") && three[1].is("be") || three[0].is("be") && three[1].is("the") && three[2].is("same")
        }) && words.iter().any(|t| t.any(&["same", "identical"]));
        // "all plans can change the date without paying again"
        let changes = words.windows(2).enumerate().any(|(at, pair)| {
            pair[0].any(&["can", "may"])
                && at > 0
                && !words[at - 1].any(&["you", "we", "it", "this", "that", "which", "they"])
                && verb_at(words, at + 1).is_some_and(|v| v.form == Form::Base && v.deed.changes())
        });
        (done || changes) && bound || required || same || self.obliges_someone(words)
    }

    /// "patients under 16 must come with a parent", "transfers above 5,000 EUR need a specialist": what is due of some.
    fn obliges_someone(&self, words: &[Token<'_>]) -> bool {
        // "for joint accounts, both holders have to agree"
        let words = match words.iter().position(|t| t.mark(',')) {
            Some(comma) if words[0].any(&["for", "on", "at", "in", "during", "with"]) => &words[comma + 1..],
            _ => words,
        };
        let two = |at: usize, said: &[&str]| words[at].any(said) && words.get(at + 1).is_some_and(|t| t.is("to"));
        let modal = (1..words.len())
            .find(|at| words[*at].any(&["must", "shall"]) || two(*at, &["have", "has", "need", "needs"]));
        let due = modal.is_some_and(|at| {
            let who = &words[..at];
            !who.iter().any(|t| {
                t.is_mark()
                    || t.any(&[
                        "you",
                        "we",
                        "i",
                        "it",
                        "this",
                        "that",
                        "which",
                        "who",
                        "what",
                        "there",
                        "if",
                        "to",
                        "not",
                        "do",
                        "does",
                        "will",
                        "may",
                        "can",
                        "agent",
                        "agents",
                        "assistant",
                    ])
            }) && !words.get(at + 1).is_some_and(|t| t.is("have"))
        });
        let needs = words
            .iter()
            .position(|t| t.any(&["need", "needs", "require", "requires"]))
            .is_some_and(|at| at > 1 && words[..at].iter().any(|t| t.kind == Kind::Number));
        // "the patient should drink plenty"
        let should = words.iter().position(|t| t.is("should")).is_some_and(|at| {
            at > 0
                && (words[at - 1].is_customer() || words[at - 1].any(&["they", "customers", "users"]))
                && !words
                    .get(at + 1)
                    .is_some_and(|t| t.any(&["receive", "get", "see", "have", "be", "find", "not"]))
        });
        let referred = words
            .iter()
            .position(|t| t.any(&["need", "require"]))
            .is_some_and(|at| {
                at > 0
                    && words[at - 1].are_customers()
                    && words
                        .get(at + 1)
                        .is_some_and(|t| t.any(&["a", "an", "the", "their", "both"]))
            });
        due || needs || should || referred
    }

    /// "PO boxes only by mail", "each order can have at most five items": a limit that no pattern knows.
    pub(in crate::read) fn is_unread_rule(&self, words: &[Token<'_>]) -> bool {
        let every = words.first().is_some_and(|t| t.any(&["all", "every", "each"]))
            && words.iter().any(|t| t.any(&["must", "shall"]));
        // "each guest can bring one pet", "members are allowed two bags"
        let allows = words
            .iter()
            .position(|t| t.any(&["allow", "allows", "permit", "permits"]))
            .is_some_and(|at| at > 0 && crate::read::constants::count_at(words, at + 1).is_some());
        let counted = allows
            || words.iter().position(|t| t.any(&["can", "may"])).is_some_and(|at| {
                at > 0
                    && !words[..at]
                        .iter()
                        .any(|t| t.any(&["you", "we", "it", "this", "that", "which"]))
                    && (at + 2..words.len().min(at + 4))
                        .any(|place| crate::read::constants::count_at(words, place).is_some())
            })
            || words
                .windows(2)
                .any(|pair| pair[0].any(&["is", "are"]) && pair[1].any(&["allowed", "entitled", "limited", "capped"]));
        let capped = words.iter().any(|t| t.kind == Kind::Number)
            && words
                .iter()
                .take(4)
                .any(|t| t.any(&["maximum", "minimum", "limit", "max", "min"]));
        let never_able = words.windows(2).any(|pair| {
            pair[0].is("not")
                && (pair[1].low.ends_with("able") || pair[1].low.ends_with("ible"))
                && !pair[1].any(&["available", "able", "reachable", "visible"])
        });
        let limit = every
            || counted
            || capped
            || never_able
            || words
                .iter()
                .any(|t| t.any(&["only", "never", "unless", "except", "forbidden", "prohibited"]))
            || words
                .windows(2)
                .any(|pair| pair[0].any(&["can", "must", "may", "should"]) && pair[1].any(&["not", "never", "only"]))
            || words.windows(2).any(|pair| {
                pair[0].is("but") && pair[1].any(&["not", "never"])
                    || pair[0].is("at") && pair[1].any(&["most", "least"])
                    || pair[0].is("but")
                        && words
                            .windows(2)
                            .any(|two| two[0].any(&["will", "can", "may"]) && two[1].is("not"))
                        && words.iter().any(|t| t.any(&["can", "may"]))
                    || pair[0].is("not")
                        && pair[1].any(&[
                            "allowed",
                            "possible",
                            "permitted",
                            "refundable",
                            "eligible",
                            "covered",
                            "included",
                            "supported",
                            "offered",
                            "accepted",
                        ])
            })
            || words.windows(2).any(|pair| pair[0].is("up") && pair[1].is("to"))
                && words.iter().any(|t| t.any(&["can", "may", "must"]))
            || words
                .windows(3)
                .any(|three| three[0].is("no") && three[1].is("more") && three[2].is("than"));
        let tone = words
            .iter()
            .any(|t| t.any(&["polite", "friendly", "tone", "jargon", "short", "empathetic"]));
        limit && !tone
    }

    /// A rule that cannot be kept blocks publishing.
    pub(in crate::read) fn rule_not_kept(&mut self, whole: &[Token<'_>]) {
        let span = self.span(whole);
        let text = self.written(whole);
        let mut found = problem(
            ProblemCode::UnclearSentence,
            Severity::Blocks,
            span,
            format!(
                "\u{201c}{text}\u{201d} reads like a rule, but not which action it holds back. Write e.g. \u{201c}never … if …\u{201d} or \u{201c}only … if …\u{201d}."
            ),
        );
        found.remedies.extend(crate::read::problems::ways_out(span, &text));
        self.problems.push(found);
        self.note(
            whole,
            Spoken::incomplete(Meaning::Rule, "Rule: not understood").guessed(),
        );
    }
}
