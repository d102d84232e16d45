//! The sentences of one item: which belong to the case before them, and what hangs on what.

use taskwright_domain::{Condition, Step, StepKind};

use super::Open;
use crate::read::branches::open_check;
use crate::read::checks::listed_case;
use crate::read::conditional::{Put, cuts, otherwise};
use crate::read::conditions::negate;
use crate::read::lists::asks_itself;
use crate::read::outline::{Item, Section};
use crate::read::reader::{Reader, trimmed, trimmed_start};
use crate::read::split::starts;
use crate::read::token::{Marker, Token};

impl<'t, 'a> Reader<'t, 'a, '_> {
    /// The sentences of an item, and what is nested beneath.
    pub(super) fn paragraph(&mut self, item: &'t Item, cut: &[&'t [Token<'a>]], steps: &mut Vec<Step>) {
        let listed = item.marker != Marker::None;
        let cut = self.data_first(item, listed, cut, steps);
        if let [words] = cut
            && listed
            && let Some((named, then)) = self.data_then(words)
        {
            self.ask_for(named, named, steps);
            let open = self.sentence(then, !item.children.is_empty(), false, steps);
            return self.children(item, open, steps);
        }
        let mut open = Open::Nothing;
        let mut question: Option<usize> = None;
        let many = cut.len();
        let mut unread = false;
        // "Still in trial: tell them …; if it ends soon, …": the label holds up to the full stop.
        let mut labelled = false;
        for (place, words) in cut.iter().copied().enumerate() {
            let last = place + 1 == many;
            let nested = last && !item.children.is_empty();
            if std::mem::take(&mut unread) {
                self.unclear(words, "It depends on what stands before it.", None, steps);
                continue;
            }
            if self.hangs_on_unclear(words, steps) {
                self.hangs(words, steps);
                continue;
            }
            self.said.sentence = self.span(words);
            if nested && let Some((any, cut)) = listed_case(words) {
                return self.listed_conditions(item, words, any, &cut, steps);
            }
            let follows = in_that_case(words) || self.follows_up(words, steps);
            let inside = follows
                || labelled && open == Open::Arm && !self.is_case(words)
                || open == Open::Arm
                    && (listed || question.is_some())
                    && otherwise(words).is_none()
                    && !starts_anew(words);
            let asked = question.take().is_some();
            if open == Open::Listener && listed && otherwise(words).is_none() && !starts_anew(words) {
                self.more_of_listener(item, words, nested);
                if nested {
                    return;
                }
                continue;
            }
            if inside {
                self.in_last_branch(steps, |reader, inner| {
                    reader.sentence_inside(words, nested, item.section == Section::Rules, asked, inner);
                });
                self.follows = follows.then(|| self.span(words).start);
                labelled &= words.last().is_some_and(|t| t.mark(';'));
                open = Open::Arm;
                if words.last().is_some_and(|t| t.mark('?')) {
                    question = Some(place);
                }
                continue;
            }
            self.follows = None;
            labelled = words.last().is_some_and(|t| t.mark(';')) && self.is_label(words);
            open = self.sentence(words, nested, item.section == Section::Rules, steps);
            if words.last().is_some_and(|t| t.mark('?')) {
                if open == Open::Arm {
                    question = Some(place);
                } else {
                    unread = matches!(steps.last(), Some(Step { kind: StepKind::Unclear { .. }, span }) if *span == self.span(words));
                }
            }
        }
        self.children(item, open, steps);
    }

    /// "- order number": data that an item begins with is asked for; the sentences that are left.
    fn data_first<'s>(
        &mut self,
        item: &'t Item,
        listed: bool,
        cut: &'s [&'t [Token<'a>]],
        steps: &mut Vec<Step>,
    ) -> &'s [&'t [Token<'a>]] {
        let [words, rest @ ..] = cut else { return cut };
        let alone = listed || rest.is_empty() && self.outline.items.len() == 1;
        if !item.children.is_empty() || !alone {
            return cut;
        }
        let Some(named) = self.data_item(words) else { return cut };
        if asks_itself(named) {
            self.ask_for(words, named, steps);
            return rest;
        }
        let tail = self.after_data(words, named);
        self.need(if tail.is_some() { named } else { words }, named, steps);
        if let Some(tail) = tail {
            let _ = self.sentence(tail, false, false, steps);
        }
        rest
    }

    /// "Still in trial: …": a case, and what it leads to after a colon.
    fn is_label(&self, words: &'t [Token<'a>]) -> bool {
        let bare = trimmed(words);
        let colon = bare.iter().take(12).position(|t| t.mark(':'));
        colon.is_some() && self.is_case(words)
    }

    /// Whether a sentence is a case of its own: "paid → …", "otherwise …".
    fn is_case(&self, words: &'t [Token<'a>]) -> bool {
        let case = |cut: &crate::read::conditional::Cut<'t, 'a>| {
            cut.put == Put::Fragment && !cut.then.is_empty() && self.condition_of(cut).is_ok()
        };
        otherwise(words).is_some() || cuts(words, false).first().is_some_and(case)
    }

    /// A sentence that belongs to the last case; behind a question in it, to that question's yes.
    fn sentence_inside(
        &mut self,
        words: &'t [Token<'a>],
        nested: bool,
        rules: bool,
        asked: bool,
        steps: &mut Vec<Step>,
    ) {
        let waits = matches!(
            steps.last(),
            Some(Step { kind: StepKind::Check { arms, otherwise }, .. })
                if otherwise.is_empty() && arms.last().is_some_and(|arm| arm.steps.is_empty())
        );
        if !(asked && waits) {
            let _ = self.sentence(words, nested, rules, steps);
            return;
        }
        self.in_last_branch(steps, |reader, inner| {
            let _ = reader.sentence(words, nested, rules, inner);
        });
    }

    /// What "that case" is stays open, so this is not followed either; its own meaning is shown.
    fn hangs(&mut self, words: &'t [Token<'a>], steps: &mut Vec<Step>) {
        let (span, text) = (self.span(words), self.written(words));
        let reason = "It depends on what stands before it.";
        self.problems
            .push(crate::read::problems::unclear(span, &text, reason, None));
        let from = self.sentences.len();
        self.show_only(words, steps, |reader, shown| {
            // The three words of "in that case".
            let _ = reader.sentence(&trimmed_start(words)[3..], false, false, shown);
        });
        for sentence in &mut self.sentences[from..] {
            sentence.incomplete = true;
        }
    }

    /// "in that case …" after something unclear is unclear too.
    fn hangs_on_unclear(&self, words: &[Token<'_>], steps: &[Step]) -> bool {
        in_that_case(words)
            && !matches!(
                steps.last(),
                Some(Step {
                    kind: StepKind::Check { .. },
                    ..
                })
            )
    }

    /// Whether a sentence looks at the answer to a question that stands in the last arm, or is the "otherwise" of one
    /// that did.
    fn follows_up(&self, words: &'t [Token<'a>], steps: &[Step]) -> bool {
        let Some(Step {
            kind: StepKind::Check { arms, otherwise: other },
            ..
        }) = steps.last()
        else {
            return false;
        };
        let branch = if other.is_empty() {
            arms.last().map(|arm| arm.steps.as_slice()).unwrap_or(&[])
        } else {
            other.as_slice()
        };
        if otherwise(words).is_some() {
            return self.follows.is_some() && open_check(branch).is_some();
        }
        let asked = branch.iter().rev().find_map(|step| match &step.kind {
            StepKind::Ask { attribute, .. } => Some(Some(attribute.as_str())),
            StepKind::Confirm { .. } => Some(None),
            _ => None,
        });
        let Some(asked) = asked else { return false };
        let Some(cut) = cuts(words, false)
            .into_iter()
            .find(|cut| matches!(cut.put, Put::If | Put::Unless) && self.condition_of(cut).is_ok())
        else {
            return false;
        };
        let Ok(got) = self.condition_of(&cut) else { return false };
        match asked {
            None => got.condition == Condition::Confirmed || got.condition == negate(Condition::Confirmed),
            Some(key) => {
                // What was asked before the check is known whether or not its arm was taken.
                !asks_for(&steps[..steps.len() - 1], key)
                    && got.condition.references().contains(&key)
                    && self.said.asked.is_some_and(|at| self.names.value(at).reference == key)
            }
        }
    }
}

/// "in that case", "in which case".
pub(super) fn in_that_case(words: &[Token<'_>]) -> bool {
    let bare = trimmed_start(words);
    starts(bare, &["in", "that", "case"])
        || starts(bare, &["in", "this", "case"])
        || starts(bare, &["in", "which", "case"])
        || starts(bare, &["in", "those", "cases"])
}

/// Whether one of the steps, not of their arms, asks for a value.
fn asks_for(steps: &[Step], key: &str) -> bool {
    let asks = |step: &Step| matches!(&step.kind, StepKind::Ask { attribute, .. } if attribute == key);
    steps.iter().any(asks)
}

/// Whether a sentence begins something new rather than going on with an arm.
fn starts_anew(words: &[Token<'_>]) -> bool {
    let bare = trimmed_start(words);
    bare.first()
        .is_some_and(|t| t.any(&["if", "when", "unless", "finally", "always", "never"]))
        || starts(bare, &["in", "all", "cases"])
        || starts(bare, &["in", "any", "case"])
}
