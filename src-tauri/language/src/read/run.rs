//! Running actions, setting values.

use std::collections::BTreeMap;

use taskwright_domain::{
    ActionId, ActionState, Arm, AttributeType, Condition, LinkTarget, Meaning, Operand, ProblemCode, Severity, Step,
    StepKind, Template, Value,
};

use super::actions::{Asked, Match};
use super::conditions::{Conditions, operand_for, refer};
use super::names::{Lookup, Origin, Prefer, Stem, content, position_of_run};
use super::problems::{self, problem, unknown_action};
use super::reader::{LedBy, Reader, Spoken, trimmed};
use super::token::{Kind, Token};
use super::verbs::{Deed, Verb, deed_of_noun, verb_at};

impl<'t, 'a> Reader<'t, 'a, '_> {
    /// The action that does this to that, when exactly one does.
    pub(super) fn action_of(&self, deed: Deed, lemma: &str, object: &[Token<'_>]) -> Option<usize> {
        if let Some(at) = self.names.action_named(object) {
            return Some(at);
        }
        match self.match_action(deed, lemma, object) {
            Match::One { at, .. } => Some(at),
            _ => None,
        }
    }

    pub(super) fn match_action(&self, deed: Deed, lemma: &str, object: &[Token<'_>]) -> Match {
        if let Some(at) = self.look_up_of_asked(deed, object) {
            return Match::One { at, sure: false };
        }
        if let Some(at) = self.locates(deed, object) {
            return Match::One { at, sure: false };
        }
        // "send the money" pays it back.
        let money = object.iter().take(3).any(|t| t.any(&["money", "funds"]));
        let deed = match deed {
            Deed::Send | Deed::HandOff | Deed::Charge | Deed::Give if money => Deed::Refund,
            deed => deed,
        };
        let light = matches!(
            deed,
            Deed::Make | Deed::Create | Deed::Send | Deed::Use | Deed::Give | Deed::Other | Deed::Update
        );
        if light && let Some(found) = self.match_noun(deed, object) {
            return found;
        }
        let lemma = Stem::new(lemma);
        let amount = self.is_amount(object);
        self.names.action_for(&Asked {
            deed,
            lemma: &lemma,
            object,
            it: self.said.it.as_deref(),
            amount,
        })
    }

    /// "mark the conversation as urgent" is a tag; "mark the parcel as lost" is done by an action that speaks of it, not by
    /// any that changes a parcel.
    fn marks_as(&mut self, whole: &'t [Token<'a>], words: &'t [Token<'a>], verb: Verb, steps: &mut Vec<Step>) -> bool {
        const OUTCOMES: [&str; 12] = [
            "resolved",
            "unresolved",
            "solved",
            "done",
            "closed",
            "complete",
            "completed",
            "finished",
            "successful",
            "unsuccessful",
            "failed",
            "read",
        ];
        if !matches!(verb.lemma, "mark" | "save") {
            return false;
        }
        let object = &words[verb.length..];
        let Some(place) = object.iter().position(|t| t.is("as")).filter(|place| *place > 0) else {
            return false;
        };
        let state = trimmed(&object[place + 1..]);
        let conversation = object[..place].iter().any(|t| t.any(&["conversation", "chat"]));
        if verb.lemma == "mark" && conversation && !state.iter().any(|t| t.any(&OUTCOMES)) {
            self.tag(whole, words, verb, steps);
            return true;
        }
        let Match::One { at, .. } = self.match_action(verb.deed, verb.lemma, object) else {
            return false;
        };
        let speaks = self
            .catalogue()
            .action(&self.names.actions[at].id)
            .is_some_and(|action| {
                let said = format!("{} {}", action.name, action.description).to_lowercase();
                said.contains(verb.lemma)
                    || content(state)
                        .iter()
                        .any(|t| !t.stem.is_empty() && said.contains(&t.stem))
            });
        if !speaks {
            self.without_action(whole, words, &[at], steps);
        }
        !speaks
    }

    /// "see where it is": the only look-up that tells where something is.
    fn locates(&self, deed: Deed, object: &[Token<'_>]) -> Option<usize> {
        let [where_, .., is] = trimmed(object) else { return None };
        if deed != Deed::LookUp || !where_.is("where") || !is.any(&["is", "are"]) {
            return None;
        }
        let tells = |id: &ActionId| {
            self.catalogue().action(id).is_some_and(|action| {
                let text = format!("{} {}", action.name, action.description).to_lowercase();
                let mut words = text.split(|c: char| !c.is_alphanumeric());
                !action.changes_data
                    && words.any(|word| {
                        matches!(
                            word,
                            "where" | "whereabouts" | "location" | "locate" | "track" | "tracks"
                        )
                    })
            })
        };
        let mut fits = self
            .names
            .actions
            .iter()
            .enumerate()
            .filter(|(_, doing)| tells(&doing.id));
        let (at, _) = fits.next()?;
        fits.next().is_none().then_some(at)
    }

    /// "ask for the session ID, then look it up": the only look-up that takes what was just asked for.
    fn look_up_of_asked(&self, deed: Deed, object: &[Token<'_>]) -> Option<usize> {
        let pronoun = matches!(object, [one] if one.any(&["it", "them", "this", "that"]));
        let last = || self.said.asks.last().filter(|_| self.said.it.is_none());
        let asked = self.said.asked.map(|at| self.names.value(at).reference.as_str());
        let key = asked
            .or_else(|| last().map(|(key, _)| key.as_str()))
            .filter(|_| deed == Deed::LookUp && pronoun)?;
        let takes = |id: &ActionId| {
            self.catalogue()
                .action(id)
                .is_some_and(|action| action.inputs.iter().any(|input| input.reference() == Some(key)))
        };
        let mut fits = self
            .names
            .actions
            .iter()
            .enumerate()
            .filter(|(_, doing)| !doing.changes && takes(&doing.id));
        let (at, _) = fits.next()?;
        fits.next().is_none().then_some(at)
    }

    /// Whether words name money: "the order total", "20 EUR".
    fn is_amount(&self, words: &[Token<'_>]) -> bool {
        let end = words
            .iter()
            .position(|t| {
                t.is_mark() && !matches!(t.kind, Kind::Mark('€' | '$' | '£')) || t.any(&["to", "for", "with", "and"])
            })
            .unwrap_or(words.len());
        let words = &words[..end];
        let skip = words
            .iter()
            .take_while(|t| t.any(&["the", "a", "an", "of", "customer", "them"]))
            .count();
        if super::constants::amount_at(words, skip).is_some() {
            return true;
        }
        let value = self.names.lookup(
            words,
            Prefer {
                askable: false,
                owner: self.said.it.as_deref(),
            },
        );
        matches!(value, Lookup::One { at, .. } if matches!(self.names.value(at).kind, AttributeType::Amount))
    }

    /// "issue the refund", "process the cancellation": the noun says the deed.
    fn match_noun(&self, verb: Deed, object: &[Token<'_>]) -> Option<Match> {
        let end = object
            .iter()
            .position(|t| t.any(&["with", "for", "to", "of", "using", "about", "on"]))
            .unwrap_or(object.len());
        let (at, deed) = object[..end]
            .iter()
            .enumerate()
            .rev()
            .find_map(|(at, t)| deed_of_noun(t).map(|deed| (at, deed)))?;
        let mut rest: Vec<_> = object.to_vec();
        let noun = rest.remove(at);
        if verb == Deed::Update && !matches!(deed, Deed::Update) {
            return None;
        }
        let rest: Vec<_> = rest.into_iter().filter(|t| !t.any(&["of", "for", "to"])).collect();
        let lemma = Stem::of(&noun);
        let amount = self.is_amount(&rest);
        let found = self.names.action_for(&Asked {
            deed,
            lemma: &lemma,
            object: &rest,
            it: self.said.it.as_deref(),
            amount,
        });
        matches!(found, Match::One { .. } | Match::Several(_)).then_some(found)
    }

    /// A command whose deed an action may do.
    pub(super) fn act(&mut self, whole: &'t [Token<'a>], words: &'t [Token<'a>], verb: Verb, steps: &mut Vec<Step>) {
        let object = &words[verb.length..];
        if let Some(at) = self.names.action_named(words) {
            return self.run(whole, words, at, true, steps);
        }
        if self.person_instead(whole, words, verb, object, steps) {
            return;
        }
        if (verb.deed == Deed::Update || matches!(verb.lemma, "file" | "log")) && self.set(whole, object, steps) {
            return;
        }
        let unknown = |t: &Token<'_>| t.kind == Kind::Pill && self.names.reference(&t.low).is_none();
        if object.iter().any(unknown) {
            // The pill's own problem says what is missing.
            return self.lacking(
                whole,
                Meaning::Run { action: None },
                "Does something with an unknown value",
                steps,
            );
        }
        if object.iter().any(|t| t.any(&["judgement", "judgment", "discretion"])) {
            let reason =
                "Nobody can follow a judgement. Say what decides, e.g. \u{201c}if the amount is over 100 EUR\u{201d}.";
            return self.unclear(whole, reason, None, steps);
        }
        // "perform the action by updating the order": what is done stands behind "by".
        if verb.deed == Deed::Make
            && let Some(by) = object.iter().position(|t| t.is("by"))
            && let Some(doing) = verb_at(object, by + 1).filter(|v| v.form == super::verbs::Form::Ing && v.deed.acts())
            && let Match::One { at, sure } =
                self.match_action(doing.deed, doing.lemma, &object[by + 1 + doing.length..])
            && object[..by]
                .iter()
                .any(|t| t.any(&["this", "that", "it", "action", "change", "request"]))
        {
            return self.run(whole, words, at, sure, steps);
        }
        if let Some(reason) = unfinished(object) {
            return self.unclear(whole, reason, None, steps);
        }
        if let Some(at) = self.put_through(object) {
            return self.run(whole, words, at, false, steps);
        }
        if matches!(verb.lemma, "save" | "store" | "record" | "keep" | "log" | "note")
            && let Some(place) = object.iter().position(|t| t.any(&["as", "in", "into", "under"]))
            && self.set_to(whole, &object[place + 1..], &object[..place], steps)
        {
            return;
        }
        if self.marks_as(whole, words, verb, steps) {
            return;
        }
        if verb.deed == Deed::Use && self.use_what_is_known(whole, object, steps) {
            return;
        }
        if verb.deed == Deed::Use
            && let Some(place) = object.iter().position(|t| t.is("as"))
            && self.set_to(whole, &object[place + 1..], &object[..place], steps)
        {
            return;
        }
        if matches!(verb.deed, Deed::LookUp | Deed::Verify) {
            if let Some(place) = object.iter().take(4).position(|t| t.any(&["if", "whether", "that"])) {
                let asks = matches!(
                    verb.lemma,
                    "check" | "see" | "verify" | "validate" | "make" | "ensure" | "confirm" | "look"
                );
                if asks
                    && (verb.lemma == "make"
                        || verb.lemma == "ensure"
                        || !content(&object[..place]).iter().any(|_| true))
                {
                    return self.look_into(whole, &object[place + 1..], demands(verb), steps);
                }
            }
            if matches!(verb.lemma, "make" | "ensure") {
                return self.look_into(whole, object, demands(verb), steps);
            }
        }
        if matches!(verb.lemma, "get" | "obtain" | "seek") && self.get_from_customer(whole, object, steps) {
            return;
        }
        if verb.lemma == "get" && (self.customer_does(whole, object, steps) || self.have_done(whole, object, steps)) {
            return;
        }
        match self.match_action(verb.deed, verb.lemma, object) {
            Match::One { at, sure } => self.run(whole, words, at, sure && !object.is_empty(), steps),
            Match::Several(several) => self.ambiguous_action(whole, &several, steps),
            Match::Nothing(near) => self.no_action(whole, words, verb, &near, steps),
        }
    }

    /// "use the e-mail of the chat": what is known of the customer fills the value of that kind.
    fn use_what_is_known(&mut self, whole: &'t [Token<'a>], object: &'t [Token<'a>], steps: &mut Vec<Step>) -> bool {
        let Some(of) = object.iter().position(|t| t.any(&["of", "from", "in", "on"])) else {
            return false;
        };
        let known = object[of + 1..]
            .iter()
            .all(|t| t.is_mark() || t.any(&["the", "this", "their", "chat", "conversation", "account", "profile"]));
        let (named, last) = (trimmed(&object[..of]), object.len() - of);
        let owned = |value: &super::names::Named| {
            value.owner.as_deref() == Some("customer")
                && value
                    .field_stems
                    .iter()
                    .any(|s| content(named).iter().any(|t| s.same(t)))
        };
        let Some(source) = self
            .names
            .values
            .iter()
            .find(|value| owned(value))
            .filter(|_| known && last > 1)
        else {
            return false;
        };
        let (kind, reference) = (source.kind.clone(), source.reference.clone());
        let fits = |value: &super::names::Named| value.askable() && value.kind == kind;
        let mut fits = self.names.values.iter().filter(|value| fits(value));
        let (Some(target), None) = (fits.next(), fits.next()) else {
            return false;
        };
        let key = target.reference.clone();
        self.sets(whole, named, key, refer(&reference), steps);
        true
    }

    /// "get the order number": asked for, when the words name what customers give.
    fn get_from_customer(&mut self, whole: &'t [Token<'a>], object: &'t [Token<'a>], steps: &mut Vec<Step>) -> bool {
        let cut = object.iter().position(|t| t.mark('(')).unwrap_or(object.len());
        let wanted = self.wanted(&object[..cut]);
        let sure = wanted.values.iter().any(|(.., sure)| *sure) && wanted.unknown.is_empty();
        let thing = self.names.object(trimmed(&object[..cut])).is_some();
        let from = object.iter().any(|t| t.is("from")) && object.iter().any(|t| t.any(&["customer", "them", "user"]));
        if (sure || from && !wanted.values.is_empty()) && !thing {
            self.ask_for(whole, object, steps);
            return true;
        }
        false
    }

    /// "run it through the address check": the action whose result has this name.
    fn put_through(&self, object: &[Token<'_>]) -> Option<usize> {
        let [it, through, rest @ ..] = object else { return None };
        if !it.any(&["it", "them", "this", "that", "these", "those"]) || !through.any(&["through", "via"]) {
            return None;
        }
        let owner = self.names.object(trimmed(rest))?;
        self.names.actions.iter().position(|doing| doing.result_name == owner)
    }

    /// Deeds that mean something else with these words: "send to Billing", "close the chat", "add the tag".
    fn person_instead(
        &mut self,
        whole: &'t [Token<'a>],
        words: &'t [Token<'a>],
        verb: Verb,
        object: &'t [Token<'a>],
        steps: &mut Vec<Step>,
    ) -> bool {
        let has = |said: &[&str]| object.iter().any(|t| t.any(said));
        if matches!(verb.deed, Deed::Send | Deed::Move | Deed::Update | Deed::Create) && self.names_team(object) {
            self.hand_off(whole, object, steps);
            return true;
        }
        if matches!(verb.deed, Deed::Create | Deed::Update | Deed::Delete | Deed::Make)
            && has(&["tag", "tags", "label"])
            && !self.acts_on(verb, object)
        {
            self.tag(whole, words, verb, steps);
            return true;
        }
        let to_customer = verb.deed == Deed::Send
            && (object.first().is_some_and(|t| t.any(&["them", "him", "her"]))
                || object.iter().any(Token::is_customer));
        if to_customer && has(&["summary", "comment", "note"]) && !self.acts_on(verb, object) {
            self.give(whole, object, steps);
            return true;
        }
        if matches!(verb.deed, Deed::Create | Deed::Update | Deed::Make | Deed::Send)
            && has(&["note", "comment", "summary", "notes"])
            && !self.acts_on(verb, object)
        {
            self.leave_note(whole, object, steps);
            return true;
        }
        let conversation =
            has(&["conversation", "chat", "task", "here", "there", "case"]) || object.iter().all(|t| t.is_mark());
        if matches!(verb.deed, Deed::Close | Deed::Stop) && conversation && !self.acts_on(verb, object) {
            self.finish(whole, steps);
            return true;
        }
        if verb.lemma == "complete" && has(&["task", "conversation"]) {
            self.finish(whole, steps);
            return true;
        }
        let people = [
            "colleague",
            "human",
            "person",
            "someone",
            "teammate",
            "agent",
            "supervisor",
            "manager",
        ];
        if matches!(verb.lemma, "get" | "find" | "bring" | "call")
            && has(&people)
            && !self.acts_on(verb, object)
            && !object.iter().any(|t| t.any(&["number", "name", "email"]))
        {
            self.hand_off(whole, words, steps);
            return true;
        }
        if matches!(verb.lemma, "get" | "obtain" | "seek")
            && has(&[
                "ok",
                "okay",
                "consent",
                "approval",
                "confirmation",
                "permission",
                "go-ahead",
                "agreement",
                "yes",
            ])
        {
            self.confirm(whole, object, steps);
            return true;
        }
        if matches!(verb.deed, Deed::Verify)
            && has(&["customer", "them"])
            && words.iter().any(|t| t.is("with"))
            && words[1].is("with")
        {
            self.confirm(whole, words, steps);
            return true;
        }
        if matches!(verb.deed, Deed::Verify)
            && self.waits_for(object)
            && !self.acts_on(verb, object)
            && Conditions::new(&self.names, &self.said).read(object).is_err()
        {
            self.wait(whole, object, steps);
            return true;
        }
        if verb.deed == Deed::Use
            && has(&["task"])
            && let Some(at) = self.names.task(object)
        {
            self.run_task(whole, at, steps);
            return true;
        }
        let starts = matches!(verb.lemma, "run" | "start" | "carry" | "launch" | "begin")
            && has(&["task", "procedure"])
            || verb.lemma == "run";
        if starts
            && let Some(at) = self.names.task(object)
            && self.names.action_named(words).is_none()
        {
            self.run_task(whole, at, steps);
            return true;
        }
        // "choose the category that fits best": ours to judge.
        let judged = matches!(verb.lemma, "select" | "choose")
            && !has(&["customer", "them", "they", "want", "wants", "would"])
            && has(&[
                "fits",
                "best",
                "applies",
                "suits",
                "matches",
                "appropriate",
                "suitable",
                "describes",
            ]);
        if judged {
            let wanted = self.wanted(object);
            let at = wanted.values.first().map(|(at, ..)| *at);
            match at.filter(|at| !self.names.value(*at).options.is_empty()) {
                Some(at) => self.classify_into(whole, at, steps),
                None => self.unclear(whole, "What decides which one it is?", None, steps),
            }
            return true;
        }
        if matches!(verb.lemma, "select" | "choose") && self.get_from_customer(whole, object, steps) {
            return true;
        }
        if verb.lemma == "send"
            && let Some(place) = where_sent(object)
            && !self.acts_on(verb, object)
        {
            // "send them to the help page": they are told where to go.
            let place = super::tell::lower_first(&super::tell::to_customer(trimmed(place)).0);
            self.inform(whole, Template::new(format!("Please go to {place}")), steps);
            return true;
        }
        if verb.lemma == "share" && !self.acts_on(verb, object) {
            self.give(whole, object, steps);
            return true;
        }
        if verb.lemma == "send" && !self.acts_on(verb, object) {
            let said = object.iter().any(|t| t.kind == Kind::Quote);
            if said {
                self.give(whole, object, steps);
                return true;
            }
        }
        false
    }

    fn acts_on(&self, verb: Verb, object: &[Token<'_>]) -> bool {
        match self.match_action(verb.deed, verb.lemma, object) {
            Match::One { at, .. } => {
                let doing = &self.names.actions[at];
                let telling = content(object);
                telling.iter().any(|t| doing.object.iter().any(|s| s.same(t)))
            }
            _ => false,
        }
    }

    fn run_task(&mut self, whole: &[Token<'_>], at: usize, steps: &mut Vec<Step>) {
        let known = &self.names.catalogue.tasks[at];
        let (task, title) = (known.id.clone(), known.title.clone());
        steps.push(self.step(whole, StepKind::RunTask { task: task.clone() }));
        let links = super::conditions::link_over(trimmed(whole), LinkTarget::Task { task: task.clone() });
        self.note(
            whole,
            Spoken::new(Meaning::RunTask { task }, format!("Runs the task *{title}*")).links(links),
        );
    }

    /// Runs an action.
    pub(super) fn run(
        &mut self,
        whole: &'t [Token<'a>],
        words: &[Token<'_>],
        at: usize,
        sure: bool,
        steps: &mut Vec<Step>,
    ) {
        let doing = &self.names.actions[at];
        let (id, name, changes, result) = (
            doing.id.clone(),
            doing.name.clone(),
            doing.changes,
            doing.result_name.clone(),
        );
        self.ask_one_or_other(whole, steps);
        let inputs = self.inputs_in(at, words);
        let step = self.step(
            whole,
            StepKind::Run {
                action: id.clone(),
                inputs: inputs.clone(),
            },
        );
        steps.push(step);
        let gives = self
            .catalogue()
            .action(&id)
            .is_some_and(|action| !action.outputs.is_empty());
        if gives && (!changes || self.said.it.is_none()) {
            self.said.it = Some(result);
        }
        self.said.action = Some(id.clone());
        self.said.waiting = None;
        if !changes && always_first(whole) {
            self.first_of_all.push((whole, id.clone()));
        }
        if !changes {
            self.said.looked_up = Some((id.clone(), self.span(whole)));
        }
        let links = super::conditions::link_over(trimmed(words), LinkTarget::Action { action: id.clone() });
        let with = self.inputs_in_words(&inputs);
        self.note(
            whole,
            Spoken::new(Meaning::Run { action: Some(id) }, format!("Runs *{name}*{with}"))
                .sure(sure)
                .links(links),
        );
    }

    /// "(order number or, if they don't have it, the e-mail)": the second is asked for where the first cannot be given.
    fn ask_one_or_other(&mut self, whole: &'t [Token<'a>], steps: &mut Vec<Step>) {
        let Some(open) = whole.iter().position(|t| t.mark('(')) else {
            return;
        };
        let close = whole.iter().position(|t| t.mark(')')).unwrap_or(whole.len());
        let Some(inner) = whole.get(open + 1..close) else {
            return;
        };
        let Some(or) = inner.windows(2).position(|pair| pair[0].is("or") && pair[1].mark(',')) else {
            return;
        };
        let Some(comma) = inner[or + 2..].iter().position(|t| t.mark(',')).map(|at| or + 2 + at) else {
            return;
        };
        let without = inner[or + 2..comma]
            .first()
            .is_some_and(|t| t.any(&["if", "failing", "without"]))
            && inner[or + 2..comma]
                .iter()
                .any(|t| t.any(&["not", "that", "no", "without"]));
        let (first, second) = (self.wanted(&inner[..or]), self.wanted(&inner[comma + 1..]));
        let (true, [(one, ..)], [(other, ..)]) = (without, first.values.as_slice(), second.values.as_slice()) else {
            return;
        };
        let (one, other) = (*one, *other);
        let keys = [one, other].map(|at| self.names.value(at).reference.clone());
        let asks = |reader: &Self, key: &str| {
            reader.step(
                inner,
                StepKind::Ask {
                    attribute: key.to_owned(),
                    question: None,
                    preface: None,
                    again: false,
                    among: None,
                },
            )
        };
        let arm = taskwright_domain::Arm {
            span: self.span(inner),
            condition: taskwright_domain::Condition::Test {
                subject: refer(&keys[0]),
                comparison: taskwright_domain::Comparison::Missing,
            },
            steps: vec![asks(self, &keys[1])],
        };
        let check = StepKind::Check {
            arms: vec![arm],
            otherwise: Vec::new(),
        };
        steps.extend([asks(self, &keys[0]), self.step(inner, check)]);
        let labels = [self.label(&keys[0]), self.label(&keys[1])];
        self.remember_ask(&keys[0], one, inner);
        self.remember_ask(&keys[1], other, inner);
        let plain = format!("Asks for {}; where it cannot be given, for {}", labels[0], labels[1]);
        let links = keys
            .iter()
            .flat_map(|key| super::conditions::link_over(inner, LinkTarget::Reference { reference: key.clone() }))
            .collect();
        let meaning = Meaning::Need {
            attributes: keys.to_vec(),
        };
        self.note(inner, Spoken::new(meaning, plain).links(links));
    }

    fn inputs_in_words(&self, inputs: &BTreeMap<String, Operand>) -> String {
        if inputs.is_empty() {
            return String::new();
        }
        let said: Vec<_> = inputs
            .iter()
            .map(|(key, operand)| {
                let value = super::describe::label_of(operand, self.names.catalogue);
                format!("{} {value}", taskwright_domain::key_in_words(key))
            })
            .collect();
        format!(" with {}", super::ask::listed(&said))
    }

    /// Inputs said in the sentence.
    fn inputs_in(&self, at: usize, words: &[Token<'_>]) -> BTreeMap<String, Operand> {
        let mut found = BTreeMap::new();
        let Some(action) = self.catalogue().action(&self.names.actions[at].id) else {
            return found;
        };
        let said: Vec<_> = words
            .iter()
            .filter(|t| matches!(t.kind, Kind::Word | Kind::Number))
            .collect();
        for input in &action.inputs {
            let label: Vec<Stem> = super::names::content_stems(&input.label());
            let named = words.iter().position(|t| label.last().is_some_and(|s| s.same(t)));
            if let AttributeType::Choice { options } = &input.kind {
                let option = options.iter().find(|option| {
                    let stems = super::names::stems(option);
                    position_of_run(&said, &stems).is_some_and(|place| {
                        let before = said[..place].iter().rev().find(|t| !t.any(&["a", "an", "the"]));
                        named.is_some() || before.is_some_and(|t| t.any(&["as", "with", "to", "for"]))
                    })
                });
                if let Some(option) = option {
                    found.insert(
                        input.key.clone(),
                        Operand::Constant {
                            value: Value::Choice(option.clone()),
                        },
                    );
                    continue;
                }
            }
            if let Some(place) = named
                && let Some(quote) = words
                    .get(place + 1..)
                    .and_then(|rest| rest.iter().take(3).find(|t| t.kind == Kind::Quote))
                && matches!(input.kind, AttributeType::Text | AttributeType::Identifier { .. })
            {
                found.insert(
                    input.key.clone(),
                    Operand::Constant {
                        value: Value::Text(quote.low.clone()),
                    },
                );
                continue;
            }
            if matches!(input.kind, AttributeType::Amount)
                && let Some(operand) = self.amount_in(&input.key, words)
            {
                found.insert(input.key.clone(), operand);
                continue;
            }
            if let Some(reference) = self.pill_for(input, action, words) {
                found.insert(input.key.clone(), refer(&reference));
                continue;
            }
            if matches!(input.kind, AttributeType::Date | AttributeType::DateTime)
                && let Some(day) = (0..words.len()).find_map(|at| super::constants::date_at(words, at))
            {
                let value = Value::Date(day.value);
                found.insert(input.key.clone(), Operand::Constant { value });
                continue;
            }
            let _ = self
                .number_in(input, named, words)
                .map(|operand| found.insert(input.key.clone(), operand));
        }
        found
    }

    fn number_in(
        &self,
        input: &taskwright_domain::ActionInput,
        named: Option<usize>,
        words: &[Token<'_>],
    ) -> Option<Operand> {
        if !matches!(input.kind, AttributeType::Integer | AttributeType::Decimal) {
            return None;
        }
        let around = |at: usize| named.is_some_and(|place| at + 1 == place || at == place + 1 || at == place + 2);
        // "the last 4 payouts", where the look-up asks how many.
        let label = input.label().to_lowercase();
        let counts = ["how many", "count", "limit", "max", "number of"]
            .iter()
            .any(|word| label.contains(word));
        let newest = |at: usize| {
            counts && at > 0 && words[at - 1].any(&["last", "latest", "first", "next", "newest", "recent", "top"])
        };
        let at = (0..words.len()).find(|at| words[*at].kind == Kind::Number && (around(*at) || newest(*at)))?;
        super::constants::number_at(words, at).and_then(|read| {
            let whole = rust_decimal::prelude::ToPrimitive::to_i64(&read.value).filter(|_| read.value.is_integer())?;
            Some(Operand::Constant {
                value: Value::Integer(whole),
            })
        })
    }

    /// "refund 20 EUR", "refund the order total", "in full".
    fn amount_in(&self, key: &str, words: &[Token<'_>]) -> Option<Operand> {
        let currency = &self.catalogue().settings.currency;
        for at in 0..words.len() {
            let literal = words[at].kind == Kind::Number || matches!(words[at].kind, Kind::Mark('€' | '$' | '£'));
            if literal && super::constants::amount_at(words, at).is_some() {
                return operand_for(&AttributeType::Amount, words, at, currency).map(|read| read.value);
            }
        }
        let pill = words
            .iter()
            .filter(|t| t.kind == Kind::Pill)
            .find_map(|t| self.names.reference(&t.low))
            .filter(|at| matches!(self.names.value(*at).kind, AttributeType::Amount));
        if let Some(at) = pill {
            let reference = &self.names.value(at).reference;
            return (reference != key).then(|| refer(reference));
        }
        let is_amount = |at: &usize| {
            let value = self.names.value(*at);
            matches!(value.kind, AttributeType::Amount)
                && matches!(
                    value.origin,
                    Origin::Field | Origin::Asked | Origin::Filled | Origin::Webhook
                )
        };
        for from in 0..words.len() {
            for to in (from + 1..=words.len().min(from + 5)).rev() {
                if let Lookup::One { at, sure } = self.names.lookup(
                    &words[from..to],
                    Prefer {
                        askable: false,
                        owner: self.said.it.as_deref(),
                    },
                ) && is_amount(&at)
                    && sure
                {
                    let reference = &self.names.value(at).reference;
                    return (reference != key).then(|| refer(reference));
                }
            }
        }
        let full = words
            .iter()
            .any(|t| t.any(&["full", "fully", "whole", "entire", "total"]));
        let owner = self.said.it.as_deref().filter(|_| full)?;
        let amounts: Vec<_> = self
            .names
            .of_owner(owner)
            .filter(|at| matches!(self.names.value(*at).kind, AttributeType::Amount))
            .collect();
        let total = |at: &&usize| {
            self.names
                .value(**at)
                .field_stems
                .iter()
                .any(|s| matches!(s.text.as_str(), "total" | "amount" | "pric"))
        };
        let at = if let [at] = amounts.as_slice() {
            *at
        } else {
            *amounts.iter().find(total)?
        };
        Some(refer(&self.names.value(at).reference))
    }

    fn pill_for(
        &self,
        input: &taskwright_domain::ActionInput,
        action: &taskwright_domain::Action,
        words: &[Token<'_>],
    ) -> Option<String> {
        words.iter().filter(|t| t.kind == Kind::Pill).find_map(|token| {
            let value = self.names.value(self.names.reference(&token.low)?);
            if value.reference == input.key {
                return None;
            }
            let tail = value.reference.rsplit('.').next().unwrap_or(&value.reference);
            let same_kind = |other: &taskwright_domain::ActionInput| {
                std::mem::discriminant(&other.kind) == std::mem::discriminant(&value.kind)
            };
            let only = same_kind(input)
                && action.inputs.iter().filter(|other| same_kind(other)).count() == 1
                && !action.inputs.iter().any(|other| other.key == value.reference);
            (tail == input.key || only).then(|| value.reference.clone())
        })
    }

    fn ambiguous_action(&mut self, whole: &[Token<'_>], several: &[usize], steps: &mut Vec<Step>) {
        let span = self.span(whole);
        let names: Vec<_> = several
            .iter()
            .take(4)
            .map(|at| self.names.actions[*at].name.clone())
            .collect();
        let message = format!(
            "\u{201c}{}\u{201d} could mean {}.",
            self.written(whole),
            names.join(" or ")
        );
        let mut found = problem(ProblemCode::Ambiguous, Severity::Blocks, span, message);
        for at in several.iter().take(3) {
            let doing = &self.names.actions[*at];
            let text = format!("Run @{}", doing.key);
            found.remedies.push(problems::remedy(
                format!("Use {}", doing.name),
                taskwright_domain::Fix::Replace { span, text },
            ));
        }
        self.problems.push(found);
        self.not_followed(whole, "Several actions fit.", steps);
    }

    /// No action fits: perhaps a value is meant, or the action is missing.
    fn no_action(
        &mut self,
        whole: &'t [Token<'a>],
        words: &'t [Token<'a>],
        verb: Verb,
        near: &[usize],
        steps: &mut Vec<Step>,
    ) {
        let object = &words[verb.length..];
        if matches!(verb.deed, Deed::LookUp | Deed::Verify | Deed::Use | Deed::Compute)
            && self.run_provider(whole, words, object, steps)
        {
            return;
        }
        if matches!(verb.lemma, "get" | "obtain" | "select" | "choose") {
            let wanted = self.wanted(object);
            if !wanted.values.is_empty() && wanted.unknown.is_empty() {
                return self.ask_for(whole, object, steps);
            }
        }
        if verb.deed == Deed::Update {
            let wanted = self.wanted(object);
            if let ([(at, ..)], true) = (wanted.values.as_slice(), wanted.unknown.is_empty())
                && matches!(verb.lemma, "save" | "record" | "store" | "log")
            {
                let key = self.names.value(*at).reference.clone();
                let label = self.label(&key);
                return self.note(
                    whole,
                    Spoken::new(Meaning::Set { attribute: key }, format!("Keeps {label}")),
                );
            }
        }
        // "Stop right away" ends; "stop the parcel" is something that no action does.
        let thing = object.iter().any(|t| t.any(&["the", "their", "a", "an"])) && !content(object).is_empty();
        if matches!(verb.deed, Deed::Stop | Deed::Close) && !thing {
            return self.finish(whole, steps);
        }
        self.without_action(whole, words, near, steps);
    }

    /// Something is to be done, and no action does it.
    pub(super) fn without_action(
        &mut self,
        whole: &[Token<'_>],
        words: &[Token<'_>],
        near: &[usize],
        steps: &mut Vec<Step>,
    ) {
        let found = self.picture_inspected(whole, words).unwrap_or_else(|| {
            let near: Vec<_> = near.iter().map(|at| self.names.actions[*at].name.as_str()).collect();
            unknown_action(self.span(whole), &self.written(words), &near)
        });
        self.problems.push(found);
        self.lacking(
            whole,
            Meaning::Run { action: None },
            "Runs something that no action does yet",
            steps,
        );
    }

    /// "check the order status": the look-up that gives it.
    fn run_provider(
        &mut self,
        whole: &'t [Token<'a>],
        words: &[Token<'_>],
        object: &[Token<'_>],
        steps: &mut Vec<Step>,
    ) -> bool {
        let end = object
            .iter()
            .position(|t| t.any(&["with", "using", "by", "for", "from", "to"]))
            .unwrap_or(object.len());
        let Lookup::One { at, sure } = self.names.lookup(&object[..end], Prefer::default()) else {
            return false;
        };
        let value = self.names.value(at);
        if value.origin != Origin::Field {
            return false;
        }
        let mut fits = self
            .names
            .actions
            .iter()
            .enumerate()
            .filter(|(_, doing)| !doing.changes && value.owner.as_deref() == Some(&doing.result_name));
        let (Some((action, _)), None) = (fits.next(), fits.next()) else {
            return false;
        };
        self.run(whole, words, action, sure, steps);
        true
    }

    /// "check whether it is paid", "make sure the plan is active": the run goes on when it holds, and stops for a
    /// person when that was demanded and it does not, until an "otherwise" says better.
    pub(super) fn look_into(
        &mut self,
        whole: &'t [Token<'a>],
        words: &'t [Token<'a>],
        demanded: bool,
        steps: &mut Vec<Step>,
    ) {
        let words = match words {
            [first, rest @ ..] if first.any(&["that", "if", "whether"]) => rest,
            words => words,
        };
        if wants_it(words) {
            return self.confirm(whole, words, steps);
        }
        if knows(words) {
            let reason = "What the customer knows cannot be looked up. Tell them, or ask for it.";
            return self.unclear(whole, reason, None, steps);
        }
        let got = Conditions::new(&self.names, &self.said).read(words);
        match got {
            // "make sure the customer agrees": nobody knows before they are asked.
            Ok(got) if got.condition == Condition::Confirmed && !self.said.confirming => {
                self.confirm(whole, words, steps)
            }
            Ok(got) => {
                let said = super::describe::condition(&got.condition, self.names.catalogue);
                self.said.about = got.condition.references().first().map(|r| (*r).to_owned());
                self.checked = Some(got.condition.clone());
                if demanded {
                    let arm = Arm {
                        span: self.span(whole),
                        condition: got.condition.clone(),
                        steps: Vec::new(),
                    };
                    let otherwise = vec![self.step(
                        whole,
                        StepKind::Unclear {
                            text: self.written(whole),
                        },
                    )];
                    steps.push(self.step(
                        whole,
                        StepKind::Check {
                            arms: vec![arm],
                            otherwise,
                        },
                    ));
                    let span = self.span(whole);
                    self.problems.push(problem(
                        ProblemCode::NoOtherwise,
                        Severity::Hint,
                        span,
                        format!("Say what happens when not: {said}. Until then a person takes over."),
                    ));
                }
                let meaning = Meaning::Check {
                    condition: Some(got.condition),
                };
                self.note(
                    whole,
                    Spoken::new(meaning, format!("Looks whether {said}"))
                        .sure(got.sure)
                        .links(got.links),
                );
            }
            Err(_) => {
                if let Some(at) = words
                    .iter()
                    .position(|t| t.kind == Kind::Word)
                    .and_then(|_| self.names.action_named(words))
                {
                    return self.run(whole, words, at, true, steps);
                }
                if let Some(at) = self
                    .by_content(words)
                    .filter(|at| matches!(self.names.value(*at).kind, AttributeType::Boolean))
                {
                    let key = self.names.value(at).reference.clone();
                    let ask = StepKind::Ask {
                        attribute: key.clone(),
                        question: None,
                        preface: None,
                        again: false,
                        among: None,
                    };
                    steps.push(self.step(whole, ask));
                    self.remember_ask(&key, at, whole);
                    let label = self.label(&key);
                    return self.note(
                        whole,
                        Spoken::new(Meaning::Ask { attributes: vec![key] }, format!("Asks for {label}")),
                    );
                }
                self.condition_trouble(whole, words, Conditions::new(&self.names, &self.said).read(words).err());
                let meaning = Meaning::Check { condition: None };
                self.lacking(whole, meaning, "Checks something that nothing tells", steps);
                self.said.asked = None;
            }
        }
    }

    /// "set the priority to high", "save the reason as late".
    pub(super) fn set(&mut self, whole: &'t [Token<'a>], object: &'t [Token<'a>], steps: &mut Vec<Step>) -> bool {
        let Some(place) = object
            .iter()
            .position(|t| t.any(&["to", "as"]) || t.mark('='))
            .filter(|place| *place > 0)
        else {
            return false;
        };
        if object[..place].iter().all(|t| t.any(&["it", "this", "that", "them"])) && object[place].is("as") {
            let said: Vec<_> = object[place + 1..].iter().collect();
            let named = |value: &super::names::Named| {
                value
                    .options
                    .iter()
                    .filter(|o| position_of_run(&said, &o.stems).is_some())
                    .count()
            };
            let mut fits = self
                .names
                .values
                .iter()
                .enumerate()
                .filter(|(_, value)| value.askable() && named(value) >= 2);
            if let (Some((at, _)), None) = (fits.next(), fits.next()) {
                self.classify_into(whole, at, steps);
                return true;
            }
            return false;
        }
        let Lookup::One { at, .. } = self.names.lookup(
            trimmed(&object[..place]),
            Prefer {
                askable: true,
                owner: None,
            },
        ) else {
            return false;
        };
        let value = self.names.value(at);
        if !matches!(value.origin, Origin::Asked | Origin::Filled) || value.owner.is_some() {
            return false;
        }
        let key = value.reference.clone();
        let said = trimmed(&object[place + 1..]);
        let named = value
            .options
            .iter()
            .filter(|o| position_of_run(&said.iter().collect::<Vec<_>>(), &o.stems).is_some())
            .count();
        if named > 1 {
            self.classify_into(whole, at, steps);
            return true;
        }
        let Some(operand) = self.constant_of(at, said).filter(|operand| self.takes(at, operand)) else {
            return false;
        };
        self.sets(whole, &object[..place], key, operand, steps);
        true
    }

    /// "the refund amount is {order.total}": said of a value of this task, it sets it. To a fixed value only where a
    /// condition led here; elsewhere that may just tell how things are.
    pub(super) fn set_to(
        &mut self,
        whole: &'t [Token<'a>],
        named: &'t [Token<'a>],
        said: &'t [Token<'a>],
        steps: &mut Vec<Step>,
    ) -> bool {
        let (named, said) = (trimmed(named), trimmed(said));
        // "the standard amount is 40 EUR"
        let named = match named {
            [the, usual, rest @ ..] if the.is("the") && usual.any(&["standard", "default", "usual", "normal"]) => rest,
            named => named,
        };
        let prefer = Prefer {
            askable: true,
            owner: None,
        };
        let Lookup::One { at, sure: true } = self.names.lookup(named, prefer) else {
            return false;
        };
        let value = self.names.value(at);
        let own = matches!(value.origin, Origin::Asked | Origin::Filled) && value.owner.is_none();
        let key = value.reference.clone();
        let Some(operand) = self.constant_of(at, said).filter(|_| own) else {
            return false;
        };
        if self.led_by == LedBy::Nothing && self.under.is_empty() && !matches!(operand, Operand::Reference { .. }) {
            return false;
        }
        self.sets(whole, named, key, operand, steps);
        true
    }

    /// Whether a value can hold another: a number of a booking no date.
    fn takes(&self, at: usize, operand: &Operand) -> bool {
        let Operand::Reference { reference } = operand else {
            return true;
        };
        let kind = &self.names.value(at).kind;
        let other = self
            .names
            .reference(reference)
            .map(|other| &self.names.value(other).kind);
        matches!(kind, AttributeType::Text)
            || other.is_none_or(|other| std::mem::discriminant(other) == std::mem::discriminant(kind))
    }

    pub(super) fn sets(
        &mut self,
        whole: &[Token<'_>],
        named: &[Token<'_>],
        key: String,
        operand: Operand,
        steps: &mut Vec<Step>,
    ) {
        steps.push(self.step(
            whole,
            StepKind::Set {
                attribute: key.clone(),
                value: operand.clone(),
            },
        ));
        let label = self.label(&key);
        let words = format!(
            "Sets {label} to {}",
            super::describe::label_of(&operand, self.names.catalogue)
        );
        let links = super::conditions::link_over(trimmed(named), LinkTarget::Reference { reference: key.clone() });
        self.note(
            whole,
            Spoken::new(Meaning::Set { attribute: key }, words)
                .links(links)
                .sure(true),
        );
    }

    /// Words as a value of a named one's kind.
    pub(super) fn constant_of(&self, at: usize, words: &[Token<'_>]) -> Option<Operand> {
        let value = self.names.value(at);
        if let Some(option) = self.names.option_of(at, words) {
            return Some(Operand::Constant {
                value: Value::Choice(option.text.clone()),
            });
        }
        if let [one] = words {
            if let Some(other) = self.names.of_token(one) {
                return Some(refer(&self.names.value(other).reference));
            }
            if matches!(value.kind, AttributeType::Boolean) && one.any(&["yes", "true", "no", "false"]) {
                return Some(Operand::Constant {
                    value: Value::Boolean(one.any(&["yes", "true"])),
                });
            }
            if one.kind == Kind::Quote && matches!(value.kind, AttributeType::Text | AttributeType::Identifier { .. }) {
                return Some(Operand::Constant {
                    value: Value::Text(one.low.clone()),
                });
            }
        }
        if let Some(read) = operand_for(&value.kind, words, 0, &self.catalogue().settings.currency)
            .filter(|read| read.end == words.len())
        {
            return Some(read.value);
        }
        match self.names.lookup(
            words,
            Prefer {
                askable: false,
                owner: self.said.it.as_deref(),
            },
        ) {
            Lookup::One { at: other, .. } if other != at => Some(refer(&self.names.value(other).reference)),
            _ => None,
        }
    }

    /// "classify the reason", "decide which kind it is", "sort it into …".
    pub(super) fn classify(
        &mut self,
        whole: &'t [Token<'a>],
        words: &'t [Token<'a>],
        verb: Verb,
        steps: &mut Vec<Step>,
    ) {
        let rest = &words[verb.length..];
        if let Some(at) = self.names.action_named(rest) {
            return self.run(whole, words, at, true, steps);
        }
        if verb.deed == Deed::Decide && rest.first().is_some_and(|t| t.any(&["if", "whether", "that"])) {
            return self.look_into(whole, &rest[1..], false, steps);
        }
        let choice = |at: &usize| !self.names.value(*at).options.is_empty();
        let at = self
            .wanted(rest)
            .values
            .first()
            .map(|(at, ..)| *at)
            .filter(|at| choice(at))
            .or_else(|| self.by_content(rest).filter(|at| choice(at)));
        if let Some(at) = at {
            return self.classify_into(whole, at, steps);
        }
        if verb.deed == Deed::Decide {
            if self.run_provider(whole, words, rest, steps) {
                return;
            }
            let wanted = self.wanted(rest);
            if !wanted.values.is_empty() && wanted.unknown.is_empty() {
                return self.ask_for(whole, rest, steps);
            }
        }
        self.unclear(whole, "Which attribute takes the result?", None, steps);
    }

    fn classify_into(&mut self, whole: &[Token<'_>], at: usize, steps: &mut Vec<Step>) {
        let key = self.names.value(at).reference.clone();
        let from = self
            .said
            .asked
            .filter(|asked| *asked != at)
            .map(|asked| self.names.value(asked))
            .filter(|value| matches!(value.kind, AttributeType::Text))
            .map(|value| value.reference.clone());
        steps.push(self.step(
            whole,
            StepKind::Classify {
                attribute: key.clone(),
                from,
            },
        ));
        self.remember_ask(&key, at, whole);
        let label = self.label(&key);
        let options: Vec<_> = self.names.value(at).options.iter().map(|o| o.text.clone()).collect();
        let words = format!("Sorts {label} into {}", options.join(", "));
        let links = self.linked(whole, &key);
        self.note(
            whole,
            Spoken::new(Meaning::Classify { attribute: key }, words).links(links),
        );
    }

    /// "try once more, then …": runs the failed action again; what comes after holds only if it fails again.
    pub(super) fn retry_action(
        &mut self,
        whole: &[Token<'_>],
        at_most: u32,
        steps: &mut Vec<Step>,
    ) -> Option<Condition> {
        let failed = self.under.iter().rev().find_map(|condition| match condition {
            Condition::Action {
                action,
                state: ActionState::Failed | ActionState::NotFound,
            } => Some(action.clone()),
            _ => None,
        })?;
        let run = self.step(
            whole,
            StepKind::Run {
                action: failed.clone(),
                inputs: BTreeMap::new(),
            },
        );
        let until = Condition::Action {
            action: failed.clone(),
            state: ActionState::Succeeded,
        };
        steps.push(self.step(
            whole,
            StepKind::Repeat {
                steps: vec![run],
                at_most,
                until: Some(until.clone()),
            },
        ));
        let name = self
            .catalogue()
            .action(&failed)
            .map_or("", |action| action.name.as_str());
        self.note(
            whole,
            Spoken::new(
                Meaning::Repeat { at_most: Some(at_most) },
                format!("Runs *{name}* again, at most {at_most} times"),
            ),
        );
        Some(super::conditions::negate(until))
    }

    /// Writes down why a condition was not read.
    pub(super) fn condition_trouble(
        &mut self,
        whole: &[Token<'_>],
        words: &[Token<'_>],
        trouble: Option<super::conditions::Trouble>,
    ) {
        use super::conditions::Trouble;
        // "if" with nothing behind it.
        let words = if trimmed(words).is_empty() { whole } else { words };
        let judged = self
            .picture_judged(whole, words)
            .or_else(|| self.no_measure(whole, words));
        if let Some(found) = judged {
            self.problems.push(found);
            return;
        }
        let span = self.span(words);
        let said = self.written(words);
        let found = match trouble {
            Some(Trouble::Mismatch(why)) => problem(ProblemCode::TypeMismatch, Severity::Blocks, span, why),
            Some(Trouble::Ambiguous(several)) => {
                let labels: Vec<_> = several
                    .iter()
                    .take(4)
                    .map(|at| self.names.value(*at).label.clone())
                    .collect();
                let mut found = problem(
                    ProblemCode::Ambiguous,
                    Severity::Blocks,
                    span,
                    format!("\u{201c}{said}\u{201d} could be about {}.", labels.join(" or ")),
                );
                for at in several.iter().take(3) {
                    let text = format!("{{{}}}", self.names.value(*at).reference);
                    found.remedies.push(problems::remedy(
                        format!("Use {text}"),
                        taskwright_domain::Fix::Replace {
                            span,
                            text: format!("{text} {said}"),
                        },
                    ));
                }
                found
            }
            Some(Trouble::Half(part)) => {
                let mut found = problem(
                    ProblemCode::NothingProvides,
                    Severity::Blocks,
                    span,
                    format!("Nothing tells whether \u{201c}{part}\u{201d} holds."),
                );
                found
                    .remedies
                    .extend(problems::ways_out(self.span(whole), &self.written(whole)));
                found
            }
            Some(Trouble::Unknown(_, _) | Trouble::YesNo) => {
                let mut found = problem(
                    ProblemCode::NothingProvides,
                    Severity::Blocks,
                    span,
                    format!("Nothing tells whether \u{201c}{said}\u{201d} holds."),
                );
                found.remedies.push(problems::yes_or_no(words));
                found
                    .remedies
                    .extend(problems::ways_out(self.span(whole), &self.written(whole)));
                found
            }
            _ => problems::unclear(span, &said, "It is no condition that can be decided.", None),
        };
        self.problems.push(found);
    }

    /// The deed of words such as "cancelling it" or "the refund".
    pub(super) fn deed_in(&self, words: &[Token<'_>]) -> Option<(Deed, usize)> {
        (0..words.len().min(6)).find_map(|at| {
            let deed = verb_at(words, at)
                .filter(|v| v.deed.acts())
                .map(|v| v.deed)
                .or_else(|| deed_of_noun(&words[at]))?;
            Some((deed, at))
        })
    }
}

/// Whether a run may go on only when what is looked into holds.
pub(super) fn demands(verb: Verb) -> bool {
    matches!(verb.lemma, "make" | "ensure" | "verify" | "validate" | "confirm")
}

/// Why a command cannot be followed as it stands: it breaks off, or leaves open which of two is meant.
fn unfinished(object: &[Token<'_>]) -> Option<&'static str> {
    let breaks_off = trimmed(object)
        .last()
        .is_some_and(|t| t.any(&["the", "a", "an", "their", "our", "and", "or"]));
    if breaks_off {
        return Some("The sentence breaks off.");
    }
    let either = object.first().is_some_and(|t| t.is("or")) && verb_at(object, 1).is_some_and(|v| v.deed.acts());
    either.then_some("It names two things to do. Write which one, or put an \u{201c}if\u{201d} before each.")
}

/// "they really want to cancel", "the customer is happy with the new date": only the customer can say so.
fn wants_it(words: &[Token<'_>]) -> bool {
    let who = words
        .iter()
        .take_while(|t| t.any(&["the", "customer", "they", "user", "he", "she"]))
        .count();
    let said: Vec<_> = words[who..]
        .iter()
        .filter(|t| !t.any(&["really", "definitely", "still", "actually", "truly", "are", "is"]))
        .take(2)
        .collect();
    who > 0
        && match said.as_slice() {
            [first, second] if first.any(&["want", "wants", "wish", "wishes"]) => second.any(&["to", "it", "this"]),
            [first, ..] => first.any(&["happy", "ok", "okay", "sure", "agree", "agrees", "fine"]),
            [] => false,
        }
}

/// "Always look up the policy first": before anything is changed, not only here.
fn always_first(words: &[Token<'_>]) -> bool {
    let words = trimmed(words);
    words.first().is_some_and(|t| t.is("always")) && words.last().is_some_and(|t| t.is("first"))
}

/// Where a customer is sent: "them to the help page".
fn where_sent<'t, 'a>(object: &'t [Token<'a>]) -> Option<&'t [Token<'a>]> {
    let to = object.iter().position(|t| t.is("to"))?;
    let who = &object[..to];
    let customer = who.iter().all(|t| {
        t.any(&[
            "them",
            "him",
            "her",
            "the",
            "customer",
            "customers",
            "user",
            "users",
            "people",
        ])
    });
    let end = object.len() - usize::from(object.last().is_some_and(|t| t.any(&["instead", "then"])));
    (customer && !who.is_empty() && to + 1 < end).then(|| &object[to + 1..end])
}

/// "they know their username", "the customer understands the terms".
fn knows(words: &[Token<'_>]) -> bool {
    let whose = words
        .first()
        .is_some_and(|t| t.any(&["they", "the", "your"]) || t.is_customer());
    let known = words.iter().take(4).any(|t| {
        t.any(&[
            "know",
            "knows",
            "understand",
            "understands",
            "aware",
            "understood",
            "remember",
            "remembers",
        ])
    });
    whose && known
}
