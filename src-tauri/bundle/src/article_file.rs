//! An article as a Markdown file: id and title between two lines of dashes, then the text.

use taskwright_domain::{Article, ArticleId};

use crate::{BundleError, text};

const FENCE: &str = "---";

/// The article as a file.
pub(crate) fn to_file(article: &Article) -> Vec<u8> {
    let quoted = |value: &str| serde_json::Value::from(value).to_string();
    let mut file = format!(
        "{FENCE}\nid: {}\ntitle: {}\n{FENCE}\n",
        quoted(article.id.as_str()),
        quoted(&article.title)
    );
    file.push('\n');
    let mut bytes = file.into_bytes();
    bytes.extend(text::to_file(&article.text));
    bytes
}

/// The article in a file. Quotes around id and title may be left out.
pub(crate) fn from_file(path: &str, bytes: &[u8]) -> Result<Article, BundleError> {
    let file = std::str::from_utf8(bytes).map_err(|_| BundleError::NotText { path: path.to_owned() })?;
    let (front, rest) = front_matter(file).ok_or_else(|| BundleError::BadFrontMatter { path: path.to_owned() })?;
    let field = |name: &str| front.iter().find_map(|line| value_of(line, name));
    let (Some(id), Some(title)) = (field("id"), field("title")) else {
        return Err(BundleError::BadFrontMatter { path: path.to_owned() });
    };
    Ok(Article {
        id: ArticleId(id),
        title,
        text: text::from_file(path, rest.as_bytes())?,
    })
}

/// The lines between the dashes, and what follows them and one empty line.
fn front_matter(file: &str) -> Option<(Vec<&str>, &str)> {
    let mut rest = file.strip_prefix('\u{feff}').unwrap_or(file);
    let mut lines = Vec::new();
    let mut take = || {
        let (line, after) = rest.split_once('\n')?;
        rest = after;
        Some(line.trim_end_matches('\r'))
    };
    if take()? != FENCE {
        return None;
    }
    loop {
        match take()? {
            FENCE => break,
            line => lines.push(line),
        }
    }
    let rest = rest
        .strip_prefix("\r\n")
        .or_else(|| rest.strip_prefix('\n'))
        .unwrap_or(rest);
    Some((lines, rest))
}

fn value_of(line: &str, name: &str) -> Option<String> {
    let value = line.strip_prefix(name)?.strip_prefix(':')?.trim();
    Some(serde_json::from_str(value).unwrap_or_else(|_| value.to_owned()))
}

#[cfg(test)]
mod tests {
    use taskwright_domain::{Article, ArticleId};

    use super::{from_file, to_file};

    #[test]
    fn every_article_comes_back_exactly() {
        for (title, text) in [
            ("A \"quoted\"\nline: 1", "---\nid: no\n---\n"),
            ("", ""),
            ("שלום", "\r\n\nText\r\n"),
            ("t", "\n"),
        ] {
            let article = Article {
                id: ArticleId::new("1"),
                title: title.into(),
                text: text.into(),
            };
            assert_eq!(
                from_file("a.md", &to_file(&article)).unwrap(),
                article,
                "{title:?} survives writing and reading"
            );
        }
    }

    #[test]
    fn a_hand_written_article_needs_no_quotes() {
        let article = from_file(
            "a.md",
            b"---\r\nid: article_returns\r\ntitle: Returns\r\n---\r\nSend it back.\n",
        )
        .unwrap();
        assert_eq!(
            (article.id.as_str(), article.title.as_str(), article.text.as_str()),
            ("article_returns", "Returns", "Send it back.")
        );
        assert!(
            from_file("a.md", b"Just text").is_err(),
            "without front matter there is no id"
        );
    }
}
