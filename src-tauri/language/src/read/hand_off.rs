//! Handing off to people: "hand off to Billing with a note", "get a person".

use taskwright_domain::{LinkTarget, Meaning, Problem, ProblemCode, Severity, Span, Step, StepKind, Template};

use super::conditions::link_over;
use super::problems::{self, problem};
use super::reader::{Reader, Spoken, trimmed};
use super::token::{Kind, Token};

/// Words for people in general: no name of a team.
const ANYBODY: [&str; 28] = [
    "person",
    "human",
    "agent",
    "colleague",
    "someone",
    "team",
    "support",
    "teammate",
    "operator",
    "representative",
    "rep",
    "people",
    "us",
    "them",
    "specialist",
    "supervisor",
    "manager",
    "member",
    "staff",
    "customer",
    "service",
    "real",
    "live",
    "agents",
    "humans",
    "next",
    "available",
    "advisor",
];

impl<'t, 'a> Reader<'t, 'a, '_> {
    /// Whether "to …" leads to a team.
    pub(super) fn names_team(&self, words: &[Token<'_>]) -> bool {
        words
            .iter()
            .position(|t| t.any(&["to", "with"]))
            .is_some_and(|at| self.names.team_at(&words[at + 1..]).is_some())
    }

    /// "hand off to Billing with a note", "get a person".
    pub(super) fn hand_off(&mut self, whole: &'t [Token<'a>], words: &'t [Token<'a>], steps: &mut Vec<Step>) {
        let cut = words
            .iter()
            .position(|t| t.any(&["tag", "tagged", "tagging"]) || t.any(&["note", "including", "along"]))
            .unwrap_or(words.len());
        let (destination, extra) = words.split_at(cut);
        if let Some(at) = extra.iter().position(|t| t.any(&["tag", "tagged", "tagging"])) {
            self.add_tags(whole, &extra[at + 1..], steps);
        }
        let team = self.names.team(destination).or_else(|| self.names.team(words));
        let same = destination
            .windows(2)
            .any(|pair| pair[0].is("same") && pair[1].any(&["team", "people"]));
        let team_id = team
            .map(|at| self.names.teams[at].0.clone())
            .or_else(|| self.said.team.clone().filter(|_| same));
        if team_id.is_none()
            && let Some(problem) = self.unknown_team(destination)
        {
            self.problems.push(problem);
            let meaning = Meaning::HandOff { team: None };
            return self.lacking(whole, meaning, "Hands off, but no team has this name", steps);
        }
        let note = match in_the_note(words) {
            Some(about) => self.note_in(about),
            None => self.note_in(extra),
        };
        // "with a note" of no words of its own.
        let bare = extra.last().is_some_and(|t| t.is("note"));
        let note = note.or_else(|| bare.then(|| Template::new("See the conversation.")));
        if let Some(note) = &note {
            self.need_for_note(whole, note, steps);
        }
        let words_said = extra.is_empty().then_some(()).and_then(|()| self.words_in(destination));
        steps.push(self.step(
            whole,
            StepKind::HandOff {
                team: team_id.clone(),
                words: words_said,
                note,
            },
        ));
        let name = team.map(|at| self.names.teams[at].1.clone());
        let plain = match &name {
            Some(name) => format!("Hands off to {name}"),
            None if same => "Hands off to the same team".to_owned(),
            None => "Hands off to a person".to_owned(),
        };
        let links = team_id
            .clone()
            .map(|team| link_over(trimmed(destination), LinkTarget::Team { team }))
            .unwrap_or_default();
        self.said.team.clone_from(&team_id);
        self.note(
            whole,
            Spoken::new(Meaning::HandOff { team: team_id }, plain)
                .links(links)
                .sure(name.is_some()),
        );
    }

    /// What a note to colleagues holds and only the customer knows is asked for first.
    fn need_for_note(&mut self, whole: &[Token<'_>], note: &Template, steps: &mut Vec<Step>) {
        let known = |key: &str| self.said.asks.iter().any(|(asked, _)| asked == key);
        let attributes: Vec<String> = note
            .references()
            .filter(|key| !known(key) && self.names.values.iter().any(|v| v.reference == *key && v.askable()))
            .map(str::to_owned)
            .collect();
        if !attributes.is_empty() {
            steps.push(self.step(whole, StepKind::Need { attributes }));
        }
    }

    /// Words said at the hand-off, when quoted.
    fn words_in(&self, words: &[Token<'_>]) -> Option<Template> {
        words
            .iter()
            .find(|t| t.kind == Kind::Quote)
            .filter(|t| t.low.contains(' '))
            .map(|t| Template::new(t.low.clone()))
    }

    /// A team that nobody made: "hand off to the Vet Desk".
    fn unknown_team(&self, words: &[Token<'_>]) -> Option<Problem> {
        let at = words.iter().position(|t| t.any(&["to", "with"]))?;
        let end = words[at + 1..]
            .iter()
            .position(|t| {
                t.is_mark() || t.any(&["and", "with", "for", "so", "because", "who", "if", "as", "immediately"])
            })
            .map_or(words.len(), |more| at + 1 + more);
        let named: Vec<_> = words[at + 1..end]
            .iter()
            .filter(|t| !t.any(&["the", "a", "an", "our", "another"]))
            .collect();
        let telling: Vec<_> = named
            .iter()
            .filter(|t| t.kind == Kind::Word && !t.any(&ANYBODY))
            .collect();
        let capital = telling.iter().any(|t| t.capital);
        let with_team = named.iter().any(|t| t.any(&["team", "desk", "department"])) && !telling.is_empty();
        if !(capital || with_team) {
            return None;
        }
        let name = telling.iter().map(|t| t.text).collect::<Vec<_>>().join(" ");
        let span = Span::new(named.first()?.span.start, named.last()?.span.end);
        let mut found = problem(
            ProblemCode::UnknownTeam,
            Severity::Blocks,
            span,
            format!("There is no team \u{201c}{name}\u{201d}."),
        );
        for near in problems::nearest(&name, self.names.teams.iter().map(|(_, name, _)| name.as_str()), 2) {
            found.remedies.push(problems::remedy(
                format!("Use {near}"),
                taskwright_domain::Fix::Replace {
                    span,
                    text: near.to_owned(),
                },
            ));
        }
        found.remedies.push(problems::remedy(
            format!("Add the team \u{201c}{name}\u{201d}"),
            taskwright_domain::Fix::AddTeam { name },
        ));
        Some(found)
    }
}

/// "hand off to Returns with the photo in the note": what the note holds.
fn in_the_note<'t, 'a>(words: &'t [Token<'a>]) -> Option<&'t [Token<'a>]> {
    let note = words.iter().position(|t| t.any(&["note", "notes"]))?;
    let from = words[..note].iter().position(|t| t.any(&["with", "w", "including"]))?;
    let end = words[..note]
        .iter()
        .rposition(|t| t.is("in"))
        .filter(|end| *end > from + 1)?;
    let skip = usize::from(words[from + 1].mark('/'));
    Some(&words[from + 1 + skip..end])
}
