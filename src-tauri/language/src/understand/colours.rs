//! Colours, where a text is about one.

use super::cues::Topic;
use crate::values::{Line, near};

const COLOURS: [&str; 25] = [
    "red",
    "blue",
    "green",
    "yellow",
    "black",
    "white",
    "grey",
    "gray",
    "brown",
    "orange",
    "purple",
    "pink",
    "violet",
    "turquoise",
    "beige",
    "silver",
    "gold",
    "golden",
    "navy",
    "maroon",
    "teal",
    "cyan",
    "magenta",
    "crimson",
    "cream",
];
const SHADES: [&str; 5] = ["dark", "light", "bright", "pale", "deep"];

/// Whether the attribute wants a colour.
pub(super) fn is_wanted(topic: &Topic<'_>) -> bool {
    topic
        .name
        .iter()
        .any(|stem| matches!(stem.as_str(), "color" | "colour"))
}

/// The first colour of a text, with its shade; a slip of the pen is read past.
pub(super) fn find(line: &Line) -> Option<(usize, usize)> {
    let named = |word: &str| COLOURS.iter().any(|colour| word == *colour || near(word, colour));
    let at = (0..line.len()).find(|i| line.is_word(*i) && named(line.word(*i)))?;
    let shade = usize::from(line.is(at.wrapping_sub(1), &SHADES));
    Some((at - shade, at + 1))
}
