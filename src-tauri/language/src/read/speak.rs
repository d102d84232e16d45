//! Telling the customer something.

mod consent;
mod courtesy;
mod guidance;
mod speech;
mod told;

use taskwright_domain::{Meaning, ProblemCode, Severity, Step, StepKind, Template};

use super::ask::without_customer;
use super::problems::{problem, ways_out};
use super::reader::{Reader, Spoken, trimmed};
use super::tell::{sentence, written};
use super::token::{Kind, Token};
use super::verbs::{Deed, Verb};

impl<'t, 'a> Reader<'t, 'a, '_> {
    pub(super) fn inform(&mut self, whole: &[Token<'_>], words: Template, steps: &mut Vec<Step>) {
        steps.push(self.step(whole, StepKind::Inform { words: words.clone() }));
        let plain = format!("Tells: {}", words.0);
        self.note(whole, Spoken::new(Meaning::Inform { words }, plain));
    }

    /// "tell the customer …", "let them know …", "explain …", "say …".
    pub(super) fn tell(&mut self, whole: &'t [Token<'a>], words: &'t [Token<'a>], verb: Verb, steps: &mut Vec<Step>) {
        let mut rest = &words[verb.length..];
        if tells_others(verb, rest) {
            return self.without_action(whole, words, &[], steps);
        }
        if verb.lemma == "let" {
            let Some(know) = rest.iter().position(|t| t.is("know")) else {
                return self.let_them(whole, rest, steps);
            };
            rest = &rest[know + 1..];
        } else {
            rest = without_customer(without_to(rest));
        }
        rest = without_customer(without_to(rest));
        if rest.first().is_some_and(|t| t.is("sorry")) {
            return self.apologise(whole, &rest[1..], steps);
        }
        if let Some(said) = self.after_colon(words) {
            return self.inform(whole, said, steps);
        }
        if self.tell_by_option(whole, rest, steps) {
            return;
        }
        let bye = matches!(trimmed(rest), [one] if one.any(&["goodbye", "bye", "hello", "thanks"]));
        if (rest.len() > 2 || bye)
            && (rest[0].is("thank") || rest[0].any(&["thanks", "goodbye", "hello", "bye"]))
            && verb.lemma == "say"
        {
            return self.inform(
                whole,
                Template::new(sentence(&written(self.text, trimmed(rest)))),
                steps,
            );
        }
        match self.speech(rest) {
            Some(said) => self.inform(whole, said, steps),
            None if rest.first().is_some_and(|t| t.is("to")) && rest.get(1).is_some_and(|t| t.kind == Kind::Word) => {
                self.advise(whole, &rest[1..], steps)
            }
            None => self.no_words(whole, rest, steps),
        }
    }

    /// "it takes 5 days (2 days for express)": one or the other, by the option that is named.
    fn tell_by_option(&mut self, whole: &'t [Token<'a>], rest: &[Token<'a>], steps: &mut Vec<Step>) -> bool {
        let Some(open) = rest.iter().position(|t| t.mark('(')) else {
            return false;
        };
        let Some(close) = rest.iter().position(|t| t.mark(')')).filter(|close| *close > open + 3) else {
            return false;
        };
        let inner = &rest[open + 1..close];
        let Some(for_) = inner.iter().position(|t| t.is("for")) else {
            return false;
        };
        let length = |words: &[Token<'_>], at: usize| super::constants::period_at(words, at).map(|read| read.end);
        let (Some(place), true) = (
            (0..open)
                .rev()
                .find(|at| length(rest, *at).is_some_and(|end| end == open)),
            length(inner, 0) == Some(for_),
        ) else {
            return false;
        };
        let Ok(got) = super::conditions::Conditions::new(&self.names, &self.said)
            .read_about(&inner[for_ + 1..], Some(&super::conditions::Subject::Any))
        else {
            return false;
        };
        let after = &rest[close + 1..];
        let other: Vec<_> = [&rest[..open], after].concat();
        let mut instead = inner[..for_].to_vec();
        // It stood behind a bracket.
        instead[0].spaced = true;
        let special: Vec<_> = [&rest[..place], &instead, after].concat();
        let (Some(other), Some(special)) = (self.speech(&other), self.speech(&special)) else {
            return false;
        };
        let plain = super::describe::condition(&got.condition, self.names.catalogue);
        let span = self.span(whole);
        let says = |words: &Template| Step {
            span,
            kind: StepKind::Inform { words: words.clone() },
        };
        let arm = taskwright_domain::Arm {
            span,
            condition: got.condition,
            steps: vec![says(&special)],
        };
        let kind = StepKind::Check {
            arms: vec![arm],
            otherwise: vec![says(&other)],
        };
        steps.push(Step { span, kind });
        let told = format!("Tells: {} If {plain}: {}", other.0, special.0);
        self.note(
            whole,
            Spoken::new(Meaning::Inform { words: other }, told).links(got.links),
        );
        true
    }

    /// "tell them: Your parcel is on its way.": words that already speak to the customer.
    fn after_colon(&self, words: &[Token<'_>]) -> Option<Template> {
        let colon = words.iter().take(6).position(|t| t.mark(':'))?;
        let said = trimmed(&words[colon + 1..]);
        let direct = said
            .iter()
            .any(|t| t.any(&["you", "your", "yours", "we", "our", "i", "my"]));
        let plain = !said.iter().any(|t| t.kind == Kind::Quote);
        (direct && plain && said.len() > 1).then(|| Template::new(sentence(&written(self.text, said))))
    }

    /// Nothing says what to say.
    pub(super) fn no_words(&mut self, whole: &[Token<'_>], rest: &[Token<'_>], steps: &mut Vec<Step>) {
        let span = self.span(whole);
        let text = self.written(whole);
        let mut found = problem(
            ProblemCode::NoWords,
            Severity::Blocks,
            span,
            format!(
                "\u{201c}{text}\u{201d} does not say what to tell. Write the words, e.g. tell the customer \u{201c}…\u{201d}."
            ),
        );
        let about = self.written(rest);
        let text_with_place = if about.is_empty() {
            format!("{text} \"…\"")
        } else {
            format!("Tell the customer \"{}\"", sentence(&about))
        };
        found.remedies.push(super::problems::remedy(
            "Write the words",
            taskwright_domain::Fix::Replace {
                span,
                text: text_with_place,
            },
        ));
        found.remedies.extend(ways_out(span, &text));
        self.problems.push(found);
        let meaning = Meaning::Inform {
            words: Template::new(""),
        };
        self.lacking(
            whole,
            meaning,
            "Tells the customer something; its words are missing",
            steps,
        );
    }

    /// "give them the ticket number", "provide a link".
    pub(super) fn give(&mut self, whole: &'t [Token<'a>], rest: &'t [Token<'a>], steps: &mut Vec<Step>) {
        let rest = without_customer_only(rest);
        let rest = match rest.iter().position(|t| t.any(&["to", "with"])) {
            Some(at)
                if at > 0
                    && rest[at + 1..]
                        .iter()
                        .all(|t| t.is_mark() || t.any(&["the", "customer", "them", "user"])) =>
            {
                &rest[..at]
            }
            _ => rest,
        };
        match self.speech(rest) {
            Some(said) => self.inform(whole, said, steps),
            None => self.no_words(whole, rest, steps),
        }
    }

    /// The deeds that talk.
    pub(super) fn talks(deed: Deed) -> bool {
        matches!(
            deed,
            Deed::Tell
                | Deed::Apologise
                | Deed::Thank
                | Deed::Greet
                | Deed::Offer
                | Deed::Suggest
                | Deed::Guide
                | Deed::Ask
                | Deed::Confirm
        )
    }
}

/// "inform the doctor that …", "let the warehouse know": somebody else is told, and no message to the customer does it.
fn tells_others(verb: Verb, rest: &[Token<'_>]) -> bool {
    let whom = matches!(
        verb.lemma,
        "tell" | "inform" | "notify" | "let" | "remind" | "warn" | "advise"
    );
    let the = rest.first().is_some_and(|t| t.any(&["the", "our", "your"]));
    let end = rest
        .iter()
        .take(5)
        .position(|t| t.any(&["that", "know", "about", "of", "to", "if", "whether", "when"]));
    let Some(who) = end.filter(|_| whom && the).map(|end| &rest[1..end]) else {
        return false;
    };
    const OTHERS: [&str; 24] = [
        "doctor",
        "driver",
        "courier",
        "warehouse",
        "team",
        "department",
        "manager",
        "supervisor",
        "technician",
        "engineer",
        "shop",
        "store",
        "branch",
        "hotel",
        "seller",
        "supplier",
        "carrier",
        "bank",
        "depot",
        "colleague",
        "colleagues",
        "kitchen",
        "reception",
        "front",
    ];
    !who.iter().any(|t| t.is_customer() || t.any(&["customers", "users"])) && who.iter().any(|t| t.any(&OTHERS))
}

fn without_to<'t, 'a>(words: &'t [Token<'a>]) -> &'t [Token<'a>] {
    match words {
        [to, the, customer, rest @ ..] if to.is("to") && the.is("the") && customer.is_customer() => rest,
        [to, them, rest @ ..] if to.is("to") && them.is("them") => rest,
        words => words,
    }
}

fn without_customer_only<'t, 'a>(words: &'t [Token<'a>]) -> &'t [Token<'a>] {
    match without_to(words) {
        [the, customer, rest @ ..]
            if the.is("the") && customer.is_customer() && !rest.first().is_some_and(|t| t.is("'s")) =>
        {
            rest
        }
        [them, rest @ ..] if them.any(&["them", "him", "her", "customers"]) => rest,
        words => words,
    }
}
