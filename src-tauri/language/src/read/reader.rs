//! The reader's state, and what it writes down.

use taskwright_domain::{
    ActionId, Catalogue, Certainty, Condition, Link, LinkTarget, Listener, Meaning, Problem, Rule, Sentence, Span,
    Step, StepKind,
};

use super::names::Names;
use super::outline::Outline;
use super::problems;
use super::said::Said;
use super::tell::written;
use super::token::{Kind, Token};

/// Reads one text.
pub(super) struct Reader<'t, 'a, 'c> {
    pub(super) text: &'a str,
    pub(super) tokens: &'t [Token<'a>],
    pub(super) outline: &'t Outline,
    pub(super) names: Names<'c>,
    pub(super) said: Said,
    pub(super) sentences: Vec<Sentence>,
    pub(super) rules: Vec<Rule>,
    pub(super) listeners: Vec<Listener>,
    pub(super) problems: Vec<Problem>,
    /// The conditions of the arms that are being read.
    pub(super) under: Vec<Condition>,
    /// What leads to the words that are being read, whether or not it can be decided.
    pub(super) led_by: LedBy,
    /// The last condition that was looked into without an arm: "check whether …".
    pub(super) checked: Option<Condition>,
    /// The last sentence went into the arm of a check before it.
    pub(super) follows: Option<u32>,
    /// Where the check stands whose "otherwise" has nothing behind it yet: what is nested beneath goes there.
    pub(super) otherwise_of: Option<u32>,
    /// "Always look up the policy first": the sentence, and what must have succeeded before anything is changed.
    pub(super) first_of_all: Vec<(&'t [Token<'a>], ActionId)>,
    /// The place of the last sentence that listens.
    pub(super) listened: Option<Span>,
}

/// What leads to some words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LedBy {
    /// Nothing: they hold always.
    Nothing,
    /// A condition.
    Condition,
    /// The customer's asking for something: "if they ask why, …".
    Question,
}

/// A meaning with what goes with it.
pub(super) struct Spoken {
    pub(super) meaning: Meaning,
    pub(super) certainty: Certainty,
    pub(super) links: Vec<Link>,
    pub(super) words: String,
    pub(super) incomplete: bool,
}

impl Spoken {
    pub(super) fn new(meaning: Meaning, words: impl Into<String>) -> Self {
        Self {
            meaning,
            certainty: Certainty::Likely,
            links: Vec::new(),
            words: words.into(),
            incomplete: false,
        }
    }

    /// A sentence of a known kind that lacks something. Its problem is already written down.
    pub(super) fn incomplete(meaning: Meaning, words: impl Into<String>) -> Self {
        Self {
            incomplete: true,
            ..Self::new(meaning, words)
        }
    }

    pub(super) fn sure(mut self, sure: bool) -> Self {
        self.certainty = if sure { Certainty::Certain } else { Certainty::Likely };
        self
    }

    pub(super) fn guessed(mut self) -> Self {
        self.certainty = Certainty::Guess;
        self
    }

    pub(super) fn links(mut self, links: Vec<Link>) -> Self {
        self.links = links;
        self
    }
}

impl<'t, 'a, 'c> Reader<'t, 'a, 'c> {
    pub(super) fn new(text: &'a str, tokens: &'t [Token<'a>], outline: &'t Outline, catalogue: &'c Catalogue) -> Self {
        Self {
            text,
            tokens,
            outline,
            names: Names::new(catalogue),
            said: Said::default(),
            sentences: Vec::new(),
            rules: Vec::new(),
            listeners: Vec::new(),
            problems: Vec::new(),
            under: Vec::new(),
            led_by: LedBy::Nothing,
            checked: None,
            follows: None,
            otherwise_of: None,
            first_of_all: Vec::new(),
            listened: None,
        }
    }

    pub(super) fn catalogue(&self) -> &'c Catalogue {
        self.names.catalogue
    }

    /// The place of some words, marks at the ends left out.
    pub(super) fn span(&self, words: &[Token<'_>]) -> Span {
        let words = trimmed(words);
        match (words.first(), words.last()) {
            (Some(first), Some(last)) => Span::new(first.span.start, last.span.end),
            _ => Span::new(0, 0),
        }
    }

    /// The words as they stand in the text.
    pub(super) fn written(&self, words: &[Token<'_>]) -> String {
        written(self.text, trimmed(words))
    }

    /// Writes a sentence down.
    pub(super) fn note(&mut self, words: &[Token<'_>], said: Spoken) {
        let span = self.span(words);
        if span.start == span.end {
            return;
        }
        let text = self.written(words);
        let Spoken {
            meaning,
            certainty,
            mut links,
            words: plain,
            incomplete,
        } = said;
        for pill in self.pills(words) {
            if !links.iter().any(|link| link.target == pill.target) {
                links.push(pill);
            }
        }
        links.sort_by_key(|link| (link.span.start, link.span.end));
        self.sentences.push(Sentence {
            span,
            text,
            meaning,
            certainty,
            links,
            words: plain,
            incomplete,
        });
    }

    /// The links of pills and keys.
    fn pills(&self, words: &[Token<'_>]) -> Vec<Link> {
        let target = |token: &Token<'_>| match token.kind {
            Kind::Pill => {
                let at = self.names.reference(&token.low)?;
                Some(LinkTarget::Reference {
                    reference: self.names.value(at).reference.clone(),
                })
            }
            Kind::Call => {
                let doing = self.names.actions.iter().find(|doing| doing.key == token.low)?;
                Some(LinkTarget::Action {
                    action: doing.id.clone(),
                })
            }
            _ => None,
        };
        words
            .iter()
            .filter_map(|token| {
                target(token).map(|target| Link {
                    span: token.span,
                    target,
                })
            })
            .collect()
    }

    pub(super) fn step(&self, words: &[Token<'_>], kind: StepKind) -> Step {
        Step {
            span: self.span(words),
            kind,
        }
    }

    /// A sentence that could not be read: it is quoted, and a run that reaches it stops for a person.
    pub(super) fn unclear(
        &mut self,
        words: &[Token<'_>],
        reason: &str,
        rewrite: Option<String>,
        steps: &mut Vec<Step>,
    ) {
        let span = self.span(words);
        let text = self.written(words);
        if text.is_empty() {
            return;
        }
        self.problems.push(problems::unclear(span, &text, reason, rewrite));
        self.not_followed(words, reason, steps);
    }

    /// The sentence and step of something unclear whose problem is already written down.
    pub(super) fn not_followed(&mut self, words: &[Token<'_>], reason: &str, steps: &mut Vec<Step>) {
        let text = self.written(words);
        let meaning = Meaning::Unclear {
            reason: reason.to_owned(),
        };
        self.note(words, Spoken::new(meaning, "Not understood").guessed());
        steps.push(self.step(words, StepKind::Unclear { text }));
    }

    /// A sentence of a known kind that lacks something: a run that reaches it stops for a person, as at an unclear one.
    /// Its problem is already written down.
    pub(super) fn lacking(&mut self, words: &[Token<'_>], meaning: Meaning, plain: &str, steps: &mut Vec<Step>) {
        let text = self.written(words);
        if text.is_empty() {
            return;
        }
        self.note(words, Spoken::incomplete(meaning, plain));
        steps.push(self.step(words, StepKind::Unclear { text }));
    }

    pub(super) fn context(&mut self, words: &[Token<'_>]) {
        self.note(words, Spoken::new(Meaning::Context, "Kept for colleagues"));
    }

    /// Unknown pills and calls are problems wherever they stand.
    pub(super) fn unknown_pills(&mut self) {
        for token in self.tokens {
            match token.kind {
                Kind::Pill if self.names.reference(&token.low).is_none() => {
                    let found = problems::unknown_value(&self.names, token.span, &token.low.replace('_', " "), None);
                    self.problems.push(found);
                }
                Kind::Call if !self.names.actions.iter().any(|doing| doing.key == token.low) => {
                    let near = problems::nearest(&token.low, self.names.actions.iter().map(|d| d.key.as_str()), 2);
                    let near: Vec<_> = self
                        .names
                        .actions
                        .iter()
                        .filter(|d| near.contains(&d.key.as_str()))
                        .map(|d| d.name.as_str())
                        .collect();
                    let found = problems::unknown_action(token.span, &token.low.replace('_', " "), &near);
                    self.problems.push(found);
                }
                _ => {}
            }
        }
    }
}

/// Without marks at either end; closing and opening brackets stay when their partner does.
pub(super) fn trimmed<'t, 'a>(mut words: &'t [Token<'a>]) -> &'t [Token<'a>] {
    while let [first, rest @ ..] = words {
        if !first.is_mark() || matches!(first.kind, Kind::Mark('€' | '$' | '£')) {
            break;
        }
        words = rest;
    }
    while let [rest @ .., last] = words {
        let opens = words.iter().filter(|t| t.mark('(')).count();
        let closes = words.iter().filter(|t| t.mark(')')).count();
        let kept = match last.kind {
            Kind::Mark(')') => opens >= closes,
            Kind::Mark('%' | '€' | '$' | '£' | '+') => true,
            Kind::Mark(_) => false,
            _ => true,
        };
        if kept {
            break;
        }
        words = rest;
    }
    words
}

/// Without marks at the start.
pub(super) fn trimmed_start<'t, 'a>(mut words: &'t [Token<'a>]) -> &'t [Token<'a>] {
    while let [first, rest @ ..] = words {
        if !matches!(first.kind, Kind::Mark(',' | ':' | ';' | '–' | '.' | '?' | '!' | '…')) {
            break;
        }
        words = rest;
    }
    words
}
