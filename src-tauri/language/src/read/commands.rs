//! A command: whose it is, and what it does.

use taskwright_domain::{Condition, Meaning, Outcome, Step, StepKind, Template};

use super::flow::{LONGEST, Open};
use super::reader::{Reader, Spoken, trimmed, trimmed_start};
use super::split::{is_command, lead, starts};
use super::statements::must_agree;
use super::token::{Kind, Token};
use super::verbs::{Deed, Form, Verb, parted_verb_at, verb_at};

impl<'t, 'a> Reader<'t, 'a, '_> {
    /// "Before moving the booking, ask the customer to confirm."
    pub(super) fn before_first(
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
            // "Before the renewal: cancel, no fee" is a case.
            .filter(|comma| !words[..*comma].iter().any(|t| t.mark(':')))
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

    /// "freeze the card before opening the dispute": where the second begins.
    pub(super) fn done_before(&self, words: &[Token<'_>]) -> Option<usize> {
        let bare = lead(words);
        let acts = verb_at(bare, 0).is_some_and(|v| v.form == Form::Base && v.deed.acts());
        let at = words.iter().position(|t| t.is("before")).filter(|at| acts && *at > 1)?;
        let verb = verb_at(words, at + 1).filter(|v| v.form == Form::Ing && v.deed.changes())?;
        self.action_of(verb.deed, verb.lemma, &words[at + 1 + verb.length..])?;
        Some(at)
    }

    /// What was run last must have succeeded before the action that the words speak of.
    pub(super) fn orders_before(&mut self, words: &'t [Token<'a>], steps: &[Step]) {
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

    /// One command or statement. Gives the condition under which what follows still runs, if any.
    pub(super) fn clause(&mut self, whole: &'t [Token<'a>], steps: &mut Vec<Step>) -> Option<Condition> {
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
        let alone = super::paraphrase::without_paraphrase(bare).len() == 1;
        if alone && first.kind == Kind::Quote {
            let words = Template::new(first.low.clone());
            self.inform(whole, words, steps);
            return None;
        }
        if self.asks_only_when_not_found(whole, steps)
            || self.one_by_one(whole, bare, steps)
            || self.offer_others(whole, bare, steps)
            || self.compare_items(whole, bare, steps)
            || self.add_to_found(whole, bare, steps)
        {
            return None;
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
        let same_team =
            self.said.team.is_some() && (starts(bare, &["same", "team"]) || starts(bare, &["the", "same", "team"]));
        if same_team && bare.len() < 4
            || trimmed_start(whole).first().is_some_and(|t| t.mark('→'))
                && self.names.team(bare).is_some()
                && verb_at(bare, 0).is_none_or(|v| v.deed != Deed::Tell)
        {
            self.hand_off(whole, bare, steps);
            return None;
        }
        if first.any(&["maybe", "perhaps", "possibly"]) && is_command(&bare[1..]) {
            let reason = "It does not say when. Write \u{201c}if …\u{201d} before it.";
            self.unclear(whole, reason, None, steps);
            return None;
        }
        if let Some((verb, place)) = parted_verb_at(bare, 0) {
            self.parted(whole, bare, verb, place, steps);
            return None;
        }
        if let Some(comma) = acts_alone(bare) {
            let open = self.clause(&bare[..comma], steps);
            self.context(&bare[comma..]);
            return open;
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
    pub(super) fn parted(
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

    pub(super) fn command(
        &mut self,
        whole: &'t [Token<'a>],
        words: &'t [Token<'a>],
        verb: Verb,
        steps: &mut Vec<Step>,
    ) -> Option<Condition> {
        let words = if Self::talks(verb.deed) {
            super::paraphrase::without_paraphrase(words)
        } else {
            words
        };
        let rest = &words[verb.length..];
        if super::background::is_care(words) && self.names.action_named(words).is_none() {
            self.context(whole);
            return None;
        }
        // "send them the generated code": it is there, and is told.
        let made = ["generated", "created", "issued", "resulting"];
        if verb.deed == Deed::Send && rest.iter().take(4).any(|t| t.any(&made)) {
            self.give(whole, rest, steps);
            return None;
        }
        if self.collects_for(words, verb, steps) {
            return None;
        }
        // "end the chat by asking if there is anything else": asked first, then ended.
        if verb.deed == Deed::Finish
            && let Some(by) = words.iter().position(|t| t.is("by")).filter(|by| *by >= verb.length)
            && let Some(asking) = verb_at(words, by + 1).filter(|v| v.deed == Deed::Ask && v.form == Form::Ing)
        {
            self.ask(&words[by..], &words[by + 1..], asking.length, steps);
            return self.command(&words[..by], &words[..by], verb, steps);
        }
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
        if self.types_in(whole, words, verb, steps) {
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
            // "Note that refunds take a week" tells how things are; what happened is noted.
            Deed::Note
                if verb.length == 1
                    && rest.first().is_some_and(|t| t.is("that"))
                    && !rest.iter().any(|t| {
                        t.any(&[
                            "was", "were", "had", "did", "been", "wants", "has", "said", "called", "asked", "they",
                            "customer",
                        ])
                    }) =>
            {
                self.statement(whole, &rest[1..], steps);
            }
            Deed::Note => self.leave_note(whole, rest, steps),
            Deed::Wait => self.wait(whole, rest, steps),
            Deed::Repeat => return self.repeat(whole, words, steps),
            Deed::Jump => self.jump_or_end(whole, words, verb, steps),
            Deed::Finish => self.end(whole, rest, steps),
            Deed::Classify | Deed::Decide => self.classify(whole, words, verb, steps),
            Deed::Be | Deed::Keep => self.keep(whole, rest, verb, steps),
            Deed::Give => self.give_or_act(whole, words, verb, steps),
            Deed::Other => self.other(whole, words, verb, steps),
            _ => self.act(whole, words, verb, steps),
        }
        None
    }

    /// "get the tracking number for [Find parcel]", "ask the customer for the e-mail with [Send code]": what is wanted of
    /// the customer, and the action that takes it.
    fn collects_for(&mut self, words: &'t [Token<'a>], verb: Verb, steps: &mut Vec<Step>) -> bool {
        let asks = verb.deed == Deed::Ask && verb.lemma != "find";
        if !asks && !matches!(verb.lemma, "get" | "obtain") {
            return false;
        }
        let Some((at, before)) = self.names.action_written(words) else {
            return false;
        };
        let Some(joint) = before.iter().rposition(|t| !t.any(&["the", "our", "this"])) else {
            return false;
        };
        let inserted = before[joint].any(&["for", "into", "in"]);
        let asked = asks && before[joint].any(&["with", "using", "via", "by", "through"]);
        if joint <= verb.length || !(inserted || asked) {
            return false;
        }
        // "get the amount and enter it into [Refund payment]"
        let typed = before[..joint].iter().rposition(|t| t.is("and")).filter(|and| {
            verb_at(before, and + 1).is_some_and(super::form::is_typing) && *and + 4 > joint && *and > verb.length
        });
        let ends = typed.unwrap_or(joint);
        let object = super::ask::without_customer(&before[verb.length..ends]);
        let wanted = self.wanted(object);
        if wanted.values.is_empty() && (asked || wanted.unknown.is_empty()) {
            return false;
        }
        self.need(&words[..ends], object, steps);
        self.run(&words[ends..], &words[ends..], at, true, steps);
        true
    }

    /// "confirm that the plan is active" looks; "confirm with them" asks.
    pub(super) fn confirm_or_check(
        &mut self,
        whole: &'t [Token<'a>],
        words: &'t [Token<'a>],
        verb: Verb,
        steps: &mut Vec<Step>,
    ) {
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
            return self.look_into(whole, &rest[1..], super::look_into::demands(verb), steps);
        }
        // "confirm the booking exists by looking it up": nobody is asked.
        if !customer
            && let Some(by) = rest.iter().position(|t| t.is("by")).filter(|by| *by > 1)
            && verb_at(rest, by + 1).is_some_and(|v| v.form == Form::Ing)
        {
            return self.look_into(whole, &rest[..by], super::look_into::demands(verb), steps);
        }
        self.confirm(whole, rest, steps);
    }

    /// "remember the order number for later": a value that is known stays known. "Keep it short" is no more than manner.
    fn keep(&mut self, whole: &'t [Token<'a>], rest: &'t [Token<'a>], verb: Verb, steps: &mut Vec<Step>) {
        let remembers = verb.lemma == "remember";
        if remembers && self.set(whole, rest, steps) {
            return;
        }
        let thing = rest
            .first()
            .is_some_and(|t| t.any(&["the", "their", "this", "which", "what"]));
        if !thing || !(remembers || verb.lemma == "keep") {
            return self.context(whole);
        }
        let end = rest
            .iter()
            .position(|t| t.any(&["for", "until", "in", "so", "as", "to"]));
        let wanted = self.wanted(trimmed(&rest[..end.unwrap_or(rest.len())]));
        if let ([(at, ..)], true) = (wanted.values.as_slice(), wanted.unknown.is_empty()) {
            let key = self.names.value(*at).reference.clone();
            let (label, links) = (self.label(&key), self.linked(whole, &key));
            let kept = Spoken::new(Meaning::Set { attribute: key }, format!("Keeps {label}"));
            return self.note(whole, kept.links(links));
        }
        if remembers {
            let (span, text) = (self.span(whole), self.written(whole));
            let reason = "Nothing holds this. Add an attribute for it.";
            self.problems.push(super::problems::unclear(span, &text, reason, None));
            return self.lacking(
                whole,
                Meaning::Note,
                "Keeps something that no attribute holds yet",
                steps,
            );
        }
        self.context(whole);
    }

    /// "assign the ticket" may be an action; "transfer to a person" is a hand-off.
    pub(super) fn hand_off_or_act(
        &mut self,
        whole: &'t [Token<'a>],
        words: &'t [Token<'a>],
        verb: Verb,
        steps: &mut Vec<Step>,
    ) {
        // "escalate the ticket" where an action is called so
        if self.names.team(words).is_none()
            && let Some(at) = self.names.action_named(words)
        {
            return self.run(whole, words, at, true, steps);
        }
        if matches!(verb.lemma, "transfer" | "assign" | "route" | "forward" | "connect")
            && self.names.team(words).is_none()
            && let super::actions::Match::One { at, sure: true } =
                self.match_action(Deed::HandOff, verb.lemma, &words[verb.length..])
        {
            return self.run(whole, words, at, false, steps);
        }
        self.hand_off(whole, words, steps);
    }

    pub(super) fn jump_or_end(
        &mut self,
        whole: &'t [Token<'a>],
        words: &'t [Token<'a>],
        verb: Verb,
        steps: &mut Vec<Step>,
    ) {
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

    pub(super) fn end(&mut self, whole: &'t [Token<'a>], rest: &'t [Token<'a>], steps: &mut Vec<Step>) {
        if rest.iter().any(|t| t.any(&["asking", "ask"])) {
            let ends = Meaning::Finish { outcome: Outcome::Done };
            return self.note(whole, Spoken::new(ends, "When the task is done"));
        }
        self.finish(whole, steps);
    }

    pub(super) fn give_or_act(
        &mut self,
        whole: &'t [Token<'a>],
        words: &'t [Token<'a>],
        verb: Verb,
        steps: &mut Vec<Step>,
    ) {
        let rest = &words[verb.length..];
        if rest.iter().any(|t| super::verbs::deed_of_noun(t).is_some())
            && let super::actions::Match::One { at, .. } = self.match_action(Deed::Make, verb.lemma, rest)
            && !rest
                .iter()
                .any(|t| t.any(&["number", "reference", "date", "status", "amount"]))
        {
            return self.run(whole, words, at, false, steps);
        }
        // "provide a link to it" where something sends links
        if let Some(at) = self.sends(rest) {
            return self.run(whole, words, at, false, steps);
        }
        self.give(whole, rest, steps);
    }

    /// The action that sends the thing these words begin with.
    fn sends(&self, words: &[Token<'_>]) -> Option<usize> {
        let end = words.iter().position(|t| {
            t.is_mark()
                || t.any(&[
                    "to", "for", "of", "so", "that", "which", "with", "where", "and", "from", "by", "on", "in",
                ])
        });
        let thing = super::names::content(&words[..end.unwrap_or(words.len())]);
        let head = thing.last()?;
        let fits = |doing: &super::actions::Doing| {
            doing.deed == Some(Deed::Send)
                && matches!(doing.object.as_slice(), [only] if only.same(head))
                && (thing.len() == 1 || !doing.changes)
        };
        let mut fits = self.names.actions.iter().enumerate().filter(|(_, doing)| fits(doing));
        let (at, _) = fits.next()?;
        fits.next().is_none().then_some(at)
    }

    /// "leave a note", "put it in the note", "follow the steps", "restart the router".
    pub(super) fn other(&mut self, whole: &'t [Token<'a>], words: &'t [Token<'a>], verb: Verb, steps: &mut Vec<Step>) {
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
}

/// "cancel, full refund": a verb that needs no object, and what comes of it behind a comma.
fn acts_alone(words: &[Token<'_>]) -> Option<usize> {
    let verb = verb_at(words, 0).filter(|v| v.form == Form::Base && v.deed.acts())?;
    let after = words.get(verb.length + 1..)?;
    let plain = after.len() <= 4
        && after
            .iter()
            .all(|t| t.kind == Kind::Word && !t.any(&["and", "or", "not", "no"]));
    (words[verb.length].mark(',') && plain && !after.is_empty() && !is_command(after)).then_some(verb.length)
}

/// Deeds that are words alone: "apologise for the trouble with Promo Code" runs nothing.
pub(super) const fn only_speaks(deed: Deed) -> bool {
    matches!(deed, Deed::Tell | Deed::Apologise | Deed::Thank | Deed::Greet)
}

/// Whether the words before an action's name say that something is done with it: "using", "into the".
pub(super) fn does_with(before: &[Token<'_>]) -> bool {
    let last = before.iter().rev().find(|t| !t.any(&["the", "our"]));
    last.is_some_and(|t| t.any(&["with", "using", "via", "through", "by", "into", "in", "for"]))
}
