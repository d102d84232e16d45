//! Which values a message gives, and to which attribute each belongs.

use taskwright_domain::{Attribute, AttributeType, Span, Value};

use super::cues::Topic;
use super::{asked, courtesy, ends, phrases, texts};
use crate::values::{Candidate, Line, Strength, ValueContext, candidates, negated, part_at, weeks};

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
    let soft = question
        .filter(|_| asked.is_empty())
        .map(|question| asked::by_question(&topics, question));
    let asked = soft.as_deref().unwrap_or(asked);
    let view = View {
        line,
        topics: &topics,
        asked,
        context,
        question: question.map(Line::new),
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
        let kind = |i: usize| topics.get(i).map(|t| &t.attribute.kind);
        // A yes or no, or a story of the whole message, may hold what others take.
        let shares = |topic: usize, c: &Candidate| match kind(topic) {
            Some(AttributeType::Boolean) => true,
            Some(AttributeType::Text) => is_whole(line, c),
            _ => false,
        };
        let free = given.iter().all(|(other, c)| {
            let apart = c.span.end <= claim.candidate.span.start || claim.candidate.span.end <= c.span.start;
            let shared = shares(*other, c) || shares(claim.topic, &claim.candidate);
            *other != claim.topic && (apart || shared)
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

fn is_whole(line: &Line, candidate: &Candidate) -> bool {
    candidate.from == 0 && candidate.to == line.len() && line.len() > 4
}

/// What all claims are judged against.
pub(super) struct View<'a> {
    pub(super) line: &'a Line,
    pub(super) topics: &'a [Topic<'a>],
    /// Keys of what was asked for, in the order it was.
    pub(super) asked: &'a [&'a str],
    pub(super) context: &'a ValueContext<'a>,
    /// The words it was asked with.
    question: Option<Line>,
    /// Stretches that are surely a date, a time, money or an address to write to: no plain number is taken from them.
    pub(super) taken: Vec<(AttributeType, usize, usize)>,
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
    /// Whether the attribute was asked for.
    pub(super) fn is_asked(&self, topic: &Topic<'_>) -> bool {
        self.asked.contains(&topic.attribute.key.as_str())
    }

    fn claims(&self, index: usize) -> Vec<Claim> {
        let Some(topic) = self.topics.get(index) else {
            return Vec::new();
        };
        let asked = self.is_asked(topic);
        let found = match &topic.attribute.kind {
            AttributeType::Boolean => self.booleans(topic, asked),
            AttributeType::Text => texts::find(self.line, topic, asked, self.question.as_ref()),
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
            .filter(|c| !self.is_courtesy(topic, c) && !self.is_part(topic, c) && !self.is_unborn(topic, c))
            .collect();
        let options = found.iter().map(|c| &c.value).collect::<Vec<_>>();
        let torn = matches!(topic.attribute.kind, AttributeType::Choice { .. })
            && options.windows(2).any(|w| w.first() != w.last());
        let last = found.len().saturating_sub(1);
        let ends_of: Vec<f32> = found.iter().map(|c| self.by_end(topic, c, asked, &found)).collect();
        let scored = found.into_iter().enumerate().map(|(i, candidate)| {
            let end = ends_of.get(i).copied().unwrap_or_default();
            let mut score = self.score(topic, &candidate, asked, torn && end <= 0.0) + end;
            // "It's 4511, no, 4512": what is said last holds.
            if i == last && phrases::takes_back(self.line, candidate.from) {
                score += 0.4;
            }
            if last > 0 && phrases::gave_up(self.line, candidate.from) {
                score -= 1.0;
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
            && !ends::not_until(self.line, candidate.from)
    }

    /// Nobody was born today or later, or "on Monday".
    fn is_unborn(&self, topic: &Topic<'_>, candidate: &Candidate) -> bool {
        let birth = topic
            .name
            .iter()
            .any(|stem| matches!(stem.as_str(), "birth" | "birthday" | "born" | "dob"));
        let lately = || {
            let year = self.context.today().year() - 1;
            matches!(candidate.value, Value::Date(date) if date.year() >= year)
        };
        birth && lately()
    }

    /// "It ends in 4512" gives no number where the whole one is wanted.
    fn is_part(&self, topic: &Topic<'_>, candidate: &Candidate) -> bool {
        let code = matches!(
            topic.attribute.kind,
            AttributeType::Identifier { .. } | AttributeType::Phone
        );
        let wanted = |line: &Line| (0..line.len()).any(|i| line.is(i, &["last", "first", "digits", "ending", "ends"]));
        let described = Line::new(&format!("{} {}", topic.attribute.name, topic.attribute.description));
        code && part_at(self.line, candidate.from).is_some()
            && !wanted(&described)
            && !self.question.as_ref().is_some_and(wanted)
    }

    /// "Thx" is nobody's name.
    fn is_courtesy(&self, topic: &Topic<'_>, candidate: &Candidate) -> bool {
        let named = matches!(topic.attribute.kind, AttributeType::PersonName | AttributeType::Place);
        named && courtesy::only_polite(&Line::new(&self.line.text(candidate.from, candidate.to)), false)
    }
}

pub(super) fn same_type(a: &Topic<'_>, b: &Topic<'_>) -> bool {
    std::mem::discriminant(&a.attribute.kind) == std::mem::discriminant(&b.attribute.kind)
}
