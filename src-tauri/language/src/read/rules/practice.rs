//! What is done and how far: "for delivered orders we refund within 30 days".

use taskwright_domain::{Comparison, Condition, Guard};

use crate::read::conditions::{Got, Subject, refer, relation_at};
use crate::read::names::{Lookup, Prefer, content};
use crate::read::reader::{Reader, trimmed};
use crate::read::token::Token;
use crate::read::verbs::{Form, verb_at};

impl<'t, 'a> Reader<'t, 'a, '_> {
    /// "For delivered orders we refund within 30 days", "we refund up to 50 EUR": what is done is bounded by it.
    pub(super) fn what_we_do(&mut self, whole: &'t [Token<'a>], words: &'t [Token<'a>]) -> bool {
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
        let period = crate::read::constants::period_at(words, after)?;
        words.get(period.end).filter(|t| t.any(&["of", "after", "from"]))?;
        use crate::read::conditions::Relation;
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
}
