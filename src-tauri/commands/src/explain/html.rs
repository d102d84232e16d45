//! Pages as one HTML file that needs nothing else: no script, no picture, nothing fetched.

use std::fmt::Write as _;

use super::{PageItem, TaskPage};

/// How the page looks on paper and on screen, light and dark.
const STYLE: &str = "\
:root{color-scheme:light dark}\
body{font:15px/1.55 system-ui,sans-serif;max-width:46rem;margin:2.5rem auto;padding:0 1.25rem}\
h1{font-size:1.75rem;line-height:1.25;margin:0 0 1.5rem}\
h2{font-size:1.1rem;margin:2rem 0 .5rem;padding-bottom:.25rem;border-bottom:1px solid #8884}\
p{margin:.4rem 0}ul,ol{margin:.25rem 0;padding-left:1.4rem}li{margin:.2rem 0}\
small{opacity:.75}.warning{border-left:3px solid #b45309;padding-left:.6rem;list-style:none;margin-left:-1rem}\
article+article{margin-top:4rem}\
@media print{body{margin:0;max-width:none}article+article{break-before:page}h2{break-after:avoid}li{break-inside:avoid-page}}";

/// The pages as HTML, one after the other.
#[must_use]
pub fn html(pages: &[TaskPage]) -> String {
    let title = match pages {
        [one] => one.title.clone(),
        several => format!("{} tasks", several.len()),
    };
    let mut text = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n",
        escaped(&title)
    );
    for page in pages {
        write_page(&mut text, page);
    }
    text.push_str("</body>\n</html>\n");
    text
}

fn write_page(text: &mut String, page: &TaskPage) {
    let _ = writeln!(text, "<article>\n<h1>{}</h1>", escaped(&page.title));
    for section in &page.sections {
        let _ = writeln!(text, "<section>\n<h2>{}</h2>", escaped(&section.heading));
        for paragraph in &section.paragraphs {
            let _ = writeln!(text, "<p>{}</p>", escaped(paragraph));
        }
        write_items(text, &section.items, if section.numbered { "ol" } else { "ul" });
        text.push_str("</section>\n");
    }
    text.push_str("</article>\n");
}

fn write_items(text: &mut String, items: &[PageItem], list: &str) {
    if items.is_empty() {
        return;
    }
    let _ = writeln!(text, "<{list}>");
    for item in items {
        text.push_str(if item.warning { "<li class=\"warning\">" } else { "<li>" });
        let mut parts = Vec::new();
        if !item.lead.is_empty() {
            parts.push(format!("<strong>{}</strong>", escaped(&item.lead)));
        }
        if !item.words.is_empty() {
            parts.push(escaped(&item.words));
        }
        if !item.note.is_empty() {
            parts.push(format!("<small>({})</small>", escaped(&item.note)));
        }
        text.push_str(&parts.join(" "));
        write_items(text, &item.items, "ul");
        text.push_str("</li>\n");
    }
    let _ = writeln!(text, "</{list}>");
}

fn escaped(words: &str) -> String {
    let mut text = String::with_capacity(words.len());
    for mark in words.chars() {
        match mark {
            '&' => text.push_str("&amp;"),
            '<' => text.push_str("&lt;"),
            '>' => text.push_str("&gt;"),
            '"' => text.push_str("&quot;"),
            '\'' => text.push_str("&#39;"),
            // Only what may stand in a document: no NUL and the like.
            other if other.is_control() && !other.is_whitespace() => text.push('\u{fffd}'),
            other => text.push(other),
        }
    }
    text
}
