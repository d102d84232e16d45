//! Clauses that tell what a customer speaks of: "they bring up a lawyer or the press", "a refund is mentioned".

use super::reader::trimmed;
use super::split::{is_command, lead};
use super::token::{Kind, Token};

/// What somebody speaks of.
pub(super) struct Topics<'t, 'a> {
    /// Any of these.
    pub(super) parts: Vec<Part<'t, 'a>>,
    /// The verb fits a value that is given as well.
    pub(super) may_give: bool,
}

/// One of several things spoken of, articles and the like left out.
#[derive(Clone, Copy)]
pub(super) struct Part<'t, 'a> {
    pub(super) words: &'t [Token<'a>],
    /// Said so that no words tell: "anything else", an outburst.
    open: bool,
}

/// How somebody speaks.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    /// Mentions, brings up, talks about.
    Mention,
    /// Asks about or for.
    Ask,
    /// Says or writes.
    Say,
    /// Threatens with.
    Threaten,
    /// Swears, shouts: nothing tells what.
    Burst,
}

/// Longest mention, in words that count: a longer one retells something.
const LONGEST: usize = 5;

impl<'t, 'a> Topics<'t, 'a> {
    /// Some things by themselves: "e-mail changes".
    pub(super) fn about(words: &'t [Token<'a>]) -> Option<Self> {
        Self::of(words, Way::Ask)
    }

    fn of(words: &'t [Token<'a>], way: Way) -> Option<Self> {
        let mut found = Self {
            parts: Vec::new(),
            may_give: matches!(way, Way::Mention | Way::Say),
        };
        let mut way = way;
        for part in words.split(parts_list) {
            let mut part = trimmed(part);
            if part.is_empty() {
                continue;
            }
            // "mention a lawyer or threaten legal action"
            if let Some((other, length)) = way_at(part) {
                way = other;
                part = if way == Way::Burst {
                    part
                } else {
                    trimmed(&part[length..])
                };
            }
            found.parts.push(Part::of(part, way)?);
        }
        (!found.parts.is_empty()).then_some(found)
    }
}

fn parts_list(token: &Token<'_>) -> bool {
    token.is("or") || matches!(token.kind, Kind::Mark(',' | '/' | '(' | ')'))
}

impl<'t, 'a> Part<'t, 'a> {
    /// `None`: it is no thing that is spoken of.
    fn of(words: &'t [Token<'a>], way: Way) -> Option<Self> {
        if way == Way::Burst {
            return Some(Self { words, open: true });
        }
        if words.iter().any(|t| matches!(t.kind, Kind::Pill | Kind::Call)) {
            return None;
        }
        let words = named(words, way)?;
        let first = words.first()?;
        if let Some(quote) = words.iter().find(|t| t.kind == Kind::Quote) {
            let at = words.iter().position(|t| t.kind == Kind::Quote)?;
            // Only words that say that it is quoted may stand beside it.
            let alone = quote.low.chars().any(char::is_alphanumeric) && words.len() == 1;
            return alone.then_some(Self {
                words: &words[at..=at],
                open: false,
            });
        }
        if first.any(&[
            "whether", "if", "how", "what", "when", "why", "where", "who", "which", "to",
        ]) {
            return None;
        }
        let found = Self {
            words,
            open: is_open(words),
        };
        (found.open || !counting(words).is_empty()).then_some(found)
    }

    pub(super) fn is_open(&self) -> bool {
        self.open || self.words[0].kind != Kind::Quote && counting(self.words).len() > LONGEST
    }

    /// The words that count, each once; none where nothing tells.
    pub(super) fn content(&self) -> Option<Vec<String>> {
        (!self.is_open()).then(|| counting(self.words))
    }
}

fn counting(words: &[Token<'_>]) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for token in words
        .iter()
        .filter(|t| matches!(t.kind, Kind::Word | Kind::Number) && !is_small(t))
    {
        if !found.contains(&token.low) {
            found.push(token.low.clone());
        }
    }
    found
}

/// Words that tell nothing by themselves.
fn is_small(token: &Token<'_>) -> bool {
    token.any(&[
        "a", "an", "the", "their", "his", "her", "its", "our", "your", "my", "this", "that", "these", "those", "it",
        "they", "them", "he", "she", "we", "us", "you", "i", "of", "in", "on", "at", "to", "for", "from", "by", "with",
        "about", "and", "any", "some", "is", "are", "was", "were", "be", "been", "being", "am", "have", "has", "had",
        "having", "do", "does", "did", "can", "could", "will", "would", "may", "might", "should", "there", "'s", "as",
        "so", "very", "really", "kind", "sort", "getting", "get", "gets", "like", "just", "e", "g", "eg", "such",
        "into",
    ])
}

/// "anything that sounds like an emergency", "similar symptoms", "etc".
fn is_open(words: &[Token<'_>]) -> bool {
    words.iter().any(|t| {
        t.any(&[
            "anything",
            "something",
            "everything",
            "whatever",
            "else",
            "similar",
            "etc",
            "other",
            "others",
            "sounds",
            "sound",
            "seems",
            "looks",
            "suggests",
            "suspicious",
            "inappropriate",
            "related",
        ])
    })
}

/// The thing itself, without what introduces it.
fn named<'t, 'a>(words: &'t [Token<'a>], way: Way) -> Option<&'t [Token<'a>]> {
    let mut words = trimmed(words);
    if way == Way::Say {
        words = said(words)?;
    }
    loop {
        let skip = skipped(words);
        if skip == 0 || skip >= words.len() {
            return Some(trimmed(words));
        }
        words = trimmed(&words[skip..]);
    }
}

/// How many words introduce the thing.
fn skipped(words: &[Token<'_>]) -> usize {
    const INTRODUCING: &[&[&str]] = &[
        &["anything", "to", "do", "with"],
        &["something", "to", "do", "with"],
        &["anything", "related", "to"],
        &["anything", "about"],
        &["something", "about"],
        &["anything", "like"],
        &["something", "like"],
        &["the", "topic", "of"],
        &["the", "subject", "of"],
        &["the", "possibility", "of"],
        &["that", "they", "are", "having"],
        &["they", "are", "having"],
        &["that", "they", "have"],
        &["they", "have"],
        &["that", "they", "feel"],
        &["they", "feel"],
        &["that", "they", "are"],
        &["the", "word"],
        &["the", "words"],
        &["the", "phrase"],
        &["the", "term"],
        &["words", "like"],
        &["either"],
        &["having"],
        &["that"],
        &["about"],
        &["the"],
        &["a"],
        &["an"],
        &["any"],
        &["some"],
        &["their"],
        &["our"],
        &["your"],
        &["my"],
    ];
    let starts = |phrase: &&&[&str]| super::split::starts(words, phrase);
    INTRODUCING.iter().find(starts).map_or(0, |phrase| phrase.len())
}

/// What "say" and "use" lead to: a quotation, named words, or what somebody has; a retelling is none of these.
fn said<'t, 'a>(words: &'t [Token<'a>]) -> Option<&'t [Token<'a>]> {
    let names = skipped(words);
    let introduced = names > 1
        && words[..names].iter().any(|t| {
            t.any(&[
                "word", "words", "phrase", "term", "about", "have", "having", "feel", "with", "to",
            ])
        });
    let quoted = words.iter().any(|t| t.kind == Kind::Quote);
    (introduced || quoted).then_some(words)
}

/// Whether some words may tell of speaking at all: a quick look.
pub(super) fn may_speak(words: &[Token<'_>]) -> bool {
    words.iter().any(|t| {
        t.kind == Kind::Word
            && matches!(
                t.stem.as_str(),
                "mention"
                    | "bring"
                    | "brought"
                    | "rais"
                    | "ask"
                    | "enquir"
                    | "inquir"
                    | "talk"
                    | "speak"
                    | "chat"
                    | "know"
                    | "complain"
                    | "refer"
                    | "say"
                    | "writ"
                    | "typ"
                    | "use"
                    | "threaten"
                    | "swear"
                    | "swor"
                    | "curs"
                    | "insult"
                    | "shout"
                    | "yel"
                    | "com"
                    | "cam"
            )
    })
}

/// What the clause says that the customer speaks of.
pub(super) fn topics_of<'t, 'a>(clause: &'t [Token<'a>]) -> Option<Topics<'t, 'a>> {
    let clause = without_asides(trimmed(clause));
    if let Some(about) = comes_up(clause) {
        return Topics::of(about, Way::Mention);
    }
    let after = subject(clause)?;
    let verb = without_asides(&clause[after..]);
    let (way, length) = way_at(verb)?;
    let mut about = trimmed(&verb[length..]);
    if way == Way::Burst {
        return Some(Topics {
            parts: vec![Part {
                words: verb,
                open: true,
            }],
            may_give: false,
        });
    }
    // "bring a lawyer up"
    if verb[0].any(&["bring", "brings"]) && about.last().is_some_and(|t| t.is("up")) {
        about = &about[..about.len() - 1];
    }
    Topics::of(about, way)
}

/// "at any point", "ever", "also": when it is said does not matter.
fn without_asides<'t, 'a>(mut words: &'t [Token<'a>]) -> &'t [Token<'a>] {
    loop {
        let timed = words.len() > 3
            && words[0].is("at")
            && words[1].is("any")
            && words[2].any(&["point", "time", "stage", "moment"]);
        let skip = match words.first() {
            _ if timed => 3,
            Some(first) if first.is_mark() => 1,
            Some(first) if first.any(&["ever", "also", "just", "even", "suddenly", "explicitly", "repeatedly"]) => 1,
            _ => return words,
        };
        words = &words[skip..];
    }
}

/// How many words the customer takes as the subject.
fn subject(words: &[Token<'_>]) -> Option<usize> {
    const CUSTOMERS: [&str; 17] = [
        "customer",
        "customers",
        "user",
        "caller",
        "client",
        "guest",
        "patient",
        "member",
        "person",
        "passenger",
        "shopper",
        "buyer",
        "traveller",
        "tenant",
        "student",
        "subscriber",
        "people",
    ];
    let first = words.first()?;
    if first.any(&["they", "he", "she", "someone", "somebody", "anyone", "anybody"]) || first.any(&CUSTOMERS) {
        return Some(1);
    }
    let named = first.any(&["the", "a", "any", "our", "your", "this"]) && words.get(1)?.any(&CUSTOMERS);
    named.then_some(2)
}

/// The way of speaking at the start of some words, and how many of them it takes.
fn way_at(words: &[Token<'_>]) -> Option<(Way, usize)> {
    let first = words.first().filter(|t| t.kind == Kind::Word)?;
    let is = |at: usize, any: &[&str]| words.get(at).is_some_and(|t| t.any(any));
    let us = usize::from(is(1, &["us", "you", "me"]));
    Some(match first.stem.as_str() {
        "is" | "are" | "keep" | "start" | "begin" if words.get(1).is_some_and(|t| t.low.ends_with("ing")) => {
            let (way, length) = way_at(&words[1..])?;
            (way, length + 1)
        }
        "start" | "begin" if is(1, &["to"]) => {
            let (way, length) = way_at(&words[2..])?;
            (way, length + 2)
        }
        "want" if is(1, &["to"]) && is(2, &["talk", "speak", "know", "hear"]) && is(3, &["about"]) => (Way::Ask, 4),
        "mention" => (Way::Mention, 1),
        "bring" | "brought" if is(1, &["up"]) => (Way::Mention, 2),
        "bring" | "brought" if words.last().is_some_and(|t| t.is("up")) => (Way::Mention, 1),
        "rais" if is(2, &["topic", "subject", "question", "issue", "matter"]) => (Way::Mention, 1),
        "ask" | "enquir" | "inquir" if is(1 + us, &["about", "for"]) => (Way::Ask, 2 + us),
        "talk" | "speak" | "chat" if is(1, &["about", "of"]) => (Way::Mention, 2),
        "complain" if is(1, &["about", "of"]) => (Way::Mention, 2),
        "refer" if is(1, &["to"]) => (Way::Mention, 2),
        "say" | "writ" | "typ" | "use" => (Way::Say, 1),
        "threaten" => {
            let with = usize::from(is(1 + us, &["with", "to"]));
            if words.len() <= 1 + us + with {
                (Way::Burst, 1)
            } else {
                (Way::Threaten, 1 + us + with)
            }
        }
        "swear" | "swor" | "curs" | "insult" | "shout" | "yel" | "complain" => (Way::Burst, 1),
        _ => return None,
    })
}

/// "a lawyer is mentioned", "the press comes up": what comes up.
fn comes_up<'t, 'a>(words: &'t [Token<'a>]) -> Option<&'t [Token<'a>]> {
    let (about, rest) = match words {
        [about @ .., be, done]
            if be.any(&["is", "are", "gets", "get", "was"]) && done.any(&["mentioned", "raised"]) =>
        {
            (about, done)
        }
        [about @ .., be, brought, up]
            if be.any(&["is", "are", "gets", "get"]) && brought.is("brought") && up.is("up") =>
        {
            (about, up)
        }
        [about @ .., comes, up] if comes.any(&["comes", "come", "came"]) && up.is("up") => (about, up),
        _ => return None,
    };
    (rest.kind == Kind::Word && !about.is_empty()).then_some(about)
}

/// Something that is not done here, and what is done for it.
pub(super) struct NotDone<'t, 'a> {
    pub(super) about: &'t [Token<'a>],
    pub(super) statement: &'t [Token<'a>],
    pub(super) then: &'t [Token<'a>],
}

/// "E-mail changes aren't done here, send them to the help page instead".
pub(super) fn not_done_here<'t, 'a>(words: &'t [Token<'a>]) -> Option<NotDone<'t, 'a>> {
    let joint = words
        .iter()
        .position(|t| matches!(t.kind, Kind::Mark(',' | '–' | ':' | ';' | '-')))?;
    let (statement, then) = (&words[..joint], &words[joint + 1..]);
    if !statement.iter().any(|t| t.is("not")) {
        return None;
    }
    let instead = then.iter().any(|t| t.is("instead"));
    let sends = lead(then).first().is_some_and(|t| {
        t.any(&[
            "send", "point", "direct", "refer", "guide", "hand", "tell", "pass", "transfer",
        ])
    });
    if !is_command(then) || !(instead || sends) {
        return None;
    }
    let here = |words: &[Token<'_>]| match words {
        [] => instead,
        [first, ..] => first.any(&["here", "in", "on", "through", "via", "by", "with", "over"]),
    };
    // "we don't do e-mail changes here"
    if let [we, does, not, verb, rest @ ..] = lead(statement)
        && we.is("we")
        && does.any(&["do", "can"])
        && not.is("not")
        && verb.any(&["do", "handle", "make", "process", "offer", "take", "deal"])
    {
        let end = rest
            .iter()
            .position(|t| t.any(&["here", "in", "on", "through", "via"]))
            .unwrap_or(rest.len());
        let about = &rest[..end];
        return (end > 0 && here(&rest[end..])).then_some(NotDone { about, statement, then });
    }
    let not = statement.iter().position(|t| t.is("not"))?;
    let auxiliary = not
        .checked_sub(1)
        .filter(|at| statement[*at].any(&["is", "are", "can", "could"]))?;
    let rest = &statement[not + 1..];
    let rest = match rest {
        [be, rest @ ..] if be.is("be") => rest,
        rest => rest,
    };
    let (done, place) = rest.split_first()?;
    let undone = done.any(&[
        "done",
        "handled",
        "made",
        "possible",
        "processed",
        "changed",
        "supported",
        "available",
        "covered",
        "dealt",
        "offered",
        "taken",
        "managed",
    ]);
    let place = match place {
        [with, rest @ ..] if with.is("with") => rest,
        place => place,
    };
    let about = lead(&statement[..auxiliary]);
    let about = match about.iter().position(|t| t.mark(':')) {
        Some(colon) => &about[colon + 1..],
        None => about,
    };
    let a_thing = about
        .first()
        .is_some_and(|t| !t.any(&["it", "this", "that", "they", "we", "you", "there"]));
    (undone && a_thing && here(place)).then_some(NotDone { about, statement, then })
}
