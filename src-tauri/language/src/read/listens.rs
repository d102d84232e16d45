//! "If they mention chest pain, …": what every message of the customer is listened to for, wherever it is written.

use taskwright_domain::{Fix, Listener, Meaning, Mention, Outcome, ProblemCode, Severity, Span, Step, StepKind};

use super::conditional::{Cut, Put, cuts};
use super::flow::Open;
use super::outline::Item;
use super::problems::{problem, remedy, shortened, ways_out};
use super::reader::{Reader, Spoken, trimmed};
use super::split::{is_command, lead};
use super::tell::sentence;
use super::token::{Kind, Token};
use super::topics::{NotDone, Part, Topics, may_speak, not_done_here, topics_of};
use super::verbs::verb_at;

/// What had been read when a sentence was tried.
struct Mark {
    sentences: usize,
    rules: usize,
    problems: usize,
    listeners: usize,
    said: super::said::Said,
}

impl<'t, 'a> Reader<'t, 'a, '_> {
    /// A sentence that holds at any turn. Only where no condition of the catalogue's values is found in it.
    pub(super) fn listens(&mut self, words: &'t [Token<'a>], nested: bool, steps: &mut Vec<Step>) -> Option<Open> {
        let bare = trimmed(words);
        if let Some(NotDone { about, statement, then }) = not_done_here(bare) {
            let cut = Cut {
                put: Put::If,
                condition: about,
                whole: statement,
                then,
                otherwise: &[],
                more: &[],
                before: &[],
            };
            return self.listener(words, &cut, &Topics::about(about)?, steps);
        }
        if !may_speak(bare) {
            return None;
        }
        let ways = cuts(bare, nested);
        let leads = |cut: &&Cut<'t, 'a>| is_command(cut.then) || nested && cut.then.is_empty();
        let any_time = |cut: &Cut<'t, 'a>| cut.put == Put::If || cut.put == Put::Once && cut.whole[0].is("as");
        let fits = |cut: &&Cut<'t, 'a>| any_time(cut) && leads(cut);
        let (cut, topics) = ways
            .iter()
            .filter(fits)
            .find_map(|cut| Some((*cut, topics_of(cut.condition)?)))?;
        let onward = cut.otherwise.is_empty() || goes_on(cut.otherwise);
        if !onward || self.gives_a_value(&topics) || ways.iter().any(|cut| self.condition_of(cut).is_ok()) {
            return None;
        }
        let start = cut.before.first().and(cut.whole.first()).map_or(0, |t| t.span.start);
        let own = &words[words.partition_point(|t| t.span.start < start)..];
        let mut stop = Vec::new();
        let open = self.listener(own, &cut, &topics, &mut stop)?;
        if !cut.before.is_empty() {
            // "look it up and, if they mention …": what stands before is done where it stands.
            let _ = self.clauses(cut.before, steps);
        }
        steps.extend(stop);
        Some(open)
    }

    /// "If they mention their new address": a value that is given, not a subject that comes up.
    fn gives_a_value(&self, topics: &Topics<'t, 'a>) -> bool {
        let given = |words: &[Token<'_>]| {
            let prefer = super::names::Prefer {
                askable: true,
                owner: None,
            };
            match self.names.lookup(words, prefer) {
                super::names::Lookup::One { at, .. } => self.names.value(at).askable(),
                _ => false,
            }
        };
        topics.may_give && topics.parts.iter().any(|part| given(part.words))
    }

    fn listener(
        &mut self,
        words: &'t [Token<'a>],
        cut: &Cut<'t, 'a>,
        topics: &Topics<'t, 'a>,
        steps: &mut Vec<Step>,
    ) -> Option<Open> {
        let mentions: Vec<Mention> = topics.parts.iter().filter_map(|part| self.mention(part)).collect();
        if mentions.is_empty() || !self.under.is_empty() {
            self.nothing_to_hear(words, cut, mentions, steps);
            return Some(Open::Nothing);
        }
        let before = self.mark();
        let mut then = Vec::new();
        for part in [cut.then, cut.more] {
            if !trimmed(part).is_empty() {
                let _ = self.inner(part, &mut then);
            }
        }
        self.directs_elsewhere(cut.then, &mut then);
        // A rule would hold whatever was said, and a way into the steps has none back.
        let astray = self.rules.len() > before.rules || self.listeners.len() > before.listeners || jumps(&then);
        let idle = then.is_empty() && !cut.then.is_empty();
        if astray || idle {
            self.back_to(before);
            return None;
        }
        self.said = before.said;
        self.stops(&mut then);
        let plain = format!("At any time, if the customer {}", listed(&mentions));
        let open: Vec<_> = topics.parts.iter().filter(|part| part.is_open()).collect();
        let (own, rest) = apart(cut.whole, topics);
        let meaning = Meaning::Listen {
            mentions: mentions.clone(),
        };
        self.note(own, Spoken::new(meaning, plain));
        for part in &open {
            self.left_open(part, own, rest);
        }
        if !cut.otherwise.is_empty() {
            self.note(cut.otherwise, Spoken::new(Meaning::Jump, "Goes on with the next step"));
        }
        self.listeners.push(Listener {
            span: self.span(own),
            text: self.written(words),
            mentions,
            steps: then,
        });
        self.listened = Some(self.span(words));
        Some(Open::Listener)
    }

    fn mention(&self, part: &Part<'t, 'a>) -> Option<Mention> {
        if let [quote] = part.words
            && quote.kind == Kind::Quote
        {
            return Some(Mention::Phrase {
                text: quote.low.clone(),
            });
        }
        let words = part.content()?;
        Some(Mention::Words {
            text: self.written(part.words),
            words,
        })
    }

    /// "or anything that sounds like an emergency": what cannot be decided, beside what can.
    fn left_open(&mut self, part: &Part<'t, 'a>, own: &'t [Token<'a>], rest: &'t [Token<'a>]) {
        let span = self.span(part.words);
        let said = self.written(part.words);
        let mut found = problem(
            ProblemCode::UnclearSentence,
            Severity::Blocks,
            span,
            format!(
                "\u{201c}{}\u{201d} names no words that could be heard. Add the words to listen for; the others are \
                 listened for.",
                shortened(&said)
            ),
        );
        if !rest.is_empty() {
            let end = rest.last().map_or(span.end, |token| token.span.end);
            found.remedies.push(remedy(
                "Listen for the other words only",
                Fix::Replace {
                    span: Span::new(self.span(own).end, end),
                    text: String::new(),
                },
            ));
        }
        self.problems.push(found);
        let meaning = Meaning::Listen { mentions: Vec::new() };
        let words = if rest.is_empty() { part.words } else { rest };
        self.note(
            words,
            Spoken::incomplete(
                meaning,
                format!(
                    "{}: nothing says which words to listen for",
                    sentence(&said).trim_end_matches('.')
                ),
            )
            .guessed(),
        );
    }

    /// Nothing of it can be listened for, or only under a condition: a run that comes here stops for a person.
    fn nothing_to_hear(
        &mut self,
        words: &'t [Token<'a>],
        cut: &Cut<'t, 'a>,
        mentions: Vec<Mention>,
        steps: &mut Vec<Step>,
    ) {
        let said = self.written(cut.condition);
        let (message, plain) = if mentions.is_empty() {
            (
                format!(
                    "\u{201c}{}\u{201d} names no words that could be heard. Add the words to listen for.",
                    shortened(&said)
                ),
                format!("If {said}: nothing says which words to listen for"),
            )
        } else {
            (
                format!(
                    "\u{201c}{}\u{201d} would hold at any time, but stands under another \u{201c}if\u{201d}. Write it in a \
                     sentence of its own.",
                    shortened(&said)
                ),
                format!("If {said}: it stands under another \u{201c}if\u{201d}"),
            )
        };
        let span = self.span(cut.whole);
        let mut found = problem(ProblemCode::UnclearSentence, Severity::Blocks, span, message);
        found.remedies.extend(ways_out(self.span(words), &self.written(words)));
        self.problems.push(found);
        self.note(
            cut.whole,
            Spoken::incomplete(Meaning::Listen { mentions }, plain).guessed(),
        );
        self.show_only(words, steps, |reader, shown| {
            for part in [cut.then, cut.more, cut.otherwise] {
                if !part.is_empty() {
                    let _ = reader.inner(part, shown);
                }
            }
        });
    }

    /// "send them to the help page instead": said to the customer, where it is no team that they are sent to.
    fn directs_elsewhere(&mut self, then: &'t [Token<'a>], steps: &mut Vec<Step>) {
        let bare = trimmed(lead(then));
        let sends = bare
            .first()
            .is_some_and(|t| t.any(&["send", "point", "direct", "refer", "guide", "redirect"]))
            && bare
                .get(1)
                .is_some_and(|t| t.any(&["them", "customers", "people", "him", "her"]))
            && bare.get(2).is_some_and(|t| t.is("to"));
        let unread = matches!(
            steps.as_slice(),
            [] | [Step {
                kind: StepKind::Unclear { .. },
                ..
            }]
        );
        if !sends || !unread || bare.iter().any(|t| t.any(&["and", "or", "if"])) {
            return;
        }
        let span = self.span(bare);
        let inside = |at: Option<Span>| at.is_some_and(|at| span.start <= at.start && at.end <= span.end);
        self.problems.retain(|known| !inside(known.place.span));
        self.sentences.retain(|known| !inside(Some(known.span)));
        let there = super::tell::to_customer(&bare[3..]);
        let mut place = there.0.trim_end_matches('.').to_owned();
        let keeps_capital = bare[3].capital;
        if !keeps_capital && let Some(first) = place.chars().next() {
            place = first.to_lowercase().collect::<String>() + &place[first.len_utf8()..];
        }
        let words = taskwright_domain::Template::new(format!("Please go to {place}."));
        steps.clear();
        steps.push(self.step(bare, StepKind::Inform { words: words.clone() }));
        let plain = format!("Tells the customer: {}", words.0);
        self.note(bare, Spoken::new(Meaning::Inform { words }, plain));
    }

    /// "… and stop": what the customer came for was not done.
    fn stops(&mut self, steps: &mut [Step]) {
        for step in steps {
            let StepKind::Finish { outcome } = &mut step.kind else {
                continue;
            };
            let at = self.tokens.partition_point(|t| t.span.start < step.span.start);
            let stops = lead(&self.tokens[at..]).first().is_some_and(|t| t.is("stop"));
            if !stops || *outcome != Outcome::Done {
                continue;
            }
            *outcome = Outcome::NotPossible;
            let span = step.span;
            for known in self.sentences.iter_mut().filter(|known| known.span == span) {
                known.meaning = Meaning::Finish {
                    outcome: Outcome::NotPossible,
                };
                "Ends the task as not possible".clone_into(&mut known.words);
            }
        }
    }

    /// The next sentence of a list item goes on with what is done when it was heard.
    pub(super) fn more_of_listener(&mut self, item: &'t Item, words: &'t [Token<'a>], nested: bool) {
        self.move_to_listener(|reader, steps| {
            let open = reader.sentence(words, nested, false, steps);
            if nested {
                reader.children(item, open, steps);
            }
        });
    }

    /// Reads more steps of the last listener.
    pub(super) fn move_to_listener(&mut self, read: impl FnOnce(&mut Self, &mut Vec<Step>)) {
        let before = self.mark();
        let mut steps = Vec::new();
        read(self, &mut steps);
        if (self.rules.len() > before.rules || jumps(&steps))
            && let Some(first) = self.sentences.get(before.sentences)
        {
            let (span, text) = (first.span, first.text.clone());
            let reason = "What is listened for can neither hold a rule nor lead to another step.";
            self.rules.truncate(before.rules);
            self.problems.push(super::problems::unclear(span, &text, reason, None));
            for known in &mut self.sentences[before.sentences..] {
                known.incomplete = true;
            }
            steps = vec![Step {
                span,
                kind: StepKind::Unclear { text },
            }];
        }
        self.listeners.truncate(before.listeners);
        self.said = before.said;
        self.stops(&mut steps);
        if let Some(listener) = self.listeners.last_mut() {
            listener.steps.extend(steps);
        }
    }

    /// Whether a sentence comes right after one that listens.
    pub(super) fn follows_listener(&self, words: &[Token<'_>]) -> bool {
        let (Some(listened), Some(first)) = (self.listened, words.first()) else {
            return false;
        };
        let at = self.tokens.partition_point(|t| t.span.start < first.span.start);
        let last = self.tokens[..at].iter().rfind(|t| !t.is_mark());
        last.is_some_and(|t| listened.start <= t.span.start && t.span.end <= listened.end)
    }

    /// "Otherwise, …" after what is listened for: the run goes on anyway, and there is no other way.
    pub(super) fn after_listener(
        &mut self,
        words: &'t [Token<'a>],
        rest: &'t [Token<'a>],
        steps: &mut Vec<Step>,
    ) -> Open {
        if goes_on(rest) {
            self.note(words, Spoken::new(Meaning::Jump, "Goes on with the next step"));
        } else {
            let reason = "The sentence before holds at any time, so that there is no \u{201c}otherwise\u{201d}.";
            self.unclear(words, reason, None, steps);
        }
        Open::Nothing
    }

    /// What only whole steps show, as in the plan.
    pub(super) fn finish_listeners(&mut self) {
        let mut listeners = std::mem::take(&mut self.listeners);
        for listener in &mut listeners {
            self.late_limits(&mut listener.steps);
            self.fold_timeouts(&mut listener.steps);
            super::finish::hand_off_ends(&mut listener.steps);
            super::finish::fold_repeats(&mut listener.steps);
            super::finish::fold_confirmations(&mut listener.steps, self.names.catalogue);
            let found = super::finish::remarks(&listener.steps, &self.sentences, self.text, self.names.catalogue);
            let own = |code: &ProblemCode| !matches!(code, ProblemCode::TooLong | ProblemCode::NoEnd);
            self.problems.extend(found.into_iter().filter(|found| own(&found.code)));
        }
        self.listeners = listeners;
    }

    fn mark(&self) -> Mark {
        Mark {
            sentences: self.sentences.len(),
            rules: self.rules.len(),
            problems: self.problems.len(),
            listeners: self.listeners.len(),
            said: self.said.clone(),
        }
    }

    fn back_to(&mut self, mark: Mark) {
        self.sentences.truncate(mark.sentences);
        self.rules.truncate(mark.rules);
        self.problems.truncate(mark.problems);
        self.listeners.truncate(mark.listeners);
        self.said = mark.said;
    }
}

/// The words of the condition up to an open end, and that end with what joins it.
fn apart<'t, 'a>(whole: &'t [Token<'a>], topics: &Topics<'t, 'a>) -> (&'t [Token<'a>], &'t [Token<'a>]) {
    let closed = topics.parts.iter().rposition(|part| !part.is_open());
    let open = closed.map_or(0, |at| at + 1);
    match (closed.map(|at| &topics.parts[at]), topics.parts.get(open)) {
        // Just one open end: each of several has its own words.
        (Some(last), Some(_)) if open + 1 == topics.parts.len() => {
            let end = last.words.last().map_or(0, |token| token.span.end);
            let at = whole.partition_point(|token| token.span.start < end);
            whole.split_at(at)
        }
        _ => (whole, &[]),
    }
}

/// "chest pain or trouble breathing", after the word for how it is said.
fn listed(mentions: &[Mention]) -> String {
    let quoted = mentions.iter().all(|mention| matches!(mention, Mention::Phrase { .. }));
    let names: Vec<_> = mentions.iter().map(Mention::named).collect();
    let names = match names.as_slice() {
        [rest @ .., last] if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
        names => names.concat(),
    };
    format!("{} {names}", if quoted { "says" } else { "mentions" })
}

/// "carry on as usual".
fn goes_on(words: &[Token<'_>]) -> bool {
    let bare = trimmed(lead(trimmed(words)));
    let onward = verb_at(bare, 0).is_some_and(|v| matches!(v.lemma, "continue" | "proceed" | "carry" | "go" | "move"));
    onward
        && bare.len() <= 6
        && !bare
            .iter()
            .any(|t| t.any(&["back", "step", "to"]) || t.kind == Kind::Number)
}

/// Whether some step leads elsewhere in the text.
fn jumps(steps: &[Step]) -> bool {
    steps.iter().any(|step| match &step.kind {
        StepKind::Jump { .. } => true,
        StepKind::Check { arms, otherwise } => arms.iter().any(|arm| jumps(&arm.steps)) || jumps(otherwise),
        StepKind::Repeat { steps, .. } => jumps(steps),
        StepKind::Confirm { declined, .. } => jumps(declined),
        _ => false,
    })
}
