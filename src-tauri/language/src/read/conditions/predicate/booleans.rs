//! Yes or no: "is refundable", "the problem is not solved".

use taskwright_domain::{AttributeType, Comparison, Operand, Value};

use super::Said;
use super::pieces::{NEGATIONS, without_wanting};
use crate::read::conditions::subject::Subject;
use crate::read::conditions::{Conditions, Outcome, Trouble, trim};
use crate::read::names::{Stem, content};
use crate::read::token::Token;

impl Conditions<'_, '_> {
    /// A yes-or-no value that the words speak of.
    pub(super) fn yes_or_no(&self, subject: &Subject, words: &[Token<'_>]) -> Outcome<Said> {
        let said = trim(words);
        if let Subject::Value(at, _) = subject
            && matches!(self.names.value(*at).kind, AttributeType::Boolean)
        {
            let plain: Vec<_> = said.iter().map(|t| t.low.as_str()).collect();
            match plain.as_slice() {
                ["true" | "yes" | "set" | "on" | "the", ..] if plain.len() == 1 => return Ok(self.is(*at, true)),
                ["false" | "no" | "off"] => return Ok(self.is(*at, false)),
                _ => {}
            }
        }
        let rest = without_wanting(subject, words);
        let telling: Vec<_> = content(rest).into_iter().collect();
        if telling.is_empty() || telling.len() > 6 {
            return Err(Trouble::NotClear);
        }
        // "the problem is not solved", with a subject that only helps to find the value.
        let denied = rest.iter().filter(|t| t.any(&NEGATIONS)).count() % 2 == 1;
        let mut best: Vec<(i32, usize, bool)> = Vec::new();
        for (at, value) in self
            .names
            .values
            .iter()
            .enumerate()
            .filter(|(_, v)| matches!(v.kind, AttributeType::Boolean))
        {
            if let Some((score, yes)) = self.speaks_of_boolean(at, subject, &telling) {
                let asked = i32::from(self.said.asked == Some(at)) * 8;
                let it = matches!(subject, Subject::Open) && value.owner.is_some() && value.owner == self.said.it;
                let owned =
                    i32::from(it || matches!(subject, Subject::Thing(owner) if value.owner.as_deref() == Some(owner)))
                        * 6;
                best.push((score + asked + owned, at, yes));
            }
        }
        best.sort_by_key(|(score, at, _)| (-score, *at));
        match best.as_slice() {
            [] => Err(Trouble::NotClear),
            [(_, at, yes)] => Ok(self.is(*at, *yes != denied)),
            [(score, at, yes), (second, ..), ..] if score > second => Ok(self.is(*at, *yes != denied)),
            several => Err(Trouble::Ambiguous(
                several.iter().map(|(_, at, _)| *at).take(3).collect(),
            )),
        }
    }

    pub(super) fn is(&self, at: usize, yes: bool) -> Said {
        self.test(
            at,
            Comparison::Is {
                to: Operand::Constant {
                    value: Value::Boolean(yes),
                },
            },
        )
    }

    /// How well a yes-or-no value fits the words: all of them, and half of its name.
    fn speaks_of_boolean(&self, at: usize, subject: &Subject, telling: &[&Token<'_>]) -> Option<(i32, bool)> {
        let value = self.names.value(at);
        match subject {
            Subject::Value(other, _) if *other != at => return None,
            Subject::OneOf(several) if !several.contains(&at) => return None,
            Subject::Thing(owner) if value.owner.as_deref().is_some_and(|own| own != owner) => return None,
            _ => {}
        }
        let names: Vec<&Stem> = value.field_stems.iter().filter(|s| !is_idle_stem(&s.text)).collect();
        let mut hit = 0_u32;
        let mut yes = true;
        let mut soft = 0;
        for token in telling {
            if let Some(place) = names.iter().position(|s| s.akin(token)) {
                hit |= 1 << place.min(31);
            } else if let Some(place) = token
                .low
                .strip_prefix("un")
                .map(Stem::new)
                .and_then(|bare| names.iter().position(|s| **s == bare))
            {
                hit |= 1 << place.min(31);
                yes = !yes;
            } else if value.about.iter().any(|s| s.same(token))
                || matches!(subject, Subject::Value(..)) && is_idle_stem(&token.stem)
                || token.any(&["details", "data", "information"])
            {
                soft += 1;
            } else if value.owner.as_ref().is_some_and(|owner| Stem::new(owner).akin(token)) {
                // The owner adds nothing.
            } else {
                return None;
            }
        }
        let whole = u32::try_from(names.len()).unwrap_or(9);
        let spoken_before = matches!(subject, Subject::Value(other, _) if *other == at);
        let enough = hit.count_ones() * 2 >= whole || spoken_before;
        (hit.count_ones() > 0 && enough).then(|| {
            (
                i32::try_from(hit.count_ones() * 10 / whole.max(1)).unwrap_or(0) - soft,
                yes,
            )
        })
    }
}

fn is_idle_stem(stem: &str) -> bool {
    matches!(
        stem,
        "already" | "is" | "has" | "was" | "be" | "been" | "still" | "do" | "can" | "want" | "wants" | "customer"
    )
}
