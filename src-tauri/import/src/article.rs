//! Articles from files: Markdown, plain text, and HTML.

use htmd::HtmlToMarkdown;

/// What is read as an article, by how the file's name ends.
pub const ENDINGS: [&str; 6] = ["md", "markdown", "mdown", "txt", "html", "htm"];
/// Bytes of an article, at the most: some two hundred pages.
pub const LARGEST: usize = 1 << 20;
/// Parts of a page that are not what it says.
const BESIDE: [&str; 14] = [
    "script", "style", "noscript", "template", "svg", "iframe", "object", "nav", "footer", "aside", "form", "button",
    "select", "textarea",
];
/// Tags that are left open, or close themselves.
const OPEN: [&str; 20] = [
    "br", "img", "hr", "meta", "link", "input", "wbr", "source", "area", "base", "col", "embed", "track", "p", "li",
    "td", "th", "tr", "dt", "dd",
];
/// Elements inside each other. A page for people has some thirty.
const DEEPEST: usize = 400;
/// For the converter, which goes down into a page element by element.
const STACK: usize = 32 << 20;

/// An article as a file holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArticleDraft {
    /// What it is about.
    pub title: String,
    /// Markdown.
    pub text: String,
}

/// Why a file is no article.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ArticleError {
    /// Its name ends otherwise.
    #[error("it is none of .md, .txt and .html")]
    Kind,
    /// It is too large.
    #[error("it is larger than 1 MB; split it into several articles")]
    TooLarge,
    /// It holds no text.
    #[error("it is not written as UTF-8 text; save it as UTF-8")]
    NotText,
    /// It says nothing.
    #[error("it is empty")]
    Empty,
    /// The page is made to be read by no one.
    #[error("its elements are nested too deep")]
    TooDeep,
    /// The page cannot be read.
    #[error("it cannot be read as HTML: {0}")]
    NoHtml(String),
}

/// Whether a file of this name is read as an article.
#[must_use]
pub fn is_article(name: &str) -> bool {
    ENDINGS.contains(&ending(name).as_str())
}

/// The article in a file.
///
/// # Errors
/// When the file is none.
pub fn read(name: &str, bytes: &[u8]) -> Result<ArticleDraft, ArticleError> {
    let ending = ending(name);
    if !is_article(name) {
        return Err(ArticleError::Kind);
    }
    if bytes.len() > LARGEST {
        return Err(ArticleError::TooLarge);
    }
    let text = std::str::from_utf8(bytes).map_err(|_| ArticleError::NotText)?;
    if text.contains('\0') {
        return Err(ArticleError::NotText);
    }
    let text = text
        .trim_start_matches('\u{feff}')
        .replace("\r\n", "\n")
        .replace('\r', "\n");
    let draft = match ending.as_str() {
        "html" | "htm" => page(&text)?,
        "txt" => ArticleDraft {
            title: String::new(),
            text: as_markdown(&text),
        },
        _ => markdown(&text),
    };
    let text = draft.text.trim().to_owned();
    if text.is_empty() && draft.title.is_empty() {
        return Err(ArticleError::Empty);
    }
    let title = if draft.title.is_empty() {
        name_of(name)
    } else {
        draft.title
    };
    Ok(ArticleDraft { title, text })
}

fn ending(name: &str) -> String {
    name.rsplit_once('.')
        .map(|(_, ending)| ending.to_lowercase())
        .unwrap_or_default()
}

/// The file's name as a title: `returns_and-refunds.md` is about "Returns and refunds".
fn name_of(name: &str) -> String {
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let words = stem.replace(['_', '-'], " ");
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut chars = words.chars();
    let first = chars.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(chars).collect()
}

/// A Markdown text. Its title is the one its front matter gives, else its first heading, which then is not said twice.
fn markdown(text: &str) -> ArticleDraft {
    let (title, text) = without_front_matter(text);
    let body = text.trim_start_matches('\n');
    let (first, rest) = body.split_once('\n').unwrap_or((body, ""));
    let heading = first
        .strip_prefix("# ")
        .map(|heading| plain(heading.trim().trim_end_matches('#')));
    match heading.filter(|heading| !heading.is_empty()) {
        Some(heading) if title.is_none() || title.as_deref() == Some(&heading) => ArticleDraft {
            title: heading,
            text: rest.to_owned(),
        },
        _ => ArticleDraft {
            title: title.unwrap_or_default(),
            text: body.to_owned(),
        },
    }
}

fn plain(heading: &str) -> String {
    heading.replace(['*', '`'], "").trim().to_owned()
}

/// The text behind lines between dashes at its beginning, and the title these give.
fn without_front_matter(text: &str) -> (Option<String>, &str) {
    let Some((front, rest)) = text
        .strip_prefix("---\n")
        .and_then(|inside| inside.split_once("\n---\n"))
    else {
        return (None, text);
    };
    let title = front.lines().find_map(|line| {
        let value = line.strip_prefix("title:")?.trim();
        let value = value.trim_matches(['"', '\'']).trim();
        (!value.is_empty()).then(|| value.to_owned())
    });
    (title, rest)
}

/// Plain text, with what Markdown would take for a sign kept as it is.
fn as_markdown(text: &str) -> String {
    let line = |line: &str| {
        let inner = line.trim_start();
        let sign = inner.starts_with(['#', '>', '=', '<', '|']) || inner.starts_with("---");
        let indented = line.len() - inner.len() >= 4 && !inner.starts_with(['-', '*']);
        match (sign, indented) {
            (true, _) => format!("\\{inner}"),
            (false, true) => inner.to_owned(),
            (false, false) => line.to_owned(),
        }
    };
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}

fn page(html: &str) -> Result<ArticleDraft, ArticleError> {
    if depth(html) > DEEPEST {
        return Err(ArticleError::TooDeep);
    }
    let title = title_of(html);
    let source = main_part(html).to_owned();
    let converted = std::thread::Builder::new().stack_size(STACK).spawn(move || {
        let converter = HtmlToMarkdown::builder().skip_tags([BESIDE.as_slice(), &["head", "title"]].concat());
        converter.build().convert(&source)
    });
    let failed = |why: &dyn std::fmt::Display| ArticleError::NoHtml(why.to_string());
    let converted = converted.map_err(|error| failed(&error))?;
    let text = converted
        .join()
        .map_err(|_| failed(&"the converter gave up"))?
        .map_err(|error| failed(&error))?;
    let draft = markdown(&text);
    Ok(match draft.title.as_str() {
        "" => ArticleDraft { title, ..draft },
        _ => draft,
    })
}

/// What stands in `<main>` or `<article>`, where a page has one.
fn main_part(html: &str) -> &str {
    let low = html.to_ascii_lowercase();
    for tag in ["main", "article"] {
        let Some(open) = low.find(&format!("<{tag}")) else {
            continue;
        };
        let Some(close) = low.rfind(&format!("</{tag}>")) else {
            continue;
        };
        if open < close {
            return &html[open..close];
        }
    }
    html
}

fn title_of(html: &str) -> String {
    let low = html.to_ascii_lowercase();
    let inside = || {
        let open = low.find("<title")?;
        let from = open + low[open..].find('>')? + 1;
        let to = from + low[from..].find("</title")?;
        html.get(from..to)
    };
    let title = inside().unwrap_or_default();
    let title = title
        .replace("&amp;", "&")
        .replace("&#39;", "'")
        .replace("&quot;", "\"");
    title.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// How deep elements are nested, about.
fn depth(html: &str) -> usize {
    let (mut now, mut most) = (0_usize, 0);
    for piece in html.split('<').skip(1) {
        let (closes, rest) = piece.strip_prefix('/').map_or((false, piece), |rest| (true, rest));
        let name: String = rest
            .chars()
            .take_while(char::is_ascii_alphanumeric)
            .collect::<String>()
            .to_lowercase();
        if name.is_empty() || OPEN.contains(&name.as_str()) {
            continue;
        }
        if closes {
            now = now.saturating_sub(1);
        } else {
            now += 1;
            most = most.max(now);
        }
    }
    most
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(name: &str, text: &str) -> (String, String) {
        let draft = read(name, text.as_bytes()).unwrap();
        (draft.title, draft.text)
    }

    fn is(title: &str, text: &str) -> (String, String) {
        (title.to_owned(), text.to_owned())
    }

    #[test]
    fn a_markdown_file_is_called_by_its_heading() {
        assert_eq!(
            draft("a/b.md", "\u{feff}# Sending *back*\r\n\r\nText.\r\n"),
            is("Sending back", "Text.")
        );
        assert_eq!(
            draft("b.md", "---\ntitle: \"Returns\"\ntags: x\n---\n\n# Other\n\nText"),
            is("Returns", "# Other\n\nText")
        );
        assert_eq!(draft("docs/how_to-pay.md", "Just text"), is("How to pay", "Just text"));
        assert_eq!(draft("only.md", "# Title alone"), is("Title alone", ""));
    }

    #[test]
    fn plain_text_stays_plain() {
        assert_eq!(
            draft("hours.txt", "# 1 in town\n    indented\n- a point"),
            is("Hours", "\\# 1 in town\nindented\n- a point")
        );
    }

    #[test]
    fn a_page_is_what_it_says() {
        let page = "<html><head><title>Shipping &amp; more</title><style>b{}</style></head><body><nav><a href='/'>Home</a></nav>\
            <main><h1>Shipping</h1><p>It takes <b>two</b> days.</p><ul><li>one</li><li>two</li></ul>\
            <script>alert(1)</script></main><footer>(c)</footer></body></html>";
        let (title, text) = draft("x.html", page);
        assert_eq!(title, "Shipping");
        assert!(text.starts_with("It takes **two** days."), "{text}");
        assert!(
            !text.contains("alert") && !text.contains("Home") && !text.contains("(c)"),
            "{text}"
        );
        assert_eq!(draft("y.htm", "<title> A  b </title><p>c</p>"), is("A b", "c"));
    }

    #[test]
    fn what_is_no_article_is_refused_with_its_reason() {
        for (name, bytes, why) in [
            ("a.pdf", b"x".as_slice(), ArticleError::Kind),
            ("none", b"x", ArticleError::Kind),
            ("a.md", b"\xff\xfe", ArticleError::NotText),
            ("a.txt", b"a\0b", ArticleError::NotText),
            ("a.md", b"  \n", ArticleError::Empty),
        ] {
            assert_eq!(read(name, bytes), Err(why), "{name}");
        }
        assert_eq!(read("a.md", &vec![b'a'; LARGEST + 1]), Err(ArticleError::TooLarge));
        assert_eq!(
            read("a.html", "<div>".repeat(100_000).as_bytes()),
            Err(ArticleError::TooDeep)
        );
    }
}
