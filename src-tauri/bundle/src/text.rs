//! Texts as files of their own: one line break is added at the end, as editors do, and taken off again.

use crate::BundleError;

/// The text as a file. Reading it gives back exactly this text, whatever line breaks it has.
pub(crate) fn to_file(text: &str) -> Vec<u8> {
    let end = if text.ends_with('\r') { "\r\n" } else { "\n" };
    format!("{text}{end}").into_bytes()
}

/// The text of a file.
pub(crate) fn from_file(path: &str, bytes: &[u8]) -> Result<String, BundleError> {
    let text = std::str::from_utf8(bytes).map_err(|_| BundleError::NotText { path: path.to_owned() })?;
    let text = text
        .strip_suffix("\r\n")
        .or_else(|| text.strip_suffix('\n'))
        .unwrap_or(text);
    Ok(text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{from_file, to_file};

    #[test]
    fn every_text_comes_back_exactly() {
        for text in [
            "",
            "\n",
            "\r",
            "\r\n",
            "a",
            "a\n",
            "a\r\n",
            "a\r",
            "a\n\r",
            "\u{feff}x",
            "שלום 😀\r\nb",
            "a\0b",
        ] {
            assert_eq!(
                from_file("a.md", &to_file(text)).unwrap(),
                text,
                "{text:?} survives writing and reading"
            );
        }
        assert_eq!(
            from_file("a.md", b"no line break").unwrap(),
            "no line break",
            "a hand-written file may lack it"
        );
    }
}
