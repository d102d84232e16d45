//! Policies: what a business does and does not do, said as a fact.

use taskwright_domain::{
    ActionId, AttributeType, Comparison, Condition, Guard, Meaning, Operand, Period, Step, StepKind,
};

use super::conditions::{Conditions, Subject, refer};
use super::constants::period_at;
use super::names::content;
use super::reader::{Reader, Spoken, trimmed};
use super::split::starts;
use super::token::Token;
use super::verbs::{Form, verb_at};

impl<'t, 'a> Reader<'t, 'a, '_> {
    /// "Changes can start today up to 30 days ahead": a date that customers give lies in between.
    pub(super) fn days_allowed(&mut self, whole: &'t [Token<'a>], words: &[Token<'_>]) -> bool {
        let Some(modal) = words.iter().take(6).position(|t| t.any(&["can", "may", "must"])) else {
            return false;
        };
        let begins = words
            .get(modal + 1)
            .is_some_and(|t| t.any(&["start", "begin", "be", "happen", "take"]));
        let (Some(at), true) = (self.day_of(&words[..modal]), begins) else {
            return false;
        };
        let Some((low, high)) = (modal + 2..words.len()).find_map(|from| span_of_days(&words[from..])) else {
            return false;
        };
        let key = self.names.value(at).reference.clone();
        let actions = self.actions_taking(&key);
        if actions.is_empty() {
            return false;
        }
        let condition = Condition::Test {
            subject: refer(&key),
            comparison: Comparison::Between { low, high },
        };
        self.write_rule(whole, actions, Guard::OnlyIf { condition }, None);
        true
    }

    /// "changes": the one date customers give whose name speaks of them.
    fn day_of(&self, words: &[Token<'_>]) -> Option<usize> {
        let said = content(words);
        let mut fits = self.names.values.iter().enumerate().filter(|(_, value)| {
            value.is_date() && value.askable() && said.iter().all(|t| value.field_stems.iter().any(|s| s.same(t)))
        });
        let (at, _) = fits.next().filter(|_| !said.is_empty())?;
        fits.next().is_none().then_some(at)
    }

    /// The actions that are given a value.
    fn actions_taking(&self, key: &str) -> Vec<ActionId> {
        let actions = self.names.catalogue.actions.iter();
        actions
            .filter(|action| action.inputs.iter().any(|input| input.reference() == Some(key)))
            .map(|action| action.id.clone())
            .collect()
    }

    /// The actions that are given a value and change data.
    pub(super) fn changes_taking(&self, key: &str) -> Vec<ActionId> {
        let mut actions = self.actions_taking(key);
        actions.retain(|id| self.catalogue().action(id).is_some_and(|action| action.changes_data));
        actions
    }

    /// "We don't insure cars older than 20 years or modified, those go to Underwriting": a case, and who takes it.
    pub(super) fn not_done_here(
        &mut self,
        whole: &'t [Token<'a>],
        words: &'t [Token<'a>],
        steps: &mut Vec<Step>,
    ) -> bool {
        let Some((comma, goes)) = those_go(words) else {
            return false;
        };
        let said = &words[..comma];
        let refuses =
            starts(said, &["we", "do", "not"]) || starts(said, &["we", "can", "not"]) || starts(said, &["we", "never"]);
        if !refuses || self.names.team(goes).is_none() {
            return false;
        }
        let from = if said[1].is("never") { 2 } else { 3 };
        let verb = verb_at(said, from).filter(|v| v.form == Form::Base);
        let Some(object) = said.get(from + verb.map_or(1, |v| v.length)..) else {
            return false;
        };
        let Some((subject, case)) = (1..=object.len().min(3)).find_map(|end| {
            let owner = self.names.object(&object[..end])?;
            (end < object.len()).then(|| (Subject::Thing(owner), &object[end..]))
        }) else {
            return false;
        };
        let Ok(got) = Conditions::new(&self.names, &self.said).read_about(case, Some(&subject)) else {
            return false;
        };
        let plain = format!(
            "If {}",
            super::describe::condition(&got.condition, self.names.catalogue)
        );
        let meaning = Meaning::Check {
            condition: Some(got.condition.clone()),
        };
        self.note(said, Spoken::new(meaning, plain).sure(got.sure).links(got.links));
        self.under.push(got.condition.clone());
        let mut inner = Vec::new();
        self.hand_off(&words[comma + 1..], goes, &mut inner);
        self.under.pop();
        let span = self.span(whole);
        steps.push(Step::when(span, got.condition, inner));
        true
    }

    /// "Don't offer weekends for video visits", "never book Sundays": the day of what is picked.
    pub(super) fn days_not_offered(&mut self, whole: &'t [Token<'a>], words: &[Token<'_>]) -> bool {
        let rest = match words {
            [do_, not, rest @ ..] if do_.is("do") && not.is("not") => rest,
            [never, rest @ ..] if never.is("never") => rest,
            _ => return false,
        };
        let [offer, rest @ ..] = rest else { return false };
        if !offer.any(&["offer", "book", "schedule", "propose", "suggest", "give"]) {
            return false;
        }
        let end = rest
            .iter()
            .position(|t| t.any(&["for", "if", "when"]))
            .unwrap_or(rest.len());
        let Some(days) = super::weekdays::weekdays(&rest[..end]) else {
            return false;
        };
        let mut dates = self.names.values.iter().filter_map(|value| {
            let picked = value.owner.as_deref().unwrap_or(&value.reference);
            let askable = self
                .names
                .reference(picked)
                .is_some_and(|at| self.names.value(at).askable());
            let actions = self.changes_taking(picked);
            (value.is_date() && askable && !actions.is_empty()).then(|| (value.reference.clone(), actions))
        });
        let (Some((reference, actions)), None) = (dates.next(), dates.next()) else {
            return false;
        };
        let mut parts = Vec::new();
        if end < rest.len() {
            let case = &rest[end + 1..];
            let read = Conditions::new(&self.names, &self.said);
            let Ok(got) = read
                .read(case)
                .or_else(|_| read.read_about(&case[..1.min(case.len())], Some(&Subject::Any)))
            else {
                return false;
            };
            parts.push(got.condition);
        }
        parts.push(Condition::Test {
            subject: refer(&reference),
            comparison: Comparison::OnWeekday { days },
        });
        let condition = match parts.as_slice() {
            [one] => one.clone(),
            _ => Condition::All { parts },
        };
        self.write_rule(whole, actions, Guard::NeverIf { condition }, None);
        true
    }

    /// "PO boxes only with USPS", "no PO boxes": addresses that are post-office boxes.
    pub(super) fn post_office_boxes(&mut self, whole: &'t [Token<'a>], words: &[Token<'_>]) -> bool {
        let skip = usize::from(words.first().is_some_and(|t| t.is("no")));
        let [po, boxes, rest @ ..] = &words[skip..] else {
            return false;
        };
        if !(po.any(&["po", "p.o", "p.o."]) && boxes.any(&["box", "boxes"])) {
            return false;
        }
        let mut addresses = self
            .names
            .values
            .iter()
            .filter(|v| v.kind == AttributeType::Address && v.askable());
        let (Some(address), None) = (addresses.next(), addresses.next()) else {
            return false;
        };
        let key = address.reference.clone();
        let actions = self.changes_taking(&key);
        let boxed = Condition::Test {
            subject: refer(&key),
            comparison: Comparison::Contains {
                what: Operand::Constant {
                    value: taskwright_domain::Value::Text("PO box".to_owned()),
                },
            },
        };
        let condition = match rest {
            [] if skip == 1 => boxed,
            [only, with, options @ ..] if only.is("only") && with.any(&["with", "via", "by", "through", "for"]) => {
                let Ok(got) = Conditions::new(&self.names, &self.said).read_about(options, Some(&Subject::Any)) else {
                    return false;
                };
                Condition::All {
                    parts: vec![boxed, super::conditions::negate(got.condition)],
                }
            }
            _ => return false,
        };
        if actions.is_empty() {
            return false;
        }
        self.write_rule(whole, actions, Guard::NeverIf { condition }, None);
        true
    }

    /// "Use the e-mail we have, don't ask for it again unless nothing comes up": it is looked up, and asked for where that
    /// finds nothing.
    pub(super) fn asks_only_when_not_found(&mut self, whole: &'t [Token<'a>], steps: &mut Vec<Step>) -> bool {
        let words = trimmed(whole);
        let Some(unless) = words.iter().position(|t| t.is("unless")) else {
            return false;
        };
        let not_asked = starts(words, &["do", "not", "ask"]) || starts(words, &["never", "ask"]);
        let (before, case) = (&words[..unless], trimmed(&words[unless + 1..]));
        let again = before.iter().any(|t| t.is("again")) && before.iter().any(|t| t.any(&["it", "them", "this"]));
        let nothing = case.first().is_some_and(|t| t.is("nothing"))
            && case[1..]
                .iter()
                .all(|t| t.any(&["comes", "up", "is", "found", "can", "be", "back", "out"]));
        let Some(StepKind::Set { attribute, .. }) = steps.last().map(|step| &step.kind) else {
            return false;
        };
        let attribute = attribute.clone();
        let look_ups: Vec<_> = self
            .actions_taking(&attribute)
            .into_iter()
            .filter(|id| self.catalogue().action(id).is_some_and(|action| !action.changes_data))
            .collect();
        let ([action], true) = (look_ups.as_slice(), not_asked && again && nothing) else {
            return false;
        };
        let condition = Condition::Action {
            action: action.clone(),
            state: taskwright_domain::ActionState::NotFound,
        };
        let span = self.span(whole);
        let look_up = || Step {
            span,
            kind: StepKind::Run {
                action: action.clone(),
                inputs: std::collections::BTreeMap::new(),
            },
        };
        let ask = StepKind::Ask {
            attribute: attribute.clone(),
            question: None,
            preface: None,
            again: true,
            among: None,
        };
        let not_found = vec![Step { span, kind: ask }, look_up()];
        steps.extend([look_up(), Step::when(span, condition.clone(), not_found)]);
        let label = self.label(&attribute);
        let found = super::describe::condition(&condition, self.names.catalogue);
        let plain = format!("If {found}: asks for {label} again");
        let links = super::conditions::link_over(
            before,
            taskwright_domain::LinkTarget::Reference {
                reference: attribute.clone(),
            },
        );
        let meaning = Meaning::Check {
            condition: Some(condition),
        };
        self.note(whole, Spoken::new(meaning, plain).links(links));
        if let Some(at) = self.names.reference(&attribute) {
            self.remember_ask(&attribute, at, whole);
        }
        true
    }

    /// "offer to send another, max 2 times": a yes goes back to what was run last, so often.
    pub(super) fn offer_once_more(
        &mut self,
        whole: &'t [Token<'a>],
        words: &[Token<'_>],
        steps: &mut Vec<Step>,
    ) -> bool {
        let [to, body @ ..] = words else { return false };
        let (Some(times), Some((last, ran))) = (self.times_in(body), self.said.looked_up.clone()) else {
            return false;
        };
        let once_more = body.iter().any(|t| t.any(&["another", "again", "new", "anew"]));
        let Some(verb) = verb_at(body, 0).filter(|v| to.is("to") && once_more && v.form == Form::Base) else {
            return false;
        };
        let same = self.catalogue().action(&last).is_some_and(|action| {
            let (name, _) = super::token::scan(&action.name);
            verb_at(&name, 0).is_some_and(|named| named.deed == verb.deed)
        });
        if !same {
            return false;
        }
        let end = body
            .iter()
            .position(|t| t.mark(',') || t.mark('('))
            .unwrap_or(body.len());
        let end = (0..end)
            .find(|at| body[*at].any(&["up", "max", "maximum", "at"]))
            .unwrap_or(end);
        let said = super::tell::to_customer(&body[..end]).0;
        let question = format!(
            "Would you like us to {}?",
            super::tell::lower_first(said.trim_end_matches('.'))
        );
        let span = self.span(whole);
        let confirm = StepKind::Confirm {
            question: Some(taskwright_domain::Template::new(question.clone())),
            action: None,
            declined: Vec::new(),
        };
        let back = StepKind::Jump {
            to: ran.start,
            at_most: times,
        };
        steps.extend([Step { span, kind: confirm }, Step { span, kind: back }]);
        let plain = format!("Offers: {question} A yes goes back, at most {times} times");
        self.note(whole, Spoken::new(Meaning::Repeat { at_most: Some(times) }, plain));
        true
    }

    /// "After 2 addresses that don't validate, hand over": the question before is asked so often, until what comes of it
    /// is good.
    pub(super) fn after_tries(&mut self, words: &'t [Token<'a>], steps: &mut Vec<Step>) -> bool {
        let [after, number, rest @ ..] = words else {
            return false;
        };
        let comma = rest.iter().position(|t| t.mark(','));
        let bare = || rest.first().filter(|t| is_try(t)).map(|_| 1);
        let Some(end) = comma.or_else(bare) else {
            return false;
        };
        let (tried, then) = (&rest[..end], &rest[end + usize::from(comma.is_some())..]);
        let count = super::constants::count_at(std::slice::from_ref(number), 0).map(|read| read.value);
        let (Some(at_most @ 2..=10), true) = (count, after.is("after") && super::split::is_command(then)) else {
            return false;
        };
        let Some(from) = self.tried_from(tried, steps) else {
            return last_way(steps).is_some_and(|way| self.after_tries(words, way));
        };
        let Some(until) = self.goes_well(&steps[from..]) else {
            return false;
        };
        let inner = steps.split_off(from);
        let said = &words[..words.len() - then.len() - 1];
        let span = self.span(said);
        steps.push(Step {
            span,
            kind: StepKind::Repeat {
                steps: inner,
                at_most,
                until: Some(until.clone()),
            },
        });
        let good = super::describe::condition(&until, self.names.catalogue);
        let plain = format!("Asks again, at most {at_most} times, until {good}");
        self.note(said, Spoken::new(Meaning::Repeat { at_most: Some(at_most) }, plain));
        let failed = super::conditions::negate(until);
        self.under.push(failed.clone());
        let mut inner = Vec::new();
        let _ = self.sentence(then, false, false, &mut inner);
        self.under.pop();
        let span = self.span(then);
        steps.push(Step::when(span, failed, inner));
        true
    }

    /// Where the tries begin: the question for what is named ("addresses"), or the last one ("tries", "attempts").
    fn tried_from(&self, words: &[Token<'_>], steps: &[Step]) -> Option<usize> {
        let asks = |step: &Step| match &step.kind {
            StepKind::Ask { attribute, .. } => Some(attribute.clone()),
            _ => None,
        };
        let tries = words.iter().any(is_try);
        let noun = words.first()?;
        if tries {
            // A round begins with the first of the questions in a row.
            let last = steps.iter().rposition(|step| asks(step).is_some())?;
            let talks = |step: &Step| asks(step).is_some() || matches!(step.kind, StepKind::Run { .. });
            return Some(
                steps[..last]
                    .iter()
                    .rposition(|step| !talks(step))
                    .map_or(0, |at| at + 1),
            );
        }
        steps.iter().rposition(|step| {
            asks(step).is_some_and(|key| {
                let at = self.names.values.iter().position(|value| value.reference == key);
                at.is_some_and(|at| self.names.value(at).field_stems.iter().any(|s| s.same(noun)))
            })
        })
    }

    /// What tells that a try went well: a look-up behind the question that says "valid", or that finds something.
    fn goes_well(&self, steps: &[Step]) -> Option<Condition> {
        // "offer the free times …, after two rounds": until one is picked.
        if let Some(attribute) = picked_last(steps)
            && let Some(at) = self.names.reference(attribute)
            && matches!(
                self.names.value(at).kind,
                AttributeType::Object { .. } | AttributeType::List { .. }
            )
        {
            return Some(Condition::Test {
                subject: refer(attribute),
                comparison: Comparison::Present,
            });
        }
        let looked_up = steps.iter().rev().find_map(|step| match &step.kind {
            StepKind::Run { action, .. } => self.catalogue().action(action).filter(|action| !action.changes_data),
            _ => None,
        });
        let Some(action) = looked_up else {
            return self.works(steps);
        };
        const GOOD: [&str; 9] = [
            "valid",
            "verified",
            "match",
            "matches",
            "ok",
            "correct",
            "found",
            "exists",
            "confirmed",
        ];
        let good = |field: &&taskwright_domain::Field| {
            field.kind == AttributeType::Boolean && field.key.split('_').any(|part| GOOD.contains(&part))
        };
        let Some(field) = action.outputs.iter().find(good) else {
            return Some(Condition::Action {
                action: action.id.clone(),
                state: taskwright_domain::ActionState::Succeeded,
            });
        };
        Some(Condition::Test {
            subject: refer(&format!("{}.{}", action.result_name, field.key)),
            comparison: Comparison::Is {
                to: Operand::Constant {
                    value: taskwright_domain::Value::Boolean(true),
                },
            },
        })
    }
}

fn is_try(token: &Token<'_>) -> bool {
    token.any(&["tries", "attempts", "rounds", "times", "failures", "goes"])
}

/// The way of the last case that was written last, over what was not understood behind it.
fn last_way(steps: &mut [Step]) -> Option<&mut Vec<Step>> {
    let open = |step: &&mut Step| !matches!(step.kind, StepKind::Unclear { .. });
    match &mut steps.iter_mut().rev().find(open)?.kind {
        StepKind::Check { arms, otherwise } if otherwise.is_empty() => arms.last_mut().map(|arm| &mut arm.steps),
        StepKind::Check { otherwise, .. } => Some(otherwise),
        _ => None,
    }
}

/// "…, after two rounds hand over": the comma before what is done once tries run out.
pub(super) fn tries_run_out(words: &[Token<'_>]) -> Option<usize> {
    (2..words.len().saturating_sub(3)).find(|at| {
        words[*at].mark(',')
            && words[at + 1].is("after")
            && super::constants::count_at(words, at + 2).is_some()
            && is_try(&words[at + 3])
    })
}

/// ", those go to …": the comma, and the words behind it.
fn those_go<'t, 'a>(words: &'t [Token<'a>]) -> Option<(usize, &'t [Token<'a>])> {
    let comma = (0..words.len().saturating_sub(3)).find(|at| {
        let joint = words[*at].mark(',') || words[*at].mark(';') || words[*at].mark('–');
        joint && words[at + 1].any(&["those", "these", "they"]) && words[at + 2].any(&["go", "are"])
    })?;
    Some((comma, trimmed(&words[comma + 2..])))
}

/// "today up to 30 days ahead", "up to 2 weeks in advance", "tomorrow to 6 months from now".
fn span_of_days(words: &[Token<'_>]) -> Option<(Operand, Operand)> {
    let (low, rest) = match words {
        [day, rest @ ..] if day.is("today") => (Operand::Today, rest),
        [day, rest @ ..] if day.is("tomorrow") => (ahead(day_long()), rest),
        rest => (Operand::Today, rest),
    };
    let skip = rest
        .iter()
        .take_while(|t| t.any(&["and", "up", "to", "until", "through", "at", "most"]))
        .count();
    let bounded = rest[..skip].iter().any(|t| t.any(&["to", "until", "through", "most"]));
    let read = period_at(rest, skip)?;
    let tail = &rest[read.end..];
    let future = tail.first().is_some_and(|t| t.any(&["ahead", "later"]))
        || starts(tail, &["in", "advance"])
        || starts(tail, &["from", "now"])
        || starts(tail, &["from", "today"]);
    (bounded && future).then(|| (low, ahead(read.value)))
}

const fn day_long() -> Period {
    Period {
        count: 1,
        unit: taskwright_domain::PeriodUnit::Days,
    }
}

fn ahead(by: Period) -> Operand {
    Operand::Shifted {
        base: Box::new(Operand::Today),
        by,
        back: false,
    }
}

/// What is asked for last, be it a second time for those who took none of what was offered first.
fn picked_last(steps: &[Step]) -> Option<&str> {
    match &steps.last()?.kind {
        StepKind::Ask { attribute, .. } => Some(attribute),
        StepKind::Check { arms, otherwise } => match arms.as_slice() {
            [arm] if otherwise.is_empty() => {
                let asked = picked_last(&arm.steps)?;
                let none_taken = Condition::Test {
                    subject: refer(asked),
                    comparison: Comparison::Missing,
                };
                (arm.condition == none_taken).then_some(asked)
            }
            _ => None,
        },
        _ => None,
    }
}
