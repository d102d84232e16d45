//! Words into typed conditions. Every word must find its place; what is left over makes the whole unclear.

mod compare;
mod event;
mod items;
mod predicate;
mod special;
mod subject;

use std::cell::Cell;

use taskwright_domain::{Condition, Link, LinkTarget, Operand};

use super::names::{Lookup, Names, Prefer};
use super::said::Said;
use super::token::{Kind, Token};

pub(super) use compare::{Relation, operand_for, relation_at};
pub(super) use subject::Subject;

/// A condition that was read.
#[derive(Debug, Clone)]
pub(super) struct Got {
    pub(super) condition: Condition,
    /// Nothing was inferred.
    pub(super) sure: bool,
    pub(super) links: Vec<Link>,
    pub(super) subject: Subject,
}

/// Why words are no condition.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Trouble {
    /// No pattern fits.
    NotClear,
    /// It can be seen as a yes or no that nothing gives.
    YesNo,
    /// Nothing goes by this name.
    Unknown(Vec<String>, taskwright_domain::Span),
    /// One part was read, this one was not.
    Half(String),
    /// Several values fit.
    Ambiguous(Vec<usize>),
    /// The types do not go together.
    Mismatch(String),
}

impl Trouble {
    /// How much it says; the best is shown.
    pub(super) const fn weight(&self) -> u8 {
        match self {
            Self::NotClear => 0,
            Self::YesNo => 1,
            Self::Unknown(..) => 2,
            Self::Half(_) => 3,
            Self::Ambiguous(_) => 4,
            Self::Mismatch(_) => 5,
        }
    }

    fn or(self, other: Self) -> Self {
        if other.weight() > self.weight() { other } else { self }
    }
}

pub(super) type Outcome<T> = Result<T, Trouble>;

/// Reads conditions against a catalogue and what was said before.
pub(super) struct Conditions<'n, 'c> {
    pub(super) names: &'n Names<'c>,
    pub(super) said: &'n Said,
    budget: Cell<u32>,
    /// The words say "yet": "not shipped yet".
    yet: Cell<bool>,
}

/// Longer conditions are not read.
const LONGEST: usize = 48;
/// Attempts at a part before giving up, so that no text takes long.
const ATTEMPTS: u32 = 260;

impl<'n, 'c> Conditions<'n, 'c> {
    pub(super) fn new(names: &'n Names<'c>, said: &'n Said) -> Self {
        Self {
            names,
            said,
            budget: Cell::new(ATTEMPTS),
            yet: Cell::new(false),
        }
    }

    /// Reads words, `if` and the like not included.
    pub(super) fn read(&self, words: &[Token<'_>]) -> Outcome<Got> {
        self.read_about(words, None)
    }

    /// Reads words that may leave their subject out.
    pub(super) fn read_about(&self, words: &[Token<'_>], subject: Option<&Subject>) -> Outcome<Got> {
        if words.len() > LONGEST {
            return Err(Trouble::NotClear);
        }
        // "there isn't one": of what, nothing here says.
        if let [there, is, rest @ ..] = words
            && there.is("there")
            && is.any(&["is", "are", "was", "'s"])
            && rest.iter().all(|t| t.is_mark() || t.any(&["not", "one"]))
        {
            return Err(Trouble::NotClear);
        }
        let canonical = self
            .for_one_of(trim(words))
            .or_else(|| self.difference_said(trim(words)));
        if let Some(got) = canonical {
            return Ok(got);
        }
        if let Some(got) = self.off_by(trim(words)) {
            return Ok(got);
        }
        let words = without_asides(words)?;
        self.yet.set(words.iter().any(|t| t.is("yet")));
        let words = plain(&words);
        if words.is_empty() {
            return Err(Trouble::NotClear);
        }
        if let Some(condition) = self.none_taken(&words) {
            return Ok(Got {
                condition,
                sure: true,
                links: Vec::new(),
                subject: Subject::Open,
            });
        }
        if let Some(got) = self.item_exists(&words) {
            return Ok(got);
        }
        self.compound(&words, subject)
    }

    fn compound(&self, words: &[Token<'_>], subject: Option<&Subject>) -> Outcome<Got> {
        let words = trim(words);
        if words.is_empty() || self.budget.get() == 0 {
            return Err(Trouble::NotClear);
        }
        self.budget.set(self.budget.get() - 1);
        let (words, negated) = match words {
            [first, rest @ ..] if first.is("neither") => (rest, true),
            [first, rest @ ..] if first.any(&["either", "both"]) && !rest.first().is_some_and(|t| t.is("of")) => {
                (rest, false)
            }
            words => (words, false),
        };
        let mut trouble = Trouble::NotClear;
        let joints = Joints::of(words);
        if !negated && !joints.two_clauses {
            match self.atom(words, subject) {
                Ok(got) => return Ok(got),
                Err(why) => trouble = trouble.or(why),
            }
        }
        let has_or = words.iter().any(|t| t.any(&["or", "nor"]));
        // "A or B, and C": the comma parts what "or" joins from what comes after it.
        if has_or
            && !negated
            && let Some(comma) = words
                .windows(2)
                .rposition(|pair| pair[0].mark(',') && pair[1].any(&["and", "but"]))
            && let Ok(left) = self.compound(&words[..comma], subject)
        {
            let about = left.subject.clone();
            for subject in [subject, Some(&about)] {
                if let Ok(right) = self.compound(&words[comma + 2..], subject) {
                    return Ok(together(left, right, false));
                }
            }
        }
        // "is A or B and the other is C": that "or" only lists what one thing may be.
        let found = if has_or && joints.and_of_clauses && !joints.or_of_clauses {
            self.joined(words, subject, false)
                .or_else(|_| self.joined(words, subject, true))
        } else if has_or {
            self.joined(words, subject, true)
        } else {
            Err(Trouble::NotClear)
        };
        let found = found.or_else(|why| self.joined(words, subject, false).map_err(|other| why.or(other)));
        match found {
            Ok(got) if negated => Ok(Got {
                condition: negate(got.condition),
                ..got
            }),
            Ok(got) => Ok(got),
            Err(why) => Err(trouble.or(why)),
        }
    }

    fn joined(&self, words: &[Token<'_>], subject: Option<&Subject>, any: bool) -> Outcome<Got> {
        let clauses = Joints::of(words);
        let joins = |t: &Token<'_>| match t.kind {
            Kind::Word if any => t.any(&["or", "nor"]),
            Kind::Word => t.any(&["and", "but"]),
            Kind::Mark(',') => true,
            Kind::Mark('&' | '+') => !any,
            Kind::Mark('/') => any,
            _ => false,
        };
        let mut trouble = Trouble::NotClear;
        let mut places_tried = 0;
        let places = (1..words.len().saturating_sub(1))
            .filter(|at| joins(&words[*at]))
            // Where clauses are joined, the joints between them part the whole.
            .filter(|at| {
                let parts = if any {
                    clauses.or_of_clauses && clauses.and_of_clauses
                } else {
                    clauses.and_of_clauses
                };
                !parts || begins_clause(&words[at + 1..])
            })
            .take(8);
        for at in places {
            let left = match self.compound(&words[..at], subject) {
                Ok(left) => left,
                Err(why) => {
                    if let Some(both) = self.both_subjects(&words[..at], &words[at + 1..], subject, any) {
                        return Ok(both);
                    }
                    trouble = trouble.or(why);
                    // One half is clear: the whole is no yes-or-no of its own.
                    if places_tried == 0 && self.compound(&words[at + 1..], subject).is_ok() {
                        let rest = words[..at].iter().map(|t| t.text).collect::<Vec<_>>().join(" ");
                        trouble = trouble.or(Trouble::Half(rest));
                    }
                    places_tried += 1;
                    continue;
                }
            };
            let owner = match &left.subject {
                Subject::Value(at, _) => self.names.value(*at).owner.clone().map(Subject::Thing),
                _ => None,
            };
            let related = self.related_amount(&left.condition);
            for subject in [Some(left.subject.clone()), related, owner].into_iter().flatten() {
                match self.compound(&words[at + 1..], Some(&subject)) {
                    Ok(right) => return Ok(together(left, right, any)),
                    Err(why) => {
                        let rest = words[at + 1..].iter().map(|t| t.text).collect::<Vec<_>>().join(" ");
                        trouble = trouble.or(why).or(Trouble::Half(rest));
                    }
                }
            }
        }
        Err(trouble)
    }

    /// "it was charged in May and under 200 USD": the amount that goes with the day, by a word of their names.
    fn related_amount(&self, left: &Condition) -> Option<Subject> {
        let day = self.names.reference(left.references().first()?)?;
        let day = self.names.value(day);
        if !day.is_date() {
            return None;
        }
        let related: Vec<_> = self
            .names
            .of_owner(day.owner.as_deref()?)
            .filter(|at| {
                let value = self.names.value(*at);
                let shared = value.field_stems.iter().any(|s| day.field_stems.contains(s));
                shared && matches!(value.kind, taskwright_domain::AttributeType::Amount)
            })
            .collect();
        // "charged_at" goes with "charged" before "next_charge".
        let event = day.reference.trim_end_matches("_at").trim_end_matches("_on");
        let same = related.iter().find(|at| self.names.value(**at).reference == event);
        match (same, related.as_slice()) {
            (Some(at), _) | (None, [at]) => Some(Subject::Value(*at, false)),
            _ => None,
        }
    }

    /// "the name or the address is missing": what is said of the second is said of the first.
    fn both_subjects(
        &self,
        first: &[Token<'_>],
        rest: &[Token<'_>],
        subject: Option<&Subject>,
        any: bool,
    ) -> Option<Got> {
        let prefer = Prefer {
            askable: false,
            owner: self.said.it.as_deref(),
        };
        let Lookup::One { at, sure: true } = self.names.lookup(first, prefer) else {
            return None;
        };
        let right = self.compound(rest, subject).ok()?;
        let Condition::Test {
            comparison: comparison @ (taskwright_domain::Comparison::Missing | taskwright_domain::Comparison::Present),
            ..
        } = &right.condition
        else {
            return None;
        };
        let condition = Condition::Test {
            subject: refer(&self.names.value(at).reference),
            comparison: comparison.clone(),
        };
        let left = Got {
            condition,
            sure: true,
            links: self.link(first, at),
            subject: Subject::Value(at, true),
        };
        Some(together(left, right, any))
    }

    pub(super) fn link(&self, words: &[Token<'_>], at: usize) -> Vec<Link> {
        let target = LinkTarget::Reference {
            reference: self.names.value(at).reference.clone(),
        };
        link_over(words, target)
    }
}

/// What "and" and "or" join in a condition.
#[derive(Debug, Clone, Copy, Default)]
struct Joints {
    /// A clause stands on either side of one of them: no single test says all.
    two_clauses: bool,
    /// An "and" is followed by a clause of its own.
    and_of_clauses: bool,
    /// An "or" is.
    or_of_clauses: bool,
}

impl Joints {
    fn of(words: &[Token<'_>]) -> Self {
        let mut found = Self::default();
        for (at, token) in words.iter().enumerate() {
            if !token.any(&["and", "but", "or", "nor"]) || !words[..at].iter().any(says) {
                continue;
            }
            if begins_clause(&words[at + 1..]) {
                found.two_clauses = true;
                found.and_of_clauses |= token.any(&["and", "but"]);
                found.or_of_clauses |= token.any(&["or", "nor"]);
            }
        }
        found
    }
}

/// Whether a finite verb stands in the words up to the next joint.
fn begins_clause(words: &[Token<'_>]) -> bool {
    let end = words
        .iter()
        .position(|t| t.any(&["and", "but", "or", "nor"]))
        .unwrap_or(words.len());
    words[..end].iter().any(says)
}

/// Verbs that make a clause a clause.
fn says(token: &Token<'_>) -> bool {
    token.any(&[
        "is", "are", "was", "were", "has", "have", "had", "does", "do", "did", "will", "can",
    ])
}

/// A link over some words.
pub(super) fn link_over(words: &[Token<'_>], target: LinkTarget) -> Vec<Link> {
    let (Some(first), Some(last)) = (words.first(), words.last()) else {
        return Vec::new();
    };
    vec![Link {
        span: taskwright_domain::Span::new(first.span.start, last.span.end),
        target,
    }]
}

/// The reference of a named value as an operand.
pub(super) fn refer(reference: &str) -> Operand {
    match reference {
        "today" => Operand::Today,
        "now" => Operand::Now,
        reference => Operand::Reference {
            reference: reference.to_owned(),
        },
    }
}

/// The opposite; a double negation is undone.
pub(super) fn negate(condition: Condition) -> Condition {
    match condition {
        Condition::Not { part } => *part,
        Condition::Test {
            subject,
            comparison: taskwright_domain::Comparison::Missing,
        } => Condition::Test {
            subject,
            comparison: taskwright_domain::Comparison::Present,
        },
        Condition::Test {
            subject,
            comparison: taskwright_domain::Comparison::Present,
        } => Condition::Test {
            subject,
            comparison: taskwright_domain::Comparison::Missing,
        },
        Condition::Test {
            subject,
            comparison: taskwright_domain::Comparison::Is { to },
        } => {
            let flipped = match to {
                Operand::Constant {
                    value: taskwright_domain::Value::Boolean(yes),
                } => {
                    let to = Operand::Constant {
                        value: taskwright_domain::Value::Boolean(!yes),
                    };
                    taskwright_domain::Comparison::Is { to }
                }
                to => taskwright_domain::Comparison::IsNot { to },
            };
            Condition::Test {
                subject,
                comparison: flipped,
            }
        }
        Condition::Test { subject, comparison } => match flipped(comparison) {
            Ok(comparison) => Condition::Test { subject, comparison },
            Err(comparison) => Condition::Not {
                part: Box::new(Condition::Test {
                    subject,
                    comparison: *comparison,
                }),
            },
        },
        other => Condition::Not { part: Box::new(other) },
    }
}

/// The comparison that holds exactly when another does not, for values that are there.
fn flipped(
    comparison: taskwright_domain::Comparison,
) -> Result<taskwright_domain::Comparison, Box<taskwright_domain::Comparison>> {
    use taskwright_domain::Comparison::{After, AtLeast, AtMost, Before, IsNot, LessThan, MoreThan};
    Ok(match comparison {
        Before { than } | LessThan { than } => AtLeast { than },
        After { than } | MoreThan { than } => AtMost { than },
        AtLeast { than } => LessThan { than },
        AtMost { than } => MoreThan { than },
        IsNot { to } => taskwright_domain::Comparison::Is { to },
        other => return Err(Box::new(other)),
    })
}

fn together(left: Got, right: Got, any: bool) -> Got {
    let mut parts = Vec::new();
    for condition in [left.condition, right.condition] {
        match condition {
            Condition::Any { parts: inner } if any => parts.extend(inner),
            Condition::All { parts: inner } if !any => parts.extend(inner),
            other => parts.push(other),
        }
    }
    let condition = if any {
        Condition::Any { parts }
    } else {
        Condition::All { parts }
    };
    let links = left.links.into_iter().chain(right.links).collect();
    Got {
        condition,
        sure: left.sure && right.sure,
        links,
        subject: left.subject,
    }
}

/// The words without parentheses that change nothing; others make the condition unclear.
fn without_asides<'a>(words: &[Token<'a>]) -> Outcome<Vec<Token<'a>>> {
    let Some(open) = words.iter().position(|t| t.mark('(')) else {
        return Ok(words.to_vec());
    };
    let close = words
        .iter()
        .position(|t| t.mark(')'))
        .filter(|close| *close > open)
        .unwrap_or(words.len());
    let telling = [
        "or",
        "and",
        "unless",
        "except",
        "only",
        "if",
        "not",
        "max",
        "min",
        "whichever",
        "at",
        "up",
        "but",
        "plus",
        "excluding",
        "including",
    ];
    if words[open..close]
        .iter()
        .any(|t| t.any(&telling) || matches!(t.kind, Kind::Number | Kind::Quote))
    {
        return Err(Trouble::NotClear);
    }
    let mut kept = words[..open].to_vec();
    kept.extend_from_slice(words.get(close + 1..).unwrap_or(&[]));
    without_asides(&kept)
}

/// The words without adverbs that change nothing.
fn plain<'a>(words: &[Token<'a>]) -> Vec<Token<'a>> {
    let words = without_relative_clause(words);
    let idle = |t: &Token<'_>| {
        t.any(&[
            "still",
            "already",
            "also",
            "currently",
            "actually",
            "really",
            "even",
            "simply",
            "clearly",
            "indeed",
            "yet",
            "definitely",
            "explicitly",
            "just",
            "then",
            "ever",
            "please",
            "previously",
            "successfully",
            "therefore",
        ]) || t.mark('–')
    };
    let states = |at: usize| {
        words
            .get(at + 1)
            .is_some_and(|next| is_state_on_arrival(&words[at], next))
    };
    let kept = (0..words.len()).filter(|at| !idle(&words[*at]) && !states(*at));
    kept.map(|at| words[at].clone()).collect()
}

/// "arrived broken" is broken.
fn is_state_on_arrival(arrived: &Token<'_>, state: &Token<'_>) -> bool {
    let participle = state.low.ends_with("ed") || state.low.ends_with("en") || state.any(&["torn", "wrong", "empty"]);
    arrived.any(&["arrived", "arrives", "arrive", "came", "comes"]) && participle
}

/// "the postcode they give", "the name that comes back": who gives a value tells nothing of it.
fn without_relative_clause<'a>(words: &[Token<'a>]) -> Vec<Token<'a>> {
    const GIVE: [&str; 10] = [
        "give", "gave", "gives", "provide", "provided", "entered", "enter", "told", "typed", "send",
    ];
    let mut kept = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let rest = &words[at..];
        let skip = usize::from(rest[0].any(&["that", "which"]));
        let tail = &rest[skip..];
        let length = match tail {
            [who, gives, us, ..]
                if at > 0 && who.any(&["they", "you", "we"]) && gives.any(&GIVE) && us.any(&["us", "you"]) =>
            {
                3
            }
            [who, gives, ..] if at > 0 && who.any(&["they", "you", "we"]) && gives.any(&GIVE) => 2,
            [comes, back, ..] if skip > 0 && comes.any(&["comes", "came", "come"]) && back.is("back") => 2,
            _ => 0,
        };
        if length > 0 && at + skip + length < words.len() {
            at += skip + length;
            continue;
        }
        kept.push(words[at].clone());
        at += 1;
    }
    kept
}

/// Without marks and joining words at either end.
pub(super) fn trim<'t, 'a>(mut words: &'t [Token<'a>]) -> &'t [Token<'a>] {
    while let [first, rest @ ..] = words {
        let idle = matches!(first.kind, Kind::Mark(',' | ';' | ':' | '.' | '–' | '(' | ')' | '…'))
            || first.any(&["and", "or", "but", "that", "if", "when", "where", "whether", "nor"])
                && rest.len() > 1
                && !rest[0].any(&["one"]);
        if !idle {
            break;
        }
        words = rest;
    }
    while let [rest @ .., last] = words {
        if !matches!(
            last.kind,
            Kind::Mark(',' | ';' | ':' | '.' | '?' | '!' | '–' | '(' | ')' | '…')
        ) {
            break;
        }
        words = rest;
    }
    words
}
