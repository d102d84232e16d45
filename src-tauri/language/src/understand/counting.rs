//! Numbers: what they count, and how many people a message speaks of.

use taskwright_domain::AttributeType;

use super::cues::{self, Topic};
use super::fill::View;
use super::people;
use crate::values::{Candidate, candidates};

impl View<'_> {
    /// How well a number fits what the attribute counts.
    pub(super) fn number(&self, topic: &Topic<'_>, candidate: &Candidate, asked: bool) -> f32 {
        let inside = self
            .taken
            .iter()
            .any(|(_, from, to)| *from < candidate.to && candidate.from < *to);
        if inside && !(asked && candidate.from == 0 && candidate.to == self.line.len()) {
            return -5.0;
        }
        let own = match self.group_told_apart(topic) {
            Some(group) => self.counts_group(group, candidate) || asked && people::is_list(self.line, candidate),
            None => {
                cues::counts(self.line, topic, candidate)
                    || self.is_numbered(topic, candidate)
                    || topic.people && (people::is_list(self.line, candidate) || self.expects(candidate))
            }
        };
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

    /// Whole numbers; a list of people adds up where people of any kind are counted.
    pub(super) fn counts(&self, topic: &Topic<'_>, asked: bool) -> Vec<Candidate> {
        let mut found = candidates(&AttributeType::Integer, self.line, self.context, asked);
        // "Just me" answers for adults too.
        let no_group = || {
            let mut words = 0..self.line.len();
            !words.any(|i| {
                Group::ALL
                    .iter()
                    .any(|group| group.stems().contains(&self.line.stem(i)))
            })
        };
        if topic.people && (self.group_told_apart(topic).is_none() || asked && no_group()) {
            people::add(self.line, &mut found, asked);
        }
        found
    }

    /// The group this attribute counts, where another attribute counts people too.
    fn group_told_apart(&self, topic: &Topic<'_>) -> Option<Group> {
        let rival = |other: &Topic<'_>| other.people && other.attribute.key != topic.attribute.key;
        if !topic.people || !self.topics.iter().any(rival) {
            return None;
        }
        Group::of(topic)
    }

    /// "Two kids", "2 small children".
    fn counts_group(&self, group: Group, candidate: &Candidate) -> bool {
        (candidate.to..candidate.to + 2)
            .take_while(|i| self.line.is_word(*i) && !self.line.is(*i, &["and", "or"]))
            .any(|i| group.stems().contains(&self.line.stem(i)))
    }

    /// "Question 5 please", where the number of a question is wanted.
    fn is_numbered(&self, topic: &Topic<'_>, candidate: &Candidate) -> bool {
        let numbered = topic.attribute.key.contains("num") || topic.attribute.name.to_lowercase().contains("number");
        let label = candidate.from.checked_sub(1);
        numbered && label.is_some_and(|at| self.line.is_word(at) && topic.says(self.line.stem(at)) > 0.0)
    }

    /// "Expect 7 now", "8 is the amount of people", "there's 14 of us".
    fn expects(&self, candidate: &Candidate) -> bool {
        let line = self.line;
        let before = line.before(candidate.from, 1);
        let ends = line.is_break(candidate.to) || line.is(candidate.to, &["now", "please", "then", "instead", "today"]);
        let expected = matches!(before, "expect" | "expecting") && ends;
        let told = line.is(candidate.to, &["is"])
            && (candidate.to + 1..candidate.to + 6)
                .take_while(|i| line.is_word(*i))
                .any(|i| cues::is_people(line.word(i)));
        expected || told
    }
}

/// A group of people that is counted apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Group {
    Adults,
    Children,
}

impl Group {
    const ALL: [Self; 2] = [Self::Adults, Self::Children];

    fn of(topic: &Topic<'_>) -> Option<Self> {
        let says = |group: Self| {
            let mut stems = topic.name.iter().chain(&topic.about);
            stems.any(|stem| group.stems().contains(&stem.as_str()))
        };
        match (says(Self::Adults), says(Self::Children)) {
            (true, false) => Some(Self::Adults),
            (false, true) => Some(Self::Children),
            _ => None,
        }
    }

    /// Stems of what they are called.
    fn stems(self) -> &'static [&'static str] {
        match self {
            Self::Adults => &["adult", "grown"],
            Self::Children => &["kid", "child", "children", "infant", "toddler", "babi"],
        }
    }
}

fn is_number(topic: &Topic<'_>) -> bool {
    matches!(topic.attribute.kind, AttributeType::Integer | AttributeType::Decimal)
}
