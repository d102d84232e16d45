//! Conditions that cannot be decided: what depends on them stops for a person.

use taskwright_domain::{Meaning, Step, StepKind};

use crate::read::conditional::{Cut, Put};
use crate::read::conditions::Trouble;
use crate::read::flow::Open;
use crate::read::reader::{Reader, Spoken};
use crate::read::token::{Kind, Token};

impl<'t, 'a> Reader<'t, 'a, '_> {
    /// A condition that could not be read: what depends on it stops for a person.
    pub(super) fn unread_conditional(
        &mut self,
        words: &'t [Token<'a>],
        first: &Cut<'t, 'a>,
        best: Option<(Trouble, Cut<'t, 'a>)>,
        steps: &mut Vec<Step>,
    ) -> Option<Open> {
        let (trouble, cut) = best.unwrap_or((Trouble::NotClear, *first));
        match cut.put {
            Put::Fragment => return None,
            // "Once the refund is through, tell them …" after the refund: mere order.
            Put::Once | Put::If
                if !cut.then.is_empty()
                    && (cut.put == Put::Once && self.is_order(cut.condition) || is_our_end(cut.whole)) =>
            {
                self.note(cut.whole, Spoken::new(Meaning::Context, "Follows the step before"));
                let open = self.clauses(cut.then, steps);
                if cut.more.is_empty() {
                    return Some(open);
                }
                return Some(self.clauses(cut.more, steps));
            }
            _ => {}
        }
        if !cut.before.is_empty() {
            let _ = self.clauses(cut.before, steps);
            let start = cut.whole[0].span.start;
            // What it says may be told by what was just done.
            let from = words
                .iter()
                .position(|t| t.span.start == start)
                .filter(|from| *from > 0);
            return from.map(|from| self.sentence(&words[from..], false, false, steps));
        }
        // "If it is past due, they will want to pay": what may be expected of customers, and nothing to do.
        if expects(cut.then) && cut.otherwise.is_empty() && cut.more.is_empty() {
            self.context(words);
            return Some(Open::Nothing);
        }
        let imagined = matches!(trouble, Trouble::YesNo | Trouble::Unknown(..))
            .then(|| crate::read::imagine::imagined(cut.condition))
            .flatten();
        let comparing = (0..cut.condition.len())
            .any(|at| crate::read::constants::number_at(cut.condition, at).is_some() && !cut.condition[at].is("one"));
        let condition_words = cut.whole;
        self.condition_trouble(words, cut.condition, Some(trouble));
        let said = self.written(cut.condition);
        let condition = imagined.filter(|_| !comparing);
        let plain = match condition {
            Some(_) => format!("If {said}: nothing tells yet"),
            None => format!("If {said}: it cannot be decided yet"),
        };
        self.note(
            condition_words,
            Spoken::incomplete(Meaning::Check { condition }, plain).guessed(),
        );
        let from = self.sentences.len();
        self.show_only(words, steps, |reader, shown| {
            for part in [cut.more, cut.then, cut.otherwise] {
                if !part.is_empty() {
                    let _ = reader.inner(part, shown);
                }
            }
        });
        self.rules_of_undecided(from);
        Some(Open::Nothing)
    }

    /// A rule for a case that nothing decides holds for nobody knows whom: it is no rule that is kept.
    fn rules_of_undecided(&mut self, from: usize) {
        let reason = "It is a rule for a case that cannot be decided.";
        for sentence in &mut self.sentences[from..] {
            // An action that it would guard is held back, and that is said.
            let guards = self.rules.iter().any(|rule| rule.span == sentence.span);
            if sentence.meaning != Meaning::Rule || sentence.incomplete || guards {
                continue;
            }
            sentence.incomplete = true;
            sentence.words = "Rule for a case that cannot be decided yet".to_owned();
            let found = crate::read::problems::unclear(sentence.span, &sentence.text, reason, None);
            self.problems.push(found);
        }
    }

    /// What cannot be reached is shown with its meaning, but only a person can go on here.
    pub(in crate::read) fn show_only(
        &mut self,
        words: &'t [Token<'a>],
        steps: &mut Vec<Step>,
        read: impl FnOnce(&mut Self, &mut Vec<Step>),
    ) {
        let said = self.said.clone();
        read(self, &mut Vec::new());
        self.said = said;
        let text = self.written(words);
        steps.push(self.step(words, StepKind::Unclear { text }));
    }

    /// Whether words tell of a step before, not of something that may or may not be.
    fn is_order(&self, words: &[Token<'_>]) -> bool {
        if words.iter().any(|t| {
            t.kind == Kind::Number || t.any(&["that", "which", "failed", "two", "three", "several", "unless", "if"])
        }) || words.len() > 12 && words.len() > 1
        {
            return false;
        }
        let done = words.iter().any(|t| {
            t.any(&[
                "done",
                "complete",
                "completed",
                "finished",
                "have",
                "has",
                "been",
                "you",
                "this",
                "that",
            ])
        });
        done || self.said.action.is_some() && self.deed_in(words).is_some()
            || words.len() <= 3 && self.deed_in(words).is_some()
    }
}

/// "When you have finished", "once everything is settled": the end of what was to be done, and no case.
fn is_our_end(words: &[Token<'_>]) -> bool {
    let [opens, rest @ ..] = words else { return false };
    let ended = rest.last().is_some_and(|t| {
        t.any(&[
            "finished",
            "done",
            "ready",
            "settled",
            "sorted",
            "complete",
            "completed",
            "resolved",
            "over",
        ])
    });
    let ours = rest
        .first()
        .is_some_and(|t| t.any(&["you", "we", "everything", "all", "finished", "done"]));
    opens.any(&["when", "once"]) && ours && ended && rest.len() <= 4 && !rest.iter().any(|t| t.is("not"))
}

/// "the customer will want to pay", "they may be upset".
fn expects(words: &[Token<'_>]) -> bool {
    let the = usize::from(words.first().is_some_and(|t| t.is("the")));
    let who = words
        .get(the)
        .is_some_and(|t| t.is_customer() || t.any(&["they", "customers", "users"]));
    let may = words.get(the + 1).is_some_and(|t| t.any(&["will", "may", "might"]));
    let feels = words[words.len().min(the + 2)..]
        .iter()
        .find(|t| !t.any(&["probably", "likely", "often", "also", "usually", "then"]))
        .is_some_and(|t| {
            t.any(&[
                "want", "wish", "ask", "like", "expect", "be", "feel", "wonder", "complain",
            ])
        });
    let feels = feels
        && !words
            .iter()
            .any(|t| t.any(&["charged", "refunded", "able", "allowed", "required", "asked"]));
    who && may && feels
}
