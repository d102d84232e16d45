//! The page as Markdown. Whatever an author wrote stays words: nothing of it becomes structure, a link or HTML.

use std::fmt::Write as _;

use super::{PageItem, TaskPage};

/// The page as Markdown.
#[must_use]
pub fn markdown(page: &TaskPage) -> String {
    let mut text = format!("# {}\n", line(&page.title));
    for section in &page.sections {
        let _ = write!(text, "\n## {}\n", line(&section.heading));
        for paragraph in &section.paragraphs {
            let _ = write!(text, "\n{}\n", line(paragraph));
        }
        if !section.items.is_empty() {
            text.push('\n');
        }
        for (at, item) in section.items.iter().enumerate() {
            let marker = if section.numbered {
                format!("{}.", at + 1)
            } else {
                "-".to_owned()
            };
            write_item(&mut text, item, &marker, "");
        }
    }
    text
}

fn write_item(text: &mut String, item: &PageItem, marker: &str, indent: &str) {
    let mut parts = Vec::new();
    if item.warning {
        parts.push("\u{26a0}".to_owned());
    }
    if !item.lead.is_empty() {
        parts.push(format!("**{}**", line(&item.lead)));
    }
    if !item.words.is_empty() {
        parts.push(line(&item.words));
    }
    if !item.note.is_empty() {
        parts.push(format!("*({})*", line(&item.note)));
    }
    let _ = writeln!(text, "{indent}{marker} {}", parts.join(" "));
    // Content lines up behind the marker, as CommonMark wants it.
    let deeper = format!("{indent}{}", " ".repeat(marker.chars().count() + 1));
    for inner in &item.items {
        write_item(text, inner, "-", &deeper);
    }
}

/// Words on one line, with every mark that Markdown could read as its own made harmless.
fn line(words: &str) -> String {
    let joined = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut text = String::with_capacity(joined.len());
    for mark in joined.chars() {
        if matches!(
            mark,
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '~' | '|' | '&' | '$'
        ) {
            text.push('\\');
        }
        text.push(mark);
    }
    harmless_start(text)
}

/// A line that begins like a heading, a list or a rule begins with a backslash.
fn harmless_start(text: String) -> String {
    if text.starts_with(['#', '+', '-', '=']) {
        return format!("\\{text}");
    }
    let digits = text.chars().take_while(char::is_ascii_digit).count();
    match text[digits..].chars().next() {
        Some('.' | ')') if digits > 0 => format!("{}\\{}", &text[..digits], &text[digits..]),
        _ => text,
    }
}
