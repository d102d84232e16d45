//! From items and sentences to a plan.

mod clauses;
mod paragraph;
mod sentence;

use taskwright_domain::{Condition, Meaning, Problem, ProblemCode, Reading, Severity, Step, StepKind};

use super::branches::{last_branch, last_condition, put_branch, take_branch};
use super::half_typed::half_typed;
use super::outline::{Item, Section};
use super::problems::problem;
use super::reader::{Reader, Spoken};
use super::split::sentences;

/// What a sentence left open for what is nested beneath it or comes after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Open {
    Nothing,
    /// The arm of the last check.
    Arm,
    /// A repeat whose steps are nested beneath.
    Repeat(u32),
    /// A list of what is needed or asked.
    List,
    /// The steps of the last listener.
    Listener,
}

/// Longest clause that is read.
pub(super) const LONGEST: usize = 90;

impl<'t, 'a> Reader<'t, 'a, '_> {
    pub(super) fn everything(mut self) -> Reading {
        let outline = self.outline;
        let mut plan = Vec::new();
        if super::english::is_foreign(self.tokens) {
            self.in_another_language(&mut plan);
        } else {
            self.items(&outline.items, &mut plan);
        }
        self.unknown_pills();
        self.problems.extend(half_typed(self.text, &self.names));
        self.finish_plan(&mut plan);
        self.sentences
            .sort_by_key(|sentence| (sentence.span.start, sentence.span.end));
        self.problems
            .sort_by_key(|problem| (problem.severity, problem.place.span.map_or(0, |span| span.start)));
        self.problems.dedup_by(|a, b| a.code == b.code && a.place == b.place);
        Reading {
            sentences: self.sentences,
            plan,
            rules: self.rules,
            listeners: self.listeners,
            problems: self.problems,
        }
    }

    /// One problem for the whole text; no sentence of it is followed.
    fn in_another_language(&mut self, steps: &mut Vec<Step>) {
        let reason = "It is not written in English.";
        self.problems.push(problem(
            ProblemCode::NotEnglish,
            Severity::Blocks,
            self.span(self.tokens),
            "This is not written in English. Only English instructions can be read.",
        ));
        for words in sentences(self.tokens) {
            self.not_followed(words, reason, steps);
        }
    }

    pub(super) fn items(&mut self, items: &'t [Item], steps: &mut Vec<Step>) {
        for item in items {
            self.item(item, steps);
        }
    }

    fn item(&mut self, item: &'t Item, steps: &mut Vec<Step>) {
        let tokens = self.tokens;
        let words = &tokens[item.tokens.clone()];
        match item.section {
            Section::Goal if item.headed => {
                let cut = sentences(words);
                if let Some(first) = cut.first() {
                    self.note(first, Spoken::new(Meaning::Goal, "What the task is for").sure(true));
                }
                return self.paragraph(item, &cut[1.min(cut.len())..], steps);
            }
            Section::Goal => return self.told(item, Meaning::Goal, "What the task is for"),
            Section::Background => return self.told(item, Meaning::Context, "Kept for colleagues"),
            Section::Completion => return self.completion(item, steps),
            Section::Information => return self.information(item, steps),
            Section::Rules | Section::Steps => {}
        }
        let cut = sentences(words);
        self.paragraph(item, &cut, steps);
    }

    pub(super) fn children(&mut self, item: &'t Item, open: Open, steps: &mut Vec<Step>) {
        if item.children.is_empty() {
            return;
        }
        match open {
            Open::Nothing if self.options_beneath(item) => {}
            Open::Nothing => self.items(&item.children, steps),
            Open::Arm => self.in_last_branch(steps, |reader, inner| reader.items(&item.children, inner)),
            Open::Repeat(at_most) => {
                let mut inner = Vec::new();
                self.items(&item.children, &mut inner);
                let until = self.works(&inner);
                let span = inner
                    .first()
                    .map_or(self.span(&self.tokens[item.tokens.clone()]), |step| step.span);
                if !inner.is_empty() {
                    steps.push(Step {
                        span,
                        kind: StepKind::Repeat {
                            steps: inner,
                            at_most,
                            until,
                        },
                    });
                }
            }
            Open::Listener => self.move_to_listener(|reader, steps| reader.items(&item.children, steps)),
            Open::List => {
                for child in &item.children {
                    self.listed_value(child, steps);
                }
            }
        }
    }

    /// Reads what belongs to the last branch of the last check, under its condition.
    fn in_last_branch(&mut self, steps: &mut Vec<Step>, read: impl FnOnce(&mut Self, &mut Vec<Step>)) {
        let before = self.under.len();
        self.under.extend(last_condition(steps, self.otherwise_of));
        let which = last_branch(steps, self.otherwise_of);
        let mut inner = take_branch(steps, which);
        read(self, &mut inner);
        put_branch(steps, which, inner);
        self.under.truncate(before);
    }

    /// "Always look up the policy first": what the plan changes waits for it, wherever it stands.
    fn keep_first_things_first(&mut self, plan: &[Step]) {
        for (whole, first) in std::mem::take(&mut self.first_of_all) {
            let actions = super::finish::changes_in(plan, self.names.catalogue);
            if actions.is_empty() {
                continue;
            }
            let condition = Condition::Action {
                action: first,
                state: taskwright_domain::ActionState::Succeeded,
            };
            self.write_rule(whole, actions, taskwright_domain::Guard::OnlyIf { condition }, None);
        }
    }

    /// Problems that only the whole plan shows.
    fn finish_plan(&mut self, plan: &mut Vec<Step>) {
        self.finish_listeners();
        self.late_limits(plan);
        self.fold_timeouts(plan);
        super::finish::hand_off_ends(plan);
        super::finish::fold_repeats(plan);
        super::finish::yes_of_the_other_way(plan, self.names.catalogue);
        super::finish::fold_confirmations(plan, self.names.catalogue);
        super::finish::once_behind_its_question(plan);
        super::finish::run_what_a_yes_is_for(plan, self.text, self.names.catalogue);
        super::finish::people_before_changes(plan, &self.rules, self.names.catalogue);
        self.keep_first_things_first(plan);
        super::told::tell_rules(&mut self.rules, self.tokens, self.names.catalogue);
        let found: Vec<Problem> = super::finish::remarks(plan, &self.sentences, self.text, self.names.catalogue);
        self.problems.extend(found);
    }
}
