//! Waits: "the identity result arrives", "no answer within 30 minutes".

use taskwright_domain::{Condition, LinkTarget};

use crate::read::conditions::subject::Subject;
use crate::read::conditions::{Conditions, Got, link_over};
use crate::read::token::{Kind, Token};

/// Words that may stand beside the name of what is waited for.
const AROUND: [&str; 63] = [
    "the",
    "a",
    "an",
    "it",
    "is",
    "are",
    "does",
    "do",
    "did",
    "has",
    "have",
    "been",
    "was",
    "not",
    "no",
    "nothing",
    "never",
    "in",
    "time",
    "times",
    "timed",
    "out",
    "expires",
    "expired",
    "expire",
    "lapses",
    "arrives",
    "arrive",
    "arrived",
    "comes",
    "come",
    "came",
    "received",
    "receive",
    "receives",
    "reported",
    "back",
    "result",
    "response",
    "answer",
    "callback",
    "webhook",
    "wait",
    "link",
    "confirmation",
    "this",
    "verification",
    "within",
    "after",
    "minutes",
    "hours",
    "hour",
    "days",
    "runs",
    "ran",
    "we",
    "get",
    "got",
    "check",
    "customer",
    "their",
    "from",
    "for",
];

/// What is waited for, spoken of without its name.
const WAITED_FOR: [&str; 12] = [
    "it",
    "result",
    "response",
    "answer",
    "callback",
    "webhook",
    "wait",
    "nothing",
    "link",
    "confirmation",
    "this",
    "verification",
];

impl Conditions<'_, '_> {
    /// "the identity result arrives", "no answer within 30 minutes".
    pub(super) fn webhook(&self, words: &[Token<'_>]) -> Option<Got> {
        let negated = words.iter().any(|t| t.any(&["not", "no", "nothing", "never"]));
        let lost = words.iter().any(|t| t.any(&["expires", "expired", "expire", "lapses"]))
            || has_pair(words, &["times", "timed", "time", "runs", "ran"], "out");
        let came = words.iter().any(|t| {
            t.any(&[
                "arrives", "arrive", "arrived", "comes", "come", "came", "received", "receive", "receives", "reported",
                "back",
            ]) || (t.any(&["result", "response", "answer", "callback", "webhook"]) && negated)
        });
        if !lost && !came {
            return None;
        }
        let known = |t: &Token<'_>| t.is_mark() || t.kind == Kind::Number || t.any(&AROUND);
        let named_by = |t: &Token<'_>| {
            self.names
                .webhooks
                .iter()
                .any(|(_, stems)| stems.iter().any(|s| s.akin(t)))
        };
        if !words.iter().all(|t| known(t) || named_by(t)) {
            return None;
        }
        let spoken = words.iter().any(|t| t.any(&WAITED_FOR));
        let named = self.names.webhook(words).map(|at| self.names.webhooks[at].0.clone());
        let key = named.or_else(|| self.said.waiting.clone().filter(|_| spoken))?;
        let link = link_over(words, LinkTarget::Webhook { key: key.clone() });
        let condition = Condition::Webhook {
            key,
            received: !(lost || negated),
        };
        Some(Got {
            condition,
            sure: true,
            links: link,
            subject: Subject::Open,
        })
    }
}

fn has_pair(words: &[Token<'_>], first: &[&str], second: &str) -> bool {
    words.windows(2).any(|pair| pair[0].any(first) && pair[1].is(second))
}
