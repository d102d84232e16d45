//! One sentence: the first meaning that fits it.

use taskwright_domain::{Meaning, Outcome, Step, StepKind};

use super::{LONGEST, Open};
use crate::read::background;
use crate::read::conditional::otherwise;
use crate::read::reader::{Reader, Spoken, trimmed, trimmed_start};
use crate::read::split::{is_command, lead, starts};
use crate::read::token::{Kind, Token};
use crate::read::verbs::{Deed, Form, verb_at};

impl<'t, 'a> Reader<'t, 'a, '_> {
    /// Reads a sentence.
    pub(in crate::read) fn sentence(
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
        if let Some(open) = self.nothing_to_do(words, bare, steps) {
            return open;
        }
        if let Some(open) = self.of_what_is_open(words, bare, nested, rules, steps) {
            return open;
        }
        if let Some(open) = self.ruled(words, bare, nested, rules, steps) {
            return open;
        }
        if let Some(open) = self.told_before(words, bare, nested, rules, steps) {
            return open;
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

    /// What asks for no deed: the goal, options of a question, background; and what nobody can follow.
    fn nothing_to_do(&mut self, words: &'t [Token<'a>], bare: &'t [Token<'a>], steps: &mut Vec<Step>) -> Option<Open> {
        if bare.len() > 4 * LONGEST {
            self.unclear(
                words,
                "The sentence is too long. Please make several of it.",
                None,
                steps,
            );
            return Some(Open::Nothing);
        }
        if background::is_optional(bare) {
            let reason = "It does not say when what follows is done. Write \u{201c}if \u{2026}\u{201d} before it.";
            self.unclear(words, reason, None, steps);
            return Some(Open::Nothing);
        }
        if background::is_goal(words) && self.names.action_named(bare).is_none() {
            self.note(words, Spoken::new(Meaning::Goal, "What the task is for"));
            return Some(Open::Nothing);
        }
        if self.asks_with_options(bare, steps)
            || self.options_of_last(bare, words)
            || self.options_of_nothing(bare, words)
        {
            return Some(Open::Nothing);
        }
        if background::lists_options(bare)
            || background::is_background(bare)
            || background::is_tone(bare)
            || background::is_purpose(bare)
            || background::is_part(bare)
            || background::is_beyond_us(bare)
        {
            self.context(words);
            return Some(Open::Nothing);
        }
        if crate::read::english::is_foreign(bare) {
            self.unclear(words, "It is not written in English.", None, steps);
            return Some(Open::Nothing);
        }
        if background::is_unwritten(bare) {
            self.unclear(words, "It is still to be written.", None, steps);
            return Some(Open::Nothing);
        }
        None
    }

    /// What goes on with something left open, or leaves something open itself: "otherwise …", lists, waits, listeners.
    fn of_what_is_open(
        &mut self,
        words: &'t [Token<'a>],
        bare: &'t [Token<'a>],
        nested: bool,
        rules: bool,
        steps: &mut Vec<Step>,
    ) -> Option<Open> {
        if let Some((lead_words, rest)) = otherwise(words) {
            if self.follows_listener(words) {
                return Some(self.after_listener(words, rest, steps));
            }
            if let Some(open) = self.otherwise_of_wait(lead_words, rest, steps) {
                return Some(open);
            }
            return Some(self.otherwise(words, lead_words, rest, steps));
        }
        if nested && words.last().is_some_and(|t| t.mark(':')) && crate::read::checks::is_kind_of_people(bare) {
            return Some(self.in_case(words, bare, &[], steps));
        }
        if let Some(open) = self.opens_list(words, nested, steps) {
            return Some(open);
        }
        if self.asks_for_person(bare) {
            return Some(Open::Nothing);
        }
        if let Some(and) = people_needed_after(bare) {
            for part in [&bare[..and], &bare[and + 1..]] {
                let _ = self.sentence(part, false, rules, steps);
            }
            return Some(Open::Nothing);
        }
        if one_of_two_ways(bare) {
            let reason = "It does not say which way goes with which answer. Write an \u{201c}if\u{201d} for each.";
            self.unclear(words, reason, None, steps);
            return Some(Open::Nothing);
        }
        if let Some(open) = self.times_out(words, nested, steps) {
            return Some(open);
        }
        self.listens(words, nested, steps)
    }

    /// Rules, and what holds of everything that is done.
    fn ruled(
        &mut self,
        words: &'t [Token<'a>],
        bare: &'t [Token<'a>],
        nested: bool,
        rules: bool,
        steps: &mut Vec<Step>,
    ) -> Option<Open> {
        if let Some((first, second)) = parted_rules(bare) {
            for part in [first, second] {
                if !self.rule(part, rules, steps) {
                    let _ = self.clauses(part, steps);
                }
            }
            return Some(Open::Nothing);
        }
        if words.last().is_some_and(|t| t.mark('?'))
            && let Some(condition) = self.no_luck(bare)
        {
            return Some(self.arm(words, condition, false, &[], &[], steps, Vec::new()));
        }
        if crate::read::found::sees_if(bare) && self.see_if_there_is(bare, steps) {
            return Some(Open::Nothing);
        }
        if self.once_it_has_passed(bare, steps) || self.less_than_that(words, bare, steps) {
            return Some(Open::Nothing);
        }
        let known = self.rules.len();
        if self.rule(words, rules, steps) {
            if self.rules.len() > known {
                self.run_what_was_confirmed(words, steps);
            }
            return Some(Open::Nothing);
        }
        if let Some(comma) = crate::read::policies::tries_run_out(bare) {
            let _ = self.sentence(&bare[..comma], false, rules, steps);
            return Some(self.sentence(&bare[comma + 1..], nested, rules, steps));
        }
        if self.needs_the_new_one(words, steps) {
            return Some(Open::Nothing);
        }
        if self.after_each_advice(bare, steps) || self.after_tries(bare, steps) {
            return Some(Open::Nothing);
        }
        self.before_first(bare, nested, rules, steps)
    }

    /// What stands before what is done, or behind it: consent, a case, a reason, an "even if".
    fn told_before(
        &mut self,
        words: &'t [Token<'a>],
        bare: &'t [Token<'a>],
        nested: bool,
        rules: bool,
        steps: &mut Vec<Step>,
    ) -> Option<Open> {
        if let Some(at) = bare
            .windows(2)
            .position(|pair| pair[0].is("even") && pair[1].any(&["if", "when", "though"]))
            .filter(|at| *at > 0)
        {
            // "even if …" adds no condition.
            let open = self.sentence(&bare[..at], nested, rules, steps);
            self.context(&bare[at..]);
            return Some(open);
        }
        if let Some((consent, rest)) = with_consent(bare) {
            self.confirm(consent, consent, steps);
            return Some(self.sentence(rest, nested, rules, steps));
        }
        if let Some(comma) = self.case_before(bare) {
            return Some(self.in_case(words, &bare[..comma], &bare[comma + 1..], steps));
        }
        if let Some(colon) = self.explains_before(bare) {
            self.context(&bare[..colon]);
            return Some(self.sentence(&bare[colon + 1..], nested, rules, steps));
        }
        if let Some(colon) = looks_at_cases(bare) {
            let _ = self.clauses(&bare[..colon], steps);
            return Some(self.sentence(&bare[colon + 1..], nested, rules, steps));
        }
        if let Some(comma) = background::reason_before(bare) {
            self.context(&bare[..comma]);
            return Some(self.sentence(&bare[comma + 1..], nested, rules, steps));
        }
        None
    }

    /// Steps of an arm: rules, further conditions and commands.
    pub(in crate::read) fn inner(&mut self, words: &'t [Token<'a>], steps: &mut Vec<Step>) -> Open {
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
            .is_some_and(|step| crate::read::finish::ends(std::slice::from_ref(step)));
        if !leaves {
            steps.push(self.step(
                said,
                StepKind::Finish {
                    outcome: Outcome::NotPossible,
                },
            ));
        }
    }
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
fn looks_at_cases(words: &[Token<'_>]) -> Option<usize> {
    let colon = words.iter().take(14).position(|t| t.mark(':'))?;
    let looks = verb_at(lead(&words[..colon]), 0)
        .is_some_and(|v| v.form == Form::Base && matches!(v.deed, Deed::LookUp | Deed::Decide | Deed::Verify));
    let case = words[colon + 1..].iter().position(|t| t.mark('→') || t.mark('='));
    (looks && case.is_some_and(|at| at > 0)).then_some(colon)
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
