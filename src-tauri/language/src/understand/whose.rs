//! Whose name it is, and which part of it an attribute wants.

use taskwright_domain::{AttributeType, Value};

use super::cues::{self, Topic};
use super::fill::{View, same_type};
use crate::values::{Candidate, Line, Strength, candidates, is_everyday};

impl View<'_> {
    /// Names, cut where the attribute wants the first or the last one.
    pub(super) fn names(&self, topic: &Topic<'_>, asked: bool) -> Vec<Candidate> {
        let part = NamePart::of(&topic.attribute.key)
            .or_else(|| NamePart::of(&topic.attribute.name.to_lowercase().replace(' ', "_")));
        let found = candidates(&AttributeType::PersonName, self.line, self.context, asked);
        let Some(part) = part else {
            return self.whose_name(topic, found, asked);
        };
        let found = self.only_introduced(topic, found);
        found.into_iter().filter_map(|c| self.cut_name(&c, part)).collect()
    }

    /// Names with what they say about whose they are: "I'm …" is the customer's, "the host is …" the host's.
    fn whose_name(&self, topic: &Topic<'_>, mut found: Vec<Candidate>, asked: bool) -> Vec<Candidate> {
        let line = self.line;
        let own = cues::is_customer(topic);
        let rivals = self
            .topics
            .iter()
            .any(|o| o.attribute.key != topic.attribute.key && same_type(o, topic));
        let doctor = topic
            .name
            .iter()
            .any(|s| matches!(s.as_str(), "doctor" | "therapist" | "professor" | "dr"));
        for name in &mut found {
            let titled = line.is(name.from, &["dr", "doctor", "prof"]);
            let introduced = cues::introduces(line, name.from);
            if titled && !doctor && !asked || introduced && !own && rivals {
                name.strength = Strength::Unclear;
            }
        }
        let mut found = self.only_introduced(topic, found);
        found.retain(|c| c.strength != Strength::Unclear);
        found.extend(
            cues::linked_names(line, topic)
                .into_iter()
                .filter(|n| !found.iter().any(|c| c.from < n.to && n.from < c.to))
                .collect::<Vec<_>>(),
        );
        if asked && !own && found.is_empty() {
            found.extend(relative(line));
        }
        found.sort_by_key(|c| c.from);
        found
    }

    /// Without the names of other people, where the customer's own is wanted.
    fn only_introduced(&self, topic: &Topic<'_>, mut found: Vec<Candidate>) -> Vec<Candidate> {
        let line = self.line;
        if cues::is_customer(topic) {
            found.retain(|name| !of_another(line, name.from));
            let introduced = found.iter().any(|name| cues::introduces(line, name.from));
            let titled = |name: &Candidate| line.is(name.from, &["dr", "doctor", "prof"]);
            let plain = found.iter().any(|name| !titled(name));
            found.retain(|name| !(titled(name) && (introduced || plain)) || cues::introduces(line, name.from));
        }
        found
    }

    /// How well a name that is one beyond doubt fits: who introduces themselves gives their own.
    pub(super) fn person(&self, topic: &Topic<'_>, candidate: &Candidate, lone: f32) -> f32 {
        if cues::is_customer(topic) && cues::introduces(self.line, candidate.from) {
            1.5
        } else {
            lone
        }
    }

    fn cut_name(&self, whole: &Candidate, part: NamePart) -> Option<Candidate> {
        let line = self.line;
        let words: Vec<usize> = (whole.from..whole.to).filter(|i| line.is_word(*i)).collect();
        let said = |word: &str| {
            (1..=3).any(|b| {
                line.before(whole.from, b) == word
                    && line.is(whole.from.wrapping_sub(b - 1), &["name", "names", "name's"])
            })
        };
        let first_said = said("first") || said("given");
        let last_said = said("last")
            || said("family")
            || line.is(whole.from.wrapping_sub(2), &["surname"])
            || line.before(whole.from, 1) == "surname";
        if words.len() < 2 {
            let asked_part = self.asked.iter().find_map(|key| NamePart::of(key));
            let fits = match part {
                NamePart::First => first_said || !last_said && asked_part != Some(NamePart::Last),
                NamePart::Last => last_said || !first_said && asked_part == Some(NamePart::Last),
            };
            return fits.then(|| whole.clone());
        }
        let text =
            |from: usize, to: usize| Candidate::new(line, from, to, cut_value(&whole.value, part), whole.strength);
        match part {
            NamePart::First if last_said => None,
            NamePart::Last if first_said => None,
            NamePart::First => Some(text(whole.from, words.first()? + 1)),
            NamePart::Last => Some(text(*words.get(1)?, whole.to)),
        }
    }
}

/// "His name was …", "my doctor's name is …", "my old boss was …": somebody else's name.
fn of_another(line: &Line, at: usize) -> bool {
    let is = usize::from(line.is(at.wrapping_sub(1), &["is", "was", ":", "are"]));
    let name = at.wrapping_sub(is + 1);
    if line.is(name, &["name", "names", "name's"]) {
        let owner = line.before(name, 1);
        return matches!(owner, "his" | "her" | "their" | "its")
            || owner.ends_with("'s")
            || owner.ends_with('s') && line.before(name, 2) == "my";
    }
    false
}

/// "Mom", "uncle Richard", "my sister": someone known by what they are to the customer.
fn relative(line: &Line) -> Option<Candidate> {
    let at = (0..line.len()).find(|i| RELATIVES.contains(&line.word(*i)) && !line.glued(i + 1))?;
    let owner = usize::from(line.is(at.wrapping_sub(1), &["my", "our"]));
    let named = usize::from(line.is_word(at + 1) && line.capital(at + 1) && !is_everyday(line.word(at + 1)));
    let (from, to) = (at - owner, at + 1 + named);
    Some(Candidate::new(
        line,
        from,
        to,
        Value::Text(line.text(from, to)),
        Strength::Strong,
    ))
}

const RELATIVES: [&str; 32] = [
    "mom",
    "mum",
    "mommy",
    "mama",
    "mother",
    "dad",
    "daddy",
    "papa",
    "father",
    "brother",
    "sister",
    "son",
    "daughter",
    "uncle",
    "aunt",
    "auntie",
    "grandma",
    "grandpa",
    "granny",
    "grandmother",
    "grandfather",
    "cousin",
    "nephew",
    "niece",
    "wife",
    "husband",
    "partner",
    "girlfriend",
    "boyfriend",
    "landlord",
    "boss",
    "roommate",
];

/// Which part of a name an attribute holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NamePart {
    First,
    Last,
}

impl NamePart {
    /// The part a key speaks of.
    pub(super) fn of(key: &str) -> Option<Self> {
        match key {
            _ if key.contains("first_name") || key.contains("given_name") || key.contains("forename") => {
                Some(Self::First)
            }
            _ if key.contains("last_name") || key.contains("surname") || key.contains("family_name") => {
                Some(Self::Last)
            }
            _ => None,
        }
    }
}

fn cut_value(value: &Value, part: NamePart) -> Value {
    let text = value.as_text().unwrap_or_default();
    let (first, rest) = text.split_once(' ').unwrap_or((text, text));
    Value::Text(match part {
        NamePart::First => first.to_owned(),
        NamePart::Last => rest.to_owned(),
    })
}
