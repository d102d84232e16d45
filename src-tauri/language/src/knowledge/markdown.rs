//! Markdown as typed blocks: one reading of it for the preview and for splitting.

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use taskwright_domain::{ArticleBlock, ArticleWords};

/// Lists and quotes that are nested deeper are read as if they were not: nobody reads them so, and a hostile text of ten
/// thousand `>` must not bring the program down.
const DEEPEST: usize = 24;
/// Where links of articles may lead.
const LEADS: [&str; 4] = ["https:", "http:", "mailto:", "tel:"];

/// What a Markdown text says.
#[must_use]
pub fn blocks_of(markdown: &str) -> Vec<ArticleBlock> {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
    let mut reader = Reader::default();
    for event in Parser::new_ext(markdown, options) {
        reader.take(event);
    }
    reader.finish()
}

/// The words without how they look.
#[must_use]
pub fn plain_words(words: &[ArticleWords]) -> String {
    let mut text = String::new();
    collect(words, &mut text);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn collect(words: &[ArticleWords], text: &mut String) {
    for word in words {
        match word {
            ArticleWords::Text { text: plain } | ArticleWords::Code { text: plain } => text.push_str(plain),
            ArticleWords::Strong { words }
            | ArticleWords::Emphasis { words }
            | ArticleWords::Struck { words }
            | ArticleWords::Link { words, .. } => collect(words, text),
            ArticleWords::Picture { .. } => {}
            ArticleWords::Break => text.push(' '),
        }
    }
}

/// A list, an item or a quotation that is being read.
enum Container {
    List {
        first: Option<u64>,
        items: Vec<Vec<ArticleBlock>>,
    },
    Item(Vec<ArticleBlock>),
    Quote(Vec<ArticleBlock>),
}

/// Words that are being read, by how they look.
enum Look {
    Plain,
    Strong,
    Emphasis,
    Struck,
    Link(String),
    Picture,
}

/// A table that is being read.
#[derive(Default)]
struct Table {
    head: Vec<Vec<ArticleWords>>,
    rows: Vec<Vec<Vec<ArticleWords>>>,
    in_head: bool,
}

#[derive(Default)]
struct Reader {
    top: Vec<ArticleBlock>,
    open: Vec<Container>,
    /// Containers that were too deep to be opened.
    ignored: usize,
    /// The words of the paragraph, heading or cell that is being read.
    words: Vec<(Look, Vec<ArticleWords>)>,
    heading: Option<u8>,
    code: Option<String>,
    table: Option<Table>,
}

impl Reader {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(end) => self.end(end),
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) if self.code.is_some() => {
                self.code.get_or_insert_default().push_str(&text);
            }
            Event::Text(text) => self.word(ArticleWords::Text {
                text: text.into_string(),
            }),
            Event::Code(text) => self.word(ArticleWords::Code {
                text: text.into_string(),
            }),
            Event::SoftBreak => self.word(ArticleWords::Text { text: " ".to_owned() }),
            Event::HardBreak => self.word(ArticleWords::Break),
            Event::Rule => {
                self.leaf();
                self.block(ArticleBlock::Rule);
            }
            Event::TaskListMarker(done) => self.word(ArticleWords::Text {
                text: if done { "✓ " } else { "☐ " }.to_owned(),
            }),
            // Tags of HTML say how something looks, or do something: neither belongs into an answer.
            Event::Html(_)
            | Event::InlineHtml(_)
            | Event::InlineMath(_)
            | Event::DisplayMath(_)
            | Event::FootnoteReference(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Heading { level, .. } => {
                self.leaf();
                self.heading = Some(level_of(level));
            }
            Tag::CodeBlock(CodeBlockKind::Fenced(_) | CodeBlockKind::Indented) => {
                self.leaf();
                self.code = Some(String::new());
            }
            Tag::List(first) => self.enter(Container::List {
                first,
                items: Vec::new(),
            }),
            Tag::Item => self.enter(Container::Item(Vec::new())),
            Tag::BlockQuote(_) => self.enter(Container::Quote(Vec::new())),
            Tag::Table(_) => {
                self.leaf();
                self.table = Some(Table::default());
            }
            Tag::TableHead => self.table.get_or_insert_default().in_head = true,
            Tag::TableRow => self.table.get_or_insert_default().rows.push(Vec::new()),
            Tag::Strong => self.look(Look::Strong),
            Tag::Emphasis => self.look(Look::Emphasis),
            Tag::Strikethrough => self.look(Look::Struck),
            Tag::Link { dest_url, .. } => self.look(Look::Link(dest_url.into_string())),
            Tag::Image { .. } => self.look(Look::Picture),
            Tag::Paragraph => self.leaf(),
            _ => {}
        }
    }

    fn end(&mut self, end: TagEnd) {
        match end {
            TagEnd::Paragraph | TagEnd::Heading(_) => self.leaf(),
            TagEnd::CodeBlock => {
                if let Some(text) = self.code.take() {
                    self.block(ArticleBlock::Code { text });
                }
            }
            TagEnd::List(_) | TagEnd::Item | TagEnd::BlockQuote(_) => self.leave(),
            TagEnd::TableCell => {
                let words = self.close_words();
                let table = self.table.get_or_insert_default();
                if table.in_head {
                    table.head.push(words);
                } else if let Some(row) = table.rows.last_mut() {
                    row.push(words);
                }
            }
            TagEnd::TableHead => self.table.get_or_insert_default().in_head = false,
            TagEnd::Table => {
                if let Some(Table { head, rows, .. }) = self.table.take() {
                    self.block(ArticleBlock::Table { head, rows });
                }
            }
            TagEnd::Strong | TagEnd::Emphasis | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image => {
                self.looked();
            }
            _ => {}
        }
    }

    fn look(&mut self, look: Look) {
        if self.words.is_empty() {
            self.words.push((Look::Plain, Vec::new()));
        }
        if self.words.len() < DEEPEST {
            self.words.push((look, Vec::new()));
        } else {
            self.words.push((Look::Plain, Vec::new()));
        }
    }

    fn looked(&mut self) {
        if self.words.len() < 2 {
            return;
        }
        let Some((look, words)) = self.words.pop() else { return };
        match look {
            Look::Plain => words.into_iter().for_each(|word| self.word(word)),
            Look::Strong => self.word(ArticleWords::Strong { words }),
            Look::Emphasis => self.word(ArticleWords::Emphasis { words }),
            Look::Struck => self.word(ArticleWords::Struck { words }),
            Look::Link(to) if leads_outside(&to) => self.word(ArticleWords::Link { to, words }),
            Look::Link(_) => words.into_iter().for_each(|word| self.word(word)),
            Look::Picture => self.word(ArticleWords::Picture {
                shows: plain_words(&words),
            }),
        }
    }

    fn word(&mut self, word: ArticleWords) {
        if self.words.is_empty() {
            self.words.push((Look::Plain, Vec::new()));
        }
        let Some((_, words)) = self.words.last_mut() else {
            return;
        };
        match (words.last_mut(), word) {
            (Some(ArticleWords::Text { text }), ArticleWords::Text { text: more }) => text.push_str(&more),
            (_, word) => words.push(word),
        }
    }

    fn close_words(&mut self) -> Vec<ArticleWords> {
        while self.words.len() > 1 {
            self.looked();
        }
        self.words.pop().map(|(_, words)| words).unwrap_or_default()
    }

    /// Ends the paragraph or heading that is being read, if there is one.
    fn leaf(&mut self) {
        let words = self.close_words();
        let heading = self.heading.take();
        if !words.is_empty() {
            self.block(match heading {
                Some(level) => ArticleBlock::Heading { level, words },
                None => ArticleBlock::Paragraph { words },
            });
        }
    }

    fn enter(&mut self, container: Container) {
        self.leaf();
        if self.open.len() < DEEPEST && self.ignored == 0 {
            self.open.push(container);
        } else {
            self.ignored += 1;
        }
    }

    fn leave(&mut self) {
        self.leaf();
        if self.ignored > 0 {
            self.ignored -= 1;
            return;
        }
        match self.open.pop() {
            Some(Container::Item(blocks)) => match self.open.last_mut() {
                Some(Container::List { items, .. }) => items.push(blocks),
                _ => blocks.into_iter().for_each(|block| self.block(block)),
            },
            Some(Container::List { first, items }) => self.block(ArticleBlock::List { first, items }),
            Some(Container::Quote(blocks)) => self.block(ArticleBlock::Quote { blocks }),
            None => {}
        }
    }

    fn block(&mut self, block: ArticleBlock) {
        match self.open.last_mut() {
            Some(Container::Item(blocks) | Container::Quote(blocks)) => blocks.push(block),
            Some(Container::List { items, .. }) => items.push(vec![block]),
            None => self.top.push(block),
        }
    }

    fn finish(mut self) -> Vec<ArticleBlock> {
        self.leaf();
        while !self.open.is_empty() {
            self.ignored = 0;
            self.leave();
        }
        self.top
    }
}

fn level_of(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

fn leads_outside(to: &str) -> bool {
    let low = to.trim_start().to_ascii_lowercase();
    LEADS.iter().any(|lead| low.starts_with(lead))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> ArticleWords {
        ArticleWords::Text { text: text.to_owned() }
    }

    #[test]
    fn markdown_is_read_as_people_read_it() {
        let blocks = blocks_of("# A *big* title\n\nOne\ntwo.\n\n1. first\n2. second\n   - inside\n\n> said\n");
        assert_eq!(
            blocks[0],
            ArticleBlock::Heading {
                level: 1,
                words: vec![
                    text("A "),
                    ArticleWords::Emphasis {
                        words: vec![text("big")]
                    },
                    text(" title")
                ]
            }
        );
        assert_eq!(
            blocks[1],
            ArticleBlock::Paragraph {
                words: vec![text("One two.")]
            }
        );
        let ArticleBlock::List { first: Some(1), items } = &blocks[2] else {
            panic!("{blocks:?}")
        };
        assert_eq!(items.len(), 2, "{items:?}");
        assert!(
            matches!(items[1][1], ArticleBlock::List { first: None, .. }),
            "{items:?}"
        );
        assert!(matches!(&blocks[3], ArticleBlock::Quote { blocks } if blocks.len() == 1));
    }

    #[test]
    fn nothing_in_an_article_can_run() {
        let blocks =
            blocks_of("<script>alert(1)</script>\n\n[a](javascript:alert(1)) <b onclick=x>b</b> ![c](x.png)\n");
        let json = format!("{blocks:?}");
        assert!(!json.contains("javascript") && !json.contains("onclick"), "{json}");
        assert!(json.contains("Picture"), "{json}");
        let links = blocks_of("[ok](https://example.com)");
        assert!(format!("{links:?}").contains("https://example.com"));
    }

    #[test]
    fn no_depth_brings_it_down() {
        for text in [
            ">".repeat(20_000),
            "- ".repeat(20_000),
            "*".repeat(20_000) + "a" + &"*".repeat(20_000),
            "[".repeat(20_000),
            "**a ".repeat(5_000),
        ] {
            let _ = blocks_of(&text);
        }
    }

    #[test]
    fn tables_keep_their_cells() {
        let blocks = blocks_of("| Size | Price |\n|---|---|\n| S | 4.00 |\n");
        let ArticleBlock::Table { head, rows } = &blocks[0] else {
            panic!("{blocks:?}")
        };
        assert_eq!(
            (plain_words(&head[1]), plain_words(&rows[0][1])),
            ("Price".to_owned(), "4.00".to_owned())
        );
    }
}
