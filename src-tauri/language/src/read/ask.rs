//! Asking the customer.

mod anew;
mod content;
mod noted;
mod parts;
mod preface;
mod quoted;
mod wanted;
mod whether;

use taskwright_domain::{LinkTarget, Meaning, Step, StepKind};

use super::problems;
use super::reader::{Reader, Spoken, trimmed};
use super::split::starts;
use super::token::{Kind, Token};
use super::verbs::{Deed, Form, verb_at};

use parts::{without_articles, without_brackets, without_manner};
use wanted::Wanted;

pub(super) use parts::{listed, noun_phrases, without_customer};
pub(super) use wanted::{is_either, wants_some};
pub(super) use whether::yes_no_name;

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
}

/// Whether words say that it is the customer who is asked.
fn of_customer(words: &[Token<'_>]) -> bool {
    words.iter().any(|t| t.is_customer() || t.any(&["customers", "them"]))
}

/// Verbs by which customers give something.
pub(super) fn gives(token: &Token<'_>) -> bool {
    token.any(&[
        "provide", "share", "send", "give", "tell", "choose", "select", "enter", "specify", "upload", "describe",
        "state", "email", "attach", "type", "show", "pick", "name",
    ])
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
