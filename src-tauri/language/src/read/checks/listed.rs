//! Conditions in a list: "if all of the following are true, open a claim:".

use taskwright_domain::{Condition, Meaning, Step};

use crate::read::conditional::{Cut, Put, cuts};
use crate::read::conditions::{Conditions, Got, negate};
use crate::read::outline::Item;
use crate::read::reader::{Reader, Spoken, trimmed};
use crate::read::token::Token;

impl<'t, 'a> Reader<'t, 'a, '_> {
    /// "If all of the following are true, open a claim:", with the conditions beneath.
    pub(in crate::read) fn listed_conditions(
        &mut self,
        item: &'t Item,
        words: &'t [Token<'a>],
        any: bool,
        cut: &Cut<'t, 'a>,
        steps: &mut Vec<Step>,
    ) {
        let mut parts = Vec::new();
        let mut links = Vec::new();
        let mut sure = true;
        for child in &item.children {
            let listed = trimmed(&self.tokens[child.tokens.clone()]);
            match Conditions::new(&self.names, &self.said).read(listed) {
                Ok(got) if child.children.is_empty() => {
                    let plain = crate::read::describe::condition(&got.condition, self.names.catalogue);
                    let meaning = Meaning::Check {
                        condition: Some(got.condition.clone()),
                    };
                    self.note(
                        listed,
                        Spoken::new(meaning, format!("One of the conditions: {plain}"))
                            .sure(got.sure)
                            .links(got.links.clone()),
                    );
                    parts.push(got.condition);
                    links.extend(got.links);
                    sure &= got.sure;
                }
                other => {
                    self.condition_trouble(listed, listed, other.err());
                    let meaning = Meaning::Check { condition: None };
                    self.note(
                        listed,
                        Spoken::incomplete(meaning, "A condition that is not understood").guessed(),
                    );
                    return self.show_only(words, steps, |reader, shown| {
                        let _ = reader.sentence(cut.then, false, false, shown);
                    });
                }
            }
        }
        let whole = if any {
            Condition::Any { parts }
        } else {
            Condition::All { parts }
        };
        let condition = if cut.put == Put::Unless { negate(whole) } else { whole };
        let got = Got {
            condition,
            sure,
            links,
            subject: crate::read::conditions::Subject::Open,
        };
        let _ = self.checked_sentence(words, cut, got, steps);
    }
}

/// "if any of the following apply, …": whether one is enough, and what they lead to.
pub(in crate::read) fn listed_case<'t, 'a>(words: &'t [Token<'a>]) -> Option<(bool, Cut<'t, 'a>)> {
    let points = |t: &Token<'_>| t.any(&["following", "these", "below", "this"]);
    let idle = |t: &Token<'_>| {
        t.is_mark()
            || points(t)
            || t.any(&[
                "all",
                "any",
                "one",
                "either",
                "both",
                "each",
                "of",
                "the",
                "conditions",
                "criteria",
                "points",
                "things",
                "cases",
                "is",
                "are",
                "true",
                "apply",
                "applies",
                "met",
                "hold",
                "holds",
                "fulfilled",
                "satisfied",
                "at",
                "least",
                "true",
                "case",
                "listed",
            ])
    };
    let cut = cuts(words, true).into_iter().find(|cut| {
        matches!(cut.put, Put::If | Put::Unless)
            && !trimmed(cut.then).is_empty()
            && cut.condition.iter().any(points)
            && cut.condition.iter().all(idle)
    })?;
    let any = cut.condition.iter().any(|t| t.any(&["any", "one", "either"]));
    Some((any, cut))
}
