//! What differs between two versions of a document, in plain words.

use serde::Serialize;
use serde_json::{Map, Value as Json};
use taskwright_domain::{Action, Article, Attribute, Block, BlockKind, Task, Team};

use crate::words::{kind_words, line};

/// The differences of two tasks.
pub(crate) fn task(mine: &Task, theirs: &Task) -> Vec<String> {
    let mut lines = Vec::new();
    changed_words(&mut lines, "The title", &mine.title, &theirs.title);
    differ(
        &mut lines,
        "“When to use this task”",
        mine.description == theirs.description,
    );
    differ(&mut lines, "Its example messages", mine.examples == theirs.examples);
    differ(
        &mut lines,
        "Its counter-examples",
        mine.counter_examples == theirs.counter_examples,
    );
    differ(&mut lines, "Who it is for", mine.audience == theirs.audience);
    differ(
        &mut lines,
        "“Only used by other tasks”",
        mine.only_used_by_other_tasks == theirs.only_used_by_other_tasks,
    );
    temporary_attributes(&mut lines, &mine.attributes, &theirs.attributes);
    blocks(&mut lines, mine, theirs);
    lines
}

/// The differences of two actions.
pub(crate) fn action(mine: &Action, theirs: &Action) -> Vec<String> {
    let labels = [
        ("key", "Its key"),
        ("name", "Its name"),
        ("description", "Its description"),
        ("result_name", "The name of its answer"),
        ("inputs", "What it needs"),
        ("outputs", "What it gives"),
        ("changes_data", "“Changes data”"),
        ("needs_confirmation", "“Needs confirmation”"),
        ("receiver_honours_key", "“The receiver honours the key”"),
        ("answers_on_its_own", "“Answers on its own”"),
        ("examples", "The messages it answers"),
        ("reply", "What it says"),
        ("condition", "The condition it runs on"),
        ("request", "How it is called"),
        ("stubs", "Its sample answers"),
        ("on_failure", "What happens when it fails"),
    ];
    fields(mine, theirs, &labels)
}

/// The differences of two attributes.
pub(crate) fn attribute(mine: &Attribute, theirs: &Attribute) -> Vec<String> {
    let labels = [
        ("key", "Its key"),
        ("name", "Its name"),
        ("description", "Its description"),
        ("kind", "Its type"),
        ("scope", "How long it is kept"),
        ("sensitive", "“Sensitive”"),
        ("how_to_ask", "How it is asked for"),
        ("customer_may_fill", "“The customer may fill it”"),
        ("picked_from", "The list it is picked from"),
        ("worked_out", "How it is worked out"),
    ];
    fields(mine, theirs, &labels)
}

/// The differences of two teams.
pub(crate) fn team(mine: &Team, theirs: &Team) -> Vec<String> {
    let labels = [
        ("name", "Its name"),
        ("description", "What it is for"),
        ("opening_hours", "Its opening hours"),
        ("words_open", "Its words in opening hours"),
        ("words_closed", "Its words out of hours"),
    ];
    fields(mine, theirs, &labels)
}

/// The differences of two articles.
pub(crate) fn article(mine: &Article, theirs: &Article) -> Vec<String> {
    let mut lines = Vec::new();
    changed_words(&mut lines, "The title", &mine.title, &theirs.title);
    differ(&mut lines, "The text", mine.text == theirs.text);
    lines
}

fn changed_words(lines: &mut Vec<String>, what: &str, mine: &str, theirs: &str) {
    if mine != theirs {
        lines.push(format!("{what} is “{}” instead of “{}”", line(theirs), line(mine)));
    }
}

fn differ(lines: &mut Vec<String>, what: &str, same: bool) {
    if !same {
        lines.push(format!(
            "{what} {}",
            if what.ends_with('s') { "differ" } else { "differs" }
        ));
    }
}

/// The labels of the fields that differ; a field without a label is named by its key.
fn fields<T: Serialize>(mine: &T, theirs: &T, labels: &[(&str, &str)]) -> Vec<String> {
    let (mine, theirs) = (as_fields(mine), as_fields(theirs));
    let mut lines = Vec::new();
    for (key, label) in labels {
        let (Some(before), Some(after)) = (mine.get(*key), theirs.get(*key)) else {
            differ(&mut lines, label, mine.get(*key) == theirs.get(*key));
            continue;
        };
        match (before, after) {
            (Json::String(before), Json::String(after)) if before.len() + after.len() < 120 => {
                changed_words(&mut lines, label, before, after);
            }
            _ => differ(&mut lines, label, before == after),
        }
    }
    lines
}

fn as_fields<T: Serialize>(value: &T) -> Map<String, Json> {
    match serde_json::to_value(value) {
        Ok(Json::Object(fields)) => fields,
        _ => Map::new(),
    }
}

fn temporary_attributes(lines: &mut Vec<String>, mine: &[Attribute], theirs: &[Attribute]) {
    for attribute in theirs {
        match mine.iter().find(|other| other.id == attribute.id) {
            None => lines.push(format!("The temporary attribute “{}” is added", line(&attribute.name))),
            Some(other) if other != attribute => {
                lines.push(format!("The temporary attribute “{}” differs", line(&attribute.name)));
            }
            Some(_) => {}
        }
    }
    for attribute in mine
        .iter()
        .filter(|attribute| !theirs.iter().any(|other| other.id == attribute.id))
    {
        lines.push(format!(
            "The temporary attribute “{}” is removed",
            line(&attribute.name)
        ));
    }
    if lines.is_empty() && mine != theirs {
        lines.push("The temporary attributes stand in another order".to_owned());
    }
}

fn blocks(lines: &mut Vec<String>, mine: &Task, theirs: &Task) {
    let (before, after) = (mine.all_blocks(), theirs.all_blocks());
    let count = lines.len();
    for (at, block) in after.iter().enumerate() {
        match before.iter().find(|other| other.id == block.id) {
            None => lines.push(format!("{} is added", place(at, block))),
            Some(other) => {
                lines.extend(block_difference(other, block).map(|what| format!("{}: {what}", place(at, block))))
            }
        }
    }
    for (at, block) in before
        .iter()
        .enumerate()
        .filter(|(_, block)| !after.iter().any(|other| other.id == block.id))
    {
        lines.push(format!("{} of yours is removed", place(at, block)));
    }
    if lines.len() == count && mine.blocks != theirs.blocks {
        lines.push("The blocks stand in another order".to_owned());
    }
}

fn place(at: usize, block: &Block) -> String {
    let name = if block.name.is_empty() {
        kind_words(&block.kind).to_owned()
    } else {
        line(&block.name)
    };
    format!("Block {} ({name})", at + 1)
}

/// How a block differs by itself, whatever it holds.
fn block_difference(mine: &Block, theirs: &Block) -> Option<&'static str> {
    let (mine, theirs) = (hollow(mine), hollow(theirs));
    match (&mine.kind, &theirs.kind) {
        _ if mine == theirs => None,
        (BlockKind::Instructions { text: before }, BlockKind::Instructions { text: after }) if before != after => {
            Some("the instructions differ")
        }
        (before, after) if kind_words(before) != kind_words(after) => Some("it is another kind of block"),
        _ if mine.off != theirs.off => Some(if theirs.off {
            "it is switched off"
        } else {
            "it is switched on"
        }),
        _ if mine.kind == theirs.kind => Some("its name differs"),
        _ => Some("its settings differ"),
    }
}

/// The block without the blocks inside.
fn hollow(block: &Block) -> Block {
    let mut block = block.clone();
    block.kind.children_mut().into_iter().for_each(Vec::clear);
    block
}
