//! Rules: what must hold whenever an action runs. A rule that cannot be read closes its actions and blocks publishing.

use taskwright_domain::{
    ActionId, ActionState, AttributeType, Comparison, Condition, Guard, Link, LinkTarget, Meaning, Operand,
    ProblemCode, Rule, Severity, Step,
};

use super::conditions::{Conditions, Got, Outcome, Subject, Trouble, negate, operand_for, refer, relation_at};
use super::constants::count_at;
use super::names::{Lookup, Prefer, Stem, content};
use super::problems::{self, problem};
use super::reader::{Reader, Spoken, trimmed};
use super::split::{lead, starts};
use super::token::{Kind, Token};
use super::verbs::{Deed, Form, Verb, deed_of_noun, verb_at};

/// Words after a number of times; the first two begin them.
const PER: [&str; 19] = [
    "per",
    "each",
    "a",
    "an",
    "every",
    "conversation",
    "order",
    "customer",
    "booking",
    "subscription",
    "case",
    "chat",
    "parcel",
    "account",
    "is",
    "allowed",
    "the",
    "for",
    "run",
];

/// How a rule is put.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Put {
    Never,
    Only,
}

impl<'t, 'a> Reader<'t, 'a, '_> {
    /// Reads a sentence as a rule, if it is one. `listed`: it stands under a heading for rules.
    pub(super) fn rule(&mut self, whole: &'t [Token<'a>], listed: bool, steps: &mut Vec<Step>) -> bool {
        let words = trimmed(whole);
        let words = rule_lead(words);
        if words.first().is_some_and(|t| t.is("for")) && self.what_we_do(whole, words) {
            return true;
        }
        let conditional = words.first().is_some_and(|t| {
            t.any(&[
                "if", "when", "whenever", "once", "unless", "should", "as", "in", "for", "after",
            ])
        });
        // "tell them it can't be moved": what is said rules nothing.
        let speaks = verb_at(lead(words), 0).is_some_and(|v| v.form == Form::Base && v.deed == Deed::Tell);
        // "too late, say sorry and that it can't be moved"
        let says = imperative_rule(words).is_none()
            && (1..words.len()).any(|at| {
                let told = verb_at(words, at).is_some_and(|v| v.form == Form::Base && v.deed == Deed::Tell);
                told && words[at - 1].is_mark() && words[at..].iter().any(|t| t.is("that"))
            });
        if words.len() > 60 || conditional || speaks || says {
            return false;
        }
        if self.yes_before_anything(whole, words)
            || self.no_one_no_other(whole, words, steps)
            || self.stated_rule(whole, words)
            || self.what_we_do(whole, words)
            || self.highest(whole, words)
            || self.forbidden(whole, words, steps)
            || self.counted_rule(whole, words)
            || self.at_most(whole, words)
            || self.bounded_command(whole, words)
            || self.limited(whole, words, steps)
            || self.days_allowed(whole, words)
            || self.post_office_boxes(whole, words)
            || self.days_not_offered(whole, words)
            || self.items_excluded(whole, words)
            || self.not_done_here(whole, words, steps)
            || self.before_rule(whole, words, listed)
        {
            return true;
        }
        if words.first().is_some_and(|t| t.is("we"))
            && (!self.under.is_empty()
                || self.led_by != super::reader::LedBy::Nothing
                || words.iter().any(|t| t.mark(':')))
        {
            // In an arm "we can't …" explains; it rules nothing.
            return false;
        }
        if let Some((put, rest)) = imperative_rule(words) {
            return self.commanded(whole, put, rest, steps);
        }
        if self.passive_rule(whole, words) {
            return true;
        }
        if listed {
            return self.listed_rule(whole, words);
        }
        false
    }

    /// "Never refund …", "Only cancel …".
    fn commanded(&mut self, whole: &'t [Token<'a>], put: Put, rest: &'t [Token<'a>], _steps: &mut Vec<Step>) -> bool {
        let rest = lead_never(rest);
        let verb = verb_at(rest, 0);
        let Some(verb) = verb.filter(|v| matches!(v.form, Form::Base | Form::Ing)) else {
            return self.only_someone(whole, put, rest) || self.kept_by_itself(whole, put, rest);
        };
        let (verbs, object) = several(rest, verb);
        let anything = object
            .iter()
            .take(3)
            .any(|t| t.any(&["anything", "data", "changes", "change"]))
            || object.first().is_some_and(|t| t.is("any"));
        if put == Put::Only
            && let Some(got) = self.those_picked(object)
        {
            let actions = self.guarded(verb.deed, verb.lemma, &[]);
            if !actions.is_empty() {
                let condition = got.condition.clone();
                self.write_rule(whole, actions, Guard::OnlyIf { condition }, Some(&got));
                return true;
            }
        }
        let mut actions = Vec::new();
        for verb in &verbs {
            let found = if anything && (verb.deed.changes() || verb.deed == Deed::Make) {
                self.all_changing(verb.deed)
            } else {
                self.guarded(verb.deed, verb.lemma, object)
            };
            if found.is_empty() && verbs.len() > 1 {
                self.rule_not_kept(whole);
                return true;
            }
            actions.extend(found.into_iter().filter(|id| !actions.contains(id)).collect::<Vec<_>>());
        }
        // "Never write a ticket …": the thing says which action makes it.
        if actions.is_empty() && matches!(verb.deed, Deed::Other | Deed::Make | Deed::Create | Deed::Update) {
            let things = object.iter().take_while(|t| !opens_condition(t));
            actions = things
                .map(|t| self.actions_of_noun(t))
                .find(|found| !found.is_empty())
                .unwrap_or_default();
        }
        if actions.is_empty()
            && let Some(at) = self.names.action_named(rest)
        {
            actions.push(self.names.actions[at].id.clone());
        }
        if actions.is_empty() {
            return self.spoken_rule(whole, put, verb.deed, rest);
        }
        self.guard(whole, put, actions, verb.deed, object)
    }

    /// "only refund those", of what the customer just picked.
    fn those_picked(&self, object: &[Token<'_>]) -> Option<Got> {
        let [those] = trimmed(object) else { return None };
        let at = self.said.asked.filter(|_| those.any(&["those", "these", "them"]))?;
        let value = self.names.value(at);
        matches!(value.kind, AttributeType::List { .. }).then(|| Got {
            condition: Condition::Test {
                subject: refer(&value.reference),
                comparison: Comparison::Present,
            },
            sure: true,
            links: Vec::new(),
            subject: Subject::Value(at, true),
        })
    }

    /// "Do not argue with the customer": nothing that is done here can break it.
    fn kept_by_itself(&mut self, whole: &[Token<'_>], put: Put, rest: &[Token<'_>]) -> bool {
        let speaks_of_action = self.deed_in(rest).is_some_and(|(deed, _)| deed.changes())
            || self.names.action_named(rest).is_some()
            || rest.iter().any(|t| deed_of_noun(t).is_some_and(Deed::changes));
        if put != Put::Never || !rest.first().is_some_and(|t| t.kind == Kind::Word) {
            return false;
        }
        // "… those go to Underwriting" leads somewhere.
        if speaks_of_action || self.names.team(rest).is_some() {
            self.rule_not_kept(whole);
            return true;
        }
        self.note(
            whole,
            Spoken::new(Meaning::Rule, "Rule for colleagues: no step here does this"),
        );
        true
    }

    /// "only the policy holder may change it".
    fn only_someone(&mut self, whole: &'t [Token<'a>], put: Put, rest: &'t [Token<'a>]) -> bool {
        if put != Put::Only {
            return false;
        }
        let modal = rest.iter().position(|t| t.any(&["may", "can"]));
        // "Only for active policies": every action that changes data.
        if rest.first().is_some_and(|t| t.any(&["for", "if", "when"])) {
            let actions: Vec<_> = self
                .names
                .actions
                .iter()
                .filter(|d| d.changes)
                .map(|d| d.id.clone())
                .collect();
            let got = Conditions::new(&self.names, &self.said).read(&rest[1..]);
            let Ok(got) = got else { return false };
            self.write_rule(
                whole,
                actions,
                Guard::OnlyIf {
                    condition: got.condition.clone(),
                },
                Some(&got),
            );
            return true;
        }
        let Some(modal) = modal else { return false };
        let Some((deed, at)) = self.deed_in(&rest[modal + 1..]) else {
            return false;
        };
        let lemma = rest[modal + 1 + at].low.clone();
        let actions = self.guarded(deed, &lemma, &rest[modal + 2 + at..]);
        if actions.is_empty() {
            return false;
        }
        match self.who_it_is(&rest[..modal]) {
            Some(condition) => self.write_rule(whole, actions, Guard::OnlyIf { condition }, None),
            None => self.unread_rule(whole, actions, None),
        }
        true
    }

    /// "the policy holder": the customer, where a system tells that person's name or e-mail.
    fn who_it_is(&self, words: &[Token<'_>]) -> Option<Condition> {
        let Lookup::One { at, sure: true } = self.names.lookup(words, Prefer::default()) else {
            return None;
        };
        let value = self.names.value(at);
        let own = match value.kind {
            AttributeType::PersonName => "customer.name",
            AttributeType::Email => "customer.email",
            _ => return None,
        };
        value.owner.as_deref().filter(|owner| *owner != "customer")?;
        Some(Condition::Test {
            subject: refer(own),
            comparison: Comparison::Is {
                to: refer(&value.reference),
            },
        })
    }

    /// "For delivered orders we refund within 30 days", "we refund up to 50 EUR": what is done is bounded by it.
    fn what_we_do(&mut self, whole: &'t [Token<'a>], words: &'t [Token<'a>]) -> bool {
        let Some(we) = words.iter().take(8).position(|t| t.is("we")) else {
            return false;
        };
        let case = match &words[..we] {
            [] => None,
            [first, case @ ..] if first.is("for") && !case.is_empty() => Some(trimmed(case)),
            _ => return false,
        };
        let rest = &words[we + 1..];
        let Some(verb) = verb_at(rest, 0).filter(|v| v.form == Form::Base && v.deed.changes()) else {
            return false;
        };
        let object = &rest[verb.length..];
        let end = object
            .iter()
            .position(|t| t.mark('–') || t.mark(','))
            .unwrap_or(object.len());
        let bound = &object[..end];
        let from = (0..bound.len())
            .find(|at| bound[*at].any(&["within", "only", "up", "if", "when", "once", "after", "before"]));
        let Some(from) = from else { return false };
        let actions = self.guarded(verb.deed, verb.lemma, &bound[..from]);
        if actions.is_empty() || !self.adds_nothing(&actions, &bound[..from]) {
            return false;
        }
        let body = match &bound[from..] {
            [first, body @ ..] if first.any(&["only", "if", "when", "once"]) => body,
            body => body,
        };
        let first = case.map(|case| self.read_for(&actions, case)).transpose();
        let second = match self.since(body) {
            Some(got) => Ok(got),
            None => self.read_for(&actions, body),
        };
        let (Ok(first), Ok(second)) = (first, second) else {
            return false;
        };
        let condition = match first {
            Some(first) => Condition::All {
                parts: vec![first.condition, second.condition.clone()],
            },
            None => second.condition.clone(),
        };
        self.write_rule(
            &whole[..whole.len() - (object.len() - end)],
            actions,
            Guard::OnlyIf { condition },
            Some(&second),
        );
        if end < object.len() {
            self.rest_of_rule(&object[end..]);
        }
        true
    }

    /// "within 30 days of delivery": the delivery lies no longer back.
    fn since(&self, words: &[Token<'_>]) -> Option<Got> {
        let (relation, after) = relation_at(words, 0)?;
        let period = super::constants::period_at(words, after)?;
        words.get(period.end).filter(|t| t.any(&["of", "after", "from"]))?;
        use super::conditions::Relation;
        if !matches!(relation, Relation::Within | Relation::AtMost) {
            return None;
        }
        let base = &words[period.end + 1..];
        let prefer = Prefer {
            askable: false,
            owner: self.said.it.as_deref(),
        };
        let at = match self.names.lookup(base, prefer) {
            Lookup::One { at, .. } => Some(at),
            _ => None,
        };
        // "delivery" is the day on which it was delivered.
        let happened = || {
            let dates = self.names.values.iter().enumerate().filter(|(_, value)| {
                value.is_date()
                    && !value.of_change
                    && content(base)
                        .iter()
                        .all(|t| value.field_stems.iter().any(|s| s.same(t)))
            });
            let found: Vec<_> = dates.map(|(at, _)| at).collect();
            match found.as_slice() {
                [at] => Some(*at),
                _ => None,
            }
        };
        let at = at.filter(|at| self.names.value(*at).is_date()).or_else(happened)?;
        Some(Got {
            condition: Condition::Test {
                subject: refer(&self.names.value(at).reference),
                comparison: Comparison::WithinLast { period: period.value },
            },
            sure: true,
            links: Vec::new(),
            subject: Subject::Value(at, true),
        })
    }

    /// What stands behind a rule that was read: background, unless it bounds something as well.
    fn rest_of_rule(&mut self, words: &'t [Token<'a>]) {
        // "not of purchase – final sale items are excluded"
        let dash = words.iter().skip(1).position(|t| t.mark('–') || t.mark(';'));
        if let Some(at) = dash.map(|at| at + 1)
            && self.items_excluded(&words[at + 1..], trimmed(&words[at + 1..]))
        {
            return self.rest_of_rule(&words[..at]);
        }
        let bounds = words
            .iter()
            .any(|t| t.any(&["excluded", "except", "unless", "only", "never", "if", "without"]));
        if bounds {
            self.rule_not_kept(words);
        } else {
            self.context(words);
        }
    }

    /// "It is forbidden to move bookings with more than 10 guests."
    fn forbidden(&mut self, whole: &'t [Token<'a>], words: &'t [Token<'a>], steps: &mut Vec<Step>) -> bool {
        let Some(to) = words.iter().take(8).position(|t| t.is("to")) else {
            return false;
        };
        let (said, rest) = words.split_at(to);
        let no = said.iter().any(|t| t.any(&["not", "never"]));
        let forbids = said.iter().any(|t| t.any(&["forbidden", "prohibited"]))
            || no && said.iter().any(|t| t.any(&["allowed", "permitted"]));
        let idle = said.iter().all(|t| {
            t.any(&[
                "it",
                "is",
                "are",
                "forbidden",
                "prohibited",
                "strictly",
                "not",
                "never",
                "allowed",
                "permitted",
                "you",
                "we",
                "agents",
                "the",
                "agent",
                "be",
            ])
        });
        forbids && idle && rest.len() > 1 && self.commanded(whole, Put::Never, &rest[1..], steps)
    }

    /// "Max refund: 60 EUR", "The highest refund is 50 EUR."
    fn highest(&mut self, whole: &'t [Token<'a>], words: &'t [Token<'a>]) -> bool {
        let skip = usize::from(words.first().is_some_and(|t| t.any(&["the", "our"])));
        if !words
            .get(skip)
            .is_some_and(|t| t.any(&["max", "maximum", "highest", "largest"]))
        {
            return false;
        }
        let Some(mark) = words
            .iter()
            .position(|t| t.mark(':') || t.mark('=') || t.is("is"))
            .filter(|at| *at > skip + 1 && *at < skip + 5)
        else {
            return false;
        };
        let noun = words[skip + 1..mark].iter().map(|t| self.actions_of_noun(t));
        let Some(actions) = noun.into_iter().find(|found| !found.is_empty()) else {
            return false;
        };
        match self.input_bound(&actions, &words[mark + 1..]) {
            Some(Ok(condition)) => self.write_rule(whole, actions, Guard::OnlyIf { condition }, None),
            _ => self.unread_rule(whole, actions, None),
        }
        true
    }

    /// "Claims require a photo", "a pause is only possible on team plans", "cancelling is not allowed in a trial",
    /// "refunds: only for paid bookings".
    fn stated_rule(&mut self, whole: &'t [Token<'a>], words: &'t [Token<'a>]) -> bool {
        let Some(at) = words
            .iter()
            .take(8)
            .position(|t| t.any(&["requires", "require", "needs", "need", "is", "are"]) || t.mark(':'))
            .filter(|at| *at > 0)
        else {
            return false;
        };
        let actions = self.actions_of_subject(&words[..at]);
        if actions.is_empty() {
            return false;
        }
        let rest = &words[at + 1..];
        if words[at].any(&["requires", "require", "needs", "need"]) {
            return self.requires(whole, actions, rest);
        }
        let named = words[at].mark(':');
        let Some(stated) = stated(rest, named) else {
            return false;
        };
        if named && let Some(found) = self.input_limit(&actions, stated.body) {
            return match found {
                Ok(condition) => {
                    self.write_rule(whole, actions, Guard::OnlyIf { condition }, None);
                    true
                }
                Err(_) => {
                    self.unread_rule(whole, actions, None);
                    true
                }
            };
        }
        let Some(put) = stated.put else { return false };
        if stated.body.is_empty() {
            match put {
                Put::Never => self.write_rule(whole, actions, Guard::Never, None),
                Put::Only => self.unread_rule(whole, actions, None),
            }
            return true;
        }
        let got = if stated.done {
            self.deed_done(stated.body)
        } else {
            self.read_for(&actions, stated.body)
        };
        match got {
            Ok(got) => {
                let condition = if stated.flips {
                    negate(got.condition.clone())
                } else {
                    got.condition.clone()
                };
                let guard = match (put, stated.flips) {
                    (Put::Never, true) => Guard::OnlyIf {
                        condition: got.condition.clone(),
                    },
                    (Put::Never, false) => Guard::NeverIf { condition },
                    (Put::Only, _) => Guard::OnlyIf { condition },
                };
                self.write_rule(whole, actions, guard, Some(&got));
            }
            Err(trouble) => self.unread_rule(whole, actions, Some((stated.body, trouble))),
        }
        true
    }

    /// "… require a photo", "… requires that it is paid", "… always need a code".
    fn requires(&mut self, whole: &'t [Token<'a>], actions: Vec<ActionId>, rest: &'t [Token<'a>]) -> bool {
        let rest = match rest {
            [always, rest @ ..] if always.any(&["always", "also"]) => rest,
            rest => rest,
        };
        let person = rest
            .iter()
            .any(|t| t.any(&["person", "human", "manager", "supervisor", "colleague", "team", "agent"]))
            || self.names.team(rest).is_some();
        let Some(first) = rest.first().filter(|t| !person && !t.is("to")) else {
            return false;
        };
        let got = if first.is("that") {
            self.read_for(&actions, &rest[1..])
        } else {
            self.deed_done(rest)
        };
        let Ok(got) = got else { return false };
        let guard = Guard::OnlyIf {
            condition: got.condition.clone(),
        };
        self.write_rule(whole, actions, guard, Some(&got));
        true
    }

    /// The actions that a rule's subject stands for and names nothing beside: "claims", "cancelling", "subscription
    /// cancellations", "Refund payment".
    fn actions_of_subject(&self, words: &[Token<'_>]) -> Vec<ActionId> {
        let words: Vec<_> = words
            .iter()
            .filter(|t| !t.any(&["a", "an", "the", "all", "any", "every", "our", "each"]))
            .cloned()
            .collect();
        let found = match words.as_slice() {
            [] => return Vec::new(),
            [one] => self.actions_of_noun(one),
            _ => Vec::new(),
        };
        let found = match self.names.action_named(&words) {
            Some(at) if found.is_empty() => vec![self.names.actions[at].id.clone()],
            _ => found,
        };
        let found = match verb_at(&words, 0).filter(|v| v.deed.changes() && (v.form == Form::Ing || v.noun_too)) {
            Some(verb) if found.is_empty() => self.guarded(verb.deed, verb.lemma, &words[verb.length..]),
            _ => found,
        };
        let found = match words
            .split_last()
            .and_then(|(noun, rest)| Some((deed_of_noun(noun)?, noun, rest)))
        {
            Some((deed, noun, rest)) if found.is_empty() => self.guarded(deed, &noun.low, rest),
            _ => found,
        };
        let plain = self.adds_nothing(&found, &words);
        if plain { found } else { Vec::new() }
    }

    /// A guard on known actions from the words after the verb.
    fn guard(
        &mut self,
        whole: &'t [Token<'a>],
        put: Put,
        actions: Vec<ActionId>,
        deed: Deed,
        object: &'t [Token<'a>],
    ) -> bool {
        if let Some(times) = often(object)
            && put == Put::Never
        {
            self.at_most_times(whole, actions, deed, times, object);
            return true;
        }
        if let Some(times) = often_only(object)
            && put == Put::Only
        {
            self.write_rule(whole, actions, Guard::AtMost { times }, None);
            return true;
        }
        if put == Put::Never && self.never_touched(&actions, object) {
            self.note(
                whole,
                Spoken::new(Meaning::Rule, "Rule: holds, no action here takes this value"),
            );
            return true;
        }
        match self.guard_condition(put, &actions, object) {
            Ok(Some((guard, got))) => {
                let guard = self.in_this_case(guard);
                self.write_rule(whole, actions, guard, got.as_ref());
            }
            Ok(None) if put == Put::Never => {
                let guard = match self.under_all() {
                    Some(condition) => Guard::NeverIf { condition },
                    None => Guard::Never,
                };
                self.write_rule(whole, actions, guard, None);
            }
            Ok(None) => self.unread_rule(whole, actions, None),
            Err(trouble) => self.unread_rule(whole, actions, Some((object, trouble))),
        }
        true
    }

    /// "If it is urgent, only … if …": elsewhere the rule asks nothing.
    fn in_this_case(&self, guard: Guard) -> Guard {
        match (guard, self.under_all()) {
            (Guard::OnlyIf { condition }, Some(under)) if condition != Condition::Confirmed && condition != under => {
                Guard::OnlyIf {
                    condition: Condition::Any {
                        parts: vec![negate(under), condition],
                    },
                }
            }
            (guard, _) => guard,
        }
    }

    /// "never change the e-mail" where no guarded action takes an e-mail.
    fn never_touched(&self, actions: &[ActionId], object: &[Token<'_>]) -> bool {
        let Lookup::One { at, sure: true } = self.names.lookup(
            trimmed(object),
            Prefer {
                askable: true,
                owner: None,
            },
        ) else {
            return false;
        };
        let value = self.names.value(at);
        if !value.askable() {
            return false;
        }
        let takes = |action: &taskwright_domain::Action| {
            action.inputs.iter().any(|input| {
                let from = match &input.from {
                    taskwright_domain::InputFrom::Reference { reference } => reference.as_str(),
                    _ => input.key.as_str(),
                };
                from == value.reference
                    || super::names::content_stems(&input.label())
                        .iter()
                        .any(|s| value.field_stems.contains(s))
            })
        };
        !actions.iter().filter_map(|id| self.catalogue().action(id)).any(takes)
    }

    fn under_all(&self) -> Option<Condition> {
        match self.under.as_slice() {
            [] => None,
            [one] => Some(one.clone()),
            parts => Some(Condition::All { parts: parts.to_vec() }),
        }
    }

    /// The guard that the words after the verb put; none where they add nothing.
    fn guard_condition(
        &self,
        put: Put,
        actions: &[ActionId],
        object: &[Token<'_>],
    ) -> Outcome<Option<(Guard, Option<Got>)>> {
        let make = |condition: Condition| {
            if put == Put::Never {
                Guard::NeverIf { condition }
            } else {
                Guard::OnlyIf { condition }
            }
        };
        if let Some(at) = object.iter().position(opens_condition) {
            let word = &object[at];
            let (skip, flips) = match word.low.as_str() {
                "unless" | "until" | "without" | "except" => (1, true),
                "before" => (1, true),
                "as" if starts(&object[at..], &["as", "long", "as"]) => (3, false),
                "provided" if starts(&object[at..], &["provided", "that"]) => (2, false),
                _ => (1, false),
            };
            let skip =
                skip + usize::from(word.is("except") && object.get(at + 1).is_some_and(|t| t.any(&["if", "when"])));
            let body = &object[at + skip..];
            let before = &object[..at];
            let got = if matches!(word.low.as_str(), "without" | "before" | "after") {
                self.deed_done(body)?
            } else {
                self.read_for(actions, body)?
            };
            let condition = if flips {
                negate(got.condition.clone())
            } else {
                got.condition.clone()
            };
            // "never refund orders over 100 EUR unless …": both parts.
            let first = self.object_condition(actions, before)?;
            let condition = match first {
                Some((first, _)) if put == Put::Never => Condition::All {
                    parts: vec![first, condition],
                },
                Some((first, _)) => Condition::All {
                    parts: vec![first, condition],
                },
                None => condition,
            };
            let condition = match self.under_all() {
                Some(under) if put == Put::Never => Condition::All {
                    parts: vec![under, condition],
                },
                _ => condition,
            };
            let guard = match (put, flips, &condition) {
                // "never X unless A" is "X only if A".
                (Put::Never, true, _) if self.under.is_empty() => match condition {
                    Condition::All { .. } => Guard::NeverIf { condition },
                    other => Guard::OnlyIf {
                        condition: negate(other),
                    },
                },
                (Put::Only, true, _) if word.is("before") => Guard::NeverIf {
                    condition: negate(got.condition.clone()),
                },
                _ => make(condition),
            };
            return Ok(Some((guard, Some(got))));
        }
        match self.object_condition(actions, object)? {
            Some((condition, got)) => Ok(Some((make(condition), got))),
            None => Ok(None),
        }
    }

    fn read_rule_condition(&self, words: &[Token<'_>]) -> Outcome<Got> {
        self.read_for(&[], words)
    }

    /// Reads a rule's condition; "it" is what the actions act on.
    fn read_for(&self, actions: &[ActionId], words: &[Token<'_>]) -> Outcome<Got> {
        let mut said = self.said.clone();
        said.confirming = true;
        said.asked = None;
        // "a customer whose name is …"
        if let Some(at) = words.iter().take(5).position(|t| t.is("whose")).filter(|at| *at > 0) {
            let customer = words[at - 1].any(&["customer", "customers", "user", "users"]);
            said.it = if customer {
                Some("customer".to_owned())
            } else {
                self.names.object(&words[..at])
            };
            return Conditions::new(&self.names, &said).read(&words[at + 1..]);
        }
        let acted = self
            .names
            .actions
            .iter()
            .filter(|d| actions.contains(&d.id))
            .find_map(|d| {
                let owned = |value: &super::names::Named| {
                    value
                        .owner
                        .as_ref()
                        .is_some_and(|owner| d.object.iter().any(|s| s.near(&Stem::new(owner))))
                };
                self.names
                    .values
                    .iter()
                    .find(|value| owned(value))
                    .and_then(|value| value.owner.clone())
            });
        if acted.is_some() {
            said.it = acted;
        }
        Conditions::new(&self.names, &said).read(words)
    }

    /// "without a confirmation", "before verifying identity": what was done.
    fn deed_done(&self, words: &[Token<'_>]) -> Outcome<Got> {
        let plain = |condition: Condition| Got {
            condition,
            sure: true,
            links: Vec::new(),
            subject: Subject::Open,
        };
        // "without asking the customer for the date first"
        if words.first().is_some_and(|t| t.is("asking")) && words.iter().any(|t| t.is("for")) {
            let wanted = self.wanted(super::ask::without_customer(&words[1..]));
            if let ([(at, ..)], true) = (wanted.values.as_slice(), wanted.unknown.is_empty()) {
                return Ok(plain(Condition::Test {
                    subject: refer(&self.names.value(*at).reference),
                    comparison: Comparison::Present,
                }));
            }
        }
        let confirms = words.iter().any(|t| {
            t.any(&[
                "confirmation",
                "confirming",
                "consent",
                "approval",
                "permission",
                "ok",
                "asking",
                "yes",
                "confirm",
                "confirmed",
                "agreement",
            ])
        });
        if confirms {
            return Ok(plain(Condition::Confirmed));
        }
        if let Some(at) = self
            .names
            .webhook(words)
            .filter(|_| !words.iter().any(|t| t.kind == Kind::Call))
        {
            let (key, _) = &self.names.webhooks[at];
            if self.names.action_named(words).is_none() {
                return Ok(plain(Condition::Webhook {
                    key: key.clone(),
                    received: true,
                }));
            }
        }
        if let Some((deed, at)) = self.deed_in(words) {
            let lemma = verb_at(words, at).map_or_else(|| words[at].low.clone(), |v| v.lemma.to_owned());
            let length = verb_at(words, at).map_or(1, |v| v.length);
            let around: Vec<_> = words[..at].iter().chain(&words[at + length..]).cloned().collect();
            if let Some(found) = self.action_of(deed, &lemma, &around) {
                let action = self.names.actions[found].id.clone();
                return Ok(plain(Condition::Action {
                    action,
                    state: ActionState::Succeeded,
                }));
            }
        }
        if let Ok(got) = self.read_rule_condition(words) {
            return Ok(got);
        }
        let words = match verb_at(words, 0) {
            Some(verb) if verb.form == Form::Ing => &words[verb.length..],
            _ => words,
        };
        match self.names.lookup(trimmed(words), Prefer::default()) {
            Lookup::One { at, .. } => {
                let value = self.names.value(at);
                let comparison = match value.kind {
                    AttributeType::Boolean => Comparison::Is {
                        to: Operand::Constant {
                            value: taskwright_domain::Value::Boolean(true),
                        },
                    },
                    _ => Comparison::Present,
                };
                Ok(plain(Condition::Test {
                    subject: refer(&value.reference),
                    comparison,
                }))
            }
            _ => Err(Trouble::NotClear),
        }
    }

    /// "more than 100 EUR", "orders older than 40 days", "delivered orders", "orders that are processing".
    fn object_condition(
        &self,
        actions: &[ActionId],
        object: &[Token<'_>],
    ) -> Outcome<Option<(Condition, Option<Got>)>> {
        let object = trimmed(object);
        let object = without_tail(object);
        if let Some(found) = self.input_limit(actions, object) {
            return found.map(|condition| Some((condition, None)));
        }
        if self.adds_nothing(actions, object) {
            return Ok(None);
        }
        let whole = self.read_for(actions, object);
        let Err(trouble) = whole else {
            return whole.map(|got| Some((got.condition.clone(), Some(got))));
        };
        // "open a claim for parcels that …": what the action acts on stands after the preposition.
        for at in (1..object.len()).filter(|at| object[*at].any(&["for", "of", "on", "to", "in"])) {
            if self.adds_nothing(actions, &object[..at])
                && let Ok(got) = self.read_for(actions, &object[at + 1..])
            {
                return Ok(Some((got.condition.clone(), Some(got))));
            }
        }
        Err(trouble)
    }

    /// The actions that a noun stands for: "refunds", "claims".
    fn actions_of_noun(&self, noun: &Token<'_>) -> Vec<ActionId> {
        if noun.any(&["change", "changes"]) {
            return self.all_changing(Deed::Make);
        }
        if let Some(deed) = deed_of_noun(noun) {
            return self.guarded(deed, &noun.low.clone(), &[]);
        }
        let stem = Stem::of(noun).text;
        let made = noun.low.trim_end_matches('s').ends_with("ion");
        let own = |d: &&super::actions::Doing| {
            (d.changes && matches!(d.deed, Some(Deed::Create | Deed::Make)) || d.deed == Some(Deed::Send))
                && d.object.iter().any(|s| s.same(noun))
                || d.changes && made && d.lemma.as_ref().is_some_and(|lemma| stem.starts_with(&lemma.text))
        };
        self.names.actions.iter().filter(own).map(|d| d.id.clone()).collect()
    }

    /// Whether the object is only the thing itself: "the order", "it", "anything".
    fn adds_nothing(&self, actions: &[ActionId], object: &[Token<'_>]) -> bool {
        let telling = content(object);
        let doing: Vec<_> = self.names.actions.iter().filter(|d| actions.contains(&d.id)).collect();
        telling.iter().all(|t| {
            t.any(&["anything", "money", "yourself", "customers", "more", "data", "details"])
                || doing.iter().any(|d| {
                    d.object.iter().chain(d.lemma.iter()).any(|s| s.akin(t)) || Stem::new(&d.result_name).akin(t)
                })
        }) && !object.iter().any(|t| {
            t.kind == Kind::Number || t.any(&["that", "which", "older", "than", "over", "under", "who", "whose"])
        })
    }

    /// "more than 100 EUR": the amount that the action is given.
    fn input_limit(&self, actions: &[ActionId], object: &[Token<'_>]) -> Option<Outcome<Condition>> {
        let catalogue = self.catalogue();
        let skip = object
            .iter()
            .take_while(|t| {
                t.any(&[
                    "the",
                    "a",
                    "an",
                    "any",
                    "amounts",
                    "amount",
                    "of",
                    "money",
                    "anything",
                    "refund",
                    "refunds",
                    "for",
                    "customer",
                    "them",
                    "it",
                    "customers",
                    "sums",
                    "out",
                ]) || self.is_object_of(actions, t)
            })
            .count();
        let body = &object[skip..];
        let (relation, after) = relation_at(body, 0)?;
        let action = actions.iter().find_map(|id| catalogue.action(id))?;
        let tail = &body[after..];
        let inputs: Vec<_> = action
            .inputs
            .iter()
            .filter(|input| {
                matches!(
                    input.kind,
                    AttributeType::Amount | AttributeType::Integer | AttributeType::Decimal
                )
            })
            .collect();
        if super::constants::period_at(tail, 0).is_some() {
            return None;
        }
        let [input] = inputs.as_slice() else {
            return None;
        };
        let subject = Operand::Input { key: input.key.clone() };
        if let Some(read) = operand_for(&input.kind, tail, 0, &catalogue.settings.currency) {
            let rest = &tail[read.end..];
            // "less than 15 EUR or more than 900 EUR"
            if let [or, more @ ..] = rest
                && or.is("or")
                && let Some(other) = self.input_limit(actions, more)
            {
                let first = numeric(relation, read.value).ok_or(Trouble::NotClear);
                return Some(first.and_then(|comparison| {
                    let first = Condition::Test { subject, comparison };
                    Ok(Condition::Any {
                        parts: vec![first, other?],
                    })
                }));
            }
            if rest.iter().all(|t| {
                t.is_mark()
                    || t.any(&[
                        "in", "total", "at", "once", "per", "each", "order", "customer", "for", "one", "a", "of",
                        "any", "case", "refund",
                    ])
            }) {
                return Some(
                    numeric(relation, read.value)
                        .map(|comparison| Condition::Test { subject, comparison })
                        .ok_or(Trouble::NotClear),
                );
            }
            return Some(Err(Trouble::NotClear));
        }
        let tail = without_tail(trimmed(tail));
        let tail = match tail {
            [rest @ .., last] if last.any(&["paid", "cost", "costs", "was"]) && rest.len() > 1 => rest,
            tail => tail,
        };
        let prefer = Prefer {
            askable: false,
            owner: self.said.it.as_deref(),
        };
        match self.names.lookup(tail, prefer) {
            Lookup::One { at, .. }
                if std::mem::discriminant(&self.names.value(at).kind) == std::mem::discriminant(&input.kind) =>
            {
                let than = refer(&self.names.value(at).reference);
                Some(
                    numeric(relation, than)
                        .map(|comparison| Condition::Test { subject, comparison })
                        .ok_or(Trouble::NotClear),
                )
            }
            _ => Some(Err(Trouble::NotClear)),
        }
    }

    fn is_object_of(&self, actions: &[ActionId], token: &Token<'_>) -> bool {
        let doing = self.names.actions.iter().filter(|d| actions.contains(&d.id));
        token.kind == Kind::Word && doing.into_iter().any(|d| d.object.iter().any(|s| s.same(token)))
    }

    /// The actions a rule's verb and object speak of; all of one deed when the object names none of them.
    pub(super) fn guarded(&self, deed: Deed, lemma: &str, object: &[Token<'_>]) -> Vec<ActionId> {
        let end = object
            .iter()
            .position(|t| {
                t.any(&[
                    "if", "when", "unless", "until", "that", "which", "older", "more", "over", "above", "without",
                    "before", "after", "once", "than", "worth", "below", "under", "who",
                ]) || t.kind == Kind::Number
            })
            .unwrap_or(object.len());
        // "more than three codes": the thing stands behind the number.
        let counted = (end == 0)
            .then(|| relation_at(object, 0).and_then(|(_, after)| count_at(object, after)))
            .flatten()
            .map(|read| &object[read.end..])
            .filter(|rest| !rest.is_empty());
        if let Some(rest) = counted {
            return self.guarded(deed, lemma, rest);
        }
        if let Some(at) = self.names.action_named(object) {
            return vec![self.names.actions[at].id.clone()];
        }
        let noun = object[..end].iter().find_map(|t| {
            deed_of_noun(t).filter(|_| {
                matches!(
                    deed,
                    Deed::Make | Deed::Create | Deed::Send | Deed::Use | Deed::Offer | Deed::Give | Deed::Other
                )
            })
        });
        let deed = noun.unwrap_or(deed);
        if !deed.acts() {
            return Vec::new();
        }
        if let super::actions::Match::One { at, .. } = self.match_action(deed, lemma, &object[..end])
            && (self.names.actions[at].changes || deed.changes() || deed == Deed::Send)
        {
            return vec![self.names.actions[at].id.clone()];
        }
        // "change the booking" where an action moves bookings, and another changes something else.
        let named: Vec<_> = content(&object[..end]).into_iter().collect();
        let about = |d: &super::actions::Doing| named.iter().any(|t| d.object.iter().any(|s| s.akin(t)));
        let general = matches!(deed, Deed::Update | Deed::Make | Deed::Other);
        let on_it: Vec<_> = self.names.actions.iter().filter(|d| d.changes && about(d)).collect();
        let of_deed = |d: &&super::actions::Doing| d.deed == Some(deed) && (d.changes || deed.changes());
        let found: Vec<_> = if general && !on_it.is_empty() {
            on_it
        } else {
            self.names.actions.iter().filter(of_deed).collect()
        };
        found.into_iter().map(|d| d.id.clone()).collect()
    }

    fn all_changing(&self, deed: Deed) -> Vec<ActionId> {
        let same: Vec<_> = self
            .names
            .actions
            .iter()
            .filter(|d| d.changes && d.deed == Some(deed))
            .map(|d| d.id.clone())
            .collect();
        // "Before any change" means whatever changes something.
        if same.is_empty() || deed == Deed::Update {
            self.names
                .actions
                .iter()
                .filter(|d| d.changes)
                .map(|d| d.id.clone())
                .collect()
        } else {
            same
        }
    }

    /// A rule about what is said or asked: the assistant says only what is written, so it holds by itself.
    fn spoken_rule(&mut self, whole: &[Token<'_>], put: Put, deed: Deed, rest: &[Token<'_>]) -> bool {
        if deed.changes() && put == Put::Never || deed.changes() && put == Put::Only {
            let span = self.span(whole);
            let text = self.written(whole);
            let mut found = problem(
                ProblemCode::UnknownAction,
                Severity::Blocks,
                span,
                format!(
                    "The rule \u{201c}{text}\u{201d} speaks of an action that does not exist, so it cannot be kept."
                ),
            );
            found.remedies.extend(problems::ways_out(span, &text));
            self.problems.push(found);
            self.note(whole, Spoken::new(Meaning::Rule, "Rule: not understood").guessed());
            return true;
        }
        if put == Put::Only {
            return false;
        }
        let bounded = rest
            .iter()
            .any(|t| t.any(&["if", "when", "before", "until", "unless", "during", "without", "while"]));
        // "Never do that": of what, nothing here says.
        let nothing = trimmed(rest).iter().all(|t| t.any(&["do", "that", "this", "it", "so"]));
        if nothing {
            self.rule_not_kept(whole);
            return true;
        }
        // "Do not offer it unless they complain": nothing said is held back until then.
        let lifted = rest.iter().any(|t| t.any(&["unless", "until"]));
        if deed == Deed::HandOff && bounded || lifted && !self.asked_only_when_missing(deed, rest) {
            self.rule_not_kept(whole);
            return true;
        }
        let links = self.spoken_of(deed, rest);
        self.note(
            whole,
            Spoken::new(
                Meaning::Rule,
                "Rule for what is said: the assistant says only what is written here",
            )
            .links(links),
        );
        true
    }

    /// What a rule about words speaks of: "prices", "what they tell you it is", "never offer it".
    fn spoken_of(&self, deed: Deed, rest: &[Token<'_>]) -> Vec<Link> {
        let words = trimmed(rest);
        let words = &words[verb_at(words, 0).map_or(0, |v| v.length)..];
        let price = |t: &Token<'_>| t.any(&["price", "prices", "amount", "amounts", "cost", "costs", "fee", "fees"]);
        let values: Vec<usize> = if words.iter().any(price) {
            let told = self.names.values.iter().enumerate().filter(|(_, value)| {
                value.origin == super::names::Origin::Field
                    && !value.of_change
                    && matches!(value.kind, AttributeType::Amount)
            });
            told.map(|(at, _)| at).collect()
        } else if words
            .windows(2)
            .any(|pair| pair[0].any(&["it", "they"]) && pair[1].any(&["is", "are"]))
            && let Some(owner) = &self.said.it
        {
            self.names.of_owner(owner).collect()
        } else {
            Vec::new()
        };
        if values.is_empty()
            && deed == Deed::Offer
            && words.first().is_some_and(|t| t.any(&["it", "this", "that"]))
            && let Some([action]) = self.rules.last().map(|rule| rule.actions.as_slice())
        {
            let action = action.clone();
            return super::conditions::link_over(&words[..1], LinkTarget::Action { action });
        }
        let target = |at: &usize| LinkTarget::Reference {
            reference: self.names.value(*at).reference.clone(),
        };
        values
            .iter()
            .flat_map(|at| super::conditions::link_over(words, target(at)))
            .collect()
    }

    /// "Do not ask for it unless it is missing": what is known is never asked for anyway.
    fn asked_only_when_missing(&self, deed: Deed, rest: &[Token<'_>]) -> bool {
        deed == Deed::Ask
            && rest
                .iter()
                .any(|t| t.any(&["missing", "known", "have", "found", "nothing", "needed", "necessary"]))
    }

    /// "read it back and only save when they say yes": the yes was just asked for, so the action runs as well.
    pub(super) fn run_what_was_confirmed(&mut self, whole: &[Token<'_>], steps: &mut Vec<Step>) {
        let asked = matches!(
            steps.last(),
            Some(Step {
                kind: taskwright_domain::StepKind::Confirm { .. },
                ..
            })
        );
        let Some(rule) = self.rules.last().filter(|_| asked) else {
            return;
        };
        let (
            Guard::OnlyIf {
                condition: Condition::Confirmed,
            },
            [action],
        ) = (&rule.guard, rule.actions.as_slice())
        else {
            return;
        };
        let action = action.clone();
        self.said.action = Some(action.clone());
        let run = taskwright_domain::StepKind::Run {
            action,
            inputs: std::collections::BTreeMap::new(),
        };
        steps.push(self.step(whole, run));
    }

    /// These actions only after something was done, in the case that is being read.
    pub(super) fn must_come_first(&mut self, whole: &[Token<'_>], actions: Vec<ActionId>, done: Condition) {
        let guard = match self.under_all() {
            Some(under) => Guard::NeverIf {
                condition: Condition::All {
                    parts: vec![under, negate(done)],
                },
            },
            None => Guard::OnlyIf { condition: done },
        };
        self.write_rule(whole, actions, guard, None);
    }

    pub(super) fn write_rule(&mut self, whole: &[Token<'_>], actions: Vec<ActionId>, guard: Guard, got: Option<&Got>) {
        // The condition that leads here was not read: the rule would hold always.
        if self.led_by != super::reader::LedBy::Nothing && self.under.is_empty() {
            return self.unread_rule(whole, actions, None);
        }
        let names: Vec<_> = actions
            .iter()
            .filter_map(|id| self.catalogue().action(id))
            .map(|action| format!("*{}*", action.name))
            .collect();
        let names = super::ask::listed(&names);
        let words = |condition: &Condition| super::describe::condition(condition, self.names.catalogue);
        let plain = match &guard {
            Guard::OnlyIf { condition } => format!("Rule: {names} only if {}", words(condition)),
            Guard::NeverIf { condition } => format!("Rule: {names} never if {}", words(condition)),
            Guard::AtMost { times: 1 } => format!("Rule: {names} at most once in a conversation"),
            Guard::AtMost { times } => format!("Rule: {names} at most {times} times in a conversation"),
            Guard::Never => format!("Rule: {names} never"),
        };
        let span = self.span(whole);
        let text = self.written(whole);
        let mut links = got.map(|got| got.links.clone()).unwrap_or_default();
        for action in &actions {
            links.extend(super::conditions::link_over(
                trimmed(whole),
                LinkTarget::Action { action: action.clone() },
            ));
        }
        self.rules.push(Rule {
            span,
            text,
            actions,
            guard,
            told: None,
        });
        self.note(whole, Spoken::new(Meaning::Rule, plain).links(links));
    }

    /// Fails closed: the actions never run until the rule can be read.
    fn unread_rule(&mut self, whole: &[Token<'_>], actions: Vec<ActionId>, trouble: Option<(&[Token<'_>], Trouble)>) {
        let span = self.span(whole);
        let text = self.written(whole);
        let judged = trouble.as_ref().and_then(|(words, _)| {
            let opens = words.iter().position(|t| t.any(&["if", "when", "unless", "where"]));
            let words = &words[opens.map_or(0, |at| at + 1)..];
            let said = words.iter().any(super::vague::says_of);
            let measure = || self.no_measure(whole, words).filter(|_| said);
            self.picture_judged(whole, words).or_else(measure)
        });
        let why = match trouble {
            Some((_, Trouble::Mismatch(why))) => why,
            Some((words, _)) => format!("\u{201c}{}\u{201d} cannot be decided.", self.written(words)),
            None => "Its condition cannot be decided.".to_owned(),
        };
        let names: Vec<_> = actions
            .iter()
            .filter_map(|id| self.catalogue().action(id))
            .map(|a| a.name.clone())
            .collect();
        let held_back = format!("Until it is, {} does not run.", super::ask::listed(&names));
        let found = match judged {
            Some(mut found) => {
                found.message = format!("{} {held_back}", found.message);
                found
            }
            None => {
                let message = format!("The rule \u{201c}{text}\u{201d} was not understood. {why} {held_back}");
                let mut found = problem(ProblemCode::UnclearSentence, Severity::Blocks, span, message);
                found.remedies.extend(problems::ways_out(span, &text));
                found
            }
        };
        self.problems.push(found);
        self.rules.push(Rule {
            span,
            text,
            actions,
            guard: Guard::Never,
            told: None,
        });
        self.note(
            whole,
            Spoken::new(Meaning::Rule, "Rule: not understood, so the action is held back").guessed(),
        );
    }

    /// "no photo, no refund".
    fn no_one_no_other(&mut self, whole: &'t [Token<'a>], words: &'t [Token<'a>], steps: &[Step]) -> bool {
        if !words.first().is_some_and(|t| t.is("no")) {
            return false;
        }
        if let Some(at) = words
            .iter()
            .position(|t| t.any(&["without", "unless", "before", "if", "when", "until", "after", "for"]))
            .filter(|at| {
                let passive = |t: &Token<'_>| {
                    t.any(&["may", "can", "must", "should", "will", "be", "is", "are"])
                        || verb_at(std::slice::from_ref(t), 0).is_some_and(|v| v.form == Form::Past)
                };
                *at <= 3 || *at <= 6 && words[2..*at].iter().all(passive)
            })
        {
            return self.no_without(whole, words, at);
        }
        // "…, no ticket": not in this case.
        if let ([_, noun], Some(condition)) = (words, self.under_all()) {
            let actions = self.actions_of_noun(noun);
            if !actions.is_empty() {
                self.write_rule(whole, actions, Guard::NeverIf { condition }, None);
                return true;
            }
        }
        let Some(comma) = words.iter().position(|t| t.mark(',') || t.mark('→') || t.mark('=')) else {
            return false;
        };
        let (first, second) = (&words[1..comma], &words[comma + 1..]);
        let Some(no) = second.iter().position(|t| t.is("no")).filter(|at| *at <= 1) else {
            return false;
        };
        let Some(actions) = second[no + 1..]
            .iter()
            .map(|t| self.actions_of_noun(t))
            .find(|found| !found.is_empty())
        else {
            return false;
        };
        if actions.is_empty() {
            return false;
        }
        match self.deed_done(first) {
            Ok(got) => {
                let guard = match case_asked_in(steps, &got.condition) {
                    Some(case) => Guard::NeverIf {
                        condition: Condition::All {
                            parts: vec![case, negate(got.condition.clone())],
                        },
                    },
                    None => Guard::OnlyIf {
                        condition: got.condition.clone(),
                    },
                };
                self.write_rule(whole, actions, guard, Some(&got));
            }
            Err(_) => self.unread_rule(whole, actions, None),
        }
        true
    }

    /// "no refund without a receipt", "no refunds for delivered parcels".
    fn no_without(&mut self, whole: &'t [Token<'a>], words: &'t [Token<'a>], at: usize) -> bool {
        let Some(actions) = words[1..at]
            .iter()
            .map(|t| self.actions_of_noun(t))
            .find(|found| !found.is_empty())
        else {
            return false;
        };
        let body = &words[at + 1..];
        let only = words[at].any(&["without", "unless", "before", "until"]);
        let got = if words[at].any(&["without", "before"]) {
            self.deed_done(body)
        } else {
            self.read_for(&actions, body)
        };
        match got {
            Ok(got) if only => self.write_rule(
                whole,
                actions,
                Guard::OnlyIf {
                    condition: got.condition.clone(),
                },
                Some(&got),
            ),
            Ok(got) => self.write_rule(
                whole,
                actions,
                Guard::NeverIf {
                    condition: got.condition.clone(),
                },
                Some(&got),
            ),
            Err(trouble) => self.unread_rule(whole, actions, Some((body, trouble))),
        }
        true
    }

    /// "at most one refund per conversation", "refunds: no more than two per order", "maximum 100 EUR per refund".
    fn at_most(&mut self, whole: &'t [Token<'a>], words: &'t [Token<'a>]) -> bool {
        let bound = relation_at(words, 0).filter(|(r, _)| matches!(r, super::conditions::Relation::AtMost));
        let one = words.first().is_some_and(|t| t.any(&["one", "only"]));
        let (after, plain) = match bound {
            Some((_, after)) => (after, false),
            None if one => (usize::from(words[0].is("only")), true),
            None => return false,
        };
        let Some(read) = count_at(words, after) else {
            return false;
        };
        let rest = &words[read.end..];
        if plain && !rest.iter().any(|t| t.any(&["per", "each", "a", "every"])) {
            return false;
        }
        let Some(noun) = rest.first().filter(|t| t.kind == Kind::Word) else {
            return false;
        };
        let actions = self.actions_of_noun(noun);
        if actions.is_empty() {
            return false;
        }
        if !rest[1..].iter().all(|t| t.any(&PER)) {
            self.unread_rule(whole, actions, None);
            return true;
        }
        self.write_rule(whole, actions, Guard::AtMost { times: read.value }, None);
        true
    }

    /// "create at most one ticket per conversation", "refund an order no more than twice".
    fn bounded_command(&mut self, whole: &'t [Token<'a>], words: &'t [Token<'a>]) -> bool {
        let Some(verb) = verb_at(words, 0).filter(|v| v.form == Form::Base && v.deed.changes()) else {
            return false;
        };
        let bound = (verb.length..words.len()).find_map(|at| match relation_at(words, at) {
            Some((super::conditions::Relation::AtMost, after)) => Some((at, after)),
            _ => None,
        });
        let Some((at, after)) = bound else { return false };
        if super::constants::amount_at(words, after).is_some() {
            // "refund at most 100 EUR" is "only refund at most 100 EUR".
            let object = &words[verb.length..];
            let actions = self.guarded(verb.deed, verb.lemma, object);
            return !actions.is_empty() && self.guard(whole, Put::Only, actions, verb.deed, object);
        }
        let counted = match words.get(after) {
            Some(t) if t.any(&["once", "twice"]) => Some((if t.is("once") { 1 } else { 2 }, after + 1)),
            _ => count_at(words, after).map(|read| (read.value, read.end)),
        };
        let Some((times, end)) = counted else { return false };
        let thing = words[end..].iter().take_while(|t| !t.any(&PER[..2]));
        let object: Vec<_> = words[verb.length..at].iter().chain(thing).cloned().collect();
        let actions = self.guarded(verb.deed, verb.lemma, &object);
        if actions.is_empty() {
            return false;
        }
        let rest = words[end..].iter().skip_while(|t| !t.any(&PER[..2]));
        if rest.clone().all(|t| t.is_mark() || t.any(&PER)) {
            self.write_rule(whole, actions, Guard::AtMost { times }, None);
        } else {
            self.unread_rule(whole, actions, None);
        }
        true
    }

    /// "a booking can be moved twice at most", "customers may move a visit only once".
    fn counted_rule(&mut self, whole: &'t [Token<'a>], words: &'t [Token<'a>]) -> bool {
        let Some(modal) = words
            .iter()
            .position(|t| t.any(&["can", "may"]))
            .filter(|at| *at > 0 && *at < 8)
        else {
            return false;
        };
        let bound = words.windows(2).any(|pair| {
            pair[0].is("at") && pair[1].is("most")
                || pair[0].is("up") && pair[1].is("to")
                || pair[0].is("more") && pair[1].is("than")
        }) || words
            .iter()
            .any(|t| t.any(&["only", "max", "maximum", "most", "once", "twice"]));
        let Some(times) = self.times_in(&words[modal..]).filter(|_| bound) else {
            return false;
        };
        let times = times.max(1);
        let from = modal + 1 + usize::from(words.get(modal + 1).is_some_and(|t| t.any(&["be", "only"])));
        let from = from + usize::from(words.get(from).is_some_and(|t| t.is("be")));
        let Some(verb) = verb_at(words, from).filter(|v| v.deed.changes()) else {
            return false;
        };
        let subject: Vec<Token<'a>> = words[..modal]
            .iter()
            .chain(&words[from + verb.length..])
            .filter(|t| {
                !t.any(&[
                    "customer",
                    "customers",
                    "a",
                    "same",
                    "at",
                    "most",
                    "only",
                    "once",
                    "twice",
                    "times",
                    "up",
                    "per",
                ])
            })
            .cloned()
            .collect();
        let actions = self.guarded(verb.deed, verb.lemma, &subject);
        if actions.is_empty() {
            return false;
        }
        self.at_most_times(whole, actions.clone(), verb.deed, times, &words[from + verb.length..]);
        self.listen_for_the_wish(whole, &words[from..], &actions);
        true
    }

    /// At most so often: by a count or a yes-or-no that is kept where there is one, since it says more than this
    /// conversation does. "once by 7 days" bounds what is given as well.
    fn at_most_times(
        &mut self,
        whole: &'t [Token<'a>],
        actions: Vec<ActionId>,
        deed: Deed,
        times: u32,
        tail: &[Token<'_>],
    ) {
        let given = self.given_numbers(&actions, tail);
        let kept = self.kept_count(&actions, deed, times);
        let parts: Vec<_> = kept.iter().cloned().chain(given).collect();
        let guard = match (kept.is_some(), parts.as_slice()) {
            (true, [one]) => Guard::OnlyIf { condition: one.clone() },
            (true, _) => Guard::OnlyIf {
                condition: Condition::All { parts },
            },
            (false, []) => Guard::AtMost { times },
            (false, _) => {
                self.write_rule(whole, actions.clone(), Guard::AtMost { times }, None);
                let condition = match parts.as_slice() {
                    [one] => one.clone(),
                    _ => Condition::All { parts },
                };
                Guard::OnlyIf { condition }
            }
        };
        self.write_rule(whole, actions, guard, None);
    }

    /// "times moved is less than 2", "extended is no".
    fn kept_count(&self, actions: &[ActionId], deed: Deed, times: u32) -> Option<Condition> {
        let same_deed = |word: &str| {
            let (tokens, _) = super::token::scan(word);
            let noun = tokens.first().and_then(deed_of_noun);
            deed != Deed::Other && (noun == Some(deed) || verb_at(&tokens, 0).is_some_and(|v| v.deed == deed))
        };
        let acted: Vec<_> = self.names.actions.iter().filter(|d| actions.contains(&d.id)).collect();
        let of_thing = |owner: &str| {
            let stem = Stem::new(owner);
            acted
                .iter()
                .any(|d| d.result_name == owner || d.object.iter().any(|s| s.near(&stem)))
        };
        self.names.values.iter().find_map(|value| {
            let owner = value
                .owner
                .as_deref()
                .filter(|owner| of_thing(owner) && !value.of_change)?;
            let field = value.reference.strip_prefix(owner)?.trim_start_matches('.');
            let parts: Vec<_> = field.split('_').collect();
            let counts = parts.iter().any(|part| matches!(*part, "times" | "count"));
            let subject = refer(&value.reference);
            let constant = |value: taskwright_domain::Value| Operand::Constant { value };
            let comparison = match value.kind {
                AttributeType::Integer if counts && parts.iter().any(|part| same_deed(part)) => Comparison::LessThan {
                    than: constant(taskwright_domain::Value::Integer(i64::from(times))),
                },
                AttributeType::Boolean if times == 1 && parts.len() == 1 && same_deed(parts[0]) => Comparison::Is {
                    to: constant(taskwright_domain::Value::Boolean(false)),
                },
                _ => return None,
            };
            Some(Condition::Test { subject, comparison })
        })
    }

    /// "by 7 days": the number that the action is given.
    fn given_numbers(&self, actions: &[ActionId], words: &[Token<'_>]) -> Vec<Condition> {
        let Some(action) = actions.iter().find_map(|id| self.catalogue().action(id)) else {
            return Vec::new();
        };
        let given = |input: &taskwright_domain::ActionInput| {
            let named = super::names::content_stems(&input.label());
            let at = (0..words.len().saturating_sub(1))
                .find(|at| words[*at].kind == Kind::Number && named.iter().any(|s| s.same(&words[at + 1])))?;
            let number = count_at(words, at).filter(|_| matches!(input.kind, AttributeType::Integer))?;
            let to = Operand::Constant {
                value: taskwright_domain::Value::Integer(i64::from(number.value)),
            };
            Some(Condition::Test {
                subject: Operand::Input { key: input.key.clone() },
                comparison: Comparison::Is { to },
            })
        };
        action.inputs.iter().filter_map(given).collect()
    }

    /// "refunds are limited to 100 EUR", "the refund must not exceed the order total", "refunds above 100 EUR need a
    /// person".
    fn limited(&mut self, whole: &'t [Token<'a>], words: &'t [Token<'a>], steps: &mut Vec<Step>) -> bool {
        let skip = usize::from(
            words
                .first()
                .is_some_and(|t| t.any(&["the", "a", "any", "all", "every", "each"])),
        );
        let Some(noun) = words.get(skip).filter(|t| t.kind == Kind::Word) else {
            return false;
        };
        let amounts = words
            .get(skip + 1)
            .is_some_and(|t| t.any(&["amount", "amounts", "total", "value"]));
        let actions = self.actions_of_noun(noun);
        if actions.is_empty() {
            return false;
        }
        let rest = &words[skip + 1 + usize::from(amounts)..];
        let said: Vec<_> = rest.iter().map(|t| t.low.as_str()).collect();
        let bound = match said.as_slice() {
            ["is" | "are", "limited", "to", ..] => Some((3, false)),
            ["must" | "can" | "should" | "may", "not", "exceed", ..] => Some((3, false)),
            ["must" | "can" | "should" | "may", "never", "exceed", ..] => Some((3, false)),
            ["never", "exceed", ..] => Some((2, false)),
            ["must" | "can" | "should" | "may", "not" | "never", "be", ..] => Some((3, true)),
            ["must" | "can" | "should" | "may", "be", ..] => Some((2, true)),
            _ => None,
        };
        if let Some((from, compared)) = bound {
            let negative = said.contains(&"not") || said.contains(&"never");
            let tail = &rest[from..];
            let found = if compared {
                self.input_limit(&actions, tail)
            } else {
                self.input_bound(&actions, tail)
            };
            return match found {
                Some(Ok(condition)) => {
                    let guard = if compared && !negative {
                        Guard::OnlyIf { condition }
                    } else if compared {
                        Guard::NeverIf { condition }
                    } else {
                        Guard::OnlyIf { condition }
                    };
                    self.write_rule(whole, actions, guard, None);
                    true
                }
                _ if compared => false,
                _ => {
                    self.unread_rule(whole, actions, None);
                    true
                }
            };
        }
        self.need_a_person(whole, actions, rest, steps)
    }

    fn input_bound(&self, actions: &[ActionId], tail: &[Token<'_>]) -> Option<Outcome<Condition>> {
        let action = actions.iter().find_map(|id| self.catalogue().action(id))?;
        let inputs: Vec<_> = action
            .inputs
            .iter()
            .filter(|input| {
                matches!(
                    input.kind,
                    AttributeType::Amount | AttributeType::Integer | AttributeType::Decimal
                )
            })
            .collect();
        let [input] = inputs.as_slice() else { return None };
        let subject = Operand::Input { key: input.key.clone() };
        let than = match operand_for(&input.kind, tail, 0, &self.catalogue().settings.currency) {
            Some(read) => read.value,
            None => match self.names.lookup(
                trimmed(tail),
                Prefer {
                    askable: false,
                    owner: self.said.it.as_deref(),
                },
            ) {
                Lookup::One { at, .. } => refer(&self.names.value(at).reference),
                _ => return Some(Err(Trouble::NotClear)),
            },
        };
        Some(Ok(Condition::Test {
            subject,
            comparison: Comparison::AtMost { than },
        }))
    }

    /// "refunds above 100 EUR need a person (Returns)": held back; the engine then offers a person.
    fn need_a_person(
        &mut self,
        whole: &'t [Token<'a>],
        actions: Vec<ActionId>,
        rest: &'t [Token<'a>],
        steps: &mut Vec<Step>,
    ) -> bool {
        let Some(at) = rest
            .iter()
            .position(|t| t.any(&["need", "needs", "require", "requires", "go", "goes", "are", "is"]))
        else {
            return false;
        };
        let tail = &rest[at..];
        let person = tail.iter().any(|t| {
            t.any(&[
                "person",
                "human",
                "manager",
                "approval",
                "supervisor",
                "agent",
                "colleague",
            ])
        }) || self.names.team(tail).is_some();
        let refused = tail.iter().any(|t| t.any(&["not", "never"]))
            && tail.iter().any(|t| t.any(&["allowed", "possible", "permitted"]));
        if !(person || refused) || at == 0 {
            return false;
        }
        let limit = match &rest[..at] {
            [limit @ .., modal] if modal.any(&["must", "should", "always", "to", "have", "has"]) => limit,
            limit => limit,
        };
        let condition = match self.input_limit(&actions, limit) {
            Some(found) => found.map(|condition| (condition, None)),
            None => self
                .read_rule_condition(limit)
                .map(|got| (got.condition.clone(), Some(got))),
        };
        match condition {
            Ok((condition, got)) => {
                if let Some(team) = self.names.team(tail) {
                    self.hand_over_if(whole, &actions, &condition, team, steps);
                }
                self.write_rule(whole, actions, Guard::NeverIf { condition }, got.as_ref());
            }
            Err(trouble) => self.unread_rule(whole, actions, Some((&rest[..at], trouble))),
        }
        true
    }

    /// "… need a person (Returns)": where it is known before the action runs, the team takes over at once.
    fn hand_over_if(
        &mut self,
        whole: &'t [Token<'a>],
        actions: &[ActionId],
        condition: &Condition,
        team: usize,
        steps: &mut Vec<Step>,
    ) {
        let Condition::Test {
            subject: Operand::Input { key },
            comparison,
        } = condition
        else {
            return;
        };
        let inputs = actions.iter().filter_map(|id| self.catalogue().action(id));
        let Some(input) = inputs.flat_map(|action| &action.inputs).find(|input| input.key == *key) else {
            return;
        };
        let reference = match &input.from {
            taskwright_domain::InputFrom::Reference { reference } => reference.clone(),
            _ => input.key.clone(),
        };
        if !self.names.values.iter().any(|value| value.reference == reference) {
            return;
        }
        let hands = self.step(
            whole,
            taskwright_domain::StepKind::HandOff {
                team: Some(self.names.teams[team].0.clone()),
                words: None,
                note: None,
            },
        );
        let arm = taskwright_domain::Arm {
            span: self.span(whole),
            condition: Condition::Test {
                subject: refer(&reference),
                comparison: comparison.clone(),
            },
            steps: vec![hands],
        };
        let check = taskwright_domain::StepKind::Check {
            arms: vec![arm],
            otherwise: Vec::new(),
        };
        steps.push(self.step(whole, check));
    }

    /// "always verify identity before changing details", "verify it before any refund".
    fn before_rule(&mut self, whole: &'t [Token<'a>], words: &'t [Token<'a>], listed: bool) -> bool {
        let always = words.first().is_some_and(|t| t.any(&["always", "identity"]))
            || listed
            || words.iter().any(|t| t.is("must"));
        if !always {
            return false;
        }
        let Some(at) = words.iter().position(|t| t.is("before")) else {
            return false;
        };
        let (first, second) = (&words[..at], &words[at + 1..]);
        let Some((deed, place)) = self.deed_in(second) else {
            return false;
        };
        let verb = verb_at(second, place);
        let lemma = verb.map_or_else(|| second[place].low.clone(), |v| v.lemma.to_owned());
        let object = &second[place + verb.map_or(1, |v| v.length)..];
        let any_change = deed == Deed::Update && place > 0 && second[0].any(&["any", "every", "each"]);
        let anything = any_change || object.first().is_some_and(|t| t.any(&["anything", "any", "data"]));
        let actions = if anything {
            self.all_changing(deed)
        } else {
            self.guarded(deed, &lemma, object)
        };
        if actions.is_empty() {
            return false;
        }
        let first: Vec<_> = first
            .iter()
            .filter(|t| {
                !t.any(&[
                    "always", "you", "must", "we", "be", "should", "the", "has", "to", "have", "need", "needs",
                ])
            })
            .cloned()
            .collect();
        let owned = self.deed_done(&first);
        match owned {
            Ok(got) => self.write_rule(
                whole,
                actions,
                Guard::OnlyIf {
                    condition: got.condition.clone(),
                },
                Some(&got),
            ),
            Err(_) => self.unread_rule(whole, actions, None),
        }
        true
    }

    /// "Before any change, get their explicit consent": whatever changes data waits for a yes.
    fn yes_before_anything(&mut self, whole: &'t [Token<'a>], words: &'t [Token<'a>]) -> bool {
        let [before, scope @ ..] = words else { return false };
        let Some(comma) = scope.iter().rposition(|t| t.mark(',')).filter(|_| before.is("before")) else {
            return false;
        };
        let any = scope[..comma]
            .iter()
            .take(4)
            .any(|t| t.any(&["any", "anything", "every", "each"]));
        let change = scope[..comma].iter().any(|t| {
            t.any(&[
                "anything", "change", "changes", "action", "actions", "update", "updates", "step",
            ])
        });
        let agreed = scope[comma..].iter().any(|t| {
            t.any(&[
                "confirmation",
                "consent",
                "approval",
                "permission",
                "confirm",
                "agree",
                "approve",
                "go-ahead",
            ])
        });
        if !(any && change && agreed) {
            return false;
        }
        let actions = self.all_changing(Deed::Update);
        if actions.is_empty() {
            self.rule_not_kept(whole);
            return true;
        }
        let guard = Guard::OnlyIf {
            condition: Condition::Confirmed,
        };
        self.write_rule(whole, actions, guard, None);
        true
    }

    /// "orders cannot be cancelled once shipped", "a plan can only be paused if …", "must not be refunded".
    fn passive_rule(&mut self, whole: &'t [Token<'a>], words: &'t [Token<'a>]) -> bool {
        if self.passive_fact(whole, words) {
            return true;
        }
        let Some(be) = words.iter().position(|t| t.is("be")).filter(|at| *at > 0 && *at < 14) else {
            return false;
        };
        let head = &words[..be];
        let modal = head.iter().rposition(|t| t.any(&["can", "must", "may", "should"]));
        let Some(modal) = modal else { return false };
        let between = &head[modal + 1..];
        let negated = between.iter().any(|t| t.any(&["not", "never"]));
        let Some(verb) = verb_at(words, be + 1).or_else(|| {
            words
                .get(be + 1)
                .filter(|t| t.is("only"))
                .and_then(|_| verb_at(words, be + 2))
        }) else {
            return false;
        };
        let only_inside = words.get(be + 1).is_some_and(|t| t.is("only"));
        let from = be + 1 + usize::from(only_inside) + verb.length;
        let tail = &words[from.min(words.len())..];
        let only = between.iter().any(|t| t.is("only")) || only_inside || tail.first().is_some_and(|t| t.is("only"));
        if !(negated || only) || !verb.deed.changes() {
            return false;
        }
        let tail = match tail {
            [first, rest @ ..] if first.is("only") => rest,
            tail => tail,
        };
        let subject = &words[..modal];
        let actions = self.guarded(verb.deed, verb.lemma, subject);
        if actions.is_empty() {
            return self.spoken_rule(whole, Put::Never, verb.deed, words);
        }
        let put = if negated { Put::Never } else { Put::Only };
        let found = self.passive_condition(put, &actions, subject, tail);
        match found {
            Ok(Some((guard, got))) => self.write_rule(whole, actions, guard, got.as_ref()),
            Ok(None) if put == Put::Never => self.write_rule(whole, actions, Guard::Never, None),
            Ok(None) => self.unread_rule(whole, actions, None),
            Err(trouble) => self.unread_rule(whole, actions, Some((words, trouble))),
        }
        true
    }

    /// "A claim is never opened twice", "bookings are not refunded once paid", "refunds are only issued if …".
    fn passive_fact(&mut self, whole: &'t [Token<'a>], words: &'t [Token<'a>]) -> bool {
        let Some(at) = words
            .windows(2)
            .position(|pair| {
                pair[0].any(&["is", "are"]) && pair[1].any(&["never", "only"]) || pair[0].is("are") && pair[1].is("not")
            })
            .filter(|at| *at > 0 && *at < 12)
        else {
            return false;
        };
        let Some(verb) = verb_at(words, at + 2).filter(|v| v.form == Form::Past && v.deed.changes()) else {
            return false;
        };
        let put = if words[at + 1].is("only") {
            Put::Only
        } else {
            Put::Never
        };
        let subject = &words[..at];
        let tail = trimmed(&words[at + 2 + verb.length..]);
        let tail = match tail {
            [by, who] if by.is("by") && who.any(&["us", "you"]) => &tail[..0],
            tail => tail,
        };
        let actions = self.guarded(verb.deed, verb.lemma, subject);
        if actions.is_empty() {
            return false;
        }
        if let Some(times) = often(tail).filter(|_| put == Put::Never) {
            self.write_rule(whole, actions, Guard::AtMost { times }, None);
            return true;
        }
        match self.passive_condition(put, &actions, subject, tail) {
            Ok(Some((guard, got))) => self.write_rule(whole, actions, guard, got.as_ref()),
            Ok(None) if put == Put::Never => self.write_rule(whole, actions, Guard::Never, None),
            Ok(None) => self.unread_rule(whole, actions, None),
            Err(trouble) => self.unread_rule(whole, actions, Some((words, trouble))),
        }
        true
    }

    fn passive_condition(
        &self,
        put: Put,
        actions: &[ActionId],
        subject: &[Token<'_>],
        tail: &[Token<'_>],
    ) -> Outcome<Option<(Guard, Option<Got>)>> {
        let mut said = self.said.clone();
        if let Some(owner) = self.names.object(subject) {
            said.it = Some(owner);
        }
        let first = if self.adds_nothing(actions, subject) {
            None
        } else {
            Some(self.read_rule_condition(subject)?)
        };
        let tail = trimmed(tail);
        let second = match tail {
            [] => None,
            [word, body @ ..] => {
                let flips = word.any(&["unless", "until", "except"]);
                let body = if word.any(&["unless", "until", "if", "when", "once", "after", "except", "where"]) {
                    body
                } else {
                    tail
                };
                let body = match body {
                    [first, rest @ ..] if first.any(&["if", "when"]) => rest,
                    body => body,
                };
                let inherited = said.it.clone().map(Subject::Thing);
                let got = Conditions::new(&self.names, &said).read_about(body, inherited.as_ref())?;
                Some(if flips {
                    Got {
                        condition: negate(got.condition.clone()),
                        ..got
                    }
                } else {
                    got
                })
            }
        };
        let (condition, got) = match (first, second) {
            (None, None) => return Ok(None),
            (Some(got), None) | (None, Some(got)) => (got.condition.clone(), got),
            (Some(a), Some(b)) if put == Put::Never => (
                Condition::All {
                    parts: vec![a.condition.clone(), b.condition],
                },
                a,
            ),
            // "Basic plans can only be cancelled if A": for basic plans, A must hold.
            (Some(a), Some(b)) => (
                Condition::Any {
                    parts: vec![negate(a.condition.clone()), b.condition],
                },
                a,
            ),
        };
        let guard = match put {
            Put::Never => Guard::NeverIf { condition },
            Put::Only => Guard::OnlyIf { condition },
        };
        Ok(Some((guard, Some(got))))
    }

    /// Under a heading for rules: "Refunds within 30 days only", "Refund only if …".
    fn listed_rule(&mut self, whole: &'t [Token<'a>], words: &'t [Token<'a>]) -> bool {
        let Some(verb) = verb_at(words, 0).filter(|v| v.form == Form::Base && v.deed.changes()) else {
            return false;
        };
        let object = &words[verb.length..];
        let Some(only) = object.iter().position(|t| t.is("only")) else {
            return false;
        };
        let actions = self.guarded(verb.deed, verb.lemma, &object[..only]);
        if actions.is_empty() {
            return false;
        }
        self.guard(whole, Put::Only, actions, verb.deed, &object[only + 1..])
    }
}

/// "If it is broken, get a photo; no photo, no refund": the case in which the value was just asked for.
fn case_asked_in(steps: &[Step], known: &Condition) -> Option<Condition> {
    let Condition::Test {
        comparison: Comparison::Present,
        ..
    } = known
    else {
        return None;
    };
    let key = *known.references().first()?;
    let taskwright_domain::StepKind::Check { arms, otherwise } = &steps.last()?.kind else {
        return None;
    };
    let ([arm], true) = (arms.as_slice(), otherwise.is_empty()) else {
        return None;
    };
    let asks = |step: &Step| match &step.kind {
        taskwright_domain::StepKind::Ask { attribute, .. } => attribute == key,
        taskwright_domain::StepKind::Need { attributes } => attributes.iter().any(|a| a == key),
        _ => false,
    };
    arm.steps.iter().any(asks).then(|| arm.condition.clone())
}

fn opens_condition(token: &Token<'_>) -> bool {
    token.any(&[
        "if", "when", "unless", "until", "once", "where", "without", "before", "after", "while", "as", "except",
        "provided", "during",
    ])
}

/// What a rule states of its subject.
struct Stated<'t, 'a> {
    put: Option<Put>,
    /// The body says when the rule does not hold: "unless", "without".
    flips: bool,
    /// The body names something that must have been done or given: "without a receipt".
    done: bool,
    body: &'t [Token<'a>],
}

/// "only possible if …", "not allowed without …"; `named`: it stands after the subject's name and a colon.
fn stated<'t, 'a>(rest: &'t [Token<'a>], named: bool) -> Option<Stated<'t, 'a>> {
    let lead = rest
        .iter()
        .take_while(|t| {
            t.any(&[
                "not",
                "never",
                "only",
                "possible",
                "allowed",
                "permitted",
                "available",
                "granted",
                "offered",
                "strictly",
                "ever",
            ])
        })
        .count();
    let (said, body) = rest.split_at(lead);
    let has = |word: &[&str]| said.iter().any(|t| t.any(word));
    let allows = has(&["possible", "allowed", "permitted", "available", "granted", "offered"]);
    let (body, ones) = match trimmed(body) {
        [body @ .., only] if only.is("only") && named => match body {
            [body @ .., ones] if ones.any(&["ones", "one"]) => (body, true),
            body => (body, true),
        },
        body => (body, false),
    };
    let put = if has(&["not", "never"]) && (allows || named) {
        Some(Put::Never)
    } else if has(&["only"]) && (allows || named || body.first().is_some_and(|t| t.any(&["if", "when"]))) || ones {
        Some(Put::Only)
    } else if allows && body.first().is_some_and(|t| t.is("only")) {
        return stated(rest.get(lead..)?, true);
    } else {
        None
    };
    if put.is_none() && !named {
        return None;
    }
    let (flips, done, body) = match body {
        [word, body @ ..] if word.any(&["unless", "until"]) => (true, false, body),
        [word, body @ ..] if word.any(&["without", "before"]) => (true, true, body),
        [word, body @ ..] if word.any(&["after"]) => (false, true, body),
        [word, body @ ..] if word.any(&["if", "when", "once", "for", "on", "with", "while", "to"]) => {
            (false, false, body)
        }
        body => (false, false, body),
    };
    Some(Stated { put, flips, done, body })
}

/// "cancel, pause or refund anything": the verbs, and the object they share.
fn several<'t, 'a>(words: &'t [Token<'a>], first: Verb) -> (Vec<Verb>, &'t [Token<'a>]) {
    let mut verbs = vec![first];
    let mut object = &words[first.length..];
    while let [joint, rest @ ..] = object
        && (joint.mark(',') || joint.any(&["or", "and", "nor"]))
        && let Some(verb) = verb_at(rest, 0).filter(|v| matches!(v.form, Form::Base | Form::Ing) && v.deed.acts())
    {
        verbs.push(verb);
        object = &rest[verb.length..];
    }
    (verbs, object)
}

fn numeric(relation: super::conditions::Relation, than: Operand) -> Option<Comparison> {
    use super::conditions::Relation;
    Some(match relation {
        Relation::More => Comparison::MoreThan { than },
        Relation::Less => Comparison::LessThan { than },
        Relation::AtLeast => Comparison::AtLeast { than },
        Relation::AtMost => Comparison::AtMost { than },
        _ => return None,
    })
}

/// "never", "do not", "you must not", "only".
fn imperative_rule<'t, 'a>(words: &'t [Token<'a>]) -> Option<(Put, &'t [Token<'a>])> {
    const NEVER: &[&[&str]] = &[
        &["never", "ever"],
        &["never"],
        &["do", "not", "ever"],
        &["do", "not"],
        &["you", "must", "not"],
        &["you", "must", "never"],
        &["you", "should", "not"],
        &["you", "should", "never"],
        &["you", "can", "not"],
        &["you", "may", "not"],
        &["we", "do", "not"],
        &["we", "never"],
        &["we", "can", "not"],
        &["we", "must", "not"],
        &["must", "not"],
        &["must", "never"],
        &["under", "no", "circumstances"],
        &["the", "agent", "must", "not"],
        &["the", "agent", "should", "not"],
        &["the", "agent", "can", "not"],
        &["the", "agent", "must", "never"],
        &["the", "assistant", "must", "not"],
        &["the", "assistant", "must", "never"],
        &["avoid"],
        &["try", "not", "to"],
        &["neither"],
        &["refrain", "from"],
    ];
    // "Do not forget to ask for the name" is an order.
    if words.get(2).is_some_and(|t| t.any(&["forget", "hesitate"])) {
        return None;
    }
    for phrase in NEVER {
        if starts(words, phrase) && words.len() > phrase.len() {
            return Some((Put::Never, &words[phrase.len()..]));
        }
    }
    const ONLY: &[&[&str]] = &[
        &["only", "ever"],
        &["only"],
        &["you", "may", "only"],
        &["you", "can", "only"],
        &["you", "should", "only"],
        &["you", "must", "only"],
        &["we", "only"],
        &["we", "can", "only"],
        &["the", "agent", "can", "only"],
        &["the", "agent", "may", "only"],
    ];
    for phrase in ONLY {
        if starts(words, phrase) && words.len() > phrase.len() {
            let rest = &words[phrase.len()..];
            // "Only if A, do B" is a condition.
            if rest[0].any(&["if", "when"]) {
                return None;
            }
            return Some((Put::Only, rest));
        }
    }
    None
}

/// Joining words before a rule, "always" kept.
fn rule_lead<'t, 'a>(words: &'t [Token<'a>]) -> &'t [Token<'a>] {
    let mut words = words;
    while let [first, rest @ ..] = words {
        let idle = first.any(&[
            "and",
            "but",
            "also",
            "please",
            "so",
            "then",
            "important",
            "note",
            "nb",
            "rule",
            "remember",
        ]) && !rest.is_empty()
            && !(first.is("note") && !rest[0].mark(':'))
            || first.is_mark();
        if !idle {
            break;
        }
        words = rest;
    }
    words
}

fn lead_never<'t, 'a>(words: &'t [Token<'a>]) -> &'t [Token<'a>] {
    let rest = lead(words);
    if rest.is_empty() { words } else { rest }
}

/// "more than once", "twice", "more than two times per order".
fn often(words: &[Token<'_>]) -> Option<u32> {
    let at = words
        .iter()
        .position(|t| t.is("more"))
        .filter(|at| words.get(at + 1).is_some_and(|t| t.is("than")));
    if let Some(at) = at {
        let read = count_at(words, at + 2)?;
        let times = words[at + 2].any(&["once", "twice"])
            || words
                .get(read.end)
                .is_some_and(|t| t.any(&["times", "time"]) || at == 0 && counts_thing(&words[read.end..]));
        return times.then_some(read.value);
    }
    words.last().filter(|t| t.is("twice")).map(|_| 1)
}

/// "more than three codes": a number of things, no length of time or sum.
fn counts_thing(words: &[Token<'_>]) -> bool {
    const UNITS: [&str; 13] = [
        "day", "days", "hour", "hours", "minute", "minutes", "week", "weeks", "month", "months", "year", "years",
        "percent",
    ];
    matches!(words, [thing, rest @ ..] if thing.kind == Kind::Word && !thing.any(&UNITS)
        && rest.iter().all(|t| t.is_mark() || t.any(&PER)))
        && super::constants::currency(&words[0]).is_none()
}

fn often_only(words: &[Token<'_>]) -> Option<u32> {
    let at = words.iter().position(|t| t.any(&["once", "twice"]))?;
    let rest = &words[at + 1..];
    let per = rest.iter().all(|t| {
        t.any(&[
            "per",
            "each",
            "a",
            "an",
            "every",
            "conversation",
            "order",
            "customer",
            "booking",
            "case",
            "in",
            "the",
            "same",
        ])
    });
    per.then(|| if words[at].is("once") { 1 } else { 2 })
}

/// "per order", "in total", "yourself" at the end of a rule add nothing.
fn without_tail<'t, 'a>(mut words: &'t [Token<'a>]) -> &'t [Token<'a>] {
    while let [rest @ .., last] = words {
        let idle = last.is_mark() || last.any(&["yourself", "automatically", "ever", "again", "please", "instead"]);
        if !idle {
            break;
        }
        words = rest;
    }
    words
}
