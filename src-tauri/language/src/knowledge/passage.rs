//! Passages: what stands under one heading, cut at paragraphs where it is long, so that each answers by itself.

use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock};

use taskwright_domain::{Article, ArticleBlock, ArticleId};

use super::markdown::{blocks_of, plain_words};
use super::sentences::sentences;
use crate::rank::stems_of;

/// Words of a passage, about: the encoder looks at some hundred.
const LONG: usize = 90;
/// A list item of more words is taken apart.
const LONG_ITEM: usize = 60;
/// What stands between headings inside each other.
const INSIDE: &str = " › ";

/// The smallest thing that is quoted: a sentence, an item of a list, a row of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// Its words, as the article has them.
    pub text: String,
    /// What stands before them when it is quoted: `- `, `2. `, or nothing.
    pub marker: String,
    /// It begins a line.
    pub new_line: bool,
    /// It belongs to a list.
    pub in_list: bool,
}

/// A passage of an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// The headings it stands under, outermost first; empty before the first one.
    pub heading: String,
    /// What it says, in order.
    pub units: Vec<Unit>,
}

impl Passage {
    /// All of it.
    #[must_use]
    pub fn text(&self) -> String {
        quoted(&self.units)
    }
}

/// Units as they are quoted.
pub(super) fn quoted(units: &[Unit]) -> String {
    let mut text = String::new();
    for unit in units {
        if !text.is_empty() {
            text.push(if unit.new_line { '\n' } else { ' ' });
        }
        text.push_str(&unit.marker);
        text.push_str(&unit.text);
    }
    text
}

/// An article's passages, with what is found out about them later.
#[derive(Debug)]
pub struct Shelved {
    /// The article.
    pub article: ArticleId,
    /// Its title.
    pub title: String,
    /// Its place among the passages of its article.
    pub number: usize,
    /// The passage.
    pub passage: Passage,
    /// The stems of the words that say something, headings and title among them.
    pub(super) stems: BTreeSet<String>,
    /// What it means, once that is known.
    meaning: OnceLock<Meaning>,
}

/// What a passage means, as vectors of length 1.
#[derive(Debug, Clone, PartialEq)]
pub struct Meaning {
    /// With what it is about: its title and headings.
    pub whole: Vec<f32>,
    /// Only what it says.
    pub said: Vec<f32>,
}

impl Shelved {
    /// The text that stands for it as a whole: what it is about, and what it says.
    #[must_use]
    pub fn in_full(&self) -> String {
        format!("{} {}", self.about(), self.passage.text().replace('\n', " "))
    }

    /// What it is about: the title and the headings.
    #[must_use]
    pub fn about(&self) -> String {
        match self.passage.heading.as_str() {
            "" => format!("{}.", self.title),
            heading => format!("{}. {}.", self.title, heading.replace(INSIDE, ". ")),
        }
    }

    /// What it means, if that is known by now.
    #[must_use]
    pub fn meaning(&self) -> Option<&Meaning> {
        self.meaning.get()
    }

    /// Says what it means; the first one to say so is right.
    pub fn set_meaning(&self, meaning: Meaning) {
        let _ = self.meaning.set(meaning);
    }
}

/// The passages of an article.
#[must_use]
pub fn passages_of(article: &Article) -> Vec<Arc<Shelved>> {
    let mut cutter = Cutter::default();
    for block in blocks_of(&article.text) {
        cutter.take(block, &article.title);
    }
    cutter.close();
    let shelved = |(number, passage): (usize, Passage)| {
        let stems = stems_of(&format!("{} {} {}", article.title, passage.heading, passage.text()));
        Arc::new(Shelved {
            article: article.id.clone(),
            title: article.title.trim().to_owned(),
            number,
            passage,
            stems,
            meaning: OnceLock::new(),
        })
    };
    cutter.passages.into_iter().enumerate().map(shelved).collect()
}

#[derive(Default)]
struct Cutter {
    headings: Vec<(u8, String)>,
    /// What stands under the present headings: paragraphs and lists.
    pieces: Vec<Vec<Unit>>,
    passages: Vec<Passage>,
}

impl Cutter {
    fn take(&mut self, block: ArticleBlock, title: &str) {
        if let ArticleBlock::Heading { level, words } = block {
            self.close();
            let heading = plain_words(&words);
            self.headings.retain(|(above, _)| *above < level);
            // The title once more says nothing new.
            if !heading.is_empty() && !heading.eq_ignore_ascii_case(title.trim()) {
                self.headings.push((level, heading));
            }
            return;
        }
        let units = units_of(&block);
        if units.is_empty() {
            return;
        }
        // "You need:" and what follows it are one.
        let leads = |piece: &Vec<Unit>| piece.last().is_some_and(|unit| unit.text.ends_with(':'));
        match self.pieces.last_mut() {
            Some(piece) if leads(piece) => piece.extend(units),
            _ => self.pieces.push(units),
        }
    }

    /// Makes passages of what stands under the present headings.
    fn close(&mut self) {
        let headings: Vec<_> = self.headings.iter().map(|(_, heading)| heading.as_str()).collect();
        let heading = headings.join(INSIDE);
        let mut open: Vec<Unit> = Vec::new();
        let mut cut = |units: Vec<Unit>| {
            if !units.is_empty() {
                self.passages.push(Passage {
                    heading: heading.clone(),
                    units,
                });
            }
        };
        for piece in self.pieces.drain(..).flat_map(shortened) {
            if !open.is_empty() && words(&open) + words(&piece) > LONG {
                cut(std::mem::take(&mut open));
            }
            open.extend(piece);
        }
        cut(open);
    }
}

/// A piece, cut between its units where it is too long for one passage.
fn shortened(piece: Vec<Unit>) -> Vec<Vec<Unit>> {
    if words(&piece) <= LONG {
        return vec![piece];
    }
    let mut parts: Vec<Vec<Unit>> = vec![Vec::new()];
    for unit in piece {
        let room = parts.last().is_some_and(|part| words(part) + count(&unit.text) <= LONG);
        match parts.last_mut() {
            Some(part) if room || part.is_empty() => part.push(unit),
            _ => parts.push(vec![unit]),
        }
    }
    parts
}

fn words(units: &[Unit]) -> usize {
    units.iter().map(|unit| count(&unit.text)).sum()
}

pub(super) fn count(text: &str) -> usize {
    text.split_whitespace().count()
}

fn units_of(block: &ArticleBlock) -> Vec<Unit> {
    let mut units = Vec::new();
    add(block, &mut units);
    units
}

fn add(block: &ArticleBlock, units: &mut Vec<Unit>) {
    match block {
        ArticleBlock::Heading { words, .. } | ArticleBlock::Paragraph { words } => {
            add_sentences(&plain_words(words), String::new(), false, units);
        }
        ArticleBlock::List { first, items } => {
            for (at, item) in (0_u64..).zip(items) {
                let marker = first.map_or_else(|| "- ".to_owned(), |first| format!("{}. ", first + at));
                add_item(item, &marker, units);
            }
        }
        ArticleBlock::Quote { blocks } => blocks.iter().for_each(|block| add(block, units)),
        ArticleBlock::Code { text } => {
            for line in text.lines().filter(|line| !line.trim().is_empty()) {
                units.push(line_of(line.to_owned(), String::new(), false));
            }
        }
        ArticleBlock::Table { head, rows } => {
            let names: Vec<_> = head.iter().map(|cell| plain_words(cell)).collect();
            for row in rows {
                let cells = row
                    .iter()
                    .enumerate()
                    .map(|(at, cell)| (names.get(at), plain_words(cell)));
                let cells = cells.filter(|(_, cell)| !cell.is_empty());
                let told = cells.map(|(name, cell)| match name.filter(|name| !name.is_empty()) {
                    Some(name) => format!("{name}: {cell}"),
                    None => cell,
                });
                let text = told.collect::<Vec<_>>().join(" · ");
                if !text.is_empty() {
                    units.push(line_of(text, String::new(), true));
                }
            }
        }
        ArticleBlock::Rule => {}
    }
}

fn add_item(item: &[ArticleBlock], marker: &str, units: &mut Vec<Unit>) {
    let mut marker = marker.to_owned();
    for block in item {
        match block {
            ArticleBlock::Paragraph { words } => {
                let text = plain_words(words);
                if count(&text) > LONG_ITEM {
                    add_sentences(&text, marker.clone(), true, units);
                } else if !text.is_empty() {
                    units.push(line_of(text, marker.clone(), true));
                }
                marker.clear();
            }
            other => {
                let from = units.len();
                add(other, units);
                units[from..].iter_mut().for_each(|unit| unit.in_list = true);
            }
        }
    }
}

fn line_of(text: String, marker: String, in_list: bool) -> Unit {
    Unit {
        text,
        marker,
        new_line: true,
        in_list,
    }
}

fn add_sentences(text: &str, mut marker: String, in_list: bool, units: &mut Vec<Unit>) {
    for (at, text) in sentences(text).into_iter().enumerate() {
        units.push(Unit {
            text,
            marker: std::mem::take(&mut marker),
            new_line: at == 0,
            in_list,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(title: &str, text: &str) -> Vec<(String, String)> {
        let article = Article {
            id: ArticleId::new("a"),
            title: title.into(),
            text: text.into(),
        };
        let passages = passages_of(&article);
        passages
            .iter()
            .map(|shelved| (shelved.passage.heading.clone(), shelved.passage.text()))
            .collect()
    }

    #[test]
    fn an_article_is_cut_at_its_headings() {
        let found = cut(
            "Returns",
            "# Returns\n\nAll may come back.\n\n## How long\n\nYou have *45* days.\n\n### Over Christmas\n\nUntil January.\n\n## Where\n\nHere:\n\n1. print\n2. post\n",
        );
        let expected = [
            ("", "All may come back."),
            ("How long", "You have 45 days."),
            ("How long › Over Christmas", "Until January."),
            ("Where", "Here:\n1. print\n2. post"),
        ];
        let expected = expected.map(|(heading, text)| (heading.to_owned(), text.to_owned()));
        assert_eq!(found, expected);
    }

    #[test]
    fn a_long_section_is_cut_at_paragraphs_and_a_long_paragraph_between_sentences() {
        let paragraph = "One two three four five six seven eight nine ten. ".repeat(5);
        let found = cut("T", &format!("{paragraph}\n\n{paragraph}\n\n{}", paragraph.repeat(4)));
        assert_eq!(found[0].1.split_whitespace().count(), 50, "{found:?}");
        let longest = found.iter().map(|(_, text)| text.split_whitespace().count()).max();
        assert!(longest <= Some(LONG), "{longest:?}");
        let all: usize = found.iter().map(|(_, text)| text.split_whitespace().count()).sum();
        assert_eq!(all, 300, "nothing is lost, nothing comes twice");
    }

    #[test]
    fn a_row_of_a_table_is_told_with_its_columns() {
        let found = cut("T", "| Size | Price |\n|---|---|\n| S | 4.00 |\n");
        assert_eq!(found[0].1, "Size: S · Price: 4.00");
    }

    #[test]
    fn nothing_has_no_passages() {
        assert!(cut("T", "").is_empty() && cut("", "# \n\n---\n").is_empty());
    }
}
