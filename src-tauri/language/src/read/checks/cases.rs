//! Cases that are no "if": "on Sundays, …", "for refunds over 250 EUR, …", "Silver members: …".

use taskwright_domain::{Meaning, Step};

use crate::read::conditional::{Cut, Put};
use crate::read::flow::Open;
use crate::read::reader::{Reader, Spoken};
use crate::read::split::{is_command, starts};
use crate::read::token::{Kind, Token};
use crate::read::verbs::{Form, verb_at};
use crate::read::weekdays::is_weekday;

impl<'t, 'a> Reader<'t, 'a, '_> {
    /// "On Sundays, …", "For refunds over 250 EUR, …", "For each invoice, …": the comma behind a case that a command
    /// is for. A case is never dropped: what it leads to would run for everybody.
    pub(in crate::read) fn case_before(&self, words: &[Token<'_>]) -> Option<usize> {
        let first = words.first()?;
        if let Some(colon) = kind_of_people(words) {
            return Some(colon);
        }
        let comma = words.iter().take(14).position(|t| t.mark(',') || t.mark(':'))?;
        let case = &words[..comma];
        if comma < 2 || !is_command(&words[comma + 1..]) {
            return None;
        }
        if starts(case, &["in", "case", "of"]) && comma > 3 {
            return Some(comma);
        }
        // "For known issues, …"
        let plural = case[comma - 1].low.ends_with('s')
            && !case[comma - 1].low.ends_with("ss")
            && case[comma - 1].kind == Kind::Word;
        let aim = case.iter().any(|t| {
            t.any(&[
                "reasons",
                "purposes",
                "details",
                "records",
                "questions",
                "instructions",
                "steps",
                "this",
                "these",
                "that",
                "those",
                "all",
                "both",
                "more",
                "further",
                "us",
                "sales",
            ])
        });
        if first.is("for") && plural && !aim {
            return Some(comma);
        }
        let when = first.any(&["on", "at", "during", "over"]) && case.iter().any(|t| is_time(t));
        let each = first.any(&["for", "with"]) && case[1].any(&["each", "every"]);
        let of_a_kind = first.any(&["for", "except"]) && self.names_a_case(&case[1..]);
        (when || each || of_a_kind).then_some(comma)
    }

    /// Whether words speak of things, kinds of things or amounts that the catalogue knows.
    fn names_a_case(&self, words: &[Token<'_>]) -> bool {
        if words
            .iter()
            .any(|t| t.any(&["this", "that", "security", "safety", "example", "now", "reference"]))
        {
            return false;
        }
        let said: Vec<_> = words.iter().filter(|t| t.kind == Kind::Word).collect();
        let option = |value: &crate::read::names::Named| {
            value
                .options
                .iter()
                .any(|option| crate::read::names::position_of_run(&said, &option.stems).is_some())
        };
        let thing = words
            .last()
            .is_some_and(|_| self.names.object(&words[words.len() - 1..]).is_some());
        let deed = said.iter().any(|t| crate::read::verbs::deed_of_noun(t).is_some());
        let limited = words.len() > 1 || words.iter().any(|t| t.kind == Kind::Number);
        self.names.values.iter().any(option) || thing && limited || deed && limited
    }

    pub(in crate::read) fn in_case(
        &mut self,
        words: &'t [Token<'a>],
        case: &'t [Token<'a>],
        then: &'t [Token<'a>],
        steps: &mut Vec<Step>,
    ) -> Open {
        let cut = Cut {
            put: if case[0].is("except") { Put::Unless } else { Put::If },
            condition: if starts(case, &["in", "case", "of"]) {
                &case[3..]
            } else if opens_case(&case[0]) {
                &case[1 + usize::from(case[1].is("for"))..]
            } else {
                case
            },
            whole: case,
            then,
            otherwise: &[],
            more: &[],
            before: &[],
        };
        if let Ok(got) = self.condition_of(&cut) {
            return self.checked_sentence(words, &cut, got, steps);
        }
        let (span, said) = (self.span(case), self.written(case));
        let reason = "It is a case that nothing here can decide. Write it as \u{201c}if …\u{201d}.";
        self.problems
            .push(crate::read::problems::unclear(span, &said, reason, None));
        let meaning = Meaning::Check { condition: None };
        self.note(
            case,
            Spoken::incomplete(meaning, format!("{said}: it cannot be decided yet")).guessed(),
        );
        self.show_only(words, steps, |reader, shown| {
            let _ = reader.sentence(then, false, false, shown);
        });
        Open::Nothing
    }

    /// "we can't move it online: apologise and …": why, and where what is done begins.
    pub(in crate::read) fn explains_before(&self, words: &[Token<'_>]) -> Option<usize> {
        let colon = words.iter().take(16).position(|t| t.mark(':') || t.mark('–'))?;
        let why = &words[..colon];
        let explains = why.first()?.any(&["we", "this", "that", "it", "they"])
            && why
                .iter()
                .take(5)
                .any(|t| t.any(&["can", "could", "is", "are", "does", "do", "will", "have", "has"]));
        (colon > 2 && !self.under.is_empty() && explains && is_command(&words[colon + 1..])).then_some(colon)
    }
}

/// A word by which a case begins: "on Sundays", "for members".
fn opens_case(token: &Token<'_>) -> bool {
    token.any(&["on", "at", "during", "over", "for", "with", "except"])
}

/// People and things that come in kinds.
const KINDS: [&str; 22] = [
    "members",
    "customers",
    "users",
    "guests",
    "clients",
    "subscribers",
    "passengers",
    "patients",
    "students",
    "tenants",
    "drivers",
    "residents",
    "travellers",
    "travelers",
    "holders",
    "visitors",
    "accounts",
    "orders",
    "bookings",
    "tickets",
    "parcels",
    "subscriptions",
];

/// "Silver members" above what is done for them.
pub(in crate::read) fn is_kind_of_people(words: &[Token<'_>]) -> bool {
    let named = matches!(words, [_, .., last] if last.any(&KINDS)) && words.len() <= 4;
    let bare = verb_at(words, 0).is_none_or(|v| v.form != Form::Base || v.noun_too);
    named && bare && words.iter().all(|t| t.kind == Kind::Word)
}

/// "Silver members: ask for the receipt": the colon behind the people or things that what follows is for.
fn kind_of_people(words: &[Token<'_>]) -> Option<usize> {
    let colon = words.iter().take(5).position(|t| t.mark(':'))?;
    (is_kind_of_people(&words[..colon]) && is_command(&words[colon + 1..])).then_some(colon)
}

/// Words for days and times of day.
fn is_time(token: &Token<'_>) -> bool {
    const TIMES: [&str; 6] = ["holiday", "night", "evening", "morning", "hour", "christmas"];
    let low = token.low.strip_suffix('s').unwrap_or(&token.low);
    is_weekday(token) || TIMES.contains(&low)
}
