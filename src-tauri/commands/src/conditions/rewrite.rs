//! Writing a condition's words into a text. Nothing is believed: each wording is read, and the first whose reading is
//! the old one with this condition in its place is taken.

use serde_json::Value as Json;
use taskwright_domain::{
    ActionId, Catalogue, Condition, Guard, Meaning, Operand, Reading, Rule, Severity, Span, Step, StepKind,
};
use taskwright_language::read::{describe, describe_value, read};

use super::Rewriting;

/// Words before a condition that may stay as they are.
const OPENERS: [&str; 12] = [
    "otherwise, if",
    "otherwise if",
    "else if",
    "and if",
    "but if",
    "only if",
    "only when",
    "whenever",
    "as long as",
    "when",
    "once",
    "if",
];

pub(super) fn rewrite(text: &str, span: Span, condition: &Condition, catalogue: &Catalogue) -> Rewriting {
    let before = read(text, catalogue);
    let Some(pieces) = pieces(text, &before, span, condition, catalogue) else {
        return Rewriting::Refused {
            reason: "This sentence has changed meanwhile, so its condition is no longer there.".to_owned(),
        };
    };
    let written = pieces.iter().find_map(|piece| {
        let (text, new) = replaced(text, span, piece);
        let wanted = wanted(&before, span, new, condition)?;
        let after = read(&text, catalogue);
        (Gist::of(&after) == wanted).then_some(Rewriting::Written { text, span: new })
    });
    written.unwrap_or_else(|| Rewriting::Refused {
        reason: format!(
            "In words this is \u{201c}{}\u{201d}. Written into this sentence it is not read back as the same condition, \
             so nothing was changed. Say it in two sentences, or use a Branch block.",
            describe(condition, catalogue)
        ),
    })
}

/// The wordings to try, the plainest first; none where there is no such condition.
fn pieces(
    text: &str,
    before: &Reading,
    span: Span,
    condition: &Condition,
    catalogue: &Catalogue,
) -> Option<Vec<String>> {
    let old = span.of(text);
    let words = wordings(condition, catalogue);
    let sentence = before.sentences.iter().find(|sentence| sentence.span == span)?;
    match &sentence.meaning {
        Meaning::Check { condition: Some(_) } => Some(words.iter().flat_map(|words| openings(old, words)).collect()),
        Meaning::Rule => {
            let rule = before.rules.iter().find(|rule| rule.span == span)?;
            conditional(&rule.guard)?;
            Some(
                words
                    .iter()
                    .flat_map(|words| rulings(old, rule, words, catalogue))
                    .collect(),
            )
        }
        _ => None,
    }
}

/// The canonical words, others that mean the same, and all of them with pills.
fn wordings(condition: &Condition, catalogue: &Catalogue) -> Vec<String> {
    let mut found = super::said_otherwise(&describe(condition, catalogue));
    let pills: Vec<_> = found
        .iter()
        .map(|words| with_pills(words, condition, catalogue))
        .collect();
    found.extend(pills);
    let mut seen = std::collections::BTreeSet::new();
    found.retain(|words| seen.insert(words.clone()));
    found
}

/// The condition behind the old opening word, or behind "if".
fn openings(old: &str, words: &str) -> Vec<String> {
    let low = old.to_lowercase();
    let kept = OPENERS.iter().find(|opener| {
        low.strip_prefix(**opener)
            .is_some_and(|rest| rest.starts_with(char::is_whitespace))
    });
    let capital = old.starts_with(char::is_uppercase);
    let plain = if capital { "If" } else { "if" };
    let kept = kept.map(|opener| old.chars().take(opener.chars().count()).collect::<String>());
    let kept = kept.into_iter().map(|opener| format!("{opener} {words}"));
    kept.chain([format!("{plain} {words}")]).collect()
}

/// The rule's own words with another condition behind its "if" or "unless", or the rule said anew.
fn rulings(old: &str, rule: &Rule, words: &str, catalogue: &Catalogue) -> Vec<String> {
    let low = old.to_lowercase();
    let joint = [" unless ", " if ", " when "]
        .iter()
        .filter_map(|joint| low.rfind(joint).map(|at| at + joint.len()))
        .max()
        .filter(|_| low.len() == old.len());
    let mut found: Vec<_> = joint
        .and_then(|at| old.get(..at))
        .map(|kept| format!("{kept}{words}"))
        .into_iter()
        .collect();
    if let [action] = &rule.actions[..]
        && let Some(action) = catalogue.action(action)
    {
        let key = &action.key;
        match &rule.guard {
            Guard::NeverIf { .. } => found.push(format!("Never run @{key} if {words}")),
            Guard::OnlyIf { .. } => {
                found.push(format!("Only run @{key} if {words}"));
                found.push(format!("Never run @{key} unless {words}"));
            }
            Guard::AtMost { .. } | Guard::Never => {}
        }
    }
    found
}

/// The words with each value as a pill: exact where a name would fit several.
fn with_pills(words: &str, condition: &Condition, catalogue: &Catalogue) -> String {
    let mut names: Vec<_> = condition
        .references()
        .into_iter()
        .map(|reference| {
            let operand = Operand::Reference {
                reference: reference.to_owned(),
            };
            (describe_value(&operand, catalogue), format!("{{{reference}}}"))
        })
        .collect();
    // A name may be part of a longer one.
    names.sort_by_key(|(name, _)| std::cmp::Reverse(name.chars().count()));
    let mut words = words.to_owned();
    for (name, pill) in names {
        let name = name.trim_start_matches("the ");
        words = words.replace(&format!("the {name}"), &pill).replace(name, &pill);
    }
    words
}

fn replaced(text: &str, span: Span, piece: &str) -> (String, Span) {
    let head: String = text.chars().take(span.start as usize).collect();
    let tail: String = text.chars().skip(span.end as usize).collect();
    let length = u32::try_from(piece.chars().count()).unwrap_or(u32::MAX);
    let new = Span::new(span.start, span.start.saturating_add(length));
    (format!("{head}{piece}{tail}"), new)
}

const fn conditional(guard: &Guard) -> Option<&Condition> {
    match guard {
        Guard::OnlyIf { condition } | Guard::NeverIf { condition } => Some(condition),
        Guard::AtMost { .. } | Guard::Never => None,
    }
}

/// What a reading comes to, wherever it stands in the text.
#[derive(Debug, PartialEq)]
struct Gist {
    plan: Json,
    rules: Vec<(Vec<ActionId>, Guard)>,
    listeners: Json,
    sentences: Vec<(&'static str, bool)>,
    blocking: usize,
}

impl Gist {
    fn of(reading: &Reading) -> Self {
        let mut plan = serde_json::to_value(&reading.plan).unwrap_or_default();
        without_places(&mut plan);
        // Their texts hold the words that change.
        let listened = reading.listeners.iter();
        let listened: Vec<_> = listened.map(|it| (&it.mentions, &it.steps)).collect();
        let mut listeners = serde_json::to_value(listened).unwrap_or_default();
        without_places(&mut listeners);
        let blocking = |severity| severity == Severity::Blocks;
        Self {
            plan,
            listeners,
            rules: reading
                .rules
                .iter()
                .map(|rule| (rule.actions.clone(), rule.guard.clone()))
                .collect(),
            sentences: reading
                .sentences
                .iter()
                .map(|sentence| (sentence.meaning.kind(), sentence.incomplete))
                .collect(),
            blocking: reading
                .problems
                .iter()
                .filter(|problem| blocking(problem.severity))
                .count(),
        }
    }
}

/// The gist of the old reading with this condition; none where its place is not one.
fn wanted(before: &Reading, old: Span, new: Span, condition: &Condition) -> Option<Gist> {
    let mut wanted = before.clone();
    let mut put = 0;
    for rule in wanted.rules.iter_mut().filter(|rule| rule.span == old) {
        match &mut rule.guard {
            Guard::OnlyIf { condition: held } | Guard::NeverIf { condition: held } => {
                held.clone_from(condition);
                put += 1;
            }
            Guard::AtMost { .. } | Guard::Never => {}
        }
    }
    let mut visit = |step: &mut Step| match &mut step.kind {
        StepKind::Check { arms, .. } => {
            for arm in arms.iter_mut().filter(|arm| arm.span == old) {
                arm.condition.clone_from(condition);
                put += 1;
            }
        }
        StepKind::Jump { to, .. } if *to >= old.end => *to = *to - old.end + new.end,
        _ => {}
    };
    each_step(&mut wanted.plan, &mut visit);
    for listener in &mut wanted.listeners {
        each_step(&mut listener.steps, &mut visit);
    }
    (put == 1).then(|| Gist::of(&wanted))
}

fn each_step(steps: &mut [Step], visit: &mut impl FnMut(&mut Step)) {
    for step in steps {
        visit(step);
        match &mut step.kind {
            StepKind::Check { arms, otherwise } => {
                for arm in arms {
                    each_step(&mut arm.steps, visit);
                }
                each_step(otherwise, visit);
            }
            StepKind::Confirm { declined: inner, .. } | StepKind::Repeat { steps: inner, .. } => {
                each_step(inner, visit);
            }
            _ => {}
        }
    }
}

fn without_places(json: &mut Json) {
    match json {
        Json::Object(fields) => {
            fields.remove("span");
            fields.values_mut().for_each(without_places);
        }
        Json::Array(items) => items.iter_mut().for_each(without_places),
        _ => {}
    }
}
