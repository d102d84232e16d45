//! Questions for a yes or no: "ask whether they want insurance".

use taskwright_domain::{AttributeType, Meaning, Step, StepKind};

use crate::read::names::{content, is_filler, position_of_run};
use crate::read::problems;
use crate::read::reader::{Reader, Spoken, trimmed};
use crate::read::tell::{question, written};
use crate::read::token::{Kind, Token};
use crate::read::verbs::{Deed, Form, verb_at};

impl<'t, 'a> Reader<'t, 'a, '_> {
    /// "ask whether they want insurance": a yes-or-no attribute, a choice, or a confirmation.
    pub(super) fn ask_whether(&mut self, whole: &'t [Token<'a>], rest: &'t [Token<'a>], steps: &mut Vec<Step>) {
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
    pub(in crate::read) fn deed_action(&self, words: &[Token<'_>]) -> Option<taskwright_domain::ActionId> {
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

    /// "Ask if they need anything else": every conversation ends with that question.
    pub(super) fn asked_anyway(&mut self, whole: &[Token<'_>]) {
        let plain = "Holds by itself: at the end the customer is asked whether there is anything else";
        self.note(whole, Spoken::new(Meaning::Context, plain));
    }
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

/// Words as they stand, pronouns kept.
fn to_words(text: &str, words: &[Token<'_>]) -> String {
    written(text, trimmed(words))
}

/// A short name for a yes-or-no.
pub(in crate::read) fn yes_no_name(words: &[Token<'_>]) -> String {
    let telling: Vec<_> = content(words).iter().map(|t| t.low.clone()).take(4).collect();
    if telling.is_empty() {
        "answer".to_owned()
    } else {
        telling.join(" ")
    }
}
