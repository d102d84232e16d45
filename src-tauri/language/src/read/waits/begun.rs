//! A wait begins: "wait for the identity result".

use taskwright_domain::{LinkTarget, Meaning, Step, StepKind};

use super::{Limit, limit_in, said_for_then};
use crate::read::conditions::link_over;
use crate::read::problems;
use crate::read::reader::{Reader, Spoken, trimmed};
use crate::read::token::{Kind, Token};

/// Words of a wait that names nothing.
const OF_A_WAIT: [&str; 21] = [
    "until",
    "result",
    "response",
    "webhook",
    "callback",
    "answer",
    "check",
    "comes",
    "arrives",
    "back",
    "come",
    "arrive",
    "system",
    "other",
    "it",
    "event",
    "minutes",
    "hours",
    "up",
    "received",
    "verification",
];

/// "2 minutes", "for an hour or so": nothing but a length of time.
fn is_pause(words: &[Token<'_>]) -> bool {
    let words = trimmed(words);
    let skip = words
        .iter()
        .take_while(|t| t.any(&["for", "about", "another", "at", "least"]))
        .count();
    crate::read::constants::period_at(words, skip).is_some_and(|read| {
        words[read.end..]
            .iter()
            .all(|t| t.any(&["or", "so", "more"]) || t.is_mark())
    })
}

impl<'t, 'a> Reader<'t, 'a, '_> {
    /// Whether words speak of a wait for a webhook of this task.
    pub(in crate::read) fn waits_for(&self, words: &[Token<'_>]) -> bool {
        self.names.webhook(words).is_some()
    }

    /// "wait for the identity result".
    pub(in crate::read) fn wait(&mut self, whole: &'t [Token<'a>], words: &'t [Token<'a>], steps: &mut Vec<Step>) {
        let customer = words.iter().any(|t| {
            t.any(&[
                "reply",
                "customer",
                "answer",
                "yes",
                "them",
                "ok",
                "confirmation",
                "confirm",
                "they",
            ])
        });
        let generic = words.iter().all(|t| {
            t.is_mark() || crate::read::names::is_filler(&t.low) || t.kind == Kind::Number || t.any(&OF_A_WAIT)
        });
        // "Ask for a photo and wait for it": an answer is waited for anyway.
        let answer = matches!(trimmed(words), [what] | [_, what] if what.is("it"));
        if answer && self.said.asked.is_some() {
            return self.context(whole);
        }
        let pause = is_pause(words);
        let only = self.names.webhooks.len() == 1 && !customer && generic && !pause;
        let at = self.names.webhook(words).or_else(|| only.then_some(0));
        let Some(at) = at else {
            return self.waits_for_no_webhook(whole, words, customer, steps);
        };
        let key = self.names.webhooks[at].0.clone();
        let (limit, then) = match limit_in(words) {
            Limit::None => (None, None),
            Limit::Own { period, from, to } => (Some(period), said_for_then(words, to).map(|then| (from, then))),
            Limit::Not(reason) => {
                let (span, text) = (self.span(whole), self.written(whole));
                self.problems.push(problems::unclear(span, &text, reason, None));
                return self.lacking(whole, Meaning::Wait { key }, "Waits, but for how long?", steps);
            }
        };
        let own = match then.and_then(|(_, then)| then.first()) {
            Some(first) => &whole[..whole.partition_point(|t| t.span.start < first.span.start)],
            None => whole,
        };
        let plain = self.wait_words(&key, limit);
        let wait = StepKind::Wait {
            key: key.clone(),
            limit,
        };
        steps.push(self.step(own, wait));
        self.said.it = Some(key.clone());
        self.said.waiting = Some(key.clone());
        let links = link_over(trimmed(words), LinkTarget::Webhook { key: key.clone() });
        self.note(own, Spoken::new(Meaning::Wait { key: key.clone() }, plain).links(links));
        if let Some((from, then)) = then {
            let end = then.first().map_or(0, |t| t.span.start);
            let to = words.partition_point(|t| t.span.start < end);
            let _ = self.timed_out(key, &words[from..to], then, steps);
        }
    }

    /// What is waited for is the customer, a yes, or nothing that is known.
    fn waits_for_no_webhook(
        &mut self,
        whole: &'t [Token<'a>],
        words: &'t [Token<'a>],
        customer: bool,
        steps: &mut Vec<Step>,
    ) {
        if words
            .iter()
            .any(|t| t.any(&["yes", "ok", "confirmation", "confirm", "approval", "consent"]))
        {
            return self.confirm(whole, words, steps);
        }
        if customer && limit_in(words) == Limit::None {
            return self.context(whole);
        }
        let reason = if customer {
            "How long a customer may take to answer cannot be limited. They are waited for anyway."
        } else if is_pause(words) {
            "Only a webhook can be waited for. To give the customer time, ask them to tell you when they are ready."
        } else {
            "Which \u{201c}Wait for webhook\u{201d} block is meant? Add one, then name it here."
        };
        self.unclear(whole, reason, None, steps);
    }
}
