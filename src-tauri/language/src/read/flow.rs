//! From items and sentences to a plan.

use taskwright_domain::{Arm, Condition, Meaning, Outcome, Problem, ProblemCode, Reading, Severity, Step, StepKind};

use super::background;
use super::branches::{last_branch, last_condition, open_check, put_branch, take_branch};
use super::checks::listed_case;
use super::conditional::{Put, cuts, otherwise};
use super::conditions::negate;
use super::half_typed::half_typed;
use super::lists::asks_itself;
use super::outline::{Item, Section};
use super::problems::problem;
use super::reader::{Reader, Spoken, trimmed, trimmed_start};
use super::split::{coordinate, is_command, lead, sentences, starts};
use super::token::{Kind, Marker, Token};
use super::verbs::{Deed, Form, Verb, verb_at};

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
    pub(super) fn in_another_language(&mut self, steps: &mut Vec<Step>) {
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

    pub(super) fn item(&mut self, item: &'t Item, steps: &mut Vec<Step>) {
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

    /// The sentences of an item, and what is nested beneath.
    pub(super) fn paragraph(&mut self, item: &'t Item, cut: &[&'t [Token<'a>]], steps: &mut Vec<Step>) {
        let listed = item.marker != Marker::None;
        let mut cut = cut;
        if let [words, rest @ ..] = cut
            && item.children.is_empty()
            && (listed || rest.is_empty() && self.outline.items.len() == 1)
            && let Some(named) = self.data_item(words)
        {
            if asks_itself(named) {
                self.ask_for(words, named, steps);
            } else {
                let tail = self.after_data(words, named);
                self.need(if tail.is_some() { named } else { words }, named, steps);
                if let Some(tail) = tail {
                    let _ = self.sentence(tail, false, false, steps);
                }
            }
            cut = rest;
        }
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
                let before = self.under.len();
                if let Some(condition) = last_condition(steps, self.otherwise_of) {
                    self.under.push(condition);
                }
                let which = last_branch(steps, self.otherwise_of);
                let mut inner = take_branch(steps, which);
                self.sentence_inside(words, nested, item.section == Section::Rules, asked, &mut inner);
                self.under.truncate(before);
                put_branch(steps, which, inner);
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

    /// "Still in trial: …": a case, and what it leads to after a colon.
    fn is_label(&self, words: &'t [Token<'a>]) -> bool {
        let bare = trimmed(words);
        let colon = bare.iter().take(12).position(|t| t.mark(':'));
        colon.is_some() && self.is_case(words)
    }

    /// Whether a sentence is a case of its own: "paid → …", "otherwise …".
    fn is_case(&self, words: &'t [Token<'a>]) -> bool {
        let case = |cut: &super::conditional::Cut<'t, 'a>| {
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
        let before = self.under.len();
        self.under.extend(last_condition(steps, self.otherwise_of));
        let which = last_branch(steps, self.otherwise_of);
        let mut inner = take_branch(steps, which);
        let _ = self.sentence(words, nested, rules, &mut inner);
        put_branch(steps, which, inner);
        self.under.truncate(before);
    }

    /// What "that case" is stays open, so this is not followed either; its own meaning is shown.
    pub(super) fn hangs(&mut self, words: &'t [Token<'a>], steps: &mut Vec<Step>) {
        let (span, text) = (self.span(words), self.written(words));
        let reason = "It depends on what stands before it.";
        self.problems.push(super::problems::unclear(span, &text, reason, None));
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
    pub(super) fn hangs_on_unclear(&self, words: &[Token<'_>], steps: &[Step]) -> bool {
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
    pub(super) fn follows_up(&self, words: &'t [Token<'a>], steps: &[Step]) -> bool {
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

    pub(super) fn children(&mut self, item: &'t Item, open: Open, steps: &mut Vec<Step>) {
        if item.children.is_empty() {
            return;
        }
        match open {
            Open::Nothing if self.options_beneath(item) => {}
            Open::Nothing => self.items(&item.children, steps),
            Open::Arm => {
                let before = self.under.len();
                if let Some(condition) = last_condition(steps, self.otherwise_of) {
                    self.under.push(condition);
                }
                let which = last_branch(steps, self.otherwise_of);
                let mut inner = take_branch(steps, which);
                self.items(&item.children, &mut inner);
                put_branch(steps, which, inner);
                self.under.truncate(before);
            }
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

    /// Reads a sentence.
    pub(super) fn sentence(
        &mut self,
        words: &'t [Token<'a>],
        nested: bool,
        rules: bool,
        steps: &mut Vec<Step>,
    ) -> Open {
        let bare = trimmed(words);
        if bare.is_empty() {
            return Open::Nothing;
        }
        if bare.len() > 4 * LONGEST {
            self.unclear(
                words,
                "The sentence is too long. Please make several of it.",
                None,
                steps,
            );
            return Open::Nothing;
        }
        if background::is_optional(bare) {
            let reason = "It does not say when what follows is done. Write \u{201c}if \u{2026}\u{201d} before it.";
            self.unclear(words, reason, None, steps);
            return Open::Nothing;
        }
        if background::is_goal(words) && self.names.action_named(bare).is_none() {
            self.note(words, Spoken::new(Meaning::Goal, "What the task is for"));
            return Open::Nothing;
        }
        if self.asks_with_options(bare, steps)
            || self.options_of_last(bare, words)
            || self.options_of_nothing(bare, words)
        {
            return Open::Nothing;
        }
        if background::lists_options(bare)
            || background::is_background(bare)
            || background::is_tone(bare)
            || background::is_purpose(bare)
            || background::is_part(bare)
            || background::is_beyond_us(bare)
        {
            self.context(words);
            return Open::Nothing;
        }
        if super::english::is_foreign(bare) {
            self.unclear(words, "It is not written in English.", None, steps);
            return Open::Nothing;
        }
        if background::is_unwritten(bare) {
            self.unclear(words, "It is still to be written.", None, steps);
            return Open::Nothing;
        }
        if let Some((lead_words, rest)) = otherwise(words) {
            if self.follows_listener(words) {
                return self.after_listener(words, rest, steps);
            }
            if let Some(open) = self.otherwise_of_wait(lead_words, rest, steps) {
                return open;
            }
            return self.otherwise(words, lead_words, rest, steps);
        }
        if nested && words.last().is_some_and(|t| t.mark(':')) && super::checks::is_kind_of_people(bare) {
            return self.in_case(words, bare, &[], steps);
        }
        if let Some(open) = self.opens_list(words, nested, steps) {
            return open;
        }
        if self.asks_for_person(bare) {
            return Open::Nothing;
        }
        if let Some(and) = people_needed_after(bare) {
            for part in [&bare[..and], &bare[and + 1..]] {
                let _ = self.sentence(part, false, rules, steps);
            }
            return Open::Nothing;
        }
        if one_of_two_ways(bare) {
            let reason = "It does not say which way goes with which answer. Write an \u{201c}if\u{201d} for each.";
            self.unclear(words, reason, None, steps);
            return Open::Nothing;
        }
        if let Some(open) = self.times_out(words, nested, steps) {
            return open;
        }
        if let Some(open) = self.listens(words, nested, steps) {
            return open;
        }
        if let Some((first, second)) = parted_rules(bare) {
            for part in [first, second] {
                if !self.rule(part, rules, steps) {
                    let _ = self.clauses(part, steps);
                }
            }
            return Open::Nothing;
        }
        if words.last().is_some_and(|t| t.mark('?'))
            && let Some(condition) = self.no_luck(bare)
        {
            return self.arm(words, condition, false, &[], &[], steps, Vec::new());
        }
        if super::found::sees_if(bare) && self.see_if_there_is(bare, steps) {
            return Open::Nothing;
        }
        if self.once_it_has_passed(bare, steps) || self.less_than_that(words, bare, steps) {
            return Open::Nothing;
        }
        let known = self.rules.len();
        if self.rule(words, rules, steps) {
            if self.rules.len() > known {
                self.run_what_was_confirmed(words, steps);
            }
            return Open::Nothing;
        }
        if let Some(comma) = super::policies::tries_run_out(bare) {
            let _ = self.sentence(&bare[..comma], false, rules, steps);
            return self.sentence(&bare[comma + 1..], nested, rules, steps);
        }
        if self.needs_the_new_one(words, steps) {
            return Open::Nothing;
        }
        if self.after_each_advice(bare, steps) || self.after_tries(bare, steps) {
            return Open::Nothing;
        }
        if let Some(open) = self.before_first(bare, nested, rules, steps) {
            return open;
        }
        if let Some(at) = bare
            .windows(2)
            .position(|pair| pair[0].is("even") && pair[1].any(&["if", "when", "though"]))
            .filter(|at| *at > 0)
        {
            // "even if …" adds no condition.
            let open = self.sentence(&bare[..at], nested, rules, steps);
            self.context(&bare[at..]);
            return open;
        }
        if let Some((consent, rest)) = with_consent(bare) {
            self.confirm(consent, consent, steps);
            return self.sentence(rest, nested, rules, steps);
        }
        if let Some(comma) = self.case_before(bare) {
            return self.in_case(words, &bare[..comma], &bare[comma + 1..], steps);
        }
        if let Some(colon) = self.explains_before(bare) {
            self.context(&bare[..colon]);
            return self.sentence(&bare[colon + 1..], nested, rules, steps);
        }
        if let Some(colon) = looks_at_cases(bare) {
            let _ = self.clauses(&bare[..colon], steps);
            return self.sentence(&bare[colon + 1..], nested, rules, steps);
        }
        if let Some(comma) = background::reason_before(bare) {
            self.context(&bare[..comma]);
            return self.sentence(&bare[comma + 1..], nested, rules, steps);
        }
        if self.is_finish_statement(bare) {
            self.note(
                words,
                Spoken::new(Meaning::Finish { outcome: Outcome::Done }, "When the task is done"),
            );
            return Open::Nothing;
        }
        if let Some(open) = self.conditional(words, nested, steps) {
            return open;
        }
        if words.last().is_some_and(|t| t.mark('?')) && !is_command(bare) && !bare.iter().any(|t| t.kind == Kind::Quote)
        {
            self.unclear(words, "It asks something that nothing here tells.", None, steps);
            return Open::Nothing;
        }
        self.clauses(words, steps)
    }

    /// Steps of an arm: rules, further conditions and commands.
    pub(super) fn inner(&mut self, words: &'t [Token<'a>], steps: &mut Vec<Step>) -> Open {
        let words = trimmed_start(words);
        if trimmed(words).is_empty() {
            return Open::Nothing;
        }
        if let [doubt, open, body @ ..] = words
            && doubt.any(&["maybe", "perhaps", "possibly"])
            && open.mark('(')
            && is_command(body)
        {
            self.context(&words[..1]);
            return self.sentence(trimmed(body), false, false, steps);
        }
        let open = self.sentence(words, false, false, steps);
        if let Some(late) = comes_too_late(words) {
            self.ends_here(late, steps);
        }
        open
    }

    /// Nothing that comes after can be done any more.
    fn ends_here(&mut self, said: &'t [Token<'a>], steps: &mut Vec<Step>) {
        let leaves = steps
            .last()
            .is_some_and(|step| super::finish::ends(std::slice::from_ref(step)));
        if !leaves {
            steps.push(self.step(
                said,
                StepKind::Finish {
                    outcome: Outcome::NotPossible,
                },
            ));
        }
    }

    /// The commands of a sentence.
    pub(super) fn clauses(&mut self, words: &'t [Token<'a>], steps: &mut Vec<Step>) -> Open {
        let parts = coordinate(words);
        if self.hangs_on_fragment(&parts) {
            self.unclear(
                words,
                "What comes before the mark is no condition that can be decided.",
                None,
                steps,
            );
            return Open::Nothing;
        }
        if self.advises_on(&parts) {
            self.advise_each(&parts, steps);
            return Open::Nothing;
        }
        let mut rest_under: Option<Condition> = None;
        let mut later: Vec<Step> = Vec::new();
        let parts = self.with_typing(words, &parts);
        let many = parts.len();
        for (place, (part, typed)) in parts.iter().enumerate() {
            if let Some(action) = typed {
                self.run_typed(
                    part,
                    *action,
                    if rest_under.is_some() { &mut later } else { &mut *steps },
                );
                continue;
            }
            // "look up and cancel the order": the first verb takes the object of the next.
            if place > 0
                && let Some((lead_words, rest)) = otherwise(part)
            {
                if self.otherwise_of_wait(lead_words, rest, steps).is_some() {
                    continue;
                }
                let _ = self.otherwise(part, lead_words, rest, steps);
                continue;
            }
            let shared = self.shares_object(part, parts.get(place + 1).map(|(next, _)| *next));
            if let Some(before) = self.done_before(part) {
                let _ = self.clause(&part[..before], steps);
                self.orders_before(&part[before..], steps);
                continue;
            }
            if in_that_case(part) {
                // The rest of the sentence belongs to the case before it.
                let rest = &words[words.len() - parts[place..].iter().map(|(p, _)| p.len()).sum::<usize>()..];
                let which = last_branch(steps, self.otherwise_of);
                if which.is_none() {
                    self.unclear(rest, "It depends on what stands before it.", None, steps);
                } else {
                    let mut inner = take_branch(steps, which);
                    let _ = self.clauses(lead(rest), &mut inner);
                    put_branch(steps, which, inner);
                }
                break;
            }
            let target = if rest_under.is_some() { &mut later } else { &mut *steps };
            let failing = match shared {
                Some((verb, object)) => {
                    self.shared_act(part, verb, object, target);
                    None
                }
                None if place > 0 && self.has_condition(part) => {
                    let _ = self.inner(part, target);
                    None
                }
                None => self.clause(part, target),
            };
            if let Some(condition) = failing
                && place + 1 < many
            {
                rest_under = Some(condition);
            }
        }
        if let (Some(condition), false) = (rest_under.clone(), later.is_empty()) {
            let span = later.first().map_or(self.span(words), |step| step.span);
            steps.push(Step {
                span,
                kind: StepKind::Check {
                    arms: vec![Arm {
                        span,
                        condition,
                        steps: later,
                    }],
                    otherwise: Vec::new(),
                },
            });
        }
        Open::Nothing
    }

    /// "in Mars mode -> refund it": the command depends on words that were not understood.
    pub(super) fn hangs_on_fragment(&self, parts: &[&'t [Token<'a>]]) -> bool {
        let [first, second, ..] = parts else { return false };
        let first = lead(trimmed(first));
        let numbered = matches!(first, [label, number] if label.any(&["option", "step", "case", "part", "phase"])
            && (number.kind == Kind::Number || number.low.len() == 1));
        if numbered {
            return false;
        }
        let joint = second
            .first()
            .is_some_and(|t| t.mark('→') || t.mark(':') || t.mark('–') || t.mark('='));
        if !joint || first.is_empty() || is_command(first) || verb_at(first, 0).is_some() {
            return false;
        }
        let arrow = second.first().is_some_and(|t| t.mark('→') || t.mark('='));
        let changes = parts.iter().skip(1).any(|part| {
            verb_at(lead(part), 0).is_some_and(|v| {
                v.deed.changes()
                    || matches!(
                        v.deed,
                        Deed::HandOff | Deed::Finish | Deed::Make | Deed::Close | Deed::Stop
                    )
            })
        });
        let wanted = self.wanted(first);
        let listed = !wanted.values.is_empty() && wanted.unknown.is_empty();
        // "Refund: …" is a label, "E-5xx: …" and "failed: …" are cases.
        let label = first.len() <= 3
            && first[0].capital
            && first
                .iter()
                .all(|t| t.kind == Kind::Word && t.low.chars().all(char::is_alphabetic));
        !listed && (arrow || !label || changes && first.len() > 1)
    }

    pub(super) fn shares_object(
        &self,
        part: &'t [Token<'a>],
        next: Option<&'t [Token<'a>]>,
    ) -> Option<(Verb, &'t [Token<'a>])> {
        let bare = trimmed(lead(part));
        let verb = verb_at(bare, 0).filter(|v| {
            v.form == Form::Base
                && v.length == bare.len()
                && v.deed.acts()
                && !matches!(v.deed, Deed::Stop | Deed::Close)
        })?;
        let next = trimmed(lead(next?));
        let other = verb_at(next, 0).filter(|v| v.deed.acts())?;
        let object = &next[other.length..];
        (!object.is_empty()).then_some((verb, object))
    }

    pub(super) fn shared_act(
        &mut self,
        part: &'t [Token<'a>],
        verb: Verb,
        object: &'t [Token<'a>],
        steps: &mut Vec<Step>,
    ) {
        match self.match_action(verb.deed, verb.lemma, object) {
            super::actions::Match::One { at, .. } => self.run(part, object, at, false, steps),
            _ => self.without_action(part, part, &[], steps),
        }
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
    pub(super) fn finish_plan(&mut self, plan: &mut Vec<Step>) {
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

/// "you may extend it once, never offer it yourself", "don't bother them with it, simply apply": a rule, and another rule
/// or command after the comma.
pub(super) fn parted_rules<'t, 'a>(words: &'t [Token<'a>]) -> Option<(&'t [Token<'a>], &'t [Token<'a>])> {
    let rule = |words: &[Token<'_>]| {
        words.first().is_some_and(|t| t.is("never")) || starts(words, &["do", "not"]) || starts(words, &["you", "may"])
    };
    if !rule(words) {
        return None;
    }
    let comma = words.iter().rposition(|t| t.mark(','))?;
    let rest = &words[comma + 1..];
    let first = rest.first()?;
    let instead = first.any(&["simply", "just", "instead", "rather"])
        || rest.last().is_some_and(|t| t.is("instead"))
        || verb_at(lead(rest), 0).is_some_and(|v| matches!(v.deed, Deed::HandOff | Deed::Tell));
    (first.is("never") || instead && is_command(rest)).then_some((&words[..comma], rest))
}

/// "Depending on the answer, cancel or pause it": which way goes with which answer is not said.
fn one_of_two_ways(words: &[Token<'_>]) -> bool {
    let Some(comma) = words
        .iter()
        .position(|t| t.mark(','))
        .filter(|_| starts(words, &["depending", "on"]))
    else {
        return false;
    };
    let then = &words[comma + 1..];
    let sorts = verb_at(lead(then), 0).is_some_and(|v| matches!(v.deed, Deed::Classify | Deed::Decide));
    let commands = verb_at(lead(then), 0).is_some_and(|v| v.form == Form::Base);
    commands && !sorts && then.iter().any(|t| t.is("or"))
}

/// "we cannot help and a transfer is needed": two statements, the second a hand-off.
fn people_needed_after(words: &[Token<'_>]) -> Option<usize> {
    let and = words.iter().rposition(|t| t.is("and")).filter(|at| *at > 1)?;
    let rest = &words[and + 1..];
    let people = rest
        .iter()
        .take(3)
        .any(|t| t.any(&["transfer", "escalation", "handoff", "hand-off", "handover"]));
    let needed = rest.last().is_some_and(|t| t.any(&["needed", "required", "necessary"]));
    (people && needed && rest.len() < 7 && !words[0].any(&["if", "when", "unless"])).then_some(and)
}

/// "in that case", "in which case".
pub(super) fn in_that_case(words: &[Token<'_>]) -> bool {
    let bare = trimmed_start(words);
    starts(bare, &["in", "that", "case"])
        || starts(bare, &["in", "this", "case"])
        || starts(bare, &["in", "which", "case"])
        || starts(bare, &["in", "those", "cases"])
}

/// "too late, say sorry": what ends the task once it is said.
fn comes_too_late<'t, 'a>(words: &'t [Token<'a>]) -> Option<&'t [Token<'a>]> {
    let comma = words.iter().position(|t| t.mark(',') || t.mark('–') || t.mark(':'))?;
    let said = trimmed(&words[..comma]);
    let ends = [
        &["too", "late"][..],
        &["no", "longer", "possible"],
        &["not", "possible"],
        &["nothing", "to", "be", "done"],
    ];
    (comma + 1 < words.len() && ends.iter().any(|end| said.len() == end.len() && starts(said, end))).then_some(said)
}

/// "See where it is: not packed yet = …; packed = …": a look-up, and the colon before its cases.
pub(super) fn looks_at_cases(words: &[Token<'_>]) -> Option<usize> {
    let colon = words.iter().take(14).position(|t| t.mark(':'))?;
    let looks = verb_at(lead(&words[..colon]), 0)
        .is_some_and(|v| v.form == Form::Base && matches!(v.deed, Deed::LookUp | Deed::Decide | Deed::Verify));
    let case = words[colon + 1..].iter().position(|t| t.mark('→') || t.mark('='));
    (looks && case.is_some_and(|at| at > 0)).then_some(colon)
}

/// "With the customer's permission, …", "… after the customer has agreed": a yes, and what is done with it.
pub(super) fn with_consent<'t, 'a>(words: &'t [Token<'a>]) -> Option<(&'t [Token<'a>], &'t [Token<'a>])> {
    const CONSENT: [&str; 7] = [
        "permission",
        "consent",
        "approval",
        "agreement",
        "ok",
        "okay",
        "go-ahead",
    ];
    let customer = |words: &[Token<'_>]| {
        words
            .iter()
            .any(|t| t.any(&["customer", "customer's", "their", "they", "user", "user's"]))
    };
    if words.first()?.is("with") {
        let comma = words.iter().position(|t| t.mark(','))?;
        let consents = words[..comma].iter().any(|t| t.any(&CONSENT)) && customer(&words[..comma]) && comma < 7;
        return (consents && is_command(&words[comma + 1..])).then(|| (&words[..comma], &words[comma + 1..]));
    }
    let after = words.iter().rposition(|t| t.is("after")).filter(|at| *at > 1)?;
    let tail = &words[after + 1..];
    let agreed = tail
        .iter()
        .any(|t| t.any(&["confirmed", "agreed", "approved", "consented", "confirms", "agrees"]))
        || starts(tail, &["their", "ok"]);
    (agreed && customer(tail) && tail.len() < 8 && is_command(&words[..after])).then(|| (tail, &words[..after]))
}

/// Whether one of the steps, not of their arms, asks for a value.
pub(super) fn asks_for(steps: &[Step], key: &str) -> bool {
    let asks = |step: &Step| matches!(&step.kind, StepKind::Ask { attribute, .. } if attribute == key);
    steps.iter().any(asks)
}

/// Whether a sentence begins something new rather than going on with an arm.
pub(super) fn starts_anew(words: &[Token<'_>]) -> bool {
    let bare = trimmed_start(words);
    bare.first()
        .is_some_and(|t| t.any(&["if", "when", "unless", "finally", "always", "never"]))
        || starts(bare, &["in", "all", "cases"])
        || starts(bare, &["in", "any", "case"])
}
