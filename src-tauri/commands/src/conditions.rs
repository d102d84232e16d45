//! One condition, two views: plain words and a typed form. Words become a condition only where the reader reads exactly
//! one out of them, and a condition becomes words in a text only where the text reads back as before but for it.

mod rewrite;

use serde::{Deserialize, Serialize};
use taskwright_domain::{BlockId, Catalogue, Condition, Reading, Severity, Span, StepKind, TaskId};
use taskwright_language::read::{describe, read};
use ts_rs::TS;

use crate::app::App;
use crate::error::CommandError;
use crate::freeze::catalogue;

/// A condition to put into words.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct DescribeCondition {
    /// The task whose values it names.
    pub task: TaskId,
    /// It.
    pub condition: Condition,
}

/// Words to read as a condition.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ReadCondition {
    /// The task whose values they name.
    pub task: TaskId,
    /// The words, with or without "if".
    pub words: String,
}

/// What words were read as.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ConditionRead {
    /// A condition.
    Read {
        /// It.
        condition: Condition,
        /// The same in canonical words.
        words: String,
    },
    /// Not a condition.
    Unread {
        /// Why, in plain English.
        reason: String,
    },
}

/// A condition of a sentence, to be another one.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct RewriteCondition {
    /// The task.
    pub task: TaskId,
    /// The block.
    pub block: BlockId,
    /// Its text as it is on screen.
    pub text: String,
    /// The sentence that holds the condition, as it was read.
    pub span: Span,
    /// The condition it shall have.
    pub condition: Condition,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Rewriting {
    /// The text with the new words.
    Written {
        /// It.
        text: String,
        /// Where the new words stand.
        span: Span,
    },
    /// No words were found that read back as this condition and leave the rest as it is.
    Refused {
        /// Why, in plain English.
        reason: String,
    },
}

/// Reads words as a condition: all of them, and nothing but one.
pub(crate) fn condition_of(words: &str, catalogue: &Catalogue) -> Result<Condition, String> {
    let words = bare(words);
    if words.is_empty() {
        return Err("Say what must hold, e.g. \u{201c}the customer confirms\u{201d}.".to_owned());
    }
    read_whole(&words, catalogue).or_else(|reason| {
        // Canonical words that the reader has other words for count as what they are canonical for.
        let others = said_otherwise(&words);
        let read = others.iter().filter_map(|words| read_whole(words, catalogue).ok());
        let mut meant = read.filter(|condition| describe(condition, catalogue) == words);
        meant.next().ok_or(reason)
    })
}

fn read_whole(words: &str, catalogue: &Catalogue) -> Result<Condition, String> {
    let reading = read(&format!("If {words}, end the task."), catalogue);
    let length = u32::try_from(words.chars().count()).unwrap_or(u32::MAX);
    only_condition(&reading, length).ok_or_else(|| unread(&reading))
}

/// Canonical words, and others that may be read as the same: "and" binds closer than "or", a comma parts them, so
/// brackets can go. Whether they are is for the reader to say.
fn said_otherwise(words: &str) -> Vec<String> {
    let plainer = words
        .replace(" is none of ", " is not ")
        .replace(" is at most ", " is not more than ")
        .replace(" is at least ", " is not less than ");
    let mut found = Vec::new();
    for words in [words, plainer.as_str()] {
        found.push(words.to_owned());
        found.push(words.replace(['(', ')'], ""));
        found.push(with_commas(words));
    }
    let mut seen = std::collections::BTreeSet::new();
    found.retain(|words| seen.insert(words.clone()));
    found
}

/// "a and (b or c)" is "a, and b or c"; "(a or b) and c" is "either a or b, and c".
fn with_commas(words: &str) -> String {
    let opened = words.strip_prefix('(').map(|rest| format!("either {rest}"));
    let opened = opened.unwrap_or_else(|| words.to_owned());
    let parted = opened.replace(" and (", ", and ").replace(" or (", ", or ");
    let closed = parted.replace(") and ", ", and ").replace(") or ", ", or ");
    closed.replace(['(', ')'], "")
}

/// The words on one line, without an "if" in front and a stop behind.
fn bare(words: &str) -> String {
    let line = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let line = line.trim_end_matches(['.', ',', ';', ':']);
    let opened = line.get(..3).filter(|first| first.eq_ignore_ascii_case("if "));
    opened.map_or(line, |_| &line[3..]).trim().to_owned()
}

/// The condition of "If …, end the task." where every word of it belongs to the condition.
fn only_condition(reading: &Reading, length: u32) -> Option<Condition> {
    let [step] = &reading.plan[..] else { return None };
    let StepKind::Check { arms, otherwise } = &step.kind else {
        return None;
    };
    let [arm] = &arms[..] else { return None };
    let ends = matches!(
        &arm.steps[..],
        [only] if matches!(only.kind, StepKind::Finish { .. })
    );
    let blocked = reading
        .problems
        .iter()
        .any(|problem| problem.severity == Severity::Blocks);
    let whole = arm.span.end >= 3 + length;
    (ends && whole && otherwise.is_empty() && reading.rules.is_empty() && reading.listeners.is_empty() && !blocked)
        .then(|| arm.condition.clone())
}

fn unread(reading: &Reading) -> String {
    let blocking = reading
        .problems
        .iter()
        .find(|problem| problem.severity == Severity::Blocks);
    blocking.map_or_else(
        || {
            "This is not read as one condition. Name a value and what it must be, \
             e.g. \u{201c}the order\u{2019}s status is shipped\u{201d}."
                .to_owned()
        },
        |problem| problem.message.clone(),
    )
}

pub(crate) async fn describe_condition(
    app: &App,
    _origin: &str,
    args: DescribeCondition,
) -> Result<String, CommandError> {
    Ok(describe(&args.condition, &known(app, &args.task)?))
}

pub(crate) async fn read_condition(
    app: &App,
    _origin: &str,
    args: ReadCondition,
) -> Result<ConditionRead, CommandError> {
    let catalogue = known(app, &args.task)?;
    Ok(match condition_of(&args.words, &catalogue) {
        Ok(condition) => ConditionRead::Read {
            words: describe(&condition, &catalogue),
            condition,
        },
        Err(reason) => ConditionRead::Unread { reason },
    })
}

pub(crate) async fn rewrite_condition(
    app: &App,
    _origin: &str,
    args: RewriteCondition,
) -> Result<Rewriting, CommandError> {
    let catalogue = known(app, &args.task)?;
    Ok(rewrite::rewrite(&args.text, args.span, &args.condition, &catalogue))
}

fn known(app: &App, task: &TaskId) -> Result<Catalogue, CommandError> {
    let snapshot = app.snapshot();
    Ok(catalogue(&snapshot.content, snapshot.task(task)?, &snapshot.settings))
}
