//! Sentences, and the parts a sentence is made of.

use super::token::{Kind, Token};
use super::verbs::{Deed, Form, parted_verb_at, verb_at};

/// Cuts tokens into sentences. A semicolon ends one too.
pub(super) fn sentences<'t, 'a>(tokens: &'t [Token<'a>]) -> Vec<&'t [Token<'a>]> {
    let mut found = Vec::new();
    let mut from = 0;
    let mut depth = 0_u32;
    for (at, token) in tokens.iter().enumerate() {
        match token.kind {
            Kind::Mark('(') => depth += 1,
            Kind::Mark(')') => depth = depth.saturating_sub(1),
            _ => {}
        }
        let next = tokens.get(at + 1);
        let ends = match token.kind {
            Kind::Mark('.' | '!' | '?') => next.is_none_or(|t| (t.spaced || t.kind == Kind::Quote) && depth == 0),
            Kind::Mark(';') => depth == 0,
            Kind::Mark('…') => next.is_none_or(|t| t.spaced && t.capital),
            // A quoted sentence ends what it stands in when a new one begins after it.
            Kind::Quote => {
                token.low.ends_with(['.', '!', '?'])
                    && next.is_some_and(|t| t.capital && t.kind == Kind::Word && t.spaced)
            }
            _ => false,
        };
        if ends {
            found.push(&tokens[from..=at]);
            from = at + 1;
            depth = 0;
        }
    }
    if from < tokens.len() {
        found.push(&tokens[from..]);
    }
    found.retain(|words| words.iter().any(|t| !t.is_mark()));
    found
}

/// Without joining words and adverbs at the start: "and then please", "first", "step 3:".
pub(super) fn lead<'t, 'a>(mut words: &'t [Token<'a>]) -> &'t [Token<'a>] {
    loop {
        let before = words.len();
        while let [first, rest @ ..] = words {
            let idle = first.is_mark() && !matches!(first.kind, Kind::Mark('(' | '→' | '€' | '$' | '£'))
                || first.any(&[
                    "then",
                    "and",
                    "also",
                    "next",
                    "finally",
                    "first",
                    "afterwards",
                    "lastly",
                    "please",
                    "pls",
                    "plz",
                    "now",
                    "so",
                    "but",
                    "just",
                    "simply",
                    "immediately",
                    "secondly",
                    "firstly",
                    "thirdly",
                    "again",
                    "instead",
                    "kindly",
                    "politely",
                    "always",
                    "additionally",
                    "second",
                    "third",
                    "directly",
                    "automatically",
                    "carefully",
                    "briefly",
                    "clearly",
                    "gently",
                    "quickly",
                    "proactively",
                    "nb",
                    "therefore",
                ]) && !rest.is_empty();
            if !idle {
                break;
            }
            words = rest;
        }
        words = without_phrases(words);
        if words.len() == before {
            return words;
        }
    }
}

fn without_phrases<'t, 'a>(words: &'t [Token<'a>]) -> &'t [Token<'a>] {
    const PHRASES: &[&[&str]] = &[
        &["after", "that"],
        &["before", "anything", "else"],
        &["once", "done"],
        &["when", "done"],
        &["when", "finished"],
        &["once", "finished"],
        &["when", "you", "are", "done"],
        &["when", "you", "have", "finished"],
        &["once", "you", "have", "finished"],
        &["once", "everything", "is", "settled"],
        &["when", "everything", "is", "settled"],
        &["once", "you", "are", "done"],
        &["when", "everything", "is", "done"],
        &["once", "everything", "is", "done"],
        &["when", "all", "is", "done"],
        &["when", "you", "are", "finished"],
        &["at", "the", "end"],
        &["in", "the", "end"],
        &["to", "start"],
        &["to", "begin"],
        &["to", "begin", "with"],
        &["in", "that", "case"],
        &["in", "this", "case"],
        &["in", "which", "case"],
        &["in", "addition"],
        &["as", "usual"],
        &["as", "well"],
        &["if", "needed"],
        &["make", "sure", "to"],
        &["make", "sure", "you"],
        &["be", "sure", "to"],
        &["remember", "to"],
        &["do", "not", "forget", "to"],
        &["do", "not", "hesitate", "to"],
        &["could", "you"],
        &["can", "you"],
        &["would", "you"],
        &["i", "would", "like", "you", "to"],
        &["i", "want", "you", "to"],
        &["try", "to"],
        &["go", "ahead", "and"],
        &["proceed", "to"],
        &["you", "should"],
        &["you", "must"],
        &["you", "need", "to"],
        &["you", "have", "to"],
        &["you", "will", "need", "to"],
        &["you", "will"],
        &["you", "then"],
        &["you", "want", "to"],
        &["you", "will", "want", "to"],
        &["we", "should"],
        &["we", "must"],
        &["we", "need", "to"],
        &["we", "have", "to"],
        &["we", "will"],
        &["we", "then"],
        &["your", "job", "is", "to"],
        &["your", "task", "is", "to"],
        &["should", "first"],
        &["must", "first"],
        &["start", "with"],
        &["let", "us"],
        &["for", "this"],
        &["to", "do", "this"],
        &["to", "do", "so"],
        &["use", "it", "to"],
        &["use", "this", "to"],
        &["use", "that", "to"],
        &["use", "them", "to"],
        &["straight", "away"],
        &["right", "away"],
    ];
    for phrase in PHRASES {
        if starts(words, phrase) && words.len() > phrase.len() {
            return &words[phrase.len()..];
        }
    }
    // "The agent should first …"
    let skip = usize::from(words.first().is_some_and(|t| t.any(&["the", "our", "your"])));
    let subject = words
        .get(skip)
        .is_some_and(|t| t.any(&["agent", "assistant", "bot", "agents", "rep", "operator"]));
    if subject && (skip == 1 || words[0].capital) {
        let after = &words[skip + 1..];
        for modal in [
            &["should"][..],
            &["must"],
            &["will"],
            &["needs", "to"],
            &["has", "to"],
            &["then"],
            &["need", "to"],
            &["can"],
        ] {
            if starts(after, modal)
                && !modal.contains(&"can")
                && after.len() > modal.len()
                && !after[modal.len()].is("not")
            {
                return &after[modal.len()..];
            }
        }
        if verb_at(after, 0).is_some_and(|v| v.form == Form::Third) {
            return after;
        }
    }
    // "Step 3: …", "Start by …ing"
    if words.len() > 3 && words[0].any(&["step", "option"]) && words[1].kind == Kind::Number {
        return &words[2..];
    }
    if words.len() > 2
        && words[0].any(&["start", "starts", "begin", "begins", "continue", "finish", "end"])
        && words[1].is("by")
    {
        return &words[2..];
    }
    words
}

pub(super) fn starts(words: &[Token<'_>], phrase: &[&str]) -> bool {
    words.len() >= phrase.len() && phrase.iter().zip(words).all(|(said, t)| t.is(said))
}

/// Whether a clause that tells what to do starts here.
pub(super) fn is_command(words: &[Token<'_>]) -> bool {
    let words = lead(words);
    let Some(first) = words.first() else { return false };
    if first.kind == Kind::Call || first.kind == Kind::Quote {
        return true;
    }
    if starts(words, &["do", "not"])
        || first.any(&["never", "no", "let", "otherwise"]) && words.len() > 1
        || first.is("only") && verb_at(words, 1).is_some_and(|v| v.form == Form::Base)
    {
        return true;
    }
    if first.mark('→') {
        return true;
    }
    match verb_at(words, 0) {
        Some(verb) if matches!(verb.form, Form::Base) => !verb.noun_too || is_verb_by_what_follows(words, verb.length),
        Some(_) => false,
        None => parted_verb_at(words, 0).is_some_and(|(verb, _)| verb.form == Form::Base),
    }
}

/// "email them" is a verb, "email and name" a noun.
fn is_verb_by_what_follows(words: &[Token<'_>], at: usize) -> bool {
    let ends = |t: &&Token<'_>| at + 1 == words.len() && (t.mark('.') || t.mark('!'));
    let Some(next) = words.get(at).filter(|t| !ends(t)) else {
        return words.len() <= at + 1
            && at > 0
            && !words[0].any(&[
                "text", "message", "file", "record", "place", "state", "label", "email", "link", "order", "number",
            ]);
    };
    if next.kind == Kind::Word && next.low.contains('_') {
        return words[0].any(&["call", "use", "run", "query"]);
    }
    match next.kind {
        Kind::Pill | Kind::Call | Kind::Quote => true,
        Kind::Number => words[0].any(&["refund", "credit", "charge"]),
        Kind::Word => {
            next.any(&[
                "the", "a", "an", "this", "that", "their", "them", "it", "any", "all", "its", "his", "her", "our",
                "up", "to", "for", "if", "whether", "with", "again", "back", "these", "those", "only", "both", "by",
                "in", "on", "through", "until", "from", "new", "status", "him", "us", "as", "customer", "other",
                "another",
            ]) || words[0].any(&["set", "record", "store", "mark", "change", "update", "switch"])
                && words.iter().take(9).skip(2).any(|t| t.any(&["to", "as"]))
                || (words[0].any(&[
                    "check", "refund", "list", "search", "track", "ship", "upgrade", "reset", "block", "lock", "note",
                    "tag", "test", "request", "process", "use", "run",
                ]) && !next.any(&[
                    "and", "or", "is", "are", "was", "has", "of", "amount", "number", "reason", "date", "status", "ok",
                    "okay", "fine", "allowed", "possible",
                ]))
        }
        Kind::Mark('.' | ',' | ';' | '(' | '–' | ':') => {
            words[0].any(&["refund", "retry", "wait", "pause", "repeat", "offer", "escalate", "try"])
        }
        _ => false,
    }
}

/// Cuts a clause where "and", "then" or a comma joins commands.
pub(super) fn coordinate<'t, 'a>(words: &'t [Token<'a>]) -> Vec<&'t [Token<'a>]> {
    let mut parts = Vec::new();
    let mut from = 0;
    let mut depth = 0_u32;
    let mut at = 0;
    while at < words.len() {
        let token = &words[at];
        match token.kind {
            Kind::Mark('(') => depth += 1,
            Kind::Mark(')') => depth = depth.saturating_sub(1),
            _ => {}
        }
        let joins = depth == 0
            && at > from
            && !is_only_a_lead(&words[from..at])
            && match token.kind {
                Kind::Mark(',' | '–' | '&' | '+' | ':' | '→') => {
                    let (before, after) = (&words[from..at], &words[at + 1..]);
                    is_command(after)
                        && !lists_quotes(before, after)
                        && !says_what(before, token)
                        && !quotes_question(before, token, after)
                        && !lone_noun(before, token, after)
                        && !(token.mark(',') && within_speech(before, after))
                }
                Kind::Word if token.any(&["and", "then"]) => {
                    let (before, after) = (&words[from..at], &words[at + 1..]);
                    let ruled = lead(before).first().is_some_and(|t| t.is("only"))
                        && after.first().is_some_and(|t| t.is("only"));
                    let orders = before.iter().any(|t| t.bracketed) && super::background::orders(after);
                    // "call get_user, then get_order"
                    let called = token.is("then") && after.first().is_some_and(|t| t.low.contains('_'));
                    (is_command(after) || ruled || orders || called)
                        && !goes_on(before)
                        && !within_speech(before, after)
                        && !lone_noun(before, token, after)
                }
                _ => false,
            };
        if joins {
            parts.push(&words[from..at]);
            from = at;
        }
        at += 1;
    }
    parts.push(&words[from..]);
    parts.retain(|part| part.iter().any(|t| !t.is_mark()));
    parts
}

/// "First, …", "We then …": nothing is said yet.
fn is_only_a_lead(before: &[Token<'_>]) -> bool {
    let said: Vec<_> = before.iter().filter(|t| !t.is_mark()).collect();
    matches!(said.as_slice(), [word] if word.any(&[
        "first", "next", "then", "finally", "afterwards", "lastly", "now", "also", "so", "we", "you", "second", "third",
        "secondly", "thirdly", "please", "and", "but",
    ]))
}

/// "'sent', 'packed' or 'paid'": quoted words in a row are names, not words to say.
fn lists_quotes(before: &[Token<'_>], after: &[Token<'_>]) -> bool {
    let quoted = |t: &&Token<'_>| t.kind == Kind::Quote;
    before.last().filter(quoted).is_some() && lead(after).first().filter(quoted).is_some()
}

/// "should then be …", "go ahead and …": the verb is not there yet.
fn goes_on(before: &[Token<'_>]) -> bool {
    before
        .last()
        .is_some_and(|t| t.any(&["should", "must", "will", "can", "may", "to"]))
        || before.len() == 2 && starts(before, &["go", "ahead"])
}

/// After "tell them:" or "ask:" the rest is what is said.
fn says_what(before: &[Token<'_>], mark: &Token<'_>) -> bool {
    let speech = verb_at(lead(before), 0).is_some_and(|v| matches!(v.deed, Deed::Tell | Deed::Ask | Deed::Guide));
    mark.mark(':') && speech
}

/// "Check with them first: "Is that right?"": the quote is the question.
fn quotes_question(before: &[Token<'_>], mark: &Token<'_>, after: &[Token<'_>]) -> bool {
    let before = lead(before);
    let notes = before.iter().any(|t| t.any(&["note", "comment"]));
    let asks = verb_at(before, 0).is_some_and(|v| {
        notes
            || matches!(
                v.deed,
                Deed::Tell
                    | Deed::Ask
                    | Deed::Guide
                    | Deed::Confirm
                    | Deed::Verify
                    | Deed::Note
                    | Deed::HandOff
                    | Deed::Greet
                    | Deed::Apologise
            )
    });
    let quote = after.first().is_some_and(|t| t.kind == Kind::Quote);
    quote && asks && matches!(mark.kind, Kind::Mark(':' | ',' | '–'))
}

/// "add the tags late and refund": a lone word that is a noun as well belongs to the list before it.
fn lone_noun(before: &[Token<'_>], joint: &Token<'_>, after: &[Token<'_>]) -> bool {
    let words: Vec<_> = lead(after).iter().filter(|t| !t.is_mark()).collect();
    let alone = words.len() == 1 && verb_at(lead(after), 0).is_some_and(|v| v.noun_too);
    let before = lead(before);
    let lists = verb_at(before, 0)
        .is_some_and(|v| !v.deed.acts() && !matches!(v.deed, Deed::Confirm | Deed::Apologise | Deed::Wait))
        || before.iter().any(|t| t.any(&["tag", "tags", "tagged", "note"]));
    alone && lists && !joint.is("then") && !after.first().is_some_and(|t| t.is("then"))
}

/// "tell them to restart it and try again" is one speech: the second verb is the customer's, as long as nothing shows
/// that it is ours again.
fn within_speech(before: &[Token<'_>], after: &[Token<'_>]) -> bool {
    let before = lead(before);
    // "let them know that to reset, you will send a code", "… that you write a report and let the Web Team know"
    let tells = verb_at(before, 0).is_some_and(|v| v.deed == Deed::Tell) && before.iter().any(|t| t.is("that"));
    if tells {
        let goes_on = after
            .first()
            .is_some_and(|t| t.any(&["you", "we", "they", "it", "there"]));
        let told = lead(after);
        let others = verb_at(told, 0).is_some_and(|v| v.deed == Deed::Tell)
            && !told
                .iter()
                .take(5)
                .any(|t| t.any(&["them", "customer", "user", "him", "her", "that"]));
        if goes_on || others {
            return true;
        }
    }
    // "they must wait until it arrives and call the depot"
    if super::duties::is_duty(before) {
        return super::duties::is_own_doing(lead(after));
    }
    let Some(verb) = verb_at(before, 0) else { return false };
    // "tell them to keep it, we'll refund them when it's back": a promise to them.
    let promise = after.first().is_some_and(|t| t.any(&["we", "you", "they", "it"]))
        && after.get(1).is_some_and(|t| t.any(&["will", "'ll"]));
    if promise && verb.deed == Deed::Tell && before.iter().any(|t| t.is("to")) {
        return true;
    }
    let guides = matches!(verb.deed, Deed::Tell | Deed::Ask | Deed::Guide | Deed::Suggest)
        && (before.iter().skip(verb.length).take(4).any(|t| t.is("to")) || before[0].is("have"));
    if !guides {
        return false;
    }
    let after = lead(after);
    // "ask them to confirm, then move it": what is done once they did is ours.
    let confirms = before.iter().position(|t| t.is("to")).is_some_and(|to| {
        let asked = before.get(to + 1);
        asked.is_some_and(|t| t.any(&["confirm", "agree", "approve", "accept", "consent"]))
    });
    if confirms && verb_at(after, 0).is_some_and(|v| v.deed.acts()) {
        return false;
    }
    // "tell them to log out and log in again": what they do twice is theirs both times.
    let again = |verb: &Token<'_>| {
        before[1..].iter().any(|t| t.kind == Kind::Word && t.low == verb.low) && !verb.any(&["tell", "ask"])
    };
    if after.first().is_some_and(again) {
        return true;
    }
    let next = verb_at(after, 0).map(|v| v.deed);
    if next == Some(Deed::Stop) && after.iter().filter(|t| !t.is_mark()).count() == 1 {
        return false;
    }
    !matches!(
        next,
        Some(
            Deed::Tell
                | Deed::Ask
                | Deed::HandOff
                | Deed::Tag
                | Deed::Note
                | Deed::Finish
                | Deed::Apologise
                | Deed::Thank
                | Deed::Create
                | Deed::Refund
                | Deed::Cancel
        )
    )
}

#[cfg(test)]
mod tests {
    use super::super::token::{Token, scan};
    use super::{coordinate, sentences};

    fn cut(parts: &[&[Token<'_>]]) -> Vec<String> {
        parts
            .iter()
            .map(|p| p.iter().map(|t| t.text).collect::<Vec<_>>().join(" "))
            .collect()
    }

    #[test]
    fn sentences_end_where_people_end_them() {
        let (tokens, _) =
            scan("Ask for the booking no. or, e.g. the date. Say \"Sorry! We can't.\" Then stop; tag it vip");
        assert_eq!(
            cut(&sentences(&tokens)),
            [
                "Ask for the booking no. or , e.g. the date .",
                "Say \"Sorry! We can't.\"",
                "Then stop ;",
                "tag it vip"
            ],
            "abbreviations and quotes do not end sentences"
        );
    }

    #[test]
    fn commands_are_cut_apart_and_lists_are_not() {
        let (tokens, _) = scan("apologise and hand off to Desk, then ask for the name and email and look up the visit");
        assert_eq!(
            cut(&coordinate(&tokens)),
            [
                "apologise",
                "and hand off to Desk",
                "then ask for the name and email",
                "and look up the visit"
            ],
            "verbs join, nouns do not"
        );
    }
}
