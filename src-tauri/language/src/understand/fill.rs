//! Which values a message gives, and to which attribute each belongs.

use taskwright_domain::{Attribute, AttributeType, Span, Value};

use super::cues::{self, End, Topic};
use super::{consent, courtesy, phrases, texts};
use crate::values::{Candidate, Line, Polarity, Strength, ValueContext, candidates, find_answers, negated, weeks};

/// A value that a message gives to an attribute.
#[derive(Debug, Clone, PartialEq)]
pub struct Filled {
    /// The attribute's key.
    pub attribute: String,
    /// In normal form.
    pub value: Value,
    /// The customer's words.
    pub span: Span,
}

/// The values a message gives, in the order of its words. `asked` are the keys that were just asked for, in `question`'s
/// words; they have the first claim. Any other attribute is filled only where type and words leave no doubt.
#[must_use]
pub fn fill(
    attributes: &[&Attribute],
    asked: &[&str],
    question: Option<&str>,
    text: &str,
    context: &ValueContext<'_>,
) -> Vec<Filled> {
    let line = Line::new(text);
    let mut filled = assign(&line, attributes, asked, question, context);
    filled.sort_by_key(|f| (f.span.start, f.span.end));
    filled
}

/// A value needs this much to be taken.
const ENOUGH: f32 = 2.0;

/// An attribute and a value it may take.
#[derive(Debug)]
struct Claim {
    topic: usize,
    score: f32,
    candidate: Candidate,
}

pub(super) fn assign(
    line: &Line,
    attributes: &[&Attribute],
    asked: &[&str],
    question: Option<&str>,
    context: &ValueContext<'_>,
) -> Vec<Filled> {
    let topics: Vec<Topic<'_>> = attributes
        .iter()
        .filter(|a| a.customer_may_fill)
        .map(|a| Topic::new(a))
        .collect();
    let soft = softly_asked(&topics, asked, question);
    let asked = if soft.is_empty() { asked } else { soft.as_slice() };
    let view = View {
        line,
        topics: &topics,
        asked,
        context,
        taken: other_meanings(line, context),
    };
    let mut claims: Vec<Claim> = (0..topics.len()).flat_map(|i| view.claims(i)).collect();
    claims.retain(|c| c.score >= ENOUGH);
    let order = |c: &Claim| {
        topics
            .get(c.topic)
            .and_then(|t| asked.iter().position(|a| *a == t.attribute.key))
            .unwrap_or(usize::MAX)
    };
    claims.sort_by(|a, b| {
        b.score
            .total_cmp(&a.score)
            .then(order(a).cmp(&order(b)))
            .then(a.candidate.from.cmp(&b.candidate.from))
    });
    let mut given: Vec<(usize, Candidate)> = Vec::new();
    for claim in claims {
        let shared = |kind: &AttributeType| matches!(kind, AttributeType::Boolean);
        let kind = |i: usize| topics.get(i).map(|t| &t.attribute.kind);
        let free = given.iter().all(|(other, c)| {
            let apart = c.span.end <= claim.candidate.span.start || claim.candidate.span.end <= c.span.start;
            let whole = kind(*other).is_some_and(shared)
                || kind(claim.topic).is_some_and(shared)
                || is_whole(line, c)
                || is_whole(line, &claim.candidate) && kind(claim.topic) == Some(&AttributeType::Text);
            *other != claim.topic && (apart || whole)
        });
        if free {
            given.push((claim.topic, claim.candidate));
        }
    }
    given
        .into_iter()
        .filter_map(|(i, c)| {
            Some(Filled {
                attribute: topics.get(i)?.attribute.key.clone(),
                value: c.value,
                span: c.span,
            })
        })
        .collect()
}

/// A yes/no that the question asks for although nobody said which attribute was asked.
fn softly_asked<'a>(topics: &[Topic<'a>], asked: &[&str], question: Option<&str>) -> Vec<&'a str> {
    let Some(question) = question.filter(|q| asked.is_empty() && q.contains('?')) else {
        return Vec::new();
    };
    let line = Line::new(question);
    let named = |t: &&Topic<'a>| {
        t.attribute.kind == AttributeType::Boolean && t.name.iter().any(|s| (0..line.len()).any(|i| line.stem(i) == s))
    };
    topics
        .iter()
        .filter(named)
        .map(|t| t.attribute.key.as_str())
        .take(1)
        .collect()
}

fn is_whole(line: &Line, candidate: &Candidate) -> bool {
    candidate.from == 0 && candidate.to == line.len() && line.len() > 4
}

/// What all claims are judged against.
struct View<'a> {
    line: &'a Line,
    topics: &'a [Topic<'a>],
    asked: &'a [&'a str],
    context: &'a ValueContext<'a>,
    /// Stretches that are surely a date, a time, money or an address to write to: no plain number is taken from them.
    taken: Vec<(AttributeType, usize, usize)>,
}

fn other_meanings(line: &Line, context: &ValueContext<'_>) -> Vec<(AttributeType, usize, usize)> {
    use AttributeType::{Amount, Date, Email, Time};
    let mut taken = Vec::new();
    for kind in [Date, Time, Amount, Email] {
        let strong = candidates(&kind, line, context, false)
            .into_iter()
            .filter(|c| c.strength == Strength::Strong);
        taken.extend(strong.map(|c| (kind.clone(), c.from, c.to)));
    }
    taken
}

impl View<'_> {
    fn is_asked(&self, topic: &Topic<'_>) -> bool {
        self.asked.contains(&topic.attribute.key.as_str())
    }

    fn claims(&self, index: usize) -> Vec<Claim> {
        let Some(topic) = self.topics.get(index) else {
            return Vec::new();
        };
        let asked = self.is_asked(topic);
        let found = match &topic.attribute.kind {
            AttributeType::Boolean => self.booleans(topic, asked),
            AttributeType::Text => texts::find(self.line, topic, asked, self.context),
            AttributeType::PersonName => self.names(topic, asked),
            AttributeType::Integer => self.counts(topic, asked),
            AttributeType::Date if topic.is_week() => weeks::find(self.line, topic.week_day(), self.context),
            kind => candidates(kind, self.line, self.context, asked),
        };
        let found: Vec<Candidate> = found
            .into_iter()
            .filter(|c| {
                c.strength != Strength::Unclear && !self.denied(topic, c) && !phrases::in_pause(self.line, c.from)
            })
            .filter(|c| !self.is_courtesy(topic, c))
            .collect();
        let options = found.iter().map(|c| &c.value).collect::<Vec<_>>();
        let torn = matches!(topic.attribute.kind, AttributeType::Choice { .. })
            && options.windows(2).any(|w| w.first() != w.last());
        let last = found.len().saturating_sub(1);
        let scored = found.into_iter().enumerate().map(|(i, candidate)| {
            let mut score = self.score(topic, &candidate, asked, torn);
            // "It's 4511, no, 4512": what is said last holds.
            if i == last && phrases::takes_back(self.line, candidate.from) {
                score += 0.4;
            }
            if score < ENOUGH && self.comes_next(index, &candidate) {
                score = ENOUGH;
            }
            Claim {
                topic: index,
                score,
                candidate,
            }
        });
        scored.collect()
    }

    /// "last week, 312": a bare number at the end of an answer is the amount or number that is asked for next.
    fn comes_next(&self, index: usize, candidate: &Candidate) -> bool {
        let numeric = |topic: &Topic<'_>| {
            let kind = &topic.attribute.kind;
            matches!(
                kind,
                AttributeType::Amount | AttributeType::Integer | AttributeType::Decimal
            )
        };
        let (Some(before), Some(topic)) = (
            index.checked_sub(1).and_then(|at| self.topics.get(at)),
            self.topics.get(index),
        ) else {
            return false;
        };
        let only = self.topics.iter().filter(|topic| numeric(topic)).count() == 1;
        let parted = candidate.from > 1 && self.line.is(candidate.from - 1, &[",", "and", ";", "&"]);
        index == 1 && self.is_asked(before) && numeric(topic) && only && parted && candidate.to == self.line.len()
    }

    /// "Not 5 pm": a value that is denied is none.
    fn denied(&self, topic: &Topic<'_>, candidate: &Candidate) -> bool {
        !matches!(
            topic.attribute.kind,
            AttributeType::Boolean | AttributeType::Text | AttributeType::Choice { .. }
        ) && negated(self.line, candidate.from)
    }

    /// "Thx" is nobody's name.
    fn is_courtesy(&self, topic: &Topic<'_>, candidate: &Candidate) -> bool {
        let named = matches!(topic.attribute.kind, AttributeType::PersonName | AttributeType::Place);
        named && courtesy::only_polite(&Line::new(&self.line.text(candidate.from, candidate.to)), false)
    }

    fn score(&self, topic: &Topic<'_>, candidate: &Candidate, asked: bool, torn: bool) -> f32 {
        let strong = candidate.strength == Strength::Strong;
        let pull = cues::pull(self.line, topic, candidate);
        let base = match (asked, strong) {
            (true, true) => 3.0,
            (true, false) => 2.0,
            (false, true) => 1.0,
            (false, false) => 0.0,
        };
        let end = self.by_end(topic, candidate, asked);
        base + self.by_type(topic, candidate, asked, pull, torn && end <= 0.0) + end
            - self.claimed_by_others(topic, candidate, pull)
    }

    /// What the words around take away: they name another attribute of the type.
    fn claimed_by_others(&self, topic: &Topic<'_>, candidate: &Candidate, pull: f32) -> f32 {
        if matches!(
            topic.attribute.kind,
            AttributeType::Boolean
                | AttributeType::Text
                | AttributeType::Integer
                | AttributeType::Place
                | AttributeType::Choice { .. }
        ) {
            return 0.0;
        }
        let others = self
            .topics
            .iter()
            .filter(|o| o.attribute.key != topic.attribute.key && same_type(o, topic));
        let most = others
            .map(|o| cues::pull(self.line, o, candidate))
            .fold(0.0_f32, f32::max);
        if most > pull + 0.5 { 2.0 } else { 0.0 }
    }

    fn by_type(&self, topic: &Topic<'_>, candidate: &Candidate, asked: bool, pull: f32, torn: bool) -> f32 {
        use AttributeType as T;
        let alone = self.rivals(topic) == 0;
        let lone = if alone { 1.0 } else { 0.0 };
        let strong = candidate.strength == Strength::Strong;
        match &topic.attribute.kind {
            // "Yesterday it still worked" says nothing of a day to come.
            T::Date if strong && !asked && pull == 0.0 && self.is_past(candidate) && !topic.past => 0.0,
            // "On a Monday" is none in particular.
            T::Date
                if strong
                    && !asked
                    && self
                        .line
                        .is(candidate.from.wrapping_sub(1), &["a", "any", "some", "every"]) =>
            {
                0.0
            }
            T::Email | T::Phone | T::Address | T::Date | T::Time | T::DateTime if strong => lone + pull,
            T::PersonName if strong && cues::introduces(self.line, candidate.from) && cues::is_customer(topic) => {
                1.0 + pull
            }
            T::PersonName if strong => lone + pull,
            T::Place if strong => lone + pull,
            T::Place | T::PersonName => pull * 0.5,
            T::Identifier { pattern: Some(_) } => lone + pull,
            T::Identifier { pattern: None } => self.code(topic, candidate, asked, pull),
            T::Integer | T::Decimal => self.number(topic, candidate, asked),
            T::Amount => pull,
            T::Choice { .. } => self.choice(candidate, asked, lone, pull, torn),
            T::Boolean | T::Text => 0.0,
            _ => pull,
        }
    }

    fn is_past(&self, candidate: &Candidate) -> bool {
        let looks_back = (candidate.from..candidate.to).any(|i| {
            self.line
                .is(i, &["yesterday", "ago", "last", "back", "earlier", "past"])
        });
        looks_back && matches!(candidate.value, Value::Date(date) if date < self.context.today())
    }

    /// Other attributes of the type that the value could as well belong to.
    fn rivals(&self, topic: &Topic<'_>) -> usize {
        let alike = |other: &&Topic<'_>| {
            // First and last name share a name.
            let parts = NamePart::of(&other.attribute.key).is_some() && NamePart::of(&topic.attribute.key).is_some();
            !parts
                && other.attribute.key != topic.attribute.key
                && std::mem::discriminant(&other.attribute.kind) == std::mem::discriminant(&topic.attribute.kind)
                && (other.end == topic.end || topic.end.is_some())
        };
        let choice = matches!(topic.attribute.kind, AttributeType::Choice { .. });
        self.topics
            .iter()
            .filter(alike)
            .filter(|o| !choice || o.attribute.kind == topic.attribute.kind)
            .count()
    }

    fn code(&self, topic: &Topic<'_>, candidate: &Candidate, asked: bool, pull: f32) -> f32 {
        let line = self.line;
        let strong = candidate.strength == Strength::Strong;
        if asked && !strong {
            // "I bought 3 boxes" names no code.
            let counted = line.is_word(candidate.to) && !phrases::is_function(line.word(candidate.to));
            let lone_digit = candidate.span.end - candidate.span.start == 1 && line.len() > 6;
            return if counted || lone_digit && pull == 0.0 {
                -3.0
            } else {
                pull
            };
        }
        let only = candidate.from == 0 && candidate.to + 1 >= line.len();
        // An attribute called just "code" has no words of its own to wait for.
        let plain = topic.name.is_empty() && self.rivals(topic) == 0;
        pull.max(if only || plain && strong { 1.0 } else { 0.0 })
    }

    fn number(&self, topic: &Topic<'_>, candidate: &Candidate, asked: bool) -> f32 {
        let inside = self
            .taken
            .iter()
            .any(|(_, from, to)| *from < candidate.to && candidate.from < *to);
        if inside && !(asked && candidate.from == 0 && candidate.to == self.line.len()) {
            return -5.0;
        }
        let own =
            cues::counts(self.line, topic, candidate) || topic.people && super::people::is_list(self.line, candidate);
        let others = || {
            self.topics.iter().any(|o| {
                o.attribute.key != topic.attribute.key && is_number(o) && cues::counts(self.line, o, candidate)
            })
        };
        match (own, asked) {
            (true, _) => 1.0,
            (false, true) if others() => -2.0,
            (false, true) => 0.0,
            (false, false) => -1.0,
        }
    }

    fn choice(&self, candidate: &Candidate, asked: bool, lone: f32, pull: f32, torn: bool) -> f32 {
        let plain = cues::is_plain_word(self.line, candidate);
        let question = cues::in_question(self.line, candidate.from);
        match (asked, torn) {
            // Several options named: only the words around can tell.
            (true, true) => {
                if candidate.strength == Strength::Strong {
                    pull - 0.5
                } else {
                    pull - 1.0
                }
            }
            (true, false) => pull,
            (false, true) => pull - 1.0,
            (false, false) if plain && pull == 0.0 => -1.0,
            (false, false) => lone + pull - if question && plain { 1.0 } else { 0.0 },
        }
    }

    /// Whether the words before the value speak of the attribute's end of the journey, or of the other.
    fn by_end(&self, topic: &Topic<'_>, candidate: &Candidate, asked: bool) -> f32 {
        use AttributeType as T;
        let kind = &topic.attribute.kind;
        if !matches!(
            kind,
            T::Place | T::Date | T::Time | T::DateTime | T::Address | T::Choice { .. }
        ) {
            return 0.0;
        }
        let said = cues::end_at(self.line, candidate, *kind == T::Place);
        match (topic.end, said) {
            (Some(End::Start), Some(End::Start)) | (Some(End::Goal), Some(End::Goal)) => 1.5,
            (Some(_), Some(_)) => {
                if asked && self.rivals(topic) == 0 {
                    -0.5
                } else {
                    -2.5
                }
            }
            (Some(_), None) if !asked => {
                if self.rivals(topic) == 0 {
                    0.0
                } else {
                    -1.0
                }
            }
            (None, Some(_)) if self.topics.iter().any(|o| o.end == said && same_type(o, topic)) => -1.0,
            _ => 0.0,
        }
    }

    /// Yes and no where they were asked for; else the attribute's own words, said or denied.
    fn booleans(&self, topic: &Topic<'_>, asked: bool) -> Vec<Candidate> {
        let line = self.line;
        let made = |from, to, yes, strength| Candidate::new(line, from, to, Value::Boolean(yes), strength);
        let spoken = self.spoken_of(topic);
        if asked {
            if let Some((at, yes)) = consent::second_thought(line, cues::is_about_working(topic)) {
                return vec![made(at, line.len(), yes, Strength::Strong)];
            }
            let answers = find_answers(line);
            if let Some(answer) = answers.iter().find(|a| a.polarity != Polarity::Unsure) {
                return vec![made(
                    answer.from,
                    answer.to,
                    answer.polarity == Polarity::Yes,
                    Strength::Strong,
                )];
            }
            if !answers.is_empty() {
                return Vec::new();
            }
            if let Some((at, well)) = cues::how_it_goes(line).filter(|_| cues::is_about_working(topic)) {
                return vec![made(at, at + 1, well, Strength::Strong)];
            }
        }
        let Some((from, to)) = spoken.filter(|(from, _)| !cues::in_question(line, *from)) else {
            return Vec::new();
        };
        let denied = (from..=to).any(|i| negated(line, i));
        let mut found = made(from, to, !denied, Strength::Strong);
        // Unasked, the words must be all of the attribute's own.
        found.strength = if asked { Strength::Strong } else { Strength::Weak };
        vec![found]
    }

    /// Where all of the attribute's own words stand in the text.
    fn spoken_of(&self, topic: &Topic<'_>) -> Option<(usize, usize)> {
        let own: Vec<&String> = topic
            .name
            .iter()
            .filter(|s| !matches!(s.as_str(), "paid" | "option" | "servic" | "good" | "next" | "free"))
            .collect();
        let places: Option<Vec<usize>> = own
            .iter()
            .map(|s| (0..self.line.len()).find(|i| self.line.is_word(*i) && self.line.stem(*i) == s.as_str()))
            .collect();
        let places = places.filter(|p| !p.is_empty())?;
        Some((*places.iter().min()?, places.iter().max()? + 1))
    }

    /// Names, cut where the attribute wants the first or the last one.
    fn names(&self, topic: &Topic<'_>, asked: bool) -> Vec<Candidate> {
        let part = NamePart::of(&topic.attribute.key)
            .or_else(|| NamePart::of(&topic.attribute.name.to_lowercase().replace(' ', "_")));
        let found = candidates(&AttributeType::PersonName, self.line, self.context, asked);
        let Some(part) = part else {
            return self.whose_name(topic, found, asked);
        };
        found
            .into_iter()
            .filter_map(|c| self.cut_name(topic, &c, part))
            .collect()
    }

    /// Names with what they say about whose they are: "I'm …" is the customer's, "the host is …" the host's.
    fn whose_name(&self, topic: &Topic<'_>, mut found: Vec<Candidate>, asked: bool) -> Vec<Candidate> {
        let line = self.line;
        let own = cues::is_customer(topic);
        let rivals = self
            .topics
            .iter()
            .any(|o| o.attribute.key != topic.attribute.key && same_type(o, topic));
        for name in &mut found {
            let titled = line.is(name.from, &["dr", "doctor", "prof"]);
            let introduced = cues::introduces(line, name.from);
            if titled
                && !topic
                    .name
                    .iter()
                    .any(|s| matches!(s.as_str(), "doctor" | "therapist" | "professor" | "dr"))
                && !asked
                || introduced && !own && rivals
            {
                name.strength = Strength::Unclear;
            }
        }
        found.retain(|c| c.strength != Strength::Unclear);
        found.extend(
            cues::linked_names(line, topic)
                .into_iter()
                .filter(|n| !found.iter().any(|c| c.from < n.to && n.from < c.to))
                .collect::<Vec<_>>(),
        );
        found.sort_by_key(|c| c.from);
        found
    }

    fn cut_name(&self, topic: &Topic<'_>, whole: &Candidate, part: NamePart) -> Option<Candidate> {
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
            let asked_last = self.asked.last().is_some_and(|k| *k == topic.attribute.key);
            let fits = match part {
                NamePart::First => first_said || !last_said && !asked_last_only(self.asked),
                NamePart::Last => last_said || !first_said && asked_last,
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

    /// Whole numbers; a list of people adds up.
    fn counts(&self, topic: &Topic<'_>, asked: bool) -> Vec<Candidate> {
        let mut found = candidates(&AttributeType::Integer, self.line, self.context, asked);
        if topic.people {
            super::people::add(self.line, &mut found, asked);
        }
        found
    }
}

fn asked_last_only(asked: &[&str]) -> bool {
    asked.last().is_some_and(|k| NamePart::of(k) == Some(NamePart::Last))
}

fn is_number(topic: &Topic<'_>) -> bool {
    matches!(topic.attribute.kind, AttributeType::Integer | AttributeType::Decimal)
}

fn same_type(a: &Topic<'_>, b: &Topic<'_>) -> bool {
    std::mem::discriminant(&a.attribute.kind) == std::mem::discriminant(&b.attribute.kind)
}

/// Which part of a name an attribute holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum NamePart {
    First,
    Last,
}

impl NamePart {
    fn of(key: &str) -> Option<Self> {
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
