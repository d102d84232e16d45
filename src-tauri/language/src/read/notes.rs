//! Notes for colleagues: "note that the door was open", "leave a note with the old and the new date".

use taskwright_domain::{Meaning, Step, StepKind, Template};

use super::names::{Lookup, Named, Prefer};
use super::reader::{Reader, Spoken, trimmed};
use super::tell::sentence;
use super::token::{Kind, Token};

impl<'t, 'a> Reader<'t, 'a, '_> {
    /// The words of a note: quoted, or the values it names, or as the author put them.
    pub(super) fn note_in(&self, words: &[Token<'_>]) -> Option<Template> {
        let words = trimmed(words);
        if words.is_empty() || words.first()?.any(&["tag", "tagged", "tagging"]) {
            return None;
        }
        if let Some(quote) = words.iter().find(|t| t.kind == Kind::Quote) {
            return Some(Template::new(quote.low.clone()));
        }
        let skip = introduced(words);
        let about = without_place(&words[skip..]);
        if about.is_empty() {
            return None;
        }
        if let Some(changed) = self.what_changed(about) {
            return Some(changed);
        }
        let which = about.first().is_some_and(|t| t.any(&["which", "what"]));
        if which {
            let wanted = self.wanted(about);
            if let ([(at, ..)], true) = (wanted.values.as_slice(), wanted.unknown.is_empty()) {
                return Some(Template::new(labelled(self.names.value(*at))));
            }
        }
        let said_that = words[..skip].iter().any(|t| t.any(&["saying", "that", "says"]));
        let lines = if said_that {
            Vec::new()
        } else {
            self.values_listed(about)
        };
        if !lines.is_empty() {
            return Some(Template::new(lines.join("\n")));
        }
        Some(Template::new(sentence(&self.written(about))))
    }

    /// "the room number and the dose": a line for each value, none where one of them names no value.
    fn values_listed(&self, words: &[Token<'_>]) -> Vec<String> {
        let prefer = Prefer {
            askable: false,
            owner: self.said.it.as_deref(),
        };
        let mut lines = Vec::new();
        for part in super::ask::noun_phrases(words) {
            match self.names.lookup(part, prefer) {
                Lookup::One { at, .. } => lines.push(labelled(self.names.value(at))),
                _ => return Vec::new(),
            }
        }
        lines
    }

    /// "what changed": the values that the last change was given by the customer.
    fn what_changed(&self, words: &[Token<'_>]) -> Option<Template> {
        let [what, rest @ ..] = words else { return None };
        let changed = rest.iter().take(3).any(|t| t.any(&["changed", "changes", "change"]));
        if !(what.any(&["what", "whatever"]) && changed) {
            return None;
        }
        let action = self
            .catalogue()
            .action(self.said.action.as_ref()?)
            .filter(|action| action.changes_data)?;
        let lines: Vec<_> = action
            .inputs
            .iter()
            .filter_map(|input| self.names.reference(input.reference()?))
            .map(|at| self.names.value(at))
            .filter(|value| value.askable())
            .map(labelled)
            .collect();
        (!lines.is_empty()).then(|| Template::new(lines.join("\n")))
    }

    /// "the medicine and the dose": the first that names no value, in a list of which others do.
    fn half_known(&self, words: &'t [Token<'a>]) -> Option<&'t [Token<'a>]> {
        let thing = |part: &[Token<'_>]| {
            part.len() <= 4 && part.first().is_some_and(|t| t.any(&["the", "their", "his", "her"]))
        };
        // "a note of the room number"
        let note = words
            .iter()
            .position(|t| t.any(&["note", "comment"]))
            .map_or(0, |at| at + 1);
        let led = usize::from(words.get(note).is_some_and(|t| t.any(&["of", "with", "about", "on"])));
        let parts = super::ask::noun_phrases(trimmed(&words[if led > 0 { note + led } else { 0 }..]));
        if !parts.iter().all(|part| thing(part)) {
            return None;
        }
        if let [only] = parts.as_slice() {
            let data = super::lists::names_data(only) && self.note_in(words).is_some_and(|said| !said.0.contains('{'));
            return data.then_some(*only);
        }
        let prefer = Prefer {
            askable: false,
            owner: self.said.it.as_deref(),
        };
        let known = |part: &[Token<'_>]| matches!(self.names.lookup(part, prefer), Lookup::One { .. });
        let any = parts.iter().any(|part| known(part));
        parts.into_iter().find(|part| any && !known(part))
    }

    /// "note that the door was open", "leave a note with the old and the new date".
    pub(super) fn leave_note(&mut self, whole: &'t [Token<'a>], words: &'t [Token<'a>], steps: &mut Vec<Step>) {
        if let Some(unknown) = self.half_known(words) {
            let (span, said) = (self.span(unknown), self.written(unknown));
            let found = super::problems::unknown_value(&self.names, span, &said, None);
            self.problems.push(found);
            return self.lacking(
                whole,
                Meaning::Note,
                "Leaves a note with a value that no attribute holds yet",
                steps,
            );
        }
        let text = self
            .both_figures(words)
            .or_else(|| self.note_in(words))
            .unwrap_or_else(|| Template::new("See the conversation."));
        steps.push(self.step(whole, StepKind::Note { text: text.clone() }));
        self.note(whole, Spoken::new(Meaning::Note, format!("Leaves a note: {}", text.0)));
    }
}

/// How many words come before what a note holds: "leave a note saying that", "an internal note for Accounts saying".
fn introduced(words: &[Token<'_>]) -> usize {
    let skip = words
        .iter()
        .take_while(|t| {
            t.any(&[
                "note",
                "a",
                "an",
                "private",
                "the",
                "with",
                "saying",
                "that",
                "says",
                "including",
                "include",
                "containing",
                "contains",
                "about",
                "of",
                "along",
                "internal",
                "notes",
                "on",
                "summary",
                "comment",
                "for",
                "team",
                "colleagues",
            ])
        })
        .count();
    // "saying that the parcel was sent": the article belongs to what is said.
    let skip = words[..skip]
        .iter()
        .rposition(|t| t.any(&["that", "saying", "says"]))
        .map_or(skip, |at| at + 1);
    // "an internal note for Accounts saying that …": whose note it is, is no part of it.
    let led = words.iter().take(9).position(|t| t.any(&["that", "saying", "says"]));
    let led = led.filter(|at| words[..*at].iter().any(|t| t.any(&["note", "notes", "comment"])));
    led.map_or(skip, |at| {
        let more = words[at + 1..].first().is_some_and(|t| t.is("that"));
        skip.max(at + 1 + usize::from(more))
    })
}

/// "the booking number for the report": without where it is noted.
fn without_place<'t, 'a>(about: &'t [Token<'a>]) -> &'t [Token<'a>] {
    match about
        .iter()
        .rposition(|t| t.any(&["for", "in", "into"]))
        .filter(|at| *at > 0)
    {
        Some(at)
            if about[at..]
                .iter()
                .any(|t| t.any(&["note", "notes", "report", "survey", "file", "records", "later"])) =>
        {
            &about[..at]
        }
        _ => about,
    }
}

/// A value under its name: "Room number: {room_number}".
pub(super) fn labelled(value: &Named) -> String {
    format!(
        "{}: {{{}}}",
        sentence(&value.label).trim_end_matches('.'),
        value.reference
    )
}
