//! Jumps: "go back to step 2", "continue with the refund", "start over".

use taskwright_domain::{Meaning, Step, StepKind};

use super::reader::{Reader, Spoken};
use super::token::{Kind, Token};
use super::verbs::Verb;

/// Words that lead to where it goes on, and name no place.
const LEADS: [&str; 14] = [
    "to",
    "the",
    "with",
    "on",
    "back",
    "straight",
    "directly",
    "step",
    "steps",
    "section",
    "following",
    "a",
    "and",
    "of",
];

/// Words for what comes next anyway.
const ONWARD: [&str; 14] = [
    "next",
    "below",
    "on",
    "then",
    "normally",
    "usual",
    "as",
    "rest",
    "forward",
    "immediately",
    "remaining",
    "ahead",
    "it",
    "this",
];

impl<'t, 'a> Reader<'t, 'a, '_> {
    /// "go back to step 2", "continue with the refund", "start over".
    pub(super) fn jump(&mut self, whole: &'t [Token<'a>], words: &'t [Token<'a>], verb: Verb, steps: &mut Vec<Step>) {
        let rest = &words[verb.length..];
        let at_most = self.times_in(words).unwrap_or(3);
        if let Some((number, _)) = self.steps_named(rest)
            && let Some(at) = self.outline.numbered.get(&number)
        {
            let to = self.tokens[*at].span.start;
            return self.jump_to(whole, to, at_most, &format!("Goes to step {number}"), steps);
        }
        if let Some((number, _)) = self.steps_named(rest) {
            return self.unclear(whole, &format!("There is no step {number}."), None, steps);
        }
        if matches!(verb.lemma, "start") || rest.iter().any(|t| t.any(&["beginning", "start", "top"])) {
            let to = self.tokens.first().map_or(0, |t| t.span.start);
            return self.jump_to(whole, to, at_most, "Starts again from the beginning", steps);
        }
        let said: Vec<_> = rest.iter().filter(|t| t.kind == Kind::Word && !t.any(&LEADS)).collect();
        let onward = said.iter().all(|t| t.any(&ONWARD));
        if onward {
            return self.note(whole, Spoken::new(Meaning::Jump, "Goes on with the next step"));
        }
        let words_said: Vec<_> = said.iter().map(|t| t.low.as_str()).collect();
        if let Some((name, at)) = self
            .outline
            .headings
            .iter()
            .find(|(name, _)| words_said.iter().all(|w| name.contains(w)))
        {
            let to = self.tokens.get(*at).map_or(0, |t| t.span.start);
            let plain = format!("Goes to \u{201c}{name}\u{201d}");
            return self.jump_to(whole, to, at_most, &plain, steps);
        }
        if let Some(to) = self.place_of(rest) {
            return self.jump_to(whole, to, at_most, "Goes back to that step", steps);
        }
        if matches!(verb.lemma, "skip" | "go" | "jump" | "continue")
            && let Some(to) = self.place_ahead(whole, rest)
        {
            return self.jump_to(whole, to, at_most, "Goes on where that is dealt with", steps);
        }
        // "continue with the refund": the action is named further on, or is run here.
        if let Some((deed, at)) = self.deed_in(rest)
            && matches!(verb.lemma, "continue" | "proceed" | "go" | "carry" | "move")
        {
            let lemma = rest[at].low.clone();
            if self.action_of(deed, &lemma, &rest[at + 1..]).is_some() {
                return self.note(
                    whole,
                    Spoken::new(Meaning::Jump, "Goes on with the next step").guessed(),
                );
            }
        }
        if matches!(verb.lemma, "continue" | "proceed" | "carry" | "move") && rest.len() <= 2 {
            return self.note(whole, Spoken::new(Meaning::Jump, "Goes on with the next step"));
        }
        self.unclear(
            whole,
            "Where should it go on? Name a numbered step, e.g. \u{201c}go to step 2\u{201d}.",
            None,
            steps,
        );
    }

    /// "skip straight to the ticket": where a later sentence first does something with it.
    fn place_ahead(&self, whole: &[Token<'_>], words: &[Token<'_>]) -> Option<u32> {
        let [noun] = super::names::content(words)[..] else {
            return None;
        };
        if !words.iter().any(|t| t.is("straight")) && !words.iter().any(|t| t.is("directly")) {
            return None;
        }
        let from = whole.last()?.span.end;
        let at = self.tokens.partition_point(|t| t.span.start < from);
        let later = super::split::sentences(&self.tokens[at..]);
        let deals = |sentence: &&&[Token<'_>]| {
            sentence.iter().any(|t| t.stem == noun.stem) && super::split::is_command(sentence)
        };
        let sentence = later.iter().find(deals)?;
        sentence.iter().find(|t| !t.is_mark()).map(|t| t.span.start)
    }

    fn jump_to(&mut self, whole: &[Token<'_>], to: u32, at_most: u32, plain: &str, steps: &mut Vec<Step>) {
        steps.push(self.step(whole, StepKind::Jump { to, at_most }));
        self.note(whole, Spoken::new(Meaning::Jump, plain).sure(true));
    }

    /// Where the words' question or look-up stands: "back to asking for the date", "look it up again".
    fn place_of(&self, words: &[Token<'_>]) -> Option<u32> {
        let wanted = self.wanted(words);
        let (at, ..) = wanted.values.first()?;
        let key = &self.names.value(*at).reference;
        self.said
            .asks
            .iter()
            .find(|(asked, _)| asked == key)
            .map(|(_, span)| span.start)
    }
}
