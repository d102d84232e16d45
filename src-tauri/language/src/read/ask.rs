//! Asking the customer.

use taskwright_domain::{
    Arm, AttributeType, Comparison, Condition, Link, LinkTarget, Meaning, Operand, Span, Step, StepKind, Template,
};

use super::names::{Lookup, Prefer, content, is_filler, position_of_run};
use super::problems;
use super::reader::{Reader, Spoken, trimmed};
use super::split::{lead, starts};
use super::tell::{question, sentence, to_customer, written};
use super::token::{Kind, Token};
use super::verbs::{Deed, Form, verb_at};

/// What a list of things to ask for names.
#[derive(Debug, Default)]
pub(super) struct Wanted {
    /// Values, with the words that name them.
    pub(super) values: Vec<(usize, Span, bool)>,
    /// Words that name none.
    pub(super) unknown: Vec<(String, Span)>,
}

impl<'t, 'a> Reader<'t, 'a, '_> {
    /// "ask for the name", "ask whether …", "ask "…?"", "ask them to restart it".
    pub(super) fn ask(&mut self, whole: &'t [Token<'a>], words: &'t [Token<'a>], length: usize, steps: &mut Vec<Step>) {
        let rest = without_customer(&words[length.min(words.len())..]);
        let rest = if starts(rest, &["once", "more"]) {
            &rest[2..]
        } else {
            rest
        };
        if rest.first().is_some_and(|t| t.any(&["again"])) && rest.len() == 1 || rest.is_empty() {
            return self.ask_again(whole, steps);
        }
        if let Some(done) = self.ask_to(whole, rest, steps) {
            return done;
        }
        if rest.iter().any(|t| {
            t.any(&[
                "confirm",
                "confirmation",
                "consent",
                "permission",
                "approval",
                "ok",
                "go-ahead",
            ])
        }) && self.names_nothing(rest)
        {
            return self.confirm(whole, rest, steps);
        }
        if let Some(place) = rest.iter().position(|t| t.kind == Kind::Quote) {
            return self.ask_quoted(whole, rest, place, steps);
        }
        let whether = rest.first().is_some_and(|t| t.any(&["if", "whether"]));
        if whether {
            return self.ask_whether(whole, &rest[1..], steps);
        }
        self.ask_for(whole, rest, steps);
    }

    fn names_nothing(&self, words: &[Token<'_>]) -> bool {
        let wanted = self.wanted(words);
        wanted.values.is_empty()
            || words.first().is_some_and(|t| t.any(&["to", "for"]))
                && words.iter().any(|t| t.any(&["confirm", "confirmation"]))
    }

    /// "ask them to send a photo" asks for it; "ask them to restart it" is advice.
    fn ask_to(&mut self, whole: &'t [Token<'a>], rest: &'t [Token<'a>], steps: &mut Vec<Step>) -> Option<()> {
        let after = rest.first().filter(|t| t.is("to")).map(|_| &rest[1..])?;
        if says_yes(after) {
            self.confirm(whole, after, steps);
            return Some(());
        }
        let verb = verb_at(after, 0)?;
        let gives = gives(&after[0]) || verb.lemma == "confirm";
        if matches!(verb.deed, Deed::Confirm) {
            let wanted = self.wanted(&after[verb.length..]);
            if wanted.values.is_empty() || !wanted.unknown.is_empty() {
                self.confirm(whole, after, steps);
                return Some(());
            }
        }
        let object = without_customer(&after[verb.length..]);
        // "ask them to read the serial number to you"
        let spelled = after[0].any(&["read", "spell", "dictate"])
            && noun_phrases(object)
                .first()
                .is_some_and(|part| super::lists::names_data(part));
        if gives || spelled {
            self.ask_for(whole, object, steps);
            return Some(());
        }
        if verb.deed == Deed::Wait || verb.form == Form::Base {
            self.advise(whole, after, steps);
            return Some(());
        }
        None
    }

    fn ask_again(&mut self, whole: &'t [Token<'a>], steps: &mut Vec<Step>) {
        let last = self.said.asks.last().map(|(key, _)| key.clone());
        let last = last.or_else(|| self.input_of_look_up());
        let Some(key) = last else {
            return self.unclear(whole, "What should be asked again?", None, steps);
        };
        self.again(whole, &key, None, steps);
    }

    /// The first value that the last look-up needs.
    fn input_of_look_up(&self) -> Option<String> {
        let (id, _) = self.said.looked_up.as_ref()?;
        let action = self.catalogue().action(id)?;
        let input = action.inputs.iter().find(|input| !input.optional)?;
        input.reference().map(str::to_owned)
    }

    /// Asks anew; after a look-up that found nothing, looks up again.
    fn again(&mut self, whole: &'t [Token<'a>], key: &str, preface: Option<Template>, steps: &mut Vec<Step>) {
        let attribute = key.to_owned();
        let ask = StepKind::Ask {
            attribute: attribute.clone(),
            question: None,
            preface,
            again: true,
            among: None,
        };
        steps.push(self.step(whole, ask));
        let not_found = self.under.last().is_some_and(|c| {
            matches!(
                c,
                taskwright_domain::Condition::Action {
                    state: taskwright_domain::ActionState::NotFound | taskwright_domain::ActionState::Failed,
                    ..
                }
            )
        });
        if let Some((_, span)) = self.said.looked_up.as_ref().filter(|_| not_found) {
            let at_most = self.times_in(whole).unwrap_or(2);
            steps.push(self.step(
                whole,
                StepKind::Jump {
                    to: span.start,
                    at_most,
                },
            ));
        }
        let label = self.label(&attribute);
        let links = self.linked(whole, &attribute);
        self.note(
            whole,
            Spoken::new(
                Meaning::Ask {
                    attributes: vec![attribute],
                },
                format!("Asks for {label} again"),
            )
            .links(links),
        );
    }

    /// "if it comes back different, ask "Did you mean {check.suggestion}?"": a yes takes the suggestion for what was given, a
    /// no asks anew.
    fn take_what_was_meant(&mut self, whole: &'t [Token<'a>], question: &str, steps: &mut Vec<Step>) {
        let Some(Condition::Test {
            subject: Operand::Reference { reference: told },
            comparison: Comparison::IsNot {
                to: Operand::Reference { reference: given },
            },
        }) = self.under.last()
        else {
            return;
        };
        let asked = Template::new(question);
        let means = question.to_lowercase().contains("mean") && asked.references().any(|said| said == told);
        let taken = self.names.reference(given).filter(|at| self.names.value(*at).askable());
        if !means || taken.is_none() {
            return;
        }
        let set = StepKind::Set {
            attribute: given.clone(),
            value: Operand::Reference {
                reference: told.clone(),
            },
        };
        let anew = StepKind::Ask {
            attribute: given.clone(),
            question: None,
            preface: None,
            again: true,
            among: None,
        };
        let arm = Arm {
            span: self.span(whole),
            condition: Condition::Confirmed,
            steps: vec![self.step(whole, set)],
        };
        let otherwise = vec![self.step(whole, anew)];
        steps.push(self.step(
            whole,
            StepKind::Check {
                arms: vec![arm],
                otherwise,
            },
        ));
    }

    /// "ask "Which room?"": the author's own words are the question.
    fn ask_quoted(&mut self, whole: &'t [Token<'a>], rest: &'t [Token<'a>], place: usize, steps: &mut Vec<Step>) {
        let words = &rest[place];
        let asked = Template::new(words.low.clone());
        let around: Vec<_> = rest[..place].iter().chain(&rest[place + 1..]).cloned().collect();
        let wanted = self.wanted(&around);
        let (inside, _) = super::token::scan(&words.low);
        let yes_no = inside.first().is_some_and(|t| {
            t.any(&[
                "is", "are", "do", "does", "did", "would", "will", "can", "could", "shall", "should", "has", "have",
                "ok", "okay",
            ])
        }) || inside
            .windows(2)
            .any(|pair| pair[0].any(&["ok", "right", "correct", "okay"]) && pair[1].mark('?'));
        // "Could you send us a picture?" asks for the picture.
        let request = inside.len() > 2 && inside[0].any(&["could", "can", "would", "will"]) && inside[1].is("you");
        let takes_answer =
            |at: &usize| !yes_no || request || matches!(self.names.value(*at).kind, AttributeType::Boolean);
        let at = wanted
            .values
            .first()
            .map(|(at, ..)| *at)
            .or_else(|| self.wanted_in_question(&inside).filter(takes_answer));
        let Some(at) = at else {
            if yes_no {
                steps.push(self.step(
                    whole,
                    StepKind::Confirm {
                        question: Some(asked),
                        action: None,
                        declined: Vec::new(),
                    },
                ));
                self.said.confirms();
                self.take_what_was_meant(whole, &words.low, steps);
                return self.note(
                    whole,
                    Spoken::new(Meaning::Confirm, "Asks for a yes in your words").sure(true),
                );
            }
            let found = problems::unknown_value(&self.names, words.span, &words.low, Some(AttributeType::Text));
            self.problems.push(found);
            return self.ask_nothing(whole, steps);
        };
        let key = self.names.value(at).reference.clone();
        let ask = StepKind::Ask {
            attribute: key.clone(),
            question: Some(asked),
            preface: None,
            again: false,
            among: None,
        };
        steps.push(self.step(whole, ask));
        self.remember_ask(&key, at, whole);
        let label = self.label(&key);
        let links = self.linked(whole, &key);
        self.note(
            whole,
            Spoken::new(
                Meaning::Ask { attributes: vec![key] },
                format!("Asks for {label} in your words"),
            )
            .sure(true)
            .links(links),
        );
    }

    fn wanted_in_question(&self, inside: &[Token<'_>]) -> Option<usize> {
        self.by_content(inside)
    }

    /// "ask whether they want insurance": a yes-or-no attribute, a choice, or a confirmation.
    fn ask_whether(&mut self, whole: &'t [Token<'a>], rest: &'t [Token<'a>], steps: &mut Vec<Step>) {
        let which = rest.windows(2).position(|two| two[0].mark(',') && two[1].is("which"));
        let found = self
            .by_content(&rest[..which.unwrap_or(rest.len())])
            .filter(|at| self.answers_whether(*at, rest));
        if let Some(at) = found {
            let value = self.names.value(at);
            let key = value.reference.clone();
            let boolean = matches!(value.kind, AttributeType::Boolean);
            let own = boolean && !self.has_question(&key);
            let asked = own.then(|| question(trimmed(rest)));
            let ask = StepKind::Ask {
                attribute: key.clone(),
                question: asked,
                preface: None,
                again: boolean && self.was_asked(&key),
                among: None,
            };
            steps.push(self.step(whole, ask));
            self.remember_ask(&key, at, whole);
            let words = if boolean {
                format!("Asks whether {}", to_words(self.text, rest))
            } else {
                format!("Asks for {}", self.label(&key))
            };
            return self.note(
                whole,
                Spoken::new(
                    Meaning::Ask {
                        attributes: vec![key.clone()],
                    },
                    words,
                )
                .links(self.linked(whole, &key)),
            );
        }
        if self.is_about_going_on(rest) {
            let action = self.deed_action(rest);
            let asked = question(trimmed(rest));
            steps.push(self.step(
                whole,
                StepKind::Confirm {
                    question: Some(asked.clone()),
                    action,
                    declined: Vec::new(),
                },
            ));
            self.said.confirms();
            return self.note(whole, Spoken::new(Meaning::Confirm, format!("Asks: {}", asked.0)));
        }
        if asks_for_more(rest) {
            return self.asked_anyway(whole);
        }
        if trimmed(rest).is_empty() {
            return self.unclear(whole, "What should be asked?", None, steps);
        }
        let said = to_words(self.text, rest);
        let span = self.span(rest);
        let name = yes_no_name(rest);
        let mut found = problems::unknown_value(&self.names, span, &name, Some(AttributeType::Boolean));
        found.message = format!("Nothing holds the answer to \u{201c}{said}\u{201d}.");
        self.problems.push(found);
        self.ask_nothing(whole, steps);
    }

    /// Whether a yes or no, or an option said, is an answer that this value takes. "Ask if they have taken the medicine"
    /// does not ask which one; "ask if they know their order number" asks for it.
    fn answers_whether(&self, at: usize, words: &[Token<'_>]) -> bool {
        let value = self.names.value(at);
        let said: Vec<_> = words
            .iter()
            .filter(|t| matches!(t.kind, Kind::Word | Kind::Quote))
            .collect();
        let option = || value.options.iter().any(|o| position_of_run(&said, &o.stems).is_some());
        let idle = |t: &&Token<'_>| t.is_customer() || is_filler(&t.low) || t.any(&["still", "also", "already"]);
        let mut after = words.iter().skip_while(|t| idle(t) && !t.any(&["have", "has", "can"]));
        let has = after.next().is_some_and(|t| {
            t.any(&[
                "have",
                "has",
                "know",
                "knows",
                "remember",
                "remembers",
                "can",
                "could",
                "got",
                "prefer",
                "want",
                "wants",
                "like",
                "need",
                "needs",
            ])
        });
        // "they have taken …" has done something, "they have their …" has it.
        let done = words
            .iter()
            .position(|t| t.any(&["have", "has"]))
            .and_then(|at| words.get(at + 1))
            .is_some_and(|t| {
                let own = value.field_stems.iter().any(|s| s.same(t));
                !own && !t.any(&[
                    "a", "an", "the", "their", "any", "one", "this", "it", "his", "her", "got", "to", "your", "some",
                ])
            });
        match value.kind {
            AttributeType::Boolean => true,
            AttributeType::Choice { .. } => option() || value.options.is_empty() || !done,
            _ => has && !done || option(),
        }
    }

    fn was_asked(&self, key: &str) -> bool {
        self.said.asks.iter().any(|(asked, _)| asked == key)
    }

    fn has_question(&self, key: &str) -> bool {
        self.catalogue()
            .attribute(key)
            .is_some_and(|attribute| !attribute.how_to_ask.question.is_empty())
    }

    /// Whether a question is about doing what the task does next.
    fn is_about_going_on(&self, words: &[Token<'_>]) -> bool {
        words.iter().any(|t| {
            t.any(&[
                "want", "wants", "like", "happy", "ok", "okay", "sure", "agree", "agrees", "ready", "proceed",
                "continue", "willing", "accept", "mind", "fine", "right", "correct", "prefer",
            ])
        })
    }

    /// The action a question speaks of.
    pub(super) fn deed_action(&self, words: &[Token<'_>]) -> Option<taskwright_domain::ActionId> {
        let money = words.iter().any(|t| t.any(&["money", "funds"]));
        let at = (0..words.len()).find(|at| {
            verb_at(words, *at).is_some_and(|v| {
                (v.deed.changes() || money && matches!(v.deed, Deed::Send | Deed::Charge)) && v.form != Form::Third
            })
        })?;
        let verb = verb_at(words, at)?;
        let found = self.action_of(verb.deed, verb.lemma, &words[at + verb.length..])?;
        Some(self.names.actions[found].id.clone())
    }

    /// "ask for the name, the e-mail and how many people come".
    pub(super) fn ask_for(&mut self, whole: &'t [Token<'a>], rest: &'t [Token<'a>], steps: &mut Vec<Step>) {
        let again = rest.iter().any(|t| t.any(&["again", "once more"]));
        if let Some((key, anew)) = self.just_tested(rest) {
            return self.ask_tested(whole, key, anew, steps);
        }
        let preface = self.preface(rest);
        let full = whole;
        let (whole, rest) = match rest.iter().position(|t| t.mark('–')) {
            Some(cut) if cut > 0 && self.told_with_it(whole, &rest[cut + 1..], preface.as_ref()) => {
                (&whole[..whole.len() - (rest.len() - cut)], &rest[..cut])
            }
            Some(cut) if cut > 0 => (whole, &rest[..cut]),
            _ => (whole, rest),
        };
        let rest = without_manner(rest);
        let named = without_brackets(rest);
        let wanted = self.wanted(if named.is_empty() { rest } else { &named });
        let wanted = match self.named_in_brackets(rest) {
            Some(at) => Wanted {
                values: vec![(at, self.span(rest), true)],
                unknown: Vec::new(),
            },
            None => wanted,
        };
        let wanted = match self.options_in_brackets(rest).filter(|_| wanted.values.is_empty()) {
            Some(at) => Wanted {
                values: vec![(at, self.span(rest), false)],
                unknown: Vec::new(),
            },
            None => wanted,
        };
        if wanted.values.is_empty() {
            return self.ask_unknown(whole, rest, &wanted, steps);
        }
        let keys: Vec<String> = wanted
            .values
            .iter()
            .map(|(at, ..)| self.names.value(*at).reference.clone())
            .collect();
        if again && keys.len() == 1 {
            return self.again(whole, &keys[0].clone(), preface, steps);
        }
        if is_either(rest, &wanted) {
            return self.either(whole, &wanted, Meaning::Ask { attributes: keys }, "Asks for", steps);
        }
        let mut preface = preface;
        for ((at, ..), key) in wanted.values.iter().zip(&keys) {
            let ask = StepKind::Ask {
                attribute: key.clone(),
                question: None,
                preface: preface.take(),
                again: false,
                among: None,
            };
            steps.push(self.step(full, ask));
            self.remember_ask(key, *at, whole);
        }
        self.note_asked(whole, &wanted, keys, "Asks for", |attributes| Meaning::Ask {
            attributes,
        });
        self.missing_half(whole, &wanted, steps);
    }

    /// "If the e-mail is missing, ask for it", "if the date is in the past, ask for another one": the value that the
    /// condition was about, and whether it is asked for anew.
    fn just_tested(&self, words: &[Token<'_>]) -> Option<(String, bool)> {
        let about = self.said.about.as_deref()?;
        let tested = self.under.last()?.references().contains(&about);
        let value = self
            .names
            .values
            .iter()
            .find(|value| value.reference == about && value.askable() && tested)?;
        let words: Vec<_> = trimmed(words)
            .iter()
            .filter(|t| !t.any(&["a", "an", "please", "again"]))
            .collect();
        let anew = words
            .first()
            .is_some_and(|t| t.any(&["another", "different", "new", "other"]));
        let head = &words[usize::from(anew).min(words.len())..];
        let names_it = match head {
            [] => anew,
            [one] => {
                one.any(&["it", "one", "them", "that"])
                    || anew && value.field_stems.last().is_some_and(|stem| stem.same(one))
            }
            _ => false,
        };
        names_it.then(|| (about.to_owned(), anew))
    }

    fn ask_tested(&mut self, whole: &'t [Token<'a>], key: String, anew: bool, steps: &mut Vec<Step>) {
        if anew {
            return self.again(whole, &key, None, steps);
        }
        if let Some(at) = self.names.values.iter().position(|value| value.reference == key) {
            self.ask_value(whole, at, steps);
        }
    }

    /// "the e-mail or the booking number": one is enough, and nothing says which one is asked for.
    pub(super) fn either(
        &mut self,
        whole: &[Token<'_>],
        wanted: &Wanted,
        meaning: Meaning,
        does: &str,
        steps: &mut Vec<Step>,
    ) {
        let labels: Vec<_> = wanted
            .values
            .iter()
            .map(|(at, ..)| self.label(&self.names.value(*at).reference))
            .collect();
        let (span, text) = (self.span(whole), self.written(whole));
        let reason = "One of these is enough, and nothing says which one is asked for. Write one, or put an \u{201c}if\u{201d} before each.";
        self.problems.push(problems::unclear(span, &text, reason, None));
        let plain = format!("{does} {}: which one is asked for is not said", labels.join(" or "));
        self.note(whole, Spoken::incomplete(meaning, plain).links(self.links_of(wanted)));
        steps.push(self.step(whole, StepKind::Unclear { text }));
    }

    pub(super) fn links_of(&self, wanted: &Wanted) -> Vec<Link> {
        let link = |(at, span, _): &(usize, Span, bool)| Link {
            span: *span,
            target: LinkTarget::Reference {
                reference: self.names.value(*at).reference.clone(),
            },
        };
        wanted.values.iter().map(link).collect()
    }

    /// The unclear half of a half-clear list.
    pub(super) fn missing_half(&mut self, whole: &'t [Token<'a>], wanted: &Wanted, steps: &mut Vec<Step>) {
        for (said, span) in &wanted.unknown {
            let found = problems::unknown_value(&self.names, *span, said, None);
            self.problems.push(found);
            steps.push(self.step(whole, StepKind::Unclear { text: said.clone() }));
        }
    }

    pub(super) fn note_asked(
        &mut self,
        whole: &[Token<'_>],
        wanted: &Wanted,
        keys: Vec<String>,
        does: &str,
        meaning: impl Fn(Vec<String>) -> Meaning,
    ) {
        let labels: Vec<_> = keys.iter().map(|key| self.label(key)).collect();
        let links = self.links_of(wanted);
        let sure = wanted.values.iter().all(|(.., sure)| *sure);
        let words = format!("{does} {}", listed(&labels));
        // The other half of a list is a problem of its own.
        let said = if wanted.unknown.is_empty() {
            Spoken::new(meaning(keys), words)
        } else {
            Spoken::incomplete(meaning(keys), words)
        };
        self.note(whole, said.sure(sure).links(links));
    }

    pub(super) fn ask_unknown(
        &mut self,
        whole: &'t [Token<'a>],
        rest: &'t [Token<'a>],
        wanted: &Wanted,
        steps: &mut Vec<Step>,
    ) {
        if rest.first().is_some_and(|t| t.any(&["anything", "else"]))
            || rest.iter().any(|t| t.any(&["help", "assistance"]))
                && rest.iter().any(|t| t.any(&["else", "other", "more", "further"]))
        {
            return self.asked_anyway(whole);
        }
        let named = self.names.action_named(&without_articles(whole));
        if let Some(at) = named {
            if !of_customer(whole) {
                return self.run(whole, whole, at, true, steps);
            }
            if let Some(input) = self.only_input(at) {
                return self.ask_value(whole, input, steps);
            }
        }
        for (said, span) in &wanted.unknown {
            let found = problems::unknown_value(&self.names, *span, said, None);
            self.problems.push(found);
        }
        if wanted.unknown.is_empty() {
            let (span, text) = (self.span(whole), self.written(whole));
            let found = problems::unclear(span, &text, "What should be asked for?", None);
            self.problems.push(found);
        }
        let from = self.sentences.len();
        self.ask_nothing(whole, steps);
        // What the customer is asked for bears the name of an action, which will take it.
        if let (Some(at), Some(asked)) = (named, self.sentences.get_mut(from)) {
            let action = self.names.actions[at].id.clone();
            asked.links = super::conditions::link_over(trimmed(whole), LinkTarget::Action { action });
        }
    }

    /// The value that an action takes, where it takes one only.
    fn only_input(&self, action: usize) -> Option<usize> {
        let action = self.catalogue().action(&self.names.actions[action].id)?;
        let [input] = action.inputs.as_slice() else { return None };
        let key = input.reference()?;
        let named = |value: &super::names::Named| value.reference == key && value.askable();
        self.names.values.iter().position(named)
    }

    /// Asks for one value.
    fn ask_value(&mut self, whole: &'t [Token<'a>], at: usize, steps: &mut Vec<Step>) {
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
        let words = format!("Asks for {}", self.label(&key));
        let links = self.linked(whole, &key);
        self.note(
            whole,
            Spoken::new(Meaning::Ask { attributes: vec![key] }, words).links(links),
        );
    }

    /// "Ask if they need anything else": every conversation ends with that question.
    fn asked_anyway(&mut self, whole: &[Token<'_>]) {
        let plain = "Holds by itself: at the end the customer is asked whether there is anything else";
        self.note(whole, Spoken::new(Meaning::Context, plain));
    }

    /// A question whose answer nothing takes yet.
    pub(super) fn ask_nothing(&mut self, whole: &[Token<'_>], steps: &mut Vec<Step>) {
        let meaning = Meaning::Ask { attributes: Vec::new() };
        self.lacking(whole, meaning, "Asks, but no attribute takes the answer yet", steps);
    }

    pub(super) fn remember_ask(&mut self, key: &str, at: usize, whole: &[Token<'_>]) {
        self.said.asks_for(at);
        let span = self.span(whole);
        self.said.asks.push((key.to_owned(), span));
    }

    /// "– most people can't find it, so tell them where": said with the question.
    fn told_with_it(&mut self, whole: &'t [Token<'a>], words: &'t [Token<'a>], preface: Option<&Template>) -> bool {
        let Some(said) = preface else { return false };
        let tells = words
            .windows(3)
            .any(|three| three[0].any(&["tell", "show"]) && three[1].is("them") && three[2].any(&["where", "how"]));
        // The words must be the end of what the question is read from.
        let ends = words.last().map(|t| t.span) == trimmed(whole).last().map(|t| t.span);
        if tells && ends {
            let meaning = Meaning::Inform { words: said.clone() };
            self.note(
                words,
                Spoken::new(meaning, format!("Tells with the question: {}", said.0)),
            );
        }
        tells && ends
    }

    /// Words said with a question: "get the code (you find it on the back)".
    fn preface(&self, words: &'t [Token<'a>]) -> Option<Template> {
        if let Some(way) = self.way_there(words) {
            return Some(way);
        }
        let open = words.iter().position(|t| t.mark('('))?;
        let close = words.iter().rposition(|t| t.mark(')')).unwrap_or(words.len());
        let inner = words.get(open + 1..close)?;
        if inner.len() < 3
            || !inner
                .iter()
                .any(|t| t.any(&["it", "is", "find", "under", "on", "in", "at", "shown", "printed"]))
        {
            return None;
        }
        let says = inner
            .first()
            .is_some_and(|t| t.any(&["it", "you", "they", "this", "the"]));
        let place = inner
            .first()
            .is_some_and(|t| t.any(&["on", "in", "under", "at", "shown", "printed"]));
        if place {
            return Some(Template::new(sentence(&format!(
                "You find it {}",
                written(self.text, inner)
            ))));
        }
        says.then(|| to_customer(inner))
    }

    /// The values that a list of noun phrases and question clauses names.
    pub(super) fn wanted(&self, words: &[Token<'_>]) -> Wanted {
        let mut found = Wanted::default();
        // "the following: account e-mail, refund amount"
        let words = match words.iter().take(7).position(|t| t.mark(':')) {
            Some(colon)
                if colon + 1 < words.len()
                    && words[..colon]
                        .iter()
                        .any(|t| t.any(&["following", "these", "details", "information", "info", "things"])) =>
            {
                &words[colon + 1..]
            }
            _ => words,
        };
        // "the booking number, which stands in the e-mail": where it stands is not asked for.
        let words = match words
            .windows(2)
            .position(|two| two[0].mark(',') && two[1].any(&["which", "where"]))
        {
            Some(comma) if comma > 0 && !words[comma..].iter().any(|t| t.is("and")) => &words[..comma],
            _ => words,
        };
        if let Some(at) = self.alternatives(words) {
            let span = self.span(words);
            found.values.push((at, span, false));
            return found;
        }
        for part in noun_phrases(words) {
            let span = self.span(part);
            match self.one_wanted(part) {
                Some((at, sure)) => {
                    if !found.values.iter().any(|(known, ..)| *known == at) {
                        found.values.push((at, span, sure));
                    }
                }
                // "a photo of the passport or licence": the second is of the same photo.
                None if self.follows_photo(words, part, &found) => {}
                None => {
                    let said = part
                        .iter()
                        .filter(|t| t.kind == Kind::Word && !is_filler(&t.low))
                        .map(|t| t.low.clone())
                        .collect::<Vec<_>>()
                        .join(" ");
                    if !said.is_empty() {
                        found.unknown.push((said, span));
                    }
                }
            }
        }
        found
    }

    /// "how much it was worth ({claim_amount})": the value that one question is for.
    fn named_in_brackets(&self, words: &[Token<'_>]) -> Option<usize> {
        let mut pills = words.iter().enumerate().filter(|(_, t)| t.kind == Kind::Pill);
        let (place, pill) = pills.next().filter(|(place, _)| *place > 1)?;
        let bracketed = words[place - 1].mark('(') && words.get(place + 1).is_none_or(|t| t.mark(')'));
        let one = noun_phrases(&words[..place - 1]).len() == 1 && words.len() <= place + 2;
        (pills.next().is_none() && bracketed && one)
            .then(|| self.names.of_token(pill))
            .flatten()
    }

    /// "what they use (Windows, Mac …)": the only choice that has one of these.
    fn options_in_brackets(&self, words: &[Token<'_>]) -> Option<usize> {
        let open = words.iter().position(|t| t.mark('('))?;
        let inside: Vec<_> = words[open..].iter().filter(|t| t.kind == Kind::Word).collect();
        let several = words[open..].iter().any(|t| t.mark(',') || t.mark('/'));
        let has = |value: &&super::names::Named| {
            let named = |o: &super::names::Choice| position_of_run(&inside, &o.stems).is_some();
            several && value.askable() && value.options.iter().any(named)
        };
        let mut fits = self.names.values.iter().enumerate().filter(|(_, value)| has(value));
        let (at, _) = fits.next()?;
        fits.next().is_none().then_some(at)
    }

    /// "whether they want red or blue": the parts are options of one choice.
    pub(super) fn alternatives(&self, words: &[Token<'_>]) -> Option<usize> {
        let or = words.iter().any(|t| t.any(&["or", "between"]));
        let says: Vec<_> = words
            .iter()
            .filter(|t| t.kind == Kind::Word || t.kind == Kind::Quote)
            .collect();
        let mut fits = self.names.values.iter().enumerate().filter(|(_, value)| {
            let named = value
                .options
                .iter()
                .filter(|o| position_of_run(&says, &o.stems).is_some())
                .count();
            value.askable() && or && named >= 2
        });
        let (at, _) = fits.next()?;
        fits.next().is_none().then_some(at)
    }

    fn one_wanted(&self, part: &[Token<'_>]) -> Option<(usize, bool)> {
        // "the patient's phone number" is no number of the patient.
        if let Some(owner) = part.iter().take(3).position(|t| t.is("'s"))
            && owner > 0
            && part[owner - 1].is_customer()
            && let Some(found) = self.one_wanted(&part[owner + 1..])
        {
            return Some(found);
        }
        // "the new value" is no value's name.
        let said = content(part);
        let says_nothing = |t: &&Token<'_>| {
            super::names::is_ornament(&t.low) || t.any(&["value", "values", "information", "info", "details", "data"])
        };
        let pill = part.iter().any(|t| t.kind == Kind::Pill);
        let called = |t: &&&Token<'_>| {
            self.names
                .values
                .iter()
                .any(|v| v.askable() && matches!(v.field_stems.as_slice(), [one] if one.same(t)))
        };
        if !pill && !said.is_empty() && said.iter().all(says_nothing) && !said.iter().any(|t| called(&t)) {
            return None;
        }
        let prefer = Prefer {
            askable: true,
            owner: None,
        };
        match self.names.lookup(part, prefer) {
            Lookup::One { at, sure }
                if self.names.value(at).askable() || sure && part.iter().any(|t| t.kind == Kind::Pill) =>
            {
                return Some((at, sure));
            }
            Lookup::Several(several) => {
                let askable: Vec<_> = several
                    .iter()
                    .copied()
                    .filter(|at| self.names.value(*at).askable())
                    .collect();
                if let [at] = askable.as_slice() {
                    return Some((*at, false));
                }
                return None;
            }
            _ => {}
        }
        // "the number of the ticket that failed": the head may be enough.
        if let Some(cut) = part
            .iter()
            .position(|t| {
                t.any(&[
                    "of", "that", "which", "for", "so", "they", "on", "from", "in", "to", "as", "with", "we", "was",
                    "using",
                ])
            })
            .filter(|cut| *cut > 0)
            && let Lookup::One { at, .. } = self.names.lookup(&part[..cut], prefer)
            && self.names.value(at).askable()
            && !self.of_something_else(at, &part[cut..])
        {
            return Some((at, false));
        }
        self.by_content(part)
            .or_else(|| self.abbreviated(part))
            .map(|at| (at, false))
    }

    /// "new reg", "booking ref": a word that is the beginning of exactly one value's word.
    fn abbreviated(&self, part: &[Token<'_>]) -> Option<usize> {
        let telling: Vec<_> = content(part)
            .into_iter()
            .filter(|t| !super::names::is_ornament(&t.low))
            .collect();
        let [.., short] = telling.as_slice() else { return None };
        let shortens = |value: &super::names::Named| {
            let of = |t: &Token<'_>, s: &super::names::Stem| s.text.starts_with(&t.low) && t.low.len() >= 3;
            value.askable()
                && value.field_stems.last().is_some_and(|s| of(short, s))
                && telling
                    .iter()
                    .all(|t| value.field_stems.iter().any(|s| of(t, s) || s.same(t)))
        };
        let mut fits = (0..self.names.values.len()).filter(|at| shortens(self.names.value(*at)));
        let at = fits.next()?;
        fits.next().is_none().then_some(at)
    }

    fn follows_photo(&self, words: &[Token<'_>], part: &[Token<'_>], found: &Wanted) -> bool {
        let last_is_photo = found
            .values
            .last()
            .is_some_and(|(at, ..)| matches!(self.names.value(*at).kind, AttributeType::Image));
        let joined_by_or = words
            .iter()
            .position(|t| part.first().is_some_and(|first| first.span == t.span))
            .is_some_and(|at| words[..at].iter().rev().take(2).any(|t| t.is("or")));
        last_is_photo && joined_by_or
    }

    /// "date of birth" is no other date, "the number of the ticket" is the ticket's.
    fn of_something_else(&self, at: usize, tail: &[Token<'_>]) -> bool {
        let value = self.names.value(at);
        let own = |t: &&Token<'_>| {
            let stems = || value.field_stems.iter().chain(&value.about);
            stems().any(|s| s.akin(t))
                || t.any(&["customer", "user"])
                || self.names.object(std::slice::from_ref(t)).is_some()
        };
        let telling = content(&tail[1..]);
        tail[0].is("of") && !telling.is_empty() && !telling.iter().any(own)
    }

    /// The askable value whose name, description or options share most with the words.
    pub(super) fn by_content(&self, words: &[Token<'_>]) -> Option<usize> {
        let telling = content(words);
        let said: Vec<_> = words
            .iter()
            .filter(|t| matches!(t.kind, Kind::Word | Kind::Quote))
            .collect();
        let customers: Vec<u32> = words
            .windows(2)
            .filter(|two| two[0].is("the") && two[1].is_customer())
            .map(|two| two[1].span.start)
            .collect();
        let of = words.iter().position(|t| t.is("of")).filter(|at| *at > 0);
        let mut best: Vec<(usize, usize)> = Vec::new();
        let which_one = matches!(words, [which, one, ..] if which.any(&["which", "what"]) && one.any(&["one", "ones"]));
        let asks_for = |value: &super::names::Named| {
            hints_at(words, value) && !(which_one && self.is_of_another_list(&value.reference))
        };
        for (place, value) in self
            .names
            .values
            .iter()
            .enumerate()
            .filter(|(_, value)| value.askable() && answers(words, value))
        {
            let named = value
                .field_stems
                .iter()
                .filter(|s| telling.iter().any(|t| s.akin(t)))
                .count();
            // "what suits the guest" does not ask for the number of guests.
            let only_customer =
                |s: &super::names::Stem| telling.iter().all(|t| !s.akin(t) || customers.contains(&t.span.start));
            if named > 0 && value.field_stems.iter().all(only_customer) {
                continue;
            }
            // "date of birth" is no other date.
            let birth = of.filter(|_| value.field_stems.len() == 1 && named == 1);
            if birth.is_some_and(|at| {
                value.field_stems[0].same(&words[at - 1]) && self.of_something_else(place, &words[at..])
            }) {
                continue;
            }
            let options = value
                .options
                .iter()
                .filter(|o| position_of_run(&said, &o.stems).is_some())
                .count();
            let own = |t: &Token<'_>| value.field_stems.iter().any(|s| s.akin(t));
            let told = |t: &Token<'_>| !own(t) && value.about.iter().any(|s| s.same(t));
            let about = telling.iter().filter(|t| told(t)).count();
            let clause = words
                .first()
                .is_some_and(|t| t.any(&["what", "how", "why", "where", "which"]));
            let whole = usize::from(named == value.field_stems.len());
            let hinted = usize::from(asks_for(value));
            let score = named * 6 + whole * 4 + options * 5 + about * 2 + hinted * 9;
            let only = || {
                self.names
                    .values
                    .iter()
                    .filter(|other| other.askable() && asks_for(other))
                    .count()
                    == 1
            };
            let enough = hinted == 1 && (named + about > 0 || only())
                || whole == 1
                || options >= 2
                || (named * 2 >= value.field_stems.len() && named > 0 && about > 0)
                || (about >= 2 && about * 2 >= telling.len())
                || clause && about > 0 && about == telling.len();
            if enough {
                best.push((score, place));
            }
        }
        best.sort_by_key(|(score, at)| (std::cmp::Reverse(*score), *at));
        match best.as_slice() {
            [(_, at)] => Some(*at),
            [(score, at), (second, _), ..] if score > second => Some(*at),
            _ => None,
        }
    }

    pub(super) fn label(&self, reference: &str) -> String {
        let label = self
            .names
            .values
            .iter()
            .find(|value| value.reference == reference)
            .map(|value| value.label.as_str());
        let label = label.map_or_else(|| taskwright_domain::key_in_words(reference), super::tell::lower_first);
        if label.starts_with("the ") {
            label
        } else {
            format!("the {label}")
        }
    }

    pub(super) fn linked(&self, words: &[Token<'_>], reference: &str) -> Vec<Link> {
        super::conditions::link_over(
            trimmed(words),
            LinkTarget::Reference {
                reference: reference.to_owned(),
            },
        )
    }
}

/// Without "the customer", "them", "with" before what is asked, and without "for", "about".
pub(super) fn without_customer<'t, 'a>(mut words: &'t [Token<'a>]) -> &'t [Token<'a>] {
    while let [first, rest @ ..] = words {
        let the_customer = first.any(&["the"])
            && rest.first().is_some_and(Token::is_customer)
            && !rest
                .get(1)
                .is_some_and(|t| t.any(&["'s", "name", "id", "number", "email", "reference"]));
        if the_customer {
            words = &rest[1..];
            continue;
        }
        let idle = first.any(&["them", "him", "customer", "customers", "politely", "again"])
            && !rest.is_empty()
            && !rest[0].any(&["'s"])
            || first.is("her")
                && rest
                    .first()
                    .is_some_and(|t| t.any(&["she", "that", "to", "if", "whether", "it", "we"]))
            || first.any(&["for", "about", "from", "with", "also", "first"]) && !rest.is_empty()
            || matches!(first.kind, Kind::Mark(':' | ','));
        if !idle {
            break;
        }
        words = rest;
    }
    words
}

/// Whether a list wants one of its values only: "the e-mail or the phone number".
pub(super) fn is_either(words: &[Token<'_>], wanted: &Wanted) -> bool {
    if wants_some(words).is_some() {
        return true;
    }
    let ends: Vec<_> = wanted
        .values
        .iter()
        .map(|(_, span, _)| (span.start, span.end))
        .collect();
    ends.windows(2).any(|pair| {
        let between = |t: &&Token<'_>| t.span.start >= pair[0].1 && t.span.end <= pair[1].0;
        let mut between = words.iter().filter(between).filter(|t| !t.is_mark());
        between.next().is_some_and(|t| t.is("or")) && between.next().is_none_or(|t| t.any(&["the", "their", "a", "an"]))
    })
}

/// "two of the following", "3 out of 7 of these": where a count of several begins.
pub(super) fn wants_some(words: &[Token<'_>]) -> Option<usize> {
    (0..words.len()).find(|at| {
        let counts = super::constants::count_at(words, *at).is_some() || words[*at].is("any");
        let rest = &words[at + 1..];
        let out = usize::from(rest.first().is_some_and(|t| t.is("out")));
        counts
            && rest.get(out).is_some_and(|t| t.is("of"))
            && rest.get(out + 1).is_some_and(|t| {
                t.kind == Kind::Number || t.any(&["the", "these", "those", "following", "their", "below"])
            })
            && !rest
                .get(out + 2)
                .is_some_and(|t| t.any(&["customer", "customers", "user"]))
    })
}

/// Whether words say that it is the customer who is asked.
fn of_customer(words: &[Token<'_>]) -> bool {
    words.iter().any(|t| t.is_customer() || t.any(&["customers", "them"]))
}

/// "they need anything else", "there is anything more we can do": whether there is another wish.
fn asks_for_more(words: &[Token<'_>]) -> bool {
    const MORE: [&str; 5] = ["else", "other", "more", "further", "additional"];
    let end = words
        .iter()
        .position(|t| t.any(&["before", "today"]))
        .unwrap_or(words.len());
    let asked = trimmed(&words[..end]);
    let more = asked.iter().any(|t| t.any(&MORE));
    more && asked.iter().all(|t| {
        t.any(&MORE)
            || t.any(&[
                "they",
                "the",
                "customer",
                "user",
                "client",
                "there",
                "is",
                "are",
                "'s",
                "you",
                "we",
                "i",
                "can",
                "could",
                "do",
                "need",
                "needs",
                "have",
                "has",
                "want",
                "wants",
                "would",
                "like",
                "any",
                "anything",
                "something",
                "help",
                "assistance",
                "questions",
                "question",
                "with",
                "for",
                "them",
                "to",
                "assist",
                "requires",
                "require",
                "support",
            ])
    })
}

fn without_articles<'a>(words: &[Token<'a>]) -> Vec<Token<'a>> {
    words
        .iter()
        .filter(|t| !t.any(&["the", "a", "an", "their"]))
        .cloned()
        .collect()
}

/// Whether a value can be the answer to a question's first word: a number answers no "when".
fn answers(words: &[Token<'_>], value: &super::names::Named) -> bool {
    use AttributeType as Kind;
    let when = words.first().is_some_and(|t| t.is("when"))
        || words.windows(2).any(|two| two[0].is("since") && two[1].is("when"));
    let exact = matches!(
        value.kind,
        Kind::Identifier { .. }
            | Kind::Email
            | Kind::Phone
            | Kind::Amount
            | Kind::Image
            | Kind::Address
            | Kind::PersonName
    );
    !(when && exact)
}

/// Whether a question's own words call for a value of this kind: "when …", "how much …", "a photo of …".
fn hints_at(words: &[Token<'_>], value: &super::names::Named) -> bool {
    let begins = |said: &[&str]| starts(words, said);
    let has = |said: &[&str]| words.iter().any(|t| t.any(said));
    let head = |t: &Token<'_>| value.field_stems.last().is_some_and(|stem| stem.same(t));
    match words {
        [how, much, ..] if how.is("how") && much.is("much") => matches!(value.kind, AttributeType::Amount),
        [how, many, ..] if how.is("how") && many.is("many") => matches!(value.kind, AttributeType::Integer),
        [when, ..] if when.is("when") => value.is_date() && !value.field_stems.iter().any(|s| s.text == "birth"),
        [which, one, ..] if which.any(&["which", "what"]) && one.any(&["one", "ones"]) => {
            matches!(value.kind, AttributeType::List { .. } | AttributeType::Object { .. })
        }
        [which, of, ..] if which.is("which") && of.is("of") => {
            let count = words
                .iter()
                .position(|t| t.any(&["the", "these"]))
                .and_then(|at| super::constants::count_at(words, at + 1));
            count.is_some_and(|read| usize::try_from(read.value).is_ok_and(|count| count == value.options.len()))
        }
        [which, day, ..] if which.any(&["which", "what"]) && day.any(&["day", "date"]) => value.is_date() || head(day),
        [which, noun, _, ..] if which.any(&["which", "what"]) && noun.kind == Kind::Word && head(noun) => true,
        [place, ..] if place.is("where") => matches!(value.kind, AttributeType::Address | AttributeType::Place),
        [why, ..] if why.is("why") => value.field_stems.iter().any(|s| s.text == "reason" || s.text == "caus"),
        [who, ..] if who.is("who") => matches!(value.kind, AttributeType::PersonName),
        _ if begins(&["what", "happened"])
            || begins(&["what", "went", "wrong"])
            || has(&["words"]) && has(&["own"]) =>
        {
            matches!(value.kind, AttributeType::Text)
        }
        _ if has(&[
            "photo",
            "photos",
            "picture",
            "pictures",
            "image",
            "screenshot",
            "scan",
            "selfie",
        ]) =>
        {
            matches!(value.kind, AttributeType::Image)
        }
        _ => false,
    }
}

/// Verbs by which customers give something.
pub(super) fn gives(token: &Token<'_>) -> bool {
    token.any(&[
        "provide", "share", "send", "give", "tell", "choose", "select", "enter", "specify", "upload", "describe",
        "state", "email", "attach", "type", "show", "pick", "name",
    ])
}

/// Without how it is asked: "…, in this order", "…, offering red and blue as options".
fn without_manner<'t, 'a>(words: &'t [Token<'a>]) -> &'t [Token<'a>] {
    let manner = words.windows(3).position(|three| {
        three[0].mark(',')
            && (three[1].any(&["offering", "giving", "preferably", "ideally"])
                || three[1].is("in") && three[2].any(&["this", "that", "their", "one"])
                || three[1].is("one") && three[2].is("at"))
    });
    match manner {
        Some(at) if at > 0 => &words[..at],
        _ => words,
    }
}

/// Without what stands in brackets.
fn without_brackets<'a>(words: &[Token<'a>]) -> Vec<Token<'a>> {
    let mut depth = 0_u32;
    let mut kept = Vec::new();
    for token in words {
        match token.kind {
            Kind::Mark('(') => depth += 1,
            Kind::Mark(')') => depth = depth.saturating_sub(1),
            _ if depth == 0 => kept.push(token.clone()),
            _ => {}
        }
    }
    kept
}

/// Words that join the parts of a list.
const JOINTS: [&[&str]; 4] = [
    &["as", "well", "as"],
    &["along", "with"],
    &["together", "with"],
    &["in", "addition", "to"],
];

/// The parts of a list: "the name, the e-mail and how many people come".
pub(super) fn noun_phrases<'t, 'a>(words: &'t [Token<'a>]) -> Vec<&'t [Token<'a>]> {
    let mut parts = Vec::new();
    let mut from = 0;
    let mut depth = 0_u32;
    for (at, token) in words.iter().enumerate() {
        match token.kind {
            Kind::Mark('(') => depth += 1,
            Kind::Mark(')') => depth = depth.saturating_sub(1),
            _ => {}
        }
        if at < from {
            continue;
        }
        if let Some(joint) = depth
            .eq(&0)
            .then(|| JOINTS.iter().find(|joint| starts(&words[at..], joint)))
            .flatten()
        {
            parts.push(&words[from..at]);
            from = at + joint.len();
            continue;
        }
        let cuts = depth == 0
            && (matches!(token.kind, Kind::Mark(',' | '/' | '&' | '+' | ';' | '.' | '→'))
                || token.any(&["and", "or", "plus"]));
        if cuts {
            parts.push(&words[from..at]);
            from = at + 1;
        }
    }
    parts.push(&words[from..]);
    parts
        .into_iter()
        .map(|part| strip(trimmed(part)))
        .filter(|part| part.iter().any(|t| matches!(t.kind, Kind::Word | Kind::Pill)))
        .collect()
}

/// Without asides in brackets and "as well as", "also".
fn strip<'t, 'a>(words: &'t [Token<'a>]) -> &'t [Token<'a>] {
    let words = match words.iter().position(|t| t.mark('(')) {
        Some(open) if open > 0 => &words[..open],
        _ => words,
    };
    let mut words = lead(words);
    while let [hedge, rest @ ..] = words
        && hedge.any(&["roughly", "approximately", "around", "exactly", "preferably", "ideally"])
        && !rest.is_empty()
    {
        words = rest;
    }
    match words {
        [rest @ .., last] if last.any(&["too", "again", "first", "well"]) && !rest.is_empty() => match rest {
            [more @ .., before] if before.is("as") => more,
            rest => rest,
        },
        words => words,
    }
}

/// Words as they stand, pronouns kept.
fn to_words(text: &str, words: &[Token<'_>]) -> String {
    written(text, trimmed(words))
}

/// "reply YES to cancel it", "answer with yes or no": it is the yes that is waited for.
fn says_yes(words: &[Token<'_>]) -> bool {
    let answers = words
        .first()
        .is_some_and(|t| t.any(&["reply", "answer", "respond", "type", "write", "say", "text"]));
    let yes = words
        .iter()
        .skip(1)
        .find(|t| !t.any(&["with", "a", "the", "word", "just", "simply", "back", "in"]));
    answers && yes.is_some_and(|t| t.is("yes") || t.kind == Kind::Quote && t.low.eq_ignore_ascii_case("yes"))
}

/// A short name for a yes-or-no.
pub(super) fn yes_no_name(words: &[Token<'_>]) -> String {
    let telling: Vec<_> = content(words).iter().map(|t| t.low.clone()).take(4).collect();
    if telling.is_empty() {
        "answer".to_owned()
    } else {
        telling.join(" ")
    }
}

/// "a, b and c".
pub(super) fn listed(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [rest @ .., last] => format!("{} and {last}", rest.join(", ")),
    }
}
