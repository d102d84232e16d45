//! Where a sentence's condition ends and what it leads to begins.

use super::split::{is_command, lead, starts};
use super::token::{Kind, Token};
use super::verbs::{Deed, verb_at};

/// How a condition is put.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Put {
    If,
    Unless,
    /// `for delivered orders, …`, `delivered: …`
    Fragment,
    /// `once it is paid`, `after the refund`: may be mere order.
    Once,
}

/// A sentence cut at its condition.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cut<'t, 'a> {
    pub(super) put: Put,
    /// The words that introduce it stand before these.
    pub(super) condition: &'t [Token<'a>],
    /// With the introducing words, for the span.
    pub(super) whole: &'t [Token<'a>],
    pub(super) then: &'t [Token<'a>],
    pub(super) otherwise: &'t [Token<'a>],
    /// What comes after a condition in the middle: "B if A, then C".
    pub(super) more: &'t [Token<'a>],
    /// What stands before an embedded condition: "look it up and, if …".
    pub(super) before: &'t [Token<'a>],
}

/// The word that opens a condition, and how many tokens it takes.
fn opener(words: &[Token<'_>]) -> Option<(Put, usize)> {
    let first = words.first()?;
    let next = |phrase: &[&str]| starts(words, phrase);
    Some(match first.low.as_str() {
        _ if first.kind != Kind::Word => return None,
        "only" if next(&["only", "if"]) || next(&["only", "when"]) => (Put::If, 2),
        "even" if next(&["even", "if"]) => return None,
        "if" | "whenever" | "where" => (Put::If, 1),
        "when" => (Put::If, 1),
        "unless" => (Put::Unless, 1),
        "once"
            if words.get(1).is_none_or(|t| {
                t.is_mark() || t.any(&["more", "again", "per", "in", "a", "every", "only", "each"])
            }) =>
        {
            return None;
        }
        "once" | "after" => (Put::Once, 1),
        "outside" | "during" | "within" if words.iter().take(6).any(|t| t.is("hours")) => (Put::If, 0),
        "as" if next(&["as", "soon", "as"]) => (Put::Once, 3),
        "as" if next(&["as", "long", "as"]) => (Put::If, 3),
        "while"
            if words
                .get(1)
                .is_some_and(|t| t.any(&["the", "their", "they", "it", "there", "this", "we", "you"])) =>
        {
            (Put::If, 1)
        }
        "in" if next(&["in", "case", "of"]) => (Put::Fragment, 3),
        "in" if next(&["in", "case"]) => (Put::If, 2),
        "in" if next(&["in", "the", "event", "that"]) => (Put::If, 4),
        "provided" => (Put::If, if next(&["provided", "that"]) { 2 } else { 1 }),
        "assuming" => (Put::If, if next(&["assuming", "that"]) { 2 } else { 1 }),
        "given" if next(&["given", "that"]) => (Put::If, 2),
        "should" if words.len() > 3 && words[1].any(&["the", "a", "they", "it", "this", "there"]) => (Put::If, 1),
        "for" => (Put::Fragment, 1),
        "else" | "otherwise" if next(&["else", "if"]) || next(&["otherwise", "if"]) => (Put::If, 2),
        "except" if next(&["except", "if"]) || next(&["except", "when"]) => (Put::Unless, 2),
        _ => return None,
    })
}

/// Every way to cut a sentence, the likelier ones first.
pub(super) fn cuts<'t, 'a>(words: &'t [Token<'a>], nested: bool) -> Vec<Cut<'t, 'a>> {
    let mut found = Vec::new();
    let bare = unwrapped(words);
    if let Some(cut) = answered(bare) {
        return vec![cut];
    }
    // "Check if it is late → refund it, otherwise …"
    if let Some(at) = bare
        .iter()
        .take(3)
        .position(|t| t.any(&["if", "whether"]))
        .filter(|at| *at > 0 && looks(&bare[..*at]) && bare.iter().any(|t| t.mark('→') || t.mark('=')))
    {
        let mut inner = Vec::new();
        opening(&bare[at..], Put::If, 1, nested, &mut inner);
        inner.retain(|cut| !cut.condition.is_empty() && !cut.then.is_empty());
        return inner;
    }
    if let Some((put, length)) = opener(bare) {
        opening(bare, put, length, nested, &mut found);
    } else {
        trailing(bare, &mut found);
        fragment(bare, nested, &mut found);
    }
    // "if" with nothing behind it breaks off.
    found.retain(|cut| !cut.condition.is_empty());
    found
}

/// "check", "work out", "see": the words before an "if" that is looked into.
fn looks(words: &[Token<'_>]) -> bool {
    words.iter().all(|t| {
        t.any(&[
            "check",
            "see",
            "work",
            "out",
            "determine",
            "decide",
            "find",
            "verify",
            "look",
            "first",
        ])
    })
}

/// "Yes: move it", "No → hand off": what an answer to the question before leads to.
fn answered<'t, 'a>(words: &'t [Token<'a>]) -> Option<Cut<'t, 'a>> {
    let [answer, mark, then @ ..] = words else { return None };
    let leads = matches!(mark.kind, Kind::Mark(':' | '→' | '–' | ',' | '='));
    (answer.any(&["yes", "no"]) && leads && is_command(then)).then(|| Cut {
        put: Put::If,
        condition: &words[..1],
        whole: &words[..1],
        then,
        otherwise: &[],
        more: &[],
        before: &[],
    })
}

/// Without joining words before the condition; "(only if …) do this" loses its brackets.
fn unwrapped<'t, 'a>(words: &'t [Token<'a>]) -> &'t [Token<'a>] {
    let mut words = words;
    while let [first, rest @ ..] = words {
        let idle = first.is_mark()
            || (first.any(&[
                "and", "then", "but", "so", "also", "now", "next", "finally", "first", "however", "again",
            ]) && !rest.is_empty());
        if !idle {
            break;
        }
        words = rest;
    }
    words
}

fn opening<'t, 'a>(words: &'t [Token<'a>], put: Put, length: usize, nested: bool, found: &mut Vec<Cut<'t, 'a>>) {
    let body = &words[length..];
    let mut good = Vec::new();
    let mut weak = Vec::new();
    for at in 1..body.len() {
        let token = &body[at];
        let rest = &body[at + 1..];
        // "'sent', 'packed' or 'paid'" is a list.
        let listed = body[at - 1].kind == Kind::Quote && rest.first().is_some_and(|t| t.kind == Kind::Quote);
        if listed && token.mark(',') {
            continue;
        }
        let command = is_command(rest) || states(rest);
        match token.kind {
            Kind::Word if token.is("then") && !rest.is_empty() => good.push((at, at + 1)),
            Kind::Mark(',') if command => good.push((at, at + 1)),
            Kind::Mark(':' | '→' | '=' | '?') if !rest.is_empty() => good.push((at, at + 1)),
            Kind::Mark('–' | ')') if command => good.push((at, at + 1)),
            Kind::Mark(',') if !rest.is_empty() && !rest[0].any(&["and", "or", "but"]) => weak.push((at, at + 1)),
            Kind::Word
                if at > 2
                    && token.any(&["we", "you", "they"])
                    && rest
                        .first()
                        .is_some_and(|t| t.any(&["can", "must", "should", "will", "do", "may", "need"]))
                    && !body[at - 1].any(&["that", "if", "what", "and", "or"]) =>
            {
                weak.push((at, at));
            }
            Kind::Word
                if at > 1
                    && !body[at - 1].any(&[
                        "to", "not", "or", "and", "they", "you", "we", "can", "will", "would", "do", "does", "the",
                        "a", "their", "did", "must", "should", "could", "an", "no", "customer", "of", "for",
                    ])
                    && is_command(&body[at..])
                    && !token.any(&["otherwise", "no"])
                    // "of the trial end" ends nothing.
                    && (!token.any(&["end", "stop", "close"])
                        || rest.first().is_some_and(|t| t.any(&["the", "this", "here", "it", "a"]))) =>
            {
                weak.push((at, at));
            }
            _ => {}
        }
    }
    // A command later in a list of commands is no better cut than the first one.
    for (end, from) in good.into_iter().chain(weak).take(10) {
        let (then, otherwise) = parted(&body[from..]);
        found.push(Cut {
            put,
            condition: &body[..end],
            whole: &words[..length + end],
            then,
            otherwise,
            before: &[],
            more: &[],
        });
    }
    if nested || found.is_empty() {
        found.push(Cut {
            put,
            condition: body,
            whole: words,
            then: &[],
            otherwise: &[],
            before: &[],
            more: &[],
        });
    }
}

/// Whether words state something that a rule or outcome could be: "they must wait", "the agent cannot help".
fn states(words: &[Token<'_>]) -> bool {
    // ", and the carrier is DHL" goes on with the condition.
    if words.first().is_some_and(|t| t.any(&["and", "or", "but"])) {
        return false;
    }
    let words = lead(words);
    words
        .first()
        .is_some_and(|t| t.any(&["they", "you", "we", "it", "there", "the", "that", "this"]))
        && words.iter().take(7).any(|t| {
            t.any(&[
                "must", "can", "should", "is", "are", "will", "need", "needs", "has", "have", "may",
            ])
        })
        || words.iter().take(5).any(|t| t.mark('→'))
}

/// "B if A", "B unless A", "look it up and, if A, B".
fn trailing<'t, 'a>(words: &'t [Token<'a>], found: &mut Vec<Cut<'t, 'a>>) {
    for at in 1..words.len() {
        let Some((put, length)) = opener(&words[at..]) else {
            continue;
        };
        let depth = words[..at].iter().filter(|t| t.mark('(')).count();
        let inside = depth > words[..at].iter().filter(|t| t.mark(')')).count() && !words[at - 1].mark('(');
        if starts(&words[at..], &["once", "more"]) || inside {
            continue;
        }
        let clause = words.get(at + 1).is_some_and(|t| {
            t.any(&[
                "the", "they", "you", "it", "we", "their", "customer", "he", "she", "there",
            ])
        });
        if words[at].is("once")
            && !clause
            && words[at - 1].any(&["than", "only", "again", "try", "retry", "just", "least", "most"])
        {
            continue;
        }
        // "ask them to wait while you check": at the same time.
        if words[at].is("while") && words.get(at + 1).is_some_and(|t| t.any(&["you", "we"])) {
            continue;
        }
        if at > 0 && words[at - 1].is("even") || within_relative(&words[..at]) {
            continue;
        }
        if words[at].is("when") && asks_first(words) && !words[at - 1].is_mark() {
            continue;
        }
        // "when/if they'll be charged" asks no condition.
        if is_said(words, at, put) || words[at - 1].mark('/') {
            continue;
        }
        if put == Put::Fragment
            || length == 0
            || words[at].any(&["after", "where", "should", "given"])
            || is_indirect(words, at)
        {
            continue;
        }
        let before = &words[..at];
        let joined = before
            .last()
            .is_some_and(|t| t.is_mark() || t.any(&["and", "then", "but"]));
        if joined && !words[at].any(&["only"]) {
            let mut embedded = Vec::new();
            opening(&words[at..], put, length, false, &mut embedded);
            let usable = embedded
                .into_iter()
                .filter(|cut| !cut.then.is_empty() && is_command(cut.then));
            found.extend(usable.map(|cut| Cut {
                before: trim_end(before),
                ..cut
            }));
        }
        let body = &words[at + length..];
        let (condition, otherwise) = parted(body);
        let (condition, more) = match condition
            .iter()
            .position(|t| t.mark(',') || t.mark('&') || t.mark('–'))
            .filter(|comma| is_command(&condition[comma + 1..]))
        {
            Some(comma) if otherwise.is_empty() => (&condition[..comma], &condition[comma + 1..]),
            _ => (condition, &condition[..0]),
        };
        let then = match trim_end(before) {
            // "Only hand off if …": what an "if" already says.
            [only, then @ ..]
                if only.is("only") && verb_at(then, 0).is_some_and(|v| !v.deed.acts() && v.deed != Deed::Jump) =>
            {
                then
            }
            then => then,
        };
        found.push(Cut {
            put,
            condition,
            whole: &words[at..at + length + condition.len()],
            then,
            otherwise,
            before: &[],
            more,
        });
        return;
    }
}

/// ", which is free if …": the condition belongs to what is told of a thing.
fn within_relative(before: &[Token<'_>]) -> bool {
    let which = before
        .windows(2)
        .rposition(|two| two[0].mark(',') && two[1].is("which"));
    which.is_some_and(|at| !before[at + 2..].iter().any(Token::is_mark))
}

/// Whether the sentence asks for things, so that "when" is one of them.
fn asks_first(words: &[Token<'_>]) -> bool {
    verb_at(lead(words), 0).is_some_and(|v| v.deed == Deed::Ask || matches!(v.lemma, "get" | "obtain"))
}

/// Whether a condition belongs to what the customer is told: "tell them that if it is late, …", "explain that it can't be
/// moved once it has left", "tell them which plan it is and when it ends".
fn is_said(words: &[Token<'_>], at: usize, put: Put) -> bool {
    let tells = verb_at(lead(words), 0).is_some_and(|v| v.deed == Deed::Tell);
    let before = &words[..at];
    let that = before.last().is_some_and(|t| t.is("that"));
    let stated = put == Put::Once && !words[at - 1].is_mark() && before.iter().any(|t| t.any(&["that", "will", "'ll"]));
    let question = words[at].is("when")
        && !words[at - 1].is_mark()
        && before
            .iter()
            .any(|t| t.any(&["what", "which", "how", "where", "who", "whether"]));
    // "tell them to wait, we'll call when it is back"
    let promise = before.iter().rposition(|t| t.mark(',')).is_some_and(|comma| {
        let clause = &before[comma + 1..];
        clause
            .first()
            .is_some_and(|t| t.any(&["we", "it", "they", "you", "there"]))
            && clause.iter().take(4).any(|t| t.any(&["will", "can", "is", "are"]))
    });
    tells && (that || stated || question || promise)
}

fn trim_end<'t, 'a>(mut words: &'t [Token<'a>]) -> &'t [Token<'a>] {
    while let [rest @ .., last] = words {
        if !(last.is_mark() || last.any(&["and", "but", "then", "only"])) {
            break;
        }
        words = rest;
    }
    words
}

/// "ask if …", "check whether …", "tell them when …": what follows is the content, no condition.
fn is_indirect(words: &[Token<'_>], at: usize) -> bool {
    if words[at].any(&["only", "unless", "provided", "except"]) {
        return false;
    }
    (0..at).rev().take(7).any(|place| {
        let between = &words[place + 1..at];
        if between.iter().any(|t| t.is_mark() || t.any(&["and", "then"])) {
            return false;
        }
        let indirect = verb_at(words, place).is_some_and(|v| {
            matches!(v.deed, Deed::Ask | Deed::Decide | Deed::Verify | Deed::Confirm)
                || matches!(
                    v.lemma,
                    "see" | "know" | "find" | "say" | "tell" | "explain" | "remember" | "inform"
                ) && (place + v.length == at
                    || words[at].any(&["when"])
                    || between
                        .iter()
                        .all(|t| t.any(&["them", "the", "customer", "us", "out", "me", "you"])))
        });
        let know = words[place].any(&[
            "know",
            "wonder",
            "wonders",
            "wondering",
            "asks",
            "asking",
            "sure",
            "unsure",
            "see",
            "curious",
        ]);
        let content = between.iter().all(|t| {
            t.any(&[
                "them", "the", "customer", "us", "out", "me", "they", "with", "user", "again", "also", "know", "once",
                "more",
            ])
        });
        (indirect || know) && content
    })
}

/// "already shipped? …", "delivered -> …", "failed: …", "Error E-1 or E-2 = …".
fn fragment<'t, 'a>(words: &'t [Token<'a>], nested: bool, found: &mut Vec<Cut<'t, 'a>>) {
    for at in 1..words.len().min(24) {
        let token = &words[at];
        let rest = &words[at + 1..];
        let parts = matches!(token.kind, Kind::Mark('→' | '=' | '?' | ':' | '–'));
        if parts && (!rest.is_empty() || nested || token.mark('?')) && !is_command(&words[..at]) {
            let (then, otherwise) = parted(rest);
            found.push(Cut {
                put: Put::Fragment,
                condition: &words[..at],
                whole: &words[..at],
                then,
                otherwise,
                before: &[],
                more: &[],
            });
            return;
        }
    }
}

/// What comes before and after "otherwise".
pub(super) fn parted<'t, 'a>(words: &'t [Token<'a>]) -> (&'t [Token<'a>], &'t [Token<'a>]) {
    for at in 1..words.len() {
        if let Some(length) = otherwise_at(words, at) {
            return (trim_end(&words[..at]), &words[at + length..]);
        }
    }
    (words, &[])
}

fn otherwise_at(words: &[Token<'_>], at: usize) -> Option<usize> {
    let before = &words[at - 1];
    let after_mark = before.is_mark() || before.any(&["and", "or", "but"]);
    let word = &words[at];
    if word.any(&["otherwise", "else"]) && (after_mark || word.is("otherwise")) {
        return Some(1);
    }
    if after_mark
        && starts(&words[at..], &["if", "not"])
        && words.get(at + 2).is_some_and(|t| t.is_mark() || t.is("then"))
    {
        return Some(2);
    }
    None
}

/// "Otherwise, …", "If not, …", "In all other cases …": what it leads to, after the words that say so.
pub(super) fn otherwise<'t, 'a>(words: &'t [Token<'a>]) -> Option<(&'t [Token<'a>], &'t [Token<'a>])> {
    const WAYS: &[&[&str]] = &[
        &["or", "else"],
        &["otherwise"],
        &["else"],
        &["if", "not"],
        &["if", "none", "of", "these", "apply"],
        &["if", "none", "of", "this", "applies"],
        &["if", "none", "apply"],
        &["in", "all", "other", "cases"],
        &["in", "any", "other", "case"],
        &["in", "every", "other", "case"],
        &["in", "other", "cases"],
        &["for", "everything", "else"],
        &["for", "all", "others"],
        &["for", "anything", "else"],
        &["for", "all", "other", "orders"],
        &["anything", "else"],
        &["everything", "else"],
        &["all", "other", "cases"],
        &["any", "other", "case"],
        &["other", "cases"],
    ];
    let bare = unwrapped(words);
    let way = WAYS.iter().find(|way| starts(bare, way))?;
    let rest = &bare[way.len()..];
    // "otherwise if …" has a condition of its own; "if not shipped" is one.
    let plain = rest
        .first()
        .is_none_or(|t| t.is_mark() || !way.contains(&"not") || t.is("then") || is_command(rest));
    let again = rest.first().is_some_and(|t| t.is("if")) && way.len() == 1;
    (plain && !again).then(|| (&bare[..way.len()], rest))
}
