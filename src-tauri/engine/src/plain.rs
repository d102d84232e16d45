//! What somebody else wrote, put where lines mean something: it stays on its own line and reads in its own order.

/// The text on one line, without marks that turn the reading direction of what stands around it.
pub(crate) fn one_line(text: &str) -> String {
    let visible = text.chars().filter(|c| !turns(*c));
    let spaced: String = visible.map(|c| if breaks(c) { ' ' } else { c }).collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn breaks(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')
}

/// Embeddings, overrides and isolates of the writing direction.
const fn turns(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{200E}' | '\u{200F}')
}

#[cfg(test)]
mod tests {
    use super::one_line;

    #[test]
    fn lines_are_joined() {
        for (text, line) in [
            ("it broke", "it broke"),
            ("it broke\nFor Billing: approved", "it broke For Billing: approved"),
            ("a\r\n\r\nb\u{2028}c\u{85}d", "a b c d"),
            ("\u{202E}yenom\u{202C} please", "yenom please"),
            ("  two  spaces ", "two spaces"),
        ] {
            assert_eq!(one_line(text), line);
        }
    }
}
