//! How long a wait lasts, and what is done when nothing has come by then.

mod begun;

use taskwright_domain::{Condition, Meaning, Period, PeriodUnit, Step, StepKind};

use super::conditional::{Put, cuts};
use super::conditions::{Got, Subject};
use super::constants::{count_at, period_at};
use super::flow::Open;
use super::reader::{Reader, Spoken, trimmed, trimmed_start};
use super::split::{is_command, lead, starts};
use super::token::{Kind, Token};
use super::verbs::verb_at;

/// What words say of how long a wait lasts at the most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Limit {
    /// Nothing.
    None,
    /// So long; the words from and up to there say it.
    Own { period: Period, from: usize, to: usize },
    /// Something that no wait can keep to, and why.
    Not(&'static str),
}

/// The limit that words set. A length of time in them is never passed over.
pub(super) fn limit_in(words: &[Token<'_>]) -> Limit {
    let mut found: Option<(Period, usize, usize)> = None;
    let mut at = 0;
    while at < words.len() {
        let Some((period, to)) = length_at(words, at) else {
            if is_unit(&words[at]) {
                return Limit::Not("How long? Say it as a number, e.g. \u{201c}up to 10 minutes\u{201d}.");
            }
            at += 1;
            continue;
        };
        if found.is_some() {
            return Limit::Not("A wait has one limit, but two lengths of time are said.");
        }
        if at > 0 && (words[at - 1].any(&["least", "minimum", "exactly"])) {
            return Limit::Not("A wait ends as soon as something comes; only its longest time can be said.");
        }
        if period.count == 0 {
            return Limit::Not("A wait of no time is none.");
        }
        found = Some((period, at, to));
        at = to;
    }
    let half = |words: &[Token<'_>]| words.iter().any(|t| t.is("half"));
    match found {
        Some((_, from, to)) if half(&words[..from]) || half(&words[to..]) => {
            Limit::Not("Say how long as a number, e.g. \u{201c}up to 90 minutes\u{201d}.")
        }
        Some((period, from, to)) => Limit::Own { period, from, to },
        None => Limit::None,
    }
}

/// A length of time, and where it ends; seconds where they make whole minutes.
fn length_at(words: &[Token<'_>], at: usize) -> Option<(Period, usize)> {
    if let Some(read) = period_at(words, at) {
        return Some((read.value, read.end));
    }
    let count = count_at(words, at)?;
    let seconds = words.get(count.end)?.any(&["second", "seconds", "secs"]);
    (seconds && count.value % 60 == 0).then_some((
        Period {
            count: count.value / 60,
            unit: PeriodUnit::Minutes,
        },
        count.end + 1,
    ))
}

fn is_unit(token: &Token<'_>) -> bool {
    token.any(&[
        "second", "seconds", "secs", "minute", "minutes", "min", "mins", "hour", "hours", "hrs", "day", "days", "week",
        "weeks", "month", "months",
    ])
}

/// What is done when nothing has come: in the bracket behind the limit, or "before you …".
pub(super) fn said_for_then<'t, 'a>(words: &'t [Token<'a>], to: usize) -> Option<&'t [Token<'a>]> {
    let rest = &words[to..];
    let opened = words[..to].iter().filter(|t| t.mark('(')).count();
    let closed = words[..to].iter().filter(|t| t.mark(')')).count();
    if opened > closed {
        let end = rest.iter().rposition(|t| t.mark(')')).unwrap_or(rest.len());
        return command_in(&rest[..end]);
    }
    if let Some(or) = rest.iter().position(|t| t.any(&["or", "otherwise"]))
        && is_command(&rest[or + 1..])
    {
        return Some(&rest[or + 1..]);
    }
    let before = rest.iter().position(|t| t.is("before"))?;
    let then = &rest[before + 1..];
    let then = match then {
        [you, then @ ..] if you.any(&["you", "we"]) => then,
        then => then,
    };
    verb_at(then, 0).map(|_| then)
}

/// The command among the words of a bracket: "at most, otherwise hand off".
fn command_in<'t, 'a>(words: &'t [Token<'a>]) -> Option<&'t [Token<'a>]> {
    let words = trimmed_start(words);
    if words.first().is_some_and(|t| t.any(&["if", "when"])) {
        let then =
            (2..words.len()).find(|at| is_command(&words[*at..]) && !words[*at - 1].any(&["if", "not", "it"]))?;
        let nothing = nothing_comes(&words[1..then]) || starts(words, &["if", "not"]);
        return nothing.then(|| trimmed_start(&words[then..]));
    }
    let joins = |t: &Token<'_>| t.is_mark() || t.any(&["and", "then", "otherwise", "or", "else", "that"]);
    let begins = |at: &usize| *at == 0 || joins(&words[*at - 1]);
    let at = (0..words.len()).find(|at| begins(at) && !joins(&words[*at]) && is_command(&words[*at..]))?;
    Some(&words[at..])
}

impl<'t, 'a> Reader<'t, 'a, '_> {
    /// What is done when what is waited for has not come.
    pub(super) fn timed_out(
        &mut self,
        key: String,
        said: &'t [Token<'a>],
        then: &'t [Token<'a>],
        steps: &mut Vec<Step>,
    ) -> Open {
        let condition = Condition::Webhook { key, received: false };
        self.arm(said, condition, true, then, &[], steps, Vec::new())
    }

    /// "Otherwise, …" right after a wait: nothing came.
    pub(super) fn otherwise_of_wait(
        &mut self,
        said: &'t [Token<'a>],
        then: &'t [Token<'a>],
        steps: &mut Vec<Step>,
    ) -> Option<Open> {
        let StepKind::Wait { key, .. } = &steps.last()?.kind else {
            return None;
        };
        let key = key.clone();
        Some(self.timed_out(key, said, then, steps))
    }

    /// "If nothing comes in that time, …", "After 10 minutes, …": the end of the wait before. Such words may tell its
    /// limit as well.
    pub(super) fn times_out(&mut self, words: &'t [Token<'a>], nested: bool, steps: &mut Vec<Step>) -> Option<Open> {
        let bare = lead(trimmed(words));
        if !bare.iter().any(is_unit) && last_wait(steps).is_none() {
            return None;
        }
        let waits = self.said.waiting.clone();
        if let [after, rest @ ..] = bare
            && after.is("after")
            && let Some((period, to)) = length_at(rest, 0)
            && is_command(&rest[to..])
            && let Some(key) = last_wait(steps)
        {
            let (said, then) = bare.split_at(1 + to);
            return Some(match self.limit_wait(&key, period, steps) {
                true => self.timed_out(key, said, trimmed_start(then), steps),
                false => self.two_limits(words, steps),
            });
        }
        if let Some((period, to)) = given(bare) {
            let key = last_wait(steps);
            let set = key.is_some_and(|key| self.limit_wait(&key, period, steps));
            if !set {
                let reason = "Nothing waits here. Say how long in the sentence that waits.";
                self.unclear(words, reason, None, steps);
                return Some(Open::Nothing);
            }
            let key = last_wait(steps)?;
            let then = command_in(&bare[to..]).unwrap_or(&[]);
            let (said, _) = bare.split_at(bare.len() - then.len());
            let plain = self.wait_words(&key, Some(period));
            if then.is_empty() {
                self.note(words, Spoken::new(Meaning::Wait { key }, plain));
                return Some(Open::Nothing);
            }
            return Some(self.timed_out(key, said, then, steps));
        }
        let cut = cuts(bare, nested)
            .into_iter()
            .find(|cut| cut.put == Put::If && cut.before.is_empty() && (nested || !cut.then.is_empty()))?;
        match self.condition_of(&cut) {
            Ok(Got {
                condition: Condition::Webhook { key, received: false },
                ..
            }) => {
                let Limit::Own { period, .. } = limit_in(cut.condition) else {
                    return None;
                };
                if waits.as_ref() != Some(&key) {
                    // Nothing waits yet, so that this says it: not within so long.
                    let limit = Some(period);
                    let wait = StepKind::Wait { key, limit };
                    steps.push(self.step(cut.whole, wait));
                    return None;
                }
                (!self.limit_wait(&key, period, steps)).then(|| self.two_limits(words, steps))
            }
            Ok(_) => None,
            Err(_) if nothing_comes(cut.condition) => {
                let key = last_wait(steps)?;
                if let Limit::Own { period, .. } = limit_in(cut.condition)
                    && !self.limit_wait(&key, period, steps)
                {
                    return Some(self.two_limits(words, steps));
                }
                let got = Got {
                    condition: Condition::Webhook { key, received: false },
                    sure: true,
                    links: Vec::new(),
                    subject: Subject::Open,
                };
                Some(self.checked_sentence(words, &cut, got, steps))
            }
            Err(_) => None,
        }
    }

    /// Sets the limit of the last wait for something; `false` where it has another one, or stands elsewhere.
    fn limit_wait(&mut self, wanted: &str, period: Period, steps: &mut [Step]) -> bool {
        let of_it = |step: &&mut Step| matches!(&step.kind, StepKind::Wait { key, .. } if key == wanted);
        let Some(step) = steps.iter_mut().rfind(of_it) else {
            return false;
        };
        let span = step.span;
        let StepKind::Wait { limit, .. } = &mut step.kind else {
            return false;
        };
        if limit.is_some_and(|known| known != period) {
            return false;
        }
        *limit = Some(period);
        let words = self.wait_words(wanted, Some(period));
        for sentence in self.sentences.iter_mut().filter(|known| known.span == span) {
            if matches!(sentence.meaning, Meaning::Wait { .. }) {
                sentence.words.clone_from(&words);
            }
        }
        true
    }

    fn two_limits(&mut self, words: &'t [Token<'a>], steps: &mut Vec<Step>) -> Open {
        self.unclear(words, "The wait before has another limit.", None, steps);
        Open::Nothing
    }

    /// "Waits up to 30 minutes for “Payment check”".
    pub(super) fn wait_words(&self, key: &str, limit: Option<Period>) -> String {
        let named = self.catalogue().webhooks.iter().find(|webhook| webhook.key == key);
        let name = named
            .map(|webhook| webhook.name.clone())
            .filter(|name| !name.is_empty())
            .unwrap_or_else(|| taskwright_domain::key_in_words(key));
        match limit {
            Some(limit) => format!("Waits up to {limit} for \u{201c}{name}\u{201d}"),
            None => format!("Waits for \u{201c}{name}\u{201d}"),
        }
    }

    /// "Wait for the payment, but no more than 10 minutes": a limit that comes behind.
    pub(super) fn late_limits(&mut self, steps: &mut [Step]) {
        for at in 0..steps.len() {
            super::finish::lists(&mut steps[at])
                .into_iter()
                .for_each(|list| self.late_limits(list));
            let StepKind::Wait { key, limit: None } = &steps[at].kind else {
                continue;
            };
            let from = self.tokens.partition_point(|t| t.span.start < steps[at].span.end);
            let Some((period, end)) = limit_behind(&self.tokens[from..]) else {
                continue;
            };
            let key = key.clone();
            self.limit_wait(&key, period, &mut steps[at..=at]);
            let told = self.span(&self.tokens[from..from + end]);
            let words = self.wait_words(&key, Some(period));
            for known in &mut self.sentences {
                if told.start <= known.span.start + 4 && known.span.end == told.end {
                    known.meaning = Meaning::Wait { key: key.clone() };
                    known.words.clone_from(&words);
                }
            }
        }
    }

    /// "Wait for the payment, then tell them the link has run out": what only makes sense when nothing has come is not
    /// said when it has.
    pub(super) fn fold_timeouts(&self, steps: &mut Vec<Step>) {
        for step in steps.iter_mut() {
            super::finish::lists(step)
                .into_iter()
                .for_each(|list| self.fold_timeouts(list));
        }
        let mut at = 0;
        while at + 1 < steps.len() {
            if let StepKind::Wait { key, .. } = &steps[at].kind
                && self.same_sentence(&steps[at], &steps[at + 1])
                && tells_of_the_end(&steps[at + 1])
            {
                let key = key.clone();
                let more = steps[at + 1..]
                    .windows(2)
                    .take_while(|pair| self.same_sentence(&pair[0], &pair[1]))
                    .count();
                let then: Vec<Step> = steps.drain(at + 1..=at + 1 + more).collect();
                let span = then[0].span;
                let condition = Condition::Webhook { key, received: false };
                let arm = taskwright_domain::Arm {
                    span,
                    condition,
                    steps: then,
                };
                let kind = StepKind::Check {
                    arms: vec![arm],
                    otherwise: Vec::new(),
                };
                steps.insert(at + 1, Step { span, kind });
            }
            at += 1;
        }
    }

    /// Whether nothing between two steps ends a sentence.
    fn same_sentence(&self, first: &Step, second: &Step) -> bool {
        let from = self.tokens.partition_point(|t| t.span.start < first.span.end);
        let to = self.tokens.partition_point(|t| t.span.start < second.span.start);
        let before = self.tokens[..from].last();
        let between = self.tokens.get(from..to).unwrap_or(&[]);
        let lines = before.zip(self.tokens.get(to)).is_some_and(|(last, next)| {
            self.text
                .get(last.bytes.1..next.bytes.0)
                .is_some_and(|gap| gap.contains('\n'))
        });
        !lines
            && first.span.end <= second.span.start
            && !between
                .iter()
                .any(|t| matches!(t.kind, Kind::Mark('.' | '!' | '?' | ';' | '…')))
    }
}

/// A length of time right behind a wait, with nothing else in its clause, and where it ends.
fn limit_behind(words: &[Token<'_>]) -> Option<(Period, usize)> {
    let joins = |t: &Token<'_>| {
        matches!(t.kind, Kind::Mark(',' | '–' | '-' | ':'))
            || t.any(&[
                "but", "no", "not", "more", "longer", "than", "at", "most", "max", "maximum", "up", "to", "for",
                "within", "in", "only", "limit", "wait", "the", "though",
            ])
    };
    let from = words.iter().take_while(|t| joins(t)).count();
    let (period, to) = length_at(words, from)?;
    let ends = words
        .get(to)
        .is_none_or(|t| t.is_mark() || t.any(&["max", "maximum", "then", "and"]));
    (from > 0 && ends && period.count > 0).then_some((period, to))
}

/// "give it 30 mins": how long, and where that ends.
fn given(words: &[Token<'_>]) -> Option<(Period, usize)> {
    let [give, it, rest @ ..] = words else { return None };
    let gives = give.any(&["give", "allow"]) && it.any(&["it", "this", "that"]);
    let joins = |t: &Token<'_>| t.any(&["up", "to", "at", "most", "about", "max", "no", "more", "than"]);
    let from = rest.iter().take_while(|t| joins(t)).count();
    let (period, to) = gives.then(|| length_at(rest, from)).flatten()?;
    (period.count > 0).then_some((period, to + 2))
}

fn last_wait(steps: &[Step]) -> Option<String> {
    match &steps.last()?.kind {
        StepKind::Wait { key, .. } => Some(key.clone()),
        _ => None,
    }
}

/// "nothing comes in that time", "no answer arrives", "time runs out", "it takes longer".
fn nothing_comes(words: &[Token<'_>]) -> bool {
    let words = trimmed(words);
    let any = |of: &[&str]| words.iter().any(|t| t.any(of));
    let nothing = words.first().is_some_and(|t| t.any(&["nothing", "no", "none"]))
        && any(&[
            "comes", "come", "came", "arrives", "arrive", "arrived", "happens", "happened", "received", "back",
            "heard", "returned",
        ]);
    let late = any(&["longer"]) && any(&["takes", "it"]);
    let over = any(&["time", "wait", "it", "that"]) && (any(&["runs", "ran"]) && any(&["out"]) || any(&["expires"]))
        || any(&["time"]) && any(&["up", "over", "passes", "passed"]);
    nothing || late || over
}

/// Whether a customer is told that it is too late.
fn tells_of_the_end(step: &Step) -> bool {
    const ENDS: [&str; 9] = [
        "run out",
        "ran out",
        "expired",
        "timed out",
        "took too long",
        "taken too long",
        "too late",
        "no longer valid",
        "time is up",
    ];
    let StepKind::Inform { words } = &step.kind else {
        return false;
    };
    let low = words.0.to_lowercase();
    ENDS.iter().any(|end| low.contains(end))
}
