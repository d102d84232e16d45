//! What is said, as HTML that is safe to show: paragraphs and line breaks, and nothing that anybody wrote as markup.

/// The text as paragraphs.
pub(crate) fn html_of(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    let paragraphs = text.split("\n\n").map(str::trim).filter(|words| !words.is_empty());
    let paragraphs: String = paragraphs.map(|words| format!("<p>{}</p>", escaped(words))).collect();
    if paragraphs.is_empty() {
        "<p></p>".to_owned()
    } else {
        paragraphs
    }
}

fn escaped(words: &str) -> String {
    let mut html = String::with_capacity(words.len());
    for letter in words.chars() {
        match letter {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            '\n' => html.push_str("<br>"),
            letter => html.push(letter),
        }
    }
    html
}

#[cfg(test)]
mod tests {
    use super::html_of;

    #[test]
    fn words_become_paragraphs_and_markup_becomes_words() {
        for (text, html) in [
            ("You have up to 40 days.", "<p>You have up to 40 days.</p>"),
            ("One\ntwo\n\n\nthree", "<p>One<br>two</p><p>three</p>"),
            (
                "<img src=x onerror=\"alert('1')\"> & more",
                "<p>&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt; &amp; more</p>",
            ),
            ("", "<p></p>"),
        ] {
            assert_eq!(html_of(text), html, "{text:?}");
        }
    }
}
