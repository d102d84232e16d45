//! Words of judgement, and whether they judge where they stand.

use crate::read::reader::trimmed;
use crate::read::token::{Kind, Token};

/// What a word of judgement could be measured by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Measure {
    /// How much.
    Size,
    /// How long ago.
    Time,
    /// How often or how many.
    Count,
    /// Any of these.
    Any,
}

/// On which side of the measure the case lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Above,
    Below,
}

impl Side {
    const fn over(self) -> Self {
        match self {
            Self::Above => Self::Below,
            Self::Below => Self::Above,
        }
    }
}

/// A judgement in a condition.
pub(super) struct Judgement<'t, 'a> {
    /// The condition.
    pub(super) whole: &'t [Token<'a>],
    /// The part of the condition that it decides.
    pub(super) part: &'t [Token<'a>],
    /// Its word in there.
    pub(super) at: usize,
    pub(super) measure: Measure,
    pub(super) side: Side,
}

const ABOVE: [&str; 15] = [
    "high",
    "large",
    "big",
    "huge",
    "significant",
    "considerable",
    "substantial",
    "excessive",
    "expensive",
    "valuable",
    "costly",
    "steep",
    "much",
    "major",
    "pricey",
];

const BELOW: [&str; 8] = [
    "low",
    "small",
    "cheap",
    "minor",
    "little",
    "negligible",
    "tiny",
    "affordable",
];

/// How much something costs, not how many there are.
pub(super) const OF_MONEY: [&str; 6] = ["expensive", "valuable", "costly", "pricey", "cheap", "affordable"];

const FRESH: [&str; 5] = ["recent", "recently", "lately", "new", "fresh"];

const LONG_AGO: [&str; 4] = ["old", "long", "outdated", "ages"];

const OFTEN: [&str; 9] = [
    "frequent",
    "frequently",
    "often",
    "repeatedly",
    "repeated",
    "regularly",
    "many",
    "several",
    "lot",
];

const ODD: [&str; 27] = [
    "suspicious",
    "suspiciously",
    "dodgy",
    "fishy",
    "odd",
    "strange",
    "unusual",
    "unusually",
    "weird",
    "abnormal",
    "exceptional",
    "good",
    "bad",
    "loyal",
    "valued",
    "important",
    "serious",
    "severe",
    "genuine",
    "legitimate",
    "plausible",
    "trustworthy",
    "risky",
    "problematic",
    "unreasonable",
    "questionable",
    "dubious",
];

const FAIR: [&str; 6] = [
    "reasonable",
    "acceptable",
    "appropriate",
    "fair",
    "sensible",
    "justified",
];

/// Words that say nothing but how much.
pub(super) const DEGREES: [&str; 14] = [
    "too",
    "very",
    "quite",
    "fairly",
    "rather",
    "really",
    "relatively",
    "so",
    "unusually",
    "somewhat",
    "extremely",
    "pretty",
    "overly",
    "a",
];

/// Behind these stands what somebody says or thinks, which the customer's words tell.
const REPORTS: [&str; 19] = [
    "because",
    "say",
    "says",
    "said",
    "think",
    "thinks",
    "complain",
    "complains",
    "want",
    "wants",
    "ask",
    "asks",
    "mention",
    "mentions",
    "feel",
    "feels",
    "believe",
    "believes",
    "finds",
];

pub(super) const BE: [&str; 18] = [
    "is", "are", "was", "were", "'s", "be", "been", "seems", "seem", "looks", "look", "appears", "appear", "sounds",
    "sound", "feels", "gets", "becomes",
];

/// Whether something is said of something there: "is", "looks".
pub(in crate::read) fn says_of(token: &Token<'_>) -> bool {
    token.any(&BE)
}

fn judged(token: &Token<'_>) -> Option<(Measure, Side)> {
    let of = |words: &[&str]| token.any(words);
    if of(&ABOVE) {
        Some((Measure::Size, Side::Above))
    } else if of(&BELOW) {
        Some((Measure::Size, Side::Below))
    } else if of(&FRESH) {
        Some((Measure::Time, Side::Below))
    } else if of(&LONG_AGO) {
        Some((Measure::Time, Side::Above))
    } else if of(&OFTEN) {
        Some((Measure::Count, Side::Above))
    } else if of(&ODD) {
        Some((Measure::Any, Side::Above))
    } else if of(&FAIR) {
        Some((Measure::Any, Side::Below))
    } else {
        None
    }
}

/// The judgement that a condition leaves to whoever reads it; none where it gives the measure itself.
pub(super) fn judgement<'t, 'a>(words: &'t [Token<'a>]) -> Option<Judgement<'t, 'a>> {
    let measured = words.iter().any(|t| {
        t.kind == Kind::Number
            || t.any(&[
                "than", "over", "above", "under", "below", "exceeds", "least", "most", "as",
            ])
    });
    if measured || measure_behind(words).is_some() {
        return None;
    }
    let parts = words.split(|t| t.any(&["and", "or", "but"]) || t.mark(','));
    parts.map(trimmed).find_map(|part| {
        // "unusually high" is high.
        let found = (0..part.len()).filter(|at| judges(part, *at));
        let at = found.max_by_key(|at| !part[*at].any(&["unusually", "suspiciously"]))?;
        if part[..at].iter().any(|t| t.any(&REPORTS)) {
            return None;
        }
        let (measure, side) = judged(&part[at])?;
        let denied = part.iter().any(|t| t.any(&["not", "never", "no"]));
        let side = if denied { side.over() } else { side };
        Some(Judgement {
            whole: words,
            part,
            at,
            measure,
            side,
        })
    })
}

/// Whether a word judges there: it is said of something, or stands before a noun that such words are said of.
fn judges(words: &[Token<'_>], at: usize) -> bool {
    let token = &words[at];
    let Some((measure, _)) = judged(token) else {
        return false;
    };
    let next = words.get(at + 1);
    // "happy with", "good with it", "no longer", "old address": these judge nothing.
    if next.is_some_and(|t| t.any(&["with", "to", "enough"])) && !token.any(&["lot"]) {
        return false;
    }
    let before = words[..at].iter().rev().find(|t| !t.any(&DEGREES));
    // "is paid and expensive"
    let alone = words.len() == 1;
    let said_of =
        alone || at > 0 && before.is_some_and(|t| t.any(&BE) || t.is("not")) || at > 0 && words[at - 1].is("too");
    let last = next.is_none();
    match measure {
        Measure::Time if token.any(&["new", "fresh", "old", "long"]) => {
            said_of && last || token.is("long") && next.is_some_and(|t| t.any(&["time", "ago"]))
        }
        Measure::Size => {
            said_of && last
                || next.is_some_and(|t| {
                    t.any(&[
                        "amount", "sum", "price", "value", "refund", "claim", "cost", "order", "payment",
                    ])
                })
        }
        Measure::Time | Measure::Count | Measure::Any => true,
    }
}

/// Where the author says what a judgement means: "suspicious, i.e. over 500 EUR", "high (over 500 EUR)".
pub(super) fn measure_behind(words: &[Token<'_>]) -> Option<(usize, usize)> {
    let at = (0..words.len()).find(|at| judged(&words[*at]).is_some())?;
    let from = (at + 1..words.len()).find_map(|from| {
        let token = &words[from];
        if token.any(&["i.e", "ie", "i.e.", "meaning", "namely"]) || token.mark('(') {
            Some(from + 1)
        } else if token.is("that") && words.get(from + 1).is_some_and(|t| t.is("is")) {
            Some(from + 2)
        } else {
            None
        }
    })?;
    (from < words.len()).then_some((at, from))
}
