//! A fixture: an instruction with its catalogue and with the parts that a careful person reads in it.

use std::fs;
use std::path::PathBuf;

use taskwright_domain::{Catalogue, Condition, Period, Span};

use crate::catalogue::catalogue;
use crate::condition::{Conditions, Stated, period};
use crate::heard::with_heard;
use crate::notation::{Cursor, Mark, marks};

/// What a part must come to, beyond its kind.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Does {
    Asks(Vec<String>),
    /// Lets the customer pick among the items that are so, the first few of them.
    Offers(String, u32, Condition),
    /// What follows is done for each that is picked.
    ForEach(String),
    Runs(String, Vec<(String, String)>),
    TriesAgain(String, u32),
    /// It is enough that another part runs it.
    MayRun(String),
    Says(Vec<String>),
    NeverSays(String),
    HandsOff(Option<String>),
    Finishes,
    ConfirmsAction(String),
    ConfirmsIn(String),
    Sets(String, Option<String>),
    Classifies(String, Option<String>),
    Tags(String),
    Notes(Vec<String>),
    Waits(String, Option<Period>),
    Repeats(u32),
    /// No case before it gives more pieces of advice.
    AdvisesAtMost(u32),
    GoesTo(String),
    OnlyIf(Option<String>, Condition),
    NeverIf(String, Condition),
    AtMost(String, u32),
    Closed(String, Condition),
    WordsOnly,
}

/// A part of the reading.
pub(crate) struct Part {
    pub(crate) id: String,
    pub(crate) words: String,
    pub(crate) span: Span,
    /// The words up to the next part: what it leads to may stand there.
    pub(crate) ground: Span,
    pub(crate) kind: String,
    pub(crate) references: Vec<Mark>,
    pub(crate) condition: Option<Stated>,
    /// Whose condition it stands under; `false`: the other way of it.
    pub(crate) under: Vec<(String, bool)>,
    pub(crate) does: Vec<(Does, Option<Condition>)>,
}

/// A part that is not read rightly, as the fixture owns it.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Clone)]
pub(crate) struct Owned {
    pub(crate) id: String,
    pub(crate) verdict: String,
    pub(crate) why: String,
}

pub(crate) struct Fixture {
    pub(crate) path: PathBuf,
    pub(crate) markdown: String,
    pub(crate) name: String,
    pub(crate) catalogue: Catalogue,
    /// The same with a yes or no for everything that is listened for.
    pub(crate) judged: Catalogue,
    pub(crate) text: String,
    pub(crate) parts: Vec<Part>,
    pub(crate) not_read: Vec<Owned>,
}

/// Every fixture, in order.
pub(crate) fn fixtures() -> Vec<Fixture> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("examples/texts");
    let mut paths: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    paths.into_iter().map(Fixture::read).collect()
}

impl Fixture {
    fn read(path: PathBuf) -> Self {
        let markdown = fs::read_to_string(&path).unwrap();
        Self::of(path, markdown)
    }

    /// The fixture that this Markdown describes.
    pub(crate) fn of(path: PathBuf, markdown: String) -> Self {
        let section = |name: &str| section(&markdown, name);
        let catalogue = catalogue(section("Catalogue"));
        let text = block(section("Instructions"));
        let judged = with_heard(&catalogue, section("Parts"));
        let parts = parts(section("Parts"), &text, &judged);
        let not_read = section("Not read yet").lines().filter_map(owned).collect();
        Self {
            name: path.file_stem().unwrap().to_string_lossy().into_owned(),
            catalogue,
            judged,
            text,
            parts,
            not_read,
            path,
            markdown,
        }
    }

    /// The text after the author followed the remarks that the section names.
    pub(crate) fn mended(&self) -> String {
        block(section(&self.markdown, "Mended"))
    }

    /// The catalogue with the attributes that the author made while following them.
    pub(crate) fn mended_catalogue(&self) -> Catalogue {
        let section = section(&self.markdown, "Catalogue");
        let made = section
            .lines()
            .find_map(|line| line.strip_prefix("- Attributes (mended): "));
        match made {
            Some(made) => {
                let known = "- Attributes: ";
                catalogue(&section.replacen(known, &format!("{known}{made}, "), 1))
            }
            None => self.catalogue.clone(),
        }
    }

    pub(crate) fn part(&self, id: &str) -> &Part {
        let part = self.parts.iter().find(|part| part.id == id);
        part.unwrap_or_else(|| panic!("{}: there is a part {id}", self.name))
    }
}

/// The instruction in a section.
fn block(section: &str) -> String {
    let (_, text) = section.split_once("```text\n").unwrap();
    text.split_once("\n```").unwrap().0.to_owned()
}

/// The lines below a heading, up to the next one.
pub(crate) fn section<'a>(markdown: &'a str, name: &str) -> &'a str {
    let heading = format!("\n## {name}\n");
    let Some((_, after)) = markdown.split_once(&heading) else {
        return "";
    };
    after.split_once("\n## ").map_or(after, |(section, _)| section)
}

fn owned(line: &str) -> Option<Owned> {
    let (what, why) = line.strip_prefix("- ")?.split_once(": ")?;
    let (id, verdict) = what.split_once(' ')?;
    Some(Owned {
        id: id.to_owned(),
        verdict: verdict.to_owned(),
        why: why.to_owned(),
    })
}

fn parts(section: &str, text: &str, catalogue: &Catalogue) -> Vec<Part> {
    let mut from = 0;
    let rows = section.lines().filter(|line| line.starts_with('|')).skip(2);
    let mut parts: Vec<Part> = rows
        .map(|row| {
            let cells: Vec<_> = row.trim_matches('|').split('|').map(str::trim).collect();
            let [id, words, kind, references, condition, under, does] = cells.as_slice() else {
                panic!("seven cells: {row}");
            };
            let span = place(text, words, &mut from);
            Part {
                id: (*id).to_owned(),
                words: (*words).to_owned(),
                span,
                ground: span,
                kind: (*kind).to_owned(),
                references: marks(references),
                condition: stated(condition, catalogue),
                under: under.split(", ").filter(|id| !id.is_empty()).map(way).collect(),
                does: does
                    .split("; ")
                    .filter(|does| !does.is_empty())
                    .map(|one| effect(one, catalogue))
                    .collect(),
            }
        })
        .collect();
    let starts: Vec<_> = parts.iter().map(|part| part.span.start).collect();
    let end = u32::try_from(text.chars().count()).unwrap();
    for part in &mut parts {
        let next = starts.iter().copied().filter(|start| *start > part.span.start).min();
        part.ground.end = part.span.end.max(next.unwrap_or(end));
    }
    parts
}

/// Where the words stand, in code points: the first place not before the part above.
fn place(text: &str, words: &str, from: &mut usize) -> Span {
    let at = text[*from..]
        .find(words)
        .map(|at| at + *from)
        .or_else(|| text.find(words));
    let at = at.unwrap_or_else(|| panic!("the text has these words: {words}"));
    *from = at;
    let points = |to: usize| u32::try_from(text[..to].chars().count()).unwrap();
    Span::new(points(at), points(at + words.len()))
}

fn way(said: &str) -> (String, bool) {
    said.strip_prefix("else ")
        .map_or_else(|| (said.to_owned(), true), |id| (id.to_owned(), false))
}

fn stated(cell: &str, catalogue: &Catalogue) -> Option<Stated> {
    if cell.is_empty() {
        return None;
    }
    if cell.starts_with('"') {
        return Some(Stated::Words);
    }
    if let Some(part) = cell.strip_prefix("else ") {
        return Some(Stated::Else(part.to_owned()));
    }
    let marks = marks(cell);
    let mut cursor = Cursor::new(&marks);
    let condition = Conditions { catalogue }.any(&mut cursor);
    assert!(cursor.is_done(), "all of it is a condition: {cell}");
    Some(Stated::Typed(condition))
}

fn effect(text: &str, catalogue: &Catalogue) -> (Does, Option<Condition>) {
    let marks = marks(text);
    let mut cursor = Cursor::new(&marks);
    let does = one_effect(&mut cursor, catalogue).unwrap_or_else(|| panic!("an effect: {text}"));
    let when = cursor.take("when").then(|| Conditions { catalogue }.any(&mut cursor));
    assert!(cursor.is_done(), "all of it is an effect: {text}");
    (does, when)
}

fn one_effect(cursor: &mut Cursor<'_>, catalogue: &Catalogue) -> Option<Does> {
    let conditions = Conditions { catalogue };
    if cursor.take("asks") {
        return Some(Does::Asks(references(cursor)));
    }
    if cursor.take("offers") {
        let attribute = cursor.reference()?;
        let at_most = cursor.take("at most").then(|| cursor.number()).flatten()?;
        return cursor
            .take("where")
            .then(|| Does::Offers(attribute, at_most, conditions.any(cursor)));
    }
    if cursor.take("for each") {
        return Some(Does::ForEach(cursor.reference()?));
    }
    if cursor.take("runs") {
        let action = cursor.name()?;
        let inputs = if cursor.take("with") {
            vec![(cursor.reference()?, bound(cursor)?)]
        } else {
            Vec::new()
        };
        return Some(Does::Runs(action, inputs));
    }
    if cursor.take("may run") {
        return Some(Does::MayRun(cursor.name()?));
    }
    if cursor.take("tries") {
        let action = cursor.name()?;
        cursor.take("again");
        let times = cursor.number()?;
        cursor.take("times");
        return Some(Does::TriesAgain(action, times));
    }
    if cursor.take("says") {
        return Some(Does::Says(fragments(cursor)));
    }
    if cursor.take("never says") {
        return Some(Does::NeverSays(fragments(cursor).remove(0)));
    }
    if cursor.take("hands off to") {
        return Some(Does::HandsOff(Some(cursor.words(&["when"]))));
    }
    if cursor.take("hands off") {
        return Some(Does::HandsOff(None));
    }
    if cursor.take("finishes") {
        return Some(Does::Finishes);
    }
    if cursor.take("confirms") {
        return Some(match cursor.name() {
            Some(action) => Does::ConfirmsAction(action),
            None => Does::ConfirmsIn(fragments(cursor).into_iter().next()?),
        });
    }
    if cursor.take("sets") {
        let attribute = cursor.reference()?;
        let to = if cursor.take("to") {
            cursor.reference().or_else(|| Some(cursor.words(&["when"])))
        } else {
            None
        };
        return Some(Does::Sets(attribute, to));
    }
    if cursor.take("classifies") {
        let attribute = cursor.reference()?;
        let from = if cursor.take("from") { cursor.reference() } else { None };
        return Some(Does::Classifies(attribute, from));
    }
    if cursor.take("tags") {
        return Some(Does::Tags(cursor.words(&[])));
    }
    if cursor.take("notes") {
        return Some(Does::Notes(references(cursor)));
    }
    if cursor.take("waits for") {
        let name = cursor.name()?;
        let wait = catalogue.webhooks.iter().find(|wait| wait.name == name)?;
        let limit = cursor.take("up to").then(|| period(cursor));
        return Some(Does::Waits(wait.key.clone(), limit));
    }
    if cursor.take("repeats") {
        let times = cursor.number()?;
        return cursor.take("times").then_some(Does::Repeats(times));
    }
    if cursor.take("advises at most") {
        let times = cursor.number()?;
        return cursor.take("times").then_some(Does::AdvisesAtMost(times));
    }
    if cursor.take("goes to") {
        return Some(Does::GoesTo(cursor.words(&[])));
    }
    if cursor.take("words only") {
        return Some(Does::WordsOnly);
    }
    if cursor.take("any action only if") {
        return Some(Does::OnlyIf(None, conditions.any(cursor)));
    }
    let action = cursor.name()?;
    if cursor.take("only if") {
        return Some(Does::OnlyIf(Some(action), conditions.any(cursor)));
    }
    if cursor.take("never if") {
        return Some(Does::NeverIf(action, conditions.any(cursor)));
    }
    if cursor.take("closed if") {
        return Some(Does::Closed(action, conditions.any(cursor)));
    }
    if cursor.take("at most") {
        let times = cursor.number()?;
        return cursor.take("times").then_some(Does::AtMost(action, times));
    }
    None
}

fn references(cursor: &mut Cursor<'_>) -> Vec<String> {
    let mut found = Vec::new();
    while let Some(reference) = cursor.reference() {
        found.push(reference);
        cursor.sign(',');
    }
    found
}

fn bound(cursor: &mut Cursor<'_>) -> Option<String> {
    cursor
        .sign('=')
        .then(|| cursor.reference().unwrap_or_else(|| cursor.words(&["when"])))
}

/// Quoted words and pills, in order.
fn fragments(cursor: &mut Cursor<'_>) -> Vec<String> {
    let mut found = Vec::new();
    while let Some(mark) = cursor.peek() {
        match mark {
            Mark::Quoted(words) => found.push(words.clone()),
            Mark::Pill(reference) => found.push(format!("{{{reference}}}")),
            _ => break,
        }
        cursor.next();
    }
    found
}
