//! From items and sentences to a plan.

use taskwright_domain::{
    Arm, Condition, Meaning, Outcome, Problem, ProblemCode, Reading, Severity, Step, StepKind, Template,
};

use super::background;
use super::conditional::{Cut, Put, cuts, otherwise};
use super::conditions::{Conditions, Got, Trouble, negate};
use super::half_typed::half_typed;
use super::outline::{Item, Section};
use super::problems::problem;
use super::reader::{Reader, Spoken, trimmed};
use super::split::{coordinate, is_command, lead, sentences, starts};
use super::token::{Kind, Marker, Token};
use super::verbs::{Deed, Form, Verb, parted_verb_at, verb_at};
use super::weekdays::is_weekday;

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
}

/// Longest clause that is read.
const LONGEST: usize = 90;

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

    fn items(&mut self, items: &'t [Item], steps: &mut Vec<Step>) {
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

    /// The sentences of an item, and what is nested beneath.
    fn paragraph(&mut self, item: &'t Item, cut: &[&'t [Token<'a>]], steps: &mut Vec<Step>) {
        let listed = item.marker != Marker::None;
        let mut cut = cut;
        if let [words, rest @ ..] = cut
            && item.children.is_empty()
            && (listed || rest.is_empty() && self.outline.items.len() == 1)
            && let Some(named) = self.data_item(words)
        {
            self.need(words, named, steps);
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
                || open == Open::Arm
                    && (listed || question.is_some())
                    && otherwise(words).is_none()
                    && !starts_anew(words);
            question = None;
            if inside {
                let before = self.under.len();
                if let Some(condition) = last_condition(steps, self.otherwise_of) {
                    self.under.push(condition);
                }
                let which = last_branch(steps, self.otherwise_of);
                let mut inner = take_branch(steps, which);
                let now = self.sentence(words, nested, item.section == Section::Rules, &mut inner);
                self.under.truncate(before);
                put_branch(steps, which, inner);
                self.follows = follows.then(|| self.span(words).start);
                let _ = now;
                open = Open::Arm;
                continue;
            }
            self.follows = None;
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

    /// "phone number they're registered with → find them": what is needed, and what is done with it.
    fn data_then(&self, words: &'t [Token<'a>]) -> Option<(&'t [Token<'a>], &'t [Token<'a>])> {
        let arrow = words.iter().position(|t| t.mark('→')).filter(|at| *at > 0)?;
        let (named, then) = (trimmed(&words[..arrow]), &words[arrow + 1..]);
        let wanted = self.wanted(named);
        let data = !wanted.values.is_empty() && wanted.unknown.is_empty() && !is_command(named);
        let no_case = Conditions::new(&self.names, &self.said).read(named).is_err();
        (data && no_case && is_command(then)).then_some((named, then))
    }

    /// "If all of the following are true, open a claim:", with the conditions beneath.
    fn listed_conditions(
        &mut self,
        item: &'t Item,
        words: &'t [Token<'a>],
        any: bool,
        cut: &Cut<'t, 'a>,
        steps: &mut Vec<Step>,
    ) {
        let mut parts = Vec::new();
        let mut links = Vec::new();
        let mut sure = true;
        for child in &item.children {
            let listed = trimmed(&self.tokens[child.tokens.clone()]);
            match Conditions::new(&self.names, &self.said).read(listed) {
                Ok(got) if child.children.is_empty() => {
                    let plain = super::describe::condition(&got.condition, self.names.catalogue);
                    let meaning = Meaning::Check {
                        condition: Some(got.condition.clone()),
                    };
                    self.note(
                        listed,
                        Spoken::new(meaning, format!("One of the conditions: {plain}"))
                            .sure(got.sure)
                            .links(got.links.clone()),
                    );
                    parts.push(got.condition);
                    links.extend(got.links);
                    sure &= got.sure;
                }
                other => {
                    self.condition_trouble(listed, listed, other.err());
                    let meaning = Meaning::Check { condition: None };
                    self.note(
                        listed,
                        Spoken::incomplete(meaning, "A condition that is not understood").guessed(),
                    );
                    return self.show_only(words, steps, |reader, shown| {
                        let _ = reader.sentence(cut.then, false, false, shown);
                    });
                }
            }
        }
        let whole = if any {
            Condition::Any { parts }
        } else {
            Condition::All { parts }
        };
        let condition = if cut.put == Put::Unless { negate(whole) } else { whole };
        let got = Got {
            condition,
            sure,
            links,
            subject: super::conditions::Subject::Open,
        };
        let _ = self.checked_sentence(words, cut, got, false, steps);
    }

    /// What "that case" is stays open, so this is not followed either; its own meaning is shown.
    fn hangs(&mut self, words: &'t [Token<'a>], steps: &mut Vec<Step>) {
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

    fn children(&mut self, item: &'t Item, open: Open, steps: &mut Vec<Step>) {
        if item.children.is_empty() {
            return;
        }
        match open {
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
            Open::List => {
                for child in &item.children {
                    self.listed_value(child, steps);
                }
            }
        }
    }

    /// A goal or background: every sentence of it is that.
    fn told(&mut self, item: &'t Item, meaning: Meaning, plain: &str) {
        let tokens = self.tokens;
        for words in sentences(&tokens[item.tokens.clone()]) {
            self.note(words, Spoken::new(meaning.clone(), plain).sure(true));
        }
        for child in &item.children {
            self.told(child, meaning.clone(), plain);
        }
    }

    /// "The task is complete when …": shown; the plan's end is its end.
    fn completion(&mut self, item: &'t Item, steps: &mut Vec<Step>) {
        let tokens = self.tokens;
        for words in sentences(&tokens[item.tokens.clone()]) {
            let command =
                verb_at(lead(words), 0).is_some_and(|v| v.form == Form::Base && !v.noun_too && v.deed != Deed::Be);
            if command {
                let _ = self.sentence(words, false, false, steps);
            } else {
                self.note(
                    words,
                    Spoken::new(Meaning::Finish { outcome: Outcome::Done }, "When the task is done").sure(true),
                );
            }
        }
        for child in &item.children {
            self.completion(child, steps);
        }
    }

    /// "Information required: …".
    fn information(&mut self, item: &'t Item, steps: &mut Vec<Step>) {
        let tokens = self.tokens;
        let words = &tokens[item.tokens.clone()];
        for words in sentences(words) {
            let command =
                verb_at(lead(words), 0).is_some_and(|v| v.form == Form::Base && !v.noun_too) && words.len() > 2;
            let conditional = words
                .first()
                .is_some_and(|t| t.any(&["if", "when", "unless", "never", "only"]));
            if command || conditional {
                let _ = self.sentence(words, false, false, steps);
            } else {
                self.need(words, words, steps);
            }
        }
        for child in &item.children {
            self.information(child, steps);
        }
    }

    /// A value in a list beneath "you need:".
    fn listed_value(&mut self, item: &'t Item, steps: &mut Vec<Step>) {
        let tokens = self.tokens;
        let words = &tokens[item.tokens.clone()];
        let parts = sentences(words);
        let command = is_command(words);
        if command || parts.len() > 1 {
            let mut open = Open::Nothing;
            for (place, part) in parts.iter().enumerate() {
                if place == 0 && !is_command(part) {
                    self.listed_noun(part, steps);
                } else {
                    open = self.sentence(part, false, false, steps);
                }
            }
            return self.children(item, open, steps);
        }
        self.listed_noun(words, steps);
        for child in &item.children {
            self.listed_value(child, steps);
        }
    }

    /// "Order ID of previous purchase", "Full name (may be known)": an item that only names what is needed. Gives the
    /// words that do.
    fn data_item(&self, words: &'t [Token<'a>]) -> Option<&'t [Token<'a>]> {
        const LONGEST_ITEM: usize = 14;
        let words = trimmed(words);
        let cut = words
            .iter()
            .position(|t| t.mark('–') || t.mark('('))
            .unwrap_or(words.len());
        let named = trimmed(&words[..cut]);
        let plain = named
            .iter()
            .all(|t| t.kind == Kind::Word || t.mark(',') || t.kind == Kind::Mark('/'));
        if named.is_empty() || named.len() > LONGEST_ITEM || !plain || is_command(words) {
            return None;
        }
        let parts = super::ask::noun_phrases(named);
        // "which week is missing and how much they expected"
        let asks = |part: &&[Token<'_>]| {
            starts(part, &["which"]) || starts(part, &["how", "much"]) || starts(part, &["how", "many"])
        };
        if parts.iter().all(asks) && !parts.is_empty() {
            let wanted = self.wanted(named);
            return (!wanted.values.is_empty() && wanted.unknown.is_empty()).then_some(named);
        }
        if says_something(named) {
            return None;
        }
        (!parts.is_empty() && parts.iter().all(|part| names_data(part))).then_some(named)
    }

    fn listed_noun(&mut self, words: &'t [Token<'a>], steps: &mut Vec<Step>) {
        let cut = words
            .iter()
            .position(|t| t.mark('–') || t.mark('('))
            .unwrap_or(words.len());
        let wanted = self.wanted(&words[..cut]);
        if wanted.values.is_empty() {
            return self.context(words);
        }
        self.need(words, &words[..cut], steps);
    }

    /// Values asked for when they are missing.
    pub(super) fn need(&mut self, whole: &'t [Token<'a>], words: &'t [Token<'a>], steps: &mut Vec<Step>) {
        let words = match words.iter().position(|t| t.mark(':')) {
            Some(at) if at + 1 < words.len() => &words[at + 1..],
            _ => words,
        };
        let wanted = self.wanted(words);
        if wanted.values.is_empty() {
            for (said, span) in &wanted.unknown {
                let found = super::problems::unknown_value(&self.names, *span, said, None);
                self.problems.push(found);
            }
            if wanted.unknown.is_empty() {
                return self.context(whole);
            }
            let meaning = Meaning::Need { attributes: Vec::new() };
            return self.lacking(whole, meaning, "Needs a value that no attribute holds yet", steps);
        }
        let keys: Vec<String> = wanted
            .values
            .iter()
            .map(|(at, ..)| self.names.value(*at).reference.clone())
            .collect();
        steps.push(self.step(
            whole,
            StepKind::Need {
                attributes: keys.clone(),
            },
        ));
        for ((at, ..), key) in wanted.values.iter().zip(&keys) {
            self.remember_ask(key, *at, whole);
        }
        self.said.asked = None;
        self.note_asked(whole, &wanted, keys, "Needs", |attributes| Meaning::Need { attributes });
        self.missing_half(whole, &wanted, steps);
    }

    /// Reads a sentence.
    fn sentence(&mut self, words: &'t [Token<'a>], nested: bool, rules: bool, steps: &mut Vec<Step>) -> Open {
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
        if background::is_goal(words) && self.names.action_named(bare).is_none() {
            self.note(words, Spoken::new(Meaning::Goal, "What the task is for"));
            return Open::Nothing;
        }
        if background::lists_options(bare)
            || background::is_background(bare)
            || background::is_tone(bare)
            || background::is_purpose(bare)
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
            return self.otherwise(words, lead_words, rest, nested, steps);
        }
        if let Some(open) = self.opens_list(words, nested, steps) {
            return open;
        }
        if self.asks_for_person(bare) {
            return Open::Nothing;
        }
        if let Some((first, second)) = parted_rules(bare) {
            for part in [first, second] {
                if !self.rule(part, rules, steps) {
                    let _ = self.clauses(part, steps);
                }
            }
            return Open::Nothing;
        }
        let known = self.rules.len();
        if self.rule(words, rules, steps) {
            if self.rules.len() > known {
                self.run_what_was_confirmed(words, steps);
            }
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

    /// "freeze the card before opening the dispute": where the second begins.
    fn done_before(&self, words: &[Token<'_>]) -> Option<usize> {
        let bare = lead(words);
        let acts = verb_at(bare, 0).is_some_and(|v| v.form == Form::Base && v.deed.acts());
        let at = words.iter().position(|t| t.is("before")).filter(|at| acts && *at > 1)?;
        let verb = verb_at(words, at + 1).filter(|v| v.form == Form::Ing && v.deed.changes())?;
        self.action_of(verb.deed, verb.lemma, &words[at + 1 + verb.length..])?;
        Some(at)
    }

    /// What was run last must have succeeded before the action that the words speak of.
    fn orders_before(&mut self, words: &'t [Token<'a>], steps: &[Step]) {
        let (
            Some(Step {
                kind: StepKind::Run { action: first, .. },
                ..
            }),
            Some(verb),
        ) = (steps.last(), verb_at(words, 1))
        else {
            return self.context(words);
        };
        let actions = self.guarded(verb.deed, verb.lemma, &words[1 + verb.length..]);
        if actions.is_empty() || actions.contains(first) {
            return self.context(words);
        }
        let done = Condition::Action {
            action: first.clone(),
            state: taskwright_domain::ActionState::Succeeded,
        };
        self.must_come_first(words, actions, done);
    }

    /// "we can't move it online: apologise and …": why, and where what is done begins.
    fn explains_before(&self, words: &[Token<'_>]) -> Option<usize> {
        let colon = words.iter().take(16).position(|t| t.mark(':') || t.mark('–'))?;
        let why = &words[..colon];
        let explains = why.first()?.any(&["we", "this", "that", "it", "they"])
            && why
                .iter()
                .take(5)
                .any(|t| t.any(&["can", "could", "is", "are", "does", "do", "will", "have", "has"]));
        (colon > 2 && !self.under.is_empty() && explains && is_command(&words[colon + 1..])).then_some(colon)
    }

    /// "On Sundays, …", "For refunds over 250 EUR, …", "For each invoice, …": the comma behind a case that a command
    /// is for. A case is never dropped: what it leads to would run for everybody.
    fn case_before(&self, words: &[Token<'_>]) -> Option<usize> {
        let first = words.first()?;
        let comma = words.iter().take(14).position(|t| t.mark(',') || t.mark(':'))?;
        let case = &words[..comma];
        if comma < 2 || !is_command(&words[comma + 1..]) {
            return None;
        }
        let when = first.any(&["on", "at", "during", "over"]) && case.iter().any(|t| is_time(t));
        let each = first.any(&["for", "with"]) && case[1].any(&["each", "every"]);
        let of_a_kind = first.any(&["for", "except"]) && self.names_a_case(&case[1..]);
        (when || each || of_a_kind).then_some(comma)
    }

    /// Whether words speak of things, kinds of things or amounts that the catalogue knows.
    fn names_a_case(&self, words: &[Token<'_>]) -> bool {
        if words
            .iter()
            .any(|t| t.any(&["this", "that", "security", "safety", "example", "now", "reference"]))
        {
            return false;
        }
        let said: Vec<_> = words.iter().filter(|t| t.kind == Kind::Word).collect();
        let option = |value: &super::names::Named| {
            value
                .options
                .iter()
                .any(|option| super::names::position_of_run(&said, &option.stems).is_some())
        };
        let thing = words
            .last()
            .is_some_and(|_| self.names.object(&words[words.len() - 1..]).is_some());
        let deed = said.iter().any(|t| super::verbs::deed_of_noun(t).is_some());
        let limited = words.len() > 1 || words.iter().any(|t| t.kind == Kind::Number);
        self.names.values.iter().any(option) || thing && limited || deed && limited
    }

    fn in_case(
        &mut self,
        words: &'t [Token<'a>],
        case: &'t [Token<'a>],
        then: &'t [Token<'a>],
        steps: &mut Vec<Step>,
    ) -> Open {
        let cut = Cut {
            put: if case[0].is("except") { Put::Unless } else { Put::If },
            condition: &case[1 + usize::from(case[1].is("for"))..],
            whole: case,
            then,
            otherwise: &[],
            more: &[],
            before: &[],
        };
        if let Ok(got) = self.condition_of(&cut) {
            return self.checked_sentence(words, &cut, got, false, steps);
        }
        let (span, said) = (self.span(case), self.written(case));
        let reason = "It is a case that nothing here can decide. Write it as \u{201c}if …\u{201d}.";
        self.problems.push(super::problems::unclear(span, &said, reason, None));
        let meaning = Meaning::Check { condition: None };
        self.note(
            case,
            Spoken::incomplete(meaning, format!("{said}: it cannot be decided yet")).guessed(),
        );
        self.show_only(words, steps, |reader, shown| {
            let _ = reader.sentence(then, false, false, shown);
        });
        Open::Nothing
    }

    /// "Before moving the booking, ask the customer to confirm."
    fn before_first(
        &mut self,
        words: &'t [Token<'a>],
        nested: bool,
        rules: bool,
        steps: &mut Vec<Step>,
    ) -> Option<Open> {
        if rules || !words.first()?.is("before") {
            return None;
        }
        let comma = words
            .iter()
            .position(|t| t.mark(','))
            .filter(|comma| is_command(&words[comma + 1..]) || must_agree(trimmed(&words[comma + 1..])))?;
        self.deed_in(&words[1..comma])?;
        self.context(&words[..comma]);
        let before = steps.len();
        let open = self.sentence(&words[comma + 1..], nested, rules, steps);
        let action = self.deed_action(&words[1..comma]);
        if let Some(Step {
            kind: StepKind::Confirm { action: named, .. },
            ..
        }) = steps.get_mut(before)
            && named.is_none()
        {
            *named = action;
        }
        Some(open)
    }

    /// A customer who asks for a person gets one anyway.
    fn asks_for_person(&mut self, words: &'t [Token<'a>]) -> bool {
        let asks = words.first().is_some_and(|t| t.any(&["if", "when", "whenever"]))
            && words
                .iter()
                .take(6)
                .any(|t| t.any(&["asks", "ask", "wants", "want", "requests", "insists", "demands"]))
            && words
                .iter()
                .take(14)
                .any(|t| t.any(&["person", "human", "agent", "manager", "someone", "representative"]));
        let hands = words
            .iter()
            .enumerate()
            .any(|(at, _)| verb_at(words, at).is_some_and(|v| v.deed == Deed::HandOff));
        if asks && hands && self.names.team(words).is_none() {
            self.note(
                words,
                Spoken::new(
                    Meaning::Context,
                    "Holds by itself: a customer who asks for a person gets one",
                ),
            );
            return true;
        }
        false
    }

    /// "Ask for the following:", "You need:", "Repeat up to three times:".
    fn opens_list(&mut self, words: &'t [Token<'a>], nested: bool, _steps: &mut Vec<Step>) -> Option<Open> {
        let colon = words.last().is_some_and(|t| t.mark(':'));
        if !nested {
            return None;
        }
        let bare = lead(trimmed(words));
        let verb = verb_at(bare, 0);
        let times = self.times_in(bare);
        if let (Some(at_most), true) = (times, colon || verb.is_some_and(|v| v.deed == Deed::Repeat)) {
            self.note(
                words,
                Spoken::new(
                    Meaning::Repeat { at_most: Some(at_most) },
                    format!("Does this at most {at_most} times"),
                ),
            );
            return Some(Open::Repeat(at_most));
        }
        let lists = verb
            .is_some_and(|v| matches!(v.deed, Deed::Ask | Deed::Confirm) && v.form == Form::Base || v.lemma == "get")
            || bare.iter().take(3).any(|t| t.any(&["need", "needs", "required"]));
        let generic = bare
            .iter()
            .any(|t| t.any(&["following", "these", "this", "details", "information", "info"]))
            && self.wanted(&bare[verb.map_or(0, |v| v.length)..]).values.is_empty();
        if colon
            && lists
            && (generic || bare.len() <= verb.map_or(2, |v| v.length) + 2 && self.wanted(bare).values.is_empty())
        {
            self.context(words);
            return Some(Open::List);
        }
        None
    }

    /// "You're done when …", "The task is complete once …".
    fn is_finish_statement(&self, words: &[Token<'_>]) -> bool {
        let said: Vec<_> = words.iter().take(8).map(|t| t.low.as_str()).collect();
        let done = said
            .iter()
            .any(|w| matches!(*w, "complete" | "completed" | "done" | "finished" | "over" | "resolved"));
        let about = matches!(
            said.first(),
            Some(&("the" | "this" | "you" | "your" | "we" | "done" | "complete" | "completed" | "finished" | "task"))
        );
        let when = said.iter().any(|w| matches!(*w, "when" | "once" | "as"));
        let subject = said.iter().take(3).any(|w| {
            matches!(
                *w,
                "task" | "you" | "we" | "done" | "complete" | "completed" | "finished" | "job" | "conversation"
            )
        });
        done && about && subject && (when || words.len() <= 5 && said.contains(&"task"))
    }

    /// "Otherwise, …": attaches to the last check or question.
    fn otherwise(
        &mut self,
        whole: &'t [Token<'a>],
        lead_words: &'t [Token<'a>],
        rest: &'t [Token<'a>],
        nested: bool,
        steps: &mut Vec<Step>,
    ) -> Open {
        self.open_demand(steps);
        let Some(place) = open_check(steps) else {
            let asked = self
                .said
                .asked
                .filter(|at| matches!(self.names.value(*at).kind, taskwright_domain::AttributeType::Boolean));
            if let Some(at) = asked {
                let to = taskwright_domain::Operand::Constant {
                    value: taskwright_domain::Value::Boolean(false),
                };
                let subject = super::conditions::refer(&self.names.value(at).reference);
                let condition = Condition::Test {
                    subject,
                    comparison: taskwright_domain::Comparison::Is { to },
                };
                return self.arm(whole, lead_words, condition, true, rest, &[], steps, Vec::new());
            }
            if let Some(condition) = self.checked.take() {
                return self.arm(whole, lead_words, negate(condition), true, rest, &[], steps, Vec::new());
            }
            if self.said.confirming {
                return self.declined_path(whole, rest, steps);
            }
            self.unclear(
                whole,
                "There is no \u{201c}if\u{201d} before this \u{201c}otherwise\u{201d}.",
                None,
                steps,
            );
            return Open::Nothing;
        };
        merge_chain(steps, place);
        self.note(
            lead_words,
            Spoken::new(Meaning::Check { condition: None }, "Otherwise").sure(true),
        );
        let Some(at) = open_check(steps) else {
            return Open::Nothing;
        };
        let before = self.under.len();
        let none_held = match &steps[at].kind {
            StepKind::Check { arms, .. } => arms.iter().map(|arm| negate(arm.condition.clone())).collect(),
            _ => Vec::new(),
        };
        self.under.extend(none_held);
        let mut inner = Vec::new();
        if !rest.is_empty() {
            let rest = trimmed_start(rest);
            let _ = self.sentence(rest, false, false, &mut inner);
        }
        self.under.truncate(before);
        let begun = steps[at].span.start;
        if let StepKind::Check { otherwise, .. } = &mut steps[at].kind {
            self.otherwise_of = inner.is_empty().then_some(begun);
            *otherwise = inner;
        }
        // A check in front of other steps can take nested ones only when it is the last step.
        let _ = nested;
        if at + 1 == steps.len() {
            Open::Arm
        } else {
            Open::Nothing
        }
    }

    /// "Make sure that …. Otherwise, …": what the author says takes the place of the stop for a person.
    fn open_demand(&mut self, steps: &mut [Step]) {
        let Some(Step {
            span,
            kind: StepKind::Check { otherwise, .. },
        }) = steps.last_mut()
        else {
            return;
        };
        let stop = matches!(otherwise.as_slice(), [Step { span: at, kind: StepKind::Unclear { .. } }] if at == span);
        if stop && self.checked.take().is_some() {
            otherwise.clear();
            let span = *span;
            self.problems
                .retain(|known| known.code != ProblemCode::NoOtherwise || known.place.span != Some(span));
        }
    }

    /// "Otherwise …" right after a question for a yes.
    fn declined_path(&mut self, whole: &'t [Token<'a>], rest: &'t [Token<'a>], steps: &mut Vec<Step>) -> Open {
        let condition = negate(Condition::Confirmed);
        let words = self.written(whole);
        self.note(
            &whole[..1],
            Spoken::new(
                Meaning::Check {
                    condition: Some(condition.clone()),
                },
                "If the customer does not confirm",
            ),
        );
        self.under.push(condition.clone());
        let mut inner = Vec::new();
        let _ = self.sentence(trimmed_start(rest), false, false, &mut inner);
        self.under.pop();
        let _ = words;
        let span = self.span(whole);
        steps.push(Step {
            span,
            kind: StepKind::Check {
                arms: vec![Arm {
                    span,
                    condition,
                    steps: inner,
                }],
                otherwise: Vec::new(),
            },
        });
        Open::Arm
    }

    /// A sentence with a condition.
    fn conditional(&mut self, words: &'t [Token<'a>], nested: bool, steps: &mut Vec<Step>) -> Option<Open> {
        let ways = cuts(words, nested);
        let first = ways.first().copied()?;
        // "ask them, and only save when they say yes": the condition is the rule's.
        if ways
            .iter()
            .any(|cut| !cut.then.is_empty() && cut.then[0].span.start < cut.condition[0].span.start)
        {
            let parts = coordinate(first.then);
            let ruled = |part: &&[Token<'_>]| {
                lead(part).first().is_some_and(|t| t.any(&["only", "never"])) || starts(lead(part), &["do", "not"])
            };
            if parts.len() > 1 && parts.last().is_some_and(ruled) {
                return None;
            }
        }
        if matches!(first.put, Put::If | Put::Once) && only_goes_on(first.then) && self.condition_of(&first).is_ok() {
            self.look_into(words, first.condition, true, steps);
            return Some(Open::Nothing);
        }
        let asks = words.last().is_some_and(|t| t.mark('?'));
        let mut best: Option<(Trouble, Cut<'t, 'a>)> = None;
        for cut in &ways {
            match self.condition_of(cut) {
                Ok(got) => {
                    let useful = !cut.then.is_empty() || nested || asks || matches!(cut.put, Put::If | Put::Unless);
                    if !useful {
                        continue;
                    }
                    let condition = got.condition.clone();
                    let asked = self.checked.clone().filter(|_| is_answer(cut.condition));
                    let open = self.checked_sentence(words, cut, got, nested, steps);
                    if asked.is_some() {
                        // The other answer may follow.
                        self.checked = asked;
                    } else if asks && cut.then.is_empty() {
                        // "Is it paid?": the answers below speak of it.
                        self.checked = Some(condition);
                    }
                    return Some(open);
                }
                Err(why) => {
                    if best.as_ref().is_none_or(|(known, _)| weight(&why) > weight(known)) {
                        best = Some((why, *cut));
                    }
                }
            }
        }
        self.unread_conditional(words, &first, best, nested, steps)
    }

    fn condition_of(&self, cut: &Cut<'t, 'a>) -> Result<Got, Trouble> {
        if let Some(checked) = &self.checked
            && let [one] = trimmed(cut.condition)
            && one.any(&["so", "yes", "not", "no"])
        {
            let condition = if one.any(&["so", "yes"]) {
                checked.clone()
            } else {
                negate(checked.clone())
            };
            return Ok(Got {
                condition,
                sure: true,
                links: Vec::new(),
                subject: super::conditions::Subject::Open,
            });
        }
        let trailing = cut
            .then
            .first()
            .zip(cut.condition.first())
            .is_some_and(|(then, condition)| then.span.start < condition.span.start);
        let got = match self.object_in(cut.then).filter(|_| trailing) {
            Some(owner) => {
                let said = super::said::Said {
                    it: Some(owner),
                    asked: None,
                    ..self.said.clone()
                };
                Conditions::new(&self.names, &said).read(cut.condition)?
            }
            None => Conditions::new(&self.names, &self.said).read(cut.condition)?,
        };
        Ok(if cut.put == Put::Unless {
            Got {
                condition: negate(got.condition.clone()),
                ..got
            }
        } else {
            got
        })
    }

    /// The "otherwise" right before some words.
    fn before_token(&self, words: &[Token<'_>]) -> Option<&'t [Token<'a>]> {
        let start = words.first()?.span.start;
        let at = self.tokens.partition_point(|t| t.span.start < start);
        let from = (0..at)
            .rev()
            .take(3)
            .find(|from| self.tokens[*from].any(&["otherwise", "else", "if"]))?;
        Some(&self.tokens[from..at])
    }

    /// The result that a command is about.
    fn object_in(&self, words: &[Token<'_>]) -> Option<String> {
        (0..words.len().min(12)).find_map(|at| {
            let end = (at + 2).min(words.len());
            self.names
                .object(&words[at..end])
                .or_else(|| self.names.object(&words[at..=at]))
        })
    }

    fn checked_sentence(
        &mut self,
        words: &'t [Token<'a>],
        cut: &Cut<'t, 'a>,
        got: Got,
        nested: bool,
        steps: &mut Vec<Step>,
    ) -> Open {
        self.checked = None;
        if !cut.before.is_empty() {
            let _ = self.clauses(cut.before, steps);
        }
        if let Some(reference) = got.condition.references().first() {
            self.said.about = Some((*reference).to_owned());
        }
        if let super::conditions::Subject::Thing(owner) = &got.subject {
            self.said.it = Some(owner.clone());
        } else if let super::conditions::Subject::Value(at, _) = &got.subject
            && let Some(owner) = self.names.value(*at).owner.clone().filter(|owner| owner != "customer")
        {
            self.said.it = Some(owner);
        }
        // "Otherwise if …", "else if …": another arm of the check before.
        let chained = trimmed(words).first().is_some_and(|t| t.any(&["otherwise", "else"]));
        let said = super::describe::condition(&got.condition, self.names.catalogue);
        let plain = format!("If {said}");
        self.note(
            cut.whole,
            Spoken::new(
                Meaning::Check {
                    condition: Some(got.condition.clone()),
                },
                plain,
            )
            .sure(got.sure)
            .links(got.links.clone()),
        );
        let span = self.span(cut.whole);
        let arm_at = if chained {
            open_check(steps).filter(|at| at + 1 == steps.len())
        } else {
            None
        };
        let before = self.under.len();
        self.under.push(got.condition.clone());
        let mut then = Vec::new();
        if !cut.then.is_empty() {
            let _ = self.inner(cut.then, &mut then);
        }
        if !cut.more.is_empty() {
            let _ = self.inner(cut.more, &mut then);
        }
        self.under.truncate(before);
        let mut other = Vec::new();
        if !cut.otherwise.is_empty() {
            if let Some(word) = self.before_token(cut.otherwise) {
                self.note(
                    word,
                    Spoken::new(Meaning::Check { condition: None }, "Otherwise").sure(true),
                );
            }
            self.under.push(negate(got.condition.clone()));
            let _ = self.inner(cut.otherwise, &mut other);
            self.under.truncate(before);
        }
        let arm = Arm {
            span,
            condition: got.condition,
            steps: then,
        };
        match arm_at.map(|at| &mut steps[at].kind) {
            Some(StepKind::Check { arms, otherwise }) => {
                arms.push(arm);
                *otherwise = other;
            }
            _ => steps.push(Step {
                span,
                kind: StepKind::Check {
                    arms: vec![arm],
                    otherwise: other,
                },
            }),
        }
        let _ = nested;
        Open::Arm
    }

    /// Steps of an arm: rules, further conditions and commands.
    fn inner(&mut self, words: &'t [Token<'a>], steps: &mut Vec<Step>) -> Open {
        let words = trimmed_start(words);
        if trimmed(words).is_empty() {
            return Open::Nothing;
        }
        self.sentence(words, false, false, steps)
    }

    #[expect(clippy::too_many_arguments, reason = "the parts of one arm")]
    fn arm(
        &mut self,
        whole: &'t [Token<'a>],
        said: &'t [Token<'a>],
        condition: Condition,
        sure: bool,
        then: &'t [Token<'a>],
        other: &'t [Token<'a>],
        steps: &mut Vec<Step>,
        links: Vec<taskwright_domain::Link>,
    ) -> Open {
        let plain = format!("If {}", super::describe::condition(&condition, self.names.catalogue));
        self.note(
            said,
            Spoken::new(
                Meaning::Check {
                    condition: Some(condition.clone()),
                },
                plain,
            )
            .sure(sure)
            .links(links),
        );
        let span = self.span(said);
        let _ = whole;
        self.under.push(condition.clone());
        let mut inner = Vec::new();
        let _ = self.inner(then, &mut inner);
        self.under.pop();
        let mut otherwise = Vec::new();
        if !other.is_empty() {
            let _ = self.inner(other, &mut otherwise);
        }
        steps.push(Step {
            span,
            kind: StepKind::Check {
                arms: vec![Arm {
                    span,
                    condition,
                    steps: inner,
                }],
                otherwise,
            },
        });
        Open::Arm
    }

    /// A condition that could not be read: what depends on it stops for a person.
    fn unread_conditional(
        &mut self,
        words: &'t [Token<'a>],
        first: &Cut<'t, 'a>,
        best: Option<(Trouble, Cut<'t, 'a>)>,
        nested: bool,
        steps: &mut Vec<Step>,
    ) -> Option<Open> {
        let (trouble, cut) = best.unwrap_or((Trouble::NotClear, *first));
        match cut.put {
            Put::Fragment => return None,
            // "Once the refund is through, tell them …" after the refund: mere order.
            Put::Once if !cut.then.is_empty() && self.is_order(cut.condition) => {
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
            let from = words.iter().position(|t| t.span.start == start).unwrap_or(0);
            return self.unread_conditional(
                &words[from..],
                first,
                Some((trouble, Cut { before: &[], ..cut })),
                nested,
                steps,
            );
        }
        let imagined = matches!(trouble, Trouble::YesNo | Trouble::Unknown(..))
            .then(|| super::imagine::imagined(cut.condition))
            .flatten();
        let comparing = (0..cut.condition.len())
            .any(|at| super::constants::number_at(cut.condition, at).is_some() && !cut.condition[at].is("one"));
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
        self.show_only(words, steps, |reader, shown| {
            for part in [cut.more, cut.then, cut.otherwise] {
                if !part.is_empty() {
                    let _ = reader.inner(part, shown);
                }
            }
        });
        let _ = nested;
        Some(Open::Nothing)
    }

    /// What cannot be reached is shown with its meaning, but only a person can go on here.
    fn show_only(
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
        let mut rest_under: Option<Condition> = None;
        let mut later: Vec<Step> = Vec::new();
        let many = parts.len();
        for (place, part) in parts.iter().enumerate() {
            // "look up and cancel the order": the first verb takes the object of the next.
            if place > 0
                && let Some((lead_words, rest)) = otherwise(part)
            {
                let _ = self.otherwise(part, lead_words, rest, false, steps);
                continue;
            }
            let shared = self.shares_object(part, parts.get(place + 1).copied());
            if let Some(before) = self.done_before(part) {
                let _ = self.clause(&part[..before], steps);
                self.orders_before(&part[before..], steps);
                continue;
            }
            if in_that_case(part) {
                // The rest of the sentence belongs to the case before it.
                let rest = &words[words.len() - parts[place..].iter().map(|p| p.len()).sum::<usize>()..];
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
    fn hangs_on_fragment(&self, parts: &[&'t [Token<'a>]]) -> bool {
        let [first, second, ..] = parts else { return false };
        let first = lead(trimmed(first));
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

    fn has_condition(&self, part: &'t [Token<'a>]) -> bool {
        cuts(part, false)
            .iter()
            .any(|cut| matches!(cut.put, Put::If | Put::Unless) && self.condition_of(cut).is_ok())
    }

    fn shares_object(&self, part: &'t [Token<'a>], next: Option<&'t [Token<'a>]>) -> Option<(Verb, &'t [Token<'a>])> {
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

    fn shared_act(&mut self, part: &'t [Token<'a>], verb: Verb, object: &'t [Token<'a>], steps: &mut Vec<Step>) {
        match self.match_action(verb.deed, verb.lemma, object) {
            super::actions::Match::One { at, .. } => self.run(part, object, at, false, steps),
            _ => self.without_action(part, part, &[], steps),
        }
    }

    /// One command or statement. Gives the condition under which what follows still runs, if any.
    fn clause(&mut self, whole: &'t [Token<'a>], steps: &mut Vec<Step>) -> Option<Condition> {
        let bare = trimmed(lead(trimmed(whole)));
        let Some(first) = bare.first() else {
            if !trimmed(whole).is_empty() {
                self.context(whole);
            }
            return None;
        };
        if bare.len() > LONGEST {
            self.unclear(
                whole,
                "The sentence is too long. Please make several of it.",
                None,
                steps,
            );
            return None;
        }
        if bare.len() == 1 && first.kind == Kind::Quote {
            let words = Template::new(first.low.clone());
            self.inform(whole, words, steps);
            return None;
        }
        if let Some((open, inner)) = leading_aside(bare)
            && self.has_condition(inner)
        {
            let _ = open;
        }
        if first.any(&["never", "no", "only"]) || starts(bare, &["do", "not"]) {
            let known = self.rules.len();
            if self.rule(whole, false, steps) {
                if self.rules.len() > known {
                    self.run_what_was_confirmed(whole, steps);
                }
                return None;
            }
            if first.is("never") {
                self.rule_not_kept(whole);
            } else if first.is("only") {
                self.unclear(
                    whole,
                    "Which rule is this? Write \u{201c}only … if …\u{201d}.",
                    None,
                    steps,
                );
            } else {
                self.context(whole);
            }
            return None;
        }
        if trimmed_start(whole).first().is_some_and(|t| t.mark('→'))
            && self.names.team(bare).is_some()
            && verb_at(bare, 0).is_none_or(|v| v.deed != Deed::Tell)
        {
            self.hand_off(whole, bare, steps);
            return None;
        }
        if let Some((verb, place)) = parted_verb_at(bare, 0) {
            self.parted(whole, bare, verb, place, steps);
            return None;
        }
        if let Some(verb) = verb_at(bare, 0) {
            let imperative =
                verb.form == Form::Base && (!verb.noun_too || is_command(bare) || bare.len() == verb.length);
            let gerund = verb.form == Form::Ing && trimmed(whole).len() > bare.len();
            let third = verb.form == Form::Third
                && whole
                    .first()
                    .is_some_and(|t| t.any(&["the", "agent", "assistant", "our"]));
            if imperative || gerund || third {
                return self.command(whole, bare, verb, steps);
            }
        }
        if self.passive(whole, bare, steps) {
            return None;
        }
        self.statement(whole, bare, steps);
        None
    }

    /// "look the order up", "put them through to Desk".
    fn parted(
        &mut self,
        whole: &'t [Token<'a>],
        words: &'t [Token<'a>],
        verb: Verb,
        place: usize,
        steps: &mut Vec<Step>,
    ) {
        match verb.deed {
            Deed::HandOff => self.hand_off(whole, words, steps),
            Deed::LookUp | Deed::Cancel | Deed::Refund | Deed::Create | Deed::Update => {
                match self.match_action(verb.deed, verb.lemma, &words[1..place]) {
                    super::actions::Match::One { at, sure } => self.run(whole, words, at, sure, steps),
                    _ => self.act(whole, words, verb, steps),
                }
            }
            Deed::Confirm => self.confirm(whole, &words[1..place], steps),
            Deed::Note => self.leave_note(whole, &words[1..place], steps),
            Deed::Finish => self.finish(whole, steps),
            _ => {
                let _ = self.command(whole, words, verb, steps);
            }
        }
    }

    fn command(
        &mut self,
        whole: &'t [Token<'a>],
        words: &'t [Token<'a>],
        verb: Verb,
        steps: &mut Vec<Step>,
    ) -> Option<Condition> {
        let rest = &words[verb.length..];
        // "Notify Internal Team", "offer a discount using [Promo Code]": the name says what runs.
        if let Some((at, before)) = self.names.action_written(words)
            && (before.is_empty() || !only_speaks(verb.deed) && does_with(before))
        {
            self.run(whole, words, at, true, steps);
            return None;
        }
        if !Self::talks(verb.deed)
            && !matches!(verb.deed, Deed::Jump | Deed::Note | Deed::Tag | Deed::HandOff)
            && let Some(at) = self.names.action_named(words)
        {
            self.run(whole, words, at, true, steps);
            return None;
        }
        match verb.deed {
            Deed::Ask => self.ask(whole, words, verb.length, steps),
            Deed::Confirm => self.confirm_or_check(whole, words, verb, steps),
            Deed::Tell => self.tell(whole, words, verb, steps),
            Deed::Apologise => self.apologise(whole, rest, steps),
            Deed::Thank => self.thank(whole, rest, steps),
            Deed::Greet => self.greet(whole, verb, rest, steps),
            Deed::Offer => match self.match_action(Deed::Offer, verb.lemma, rest) {
                super::actions::Match::One { at, sure: true } => self.run(whole, words, at, true, steps),
                _ => self.offer(whole, rest, steps),
            },
            Deed::Suggest | Deed::Guide => self.guide(whole, rest, steps),
            Deed::HandOff => self.hand_off_or_act(whole, words, verb, steps),
            Deed::Tag => self.tag(whole, words, verb, steps),
            Deed::Note => self.leave_note(whole, rest, steps),
            Deed::Wait => self.wait(whole, rest, steps),
            Deed::Repeat => return self.repeat(whole, words, steps),
            Deed::Jump => self.jump_or_end(whole, words, verb, steps),
            Deed::Finish => self.end(whole, rest, steps),
            Deed::Classify | Deed::Decide => self.classify(whole, words, verb, steps),
            Deed::Be | Deed::Keep => self.context(whole),
            Deed::Give => self.give_or_act(whole, words, verb, steps),
            Deed::Other => self.other(whole, words, verb, steps),
            _ => self.act(whole, words, verb, steps),
        }
        None
    }

    /// "confirm that the plan is active" looks; "confirm with them" asks.
    fn confirm_or_check(&mut self, whole: &'t [Token<'a>], words: &'t [Token<'a>], verb: Verb, steps: &mut Vec<Step>) {
        let rest = &words[verb.length..];
        if let Some(at) = self.names.action_named(words) {
            return self.run(whole, words, at, true, steps);
        }
        if rest
            .first()
            .is_some_and(|t| t.any(&["which", "what", "where", "when", "who", "how"]))
        {
            return self.ask_for(whole, rest, steps);
        }
        let customer = rest
            .iter()
            .take(6)
            .any(|t| t.any(&["customer", "them", "they", "with", "want", "wants"]));
        if rest.first().is_some_and(|t| t.any(&["that", "whether", "if"])) && !customer {
            return self.look_into(whole, &rest[1..], super::run::demands(verb), steps);
        }
        // "confirm the booking exists by looking it up": nobody is asked.
        if !customer
            && let Some(by) = rest.iter().position(|t| t.is("by")).filter(|by| *by > 1)
            && verb_at(rest, by + 1).is_some_and(|v| v.form == Form::Ing)
        {
            return self.look_into(whole, &rest[..by], super::run::demands(verb), steps);
        }
        self.confirm(whole, rest, steps);
    }

    /// "assign the ticket" may be an action; "transfer to a person" is a hand-off.
    fn hand_off_or_act(&mut self, whole: &'t [Token<'a>], words: &'t [Token<'a>], verb: Verb, steps: &mut Vec<Step>) {
        if matches!(verb.lemma, "transfer" | "assign" | "route" | "forward" | "connect")
            && self.names.team(words).is_none()
            && let super::actions::Match::One { at, sure: true } =
                self.match_action(Deed::HandOff, verb.lemma, &words[verb.length..])
        {
            return self.run(whole, words, at, false, steps);
        }
        self.hand_off(whole, words, steps);
    }

    fn jump_or_end(&mut self, whole: &'t [Token<'a>], words: &'t [Token<'a>], verb: Verb, steps: &mut Vec<Step>) {
        if verb.lemma == "skip"
            && words[verb.length..]
                .first()
                .is_some_and(|t| !t.any(&["to", "straight", "ahead", "directly"]))
        {
            return self.unclear(
                whole,
                "A step cannot be skipped from elsewhere. Put an \u{201c}if\u{201d} before that step.",
                None,
                steps,
            );
        }
        self.jump(whole, words, verb, steps);
    }

    fn end(&mut self, whole: &'t [Token<'a>], rest: &'t [Token<'a>], steps: &mut Vec<Step>) {
        // Whether there is anything else is asked anyway.
        if rest.iter().any(|t| t.any(&["asking", "ask"])) {
            let ends = Meaning::Finish { outcome: Outcome::Done };
            return self.note(whole, Spoken::new(ends, "When the task is done"));
        }
        self.finish(whole, steps);
    }

    fn give_or_act(&mut self, whole: &'t [Token<'a>], words: &'t [Token<'a>], verb: Verb, steps: &mut Vec<Step>) {
        let rest = &words[verb.length..];
        if rest.iter().any(|t| super::verbs::deed_of_noun(t).is_some())
            && let super::actions::Match::One { at, .. } = self.match_action(Deed::Make, verb.lemma, rest)
            && !rest
                .iter()
                .any(|t| t.any(&["number", "reference", "date", "status", "amount"]))
        {
            return self.run(whole, words, at, false, steps);
        }
        self.give(whole, rest, steps);
    }

    /// "leave a note", "put it in the note", "follow the steps", "restart the router".
    fn other(&mut self, whole: &'t [Token<'a>], words: &'t [Token<'a>], verb: Verb, steps: &mut Vec<Step>) {
        let rest = &words[verb.length..];
        let has = |said: &[&str]| rest.iter().any(|t| t.any(said));
        match verb.lemma {
            "leave" | "put" | "attach" | "include" | "write" if has(&["note", "notes", "comment", "summary"]) => {
                self.leave_note(whole, rest, steps)
            }
            "put" if self.names_team(rest) => self.hand_off(whole, rest, steps),
            "go" if verb.length == 2 => self.note(whole, Spoken::new(Meaning::Jump, "Goes on with the next step")),
            "contact" if self.names.team(rest).is_some() => self.hand_off(whole, words, steps),
            "treat" | "assume" | "ignore" | "follow" => self.context(whole),
            "do" => {
                if rest.iter().any(|t| t.any(&["nothing"])) {
                    return self.context(whole);
                }
                self.act(whole, words, verb, steps);
            }
            _ => match self.match_action(Deed::Other, verb.lemma, rest) {
                super::actions::Match::One { at, sure } => self.run(whole, words, at, sure, steps),
                _ => self.unclear(
                    whole,
                    "Who does this? Write \u{201c}ask the customer to …\u{201d}, or name an action.",
                    Some(format!(
                        "Ask the customer to {}",
                        super::tell::lower_first(&self.written(words))
                    )),
                    steps,
                ),
            },
        }
    }

    /// "the order should be cancelled", "identity needs to be verified".
    fn passive(&mut self, whole: &'t [Token<'a>], words: &'t [Token<'a>], steps: &mut Vec<Step>) -> bool {
        let Some(be) = words
            .iter()
            .position(|t| t.any(&["be", "is", "are"]))
            .filter(|at| *at > 0 && *at < 12)
        else {
            return false;
        };
        // "a transfer is needed"
        let needed = words[be + 1..]
            .iter()
            .all(|t| t.any(&["needed", "required", "necessary", "then"]));
        let people = words[..be]
            .iter()
            .any(|t| t.any(&["transfer", "escalation", "handoff", "hand-off", "handover"]));
        if needed && people && be + 1 < words.len() {
            self.hand_off(whole, words, steps);
            return true;
        }
        let order = |t: &Token<'_>| t.any(&["then", "now", "next", "also", "first", "afterwards", "finally"]);
        let done = be + 1 + words[be + 1..].iter().take_while(|t| order(t)).count();
        // "A check is then started" is a step, "refunds are issued within a day" tells of something.
        let due = if words[be].is("be") {
            words[..be]
                .iter()
                .any(|t| t.any(&["should", "must", "needs", "need", "has", "have"]))
        } else {
            // "If it is lost, a claim is opened."
            let ends = verb_at(words, done).is_some_and(|v| done + v.length == words.len());
            done > be + 1 || trimmed(whole).first().is_some_and(order) || ends && !self.under.is_empty()
        };
        let Some(verb) = verb_at(words, done).filter(|v| v.form == Form::Past) else {
            return false;
        };
        if !due
            || words[..be]
                .iter()
                .any(|t| t.any(&["not", "never", "only", "may", "can"]))
        {
            return false;
        }
        let subject_end = words
            .iter()
            .position(|t| t.any(&["should", "must", "needs", "need", "has", "have"]))
            .unwrap_or(be);
        let subject = &words[..subject_end];
        if matches!(verb.deed, Deed::HandOff) {
            self.hand_off(whole, words, steps);
            return true;
        }
        if matches!(verb.deed, Deed::Ask) {
            let from = if subject.iter().any(|t| t.any(&["customer", "they"])) {
                &words[done + verb.length..]
            } else {
                subject
            };
            self.ask_for(whole, super::ask::without_customer(from), steps);
            return true;
        }
        if matches!(verb.deed, Deed::Tell) && subject.iter().any(|t| t.any(&["customer", "they"])) {
            let tail = &words[done + verb.length..];
            match self.speech(tail) {
                Some(said) => self.inform(whole, said, steps),
                None => self.no_words(whole, tail, steps),
            }
            return true;
        }
        if !verb.deed.acts() {
            return false;
        }
        let tail = &words[done + verb.length..];
        let joined: Vec<Token<'a>> = subject.iter().chain(tail).cloned().collect();
        match self.match_action(verb.deed, verb.lemma, &joined) {
            super::actions::Match::One { at, sure } => self.run(whole, words, at, sure, steps),
            _ => self.without_action(whole, words, &[], steps),
        }
        true
    }

    /// A sentence that commands nothing.
    fn statement(&mut self, whole: &'t [Token<'a>], words: &'t [Token<'a>], steps: &mut Vec<Step>) {
        let negated = words
            .iter()
            .any(|t| t.any(&["not", "no", "never", "nothing", "without"]));
        let meant = || {
            let written = self.names.action_written(words);
            words.len() <= 6
                || words.iter().any(|t| t.kind == Kind::Call)
                || written.is_some_and(|(_, before)| before.is_empty() || does_with(before))
        };
        if let Some(at) = self.names.action_named(words).filter(|_| !negated && meant()) {
            return self.run(whole, words, at, true, steps);
        }
        // "they must provide their order number", "you need their e-mail", "the customer's name and phone number"
        if let Some(at) = words
            .iter()
            .position(|t| t.any(&["need", "needs", "provide", "require", "required"]))
            .filter(|at| *at < 6 || *at < 10 && words[0].is("to"))
            && !words[..at].iter().any(|t| t.any(&["not", "no"]))
        {
            let cut = words[at + 1..]
                .iter()
                .position(|t| t.any(&["so", "to", "because", "which", "before", "for"]))
                .map_or(words.len(), |more| at + 1 + more);
            let wanted = self.wanted(&words[at + 1..cut]);
            if !wanted.values.is_empty() && wanted.unknown.is_empty() {
                return self.need(whole, &words[at + 1..cut], steps);
            }
            let asked = words[..at].iter().any(|t| t.any(&["we", "you", "they", "customer"]))
                && !words[at + 1..].first().is_some_and(|t| t.any(&["to", "not"]));
            if asked && !wanted.values.is_empty() {
                return self.need(whole, &words[at + 1..cut], steps);
            }
            if asked && !wanted.unknown.is_empty() {
                return self.ask_unknown(whole, &words[at + 1..cut], &wanted, steps);
            }
        }
        if must_agree(words) {
            return self.confirm(whole, words, steps);
        }
        if let Some(from) = begins_by(words) {
            let _ = self.clause(&words[from..], steps);
            return;
        }
        if let Some(is) = words.iter().position(|t| t.any(&["is", "becomes", "equals"]))
            && self.set_to(whole, &words[..is], &words[is + 1..], steps)
        {
            return;
        }
        if self.is_noun_list(words) {
            return self.need(whole, words, steps);
        }
        // "name and date of birth to find the visit"
        if let Some(to) = words
            .iter()
            .position(|t| t.is("to"))
            .filter(|to| self.is_noun_list(&words[..*to]))
            && let Some(verb) = verb_at(words, to + 1).filter(|v| v.deed.acts())
        {
            self.need(&words[..to], &words[..to], steps);
            let cut = words.iter().position(|t| t.mark('(')).unwrap_or(words.len());
            return self.act(&words[to + 1..cut], &words[to + 1..cut], verb, steps);
        }
        // "… → Account Security": where it goes.
        if !self.under.is_empty() && self.is_team(words) {
            return self.hand_off(whole, words, steps);
        }
        let goes = words.iter().any(|t| t.any(&["goes", "go"])) && self.names.team(words).is_some();
        let team = self.names.team_written(words);
        if goes && self.goes_to(whole, words, steps) {
            return;
        }
        if self.hides_something(words) {
            return self.unclear(
                whole,
                "It is no instruction that can be followed. Start with a verb, or with \u{201c}if\u{201d}.",
                None,
                steps,
            );
        }
        if self.is_unread_rule(words) {
            return self.rule_not_kept(whole);
        }
        let commands = verb_at(words, 0).is_some_and(|v| {
            v.form == Form::Base && v.deed.acts() && words.len() > 1 && words[1].any(&["or", "and", "either"])
        });
        let passive = words
            .windows(3)
            .any(|three| three[0].any(&["should", "must", "to"]) && three[1].is("be") && three[2].low.ends_with("ed"));
        if commands || passive {
            return self.unclear(
                whole,
                "It is not clear what is to be done, and by which action.",
                None,
                steps,
            );
        }
        let permits = words.iter().take(6).any(|t| t.any(&["may", "can", "could", "might"]));
        let obliges = words.iter().any(|t| t.any(&["must", "should", "shall"])) && !permits;
        let deed = self.deed_in(words).is_some_and(|(deed, _)| deed.changes());
        if team || obliges && deed {
            return self.unclear(
                whole,
                "Start with a verb, so that it is clear what is to be done.",
                None,
                steps,
            );
        }
        if background::is_optional(words) {
            return self.context(whole);
        }
        if background::orders(words) {
            return self.do_something(whole, words, steps);
        }
        if self.is_bounded_permission(words) {
            return self.rule_not_kept(whole);
        }
        let permits_only = words.len() <= 4 && words.last().is_some_and(|t| t.any(&["ok", "okay", "fine", "allowed"]));
        if permits_only && !self.under.is_empty() {
            return self.context(whole);
        }
        let fragment = words.len() <= 3 && !words.iter().any(|t| t.any(&["is", "are", "be", "can", "may", "'s"]));
        if fragment && (deed || team) {
            return self.unclear(whole, "It has no verb.", None, steps);
        }
        self.context(whole);
    }

    /// "Divert the parcel": a verb that nothing is known of. An action may be called by it.
    fn do_something(&mut self, whole: &'t [Token<'a>], words: &'t [Token<'a>], steps: &mut Vec<Step>) {
        let asked = super::actions::Asked {
            deed: Deed::Other,
            lemma: &super::names::Stem::of(&words[0]),
            object: &words[1..],
            it: None,
            amount: false,
        };
        match self.names.action_for(&asked) {
            super::actions::Match::One { at, sure } => self.run(whole, words, at, sure, steps),
            _ => self.without_action(whole, words, &[], steps),
        }
    }

    /// Whether words are a team's name and nothing else.
    fn is_team(&self, words: &[Token<'_>]) -> bool {
        let said: Vec<_> = words
            .iter()
            .filter(|t| !t.is_mark() && !t.any(&["the", "team", "same"]))
            .collect();
        let same = words.iter().any(|t| t.is("same")) && words.iter().any(|t| t.is("team")) && said.is_empty();
        let named = self.names.team(words).is_some_and(|at| {
            let name = &self.names.teams[at].2;
            said.iter().all(|t| name.iter().any(|s| s.same(t)))
        });
        named || same && self.said.team.is_some()
    }

    /// Brackets with a command, arrows, or a team: more than background.
    fn hides_something(&self, words: &'t [Token<'a>]) -> bool {
        let bracket = words
            .iter()
            .position(|t| t.mark('('))
            .is_some_and(|at| is_command(&words[at + 1..]));
        let arrow = words.iter().any(|t| t.mark('→') || t.mark('='));
        bracket || arrow && words.len() > 2
    }

    /// "Bookings can be cancelled within a day, or if …", "cabin changes require the user to pay": a bound on what is
    /// done that no pattern knows.
    fn is_bounded_permission(&self, words: &[Token<'_>]) -> bool {
        let bound = words
            .iter()
            .any(|t| t.any(&["within", "if", "without", "unless", "only", "when", "except", "once"]));
        let done = words.windows(3).enumerate().any(|(at, three)| {
            three[0].any(&["can", "may"])
                && three[1].is("be")
                && verb_at(words, at + 2).is_some_and(|v| v.form == Form::Past && v.deed.changes())
        });
        let required = words
            .iter()
            .position(|t| t.any(&["require", "requires"]))
            .is_some_and(|at| {
                words[..at]
                    .iter()
                    .any(|t| super::verbs::deed_of_noun(t).is_some_and(Deed::changes))
            });
        let same = words.windows(3).any(|three| {
            three[0].is("must") && three[1].is("be") || three[0].is("be") && three[1].is("the") && three[2].is("same")
        }) && words.iter().any(|t| t.any(&["same", "identical"]));
        done && bound || required || same
    }

    /// "PO boxes only by mail", "each order can have at most five items": a limit that no pattern knows.
    fn is_unread_rule(&self, words: &[Token<'_>]) -> bool {
        let every = words.first().is_some_and(|t| t.any(&["all", "every", "each"]))
            && words.iter().any(|t| t.any(&["must", "shall"]));
        let limit = every
            || words
                .iter()
                .any(|t| t.any(&["only", "never", "unless", "except", "forbidden", "prohibited"]))
            || words
                .windows(2)
                .any(|pair| pair[0].any(&["can", "must", "may", "should"]) && pair[1].any(&["not", "never", "only"]))
            || words.windows(2).any(|pair| {
                pair[0].is("but") && pair[1].any(&["not", "never"])
                    || pair[0].is("at") && pair[1].any(&["most", "least"])
                    || pair[0].is("not") && pair[1].any(&["allowed", "possible", "permitted", "refundable", "eligible"])
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
    pub(super) fn rule_not_kept(&mut self, whole: &[Token<'_>]) {
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
        found.remedies.extend(super::problems::ways_out(span, &text));
        self.problems.push(found);
        self.note(
            whole,
            Spoken::incomplete(Meaning::Rule, "Rule: not understood").guessed(),
        );
    }

    /// "anything over 100 EUR goes to Fraud": a condition with a hand-off.
    fn goes_to(&mut self, whole: &'t [Token<'a>], words: &'t [Token<'a>], steps: &mut Vec<Step>) -> bool {
        let Some(at) = words.iter().rposition(|t| t.any(&["goes", "go"])).filter(|at| *at > 0) else {
            return false;
        };
        let said: Vec<_> = words[..at]
            .iter()
            .filter(|t| !t.any(&["anything", "everything", "all", "those"]))
            .cloned()
            .collect();
        let Ok(got) = Conditions::new(&self.names, &self.said).read(&said) else {
            return false;
        };
        let plain = format!(
            "If {}",
            super::describe::condition(&got.condition, self.names.catalogue)
        );
        self.note(
            &words[..at],
            Spoken::new(
                Meaning::Check {
                    condition: Some(got.condition.clone()),
                },
                plain,
            )
            .links(got.links.clone()),
        );
        let mut inner = Vec::new();
        self.hand_off(&words[at..], &words[at..], &mut inner);
        let span = self.span(&words[..at]);
        let _ = whole;
        steps.push(Step {
            span,
            kind: StepKind::Check {
                arms: vec![Arm {
                    span,
                    condition: got.condition,
                    steps: inner,
                }],
                otherwise: Vec::new(),
            },
        });
        true
    }

    /// "Last name and date of birth": only values, nothing else.
    fn is_noun_list(&self, words: &[Token<'_>]) -> bool {
        if says_something(words) {
            return false;
        }
        let wanted = self.wanted(words);
        !wanted.values.is_empty() && wanted.unknown.is_empty() && wanted.values.iter().all(|(.., sure)| *sure)
    }

    /// Problems that only the whole plan shows.
    fn finish_plan(&mut self, plan: &mut Vec<Step>) {
        super::finish::hand_off_ends(plan);
        super::finish::fold_repeats(plan);
        super::finish::fold_confirmations(plan, self.names.catalogue);
        let found: Vec<Problem> = super::finish::remarks(plan, &self.sentences, self.text, self.names.catalogue);
        self.problems.extend(found);
    }
}

const fn weight(trouble: &Trouble) -> u8 {
    match trouble {
        Trouble::NotClear => 0,
        Trouble::YesNo => 1,
        Trouble::Unknown(..) => 2,
        Trouble::Half(_) => 3,
        Trouble::Ambiguous(_) => 4,
        Trouble::Mismatch(_) => 5,
    }
}

/// "if any of the following apply, …": whether one is enough, and what they lead to.
fn listed_case<'t, 'a>(words: &'t [Token<'a>]) -> Option<(bool, Cut<'t, 'a>)> {
    let points = |t: &Token<'_>| t.any(&["following", "these", "below", "this"]);
    let idle = |t: &Token<'_>| {
        t.is_mark()
            || points(t)
            || t.any(&[
                "all",
                "any",
                "one",
                "either",
                "both",
                "each",
                "of",
                "the",
                "conditions",
                "criteria",
                "points",
                "things",
                "cases",
                "is",
                "are",
                "true",
                "apply",
                "applies",
                "met",
                "hold",
                "holds",
                "fulfilled",
                "satisfied",
                "at",
                "least",
                "true",
                "case",
                "listed",
            ])
    };
    let cut = cuts(words, true).into_iter().find(|cut| {
        matches!(cut.put, Put::If | Put::Unless)
            && !trimmed(cut.then).is_empty()
            && cut.condition.iter().any(points)
            && cut.condition.iter().all(idle)
    })?;
    let any = cut.condition.iter().any(|t| t.any(&["any", "one", "either"]));
    Some((any, cut))
}

/// "you may extend it once, never offer it yourself", "don't bother them with it, simply apply": a rule, and another rule
/// or command after the comma.
fn parted_rules<'t, 'a>(words: &'t [Token<'a>]) -> Option<(&'t [Token<'a>], &'t [Token<'a>])> {
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

/// "in that case", "in which case".
fn in_that_case(words: &[Token<'_>]) -> bool {
    let bare = trimmed_start(words);
    starts(bare, &["in", "that", "case"])
        || starts(bare, &["in", "this", "case"])
        || starts(bare, &["in", "which", "case"])
        || starts(bare, &["in", "those", "cases"])
}

/// Deeds that are words alone: "apologise for the trouble with Promo Code" runs nothing.
const fn only_speaks(deed: Deed) -> bool {
    matches!(deed, Deed::Tell | Deed::Apologise | Deed::Thank | Deed::Greet)
}

/// Whether the words before an action's name say that something is done with it: "using", "into the".
fn does_with(before: &[Token<'_>]) -> bool {
    let last = before.iter().rev().find(|t| !t.any(&["the", "our"]));
    last.is_some_and(|t| t.any(&["with", "using", "via", "through", "by", "into", "in", "for"]))
}

/// "the customer has to confirm first": a yes is asked for.
fn must_agree(words: &[Token<'_>]) -> bool {
    let modal = words
        .iter()
        .take(4)
        .position(|t| t.any(&["must", "should", "has", "have", "needs", "need"]));
    let Some(modal) = modal.filter(|at| *at > 0) else {
        return false;
    };
    let customer = words[..modal]
        .iter()
        .all(|t| t.any(&["the", "customer", "customers", "they", "user", "first"]));
    let rest: Vec<_> = words[modal + 1..]
        .iter()
        .skip_while(|t| t.any(&["to", "first", "always"]))
        .collect();
    customer
        && rest
            .first()
            .is_some_and(|t| t.any(&["confirm", "agree", "approve", "consent", "accept", "say"]))
        && rest[1..].iter().all(|t| {
            t.any(&[
                "this", "that", "it", "first", "to", "the", "change", "before", "anything", "else", "yes",
            ])
        })
        && (!rest[0].is("say") || rest.iter().any(|t| t.is("yes")))
}

/// "yes", "no": the answer to a question before.
fn is_answer(words: &[Token<'_>]) -> bool {
    matches!(trimmed(words), [answer] if answer.any(&["yes", "no"]))
}

/// Words for days and times of day.
fn is_time(token: &Token<'_>) -> bool {
    const TIMES: [&str; 6] = ["holiday", "night", "evening", "morning", "hour", "christmas"];
    let low = token.low.strip_suffix('s').unwrap_or(&token.low);
    is_weekday(token) || TIMES.contains(&low)
}

/// "all chats start by asking …": where what is done begins.
fn begins_by(words: &[Token<'_>]) -> Option<usize> {
    let at = words
        .windows(2)
        .position(|pair| pair[0].any(&["start", "starts", "begin", "begins"]) && pair[1].is("by"))?;
    let doing = verb_at(words, at + 2)?;
    (doing.form == Form::Ing && doing.deed != Deed::Be).then_some(at)
}

/// Whether words state or ask something, rather than only naming it.
fn says_something(words: &[Token<'_>]) -> bool {
    words.iter().any(|t| {
        t.any(&[
            "is", "are", "was", "were", "can", "may", "will", "has", "have", "if", "do", "does", "'s", "must",
            "should", "be", "been", "cannot", "not", "never", "only", "wants", "want",
        ])
    }) || (0..words.len())
        .filter_map(|at| verb_at(words, at))
        .any(|verb| matches!(verb.form, Form::Third | Form::Ing) && !verb.noun_too)
}

/// Whether a noun phrase names something a customer can be asked for: its last noun before "of" or "for" says so.
fn names_data(part: &[Token<'_>]) -> bool {
    const DATA: [&str; 29] = [
        "name",
        "names",
        "number",
        "numbers",
        "id",
        "ids",
        "code",
        "codes",
        "address",
        "addresses",
        "email",
        "e-mail",
        "phone",
        "password",
        "username",
        "pin",
        "date",
        "birthday",
        "birth",
        "zip",
        "postcode",
        "city",
        "state",
        "country",
        "street",
        "quantity",
        "amount",
        "size",
        "colour",
    ];
    let end = part
        .iter()
        .position(|t| t.any(&["of", "for", "on", "from", "in"]))
        .unwrap_or(part.len());
    let birth = part.iter().any(|t| t.is("birth"));
    birth || part[..end].last().is_some_and(|head| head.any(&DATA))
}

/// "With the customer's permission, …", "… after the customer has agreed": a yes, and what is done with it.
fn with_consent<'t, 'a>(words: &'t [Token<'a>]) -> Option<(&'t [Token<'a>], &'t [Token<'a>])> {
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

/// "only continue", "only go on with the task".
fn only_goes_on(words: &[Token<'_>]) -> bool {
    let words = trimmed(words);
    words.first().is_some_and(|t| t.is("only"))
        && words.len() <= 6
        && words
            .get(1)
            .is_some_and(|t| t.any(&["continue", "proceed", "go", "carry", "move"]))
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

fn trimmed_start<'t, 'a>(mut words: &'t [Token<'a>]) -> &'t [Token<'a>] {
    while let [first, rest @ ..] = words {
        if !matches!(first.kind, Kind::Mark(',' | ':' | ';' | '–' | '.' | '?' | '!' | '…')) {
            break;
        }
        words = rest;
    }
    words
}

fn leading_aside<'t, 'a>(words: &'t [Token<'a>]) -> Option<(usize, &'t [Token<'a>])> {
    if !words.first()?.mark('(') {
        return None;
    }
    let close = words.iter().position(|t| t.mark(')'))?;
    Some((close, &words[1..close]))
}

/// The check that an "otherwise" belongs to.
fn open_check(steps: &[Step]) -> Option<usize> {
    let at = steps.len().checked_sub(1)?;
    matches!(&steps[at].kind, StepKind::Check { otherwise, arms } if otherwise.is_empty() && !arms.is_empty())
        .then_some(at)
}

/// Checks about one value that follow one another are ways of one check once an "otherwise" ends them.
fn merge_chain(steps: &mut Vec<Step>, last: usize) {
    let subject = |step: &Step| match &step.kind {
        StepKind::Check { arms, otherwise } if otherwise.is_empty() && !arms.is_empty() => {
            let references: Vec<String> = arms
                .iter()
                .flat_map(|arm| arm.condition.references())
                .map(str::to_owned)
                .collect();
            let first = references.first().cloned()?;
            references.iter().all(|r| *r == first).then_some(first)
        }
        _ => None,
    };
    let Some(about) = subject(&steps[last]) else { return };
    let mut from = last;
    // A way that surely leaves needs no merging.
    let leaves = |step: &Step| matches!(&step.kind, StepKind::Check { arms, .. } if arms.iter().all(|arm| super::finish::ends(&arm.steps)));
    while from > 0 && subject(&steps[from - 1]).as_ref() == Some(&about) && !leaves(&steps[from - 1]) {
        from -= 1;
    }
    if from == last {
        return;
    }
    let merged: Vec<Step> = steps.drain(from..=last).collect();
    let span = merged[0].span;
    let arms = merged
        .into_iter()
        .flat_map(|step| match step.kind {
            StepKind::Check { arms, .. } => arms,
            _ => Vec::new(),
        })
        .collect();
    steps.push(Step {
        span,
        kind: StepKind::Check {
            arms,
            otherwise: Vec::new(),
        },
    });
}

/// A branch of the last check.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Branch {
    Arm(usize),
    Otherwise,
}

/// The branch of the last check that was written last. `begun` is where the check stands whose "otherwise" was written
/// with nothing behind it yet.
fn last_branch(steps: &[Step], begun: Option<u32>) -> Option<Branch> {
    let last = steps.last()?;
    match &last.kind {
        StepKind::Check { otherwise, .. } if otherwise.is_empty() && begun == Some(last.span.start) => {
            Some(Branch::Otherwise)
        }
        StepKind::Check { arms, otherwise } if otherwise.is_empty() => arms.len().checked_sub(1).map(Branch::Arm),
        StepKind::Check { .. } => Some(Branch::Otherwise),
        _ => None,
    }
}

fn branch_mut(steps: &mut [Step], which: Option<Branch>) -> Option<&mut Vec<Step>> {
    let StepKind::Check { arms, otherwise } = &mut steps.last_mut()?.kind else {
        return None;
    };
    match which? {
        Branch::Arm(at) => arms.get_mut(at).map(|arm| &mut arm.steps),
        Branch::Otherwise => Some(otherwise),
    }
}

fn take_branch(steps: &mut [Step], which: Option<Branch>) -> Vec<Step> {
    branch_mut(steps, which).map(std::mem::take).unwrap_or_default()
}

/// Puts a branch back; without a check the steps go on where they are.
fn put_branch(steps: &mut Vec<Step>, which: Option<Branch>, inner: Vec<Step>) {
    match branch_mut(steps, which) {
        Some(branch) => *branch = inner,
        None => steps.extend(inner),
    }
}

fn last_condition(steps: &[Step], begun: Option<u32>) -> Option<Condition> {
    let last = steps.last()?;
    match &last.kind {
        StepKind::Check { arms, .. } if begun == Some(last.span.start) => {
            arms.last().map(|arm| negate(arm.condition.clone()))
        }
        StepKind::Check { arms, otherwise } if otherwise.is_empty() => arms.last().map(|arm| arm.condition.clone()),
        StepKind::Check { arms, .. } => arms.last().map(|arm| negate(arm.condition.clone())),
        _ => None,
    }
}
