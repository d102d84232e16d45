//! The conversation's own day and time: "on weekends", "outside opening hours", "before the deadline".

use taskwright_domain::{AttributeType, Comparison, Condition, Operand};

use crate::read::conditions::compare::relation_at;
use crate::read::conditions::subject::Subject;
use crate::read::conditions::{Conditions, Got, negate, refer};
use crate::read::names::{Lookup, Prefer};
use crate::read::token::Token;

impl Conditions<'_, '_> {
    /// "before the free cancellation deadline", "after the trial's end": today, or now, beside a day that is known.
    pub(super) fn before_day(&self, words: &[Token<'_>]) -> Option<Got> {
        let [word, rest @ ..] = words else { return None };
        if !word.any(&["before", "after"]) {
            return None;
        }
        let prefer = Prefer {
            askable: false,
            owner: self.said.it.as_deref(),
        };
        let Lookup::One { at, .. } = self.names.lookup(rest, prefer) else {
            return None;
        };
        let value = self.names.value(at);
        let subject = match value.kind {
            AttributeType::Date => Operand::Today,
            AttributeType::DateTime => Operand::Now,
            _ => return None,
        };
        let than = refer(&value.reference);
        let comparison = if word.is("before") {
            Comparison::Before { than }
        } else {
            Comparison::After { than }
        };
        Some(Got {
            condition: Condition::Test { subject, comparison },
            sure: false,
            links: self.link(rest, at),
            subject: Subject::Value(at, false),
        })
    }
}

/// "it is Sunday", "on weekends", "it's after 6 pm": the conversation's own day and time.
pub(super) fn clock(words: &[Token<'_>]) -> Option<Got> {
    let skip = words
        .iter()
        .take_while(|t| t.any(&["it", "is", "'s", "today", "on", "currently", "now"]))
        .count();
    let (said, rest) = words.split_at(skip);
    let (not, rest) = match rest {
        [not, rest @ ..] if not.is("not") => (true, rest),
        rest => (false, rest),
    };
    let got = |subject: Operand, comparison: Comparison| {
        let condition = Condition::Test { subject, comparison };
        Got {
            condition: if not { negate(condition) } else { condition },
            sure: true,
            links: Vec::new(),
            subject: Subject::Open,
        }
    };
    if let Some(days) = crate::read::weekdays::weekdays(rest) {
        return Some(got(Operand::Today, Comparison::OnWeekday { days }));
    }
    if said.is_empty() && !rest.first()?.any(&["before", "after"]) {
        return None;
    }
    let (relation, after) = match relation_at(rest, 0) {
        Some((relation, after)) => (Some(relation), after),
        None => (None, 0),
    };
    crate::read::conditions::event::at_time(relation, &rest[after..]).map(|comparison| got(Operand::Now, comparison))
}

pub(super) fn opening_hours(words: &[Token<'_>]) -> Option<Got> {
    let hours = words
        .windows(2)
        .any(|pair| pair[0].any(&["opening", "business", "office", "working", "our"]) && pair[1].is("hours"));
    let said: Vec<_> = words.iter().map(|t| t.low.as_str()).collect();
    let outside = words
        .iter()
        .any(|t| t.any(&["outside", "out", "after", "not", "before"]));
    let open = match said.as_slice() {
        _ if hours => !outside,
        ["we" | "you", "are", "open"] | ["the", "office" | "team" | "desk", "is", "open"] => true,
        ["we" | "you", "are", "closed"]
        | ["the", "office" | "team" | "desk", "is", "closed"]
        | ["we", "are", "not", "open"] => false,
        _ => return None,
    };
    let known = [
        "it", "is", "'s", "we", "are", "you", "the", "our", "within", "outside", "of", "in", "during", "opening",
        "business", "office", "working", "hours", "open", "closed", "not", "out", "after", "team", "desk",
    ];
    if !words.iter().all(|t| t.any(&known)) {
        return None;
    }
    let condition = if open {
        Condition::WithinOpeningHours
    } else {
        negate(Condition::WithinOpeningHours)
    };
    Some(Got {
        condition,
        sure: true,
        links: Vec::new(),
        subject: Subject::Open,
    })
}
