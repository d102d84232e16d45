//! How somebody is, where that is what a text is about: symptoms, and what they do not eat.

use taskwright_domain::Value;

use super::cues::Topic;
use crate::values::{Candidate, Line, Strength};

/// What the attribute is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Condition {
    /// What hurts.
    Symptoms,
    /// What is not eaten.
    Diet,
}

impl Condition {
    /// What an attribute's words say.
    pub(super) fn of(topic: &Topic<'_>) -> Option<Self> {
        let says = |stems: &[&str]| {
            topic
                .name
                .iter()
                .chain(&topic.about)
                .any(|stem| stems.contains(&stem.as_str()))
        };
        if says(&["symptom", "ill", "pain", "diseas", "sick"]) {
            return Some(Self::Symptoms);
        }
        says(&["diet", "dietari", "allergi"]).then_some(Self::Diet)
    }

    /// Where the message tells it.
    pub(super) fn find(self, line: &Line) -> Vec<Candidate> {
        let found = match self {
            Self::Symptoms => symptoms(line),
            Self::Diet => diet(line),
        };
        let made = |(from, to)| Candidate::new(line, from, to, Value::Text(line.text(from, to)), Strength::Strong);
        found.map(made).into_iter().collect()
    }
}

const SYMPTOMS: [&str; 46] = [
    "cough",
    "coughs",
    "coughing",
    "fever",
    "feverish",
    "headache",
    "headaches",
    "migraine",
    "throat",
    "sneezing",
    "runny",
    "nausea",
    "nauseous",
    "vomiting",
    "dizziness",
    "dizzy",
    "ache",
    "aches",
    "aching",
    "pain",
    "pains",
    "painful",
    "sore",
    "rash",
    "cramps",
    "fatigue",
    "weakness",
    "diarrhea",
    "diarrhoea",
    "chills",
    "swelling",
    "swollen",
    "itch",
    "itchy",
    "itching",
    "stomachache",
    "toothache",
    "backache",
    "flu",
    "sick",
    "bleeding",
    "numbness",
    "insomnia",
    "congestion",
    "hurts",
    "breathless",
];

/// Words that lead to what hurts.
const LEAD: [&str; 24] = [
    "i",
    "i've",
    "i'm",
    "ive",
    "im",
    "have",
    "had",
    "got",
    "been",
    "having",
    "feel",
    "feeling",
    "a",
    "an",
    "with",
    "am",
    "is",
    "my",
    "it's",
    "some",
    "experiencing",
    "suffering",
    "from",
    "and",
];

/// "I have had a cough and a sore throat for two days now": from what hurts to the end of the sentence.
fn symptoms(line: &Line) -> Option<(usize, usize)> {
    let told = (0..line.len()).find(|i| line.is(*i, &SYMPTOMS))?;
    let start = (0..told).rev().find(|i| ends(line, *i)).map_or(0, |i| i + 1);
    let lead = (start..told)
        .rev()
        .find(|i| line.is(*i, &["have", "had", "got", "been", "having", "i've", "feel", "with"]));
    let mut from = lead.unwrap_or(start);
    while from < told && line.is(from, &LEAD) {
        from += 1;
    }
    let wish = |i: usize| line.is(i, &["i"]) && line.is(i + 1, &["hope", "would", "need", "want", "think"]);
    let mut to = (told..line.len())
        .find(|i| ends(line, *i) || wish(*i))
        .unwrap_or(line.len());
    while to > told + 1 && line.is(to - 1, &["now", "and", ",", "please", "today"]) {
        to -= 1;
    }
    Some((from, to))
}

fn ends(line: &Line, at: usize) -> bool {
    line.is(at, &[".", "!", "?", ";"])
}

/// "Vegan", "gluten free", "allergic to nuts".
fn diet(line: &Line) -> Option<(usize, usize)> {
    const WAYS: [&str; 11] = [
        "vegan",
        "vegetarian",
        "vegetarians",
        "pescatarian",
        "halal",
        "kosher",
        "celiac",
        "coeliac",
        "diabetic",
        "keto",
        "paleo",
    ];
    const FOODS: [&str; 12] = [
        "gluten",
        "lactose",
        "dairy",
        "nut",
        "nuts",
        "peanut",
        "peanuts",
        "egg",
        "soy",
        "sugar",
        "shellfish",
        "fish",
    ];
    if let Some(at) = (0..line.len()).find(|i| line.starts(*i, &["allergic", "to"])) {
        let end = (at + 2..line.len()).find(|i| !line.is_word(*i) || line.is(*i, &["so", "but", "please", "i"]));
        return Some((at, end.unwrap_or(line.len())));
    }
    (0..line.len()).find_map(|at| {
        if line.is(at, &WAYS) && !crate::values::negated(line, at) {
            return Some((at, at + 1));
        }
        let end = at + 1 + usize::from(line.is(at + 1, &["-"]));
        (line.is(at, &FOODS) && line.is(end, &["free", "intolerant", "intolerance", "allergy", "allergies"]))
            .then_some((at, end + 1))
    })
}
