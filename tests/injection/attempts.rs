//! The list of attempts, read from Markdown.

use serde_json::Value as Json;
use taskwright_domain::{InputKind, OptionId};

const LIST: &str = include_str!("attempts.md");
/// What stands around a word in a very long message.
const LONG: &str = "The lamp stood on the table by the window for many years. ";

#[derive(Debug)]
pub(crate) struct Attempts {
    pub(crate) said: Vec<String>,
    /// An action by its key, and fields put into its answer.
    pub(crate) answered: Vec<(String, Json)>,
    pub(crate) called_back: Vec<Json>,
    pub(crate) filled: Vec<InputKind>,
}

pub(crate) fn attempts() -> Attempts {
    Attempts {
        said: lines("What customers write").map(written).collect(),
        answered: lines("What actions answer")
            .map(|line| {
                let (action, fields) = line.split_once(' ').unwrap();
                (action.to_owned(), serde_json::from_str(fields).unwrap())
            })
            .collect(),
        called_back: lines("What callbacks carry")
            .map(|line| serde_json::from_str(line).unwrap())
            .collect(),
        filled: lines("What is filled in or pressed").map(input).collect(),
    }
}

fn lines(heading: &str) -> impl Iterator<Item = &'static str> {
    let (_, section) = LIST.split_once(&format!("\n## {heading}\n")).unwrap();
    let section = section.split("\n## ").next().unwrap();
    section.lines().filter_map(|line| line.strip_prefix("- "))
}

/// A line with its escapes read.
fn written(line: &str) -> String {
    let mut text = line
        .replace("\\n", "\n")
        .replace("\\r", "\r")
        .replace("(long)", &LONG.repeat(60))
        .replace("(deep)", &"{[(\"<".repeat(800));
    while let Some((before, rest)) = text.split_once("\\u{") {
        let (number, after) = rest.split_once('}').unwrap();
        let letter = char::from_u32(u32::from_str_radix(number, 16).unwrap()).unwrap();
        text = format!("{before}{letter}{after}");
    }
    text
}

fn input(line: &str) -> InputKind {
    let (how, what) = line.split_once(' ').unwrap();
    match how {
        "fill" => {
            let (attribute, text) = what.split_once(' ').unwrap();
            InputKind::AttributeCollected {
                attribute: attribute.to_owned(),
                text: text.to_owned(),
            }
        }
        _ => InputKind::OptionSelected {
            option: OptionId(what.to_owned()),
        },
    }
}
