//! Lines made into a tree of items under headings.

use std::collections::BTreeMap;
use std::ops::Range;

use super::token::{Kind, Line, Marker, Token};

/// What the heading above an item says about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Section {
    /// Steps, or no heading.
    #[default]
    Steps,
    /// What the task is for.
    Goal,
    /// What must be known.
    Information,
    /// What always holds.
    Rules,
    /// When it is done.
    Completion,
    /// For colleagues only.
    Background,
}

/// A paragraph or list item with what is nested beneath.
#[derive(Debug, Clone)]
pub(super) struct Item {
    pub(super) marker: Marker,
    pub(super) tokens: Range<usize>,
    pub(super) section: Section,
    pub(super) children: Vec<Item>,
    /// The heading stands on the same line: it is about the first sentence.
    pub(super) headed: bool,
}

/// The items of a text, and where numbered steps and headings stand.
#[derive(Debug, Default)]
pub(super) struct Outline {
    pub(super) items: Vec<Item>,
    /// The first token of numbered steps, by number; the outermost list wins.
    pub(super) numbered: BTreeMap<u32, usize>,
    /// Words of headings in lower case, and the first token after them.
    pub(super) headings: Vec<(String, usize)>,
}

/// Deeper nesting is read as this deep.
const DEEPEST: usize = 12;

/// Builds the tree.
pub(super) fn outline(tokens: &[Token<'_>], lines: &[Line]) -> Outline {
    let mut found = Outline::default();
    let mut section = Section::default();
    // A plain "Rules:" reaches to the next empty line before something of another kind; a real heading to the next one.
    let mut soft: Option<Option<Marker>> = None;
    let mut flat: Vec<(usize, Item)> = Vec::new();
    let mut depth_of_numbers = usize::MAX;
    for line in lines {
        let mut range = line.tokens.0..line.tokens.1;
        let mut headed = false;
        if let Some((heading, rest)) = heading(&tokens[range.clone()], line) {
            let words = tokens[range.start..range.end - rest]
                .iter()
                .map(|t| t.low.as_str())
                .collect::<Vec<_>>();
            found.headings.push((words.join(" "), range.end - rest));
            section = heading.unwrap_or_default();
            range.start = range.end - rest;
            headed = rest > 0;
            let real = line.marker == Marker::Heading || (line.bold && rest == 0);
            soft = (!real).then_some(if rest > 0 { Some(Marker::Heading) } else { None });
        } else if continues(tokens, &flat, line) {
            if let Some((_, last)) = flat.last_mut() {
                last.tokens.end = range.end;
            }
            continue;
        }
        if range.is_empty() {
            continue;
        }
        if let Some(first) = &mut soft {
            let kind = kind_of(line.marker);
            match first {
                None => *first = Some(kind),
                // The content stood on the heading's own line.
                Some(Marker::Heading) if range.start == line.tokens.0 => {
                    section = Section::Steps;
                    soft = None;
                }
                Some(Marker::Heading) => {}
                Some(known) if *known != kind && line.after_blank || *known == Marker::None && line.after_blank => {
                    section = Section::Steps;
                    soft = None;
                }
                Some(_) => {}
            }
        }
        let level = line.indent * 2 + usize::from(!matches!(line.marker, Marker::None | Marker::Heading));
        if let Marker::Number(number) = line.marker {
            if level < depth_of_numbers {
                depth_of_numbers = level;
                found.numbered.clear();
            }
            if level == depth_of_numbers {
                found.numbered.entry(number).or_insert(range.start);
            }
        }
        let item = Item {
            marker: line.marker,
            tokens: range,
            section,
            children: Vec::new(),
            headed,
        };
        flat.push((level, item));
    }
    found.items = nest(tokens, flat);
    found
}

/// The kind of a marker, whatever its number.
const fn kind_of(marker: Marker) -> Marker {
    match marker {
        Marker::Number(_) => Marker::Number(0),
        Marker::Letter(_) => Marker::Letter('a'),
        other => other,
    }
}

/// Whether a line goes on with the sentence of the line above.
fn continues(tokens: &[Token<'_>], flat: &[(usize, Item)], line: &Line) -> bool {
    let Some((_, above)) = flat.last() else { return false };
    if line.marker != Marker::None || above.tokens.end != line.tokens.0 {
        return false;
    }
    let (Some(last), Some(first)) = (tokens.get(above.tokens.end - 1), tokens.get(line.tokens.0)) else {
        return false;
    };
    let ends = matches!(last.kind, Kind::Mark('.' | '!' | '?' | ':' | ';' | '…'));
    let long = last.span.end - tokens[above.tokens.start].span.start > 40;
    !ends && long && first.kind == Kind::Word && !first.capital
}

/// Puts deeper lines beneath the shallower ones before them. Lines are at most [`DEEPEST`] deep.
fn nest(tokens: &[Token<'_>], flat: Vec<(usize, Item)>) -> Vec<Item> {
    let mut open: Vec<(usize, Item)> = Vec::new();
    let mut done = Vec::new();
    for (level, item) in flat {
        while let Some((above, _)) = open.last() {
            if *above < level && open.len() < DEEPEST && holds(tokens, &open, level, &item) {
                break;
            }
            close(&mut open, &mut done);
        }
        open.push((level, item));
    }
    while !open.is_empty() {
        close(&mut open, &mut done);
    }
    done
}

/// Whether the innermost open item takes a deeper one in: any list item does, a paragraph when it ends in a colon or is
/// only the beginning of a case.
fn holds(tokens: &[Token<'_>], open: &[(usize, Item)], level: usize, item: &Item) -> bool {
    let Some((above, last)) = open.last() else { return false };
    let listed = !matches!(last.marker, Marker::None | Marker::Heading);
    let colon = tokens
        .get(last.tokens.end.wrapping_sub(1))
        .is_some_and(|t| t.mark(':') || t.mark('→') || t.mark('–'));
    let marked = !matches!(item.marker, Marker::None | Marker::Heading);
    if listed {
        level > above + 1 || marked && level > *above
    } else {
        (colon || opens_case(&tokens[last.tokens.clone()])) && marked
    }
}

/// "If the booking is paid", "ELSE": a line that breaks off where what it leads to begins.
fn opens_case(words: &[Token<'_>]) -> bool {
    let opens = words
        .first()
        .is_some_and(|t| t.any(&["if", "when", "unless", "else", "otherwise"]));
    let whole = words.iter().any(|t| t.is_mark());
    opens && !whole
}

fn close(open: &mut Vec<(usize, Item)>, done: &mut Vec<Item>) {
    let Some((_, item)) = open.pop() else { return };
    match open.last_mut() {
        Some((_, parent)) => parent.children.push(item),
        None => done.push(item),
    }
}

/// The section a heading opens, and how many tokens of the line come after the heading. `None` inside: a heading
/// that says nothing about what follows.
fn heading(tokens: &[Token<'_>], line: &Line) -> Option<(Option<Section>, usize)> {
    let colon = tokens.iter().take(9).position(|t| t.mark(':'));
    let alone = colon.is_none_or(|at| at + 1 == tokens.len());
    if line.marker == Marker::Heading || (line.bold && alone) {
        let words = colon.unwrap_or(tokens.len());
        return Some((section_of(&tokens[..words]), 0));
    }
    if !matches!(line.marker, Marker::None) && !line.bold {
        let colon = colon?;
        let section = section_of(&tokens[..colon]).filter(|s| matches!(s, Section::Goal | Section::Background))?;
        return Some((Some(section), tokens.len() - colon - 1));
    }
    let words = match colon {
        Some(at) => at,
        None if tokens.len() <= 3 && !tokens.is_empty() && tokens[0].capital => tokens.len(),
        None => return None,
    };
    let section = section_of(&tokens[..words])?;
    let rest = colon.map_or(0, |at| tokens.len() - at - 1);
    Some((Some(section), rest))
}

/// What the words of a heading say, everyday variants included.
fn section_of(words: &[Token<'_>]) -> Option<Section> {
    let said: Vec<_> = words
        .iter()
        .filter(|t| t.kind == Kind::Word)
        .map(|t| t.low.as_str())
        .collect();
    let said: Vec<_> = said
        .into_iter()
        .filter(|w| {
            !matches!(
                *w,
                "the" | "of" | "this" | "task" | "your" | "our" | "for" | "to" | "you" | "is" | "are"
            )
        })
        .collect();
    if said.is_empty() && words.iter().any(|t| t.any(&["task"])) && words.len() == 1 {
        return Some(Section::Goal);
    }
    let joined = said.join(" ");
    Some(match joined.as_str() {
        "goal" | "goals" | "aim" | "purpose" | "objective" | "objectives" | "summary" | "intent" | "what does"
        | "what it does" | "overview" => Section::Goal,
        "information required"
        | "required information"
        | "information"
        | "information needed"
        | "needed information"
        | "info"
        | "info needed"
        | "info required"
        | "required info"
        | "what we need"
        | "we need"
        | "need"
        | "needed"
        | "what need"
        | "required"
        | "requirements"
        | "details needed"
        | "required details"
        | "details required"
        | "needed details"
        | "information collect"
        | "collect"
        | "what collect"
        | "details collect"
        | "data needed"
        | "required data"
        | "inputs"
        | "information gather"
        | "need know"
        | "what need know"
        | "before start"
        | "prerequisites"
        | "information we need"
        | "needs" => Section::Information,
        "steps" | "steps follow" | "what do" | "procedure" | "process" | "how" | "instructions" | "flow" | "do"
        | "how do it" | "workflow" | "follow these steps" | "steps follow these" => Section::Steps,
        "rules" | "business rules" | "rule" | "limits" | "policy" | "policies" | "guardrails" | "restrictions"
        | "constraints" | "always" | "never" | "must hold" | "dos and don'ts" | "important rules" | "conditions" => {
            Section::Rules
        }
        "completion"
        | "completion definition"
        | "definition done"
        | "done when"
        | "done"
        | "complete when"
        | "completion criteria"
        | "success"
        | "end"
        | "when done"
        | "finished when"
        | "success criteria"
        | "complete" => Section::Completion,
        "background"
        | "context"
        | "note colleagues"
        | "notes colleagues"
        | "notes"
        | "tone"
        | "style"
        | "tone voice"
        | "tone and voice"
        | "tone and style"
        | "voice"
        | "fyi"
        | "good know"
        | "about"
        | "background information"
        | "when use"
        | "nb colleagues"
        | "tips" => Section::Background,
        _ => return None,
    })
}
