//! Yes and no: where they were asked for, or where a message says or denies the attribute's own words.

use taskwright_domain::Value;

use super::cues::{self, Topic};
use super::fill::View;
use super::{consent, phrases};
use crate::values::{Candidate, Line, Polarity, Strength, find_answers};

/// Stems of names that say nothing of what the yes or no is about.
const PLAIN: [&str; 8] = ["paid", "option", "servic", "good", "next", "free", "want", "requir"];

impl View<'_> {
    /// Yes and no where they were asked for; else the attribute's own words, said or denied.
    pub(super) fn booleans(&self, topic: &Topic<'_>, asked: bool) -> Vec<Candidate> {
        let line = self.line;
        let made = |from, to, yes| Candidate::new(line, from, to, Value::Boolean(yes), Strength::Strong);
        if asked {
            if let Some((at, yes)) = consent::second_thought(line, cues::is_about_working(topic)) {
                return vec![made(at, line.len(), yes)];
            }
            let answers = find_answers(line);
            if let Some(answer) = answers.iter().find(|a| a.polarity != Polarity::Unsure) {
                return vec![made(answer.from, answer.to, answer.polarity == Polarity::Yes)];
            }
            if !answers.is_empty() {
                return Vec::new();
            }
            // "12 kilos and yes, it is glass."
            let joined =
                |i: &usize| line.is(*i, &["yes", "no"]) && line.is(i.wrapping_sub(1), &["and"]) && line.is_break(i + 1);
            if let Some(at) = (1..line.len()).find(joined).filter(|_| self.asked.len() > 1) {
                return vec![made(at, at + 1, line.is(at, &["yes"]))];
            }
            if let Some((at, well)) = cues::how_it_goes(line).filter(|_| cues::is_about_working(topic)) {
                return vec![made(at, at + 1, well)];
            }
        }
        if phrases::imitates_instructions(line) {
            return Vec::new();
        }
        let spoken = if asked { self.spoken_of(topic) } else { self.told(topic) };
        let sure = |(from, _): &(usize, usize)| !cues::in_question(line, *from) && !is_wondered(line, *from);
        let Some((from, to)) = spoken.filter(sure) else {
            return Vec::new();
        };
        vec![made(from, to, !(from..to).any(|i| denied(line, i)))]
    }

    /// Where the message speaks of what was asked: its own words, or some of them.
    fn spoken_of(&self, topic: &Topic<'_>) -> Option<(usize, usize)> {
        let places = self.places(&own_stems(topic));
        Some((*places.iter().min()?, places.iter().max()? + 1))
    }

    /// Where a message that was not asked tells it all the same: all of its words, at least two, close together, and
    /// nothing that makes them a wish to know.
    fn told(&self, topic: &Topic<'_>) -> Option<(usize, usize)> {
        if let Some(found) = friendly(self.line, topic) {
            return Some(found);
        }
        let stems = all_stems(topic);
        let places = self.places(&stems);
        let (from, to) = (*places.iter().min()?, places.iter().max()? + 1);
        let whole = stems.len() >= 2 && places.len() == stems.len() && to - from <= 8;
        let needed = stems.len() == 1
            && (1..=3).any(|back| matches!(self.line.before(from, back), "need" | "needs"))
            && topic.attribute.key.contains("need");
        let open = |i: usize| {
            self.line.is(
                i,
                &[
                    "if", "whether", "about", "or", "how", "what", "when", "where", "why", "which", "can", "could",
                    "does", "do", "is", "are", "may", "should", "would",
                ],
            )
        };
        let start = (0..from)
            .rev()
            .find(|i| self.line.is(*i, &[".", "!", "?", ";", ","]))
            .map_or(0, |i| i + 1);
        ((whole || needed) && !(start..to).any(open)).then_some((from, to))
    }

    /// Where each of the stems stands first.
    fn places(&self, stems: &[&String]) -> Vec<usize> {
        let stands = |stem: &&String| {
            (0..self.line.len()).find(|i| self.line.is_word(*i) && self.line.stem(*i) == stem.as_str())
        };
        stems.iter().filter_map(stands).collect()
    }
}

/// The stems of an attribute's name, each once.
fn all_stems<'t>(topic: &'t Topic<'_>) -> Vec<&'t String> {
    // A key such as "needparking" repeats the name's words in one.
    let repeats = |stem: &str| topic.name.len() > 1 && stem == topic.attribute.key && !stem.contains('_');
    let mut stems: Vec<&String> = topic.name.iter().filter(|stem| !repeats(stem)).collect();
    stems.sort();
    stems.dedup();
    stems
}

/// Those that say what its yes or no is about.
fn own_stems<'t>(topic: &'t Topic<'_>) -> Vec<&'t String> {
    let mut stems = all_stems(topic);
    stems.retain(|stem| !PLAIN.contains(&stem.as_str()));
    stems
}

/// "If I paid it", "whether it is": no yes yet.
fn is_wondered(line: &Line, at: usize) -> bool {
    let clause = |i: &usize| !line.is_break(*i);
    (1..=4)
        .filter_map(|back| at.checked_sub(back))
        .take_while(clause)
        .any(|i| line.is(i, &["if", "whether", "remember"]))
}

/// "Child-friendly" says that it is good for kids.
fn friendly(line: &Line, topic: &Topic<'_>) -> Option<(usize, usize)> {
    const KIN: [&[&str]; 3] = [
        &["kid", "child", "children", "famili", "toddler"],
        &["pet", "dog", "cat", "anim"],
        &["vegetarian", "vegan", "veggi"],
    ];
    let group = KIN
        .iter()
        .find(|group| topic.name.iter().any(|stem| group.contains(&stem.as_str())))?;
    (0..line.len()).find_map(|at| {
        let end = at + 1 + usize::from(line.is(at + 1, &["-"]));
        (group.contains(&line.stem(at)) && line.is(end, &["friendly"])).then_some((at, end + 1))
    })
}

/// "Not", "no", "without" or "doesn't have to be" before a word, in its clause.
fn denied(line: &Line, at: usize) -> bool {
    let clause = |i: &usize| !line.is_break(*i) && !line.is(*i, &["but", "and", "just", "only"]);
    crate::values::negated(line, at)
        || (1..=5)
            .filter_map(|back| at.checked_sub(back))
            .take_while(clause)
            .any(|i| line.word(i).ends_with("n't") || line.is(i, &["not", "no", "without", "never", "stopped"]))
}
