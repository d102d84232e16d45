//! Handing off, tags, notes, waits, ends, repeats and jumps.

use taskwright_domain::{
    Condition, LinkTarget, Meaning, Outcome, Problem, ProblemCode, Severity, Span, Step, StepKind, Template,
};

use super::conditions::{Conditions, link_over};
use super::constants::count_at;
use super::names::{Lookup, Prefer};
use super::problems::{self, problem};
use super::reader::{Reader, Spoken, trimmed};
use super::tell::sentence;
use super::token::{Kind, Token};
use super::verbs::{Deed, Verb, verb_at};
use super::waits::{Limit, limit_in, said_for_then};

/// "2 minutes", "for an hour or so": nothing but a length of time.
fn is_pause(words: &[Token<'_>]) -> bool {
    let words = trimmed(words);
    let skip = words
        .iter()
        .take_while(|t| t.any(&["for", "about", "another", "at", "least"]))
        .count();
    super::constants::period_at(words, skip).is_some_and(|read| {
        words[read.end..]
            .iter()
            .all(|t| t.any(&["or", "so", "more"]) || t.is_mark())
    })
}

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
        let generic = [
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
        let telling: Vec<_> = named
            .iter()
            .filter(|t| t.kind == Kind::Word && !t.any(&generic))
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

    /// The words of a note: quoted, or the values it names, or as the author put them.
    fn note_in(&self, words: &[Token<'_>]) -> Option<Template> {
        let words = trimmed(words);
        if words.is_empty() || words.first()?.any(&["tag", "tagged", "tagging"]) {
            return None;
        }
        if let Some(quote) = words.iter().find(|t| t.kind == Kind::Quote) {
            return Some(Template::new(quote.low.clone()));
        }
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
        let skip = led.map_or(skip, |at| {
            let more = words[at + 1..].first().is_some_and(|t| t.is("that"));
            skip.max(at + 1 + usize::from(more))
        });
        let about = &words[skip..];
        // "the booking number for the report"
        let about = match about
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
        };
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
                let value = self.names.value(*at);
                return Some(Template::new(format!(
                    "{}: {{{}}}",
                    sentence(&value.label).trim_end_matches('.'),
                    value.reference
                )));
            }
        }
        let said_that = words[..skip].iter().any(|t| t.any(&["saying", "that", "says"]));
        let mut lines = Vec::new();
        if !said_that {
            for part in super::ask::noun_phrases(about) {
                match self.names.lookup(
                    part,
                    Prefer {
                        askable: false,
                        owner: self.said.it.as_deref(),
                    },
                ) {
                    Lookup::One { at, .. } => {
                        let value = self.names.value(at);
                        lines.push(format!(
                            "{}: {{{}}}",
                            sentence(&value.label).trim_end_matches('.'),
                            value.reference
                        ));
                    }
                    _ => {
                        lines.clear();
                        break;
                    }
                }
            }
        }
        if !lines.is_empty() {
            return Some(Template::new(lines.join("\n")));
        }
        Some(Template::new(sentence(&self.written(about))))
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
            .map(|value| {
                format!(
                    "{}: {{{}}}",
                    sentence(&value.label).trim_end_matches('.'),
                    value.reference
                )
            })
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

    /// "tag it vip", "add the tags late and refund", "remove the tag open".
    pub(super) fn tag(&mut self, whole: &'t [Token<'a>], words: &'t [Token<'a>], verb: Verb, steps: &mut Vec<Step>) {
        let rest = &words[verb.length..];
        let tags = tags_in(rest);
        // "tag it with the product name": the name of a value is no tag.
        let with = rest
            .iter()
            .position(|t| t.any(&["with", "as"]))
            .map_or(rest, |at| &rest[at + 1..]);
        let value = with.first().is_some_and(|t| t.any(&["the", "their"]))
            && !with.iter().any(|t| t.kind == Kind::Quote)
            && (super::lists::names_data(trimmed(with))
                || matches!(
                    self.names.lookup(trimmed(with), Prefer::default()),
                    Lookup::One { sure: true, .. }
                ));
        if tags.is_empty() || value {
            let (span, text) = (self.span(whole), self.written(whole));
            self.problems
                .push(super::problems::unclear(span, &text, "Which tag?", None));
            return self.lacking(whole, Meaning::Tag, "Tags the conversation, but with what?", steps);
        }
        let removes = verb.deed == Deed::Delete;
        let plain = if removes {
            format!("Removes the tag {}", tags.join(", "))
        } else {
            format!("Tags the conversation {}", tags.join(", "))
        };
        let kind = if removes {
            StepKind::Tag {
                add: Vec::new(),
                remove: tags,
            }
        } else {
            StepKind::Tag {
                add: tags,
                remove: Vec::new(),
            }
        };
        steps.push(self.step(whole, kind));
        self.note(whole, Spoken::new(Meaning::Tag, plain).sure(true));
    }

    fn add_tags(&mut self, whole: &[Token<'_>], words: &[Token<'_>], steps: &mut Vec<Step>) {
        let tags = tags_in(words);
        if !tags.is_empty() {
            steps.push(self.step(
                whole,
                StepKind::Tag {
                    add: tags,
                    remove: Vec::new(),
                },
            ));
        }
    }

    /// Whether words speak of a wait for a webhook of this task.
    pub(super) fn waits_for(&self, words: &[Token<'_>]) -> bool {
        self.names.webhook(words).is_some()
    }

    /// "wait for the identity result".
    pub(super) fn wait(&mut self, whole: &'t [Token<'a>], words: &'t [Token<'a>], steps: &mut Vec<Step>) {
        let customer = words.iter().any(|t| {
            t.any(&[
                "reply",
                "customer",
                "answer",
                "yes",
                "them",
                "ok",
                "confirmation",
                "confirm",
                "they",
            ])
        });
        let generic = words.iter().all(|t| {
            t.is_mark()
                || super::names::is_filler(&t.low)
                || t.kind == Kind::Number
                || t.any(&[
                    "until",
                    "result",
                    "response",
                    "webhook",
                    "callback",
                    "answer",
                    "check",
                    "comes",
                    "arrives",
                    "back",
                    "come",
                    "arrive",
                    "system",
                    "other",
                    "it",
                    "event",
                    "minutes",
                    "hours",
                    "up",
                    "received",
                    "verification",
                ])
        });
        // "Ask for a photo and wait for it": an answer is waited for anyway.
        let answer = matches!(trimmed(words), [what] | [_, what] if what.is("it"));
        if answer && self.said.asked.is_some() {
            return self.context(whole);
        }
        let pause = is_pause(words);
        let only = self.names.webhooks.len() == 1 && !customer && generic && !pause;
        let at = self.names.webhook(words).or_else(|| only.then_some(0));
        let Some(at) = at else {
            if words
                .iter()
                .any(|t| t.any(&["yes", "ok", "confirmation", "confirm", "approval", "consent"]))
            {
                return self.confirm(whole, words, steps);
            }
            if customer && limit_in(words) == Limit::None {
                return self.context(whole);
            }
            let reason = if customer {
                "How long a customer may take to answer cannot be limited. They are waited for anyway."
            } else if pause {
                "Only a webhook can be waited for. To give the customer time, ask them to tell you when they are ready."
            } else {
                "Which \u{201c}Wait for webhook\u{201d} block is meant? Add one, then name it here."
            };
            return self.unclear(whole, reason, None, steps);
        };
        let key = self.names.webhooks[at].0.clone();
        let (limit, then) = match limit_in(words) {
            Limit::None => (None, None),
            Limit::Own { period, from, to } => (Some(period), said_for_then(words, to).map(|then| (from, then))),
            Limit::Not(reason) => {
                let (span, text) = (self.span(whole), self.written(whole));
                self.problems.push(problems::unclear(span, &text, reason, None));
                return self.lacking(whole, Meaning::Wait { key }, "Waits, but for how long?", steps);
            }
        };
        let own = match then.and_then(|(_, then)| then.first()) {
            Some(first) => &whole[..whole.partition_point(|t| t.span.start < first.span.start)],
            None => whole,
        };
        let plain = self.wait_words(&key, limit);
        let wait = StepKind::Wait {
            key: key.clone(),
            limit,
        };
        steps.push(self.step(own, wait));
        self.said.it = Some(key.clone());
        self.said.waiting = Some(key.clone());
        let links = link_over(trimmed(words), LinkTarget::Webhook { key: key.clone() });
        self.note(own, Spoken::new(Meaning::Wait { key: key.clone() }, plain).links(links));
        if let Some((from, then)) = then {
            let end = then.first().map_or(0, |t| t.span.start);
            let to = words.partition_point(|t| t.span.start < end);
            let _ = self.timed_out(key, &words[from..to], then, steps);
        }
    }

    /// "end the task", "stop here".
    pub(super) fn finish(&mut self, whole: &[Token<'_>], steps: &mut Vec<Step>) {
        let outcome = self.outcome_here(steps);
        steps.push(self.step(whole, StepKind::Finish { outcome }));
        let plain = match outcome {
            Outcome::Done => "Ends the task",
            Outcome::NotPossible => "Ends the task as not possible",
            Outcome::Cancelled => "Ends the task as stopped by the customer",
            Outcome::HandedOff => "Ends the task as handed off",
        };
        self.note(whole, Spoken::new(Meaning::Finish { outcome }, plain).sure(true));
    }

    fn outcome_here(&self, steps: &[Step]) -> Outcome {
        if self.declined() {
            return Outcome::Cancelled;
        }
        let refuses = |step: &Step| match &step.kind {
            StepKind::Inform { words } => {
                let low = words.0.to_lowercase();
                [
                    "can't",
                    "cannot",
                    "can\u{2019}t",
                    "unable",
                    "not possible",
                    "unfortunately",
                    "sorry",
                    "no longer",
                ]
                .iter()
                .any(|word| low.contains(word))
            }
            _ => false,
        };
        if !self.under.is_empty() && steps.iter().any(refuses) {
            Outcome::NotPossible
        } else {
            Outcome::Done
        }
    }

    /// How many times: "up to three times", "two more attempts", "once more".
    pub(super) fn times_in(&self, words: &[Token<'_>]) -> Option<u32> {
        for at in 0..words.len() {
            // "once you have it" is no number of times.
            let clause = words[at].is("once")
                && words.get(at + 1).is_some_and(|t| {
                    t.any(&[
                        "you", "they", "we", "it", "the", "this", "that", "he", "she", "there", "their",
                    ])
                });
            if words[at].any(&["once", "twice"]) && !clause && !(at == 0 && words.len() > 3) {
                return Some(if words[at].is("once") { 1 } else { 2 });
            }
            if words[at].is("one") && words.get(at + 1).is_some_and(|t| t.is("more")) {
                return Some(1);
            }
            let Some(read) = count_at(words, at) else { continue };
            let unit = |t: &Token<'_>| {
                t.any(&[
                    "times", "time", "tries", "attempts", "attempt", "retries", "rounds", "round", "retry", "repeats",
                    "go", "goes", "x", "max", "maximum",
                ])
            };
            let next = words.get(read.end..).unwrap_or(&[]);
            if next.iter().take(2).any(unit) {
                return Some(read.value.clamp(1, 20));
            }
        }
        None
    }

    /// "repeat up to two times until it works": the steps before are done again.
    pub(super) fn repeat(
        &mut self,
        whole: &'t [Token<'a>],
        words: &'t [Token<'a>],
        steps: &mut Vec<Step>,
    ) -> Option<Condition> {
        let verb = verb_at(words, 0);
        let times = self.times_in(words);
        // An action that is called "Retry …".
        if let Some(verb) = verb.filter(|v| matches!(v.lemma, "retry" | "repeat"))
            && let super::actions::Match::One { at, .. } =
                self.match_action(Deed::Repeat, verb.lemma, without_times(&words[verb.length..]))
            && self.names.actions[at].deed == Some(Deed::Repeat)
        {
            self.run(whole, words, at, false, steps);
            if let Some(times) = times {
                let action = self.names.actions[at].id.clone();
                self.write_rule(whole, vec![action], taskwright_domain::Guard::AtMost { times }, None);
            }
            return None;
        }
        let spoken =
            words.iter().any(|t| t.any(&["back", "customer", "them"])) && words.iter().any(|t| t.any(&["to", "back"]));
        if verb.is_some_and(|v| v.lemma == "repeat") && spoken && times.is_none() {
            self.give(whole, &words[1..], steps);
            return None;
        }
        let plain = words.iter().skip(1).all(|t| {
            t.is_mark()
                || t.any(&[
                    "this", "that", "it", "again", "the", "step", "steps", "these", "above", "previous", "process",
                    "same", "until", "if", "needed", "try", "before",
                ])
        });
        if times.is_none()
            && !plain
            && !words.iter().any(|t| t.is("until"))
            && self.steps_named(words).is_none()
            && !words.iter().any(|t| t.is("again"))
        {
            self.unclear(whole, "What should be repeated, and how often?", None, steps);
            return None;
        }
        let until = words.iter().position(|t| t.is("until")).map(|at| &words[at + 1..]);
        let until = until
            .and_then(|words| Conditions::new(&self.names, &self.said).read(words).ok())
            .map(|got| got.condition);
        let of_action = self.under.iter().any(|c| matches!(c, Condition::Action { .. }));
        let again = words.iter().any(|t| t.any(&["again", "more", "retry"]));
        if of_action && (again || verb.is_some_and(|v| v.lemma == "retry")) {
            return self.retry_action(whole, times.unwrap_or(1), steps);
        }
        if let Some(range) = self.steps_named(words)
            && self.repeat_range(whole, range, times.unwrap_or(2), until.clone(), steps)
        {
            return None;
        }
        if steps.is_empty() {
            // Back to the last question, within bounds.
            if let Some((key, asked)) = self.said.asks.last().cloned() {
                let span = self
                    .said
                    .trial
                    .filter(|trial| trial.start < asked.start)
                    .unwrap_or(asked);
                let at_most = times.unwrap_or(2);
                steps.push(self.step(
                    whole,
                    StepKind::Jump {
                        to: span.start,
                        at_most,
                    },
                ));
                let label = self.label(&key);
                self.note(
                    whole,
                    Spoken::new(
                        Meaning::Repeat { at_most: Some(at_most) },
                        format!("Goes back, at most {at_most} times, and asks for {label} again"),
                    ),
                );
                return None;
            }
            self.unclear(whole, "What should be repeated?", None, steps);
            return None;
        }
        let more = u32::from(again && !words.iter().any(|t| t.any(&["total"])));
        let at_most = times.map_or(3, |times| times + more);
        let from = group_start(steps);
        let inner = steps.split_off(from);
        let until = until.or_else(|| self.works(&inner));
        let start = inner.first().map_or(self.span(whole), |step| step.span);
        let plain = match &until {
            Some(until) => format!(
                "Does the steps before at most {at_most} times, until {}",
                super::describe::condition(until, self.names.catalogue)
            ),
            None => format!("Does the steps before at most {at_most} times"),
        };
        steps.push(Step {
            span: start,
            kind: StepKind::Repeat {
                steps: inner,
                at_most,
                until,
            },
        });
        self.note(whole, Spoken::new(Meaning::Repeat { at_most: Some(at_most) }, plain));
        None
    }

    /// The answer that ends a repeat: the yes-or-no asked last in it, when it is about success.
    pub(super) fn works(&self, steps: &[Step]) -> Option<Condition> {
        let key = steps.iter().rev().find_map(|step| match &step.kind {
            StepKind::Ask { attribute, .. } => Some(attribute),
            _ => None,
        })?;
        let value = self.names.values.iter().find(|value| value.reference == *key)?;
        let success = ["fix", "help", "work", "solv", "resolv", "succeed"];
        let about = matches!(value.kind, taskwright_domain::AttributeType::Boolean)
            && value.field_stems.iter().any(|s| success.contains(&s.text.as_str()));
        about.then(|| Condition::Test {
            subject: super::conditions::refer(key),
            comparison: taskwright_domain::Comparison::Is {
                to: taskwright_domain::Operand::Constant {
                    value: taskwright_domain::Value::Boolean(true),
                },
            },
        })
    }

    /// "steps 2 and 3", "step 2".
    fn steps_named(&self, words: &[Token<'_>]) -> Option<(u32, u32)> {
        let at = words.iter().position(|t| t.any(&["step", "steps"]))?;
        let first = count_at(words, at + 1)?;
        let last = words
            .get(first.end)
            .filter(|t| t.any(&["and", "to", "through"]) || t.mark('-') || t.mark('–'))
            .and_then(|_| count_at(words, first.end + 1));
        Some((first.value, last.map_or(first.value, |read| read.value)))
    }

    fn repeat_range(
        &mut self,
        whole: &[Token<'_>],
        (first, last): (u32, u32),
        at_most: u32,
        until: Option<Condition>,
        steps: &mut Vec<Step>,
    ) -> bool {
        let place = |number: u32| self.outline.numbered.get(&number).map(|at| self.tokens[*at].span.start);
        let (Some(from), Some(_)) = (place(first), place(last)) else {
            return false;
        };
        let end = place(last + 1).unwrap_or(u32::MAX);
        let Some(start) = steps
            .iter()
            .position(|step| step.span.start >= from && step.span.start < end)
        else {
            // The steps stand elsewhere: go back to the first of them.
            steps.push(self.step(whole, StepKind::Jump { to: from, at_most }));
            self.note(
                whole,
                Spoken::new(
                    Meaning::Repeat { at_most: Some(at_most) },
                    format!("Goes back to step {first}, at most {at_most} times"),
                ),
            );
            return true;
        };
        let stop = steps
            .iter()
            .rposition(|step| step.span.start < end)
            .map_or(start, |at| at + 1);
        let inner: Vec<_> = steps.drain(start..stop).collect();
        let until = until.or_else(|| self.works(&inner));
        let span = inner.first().map_or(self.span(whole), |step| step.span);
        steps.insert(
            start,
            Step {
                span,
                kind: StepKind::Repeat {
                    steps: inner,
                    at_most,
                    until,
                },
            },
        );
        self.note(
            whole,
            Spoken::new(
                Meaning::Repeat { at_most: Some(at_most) },
                format!("Does steps {first} to {last} at most {at_most} times"),
            ),
        );
        true
    }

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
        let said: Vec<_> = rest
            .iter()
            .filter(|t| {
                t.kind == Kind::Word
                    && !t.any(&[
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
                    ])
            })
            .collect();
        let onward = said.iter().all(|t| {
            t.any(&[
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
            ])
        });
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

/// "it once": without how often.
fn without_times<'t, 'a>(words: &'t [Token<'a>]) -> &'t [Token<'a>] {
    let end = words
        .iter()
        .position(|t| t.any(&["once", "twice"]) || count_at(std::slice::from_ref(t), 0).is_some())
        .unwrap_or(words.len());
    &words[..end]
}

/// The first of the steps that are done again: what was said and asked last, or the action run last.
fn group_start(steps: &[Step]) -> usize {
    let talks = |step: &Step| matches!(step.kind, StepKind::Ask { .. } | StepKind::Inform { .. });
    let from = steps.iter().rposition(|step| !talks(step)).map_or(0, |at| at + 1);
    if from < steps.len() {
        from
    } else {
        steps.len().saturating_sub(1)
    }
}

/// The tags words name.
fn tags_in(words: &[Token<'_>]) -> Vec<String> {
    let words = trimmed(words);
    let quoted: Vec<_> = words
        .iter()
        .filter(|t| t.kind == Kind::Quote)
        .map(|t| t.low.clone())
        .collect();
    if !quoted.is_empty() {
        return quoted;
    }
    let idle = [
        "the",
        "this",
        "it",
        "conversation",
        "chat",
        "ticket",
        "with",
        "as",
        "tag",
        "tags",
        "label",
        "a",
        "to",
        "add",
        "in",
        "case",
        "contact",
        "them",
        "customer",
        "accordingly",
        "appropriately",
        "correctly",
        "properly",
        "suitably",
    ];
    let mut tags = Vec::new();
    for part in words.split(|t| t.any(&["and"]) || t.mark(',') || t.mark('&')) {
        let kept: Vec<_> = part.iter().filter(|t| !t.is_mark() && !t.any(&idle)).collect();
        let text = kept.iter().map(|t| t.text).collect::<Vec<_>>().join(" ");
        if !text.is_empty() && kept.len() <= 4 {
            tags.push(text);
        }
    }
    tags
}
